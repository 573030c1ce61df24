"""Notice of the authority: the person is heard, the notice is written, then the grant is lifted.

§ 24 Abs. 1 SGB X, § 29 Abs. 4 S. 4-7 SGB IX.
"""

from __future__ import annotations

from datetime import date

import pytest

from budget.folge.guards import freigabeschutz as freigabeguards
from budget.folge.guards import kuendigung as guards
from budget.folge.queries.tisch import list_vorgelegte
from budget.folge.services import bescheid as folge
from budget.folge.services.kuendigung import issue_kuendigung
from budget.models import Folgebescheid
from budget.states.folge import FOLGEARTEN
from budget.uebersicht.views.tisch import arbeitszeilen
from cases.models import Schreiben, User
from cases.schreiben.services.bekanntgabe import record_nichtzugang
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.budget.folge.geschichte import HEUTE
from tests.fabriken import make_leitung, norm_of

ZEILE = FOLGEARTEN["kuendigung"]
AB = date(2026, 8, 1)


def notice(akte, **angaben) -> Folgebescheid:
    """Return a draft that shall follow a notice of the authority."""
    werte = {"wirkt_ab": AB, "fall_des_gesetzes": "T", "anhoerung_bis": date(2026, 6, 22)}
    return geschichte.draft(akte, "kuendigung", akte.budget, **werte | angaben)


def post(akte, schreiben: Schreiben, am: date):
    versand = send(schreiben=schreiben, weg="post", by=akte.fallmanager, tag=am)
    return record_aufgabe(versand=versand, aufgabe_am=am, by=akte.fallmanager, tag=am)


@pytest.mark.django_db
def test_heard_then_given_notice_then_lifted():
    akte = geschichte.running()
    row = notice(akte)
    with pytest.raises(SchrittUnzulaessig, match="noch nicht angehört") as grund:
        issue_kuendigung(row=row, by=akte.leitung, tag=HEUTE)
    assert grund.value.norm == "§ 24 Abs. 1 SGB X"
    geschichte.hear(akte, row)
    with pytest.raises(SchrittUnzulaessig, match=r"bis zum 22\.06\.2026 äußern"):
        issue_kuendigung(row=row, by=akte.leitung, tag=date(2026, 6, 22))
    tag = date(2026, 6, 23)
    brief = issue_kuendigung(row=row, by=akte.leitung, tag=tag)
    assert brief.daten["gekuendigt"]["norm"] == "§ 29 Abs. 4 S. 4 SGB IX"
    with pytest.raises(SchrittUnzulaessig, match="schon geschrieben"):
        issue_kuendigung(row=row, by=akte.leitung, tag=tag)
    with pytest.raises(SchrittUnzulaessig, match="schriftliche Kündigung zugegangen"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=tag)
    versand = post(akte, brief, tag)
    row.refresh_from_db()
    assert row.gekuendigt_am == versand.bekanntgabe
    danach = date(2026, 6, 29)
    record_nichtzugang(
        versand=versand, am=danach, feststellung="verzogen", by=akte.fallmanager, tag=danach
    )
    row.refresh_from_db()
    assert row.gekuendigt_am is None
    versand = post(akte, brief, danach)
    row.refresh_from_db()
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 7, 6))
    assert (row.state, row.gekuendigt_am) == ("vorgelegt", versand.bekanntgabe)


