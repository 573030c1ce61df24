"""Where the place decides otherwise: urgent need, birth, prison, no residence."""

from dataclasses import replace
from datetime import date

import pytest

from recht.zustaendigkeitsfragen import fragen
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

STATIONAER = {"wohnform": "tag_und_nacht", "aufnahme_am": date(2026, 10, 1)}
STATIONAER_ALT = {"wohnform": "tag_und_nacht", "aufnahme_am": date(2009, 3, 1)}
AMBULANT_ALT = {"wohnform": "ambulant", "aufenthalt": "", "tatsaechlich": "hier"}


# § 98 Abs. 2 S. 3 SGB XII speaks of the stationäre Leistung only (text of 02.07.2012); for
# Leistungen zur Teilhabe § 24 S. 3 SGB IX excludes § 43 SGB I since 2018 (text of 12/2021).
@pytest.mark.parametrize(
    ("angaben", "eingang", "norm"),
    [
        (HIER, EINGANG, "§ 120 Abs. 4 SGB IX"),
        (replace(HIER, **STATIONAER), EINGANG, "§ 120 Abs. 4 SGB IX"),
        (HIER_ALT, ALT, "§ 98 Abs. 5 S. 1 SGB XII, § 43 Abs. 1 SGB I"),
        (replace(HIER_ALT, **AMBULANT_ALT), ALT, "§ 98 Abs. 1 S. 1 SGB XII, § 43 Abs. 1 SGB I"),
        (replace(HIER_ALT, **STATIONAER_ALT), ALT, "§ 98 Abs. 2 S. 3 SGB XII"),
        (HIER_ALT_UE, UEBERGANG, "§ 98 Abs. 5 S. 1 SGB XII, § 24 S. 1 SGB IX"),
        (
            replace(HIER_ALT_UE, **AMBULANT_ALT),
            UEBERGANG,
            "§ 98 Abs. 1 S. 1 SGB XII, § 24 S. 1 SGB IX",
        ),
        (replace(HIER_ALT_UE, **STATIONAER_ALT), UEBERGANG, "§ 98 Abs. 2 S. 3 SGB XII"),
    ],
)
def test_urgent_need_names_the_rule_of_its_law(angaben, eingang, norm):
    ergebnis = pruefe(replace(angaben, eilfall="ja"), eingang)
    assert (ergebnis.vorschlag, normen(ergebnis)[-1]) == (V.VORLAEUFIG, norm)


# § 98 SGB IX (text of 19.08.2026): Abs. 2 S. 3 for good, Abs. 3 mother, Abs. 4 no residence in an
# institution or prison, Abs. 5 Leistung since before 2020; § 98 Abs. 2 S. 3 SGB XII provisional.
@pytest.mark.parametrize(
    ("aenderung", "eingang", "norm", "vorschlag"),
    [
        (
            {"aufenthalt": "keiner", "tatsaechlich": "hier"},
            EINGANG,
            "§ 98 Abs. 2 S. 3 SGB IX",
            V.LEISTENDER_TRAEGER,
        ),
        (
            {"aufenthalt": "keiner", "tatsaechlich": "anderswo"},
            EINGANG,
            "§ 98 Abs. 2 S. 3 SGB IX",
            V.ABGABE,
        ),
        (
            STATIONAER_ALT | {"aufenthalt": "keiner", "tatsaechlich": "hier"},
            ALT,
            "§ 98 Abs. 2 S. 3 SGB XII",
            V.VORLAEUFIG,
        ),
        (
            STATIONAER | {"besonderheit": "geburt", "aufenthalt": "anderswo"},
            EINGANG,
            "§ 98 Abs. 3 SGB IX",
            V.ABGABE,
        ),
        (
            STATIONAER_ALT | {"besonderheit": "geburt"},
            ALT,
            "§ 98 Abs. 2 S. 4 SGB XII",
            V.LEISTENDER_TRAEGER,
        ),
        (
            {"besonderheit": "vollzug", "aufnahme_am": date(2026, 9, 1)},
            EINGANG,
            "§ 98 Abs. 4 S. 2 SGB IX",
            V.LEISTENDER_TRAEGER,
        ),
        (
            STATIONAER_ALT | {"besonderheit": "vollzug"},
            ALT,
            "§ 98 Abs. 4 SGB XII, § 109 SGB XII",
            V.LEISTENDER_TRAEGER,
        ),
        (
            {"bezug": "laeuft", "bestand_2019": "ja", "bezug_traeger": "anderer"},
            EINGANG,
            "§ 98 Abs. 5 S. 1 SGB IX",
            V.ABGABE,
        ),
    ],
)
def test_exceptions_of_the_place(aenderung, eingang, norm, vorschlag):
    angaben = replace(HIER if eingang == EINGANG else HIER_ALT, **aenderung)
    ergebnis = pruefe(angaben, eingang)
    assert (ergebnis.vorschlag, ergebnis.fehlend) == (vorschlag, ())
    assert norm in normen(ergebnis)
    assert norm in {
        n for f in fragen(angaben, eingang, "BW") for n in (f.norm, f.norm[: len(norm)])
    }
    assert "vorläufig" not in ergebnis.schritte[-1].text or vorschlag == V.VORLAEUFIG


def test_exceptions_need_no_answer():
    """An exception that nobody claims does not stop the check."""
    offen = [f for f in fragen(replace(HIER, **STATIONAER), EINGANG, "BW") if f.freiwillig]
    assert [f.schluessel for f in offen] == ["besonderheit"]
    assert pruefe(replace(HIER, **STATIONAER)).fehlend == ()
    laeuft = replace(HIER, bezug="laeuft", bezug_traeger="hier")
    assert "bestand_2019" in [f.schluessel for f in fragen(laeuft, EINGANG, "BW")]
    assert pruefe(laeuft).fehlend == ()


def test_months_before_prison_are_named():
    angaben = replace(HIER, besonderheit="vollzug", aufnahme_am=date(2026, 9, 1))
    texte = " ".join(s.text for s in pruefe(angaben).schritte)
    assert "01.07.2026 bis 31.08.2026" in texte
