"""The board of the carriers of a budget: one row each, what was asked, answered, is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget.models import PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform
from budget.states.beteiligung import Beteiligungsstand
from budget.verfahren.queries import list_leistungen
from cases.antrag.queries.zustaendigkeit import fristbeginn
from cases.antrag.schreiben.zustaendigkeit import BETEILIGUNG, ERINNERUNG
from cases.models import Frist, Leistungstraeger, Schreiben, Traegerbeteiligung
from cases.services.ereignis import gegenstand_of
from gesamtplan.models import Konferenz, Leistung
from recht.entscheidung import is_rehabilitationstraeger
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, rechtsstand_am

_REGELN = (Regel.FESTSTELLUNGEN_TRAEGER, Regel.FESTSTELLUNG_TEILBUDGET)


@dataclass(frozen=True)
class Brettzeile:
    """One carrier of a budget on a day; `frist` is F07, `teilfrist` F12.

    `rehatraeger` and `rechtsstand` are those of the Antrag; amounts are euro a month.
    """

    traeger: Leistungstraeger
    leistungen: tuple[Leistung, ...]
    teilbudgets: tuple[Teilbudget, ...]
    beteiligung: Traegerbeteiligung | None
    frist: Frist | None
    teilfrist: Frist | None
    aufforderung: Schreiben | None
    erinnerung: Schreiben | None
    rehatraeger: bool
    rechtsstand: Rechtsstand
    stichtag: date

    @property
    def stand(self) -> Beteiligungsstand:
        """Return where the carrier stands on the day."""
        row = self.beteiligung
        if row is None:
            return Beteiligungsstand.OFFEN
        if row.eingegangen_am is not None:
            return Beteiligungsstand.EINGEGANGEN
        if row.selbst_festgestellt_am is not None:
            return Beteiligungsstand.SELBST
        if row.angefordert_am is None:
            return Beteiligungsstand.VORBEREITET
        spaet = self.frist is not None and self.frist.ende < self.stichtag
        return Beteiligungsstand.VERSPAETET if spaet else Beteiligungsstand.ANGEFORDERT

    @property
    def bindet(self) -> bool:
        """Tell whether the answer came in time (§ 15 Abs. 2 S. 2 SGB IX)."""
        row = self.beteiligung
        if row is None or row.eingegangen_am is None:
            return False
        return self.frist is None or row.eingegangen_am <= self.frist.ende

    @property
    def folge(self) -> str:
        """Return what follows from being late, by law and kind of carrier; else empty."""
        spaet = self.stand is Beteiligungsstand.EINGEGANGEN and not self.bindet
        if self.stand is not Beteiligungsstand.VERSPAETET and not spaet:
            return ""
        if self.rechtsstand is Rechtsstand.A:
            return (
                "Die zwei Wochen sind eine Soll-Frist: Die Stellungnahme bleibt nötig "
                "(§ 3 Abs. 1 BudgetV)."
            )
        if self.rehatraeger:
            return (
                "Die Feststellungen binden nicht mehr. Der Bedarf wird nach allen "
                "Leistungsgesetzen selbst festgestellt (§ 15 Abs. 2 S. 3 SGB IX), die Erstattung "
                "richtet sich nach § 16 Abs. 2 SGB IX."
            )
        return (
            "Kein Rehabilitationsträger: Er entscheidet über seinen Teil selbst; eine Frist mit "
            "Folgen gibt es für ihn nicht (§ 29 Abs. 3 S. 3 SGB IX)."
        )

    @property
    def themen(self) -> list[tuple[str, str]]:
        """Return the four topics with what the carrier has said, empty where it has not."""
        row = self.beteiligung
        if row is None:
            return []
        return [
            ("Bedarf", row.feststellung),
            ("Höhe", row.hoehe),
            ("Inhalt der Zielvereinbarung", row.ziele),
            ("Beratung und Unterstützung", row.beratung),
        ]

    @property
    def geld(self) -> Decimal:
        """Return what the carrier gives as money."""
        return self._sum(Auszahlungsform.GELD)

    @property
    def gutscheine(self) -> Decimal:
        """Return what the carrier gives as vouchers."""
        return self._sum(Auszahlungsform.GUTSCHEIN)

    def _sum(self, form: str) -> Decimal:
        return sum(
            (t.betrag for t in self.teilbudgets if t.auszahlungsform == form), Decimal("0.00")
        )

    @property
    def rollen(self) -> list[str]:
        """Return who decides about the parts of the carrier, each once."""
        return sorted({str(t.get_entscheidung_display()) for t in self.teilbudgets})


def board_of(budget: PersoenlichesBudget, stichtag: date) -> list[Brettzeile]:
    """Return a row for every carrier but the own ones; four queries, whatever their number."""
    leistungen = list_leistungen(budget.gesamtplan)
    beteiligungen = {
        row.traeger_id: row
        for row in Traegerbeteiligung.objects.filter(antrag=budget.antrag_id).select_related(
            "traeger", "antrag"
        )
    }
    traeger = {le.leistungstraeger_id: le.leistungstraeger for le in leistungen}
    traeger |= {row.traeger_id: row.traeger for row in beteiligungen.values()}
    fristen = _fristen(budget, list(beteiligungen.values()))
    briefe = _briefe(budget, list(beteiligungen.values()))
    tag = fristbeginn(budget.antrag)
    zeilen = []
    for eine in sorted(traeger.values(), key=lambda t: t.name):
        if eine.eigener:
            continue
        row = beteiligungen.get(eine.pk)
        kennung = gegenstand_of(row) if row is not None else ""
        zeilen.append(
            Brettzeile(
                eine,
                tuple(le for le in leistungen if le.leistungstraeger_id == eine.pk),
                tuple(t for t in budget.teilbudgets.all() if t.leistungstraeger_id == eine.pk),
                row,
                fristen.get((kennung, Regel.FESTSTELLUNGEN_TRAEGER)),
                fristen.get((kennung, Regel.FESTSTELLUNG_TEILBUDGET)),
                briefe.get((kennung, BETEILIGUNG)),
                briefe.get((kennung, ERINNERUNG)),
                is_rehabilitationstraeger(eine.art, tag),
                rechtsstand_am(tag),
                stichtag,
            )
        )
    return zeilen


def _fristen(
    budget: PersoenlichesBudget, rows: Sequence[Traegerbeteiligung]
) -> dict[tuple[str, str], Frist]:
    found = Frist.objects.filter(
        case=budget.case_id, gegenstand__in=[gegenstand_of(row) for row in rows], regel__in=_REGELN
    ).order_by("id")
    return {(frist.gegenstand, frist.regel): frist for frist in found}


def _briefe(
    budget: PersoenlichesBudget, rows: Sequence[Traegerbeteiligung]
) -> dict[tuple[str, str], Schreiben]:
    found = Schreiben.objects.filter(
        case=budget.case_id,
        gegenstand__in=[gegenstand_of(row) for row in rows],
        art__in=(BETEILIGUNG, ERINNERUNG),
    )
    return {(s.gegenstand, s.art): s for s in found.defer("daten", "empfaenger").order_by("id")}


def konferenzen_since(budget: PersoenlichesBudget) -> list[Konferenz]:
    """Return the conferences of the case since the Antrag, the newest first; one query."""
    rows = Konferenz.objects.filter(
        case=budget.case_id, vorgeschlagen_am__gte=budget.antrag.antragstag
    )
    return list(rows.order_by("-vorgeschlagen_am", "-id"))
