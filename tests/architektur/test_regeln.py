"""Rules of the house that a machine can hold: each test says how much it looked at."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("cases", "gesamtplan", "budget", "berichte")
EDGE = ("accounts", "zaehlwerk")
CLOCK = re.compile(r"\b(localdate|localtime|now|today|utcnow)\b")


def python_files(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def layers(path: Path) -> set[str]:
    """The names of folders and of the file itself: a layer with one file is that file."""
    return {*path.parts, path.stem}


def clock_calls(source: str) -> list[str]:
    """Calls that read the clock; `auto_now_add` of a model is the database's own mark."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            converts = node.func.attr == "localtime" and node.args
            if CLOCK.fullmatch(node.func.attr) and not converts:
                found.append(ast.unparse(node))
    return found


def state_assignments(source: str) -> list[str]:
    """Assignments to an attribute `state`, and `update(state=…)`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        found += [
            ast.unparse(node) for t in targets if isinstance(t, ast.Attribute) and t.attr == "state"
        ]
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in {"update", "bulk_update"}:
            found += [ast.unparse(node) for k in node.keywords if k.arg == "state"]
    return found


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in APPS and not is_history(m)]


def is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_obj") or model.__name__.endswith("Event")


def test_no_clock_below_views_tasks_and_commands():
    files = [
        path
        for path in python_files(*APPS, "recht")
        # Where a request or the cache library comes in, the clock is read once and handed down.
        if not {"views", "management", "tasks", "middleware", *EDGE} & layers(path)
    ]
    found = {str(p.relative_to(ROOT)): clock_calls(p.read_text()) for p in files}
    assert len(files) > 60
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_clock_finder_sees_a_planted_call():
    assert clock_calls("at = timezone.localdate()") == ["timezone.localdate()"]


def test_state_is_assigned_only_in_services():
    files = [p for p in python_files(*APPS) if "services" not in layers(p)]
    found = {str(p.relative_to(ROOT)): state_assignments(p.read_text()) for p in files}
    assert len(files) > 60
    assert {name: rows for name, rows in found.items() if rows} == {}


def test_state_finder_sees_planted_assignments():
    source = "case.state = 'x'\nrows.update(state='y')"
    assert len(state_assignments(source)) == 2


def choices_fields() -> list[tuple[type[models.Model], models.Field]]:
    return [
        (model, field)
        for model in own_models()
        for field in model._meta.concrete_fields
        if field.choices and not field.is_relation
    ]


def has_check(model: type[models.Model], field: models.Field) -> bool:
    return any(
        isinstance(c, models.CheckConstraint) and f"'{field.name}__in'" in repr(c.condition)
        for c in model._meta.constraints
    )


def test_every_choices_field_has_a_database_check():
    fields = choices_fields()
    missing = [f"{m.__name__}.{f.name}" for m, f in fields if not has_check(m, f)]
    assert len(fields) >= 20
    assert missing == []


def test_views_do_not_query_on_their_own():
    files = [p for p in python_files(*APPS) if "views" in layers(p)]
    found = [
        str(p.relative_to(ROOT))
        for p in files
        if re.search(r"\b[A-Z]\w+\.objects\b", p.read_text())
    ]
    assert len(files) >= 50
    assert found == []


def body_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without signature and docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


def test_functions_and_files_keep_their_size():
    long_files, long_functions, seen = [], [], 0
    for path in python_files(*APPS, "recht", "vorfuehrung", "config"):
        text = path.read_text()
        if len(text.splitlines()) > 400:
            long_files.append(str(path.relative_to(ROOT)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                seen += 1
                if body_lines(node) > 50:
                    long_functions.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert seen > 300
    assert long_files == []
    assert long_functions == []


def test_config_only_wires():
    entries = [p for p in (ROOT / "config").iterdir() if p.name != "__pycache__"]
    assert len(entries) >= 8
    assert [p.name for p in entries if p.is_dir()] == []


def test_no_file_is_called_helpers():
    files = python_files(*APPS, "recht", "vorfuehrung", "config", "tests")
    bad = [str(p) for p in files if p.stem in {"utils", "helpers", "common", "misc"}]
    assert len(files) > 100
    assert bad == []


def test_templates_stay_short():
    files = sorted((ROOT / "templates").rglob("*.html"))
    long = [str(f.relative_to(ROOT)) for f in files if len(f.read_text().splitlines()) > 150]
    assert len(files) > 50
    assert long == []


def glossary_words() -> set[str]:
    text = (ROOT / "docs" / "glossar.md").read_text()
    return set(re.findall(r"`([A-Z][A-Za-z]+)`", text))


def test_every_model_is_in_the_glossary_and_has_german_names():
    words, all_models = glossary_words(), own_models()
    assert len(all_models) >= 30
    assert [m.__name__ for m in all_models if m.__name__ not in words] == []
    unnamed = [
        m.__name__ for m in all_models if "verbose_name_plural" not in m._meta.original_attrs
    ]
    assert unnamed == []


@pytest.mark.parametrize("word", ["Klient", "Kunde", "Hilfeplan", "Kostenträger", "Eigenanteil"])
def test_words_that_mean_something_else_are_not_used(word):
    files = sorted((ROOT / "templates").rglob("*.html")) + python_files(*APPS)
    assert len(files) > 100
    assert [str(f) for f in files if re.search(rf"\b{word}", f.read_text())] == []


def day_and_moment_faults(source: str) -> list[str]:
    """Parameters that do not say whether they are a day or a moment, or say it wrongly."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            kind = ast.unparse(arg.annotation).split(" | ")[0] if arg.annotation else ""
            wrong = {"at": True, "tag": kind == "datetime", "stichtag": kind == "datetime"}
            wrong |= {"zeitpunkt": kind == "date", "now": kind == "date"}
            if wrong.get(arg.arg, False):
                found.append(f"{node.name}({ast.unparse(arg)})")
    return found


def test_a_day_is_called_tag_and_a_moment_zeitpunkt():
    files = python_files(*APPS, "recht", "config", "bench", "werkzeug")
    found = {str(p.relative_to(ROOT)): day_and_moment_faults(p.read_text()) for p in files}
    assert len(files) > 300
    assert {name: rows for name, rows in found.items() if rows} == {}


def test_finder_of_days_and_moments_sees_planted_names():
    source = (
        "def f(at: date): ...\ndef g(tag: datetime): ...\ndef h(*, zeitpunkt: date | None): ..."
    )
    assert len(day_and_moment_faults(source)) == 3
