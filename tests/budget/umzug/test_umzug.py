"""A move with a running grant: found from the addresses, shown once, decided once (§ 98 SGB IX)."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from budget.models import PersoenlichesBudget, Umzug, Unterbrechung
from budget.uebersicht.schritte import fallschritte
from budget.uebersicht.views.tisch import UMZUEGE
from budget.umzug import services
from budget.umzug.queries import consequence_of, first_open, umzuege_of
from budget.unterbrechung.queries import pausen_of
from budget.verfahren.queries.gebiet import Ort, area_of
from cases.behoerde.services.eigener_wert import create_eigener_wert, release_eigener_wert
from cases.models import Anschrift, User
from cases.person.services.personenangabe import remove_angabe
from cases.queries.kurzzeile import rows_of
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte as folge
from tests.budget.umzug import geschichte
from tests.budget.unterbrechung import geschichte as unterbrechung
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
HEUTE, UMZUG = geschichte.HEUTE, geschichte.UMZUG


@pytest.fixture
def akte():
    return folge.running()


def tisch(akte) -> list[str]:
    rows = rows_of([UMZUEGE], akte.fallmanager, HEUTE)
    assert {row.titel for row in rows} <= {"Folgen des Umzugs entscheiden"}
    return [row.url for row in rows]


@pytest.mark.parametrize(
    ("bisher", "neu", "gebiet"),
    [
        (("DE", "70173", "Stuttgart", ""), ("DE", "70174", "Stuttgart", ""), "innerhalb"),
        (("DE", "70173", "Stuttgart", ""), ("DE", "70173", "STUTTGART", ""), "innerhalb"),
        (("DE", "70173", "Stuttgart", ""), ("DE", "80331", "München", ""), ""),
        (("DE", "1", "A", "08115001"), ("DE", "2", "B", "08115045"), "innerhalb"),
        (("DE", "1", "A", "08115001"), ("DE", "2", "A", "08116001"), "ausserhalb"),
        (("DE", "1", "A", ""), ("AT", "1", "A", ""), "ausserhalb"),
    ],
)
def test_in_whose_area_a_new_home_lies(bisher, neu, gebiet):
    assert area_of(Ort(*bisher), Ort(*neu)) == gebiet


def test_a_move_stands_on_the_desk_once_and_in_the_case_until_it_is_decided(akte):
    assert tisch(akte) == []
    neu = geschichte.move(akte)
    assert tisch(akte) == [f"/faelle/{akte.case.pk}/budget/umzug/{neu.pk}/entscheiden/"]
    (schritt, *_) = fallschritte(akte.case, akte.fallmanager, HEUTE)
    assert schritt.titel == "Folgen des Umzugs entscheiden"
    geschichte.decide(akte, neu)
    assert tisch(akte) == []
    titel = [s.titel for s in fallschritte(akte.case, akte.fallmanager, HEUTE)]
    assert "Folgen des Umzugs entscheiden" not in titel


def test_a_second_move_is_a_second_row(akte):
    erster = geschichte.move(akte)
    zweiter = geschichte.move(akte, UMZUG + timedelta(days=30), ort="Köln", plz="50667")
    assert len(tisch(akte)) == 2
    assert first_open(akte.budget).anschrift == erster
    geschichte.decide(akte, erster)
    assert first_open(akte.budget).anschrift == zweiter
    assert len(tisch(akte)) == 1


@pytest.mark.parametrize(
    ("neu", "wie_viele"),
    [
        ({"ort": "München"}, 1),
        ({"ort": "München", "gemeindeschluessel": "08115045"}, 0),
        ({"gemeindeschluessel": "08116001"}, 1),
        ({"land": "AT"}, 1),
    ],
)
def test_the_desk_tells_the_area_like_the_page(akte, neu, wie_viele):
    alt = Anschrift.objects.filter(
        leistungsberechtigte_person=akte.case.leistungsberechtigte_person
    )
    alt.update(gemeindeschluessel="08115001")
    geschichte.move(akte, **{"ort": alt.get().ort} | neu)
    assert (len(tisch(akte)), len(umzuege_of(akte.budget))) == (wie_viele, wie_viele)


def gebiet(text: str, ab: date) -> None:
    """Let two people of the Fachadministration set the area of the authority from a day on."""
    namen = ("fach1", "fach2")
    erste, zweite = (
        User.objects.filter(username=name).first() or make_user(name, "Fachadministration")
        for name in namen
    )
    wert = create_eigener_wert(
        schluessel="gebiet",
        gueltig_ab=ab,
        text=text,
        begruendung="Gebietsreform",
        by=erste,
        tag=HEUTE,
    )
    with pytest.raises(SchrittUnzulaessig, match="zweite Person"):
        release_eigener_wert(wert=wert, by=erste, tag=HEUTE)
    release_eigener_wert(wert=wert, by=zweite, tag=HEUTE)


@pytest.mark.parametrize(
    ("liste", "ab", "neu", "wie_viele"),
    [
        # Two Kreise belong to the authority: a move between them leads nowhere else.
        ("08115 Landkreis A\n08116 Landkreis B", date(2020, 1, 1), "08116001", 0),
        ("08115 Landkreis A\n08116 Landkreis B", date(2020, 1, 1), "08117001", 1),
        # Within the old Kreis, but to a Gemeinde that is another's since the list holds.
        ("08115001 Stadt", date(2020, 1, 1), "08115045", 1),
        # The list does not hold yet on the day of the move: the Kreise are compared.
        ("08115 Landkreis A\n08116 Landkreis B", date(2026, 12, 1), "08116001", 1),
        # Without a key of the new home nobody but the name tells.
        ("08115 Landkreis A", date(2020, 1, 1), "", 0),
    ],
)
def test_the_list_of_the_authority_tells_the_area_first(akte, liste, ab, neu, wie_viele):
    gebiet(liste, ab)
    alt = Anschrift.objects.filter(
        leistungsberechtigte_person=akte.case.leistungsberechtigte_person
    )
    alt.update(gemeindeschluessel="08115001")
    geschichte.move(akte, ort=alt.get().ort, gemeindeschluessel=neu)
    assert (len(tisch(akte)), len(umzuege_of(akte.budget))) == (wie_viele, wie_viele)


def test_what_is_no_move_to_another_area_is_not_shown(akte):
    alt = Anschrift.objects.get(leistungsberechtigte_person=akte.case.leistungsberechtigte_person)
    geschichte.move(akte, ort=alt.ort, plz=alt.plz)
    assert (tisch(akte), umzuege_of(akte.budget)) == ([], [])


def test_post_elsewhere_and_a_home_before_the_grant_are_no_move(akte):
    geschichte.move(akte, verwendung="post")
    geschichte.move(akte, akte.budget.beginn)
    assert (tisch(akte), umzuege_of(akte.budget)) == ([], [])


def test_we_stay_competent_and_say_why(akte):
    geschichte.move(akte)
    folge_ = consequence_of(first_open(akte.budget), HEUTE)
    assert folge_.bleibt is True
    assert "§ 98 Abs. 1 S. 3 SGB IX" in [s.norm for s in folge_.schritte]
    row = geschichte.decide(akte, first_open(akte.budget).anschrift)
    assert (row.bleibt, row.entscheidung) == (True, "unveraendert")
    assert row.rechenweg[-1]["norm"] == "§ 98 Abs. 1 S. 3 SGB IX"
    assert "derselbe" in Umzug.objects.get().grund
    assert akte.case.ereignisse.filter(text__contains="es bleibt, wie es ist").exists()


def test_where_the_need_has_changed_the_review_begins(akte):
    neu = geschichte.move(akte)
    geschichte.decide(akte, neu, entscheidung="fortschreibung")
    akte.case.refresh_from_db()
    assert akte.case.state == "ueberpruefung"
    assert akte.case.ereignisse.filter(text="Überprüfung: Umzug am 15.06.2026").exists()


def test_a_decision_is_taken_once_and_can_be_taken_back(akte):
    neu = geschichte.move(akte)
    geschichte.decide(akte, neu)
    with pytest.raises(SchrittUnzulaessig, match="es bleibt, wie es ist"):
        geschichte.decide(akte, neu)
    werte = {"budget": akte.budget, "anschrift": neu.pk, "tag": HEUTE}
    with pytest.raises(SchrittUnzulaessig, match="begründen"):
        services.withdraw_umzug(**werte, grund=" ", by=akte.fallmanager)
    services.withdraw_umzug(**werte, grund="Falsche Anschrift", by=akte.fallmanager)
    assert len(tisch(akte)) == 1
    assert akte.case.ereignisse.filter(text__contains="zurückgenommen: Falsche").exists()
    with pytest.raises(SchrittUnzulaessig, match="zu entscheiden"):
        services.withdraw_umzug(**werte, grund="Noch einmal", by=akte.fallmanager)


def test_refusals(akte):
    neu = geschichte.move(akte)
    with pytest.raises(SchrittUnzulaessig, match="Träger wechselt nicht"):
        geschichte.decide(akte, neu, entscheidung="traegerwechsel")
    with pytest.raises(SchrittUnzulaessig, match="Bitte begründen"):
        geschichte.decide(akte, neu, grund="  ")
    with pytest.raises(SchrittUnzulaessig, match="vorbehalten"):
        geschichte.decide(akte, neu, by=make_user("revision", "Revision"))
    neu.pk = 999999
    with pytest.raises(SchrittUnzulaessig, match="gibt es nicht"):
        geschichte.decide(akte, neu)
    assert not Umzug.objects.exists()


@pytest.mark.parametrize(
    ("am", "wohnform", "bleibt"),
    [
        (date(2012, 6, 1), "eigene", False),
        (date(2012, 6, 1), "assistenz", True),
        (date(2012, 6, 1), "besondere", True),
        (date(2018, 6, 1), "angehoerige", False),
        (date(2018, 6, 1), "gemeinschaft", True),
        (date(2018, 6, 1), "pflegefamilie", None),
        (date(2018, 6, 1), "", None),
    ],
)
def test_before_2020_it_hangs_on_how_the_person_lives(akte, am, wohnform, bleibt):
    with pgtrigger.ignore():
        PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(beginn=am - timedelta(days=60))
    akte.budget.refresh_from_db()
    Anschrift.objects.filter(
        leistungsberechtigte_person=akte.case.leistungsberechtigte_person
    ).update(gueltig_ab=am - timedelta(days=400), gueltig_bis=None)
    akte.case.leistungsberechtigte_person.wohnsituationen.all().delete()
    if wohnform:
        geschichte.live(akte, wohnform, am)
    neu = geschichte.move(akte, am)
    assert consequence_of(first_open(akte.budget), HEUTE).bleibt is bleibt
    if bleibt is None:
        with pytest.raises(SchrittUnzulaessig, match="wie die Person nach dem Umzug wohnt"):
            geschichte.decide(akte, neu)
        assert geschichte.decide(akte, neu, gebiet="innerhalb").bleibt is None
    elif bleibt:
        assert geschichte.decide(akte, neu).bleibt is True
    else:
        with pytest.raises(SchrittUnzulaessig, match="nicht zuständig"):
            geschichte.decide(akte, neu)
        assert geschichte.decide(akte, neu, entscheidung="traegerwechsel").bleibt is False


def test_six_months_without_any_leistung_end_it_but_not_a_stay_in_hospital(akte):
    row = unterbrechung.record(akte, anlass="haft")
    unterbrechung.decide(akte, row)
    (pause,) = pausen_of(akte.case)
    assert (pause.von, pause.medizinisch) == (date(2026, 6, 17), False)
    geschichte.move(akte, date(2026, 12, 1))
    fall = first_open(akte.budget)
    # The last day that was paid is 16.06.: six months are full with 16.12.
    assert consequence_of(fall, date(2026, 12, 16)).bleibt is True
    assert consequence_of(fall, date(2026, 12, 17)).bleibt is False
    with pgtrigger.ignore():
        Unterbrechung.objects.update(anlass="reha")
    assert consequence_of(fall, date(2026, 12, 17)).bleibt is True


def test_a_part_that_goes_on_is_no_pause(akte):
    row = unterbrechung.record(akte, kosten=1, kosten_nachweis="Vertrag")
    unterbrechung.decide(akte, row)
    assert pausen_of(akte.case) == []


def test_an_address_that_goes_leaves_the_decision(akte):
    neu = geschichte.move(akte)
    geschichte.decide(akte, neu)
    remove_angabe(case=akte.case, angabe=neu, grund="Irrtum", by=akte.fallmanager, tag=HEUTE)
    assert Umzug.objects.get().anschrift is None


def test_after_the_end_of_the_budget_nothing_is_decided(akte):
    neu = geschichte.move(akte)
    folge.lift(akte, ab=date(2026, 6, 17))
    folge.wirkung.begin_wirkungen(tag=date(2026, 6, 17))
    with pytest.raises(SchrittUnzulaessig, match="dafür nichts mehr"):
        geschichte.decide(akte, neu)


def test_the_database_knows_no_handing_over_of_what_stays(akte):
    row = geschichte.decide(akte, geschichte.move(akte))
    with pytest.raises(DatabaseError, match="umzug_wechsel"), transaction.atomic():
        Umzug.objects.filter(pk=row.pk).update(entscheidung="traegerwechsel")
