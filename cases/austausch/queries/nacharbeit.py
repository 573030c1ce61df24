"""What is left to do in the cases that an import has brought: each with its open points."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Behinderungsart, Case, Frist, Importstapel, Wiedervorlage
from cases.states.fall import Fallzustand
from cases.states.frist import LAUFENDE

_PUNKTE = {
    "pruefung": "Durchsicht nach der Übernahme steht noch aus",
    "abweichend": "abweichende Angaben sind zu prüfen",
    "ohne_tag": "weder Frist noch Wiedervorlage",
    "ohne_art": "Behinderungsart ist nicht festgestellt",
}


@dataclass(frozen=True, slots=True)
class Fortschritt:
    """How many of the running cases of an import have no open point left."""

    alle: int
    offen: int

    @property
    def erledigt(self) -> int:
        """Return how many are done."""
        return self.alle - self.offen


def cases_to_review(stapel: Importstapel) -> QuerySet[Case]:
    """Return the running cases of a batch with a mark for each open point."""
    offen = Wiedervorlage.objects.filter(case=OuterRef("pk"), erledigt_am__isnull=True)
    fristen = Frist.objects.filter(case=OuterRef("pk"), state__in=LAUFENDE)
    return (
        Case.objects.filter(importzeile__stapel=stapel)
        .exclude(state=Fallzustand.BEENDET)
        .select_related("leistungsberechtigte_person", "caseworker", "importzeile")
        .annotate(
            pruefung=Exists(offen.filter(anlass="Übernommenen Fall prüfen")),
            abweichend=Exists(offen.filter(anlass__startswith="Abweichende Angaben der Übernahme")),
            ohne_tag=~Exists(offen) & ~Exists(fristen),
            ohne_art=Q(leistungsberechtigte_person__behinderungsart=Behinderungsart.UNBEKANNT),
        )
        .order_by("importzeile__nummer")
    )


def open_cases(stapel: Importstapel) -> QuerySet[Case]:
    """Return those that have an open point."""
    return cases_to_review(stapel).filter(
        Q(pruefung=True) | Q(abweichend=True) | Q(ohne_tag=True) | Q(ohne_art=True)
    )


def progress_of(stapel: Importstapel) -> Fortschritt:
    """Count the running cases and those with an open point; two queries."""
    return Fortschritt(cases_to_review(stapel).count(), open_cases(stapel).count())


def points_of(case: Case) -> list[str]:
    """Return the open points of a row of `cases_to_review` in words."""
    return [text for name, text in _PUNKTE.items() if getattr(case, name)]
