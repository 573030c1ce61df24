"""The PDF of a Bescheid holds every content that the catalogue names, from the facts."""

from __future__ import annotations

import re
from datetime import date

import pytest

from budget.bescheid.schreiben.bescheid import bescheid_daten
from cases.models import Antrag, Antragsbogen
from cases.schreiben.satz.brief import render_brief
from gesamtplan.models import Bedarf, Planinhalt
from recht.inhalte import pflichtinhalte
from tests.budget import fabriken
from tests.cases.schreiben.pruefer import text_of

pytestmark = pytest.mark.django_db
UE = fabriken.Tage(
    date(2018, 3, 1),
    date(2018, 4, 3),
    date(2018, 4, 9),
    date(2018, 4, 16),
    date(2018, 4, 20),
    date(2018, 5, 1),
    None,
)
ALLE = ("A", "UE", "B")
STAENDE = {"A": fabriken.A, "UE": UE, "B": fabriken.B}
BEDARF = "Anleitung im Haushalt, etwa fünf Stunden in der Woche."
WUNSCH = "Möchte in der eigenen Wohnung bleiben."
RESSOURCE = "Plant den Einkauf selbst."
UMFELD = "Die Schwester hilft am Wochenende."


def make_akte(tage, **bescheid):
    """Return a case with Bedarf, wishes and a submitted Bescheid of a law."""
    akte = fabriken.make_akte(tage)
    fabriken.insert_entworfen(fabriken.insert_vereinbart(akte))
    for name, wert in bescheid.items():
        setattr(akte.bescheid, name, wert)
    return akte


def add_befunde(akte) -> None:
    """Give the plan what was found and wished; its rows are frozen, so in memory."""
    plan = akte.bescheid.persoenliches_budget.gesamtplan
    bedarf = Bedarf(
        lebensbereich="d6",
        beeintraechtigung="Kochen gelingt nur mit Anleitung.",
        ressourcen=RESSOURCE,
        wunsch=WUNSCH,
        bedarf=BEDARF,
    )
    key = "ist_situation" if akte.tage is fabriken.A else "leistungen_ressourcen"
    plan._prefetched_objects_cache = {
        **getattr(plan, "_prefetched_objects_cache", {}),
        "planinhalte": _Rows([Planinhalt(schluessel=key, text=UMFELD)]),
    }
    plan.bedarfsermittlung._prefetched_objects_cache = {"bedarfe": _Rows([bedarf])}


class _Rows(list):
    """Rows that were read before, as a prefetched relation gives them."""

    def all(self):
        return self


def text_of_bescheid(akte) -> str:
    """Return the text of the PDF in one line, hyphens at the end of lines undone."""
    daten = bescheid_daten(
        bescheid=akte.bescheid,
        datum=akte.tage.bescheid,
        empfaenger=["Emil Muster", "Lindenweg 12", "70999 Musterau"],
        unterzeichner=akte.leitung,
    )
    text = text_of(render_brief(art="bescheid", titel="Bescheid", daten=daten).pdf)
    return re.sub(r"\s+", " ", re.sub(r"Seite \d+ von \d+", " ", text).replace("\ufffe", "-"))


def always(*saetze: str) -> dict[str, list[str]]:
    """Return what is read under every law."""
    return {stand: list(saetze) for stand in ALLE}


