"""Which Lebensbereich a further goal is about next."""

from __future__ import annotations

import pytest

from gesamtplan.models import Bedarf, Teilhabeziel
from gesamtplan.models.zielbezug import bereich_ohne_ziel


@pytest.mark.parametrize(
    ("bedarfe", "ziele", "naechster"),
    [
        ((), (), ""),
        ((("d4", "Begleitung.", ""), ("d6", "Anleitung.", "")), (), "d4"),
        ((("d4", "Begleitung.", ""), ("d6", "Anleitung.", "Selbst kochen.")), (), "d6"),
        ((("d4", "Begleitung.", ""), ("d6", "Anleitung.", "Selbst kochen.")), ("d6",), "d4"),
        ((("d4", "Begleitung.", ""),), ("d4",), ""),
        ((("d4", " ", "Reisen."),), (), ""),
    ],
)
def test_a_further_goal_begins_where_a_need_has_none(bedarfe, ziele, naechster):
    gefunden = bereich_ohne_ziel(
        [Bedarf(lebensbereich=b, bedarf=bedarf, wunsch=w) for b, bedarf, w in bedarfe],
        [Teilhabeziel(lebensbereich=z) for z in ziele],
    )
    assert gefunden == naechster
