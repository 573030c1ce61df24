"""`make stoerungen` counts right: its mail server, its ledger and its verdict can fail."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Iterator
from email.message import EmailMessage
from types import SimpleNamespace

import pytest

from cases.models import Auftrag
from tests import uhr
from tools.stoerungen.bestand import balance
from tools.stoerungen.dateien import killed_after
from tools.stoerungen.liste import FAULTS
from tools.stoerungen.postamt import TRENNEN, Postamt
from tools.stoerungen.tafel import Ergebnis, line, total


@pytest.fixture
def post() -> Iterator[Postamt]:
    one = Postamt()
    yield one
    one.close()


def deliver(post: Postamt, kennung: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "a@x.example", "b@x.example", f"<{kennung}@x>"
    mail.set_content("Probe")
    with smtplib.SMTP("127.0.0.1", post.port, timeout=5) as line_:
        line_.send_message(mail)


@pytest.mark.parametrize("feld", ["verloren", "doppelt", "unerklaert"])
def test_one_lost_doubled_or_unexplained_thing_is_enough(feld):
    assert Ergebnis(300).haelt
    schlecht = Ergebnis(300, **{feld: 1})
    assert not schlecht.haelt
    assert "hält nicht" in line("F01", "Probe", schlecht)
    assert not total([Ergebnis(300), schlecht]).haelt


def test_a_fault_that_tried_nothing_proves_nothing():
    assert not Ergebnis(0).haelt


@pytest.mark.parametrize(
    ("plan", "angenommen"),
    [({}, 1), ({"text": TRENNEN}, 1), ({"text": "451 x"}, 0), ({"rcpt": "550 x"}, 0)],
)
def test_ledger_knows_what_was_taken_whether_or_not_the_sender_hears_of_it(post, plan, angenommen):
    post.play(**plan)
    try:
        deliver(post, "zugang-1")
    except smtplib.SMTPException:
        assert plan
    else:
        assert not plan
    assert post.ledger["zugang-1"] == angenommen


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "im_buch", "soll"),
    [
        ("fertig", 1, (0, 0, 0)),
        ("fertig", 0, (1, 0, 0)),
        ("fertig", 2, (0, 1, 0)),
        ("ungewiss", 0, (0, 0, 0)),
        ("ungewiss", 1, (0, 0, 0)),
        ("offen", 0, (1, 0, 0)),
        ("offen", 1, (1, 0, 1)),
        ("fehlgeschlagen", 0, (0, 0, 1)),
        ("", 0, (1, 0, 0)),
    ],
)
def test_rows_and_ledger_are_compared(post, state, im_buch, soll):
    if state:
        Auftrag.objects.create(
            art="zugangsmeldung",
            schluessel="zugangsmeldung:1",
            gegenstand_id=1,
            state=state,
            naechster_versuch=uhr.JETZT,
        )
    post.ledger["zugang-1"] = im_buch
    e = balance(SimpleNamespace(post=post), {"zugang-1": "zugangsmeldung:1"}, 0.0)
    assert (e.verloren, e.doppelt, e.unerklaert) == soll


def test_work_that_takes_too_long_is_killed(tmp_path):
    mark = tmp_path / "fertig"

    def work() -> None:
        time.sleep(5)
        mark.touch()

    began = time.monotonic()
    assert not killed_after(0.2, work)
    assert time.monotonic() - began < 4
    assert not mark.exists()


def test_all_faults_of_the_house_are_in_the_list():
    kennungen = {kennung for kennung, _, _ in FAULTS}
    soll = "F01 F02 F03 F04 F05 F06 F07 F08 F09 F10 F11 F13 F13b F14 F15 F16 F17 F18 F19 F20 F21"
    assert {*soll.split(), "F28", "F29", "F30", "F31", "F32", "eilig"} <= kennungen
    assert len(kennungen) == len(FAULTS)
