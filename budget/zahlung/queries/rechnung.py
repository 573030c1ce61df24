"""What a month amounts to: what is due, what was ordered, what is asked back; no query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from budget.models.zahlung import Zahlanordnung, Zahlungsgrund
from recht.auszahlung import Rate, Zahlungsplan, raten
from recht.laenge import monatsende, plus_monate

_NULL = Decimal("0.00")
# With this the page marks what is ordered before the Antrag is decided.
VORLAEUFIG = "v"
# How long an ended budget stays in sight of the Kasse.
_MONATE_BEENDET = 3


@dataclass(frozen=True)
class Zahlung:
    """One budget, or provisional decision, with its plan of payments, as far as the Kasse needs it.

    `davor` is under what was paid before for the same months: the grant whose place this one takes,
    and what was rendered provisionally until it was decided.
    """

    grund: Zahlungsgrund
    fall: int
    plan: Zahlungsplan
    davor: tuple[Zahlungsgrund, ...] = ()

    @property
    def vorlaeufig(self) -> bool:
        """Tell whether the Antrag is not decided yet."""
        return self.grund[1]


@dataclass(frozen=True)
class Rueckforderung:
    """What a decision in effect asks back of what was paid between two days."""

    von: date
    bis: date
    betrag: Decimal


@dataclass(frozen=True)
class Rest:
    """An order for which nothing is due any more, with what is not asked back of it yet."""

    anweisung: Zahlanordnung
    betrag: Decimal

    @property
    def zahltag(self) -> date:
        """Return the day on which the money leaves, or has left."""
        return self.anweisung.zahltag

    @property
    def teilweise(self) -> bool:
        """Tell whether a decision asks back a part of it."""
        return self.betrag != self.anweisung.betrag


@dataclass(frozen=True)
class Ueberzahlung:
    """More was ordered for a month than both grants of it amount to together."""

    grund: Zahlungsgrund
    fall: int
    monat: date
    betrag: Decimal


@dataclass(frozen=True)
class Posten:
    """One payment that is due: for which case, which month, how much, on which day.

    `abzug` is what is kept back of a full month before it, `anweisung` the order to pay it, None
    while it is open. `angerechnet` is what was ordered for the month under the grant whose place
    this one takes, or provisionally; the rate is after it. `erstattet` is what a decision asks back
    of the order.
    """

    grund: Zahlungsgrund
    fall: int
    rate: Rate
    ende: date | None
    abzug: Decimal
    anweisung: Zahlanordnung | None = None
    angerechnet: Decimal = _NULL
    erstattet: Decimal = _NULL

    @property
    def vorlaeufig(self) -> bool:
        """Tell whether it is paid before the Antrag is decided."""
        return self.grund[1]

    @property
    def offen(self) -> bool:
        """Tell whether the Kasse still has to order it."""
        return self.anweisung is None

    @property
    def weicht_ab(self) -> bool:
        """Tell whether another amount was ordered than is due now and asked back."""
        if self.anweisung is None:
            return False
        return self.anweisung.betrag - self.erstattet != self.rate.betrag

    @property
    def schluessel(self) -> str:
        """Return what a tick of the page sends: under what, month and the amount as shown."""
        zeichen = VORLAEUFIG if self.vorlaeufig else ""
        return f"{zeichen}{self.grund[0]}:{self.rate.monat.isoformat()}:{self.rate.betrag}"


@dataclass(frozen=True)
class Monatsliste:
    """The payments of a month; apart what has ended and what begins later.

    `summe` is what is due in the whole month, `bis_heute` the part of it that is due already,
    `angewiesen` what of it is ordered and `offen` what is not. `vorher` fell due in an earlier
    month and is open, `entfallen` was ordered and is not due any more. `ueberzahlt` was ordered
    under a former grant and is more than the new one gives; only an Erstattung brings it back.
    Of what stands in `ruhend` nothing is paid in the month.
    """

    posten: Sequence[Posten]
    summe: Decimal
    bis_heute: Decimal
    empfaenger: int
    beendet: Sequence[Zahlung]
    kuenftig: Sequence[Zahlung]
    angewiesen: Decimal = Decimal("0.00")
    offen: Decimal = Decimal("0.00")
    vorher: Sequence[Posten] = ()
    entfallen: Sequence[Rest] = ()
    ueberzahlt: Sequence[Ueberzahlung] = ()
    ruhend: Sequence[Zahlung] = ()


class Rechnung:
    """What is due, with what was ordered for the same month before and what is asked back.

    `rueck` is what decisions ask back, by what it was paid under. A decision over several months
    counts for the first of them that has too much, then for the next.
    """

    def __init__(
        self,
        zahlungen: Iterable[Zahlung],
        anweisungen: Iterable[Zahlanordnung] = (),
        rueck: Mapping[Zahlungsgrund, Sequence[Rueckforderung]] | None = None,
    ) -> None:
        self.zahlungen = {zahlung.grund: zahlung for zahlung in zahlungen}
        self.angewiesen = {(a.grund, a.monat): a for a in anweisungen}
        self._rueck = rueck or {}
        self._zu_viel: dict[tuple[Zahlungsgrund, date], Decimal] = {}

    def posten(self, zahlung: Zahlung, von: date, bis: date) -> list[Posten]:
        """Return the payments of a budget that fall due between two days; nothing is no payment."""
        found = (self._posten(zahlung, rate) for rate in raten(zahlung.plan, von, bis))
        return [posten for posten in found if posten.rate.betrag > 0]

    def _posten(self, zahlung: Zahlung, rate: Rate) -> Posten:
        plan = zahlung.plan
        voll = max(rate.betrag, _NULL)
        schon = min(self.vorher(zahlung, rate.monat), voll)
        anweisung = self.angewiesen.get((zahlung.grund, rate.monat))
        return Posten(
            zahlung.grund,
            zahlung.fall,
            replace(rate, betrag=rate.betrag - schon),
            plan.ende,
            plan.abzug_am(rate.monat),
            anweisung,
            schon,
            self.erstattet(zahlung.grund, rate.monat) if anweisung else _NULL,
        )

    def vorher(self, zahlung: Zahlung, monat: date) -> Decimal:
        """Return what was ordered for a month under what this one takes the place of."""
        return sum((self.zu_viel(grund, monat) for grund in zahlung.davor), _NULL)

    def zu_viel(self, grund: Zahlungsgrund, monat: date) -> Decimal:
        """Return what was ordered for a month under this grant and those before, beyond its due.

        What a decision asks back is not too much any more. Nothing of it is set off against another
        month (§ 50 SGB X asks for a decision).
        """
        return self._ueber(grund, monat) - self.erstattet(grund, monat)

    def _ueber(self, grund: Zahlungsgrund, monat: date) -> Decimal:
        """Return what was ordered beyond what was due, before anything is asked back."""
        found = self._zu_viel.get((grund, monat))
        if found is None:
            zahlung = self.zahlungen.get(grund)
            anweisung = self.angewiesen.get((grund, monat))
            gezahlt = anweisung.betrag if anweisung else _NULL
            davor = self.vorher(zahlung, monat) if zahlung else _NULL
            found = max(gezahlt + davor - self._due(zahlung, monat), _NULL)
            self._zu_viel[grund, monat] = found
        return found

    def erstattet(self, grund: Zahlungsgrund, monat: date) -> Decimal:
        """Return what decisions in effect ask back of a month; never more than was too much."""
        offen = ueber = self._ueber(grund, monat)
        for rueck in self._rueck.get(grund, ()):
            offen -= min(self._share(grund, rueck, monat), offen)
        return ueber - offen

    def _share(self, grund: Zahlungsgrund, rueck: Rueckforderung, monat: date) -> Decimal:
        """Return what is left of a decision for a month after the months before it."""
        if not rueck.von.replace(day=1) <= monat <= rueck.bis:
            return _NULL
        davor = rueck.von.replace(day=1)
        verbraucht = _NULL
        while davor < monat:
            verbraucht += self._ueber(grund, davor)
            davor = plus_monate(davor, 1)
        return max(rueck.betrag - verbraucht, _NULL)

    @staticmethod
    def _due(zahlung: Zahlung | None, monat: date) -> Decimal:
        if zahlung is None:
            return _NULL
        plan = zahlung.plan
        bis = monatsende(max(monat, plan.erster_tag))
        faellig = (r.betrag for r in raten(plan, plan.erster_tag, bis) if r.monat == monat)
        return max(next(faellig, _NULL), _NULL)

    @property
    def ersetzt(self) -> set[Zahlungsgrund]:
        """Return under what is not paid any more, because something has taken its place."""
        return {grund for zahlung in self.zahlungen.values() for grund in zahlung.davor}

    def ueberzahlt(self, monat: date) -> Iterator[Ueberzahlung]:
        """Return where more was ordered for the month than the last grant of it gives."""
        ersetzt = self.ersetzt
        for zahlung in self.zahlungen.values():
            if not zahlung.davor or zahlung.grund in ersetzt:
                continue
            betrag = self.zu_viel(zahlung.grund, monat)
            if betrag:
                yield Ueberzahlung(zahlung.grund, zahlung.fall, monat, betrag)


def find_posten(rechnung: Rechnung, grund: Zahlungsgrund, monat: date) -> Posten | None:
    """Return what one month of one budget amounts to now, None where nothing is due for it."""
    zahlung = rechnung.zahlungen.get(grund)
    if zahlung is None:
        return None
    erster = zahlung.plan.erster_tag
    posten = rechnung.posten(zahlung, erster, monatsende(max(monat, erster)))
    return next((p for p in posten if p.rate.monat == monat), None)


def _open_before(rechnung: Rechnung, monat: date) -> list[Posten]:
    """Return what fell due before the month and is open or was ordered with another amount.

    It begins with the first order of the Kasse: what was paid before is nobody's arrears.
    """
    if not rechnung.angewiesen:
        return []
    seit = min(a.faellig for a in rechnung.angewiesen.values()).replace(day=1)
    vortag = monat - timedelta(days=1)
    posten = (p for z in rechnung.zahlungen.values() for p in rechnung.posten(z, seit, vortag))
    return [p for p in posten if p.offen or p.weicht_ab]


def month_of(
    zahlungen: Sequence[Zahlung],
    monat: date,
    stichtag: date,
    anweisungen: Iterable[Zahlanordnung] = (),
    rueck: Mapping[Zahlungsgrund, Sequence[Rueckforderung]] | None = None,
) -> Monatsliste:
    """Return what is due in the month that begins with `monat`; no query."""
    letzter = monatsende(monat)
    rechnung = Rechnung(zahlungen, anweisungen, rueck)
    posten: list[Posten] = []
    beendet: list[Zahlung] = []
    kuenftig: list[Zahlung] = []
    ruhend: list[Zahlung] = []
    for zahlung in zahlungen:
        plan = zahlung.plan
        # A month that the assets pay in full is no payment.
        faellig = rechnung.posten(zahlung, monat, letzter)
        posten += faellig
        if faellig or rechnung.vorher(zahlung, monat):
            continue
        if plan.erster_tag > letzter:
            kuenftig.append(zahlung)
        elif plan.ende is not None and plan.ende >= plus_monate(monat, -_MONATE_BEENDET):
            beendet.append(zahlung)
        elif plan.ruhend and (plan.ende is None or plan.ende >= monat):
            ruhend.append(zahlung)
    return Monatsliste(
        posten=posten,
        summe=sum((p.rate.betrag for p in posten), Decimal("0.00")),
        bis_heute=sum((p.rate.betrag for p in posten if p.rate.faellig <= stichtag), Decimal(0)),
        empfaenger=len({p.fall for p in posten}),
        beendet=beendet,
        kuenftig=kuenftig,
        ruhend=ruhend,
        angewiesen=sum((p.anweisung.betrag for p in posten if p.anweisung), Decimal("0.00")),
        offen=sum((p.rate.betrag for p in posten if p.offen), Decimal("0.00")),
        vorher=_open_before(rechnung, monat),
        entfallen=_dropped(rechnung, posten, monat),
        ueberzahlt=list(rechnung.ueberzahlt(monat)),
    )


def _dropped(rechnung: Rechnung, posten: Iterable[Posten], monat: date) -> list[Rest]:
    """Return orders up to the month for which nothing is due any more, under no grant.

    They stand here until the Kasse takes them back, or a decision asks for what was paid; one over
    a part leaves the rest.
    """
    letzter = monatsende(monat)
    da = {(p.grund, p.rate.monat) for p in posten}
    for (grund, vormonat), a in rechnung.angewiesen.items():
        if a.faellig < monat and (zahlung := rechnung.zahlungen.get(grund)):
            erster = zahlung.plan.erster_tag
            bis = monatsende(max(vormonat, erster))
            if any(r.monat == vormonat and r.betrag > 0 for r in raten(zahlung.plan, erster, bis)):
                da.add((grund, vormonat))
    ersetzt = rechnung.ersetzt
    reste = (
        Rest(a, a.betrag - rechnung.erstattet(*key))
        for key, a in rechnung.angewiesen.items()
        if key not in da and key[0] not in ersetzt and a.faellig <= letzter
    )
    return [rest for rest in reste if rest.betrag > 0]
