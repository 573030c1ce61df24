"""What this floor adds: tab, letters, steps, rows of „Mein Tag“ and what follows a posting."""

from __future__ import annotations

from dataclasses import replace

from budget.bescheid.forms.bescheid import BescheidForm
from budget.bescheid.queries import count_entwuerfe, count_per_person
from budget.bescheid.schreiben import bescheid as bescheidbrief
from budget.bescheid.services import wirksamkeit
from budget.folge.forms.bescheid import stellen_der_art
from budget.folge.schreiben import daten as folgebriefe
from budget.folge.schreiben import kuendigung as kuendigungsbrief
from budget.folge.services import (
    anhoerung,
    bestandskraft,
    geltung,
    kuendigung,
    nachfolge,
    widerspruch,
    wirkung,
)
from budget.folge.services import bescheid as folge
from budget.pruefung import services as pruefung
from budget.states.folge import FOLGEARTEN
from budget.teilnahme import schreiben as stellungnahmebrief
from budget.teilnahme import services as teilnahme
from budget.traegerwechsel import schreiben as wechselbrief
from budget.traegerwechsel import services as traegerwechsel
from budget.ueberpruefung import schreiben as nachweisbriefe
from budget.ueberpruefung.services import ueberpruefung as nachweis
from budget.uebersicht.queries import INVARIANTEN, PROBEN
from budget.uebersicht.schritte import fallschritte
from budget.uebersicht.views import tisch
from budget.verfahren import services
from budget.verfahren.queries import PLATZHALTER, budgetphase
from budget.zielvereinbarung import schreiben as vereinbarungsbrief
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.states.inhalt import Inhalt
from cases.states.rolle import Rolle
from recht.fristkennung import Regel

_LESENDE = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value, Rolle.REVISION.value})

# What follows when a letter about a proof has left the house.
_NACH_AUFGABE = {
    nachweisbriefe.ANFORDERUNG: nachweis.note_anforderung,
    nachweisbriefe.ERINNERUNG: nachweis.note_erinnerung,
}

BEITRAG = Beitrag(
    reiter=(Reiter("Budget", "budget", _LESENDE, gruppe="Budget"),),
    fallschritte=(fallschritte,),
    arbeitszeilen=(tisch.arbeitszeilen,),
    kurzquellen=(tisch.VEREINBARUNGEN, tisch.UMZUEGE, tisch.FORDERUNGEN, tisch.ABGABEN),
    abschlusshindernisse=(tisch.abschlusshindernisse,),
    entwurfszaehler=(count_entwuerfe,),
    teamlast=(count_per_person,),
    budgetphasen=(budgetphase,),
    proben=PROBEN,
    textstellen=(
        *BescheidForm.textstellen.values(),
        *(stelle for zeile in FOLGEARTEN.values() for stelle in stellen_der_art(zeile).values()),
    ),
    platzhalter=PLATZHALTER,
    schreibenarten=(
        vereinbarungsbrief.SCHREIBENART,
        replace(
            bescheidbrief.SCHREIBENART,
            # A change for the worse goes with it and reaches ahead only.
            verspaetung=folgebriefe.verspaetung,
            nach_aufgabe=nachfolge.record_aufgabe,
            nach_bekanntgabe=nachfolge.record_bekanntgabe,
        ),
        *(
            replace(art, nach_aufgabe=_NACH_AUFGABE[art.schluessel])
            if art.schluessel in _NACH_AUFGABE
            else art
            for art in nachweisbriefe.SCHREIBENARTEN
        ),
        *(
            replace(
                art,
                nach_aufgabe=wirkung.record_aufgabe,
                nach_bekanntgabe=pruefung.record_bekanntgabe,
            )
            for art in folgebriefe.SCHREIBENARTEN
        ),
        replace(
            stellungnahmebrief.SCHREIBENART,
            nach_festschreiben=teilnahme.follow_stellungnahme,
            nach_aufgabe=teilnahme.record_abgabe,
        ),
        replace(wechselbrief.SCHREIBENART, nach_festschreiben=traegerwechsel.follow_mitteilung),
        replace(
            folgebriefe.ANHOERUNGSART,
            nach_festschreiben=folge.follow_anhoerung,
            nach_bekanntgabe=anhoerung.record_anhoerung,
        ),
        replace(
            kuendigungsbrief.SCHREIBENART,
            nach_bekanntgabe=kuendigung.record_kuendigung,
        ),
    ),
    ereignisgruppen=(
        Ereignisgruppe(
            "budget",
            "Persönliches Budget",
            (
                *("budget", "bemessung", "teilbudget", "zielvereinbarung", "bescheid"),
                *("budgetpruefung", "beitragspruefung"),
            ),
            (
                ("bemessung", Inhalt.BETRAEGE),
                ("teilbudget", Inhalt.BETRAEGE),
                ("budgetpruefung", Inhalt.BETRAEGE),
                ("beitragspruefung", Inhalt.BETRAEGE),
            ),
        ),
        Ereignisgruppe(
            "folge",
            "Weitere Bescheide und Widersprüche",
            ("folgebescheid", "widerspruch"),
            (("folgebescheid", Inhalt.BETRAEGE), ("widerspruch", Inhalt.BETRAEGE)),
        ),
    ),
    nach_ueberpruefung=(services.keep_ueberpruefung,),
    nach_widerspruchsfrist=(widerspruch.review_widersprueche,),
    nach_todesruecknahme=(geltung.continue_after_todesruecknahme,),
    nach_fristberichtigung=dict.fromkeys(
        (Regel.WIDERSPRUCH, Regel.WIDERSPRUCH_OHNE_BELEHRUNG), bestandskraft.correct_bestandskraft
    ),
    invarianten=INVARIANTEN,
    # What ends first, then what takes its place.
    taeglich=(
        pruefung.begin_wirkungen,
        wirksamkeit.begin_wirkungen,
        geltung.begin_nachfolgen,
    ),
    nach_fristablauf={
        Regel.WIDERSPRUCH: bestandskraft.record_bestandskraft,
        Regel.WIDERSPRUCH_OHNE_BELEHRUNG: bestandskraft.record_bestandskraft,
        Regel.KLAGE: bestandskraft.record_klagefrist,
    },
)
