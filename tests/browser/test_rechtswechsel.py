"""One person from the law of 2019 into that of 2020, and the report of her provider."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from cases.models import Case, Frist, User
from cases.states.fall import Fallzustand
from gesamtplan.models import Gesamtplan, Verlaufsbericht
from gesamtplan.models.angaben import Bewertung
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan
from gesamtplan.ueberpruefung.queries import bericht_of, said_by_provider
from gesamtplan.ueberpruefung.services.ueberpruefung import complete_ueberpruefung
from tests.browser.test_geschichte import fill, send, step
from tests.gesamtplan import bausteine
from tests.gesamtplan.ueberpruefung.boegen import antworten, make_bericht
from tests.gesamtplan.ueberpruefung.boegen import fill as fill_pdf

pytestmark = pytest.mark.django_db(transaction=True)
VORHER, GESPRAECH, DANACH = date(2019, 6, 3), date(2020, 1, 20), date(2020, 2, 10)
BERICHT = Bewertung("teilweise", "Er kocht zweimal in der Woche.", "Wir haben zusammen geübt.")


def _reviewed_plan(by: User, leitung: User) -> tuple[Gesamtplan, Verlaufsbericht]:
    """Return a running plan of 2019 under review, and the request to its provider."""
    plan = bausteine.make_laufenden_plan(by, leitung, tag=VORHER)
    row = bausteine.make_bewertete_ueberpruefung(plan, by, tag=GESPRAECH)
    return plan, make_bericht(row)


def _take_report_in(seite, bericht: Verlaufsbericht) -> dict[UUID, Bewertung]:
    """Fill the form in as the provider does, and take it over without typing."""
    fall = bericht.ueberpruefung.case_id
    pdf = seite.page.request.get(
        seite.adresse + reverse("verlaufsbericht_pdf", args=[fall, bericht.pk])
    ).body()
    voll = fill_pdf(pdf, antworten(bericht, BERICHT))
    assert seite.offen(reverse("verlaufsbericht_bogen", args=[fall, bericht.pk])) == 200
    seite.page.set_input_files(
        "main input[type=file]",
        {"name": "bogen.pdf", "mimeType": "application/pdf", "buffer": voll},
    )
    send(seite)
    assert "Er kocht zweimal in der Woche." in seite.text()
    seite.passt_in(320)
    send(seite)
    assert "Wir haben zusammen geübt." in seite.text()
    found = bericht_of(bericht.ueberpruefung.case, bericht.pk)
    assert found is not None
    return said_by_provider(found)


def _submit(plan: Gesamtplan, by: User) -> None:
    """Answer what the law of the new day asks for, and lay the version before the lead."""
    plan = gesamtplan.update_planinhalte(
        gesamtplan=plan,
        texte=bausteine.texte_of(plan),
        ueberpruefung_am=date(2021, 2, 10),
        by=by,
        tag=DANACH,
    )
    freigabe.submit_gesamtplan(gesamtplan=plan, by=by, tag=DANACH)


def test_report_of_a_provider_is_taken_in_without_typing(neue_seite, fallmanager, leitung):
    _, bericht = _reviewed_plan(fallmanager, leitung)
    fm = neue_seite()
    fm.anmelden(fallmanager.username)
    assert list(_take_report_in(fm, bericht).values()) == [BERICHT]
    assert fm.meldungen == []


def test_one_person_passes_from_the_law_of_2019_to_that_of_2020(neue_seite, fallmanager, leitung):
    alt, bericht = _reviewed_plan(fallmanager, leitung)
    fall, fm, chef = alt.case_id, neue_seite(), neue_seite()
    fm.anmelden(fallmanager.username)
    complete_ueberpruefung(
        ueberpruefung=bericht.ueberpruefung,
        ergebnis="fortschreiben",
        grund="Ab 2020 gilt Teil 2 des SGB IX.",
        by=fallmanager,
        tag=DANACH,
    )
    step(
        fm,
        reverse("gesamtplan_fortschreiben", args=[fall, 1]),
        {"anlass": "neues Recht", "datum": "10.02.2020"},
    )
    neu = get_plan(Gesamtplan.objects.get(case=fall, version=2).pk)
    # The goal is the same; what it is granted under is not.
    assert neu.teilhabeziele.get().kennung == alt.teilhabeziele.get().kennung
    assert fm.offen(reverse("gesamtplan_version", args=[fall, 2])) == 200
    leistung = neu.leistungen.get()
    fm.offen(reverse("leistung_bearbeiten", args=[fall, 2, leistung.pk]))
    # What began under the law of 2019 is not a Leistung of the law of 2020: that one begins anew.
    fill(fm, {"katalogschluessel": "=b_assistenz", "beginn": "10.02.2020"})
    send(fm)
    _submit(get_plan(neu.pk), fallmanager)
    chef.anmelden(leitung.username)
    step(chef, reverse("gesamtplan_freigeben", args=[fall, 2]))
    neu.refresh_from_db()
    assert neu.state == "freigegeben"
    # Each version says by which law it was made.
    for version, norm in ((1, "§ 144"), (2, "§ 121")):
        fm.offen(reverse("gesamtplan_version", args=[fall, version]))
        assert norm in fm.text()
    # In this story the version of 2020 is released today, long after the review was due.
    f35 = Frist.objects.filter(case=fall, regel="F35").order_by("pk")
    assert list(f35.values_list("rechtsstand", "state")) == [("UE", "versaeumt"), ("B", "offen")]
    fm.offen(reverse("gesamtplan_vergleich", args=[fall, 2]))
    assert "Barmittel aus dem Regelsatz" in fm.text()
    assert Case.objects.get(pk=fall).state in (
        Fallzustand.LEISTUNG_LAEUFT,
        Fallzustand.UEBERPRUEFUNG,
    )
    assert [m for s in (fm, chef) for m in s.meldungen] == []
