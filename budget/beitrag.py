"""What this floor adds: tab, letters, steps, rows of „Mein Tag“ and what follows a posting."""

from __future__ import annotations

from budget import queries
from budget.bescheid.services import bescheid
from budget.verfahren import services
from budget.views import schritte
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from cases.registry.schreibenart import Schreibenart
from cases.states.rolle import Rolle
from recht.fristkennung import Regel

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
    nach_ueberpruefung=(services.keep_ueberpruefung,),
    nach_fristablauf=dict.fromkeys(
        (Regel.WIDERSPRUCH, Regel.WIDERSPRUCH_OHNE_BELEHRUNG), bescheid.record_bestandskraft
    ),
)
