"""Pages of handover, assignments, authority and the list of cases."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cases.models import Case, Uebergabe
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team

pytestmark = pytest.mark.django_db


def kennung(html: str) -> str:
    return re.search(r'name="kennung" value="([^"]+)"', html)[1]


def test_handover_by_pages_shows_a_preview_first(client, fallmanager, leitung):
    neu = make_fallmanager("neue", make_team("Team Süd"))
    case = make_fall(fallmanager)
    client.force_login(leitung)
    daten = {"von": fallmanager.pk, "an": [neu.pk], "grund": "Wechsel", "schritt": "vorschau"}
    vorschau = client.post(reverse("uebergabe_neu"), daten)
    assert vorschau.status_code == 200
    assert "1 Fall jetzt übergeben" in vorschau.content.decode()
    assert Uebergabe.objects.count() == 0
    daten |= {"schritt": "ausfuehren", "kennung": kennung(vorschau.content.decode())}
    antwort = client.post(reverse("uebergabe_neu"), daten)
    assert antwort.status_code == 302
    case.refresh_from_db()
    assert case.caseworker == neu


def test_handover_stops_when_the_selection_changed_since_the_preview(client, fallmanager, leitung):
    neu = make_fallmanager("neue", make_team("Team Süd"))
    make_fall(fallmanager)
    client.force_login(leitung)
    daten = {"von": fallmanager.pk, "an": [neu.pk], "grund": "Wechsel", "schritt": "vorschau"}
    alt = kennung(client.post(reverse("uebergabe_neu"), daten).content.decode())
    make_fall(fallmanager)
    antwort = client.post(
        reverse("uebergabe_neu"), daten | {"schritt": "ausfuehren", "kennung": alt}
    )
    assert antwort.status_code == 422
    assert "Seit der Vorschau hat sich etwas geändert" in antwort.content.decode()
    assert Uebergabe.objects.count() == 0


def test_handover_without_a_filter_is_refused(client, fallmanager, leitung):
    client.force_login(leitung)
    antwort = client.post(
        reverse("uebergabe_neu"), {"an": [fallmanager.pk], "grund": "x", "schritt": "vorschau"}
    )
    assert antwort.status_code == 422
    assert "Bitte grenzen Sie ein" in antwort.content.decode()


def test_foreign_handover_is_not_found(client, fallmanager, leitung):
    neu = make_fallmanager("neue", make_team("Team Süd"))
    case = make_fall(fallmanager)
    client.force_login(leitung)
    client.post(reverse("fall_uebergeben", args=[case.pk]), {"an": neu.pk, "grund": "x"})
    client.force_login(make_fallmanager("fremd", make_team("Team West")))
    url = reverse("uebergabe", args=[Uebergabe.objects.get().pk])
    assert client.get(url).status_code == 404


def test_history_of_responsibility_stands_on_the_page(client, fallmanager, leitung):
    neu = make_fallmanager("neue")
    case = make_fall(fallmanager)
    client.force_login(leitung)
    client.post(reverse("fall_uebergeben", args=[case.pk]), {"an": neu.pk, "grund": "x"})
    text = client.get(reverse("fall_zustaendige", args=[case.pk])).content.decode()
    assert "Fallmanager Beispiel (Team Nord)" in text
    assert "durch Leitung Beispiel" in text


@pytest.mark.parametrize("ordnung", ["-eroeffnet", "person", "-person", "zustand", "zustaendig"])
def test_list_pages_forth_and_back_without_names_in_the_address(client, fallmanager, ordnung):
    for n in range(60):
        make_fall(fallmanager, person=make_person("Meier" if n % 2 else "Abel"))
    client.force_login(fallmanager)
    url, gesehen, seiten = f"{reverse('faelle')}?ordnung={ordnung}", [], 0
    while url:
        html = client.get(url).content.decode()
        gesehen += re.findall(r"EH-2026-\d{5}", html)
        assert "Meier" not in url
        weiter = re.search(r'href="(\?[^"]*nach=\d+)"', html)
        letzte, seiten = html, seiten + 1
        url = reverse("faelle") + weiter[1].replace("&amp;", "&") if weiter else ""
    assert (seiten, len(gesehen), len(set(gesehen))) == (3, 60, 60)
    zurueck = re.search(r'href="(\?[^"]*vor=\d+)"', letzte)[1].replace("&amp;", "&")
    davor = re.findall(r"EH-2026-\d{5}", client.get(reverse("faelle") + zurueck).content.decode())
    assert davor == gesehen[25:50]


def test_list_takes_the_same_number_of_queries_with_3_and_with_60_rows(
    client, fallmanager, leitung, django_assert_max_num_queries
):
    client.force_login(leitung)
    for menge in (3, 57):
        for _ in range(menge):
            make_fall(fallmanager)
        # One of them is the list of Leistungsträger that the filter offers, two count what is read.
        with django_assert_max_num_queries(15):
            assert client.get(reverse("faelle")).status_code == 200


def test_list_names_person_and_says_how_it_is_sorted(client, fallmanager):
    make_fall(fallmanager, person=make_person("Abel"))
    client.force_login(fallmanager)
    html = client.get(f"{reverse('faelle')}?ordnung=person").content.decode()
    assert html.count('<th scope="col"') == 8
    assert html.count('aria-sort="ascending"') == 1
    assert "Abel, Emil" in html


def test_list_filters_by_team_person_and_state(client, fallmanager, leitung):
    neu = make_fallmanager("neue", make_team("Team Süd"))
    leitung.geleitete_teams.add(neu.team)
    eins, zwei = make_fall(fallmanager), make_fall(neu)
    Case.objects.filter(pk=zwei.pk).update(state="zustaendig")
    client.force_login(leitung)
    for frage, case in (
        (f"team={neu.team_id}", zwei),
        (f"zustaendig={fallmanager.pk}", eins),
        ("zustand=zustaendig", zwei),
    ):
        html = client.get(f"{reverse('faelle')}?{frage}").content.decode()
        assert re.findall(r"EH-2026-\d{5}", html) == [case.aktenzeichen]
