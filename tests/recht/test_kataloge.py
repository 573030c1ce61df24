from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, LandUnbekannt
from recht.grad import GRADE
from recht.kataloge import (
    KATALOGE,
    LEBENSBEREICHE,
    alle_eintraege,
    eintraege,
    instrumente,
    leistungsbestandteile,
    leistungsgruppen,
    leistungskatalog,
    leistungstraeger,
    nachweisarten,
)

A, UE, B = date(2010, 6, 1), date(2018, 6, 1), date(2026, 6, 1)


def gruppen(tag):
    """Numbers of § 5 by carrier, as the table of carriers gives them."""
    nummer = {g.schluessel: g.nummer for g in leistungsgruppen(tag)}
    return {
        t.bezeichnung: " ".join(nummer[v] for v in t.verweise)
        for t in leistungstraeger(tag)
        if t.verweise
    }


def test_group_four_changes_its_meaning():
    vier = {tag: next(g for g in leistungsgruppen(tag) if g.nummer == "4") for tag in (A, B)}

    assert vier[A].bezeichnung == "Leistungen zur Teilhabe am Leben in der Gemeinschaft"
    assert vier[B].bezeichnung == "Leistungen zur Teilhabe an Bildung"
    assert vier[A].schluessel != vier[B].schluessel


def test_carriers_until_2017():
    assert gruppen(A) == {
        "Gesetzliche Krankenkasse": "1 3",
        "Bundesagentur für Arbeit": "2 3",
        "Träger der gesetzlichen Unfallversicherung": "1 2 3 4",
        "Träger der gesetzlichen Rentenversicherung": "1 2 3",
        "Alterssicherung der Landwirte": "1 3",
        "Träger der Kriegsopferversorgung und Kriegsopferfürsorge": "1 2 3 4",
        "Träger der öffentlichen Jugendhilfe": "1 2 4",
        "Träger der Sozialhilfe": "1 2 4",
    }


def test_carriers_since_2020():
    assert gruppen(B) == {
        "Gesetzliche Krankenkasse": "1 3",
        "Bundesagentur für Arbeit": "2 3",
        "Träger der gesetzlichen Unfallversicherung": "1 2 3 4 5",
        "Träger der gesetzlichen Rentenversicherung": "1 2 3",
        "Alterssicherung der Landwirte": "1 3",
        "Träger der Sozialen Entschädigung und der Soldatenentschädigung": "1 2 3 4 5",
        "Träger der öffentlichen Jugendhilfe": "1 2 4 5",
        "Träger der Eingliederungshilfe": "1 2 4 5",
    }


@pytest.mark.parametrize("tag", [A, UE, B])
def test_pflegekasse_and_integrationsamt_take_part_in_the_budget(tag):
    ohne_gruppe = {t.bezeichnung for t in leistungstraeger(tag) if not t.verweise}

    assert {"Pflegekasse", "Integrationsamt"} <= ohne_gruppe


def test_the_carrier_of_the_transition_is_the_sozialhilfe():
    namen = [t.schluessel for t in leistungstraeger(UE)]

    assert "ue_sozialhilfe" in namen
    assert "b_eingliederungshilfe" not in namen


def test_services_of_both_laws():
    assert len(leistungskatalog(A)) == len(leistungskatalog(UE)) == 18
    assert len(leistungskatalog(B)) == 27
    normen = " ".join(eintrag.norm for eintrag in leistungskatalog(B))
    assert all(f"§ 113 Abs. 2 Nr. {n} SGB IX" in normen for n in range(1, 10))


def test_services_point_to_the_fifteen_kinds_of_the_statistics():
    arten = {art.schluessel for art in eintraege("leistungsarten", B)}
    verweise = {v for eintrag in leistungskatalog(B) for v in eintrag.verweise}

    assert len(arten) == 15
    assert verweise == arten
    assert {v for e in leistungskatalog(A) for v in e.verweise} == set()


def test_nine_life_areas_carry_the_code_of_the_icf():
    assert [code for code, _ in LEBENSBEREICHE] == [f"d{n}" for n in range(1, 10)]
    assert LEBENSBEREICHE[4].name == "Selbstversorgung"


def test_instruments_per_land():
    assert [i.bezeichnung for i in instrumente("BW")] == ["BEI_BW"]
    assert instrumente("SL") == ()
    assert {i.land for i in alle_eintraege("instrumente") if i.grad == "M"} == {
        "MV", "BB", "SN", "ST", "SH"
    }  # fmt: skip
    with pytest.raises(LandUnbekannt, match="Das Land „XX“ ist nicht bekannt"):
        instrumente("XX")


def test_building_blocks_of_the_zielvereinbarung():
    assert len(leistungsbestandteile()) == 29
    assert leistungsbestandteile()[0].bezeichnung == "Assistenz/Arbeitsassistenz"
    assert [n.schluessel for n in nachweisarten()] == [
        "kein_nachweis", "belege", "arbeitsvertrag", "pflegeeinsatz", "beispieldokumentation"
    ]  # fmt: skip


def test_eight_exemptions_from_the_beitrag():
    assert [e.norm for e in eintraege("beitragsfrei", B)] == [
        f"§ 138 Abs. 1 Nr. {n} SGB IX" for n in range(1, 9)
    ]
    assert eintraege("beitragsfrei", A) == ()


def test_what_an_entry_does_not_say_is_empty():
    kasse = next(t for t in leistungstraeger(B) if t.bezeichnung == "Pflegekasse")
    gruppe = leistungsgruppen(B)[0]

    assert kasse.hinweis == "Kein Rehabilitationsträger; am Persönlichen Budget beteiligt."
    assert (gruppe.land, gruppe.hinweis) == ("", "")
    assert {art.nummer for art in instrumente("BW")} == {""}


def test_keys_are_unique_ascii_and_graded():
    alle = [eintrag for name in KATALOGE for eintrag in alle_eintraege(name)]

    assert len(alle) > 140
    assert len({(e.katalog, e.schluessel) for e in alle}) == len(alle)
    assert all(e.schluessel.isascii() and e.grad in GRADE and e.rechtsstaende for e in alle)


def test_unknown_catalogue_and_day_are_refused():
    with pytest.raises(EingabeUngueltig, match="zulässig sind leistungsgruppen"):
        alle_eintraege("leistungen")
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand hinterlegt"):
        leistungstraeger(date(2003, 6, 1))
