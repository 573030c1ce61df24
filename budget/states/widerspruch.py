"""States of a Widerspruch, its form and what may follow (§§ 83-88 SGG)."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Widerspruchszustand(TextChoices):
    """Where a Widerspruch stands."""

    EINGELEGT = "eingelegt", "eingelegt"
    ABGEHOLFEN = "abgeholfen", "abgeholfen"
    ENTSCHIEDEN = "entschieden", "Widerspruchsbescheid ergangen"
    ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"
    KLAGE = "klage", "Klage erhoben"
    ERLEDIGT = "erledigt", "erledigt"
    IRRTUEMLICH = "irrtuemlich", "irrtümlich erfasst"


class Widerspruchsform(TextChoices):
    """How a Widerspruch came in (§ 84 Abs. 1 S. 1 SGG)."""

    SCHRIFTLICH = "schriftlich", "schriftlich, mit Unterschrift"
    NIEDERSCHRIFT = "niederschrift", "zur Niederschrift"
    ELEKTRONISCH = "elektronisch", "elektronisch, § 36a Abs. 2 SGB I"
    EMAIL = "email", "einfache E-Mail"
    MUENDLICH = "muendlich", "mündlich oder am Telefon"


class Wiedereinsetzung(TextChoices):
    """Whether a late Widerspruch counts as in time (§ 67 SGG)."""

    KEINE = "", "nicht beantragt"
    BEANTRAGT = "beantragt", "beantragt, noch nicht entschieden"
    GEWAEHRT = "gewaehrt", "gewährt"
    ABGELEHNT = "abgelehnt", "abgelehnt"


class Verfahrensausgang(TextChoices):
    """How it ended as the person sees it (§ 41 Abs. 1 S. 1 Nr. 15 SGB IX)."""

    OFFEN = "", "noch offen"
    ERFOLG = "erfolg", "erfolgreich"
    TEILERFOLG = "teilerfolg", "teilweise erfolgreich"
    OHNE_ERFOLG = "ohne_erfolg", "ohne Erfolg"


# While one of these holds nothing about the decision is final.
SCHWEBEND = (
    Widerspruchszustand.EINGELEGT.value,
    Widerspruchszustand.ENTSCHIEDEN.value,
    Widerspruchszustand.KLAGE.value,
)
# § 84 Abs. 1 S. 1 SGG does not know these ways; the person is told to make up for it.
OHNE_FORM = frozenset({Widerspruchsform.EMAIL.value, Widerspruchsform.MUENDLICH.value})


WIDERSPRUCH = Zustandstafel(
    "Widerspruch",
    Widerspruchszustand,
    (
        Uebergang(
            "bearbeiten",
            "Angaben ändern",
            (Widerspruchszustand.EINGELEGT,),
            "",
            SCHREIBENDE,
            "§ 84 Abs. 1 SGG",
        ),
        Uebergang(
            "abhelfen",
            "Abhelfen",
            (Widerspruchszustand.EINGELEGT,),
            Widerspruchszustand.ABGEHOLFEN,
            SCHREIBENDE,
            "§ 85 Abs. 1 SGG",
        ),
        Uebergang(
            "entscheiden",
            "Widerspruchsbescheid erlassen",
            (Widerspruchszustand.EINGELEGT,),
            Widerspruchszustand.ENTSCHIEDEN,
            SCHREIBENDE,
            "§ 85 Abs. 2 SGG",
        ),
        Uebergang(
            "zuruecknehmen",
            "Rücknahme des Widerspruchs vermerken",
            (Widerspruchszustand.EINGELEGT,),
            Widerspruchszustand.ZURUECKGENOMMEN,
            SCHREIBENDE,
            "§ 84 Abs. 1 SGG",
        ),
        Uebergang(
            "ruecknahme_berichtigen",
            "Die Rücknahme war irrtümlich vermerkt",
            (Widerspruchszustand.ZURUECKGENOMMEN,),
            Widerspruchszustand.EINGELEGT,
            SCHREIBENDE,
            "§ 84 Abs. 1 SGG",
        ),
        Uebergang(
            "streichen",
            "Widerspruch irrtümlich erfasst",
            (Widerspruchszustand.EINGELEGT, Widerspruchszustand.ZURUECKGENOMMEN),
            Widerspruchszustand.IRRTUEMLICH,
            SCHREIBENDE,
            "§ 84 Abs. 1 SGG",
        ),
        Uebergang(
            "klage_vermerken",
            "Klage vermerken",
            (Widerspruchszustand.ENTSCHIEDEN, Widerspruchszustand.ERLEDIGT),
            Widerspruchszustand.KLAGE,
            SCHREIBENDE,
            "§ 87 SGG",
        ),
        Uebergang(
            "abschliessen",
            "Ergebnis der Klage vermerken",
            (Widerspruchszustand.KLAGE,),
            Widerspruchszustand.ERLEDIGT,
            SCHREIBENDE,
            "§ 141 SGG",
        ),
        Uebergang(
            "unangefochten_bleiben",
            "Klagefrist abgelaufen",
            (Widerspruchszustand.ENTSCHIEDEN,),
            Widerspruchszustand.ERLEDIGT,
            frozenset(),
            "§ 77 SGG",
        ),
        # Taken by the program when the Widerspruchsbescheid arrived later than was thought.
        Uebergang(
            "klagefrist_laeuft_wieder",
            "Klagefrist läuft wieder",
            (Widerspruchszustand.ERLEDIGT,),
            Widerspruchszustand.ENTSCHIEDEN,
            frozenset(),
            "§ 87 SGG",
        ),
        # Taken by the program when the decision did not arrive after all.
        Uebergang(
            "wieder_offen",
            "Entscheidung nicht bekannt gegeben",
            (Widerspruchszustand.ABGEHOLFEN, Widerspruchszustand.ENTSCHIEDEN),
            Widerspruchszustand.EINGELEGT,
            frozenset(),
            "§ 37 Abs. 2 S. 3 SGB X",
        ),
    ),
    {
        Widerspruchszustand.EINGELEGT: "warning",
        Widerspruchszustand.ABGEHOLFEN: "success",
        Widerspruchszustand.ENTSCHIEDEN: "info",
        Widerspruchszustand.ZURUECKGENOMMEN: "neutral",
        Widerspruchszustand.KLAGE: "warning",
        Widerspruchszustand.ERLEDIGT: "neutral",
        Widerspruchszustand.IRRTUEMLICH: "neutral",
    },
)
