"""The area of an authority as a list of Gemeindeschlüssel: which Gemeinde lies in it.

Competent is the carrier in whose area somebody has the gewöhnlicher Aufenthalt (§ 98 Abs. 1 S. 1
SGB IX, before 2020 § 98 SGB XII).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recht.fehler import EingabeUngueltig

# A Land has two figures, a Kreis five, a Gemeinde eight; nothing between them names an area.
_ZEILE = re.compile(r"(?P<schluessel>[0-9]{5}|[0-9]{8})(?:\s+[^0-9]+)?")


def read_gebiet(text: str) -> tuple[str, ...]:
    """Read one key a line, a name may follow: „08115 Landkreis Böblingen“, „08111000“.

    Five figures are a whole Kreis, eight one Gemeinde. Raises EingabeUngueltig with the line.
    """
    found: list[str] = []
    for zeile in filter(None, map(str.strip, text.splitlines())):
        treffer = _ZEILE.fullmatch(zeile)
        if treffer is None:
            raise EingabeUngueltig(
                f"„{zeile}“ ist kein Gemeindeschlüssel. Schreiben Sie fünf Ziffern für einen "
                "ganzen Kreis oder acht für eine Gemeinde, dahinter den Namen ohne Ziffern, zum "
                "Beispiel „08115 Landkreis Böblingen“."
            )
        if treffer["schluessel"] in found:
            raise EingabeUngueltig(f"„{zeile}“ steht zweimal in der Liste.")
        found.append(treffer["schluessel"])
    return tuple(found)


def liegt_im_gebiet(schluessel: str, gebiet: Sequence[str]) -> bool:
    """Tell whether the Gemeinde of a key of eight figures lies in an area."""
    return schluessel.startswith(tuple(gebiet))
