"""What this floor adds to itself: tabs, kinds of letters and jobs, rows of „Mein Tag“."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cases.access import FALLROLLEN
from cases.antrag import schritte as antragsschritte
from cases.antrag.forms.anforderung import BefundForm, StellungnahmeForm
from cases.antrag.forms.mitwirkung import MitwirkungForm
from cases.antrag.queries import antrag, antragsdatum
from cases.antrag.queries import probelauf as antragsprobe
from cases.antrag.schreiben import anforderung, antragsformular, eingang, mitwirkung, zustaendigkeit
from cases.antrag.services import mitwirkung as mitwirkungsfolgen
from cases.antrag.services import traegerbeteiligung
from cases.behoerde.queries import aenderung, bild, eigener_wert
from cases.einwilligung import queries as einwilligung
from cases.einwilligung import schreiben as einwilligungsbriefe
from cases.fall.queries import abschluss, uebergabe, zuweisung
from cases.fall.schritte import fallschritte
from cases.person.queries import zweite_person
from cases.registry.auftragsart import Auftragsart
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.registry.schreibenart import Schreibenart
from cases.registry.textstelle import Textstelle
from cases.schreiben.forms import brief as briefangaben
from cases.schreiben.forms import serie as serienangaben
from cases.schreiben.queries import probelauf as versandprobe
from cases.schreiben.queries import serie as serien
from cases.schreiben.queries.postausgang import arbeitszeilen
from cases.schreiben.services import (
    aktenversand,
    aushang,
    bekanntgabe,
    bezugsbrief,
    datenauskunft,
    freibrief,
    leseauskunft,
    versand,
)
from cases.services import zugangsmeldung
from cases.states.inhalt import Inhalt
from cases.states.rolle import Rolle
from cases.textbaustein import queries as textbaustein
from cases.tisch.queries import arbeitstag
from cases.tisch.services import erinnerung
from cases.unterlage.queries import schwaerzung, unterlage
from cases.zugang.queries import abwesenheit, konto, zugang

# What follows when one of the letters to a carrier has left the house.
_NACH_AUFGABE = {
    zustaendigkeit.BETEILIGUNG: traegerbeteiligung.note_anforderung,
    zustaendigkeit.ERINNERUNG: traegerbeteiligung.note_erinnerung,
}
_LESENDE = frozenset(r.value for r in FALLROLLEN)

_FORMULARE: dict[str, type[briefangaben.AngabenForm]] = {
    freibrief.FREI: briefangaben.FreibriefForm,
    freibrief.FREI_DRITTE: briefangaben.DritteForm,
    bezugsbrief.ERINNERUNG: briefangaben.ErinnerungForm,
    bezugsbrief.ERINNERUNG_DRITTE: briefangaben.ErinnerungDritteForm,
    bezugsbrief.BERICHTIGUNG: briefangaben.BerichtigungForm,
    bezugsbrief.BERICHTIGUNG_DRITTE: briefangaben.BerichtigungDritteForm,
    aktenversand.PERSON: briefangaben.AktenPersonForm,
    aktenversand.STELLE: briefangaben.AktenDritteForm,
    datenauskunft.ART: briefangaben.DatenauskunftForm,
    mitwirkung.ART: MitwirkungForm,
    anforderung.STELLUNGNAHME: StellungnahmeForm,
    anforderung.BEFUND: BefundForm,
}
_FOLGEN: dict[str, dict[str, Any]] = {
    mitwirkung.ART: {"nach_bekanntgabe": mitwirkungsfolgen.record_hinweis},
}


def _mit_angaben() -> tuple[Schreibenart, ...]:
    """Return the kinds that ask for more than a click, each with its form and what follows."""
    return tuple(
        replace(art, formular=_FORMULARE[art.schluessel], **_FOLGEN.get(art.schluessel, {}))
        for art in (
            *freibrief.SCHREIBENARTEN,
            *bezugsbrief.SCHREIBENARTEN,
            *aktenversand.SCHREIBENARTEN,
            datenauskunft.SCHREIBENART,
            mitwirkung.SCHREIBENART,
            *anforderung.SCHREIBENARTEN,
        )
    )


def _textstellen() -> tuple[Textstelle, ...]:
    """Return the fields of letters at which texts of the authority are offered, each once."""
    stellen = (stelle for form in _FORMULARE.values() for stelle in form.textstellen.values())
    return tuple({stelle.schluessel: stelle for stelle in stellen}.values())


BEITRAG = Beitrag(
    reiter=(
        Reiter("Übersicht", "fall", _LESENDE, 10, "Verfahren"),
        Reiter("Person", "fall_person", _LESENDE, 15, "Person"),
        Reiter("Antrag", "fall_antrag", _LESENDE, 17, "Verfahren"),
        Reiter("Zuständigkeit", "zustaendigkeit", _LESENDE, 18, "Verfahren"),
        Reiter("Fristen", "fall_fristen", _LESENDE, 20, "Verfahren"),
        Reiter("Unterlagen", "fall_unterlagen", _LESENDE, 70),
        Reiter("Einwilligungen", "einwilligungen", _LESENDE, 75, "Person"),
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
        bild.KURZQUELLE,
        aenderung.KURZQUELLE,
        textbaustein.KURZQUELLE,
        unterlage.KURZQUELLE,
        schwaerzung.KURZQUELLE,
        serien.KURZQUELLE,
        uebergabe.KURZQUELLE,
        zuweisung.AUFTRAEGE,
        abwesenheit.KURZQUELLE,
        abwesenheit.UNBESTAETIGT,
        konto.KURZQUELLE,
        *zweite_person.KURZQUELLEN,
    ),
    abschlusshindernisse=(abschluss.abschlusshindernisse,),
    nach_fristneuberechnung=(bekanntgabe.follow_neuberechnung,),
    proben=(*antragsprobe.PROBEN, *versandprobe.PROBEN),
    textstellen=_textstellen(),
    platzhalter=(*textbaustein.PLATZHALTER, antragsdatum.PLATZHALTER),
    schreibenarten=(
        leseauskunft.SCHREIBENART,
        aushang.SCHREIBENART,
        antragsformular.SCHREIBENART,
        *(
            replace(art, nach_aufgabe=_NACH_AUFGABE[art.schluessel])
            if art.schluessel in _NACH_AUFGABE
            else art
            for art in zustaendigkeit.SCHREIBENARTEN
        ),
        *einwilligungsbriefe.SCHREIBENARTEN,
        eingang.SCHREIBENART,
        *_mit_angaben(),
    ),
    serienarten=(
        replace(
            freibrief.SERIENART,
            wahl=serienangaben.FaelleWahlForm,
            angaben=serienangaben.FreiSerienForm,
        ),
        replace(
            bezugsbrief.SERIENART,
            wahl=serienangaben.UnbeantwortetWahlForm,
            angaben=serienangaben.ErinnerungSerienForm,
        ),
    ),
    auftragsarten=(
        Auftragsart(
            schluessel=versand.ART_EMAIL,
            titel="Schreiben per E-Mail",
            ausfuehren=versand.send_email,
            nach_ausgang=versand.note_ausgang,
            faelle=versand.cases_of,
            seite="versand",
            sagt_beginn=True,
            rang=3,
        ),
        Auftragsart(
            schluessel=erinnerung.ART,
            titel="Erinnerung",
            ausfuehren=erinnerung.send_erinnerung,
            an=erinnerung.recipients_of,
            ueberholt=erinnerung.why_outdated,
            sagt_beginn=True,
            in_menge=True,
        ),
        Auftragsart(
            schluessel=zugangsmeldung.ART,
            titel="Meldung zum Zugang",
            ausfuehren=zugangsmeldung.send_zugangsmeldung,
            an=zugangsmeldung.recipients_of,
            sagt_beginn=True,
        ),
    ),
    ereignisgruppen=(
        Ereignisgruppe("vermerk", "Vermerke", ("vermerk",), (("vermerk", Inhalt.VERMERK),)),
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
