"""Pages of the review of a budget: protocol, outcome, proofs with their letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.models import Budgetueberpruefung, PersoenlichesBudget, Verwendungsnachweis
from budget.states.ueberpruefung import (
    BUDGETPRUEFUNG,
    NACHWEIS,
    PROTOKOLL,
    Budgetpruefanlass,
    Budgetpruefstand,
    Nachweisstand,
    nachweisnorm_of,
)
from budget.ueberpruefung import guards
from budget.ueberpruefung.forms import (
    AnlassForm,
    EingangForm,
    ErgebnisForm,
    NachweisForm,
    ProtokollForm,
    PruefungForm,
)
from budget.ueberpruefung.queries import (
    begun_budgets,
    fristen_of_budget,
    nachweis_of,
    nachweise_of,
    next_stretch,
    open_ueberpruefung,
    ueberpruefung_of,
    ueberpruefungen_of,
    werte_of_protokoll,
)
from budget.ueberpruefung.schritte import (
    BEGINN,
    NACHWEISSCHRITTE,
    PROTOKOLLSCHRITTE,
    Beginnlage,
    Nachweislage,
    Protokolllage,
    following_of_nachweis,
    following_of_ueberpruefung,
)
from budget.ueberpruefung.services import ueberpruefung as services
from budget.verfahren.views import budget_or_404
from budget.zielvereinbarung.queries import zielvereinbarung_of
from cases.einwilligung.queries import scans_of
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context
from recht.laenge import plus_monate

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

ZeileT = TypeVar("ZeileT")
_TAB, _FORM = "budget", "budget/formular.html"
_MONATE = 6


def _seite(budget: PersoenlichesBudget) -> str:
    return _of_budget(reverse("budget_ueberpruefung", args=[budget.case_id]), budget)


def page_of(row: Budgetueberpruefung | Verwendungsnachweis) -> str:
    """Return the page of the budget that a review or a proof is about."""
    return _seite(row.persoenliches_budget)


def _of_budget(url: str, budget: PersoenlichesBudget) -> str:
    return f"{url}?budget={budget.pk}"


def _chosen_budget(request: CaseRequest) -> PersoenlichesBudget:
    """Return the budget that is asked for, else the one that runs or ran last.

    One that is being prepared comes only when none was ever paid.
    """
    begonnen, gefragt = begun_budgets(request.case), request.GET.get("budget", "")
    if not begonnen:
        return budget_or_404(request)
    if not gefragt:
        return begonnen[0]
    return row_or_404(next((row for row in begonnen if str(row.pk) == gefragt), None))


def budget_ueberpruefung(request: CaseRequest, fall: int) -> HttpResponse:
    """Show reviews and proofs of the budget with their Fristen and next steps."""
    budget, heute = _chosen_budget(request), timezone.localdate()
    alle = ueberpruefungen_of(budget)
    offen = next((row for row in alle if row.abgeschlossen_am is None), None)
    gilt = next((row for row in alle if row.state != Budgetpruefstand.ENTFALLEN), None)
    return render(
        request,
        "budget/ueberpruefung/seite.html",
        case_context(
            request,
            "Überprüfung des Budgets",
            _TAB,
            budget=budget,
            ueberpruefungen=[
                (
                    row,
                    BUDGETPRUEFUNG.farben[row.state],
                    [
                        *PROTOKOLLSCHRITTE.schritte(Protokolllage(request.user, heute, row)),
                        *following_of_ueberpruefung(row, request.user, heute, neueste=row is gilt),
                    ],
                    [(titel, getattr(row, name)) for name, titel in PROTOKOLL],
                )
                for row in alle
            ],
            nachweise=[
                (
                    row,
                    NACHWEIS.farben[row.state],
                    [
                        *NACHWEISSCHRITTE.schritte(Nachweislage(request.user, heute, row)),
                        *following_of_nachweis(row, request.user),
                    ],
                    _briefe(row),
                )
                for row in nachweise_of(budget)
            ],
            fristen=fristen_of_budget(budget),
            schritte=[
                replace(schritt, url=_of_budget(schritt.url, budget)) if schritt.url else schritt
                for schritt in BEGINN.schritte(Beginnlage(request.user, heute, budget, offen))
            ],
            andere=[row for row in begun_budgets(request.case) if row.pk != budget.pk],
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def _briefe(row: Verwendungsnachweis) -> list[tuple[str, str]]:
    """Return which letters may be set now: key and the words of the button."""
    if row.state == Nachweisstand.GEPRUEFT:
        return [("nachweis_ergebnis", "Ergebnis mitteilen")]
    if row.state != Nachweisstand.VERLANGT:
        return []
    if guards.nachweis_ueberfaellig(row, timezone.localdate()) is None:
        return [("nachweis_erinnerung", "Erinnerung festschreiben und versenden")]
    return [("nachweis_anforderung", "Anforderung festschreiben und versenden")]


def row_or_404(row: ZeileT | None) -> ZeileT:
    """Return the row, or answer that there is none here."""
    if row is None:
        raise Http404
    return row


def budget_ueberpruefung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin a review of the running budget."""
    budget = _chosen_budget(request)

    def act(form: AnlassForm) -> str:
        row = services.start_budgetueberpruefung(
            budget=budget,
            anlass=form.cleaned_data["anlass"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return reverse("budget_protokoll", args=[fall, row.pk])

    return run_form(
        request,
        AnlassForm,
        template=_FORM,
        context=case_context(
            request,
            "Budget überprüfen",
            _TAB,
            zurueck=_seite(budget),
            einleitung="Danach schreiben Sie das Protokoll des Gesprächs.",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            Beginnlage(request.user, timezone.localdate(), budget, open_ueberpruefung(budget)),
            "ueberpruefen",
        ),
        done="Die Überprüfung ist begonnen.",
        initial={
            "anlass": Budgetpruefanlass.VERLAUF
            if any(row.state != Budgetpruefstand.ENTFALLEN for row in ueberpruefungen_of(budget))
            else Budgetpruefanlass.ERSTE
        },
    )


def budget_protokoll(request: CaseRequest, fall: int, ueberpruefung: int) -> HttpResponse:
    """Write the talk and its protocol."""
    row = row_or_404(ueberpruefung_of(request.case, ueberpruefung))
    if back := misplaced(request, BUDGETPRUEFUNG, "bearbeiten", row.state, page_of(row)):
        return back

    def act(form: ProtokollForm) -> str:
        services.update_budgetueberpruefung(
            ueberpruefung=row,
            angaben=form.cleaned_data,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=form.stand_jetzt,
        )
        return page_of(row)

    return run_form(
        request,
        ProtokollForm,
        template=_FORM,
        context=case_context(
            request,
            "Protokoll der Überprüfung",
            _TAB,
            zurueck=page_of(row),
            einleitung="Sie können jederzeit speichern und später weiterschreiben.",
        ),
        act=act,
        done="Das Protokoll ist gespeichert.",
        gespeichert=werte_of_protokoll(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def budget_ueberpruefung_abschliessen(
    request: CaseRequest, fall: int, ueberpruefung: int
) -> HttpResponse:
    """Close a review with its outcome; the gates stand beside the form."""
    row = row_or_404(ueberpruefung_of(request.case, ueberpruefung))
    if back := misplaced(request, BUDGETPRUEFUNG, "abschliessen", row.state, page_of(row)):
        return back
    lage = Protokolllage(request.user, timezone.localdate(), row)

    def act(form: ErgebnisForm) -> str:
        services.complete_budgetueberpruefung(
            ueberpruefung=row,
            ergebnis=form.cleaned_data["ergebnis"],
            grund=form.cleaned_data["grund"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return page_of(row)

    return run_form(
        request,
        ErgebnisForm,
        template="budget/ueberpruefung/abschliessen.html",
        context=case_context(
            request,
            "Überprüfung abschließen",
            _TAB,
            zurueck=page_of(row),
            tore=PROTOKOLLSCHRITTE.tore(lage, "abschliessen"),
            einleitung="Danach lässt sich das Protokoll nicht mehr ändern. Das nächste Gespräch "
            "läuft vom Tag dieses Gesprächs an.",
        ),
        act=act,
        zu=lambda: PROTOKOLLSCHRITTE.weigerung(lage, "abschliessen"),
        done="Die Überprüfung ist abgeschlossen.",
    )


def nachweis_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Ask for the proof of a stretch."""
    budget, heute = _chosen_budget(request), timezone.localdate()
    vereinbarung = zielvereinbarung_of(budget)
    monate = vereinbarung.gespraech_monate if vereinbarung is not None else _MONATE
    von, bis = next_stretch(budget, monate)

    def act(form: NachweisForm) -> str:
        services.add_nachweis(
            budget=budget,
            von=form.cleaned_data["von"],
            bis=form.cleaned_data["bis"],
            faellig_am=form.cleaned_data["faellig_am"],
            by=request.user,
            tag=heute,
        )
        return _seite(budget)

    return run_form(
        request,
        NachweisForm,
        template=_FORM,
        context=case_context(
            request,
            "Verwendungsnachweis verlangen",
            _TAB,
            zurueck=_seite(budget),
            einleitung="Nachzuweisen ist, was die Zielvereinbarung je Teilbudget sagt "
            f"({nachweisnorm_of(budget.beginn)}). Danach steht das Schreiben bereit.",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            Beginnlage(request.user, heute, budget, None), "nachweis_verlangen"
        ),
        done="Der Nachweis ist verlangt. Das Schreiben steht bereit.",
        initial={"von": von, "bis": bis, "faellig_am": max(plus_monate(bis, 1), heute)},
    )


def nachweis_eingang(request: CaseRequest, fall: int, nachweis: int) -> HttpResponse:
    """Take in a proof."""
    row, heute = row_or_404(nachweis_of(request.case, nachweis)), timezone.localdate()
    if back := misplaced(request, NACHWEIS, "annehmen", row.state, page_of(row)):
        return back

    def act(form: EingangForm) -> str:
        services.accept_nachweis(
            nachweis=row,
            eingegangen_am=form.cleaned_data["eingegangen_am"],
            unterlage=form.cleaned_data["unterlage"],
            by=request.user,
            tag=heute,
        )
        return page_of(row)

    return run_form(
        request,
        EingangForm,
        template=_FORM,
        context=case_context(request, str(row), _TAB, zurueck=page_of(row)),
        act=act,
        done="Der Eingang ist festgehalten.",
        initial={"eingegangen_am": heute},
        form_kwargs={"unterlagen": scans_of(request.case), "heute": heute},
    )


def nachweis_pruefen(request: CaseRequest, fall: int, nachweis: int) -> HttpResponse:
    """Check a proof: used, saved, to be given back."""
    row = row_or_404(nachweis_of(request.case, nachweis))
    if back := misplaced(request, NACHWEIS, "pruefen", row.state, page_of(row)):
        return back

    def act(form: PruefungForm) -> str:
        services.review_nachweis(
            nachweis=row,
            verwendet=form.cleaned_data["verwendet"],
            angespart=form.cleaned_data["angespart"],
            zurueck=form.cleaned_data["zurueck"],
            ergebnis=form.cleaned_data["ergebnis"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return page_of(row)

    return run_form(
        request,
        PruefungForm,
        template="budget/ueberpruefung/pruefen.html",
        context=case_context(request, "Nachweis prüfen", _TAB, zurueck=page_of(row), row=row),
        act=act,
        done="Die Prüfung ist abgeschlossen.",
        initial={"angespart": 0, "zurueck": 0, "verwendet": row.zu_belegen},
    )
