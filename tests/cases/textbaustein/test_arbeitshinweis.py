"""The authority's own hints: at the step they concern, on their days, after a second person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Textbaustein
from cases.registry.textstelle import HINWEIS
from cases.schritte.seiten import hint_places, hinweisstellen
from cases.states.tafel import SchrittUnzulaessig
from cases.textbaustein import guards, services
from cases.textbaustein.queries import bausteine_on, hinweise_on, stellen_by_gruppe
from cases.textbaustein.services import Bausteinangaben
from tests.cases.textbaustein.proben import AB, write
from tests.fabriken import HEUTE, make_fall, make_leitung

pytestmark = pytest.mark.django_db
BEENDEN = f"{HINWEIS}Fall.beenden"
LINK = "https://intranet.example.org/arbeitshilfe"
# The clock of the tests stands some days behind the day of the rows.
SPAETER = HEUTE + timedelta(days=30)


def hint(erste, zweite, stelle=BEENDEN, *, text="Akte an das Archiv.", link=LINK, ab=AB, bis=None):
    """Return a hint that the first person has written and the second released."""
    row = services.create_textbaustein(
        stelle=stelle,
        angaben=Bausteinangaben("Archiv", text, ab, "", bis, link),
        by=erste,
        tag=HEUTE,
    )
    return services.release_textbaustein(textbaustein=row, by=zweite, tag=HEUTE)


def page(client, case) -> str:
    return client.get(reverse("beenden", args=[case.pk])).content.decode()


def test_hint_stands_folded_at_the_page_of_its_step_only(client, erste, zweite, fallmanager):
    case = make_fall(fallmanager)
    hint(erste, zweite)
    client.force_login(make_leitung("chefin", case.team))
    seite = page(client, case)
    assert "Arbeitshinweis: Archiv" in seite
    assert "Akte an das Archiv." in seite
    assert f'href="{LINK}"' in seite
    assert "<details" in seite.split("Arbeitshinweis: Archiv")[0]
    client.force_login(fallmanager)
    assert "Arbeitshinweis" not in page(client, case), "eine Seite, die ablehnt"
    andere = client.get(reverse("fall_fristen", args=[case.pk])).content.decode()
    assert "Arbeitshinweis" not in andere


def test_unreleased_expired_and_later_hints_never_stand_there(client, erste, zweite, fallmanager):
    case = make_fall(fallmanager)
    write(erste, "Noch nicht freigegeben.", BEENDEN)
    hint(erste, zweite, text="Abgelaufen.", bis=HEUTE)
    hint(erste, zweite, text="Erst später.", ab=SPAETER)
    client.force_login(make_leitung("chefin", case.team))
    assert "Arbeitshinweis:" not in page(client, case)
    assert [row.text for row in hinweise_on("beenden", SPAETER)] == ["Erst später."]


def test_one_hint_may_stand_at_every_step_of_a_table(erste, zweite):
    hint(erste, zweite, f"{HINWEIS}Fall.")
    assert [len(hinweise_on(seite, HEUTE)) for seite in ("beenden", "wiederaufnehmen")] == [1, 1]
    assert hinweise_on("faelle", HEUTE) == []


def test_places_are_the_steps_of_the_tables_with_a_page():
    stellen = {stelle.schluessel for stelle in hinweisstellen()}
    assert {BEENDEN, f"{HINWEIS}Bescheid.freigeben", f"{HINWEIS}Gesamtplan.freigeben"} <= stellen
    assert set().union(*hint_places().values()) == stellen
    assert max(len(schluessel) for schluessel in stellen) <= 100
    assert stellen.isdisjoint(s.schluessel for _, alle in stellen_by_gruppe() for s in alle)


def test_link_sicher(erste):
    assert guards.link_sicher(BEENDEN, LINK) is None
    assert guards.link_sicher(BEENDEN, "") is None
    for falsch in (
        "http://intranet.example.org/",
        "javascript:alert(1)",
        "https://",
        "https://ein aus.example.org",
        "https://jemand@intranet.example.org/",
    ):
        assert "https://" in guards.link_sicher(BEENDEN, falsch).text
    assert "nur ein Arbeitshinweis" in guards.link_sicher("gesamtplan.barmittel", LINK).text
    with pytest.raises(SchrittUnzulaessig, match="https"):
        hint(erste, erste, link="http://x.example.org")


def test_database_refuses_another_kind_of_link(erste):
    row = write(erste, "Akte an das Archiv.", BEENDEN)
    with pytest.raises(IntegrityError, match="link_sicher"), transaction.atomic():
        Textbaustein.objects.filter(pk=row.pk).update(link="javascript:alert(1)")


def test_hint_has_no_placeholder_and_no_text_of_a_plan_is_one(erste, zweite):
    assert "Platzhalter" in guards.platzhalter_bekannt(BEENDEN, "[[Name]]").text
    hint(erste, zweite)
    assert bausteine_on("gesamtplan.", HEUTE) == {}


def test_pages_of_the_fachadministration(client, erste, zweite):
    client.force_login(erste)
    url = reverse("arbeitshinweis_neu")
    daten = {
        "stelle": BEENDEN,
        "titel": "Archiv",
        "text": "Akte an das Archiv.",
        "norm": "",
        "link": "intranet.example.org",
        "gueltig_ab": "01.01.2026",
        "gueltig_bis": "",
    }
    antwort = client.post(url, daten)
    assert antwort.status_code == 422
    assert set(antwort.context["form"].errors) == {"link"}
    assert "intranet.example.org" in antwort.content.decode()
    assert client.post(url, {**daten, "link": LINK}).url == reverse("arbeitshinweise")
    row = Textbaustein.objects.get()
    liste = client.get(reverse("arbeitshinweise")).content.decode()
    assert "Archiv, Fassung 1" in liste
    assert "Archiv" not in client.get(reverse("textbausteine")).content.decode().split("<main")[1]
    client.force_login(zweite)
    frei = reverse("textbaustein_freigeben", args=[row.pk])
    assert client.post(frei, {}).url == reverse("arbeitshinweise")
    assert hinweise_on("beenden", HEUTE) == [row]
