"""What a Leistung leaves empty follows from catalogue, plan and Antrag, never from a guess."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gesamtplan.models import Leistung
from tests.fabriken import HEUTE, make_traeger
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db
TAG = f"{HEUTE:%d.%m.%Y}"


@pytest.fixture
def plan(fallmanager):
    plan = bausteine.make_leeren_plan(fallmanager)
    bausteine.add_ziel(plan, fallmanager)
    make_traeger("eingliederungshilfe", "Landkreis Musterau", eigener=True)
    make_traeger("sozialhilfe", "Landkreis Musterau – Sozialhilfe", eigener=True)
    make_traeger("pflegekasse", "AOK Probe")
    return plan


def send(client, plan, **angaben):
    url = reverse("leistung_neu", args=[plan.case_id, plan.version])
    ziel = plan.teilhabeziele.get()
    return client.post(url, {"teilhabeziel": ziel.pk, "umfang": "x", "beginn": TAG, **angaben})


@pytest.mark.parametrize(
    ("schluessel", "art", "form", "ergaenzend"),
    [
        ("b_assistenz", "eingliederungshilfe", "persoenliches_budget", False),
        ("sh_grundsicherung", "sozialhilfe", "geldleistung", True),
        ("sh_hilfe_zur_pflege", "sozialhilfe", "persoenliches_budget", False),
    ],
)
def test_own_leistung_takes_name_carrier_and_form(
    client, fallmanager, plan, schluessel, art, form, ergaenzend
):
    plan.case.antraege.update(persoenliches_budget=True)
    client.force_login(fallmanager)
    assert send(client, plan, katalogschluessel=schluessel).status_code == 302
    row = Leistung.objects.get()
    assert (row.leistungstraeger.art, row.leistungsform, row.ergaenzend) == (art, form, ergaenzend)
    assert row.bezeichnung


def test_carrier_of_others_and_form_without_a_wish_are_asked(client, fallmanager, plan):
    plan.case.antraege.update(persoenliches_budget=False)
    client.force_login(fallmanager)
    response = send(client, plan, katalogschluessel="pk_pflegesachleistung")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"leistungstraeger", "leistungsform"}
    assert Leistung.objects.count() == 0


def test_buttons_lead_on_to_the_next_part(client, fallmanager, plan):
    plan.case.antraege.update(persoenliches_budget=True)
    client.force_login(fallmanager)
    args = [plan.case_id, plan.version]
    weiter = send(client, plan, katalogschluessel="b_assistenz", weiter="leistung")
    assert weiter["Location"] == f"{reverse('leistung_neu', args=args)}?ziel=1"
    form = client.get(weiter["Location"]).context["form"]
    assert form.initial["beginn"] == HEUTE
    weiter = send(client, plan, katalogschluessel="b_assistenz", weiter="ziel")
    assert weiter["Location"] == reverse("teilhabeziel_neu", args=args)
    # The one need that there is has its goal; without it the form begins there.
    assert client.get(weiter["Location"]).context["form"].initial["lebensbereich"] == ""
    plan.teilhabeziele.update(lebensbereich="d1")
    assert client.get(weiter["Location"]).context["form"].initial["lebensbereich"] == "d6"
