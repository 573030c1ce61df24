"""Every text of the models has its class, and what the class says is what the database holds."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models

from cases.chiffre import (
    decrypt,
    encrypt,
    feldklassen,
    fingerprint,
    fingerprints,
    head_of,
    key_of,
    klasse_of,
    writing_key,
)
from cases.crypto import EncryptedBinaryField, EncryptedField, Klartext
from cases.models import Unterlagendatei
from gesamtplan.models import Teilhabeziel
from tests.gesamtplan.bausteine import add_ziel, make_leeren_plan

TABELLE = feldklassen()
_TEXT = (models.TextField, models.CharField, models.JSONField, models.BinaryField, ArrayField)
RAT = (
    "{feld} steht in keiner Klasse. Bitte in cases/feldklassen.yaml eintragen; sagt der Text etwas "
    "über Gesundheit, Geld, Schutz oder Verlauf eines Menschen, als EncryptedTextField in eine "
    "verschlüsselte Klasse (der Kopf der Datei sagt, wie)."
)


def own_models():
    """Every model of the program but the histories, which copy the columns of theirs."""
    for label in ("cases", "gesamtplan", "budget"):
        for model in apps.get_app_config(label).get_models():
            if not hasattr(model, "pgh_tracked_model"):
                yield model


def is_encrypted(model, field):
    datei = model is Unterlagendatei and field.name == "inhalt"
    return datei or isinstance(field, EncryptedField | EncryptedBinaryField)


def text_fields():
    for model in own_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, _TEXT) and not field.choices:
                yield model, field


def test_every_text_has_its_class():
    fehlt, seen = [], 0
    for model, field in text_fields():
        seen += 1
        klasse = TABELLE["felder"].get(model._meta.label_lower, {}).get(field.name)
        if klasse not in TABELLE["klassen"]:
            fehlt.append(RAT.format(feld=f"{model._meta.label}.{field.name}"))
    assert fehlt == []
    assert seen > 250


def test_table_names_no_field_that_is_gone():
    there = {(m._meta.label_lower, f.name) for m, f in text_fields()}
    named = {(m, f) for m, felder in TABELLE["felder"].items() for f in felder}
    assert named - there == set()


def test_class_says_what_the_database_holds():
    falsch = []
    for model, field in text_fields():
        klasse = TABELLE["felder"][model._meta.label_lower][field.name]
        if TABELLE["klassen"][klasse]["verschluesselt"] != is_encrypted(model, field):
            falsch.append(f"{model._meta.label}.{field.name}: {klasse}")
        elif is_encrypted(model, field) and hasattr(field, "purpose"):
            assert klasse_of(field.purpose) == klasse, field
    assert falsch == []


def test_history_is_encrypted_like_its_model():
    seen = 0
    for model, field in text_fields():
        if not is_encrypted(model, field) or not hasattr(model, "events"):
            continue
        history = model.events.rel.related_model._meta
        # Some keep a field out of their history.
        for copy in (f for f in history.local_concrete_fields if f.name == field.name):
            assert type(copy) is type(field), field
            assert copy.purpose == field.purpose
            seen += 1
    assert seen > 50


def test_every_class_says_why():
    for name, angaben in TABELLE["klassen"].items():
        assert angaben["titel"], name
        assert len(angaben["grund"]) > 40, name
    assert set(TABELLE["zwecke"].values()) <= set(TABELLE["klassen"])


def test_each_class_has_a_key_of_its_own():
    gesundheit, konto = encrypt("x", "vermerk.text"), encrypt("x", "bankverbindung.iban")
    assert gesundheit.startswith("dev/gesundheit:")
    assert konto.startswith("dev/konto:")
    with pytest.raises(ValueError, match="verändert"):
        decrypt(konto.replace("/konto:", "/gesundheit:"), "bankverbindung.iban")


def test_class_may_bear_a_key_of_its_own(settings):
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, "tresor@konto:" + "77" * 32]
    assert writing_key("konto") == "tresor@konto"
    assert writing_key("gesundheit") == "dev"
    stored = encrypt("DE89", "bankverbindung.iban")
    assert stored.startswith(head_of("bankverbindung.iban"))
    assert key_of(stored.partition(":")[0]) == "tresor@konto"
    assert decrypt(stored, "bankverbindung.iban") == "DE89"


@pytest.mark.parametrize(
    ("keys", "satz"),
    [
        (["a@garten:" + "11" * 32, "b:" + "22" * 32], "unbekannte Klasse „garten“"),
        (["a@konto:" + "11" * 32], "fehlt ein Feldschlüssel ohne"),
    ],
)
def test_key_for_no_class_is_refused(settings, keys, satz):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match=satz):
        encrypt("x", "vermerk.text")


def test_values_from_before_the_classes_are_read(settings):
    from base64 import b64encode

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = bytes.fromhex(settings.FIELD_KEYS[0].partition(":")[2])
    sealed = AESGCM(raw).encrypt(b"0" * 12, b"von gestern", b"vermerk.text")
    stored = "dev:" + b64encode(b"0" * 12 + sealed).decode()
    assert decrypt(stored, "vermerk.text") == "von gestern"


def test_blind_index_compares_normal_forms(settings):
    zweck = "bankverbindung.iban"
    one = fingerprint("DE89 3704 0044 0532 0130 00", zweck)
    assert one == fingerprint("de89370400440532013000", zweck)
    assert one != fingerprint("DE89 3704 0044 0532 0130 01", zweck)
    assert one != fingerprint("DE89370400440532013000", "krankenversicherung.versichertennummer")
    assert "3704" not in one
    settings.FIELD_KEYS = ["neu:" + "44" * 32, *settings.FIELD_KEYS]
    assert one in fingerprints("DE89370400440532013000", zweck)


@pytest.mark.django_db
def test_database_holds_no_word_of_a_plan(plan):
    tabellen = {m._meta.db_table for m in own_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_type = 'BASE TABLE'"
        )
        alle = [row[0] for row in cursor.fetchall()]
        assert tabellen <= set(alle)
        gefunden = []
        for tabelle in alle:
            cursor.execute(
                f'SELECT count(*) FROM "{tabelle}" t WHERE t::text LIKE %s', ["%Kanarien%"]
            )
            if cursor.fetchone()[0]:
                gefunden.append(tabelle)
    assert gefunden == []
    assert Teilhabeziel.objects.filter(gesamtplan=plan).first().text.startswith("Kanarien")


@pytest.mark.django_db
def test_saved_unchanged_nothing_changes_in_the_database(plan):
    ziel = Teilhabeziel.objects.filter(gesamtplan=plan).first()
    before, history = stored(ziel), ziel.events.count()
    # What a form sends back is the same text, not the same object.
    ziel.text = "".join(list(ziel.text))
    ziel.save()
    assert stored(ziel) == before
    assert ziel.events.count() == history
    ziel.text = f"{ziel.text}, bis Ostern"
    ziel.save()
    assert stored(ziel) != before
    assert ziel.events.count() == history + 1
    again = Teilhabeziel.objects.get(pk=ziel.pk)
    assert isinstance(again.text, Klartext)
    assert again.text.endswith("bis Ostern")


@pytest.mark.django_db
def test_copy_into_a_new_row_is_encrypted_anew(plan):
    ziel = Teilhabeziel.objects.filter(gesamtplan=plan).first()
    before = stored(ziel)
    kopie = Teilhabeziel(
        gesamtplan=plan,
        nummer=ziel.nummer + 1,
        lebensbereich=ziel.lebensbereich,
        text=ziel.text,
        kriterium=ziel.kriterium,
        bis=ziel.bis,
    )
    kopie.save()
    assert stored(kopie) != before
    assert Teilhabeziel.objects.get(pk=kopie.pk).text == ziel.text


def stored(ziel):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM gesamtplan_teilhabeziel WHERE id = %s", [ziel.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def plan(fallmanager):
    """A plan with a goal whose text bears a word that stands nowhere else."""
    plan = make_leeren_plan(fallmanager)
    add_ziel(plan, fallmanager, text="Kanarienvogel selbst füttern")
    return plan
