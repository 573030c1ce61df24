"""A refusal that is granted after a Widerspruch, and the end by death, told in the browser."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.folge.queries import offene_antraege
from budget.models import Folgebescheid, Widerspruch
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung.services import record_anweisungen
from cases.schreiben.services.versand import send
from recht.laenge import plus_monate
from tests import uhr
from tests.budget import fabriken
from tests.budget.folge import geschichte
from tests.cases.fall.test_tod import heir
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def zeigt(seite, *texte: str) -> None:
    inhalt = " ".join(seite.text().replace("\u00a0", " ").split())
    for text in texte:
        assert text in inhalt, inhalt


def sieht_gut_aus(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def weg(name: str, akte, *mehr: int) -> str:
    return reverse(name, args=[akte.case.pk, *mehr])


def entscheide(fm, leitung, akte, art: str, sachverhalt: str, gruende: str) -> Folgebescheid:
    """Write a decision, submit it, release it as another person, and hand the letter over."""
    fm.page.fill("[name=sachverhalt]", sachverhalt)
    fm.page.fill("[name=gruende]", gruende)
    fm.klick("Entwurf speichern")
    sieht_gut_aus(fm)
    fm.klick("Zur Freigabe vorlegen")
    row = Folgebescheid.objects.get(case=akte.case, art=art)
    leitung.offen(weg("folge_freigabe", akte, row.pk))
    zeigt(leitung, "Voraussetzungen erfüllt", sachverhalt)
    brief = "folgemitteilung" if art == "abhilfe" else "folgebescheid"
    pdf = reverse("folge_pdf", args=[akte.case.pk, row.pk, brief])
    leitung.page.request.get(leitung.adresse + pdf)
    leitung.klick("Bescheid freigeben")
    row.refresh_from_db()
    send(schreiben=row.schreiben, weg="uebergabe", by=akte.fallmanager, tag=uhr.HEUTE)
    row.refresh_from_db()
    return row


def test_a_refusal_is_attacked_and_granted(neue_seite, transactional_db):
    akte = fabriken.make_akte(fabriken.B)
    fm, leitung = neue_seite(), neue_seite()
    fm.anmelden(akte.fallmanager.username)
    leitung.anmelden(akte.leitung.username)
    fm.offen(weg("folgebescheide", akte))
    fm.klick("Ablehnung")
    nein = entscheide(
        fm,
        leitung,
        akte,
        "ablehnung",
        "Im Gespräch am 02.11. ergab sich kein Bedarf an Assistenz.",
        "Die Voraussetzungen des § 99 SGB IX liegen nicht vor.",
    )
    assert nein.state == "versandt"
    assert offene_antraege(akte.case) == []
    fm.offen(weg("widerspruch_neu", akte))
    fm.page.fill("[name=eingang_am]", f"{uhr.HEUTE:%d.%m.%Y}")
    fm.page.check("[name=form][value=schriftlich]")
    fm.page.fill("[name=vorbringen]", "Der Arzt bestätigt den Bedarf.")
    fm.klick("Widerspruch speichern")
    zeigt(fm, "rechtzeitig", "Der Arzt bestätigt den Bedarf.", "Untätigkeitsklage")
    sieht_gut_aus(fm)
    fm.klick("Abhilfe entwerfen")
    entscheide(
        fm,
        leitung,
        akte,
        "abhilfe",
        "Der Arztbericht vom 20.11. belegt den Bedarf.",
        "Damit liegen die Voraussetzungen vor.",
    )
    wider = Widerspruch.objects.get(case=akte.case)
    assert (wider.state, wider.ausgang) == ("abgeholfen", "erfolg")
    fm.offen(weg("folgebescheid", akte, nein.pk))
    fm.page.get_by_text("erfolgreich angefochten").first.wait_for()
    assert offene_antraege(akte.case) == [akte.case.antraege.get()]
    sieht_gut_aus(fm)


def test_a_death_stops_the_payment_and_the_heirs_are_written_to(neue_seite, transactional_db):
    akte = geschichte.running()
    kasse = make_user("kasse", "Kasse")
    monat = uhr.HEUTE.replace(day=1)
    wunsch = Zahlungswunsch(akte.budget.pk, monat, Decimal("1793.00"))
    record_anweisungen(wuensche=[wunsch], by=kasse, tag=uhr.HEUTE)
    tod = date(plus_monate(monat, -1).year, plus_monate(monat, -1).month, 20)
    heir(akte.case.leistungsberechtigte_person, gueltig_ab=tod)
    fm = neue_seite()
    fm.anmelden(akte.fallmanager.username)
    fm.offen(weg("tod", akte))
    fm.page.fill("[name=verstorben_am]", f"{tod:%d.%m.%Y}")
    fm.page.locator("[name=verstorben_quelle]").first.select_option("sterbeurkunde")
    sieht_gut_aus(fm)
    fm.klick("Speichern")
    fm.offen(weg("budget", akte))
    zeigt(fm, "noch nicht möglich", "verstorben")
    sieht_gut_aus(fm)
    zahlt = neue_seite()
    zahlt.anmelden("kasse")
    zahlt.offen(reverse("auszahlungen"))
    zeigt(zahlt, "Gezahlt, nicht mehr fällig", "1.793,00 €", "keine Auszahlung fällig")
    sieht_gut_aus(zahlt)
    fm.offen(weg("folgebescheide", akte))
    fm.klick("Erstattung")
    fm.page.fill("[name=betrag]", "1.793,00")
    fm.page.fill("[name=zeitraum_von]", f"{monat:%d.%m.%Y}")
    fm.page.fill("[name=zeitraum_bis]", f"{uhr.HEUTE:%d.%m.%Y}")
    fm.page.fill("[name=sachverhalt]", "Nach dem Tod wurde noch einmal überwiesen.")
    fm.page.fill("[name=gruende]", "Der Anspruch ist mit dem Monat des Todes erloschen.")
    fm.klick("Entwurf speichern")
    zeigt(fm, "§ 50 Abs. 2 S. 1 SGB X", "Die Person ist noch nicht angehört")
    sieht_gut_aus(fm)
    fm.klick("Anhörung schreiben")
    row = Folgebescheid.objects.get(case=akte.case, art="erstattung")
    assert row.anhoerung_schreiben.empfaenger[0] == "Eva Erbin"
