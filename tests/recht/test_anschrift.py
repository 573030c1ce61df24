"""What an address is, at home and abroad, and how it stands in the window."""

from __future__ import annotations

import pytest

from recht.anschrift import (
    Anschriftart,
    Anschriftwert,
    check_anschrift,
    check_land,
    check_plz,
    land_of_zeilen,
)
from recht.fehler import EingabeUngueltig
from recht.laender import LAENDER

POSTFACH, GROSS, OHNE = (
    Anschriftart.POSTFACH,
    Anschriftart.GROSSEMPFAENGER,
    Anschriftart.OHNE_WOHNSITZ,
)


@pytest.mark.parametrize(
    ("wert", "zeilen"),
    [
        (Anschriftwert("Ulm", "89073", "Weg 1"), ["Weg 1", "89073 Ulm"]),
        (Anschriftwert("Ulm", "89073", "Weg 1", "c/o Maier"), ["c/o Maier", "Weg 1", "89073 Ulm"]),
        (Anschriftwert("Ulm", "89001", "12 34", art=POSTFACH), ["Postfach 12 34", "89001 Ulm"]),
        (Anschriftwert("Ulm", "89070", art=GROSS), ["89070 Ulm"]),
        (
            Anschriftwert("Ulm", "89073", "Weg 2", "c/o Fachberatung", art=OHNE),
            ["c/o Fachberatung", "Weg 2", "89073 Ulm"],
        ),
        (
            Anschriftwert("Zürich", "8001", "Gasse 3", land="CH"),
            ["Gasse 3", "8001 ZÜRICH", "SCHWEIZ"],
        ),
        (
            Anschriftwert("London", "SW1A 1AA", "10 Downing Street", land="GB"),
            ["10 Downing Street", "LONDON SW1A 1AA", "VEREINIGTES KÖNIGREICH"],
        ),
    ],
)
def test_lines_of_an_address(wert, zeilen):
    assert wert.zeilen() == zeilen
    assert land_of_zeilen(["Name", *zeilen]) == wert.land
    assert check_anschrift(wert) == {}


@pytest.mark.parametrize(
    ("plz", "land", "ergebnis"),
    [
        ("01067", "DE", "01067"),
        ("D-70173", "DE", "70173"),
        ("8001", "CH", "8001"),
        ("CH-8001", "CH", "8001"),
        ("A 1010", "AT", "1010"),
        ("67000", "FR", "67000"),
        ("1012ab", "NL", "1012 AB"),
        ("00001", "PL", "00-001"),
        ("sw1a1aa", "GB", "SW1A 1AA"),
        ("", "AE", ""),
    ],
)
def test_postal_code_as_the_country_writes_it(plz, land, ergebnis):
    assert check_plz(plz, land) == ergebnis


@pytest.mark.parametrize(
    ("plz", "land", "rat"),
    [
        ("1067", "DE", "Fehlt die Null am Anfang (01067)?"),
        ("8001", "DE", "Liegt der Ort im Ausland, wählen Sie das Land aus."),
        ("7017", "FR", "Sie sieht dort so aus: 67000."),
        ("70173", "CH", "Sie sieht dort so aus: 8001."),
        ("99999", "DE", "gibt es nicht"),
        ("abc", "DE", "fünf Ziffern"),
    ],
)
def test_wrong_postal_code_says_what_to_do(plz, land, rat):
    with pytest.raises(EingabeUngueltig) as error:
        check_plz(plz, land)
    assert rat in str(error.value)


@pytest.mark.parametrize(
    ("wert", "fehlt"),
    [
        (Anschriftwert("", "", ""), {"ort", "plz", "strasse"}),
        (Anschriftwert("Ulm", "89073", ""), {"strasse"}),
        (Anschriftwert("Ulm", "89073", "", art=POSTFACH), {"strasse"}),
        (Anschriftwert("Ulm", "89073", "", art=OHNE), {"zusatz"}),
        (Anschriftwert("Zürich", "", "Gasse 3", land="CH"), {"plz"}),
        (Anschriftwert("Dubai", "", "", land="AE"), set()),
    ],
)
def test_what_an_address_lacks_is_named_at_its_field(wert, fehlt):
    assert set(check_anschrift(wert)) == fehlt


def test_no_country_prints_like_another():
    namen = [name.upper() for name in LAENDER.values()]
    assert len(set(namen)) == len(namen) > 240
    assert all(check_land(code) == code for code in LAENDER)
    with pytest.raises(EingabeUngueltig, match="kein Land dieser Liste"):
        check_land("QQ")
