"""A team that sits elsewhere: its letters name that place, the seat of the authority stays."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.behoerde.services.aenderung import release_aenderung
from cases.behoerde.services.behoerde import DIENSTSTELLE, update_dienststelle
from cases.models import Case, Team
from cases.schreiben.satz.brief import kopf_daten, render_html
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.briefschema import DATEI, errors_in
from tests.cases.schreiben.proben import make_daten
from tests.fabriken import HEUTE, make_fall, make_user
from tests.oberflaeche.gleichzeitig import Fenster

pytestmark = pytest.mark.django_db
NORD = dict(
    zip(
        DIENSTSTELLE,
        ("Außenstelle Nord", "Nordring 7", "70998", "Nordau", "07000 77-0", "Mo bis Do 9-12 Uhr"),
        strict=True,
    )
)


@pytest.fixture
def fachadmin(behoerde):
    return make_user("fach", Rolle.FACHADMINISTRATION)


def head_of(case):
    case.refresh_from_db()
    return kopf_daten(
        case=case,
        empfaenger=["A"],
        datum=HEUTE,
        ansprechpartner=case.caseworker,
        betreff="B",
    )


def test_a_letter_names_the_place_of_the_team(fallmanager, fachadmin):
    case = make_fall(fallmanager)
    case.caseworker.telefon = ""
    case.caseworker.save()
    vorher = head_of(case)
    assert "dienststelle" not in vorher
    wartet = update_dienststelle(team_id=case.team_id, angaben=NORD, by=fachadmin, tag=HEUTE)
    case.refresh_from_db()
    assert (wartet is not None, head_of(case)) == (True, vorher)
    release_aenderung(row=wartet, by=make_user("zweite", Rolle.FACHADMINISTRATION), tag=HEUTE)
    case = Case.objects.get(pk=case.pk)
    kopf = head_of(case)
    assert (kopf["dienststelle"]["strasse"], kopf["behoerde"]) == ("Nordring 7", vorher["behoerde"])
    assert kopf["ansprechpartner"]["telefon"] == "07000 77-0"
    schema = json.loads(DATEI.read_text())
    assert list(errors_in(kopf, schema["$defs"]["kopf"], schema)) == []
    daten = make_daten()
    daten["kopf"]["dienststelle"] = kopf["dienststelle"]
    html = render_html(art="probe", titel="T", daten=daten)
    assert "Nordring 7 · 70998 Nordau" in html
    assert "Mo bis Do 9-12 Uhr" in html.replace("\xa0", " ")


def test_who_may_and_what_is_asked(fallmanager, fachadmin):
    team = make_fall(fallmanager).team
    with pytest.raises(SchrittUnzulaessig, match="Fachadministration"):
        update_dienststelle(team_id=team.pk, angaben=NORD, by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Straße, Postleitzahl und Ort"):
        update_dienststelle(team_id=team.pk, angaben=NORD | {"plz": ""}, by=fachadmin, tag=HEUTE)
    with pytest.raises(IntegrityError, match="team_dienststelle"), transaction.atomic():
        Team.objects.filter(pk=team.pk).update(dienststelle="Nord")


def test_the_page_asks_for_the_whole_address(fallmanager, fachadmin):
    team = make_fall(fallmanager).team
    fenster = Fenster.open(fachadmin, reverse("team_dienststelle", args=[team.pk]))
    felder = fenster.read()
    felder["dienststelle"] = ["Außenstelle Nord"]
    answer = fenster.send(felder)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"strasse", "plz", "ort"}
    felder |= {name: [wert] for name, wert in NORD.items()}
    assert fenster.send(felder).status_code == 302
    assert "Außenstelle Nord" in fenster.client.get(reverse("behoerde")).content.decode()
    leer = fenster.read() | {name: [""] for name in DIENSTSTELLE}
    assert fenster.send(leer).status_code == 302
    team.refresh_from_db()
    assert team.dienststelle == ""
