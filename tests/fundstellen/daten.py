"""The citations of the data in recht, with the days that their rows have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from recht.zitat import read_zitate
from tests.fundstellen.zeiten import (
    EIN_TAG,
    ENDE,
    IMMER,
    ROOT,
    ZEITEN,
    Stelle,
    Zeiten,
    ohne,
    schnitt,
)


def _tag(wert: Any, sonst: date) -> date:
    return wert if isinstance(wert, date) else sonst


def _zeit_of_row(row: dict[str, Any], aussen: Zeiten) -> Zeiten:
    zeiten = aussen
    if staende := row.get("rechtsstand") or row.get("rechtsstaende"):
        staende = staende if isinstance(staende, list) else [staende]
        zeiten = schnitt(zeiten, tuple(ZEITEN[s] for s in staende if s in ZEITEN) or IMMER)
    vorhanden = [s for s in ("a", "ue", "b") if f"norm_{s}" in row]
    if vorhanden and "norm" not in row:
        zeiten = schnitt(zeiten, tuple(ZEITEN[s.upper()] for s in vorhanden))
    for ab, bis in (("gueltig_ab", "gueltig_bis"), ("ab", "bis"), ("gilt_ab", "-")):
        if ab in row or bis in row:
            grenzen = (_tag(row.get(ab), date.min), _tag(row.get(bis), ENDE))
            zeiten = schnitt(zeiten, (grenzen,))
    return zeiten


def _werte_zeiten(row: dict[str, Any]) -> list[tuple[date, date]]:
    """The days of each dated value of a series: until the next, or the end of what is covered."""
    anfang = [w["ab"] for w in row["werte"]]
    letzter = row.get("deckung_bis", ENDE) if row.get("beendet") else ENDE
    return [*zip(anfang, [*(tag - EIN_TAG for tag in anfang[1:]), letzter], strict=True)]


def _bis_zum_naechsten(rows: list[Any]) -> list[Zeiten]:
    """A version of a wording (`fassung`) holds until the next of its key begins."""
    grenzen = [(r.get("schluessel"), r["gueltig_ab"]) for r in rows if _is_fassung(r)]
    zeiten: list[Zeiten] = []
    for row in rows:
        spaeter = [tag for key, tag in grenzen if _is_fassung(row) and key == row["schluessel"]]
        ende = min((t for t in spaeter if t > row["gueltig_ab"]), default=None) if spaeter else None
        zeiten.append(((date.min, ende - EIN_TAG if ende else date.max),))
    return zeiten


def _is_fassung(row: Any) -> bool:
    return isinstance(row, dict) and "fassung" in row and "gueltig_ab" in row


def _walk_yaml(
    datei: str, wert: Any, node: yaml.Node, zeiten: Zeiten, name: str
) -> Iterator[Stelle]:
    if isinstance(wert, list):
        for eintrag, kind, dann in zip(wert, node.value, _bis_zum_naechsten(wert), strict=True):
            yield from _walk_yaml(datei, eintrag, kind, schnitt(zeiten, dann), name)
    elif isinstance(wert, dict):
        name = str(wert.get("schluessel") or wert.get("id") or name)
        kinder = {k.value: v for k, v in node.value}
        eigene = _zeit_of_row(wert, zeiten)
        if isinstance(wert.get("werte"), list) and all("ab" in w for w in wert["werte"]):
            yield from _walk_reihe(datei, wert, kinder, eigene, name)
            return
        for schluessel, inhalt in wert.items():
            dann = _zeit_of_feld(wert, str(schluessel), eigene)
            pfad = f"{name}.{schluessel}"
            text = _aufgeloest(wert, inhalt)
            yield from _walk_yaml(datei, text, kinder[str(schluessel)], dann, pfad)
    elif isinstance(wert, str):
        for zitat in read_zitate(wert):
            yield Stelle(datei, node.start_mark.line + 1, zitat.norm, zeiten, schluessel=name)


def _aufgeloest(row: dict[str, Any], inhalt: Any) -> Any:
    """„=B“ stands for the citation of that Rechtsstand."""
    if isinstance(inhalt, str) and inhalt.startswith("="):
        return row[f"norm_{inhalt[1:].lower()}"]
    return inhalt


def _zeit_of_feld(row: dict[str, Any], schluessel: str, zeiten: Zeiten) -> Zeiten:
    """The days of one field: `norm_ue` those of its Rechtsstand, without what `wechsel` takes."""
    if schluessel == "norm":
        daneben = [s for s in ZEITEN if f"norm_{s.lower()}" in row]
        return ohne(zeiten, tuple(ZEITEN[s] for s in daneben))
    basis, _, stand = schluessel.rpartition("_")
    if not basis or stand.upper() not in ZEITEN:
        return zeiten
    zeiten = schnitt(zeiten, (ZEITEN[stand.upper()],))
    if basis != "norm":
        return zeiten
    wechsel = row.get("wechsel", [])
    return ohne(
        zeiten,
        tuple((_tag(w.get("ab"), date.min), _tag(w.get("bis"), date.max)) for w in wechsel),
    )


def _walk_reihe(
    datei: str, row: dict[str, Any], kinder: dict[str, yaml.Node], zeiten: Zeiten, name: str
) -> Iterator[Stelle]:
    """A series of values: its citation holds for those that have none of their own."""
    paare = list(zip(row["werte"], _werte_zeiten(row), strict=True))
    ohne_eigene = tuple(zeit for wert, zeit in paare if "norm" not in wert)
    for schluessel, inhalt in row.items():
        if schluessel != "werte":
            dann = schnitt(zeiten, ohne_eigene)
            yield from _walk_yaml(datei, inhalt, kinder[schluessel], dann, f"{name}.{schluessel}")
    for (wert, zeit), kind in zip(paare, kinder["werte"].value, strict=True):
        for text in (t for t in wert.values() if isinstance(t, str)):
            for zitat in read_zitate(text):
                zeile = kind.start_mark.line + 1
                yield Stelle(datei, zeile, zitat.norm, schnitt(zeiten, (zeit,)), schluessel=name)


def aus_daten() -> Iterator[Stelle]:
    """The citations of the YAML files of recht, but for the index itself."""
    for pfad in sorted((ROOT / "recht").rglob("*.yaml")):
        if "normen" in pfad.parts:
            continue
        yield from aus_text(str(pfad.relative_to(ROOT)), pfad.read_text(encoding="utf-8"))


def aus_text(datei: str, text: str) -> Iterator[Stelle]:
    """The citations of one YAML file."""
    node = yaml.compose(text)
    assert node is not None
    yield from _walk_yaml(datei, yaml.safe_load(text), node, IMMER, "")
