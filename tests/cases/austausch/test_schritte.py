"""Every state, step and role of a batch: what the button says is what the service does."""

from __future__ import annotations

import pytest

from cases.austausch import guards
from cases.austausch.schritte import STAPELSCHRITTE, Stapellage
from cases.austausch.services import austausch, entscheidung
from cases.models import Importstapel
from cases.states.austausch import Stapelzustand
from tests import uhr
from tests.cases.austausch.bausteine import make_stapel, zeile
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
STEPS = {
    "entscheiden": lambda s, u: entscheidung.decide_zeilen(stapel=s, wahl={}, by=u),
    "uebernehmen": lambda s, u: austausch.start_uebernahme(stapel=s, by=u, now=uhr.JETZT),
    "zuruecknehmen": lambda s, u: austausch.start_ruecknahme(stapel=s, by=u, now=uhr.JETZT),
    "zuordnen": lambda s, u: austausch.set_woerter(stapel=s, woerter={}, by=u),
    "vorlegen": lambda s, u: austausch.set_vorlage(
        stapel=s, ab=uhr.HEUTE, bis=uhr.HEUTE, by=u, tag=uhr.HEUTE
    ),
    "verwerfen": lambda s, u: austausch.discard_stapel(stapel=s, by=u),
}


@pytest.mark.parametrize("entscheidung", ["neu", "offen", "auslassen"])
def test_steps_of_a_batch_agree(client, leitung, fallmanager, entscheidung):
    stapel, gesagt = make_stapel(client, leitung, zeile()), {}
    stapel.zeilen.update(entscheidung=entscheidung)
    for state in Stapelzustand:
        force(stapel, state, uebernommen_von=leitung, uebernommen_am=uhr.JETZT)
        for schritt, take in STEPS.items():
            for user in (leitung, fallmanager):
                jetzt = Importstapel.objects.get(pk=stapel.pk)
                gesagt[state, schritt, user.username] = agree(
                    STAPELSCHRITTE,
                    Stapellage(user, jetzt),
                    schritt,
                    lambda s=jetzt, u=user, t=take: t(s, u),
                )
    assert len(gesagt) == 7 * len(STEPS) * 2
    satz = {"neu": "", "offen": "Bei 1 Zeile ist", "auslassen": "In dem Stapel ist keine Zeile"}
    assert gesagt["geprueft", "uebernehmen", "leitung"].startswith(satz[entscheidung])
    assert gesagt["uebernommen", "zuruecknehmen", "leitung"] is None


def test_alle_zeilen_entschieden():
    assert guards.alle_zeilen_entschieden(0) is None
    assert guards.alle_zeilen_entschieden(2).text.startswith("Bei 2 Zeilen ist noch")


def test_stapel_hat_zeilen():
    assert guards.stapel_hat_zeilen(1) is None
    assert "keine Zeile" in guards.stapel_hat_zeilen(0).text


def test_stapel_hat_faelle():
    assert guards.stapel_hat_faelle(1) is None
    assert "nichts übernommen" in guards.stapel_hat_faelle(0).text


def test_stapel_hat_woerter():
    assert guards.stapel_hat_woerter(1) is None
    assert "bekannt" in guards.stapel_hat_woerter(0).text


def test_faelle_ohne_tag():
    assert guards.faelle_ohne_tag(1) is None
    assert "ihren nächsten Tag" in guards.faelle_ohne_tag(0).text
