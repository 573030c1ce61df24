"""The rehearsal of coming years: the whole story with the clock there, and what is missing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from lxml import html

from budget.bemessung.services.teilbudget import set_teilbudget
from budget.models import Teilbudget
from cases.behoerde.queries.probelauf import rehearse
from cases.frist.services.fristneuberechnung import recompute_fristen
from cases.models import Behoerde
from cases.schreiben.services.versand import record_aufgabe, send
from recht.bekanntgabe import bekanntgabe
from recht.fehler import ParameterUnbekannt
from recht.vorgriff import eingebbar
from tests import fabriken as grund
from tests.budget import fabriken
from tests.cases.behoerde.proben import HEUTE
from tests.cases.behoerde.test_gesetzeswert import eingeben
from tests.gesamtplan.bausteine import make_freigegebenen_plan
from tests.uhr import ZONE

pytestmark = pytest.mark.django_db

# Mondays and a Thursday at the beginning of years that no test of the package has seen.
TAGE = (date(2027, 1, 4), date(2028, 1, 3), date(2031, 1, 2))
MITTAG = {tag: datetime(tag.year, tag.month, tag.day, 12, tzinfo=ZONE) for tag in TAGE}
_EIGENE = (("teilhabe", "eingliederungshilfe", "Assistenz", "§§ 113, 78 SGB IX"),)
# Who gets Grundsicherung pays no Beitrag (§ 138 Abs. 1 Nr. 8 SGB IX); the Bescheid says so.
_MIT_GRUNDSICHERUNG = (
    *_EIGENE,
    ("grundsicherung", "sozialhilfe", "Grundsicherung", "§§ 41, 42 SGB XII"),
)
_MIT_PFLEGEKASSE = (*_EIGENE, ("pflegekasse", "pflegekasse", "Pflegehilfe", "§ 36 SGB XI"))


@pytest.fixture(params=TAGE, ids=str)
def tag(request):
    with time_machine.travel(MITTAG[request.param], tick=False):
        yield request.param


def days_from(tag: date) -> fabriken.Tage:
    """Everything on the day itself; the budget begins with the next month."""
    beginn = (tag.replace(day=1) + timedelta(days=32)).replace(day=1)
    return fabriken.Tage(tag, tag, tag, tag, tag, beginn, None)


def fehlend(tag: date) -> dict[str, list[str]]:
    return {b.titel: [m.text for m in b.maengel] for b in rehearse(tag) if b.maengel}


def test_case_and_plan_are_told_at_the_day(tag):
    grund.make_behoerde()
    fm, leitung = grund.make_fallmanager(), grund.make_leitung()

    plan = make_freigegebenen_plan(fm, leitung, tag)

    assert plan.state == "freigegeben"
    assert plan.schreiben is not None
    assert {f.rechtsstand for f in plan.case.fristen.all()} == {"B"}


def test_budget_bescheid_and_dispatch_are_told_at_the_day(tag):
    akte = fabriken.make_akte(days_from(tag), leistungen=_MIT_GRUNDSICHERUNG)
    fabriken.start(akte)
    fabriken.teil(
        akte, "teilhabe", "individuell", betrag=Decimal("1050.00"), abweichung_grund="Bedarf"
    )
    fabriken.teil(
        akte, "grundsicherung", "individuell", betrag=Decimal("330.00"), abweichung_grund="Bedarf"
    )
    for step in fabriken._STEPS:
        step(akte)

    versand = send(schreiben=akte.bescheid.schreiben, weg="post", by=akte.fallmanager, tag=tag)
    versand = record_aufgabe(versand=versand, aufgabe_am=tag, by=akte.fallmanager, tag=tag)

    akte.bescheid.refresh_from_db()
    # § 37 Abs. 2 S. 1 SGB X: still the fourth day; § 84 Abs. 1 SGG: still one month.
    assert versand.bekanntgabe == tag + timedelta(days=4)
    assert akte.case.fristen.get(regel="F51").ende == bekanntgabe(tag, "post", "BW").widerspruch_bis
    assert "§ 9a Abs. 5 OZG" in akte.bescheid.schreiben.daten["rechtsbehelf"][0]
    lauf = recompute_fristen(tag=tag, anlass="Probelauf", anwenden=False)
    assert (lauf.geaendert, lauf.gescheitert) == (0, 0)


def _set_nach_satz(akte) -> None:
    set_teilbudget(
        budget=akte.budget,
        leistung=akte.leistungen["pflegekasse"],
        bemessungsart="gutschein",
        parameter_schluessel="pflegesachleistung.grad2",
        by=akte.fallmanager,
        tag=akte.tage.plan,
    )


@pytest.mark.parametrize("ab", [date(2028, 2, 1), date(2031, 2, 1)])
def test_missing_rate_is_named_and_no_older_one_is_taken(ab):
    # § 30 SGB XI: the amounts of the Pflegeversicherung are new from 01.01.2028.
    akte = fabriken.make_akte(days_from(ab), leistungen=_MIT_PFLEGEKASSE)
    fabriken.start(akte)

    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt; zulässig sind Tage vom"):
        _set_nach_satz(akte)

    assert not Teilbudget.objects.exists()


def test_entered_rate_is_the_one_that_is_granted():
    tag = TAGE[1]
    akte = fabriken.make_akte(days_from(tag), leistungen=_MIT_PFLEGEKASSE)
    erste = grund.make_user("erste", "Fachadministration")
    zweite = grund.make_user("zweite", "Fachadministration")
    row = eingeben(
        erste, zweite, "830", "gesetz.pflegesachleistung.grad2", gueltig_ab=date(2028, 1, 1)
    )
    fabriken.start(akte)

    _set_nach_satz(akte)

    assert Teilbudget.objects.get().betrag == row.zahl == 830


def test_what_is_missing_is_said_for_each_day(behoerde):
    naechstes, uebernaechstes, spaeter = (fehlend(tag) for tag in TAGE)

    assert set(naechstes) == {"Gesetzliche Werte", "Gesetzliche Sätze"}
    assert naechstes["Gesetzliche Sätze"] == [
        "Regelbedarfsstufe 1 (bis 2010 Eckregelsatz): Ein Teilbudget nach diesem Satz ist für "
        "diesen Tag nicht möglich, bis der Wert eingegeben ist."
    ]
    assert set(uebernaechstes) == set(spaeter) == {
        "Rechtsstand", "Gesetzliche Werte", "Gesetzliche Sätze", "Geringfügigkeitsgrenze"
    }  # fmt: skip
    assert len(uebernaechstes["Gesetzliche Sätze"]) == 14
    assert "zuletzt am 19.08.2026" in spaeter["Rechtsstand"][0]
    assert fehlend(HEUTE) == {}


def test_nothing_is_missing_any_more_when_the_office_has_entered_it(behoerde):
    erste = grund.make_user("erste", "Fachadministration")
    zweite = grund.make_user("zweite", "Fachadministration")
    for eine in eingebbar():
        ab = date(eine.deckung_bis.year + 1, 1, 1)
        eingeben(erste, zweite, "900", f"gesetz.{eine.schluessel}", gueltig_ab=ab)

    assert fehlend(TAGE[0]) == {}


def test_unknown_seat_is_one_of_the_answers(behoerde):
    Behoerde.objects.update(land="BY")

    saetze = fehlend(HEUTE)

    assert len(saetze["Feiertage am Sitz der Behörde"]) == 2
    # Four weeks before 15.08.2028, a Tuesday: a Widerspruch would end on it.
    assert "gilt es dort" in fehlend(date(2028, 7, 11))["Bekanntgabe und Widerspruchsfrist"][0]


def test_command_tells_the_stations_in_words(behoerde):
    aus = StringIO()
    call_command("probelauf", "--tag", "2031-01-02", stdout=aus)
    text = aus.getvalue()

    assert text.startswith("Probelauf für den 02.01.2031\n")
    assert "Bescheid: Rechtsbehelfsbelehrung: vollständig" in text
    assert "Versand: Bekanntgabe und Widerspruchsfrist: vollständig" in text
    assert "  - Bezugsgröße (bis 2024 West): Der Wert für den 02.01.2031 fehlt" in text
    assert text.rstrip().endswith("Punkte zu klären.")
    heute = StringIO()
    call_command("probelauf", "--tag", "2026-11-23", stdout=heute)
    assert heute.getvalue().rstrip().endswith("Es fehlt nichts.")


@pytest.mark.parametrize(("tag", "satz"), [("heute", "ist kein Tag"), ("", "noch nicht")])
def test_command_refuses_what_it_cannot_answer(db, tag, satz):
    with pytest.raises(CommandError, match=satz):
        call_command("probelauf", "--tag", tag, stdout=StringIO())


def test_page_shows_the_rehearsal_of_the_chosen_day(client, behoerde):
    client.force_login(grund.make_user("erste", "Fachadministration"))

    seite = client.get(reverse("werte"), {"stichtag": "02.01.2031"})

    karte = html.fromstring(seite.content).get_element_by_id("probelauf")
    text = " ".join(karte.text_content().split())
    assert "Bescheid, Rechtsbehelfsbelehrung: vollständig" in text
    assert "Gesetzliche Werte: Regelbedarfsstufe 1" in text
