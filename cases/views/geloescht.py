"""What was typed for something that is gone meanwhile: it is shown, so that it can be copied."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest

from cases.forms.basis import BasisForm
from cases.forms.stand import ENTSCHIEDEN, StandForm, readable
from cases.registry.routen import ROUTES
from cases.services.entwurf import typed_fields

_MARKEN = {*StandForm.base_fields, ENTSCHIEDEN, "wahl_noetig"}


class Geloescht(Http404):
    """A row that a form was about is gone; `was` names it before „gibt es nicht mehr“."""

    def __init__(self, was: str, form_class: type[BasisForm]) -> None:
        super().__init__(was)
        self.was, self.form_class = was, form_class


def lost_eingaben(request: HttpRequest, exception: Exception) -> list[tuple[str, str]]:
    """Return label and value of everything typed into a page of ours that is not there any more.

    A form that the view has named gives its labels; without one the names of the fields serve.
    """
    match = request.resolver_match
    row = ROUTES.get(match.view_name) if match else None
    if request.method != "POST" or row is None or not row.schreibt or row.oeffentlich:
        return []
    bekannt = exception.form_class.base_fields if isinstance(exception, Geloescht) else {}
    return [
        (_label(name, bekannt.get(name)), _text(values, bekannt.get(name)))
        for name, values in typed_fields(dict(request.POST.lists())).items()
        if any(values) and name not in _MARKEN and not name.startswith("wahl_")
    ]


def _label(name: str, field: forms.Field | None) -> str:
    if field is not None and field.label:
        return str(field.label)
    return name.replace("_", " ").capitalize()


def _text(values: list[str], field: forms.Field | None) -> str:
    return readable(field, values) if field is not None else ", ".join(values)
