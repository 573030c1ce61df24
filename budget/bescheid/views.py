"""The Bescheid: draft, submission, release by a second person, PDF, and what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.bemessung.queries import gesamtbudget_of
from budget.bescheid.forms.bescheid import BEREICH, BescheidForm, haushaltsangaben
from budget.bescheid.queries import bekanntgabe_of, bescheid_of, im_ausland
from budget.bescheid.schreiben.abzug import abzug_daten
from budget.bescheid.schreiben.bescheid import ART
from budget.bescheid.schreiben.vorschlag import (
    texte_of,
    vorschlaege_of,
    werte_of_entwurf,
)
from budget.bescheid.schreiben.wandel import wandel_of
from budget.bescheid.schritte import (
    BESCHEIDSCHRITTE,
    ENTWURFSSCHRITTE,
    lage_of_bescheid,
    schritte_of_bescheid,
)
from budget.bescheid.schritte.tore import lage_of
from budget.bescheid.services import bescheid as services
from budget.models import Bescheid
from budget.states import Bescheidzustand
from budget.states.bescheid import BESCHEID
from budget.verfahren.forms import GrundForm
from budget.verfahren.guards import zeitraum_hoechstens_zwei_jahre
from budget.verfahren.views import budget_or_404
from cases.models import Case
from cases.schreiben.views.vorschau import seen_about
from cases.textbaustein.queries import angebote_for
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Hindernis


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
        texte=texte_of(row),
        abzug=abzug_daten(row),
        wandel=wandel_of(budget, row),
        farbe=BESCHEID.farben[Bescheidzustand(row.state)],
        summen=gesamtbudget_of(budget),
        warnung=zeitraum_hoechstens_zwei_jahre(budget.beginn, budget.ende),
        **extra,
    )


def bescheid_mitzeichnen(request: CaseRequest, fall: int) -> HttpResponse:
    """Sign with others what is above the limit of one signature."""
    row = _or_404(request)

    def act() -> str:
        services.confirm_bescheid(bescheid=row, by=request.user, tag=timezone.localdate())
        return _ziel(fall)

    return run_step(
        request,
        act=act,
        back=reverse("bescheid_freigabe", args=[fall]),
        done="Sie haben mitgezeichnet. Frei gibt den Bescheid eine andere Person.",
    )


def bescheid(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the Bescheid with its content, its dispatch and the next steps."""
    row = _or_404(request)
    versand_liste = list(row.schreiben.versand_liste.all()) if row.schreiben else []
    lage = lage_of_bescheid(row, request.user, timezone.localdate())
    return render(
        request,
        "budget/bescheid/seite.html",
        _context(
            request,
            row,
            "Bescheid",
            schritte=schritte_of_bescheid(lage),
            versand_liste=versand_liste,
        ),
    )


# The second button of the draft: on to the page that shows everything once more.
_VORLEGEN = [("vorlegen", "Speichern und zur Vorlage")]


def _after_draft(request: CaseRequest, fall: int) -> str:
    weiter = "bescheid_vorlegen" if request.POST.get("weiter") == "vorlegen" else "bescheid"
    return reverse(weiter, args=[fall])


def _bausteine(case: Case) -> dict[str, Any]:
    """Return the texts of the authority that the form of the Bescheid offers today."""
    heute = timezone.localdate()
    return {"heute": heute, "angebote": angebote_for(case, BEREICH, heute)}


