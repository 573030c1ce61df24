"""The board of the other carriers of a budget, and its forms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.beteiligung import services
from budget.beteiligung.forms import (
    BeteiligenForm,
    SelbstForm,
    StellungnahmeForm,
    UnterlagenForm,
)
from budget.beteiligung.queries import Brettzeile, board_of, konferenzen_since
from budget.beteiligung.schritte import TRAEGERSCHRITTE, Traegerlage
from budget.models import PersoenlichesBudget
from budget.states.beteiligung import BETEILIGUNG, Beteiligungsstand
from budget.verfahren.guards import konferenz_oder_absprachen
from budget.verfahren.schritte import BUDGETSCHRITTE, Budgetlage
from budget.verfahren.views import budget_or_404
from cases import access
from cases.antrag.queries.zustaendigkeit import fristbeginn, katalognamen
from cases.antrag.services.stellungnahme import GEZEIGT, UNTERLAGEN
from cases.models import Leistungstraeger
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.registry.schritt import Schritt
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from gesamtplan.states.konferenz import Konferenzstand
from recht.kataloge import leistungsgruppen, leistungstraeger
from recht.rechtsstand import Rechtsstand, norm_am

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Hindernis

_TAB, _FORM = "budget", "budget/formular.html"


def _seite(fall: int) -> str:
    return reverse("budget_traeger", args=[fall])


def budget_traeger(request: CaseRequest, fall: int) -> HttpResponse:
    """Show one row per carrier: asked, due, answered, late; conferences and Absprachen."""
    budget, heute = budget_or_404(request), timezone.localdate()
    zeilen = board_of(budget, heute)
    konferenzen = konferenzen_since(budget)
    gehalten = any(
        k.state == Konferenzstand.DURCHGEFUEHRT and k.termin is not None for k in konferenzen
    )
    return render(
        request,
        "budget/beteiligung/brett.html",
        case_context(
            request,
            "Leistungsträger des Budgets",
            _TAB,
            budget=budget,
            zeilen=[(z, BETEILIGUNG.farben[z.stand], _steps(request, budget, z)) for z in zeilen],
            ausstehend=sum(_pending(z) for z in zeilen),
            konferenzen=konferenzen,
            abstimmung=konferenz_oder_absprachen(budget, gehalten=lambda: gehalten),
            konferenzschritt=_konferenzschritt(request, budget),
            bearbeitbar=bool(
                BUDGETSCHRITTE.schritte(Budgetlage(request.user, heute, budget), "bearbeiten")
            ),
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def _pending(zeile: Brettzeile) -> bool:
    return zeile.stand not in (Beteiligungsstand.EINGEGANGEN, Beteiligungsstand.SELBST)


def _steps(request: CaseRequest, budget: PersoenlichesBudget, zeile: Brettzeile) -> list[Schritt]:
    return TRAEGERSCHRITTE.schritte(Traegerlage(request.user, timezone.localdate(), budget, zeile))


def _konferenzschritt(request: CaseRequest, budget: PersoenlichesBudget) -> Schritt | None:
    """Return the way to propose a Budgetkonferenz."""
    if not access.may_write(request.user):
        return None
    url = reverse("konferenz_neu", args=[budget.case_id])
    return Schritt("Budgetkonferenz vorschlagen", f"{url}?art=budget")


def _zeile_or_404(
    request: CaseRequest, budget: PersoenlichesBudget, *, traeger: int = 0, beteiligung: int = 0
) -> Brettzeile:
    for zeile in board_of(budget, timezone.localdate()):
        row = zeile.beteiligung
        if zeile.traeger.pk == traeger or (row is not None and row.pk == beteiligung):
            return zeile
    raise Http404


def _gruppen(traeger: Leistungstraeger, budget: PersoenlichesBudget) -> list[tuple[str, str]]:
    """Return the Leistungsgruppen for which this carrier can render at all (§ 6 Abs. 1 SGB IX)."""
    tag = fristbeginn(budget.antrag)
    namen = katalognamen(traeger)
    kann: set[str] = set()
    for eintrag in leistungstraeger(tag):
        if eintrag.schluessel in namen:
            kann |= set(eintrag.verweise)
    return [(g.schluessel, g.bezeichnung) for g in leistungsgruppen(tag) if g.schluessel in kann]


def _weigerung(
    request: CaseRequest, budget: PersoenlichesBudget, zeile: Brettzeile, schritt: str
) -> tuple[Hindernis, ...]:
    lage = Traegerlage(request.user, timezone.localdate(), budget, zeile)
    return TRAEGERSCHRITTE.weigerung(lage, schritt)


def traeger_beteiligen(request: CaseRequest, fall: int, traeger: int) -> HttpResponse:
    """Ask a carrier of the plan for its statement."""
    budget, heute = budget_or_404(request), timezone.localdate()
    zeile = _zeile_or_404(request, budget, traeger=traeger)
    gruppen = _gruppen(zeile.traeger, budget)
    stichtag = fristbeginn(budget.antrag)
    norm = norm_am(
        stichtag,
        "§ 3 Abs. 1 BudgetV",
        "§ 15 Abs. 2 SGB IX" if zeile.rehatraeger else "§ 29 Abs. 3 S. 3 SGB IX",
    )

    def act(form: BeteiligenForm) -> str:
        services.involve_budgettraeger(
            budget=budget, traeger=zeile.traeger, by=request.user, tag=heute, **form.angaben
        )
        return _seite(fall)

    return run_form(
        request,
        BeteiligenForm,
        template=_FORM,
        context=case_context(
            request,
            f"{zeile.traeger.name} beteiligen",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Danach steht die Aufforderung bereit. Die zwei Wochen beginnen, wenn sie "
            f"das Haus verlässt ({norm}).",
        ),
        act=act,
        zu=lambda: _weigerung(request, budget, zeile, "beteiligen"),
        done="Der Träger ist beteiligt. Die Aufforderung steht bereit.",
        form_kwargs={
            "gruppen": gruppen,
            "rehatraeger": zeile.rehatraeger,
            "stichtag": stichtag,
        },
        initial={"gruppen": [g for g, _ in gruppen] if len(gruppen) == 1 else []},
    )


def traeger_stellungnahme(request: CaseRequest, fall: int, beteiligung: int) -> HttpResponse:
    """Take in the answer of a carrier, or add to it."""
    budget, heute = budget_or_404(request), timezone.localdate()
    zeile = _zeile_or_404(request, budget, beteiligung=beteiligung)
    row = zeile.beteiligung
    if row is None:
        raise Http404

    def act(form: StellungnahmeForm) -> str:
        services.save_stellungnahme(
            budget=budget,
            beteiligung=row,
            angaben=form.angaben,
            by=request.user,
            tag=heute,
            gesehen=form.stand_jetzt,
        )
        return _seite(fall)

    return run_form(
        request,
        StellungnahmeForm,
        template=_FORM,
        context=case_context(
            request,
            f"Stellungnahme: {zeile.traeger.name}",
            _TAB,
            zurueck=_seite(fall),
            einleitung=zeile.folge,
        ),
        act=act,
        zu=lambda: _weigerung(request, budget, zeile, "stellungnahme"),
        done="Die Stellungnahme ist gespeichert.",
        gespeichert=werte_of(row, GEZEIGT),
        zuletzt=partial(last_editor, row),
        initial={} if row.eingegangen_am else {"eingegangen_am": heute},
        form_kwargs={
            "versandt": zeile.frist is not None,
            "mit_teilbudget": zeile.rechtsstand is Rechtsstand.A,
            "stichtag": heute,
        },
    )


def traeger_selbst(request: CaseRequest, fall: int, beteiligung: int) -> HttpResponse:
    """Find the need in place of a carrier that is late."""
    budget, heute = budget_or_404(request), timezone.localdate()
    zeile = _zeile_or_404(request, budget, beteiligung=beteiligung)
    row = zeile.beteiligung
    if row is None:
        raise Http404

    def act(form: SelbstForm) -> str:
        services.determine_bedarf(
            budget=budget,
            beteiligung=row,
            text=form.cleaned_data["text"],
            by=request.user,
            tag=heute,
        )
        return _seite(fall)

    return run_form(
        request,
        SelbstForm,
        template=_FORM,
        context=case_context(
            request,
            f"Anstelle von {zeile.traeger.name} feststellen",
            _TAB,
            zurueck=_seite(fall),
            einleitung=zeile.folge,
        ),
        act=act,
        zu=lambda: _weigerung(request, budget, zeile, "selbst"),
        done="Ihre Feststellung ist gespeichert.",
    )


def traeger_unterlagen(request: CaseRequest, fall: int, beteiligung: int) -> HttpResponse:
    """Note which part of the Antragsunterlagen a carrier was sent."""
    budget, heute = budget_or_404(request), timezone.localdate()
    zeile = _zeile_or_404(request, budget, beteiligung=beteiligung)
    row = zeile.beteiligung
    if row is None:
        raise Http404

    def act(form: UnterlagenForm) -> str:
        services.record_unterlagen(
            budget=budget,
            beteiligung=row,
            am=form.cleaned_data["unterlagen_am"],
            umfang=form.cleaned_data["unterlagen"],
            by=request.user,
            tag=heute,
            gesehen=form.stand_jetzt,
        )
        return _seite(fall)

    return run_form(
        request,
        UnterlagenForm,
        template=_FORM,
        context=case_context(
            request,
            f"Antragsunterlagen an {zeile.traeger.name}",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Nur mit Einwilligung für den Teil „Antrag“ und nur, was dieser Träger für "
            "seinen Teil braucht (§ 67b Abs. 1 SGB X).",
        ),
        act=act,
        zu=lambda: _weigerung(request, budget, zeile, "unterlagen"),
        done="Die Übersendung ist festgehalten.",
        gespeichert=werte_of(row, UNTERLAGEN),
        zuletzt=partial(last_editor, row),
        initial={} if row.unterlagen_am else {"unterlagen_am": heute},
    )
