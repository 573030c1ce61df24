"""No dead end: every state that a case can reach has an open step, waits for a day, or is an end.

The walk takes every step of need, plan, budget, Zielvereinbarung and Bescheid through its service,
on PostgreSQL, and takes it back again; states met before are not entered twice. Only the pages of
the letters are not set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from budget.bemessung.services.teilbudget import finish_bemessung
from budget.bescheid.services import bescheid as bescheide
from budget.bescheid.services.wirksamkeit import begin_wirkungen
from budget.folge.services import nachfolge, wirkung
from budget.folge.services.geltung import begin_nachfolgen
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget, Zielvereinbarung
from budget.states import Budgetzustand
from budget.verfahren.services import end_budget
from budget.zielvereinbarung import services as vereinbarungen
from cases.fall.services import case as faelle
from cases.models import Case, Versand
from cases.registry.beitrag import registry
from cases.schreiben.services import versand
from cases.schreiben.services.schreiben import daten_of
from cases.states.fall import LAUFENDE_LEISTUNG, Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf import services as bedarf
from gesamtplan.models import Bedarfsermittlung, Gesamtplan
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan
from tests.budget import fabriken
from tests.budget.fabriken import Akte, Tage
from tests.gesamtplan.bausteine import KOCHEN, texte_of

pytestmark = pytest.mark.django_db
TAGE = Tage(
    date(2026, 3, 2),
    date(2026, 3, 9),
    date(2026, 3, 10),
    date(2026, 3, 11),
    date(2026, 3, 12),
    date(2026, 4, 1),
    date(2027, 3, 31),
)
TAG = TAGE.bescheid
DANACH = date(2027, 4, 1)
AENDERUNG = date(2026, 6, 1)
# What is on its way waits for its Bekanntgabe, what is granted for its first day.
WARTEND = {Budgetzustand.VEREINBART, Budgetzustand.BEWILLIGT}
ENDEN = {Fallzustand.BEENDET, Fallzustand.WEITERGELEITET}


class Zurueck(Exception):
    """Takes a step back."""


class Welt:
    """One case and those who work on it; every look reads the rows as they are."""

    def __init__(self, akte: Akte) -> None:
        self.akte, self.fm, self.leitung = akte, akte.fallmanager, akte.leitung

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.akte.case.pk)

    @property
    def ermittlung(self) -> Bedarfsermittlung | None:
        return Bedarfsermittlung.objects.filter(case=self.akte.case).order_by("-id").first()

    @property
    def plan(self) -> Gesamtplan | None:
        return Gesamtplan.objects.filter(case=self.akte.case).order_by("-version").first()

    @property
    def budget(self) -> PersoenlichesBudget | None:
        return PersoenlichesBudget.objects.filter(case=self.akte.case).order_by("-id").first()

    @property
    def vereinbarung(self) -> Zielvereinbarung | None:
        rows = Zielvereinbarung.objects.filter(persoenliches_budget=self.budget)
        return rows.order_by("-id").first()

    @property
    def bescheid(self) -> Bescheid | None:
        rows = Bescheid.objects.filter(persoenliches_budget=self.budget)
        return rows.order_by("-id").first()

    @property
    def sendung(self) -> Versand | None:
        rows = Versand.objects.filter(schreiben__bescheid__persoenliches_budget=self.budget)
        return rows.order_by("-id").first()

    @property
    def aenderung(self) -> Folgebescheid | None:
        rows = Folgebescheid.objects.filter(case=self.akte.case, art="aenderung")
        return rows.order_by("-id").first()

    def stand(self) -> tuple[str, ...]:
        """Return what tells this state from others."""
        teile = (self.case, self.ermittlung, self.plan, self.budget, self.vereinbarung)
        zustaende = tuple(getattr(teil, "state", "") for teil in (*teile, self.bescheid))
        fassung = min(self.plan.version if self.plan else 0, 2)
        vorher = getattr(self.budget.vorgaenger, "state", "") if self.budget else ""
        mit = (vorher, getattr(self.aenderung, "state", ""))
        return (*zustaende, *mit, f"v{fassung}", getattr(self.sendung, "state", ""))

    def open_steps(self) -> set[str]:
        """Return the titles of the open steps of both, as the case page offers them."""
        return {
            schritt.titel
            for user in (self.fm, self.leitung)
            for quelle in registry.fallschritte
            for schritt in quelle(self.case, user, TAG)
            if not schritt.hindernisse
        }


def _schritte(w: Welt) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every step through its service, whether it is possible or not."""
    fm, leitung, case = {"by": w.fm, "tag": TAG}, {"by": w.leitung, "tag": TAG}, w.case
    yield from {
        "Bedarf": lambda: _determine(w),
        "Überprüfung": lambda: faelle.begin_ueberpruefung(case=case, anlass="x", **fm),
        "Überprüfung Ende": lambda: faelle.continue_unchanged(case=case, ergebnis="x", **fm),
        "Ende": lambda: faelle.end_case(case=case, grund="x", art="sonstiges", **leitung),
        "Wiederaufnahme": lambda: faelle.reopen_case(case=case, grund="x", **leitung),
        "Budget": lambda: _begin(w),
        "Tageslauf": lambda: _run(TAG + timedelta(days=30)),
    }.items()
    if (plan := w.plan) is not None:
        yield from {
            "Plan vorlegen": lambda: freigabe.submit_gesamtplan(gesamtplan=plan, **fm),
            "Plan zurückziehen": lambda: freigabe.withdraw_vorlage(gesamtplan=plan, **fm),
            "Plan zurückgeben": lambda: freigabe.return_gesamtplan(
                gesamtplan=plan, grund="x", **leitung
            ),
            "Plan freigeben": lambda: freigabe.release_gesamtplan(gesamtplan=plan, **leitung),
        }.items()
    yield from _budgetschritte(w, fm, leitung)


