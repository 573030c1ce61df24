"""The Anhörung: known to the person, long enough, extended, and never cut afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from budget.folge.schreiben.daten import folge_daten
from budget.folge.services import bescheid as folge
from cases.frist.services.fristverlaengerung import extend_frist
from cases.models import Frist
from cases.schreiben.satz.brief import render_html
from cases.schreiben.services.bekanntgabe import correct_bekanntgabe
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte

pytestmark = pytest.mark.django_db
BIS = date(2026, 6, 22)


def heard(akte, am: date):
    """Return a draft whose Anhörung of 01.06. was posted on a day, and its sending."""
    row = geschichte.draft(
        akte, "aufhebung", akte.budget, wirkt_ab=date(2026, 9, 1), anhoerung_bis=BIS
    )
    schreiben = folge.issue_anhoerung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    versand = send(schreiben=schreiben, weg="post", by=akte.fallmanager, tag=am)
    versand = record_aufgabe(versand=versand, aufgabe_am=am, by=akte.fallmanager, tag=am)
    row.refresh_from_db()
    return row, versand


def submit(akte, row, tag: date) -> str:
    """Submit on a day; return why not, or ""."""
    try:
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=tag)
    except SchrittUnzulaessig as grund:
        return grund.text
    return ""


@pytest.mark.parametrize(
    ("aufgabe", "tag", "teil"),
    [
        # Posted on 01.06., made known on 05.06.: the promised day counts.
        (date(2026, 6, 1), BIS, "bis zum 22.06.2026"),
        (date(2026, 6, 1), date(2026, 6, 23), ""),
        # Posted after three weeks: not known on that day, and then two weeks more.
        (date(2026, 6, 22), date(2026, 6, 23), "erst am 26.06.2026 bekannt"),
        (date(2026, 6, 22), date(2026, 7, 10), "bis zum 10.07.2026"),
        (date(2026, 6, 22), date(2026, 7, 11), ""),
    ],
)
def test_the_person_has_her_time_from_the_day_she_knows(aufgabe, tag, teil):
    akte = geschichte.running()
    row, _ = heard(akte, aufgabe)
    text = submit(akte, row, tag)
    assert teil in text
    assert bool(text) == bool(teil)


def test_a_later_receipt_and_an_extension_count():
    # § 26 Abs. 7 SGB X
    akte = geschichte.running()
    row, versand = heard(akte, date(2026, 6, 1))
    frist = Frist.objects.get(case=akte.case, regel="F56")
    extend_frist(
        frist=frist,
        bis=date(2026, 7, 6),
        grund="behoerde",
        mitgeteilt_am=date(2026, 6, 10),
        begruendung="Urlaub",
        by=akte.fallmanager,
        tag=date(2026, 6, 10),
    )
    assert "06.07.2026" in submit(akte, row, date(2026, 7, 6))
    correct_bekanntgabe(
        versand=versand,
        zugang_am=date(2026, 6, 29),
        ausland=False,
        rbb="richtig",
        feststellung="Rückschein",
        by=akte.fallmanager,
        tag=date(2026, 7, 1),
    )
    offen = Frist.objects.filter(case=akte.case, regel="F56").exclude(state="aufgehoben").get()
    assert (offen.ausloeser_datum, offen.ende) == (date(2026, 6, 29), date(2026, 7, 13))
    assert "13.07.2026" in submit(akte, row, date(2026, 7, 13))
    assert submit(akte, row, date(2026, 7, 14)) == ""


def test_the_promised_day_is_not_cut_in_the_draft():
    akte = geschichte.running()
    row, _ = heard(akte, date(2026, 6, 1))
    with pytest.raises(SchrittUnzulaessig, match="steht in der Anhörung") as grund:
        folge.update_folgebescheid(
            row=row,
            by=akte.fallmanager,
            tag=date(2026, 6, 8),
            angaben={"anhoerung_bis": date(2026, 6, 8)},
        )
    assert grund.value.norm == "§ 26 Abs. 7 SGB X"


def test_a_later_first_day_asks_for_no_new_anhoerung_but_an_earlier_one_does():
    akte = geschichte.running()
    row, _ = heard(akte, date(2026, 6, 1))
    for ab, geblieben in ((date(2026, 10, 1), True), (date(2026, 8, 1), False)):
        row = folge.update_folgebescheid(
            row=row, by=akte.fallmanager, tag=date(2026, 6, 8), angaben={"wirkt_ab": ab}
        )
        assert (row.anhoerung_schreiben_id is not None) is geblieben


def test_what_she_says_without_a_letter_stands_in_the_bescheid():
    akte = geschichte.running()
    row = geschichte.draft(akte, "aufhebung", akte.budget, wirkt_ab=date(2026, 9, 1))
    row = folge.record_aeusserung(
        row=row,
        am=date(2026, 6, 1),
        text="Im Gespräch war ich dagegen.",
        by=akte.fallmanager,
        tag=geschichte.HEUTE,
    )
    daten = folge_daten(row=row, datum=geschichte.HEUTE, empfaenger=["Emil", "Weg 1", "1 Ort"])
    html = render_html(art="folgebescheid", titel="x", daten=daten)
    assert "Im Gespräch war ich dagegen." in html
    assert "§ 24 Abs. 1 SGB X" in html
