"""Forms: bad input, double submit, a session that ends while somebody types."""

from __future__ import annotations

import re
import threading
from datetime import UTC, timedelta

import pytest
import time_machine
from django.db import connections
from django.forms import MultipleChoiceField, Select
from django.test import Client
from django.urls import reverse

from cases.models import Case, Entwurf, Ereignis
from cases.rechte import work_for
from cases.states.rolle import Rolle
from tests import uhr
from tests.fabriken import make_fall, make_fallmanager, make_team, make_user


def tag(tage: int) -> str:
    """Return the day so many days from the day of the run, as typed."""
    return f"{uhr.HEUTE + timedelta(days=tage):%d.%m.%Y}"


EINGABE = {
    "anrede": "frau",
    "vorname": "Lena",
    "nachname": "Öhler",
    "geburtsdatum": "03.02.1990",
    "strasse": "Gartenweg 3",
    "plz": "70999",
    "ort": "Musterau",
    "eingang": tag(-7),
    "weg": "schriftlich",
    "begehren": "Assistenz beim Wohnen & Einkaufen",
}
# A moment after the login, and before the session has rested for half an hour.
FRUEH = (uhr.JETZT + timedelta(minutes=1)).astimezone(UTC)
SPAET = FRUEH + timedelta(minutes=31)


def token_of(html: str) -> str:
    return re.search(r'name="vorgang" value="([^"]+)"', html).group(1)


@pytest.fixture
def drin(client, fallmanager):
    client.force_login(fallmanager)
    return client


@pytest.mark.django_db
def test_intake_creates_person_case_and_application(drin, fallmanager):
    with time_machine.travel(FRUEH, tick=False):
        response = drin.post(reverse("antrag_aufnehmen"), {**EINGABE, "caseworker": fallmanager.pk})
    case = Case.objects.get()
    assert response.status_code == 302
    # The next step of a new case is its Zuständigkeit.
    assert response["Location"] == reverse("zustaendigkeit", args=[case.pk])
    assert case.leistungsberechtigte_person.voller_name == "Lena Öhler"
    assert case.antraege.get().begehren == "Assistenz beim Wohnen & Einkaufen"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("feld", "wert", "meldung"),
    [
        ("geburtsdatum", "31.02.1990", "31.02.1990"),
        ("geburtsdatum", tag(30), "liegt in der Zukunft"),
        ("geburtsdatum", "03.02.1905", "120 Jahre"),
        ("eingang", tag(2), "liegt in der Zukunft"),
        ("eingang", "16.11.1980", "vor der Geburt"),
        ("eingang", "", "Bitte ausfüllen"),
        ("plz", "7099", "Fehlt die Null"),
        ("email", "kein-at", "E-Mail"),
        ("email", f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.de", "254"),
        ("nachname", "", "Bitte ausfüllen"),
    ],
)
def test_bad_input_is_named_at_the_field_and_keeps_what_was_typed(
    drin, fallmanager, feld, wert, meldung
):
    with time_machine.travel(FRUEH, tick=False):
        response = drin.post(
            reverse("antrag_aufnehmen"), {**EINGABE, "caseworker": fallmanager.pk, feld: wert}
        )
    assert response.status_code == 422
    assert any(meldung in error for error in response.context["form"].errors[feld])
    assert "Assistenz beim Wohnen &amp; Einkaufen" in response.text
    assert Case.objects.count() == 0


@pytest.mark.django_db
def test_case_is_never_given_to_somebody_without_a_team(client, behoerde):
    leitung = make_user("leitung", Rolle.LEITUNG)
    niemand = make_user("ohneteam", Rolle.FALLMANAGEMENT)
    client.force_login(leitung)
    with time_machine.travel(FRUEH, tick=False):
        response = client.post(reverse("antrag_aufnehmen"), {**EINGABE, "caseworker": niemand.pk})
    assert response.status_code == 422
    assert "caseworker" in response.context["form"].errors


