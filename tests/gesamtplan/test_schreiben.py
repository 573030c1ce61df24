"""The data of the printed plan, and the print."""

from __future__ import annotations

import io
import json
from datetime import date

import pikepdf
import pytest

from cases.schreiben.satz.brief import render_brief, render_html
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.schreiben.gesamtplan import ART, gesamtplan_daten, titel_of
from tests.gesamtplan.bausteine import KOCHEN, TEXT, make_fortschreibung, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def daten(fallmanager):
    return gesamtplan_daten(get_plan(make_plan(fallmanager, ziele=2).pk))


def test_data_is_plain_json(daten):
    assert json.loads(json.dumps(daten)) == daten
    assert daten["ueberpruefung_am"] == "2028-11-20"
    assert daten["fassung"]["rechtsstand"] == "B"


def test_data_holds_only_filled_lebensbereiche(daten):
    assert [b["lebensbereich"] for b in daten["bedarfsermittlung"]["bedarfe"]] == [
        "Häusliches Leben"
    ]
    angaben = daten["bedarfsermittlung"]["bedarfe"][0]["angaben"]
    assert angaben[-1] == {"bezeichnung": "Bedarf", "text": [[KOCHEN.bedarf]]}


def test_data_groups_leistungen_by_traeger(daten):
    groups = [
        (g["traeger"], [e["bezeichnung"] for e in g["eintraege"]]) for g in daten["leistungen"]
    ]
    assert groups == [("Landkreis Musterau", ["Leistung 1", "Leistung 2"])]


def test_data_keeps_statutory_order_and_points_to_sections(daten):
    rows = {row["bezeichnung"]: row for row in daten["inhalte"]}
    assert daten["inhalte"][0]["norm"] == "§ 121 Abs. 4 Nr. 1 SGB IX"
    assert rows["Erreichbare und überprüfbare Teilhabeziele"]["siehe"] == "Teilhabeziele"
    assert rows["Barmittel aus dem Regelsatz"]["text"] == [[TEXT]]
    assert len(daten["inhalte"]) == 13


def test_html_says_every_goal_and_heading(daten):
    html = render_html(art=ART, titel="Gesamtplan", daten=daten)
    for text in (
        "Ziel Nummer 1",
        "Ziel Nummer 2",
        "Begleitung im Krankenhaus",
        "20.\u00a0November",
    ):
        assert text in html
    assert html.count("<h1") == 1


def test_html_of_the_second_version_names_the_first_and_the_status(fallmanager, leitung):
    neu = make_fortschreibung(fallmanager, leitung)
    html = render_html(art=ART, titel=titel_of(neu), daten=gesamtplan_daten(neu))
    assert titel_of(neu) == "Gesamtplan, 2. Fassung"
    assert "Sie schreibt den Gesamtplan vom 20.\u00a0November\u00a02026 fort" in html
    assert "Ziel 1: offen" in html


@pytest.mark.parametrize("tag", [date(2005, 11, 21), date(2018, 6, 1)])
def test_print_of_older_law_names_its_basis(tag, fallmanager):
    daten = gesamtplan_daten(get_plan(make_plan(fallmanager, tag).pk))
    grundlage = {2005: "§ 58 des Zwölften", 2018: "§ 144 des Zwölften"}[tag.year]
    assert daten["fassung"]["rechtsgrundlage"].startswith(grundlage)
    assert render_brief(art=ART, titel="Gesamtplan", daten=daten, entwurf=True).seiten >= 2


def test_pdf_carries_its_data(daten):
    gerendert = render_brief(art=ART, titel="Gesamtplan", daten=daten)
    with pikepdf.open(io.BytesIO(gerendert.pdf)) as pdf:
        attached = json.loads(pdf.attachments["gesamtplan.json"].get_file().read_bytes())
    assert attached == daten
