"""Writes the first migrations anew from the models, in one go.

Only as long as no version with these migrations was handed out: whoever has a database needs the
files that it was made with.

`makemigrations` would take the models in the order of their names, find a foreign key before its
table and write each table in pieces: hundreds of operations, each of which renders all models
anew. Here a table stands before those that point to it, so that every `CreateModel` is whole,
with constraints, indexes and triggers. What is written by hand (`HAND`) is left as it is.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db.migrations import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.utils import translation

from tools import einfrieren

WURZEL = Path(__file__).resolve().parent.parent
#: Written by hand, after 0001 of `cases` and after all its tables.
VOR_DEN_TABELLEN, NACH_DEN_TABELLEN = "0002_phonetik", "0005_grunddaten"
HAND = (VOR_DEN_TABELLEN, "0004_suchzeile", NACH_DEN_TABELLEN)
#: Their tables point to the accounts and to nothing else of ours. They come before our others,
#: because each of their many steps renders every model that is there.
FREMDE = ("account", "mfa", "usersessions")

Key = tuple[str, str]


class Kreis(Exception):
    """Tables that point to each other cannot be created one after the other."""


def targets(state: ModelState) -> set[Key]:
    """Return the models that the fields of a model point to, itself left out."""
    found = set()
    for field in state.fields.values():
        if field.remote_field is not None:
            model = field.remote_field.model
            label = model if isinstance(model, str) else model._meta.label
            app, _, name = label.lower().rpartition(".")
            found.add((app or state.app_label, name))
    return found - {(state.app_label, state.name.lower())}


def in_order(states: dict[Key, ModelState]) -> list[ModelState]:
    """Return the models so that each stands after those it points to."""
    rest, order = dict(states), []
    while rest:
        ready = [key for key in sorted(rest) if not targets(rest[key]) & rest.keys()]
        if not ready:
            raise Kreis(", ".join(sorted(state.name for state in rest.values())))
        order += [rest.pop(key) for key in ready]
    return order


def with_targets(key: Key, states: dict[Key, ModelState]) -> dict[Key, ModelState]:
    """Return a model of an app with all models of the app that it needs."""
    found, open_keys = {}, [key]
    while open_keys:
        each = open_keys.pop()
        if each in states and each not in found:
            found[each] = states[each]
            open_keys += targets(states[each])
    return found


def create(state: ModelState) -> CreateModel:
    """Return the operation that creates a table with everything that belongs to it."""
    options = {name: value for name, value in state.options.items() if value != []}
    model = apps.get_model(state.app_label, state.name)
    if "triggers" in options:
        options["triggers"] = [trigger.compile(model) for trigger in options["triggers"]]
    return CreateModel(state.name, list(state.fields.items()), options, state.bases, state.managers)


def newest(label: str) -> Key:
    """Return the last migration of a package."""
    folder = Path(str(apps.get_app_config(label).module.__path__[0])) / "migrations"
    return label, max(path.stem for path in folder.glob("[0-9]*.py"))


def migration(key: Key, states: dict[Key, ModelState], dependencies: list[Key]) -> Migration:
    """Return a migration that creates the tables of these models."""
    label, name = key
    made = Migration(name, label)
    made.initial = True
    made.dependencies = dependencies
    made.operations = [create(state) for state in in_order(states)]
    return made


def own_apps() -> list[str]:
    """Return our apps that have tables, in the order in which they are installed."""
    return [
        each.label
        for each in apps.get_app_configs()
        if Path(each.path).parent == WURZEL and any(each.get_models())
    ]


def first_migrations() -> list[Migration]:
    """Return the migrations of all floors."""
    known = ProjectState.from_apps(apps).models
    cases = {key: state for key, state in known.items() if key[0] == "cases"}
    first = with_targets(("cases", "user"), cases)
    rest = {key: state for key, state in cases.items() if key not in first}
    after = [("cases", VOR_DEN_TABELLEN), newest("pghistory"), *map(newest, FREMDE)]
    made = [
        migration(("cases", "0001_initial"), first, [newest("auth")]),
        migration(("cases", "0003_initial"), rest, after),
    ]
    last = {"cases": ("cases", NACH_DEN_TABELLEN)}
    for label in own_apps():
        if label not in last:
            states = {key: state for key, state in known.items() if key[0] == label}
            named = {app for state in states.values() for app, _ in targets(state)}
            needed = [key for app, key in last.items() if app in named]
            made.append(migration((label, "0001_initial"), states, needed))
            last[label] = (label, "0001_initial")
    return made


def superseded() -> list[Path]:
    """Return the files that the new ones take the place of."""
    found = [each for app in own_apps() for each in WURZEL.glob(f"{app}/migrations/[0-9]*.py")]
    return sorted(path for path in found if path.stem not in HAND)


def by_hand(path: Path) -> bool:
    """Whether a file holds steps that do not follow from the models."""
    return bool(re.search(r"\bRun(SQL|Python)\b", path.read_text(encoding="utf-8")))


def write(version: str) -> None:
    """Write the files and ask Django whether something is missing."""
    if einfrieren.earlier(version):
        sys.exit(f"Eine frühere Fassung ist eingefroren ({einfrieren.LISTE.name}).")
    lost = [str(path) for path in superseded() if by_hand(path)]
    if lost:
        sys.exit(f"Von Hand geschrieben; erst nach {NACH_DEN_TABELLEN} übertragen: {lost}")
    with translation.override(None):
        texts = {
            WURZEL / made.app_label / "migrations" / f"{made.name}.py": MigrationWriter(
                made, include_header=False
            ).as_string()
            for made in first_migrations()
        }
    for path in superseded():
        path.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    call_command("makemigrations", check=True, dry_run=True)
