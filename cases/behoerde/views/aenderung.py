"""A new address of the authority or of a team: look at it, release it, drop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.behoerde.queries.aenderung import (
    change_or_none,
    fields_of,
    waiting_changes,
    ziel_of,
)
from cases.behoerde.schritte import AENDERUNGSSCHRITTE, Aenderungslage
from cases.behoerde.services.aenderung import reject_aenderung, release_aenderung
from cases.forms.begruendung import BegruendungForm, BestaetigungForm
from cases.models import Behoerdenaenderung, User
from cases.states.behoerdenaenderung import BEHOERDENAENDERUNG
from cases.views.formular import misplaced, run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def waiting_with_steps(user: User) -> list[tuple[Any, ...]]:
    """Return what waits with its fields and what the user may do about it."""
    heute = timezone.localdate()
    return [
        (row, fields_of(row), AENDERUNGSSCHRITTE.schritte(_lage(user, row, heute)))
        for row in waiting_changes()
    ]


def behoerdenaenderung_freigeben(request: CaseRequest, aenderung: int) -> HttpResponse:
    """Show the old and the new address once more and release the new one."""
    row, heute = _or_404(aenderung), timezone.localdate()
    if erledigt := misplaced(
        request, BEHOERDENAENDERUNG, "freigeben", row.state, reverse("behoerde")
    ):
        return erledigt

    def act(form: BestaetigungForm) -> str:
        release_aenderung(row=row, by=request.user, tag=heute)
        return reverse("behoerde")

    hindernisse = AENDERUNGSSCHRITTE.hindernisse(_lage(request.user, row, heute), "freigeben")
    return run_form(
        request,
        BestaetigungForm,
        template="cases/behoerde/aenderung/pruefung.html",
        context=_context(
            "Anschrift freigeben",
            aenderung=row,
            felder=fields_of(row),
            hindernis=next(iter(hindernisse), None),
        ),
        act=act,
        done="Die Anschrift ist freigegeben. Neue Schreiben nennen sie.",
        form_kwargs={"absenden": "Anschrift freigeben"},
    )


def behoerdenaenderung_verwerfen(request: CaseRequest, aenderung: int) -> HttpResponse:
    """Drop a change that waits."""
    row, heute = _or_404(aenderung), timezone.localdate()
    if erledigt := misplaced(
        request, BEHOERDENAENDERUNG, "verwerfen", row.state, reverse("behoerde")
    ):
        return erledigt

    def act(form: BegruendungForm) -> str:
        reject_aenderung(row=row, grund=form.cleaned_data["text"], by=request.user, tag=heute)
        return reverse("behoerde")

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=_context("Änderung verwerfen", einleitung=str(row)),
        act=act,
        done="Die Änderung ist verworfen.",
        form_kwargs={"label": "Grund", "absenden": "Verwerfen"},
    )


def _lage(user: User, row: Behoerdenaenderung, heute: Any) -> Aenderungslage:
    return Aenderungslage(user, heute, row, ziel_of(row))


def _or_404(pk: int) -> Behoerdenaenderung:
    row = change_or_none(pk)
    if row is None:
        raise Http404
    return row


def _context(titel: str, **extra: Any) -> dict[str, Any]:
    liste = reverse("behoerde")
    return {
        "titel": titel,
        "zurueck": liste,
        "brotkrumen": [("Behörde", liste), (titel, None)],
        **extra,
    }
