from datetime import date, timedelta
from decimal import Decimal

import pytest

from recht.fehler import EingabeUngueltig, ParameterUnbekannt
from recht.grad import GRADE
from recht.parameter import (
    EINHEITEN,
    OFFEN,
    _read_reihe,
    alle_parameter,
    parameter,
    pruefhinweise,
    reihe,
)
from recht.rundung import auf_volle_euro_aufgerundet

SCHLUESSEL = [eine.schluessel for eine in alle_parameter()]
GRENZEN = (
    "sv", "nicht_sv", "rente", "partner", "kind", "kind_partner_ueber_grenze", "minderjaehrig"
)  # fmt: skip


def test_there_are_88_series_without_a_double_key():
    assert len(SCHLUESSEL) == len(set(SCHLUESSEL)) == 88


@pytest.mark.parametrize("schluessel", SCHLUESSEL)
def test_every_covered_day_has_exactly_one_value(schluessel):
    eine = reihe(schluessel)
    tag, gesehen = eine.deckung_von, 0
    while tag <= min(eine.deckung_bis, date(2031, 12, 31)):
        treffer = [w for w in eine.werte if w.gueltig_ab <= tag <= w.gueltig_bis]
        assert treffer == [eine.am(tag)]
        gesehen += 1
        tag += timedelta(days=1)
    assert gesehen > 700


@pytest.mark.parametrize("schluessel", SCHLUESSEL)
def test_series_is_complete(schluessel):
    eine = reihe(schluessel)

    assert eine.bezeichnung
    assert eine.gruppe
    for wert in eine.werte:
        assert wert.wert > 0
        assert wert.einheit in EINHEITEN
        assert wert.grad in GRADE
        assert wert.quelle
        assert date(2026, 1, 1) <= wert.geprueft_am <= date(2026, 12, 31)


@pytest.mark.parametrize("schluessel", SCHLUESSEL)
def test_day_outside_the_series_is_refused(schluessel):
    eine = reihe(schluessel)
    tage = [eine.deckung_von - timedelta(days=1)]
    if eine.deckung_bis != OFFEN:
        tage.append(eine.deckung_bis + timedelta(days=1))
    for tag in tage:
        with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt; zulässig sind Tage"):
            parameter(schluessel, tag)


# Every series is one of four: its year, an adaptation that a norm orders, repealed, or open.
JAEHRLICH = {
    "regelbedarfsstufe_1", "grundbetrag_85", "familienzuschlag_85", "bezugsgroesse",
    "vermoegensfreibetrag", "minijob_grenze", *(f"einkommensgrenze.{name}" for name in GRENZEN)
}  # fmt: skip
# § 30 SGB XI: the amounts of the Pflegeversicherung rise again on 01.01.2028.
ANGEPASST = {
    *(f"{art}.grad{n}" for art in ("pflegesachleistung", "pflegegeld") for n in range(2, 6)),
    *(f"tagespflege.grad{n}" for n in range(2, 6)),
    "entlastungsbetrag", "pflegehilfsmittel", "pauschale_besondere_wohnform",
}  # fmt: skip
OFFENE = {
    "schonvermoegen.grundbetrag", "schonvermoegen.partner", "schonvermoegen.unterhaltene",
    "schonvermoegen.zusatz_pflege", "vermoegen_prozent", "beitrag_prozent", "beitrag_stufe",
    "beitrag_einmalig_faktor", "pflegegeld_fortzahlung_wochen", "arbeitsfoerderungsgeld",
    "arbeitsfoerderungsgeld_grenze", "bekanntgabe_tage", "bekanntgabe_tage.portal",
    "bekanntgabe_tage.einschreiben", "bekanntgabe_tage.oeffentlich",
    "zins_prozent", "verwaltungskosten_prozent", "wochen_je_jahr", "teilmonat_tage",
    "einsatz_schonung_prozent",
    *(f"einkommensgrenze_prozent.{name}" for name in GRENZEN)
}  # fmt: skip


@pytest.mark.parametrize("schluessel", SCHLUESSEL)
def test_only_what_the_law_limits_has_an_end(schluessel):
    eine = reihe(schluessel)

    assert eine.jaehrlich == (schluessel in JAEHRLICH)
    assert (eine.angepasst_nach == "§ 30 SGB XI") == (schluessel in ANGEPASST)
    assert (eine.deckung_bis == OFFEN) == (schluessel in OFFENE)
    assert eine.beendet == (schluessel not in JAEHRLICH | ANGEPASST | OFFENE)


