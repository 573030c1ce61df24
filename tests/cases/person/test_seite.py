"""The page „Person“ and its forms."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.access import SCHREIBROLLEN
from cases.models import Auskunftssperre, Bankverbindung, Schreiben
from cases.person.views.personenangabe import ANGABEARTEN
from cases.states.rolle import Rolle
from tests import uhr
from tests.cases.person.test_adressat import make_vertretung
from tests.fabriken import make_fall, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(fallmanager, client):
    client.force_login(fallmanager)
    return make_fall(fallmanager, person=make_person("Muster"))


def test_page_shows_addressee_and_reason(client, case):
    make_vertretung(case.leistungsberechtigte_person)
    text = client.get(reverse("fall_person", args=[case.pk])).text
    assert "Beate Sommer" in text
    assert "§ 1823 BGB" in text
    assert "DE89" in text
    assert "DE89370400440532013000" not in text


def test_page_stays_within_its_queries(client, case, django_assert_max_num_queries):
    url = reverse("fall_person", args=[case.pk])
    client.get(url)
    with django_assert_max_num_queries(25):
        client.get(url)


@pytest.mark.parametrize("art", ANGABEARTEN)
def test_every_kind_has_a_form_that_explains_its_purpose(client, case, art):
    url = reverse("angabe_neu", args=[case.pk, art])
    assert ANGABEARTEN[art].modell.zweck in client.get(url).text
    response = client.post(url, {"gueltig_ab": "02.01.2020", "gueltig_bis": "01.01.2020"})
    assert response.status_code == 422
    assert response.context["form"].errors["gueltig_bis"] == [
        "Das Ende liegt vor dem Beginn am 02.01.2020."
    ]
    assert 'value="01.01.2020"' in response.text


def test_wrong_iban_is_named_at_the_field(client, case):
    url = reverse("angabe_neu", args=[case.pk, "bankverbindungen"])
    data = {"iban": "DE89370400440532013001", "kontoinhaber": "Emil", "gueltig_ab": "01.01.2027"}
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Prüfziffer" in response.context["form"].errors["iban"][0]
    data["iban"] = "DE02120300000000202051"
    assert client.post(url, data).status_code == 302
    assert Bankverbindung.objects.filter(iban_ende="2051").count() == 1


def test_row_of_another_person_is_not_found(client, case, fallmanager):
    fremd = make_fall(fallmanager).leistungsberechtigte_person.bankverbindungen.get()
    url = reverse("angabe", args=[case.pk, "bankverbindungen", fremd.pk])
    assert client.get(url).status_code == 404
    assert client.get(reverse("angabe_neu", args=[case.pk, "geheimnisse"])).status_code == 404


@pytest.mark.parametrize("rolle", [Rolle.REVISION, Rolle.FALLMANAGEMENT])
def test_auskunftssperre_hides_the_address_from_readers(client, case, rolle):
    Auskunftssperre.objects.create(
        leistungsberechtigte_person=case.leistungsberechtigte_person,
        art="auskunftssperre",
        grund="Gefährdung",
        gueltig_ab=uhr.HEUTE,
    )
    client.force_login(make_user("leser", rolle, case.team))
    for name in ("fall", "fall_person"):
        text = client.get(reverse(name, args=[case.pk])).text
        assert "Geben Sie weder Anschrift noch Aufenthaltsort weiter" in text
        assert ("Lindenweg" in text) == (rolle in SCHREIBROLLEN), name
    # A savings bank has the name of its place.
    assert ("Commerzbank" in text) == (rolle in SCHREIBROLLEN)


def test_auskunftssperre_hides_letters_from_readers(client, case):
    Auskunftssperre.objects.create(
        leistungsberechtigte_person=case.leistungsberechtigte_person,
        art="auskunftssperre",
        grund="Gefährdung",
        gueltig_ab=uhr.HEUTE,
    )
    schreiben = Schreiben.objects.create(
        case=case,
        art="probe",
        titel="Brief",
        gegenstand="-",
        nummer="X-S1",
        datum=uhr.HEUTE,
        empfaenger=["Emil Muster", "Lindenweg 12"],
        daten={},
        pdf_seiten=1,
        erstellt_von=case.caseworker,
    )
    client.force_login(make_user("leser", Rolle.REVISION))
    liste = reverse("fall_schreiben", args=[case.pk])
    assert "Lindenweg" not in client.get(liste).text
    pdf = client.get(reverse("schreiben_pdf", args=[case.pk, schreiben.pk]))
    assert (pdf.status_code, pdf["Location"]) == (302, liste)
