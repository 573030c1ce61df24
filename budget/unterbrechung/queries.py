"""Reads of the interruptions of a budget, and what each of them does to the payment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from budget.folge.queries import ohne_wirkung
from budget.models import PersoenlichesBudget, Teilbudget, Unterbrechung
from budget.states import Auszahlungsform, Vereinbarungszustand
from budget.states.unterbrechung import Ruheregel, Unterbrechungsanlass
from cases.behoerde.queries.eigener_wert import aufenthalt_mitteilen, teilmonat_modus
from cases.models import Case
from gesamtplan.states import Entscheidung
from recht.bemessung import Betrag
from recht.geld import format_euro
from recht.laenge import monatsende, plus_monate
from recht.pflege import PFLEGEGELD, pflegegeld_ruht
from recht.rechenweg import Schritt
from recht.teilmonat import unterbrechung
from recht.umzug import Pause
from recht.zeitraum import Zeitraum

# As the first wording of the Zielvereinbarung has it.
_MODUS = "dreissigstel"
# So many months of an interruption without an end are shown.
_MONATE = 3
# What others decide about in their own name does not rest by our Bescheid.
ANDERE = (Entscheidung.EIGENER_NAME, Entscheidung.EIGENE_ENTSCHEIDUNG)
# A stay there is no time without Leistung (§ 98 Abs. 1 S. 5 SGB IX).
_MEDIZINISCH = (Unterbrechungsanlass.KRANKENHAUS, Unterbrechungsanlass.REHA)
# The rule stands in this section of the Zielvereinbarung.
_INHALT = "unterbrechung"
FELDER = (
    "anlass",
    "von",
    "bis",
    "mitgeteilt_am",
    "quelle",
    "regel",
    "weiter_tage",
    "teile",
    "kosten",
    "kosten_nachweis",
    "nachfragen_am",
)


@dataclass(frozen=True)
class Monatswirkung:
    """What is paid of the resting part in a month: its first day, full, resting, with the steps."""

    monat: date
    voll: Decimal
    bleibt: Decimal
    rechnung: str

    @property
    def ruht(self) -> Decimal:
        """Return what is not paid."""
        return self.voll - self.bleibt


@dataclass(frozen=True)
class Wirkung:
    """What an interruption does: one sentence, the months, and whether it is decided."""

    satz: str
    monate: Sequence[Monatswirkung]
    stand: str


def unterbrechungen_of(budget: PersoenlichesBudget) -> list[Unterbrechung]:
    """Return the interruptions of a budget, the newest first; one query."""
    rows = list(budget.unterbrechungen.select_related("folgebescheid", "bearbeitet_von"))
    for row in rows:
        row.persoenliches_budget = budget
    return rows


def unterbrechung_or_none(case: Case, kennung: int) -> Unterbrechung | None:
    """Return one interruption of a budget of this case, None when there is none."""
    rows = Unterbrechung.objects.filter(persoenliches_budget__case=case, pk=kennung)
    row = rows.select_related("folgebescheid", "bearbeitet_von", "persoenliches_budget").first()
    if row is not None:
        row.persoenliches_budget.case = case
    return row


def resting_teile(budget: PersoenlichesBudget) -> QuerySet[Teilbudget]:
    """Return the Teilbudgets that can rest by our decision: money, part of the budget, ours."""
    rows = budget.teilbudgets.filter(auszahlungsform=Auszahlungsform.GELD, ergaenzend=False)
    rows = rows.exclude(entscheidung__in=ANDERE)
    return rows.select_related("leistung", "leistungstraeger").order_by("pk")


def gets_pflegegeld(budget: PersoenlichesBudget) -> bool:
    """Tell whether the Pflegekasse pays money into the budget: it has a rule of its own."""
    rows = budget.teilbudgets.filter(auszahlungsform=Auszahlungsform.GELD)
    return rows.filter(katalogschluessel__in=PFLEGEGELD).exists()


def pflegegeld_of(row: Unterbrechung) -> Sequence[Schritt]:
    """Return when the Pflegegeld rests during a stay, for the person to know; no step without.

    Whoever employs her carers herself keeps it; the Pflegekasse decides (§ 34 Abs. 2 SGB XI).
    """
    stay = row.anlass in {Unterbrechungsanlass.KRANKENHAUS, Unterbrechungsanlass.REHA}
    budget = row.persoenliches_budget
    if not stay or not gets_pflegegeld(budget):
        return ()
    employs = budget.arbeitgebernachweise.exists()
    return pflegegeld_ruht(row.von, row.bis, arbeitgebermodell=employs).rechenweg


def agreed_rule(budget: PersoenlichesBudget) -> str:
    """Return what the signed Zielvereinbarung says for interruptions, empty without one."""
    rows = budget.zielvereinbarungen.filter(state=Vereinbarungszustand.UNTERZEICHNET)
    vereinbarung = rows.prefetch_related("vereinbarungsinhalte").first()
    inhalte = vereinbarung.vereinbarungsinhalte.all() if vereinbarung else ()
    return next((i.text for i in inhalte if i.schluessel == _INHALT), "")


def usual_days(budget: PersoenlichesBudget) -> int:
    """Return for how many days the first wording of the agreement lets the budget run on."""
    return aufenthalt_mitteilen(budget.beginn)


def sum_of(teile: Iterable[Teilbudget]) -> Decimal:
    """Return what these Teilbudgets amount to in a month, in euro."""
    return sum((teil.betrag for teil in teile), Decimal("0.00"))


def werte_of_unterbrechung(row: Unterbrechung) -> dict[str, Any]:
    """Return what the form shows of an interruption; its mark covers these."""
    werte = {name: getattr(row, name) for name in FELDER}
    return werte | {"teile": [str(pk) for pk in row.teile]}


def effect_of(row: Unterbrechung) -> Wirkung:
    """Return what an interruption does to the payment, in words and month by month."""
    ab = row.ruht_ab
    if ab is None:
        return Wirkung(_runs_on(row), (), "Es ist nichts zu entscheiden.")
    bis = f"bis zum {row.bis:%d.%m.%Y}" if row.bis else "solange sie dauert"
    satz = (
        f"Bis zum {ab - timedelta(days=1):%d.%m.%Y} wird weitergezahlt. Ab dem {ab:%d.%m.%Y} ruhen "
        f"{format_euro(row.ruht_betrag)} im Monat, {bis}."
    )
    if not row.weiter_tage:
        satz = f"Ab dem {ab:%d.%m.%Y} ruhen {format_euro(row.ruht_betrag)} im Monat, {bis}."
    return Wirkung(satz, _months(row, _first_day(row) or ab), _decided(row))


def _runs_on(row: Unterbrechung) -> str:
    if row.regel == Ruheregel.LAEUFT_WEITER:
        return "Das Budget läuft weiter; es wird gezahlt wie bisher."
    return (
        f"Bis zum {row.weiter_tage}. Tag wird weitergezahlt; die Unterbrechung ist vorher zu Ende. "
        "Es wird gezahlt wie bisher."
    )


def _first_day(row: Unterbrechung) -> date | None:
    """Return the day from which the Bescheid lets a part rest, None without one."""
    return row.folgebescheid.erster_tag if row.folgebescheid else None


def _decided(row: Unterbrechung) -> str:
    bescheid = row.folgebescheid
    if bescheid is None:
        return (
            "Noch wird alles gezahlt: Es ruht erst, wenn ein Bescheid darüber bekannt gegeben ist."
        )
    if bescheid.wirksam_am is None:
        return "Noch wird alles gezahlt: Der Bescheid ist noch nicht bekannt gegeben."
    if ohne_wirkung(bescheid):
        return "Es wird alles gezahlt: Ein Rechtsbehelf hält den Bescheid auf oder hatte Erfolg."
    return f"Es ruht ab dem {bescheid.erster_tag:%d.%m.%Y}."


def _months(row: Unterbrechung, ab: date) -> list[Monatswirkung]:
    """Return the months in which something rests from a day on; without an end the first ones."""
    modus = teilmonat_modus(row.persoenliches_budget.beginn) or _MODUS
    monat = ab.replace(day=1)
    letzter = row.bis or monatsende(plus_monate(monat, _MONATE - 1))
    voll = Betrag(row.ruht_betrag, ())
    found = []
    while monat <= letzter and ab <= letzter:
        betrag = unterbrechung(voll, monat, Zeitraum(ab, row.bis), 0, modus)
        text = betrag.rechenweg[-1].text
        found.append(Monatswirkung(monat, row.ruht_betrag, betrag.betrag, text))
        monat = plus_monate(monat, 1)
    return found


def pausen_of(case: Case) -> list[Pause]:
    """Return the times for which decisions in effect let everything rest that we render."""
    rows = Unterbrechung.objects.filter(
        persoenliches_budget__case=case, folgebescheid__wirksam_am__isnull=False, kosten=0
    )
    rows = rows.select_related("folgebescheid", "persoenliches_budget").order_by("von")
    return [
        Pause(ab, row.bis, row.anlass in _MEDIZINISCH)
        for row in rows
        if (ab := _rests_from(row)) is not None and (row.bis is None or ab <= row.bis)
    ]


def _rests_from(row: Unterbrechung) -> date | None:
    """Return the first day on which nothing of ours is rendered, None where something is."""
    bescheid, budget = row.folgebescheid, row.persoenliches_budget
    if bescheid is None or ohne_wirkung(bescheid):
        return None
    eigene = budget.teilbudgets.filter(ergaenzend=False).exclude(entscheidung__in=ANDERE)
    if set(eigene.values_list("pk", flat=True)) - set(row.teile):
        return None
    return bescheid.erster_tag
