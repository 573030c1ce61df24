"""What follows a Rechtsbehelf when its facts change later: Frist, lateness, effect, finality."""

from __future__ import annotations

from datetime import date

import pytest

from budget.folge.queries import offene_antraege
from budget.folge.services import bescheid as folge
from budget.folge.services import widerspruch as service
from budget.folge.services import wirkung
from cases.behoerde.services.eigener_wert import create_eigener_wert, release_eigener_wert
from cases.frist.services.fristenlauf import sweep
from cases.frist.services.fristneuberechnung import recompute_fristen
from cases.models import Frist, Versand
from cases.schreiben.services.bekanntgabe import correct_bekanntgabe, record_nichtzugang
from cases.schreiben.services.versand import record_aufgabe, send
from cases.services.ereignis import gegenstand_of
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge import geschichte
from tests.fabriken import make_leitung, make_user

pytestmark = pytest.mark.django_db


def berichtige(akte, versand, tag, **felder) -> Versand:
    """Correct what is known of a sending."""
    werte = {"zugang_am": None, "ausland": False, "rbb": "richtig", "feststellung": "Rückschein"}
    return correct_bekanntgabe(versand=versand, by=akte.fallmanager, tag=tag, **(werte | felder))


def beschieden(akte):
    """Return a Widerspruch with the sending of its Widerspruchsbescheid, posted on 01.06.2026."""
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    row = geschichte.draft(akte, "widerspruchsbescheid", widerspruch, gericht="Sozialgericht X")
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    andere = make_leitung("ltg2", akte.case.team)
    row = folge.release_folgebescheid(row=row, by=andere, tag=geschichte.HEUTE)
    versand = geschichte.post(akte, row.schreiben, geschichte.HEUTE)
    widerspruch.refresh_from_db()
    return widerspruch, versand


def klagefrist(widerspruch) -> Frist:
    """Return the Klagefrist that counts."""
    rows = Frist.objects.filter(gegenstand=gegenstand_of(widerspruch), regel="F53")
    return rows.exclude(state="aufgehoben").get()


@pytest.mark.parametrize(
    ("tag", "felder", "ende"),
    [
        (date(2026, 6, 22), {}, date(2026, 7, 6)),
        # § 37 Abs. 2 S. 3 SGB X: the proven receipt counts.
        (date(2026, 6, 22), {"zugang_am": date(2026, 6, 19)}, date(2026, 7, 20)),
        # § 66 Abs. 2 SGG: a year without a right Belehrung; also on the same day of Bekanntgabe.
        (date(2026, 6, 22), {"rbb": "fehlt"}, date(2027, 6, 7)),
        (date(2026, 6, 22), {"rbb": "falsch"}, date(2027, 6, 7)),
        # The Belehrung names one month where three hold, so it is wrong (§ 87 Abs. 1 S. 2 SGG).
        (
            date(2026, 6, 22),
            {"ausland": True, "zugang_am": date(2026, 6, 19)},
            date(2027, 6, 21),
        ),
    ],
)
def test_the_klagefrist_follows_the_sending_that_counts(tag, felder, ende):
    akte = geschichte.running()
    widerspruch, versand = beschieden(akte)
    assert klagefrist(widerspruch).ende == date(2026, 7, 6)
    berichtige(akte, versand, tag, **felder)
    assert klagefrist(widerspruch).ende == ende


def test_abroad_with_its_own_belehrung_three_months_run():
    akte = geschichte.running()
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    row = geschichte.draft(
        akte, "widerspruchsbescheid", widerspruch, gericht="Sozialgericht X", ausland=True
    )
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    andere = make_leitung("ltg2", akte.case.team)
    row = folge.release_folgebescheid(row=row, by=andere, tag=geschichte.HEUTE)
    werte = {"schreiben": row.schreiben, "weg": "post", "by": akte.fallmanager}
    with pytest.raises(SchrittUnzulaessig, match="für die Klage drei Monate"):
        send(**werte, tag=geschichte.HEUTE)
    versand = send(**werte, tag=geschichte.HEUTE, ausland=True)
    record_aufgabe(
        versand=versand, aufgabe_am=geschichte.HEUTE, by=akte.fallmanager, tag=geschichte.HEUTE
    )
    zugang = date(2026, 6, 19)
    berichtige(akte, versand, date(2026, 6, 22), ausland=True, zugang_am=zugang)
    widerspruch.refresh_from_db()
    assert klagefrist(widerspruch).ende == date(2026, 9, 21)


