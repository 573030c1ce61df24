"""Fields of a PDF form: their names and what was filled in, nothing else of the file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from cases.dateien.grenzen import BESCHAEDIGT, Ablehnung

HOECHSTENS = 2000
ZEICHEN = 20_000
_TIEFE = 20
OHNE_FELDER = (
    "Die Datei enthält keine ausfüllbaren Felder. Sie ist wohl gescannt oder als PDF gedruckt."
)


def read_form(data: bytes) -> dict[str, str]:
    """Return what was filled in, by the full name of each field; an empty field is "".

    Raises Ablehnung when the file has no fields, names one twice, or holds more of them or longer
    texts than a form of people does.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            formular = pdf.Root.get("/AcroForm")
            if not isinstance(formular, pikepdf.Dictionary) or not len(formular.get("/Fields", [])):
                raise Ablehnung(OHNE_FELDER)
            felder: dict[str, str] = {}
            for name, feld in _fields(formular["/Fields"]):
                if name in felder:
                    raise Ablehnung("Ein Feld des Formulars steht zweimal in der Datei.")
                if len(felder) >= HOECHSTENS:
                    raise Ablehnung(f"Die Datei hat mehr als {HOECHSTENS} Felder.")
                felder[name] = _value(feld)
            return felder
    except (pikepdf.PdfError, TypeError, ValueError):
        raise Ablehnung(BESCHAEDIGT) from None


def _fields(wurzel: Any) -> Iterator[tuple[str, Any]]:
    """Yield full name and dictionary of each field that can be filled in."""
    stapel = [("", feld, 0) for feld in reversed(list(wurzel))]
    schritte = 0
    while stapel:
        davor, feld, tiefe = stapel.pop()
        schritte += 1
        if tiefe > _TIEFE or schritte > 10 * HOECHSTENS or not isinstance(feld, pikepdf.Dictionary):
            raise Ablehnung(BESCHAEDIGT)
        teil = str(feld.get("/T", ""))
        name = f"{davor}.{teil}" if davor and teil else davor or teil
        kinder = [kind for kind in feld.get("/Kids", []) if "/T" in kind]
        if kinder:
            stapel.extend((name, kind, tiefe + 1) for kind in reversed(kinder))
        else:
            yield name, feld


def _value(feld: Any) -> str:
    """Return the value of a field: its text, or what the chosen answer is called."""
    roh = feld.get("/V")
    if roh is None:
        return ""
    if isinstance(roh, pikepdf.Stream):
        text = roh.read_bytes().decode("utf-8", errors="replace")
    elif isinstance(roh, pikepdf.Name):
        text = _chosen(feld, str(roh).removeprefix("/"))
    elif isinstance(roh, pikepdf.String):
        text = str(roh)
    else:
        raise Ablehnung(BESCHAEDIGT)
    if len(text) > ZEICHEN:
        raise Ablehnung(f"Ein Feld enthält mehr als {ZEICHEN} Zeichen.")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _chosen(feld: Any, name: str) -> str:
    """Return the answer behind the name of a choice: its number counts in the list of answers."""
    antworten = [str(antwort) for antwort in feld.get("/Opt", [])]
    if name == "Off":
        return ""
    if name.isdecimal() and int(name) < len(antworten):
        return antworten[int(name)]
    return name
