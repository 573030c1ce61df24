"""Pages of the Teilhabeplan of one version."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.states import Planzustand
from gesamtplan.states.teilhabeplan import ABSTIMMUNG, ABSTIMMUNGSBEGINN
from gesamtplan.teilhabeplan import guards, services
from gesamtplan.teilhabeplan.forms import AbweichungForm, AnfrageForm, ZustimmungForm
from gesamtplan.teilhabeplan.queries import (
    find_abstimmung,
    find_plan,
    fristen_with_traeger,
    inhalte_of,
    mark_of_content,
    traegerstand_of,
)
from gesamtplan.teilhabeplan.schritte import (
    ABSTIMMUNGSSCHRITTE,
    ANFRAGE,
    Abstimmungslage,
    Anfragelage,
)

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Schritt
    from gesamtplan.models import Gesamtplan, Planabstimmung
    from gesamtplan.models.planabstimmung import Traegerstand

_TAB = "gesamtplan"
# How long a carrier has when nobody says anything else.
_ANTWORTZEIT = timedelta(days=14)


def teilhabeplan(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Show which carriers take part, what each says, the contents and the Fristen."""
    plan, darf = _plan_or_404(request, version), access.may_write(request.user)
    gefuellt = {z.inhalt.schluessel: z.erfuellt for z in inhaltszeilen(plan)}
    offen = plan.state != Planzustand.FREIGEGEBEN
    return render(
        request,
        "gesamtplan/teilhabeplan/seite.html",
        case_context(
            request,
            "Teilhabeplan",
            _TAB,
            plan=plan,
            zeilen=[
                {
                    "zeile": zeile,
                    "farbe": ABSTIMMUNG.farben[zeile.abstimmung.state] if zeile.abstimmung else "",
                    "schritte": _schritte(request, plan, zeile),
                    "brief": darf and offen and zeile.abstimmung is not None,
                }
                for zeile in traegerstand_of(plan)
            ],
            inhalte=[(i, gefuellt.get(i.schluessel, False)) for i in inhalte_of(plan)],
            fristen=fristen_with_traeger(request.case),
            darf_festschreiben=darf,
            zurueck=reverse("gesamtplan_version", args=[fall, version]),
        ),
    )


def _schritte(request: CaseRequest, plan: Gesamtplan, zeile: Traegerstand) -> list[Schritt]:
    heute = timezone.localdate()
    if zeile.abstimmung is None:
        return ANFRAGE.schritte(Anfragelage(request.user, heute, plan, zeile))
    if plan.state == Planzustand.FREIGEGEBEN:
        return []
    zeile.abstimmung.gesamtplan = plan
    lage = Abstimmungslage(request.user, heute, zeile.abstimmung, mark_of_content(plan))
    return ABSTIMMUNGSSCHRITTE.schritte(lage)


def planabstimmung_neu(request: CaseRequest, fall: int, version: int, traeger: int) -> HttpResponse:
    """Ask a carrier about the version."""
    plan, heute = _plan_or_404(request, version), timezone.localdate()
    zeile = next((z for z in traegerstand_of(plan) if z.traeger.pk == traeger), None)
    if zeile is None:
        raise Http404
    zurueck = reverse("teilhabeplan", args=[fall, version])
    if weg := misplaced(request, ABSTIMMUNGSBEGINN, "abstimmen", plan.state, zurueck):
        return weg
    if zeile.abstimmung is not None and request.method != "POST":
        return redirect(zurueck)

    def act(form: AnfrageForm) -> str:
        services.start_abstimmung(
            gesamtplan=plan,
            traeger=zeile.traeger,
            angefragt_am=form.cleaned_data["angefragt_am"],
            bis=form.cleaned_data["bis"],
            by=request.user,
            tag=heute,
        )
        return zurueck

    return run_form(
        request,
        AnfrageForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Träger um Abstimmung bitten",
            _TAB,
            zurueck=zurueck,
            einleitung=zeile.traeger.name,
        ),
        act=act,
        done="Die Anfrage ist festgehalten. Der Brief an den Träger liegt bereit.",
        initial={"angefragt_am": heute, "bis": heute + _ANTWORTZEIT},
    )


def _lage(request: CaseRequest, row: Planabstimmung) -> Abstimmungslage:
    heute = timezone.localdate()
    return Abstimmungslage(request.user, heute, row, mark_of_content(row.gesamtplan))


