"""What was intended or noted by mistake is put right, and nothing of it is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from budget.folge.guards import anhoerung as guards
from budget.folge.queries.tisch import list_eigene
from budget.folge.services import bescheid as folge
from budget.folge.services.absehen import waive_folgebescheid
from budget.folge.services.irrtum import cancel_widerspruch, undo_ruecknahme
from budget.folge.services.nachfolge import discard_nachfolge
from budget.folge.services.widerspruch import withdraw_widerspruch
from budget.models import Folgebescheid, Widerspruch
from cases.models import Ereignis, Frist
from cases.schreiben.services.versand import send
from cases.services.entwurf import new_vorgang
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import nachfolge
from tests.budget.folge.geschichte import HEUTE, attack, draft, hear, lift, refresh, running

pytestmark = pytest.mark.django_db
AB = date(2026, 8, 1)
AM = date(2026, 6, 10)
BIS = date(2026, 6, 22)
GRUND = "Nach ihrer Äußerung besteht der Bedarf weiter."


def heard(akte) -> Folgebescheid:
    row = draft(akte, "aufhebung", akte.budget, wirkt_ab=AB, anhoerung_bis=BIS)
    hear(akte, row)
    return folge.record_aeusserung(
        row=row, am=AM, text="Ich wohne noch zu Hause.", by=akte.fallmanager, tag=AM
    )


def test_nur_nach_anhoerung():
    assert guards.nur_nach_anhoerung(Folgebescheid()).norm == "§ 24 Abs. 1 SGB X"
    assert guards.nur_nach_anhoerung(Folgebescheid(anhoerung_schreiben_id=1)) is None


def test_a_convincing_answer_ends_the_intention():
    akte = running()
    row = heard(akte)
    assert list(list_eigene(akte.fallmanager, AM)) == [row]
    with pytest.raises(SchrittUnzulaessig, match="warum Sie davon absehen"):
        waive_folgebescheid(row=row, grund=" ", by=akte.fallmanager, tag=AM)
    waive_folgebescheid(row=row, grund=GRUND, by=akte.fallmanager, tag=AM)
    row.refresh_from_db()
    assert (row.state, row.absehen_grund) == ("abgesehen", GRUND)
    assert row.aeusserung == "Ich wohne noch zu Hause."
    assert list(list_eigene(akte.fallmanager, AM)) == []
    assert not Frist.objects.filter(case=akte.case, regel="F56", state="offen").exists()
    assert Ereignis.objects.filter(case=akte.case, text__contains=GRUND).exists()
    # Another intention of the same kind has a draft of its own.
    assert draft(akte, "aufhebung", akte.budget, wirkt_ab=AB, anhoerung_bis=BIS).pk != row.pk


def test_an_anhoerung_about_what_is_given_up_does_not_leave():
    akte = running()
    row = draft(akte, "aufhebung", akte.budget, wirkt_ab=AB, anhoerung_bis=BIS)
    brief = folge.issue_anhoerung(row=row, by=akte.fallmanager, tag=HEUTE)
    row.refresh_from_db()
    waive_folgebescheid(row=row, grund=GRUND, by=akte.fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="geändert oder aufgegeben"):
        send(schreiben=brief, weg="post", by=akte.fallmanager, tag=HEUTE)


def test_a_change_that_is_dropped_after_the_anhoerung_leaves_the_desk():
    akte = running()
    neu = nachfolge.prepare(akte)
    nachfolge.set_teilhabe(akte, neu, "900.00")
    row = folge.update_folgebescheid(
        row=nachfolge.aenderung(akte),
        by=akte.fallmanager,
        tag=HEUTE,
        angaben={"anhoerung_bis": BIS},
    )
    hear(akte, row)
    neu.refresh_from_db()
    discard_nachfolge(budget=neu, by=akte.fallmanager, tag=AM)
    row.refresh_from_db()
    assert row.state == "abgesehen"
    assert list(list_eigene(akte.fallmanager, AM)) == []
    nachfolge.prepare(akte, tag=AM)
    assert Folgebescheid.objects.get(budget=akte.budget, state="entwurf").art == "aenderung"


def test_page_gives_up_an_intention(client):
    akte = running()
    row = heard(akte)
    client.force_login(akte.fallmanager)
    seite = reverse("folgebescheid", args=[akte.case.pk, row.pk])
    url = reverse("folge_absehen", args=[akte.case.pk, row.pk])
    assert url in client.get(seite).content.decode()
    client.post(url, {"text": GRUND, "vorgang": new_vorgang(akte.fallmanager.pk)})
    text = client.get(seite).content.decode()
    assert GRUND in text
    assert "davon abgesehen" in text


def _withdrawn(akte, schreiben) -> Widerspruch:
    row = attack(akte, schreiben, date(2026, 6, 20))
    return withdraw_widerspruch(row=row, am=date(2026, 6, 21), by=akte.fallmanager, tag=AB)


def test_ruecknahme_noted_by_mistake_brings_the_suspension_back():
    akte = running()
    bescheid = lift(akte, ab=AB)
    row = _withdrawn(akte, bescheid.schreiben)
    refresh(akte)
    assert akte.budget.state == "beendet"
    with pytest.raises(SchrittUnzulaessig, match="zu dem Irrtum kam"):
        undo_ruecknahme(row=row, grund="", by=akte.fallmanager, tag=AB)
    row = undo_ruecknahme(row=row, grund="Falsche Person.", by=akte.fallmanager, tag=AB)
    refresh(akte)
    assert (row.state, row.erledigt_am, row.ausgang) == ("eingelegt", None, "")
    assert akte.budget.state == "laeuft"
    assert Frist.objects.get(case=akte.case, gegenstand=f"widerspruch:{row.pk}").state == "offen"
    bescheid.refresh_from_db()
    assert bescheid.state == "versandt"


def test_widerspruch_noted_by_mistake_counts_nowhere_and_makes_room_for_the_right_one():
    akte = running()
    bescheid = lift(akte, ab=AB)
    am = date(2026, 6, 20)
    row = attack(akte, bescheid.schreiben, am)
    with pytest.raises(SchrittUnzulaessig, match="schon erfasst"):
        attack(akte, bescheid.schreiben, am)
    row = cancel_widerspruch(row=row, grund="Anderes Schreiben.", by=akte.fallmanager, tag=am)
    assert (row.state, row.ausgang) == ("irrtuemlich", "")
    frist = Frist.objects.get(case=akte.case, gegenstand=f"widerspruch:{row.pk}")
    assert frist.state == "aufgehoben"
    assert attack(akte, bescheid.schreiben, am).state == "eingelegt"


def test_page_puts_a_ruecknahme_right(client):
    akte = running()
    row = _withdrawn(akte, lift(akte, ab=AB).schreiben)
    client.force_login(akte.fallmanager)
    seite = reverse("widerspruch", args=[akte.case.pk, row.pk])
    text = client.get(seite).content.decode()
    for name in ("widerspruch_ruecknahme_berichtigen", "widerspruch_streichen"):
        url = reverse(name, args=[akte.case.pk, row.pk])
        assert url in text
        assert client.get(url).status_code == 200
    client.post(url, {"text": "Falscher Fall.", "vorgang": new_vorgang(akte.fallmanager.pk)})
    assert "Irrtümlich erfasst" in client.get(seite).content.decode()
