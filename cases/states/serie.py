"""Where a series of letters of one kind stands, and where each of its letters does."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Serienzustand(TextChoices):
    """Where a series stands."""

    SATZ = "satz", "wird gesetzt"
    GESETZT = "gesetzt", "gesetzt, wartet auf Freigabe"
    VERSAND = "versand", "wird versandt"
    VERSANDT = "versandt", "auf den Weg gegeben"
    VERWORFEN = "verworfen", "verworfen"


# In these a worker goes on; a page only looks on.
ARBEITEND = (Serienzustand.SATZ, Serienzustand.VERSAND)


class Serienbriefstand(TextChoices):
    """What has become of one letter of a series."""

    OFFEN = "offen", "noch nicht gesetzt"
    GESETZT = "gesetzt", "gesetzt"
    FEHLER = "fehler", "nicht möglich"
    HERAUSGENOMMEN = "herausgenommen", "herausgenommen"
    VERSANDT = "versandt", "auf den Weg gegeben"


class Serienweg(TextChoices):
    """By which way the letters of a series leave."""

    BRIEF = "brief", "alle als Brief"
    EMAIL = "email", "per E-Mail, wo der Zugang eröffnet ist, sonst als Brief"


SERIE = Zustandstafel(
    "Serie",
    Serienzustand,
    (
        Uebergang(
            "freigeben",
            "Freigeben und versenden",
            (Serienzustand.GESETZT,),
            Serienzustand.VERSAND,
            SCHREIBENDE,
            zweite_person=True,
        ),
        Uebergang(
            "herausnehmen",
            "Ausgewählte herausnehmen",
            (Serienzustand.GESETZT,),
            Serienzustand.GESETZT,
            SCHREIBENDE,
        ),
        Uebergang(
            "neu_setzen",
            "Neu setzen",
            (Serienzustand.GESETZT,),
            Serienzustand.SATZ,
            SCHREIBENDE,
        ),
        Uebergang(
            "verwerfen",
            "Serie verwerfen",
            (Serienzustand.SATZ, Serienzustand.GESETZT),
            Serienzustand.VERWORFEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "drucken",
            "Druckstapel erstellen",
            (Serienzustand.VERSANDT,),
            Serienzustand.VERSANDT,
            SCHREIBENDE,
        ),
    ),
    {
        Serienzustand.SATZ: "info",
        Serienzustand.GESETZT: "warning",
        Serienzustand.VERSAND: "info",
        Serienzustand.VERSANDT: "success",
        Serienzustand.VERWORFEN: "neutral",
    },
)
BRIEFFARBEN = {
    Serienbriefstand.OFFEN: "neutral",
    Serienbriefstand.GESETZT: "info",
    Serienbriefstand.FEHLER: "danger",
    Serienbriefstand.HERAUSGENOMMEN: "neutral",
    Serienbriefstand.VERSANDT: "success",
}
