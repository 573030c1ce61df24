import io
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from recht.kommandozeile import HILFE, run_command

FRIST = {"frist": "F51", "ausloeser": "2026-04-06", "land": "BW"}
BEKANNTGABE = {"aufgabe": "2026-04-02", "weg": "post", "land": "BW"}
BEMESSUNG = {"stichtag": "2010-06-01", "positionen": [{"art": "sachkosten", "betrag": "46.00"}]}
BEITRAG = {"jahr": 2026, "einkommen": "60000.00", "art": "sv"}
STUNDEN = {"art": "stunden", "stunden": "3", "je": "woche", "satz": "48.00"}
WURZEL = Path(__file__).parents[2]


def rufe(befehl, *items):
    eingabe = json.dumps(items).encode()
    status, ausgabe = run_command([befehl], lambda: eingabe)
    return status, json.loads(ausgabe)


def fehler(befehl, item):
    status, [antwort] = rufe(befehl, item)
    assert status == 1
    assert list(antwort) == ["fehler"]
    return antwort["fehler"]


@pytest.mark.parametrize(
    ("befehl", "item", "felder"),
    [
        ("fristen", FRIST, "frist ausloeser ende_rechnerisch ende verschoben_wegen wiedervorlage"
         " norm rechtsstand schritte warnung"),
        ("bekanntgabe", BEKANNTGABE, "bekanntgabe widerspruch_bis norm schritte warnung grund"),
        ("bemessung", BEMESSUNG, "betrag gedeckelt rechenweg"),
        ("beitrag", BEITRAG, "grenze beitrag rechenweg norm"),
    ],
)  # fmt: skip
def test_answer_has_exactly_the_fields(befehl, item, felder):
    status, [antwort] = rufe(befehl, item)

    assert status == 0
    assert list(antwort) == felder.split()


def test_frist_with_pauses_and_first_day():
    _, antworten = rufe(
        "fristen",
        {**FRIST, "frist": "F56", "laenge": "1 Monat", "pausen": [["2026-04-10", "2026-04-20"]]},
        {**FRIST, "tagesbeginn": True},
        {**FRIST, "laenge": "3 Monate"},
        {**FRIST, "frist": "F37", "geltend_bis": "2026-05-31"},
        {**FRIST, "frist": "F14"},
        {"frist": "F12", "ausloeser": "2018-01-10", "land": "BW", "rechtsstand": "A"},
    )

    assert [a["ende"] for a in antworten] == [
        "2026-05-18", "2026-05-05", "2026-07-06", "2026-05-31", None, "2018-01-17"
    ]  # fmt: skip
    assert [antworten[0][f] for f in ("ausloeser", "ende_rechnerisch", "wiedervorlage")] == [
        "2026-04-06", "2026-05-17", "2026-05-18"
    ]  # fmt: skip
    assert antworten[0]["schritte"][0] == {
        "text": "Auslöser am Montag, 06.04.2026: Bekanntgabe des Anhörungsschreibens."
        " Dieser Tag zählt nicht mit.",
        "norm": "§ 26 Abs. 2 SGB X",
    }
    assert antworten[5]["rechtsstand"] == "A"


def test_first_day_counts_by_the_catalogue_unless_told_otherwise():
    bindung = {"frist": "F30", "ausloeser": "2005-12-01", "land": "BW"}

    _, antworten = rufe("fristen", bindung, {**bindung, "tagesbeginn": False})

    assert [a["ende"] for a in antworten] == ["2006-05-31", "2006-06-01"]


