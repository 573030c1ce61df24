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
                "in Geld: 1.050,00 € im Monat",
                "wie er am 8. November 2005 ermittelt ist, Ihrer Pflegestufe und",
                "höchstens 1.793,00 € für jeden Monat, dazu den Wert der Gutscheine, die Sie zu "
                "Unrecht eingelöst haben (§ 50 SGB X)",
                "Berechnung der Grundsicherung vom November 2005",
                "Für „Pflegesachleistung der Pflegestufe II“ erhalten Sie Gutscheine; einlösen "
                "können Sie sie bei zugelassenen Pflegediensten.",
            ],
            [
                "als Örtlicher Träger",
                GEMEINSAM,
                "§ 29 ",
                # The Grundsicherung is owed, not weighed, and serves no goal.
                "„Grundsicherung im Alter und bei Erwerbsminderung“: Art und Maß",
                "und „Grundsicherung im Alter und bei Erwerbsminderung“ (Leistungen",
                "als Geld im Wert",
                "Pflegegrad",
                # The letter grants it; it cannot rest on a second decision.
                "Bescheid über Grundsicherung",
            ],
        ),
        "zielvereinbarung": (
            [
                "Teilbudget Nachweis",
                "der am 8. November 2005 ermittelt ist",
                "„Teilhabe am Leben in der Gemeinschaft“, „Pflegesachleistung der Pflegestufe II“ "
                "und „Aufstockende Hilfe zur Pflege“",
                "oder wer Max Mustermann vertritt",
            ],
            ["Näheres", GEMEINSAM, "330,00 € im Monat;", "Erwerbsminderung – Leistungen"],
        ),
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
                "Auch für die Hilfe zur Pflege ist nichts einzusetzen (§ 85 SGB XII, "
                "§ 90 SGB XII).",
                "nach Stunden berechnet",
                # The second role decides by its own law.
                "„Hilfe zur Pflege“: Art und Maß (§ 17 Abs. 2 SGB XII)",
                "Ihre Wünsche (§ 104 Abs. 2 SGB IX, § 8 Abs. 1 SGB IX, § 9 Abs. 2 SGB XII)",
                "„Assistenzleistungen zur Sozialen Teilhabe“: Art und Maß (§ 107 Abs. 2 SGB IX)",
            ],
            ["BudgetV", "52/12 Wochen im Monat", "Stunden und Sachkosten", "Pflegestufe"],
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
                "Dafür vorgesehen ist „Notwendige Arbeitsassistenz“ (4 Stunden in der Woche am "
                "Arbeitsplatz); darüber entscheidet Integrationsamt Musterland selbst.",
                "Vom Leistungsträger mitgeteilt: 599,00 € im Monat",
                "Eine Altersgrenze gibt es für die Leistungen der Eingliederungshilfe nicht",
                "wie er am 8. September 2026 ermittelt ist, Ihrem Einkommen und Ihrem Vermögen.",
                "Die Eingliederungshilfe steht neben den Leistungen der Pflegekasse",
                # The plan says that she employs them, and their contracts are the proof.
                "Sie sind dann Arbeitgeberin oder Arbeitgeber und zeigen uns: Betriebsnummer; "
                "Arbeitsvertrag; Anmeldung bei der Minijob-Zentrale oder der Krankenkasse; "
                "Unfallversicherung.",
            ],
            [
                "sieht nicht vor, dass Sie selbst jemanden beschäftigen",
                "0,00 € als Gutscheine",
                "Summe Gutscheine",
                "von Integrationsamt",
                # Others grant these parts; our decision does not rest on their facts.
                "Bewilligt ist dafür „Pflegegeld",
                "Bewilligt ist dafür „Notwendige",
                "Festgesetzt:",
                "Ihrem Pflegegrad",
            ],
        ),
        "zielvereinbarung": (
            [
                "Sie ersetzt die Bescheide der Leistungsträger nicht.",
                "Für „Pflegegeld im Pflegegrad 3“ gilt das Gesetz: Es läuft in den ersten 8 Wochen "
                "eines Aufenthalts im Krankenhaus oder in einer Rehabilitationseinrichtung weiter "
                "und ruht danach (§ 34 Abs. 2 SGB XI).",
            ],
            [GEMEINSAM, "Summe Gutscheine", "und „Pflegegeld im Pflegegrad 3“ und"],
        ),
        "gesamtplan": (
            [
                "Katharina Sommer",
                "Als Leistungsträger beteiligt sind AOK Musterland – Pflegekasse, Integrationsamt "
                "Musterland und Muster-BKK.",
            ],
            [],
        ),
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