def planabstimmung_erneut(request: CaseRequest, fall: int, planabstimmung: int) -> HttpResponse:
    """Ask a carrier anew about contents that have changed."""
    row, heute = _or_404(request, planabstimmung), timezone.localdate()
    zurueck = _seite(row)
    gleich = guards.inhalt_geaendert(row, mark_of_content(row.gesamtplan))
    if gleich is not None and request.method != "POST":
        messages.error(request, f"{gleich.text} ({gleich.norm})")
        return redirect(zurueck)

    def act(form: AnfrageForm) -> str:
        services.reopen_abstimmung(
            abstimmung=row,
            angefragt_am=form.cleaned_data["angefragt_am"],
            bis=form.cleaned_data["bis"],
            by=request.user,
            tag=heute,
        )
        return zurueck

    return run_form(
        request,
        AnfrageForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Träger erneut fragen",
            _TAB,
            zurueck=zurueck,
            einleitung=f"{row.traeger.name}: Was der Träger bisher gesagt hat, galt dem Plan vor "
            "der Änderung. Es bleibt in der Chronik.",
        ),
        act=act,
        zu=lambda: ABSTIMMUNGSSCHRITTE.weigerung(_lage(request, row), "erneut_fragen"),
        done="Die Anfrage ist festgehalten. Der Brief an den Träger liegt bereit.",
        initial={"angefragt_am": heute, "bis": heute + _ANTWORTZEIT},
    )


def planabstimmung_zustimmen(request: CaseRequest, fall: int, planabstimmung: int) -> HttpResponse:
    """Note that a carrier agrees."""
    row, heute = _or_404(request, planabstimmung), timezone.localdate()
    zurueck = _seite(row)
    if weg := misplaced(request, ABSTIMMUNG, "zustimmen", row.state, zurueck):
        return weg

    def act(form: ZustimmungForm) -> str:
        services.record_zustimmung(
            abstimmung=row, am=form.cleaned_data["am"], by=request.user, tag=heute
        )
        return zurueck

    return run_form(
        request,
        ZustimmungForm,
        template="base_formular.html",
        context=case_context(
            request, "Einverständnis festhalten", _TAB, zurueck=zurueck, einleitung=row.traeger.name
        ),
        act=act,
        zu=lambda: ABSTIMMUNGSSCHRITTE.weigerung(_lage(request, row), "zustimmen"),
        done="Das Einverständnis ist festgehalten.",
        initial={"am": heute},
    )


def planabstimmung_abweichen(request: CaseRequest, fall: int, planabstimmung: int) -> HttpResponse:
    """Note what a carrier sees differently."""
    row, heute = _or_404(request, planabstimmung), timezone.localdate()
    zurueck = _seite(row)
    if weg := misplaced(request, ABSTIMMUNG, "abweichen", row.state, zurueck):
        return weg

    def act(form: AbweichungForm) -> str:
        services.record_abweichung(
            abstimmung=row,
            am=form.cleaned_data["am"],
            grund=form.cleaned_data["grund"],
            by=request.user,
            tag=heute,
        )
        return zurueck

    return run_form(
        request,
        AbweichungForm,
        template="base_formular.html",
        context=case_context(
            request, "Andere Ansicht festhalten", _TAB, zurueck=zurueck, einleitung=row.traeger.name
        ),
        act=act,
        zu=lambda: ABSTIMMUNGSSCHRITTE.weigerung(_lage(request, row), "abweichen"),
        done="Die andere Ansicht ist festgehalten.",
        initial={"am": heute},
    )


def planabstimmung_schweigen(request: CaseRequest, fall: int, planabstimmung: int) -> HttpResponse:
    """Note that a carrier has not answered."""
    row = _or_404(request, planabstimmung)

    def act() -> str:
        services.record_schweigen(abstimmung=row, by=request.user, tag=timezone.localdate())
        return _seite(row)

    return run_step(
        request, act=act, back=_seite(row), done="Es ist festgehalten, dass keine Antwort kam."
    )


def _seite(row: Planabstimmung) -> str:
    plan = row.gesamtplan
    return reverse("teilhabeplan", args=[plan.case_id, plan.version])


def _plan_or_404(request: CaseRequest, version: int) -> Gesamtplan:
    plan = find_plan(request.case, {"version": version})
    if plan is None:
        raise Http404
    return plan


def _or_404(request: CaseRequest, nummer: int) -> Planabstimmung:
    row = find_abstimmung(request.case, {"planabstimmung": nummer})
    if row is None:
        raise Http404
    return row
