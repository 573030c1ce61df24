"""Command line of the package: JSON in, JSON out, and a table of all values.

Nothing that comes in from outside leads to a traceback; errors are German sentences, the exit
status is then 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import NoReturn

from recht.auftraege import BEFEHLE, Antwort
from recht.eingabe import read_datum, write_datum
from recht.fehler import EingabeUngueltig, RechtFehler
from recht.grad import GRADE
from recht.parameter import alle_parameter, pruefhinweise

HILFE = """Aufruf: python -m recht BEFEHL

  fristen       berechnet Fristen des Katalogs
  bekanntgabe   berechnet Bekanntgabe und Ende der Widerspruchsfrist
  bemessung     berechnet Teilbudgets
  beitrag       berechnet den Beitrag nach §§ 135-138 SGB IX
  parameter --stichtag JJJJ-MM-TT   zeigt alle Werte dieses Tages

Die ersten vier Befehle lesen eine JSON-Liste von der Standardeingabe und schreiben eine
JSON-Liste gleicher Länge. Ein fehlerhafter Eintrag wird zu {"fehler": "..."}; der
Rückgabewert ist dann 1. Tage stehen als JJJJ-MM-TT. Angaben in Klammern sind freiwillig.

fristen: frist, ausloeser, land, [sitz], [pausen], [tagesbeginn], [rechtsstand], [laenge],
         [geltend_bis]
  {"frist": "F51", "ausloeser": "2025-07-15", "land": "BY", "sitz": "München"}
bekanntgabe: aufgabe, weg, land, [sitz], [zugang], [ausland], [rbb]
  {"aufgabe": "2026-04-02", "weg": "post", "land": "BW", "ausland": true,
   "zugang": "2026-04-11", "rbb": "richtig"}

  weg      post, elektronisch, portal, einschreiben, zustellung, uebergabe
  sitz     wo die Behörde sitzt: Ihre örtlichen Feiertage zählen (§ 26 Abs. 3 SGB X, § 64 Abs. 3
           SGG). Eine Gemeinde („Augsburg“, „München“, „Nürnberg“ ...), ein örtlicher Feiertag, der
           dort gilt („mariae_himmelfahrt“, „augsburger_friedensfest“, „fronleichnam“),
           „katholisch“, „keine“, eine Liste davon oder ein Objekt:
           {"gemeinde": "Passau", "mariae_himmelfahrt": true}. Bei einer bekannten Gemeinde darf
           land fehlen. Ohne sitz sagt „warnung“, wenn das Ende von einem solchen Tag abhängt.
  zugang   Tag des nachgewiesenen Zugangs. Ein späterer verdrängt die Fiktion, ein früherer nicht.
  ausland  true oder false. Die Fiktion für Post gilt nur im Inland (§ 37 Abs. 2 S. 1 SGB X): Ohne
           zugang sind bekanntgabe und widerspruch_bis null, „grund“ sagt warum. Die
           Widerspruchsfrist beträgt drei Monate (§ 84 Abs. 1 S. 2 SGG).
  rbb      Rechtsbehelfsbelehrung: richtig, fehlt oder falsch. Fehlt sie oder ist sie falsch, gilt
           ein Jahr (§ 66 Abs. 2 SGG). Ohne Angabe: richtig.
