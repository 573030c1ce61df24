"""Pages of the instruments of the authority: list, begin from a template, complete, release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.forms.begruendung import BegruendungForm, BestaetigungForm
from cases.states.rolle import Rolle
from cases.views.formular import misplaced, run_form, run_step
from gesamtplan.instrument import services
from gesamtplan.instrument.forms import (
    InstrumentendeForm,
    InstrumentForm,
    InstrumentfreigabeForm,
    VorlageForm,
)
from gesamtplan.instrument.queries import list_instrumente, werte_of_instrument
from gesamtplan.instrument.schritte import INSTRUMENTSCHRITTE, Instrumentlage
from gesamtplan.models import Instrumentfassung, Lebensbereich
from gesamtplan.states.instrument import INSTRUMENT
from recht.instrumente import vorlagen

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def _liste() -> str:
    return reverse("instrumente")


def _context(titel: str, **extra: Any) -> dict[str, Any]:
    return {
        "titel": titel,
        "zurueck": _liste(),
        "brotkrumen": [("Instrumente", _liste()), (titel, None)],
        **extra,
    }


def instrumente(request: CaseRequest) -> HttpResponse:
    """Show all versions with their steps, and the templates to begin with."""
    heute = timezone.localdate()
    return render(
        request,
        "gesamtplan/instrument/liste.html",
        {
            "titel": "Instrumente",
            "zeilen": [
                {
                    "fassung": row,
                    "farbe": INSTRUMENT.farben[row.state],
                    "schritte": INSTRUMENTSCHRITTE.schritte(
                        Instrumentlage(request.user, heute, row)
                    ),
                    **_inhalt(row),
                }
                for row in list_instrumente()
            ],
            "form": VorlageForm(),
            "darf_schreiben": request.user.has_rolle(Rolle.FACHADMINISTRATION),
        },
    )


def _inhalt(row: Instrumentfassung) -> dict[str, Any]:
    """Return sheets, sections and questions as the page shows them, and what is not covered."""
    aufbau = row.read()
    return {
        "boegen": aufbau.boegen,
        "fehlend": [Lebensbereich(code).label for code in aufbau.nicht_abgedeckt],
    }


def instrument_neu(request: CaseRequest) -> HttpResponse:
    """Write a first version; `?vorlage=` fills in what is delivered."""
    gefragt = request.GET.get("vorlage", "")
    vorlage = next((v for v in vorlagen() if v.schluessel == gefragt), None)
    if vorlage is None and request.method == "GET":
        return redirect(_liste())

    def act(form: InstrumentForm) -> str:
        services.create_instrument(
            angaben=_angaben(form), by=request.user, tag=timezone.localdate()
        )
        return _liste()

    return run_form(
        request,
        InstrumentForm,
        template="base_formular.html",
        context=_context(
            "Neues Instrument",
            einleitung="Aus der Vorlage wird ein Entwurf. Begonnen wird damit erst, wenn eine "
            "zweite Person ihn freigegeben hat.",
        ),
        act=act,
        done="Das Instrument ist angelegt. Eine zweite Person muss es freigeben.",
        initial={
            "bezeichnung": vorlage.bezeichnung,
            "fassung": vorlage.fassung,
            "land": vorlage.land,
            "vollstaendig": vorlage.vollstaendig,
            "quelle": vorlage.quelle,
            "aufbau": vorlage.text,
            "gueltig_ab": timezone.localdate(),
        }
        if vorlage
        else None,
    )


def instrument_bearbeiten(request: CaseRequest, fassung: int) -> HttpResponse:
    """Change a draft."""
    row = _or_404(fassung)
    if weg := misplaced(request, INSTRUMENT, "bearbeiten", row.state, _liste()):
        return weg

    def act(form: InstrumentForm) -> str:
        services.update_instrument(
            fassung=row,
            angaben=_angaben(form),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste()

    return run_form(
        request,
        InstrumentForm,
        template="base_formular.html",
        context=_context("Instrument bearbeiten"),
        act=act,
        done="Das Instrument ist gespeichert.",
        gespeichert=werte_of_instrument(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def instrument_fortschreiben(request: CaseRequest, fassung: int) -> HttpResponse:
    """Write the next version; what was begun finishes in its own."""
    row = _or_404(fassung)
    if weg := misplaced(request, INSTRUMENT, "fortschreiben", row.state, _liste()):
        return weg

    def act(form: InstrumentForm) -> str:
        services.continue_instrument(
            fassung=row, angaben=_angaben(form), by=request.user, tag=timezone.localdate()
        )
        return _liste()

    return run_form(
        request,
        InstrumentForm,
        template="base_formular.html",
        context=_context(
            "Neue Fassung",
            einleitung=f"Begonnene Bedarfsermittlungen enden mit {row}.",
        ),
        act=act,
        done="Die neue Fassung ist angelegt. Eine zweite Person muss sie freigeben.",
        initial={
            **werte_of_instrument(row),
            "fassung": "",
            "gueltig_ab": None,
            "gueltig_bis": None,
        },
    )


def instrument_freigeben(request: CaseRequest, fassung: int) -> HttpResponse:
    """Show all questions and what is not covered, and release the version."""
    row, heute = _or_404(fassung), timezone.localdate()
    if weg := misplaced(request, INSTRUMENT, "freigeben", row.state, _liste()):
        return weg
    lage = Instrumentlage(request.user, heute, row)

    def act(form: InstrumentfreigabeForm) -> str:
        services.release_instrument(fassung=row, by=request.user, tag=heute)
        return _liste()

    return run_form(
        request,
        InstrumentfreigabeForm,
        template="gesamtplan/instrument/pruefung.html",
        context=_context(
            "Instrument freigeben",
            fassung=row,
            hindernis=next(iter(INSTRUMENTSCHRITTE.hindernisse(lage, "freigeben")), None),
            **_inhalt(row),
        ),
        act=act,
        done="Das Instrument ist freigegeben.",
    )


def instrument_verwerfen(request: CaseRequest, fassung: int) -> HttpResponse:
    """Drop a draft with a reason."""
    row = _or_404(fassung)
    if weg := misplaced(request, INSTRUMENT, "verwerfen", row.state, _liste()):
        return weg

    def act(form: BegruendungForm) -> str:
        services.reject_instrument(
            fassung=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _liste()

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=_context("Instrument verwerfen", einleitung=str(row)),
        act=act,
        done="Der Entwurf ist verworfen.",
        form_kwargs={"label": "Grund", "absenden": "Verwerfen"},
    )


def instrument_beenden(request: CaseRequest, fassung: int) -> HttpResponse:
    """Write down when a version ends without a successor."""
    row, heute = _or_404(fassung), timezone.localdate()
    if weg := misplaced(request, INSTRUMENT, "beenden", row.state, _liste()):
        return weg

    def act(form: InstrumentendeForm) -> str:
        services.end_instrument(
            fassung=row,
            letzter_tag=form.cleaned_data["letzter_tag"],
            grund=form.cleaned_data["grund"],
            by=request.user,
            tag=heute,
        )
        return _liste()

    return run_form(
        request,
        InstrumentendeForm,
        template="base_formular.html",
        context=_context("Instrument beenden", einleitung=str(row)),
        act=act,
        zu=lambda: INSTRUMENTSCHRITTE.weigerung(
            Instrumentlage(request.user, timezone.localdate(), row), "beenden"
        ),
        done="Das Ende ist eingetragen. Eine zweite Person muss es bestätigen.",
        form_kwargs={"fassung": row, "heute": heute},
    )


def instrument_ende_bestaetigen(request: CaseRequest, fassung: int) -> HttpResponse:
    """Confirm the end as the second person."""
    row, heute = _or_404(fassung), timezone.localdate()
    if row.ende_am is None and request.method != "POST":
        return redirect(_liste())
    lage = Instrumentlage(request.user, heute, row)

    def act(form: BestaetigungForm) -> str:
        services.confirm_instrumentende(fassung=row, by=request.user, tag=heute)
        return _liste()

    return run_form(
        request,
        BestaetigungForm,
        template="gesamtplan/instrument/pruefung.html",
        context=_context(
            "Ende bestätigen",
            fassung=row,
            hindernis=next(iter(INSTRUMENTSCHRITTE.hindernisse(lage, "ende_bestaetigen")), None),
            **_inhalt(row),
        ),
        act=act,
        done="Das Ende ist bestätigt.",
        form_kwargs={"absenden": "Ende bestätigen"},
    )


def instrument_ende_zuruecknehmen(request: CaseRequest, fassung: int) -> HttpResponse:
    """Drop an end that nobody has confirmed."""
    row = _or_404(fassung)

    def act() -> str:
        services.withdraw_instrumentende(fassung=row, by=request.user, tag=timezone.localdate())
        return _liste()

    return run_step(request, act=act, back=_liste(), done="Das Instrument gilt weiter.")


def _angaben(form: InstrumentForm) -> services.Instrumentangaben:
    namen = services.Instrumentangaben.__dataclass_fields__
    return services.Instrumentangaben(**{name: form.cleaned_data[name] for name in namen})


def _or_404(nummer: int) -> Instrumentfassung:
    row = list_instrumente().filter(pk=nummer).first()
    if row is None:
        raise Http404
    return row
