"""Who decides in whose name: every kind of carrier under every law, and the sentences."""

from datetime import date

import pytest

from recht.entscheidung import (
    BEZEICHNUNG,
    DURCH_UNS,
    NORM,
    Entscheidungsrolle,
    Zuordnung,
    allowed_rollen,
    decide_gruppe,
    decide_rolle,
)
from recht.entscheidungstext import (
    Behoerdenrollen,
    Teil,
    has_fremde_entscheidung,
    write_entscheidungen,
)
from recht.norm import parse_normen

A, UE, B = date(2010, 6, 1), date(2018, 6, 1), date(2026, 6, 1)
R = Entscheidungsrolle
SH, LEIST, SELBST, AUFTR = R.SOZIALHILFE, R.LEISTEND, R.EIGENE_ENTSCHEIDUNG, R.AUFTRAG
BEHOERDE = Behoerdenrollen("Landkreis", "Träger der Eingliederungshilfe", "Träger der Sozialhilfe")


@pytest.mark.parametrize(
    ("schluessel", "art", "eigener", "a", "ue", "b"),
    [
        # own: one role until 2019, two since (§ 94 SGB IX, § 3 SGB XII)
        ("", "eingliederungshilfe", True, SH, SH, R.EINGLIEDERUNGSHILFE),
        ("", "sozialhilfe", True, SH, SH, SH),
        ("sh_hilfe_zur_pflege", "eingliederungshilfe", True, SH, SH, SH),
        ("sh_grundsicherung", "sozialhilfe", True, SH, SH, SH),
        # another Rehabilitationsträger, § 15 Abs. 2 since 2018
        ("jh_eingliederungshilfe", "jugendhilfe", False, AUFTR, LEIST, LEIST),
        ("uv_soziale_teilhabe", "unfallversicherung", False, AUFTR, LEIST, LEIST),
        ("rv_arbeitsleben", "rentenversicherung", False, AUFTR, LEIST, LEIST),
        ("kk_medizinische_rehabilitation", "krankenkasse", False, AUFTR, LEIST, LEIST),
        ("lw_medizinische_rehabilitation", "landwirte", False, AUFTR, LEIST, LEIST),
        ("se_teilhabe", "entschaedigung", False, AUFTR, LEIST, LEIST),
        ("", "arbeitsagentur", False, AUFTR, LEIST, LEIST),
        ("", "eingliederungshilfe", False, AUFTR, LEIST, LEIST),
        # what the authority cannot be Rehabilitationsträger for, § 15 Abs. 1
        ("kk_rehabilitationssport", "krankenkasse", False, AUFTR, SELBST, SELBST),
        ("kk_haeusliche_krankenpflege", "krankenkasse", False, AUFTR, SELBST, SELBST),
        ("uv_pflege", "unfallversicherung", False, AUFTR, SELBST, SELBST),
        # no Rehabilitationsträger, § 29 Abs. 3 S. 3
        ("pk_pflegesachleistung", "pflegekasse", False, AUFTR, SELBST, SELBST),
        ("", "pflegekasse", False, AUFTR, SELBST, SELBST),
        ("", "integrationsamt", False, AUFTR, SELBST, SELBST),
        ("", "sozialhilfe", False, AUFTR, LEIST, SELBST),
        ("sh_hilfe_zur_pflege", "sozialhilfe", False, AUFTR, SELBST, SELBST),
    ],
)  # fmt: skip
def test_rule_of_the_law(schluessel, art, eigener, a, ue, b):
    teil = Zuordnung(schluessel, art, eigener)
    assert [decide_rolle(teil, tag) for tag in (A, UE, B)] == [a, ue, b]


@pytest.mark.parametrize(
    ("art", "tag", "erlaubt"),
    [
        ("jugendhilfe", A, (R.AUFTRAG,)),
        ("jugendhilfe", B, (R.LEISTEND, R.EIGENER_NAME, R.EIGENE_ENTSCHEIDUNG)),
        ("pflegekasse", B, (R.EIGENE_ENTSCHEIDUNG,)),
        ("integrationsamt", UE, (R.EIGENE_ENTSCHEIDUNG,)),
    ],
)
def test_law_leaves_few_choices(art, tag, erlaubt):
    assert allowed_rollen(Zuordnung("", art, eigener=False), tag) == erlaubt


@pytest.mark.parametrize(
    ("art", "gruppe", "tag", "rolle"),
    [
        ("krankenkasse", "b_medizinische_rehabilitation", B, R.LEISTEND),
        ("krankenkasse", "b_unterhaltssichernde", B, R.EIGENE_ENTSCHEIDUNG),
        ("arbeitsagentur", "b_teilhabe_am_arbeitsleben", UE, R.LEISTEND),
        ("pflegekasse", "pflege", B, R.EIGENE_ENTSCHEIDUNG),
        ("krankenkasse", "a_medizinische_rehabilitation", A, R.AUFTRAG),
    ],
)
def test_group_of_an_antrag(art, gruppe, tag, rolle):
    assert decide_gruppe(art, gruppe, tag) is rolle


def test_every_role_has_name_norm_and_sentence():
    assert set(BEZEICHNUNG) == set(NORM) == set(R)
    for rolle in R:
        assert parse_normen(NORM[rolle].b or NORM[rolle].a)
        tag = A if rolle is R.AUFTRAG else B
        [satz] = write_entscheidungen([Teil("Assistenz", "AOK", rolle)], BEHOERDE, tag)
        selbst = "entscheidet Landkreis" in satz
        assert selbst == (rolle in DURCH_UNS)
        assert satz.startswith("Über „Assistenz“ entscheidet ")


def test_parts_of_one_role_and_carrier_stand_in_one_sentence():
    teile = [
        Teil("Pflegegeld", "AOK", R.EIGENE_ENTSCHEIDUNG, rehabilitationstraeger=False),
        Teil("Assistenz", "Kreis 1", R.EINGLIEDERUNGSHILFE),
        Teil("Fahrten", "Kreis 2", R.EINGLIEDERUNGSHILFE),
        Teil("Werkstatt", "Rente", R.LEISTEND),
    ]
    saetze = write_entscheidungen(teile, BEHOERDE, B)
    assert [satz.partition(" entscheidet ")[0] for satz in saetze] == [
        "Über „Assistenz“ und „Fahrten“",
        "Über „Werkstatt“",
        "Über „Pflegegeld“",
    ]
    assert "kein Rehabilitationsträger (§ 6 Abs. 1 SGB IX, § 29 Abs. 3 S. 3 SGB IX" in saetze[-1]
    assert has_fremde_entscheidung(teile)
    assert not has_fremde_entscheidung(teile[1:])


def test_carrier_that_is_rehabilitationstraeger_decides_by_another_ground():
    teil = Teil("Sport", "AOK", R.EIGENE_ENTSCHEIDUNG)
    [satz] = write_entscheidungen([teil], BEHOERDE, B)
    assert satz.endswith(
        "für diese Leistung kann Landkreis nicht Rehabilitationsträger sein (§ 15 Abs. 1 SGB IX)."
    )
