"""Every URL has a row in the list of routes, and the row is held against every role."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.models import Lesezugriff, Zugriffsverweigerung
from cases.registry import FALL, ROUTES
from cases.states import Rolle
from tests.fabriken import make_fall, make_fallmanager, make_team, make_user


def all_patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in (resolver or get_resolver()).url_patterns:
        found += all_patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def arguments(pattern: URLPattern, fall: int) -> dict[str, object]:
    """Values for the arguments of a URL: the case, and numbers that exist nowhere."""
    values: dict[str, object] = {}
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__
        values[name] = fall if name == "fall" else 999999 if kind == "IntConverter" else "x"
    return values


def own_patterns() -> list[URLPattern]:
    return [
        p
        for p in all_patterns()
        if (ROUTES.get(p.name or "") and ROUTES[p.name or ""].muster != "") or p.name == "start"
    ]


def test_every_url_has_a_route_row():
    patterns = all_patterns()
    assert len(patterns) >= 40
    assert [str(p.pattern) for p in patterns if (p.name or "") not in ROUTES] == []


def test_every_route_row_has_a_url():
    names = {p.name for p in all_patterns()}
    assert set(ROUTES) - names == set()


def test_urls_below_a_case_are_bound_to_it():
    bound = [p for p in all_patterns() if "<int:fall>" in str(p.pattern)]
    assert len(bound) >= 20
    assert [p.name for p in bound if ROUTES[p.name or ""].objekt != FALL] == []


@pytest.mark.django_db
def test_role_without_right_gets_403_and_outsider_404(client, behoerde, fallmanager):
    case = make_fall(fallmanager)
    users = {
        rolle: make_user(f"r{n}", rolle, make_team("Team Süd")) for n, rolle in enumerate(Rolle)
    }
    looked, refused = 0, 0
    for pattern in own_patterns():
        row = ROUTES[pattern.name or ""]
        url = reverse(row.name, kwargs=arguments(pattern, case.pk))
        for rolle, user in users.items():
            client.force_login(user)
            status = client.get(url).status_code
            looked += 1
            if rolle not in row.rollen:
                refused += 1
                assert status == 403, (row.name, rolle)
            elif row.objekt == FALL and rolle != Rolle.REVISION:
                refused += 1
                assert status == 404, (row.name, rolle)
    assert looked >= 150
    assert refused >= 100
    assert Zugriffsverweigerung.objects.count() == refused


@pytest.mark.django_db
def test_anonymous_is_sent_to_login_everywhere(client, fallmanager):
    case = make_fall(fallmanager)
    seen = 0
    for pattern in own_patterns():
        row = ROUTES[pattern.name or ""]
        response = client.get(reverse(row.name, kwargs=arguments(pattern, case.pk)))
        if not row.oeffentlich:
            seen += 1
            assert response.status_code == 302
            assert response["Location"].startswith(reverse("account_login")), row.name
    assert seen >= 20


@pytest.mark.django_db
def test_get_changes_nothing_but_the_read_log(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    pages = [
        p
        for p in own_patterns()
        if set(p.pattern.converters) <= {"fall"} and fallmanager.rollen & ROUTES[p.name].rollen
    ]
    before = case.ereignisse.count(), case.fristen.count()
    for pattern in pages:
        url = reverse(pattern.name, kwargs=arguments(pattern, case.pk))
        assert client.get(url).status_code in {200, 302, 404, 405}, pattern.name
    case.refresh_from_db()
    assert len(pages) >= 12
    assert (case.ereignisse.count(), case.fristen.count()) == before
    assert case.state == "antrag_eingegangen"


@pytest.mark.django_db
def test_every_read_of_a_case_is_logged_once(client, fallmanager):
    case = make_fall(fallmanager)
    colleague = make_fallmanager("zweite")
    for user in (fallmanager, colleague, colleague):
        client.force_login(user)
        assert client.get(reverse("fall", args=[case.pk])).status_code == 200
    assert list(Lesezugriff.objects.order_by("id").values_list("user", "route")) == [
        (fallmanager.pk, "fall"),
        (colleague.pk, "fall"),
        (colleague.pk, "fall"),
    ]


@pytest.mark.django_db
def test_state_changing_urls_refuse_a_request_without_csrf_token(fallmanager):
    from django.test import Client

    case = make_fall(fallmanager)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(fallmanager)
    seen = 0
    for pattern in own_patterns():
        row = ROUTES[pattern.name or ""]
        if row.schreibt and fallmanager.rollen & row.rollen:
            seen += 1
            url = reverse(row.name, kwargs=arguments(pattern, case.pk))
            assert strict.post(url, {"x": "1"}).status_code in {403, 404}, row.name
    assert seen >= 8
    assert case.ereignisse.count() == 1
