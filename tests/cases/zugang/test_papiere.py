"""The papers of the Datenschutz in the program: who reads them, and that they are whole."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.registry.beitrag import registry
from cases.states.inhalt import Inhalt
from cases.states.rolle import Rolle
from cases.states.verarbeitung import verarbeitung_of, verarbeitungen
from cases.zugang.queries.papiere import markdown_of, papier_of, papiere
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def datenschutz(client, behoerde):
    client.force_login(make_user("dsb", Rolle.DATENSCHUTZ))
    return client


@pytest.mark.parametrize("papier", [p.schluessel for p in papiere()])
def test_page_shows_the_paper(datenschutz, papier):
    assert (
        reverse("datenschutz_papier", args=[papier]) in datenschutz.get(reverse("datenschutz")).text
    )
    antwort = datenschutz.get(reverse("datenschutz_papier", args=[papier]))
    assert antwort.status_code == 200
    assert "Landkreis Musterau" in antwort.text
    for abschnitt in papier_of(papier).abschnitte:
        assert abschnitt.titel in antwort.text


def test_unknown_paper_is_not_there(datenschutz):
    assert datenschutz.get(reverse("datenschutz_papier", args=["anderes"])).status_code == 404


def test_others_do_not_read_it(client, fallmanager):
    client.force_login(fallmanager)
    assert client.get(reverse("datenschutz_papier", args=["felder"])).status_code == 403


def test_register_names_purpose_law_and_time_of_every_entry():
    text = markdown_of(papier_of("verarbeitungen"))
    for eintrag in verarbeitungen():
        assert f"## {eintrag.titel}\n" in text
        assert eintrag.zweck in text
        assert eintrag.norm in text
        assert eintrag.regel.frist in text
    for art in registry.schreibenarten.values():
        assert f"| {art.titel} |" in text


def test_matrix_has_every_content():
    text = markdown_of(papier_of("rechte"))
    assert [i.label for i in Inhalt if f"| {i.label} |" not in text] == []


def test_model_without_an_entry_is_an_error():
    assert verarbeitung_of("cases.Vermerk").regel.schluessel == "fallakte"
    with pytest.raises(LookupError, match=r"cases\.Neu"):
        verarbeitung_of("cases.Neu")
