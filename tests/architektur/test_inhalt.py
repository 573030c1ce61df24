"""Role × ground of access × kind of content × exit: nothing shows what the table closes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.http import HttpResponse

from cases import middleware
from cases.models import User
from cases.queries.einsicht import line_text
from cases.schreiben.queries.postausgang import visible_druckstapel, waiting_letters
from cases.states.inhalt import TABELLE, Einsicht, Inhalt, Stufe, stufe_of
from cases.states.rolle import Rolle
from cases.states.zugang import Zugriffsgrund
from config import views
from tests import uhr
from tests.architektur.inhaltsakte import (
    NAME,
    PAARE,
    SUCHWORTE,
    WORTE,
    Inhaltsakte,
    Leserin,
    lock,
    make_inhaltsakte,
    make_leserin,
    text_of,
    visits,
)
from tests.gemeinsam import kept_rows

# What a page of hits shows when there is one; the word that was typed stands there anyway.
_TREFFER = {"suche": NAME, "unterlagen": "fw-fund__titel", "chronik": "Teilbudget"}


@dataclass
class Ergebnis:
    """What a walk has found."""

    zellen: int = 0
    lecks: set[str] = field(default_factory=set)
    gesehen: Counter = field(default_factory=Counter)


def expected(leserin: Leserin, inhalt: Inhalt, *, gesperrt: bool) -> Stufe:
    if inhalt == Inhalt.ANSCHRIFT and gesperrt:
        inhalt = Inhalt.GESPERRTE_ANSCHRIFT
    return stufe_of([leserin.rolle], leserin.grund, inhalt)


def shows_addresses_without(leserin: Leserin) -> bool:
    """Tell whether an Auskunftssperre makes a difference to this reader."""
    return expected(leserin, Inhalt.ANSCHRIFT, gesperrt=True) != expected(
        leserin, Inhalt.ANSCHRIFT, gesperrt=False
    )


def shows(inhalt: Inhalt, stufe: Stufe, text: str, gesucht: str) -> bool:
    """Tell whether an answer carries a canary beyond what is masked."""
    worte = WORTE[inhalt]
    if inhalt == Inhalt.KONTO and stufe == Stufe.MASKIERT:
        worte = worte[:1]
    if inhalt == Inhalt.PERSON and stufe == Stufe.MASKIERT:
        worte = ()
    if gesucht and inhalt == SUCHWORTE[gesucht]:
        if inhalt == Inhalt.KONTO and stufe == Stufe.MASKIERT:
            # Found by the end of the account, which is what is shown of it.
            return False
        treffer = next(mark for art, mark in _TREFFER.items() if text.startswith(art))
        return treffer in text
    return any(wort in text for wort in worte if wort not in gesucht)


def walk(rest: Inhaltsakte, leserin: Leserin, ergebnis: Ergebnis, *, gesperrt: bool) -> None:
    for ausgang, gesucht, response in visits(rest, leserin):
        text = ausgang + text_of(response)
        for inhalt in WORTE:
            stufe = expected(leserin, inhalt, gesperrt=gesperrt)
            ergebnis.zellen += 1
            zeigt = shows(inhalt, stufe, text, gesucht)
            if stufe == Stufe.VOLL:
                ergebnis.gesehen[inhalt] += zeigt
            elif zeigt:
                wer = f"{leserin.rolle} ({leserin.grund or 'ohne Grund'})"
                sperre = ", Auskunftssperre" if gesperrt else ""
                ergebnis.lecks.add(f"{wer}{sperre}: {inhalt.value} auf {ausgang} {gesucht}")


@pytest.fixture(scope="module")
def rest(django_db_setup, django_db_blocker):
    with kept_rows(django_db_blocker, make_inhaltsakte) as made:
        yield made


@pytest.fixture
def _still(monkeypatch):
    """Let refusals raise no alarm: here they are wanted, and there are hundreds of them.

    The page of what does not exist for somebody knows no case; one word stands for it.
    """
    monkeypatch.setattr(middleware, "watch_refusals", lambda **_: None)
    monkeypatch.setattr(views, "render", lambda *_, status, **__: HttpResponse(status=status))


@pytest.mark.django_db
@pytest.mark.usefixtures("_still")
@pytest.mark.parametrize("gesperrt", [False, True], ids=["offen", "Auskunftssperre"])
@pytest.mark.parametrize(
    ("rolle", "grund"), PAARE, ids=[f"{rolle}-{grund or 'ohne'}" for rolle, grund in PAARE]
)
def test_no_exit_shows_what_the_table_closes(rest, rolle, grund, gesperrt):
    leserin, ergebnis = make_leserin(rest, 0, rolle, grund), Ergebnis()
    if gesperrt:
        if not shows_addresses_without(leserin):
            pytest.skip("Eine Auskunftssperre ändert hier nichts.")
        lock(rest)
    walk(rest, leserin, ergebnis, gesperrt=gesperrt)
    assert "\n".join(sorted(ergebnis.lecks)) == ""
    assert ergebnis.zellen >= 9 * len(WORTE)
    # Whoever is responsible meets every kind of content somewhere: no canary is dead.
    if grund == Zugriffsgrund.ZUSTAENDIG:
        assert [i for i in WORTE if not ergebnis.gesehen[i]] == []


@pytest.mark.django_db
def test_outgoing_mail_asks_the_table_too(rest, monkeypatch):
    """Nobody in the table today sends letters without seeing addresses; the exits hold for it."""
    lock(rest)
    kollege = make_leserin(rest, 0, Rolle.FALLMANAGEMENT, Zugriffsgrund.TEAM).user
    assert letters_of(kollege) == (1, 1)
    zeile = ("Fallmanagement", "team")
    monkeypatch.setitem(TABELLE, zeile, {**TABELLE[zeile], Inhalt.GESPERRTE_ANSCHRIFT: Stufe.KEINE})
    assert letters_of(kollege) == (0, 0)
    assert letters_of(rest.fallmanager) == (1, 1)


def letters_of(user: User) -> tuple[int, int]:
    """Return how many letters wait, and how many batches there are."""
    return (
        waiting_letters(user, uhr.HEUTE).count(),
        visible_druckstapel(user, uhr.HEUTE).count(),
    )


def test_every_row_of_the_table_is_walked():
    assert set(TABELLE) <= {(str(rolle), str(grund)) for rolle, grund in PAARE}


def test_every_row_names_every_kind():
    assert [zeile for zeile, stufen in TABELLE.items() if set(stufen) != set(Inhalt)] == []


# The columns of the table in docs/zugang.md, each with a row of the table that stands for it.
_SPALTEN = (
    ("Fallmanagement", "zustaendig"),
    ("Fachdienst", "zuweisung"),
    ("Fallmanagement", "notfall"),
    ("Revision", "revision"),
    ("Kasse", "zahlung"),
)
_WORT = {Stufe.VOLL: "ja", Stufe.MASKIERT: "teilweise", Stufe.KEINE: "nein"}


def test_documented_table_is_the_table():
    text = Path("docs/zugang.md").read_text()
    for inhalt in Inhalt:
        stufen = " | ".join(_WORT[TABELLE[spalte][inhalt]] for spalte in _SPALTEN)
        assert f"| {inhalt.label} | {stufen} |" in text
    spalten = [TABELLE[spalte] for spalte in _SPALTEN]
    assert [zeile for zeile, stufen in TABELLE.items() if stufen not in spalten] == []


def test_who_sees_amounts_sees_the_end_of_the_account():
    """A Bescheid prints both; it asks for the amounts."""
    for stufen in TABELLE.values():
        if stufen[Inhalt.BETRAEGE] == Stufe.VOLL:
            assert stufen[Inhalt.KONTO] >= Stufe.MASKIERT


@pytest.mark.parametrize(
    ("text", "ohne"),
    [
        ("Teilbudget festgesetzt: Assistenz, 1.077,43\u00a0€ im Monat", "Assistenz, … € im Monat"),
        ("beendet: zahlt 347,29 EUR zurück", "zahlt … € zurück"),
        ("Grund: 50 Euro Taschengeld", "Grund: … € Taschengeld"),
        ("Beratung am 03.11.2026 (§ 106 SGB IX)", "03.11.2026 (§ 106 SGB IX)"),
    ],
)
def test_amounts_in_a_line_are_covered(text, ohne):
    fachdienst = Einsicht(frozenset({"Fachdienst"}), "zuweisung", gesperrt=False)
    assert line_text(fachdienst, text).endswith(ohne)
    alle = Einsicht(frozenset({"Fallmanagement"}), "zustaendig", gesperrt=False)
    assert line_text(alle, text) == text
