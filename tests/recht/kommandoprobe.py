"""The command line as a test calls it, and a good item for each command."""

import json

from recht.kommandozeile import run_command

FRIST = {"frist": "F51", "ausloeser": "2026-04-06", "land": "BW"}
BEKANNTGABE = {"aufgabe": "2026-04-02", "weg": "post", "land": "BW"}


def rufe(befehl, *items):
    eingabe = json.dumps(items).encode()
    status, ausgabe = run_command([befehl], lambda: eingabe)
    return status, json.loads(ausgabe)


def fehler(befehl, item):
    status, [antwort] = rufe(befehl, item)
    assert status == 1
    assert list(antwort) == ["fehler"]
    return antwort["fehler"]