def test_a_klagefrist_that_ran_out_too_early_runs_again():
    akte = geschichte.running()
    widerspruch, versand = beschieden(akte)
    sweep(tag=date(2026, 7, 7))
    widerspruch.refresh_from_db()
    assert (widerspruch.state, widerspruch.ausgang) == ("erledigt", "ohne_erfolg")
    assert geschichte.refresh(akte).bescheid.state == "bestandskraeftig"
    berichtige(akte, versand, date(2026, 7, 8), zugang_am=date(2026, 6, 19))
    widerspruch.refresh_from_db()
    assert (widerspruch.state, widerspruch.ausgang) == ("entschieden", "")
    assert geschichte.refresh(akte).bescheid.state == "versandt"
    assert (klagefrist(widerspruch).state, klagefrist(widerspruch).ende) == (
        "offen",
        date(2026, 7, 20),
    )


def lifted(akte):
    """Return an Aufhebung from 01.08., posted on 12.06., made known on 16.06., with its sending."""
    row = geschichte.lift(akte)
    return row, Versand.objects.get(schreiben=row.schreiben)


def test_a_late_widerspruch_is_in_time_once_a_later_receipt_is_proven():
    akte = geschichte.running()
    row, versand = lifted(akte)
    spaet = geschichte.attack(akte, row.schreiben, date(2026, 7, 17))
    assert (spaet.frist_bis, spaet.verspaetet) == (date(2026, 7, 16), True)
    wirkung.begin_wirkungen(tag=date(2026, 8, 1))
    assert geschichte.refresh(akte).budget.state == "beendet"
    berichtige(akte, versand, date(2026, 8, 3), zugang_am=date(2026, 6, 19))
    spaet.refresh_from_db()
    assert (spaet.frist_bis, spaet.verspaetet) == (date(2026, 7, 20), False)
    # § 86a Abs. 1 S. 1 SGG: it suspends, so the money flows again.
    assert geschichte.refresh(akte).budget.state == "laeuft"
    # The receipt was another one after all.
    berichtige(akte, versand, date(2026, 8, 4))
    spaet.refresh_from_db()
    assert spaet.verspaetet
    assert geschichte.refresh(akte).budget.state == "beendet"


def einfuehren(tag: date) -> None:
    """Enter a holiday of the town of the authority; two of the Fachadministration do it."""
    wert = create_eigener_wert(
        schluessel="sitz_weitere",
        text=f"{tag:%d.%m.%Y} Stadtfest (Ortssatzung)",
        gueltig_ab=date(2026, 7, 1),
        begruendung="Satzung",
        by=make_user("fach1", Rolle.FACHADMINISTRATION),
        tag=date(2026, 6, 20),
    )
    release_eigener_wert(
        wert=wert, by=make_user("fach2", Rolle.FACHADMINISTRATION), tag=date(2026, 6, 20)
    )


def test_a_local_holiday_moves_frist_sending_and_judgement_together():
    akte = geschichte.running()
    row, versand = lifted(akte)
    spaet = geschichte.attack(akte, row.schreiben, date(2026, 7, 17))
    assert spaet.verspaetet
    einfuehren(date(2026, 7, 16))
    recompute_fristen(tag=date(2026, 7, 17), anlass="Ortsfeiertag", anwenden=True)
    frist = Frist.objects.get(gegenstand=gegenstand_of(row.schreiben), regel="F51")
    versand.refresh_from_db()
    spaet.refresh_from_db()
    neu = date(2026, 7, 17)
    assert (frist.ende, versand.widerspruch_bis, spaet.frist_bis) == (neu, neu, neu)
    assert not spaet.verspaetet


