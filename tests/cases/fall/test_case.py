"""Steps of a case on a real database."""

from __future__ import annotations

from datetime import date

import pytest

from cases.antrag.services.antrag import open_case
from cases.fall.services.case import (
    begin_ueberpruefung,
    continue_unchanged,
    determine_zustaendigkeit,
    end_case,
    forward_antrag,
)
from cases.frist.services.frist import start_frist
from cases.models import Antrag, Case, Ereignis, Frist
from cases.states.fall import FALL, Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import EINGANGSFRISTEN, antrag_of, make_fall, make_person, make_traeger

pytestmark = pytest.mark.django_db


def test_open_case_starts_f01_f04_and_f54_from_the_receipt(fallmanager):
    case = make_fall(fallmanager, eingang=date(2025, 12, 12), tag=date(2025, 12, 15))
    rows = case.fristen.filter(regel__in=EINGANGSFRISTEN).order_by("regel")
    assert list(rows.values_list("regel", "ende")) == [
        ("F01", date(2025, 12, 29)),
        ("F04", date(2026, 1, 2)),
        ("F54", date(2026, 6, 12)),
    ]
    assert case.state == Fallzustand.ANTRAG_EINGEGANGEN
    assert case.eroeffnet_am == date(2025, 12, 12)


def test_open_case_explains_every_frist(fallmanager):
    case = make_fall(fallmanager, eingang=date(2025, 12, 12), tag=date(2025, 12, 15))
    frist = Frist.objects.get(case=case, regel="F01")
    assert "Weihnachtsfeiertag" in frist.verschoben_wegen
    assert len(frist.schritte) >= 3
    assert all(step["text"] for step in frist.schritte)


def test_open_case_refuses_a_receipt_in_the_future(fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        make_fall(fallmanager, eingang=date(2026, 3, 3), tag=date(2026, 3, 2))
    assert Case.objects.count() == 0


def test_aktenzeichen_counts_per_year_of_receipt_without_gaps(fallmanager):
    numbers = [
        make_fall(fallmanager, eingang=day, tag=date(2026, 2, 1)).aktenzeichen
        for day in (date(2025, 12, 30), date(2026, 1, 5), date(2026, 1, 6))
    ]
    assert numbers == ["EH-2025-00001", "EH-2026-00001", "EH-2026-00002"]


def test_aktenzeichen_of_a_failed_intake_is_given_again(fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        make_fall(fallmanager, eingang=date(2026, 3, 3), tag=date(2026, 3, 2))
    assert make_fall(fallmanager, eingang=date(2026, 3, 2)).aktenzeichen == "EH-2026-00001"


def test_zustaendigkeit_within_the_frist_keeps_f01(fallmanager):
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    determine_zustaendigkeit(
        antrag=antrag_of(case), begruendung="wohnt hier", by=fallmanager, tag=date(2026, 3, 16)
    )
    frist = Frist.objects.get(case=case, regel="F01")
    assert (frist.state, frist.erledigt_am) == ("gewahrt", date(2026, 3, 16))


def test_zustaendigkeit_after_the_frist_misses_f01(fallmanager):
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    determine_zustaendigkeit(
        antrag=antrag_of(case), begruendung="wohnt hier", by=fallmanager, tag=date(2026, 3, 17)
    )
    assert Frist.objects.get(case=case, regel="F01").state == "versaeumt"


@pytest.mark.parametrize(("tag", "erlaubt"), [(16, True), (17, True), (18, False)])
def test_weiterleitung_innerhalb_der_frist(fallmanager, tag, erlaubt):
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    kasse = make_traeger("rentenversicherung", "Deutsche Rentenversicherung Musterland")
    call = {"antrag": antrag_of(case), "an": kasse, "grund": "Reha", "by": fallmanager}
    if erlaubt:
        forward_antrag(**call, tag=date(2026, 3, tag))
        case.refresh_from_db()
        assert case.state == Fallzustand.WEITERGELEITET
        assert Frist.objects.get(case=case, regel="F04").state == "aufgehoben"
    else:
        with pytest.raises(SchrittUnzulaessig, match="abgelaufen"):
            forward_antrag(**call, tag=date(2026, 3, tag))


def test_eingang_nicht_in_der_zukunft(fallmanager):
    person = make_person()
    with pytest.raises(SchrittUnzulaessig) as refused:
        open_case(
            leistungsberechtigte_person=person,
            team=fallmanager.team,
            caseworker=fallmanager,
            eingang=date(2026, 3, 3),
            weg="schriftlich",
            begehren="Assistenz",
            persoenliches_budget=False,
            by=fallmanager,
            tag=date(2026, 3, 2),
        )
    assert refused.value.norm == "§ 14 Abs. 1 S. 1 SGB IX"
    assert Antrag.objects.count() == 0


@pytest.mark.parametrize("state", Fallzustand.values)
@pytest.mark.parametrize("zeile", FALL.uebergaenge, ids=lambda z: z.schritt)
def test_every_step_from_every_state_follows_the_table(zeile, state):
    if state in zeile.von:
        # A row without a state of its own leaves the case where it is.
        assert FALL.ziel(state, zeile.schritt) == (zeile.nach or state)
    else:
        with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
            FALL.ziel(state, zeile.schritt)


def test_review_begins_and_ends_unchanged(fallmanager):
    case = make_fall(fallmanager)
    Case.objects.filter(pk=case.pk).update(state=Fallzustand.LEISTUNG_LAEUFT)
    begin_ueberpruefung(case=case, anlass="halbes Jahr", by=fallmanager, tag=date(2026, 11, 20))
    case.refresh_from_db()
    assert case.state == Fallzustand.UEBERPRUEFUNG
    continue_unchanged(case=case, ergebnis="passt", by=fallmanager, tag=date(2026, 11, 21))
    case.refresh_from_db()
    assert case.state == Fallzustand.LEISTUNG_LAEUFT


def test_end_case_needs_the_supervisor_and_lifts_open_fristen(fallmanager, leitung):
    case = make_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="Sachgebietsleitung"):
        end_case(case=case, grund="zurückgenommen", by=fallmanager, tag=date(2026, 11, 23))
    end_case(
        case=case,
        grund="zurückgenommen",
        art="antrag_zurueckgenommen",
        by=leitung,
        tag=date(2026, 11, 23),
    )
    assert set(Frist.objects.filter(case=case).values_list("state", flat=True)) == {"aufgehoben"}
    assert Ereignis.objects.filter(case=case, art="ende").count() == 1


def test_end_of_a_case_does_not_end_the_time_of_a_rechtsbehelf(fallmanager, leitung):
    case = make_fall(fallmanager)
    frist = start_frist(
        case=case, regel="F51", gegenstand=case, ausloeser=date(2026, 11, 20), by=fallmanager
    )
    end_case(
        case=case,
        grund="zurückgenommen",
        art="antrag_zurueckgenommen",
        by=leitung,
        tag=date(2026, 11, 23),
    )
    frist.refresh_from_db()
    assert frist.state == "offen"
