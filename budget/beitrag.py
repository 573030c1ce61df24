"""What this floor adds: tab, letters, steps, rows of „Mein Tag“ and what follows a posting."""

from __future__ import annotations

from dataclasses import replace

from budget import queries
from budget.bescheid.schreiben import bescheid as bescheidbrief
from budget.bescheid.services import bescheid
from budget.views import schritte
from budget.zielvereinbarung import schreiben as vereinbarungsbrief
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.states.rolle import Rolle

_LESENDE = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value, Rolle.REVISION.value})

BEITRAG = Beitrag(
    reiter=(Reiter("Budget", "budget", _LESENDE),),
    fallschritte=(schritte.fallschritte,),
    arbeitszeilen=(schritte.arbeitszeilen,),
    kurzquellen=(schritte.VEREINBARUNGEN,),
    abschlusshindernisse=(schritte.abschlusshindernisse,),
    entwurfszaehler=(queries.count_entwuerfe,),
    teamlast=(queries.count_per_person,),
    budgetphasen=(queries.budgetphase,),
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
    nach_fristablauf=dict.fromkeys(("F51", "F52"), bescheid.record_bestandskraft),
)
