"""Further decisions: heard, submitted, released by a second person, in effect with Bekanntgabe."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from budget.folge.services import bescheid as folge
from budget.folge.services import wirkung
from budget.models import Folgebescheid, PersoenlichesBudget
from budget.zahlung.queries import list_zahlungen
from cases.services.ereignis import gegenstand_of
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


def test_a_lifted_grant_ends_on_its_day_and_the_person_keeps_her_claim():
    akte = geschichte.running()
    row = geschichte.lift(akte)
    assert row.wirksam_am == date(2026, 6, 16)
    geschichte.refresh(akte)
    assert akte.budget.state == "laeuft"
    kasse = make_user("kasse", "Kasse")
    plan = list_zahlungen(kasse, date(2026, 6, 20))[0].plan
    assert plan.ende == date(2026, 7, 31)

    wirkung.begin_wirkungen(tag=date(2026, 7, 31))
    assert geschichte.refresh(akte).budget.state == "laeuft"
    wirkung.begin_wirkungen(tag=date(2026, 8, 1))
    wirkung.begin_wirkungen(tag=date(2026, 8, 1))
    geschichte.refresh(akte)
    assert (akte.budget.state, akte.case.state) == ("beendet", "leistung_laeuft")
    fristen = akte.case.fristen.filter(gegenstand=gegenstand_of(akte.budget))
    assert set(fristen.values_list("state", flat=True)) == {"aufgehoben"}
    zeilen = [e.text for e in akte.case.ereignisse.filter(art="budget")]
    assert sum("Sachleistung lebt wieder auf" in zeile for zeile in zeilen) == 1


def test_nothing_is_lifted_before_the_person_was_heard():
    akte = geschichte.running()
    row = geschichte.draft(
        akte,
        "aufhebung",
        akte.budget,
        wirkt_ab=date(2026, 8, 1),
        anhoerung_bis=date(2026, 6, 22),
    )
    for tag, teil in (
        (date(2026, 6, 1), "noch nicht angehört"),
        (date(2026, 6, 22), "bis zum 22.06.2026"),
    ):
        with pytest.raises(SchrittUnzulaessig, match=teil) as grund:
            folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=tag)
        assert grund.value.norm == "§ 24 Abs. 1 SGB X"
        if row.anhoerung_schreiben_id is None:
            geschichte.hear(akte, row)
            row.refresh_from_db()
    frist = akte.case.fristen.get(regel="F56")
    assert (frist.ende, frist.gegenstand) == (date(2026, 6, 22), gegenstand_of(row))
    assert folge.submit_folgebescheid(
        row=row, by=akte.fallmanager, tag=date(2026, 6, 23)
    ).state == ("vorgelegt")


def test_another_intention_asks_for_another_anhoerung():
    akte = geschichte.running()
    row = geschichte.draft(
        akte,
        "aufhebung",
        akte.budget,
        wirkt_ab=date(2026, 8, 1),
        anhoerung_bis=date(2026, 6, 22),
    )
    geschichte.hear(akte, row)
    row.refresh_from_db()
    angaben = {**geschichte.TEXTE, "wirkt_ab": date(2026, 7, 1)}
    row = folge.update_folgebescheid(
        row=row, by=akte.fallmanager, tag=geschichte.HEUTE, angaben=angaben
    )
    assert row.anhoerung_schreiben is None
    with pytest.raises(SchrittUnzulaessig, match="noch nicht angehört"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 6, 24))


@pytest.mark.parametrize(
    ("art", "angaben", "teil"),
    [
        # For the time to come only: the day of Bekanntgabe (05.06.) is no such day.
        ("aufhebung", {"wirkt_ab": date(2026, 6, 5)}, "nur für die Zukunft"),
        ("aufhebung", {}, "erste Tag der Wirkung"),
        ("aufhebung_vergangen", {"wirkt_ab": date(2026, 5, 1)}, "welcher Fall"),
        (
            "aufhebung_vergangen",
            {"wirkt_ab": date(2026, 5, 1), "fall_des_gesetzes": "2"},
            "seit wann",
        ),
        (
            "ruecknahme",
            {"wirkt_ab": date(2026, 5, 1), "fall_des_gesetzes": "0"},
            "nur für die Zukunft",
        ),
        (
            "ruecknahme",
            {
                "wirkt_ab": date(2026, 5, 1),
                "fall_des_gesetzes": "2",
                "kenntnis_am": date(2025, 6, 4),
            },
            "bis zum 04.06.2026",
        ),
        ("aufhebung_vergangen", {"ermessen": "", "wirkt_ab": date(2026, 7, 1)}, "untypischer"),
        ("erstattung", {"betrag": Decimal("10")}, "Betrag und Zeitraum"),
        (
            "erstattung",
            {
                "betrag": Decimal("10"),
                "zeitraum_von": date(2026, 5, 1),
                "zeitraum_bis": date(2026, 5, 31),
            },
            "keine freigegebene Aufhebung",
        ),
    ],
)
def test_what_the_law_does_not_allow_is_closed_with_its_reason(art, angaben, teil):
    akte = geschichte.running()
    verzicht = {"anhoerung_verzicht": "5", "verzicht_grund": "Das Einkommen ist gestiegen."}
    row = geschichte.draft(akte, art, akte.budget, **verzicht, **angaben)
    with pytest.raises(SchrittUnzulaessig, match=teil):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)


def test_the_last_day_of_the_year_of_knowledge_still_counts():
    akte = geschichte.running()
    row = geschichte.draft(
        akte,
        "ruecknahme",
        akte.budget,
        wirkt_ab=date(2026, 5, 1),
        fall_des_gesetzes="2",
        kenntnis_am=date(2025, 6, 5),
        anhoerung_verzicht="5",
        verzicht_grund="Das Einkommen ist gestiegen.",
    )
    assert (
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE).state
        == "vorgelegt"
    )


def test_who_wrote_or_submitted_does_not_release():
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    akte.fallmanager.groups.add(*akte.leitung.groups.all())
    akte.fallmanager.__dict__.pop("rollen", None)
    with pytest.raises(SchrittUnzulaessig, match="zweite Person"):
        folge.release_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    with pytest.raises(DatabaseError, match=r"vier_augen|mitgeschrieben"), transaction.atomic():
        Folgebescheid.objects.filter(pk=row.pk).update(freigegeben_von=akte.fallmanager)


def test_a_submission_is_withdrawn_by_its_author_and_returned_by_the_other():
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    row = folge.withdraw_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert (row.state, row.vorgelegt_am) == ("entwurf", None)
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    row = folge.return_folgebescheid(
        row=row, grund="Bitte den Betrag nennen", by=akte.leitung, tag=geschichte.HEUTE
    )
    assert (row.state, row.rueckgabe_grund) == ("entwurf", "Bitte den Betrag nennen")


def test_a_refusal_decides_the_antrag_and_a_released_one_is_fixed():
    akte = fabriken.make_akte(fabriken.B)
    antrag = akte.case.antraege.get()
    row = geschichte.draft(akte, "ablehnung", antrag)
    row = geschichte.decide(akte, row, geschichte.HEUTE)
    fristen = dict(
        akte.case.fristen.filter(gegenstand=gegenstand_of(antrag)).values_list("regel", "state")
    )
    assert fristen["F04"] in {"gewahrt", "versaeumt"}
    assert fristen["F54"] == "aufgehoben"
    assert akte.case.fristen.get(regel="F51").gegenstand == gegenstand_of(row.schreiben)
    with pytest.raises(DatabaseError, match="inhalt_fest"), transaction.atomic():
        Folgebescheid.objects.filter(pk=row.pk).update(gruende="anders")
    with pytest.raises(SchrittUnzulaessig, match="keinen Antrag"):
        geschichte.draft(akte, "ablehnung", antrag)


def test_nothing_is_denied_before_the_warning_has_run_out():
    akte = fabriken.make_akte(fabriken.B)
    antrag = akte.case.antraege.get()
    row = geschichte.draft(
        akte, "versagung", antrag, hinweis_vom=date(2026, 5, 4), hinweis_bis=date(2026, 6, 1)
    )
    with pytest.raises(SchrittUnzulaessig, match=r"läuft bis zum 01\.06\.2026"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 6, 1))
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 6, 2))
    assert row.state == "vorgelegt"


def test_the_database_holds_one_draft_of_a_kind_about_one_thing():
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    with pytest.raises(SchrittUnzulaessig, match="schon einen Bescheid"):
        geschichte.draft(akte, "unveraendert", akte.budget)
    row.pk = None
    with pytest.raises(DatabaseError, match="ein_entwurf_budget"), transaction.atomic():
        row.save()


def test_a_dropped_draft_is_gone_but_not_one_that_the_person_knows_of():
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    folge.discard_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert not Folgebescheid.objects.exists()
    row = geschichte.draft(
        akte, "aufhebung", akte.budget, wirkt_ab=date(2026, 8, 1), anhoerung_bis=date(2026, 6, 22)
    )
    geschichte.hear(akte, row)
    with pytest.raises(SchrittUnzulaessig, match="Die Anhörung ist schon geschrieben"):
        folge.discard_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)


def test_a_letter_that_came_back_lets_the_grant_run_on():
    akte = geschichte.running()
    row = geschichte.lift(akte, ab=date(2026, 6, 17))
    wirkung.begin_wirkungen(tag=date(2026, 6, 17))
    assert geschichte.refresh(akte).budget.state == "beendet"
    wirkung.record_bekanntgabe(row.schreiben, None, akte.fallmanager, date(2026, 6, 20))
    geschichte.refresh(akte)
    row.refresh_from_db()
    assert (akte.budget.state, row.wirksam_am) == ("laeuft", None)
    offen = akte.case.fristen.filter(gegenstand=gegenstand_of(akte.budget), state="offen")
    assert set(offen.values_list("regel", flat=True)) == {"F30", "F31"}
    assert PersoenlichesBudget.objects.count() == 1
