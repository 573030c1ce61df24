"""Nothing comes of the budget: Sachleistung instead, by wish of the person or with a refusal."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from budget.models import PersoenlichesBudget
from budget.states import Budgetzustand
from budget.verfahren.guards import kein_offenes_budget
from budget.verfahren.queries import get_budget, open_budget
from budget.zielvereinbarung import guards
from budget.zielvereinbarung.queries import offene_vereinbarungen
from budget.zielvereinbarung.services import end_with_sachleistung
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken

pytestmark = pytest.mark.django_db


def leave(akte, *, auf_wunsch=False, grund="Über die Stunden wurde man sich nicht einig."):
    akte.budget = end_with_sachleistung(
        budget=akte.budget,
        auf_wunsch=auf_wunsch,
        grund=grund,
        by=akte.fallmanager,
        tag=akte.tage.unterschrift,
    )
    return akte.budget


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def seite(client, akte) -> str:
    client.force_login(akte.fallmanager)
    return text_of(client.get(reverse("budget", args=[akte.case.pk])))


def test_unsigned_agreement_fails_with_the_budget():
    akte = fabriken.insert_ausgefertigt(fabriken.make_akte(fabriken.B))
    budget = leave(akte)
    akte.zielvereinbarung.refresh_from_db()
    assert (budget.state, akte.zielvereinbarung.state) == ("sachleistung", "verworfen")
    assert kein_offenes_budget(budget) is None
    assert open_budget(akte.case) is None
    assert get_budget(akte.case).pk == budget.pk


def test_refusal_is_the_next_step_where_the_person_does_not_want_it(client):
    akte = fabriken.insert_ausgefertigt(fabriken.make_akte(fabriken.B))
    leave(akte)
    text = seite(client, akte)
    assert reverse("folge_neu", args=[akte.case.pk, "ablehnung"]) in text
    assert "Über die Stunden wurde man sich nicht einig." in text


def test_wish_of_the_person_needs_no_refusal(client):
    akte = fabriken.tell("bemessen", fabriken.B)
    leave(akte, auf_wunsch=True)
    text = seite(client, akte)
    assert "Ablehnung entwerfen" not in text
    assert "Auf Wunsch der Person." in text
    assert "Gesamtplan fortschreiben" in text


def test_draft_of_the_agreement_is_no_work_any_more():
    akte = fabriken.tell("entwurf", fabriken.B)
    assert offene_vereinbarungen(akte.fallmanager).count() == 1
    leave(akte)
    assert offene_vereinbarungen(akte.fallmanager).count() == 0


def test_reason_is_needed():
    akte = fabriken.tell("bemessen", fabriken.B)
    with pytest.raises(SchrittUnzulaessig, match="warum Sachleistung"):
        leave(akte, grund=" ")


def test_agreed_budget_is_not_left():
    akte = fabriken.insert_vereinbart(fabriken.make_akte(fabriken.B))
    with pytest.raises(SchrittUnzulaessig, match="vereinbart"):
        leave(akte)


def test_noch_nichts_bewilligt(akte):
    fabriken.bemiss(akte)
    assert guards.noch_nichts_bewilligt(akte.budget) is None
    akte.budget.vorgaenger_id = akte.budget.pk
    assert guards.noch_nichts_bewilligt(akte.budget).norm == "§ 48 Abs. 1 SGB X"


def test_database_keeps_reason_and_state():
    akte = fabriken.tell("bemessen", fabriken.B)
    rows = PersoenlichesBudget.objects.filter(pk=akte.budget.pk)
    with pytest.raises(IntegrityError, match="sachleistung_begruendet"), transaction.atomic():
        rows.update(state=Budgetzustand.SACHLEISTUNG)
    leave(akte)
    with pytest.raises(ProgrammingError, match="sachleistung_fest"), transaction.atomic():
        rows.update(state=Budgetzustand.BEMESSEN)


def test_page_asks_for_way_and_reason(client):
    akte = fabriken.insert_ausgefertigt(fabriken.make_akte(fabriken.B))
    adresse = reverse("budget_sachleistung", args=[akte.case.pk])
    assert adresse in seite(client, akte)
    assert "Auf die Form besteht ein Anspruch" in text_of(client.get(adresse))
    assert client.post(adresse, {"grund": "Kein Ergebnis."}).status_code == 422
    antwort = client.post(adresse, {"wunsch": "behoerde", "grund": "Kein Ergebnis."})
    assert antwort.headers["Location"] == reverse("budget", args=[akte.case.pk])
    assert PersoenlichesBudget.objects.get().state == "sachleistung"