def _run(tag: date) -> None:
    """Take the daily run, what ends first."""
    wirkung.begin_wirkungen(tag=tag)
    begin_wirkungen(tag=tag)
    begin_nachfolgen(tag=tag)


def _nachfolgeschritte(w: Welt) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The steps of a change beside a running budget; one change, whatever came before."""
    fm = {"by": w.fm, "tag": TAG}
    if (budget := w.budget) is None:
        return
    if budget.vorgaenger is None:
        yield (
            "Nachfolge",
            lambda: nachfolge.start_nachfolge(
                vorgaenger=budget,
                beginn=AENDERUNG,
                ende=TAGE.ende,
                befristungsgrund="x",
                sachverhalt="x",
                **fm,
            ),
        )
        return
    yield "verwerfen", lambda: nachfolge.discard_nachfolge(budget=budget, **fm)
    yield "bemessen", lambda: finish_bemessung(budget=budget, **fm)
    yield (
        "Bescheid ab dem ersten Tag",
        lambda: bescheide.draft_bescheid(
            budget=budget, erste_auszahlung=AENDERUNG, begruendung="Der Bedarf.", **fm
        ),
    )
    yield "Tageslauf", lambda: _run(TAG + timedelta(days=30))
    yield "erster Tag", lambda: _run(AENDERUNG)
    yield from _budgetschritte(w, fm, {"by": w.leitung, "tag": TAG})


def _budgetschritte(
    w: Welt, fm: dict[str, Any], leitung: dict[str, Any]
) -> Iterator[tuple[str, Callable[[], Any]]]:
    if (budget := w.budget) is None:
        return
    yield "Zielvereinbarung", lambda: vereinbarungen.draft_zielvereinbarung(budget=budget, **fm)
    yield "Bescheid", lambda: fabriken._decide(w.akte)
    yield (
        "Budget Ende",
        lambda: end_budget(budget=budget, grund="x", by=w.leitung, tag=DANACH),
    )
    if (row := w.vereinbarung) is not None:
        yield from {
            "ausfertigen": lambda: vereinbarungen.issue_zielvereinbarung(
                zielvereinbarung=row, **fm
            ),
            "unterschreiben": lambda: _sign(w, row),
            "neu verhandeln": lambda: vereinbarungen.renegotiate(
                zielvereinbarung=row, grund="x", **fm
            ),
        }.items()
    if (bescheid := w.bescheid) is not None:
        yield from {
            "Bescheid vorlegen": lambda: bescheide.submit_bescheid(bescheid=bescheid, **fm),
            "Bescheid zurückziehen": lambda: bescheide.withdraw_vorlage(bescheid=bescheid, **fm),
            "Bescheid zurückgeben": lambda: bescheide.return_bescheid(
                bescheid=bescheid, grund="x", **leitung
            ),
            "Bescheid freigeben": lambda: bescheide.release_bescheid(bescheid=bescheid, **leitung),
            "Bescheid neu freigeben": lambda: bescheide.reopen_bescheid(
                bescheid=bescheid, grund="x", **fm
            ),
            "versenden": lambda: _post(w, bescheid),
        }.items()


def _determine(w: Welt) -> None:
    row = bedarf.start_bedarfsermittlung(
        case=w.case,
        datum=TAG,
        instrument="BEI_BW",
        beteiligte="x",
        by=w.fm,
        tag=TAG,
        grund="Überprüfung",
    )
    row = bedarf.update_bedarf(bedarfsermittlung=row, befunde={"d6": KOCHEN}, by=w.fm, tag=TAG)
    bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=w.fm, tag=TAG)


def _continue(w: Welt, plan: Gesamtplan) -> Gesamtplan:
    """Begin the next version and answer what the law of its day asks for."""
    neu = gesamtplan.continue_gesamtplan(gesamtplan=plan, anlass="x", datum=TAG, by=w.fm, tag=TAG)
    neu = get_plan(neu.pk)
    return gesamtplan.update_planinhalte(
        gesamtplan=neu,
        texte=texte_of(neu),
        ueberpruefung_am=neu.ueberpruefung_am,
        by=w.fm,
        tag=TAG,
    )


def _begin(w: Welt) -> None:
    w.akte.budget = None
    fabriken.bemiss(w.akte)
    fabriken._measure(w.akte)


def _sign(w: Welt, row: Zielvereinbarung) -> None:
    vereinbarungen.record_unterschriften(
        zielvereinbarung=row,
        person_am=TAG,
        person_durch="Emil Muster",
        traeger_am=TAG,
        traeger_von=w.fm,
        by=w.fm,
        tag=TAG,
    )


def _post(w: Welt, bescheid: Bescheid) -> None:
    if bescheid.schreiben is None or w.sendung is not None:
        raise SchrittUnzulaessig("Der Bescheid ist nicht zu versenden.")
    row = versand.send(schreiben=bescheid.schreiben, weg="post", by=w.fm, tag=TAG)
    versand.record_aufgabe(versand=row, aufgabe_am=TAG, by=w.fm, tag=TAG)


class Gang:
    """The walk: which states were met, how, and what leads from where to where."""

    def __init__(self, welt: Welt, schritte: Any = None) -> None:
        self.welt, self.schritte = welt, schritte or _schritte
        self.weg: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.kanten: dict[tuple[str, ...], set[tuple[str, ...]]] = {}

    def go(self, weg: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Enter a state; return it."""
        w = self.welt
        stand = w.stand()
        if stand in self.weg:
            return stand
        self.weg[stand], self.kanten[stand] = weg, set()
        wartet = stand[-1] == "aufgegeben" and stand[3] in WARTEND
        assert w.open_steps() or stand[0] in ENDEN or wartet, (stand, weg)
        if stand[3] in {Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT}:
            assert stand[0] in LAUFENDE_LEISTUNG, (stand, weg)
        for name, schritt in list(self.schritte(w)):
            gemerkt = (w.akte.budget, w.akte.bescheid, w.akte.zielvereinbarung)
            try:
                with transaction.atomic():
                    w.akte.budget, w.akte.bescheid = w.budget, w.bescheid
                    schritt()
                    self.kanten[stand].add(self.go((*weg, name)))
                    raise Zurueck
            except (Zurueck, SchrittUnzulaessig):
                w.akte.budget, w.akte.bescheid, w.akte.zielvereinbarung = gemerkt
        return stand

    def without_way_out(self) -> set[tuple[str, ...]]:
        """Return the states from which no way leads to a running help or to an end."""
        gut = {s for s in self.weg if s[0] in ENDEN or s[0] == Fallzustand.LEISTUNG_LAEUFT}
        while neu := {s for s in self.kanten if s not in gut and self.kanten[s] & gut}:
            gut |= neu
        return set(self.weg) - gut


