"""Versions of the Gesamtplan: create, write, continue."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models.stand import stand_of
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Teilhabeziel
from gesamtplan.models.angaben import Leistungsangaben, Zielangaben
from gesamtplan.models.stand import werte_of_inhalte, werte_of_leistung, werte_of_teilhabeziel
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import gesamtplan, leistung, teilhabeziel
from recht.inhalte import pflichtinhalte
from tests.fabriken import HEUTE, make_fallmanager
from tests.gesamtplan.bausteine import (
    add_leistung_zu,
    add_ziel,
    make_fortschreibung,
    make_freigegebenen_plan,
    make_leeren_plan,
    make_plan,
    make_zustaendigen_fall,
)

pytestmark = pytest.mark.django_db
ANGABEN = Zielangaben("d4", "Bus fahren", "Fünf Fahrten allein", date(2027, 6, 30))


def create(case, by, **felder):
    werte = {"anlass": "Erstantrag", "datum": HEUTE} | felder
    return gesamtplan.create_gesamtplan(case=case, by=by, tag=HEUTE, **werte)


@pytest.mark.parametrize("tag", [date(2005, 11, 21), date(2018, 6, 1), HEUTE])
def test_create_has_one_row_for_each_content_of_the_day(tag, fallmanager):
    plan = make_leeren_plan(fallmanager, tag)
    keys = {inhalt.schluessel for inhalt in pflichtinhalte("gesamtplan", tag)}
    assert {inhalt.schluessel for inhalt in plan.planinhalte.all()} == keys


def test_create_knows_what_the_file_knows(fallmanager):
    plan = make_leeren_plan(fallmanager)
    assert plan.ueberpruefung_am == date(2028, 11, 20)
    assert plan.planinhalte.get(schluessel="antragseingang").text == (
        "Der Antrag ist am 20.11.2026 eingegangen. "
        "Zuständigkeit festgestellt: wohnt im Kreis (20.11.2026)."
    )


def test_create_without_closed_bedarfsermittlung_is_refused(fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="zuerst die Bedarfsermittlung ab"):
        create(make_zustaendigen_fall(fallmanager), fallmanager)


def test_create_with_bedarfsermittlung_of_another_case_is_refused(fallmanager):
    fremd = make_leeren_plan(fallmanager).bedarfsermittlung
    case = make_zustaendigen_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="gehört zu einem anderen Fall"):
        create(case, fallmanager, bedarfsermittlung=fremd)


def test_second_first_version_is_refused(fallmanager):
    plan = make_leeren_plan(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="Bitte schreiben Sie ihn fort"):
        create(plan.case, fallmanager)


def test_update_notes_the_last_editor(fallmanager):
    plan, kollegin = make_plan(fallmanager), make_fallmanager("kollegin")
    neu = gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={"gutachten": " Keines. "}, by=kollegin, tag=HEUTE
    )
    assert (neu.planinhalte.get(schluessel="gutachten").text, neu.bearbeitet_von) == (
        "Keines.",
        kollegin,
    )


def test_update_of_an_unknown_content_is_refused(fallmanager):
    plan = make_leeren_plan(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="gehört nicht zu einem Plan vom"):
        gesamtplan.update_planinhalte(
            gesamtplan=plan, texte={"ist_situation": "x"}, by=fallmanager, tag=HEUTE
        )


def test_update_over_newer_contents_is_refused(fallmanager):
    plan = make_leeren_plan(fallmanager)
    seen = stand_of(werte_of_inhalte(plan))
    gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={"gutachten": "A"}, by=fallmanager, tag=HEUTE
    )
    with pytest.raises(SchrittUnzulaessig, match="inzwischen geändert"):
        gesamtplan.update_planinhalte(
            gesamtplan=plan, texte={"gutachten": "B"}, by=fallmanager, tag=HEUTE, gesehen=seen
        )
    assert plan.planinhalte.get(schluessel="gutachten").text == "A"


def test_new_goal_does_not_make_the_contents_stale(fallmanager):
    plan = make_leeren_plan(fallmanager)
    seen = stand_of(werte_of_inhalte(plan))
    add_ziel(plan, fallmanager)
    neu = gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={"gutachten": "B"}, by=fallmanager, tag=HEUTE, gesehen=seen
    )
    assert neu.planinhalte.get(schluessel="gutachten").text == "B"


def test_goal_numbers_are_not_used_twice(fallmanager):
    plan = make_leeren_plan(fallmanager)
    erstes, zweites = (add_ziel(plan, fallmanager, text) for text in ("Kochen", "Einkaufen"))
    teilhabeziel.remove_teilhabeziel(ziel=erstes, by=fallmanager, tag=HEUTE)
    assert (zweites.nummer, add_ziel(plan, fallmanager, "Putzen").nummer) == (2, 3)


def test_goal_takes_its_leistungen_along(fallmanager):
    plan = make_leeren_plan(fallmanager)
    ziel = add_ziel(plan, fallmanager)
    add_leistung_zu(ziel, fallmanager)
    assert teilhabeziel.remove_teilhabeziel(ziel=ziel, by=fallmanager, tag=HEUTE) == 1
    assert plan.leistungen.count() == 0


def test_stale_goal_is_refused(fallmanager):
    plan = make_leeren_plan(fallmanager)
    ziel = add_ziel(plan, fallmanager)
    seen = stand_of(werte_of_teilhabeziel(ziel))
    change = {"ziel": ziel, "angaben": ANGABEN, "by": fallmanager, "tag": HEUTE}
    assert teilhabeziel.update_teilhabeziel(**change, gesehen=seen).text == "Bus fahren"
    with pytest.raises(SchrittUnzulaessig, match="inzwischen geändert"):
        teilhabeziel.update_teilhabeziel(**change, gesehen=seen)


def test_removed_goal_cannot_be_changed(fallmanager):
    ziel = add_ziel(make_leeren_plan(fallmanager), fallmanager)
    stale = Teilhabeziel.objects.get(pk=ziel.pk)
    teilhabeziel.remove_teilhabeziel(ziel=ziel, by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="aus dem Entwurf entfernt"):
        teilhabeziel.update_teilhabeziel(ziel=stale, angaben=ANGABEN, by=fallmanager, tag=HEUTE)


def test_leistung_for_a_goal_of_another_version_is_refused(fallmanager):
    plan, anderer = make_plan(fallmanager), make_plan(fallmanager)
    row = plan.leistungen.get()
    angaben = Leistungsangaben(
        teilhabeziel=anderer.teilhabeziele.get(),
        leistungstraeger=row.leistungstraeger,
        bezeichnung="Assistenz",
        norm="§ 78 SGB IX",
        leistungsform="dienstleistung",
        umfang="viel",
        beginn=HEUTE,
    )
    with pytest.raises(SchrittUnzulaessig, match="gehört zu einer anderen Fassung"):
        leistung.update_leistung(leistung=row, angaben=angaben, by=fallmanager, tag=HEUTE)
    assert stand_of(werte_of_leistung(plan.leistungen.get())) == stand_of(werte_of_leistung(row))


def test_fortschreibung_keeps_kennungen_contents_and_status(fallmanager, leitung):
    alt = make_freigegebenen_plan(fallmanager, leitung, ziele=3)
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=alt, anlass="Umzug", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    for name, felder in (
        ("teilhabeziele", ("kennung", "nummer", "text", "kriterium", "bis", "status")),
        ("leistungen", ("kennung", "bezeichnung", "umfang", "teilhabeziel__kennung")),
        ("planinhalte", ("schluessel", "text")),
    ):
        alte = list(getattr(alt, name).order_by("id").values_list(*felder))
        assert list(getattr(neu, name).order_by("id").values_list(*felder)) == alte
        assert len(alte) >= 3
    assert (neu.version, neu.vorgaenger, neu.state) == (2, alt, "entwurf")


def test_fortschreibung_into_another_law_keeps_old_texts(fallmanager, leitung):
    tag = date(2017, 11, 20)
    alt = make_freigegebenen_plan(fallmanager, leitung, tag)
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=alt, anlass="neues Recht", datum=date(2020, 1, 7), by=fallmanager, tag=HEUTE
    )
    keys = {inhalt.schluessel for inhalt in neu.planinhalte.all()}
    assert {"ist_situation", "barmittel"} <= keys
    assert neu.ueberpruefung_am == date(2022, 1, 7)


def test_fortschreibung_of_a_draft_or_an_old_version_is_refused(fallmanager, leitung):
    neu = make_fortschreibung(fallmanager, leitung)
    for plan, text in ((neu, "im Zustand „Entwurf“"), (neu.vorgaenger, "neuere Fassung")):
        with pytest.raises(SchrittUnzulaessig, match=text):
            gesamtplan.continue_gesamtplan(
                gesamtplan=plan, anlass="x", datum=HEUTE, by=fallmanager, tag=HEUTE
            )
    assert get_plan(neu.pk).case.gesamtplaene.count() == 2
