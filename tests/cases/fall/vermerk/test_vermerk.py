"""Notes: a day to correct, then only additions; nothing of it readable in the database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases.fall.guards.vermerk import vermerk_noch_zu_berichtigen as guard
from cases.fall.services import vermerk as services
from cases.fall.services.vermerk import Vermerkangaben
from cases.models import Case, User, Vermerk, Wiedervorlage
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.queries.unterlage import aenderungen_of
from tests import uhr
from tests.fabriken import make_fall, make_fallmanager, make_user

pytestmark = pytest.mark.django_db
JETZT = uhr.JETZT


def make_angaben(text: str = "Ruft zurück.", **felder: object) -> Vermerkangaben:
    werte = {"art": "telefonat", "am": JETZT.date() - timedelta(days=1), "text": text}
    return Vermerkangaben(**(werte | felder))


def make_vermerk(case: Case, by: User, zeitpunkt: datetime = JETZT, **felder: object) -> Vermerk:
    return services.record_vermerk(
        case=case, angaben=make_angaben(**felder), by=by, zeitpunkt=zeitpunkt
    )


@pytest.mark.parametrize(("sekunden", "offen"), [(0, True), (86_400, True), (86_401, False)])
def test_vermerk_noch_zu_berichtigen(fallmanager, sekunden, offen):
    row = make_vermerk(make_fall(fallmanager), fallmanager)
    assert (guard(row, fallmanager, JETZT + timedelta(seconds=sekunden)) is None) is offen


def test_only_the_author_corrects(fallmanager):
    row = make_vermerk(make_fall(fallmanager), fallmanager)
    zweite = make_fallmanager("zweite")
    with pytest.raises(SchrittUnzulaessig, match="nur, wer ihn verfasst hat"):
        services.correct_vermerk(vermerk=row, angaben=make_angaben(), by=zweite, zeitpunkt=JETZT)


def test_earlier_wording_stays_readable(fallmanager):
    row = make_vermerk(make_fall(fallmanager), fallmanager, text="Ruft zurrück.")
    services.correct_vermerk(
        vermerk=row, angaben=make_angaben("Ruft zurück."), by=fallmanager, zeitpunkt=JETZT
    )
    row.refresh_from_db()
    [aenderung] = aenderungen_of(row, ("text",))
    assert aenderung.felder == [("Text", "Ruft zurrück.", "Ruft zurück.")]


def test_database_refuses_a_change_after_a_day(fallmanager):
    alt = make_vermerk(make_fall(fallmanager), fallmanager, JETZT - timedelta(hours=25))
    with pytest.raises(DatabaseError, match="nur ergänzt"), transaction.atomic():
        Vermerk.objects.filter(pk=alt.pk).update(art="gespraech")


@pytest.mark.parametrize("feld", [{"erstellt": JETZT + timedelta(days=9)}])
def test_database_refuses_to_prolong_the_day(fallmanager, feld):
    row = make_vermerk(make_fall(fallmanager), fallmanager)
    with pytest.raises(DatabaseError, match="nur ergänzt"), transaction.atomic():
        Vermerk.objects.filter(pk=row.pk).update(**feld)


def test_database_refuses_to_delete_notes_and_additions(fallmanager):
    row = make_vermerk(make_fall(fallmanager), fallmanager)
    services.amend_vermerk(vermerk=row, text="Nachgereicht", by=fallmanager, zeitpunkt=JETZT)
    for tabelle in ("cases_vermerk", "cases_nachtrag"):
        with (
            pytest.raises(DatabaseError, match=r"Cannot .*delete|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {tabelle}")
    assert row.nachtraege.count() == 1


def test_words_are_encrypted_also_in_the_history(fallmanager):
    make_vermerk(make_fall(fallmanager), fallmanager, text="Depression", beteiligte="Frau Berg")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text, beteiligte FROM cases_vermerk UNION ALL "
            "SELECT text, beteiligte FROM cases_vermerkevent"
        )
        rows = cursor.fetchall()
    assert len(rows) == 2
    assert [r for r in rows if "Depression" in r[0] or "Berg" in r[1]] == []


def test_wiedervorlage_in_one_go(fallmanager):
    case = make_fall(fallmanager)
    services.record_vermerk(
        case=case,
        angaben=make_angaben(uhrzeit=time(9, 30)),
        by=fallmanager,
        zeitpunkt=JETZT,
        wiedervorlage_am=date(2099, 1, 5),
    )
    [row] = Wiedervorlage.objects.filter(case=case)
    gestern = JETZT.date() - timedelta(days=1)
    assert (row.am, row.user) == (date(2099, 1, 5), fallmanager)
    assert row.anlass == f"Nach Telefonat am {gestern:%d.%m.%Y}, 09:30 Uhr"


@pytest.mark.parametrize(
    ("felder", "grund"),
    [({"text": " "}, "leer"), ({"am": JETZT.date() + timedelta(days=2)}, "Zukunft")],
)
def test_empty_or_future_note_is_refused(fallmanager, felder, grund):
    case = make_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match=grund):
        make_vermerk(case, fallmanager, **felder)
    assert Vermerk.objects.count() == 0


def test_reader_writes_nothing(fallmanager):
    case = make_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="wer am Fall arbeitet"):
        make_vermerk(case, make_user("revision", Rolle.REVISION))
