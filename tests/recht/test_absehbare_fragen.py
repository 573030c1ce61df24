"""The questions about the Zuständigkeit that stand on the first page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from recht.zustaendigkeitsfragen import Angaben, absehbare_fragen, bereinigt, fragen

TAGE = [date(2010, 5, 3), date(2018, 5, 2), date(2026, 11, 20)]
UEBLICH = Angaben(
    herkunft="erster",
    eilfall="nein",
    vorrang="nein",
    bezug="nein",
    wohnform="ambulant",
    aufenthalt="hier",
    tatsaechlich="hier",
)


def _schluessel(angaben: Angaben, tag: date, was=absehbare_fragen) -> list[str]:
    return [frage.schluessel for frage in was(angaben, tag, "BW")]


@pytest.mark.parametrize("tag", TAGE)
def test_first_page_asks_all_that_the_usual_answers_open(tag):
    erste = set(_schluessel(Angaben(), tag))
    gruppe = next(f for f in fragen(Angaben(), tag, "BW") if f.schluessel == "gruppen")
    eigene = next(
        wert
        for wert, _ in gruppe.antworten
        if "vorrang" in _schluessel(Angaben(gruppen=(wert,)), tag, fragen)
    )
    angaben = bereinigt(replace(UEBLICH, gruppen=(eigene,)), tag, "BW")
    assert set(_schluessel(angaben, tag, fragen)) <= erste


@pytest.mark.parametrize("tag", TAGE)
def test_what_matters_now_is_always_among_them_and_comes_first(tag):
    for angaben in (Angaben(), Angaben(herkunft="dritter"), Angaben(bezug="laeuft"), UEBLICH):
        jetzt = _schluessel(angaben, tag, fragen)
        assert _schluessel(angaben, tag)[: len(jetzt)] == jetzt


def test_answer_given_otherwise_takes_the_usual_questions_away():
    dritter = _schluessel(Angaben(herkunft="dritter"), TAGE[2])
    assert dritter == ["herkunft"]
