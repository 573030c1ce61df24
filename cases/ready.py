"""What this floor registers at start: kinds of outbox jobs, rows of „Mein Tag“."""

from __future__ import annotations

from cases.queries import (
    abschluss,
    abwesenheit,
    antrag,
    arbeitstag,
    eigener_wert,
    einwilligung,
    uebergabe,
    unterlage,
    zugang,
)
from cases.queries.postausgang import arbeitszeilen
from cases.registry import (
    Auftragsart,
    register_abschlusshindernis,
    register_arbeitszeilen,
    register_auftragsart,
    register_ereignisgruppe,
    register_kurzquellen,
    register_nach_aufgabe,
    register_schreibenart,
)
from cases.schreiben import antragsformular, zustaendigkeit
from cases.schreiben import einwilligung as einwilligungsbriefe
from cases.services import erinnerung, leseauskunft, traegerbeteiligung, versand, zugangsmeldung


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
    register_schreibenart(antragsformular.SCHREIBENART)
    register_arbeitszeilen(arbeitszeilen)
    register_arbeitszeilen(antrag.arbeitszeilen)
    register_kurzquellen(
        arbeitstag.ENTWUERFE,
        zugang.KURZQUELLE,
        eigener_wert.KURZQUELLE,
        unterlage.KURZQUELLE,
        uebergabe.KURZQUELLE,
        abwesenheit.KURZQUELLE,
    )
    _register_gruppen()
    _register_zustaendigkeit()
    _register_einwilligung()
    register_abschlusshindernis(abschluss.abschlusshindernisse)


def _register_zustaendigkeit() -> None:
    for art in zustaendigkeit.SCHREIBENARTEN:
        register_schreibenart(art)
    register_nach_aufgabe(zustaendigkeit.BETEILIGUNG, traegerbeteiligung.note_anforderung)


def _register_einwilligung() -> None:
    for art in einwilligungsbriefe.SCHREIBENARTEN:
        register_schreibenart(art)
    register_arbeitszeilen(einwilligung.arbeitszeilen)


def _register_gruppen() -> None:
    """Name the groups by which the Chronik is filtered."""
    register_ereignisgruppe("vermerk", "Vermerke", "vermerk")
    register_ereignisgruppe("unterlage", "Unterlagen", "unterlage")
    register_ereignisgruppe("schreiben", "Schreiben und Versand", "versand", "schreiben")
    register_ereignisgruppe("fristen", "Fristen und Wiedervorlagen", "frist", "wiedervorlage")
    register_ereignisgruppe("person", "Person", "person")
    register_ereignisgruppe(
        "antrag",
        "Antrag und Zuständigkeit",
        *("antrag", "zustaendigkeit", "weiterleitung", "pruefkatalog", "beratung"),
    )
    register_ereignisgruppe("einwilligung", "Einwilligung und Auskunft", "einwilligung", "auskunft")
    register_ereignisgruppe(
        "fall",
        "Fall und Zugriff",
        *(
            "bestandsuebernahme",
            "uebergabe",
            "zuweisung",
            "ende",
            "wiederaufnahme",
            "notfallzugriff",
        ),
    )
