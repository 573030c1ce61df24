"""The rule of the Zuständigkeit as tables: every branch, every edge of its days."""

from dataclasses import fields, replace
from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung
from recht.kataloge import alle_eintraege
from recht.norm import parse_normen
from recht.zustaendigkeit import weiterleiten_bis
from recht.zustaendigkeitsfragen import (
    Angaben,
    bereinigt,
    eigener_traeger,
    fragen,
    fremde_gruppen,
    traeger_fuer,
)
from tests.recht.zustaendigkeitsprobe import (
    ALT,
    EINGANG,
    HIER,
    HIER_ALT,
    HIER_ALT_UE,
    UEBERGANG,
    V,
    normen,
    pruefe,
)

UNTERHALT = ("b_unterhaltssichernde",)
BEIDE = ("b_soziale_teilhabe", "b_unterhaltssichernde")


@pytest.mark.parametrize(
    ("aenderung", "vorschlag", "norm"),
    [
        ({}, V.LEISTENDER_TRAEGER, "§ 14 Abs. 2 S. 1 SGB IX"),
        ({"aufenthalt": "anderswo"}, V.ABGABE, "§ 14 Abs. 1 S. 2 SGB IX"),
        ({"vorrang": "alles"}, V.WEITERLEITEN, "§ 14 Abs. 1 S. 2 SGB IX"),
        ({"gruppen": UNTERHALT}, V.WEITERLEITEN, "§ 14 Abs. 1 S. 2 SGB IX"),
        ({"gruppen": BEIDE}, V.TEILWEISE, "§ 15 Abs. 1 S. 1 SGB IX"),
        ({"eilfall": "ja"}, V.VORLAEUFIG, "§ 120 Abs. 4 SGB IX"),
        ({"herkunft": "zweiter"}, V.LEISTENDER_TRAEGER, "§ 14 Abs. 2 S. 1 SGB IX"),
        ({"herkunft": "dritter"}, V.LEISTENDER_TRAEGER, "§ 14 Abs. 3 SGB IX"),
        (
            {"herkunft": "zweiter", "vorrang": "alles", "einvernehmen": "ja"},
            V.TURBOKLAERUNG,
            "§ 14 Abs. 3 SGB IX",
        ),
        (
            {"herkunft": "zweiter", "aufenthalt": "anderswo", "einvernehmen": "nein"},
            V.LEISTENDER_TRAEGER,
            "§ 16 Abs. 1 SGB IX, § 16 Abs. 3 S. 1 SGB IX",
        ),
        (
            {"aufenthalt": "ungeklaert", "tatsaechlich": "hier"},
            V.KLAEREN,
            "§ 14 Abs. 2 S. 1 SGB IX",
        ),
        (
            {"aufenthalt": "keiner", "tatsaechlich": "hier"},
            V.LEISTENDER_TRAEGER,
            "§ 14 Abs. 2 S. 1 SGB IX",
        ),
        (
            {"aufenthalt": "ungeklaert", "tatsaechlich": "hier", "eilfall": "ja"},
            V.VORLAEUFIG,
            "§ 120 Abs. 4 SGB IX",
        ),
        (
            {"aufenthalt": "keiner", "tatsaechlich": "anderswo"},
            V.ABGABE,
            "§ 14 Abs. 1 S. 2 SGB IX",
        ),
    ],
)
def test_law_since_2020_proposes(aenderung, vorschlag, norm):
    ergebnis = pruefe(replace(HIER, **aenderung))
    assert (ergebnis.vorschlag, normen(ergebnis)[-1], ergebnis.fehlend) == (vorschlag, norm, ())


@pytest.mark.parametrize(
    ("aenderung", "vorschlag", "norm"),
    [
        ({}, V.LEISTENDER_TRAEGER, "§ 14 Abs. 2 S. 1 SGB IX a.F."),
        ({"aufenthalt": "anderswo"}, V.ABGABE, "§ 14 Abs. 1 S. 2 SGB IX a.F."),
        (
            {"gruppen": ("a_leben_in_der_gemeinschaft", "a_unterhaltssichernde")},
            V.TEILWEISE,
            "§ 14 Abs. 6 SGB IX a.F.",
        ),
        (
            {"herkunft": "zweiter", "gruppen": ("a_unterhaltssichernde",), "einvernehmen": "ja"},
            V.TURBOKLAERUNG,
            "§ 14 Abs. 2 S. 5 SGB IX a.F.",
        ),
        (
            {"aufenthalt": "ungeklaert", "tatsaechlich": "hier", "eilfall": "ja"},
            V.VORLAEUFIG,
            "§ 98 Abs. 5 S. 1 SGB XII, § 43 Abs. 1 SGB I",
        ),
        ({"herkunft": "kenntnis"}, V.LEISTENDER_TRAEGER, "§ 14 Abs. 2 S. 1 SGB IX a.F."),
    ],
)
def test_law_until_2017_proposes(aenderung, vorschlag, norm):
    ergebnis = pruefe(replace(HIER_ALT, **aenderung), ALT)
    assert (ergebnis.vorschlag, normen(ergebnis)[-1]) == (vorschlag, norm)