"""
_SPALTEN = ("Schlüssel", "Wert", "Einheit", "ab", "bis", "Norm", "Quelle", "geprüft am", "Grad")


def _keine_zahl(name: str) -> NoReturn:
    raise EingabeUngueltig(f"„{name}“ ist keine Zahl; zulässig sind endliche Zahlen.")


def _read_liste(eingabe: bytes) -> list[object]:
    try:
        daten = json.loads(eingabe.decode("utf-8-sig"), parse_constant=_keine_zahl)
    except RechtFehler:
        raise
    except (ValueError, RecursionError):
        raise EingabeUngueltig(
            "Die Eingabe ist kein gültiges JSON; erwartet wird eine Liste von Objekten in UTF-8."
        ) from None
    if not isinstance(daten, list):
        raise EingabeUngueltig("Die Eingabe ist keine Liste; erwartet wird eine JSON-Liste.")
    return daten


def _bearbeite(befehl: Callable[[object], Antwort], item: object) -> Antwort:
    try:
        return befehl(item)
    except RechtFehler as fehler:
        return {"fehler": str(fehler)}


def _json(antworten: Sequence[Antwort]) -> str:
    return json.dumps(antworten, ensure_ascii=False, indent=2) + "\n"


def _compute(befehl: Callable[[object], Antwort], eingabe: bytes) -> tuple[int, str]:
    try:
        items = _read_liste(eingabe)
    except RechtFehler as fehler:
        return 1, _json([{"fehler": str(fehler)}])
    antworten = [_bearbeite(befehl, item) for item in items]
    return int(any("fehler" in antwort for antwort in antworten)), _json(antworten)


def wertetabelle(stichtag: date) -> str:
    """All values of a day as aligned text, then what is due for checking."""
    zeilen = [_SPALTEN]
    ohne = 0
    for reihe in alle_parameter():
        if not reihe.deckung_von <= stichtag <= reihe.deckung_bis:
            ohne += 1
            continue
        wert = reihe.am(stichtag)
        zeilen.append(
            (
                wert.schluessel,
                str(wert.wert),
                wert.einheit,
                write_datum(wert.gueltig_ab),
                "offen" if wert.offen else write_datum(wert.gueltig_bis),
                wert.norm,
                wert.quelle,
                write_datum(wert.geprueft_am),
                wert.grad,
            )
        )
    breiten = [max(len(zeile[spalte]) for zeile in zeilen) for spalte in range(len(_SPALTEN))]
    text = [
        "  ".join(feld.ljust(breite) for feld, breite in zip(zeile, breiten, strict=True)).rstrip()
        for zeile in zeilen
    ]
    text.append("")
    text.append(
        f"{len(zeilen) - 1} Werte am {write_datum(stichtag)};"
        f" {ohne} Reihen haben an diesem Tag keinen Wert."
    )
    text.extend(f"Grad {grad}: {bedeutung}" for grad, bedeutung in GRADE.items())
    text.extend(f"Zu prüfen: {hinweis.text}" for hinweis in pruefhinweise(stichtag))
    return "\n".join(text) + "\n"


def _parameter(argumente: Sequence[str]) -> tuple[int, str]:
    if len(argumente) == 1 and argumente[0].startswith("--stichtag="):
        argumente = argumente[0].split("=", 1)
    if len(argumente) != 2 or argumente[0] != "--stichtag":
        return 1, f"Erforderlich ist --stichtag JJJJ-MM-TT.\n\n{HILFE}"
    try:
        stichtag = read_datum(argumente[1], "--stichtag")
        if not any(r.deckung_von <= stichtag <= r.deckung_bis for r in alle_parameter()):
            return 1, f"Für den {write_datum(stichtag)} ist kein Wert hinterlegt.\n"
        return 0, wertetabelle(stichtag)
    except RechtFehler as fehler:
        return 1, f"{fehler}\n"


def run_command(argumente: Sequence[str], read_eingabe: Callable[[], bytes]) -> tuple[int, str]:
    """Run one command; returns the exit status and what is to be written."""
    if not argumente:
        return 1, HILFE
    befehl, *rest = argumente
    if befehl in ("-h", "--help", "--hilfe"):
        return 0, HILFE
    if befehl == "parameter":
        return _parameter(rest)
    if befehl not in BEFEHLE:
        return 1, f"Den Befehl „{befehl}“ gibt es nicht.\n\n{HILFE}"
    if rest:
        return 1, f"Der Befehl „{befehl}“ nimmt keine weiteren Angaben entgegen.\n\n{HILFE}"
    return _compute(BEFEHLE[befehl], read_eingabe())
