"""Plans that wait for a supervisor, with what helps to choose where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.models import User
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.queries.gesamtplan import waiting_for_release, with_parts
from gesamtplan.plan.queries.kosten import summe_of
from gesamtplan.plan.queries.vergleich import compare_versions
from gesamtplan.states import Anmerkungsstand


@dataclass(frozen=True)
class Wartend:
    """One submitted version: since how many days, what it costs now and before, what changed."""

    plan: Gesamtplan
    tage: int
    kosten: Decimal | None
    vorher: Decimal | None
    geaendert: tuple[str, ...]
    anmerkungen: int

    @property
    def alter(self) -> str:
        """Return the age in words."""
        if not self.tage:
            return "seit heute"
        return "seit gestern" if self.tage == 1 else f"seit {self.tage} Tagen"


def wartende_of(user: User, stichtag: date) -> list[Wartend]:
    """Return what waits for this user, the oldest first; a fixed number of queries."""
    pks = [plan.pk for plan in waiting_for_release(user, stichtag)]
    rows = with_parts(Gesamtplan.objects.all()).prefetch_related("bedarfsermittlung__bedarfe")
    plaene = {plan.pk: plan for plan in rows.filter(pk__in=pks)}
    vorher = {alt.pk: alt for alt in rows.filter(nachfolger__in=pks)}
    return [_wartend(plaene[pk], vorher, stichtag) for pk in pks]


def _wartend(plan: Gesamtplan, vorher: dict[int, Gesamtplan], stichtag: date) -> Wartend:
    alt = vorher.get(plan.vorgaenger_id or 0)
    vergleich = compare_versions(alt=alt, neu=plan, betraege=True) if alt else None
    return Wartend(
        plan,
        (stichtag - plan.vorgelegt_am).days if plan.vorgelegt_am else 0,
        summe_of(plan.leistungen.all(), plan.datum),
        summe_of(alt.leistungen.all(), alt.datum) if alt else None,
        tuple(teil.titel for teil in vergleich.geaendert) if vergleich else (),
        sum(a.state != Anmerkungsstand.ERLEDIGT for a in plan.anmerkungen.all()),
    )
