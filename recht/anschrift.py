"""What an address is, in Germany and abroad, and how it stands in a window (DIN 5008).

An address is not always a street: a Postfach has a number, a Großempfänger a postal code of its
own, and whoever has no home is reached through somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from recht.fehler import EingabeUngueltig
from recht.laender import DEUTSCHLAND, LAENDER

_BEISPIELE = {
    "AT": (r"[1-9]\d{3}", "1010"),
    "BE": (r"[1-9]\d{3}", "1000"),
    "CH": (r"[1-9]\d{3}", "8001"),
    "CZ": (r"\d{3} \d{2}", "110 00"),
    "DK": (r"\d{4}", "1050"),
    "ES": (r"\d{5}", "28001"),
    "FR": (r"\d{5}", "67000"),
    "GB": (r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", "SW1A 1AA"),
    "IT": (r"\d{5}", "00118"),
    "LI": (r"94\d{2}", "9490"),
    "LU": (r"[1-9]\d{3}", "1009"),
    "NL": (r"[1-9]\d{3} [A-Z]{2}", "1012 AB"),
    "PL": (r"\d{2}-\d{3}", "00-001"),
    "SE": (r"\d{3} \d{2}", "111 20"),
    "TR": (r"\d{5}", "34000"),
    "US": (r"\d{5}(-\d{4})?", "10001"),
}
# What is often typed without the sign between the groups.
_GRUPPEN = {
    "CZ": (r"(\d{3})(\d{2})", r"\1 \2"),
    "GB": (r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", r"\1 \2"),
    "NL": (r"(\d{4})([A-Z]{2})", r"\1 \2"),
    "PL": (r"(\d{2})(\d{3})", r"\1-\2"),
    "SE": (r"(\d{3})(\d{2})", r"\1 \2"),
}
# Here the code stands behind the place.
_DAHINTER = frozenset({"AU", "CA", "GB", "GG", "HK", "IE", "IM", "IN", "JE", "NZ", "SG", "US"})
_INS_AUSLAND = " Liegt der Ort im Ausland, wählen Sie das Land aus."
_FREI = re.compile(r"[A-Z0-9][A-Z0-9 -]{0,9}")
_PRAEFIX = re.compile(r"([A-Z]{1,3})[ -]+(?=\d)")
# What stands before a code: the sign of a car or the code of the country.
_KENNZEICHEN = {
    "A": "AT",
    "B": "BE",
    "D": "DE",
    "E": "ES",
    "F": "FR",
    "FL": "LI",
    "H": "HU",
    "I": "IT",
    "L": "LU",
    "P": "PT",
    "S": "SE",
    "SLO": "SI",
    "UA": "UA",
}


class Anschriftart(Enum):
    """What stands where other addresses have a street."""

    STRASSE = "strasse"
    POSTFACH = "postfach"
    GROSSEMPFAENGER = "grossempfaenger"
    OHNE_WOHNSITZ = "ohne_wohnsitz"


@dataclass(frozen=True, slots=True)
class Anschriftwert:
    """One address without the name; `zusatz` is c/o, a building or an Erreichbarkeit."""

    ort: str
    plz: str = ""
    strasse: str = ""
    zusatz: str = ""
    land: str = DEUTSCHLAND
    art: Anschriftart = Anschriftart.STRASSE

    @property
    def im_ausland(self) -> bool:
        """Whether a letter to it leaves the country (§ 37 Abs. 2 S. 1 SGB X)."""
        return self.land != DEUTSCHLAND

    def zeilen(self) -> list[str]:
        """Return the lines below the name; abroad place and country stand in capitals."""
        zeilen = [self.zusatz, self._strassenzeile(), self._ortszeile()]
        if self.im_ausland:
            zeilen.append(LAENDER[self.land].upper())
        return [zeile for zeile in zeilen if zeile]

    def _strassenzeile(self) -> str:
        if self.art is Anschriftart.POSTFACH and re.fullmatch(r"[\d ]+", self.strasse):
            return f"Postfach {self.strasse}"
        return self.strasse

    def _ortszeile(self) -> str:
        if not self.im_ausland:
            return f"{self.plz} {self.ort}".strip()
        ort = self.ort.upper()
        teile = (ort, self.plz) if self.land in _DAHINTER else (self.plz, ort)
        return " ".join(teile).strip()


def land_of_zeilen(zeilen: Sequence[str]) -> str:
    """Return the country of printed address lines: abroad it stands in capitals in the last one."""
    letzte = zeilen[-1].strip() if zeilen else ""
    for code, name in LAENDER.items():
        if code != DEUTSCHLAND and letzte == name.upper():
            return code
    return DEUTSCHLAND


def check_land(land: str) -> str:
    """Return the code of a country. Raises EingabeUngueltig for one that does not exist."""
    if land not in LAENDER:
        raise EingabeUngueltig(f"„{land}“ ist kein Land dieser Liste. Bitte wählen Sie eines aus.")
    return land


def check_plz(plz: str, land: str = DEUTSCHLAND, *, waehlbar: bool = True) -> str:
    """Return the postal code as the country writes it; `waehlbar` tells whether one may choose it.

    Raises EingabeUngueltig saying what to do: a lost zero, a sign of the country before the code,
    a code of another country.
    """
    text = " ".join(plz.upper().split())
    if (davor := _PRAEFIX.match(text)) and land not in ("GB", "NL", "IE"):
        _check_kennzeichen(plz, davor[1], land, waehlbar=waehlbar)
        text = text[davor.end() :]
    if land == DEUTSCHLAND:
        return _check_deutsche_plz(text, _INS_AUSLAND if waehlbar else "")
    if land in _GRUPPEN and (gruppen := re.fullmatch(_GRUPPEN[land][0], text)):
        text = gruppen.expand(_GRUPPEN[land][1])
    muster, beispiel = _BEISPIELE.get(land, ("", ""))
    passt = re.fullmatch(muster, text) if muster else (not text or _FREI.fullmatch(text))
    if not passt:
        wie = f" Sie sieht dort so aus: {beispiel}." if beispiel else ""
        raise EingabeUngueltig(
            f"„{plz}“ ist keine Postleitzahl in diesem Land ({LAENDER.get(land, land)}).{wie}"
        )
    return text


def _check_kennzeichen(plz: str, davor: str, land: str, *, waehlbar: bool) -> None:
    """Refuse a code that names another country than the address does."""
    if davor in ("O", "W") and land == DEUTSCHLAND:
        raise EingabeUngueltig(
            f"„{plz}“ ist eine Postleitzahl aus der Zeit vor Juli 1993. Bitte tragen Sie die "
            "heutige mit fünf Ziffern ein."
        )
    gemeint = _KENNZEICHEN.get(davor, davor)
    if gemeint == land or gemeint not in LAENDER:
        return
    tun = (
        f"Bitte wählen Sie als Land {LAENDER[gemeint]} oder berichtigen Sie die Postleitzahl."
        if waehlbar
        else "Bitte berichtigen Sie die Postleitzahl."
    )
    raise EingabeUngueltig(
        f"„{plz}“ gehört nach dem Buchstaben davor nicht zu {LAENDER.get(land, land)}. {tun}"
    )


def _check_deutsche_plz(text: str, sonst: str) -> str:
    text = text.replace(" ", "") if re.fullmatch(r"[\d ]+", text) else text
    if re.fullmatch(r"\d{4}", text):
        raise EingabeUngueltig(
            f"„{text}“ hat nur vier Ziffern. Fehlt die Null am Anfang (0{text})? Tabellen lassen "
            f"sie oft weg.{sonst}"
        )
    if not re.fullmatch(r"[0-9]{5}", text):
        raise EingabeUngueltig(f"„{text}“ ist keine Postleitzahl: Sie hat fünf Ziffern.{sonst}")
    if not "01001" <= text <= "99998":
        raise EingabeUngueltig(f"Die Postleitzahl {text} gibt es nicht.")
    return text


def check_anschrift(wert: Anschriftwert) -> dict[str, str]:
    """Return what an address lacks, by the name of the field; empty when a letter can go there."""
    fehlt: dict[str, str] = {}
    ort, plz, strasse, zusatz = (
        teil.strip() for teil in (wert.ort, wert.plz, wert.strasse, wert.zusatz)
    )
    if not ort:
        fehlt["ort"] = "Bitte ausfüllen: Ohne Ort kommt kein Brief an."
    if not plz and (not wert.im_ausland or wert.land in _BEISPIELE):
        fehlt["plz"] = "Bitte ausfüllen."
    if wert.art is Anschriftart.STRASSE and not strasse and not wert.im_ausland:
        fehlt["strasse"] = (
            "Bitte ausfüllen. Hat die Stelle keine Straße, wählen Sie oben Postfach oder "
            "Großempfänger; hat die Person keine Wohnung, „ohne festen Wohnsitz“."
        )
    if wert.art is Anschriftart.POSTFACH and not strasse:
        fehlt["strasse"] = "Bitte tragen Sie die Nummer des Postfachs ein."
    if wert.art is Anschriftart.OHNE_WOHNSITZ and not zusatz:
        fehlt["zusatz"] = (
            "Bitte sagen Sie, wo Post die Person erreicht, zum Beispiel „c/o Fachberatungsstelle“."
        )
    return fehlt