@pytest.mark.parametrize(
    ("befehl", "item", "satz"),
    [
        ("fristen", {**FRIST, "ausloeser": 1}, "ausloeser: „1“ ist kein Tag;"),
        ("fristen", {**FRIST, "pausen": [["x", "2026-04-10"]]}, "pausen: „x“ ist kein Tag;"),
        ("fristen", {**FRIST, "pausen": [["2026-04-10", "x"]]}, "pausen: „x“ ist kein Tag;"),
        ("fristen", {**FRIST, "geltend_bis": "x"}, "geltend_bis: „x“ ist kein Tag;"),
        (
            "fristen",
            {**FRIST, "pausen": [1]},
            "pausen: „1“ ist keine Pause; erwartet wird ein Paar aus erstem und letztem Tag.",
        ),
        ("bekanntgabe", {**BEKANNTGABE, "aufgabe": "x"}, "aufgabe: „x“ ist kein Tag;"),
        ("bekanntgabe", {**BEKANNTGABE, "zugang": "x"}, "zugang: „x“ ist kein Tag;"),
        ("bemessung", {**BEMESSUNG, "stichtag": "x"}, "stichtag: „x“ ist kein Tag;"),
        ("bemessung", {**BEMESSUNG, "ausnahme": 1}, "ausnahme: erwartet wird ein Text, nicht „1“."),
        ("beitrag", {**BEITRAG, "minderjaehrig": 1}, "minderjaehrig: „1“ ist nicht zulässig;"),
        (
            "bemessung",
            {**BEMESSUNG, "teilmonat": {"von": "x", "modus": "kalendertage"}},
            "teilmonat.von: „x“ ist kein Tag;",
        ),
    ],
)
def test_refusal_begins_with_the_name_of_the_field(befehl, item, satz):
    assert fehler(befehl, item).startswith(satz)


def test_bekanntgabe_with_its_options():
    _, antworten = rufe(
        "bekanntgabe",
        {**BEKANNTGABE, "rbb": "fehlt"},
        {**BEKANNTGABE, "weg": "elektronisch", "ausland": True},
        {**BEKANNTGABE, "zugang": "2026-04-11"},
    )

    assert [a["widerspruch_bis"] for a in antworten] == ["2027-04-06", "2026-07-06", "2026-05-11"]
    assert [a["bekanntgabe"] for a in antworten] == ["2026-04-06", "2026-04-06", "2026-04-11"]


AUSLAND = "§ 37 Abs. 2 S. 1 SGB X"


@pytest.mark.parametrize("ausland", [True, "ja", "Ja"])
def test_post_abroad_without_receipt_has_no_bekanntgabe(ausland):
    # § 37 Abs. 2 S. 1 SGB X: the fiction is one of post „im Inland“.
    status, [antwort] = rufe("bekanntgabe", {**BEKANNTGABE, "ausland": ausland, "zugang": None})

    assert (status, antwort["bekanntgabe"], antwort["widerspruch_bis"]) == (0, None, None)
    assert antwort["norm"] == AUSLAND
    assert antwort["grund"].startswith("Bei einem Versand ins Ausland (einfacher Brief) gibt es")


def test_post_abroad_counts_from_the_proven_receipt():
    # § 84 Abs. 1 S. 2 SGG: three months abroad; § 66 Abs. 2 SGG: one year without a right notice.
    # 03.04.2026 is before the fourth day: abroad there is no fourth day.
    abroad = {**BEKANNTGABE, "ausland": True, "zugang": "2026-04-03"}

    _, antworten = rufe(
        "bekanntgabe", abroad, {**abroad, "rbb": "fehlt"}, {**abroad, "rbb": "Unrichtig"}
    )

    assert {a["bekanntgabe"] for a in antworten} == {"2026-04-03"}
    assert [a["widerspruch_bis"] for a in antworten] == ["2026-07-03", "2027-04-05", "2027-04-05"]


# Widerspruchsfrist by sitz: from Tuesday 15.07. to Friday 15.08.2025 (Art. 1 FTG BY).
WOCHENENDE, AM_TAG = "2025-08-18", "2025-08-15"


