"""The tab „Bedarf“: Bedarfsermittlungen of a case, written along the nine Lebensbereiche."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.forms.begruendung import BestaetigungForm
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from gesamtplan.bedarf import services
from gesamtplan.bedarf.forms import BedarfForm, GespraechForm
from gesamtplan.bedarf.queries import (
    bedarfsermittlung_of,
    bedarfsermittlungen_of,
    filled_bedarfe,
    suggested_instrument,
)
from gesamtplan.bedarf.schritte import BEDARFSSCHRITTE, BEGINN, Bedarfslage, Beginnlage
from gesamtplan.models.stand import werte_of_bedarfsermittlung
from gesamtplan.states import BEDARFSERMITTLUNG, Ermittlungszustand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Bedarfsermittlung


def bedarf(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the newest Bedarfsermittlung and the list of all."""
    alle = list(bedarfsermittlungen_of(request.case))
    return _page(request, alle[0] if alle else None, alle)


def bedarf_anzeigen(request: CaseRequest, fall: int, ermittlung: int) -> HttpResponse:
    """Show one Bedarfsermittlung of the case."""
    alle = list(bedarfsermittlungen_of(request.case))
    row = next((r for r in alle if r.pk == ermittlung), None)
    if row is None:
        raise Http404
    return _page(request, row, alle)


def _page(
    request: CaseRequest, row: Bedarfsermittlung | None, alle: list[Bedarfsermittlung]
) -> HttpResponse:
    heute = timezone.localdate()
    offen = next((r for r in alle if r.state == Ermittlungszustand.ENTWURF), None)
    beginn = BEGINN.schritte(Beginnlage(request.user, heute, request.case, offen))
    return render(
        request,
        "gesamtplan/bedarf/seite.html",
        case_context(
            request,
            "Bedarf",
            "bedarf",
            ermittlung=row,
            farbe=BEDARFSERMITTLUNG.farben[row.state] if row else "",
            bedarfe=filled_bedarfe(row) if row else [],
            alle=alle,
            farben=BEDARFSERMITTLUNG.farben,
            schritte=(
                BEDARFSSCHRITTE.schritte(Bedarfslage(request.user, heute, request.case, row))
                if row
                else []
            ),
            darf_beginnen=bool(beginn),
        ),
    )


def bedarf_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin a Bedarfsermittlung."""
    case = request.case

    def act(form: GespraechForm) -> str:
        row = services.start_bedarfsermittlung(
            case=case,
            datum=form.cleaned_data["datum"],
            instrument=form.cleaned_data["instrument"],
            beteiligte=form.cleaned_data["beteiligte"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return reverse("bedarf_bearbeiten", args=[fall, row.pk])

    person = case.leistungsberechtigte_person.voller_name
    return run_form(
        request,
        GespraechForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Bedarfsermittlung beginnen",
            zurueck=reverse("bedarf", args=[fall]),
            einleitung="Der Bedarf wird im Gespräch mit der Person ermittelt. Danach tragen Sie "
            "je Lebensbereich ein, was Sie besprochen haben.",
        ),
        act=act,
        initial={
            "instrument": suggested_instrument(timezone.localdate()),
            "beteiligte": f"{person}, leistungsberechtigte Person\n"
            f"{request.user.get_full_name()}, {request.user.funktion or 'Fallmanagement'}",
        },
    )


def bedarf_bearbeiten(request: CaseRequest, fall: int, ermittlung: int) -> HttpResponse:
    """Write the nine Lebensbereiche."""
    row = _own(request, ermittlung)
    if row.state != Ermittlungszustand.ENTWURF:
        return redirect("bedarf_anzeigen", fall, ermittlung)

    def act(form: BedarfForm) -> str:
        services.update_bedarf(
            bedarfsermittlung=row,
            befunde=form.befunde(),
            datum=form.cleaned_data["datum"],
            instrument=form.cleaned_data["instrument"],
            beteiligte=form.cleaned_data["beteiligte"],
            ergebnis=form.cleaned_data["ergebnis"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return reverse("bedarf_anzeigen", args=[fall, row.pk])

    return run_form(
        request,
        BedarfForm,
        template="gesamtplan/bedarf/formular.html",
        context=case_context(
            request,
            "Bedarf eintragen",
            "bedarf",
            zurueck=reverse("bedarf_anzeigen", args=[fall, row.pk]),
        ),
        act=act,
        done="Die Angaben zum Bedarf sind gespeichert.",
        gespeichert=werte_of_bedarfsermittlung(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def bedarf_abschliessen(request: CaseRequest, fall: int, ermittlung: int) -> HttpResponse:
    """Close a Bedarfsermittlung after everything was shown once more."""
    row = _own(request, ermittlung)
    if row.state != Ermittlungszustand.ENTWURF:
        return redirect("bedarf_anzeigen", fall, ermittlung)
    lage = Bedarfslage(request.user, timezone.localdate(), request.case, row)

    def act(form: BestaetigungForm) -> str:
        services.complete_bedarfsermittlung(
            bedarfsermittlung=row, by=request.user, tag=timezone.localdate()
        )
        return reverse("bedarf_anzeigen", args=[fall, row.pk])

    return run_form(
        request,
        BestaetigungForm,
        template="gesamtplan/bedarf/abschliessen.html",
        context=case_context(
            request,
            "Bedarfsermittlung abschließen",
            "bedarf",
            zurueck=reverse("bedarf_anzeigen", args=[fall, row.pk]),
            ermittlung=row,
            bedarfe=filled_bedarfe(row),
            hindernisse=BEDARFSSCHRITTE.hindernisse(lage, "abschliessen"),
        ),
        act=act,
        done="Die Bedarfsermittlung ist abgeschlossen.",
        form_kwargs={"absenden": "Bedarfsermittlung abschließen"},
    )


def _own(request: CaseRequest, ermittlung: int) -> Bedarfsermittlung:
    row = bedarfsermittlung_of(request.case, ermittlung)
    if row is None:
        raise Http404
    return row
