"""Pages of the report of a provider: asked for, reminded, typed in or taken in as a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.dateien.aufruf import read_form_apart
from cases.dateien.grenzen import Ablehnung
from cases.registry.schritt import Hindernis
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.services.unterlage import content_of
from cases.views.formular import run_form, run_step, still_there
from cases.views.rahmen import case_context
from gesamtplan.models.stand import werte_of_bericht
from gesamtplan.ueberpruefung import guards
from gesamtplan.ueberpruefung.forms.bericht import BogenForm, UebernahmeForm
from gesamtplan.ueberpruefung.forms.ueberpruefung import AnforderungForm, BerichtForm
from gesamtplan.ueberpruefung.queries import (
    bericht_of,
    bogen_of,
    providers_of,
    said_by_provider,
)
from gesamtplan.ueberpruefung.schritte import PRUEFSCHRITTE, Prueflage
from gesamtplan.ueberpruefung.services import bericht as services
from gesamtplan.ueberpruefung.views.ueberpruefung import own_ueberpruefung, url_of

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Ueberpruefung, Verlaufsbericht

_TAB = "gesamtplan"


def verlaufsbericht_neu(request: CaseRequest, fall: int, ueberpruefung: int) -> HttpResponse:
    """Note that a provider is asked for a report."""
    row = own_ueberpruefung(request, ueberpruefung)
    heute = timezone.localdate()

    def act(form: AnforderungForm) -> str:
        services.add_verlaufsbericht(
            ueberpruefung=row,
            leistungserbringer=form.cleaned_data["leistungserbringer"],
            bis=form.cleaned_data["bis"],
            by=request.user,
            tag=heute,
        )
        return url_of(row, "berichte")

    return run_form(
        request,
        AnforderungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Bericht anfordern",
            _TAB,
            zurueck=url_of(row),
            einleitung="Danach setzen Sie das Schreiben an den Leistungserbringer.",
        ),
        act=act,
        zu=lambda: PRUEFSCHRITTE.weigerung(
            Prueflage(request.user, heute, row), "bericht_anfordern"
        ),
        done="Die Anforderung ist vermerkt.",
        form_kwargs={"erbringer": providers_of(row.gesamtplan), "heute": heute},
    )


def verlaufsbericht_eintragen(request: CaseRequest, fall: int, bericht: int) -> HttpResponse:
    """Take in a report that has come."""
    eintrag = _bericht_or_404(request, bericht)
    row = own_ueberpruefung(request, eintrag.ueberpruefung_id)
    heute = timezone.localdate()
    if back := _refused(request, guards.bericht_steht_aus(eintrag, heute), row):
        return back

    def act(form: BerichtForm) -> str:
        services.accept_verlaufsbericht(
            bericht=eintrag,
            text=form.cleaned_data["text"],
            eingegangen_am=form.cleaned_data["eingegangen_am"],
            bewertungen=form.bewertungen(),
            by=request.user,
            tag=heute,
        )
        return url_of(row, "berichte")

    return run_form(
        request,
        BerichtForm,
        template="base_formular.html",
        context=case_context(
            request, f"Bericht von {eintrag.leistungserbringer}", _TAB, zurueck=url_of(row)
        ),
        act=act,
        zu=lambda: PRUEFSCHRITTE.weigerung(Prueflage(request.user, heute, row), "bearbeiten"),
        done="Der Bericht ist eingetragen.",
        form_kwargs={"ziele": list(row.gesamtplan.teilhabeziele.all()), "heute": heute},
        initial={"eingegangen_am": eintrag.eingegangen_am or heute},
    )


def verlaufsbericht_bogen(request: CaseRequest, fall: int, bericht: int) -> HttpResponse:
    """Take in the form that a provider has sent back."""
    eintrag = _bericht_or_404(request, bericht)
    row = own_ueberpruefung(request, eintrag.ueberpruefung_id)
    heute = timezone.localdate()
    if back := _refused(request, guards.bericht_steht_aus(eintrag, heute), row):
        return back

    def act(form: BogenForm) -> str:
        services.file_bogen(
            bericht=eintrag,
            datei=form.cleaned_data["dateien"],
            eingegangen_am=form.cleaned_data["eingegangen_am"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return reverse("verlaufsbericht_uebernehmen", args=[fall, bericht])

    return run_form(
        request,
        BogenForm,
        template="base_formular.html",
        context=case_context(
            request,
            f"Bogen von {eintrag.leistungserbringer}",
            _TAB,
            zurueck=url_of(row, "berichte"),
            einleitung="Sie sehen danach je Ziel, was im Bogen steht, und wählen, was gilt.",
        ),
        act=act,
        zu=lambda: PRUEFSCHRITTE.weigerung(Prueflage(request.user, heute, row), "bearbeiten"),
        done="Der Bogen ist abgelegt. Bitte wählen Sie, was Sie übernehmen.",
        form_kwargs={"bericht": eintrag, "heute": heute},
        initial={"eingegangen_am": heute},
    )


def verlaufsbericht_uebernehmen(request: CaseRequest, fall: int, bericht: int) -> HttpResponse:
    """Choose what of the form is taken over, answer by answer."""
    eintrag = _bericht_or_404(request, bericht)
    row = own_ueberpruefung(request, eintrag.ueberpruefung_id)
    heute = timezone.localdate()
    if back := _refused(request, guards.bogen_ist_zu_uebernehmen(eintrag, heute), row):
        return back
    try:
        bogen = bogen_of(eintrag, read_form_apart(content_of(still_there(eintrag.unterlage))))
    except (Ablehnung, SchrittUnzulaessig) as error:
        messages.error(request, str(error))
        return redirect(url_of(row, "berichte"))

    def act(form: UebernahmeForm) -> str:
        services.accept_bogen(
            bericht=eintrag,
            text=form.allgemein(),
            bewertungen=form.bewertungen(),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=heute,
        )
        return url_of(row, "berichte")

    return run_form(
        request,
        UebernahmeForm,
        template="gesamtplan/ueberpruefung/uebernehmen.html",
        context=case_context(
            request,
            f"Bogen von {eintrag.leistungserbringer}",
            _TAB,
            bericht=eintrag,
            zurueck=url_of(row, "berichte"),
        ),
        act=act,
        zu=lambda: PRUEFSCHRITTE.weigerung(Prueflage(request.user, heute, row), "bearbeiten"),
        done="Die Auswahl ist übernommen.",
        form_kwargs={
            "bericht": eintrag,
            "bogen": bogen,
            "bisher": said_by_provider(eintrag),
            "ziele": list(row.gesamtplan.teilhabeziele.all()),
        },
        gespeichert=werte_of_bericht(eintrag, row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def _refused(
    request: CaseRequest, hindernis: Hindernis | None, row: Ueberpruefung
) -> HttpResponse | None:
    """Lead back with the sentence; a POST is left to the service, which knows a repeated one."""
    if hindernis is None or request.method == "POST":
        return None
    messages.error(request, f"{hindernis.text} ({hindernis.norm})")
    return redirect(url_of(row, "berichte"))


def verlaufsbericht_erinnern(request: CaseRequest, fall: int, bericht: int) -> HttpResponse:
    """Note that the provider is reminded; the reminder is then set as a letter."""
    eintrag = _bericht_or_404(request, bericht)
    ziel = reverse("ueberpruefung_anzeigen", args=[fall, eintrag.ueberpruefung_id]) + "#berichte"

    def act() -> str:
        services.mark_erinnert(bericht=eintrag, by=request.user, tag=timezone.localdate())
        return ziel

    done = "Die Erinnerung ist vermerkt. Bitte setzen Sie jetzt das Schreiben."
    return run_step(request, act=act, back=ziel, done=done)


def _bericht_or_404(request: CaseRequest, bericht: int) -> Verlaufsbericht:
    found = bericht_of(request.case, bericht)
    if found is None:
        raise Http404
    return found