@pytest.mark.parametrize(
    ("land", "sitz", "ende"),
    [
        ("BY", "München", WOCHENENDE),
        ("BY", "muenchen", WOCHENENDE),
        ("BY", "Stadt München", WOCHENENDE),
        (None, "München", WOCHENENDE),
        (None, {"gemeinde": "Augsburg"}, WOCHENENDE),
        ("BY", "BY-Augsburg", WOCHENENDE),
        ("BY", "mariae_himmelfahrt", WOCHENENDE),
        ("BY", "Mariä Himmelfahrt gilt hier", WOCHENENDE),
        ("BY", ["Mariä Himmelfahrt", "Friedensfest"], WOCHENENDE),
        ("BY", "katholisch", WOCHENENDE),
        ("BY", {"gemeinde": "Neudorf", "mariae_himmelfahrt": True}, WOCHENENDE),
        ("BY", {"gemeinde": "Nürnberg", "mariae_himmelfahrt": True}, WOCHENENDE),
        ("BY", "Nürnberg", AM_TAG),
        ("BY", "keine", AM_TAG),
        ("BY", [], AM_TAG),
        ("BY", {"mariae_himmelfahrt": False}, AM_TAG),
        ("BW", "Stuttgart", AM_TAG),
        ("SL", None, WOCHENENDE),
    ],
)
def test_sitz_decides_whether_15_august_is_a_holiday(land, sitz, ende):
    item = {"frist": "F51", "ausloeser": "2025-07-15", "land": land, "sitz": sitz}

    status, [antwort] = rufe("fristen", {k: v for k, v in item.items() if v is not None})

    assert (status, antwort["ende"], antwort["warnung"]) == (0, ende, "")


@pytest.mark.parametrize(
    ("land", "sitz", "aufgabe", "bis"),
    [
        # Fronleichnam 04.06.2026; Bekanntgabe 04.05., the month ends on that Thursday.
        ("SN", "Crostwitz", "2026-04-30", "2026-06-05"),
        ("SN", "Dresden", "2026-04-30", "2026-06-04"),
        ("TH", "Heilbad Heiligenstadt", "2026-04-30", "2026-06-05"),
        ("TH", "Erfurt", "2026-04-30", "2026-06-04"),
        ("NW", "Köln", "2026-04-30", "2026-06-05"),
        # Friedensfest 08.08.2025, a Friday.
        ("BY", "Augsburg", "2025-07-04", "2025-08-11"),
        ("BY", "München", "2025-07-04", "2025-08-08"),
    ],
)
def test_sitz_decides_the_end_of_the_widerspruchsfrist(land, sitz, aufgabe, bis):
    item = {"aufgabe": aufgabe, "weg": "post", "land": land, "sitz": sitz}

    _, [antwort] = rufe("bekanntgabe", item)

    assert (antwort["widerspruch_bis"], "Sitz der Behörde" in antwort["warnung"]) == (bis, False)


@pytest.mark.parametrize("sitz", [None, "BY", "Bayern", {"augsburger_friedensfest": False}])
def test_without_sitz_the_answer_says_what_hangs_on_it(sitz):
    item = {"frist": "F51", "ausloeser": "2025-07-15", "land": "BY", "sitz": sitz}
    brief = {"aufgabe": "2025-07-11", "weg": "post", "land": "BY", "sitz": sitz}

    (_, [frist]), (_, [bescheid]) = rufe("fristen", item), rufe("bekanntgabe", brief)

    assert (frist["ende"], bescheid["widerspruch_bis"]) == (AM_TAG, AM_TAG)
    assert frist["warnung"] == bescheid["warnung"]
    assert frist["warnung"] == (
        "Freitag, 15.08.2025 (Mariä Himmelfahrt) ist Feiertag in einem Teil des Landes Bayern."
        " Ob das am Sitz der Behörde gilt, ist nicht hinterlegt; gilt es dort, endet die Frist"
        " am Montag, 18.08.2025."
    )


def test_help_names_every_field_that_is_taken():
    for wort in ("sitz", "zugang", "ausland", "rbb", "richtig, fehlt oder falsch", "grund"):
        assert wort in HILFE


