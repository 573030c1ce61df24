import pytest

from recht.fehler import NormUngueltig
from recht.fristkatalog import katalog
from recht.inhalte import DOKUMENTE, pflichtinhalte
from recht.kataloge import KATALOGE, alle_eintraege
from recht.norm import Norm, parse_normen
from recht.parameter import alle_parameter
from recht.rechtsstand import BEGINN_B, BEGINN_UEBERGANG, DECKUNG_VON


@pytest.mark.parametrize(
    "text",
    [
        "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX",
        "§ 17 Abs. 2 S. 5 SGB IX a.F.",
        "Art. 15 DSGVO",
        "§§ 141-145 SGB XII",
        "§ 35a SGB XI",
        "§ 29 Abs. 2 S. 4-5 SGB IX",
        "§ 187 Abs. 2 Alt. 2 BGB",
        "§ 36a Abs. 2a Nr. 3 Buchst. b SGB I",
        "§ 33 ff. SGB IX a.F.",
        "Anlage zu § 28 SGB XII",
        "BSG 06.05.2010 - B 14 AS 12/09 R",
        "KVJS-Leitfaden 2010 Anlage 2 Nr. 10",
        "BAGüS-Empfehlung 2007",
        "DIN 5008",
    ],
)
def test_norm_prints_what_it_parsed(text):
    assert str(Norm.parse(text)) == text


@pytest.mark.parametrize(
    ("lang", "kurz"),
    [
        ("§29 Absatz 4 Satz 2 Nummer 4 SGB IX", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"),
        ("  § 37  Abs.2 SGB X ", "§ 37 Abs. 2 SGB X"),
    ],
)
def test_norm_reads_long_forms(lang, kurz):
    assert str(Norm.parse(lang)) == kurz


@pytest.mark.parametrize(
    "text",
    ["", "29 SGB IX", "§ SGB IX", "§ 29", "§ 29 SGB XX", "§ 29 Abs. SGB IX", "BSG", "BSG 2010"],
)
def test_norm_refuses_what_is_no_citation(text):
    with pytest.raises(NormUngueltig, match="erwartet wird"):
        Norm.parse(text)


def test_norm_knows_its_parts():
    norm = Norm.parse("§ 17 Abs. 2 S. 5 SGB IX a.F.")

    assert (norm.gesetz, norm.paragraf, norm.absatz, norm.satz) == ("SGB IX", "17", "2", "5")
    assert norm.alte_fassung is True
    assert norm.anlage is False
    assert Norm.parse("DIN 5008") == Norm("DIN 5008", zeichen="")


def test_norms_sort_by_statute_then_by_number():
    richtig = [
        "§ 66 Abs. 3 SGB I",
        "§ 8 SGB IX",
        "§ 15 SGB IX",
        "§ 15 Abs. 1 SGB IX",
        "§ 15 Abs. 4 S. 1 SGB IX",
        "§ 15 Abs. 4 S. 2 SGB IX",
        "§ 35a SGB XI",
        "§ 36 SGB XI",
        "BSG 06.05.2010 - B 14 AS 12/09 R",
        "KVJS-Leitfaden 2010 Nr. 3.4",
    ]

    assert [str(n) for n in sorted(map(Norm.parse, reversed(richtig)))] == richtig


def test_norm_sorts_the_present_before_the_old_version():
    neu, alt = Norm.parse("§ 14 SGB IX"), Norm.parse("§ 14 SGB IX a.F.")

    assert neu < alt
    assert alt >= neu
    assert neu != alt
    assert not neu < Norm.parse("§ 14 SGB IX")


def test_norm_is_not_compared_with_text():
    with pytest.raises(TypeError, match="not supported between"):
        _ = Norm.parse("§ 14 SGB IX") < "§ 15 SGB IX"


def test_several_norms_are_split_at_the_comma():
    text = "§ 14 Abs. 1 S. 2 SGB IX, BSG 03.11.2011 - B 3 KR 8/11 R, Art. 15 DSGVO"

    assert ", ".join(map(str, parse_normen(text))) == text
    assert len(parse_normen(text)) == 3


def test_every_rule_and_value_carries_a_citation():
    normen = [wert.norm for reihe in alle_parameter() for wert in reihe.werte]
    for regel in katalog().values():
        normen += [fassung.norm for fassung in regel.fassungen.values()]
        normen += [regel.beginn_norm, regel.verschiebung_norm]
    for tag in (DECKUNG_VON, BEGINN_UEBERGANG, BEGINN_B):
        for dokument in DOKUMENTE:
            normen += [inhalt.norm for inhalt in pflichtinhalte(dokument, tag)]
    normen += [eintrag.norm for name in KATALOGE for eintrag in alle_eintraege(name)]

    assert len(normen) > 600
    assert [norm for norm in normen if not parse_normen(norm)] == []
