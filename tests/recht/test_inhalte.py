from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig
from recht.inhalte import DOKUMENTE, GRADE, pflichtinhalte

TAGE = [date(2010, 6, 1), date(2018, 6, 1), date(2020, 1, 1), date(2026, 6, 1)]


def schluessel(dokument, tag, grad=None):
    return [i.schluessel for i in pflichtinhalte(dokument, tag) if grad in (None, i.grad)]


def test_zielvereinbarung_needs_the_amounts_only_since_2018():
    vorher = pflichtinhalte("zielvereinbarung", date(2017, 12, 31))
    nachher = pflichtinhalte("zielvereinbarung", date(2018, 1, 1))

    namen = ["ziele", "nachweis", "qualitaetssicherung", "hoehe"]
    assert [i.schluessel for i in vorher] == [i.schluessel for i in nachher] == namen
    assert [i.grad for i in vorher] == ["P", "P", "P", "U"]
    assert [i.grad for i in nachher] == ["P", "P", "P", "P"]
    assert [i.norm for i in vorher][:3] == [f"§ 4 Abs. 1 Nr. {n} BudgetV" for n in (1, 2, 3)]
    assert [i.norm for i in nachher] == [f"§ 29 Abs. 4 S. 2 Nr. {n} SGB IX" for n in (1, 2, 3, 4)]


def test_gesamtplan_until_2017_follows_the_recommendation():
    inhalte = pflichtinhalte("gesamtplan", date(2010, 6, 1))

    assert [i.schluessel for i in inhalte] == [
        "bisherige_entwicklung", "bisherige_leistungen", "ist_situation",
        "andere_leistungstraeger", "zielvereinbarung", "bedarf", "leistungen", "ziele",
        "ueberpruefung", "fortschreibung",
    ]  # fmt: skip
    assert {i.grad for i in inhalte} == {"U"}
    assert {i.norm for i in inhalte} == {"BAGüS-Empfehlung 2007 Nr. 3.3"}


def test_gesamtplan_since_2020_follows_121_and_19():
    inhalte = pflichtinhalte("gesamtplan", date(2026, 6, 1))

    assert [i.norm for i in inhalte] == [
        *[f"§ 121 Abs. 4 Nr. {n} SGB IX" for n in range(1, 8)],
        *[f"§ 19 Abs. 2 S. 2 Nr. {n} SGB IX" for n in range(1, 13)],
    ]
    assert [i.schluessel for i in inhalte][:7] == [
        "verfahren_wirkungskontrolle", "aktivitaeten", "leistungen_ressourcen",
        "wunsch_wahlrecht", "gutachten", "barmittel", "krankenhausbegleitung",
    ]  # fmt: skip


def test_company_in_hospital_belongs_to_the_plan_since_november_2022():
    vorher = schluessel("gesamtplan", date(2022, 10, 31))
    nachher = schluessel("gesamtplan", date(2022, 11, 1))

    assert set(nachher) - set(vorher) == {"krankenhausbegleitung"}


def test_gesamtplan_of_the_transition_cites_the_sgb_xii():
    inhalte = pflichtinhalte("gesamtplan", date(2018, 6, 1))

    assert len(inhalte) == 17
    # § 144 Abs. 4 SGB XII had five of the contents of today (befunde of 2026, from memory).
    assert [i.norm for i in inhalte[:5]] == [f"§ 144 Abs. 4 Nr. {n} SGB XII" for n in range(1, 6)]


def test_bescheid_has_its_elements():
    alt, neu = TAGE[0], TAGE[-1]

    assert set(schluessel("bescheid", alt)) - set(schluessel("bescheid", neu)) == {"auftrag"}
    assert set(schluessel("bescheid", neu)) - set(schluessel("bescheid", alt)) == {
        "unabhaengige_beratung"
    }
    assert schluessel("bescheid", neu, "P") == [
        "behoerde", "unterschrift", "adressat", "verfuegungssatz", "leistungsvoraussetzungen",
        "teilbudgets", "zahlungsweise", "zielvereinbarung", "rechtsbehelfsbelehrung",
    ]  # fmt: skip
    assert schluessel("bescheid", neu, "F") == [
        "ablehnung", "bewilligungszeitraum", "beitrag", "nebenbestimmungen", "begruendung"
    ]  # fmt: skip


@pytest.mark.parametrize("dokument", DOKUMENTE)
@pytest.mark.parametrize("tag", TAGE)
def test_every_element_can_be_shown(dokument, tag):
    inhalte = pflichtinhalte(dokument, tag)

    assert len(inhalte) >= 4
    assert len({i.schluessel for i in inhalte}) == len(inhalte)
    assert len({i.nummer for i in inhalte}) == len(inhalte)
    for inhalt in inhalte:
        assert inhalt.schluessel.isascii()
        assert inhalt.bezeichnung
        assert inhalt.hinweis.endswith((".", "?"))
        assert inhalt.grad in GRADE


def test_unknown_document_and_day_are_refused():
    with pytest.raises(EingabeUngueltig, match="zulässig sind gesamtplan, zielvereinbarung"):
        pflichtinhalte("vertrag", date(2026, 6, 1))
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand hinterlegt"):
        pflichtinhalte("bescheid", date(2003, 6, 1))
