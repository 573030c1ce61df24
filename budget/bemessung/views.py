"""Setting and removing Teilbudgets, and closing the Bemessung."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.bemessung.forms import TeilbudgetForm
from budget.bemessung.queries import (
    answered_at,
    comparable_richtwert,
    own_satz,
    planned_rolle,
    planned_schluessel,
    stufe_of,
    werte_of_teilbudget,
    zuordnung_of,
)
from budget.bemessung.services.teilbudget import (
    finish_bemessung,
    remove_teilbudget,
    set_teilbudget,
    try_teilbudget,
)
from budget.models import PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform, Bemessungsart, Budgetzustand
from budget.verfahren.queries import list_leistungen
from budget.verfahren.views import budget_or_404
from cases.models import LeistungsberechtigtePerson
from cases.queries.stand import last_editor
from cases.states.tafel import SchrittUnzulaessig
from cases.views.formular import run_form, run_step, sentence_of
from cases.views.rahmen import case_context
from gesamtplan.models import Leistung
from recht.entscheidung import Entscheidungsrolle, allowed_rollen
from recht.fehler import RechtFehler
from recht.leistung import (
    Leistungsschluessel,
    is_eingliederungshilfe,
    leistung_of,
    leistungen_am,
)

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_FORM = "budget/bemessung/formular.html"


def _possible(leistung: Leistung, budget: PersoenlichesBudget) -> tuple[Leistungsschluessel, ...]:
    """Return which Leistungen of the catalogue it may be: one when the plan says it."""
    eintrag = leistung_of(planned_schluessel(leistung, budget.beginn))
    if eintrag is not None:
        return (eintrag,)
    traeger = leistung.leistungstraeger
    return tuple(
        e
        for e in leistungen_am(budget.beginn)
        if e.passt_zu(traeger.art, budget.beginn, eigener=traeger.eigener)
    )


def _initial(
    request: CaseRequest,
    budget: PersoenlichesBudget,
    leistung: Leistung,
    richtwert_gilt: bool,
) -> dict[str, Any]:
    """Return what a new form begins with: the form that the law leaves, the own Pflegegrad."""
    schluessel = planned_schluessel(leistung, budget.beginn)
    eintrag = leistung_of(schluessel)
    rolle, grund = planned_rolle(leistung, schluessel, budget.beginn)
    werte: dict[str, Any] = {
        "stellungnahme_vom": answered_at(budget, leistung),
        "auszahlungsform": Auszahlungsform.GELD,
        "nachweisart": "belege",
        "entscheidung": rolle.value,
        "entscheidung_grund": grund,
    }
    person = request.case.leistungsberechtigte_person
    if satz := own_satz(person, schluessel, budget.beginn):
        werte["parameter_schluessel"] = satz
    gutschein = eintrag is not None and eintrag.form == Auszahlungsform.GUTSCHEIN
    if gutschein or (eintrag is None and leistung.leistungstraeger.art == "pflegekasse"):
        return werte | {
            "bemessungsart": Bemessungsart.GUTSCHEIN,
            "auszahlungsform": Auszahlungsform.GUTSCHEIN,
        }
    if eintrag is not None and eintrag.form == Auszahlungsform.GELD:
        return werte | {"bemessungsart": Bemessungsart.SATZ}
    if leistung.ergaenzend:
        # It is set by its own law and needs no proof from the person.
        return werte | {"bemessungsart": Bemessungsart.INDIVIDUELL, "nachweisart": "kein_nachweis"}
    art = Bemessungsart.PAUSCHALE if richtwert_gilt else Bemessungsart.STUNDEN
    return werte | {"bemessungsart": art}


def _facts(
    row: Leistung, schluessel: str, person: LeistungsberechtigtePerson, budget: PersoenlichesBudget
) -> dict[str, Any]:
    """Return what the form offers and checks against: who decides, the own Pflegegrad."""
    return {
        "stichtag": budget.beginn,
        "moeglich": _possible(row, budget),
        "rollen": _choices(row, schluessel, budget),
        "eigene_stufe": stufe_of(person, budget.beginn),
        "eigener": row.leistungstraeger.eigener,
    }


def teilbudget(request: CaseRequest, fall: int, leistung: int) -> HttpResponse:
    """Set the amount of one Leistung; the Richtwert stands beside it."""
    budget = budget_or_404(request)
    leistungen = list_leistungen(budget.gesamtplan)
    row = next((le for le in leistungen if le.pk == leistung), None)
    if row is None:
        raise Http404
    gesetzt = next((t for t in budget.teilbudgets.all() if t.leistung_id == row.pk), None)
    fertig = {row.pk, *(t.leistung_id for t in budget.teilbudgets.all())}
    offen = [le for le in leistungen if le.pk not in fertig]
    schluessel = planned_schluessel(row, budget.beginn) or getattr(gesetzt, "katalogschluessel", "")
    person = request.case.leistungsberechtigte_person

    def act(form: TeilbudgetForm) -> str:
        set_teilbudget(
            budget=budget,
            leistung=row,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=form.stand_jetzt,
            **form.angaben,
        )
        return _go_on(request, budget, offen)

    context = case_context(
        request,
        "Teilbudget festsetzen",
        "budget",
        **_beside(person, row, schluessel, budget),
        teilbudget=gesetzt,
        weitere_knoepfe=_weiter(budget, offen),
    )
    richtwert = context["richtwert"]
    facts = _facts(row, schluessel, person, budget)
    if request.method == "POST" and "vorschau" in request.POST:
        return _try(request, budget, row, context, facts | _stored(gesetzt))
    return run_form(
        request,
        TeilbudgetForm,
        template=_FORM,
        context=context,
        act=act,
        done="Das Teilbudget ist gespeichert.",
        form_kwargs=facts,
        gespeichert=werte_of_teilbudget(gesetzt),
        zuletzt=partial(last_editor, gesetzt),
        initial={}
        if gesetzt
        else _initial(request, budget, row, bool(richtwert and richtwert.gilt)),
    )


def _beside(
    person: LeistungsberechtigtePerson,
    row: Leistung,
    schluessel: str,
    budget: PersoenlichesBudget,
) -> dict[str, Any]:
    """Return what stands beside the form: the Leistung and the Richtwert."""
    return {
        "zurueck": reverse("budget", args=[budget.case_id]),
        "leistung": row,
        "budget": budget,
        "richtwert": comparable_richtwert(person, row, schluessel, budget.beginn),
        "vergleichbar": is_eingliederungshilfe(schluessel) and not row.ergaenzend,
        "vorschau_knopf": "Nur rechnen",
    }


def _stored(gesetzt: Teilbudget | None) -> dict[str, Any]:
    """Return what a form is told about the stored row, as `run_form` tells it."""
    return {
        "gespeichert": werte_of_teilbudget(gesetzt),
        "zuletzt": partial(last_editor, gesetzt),
    }


def _try(
    request: CaseRequest,
    budget: PersoenlichesBudget,
    leistung: Leistung,
    context: dict[str, Any],
    form_kwargs: dict[str, Any],
) -> HttpResponse:
    """Show what the typed values would come to beside what is stored; nothing is saved."""
    form = TeilbudgetForm(request.POST, **form_kwargs)
    if form.is_valid():
        try:
            context["probe"] = try_teilbudget(budget, leistung, form.angaben)
        except (SchrittUnzulaessig, RechtFehler) as error:
            form.add_error(None, sentence_of(error))
    status = 422 if form.errors else 200
    mehr = {"form": form, "entwurf_pfad": request.path}
    return render(request, _FORM, {**context, **mehr}, status=status)


def _go_on(request: CaseRequest, budget: PersoenlichesBudget, offen: list[Leistung]) -> str:
    """Do what the second button says; return the page that follows."""
    weiter, fall = request.POST.get("weiter"), budget.case_id
    if weiter == "naechstes" and offen:
        return reverse("teilbudget", args=[fall, offen[0].pk])
    if weiter == "bemessen":
        finish_bemessung(budget=budget, by=request.user, tag=timezone.localdate())
    return reverse("budget", args=[fall])


def _weiter(budget: PersoenlichesBudget, offen: list[Leistung]) -> list[tuple[str, str]]:
    """Return the second button: on to the next Leistung, after the last one close the Bemessung."""
    if offen:
        return [("naechstes", "Speichern und nächstes Teilbudget")]
    if budget.state == Budgetzustand.BEANTRAGT:
        return [("bemessen", "Speichern und Bemessung abschließen")]
    return []


def _choices(
    leistung: Leistung, schluessel: str, budget: PersoenlichesBudget
) -> tuple[Entscheidungsrolle, ...]:
    """Return who may decide about the Leistung; nobody is asked before it is known what it is."""
    if not schluessel:
        return ()
    return allowed_rollen(zuordnung_of(leistung, schluessel), budget.beginn)


def teilbudget_entfernen(request: CaseRequest, fall: int, leistung: int) -> HttpResponse:
    """Take one Teilbudget away."""
    budget, ziel = budget_or_404(request), reverse("budget", args=[fall])
    row = next((t for t in budget.teilbudgets.all() if t.leistung_id == leistung), None)
    if row is None:
        raise Http404

    def act() -> str:
        row.persoenliches_budget = budget
        remove_teilbudget(teilbudget=row, by=request.user, tag=timezone.localdate())
        return ziel

    return run_step(request, act=act, back=ziel, done="Das Teilbudget ist entfernt.")


def budget_bemessen(request: CaseRequest, fall: int) -> HttpResponse:
    """Close the measuring."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act() -> str:
        finish_bemessung(budget=row, by=request.user, tag=timezone.localdate())
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Bemessung ist abgeschlossen.")
