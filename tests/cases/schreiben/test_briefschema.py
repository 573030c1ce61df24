"""What lies as JSON in every letter is described in one published schema, and keeps to it."""

from __future__ import annotations

import json
import os
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import get_template
from django.urls import reverse

from cases.registry.beitrag import registry
from cases.schreiben.satz.brief import json_of, render_brief
from tests.briefschema import DATEI, changed, errors_in, schema_of, text_of
from tests.cases.schreiben.bilder import with_bilder
from tests.cases.schreiben.briefproben import FASSUNGEN, in_large_print, letters
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def briefe(django_db_setup, django_db_blocker):
    """The letters of all templates; the rows they came from are taken back."""
    return letters(django_db_blocker)


# What stands in the head of some letters only: an office elsewhere, a representative, copies.
KOPF_MANCHER = {
    "dienststelle": {
        "name": "Außenstelle Nord",
        "strasse": "Nordring 7",
        "plz": "70998",
        "ort": "Nordau",
        "telefon": "07000 77-0",
        "sprechzeiten": "Mo bis Do 9-12 Uhr",
    },
    "vertretung": {
        "fuer": "Erika Łuczyńska",
        "geburtsdatum": "1985-04-17",
        "als": "rechtliche Betreuung",
    },
    "abdrucke": ["Kanzlei Recht"],
}


def of_kind(briefe) -> dict[str, list]:
    """Return the data of all samples by kind, as they are attached."""
    found: dict[str, list] = {}
    for art, daten in briefe.values():
        for fassung in (*FASSUNGEN.values(), in_large_print):
            found.setdefault(art, []).append(json.loads(json_of(fassung(daten))))
    # What only some authorities have in the head.
    art, daten = briefe["freies_schreiben"]
    found[art].append(json.loads(json_of(with_bilder(daten))))
    found[art].append(json.loads(json_of({**daten, "kopf": daten["kopf"] | KOPF_MANCHER})))
    return found


def test_the_published_schema_describes_the_letters_of_this_program(briefe):
    titel = {art.schluessel: art.titel for art in registry.schreibenarten.values()}
    neu = schema_of(of_kind(briefe), titel)
    if os.environ.get("FALLWERK_SCHEMA") == "schreiben":
        DATEI.write_text(text_of(neu))
    alt = json.loads(DATEI.read_text())
    assert list(changed(alt, neu)) == []
    assert text_of(alt) == text_of(neu)


def test_every_letter_keeps_to_the_schema_of_its_kind(briefe):
    schema = json.loads(DATEI.read_text())
    fehler = {
        f"{art}: {fund}"
        for art, proben in of_kind(briefe).items()
        for daten in proben
        for fund in errors_in(daten, schema["$defs"][art], schema)
    }
    assert fehler == set()
    vorlagen = {registry.schreibenarten[art].template for art in schema["$defs"] if art != "kopf"}
    assert len(vorlagen) >= 30


def test_nothing_in_the_head_is_left_undescribed():
    """An empty list or object among the samples would hide what lies in it."""
    kopf = json.loads(DATEI.read_text())["$defs"]["kopf"]
    leer = [
        name
        for name, feld in kopf["properties"].items()
        if (feld["type"] == "array" and "items" not in feld)
        or (feld["type"] == "object" and not feld["properties"])
    ]
    assert leer == []


def test_every_signature_names_its_addition(briefe):
    gezeichnet = {
        f"{art}: {name}": daten["unterzeichner"]
        for name, (art, daten) in briefe.items()
        if "unterzeichner" in daten
    }
    assert {tuple(sorted(von)) for von in gezeichnet.values()} == {
        ("funktion", "leitung", "name", "zusatz")
    }
    assert {von["zusatz"] for von in gezeichnet.values()} == {"Im Auftrag"}
    assert len(gezeichnet) >= 30
    ohne = {
        registry.schreibenarten[art].template
        for art, daten in briefe.values()
        if "unterzeichner" not in daten
    }
    for vorlage in ohne:
        # Signed by hand, or not a letter at all.
        assert "schreiben/unterschrift.html" not in get_template(vorlage).template.source


# Nobody signs them for the authority: the applicant or the person does.
_DIE_PERSON = {"antragsformular", "einwilligung_vordruck"}


def test_every_line_signed_by_hand_for_the_authority_names_its_addition(briefe):
    von = {}
    for name, (art, daten) in briefe.items():
        zeilen = daten.get("unterschriften", daten.get("parteien"))
        if zeilen and art not in _DIE_PERSON:
            von[name] = [zeile["von"] for zeile in zeilen if "von" in zeile]
            assert "siegel" not in daten["kopf"]["behoerde"], name
    assert {briefe[name][0] for name in von} == {
        "gesamtplan",
        "kuendigung_zielvereinbarung",
        "planvereinbarung",
        "zielvereinbarung",
    }
    for name, zeilen in von.items():
        assert [zeile["zusatz"] for zeile in zeilen] == ["Im Auftrag"], name


def test_what_lies_in_the_file_is_what_the_schema_describes(briefe):
    art, daten = next(brief for brief in briefe.values() if brief[0] == "freies_schreiben")
    pdf = render_brief(art=art, titel="Probe", daten=daten).pdf
    with pikepdf.open(BytesIO(pdf)) as datei:
        anlage = json.loads(datei.attachments[f"{art}.json"].get_file().read_bytes())
    schema = json.loads(DATEI.read_text())
    assert anlage == json.loads(json_of(daten))
    assert list(errors_in(anlage, schema["$defs"][art], schema)) == []


SCHEMA = {
    "$defs": {
        "kopf": {"type": "object", "properties": {"datum": {"type": "string"}}, "required": []},
    },
    "type": "object",
    "properties": {
        "kopf": {"$ref": "#/$defs/kopf"},
        "zeilen": {"type": "array", "items": {"type": "object", "properties": {}}},
        "betrag": {"anyOf": [{"type": "null"}, {"type": "string"}]},
    },
    "required": ["kopf"],
}


@pytest.mark.parametrize(
    ("wert", "fehler"),
    [
        ({"kopf": {"datum": "2026-11-20"}, "betrag": None}, []),
        ({}, ["$.kopf: fehlt"]),
        ({"kopf": {"datum": 3}}, ["$.kopf.datum: integer statt string"]),
        ({"kopf": {}, "neu": ""}, ["$.neu: steht nicht im Schema"]),
        ({"kopf": {}, "zeilen": [{"x": 1}]}, ["$.zeilen[0].x: steht nicht im Schema"]),
        ({"kopf": {}, "betrag": 3}, ["$.betrag: integer statt null"]),
    ],
)
def test_the_check_finds_what_is_wrong(wert, fehler):
    assert list(errors_in(wert, SCHEMA, SCHEMA)) == fehler


def test_a_field_that_goes_or_changes_needs_a_new_version():
    alt = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "array"}}}
    neu = {"type": "object", "properties": {"b": {"type": "string"}, "c": {"type": "string"}}}
    assert list(changed(alt, neu)) == ["$.a: entfallen", "$.b: string statt array"]
    assert list(changed(alt, alt)) == []


def test_the_list_of_letters_leads_to_the_schema(client, fallmanager):
    client.force_login(fallmanager)
    seite = client.get(reverse("fall_schreiben", args=[make_fall(fallmanager).pk]))
    assert "schreiben/daten-1.schema.json" in seite.content.decode()
