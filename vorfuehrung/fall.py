"""Absence, handover and abbreviations of teams for the demonstration."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cases.fall.services.uebergabe import hand_over
from cases.fall.services.zuweisung import create_zuweisung
from cases.models import Abwesenheitsgrund, Case, Team, User, Zuweisungsart
from cases.states.fall import Fallzustand
from cases.zugang.services.abwesenheit import create_abwesenheit

KUERZEL = {"Team Nord": "NORD", "Team Süd": "SUED"}


def tell_cases(faelle: QuerySet[Case], users: dict[str, User], heute: date) -> None:
    """Tell an absence that is coming, a handover of this morning, and a further Fallmanager."""
    for name, kuerzel in KUERZEL.items():
        Team.objects.filter(name=name).update(kuerzel=kuerzel)
    morgens = timezone.make_aware(datetime.combine(heute, time(0, 1)))
    fallmanager, kollegin, leitung = users["fallmanager"], users["kollegin"], users["leitung"]
    create_abwesenheit(
        user=kollegin,
        von=heute,
        bis=heute + timedelta(days=9),
        vertretung=fallmanager,
        grund=Abwesenheitsgrund.URLAUB,
        by=kollegin,
        zeitpunkt=morgens,
    )
    offen = faelle.filter(caseworker=fallmanager, geschuetzt=False).exclude(
        state__in=[Fallzustand.BEENDET, Fallzustand.WEITERGELEITET]
    )
    # The newest cases: no story of the demonstration goes on in them.
    neueste = offen.filter(state=Fallzustand.ANTRAG_EINGEGANGEN).order_by("-eroeffnet_am", "-pk")
    hand_over(
        case_ids=list(neueste.values_list("pk", flat=True)[:2]),
        an=[kollegin],
        grund="Ausgleich der Fallzahlen zwischen den Teams",
        by=leitung,
        zeitpunkt=morgens,
    )
    weiterer = offen.filter(state=Fallzustand.ZUSTAENDIG).order_by("pk").first()
    if weiterer is not None:
        create_zuweisung(
            case=weiterer,
            user=kollegin,
            art=Zuweisungsart.WEITERE,
            von=heute,
            bis=heute + timedelta(days=60),
            grund="Einarbeitung in das Gesamtplanverfahren",
            by=leitung,
            zeitpunkt=morgens,
        )
