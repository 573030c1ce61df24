"""What a release writes down: the order of new tables, and the list of frozen migrations."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from tools import einfrieren, erste_migrationen


def state(name: str, *fields: str) -> ModelState:
    """A table that points to other tables."""
    pointing = [(to, models.ForeignKey(f"akte.{to}", models.CASCADE)) for to in fields]
    return ModelState("akte", name, [("id", models.AutoField(primary_key=True)), *pointing])


def states(*tables: ModelState) -> dict[tuple[str, str], ModelState]:
    return {("akte", table.name.lower()): table for table in tables}


def test_a_table_is_created_after_those_it_points_to():
    given = states(state("Antrag", "Fall"), state("Fall", "Person", "Fall"), state("Person"))
    assert [each.name for each in erste_migrationen.in_order(given)] == ["Person", "Fall", "Antrag"]


def test_tables_in_a_circle_are_named():
    given = states(state("Antrag", "Fall"), state("Fall", "Antrag"), state("Person"))
    with pytest.raises(erste_migrationen.Kreis, match=r"^Antrag, Fall$"):
        erste_migrationen.in_order(given)


def test_all_tables_of_the_program_have_an_order():
    own = ("cases", "gesamtplan", "budget")
    known = ProjectState.from_apps(apps).models
    given = {key: table for key, table in known.items() if key[0] in own}
    assert len(given) > 150
    placed: set[tuple[str, str]] = set()
    for table in erste_migrationen.in_order(given):
        assert erste_migrationen.targets(table) & given.keys() <= placed
        placed.add((table.app_label, table.name.lower()))
    assert placed == given.keys()


@pytest.fixture
def house(tmp_path, monkeypatch) -> Path:
    """A house of one floor with one migration, frozen for 1.0."""
    folder = tmp_path / "akte" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("eins")
    monkeypatch.setattr(einfrieren, "WURZEL", tmp_path)
    monkeypatch.setattr(einfrieren, "LISTE", tmp_path / "eingefroren.txt")
    einfrieren.freeze("1.0")
    return folder


def frozen() -> list[tuple[str, str]]:
    return [(each.version, Path(each.path).name) for each in einfrieren.entries()]


def test_a_release_adds_its_migrations_and_keeps_the_earlier_ones(house):
    (house / "0002_mehr.py").write_text("zwei")
    einfrieren.freeze("1.1")
    assert frozen() == [("1.0", "0001_initial.py"), ("1.1", "0002_mehr.py")]


def test_the_last_release_may_be_written_again(house):
    (house / "0001_initial.py").write_text("besser")
    einfrieren.freeze("1.0")
    assert einfrieren.faults(einfrieren.entries(), dict(einfrieren.migrations())) == []


def test_a_release_is_refused_when_an_earlier_migration_was_changed(house):
    (house / "0001_initial.py").write_text("anders")
    before = einfrieren.LISTE.read_text()
    with pytest.raises(SystemExit, match=r"0001_initial\.py gehört zu 1\.0 und wurde geändert\."):
        einfrieren.freeze("1.1")
    assert einfrieren.LISTE.read_text() == before


def test_an_earlier_release_is_never_written_again(house):
    (house / "0002_mehr.py").write_text("zwei")
    einfrieren.freeze("1.1")
    with pytest.raises(SystemExit, match=r"^1\.0 ist nicht die letzte Fassung der Liste\.$"):
        einfrieren.freeze("1.0")


def test_first_migrations_stay_once_an_earlier_release_is_frozen(house):
    with pytest.raises(SystemExit, match="frühere Fassung ist eingefroren"):
        erste_migrationen.write("1.1")
    assert (house / "0001_initial.py").read_text() == "eins"
