import json

import pytest

from recht.kommandozeile import HILFE, run_command
from tests.recht.kommandoprobe import BEKANNTGABE, FRIST, fehler, rufe

BEMESSUNG = {"stichtag": "2010-06-01", "positionen": [{"art": "sachkosten", "betrag": "46.00"}]}
BEITRAG = {"jahr": 2026, "einkommen": "60000.00", "art": "sv"}
STUNDEN = {"art": "stunden", "stunden": "3", "je": "woche", "satz": "48.00"}


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
