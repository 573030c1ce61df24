"""The letters of DIN 91379 with their search form, read from the table beside this file."""

from __future__ import annotations

from pathlib import Path

_TABELLE = Path(__file__).with_name("din_91379.txt")


def zeichen(codes: str) -> str:
    """Return the letter that codes such as `0043+0328` stand for."""
    return "".join(chr(int(code, 16)) for code in codes.split("+"))


def buchstaben() -> list[tuple[str, str]]:
    """Return every letter of the norm (bll) with the basic letters it is searched by."""
    paare = []
    for zeile in _TABELLE.read_text(encoding="utf-8").splitlines():
        if not zeile.startswith("#"):
            grund, _, codes = zeile.partition(":")
            paare += [(zeichen(code), grund) for code in codes.split()]
    return paare


#: Beside the letters: what the norm has for names of bodies, for addresses and for free text
#: (groups bnlreq, bnl and the Greek and Cyrillic letters), as ranges of codes.
WEITERE = tuple(
    chr(code)
    for von, bis in (
        *((0x20, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0xA1, 0xAC), (0xAE, 0xBF), (0xD7, 0xD7)),
        *((0xF7, 0xF7), (0x192, 0x192), (0x2B0, 0x2B0), (0x2B3, 0x2B3), (0x2B9, 0x2BA)),
        *((0x2BE, 0x2BF), (0x2C6, 0x2C6), (0x2C8, 0x2C8), (0x2CC, 0x2CC), (0x2DC, 0x2DC)),
        *((0x2E2, 0x2E2), (0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1)),
        *((0x3A3, 0x3CE), (0x40D, 0x40D), (0x410, 0x42A), (0x42C, 0x42C), (0x42E, 0x44A)),
        *((0x44C, 0x44C), (0x44E, 0x44F), (0x45D, 0x45D), (0x1D48, 0x1D48), (0x1D57, 0x1D57)),
        *((0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2021), (0x2026, 0x2026)),
        *((0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2070, 0x2070)),
        *((0x2074, 0x2079), (0x207F, 0x2089), (0x20AC, 0x20AC), (0x2122, 0x2122)),
        *((0x221E, 0x221E), (0x2264, 0x2265)),
    )
    for code in range(von, bis + 1)
)
