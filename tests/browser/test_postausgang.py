"""Dispatch in a real browser: no barriers, small screens, a batch from tick to posting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Druckstapel, Versand
from cases.schreiben.services.versand import send
from cases.services import auftrag as auftraege
from tests import uhr
from tests.cases.schreiben.versand.postamt import postamt
from tests.cases.schreiben.versand.proben import auftrag_of, make_schreiben
from tests.fabriken import make_fall, make_fallmanager, make_leitung

pytestmark = pytest.mark.django_db(transaction=True)


def ordered(by, weg: str) -> Versand:
    gestern = uhr.HEUTE - timedelta(days=1)
    schreiben = make_schreiben(make_fall(by, eingang=gestern), by, datum=gestern)
    return send(schreiben=schreiben, weg=weg, by=by, tag=gestern)


def test_letters_are_printed_posted_and_clarified(neue_seite, behoerde, settings):
    ich = make_fallmanager()
    make_leitung()
    brief, mail = ordered(ich, "post"), ordered(ich, "elektronisch")
    ordered(ich, "post")
    with postamt(settings, text="trennen"):
        auftraege.run(auftrag_id=auftrag_of(mail), now=uhr.JETZT + timedelta(hours=1))
    seite = neue_seite()
    seite.anmelden("fallmanager")
    assert seite.offen(reverse("postausgang")) == 200
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.page.locator("input[name=versand]").nth(1).uncheck()
    seite.page.click("text=Druckstapel erstellen")
    stapel = Druckstapel.objects.get()
    assert seite.page.url.endswith(reverse("druckstapel", args=[stapel.pk]))
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.page.fill("input[name=aufgabe_am]", f"{uhr.HEUTE:%d.%m.%Y}")
    seite.page.click("text=Tag vermerken")
    brief.refresh_from_db()
    assert brief.state == "aufgegeben"
    for row in (brief, mail):
        assert seite.offen(reverse("versand", args=[row.schreiben.case_id, row.pk])) == 200
        seite.ohne_barrieren()
        seite.passt_in(320)
    leitung = neue_seite()
    leitung.anmelden("leitung")
    assert leitung.offen(reverse("auftraege")) == 200
    leitung.ohne_barrieren()
    leitung.passt_in(320)
    assert seite.meldungen == []
