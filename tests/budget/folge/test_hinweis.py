"""The hint that a Versagung needs is known once its letter was made known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budget.folge.queries import newest_hinweis
from cases.schreiben.services.versand import record_aufgabe, send
from tests.cases.schreiben.versand.proben import BRIEFTAG, make_schreiben
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db


def test_newest_hint_that_was_made_known_is_proposed(fallmanager):
    case = make_fall(fallmanager)
    bis = BRIEFTAG + timedelta(days=28)
    brief = make_schreiben(case, fallmanager, art="mitwirkung", daten={"bis": bis.isoformat()})
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=BRIEFTAG)
    assert newest_hinweis(case) is None
    record_aufgabe(versand=versand, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    assert newest_hinweis(case) == (BRIEFTAG, bis)
