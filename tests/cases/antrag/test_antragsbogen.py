"""The guided rest: each section saved on its own, the paper, and what belongs to another case."""

from __future__ import annotations

from datetime import date

import page
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.antrag.queries.antrag import ABSCHNITTE, gruppen_am, platz_of
from cases.antrag.schreiben.antragsformular import ART, TITEL, formular_daten, leeres_formular_daten
from cases.models import Antragsbogen, Schreiben
from cases.schreiben.satz.brief import render_brief
from tests.cases.schreiben.pruefer import check_pdf
from tests.fabriken import make_behoerde, make_fall, make_traeger

pytestmark = pytest.mark.django_db
FRUEH = "2026-11-20 09:00:00+01:00"
EINGANG = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _heute():
    with time_machine.travel(FRUEH, tick=False):
        yield


@pytest.fixture
def case(fallmanager, client):
    client.force_login(fallmanager)
    return make_fall(fallmanager, eingang=EINGANG)


def section(client, case, nummer, data):
    url = reverse("antrag_abschnitt", args=[case.pk, case.antraege.get().pk, nummer])
    return client.post(url, data)


def bogen_of(case) -> Antragsbogen:
    return Antragsbogen.objects.get(antrag__case=case)


@pytest.mark.parametrize(
    ("nummer", "data", "feld", "wert"),
    [
        (1, {"aufnehmende_stelle": "Amt", "unterstuetzung": "nein"}, "unterstuetzung", "nein"),
        (6, {"wuensche": "Ruhe & Zeit", "ausfuehrung": "geld"}, "wuensche", "Ruhe & Zeit"),
        (7, {"hinweis_am": "16.11.2026"}, "hinweis_fassung", "uebermittlung-2018"),
        (8, {"unterschrift_am": "16.11.2026"}, "unterschrift_am", EINGANG),
        (9, {"bestaetigt_am": "16.11.2026", "bestaetigt_ort": "Au"}, "bestaetigt_ort", "Au"),
        (10, {"verlauf": "gut", "verfahren": "vereinfacht"}, "verfahren", "vereinfacht"),
    ],
)
def test_section_is_saved_on_its_own_and_leads_on(client, case, nummer, data, feld, wert):
    response = section(client, case, nummer, data)
    assert response.status_code == 302, response.context["form"].errors
    bogen = bogen_of(case)
    assert (getattr(bogen, feld), bogen.erledigt) == (wert, [nummer])
    folge = [n for n, _ in ABSCHNITTE]
    naechste = folge[folge.index(nummer) + 1 :]
    ziel = f"/abschnitt/{naechste[0]}/" if naechste else "/antrag/"
    assert response["Location"].endswith(ziel)


