"""Reads of Zielvereinbarungen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from budget.models import PersoenlichesBudget, Zielvereinbarung
from budget.states import Budgetzustand, Nachweisart, Vereinbarungszustand
from cases.models import User
from gesamtplan.plan.queries.vergleich import Teilvergleich, compare_part, match_parts
from recht.geld import format_euro
from recht.inhalte import Pflichtinhalt


def zielvereinbarung_of(budget: PersoenlichesBudget) -> Zielvereinbarung | None:
    """Return the version in use: the newest one that was not thrown away."""
    for zielvereinbarung in budget.zielvereinbarungen.all():
        if zielvereinbarung.state != Vereinbarungszustand.VERWORFEN:
            zielvereinbarung.persoenliches_budget = budget
            return zielvereinbarung
    return None


def leistungen_mit_arbeitsvertrag(budget: PersoenlichesBudget) -> list[str]:
    """Return the Leistungen for which the person is to show a contract of employment."""
    return [
        t.leistung.bezeichnung
        for t in budget.teilbudgets.all()
        if t.nachweisart == Nachweisart.ARBEITSVERTRAG
    ]


def offene_vereinbarungen(user: User) -> QuerySet[Zielvereinbarung]:
    """Return Zielvereinbarungen of the own cases that are begun or wait for a signature."""
    offen = (Vereinbarungszustand.ENTWURF, Vereinbarungszustand.AUSGEFERTIGT)
    rows = Zielvereinbarung.objects.filter(
        state__in=offen, persoenliches_budget__case__caseworker=user
    )
    return rows.exclude(persoenliches_budget__state=Budgetzustand.SACHLEISTUNG).order_by(
        "ausgefertigt_am", "id"
    )


def earlier_versions(zielvereinbarung: Zielvereinbarung) -> list[Zielvereinbarung]:
    """Return what it can be compared with, the newest first.

    That are the versions before it, and what was agreed for the budget whose place its own takes.
    """
    budget = zielvereinbarung.persoenliches_budget
    fruehere = [
        row
        for row in budget.zielvereinbarungen.all()
        if row.version < zielvereinbarung.version and row.state == Vereinbarungszustand.VERWORFEN
    ]
    if budget.vorgaenger_id is None:
        return fruehere
    vereinbart = Zielvereinbarung.objects.filter(
        persoenliches_budget=budget.vorgaenger_id, state=Vereinbarungszustand.UNTERZEICHNET
    )
    return [*fruehere, *vereinbart.select_related("persoenliches_budget", "schreiben")]


@dataclass(frozen=True)
class Wortlaut:
    """What an agreement says: its texts by key and the rows of its Teilbudgets."""

    zielvereinbarung: Zielvereinbarung
    texte: Mapping[str, str]
    teilbudgets: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Vereinbarungsvergleich:
    """Everything that can differ between two versions."""

    alt: Zielvereinbarung
    neu: Zielvereinbarung
    eckdaten: Teilvergleich
    teilbudgets: tuple[Teilvergleich, ...]
    inhalte: tuple[Teilvergleich, ...]

    @property
    def anzahl(self) -> int:
        """Return how many parts are not the same."""
        teile = (self.eckdaten, *self.teilbudgets, *self.inhalte)
        return sum(not teil.unveraendert for teil in teile)


def compare_vereinbarungen(
    alt: Wortlaut, neu: Wortlaut, inhalte: Sequence[Pflichtinhalt]
) -> Vereinbarungsvergleich:
    """Compare two versions word by word; Teilbudgets meet by carrier and name of the Leistung."""
    return Vereinbarungsvergleich(
        alt=alt.zielvereinbarung,
        neu=neu.zielvereinbarung,
        eckdaten=compare_part("Eckdaten", _eckdaten(alt), _eckdaten(neu)),
        teilbudgets=tuple(
            match_parts(dict(_teile(alt.teilbudgets)), dict(_teile(neu.teilbudgets)))
        ),
        inhalte=tuple(
            compare_part(
                inhalt.bezeichnung,
                (("", alt.texte.get(inhalt.schluessel, "")),),
                (("", neu.texte.get(inhalt.schluessel, "")),),
            )
            for inhalt in inhalte
        ),
    )


def _eckdaten(wortlaut: Wortlaut) -> tuple[tuple[str, str], ...]:
    row = wortlaut.zielvereinbarung
    bis = f"bis {row.gueltig_bis:%d.%m.%Y}" if row.gueltig_bis else "für die Dauer der Bewilligung"
    eigene = [zeile for zeile in wortlaut.teilbudgets if not zeile["ergaenzend"]]
    summe = sum((Decimal(zeile["betrag"]) for zeile in eigene), Decimal(0))
    return (
        ("Geltung", f"ab {row.gueltig_ab:%d.%m.%Y} {bis}"),
        ("Gespräche", f"alle {row.gespraech_monate} Monate"),
        ("Arbeitgebermodell", "ja" if row.arbeitgebermodell else "nein"),
        ("Erprobung", _erprobung(row)),
        ("Gesamtbudget im Monat", format_euro(summe)),
    )


def _erprobung(row: Zielvereinbarung) -> str:
    if row.probe_bis is None or row.probe_gespraech_am is None:
        return "keine"
    return f"bis {row.probe_bis:%d.%m.%Y}, Auswertung am {row.probe_gespraech_am:%d.%m.%Y}"


def _teile(
    zeilen: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, tuple[str, tuple[tuple[str, str], ...]]]]:
    for zeile in zeilen:
        felder = (
            ("Betrag im Monat", format_euro(Decimal(zeile["betrag"]))),
            ("Form", zeile["form"]),
            ("Art und Umfang", zeile["umfang"]),
            ("Nachweis", zeile["nachweisart"]),
            ("Näheres zum Nachweis", zeile["nachweis"]),
        )
        titel = f"{zeile['bezeichnung']}, {zeile['traeger']}"
        yield titel, (titel, felder)