def test_beitrag_with_its_options():
    _, antworten = rufe(
        "beitrag",
        {**BEITRAG, "partner": None},
        {**BEITRAG, "partner": "ueber_grenze", "kinder": 1},
        {**BEITRAG, "minderjaehrig": True},
        {**BEITRAG, "minderjaehrig": False},
    )

    assert [a["grenze"] for a in antworten] == ["40341.00", "42714.00", "75936.00", "40341.00"]
    assert [a["beitrag"] for a in antworten] == ["390.00", "340.00", "0.00", "390.00"]


def test_share_of_a_month_may_name_its_end():
    teilmonat = {"von": "2026-03-01", "bis": "2026-03-15", "modus": "dreissigstel"}

    _, [antwort] = rufe("bemessung", {**BEMESSUNG, "teilmonat": teilmonat})

    assert antwort["betrag"] == "23.00"


def test_sachleistung_that_stays_counts_against_the_ceiling():
    positionen = [{"art": "sachkosten", "betrag": "1500.00"}]
    deckel = {"positionen": positionen, "sachleistung_vergleich": "1560.00", "daneben": "120.00"}

    _, [antwort] = rufe("bemessung", {**BEMESSUNG, **deckel})

    assert (antwort["betrag"], antwort["gedeckelt"]) == ("1440.00", True)


def test_one_bad_item_leaves_the_others():
    status, antworten = rufe("fristen", FRIST, {**FRIST, "land": "XX"}, FRIST)

    assert status == 1
    assert [next(iter(a)) for a in antworten] == ["frist", "fehler", "frist"]


def test_empty_list_is_answered_by_an_empty_list():
    assert rufe("fristen") == (0, [])


@pytest.mark.parametrize(
    ("befehl", "item", "text"),
    [
        ("fristen", {**FRIST, "frist": "F99"}, "steht nicht im Katalog; zulässig sind F01"),
        ("fristen", {**FRIST, "land": "XX"}, "zulässig sind BB, BE, BW"),
        ("fristen", {**FRIST, "land": ["BW"]}, "zulässig sind BB, BE, BW"),
        ("fristen", {**FRIST, "ausloeser": "2026-02-30"}, "gibt es im Kalender nicht"),
        ("fristen", {**FRIST, "ausloeser": "2003-12-31"}, "vom 01.01.2004 bis 31.12.2099"),
        ("fristen", {**FRIST, "ausloeser": "2100-01-01"}, "vom 01.01.2004 bis 31.12.2099"),
        ("fristen", {**FRIST, "ausloeser": 20260406}, "erwartet wird JJJJ-MM-TT"),
        ("fristen", {**FRIST, "frist": 51}, "frist: erwartet wird ein Text, nicht „51“"),
        ("fristen", {**FRIST, "pausen": "2026"}, "pausen: erwartet wird eine Liste"),
        ("fristen", {**FRIST, "pausen": ["2026-04-10"]}, "erwartet wird ein Paar"),
        ("fristen", {**FRIST, "pausen": [["2026-04-10"]]}, "erwartet wird ein Paar"),
        ("fristen", {**FRIST, "tagesbeginn": "ja"}, "erlaubt sind true und false"),
        ("fristen", {**FRIST, "rechtsstand": "C"}, "zulässig sind A, UE und B"),
        ("fristen", {**FRIST, "tag": 1}, "zulässig sind frist, ausloeser, land, pausen"),
        ("fristen", {"frist": "F51", "land": "BW"}, "erforderlich sind frist, ausloeser."),
        ("fristen", {"frist": "F51", "ausloeser": "2026-04-06"}, "Das Feld „land“ fehlt;"),
        ("fristen", {**FRIST, "land": "BY", "sitz": "Neudorf"}, "sitz: Welche örtlichen Feiertage"),
        ("fristen", {**FRIST, "land": "BY", "sitz": 5}, "sitz: „5“ ist nicht zulässig"),
        ("fristen", {**FRIST, "land": "BY", "sitz": ""}, "sitz: „“ ist nicht zulässig"),
        ("fristen", {**FRIST, "land": "BY", "sitz": "fronleichnam"}, "gibt es in Sachsen und"),
        ("fristen", {**FRIST, "sitz": "München"}, "sitz: München liegt in Bayern"),
        ("fristen", {**FRIST, "land": "BY", "sitz": {"ort": "x"}}, "Das Feld „ort“ ist nicht"),
        (
            "fristen",
            {**FRIST, "land": "BY", "sitz": {"mariae_himmelfahrt": 1}},
            "sitz.mariae_himmelfahrt: „1“ ist nicht zulässig",
        ),
        ("fristen", "F51", "Erwartet wird ein Objekt mit den Feldern frist, ausloeser, land"),
        ("fristen", None, "Erwartet wird ein Objekt"),
        ("bekanntgabe", {**BEKANNTGABE, "weg": "fax"}, "zulässig sind post, elektronisch"),
        ("bekanntgabe", {**BEKANNTGABE, "rbb": "x"}, "zulässig sind richtig, fehlt, falsch"),
        ("bekanntgabe", {**BEKANNTGABE, "ausland": 1}, "erlaubt sind true und false"),
        ("beitrag", {**BEITRAG, "einkommen": "-1.00"}, "erwartet wird eine nicht negative Zahl"),
        ("beitrag", {**BEITRAG, "einkommen": 60000.0}, "erwartet wird eine nicht negative Zahl"),
        ("beitrag", {**BEITRAG, "einkommen": "1,0"}, "Text mit Punkt, zum Beispiel „48.00“."),
        ("beitrag", {**BEITRAG, "jahr": "2026"}, "Jahr: „2026“ ist nicht möglich"),
        ("beitrag", {**BEITRAG, "jahr": 2027}, "vom 01.01.2013 bis 31.12.2026"),
        ("beitrag", {**BEITRAG, "partner": "x"}, "unter_grenze und ueber_grenze"),
        ("beitrag", {**BEITRAG, "kinder": 1.5}, "ganze Zahlen von 0 bis 30"),
    ],
)
def test_bad_item_says_what_is_allowed(befehl, item, text):
    assert text in fehler(befehl, item)


