"""Consents: only added, dated, asked when something queues and again when it leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from cases.einwilligung import services as service
from cases.einwilligung.queries import arbeitszeilen, einwilligung_fuer
from cases.models import Einwilligung, Versand, empfaenger_schluessel
from cases.schreiben.guards.einwilligung import einwilligung_liegt_vor
from cases.schreiben.services.druckstapel import (
    create_druckstapel,
    post_druckstapel,
    read_druckstapel,
)
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.plan.services.freigabe import release_gesamtplan, submit_gesamtplan
from tests.fabriken import HEUTE, make_fall, make_traeger
from tests.gesamtplan.bausteine import make_plan

pytestmark = pytest.mark.django_db
GESTERN = HEUTE - timedelta(days=1)
MORGEN = HEUTE + timedelta(days=1)


def make_einwilligung(case, by, **aenderung):
    kasse = make_traeger("pflegekasse", "AOK Probe")
    werte = {
        "empfaenger": service.Empfaengerangabe(empfaenger_schluessel(kasse)),
        "teile": ["gesamtplan"],
        "zweck": "Abstimmung",
        "form": "schriftlich",
        "erteilt_am": GESTERN,
        "gueltig_ab": GESTERN,
        "gueltig_bis": None,
        "erklaert_durch": "person",
        "vertreten_durch": "",
        "unterlage": None,
        "tag": HEUTE,
    }
    return service.record_einwilligung(case=case, by=by, **(werte | aenderung))


def withdraw(row, by, am=HEUTE, tag=HEUTE):
    return service.withdraw_einwilligung(
        einwilligung=row,
        erklaert_am=am,
        erklaert_durch="person",
        vertreten_durch="",
        weg="Anruf",
        by=by,
        tag=tag,
    )


def hand_on(einwilligung, original, by):
    anlass = service.prepare_abdruck(einwilligung=einwilligung, abdruck=original, by=by, tag=HEUTE)
    return write_schreiben(art=service.abdruck_art_of(original), anlass=anlass)


@pytest.fixture
def abdruck(fallmanager, leitung):
    """A waiting copy of a released Gesamtplan, and the consent it stands on."""
    plan = make_plan(fallmanager)
    submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    row = make_einwilligung(plan.case, fallmanager)
    original = plan.case.schreiben_liste.get(art="gesamtplan")
    brief = hand_on(row, original, fallmanager)
    return row, brief


def test_einwilligung_liegt_vor(fallmanager):
    case = make_fall(fallmanager)
    row = make_einwilligung(case, fallmanager, gueltig_bis=HEUTE)
    key = [row.empfaenger_schluessel]
    assert einwilligung_liegt_vor(case, key, "AOK", "gesamtplan", HEUTE) is None
    for teil, tag in (
        ("gutachten", HEUTE),
        ("gesamtplan", MORGEN),
        ("gesamtplan", GESTERN - timedelta(days=1)),
    ):
        assert einwilligung_liegt_vor(case, key, "AOK", teil, tag).norm == "§ 67b Abs. 1 S. 1 SGB X"


def test_consent_of_another_case_or_recipient_does_not_count(fallmanager):
    case, fremd = make_fall(fallmanager), make_fall(fallmanager)
    row = make_einwilligung(case, fallmanager)
    kasse = make_traeger("pflegekasse", "AOK Probe")
    assert einwilligung_fuer(case, kasse, "gesamtplan", HEUTE) == row
    assert einwilligung_fuer(fremd, kasse, "gesamtplan", HEUTE) is None
    assert einwilligung_fuer(case, "AOK Probe", "gesamtplan", HEUTE) is None


def test_withdrawal_ends_it_from_its_day_and_stays_readable(fallmanager):
    case = make_fall(fallmanager)
    row = make_einwilligung(case, fallmanager)
    withdraw(row, fallmanager)
    kasse = make_traeger("pflegekasse", "AOK Probe")
    assert einwilligung_fuer(case, kasse, "gesamtplan", GESTERN) == row
    assert einwilligung_fuer(case, kasse, "gesamtplan", HEUTE) is None
    with pytest.raises(SchrittUnzulaessig, match="bereits widerrufen"):
        withdraw(row, fallmanager)


@pytest.mark.parametrize(
    ("aenderung", "satz"),
    [
        ({"erteilt_am": MORGEN, "gueltig_ab": MORGEN}, "in der Zukunft"),
        ({"gueltig_ab": GESTERN - timedelta(days=1)}, "frühestens ab dem Tag"),
        ({"gueltig_bis": GESTERN - timedelta(days=1)}, "vor ihrem Beginn"),
        (
            {
                "form": "elektronisch",
                "erteilt_am": date(2018, 5, 24),
                "gueltig_ab": date(2018, 5, 24),
            },
            "schriftlich erteilt",
        ),
        ({"empfaenger": service.Empfaengerangabe()}, "an wen"),
    ],
)
def test_bad_consent_is_refused_with_a_reason(fallmanager, aenderung, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        make_einwilligung(make_fall(fallmanager), fallmanager, **aenderung)
    assert not Einwilligung.objects.exists()


def test_register_is_append_only(fallmanager):
    row = make_einwilligung(make_fall(fallmanager), fallmanager)
    for change in (
        lambda: Einwilligung.objects.filter(pk=row.pk).update(teile=["gutachten"]),
        lambda: Einwilligung.objects.filter(pk=row.pk).delete(),
    ):
        with (
            pytest.raises(ProgrammingError, match=r"Cannot update or delete|permission denied"),
            transaction.atomic(),
        ):
            change()


def test_withdrawn_between_queue_and_leaving_is_not_sent(abdruck, fallmanager):
    row, brief = abdruck
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=HEUTE)
    withdraw(row, fallmanager)
    versand.refresh_from_db()
    assert (versand.state, "keine wirksame Einwilligung" in versand.warnung) == ("angehalten", True)
    with pytest.raises(SchrittUnzulaessig, match="im Zustand „angehalten“ nicht möglich"):
        record_aufgabe(versand=versand, aufgabe_am=HEUTE, by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="nicht mehr im Postausgang"):
        create_druckstapel(versand_ids=[versand.pk], by=fallmanager, tag=HEUTE)
    [zeile] = arbeitszeilen(fallmanager, HEUTE)
    assert (zeile.gruppe, zeile.zustand) == ("Versand klären", "angehalten")


def test_consent_that_ran_out_is_asked_again_when_it_leaves(fallmanager, abdruck):
    row, _ = abdruck
    withdraw(row, fallmanager)
    kurz = make_einwilligung(row.case, fallmanager, gueltig_bis=HEUTE)
    original = row.case.schreiben_liste.get(art="gesamtplan")
    brief = hand_on(kurz, original, fallmanager)
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=HEUTE)
    assert arbeitszeilen(fallmanager, HEUTE) == []
    assert [z.zustand for z in arbeitszeilen(fallmanager, MORGEN)] == ["vorgesehen"]
    with pytest.raises(SchrittUnzulaessig, match="keine wirksame Einwilligung"):
        record_aufgabe(versand=versand, aufgabe_am=MORGEN, by=fallmanager, tag=MORGEN)


def test_printed_batch_with_a_stopped_letter_is_not_printed_again(abdruck, fallmanager):
    row, brief = abdruck
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=HEUTE)
    stapel = create_druckstapel(versand_ids=[versand.pk], by=fallmanager, tag=HEUTE)
    withdraw(row, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="angehalten"):
        read_druckstapel(druckstapel=stapel, by=fallmanager, route="x", tag=HEUTE)
    post_druckstapel(druckstapel=stapel, aufgabe_am=HEUTE, by=fallmanager, tag=HEUTE)
    versand.refresh_from_db()
    assert versand.aufgabe_am is None


def test_without_consent_nothing_queues(abdruck, fallmanager):
    row, brief = abdruck
    withdraw(row, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="keine wirksame Einwilligung"):
        send(schreiben=brief, weg="post", by=fallmanager, tag=HEUTE)
    assert not Versand.objects.filter(schreiben=brief).exists()


def test_copy_never_goes_to_the_email_address_of_the_person(abdruck, fallmanager):
    _, brief = abdruck
    with pytest.raises(SchrittUnzulaessig, match="als Brief"):
        send(schreiben=brief, weg="elektronisch", by=fallmanager, tag=HEUTE)
    assert brief.empfaenger == ["AOK Probe", "Hauptstraße 5", "70999 Musterau"]
    assert brief.daten["anlagen"][0]["titel"] == "Gesamtplan"
