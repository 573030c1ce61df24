"""The demonstration: everything is told through the services, and every state is there."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from budget.models import Bescheid, PersoenlichesBudget
from budget.states import Bescheidzustand, Budgetzustand
from cases.antrag.services.antrag import open_case
from cases.fall.services.case import end_case
from cases.models import Aktenzeichenzaehler, Case, Endeart, Frist, User
from cases.states.fall import Fallzustand
from cases.states.frist import Friststufe
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.services.freigabe import release_gesamtplan
from gesamtplan.states import Planzustand
from tests.fabriken import make_person
from vorfuehrung import erzaehlen
from vorfuehrung.behoerde import create_behoerde, create_users
from vorfuehrung.geschichte import tell
from vorfuehrung.laden import load_demo
from vorfuehrung.models import ErzaehlterFall, Ladestand
from vorfuehrung.reihe import reihe
from vorfuehrung.schrittfolge import SCHRITTE

pytestmark = pytest.mark.django_db

HEUTE = date(2026, 11, 23)


@pytest.fixture
def warnungen(monkeypatch) -> list[str]:
    """What was left out because a person had been faster."""
    gesagt: list[str] = []
    for modul in ("vorfuehrung.erzaehlen", "vorfuehrung.beilagen"):
        monkeypatch.setattr(f"{modul}.logger.warning", lambda *a: gesagt.append(str(a)))
    return gesagt


def test_demonstration_shows_every_state_beside_people_at_work(warnungen):
    """A supervisor releases and a Fallmanager takes an Antrag in while the rest is loaded."""
    eigener: list[Case] = []
    assert load_demo(
        password="Teilhabe-Probe-2026",
        heute=HEUTE,
        melden=lambda text: eigener.append(_work_in_the_first_cases()),
    ) == len(reihe())
    assert warnungen == []
    # „bewilligt“ is passed through with the Bekanntgabe, in the step that lets the Leistung begin.
    faelle = set(Fallzustand.values) - {Fallzustand.BEWILLIGT}
    assert set(Case.objects.values_list("state", flat=True)) == faelle
    assert set(Gesamtplan.objects.values_list("state", flat=True)) == set(Planzustand.values)
    missing = set(Budgetzustand.values) - set(
        PersoenlichesBudget.objects.values_list("state", flat=True)
    )
    assert missing == {Budgetzustand.BEWILLIGT}
    assert set(Bescheidzustand.values) - set(Bescheid.objects.values_list("state", flat=True)) <= {
        Bescheidzustand.VERSANDT
    }
    stufen = set(Frist.objects.values_list("stufe", flat=True))
    assert stufen >= {Friststufe.GEPLANT, Friststufe.BEVORSTEHEND, Friststufe.ESKALIERT}
    assert User.objects.count() == 11
    assert Gesamtplan.objects.filter(version=2).count() == 1
    assert Ladestand.objects.get().schritte == list(SCHRITTE)
    _check_the_work(eigener)


def _work_in_the_first_cases() -> Case:
    leitung = User.objects.get(username="leitung")
    fallmanager = User.objects.select_related("team").get(username="fallmanager")
    plan = Gesamtplan.objects.get(state=Planzustand.VORGELEGT)
    release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    entwurf = Case.objects.get(state=Fallzustand.ANTRAG_EINGEGANGEN)
    end_case(
        case=entwurf, grund="erledigt", art=Endeart.ANTRAG_ZURUECKGENOMMEN, by=leitung, tag=HEUTE
    )
    case, _ = open_case(
        leistungsberechtigte_person=make_person(),
        team=fallmanager.team,
        caseworker=fallmanager,
        eingang=HEUTE,
        weg="schriftlich",
        begehren="Assistenz",
        persoenliches_budget=True,
        by=fallmanager,
        tag=HEUTE,
    )
    return case


def _check_the_work(eigener: list[Case]) -> None:
    """The number series has no gap, and nothing was told in a case that a person opened."""
    nummern = sorted(
        Case.objects.filter(aktenzeichen__startswith="EH-2026-").values_list(
            "aktenzeichen", flat=True
        )
    )
    assert nummern == [f"EH-2026-{n:05}" for n in range(1, len(nummern) + 1)]
    assert Aktenzeichenzaehler.objects.get(reihe__contains="2026").stand == len(nummern)
    case = Case.objects.get(pk=eigener[0].pk)
    assert case.state == Fallzustand.ANTRAG_EINGEGANGEN
    assert case.caseworker.username == "fallmanager"
    assert not ErzaehlterFall.objects.filter(case=case).exists()


def test_a_case_in_which_somebody_was_faster_stays_as_it_is(kurze_reihe, warnungen, monkeypatch):
    tell_place, ended = erzaehlen.tell_place, []

    def end_first(fall, users, heute):
        if fall.platz == 0:
            end_case(
                case=fall.case,
                grund="erledigt",
                art=Endeart.ANTRAG_ZURUECKGENOMMEN,
                by=users["leitung"],
                tag=heute,
            )
            ended.append(fall.case_id)
        return tell_place(fall, users, heute)

    monkeypatch.setattr("vorfuehrung.laden.tell_place", end_first)
    load_demo(password="Teilhabe-Probe-2026", heute=HEUTE)
    assert Case.objects.get(pk=ended[0]).state == Fallzustand.BEENDET
    assert len([text for text in warnungen if "bleibt, wie er ist" in text]) == 1
    assert Ladestand.objects.get().fertig_am is not None


def test_demonstration_is_refused_in_production(settings, db):
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(CommandError, match="Produktion"):
        call_command("demo", laden=True)
    assert User.objects.count() == 0
    assert Ladestand.objects.count() == 0


def test_one_person_prefers_the_sachleistung():
    create_behoerde()
    users = create_users("Teilhabe-Probe-2026")
    aufgabe = next(a for a in reihe() if a.nummer == 47)
    geschichte = tell(
        aufgabe.vorlage(HEUTE),
        fallmanager=users[aufgabe.fallmanager],
        leitung=users["leitung"],
        bis=aufgabe.bis,
    )
    erzaehlen.prefer_sachleistung(geschichte, HEUTE)
    budget = PersoenlichesBudget.objects.get()
    assert (budget.state, budget.sachleistung_auf_wunsch) == (Budgetzustand.SACHLEISTUNG, True)
