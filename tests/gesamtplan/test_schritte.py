"""Every state, step and role of need and plan: what the button says is what the service does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Case
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from gesamtplan.bedarf import schritte as bedarfsschritte
from gesamtplan.bedarf import services as bedarf
from gesamtplan.models import Bedarfsermittlung
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.schritte import BEGINN, PLANSCHRITTE, Beginnlage, Planlage
from gesamtplan.plan.services import gesamtplan
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan import bausteine
from tests.gesamtplan.test_zustaende import take_plan_step
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db


@pytest.fixture
def alle(fallmanager, leitung):
    return [fallmanager, leitung, make_user("revision", Rolle.REVISION)]


def test_steps_of_the_plan_agree(alle):
    gesagt = {}
    plan = bausteine.make_freigegebenen_plan(alle[0], alle[1])
    frei = {n: getattr(plan, n) for n in ("freigegeben_von", "freigegeben_am", "schreiben")}
    for state in PLANSCHRITTE.tafel.zustaende.values:
        force(plan, state, **(frei if state == "freigegeben" else dict.fromkeys(frei)))
        force(plan.case, Fallzustand.BEDARF_ERMITTELT)
        for zeile in PLANSCHRITTE.zeilen:
            for user in alle:
                jetzt = get_plan(plan.pk)
                gesagt[state, zeile.schritt, user.username] = agree(
                    PLANSCHRITTE,
                    Planlage(user, HEUTE, jetzt, "BW"),
                    zeile.schritt,
                    lambda s=zeile.schritt, p=jetzt, u=user: take_plan_step(s, p, u, u),
                )
    assert len(gesagt) == 3 * 8 * 3
    assert gesagt["vorgelegt", "freigeben", "leitung"] == ""
    assert gesagt["vorgelegt", "freigeben", "fallmanager"].endswith("eine zweite Person.")
    assert gesagt["freigegeben", "fortschreiben", "fallmanager"] == ""


def test_steps_of_the_bedarf_agree(alle):
    gesagt, tafel = {}, bedarfsschritte.BEDARFSSCHRITTE
    row = bausteine.make_abgeschlossene_ermittlung(
        bausteine.make_zustaendigen_fall(alle[0]), alle[0]
    )
    steps = {
        "bearbeiten": lambda e, u: bedarf.update_bedarf(
            bedarfsermittlung=e, befunde={}, by=u, tag=HEUTE
        ),
        "abschliessen": lambda e, u: bedarf.complete_bedarfsermittlung(
            bedarfsermittlung=e, by=u, tag=HEUTE
        ),
    }
    for fall in (Fallzustand.ZUSTAENDIG, Fallzustand.WEITERGELEITET):
        force(row.case, fall)
        for state in tafel.tafel.zustaende.values:
            force(row, state)
            for schritt, take in steps.items():
                for user in alle:
                    jetzt = Bedarfsermittlung.objects.select_related("case").get(pk=row.pk)
                    gesagt[fall, state, schritt, user.username] = agree(
                        tafel,
                        bedarfsschritte.Bedarfslage(user, HEUTE, jetzt.case, jetzt),
                        schritt,
                        lambda e=jetzt, u=user, t=take: t(e, u),
                    )
    assert len(gesagt) == 2 * 2 * 2 * 3
    assert gesagt["zustaendig", "entwurf", "abschliessen", "fallmanager"] == ""
    assert (
        "zuerst die Zuständigkeit"
        in (gesagt["weitergeleitet", "entwurf", "abschliessen", "fallmanager"])
    )


@pytest.mark.parametrize("ermittelt", [True, False])
def test_beginning_agrees_in_every_state_of_the_case(alle, ermittelt):
    case = bausteine.make_zustaendigen_fall(alle[0])
    fertig = bausteine.make_abgeschlossene_ermittlung(case, alle[0]) if ermittelt else None
    gesagt = {}
    for state in Fallzustand:
        force(case, state)
        for user in alle:
            jetzt = Case.objects.get(pk=case.pk)
            gesagt["bedarf", state, user.username] = agree(
                bedarfsschritte.BEGINN,
                bedarfsschritte.Beginnlage(user, HEUTE, jetzt, None),
                "ermitteln",
                lambda c=jetzt, u=user: bedarf.start_bedarfsermittlung(
                    case=c, datum=HEUTE, instrument="x", beteiligte="y", grund="z", by=u, tag=HEUTE
                ),
            )
            gesagt["plan", state, user.username] = agree(
                BEGINN,
                Beginnlage(user, HEUTE, jetzt, fertig, None),
                "anlegen",
                lambda c=jetzt, u=user: gesamtplan.create_gesamtplan(
                    case=c, anlass="Erstantrag", datum=HEUTE, by=u, tag=HEUTE
                ),
            )
    assert len(gesagt) == 60
    assert gesagt["bedarf", "zustaendig", "fallmanager"] == ""
    assert (gesagt["plan", "bedarf_ermittelt", "leitung"] == "") == ermittelt
    assert gesagt["plan", "beendet", "fallmanager"] is None


def test_ended_case_offers_no_beginning_on_its_tabs(client, fallmanager, leitung):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    bausteine.make_abgeschlossene_ermittlung(case, fallmanager)
    force(case, Fallzustand.BEENDET)
    client.force_login(fallmanager)
    assert client.get(reverse("gesamtplan", args=[case.pk])).context["schritt"] is None
    assert client.get(reverse("bedarf", args=[case.pk])).context["darf_beginnen"] is False
