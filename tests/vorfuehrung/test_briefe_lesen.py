"""The three letters of a told case, read beside each other: they must say the same."""

from __future__ import annotations

import re

import pytest

from tests.cases.schreiben.pruefer import check_pdf, text_of
from vorfuehrung.behoerde import create_behoerde, create_users
from vorfuehrung.geschichte import tell
from vorfuehrung.management.commands.musterfall import write_letters
from vorfuehrung.musterfall import STAND_A, STAND_B
from vorfuehrung.traegeruebergreifend import TRAEGERUEBERGREIFEND
from vorfuehrung.vorlage import Stand

pytestmark = pytest.mark.django_db
GESCHICHTEN = {"A": STAND_A, "B": STAND_B, "uebergreifend": TRAEGERUEBERGREIFEND}
GEMEINSAM = "Wir entscheiden damit nur über die Teile"
BRIEFE = ("bescheid", "zielvereinbarung", "gesamtplan")
# Story -> letter -> what must be read, and what must not.
LESEN: dict[str, dict[str, tuple[list[str], list[str]]]] = {
    "A": {
        "bescheid": (
            [
                "als örtlicher Träger der Sozialhilfe im eigenen Namen (§ 3 SGB XII)",
                "im Auftrag und im Namen von AOK Musterland – Pflegekasse",
                "das nächste Mal bis zum 8. November 2007",
                "Ihr Persönliches Budget von 2.384,00 € im Monat hält sie ein",
                "Alle Leistungen, die der Gesamtplan vom 10. November 2005",
                "die Nachweise und die Qualitätssicherung (§ 4 Abs. 1 BudgetV)",
                "Im Bereich „Selbstversorgung“ ist als Bedarf festgestellt",
            ],
            ["als Örtlicher Träger", GEMEINSAM, "§ 29 "],
        ),
        "zielvereinbarung": (["Teilbudget Nachweis"], ["Näheres", GEMEINSAM]),
        "gesamtplan": (
            ["Max Mustermann", "Jonas Brandt (Fallmanagement)"],
            ["BAGüS-Empfehlung 2007"],
        ),
    },
    "B": {
        "bescheid": (
            [
                GEMEINSAM,
                "das nächste Mal bis zum 10. September 2028",
                "Alle Leistungen, über die wir entscheiden und die der Gesamtplan",
                "die Höhe der Teilbudgets und des Gesamtbudgets (§ 29 Abs. 4 S. 2 SGB IX)",
            ],
            ["BudgetV", "52/12 Wochen im Monat"],
        ),
        "zielvereinbarung": (["Sie ersetzt die Bescheide der Leistungsträger nicht."], [GEMEINSAM]),
        "gesamtplan": (["Jonas Brandt (Fallmanagement)"], ["im Abschnitt Ziele"]),
    },
    "uebergreifend": {
        "bescheid": (
            [
                GEMEINSAM,
                "Davon bewilligen wir mit diesem Bescheid 1.105,00 € im Monat. Über 1.399,00 €",
                "Wir überweisen 2.504,00 € im Monat auf Ihr Konto.",
                "Vom Leistungsträger mitgeteilt: 384,00 €",
                "Vom Leistungsträger mitgeteilt: 416,00 €",
                "2.504,00 € im Monat, alles in Geld.",
                "der Stellungnahme vom 15. September 2026 (Integrationsamt Musterland)",
                "Über die übrigen entscheiden ihre Leistungsträger selbst",
            ],
            ["0,00 € als Gutscheine", "Summe Gutscheine", "von Integrationsamt"],
        ),
        "zielvereinbarung": (
            ["Sie ersetzt die Bescheide der Leistungsträger nicht."],
            [GEMEINSAM, "Summe Gutscheine"],
        ),
        "gesamtplan": (["Katharina Sommer"], []),
    },
}


def _flat(pdf: bytes) -> str:
    """Return the text in one line, without page numbers and hyphens at the ends of lines."""
    text = re.sub(r"EH-\d{4}-\d+\s+Seite \d+ von \d+", " ", text_of(pdf)).replace("\ufffe", "-")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(params=GESCHICHTEN)
def briefe(request, tmp_path):
    create_behoerde()
    users = create_users("nur-hier-im-Test-2026")
    g = tell(
        GESCHICHTEN[request.param],
        fallmanager=users["fallmanager"],
        leitung=users["leitung"],
        bis=Stand.LAEUFT,
    )
    write_letters(g, tmp_path)
    return request.param, {art: (tmp_path / f"{art}.pdf").read_bytes() for art in BRIEFE}


def test_letters_say_what_holds_for_them_and_agree(briefe):
    name, pdfs = briefe
    texte = {art: _flat(pdf) for art, pdf in pdfs.items()}
    fehlt = {a: [s for s in LESEN[name][a][0] if s not in texte[a]] for a in BRIEFE}
    zuviel = {a: [s for s in LESEN[name][a][1] if s in texte[a]] for a in BRIEFE}
    assert ([*fehlt.values()], [*zuviel.values()]) == ([[], [], []], [[], [], []])
    # Who decides is one wording: each sentence of the Bescheid stands in the other two.
    saetze = re.findall(r"Über „[^.]+? entscheidet .+?\)\.", texte["bescheid"])
    assert saetze
    assert [s for s in saetze for art in BRIEFE[1:] if s not in texte[art]] == []
    for art, pdf in pdfs.items():
        assert check_pdf(pdf) == [], art
