"""Steps of the review of a budget and of its proofs: pages show the rows, services ask them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from budget.models import Budgetueberpruefung, Verwendungsnachweis
from budget.states import Budgetzustand
from budget.states.folge import Folgeart
from budget.states.ueberpruefung import (
    BUDGETPRUEFBEGINN,
    BUDGETPRUEFUNG,
    NACHWEIS,
    Budgetpruefergebnis,
    Budgetpruefstand,
    pruefnorm_of,
)
from budget.ueberpruefung import guards
from budget.verfahren.schritte import BUDGETSCHRITTE, Budgetlage
from cases import access
from cases.models import User
from cases.registry.schritt import Schritt
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from recht.geld import format_euro


@dataclass(frozen=True)
class Beginnlage(Budgetlage):
    """A running budget, and the review of it that is open."""

    offen: Budgetueberpruefung | None


@dataclass(frozen=True)
class Protokolllage(Tageslage):
    """A review on a day."""

    row: Budgetueberpruefung


@dataclass(frozen=True)
class Nachweislage(Tageslage):
    """A proof on a day."""

    row: Verwendungsnachweis


BEGINN = Schritttafel[Beginnlage](
    BUDGETPRUEFBEGINN,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "ueberpruefen",
            "budget_ueberpruefung_neu",
            (
                Pruefung(
                    lambda lage: guards.keine_offene_budgetpruefung(lage.budget, lage.offen),
                    verbirgt=True,
                ),
                Pruefung(lambda lage: guards.leistung_hat_begonnen(lage.budget, lage.tag)),
            ),
        ),
        Zeile(
            "nachweis_verlangen",
            "nachweis_neu",
            (Pruefung(lambda lage: guards.leistung_hat_begonnen(lage.budget, lage.tag)),),
        ),
    ),
    stichtag=lambda lage: lage.budget.beginn,
    zu_lebzeiten=("ueberpruefen", "nachweis_verlangen"),
)


def _norm(lage: Protokolllage) -> str:
    return pruefnorm_of(lage.row.persoenliches_budget.beginn)


ABSCHLUSS: tuple[Pruefung[Protokolllage], ...] = (
    Pruefung(
        lambda lage: guards.budgetgespraech_gefuehrt(lage.row, lage.tag),
        "Gespräch mit der Person",
        _norm,
    ),
    Pruefung(
        lambda lage: guards.protokoll_vollstaendig(lage.row),
        "Jedes Thema des Protokolls ist besprochen",
        _norm,
    ),
)


def _closed(lage: Protokolllage) -> bool:
    return bool(PROTOKOLLSCHRITTE.hindernisse(lage, "abschliessen"))


PROTOKOLLSCHRITTE = Schritttafel[Protokolllage](
    BUDGETPRUEFUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.persoenliches_budget.case_id, lage.row.pk],
    (
        Zeile("bearbeiten", "budget_protokoll", haupt=_closed),
        Zeile(
            "abschliessen",
            "budget_ueberpruefung_abschliessen",
            ABSCHLUSS,
            haupt=lambda lage: not _closed(lage),
        ),
    ),
    stichtag=lambda lage: lage.row.persoenliches_budget.beginn,
)

NACHWEISSCHRITTE = Schritttafel[Nachweislage](
    NACHWEIS,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.persoenliches_budget.case_id, lage.row.pk],
    (
        Zeile("annehmen", "nachweis_eingang"),
        Zeile("pruefen", "nachweis_pruefen", haupt=True),
    ),
    stichtag=lambda lage: lage.row.persoenliches_budget.beginn,
)


def following_of_ueberpruefung(
    row: Budgetueberpruefung, by: User, tag: date, *, neueste: bool
) -> Sequence[Schritt]:
    """Return where a closed review leads: a change, a sentence that all stays, or an end.

    Nothing follows from an earlier review, nor once the budget no longer runs.
    """
    budget = row.persoenliches_budget
    vorbei = not neueste or budget.state != Budgetzustand.LAEUFT
    if vorbei or row.state != Budgetpruefstand.ABGESCHLOSSEN or not access.may_write(by):
        return ()
    fall = budget.case_id
    if row.ergebnis == Budgetpruefergebnis.FORTSETZEN:
        url = reverse("folge_neu", args=[fall, Folgeart.UNVERAENDERT.value])
        return (Schritt("Mitteilen, dass alles unverändert bleibt", url),)
    if row.ergebnis == Budgetpruefergebnis.AENDERN:
        plan = Schritt("Gesamtplan fortschreiben", reverse("gesamtplan", args=[fall]), haupt=True)
        return (plan, *BUDGETSCHRITTE.schritte(Budgetlage(by, tag, budget), "nachfolgen"))
    url = reverse("folge_neu", args=[fall, Folgeart.AUFHEBUNG.value])
    return (Schritt("Aufhebung entwerfen", url, haupt=True),)


def following_of_nachweis(row: Verwendungsnachweis, by: User) -> Sequence[Schritt]:
    """Return what follows from a checked proof: money that was not used as agreed."""
    if not row.zurueck or not access.may_write(by):
        return ()
    url = reverse("folgebescheide", args=[row.persoenliches_budget.case_id])
    return (
        Schritt(
            f"{format_euro(row.zurueck)} zurückfordern",
            url,
            hinweis="Zurückgefordert wird durch Bescheid nach einer Aufhebung und nach Anhörung "
            "(§ 50 SGB X), oder die Person zahlt von sich aus zurück.",
        ),
    )
