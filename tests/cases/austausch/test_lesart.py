"""How an old file writes its cells: days, lost zeros, broken letters, words, totals, titles."""

from __future__ import annotations

from datetime import date

import pytest

from cases.austausch.forms.bestandsfall import ZeileForm
from cases.austausch.queries.altzeichen import mended
from cases.austausch.queries.lernen import profile_of
from cases.austausch.queries.lesart import is_total, read_cells
from cases.austausch.queries.summen import Summe
from cases.austausch.queries.woerter import words_of_text
from cases.dateien.grenzen import Tabelle, Tabellenwunsch
from cases.dateien.tabelle import read_table
from cases.states.austausch import FELDER
from tests.cases.austausch.bausteine import zeile

HEUTE = date(2026, 3, 5)


def read(woerter=None, plz_nullen=False, form="deutsch", **felder: str):
    zellen = dict.fromkeys(FELDER, "") | zeile(**felder)
    return read_cells(
        zellen,
        datumsform=form,
        woerter=woerter or {},
        plz_nullen=plz_nullen,
        stichtag=HEUTE,
    )


TAGE = [
    ("geburtsdatum", "17.04.85", "deutsch", "17.04.1985"),
    # 120 years old is nobody, so it is the child.
    ("geburtsdatum", "17.04.06", "deutsch", "17.04.2006"),
    ("geburtsdatum", "17.04.16", "deutsch", "17.04.2016"),
    # The case began before such a child was born.
    ("geburtsdatum", "17.04.22", "deutsch", "17.04.1922"),
    ("antrag_am", "02.05.19", "deutsch", "02.05.2019"),
    ("antrag_am", "02.05.98", "deutsch", "02.05.1998"),
    ("wiedervorlage_am", "01.12.30", "deutsch", "01.12.2030"),
    ("antrag_am", "05/02/19", "amerikanisch", "02.05.2019"),
    ("antrag_am", "02/05/19", "schraeg", "02.05.2019"),
    ("antrag_am", "190502", "kompakt", "02.05.2019"),
    ("antrag_am", "20190502", "kompakt", "2019-05-02"),
    ("antrag_am", "02.05.2019", "deutsch", "02.05.2019"),
    ("antrag_am", "31.02.19", "deutsch", "31.02.19"),
]


@pytest.mark.parametrize(("feld", "text", "form", "gelesen"), TAGE)
def test_years_with_two_figures_are_read_where_only_one_can_be_meant(feld, text, form, gelesen):
    eroeffnet = {"kompakt": "20190502", "schraeg": "02/05/2019", "amerikanisch": "05/02/2019"}
    lesart = read(form=form, **{feld: text, "eroeffnet_am": eroeffnet.get(form, "02.05.2019")})
    wert = lesart.werte[feld]
    assert wert == gelesen
    assert (feld in lesart.hinweise) == (len(text) <= 8 and wert not in (text, "2019-05-02"))


def test_a_birth_date_that_may_be_in_two_centuries_is_asked():
    """Somebody of 104 or a child of one, when the case began in 2023."""
    lesart = read(geburtsdatum="17.04.22", eroeffnet_am="02.05.2023")
    assert lesart.werte["geburtsdatum"] == "17.04.22"
    assert lesart.hinweise == {}


BUCHSTABEN = {
    "MÃ¼ller": "Müller",
    "StraÃŸe": "Straße",
    "Ã–zdemir": "Özdemir",
    "Łucja": "Łucja",
    "Ângela": "Ângela",
    "São": "São",
}


@pytest.mark.parametrize("falsch", BUCHSTABEN)
def test_text_read_in_the_wrong_code_is_mended(falsch):
    assert mended(falsch) == BUCHSTABEN[falsch]


@pytest.mark.parametrize("verloren", ["Y?lmaz", "M„rz", "M\ufffdller"])
def test_a_lost_letter_is_a_fault_that_says_what_to_do(verloren):
    assert "noch einmal als UTF-8" in read(nachname=verloren).fehler["nachname"][0]


def test_a_question_mark_at_the_end_of_a_word_is_no_lost_letter():
    assert read(nachname="Kunze?").fehler == {}


def test_signs_that_no_letter_prints_are_a_fault_and_bullets_are_replaced():
    assert "kein Schreiben drucken" in read(begehren="Hilfe 🏠").fehler["begehren"][0]
    assert read(vorname="Eri\u00adka").werte["vorname"] == "Erika"


def test_lost_zero_is_put_back_only_where_the_profile_says_so():
    assert read(plz="1067").werte["plz"] == "1067"
    gelesen = read(plz="1067", plz_nullen=True)
    assert gelesen.werte["plz"] == "01067"
    assert gelesen.hinweise["plz"] == ["„1067“ als „01067“ gelesen."]
    assert read(plz="1010", land="Österreich", plz_nullen=True).werte["plz"] == "1010"


