"""Fields of a letter that is filled in at the screen: what WeasyPrint leaves open about them.

An archive wants every field drawn by the file itself and not by the viewer (ISO 19005-3, 6.3.3 and
6.4.1), a screen reader a name for every field (ISO 14289-1, 7.18.1), a viewer one parent for the
choices of one question. Empty fields are drawn empty; whoever fills them in draws them anew, with
a typeface that every viewer has: none of its letters stands in the file before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

#: Helvetica by its usual short name, ten points, black.
_SCHRIFT = "/Helv 10 Tf 0 g"


def settle_fields(pdf: Any) -> None:
    """Bring the fields of a file that is about to be written into order; without any, do nothing.

    `pdf` is the object that the finisher of WeasyPrint gets.
    """
    if "AcroForm" not in pdf.catalog:
        return
    helvetica = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type1",
            "BaseFont": "/Helvetica",
            "Encoding": "/WinAnsiEncoding",
        }
    )
    pdf.add_object(helvetica)
    kinder = []
    for feld in list(_widgets(pdf)):
        if "Parent" in feld:
            kinder.append(feld.reference)
            _settle_choice(pdf, feld)
        elif "AP" not in feld:
            feld["DA"] = pydyf.String(_SCHRIFT)
            feld["AP"] = pydyf.Dictionary({"N": _empty(pdf, feld).reference})
    for gruppe in _groups(pdf):
        # The first choice has given its name to the question: „Frage: Antwort“.
        gruppe["TU"] = pydyf.String(_text(gruppe["TU"]).partition(": ")[0])
    formular = pdf.catalog["AcroForm"]
    del formular["NeedAppearances"]
    formular["DR"] = pydyf.Dictionary({"Font": pydyf.Dictionary({"Helv": helvetica.reference})})
    formular["DA"] = pydyf.String(_SCHRIFT)
    # A choice belongs to its question alone; WeasyPrint enters it beside it once more.
    formular["Fields"][:] = [feld for feld in formular["Fields"] if feld not in kinder]


def _widgets(pdf: Any) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, dict) and o.get("Subtype") == "/Widget")


def _groups(pdf: Any) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, dict) and "Kids" in o and o.get("FT") == "/Btn")


def _text(value: Any) -> str:
    return str(getattr(value, "string", value))


def _settle_choice(pdf: Any, feld: Any) -> None:
    """Let a choice take its name from its question, and draw it empty while it is not chosen."""
    del feld["T"]
    gewaehlt = dict(feld["AP"]["N"])
    feld["AP"]["N"] = pydyf.Dictionary({**gewaehlt, "Off": _empty(pdf, feld).reference})


def _empty(pdf: Any, feld: Any) -> Any:
    """Return the drawing of a field in which nothing stands."""
    links, oben, rechts, unten = (float(value) for value in feld["Rect"])
    zeichnung = pydyf.Stream(
        [b"/Tx BMC", b"EMC"],
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array((0, 0, abs(rechts - links), abs(oben - unten))),
            "Resources": pydyf.Dictionary(),
        },
    )
    pdf.add_object(zeichnung)
    return zeichnung