@pytest.mark.django_db
def test_kuendigung_durch_andere():
    """Writing and giving notice are two persons, whatever account, and whoever wrote last."""
    akte = geschichte.running()
    row = notice(akte)
    geschichte.hear(akte, row)
    tag = date(2026, 6, 23)
    with pytest.raises(SchrittUnzulaessig, match="Sachgebietsleitung, die den Entwurf nicht"):
        issue_kuendigung(row=row, by=akte.fallmanager, tag=tag)
    row = folge.update_folgebescheid(
        row=row, by=akte.leitung, tag=tag, angaben={"gruende": "Das Geld ist verspielt."}
    )
    row = folge.update_folgebescheid(
        row=row, by=akte.fallmanager, tag=tag, angaben={"gruende": "Das Geld ist verloren."}
    )
    konto = make_leitung("zweitkonto", akte.case.team)
    User.objects.filter(pk=konto.pk).update(
        first_name=akte.leitung.first_name, last_name=akte.leitung.last_name
    )
    konto.refresh_from_db()
    for by in (akte.leitung, konto):
        with pytest.raises(SchrittUnzulaessig, match="selbst verfasst oder bearbeitet") as grund:
            issue_kuendigung(row=row, by=by, tag=tag)
        assert grund.value.norm == "Vier-Augen-Grundsatz"
        grund = freigabeguards.kuendigung_durch_andere(row, by)
        assert "sie braucht eine zweite Person" in grund.text
        assert row not in list_vorgelegte(by, tag)
    zweite = make_leitung("zweite", akte.case.team)
    assert freigabeguards.kuendigung_durch_andere(row, zweite) is None
    # Not before the time to answer is over, and never again once it is written.
    assert row not in list_vorgelegte(zweite, date(2026, 6, 22))
    assert row in list_vorgelegte(zweite, tag)
    (zeile,) = [z for z in arbeitszeilen(zweite, tag) if z.titel.startswith("Kündigung")]
    assert (zeile.art, zeile.zustand) == ("freigabe", "Entwurf")
    issue_kuendigung(row=row, by=zweite, tag=tag)
    assert row not in list_vorgelegte(zweite, tag)


@pytest.mark.django_db
def test_a_notice_before_the_answer_lifts_nothing():
    akte = geschichte.running()
    row = notice(akte, gekuendigt_am=HEUTE)
    geschichte.hear(akte, row)
    with pytest.raises(SchrittUnzulaessig, match="bevor die Person sich äußern konnte") as grund:
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 6, 23))
    assert grund.value.norm == "§ 24 Abs. 1 SGB X"


@pytest.mark.parametrize(
    ("durch", "am", "fruehestens", "norm"),
    [
        ("T", date(2026, 6, 22), date(2026, 6, 23), "§ 24 Abs. 1 SGB X"),
        ("T", date(2026, 6, 23), date(2026, 6, 23), ""),
        # The law makes the Anhörung dispensable.
        ("T", date(2026, 6, 22), None, ""),
        # Not given yet.
        ("T", None, date(2026, 6, 23), ""),
        # The person gives notice herself.
        ("P", date(2026, 6, 22), date(2026, 6, 23), ""),
    ],
)
def test_kuendigung_nach_anhoerung(durch, am, fruehestens, norm):
    row = Folgebescheid(
        art="kuendigung", fall_des_gesetzes=durch, gekuendigt_am=am, datum=date(2026, 6, 1)
    )
    assert norm_of(guards.kuendigung_nach_anhoerung(row, ZEILE, fruehestens)) == norm


@pytest.mark.parametrize(
    ("art", "durch", "norm"),
    [
        ("kuendigung", "T", ""),
        ("kuendigung", "P", "§ 29 Abs. 4 S. 4 SGB IX"),
        ("aufhebung", "", "§ 29 Abs. 4 S. 4 SGB IX"),
    ],
)
def test_behoerde_kuendigt(art, durch, norm):
    row = Folgebescheid(art=art, fall_des_gesetzes=durch, datum=HEUTE)
    assert norm_of(guards.behoerde_kuendigt(row, FOLGEARTEN[art])) == norm


def test_noch_nicht_gekuendigt():
    row = Folgebescheid(art="kuendigung", fall_des_gesetzes="T", datum=HEUTE)
    assert guards.noch_nicht_gekuendigt(row, None) is None
    assert norm_of(guards.noch_nicht_gekuendigt(row, Schreiben())) == "§ 29 Abs. 4 S. 4 SGB IX"
    row.gekuendigt_am = HEUTE
    assert norm_of(guards.noch_nicht_gekuendigt(row, None)) == "§ 29 Abs. 4 S. 4 SGB IX"
