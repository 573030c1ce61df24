"""Who has written what a further decision rests on does not release it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from budget.folge.guards.freigabeschutz import freigabe_durch_andere
from budget.folge.services import bescheid as folge
from budget.folge.services.widerspruch import record_widerspruch
from budget.models import Folgebescheid
from budget.traegerwechsel import services as wechsel_services
from budget.unterbrechung import services as pause_services
from cases.antrag.services.zustaendigkeit import provide_provisionally
from cases.models import User
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge import geschichte, vorlaeufig
from tests.budget.traegerwechsel import geschichte as wechsel
from tests.budget.unterbrechung import geschichte as pause
from tests.fabriken import make_leitung

pytestmark = pytest.mark.django_db
SUBMIT = date(2026, 6, 12)


def _submitted(akte: fabriken.Akte, row: Folgebescheid) -> Folgebescheid:
    geschichte.hear(akte, row)
    am = date(2026, 6, 10)
    row = folge.record_aeusserung(row=row, am=am, text="Ja.", by=akte.fallmanager, tag=am)
    if row.art != "aufhebung":
        angaben = {"wirkt_ab": date(2026, 6, 17)}
        row = folge.update_folgebescheid(row=row, by=akte.fallmanager, tag=am, angaben=angaben)
    return folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=SUBMIT)


def _release(row: Folgebescheid, by: User) -> str:
    return str(folge.release_folgebescheid(row=row, by=by, tag=SUBMIT).state)


@pytest.mark.parametrize("teil", ["Wechsel", "Zusage"])
def test_change_of_the_carrier(teil):
    akte = geschichte.running()
    wer = {
        name: akte.leitung if name == teil else akte.fallmanager for name in ("Wechsel", "Zusage")
    }
    row = wechsel.record(akte, by=wer["Wechsel"])
    row = wechsel.promise(akte, row, by=wer["Zusage"])
    bescheid = wechsel_services.decide_aufhebung(row=row, by=akte.fallmanager, tag=wechsel.HEUTE)
    bescheid = _submitted(akte, bescheid)
    with pytest.raises(SchrittUnzulaessig, match="den Trägerwechsel selbst erfasst") as grund:
        _release(bescheid, akte.leitung)
    assert grund.value.norm == "§ 33 Abs. 3 SGB X"
    assert _release(bescheid, make_leitung("zweite", akte.case.team)) == "freigegeben"


@pytest.mark.parametrize("geaendert", [False, True])
def test_interruption(geaendert):
    akte = geschichte.running()
    row = pause_services.record_unterbrechung(
        budget=akte.budget,
        angaben=pause.angaben(akte),
        by=akte.fallmanager if geaendert else akte.leitung,
        tag=pause.HEUTE,
    )
    # Also where somebody else has written since.
    for by in (akte.leitung, akte.fallmanager) if geaendert else (akte.fallmanager,):
        row = pause_services.update_unterbrechung(
            row=row, angaben=pause.angaben(akte, weiter_tage=27), by=by, tag=pause.HEUTE
        )
    bescheid = pause_services.decide_unterbrechung(row=row, by=akte.fallmanager, tag=pause.HEUTE)
    bescheid = _submitted(akte, bescheid)
    with pytest.raises(SchrittUnzulaessig, match="die Unterbrechung selbst erfasst"):
        _release(bescheid, akte.leitung)
    assert _release(bescheid, make_leitung("zweite", akte.case.team)) == "freigegeben"


def test_why_the_leistung_is_provisional():
    akte = fabriken.make_akte(vorlaeufig.TAGE)
    entwurf = vorlaeufig.draft(akte)
    assert freigabe_durch_andere(entwurf, akte.leitung) is None
    provide_provisionally(
        antrag=entwurf.antrag,
        grund="eilfall",
        begruendung="Die Assistenz fehlt seit gestern.",
        by=akte.leitung,
        tag=vorlaeufig.TAG,
    )
    found = freigabe_durch_andere(entwurf, akte.leitung)
    assert (found.text if found else "").startswith(
        "Sie haben die Zuständigkeit oder die Vorläufigkeit selbst erfasst"
    )
    assert (found.norm if found else "") == "§ 33 Abs. 3 SGB X"
    assert freigabe_durch_andere(entwurf, make_leitung("zweite", akte.case.team)) is None


def _wechsel(akte: fabriken.Akte) -> Folgebescheid:
    row = wechsel.record(akte)
    row = wechsel.promise(akte, row, by=akte.leitung)
    return wechsel_services.decide_aufhebung(row=row, by=akte.fallmanager, tag=wechsel.HEUTE)


def _unterbrechung(akte: fabriken.Akte) -> Folgebescheid:
    row = pause_services.record_unterbrechung(
        budget=akte.budget, angaben=pause.angaben(akte), by=akte.leitung, tag=pause.HEUTE
    )
    row = pause_services.update_unterbrechung(
        row=row,
        angaben=pause.angaben(akte, weiter_tage=27),
        by=akte.fallmanager,
        tag=pause.HEUTE,
    )
    return pause_services.decide_unterbrechung(row=row, by=akte.fallmanager, tag=pause.HEUTE)


def _widerspruch(akte: fabriken.Akte) -> Folgebescheid:
    assert akte.bescheid is not None
    row = record_widerspruch(
        case=akte.case,
        schreiben=akte.bescheid.schreiben,
        by=akte.leitung,
        tag=geschichte.HEUTE,
        angaben={"eingang_am": date(2026, 5, 4), "form": "schriftlich"},
    )
    return geschichte.draft(akte, "widerspruchsbescheid", row)


def _vorlaeufig(akte: fabriken.Akte) -> Folgebescheid:
    entwurf = vorlaeufig.draft(akte)
    provide_provisionally(
        antrag=akte.case.antraege.get(),
        grund="eilfall",
        begruendung="Die Assistenz fehlt seit gestern.",
        by=akte.leitung,
        tag=vorlaeufig.TAG,
    )
    return entwurf


@pytest.mark.parametrize(
    ("make", "write"),
    [
        (geschichte.running, _wechsel),
        (geschichte.running, _unterbrechung),
        (geschichte.running, _widerspruch),
        (lambda: fabriken.make_akte(vorlaeufig.TAGE), _vorlaeufig),
    ],
    ids=["Traegerwechsel", "Unterbrechung", "Widerspruch", "Vorlaeufigkeit"],
)
def test_database_refuses_who_recorded_the_ground(
    make: Callable[[], fabriken.Akte], write: Callable[[fabriken.Akte], Folgebescheid]
):
    akte = make()
    rows = Folgebescheid.objects.filter(pk=write(akte).pk)
    with pytest.raises(DatabaseError, match="Grundlage erfasst"), transaction.atomic():
        rows.update(freigegeben_von=akte.leitung)
    assert rows.update(freigegeben_von=make_leitung("zweite", akte.case.team)) == 1
