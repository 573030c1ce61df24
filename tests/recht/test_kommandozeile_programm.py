"""The package run as a program: bytes, interruption, any locale."""

import io
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recht.kommandoprobe import BEKANNTGABE, FRIST

WURZEL = Path(__file__).parents[2]


class Strom(io.BytesIO):
    """Standard stream whose bytes can be looked at."""

    @property
    def buffer(self):
        return self


def starte(monkeypatch, argumente, eingabe):
    ausgabe = Strom()
    monkeypatch.setattr(sys, "argv", ["recht", *argumente])
    monkeypatch.setattr(sys, "stdin", Strom(eingabe))
    monkeypatch.setattr(sys, "stdout", ausgabe)
    return laufe(monkeypatch), ausgabe.getvalue().decode()


def laufe(monkeypatch):
    """Run the package as a program; returns its exit status."""
    monkeypatch.delitem(sys.modules, "recht.__main__", raising=False)
    with pytest.raises(SystemExit) as ende:
        runpy.run_module("recht", run_name="__main__")
    return ende.value.code


def test_program_answers_in_utf8(monkeypatch):
    status, ausgabe = starte(monkeypatch, ["fristen"], json.dumps([FRIST]).encode())

    assert status == 0
    assert "Auslöser am Montag" in ausgabe


def test_program_survives_half_a_character(monkeypatch):
    status, ausgabe = starte(monkeypatch, ["fristen"], b'[{"frist": "\\ud800"}]')

    assert status == 1
    assert "fehler" in ausgabe


def test_program_ends_quietly_when_interrupted(monkeypatch):
    class Unterbrochen(Strom):
        def read(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Unterbrochen())
    monkeypatch.setattr(sys, "argv", ["recht", "fristen"])

    assert laufe(monkeypatch) == 1


def test_program_ends_quietly_when_the_reader_is_gone(monkeypatch):
    lesen, schreiben = os.pipe()
    os.close(lesen)
    with open(schreiben, "w") as strom:  # noqa: PTH123 - a descriptor has no path
        monkeypatch.setattr(sys, "stdout", strom)
        monkeypatch.setattr(sys, "argv", ["recht", "--help"])
        status = laufe(monkeypatch)

    assert status == 1


def test_program_import_is_importable_without_running():
    from recht.__main__ import main

    assert callable(main)


@pytest.mark.parametrize("utf8", [{}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_program_runs_from_the_shell_in_any_locale(utf8):
    ergebnis = subprocess.run(
        [sys.executable, "-m", "recht", "bekanntgabe"],
        input=json.dumps([BEKANNTGABE, {}]).encode(),
        capture_output=True,
        check=False,
        cwd=WURZEL,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", **utf8},
    )

    assert ergebnis.returncode == 1
    assert ergebnis.stderr == b""
    gut, schlecht = json.loads(ergebnis.stdout.decode("utf-8"))
    assert gut["widerspruch_bis"] == "2026-05-06"
    assert schlecht == {"fehler": "Das Feld „aufgabe“ fehlt; erforderlich sind aufgabe, weg."}
