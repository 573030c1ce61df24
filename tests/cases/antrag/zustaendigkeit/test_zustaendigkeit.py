"""Steps about the Zuständigkeit: what they write, which Fristen run, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from cases.antrag.schreiben.zustaendigkeit import vorbereitet_of
from cases.antrag.services import zustaendigkeit as service
from cases.antrag.services.traegerbeteiligung import (
    forward_part,
    involve_traeger,
    record_feststellung,
)
from cases.models import Frist, Traegerbeteiligung, Zustaendigkeitsentscheidung
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.antrag.zustaendigkeit.bausteine import (
    EINGANG,
    HIER,
    agentur,
    make_offen,
    pflegekasse,
    rente,
)
from tests.cases.schreiben.proben import make_anlass
from tests.fabriken import antrag_of, make_traeger

pytestmark = pytest.mark.django_db
TAG = date(2026, 11, 23)


def fristen(case) -> dict[str, str]:
    rows = Frist.objects.filter(case=case, regel__in=("F01", "F04", "F07", "F08", "F15"))
    return dict(rows.values_list("regel", "state"))


def entscheidung(case) -> Zustaendigkeitsentscheidung:
    return Zustaendigkeitsentscheidung.objects.filter(antrag__case=case).latest("id")


def test_answers_are_kept_and_unclear_residence_starts_four_weeks(fallmanager):
    case = make_offen(fallmanager)
    offen = replace(HIER, aufenthalt="ungeklaert", tatsaechlich="hier")
    row = service.save_antworten(
        antrag=antrag_of(case), angaben=offen, notiz="Meldeamt gefragt", by=fallmanager, tag=TAG
    )
    assert (row.antworten["aufenthalt"], row.notiz) == ("ungeklaert", "Meldeamt gefragt")
    assert Frist.objects.get(case=case, regel="F15").ende == date(2026, 12, 14)
    service.save_antworten(antrag=antrag_of(case), angaben=HIER, notiz="", by=fallmanager, tag=TAG)
    assert fristen(case)["F15"] == "aufgehoben"


def test_finding_keeps_the_reasons_of_the_check(fallmanager):
    case = make_offen(fallmanager)
    service.save_antworten(antrag=antrag_of(case), angaben=HIER, notiz="", by=fallmanager, tag=TAG)
    service.settle_zustaendigkeit(
        antrag=antrag_of(case), begruendung="wohnt hier", by=fallmanager, tag=TAG
    )
    row = entscheidung(case)
    assert (row.art, row.vorschlag) == ("festgestellt", "leistender_traeger")
    assert row.schritte[-1]["norm"] == "§ 14 Abs. 2 S. 1 SGB IX"
    assert fristen(case) == {"F01": "gewahrt", "F04": "offen"}
    with pytest.raises(SchrittUnzulaessig, match="bereits entschieden"):
        service.save_antworten(
            antrag=antrag_of(case), angaben=HIER, notiz="", by=fallmanager, tag=TAG
        )


def test_missed_check_binds_by_law(fallmanager):
    case = make_offen(fallmanager)
    spaet = date(2026, 12, 2)
    with pytest.raises(SchrittUnzulaessig, match="abgelaufen"):
        service.forward(
            antrag=antrag_of(case),
            an=rente(),
            grund="g",
            festgestellt_am=spaet,
            by=fallmanager,
            tag=spaet,
        )
    service.settle_zustaendigkeit(
        antrag=antrag_of(case), begruendung="Frist", by=fallmanager, tag=spaet
    )
    assert entscheidung(case).art == "kraft_gesetzes"


@pytest.mark.parametrize(
    ("art", "name", "erwartet"),
    [
        ("rentenversicherung", "DRV Probe", "weitergeleitet"),
        ("eingliederungshilfe", "Landkreis Nebenan", "abgegeben"),
    ],
)
def test_forwarding_keeps_both_days(fallmanager, art, name, erwartet):
    case = make_offen(fallmanager)
    service.forward(
        antrag=antrag_of(case),
        an=make_traeger(art, name),
        grund="dort zuständig",
        festgestellt_am=EINGANG,
        by=fallmanager,
        tag=TAG,
    )
    row = entscheidung(case)
    assert (row.art, row.festgestellt_am, row.am) == (erwartet, EINGANG, TAG)
    assert fristen(case) == {"F01": "gewahrt", "F04": "aufgehoben"}


def test_second_carrier_hands_on_only_by_turboklaerung(fallmanager):
    case = make_offen(fallmanager)
    service.take_over(
        antrag=antrag_of(case),
        von=agentur(),
        erster_eingang=date(2026, 11, 5),
        by=fallmanager,
        tag=TAG,
    )
    assert fristen(case) == {"F01": "aufgehoben", "F04": "offen"}
    weiter = {"antrag": antrag_of(case), "an": rente(), "grund": "g", "by": fallmanager, "tag": TAG}
    with pytest.raises(SchrittUnzulaessig, match="bindet uns"):
        service.forward(**weiter, festgestellt_am=TAG)
    with pytest.raises(SchrittUnzulaessig, match="wer das Einvernehmen"):
        service.forward_again(**weiter, einvernehmen_am=TAG, einvernehmen_durch=" ")
    service.forward_again(**weiter, einvernehmen_am=TAG, einvernehmen_durch="Frau Bauer, Telefon")
    case.refresh_from_db()
    assert (case.state, entscheidung(case).art) == ("weitergeleitet", "turboklaerung")


def test_part_goes_on_and_the_case_with_the_rest(fallmanager):
    case = make_offen(fallmanager)
    teil = {"inhalt": "Übergangsgeld", "festgestellt_am": TAG, "by": fallmanager, "tag": TAG}
    with pytest.raises(SchrittUnzulaessig, match="nicht Rehabilitationsträger sein können"):
        forward_part(antrag=antrag_of(case), an=agentur(), gruppen=["b_soziale_teilhabe"], **teil)
    forward_part(antrag=antrag_of(case), an=agentur(), gruppen=["b_unterhaltssichernde"], **teil)
    case.refresh_from_db()
    assert case.state == "zustaendig"
    assert fristen(case) == {"F01": "gewahrt", "F04": "aufgehoben", "F08": "offen"}
    assert Frist.objects.get(case=case, regel="F08").ende == date(2026, 12, 28)


def test_request_starts_its_two_weeks_when_it_leaves(fallmanager):
    case = make_offen(fallmanager)
    row = involve_traeger(
        antrag=antrag_of(case),
        traeger=rente(),
        gruppen=["b_medizinische_rehabilitation"],
        frage="Bedarf?",
        by=fallmanager,
        tag=TAG,
    )
    with pytest.raises(SchrittUnzulaessig, match="noch nicht abgesandt"):
        record_feststellung(
            beteiligung=row, eingegangen_am=TAG, feststellung="ja", by=fallmanager, tag=TAG
        )
    brief = write_schreiben(
        art="beteiligung_traeger",
        anlass=make_anlass(case, fallmanager, "beteiligung_traeger", TAG, anlass=row.pk),
    )
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=TAG)
    record_aufgabe(versand=versand, aufgabe_am=TAG, by=fallmanager, tag=TAG)
    assert Frist.objects.get(case=case, regel="F07").ende == date(2026, 12, 7)
    tag = date(2026, 12, 8)
    record_feststellung(
        beteiligung=row, eingegangen_am=tag, feststellung="ja", by=fallmanager, tag=tag
    )
    assert fristen(case)["F07"] == "versaeumt"
    assert Traegerbeteiligung.objects.get().feststellung == "ja"


def test_pflegekasse_is_no_rehatraeger(fallmanager):
    case = make_offen(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="kein Rehabilitationsträger"):
        service.forward(
            antrag=antrag_of(case),
            an=pflegekasse(),
            grund="g",
            festgestellt_am=TAG,
            by=fallmanager,
            tag=TAG,
        )


def test_provisional_benefit_waits_four_weeks_but_not_in_an_emergency(fallmanager):
    case = make_offen(fallmanager)
    offen = replace(HIER, aufenthalt="ungeklaert", tatsaechlich="hier")
    service.save_antworten(antrag=antrag_of(case), angaben=offen, notiz="", by=fallmanager, tag=TAG)
    call = {"antrag": antrag_of(case), "begruendung": "b", "by": fallmanager}
    with pytest.raises(SchrittUnzulaessig, match="zu klären"):
        service.provide_provisionally(**call, grund="aufenthalt", tag=date(2026, 12, 14))
    row = service.provide_provisionally(**call, grund="aufenthalt", tag=date(2026, 12, 15))
    case.refresh_from_db()
    assert (case.state, row.seit) == ("zustaendig", date(2026, 12, 15))
    service.clear_vorlaeufigkeit(
        vorlaeufigkeit=row,
        ergebnis="Landkreis Nebenan",
        erstattung_durch=rente(),
        by=fallmanager,
        tag=date(2026, 12, 20),
    )
    anderer = make_offen(fallmanager)
    eil = service.provide_provisionally(
        antrag=antrag_of(anderer), grund="eilfall", begruendung="b", by=fallmanager, tag=TAG
    )
    assert eil.grund == "eilfall"


def test_letters_are_prepared_for_carrier_and_person(fallmanager):
    case = make_offen(fallmanager)
    service.forward(
        antrag=antrag_of(case),
        an=rente(),
        grund="g",
        festgestellt_am=EINGANG,
        by=fallmanager,
        tag=TAG,
    )
    antrag = case.antraege.get()
    assert [(b.art, b.an) for b in vorbereitet_of(antrag)] == [
        ("weiterleitung_traeger", "DRV Probe"),
        ("weiterleitung_person", case.leistungsberechtigte_person.voller_name),
    ]


def test_decision_is_never_changed(fallmanager):
    case = make_offen(fallmanager)
    service.settle_zustaendigkeit(
        antrag=antrag_of(case), begruendung="wohnt hier", by=fallmanager, tag=TAG
    )
    row = entscheidung(case)
    with (
        pytest.raises(ProgrammingError, match=r"Cannot update or delete|permission denied"),
        transaction.atomic(),
    ):
        Zustaendigkeitsentscheidung.objects.filter(pk=row.pk).update(art="vorlaeufig")
    with (
        pytest.raises(ProgrammingError, match=r"Cannot update or delete|permission denied"),
        transaction.atomic(),
    ):
        Zustaendigkeitsentscheidung.objects.filter(pk=row.pk).delete()
