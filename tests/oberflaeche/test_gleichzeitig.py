"""Two people at one form: the second is told, keeps what was typed, chooses per field."""

from __future__ import annotations

import pytest
import time_machine
from lxml import html

from tests.oberflaeche import szenen_budget, szenen_fall, szenen_haus  # noqa: F401  # enter scenes
from tests.oberflaeche.gleichzeitig import SZENEN, Fenster, felder_of


@pytest.mark.django_db
@time_machine.travel("2026-11-20 09:00:00+01:00", tick=False)
@pytest.mark.parametrize("name", sorted(SZENEN))
def test_second_editor_is_told_and_chooses(name):
    s = SZENEN[name]()
    eine, andere = Fenster.open(s.eine, s.url), Fenster.open(s.andere, s.url)
    dazu = {name: [wert] for name, wert in s.dazu}
    erste, zweite = eine.read() | dazu, andere.read() | dazu
    assert eine.send(erste | {s.feld: [s.werte[0]]}).status_code == 302

    antwort = andere.send(zweite | {s.feld: [s.werte[1]]})
    assert antwort.status_code == 422, "überschrieben"
    seite = html.fromstring(antwort.content).text_content()
    wer = "Jemand" if s.namenlos else s.eine.get_full_name()
    assert f"{wer} hat diese Angaben inzwischen geändert." in seite
    danach = felder_of(antwort)
    assert danach[s.feld] == [s.werte[1]]
    assert danach["wahl_noetig"] == [s.feld]
    assert eine.read()[s.feld] == [s.werte[0]]

    assert andere.send(danach | {f"wahl_{s.feld}": ["meine"]}).status_code == 302
    assert eine.read()[s.feld] == [s.werte[1]]
