"""The pages: who sees what, how many queries, nothing typed is lost."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from cases.queries.augenpaar import own_accounts
from gesamtplan.models import Bedarfsermittlung, Gesamtplan, Leistung
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan
from gesamtplan.plan.views.tisch import abschlusshindernisse, arbeitszeilen
from tests.fabriken import HEUTE, make_fallmanager, make_team, make_user
from tests.gesamtplan.bausteine import (
    make_abgeschlossene_ermittlung,
    make_ermittlung,
    make_fortschreibung,
    make_laufenden_plan,
    make_leeren_plan,
    make_plan,
    make_vorgelegten_plan,
    make_zustaendigen_fall,
)
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def als(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def url(name, plan, *args):
    return reverse(name, args=[plan.case_id, plan.version, *args])


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


LESESEITEN = ["gesamtplan_version", "gesamtplan_vergleich", "gesamtplan_pdf"]
SCHREIBSEITEN = [
    "gesamtplan_inhalte",
    "gesamtplan_vorlegen",
    "teilhabeziel_neu",
    "leistung_neu",
]


@pytest.mark.parametrize("name", LESESEITEN + SCHREIBSEITEN)
def test_pages_of_a_version_open_and_have_one_heading(name, als, fallmanager, leitung):
    plan = make_fortschreibung(fallmanager, leitung)
    response = als(fallmanager).get(url(name, plan))
    assert response.status_code == 200
    if name != "gesamtplan_pdf":
        assert response.content.count(b"<h1") == 1
        titel = re.search(rb"<title>(.*?)</title>", response.content, re.DOTALL)[1].decode()
        assert "Muster" not in titel


@pytest.mark.parametrize("name", LESESEITEN + SCHREIBSEITEN)
def test_foreign_case_is_not_found(name, als, fallmanager, leitung):
    plan = make_fortschreibung(fallmanager, leitung)
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    assert als(fremd).get(url(name, plan)).status_code == 404


def test_parts_of_another_case_are_not_found(als, fallmanager):
    plan, anderer = make_plan(fallmanager), make_plan(fallmanager)
    client = als(fallmanager)
    fremde = anderer.leistungen.get().pk
    assert client.get(url("leistung_bearbeiten", plan, fremde)).status_code == 404
    args = [plan.case_id, anderer.bedarfsermittlung_id]
    assert client.get(reverse("bedarf_anzeigen", args=args)).status_code == 404


def test_revision_reads_without_steps(als, fallmanager, leitung):
    plan = make_fortschreibung(fallmanager, leitung)
    client = als(make_user("revision", "Revision"))
    response = client.get(url("gesamtplan_version", plan))
    assert response.status_code == 200
    assert "Zur Freigabe vorlegen" not in text_of(response)
    assert client.get(url("gesamtplan_inhalte", plan)).status_code == 403


@pytest.mark.parametrize("ziele", [1, 3])
@pytest.mark.parametrize(
    ("name", "anzahl"), [("gesamtplan_version", 16), ("gesamtplan_vergleich", 19)]
)
def test_query_count_does_not_grow(
    name, anzahl, ziele, als, fallmanager, leitung, django_assert_num_queries
):
    plan = make_fortschreibung(fallmanager, leitung, ziele=ziele)
    client = als(fallmanager)
    client.get(url(name, plan))
    with django_assert_num_queries(anzahl):
        client.get(url(name, plan))


@pytest.mark.parametrize("anzahl", [1, 3])
def test_bedarf_page_query_count_does_not_grow(anzahl, als, fallmanager, django_assert_num_queries):
    case = make_zustaendigen_fall(fallmanager)
    for _ in range(anzahl):
        make_abgeschlossene_ermittlung(case, fallmanager)
    client = als(fallmanager)
    client.get(reverse("bedarf", args=[case.pk]))
    # A repetition is compared with the talk before.
    with django_assert_num_queries(11 if anzahl == 1 else 12):
        client.get(reverse("bedarf", args=[case.pk]))


@pytest.mark.parametrize("anzahl", [1, 3])
def test_desk_rows_take_one_query(anzahl, fallmanager, leitung, django_assert_num_queries):
    for _ in range(anzahl):
        make_vorgelegten_plan(fallmanager)
    assert leitung.rollen
    assert own_accounts(leitung)
    with django_assert_num_queries(1):
        rows = arbeitszeilen(leitung, HEUTE)
    assert [row.gruppe for row in rows] == ["Gesamtpläne zur Freigabe"] * anzahl


def test_desk_shows_returned_plans_first(fallmanager, leitung):
    make_plan(fallmanager)
    plan = make_vorgelegten_plan(fallmanager)
    freigabe.return_gesamtplan(gesamtplan=plan, grund="Ziel 1", by=leitung, tag=HEUTE)
    rows = arbeitszeilen(fallmanager, HEUTE)
    assert [row.zustand for row in rows] == ["zurückgegeben", "Entwurf"]


def test_closed_step_shows_each_reason_with_its_norm(als, fallmanager):
    text = text_of(als(fallmanager).get(url("gesamtplan_version", make_leeren_plan(fallmanager))))
    assert "Zur Freigabe vorlegen noch nicht möglich" in text
    assert "Der Plan nennt noch kein Teilhabeziel. § 19 Abs. 2 S. 2 Nr. 6 SGB IX" in text


def test_waiting_plan_tells_fallmanagement_who_releases(als, fallmanager):
    text = text_of(
        als(fallmanager).get(url("gesamtplan_version", make_vorgelegten_plan(fallmanager)))
    )
    assert "liegt seit dem 20.11.2026 bei der Leitung" in text


def test_release_page_lists_every_precondition(als, fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    Gesamtplan.objects.filter(pk=plan.pk).update(bearbeitet_von=leitung)
    response = als(leitung).get(url("gesamtplan_freigeben", plan))
    text = text_of(response)
    assert response.content.count(b"fw-pruefung--ja") == 18
    assert "Nicht erfüllt: Zweite Person gibt frei" in text
    assert "18 von 19 erfüllt" in text
    assert "Freigeben und festschreiben" not in text


def test_release_by_button_once(als, fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    client = als(leitung)
    page = client.get(url("gesamtplan_freigeben", plan))
    daten = felder_of(page)
    assert re.fullmatch("[0-9a-f]{64}", daten["gelesen"][0])
    for _ in range(2):
        response = client.post(url("gesamtplan_freigeben", plan), daten)
        assert response.status_code == 302
    assert get_plan(plan.pk).state == "freigegeben"
    assert plan.case.schreiben_liste.count() == 1


def test_release_by_the_author_shows_the_sentence(als, leitung):
    plan = make_vorgelegten_plan(leitung)
    response = als(leitung).post(url("gesamtplan_freigeben", plan))
    assert response.status_code == 422
    assert "Freigeben muss ihn eine andere Person" in text_of(response)


def test_goal_form_keeps_the_text_on_errors(als, fallmanager):
    plan = make_leeren_plan(fallmanager)
    daten = {
        "text": "Ich fahre Bus.",
        "bis": "31.02.2027",
        "lebensbereich": "d4",
        "status": "offen",
    }
    response = als(fallmanager).post(url("teilhabeziel_neu", plan), daten)
    assert response.status_code == 422
    assert "Ich fahre Bus." in text_of(response)
    assert "Der Februar 2027 hat 28 Tage." in text_of(response)
    assert set(response.context["form"].errors) == {"kriterium", "bis"}


def test_stale_contents_are_refused_once_and_shown_beside(als, fallmanager):
    plan = make_plan(fallmanager)
    client, adresse = als(fallmanager), url("gesamtplan_inhalte", plan)
    form = client.get(adresse).context["form"]
    daten = {
        "gesehen": form["gesehen"].initial,
        "anlass": "Erstantrag",
        "datum": "20.11.2026",
        "ueberpruefung_am": "20.11.2028",
        "inhalt_gutachten": "Mein Text",
    }
    kollegin = make_fallmanager("kollegin")
    gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={"gutachten": "Ihr Text"}, by=kollegin, tag=HEUTE
    )
    response = client.post(adresse, daten)
    assert response.status_code == 422
    for text in ("Kollegin Beispiel hat diese Angaben", "Mein Text", "Ihr Text"):
        assert text in text_of(response)
    again = daten | {"entschieden_zu": response.context["form"].stand_jetzt}
    assert client.post(adresse, again).status_code == 302
    assert plan.planinhalte.get(schluessel="gutachten").text == "Mein Text"


def test_bedarf_form_writes_all_nine_areas(als, fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    row = make_ermittlung(case, fallmanager)
    adresse = reverse("bedarf_bearbeiten", args=[case.pk, row.pk])
    client = als(fallmanager)
    page = client.get(adresse)
    assert page.content.count(b'<details class="fw-bereich"') == 9
    assert page.content.count(b'id="d6" open') == 1
    daten = {
        "datum": "20.11.2026",
        "instrument": "BEI_BW",
        "beteiligte": "Emil",
        "d9_wunsch": "Chor",
    }
    assert client.post(adresse, daten).status_code == 302
    stored = Bedarfsermittlung.objects.get(pk=row.pk).bedarfe.get(lebensbereich="d9")
    assert stored.wunsch == "Chor"


def test_complete_page_is_closed_without_a_finding(als, fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    row = make_ermittlung(case, fallmanager)
    row.bedarfe.update(bedarf="")
    adresse = reverse("bedarf_abschliessen", args=[case.pk, row.pk])
    response = als(fallmanager).post(adresse)
    assert response.status_code == 422
    assert "Besteht kein Bedarf, halten Sie das in der Zusammenfassung fest." in text_of(response)


def test_talk_leads_on_to_the_first_plan(als, fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    row = make_ermittlung(case, fallmanager)
    adresse = reverse("bedarf_bearbeiten", args=[case.pk, row.pk])
    client = als(fallmanager)
    daten = {name: feld[0] for name, feld in felder_of(client.get(adresse)).items()}
    response = client.post(adresse, daten | {"weiter": "planen"})
    assert response.headers["Location"] == reverse("gesamtplan_neu", args=[case.pk])
    assert client.get(response.headers["Location"]).status_code == 200
    row.refresh_from_db()
    assert row.abgeschlossen_am is not None


def test_talk_without_a_finding_is_neither_closed_nor_planned(als, fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    row = make_ermittlung(case, fallmanager)
    adresse = reverse("bedarf_bearbeiten", args=[case.pk, row.pk])
    client = als(fallmanager)
    daten = {name: feld[0] for name, feld in felder_of(client.get(adresse)).items()}
    ohne = {name: "" if name.endswith("_bedarf") else wert for name, wert in daten.items()}
    response = client.post(adresse, ohne | {"weiter": "planen"})
    assert response.status_code == 422
    assert "halten Sie das in der Zusammenfassung fest" in text_of(response)
    row.refresh_from_db()
    assert row.abgeschlossen_am is None


def test_only_a_first_plan_is_offered_after_the_talk(als, fallmanager, leitung):
    case = make_zustaendigen_fall(fallmanager)
    neu = reverse("bedarf_neu", args=[case.pk])
    client = als(fallmanager)
    assert "Abschließen und Gesamtplan anlegen" in text_of(client.get(neu))
    laufend = make_laufenden_plan(fallmanager, leitung)
    neu = reverse("bedarf_neu", args=[laufend.case_id])
    text = text_of(client.get(neu))
    assert "Speichern und abschließen" in text
    assert "Abschließen und Gesamtplan anlegen" not in text


def test_last_leistung_leads_on_to_the_supervisor(als, fallmanager):
    plan = make_plan(fallmanager)
    adresse = reverse(
        "leistung_bearbeiten", args=[plan.case_id, plan.version, plan.leistungen.first().pk]
    )
    neu = reverse("leistung_neu", args=[plan.case_id, plan.version])
    client = als(fallmanager)
    leer = client.get(neu)
    assert "Speichern und zur Vorlage" in text_of(leer)
    daten = {name: feld[0] for name, feld in felder_of(client.get(adresse)).items()}
    daten["vorgang"] = felder_of(leer)["vorgang"][0]
    daten.pop("stand", None)
    vorher = Leistung.objects.count()
    response = client.post(neu, daten | {"umfang": "noch eine", "weiter": "vorlegen"})
    ziel = reverse("gesamtplan_vorlegen", args=[plan.case_id, plan.version])
    assert response.headers["Location"] == ziel
    assert Leistung.objects.count() == vorher + 1


def test_first_step_is_closed_until_the_need_is_determined(als, fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    text = text_of(als(fallmanager).get(reverse("gesamtplan", args=[case.pk])))
    assert "Gesamtplan anlegen noch nicht möglich" in text
    assert als(fallmanager).get(reverse("gesamtplan_neu", args=[case.pk])).status_code == 302


def test_end_of_a_case_waits_for_the_release(fallmanager):
    plan = make_vorgelegten_plan(fallmanager)
    found = [h.text for h in abschlusshindernisse(plan.case, HEUTE)]
    assert found == [
        "Gesamtplan, Version 1 wartet auf Freigabe. Geben Sie die Fassung frei oder zurück."
    ]


def test_pdf_of_a_draft_is_a_preview_and_stores_nothing(als, fallmanager):
    plan = make_plan(fallmanager)
    response = als(fallmanager).get(url("gesamtplan_pdf", plan))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        f'inline; filename="{plan.case.aktenzeichen}-gesamtplan-1.pdf"'
    )
    assert plan.case.schreiben_liste.count() == 0
