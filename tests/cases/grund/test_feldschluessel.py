"""A damaged text takes no page down, and no start goes on without the right keys."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.urls import reverse

from cases.crypto import VERLETZT, Verletzt, encrypt
from cases.fall.services.vermerk import Vermerkangaben, record_vermerk
from cases.models import Entwurf, Feldschluessel, Vermerk
from cases.services.entwurf import save_entwurf, take_entwurf
from cases.services.feldschluessel import encrypted_columns, faults_of_keys, keys_in_data
from cases.states.tafel import SchrittUnzulaessig
from config.produktion import refuse_start, refuse_wrong_keys
from tests import uhr
from tests.cases.unterlage.bausteine import make_unterlage
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db

NEU = "2027a:" + "3c" * 32
ANDERER = "dev:" + "77" * 32


@pytest.fixture
def vermerke(fallmanager):
    case = make_fall(fallmanager)
    rows = [
        record_vermerk(
            case=case,
            angaben=Vermerkangaben(
                art="telefonat", am=uhr.HEUTE, uhrzeit=None, beteiligte="", text=f"Gespräch {n}"
            ),
            by=fallmanager,
            zeitpunkt=uhr.JETZT,
        )
        for n in range(3)
    ]
    return case, rows


def damage(row: Vermerk, how: str) -> str:
    """Change what is stored, as a broken disk or a hand in the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM cases_vermerk WHERE id = %s", [row.pk])
        stored = cursor.fetchone()[0]
        broken = {
            "flipped": stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:],
            "cut": stored[: len(stored) // 2],
            "no base64": stored.partition(":")[0] + ":??? kein base64",
            "empty": stored.partition(":")[0] + ":",
            "no key": "weg:" + stored.partition(":")[2],
            "plain": "nie verschlüsselt",
        }[how]
        cursor.execute("UPDATE cases_vermerk SET text = %s WHERE id = %s", [broken, row.pk])
    return broken


@pytest.mark.parametrize("how", ["flipped", "cut", "no base64", "empty", "no key", "plain"])
def test_one_damaged_text_leaves_page_list_and_search_alive(
    client, fallmanager, vermerke, how, caplog
):
    case, rows = vermerke
    damage(rows[1], how)
    client.force_login(fallmanager)
    assert [v.text for v in Vermerk.objects.order_by("pk")] == [
        "Gespräch 0",
        VERLETZT,
        "Gespräch 2",
    ]
    for url in (
        reverse("fall_chronik", args=[case.pk]),
        reverse("fall_chronik", args=[case.pk]) + "?suche=Gespr%C3%A4ch",
        reverse("vermerk", args=[case.pk, rows[1].pk]),
        reverse("fall", args=[case.pk]),
    ):
        assert client.get(url, follow=True).status_code == 200, url
    page = client.get(reverse("vermerk", args=[case.pk, rows[1].pk])).content.decode()
    assert "Integrität verletzt" in page
    assert "Integrität verletzt" in caplog.text


def test_damaged_text_is_kept_as_it_is_and_never_stored_as_text(vermerke):
    _, rows = vermerke
    broken = damage(rows[0], "flipped")
    row = Vermerk.objects.get(pk=rows[0].pk)
    assert isinstance(row.text, Verletzt)
    row.beteiligte = "Frau Muster"
    row.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM cases_vermerk WHERE id = %s", [row.pk])
        assert cursor.fetchone()[0] == broken
    row.text = f"{VERLETZT} und mehr"
    with pytest.raises(SchrittUnzulaessig, match="beschädigten Text"):
        row.save()


def test_damaged_draft_is_no_draft(fallmanager):
    save_entwurf(user_id=fallmanager.pk, pfad="/x/", felder={"a": ["b"]})
    assert take_entwurf(user=fallmanager, pfad="/x/") is not None
    Entwurf.objects.update(daten=Verletzt("dev:AAAA"))
    assert take_entwurf(user=fallmanager, pfad="/x/") is None


def test_start_notes_its_key_once(settings):
    refuse_start()
    refuse_start()
    assert list(Feldschluessel.objects.values_list("kennung", flat=True)) == ["dev"]
    settings.FIELD_KEYS = [NEU, *settings.FIELD_KEYS]
    refuse_start()
    assert list(Feldschluessel.objects.values_list("kennung", flat=True)) == ["dev", "2027a"]


@pytest.mark.parametrize(
    ("keys", "satz"),
    [
        ([NEU], "„dev“ fehlt"),
        ([ANDERER], "„dev“ ist nicht der, mit dem verschlüsselt wurde"),
        ([NEU, ANDERER], "„dev“ ist nicht der"),
    ],
)
def test_start_without_the_right_key_is_refused_by_its_name(settings, keys, satz):
    refuse_wrong_keys()
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match=satz):
        refuse_wrong_keys()


def test_worker_with_a_wrong_key_ends_with_one_sentence(settings):
    """Celery only logs an exception of a handler and goes on; the worker has to end."""
    from celery.signals import worker_init

    refuse_wrong_keys()
    worker_init.send(sender=None)
    settings.FIELD_KEYS = [NEU]
    with pytest.raises(SystemExit, match=r"^Fallwerk: Der Feldschlüssel „dev“ fehlt"):
        worker_init.send(sender=None)


def test_keys_of_data_from_before_are_found_by_the_migration(settings, vermerke):
    from cases.services.feldschluessel import record_keys

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_vermerk SET text = 'alt:AAAA' WHERE id = %s", [vermerke[1][0].pk]
        )
    Feldschluessel.objects.all().delete()
    assert record_keys(aus_daten=True) == ["dev", "alt"]
    assert keys_in_data()["alt"] >= 1
    assert faults_of_keys() == ["Der Feldschlüssel „alt“ fehlt; Daten sind damit verschlüsselt"]
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, "alt:" + "11" * 32]
    assert faults_of_keys() == ["Der Feldschlüssel „alt“ öffnet keine seiner Daten"]
    Vermerk.objects.filter(pk=vermerke[1][0].pk).update(text="x")
    settings.FIELD_KEYS = settings.FIELD_KEYS[::-1]
    good = encrypt("wieder da", "vermerk.text")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_vermerk SET text = %s WHERE id = %s", [good, vermerke[1][0].pk]
        )
    assert faults_of_keys() == []
    assert Feldschluessel.objects.get(kennung="alt").zeuge


def test_every_encrypted_column_is_in_the_inventory():
    columns = {f"{m._meta.db_table}.{c}" for m, c, _ in encrypted_columns()}
    assert {"cases_vermerk.text", "cases_bankverbindungevent.iban"} <= columns
    assert len(columns) > 50


@pytest.mark.parametrize("rest", [b"\x00\x01", b"\xff\xfe:", b"", b":::"])
def test_key_of_a_file_is_found_before_any_bytes(fallmanager, rest):
    """A nonce is any twelve bytes, a zero among them."""
    unterlage = make_unterlage(make_fall(fallmanager), fallmanager)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_unterlagendatei DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE cases_unterlagendatei SET inhalt = %s WHERE unterlage_id = %s",
            [b"alt:" + rest, unterlage.pk],
        )
    assert keys_in_data()["alt"] == 1
