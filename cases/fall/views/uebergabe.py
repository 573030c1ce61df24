"""Handover of cases: choose, preview, hand over, look at it, undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.fall.forms.uebergabe import FallUebergabeForm, UebergabeForm
from cases.fall.guards.uebergabe import FRIST_RUECKGAENGIG, uebergabe_binnen_eines_tages
from cases.fall.queries.uebergabe import (
    HOECHSTENS,
    Vorschau,
    current_owners,
    led_teams,
    list_uebergaben,
    open_meldungen,
    possible_owners,
    preview_uebergabe,
    zeilen_of,
)
from cases.fall.services.uebergabe import hand_over, note_uebergabe, undo_uebergabe
from cases.models import Uebergabe, User
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

SEITENZEILEN = 25
VORSCHAUZEILEN = 200


def _krumen(titel: str) -> list[tuple[str, str | None]]:
    return [("Übergaben", reverse("uebergaben")), (titel, None)]


def uebergaben(request: CaseRequest) -> HttpResponse:
    """List the handovers that concern this user."""
    seite = Paginator(list_uebergaben(request.user), SEITENZEILEN).get_page(
        request.GET.get("seite")
    )
    return render(
        request,
        "cases/fall/uebergabe/liste.html",
        {
            "titel": "Übergaben",
            "seite": seite,
            "darf_uebergeben": request.user.has_rolle(Rolle.LEITUNG),
            "ungelesen": {m.uebergabe_id for m in open_meldungen(request.user)},
        },
    )


def uebergabe_neu(request: CaseRequest) -> HttpResponse:
    """Choose cases and new owners; show what would happen; hand over."""
    kwargs = {
        "von": current_owners(request.user, timezone.localdate()),
        "teams": led_teams(request.user),
        "an": possible_owners(),
    }
    context: dict[str, Any] = {
        "titel": "Fälle übergeben",
        "brotkrumen": _krumen("Fälle übergeben"),
        "zurueck": reverse("uebergaben"),
    }
    if request.method != "POST":
        return _form(request, kwargs, context)
    form = UebergabeForm(request.POST, **kwargs)
    vorschau = _preview(form, request.user) if form.is_valid() else None
    if vorschau is not None:
        context |= _preview_context(vorschau)
    if request.POST.get("schritt") == "ausfuehren" and vorschau is not None:
        return _form(request, kwargs, context, vorschau)
    status = 422 if form.errors else 200
    return render(
        request, "cases/fall/uebergabe/neu.html", {**context, "form": form}, status=status
    )


def _form(
    request: CaseRequest,
    kwargs: dict[str, Any],
    context: dict[str, Any],
    vorschau: Vorschau | None = None,
) -> HttpResponse:
    def act(form: UebergabeForm) -> str:
        if vorschau is None or vorschau.kennung != request.POST.get("kennung"):
            raise SchrittUnzulaessig(
                "Seit der Vorschau hat sich etwas geändert. Bitte prüfen Sie die neue Vorschau."
            )
        uebergabe = hand_over(
            case_ids=[zeile.case.pk for zeile in vorschau.gehen],
            an=list(form.cleaned_data["an"]),
            grund=form.cleaned_data["grund"],
            geschuetzte=form.cleaned_data["geschuetzte"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return reverse("uebergabe", args=[uebergabe.pk])

    return run_form(
        request,
        UebergabeForm,
        template="cases/fall/uebergabe/neu.html",
        context=context,
        act=act,
        done="Die Fälle sind übergeben. Beteiligte und Leitung erfahren es auf ihrem Tisch.",
        form_kwargs=kwargs,
    )


def _preview(form: UebergabeForm, user: User) -> Vorschau | None:
    vorschau = preview_uebergabe(
        user=user,
        stichtag=timezone.localdate(),
        auswahl=form.auswahl,
        an=list(form.cleaned_data["an"]),
        geschuetzte=form.cleaned_data["geschuetzte"],
    )
    if len(vorschau.gehen) + len(vorschau.bleiben) > HOECHSTENS:
        form.add_error(
            None,
            f"Die Auswahl umfasst mehr als {HOECHSTENS} Fälle. Bitte grenzen Sie sie enger ein.",
        )
        return None
    return vorschau


def _preview_context(vorschau: Vorschau) -> dict[str, Any]:
    return {
        "vorschau": vorschau,
        "gehen": vorschau.gehen[:VORSCHAUZEILEN],
        "mehr_gehen": max(0, len(vorschau.gehen) - VORSCHAUZEILEN),
        "bleiben": vorschau.bleiben[:VORSCHAUZEILEN],
        "mehr_bleiben": max(0, len(vorschau.bleiben) - VORSCHAUZEILEN),
        "unbekannt": vorschau.unbekannt[:20],
    }


def uebergabe(request: CaseRequest, uebergabe: int) -> HttpResponse:
    """Show one handover: what went where, and whether it can still be undone."""
    row = _or_404(request, uebergabe)
    heute = timezone.localdate()
    seite = Paginator(zeilen_of(row, request.user, heute), SEITENZEILEN).get_page(
        request.GET.get("seite")
    )
    hindernis = uebergabe_binnen_eines_tages(row, timezone.now())
    return render(
        request,
        "cases/fall/uebergabe/seite.html",
        {
            "titel": "Übergabe von Fällen",
            "brotkrumen": _krumen("Übergabe von Fällen"),
            "uebergabe": row,
            "seite": seite,
            "unsichtbar": row.anzahl - seite.paginator.count,
            "geblieben": row.zeilen.exclude(bleibt_weil="").count() if row.zurueck_zeit else 0,
            "hindernis": hindernis,
            "bis": row.zeit + FRIST_RUECKGAENGIG,
            "darf_zurueck": request.user.has_rolle(Rolle.LEITUNG),
            "ungelesen": open_meldungen(request.user).filter(uebergabe=row).exists(),
        },
    )


def uebergabe_rueckgaengig(request: CaseRequest, uebergabe: int) -> HttpResponse:
    """Take a handover back."""
    row = _or_404(request, uebergabe)
    back = reverse("uebergabe", args=[row.pk])

    def act() -> str:
        undo_uebergabe(uebergabe=row, by=request.user, zeitpunkt=timezone.now())
        return back

    return run_step(request, act=act, back=back, done="Die Übergabe ist rückgängig gemacht.")


def uebergabe_gelesen(request: CaseRequest, uebergabe: int) -> HttpResponse:
    """Take note of a handover."""
    row = _or_404(request, uebergabe)

    def act() -> str:
        note_uebergabe(uebergabe=row, by=request.user, tag=timezone.localdate())
        return reverse("start")

    return run_step(
        request,
        act=act,
        back=reverse("uebergabe", args=[row.pk]),
        done="Die Übergabe ist zur Kenntnis genommen.",
    )


def fall_uebergeben(request: CaseRequest, fall: int) -> HttpResponse:
    """Hand one case to a new owner, perhaps in another team."""
    case = request.case

    def act(form: FallUebergabeForm) -> str:
        row = hand_over(
            case_ids=[case.pk],
            an=[form.cleaned_data["an"]],
            grund=form.cleaned_data["grund"],
            # One case, chosen by itself: that is explicit enough.
            geschuetzte=True,
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return reverse("uebergabe", args=[row.pk])

    hinweis = (
        " Der Fall ist geschützt: Nur die neue zuständige Person und ihre Leitung sehen ihn."
        if case.geschuetzt
        else ""
    )
    return run_form(
        request,
        FallUebergabeForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Fall übergeben",
            zurueck=reverse("fall_zustaendige", args=[fall]),
            einleitung=f"Bisher zuständig: {case.caseworker.get_full_name()} ({case.team}). "
            "Offene Fristen bleiben am Fall, offene Wiedervorlagen der bisher zuständigen Person "
            f"gehen mit.{hinweis}",
        ),
        act=act,
        done="Der Fall ist übergeben.",
        form_kwargs={"an": possible_owners().exclude(pk=case.caseworker_id)},
    )


def _or_404(request: CaseRequest, uebergabe: int) -> Uebergabe:
    row = list_uebergaben(request.user).filter(pk=uebergabe).first()
    if row is None:
        raise Http404
    return row
