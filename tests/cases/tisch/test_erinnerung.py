"""The digest: who gets one, when, and that it gives nothing away."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.frist.services.fristenlauf import sweep
from cases.models import Auftrag, Case, Erinnerungsmail, Frist, User
from cases.services.auftrag import run_due
from cases.tisch.services.erinnerung import order_erinnerungen
from tests.cases.schreiben.versand.postamt import postamt
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_team

pytestmark = pytest.mark.django_db

DIENSTAG = date(2026, 3, 17)
FRUEH = datetime(2026, 3, 17, 5, 15, tzinfo=UTC)


@pytest.fixture
def case(fallmanager) -> Case:
    """A case with F01 overdue since yesterday and F04 upcoming."""
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    Frist.objects.filter(regel="F01").update(eskalation=date(2026, 3, 18))
    sweep(tag=DIENSTAG)
    return case


def escalate() -> None:
    Frist.objects.filter(regel="F01").update(stufe="eskaliert")


def numbers() -> dict[str, tuple[int, int, int]]:
    rows = Erinnerungsmail.objects.values_list(
        "user__username", "ueberfaellig", "faellig", "bevorstehend"
    )
    return {name: tuple(rest) for name, *rest in rows}


def test_fallmanager_is_told_of_the_own_cases_only(case, leitung):
    make_fallmanager("zweite")
    assert order_erinnerungen(tag=DIENSTAG) == 1
    assert numbers() == {"fallmanager": (1, 0, 1)}


def test_leitung_is_told_of_escalated_fristen_of_led_teams(case, leitung):
    make_leitung("fremde", make_team("Team Süd"))
    escalate()
    order_erinnerungen(tag=DIENSTAG)
    assert numbers() == {"fallmanager": (1, 0, 1), "leitung": (0, 0, 0)}
    assert Erinnerungsmail.objects.get(user=leitung).eskaliert == 1


def test_own_case_of_a_leitung_is_counted_once(case, leitung):
    Case.objects.update(caseworker=leitung)
    escalate()
    order_erinnerungen(tag=DIENSTAG)
    assert numbers() == {"leitung": (1, 0, 1)}


@pytest.mark.parametrize("felder", [{"email": ""}, {"is_active": False}])
def test_person_who_cannot_be_reached_is_skipped(case, felder):
    User.objects.update(**felder)
    assert order_erinnerungen(tag=DIENSTAG) == 0
    assert not Auftrag.objects.exists()


def test_nobody_is_told_of_nothing(fallmanager):
    make_fall(fallmanager, eingang=DIENSTAG)
    sweep(tag=DIENSTAG)
    assert order_erinnerungen(tag=DIENSTAG) == 0


def test_ended_case_reminds_nobody(case):
    Case.objects.update(state="beendet", beendet_am=DIENSTAG)
    assert order_erinnerungen(tag=DIENSTAG) == 0


def test_second_run_of_a_day_orders_nothing(case):
    assert [order_erinnerungen(tag=DIENSTAG) for _ in range(3)] == [1, 0, 0]
    assert Auftrag.objects.count() == 1


@pytest.mark.parametrize(
    ("tag", "anzahl"),
    [
        (date(2026, 3, 20), 1),
        (date(2026, 3, 21), 0),
        (date(2026, 3, 22), 0),
        (date(2026, 3, 23), 1),
        (date(2026, 4, 3), 0),
        (date(2026, 4, 6), 0),
        (date(2026, 4, 7), 1),
    ],
)
def test_reminders_come_on_working_days_only(case, tag, anzahl):
    sweep(tag=tag)
    assert order_erinnerungen(tag=tag) == anzahl


def test_outage_of_days_leads_to_one_mail_not_to_many(case):
    order_erinnerungen(tag=DIENSTAG)
    order_erinnerungen(tag=DIENSTAG + timedelta(days=3))
    assert run_due(limit=9, now=FRUEH + timedelta(days=3))["abgebrochen"] == 1
    assert Erinnerungsmail.objects.count() == 2


def test_digest_gives_numbers_and_a_link_and_nothing_else(settings, case):
    settings.PUBLIC_URL = "https://fallwerk.example"
    order_erinnerungen(tag=DIENSTAG)
    with postamt(settings) as amt:
        assert run_due(limit=9, now=FRUEH) == {"fertig": 1}
    mail = email.message_from_bytes(amt.post[0], policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    html = mail.get_body(("html",)).get_content()
    person = case.leistungsberechtigte_person
    assert amt.empfaenger == ["fallmanager@landkreis-musterau.example"]
    assert (mail["Subject"], mail["Cc"]) == ("Fallwerk: Ihre Fristen heute", None)
    assert "- 1 überfällige Frist\n- 1 bevorstehende Frist\n\n" in text
    assert "https://fallwerk.example/" in text
    verraeter = (person.vorname, person.nachname, case.aktenzeichen, "EH-")
    assert [w for w in verraeter for part in (text, html) if w in part] == []


def test_digest_is_sent_again_after_a_crash(settings, case):
    order_erinnerungen(tag=DIENSTAG)
    Auftrag.objects.update(state="in_arbeit", versuche=1, gesperrt_bis=FRUEH)
    with postamt(settings) as amt:
        run_due(limit=9, now=FRUEH + timedelta(minutes=1))
        run_due(limit=9, now=FRUEH + timedelta(minutes=3))
    assert (Auftrag.objects.get().state, len(amt.post)) == ("fertig", 1)


def test_number_of_queries_does_not_grow_with_cases(case, fallmanager, django_assert_num_queries):
    order_erinnerungen(tag=DIENSTAG)
    with django_assert_num_queries(10) as first:
        order_erinnerungen(tag=DIENSTAG)
    for _ in range(3):
        make_fall(fallmanager, eingang=date(2026, 3, 2))
    sweep(tag=DIENSTAG)
    with django_assert_num_queries(len(first)):
        order_erinnerungen(tag=DIENSTAG)
