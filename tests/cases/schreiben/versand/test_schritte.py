"""Every state, step and role of a sending: what the button says is what the service does."""

from __future__ import annotations

import pytest

from cases.models import Auftrag, LeistungsberechtigtePerson, Versand
from cases.schreiben.guards.versand import email_vermerkt_das_programm, versand_nicht_im_stapel
from cases.schreiben.queries.versand import versand_in
from cases.schreiben.schritte import VERSANDSCHRITTE, Versandlage
from cases.schreiben.services import versand as service
from cases.schreiben.services.druckstapel import create_druckstapel
from cases.states.rolle import Rolle
from cases.states.versand import Versandzustand
from tests.cases.schreiben.versand.proben import BRIEFTAG
from tests.fabriken import make_user
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db


def _record(row, user):
    return service.record_aufgabe(versand=row, aufgabe_am=BRIEFTAG, by=user, tag=BRIEFTAG)


STEPS = {
    "aufgeben": _record,
    "erneut_senden": lambda v, u: service.send_again(versand=v, by=u, tag=BRIEFTAG),
    "zuruecknehmen": lambda v, u: service.cancel_versand(versand=v, by=u, tag=BRIEFTAG),
}


@pytest.mark.parametrize("weg", ["post", "elektronisch"])
@pytest.mark.parametrize("zugang", [True, False])
def test_steps_of_a_sending_agree(schreiben, fallmanager, weg, zugang):
    row = service.send(schreiben=schreiben, weg=weg, by=fallmanager, tag=BRIEFTAG)
    if not zugang:
        LeistungsberechtigtePerson.objects.update(email_zugang_seit=None)
    users = [fallmanager, make_user("revision", Rolle.REVISION)]
    gesagt = {}
    for state in (Versandzustand.VORGESEHEN, Versandzustand.UNGEWISS, "zurueckgenommen"):
        force(row, state)
        for auftrag in Auftrag.objects.all():
            force(auftrag, "ungewiss" if state == Versandzustand.UNGEWISS else "offen")
        for schritt, take in STEPS.items():
            if weg == "post" and state == Versandzustand.UNGEWISS:
                continue  # only an e-mail can be uncertain
            zeile = "als_versandt_vermerken" if state == "ungewiss" else "aufgeben"
            zeile = zeile if schritt == "aufgeben" else schritt
            for user in users:
                jetzt = versand_in(schreiben.case).get(pk=row.pk)
                gesagt[state, zeile, user.username] = agree(
                    VERSANDSCHRITTE,
                    Versandlage(user, BRIEFTAG, jetzt),
                    zeile,
                    lambda v=jetzt, u=user, t=take: t(v, u),
                )
    assert gesagt["vorgesehen", "zuruecknehmen", "fallmanager"] == ""
    if weg == "elektronisch":
        assert gesagt["vorgesehen", "aufgeben", "fallmanager"] is None
        assert (gesagt["ungewiss", "erneut_senden", "fallmanager"] == "") == zugang
    else:
        assert gesagt["vorgesehen", "aufgeben", "fallmanager"] == ""


def test_email_vermerkt_das_programm():
    assert email_vermerkt_das_programm(Versand(weg="post")) is None
    assert "vom Programm" in email_vermerkt_das_programm(Versand(weg="elektronisch")).text


def test_versand_nicht_im_stapel(schreiben, fallmanager):
    row = service.send(schreiben=schreiben, weg="post", by=fallmanager, tag=BRIEFTAG)
    assert versand_nicht_im_stapel(row) is None
    create_druckstapel(versand_ids=[row.pk], by=fallmanager, tag=BRIEFTAG)
    assert versand_nicht_im_stapel(row).text.endswith("Verwerfen Sie zuerst den Stapel.")
    gesagt = agree(
        VERSANDSCHRITTE,
        Versandlage(fallmanager, BRIEFTAG, row),
        "zuruecknehmen",
        lambda: STEPS["zuruecknehmen"](row, fallmanager),
    )
    assert "Druckstapel" in gesagt
