"""From the release to „bekannt gegeben“ with a mail server that refuses, delays and drops."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import LeistungsberechtigtePerson, Versand
from cases.services import auftrag as auftraege
from tests import uhr
from tests.browser.test_bekanntgabe import _released
from tests.cases.schreiben.versand.postamt import Postamt, postamt
from tests.cases.schreiben.versand.proben import auftrag_of

pytestmark = pytest.mark.django_db(transaction=True)


def try_after(settings, versand: Versand, stunden: int, **plan: str) -> Postamt:
    """Let the order run so many hours later against a server with this script."""
    with postamt(settings, **plan) as amt:
        auftraege.run(auftrag_id=auftrag_of(versand), now=uhr.JETZT + timedelta(hours=stunden))
    versand.refresh_from_db()
    return amt


def test_bescheid_arrives_once_whatever_the_mail_server_does(neue_seite, settings):
    akte = _released()
    LeistungsberechtigtePerson.objects.update(
        email="emil@example.org", email_zugang_seit=date(2004, 1, 1)
    )
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    neu = reverse("versand_neu", args=[akte.case.pk, akte.bescheid.schreiben_id])
    assert seite.offen(neu) == 200
    seite.page.check("input[name=weg][value=elektronisch]")
    seite.klick("Versand veranlassen")
    assert "Die Nachricht geht frühestens" in seite.text()
    versand = Versand.objects.get()

    refused = try_after(settings, versand, 1, rcpt="450 besetzt")
    delayed = try_after(settings, versand, 2, mail="schweigen")
    assert (versand.state, refused.post, delayed.post) == ("vorgesehen", [], [])
    seite.page.reload()
    assert "vorgesehen" in seite.text()

    dropped = try_after(settings, versand, 3, text="trennen")
    assert (versand.state, dropped.post) == ("ungewiss", [])
    never = try_after(settings, versand, 9)
    assert (versand.state, never.post) == ("ungewiss", [])
    seite.page.reload()
    assert "weiß nur der Mailserver" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.klick("Erneut senden")

    taken = try_after(settings, versand, 10)
    assert (versand.state, len(taken.post)) == ("aufgegeben", 1)
    assert taken.empfaenger == ["emil@example.org"]
    again = try_after(settings, versand, 11)
    assert again.post == []
    seite.page.reload()
    assert f"{versand.bekanntgabe:%d.%m.%Y}" in seite.text()
    assert f"{versand.widerspruch_bis:%d.%m.%Y}" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    assert seite.meldungen == []