@pytest.mark.parametrize(
    ("angaben", "text"),
    [
        ({"positionen": []}, "mindestens eine"),
        ({"positionen": {}}, "positionen: erwartet wird eine Liste"),
        ({"positionen": [5]}, "zulässig sind pauschale, stunden, sachkosten"),
        ({"positionen": [{"art": "miete"}]}, "zulässig sind pauschale, stunden, sachkosten"),
        ({"positionen": [{"art": "sachkosten"}]}, "Das Feld „betrag“ fehlt"),
        ({"positionen": [{"art": "sachkosten", "betrag": "-5.00"}]}, "nicht negative Zahl"),
        ({"positionen": [{"art": "sachkosten", "betrag": "1.234"}]}, "nicht negative Zahl"),
        ({"positionen": [{**STUNDEN, "je": "tag"}]}, "zulässig sind woche und monat"),
        ({"positionen": [{**STUNDEN, "stunden": 3}]}, "stunden: „3“ ist nicht zulässig"),
        ({"positionen": [{**STUNDEN, "faktor": "4"}]}, "„faktor“ ist nicht bekannt"),
        ({"positionen": [{"art": "pauschale", "hbg": "3", "behinderungsart": "geistig"}]},
         "zulässig sind 1, 2, 3, 4 und 5"),
        ({"positionen": [{"art": "pauschale", "hbg": 3, "behinderungsart": "x"}]},
         "zulässig sind koerperlich, geistig"),
        ({"positionen": [{"art": "pauschale", "hbg": [3], "behinderungsart": "geistig"}]},
         "zulässig sind 1, 2, 3, 4 und 5"),
        ({"stichtag": "2003-01-01"}, "vom 01.01.2004"),
        ({"wochenfaktor": "x"}, "wochenfaktor"),
        ({"beitrag": "-270.00"}, "beitrag"),
        ({"sachleistung_vergleich": "-1"}, "sachleistung_vergleich"),
        ({"teilmonat": "2026-03-12"}, "Erwartet wird ein Objekt mit den Feldern von, modus, bis"),
        ({"teilmonat": {"von": "2026-03-12", "modus": "x"}}, "zulässig sind dreissigstel"),
        ({"teilmonat": {"von": "2026-02-30", "modus": "kalendertage"}}, "teilmonat.von"),
    ],
)  # fmt: skip
def test_bad_bemessung_says_what_is_allowed(angaben, text):
    assert text in fehler("bemessung", {**BEMESSUNG, **angaben})


