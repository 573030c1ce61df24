"""What this floor adds to itself: tabs, kinds of letters and jobs, rows of „Mein Tag“."""

from __future__ import annotations

from dataclasses import replace

from cases.access import FALLROLLEN
from cases.antrag import schritte as antragsschritte
from cases.antrag.queries import antrag
from cases.antrag.schreiben import antragsformular, zustaendigkeit
from cases.antrag.services import traegerbeteiligung
from cases.behoerde.queries import eigener_wert
from cases.einwilligung import queries as einwilligung
from cases.einwilligung import schreiben as einwilligungsbriefe
from cases.fall.queries import abschluss, uebergabe
from cases.fall.schritte import fallschritte
from cases.registry.auftragsart import Auftragsart
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.schreiben.queries.postausgang import arbeitszeilen
from cases.schreiben.services import leseauskunft, versand
from cases.services import zugangsmeldung
from cases.states.rolle import Rolle
from cases.tisch.queries import arbeitstag
from cases.tisch.services import erinnerung
from cases.unterlage.queries import unterlage
from cases.zugang.queries import abwesenheit, zugang

_LESENDE = frozenset(r.value for r in FALLROLLEN)

BEITRAG = Beitrag(
    reiter=(
        Reiter("Übersicht", "fall", _LESENDE, 10),
        Reiter("Person", "fall_person", _LESENDE, 15),
        Reiter("Antrag", "fall_antrag", _LESENDE, 17),
        Reiter("Zuständigkeit", "zustaendigkeit", _LESENDE, 18),
        Reiter("Fristen", "fall_fristen", _LESENDE, 20),
        Reiter("Unterlagen", "fall_unterlagen", _LESENDE, 70),
        Reiter("Einwilligungen", "einwilligungen", _LESENDE, 75),
        Reiter("Schreiben", "fall_schreiben", _LESENDE, 80),
        Reiter("Zuständige", "fall_zustaendige", _LESENDE, 85),
        Reiter("Chronik", "fall_chronik", _LESENDE, 90),
        Reiter("Zugriffe", "fall_lesezugriffe", frozenset({Rolle.LEITUNG.value}), 95),
    ),
    fallschritte=(antragsschritte.fallschritte, fallschritte),
    arbeitszeilen=(arbeitszeilen, antrag.arbeitszeilen, einwilligung.arbeitszeilen),
    kurzquellen=(
        arbeitstag.ENTWUERFE,
        zugang.KURZQUELLE,
        eigener_wert.KURZQUELLE,
        unterlage.KURZQUELLE,
        uebergabe.KURZQUELLE,
        abwesenheit.KURZQUELLE,
    ),
    abschlusshindernisse=(abschluss.abschlusshindernisse,),
    schreibenarten=(
        leseauskunft.SCHREIBENART,
        antragsformular.SCHREIBENART,
        *(
            replace(art, nach_aufgabe=traegerbeteiligung.note_anforderung)
            if art.schluessel == zustaendigkeit.BETEILIGUNG
            else art
            for art in zustaendigkeit.SCHREIBENARTEN
        ),
        *einwilligungsbriefe.SCHREIBENARTEN,
    ),
    auftragsarten=(
        Auftragsart(
            schluessel=versand.ART_EMAIL,
            titel="Schreiben per E-Mail",
            ausfuehren=versand.send_email,
            nach_ausgang=versand.note_ausgang,
            faelle=versand.cases_of,
            seite="versand",
        ),
        Auftragsart(
            schluessel=erinnerung.ART,
            titel="Erinnerung",
            ausfuehren=erinnerung.send_erinnerung,
            wiederholbar=True,
        ),
        Auftragsart(
            schluessel=zugangsmeldung.ART,
            titel="Meldung zum Zugang",
            ausfuehren=zugangsmeldung.send_zugangsmeldung,
            wiederholbar=True,
        ),
    ),
    ereignisgruppen=(
        Ereignisgruppe("vermerk", "Vermerke", ("vermerk",)),
        Ereignisgruppe("unterlage", "Unterlagen", ("unterlage",)),
        Ereignisgruppe("schreiben", "Schreiben und Versand", ("versand", "schreiben")),
        Ereignisgruppe("fristen", "Fristen und Wiedervorlagen", ("frist", "wiedervorlage")),
        Ereignisgruppe("person", "Person", ("person",)),
        Ereignisgruppe(
            "antrag",
            "Antrag und Zuständigkeit",
            ("antrag", "zustaendigkeit", "weiterleitung", "pruefkatalog", "beratung"),
        ),
        Ereignisgruppe("einwilligung", "Einwilligung und Auskunft", ("einwilligung", "auskunft")),
        Ereignisgruppe(
            "fall",
            "Fall und Zugriff",
            (
                "bestandsuebernahme",
                "uebergabe",
                "zuweisung",
                "ende",
                "wiederaufnahme",
                "notfallzugriff",
            ),
        ),
    ),
)
