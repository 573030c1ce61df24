"""What this floor adds to „Mein Tag“ and to the end of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cases.models import Case, User
from cases.registry.routen import adresse
from cases.registry.schritt import Hindernis
from cases.registry.tisch import Arbeitszeile
from gesamtplan.models import Gesamtplan
from gesamtplan.models.plannorm import norm_of
from gesamtplan.plan.queries.gesamtplan import on_desk_of, versions_of
from gesamtplan.states import Planzustand


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return plans that wait for this user; one query."""
    zur_freigabe, drafts = on_desk_of(user, stichtag)
    rows = [
        replace(
            _row(
                "Gesamtpläne zur Freigabe",
                "prüfen und freigeben",
                plan,
                "gesamtplan_freigeben",
                "zur Freigabe",
                "warning",
            ),
            art="freigabe",
        )
        for plan in zur_freigabe
    ]
    for plan in sorted(drafts, key=lambda plan: not plan.rueckgabe_grund):
        if plan.state == Planzustand.VORGELEGT:
            row = _row(
                "Vorgelegt", "ansehen", plan, "gesamtplan_version", "bei der Leitung", "info"
            )
            rows.append(replace(row, art="warten"))
            continue
        word, colour = (
            ("zurückgegeben", "danger") if plan.rueckgabe_grund else ("Entwurf", "neutral")
        )
        verb = "überarbeiten" if plan.rueckgabe_grund else "weiterschreiben"
        row = _row("Gesamtpläne in Arbeit", verb, plan, "gesamtplan_version", word, colour)
        rows.append(replace(row, art="aufgabe" if plan.rueckgabe_grund else "entwurf"))
    return rows


def _row(
    gruppe: str, verb: str, plan: Gesamtplan, url_name: str, zustand: str, farbe: str
) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe=gruppe,
        titel=f"{plan} {verb}",
        fall=plan.case.aktenzeichen,
        name=plan.case.leistungsberechtigte_person.voller_name,
        url=adresse(url_name, plan.case_id, plan.version),
        seit=plan.vorgelegt_am or plan.datum,
        zustand=zustand,
        farbe=farbe,
    )


def abschlusshindernisse(case: Case, stichtag: date) -> list[Hindernis]:
    """A case does not end while a plan waits for release; one query."""
    waiting = versions_of(case).filter(state=Planzustand.VORGELEGT).first()
    if waiting is None:
        return []
    return [
        Hindernis(
            f"{waiting} wartet auf Freigabe. Geben Sie die Fassung frei oder zurück.",
            norm_of(waiting),
            adresse("gesamtplan_version", case.pk, waiting.version),
        )
    ]
