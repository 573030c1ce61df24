"""An Anfrage: advice only, until an application comes in or it ends."""

from __future__ import annotations

from datetime import date

import pytest

from cases.antrag.guards.antrag import (
    antragserfordernis,
    beratung_dokumentiert,
    uebersetzung_nach_dem_eingang,
)
from cases.antrag.services.anfrage import end_beratung, open_anfrage, record_beratung, submit_antrag
from cases.antrag.services.antrag import confirm_zustaendigkeit, record_uebersetzung
from cases.fall.guards.case import verfahren_erst_mit_antrag
from cases.fall.services.case import determine_zustaendigkeit, lock_running_case
from cases.models import Antrag, Beratung
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.antrag.bausteine import ANGABEN, TAG, make_anfrage
from tests.fabriken import EINGANGSFRISTEN, antrag_of, make_fall, make_person, norm_of

pytestmark = pytest.mark.django_db
SPAETER = date(2026, 11, 20)


def fristen(case) -> list[tuple[str, date]]:
    rows = case.fristen.filter(regel__in=EINGANGSFRISTEN).order_by("regel")
    return list(rows.values_list("regel", "ausloeser_datum"))


def test_anfrage_runs_without_frist_and_keeps_its_counselling_encrypted(fallmanager):
    case = make_anfrage(fallmanager)
    assert (case.state, fristen(case), case.antraege.count()) == ("anfrage", [], 0)
    assert Beratung.objects.get().inhalt == "Fragt nach Assistenz."
    assert case.ereignisse.get().text == "Beratung am 16.11.2026 (§ 106 SGB IX)"


def test_verfahren_erst_mit_antrag(fallmanager):
    case = make_anfrage(fallmanager)
    assert verfahren_erst_mit_antrag(case).norm == "§ 108 Abs. 1 S. 1 SGB IX"
    with pytest.raises(SchrittUnzulaessig, match="nur beraten"):
        lock_running_case(case.pk)
    # A step about the Zuständigkeit takes an Antrag, and there is none.
    assert not case.antraege.exists()


def test_application_of_an_anfrage_counts_from_its_own_receipt(fallmanager):
    case = make_anfrage(fallmanager)
    submit_antrag(case=case, by=fallmanager, tag=SPAETER, **{**ANGABEN, "eingang": SPAETER})
    case.refresh_from_db()
    assert case.state == "antrag_eingegangen"
    assert fristen(case) == [("F01", SPAETER), ("F04", SPAETER), ("F54", SPAETER)]


def test_application_before_the_anfrage_is_refused(fallmanager):
    case = make_anfrage(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match=r"besteht seit dem 16\.11\.2026"):
        submit_antrag(
            case=case, by=fallmanager, tag=SPAETER, **{**ANGABEN, "eingang": date(2026, 11, 2)}
        )


def test_anfrage_ends_with_auskunft_erteilt(fallmanager):
    case = end_beratung(
        case=make_anfrage(fallmanager), ergebnis="Pflegekasse", by=fallmanager, tag=SPAETER
    )
    assert (case.state, case.beendet_grund, case.beendet_am) == (
        "beendet",
        "Auskunft erteilt",
        SPAETER,
    )
    with pytest.raises(SchrittUnzulaessig, match="beendet"):
        record_beratung(case=case, am=SPAETER, inhalt="x", by=fallmanager, tag=SPAETER)


def test_beratung_dokumentiert(fallmanager):
    case = make_anfrage(fallmanager)
    assert beratung_dokumentiert(case) is None
    Beratung.objects.all().delete()
    assert beratung_dokumentiert(case).norm == "§ 106 Abs. 1 SGB IX"


def test_counselling_in_the_future_is_refused(fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        open_anfrage(
            leistungsberechtigte_person=make_person(),
            team=fallmanager.team,
            caseworker=fallmanager,
            am=SPAETER,
            inhalt="x",
            by=fallmanager,
            tag=TAG,
        )


@pytest.mark.parametrize(
    ("wer", "tag", "erlaubt"),
    [
        ("person", date(2026, 1, 1), True),
        ("vertretung", date(2026, 1, 1), True),
        ("von_amts_wegen", date(2019, 12, 31), True),
        ("von_amts_wegen", date(2020, 1, 1), False),
    ],
)
def test_antragserfordernis(wer, tag, erlaubt):
    norm = "" if erlaubt else "§ 108 Abs. 1 S. 1 SGB IX, § 108 Abs. 2 SGB IX"
    assert norm_of(antragserfordernis(wer, tag)) == norm
    # § 108 Abs. 2 SGB IX: none for a need found in the procedure of Kapitel 7.
    assert antragserfordernis(wer, tag, bedarf_ermittelt=True) is None


def test_foreign_language_waits_for_the_translation(fallmanager):
    case = make_anfrage(fallmanager)
    angaben = {**ANGABEN, "fremdsprache": "Ukrainisch"}
    antrag = submit_antrag(case=case, by=fallmanager, tag=TAG, **angaben)
    assert (antrag.wartet_auf_uebersetzung, fristen(case)) == (True, [("F54", ANGABEN["eingang"])])
    record_uebersetzung(antrag=antrag, am=SPAETER, by=fallmanager, tag=SPAETER)
    # § 19 Abs. 3 SGB X starts the Fristen of the authority; what the person may do does not wait.
    eingang = ANGABEN["eingang"]
    assert fristen(case) == [("F01", SPAETER), ("F04", SPAETER), ("F54", eingang)]
    with pytest.raises(SchrittUnzulaessig, match=r"liegt seit dem 20\.11\.2026 vor"):
        record_uebersetzung(antrag=antrag, am=SPAETER, by=fallmanager, tag=SPAETER)


@pytest.mark.parametrize(
    ("sprache", "am", "text"),
    [
        ("", SPAETER, "in deutscher Sprache"),
        ("Polnisch", date(2026, 11, 21), "liegt in der Zukunft"),
        ("Polnisch", date(2026, 11, 15), "nicht schon am 15.11.2026"),
    ],
)
def test_uebersetzung_nach_dem_eingang(sprache, am, text):
    antrag = Antrag(eingang=TAG, fremdsprache=sprache)
    assert text in uebersetzung_nach_dem_eingang(antrag, am, SPAETER).text


def test_further_application_has_fristen_of_its_own(fallmanager):
    case = make_fall(fallmanager, eingang=TAG)
    determine_zustaendigkeit(
        antrag=antrag_of(case), begruendung="wohnt hier", by=fallmanager, tag=TAG
    )
    zweiter = submit_antrag(
        case=case, by=fallmanager, tag=SPAETER, **{**ANGABEN, "eingang": SPAETER}
    )
    confirm_zustaendigkeit(antrag=zweiter, begruendung="wie bisher", by=fallmanager, tag=SPAETER)
    rows = case.fristen.filter(
        gegenstand=f"antrag:{zweiter.pk}", regel__in=EINGANGSFRISTEN
    ).order_by("regel")
    assert [(f.regel, f.state) for f in rows] == [
        ("F01", "gewahrt"),
        ("F04", "offen"),
        ("F54", "offen"),
    ]
    assert case.fristen.get(regel="F04", gegenstand__endswith=str(zweiter.pk - 1)).state == "offen"
