"""Which Leistungen are free of the Beitrag: § 138 Abs. 1 SGB IX."""

import pytest

from recht.beitragsfrei import ANGABEN, befreiung_of
from recht.fehler import EingabeUngueltig
from recht.kataloge import alle_eintraege
from recht.leistung import alle_leistungen


@pytest.mark.parametrize(
    ("schluessel", "angabe", "frei"),
    [
        ("b_heilpaedagogik", "", "frei_heilpaedagogik"),
        ("b_fruehfoerderung", "", "frei_medizinische_rehabilitation"),
        ("b_medizinische_rehabilitation", "", "frei_medizinische_rehabilitation"),
        ("b_werkstatt", "", "frei_arbeitsleben"),
        ("b_budget_fuer_arbeit", "", "frei_arbeitsleben"),
        ("b_schule", "", "frei_schulbildung"),
        ("b_ausbildung", "", ""),
        ("b_ausbildung", "frei_ausbildungsstaette", "frei_ausbildungsstaette"),
        ("b_assistenz_uebernahme", "frei_ausbildungsstaette", ""),
        ("b_praktische_faehigkeiten", "", ""),
        (
            "b_praktische_faehigkeiten",
            "frei_vorbereitung_arbeitsleben",
            "frei_vorbereitung_arbeitsleben",
        ),
        ("b_assistenz_uebernahme", "", ""),
        ("b_assistenz_uebernahme", "frei_nicht_eingeschult", "frei_nicht_eingeschult"),
        ("b_assistenz_uebernahme", "frei_lebensunterhalt", "frei_lebensunterhalt"),
        ("", "frei_lebensunterhalt", "frei_lebensunterhalt"),
        ("", "", ""),
        ("sh_hilfe_zur_pflege", "frei_lebensunterhalt", ""),
    ],
)
def test_befreiung_follows_from_leistung_and_stated_fact(schluessel, angabe, frei):
    assert befreiung_of(schluessel, angabe) == frei


def test_every_ground_of_the_law_can_be_reached():
    erreicht = {
        befreiung_of(schluessel, angabe)
        for schluessel in alle_leistungen()
        for angabe in ("", *ANGABEN)
    }
    assert erreicht - {""} == {e.schluessel for e in alle_eintraege("beitragsfrei")}


def test_unknown_ground_is_refused():
    with pytest.raises(EingabeUngueltig, match="„krank“ befreit nicht vom Beitrag"):
        befreiung_of("b_schule", "krank")
