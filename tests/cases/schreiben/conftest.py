"""Kinds of letter that exist only in these tests, and their data."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from cases.models import Case
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibenart
from tests import fabriken

VORLAGEN = Path(__file__).parent / "vorlagen"


@pytest.fixture(autouse=True)
def _proben(settings, monkeypatch):
    """Make the kinds `probe` (letter) and `dokument` known and find their templates."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], VORLAGEN]
    settings.TEMPLATES = templates
    for art, datei in (
        ("probe", "schreiben"),
        ("dokument", "dokument"),
        ("breit", "breit"),
    ):
        eintrag = Schreibenart(art, art.capitalize(), f"probe/{datei}.html")
        monkeypatch.setitem(registry.schreibenarten, art, eintrag)


@pytest.fixture
def case(fallmanager) -> Case:
    person = fabriken.make_person("Łuczyńska", vorname="Erika")
    return fabriken.make_fall(fallmanager, person=person)
