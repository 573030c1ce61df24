"""A running budget is changed, and another one ends by notice, told in the browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from budget.folge.services.bescheid import submit_folgebescheid
from budget.models import Folgebescheid
from cases.models import Case
from recht.laenge import plus_monate
from tests import uhr
from tests.budget.folge import geschichte, nachfolge

pytestmark = pytest.mark.django_db(transaction=True)
_PDF = "folgebescheid/pdf/"
AB = plus_monate(uhr.HEUTE.replace(day=1), 3)


def zeigt(seite, *texte: str) -> None:
    inhalt = " ".join(seite.text().replace("\u00a0", " ").split())
    for text in texte:
        assert text in inhalt, inhalt


def sieht_gut_aus(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def weg(name: str, akte, *mehr: int) -> str:
    return reverse(name, args=[akte.case.pk, *mehr])


def test_a_running_budget_becomes_more_with_a_new_bescheid(neue_seite, behoerde):
    akte = geschichte.running()
    fm = neue_seite()
    fm.anmelden(akte.fallmanager.username)
    fm.offen(weg("budget", akte))
    fm.klick("Änderung oder Weiterbewilligung vorbereiten")
    sieht_gut_aus(fm)
    fm.page.fill("[name=beginn]", f"{AB:%d.%m.%Y}")
    fm.page.fill("[name=sachverhalt]", nachfolge.ANLASS)
    fm.klick("Vorbereitung beginnen")
    zeigt(fm, "Daneben bewilligt", "Was sich gegenüber der bisherigen Bewilligung ändert")
    sieht_gut_aus(fm)
    neu = akte.case.persoenliche_budgets.get(vorgaenger=akte.budget)
    nachfolge.set_teilhabe(akte, neu, "1200.00", uhr.HEUTE)
    nachfolge.agree(akte, neu, uhr.HEUTE)
    bescheid = nachfolge.write(akte, neu, uhr.HEUTE)
    leitung = neue_seite()
    leitung.anmelden(akte.leitung.username)
    leitung.offen(weg("bescheid_freigabe", akte))
    zeigt(leitung, "150,00 €", "Voraussetzungen erfüllt", "Bisherigen Bescheid vom")
    sieht_gut_aus(leitung)
    # What is released is what was seen.
    leitung.page.request.get(leitung.adresse + weg("bescheid_pdf", akte))
    leitung.klick("Bescheid freigeben")
    bescheid.refresh_from_db()
    assert bescheid.state == "freigegeben"
    assert nachfolge.aenderung(akte).state == "freigegeben"
    nachfolge.post(akte, bescheid, uhr.HEUTE)
    nachfolge.run(AB)
    fm.offen(f"{weg('budget_geltung', akte)}?am={AB - timedelta(days=1):%d.%m.%Y}")
    zeigt(fm, "2.589,00 €", "bescheid vom 15.04.2026")
    fm.offen(f"{weg('budget_geltung', akte)}?am={AB:%d.%m.%Y}")
    zeigt(fm, "2.739,00 €", "Gesamtbescheid über die Änderung Ihres Persönlichen Budgets vom")
    sieht_gut_aus(fm)


def test_the_authority_gives_notice_and_the_help_goes_on(neue_seite, behoerde):
    akte = geschichte.running()
    fm = neue_seite()
    fm.anmelden(akte.fallmanager.username)
    fm.offen(weg("folgebescheide", akte))
    zeigt(fm, "Widerruf wegen der Verwendung noch nicht möglich", "B 8 SO 3/21 R")
    sieht_gut_aus(fm)
    fm.klick("Aufhebung nach Kündigung der Zielvereinbarung")
    fm.page.fill("[name=wirkt_ab]", f"{AB:%d.%m.%Y}")
    fm.page.check("[name=fall_des_gesetzes][value=T]")
    fm.page.fill("[name=gekuendigt_am]", f"{uhr.HEUTE:%d.%m.%Y}")
    fm.page.fill("[name=sachverhalt]", "Seit Juli fehlen die Nachweise, trotz zweier Mahnungen.")
    fm.page.fill("[name=gruende]", "Die Vereinbarung über den Nachweis wird nicht eingehalten.")
    sieht_gut_aus(fm)
    fm.klick("Entwurf speichern")
    zeigt(fm, "Die Person ist noch nicht angehört")
    row = Folgebescheid.objects.get(case=akte.case)
    geschichte.folge.record_aeusserung(
        row=row, am=uhr.HEUTE, text="Ich bin krank.", by=akte.fallmanager, tag=uhr.HEUTE
    )
    row = submit_folgebescheid(
        row=Folgebescheid.objects.get(pk=row.pk), by=akte.fallmanager, tag=uhr.HEUTE
    )
    leitung = neue_seite()
    leitung.anmelden(akte.leitung.username)
    leitung.offen(weg("folge_freigabe", akte, row.pk))
    sieht_gut_aus(leitung)
    leitung.page.request.get(leitung.adresse + weg("folgebescheid", akte, row.pk) + _PDF)
    leitung.klick("Bescheid freigeben")
    row.refresh_from_db()
    geschichte.post(akte, row.schreiben, uhr.HEUTE)
    nachfolge.run(AB)
    akte.budget.refresh_from_db()
    assert akte.budget.state == "beendet"
    assert Case.objects.get(pk=akte.case.pk).state == "leistung_laeuft"
    fm.offen(f"{weg('budget_geltung', akte)}?am={AB:%d.%m.%Y}")
    zeigt(fm, "An diesem Tag galt kein Persönliches Budget.")
