"""Reads of Gutachten: those of a case, what is on file already, what a plan says about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from cases.models import Case, Traegerbeteiligung, Unterlage
from cases.models.stand import werte_of
from cases.models.unterlage import Pruefstand, Unterlagenart
from gesamtplan.models import Gutachten
from gesamtplan.models.gutachten import BENANNTE
from gesamtplan.states.gutachten import Gutachtenstand

# What says something about health or need that another examination would only repeat.
_VERWERTBAR = (Unterlagenart.GUTACHTEN, Unterlagenart.BEFUND)
_EXPERTENFELDER = ("name", "fachgebiet", "anschrift", "zugang")


def gutachten_of(case: Case) -> QuerySet[Gutachten]:
    """Return the Gutachten of a case with their experts, the newest first; two queries."""
    rows = Gutachten.objects.filter(case=case).select_related(
        "bearbeitet_von", "unterlage", "case__leistungsberechtigte_person"
    )
    return rows.prefetch_related("sachverstaendige")


def find_gutachten(case: Case, teile: Mapping[str, int]) -> Gutachten | None:
    """Return the Gutachten that a page or letter is about, None when it is of another case."""
    return gutachten_of(case).filter(pk=teile["gutachten"]).first()


def vorhandene_unterlagen(case: Case) -> list[Unterlage]:
    """Return Gutachten and findings on file that are not marked as filed by mistake, newest first.

    Those that a Gutachten of this case has brought are among them.
    """
    rows = Unterlage.objects.filter(case=case, art__in=_VERWERTBAR, irrtuemlich_am__isnull=True)
    return list(rows.exclude(pruefstand=Pruefstand.BEFALLEN).order_by("-datum", "-pk"))


def feststellungen_of(case: Case) -> list[Traegerbeteiligung]:
    """Return what other carriers have found in this case, the newest first."""
    rows = Traegerbeteiligung.objects.filter(antrag__case=case, eingegangen_am__isnull=False)
    return list(rows.select_related("traeger").order_by("-eingegangen_am", "-pk"))


def vorhandenes_of(case: Case) -> list[str]:
    """Return in words what is known already and may make another Gutachten needless."""
    return [
        f"{row.get_art_display()} „{row.titel}“ vom {row.datum:%d.%m.%Y}"
        + (f", {row.verfasser}" if row.verfasser else "")
        for row in vorhandene_unterlagen(case)
    ] + [
        f"Feststellungen von {row.traeger.name}, eingegangen am {row.eingegangen_am:%d.%m.%Y}"
        for row in feststellungen_of(case)
    ]


def satz_for_plan(case: Case) -> str:
    """Return what a plan says about Gutachten that came in, one line each; empty without one."""
    return "\n".join(
        f"Gutachten von {row.gewaehlt}, eingegangen am {row.eingegangen_am:%d.%m.%Y}; seine "
        "Feststellungen stehen beim ermittelten Bedarf."
        for row in gutachten_of(case).filter(state=Gutachtenstand.VERWERTET)
    )


def werte_of_gutachten(row: Gutachten) -> dict[str, Any]:
    """Return what the form of a Gutachten shows and its mark covers."""
    werte = werte_of(row, ("anlass", "fragen", "weniger_grund", "neu_grund"))
    je_nummer = {eine.nummer: eine for eine in row.sachverstaendige.all()}
    for nummer in BENANNTE:
        eine = je_nummer.get(nummer)
        for name in _EXPERTENFELDER:
            werte[expertenfeld(name, nummer)] = getattr(eine, name) if eine else ""
    return werte


def expertenfeld(name: str, nummer: int) -> str:
    """Return the name of a form field of one expert."""
    return f"{name}_{nummer}"


def expertenfelder() -> Iterable[tuple[int, str]]:
    """Return number and name of all form fields of the experts."""
    return ((nummer, name) for nummer in BENANNTE for name in _EXPERTENFELDER)
