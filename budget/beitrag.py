"""What this floor adds: tab, letters, steps, rows of „Mein Tag“ and what follows a posting."""

from __future__ import annotations

from budget.bescheid.queries import count_entwuerfe, count_per_person
from budget.bescheid.services import bescheid
from budget.uebersicht.schritte import fallschritte
from budget.uebersicht.views import tisch
from budget.verfahren.queries import budgetphase
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.registry.schreibenart import Schreibenart
from cases.states.rolle import Rolle

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
        Schreibenart(
            "zielvereinbarung",
            "Zielvereinbarung",
            "budget/zielvereinbarung/schreiben.html",
            zeigt_teil="zielvereinbarung",
        ),
        Schreibenart(
            "bescheid",
            "Bescheid",
            "budget/bescheid/schreiben.html",
            rechtsbehelf=True,
            zeigt_teil="bescheid",
        ),
    ),
    nach_aufgabe={"bescheid": bescheid.record_aufgabe},
    ereignisgruppen=(
        Ereignisgruppe(
            "budget",
            "Persönliches Budget",
            ("budget", "bemessung", "teilbudget", "zielvereinbarung", "bescheid"),
        ),
    ),
    nach_fristablauf=dict.fromkeys(("F51", "F52"), bescheid.record_bestandskraft),
)
