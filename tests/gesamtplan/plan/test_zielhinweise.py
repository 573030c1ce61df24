"""What the program remarks on a goal while it is written."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gesamtplan.models.angaben import Zielangaben
from gesamtplan.models.zielhinweis import budgetfolge, zielhinweise
from gesamtplan.plan.services import teilhabeziel
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine

GUT = {
    "text": "Ich kaufe einmal in der Woche selbst ein.",
    "kriterium": "In drei von vier Wochen ohne Begleitung",
    "ausgangswert": "in keiner Woche",
    "zielwert": "in drei von vier Wochen",
}


def felder_of(**anders):
    werte = GUT | anders
    angaben = Zielangaben("d6", werte["text"], werte["kriterium"], date(2027, 6, 30))
    angaben = Zielangaben(**(vars(angaben) | {n: werte[n] for n in ("ausgangswert", "zielwert")}))
    return [hinweis.feld for hinweis in zielhinweise(angaben)]


@pytest.mark.parametrize(
    ("anders", "erwartet"),
    [
        ({}, []),
        ({"text": "Ich wohne allein. Ich arbeite halbtags."}, ["text"]),
        ({"text": "- einkaufen\n- kochen\n- waschen"}, ["text"]),
        ({"text": "Ich koche selbst und ich fahre allein mit dem Bus."}, ["text"]),
        ({"text": "Ich koche und backe selbst."}, []),
        ({"text": "Herr Muster erhält sechs Fachleistungsstunden."}, ["text"]),
        ({"text": "Frau Beispiel nimmt an der Therapie teil."}, ["text"]),
        ({"text": "Ich gehe am 3. Mai zur Messe."}, []),
        ({"kriterium": ""}, ["kriterium"]),
        ({"kriterium": "Es geht besser."}, ["kriterium"]),
        ({"ausgangswert": ""}, ["ausgangswert"]),
        ({"zielwert": ""}, ["zielwert"]),
    ],
)
def test_hints_name_the_field(anders, erwartet):
    assert felder_of(**anders) == erwartet


@pytest.mark.django_db
def test_second_button_shows_hints_at_their_fields_and_saves_nothing(client, fallmanager):
    plan = bausteine.make_leeren_plan(fallmanager)
    client.force_login(fallmanager)
    url = reverse("teilhabeziel_neu", args=[plan.case_id, plan.version])
    daten = {
        "lebensbereich": "d6",
        "text": "Ich wohne allein. Ich arbeite.",
        "kriterium": "besser",
        "bis": "30.06.2027",
        "status": "offen",
    }
    response = client.post(url, daten | {"vorschau": "1"})
    errors = response.context["form"].errors
    assert response.status_code == 422
    assert {"text", "kriterium", "ausgangswert", "__all__"} == set(errors)
    assert "Noch nicht gespeichert" in errors["__all__"][0]
    assert "Ich wohne allein. Ich arbeite." in response.content.decode()
    assert plan.teilhabeziele.count() == 0
    vorgang = response.context["form"]["vorgang"].value() or ""
    assert client.post(url, daten | {"vorgang": vorgang}).status_code == 302
    assert plan.teilhabeziele.get().kriterium == "besser"


@pytest.mark.django_db
def test_page_of_a_draft_shows_hints_and_the_released_plan_does_not(client, fallmanager, leitung):
    plan = bausteine.make_vorgelegten_plan(fallmanager)
    client.force_login(leitung)
    url = reverse("gesamtplan_version", args=[plan.case_id, plan.version])
    assert "Mit dem Stand heute" not in client.get(url).content.decode()
    entwurf = bausteine.make_leeren_plan(fallmanager)
    bausteine.add_ziel(entwurf, fallmanager)
    client.force_login(fallmanager)
    url = reverse("gesamtplan_version", args=[entwurf.case_id, entwurf.version])
    assert "Mit dem Stand heute" in client.get(url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "wort"),
    [("persoenliches_budget", "endet das Persönliche Budget"), ("dienstleistung", "der Bedarf.")],
)
def test_goal_that_ends_the_need_warns_of_the_budget(form, wort, fallmanager):
    plan = bausteine.make_leeren_plan(fallmanager)
    ziel = bausteine.add_ziel(plan, fallmanager)
    assert budgetfolge(ziel, []) == ""
    angaben = Zielangaben("d6", ziel.text, ziel.kriterium, ziel.bis, bedarf_endet=True)
    ziel = teilhabeziel.update_teilhabeziel(ziel=ziel, angaben=angaben, by=fallmanager, tag=HEUTE)
    leistung = bausteine.add_leistung_zu(ziel, fallmanager)
    leistung.leistungsform = form
    assert wort in budgetfolge(ziel, [leistung])
