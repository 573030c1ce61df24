"""What a Bescheid does to the person begins with its Bekanntgabe, and for its own Antrag only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.antrag.services.antrag import record_antrag
from cases.models import Antrag
from cases.schreiben.services.versand import cancel_versand, record_aufgabe, send
from cases.services.ereignis import gegenstand_of
from tests.budget import fabriken

pytestmark = pytest.mark.django_db


def _fristen(antrag: Antrag) -> dict[str, str]:
    rows = antrag.case.fristen.filter(gegenstand=gegenstand_of(antrag))
    return dict(rows.values_list("regel", "state"))


def _further(akte: fabriken.Akte, eingang: date) -> Antrag:
    return record_antrag(
        case=akte.case,
        eingang=eingang,
        weg="schriftlich",
        begehren="Ein Hilfsmittel für den Weg zur Arbeit",
        persoenliches_budget=False,
        by=akte.fallmanager,
        tag=eingang,
    )


def _stand(akte: fabriken.Akte) -> tuple[str, str, str]:
    for row in (akte.bescheid, akte.budget, akte.case):
        row.refresh_from_db()
    return akte.bescheid.state, akte.budget.state, akte.case.state


def test_a_second_antrag_keeps_its_fristen_when_the_first_is_decided():
    # R27: A of 02.03. is decided, B of 13.04. is not.
    akte = fabriken.make_akte(fabriken.B)
    a = akte.case.antraege.get()
    b = _further(akte, date(2026, 4, 13))
    fabriken.tell("frei", fabriken.B, akte=akte)
    _post(akte)
    assert _fristen(a) == {"F01": "gewahrt", "F04": "versaeumt", "F54": "aufgehoben"}
    assert _fristen(b) == {"F01": "offen", "F04": "offen", "F54": "offen"}


def _order(akte, weg="post"):
    return send(
        schreiben=akte.bescheid.schreiben, weg=weg, by=akte.fallmanager, tag=akte.tage.bescheid
    )


def _post(akte):
    versand = _order(akte)
    return record_aufgabe(
        versand=versand,
        aufgabe_am=akte.tage.bescheid,
        by=akte.fallmanager,
        tag=akte.tage.bescheid,
    )


def test_a_released_bescheid_that_has_not_left_changes_nothing_for_the_person():
    # § 39 Abs. 1 SGB X: R28. The decision itself meets F04, everything else waits.
    akte = fabriken.tell("frei", fabriken.B)
    antrag = akte.case.antraege.get()
    assert _stand(akte) == ("freigegeben", "vereinbart", "geplant")
    assert _fristen(antrag)["F04"] == "versaeumt"
    assert _fristen(antrag)["F54"] == "offen"
    assert not akte.case.fristen.filter(regel__in=["F30", "F31", "F37", "F51"]).exists()


def test_taking_the_dispatch_back_leaves_it_so():
    akte = fabriken.tell("frei", fabriken.B)
    versand = _order(akte)
    cancel_versand(versand=versand, by=akte.fallmanager, tag=akte.tage.bescheid)
    assert _stand(akte) == ("freigegeben", "vereinbart", "geplant")
    assert _fristen(akte.case.antraege.get())["F54"] == "offen"


def test_bekanntgabe_brings_all_effects_with_its_own_day():
    # Posted 20.04.2026: fourth day 24.04.2026 (§ 37 Abs. 2 S. 1 SGB X in force since 01.01.2025).
    akte = fabriken.tell("frei", fabriken.B)
    versand = _post(akte)
    assert versand.bekanntgabe == date(2026, 4, 24) == akte.tage.bescheid + timedelta(days=4)
    assert _stand(akte) == ("versandt", "laeuft", "leistung_laeuft")
    f54 = akte.case.fristen.get(regel="F54")
    assert (f54.state, f54.erledigt_am) == ("aufgehoben", date(2026, 4, 24))
    assert f54.erledigt_durch == "über den Antrag entschieden"
    assert sorted(
        akte.case.fristen.filter(regel__in=["F30", "F31", "F51"]).values_list("regel", "state")
    ) == [("F30", "offen"), ("F31", "offen"), ("F51", "offen")]
