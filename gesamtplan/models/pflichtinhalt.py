"""Which required contents a version has: written as text, or standing in its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recht.inhalte import Pflichtinhalt, pflichtinhalte

if TYPE_CHECKING:
    from gesamtplan.models.gesamtplan import Gesamtplan

# Contents that the plan itself holds, and the section in which the printed plan shows them:
# whoever has entered goals need not describe them again.
ABSCHNITTE = {
    "bedarf": "Ermittelter Bedarf",
    "bedarfsfeststellung": "Ermittelter Bedarf",
    "instrumente": "Ermittelter Bedarf",
    "ziele": "Teilhabeziele",
    "teilhabeziele": "Teilhabeziele",
    "leistungen": "Leistungen",
}


@dataclass(frozen=True)
class Inhaltszeile:
    """One required content, the text written for it and the part that holds it."""

    inhalt: Pflichtinhalt
    text: str
    aus_teilen: str

    @property
    def erfuellt(self) -> bool:
        """Tell whether the plan says something about it."""
        return bool(self.text.strip() or self.aus_teilen)

    @property
    def verlangt(self) -> bool:
        """Tell whether the plan may not be released without it."""
        return self.inhalt.grad == "P"

    @property
    def stand(self) -> str:
        """Return "ja" (there), "nein" (missing) or "frei" (may stay empty)."""
        if self.erfuellt:
            return "ja"
        return "nein" if self.verlangt else "frei"

    @property
    def abschnitt(self) -> str:
        """Return the section of the plan that holds this content, empty where only text does."""
        return ABSCHNITTE.get(self.inhalt.schluessel, "")


def inhaltszeilen(plan: Gesamtplan) -> list[Inhaltszeile]:
    """Return the contents of the Rechtsstand of the plan's date in statutory order."""
    texte = {inhalt.schluessel: inhalt.text for inhalt in plan.planinhalte.all()}
    return [
        Inhaltszeile(inhalt, texte.get(inhalt.schluessel, ""), _aus_teilen(plan, inhalt.schluessel))
        for inhalt in pflichtinhalte("gesamtplan", plan.datum)
    ]


def _aus_teilen(plan: Gesamtplan, schluessel: str) -> str:
    if schluessel == "instrumente":
        return plan.bedarfsermittlung.instrument
    abschnitt = ABSCHNITTE.get(schluessel)
    if abschnitt == "Ermittelter Bedarf":
        return str(plan.bedarfsermittlung)
    if abschnitt == "Teilhabeziele":
        anzahl = len(plan.teilhabeziele.all())
        return f"{anzahl} Ziel{'e' if anzahl > 1 else ''} im Plan" if anzahl else ""
    if abschnitt == "Leistungen":
        anzahl = len(plan.leistungen.all())
        return f"{anzahl} Leistung{'en' if anzahl > 1 else ''} im Plan" if anzahl else ""
    return ""