# Content of recht/inhalte/bescheid.yaml -> what must be read in the PDF, by law.
SAETZE: dict[str, dict[str, list[str]]] = {
    "behoerde": always("Landkreis Musterau", "Schlossplatz 1"),
    "unterschrift": always("Im Auftrag Ltg Beispiel"),
    "adressat": always("Emil Muster Lindenweg 12 70999 Musterau"),
    "aktenzeichen": always("Aktenzeichen EH-", "Ihr Kontakt", "Telefon", "Datum"),
    "betreff": {
        "A": ["Gesamtbescheid über Ihr Persönliches Budget (§ 17 SGB IX)"],
        "UE": ["Bescheid über Ihr Persönliches Budget (§ 29 SGB IX)"],
        "B": ["Gesamtbescheid über Ihr Persönliches Budget (§ 29 SGB IX)"],
    },
    "verfuegungssatz": {
        "A": [
            "Teilhabe am Leben in der Gemeinschaft (§§ 53, 54 SGB XII), nach Bedarf, vom 1. "
            "Dezember 2005 bis zum 30. November 2007, als Geldleistung: 1.050,00 € im Monat",
            "als Gutschein: 921,00 € im Monat, Leistungsträger: AOK Probe",
            "als Geldleistung, ergänzend zum Persönlichen Budget: 330,00 € im Monat",
        ],
        "UE": ["ab dem 1. Mai 2018 bis auf Weiteres, als Geldleistung: 1.050,00 € im Monat"],
        "B": [
            "Assistenz (§§ 113, 78 SGB IX), nach Bedarf, ab dem 1. Mai 2026 bis auf Weiteres, als "
            "Geldleistung: 1.050,00 € im Monat",
        ],
    },
    "ablehnung": always("Nicht bewilligt werden:", "Die zweite Fahrt, weil"),
    "leistungsvoraussetzungen": always(
        "5. Leistungen und ihre Voraussetzungen", "Voraussetzung: ", "Jahre alt"
    )
    | {
        "B": [
            "(§ 99 SGB IX)",
            "Leistungen anderer Träger sind berücksichtigt: Häusliche Pflegehilfe (AOK Probe).",
            "nicht nachrangig (§ 91 Abs. 3 SGB IX, § 13 Abs. 3 S. 3 SGB XI)",
            "deckt, was die Leistungen der Pflegekasse nicht decken (§ 2 Abs. 1 SGB XII)",
            "Die Altersgrenze der Grundsicherung haben Sie noch nicht erreicht",
        ]
    },
    "teilbudgets": always("Summe Geld", "Summe Gutscheine", "Gesamtbudget"),
    "zahlungsweise": {
        "A": ["monatlich im Voraus (§ 3 Abs. 5 BudgetV)", "Zahltag ist der Erste"],
        "UE": ["Zahltag ist der Erste", "IBAN DE"],
        "B": [
            "jeweils zum Ersten des Monats, auf Ihr Konto mit der IBAN DE",
            "Zahltag ist der Erste; gezahlt wird für den Monat, der an diesem Tag beginnt.",
            "Die erste Auszahlung erfolgt zum 1. Mai 2026.",
        ],
    },
    "bewilligungszeitraum": {
        "A": ["vom 1. Dezember 2005 bis zum 30. November 2007", "Befristung: "],
        "UE": ["ab dem 1. Mai 2018 bis auf Weiteres"],
        "B": ["ab dem 1. Mai 2026 bis auf Weiteres"],
    },
    "beitrag": {
        "A": ["Einkommensgrenze (§ 85 SGB XII)", "(§ 90 SGB XII)"],
        "UE": ["Einkommensgrenze (§ 85 SGB XII)", "(§ 90 SGB XII)"],
        "B": [
            "kein Beitrag aus dem Einkommen aufzubringen (beitragsfrei nach § 138 Abs. 1 Nr. 8 "
            "SGB IX) und kein Vermögen einzusetzen (§ 140 Abs. 3 SGB IX)",
        ],
    },
    "zielvereinbarung": always(
        "Die Zielvereinbarung, Version 1, ausgefertigt am", "Unterzeichnet haben Emil Muster"
    ),
    "ueberpruefungstermin": {
        "A": ["das heißt im Juni 2006"],
        "UE": ["das heißt im November 2018"],
        "B": ["das heißt im November 2026"],
    },
    "mitteilungspflichten": always(
        "(§ 60 Abs. 1 S. 1 Nr. 2 SGB I)", "oder in ein Pflegeheim", "andere Leistungen, die Sie"
    )
    | {
        "B": [
            "eine besondere Wohnform oder in ein Pflegeheim",
            "Leistungsträger dieses Budgets: AOK Probe.",
        ]
    },
    "nebenbestimmungen": always("Nebenbestimmungen: Auflage, weil"),
    "begruendung": always(
        f"ist als Bedarf festgestellt: „{BEDARF}“",
        f"berücksichtigt: „{RESSOURCE}“",
        "Ihr Ziel ist: „Den Haushalt selbst führen“",
        f"„{WUNSCH}“",
        f"hält der Gesamtplan fest: „{UMFELD}“",
        "Ein Umzug ist nicht nötig, weil",
        "sind bewilligt, mit dem Umfang und den Zielen",
    ),
    "hinweis_aufhebung": always("(§ 45 SGB X)", "(§ 48 SGB X)", "(§ 50 SGB X)"),
    "rechtsbehelfsbelehrung": {
        "A": ["Widerspruch ist schriftlich oder zur Niederschrift"],
        "UE": ["in elektronischer Form nach § 36a Abs. 2 SGB I"],
        "B": ["schriftformersetzend nach § 36a Abs. 2a SGB I"],
    },
    "anlagen": always(
        "Berechnung Ihres Persönlichen Budgets (folgt in diesem Schreiben)",
        "Anlage: Berechnung Ihres Persönlichen Budgets",
        "Anlage: Merkblatt zum Persönlichen Budget",
        "Anlage: Information zum Datenschutz",
        "Gesamtplan, Version 1, vom",
    )
    | {"B": ["Art. 15 DSGVO", "die dafür nötig sind (§ 69 SGB X): AOK Probe."]},
    "unabhaengige_beratung": {
        "UE": ["(EUTB, § 32 SGB IX)"],
        "B": ["ergänzende unabhängige Teilhabeberatung (EUTB, § 32 SGB IX)"],
    },
    "auftrag": {
        "A": [
            "handelt als Beauftragter",
            "im Auftrag und im Namen von: AOK Probe",
            "der Stellungnahme vom 2. November 2005 (AOK Probe).",
            "(vereinfachtes Verfahren)",
        ]
    },
}
ERMESSEN = {"A": "§ 17 Abs. 2 SGB XII", "UE": "§ 17 Abs. 2 SGB XII", "B": "§ 107 Abs. 2 SGB IX"}


