"""Two people at one form: the second is told, keeps what was typed, chooses per field."""

from __future__ import annotations

import pytest
from lxml import html

from tests.oberflaeche import szenen_budget  # noqa: F401  # enters its scenes
from tests.oberflaeche.gleichzeitig import SZENEN, Fenster, felder_of


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(SZENEN))
def test_second_editor_is_told_and_chooses(name):
    s = SZENEN[name]()
    eine, andere = Fenster.open(s.eine, s.url), Fenster.open(s.andere, s.url)
    erste, zweite = eine.read(), andere.read()
    assert eine.send(erste | {s.feld: [s.werte[0]]}).status_code == 302

    antwort = andere.send(zweite | {s.feld: [s.werte[1]]})
    assert antwort.status_code == 422, "überschrieben"
    seite = html.fromstring(antwort.content).text_content()
    assert f"{s.eine.get_full_name()} hat diese Angaben inzwischen geändert." in seite
    danach = felder_of(antwort)
    assert danach[s.feld] == [s.werte[1]]
    assert danach["wahl_noetig"] == [s.feld]
    assert eine.read()[s.feld] == [s.werte[0]]

    assert andere.send(danach | {f"wahl_{s.feld}": ["meine"]}).status_code == 302
    assert eine.read()[s.feld] == [s.werte[1]]
