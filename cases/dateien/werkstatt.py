"""The process that opens foreign files: started for one file, limited, without secrets.

`python -m cases.dateien.werkstatt` reads one line of JSON and the file from its input and writes
one line of JSON and bytes to its output. If a file breaks it, nothing else breaks.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from io import BytesIO
from typing import Any

SPEICHER = 1536 * 1024 * 1024
SEKUNDEN = 25
_PNG_HOECHSTENS = 250_000


def limit(speicher: int, sekunden: int) -> None:
    """Bound memory, time and files of this process; what goes beyond ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (speicher, speicher))
    resource.setrlimit(resource.RLIMIT_CPU, (sekunden, sekunden))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(auftrag: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Do one order: look into a file, read a table or form, draw pages or a logo, blacken, bind."""
    # Parsers are loaded inside the limits.
    from cases.dateien.erkennung import examine  # noqa: PLC0415 - slow import
    from cases.dateien.grenzen import Grenzen  # noqa: PLC0415 - slow import

    if auftrag["aufgabe"] == "pruefen":
        fund = asdict(examine(data, auftrag["name"], Grenzen(**auftrag["grenzen"])))
        inhalt = fund.pop("inhalt")
        return fund, inhalt
    if auftrag["aufgabe"] == "tabelle":
        return _table(auftrag, data)
    if auftrag["aufgabe"] == "formular":
        return _form(data)
    if auftrag["aufgabe"] == "logo":
        return _logo(auftrag, data)
    if auftrag["aufgabe"] == "schwaerzen":
        return _blackened(auftrag, data)
    if auftrag["aufgabe"] == "binden":
        return _bound(auftrag, data)
    return _pages(auftrag, data)


def _table(auftrag: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from cases.dateien.grenzen import Tabellengrenzen, Tabellenwunsch  # noqa: PLC0415 - slow import
    from cases.dateien.tabelle import read_table  # noqa: PLC0415 - slow import

    wunsch = Tabellenwunsch(**auftrag["wunsch"])
    tabelle = read_table(data, Tabellengrenzen(**auftrag["grenzen"]), wunsch)
    return {"gelesen_als": tabelle.gelesen_als}, json.dumps(
        {"kopf": tabelle.kopf, "zeilen": tabelle.zeilen}
    ).encode()


def _form(data: bytes) -> tuple[dict[str, Any], bytes]:
    from cases.dateien.formular import read_form  # noqa: PLC0415 - slow import

    return {}, json.dumps(read_form(data)).encode()


def _logo(auftrag: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from cases.dateien.grenzen import Logogrenzen  # noqa: PLC0415 - slow import
    from cases.dateien.logo import redraw  # noqa: PLC0415 - slow import

    bild = redraw(data, Logogrenzen(**auftrag["grenzen"]))
    return {"breite": bild.breite, "hoehe": bild.hoehe}, bild.inhalt


def _blackened(auftrag: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return a whole copy as PDF, or one page of it as it would look."""
    from cases.dateien import schwaerzung  # noqa: PLC0415 - slow import

    art, bereiche = auftrag["art"], auftrag["bereiche"]
    if not auftrag["seite"]:
        pdf, seiten = schwaerzung.blacken(art, data, bereiche)
        return {"seiten": seiten}, pdf
    for nummer, seite, dichte in schwaerzung.pages_of(art, data, [auftrag["seite"]]):
        fertig = schwaerzung.blackened(seite, nummer, dichte, bereiche)
        mime, roh = _encoded(fertig)
        mm = [round(fertig.width / dichte), round(fertig.height / dichte)]
        return {"mime": mime, "mm": mm}, roh
    raise ValueError(auftrag["seite"])


def _bound(auftrag: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return one PDF of many; which paper is being opened is said aloud, in case it is the last."""
    from cases.dateien import akte  # noqa: PLC0415 - slow import
    from cases.dateien.grenzen import Papier  # noqa: PLC0415 - slow import

    papiere, stelle = [], 0
    for tag, titel, laenge in auftrag["papiere"]:
        papiere.append(Papier(tag, titel, data[stelle : stelle + laenge]))
        stelle += laenge
    pdf, seiten = akte.bind(auftrag["titel"], papiere, _say)
    return {"seiten": seiten}, pdf


def _say(nummer: int) -> None:
    sys.stderr.write(f"{nummer}\n")
    sys.stderr.flush()


def _pages(auftrag: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from cases.dateien import bild, pdf  # noqa: PLC0415 - slow import

    teil = auftrag["von"], auftrag["anzahl"], auftrag["breite"]
    if auftrag["art"] == "pdf":
        bilder = pdf.render(data, *teil)
    else:
        bilder = bild.render(auftrag["art"], data, *teil)
    teile = [_encoded(einzeln) for einzeln in bilder]
    kopf = {"teile": [[mime, len(roh)] for mime, roh in teile]}
    return kopf, b"".join(roh for _, roh in teile)


def _encoded(bild: Any) -> tuple[str, bytes]:
    """Return a page as PNG, or as JPEG where a PNG of a photograph would be heavy."""
    ziel = BytesIO()
    bild = bild.convert("RGB")
    bild.quantize(64).save(ziel, "PNG", optimize=True)
    if ziel.tell() <= _PNG_HOECHSTENS:
        return "image/png", ziel.getvalue()
    ziel = BytesIO()
    bild.save(ziel, "JPEG", quality=72)
    return "image/jpeg", ziel.getvalue()


def main() -> None:
    """Read, work, answer; a refusal is an answer too."""
    eingang, ausgang = sys.stdin.buffer, sys.stdout.buffer
    auftrag = json.loads(eingang.readline())
    limit(auftrag.get("speicher", SPEICHER), auftrag.get("sekunden", SEKUNDEN))
    from cases.dateien.grenzen import BESCHAEDIGT, Ablehnung  # noqa: PLC0415 - slow import

    inhalt = b""
    try:
        kopf, inhalt = work(auftrag, eingang.read())
    except Ablehnung as error:
        kopf = {"ablehnung": str(error)}
    except Exception:  # whatever a parser stumbles over says the same to the reader
        kopf = {"ablehnung": BESCHAEDIGT}
    ausgang.write(json.dumps(kopf).encode() + b"\n")
    ausgang.write(inhalt)


if __name__ == "__main__":
    main()
