"""Which Leistung it is says its key; no number and no text."""

from datetime import date

import pytest

from recht.fehler import EingabeUngueltig
from recht.leistung import (
    BEZEICHNUNG,
    Bereich,
    alle_leistungen,
    is_eingliederungshilfe,
    leistung_of,
    leistungen_am,
)
from recht.norm import parse_normen
from recht.pflege import SATZREIHEN, satz_of_stufe, stufe_of_satz

A, UE, B = date(2010, 6, 1), date(2018, 6, 1), date(2026, 6, 1)


def test_every_bereich_has_a_name_and_at_least_one_leistung():
    assert set(BEZEICHNUNG) == set(Bereich) == {e.bereich for e in alle_leistungen().values()}


def test_every_leistung_is_cited_and_has_a_carrier():
    for eintrag in alle_leistungen().values():
        assert parse_normen(eintrag.norm)
        assert eintrag.traeger
        assert eintrag.form in {"", "geld", "gutschein"}


@pytest.mark.parametrize(
    ("schluessel", "art", "tag", "eigener", "ja"),
    [
        ("b_assistenz", "eingliederungshilfe", B, True, True),
        ("b_assistenz", "eingliederungshilfe", B, False, True),
        # § 78 SGB IX of the Unfallkasse or the Jugendamt is none of the Eingliederungshilfe.
        ("b_assistenz", "unfallversicherung", B, False, False),
        ("b_assistenz", "jugendhilfe", B, False, False),
        ("b_assistenz", "sozialhilfe", B, False, False),
        ("b_assistenz", "sozialhilfe", B, True, True),
        ("a_gemeinschaft_insgesamt", "sozialhilfe", A, False, True),
        ("a_gemeinschaft_insgesamt", "sozialhilfe", UE, False, True),
        ("sh_hilfe_zur_pflege", "eingliederungshilfe", B, True, True),
        ("sh_hilfe_zur_pflege", "eingliederungshilfe", B, False, False),
        ("ba_unterstuetzte_beschaeftigung", "arbeitsagentur", B, False, True),
        ("ba_unterstuetzte_beschaeftigung", "eingliederungshilfe", B, True, False),
        ("pk_pflegegeld", "krankenkasse", B, False, False),
    ],
)
def test_key_and_kind_of_carrier_belong_together(schluessel, art, tag, eigener, ja):
    assert leistung_of(schluessel).passt_zu(art, tag, eigener=eigener) == ja


def test_law_of_the_day_decides_which_there_are():
    assert leistung_of("a_schule").gilt_am(UE)
    assert not leistung_of("a_schule").gilt_am(B)
    assert not leistung_of("b_schule").gilt_am(UE)
    namen = {e.schluessel for e in leistungen_am(B)}
    assert {"b_schule", "pk_pflegegeld", "ia_arbeitsassistenz"} <= namen
    assert not {"a_schule", "a_ia_arbeitsassistenz", "a_gemeinschaft_insgesamt"} & namen


def test_not_assigned_is_no_leistung_and_a_wrong_key_an_error():
    assert leistung_of("") is None
    assert not is_eingliederungshilfe("")
    assert is_eingliederungshilfe("b_befoerderung")
    assert not is_eingliederungshilfe("jh_eingliederungshilfe")
    with pytest.raises(EingabeUngueltig, match="„§ 78 SGB IX“ steht in keinem Katalog"):
        leistung_of("§ 78 SGB IX")


def test_statutory_amounts_belong_to_a_leistung():
    assert set(SATZREIHEN) <= set(alle_leistungen())
    assert satz_of_stufe("pk_pflegesachleistung", "grad3") == "pflegesachleistung.grad3"
    assert satz_of_stufe("pk_kombination_geld", "stufe1") == "pflegegeld.stufe1"
    assert satz_of_stufe("sh_hilfe_zur_pflege", "grad3") == ""
    assert satz_of_stufe("pk_pflegegeld", "") == ""
    assert stufe_of_satz("pflegesachleistung_alltagskompetenz.stufe1") == "stufe1"
    assert stufe_of_satz("regelbedarfsstufe_1") == ""