def test_words_of_the_file_mean_what_was_said():
    woerter = {"zustand": {"lfd.": "leistung_laeuft"}, "budget": {"j": "ja"}}
    gelesen = read(woerter, zustand=" LFD. ", budget="J").werte
    assert (gelesen["zustand"], gelesen["budget"]) == ("leistung_laeuft", "ja")


@pytest.mark.parametrize(
    ("zellen", "summe"),
    [
        (["Summe", "", "", "", "", "12.345,67"], True),
        (["", "", "Gesamtsumme:", "", "", "842,10"], True),
        (["Anzahl Fälle", "", "", "42", "", ""], True),
        (["ALT-1", "Summer", "Anna", "01.02.1980", "", "842,10"], False),
        (["", "", "", "", "", "842,10"], False),
    ],
)
def test_a_totals_row_is_no_case(zellen, summe):
    assert is_total(zellen) is summe


def test_sums_count_what_a_faulty_row_says_too():
    summe = Summe()
    summe.add({"vorname": "Eva", "nachname": "MÜLLER", "geburtsdatum": "1985-04-17"})
    summe.add(zeile(vorname="eva", nachname="Müller", betrag="1.842,10 €", zustand="beendet"))
    summe.add(zeile(betrag="viel", geburtsdatum="kaputt"))
    gezaehlt = summe.as_dict()
    assert (gezaehlt["zeilen"], gezaehlt["personen"], gezaehlt["laufend"]) == (3, 2, 2)
    assert gezaehlt["betrag"] == "1842.10"
    assert gezaehlt["ohne_tag"] == 1


def test_words_of_a_profile_are_read_line_by_line():
    text = "Zustand: lfd. = Leistung läuft\n\nAnrede: Fr. = Frau\nFallmanagement: Alt, K. = brandt"
    woerter, fehler = words_of_text(text)
    assert fehler == []
    assert woerter == {
        "zustand": {"lfd.": "leistung_laeuft"},
        "anrede": {"fr.": "frau"},
        "fallmanagement": {"alt, k.": "brandt"},
    }
    _, fehler = words_of_text("lfd.\nFarbe: rot = blau\nZustand: lfd. = geplant")
    assert [text.split(":")[0] for text in fehler] == ["Zeile 1", "Zeile 2", "Zeile 3"]
    assert "„Leistung läuft“" in fehler[2]


KOPF = "Az;Name;Vorname;Geb.-Datum;Str.;PLZ;Wohnort;SB;Status;Beginn;Fr./Hr."
ALT = (
    "sep=;\r\nFallliste Stand 01.03.26, Team Nord\r\n\r\n"
    f"{KOPF}\r\n"
    "A-1;Müller;Eva;17.04.85;Weg 1;1067;Dresden;Alt;lfd.;02.05.19;Fr.\r\n"
)


def test_title_and_sep_above_the_headings_are_left_out():
    tabelle = read_table(ALT.encode("cp1252"), wunsch=Tabellenwunsch(kopf=tuple(KOPF.split(";"))))
    assert tabelle.kopf == KOPF.split(";")
    assert [nummer for nummer, _ in tabelle.zeilen] == [5]
    assert "Windows-1252, getrennt durch Semikolon" in tabelle.gelesen_als
    genannt = read_table(ALT.encode("cp1252"), wunsch=Tabellenwunsch(kopfzeile=4))
    assert genannt == tabelle


def test_profile_is_learned_from_the_headings_and_cells_of_a_sample():
    zeilen = [(2, ["A-1", "Müller", "Eva", "04/17/1985", "1067", "lfd.", "02/05/2019", "Fr."])]
    kopf = ["Az.", "Name", "Vorname", "Geb.-Datum", "PLZ", "Status", "Beginn", "Anrede"]
    gelernt = profile_of(Tabelle(kopf, zeilen, ""))
    assert gelernt["zuordnung"] == {
        "aktenzeichen": "Az.",
        "nachname": "Name",
        "vorname": "Vorname",
        "geburtsdatum": "Geb.-Datum",
        "plz": "PLZ",
        "zustand": "Status",
        "eroeffnet_am": "Beginn",
        "anrede": "Anrede",
    }
    assert (gelernt["datumsform"], gelernt["plz_nullen"]) == ("amerikanisch", True)
    assert gelernt["woerter"] == {
        "zustand": {"lfd.": "leistung_laeuft"},
        "anrede": {"fr.": "frau"},
    }


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("1.2.1985 00:00", "1.2.1985"),
        ("1985-02-01 00:00:00.000", "1985-02-01"),
        ("1985-02-01T00:00:00", "1985-02-01"),
        ("01.02.85 00:00", "01.02.1985"),
    ],
)
def test_a_day_with_the_clock_of_a_database_is_that_day(text, tag):
    lesart = read(geburtsdatum=text)
    assert lesart.werte["geburtsdatum"] == tag
    assert f"„{text}“ als" in lesart.hinweise["geburtsdatum"][0]


