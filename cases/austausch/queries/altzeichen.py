"""Letters and cells that an old system or a spreadsheet has spoilt: mended or told."""

from __future__ import annotations

import html
import re

from cases.export.zeichen import unprintable

# UTF-8 that was read as Windows-1252: „MÃ¼ller“, „Åžahin“, „MureÈ™an“, „Nguyá»…n“, „Oâ€™Neil“.
_FOLGE = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122"
)
_DOPPELT = re.compile(f"[\u00c2-\u00cc][{_FOLGE}]|[\u00e1\u00e2][{_FOLGE}]{{2}}")
# These alone are never meant as they stand, also where they cannot be read back.
_SICHER = re.compile(f"[ÂÃÄÅ][{_FOLGE}]|(?<=[a-zß])[ÂÃ]")
# A letter that is gone, one of DOS or of an old Mac in the midst of a word: „Y?lmaz“, „M„rz“,
# „MŸller“, „Straáe“, and signs that only steer a screen.
_VERLOREN = re.compile(
    r"[\ufffd\u0080-\u0084\u0086-\u009f]|(?<=[^\W\d_])[?„”¸¬](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[ŸŽŠ](?=[a-zäöüß])|(?<=[Ss]tra)[á§](?=e)"
)
_ENTITAET = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5});")
# What a spreadsheet shows instead of a value, in English and in German.
_TABELLENFEHLER = re.compile(
    r"#(?:N/A|NV|REF!|BEZUG!|VALUE!|WERT!|NAME\?|DIV/0!|NUM!|ZAHL!|NULL!|#+)|#{3,}"
)
# A long number that a spreadsheet has rounded: „4,91511E+11“.
_GERUNDET = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


def mended(text: str) -> str:
    """Return a text that was written in one code and read in another as it was meant."""
    if _ENTITAET.search(text):
        text = html.unescape(text)
    # Some files went wrong twice.
    for _ in range(2):
        if not _DOPPELT.search(text):
            break
        try:
            gemeint = _as_bytes(text).decode("utf-8")
        except UnicodeError:
            break
        if unprintable(gemeint):
            break
        text = gemeint
    return text


def _as_bytes(text: str) -> bytes:
    """Return the bytes that were read as Windows-1252, also those it has no sign for."""
    return b"".join(
        bytes((ord(zeichen),)) if "\u0080" <= zeichen <= "\u009f" else zeichen.encode("cp1252")
        for zeichen in text
    )


def has_lost(text: str) -> bool:
    """Tell whether a letter of a name, a street or a place is gone."""
    return bool(_SICHER.search(text) or _VERLOREN.search(text))


def is_garbled(text: str) -> bool:
    """Tell whether a text still stands in the wrong code."""
    return bool(_SICHER.search(text))


def spoilt(wert: str) -> str:
    """Return what is wrong with a cell that holds no value but the sign of a spreadsheet."""
    if _TABELLENFEHLER.fullmatch(wert):
        return (
            f"Die Zelle zeigt „{wert}“: Eine Formel hat keinen Wert. Bitte berichtigen Sie die "
            "Formel oder schreiben Sie den Wert in die Zelle."
        )
    if _GERUNDET.fullmatch(wert):
        return (
            f"Die Tabelle hat die Nummer gerundet („{wert}“), die letzten Ziffern fehlen. Bitte "
            "geben Sie die Spalte als Text aus."
        )
    return ""
