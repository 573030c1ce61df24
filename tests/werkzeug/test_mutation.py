"""The planted faults: of each kind some, at places that exist, and none where nothing is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tools.pruefe_mutation import (
    WURZEL,
    auswahl,
    code,
    fundstelle_gefunden,
    fundstellen,
    pruefungen_fuer,
)


def text_of(fehler) -> str:
    return (WURZEL / fehler.datei).read_text(encoding="utf-8")[fehler.von : fehler.bis]


def test_every_kind_of_fault_is_planted():
    arten = Counter(f.art for k in ("waechter", "dienste") for f in code(k))
    arten += Counter(f.art for f in fundstellen())
    for art in (
        "Bedingung umgekehrt",
        "Grenze verschoben",
        "Ablehnung gestrichen",
        "Voraussetzung gestrichen",
        "Schreiben gestrichen",
        "falscher Paragraf",
        "falscher Absatz",
        "falscher Satz",
        "falsche Nummer",
        "falsches Gesetz",
    ):
        assert arten[art] > 50, art


@pytest.mark.parametrize("klasse", ["waechter", "dienste"])
def test_fault_changes_the_code_and_has_tests(klasse):
    for fehler in auswahl(klasse, 30, 7):
        assert fehler.neu != text_of(fehler)
        assert all((WURZEL / pfad).exists() for stufe in pruefungen_fuer(fehler) for pfad in stufe)


def test_sample_is_the_same_for_the_same_seed():
    assert auswahl("waechter", 5, 1) == auswahl("waechter", 5, 1) != auswahl("waechter", 5, 2)


def test_planted_citation_is_found_and_the_right_one_is_not():
    probe = auswahl("fundstellen", 40, 11)
    assert [str(f) for f in probe if not fundstelle_gefunden(f)] == []
    assert not any(fundstelle_gefunden(replace(f, neu=text_of(f))) for f in probe)