def test_a_number_of_days_is_asked_with_the_day_it_may_mean():
    assert read(geburtsdatum="31079").fehler["geburtsdatum"] == [
        "„31079“ ist eine Tageszahl der Tabelle, vermutlich der 01.02.1985. Bitte geben Sie die "
        "Spalte als Datum aus."
    ]


@pytest.mark.parametrize(
    ("text", "gelesen"),
    [
        ("1,234.56", "1234,56"),
        ("1234.5", "1234,5"),
        ("1.234,56 €", "1.234,56 €"),
        ("1,234", "1,234"),
    ],
)
def test_an_amount_of_the_english_way_is_read_where_it_means_one_thing(text, gelesen):
    assert read(betrag=text).werte["betrag"] == gelesen


def test_sums_read_amounts_as_the_rows_do_and_count_what_is_unclear():
    summe = Summe()
    for betrag in ("1.234", "1,234.56", "12,-", "1 000,00", "842,10-", "viel", ""):
        summe.add(zeile(betrag=betrag))
    assert (summe.as_dict()["betrag"], summe.as_dict()["unlesbar"]) == ("3480.56", 2)


@pytest.mark.parametrize(
    ("falsch", "richtig"),
    [
        ("Åžahin", "Şahin"),
        ("MureÈ™an", "Mureșan"),
        ("Nguyá»…n", "Nguyễn"),
        ("Oâ€™Neil", "O’Neil"),
        ("MÃƒÂ¼ller", "Müller"),
        ("Ã\x81lvarez", "Álvarez"),
        ("M&uuml;ller", "Müller"),
        ("Čapek", "Čapek"),
        ("Élise", "Élise"),
    ],
)
def test_every_letter_in_the_wrong_code_is_mended(falsch, richtig):
    lesart = read(nachname=falsch)
    assert (lesart.werte["nachname"], lesart.fehler) == (richtig, {})


@pytest.mark.parametrize("verloren", ["M\x81ller", "MŸller", "M¸ller", "VoilÃ"])
def test_letters_of_other_codes_are_lost(verloren):
    assert "verloren gegangen" in read(nachname=verloren).fehler["nachname"][0]


def test_what_a_spreadsheet_shows_instead_of_a_value_is_a_fault():
    assert "keinen Wert" in read(ort="#NV").fehler["ort"][0]
    assert "gerundet" in read(telefon="4,91511E+11").fehler["telefon"][0]


def test_a_name_with_more_than_one_part_is_asked_or_said():
    doppelt = read(nachname="Müller, Jürgen Dr.", vorname="")
    assert "nur ihn stehen („Müller“)" in doppelt.fehler["nachname"][0]
    assert "ganz als Nachname" in read(nachname="Jürgen Müller", vorname="").hinweise["nachname"][0]
    assert "eigenes Feld" in read(nachname="Dr. Müller").hinweise["nachname"][0]


def row_faults(**felder: str):
    """Return the messages and values of one row of a file."""
    form = ZeileForm(stichtag=HEUTE, teamnamen={"team nord"}, personen={"fallmanager": 1})
    return form.check_row(dict.fromkeys(FELDER, "") | zeile(**felder)), form.cleaned_data


@pytest.mark.parametrize(
    ("felder", "art", "strasse"),
    [
        ({"strasse": "Pf. 12 34"}, "postfach", "12 34"),
        ({"strasse": "Postfach-Nr. 1234"}, "postfach", "1234"),
        ({"strasse": "o.f.W.", "zusatz": "c/o Caritas"}, "ohne_wohnsitz", ""),
        ({"strasse": "", "plz": "9490", "land": "LI", "ort": "Vaduz"}, "strasse", ""),
    ],
)
def test_addresses_without_a_street_are_read_as_such(felder, art, strasse):
    fehler, werte = row_faults(**felder)
    assert fehler == {}
    assert (werte["anschriftart"], werte["strasse"]) == (art, strasse)


@pytest.mark.parametrize(
    ("felder", "feld", "text"),
    [
        ({"strasse": "ohne festen Wohnsitz"}, "zusatz", "wo Post sie erreicht"),
        ({"strasse": "unbekannt"}, "strasse", "Straße und Hausnummer"),
        ({"strasse": "-"}, "strasse", "Straße und Hausnummer"),
        ({"plz": "F-67000"}, "plz", "als Land Frankreich"),
        ({"plz": "O-1067"}, "plz", "vor Juli 1993"),
        ({"plz": ""}, "plz", "Diese Angabe fehlt"),
    ],
)
def test_no_letter_goes_to_a_word_instead_of_a_street(felder, feld, text):
    fehler, _ = row_faults(**felder)
    assert text in fehler[feld][0]
