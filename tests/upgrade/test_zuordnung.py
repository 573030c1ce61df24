"""What a Rechtsgrundlage of old becomes: a key where it leaves no doubt, else none."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest

from recht.leistung import alle_leistungen, leistung_of

migration = import_module("gesamtplan.migrations.0003_leistungen_zuordnen")
A, UE, B = date(2010, 6, 1), date(2018, 6, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("art", "norm", "tag", "schluessel"),
    [
        ("sozialhilfe", "§§ 53, 54 SGB XII", A, "a_gemeinschaft_insgesamt"),
        ("sozialhilfe", "§ 54 SGB XII i. V. m. § 55 SGB IX", UE, "a_gemeinschaft_insgesamt"),
        (
            "sozialhilfe",
            "§§ 53, 54 SGB XII, § 55 Abs. 2 Nr. 3, 6 und 7 SGB IX a.F.",
            A,
            "a_gemeinschaft_insgesamt",
        ),
        ("sozialhilfe", "§§ 41, 42 SGB XII", A, "sh_grundsicherung"),
        ("sozialhilfe", "§§ 61, 64b SGB XII", B, "sh_hilfe_zur_pflege"),
        ("eingliederungshilfe", "§ 113 Abs. 2 Nr. 2, § 78 SGB IX", B, "b_assistenz"),
        ("eingliederungshilfe", "§ 29 SGB IX, § 113 SGB IX", B, "b_soziale_teilhabe_insgesamt"),
        ("pflegekasse", "§ 35a SGB XI, § 36 SGB XI", B, "pk_pflegesachleistung"),
        ("pflegekasse", "§ 37 SGB XI", B, "pk_pflegegeld"),
        ("arbeitsagentur", "§ 55 SGB IX", B, "ba_unterstuetzte_beschaeftigung"),
        ("jugendhilfe", "§ 78 SGB IX", B, "jh_eingliederungshilfe"),
        ("unfallversicherung", "§ 78 SGB IX", B, "uv_soziale_teilhabe"),
        # What could be several Leistungen is none; the program asks.
        ("pflegekasse", "§§ 36, 37, 38 SGB XI", B, ""),
        ("pflegekasse", "§ 38 SGB XI", B, ""),
        ("eingliederungshilfe", "§ 111 SGB IX", B, ""),
        ("eingliederungshilfe", "§ 83 SGB IX", B, ""),
        ("eingliederungshilfe", "§ 55 SGB IX", B, ""),
        ("krankenkasse", "§ 78 SGB IX", B, ""),
        ("eingliederungshilfe", "nach Vereinbarung", B, ""),
    ],
)
def test_only_what_is_beyond_doubt_gets_a_key(art, norm, tag, schluessel):
    assert migration.schluessel_of(art, norm, tag) == schluessel


def test_every_key_of_the_step_is_one_of_the_catalogue_and_of_its_carrier():
    zeilen = (
        *((z, B) for z in migration._SEIT_2020),
        *((z, A) for z in (*migration._BIS_2019, *migration._BIS_2017)),
        *((z, B) for z in (*migration._SEIT_2018, *migration._IMMER)),
    )
    for (arten, *_, schluessel), tag in zeilen:
        assert schluessel in alle_leistungen()
        assert leistung_of(schluessel).gilt_am(tag)
        assert all(leistung_of(schluessel).passt_zu(a, tag, eigener=True) for a in arten)
