"""Proofs under the Arbeitgebermodell: asked for with a day, reminded, taken in; and the trial."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from budget.arbeitgeber import guards
from budget.arbeitgeber.services import (
    accept_arbeitgebernachweis,
    add_arbeitgebernachweise,
    record_arbeitgebererinnerung,
)
from budget.bescheid.services.wirksamkeit import _start_fristen
from budget.models import Arbeitgebernachweis, PersoenlichesBudget
from budget.zielvereinbarung.services import (
    Nebenabreden,
    draft_zielvereinbarung,
    issue_zielvereinbarung,
    update_zielvereinbarung,
)
from cases.models import Frist
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import norm_of

pytestmark = pytest.mark.django_db
TAG = date(2026, 4, 20)
BIS = date(2026, 6, 1)


def vereinbart(*, drucken=False, **abreden):
    """Return a signed agreement with what is agreed beside its contents."""
    akte = fabriken.tell("entwurf", fabriken.B)
    akte.zielvereinbarung = update_zielvereinbarung(
        zielvereinbarung=akte.zielvereinbarung,
        texte={},
        nebenabreden=Nebenabreden(**abreden),
        by=akte.fallmanager,
        tag=akte.tage.ausgefertigt,
    )
    if drucken:
        fabriken._issue(akte)
    else:
        fabriken.insert_ausfertigung(akte)
    fabriken._sign(akte)
    return akte


@pytest.fixture
def akte():
    return vereinbart(arbeitgebermodell=True)


def verlangen(akte, **faellig):
    return add_arbeitgebernachweise(
        budget=akte.budget, faellig=faellig or {"anmeldung": BIS}, by=akte.fallmanager, tag=TAG
    )


def test_each_proof_gets_its_frist(akte):
    rows = verlangen(akte, anmeldung=BIS, betriebsnummer=date(2026, 5, 30))
    assert [(r.art, r.faellig_am, r.state) for r in rows] == [
        ("anmeldung", BIS, "verlangt"),
        # A Saturday moves to the next working day.
        ("betriebsnummer", date(2026, 6, 1), "verlangt"),
    ]
    fristen = Frist.objects.filter(case=akte.case, regel="F33b")
    assert sorted(f.ende for f in fristen) == [BIS, BIS]


def test_arbeitgebermodell_vereinbart(akte):
    check = guards.arbeitgebermodell_vereinbart
    assert check(akte.budget, akte.zielvereinbarung) is None
    assert check(akte.budget, None).norm == "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX"
    akte.zielvereinbarung.arbeitgebermodell = False
    assert "kein Arbeitgebermodell" in check(akte.budget, akte.zielvereinbarung).text
    akte.zielvereinbarung.arbeitgebermodell = True
    akte.zielvereinbarung.state = "ausgefertigt"
    assert check(akte.budget, akte.zielvereinbarung) is not None


def test_without_the_arbeitgebermodell_nothing_is_asked_for():
    akte = vereinbart()
    with pytest.raises(SchrittUnzulaessig, match="kein Arbeitgebermodell"):
        verlangen(akte)
    assert not Arbeitgebernachweis.objects.exists()


def test_vorlage_nach_verlangen(akte):
    check = guards.vorlage_nach_verlangen
    assert check(akte.budget, [BIS], TAG) is None
    assert "in der Zukunft" in check(akte.budget, [BIS, TAG], TAG).text


@pytest.mark.parametrize(
    ("faellig", "satz"),
    [
        ({"anmeldung": TAG}, "in der Zukunft"),
        ({"unbekannt": BIS}, "schon verlangt"),
    ],
)
def test_wrong_requests_are_refused(akte, faellig, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        verlangen(akte, **faellig)


def test_same_proof_is_not_asked_for_twice(akte):
    verlangen(akte)
    with pytest.raises(SchrittUnzulaessig, match="schon verlangt"):
        verlangen(akte)


def test_nothing_to_ask_for_is_refused(akte):
    with pytest.raises(SchrittUnzulaessig, match="mindestens einem"):
        add_arbeitgebernachweise(budget=akte.budget, faellig={}, by=akte.fallmanager, tag=TAG)


def accept(akte, row, am=date(2026, 5, 11), tag=date(2026, 5, 12)):
    return accept_arbeitgebernachweis(
        nachweis=row, eingegangen_am=am, unterlage=None, by=akte.fallmanager, tag=tag
    )


def test_receipt_ends_the_frist(akte):
    [row] = verlangen(akte)
    row = accept(akte, row)
    assert (row.state, row.eingegangen_am) == ("eingegangen", date(2026, 5, 11))
    frist = Frist.objects.get(case=akte.case, regel="F33b")
    assert frist.erledigt_am == date(2026, 5, 11)
    with pytest.raises(SchrittUnzulaessig, match="eingegangen"):
        accept(akte, row)
    with pytest.raises(ProgrammingError, match="eingegangen_fest"), transaction.atomic():
        Arbeitgebernachweis.objects.update(faellig_am=BIS)


@pytest.mark.parametrize(
    ("am", "offen"),
    [
        (date(2026, 4, 19), False),
        (TAG, True),
        (date(2026, 5, 12), True),
        (date(2026, 5, 13), False),
    ],
)
def test_tag_seit_verlangen(akte, am, offen):
    [row] = verlangen(akte)
    hindernis = guards.tag_seit_verlangen(row, am, date(2026, 5, 12))
    assert norm_of(hindernis) == ("" if offen else "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX")
    assert offen or "zwischen dem 20.04.2026 und heute" in hindernis.text


def test_reminder_moves_the_frist(akte):
    [row] = verlangen(akte)
    row = record_arbeitgebererinnerung(
        nachweis=row,
        am=date(2026, 6, 8),
        faellig_am=date(2026, 6, 22),
        by=akte.fallmanager,
        tag=date(2026, 6, 8),
    )
    assert (row.erinnert_am, row.faellig_am) == (date(2026, 6, 8), date(2026, 6, 22))
    laufend = Frist.objects.filter(case=akte.case, regel="F33b").exclude(state="aufgehoben")
    assert [f.ende for f in laufend] == [date(2026, 6, 22)]


def test_proof_without_its_day_is_refused_by_the_database(akte):
    verlangen(akte)
    with pytest.raises(IntegrityError, match="eingang_festgehalten"), transaction.atomic():
        Arbeitgebernachweis.objects.update(state="eingegangen")


def test_trial_is_printed_and_its_talk_runs_as_a_frist():
    akte = vereinbart(
        drucken=True, probe_bis=date(2026, 10, 31), probe_gespraech_am=date(2026, 10, 15)
    )
    daten = akte.zielvereinbarung.schreiben.daten
    assert (daten["probe_bis"], daten["probe_gespraech_am"]) == ("2026-10-31", "2026-10-15")
    fabriken._decide(akte)
    _start_fristen(akte.bescheid, akte.fallmanager)
    frist = Frist.objects.get(case=akte.case, regel="F31b")
    assert frist.ende == date(2026, 10, 15)


@pytest.fixture
def heute():
    with time_machine.travel(datetime(2026, 4, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))):
        yield


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.mark.usefixtures("heute")
def test_pages_lead_from_the_request_to_the_receipt(client, akte):
    client.force_login(akte.fallmanager)
    seite = reverse("arbeitgeber", args=[akte.case.pk])
    assert seite in text_of(client.get(reverse("budget", args=[akte.case.pk])))
    assert seite in text_of(client.get(reverse("zielvereinbarung", args=[akte.case.pk])))
    neu = reverse("arbeitgeber_verlangen", args=[akte.case.pk])
    assert neu in text_of(client.get(seite))
    response = client.post(neu, {"anmeldung": "19.04.2026"})
    assert response.status_code == 422
    assert "Bitte nennen Sie einen Tag in der Zukunft." in text_of(response)
    assert client.post(neu, {"anmeldung": "01.06.2026"}).status_code == 302
    row = Arbeitgebernachweis.objects.get()
    assert "01.06.2026" in text_of(client.get(seite))
    for name, daten in (
        ("arbeitgeber_erinnern", {"am": "20.04.2026", "faellig_am": "15.06.2026"}),
        ("arbeitgeber_eingang", {"eingegangen_am": "20.04.2026"}),
    ):
        adresse = reverse(name, args=[akte.case.pk, row.pk])
        assert client.get(adresse).status_code == 200
        assert client.post(adresse, daten).headers["Location"] == seite
    row.refresh_from_db()
    assert (row.state, row.erinnert_am) == ("eingegangen", TAG)


@pytest.mark.usefixtures("heute")
def test_draft_form_explains_a_trial_without_its_talk(client):
    akte = fabriken.tell("entwurf", fabriken.B)
    client.force_login(akte.fallmanager)
    adresse = reverse("zielvereinbarung_bearbeiten", args=[akte.case.pk])
    response = client.get(adresse)
    daten = {"stand": response.context["form"].stand_jetzt, "gespraech_monate": "6"}
    response = client.post(adresse, {**daten, "probe_bis": "31.10.2026"})
    assert response.status_code == 422
    assert "Bitte nennen Sie den Tag der Auswertung." in text_of(response)
    assert PersoenlichesBudget.objects.get().zielvereinbarungen.get().probe_bis is None


@pytest.mark.usefixtures("heute")
def test_contract_of_work_is_agreed_with_the_arbeitgebermodell(client):
    akte = fabriken.tell("bemessen", fabriken.B)
    akte.budget.teilbudgets.update(nachweisart="arbeitsvertrag")
    row = draft_zielvereinbarung(budget=akte.budget, by=akte.fallmanager, tag=TAG)
    assert row.arbeitgebermodell
    client.force_login(akte.fallmanager)
    adresse = reverse("zielvereinbarung_bearbeiten", args=[akte.case.pk])
    response = client.get(adresse)
    daten = {"stand": response.context["form"].stand_jetzt, "gespraech_monate": "6"}
    response = client.post(adresse, daten)
    assert response.status_code == 422
    assert "ist ein Arbeitsvertrag nachzuweisen." in text_of(response)
    row.refresh_from_db()
    assert row.arbeitgebermodell
    assert client.post(adresse, {**daten, "arbeitgebermodell": "on"}).status_code == 302


@pytest.mark.usefixtures("heute")
def test_proof_changed_later_closes_the_printing():
    akte = fabriken.tell("entwurf", fabriken.B)
    akte.budget.teilbudgets.update(nachweisart="arbeitsvertrag")
    with pytest.raises(SchrittUnzulaessig, match="ist ein Arbeitsvertrag nachzuweisen"):
        issue_zielvereinbarung(zielvereinbarung=akte.zielvereinbarung, by=akte.fallmanager, tag=TAG)
