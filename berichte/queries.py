"""Counts over the cases that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from cases import access
from cases.models import Case, Frist, Geburtsgenauigkeit, Geschlecht, User, Zusammenleben
from cases.models.person import angabe_am
from cases.states.fall import FALL, Fallzustand
from cases.states.frist import Fristzustand
from gesamtplan.models import Gesamtplan
from gesamtplan.states import Planzustand
from recht.fristkatalog import regeln_mit
from recht.kataloge import alle_eintraege
from recht.laender import DEUTSCHLAND

# States in which a benefit runs or is granted.
_IN_DER_STATISTIK = (Fallzustand.BEWILLIGT, Fallzustand.LEISTUNG_LAEUFT, Fallzustand.UEBERPRUEFUNG)


@dataclass(frozen=True)
class Bestandszeile:
    """How many cases stand in one state."""

    zustand: str
    wort: str
    farbe: str
    anzahl: int


@dataclass(frozen=True)
class Treuezeile:
    """How often one Frist was kept and missed."""

    regel: str
    bezeichnung: str
    gewahrt: int
    versaeumt: int
    offen: int
    ueberfaellig: int


@dataclass(frozen=True)
class Statistikluecke:
    """A running case whose yearly report lacks something, and what it lacks."""

    case: Case
    fehlt: tuple[str, ...]


def statistikluecken(user: User, stichtag: date) -> list[Statistikluecke]:
    """Return the visible cases of the report that lack one of its facts; six queries.

    The report takes persons who get a benefit in the year (§ 143 Nr. 1, § 144 Abs. 1 SGB IX), so
    the cases in which one runs or is granted.
    """
    freigegeben = Gesamtplan.objects.filter(state=Planzustand.FREIGEGEBEN)
    cases = (
        access.visible_to(user, stichtag)
        .filter(state__in=_IN_DER_STATISTIK)
        .select_related("leistungsberechtigte_person")
        .prefetch_related(
            "leistungsberechtigte_person__anschriften",
            "leistungsberechtigte_person__statistikangaben",
            Prefetch("gesamtplaene", freigegeben.prefetch_related("leistungen__leistungstraeger")),
        )
        .order_by("leistungsberechtigte_person__nachname", "pk")
    )
    gelesen = [Statistikluecke(case, missing_facts(case, stichtag)) for case in cases]
    return [luecke for luecke in gelesen if luecke.fehlt]


def missing_facts(case: Case, stichtag: date) -> tuple[str, ...]:
    """Return what the report still lacks about a case, in the words of the forms."""
    person = case.leistungsberechtigte_person
    angabe = angabe_am(person.statistikangaben.all(), stichtag)
    wohnt = person.anschrift_am(stichtag)
    gemeinde = wohnt is not None and wohnt.land == DEUTSCHLAND and not wohnt.gemeindeschluessel
    offen = _without_art(case)
    fehlt = (
        (person.geburt_genau == Geburtsgenauigkeit.JAHR, "Monat der Geburt"),
        (not person.staatsangehoerigkeit, "Staatsangehörigkeit"),
        (angabe is None or angabe.geschlecht == Geschlecht.OFFEN, "Geschlecht"),
        (angabe is None or angabe.zusammenleben == Zusammenleben.OFFEN, "Zusammenleben"),
        (angabe is None or not angabe.gleichzeitige_leistungen, "gleichzeitige Leistungen"),
        (wohnt is None or gemeinde, "Gemeindeschlüssel"),
        (bool(offen), f"Leistungsart der Statistik ({', '.join(offen)})"),
    )
    return tuple(wort for leer, wort in fehlt if leer)


def _without_art(case: Case) -> list[str]:
    """Return the own Leistungen of the plan that have no place among the kinds of the report."""
    arten = {row.schluessel: row.verweise for row in alle_eintraege("leistungskatalog")}
    plan = max(case.gesamtplaene.all(), key=lambda row: row.version, default=None)
    return [
        row.bezeichnung
        for row in (plan.leistungen.all() if plan else ())
        if row.leistungstraeger.eigener and not arten.get(row.katalogschluessel)
    ]


def bestand(user: User, stichtag: date) -> list[Bestandszeile]:
    """Return the number of visible cases per state, states without cases included."""
    counted = dict(
        access.visible_to(user, stichtag)
        .order_by()
        .values_list("state")
        .annotate(anzahl=Count("pk", distinct=True))
    )
    return [
        Bestandszeile(
            state.value, state.label, FALL.farben[state.value], counted.get(state.value, 0)
        )
        for state in Fallzustand
    ]


def fristentreue(user: User, stichtag: date) -> list[Treuezeile]:
    """Return kept, missed, open and overdue Fristen of the visible cases.

    Counted are those whose keeping the authority answers for (`im_bericht` in the catalogue).
    """
    rows = (
        Frist.objects.filter(
            case__in=access.visible_to(user, stichtag).values("pk"),
            regel__in=regeln_mit("im_bericht"),
        )
        .order_by("regel")
        .values("regel", "bezeichnung")
        .annotate(
            gewahrt=Count("pk", filter=Q(state=Fristzustand.GEWAHRT)),
            versaeumt=Count("pk", filter=Q(state=Fristzustand.VERSAEUMT)),
            offen=Count("pk", filter=Q(state=Fristzustand.OFFEN, ende__gte=stichtag)),
            ueberfaellig=Count("pk", filter=Q(state=Fristzustand.OFFEN, ende__lt=stichtag)),
        )
    )
    return [Treuezeile(**row) for row in rows]
