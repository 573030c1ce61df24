"""An interruption by the rule of the agreement: runs on, rests in part, is paid again.

KVJS-Leitfaden 2010 Nr. 3.5; § 48 Abs. 1 SGB X; a stay in hospital ends nothing (§ 98 Abs. 1 S. 5
SGB IX).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.utils.html import strip_tags

from budget.folge.schreiben.daten import anhoerung_daten, folge_daten
from budget.folge.services import bescheid as folgeservices
from budget.models import Unterbrechung
from budget.models.zahlung import Zahlungswunsch
from budget.uebersicht.queries import resting_on
from budget.unterbrechung import services
from budget.unterbrechung.queries import effect_of, pflegegeld_of
from budget.zahlung.queries import list_zahlungen, month_of, orders_of
from budget.zahlung.services import record_anweisungen
from cases.models import User, Wiedervorlage
from cases.schreiben.satz.brief import render_html
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte as folge
from tests.budget.unterbrechung import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
JUNI, JULI, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


def kasse() -> User:
    return User.objects.filter(username="kasse").first() or make_user("kasse", "Kasse")


def liste(monat: date):
    return month_of(list_zahlungen(kasse(), monat), monat, monat, orders_of(kasse(), monat))


def paid(monat: date) -> list[tuple[str, str]]:
    """Return what is paid and what rests in a month, as the Kasse reads it."""
    return [(str(p.rate.betrag), str(p.rate.ruht)) for p in liste(monat).posten]


def letter(art: str, daten: dict) -> str:
    html = render_html(art=art, titel="Brief", daten=daten)
    return " ".join(strip_tags(html).replace("\u00a0", " ").replace("\u2060", "").split())


@pytest.fixture
def akte():
    return folge.running()


def test_nothing_rests_without_a_bescheid(akte):
    row = geschichte.record(akte)
    assert (row.ruht_betrag, row.ruht_ab) == (Decimal("1463.00"), date(2026, 6, 8))
    assert paid(JULI) == [("1793.00", "0.00")]
    wirkung = effect_of(row)
    assert "Ab dem 08.06.2026 ruhen 1.463,00 € im Monat, solange sie dauert" in wirkung.satz
    assert "Noch wird alles gezahlt" in wirkung.stand
    # 23 of 30 days of June, then whole months.
    assert [str(m.ruht) for m in wirkung.monate] == ["1121.63", "1463.00", "1463.00"]
    (zeile,) = akte.case.ereignisse.filter(text__startswith="Unterbrechung")
    assert zeile.text == "Unterbrechung ab 11.05.2026: vermerkt"


def test_the_bescheid_lets_rest_what_the_agreement_says_and_only_ahead(akte):
    row = geschichte.record(akte)
    bescheid = geschichte.decide(akte, row)
    assert (bescheid.wirksam_am, bescheid.erster_tag) == (date(2026, 6, 16), date(2026, 6, 17))
    # Grundsicherung of 330 € goes on; of June 14 of 30 days rest.
    assert paid(JUNI) == [("1110.27", "682.73")]
    assert paid(JULI) == [("330.00", "1463.00")]
    akte.budget.refresh_from_db()
    assert akte.budget.state == "laeuft"
    assert "Es ruht ab dem 17.06.2026." in effect_of(row).stand
    tage = (date(2026, 6, 16), date(2026, 6, 17))
    assert [str(resting_on(akte.budget, tag)) for tag in tage] == ["0.00", "1463.00"]


def test_after_the_return_all_is_paid_again_and_what_was_too_little_is_open(akte):
    row = geschichte.record(akte)
    geschichte.decide(akte, row)
    wunsch = Zahlungswunsch(akte.budget.pk, JULI, Decimal("330.00"))
    record_anweisungen(wuensche=[wunsch], by=kasse(), tag=JULI)
    row = services.end_unterbrechung(
        row=row, bis=date(2026, 7, 10), by=akte.fallmanager, tag=date(2026, 7, 20)
    )
    # 10 of 30 days of July rested: 487,67 €.
    assert paid(JULI) == [("1305.33", "487.67")]
    assert paid(AUGUST) == [("1793.00", "0.00")]
    (vorher,) = liste(AUGUST).vorher
    assert (vorher.weicht_ab, vorher.rate.betrag) == (True, Decimal("1305.33"))


def test_a_widerspruch_holds_it_up(akte):
    row = geschichte.record(akte)
    bescheid = geschichte.decide(akte, row)
    folge.attack(akte, bescheid.schreiben, date(2026, 6, 20))
    assert paid(JULI) == [("1793.00", "0.00")]
    assert "Ein Rechtsbehelf hält den Bescheid auf" in effect_of(row).stand


def test_where_all_rests_the_kasse_sees_that_nothing_is_paid(akte):
    with pgtrigger.ignore():
        akte.budget.teilbudgets.filter(ergaenzend=True).update(auszahlungsform="gutschein")
    geschichte.decide(akte, geschichte.record(akte))
    juli = liste(JULI)
    assert not juli.posten
    assert [z.grund for z in juli.ruhend] == [(akte.budget.pk, False)]


def test_costs_that_go_on_are_paid_and_stand_in_the_letter(akte):
    row = geschichte.record(akte, kosten=Decimal("463.00"), kosten_nachweis="Arbeitsvertrag")
    assert row.ruht_betrag == Decimal("1000.00")
    bescheid = geschichte.decide(akte, row)
    daten = folge_daten(row=bescheid, datum=bescheid.datum, empfaenger=["Emil Muster"])
    brief = letter("folgebescheid", daten)
    for teil in ("1.000,00 €", "463,00 €", "solange die Unterbrechung dauert", "17. Juni 2026"):
        assert teil in brief, teil
    einfach = letter("folgebescheid", daten | {"einfach": True})
    assert "Sie bekommen für eine Zeit weniger Geld" in einfach
    daten = anhoerung_daten(row=bescheid, datum=bescheid.datum, empfaenger=["Emil Muster"])
    assert "Bis zum 28. Tag zahlen wir weiter" in letter("anhoerung", daten)


def test_reaching_back_needs_a_case_of_the_law_and_opens_the_way_to_an_erstattung(akte):
    row = geschichte.record(akte, bis=date(2026, 6, 14))
    bescheid = services.decide_unterbrechung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    folge.hear(akte, bescheid)
    am = date(2026, 6, 10)
    bescheid = folgeservices.record_aeusserung(
        row=bescheid, am=am, text="Ja.", by=akte.fallmanager, tag=am
    )
    spaet = {"row": bescheid, "by": akte.fallmanager, "tag": date(2026, 6, 20)}
    with pytest.raises(SchrittUnzulaessig, match="nur für die Zukunft"):
        folgeservices.submit_folgebescheid(**spaet)
    bescheid = folgeservices.update_folgebescheid(**spaet, angaben={"wirkt_ab": date(2026, 6, 25)})
    with pytest.raises(SchrittUnzulaessig, match="danach ruht nichts"):
        folgeservices.submit_folgebescheid(row=bescheid, by=akte.fallmanager, tag=date(2026, 6, 20))
    bescheid = folgeservices.update_folgebescheid(
        row=bescheid,
        by=akte.fallmanager,
        tag=date(2026, 6, 20),
        angaben={
            "wirkt_ab": date(2026, 6, 8),
            "fall_des_gesetzes": "4",
            "anhoerung_bis": date(2026, 7, 20),
        },
    )
    folge.folge.issue_anhoerung(row=bescheid, by=akte.fallmanager, tag=date(2026, 6, 20))
    bescheid.refresh_from_db()
    folge.post(akte, bescheid.anhoerung_schreiben, date(2026, 6, 20))
    bescheid = folgeservices.record_aeusserung(
        row=bescheid, am=date(2026, 6, 26), text="Ja.", by=akte.fallmanager, tag=date(2026, 6, 26)
    )
    folge.decide(akte, bescheid, date(2026, 6, 27))
    # 8 to 14 June: 7 of 30 days.
    assert paid(JUNI) == [("1451.63", "341.37")]
    erstattung = folge.draft(
        akte,
        "erstattung",
        akte.budget,
        betrag=Decimal("341.37"),
        zeitraum_von=date(2026, 6, 8),
        zeitraum_bis=date(2026, 6, 14),
        anhoerung_bis=date(2026, 7, 30),
    )
    lage = folge.folge.Folgelage(akte.fallmanager, date(2026, 7, 10), erstattung)
    fehlt = [h.norm for h in folge.folge.FOLGESCHRITTE.hindernisse(lage, "vorlegen")]
    assert fehlt == ["§ 24 Abs. 1 SGB X"]


@pytest.mark.parametrize(
    ("mehr", "text", "grund"),
    [
        ({"regel": "laeuft_weiter", "teile": []}, "läuft weiter", "nichts zu entscheiden"),
        ({"bis": date(2026, 6, 7)}, "vorher zu Ende", "endet, bevor etwas ruht"),
    ],
)
def test_where_all_is_paid_on_there_is_nothing_to_decide(akte, mehr, text, grund):
    row = geschichte.record(akte, **mehr)
    assert text in effect_of(row).satz
    with pytest.raises(SchrittUnzulaessig, match=grund):
        services.decide_unterbrechung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)


def test_the_draft_follows_the_record_and_a_released_one_fixes_it(akte):
    row = geschichte.record(akte)
    bescheid = services.decide_unterbrechung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    row.refresh_from_db()
    row = services.update_unterbrechung(
        row=row,
        angaben=geschichte.angaben(akte, weiter_tage=42),
        by=akte.fallmanager,
        tag=geschichte.HEUTE,
    )
    bescheid.refresh_from_db()
    assert "bis zum 42. Tag" in bescheid.gruende
    assert bescheid.wirkt_ab == date(2026, 6, 22)
    with pytest.raises(SchrittUnzulaessig, match="Es gibt einen Bescheid darüber"):
        services.discard_unterbrechung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    folgeservices.discard_folgebescheid(row=bescheid, by=akte.fallmanager, tag=geschichte.HEUTE)
    row.refresh_from_db()
    geschichte.decide(akte, row, wirkt_ab=date(2026, 6, 22))
    with pytest.raises(SchrittUnzulaessig, match="versandt"):
        services.update_unterbrechung(
            row=row,
            angaben=geschichte.angaben(akte),
            by=akte.fallmanager,
            tag=geschichte.HEUTE,
        )
    with pytest.raises(DatabaseError, match="trägt einen Bescheid"), transaction.atomic():
        Unterbrechung.objects.filter(pk=row.pk).update(ruht_betrag=Decimal(1))


def test_who_is_asked_again_on_its_day_and_not_after_the_end(akte):
    row = geschichte.record(akte, nachfragen_am=date(2026, 6, 15))
    vorlage = Wiedervorlage.objects.get(case=akte.case, anlass__startswith="Unterbrechung")
    assert (vorlage.am, vorlage.user) == (date(2026, 6, 15), akte.case.caseworker)
    services.end_unterbrechung(
        row=row, bis=date(2026, 6, 3), by=akte.fallmanager, tag=date(2026, 6, 4)
    )
    vorlage.refresh_from_db()
    assert vorlage.erledigt_am == date(2026, 6, 4)


def test_an_interruption_does_not_end_before_it_began(akte):
    row = geschichte.record(akte)
    wer = {"by": akte.fallmanager, "tag": geschichte.HEUTE}
    with pytest.raises(SchrittUnzulaessig, match=r"hat erst am 11\.05\.2026 begonnen"):
        services.end_unterbrechung(row=row, bis=date(2026, 5, 10), **wer)
    assert services.end_unterbrechung(row=row, bis=geschichte.VON, **wer).bis == geschichte.VON


def test_two_interruptions_never_share_a_day_and_a_stale_one_is_refused(akte):
    row = geschichte.record(akte)
    with pytest.raises(SchrittUnzulaessig, match="schon vermerkt"):
        geschichte.record(akte, von=date(2026, 6, 1))
    wie = {"by": akte.fallmanager, "tag": geschichte.HEUTE}
    with pytest.raises(SchrittUnzulaessig, match="hat diese Angaben inzwischen geändert"):
        services.update_unterbrechung(
            row=row, angaben=geschichte.angaben(akte), gesehen="anders", **wie
        )
    services.discard_unterbrechung(row=row, **wie)
    assert not Unterbrechung.objects.exists()
    with pytest.raises(SchrittUnzulaessig, match="ist der Rolle Fallmanagement"):
        services.record_unterbrechung(
            budget=akte.budget,
            angaben=geschichte.angaben(akte),
            by=make_user("revision", "Revision"),
            tag=geschichte.HEUTE,
        )


def test_what_the_pflegekasse_does_with_the_pflegegeld_is_told_for_a_stay(akte):
    row = geschichte.record(akte)
    assert pflegegeld_of(row) == ()
    with pgtrigger.ignore():
        akte.budget.teilbudgets.filter(ergaenzend=True).update(katalogschluessel="pk_pflegegeld")
    texte = " ".join(schritt.text for schritt in pflegegeld_of(row))
    # Eight weeks from 11.05. end on 05.07.
    assert "05.07.2026" in texte
    row.anlass = "haft"
    assert pflegegeld_of(row) == ()
