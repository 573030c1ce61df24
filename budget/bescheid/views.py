"""The Bescheid: draft, submission, release by a second person, PDF, and what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget import guards
from budget.bescheid.forms import BescheidForm
from budget.bescheid.schreiben.bescheid import ART, bescheid_daten, first_begruendung, titel_of
from budget.bescheid.services import bescheid as services
from budget.bescheid.services.tore import list_tore
from budget.models import Bescheid
from budget.queries import bekanntgabe_of, bescheid_of, gesamtbudget_of
from budget.states import BESCHEID, Bescheidzustand
from budget.verfahren.forms import GrundForm
from budget.verfahren.views import budget_or_404
from budget.views.pdf import pdf_response
from budget.views.schritte import schritte_of_bescheid
from cases.registry.schritt import Schritt
from cases.schreiben.services.schreiben import empfaenger_of
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_FELDER = ("erste_auszahlung", "begruendung", "abgelehnte_leistungen", "nebenbestimmungen")


def _or_404(request: CaseRequest) -> Bescheid:
    row = bescheid_of(budget_or_404(request))
    if row is None:
        raise Http404
    return row


def _ziel(fall: int) -> str:
    return reverse("bescheid", args=[fall])


def _context(request: CaseRequest, row: Bescheid, titel: str, **extra: Any) -> dict[str, Any]:
    budget = row.persoenliches_budget
    return case_context(
        request,
        titel,
        "budget",
        budget=budget,
        bescheid=row,
        bekanntgabe=bekanntgabe_of(row),
        zielvereinbarung=row.zielvereinbarung,
        farbe=BESCHEID.farben[Bescheidzustand(row.state)],
        summen=gesamtbudget_of(budget),
        warnung=guards.zeitraum_hoechstens_zwei_jahre(budget.beginn, budget.ende),
        **extra,
    )


def bescheid(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the Bescheid with its content, its dispatch and the next steps."""
    row = _or_404(request)
    versand_liste = list(row.schreiben.versand_liste.all()) if row.schreiben else []
    return render(
        request,
        "budget/bescheid/seite.html",
        _context(
            request,
            row,
            "Bescheid",
            schritte=schritte_of_bescheid(row, request.user),
            versand_liste=versand_liste,
        ),
    )


def bescheid_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Draft the Bescheid; the grounds begin with a suggestion."""
    budget, zurueck = budget_or_404(request), reverse("budget", args=[fall])

    def act(form: BescheidForm) -> str:
        services.draft_bescheid(
            budget=budget,
            by=request.user,
            tag=timezone.localdate(),
            **{feld: form.cleaned_data[feld] for feld in _FELDER},
        )
        return _ziel(fall)

    return run_form(
        request,
        BescheidForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Bescheid entwerfen",
            "budget",
            zurueck=zurueck,
            einleitung="Beträge, Zeitraum, Zuständigkeit, Fristen und Rechtsbehelfsbelehrung "
            "übernimmt das Schreiben aus dem Fall. Hier steht, was nur Sie wissen.",
        ),
        act=act,
        done="Der Entwurf ist gespeichert.",
        initial={"erste_auszahlung": budget.beginn, "begruendung": first_begruendung(budget)},
    )


def bescheid_bearbeiten(request: CaseRequest, fall: int) -> HttpResponse:
    """Change the draft."""
    row = _or_404(request)

    def act(form: BescheidForm) -> str:
        services.update_bescheid(
            bescheid=row,
            by=request.user,
            tag=timezone.localdate(),
            **{feld: form.cleaned_data[feld] for feld in _FELDER},
        )
        return _ziel(fall)

    return run_form(
        request,
        BescheidForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Bescheid bearbeiten",
            "budget",
            zurueck=_ziel(fall),
            rueckgabe=row.rueckgabe_grund,
        ),
        act=act,
        done="Der Entwurf ist gespeichert.",
        initial={feld: getattr(row, feld) for feld in _FELDER},
    )


def bescheid_vorlegen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show everything once more, then hand it to the Sachgebietsleitung."""
    row = _or_404(request)

    def act() -> str:
        services.submit_bescheid(bescheid=row, by=request.user, tag=timezone.localdate())
        return _ziel(fall)

    if request.method == "POST":
        return run_step(
            request,
            act=act,
            back=_ziel(fall),
            done="Der Bescheid liegt der Sachgebietsleitung zur Freigabe vor.",
        )
    schritt = Schritt(
        "Zur Freigabe vorlegen",
        reverse("bescheid_vorlegen", args=[fall]),
        "post",
        tuple(h for h in [guards.begruendung_vorhanden(row)] if h),
        haupt=True,
    )
    if back := misplaced(request, BESCHEID, "vorlegen", row.state, _ziel(fall)):
        return back
    return render(
        request,
        "budget/bescheid/vorlage.html",
        _context(request, row, "Bescheid zur Freigabe vorlegen", schritte=[schritt]),
    )


def bescheid_freigabe(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the gates with their norms; release when all of them are open."""
    row, heute = _or_404(request), timezone.localdate()

    def act() -> str:
        services.release_bescheid(bescheid=row, by=request.user, tag=timezone.localdate())
        return _ziel(fall)

    if request.method == "POST":
        return run_step(
            request,
            act=act,
            back=reverse("bescheid_freigabe", args=[fall]),
            done="Der Bescheid ist freigegeben. Wirksam wird er mit der Bekanntgabe; veranlassen "
            "Sie jetzt den Versand.",
        )
    if back := misplaced(request, BESCHEID, "freigeben", row.state, _ziel(fall)):
        return back
    tore = list_tore(row, request.user, heute)
    schritte = [
        Schritt(
            "Bescheid freigeben",
            reverse("bescheid_freigabe", args=[fall]),
            "post",
            tuple(tor.hindernis for tor in tore if tor.hindernis),
            haupt=True,
        ),
        Schritt("Zurückgeben", reverse("bescheid_zurueckgeben", args=[fall])),
    ]
    return render(
        request,
        "budget/bescheid/freigabe.html",
        _context(
            request,
            row,
            "Bescheid freigeben",
            tore=[(tor, reverse(tor.seite, args=[fall])) for tor in tore],
            geschlossen=sum(not tor.offen for tor in tore),
            schritte=schritte,
        ),
    )


def bescheid_zurueckgeben(request: CaseRequest, fall: int) -> HttpResponse:
    """Give the Bescheid back to its author."""
    row = _or_404(request)

    def act(form: GrundForm) -> str:
        services.return_bescheid(
            bescheid=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _ziel(fall)

    return run_form(
        request,
        GrundForm,
        template="budget/formular.html",
        context=case_context(request, "Bescheid zurückgeben", "budget", zurueck=_ziel(fall)),
        act=act,
        done="Der Bescheid ist zurückgegeben.",
        form_kwargs={
            "label": "Was ist zu ändern?",
            "hilfe": "Der Text erscheint beim Fallmanagement über dem Entwurf.",
            "knopf": "Zurückgeben",
        },
    )


def bescheid_pdf(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the frozen PDF, or a preview of the draft."""
    row, heute = _or_404(request), timezone.localdate()
    return pdf_response(
        request,
        art=ART,
        titel=titel_of(row.persoenliches_budget),
        schreiben=row.schreiben,
        daten=lambda: bescheid_daten(
            bescheid=row, datum=heute, empfaenger=empfaenger_of(request.case, heute)
        ),
        zurueck=_ziel(fall),
    )
