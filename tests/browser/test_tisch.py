"""Stories of the desk: what waits today, the calendar, and the digest in the mail."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from cases.frist.services.fristenlauf import sweep
from cases.models import Frist
from cases.services.auftrag import run_due
from cases.tisch.services.erinnerung import order_erinnerungen
from recht.feiertag import naechster_werktag
from tests import uhr
from tests.fabriken import make_behoerde, make_fall, make_fallmanager, make_leitung

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fall():
    make_behoerde()
    return make_fall(make_fallmanager(), eingang=uhr.HEUTE - timedelta(days=18))


def test_desk_calendar_and_pause(neue_seite, fall):
    seite = neue_seite()
    seite.anmelden("fallmanager")
    seite.offen("/")
    assert "Zuständigkeitsprüfung" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    for pfad in ("/kalender/", "/kalender/woche/", "/kalender/abo/", f"/faelle/{fall.pk}/fristen/"):
        assert seite.offen(pfad) == 200
        seite.ohne_barrieren()
        seite.passt_in(320)
    seite.offen(f"/faelle/{fall.pk}/fristen/neu/")
    seite.klick("Frist berechnen und aufnehmen")
    seite.ohne_barrieren()
    seite.page.select_option("[name=regel]", "F57")
    gestern = uhr.HEUTE - timedelta(days=3)
    seite.page.fill("[name=ausloeser]", f"{gestern:%d.%m.%Y}")
    seite.page.fill("[name=laenge]", "2 Wochen")
    seite.klick("Frist berechnen und aufnehmen")
    seite.klick("Verlängern")
    seite.ohne_barrieren()
    spaeter = uhr.HEUTE + timedelta(days=30)
    seite.page.select_option("[name=grund]", "behoerde")
    seite.page.fill("[name=bis]", f"{spaeter:%d.%m.%Y}")
    seite.page.fill("[name=begruendung]", "Krankenhaus")
    seite.klick("Frist verlängern")
    seite.page.get_by_text("Die Frist ist verlängert").wait_for()
    assert Frist.objects.get(regel="F57").ende >= spaeter
    seite.ohne_barrieren()


def test_empty_desk_and_pages_of_the_leitung(neue_seite):
    make_behoerde()
    make_leitung()
    seite = neue_seite()
    seite.anmelden("leitung")
    for pfad in ("/", "/kalender/", "/team/", "/tageslauf/"):
        assert seite.offen(pfad) == 200
        seite.ohne_barrieren()
        seite.passt_in(320)


def test_digest_reaches_the_mailbox_without_names(postfach, fall):
    # On a day off there is no digest: the next working day will do.
    tag = naechster_werktag(uhr.HEUTE, "BW")
    sweep(tag=tag)
    assert order_erinnerungen(tag=tag) == 1
    frueh = datetime.combine(tag, time(6), tzinfo=timezone.get_current_timezone())
    assert run_due(limit=5, now=frueh) == {"fertig": 1}
    assert len(postfach.mails) == 1
    for mail in postfach.mails:
        text = mail.get_body(("plain",)).get_content()
        assert "überfällige Frist" in text
        assert fall.aktenzeichen not in text
        assert fall.leistungsberechtigte_person.nachname not in text
