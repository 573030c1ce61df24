"""Every state, step and role of a case: what the button says is what the service does."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.antrag.schritte import ANTRAGSSCHRITTE
from cases.antrag.services.anfrage import end_beratung
from cases.antrag.services.zustaendigkeit import forward
from cases.fall.guards.case import fall_nimmt_neues_auf, weiterleitung_nicht_gebunden
from cases.fall.schritte import FALLSCHRITTE, Falllage
from cases.fall.services import case as faelle
from cases.models import Antrag, Case
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from tests.fabriken import HEUTE, antrag_of, make_fall, make_traeger, make_user
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db


def _forward(case, by):
    an = make_traeger("rentenversicherung", "DRV Probe")
    antrag = antrag_of(case)
    return forward(antrag=antrag, an=an, grund="x", festgestellt_am=HEUTE, by=by, tag=HEUTE)


STEPS = {
    "zustaendigkeit_feststellen": lambda c, u: faelle.determine_zustaendigkeit(
        antrag=antrag_of(c), begruendung="x", by=u, tag=HEUTE
    ),
    "weiterleiten": _forward,
    "ueberpruefen": lambda c, u: faelle.begin_ueberpruefung(case=c, anlass="x", by=u, tag=HEUTE),
    "fortfuehren": lambda c, u: faelle.continue_unchanged(case=c, ergebnis="x", by=u, tag=HEUTE),
    "beenden": lambda c, u: faelle.end_case(
        case=c, grund="x", art="antrag_zurueckgenommen", by=u, tag=HEUTE
    ),
}


@pytest.fixture
def alle(fallmanager, leitung):
    return [fallmanager, leitung, make_user("revision", Rolle.REVISION)]


def test_steps_of_a_case_agree(alle):
    case, gesagt = make_fall(alle[0]), {}
    for state in Fallzustand:
        force(case, state)
        for schritt, take in STEPS.items():
            for user in alle:
                jetzt = Case.objects.get(pk=case.pk)
                # The service about the Zuständigkeit asks for the right to write first.
                if schritt == "weiterleiten" and user is alle[2]:
                    continue
                gesagt[state, schritt, user.username] = agree(
                    FALLSCHRITTE,
                    Falllage(user, HEUTE, jetzt),
                    schritt,
                    lambda c=jetzt, u=user, t=take: t(c, u),
                )
    assert len(gesagt) == 10 * (5 * 3 - 1)
    assert gesagt["antrag_eingegangen", "weiterleiten", "fallmanager"] == ""
    assert gesagt["geplant", "beenden", "leitung"] == ""


def test_bound_application_is_not_forwarded_again(client, alle):
    case = make_fall(alle[0])
    Antrag.objects.filter(case=case).update(weg="weitergeleitet")
    lage = Falllage(alle[0], HEUTE, case)
    gesagt = agree(FALLSCHRITTE, lage, "weiterleiten", lambda: _forward(case, alle[0]))
    assert gesagt.startswith("Der Antrag wurde an uns weitergeleitet und bindet uns.")
    client.force_login(alle[0])
    folge = client.get(reverse("fall", args=[case.pk])).context["schritte"]
    assert "Antrag weiterleiten" in [s.titel for s in folge.verschlossen]


@pytest.mark.parametrize("zuletzt", [*Fallzustand, "weitergeleitet_anders"])
def test_reopening_agrees_wherever_the_case_ended(client, alle, zuletzt):
    """A case that ended after it was forwarded does not go on, whatever the end was called."""
    case = make_fall(alle[0])
    vorher = Fallzustand.WEITERGELEITET if zuletzt == "weitergeleitet_anders" else zuletzt
    Case.objects.filter(pk=case.pk).update(state=vorher) if vorher != "beendet" else None
    if zuletzt != Fallzustand.WEITERGELEITET:
        Case.objects.filter(pk=case.pk).update(
            state="beendet", beendet_am=HEUTE, beendet_art="sonstiges", beendet_grund="x"
        )
    for user in alle:
        jetzt = Case.objects.get(pk=case.pk)
        lage = Falllage(user, HEUTE, jetzt)
        agree(
            FALLSCHRITTE,
            lage,
            lage.wiederaufnahme,
            lambda c=jetzt, u=user: faelle.reopen_case(case=c, grund="x", by=u, tag=HEUTE),
        )
    client.force_login(alle[1])
    folge = client.get(reverse("fall", args=[case.pk])).context["schritte"]
    offen = vorher != Fallzustand.WEITERGELEITET
    gezeigt = folge.weitere if offen else folge.verschlossen
    assert "Fall wieder aufnehmen" in [s.titel for s in gezeigt]


@pytest.mark.parametrize("beraten", [True, False])
def test_end_of_an_anfrage_agrees(alle, beraten):
    case = make_fall(alle[0])
    if beraten:
        case.beratungen.create(am=HEUTE, inhalt="x", beraten_von=alle[0])
    gesagt = {}
    for state in (Fallzustand.ANFRAGE, Fallzustand.ANTRAG_EINGEGANGEN):
        force(case, state)
        for user in alle:
            jetzt = Case.objects.get(pk=case.pk)
            gesagt[state, user.username] = agree(
                ANTRAGSSCHRITTE,
                Falllage(user, HEUTE, jetzt),
                "beratung_abschliessen",
                lambda c=jetzt, u=user: end_beratung(case=c, ergebnis="x", by=u, tag=HEUTE),
            )
    assert (gesagt["anfrage", "fallmanager"] == "") == beraten
    assert gesagt["anfrage", "revision"] is None


@pytest.mark.parametrize(
    ("state", "offen"),
    [("anfrage", True), ("leistung_laeuft", True), ("weitergeleitet", False), ("beendet", False)],
)
def test_fall_nimmt_neues_auf(state, offen):
    hindernis = fall_nimmt_neues_auf(Case(state=state))
    if offen:
        assert hindernis is None
    else:
        assert hindernis.text.endswith("Neues beginnt mit einem neuen Antrag.")


def test_weiterleitung_nicht_gebunden():
    assert weiterleitung_nicht_gebunden(Antrag(weg="schriftlich")) is None
    for eingang, norm in (
        (date(2017, 12, 31), "§ 14 Abs. 2 S. 3 SGB IX a.F."),
        (date(2018, 1, 1), "§ 14 Abs. 2 S. 4 SGB IX"),
    ):
        gebunden = Antrag(weg="weitergeleitet", eingang=eingang)
        assert weiterleitung_nicht_gebunden(gebunden).norm == norm
