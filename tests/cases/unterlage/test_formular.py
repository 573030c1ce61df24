"""Fields of a PDF form, read apart: what people fill in, and what nobody does."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from cases.dateien import formular
from cases.dateien.aufruf import read_form_apart
from cases.dateien.grenzen import BESCHAEDIGT, Ablehnung
from cases.dateien.pdf import render
from cases.dateien.schwaerzung import pages_of
from tests.cases.unterlage import proben


def make_form(*felder, **wurzel):
    """Return a PDF with these fields; `wurzel` are further entries of the form."""
    with pikepdf.open(BytesIO(proben.make_pdf())) as pdf:
        fertig = [pdf.make_indirect(feld) for feld in felder]
        pdf.Root.AcroForm = Dictionary(Fields=Array(fertig), **wurzel)
        pdf.save(ziel := BytesIO())
    return ziel.getvalue()


def text(name, wert=None):
    feld = Dictionary(FT=Name.Tx, T=String(name))
    if wert is not None:
        feld.V = wert
    return feld


def choice(name, wert, *worte):
    return Dictionary(FT=Name.Btn, T=String(name), V=Name(wert), Opt=Array(map(String, worte)))


def test_values_are_read_by_the_full_name():
    eltern = Dictionary(T=String("person"), Kids=Array([text("name", String("Łucja\r\nMüller"))]))
    data = make_form(
        eltern,
        text("leer"),
        choice("stufe", "/1", "offen", "erreicht"),
        choice("nichts", "/Off", "offen"),
        choice("wort", "/erreicht"),
    )
    assert read_form_apart(data) == {
        "person.name": "Łucja\nMüller",
        "leer": "",
        "stufe": "erreicht",
        "nichts": "",
        "wort": "erreicht",
    }


def make_filled(wert):
    """Return a PDF with one visible field, filled in by a viewer that draws nothing itself."""
    with pikepdf.open(BytesIO(proben.make_pdf())) as pdf:
        feld = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("a"),
                V=String(wert),
                DA=String("/Helv 20 Tf 0 g"),
                Rect=[20, 20, 190, 60],
                F=4,
            )
        )
        pdf.pages[0].obj.Annots = Array([feld])
        schrift = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([feld]),
            DR=Dictionary(Font=Dictionary(Helv=pdf.make_indirect(schrift))),
            NeedAppearances=True,
        )
        pdf.save(ziel := BytesIO())
    return ziel.getvalue()


def test_preview_and_blackened_copy_show_what_was_filled_in():
    def dark(seite):
        return sum(seite.convert("L").histogram()[:100])

    leer, voll = make_filled(""), make_filled("WWWWWW")
    (vorher,), (nachher,) = (render(data, 0, 1, 400) for data in (leer, voll))
    assert dark(nachher) > dark(vorher) + 100
    [(_, vorher, _)], [(_, nachher, _)] = (list(pages_of("pdf", data)) for data in (leer, voll))
    assert dark(nachher) > dark(vorher) + 100


def _ring():
    with pikepdf.open(BytesIO(proben.make_pdf())) as pdf:
        feld = pdf.make_indirect(Dictionary(T=String("a")))
        feld.Kids = Array([feld])
        pdf.Root.AcroForm = Dictionary(Fields=Array([feld]))
        pdf.save(ziel := BytesIO())
    return ziel.getvalue()


@pytest.mark.parametrize(
    ("data", "satz"),
    [
        (proben.make_pdf(), formular.OHNE_FELDER),
        (make_form(), formular.OHNE_FELDER),
        (make_form(text("a"), text("a")), "steht zweimal"),
        (make_form(text("a", String("x" * 20_001))), "mehr als 20000 Zeichen"),
        (make_form(*(text(str(n)) for n in range(2001))), "mehr als 2000 Felder"),
        (make_form(text("a", Array([1]))), BESCHAEDIGT),
        (_ring(), BESCHAEDIGT),
        (b"%PDF-1.7 nichts", BESCHAEDIGT),
    ],
    ids=["ohne", "leer", "doppelt", "lang", "viele", "kein Text", "Ring", "kaputt"],
)
def test_what_no_form_of_people_looks_like_is_refused(data, satz):
    with pytest.raises(Ablehnung, match=satz.split("(")[0]):
        read_form_apart(data)
