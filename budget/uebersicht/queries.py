"""What the Persönliches Budget needs on a day, from the Bemessung to the Bescheid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch

from budget.bescheid.queries import ruhezeiten, verbrauch_of, wirksame_pruefungen
from budget.bescheid.schreiben.rechtsbehelf import belehrung_am
from budget.models import Beitragspruefung, Bescheid, Folgebescheid, PersoenlichesBudget, Teilbudget
from budget.states import BEWILLIGTE, Auszahlungsform
from budget.states.folge import FOLGEARTEN
from cases.models import Case
from cases.registry.probe import Mangel, Probe, Probenlage, present
from recht.bemessung import Betrag, stunden
from recht.fehler import ParameterUnbekannt
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.inhalte import pflichtinhalte
from recht.laenge import monatsende
from recht.parameter import alle_parameter
from recht.pflege import SATZREIHEN
from recht.teilmonat import MODI, teilmonat

_STATION = "Persönliches Budget"
_BEENDENDE = [art for art, zeile in FOLGEARTEN.items() if zeile.beendet]
# What the Bemessung offers as a statutory amount.
SAETZE = tuple({anfang for reihen in SATZREIHEN.values() for anfang in reihen})


def _rechenwege(lage: Probenlage) -> list[Mangel]:
    """Hours and divided months are computed with values that no law limits."""
    stunden(Decimal(1), Decimal(1), "woche", lage.tag)
    for modus in MODI:
        teilmonat(Betrag(Decimal(1), ()), lage.tag, modus)
    return []


def _saetze(lage: Probenlage) -> Iterator[Mangel]:
    for eine in alle_parameter():
        if not eine.schluessel.startswith(SAETZE) or eine.beendet:
            continue
        try:
            lage.werte.am(eine.schluessel, lage.tag)
        except ParameterUnbekannt:
            yield Mangel(
                f"{eine.bezeichnung}: Ein Teilbudget nach diesem Satz ist für diesen Tag nicht "
                "möglich, bis der Wert eingegeben ist.",
                eine.werte[-1].norm,
            )


# Since this day the limit follows from a formula.
_FORMEL_AB = date(2022, 10, 1)


def _minijob(lage: Probenlage) -> list[Mangel]:
    try:
        lage.werte.am("minijob_grenze", lage.tag)
    except ParameterUnbekannt:
        norm = "§ 8 Abs. 1a SGB IV" if lage.tag >= _FORMEL_AB else "§ 8 Abs. 1 Nr. 1 SGB IV"
        return [Mangel("Die Zielvereinbarung nennt die Geringfügigkeitsgrenze ohne Betrag.", norm)]
    return []


def _laufzeit(lage: Probenlage) -> list[Mangel]:
    for regel in (Regel.BINDUNG_BUDGET, Regel.ERSTE_UEBERPRUEFUNG):
        compute_frist(regel, lage.tag, lage.sitz)
    return []


PROBEN = (
    Probe(_STATION, "Stunden und angebrochene Monate", _rechenwege),
    Probe(_STATION, "Gesetzliche Sätze", _saetze),
    Probe(
        _STATION,
        "Inhalte der Zielvereinbarung",
        lambda lage: present("Inhalte", pflichtinhalte("zielvereinbarung", lage.tag)),
    ),
    Probe(_STATION, "Geringfügigkeitsgrenze", _minijob),
    Probe(_STATION, "Bindung und Überprüfung", _laufzeit),
    Probe(
        "Bescheid",
        "Inhalte des Bescheids",
        lambda lage: present("Inhalte des Bescheids", pflichtinhalte("bescheid", lage.tag)),
    ),
    Probe(
        "Bescheid",
        "Rechtsbehelfsbelehrung",
        lambda lage: present("Rechtsbehelfsbelehrung", belehrung_am(lage.tag).formen),
    ),
)


@dataclass(frozen=True)
class Bewilligung:
    """One grant with its days, its amounts, the Bescheid that it came from and what ended it.

    `pruefungen` are the reviews whose decision has set anew what is kept back; the amounts are
    those of the `tag`, else of the first day.
    """

    budget: PersoenlichesBudget
    bescheid: Bescheid | None
    ende: Folgebescheid | None
    von: date
    bis: date | None
    pruefungen: tuple[Beitragspruefung, ...] = ()
    tag: date | None = None

    @property
    def ohne_geltung(self) -> bool:
        """Tell whether it was in force on no day."""
        return self.bis is not None and self.bis < self.von

    @property
    def geld(self) -> Decimal:
        """Return what is paid in a full month: money without what is kept back."""
        return self.budget.summe(form=Auszahlungsform.GELD) - self.abzug

    @property
    def aenderung(self) -> Beitragspruefung | None:
        """Return the last review in effect that counts for the day, None where the grant does."""
        tag = self.tag or self.von
        return next((row for row in reversed(self.pruefungen) if row.ab <= tag), None)

    @property
    def abzug(self) -> Decimal:
        """Return what is kept back of the month of the day."""
        if self.aenderung is not None:
            return self.aenderung.abzug
        return self.bescheid.abzug if self.bescheid else Decimal("0.00")

    @property
    def vermoegen(self) -> Decimal:
        """Return what the assets pay first of the month of the day."""
        monat = (self.tag or self.von).replace(day=1)
        if self.aenderung is not None:
            return self.aenderung.verbrauch.get(monat, Decimal("0.00"))
        verbrauch = verbrauch_of(self.bescheid) if self.bescheid else {}
        return verbrauch.get(monat, Decimal("0.00"))


def bewilligungen_of(case: Case) -> list[Bewilligung]:
    """Return every grant that was ever made known in a case, the last one first; five queries.

    The days are those of today's knowledge: a decision that reaches back has shortened them.
    """
    rows = PersoenlichesBudget.objects.filter(case=case, state__in=BEWILLIGTE)
    rows = rows.prefetch_related(
        Prefetch(
            "teilbudgets",
            Teilbudget.objects.select_related("leistung", "leistungstraeger").order_by("id"),
        ),
        Prefetch(
            "bescheide",
            Bescheid.objects.select_related("schreiben").defer("schreiben__daten"),
        ),
        Prefetch(
            "folgebescheide",
            Folgebescheid.objects.filter(wirksam_am__isnull=False, art__in=_BEENDENDE)
            .select_related("schreiben")
            .defer("schreiben__daten")
            .order_by("wirkt_ab", "pk"),
        ),
    )
    tod = case.leistungsberechtigte_person.verstorben_am
    neu = wirksame_pruefungen(PersoenlichesBudget.objects.filter(case=case))
    return [_bewilligung(row, tod, neu.get(row.pk, ())) for row in rows.order_by("-beginn", "-id")]


def _bewilligung(
    budget: PersoenlichesBudget, tod: date | None, pruefungen: tuple[Beitragspruefung, ...]
) -> Bewilligung:
    vortage = {
        f.erster_tag - timedelta(days=1): f for f in budget.folgebescheide.all() if f.erster_tag
    }
    tage = (budget.letzter_tag, monatsende(tod) if tod else None)
    bis = min((tag for tag in tage if tag is not None), default=None)
    return Bewilligung(
        budget,
        next(iter(budget.bescheide.all()), None),
        vortage.get(budget.gilt_bis) if budget.gilt_bis else None,
        budget.beginn,
        bis,
        pruefungen,
    )


def in_force_on(bewilligungen: Iterable[Bewilligung], tag: date) -> Bewilligung | None:
    """Return the grant that was in force, with its amounts of the day; there is one at most."""
    for eine in bewilligungen:
        if eine.von <= tag and (eine.bis is None or tag <= eine.bis):
            return replace(eine, tag=tag)
    return None


def resting_on(budget: PersoenlichesBudget, tag: date) -> Decimal:
    """Return what of a full month rests on the day by a decision about an interruption, in euro."""
    zeiten = ruhezeiten(PersoenlichesBudget.objects.filter(pk=budget.pk)).get(budget.pk, ())
    ruht = (z.betrag for z in zeiten if z.von <= tag and (z.bis is None or tag <= z.bis))
    return sum(ruht, Decimal("0.00"))


# What must hold of budgets and Bescheide at any time; asked every night, shown under „Betrieb“.
INVARIANTEN: dict[str, str] = {
    "laufende Budgets ohne versandten Bescheid": """
        SELECT count(*) FROM budget_persoenlichesbudget b
        WHERE b.state IN ('bewilligt', 'laeuft') AND NOT EXISTS (
            SELECT 1 FROM budget_bescheid x WHERE x.persoenliches_budget_id = b.id
            AND x.state IN ('versandt', 'bestandskraeftig'))""",
    "Fälle mit zwei laufenden Budgets": """
        SELECT count(*) FROM (
            SELECT case_id FROM budget_persoenlichesbudget WHERE state = 'laeuft'
            GROUP BY case_id HAVING count(*) > 1) doppelt""",
    "Bescheide, die von ihrer Verfasserin freigegeben sind": """
        SELECT count(*) FROM budget_bescheid
        WHERE freigegeben_von_id IN (erstellt_von_id, vorgelegt_von_id)""",
    "Bescheide, deren Schreiben in einem anderen Fall liegt": """
        SELECT count(*) FROM budget_bescheid b JOIN cases_schreiben s ON s.id = b.schreiben_id
        WHERE s.case_id <> (SELECT case_id FROM budget_persoenlichesbudget p
                            WHERE p.id = b.persoenliches_budget_id)""",
    "versandte Bescheide, deren Schreiben nie aufgegeben wurde": """
        SELECT count(*) FROM budget_bescheid b
        WHERE b.state IN ('versandt', 'bestandskraeftig') AND NOT EXISTS (
            SELECT 1 FROM cases_versand v WHERE v.schreiben_id = b.schreiben_id
            AND v.state IN ('aufgegeben', 'nicht_zugegangen'))""",
}
