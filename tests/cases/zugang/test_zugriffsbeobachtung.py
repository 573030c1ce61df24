"""What the log of reading tells: opened or shown, and readings that stand out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Auffaelligkeit, Lesezugriff, Listenabruf, Zugangsmeldung
from cases.models.wertschluessel import ZUGANG_VORGABEN
from cases.services.auffaelligkeit import watch_nearness, watch_shown
from cases.tasks import watch_access
from cases.zugang.queries.lesezugriff import auskunft, lesezugriffe, zeilen_of
from tests.cases.zugang.conftest import JETZT
from tests.fabriken import make_fall, make_fallmanager, make_person

pytestmark = pytest.mark.django_db


def open_it(client, user, case):
    client.force_login(user)
    assert client.get(reverse("fall", args=[case.pk])).status_code == 200


def nearness():
    return watch_nearness(seit=JETZT - timedelta(hours=1), now=JETZT + timedelta(minutes=1))


def test_log_tells_opening_list_search_and_file_apart(client, fallmanager, leitung, uhr):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    client.get(reverse("faelle"))
    suche = {"suchtext": case.leistungsberechtigte_person.nachname}
    client.post(reverse("suche"), suche, follow=True)
    client.get(reverse("faelle_tabelle", args=["csv"]))
    client.get(reverse("fall", args=[case.pk]))
    rows = zeilen_of(lesezugriffe(case))
    assert {(row.art, row.route) for row in rows} == {
        ("liste", "faelle"),
        ("suche", "suche"),
        ("ausfuhr", "faelle_tabelle"),
        ("geoeffnet", "fall"),
    }
    assert {(z["art"], z["anlass"]) for z in auskunft(rows, mit_namen=False)} == {
        ("liste", "in einer Liste gezeigt"),
        ("suche", "als Treffer einer Suche gezeigt"),
        ("ausfuhr", "in einer Datei mitgenommen"),
        ("geoeffnet", "zuständige Person"),
    }
    client.force_login(leitung)
    text = client.get(reverse("fall_lesezugriffe", args=[case.pk])).text
    assert text.count("nur gesehen") == 3
    assert "Akte geöffnet" in text


def test_another_case_of_a_list_is_not_in_the_log_of_this_one(client, fallmanager, uhr):
    case, anderer = make_fall(fallmanager), make_fall(fallmanager)
    client.force_login(fallmanager)
    client.get(reverse("fall", args=[anderer.pk]))
    assert zeilen_of(lesezugriffe(case)) == []


def test_reading_a_colleague_is_an_alert_once(client, fallmanager, datenschutz, uhr):
    make_fallmanager("emil")
    case = make_fall(fallmanager, person=make_person("Beispiel", vorname="EMIL"))
    andere = make_fall(fallmanager, person=make_person("Andere"))
    # The reader has the surname as well; told apart here by another one.
    fallmanager.last_name = "Sonst"
    fallmanager.save()
    open_it(client, fallmanager, case)
    open_it(client, fallmanager, andere)
    assert [(r.user_id, r.art, r.fall) for r in nearness()] == [
        (fallmanager.pk, "kollegium", case.pk)
    ]
    assert nearness() == []
    assert Zugangsmeldung.objects.filter(user=datenschutz).count() == 1


def test_reading_the_own_surname_is_an_alert(client, fallmanager, datenschutz, uhr):
    case = make_fall(fallmanager, person=make_person("beispiel", vorname="Ute"))
    open_it(client, fallmanager, case)
    watch_access()
    row = Auffaelligkeit.objects.get()
    assert (row.art, row.fall, row.anzahl, row.grenze) == ("namensgleich", case.pk, 1, 0)
    client.force_login(datenschutz)
    text = client.get(reverse("datenschutz")).text
    assert case.aktenzeichen in text
    assert "eigenen Nachnamen" in text
    assert "Ute" not in text
    assert Lesezugriff.objects.filter(user=datenschutz).count() == 0


@pytest.mark.parametrize(("zusatz", "alarm"), [(0, False), (1, True)])
def test_many_different_persons_in_lists_are_an_alert(
    fallmanager, datenschutz, monkeypatch, uhr, zusatz, alarm
):
    monkeypatch.setitem(ZUGANG_VORGABEN, "zugang.personen_je_stunde", 5)
    for faelle in ([1, 2, 3], [2, 3, 4], list(range(5, 6 + zusatz))):
        Listenabruf.objects.create(user=fallmanager, route="faelle", anzahl=3, faelle=faelle)
    found = watch_shown(now=JETZT + timedelta(minutes=1))
    assert [(r.art, r.anzahl) for r in found] == [("personen", 6)] * alarm
    assert watch_shown(now=JETZT + timedelta(minutes=2)) == []
    assert watch_shown(now=JETZT + timedelta(minutes=90)) == []