def bescheid_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Draft the Bescheid; the grounds begin with a suggestion."""
    budget, zurueck = budget_or_404(request), reverse("budget", args=[fall])

    def act(form: BescheidForm) -> str:
        services.draft_bescheid(
            budget=budget,
            by=request.user,
            tag=timezone.localdate(),
            **form.eingaben,
        )
        return _after_draft(request, fall)

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
            weitere_knoepfe=_VORLEGEN,
        ),
        act=act,
        zu=lambda: ENTWURFSSCHRITTE.weigerung(
            lage_of(budget, request.user, timezone.localdate()), "bescheid_entwerfen"
        ),
        done="Der Entwurf ist gespeichert.",
        initial={
            "erste_auszahlung": budget.beginn,
            "ausland": im_ausland(request.case, timezone.localdate()),
            **haushaltsangaben(budget),
            **vorschlaege_of(Bescheid(persoenliches_budget=budget)),
        },
        form_kwargs={"budget": budget, **_bausteine(request.case)},
    )


def _weigerung(request: CaseRequest, row: Bescheid, schritt: str) -> tuple[Hindernis, ...]:
    lage = lage_of_bescheid(row, request.user, timezone.localdate())
    return BESCHEIDSCHRITTE.weigerung(lage, schritt)


def bescheid_bearbeiten(request: CaseRequest, fall: int) -> HttpResponse:
    """Change the draft."""
    row = _or_404(request)

    def act(form: BescheidForm) -> str:
        services.update_bescheid(
            bescheid=row,
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
            **form.eingaben,
        )
        return _after_draft(request, fall)

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
            weitere_knoepfe=_VORLEGEN,
        ),
        act=act,
        zu=lambda: _weigerung(request, row, "bearbeiten"),
        done="Der Entwurf ist gespeichert.",
        gespeichert=werte_of_entwurf(row),
        form_kwargs={
            "texte": texte_of(row),
            "budget": row.persoenliches_budget,
            **_bausteine(request.case),
        },
        zuletzt=row.bearbeitet_von.get_full_name(),
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
    if back := misplaced(request, BESCHEID, "vorlegen", row.state, _ziel(fall)):
        return back
    lage = lage_of_bescheid(row, request.user, timezone.localdate())
    schritte = BESCHEIDSCHRITTE.schritte(lage, "vorlegen")
    return render(
        request,
        "budget/bescheid/vorlage.html",
        _context(request, row, "Bescheid zur Freigabe vorlegen", schritte=schritte),
    )


def bescheid_freigabe(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the gates with their norms; release when all of them are open."""
    row, heute = _or_404(request), timezone.localdate()

    def act() -> str:
        services.release_bescheid(
            bescheid=row,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=seen_about(request, ART, row),
        )
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
    lage = lage_of_bescheid(row, request.user, heute)
    tore = BESCHEIDSCHRITTE.tore(lage, "freigeben")
    return render(
        request,
        "budget/bescheid/freigabe.html",
        _context(
            request,
            row,
            "Bescheid freigeben",
            tore=tore,
            geschlossen=sum(not tor.offen for tor in tore),
            erfuellt=sum(tor.offen for tor in tore),
            schritte=BESCHEIDSCHRITTE.schritte(lage, "mitzeichnen", "freigeben", "zurueckgeben"),
        ),
    )


def bescheid_zurueckziehen(request: CaseRequest, fall: int) -> HttpResponse:
    """Take one's own submission back."""
    row = _or_404(request)

    def act() -> str:
        services.withdraw_vorlage(bescheid=row, by=request.user, tag=timezone.localdate())
        return _ziel(fall)

    return run_step(
        request,
        act=act,
        back=_ziel(fall),
        done="Die Vorlage ist zurückgezogen. Der Bescheid ist wieder Entwurf.",
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
        zu=lambda: _weigerung(request, row, "zurueckgeben"),
        done="Der Bescheid ist zurückgegeben.",
        form_kwargs={
            "label": "Was ist zu ändern?",
            "hilfe": "Der Text erscheint beim Fallmanagement über dem Entwurf.",
            "knopf": "Zurückgeben",
        },
    )


def bescheid_neu_freigeben(request: CaseRequest, fall: int) -> HttpResponse:
    """Take the release back, because its letter must not leave as it is."""
    row = _or_404(request)

    def act(form: GrundForm) -> str:
        services.reopen_bescheid(
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
        context=case_context(
            request,
            "Bescheid zur neuen Freigabe zurückgeben",
            "budget",
            zurueck=_ziel(fall),
            einleitung="Das freigegebene Schreiben bleibt in der Akte und darf nicht mehr hinaus. "
            "Der Bescheid ist wieder Entwurf, bis eine zweite Person ihn neu freigibt.",
        ),
        act=act,
        zu=lambda: _weigerung(request, row, "neu_freigeben"),
        done="Die Freigabe ist zurückgenommen; der Bescheid ist wieder Entwurf.",
        form_kwargs={
            "label": "Warum ist neu freizugeben?",
            "hilfe": "Zum Beispiel: neue Anschrift, neue Fassung der Rechtsbehelfsbelehrung.",
            "knopf": "Zur neuen Freigabe zurückgeben",
        },
    )
