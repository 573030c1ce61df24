"""The notice that hangs for everybody: what it says, where it hung, from when until when."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Aushang, Ereignis, Schreiben, Versand
from cases.schreiben.guards import versand as guards
from cases.schreiben.services.aushang import BENACHRICHTIGUNG, record_abnahme, record_aushang
from cases.schreiben.services.bekanntgabe import record_nichtzugang
from cases.schreiben.services.schreiben import pdf_of
from cases.states.tafel import SchrittUnzulaessig
from tests import uhr
from tests.cases.schreiben.pruefer import text_of
from tests.cases.schreiben.versand.proben import OHNE_RECHTSBEHELF, make_schreiben
from tests.fabriken import make_fall, make_leitung

pytestmark = pytest.mark.django_db
ENDE = uhr.HEUTE + timedelta(days=14)
TAFEL = "Tafel im Eingang des Landratsamts"


@pytest.fixture
def leitung():
    return make_leitung()


@pytest.fixture
def brief(fallmanager):
    case = make_fall(fallmanager)
    return make_schreiben(case, fallmanager, art=OHNE_RECHTSBEHELF, datum=uhr.HEUTE)


def hang(brief, leitung, **mehr):
    werte = {"am": uhr.HEUTE, "stelle": TAFEL, "grund": "Melderegister leer", "tag": uhr.HEUTE}
    return record_aushang(schreiben=brief, by=leitung, **(werte | mehr))


def test_notice_names_who_and_where_and_nothing_of_the_content(brief, leitung):
    hang(brief, leitung)
    notiz = Schreiben.objects.get(art=BENACHRICHTIGUNG)
    text = " ".join(text_of(pdf_of(notiz)).split())
    person = brief.case.leistungsberechtigte_person
    for wort in (
        "Landkreis Musterau",
        person.voller_name,
        "Lindenweg 12",
        brief.case.aktenzeichen,
        "öffentlich zugestellt",
        "Damit können Fristen beginnen",
        "Zimmer 2.14",
    ):
        assert wort in text, wort
    for wort in ("Bescheid", "Budget", "Eingliederungshilfe", "Teilhabe", "teilhabe@"):
        assert wort not in text, wort
    assert json.dumps(notiz.daten["kopf"]["vertretung"]) == "{}"


def test_it_is_on_record_where_it_hung_and_from_when_until_when(brief, leitung):
    row = hang(brief, leitung)
    assert (row.bekanntgabe, row.aufgabe_am) == (ENDE, uhr.HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="hängt bis zum"):
        record_abnahme(versand=row, am=ENDE - timedelta(days=1), by=leitung, tag=ENDE)
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        record_abnahme(versand=row, am=ENDE, by=leitung, tag=uhr.HEUTE)
    record_abnahme(versand=row, am=ENDE, by=leitung, tag=ENDE)
    aushang = Aushang.objects.get()
    assert (aushang.stelle, aushang.bis, aushang.benachrichtigung.art) == (
        TAFEL,
        ENDE,
        BENACHRICHTIGUNG,
    )
    texte = " ".join(Ereignis.objects.values_list("text", flat=True))
    assert f"ausgehängt seit {uhr.HEUTE:%d.%m.%Y}: {TAFEL}" in texte
    with pytest.raises(SchrittUnzulaessig, match="hängt keine"):
        record_abnahme(versand=row, am=ENDE, by=leitung, tag=ENDE)


def test_one_that_came_down_too_early_hangs_anew_with_the_same_notice(brief, leitung):
    row = hang(brief, leitung)
    record_nichtzugang(
        versand=row, am=uhr.HEUTE, feststellung="abgerissen", by=leitung, tag=uhr.HEUTE
    )
    hang(brief, leitung)
    assert Aushang.objects.count() == 2
    assert Schreiben.objects.filter(art=BENACHRICHTIGUNG).count() == 1


def test_pages_print_then_record_then_take_down(client, brief, leitung):
    client.force_login(leitung)
    seite = reverse("versand_neu", args=[brief.case_id, brief.pk])
    drucken = reverse("aushang_benachrichtigung", args=[brief.case_id, brief.pk])
    assert drucken in client.get(seite).content.decode()
    werte = {
        "weg": "oeffentlich",
        "aushang_am": f"{uhr.HEUTE:%d.%m.%Y}",
        "aushang_stelle": TAFEL,
        "aushang_grund": "Melderegister leer",
    }
    ungedruckt = client.post(seite, werte)
    assert "zuerst die Vorschau" in ungedruckt.content.decode()
    assert client.get(drucken)["Content-Type"] == "application/pdf"
    assert client.post(seite, werte).status_code == 302
    row = Versand.objects.get()
    blatt = client.get(reverse("versand", args=[brief.case_id, row.pk])).content.decode()
    assert TAFEL in blatt
    assert "Abnahme des Aushangs vermerken" in blatt
    abnehmen = reverse("versand_abnehmen", args=[brief.case_id, row.pk])
    zu_frueh = client.post(abnehmen, {"am": f"{uhr.HEUTE:%d.%m.%Y}"})
    assert "hängt bis zum" in zu_frueh.content.decode()


def test_notice_is_for_the_leitung(client, brief, fallmanager):
    client.force_login(fallmanager)
    drucken = reverse("aushang_benachrichtigung", args=[brief.case_id, brief.pk])
    assert client.get(drucken).status_code in {403, 404}
    seite = client.get(reverse("versand_neu", args=[brief.case_id, brief.pk]))
    assert drucken not in seite.content.decode()


def test_aushang_stelle_genannt(brief, leitung):
    assert guards.aushang_stelle_genannt(TAFEL) is None
    with pytest.raises(SchrittUnzulaessig, match="wo die Benachrichtigung ausgehängt"):
        hang(brief, leitung, stelle=" ")


def test_aushang_haengt(brief, leitung):
    assert "hängt keine" in guards.aushang_haengt(Versand(weg="post")).text
    assert guards.aushang_haengt(hang(brief, leitung)) is None


def test_aushang_lange_genug():
    row = Versand(bekanntgabe=ENDE)
    assert guards.aushang_lange_genug(row, ENDE, ENDE) is None
    assert "hängt bis zum" in guards.aushang_lange_genug(row, uhr.HEUTE, ENDE).text
