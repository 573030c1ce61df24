"""The page „Betrieb“: lines, last runs, rules, and the decision about what is unclear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import tasks
from cases.austausch import tasks as austausch
from cases.models import Auftrag, Auftragsbeginn, Erinnerungsmail, Zugangsmeldung
from cases.models.zugang import Meldungsanlass
from cases.queries.invarianten import invarianten
from cases.schreiben import tasks as schreiben
from cases.services.betrieb import LAEUFE, alarms_of, last_runs, state_of_operation
from cases.states.rolle import Rolle
from cases.unterlage import tasks as unterlage
from tests import uhr
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def verwaltung(client, behoerde):
    user = make_user("verwaltung", Rolle.FACHADMINISTRATION)
    client.force_login(user)
    return user


def digest(state: str = "ungewiss", datum=uhr.HEUTE) -> Auftrag:
    an = make_user("empfaengerin", Rolle.FALLMANAGEMENT)
    mail = Erinnerungsmail.objects.create(
        user=an, datum=datum, ueberfaellig=1, faellig=0, bevorstehend=0
    )
    return Auftrag.objects.create(
        art="erinnerung",
        schluessel="erinnerung:1",
        gegenstand_id=mail.pk,
        state=state,
        naechster_versuch=uhr.JETZT,
        versuche=1,
        fehler="Die Verbindung riss ab.",
    )


def test_page_shows_lines_runs_and_every_rule(client, verwaltung):
    page = client.get(reverse("betrieb")).content.decode()
    for wort in ("eilig", "normal", "masse", "Abgleich der Aufträge", "Siegel der Protokolle"):
        assert wort in page
    assert all(name in page for name in invarianten())
    assert len(invarianten()) >= 14


@pytest.mark.parametrize("rolle", [r for r in Rolle if r != Rolle.FACHADMINISTRATION])
def test_page_and_decision_are_for_the_fachadministration_alone(client, behoerde, rolle):
    client.force_login(make_user("fremd", rolle))
    auftrag = digest()
    for url in (reverse("betrieb"), reverse("auftrag_klaeren", args=[auftrag.pk])):
        assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    ("wahl", "state"),
    [("gesendet", "fertig"), ("nochmals", "offen"), ("belassen", "abgebrochen")],
)
def test_uncertain_digest_is_decided_by_a_person_in_one_of_three_ways(
    client, verwaltung, wahl, state
):
    auftrag = digest()
    url = reverse("auftrag_klaeren", args=[auftrag.pk])
    assert url in client.get(reverse("betrieb")).content.decode()
    page = client.get(url).content.decode()
    assert "Empfaengerin" in page or "empfaengerin" in page
    assert client.post(url, {"wahl": wahl}).status_code == 302
    auftrag.refresh_from_db()
    assert (auftrag.state, auftrag.entschieden_von) == (state, verwaltung)
    assert client.get(url).status_code == 404
    assert not any("ungewiss" in satz for satz in alarms_of(state_of_operation(now=uhr.JETZT)))


def test_digest_of_another_day_is_not_sent_again_and_the_form_says_why(client, verwaltung):
    auftrag = digest(datum=uhr.HEUTE - timedelta(days=1))
    url = reverse("auftrag_klaeren", args=[auftrag.pk])
    assert "Die Erinnerung galt einem anderen Tag." in client.get(url).content.decode()
    assert client.post(url, {"wahl": "nochmals"}).status_code == 422


def test_of_a_failed_one_nobody_says_that_it_was_sent(client, verwaltung):
    auftrag = digest("fehlgeschlagen")
    url = reverse("auftrag_klaeren", args=[auftrag.pk])
    assert client.post(url, {"wahl": "gesendet"}).status_code == 422
    assert client.post(url, {"wahl": "nochmals"}).status_code == 302


def test_what_belongs_to_a_case_is_not_decided_here(client, verwaltung):
    auftrag = Auftrag.objects.create(
        art="versand_email",
        schluessel="versand_email:1",
        gegenstand_id=1,
        state="ungewiss",
        naechster_versuch=uhr.JETZT,
    )
    assert client.get(reverse("auftrag_klaeren", args=[auftrag.pk])).status_code == 404
    assert "im Fall, auf „Mein Tag“" in client.get(reverse("betrieb")).content.decode()


def test_an_order_in_hand_says_whether_anything_was_sent(client, verwaltung):
    auftrag = digest("in_arbeit")
    assert "noch nichts gesendet" in client.get(reverse("betrieb")).content.decode()
    Auftragsbeginn.objects.create(nummer=auftrag.pk, versuch=1, zeitpunkt=uhr.JETZT)
    page = client.get(reverse("betrieb")).content.decode()
    assert "wird gesendet seit" in page
    assert "noch nichts gesendet" not in page


def test_what_took_its_worker_down_is_an_alarm_until_it_is_settled():
    auftrag = digest("fehlgeschlagen")
    Auftrag.objects.filter(pk=auftrag.pk).update(abbrueche=3)
    alarme = alarms_of(state_of_operation(now=uhr.JETZT))
    assert "1 Auftrag hat seine Aufgabe abstürzen lassen." in alarme
    assert "1 Auftrag ist gescheitert." in alarme
    Auftrag.objects.filter(pk=auftrag.pk).update(state="abgebrochen")
    assert not any("abstürzen" in satz for satz in alarms_of(state_of_operation(now=uhr.JETZT)))


def test_every_task_of_the_beat_notes_its_run_and_a_late_one_is_an_alarm():
    tasks.seal_protokoll()
    tasks.clean_up_entwuerfe()
    tasks.watch_access()
    tasks.check_night()
    tasks.reconcile()
    unterlage.scan_unterlagen()
    austausch.continue_importe()
    schreiben.continue_serien()
    assert [lauf.titel for lauf, stand in last_runs() if stand is None] == []
    spaet = uhr.JETZT + timedelta(days=3)
    alarme = alarms_of(state_of_operation(now=spaet))
    titel = [lauf.titel for lauf in LAEUFE if lauf.schluessel != "nachtpruefung"]
    assert [t for t in titel if not any(satz.startswith(t) for satz in alarme)] == []


def test_lines_count_what_is_due_by_kind():
    digest("offen")
    meldung = Zugangsmeldung.objects.create(
        user=make_user("gemeldet", Rolle.LEITUNG),
        anlass=Meldungsanlass.KONTO,
        zeit=uhr.JETZT,
        text="Probe.",
    )
    Auftrag.objects.create(
        art="zugangsmeldung",
        schluessel="zugangsmeldung:1",
        gegenstand_id=meldung.pk,
        naechster_versuch=uhr.JETZT - timedelta(seconds=90),
    )
    schlangen = state_of_operation(now=uhr.JETZT)["schlangen"]
    assert schlangen["eilig"] == {"wartend": 1, "aeltester_s": 90, "in_arbeit": 0}
    assert schlangen["normal"]["wartend"] == 1


def test_page_reads_runs_and_lines_of_work_once(client, verwaltung, django_assert_max_num_queries):
    client.get(reverse("betrieb"))
    with django_assert_max_num_queries(18) as gestellt:
        assert client.get(reverse("betrieb")).status_code == 200
    gesendet = [frage["sql"] for frage in gestellt.captured_queries]
    assert sum('FROM "cases_betriebsstand"' in frage for frage in gesendet) == 1
    assert sum('FROM "cases_importstapel"' in frage for frage in gesendet) == 1