@pytest.mark.parametrize(
    ("nummer", "data", "feld"),
    [
        (1, {"aufnehmende_stelle": "Amt", "unterstuetzung": "ja"}, "unterstuetzung_durch"),
        (3, {"pflege_art": "Pflege"}, "pflege"),
        (5, {"stelle": "a", "leistung": "b", "datum": "1.1.2027", "ergebnis": "befund"}, "datum"),
        (7, {"hinweis_am": "21.11.2026"}, "hinweis_am"),
        (8, {"unterschrift_am": "21.11.2026"}, "unterschrift_am"),
        (9, {"bestaetigt_am": "21.11.2026", "bestaetigt_ort": "Au"}, "bestaetigt_am"),
        (10, {"verfahren": "ausfuehrlich"}, "verfahren_grund"),
        (10, {"verfahren": "offen", "wiedervorlage_am": "19.11.2026"}, "wiedervorlage_am"),
        (10, {"verfahren": "offen", "wiedervorlage_am": "21.11.2026"}, "wiedervorlage_anlass"),
    ],
)
def test_doubtful_section_is_named_at_its_field(client, case, nummer, data, feld):
    response = section(client, case, nummer, data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [feld]
    assert bogen_of(case).erledigt == []


def test_leistungsgruppen_are_those_of_the_law_of_the_receipt():
    a, b = ([g.schluessel for g in gruppen_am(tag)] for tag in (date(2010, 1, 4), date(2026, 1, 5)))
    assert a[3:] == ["a_leben_in_der_gemeinschaft", "pflege", "weitere"]
    assert b[3:] == ["b_teilhabe_an_bildung", "b_soziale_teilhabe", "pflege", "weitere"]


def test_unticked_group_is_taken_back(client, case):
    section(client, case, 3, {"pflege": "on", "pflege_art": "Sachleistung", "weitere": "on"})
    section(client, case, 3, {"pflege": "on", "pflege_umfang": "täglich"})
    rows = case.antraege.get().beantragte_leistungen.all()
    assert [(r.gruppe, r.art, r.umfang) for r in rows] == [("pflege", "", "täglich")]


def test_rows_are_added_and_struck_out(client, case):
    traeger = make_traeger("pflegekasse", "AOK Probe")
    section(client, case, 4, {"leistungstraeger": traeger.pk, "ansprechpartner": "Frau Lang"})
    befund = {"stelle": "Klinik", "leistung": "Befund", "datum": "1.9.2026", "ergebnis": "befund"}
    section(client, case, 5, befund)
    antrag = case.antraege.get()
    assert [t.ansprechpartner for t in antrag.traegerangaben.all()] == ["Frau Lang"]
    assert [v.leistung for v in antrag.vorbefunde.all()] == ["Befund"]
    args = [case.pk, antrag.pk]
    client.post(reverse("traegerangabe_streichen", args=[*args, antrag.traegerangaben.get().pk]))
    client.post(reverse("vorbefund_streichen", args=[*args, antrag.vorbefunde.get().pk]))
    assert (antrag.traegerangaben.count(), antrag.vorbefunde.count()) == (0, 0)


def test_result_makes_a_real_wiedervorlage(client, case, fallmanager):
    data = {
        "verfahren": "offen",
        "wiedervorlage_am": "27.11.2026",
        "wiedervorlage_anlass": "Befund anfordern",
    }
    section(client, case, 10, data)
    row = case.wiedervorlagen.get()
    assert (row.am, row.anlass, row.user) == (date(2026, 11, 27), "Befund anfordern", fallmanager)
    assert bogen_of(case).wiedervorlage == row


def test_every_section_opens_and_can_be_finished(client, case):
    antrag = case.antraege.get()
    for nummer, titel in ABSCHNITTE:
        args = [case.pk, antrag.pk, nummer]
        response = client.get(reverse("antrag_abschnitt", args=args))
        assert f"{platz_of(nummer)}. {titel}" in response.text
        assert client.post(reverse("antrag_abschnitt_erledigt", args=args)).status_code == 302
    assert sorted(bogen_of(case).erledigt) == list(range(1, 14))


def test_application_of_another_case_is_not_there(client, case, fallmanager):
    fremd = make_fall(fallmanager).antraege.get()
    for name in ("antrag_formular_pdf", "pruefkatalog", "antrag_uebersetzung"):
        assert client.get(reverse(name, args=[case.pk, fremd.pk])).status_code == 404
    for nummer in (1, 0, 14):
        pk = fremd.pk if nummer == 1 else case.antraege.get().pk
        url = reverse("antrag_abschnitt", args=[case.pk, pk, nummer])
        assert client.get(url).status_code == 404


def test_tab_needs_few_queries(client, case):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("fall_antrag", args=[case.pk])).status_code == 200
    assert len(queries) <= 25


def test_paper_form_is_kept_as_a_schreiben(client, case):
    antrag = case.antraege.get()
    assert (
        client.get(reverse("antrag_formular_pdf", args=[case.pk, antrag.pk])).content[:5]
        == b"%PDF-"
    )
    assert Schreiben.objects.count() == 0
    client.post(reverse("antrag_formular_ablegen", args=[case.pk, antrag.pk]))
    row = Schreiben.objects.get()
    assert (row.art, row.titel) == (ART, "Antragsformular zum Antrag, eingegangen am 16.11.2026")


