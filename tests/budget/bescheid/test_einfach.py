"""The explanation in plain words: in the same file, for who asked, from the same figures."""

from __future__ import annotations

import re

import pytest

from cases.models import LeistungsberechtigtePerson as Person
from cases.schreiben.satz.brief import render_html
from tests.cases.schreiben.briefproben import letters

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def briefe(django_db_setup, django_db_blocker):
    """The decisions, each also with the explanation; their rows are taken back."""
    gesammelt = letters(django_db_blocker)
    return {name: brief for name, brief in gesammelt.items() if "einfach" in brief[1]}


@pytest.mark.parametrize(
    ("format_", "verstaendigung", "wunsch"),
    [
        ("kein", "ohne", False),
        ("grossdruck", "ohne", False),
        ("leichte_sprache", "ohne", True),
        ("grossdruck", "leichte_sprache", True),
    ],
)
def test_the_person_asks_for_it(format_, verstaendigung, wunsch):
    person = Person(barrierefreies_format=format_, verstaendigung=verstaendigung)
    assert person.wuenscht_einfache_sprache is wunsch


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_every_decision_explains_itself_to_who_asked(briefe):
    assert len(briefe) >= 10
    for name, (art, daten) in briefe.items():
        text = words(render_html(art=art, titel="Probe", daten=daten))
        assert ("Dieses Blatt erklärt den Bescheid." in text) is bool(daten["einfach"]), name
        if not daten["einfach"]:
            continue
        blatt = text.partition("Dieses Blatt erklärt den Bescheid.")[2]
        for frage in ("Was haben wir entschieden?", "Haben Sie Fragen?"):
            assert frage in blatt, (name, frage)
        assert ("Sind Sie nicht einverstanden?" in blatt) is bool(daten["rechtsbehelf"]), name


def test_the_figures_are_those_of_the_bescheid(briefe):
    art, daten = briefe["bescheid B einfach"]
    text = words(render_html(art=art, titel="Probe", daten=daten))
    vorn, _, blatt = text.partition("Dieses Blatt erklärt den Bescheid.")
    blatt = blatt.partition("Anlage:")[0]
    betraege = re.findall(r"[\d.]+,\d\d €", blatt)
    assert betraege
    assert [b for b in betraege if b not in vorn] == []
    saetze = [s for s in re.split(r"(?<=[.?!]) ", blatt) if s]
    assert max(len(s.split()) for s in saetze) <= 22
    fremd = [zeile for zeile in daten["teilbudgets"] if not zeile["durch_uns"]]
    assert fremd
    for zeile in fremd:
        satz = f"Über „{zeile['bezeichnung']}“ entscheidet {zeile['traeger']}."
        assert (satz in blatt, satz) == (True, satz)
    form = "Geld" if daten["summen"]["gutscheine"] == "0.00" else "Geld und Gutscheine"
    assert f"Sie bekommen {form}." in blatt
    assert ("zum Leben. Dafür gilt das nicht." in blatt) is (
        daten["summen"]["ergaenzende"] != "0.00"
    )
