"""Where another carrier of a budget stands, and what can be done about it."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Beteiligungsstand(TextChoices):
    """Follows from the days of the Beteiligung; nothing of it is stored."""

    OFFEN = "offen", "noch nicht beteiligt"
    VORBEREITET = "vorbereitet", "Aufforderung noch nicht versandt"
    ANGEFORDERT = "angefordert", "Stellungnahme angefordert"
    VERSPAETET = "verspaetet", "Stellungnahme überfällig"
    SELBST = "selbst", "selbst festgestellt"
    EINGEGANGEN = "eingegangen", "Stellungnahme liegt vor"


_STELLUNGNAHME = Normfolge("§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 SGB IX")
_BETEILIGT = tuple(z for z in Beteiligungsstand if z != Beteiligungsstand.OFFEN)

BETEILIGUNG = Zustandstafel(
    "Leistungsträger eines Budgets",
    Beteiligungsstand,
    (
        Uebergang(
            "beteiligen",
            "Träger beteiligen",
            (Beteiligungsstand.OFFEN,),
            Beteiligungsstand.VORBEREITET,
            SCHREIBENDE,
            _STELLUNGNAHME,
        ),
        Uebergang(
            "stellungnahme",
            "Stellungnahme erfassen",
            _BETEILIGT,
            Beteiligungsstand.EINGEGANGEN,
            SCHREIBENDE,
            _STELLUNGNAHME,
        ),
        Uebergang(
            "erinnern",
            "An die Stellungnahme erinnern",
            (Beteiligungsstand.VERSPAETET,),
            "",
            SCHREIBENDE,
            _STELLUNGNAHME,
        ),
        Uebergang(
            "selbst",
            "Bedarf selbst feststellen",
            (Beteiligungsstand.VERSPAETET,),
            Beteiligungsstand.SELBST,
            SCHREIBENDE,
            Normfolge("§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 S. 3 SGB IX"),
        ),
        Uebergang(
            "unterlagen",
            "Antragsunterlagen übersandt",
            _BETEILIGT,
            "",
            SCHREIBENDE,
            "§ 67b Abs. 1 SGB X",
        ),
    ),
    {
        Beteiligungsstand.OFFEN: "neutral",
        Beteiligungsstand.VORBEREITET: "neutral",
        Beteiligungsstand.ANGEFORDERT: "info",
        Beteiligungsstand.VERSPAETET: "danger",
        Beteiligungsstand.SELBST: "warning",
        Beteiligungsstand.EINGEGANGEN: "success",
    },
)
