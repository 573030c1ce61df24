"""Every step of every table of states has one row with page and guards, or says who takes it."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from cases.management.commands.zustaende import page
from cases.registry.routen import ROUTES
from cases.schritte import Schritttafel
from cases.states.tafel import Zustandstafel
from gesamtplan.states import BEDARFSERMITTLUNG, GESAMTPLAN

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("cases", "gesamtplan", "budget")


def modules(stem: str) -> list[object]:
    """The modules whose path ends in this name, or lies in a folder of it."""
    return [
        # A package is known by its folder alone: by two names its tables would be there twice.
        importlib.import_module(
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        )
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts and stem in {path.stem, path.parent.name}
    ]


def found(stem: str, kind: type) -> list:
    objects = [o for m in modules(stem) for o in vars(m).values() if isinstance(o, kind)]
    return list({id(o): o for o in objects}.values())


TAFELN = found("states", Zustandstafel)
SCHRITTTAFELN = found("schritte", Schritttafel)


def test_every_step_has_a_row_or_says_who_takes_it():
    steps = {(t.name, u.schritt) for t in TAFELN for u in t.uebergaenge}
    rows = [(s.tafel.name, z.schritt) for s in SCHRITTTAFELN for z in s.zeilen]
    folgen = [(s.tafel.name, f.schritt) for s in SCHRITTTAFELN for f in s.folgen]
    assert len(TAFELN) == 56
    assert len(steps) > 60
    assert steps - set(rows) - set(folgen) == set()
    assert set(rows) | set(folgen) <= steps
    assert [row for row in rows if rows.count(row) > 1] == []
    assert set(rows) & set(folgen) == set()
    assert all(f.aus for s in SCHRITTTAFELN for f in s.folgen)


def test_what_a_second_person_decides_asks_who_it_is_once_more():
    """An unlocked screen is no second person; who looks at a plan afterwards changes nothing."""
    seiten = {
        zeile.seite
        for tafel in SCHRITTTAFELN
        for zeile in tafel.zeilen
        if tafel.tafel.uebergang(zeile.schritt).zweite_person
    }
    assert len(seiten) >= 16
    assert {name for name in seiten if not ROUTES[name].bestaetigt} == {"planstichprobe_pruefen"}


def test_the_page_of_a_step_is_open_to_those_who_may_take_it():
    """The rights of the URL and those of the step are told in two places and must agree."""
    seen = 0
    for tafel in SCHRITTTAFELN:
        for zeile in tafel.zeilen:
            rollen, route = tafel.tafel.uebergang(zeile.schritt).rollen, ROUTES[zeile.seite]
            seen += 1
            assert rollen <= route.rollen, (zeile.seite, rollen - route.rollen)
            assert route.schreibt, zeile.seite
    assert seen > 40


def test_a_page_that_is_posted_to_has_no_second_button():
    """Only a step with a page of its own can have a way to that page beside its button."""
    rows = [z for s in SCHRITTTAFELN for z in s.zeilen]
    assert [z.schritt for z in rows if any(p.vorab for p in z.pruefungen) and not z.eingang] == []
    assert {z.methode for z in rows} == {"get", "post"}


def test_the_page_of_states_is_that_of_the_tables():
    """Renew it with: manage.py zustaende > docs/zustaende.md"""
    assert (ROOT / "docs" / "zustaende.md").read_text() == page()
    assert page().count("stateDiagram-v2") == 39


def test_the_drawn_way_of_the_plan_names_no_other_steps_than_the_tables():
    """The diagram in docs/gesamtplan.md is drawn by hand across three tables."""
    text = (ROOT / "docs" / "gesamtplan.md").read_text()
    drawn = set(re.findall(r"(E1|E2|P1|P2|P3) --> (E1|E2|P1|P2|P3)", text))
    name = {"E1": "entwurf", "E2": "abgeschlossen"}
    name |= {"P1": "entwurf", "P2": "vorgelegt", "P3": "freigegeben"}
    tables = {
        (t.name, von, u.nach or von)
        for t in (BEDARFSERMITTLUNG, GESAMTPLAN)
        for u in t.uebergaenge
        for von in u.von
    }
    inside = {
        ("Gesamtplan" if a[0] == "P" else "Bedarfsermittlung", name[a], name[b])
        for a, b in drawn
        if a[0] == b[0] and (a, b) != ("P3", "P1")
    }
    # Continuing leaves the released version as it is and begins the next one.
    assert len(drawn) == 9
    assert inside == tables
