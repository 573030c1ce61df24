"""SQL that is written once per process says the same as SQL that is written for the call."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from functools import partial
from unittest.mock import patch

import pgtrigger
import pytest
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from cases import access, vordruck
from cases.antrag.queries import antrag
from cases.einwilligung import queries as einwilligung
from cases.fall.queries import fallliste
from cases.models import Case, Frist, LeistungsberechtigtePerson, User
from cases.queries import kurzzeile
from cases.queries.augenpaar import own_accounts
from cases.registry.beitrag import registry
from cases.schreiben.queries import postausgang
from cases.states.rolle import Rolle
from cases.tisch.queries import arbeitstag
from gesamtplan.plan.queries import gesamtplan
from tests import uhr
from tests.fabriken import HEUTE, make_behoerde, make_fall, make_team, make_user

pytestmark = pytest.mark.django_db

FRAGEN = (
    arbeitstag._fristen_for_desk,
    arbeitstag._wiedervorlagen_for_desk,
    arbeitstag._idle_for_desk,
    antrag._on_desk,
    einwilligung._on_desk,
    postausgang._on_desk,
    gesamtplan._on_desk,
    fallliste._Zaehlung(fallliste.Filter()),
    fallliste._ErsteSeite(fallliste.Filter(state="leistung_laeuft", nur_eigene=True)),
)


@pytest.fixture(autouse=True)
def _leer(monkeypatch):
    monkeypatch.setattr(vordruck, "_vordrucke", {})
    monkeypatch.setattr(vordruck, "_ungeeignet", set())


def sent(work) -> list[str]:
    """Return what was sent, with the values put in before the server sees it."""
    with (
        patch.object(vordruck, "_preparing", nullcontext),
        CaptureQueriesContext(connection) as seen,
    ):
        work()
    return [query["sql"] for query in seen.captured_queries]


@pytest.mark.parametrize("vertritt", [False, True])
@pytest.mark.parametrize("rolle", [r for r in Rolle.values if r not in {"Kasse"}])
def test_same_sql_for_every_role_and_everybody_in_it(rolle, vertritt):
    quellen = kurzzeile._Vereint(tuple(registry.kurzquellen))
    for name, team, tag in (("eine", "Nord", HEUTE), ("andere", "Süd", date(2027, 2, 28))):
        user = make_user(name, rolle, make_team(f"Team {team}"), leitet=rolle == Rolle.LEITUNG)
        access.load_user(user)
        user.__dict__["_vertretungszeiten"] = [(date.min, date.max)] if vertritt else []
        konten = own_accounts(user)
        for frage in (*FRAGEN, quellen):
            direkt = sent(lambda f=frage, u=user, t=tag: list(f(u, t)))
            werte = {"konten": konten} if frage in {gesamtplan._on_desk, quellen} else {}
            assert sent(partial(access.ask, frage, user, tag, **werte)) == direkt
    assert not vordruck._ungeeignet
    assert len(vordruck._vordrucke) == len(FRAGEN) + 1


def test_somebody_without_a_team_has_a_form_of_their_own(fallmanager):
    ohne = make_user("ohne", Rolle.FALLMANAGEMENT)
    faelle = [make_fall(fallmanager)]
    liste = fallliste._ErsteSeite(fallliste.Filter())
    assert access.ask(liste, fallmanager, HEUTE) == faelle
    assert access.ask(liste, ohne, HEUTE) == []
    assert access.ask(liste, fallmanager, HEUTE) == faelle


def test_rows_carry_what_was_joined_and_asked_for(fallmanager, django_assert_num_queries):
    case = make_fall(fallmanager)
    assert fallmanager.rollen
    for _ in range(2):
        with django_assert_num_queries(1):
            (found,) = access.ask(access._visible_case, fallmanager, HEUTE, fall=case.pk)
            assert found.leistungsberechtigte_person == case.leistungsberechtigte_person
            assert found.zugriffsgrund == "zustaendig"


def test_opening_a_case_counts_reads_by_a_form(fallmanager, leitung):
    case = make_fall(fallmanager)
    for user in (fallmanager, leitung):
        assert user.rollen
        for grenze in (3, 40):
            werte = {"fall": case.pk, "jetzt": uhr.JETZT, "vorgabe": grenze}
            direkt = sent(lambda u=user, w=werte: list(access._visible_case(u, HEUTE, **w)))
            assert (
                sent(lambda u=user, w=werte: access.ask(access._visible_case, u, HEUTE, **w))
                == direkt
            )
    assert not vordruck._ungeeignet
    assert len(vordruck._vordrucke) >= 2


def _by_year(tag: date) -> QuerySet[Case]:
    return Case.objects.filter(eroeffnet_am__year__gte=tag.year)


def _branch(person: int) -> QuerySet[Case]:
    rows = Case.objects.all()
    return rows.exclude(leistungsberechtigte_person=person) if person % 2 else rows


def _asked(person: int) -> QuerySet[Case]:
    bekannt = LeistungsberechtigtePerson.objects.filter(pk=person).exists()
    return Case.objects.filter(geschuetzt=bekannt)


@pytest.mark.parametrize(
    ("frage", "werte"),
    [
        (_by_year, {"tag": date(2026, 1, 1)}),
        (_branch, {"person": 1}),
        (_asked, {"person": 1}),
    ],
)
def test_what_makes_more_of_a_value_is_never_kept(fallmanager, monkeypatch, frage, werte):
    gemeldet = []
    monkeypatch.setattr(vordruck._logger, "exception", lambda *args: gemeldet.append(args))
    make_fall(fallmanager)
    for _ in range(2):
        assert vordruck.rows_of(frage, **werte) == list(frage(**werte))
    assert vordruck._ungeeignet == {(frage, *werte)}
    assert (frage, *werte) not in vordruck._vordrucke
    assert len(gemeldet) == 1


def _ends(tag: date, faelle: list[int]) -> QuerySet[Frist]:
    return Frist.objects.filter(
        case__in_reihe=faelle, ende__gt=tag - timedelta(days=7), ende__lte=tag + timedelta(days=365)
    )


def test_days_are_shifted_and_lists_put_in(fallmanager):
    faelle = [make_fall(fallmanager, eingang=date(2026, 11, 2)) for _ in range(3)]
    vordruck._vordrucke.clear()
    for tag in (date(2026, 11, 10), date(2026, 12, 20), date(2025, 1, 1)):
        for ids in ([], [faelle[0].pk], [case.pk for case in faelle]):
            found = vordruck.rows_of(_ends, tag=tag, faelle=ids)
            assert sorted(f.pk for f in found) == sorted(f.pk for f in _ends(tag, ids))
    assert len(vordruck._vordrucke) == 1


@pytest.mark.parametrize("zahl", [2**63, -(2**63) - 1, 10**40])
def test_number_no_column_holds_finds_nothing(fallmanager, zahl):
    make_fall(fallmanager)
    assert vordruck.rows_of(_flagged, person=zahl) == []
    assert vordruck.rows_of(_ends, tag=HEUTE, faelle=[zahl]) == []


def _nobody(person: int) -> QuerySet[Case]:
    return Case.objects.none().filter(leistungsberechtigte_person=person)


def test_what_is_always_empty_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert vordruck.rows_of(_nobody, person=1) == []


def _flagged(person: int) -> QuerySet[User]:
    return User.objects.filter(pk=person).annotate(wer=Value(person))


def test_two_values_are_not_taken_for_each_other(fallmanager, leitung):
    for user in (fallmanager, leitung):
        (found,) = vordruck.rows_of(_flagged, person=user.pk)
        assert (found, found.wer) == (user, user.pk)


def test_attached_rows_are_those_of_their_object(fallmanager, django_assert_num_queries):
    eigener, fremder = make_fall(fallmanager), make_fall(fallmanager)
    rows = list(Frist.objects.filter(case=eigener))
    vordruck.attach(eigener, "fristen", rows)
    with django_assert_num_queries(0):
        assert list(eigener.fristen.all()) == rows
        assert {frist.case for frist in rows} == {eigener}
    # A further condition asks the database, and only about this object.
    assert set(eigener.fristen.filter(regel__gt="")) == set(rows)
    assert not set(fremder.fristen.all()) & set(rows)


def prepared() -> list[tuple[str, int]]:
    """Return the questions whose plan the server keeps, and how often one for all values served."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans FROM pg_prepared_statements")
        return cursor.fetchall()


