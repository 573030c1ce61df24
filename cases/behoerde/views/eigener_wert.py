"""Set an own value of the authority: propose, release by a second person, drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.behoerde.forms.eigener_wert import (
    EigenerWertForm,
    FreigabeForm,
    GesetzwertForm,
    SchluesselForm,
)
from cases.behoerde.guards.eigener_wert import feiertag_des_landes, wert_einstellbar
from cases.behoerde.queries.eigener_wert import eigener_wert, list_eigene_werte
from cases.behoerde.queries.sitz import offered_keys
from cases.behoerde.queries.werte import wert_text
from cases.behoerde.schritte import WERTSCHRITTE, Wertlage
from cases.behoerde.services import eigener_wert as service
from cases.forms.begruendung import BegruendungForm
from cases.models import EigenerWert, wertschluessel
from cases.models.wertschluessel import GESETZ
from cases.states.wert import EIGENER_WERT, Wertzustand
from cases.views.formular import run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def _context(titel: str, **extra: Any) -> dict[str, Any]:
    return {
        "titel": titel,
        "zurueck": _liste(),
        "brotkrumen": [("Rechtsstand und Werte", reverse("werte")), (titel, None)],
        **extra,
    }


def _liste() -> str:
    return f"{reverse('werte')}#eigene-werte"


def eigener_wert_neu(request: CaseRequest) -> HttpResponse:
    """Choose what to set; the next page asks for the value."""
    gewaehlt = request.GET.get("schluessel")
    form = SchluesselForm(None if gewaehlt is None else request.GET, schluessel=offered_keys())
    if form.is_valid():
        return redirect("eigener_wert_eingeben", form.cleaned_data["schluessel"])
    return render(
        request,
        "cases/behoerde/eigener_wert/auswahl.html",
        _context("Neuer eigener Wert", form=form),
        status=422 if form.errors else 200,
    )


def eigener_wert_eingeben(request: CaseRequest, schluessel: str) -> HttpResponse:
    """Propose a value; a key that a norm has settled is refused with that norm."""
    hindernis = wert_einstellbar(schluessel) or feiertag_des_landes(schluessel)
    if hindernis is not None:
        return render(
            request,
            "cases/behoerde/eigener_wert/auswahl.html",
            _context(
                "Neuer eigener Wert",
                form=SchluesselForm(schluessel=offered_keys()),
                hindernis=hindernis,
            ),
            status=422,
        )
    art = wertschluessel()[schluessel]

    def act(form: EigenerWertForm) -> str:
        service.create_eigener_wert(
            schluessel=schluessel, by=request.user, tag=timezone.localdate(), **form.angaben
        )
        return _liste()

    return run_form(
        request,
        GesetzwertForm if schluessel.startswith(GESETZ) else EigenerWertForm,
        template="cases/behoerde/eigener_wert/eingabe.html",
        context=_context(
            "Neuer eigener Wert",
            art=art,
            bisher=list(
                list_eigene_werte().filter(schluessel=schluessel, state=Wertzustand.FREIGEGEBEN)
            ),
        ),
        act=act,
        done="Der Wert ist vorgeschlagen. Eine zweite Person muss ihn freigeben.",
        form_kwargs={"art": art},
    )


def eigener_wert_freigeben(request: CaseRequest, wert: int) -> HttpResponse:
    """Show what will hold from which day, and release it."""
    row, heute = _or_404(wert), timezone.localdate()
    if erledigt := _decided(request, row, "freigeben"):
        return erledigt

    def act(form: FreigabeForm) -> str:
        service.release_eigener_wert(wert=row, by=request.user, tag=heute)
        return _liste()

    return run_form(
        request,
        FreigabeForm,
        template="cases/behoerde/eigener_wert/pruefung.html",
        context=_context(
            "Eigenen Wert freigeben",
            wert=row,
            art=wertschluessel()[row.schluessel],
            bisher=eigener_wert(row.schluessel, row.gueltig_ab),
            rueckwirkend=row.gueltig_ab < heute,
            hindernis=next(
                iter(WERTSCHRITTE.hindernisse(Wertlage(request.user, heute, row), "freigeben")),
                None,
            ),
        ),
        act=act,
        done="Der Wert ist freigegeben.",
    )


def eigener_wert_verwerfen(request: CaseRequest, wert: int) -> HttpResponse:
    """Drop a proposal."""
    return _drop(request, wert, "verwerfen", "Vorschlag verwerfen", "Der Vorschlag ist verworfen.")


def eigener_wert_zuruecknehmen(request: CaseRequest, wert: int) -> HttpResponse:
    """Take back a released value before its first day."""
    return _drop(
        request, wert, "zuruecknehmen", "Wert zurücknehmen", "Der Wert ist zurückgenommen."
    )


def eigener_wert_abloesen(request: CaseRequest, wert: int) -> HttpResponse:
    """Let the value of the package take the place of an entered one."""
    return _drop(
        request,
        wert,
        "abloesen",
        "Wert der Software übernehmen",
        "Von jetzt an gilt der Wert der Software.",
    )


def eigener_wert_beibehalten(request: CaseRequest, wert: int) -> HttpResponse:
    """Keep an entered value although the package has another one."""
    return _drop(
        request,
        wert,
        "beibehalten",
        "Eingegebenen Wert beibehalten",
        "Der eingegebene Wert gilt weiter.",
    )


_MIT_GRUND = {
    "verwerfen": service.reject_eigener_wert,
    "zuruecknehmen": service.cancel_eigener_wert,
    "abloesen": service.accept_paketwert,
    "beibehalten": service.confirm_eigener_wert,
}


def _drop(request: CaseRequest, wert: int, schritt: str, titel: str, done: str) -> HttpResponse:
    row = _or_404(wert)
    if erledigt := _decided(request, row, schritt):
        return erledigt
    anderer = row.paketwert

    def act(form: BegruendungForm) -> str:
        _MIT_GRUND[schritt](
            wert=row, grund=form.cleaned_data["text"], by=request.user, tag=timezone.localdate()
        )
        return _liste()

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=_context(
            titel,
            einleitung=f"{row}. In der Software: {wert_text(anderer)}." if anderer else str(row),
        ),
        act=act,
        zu=lambda: WERTSCHRITTE.weigerung(
            Wertlage(request.user, timezone.localdate(), row), schritt
        ),
        done=done,
        form_kwargs={"label": "Grund", "absenden": titel},
    )


def _or_404(wert: int) -> EigenerWert:
    row = list_eigene_werte().filter(pk=wert).first()
    if row is None:
        raise Http404
    return row


def _decided(request: CaseRequest, row: EigenerWert, schritt: str) -> HttpResponse | None:
    """Lead back to the list when somebody else was faster; a repeated POST is left to the form."""
    if request.method == "POST" or row.state in EIGENER_WERT.uebergang(schritt).von:
        return None
    messages.info(request, f"Über diesen Wert ist schon entschieden: {row.get_state_display()}.")
    return redirect(_liste())
