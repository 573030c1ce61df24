"""What this floor adds: tabs, steps, rows of „Mein Tag“ and the printed plan."""

from __future__ import annotations

from cases.access import FALLROLLEN
from cases.registry.beitrag import Beitrag, Ereignisgruppe, Reiter
from gesamtplan.plan.queries.gesamtplan import count_entwuerfe, count_per_person
from gesamtplan.plan.schreiben import SCHREIBENART
from gesamtplan.plan.schritte import fallschritte
from gesamtplan.plan.views import tisch

_LESENDE = frozenset(r.value for r in FALLROLLEN)

BEITRAG = Beitrag(
    reiter=(
        Reiter("Bedarf", "bedarf", _LESENDE),
        Reiter("Gesamtplan", "gesamtplan", _LESENDE),
    ),
    fallschritte=(fallschritte,),
    arbeitszeilen=(tisch.arbeitszeilen,),
    abschlusshindernisse=(tisch.abschlusshindernisse,),
    entwurfszaehler=(count_entwuerfe,),
    teamlast=(count_per_person,),
    schreibenarten=(SCHREIBENART,),
    ereignisgruppen=(
        Ereignisgruppe(
            "planung", "Bedarf und Gesamtplan", ("bedarf", "gesamtplan", "ueberpruefung")
        ),
    ),
)
