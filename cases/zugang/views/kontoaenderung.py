"""The second pair of eyes on changes of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.states.zugang import KONTOAENDERUNG, Kontovorgang, Kontozustand
from cases.views.formular import run_form, run_step
from cases.zugang.forms.konto import AblehnungForm, EntscheidungForm
from cases.zugang.queries import konto as queries
from cases.zugang.schritte import KONTOSCHRITTE, Kontolage
from cases.zugang.services import konto as services

if TYPE_CHECKING:
    from cases.models import Kontoaenderung
    from cases.registry.aufruf import CaseRequest

ZEILEN = 50


def kontoaenderungen(request: CaseRequest) -> HttpResponse:
    """Show all changes of all accounts, the latest first."""
    seite = Paginator(queries.letzte_aenderungen(), ZEILEN).get_page(request.GET.get("seite"))
    return render(
        request,
        "cases/zugang/konto/verlauf.html",
        {
            "titel": "Verlauf der Konten",
            "seite": seite,
            "verlauf": [(row, KONTOAENDERUNG.farben[row.state]) for row in seite],
            "brotkrumen": [("Konten", reverse("konten")), ("Verlauf", None)],
        },
    )


def kontoaenderung(request: CaseRequest, aenderung: int) -> HttpResponse:
    """Show one change that waits, and confirm it."""
    row = _or_404(aenderung)
    if back := _decided(request, row):
        return back
    ziel, lage = reverse("konto", args=[row.konto_id]), Kontolage(request.user, row)

    def act(form: EntscheidungForm) -> str:
        services.decide_aenderung(
            aenderung=row,
            schritt="bestaetigen",
            startpasswort=form.cleaned_data.get("password", ""),
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return ziel

    return run_form(
        request,
        EntscheidungForm,
        template="cases/zugang/konto/entscheiden.html",
        context={
            "titel": "Änderung bestätigen",
            "aenderung": row,
            "eigene": bool(KONTOSCHRITTE.schritte(lage, "zurueckziehen")),
            "hindernis": next(iter(KONTOSCHRITTE.hindernisse(lage, "bestaetigen")), None),
            "zurueck": ziel,
            "brotkrumen": [
                ("Konten", reverse("konten")),
                (row.konto.username, ziel),
                ("Änderung bestätigen", None),
            ],
        },
        act=act,
        done="Die Änderung ist bestätigt und wirksam.",
        form_kwargs={"konto": row.konto if row.art == Kontovorgang.PASSWORT else None},
    )


def kontoaenderung_ablehnen(request: CaseRequest, aenderung: int) -> HttpResponse:
    """Refuse a change that waits."""
    row = _or_404(aenderung)
    if back := _decided(request, row):
        return back

    def act(form: AblehnungForm) -> str:
        services.decide_aenderung(
            aenderung=row,
            schritt="ablehnen",
            grund=form.cleaned_data["grund"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return reverse("konto", args=[row.konto_id])

    return run_form(
        request,
        AblehnungForm,
        template="base_formular.html",
        context={
            "titel": "Änderung ablehnen",
            "einleitung": str(row),
            "zurueck": reverse("kontoaenderung", args=[row.pk]),
        },
        act=act,
        zu=lambda: KONTOSCHRITTE.weigerung(Kontolage(request.user, row), "ablehnen"),
        done="Die Änderung ist abgelehnt.",
    )


def kontoaenderung_zurueckziehen(request: CaseRequest, aenderung: int) -> HttpResponse:
    """Take back what one has asked for."""
    row = _or_404(aenderung)

    def act() -> str:
        services.decide_aenderung(
            aenderung=row, schritt="zurueckziehen", by=request.user, zeitpunkt=timezone.now()
        )
        return reverse("konto", args=[row.konto_id])

    return run_step(
        request,
        act=act,
        back=reverse("konto", args=[row.konto_id]),
        done="Die Änderung ist zurückgezogen.",
    )


def _or_404(aenderung_id: int) -> Kontoaenderung:
    row = queries.letzte_aenderungen().filter(pk=aenderung_id).first()
    if row is None:
        raise Http404
    return row


def _decided(request: CaseRequest, row: Kontoaenderung) -> HttpResponse | None:
    if request.method == "POST" or row.state == Kontozustand.OFFEN:
        return None
    messages.info(request, f"Über diese Änderung ist entschieden: {row.get_state_display()}.")
    return redirect("konto", row.konto_id)
