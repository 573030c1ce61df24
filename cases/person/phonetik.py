"""Kölner Phonetik (Hans Joachim Postel, 1969): German names that sound alike get one code.

The rules are those of the published table, over the letters of the one search form. The database
has the same function under the same name (migration `namensform`) for its indexes; a test holds
both against each other.
"""

from __future__ import annotations

from functools import lru_cache

from cases.person.namensform import GEMERKT, suchform

_EINFACH = {
    **dict.fromkeys("AEIJOUY", "0"),
    "B": "1",
    **dict.fromkeys("FVW", "3"),
    **dict.fromkeys("GKQ", "4"),
    "L": "5",
    **dict.fromkeys("MN", "6"),
    "R": "7",
    **dict.fromkeys("SZ", "8"),
}


@lru_cache(GEMERKT)
def koelner_phonetik(name: str) -> str:
    """Return the code of a name, empty when it has no letter of the Latin alphabet.

    Spaces and hyphens do not count, so that „Hans-Jürgen“ and „Hansjürgen“ are the same.
    """
    letters = _letters(name)
    code = ""
    last = ""
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        digits = _code_of(letter, before, after)
        for digit in digits:
            # Equal neighbours count once; a vowel counts at the very beginning only.
            if digit != last and (digit != "0" or not code):
                code += digit
            last = digit
    return code


def _letters(name: str) -> str:
    return "".join(letter for letter in suchform(name).upper() if "A" <= letter <= "Z")


def _code_of(letter: str, before: str, after: str) -> str:
    if letter in _EINFACH:
        return _EINFACH[letter]
    if letter == "P":
        return "3" if after == "H" else "1"
    if letter in "DT":
        return "8" if after and after in "CSZ" else "2"
    if letter == "X":
        return "8" if before and before in "CKQ" else "48"
    if letter == "C":
        return _code_of_c(before, after)
    return ""


def _code_of_c(before: str, after: str) -> str:
    """C sounds as K or as Z, depending on its neighbours."""
    if not before:
        return "4" if after and after in "AHKLOQRUX" else "8"
    if before in "SZ":
        return "8"
    return "4" if after and after in "AHKOQUX" else "8"
