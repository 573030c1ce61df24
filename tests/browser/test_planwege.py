"""Plans over the years and with other carriers, in the browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.antrag.services.traegerbeteiligung import involve_traeger
from cases.models import Case, Frist, Traegerbeteiligung, User
from cases.states.fall import Fallzustand
from gesamtplan.konferenz import services as konferenz
from gesamtplan.models import Gesamtplan, Konferenz, Planabstimmung, Ueberpruefung
from gesamtplan.models.angaben import Bewertungsstelle
from gesamtplan.models.stand import bewertungsfeld
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan
from gesamtplan.ueberpruefung.services.ueberpruefung import complete_ueberpruefung
from tests import uhr
from tests.browser.test_geschichte import fill, send, step
from tests.fabriken import antrag_of, make_traeger
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db(transaction=True)
ERSTER, ZWEITER = date(2015, 3, 2), date(2015, 9, 10)


def _second_version(by: User, leitung: User) -> Gesamtplan:
    """Return version 2 of a plan in A whose version 1 was reviewed."""
    alt = bausteine.make_laufenden_plan(by, leitung, tag=ERSTER)
    row = bausteine.make_bewertete_ueberpruefung(alt, by, tag=date(2015, 9, 1))
    complete_ueberpruefung(
        ueberpruefung=row, ergebnis="fortschreiben", grund="Mehr allein.", by=by, tag=ZWEITER
    )
    plan = gesamtplan.continue_gesamtplan(
        gesamtplan=alt, anlass="mehr Selbständigkeit", datum=ZWEITER, by=by, tag=ZWEITER
    )
    plan = gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={}, ueberpruefung_am=date(2016, 3, 15), by=by, tag=ZWEITER
    )
    freigabe.submit_gesamtplan(gesamtplan=plan, by=by, tag=ZWEITER)
    freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=ZWEITER)
    Case.objects.filter(pk=plan.case_id).update(state=Fallzustand.LEISTUNG_LAEUFT)
    return get_plan(plan.pk)


def _review(seite, plan: Gesamtplan) -> Ueberpruefung:
    fall = plan.case_id
    step(seite, reverse("ueberpruefung_neu", args=[fall]))
    row = Ueberpruefung.objects.get(case=fall, state="offen")
    werte = {"gespraech_am": "01.03.2016", "ort": "Hausbesuch"}
    for ziel in plan.teilhabeziele.all():
        for stimme in ("person", "fallmanagement"):
            name = bewertungsfeld(Bewertungsstelle(ziel.kennung, stimme))
            werte |= {f"{name}_status": "=erreicht", f"{name}_grund": f"{stimme} sagt es."}
    assert seite.offen(reverse("ueberpruefung_eintragen", args=[fall, row.pk])) == 200
    seite.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    fill(seite, werte)
    send(seite)
    ende = {"ergebnis": "fortschreiben", "grund": "Das Ziel ist erreicht."}
    step(seite, reverse("ueberpruefung_abschliessen", args=[fall, row.pk]), ende)
    return row


def test_three_versions_and_two_reviews_for_one_person_in_a(neue_seite, fallmanager, leitung):
    plan = _second_version(fallmanager, leitung)
    fall = plan.case_id
    fm, chef = neue_seite(), neue_seite()
    fm.anmelden(fallmanager.username)
    _review(fm, plan)
    step(
        fm,
        reverse("gesamtplan_fortschreiben", args=[fall, 2]),
        {"anlass": "Ziel erreicht", "datum": "10.03.2016"},
    )
    step(fm, reverse("gesamtplan_inhalte", args=[fall, 3]), {"ueberpruefung_am": "10.03.2017"})
    step(fm, reverse("gesamtplan_vorlegen", args=[fall, 3]))
    chef.anmelden(leitung.username)
    assert chef.offen(reverse("gesamtplaene_wartend")) == 200
    assert "Version 3" in chef.text()
    step(chef, reverse("gesamtplan_freigeben", args=[fall, 3]))
    assert list(plan.case.gesamtplaene.order_by("version").values_list("version", "state")) == [
        (nummer, "freigegeben") for nummer in (1, 2, 3)
    ]
    fm.offen(reverse("ueberpruefungen", args=[fall]))
    fm.ohne_barrieren()
    for wort in ("01.09.2015", "01.03.2016", "erreicht"):
        assert wort in fm.text()
    fm.offen(reverse("gesamtplan_vergleich", args=[fall, 3]))
    assert "Ziel erreicht" in fm.text()
    assert [m for s in (fm, chef) for m in s.meldungen] == []


def _three_carriers(by: User) -> Gesamtplan:
    """Return a complete draft in B in which two other carriers take part; their findings are in."""
    plan = bausteine.make_plan(by, tag=uhr.HEUTE)
    for art, name in (("rentenversicherung", "DRV Probe"), ("krankenkasse", "AOK Probe")):
        involve_traeger(
            antrag=antrag_of(plan.case),
            traeger=make_traeger(art, name),
            gruppen=["b_medizinische_rehabilitation"],
            frage="Bedarf?",
            by=by,
            tag=uhr.HEUTE,
        )
    Traegerbeteiligung.objects.update(eingegangen_am=uhr.HEUTE, feststellung="Reha nötig.")
    return get_plan(plan.pk)


def _called_konferenz(case: Case, by: User) -> Konferenz:
    """Return a Teilhabeplankonferenz of today whose minutes are written."""
    tag = uhr.HEUTE
    row = konferenz.create_konferenz(
        case=case,
        art="teilhabeplan",
        vorgeschlagen_von="DRV Probe",
        vorgeschlagen_am=tag,
        elternfall=False,
        by=by,
        tag=tag,
    )
    row = konferenz.update_konferenz(
        konferenz=row,
        zustimmung_am=tag,
        termin=tag,
        uhrzeit=None,
        ort="Rathaus",
        tagesordnung="Reha und Assistenz",
        ergebnis="Reha zuerst, dann Assistenz.",
        abweichend="",
        by=by,
        tag=tag,
    )
    row = konferenz.begin_konferenz(konferenz=row, by=by, tag=tag)
    for teilnahme in row.teilnahmen.all():
        konferenz.mark_anwesend(teilnahme=teilnahme, anwesend=True, by=by, tag=tag)
    return row


def test_three_carriers_and_a_conference_in_b(neue_seite, fallmanager, leitung):
    plan = _three_carriers(fallmanager)
    fall, gespraech = plan.case_id, _called_konferenz(plan.case, fallmanager)
    fm, chef = neue_seite(), neue_seite()
    fm.anmelden(fallmanager.username)
    fm.offen(reverse("konferenz_anzeigen", args=[fall, gespraech.pk]))
    fm.klick("Niederschrift abschließen")
    assert Frist.objects.get(case=fall, regel="F09").state == "offen"
    seite = reverse("teilhabeplan", args=[fall, 1])
    for _ in range(2):
        fm.offen(seite)
        fm.klick("Träger um Abstimmung bitten")
        send(fm)
    fm.ohne_barrieren()
    fm.passt_in(320)
    assert "Entscheidung mit Teilhabeplankonferenz" in fm.text()
    freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=uhr.HEUTE)
    chef.anmelden(leitung.username)
    chef.offen(reverse("gesamtplan_freigeben", args=[fall, 1]))
    assert "die Antwort ist nicht festgehalten" in chef.page.content()
    aok, drv = Planabstimmung.objects.order_by("traeger__name")
    step(fm, reverse("planabstimmung_zustimmen", args=[fall, drv.pk]))
    step(
        fm,
        reverse("planabstimmung_abweichen", args=[fall, aok.pk]),
        {"grund": "Die Reha kann ambulant sein."},
    )
    assert "Die Reha kann ambulant sein." in fm.text()
    step(chef, reverse("gesamtplan_freigeben", args=[fall, 1]))
    assert Gesamtplan.objects.get(case=fall).state == "freigegeben"
    assert Frist.objects.get(case=fall, regel="F10").state == "gewahrt"
    assert [m for s in (fm, chef) for m in s.meldungen] == []