def test_a_final_decision_opens_again_with_a_later_receipt():
    akte = geschichte.running()
    row, versand = lifted(akte)
    sweep(tag=date(2026, 7, 17))
    row.refresh_from_db()
    assert row.state == "bestandskraeftig"
    berichtige(akte, versand, date(2026, 7, 17), zugang_am=date(2026, 6, 19))
    row.refresh_from_db()
    assert row.state == "versandt"


def refused(akte):
    """Return a refusal that was made known on 05.06.2026, and its Antrag."""
    antrag = akte.case.antraege.get()
    row = geschichte.decide(akte, geschichte.draft(akte, "ablehnung", antrag), geschichte.HEUTE)
    assert offene_antraege(akte.case) == []
    return row, antrag


def waiting(akte, antrag) -> set[str]:
    """Return which Fristen run about the Antrag."""
    rows = akte.case.fristen.filter(gegenstand=gegenstand_of(antrag), state="offen")
    return set(rows.values_list("regel", flat=True))


def test_what_was_attacked_with_success_is_not_final_and_the_antrag_waits_again():
    # §§ 77, 85 Abs. 1 SGG
    akte = fabriken.make_akte(fabriken.B)
    row, antrag = refused(akte)
    vorher = waiting(akte, antrag)
    widerspruch = geschichte.attack(akte, row.schreiben, date(2026, 6, 10))
    abhilfe = geschichte.decide(
        akte, geschichte.draft(akte, "abhilfe", widerspruch), date(2026, 6, 16)
    )
    row.refresh_from_db()
    assert row.state == "angefochten"
    sweep(tag=date(2026, 7, 8))
    row.refresh_from_db()
    assert row.state == "angefochten"
    assert offene_antraege(akte.case) == [antrag]
    assert {"F54"} <= waiting(akte, antrag) - vorher
    # The Abhilfe came back: the refusal stands, and nobody waits but for the Widerspruch.
    record_nichtzugang(
        versand=Versand.objects.get(schreiben=abhilfe.schreiben),
        am=date(2026, 6, 24),
        feststellung="zurück",
        by=akte.fallmanager,
        tag=date(2026, 7, 8),
    )
    row.refresh_from_db()
    assert row.state == "versandt"
    assert offene_antraege(akte.case) == []
    assert waiting(akte, antrag) == vorher


@pytest.mark.parametrize(
    ("ausgang", "state"), [("erfolg", "angefochten"), ("ohne_erfolg", "bestandskraeftig")]
)
def test_a_klage_that_is_won_leaves_nothing_to_become_final(ausgang, state):
    akte = fabriken.make_akte(fabriken.B)
    row, antrag = refused(akte)
    widerspruch = geschichte.attack(akte, row.schreiben, date(2026, 6, 10))
    bescheid = geschichte.draft(akte, "widerspruchsbescheid", widerspruch, gericht="SG X")
    bescheid = folge.submit_folgebescheid(row=bescheid, by=akte.fallmanager, tag=date(2026, 6, 16))
    bescheid = folge.release_folgebescheid(
        row=bescheid, by=make_leitung("ltg2", akte.case.team), tag=date(2026, 6, 16)
    )
    geschichte.post(akte, bescheid.schreiben, date(2026, 6, 16))
    widerspruch.refresh_from_db()
    werte = {"by": akte.fallmanager, "tag": date(2026, 7, 20)}
    service.record_klage(row=widerspruch, am=date(2026, 7, 6), gericht="SG X", **werte)
    widerspruch.refresh_from_db()
    service.finish_klage(row=widerspruch, am=date(2026, 7, 20), ausgang=ausgang, **werte)
    row.refresh_from_db()
    assert row.state == state
    assert (offene_antraege(akte.case) == [antrag]) is (ausgang == "erfolg")
