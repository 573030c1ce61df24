"""What the authority sets and the plan takes up, told in the browser, with a look at each page."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case, LeistungsberechtigtePerson, Textbaustein
from cases.states.rolle import Rolle
from gesamtplan.models import Instrumentfassung, Planvereinbarung
from gesamtplan.plan.queries.gesamtplan import get_plan
from tests.fabriken import HEUTE, make_fallmanager, make_leitung, make_user
from tests.gesamtplan.bausteine import (
    make_freigegebenen_plan,
    make_leeren_plan,
    make_zustaendigen_fall,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leute(behoerde):
    return {
        "fallmanager": make_fallmanager(),
        "leitung": make_leitung(),
        "erste": make_user("erste", Rolle.FACHADMINISTRATION),
        "zweite": make_user("zweite", Rolle.FACHADMINISTRATION),
    }


def sieht_gut_aus(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_text_goes_from_the_administration_over_four_eyes_into_the_plan(neue_seite, leute):
    plan = make_leeren_plan(leute["fallmanager"])
    schreibt = neue_seite()
    schreibt.anmelden("erste")
    schreibt.offen(reverse("textbaustein_neu"))
    sieht_gut_aus(schreibt)
    schreibt.page.select_option("[name=stelle]", "gesamtplan.aktivitaeten")
    schreibt.page.fill("[name=titel]", "Eigener Beitrag")
    schreibt.page.fill("[name=text]", "[[Name]] übt selbst.")
    schreibt.page.fill("[name=gueltig_ab]", "01.01.2026")
    schreibt.klick("Speichern")
    row = Textbaustein.objects.get()
    entscheidet = neue_seite()
    entscheidet.anmelden("zweite")
    entscheidet.offen(reverse("textbaustein_freigeben", args=[row.pk]))
    sieht_gut_aus(entscheidet)
    entscheidet.klick("Textbaustein freigeben")
    sieht_gut_aus(entscheidet)
    nimmt = neue_seite()
    nimmt.anmelden("fallmanager")
    nimmt.offen(reverse("gesamtplan_inhalte", args=[plan.case_id, plan.version]))
    nimmt.page.locator("summary", has_text="Textbausteine einfügen").first.click()
    nimmt.page.check(f"[name=baustein_aktivitaeten][value='{row.pk}']")
    sieht_gut_aus(nimmt)
    nimmt.klick("Speichern")
    text = get_plan(plan.pk).planinhalte.get(schluessel="aktivitaeten").text
    assert text == f"{plan.case.leistungsberechtigte_person.voller_name} übt selbst."
    nimmt.klick("Was fehlt noch?")
    assert "Pflichtinhalte sind vollständig" in nimmt.text()


def test_instrument_is_released_and_its_sheets_are_filled_in(neue_seite, leute):
    case = make_zustaendigen_fall(leute["fallmanager"])
    schreibt = neue_seite()
    schreibt.anmelden("erste")
    schreibt.offen(reverse("instrumente"))
    sieht_gut_aus(schreibt)
    schreibt.klick("Mit dieser Vorlage beginnen")
    sieht_gut_aus(schreibt)
    schreibt.klick("Speichern")
    row = Instrumentfassung.objects.get()
    entscheidet = neue_seite()
    entscheidet.anmelden("zweite")
    entscheidet.offen(reverse("instrument_freigeben", args=[row.pk]))
    sieht_gut_aus(entscheidet)
    entscheidet.klick("Instrument freigeben")
    fragt = neue_seite()
    fragt.anmelden("fallmanager")
    fragt.offen(reverse("bedarf_neu", args=[case.pk]))
    fragt.page.fill("[name=datum]", f"{HEUTE:%d.%m.%Y}")
    fragt.page.select_option("[name=instrumentfassung]", str(row.pk))
    fragt.klick("Speichern")
    ermittlung = Case.objects.get(pk=case.pk).bedarfsermittlungen.get()
    fragt.offen(reverse("bedarf_bogen", args=[case.pk, ermittlung.pk, 2]))
    fragt.page.fill("[name=antwort_2_1_2]", "Allein wohnen.")
    sieht_gut_aus(fragt)
    fragt.klick("Speichern")
    sieht_gut_aus(fragt)
    assert "Allein wohnen." in fragt.text()


def test_transition_is_noted_and_an_agreement_signed(neue_seite, leute):
    plan = make_freigegebenen_plan(leute["fallmanager"], leute["leitung"])
    LeistungsberechtigtePerson.objects.filter(pk=plan.case.leistungsberechtigte_person_id).update(
        geburtsdatum=date(2009, 12, 24)
    )
    seite = neue_seite()
    seite.anmelden("fallmanager")
    seite.offen(reverse("lebensuebergaenge", args=[plan.case_id]))
    sieht_gut_aus(seite)
    seite.offen(reverse("lebensuebergang_neu", args=[plan.case_id]) + "?art=volljaehrigkeit")
    sieht_gut_aus(seite)
    seite.klick("Übergang vormerken")
    assert "vorgemerkt" in seite.text()
    sieht_gut_aus(seite)
    seite.offen(reverse("planvereinbarung_neu", args=[plan.case_id, plan.version]))
    seite.page.fill("[name=beitrag_person]", "Ich übe.")
    seite.page.fill("[name=beitrag_traeger]", "Wir fragen nach.")
    seite.page.fill("[name=gilt_bis]", f"{plan.datum:%d.%m.%Y}")
    sieht_gut_aus(seite)
    seite.klick("Speichern")
    sieht_gut_aus(seite)
    seite.klick("Unterschriften vermerken")
    seite.page.fill("[name=person_am]", f"{HEUTE:%d.%m.%Y}")
    seite.page.fill("[name=traeger_am]", f"{HEUTE:%d.%m.%Y}")
    sieht_gut_aus(seite)
    seite.klick("Unterschriften vermerken")
    assert Planvereinbarung.objects.get().state == "geschlossen"
