"""Two decide at the same moment: exactly one decides, the other hears that it is decided."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.utils import timezone

from cases.models import Schreiben, User
from cases.schreiben.satz import pdf
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.services import freigabe
from tests.gesamtplan.bausteine import make_vorgelegten_plan
from tools.stoerungen import bestand
from tools.stoerungen.haus import Haus
from tools.stoerungen.tafel import Ergebnis

GETAN = "getan"


def _at_once(steps: list[Callable[[], object]]) -> list[str]:
    barrier = Barrier(len(steps))

    def run(step: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=60)
            step()
        except SchrittUnzulaessig as error:
            return error.text
        except Exception as error:
            return f"Fehler {type(error).__name__}"
        else:
            return GETAN
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def _decisions(plan: Gesamtplan, leitungen: list[User], k: int) -> list[Callable[[], object]]:
    """Two releases, or a release against a return, in turn."""
    tag, (eine, andere) = timezone.localdate(), leitungen

    def release(by: User) -> object:
        return freigabe.release_gesamtplan(gesamtplan=plan, by=by, tag=tag)

    def give_back() -> object:
        return freigabe.return_gesamtplan(gesamtplan=plan, grund="Probe", by=andere, tag=tag)

    return [lambda: release(eine), give_back if k % 2 else lambda: release(andere)]


def f14(haus: Haus, n: int) -> Ergebnis:
    """Let two supervisors decide about the same plan at once, pair after pair."""
    haus.rest()
    by = bestand.person_of_staff("fallmanager", Rolle.FALLMANAGEMENT)
    leitungen = [bestand.person_of_staff("leitung", Rolle.LEITUNG) for _ in range(2)]
    pdf.warm_up()
    paare = max(1, n // 5)
    plaene = [make_vorgelegten_plan(by) for _ in range(paare)]
    began, keine, zwei, fehler = time.monotonic(), 0, 0, 0
    for k, plan in enumerate(plaene):
        enden = _at_once(_decisions(plan, leitungen, k))
        keine += GETAN not in enden
        zwei += enden.count(GETAN) - 1 if GETAN in enden else 0
        fehler += sum(ende.startswith("Fehler") for ende in enden)
    ids = [plan.pk for plan in plaene]
    frei = Gesamtplan.objects.filter(pk__in=ids, state="freigegeben").count()
    briefe = Schreiben.objects.filter(case__in=[p.case_id for p in plaene], art="gesamtplan")
    return Ergebnis(
        paare,
        verloren=keine,
        doppelt=zwei + max(0, briefe.count() - frei),
        unerklaert=fehler + max(0, frei - briefe.count()),
        ruhe_s=time.monotonic() - began,
        bemerkung=f"{frei} freigegeben, {paare - frei} zurückgegeben, je eine Entscheidung",
    )
