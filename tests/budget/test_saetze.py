"""No general sentence where a fact is known: what must not be printed, and what follows its fact.

A sentence that is the same in every letter tells the person nothing about hers (§ 35 Abs. 1 S. 2
SGB X). The second table changes one fact at a time and looks for the sentence to change with it.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.db.models import prefetch_related_objects

from budget.zielvereinbarung.schreiben import first_wording
from cases.models import Antrag, Behoerde, EigenerWert
from tests.budget import fabriken
from tests.budget.test_schreiben import bescheid_text

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
ALLGEMEIN = (
    "Wie Sie das Geld dafür einsetzen, entscheiden Sie selbst",
    "nach pflichtgemäßem Ermessen entschieden",
    "Allen diesen Wünschen folgt",
    "längeren Aufenthalt",
    "entscheiden wir rechtzeitig",
    "gemeinsam entstanden",
    "Eine Stelle in Ihrer Nähe",
    "unter derselben Anschrift mit dem Zusatz „Datenschutz“",
    "bei der Aufsichtsbehörde für den Datenschutz des Landes",
    "wird dann gesondert entschieden",
    "solange wir sie für diese Aufgabe brauchen",
    "erhalten Sie gesondert",
    "Wer selbst jemanden beschäftigt, ist Arbeitgeberin oder Arbeitgeber: Die",
    "Ein wichtiger Grund kann",
    "kann geändert oder aufgehoben werden, wenn er von Anfang an nicht richtig war",
)


def test_no_general_sentence_is_left_in_letters():
    dateien = [
        *(ROOT / "templates").rglob("schreiben*.html"),
        *(p for raum in ("budget", "gesamtplan") for p in (ROOT / raum).rglob("schreiben*.py")),
        *(ROOT / "budget").rglob("schreiben/*.py"),
    ]
    assert len(dateien) > 30
    texte = {p: re.sub(r'"\s*\n\s*f?"|\s+', " ", p.read_text(encoding="utf-8")) for p in dateien}
    found = [(p.name, satz) for p, text in texte.items() for satz in ALLGEMEIN if satz in text]
    assert found == []


@pytest.fixture
def akte():
    return fabriken.insert_vorgelegt(tage=fabriken.B)


def _fresh(akte) -> str:
    akte.bescheid.persoenliches_budget = type(akte.budget).objects.get(pk=akte.budget.pk)
    return bescheid_text(akte)


def _nachweis(akte):
    """Let nothing be shown for the Assistenz; the rows are frozen, so in memory."""
    budget = akte.bescheid.persoenliches_budget
    prefetch_related_objects([budget], "teilbudgets")
    for teil in budget.teilbudgets.all():
        if teil.leistung_id == akte.leistungen["teilhabe"].pk:
            teil.nachweisart = "kein_nachweis"


def _behoerde(feld: str, wert: str):
    return lambda akte: Behoerde.objects.filter(pk=1).update(**{feld: wert})


def _aufenthalt(akte):
    EigenerWert.objects.create(
        schluessel="aufenthalt_mitteilen",
        gueltig_ab=date(2020, 1, 1),
        zahl=14,
        begruendung="Dienstanweisung",
        state="freigegeben",
        vorgeschlagen_von=akte.fallmanager,
        vorgeschlagen_am=date(2020, 1, 1),
        freigegeben_von=akte.leitung,
        freigegeben_am=date(2020, 1, 1),
    )


def _aufbewahrung(akte):
    EigenerWert.objects.create(
        schluessel="aufbewahrung_jahre",
        gueltig_ab=date(2020, 1, 1),
        zahl=10,
        begruendung="Dienstanweisung",
        state="freigegeben",
        vorgeschlagen_von=akte.fallmanager,
        vorgeschlagen_am=date(2020, 1, 1),
        freigegeben_von=akte.leitung,
        freigegeben_am=date(2020, 1, 1),
    )


def _arbeitgebermodell(akte):
    akte.bescheid.zielvereinbarung.arbeitgebermodell = True


@pytest.mark.parametrize(
    ("change", "vorher", "nachher"),
    [
        (
            _behoerde("teilhabeberatung", "EUTB Anderswo, Gasse 1"),
            "(EUTB, § 32 SGB IX): Ergänzende unabhängige Teilhabeberatung Musterau",
            "(EUTB, § 32 SGB IX): EUTB Anderswo, Gasse 1",
        ),
        (
            _behoerde("datenschutzbeauftragte", "Ulf Neu"),
            "Datenschutzbeauftragte Person: Anke Sommer",
            "Datenschutzbeauftragte Person: Ulf Neu",
        ),
        (
            _behoerde("aufsichtsbehoerde", "Amt für Aufsicht"),
            "(Art. 77 DSGVO): Landesbeauftragte für den Datenschutz Musterland",
            "(Art. 77 DSGVO): Amt für Aufsicht",
        ),
        (
            _aufbewahrung,
            "eine feste Zahl von Jahren ist nicht bestimmt. Danach löschen wir",
            "Ihre Akte bleibt nach dem Ende des Falls noch 10 Jahre, länger nur, solange",
        ),
        (_arbeitgebermodell, "sieht nicht vor, dass Sie selbst", "zeigen uns: Betriebsnummer; "),
        (_aufenthalt, "von mehr als 28 Tagen im Krankenhaus", "von mehr als 14 Tagen im"),
    ],
)
def test_sentence_follows_its_fact(akte, change, vorher, nachher):
    assert vorher in _fresh(akte)
    change(akte)
    text = _fresh(akte)
    assert nachher in text
    assert vorher not in text


def test_money_of_each_teilbudget_says_what_for_and_what_to_show(akte):
    text = _fresh(akte)
    satz = "Die 1.050,00 € im Monat sind für diese Leistung bestimmt. Als Nachweis dient: Belege"
    assert satz in text
    _nachweis(akte)
    ohne = bescheid_text(akte)
    assert "bestimmt. Einen Nachweis brauchen Sie dazu nicht." in ohne
    assert satz not in ohne


def test_what_a_change_means_names_the_facts_and_the_amount(akte):
    text = _fresh(akte)
    assert "beruht vor allem auf Ihrem Bedarf, wie er am 1. April 2026 ermittelt ist" in text
    assert "Ihren Leistungen zum Lebensunterhalt" in text
    assert "höchstens 1.793,00 € für jeden Monat (§ 50 SGB X)" in text
    assert "§ 45 SGB X" in text
    assert "§ 48 SGB X" in text


def test_time_after_the_end_has_a_day():
    text = _fresh(fabriken.insert_vorgelegt(tage=fabriken.A))
    assert "bis zum 30. November 2007 befristet." in text
    satz = r"sprechen wir mit Ihnen darüber, wie es danach weitergeht"
    assert re.search(rf"Ab dem \d+\. \w+ 2007 {satz}", text)
    ohne = fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B, kennung="b"))
    assert not re.search(satz, _fresh(ohne))


def test_kenntnis_is_told_where_the_help_begins_with_it():
    akte = fabriken.insert_vorgelegt(tage=fabriken.A)
    assert "Bekannt ist uns Ihr Bedarf" not in _fresh(akte)
    Antrag.objects.filter(pk=akte.budget.antrag_id).update(
        kenntnis_am=date(2005, 9, 1), kenntnis_durch="Anruf der Klinik"
    )
    assert (
        "Bekannt ist uns Ihr Bedarf seit dem 1. September 2005 (Anruf der Klinik). Von diesem Tag"
        in _fresh(akte)
    )


def test_agreement_says_its_own_days_sums_and_proofs(akte):
    texte = first_wording(akte.budget, ["Ziel"], 6)
    assert "das erste Mal im November 2026" in texte["qualitaetssicherung"]
    assert "am 1. April 2026 ermittelt" in texte["hoehe"]
    assert "von mehr als 28 Tagen" in texte["unterbrechung"]
    assert "ein Dreißigstel" in texte["unterbrechung"]
    assert "„Assistenz“ und „Hilfe zur Pflege“" in texte["unterbrechung"]
    assert "bis zum 1. April 2028" in texte["unterbrechung"]
    assert "„Assistenz“" in texte["nachweis"]
    assert first_wording(akte.budget, [], 12)["qualitaetssicherung"] != texte["qualitaetssicherung"]
