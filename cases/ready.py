"""What this floor registers at start: kinds of outbox jobs, rows of „Mein Tag“."""

from __future__ import annotations

from cases.queries import abschluss, abwesenheit, eigener_wert, uebergabe, zugang
from cases.queries.postausgang import arbeitszeilen
from cases.registry import (
    Auftragsart,
    register_abschlusshindernis,
    register_arbeitszeilen,
    register_auftragsart,
    register_schreibenart,
)
from cases.services import erinnerung, leseauskunft, versand, zugangsmeldung


def register() -> None:
    """Enter everything; calling it twice changes nothing."""
    register_auftragsart(
        Auftragsart(
            schluessel=versand.ART_EMAIL,
            titel="Schreiben per E-Mail",
            ausfuehren=versand.send_email,
            nach_ausgang=versand.note_ausgang,
            faelle=versand.cases_of,
            seite="versand",
        )
    )
    register_auftragsart(
        Auftragsart(
            schluessel=erinnerung.ART,
            titel="Erinnerung",
            ausfuehren=erinnerung.send_erinnerung,
            wiederholbar=True,
        )
    )
    register_auftragsart(
        Auftragsart(
            schluessel=zugangsmeldung.ART,
            titel="Meldung zum Zugang",
            ausfuehren=zugangsmeldung.send_zugangsmeldung,
            wiederholbar=True,
        )
    )
    register_schreibenart(leseauskunft.SCHREIBENART)
    register_arbeitszeilen(zugang.arbeitszeilen)
    register_arbeitszeilen(arbeitszeilen)
    register_arbeitszeilen(eigener_wert.arbeitszeilen)
    register_arbeitszeilen(uebergabe.arbeitszeilen)
    register_arbeitszeilen(abwesenheit.arbeitszeilen)
    register_abschlusshindernis(abschluss.abschlusshindernisse)
