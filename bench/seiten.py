"""Queries and server time of every page, walked along the list of routes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from bench.tabelle import Messung, median_ms
from cases.models import Case, User
from cases.registry.routen import FALL, ROUTES, Route

QUERIES, QUERIES_CASE, LIMIT_MS = 12, 25, 100
_BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK")
_USERS = ("leitung", "fallmanager", "kasse", "revision", "fachdienst", "admin")


def _busiest_case() -> Case | None:
    ranked = Case.objects.annotate(letters=Count("schreiben_liste", distinct=True))
    return ranked.order_by("-letters", "pk").first()


def _row_of(name: str, case: Case | None) -> Model | None:
    """Return a row for a URL argument that carries the name of a model."""
    for model in apps.get_models():
        if model._meta.model_name == name.replace("_", ""):
            rows = model.objects.all()
            fields = {field.name for field in model._meta.get_fields()}
            return rows.filter(case=case).last() if "case" in fields else rows.last()
    return None


def _address(route: Route, case: Case | None) -> str | None:
    """Return the path of a page, or None when the data hold no object for it."""
    arguments = {}
    for name in re.findall(r"<(?:\w+:)?(\w+)>", route.muster):
        row = case if name == "fall" else _row_of(name, case)
        if row is None:
            return None
        arguments[name] = row.pk
    return reverse(route.name, kwargs=arguments)


def _user_for(route: Route, users: list[User]) -> User | None:
    return next((user for user in users if user.rollen & route.rollen), None)


def _queries(client: Client, path: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as seen:
        status = client.get(path).status_code
    real = [q for q in seen.captured_queries if not q["sql"].startswith(_BOOKKEEPING)]
    return status, len(real)


def _page(route: Route, path: str, client: Client) -> Iterator[Messung]:
    client.get(path)
    status, queries = _queries(client, path)
    if status != 200:
        return
    limit = QUERIES_CASE if route.objekt == FALL and route.name == "fall" else QUERIES
    yield Messung(f"{route.name} – Abfragen", queries, "", limit)
    yield Messung(f"{route.name} – Server", median_ms(lambda: client.get(path)), "ms", LIMIT_MS)


def measure() -> Iterator[Messung]:
    """Measure as the first of the demonstration's users who may see the page.

    Everything happens in one transaction that is taken back: reads of a case leave a
    record, and a measurement is no read that anybody should answer for.
    """
    # Routes enter the list when the tree of URLs is loaded.
    get_resolver().url_patterns  # noqa: B018
    case = _busiest_case()
    users = list(User.objects.filter(username__in=_USERS))
    users.sort(key=lambda user: _USERS.index(user.username))
    client = Client(SERVER_NAME="localhost")
    with transaction.atomic():
        for route in list(ROUTES.values()):
            user, path = _user_for(route, users), _address(route, case) if route.muster else None
            if route.name == "start":
                path = reverse("start")
            if user is None or path is None:
                continue
            client.force_login(user)
            yield from _page(route, path, client)
        transaction.set_rollback(True)
