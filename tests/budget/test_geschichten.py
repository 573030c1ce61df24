"""Four budgets of 2026 from their beginning to their end, with the amounts of each step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from budget.bescheid.schreiben.wunsch import wuensche_of
from budget.bescheid.services.wirksamkeit import begin_wirkungen as begin_bewilligung
from budget.beteiligung import services as beteiligung
from budget.beteiligung.queries import board_of
from budget.folge.services.kuendigung import issue_kuendigung
from budget.models import Budgetueberpruefung, Folgebescheid, PersoenlichesBudget
from budget.states.beteiligung import Beteiligungsstand
from budget.verfahren.queries import get_budget
from budget.zahlung.queries import list_zahlungen, month_of
from cases.models import Frist, User
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan
from tests.budget import fabriken
from tests.budget.bescheid.test_abzug import EINZEL, save
from tests.budget.beteiligung import test_brett as brett
from tests.budget.folge import geschichte, nachfolge
from tests.budget.folge.test_kuendigung import notice
from tests.budget.ueberpruefung import test_ueberpruefung as pruefung
from tests.fabriken import make_user
from tests.gesamtplan.bausteine import texte_of

pytestmark = pytest.mark.django_db
MAI, JULI, AUGUST = date(2026, 5, 1), date(2026, 7, 1), date(2026, 8, 1)
SECHS_STUNDEN = {"art": "stunden", "anzahl": "6", "je": "woche", "satz": "42.50"}


def paid(monat: date) -> list[Decimal]:
    """Return what the Kasse sees for a month."""
    kasse = User.objects.filter(username="kasse").first() or make_user("kasse", "Kasse")
    return [p.rate.betrag for p in month_of(list_zahlungen(kasse, monat), monat, monat).posten]


def grant(akte: fabriken.Akte) -> None:
    """Release the submitted Bescheid, post it, and let the days pass until it is paid."""
    fabriken._submit(akte)
    fabriken._release_bescheid(akte)
    geschichte.post(akte, akte.bescheid.schreiben, akte.tage.bescheid)
    begin_bewilligung(tag=akte.tage.beginn)
    geschichte.refresh(akte)


def test_one_carrier_of_four_is_late_and_the_budget_comes_in_time():
    akte = fabriken.make_akte(fabriken.B, leistungen=brett.UEBERGREIFEND)
    fabriken.start(akte)
    kasse = brett.ask(akte, "kasse", gruppen=["b_medizinische_rehabilitation"])
    pflege = brett.ask(akte, "pflegekasse", zustimmung_am=brett.GEFRAGT)
    arbeit = brett.ask(akte, "arbeit")
    for row in (kasse, pflege, arbeit):
        brett.post(akte, row, "beteiligung_traeger", brett.GEFRAGT)
    for row, hoehe in ((pflege, "796 Euro als Gutschein"), (arbeit, "400 Euro im Monat")):
        beteiligung.save_stellungnahme(
            budget=akte.budget,
            beteiligung=row,
            angaben=replace(brett.ANTWORT, eingegangen_am=date(2026, 4, 20), hoehe=hoehe),
            by=akte.fallmanager,
            tag=brett.SPAET,
        )
    stand = {z.traeger.art: z.stand for z in board_of(get_budget(akte.case), brett.SPAET)}
    assert stand["krankenkasse"] is Beteiligungsstand.VERSPAETET
    assert Frist.objects.filter(case=akte.case, regel="F07").count() >= 1
    brett.post(akte, kasse, "beteiligung_erinnerung", brett.SPAET)
    beteiligung.determine_bedarf(
        budget=akte.budget,
        beteiligung=kasse,
        text="Funktionstraining nach § 64 SGB IX ist nötig.",
        by=akte.fallmanager,
        tag=brett.SPAET,
    )
    akte.tage = replace(
        akte.tage,
        ausgefertigt=date(2026, 4, 24),
        unterschrift=date(2026, 4, 27),
        bescheid=date(2026, 4, 27),
    )
    grund = "Nach der Stellungnahme."
    fabriken.teil(akte, "teilhabe", "stunden", positionen=[SECHS_STUNDEN])
    fabriken.teil(akte, "kasse", "individuell", betrag=Decimal(80), abweichung_grund=grund)
    fabriken.teil(akte, "arbeit", "individuell", betrag=Decimal(400), abweichung_grund=grund)
    fabriken.teil(akte, "pflegekasse", "gutschein", parameter_schluessel="pflegesachleistung.grad2")
    for step in (fabriken._measure, fabriken._draft, fabriken._issue, fabriken._sign):
        step(akte)
    fabriken._decide(akte)
    assert "Es ist kein" in save(akte, **EINZEL, einkommen="30000")
    grant(akte)
    # 6 hours a week are 1.105; with 80, 400 and the voucher of 796 they are 2.381.
    assert akte.budget.summe() == Decimal("2381.00")
    assert akte.budget.state == "laeuft"
    assert paid(MAI) == [Decimal("1585.00")]
    assert akte.bescheid.schreiben.daten["summen"]["gutscheine"] == "796.00"


def test_one_leistung_by_hours_is_paid_less_the_beitrag():
    leistung = ("teilhabe", "eingliederungshilfe", "Assistenz", "§ 113 SGB IX", "b_assistenz")
    akte = fabriken.make_akte(fabriken.B, leistungen=(leistung,))
    fabriken.start(akte)
    fabriken.teil(akte, "teilhabe", "stunden", positionen=[SECHS_STUNDEN])
    for step in (fabriken._measure, fabriken._draft, fabriken._issue, fabriken._sign):
        step(akte)
    fabriken._decide(akte)
    satz = save(akte, **EINZEL, einkommen="60000")
    # 2 % of what 60.000 exceeds 40.341 are 393,18, down to full ten euro.
    assert "Ihr Beitrag beträgt 390,00 € im Monat" in satz.replace("\u00a0", " ")
    grant(akte)
    assert akte.budget.summe() == Decimal("1105.00")
    assert paid(MAI) == [Decimal("715.00")]
    assert paid(date(2026, 4, 1)) == []


def test_after_notice_and_anhoerung_the_claim_goes_on_without_the_budget():
    akte = geschichte.running()
    row = notice(akte)
    geschichte.hear(akte, row)
    kuendigung = date(2026, 6, 23)
    brief = issue_kuendigung(row=row, by=akte.leitung, tag=kuendigung)
    geschichte.post(akte, brief, kuendigung)
    row.refresh_from_db()
    # 23.06. and four days is Saturday 27.06.2026.
    assert row.gekuendigt_am == date(2026, 6, 27)
    row = geschichte.decide(akte, row, date(2026, 7, 6))
    assert (row.erster_tag, row.anspruchsfolge) == (AUGUST, "bleibt")
    assert [paid(m) for m in (JULI, AUGUST)] == [[Decimal("1793.00")], []]
    nachfolge.run(AUGUST)
    geschichte.refresh(akte)
    assert (akte.budget.state, akte.case.state) == ("beendet", "leistung_laeuft")
    # The Bescheid is ended, not taken back: what was paid is not asked for.
    assert not Folgebescheid.objects.filter(art="erstattung").exists()
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=akte.plan,
        anlass="Die Assistenz kommt ab August als Sachleistung.",
        datum=AUGUST,
        by=akte.fallmanager,
        tag=AUGUST,
    )
    assistenz = neu.leistungen.get(bezeichnung="Assistenz")
    assert assistenz.bezeichnung == akte.leistungen["teilhabe"].bezeichnung


def test_a_review_leads_to_a_new_plan_and_a_higher_grant():
    akte = geschichte.running()
    row = pruefung.write(akte, pruefung.start(akte))
    row = pruefung.close(akte, row, "aendern")
    tag, ab = pruefung.HEUTE, date(2027, 1, 1)
    assert (row.state, row.gespraech_am) == ("abgeschlossen", date(2026, 11, 2))
    plan = gesamtplan.continue_gesamtplan(
        gesamtplan=akte.plan, anlass="Überprüfung", datum=tag, by=akte.fallmanager, tag=tag
    )
    plan = get_plan(plan.pk)
    plan = gesamtplan.update_planinhalte(
        gesamtplan=plan,
        texte=texte_of(plan),
        ueberpruefung_am=plan.ueberpruefung_am,
        by=akte.fallmanager,
        tag=tag,
    )
    freigabe.submit_gesamtplan(gesamtplan=plan, by=akte.fallmanager, tag=tag)
    freigabe.release_gesamtplan(gesamtplan=plan, by=akte.leitung, tag=tag)
    geschichte.refresh(akte)
    neu = nachfolge.prepare(akte, ab=ab, tag=tag)
    assert (neu.gesamtplan_id, neu.gesamtplan.version) == (plan.pk, 2)
    akte.leistungen["teilhabe"] = plan.leistungen.get(bezeichnung="Assistenz")
    nachfolge.set_teilhabe(akte, neu, "1200.00", tag)
    nachfolge.agree(akte, neu, tag)
    wuensche = [
        {"schluessel": w.schluessel, "wunsch": w.text, "antwort": "gefolgt", "grund": "Mehr Zeit."}
        for w in wuensche_of(PersoenlichesBudget.objects.get(pk=neu.pk))
    ]
    bescheid = nachfolge.write(akte, neu, tag, wuensche=wuensche)
    bescheid = nachfolge.grant(akte, bescheid, tag)
    assert paid(date(2026, 12, 1)) == [Decimal("1793.00")]
    # 150 euro more for the Assistenz.
    assert paid(ab) == [Decimal("1943.00")]
    nachfolge.run(ab)
    for budget in (akte.budget, neu):
        budget.refresh_from_db()
    assert (akte.budget.state, akte.budget.letzter_tag) == ("beendet", date(2026, 12, 31))
    assert (neu.state, neu.summe(), bescheid.state) == ("laeuft", Decimal("2739.00"), "freigegeben")
    assert Budgetueberpruefung.objects.count() == 1
