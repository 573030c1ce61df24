"""The sentence on the preconditions: by key, kind of carrier and day (§ 120 Abs. 2 S. 2 SGB IX)."""

from datetime import date

import pytest

from recht.besondere_voraussetzung import BESONDERE
from recht.leistung import Bereich, alle_leistungen
from recht.leistungsvoraussetzung import EINGLIEDERUNGSHILFE, voraussetzung_of
from recht.rechtsstand import Rechtsstand, rechtsstand_am

A, UE, B = date(2010, 6, 1), date(2018, 6, 1), date(2026, 6, 1)
UNBESTIMMT = "hat festgestellt, dass die Voraussetzungen dieser Leistung vorliegen"


def satz(schluessel, art, tag=B, *, eigener=False, norm="§ 78 SGB IX"):
    return voraussetzung_of(schluessel, art, tag, eigener=eigener, traeger="Der Träger", norm=norm)


@pytest.mark.parametrize(
    ("schluessel", "besonders"),
    [
        ("b_werkstatt", "§ 58 Abs. 1 S. 1 SGB IX"),
        ("b_anderer_anbieter", "§ 58 Abs. 1 S. 1 SGB IX"),
        ("b_schule", "§ 112 Abs. 1 SGB IX, § 75 Abs. 1 SGB IX"),
        ("b_ausbildung", "§ 112 Abs. 1 SGB IX, § 75 Abs. 1 SGB IX"),
        ("b_befoerderung", "§ 83 Abs. 2 SGB IX, § 114 SGB IX"),
        ("b_kraftfahrzeug", "ständig auf die Nutzung eines Kraftfahrzeugs angewiesen"),
        ("b_assistenz", "§ 78 Abs. 1 S. 1 SGB IX"),
        ("b_medizinische_rehabilitation", ""),
    ],
)
def test_own_leistung_names_99_108_and_what_is_asked_of_it_alone(schluessel, besonders):
    text = satz(schluessel, "eingliederungshilfe", eigener=True)
    assert text.startswith(EINGLIEDERUNGSHILFE[Rechtsstand.B])
    assert besonders in text
    assert UNBESTIMMT not in text


@pytest.mark.parametrize(
    ("schluessel", "art", "norm", "teil"),
    [
        ("ba_unterstuetzte_beschaeftigung", "arbeitsagentur", "§ 55 SGB IX", "Arbeitsleben"),
        ("uv_soziale_teilhabe", "unfallversicherung", "§ 78 SGB IX", "eines Versicherungsfalls"),
        ("jh_eingliederungshilfe", "jugendhilfe", "§ 78 SGB IX", "§ 35a Abs. 1 SGB VIII"),
        ("ia_arbeitsassistenz", "integrationsamt", "§ 185 Abs. 5 SGB IX", "schwerbehindert"),
        ("rv_arbeitsleben", "rentenversicherung", "§ 16 SGB VI", "§§ 10, 11 SGB VI"),
        ("kk_hilfsmittel", "krankenkasse", "§ 33 SGB V", "medizinisch notwendig"),
        ("pk_pflegegeld", "pflegekasse", "§ 37 SGB XI", "§§ 14 und 15 SGB XI"),
    ],
)
def test_leistung_of_another_carrier_names_its_own_law(schluessel, art, norm, teil):
    text = satz(schluessel, art, norm=norm)
    assert teil in text
    assert "§ 99" not in text
    assert "§ 108" not in text


@pytest.mark.parametrize(
    ("schluessel", "art"),
    [
        ("", "eingliederungshilfe"),
        ("b_assistenz", "unfallversicherung"),
        ("b_assistenz", "jugendhilfe"),
        ("b_schule", "arbeitsagentur"),
    ],
)
def test_nothing_is_claimed_that_is_not_known(schluessel, art):
    assert satz(schluessel, art) == f"Der Träger {UNBESTIMMT} (§ 78 SGB IX)."


@pytest.mark.parametrize("tag", [A, UE, B])
def test_every_leistung_of_every_law_has_a_sentence_of_its_own(tag):
    for eintrag in alle_leistungen().values():
        if not eintrag.gilt_am(tag):
            continue
        for art in eintrag.traeger:
            passt = eintrag.passt_zu(art, tag, eigener=False)
            text = satz(eintrag.schluessel, art, tag, norm=eintrag.norm)
            assert (UNBESTIMMT not in text) == passt
            assert "{" not in text
            if passt and eintrag.bereich is Bereich.EINGLIEDERUNGSHILFE:
                assert text.startswith(EINGLIEDERUNGSHILFE[rechtsstand_am(tag)])


def test_special_preconditions_are_of_leistungen_that_exist():
    assert set(BESONDERE) <= set(alle_leistungen())
