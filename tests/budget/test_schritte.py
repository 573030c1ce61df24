"""Every state, step and role of the budget: what the button says is what the service does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from budget.bemessung.schritte import BEMESSUNGSSCHRITTE
from budget.bescheid.schritte import (
    BESCHEIDSCHRITTE,
    ENTWURFSSCHRITTE,
    lage_of,
    lage_of_bescheid,
)
from budget.bescheid.services import bescheid as bescheide
from budget.models import Teilbudget
from budget.verfahren.queries import get_budget
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage
from budget.verfahren.services import start_budget
from budget.zielvereinbarung.schritte import VEREINBARUNGSSCHRITTE, WEGSCHRITTE
from budget.zielvereinbarung.services import draft_zielvereinbarung
from cases.models import Case, User
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.test_states import STEPS
from tests.fabriken import make_user
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
ENDE = date(2008, 1, 1)


def _roles(akte):
    revision = User.objects.filter(username="revision").first()
    return [akte.fallmanager, akte.leitung, revision or make_user("revision", Rolle.REVISION)]


def _tag(akte, schritt):
    return ENDE if schritt == "beenden" else akte.tage.bescheid


def _as(akte, user):
    """The story as the user would go on with it: the services take `by` from it."""
    case = Case.objects.get(pk=akte.case.pk)
    budget = get_budget(case)
    lage = lage_of(budget, user, akte.tage.bescheid)
    return replace(
        akte,
        fallmanager=user,
        leitung=user,
        case=case,
        budget=budget,
        # One that was thrown away is no longer in use, but its steps are still refused.
        zielvereinbarung=lage.zielvereinbarung or budget.zielvereinbarungen.first(),
        bescheid=lage.bescheid,
    )


def _walk(akte, tafel, name, row, sehen, felder=lambda state: {}):
    """Force the row into every state and ask every step of the table for every role."""
    users, gesagt = _roles(akte), {}
    for state in tafel.tafel.zustaende.values:
        force(row, state, **felder(state))
        for zeile in tafel.zeilen:
            if (name, zeile.schritt) not in STEPS:
                continue
            for user in users:
                jetzt = _as(akte, user)
                lage = sehen(jetzt, user, _tag(akte, zeile.schritt))
                gesagt[state, zeile.schritt, str(user.rollen)] = agree(
                    tafel, lage, zeile.schritt, lambda s=zeile.schritt, a=jetzt: STEPS[name, s](a)
                )
    return gesagt


def _budgetlage(akte, user, tag):
    return lage_of(akte.budget, user, tag)


def _vereinbarungslage(akte, user, tag):
    return replace(lage_of(akte.budget, user, tag), zielvereinbarung=akte.zielvereinbarung)


def _bescheidlage(akte, user, tag):
    return lage_of_bescheid(akte.bescheid, user, tag)


BUDGETTAFELN = {
    "verfahren": BUDGETSCHRITTE,
    "bemessung": BEMESSUNGSSCHRITTE,
    "vereinbarung": WEGSCHRITTE,
    "bescheid": ENTWURFSSCHRITTE,
}


@pytest.mark.parametrize("raum", BUDGETTAFELN)
@pytest.mark.parametrize("bis", ["bemessen", "vereinbart"])
def test_steps_of_the_budget_agree(akte, raum, bis):
    if bis == "bemessen":
        fabriken.tell("bemessen", akte=akte)
    else:
        fabriken.insert_vereinbart(akte)
    gesagt = _walk(akte, BUDGETTAFELN[raum], "budget", akte.budget, _budgetlage)
    assert len(gesagt) >= 21
    # Both answers were seen: what is offered and open somewhere, and what is not.
    assert None in gesagt.values()


def test_steps_of_the_zielvereinbarung_agree(akte):
    fabriken.insert_vereinbart(akte)
    row = akte.zielvereinbarung
    gesagt = {}
    for state in ("bemessen", "zielvereinbarung"):
        force(akte.budget, state)
        gesagt |= {
            (state, *key): was
            for key, was in _walk(
                akte, VEREINBARUNGSSCHRITTE, "zielvereinbarung", row, _vereinbarungslage
            ).items()
        }
    assert len(gesagt) == 2 * 4 * 4 * 3
    assert {"", None} <= set(gesagt.values())
    assert any(was and "ist im Zustand" in was for was in gesagt.values())


def test_steps_of_the_bescheid_agree(vorgelegt):
    fabriken.insert_bescheid(vorgelegt, "freigegeben")
    row = vorgelegt.bescheid
    frei = {n: getattr(row, n) for n in ("freigegeben_von", "freigegeben_am", "schreiben")}

    def felder(state):
        return dict.fromkeys(frei) if state in {"entwurf", "vorgelegt"} else frei

    gesagt = _walk(vorgelegt, BESCHEIDSCHRITTE, "bescheid", row, _bescheidlage, felder)
    assert len(gesagt) == 5 * 7 * 3
    assert gesagt["vorgelegt", "freigeben", str(vorgelegt.leitung.rollen)] == ""
    wartet = gesagt["vorgelegt", "freigeben", str(vorgelegt.fallmanager.rollen)]
    assert wartet.endswith("bei der Sachgebietsleitung. Nur sie kann ihn freigeben.")


@pytest.mark.parametrize("state", ["beendet", "zustaendig", "bedarf_ermittelt"])
def test_release_is_closed_by_the_state_of_the_case(vorgelegt, state):
    force(vorgelegt.case, state)
    jetzt = _as(vorgelegt, vorgelegt.leitung)
    lage = _bescheidlage(jetzt, vorgelegt.leitung, vorgelegt.tage.bescheid)
    gesagt = agree(
        BESCHEIDSCHRITTE,
        lage,
        "freigeben",
        lambda: bescheide.release_bescheid(
            bescheid=jetzt.bescheid, by=vorgelegt.leitung, tag=vorgelegt.tage.bescheid
        ),
    )
    assert gesagt.startswith("Der Fall ist im Zustand")
    zu = [t.titel for t in BESCHEIDSCHRITTE.tore(lage, "freigeben") if not t.offen]
    assert zu == ["Der Stand des Falls passt"]


def test_draft_is_closed_when_the_bemessung_is_no_longer_complete(akte):
    fabriken.tell("bemessen", akte=akte)
    Teilbudget.objects.filter(leistung=akte.leistungen["pflege"]).delete()
    lage = _budgetlage(_as(akte, akte.fallmanager), akte.fallmanager, akte.tage.ausgefertigt)
    knopf = WEGSCHRITTE.schritt(lage, "vereinbarung_entwerfen")
    assert [(h.text, h.norm) for h in knopf.hindernisse] == [
        ("Noch nicht bemessen: Hilfe zur Pflege.", "§ 17 Abs. 3 S. 3 SGB IX a.F.")
    ]
    with pytest.raises(SchrittUnzulaessig, match="Noch nicht bemessen: Hilfe zur Pflege"):
        draft_zielvereinbarung(budget=akte.budget, by=akte.fallmanager, tag=akte.tage.ausgefertigt)


def test_begin_of_a_budget_agrees(akte):
    gesagt, users = {}, _roles(akte)
    for state in Fallzustand:
        force(akte.case, state)
        for user in users:
            case = Case.objects.get(pk=akte.case.pk)
            gesagt[state, user.username] = agree(
                BEGINN,
                Beginnlage(user, akte.tage.plan, case, akte.plan, None),
                "anlegen",
                lambda u=user, c=case: start_budget(
                    case=c,
                    gesamtplan=akte.plan,
                    antrag=c.antraege.get(),
                    beginn=akte.tage.beginn,
                    by=u,
                    tag=akte.tage.plan,
                ),
            )
    assert len(gesagt) == 30
    assert gesagt["geplant", akte.fallmanager.username] == ""
    assert gesagt["beendet", akte.fallmanager.username] is None
