"""Emergency access: open one, see how long it lasts, review those of others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.fall.services import notfallzugriff as services
from cases.queries.zugangsgrenze import grenze
from cases.registry.aufruf import show_cases
from cases.states.rolle import Rolle
from cases.views.formular import run_form
from cases.views.rahmen import rest_text
from cases.zugang.forms.zugang import NotfallForm, PruefungForm
from cases.zugang.guards.zugang import notfall_durch_andere_geprueft
from cases.zugang.queries.lesezugriff import seite_in_worten
from cases.zugang.queries.zugang import notfallzugriffe_for, notfallzugriffe_of

if TYPE_CHECKING:
    from cases.models import Notfallzugriff
    from cases.registry.aufruf import CaseRequest

ZEILEN = 25


def notfallzugriff(request: CaseRequest) -> HttpResponse:
    """Open an emergency access; show the running ones with their time, and the past ones."""
    jetzt = timezone.now()
    if request.method == "POST":
        # Outside the transaction of the form: a guess stays on record when the form is refused.
        services.note_unknown(aktenzeichen=request.POST.get("aktenzeichen", ""), by=request.user)

    def act(form: NotfallForm) -> str:
        row = services.open_notfallzugriff(
            aktenzeichen=form.cleaned_data["aktenzeichen"],
            grund=form.cleaned_data["grund"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return reverse("fall", args=[row.case_id])

    rows = notfallzugriffe_of(request.user)[:ZEILEN]
    return run_form(
        request,
        NotfallForm,
        template="cases/fall/notfall/eroeffnen.html",
        context={
            "titel": "Notfallzugriff",
            "laufend": [(r, rest_text(r.ende, jetzt)) for r in rows if r.ende > jetzt],
            "vergangen": [(r, *_stand(r, jetzt)) for r in rows if r.ende <= jetzt],
            "grenze": grenze("zugang.notfaelle_je_tag", timezone.localdate()),
        },
        act=act,
        done="Der Notfallzugriff ist eröffnet. Sie können den Fall 60 Minuten lang lesen.",
    )


def _stand(row: Notfallzugriff, jetzt: datetime) -> tuple[str, str]:
    """Return word and colour of the review."""
    if row.ergebnis:
        gut = row.ergebnis == "berechtigt"
        return ("berechtigt", "success") if gut else ("nicht berechtigt", "danger")
    heute = timezone.localdate(jetzt)
    ueber = row.pruefen_bis < heute
    return ("Prüfung überfällig", "danger") if ueber else ("ungeprüft", "warning")


def notfallzugriffe(request: CaseRequest) -> HttpResponse:
    """List emergency accesses to cases of the led teams; the Datenschutz sees all of them."""
    jetzt = timezone.now()
    seite = Paginator(notfallzugriffe_for(request.user), ZEILEN).get_page(request.GET.get("seite"))
    show_cases(request, [row.case_id for row in seite])
    return render(
        request,
        "cases/fall/notfall/liste.html",
        {
            "titel": "Notfallzugriffe",
            "seite": seite,
            "zeilen": [(row, *_stand(row, jetzt)) for row in seite],
        },
    )


def notfall_pruefen(request: CaseRequest, notfall: int) -> HttpResponse:
    """Show one emergency access with what was read, and record the review."""
    row = notfallzugriffe_for(request.user).filter(pk=notfall).first()
    if row is None:
        raise Http404
    ziel = reverse("notfallzugriffe")
    show_cases(request, [row.case_id])
    if row.ergebnis and request.method != "POST":
        messages.info(request, f"Dieser Notfallzugriff ist geprüft: {row.get_ergebnis_display()}")
        return redirect(ziel)

    def act(form: PruefungForm) -> str:
        services.review_notfallzugriff(
            notfall=row,
            ergebnis=form.cleaned_data["ergebnis"],
            bemerkung=form.cleaned_data["bemerkung"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return ziel

    gelesen = [(r.zeit, seite_in_worten(r.route)) for r in row.lesezugriffe.order_by("zeit")[:200]]
    return run_form(
        request,
        PruefungForm,
        template="cases/fall/notfall/pruefen.html",
        context={
            "titel": "Notfallzugriff prüfen",
            "notfall": row,
            "gelesen": gelesen,
            "darf_fall": request.user.has_rolle(Rolle.LEITUNG),
            "hindernis": notfall_durch_andere_geprueft(row, request.user),
            "zurueck": ziel,
            "brotkrumen": [("Notfallzugriffe", ziel), ("Prüfen", None)],
        },
        act=act,
        done="Die Prüfung ist festgehalten.",
    )
