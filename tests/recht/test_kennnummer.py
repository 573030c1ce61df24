"""Check digits of the two insurance numbers; examples computed by hand from the published rule."""

from __future__ import annotations

import pytest

from recht.fehler import EingabeUngueltig
from recht.kennnummer import check_rentenversicherungsnummer, check_versichertennummer


@pytest.mark.parametrize(
    ("text", "nummer"),
    [
        ("15070649C103", "15070649C103"),
        ("15 070649 c 103", "15070649C103"),
        ("65170839J003", "65170839J003"),
    ],
)
def test_rentenversicherungsnummer_is_read(text, nummer):
    assert check_rentenversicherungsnummer(text) == nummer


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        ("15070649C104", "Prüfziffer"),
        ("15070694C103", "Prüfziffer"),
        ("15070649C10", "acht Ziffern"),
        ("1507064AC103", "acht Ziffern"),
        ("", "acht Ziffern"),
    ],
)
def test_wrong_rentenversicherungsnummer_is_refused(text, satz):
    with pytest.raises(EingabeUngueltig, match=satz):
        check_rentenversicherungsnummer(text)


def test_versichertennummer_is_read():
    assert check_versichertennummer("a123 456 780") == "A123456780"


@pytest.mark.parametrize(
    ("text", "satz"),
    [("A123456781", "Prüfziffer"), ("A12345678", "neun Ziffern"), ("1234567890", "neun Ziffern")],
)
def test_wrong_versichertennummer_is_refused(text, satz):
    with pytest.raises(EingabeUngueltig, match=satz):
        check_versichertennummer(text)
