"""The Musterbescheid of Anlage 2 in the browser: 1.050 + 330 + 921 + 413 = 2.714 (KVJS 2010)."""

from __future__ import annotations

import pytest

from tests import uhr
from tests.browser.test_geschichte import fill, send, step
from tests.budget import fabriken

pytestmark = pytest.mark.django_db(transaction=True)


def _teilbudgets(seite, akte, fall: str) -> None:
    """Type the four Teilbudgets; the voucher follows from Pflegestufe II of the day."""
    pfad = f"{fall}/budget/teilbudget"
    frei = {"bemessungsart": "individuell", "abweichung_grund": fabriken.BERECHNET}
    for kurz, betrag in (("teilhabe", "1.050,00"), ("grundsicherung", "330"), ("pflege", "413,00")):
        step(seite, f"{pfad}/{akte.leistungen[kurz].pk}/", {**frei, "betrag": betrag})
    step(
        seite,
        f"{pfad}/{akte.leistungen['pflegekasse'].pk}/",
        {
            "bemessungsart": "gutschein",
            "parameter_schluessel": "=pflegesachleistung.stufe2",
            "stellungnahme_vom": f"{akte.tage.plan:%d.%m.%Y}",
        },
    )


def _vereinbaren(seite, fall: str) -> None:
    """Print the agreement, and sign it under a Vorbehalt."""
    heute = f"{uhr.HEUTE:%d.%m.%Y}"
    seite.offen(f"{fall}/budget/")
    seite.klick("Bemessung abschließen")
    seite.klick("Zielvereinbarung entwerfen")
    seite.offen(f"{fall}/zielvereinbarung/")
    seite.klick("Zur Unterschrift ausfertigen")
    seite.offen(f"{fall}/zielvereinbarung/unterschriften/")
    fill(seite, {"person_am": heute, "traeger_am": heute, "vorbehalt": "Die Höhe wird geprüft."})
    send(seite)


def test_musterbescheid_of_anlage_2(neue_seite, transactional_db):
    akte = fabriken.make_akte()
    fabriken.start(akte)
    fall = f"/faelle/{akte.case.pk}"
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    _teilbudgets(seite, akte, fall)
    seite.offen(f"{fall}/budget/")
    text = seite.text().replace("\u00a0", " ")
    # Two readings: with and without the ergänzende Leistung; money and vouchers apart.
    for betrag in ("2.714,00 €", "2.384,00 €", "1.793,00 €", "921,00 €"):
        assert betrag in text, betrag
    seite.passt_in(320)
    _vereinbaren(seite, fall)
    step(seite, f"{fall}/bescheid/neu/", {"begruendung": "Dem Antrag wird entsprochen."})
    seite.offen(f"{fall}/bescheid/")
    text = seite.text().replace("\u00a0", " ")
    assert "2.714,00 €" in text
    assert "921,00 € im Monat" in text
    assert "unter Vorbehalt: Die Höhe wird geprüft." in text
    assert seite.meldungen == []
