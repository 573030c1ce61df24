"""Tables that come and go: nothing in them is ever computed, and what is too large is refused."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook

from cases.dateien.grenzen import Ablehnung, Tabellengrenzen, Tabellenwunsch
from cases.dateien.tabelle import read_table
from cases.export.tabelle import Blatt, disarm, write_csv, write_xlsx
from tests.cases.austausch.bausteine import as_xlsx, read_xlsx

PAYLOADS = [
    '=HYPERLINK("http://example.org","Klick")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "http://example.org",
]
HARMLOS = ["Müller-Lüdenscheidt", "O'Neill", "a=b", "Straße 1-3", "", "Ayşe"]


@pytest.mark.parametrize("text", PAYLOADS[:-1])
def test_csv_disarms_what_would_be_computed(text):
    assert disarm(text) == f"'{text}"
    roh = write_csv(Blatt("x", ["a"], [[text]])).decode("utf-8-sig")
    assert list(csv.reader(StringIO(roh, newline=""), delimiter=";"))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLOS)
def test_harmless_text_stays_as_it_is(text):
    assert disarm(text) == text


def test_workbook_keeps_every_payload_as_text():
    data = write_xlsx(Blatt("x", ["a", "b"], [[text, "z"] for text in PAYLOADS]))
    zellen = [row[0] for row in read_xlsx(data)[1:]]
    assert [str(z).replace("_x000D_", "\r").replace("\n=", "\r=") for z in zellen] == PAYLOADS
    teile = zipfile.ZipFile(BytesIO(data))
    blatt = teile.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in blatt
    assert b"hyperlink" not in blatt
    assert b'state="frozen"' in blatt


def test_days_and_numbers_are_typed():
    data = write_xlsx(Blatt("x", ["t", "b", "n"], [[date(2026, 3, 5), Decimal("842.10"), 3]]))
    tag, betrag, zahl = read_xlsx(data)[1]
    assert (tag.date(), betrag, zahl) == (date(2026, 3, 5), 842.1, 3)


def test_csv_is_what_german_excel_opens():
    roh = write_csv(Blatt("x", ["Tag", "Betrag"], [[date(2026, 3, 5), Decimal("842.10")]]))
    assert roh == "\ufeffTag;Betrag\r\n05.03.2026;842,10\r\n".encode()


@pytest.mark.parametrize("kodierung", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("trenner", [";", ",", "\t"])
def test_encoding_and_delimiter_are_found(kodierung, trenner):
    text = trenner.join(["Straße", '"Name; Vorname, Titel"']) + "\r\n" + f"Öl{trenner}x\r\n"
    tabelle = read_table(text.encode(kodierung))
    assert (tabelle.kopf, tabelle.zeilen) == (
        ["Straße", "Name; Vorname, Titel"],
        [(2, ["Öl", "x"])],
    )


def test_workbook_is_read_as_somebody_would_type_it():
    kopf = ["Tag", "Betrag", "Zahl", "Wort"]
    data = as_xlsx(kopf, [date(2026, 3, 5), 842.1, 7, "  ja "], [None] * 4, ["", None, 1, "x"])
    assert read_table(data).zeilen == [
        (2, ["05.03.2026", "842,1", "7", "ja"]),
        (4, ["", "", "1", "x"]),
    ]


def test_own_csv_can_be_read_again():
    roh = write_csv(Blatt("x", ["Telefon"], [["+49 7999 100"]]))
    assert read_table(roh).zeilen == [(2, ["+49 7999 100"])]


def bomb() -> bytes:
    puffer = BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("xl/workbook.xml", b"0" * 120_000_000)
    return puffer.getvalue()


def with_entity() -> bytes:
    puffer, alt = BytesIO(), zipfile.ZipFile(BytesIO(as_xlsx(["a"], ["b"])))
    with zipfile.ZipFile(puffer, "w") as archiv:
        for name in alt.namelist():
            inhalt = alt.read(name)
            if name == "xl/workbook.xml":
                inhalt = b'<!DOCTYPE x [<!ENTITY e "e">]>' + inhalt
            archiv.writestr(name, inhalt)
    return puffer.getvalue()


SCHLECHT = {
    "leer": (b"", "Die Datei ist leer."),
    "nur Kopf": (b"a;b\r\n", "In der Datei steht keine Zeile unter den \u00dcberschriften."),
    "doppelt": (b"a;A\r\n1;2\r\n", "kommt mehrfach vor"),
    "zu breit": (b"a;b\r\n1;2;3\r\n", "Zeile 2 hat mehr Zellen"),
    "offen": (b'a;b\r\n"1;2\r\n', "fehlt ein Anf\u00fchrungszeichen"),
    "binaer": (b"\x00\x01\x02", "weder eine CSV-Datei noch"),
    "alt": (b"\xd0\xcf\x11\xe0rest", "im alten Format"),
    "zip": (b"PK\x03\x04rest", "besch\u00e4digt"),
    "bombe": (bomb(), "entpackt gr\u00f6\u00dfer"),
    "entity": (with_entity(), "besch\u00e4digt"),
}


@pytest.mark.parametrize("name", SCHLECHT)
def test_bad_file_gets_its_sentence(name):
    data, text = SCHLECHT[name]
    with pytest.raises(Ablehnung, match=text):
        read_table(data)


def test_limits_of_size_and_rows():
    with pytest.raises(Ablehnung, match="mehr als 2 Zeilen"):
        read_table(b"a\r\n1\r\n2\r\n3\r\n", Tabellengrenzen(zeilen=2))
    with pytest.raises(Ablehnung, match="Bitte teilen Sie sie auf"):
        read_table(b"a" * 11, Tabellengrenzen(byte=10))


WUNSCH = Tabellenwunsch(("Nachname", "Ort", "Betrag"))


def book(*blaetter: tuple[str, list[list[object]]], versteckt: str = "") -> bytes:
    """Return a workbook with these sheets."""
    mappe, puffer = Workbook(), BytesIO()
    mappe.remove(mappe.active)
    for name, zeilen in blaetter:
        blatt = mappe.create_sheet(name)
        for row in zeilen:
            blatt.append(row)
        blatt.sheet_state = "hidden" if name == versteckt else "visible"
    mappe.save(puffer)
    return puffer.getvalue()


KOPF = ["Nachname", "Ort", "Betrag"]


def test_pipes_part_cells():
    tabelle = read_table("Nachname|Ort\nMüller|Aalen, Ost".encode("cp1252"))
    assert tabelle.zeilen[0][1] == ["Müller", "Aalen, Ost"]
    assert "Strich" in tabelle.gelesen_als


@pytest.mark.parametrize("versteckt", ["", "2020"])
def test_rows_on_a_second_sheet_are_not_left_out_without_a_word(versteckt):
    data = book(
        ("2019", [KOPF, ["Alt", "Au", 1]]),
        ("2020", [KOPF, ["Neu", "Au", 2]]),
        versteckt=versteckt,
    )
    with pytest.raises(Ablehnung, match="„2019“ und „2020“"):
        read_table(data, wunsch=WUNSCH)
    gewaehlt = read_table(data, wunsch=Tabellenwunsch(WUNSCH.kopf, "2020"))
    assert gewaehlt.zeilen[0][1][0] == "Neu"


def test_a_formula_without_its_value_is_named_with_its_cell():
    data = book(("Tabelle1", [KOPF, ["Alt", "Au", "=1+1"]]))
    with pytest.raises(Ablehnung, match="In Zelle C2 steht eine Formel ohne"):
        read_table(data, wunsch=WUNSCH)
