"""The process that sets letters: what breaks it is one letter, the next one is set as ever."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cases.schreiben.satz import setzerei as modul
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.pdf import GESCHEITERT, render_pdf
from cases.schreiben.satz.setzerei import ZU_VIEL, Setzerei

SEITE = "<!doctype html><html lang=de><head><title>x</title></head><body>{}</body></html>"
GUT = SEITE.format("<p>Guten Tag</p>")
WIE = {"anlage": b"{}", "anlage_name": "x.json", "datum": date(2026, 11, 21)}


@pytest.fixture(scope="module")
def setzerei() -> Iterator[Setzerei]:
    one = Setzerei(speicher=1000 * 1024 * 1024, sekunden=5, warten=20)
    yield one
    one.close()


def test_bytes_are_those_of_the_renderer_itself(setzerei):
    assert setzerei.render(GUT, **WIE) == render_pdf(GUT, **WIE)


def test_refused_letter_says_why_and_the_process_lives_on(setzerei):
    setzerei.start()
    vorher = setzerei._prozess.pid
    with pytest.raises(SchreibenFehler) as error:
        setzerei.render(SEITE.format("<img alt=x src='file:///etc/hostname'>"), **WIE)
    assert error.value.text == GESCHEITERT
    assert "nicht erlaubt" in error.value.gruende[0]
    assert setzerei.render(GUT, **WIE).seiten == 1
    assert setzerei._prozess.pid == vorher


def test_letter_that_needs_too_much_fails_alone(setzerei):
    with pytest.raises(SchreibenFehler) as error:
        setzerei.render(SEITE.format("<p>x</p>" * 300_000), **WIE)
    assert error.value.text == ZU_VIEL
    assert setzerei.render(GUT, **WIE).seiten == 1


def test_letter_whose_process_does_not_answer_fails_after_its_time():
    """Stopped, it neither ends nor answers: that is what a hanging renderer looks like."""
    one = Setzerei(warten=0.5)
    one.start()
    os.kill(one._prozess.pid, signal.SIGSTOP)
    with pytest.raises(SchreibenFehler) as error:
        one.render(GUT, **WIE)
    assert error.value.text == ZU_VIEL
    one.warten = 30
    assert one.render(GUT, **WIE).seiten == 1
    one.close()


def test_killed_process_is_followed_by_a_new_one(setzerei):
    setzerei.start()
    setzerei._prozess.kill()
    setzerei._prozess.wait()
    assert setzerei.render(GUT, **WIE).seiten == 1


@pytest.mark.parametrize("ende", ["ordentlich", "getötet", "Gegenseite getötet"])
def test_typeface_it_unpacked_is_gone_afterwards(monkeypatch, tmp_path, ende):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one = Setzerei()
    one.start()
    assert list(tmp_path.glob("*/weasyprint-*/*"))
    prozess = one._prozess
    if ende == "getötet":
        prozess.kill()
    elif ende == "Gegenseite getötet":
        prozess.stdin.close()
        prozess.wait(timeout=20)
        assert not list(tmp_path.iterdir())
    one.close()
    assert not list(tmp_path.iterdir())


def test_process_knows_no_secret_and_writes_no_file(setzerei):
    setzerei.start()
    pid = setzerei._prozess.pid
    environ = Path(f"/proc/{pid}/environ").read_bytes()
    names = {pair.partition(b"=")[0] for pair in environ.split(b"\0") if pair}
    assert names <= {b"PATH", b"LANG", b"HOME", b"TMPDIR"}
    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    [line] = [line for line in limits if line.startswith("Max file size")]
    assert line.split()[3] == "0"


def test_letters_of_this_process_go_where_it_says(monkeypatch):
    seen: list[str] = []

    class Andere:
        def render(self, html: str, **_: object) -> str:
            seen.append(html)
            return "gesetzt"

    assert modul.set_letter(GUT, **WIE).seiten == 1
    monkeypatch.setattr(modul, "_setzerei", Andere())
    assert modul.set_letter(GUT, **WIE) == "gesetzt"
    assert seen == [GUT]
