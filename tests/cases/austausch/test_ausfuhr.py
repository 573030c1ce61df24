"""Lists to take away: only what is visible, noted, confirmed, with few queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, LeistungsberechtigtePerson, Listenabruf
from cases.tisch.queries import ausfuhr
from cases.tisch.views import tabelle
from tests.cases.austausch.bausteine import read_xlsx
from tests.cases.verzeichnis.bausteine import make_erbringer
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team

pytestmark = pytest.mark.django_db
BOESE = "=1+1"
LISTEN = ("faelle_tabelle", "fristen_tabelle", "verzeichnis_tabelle")


def address(name: str, art: str) -> str:
    zusatz = "?bereich=erbringer" if name == "verzeichnis_tabelle" else ""
    return reverse(name, args=[art]) + zusatz


@pytest.mark.parametrize("name", LISTEN)
def test_payload_name_is_text_in_every_list(client, fallmanager, name):
    make_fall(fallmanager, person=make_person(BOESE))
    make_erbringer(BOESE)
    client.force_login(fallmanager)
    zellen = read_xlsx(client.get(address(name, "xlsx")).content)
    assert BOESE in [z for row in zellen for z in row]
    roh = client.get(address(name, "csv")).content.decode("utf-8-sig")
    assert f"'{BOESE}" in roh.replace('"', "")
    assert f";{BOESE}" not in roh


@pytest.mark.parametrize("name", LISTEN)
def test_file_is_saved_noted_and_without_names(client, fallmanager, name):
    make_fall(fallmanager, person=make_person("Geheimname"))
    client.force_login(fallmanager)
    antwort = client.get(address(name, "xlsx"))
    kopf = antwort["Content-Disposition"]
    assert kopf.startswith("attachment; filename=")
    assert "Geheimname" not in kopf
    assert "no-store" in antwort["Cache-Control"]
    assert Listenabruf.objects.filter(user=fallmanager, route=name).count() == 1


def test_only_visible_cases_leave(client, fallmanager):
    eigener = make_fall(fallmanager)
    make_fall(make_fallmanager("sued", make_team("Team Süd")))
    geschuetzt = make_fall(make_fallmanager("kollege"))
    Case.objects.filter(pk=geschuetzt.pk).update(geschuetzt=True)
    client.force_login(fallmanager)
    zeilen = read_xlsx(client.get(address("faelle_tabelle", "xlsx")).content)[1:]
    assert [row[0] for row in zeilen] == [eigener.aktenzeichen]
    fristen = read_xlsx(client.get(address("fristen_tabelle", "xlsx")).content)[1:]
    assert {row[4] for row in fristen} == {eigener.aktenzeichen}


def test_filter_of_the_page_holds(client, fallmanager):
    make_fall(fallmanager)
    client.force_login(fallmanager)
    url = address("faelle_tabelle", "xlsx")
    assert len(read_xlsx(client.get(f"{url}?zustand=beendet").content)) == 1
    assert len(read_xlsx(client.get(f"{url}?zustand=antrag_eingegangen").content)) == 2


def test_unknown_kind_is_not_found(client, fallmanager):
    client.force_login(fallmanager)
    assert client.get(address("faelle_tabelle", "exe")).status_code == 404


@pytest.mark.parametrize("name", LISTEN)
def test_old_login_is_confirmed_first(fallmanager, name):
    client = Client()
    client.force_login(fallmanager)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    antwort = client.get(address(name, "xlsx"))
    assert antwort.status_code == 302
    assert antwort["Location"].startswith(reverse("account_reauthenticate"))


def test_too_long_list_is_explained(client, fallmanager, monkeypatch):
    monkeypatch.setattr(ausfuhr, "HOECHSTENS", 1)
    monkeypatch.setattr(tabelle, "HOECHSTENS", 1)
    make_fall(fallmanager)
    make_fall(fallmanager)
    client.force_login(fallmanager)
    antwort = client.get(address("faelle_tabelle", "xlsx"), follow=True)
    assert "Die Liste hat mehr als 1 Zeilen." in antwort.content.decode()
    assert Listenabruf.objects.filter(route="faelle_tabelle").count() == 0


def many_cases(fallmanager, anzahl: int) -> None:
    personen = LeistungsberechtigtePerson.objects.bulk_create(
        LeistungsberechtigtePerson(
            anrede="ohne", vorname="V", nachname=f"N{n}", geburtsdatum=date(1980, 1, 1)
        )
        for n in range(anzahl)
    )
    Case.objects.bulk_create(
        Case(
            aktenzeichen=f"X-{n}",
            leistungsberechtigte_person=person,
            team=fallmanager.team,
            caseworker=fallmanager,
            eroeffnet_am=date(2026, 1, 1),
        )
        for n, person in enumerate(personen)
    )


def test_thousand_rows_need_few_queries(client, fallmanager, django_assert_max_num_queries):
    many_cases(fallmanager, 1000)
    client.force_login(fallmanager)
    with django_assert_max_num_queries(13):
        antwort = client.get(address("faelle_tabelle", "xlsx"))
    assert len(read_xlsx(antwort.content)) == 1001
