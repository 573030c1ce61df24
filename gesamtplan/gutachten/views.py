"""Pages of the Gutachten of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.forms.begruendung import BegruendungForm
from cases.models.unterlage import Unterlagenart
from cases.unterlage.queries.unterlage import usable_unterlagen
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context
from gesamtplan.gutachten import services
from gesamtplan.gutachten.forms import EingangForm, GutachtenForm, VerwertungForm, WahlForm
from gesamtplan.gutachten.guards import open_ermittlung
from gesamtplan.gutachten.queries import (
    find_gutachten,
    gutachten_of,
    vorhandenes_of,
    werte_of_gutachten,
)
from gesamtplan.gutachten.schritte import (
    BEGINN,
    GUTACHTENSCHRITTE,
    Beginnlage,
    Gutachtenlage,
)
from gesamtplan.states.gutachten import GUTACHTEN, Gutachtenstand, Wahldurch

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Gutachten

_TAB = "bedarf"


def _liste(fall: int) -> str:
    return reverse("gutachten", args=[fall])


def gutachten(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the Gutachten of the case with their steps and letters, and what is on file."""
    heute, darf = timezone.localdate(), access.may_write(request.user)
    return render(
        request,
        "gesamtplan/gutachten/liste.html",
        case_context(
            request,
            "Gutachten",
            _TAB,
            zeilen=[
                {
                    "row": row,
                    "farbe": GUTACHTEN.farben[row.state],
                    "schritte": GUTACHTENSCHRITTE.schritte(Gutachtenlage(request.user, heute, row)),
                    "wahlbrief": darf and row.state == Gutachtenstand.BENANNT,
                    "auftrag": darf and row.state == Gutachtenstand.GEWAEHLT,
                }
                for row in gutachten_of(request.case)
            ],
            vorhandenes=vorhandenes_of(request.case),
            schritte=BEGINN.schritte(Beginnlage(request.user, heute, request.case)),
            zurueck=reverse("bedarf", args=[fall]),
        ),
    )


