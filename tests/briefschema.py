"""The schema of the data that lie in every letter, read off letters of every kind.

It names each field and its type (JSON Schema 2020-12); what one letter has and another has not is
optional. `FALLWERK_SCHEMA=schreiben` lets the test write the file anew; a field that goes or
changes its type needs a new version beside the old one, for letters keep their data for good.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

DATEI = Path(__file__).parents[1] / "static" / "schreiben" / "daten-1.schema.json"
Schema = dict[str, Any]
_TAG = re.compile(r"\d{4}-\d{2}-\d{2}")
_BETRAG = re.compile(r"-?\d+\.\d{2}")
_ARTEN: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    dict: "object",
    list: "array",
    type(None): "null",
}


def schema_of(briefe: Mapping[str, list[Any]], titel: Mapping[str, str]) -> Schema:
    """Return the schema of all kinds from samples of each; the head is the same in all of them."""
    koepfe = [daten["kopf"] for proben in briefe.values() for daten in proben]
    arten = {}
    for art, proben in sorted(briefe.items()):
        eines = _object([{k: v for k, v in daten.items() if k != "kopf"} for daten in proben])
        arten[art] = {
            "title": titel[art],
            **eines,
            "properties": {"kopf": {"$ref": "#/$defs/kopf"}, **eines["properties"]},
            "required": ["kopf"],
        }
    immer = set.intersection(*(set(kopf) for kopf in koepfe))
    kopf = {**_object(koepfe), "required": sorted(immer)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Daten der Schreiben von Fallwerk, Fassung 1",
        "description": "Jedes PDF trägt seine Daten als <Art>.json; #/$defs/<Art> beschreibt sie. "
        "Tage stehen als JJJJ-MM-TT, Beträge in Euro mit Punkt und zwei Stellen. Felder können "
        "hinzukommen.",
        "$defs": {"kopf": {"title": "Briefkopf", **kopf}, **arten},
    }


def _object(proben: list[dict[str, Any]]) -> Schema:
    felder: dict[str, list[Any]] = {}
    for probe in proben:
        for name, wert in probe.items():
            felder.setdefault(name, []).append(wert)
    return {
        "type": "object",
        "properties": {name: _of(werte) for name, werte in sorted(felder.items())},
    }


def _of(werte: list[Any]) -> Schema:
    """Return the schema of values that stand in the same place."""
    je_art: dict[str, list[Any]] = {}
    for wert in werte:
        je_art.setdefault(_ARTEN[type(wert)], []).append(wert)
    teile = [_typed(art, found) for art, found in sorted(je_art.items())]
    return teile[0] if len(teile) == 1 else {"anyOf": teile}


def _typed(art: str, werte: list[Any]) -> Schema:
    if art == "object":
        return _object(werte)
    if art == "array":
        alle = [teil for wert in werte for teil in wert]
        return {"type": "array", "items": _of(alle)} if alle else {"type": "array"}
    gefuellt = [wert for wert in werte if wert not in ("", None)]
    if art == "string" and gefuellt:
        for form, name in ((_TAG, "date"), (_BETRAG, "betrag")):
            if all(form.fullmatch(wert) for wert in gefuellt):
                return {"type": art, "format": name}
    return {"type": art}


def errors_in(wert: Any, schema: Schema, wurzel: Schema, ort: str = "$") -> Iterator[str]:
    """Yield what the schema does not allow, with its place; a field that it does not name, too."""
    if "$ref" in schema:
        schema = wurzel["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        je_teil = [list(errors_in(wert, teil, wurzel, ort)) for teil in schema["anyOf"]]
        yield from min(je_teil, key=len)
        return
    if _ARTEN[type(wert)] != schema["type"]:
        yield f"{ort}: {_ARTEN[type(wert)]} statt {schema['type']}"
    elif schema["type"] == "object":
        yield from (f"{ort}.{n}: fehlt" for n in schema.get("required", ()) if n not in wert)
        for name, teil in wert.items():
            if name not in schema["properties"]:
                yield f"{ort}.{name}: steht nicht im Schema"
            else:
                yield from errors_in(teil, schema["properties"][name], wurzel, f"{ort}.{name}")
    elif schema["type"] == "array":
        for nummer, teil in enumerate(wert):
            if "items" in schema:
                yield from errors_in(teil, schema["items"], wurzel, f"{ort}[{nummer}]")
            else:
                yield f"{ort}[{nummer}]: steht nicht im Schema"


def changed(alt: Schema, neu: Schema, ort: str = "$") -> Iterable[str]:
    """Yield what a reader of the old schema would miss in the new one; more fields are no fault."""
    if "properties" in alt:
        felder = neu.get("properties", {})
        for name, teil in alt["properties"].items():
            if name not in felder:
                yield f"{ort}.{name}: entfallen"
            else:
                yield from changed(teil, felder[name], f"{ort}.{name}")
    elif alt.get("type") not in (None, neu.get("type"), *(t["type"] for t in neu.get("anyOf", ()))):
        yield f"{ort}: {neu.get('type')} statt {alt['type']}"


def text_of(schema: Schema) -> str:
    """Return the file of a schema."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
