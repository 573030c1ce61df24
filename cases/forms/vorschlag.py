"""Fields whose text was written over facts that have changed since say so."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.html import format_html

from cases.models.vorschlag import Vorschlagstext


def mark_ueberholt(form: forms.BaseForm, texte: Iterable[Vorschlagstext]) -> None:
    """Tell at each field of an outdated text what would be proposed now."""
    for text in texte:
        if not text.ueberholt or text.name not in form.fields:
            continue
        field = form.fields[text.name]
        field.help_text = format_html(
            "{} <strong>Bitte prüfen:</strong> Seit dieser Text geschrieben wurde, haben sich die "
            "Angaben geändert, auf denen er beruht. Vorgeschlagen würde jetzt: „{}“ Mit dem "
            "Speichern bestätigen Sie Ihren Text.",
            field.help_text,
            text.jetzt,
        )
