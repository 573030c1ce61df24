"""What the Leistungen of a version cost in a month, each with its Rechenweg."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from cases.behoerde.queries.eigener_wert import wochenfaktor
from cases.models import Angebot
from cases.models.verzeichnis import Preis, Preiseinheit
from gesamtplan.models import Leistung
from gesamtplan.states import Umfangseinheit
from recht.bemessung import NULL, stunden
from recht.geld import format_euro
from recht.rundung import auf_cent

# For which unit of the directory a price is meant when the plan counts in this one.
PREISEINHEITEN: dict[str, tuple[str, ...]] = {
    Umfangseinheit.STUNDEN_WOCHE: (Preiseinheit.FACHLEISTUNGSSTUNDE, Preiseinheit.STUNDE),
    Umfangseinheit.STUNDEN_MONAT: (Preiseinheit.FACHLEISTUNGSSTUNDE, Preiseinheit.STUNDE),
    Umfangseinheit.TAGE_MONAT: (Preiseinheit.TAG, Preiseinheit.BELEGUNGSTAG),
    Umfangseinheit.MONATE: (Preiseinheit.MONAT,),
    Umfangseinheit.EINMALIG: (Preiseinheit.PAUSCHALE,),
}
Faktorsuche = Callable[[date], Decimal | None]


@dataclass(frozen=True)
class Monatskosten:
    """The amount of a month and how it came about; `einmalig` is paid once instead."""

    betrag: Decimal
    rechenweg: str
    einmalig: bool = False


def preis_am(angebot: Angebot, einheit: str, stichtag: date) -> Decimal | None:
    """Return the price that an Angebot has on a day for a unit, None when there is none."""
    rows = Preis.objects.filter(
        Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag),
        angebot=angebot,
        gueltig_ab__lte=stichtag,
        einheit__in=PREISEINHEITEN.get(einheit, ()),
    )
    preis = rows.order_by("-gueltig_ab").first()
    return preis.betrag if preis else None


def angebote_am(stichtag: date, gewaehlt: int | None = None) -> QuerySet[Angebot]:
    """Return what may be chosen on a day, by provider and name: the price puts nobody first.

    What is chosen already may stay, also when it has ended since.
    """
    gilt = Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag)
    gilt &= Q(leistungserbringer__zusammengefuehrt_in__isnull=True)
    return (
        Angebot.objects.filter(gilt | Q(pk=gewaehlt))
        .select_related("leistungserbringer")
        .order_by("leistungserbringer__name", "name", "pk")
    )


def kosten_of(row: Leistung, faktor: Faktorsuche = wochenfaktor) -> Monatskosten | None:
    """Return what a Leistung costs in a month, None where extent or price is not known."""
    if row.menge is None or row.satz is None:
        return None
    if row.einheit in (Umfangseinheit.STUNDEN_WOCHE, Umfangseinheit.STUNDEN_MONAT):
        je = "woche" if row.einheit == Umfangseinheit.STUNDEN_WOCHE else "monat"
        gerechnet = stunden(row.menge, row.satz, je, row.beginn, wochenfaktor=faktor(row.beginn))
        return Monatskosten(gerechnet.betrag, gerechnet.rechenweg[0].text)
    betrag = auf_cent(row.menge * row.satz)
    menge = f"{row.menge.normalize():f}".replace(".", ",")
    einheit = str(Umfangseinheit(row.einheit).label)
    weg = f"{menge} × {format_euro(row.satz)} ({einheit}) = {format_euro(betrag)}"
    return Monatskosten(betrag, weg, einmalig=row.einheit == Umfangseinheit.EINMALIG)


def summe_of(leistungen: Iterable[Leistung], stichtag: date) -> Decimal | None:
    """Return the sum of a month of the Leistungen that run on a day; None: no price is known."""
    faktoren: dict[date, Decimal | None] = {}

    def faktor(tag: date) -> Decimal | None:
        if tag not in faktoren:
            faktoren[tag] = wochenfaktor(tag)
        return faktoren[tag]

    kosten = [
        k
        for row in leistungen
        if row.beginn <= stichtag and (row.ende is None or row.ende >= stichtag)
        if (k := kosten_of(row, faktor)) is not None and not k.einmalig
    ]
    return sum((k.betrag for k in kosten), NULL) if kosten else None
