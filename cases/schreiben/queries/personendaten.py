"""What is stored about a person, as labels and values: for the answer to her own question.

Read off the models, so that a new field is told without being named here. Numbers of rows, marks
for searching and what staff noted about other people are left out (Art. 15 Abs. 4 DSGVO).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models

from cases.models import Case, Einwilligung, Schreiben, Unterlage
from cases.models.personenangabe import Personenangabe

# Notes about relatives and representatives are data of theirs.
_NICHT = frozenset({"bemerkung", "wartet", "beleg_geprueft", "iban_ende"})
_TECHNISCH = (models.AutoField, models.ForeignKey)


def stored_about(case: Case) -> list[dict[str, Any]]:
    """Return groups of labels and values about the person of the case, the person first."""
    person = case.leistungsberechtigte_person
    gruppen = [_gruppe("Zur Person", person)]
    for relation in _relations(type(person)):
        for row in getattr(person, relation.get_accessor_name()).all():
            titel = str(row._meta.verbose_name)
            gruppen.append(_gruppe(titel[0].upper() + titel[1:], row))
    return [gruppe for gruppe in gruppen if gruppe["zeilen"]]


def _relations(model: type[models.Model]) -> list[Any]:
    """Return the dated facts that belong to a person, addresses first."""
    rows = [
        feld
        for feld in model._meta.related_objects
        if feld.get_accessor_name() == "anschriften"
        or (issubclass(feld.related_model, Personenangabe) and feld.get_accessor_name())
    ]
    return sorted(rows, key=lambda feld: feld.get_accessor_name() != "anschriften")


def _gruppe(titel: str, row: models.Model) -> dict[str, Any]:
    return {"titel": titel, "zeilen": list(_values(row))}


def _values(row: models.Model) -> Iterator[dict[str, str]]:
    for feld in row._meta.concrete_fields:
        if isinstance(feld, _TECHNISCH) or feld.name in _NICHT or feld.name.endswith("_abdruck"):
            continue
        wert = _word(row, feld)
        if wert:
            name = str(feld.verbose_name)
            yield {"name": name[0].upper() + name[1:], "wert": wert}


def _word(row: models.Model, feld: Any) -> str:
    """Return a value in words, empty where there is none."""
    wert = getattr(row, feld.attname)
    if wert in (None, "", [], {}):
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if feld.choices:
        return str(getattr(row, f"get_{feld.name}_display")())
    if isinstance(wert, date):
        return f"{wert:%d.%m.%Y}"
    if isinstance(wert, list):
        return ", ".join(str(teil) for teil in wert)
    return str(wert)


def papers_of(case: Case) -> dict[str, list[dict[str, str]]]:
    """Return what lies in the file, who wrote it, and to whom letters went."""
    unterlagen = Unterlage.objects.filter(case=case, irrtuemlich_am__isnull=True)
    return {
        "unterlagen": [
            {
                "titel": row.titel,
                "vom": row.datum.isoformat(),
                "von": row.verfasser or "nicht vermerkt",
            }
            for row in unterlagen.order_by("datum", "id")
        ],
        "schreiben": [
            {
                "titel": row.titel,
                "vom": row.datum.isoformat(),
                "an": row.empfaenger[0] if row.empfaenger else "",
            }
            for row in Schreiben.objects.filter(case=case).order_by("datum", "id")
        ],
        "einwilligungen": [
            {
                "titel": row.empfaenger_name,
                "vom": row.erteilt_am.isoformat(),
                "an": row.empfaenger_name,
            }
            for row in Einwilligung.objects.filter(case=case).order_by("erteilt_am", "id")
        ],
    }
