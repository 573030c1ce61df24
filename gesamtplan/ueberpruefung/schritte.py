"""Steps of a review: begin, write, ask for a report, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases import access
from cases.models import Case, User
from cases.registry.schritt import Schritt
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.models import Gesamtplan, Ueberpruefung
from gesamtplan.states.ueberpruefung import PRUEFBEGINN, UEBERPRUEFUNG
from gesamtplan.ueberpruefung import guards
from gesamtplan.ueberpruefung.queries import open_ueberpruefung, plan_in_force


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A case in which a review would begin: the plan in force, and what is open of that kind."""

    case: Case
    plan: Gesamtplan | None
    offen: Ueberpruefung | None


@dataclass(frozen=True)
class Prueflage(Tageslage):
    """A review with its parts."""

    row: Ueberpruefung


BEGINN = Schritttafel[Beginnlage](
    PRUEFBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile(
            "ueberpruefen",
            "ueberpruefung_neu",
            (
                Pruefung(
                    lambda lage: guards.keine_offene_ueberpruefung(lage.offen, lage.tag),
                    verbirgt=True,
                ),
                Pruefung(
                    lambda lage: guards.plan_ist_freigegeben(lage.plan, lage.case.pk, lage.tag)
                ),
            ),
        ),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("ueberpruefen",),
)

ABSCHLUSS: tuple[Pruefung[Prueflage], ...] = (
    Pruefung(
        lambda lage: guards.gespraech_gefuehrt(lage.row, lage.tag),
        "Gespräch mit der Person",
        lambda lage: guards.pruefnorm_am(lage.tag),
    ),
    Pruefung(
        lambda lage: guards.ziele_sind_bewertet(lage.row, lage.tag),
        "Jedes Ziel ist eingeschätzt",
        lambda lage: guards.pruefnorm_am(lage.tag),
    ),
    Pruefung(
        lambda lage: guards.berichte_liegen_vor(lage.row, lage.tag),
        "Berichte liegen vor oder ihr Tag ist vorbei",
        lambda lage: guards.pruefnorm_am(lage.tag),
    ),
    Pruefung(
        lambda lage: guards.boegen_sind_durchgesehen(lage.row, lage.tag),
        "Ausgefüllte Bögen sind übernommen",
        lambda lage: guards.pruefnorm_am(lage.tag),
    ),
)


def _closed(lage: Prueflage) -> bool:
    return bool(PRUEFSCHRITTE.hindernisse(lage, "abschliessen"))


PRUEFSCHRITTE = Schritttafel[Prueflage](
    UEBERPRUEFUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.case_id, lage.row.pk],
    (
        Zeile("bearbeiten", "ueberpruefung_eintragen", haupt=_closed),
        Zeile("bericht_anfordern", "verlaufsbericht_neu"),
        Zeile(
            "abschliessen",
            "ueberpruefung_abschliessen",
            ABSCHLUSS,
            haupt=lambda lage: not _closed(lage),
        ),
    ),
    stichtag=lambda lage: lage.tag,
)


def begin_lage(case: Case, by: User, tag: date) -> Beginnlage:
    """Return what the beginning of a review looks at; two queries."""
    plan = plan_in_force(case)
    if plan is not None:
        plan.case = case
    return Beginnlage(by, tag, case, plan, open_ueberpruefung(case))


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return the way on of a review, or its beginning; no query where neither can be."""
    tafel = PRUEFBEGINN.uebergang("ueberpruefen")
    if not access.may_write(user) or case.state not in tafel.von:
        return []
    lage = begin_lage(case, user, stichtag)
    if lage.offen is not None:
        url = PRUEFSCHRITTE.url(Prueflage(user, stichtag, lage.offen), "bearbeiten")
        return [Schritt("Überprüfung weiterführen", url.removesuffix("eintragen/"), haupt=True)]
    return BEGINN.schritte(lage)
