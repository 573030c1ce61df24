"""The area of an authority is read line by line; a slip names its line."""

from __future__ import annotations

import pytest

from recht.fehler import EingabeUngueltig
from recht.gebiet import liegt_im_gebiet, read_gebiet


def test_a_key_a_line_with_or_without_a_name():
    text = "08115 Landkreis Böblingen\n\n 08111000 \n08116077   Stadt (Enklave)"
    assert read_gebiet(text) == ("08115", "08111000", "08116077")
    assert read_gebiet(" \n") == ()


@pytest.mark.parametrize("zeile", ["0811", "081150", "Böblingen", "08115 Kreis 2", "08115, 08116"])
def test_a_line_that_is_no_key_is_named(zeile):
    with pytest.raises(EingabeUngueltig, match="ist kein Gemeindeschlüssel") as gemeldet:
        read_gebiet(f"08115 Landkreis Böblingen\n{zeile}")
    assert f"„{zeile}“" in str(gemeldet.value)


def test_a_key_stands_once():
    with pytest.raises(EingabeUngueltig, match="steht zweimal"):
        read_gebiet("08115\n08115 Landkreis Böblingen")


@pytest.mark.parametrize(
    ("ags", "drin"), [("08115045", True), ("08111000", True), ("08116001", False), ("", False)]
)
def test_a_gemeinde_lies_in_its_kreis(ags, drin):
    assert liegt_im_gebiet(ags, ("08115", "08111000")) == drin
    assert not liegt_im_gebiet(ags, ())
