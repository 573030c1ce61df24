"""What this floor adds: tabs, steps, rows of „Mein Tag“ and the printed plan."""

from __future__ import annotations

from dataclasses import replace

from cases.access import FALLROLLEN
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.registry.schreibenart import Schreibenart
from cases.states.inhalt import Inhalt
from gesamtplan.bedarf import schreiben as gespraech
from gesamtplan.bedarf.forms import GespraechForm
from gesamtplan.bedarf.queries import bedarf_ermittelt
from gesamtplan.gutachten import schreiben as gutachtenbriefe
from gesamtplan.gutachten import services as gutachtenfolgen
from gesamtplan.instrument.queries import ENDEQUELLE
from gesamtplan.instrument.queries import KURZQUELLE as INSTRUMENTQUELLE
from gesamtplan.konferenz import schreiben as konferenz
from gesamtplan.lebensuebergang.services import correct_lebensuebergaenge, note_due_transitions
from gesamtplan.plan.queries.gesamtplan import cases_of_traeger, count_entwuerfe, count_per_person
from gesamtplan.plan.queries.probelauf import PROBEN
from gesamtplan.plan.queries.textstellen import PLATZHALTER, TEXTSTELLEN
from gesamtplan.plan.schreiben import aenderungsblatt, gesamtplan, kurzfassung, mehrausfertigung
from gesamtplan.plan.schritte import fallschritte
from gesamtplan.plan.views import tisch
from gesamtplan.teilhabeplan import schreiben as teilhabeplan
from gesamtplan.ueberpruefung import schreiben as pruefpapiere
from gesamtplan.ueberpruefung.forms.ueberpruefung import AnkuendigungSerienForm, FaelligWahlForm
from gesamtplan.ueberpruefung.queries import BERICHTSQUELLE
from gesamtplan.ueberpruefung.schritte import fallschritte as pruefschritte
from gesamtplan.vereinbarung import schreiben as vereinbarung

_LESENDE = frozenset(r.value for r in FALLROLLEN)


def _gutachtenbriefe() -> tuple[Schreibenart, ...]:
    """Return the letters of a Gutachten; its Frist runs while the order is on its way."""
    wahl, auftrag = gutachtenbriefe.SCHREIBENARTEN
    return wahl, replace(
        auftrag,
        nach_aufgabe=gutachtenfolgen.start_gutachten,
        nach_bekanntgabe=gutachtenfolgen.withdraw_gutachten,
    )


BEITRAG = Beitrag(
    reiter=(
        Reiter("Bedarf", "bedarf", _LESENDE, gruppe="Plan"),
        Reiter("Gesamtplan", "gesamtplan", _LESENDE, gruppe="Plan"),
    ),
    fallschritte=(fallschritte, pruefschritte),
    arbeitszeilen=(tisch.arbeitszeilen,),
    kurzquellen=(BERICHTSQUELLE, INSTRUMENTQUELLE, ENDEQUELLE),
    abschlusshindernisse=(tisch.abschlusshindernisse,),
    entwurfszaehler=(count_entwuerfe,),
    traegerfaelle=(cases_of_traeger,),
    bedarf_ermittelt=(bedarf_ermittelt,),
    teamlast=(count_per_person,),
    schreibenarten=(
        gesamtplan.SCHREIBENART,
        aenderungsblatt.SCHREIBENART,
        mehrausfertigung.SCHREIBENART,
        *kurzfassung.SCHREIBENARTEN,
        *pruefpapiere.SCHREIBENARTEN,
        *konferenz.SCHREIBENARTEN,
        replace(gespraech.SCHREIBENART, formular=GespraechForm),
        vereinbarung.SCHREIBENART,
        *_gutachtenbriefe(),
        *teilhabeplan.SCHREIBENARTEN,
    ),
    serienarten=(
        replace(pruefpapiere.SERIENART, wahl=FaelligWahlForm, angaben=AnkuendigungSerienForm),
    ),
    proben=PROBEN,
    taeglich=(correct_lebensuebergaenge, note_due_transitions),
    textstellen=(
        *TEXTSTELLEN,
        *GespraechForm.textstellen.values(),
        *AnkuendigungSerienForm.textstellen.values(),
    ),
    platzhalter=PLATZHALTER,
    ereignisgruppen=(
        Ereignisgruppe(
            "planung",
            "Bedarf und Gesamtplan",
            ("bedarf", "gesamtplan", "ueberpruefung"),
            (("bedarf", Inhalt.PLAN), ("gesamtplan", Inhalt.PLAN)),
        ),
    ),
)