@pytest.mark.parametrize("tag", [date(2028, 1, 1), date(2031, 1, 2), date(2099, 12, 31)])
def test_what_no_law_limits_has_a_value_on_every_later_day(tag):
    # 4 days § 37 Abs. 2 SGB X, 52 weeks and 30 days of a divided month [I].
    werte = ("bekanntgabe_tage", "wochen_je_jahr", "teilmonat_tage", "zins_prozent")

    assert [int(parameter(name, tag).wert) for name in werte] == [4, 52, 30, 4]
    assert all(parameter(name, tag).offen for name in werte)


def test_unknown_key_and_bad_day_are_refused():
    with pytest.raises(ParameterUnbekannt, match=r"gibt es nicht; zulässig sind .*_1, grund"):
        parameter("mindestlohn", date(2026, 1, 1))
    with pytest.raises(EingabeUngueltig, match="Stichtag"):
        parameter("bezugsgroesse", "2026-01-01")


def test_value_knows_its_validity():
    wert = parameter("minijob_grenze", date(2026, 5, 5))

    assert (wert.wert, wert.einheit) == (Decimal(603), "EUR/Monat")
    assert (wert.gueltig_ab, wert.gueltig_bis) == (date(2026, 1, 1), date(2026, 12, 31))
    assert wert.norm == "§ 8 Abs. 1a SGB IV"
    assert wert.einstellbar is False
    assert parameter("wochen_je_jahr", date(2026, 1, 1)).einstellbar is True


@pytest.mark.parametrize(
    "wert", reihe("regelbedarfsstufe_1").werte, ids=lambda w: str(w.gueltig_ab)
)
def test_grundbetrag_and_familienzuschlag_follow_from_the_regelbedarf(wert):
    # § 85 Abs. 1 SGB XII: twice the Regelbedarfsstufe 1, and 70 percent rounded up.
    tag = wert.gueltig_ab

    assert parameter("grundbetrag_85", tag).wert == wert.wert * 2
    siebzig = auf_volle_euro_aufgerundet(wert.wert * 70 / 100)
    assert parameter("familienzuschlag_85", tag).wert == siebzig


@pytest.mark.parametrize("jahr", range(2020, 2027))
def test_limits_follow_from_the_bezugsgroesse(jahr):
    tag = date(jahr, 1, 1)
    bezugsgroesse = parameter("bezugsgroesse", tag).wert
    for name in GRENZEN:
        prozent = parameter(f"einkommensgrenze_prozent.{name}", tag).wert
        assert parameter(f"einkommensgrenze.{name}", tag).wert == bezugsgroesse * prozent / 100
    assert parameter("vermoegensfreibetrag", tag).wert == bezugsgroesse * 150 / 100


@pytest.mark.parametrize(
    ("jahr", "mindestlohn"), [(2024, "12.41"), (2025, "12.82"), (2026, "13.90"), (2027, "14.60")]
)
def test_minijob_follows_from_the_mindestlohn(jahr, mindestlohn):
    # § 8 Abs. 1a SGB IV: Mindestlohn × 130 / 3, rounded up to the full Euro.
    grenze = auf_volle_euro_aufgerundet(Decimal(mindestlohn) * 130 / 3)

    assert parameter("minijob_grenze", date(jahr, 1, 1)).wert == grenze


@pytest.mark.parametrize(
    ("hbg", "seelisch", "geistig", "koerperlich"),
    [
        (1, 425, 425, 425),
        (2, 640, 695, 750),
        (3, 910, 1015, 1120),
        (4, 1015, 1120, 1230),
        (5, 1175, 1280, 1390),
    ],
)
def test_richtwerte_equal_anlage_3(hbg, seelisch, geistig, koerperlich):
    tag = date(2010, 6, 1)
    spalten = ("seelisch", "geistig", "koerperlich")

    werte = [parameter(f"kvjs_richtwert.hbg{hbg}.{spalte}", tag).wert for spalte in spalten]

    assert werte == [seelisch, geistig, koerperlich]


