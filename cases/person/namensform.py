"""The one form in which names are compared: by the search box, the form, a file and the stock.

`suchform` is the search form of DIN 91379 (annex on basic letters), continued for the Cyrillic and
Greek letters of that norm, so that a name is found however it was romanised. `umschrift` goes one
step further and takes the ways of writing one sound together: „Schewtschenko“, „Ševčenko“ and
„Shevchenko“. The database has both as functions (migration `namensform`); a test holds them
against each other over all letters of the norm.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that do not come apart into a basic letter and a sign.
FEST = {
    "æ": "ae",
    "ø": "oe",
    "œ": "oe",
    "þ": "th",
    "ß": "ss",
    "ĳ": "ij",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ĸ": "k",
    "ŀ": "l",
    "ł": "l",
    "ŉ": "n",
    "ŋ": "n",
    "ŧ": "t",
    "ƈ": "c",
    "ə": "e",
    "ɨ": "i",
    "ʒ": "z",
    "ǥ": "g",
    "ı": "i",
}
KYRILLISCH = {
    **dict(
        zip(
            "абвгґдеёзийклмнопрстуфхцчшыэіђјћѓќўѝ",
            "abvggdeezijklmnoprstufhccsyeidjcgkui",
            strict=True,
        )
    ),
    "ж": "z",
    "щ": "sc",
    "ъ": "",
    "ь": "",
    "ю": "ju",
    "я": "ja",
    "є": "je",
    "ї": "i",
    "љ": "lj",
    "њ": "nj",
    "џ": "dz",
    "ѕ": "dz",
}
GRIECHISCH = {
    **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
# Signs inside a word that people leave out.
STUMM = "'’ʼ‘`´ʹʺʾʿˈˌ·"
# In this order: what one sound is written like, and how it stands in the Umschrift.
LAUTE = (
    *(("tsch", "c"), ("shch", "s"), ("sch", "s"), ("tch", "c"), ("cz", "c"), ("sz", "s")),
    *(("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "h"), ("dj", "d"), ("ph", "f"), ("th", "t")),
    *(("ck", "k"), ("ts", "c"), ("tz", "c"), ("w", "v"), ("ou", "u"), ("oe", "o"), ("ae", "a")),
    *(("ue", "u"), ("y", "i"), ("j", "i"), ("q", "k")),
)
# A comparison of two names asks for the same forms again and again.
GEMERKT = 4096
_EINZELN = str.maketrans({**FEST, **KYRILLISCH, **GRIECHISCH, **dict.fromkeys(STUMM, "")})
_UMLAUT = re.compile("([aou])[\u0300-\u0307\u0309-\u036f]*\u0308")
_RING = re.compile("a[\u0300-\u0309\u030b-\u036f]*\u030a")
_ZEICHEN = re.compile("[\u0300-\u036f]")
_DOPPELT = re.compile(r"([a-z])\1+")


@lru_cache(GEMERKT)
def suchform(text: str) -> str:
    """Return the text as it is compared: small basic letters, digits and single spaces.

    ä, ö, ü are ae, oe, ue, å is aa; everything else loses its signs (DIN 91379).
    """
    klein = unicodedata.normalize("NFC", text).lower().translate(_EINZELN)
    zerlegt = unicodedata.normalize("NFD", klein)
    zerlegt = _RING.sub("aa", _UMLAUT.sub(r"\1e", zerlegt))
    ohne = _ZEICHEN.sub("", zerlegt).translate(_EINZELN)
    return " ".join("".join(c if c.isalpha() or c.isdecimal() else " " for c in ohne).split())


@lru_cache(GEMERKT)
def umschrift(text: str) -> str:
    """Return the text without what one romanisation does differently from another."""
    form = suchform(text)
    for geschrieben, laut in LAUTE:
        form = form.replace(geschrieben, laut)
    return re.sub(r"\bie", "e", _DOPPELT.sub(r"\1", form))


def eng(text: str) -> str:
    """Return the search form without spaces: „Hans-Jürgen“ and „Hansjürgen“ are one name."""
    return suchform(text).replace(" ", "")
