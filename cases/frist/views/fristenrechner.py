"""The calculators: any Frist of the catalogue, and the Bekanntgabe of a Bescheid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.frist.forms.fristenrechner import BekanntgabeForm, FristForm, RechnerForm
from cases.frist.services.frist import calculate_frist, land
from recht.bekanntgabe import WEGE, Bekanntgabeergebnis, KeineBekanntgabe, bekanntgabe
from recht.fehler import (
    AusserhalbDerDeckung,
    EingabeUngueltig,
    FristUnbekannt,
    LandUnbekannt,
    ParameterUnbekannt,
    RechtFehler,
)
from recht.feiertag import LAENDER
from recht.fristen import Fristergebnis
from recht.fristkatalog import fristregel
from recht.grad import SICHER, STUFEN, grad_satz
from recht.rechtsstand import BEZEICHNUNG, Rechtsstand

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_SEITEN = (("Fristen", "fristenrechner"), ("Bekanntgabe und Widerspruch", "bekanntgaberechner"))
# Where the form asks for what an error of `recht` names.
_FELDER = {"pausen": "pause1_von"}
# What is well checked needs no remark beside a result.
_OHNE_VORBEHALT = frozenset({"", *(g for g, stufe in STUFEN.items() if stufe == SICHER)})
_CODES = {
    "S": "Ein Ende an einem Samstag, Sonntag oder Feiertag rückt auf den nächsten Werktag.",
    "N": "Der Tag rückt nicht auf einen Werktag.",
    "Q": "Ob der Tag auf einen Werktag rückt, ist umstritten; gezeigt ist der frühere Tag.",
    "-": "",
}


def fristenrechner(request: CaseRequest) -> HttpResponse:
    """Compute one Frist and show every step that led to it."""
    form = FristForm(request.GET if "frist" in request.GET else None, initial={"land": land()})
    ergebnis = _frist(form) if form.is_valid() else None
    extra: dict[str, Any] = {}
    if ergebnis is not None:
        extra = {
            "regel": fristregel(ergebnis.frist),
            "verschiebung": _CODES[ergebnis.code],
            "vorbehalt": "" if ergebnis.grad in _OHNE_VORBEHALT else grad_satz(ergebnis.grad),
            "pausen": form.pausen,
        }
    return _page(request, form, ergebnis, "fristenrechner", "Fristenrechner", **extra)


def _frist(form: FristForm) -> Fristergebnis | None:
    data = form.cleaned_data
    angaben: dict[str, Any] = {
        "pausen": form.pausen,
        "tagesbeginn": {"": None, "ja": True, "nein": False}[data["tagesbeginn"]],
        "laenge": data["laenge"] or None,
        "geltend_bis": data["geltend_bis"],
        "rechtsstand": Rechtsstand(data["rechtsstand"]) if data["rechtsstand"] else None,
    }
    try:
        return calculate_frist(data["frist"], data["ausloeser"], _ort(data["land"]), **angaben)
    except RechtFehler as error:
        form.add_error(_field_of(error, "ausloeser"), str(error))
        return None


def _ort(gewaehlt: str) -> str:
    """Return the seat of the authority where its own Land is asked for, another Land as it is."""
    hier = land()
    return hier if gewaehlt == hier else gewaehlt


def bekanntgaberechner(request: CaseRequest) -> HttpResponse:
    """Compute the day of notification and the end of the Widerspruchsfrist."""
    form = BekanntgabeForm(
        request.GET if "aufgabe" in request.GET else None, initial={"land": land()}
    )
    ergebnis = _bekanntgabe(form) if form.is_valid() else None
    extra = {"weg": WEGE[ergebnis.weg]} if ergebnis else {}
    return _page(request, form, ergebnis, "bekanntgaberechner", "Bekanntgabe berechnen", **extra)


def _bekanntgabe(form: BekanntgabeForm) -> Bekanntgabeergebnis | None:
    data = form.cleaned_data
    try:
        return bekanntgabe(
            data["aufgabe"],
            data["weg"],
            _ort(data["land"]),
            rbb=data["rbb"],
            ausland=data["ausland"],
            zugang=data["zugang"],
        )
    except RechtFehler as error:
        form.add_error(_field_of(error, "aufgabe"), str(error))
        return None


def _field_of(error: RechtFehler, tag: str) -> str | None:
    """Return the field that an error of `recht` belongs to; None for the form as a whole."""
    if isinstance(error, AusserhalbDerDeckung | ParameterUnbekannt):
        return tag
    if isinstance(error, KeineBekanntgabe):
        return "zugang"
    if isinstance(error, LandUnbekannt):
        return "land"
    if isinstance(error, EingabeUngueltig) and error.feld:
        return _FELDER.get(error.feld, error.feld)
    return "frist" if isinstance(error, FristUnbekannt) else None


def _page(
    request: CaseRequest, form: RechnerForm, ergebnis: Any, aktiv: str, titel: str, **extra: Any
) -> HttpResponse:
    if ergebnis is not None:
        extra["rechtsstand"] = BEZEICHNUNG[ergebnis.rechtsstand]
        extra["land"] = LAENDER[form.cleaned_data["land"]]
    return render(
        request,
        f"cases/frist/fristenrechner/{aktiv}.html",
        {
            "titel": titel,
            "form": form,
            "ergebnis": ergebnis,
            "reiter": [
                {"titel": name, "url": reverse(url), "aktiv": url == aktiv} for name, url in _SEITEN
            ],
            **extra,
        },
        status=422 if form.errors else 200,
    )
