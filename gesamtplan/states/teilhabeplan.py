"""What the other carriers say to a Teilhabeplan: asked, agreed, of another view, silent."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from gesamtplan.states import Planzustand
from recht.rechtsstand import Rechtsstand


class Abstimmungsstand(TextChoices):
    """Where one carrier stands to one version of the plan."""

    ANGEFRAGT = "angefragt", "angefragt"
    EINVERSTANDEN = "einverstanden", "einverstanden"
    ABWEICHEND = "abweichend", "anderer Ansicht"
    OHNE_ANTWORT = "ohne_antwort", "keine Antwort"


# The Teilhabeplan exists since 2018; on a plan of an earlier day no carrier can be asked.
RECHTSSTAENDE = (Rechtsstand.UE, Rechtsstand.B)
_NORM = "§ 19 Abs. 1 SGB IX"
ABSTIMMUNGSBEGINN = Zustandstafel(
    "Beginn der Abstimmung eines Teilhabeplans",
    Planzustand,
    (
        Uebergang(
            "abstimmen",
            "Träger um Abstimmung bitten",
            (Planzustand.ENTWURF, Planzustand.VORGELEGT),
            "",
            SCHREIBENDE,
            _NORM,
        ),
    ),
)
ABSTIMMUNG = Zustandstafel(
    "Abstimmung eines Teilhabeplans",
    Abstimmungsstand,
    (
        Uebergang(
            "zustimmen",
            "Einverständnis festhalten",
            (Abstimmungsstand.ANGEFRAGT, Abstimmungsstand.OHNE_ANTWORT),
            Abstimmungsstand.EINVERSTANDEN,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "abweichen",
            "Andere Ansicht festhalten",
            (Abstimmungsstand.ANGEFRAGT, Abstimmungsstand.OHNE_ANTWORT),
            Abstimmungsstand.ABWEICHEND,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "schweigen",
            "Keine Antwort festhalten",
            (Abstimmungsstand.ANGEFRAGT,),
            Abstimmungsstand.OHNE_ANTWORT,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "erneut_fragen",
            "Erneut fragen",
            tuple(Abstimmungsstand),
            Abstimmungsstand.ANGEFRAGT,
            SCHREIBENDE,
            _NORM,
        ),
    ),
    {
        Abstimmungsstand.ANGEFRAGT: "warning",
        Abstimmungsstand.EINVERSTANDEN: "success",
        Abstimmungsstand.ABWEICHEND: "danger",
        Abstimmungsstand.OHNE_ANTWORT: "neutral",
    },
)
