"""The pages of the directory: roles, queries, errors at the field."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Angebot, Ansprechperson, Leistungserbringer, Preis, Stelle
from cases.states.rolle import Rolle
from tests.cases.verzeichnis.bausteine import (
    make_admin,
    make_angebot,
    make_erbringer,
    make_preis,
    make_stelle,
)
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def als_admin(client, behoerde):
    client.force_login(make_admin())
    return client


@pytest.mark.parametrize("anzahl", [1, 210])
def test_list_needs_at_most_twelve_queries(als_admin, django_assert_max_num_queries, anzahl):
    Stelle.objects.bulk_create(
        Stelle(name=f"Praxis {n}", art="arzt", strasse="Weg 1", plz="70999", ort="Musterau")
        for n in range(anzahl)
    )
    with django_assert_max_num_queries(12):
        response = als_admin.get(reverse("verzeichnis") + "?bereich=aerzte")
    assert f"{anzahl} Ein" in response.content.decode()


def test_search_goes_by_post_and_never_shows_in_the_address(als_admin):
    make_stelle("Praxis Müller")
    make_stelle("Klinik am See")
    response = als_admin.post(
        reverse("verzeichnis"), {"suchtext": "mueller", "bereich": "aerzte"}, follow=True
    )
    assert "mueller" not in response.redirect_chain[0][0]
    assert [z["eintrag"].name for z in response.context["zeilen"]] == ["Praxis Müller"]
    assert als_admin.get(reverse("verzeichnis") + "?s=quatsch").status_code == 200


@pytest.mark.parametrize(
    ("feld", "wert", "meldung"),
    [
        ("plz", "123", "fünf Ziffern"),
        ("email", "kein-at", "E-Mail"),
        ("telefon", "ruf mich an", "keine Telefonnummer"),
        ("institutionskennzeichen", "12", "neun Ziffern"),
        ("gueltig_bis", "01.01.2019", "vor dem Beginn"),
        ("name", "", "ausfüllen"),
    ],
)
def test_wrong_input_is_told_at_its_field(als_admin, feld, wert, meldung):
    daten = {
        "name": "Neu",
        "strasse": "Weg 1",
        "plz": "70999",
        "ort": "Musterau",
        "gueltig_ab": "01.01.2020",
        feld: wert,
    }
    response = als_admin.post(reverse("verzeichnis_neu", args=["erbringer"]), daten)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [feld]
    assert meldung in response.context["form"].errors[feld][0]
    assert not Leistungserbringer.objects.exists()


def test_page_shows_the_price_of_the_chosen_day(als_admin):
    angebot = make_angebot(make_erbringer())
    make_preis(angebot, date(2024, 1, 1), date(2025, 12, 31), "48.10")
    make_preis(angebot, date(2026, 1, 1), None, "51.20")
    url = reverse("verzeichnis_eintrag", args=["leistungserbringer", angebot.leistungserbringer_id])
    for tag, betrag in (("01.06.2025", "48.10"), ("01.06.2026", "51.20")):
        zeile = als_admin.get(url, {"stichtag": tag}).context["angebote"][0]
        assert [str(p.betrag) for p in zeile["preise"]] == [betrag]
    assert als_admin.get(url, {"stichtag": "31.02.2025"}).status_code == 422


def test_parts_are_added_by_their_forms(als_admin):
    pk = make_erbringer().pk
    als_admin.post(
        reverse("ansprechperson_neu", args=["leistungserbringer", pk]),
        {"name": "Frau Muster", "telefon": "07999 12"},
    )
    als_admin.post(
        reverse("angebot_neu", args=[pk]),
        {"name": "Assistenz", "leistungsgruppe": "b_soziale_teilhabe", "lebensbereiche": ["d6"]},
    )
    angebot = Angebot.objects.get()
    als_admin.post(
        reverse("preis_neu", args=[pk, angebot.pk]),
        {"betrag": "61,45", "einheit": "stunde", "vereinbarung": "V", "gueltig_ab": "01.01.2026"},
    )
    assert angebot.lebensbereiche == ["d6"]
    assert str(Preis.objects.get().betrag) == "61.45"
    assert Ansprechperson.objects.get().leistungserbringer_id == pk


@pytest.mark.parametrize("rolle", [Rolle.KASSE, Rolle.REVISION, Rolle.FACHDIENST])
def test_readers_see_entries_without_any_step(client, behoerde, rolle):
    client.force_login(make_user("leser", rolle))
    row = make_erbringer()
    response = client.get(reverse("verzeichnis_eintrag", args=["leistungserbringer", row.pk]))
    assert response.status_code == 200
    assert response.context["aktionen"] == []
    url = reverse("verzeichnis_bearbeiten", args=["leistungserbringer", row.pk])
    assert client.get(url).status_code == 403
