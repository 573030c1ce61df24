"""Pages of intake: search first, warn, confirm once, lose nothing."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.urls import reverse

from cases.models import Case
from tests.cases.antrag.bausteine import EINGABE, make_anfrage
from tests.fabriken import make_fall, make_person

pytestmark = pytest.mark.django_db
FRUEH = "2026-11-20 09:00:00+01:00"


@pytest.fixture(autouse=True)
def _heute():
    with time_machine.travel(FRUEH, tick=False):
        yield


@pytest.fixture
def drin(client, fallmanager):
    client.force_login(fallmanager)
    return client


@pytest.fixture
def lena(fallmanager):
    person = make_person("Oehler", vorname="Lena", geburtsdatum="1990-02-03")
    return make_fall(fallmanager, person=person)


def test_way_to_an_application_begins_with_the_search(drin):
    assert drin.get(reverse("antrag_aufnehmen"))["Location"] == reverse("antrag_neu")
    response = drin.post(reverse("antrag_neu"), {"nachname": "Öhler", "vorname": "Lena"})
    assert response.status_code == 200
    # Nobody to compare with: the form of a new person stands there at once, with the names.
    assert "Eine ähnliche Person ist nicht bekannt" in response.text
    assert 'name="nachname" value="Öhler"' in response.text
    assert reverse("anfrage_aufnehmen") in response.text


def test_search_shows_case_and_ways_on(drin, lena):
    response = drin.post(reverse("antrag_neu"), {"nachname": "Öhler"})
    assert [hit.faelle for hit in response.context["treffer"]] == [(lena,)]
    for name in ("fall", "antrag_weiterer", "fall_neuer_antrag", "fall_neue_anfrage"):
        assert f'href="{reverse(name, args=[lena.pk])}"' in response.text


def test_typed_name_reaches_the_form_by_post(drin):
    data = {"aus_suche": "1", "nachname": "Öhler", "vorname": "Lena", "geburtsdatum": "03.02.1990"}
    response = drin.post(reverse("antrag_aufnehmen"), data)
    assert response.status_code == 200
    assert 'name="nachname" value="Öhler"' in response.text
    assert response.context["form"].errors == {}


def test_warning_while_typing_is_a_piece_of_a_page(drin, lena):
    data = {"nachname": "Öhler", "vorname": "Lena", "geburtsdatum": "02.03.1990"}
    response = drin.post(reverse("antrag_aehnlich"), data)
    assert "gleicher Name, anders geschrieben, Tag und Monat vertauscht" in response.text
    assert "<html" not in response.text
    assert drin.get(reverse("antrag_aehnlich")).status_code == 405


def test_similar_person_is_confirmed_once_for_those_shown(drin, fallmanager, lena):
    data = {**EINGABE, "caseworker": fallmanager.pk}
    first = drin.post(reverse("antrag_aufnehmen"), data)
    assert (first.status_code, list(first.context["form"].errors)) == (
        422,
        ["dublette_bestaetigt"],
    )
    assert "Assistenz beim Wohnen &amp; Einkaufen" in first.text
    mark = re.search(r'data-fw-summe="(\w+)"', first.text).group(1)
    wrong = drin.post(reverse("antrag_aufnehmen"), {**data, "dublette_bestaetigt": "on"})
    right = drin.post(reverse("antrag_aufnehmen"), {**data, "dublette_bestaetigt": mark})
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("feld", "wert", "meldung"),
    [
        ("uebersetzung_am", "18.11.2026", "Sprache"),
        ("eingang", "01.01.1999", "01.01.2004"),
        ("antragsteller", "von_amts_wegen", "nur auf Antrag"),
        ("antragsteller", "vertretung", "wer den Antrag gestellt hat"),
    ],
)
def test_doubtful_application_is_named_at_its_field(drin, fallmanager, feld, wert, meldung):
    data = {**EINGABE, "caseworker": fallmanager.pk, feld: wert}
    response = drin.post(reverse("antrag_aufnehmen"), data)
    assert response.status_code == 422
    texts = [text for texts in response.context["form"].errors.values() for text in texts]
    assert [text for text in texts if meldung in text] == texts


def test_anfrage_of_a_new_person_opens_a_case_without_application(drin, fallmanager):
    data = {**EINGABE, "am": "19.11.2026", "inhalt": "Fragt.", "caseworker": fallmanager.pk}
    response = drin.post(reverse("anfrage_aufnehmen"), data)
    case = Case.objects.get()
    assert response["Location"] == reverse("fall", args=[case.pk])
    assert (case.state, case.antraege.count()) == ("anfrage", 0)


def test_known_person_gets_a_second_case(drin, fallmanager, lena):
    angaben = {k: EINGABE[k] for k in ("eingang", "weg", "begehren")}
    url = reverse("fall_neuer_antrag", args=[lena.pk])
    drin.post(url, {**angaben, "caseworker": fallmanager.pk})
    personen = set(Case.objects.values_list("leistungsberechtigte_person", flat=True))
    assert (Case.objects.count(), personen) == (2, {lena.leistungsberechtigte_person_id})


def test_page_says_why_no_frist_runs(drin, fallmanager):
    case = make_anfrage(fallmanager)
    angaben = {k: EINGABE[k] for k in ("eingang", "weg", "begehren")}
    url = reverse("antrag_weiterer", args=[case.pk])
    assert drin.post(url, {**angaben, "fremdsprache": "Polnisch"}).status_code == 302
    text = drin.get(reverse("fall_antrag", args=[case.pk])).text
    assert "Die Fristen laufen noch nicht" in text
    antrag = case.antraege.get()
    drin.post(reverse("antrag_uebersetzung", args=[case.pk, antrag.pk]), {"am": "20.11.2026"})
    text = drin.get(reverse("fall_antrag", args=[case.pk])).text
    assert "Fristen ab Vorliegen der Übersetzung" in text
    assert "04.12.2026" in text
