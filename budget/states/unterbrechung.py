"""An interruption of a running budget: hospital, Reha, prison, abroad; its rule and its steps."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from budget.states import Budgetzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Unterbrechungsanlass(TextChoices):
    """Why the person does not need or cannot use her budget for a time."""

    KRANKENHAUS = "krankenhaus", "Krankenhaus"
    REHA = "reha", "Rehabilitationseinrichtung"
    HAFT = "haft", "Haft"
    AUSLAND = "ausland", "Aufenthalt im Ausland"
    ANDERES = "anderes", "anderer Grund"


class Ruheregel(TextChoices):
    """What the Zielvereinbarung says for an interruption."""

    LAEUFT_WEITER = "laeuft_weiter", "Das Budget läuft weiter"
    RUHT = "ruht", "Nach einer Zahl von Tagen ruht die Auszahlung, ganz oder zum Teil"


class Unterbrechungsstand(TextChoices):
    """Whether it is known when the interruption ends."""

    DAUERT_AN = "dauert_an", "dauert an"
    ENDE_BEKANNT = "ende_bekannt", "Ende bekannt"


_REGEL = Normfolge("KVJS-Leitfaden 2010 Nr. 3.5", "§ 29 Abs. 4 SGB IX")
_MITTEILUNG = "§ 60 Abs. 1 S. 1 Nr. 2 SGB I"
_AENDERUNG = "§ 48 Abs. 1 SGB X"


def ruhenorm_of(beginn: date) -> str:
    """Return where the rule for interruptions comes from under the law of the first day."""
    return _REGEL.am(beginn)


UNTERBRECHUNGSBEGINN = Zustandstafel(
    "Beginn einer Unterbrechung des Budgets",
    Budgetzustand,
    (
        Uebergang(
            "unterbrechen",
            "Unterbrechung vermerken",
            (Budgetzustand.LAEUFT, Budgetzustand.BEENDET),
            "",
            SCHREIBENDE,
            _MITTEILUNG,
        ),
    ),
)

UNTERBRECHUNG = Zustandstafel(
    "Unterbrechung des Budgets",
    Unterbrechungsstand,
    (
        Uebergang(
            "bearbeiten",
            "Angaben zur Unterbrechung ändern",
            tuple(Unterbrechungsstand),
            "",
            SCHREIBENDE,
            _MITTEILUNG,
        ),
        Uebergang(
            "zurueckkehren",
            "Ende der Unterbrechung vermerken",
            tuple(Unterbrechungsstand),
            Unterbrechungsstand.ENDE_BEKANNT,
            SCHREIBENDE,
            _MITTEILUNG,
        ),
        Uebergang(
            "entscheiden",
            "Bescheid über das Ruhen entwerfen",
            tuple(Unterbrechungsstand),
            "",
            SCHREIBENDE,
            _AENDERUNG,
        ),
        Uebergang(
            "verwerfen",
            "Unterbrechung verwerfen",
            tuple(Unterbrechungsstand),
            "",
            SCHREIBENDE,
        ),
    ),
    {
        Unterbrechungsstand.DAUERT_AN: "warning",
        Unterbrechungsstand.ENDE_BEKANNT: "neutral",
    },
)
