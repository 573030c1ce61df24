"""Pages of a review: all of a case side by side, one with its steps, its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.registry.schritt import Schritt
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from gesamtplan.models.stand import werte_of_ueberpruefung
from gesamtplan.states.ueberpruefung import (
    UEBERPRUEFUNG,
    Pruefanlass,
    Pruefergebnis,
    Pruefstand,
)
from gesamtplan.ueberpruefung.forms.ueberpruefung import (
    AbschlussForm,
    BeginnForm,
    UeberpruefungForm,
)
from gesamtplan.ueberpruefung.queries import sprecher_of, ueberpruefung_of, ueberpruefungen_of
from gesamtplan.ueberpruefung.queries.verlauf import leiter_of, verlaeufe_of
from gesamtplan.ueberpruefung.schritte import BEGINN, PRUEFSCHRITTE, Prueflage, begin_lage
from gesamtplan.ueberpruefung.services import ueberpruefung as services

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Ueberpruefung

_TAB = "gesamtplan"


def ueberpruefungen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show every goal through all reviews, as a chart and as its table."""
    rows = list(ueberpruefungen_of(request.case))
    lage = begin_lage(request.case, request.user, timezone.localdate())
    return render(
        request,
        "gesamtplan/ueberpruefung/liste.html",
        case_context(
            request,
            "Überprüfungen",
            _TAB,
            alle=rows,
            farben=UEBERPRUEFUNG.farben,
            schritte=BEGINN.schritte(lage),
            verlaeufe=[(verlauf, leiter_of(verlauf)) for verlauf in verlaeufe_of(rows)],
            zurueck=reverse("gesamtplan", args=[fall]),
        ),
    )


def ueberpruefung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin a review."""

    def act(form: BeginnForm) -> str:
        row = services.start_ueberpruefung(
            case=request.case,
            anlass=form.cleaned_data["anlass"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return url_of(row)

    return run_form(
        request,
        BeginnForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Ziele überprüfen",
            _TAB,
            zurueck=reverse("ueberpruefungen", args=[fall]),
            einleitung="Überprüft wird der freigegebene Gesamtplan. Person, Leistungserbringer und "
            "Fallmanagement schätzen jedes Ziel für sich ein.",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            begin_lage(request.case, request.user, timezone.localdate()), "ueberpruefen"
        ),
        done="Die Überprüfung ist begonnen.",
        initial={"anlass": Pruefanlass.PLANMAESSIG},
    )


def ueberpruefung_anzeigen(request: CaseRequest, fall: int, ueberpruefung: int) -> HttpResponse:
    """Show one review with its ratings side by side."""
    row = own_ueberpruefung(request, ueberpruefung)
    heute = timezone.localdate()
    lage = Prueflage(request.user, heute, row)
    return render(
        request,
        "gesamtplan/ueberpruefung/seite.html",
        case_context(
            request,
            "Überprüfung",
            _TAB,
            row=row,
            farbe=UEBERPRUEFUNG.farben[row.state],
            schritte=[*PRUEFSCHRITTE.schritte(lage), *_following(request, row)],
            tore=PRUEFSCHRITTE.tore(lage, "abschliessen") if row.state == Pruefstand.OFFEN else [],
            verlaeufe=verlaeufe_of([row]),
            heute=heute,
            zurueck=reverse("ueberpruefungen", args=[fall]),
        ),
    )


def _following(request: CaseRequest, row: Ueberpruefung) -> list[Schritt]:
    """Return where a closed review leads."""
    if (
        row.state == Pruefstand.OFFEN
        or not request.user.rollen & UEBERPRUEFUNG.uebergang("abschliessen").rollen
    ):
        return []
    if row.ergebnis == Pruefergebnis.FORTSCHREIBEN:
        plan = row.gesamtplan
        if plan.case.gesamtplaene.filter(version__gt=plan.version).exists():
            return []
        url = reverse("gesamtplan_fortschreiben", args=[row.case_id, plan.version])
        return [Schritt("Gesamtplan fortschreiben", url, haupt=True)]
    if row.ergebnis == Pruefergebnis.BEENDEN:
        return [Schritt("Zum Ende des Falls", reverse("fall", args=[row.case_id]))]
    return []


def ueberpruefung_eintragen(request: CaseRequest, fall: int, ueberpruefung: int) -> HttpResponse:
    """Write the talk and the ratings."""
    row = own_ueberpruefung(request, ueberpruefung)
    if row.state != Pruefstand.OFFEN:
        return redirect("ueberpruefung_anzeigen", fall, ueberpruefung)
    heute = timezone.localdate()

    def act(form: UeberpruefungForm) -> str:
        services.update_ueberpruefung(
            ueberpruefung=row,
            bewertungen=form.bewertungen(),
            gespraech_am=form.cleaned_data["gespraech_am"],
            ort=form.cleaned_data["ort"],
            beteiligte=form.cleaned_data["beteiligte"],
            notiz=form.cleaned_data["notiz"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=heute,
        )
        return url_of(row)

    return run_form(
        request,
        UeberpruefungForm,
        template="gesamtplan/ueberpruefung/formular.html",
        context=case_context(request, "Überprüfung eintragen", _TAB, zurueck=url_of(row)),
        act=act,
        zu=lambda: PRUEFSCHRITTE.weigerung(Prueflage(request.user, heute, row), "bearbeiten"),
        done="Die Überprüfung ist gespeichert.",
        form_kwargs={
            "ziele": list(row.gesamtplan.teilhabeziele.all()),
            "sprecher": sprecher_of(row),
            "heute": heute,
        },
        gespeichert=werte_of_ueberpruefung(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def ueberpruefung_abschliessen(request: CaseRequest, fall: int, ueberpruefung: int) -> HttpResponse:
    """Close a review with its outcome."""
    row = own_ueberpruefung(request, ueberpruefung)
    if row.state != Pruefstand.OFFEN:
        return redirect("ueberpruefung_anzeigen", fall, ueberpruefung)
    heute = timezone.localdate()
    tore = PRUEFSCHRITTE.tore(Prueflage(request.user, heute, row), "abschliessen")

    def act(form: AbschlussForm) -> str:
        services.complete_ueberpruefung(
            ueberpruefung=row,
            ergebnis=form.cleaned_data["ergebnis"],
            grund=form.cleaned_data["grund"],
            by=request.user,
            tag=heute,
        )
        return url_of(row)

    return run_form(
        request,
        AbschlussForm,
        template="gesamtplan/ueberpruefung/abschliessen.html",
        context=case_context(
            request,
            "Überprüfung abschließen",
            _TAB,
            row=row,
            tore=tore,
            offen=sum(not tor.offen for tor in tore),
            verlaeufe=verlaeufe_of([row]),
            zurueck=url_of(row),
        ),
        act=act,
        done="Die Überprüfung ist abgeschlossen.",
    )


def url_of(row: Ueberpruefung, anker: str = "") -> str:
    """Return the page of a review, at one of its parts."""
    url = reverse("ueberpruefung_anzeigen", args=[row.case_id, row.pk])
    return f"{url}#{anker}" if anker else url


def own_ueberpruefung(request: CaseRequest, ueberpruefung: int) -> Ueberpruefung:
    """Return a review of the case; one of another case is a 404."""
    row = ueberpruefung_of(request.case, ueberpruefung)
    if row is None:
        raise Http404
    return row