@pytest.mark.parametrize("stand", ALLE)
def test_pdf_holds_every_content_of_its_law(stand):
    akte = make_akte(
        STAENDE[stand],
        abgelehnte_leistungen="Die zweite Fahrt, weil eine genügt.",
        nebenbestimmungen="Auflage, weil es nötig ist.",
        nicht_gefolgte_wuensche="Ein Umzug ist nicht nötig, weil die Wohnung passt.",
    )
    add_befunde(akte)
    text = text_of_bescheid(akte)
    katalog = [i.schluessel for i in pflichtinhalte("bescheid", akte.tage.beginn)]
    assert [key for key in katalog if stand not in SAETZE.get(key, {})] == []
    fehlend = {key: [satz for satz in SAETZE[key][stand] if satz not in text] for key in katalog}
    assert {key: saetze for key, saetze in fehlend.items() if saetze} == {}
    assert ERMESSEN[stand] in text
    assert ("§ 19 Abs. 4 SGB IX" in text) == (stand != "A")
    assert ("DSGVO" in text) == (stand == "B")


def test_days_of_the_antrag_are_told_apart():
    akte = make_akte(fabriken.B)
    antrag = akte.bescheid.persoenliches_budget.antrag
    assert "auf Ihren Antrag, eingegangen am 2. März 2026, ergeht" in text_of_bescheid(akte)
    antrag.bogen = Antragsbogen(antrag=antrag, unterschrift_am=date(2026, 2, 27))
    assert "auf Ihren Antrag vom 27. Februar 2026, eingegangen am 2. März 2026" in (
        text_of_bescheid(akte)
    )


def test_first_receipt_elsewhere_is_named():
    akte = make_akte(fabriken.B)
    antrag = Antrag.objects.get(pk=akte.bescheid.persoenliches_budget.antrag_id)
    antrag.zustaendigkeitsentscheidungen.create(
        art="uebernommen",
        traeger_name="DRV Probe",
        erster_eingang=date(2026, 2, 20),
        festgestellt_am=date(2026, 3, 2),
        am=date(2026, 3, 2),
        entschieden_von=akte.fallmanager,
    )
    assert (
        "zuerst eingegangen am 20. Februar 2026 bei DRV Probe (§ 16 Abs. 2 S. 2 SGB I), bei uns am "
        "2. März 2026, ergeht" in text_of_bescheid(akte)
    )


def test_nothing_is_said_of_wishes_that_nobody_has():
    text = text_of_bescheid(make_akte(fabriken.B))
    assert "Weder die Bedarfsermittlung noch der Gesamtplan enthält einen Wunsch" in text
