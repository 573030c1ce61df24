"""Money before the decision: granted, paid, lowered, and asked back, told in the browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from budget.folge.services.bescheid import release_folgebescheid, submit_folgebescheid
from budget.models import Folgebescheid
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung.services import record_anweisungen
from cases.models import User
from cases.schreiben.services.versand import send
from recht.laenge import plus_monate
from tests import uhr
from tests.browser.test_ende import entscheide, sieht_gut_aus, weg, zeigt
from tests.budget import fabriken
from tests.budget.folge import vorlaeufig
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db(transaction=True)
MONAT = uhr.HEUTE.replace(day=1)
WENIGER = plus_monate(MONAT, 2)
LETZTER = plus_monate(MONAT, 5) - timedelta(days=1)


def tag(wert: date) -> str:
    return f"{wert:%d.%m.%Y}"


@pytest.fixture
def akte(transactional_db) -> fabriken.Akte:
    """An Antrag of last month with a plan; nothing is decided about it."""
    vor = [MONAT - timedelta(days=tage) for tage in (20, 10, 8, 6)]
    tage = fabriken.Tage(*vor, bescheid=uhr.HEUTE, beginn=MONAT, ende=None)
    make_user("kasse", "Kasse")
    return fabriken.make_akte(tage)


def auszahlungen(kasse, monat: date) -> None:
    kasse.offen(f"{reverse('auszahlungen')}?monat={monat:%Y-%m}")


def grant(fm, leitung, akte) -> Folgebescheid:
    """Decide that 1.500 euro a month are paid until the Antrag is decided."""
    fm.offen(weg("folge_neu", akte, "vorlaeufig"))
    fm.page.check("[name=fall_des_gesetzes][value='1']")
    fm.page.fill("[name=betrag]", "1.500,00")
    fm.page.fill("[name=zeitraum_von]", tag(MONAT))
    fm.page.fill("[name=zeitraum_bis]", tag(LETZTER))
    fm.page.fill("[name=ermessen]", "Ohne Assistenz kann die Person die Wohnung nicht halten.")
    return entscheide(
        fm, leitung, akte, "vorlaeufig", "Die Hilfe ist weggefallen.", "Der Anspruch steht fest."
    )


def hear(fm, akte, row: Folgebescheid, am: date) -> None:
    """Write the Anhörung, hand it over, and note the answer."""
    fm.klick("Anhörung schreiben")
    row.refresh_from_db()
    send(schreiben=row.anhoerung_schreiben, weg="uebergabe", by=akte.fallmanager, tag=am)
    fm.offen(weg("folgebescheid", akte, row.pk))
    fm.klick("Äußerung vermerken")
    fm.page.fill("[name=am]", tag(am))
    fm.page.fill("[name=text]", "Für Oktober habe ich die Miete damit gezahlt.")
    fm.weiter(fm.page.locator("main form button.kern-btn--primary[type=submit]").first)


def release(fm, leitung, akte, row: Folgebescheid) -> Folgebescheid:
    """Submit, release as another person after the PDF was seen, and hand over."""
    fm.klick("Zur Freigabe vorlegen")
    leitung.offen(weg("folge_freigabe", akte, row.pk))
    pdf = reverse("folge_pdf", args=[akte.case.pk, row.pk, "folgebescheid"])
    leitung.page.request.get(leitung.adresse + pdf)
    leitung.klick("Bescheid freigeben")
    row.refresh_from_db()
    send(schreiben=row.schreiben, weg="uebergabe", by=akte.fallmanager, tag=uhr.HEUTE)
    row.refresh_from_db()
    return row


def lower(fm, leitung, akte) -> Folgebescheid:
    """Take a part back for the time to come: it was too much from the beginning."""
    fm.offen(weg("folge_neu", akte, "vorlaeufig_aenderung"))
    fm.page.check("[name=fall_des_gesetzes][value=R]")
    fm.page.fill("[name=wirkt_ab]", tag(WENIGER))
    fm.page.fill("[name=sachverhalt]", "Die Stunden waren doppelt gezählt.")
    fm.page.fill("[name=gruende]", "Es war von Anfang an zu viel.")
    fm.page.fill("[name=ermessen]", "Was gezahlt ist, bleibt; für später wiegt das Geld mehr.")
    fm.page.fill("[name=anhoerung_bis]", tag(uhr.HEUTE + timedelta(days=30)))
    fm.klick("Entwurf speichern")
    # What is missing stands at its field, and what was typed is still there.
    zeigt(fm, "wie viel ab dann im Monat gezahlt wird")
    assert fm.page.input_value("[name=wirkt_ab]") == tag(WENIGER)
    fm.page.fill("[name=betrag]", "1.200,00")
    fm.klick("Entwurf speichern")
    zeigt(fm, "1.200,00 €", tag(WENIGER), "Die Person ist noch nicht angehört")
    sieht_gut_aus(fm)
    row = Folgebescheid.objects.get(art="vorlaeufig_aenderung")
    hear(fm, akte, row, uhr.HEUTE)
    return release(fm, leitung, akte, row)


def ask_back(fm, leitung, akte) -> Folgebescheid:
    """Ask back what was paid without being due; one cent more is refused."""
    fm.offen(weg("folge_neu", akte, "vorlaeufig_zurueck"))
    fm.page.fill("[name=betrag]", "1.500,01")
    fm.page.fill("[name=zeitraum_von]", tag(MONAT))
    fm.page.fill("[name=zeitraum_bis]", tag(plus_monate(MONAT, 1) - timedelta(days=1)))
    fm.page.fill("[name=sachverhalt]", "Für diesen Monat ist nichts bewilligt.")
    fm.page.fill("[name=gruende]", "Was zu viel war, ist zu erstatten.")
    fm.page.check("[name=anhoerung_verzicht][value='5']")
    fm.page.fill("[name=verzicht_grund]", "Es geht um Leistungen nach dem Einkommen.")
    fm.klick("Entwurf speichern")
    zeigt(fm, "Zu viel geleistet sind für diese Monate noch 1.500,00 €")
    fm.klick("Bearbeiten")
    fm.page.fill("[name=betrag]", "1.500,00")
    fm.klick("Entwurf speichern")
    sieht_gut_aus(fm)
    row = Folgebescheid.objects.get(art="vorlaeufig_zurueck")
    return release(fm, leitung, akte, row)


@pytest.fixture
def drei(neue_seite, akte):
    """Return the people at their screens: Fallmanagement, Leitung, Kasse."""
    seiten = neue_seite(), neue_seite(), neue_seite()
    for seite, wer in zip(seiten, (akte.fallmanager, akte.leitung, None), strict=True):
        seite.anmelden(wer.username if wer else "kasse")
    return seiten


def test_money_is_granted_paid_and_lowered(drei, akte):
    fm, leitung, kasse = drei
    assert grant(fm, leitung, akte).wirksam_am == uhr.HEUTE
    auszahlungen(kasse, MONAT)
    zeigt(kasse, akte.case.aktenzeichen, "1.500,00 €", "vorläufig")
    kasse.page.check("[name=posten]")
    kasse.klick("Ausgewählte anweisen")
    zeigt(kasse, f"angewiesen am {tag(uhr.HEUTE)}")
    assert lower(fm, leitung, akte).erster_tag == WENIGER
    auszahlungen(kasse, plus_monate(MONAT, 1))
    zeigt(kasse, "1.500,00 €")
    auszahlungen(kasse, WENIGER)
    zeigt(kasse, "1.200,00 €")
    sieht_gut_aus(kasse)


def paid_before(akte) -> None:
    """Tell through the services that November was granted and paid provisionally."""
    angaben = {"zeitraum_von": MONAT, "zeitraum_bis": LETZTER}
    wer = {"by": akte.fallmanager, "tag": uhr.HEUTE}
    row = submit_folgebescheid(row=vorlaeufig.draft(akte, uhr.HEUTE, **angaben), **wer)
    row = release_folgebescheid(row=row, by=akte.leitung, tag=uhr.HEUTE)
    send(schreiben=row.schreiben, weg="uebergabe", **wer)
    wunsch = Zahlungswunsch(row.pk, MONAT, row.betrag, vorlaeufig=True)
    record_anweisungen(wuensche=[wunsch], by=User.objects.get(username="kasse"), tag=uhr.HEUTE)


def test_after_a_refusal_it_is_asked_back_to_the_cent(drei, akte):
    paid_before(akte)
    fm, leitung, kasse = drei
    fm.offen(weg("folge_neu", akte, "ablehnung"))
    entscheide(fm, leitung, akte, "ablehnung", "Kein Bedarf.", "§ 99 SGB IX liegt nicht vor.")
    auszahlungen(kasse, MONAT)
    zeigt(kasse, "nicht mehr fällig", "1.500,00 €")
    back = ask_back(fm, leitung, akte)
    assert (back.betrag, back.state) == (1500, "versandt")
    auszahlungen(kasse, MONAT)
    assert "nicht mehr fällig" not in kasse.text()