@pytest.mark.parametrize("tag", [date(2010, 6, 1), date(2018, 7, 2), date(2026, 11, 20)])
def test_empty_form_follows_the_law_of_the_day(behoerde, tag):
    daten = leeres_formular_daten(datum=tag)
    # The last section is the result, which the authority enters and nobody fills in on paper.
    assert [a["nummer"] for a in daten["abschnitte"]] == list(range(1, 13))
    assert [a["titel"] for a in daten["abschnitte"]][-2:] == [
        "Unterschrift",
        "Bestätigung der Aufnahme",
    ]
    assert ("Budgetverordnung" in daten["grundlage"]) is (tag.year == 2010)


@pytest.mark.parametrize("grossdruck", [False, True])
def test_both_forms_are_archivable_and_accessible(client, case, fallmanager, grossdruck):
    section(client, case, 3, {"pflege": "on", "pflege_art": "Sachleistung"})
    voll = formular_daten(case.antraege.get(), datum=date(2026, 11, 20), by=fallmanager)
    for daten in (voll, leeres_formular_daten(datum=date(2026, 11, 20))):
        daten["kopf"]["grossdruck"] = grossdruck
        pdf = render_brief(art=ART, titel=TITEL, daten=daten).pdf
        found = [f for p in ("ua1", "3a") for f in page.validate_pdf_bytes(pdf, profile=p).failures]
        assert found == []
        assert check_pdf(pdf) == []


@pytest.mark.parametrize(
    ("werte", "gedruckt"),
    [
        ({"gdb": 80, "merkzeichen": ["G", "B"]}, "GdB 80; Merkzeichen G, B"),
        ({"gdb": 80}, "GdB 80"),
        ({"gdb": 40, "gleichgestellt": True}, "GdB 40; gleichgestellt"),
        ({"gdb": 0}, "kein GdB festgestellt"),
    ],
)
def test_form_prints_all_that_was_found_about_the_disability(case, fallmanager, werte, gedruckt):
    case.leistungsberechtigte_person.schwerbehinderungen.create(gueltig_ab=EINGANG, **werte)
    daten = formular_daten(case.antraege.get(), datum=date(2026, 11, 20), by=fallmanager)
    assert gedruckt in str(daten["abschnitte"])


def test_further_sections_are_saved_and_printed(client, case):
    section(
        client,
        case,
        11,
        {
            "antragsart": "folge",
            "wunschbeginn": "01.01.2027",
            "anderer_antrag": "ja",
            "anderer_antrag_bei": "Rentenversicherung",
        },
    )
    section(client, case, 12, {"einsatz": "beitragsfrei", "ansprueche": "nein"})
    section(
        client,
        case,
        13,
        {"aerzte": "Dr. Lang, Ulm", "schweigepflicht_am": "02.11.2026", "anlagen": "Ausweis"},
    )
    antrag = case.antraege.get()
    daten = formular_daten(antrag, datum=date(2026, 11, 20), by=case.caseworker)
    text = str(daten["abschnitte"])
    for wort in ("Rentenversicherung", "Dr. Lang, Ulm", "02.11.2026", "Ausweis", "01.01.2027"):
        assert wort in text
    assert "{'wort': 'Folgeantrag, die Leistung soll weitergehen', 'an': True}" in text


@pytest.mark.parametrize(
    ("nummer", "daten", "feld"),
    [
        (11, {"antragsart": "erst", "anderer_antrag": "ja"}, "anderer_antrag_bei"),
        (12, {"einsatz": "beitragsfrei", "ansprueche": "nein", "einsatz_angaben": "Lohn"},
         "einsatz_angaben"),
        (12, {"einsatz": "offen", "ansprueche": "ja"}, "ansprueche_gegen"),
        (13, {"schweigepflicht_am": "02.11.2026"}, "aerzte"),
        (13, {"datenschutz_am": "02.11.2199"}, "datenschutz_am"),
    ],
)  # fmt: skip
def test_further_sections_say_what_is_missing(client, case, nummer, daten, feld):
    url = reverse("antrag_abschnitt", args=[case.pk, case.antraege.get().pk, nummer])
    assert feld in client.post(url, daten).context["form"].errors


def test_empty_form_has_what_usual_forms_have():
    make_behoerde()
    text = str(leeres_formular_daten(datum=date(2026, 11, 20)))
    for wort in ("Geburtsname", "Staatsangehörigkeit", "Kontoinhaber", "Anlagen"):
        assert wort in text
