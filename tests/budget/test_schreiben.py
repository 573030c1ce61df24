"""What the letters say under each law, and that the PDF carries the sums."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest
from django.utils.html import strip_tags

from budget.bescheid.schreiben.bescheid import bescheid_daten
from budget.bescheid.schreiben.grundlage import first_begruendung
from budget.bescheid.schreiben.rechtsbehelf import (
    BELEHRUNGEN,
    DECKUNG,
    belehrung_am,
    rechtsbehelfsbelehrung,
)
from budget.zielvereinbarung.schreiben import zielvereinbarung_daten
from cases.models import Behoerde
from cases.schreiben.satz.brief import render_brief, render_html
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken

pytestmark = pytest.mark.django_db
ANSCHRIFT = ["Emil Muster", "Lindenweg 12", "70999 Musterau"]


def words(html: str) -> str:
    """Return the text of a letter with single spaces."""
    body = html.split("<main>")[1]
    return re.sub(r"\s+", " ", strip_tags(body)).replace("\u00a0", " ")


def bescheid_text(akte, datum=None) -> str:
    daten = bescheid_daten(
        bescheid=akte.bescheid,
        datum=datum or akte.tage.bescheid,
        empfaenger=ANSCHRIFT,
        unterzeichner=akte.leitung,
    )
    return words(render_html(art="bescheid", titel="Bescheid", daten=daten))


SAETZE_A = [
    "Gesamtbescheid über Ihr Persönliches Budget (§ 17 SGB IX)",
    "vom 1. Dezember 2005 bis zum 30. November 2007",
    "Ihr Persönliches Budget beträgt 2.384,00 € im Monat (Gesamtbudget). Dazu kommen 330,00 € im "
    "Monat als ergänzende Leistung, die nicht zum Persönlichen Budget gehört. Zusammen sind "
    "das 2.714,00 € im Monat.",
    "Als Gutscheine erhalten Sie im Monat 921,00 € für „Häusliche Pflegehilfe“, eine Leistung von "
    "AOK Probe; einlösen können Sie sie bei ",
    "Wir überweisen 1.793,00 € im Monat auf Ihr Konto. 921,00 € im Monat "
    "erhalten Sie als Gutscheine; dieser Teil wird nicht ausgezahlt.",
    "handelt als Beauftragter aller beteiligten Leistungsträger (§ 17 Abs. 4 SGB IX, § 3 BudgetV)",
    "im eigenen Namen und zugleich im Auftrag und im Namen von: AOK Probe.",
    "nennt 1.120,00 €. Der festgesetzte Betrag weicht davon um 70,00 € nach unten ab.",
    "(vereinfachtes Verfahren)",
    "der Stellungnahme vom 2. November 2005 (AOK Probe).",
    "Wir überweisen 1.793,00 € monatlich im Voraus (§ 3 Abs. 5 BudgetV), jeweils zum Ersten",
    "Die erste Auszahlung erfolgt zum 1. Dezember 2005.",
    "vom 1. Dezember 2005 bis zum 31. Mai 2006 an Ihre Entscheidung",
    "das heißt im Juni 2006, prüfen wir",
    "Die Zielvereinbarung, Version 1, ausgefertigt am 7. November 2005, liegt als Abdruck",
    "Unterzeichnet haben Emil Muster am 14. November 2005 und die Behörde am 14. November 2005",
    "Der Widerspruch ist schriftlich oder zur Niederschrift einzulegen bei: Landkreis Musterau",
]


def test_bescheid_a_says_what_the_old_law_asks(vorgelegt):
    text = bescheid_text(vorgelegt)
    assert [satz for satz in SAETZE_A if satz not in text] == []


@pytest.mark.parametrize(
    "wort", ["§ 29 ", "§ 99", "§ 120", "EUTB", "elektronischer Form", "DE89370400440532013000"]
)
def test_bescheid_a_names_nothing_of_the_new_law(vorgelegt, wort):
    assert wort not in bescheid_text(vorgelegt)


SAETZE_B = [
    "Gesamtbescheid über Ihr Persönliches Budget (§ 29 SGB IX)",
    "ab dem 1. Mai 2026 bis auf Weiteres",
    "Sie ist der leistende Rehabilitationsträger (§ 14 Abs. 2 S. 1 SGB IX) und führt das Verfahren "
    "über das Persönliche Budget durch (§ 29 Abs. 3 S. 1 SGB IX).",
    "Über „Assistenz“ entscheidet Landkreis Musterau als Träger der Eingliederungshilfe im eigenen "
    "Namen (§ 120 Abs. 2 SGB IX).",
    "Über „Grundsicherung“ und „Hilfe zur Pflege“ entscheidet Landkreis Musterau als örtlicher "
    "Träger der Sozialhilfe im eigenen Namen (§ 3 SGB XII).",
    "Über „Häusliche Pflegehilfe“ entscheidet AOK Probe selbst mit eigenem Bescheid",
    "Davon bewilligen wir mit diesem Bescheid 1.793,00 € im Monat. Über 796,00 € im Monat "
    "entscheiden andere Leistungsträger selbst; Abschnitt 2 nennt sie.",
    "Voraussetzung: Sie gehören zum leistungsberechtigten Personenkreis der Eingliederungshilfe "
    "(§ 99 SGB IX)",
    "des Gesamtplans vom 1. April 2026 (§ 121 SGB IX)",
    "die ergänzende unabhängige Teilhabeberatung (EUTB, § 32 SGB IX)",
    "vom 1. Mai 2026 bis zum 31. Oktober 2026 an Ihre Entscheidung",
    "das heißt im November 2026, prüfen wir",
    "schriftformersetzend nach § 36a Abs. 2a SGB I und § 9a Abs. 5 OZG oder zur Niederschrift",
    "Eine einfache E-Mail genügt nicht.",
    "796,00 € im Monat erhalten Sie als Gutscheine",
]


def test_bescheid_b_says_what_the_new_law_asks():
    text = bescheid_text(fabriken.insert_vorgelegt(tage=fabriken.B))
    assert [satz for satz in SAETZE_B if satz not in text] == []


@pytest.mark.parametrize("wort", ["BudgetV", "Beauftragter", "im Voraus", "befristet", "KVJS"])
def test_bescheid_b_names_nothing_of_the_old_law(wort):
    assert wort not in bescheid_text(fabriken.insert_vorgelegt(tage=fabriken.B))


@pytest.mark.parametrize("tage", [fabriken.A, fabriken.B])
def test_bescheid_threatens_no_widerruf_for_the_past(tage):
    text = bescheid_text(fabriken.insert_vorgelegt(tage=tage))
    assert "widerrufen" not in text
    assert "den Bescheid für die Zukunft aufheben" in text


def test_bescheid_prints_refusals_vorbehalt_and_nebenbestimmungen(vorgelegt):
    bescheid = vorgelegt.bescheid
    bescheid.abgelehnte_leistungen = "Die zweite Fahrt im Monat ist nicht erforderlich."
    bescheid.nebenbestimmungen = "Der Bescheid wird bei einem Umzug geändert."
    bescheid.zielvereinbarung.vorbehalt = "Die Höhe reicht nicht."
    text = bescheid_text(vorgelegt)
    assert "Nicht bewilligt werden: Die zweite Fahrt" in text
    assert "Nebenbestimmungen: Der Bescheid wird bei einem Umzug geändert." in text
    assert "Sie haben unter Vorbehalt unterzeichnet: Die Höhe reicht nicht." in text


@pytest.mark.parametrize(
    ("tage", "konto"),
    [
        (fabriken.A, "auf Ihr Konto mit den letzten Ziffern 3000 (Bankleitzahl 370 400 44)."),
        (fabriken.B, "auf Ihr Konto mit der IBAN DE89 … 3000."),
    ],
)
def test_account_is_named_as_the_time_named_it(tage, konto):
    text = bescheid_text(fabriken.insert_vorgelegt(tage=tage))
    assert konto in text
    assert ("IBAN" in text) == (tage is fabriken.B)


def test_bescheid_data_are_plain_json_without_iban(vorgelegt):
    daten = bescheid_daten(
        bescheid=vorgelegt.bescheid, datum=vorgelegt.tage.bescheid, empfaenger=ANSCHRIFT
    )
    text = json.dumps(daten)
    assert "DE89370400440532013000" not in text
    assert daten["summen"]["gesamt"] == "2714.00"


def _zielvereinbarung_text(akte) -> str:
    daten = zielvereinbarung_daten(
        zielvereinbarung=akte.zielvereinbarung,
        datum=akte.tage.ausgefertigt,
        empfaenger=ANSCHRIFT,
        zeichnet=akte.fallmanager,
    )
    return words(render_html(art="zielvereinbarung", titel="Zielvereinbarung", daten=daten))


@pytest.mark.parametrize(
    ("tage", "saetze"),
    [
        (
            fabriken.A,
            [
                "Bis zur Geringfügigkeitsgrenze in der jeweils geltenden Höhe (§ 8 Abs. 1 Nr. 1 "
                "SGB IV; am 1. Dezember 2005 sind es 400,00 € im Monat)",
                "§ 17 SGB IX, § 4 BudgetV",
                "Sie gilt ab dem 1. Dezember 2005 bis zum 30. November 2007.",
                "bis zum 31. Mai 2006 an ihre Entscheidung",
                "2.714,00 €",
            ],
        ),
        (
            fabriken.B,
            [
                "in der jeweils geltenden Höhe (§ 8 Abs. 1a SGB IV; am 1. Mai 2026 sind es "
                "603,00 € im Monat)",
                "§ 29 Abs. 4 SGB IX",
                "Sie gilt ab dem 1. Mai 2026 für die Dauer der Bewilligung.",
                "schriftlich kündigen",
                "2.589,00 €",
            ],
        ),
    ],
)
def test_zielvereinbarung_carries_its_law(tage, saetze):
    text = _zielvereinbarung_text(fabriken.tell("entwurf", tage))
    assert [satz for satz in saetze if satz not in text] == []


@pytest.mark.parametrize(
    ("tag", "form"),
    [
        (date(2004, 1, 1), "schriftlich oder zur Niederschrift"),
        (date(2017, 12, 31), "schriftlich oder zur Niederschrift"),
        (
            date(2018, 1, 1),
            "schriftlich, in elektronischer Form nach § 36a Abs. 2 SGB I oder zur Niederschrift",
        ),
        (
            date(2026, 4, 20),
            "schriftlich, in elektronischer Form nach § 36a Abs. 2 SGB I, schriftformersetzend "
            "nach § 36a Abs. 2a SGB I und § 9a Abs. 5 OZG oder zur Niederschrift",
        ),
    ],
)
def test_rechtsbehelfsbelehrung_of_the_day(behoerde, tag, form):
    absaetze = rechtsbehelfsbelehrung(tag, behoerde)
    assert absaetze[0] == (
        "Gegen diesen Bescheid können Sie innerhalb eines Monats nach seiner Bekanntgabe "
        f"Widerspruch erheben. Der Widerspruch ist {form} einzulegen bei: Landkreis Musterau, "
        "Amt für Teilhabe und Soziales, Schlossplatz 1, 70999 Musterau."
    )
    assert len(absaetze) == (1 if tag.year < 2018 else 2)


@pytest.mark.parametrize("tag", [date(1999, 12, 31), date(2003, 12, 31)])
def test_day_without_rechtsbehelfsbelehrung_is_an_error(tag):
    with pytest.raises(SchrittUnzulaessig, match="keine Rechtsbehelfsbelehrung hinterlegt"):
        belehrung_am(tag)


def test_rechtsbehelfsbelehrungen_have_no_gap_and_no_overlap():
    assert len(BELEHRUNGEN) == len(DECKUNG) == 3
    assert [(b[0] - a[1]).days for a, b in pairwise(DECKUNG)] == [1, 1]
    # Nothing ends § 84 Abs. 1 SGG: the last wording holds until somebody writes another one.
    assert belehrung_am(date(2031, 1, 2)) is BELEHRUNGEN[-1]


def test_draft_prints_its_mark_and_the_pdf_its_sums(vorgelegt):
    daten = bescheid_daten(
        bescheid=vorgelegt.bescheid, datum=vorgelegt.tage.bescheid, empfaenger=ANSCHRIFT
    )
    pdf = render_brief(art="bescheid", titel="Gesamtbescheid", daten=daten, entwurf=True).pdf
    text = ""
    with pypdfium2.PdfDocument(pdf) as dokument:
        for seite in dokument:
            inhalt = seite.get_textpage()
            text += inhalt.get_text_bounded()
            inhalt.close()
            seite.close()
    found = [b for b in ("2.714,00", "1.793,00", "921,00", "2.384,00") if b in text]
    assert found == ["2.714,00", "1.793,00", "921,00", "2.384,00"]
    assert "Entwurf" in text


def test_behoerde_of_the_letter_is_the_one_row(behoerde):
    assert Behoerde.objects.get() == behoerde


@pytest.mark.parametrize(
    ("beginn", "satz"),
    [
        (date(2007, 12, 1), "gegen die Interessen der beteiligten Leistungsträger abgewogen"),
        (date(2008, 1, 1), "(§ 17 Abs. 2 S. 1 in Verbindung mit § 159 Abs. 5 SGB IX)"),
        (date(2018, 1, 1), "(§ 29 Abs. 1 S. 1 SGB IX)"),
    ],
)
def test_first_grounds_name_discretion_until_2007_and_a_claim_since(behoerde, beginn, satz):
    budget = fabriken.start(fabriken.make_akte())
    budget.beginn = beginn
    assert satz in first_begruendung(budget)