def test_second_carrier_under_the_old_law_is_not_freed_by_the_place():
    angaben = replace(HIER_ALT, herkunft="zweiter", aufenthalt="anderswo")
    ergebnis = pruefe(angaben, ALT)
    assert ergebnis.vorschlag == V.LEISTENDER_TRAEGER
    assert "einvernehmen" not in [f.schluessel for f in fragen(angaben, ALT, "BW")]


def test_herkunftsprinzip_is_named_in_baden_wuerttemberg_only():
    norm = "KVJS-Leitfaden 2010 Nr. 2.7"
    assert norm in normen(pruefe(HIER_ALT, ALT))
    assert norm not in normen(pruefe(HIER_ALT, ALT, land="BY"))
    assert norm not in normen(pruefe(HIER_ALT_UE, UEBERGANG))


def test_transition_takes_the_new_paragraph_14_and_the_old_place():
    ergebnis = pruefe(replace(HIER_ALT_UE, aufenthalt="anderswo"), UEBERGANG)
    assert normen(ergebnis)[-2:] == ["§ 98 Abs. 5 SGB XII", "§ 14 Abs. 1 S. 2 SGB IX"]
    assert eigener_traeger(UEBERGANG).schluessel == "ue_sozialhilfe"


@pytest.mark.parametrize(
    ("wo", "vorschlag"), [("hier", V.LEISTENDER_TRAEGER), ("anderswo", V.ABGABE)]
)
def test_ambulant_before_2020_asks_for_the_actual_place(wo, vorschlag):
    angaben = replace(HIER_ALT, wohnform="ambulant", aufenthalt="", tatsaechlich=wo)
    ergebnis = pruefe(angaben, ALT)
    assert (ergebnis.vorschlag, "§ 98 Abs. 1 S. 1 SGB XII" in normen(ergebnis)) == (vorschlag, True)


@pytest.mark.parametrize(
    ("tag", "vorschlag", "gesetz"),
    [
        (date(2026, 11, 30), V.ABGABE, False),
        (date(2026, 12, 1), V.ABGABE, False),
        (date(2026, 12, 2), V.LEISTENDER_TRAEGER, True),
    ],
)
def test_missed_check_makes_the_authority_leistender_traeger(tag, vorschlag, gesetz):
    ergebnis = pruefe(replace(HIER, aufenthalt="anderswo"), stichtag=tag)
    assert (ergebnis.vorschlag, ergebnis.kraft_gesetzes) == (vorschlag, gesetz)


def test_days_of_the_check_over_christmas():
    # Antrag Fr 12.12.2025, F01 ends Mo 29.12.2025, forward by Di 30.12.2025.
    ergebnis = pruefe(HIER, date(2025, 12, 12))
    assert ergebnis.feststellen_bis == date(2025, 12, 29)
    assert ergebnis.weiterleiten_bis == date(2025, 12, 30)
    assert weiterleiten_bis(date(2026, 4, 2), "BW") == date(2026, 4, 7)


@pytest.mark.parametrize(
    ("tag", "vorschlag"),
    [
        (date(2026, 12, 1), V.KLAEREN),
        (date(2026, 12, 14), V.LEISTENDER_TRAEGER),
        (date(2026, 12, 15), V.VORLAEUFIG),
    ],
)
def test_four_weeks_of_finding_out(tag, vorschlag):
    angaben = replace(HIER, aufenthalt="ungeklaert", tatsaechlich="hier")
    ergebnis = pruefe(angaben, stichtag=tag)
    assert (ergebnis.vorschlag, ergebnis.klaeren_bis) == (vorschlag, date(2026, 12, 14))


@pytest.mark.parametrize(
    ("bis", "unterbrochen", "vorschlag"),
    [
        (date(2026, 5, 15), "nein", V.LEISTENDER_TRAEGER),
        (date(2026, 5, 16), "nein", V.ABGABE),
        (date(2026, 5, 15), "ja", V.ABGABE),
    ],
)
def test_six_months_without_leistung(bis, unterbrochen, vorschlag):
    """From 15.05. six months end on 15.11.: the Antrag of 16.11. is looked at anew."""
    angaben = replace(
        HIER,
        bezug="beendet",
        bezug_bis=bis,
        bezug_unterbrochen=unterbrochen,
        bezug_traeger="anderer",
    )
    assert pruefe(angaben).vorschlag == vorschlag