@pytest.mark.parametrize(
    ("eingabe", "text"),
    [
        (
            b"",
            "Die Eingabe ist kein gültiges JSON; erwartet wird eine Liste von Objekten in UTF-8.",
        ),
        (b"{", "Die Eingabe ist kein gültiges JSON"),
        (b"\xff\xfe", "Die Eingabe ist kein gültiges JSON"),
        (b"[" * 200_000, "Die Eingabe ist kein gültiges JSON"),
        (b"[" + b"9" * 5000 + b"]", "Die Eingabe ist kein gültiges JSON"),
        (b"{}", "Die Eingabe ist keine Liste; erwartet wird eine JSON-Liste."),
        (b"[NaN]", "„NaN“ ist keine Zahl"),
    ],
)
def test_input_that_is_no_list_is_answered_by_one_error(eingabe, text):
    status, ausgabe = run_command(["fristen"], lambda: eingabe)

    assert status == 1
    [antwort] = json.loads(ausgabe)
    assert antwort["fehler"].startswith(text)


def test_byte_order_mark_is_accepted():
    status, _ = run_command(["fristen"], lambda: b"\xef\xbb\xbf[]")

    assert status == 0


@pytest.mark.parametrize("form", [["--stichtag", "2026-11-21"], ["--stichtag=2026-11-21"]])
def test_table_shows_all_values_of_the_day(form):
    status, ausgabe = run_command(["parameter", *form], bytes)

    zeilen = ausgabe.splitlines()
    assert status == 0
    assert zeilen[0].split() == [
        "Schlüssel", "Wert", "Einheit", "ab", "bis", "Norm", "Quelle", "geprüft", "am", "Grad"
    ]  # fmt: skip
    minijob = next(zeile for zeile in zeilen if zeile.startswith("minijob_grenze "))
    assert " ".join(minijob.split()).startswith(
        "minijob_grenze 603 EUR/Monat 01.01.2026 31.12.2026 § 8 Abs. 1a SGB IV"
    )
    assert zeilen[zeilen.index("") + 1] == (
        "55 Werte am 21.11.2026; 33 Reihen haben an diesem Tag keinen Wert."
    )
    assert any(zeile.startswith("Zu prüfen: Bezugsgröße") for zeile in zeilen)
    assert "Grad M: nicht geprüft; vor Gebrauch von der Behörde zu bestätigen" in zeilen
    assert not any(zeile.endswith(" ") for zeile in zeilen)
    assert ausgabe.endswith("gedeckt.\n")
    randtage = [run_command(["parameter", "--stichtag", tag], bytes)[1] for tag in
                ("2005-01-01", "2016-12-31")]  # fmt: skip
    assert "regelbedarfsstufe_1" in randtage[0]
    assert "pflegegeld.stufe1" in randtage[1]


