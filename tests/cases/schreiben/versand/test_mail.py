"""The e-mail of a letter: what leaves, to whom, and every way it can go wrong."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from cases.export import mail as mailweg
from cases.export.mail import build_mail, deliver
from cases.models import Auftrag, Auftragsbeginn, LeistungsberechtigtePerson, Schreiben, Versand
from cases.schreiben.services.versand import (
    cancel_versand,
    leaves_at,
    record_aufgabe,
    record_not_sent,
    send,
    send_again,
)
from cases.services import auftrag as auftraege
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.versand.postamt import postamt
from tests.cases.schreiben.versand.proben import BRIEFTAG, auftrag_of, make_pdf

pytestmark = pytest.mark.django_db

JETZT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Ablage:
    """Keeps what a real SMTP server has received."""

    def __init__(self) -> None:
        self.post = []

    async def handle_DATA(self, server, session, envelope):
        self.post.append(envelope)
        return "250 ok"


@pytest.fixture
def ablage(settings):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    handler = Ablage()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


def order(schreiben: Schreiben, by, tag: date = BRIEFTAG) -> Versand:
    return send(schreiben=schreiben, weg="elektronisch", by=by, tag=tag)


def go(versand: Versand, now: datetime = JETZT) -> tuple[str, str]:
    """Run the order of this Versand; return the states of order and Versand."""
    auftraege.run(auftrag_id=auftrag_of(versand), now=now)
    versand.refresh_from_db()
    return Auftrag.objects.get(pk=auftrag_of(versand)).state, versand.state


def test_mail_has_one_recipient_two_parts_and_the_frozen_pdf(ablage, schreiben, fallmanager):
    versand = order(schreiben, fallmanager)
    assert go(versand) == ("fertig", "aufgegeben")
    [envelope] = ablage.post
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    parts = [p for p in mail.walk() if not p.is_multipart()]
    assert envelope.rcpt_tos == ["emil@example.org"]
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == ("emil@example.org", None, None)
    assert mail["Message-ID"] == f"<{versand.nachricht_id}@landkreis-musterau.example>"
    assert [p.get_content_type() for p in parts] == ["text/plain", "text/html", "application/pdf"]
    assert parts[2].get_filename() == "Bescheid_2026-11-20.pdf"
    assert parts[2].get_content() == make_pdf()


@pytest.mark.parametrize("boese", ["\n", "\r\n", "\x0b", "\x00"])
@pytest.mark.parametrize("feld", ["an", "betreff", "kennung"])
def test_no_text_becomes_a_header_of_a_mail(ablage, behoerde, feld, boese):
    werte = {"an": "emil@example.org", "betreff": "Ein Schreiben", "kennung": "1"}
    werte[feld] += f"{boese}Bcc: dieb@example.org"
    mail = build_mail(**werte, vorlage="schreiben", kontext={"behoerde": behoerde})
    try:
        deliver(mail)
    except Exception:
        assert ablage.post == []
        return
    [envelope] = ablage.post
    text = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert (len(envelope.rcpt_tos), text["Bcc"]) == (1, None)


@pytest.mark.parametrize(
    "an", ["emil@example.org, dieb@example.org", "emil@example.org;dieb@x.org"]
)
def test_one_address_stays_one_address(ablage, behoerde, an):
    mail = build_mail(
        an=an, betreff="x", vorlage="schreiben", kontext={"behoerde": behoerde}, kennung="1"
    )
    try:
        deliver(mail)
    except Exception:
        assert ablage.post == []
        return
    assert all(len(envelope.rcpt_tos) == 1 for envelope in ablage.post)


def test_mail_names_neither_person_nor_subject_matter(ablage, schreiben, fallmanager):
    assert go(order(schreiben, fallmanager)) == ("fertig", "aufgegeben")
    mail = email.message_from_bytes(ablage.post[0].content, policy=email.policy.default)
    texts = [p.get_content() for p in mail.walk() if p.get_content_maintype() == "text"]
    assert len(texts) == 2
    assert mail["Subject"] == "Ein Schreiben Ihrer Behörde liegt bei"
    person = schreiben.case.leistungsberechtigte_person
    verraeter = (person.vorname, person.nachname, schreiben.case.aktenzeichen)
    verraeter += ("Bescheid", "Budget", "Teilhabe", "Behinderung")
    assert [w for w in verraeter for text in texts if w in text] == []


@pytest.mark.parametrize(
    ("plan", "auftrag", "versand"),
    [
        ({"gruss": "421 gleich wieder da"}, "offen", "vorgesehen"),
        ({"gruss": "trennen"}, "offen", "vorgesehen"),
        ({"gruss": "schweigen"}, "offen", "vorgesehen"),
        ({"ehlo": "trennen"}, "offen", "vorgesehen"),
        ({"mail": "451 später"}, "offen", "vorgesehen"),
        ({"mail": "550 nein"}, "fehlgeschlagen", "fehlgeschlagen"),
        ({"rcpt": "421 voll"}, "offen", "vorgesehen"),
        ({"rcpt": "450 besetzt"}, "offen", "vorgesehen"),
        ({"rcpt": "550 unbekannt"}, "fehlgeschlagen", "fehlgeschlagen"),
        ({"rcpt": "schweigen"}, "offen", "vorgesehen"),
        ({"data": "451 später"}, "offen", "vorgesehen"),
        ({"data": "554 nein"}, "fehlgeschlagen", "fehlgeschlagen"),
        ({"data": "trennen"}, "offen", "vorgesehen"),
        ({"text": "451 später"}, "offen", "vorgesehen"),
        ({"text": "552 zu groß"}, "fehlgeschlagen", "fehlgeschlagen"),
        ({"text": "trennen"}, "ungewiss", "ungewiss"),
        ({"text": "schweigen"}, "ungewiss", "ungewiss"),
        ({"quit": "trennen"}, "fertig", "aufgegeben"),
        ({"quit": "500 wie bitte"}, "fertig", "aufgegeben"),
        ({"quit": "schweigen"}, "fertig", "aufgegeben"),
    ],
)
def test_each_answer_of_the_server_leads_to_its_state(
    settings, schreiben, fallmanager, plan, auftrag, versand
):
    row = order(schreiben, fallmanager)
    with postamt(settings, **plan):
        assert go(row) == (auftrag, versand)


def test_unreachable_server_is_tried_again(settings, schreiben, fallmanager):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", probe.getsockname()[1]
    assert go(order(schreiben, fallmanager)) == ("offen", "vorgesehen")


def test_server_without_tls_never_gets_the_mail_in_clear(settings, schreiben, fallmanager):
    with postamt(settings) as amt:
        settings.EMAIL_USE_TLS = True
        assert go(order(schreiben, fallmanager)) == ("offen", "vorgesehen")
    assert amt.post == []


def test_waiting_grows_until_a_person_takes_over(settings, schreiben, fallmanager):
    versand, now, waits = order(schreiben, fallmanager), JETZT, []
    with postamt(settings, rcpt="450 besetzt"):
        while go(versand, now)[0] == "offen":
            naechster = Auftrag.objects.get().naechster_versuch
            waits.append((naechster - now) // timedelta(minutes=1))
            now = naechster
    assert waits == [1, 5, 15, 60, 240, 720, 1440]
    assert versand.state == "fehlgeschlagen"
    assert versand.warnung == "Der Mailserver hat mit 450 geantwortet."


def test_address_of_the_recipient_is_never_stored_with_an_error(settings, schreiben, fallmanager):
    versand = order(schreiben, fallmanager)
    with postamt(settings, rcpt="550 emil@example.org unbekannt"):
        go(versand)
    assert Auftrag.objects.get().fehler == "Der Mailserver hat mit 550 geantwortet."


@pytest.mark.parametrize(
    ("aenderung", "grund"),
    [
        ({"email": "neu@example.org"}, "Die E-Mail-Adresse hat sich geändert"),
        ({"email": ""}, "keinen Zugang für E-Mail eröffnet"),
        ({"email_zugang_seit": None}, "keinen Zugang für E-Mail eröffnet"),
        ({"email_zugang_seit": date(2026, 11, 21)}, "erst ab 21.11.2026 eröffnet"),
    ],
)
def test_consent_is_checked_again_before_sending(ablage, schreiben, fallmanager, aenderung, grund):
    versand = order(schreiben, fallmanager)
    LeistungsberechtigtePerson.objects.update(**aenderung)
    assert go(versand) == ("fehlgeschlagen", "fehlgeschlagen")
    assert grund in versand.warnung
    assert ablage.post == []


def test_uncertain_mail_is_recorded_as_sent_by_a_person(settings, schreiben, fallmanager):
    versand = order(schreiben, fallmanager)
    with postamt(settings, text="trennen"):
        go(versand)
    record_aufgabe(versand=versand, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    assert go(versand, JETZT + timedelta(days=1)) == ("fertig", "aufgegeben")
    assert (versand.bekanntgabe, versand.vermerkt_von) == (date(2026, 11, 24), fallmanager)


def test_uncertain_mail_goes_out_again_with_the_same_message_id(
    settings, ablage, schreiben, fallmanager
):
    smtp = settings.EMAIL_PORT
    versand = order(schreiben, fallmanager)
    with postamt(settings, text="trennen"):
        go(versand)
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = smtp, 5
    send_again(versand=versand, by=fallmanager, tag=BRIEFTAG)
    assert go(versand) == ("fertig", "aufgegeben")
    mail = email.message_from_bytes(ablage.post[0].content, policy=email.policy.default)
    assert mail["Message-ID"] == f"<{versand.nachricht_id}@landkreis-musterau.example>"


def test_mail_sent_but_not_recorded_is_uncertain(ablage, schreiben, fallmanager):
    from cases.registry.beitrag import registry

    def fail(*_args):
        raise SchrittUnzulaessig("Der Bescheid ist gesperrt.")

    versand = order(schreiben, fallmanager)
    art = registry.schreibenarten[schreiben.art]
    registry.schreibenarten[schreiben.art] = replace(art, nach_aufgabe=fail)
    assert go(versand) == ("ungewiss", "ungewiss")
    assert len(ablage.post) == 1
    assert versand.aufgabe_am is None


@pytest.mark.parametrize(
    ("plan", "begonnen"),
    [({"rcpt": "451 spaeter"}, False), ({"mail": "schweigen"}, False), ({"text": "trennen"}, True)],
)
def test_beginning_is_noted_when_the_text_is_about_to_flow_and_not_before(
    settings, schreiben, fallmanager, plan, begonnen
):
    versand = order(schreiben, fallmanager)
    with postamt(settings, **plan):
        go(versand)
    assert Auftragsbeginn.objects.filter(nummer=auftrag_of(versand)).exists() is begonnen


def test_server_that_drips_is_cut_and_tried_again(settings, schreiben, fallmanager, monkeypatch):
    """Each byte comes in time, the answer never does: the conversation as a whole is bounded."""
    monkeypatch.setattr(mailweg, "_GESPRAECH_WARTEN", 2)
    settings.EMAIL_TIMEOUT = 0.5
    versand = order(schreiben, fallmanager)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line, contextlib.suppress(OSError):
                for _ in range(300):
                    line.sendall(b"2")
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        assert go(versand) == ("offen", "vorgesehen")


def test_uncertain_mail_is_noted_as_not_sent_and_then_any_way_is_open(
    settings, schreiben, fallmanager
):
    versand = order(schreiben, fallmanager)
    with postamt(settings, text="trennen"):
        assert go(versand) == ("ungewiss", "ungewiss")
    record_not_sent(versand=versand, by=fallmanager, tag=BRIEFTAG)
    versand.refresh_from_db()
    assert (versand.state, Auftrag.objects.get(pk=auftrag_of(versand)).state) == (
        "fehlgeschlagen",
        "fehlgeschlagen",
    )
    assert send(schreiben=schreiben, weg="post", by=fallmanager, tag=BRIEFTAG).state == "vorgesehen"


def test_mail_sent_off_at_the_desk_can_be_taken_back_for_ten_minutes(
    ablage, schreiben, fallmanager
):
    ab = JETZT + timedelta(minutes=10)
    versand = send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=BRIEFTAG, ab=ab)
    assert leaves_at(versand) == ab
    assert go(versand, ab - timedelta(seconds=1)) == ("offen", "vorgesehen")
    cancel_versand(versand=versand, by=fallmanager, tag=BRIEFTAG)
    assert go(versand, ab + timedelta(seconds=1)) == ("abgebrochen", "zurueckgenommen")
    assert ablage.post == []
