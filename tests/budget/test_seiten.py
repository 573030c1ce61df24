"""Pages of the budget: who sees what, what is closed and why, what is typed stays."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Bescheid, PersoenlichesBudget
from budget.uebersicht.views.tisch import arbeitszeilen
from cases.models import Versand
from cases.schreiben.services.versand import send
from tests.budget import fabriken
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db
HEUTE = datetime(2026, 4, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(HEUTE, tick=False):
        yield


def url(name: str, akte, *mehr) -> str:
    return reverse(name, args=[akte.case.pk, *mehr])


def get(client, user, adresse: str):
    client.force_login(user)
    return client.get(adresse)


def vorgang(response) -> str:
    text = response.content.decode()
    return text.split('name="vorgang" value="')[1].split('"')[0]


@pytest.fixture
def b(db):
    return fabriken.make_akte(fabriken.B)


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_case_without_budget_offers_to_begin_one(client, b):
    response = get(client, b.fallmanager, url("budget", b))
    assert response.status_code == 200
    assert url("budget_neu", b) in response.content.decode()


def test_case_without_plan_says_why_a_budget_is_closed(client, b):
    leer = make_fall(b.fallmanager, eingang=date(2026, 4, 1))
    response = get(client, b.fallmanager, reverse("budget", args=[leer.pk]))
    assert "Es gibt noch keinen freigegebenen Gesamtplan." in text_of(response)


def test_budget_begins_by_its_form(client, b):
    client.force_login(b.fallmanager)
    seite = client.get(url("budget_neu", b))
    daten = {
        "vorgang": vorgang(seite),
        "beginn": "01.05.2026",
        "vergleichssumme": "2.500,00",
        "verfahrensart": "vereinfacht",
    }
    response = client.post(url("budget_neu", b), daten)
    assert response.headers["Location"] == url("budget", b)
    budget = PersoenlichesBudget.objects.get()
    assert (budget.beginn, budget.vergleichssumme) == (date(2026, 5, 1), Decimal("2500.00"))
    # The same submission again leads to the same place and begins nothing.
    assert client.post(url("budget_neu", b), daten).headers["Location"] == url("budget", b)
    assert PersoenlichesBudget.objects.count() == 1


def test_wrong_form_keeps_what_was_typed(client, b):
    client.force_login(b.fallmanager)
    daten = {"beginn": "31.02.2026", "vergleichssumme": "2.500,00", "verfahrensart": "vereinfacht"}
    response = client.post(url("budget_neu", b), daten)
    assert response.status_code == 422
    assert 'value="31.02.2026"' in response.content.decode()
    assert "Der Februar 2026 hat 28 Tage." in text_of(response)


def test_refusal_of_the_service_keeps_what_was_typed(client, b):
    client.force_login(b.fallmanager)
    daten = {"beginn": "28.02.2026", "verfahrensart": "vereinfacht"}
    response = client.post(url("budget_neu", b), daten)
    assert response.status_code == 422
    assert "Frühester Beginn ist der 01.03.2026. (§ 108 Abs. 1 S. 2 SGB IX)" in text_of(response)


def test_page_shows_amounts_sums_and_the_difference_to_the_richtwert(client):
    akte = fabriken.bemiss(fabriken.make_akte())
    text = text_of(get(client, akte.fallmanager, url("budget", akte)))
    for betrag in ("1.050,00 €", "1.120,00 €", "−70,00 €", "2.714,00 €", "1.793,00 €", "921,00 €"):
        assert betrag in text
    assert "2.384,00 € gegen 2.500,00 € ohne Persönliches Budget." in text


@pytest.mark.parametrize("anzahl", [1, 4])
def test_budget_page_asks_the_same_queries_for_every_number_of_rows(
    client, b, anzahl, django_assert_num_queries
):
    fabriken.start(b)
    if anzahl == 4:
        fabriken.bemiss(b)
    else:
        fabriken.teil(b, "pflege", "individuell", betrag=Decimal("1"))
    client.force_login(b.fallmanager)
    client.get(url("budget", b))
    # Two of them since the page knows of a death and compares plan and budget.
    with django_assert_num_queries(20):
        client.get(url("budget", b))


def test_closed_step_names_each_reason_with_its_norm(client, b):
    fabriken.start(b, vergleichssumme=None)
    text = text_of(get(client, b.fallmanager, url("budget", b)))
    assert "Bemessung abschließen" in text
    assert "Es ist noch kein Teilbudget festgesetzt." in text
    assert "§ 29 Abs. 2 S. 7 SGB IX" in text
    assert "Die Bemessung der Teilbudgets ist noch nicht abgeschlossen." in text


def test_teilbudget_form_shows_the_richtwert_beside_it(client):
    akte = fabriken.make_akte()
    fabriken.start(akte)
    adresse = url("teilbudget", akte, akte.leistungen["teilhabe"].pk)
    text = text_of(get(client, akte.fallmanager, adresse))
    assert "1.120,00 €" in text
    assert "Am 01.12.2005 gab es noch keinen Richtwert." in text


def test_teilbudget_is_set_by_its_form(client, b):
    fabriken.start(b)
    adresse = url("teilbudget", b, b.leistungen["pflegekasse"].pk)
    client.force_login(b.fallmanager)
    response = client.post(
        adresse,
        {
            "bemessungsart": "gutschein",
            "parameter_schluessel": "pflegesachleistung.grad2",
            "auszahlungsform": "geld",
            "stellungnahme_vom": "01.04.2026",
            "nachweisart": "pflegeeinsatz",
        },
    )
    assert response.headers["Location"] == url("budget", b)
    row = b.budget.teilbudgets.get()
    assert (row.betrag, row.auszahlungsform) == (Decimal("796.00"), "gutschein")


@pytest.mark.parametrize(
    ("daten", "satz"),
    [
        ({"bemessungsart": "individuell", "betrag": "10,555"}, "höchstens zwei Stellen"),
        ({"bemessungsart": "individuell"}, "Bitte geben Sie den Betrag im Monat an."),
        ({"bemessungsart": "satz"}, "oder wählen Sie den Satz."),
    ],
)
def test_teilbudget_form_explains_a_wrong_amount(client, b, daten, satz):
    fabriken.start(b)
    client.force_login(b.fallmanager)
    grund = {"auszahlungsform": "geld", "nachweisart": "belege", "nachweis": "Rechnungen"}
    adresse = url("teilbudget", b, b.leistungen["pflege"].pk)
    response = client.post(adresse, grund | daten)
    assert response.status_code == 422
    assert satz in text_of(response)
    assert "Rechnungen" in text_of(response)


def test_story_of_the_pages_from_draft_to_release(client, b):
    fabriken.tell("bemessen", akte=b)
    client.force_login(b.fallmanager)
    assert client.post(url("zielvereinbarung_neu", b)).status_code == 302
    assert client.get(url("zielvereinbarung_bearbeiten", b)).status_code == 200
    assert client.post(url("zielvereinbarung_ausfertigen", b)).status_code == 302
    unterschrift = {
        "person_am": "20.04.2026",
        "traeger_am": "20.04.2026",
    }
    client.post(url("zielvereinbarung_unterschriften", b), unterschrift)
    entwurf = {
        "erste_auszahlung": "01.05.2026",
        "begruendung": "Dem Antrag wird entsprochen.",
        "einkommen_vermoegen": "Kein Beitrag: Das Einkommen liegt unter der Grenze.",
    }
    client.post(url("bescheid_neu", b), entwurf)
    assert "Dem Antrag wird entsprochen." in text_of(client.get(url("bescheid_vorlegen", b)))
    client.post(url("bescheid_vorlegen", b))
    client.force_login(b.leitung)
    assert "Alle Voraussetzungen liegen vor" in text_of(client.get(url("bescheid_freigabe", b)))
    client.post(url("bescheid_freigabe", b))
    assert Bescheid.objects.get().state == "freigegeben"


@pytest.mark.parametrize(
    ("person_am", "satz"),
    [
        ("21.04.2026", "darf nicht in der Zukunft liegen"),
        ("07.04.2026", "darf nicht vor der Ausfertigung am 08.04.2026 liegen"),
    ],
)
def test_signature_outside_its_days_is_explained_at_the_field(client, b, person_am, satz):
    fabriken.tell("ausgefertigt", akte=b)
    client.force_login(b.fallmanager)
    daten = {"person_am": person_am, "traeger_am": "20.04.2026"}
    response = client.post(url("zielvereinbarung_unterschriften", b), daten)
    assert response.status_code == 422
    assert satz in text_of(response)


def test_release_page_names_the_closed_gate(client, b):
    fabriken.insert_vorgelegt(b)
    person = b.case.leistungsberechtigte_person
    person.bankverbindungen.all().delete()
    response = get(client, b.leitung, url("bescheid_freigabe", b))
    text = text_of(response)
    assert "Die Freigabe ist noch nicht möglich" in text
    assert "Für die Auszahlung fehlt die IBAN der Person." in text
    assert [tor.titel for tor in response.context["tore"] if not tor.offen] == [
        "Für die Auszahlung ist ein Konto erfasst"
    ]


def test_release_page_stays_within_its_queries(client, b, django_assert_max_num_queries):
    fabriken.insert_vorgelegt(b)
    client.force_login(b.leitung)
    client.get(url("bescheid_freigabe", b))
    # Two of them since the page knows of a death and of a newer plan, two since it asks who has
    # signed and what the Prüfkatalog has found.
    with django_assert_max_num_queries(39):
        client.get(url("bescheid_freigabe", b))


def test_return_page_needs_a_reason_and_shows_it_to_the_author(client, b):
    fabriken.insert_vorgelegt(b)
    client.force_login(b.leitung)
    assert client.post(url("bescheid_zurueckgeben", b), {"text": ""}).status_code == 422
    client.post(url("bescheid_zurueckgeben", b), {"text": "Bitte Ermessen ausführen."})
    seite = text_of(get(client, b.fallmanager, url("bescheid", b)))
    assert "Bitte Ermessen ausführen." in seite


def test_author_sees_why_the_release_is_closed(client, b):
    fabriken.insert_vorgelegt(b)
    text = text_of(get(client, b.fallmanager, url("bescheid", b)))
    assert "bei der Sachgebietsleitung. Nur sie kann ihn freigeben." in text


def test_released_bescheid_shows_bekanntgabe_and_widerspruch(client, b):
    fabriken.tell("frei", akte=b)
    with time_machine.travel(datetime(2026, 4, 20, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))):
        send(
            schreiben=b.bescheid.schreiben, weg="uebergabe", by=b.fallmanager, tag=date(2026, 4, 20)
        )
    versand = Versand.objects.get()
    text = text_of(get(client, b.fallmanager, url("bescheid", b)))
    assert f"{versand.widerspruch_bis:%d.%m.%Y}" in text
    assert "Warum dieses Datum?" in text


@pytest.mark.parametrize("name", ["bescheid_pdf", "zielvereinbarung_pdf"])
def test_pdf_comes_inline_under_the_aktenzeichen(client, b, name):
    fabriken.insert_vorgelegt(b)
    response = get(client, b.fallmanager, url(name, b))
    art = name.removesuffix("_pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        f'inline; filename="{b.case.aktenzeichen}-{art}.pdf"'
    )
    assert response.content.startswith(b"%PDF-")


SEITEN = ("budget", "zielvereinbarung", "bescheid", "bescheid_pdf", "budget_bearbeiten")


@pytest.mark.parametrize("name", SEITEN)
def test_foreign_case_does_not_exist(client, b, name):
    fabriken.insert_vorgelegt(b)
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    assert get(client, fremd, url(name, b)).status_code == 404


@pytest.mark.parametrize("name", ["zielvereinbarung", "bescheid", "bescheid_pdf"])
def test_page_of_what_does_not_exist_yet_is_not_found(client, b, name):
    assert get(client, b.fallmanager, url(name, b)).status_code == 404
    fabriken.start(b)
    assert get(client, b.fallmanager, url(name, b)).status_code == 404


@pytest.mark.parametrize("name", ["bescheid_freigabe", "bescheid_zurueckgeben", "budget_beenden"])
def test_page_of_the_leitung_is_closed_to_the_fallmanagement(client, b, name):
    fabriken.insert_vorgelegt(b)
    assert get(client, b.fallmanager, url(name, b)).status_code == 403


@pytest.mark.parametrize("name", ["budget_bemessen", "zielvereinbarung_neu"])
def test_step_is_taken_by_post_only(client, b, name):
    fabriken.bemiss(b)
    assert get(client, b.fallmanager, url(name, b)).status_code == 405


def test_revision_reads_and_takes_no_step(client, b):
    fabriken.insert_vorgelegt(b)
    revision = make_user("revision", "Revision")
    text = text_of(get(client, revision, url("bescheid", b)))
    assert "Prüfen und freigeben" not in text
    assert get(client, revision, url("bescheid_bearbeiten", b)).status_code == 403


def test_desk_tells_each_role_what_waits(client, b, django_assert_num_queries):
    fabriken.insert_vorgelegt(b)
    heute = date(2026, 4, 20)
    assert [z.titel for z in arbeitszeilen(b.leitung, heute)] == ["Bescheid freigeben"]
    assert [(z.titel, z.art) for z in arbeitszeilen(b.fallmanager, heute)] == [
        ("Bescheid ansehen", "warten")
    ]
    assert arbeitszeilen(make_leitung("andere", make_team("Team Süd")), heute) == []
    fabriken.insert_bescheid(b, "freigegeben")
    # One for the grants, one for the decisions beside them.
    with django_assert_num_queries(2):
        zeilen = arbeitszeilen(b.fallmanager, heute)
    versand = reverse("versand_neu", args=[b.case.pk, b.bescheid.schreiben_id])
    assert [(z.titel, z.url) for z in zeilen] == [("Bescheid versenden", versand)]
