"""Counts over the cases that a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from cases import access
from cases.models import Case, Frist, Geburtsgenauigkeit, Geschlecht, User, Zusammenleben
from cases.models.person import angabe_am
from cases.states.fall import FALL, Fallzustand
from cases.states.frist import Fristwirkung, Fristzustand
from gesamtplan.models import Gesamtplan
from gesamtplan.states import Planzustand
from recht.fristkatalog import regeln_mit
from recht.kataloge import alle_eintraege
from recht.laender import DEUTSCHLAND

# States in which a benefit runs or is granted.
_IN_DER_STATISTIK = (Fallzustand.BEWILLIGT, Fallzustand.LEISTUNG_LAEUFT, Fallzustand.UEBERPRUEFUNG)


# What the row of the Fristen is called that no rule of the report names.
UEBRIGE = "Übrige Fristen"


@dataclass(frozen=True)
class Auswahl:
    """What the report counts: a period, both days included, and one team; empty is all."""

    von: date | None = None
    bis: date | None = None
    team: int | None = None

    @property
    def zeitraum(self) -> bool:
        """Whether a period was chosen."""
        return self.von is not None or self.bis is not None

    def dated(self, feld: str) -> Q:
        """Return the rows whose day lies in the period."""
        grenzen = ((f"{feld}__gte", self.von), (f"{feld}__lte", self.bis))
        return Q(**{name: tag for name, tag in grenzen if tag is not None})


@dataclass(frozen=True)
class Bewegung:
    """How many cases there were before a period and after it, and how many came and went.

    `anfang` + `eroeffnet` - `beendet` is `ende`; a case that was opened again counts as never
    ended.
    """

    anfang: int
    eroeffnet: int
    beendet: int
    ende: int


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

    @property
    def zahlen(self) -> tuple[int, int, int, int]:
        """The four numbers in the order of the columns."""
        return self.gewahrt, self.versaeumt, self.offen, self.ueberfaellig


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


def bestand(user: User, stichtag: date, auswahl: Auswahl | None = None) -> list[Bestandszeile]:
    """Return the number of visible cases per state of today, states without cases included."""
    counted = dict(
        _cases(user, stichtag, auswahl or Auswahl())
        .values_list("state")
        .annotate(anzahl=Count("pk", distinct=True))
    )
    return [
        Bestandszeile(
            state.value, state.label, FALL.farben[state.value], counted.get(state.value, 0)
        )
        for state in Fallzustand
    ]


def _cases(user: User, stichtag: date, auswahl: Auswahl) -> QuerySet[Case]:
    rows = access.visible_to(user, stichtag).order_by()
    return rows.filter(team=auswahl.team) if auswahl.team else rows


def bewegung(user: User, stichtag: date, auswahl: Auswahl) -> Bewegung:
    """Return how the visible cases became more and fewer within the period; one query.

    Without a first day it begins with the first case, without a last one it ends today.
    """
    von, bis = auswahl.von or date.min, auswahl.bis or stichtag
    laufend_vorher = Q(beendet_am__isnull=True) | Q(beendet_am__gte=von)
    laufend_nachher = Q(beendet_am__isnull=True) | Q(beendet_am__gt=bis)
    zahlen = _cases(user, stichtag, auswahl).aggregate(
        anfang=Count("pk", filter=Q(eroeffnet_am__lt=von) & laufend_vorher),
        eroeffnet=Count("pk", filter=Q(eroeffnet_am__range=(von, bis))),
        beendet=Count("pk", filter=Q(beendet_am__range=(von, bis))),
        ende=Count("pk", filter=Q(eroeffnet_am__lte=bis) & laufend_nachher),
    )
    return Bewegung(**zahlen)


def fristentreue(user: User, stichtag: date, auswahl: Auswahl | None = None) -> list[Treuezeile]:
    """Return kept, missed, open and overdue Fristen of the authority that end in the period.

    Each rule for whose keeping it answers (`im_bericht` in the catalogue) has a row, all others
    have the last one together: so the overdue ones are as many as „Mein Tag“ counts.
    """
    auswahl = auswahl or Auswahl()
    rows = (
        Frist.objects.filter(
            auswahl.dated("ende"),
            case__in=_cases(user, stichtag, auswahl).values("pk"),
            wirkung=Fristwirkung.HANDLUNG,
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
    genannt = regeln_mit("im_bericht")
    zeilen = [Treuezeile(**row) for row in rows]
    uebrige = total([zeile for zeile in zeilen if zeile.regel not in genannt], UEBRIGE)
    eigene = [zeile for zeile in zeilen if zeile.regel in genannt]
    return [*eigene, uebrige] if any(uebrige.zahlen) else eigene


def total(zeilen: Sequence[Treuezeile], bezeichnung: str) -> Treuezeile:
    """Return the sum of rows as a row of this name."""
    spalten = zip(*(zeile.zahlen for zeile in zeilen), strict=True) if zeilen else [()] * 4
    return Treuezeile("", bezeichnung, *(sum(spalte) for spalte in spalten))
