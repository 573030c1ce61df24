"""Where the authority's own texts are offered in a plan, and what they may name."""

from __future__ import annotations

from datetime import date, timedelta

from cases.models import Case
from cases.registry.textstelle import Platzhalter, Textstelle
from cases.textbaustein.queries import Angebot, angebote_for
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.queries.gesamtplan import newest_version
from recht.inhalte import pflichtinhalte
from recht.rechtsstand import BEGINN_B, BEGINN_UEBERGANG, DECKUNG_BIS

BEREICH = "gesamtplan."
_LETZTE_TAGE = (
    DECKUNG_BIS,
    BEGINN_B - timedelta(days=1),
    BEGINN_UEBERGANG - timedelta(days=1),
)


def _stellen() -> tuple[Textstelle, ...]:
    """Return one place for each content that any Rechtsstand asks for, the present one first."""
    found: dict[str, Textstelle] = {}
    for tag in _LETZTE_TAGE:
        for inhalt in pflichtinhalte("gesamtplan", tag):
            key = f"{BEREICH}{inhalt.schluessel}"
            found.setdefault(key, Textstelle(key, inhalt.bezeichnung, "Gesamtplan", inhalt.norm))
    return tuple(found.values())


def _anlass(case: Case, tag: date) -> str:
    plan = newest_version(case)
    return plan.anlass if plan else ""


def _datum(case: Case, tag: date) -> str:
    plan = newest_version(case)
    return f"{plan.datum:%d.%m.%Y}" if plan else ""


def _ueberpruefung(case: Case, tag: date) -> str:
    plan = newest_version(case)
    return f"{plan.ueberpruefung_am:%d.%m.%Y}" if plan and plan.ueberpruefung_am else ""


def _instrument(case: Case, tag: date) -> str:
    plan = newest_version(case)
    return plan.bedarfsermittlung.instrument if plan else ""


def _gespraech(case: Case, tag: date) -> str:
    plan = newest_version(case)
    return f"{plan.bedarfsermittlung.datum:%d.%m.%Y}" if plan else ""


def offered_texts(plan: Gesamtplan) -> dict[str, list[Angebot]]:
    """Return the texts of the authority that may be taken over, by key of the content."""
    angebote = angebote_for(plan.case, BEREICH, plan.datum)
    return {stelle.removeprefix(BEREICH): eine for stelle, eine in angebote.items()}


TEXTSTELLEN = _stellen()
PLATZHALTER = (
    Platzhalter("Anlass", "Anlass des Plans", _anlass, BEREICH),
    Platzhalter("Datum des Plans", "Datum der Fassung", _datum, BEREICH),
    Platzhalter("Überprüfung", "Tag der Überprüfung, den der Plan nennt", _ueberpruefung, BEREICH),
    Platzhalter("Instrument", "Instrument der Bedarfsermittlung", _instrument, BEREICH),
    Platzhalter("Gespräch", "Tag des Gesprächs der Bedarfsermittlung", _gespraech, BEREICH),
)
