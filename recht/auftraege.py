"""What the command line understands: one item of JSON in, one item of JSON out.

Every field is checked; an unknown or missing one, a number where a text is meant or a day that
does not exist raises ``RechtFehler`` with a German sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from recht.beitrag import compute_beitrag
from recht.bekanntgabe import KeineBekanntgabe, bekanntgabe
from recht.bemessung import NULL, Betrag, pauschale, sachkosten, stunden
from recht.budgetrechnung import Teilmonat, compute_teilbudget
from recht.eingabe import read_datum
from recht.fehler import EingabeUngueltig
from recht.feiertag import check_land
from recht.fristen import compute_frist
from recht.geld import format_schlicht
from recht.ortsfeiertag import Sitz
from recht.rechenweg import Schritt
from recht.rechtsstand import read_rechtsstand
from recht.sitze import land_of, read_sitz

Antwort = dict[str, object]
_BETRAG = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_JA_NEIN = {"ja": True, "true": True, "nein": False, "false": False}
_RBB = {
    "ordnungsgemäß": "richtig",
    "vollständig": "richtig",
    "fehlend": "fehlt",
    "keine": "fehlt",
    "unterblieben": "fehlt",
    "unrichtig": "falsch",
    "fehlerhaft": "falsch",
    "unvollständig": "falsch",
}
_FAKTOR = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)


def _felder(item: object, noetig: Iterable[str], moeglich: Iterable[str]) -> Mapping[str, object]:
    """Check that an object has the needed fields and no unknown ones."""
    alle = [*noetig, *moeglich]
    if not isinstance(item, dict):
        raise EingabeUngueltig(f"Erwartet wird ein Objekt mit den Feldern {', '.join(alle)}.")
    fremd = [feld for feld in item if feld not in alle]
    if fremd:
        raise EingabeUngueltig(
            f"Das Feld „{fremd[0]}“ ist nicht bekannt; zulässig sind {', '.join(alle)}."
        )
    fehlend = [feld for feld in noetig if feld not in item]
    if fehlend:
        raise EingabeUngueltig(
            f"Das Feld „{fehlend[0]}“ fehlt; erforderlich sind {', '.join(noetig)}."
        )
    return item


def _text(felder: Mapping[str, object], feld: str, vorgabe: str = "") -> str:
    wert = felder.get(feld, vorgabe)
    if not isinstance(wert, str):
        raise EingabeUngueltig(f"{feld}: erwartet wird ein Text, nicht „{wert}“.")
    return wert


def _wahr(felder: Mapping[str, object], feld: str) -> bool:
    wert = felder.get(feld, False)
    if not isinstance(wert, bool):
        raise EingabeUngueltig(f"{feld}: „{wert}“ ist nicht zulässig; erlaubt sind true und false.")
    return wert


def _datum(felder: Mapping[str, object], feld: str) -> date | None:
    return read_datum(felder[feld], feld) if felder.get(feld) is not None else None


def _ort(felder: Mapping[str, object]) -> Sitz:
    """The Land with what is known of the seat; a known municipality tells its Land itself."""
    land = felder.get("land")
    if land is None:
        land = land_of(felder.get("sitz"))
        if land is None:
            raise EingabeUngueltig(
                "Das Feld „land“ fehlt; es darf nur fehlen, wo sitz eine bekannte Gemeinde nennt."
            )
    return read_sitz(felder.get("sitz"), check_land(land))


def _ausland(felder: Mapping[str, object]) -> bool:
    """Whether it went abroad; the words are taken beside true and false."""
    wert = felder.get("ausland")
    wort = wert.strip().casefold() if isinstance(wert, str) else ""
    if wert is None or wort in _JA_NEIN:
        return _JA_NEIN.get(wort, False)
    return _wahr(felder, "ausland")


def _rbb(felder: Mapping[str, object]) -> str:
    """How the Rechtsbehelfsbelehrung was; other usual words mean the same three."""
    wert = felder.get("rbb")
    wort = "richtig" if wert is None else _text(felder, "rbb").strip().casefold()
    return _RBB.get(wort, wort)


def _dezimal(felder: Mapping[str, object], feld: str, muster: re.Pattern[str]) -> Decimal:
    wert = felder[feld]
    if not isinstance(wert, str) or not muster.fullmatch(wert):
        raise EingabeUngueltig(
            f"{feld}: „{wert}“ ist nicht zulässig; erwartet wird eine nicht negative Zahl als Text"
            " mit Punkt, zum Beispiel „48.00“."
        )
    return Decimal(wert)


def _betrag(felder: Mapping[str, object], feld: str) -> Decimal | None:
    return _dezimal(felder, feld, _BETRAG) if feld in felder else None


def _liste(felder: Mapping[str, object], feld: str) -> list[object]:
    wert = felder.get(feld, [])
    if not isinstance(wert, list):
        raise EingabeUngueltig(f"{feld}: erwartet wird eine Liste, nicht „{wert}“.")
    return wert


def _schritte(schritte: Iterable[Schritt]) -> list[dict[str, str]]:
    return [{"text": schritt.text, "norm": schritt.norm} for schritt in schritte]


def _iso(tag: date | None) -> str | None:
    return None if tag is None else tag.isoformat()


def _pausen(felder: Mapping[str, object]) -> tuple[tuple[date, date], ...]:
    pausen = []
    for paar in _liste(felder, "pausen"):
        if not isinstance(paar, list) or len(paar) != 2:
            raise EingabeUngueltig(
                f"pausen: „{paar}“ ist keine Pause; erwartet wird ein Paar aus erstem und"
                " letztem Tag."
            )
        pausen.append((read_datum(paar[0], "pausen"), read_datum(paar[1], "pausen")))
    return tuple(pausen)


def frist(item: object) -> Antwort:
    """One Frist of the catalogue."""
    felder = _felder(
        item,
        ("frist", "ausloeser"),
        ("land", "pausen", "tagesbeginn", "rechtsstand", "laenge", "geltend_bis", "sitz"),
    )
    ergebnis = compute_frist(
        _text(felder, "frist"),
        read_datum(felder["ausloeser"], "ausloeser"),
        _ort(felder),
        rechtsstand=read_rechtsstand(felder["rechtsstand"]) if "rechtsstand" in felder else None,
        pausen=_pausen(felder),
        tagesbeginn=_wahr(felder, "tagesbeginn") if "tagesbeginn" in felder else None,
        laenge=_text(felder, "laenge") or None,
        geltend_bis=_datum(felder, "geltend_bis"),
    )
    return {
        "frist": ergebnis.frist,
        "ausloeser": _iso(ergebnis.ausloeser),
        "ende_rechnerisch": _iso(ergebnis.ende_rechnerisch),
        "ende": _iso(ergebnis.ende),
        "verschoben_wegen": ergebnis.verschoben_wegen,
        "wiedervorlage": _iso(ergebnis.wiedervorlage),
        "norm": ergebnis.norm,
        "rechtsstand": str(ergebnis.rechtsstand),
        "schritte": _schritte(ergebnis.schritte),
        "warnung": ergebnis.warnung,
    }


def bekanntgabe_auftrag(item: object) -> Antwort:
    """Day of notification and end of the Widerspruchsfrist; null with the reason without one."""
    felder = _felder(item, ("aufgabe", "weg"), ("land", "rbb", "ausland", "zugang", "sitz"))
    try:
        ergebnis = bekanntgabe(
            read_datum(felder["aufgabe"], "aufgabe"),
            _text(felder, "weg"),
            _ort(felder),
            rbb=_rbb(felder),
            ausland=_ausland(felder),
            zugang=_datum(felder, "zugang"),
        )
    except KeineBekanntgabe as grund:
        return {
            "bekanntgabe": None,
            "widerspruch_bis": None,
            "norm": grund.norm,
            "schritte": _schritte([Schritt(str(grund), grund.norm)]),
            "warnung": str(grund),
            "grund": str(grund),
        }
    return {
        "bekanntgabe": _iso(ergebnis.bekanntgabe),
        "widerspruch_bis": _iso(ergebnis.widerspruch_bis),
        "norm": ergebnis.norm,
        "schritte": _schritte(ergebnis.schritte),
        "warnung": ergebnis.warnung,
        "grund": "",
    }


def _position(item: object, stichtag: date, wochenfaktor: Decimal | None) -> Betrag:
    art = item.get("art") if isinstance(item, dict) else None
    if art == "pauschale":
        felder = _felder(item, ("art", "hbg", "behinderungsart"), ())
        hbg = felder["hbg"]
        return pauschale(cast("int", hbg), _text(felder, "behinderungsart"), stichtag)
    if art == "stunden":
        felder = _felder(item, ("art", "stunden", "je", "satz"), ())
        return stunden(
            _dezimal(felder, "stunden", _FAKTOR),
            _dezimal(felder, "satz", _BETRAG),
            _text(felder, "je"),
            stichtag,
            wochenfaktor=wochenfaktor,
        )
    if art == "sachkosten":
        felder = _felder(item, ("art", "betrag"), ())
        return sachkosten(_dezimal(felder, "betrag", _BETRAG), stichtag)
    raise EingabeUngueltig(
        f"Die Art der Position „{art}“ gibt es nicht; zulässig sind pauschale, stunden, sachkosten."
    )


def _teilmonat(felder: Mapping[str, object]) -> Teilmonat | None:
    if "teilmonat" not in felder:
        return None
    angaben = _felder(felder["teilmonat"], ("von", "modus"), ("bis",))
    return Teilmonat(
        von=read_datum(angaben["von"], "teilmonat.von"),
        modus=_text(angaben, "modus"),
        bis=_datum(angaben, "bis"),
    )


def bemessung(item: object) -> Antwort:
    """Monthly amount of a Teilbudget."""
    felder = _felder(
        item,
        ("stichtag", "positionen"),
        (
            "sachleistung_vergleich",
            "daneben",
            "ausnahme",
            "wochenfaktor",
            "beitrag",
            "teilmonat",
        ),
    )
    stichtag = read_datum(felder["stichtag"], "stichtag")
    faktor = _dezimal(felder, "wochenfaktor", _FAKTOR) if "wochenfaktor" in felder else None
    ergebnis = compute_teilbudget(
        [_position(eine, stichtag, faktor) for eine in _liste(felder, "positionen")],
        stichtag,
        sachleistung_vergleich=_betrag(felder, "sachleistung_vergleich"),
        daneben=_betrag(felder, "daneben") or NULL,
        ausnahme=_text(felder, "ausnahme"),
        beitrag=_betrag(felder, "beitrag"),
        anteil=_teilmonat(felder),
    )
    return {
        "betrag": format_schlicht(ergebnis.betrag),
        "gedeckelt": ergebnis.gedeckelt,
        "rechenweg": _schritte(ergebnis.rechenweg),
    }


def beitrag(item: object) -> Antwort:
    """Monthly Beitrag of a year."""
    felder = _felder(item, ("jahr", "einkommen", "art"), ("partner", "kinder", "minderjaehrig"))
    ergebnis = compute_beitrag(
        cast("int", felder["jahr"]),
        _dezimal(felder, "einkommen", _BETRAG),
        _text(felder, "art"),
        partner=None if felder.get("partner") is None else _text(felder, "partner"),
        kinder=cast("int", felder.get("kinder", 0)),
        minderjaehrige=int(_wahr(felder, "minderjaehrig")),
    )
    return {
        "grenze": format_schlicht(ergebnis.grenze),
        "beitrag": format_schlicht(ergebnis.beitrag),
        "rechenweg": _schritte(ergebnis.rechenweg),
        "norm": ergebnis.norm,
    }


BEFEHLE: Mapping[str, Callable[[object], Antwort]] = {
    "fristen": frist,
    "bekanntgabe": bekanntgabe_auftrag,
    "bemessung": bemessung,
    "beitrag": beitrag,
}
