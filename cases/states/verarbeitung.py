"""Why data of people are there and when they go: one table for papers, page and later deletion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_DATEI = Path(__file__).resolve().parent.parent / "verarbeitungen.yaml"


@dataclass(frozen=True)
class Loeschregel:
    """When data go: from which event, how long after it, by which norm, what holds it up.

    `vorgabe`: the law gives no time; the authority confirms or changes it. `ausgefuehrt`: the
    program deletes already.
    """

    schluessel: str
    titel: str
    beginn: str
    frist: str
    norm: str
    sperre: str
    vorgabe: bool
    ausgefuehrt: bool


@dataclass(frozen=True)
class Verarbeitung:
    """One entry of the register of processing with the models that hold it.

    `besondere`: it holds special categories of data, health above all.
    """

    schluessel: str
    titel: str
    zweck: str
    norm: str
    betroffene: str
    empfaenger: str
    regel: Loeschregel
    modelle: tuple[str, ...]
    besondere: bool = False


@cache
def verarbeitungen() -> tuple[Verarbeitung, ...]:
    """Return all entries in their order."""
    daten = yaml.safe_load(_DATEI.read_text(encoding="utf-8"))
    regeln = {name: _regel(name, werte) for name, werte in daten["regeln"].items()}
    return tuple(
        Verarbeitung(
            **{
                **werte,
                "regel": regeln[werte["regel"]],
                "modelle": tuple(werte["modelle"]),
                "besondere": werte.get("besondere") == "ja",
            }
        )
        for werte in daten["verarbeitungen"]
    )


def _regel(name: str, werte: dict[str, str]) -> Loeschregel:
    # YAML reads a German „ja“ as a word, so the file is free of true and false.
    fest = {**werte, "vorgabe": werte["vorgabe"] == "ja"}
    return Loeschregel(schluessel=name, **{**fest, "ausgefuehrt": werte["ausgefuehrt"] == "ja"})  # type: ignore[arg-type]  # each by its name


def loeschregeln() -> tuple[Loeschregel, ...]:
    """Return the rules that some entry follows, each once."""
    return tuple(dict.fromkeys(v.regel for v in verarbeitungen()))


def verarbeitung_of(modell: str) -> Verarbeitung:
    """Return the entry that a model (`app.Modell`) belongs to; raises LookupError without one."""
    for eintrag in verarbeitungen():
        if modell in eintrag.modelle:
            return eintrag
    raise LookupError(f"Das Modell {modell} steht in keiner Verarbeitung.")