@pytest.fixture
def _ohne_plaene():
    """Begin with none: the connection outlives the test."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    manager = connection.connection._prepared
    manager.clear()
    yield
    manager.clear()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


@pytest.mark.usefixtures("_ohne_plaene")
def test_server_keeps_the_plan_of_what_is_asked_again_and_again(fallmanager):
    andere = make_user("fremd", Rolle.FALLMANAGEMENT, fallmanager.team)
    eigene, fremde = make_fall(fallmanager), make_fall(andere)
    for _ in range(9):
        for wer, faelle in ((fallmanager, [eigene]), (fremde.caseworker, [fremde])):
            rows = vordruck.rows_of(_of_caseworker, person=wer.pk, text="100 % s")
            assert rows == faelle
            assert rows[0].marke == f"100 %s {wer.pk} 100 % s"
    [(sql, genutzt)] = [row for row in prepared() if "caseworker_id" in row[0]]
    assert "%%" not in sql
    # The person and the text; what is the same for every call is no value.
    assert ("$2" in sql, "$3" in sql, "'keiner'" in sql) == (True, False, True)
    assert genutzt > 0


def _of_caseworker(person: int, text: str) -> QuerySet[Case]:
    return (
        Case.objects.filter(caseworker=person)
        .exclude(aktenzeichen="keiner")
        .annotate(marke=RawSQL("'100 %%s ' || caseworker_id || ' ' || %s::text", (text,)))
    )


def test_question_that_got_something_before_it_is_asked_all_the_same(fallmanager):
    eigene = make_fall(fallmanager)
    for _ in range(4):
        with pgtrigger.ignore("cases.Ereignis:nur_anfuegen"):
            assert vordruck.rows_of(_of_caseworker, person=fallmanager.pk, text="%s") == [eigene]
        assert vordruck.rows_of(_of_caseworker, person=fallmanager.pk, text="%s") == [eigene]


@pytest.mark.usefixtures("_ohne_plaene")
def test_server_keeps_no_plan_where_connections_are_shared(fallmanager, monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection._prepared, "prepare_threshold", None)
    eigene = make_fall(fallmanager)
    for _ in range(9):
        assert vordruck.rows_of(_of_caseworker, person=fallmanager.pk, text="x") == [eigene]
    assert not [row for row in prepared() if "caseworker_id" in row[0]]


@pytest.mark.usefixtures("_ohne_plaene")
@pytest.mark.parametrize("rolle", [r for r in Rolle.values if r not in {"Kasse"}])
def test_plan_for_all_values_gives_the_same_rows(rolle):
    """What the server plans once without knowing the values answers as a query of its own."""
    quellen = kurzzeile._Vereint(tuple(registry.kurzquellen))
    nord = make_team("Team Nord")
    user = make_user("eine", rolle, nord, leitet=rolle == Rolle.LEITUNG)
    make_behoerde()
    for nummer in range(3):
        make_fall(make_user(f"fm{nummer}", Rolle.FALLMANAGEMENT, nord))
    access.load_user(user)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    for frage in (*FRAGEN, quellen):
        werte = {"konten": own_accounts(user)} if frage in {gesamtplan._on_desk, quellen} else {}
        for _ in range(4):
            found = access.ask(frage, user, HEUTE, **werte)
        assert found == list(frage(user, HEUTE))
    behalten = [genutzt for sql, genutzt in prepared() if "$1" in sql]
    assert behalten
    assert all(behalten)
