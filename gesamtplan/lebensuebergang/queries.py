"""Which transitions lie before a person, computed and noted; one query for a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cases.models import Case, LeistungsberechtigtePerson
from cases.models.stand import werte_of
from gesamtplan.models import Lebensuebergang
from gesamtplan.states import LAUFEND
from gesamtplan.states.lebensuebergang import Uebergangsstand
from recht.laenge import plus_monate
from recht.lebensuebergaenge import Lebensuebergang as Errechnet
from recht.lebensuebergaenge import (
    find_uebergang,
    lebensuebergaenge,
    uebergangsart,
    uebergangsarten,
)


@dataclass(frozen=True)
class Ausblick:
    """A transition as a page shows it: what follows from the birth date, and what is noted."""

    errechnet: Errechnet
    row: Lebensuebergang | None

    @property
    def tag(self) -> date | None:
        """Return the day that holds: the noted one, else the computed one."""
        return self.row.tag if self.row is not None else self.errechnet.tag

    @property
    def anders(self) -> bool:
        """Tell whether another day follows from the birth date than was noted: it was corrected."""
        return self.row is not None and self.errechnet.tag not in (None, self.row.tag)


def errechnet_for(person: LeistungsberechtigtePerson, art: str) -> Errechnet:
    """Return what follows from the birth date for one transition."""
    return find_uebergang(uebergangsart(art), person.geburtsdatum, person.geburt_spaetestens)


def uebergaenge_of(case: Case) -> QuerySet[Lebensuebergang]:
    """Return what is noted in a case, with the reminder and who wrote last."""
    return Lebensuebergang.objects.filter(case=case).select_related(
        "wiedervorlage", "bearbeitet_von", "case"
    )


def outlook_of(case: Case, tag: date) -> tuple[list[Ausblick], list[Lebensuebergang]]:
    """Return what lies before the person, and what is settled; one query."""
    person = case.leistungsberechtigte_person
    rows = list(uebergaenge_of(case))
    offen = {row.art: row for row in rows if row.state == Uebergangsstand.OFFEN}
    erledigt = [row for row in rows if row.state != Uebergangsstand.OFFEN]
    settled = {row.art for row in erledigt} - set(offen)
    computed = {
        eines.art.schluessel: eines
        for eines in lebensuebergaenge(person.geburtsdatum, person.geburt_spaetestens, tag)
    }
    # What was noted stays to be seen although the age has passed.
    for art in offen:
        computed.setdefault(art, errechnet_for(person, art))
    folge = [art.schluessel for art in uebergangsarten()]
    return (
        [
            Ausblick(computed[art], offen.get(art))
            for art in folge
            if art in computed and art not in settled
        ],
        erledigt,
    )


def werte_of_lebensuebergang(row: Lebensuebergang) -> dict[str, Any]:
    """Return what the form of a transition shows and its mark covers."""
    return werte_of(row, ("tag", "quelle"))


def moved_transitions(tag: date) -> Iterator[Lebensuebergang]:
    """Return what was noted from a birth date that has been corrected since; one query.

    A day that rests on something else than the birth date stays as somebody has set it.
    """
    rows = Lebensuebergang.objects.filter(
        state=Uebergangsstand.OFFEN,
        case__state__in=LAUFEND,
        case__leistungsberechtigte_person__verstorben_am__isnull=True,
    )
    for row in rows.select_related("case__leistungsberechtigte_person"):
        errechnet = errechnet_for(row.case.leistungsberechtigte_person, row.art)
        if not row.quelle.strip() and errechnet.tag != row.tag:
            yield row


def due_transitions(tag: date) -> Iterator[tuple[int, Errechnet]]:
    """Return case and transition whose reminder is due and that nobody has noted yet.

    Three queries whatever the number of cases; only transitions that follow from a birth date.
    """
    arten = [art for art in uebergangsarten() if art.rechnung != "keine"]
    alter = Q()
    for art in arten:
        alter |= Q(
            geburtsdatum__gt=plus_monate(tag, -12 * (art.bis_alter + 2)),
            geburtsdatum__lte=plus_monate(tag, -12 * max(art.von_alter - 1, 0)),
        )
    bekannt = set(
        Lebensuebergang.objects.filter(case__state__in=LAUFEND).values_list("case_id", "art")
    )
    personen = LeistungsberechtigtePerson.objects.filter(alter, verstorben_am__isnull=True)
    geboren = {
        person.pk: person
        for person in personen.filter(faelle__state__in=LAUFEND)
        .only("id", "geburtsdatum", "geburt_genau")
        .distinct()
    }
    faelle = Case.objects.filter(state__in=LAUFEND, leistungsberechtigte_person__in=geboren)
    for fall, person_id in faelle.values_list("pk", "leistungsberechtigte_person_id"):
        person = geboren[person_id]
        for eines in lebensuebergaenge(person.geburtsdatum, person.geburt_spaetestens, tag):
            faellig = eines.wiedervorlage
            if faellig and faellig <= tag and (fall, eines.art.schluessel) not in bekannt:
                yield fall, eines
