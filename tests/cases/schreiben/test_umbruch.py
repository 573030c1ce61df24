"""What must not be torn at the end of a line, in words of templates and of people."""

from __future__ import annotations

import pytest

from cases.schreiben.satz import pdf as satz
from cases.schreiben.satz.brief import render_brief
from cases.schreiben.satz.umbruch import keep_together, protect
from tests.cases.schreiben.proben import make_daten, make_kopf
from tests.cases.schreiben.pruefer import check_pdf, text_of
from tests.cases.schreiben.seiten import check_pages, lines_of, set_pages
from tests.cases.schreiben.test_pdf import failures

GEBUNDEN = [
    "§_29 und §_29_Abs._4",
    "§_29_Abs._4_S._2_Nr._4_SGB_IX",
    "nach Abs._2 Satz_3".replace("2 Satz", "2_Satz"),
    "§§_14 und 15_SGB_XI".replace("14 und 15", "14_und_15"),
    "§§_53,_54_SGB_XII",
    "§§_141-145_SGB_XII",
    "§_36a_Abs._2a_SGB_I",
    "§_84_Abs._1_SGG",
    "Art._13_DSGVO",
    "§_1_AGSGB_IX_BW",
    "am 1._Dezember_2025",
    "im Dezember_2025",
    "am 01._12._2025",
    "2.714,00_€ und 42,50_Euro",
    "1_050,00_EUR",
    "6_Stunden in der Woche, 90_%",
    "z._B. und d._h. und i._V._m.",
    "Dr._Hübner und Frau_Berg",
    "J._Brandt",
    "Pflegegrad_2, Pflegestufe_II, GdB_80, Zimmer_2.14",
    "Wort_– und weiter",
    "Amt, Schlossplatz_1, 70999_Musterau",
]


@pytest.mark.parametrize("satz", GEBUNDEN)
def test_parts_stay_together(satz):
    gebunden = satz.replace("_", "\u00a0")
    assert protect(satz.replace("_", " ")) == gebunden
    assert keep_together(f"<p>{satz.replace('_', chr(10) + '  ')}</p>") == f"<p>{gebunden}</p>"


@pytest.mark.parametrize(
    "satz", ["Das Amt hat 12 Räume.", "Wir sind am Ziel. Er kam.", "Abs. ohne Zahl", "im Mai kommt"]
)
def test_other_words_may_break(satz):
    assert "\u00a0" not in protect(satz)


def test_marks_are_left_alone_and_a_table_may_break_before_the_law():
    assert keep_together('<a title="§ 29 SGB IX">x</a>') == '<a title="§ 29 SGB IX">x</a>'
    zelle = keep_together("<table><td>§ 113 Abs. 2 SGB IX</td></table><p>§ 113 Abs. 2 SGB IX</p>")
    assert zelle == (
        "<table><td>§_113_Abs._2 SGB_IX</td></table><p>§_113_Abs._2_SGB_IX</p>".replace(
            "_", "\u00a0"
        )
    )


SATZ = "Das Persönliche Budget beruht auf § 29 Abs. 4 Satz 2 SGB IX und gilt ab 1. Dezember 2026. "


@pytest.mark.parametrize("anfang", range(0, 60, 4))
def test_words_that_people_type_are_protected_at_every_place_of_a_line(anfang):
    daten = make_daten(absaetze=["x" * anfang + " " + SATZ * 3], zeilen=[], schritte=[])
    assert check_pages(set_pages("probe", daten)) == []


@pytest.mark.parametrize("gross", [False, True])
@pytest.mark.parametrize("zeilen", [*range(1, 45, 2)])
def test_sum_stands_with_two_rows_wherever_the_table_ends(zeilen, gross):
    rows = [{"monat": f"M{n}", "leistung": "Assistenz", "betrag": f"{n}.00"} for n in range(zeilen)]
    daten = make_daten(kopf=make_kopf(grossdruck=gross), zeilen=rows, schritte=[])
    assert check_pages(set_pages("probe", daten)) == []


def test_address_in_the_head_breaks_behind_its_sign_and_its_label_never():
    kopf = make_kopf()
    kopf["ansprechpartner"]["email"] = "hannelore.beispiel-musterfrau@landkreis-musterau.example"
    zeilen = [z.text for z in lines_of(set_pages("probe", make_daten(kopf=kopf))[0])]
    assert "E-Mail" in " ".join(zeilen)
    assert "hannelore.beispiel-musterfrau@" in " ".join(zeilen).replace("\u200b", "")
    pdf = render_brief(art="probe", titel="Bescheid", daten=make_daten(kopf=kopf)).pdf
    assert "landkreis-musterau.example" in text_of(pdf)
    assert (failures(pdf), check_pdf(pdf)) == ([], [])


LANG = "599,00 € im Monat sind für diese Leistung bestimmt. Einen Nachweis brauchen Sie dazu nicht."


@pytest.mark.parametrize(
    "absatz",
    [
        f"{LANG}\n ",
        f"{LANG} <strong>Neu</strong> und mehr",
        f'{LANG} <span class="norm">§ 29 SGB IX</span>',
        f"<strong>{LANG} </strong>Und mehr",
        f"<strong>{LANG}</strong> ",
        f"{LANG} <br>Neu",
    ],
)
def test_line_is_full_at_every_width(absatz):
    """A blank that alone has no room any more must not tear the line after its first word."""
    seiten = "".join(
        f"<p style='width: {zehntel / 10}mm'>{absatz}</p>" for zehntel in range(1640, 1670)
    )
    html = f"<!doctype html><html lang=de><head><title>x</title></head><body>{seiten}</body></html>"
    with satz._lock, satz._strict():
        pages = satz._lay_out(keep_together(html), {}, satz._images({})).pages
    assert not [f for f in check_pages(pages) if "endet vor" in f]


def test_blank_between_words_is_never_lost():
    html = "<p> Ein <em>Wort </em>und <a href='#'>noch</a> eins. </p>\n<ul>\n<li>Eins </li> </ul>"
    gesetzt = keep_together(html)
    assert gesetzt == (
        "<p> Ein<em> Wort</em> und<a href='#'> noch</a> eins.</p>\n<ul>\n<li>Eins</li> </ul>"
    )
    assert keep_together(gesetzt) == gesetzt
