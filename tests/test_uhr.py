"""The tests have one clock: Python's and the database's show the moment of the run."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests import uhr

TESTS = Path(__file__).parent
CLOCK = re.compile(r"(localdate|localtime|now|today|utcnow)")
# These set the clock of the run or show a planted line to a finder.
AUSGENOMMEN = {"conftest.py", "test_uhr.py", "test_regeln.py"}


def clock_reads(source: str) -> list[str]:
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and CLOCK.fullmatch(node.func.attr)
        and not (node.func.attr == "localtime" and node.args)
    ]


def test_no_test_reads_the_clock():
    files = [p for p in sorted(TESTS.rglob("*.py")) if p.name not in AUSGENOMMEN]
    found = {str(p.relative_to(TESTS)): clock_reads(p.read_text()) for p in files}
    assert len(files) > 150
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_finder_sees_a_planted_call():
    assert clock_reads("heute = timezone.localdate()") == ["timezone.localdate()"]


@pytest.mark.django_db
def test_both_clocks_show_the_moment_of_the_run():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), now()")
        shown = cursor.fetchone()
    assert timedelta(0) <= timezone.now() - uhr.JETZT < timedelta(minutes=1)
    # The database goes on from the start of the run, Python begins anew with each test.
    assert all(timedelta(0) <= moment - uhr.JETZT < timedelta(hours=2) for moment in shown)
