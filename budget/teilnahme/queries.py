"""Reads of our part in the budget of another carrier, and what of it limits a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from budget.models import Teilnahme, Traegerforderung
from budget.states.teilnahme import Forderungszustand
from cases import access
from cases.behoerde.queries.eigener_wert import teilmonat_modus, wochenfaktor
from cases.frist.queries import fristen_of
from cases.models import Case, Frist, User
from cases.states.rolle import Rolle
from recht.bemessung import Betrag, stunden
from recht.fristkennung import Regel
from recht.laenge import monatsende, plus_monate
from recht.teilmonat import teilmonat

_NULL = Decimal("0.00")
# As the first wording of the Zielvereinbarung has it.
_MODUS = "dreissigstel"
# What the form of our statement shows and stores.
ANGABEN = (
    "bedarf",
    "hoehe",
    "ziele",
    "beratung",
    "stunden",
    "satz",
    "betrag",
    "abweichung_grund",
    "leistung_von",
    "leistung_bis",
)
_OFFEN = (Forderungszustand.OFFEN, Forderungszustand.ANERKANNT)


def teilnahmen_of(case: Case) -> list[Teilnahme]:
    """Return the requests of other carriers in a case, the newest first, with their claims."""
    rows = Teilnahme.objects.filter(case=case).select_related("traeger", "schreiben")
    return list(rows.defer("schreiben__daten").prefetch_related("forderungen__entschieden_von"))


def teilnahme_or_none(case: Case, kennung: int) -> Teilnahme | None:
    """Return one request of this case, None where it belongs to another one."""
    rows = Teilnahme.objects.filter(case=case, pk=kennung)
    return rows.select_related("case", "traeger", "bearbeitet_von", "schreiben").first()


def finde_teilnahme(case: Case, teile: Mapping[str, int]) -> Teilnahme | None:
    """Return the request that a letter answers."""
    return teilnahme_or_none(case, teile["teilnahme"])


def forderung_or_none(case: Case, kennung: int) -> Traegerforderung | None:
    """Return one claim in this case, None where it belongs to another one."""
    rows = Traegerforderung.objects.filter(teilnahme__case=case, pk=kennung)
    return rows.select_related("teilnahme__case", "teilnahme__traeger").first()


def frist_of_teilnahme(row: Teilnahme) -> Frist | None:
    """Return our two weeks (F07b), None before they have begun."""
    return fristen_of(row.case, row, Regel.STELLUNGNAHME_BETEILIGT).first()


def teilbudget_of(
    anzahl: Decimal | None, satz: Decimal | None, betrag: Decimal | None, tag: date
) -> Betrag | None:
    """Return our part of a month: by weekly hours and rate, else as it was set; None without."""
    if anzahl is not None and satz is not None:
        return stunden(anzahl, satz, "woche", tag, wochenfaktor=wochenfaktor(tag))
    return None if betrag is None else Betrag(betrag, ())


def rechtzeitig(row: Teilnahme) -> bool:
    """Tell whether our statement has left within the two weeks: then it binds both sides."""
    frist = frist_of_teilnahme(row)
    return row.abgegeben_am is not None and frist is not None and row.abgegeben_am <= frist.ende


def hoechstens_for(row: Traegerforderung) -> Decimal | None:
    """Return what our findings carry for the time of a claim, in euro, less what is acknowledged.

    None where they came late or never (§ 16 Abs. 2 S. 2 SGB IX).
    """
    teilnahme = row.teilnahme
    if not rechtzeitig(teilnahme):
        return None
    andere = teilnahme.forderungen.exclude(pk=row.pk).filter(
        von__lte=row.bis, bis__gte=row.von, anerkannt__isnull=False
    )
    schon = sum((eine.anerkannt or _NULL for eine in andere), _NULL)
    return max(_part_of(teilnahme, row.von, row.bis) - schon, _NULL)


def _part_of(row: Teilnahme, von: date, bis: date) -> Decimal:
    """Return our part of the budget for the days between two days that it is rendered on."""
    if row.betrag is None or row.leistung_von is None:
        return _NULL
    von = max(von, row.leistung_von)
    bis = min(bis, row.leistung_bis) if row.leistung_bis else bis
    modus, summe = teilmonat_modus(row.leistung_von) or _MODUS, _NULL
    while von <= bis:
        letzter = min(monatsende(von), bis)
        summe += teilmonat(Betrag(row.betrag, ()), von, modus, bis=letzter).betrag
        von = plus_monate(von.replace(day=1), 1)
    return summe


def open_forderungen(row: Teilnahme) -> int:
    """Count the claims that are not paid or refused yet."""
    return row.forderungen.filter(state__in=_OFFEN).count()


def werte_of_teilnahme(row: Teilnahme) -> dict[str, Any]:
    """Return what the form shows of our statement; its mark covers these."""
    return {name: getattr(row, name) for name in ANGABEN}


def erstattung_or_none(kennung: int) -> Traegerforderung | None:
    """Return a claim that is acknowledged or paid, None where there is none; for the Kasse."""
    rows = Traegerforderung.objects.filter(pk=kennung, state__in=_KASSE)
    return rows.select_related("teilnahme__case", "teilnahme__traeger").first()


_KASSE = (Forderungszustand.ANERKANNT, Forderungszustand.GEZAHLT)


def list_erstattungen(user: User, stichtag: date, monat: date) -> list[Traegerforderung]:
    """Return the refunds to other carriers that are due, and those paid in a month; one query.

    The Kasse pays for everybody; Sachgebietsleitung and Revision see the cases they may open.
    """
    rows = Traegerforderung.objects.filter(
        Q(state=Forderungszustand.ANERKANNT)
        | Q(
            state=Forderungszustand.GEZAHLT,
            gezahlt_am__gte=monat,
            gezahlt_am__lte=monatsende(monat),
        )
    )
    if not user.has_rolle(Rolle.KASSE):
        rows = rows.filter(teilnahme__case__in=access.visible_to(user, stichtag))
    rows = rows.select_related("teilnahme__case", "teilnahme__traeger", "gezahlt_von")
    return list(rows.order_by("entschieden_am", "pk"))


def forderungen_zur_entscheidung(konten: Sequence[int]) -> QuerySet[Traegerforderung]:
    """Return the open claims that nobody of these took in, or named the bank account of."""
    verlauf: Any = Traegerforderung.pgh_event_model  # type: ignore[attr-defined]  # set by pghistory
    genannt = verlauf.objects.filter(konto_von__in_reihe=konten).values("pgh_obj")
    offen = Traegerforderung.objects.filter(state=Forderungszustand.OFFEN)
    return offen.exclude(erfasst_von__in_reihe=konten).exclude(pk__in=genannt)
