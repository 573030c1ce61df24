"""Letters of the same words are set once: the same HTML gives the same bytes.

Whoever walks all pages of a case for many readers meets the same previews again and again. Tests
about setting letters (`tests/cases/schreiben`, where it is also seen that the bytes are the same
each time) set each of theirs.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.schreiben import export
from cases.schreiben.satz import brief, setzerei

#: So many letters are kept; the stories of one module meet about a hundred.
ANZAHL = 400
SELBST = "tests/cases/schreiben/"

_gesetzt: OrderedDict[bytes, Any] = OrderedDict()


def _set_letter(
    html: str,
    *,
    anlage: bytes,
    anlage_name: str,
    datum: date,
    bilder: Mapping[str, bytes] | None = None,
) -> Any:
    """Set a letter, or return what was set before for these words; a failure is not kept."""
    teile = [html.encode(), anlage, anlage_name.encode(), datum.isoformat().encode()]
    key = hashlib.sha256(b"\0".join(teile)).digest()
    if key not in _gesetzt:
        _gesetzt[key] = setzerei.set_letter(
            html, anlage=anlage, anlage_name=anlage_name, datum=datum, bilder=bilder
        )
        if len(_gesetzt) > ANZAHL:
            _gesetzt.popitem(last=False)
    _gesetzt.move_to_end(key)
    return _gesetzt[key]


def keep_letters(*, behalten: bool) -> None:
    """Keep what is set from now on, or set everything anew."""
    for modul in (brief, export):
        modul.set_letter = _set_letter if behalten else setzerei.set_letter
