"""What this floor adds: tab, letters, steps, rows of „Mein Tag“ and what follows a posting."""

from __future__ import annotations

from dataclasses import replace

from budget.bescheid.queries import count_entwuerfe, count_per_person
from budget.bescheid.schreiben import bescheid as bescheidbrief
from budget.bescheid.services import bescheid
from budget.uebersicht.schritte import fallschritte
from budget.uebersicht.views import tisch
from budget.verfahren import services
from budget.verfahren.queries import budgetphase
from budget.zielvereinbarung import schreiben as vereinbarungsbrief
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.states.rolle import Rolle
from recht.fristkennung import Regel

_LESENDE = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value, Rolle.REVISION.value})

BEITRAG = Beitrag(
    reiter=(Reiter("Budget", "budget", _LESENDE),),
    fallschritte=(fallschritte,),
    arbeitszeilen=(tisch.arbeitszeilen,),
    kurzquellen=(tisch.VEREINBARUNGEN,),
    abschlusshindernisse=(tisch.abschlusshindernisse,),
    entwurfszaehler=(count_entwuerfe,),
    teamlast=(count_per_person,),
    budgetphasen=(budgetphase,),
    schreibenarten=(
        vereinbarungsbrief.SCHREIBENART,
        replace(bescheidbrief.SCHREIBENART, nach_aufgabe=bescheid.record_aufgabe),
    ),
    ereignisgruppen=(
        Ereignisgruppe(
            "budget",
            "Persönliches Budget",
            ("budget", "bemessung", "teilbudget", "zielvereinbarung", "bescheid"),
        ),
    ),
    nach_ueberpruefung=(services.keep_ueberpruefung,),
    nach_fristablauf=dict.fromkeys(
        (Regel.WIDERSPRUCH, Regel.WIDERSPRUCH_OHNE_BELEHRUNG), bescheid.record_bestandskraft
    ),
)
