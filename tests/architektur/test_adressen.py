"""Every URL has a row in the list of routes, and the row is held against every role."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from cases import middleware
from cases.fall.services.notfallzugriff import open_notfallzugriff
from cases.middleware import AccessMiddleware
from cases.models import Case, Lesezugriff, User, Zugriffsverweigerung, Zuweisung
from cases.registry.routen import FALL, ROUTES
from cases.states.rolle import Rolle
from config import views
from tests import uhr
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


@pytest.fixture
def _still(monkeypatch):
    """Let refusals raise no alarm and answer in one word: there are hundreds, and all are wanted.

    How a refusal looks is seen elsewhere; here its number counts.
    """
    monkeypatch.setattr(middleware, "watch_refusals", lambda **_: None)
    for module in (middleware, views):
        monkeypatch.setattr(module, "render", lambda *_, status, **__: HttpResponse(status=status))


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
@pytest.mark.usefixtures("_still")
@pytest.mark.parametrize("rolle", Rolle, ids=lambda rolle: rolle.name.lower())
def test_role_without_right_gets_403_and_outsider_404(client, behoerde, fallmanager, rolle):
    case = make_fall(fallmanager)
    client.force_login(make_user("fremd", rolle, make_team("Team Süd")))
    refused = 0
    for pattern in own_patterns():
        row = ROUTES[pattern.name or ""]
        fremd = row.objekt == FALL and rolle != Rolle.REVISION
        if rolle in row.rollen and not fremd:
            continue
        status = client.get(reverse(row.name, kwargs=arguments(pattern, case.pk))).status_code
        assert status == (404 if rolle in row.rollen else 403), row.name
        refused += 1
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


# Which of the objects each role may open; everything else does not exist for it.
SIEHT = {
    Rolle.FALLMANAGEMENT: {"eigen", "team", "beendet", "vertreten", "notfall"},
    Rolle.LEITUNG: {"eigen", "team", "geschuetzt", "beendet", "notfall"},
    Rolle.FACHDIENST: {"vertreten", "notfall"},
    Rolle.REVISION: {"eigen", "team", "fremd", "beendet", "vertreten", "notfall"},
}


def make_objekte(users: dict[Rolle, User]) -> dict[str, Case]:
    """One case of each kind as the Fallmanagement of Team Nord meets it."""
    eigene, andere = users[Rolle.FALLMANAGEMENT], make_fallmanager("kollege")
    sued = make_fallmanager("sued", make_team("Team Süd"))
    objekte = {
        name: make_fall(by)
        for name, by in (
            ("eigen", eigene),
            ("team", andere),
            ("fremd", sued),
            ("geschuetzt", andere),
            ("beendet", eigene),
            ("vertreten", sued),
            ("notfall", sued),
        )
    }
    rows = Case.objects.filter(pk=objekte["geschuetzt"].pk)
    rows.update(geschuetzt=True)
    rows = Case.objects.filter(pk=objekte["beendet"].pk)
    rows.update(state="beendet", beendet_am=date(2026, 11, 20))
    for rolle in (Rolle.FALLMANAGEMENT, Rolle.FACHDIENST):
        Zuweisung.objects.create(
            case=objekte["vertreten"],
            user=users[rolle],
            rolle=rolle,
            von=uhr.HEUTE - timedelta(days=1),
            grund="Vertretung",
        )
    for rolle in (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST):
        open_notfallzugriff(
            aktenzeichen=objekte["notfall"].aktenzeichen,
            grund="Klinik ruft an, Entlassung steht heute an",
            by=users[rolle],
            zeitpunkt=uhr.JETZT,
        )
    return objekte


def answer_to(user: User, url: str) -> int:
    """What the access check says to a GET: 200 lets the page run."""
    request = RequestFactory().get(url)
    request.user, request.session = user, {}
    request.resolver_match = resolve(url)
    try:
        answer = AccessMiddleware(lambda r: None).process_view(
            request, None, (), request.resolver_match.kwargs
        )
    except Http404:
        return 404
    return answer.status_code if answer else 200


def expected(rolle: Rolle, objekt: str, name: str) -> int:
    row = ROUTES[name]
    if rolle not in row.rollen:
        return 403
    if objekt not in SIEHT.get(rolle, set()):
        return 404
    reads_only = objekt == "notfall" and rolle != Rolle.REVISION
    # Money is no business of an emergency.
    return 403 if reads_only and (row.schreibt or row.inhalte) else 200


@pytest.mark.django_db
@pytest.mark.usefixtures("_still")
@pytest.mark.parametrize("rolle", Rolle, ids=lambda rolle: rolle.name.lower())
def test_every_case_url_for_every_kind_of_case(behoerde, capsys, rolle):
    nord = make_team()
    users = {each: make_user(f"r{n}", each, nord) for n, each in enumerate(Rolle)}
    users[Rolle.LEITUNG].geleitete_teams.add(nord)
    objekte = make_objekte(users)
    bound = [p for p in own_patterns() if ROUTES[p.name or ""].objekt == FALL]
    wrong, looked, arten = [], 0, set()
    for pattern in bound:
        row = ROUTES[pattern.name or ""]
        # Rows that differ in the name alone are one kind: it is asked for all cases, the others
        # for the own and the foreign one. Who has not the role is refused before any case.
        art = (row.rollen, row.schreibt, row.inhalte, row.bestaetigt, row.abruf)
        gefragt = ["eigen"]
        if rolle in row.rollen:
            gefragt = ["eigen", "fremd"] if art in arten else list(objekte)
            arten.add(art)
        for objekt in gefragt:
            looked += 1
            url = reverse(row.name, kwargs=arguments(pattern, objekte[objekt].pk))
            status = answer_to(users[rolle], url)
            if status != expected(rolle, objekt, row.name):
                wrong.append((row.name, objekt, status))
    with capsys.disabled():
        sys.stdout.write(f"\n{rolle}: {len(bound)} Adressen, {looked} Mal gefragt\n")
    assert wrong == []
    assert (len(objekte), len(Rolle)) == (7, 8)
    offen = sum(rolle in ROUTES[pattern.name or ""].rollen for pattern in bound)
    assert looked == len(bound) + offen + 5 * len(arten)
    assert len(bound) >= 100
