"""Statements, server time and CPU of every page, walked along the list of routes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.db.models import Count, Model
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver, reverse

from bench.boden import URLCONF
from bench.kosten import Kosten, cpu_rows, kosten_of
from bench.tabelle import Messung, median_ms
from cases.models import Case, User
from cases.registry.routen import FALL, ROUTES, Route

ANWEISUNGEN, ANWEISUNGEN_FALL, LIMIT_MS, RUNDEN = 18, 30, 100, 10
# How many times the CPU of the floor page a page may take; all others are only shown.
FACH = {"faelle": 3.0, "fall": 4.0, "gesamtplan": 4.0, "gesamtplan_version": 4.0, "start": 5.0}
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


def _page(route: Route, path: str, client: Client, boden: Kosten) -> Iterator[Messung]:
    if client.get(path).status_code != 200:
        return
    kosten = kosten_of([lambda: client.get(path)], RUNDEN)
    limit = ANWEISUNGEN_FALL if route.objekt == FALL else ANWEISUNGEN
    yield Messung(f"{route.name} – Anweisungen", kosten.anweisungen, "", limit)
    yield Messung(f"{route.name} – Server", median_ms(lambda: client.get(path)), "ms", LIMIT_MS)
    fach = kosten.ms / boden.ms
    yield Messung(f"{route.name} – Vielfaches der Bodenseite", fach, "", FACH.get(route.name))


def _floor(client: Client, case: Case) -> Kosten:
    """Measure the floor page, which has no row in the list of routes before it is named."""
    path = reverse("boden", args=[case.pk])
    client.get(path)
    return kosten_of([lambda: client.get(path)], 4 * RUNDEN)


def measure() -> Iterator[Messung]:
    """Measure as the first of the demonstration's users who may see the page.

    Everything happens in one transaction that is taken back: reads of a case leave a
    record, and a measurement is no read that anybody should answer for.
    """
    # Routes enter the list when the tree of URLs is loaded.
    get_resolver().url_patterns  # noqa: B018
    routes = list(ROUTES.values())
    case = _busiest_case()
    if case is None:
        raise RuntimeError("Ohne Vorführdaten gibt es keine Seite zu messen: make demo")
    users = list(User.objects.filter(username__in=_USERS))
    users.sort(key=lambda user: _USERS.index(user.username))
    client = Client(SERVER_NAME="localhost")
    with transaction.atomic(), override_settings(ROOT_URLCONF=URLCONF):
        client.force_login(users[0])
        boden = _floor(client, case)
        yield Messung("Bodenseite – Anweisungen", boden.anweisungen, "")
        yield from cpu_rows("Bodenseite", boden, boden, None)
        for route in routes:
            user, path = _user_for(route, users), _address(route, case) if route.muster else None
            if route.name == "start":
                path = reverse("start")
            if user is None or path is None:
                continue
            client.force_login(user)
            yield from _page(route, path, client, boden)
        transaction.set_rollback(True)