@pytest.mark.parametrize("aenderung", [{"jaehrlich": ...}, {"deckung_bis": ...}])
def test_an_end_has_exactly_what_the_law_limits(aenderung):
    eine = {feld: wert for feld, wert in {**zeile(), **aenderung}.items() if wert is not ...}

    with pytest.raises(ParameterUnbekannt, match="ein Ende"):
        _read_reihe(eine)


def test_check_reports_the_missing_year_but_no_history():
    hinweise = pruefhinweise(date(2026, 11, 21))

    assert {h.art for h in hinweise} == {"fehlt"}
    fehlend = {h.schluessel for h in hinweise}
    assert {"regelbedarfsstufe_1", "bezugsgroesse", "vermoegensfreibetrag"} <= fehlend
    assert "minijob_grenze" not in fehlend
    assert "pflegesachleistung.stufe2" not in fehlend
    assert hinweise[0].text == (
        "Regelbedarfsstufe 1 (bis 2010 Eckregelsatz): nach dem 31.12.2026 fehlt ein Wert;"
        " das Jahr 2027 ist nicht vollständig gedeckt."
    )


def test_check_reports_what_nobody_looked_at_for_a_year():
    am_jahrestag = {h.schluessel for h in pruefhinweise(date(2027, 8, 19)) if h.art == "alt"}
    danach = [h for h in pruefhinweise(date(2027, 8, 20)) if h.art == "alt"]

    assert am_jahrestag == set()
    assert "zins_prozent" in {h.schluessel for h in danach}
    assert danach[0].text.endswith("seit dem 19.08.2026 nicht geprüft.")


def zeile(**aenderung):
    gut = {
        "schluessel": "probe",
        "bezeichnung": "Probe",
        "gruppe": "Proben",
        "einheit": "EUR",
        "norm": "§ 85 SGB XII",
        "quelle": "Gesetzestext",
        "grad": "CALC",
        "geprueft_am": date(2026, 8, 19),
        "jaehrlich": True,
        "deckung_bis": date(2026, 12, 31),
        "werte": [{"ab": date(2025, 1, 1), "wert": "1"}, {"ab": date(2026, 1, 1), "wert": "2"}],
    }
    return {**gut, **aenderung}


def test_series_is_read_as_written():
    eins, zwei = _read_reihe(zeile()).werte

    assert (eins.gueltig_bis, zwei.gueltig_bis) == (date(2025, 12, 31), date(2026, 12, 31))
    assert (eins.wert, zwei.wert) == (1, 2)


@pytest.mark.parametrize(
    ("aenderung", "text"),
    [
        ({"stand": 1}, r"fehlende Angaben \[\], unbekannte \['stand'\]"),
        ({"werte": [{"ab": date(2025, 1, 1)}]}, r"fehlende Angaben \['wert'\]"),
        ({"werte": [{"ab": date(2025, 1, 1), "wert": "1", "bis": 1}]}, r"unbekannte \['bis'\]"),
        ({"werte": []}, "nicht aufsteigend"),
        ({"einheit": "Taler"}, "Einheit Taler"),
        ({"grad": "X"}, "gibt es nicht"),
        ({"werte": [{"ab": date(2025, 1, 1), "wert": "1", "grad": "X"}]}, "gibt es nicht"),
        ({"deckung_bis": date(2025, 12, 31)}, "nicht aufsteigend"),
        (
            {
                "werte": [
                    {"ab": date(2026, 1, 1), "wert": "1"},
                    {"ab": date(2026, 1, 1), "wert": "2"},
                ]
            },
            "nicht aufsteigend",
        ),
    ],
)
def test_series_that_breaks_the_schema_is_refused(aenderung, text):
    with pytest.raises(ParameterUnbekannt, match=f"probe: .*{text}"):
        _read_reihe(zeile(**aenderung))


@pytest.mark.parametrize(
    ("feld", "name"), [("norm", "probe"), ("werte", "probe"), ("schluessel", "")]
)
def test_series_without_a_needed_field_is_refused(feld, name):
    ohne = zeile()
    del ohne[feld]

    with pytest.raises(ParameterUnbekannt, match=rf"^{name}: fehlende Angaben \['{feld}'\]"):
        _read_reihe(ohne)


@pytest.mark.parametrize("tage", [0, 1])
def test_last_value_may_hold_for_a_day_or_two(tage):
    ende = date(2026, 1, 1) + timedelta(days=tage)

    assert _read_reihe(zeile(deckung_bis=ende)).deckung_bis == ende