@pytest.mark.django_db
def test_same_submission_twice_has_one_effect(drin, fallmanager):
    case = make_fall(fallmanager)
    url = reverse("zustaendigkeit", args=[case.pk])
    data = {"vorgang": token_of(drin.get(url).text), "begruendung": "wohnt hier"}
    first, second = drin.post(url, data), drin.post(url, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Ereignis.objects.filter(case=case, art="zustaendigkeit").count() == 1


@pytest.mark.django_db
def test_second_tab_never_brings_an_old_phone_number_back(drin, fallmanager):
    case = make_fall(fallmanager)
    url = reverse("person", args=[case.pk])
    erster, zweiter = (_felder(drin.get(url)) for _ in range(2))
    assert drin.post(url, erster | {"telefon": "07999 77"}).status_code == 302
    response = drin.post(url, zweiter | {"email": "neu@example.org"})
    assert response.status_code == 422
    assert f"{fallmanager.get_full_name()} hat diese Angaben inzwischen" in response.text
    konflikte = {k.name: k.vorschlag for k in response.context["form"].konflikte}
    assert konflikte == {"telefon": "gespeichert", "email": "meine"}
    person = case.leistungsberechtigte_person
    person.refresh_from_db()
    assert (person.telefon, person.email) == ("07999 77", "emil@example.org")
    wahl = {"wahl_noetig": ["telefon", "email"]}
    wahl |= {f"wahl_{name}": vorschlag for name, vorschlag in konflikte.items()}
    again = zweiter | {
        "email": "neu@example.org",
        "entschieden_zu": response.context["form"].stand_jetzt,
    }
    assert drin.post(url, again | wahl).status_code == 302
    person.refresh_from_db()
    assert (person.telefon, person.email) == ("07999 77", "neu@example.org")


def _felder(response) -> dict[str, str]:
    """Return what a browser would send back unchanged."""
    form = response.context["form"]
    return {
        name: widget.format_value(form[name].value()) or ""
        if not isinstance(widget := field.widget, Select)
        else form[name].value() or ""
        for name, field in form.fields.items()
        if not (isinstance(field, MultipleChoiceField) and not form[name].value())
    }


@pytest.mark.django_db(transaction=True)
def test_eight_equal_submissions_at_once_have_one_effect(fallmanager):
    case = make_fall(fallmanager)
    url = reverse("wiedervorlage_neu", args=[case.pk])
    client = Client()
    client.force_login(fallmanager)
    am = f"{uhr.HEUTE + timedelta(days=30):%d.%m.%Y}"
    data = {"vorgang": token_of(client.get(url).text), "am": am, "anlass": "Anruf"}
    answers: list[int] = []

    def send() -> None:
        other = Client()
        other.cookies = client.cookies
        answers.append(other.post(url, data).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 8
    assert case.wiedervorlagen.count() == 1


@pytest.mark.django_db
def test_idle_session_keeps_the_text_for_the_same_user(drin, fallmanager):
    case = make_fall(fallmanager)
    url = reverse("zustaendigkeit", args=[case.pk])
    with time_machine.travel(FRUEH, tick=False):
        token = token_of(drin.get(url).text)
    text = "Wohnt seit 2011 in Musterau, Gartenweg 3"
    with time_machine.travel(SPAET, tick=False):
        late = drin.post(url, {"vorgang": token, "begruendung": text})
    assert late.status_code == 302
    assert late["Location"].startswith(reverse("account_login"))
    assert text not in Entwurf.objects.extra(select={"roh": "daten::text"}).values_list("roh")[0][0]
    with time_machine.travel(SPAET + timedelta(minutes=1), tick=False):
        drin.force_login(fallmanager)
        back = drin.get(url)
    assert text in back.text
    assert f"Ihr Entwurf vom {SPAET.astimezone(uhr.ZONE):%d.%m.%Y, %H:%M} Uhr" in back.text
    assert "Bitte ausfüllen" not in back.text
    case.refresh_from_db()
    assert case.state == "antrag_eingegangen"


@pytest.mark.django_db
def test_rescued_text_is_not_shown_to_somebody_else(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    url = reverse("zustaendigkeit", args=[case.pk])
    token = token_of(client.get(url).text)
    client.logout()
    client.post(url, {"vorgang": token, "begruendung": "vertraulicher Satz"})
    client.force_login(make_fallmanager("zweite"))
    assert "vertraulicher Satz" not in client.get(url).text
    # The database shows the draft to nobody else, too.
    assert not Entwurf.objects.exists()
    work_for(fallmanager.pk)
    assert Entwurf.objects.get().user == fallmanager


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pfad", ["https://angreifer.example", "//angreifer.example", "javascript:alert(1)", "\\x", "x"]
)
def test_rescued_text_leads_back_to_no_other_place(client, fallmanager, pfad):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    url = reverse("zustaendigkeit", args=[case.pk])
    token = token_of(client.get(url).text)
    client.logout()
    client.post(url, {"vorgang": token, "entwurf_pfad": pfad, "begruendung": "wohnt hier"})
    assert Entwurf.objects.get().pfad == url


@pytest.mark.django_db
def test_rescued_text_goes_after_saving(drin, fallmanager):
    case = make_fall(fallmanager)
    url = reverse("zustaendigkeit", args=[case.pk])
    token = token_of(drin.get(url).text)
    drin.logout()
    drin.post(url, {"vorgang": token, "begruendung": "wohnt hier"})
    drin.force_login(fallmanager)
    again = token_of(drin.get(url).text)
    assert drin.post(url, {"vorgang": again, "begruendung": "wohnt hier"}).status_code == 302
    assert Entwurf.objects.count() == 0


@pytest.mark.django_db
def test_session_ends_at_its_absolute_limit_even_when_used(client, fallmanager, settings):
    settings.SESSION_IDLE_SECONDS = 36000
    with time_machine.travel("2026-11-20 07:00:00+01:00", tick=False):
        client.force_login(fallmanager)
        assert client.get(reverse("start")).status_code == 200
    with time_machine.travel("2026-11-20 16:59:00+01:00", tick=False):
        assert client.get(reverse("start")).status_code == 200
    with time_machine.travel("2026-11-20 17:00:01+01:00", tick=False):
        assert client.get(reverse("start")).status_code == 302


@pytest.mark.django_db
def test_extra_fields_change_nothing(drin, fallmanager):
    case = make_fall(fallmanager)
    other = make_fallmanager("andere", make_team("Team Süd"))
    drin.post(
        reverse("zustaendigkeit", args=[case.pk]),
        {
            "begruendung": "wohnt hier",
            "state": "beendet",
            "caseworker": other.pk,
            "geschuetzt": "1",
        },
    )
    case.refresh_from_db()
    assert (case.state, case.caseworker, case.geschuetzt) == ("zustaendig", fallmanager, False)
