"""Logo and seal of the authority: what is printed, a new one, its release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.behoerde.forms.bild import BildForm
from cases.behoerde.queries.bild import list_bilder, picture_of
from cases.behoerde.schritte import BILDSCHRITTE, Bildlage
from cases.behoerde.services import bild as service
from cases.forms.begruendung import BegruendungForm, BestaetigungForm
from cases.models import Behoerdenbild, Bildart
from cases.states.behoerdenbild import BEHOERDENBILD, Bildzustand
from cases.states.rolle import Rolle
from cases.views.formular import misplaced, run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_LAUFEND = (Bildzustand.ENTWURF, Bildzustand.GUELTIG)


def bilder(request: CaseRequest) -> HttpResponse:
    """Show both kinds with what is printed, what waits and what was."""
    heute, rows = timezone.localdate(), list(list_bilder())
    return render(
        request,
        "cases/behoerde/bild/seite.html",
        {
            "titel": "Logo und Siegel",
            "brotkrumen": [("Behörde", reverse("behoerde")), ("Logo und Siegel", None)],
            "gruppen": [
                (
                    art,
                    [
                        (row, BILDSCHRITTE.schritte(Bildlage(request.user, heute, row)))
                        for row in rows
                        if row.art == art and row.state in _LAUFEND
                    ],
                )
                for art in Bildart
            ],
            "frueher": [row for row in rows if row.state not in _LAUFEND],
            "darf_hochladen": request.user.has_rolle(Rolle.FACHADMINISTRATION),
        },
    )


def bild_ansicht(request: CaseRequest, bild: int) -> HttpResponse:
    """Answer with the picture itself; it was drawn by this program."""
    inhalt = picture_of(bild)
    if inhalt is None:
        raise Http404
    return HttpResponse(inhalt, content_type="image/png")


def bild_neu(request: CaseRequest, art: str) -> HttpResponse:
    """Take in a picture; a second person releases it."""
    if art not in Bildart.values:
        raise Http404
    bezeichnung = str(Bildart(art).label)

    def act(form: BildForm) -> str:
        service.create_bild(
            art=art,
            bild=form.cleaned_data["datei"],
            alternativtext=form.cleaned_data["alternativtext"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return reverse("behoerde_bilder")

    return run_form(
        request,
        BildForm,
        template="base_formular.html",
        context=_context(f"{bezeichnung} hochladen"),
        act=act,
        done="Das Bild liegt vor. Eine zweite Person muss es freigeben.",
    )


def bild_freigeben(request: CaseRequest, bild: int) -> HttpResponse:
    """Show the picture once more and release it."""
    row, heute = _or_404(bild), timezone.localdate()
    if erledigt := _misplaced(request, row, "freigeben"):
        return erledigt

    def act(form: BestaetigungForm) -> str:
        service.release_bild(bild=row, by=request.user, tag=heute)
        return reverse("behoerde_bilder")

    lage = Bildlage(request.user, heute, row)
    return run_form(
        request,
        BestaetigungForm,
        template="cases/behoerde/bild/pruefung.html",
        context=_context(
            f"{row.get_art_display()} freigeben",
            bild=row,
            hindernis=next(iter(BILDSCHRITTE.hindernisse(lage, "freigeben")), None),
        ),
        act=act,
        done="Das Bild ist freigegeben. Neue Schreiben tragen es.",
        form_kwargs={"absenden": "Bild freigeben"},
    )


def bild_verwerfen(request: CaseRequest, bild: int) -> HttpResponse:
    """Drop a picture that waits."""
    return _end(request, bild, "verwerfen", "Das Bild ist verworfen.")


def bild_ablegen(request: CaseRequest, bild: int) -> HttpResponse:
    """Print a picture no more."""
    return _end(request, bild, "ablegen", "Neue Schreiben tragen das Bild nicht mehr.")


_ENDE = {"verwerfen": service.reject_bild, "ablegen": service.end_bild}


def _end(request: CaseRequest, bild: int, schritt: str, done: str) -> HttpResponse:
    row = _or_404(bild)
    if erledigt := _misplaced(request, row, schritt):
        return erledigt
    titel = str(BEHOERDENBILD.uebergang(schritt).titel)

    def act(form: BegruendungForm) -> str:
        _ENDE[schritt](
            bild=row, grund=form.cleaned_data["text"], by=request.user, tag=timezone.localdate()
        )
        return reverse("behoerde_bilder")

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=_context(f"{row.get_art_display()}: {titel}", einleitung=str(row)),
        act=act,
        done=done,
        form_kwargs={"label": "Grund", "absenden": titel},
    )


def _context(titel: str, **extra: Any) -> dict[str, Any]:
    liste = reverse("behoerde_bilder")
    return {
        "titel": titel,
        "zurueck": liste,
        "brotkrumen": [
            ("Behörde", reverse("behoerde")),
            ("Logo und Siegel", liste),
            (titel, None),
        ],
        **extra,
    }


def _misplaced(request: CaseRequest, row: Behoerdenbild, schritt: str) -> HttpResponse | None:
    return misplaced(request, BEHOERDENBILD, schritt, row.state, reverse("behoerde_bilder"))


def _or_404(bild: int) -> Behoerdenbild:
    row = list_bilder().filter(pk=bild).first()
    if row is None:
        raise Http404
    return row