def gutachten_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Prepare a Gutachten."""
    heute = timezone.localdate()
    schritt = BEGINN.schritt(Beginnlage(request.user, heute, request.case), "veranlassen")
    if request.method != "POST" and (schritt is None or schritt.hindernisse):
        return redirect(_liste(fall))

    def act(form: GutachtenForm) -> str:
        services.create_gutachten(
            case=request.case, angaben=form.angaben(), by=request.user, tag=heute
        )
        return _liste(fall)

    return run_form(
        request,
        GutachtenForm,
        template="gesamtplan/gutachten/formular.html",
        context=case_context(
            request,
            "Gutachten veranlassen",
            _TAB,
            zurueck=_liste(fall),
            vorhandenes=vorhandenes_of(request.case),
        ),
        act=act,
        done="Das Gutachten ist vorbereitet. Benennen Sie jetzt die Sachverständigen.",
    )


def gutachten_bearbeiten(request: CaseRequest, fall: int, gutachten: int) -> HttpResponse:
    """Change questions and experts before these are named."""
    row = _or_404(request, gutachten)
    if weg := misplaced(request, GUTACHTEN, "bearbeiten", row.state, _liste(fall)):
        return weg

    def act(form: GutachtenForm) -> str:
        services.update_gutachten(
            gutachten=row,
            angaben=form.angaben(),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste(fall)

    return run_form(
        request,
        GutachtenForm,
        template="gesamtplan/gutachten/formular.html",
        context=case_context(
            request,
            "Gutachten bearbeiten",
            _TAB,
            zurueck=_liste(fall),
            vorhandenes=vorhandenes_of(request.case),
        ),
        act=act,
        zu=lambda: GUTACHTENSCHRITTE.weigerung(
            Gutachtenlage(request.user, timezone.localdate(), row), "bearbeiten"
        ),
        done="Die Angaben sind gespeichert.",
        gespeichert=werte_of_gutachten(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def gutachten_benennen(request: CaseRequest, fall: int, gutachten: int) -> HttpResponse:
    """Name the experts."""
    row = _or_404(request, gutachten)

    def act() -> str:
        services.issue_benennung(gutachten=row, by=request.user, tag=timezone.localdate())
        return _liste(fall)

    return run_step(
        request,
        act=act,
        back=_liste(fall),
        done="Die Sachverständigen sind benannt. Der Brief mit der Wahl liegt bereit.",
    )


def gutachten_waehlen(request: CaseRequest, fall: int, gutachten: int) -> HttpResponse:
    """Note the choice of the person."""
    row, heute = _or_404(request, gutachten), timezone.localdate()
    if weg := misplaced(request, GUTACHTEN, "waehlen", row.state, _liste(fall)):
        return weg

    def act(form: WahlForm) -> str:
        angaben = {name: form.cleaned_data[name] for name in ("wahl", "durch", "grund", "am")}
        services.record_wahl(gutachten=row, by=request.user, tag=heute, **angaben)
        return _liste(fall)

    return run_form(
        request,
        WahlForm,
        template="base_formular.html",
        context=case_context(request, "Wahl festhalten", _TAB, zurueck=_liste(fall)),
        act=act,
        zu=lambda: GUTACHTENSCHRITTE.weigerung(
            Gutachtenlage(request.user, timezone.localdate(), row), "waehlen"
        ),
        done="Die Wahl ist festgehalten. Der Auftrag liegt bereit.",
        form_kwargs={"row": row},
        initial={"durch": Wahldurch.PERSON, "am": heute},
    )


def gutachten_annehmen(request: CaseRequest, fall: int, gutachten: int) -> HttpResponse:
    """Note that the Gutachten is there."""
    row, heute = _or_404(request, gutachten), timezone.localdate()
    if weg := misplaced(request, GUTACHTEN, "annehmen", row.state, _liste(fall)):
        return weg

    def act(form: EingangForm) -> str:
        services.accept_gutachten(
            gutachten=row,
            am=form.cleaned_data["am"],
            unterlage=form.cleaned_data["unterlage"],
            by=request.user,
            tag=heute,
        )
        return _liste(fall)

    return run_form(
        request,
        EingangForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Eingang festhalten",
            _TAB,
            zurueck=_liste(fall),
            einleitung="Legen Sie das Gutachten zuerst unter „Unterlagen“ ab, dann können Sie es "
            "hier wählen. Mit dem Eingang laufen die zwei Wochen bis zur Entscheidung.",
        ),
        act=act,
        zu=lambda: GUTACHTENSCHRITTE.weigerung(
            Gutachtenlage(request.user, timezone.localdate(), row), "annehmen"
        ),
        done="Der Eingang ist festgehalten.",
        form_kwargs={"unterlagen": usable_unterlagen(request.case, Unterlagenart.GUTACHTEN)},
        initial={"am": heute},
    )


def gutachten_verwerten(request: CaseRequest, fall: int, gutachten: int) -> HttpResponse:
    """Write down, by Lebensbereich, what the Gutachten finds."""
    row = _or_404(request, gutachten)
    if weg := misplaced(request, GUTACHTEN, "verwerten", row.state, _liste(fall)):
        return weg
    ermittlung = open_ermittlung(request.case)
    if ermittlung is None and request.method != "POST":
        return redirect(_liste(fall))

    def act(form: VerwertungForm) -> str:
        fertig = services.complete_gutachten(
            gutachten=row, texte=form.texte(), by=request.user, tag=timezone.localdate()
        )
        return reverse("bedarf_anzeigen", args=[fall, fertig.bedarfsermittlung_id])

    return run_form(
        request,
        VerwertungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Gutachten im Bedarf verwerten",
            _TAB,
            zurueck=_liste(fall),
            einleitung="Was das Gutachten feststellt, steht danach mit dem Namen der "
            "Sachverständigen in der Bedarfsermittlung, neben den Worten der Person. Es wird "
            "nicht mehr geändert.",
        ),
        act=act,
        zu=lambda: GUTACHTENSCHRITTE.weigerung(
            Gutachtenlage(request.user, timezone.localdate(), row), "verwerten"
        ),
        done="Das Gutachten ist im Bedarf verwertet.",
    )


def gutachten_entfallen(request: CaseRequest, fall: int, gutachten: int) -> HttpResponse:
    """Say why no Gutachten is needed any more."""
    row = _or_404(request, gutachten)
    if weg := misplaced(request, GUTACHTEN, "entfallen", row.state, _liste(fall)):
        return weg

    def act(form: BegruendungForm) -> str:
        services.discard_gutachten(
            gutachten=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste(fall)

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=case_context(request, "Gutachten nicht mehr nötig", _TAB, zurueck=_liste(fall)),
        act=act,
        done="Der Grund ist vermerkt.",
        form_kwargs={"label": "Grund", "absenden": "Vermerken"},
    )


def _or_404(request: CaseRequest, nummer: int) -> Gutachten:
    row = find_gutachten(request.case, {"gutachten": nummer})
    if row is None:
        raise Http404
    return row
