"""How letters are signed: the rule of the authority by role, its page, its example."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from cases.behoerde.queries.behoerde import changes_of_behoerde
from cases.behoerde.services.behoerde import update_zeichnung
from cases.models import Behoerde
from cases.schreiben.satz.brief import render_html, unterschriftszeile, unterzeichner_daten
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.proben import make_daten, make_kopf
from tests.fabriken import make_user
from tests.oberflaeche.gleichzeitig import Fenster

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
REGEL = {
    "amtsleitung": "Die Landrätin",
    "zusatz_leitung": "in_vertretung",
    "zusatz_fallmanagement": "ohne",
    "siegel_auf": "bescheide",
}


def closing(von: dict[str, str]) -> str:
    """Return what stands between greeting and end of a letter in own words."""
    daten = make_daten(kopf=make_kopf(), anrede="Guten Tag", person={}, unterzeichner=von)
    html = render_html(art="freies_schreiben", titel="x", daten=daten)
    schluss = html[html.index("Mit freundlichen") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", schluss).replace("\xa0", " ").split())


def test_the_rule_goes_by_role_and_the_highest_counts(erste):
    leitung = make_user("leitung", Rolle.LEITUNG)
    fm = make_user("fm", Rolle.FALLMANAGEMENT)
    beide = make_user("beide", Rolle.FALLMANAGEMENT)
    beide.groups.add(Group.objects.get(name=Rolle.LEITUNG))
    for user in (leitung, fm, beide, None, erste):
        assert unterzeichner_daten(user)["zusatz"] == "Im Auftrag"
        assert unterzeichner_daten(user)["leitung"] == ""
    update_zeichnung(angaben=REGEL, by=erste)
    assert unterzeichner_daten(leitung) == {
        "name": leitung.get_full_name(),
        "funktion": "Sachgebietsleitung",
        "leitung": "Die Landrätin",
        "zusatz": "In Vertretung",
    }
    assert unterzeichner_daten(fm)["zusatz"] == ""
    assert unterzeichner_daten(beide)["zusatz"] == "In Vertretung"
    assert unterzeichner_daten(None) == {
        "name": "",
        "funktion": "",
        "leitung": "Die Landrätin",
        "zusatz": "In Vertretung",
    }
    # Nobody else signs; whoever only looks at a preview sees the rule of the Fallmanagement.
    assert unterzeichner_daten(erste)["zusatz"] == ""


@pytest.mark.parametrize(
    ("von", "zeilen"),
    [
        ({}, "Im Auftrag Vera Amt"),
        ({"leitung": "", "zusatz": "Im Auftrag"}, "Im Auftrag Vera Amt"),
        ({"leitung": "Der Landrat", "zusatz": "Im Auftrag"}, "Der Landrat Im Auftrag Vera Amt"),
        ({"leitung": "Der Landrat", "zusatz": "In Vertretung"}, "Der Landrat In Vertretung Vera"),
        ({"leitung": "Der Landrat", "zusatz": ""}, "Der Landrat Vera Amt"),
        ({"leitung": "", "zusatz": ""}, "Vera Amt"),
    ],
)
def test_the_letter_prints_head_addition_name_and_office(von, zeilen):
    schluss = closing({"name": "Vera Amt", "funktion": "Fallmanagement", **von})
    assert schluss.startswith(f"Mit freundlichen Grüßen {zeilen}")
    assert schluss.endswith("Vera Amt Fallmanagement")


def signature_line(partei: dict[str, Any]) -> str:
    """Return what stands below the line of one party in own words."""
    html = render_to_string("schreiben/unterschriften.html", {"parteien": [partei]})
    schluss = html[html.rindex("Unterschrift<") :]
    return " ".join(re.sub(r"<[^>]+>", " ", "<" + schluss).split()).removeprefix("< ")


@pytest.mark.parametrize(
    ("regel", "zeile"),
    [
        ({}, "Im Auftrag Fina Meier Fallmanagement"),
        ({"zusatz_fallmanagement": "in_vertretung"}, "In Vertretung Fina Meier Fallmanagement"),
        ({"amtsleitung": "Der Landrat"}, "Der Landrat Im Auftrag Fina Meier Fallmanagement"),
        ({"zusatz_fallmanagement": "ohne"}, "Fina Meier Fallmanagement"),
    ],
)
def test_who_signs_by_hand_for_the_authority_stands_below_the_line(erste, regel, zeile):
    vorgabe = REGEL | {"amtsleitung": "", "zusatz_fallmanagement": "im_auftrag"}
    update_zeichnung(angaben=vorgabe | regel, by=erste)
    fm = make_user("fm", Rolle.FALLMANAGEMENT)
    fm.first_name, fm.last_name, fm.funktion = "Fina", "Meier", "Fallmanagement"
    behoerde = Behoerde.objects.get()
    partei = unterschriftszeile(fm)
    assert signature_line(partei).endswith(f"{behoerde.name} {behoerde.amt} {zeile}")
    # A party of before, and who signs for herself, has nothing more below her name.
    eigene = {"name": "Erika Muster", "rolle": "oder Vertretung"}
    assert signature_line(eigene).endswith("Erika Muster oder Vertretung")


def test_data_of_before_print_the_same_bytes():
    daten = make_daten(kopf=make_kopf(), anrede="Guten Tag", person={})
    alt, neu = (
        render_html(art="freies_schreiben", titel="x", daten=daten | {"unterzeichner": von})
        for von in (
            {"name": "Vera Amt", "funktion": ""},
            {"name": "Vera Amt", "funktion": "", "leitung": "", "zusatz": "Im Auftrag"},
        )
    )
    assert alt == neu


def test_nobody_builds_a_signature_by_hand():
    von_hand = re.compile(r'"unterzeichner":\s*\{')
    for app in ("cases", "gesamtplan", "budget"):
        for path in (ROOT / app).rglob("*.py"):
            assert not von_hand.search(path.read_text()), path
    stellen = [
        (path.name, stelle)
        for path in (ROOT / "templates").rglob("*.html")
        for stelle in re.findall(r'include "schreiben/unterschrift.html"[^%]*', path.read_text())
        # The leaflet names who answers for the data; nobody signs it.
        if path.name != "schreiben_hinweis.html"
    ]
    assert len(stellen) > 30
    assert [(name, stelle) for name, stelle in stellen if "von=" not in stelle] == []


def test_only_the_fachadministration_sets_the_rule(erste):
    leitung = make_user("leitung", Rolle.LEITUNG)
    with pytest.raises(SchrittUnzulaessig, match="Fachadministration"):
        update_zeichnung(angaben=REGEL, by=leitung)
    with pytest.raises(SchrittUnzulaessig, match="geändert"):
        update_zeichnung(angaben=REGEL, by=erste, gesehen="alt")
    with pytest.raises(ValidationError, match="keine gültige Option"):
        update_zeichnung(angaben=REGEL | {"zusatz_leitung": "selbst"}, by=erste)
    with pytest.raises(IntegrityError, match="zusatz_leitung"), transaction.atomic():
        Behoerde.objects.update(zusatz_leitung="selbst")


@pytest.mark.parametrize("rolle", [Rolle.LEITUNG, Rolle.REVISION, Rolle.FALLMANAGEMENT])
def test_other_roles_do_not_open_the_form(client, behoerde, rolle):
    client.force_login(make_user("jemand", rolle))
    for name in ("behoerde_unterschrift", "unterschrift_beispiel"):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse("behoerde_unterschrift"), REGEL).status_code == 403


def test_the_page_shows_the_rule_and_keeps_its_history(erste):
    fenster = Fenster.open(erste, reverse("behoerde_unterschrift"))
    felder = fenster.read()
    assert felder["zusatz_leitung"] == ["im_auftrag"]
    felder |= {name: [wert] for name, wert in REGEL.items()}
    assert fenster.send(felder).status_code == 302
    seite = " ".join(fenster.client.get(reverse("behoerde")).content.decode().split())
    assert "<p>Die Landrätin</p><p>In Vertretung</p>" in seite
    geaendert = {(row.feld, row.alt, row.neu) for row in changes_of_behoerde()}
    assert geaendert == {
        ("Leitung der Behörde über der Unterschrift", "", "Die Landrätin"),
        ("Sachgebietsleitung unterschreibt", "Im Auftrag", "In Vertretung"),
        ("Fallmanagement unterschreibt", "Im Auftrag", "ohne Zusatz"),
        ("Dienstsiegel neben der Unterschrift", "nirgends", "auf Bescheiden"),
    }


def test_who_comes_second_is_asked(erste, zweite):
    zwei = [Fenster.open(user, reverse("behoerde_unterschrift")) for user in (erste, zweite)]
    felder = [fenster.read() for fenster in zwei]
    felder[0]["zusatz_leitung"] = ["in_vertretung"]
    felder[1]["amtsleitung"] = ["Der Landrat"]
    assert zwei[0].send(felder[0]).status_code == 302
    antwort = zwei[1].send(felder[1])
    assert antwort.status_code == 422
    assert "inzwischen geändert" in antwort.content.decode()
    assert "Der Landrat" in antwort.content.decode()


def test_wrong_input_stays_at_its_field_and_in_the_example(client, erste):
    client.force_login(erste)
    antwort = client.post(reverse("behoerde_unterschrift"), REGEL | {"zusatz_leitung": "selbst"})
    assert antwort.status_code == 422
    assert list(antwort.context["form"].errors) == ["zusatz_leitung"]
    assert "<p>Die Landrätin</p><p>Im Auftrag</p>" in antwort.content.decode()


def test_the_example_follows_what_is_typed_and_escapes_it(client, erste):
    client.force_login(erste)
    frage = REGEL | {"amtsleitung": "<b>Chef</b>", "zusatz_fallmanagement": "nichts davon"}
    html = client.get(reverse("unterschrift_beispiel"), frage).content.decode()
    assert "<p>&lt;b&gt;Chef&lt;/b&gt;</p><p>In Vertretung</p>" in html
    assert "<p>&lt;b&gt;Chef&lt;/b&gt;</p><p>Im Auftrag</p>" in html
    assert Behoerde.objects.get().amtsleitung == ""