def test_moving_alone_changes_nothing():
    angaben = replace(HIER, bezug="laeuft", bezug_traeger="hier", aufenthalt="anderswo")
    ergebnis = pruefe(angaben)
    assert ergebnis.vorschlag == V.LEISTENDER_TRAEGER
    assert "§ 98 Abs. 1 S. 3 SGB IX" in normen(ergebnis)


@pytest.mark.parametrize(("eingang", "angaben"), [(EINGANG, HIER), (ALT, HIER_ALT)])
def test_two_months_before_tag_und_nacht_are_named(eingang, angaben):
    angaben = replace(angaben, wohnform="tag_und_nacht", aufnahme_am=date(2026, 12, 1))
    texte = [s.text for s in pruefe(angaben, eingang).schritte]
    assert any("01.10.2026 bis 30.11.2026" in text for text in texte)


def test_vorrang_for_a_part_takes_the_other_carrier_in():
    angaben = replace(
        HIER,
        gruppen=("b_soziale_teilhabe", "b_medizinische_rehabilitation"),
        vorrang="teil",
        vorrang_gruppen=("b_medizinische_rehabilitation",),
    )
    ergebnis = pruefe(angaben)
    assert ergebnis.beteiligt == ("b_medizinische_rehabilitation",)
    assert "§ 15 Abs. 2 S. 1 SGB IX" in normen(ergebnis)


def test_urgent_case_of_somebody_else_goes_on_the_same_day():
    ergebnis = pruefe(replace(HIER, aufenthalt="anderswo", eilfall="ja"))
    assert ergebnis.vorschlag == V.ABGABE
    assert ergebnis.schritte[-1].text.startswith("Eilfall")


def test_nothing_is_proposed_while_questions_are_open():
    leer = pruefe(Angaben())
    assert leer.vorschlag == V.OFFEN
    assert [f.schluessel for f in leer.fehlend] == ["herkunft", "eilfall", "gruppen", "bezug"]
    for feld in ("herkunft", "eilfall", "gruppen", "vorrang", "bezug", "wohnform", "aufenthalt"):
        ohne = replace(HIER, **{feld: getattr(Angaben(), feld)})
        assert pruefe(ohne).vorschlag == V.OFFEN, feld


def test_answers_to_questions_no_longer_asked_fall_away():
    alt = replace(HIER, bezug_unterbrochen="ja", bezug_traeger="anderer", einvernehmen="ja")
    assert bereinigt(alt, EINGANG, "BW") == HIER
    geaendert = replace(HIER, vorrang="teil", vorrang_gruppen=("b_teilhabe_an_bildung",))
    assert bereinigt(geaendert, EINGANG, "BW").vorrang_gruppen == ()


@pytest.mark.parametrize("eingang", [ALT, UEBERGANG, EINGANG])
def test_every_group_has_a_carrier_and_every_question_its_norm(eingang):
    gruppen = [e.schluessel for e in alle_eintraege("leistungsgruppen")]
    hier = {g: traeger_fuer(g, eingang) for g in gruppen}
    assert sum(bool(t) for t in hier.values()) in {4, 5}
    angaben = replace(HIER, wohnform="tag_und_nacht", bezug="beendet", gruppen=())
    gefragt = fragen(angaben, eingang, "BW")
    assert len(gefragt) >= 5
    for frage in gefragt:
        assert parse_normen(frage.norm)
        assert frage.schluessel in {feld.name for feld in fields(Angaben)}


def test_what_the_authority_cannot_render():
    assert fremde_gruppen(replace(HIER, gruppen=BEIDE), EINGANG) == UNTERHALT


def test_day_without_known_law_is_refused():
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand hinterlegt"):
        pruefe(HIER, date(2003, 12, 31))


def test_half_answered_place_gives_half_the_reasons():
    offen = replace(HIER, wohnform="tag_und_nacht", aufenthalt="hier")
    assert [f.schluessel for f in pruefe(offen).fehlend] == ["aufnahme_am"]
    assert "zwei Monaten vor der Aufnahme. " in pruefe(offen).schritte[-1].text
    alt = replace(HIER_ALT, aufenthalt="")
    assert [f.schluessel for f in pruefe(alt, ALT).fehlend] == ["aufenthalt"]
    neu = replace(HIER, bezug="beendet", bezug_traeger="hier", bezug_unterbrochen="nein")
    for wie in ("erster", "zweiter"):
        assert [f.schluessel for f in pruefe(replace(neu, herkunft=wie)).fehlend] == ["bezug_bis"]
    assert [f.schluessel for f in pruefe(replace(HIER_ALT, wohnform=""), ALT).fehlend] == [
        "wohnform"
    ]
