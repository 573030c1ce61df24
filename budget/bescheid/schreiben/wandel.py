"""What a Bescheid changes against the grant whose place it takes (§ 48 Abs. 1 SGB X)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from budget.bescheid.queries import geltender_abzug
from budget.bescheid.schreiben.abzug import Abzug, compute_abzug
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform, Bescheidzustand, Budgetzustand
from budget.states.folge import FOLGEARTEN, Folgeart
from budget.zielvereinbarung.schreiben import absaetze

_OFFEN = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT)
_NULL = Decimal("0.00")


@dataclass(frozen=True)
class Wandelzeile:
    """One Leistung before and after, per month in euro; None where it is not granted."""

    bezeichnung: str
    alt: Decimal | None
    neu: Decimal | None
    form_alt: str = ""
    form_neu: str = ""

    @property
    def gemindert(self) -> bool:
        """Tell whether the person gets less of it, or a voucher instead of money."""
        weniger = (self.neu or _NULL) < (self.alt or _NULL)
        gebunden = (self.form_alt, self.form_neu) == (
            Auszahlungsform.GELD,
            Auszahlungsform.GUTSCHEIN,
        )
        return weniger or gebunden

    @property
    def unterschied(self) -> Decimal:
        """Return how much more (or, negative, less) it is per month."""
        return (self.neu or _NULL) - (self.alt or _NULL)

    @property
    def geaendert(self) -> bool:
        """Tell whether the new grant says something else about it."""
        return (self.alt, self.form_alt) != (self.neu, self.form_neu)


@dataclass(frozen=True)
class Wandel:
    """A grant beside the former one: what changes from `ab` on.

    `ersetzt` tells that the former one would still be in force on that day: only then something
    can be taken from the person.
    """

    vorgaenger: PersoenlichesBudget
    bisher: Bescheid | None
    ab: date
    zeilen: tuple[Wandelzeile, ...]
    abzug_alt: Decimal
    abzug_neu: Decimal
    verbrauch_alt: Mapping[date, Decimal]
    verbrauch_neu: Mapping[date, Decimal]
    ende_neu: date | None
    ersetzt: bool

    @cached_property
    def summe(self) -> Wandelzeile:
        """Return both sums of a month."""
        alt = sum((z.alt or _NULL for z in self.zeilen), _NULL)
        neu = sum((z.neu or _NULL for z in self.zeilen), _NULL)
        return Wandelzeile("Zusammen im Monat", alt, neu)

    @property
    def abzug(self) -> Wandelzeile:
        """Return both deductions of a month."""
        return Wandelzeile("Abzug von der Auszahlung", self.abzug_alt, self.abzug_neu)

    @property
    def kuerzer(self) -> bool:
        """Tell whether the new grant ends before the former one would."""
        ende = self.vorgaenger.ende
        return self.ende_neu is not None and (ende is None or self.ende_neu < ende)

    @property
    def nachteilig(self) -> bool:
        """Tell whether it takes something from the person that she has (§ 24 Abs. 1 SGB X)."""
        return self.ersetzt and (
            any(zeile.gemindert for zeile in self.zeilen)
            or self.abzug_neu > self.abzug_alt
            or self.kuerzer
            or self.vermoegen_belastet
        )

    @property
    def vermoegen_belastet(self) -> bool:
        """Tell whether a month is paid less because assets have to pay more of it than before."""
        alt, neu = self._ausgezahlt("alt"), self._ausgezahlt("neu")
        monate = {*self.verbrauch_alt, *self.verbrauch_neu}
        return any(
            neu - self.verbrauch_neu.get(m, _NULL) < alt - self.verbrauch_alt.get(m, _NULL)
            for m in monate
            if m >= self.ab.replace(day=1)
        )

    def _ausgezahlt(self, welche: str) -> Decimal:
        """Return what is paid of a month in money, before or after the change."""
        geld = [
            getattr(zeile, welche) or _NULL
            for zeile in self.zeilen
            if getattr(zeile, f"form_{welche}") == Auszahlungsform.GELD
        ]
        return sum(geld, _NULL) - (self.abzug_alt if welche == "alt" else self.abzug_neu)


def wandel_of(budget: PersoenlichesBudget, bescheid: Bescheid | None = None) -> Wandel | None:
    """Return what a budget changes against the one before it; None for a first grant.

    Five queries. `bescheid` is the one of this budget, with what it keeps back; before it that is
    kept back which is in force on the first day of this one.
    """
    vorgaenger = budget.vorgaenger
    if vorgaenger is None:
        return None
    alt, neu = _by_kennung(vorgaenger), _by_kennung(budget)
    bisher = Bescheid.objects.filter(persoenliches_budget=vorgaenger).defer("schreiben").first()
    abzug_alt, verbrauch_alt = geltender_abzug(bisher, budget.beginn) if bisher else (_NULL, {})
    neu_abzug = compute_abzug(bescheid) if bescheid else Abzug()
    return Wandel(
        vorgaenger=vorgaenger,
        bisher=bisher,
        ab=budget.beginn,
        zeilen=tuple(_zeile(alt.get(k), neu.get(k)) for k in {**alt, **neu}),
        abzug_alt=abzug_alt,
        abzug_neu=neu_abzug.betrag,
        verbrauch_alt=verbrauch_alt,
        verbrauch_neu=neu_abzug.verbrauch,
        ende_neu=budget.ende,
        ersetzt=_replaces(budget, vorgaenger, bescheid),
    )


def reaches(vorgaenger: PersoenlichesBudget, tag: date) -> bool:
    """Tell whether the grant would still be in force on the day without a new decision."""
    letzter = vorgaenger.letzter_tag
    if letzter is None:
        return vorgaenger.state != Budgetzustand.BEENDET
    # What another decision has ended is not ended again.
    return letzter >= tag


def _replaces(
    budget: PersoenlichesBudget, vorgaenger: PersoenlichesBudget, bescheid: Bescheid | None
) -> bool:
    """Tell whether the grant takes the place of one in force; a released one says it itself."""
    if bescheid is not None and bescheid.schreiben_id is not None:
        return aenderung_of(budget, bescheid) is not None
    return reaches(vorgaenger, budget.beginn)


def _by_kennung(budget: PersoenlichesBudget) -> dict[Any, Teilbudget]:
    rows = budget.teilbudgets.select_related("leistung").order_by("id")
    return {row.leistung.kennung: row for row in rows}


def _zeile(alt: Teilbudget | None, neu: Teilbudget | None) -> Wandelzeile:
    gilt = neu or alt
    return Wandelzeile(
        gilt.leistung.bezeichnung if gilt else "",
        alt.betrag if alt else None,
        neu.betrag if neu else None,
        alt.auszahlungsform if alt else "",
        neu.auszahlungsform if neu else "",
    )


def aenderung_of(
    budget: PersoenlichesBudget, bescheid: Bescheid | None = None
) -> Folgebescheid | None:
    """Return the decision that ends the former grant with this one, None where there is none."""
    if budget.vorgaenger_id is None:
        return None
    rows = Folgebescheid.objects.filter(budget=budget.vorgaenger_id, art=Folgeart.AENDERUNG)
    if bescheid is not None and bescheid.schreiben_id is not None:
        rows = rows.filter(schreiben=bescheid.schreiben_id)
    else:
        rows = rows.filter(state__in=_OFFEN)
    return rows.select_related("anhoerung_schreiben", "budget", "case").first()


def wandel_daten(bescheid: Bescheid) -> dict[str, Any]:
    """Return what the letter says about the change; empty for a first grant."""
    budget = bescheid.persoenliches_budget
    wandel = wandel_of(budget, bescheid)
    if wandel is None:
        return {}
    row = aenderung_of(budget, bescheid)
    return {
        "vom": wandel.bisher.datum.isoformat() if wandel.bisher else "",
        "ab": wandel.ab.isoformat(),
        "ersetzt": wandel.ersetzt,
        "nachteilig": wandel.nachteilig,
        "zeilen": [_daten(z) for z in wandel.zeilen],
        "summe": _daten(wandel.summe),
        "abzug": _daten(wandel.abzug) if wandel.abzug_alt or wandel.abzug_neu else {},
        "sachverhalt": absaetze(row.sachverhalt) if row else [],
        "gruende": absaetze(row.gruende) if row else [],
        "fall_des_gesetzes": (
            dict(FOLGEARTEN[row.art].faelle).get(row.fall_des_gesetzes, "") if row else ""
        ),
        "anhoerung": _anhoerung(row) if row and wandel.nachteilig else {},
    }


def _daten(zeile: Wandelzeile) -> dict[str, str]:
    form = zeile.form_neu or zeile.form_alt
    return {
        "bezeichnung": zeile.bezeichnung,
        "alt": "" if zeile.alt is None else f"{zeile.alt:.2f}",
        "neu": "" if zeile.neu is None else f"{zeile.neu:.2f}",
        "unterschied": f"{zeile.unterschied:+.2f}",
        "form": Auszahlungsform(form).label if form and zeile.form_alt != zeile.form_neu else "",
    }


def _anhoerung(row: Folgebescheid) -> dict[str, str]:
    schreiben, am = row.anhoerung_schreiben, row.aeusserung_am
    return {
        "vom": schreiben.datum.isoformat() if schreiben else "",
        "aeusserung_am": am.isoformat() if am else "",
        "aeusserung": row.aeusserung,
        "verzicht": row.get_anhoerung_verzicht_display() if row.anhoerung_verzicht else "",
        "grund": row.verzicht_grund,
    }
