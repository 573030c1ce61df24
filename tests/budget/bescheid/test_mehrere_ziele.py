"""A Leistung for several goals: its whole extent is reasoned, its amount is said once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budget.bemessung.schreiben import teilbudget_zeilen
from budget.bescheid.schreiben.gruende import gruende_of
from budget.bescheid.schreiben.wunsch import wuensche_of
from budget.verfahren.queries import get_budget
from budget.zielvereinbarung.schreiben import vorschlaege_of
from tests.budget import fabriken
from tests.budget.test_schreiben import bescheid_text

pytestmark = pytest.mark.django_db
BEFUNDE = {
    "d6": {"bedarf": "Vier Stunden im Haushalt.", "ressourcen": "Deckt den Tisch."},
    "d9": {"bedarf": "Eine Stunde für Kontakte.", "wunsch": "Möchte Schach spielen."},
    "d4": {"bedarf": "Eine Stunde für Wege.", "ressourcen": "Kennt die Wege im Ort."},
}
ZIELE = (
    ("d9", "Ich spiele wieder Schach.", "Zweimal im Monat im Verein"),
    ("d4", "Ich komme zu meinen Terminen.", "Kein Termin fällt aus"),
)


@pytest.fixture
def akte():
    akte = fabriken.make_akte(fabriken.B, befunde=BEFUNDE, weitere_ziele=ZIELE)
    return fabriken.insert_entworfen(fabriken.insert_vereinbart(akte))


@pytest.fixture
def budget(akte):
    budget = type(akte.budget).objects.get(pk=akte.budget.pk)
    akte.bescheid.persoenliches_budget = budget
    return budget


def test_reasons_name_the_need_of_every_goal(akte, budget):
    leistung = gruende_of(akte.bescheid)["leistungen"][0]
    assert [zeile["bedarf"] for zeile in leistung["anlass"]] == [
        BEFUNDE[code]["bedarf"] for code in ("d6", "d9", "d4")
    ]
    assert [ziel["text"] for ziel in leistung["ziele"]][1:] == [text for _, text, _ in ZIELE]
    ermessen = gruende_of(akte.bescheid)["ermessen"][0]
    assert len(ermessen["dafuer"]) == 3
    assert ermessen["dagegen"] == ["Deckt den Tisch.", "Kennt die Wege im Ort."]


def test_letter_says_it_in_whole_sentences(akte, budget):
    text = " ".join(bescheid_text(akte).split())
    for satz in (
        "ist als Bedarf festgestellt: „Vier Stunden im Haushalt.“",
        "ist als Bedarf festgestellt: „Eine Stunde für Kontakte.“",
        "Ein weiteres Ziel ist: „Ich spiele wieder Schach.“",
        "Für diese Ziele zusammen ist die Leistung in diesem Umfang (nach Bedarf) geeignet",
        "spricht der Bedarf „Vier Stunden im Haushalt.“ und der Bedarf „Eine Stunde für Kontakte.“",
        "Die Leistung dient den Zielen „Den Haushalt selbst führen“, „Ich spiele wieder Schach“ "
        "und „Ich komme zu meinen Terminen“.",
    ):
        assert satz in text
    # What serves one goal says it as before.
    assert "Die Leistung dient dem Ziel „Den Haushalt selbst führen“." in text


def test_one_need_that_two_goals_share_is_named_once():
    zwei = (("d6", "Ich wasche selbst.", "Jede Woche"),)
    akte = fabriken.make_akte(fabriken.B, befunde=BEFUNDE, weitere_ziele=zwei)
    akte = fabriken.insert_entworfen(fabriken.insert_vereinbart(akte))
    leistung = gruende_of(akte.bescheid)["leistungen"][0]
    assert [zeile["bedarf"] for zeile in leistung["anlass"]] == ["Vier Stunden im Haushalt."]
    assert len(leistung["ziele"]) == 2


def test_wish_in_the_area_of_a_further_goal_is_answered_by_the_leistung(budget):
    wunsch = next(w for w in wuensche_of(budget) if w.schluessel == "bedarf_d9")
    assert wunsch.bewilligt == ("„Assistenz“ (nach Bedarf)",)


def test_agreement_names_the_amount_at_the_first_goal_only(budget):
    ziele = vorschlaege_of(budget, 6)["ziele"].splitlines()[1:]
    assert ["1.050,00 €" in zeile for zeile in ziele] == [True, False, False]
    assert all("im selben Umfang und Betrag: „Assistenz“." in zeile for zeile in ziele[1:])


def test_goals_are_read_once_however_many_leistungen_there_are():
    zahlen = []
    for kennung, ziele in (("1", ()), ("2", ZIELE)):
        akte = fabriken.make_akte(fabriken.B, kennung=kennung, weitere_ziele=ziele)
        budget = get_budget(fabriken.insert_vereinbart(akte).case)
        with CaptureQueriesContext(connection) as abfragen:
            zeilen = teilbudget_zeilen(budget)
        zahlen.append(len(abfragen))
        assert [zeile["mehrere_ziele"] for zeile in zeilen][:2] == [bool(ziele), False]
    assert zahlen[1] <= zahlen[0] + 1
