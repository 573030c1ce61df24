"""From which day a budget may begin: first receipt, Kenntnis, month of the Antrag."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from budget.verfahren.guards import beginn_nicht_vor_antragsmonat
from cases.models import Antrag
from recht.leistungsbeginn import fruehester_beginn

B = "§ 108 Abs. 1 S. 2 SGB IX"
A = "§ 18 SGB XII"


@pytest.mark.parametrize(
    ("eingang", "erster", "beginn", "norm"),
    [
        # R1: 28.10.2026 elsewhere, 03.11. here: 01.10. is allowed (§ 16 Abs. 2 S. 2 SGB I).
        (date(2026, 11, 3), date(2026, 10, 28), date(2026, 10, 1), ""),
        (date(2026, 11, 3), date(2026, 10, 28), date(2026, 9, 30), B),
        (date(2026, 11, 3), None, date(2026, 11, 1), ""),
        (date(2026, 11, 3), None, date(2026, 10, 31), B),
        # R2: not before the Kenntnis in A and in 2018 and 2019.
        (date(2012, 11, 20), None, date(2012, 11, 1), A),
        (date(2012, 11, 20), None, date(2012, 11, 19), A),
        (date(2012, 11, 20), None, date(2012, 11, 20), ""),
        (date(2019, 6, 20), None, date(2019, 6, 1), A),
        (date(2019, 6, 20), None, date(2019, 6, 20), ""),
        # § 18 Abs. 2 SGB XII: the Kenntnis of the first carrier counts.
        (date(2012, 11, 20), date(2012, 11, 5), date(2012, 11, 5), ""),
        (date(2012, 11, 20), date(2012, 11, 5), date(2012, 11, 4), A),
        # The law of the Antrag decides at the turn of 2019 to 2020.
        (date(2020, 1, 3), date(2019, 12, 28), date(2019, 12, 28), ""),
        (date(2020, 1, 3), date(2019, 12, 28), date(2019, 12, 1), A),
        (date(2020, 1, 20), None, date(2020, 1, 1), ""),
        (date(2020, 1, 20), None, date(2019, 12, 31), B),
    ],
)
def test_beginn_nicht_vor_antragsmonat(eingang, erster, beginn, norm):
    antrag = Antrag(eingang=eingang, erster_eingang=erster)
    hindernis = beginn_nicht_vor_antragsmonat(antrag, beginn)
    assert (hindernis.norm if hindernis else "") == norm
    if hindernis:
        assert f"{fruehester_beginn(antrag.antragstag).tag:%d.%m.%Y}" in hindernis.text


def test_forwarded_antrag_without_its_first_receipt_says_where_it_is_entered():
    antrag = Antrag(eingang=date(2026, 11, 3), weg="weitergeleitet")
    text = beginn_nicht_vor_antragsmonat(antrag, date(2026, 10, 1)).text
    assert "Als zweiter Träger übernehmen" in text


def test_without_an_antrag_there_is_nothing_to_begin():
    assert beginn_nicht_vor_antragsmonat(None, date(2026, 1, 1)).norm == "§ 108 Abs. 1 S. 1 SGB IX"


@pytest.mark.parametrize(
    ("eingang", "kenntnis", "tag", "aus_kenntnis"),
    [
        # § 18 Abs. 1 SGB XII: from the Kenntnis on, until 2019.
        (date(2012, 11, 20), date(2012, 11, 5), date(2012, 11, 5), True),
        (date(2019, 6, 20), date(2019, 5, 31), date(2019, 5, 31), True),
        # An Antrag is Kenntnis at the latest.
        (date(2012, 11, 20), date(2012, 11, 20), date(2012, 11, 20), False),
        (date(2012, 11, 20), None, date(2012, 11, 20), False),
        # Since 2020 the Antrag decides (§ 108 Abs. 1 S. 2 SGB IX).
        (date(2026, 11, 3), date(2026, 9, 1), date(2026, 11, 1), False),
    ],
)
def test_help_begins_with_the_kenntnis_where_the_law_lets_it(eingang, kenntnis, tag, aus_kenntnis):
    antrag = Antrag(eingang=eingang, kenntnis_am=kenntnis, kenntnis_durch="Anruf")
    ergebnis = fruehester_beginn(antrag.antragstag, antrag.kenntnis_am)
    assert (ergebnis.tag, ergebnis.aus_kenntnis) == (tag, aus_kenntnis)
    assert beginn_nicht_vor_antragsmonat(antrag, tag) is None
    vorher = beginn_nicht_vor_antragsmonat(antrag, tag - timedelta(days=1))
    assert f"{tag:%d.%m.%Y}" in vorher.text
    gefragt = "Kenntnis festhalten" in vorher.text
    assert gefragt == (eingang.year < 2020 and not aus_kenntnis)
