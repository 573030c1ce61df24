"""Kinds of letter that exist only in these tests, and their data."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from cases.models import Case
from cases.registry import Schreibenart, registry
from tests import fabriken
from tests.cases.schreiben.proben import make_kopf

VORLAGEN = Path(__file__).parent / "vorlagen"


@pytest.fixture(autouse=True)
def _proben(settings, monkeypatch):
    """Make the kinds `probe` (letter) and `dokument` known and find their templates."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], VORLAGEN]
    settings.TEMPLATES = templates
    for art, datei in (("probe", "schreiben"), ("dokument", "dokument"), ("roh", "roh")):
        eintrag = Schreibenart(art, art.capitalize(), f"probe/{datei}.html")
        monkeypatch.setitem(registry.schreibenarten, art, eintrag)


@pytest.fixture
def case(fallmanager) -> Case:
    return fabriken.make_fall(fallmanager, person=fabriken.make_person("Łuczyńska", vorname="Erika"))


@pytest.fixture
def kopf() -> dict[str, object]:
    return make_kopf()