@pytest.fixture
def ohne_satz(monkeypatch):
    """Letters are rows with an empty page."""

    def write(*, art: Any, anlass: Any, gesehen: str | None = None) -> Any:
        daten = daten_of(registry.schreibenarten[art], anlass)
        return fabriken.make_schreiben(anlass.case, anlass.by, art, daten, anlass.tag)

    for modul in (freigabe, vereinbarungen, bescheide):
        monkeypatch.setattr(modul, "write_schreiben", write)


def test_every_state_that_a_case_reaches_has_a_way_on(ohne_satz):
    gang = Gang(Welt(fabriken.make_akte(TAGE)))
    gang.go()
    assert gang.without_way_out() == set()
    # The walk has been everywhere: a shorter one would prove nothing.
    assert {stand[0] for stand in gang.weg} >= {
        *("geplant", "leistung_laeuft", "ueberpruefung", "beendet"),
    }
    assert {stand[3] for stand in gang.weg} == {
        *("", "bemessen", "zielvereinbarung", "vereinbart", "laeuft", "beendet"),
    }
    # What a new version of the plan does beside a running help the next test tells.
    assert {stand[2] for stand in gang.weg} == {"freigegeben"}


def test_a_running_case_stays_running_with_a_new_plan(ohne_satz):
    akte = fabriken.tell("frei", TAGE)
    w = Welt(akte)
    _post(w, akte.bescheid)
    begin_wirkungen(tag=TAG + timedelta(days=30))
    fm, leitung = {"by": w.fm, "tag": TAG}, {"by": w.leitung, "tag": TAG}
    plan = _continue(w, w.plan)
    freigabe.submit_gesamtplan(gesamtplan=plan, **fm)
    freigabe.release_gesamtplan(gesamtplan=plan, **leitung)
    assert (w.case.state, w.budget.state) == ("leistung_laeuft", "laeuft")
    faelle.begin_ueberpruefung(case=w.case, anlass="x", **fm)
    _determine(w)
    assert w.case.state == "ueberpruefung"
    faelle.continue_unchanged(case=w.case, ergebnis="mit neuem Plan", **fm)
    assert w.case.state == "leistung_laeuft"
    assert w.budget.summe() == Decimal("2589.00")


def test_every_state_of_a_change_leads_to_a_running_budget(ohne_satz):
    w = Welt(fabriken.tell("frei", TAGE))
    _post(w, w.akte.bescheid)
    _run(TAG + timedelta(days=30))
    gang = Gang(w, _nachfolgeschritte)
    gang.go()
    gut = {s for s in gang.weg if s[3] == Budgetzustand.LAEUFT}
    while neu := {s for s in gang.kanten if s not in gut and gang.kanten[s] & gut}:
        gut |= neu
    assert set(gang.weg) - gut - {s for s in gang.weg if s[3] == Budgetzustand.BEENDET} == set()
    # Budget, its predecessor and the decision between them, in this order of the way.
    paare = {(s[3], s[6]) for s in gang.weg}
    assert paare >= {
        ("laeuft", ""),
        ("bemessen", "laeuft"),
        ("zielvereinbarung", "laeuft"),
        ("vereinbart", "laeuft"),
        ("bewilligt", "laeuft"),
        ("laeuft", "beendet"),
    }
    assert {s[7] for s in gang.weg} >= {"entwurf", "freigegeben", "versandt"}