@pytest.mark.parametrize(
    ("argumente", "status", "text"),
    [
        ([], 1, HILFE),
        (["--help"], 0, HILFE),
        (["-h"], 0, HILFE),
        (["--hilfe"], 0, HILFE),
        (["rechnen"], 1, "Den Befehl „rechnen“ gibt es nicht."),
        (["fristen", "F51"], 1, "Der Befehl „fristen“ nimmt keine weiteren Angaben entgegen."),
        (["parameter"], 1, "Erforderlich ist --stichtag JJJJ-MM-TT."),
        (["parameter", "--tag", "2026-01-01"], 1, "Erforderlich ist --stichtag JJJJ-MM-TT."),
        (["parameter", "--stichtag", "heute"], 1, "--stichtag: „heute“ ist kein Tag"),
        (["parameter", "--stichtag", "2026-02-30"], 1, "gibt es im Kalender nicht"),
        (["parameter", "--stichtag", "2003-12-31"], 1, "Für den 31.12.2003 ist kein Wert"),
        (["parameter", "--stichtag", "2031-01-02"], 0, "  offen  "),
        (["parameter", "--stichtag", "2004-01-01"], 0, "Werte am 01.01.2004"),
        (["parameter", "--stichtag", "2027-12-31"], 0, "Werte am 31.12.2027"),
    ],
)
def test_arguments_are_answered_in_german(argumente, status, text):
    ergebnis, ausgabe = run_command(argumente, bytes)

    assert ergebnis == status
    assert text in ausgabe


class Strom(io.BytesIO):
    """Standard stream whose bytes can be looked at."""

    @property
    def buffer(self):
        return self


def starte(monkeypatch, argumente, eingabe):
    ausgabe = Strom()
    monkeypatch.setattr(sys, "argv", ["recht", *argumente])
    monkeypatch.setattr(sys, "stdin", Strom(eingabe))
    monkeypatch.setattr(sys, "stdout", ausgabe)
    return laufe(monkeypatch), ausgabe.getvalue().decode()


def laufe(monkeypatch):
    """Run the package as a program; returns its exit status."""
    monkeypatch.delitem(sys.modules, "recht.__main__", raising=False)
    with pytest.raises(SystemExit) as ende:
        runpy.run_module("recht", run_name="__main__")
    return ende.value.code


def test_program_answers_in_utf8(monkeypatch):
    status, ausgabe = starte(monkeypatch, ["fristen"], json.dumps([FRIST]).encode())

    assert status == 0
    assert "Auslöser am Montag" in ausgabe


def test_program_survives_half_a_character(monkeypatch):
    status, ausgabe = starte(monkeypatch, ["fristen"], b'[{"frist": "\\ud800"}]')

    assert status == 1
    assert "fehler" in ausgabe


def test_program_ends_quietly_when_interrupted(monkeypatch):
    class Unterbrochen(Strom):
        def read(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Unterbrochen())
    monkeypatch.setattr(sys, "argv", ["recht", "fristen"])

    assert laufe(monkeypatch) == 1


def test_program_ends_quietly_when_the_reader_is_gone(monkeypatch):
    lesen, schreiben = os.pipe()
    os.close(lesen)
    with open(schreiben, "w") as strom:  # noqa: PTH123 - a descriptor has no path
        monkeypatch.setattr(sys, "stdout", strom)
        monkeypatch.setattr(sys, "argv", ["recht", "--help"])
        status = laufe(monkeypatch)

    assert status == 1


def test_program_import_is_importable_without_running():
    from recht.__main__ import main

    assert callable(main)


@pytest.mark.parametrize("utf8", [{}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_program_runs_from_the_shell_in_any_locale(utf8):
    ergebnis = subprocess.run(
        [sys.executable, "-m", "recht", "bekanntgabe"],
        input=json.dumps([BEKANNTGABE, {}]).encode(),
        capture_output=True,
        check=False,
        cwd=WURZEL,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", **utf8},
    )

    assert ergebnis.returncode == 1
    assert ergebnis.stderr == b""
    gut, schlecht = json.loads(ergebnis.stdout.decode("utf-8"))
    assert gut["widerspruch_bis"] == "2026-05-06"
    assert schlecht == {"fehler": "Das Feld „aufgabe“ fehlt; erforderlich sind aufgabe, weg."}
