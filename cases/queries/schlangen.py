"""What waits for a worker: by line, with the age of the oldest, as the database knows it.

Redis only wakes; what really waits stands in the tables. So these figures hold without Redis too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from cases.models import Auftrag, Auftragsbeginn, Importstapel, Unterlage
from cases.models.unterlage import Pruefstand
from cases.registry.beitrag import registry
from cases.states.auftrag import Auftragzustand
from cases.states.austausch import ARBEITEND

# What a page shows at once; the rest follows when these are decided.
ZEILEN = 100
_OFFEN = Q(state__in=[Auftragzustand.UNGEWISS, Auftragzustand.FEHLGESCHLAGEN])


@dataclass(frozen=True)
class Schlange:
    """One line of work: how much is due, how long the oldest has been, how much is in hand."""

    name: str
    inhalt: str
    wartend: int
    aeltester_s: int
    in_arbeit: int


@dataclass(frozen=True)
class Klaerfall:
    """An order that only a person can settle, and who gets it; `im_fall`: decided in the case."""

    auftrag: Auftrag
    titel: str
    an: str
    im_fall: bool


def lines_of_work(now: datetime) -> list[Schlange]:
    """Return the three lines, the urgent one first; two queries per kind of work."""
    in_menge = [key for key, art in registry.auftragsarten.items() if art.in_menge]
    eilig = [key for key in registry.auftragsarten if key not in in_menge]
    return [
        _orders("eilig", "Schreiben per E-Mail, Meldungen zum Zugang", eilig, now),
        _orders("normal", "Erinnerungen des Tages", in_menge, now),
        _bulk(now),
    ]


def _orders(name: str, inhalt: str, arten: list[str], now: datetime) -> Schlange:
    faellig = Q(state=Auftragzustand.OFFEN, naechster_versuch__lte=now)
    row = Auftrag.objects.filter(art__in=arten).aggregate(
        wartend=Count("pk", filter=faellig),
        aeltester=Min("naechster_versuch", filter=faellig),
        in_arbeit=Count("pk", filter=Q(state=Auftragzustand.IN_ARBEIT)),
    )
    return Schlange(name, inhalt, row["wartend"], _age(row["aeltester"], now), row["in_arbeit"])


def _bulk(now: datetime) -> Schlange:
    importe = Importstapel.objects.filter(state__in=ARBEITEND)
    stand = importe.aggregate(anzahl=Count("pk"), aeltester=Min("angelegt_am"))
    unterlagen: QuerySet[Unterlage] = Unterlage.objects.none()
    if settings.CLAMD:
        unterlagen = Unterlage.objects.filter(pruefstand=Pruefstand.UNGEPRUEFT)
        unterlagen = unterlagen.exclude(dateiart="keine")
    return Schlange(
        "masse",
        "Übernahmen von Beständen, Prüfung von Dateien",
        unterlagen.count(),
        _age(stand["aeltester"], now),
        stand["anzahl"],
    )


def _age(moment: datetime | None, now: datetime) -> int:
    return 0 if moment is None else max(0, int((now - moment).total_seconds()))


def unsettled_orders() -> QuerySet[Auftrag]:
    """Return the orders whose fate is unknown or that failed, the unknown first."""
    return Auftrag.objects.filter(_OFFEN).order_by("-state", "pk")


def orders_in_hand() -> list[Auftrag]:
    """Return the orders that a worker holds, with `begonnen`: since when they may have an effect.

    None there means that certainly nothing has been sent yet.
    """
    beginn = Auftragsbeginn.objects.filter(nummer=OuterRef("pk"), versuch=OuterRef("versuche"))
    rows = Auftrag.objects.filter(state=Auftragzustand.IN_ARBEIT)
    rows = rows.annotate(begonnen=Subquery(beginn.values("zeitpunkt")[:1]))
    return list(rows.order_by("gesperrt_bis", "pk")[:ZEILEN])


def count_of_house() -> dict[str, int]:
    """Return how many orders the house itself has to decide about, by state.

    What belongs to a case is decided there and counted on „Mein Tag“.
    """
    eigene = [key for key, art in registry.auftragsarten.items() if not art.seite]
    rows = Auftrag.objects.filter(_OFFEN, art__in=eigene).order_by()
    return dict(rows.values_list("state").annotate(anzahl=Count("pk")))


def cases_to_settle() -> list[Klaerfall]:
    """Return what a person has to settle, with the recipients where the house decides."""
    rows = list(unsettled_orders()[:ZEILEN])
    namen: dict[int, str] = {}
    for key, art in registry.auftragsarten.items():
        if art.an is not None:
            eigene = [row for row in rows if row.art == key]
            an = art.an([row.gegenstand_id for row in eigene])
            namen.update({row.pk: an.get(row.gegenstand_id, "") for row in eigene})
    return [_to_settle(row, namen.get(row.pk, "")) for row in rows]


def _to_settle(row: Auftrag, an: str) -> Klaerfall:
    art = registry.auftragsarten.get(row.art)
    return Klaerfall(row, art.titel if art else row.art, an, im_fall=art is None or bool(art.seite))


def poisoned() -> int:
    """Return how many orders have taken their worker down, and are not done."""
    erledigt = [Auftragzustand.FERTIG, Auftragzustand.ABGEBROCHEN]
    return Auftrag.objects.filter(abbrueche__gt=0).exclude(state__in=erledigt).count()


def why_outdated(auftrag: Auftrag, tag: date) -> str:
    """Return why doing this order again is of no use any more; empty when it is."""
    art = registry.auftragsarten.get(auftrag.art)
    if art is None or art.ueberholt is None:
        return ""
    return art.ueberholt(auftrag.gegenstand_id, tag)
