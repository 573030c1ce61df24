"""Another carrier takes a running grant over, until a second person hands the case over."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from budget.folge.services import wirkung
from budget.models import Folgebescheid, Traegerwechsel
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung.services import record_anweisungen
from cases.frist.services.frist import keep_frist
from cases.models import Case
from recht.laenge import plus_monate
from tests import uhr
from tests.browser.test_ende import sieht_gut_aus, weg, zeigt
from tests.browser.test_geschichte import step
from tests.browser.test_vorlaeufig import hear, release, tag
from tests.budget.folge import geschichte
from tests.fabriken import make_traeger, make_user

pytestmark = pytest.mark.django_db(transaction=True)
AB = uhr.HEUTE.replace(day=1)
# The new carrier has gone on since the first of this month but one after it.
UEBERNIMMT = plus_monate(AB, 1)
EINTRAG = "Bescheid der BG Nord."


def note(fm, akte) -> Traegerwechsel:
    """Note the change and the promise, and tell the new carrier."""
    bg = make_traeger("unfallversicherung", "BG Nord")
    fm.offen(weg("traegerwechsel", akte))
    fm.klick("Träger wechselt")
    step(
        fm,
        weg("traegerwechsel_neu", akte),
        {"an": f"={bg.pk}", "grund": "vorrang", "ab": tag(AB), "begruendung": EINTRAG},
    )
    row = Traegerwechsel.objects.get()
    fm.offen(weg("traegerwechsel_zusage", akte, row.pk))
    fm.page.fill("[name=vom]", tag(uhr.HEUTE))
    fm.page.fill("[name=uebernimmt_ab]", tag(AB - timedelta(days=1)))
    fm.weiter(fm.page.locator("main form button.kern-btn--primary[type=submit]").first)
    zeigt(fm, f"Zuständig ist der andere Träger erst ab dem {tag(AB)}")
    step(
        fm,
        weg("traegerwechsel_zusage", akte, row.pk),
        {"vom": tag(uhr.HEUTE), "uebernimmt_ab": tag(UEBERNIMMT), "aktenzeichen": "N 12"},
    )
    zeigt(fm, "Übernahme zugesagt", "N 12", tag(UEBERNIMMT), "1.793,00 €")
    fm.klick("Mitteilung an den neuen Träger festschreiben")
    return row


def lift(fm, leitung, akte) -> Folgebescheid:
    """Draft the end of our grant, hear the person, and release it as another person."""
    fm.offen(weg("traegerwechsel", akte))
    fm.klick("Aufhebung entwerfen")
    zeigt(fm, "BG Nord", tag(UEBERNIMMT), "Die Person ist noch nicht angehört")
    row = Folgebescheid.objects.get(art="aufhebung")
    assert (row.wirkt_ab, row.anspruch) == (UEBERNIMMT, "anderer")
    hear(fm, akte, row, uhr.HEUTE)
    return release(fm, leitung, akte, row)


def claim(fm, akte, row: Traegerwechsel) -> None:
    """Claim the refund; a cent more than was ordered is refused at its field."""
    url = weg("traegerwechsel_erstattung", akte, row.pk)
    fm.offen(url)
    fm.page.fill("[name=betrag]", "1.793,01")
    fm.weiter(fm.page.locator("main form button.kern-btn--primary[type=submit]").first)
    zeigt(fm, "Angewiesen sind für diese Zeit 1.793,00 €")
    step(fm, url, {"am": tag(uhr.HEUTE), "betrag": "1.793,00"})
    zeigt(fm, f"1.793,00 € am {tag(uhr.HEUTE)}")


def test_another_carrier_goes_on_and_a_second_person_hands_over(neue_seite, behoerde):
    akte = geschichte.running()
    wunsch = Zahlungswunsch(akte.budget.pk, AB, Decimal("1793.00"))
    record_anweisungen(wuensche=[wunsch], by=make_user("kasse", "Kasse"), tag=uhr.HEUTE)
    fm, leitung = neue_seite(), neue_seite()
    fm.anmelden(akte.fallmanager.username)
    leitung.anmelden(akte.leitung.username)
    row = note(fm, akte)
    assert lift(fm, leitung, akte).erster_tag == UEBERNIMMT
    claim(fm, akte, row)
    sieht_gut_aus(fm)
    letzter = UEBERNIMMT - timedelta(days=1)
    fm.offen(f"{weg('budget_geltung', akte)}?am={tag(letzter)}")
    zeigt(fm, "2.589,00 €")
    fm.offen(f"{weg('budget_geltung', akte)}?am={tag(UEBERNIMMT)}")
    zeigt(fm, "An diesem Tag galt kein Persönliches Budget.")
    wirkung.begin_wirkungen(tag=UEBERNIMMT)
    (antrag,) = akte.case.antraege.all()
    keep_frist(case=akte.case, gegenstand=antrag, regel="F04", tag=uhr.HEUTE, durch="entschieden")
    leitung.offen(weg("traegerwechsel", akte))
    zeigt(leitung, "Fall abgeben und beenden")
    sieht_gut_aus(leitung)
    leitung.klick("Fall abgeben und beenden")
    case = Case.objects.get(pk=akte.case.pk)
    assert (case.state, case.beendet_art) == ("beendet", "traegerwechsel")
    assert case.beendet_grund == (
        f"Trägerwechsel: der neue Träger leistet ab dem {tag(UEBERNIMMT)}"
    )
    row.refresh_from_db()
    assert (row.state, row.abgegeben_von) == ("abgegeben", akte.leitung)
