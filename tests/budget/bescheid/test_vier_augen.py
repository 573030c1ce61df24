"""Who wrote or submitted a Bescheid never releases it, and what is agreed never opens again."""

from __future__ import annotations

import pghistory
import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from budget.bescheid.services.bescheid import (
    release_bescheid,
    return_bescheid,
    submit_bescheid,
    update_bescheid,
)
from budget.models import Bescheid, PersoenlichesBudget, Teilbudget
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_leitung, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def vorgelegt(behoerde):
    return fabriken.insert_vorgelegt()


def _by(akte, wer):
    return {"bescheid": akte.bescheid, "by": wer, "tag": akte.tage.bescheid}


def _edit(akte, wer, text):
    update_bescheid(
        **_by(akte, wer), erste_auszahlung=akte.bescheid.erste_auszahlung, begruendung=text
    )


def _refuse(sql, satz):
    with (
        pytest.raises(DatabaseError, match=satz),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_author_may_not_release_even_as_leitung(behoerde):
    akte = fabriken.insert_vereinbart(fabriken.make_akte())
    akte.fallmanager = akte.leitung
    fabriken.insert_vorgelegt_bescheid(akte)
    with pytest.raises(SchrittUnzulaessig, match="selbst verfasst oder bearbeitet"):
        release_bescheid(**_by(akte, akte.leitung))


def test_earlier_editor_may_not_release_after_somebody_else_has_edited(vorgelegt):
    return_bescheid(**_by(vorgelegt, vorgelegt.leitung), grund="Beträge erläutern")
    _edit(vorgelegt, vorgelegt.leitung, "Von der Leitung geschrieben.")
    _edit(vorgelegt, vorgelegt.fallmanager, "Von der Leitung geschrieben!")
    submit_bescheid(**_by(vorgelegt, vorgelegt.fallmanager))
    with pytest.raises(SchrittUnzulaessig, match="selbst verfasst oder bearbeitet"):
        release_bescheid(**_by(vorgelegt, vorgelegt.leitung))
    _refuse(
        f"UPDATE budget_bescheid SET freigegeben_von_id = {vorgelegt.leitung.pk}",
        "wer mitgeschrieben hat",
    )


def test_submitter_may_not_release(vorgelegt):
    return_bescheid(**_by(vorgelegt, vorgelegt.leitung), grund="Datum prüfen")
    submit_bescheid(**_by(vorgelegt, vorgelegt.leitung))
    with pytest.raises(SchrittUnzulaessig, match="selbst vorgelegt"):
        release_bescheid(**_by(vorgelegt, vorgelegt.leitung))
    _refuse(
        f"UPDATE budget_bescheid SET freigegeben_von_id = {vorgelegt.leitung.pk}",
        "bescheid_vier_augen",
    )


def test_return_alone_does_not_close_the_release(vorgelegt):
    return_bescheid(**_by(vorgelegt, vorgelegt.leitung), grund="Datum prüfen")
    submit_bescheid(**_by(vorgelegt, vorgelegt.fallmanager))
    assert release_bescheid(**_by(vorgelegt, vorgelegt.leitung)).state == "freigegeben"


def test_database_refuses_the_author_as_releaser(vorgelegt):
    _refuse(
        f"UPDATE budget_bescheid SET freigegeben_von_id = {vorgelegt.fallmanager.pk}",
        r"wer mitgeschrieben hat|bescheid_vier_augen",
    )


def test_submitted_bescheid_is_fixed_until_it_is_returned(vorgelegt):
    vertretung = make_leitung("vertretung", make_team())
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        _edit(vorgelegt, vertretung, "anders")
    _refuse("UPDATE budget_bescheid SET begruendung = 'anders'", "vorgelegt_fest")


@pytest.mark.parametrize(
    ("sql", "satz"),
    [
        ("UPDATE budget_persoenlichesbudget SET state = 'bemessen'", "kein_weg_zurueck"),
        ("UPDATE budget_teilbudget SET betrag = betrag + 1", "festgeschriebenen"),
        ("DELETE FROM budget_teilbudget", "festgeschriebenen"),
        ("DELETE FROM budget_persoenlichesbudget", "nicht_loeschen"),
        ("DELETE FROM budget_zielvereinbarung", "unterzeichnet_fest"),
        ("TRUNCATE budget_bescheid", "wird nicht geleert|permission denied"),
        ("TRUNCATE budget_teilbudget", "wird nicht geleert|permission denied"),
        ("TRUNCATE cases_schreibendatei", "wird nicht geleert|permission denied"),
        ("TRUNCATE cases_schreiben CASCADE", "wird nicht geleert|permission denied"),
        ("TRUNCATE cases_ereignis", "wird nicht geleert|permission denied"),
        ("TRUNCATE cases_lesezugriff", "wird nicht geleert|permission denied"),
    ],
)
def test_database_keeps_what_was_decided(vorgelegt, sql, satz):
    fabriken.insert_bescheid(vorgelegt, "freigegeben")
    # Deferred checks would refuse TRUNCATE for another reason.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _refuse(sql, satz)
    assert Bescheid.objects.get().state == "freigegeben"


@pytest.mark.parametrize("state", ["versandt", "bestandskraeftig"])
def test_database_keeps_what_has_left_the_house(vorgelegt, state):
    fabriken.insert_bescheid(vorgelegt, state)
    _refuse("UPDATE budget_bescheid SET state = 'entwurf'", "kein_weg_zurueck")


def test_issued_zielvereinbarung_is_not_deleted(behoerde):
    akte = fabriken.insert_vereinbart(fabriken.make_akte())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE budget_zielvereinbarung SET state = 'ausgefertigt'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    _refuse("DELETE FROM budget_zielvereinbarung", "nicht_loeschen")
    assert akte.budget.zielvereinbarungen.count() == 1


def test_database_refuses_release_by_who_set_an_amount(eigentuemer, vorgelegt):
    """Past every guard: whoever got hold of the connection of the program."""
    with (
        pghistory.context(user=vorgelegt.leitung.pk, url="/probe/"),
        pgtrigger.ignore("budget.Teilbudget:mit_eltern_fest"),
    ):
        Teilbudget.objects.update(nachweis="Belege")
    _refuse(
        f"UPDATE budget_bescheid SET freigegeben_von_id = {vorgelegt.leitung.pk}",
        "wer einen Betrag gesetzt hat",
    )


@pytest.mark.parametrize("state", ["freigegeben", "versandt", "bestandskraeftig"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE budget_teilbudget SET betrag = betrag + 1",
        "UPDATE budget_teilbudget SET ergaenzend = NOT ergaenzend",
        "DELETE FROM budget_teilbudget",
    ],
)
def test_amounts_behind_a_decision_are_fixed_whatever_the_budget_says(
    eigentuemer, vorgelegt, state, sql
):
    """Also when the state of the budget was set back by hand, past its own triggers."""
    fabriken.insert_bescheid(vorgelegt, state)
    with pgtrigger.ignore(
        "budget.PersoenlichesBudget:vereinbart_fest", "budget.PersoenlichesBudget:kein_weg_zurueck"
    ):
        PersoenlichesBudget.objects.update(state="bemessen")
    _refuse(sql, "ein Bescheid ergangen")
