"""Numbers that carry a check digit: insurance number of the pension, of the health insurance."""

from __future__ import annotations

import re

from recht.fehler import EingabeUngueltig

# § 4 Abs. 4 VKVV: weights of the twelve digits before the check digit.
_RV_GEWICHTE = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_RV = re.compile(r"\d{8}[A-Z]\d{3}")
_KV = re.compile(r"[A-Z]\d{9}")


def check_rentenversicherungsnummer(text: str) -> str:
    """Return the Versicherungsnummer (§ 147 SGB VI) without spaces, or raise.

    Area, birthday as DDMMYY, first letter of the name at birth, serial number, check digit. The
    birthday is not compared: a corrected one keeps its old number.
    """
    nummer = _kompakt(text)
    if not _RV.fullmatch(nummer):
        raise EingabeUngueltig(
            "Eine Rentenversicherungsnummer hat acht Ziffern, einen Buchstaben und drei Ziffern, "
            "zum Beispiel 15 070649 C 103."
        )
    ziffern = nummer[:8] + _buchstabe(nummer[8]) + nummer[9:11]
    summe = sum(
        _quersumme(int(z) * gewicht) for z, gewicht in zip(ziffern, _RV_GEWICHTE, strict=True)
    )
    return _mit_pruefziffer(nummer, summe, "Rentenversicherungsnummer")


def check_versichertennummer(text: str) -> str:
    """Return the unchangeable part of the Krankenversichertennummer (§ 290 SGB V), or raise."""
    nummer = _kompakt(text)
    if not _KV.fullmatch(nummer):
        raise EingabeUngueltig(
            "Eine Krankenversichertennummer hat einen Buchstaben und neun Ziffern, "
            "zum Beispiel A123456780."
        )
    ziffern = _buchstabe(nummer[0]) + nummer[1:9]
    summe = sum(_quersumme(int(z) * (1 + stelle % 2)) for stelle, z in enumerate(ziffern))
    return _mit_pruefziffer(nummer, summe, "Krankenversichertennummer")


def _mit_pruefziffer(nummer: str, summe: int, name: str) -> str:
    if summe % 10 != int(nummer[-1]):
        raise EingabeUngueltig(
            f"Die Prüfziffer der {name} stimmt nicht. Bitte vergleichen Sie die Zeichen; "
            "oft sind zwei vertauscht."
        )
    return nummer


def _kompakt(text: str) -> str:
    return re.sub(r"[\s./–-]+", "", text).upper()


def _buchstabe(zeichen: str) -> str:
    """Return the place of the letter in the alphabet with two digits, A = 01."""
    return f"{ord(zeichen) - ord('A') + 1:02d}"


def _quersumme(zahl: int) -> int:
    return zahl // 10 + zahl % 10
