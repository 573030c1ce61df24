"""Which Frist and which letter goes by the first receipt, and which by our own.

First receipt: what the person may claim (§ 16 Abs. 2 S. 2 SGB I, § 19 Abs. 4 SGB X). Own receipt:
until when the authority has to act (§ 14 Abs. 2 S. 4 SGB IX).
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.antrag.services.antrag import record_antrag, record_uebersetzung
from cases.antrag.services.zustaendigkeit import take_over
from cases.models import Antrag, Frist
from cases.services.ereignis import gegenstand_of
from recht.fristkatalog import katalog
from tests.fabriken import antrag_of, make_fall, make_traeger

pytestmark = pytest.mark.django_db

HIER = date(2026, 11, 3)
DORT = date(2026, 10, 28)


def trigger(antrag):
    rows = Frist.objects.filter(gegenstand=gegenstand_of(antrag)).exclude(state="aufgehoben")
    return dict(rows.values_list("regel", "ausloeser_datum"))


@pytest.fixture
def antrag(fallmanager) -> Antrag:
    row = antrag_of(make_fall(fallmanager, eingang=HIER))
    take_over(
        antrag=row,
        von=make_traeger("krankenkasse", "AOK Probe"),
        erster_eingang=DORT,
        by=fallmanager,
        tag=HIER,
    )
    row.refresh_from_db()
    return row


def test_first_receipt_counts_for_the_person_and_ours_for_us(antrag):
    assert (antrag.erster_eingang, antrag.antragstag, antrag.eingang) == (DORT, DORT, HIER)
    assert trigger(antrag) == {"F04": HIER, "F54": DORT}
    f54 = Frist.objects.exclude(state="aufgehoben").get(regel="F54")
    assert f54.ende == date(2027, 4, 28)
    alt = Frist.objects.get(regel="F54", state="aufgehoben")
    assert alt.erledigt_durch == "Eingang beim ersten Träger bekannt (§ 16 Abs. 2 S. 2 SGB I)"


@pytest.mark.parametrize("frist", [f for f, r in katalog().items() if r.bei_eingang])
def test_each_frist_of_the_receipt_knows_its_day(frist):
    # F01, F04: own receipt; F54 (§ 88 Abs. 1 SGG): the Antrag itself.
    assert katalog()[frist].ab_antrag == (frist == "F54")


def test_untaetigkeit_runs_before_a_translation_too(fallmanager):
    # § 19 Abs. 3 SGB X holds back our Fristen, Abs. 4 lets the claim count from the receipt.
    fall = make_fall(fallmanager)
    row = record_antrag(
        case=fall,
        eingang=HIER,
        weg="schriftlich",
        begehren="Assistenz",
        persoenliches_budget=True,
        fremdsprache="Türkisch",
        by=fallmanager,
        tag=HIER,
    )
    assert trigger(row) == {"F54": HIER}
    eintrag = fall.ereignisse.get(text__contains="Türkisch")
    assert eintrag.text == (
        "Antrag eingegangen am 03.11.2026 in der Sprache Türkisch; die Fristen beginnen mit der "
        "Übersetzung"
    )
    record_uebersetzung(antrag=row, am=date(2026, 11, 17), by=fallmanager, tag=date(2026, 11, 17))
    da = date(2026, 11, 17)
    assert trigger(row) == {"F01": da, "F04": da, "F54": HIER}


def test_database_refuses_a_first_receipt_after_ours(antrag):
    with (
        pytest.raises(IntegrityError, match="antrag_erster_eingang_nicht_nach_eingang"),
        transaction.atomic(),
    ):
        Antrag.objects.filter(pk=antrag.pk).update(erster_eingang=date(2026, 11, 4))
