"""Kinds that a person fills in: every form, every refusal, what follows; and the list of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from cases.beitrag import BEITRAG
from cases.management.commands.schreibenarten import page
from cases.models import Frist, Schreiben, Versand, Wiedervorlage
from cases.registry.beitrag import registry
from cases.schreiben.services.versand import hand_over, send
from cases.states.tafel import SchrittUnzulaessig
from tests import fabriken, uhr
from tests.cases.einwilligung.test_einwilligung import make_einwilligung, withdraw
from tests.cases.unterlage.bausteine import make_unterlage

pytestmark = pytest.mark.django_db
HEUTE = uhr.HEUTE
IN_VIER_WOCHEN = HEUTE + timedelta(days=28)
_TAG = f"{IN_VIER_WOCHEN:%d.%m.%Y}"
_AN = {"an_name": "Gesundheitsamt Musterau", "an_anschrift": "Weg 1\n70999 Musterau"}

ANGABEN: dict[str, dict[str, Any]] = {
    "freies_schreiben": {"betreff": "Ihr Anruf", "text": "Danke für Ihren Anruf.\n\nBis bald."},
    "freies_schreiben_stelle": {
        **_AN,
        "ihr_zeichen": "5 C 7/26",
        "grundlage": "aufgabe",
        "betreff": "Nachfrage",
        "text": "Wir bitten um Rückruf.",
    },
    "erinnerung": {"fehlt": "Kontoauszug\nMietvertrag", "bis": _TAG},
    "erinnerung_stelle": {"fehlt": "Ihr Bericht", "bis": _TAG},
    "berichtigung": {"falsch": "1.050 Euro", "richtig": "1.120 Euro", "offenbar": "on"},
    "berichtigung_stelle": {"falsch": "Weg 2", "richtig": "Weg 3", "offenbar": "on"},
    "akteneinsicht": {"grund": "einsicht", "nicht": ""},
    "aktenuebersendung": {**_AN, "grund": "gericht", "nicht": "Vermerke über Dritte."},
    "datenauskunft": {"verlangt_am": f"{HEUTE:%d.%m.%Y}", "ohne": ""},
    "mitwirkung": {
        "pflicht": "beweise",
        "verlangt": "Kontoauszug Mai\nMietvertrag",
        "warum": "Daraus folgt der Beitrag.",
        "bis": _TAG,
        "folge": "versagung",
    },
    "stellungnahme_bitte": {
        **_AN,
        "anlass": "Antrag auf Assistenz",
        "fragen": "Ist Schule möglich?",
        "bis": _TAG,
    },
    "befund_bitte": {"anlass": "Antrag", "fragen": "Welche Diagnosen?", "bis": _TAG},
    "gespraechseinladung": {
        "thema": "Wir sprechen über Ihren Bedarf.",
        "termin": _TAG,
        "uhrzeit": "10:30",
        "ort": "Raum 3, Weg 1",
        "mitbringen": "Ausweis",
    },
}
GELEITET = {"datenauskunft"}
# One answer less, and the field that says so.
FEHLT = {
    "freies_schreiben": "text",
    "freies_schreiben_stelle": "grundlage",
    "erinnerung": "bezug",
    "erinnerung_stelle": "bis",
    "berichtigung": "offenbar",
    "berichtigung_stelle": "richtig",
    "akteneinsicht": "grund",
    "aktenuebersendung": "an_anschrift",
    "datenauskunft": "verlangt_am",
    "mitwirkung": "folge",
    "stellungnahme_bitte": "fragen",
    "befund_bitte": "einwilligung",
    "gespraechseinladung": "uhrzeit",
}


@pytest.fixture
def frueher(case, fallmanager, client):
    """Two letters that have left: one to the person, one to another body."""
    client.force_login(fallmanager)
    briefe = {}
    for art in ("freies_schreiben", "freies_schreiben_stelle"):
        client.post(reverse("schreiben_verfassen", args=[case.pk, art]), ANGABEN[art])
        brief = Schreiben.objects.get(art=art)
        hand_over(schreiben=brief, am=HEUTE, by=fallmanager, tag=HEUTE)
        briefe[art] = brief
    return briefe


def fill(art: str, case, by, frueher) -> dict[str, Any]:
    """The answers for a kind, with the rows of this case that it asks for."""
    werte = dict(ANGABEN[art])
    if art in ("erinnerung", "berichtigung"):
        werte["bezug"] = frueher["freies_schreiben"].pk
    if art in ("erinnerung_stelle", "berichtigung_stelle"):
        werte["bezug"] = frueher["freies_schreiben_stelle"].pk
    if art in ("akteneinsicht", "aktenuebersendung"):
        werte["schreiben"] = [frueher["freies_schreiben"].pk]
    if art == "befund_bitte":
        werte["einwilligung"] = make_einwilligung(case, by, teile=["gutachten"]).pk
    return werte


def test_every_kind_with_a_form_is_tried_here():
    assert {a.schluessel for a in registry.schreibenarten.values() if a.formular} == set(ANGABEN)
    assert {a.schluessel for a in BEITRAG.schreibenarten if a.formular} < set(ANGABEN)


@pytest.mark.parametrize("art", ANGABEN)
def test_letter_is_written_from_its_form(client, case, fallmanager, frueher, art):
    client.force_login(fabriken.make_leitung() if art in GELEITET else fallmanager)
    url = reverse("schreiben_verfassen", args=[case.pk, art])
    werte = fill(art, case, fallmanager, frueher)
    ohne = {name: wert for name, wert in werte.items() if name != FEHLT[art]}
    seite = client.post(url, ohne)
    assert seite.status_code == 422
    assert list(seite.context["form"].errors) == [FEHLT[art]]
    anzahl = Schreiben.objects.count()
    antwort = client.post(url, werte)
    assert antwort.status_code == 302, antwort.context["form"].errors
    brief = Schreiben.objects.first()
    assert (brief.art, Schreiben.objects.count()) == (art, anzahl + 1)
    assert antwort.url == reverse("versand_neu", args=[case.pk, brief.pk])
    an_dritte = registry.schreibenarten[art].an_dritte
    name = case.leistungsberechtigte_person.voller_name
    assert (brief.empfaenger[0] == name) is not an_dritte


@pytest.mark.parametrize("art", ["erinnerung_stelle", "mitwirkung", "befund_bitte"])
def test_a_day_that_has_passed_is_refused_at_the_field(client, case, fallmanager, frueher, art):
    werte = fill(art, case, fallmanager, frueher) | {"bis": f"{HEUTE:%d.%m.%Y}"}
    seite = client.post(reverse("schreiben_verfassen", args=[case.pk, art]), werte)
    assert "nach heute" in seite.context["form"].errors["bis"][0]


@pytest.mark.parametrize(
    ("art", "werte", "satz"),
    [
        ("freies_schreiben", {"text": "Hiermit lehnen wir ab."}, "wie eine Entscheidung"),
        (
            "freies_schreiben_stelle",
            {"grundlage": "ohne", "text": "Frau Łuczyńska kommt."},
            "Der Text nennt Łuczyńska",
        ),
        ("mitwirkung", {"bis": f"{HEUTE + timedelta(days=9):%d.%m.%Y}"}, "zu wenig Zeit"),
        ("akteneinsicht", {"schreiben": []}, "was übersandt wird"),
    ],
)
def test_what_the_law_closes_is_said(client, case, fallmanager, frueher, art, werte, satz):
    alle = fill(art, case, fallmanager, frueher) | werte
    anzahl = Schreiben.objects.count()
    seite = client.post(reverse("schreiben_verfassen", args=[case.pk, art]), alle)
    assert satz in seite.content.decode()
    assert Schreiben.objects.count() == anzahl


def test_a_correction_names_the_letter_it_corrects(client, case, fallmanager, frueher):
    alt = frueher["freies_schreiben_stelle"]
    werte = fill("berichtigung_stelle", case, fallmanager, frueher)
    client.post(reverse("schreiben_verfassen", args=[case.pk, "berichtigung_stelle"]), werte)
    neu = Schreiben.objects.get(art="berichtigung_stelle")
    assert neu.daten["bezug"]["nummer"] == alt.nummer
    assert (neu.empfaenger, neu.gegenstand) == (alt.empfaenger, f"schreiben:{alt.pk}")
    alt.refresh_from_db()
    assert alt.titel == "Nachfrage"


def test_reminder_offers_only_what_has_left(client, case, fallmanager, frueher):
    client.post(
        reverse("schreiben_verfassen", args=[case.pk, "freies_schreiben"]),
        ANGABEN["freies_schreiben"] | {"betreff": "Liegt noch da"},
    )
    seite = client.get(reverse("schreiben_verfassen", args=[case.pk, "erinnerung"]))
    wahl = [str(label) for _, label in seite.context["form"].fields["bezug"].choices]
    assert len(wahl) == 2
    assert "Liegt noch da" not in wahl[1]


def write(client, case, art, werte) -> Schreiben:
    client.post(reverse("schreiben_verfassen", args=[case.pk, art]), werte)
    return Schreiben.objects.get(art=art)


def test_hint_starts_the_time_to_take_part_with_its_bekanntgabe(client, case, fallmanager):
    client.force_login(fallmanager)
    brief = write(client, case, "mitwirkung", ANGABEN["mitwirkung"])
    assert not Frist.objects.filter(case=case, regel="F57").exists()
    hand_over(schreiben=brief, am=HEUTE, by=fallmanager, tag=HEUTE)
    frist = Frist.objects.get(case=case, regel="F57")
    assert (frist.ausloeser_datum, frist.ende) == (HEUTE, IN_VIER_WOCHEN)


def test_hint_that_arrives_after_its_day_sets_no_time(client, case, fallmanager):
    client.force_login(fallmanager)
    brief = write(client, case, "mitwirkung", ANGABEN["mitwirkung"])
    spaet = IN_VIER_WOCHEN + timedelta(days=1)
    hand_over(schreiben=brief, am=spaet, by=fallmanager, tag=spaet)
    assert not Frist.objects.filter(case=case, regel="F57").exists()
    assert "zu kurz" in Wiedervorlage.objects.get(case=case).anlass


def test_question_to_a_doctor_stops_with_the_consent(client, case, fallmanager):
    client.force_login(fallmanager)
    einwilligung = make_einwilligung(case, fallmanager, teile=["gutachten"])
    werte = ANGABEN["befund_bitte"] | {"einwilligung": einwilligung.pk}
    brief = write(client, case, "befund_bitte", werte)
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=HEUTE)
    withdraw(einwilligung, fallmanager)
    assert Versand.objects.get(pk=versand.pk).state == "angehalten"
    with pytest.raises(SchrittUnzulaessig, match="keine wirksame Einwilligung"):
        send(schreiben=brief, weg="post", by=fallmanager, tag=HEUTE)


def test_reminder_stands_on_the_consent_of_its_letter(client, case, fallmanager):
    client.force_login(fallmanager)
    einwilligung = make_einwilligung(case, fallmanager, teile=["gutachten"])
    werte = ANGABEN["befund_bitte"] | {"einwilligung": einwilligung.pk}
    bitte = write(client, case, "befund_bitte", werte)
    hand_over(schreiben=bitte, am=HEUTE, by=fallmanager, tag=HEUTE)
    werte = ANGABEN["erinnerung_stelle"] | {"bezug": bitte.pk}
    brief = write(client, case, "erinnerung_stelle", werte)
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=HEUTE)
    withdraw(einwilligung, fallmanager)
    assert Versand.objects.get(pk=versand.pk).state == "angehalten"
    seite = client.post(reverse("schreiben_verfassen", args=[case.pk, "erinnerung_stelle"]), werte)
    assert "keine wirksame Einwilligung" in seite.content.decode()


def test_protected_address_does_not_leave_with_the_file(client, case, fallmanager, frueher):
    case.leistungsberechtigte_person.auskunftssperren.create(
        art="auskunftssperre", gueltig_ab=HEUTE
    )
    werte = fill("aktenuebersendung", case, fallmanager, frueher)
    seite = client.post(reverse("schreiben_verfassen", args=[case.pk, "aktenuebersendung"]), werte)
    assert "Auskunftssperre" in seite.content.decode()
    assert not Schreiben.objects.filter(art="aktenuebersendung").exists()


def test_letter_is_given_as_the_html_that_was_set(client, case, fallmanager, frueher, monkeypatch):
    brief = frueher["freies_schreiben"]
    url = reverse("schreiben_text", args=[case.pk, brief.pk])
    antwort = client.get(url)
    assert antwort["Content-Disposition"].startswith("attachment")
    assert "Danke für Ihren Anruf." in antwort.content.decode()
    art = registry.schreibenarten["freies_schreiben"]
    anders = replace(art, template="cases/schreiben/briefe/erinnerung.html")
    monkeypatch.setitem(registry.schreibenarten, "freies_schreiben", anders)
    assert "Vorlage hat sich" in client.get(url, follow=True).content.decode()


def test_no_third_body_is_reached_by_mail(client, case, fallmanager, frueher):
    brief = frueher["freies_schreiben_stelle"]
    with pytest.raises(SchrittUnzulaessig, match="Per E-Mail wird nur"):
        send(schreiben=brief, weg="elektronisch", by=fallmanager, tag=HEUTE)


def test_answer_tells_all_that_is_stored_and_nothing_technical(client, case, frueher):
    make_unterlage(case, case.caseworker, verfasser="Dr. Hübner")
    client.force_login(fabriken.make_leitung())
    brief = write(client, case, "datenauskunft", ANGABEN["datenauskunft"])
    assert [z["von"] for z in brief.daten["papiere"]["unterlagen"]] == ["Dr. Hübner"]
    zeilen = {z["name"]: z["wert"] for g in brief.daten["gruppen"] for z in g["zeilen"]}
    assert zeilen["Nachname"] == "Łuczyńska"
    assert not [name for name in zeilen if "Abdruck" in name]
    assert len(brief.daten["papiere"]["schreiben"]) == 2
    assert len(brief.daten["zwecke"]) > 5


@pytest.mark.parametrize("wer", ["von", "an"])
def test_papers_name_their_author_or_their_recipient(wer):
    """A row knows one of the two; a letter with papers of both kinds must still be set."""
    zeile = {"titel": "Arztbrief", "vom": "2026-05-04", wer: "Dr. Hübner"}
    text = render_to_string(
        "cases/schreiben/briefe/papiere.html", {"titel": "x", "zeilen": [zeile], "wer": "y"}
    )
    assert "<td>Dr. Hübner</td>" in text


def test_every_kind_says_where_it_comes_from_and_on_what_it_rests():
    arten = [a for a in registry.schreibenarten.values() if not a.template.startswith("probe/")]
    assert len(arten) > 35
    assert [a.schluessel for a in arten if not (a.ausloeser and a.an and a.norm)] == []


def test_docs_list_every_kind(monkeypatch):
    """Renew it with: manage.py schreibenarten > docs/schreibenarten.md"""
    fest = {
        key: art
        for key, art in registry.schreibenarten.items()
        if not art.template.startswith("probe/")
    }
    monkeypatch.setattr(registry, "schreibenarten", fest)
    docs = Path(__file__).resolve().parents[3] / "docs" / "schreibenarten.md"
    assert docs.read_text() == page()
