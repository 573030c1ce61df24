"""Kinds of outbox jobs that only tests know."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group

from cases.registry.auftragsart import Auftragsart, begin
from cases.registry.beitrag import registry
from cases.states.rolle import Rolle


class Wirkung:
    """An effect that notes each run and then behaves as told."""

    def __init__(self) -> None:
        self.laeufe: list[int] = []
        self.ausgaenge: list[tuple[int, str, str]] = []
        self.fehler: BaseException | None = None
        self.beginnt = False

    def ausfuehren(self, gegenstand_id, now):
        self.laeufe.append(gegenstand_id)
        if self.beginnt:
            begin()
        if self.fehler is not None:
            raise self.fehler

    def nach_ausgang(self, gegenstand_id, state, grund, now):
        self.ausgaenge.append((gegenstand_id, str(state), grund))


@pytest.fixture
def wirkung() -> Iterator[Wirkung]:
    wirkung = Wirkung()
    for schluessel, sagt_beginn in (("probe", False), ("probe_mit_beginn", True)):
        registry.auftragsarten[schluessel] = Auftragsart(
            schluessel,
            "Probe",
            wirkung.ausfuehren,
            nach_ausgang=wirkung.nach_ausgang,
            sagt_beginn=sagt_beginn,
        )
    yield wirkung
    del registry.auftragsarten["probe"], registry.auftragsarten["probe_mit_beginn"]


@pytest.fixture(autouse=True, scope="module")
def _roles_survive(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A test with real transactions empties all tables; the roles come from a migration."""
    yield
    with django_db_blocker.unblock():
        for rolle in Rolle:
            Group.objects.get_or_create(name=rolle.value)
