"""Pages of a change of the carrier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.models import Traegerwechsel
from budget.states.traegerwechsel import TRAEGERWECHSEL, Wechselgrund, Wechselzustand
from budget.traegerwechsel import services
from budget.traegerwechsel.forms import VerlangenForm, WechselForm, ZusageForm
from budget.traegerwechsel.queries import (
    ausschlussfrist_of,
    budget_without_wechsel,
    reasons_of,
    rendered_since,
    wechsel_of,
    wechsel_or_none,
)
from budget.traegerwechsel.schritte import BEGINN, WECHSELSCHRITTE, Wechsellage
from budget.unterbrechung.queries import pausen_of
from budget.verfahren.schritte import Budgetlage
from cases import access
from cases.antrag.queries.zustaendigkeit import other_rehatraeger
from cases.behoerde.queries.sitz import sitz
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context
from recht.rechtsstand import BEGINN_B
from recht.umzug import Pause, endete_den_bezug

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TAB, _FORM = "budget", "budget/formular.html"


def _seite(fall: int) -> str:
    return reverse("traegerwechsel", args=[fall])


def _or_404(request: CaseRequest, kennung: int) -> Traegerwechsel:
    row = wechsel_or_none(request.case, kennung)
    if row is None:
        raise Http404
    row.persoenliches_budget.case = request.case
    return row


def traegerwechsel(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the changes of the carrier with what is due next."""
    heute = timezone.localdate()
    budget = budget_without_wechsel(request.case)
    schritte = BEGINN.schritte(Budgetlage(request.user, heute, budget)) if budget else []
    return render(
        request,
        "budget/traegerwechsel/seite.html",
        case_context(
            request,
            "Trägerwechsel",
            _TAB,
            zeilen=[_zeile(request, row) for row in wechsel_of(request.case)],
            schritte=schritte,
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def _zeile(request: CaseRequest, row: Traegerwechsel) -> dict[str, Any]:
    row.persoenliches_budget.case = request.case
    lage = Wechsellage(request.user, timezone.localdate(), row)
    return {
        "row": row,
        "farbe": TRAEGERWECHSEL.farben[row.state],
        "schritte": WECHSELSCHRITTE.schritte(lage),
        "gruende": reasons_of(row),
        "geleistet": rendered_since(row),
        "frist": ausschlussfrist_of(row),
        "brief": row.state != Wechselzustand.ABGEGEBEN and access.may_write(request.user),
    }


def traegerwechsel_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Note that another carrier becomes competent."""
    heute, budget = timezone.localdate(), budget_without_wechsel(request.case)
    if budget is None:
        raise Http404
    budget.case = request.case
    pausen = pausen_of(request.case)

    def act(form: WechselForm) -> str:
        data = form.cleaned_data
        services.record_traegerwechsel(
            budget=budget,
            an=data["an"],
            grund=data["grund"],
            ab=data["ab"],
            bekannt_seit=data["bekannt_seit"],
            begruendung=data["begruendung"],
            by=request.user,
            tag=heute,
        )
        return _seite(fall)

    return run_form(
        request,
        WechselForm,
        template=_FORM,
        context=case_context(
            request,
            "Träger wechselt",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Wir leisten weiter, bis der neue Träger die Leistung fortsetzt (§ 2 Abs. 3 "
            "S. 1 SGB X). Gezahlt wird, bis der Bescheid über die Aufhebung wirkt.",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(Budgetlage(request.user, heute, budget), "wechseln"),
        done="Der Trägerwechsel ist vermerkt.",
        initial={"bekannt_seit": heute} | _vorschlag(pausen, heute),
        form_kwargs={
            "traeger": other_rehatraeger(heute),
            "budget": budget,
            "pausen": pausen,
            "land": sitz(),
            "heute": heute,
        },
    )


def _vorschlag(pausen: Sequence[Pause], heute: date) -> dict[str, Any]:
    """Return the ground that the record bears: six months without Leistung, else the usual one."""
    if heute < BEGINN_B:
        return {"grund": Wechselgrund.UMZUG}
    morgen, land = heute + timedelta(days=1), sitz()
    voll = [pause for pause in pausen if endete_den_bezug(pause, morgen, land)]
    if not voll:
        return {"grund": Wechselgrund.VORRANG}
    zeit = f"Vom {voll[-1].von:%d.%m.%Y} an wurde mindestens sechs Monate keine Leistung bezogen."
    return {"grund": Wechselgrund.UNTERBRECHUNG, "begruendung": zeit}


def traegerwechsel_zusage(request: CaseRequest, fall: int, wechsel: int) -> HttpResponse:
    """Note from which day the new carrier goes on."""
    row, heute = _or_404(request, wechsel), timezone.localdate()
    if back := misplaced(request, TRAEGERWECHSEL, "zusagen", row.state, _seite(fall)):
        return back

    def act(form: ZusageForm) -> str:
        data = form.cleaned_data
        services.record_zusage(
            row=row,
            vom=data["vom"],
            uebernimmt_ab=data["uebernimmt_ab"],
            aktenzeichen=data["aktenzeichen"],
            by=request.user,
            tag=heute,
        )
        return _seite(fall)

    return run_form(
        request,
        ZusageForm,
        template=_FORM,
        context=case_context(
            request,
            "Zusage der Übernahme vermerken",
            _TAB,
            zurueck=_seite(fall),
            einleitung=f"{row}: {row.an.name}",
        ),
        act=act,
        zu=lambda: WECHSELSCHRITTE.weigerung(Wechsellage(request.user, heute, row), "zusagen"),
        done="Die Zusage ist vermerkt. Entwerfen Sie jetzt die Aufhebung.",
        initial={
            "vom": row.zusage_vom,
            "uebernimmt_ab": row.uebernimmt_ab,
            "aktenzeichen": row.aktenzeichen_dort,
        },
        form_kwargs={"row": row, "heute": heute},
    )


def traegerwechsel_aufheben(request: CaseRequest, fall: int, wechsel: int) -> HttpResponse:
    """Draft the decision that ends our grant and lead to it."""
    row = _or_404(request, wechsel)

    def act() -> str:
        bescheid = services.decide_aufhebung(row=row, by=request.user, tag=timezone.localdate())
        return reverse("folgebescheid", args=[fall, bescheid.pk])

    return run_step(
        request,
        act=act,
        back=_seite(fall),
        done="Die Aufhebung ist entworfen. Bitte lesen Sie sie und hören Sie die Person an.",
    )


def traegerwechsel_erstattung(request: CaseRequest, fall: int, wechsel: int) -> HttpResponse:
    """Note that the refund was claimed."""
    row, heute = _or_404(request, wechsel), timezone.localdate()
    if back := misplaced(request, TRAEGERWECHSEL, "erstattung_verlangen", row.state, _seite(fall)):
        return back
    geleistet = rendered_since(row)

    def act(form: VerlangenForm) -> str:
        services.record_erstattungsverlangen(
            row=row,
            am=form.cleaned_data["am"],
            betrag=form.cleaned_data["betrag"],
            by=request.user,
            tag=heute,
        )
        return _seite(fall)

    return run_form(
        request,
        VerlangenForm,
        template=_FORM,
        context=case_context(
            request,
            "Erstattung als verlangt vermerken",
            _TAB,
            zurueck=_seite(fall),
            einleitung=f"{row}: {row.an.name}. {reasons_of(row)[1].text}",
        ),
        act=act,
        zu=lambda: WECHSELSCHRITTE.weigerung(
            Wechsellage(request.user, heute, row), "erstattung_verlangen"
        ),
        done="Die Erstattung ist als verlangt vermerkt.",
        initial={"am": heute, "betrag": row.verlangt_betrag or geleistet or None},
        form_kwargs={"geleistet": geleistet, "heute": heute},
    )


def traegerwechsel_abgeben(request: CaseRequest, fall: int, wechsel: int) -> HttpResponse:
    """End the case as handed over."""
    row = _or_404(request, wechsel)

    def act() -> str:
        services.hand_over(row=row, by=request.user, tag=timezone.localdate())
        return reverse("fall", args=[fall])

    return run_step(request, act=act, back=_seite(fall), done="Der Fall ist abgegeben und beendet.")


def traegerwechsel_verwerfen(request: CaseRequest, fall: int, wechsel: int) -> HttpResponse:
    """Throw a change away that was noted by mistake."""
    row = _or_404(request, wechsel)

    def act() -> str:
        services.discard_traegerwechsel(row=row, by=request.user, tag=timezone.localdate())
        return _seite(fall)

    return run_step(request, act=act, back=_seite(fall), done="Der Trägerwechsel ist verworfen.")
