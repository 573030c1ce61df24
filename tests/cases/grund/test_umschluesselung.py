"""All data come under another key, however often the run is killed; then the old one is free."""

from __future__ import annotations

import importlib
import os
import secrets
import signal
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.crypto import encrypt
from cases.models import Feldschluessel, Schreibendatei, Vermerk
from cases.services.betrieb import scrub
from cases.services.feldschluessel import faults_of_keys, keys_in_data, record_keys
from cases.services.umschluesselung import give_up_keys, renew_all
from config.produktion import refuse_wrong_keys
from gesamtplan.models import Teilhabeziel
from tests.cases.grund.test_feldschluessel import vermerke  # noqa: F401 - a fixture
from tests.cases.unterlage.bausteine import make_unterlage
from tests.fabriken import make_fall
from tests.upgrade import pruefung
from tools.bestand import ANFANG, WURZEL, address, scratch

ALT = "dev:" + "5a" * 32
NEU = "2027a:" + "3c" * 32
#: How often the run is killed before one may end.
TODE = 4


@pytest.mark.django_db
def test_program_itself_cannot_renew(vermerke):  # noqa: F811
    with pytest.raises(CommandError, match="Eigentümer der Tabellen"):
        call_command("feldschluessel", "erneuern")


@pytest.mark.django_db
def test_renewing_says_the_same_and_leaves_no_trace(eigentuemer, fallmanager, vermerke, settings):  # noqa: F811
    _, rows = vermerke
    make_unterlage(make_fall(fallmanager), fallmanager)
    record_keys()
    settings.FIELD_KEYS = [NEU, ALT]
    record_keys()
    history = Vermerk.events.rel.related_model.objects.count()
    before = keys_in_data()
    assert set(before) == {"dev"}
    list(renew_all(zeilen=2, dateien=1))
    assert keys_in_data() == {"2027a": before["dev"]}
    assert Vermerk.events.rel.related_model.objects.count() == history
    assert give_up_keys() == ["dev"]
    settings.FIELD_KEYS = [NEU]
    assert Vermerk.objects.get(pk=rows[0].pk).text == "Gespräch 0"
    assert scrub() == {}
    refuse_wrong_keys()


@pytest.mark.django_db
def test_damaged_value_stays_and_keeps_its_key(eigentuemer, vermerke, settings, capsys):  # noqa: F811
    _, rows = vermerke
    record_keys()
    with connection.cursor() as cursor:
        # A broken disk tells no trigger: the history still has the whole text.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE cases_vermerk SET text = left(text, 40) WHERE id = %s", [rows[1].pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    settings.FIELD_KEYS = [NEU, ALT]
    with pytest.raises(CommandError, match="1 Werte lassen sich nicht lesen"):
        call_command("feldschluessel", "erneuern")
    assert keys_in_data()["dev"] == 1
    assert Feldschluessel.objects.filter(kennung="dev").exists()
    settings.FIELD_KEYS = [NEU]
    assert faults_of_keys() == ["Der Feldschlüssel „dev“ fehlt; Daten sind damit verschlüsselt"]


@pytest.mark.django_db
def test_second_factors_come_along(eigentuemer, fallmanager, settings):
    from allauth.mfa.models import Authenticator

    row = Authenticator.objects.create(
        user=fallmanager, type="totp", data={"secret": encrypt("GEHEIM", "mfa.geheimnis")}
    )
    settings.FIELD_KEYS = [NEU, ALT]
    list(renew_all())
    row.refresh_from_db()
    assert row.data["secret"].startswith("2027a/zugang:")
    assert "dev" not in keys_in_data()


@pytest.fixture(scope="module")
def bestand():
    """The stock of an earlier version, brought to the present one."""
    made = pruefung.upgraded(pruefung.VERSIONEN[-1])
    with pruefung.copy_of(made, f"schluessel_{os.getpid()}") as name:
        url = address(made.url, name)
        drop_cut_files(url)
        yield replace(made, url=url)


def drop_cut_files(url):
    """Take away the files of which the stock holds the beginning alone: no key opens them."""
    with psycopg.connect(url) as server:
        server.execute("SET LOCAL session_replication_role = replica")
        cut = "DELETE FROM cases_unterlagendatei WHERE octet_length(inhalt) = %s"
        assert server.execute(cut, [ANFANG]).rowcount > 0


def run(url, keys, *arguments, kill_after=None):
    """Run a command on the stock with these keys; kill it hard after so many lines."""
    env = {**os.environ, "DATABASE_URL": url, "FALLWERK_FELDSCHLUESSEL": keys}
    env["FALLWERK_MODUS"] = "demo"
    command = [sys.executable, "manage.py", *arguments]
    with subprocess.Popen(
        command, cwd=WURZEL, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        lines = []
        for line in child.stdout:
            lines.append(line)
            if kill_after is not None and len(lines) >= kill_after:
                child.send_signal(signal.SIGKILL)
                break
        child.wait()
    return child.returncode, "".join(lines)


def test_run_killed_at_any_point_goes_on_and_ends(bestand, django_db_blocker, settings):
    """Every value is read after each death; in the end with the new key alone."""
    beide = f"{NEU},{ALT}"
    tode = 0
    for _ in range(TODE):
        code, _ = run(
            bestand.url,
            beide,
            "feldschluessel",
            "erneuern",
            "--zeilen",
            "40",
            "--dateien",
            "3",
            kill_after=1 + secrets.randbelow(25),
        )
        tode += code == -signal.SIGKILL
        with django_db_blocker.unblock(), on(bestand), keys(settings, NEU, ALT):
            assert pruefung.changed_samples(bestand) == []
    assert tode >= TODE // 2, "Der Lauf war zu Ende, bevor er sterben konnte."
    code, text = run(bestand.url, beide, "feldschluessel", "erneuern")
    assert code == 0, text
    assert "„dev“ wird nicht mehr gebraucht" in text
    code, text = run(bestand.url, NEU, "feldschluessel", "zeigen")
    assert code == 0
    assert "„dev“" not in text
    with django_db_blocker.unblock(), on(bestand), keys(settings, NEU):
        assert pruefung.changed_samples(bestand) == []
        assert set(keys_in_data()) == {"2027a"}
        assert all(bytes(row.pdf) for row in Schreibendatei.objects.all())
        refuse_wrong_keys()
    with psycopg.connect(bestand.url) as server:
        text = server.execute("SELECT string_agg(daten, '') FROM cases_schreiben").fetchone()[0]
        assert "2027a/schreiben:" in text
        assert "dev" not in text.replace("2027a", "")[:40]


def name_of(bestand):
    return bestand.url.partition("?")[0].rpartition("/")[2]


def on(bestand):
    return pruefung.program_on(name_of(bestand))


class keys:
    """Let the program have these keys for the time of the block."""

    def __init__(self, settings, *entries):
        self.settings, self.entries = settings, list(entries)

    def __enter__(self):
        self.before, self.settings.FIELD_KEYS = self.settings.FIELD_KEYS, self.entries

    def __exit__(self, *_):
        self.settings.FIELD_KEYS = self.before


class Abbruch(Exception):
    """Stands for a death of `migrate` in the middle of its work."""


def test_migration_goes_on_after_any_slice(django_db_blocker, monkeypatch):
    """What an earlier version wrote in clear is encrypted once, however often that is ended."""
    schritt = importlib.import_module("budget.migrations.0009_verschluesselung_bestand")
    monkeypatch.setattr(schritt, "ZEILEN", 15)
    monkeypatch.setattr(schritt, "DATEIEN", 3)
    version = pruefung.VERSIONEN[-1]
    with scratch(os.environ["DATABASE_URL"], f"klartext_{os.getpid()}") as url:
        pruefung.restore(version, url)
        with psycopg.connect(url) as server:
            klar = dict(server.execute("SELECT id, text FROM gesamtplan_teilhabeziel").fetchall())
    made = pruefung.upgraded(version)
    with pruefung.copy_of(made, f"klartext_{os.getpid()}") as name:
        url = address(made.url, name)
        stock = replace(made, url=url)
        with psycopg.connect(url) as server:
            history = server.execute("SELECT count(*) FROM gesamtplan_teilhabezielevent").fetchone()
        assert len(klar) > 3
        with django_db_blocker.unblock(), pruefung.program_on(name_of(stock)):
            editor = SimpleNamespace(connection=connection)
            # Of its files the stock holds the beginning alone.
            beschnitten = scrub()
            # The program of today needs the tables of today: they hold again what was in clear.
            schritt.decrypt_all(None, editor)
            for bis in (1, 4, 9, 20):
                with connection.execute_wrapper(dies_after(bis)), pytest.raises(Abbruch):
                    schritt.encrypt_all(None, editor)
            schritt.encrypt_all(None, editor)
            ziele = Teilhabeziel.objects.in_bulk()
            assert {pk: ziel.text for pk, ziel in ziele.items()} == klar
            assert pruefung.changed_samples(stock) == []
            assert scrub() == beschnitten
            schritt.decrypt_all(None, editor)
        with psycopg.connect(url) as server:
            again = dict(server.execute("SELECT id, text FROM gesamtplan_teilhabeziel").fetchall())
            assert again == klar
            frage = "SELECT count(*) FROM gesamtplan_teilhabezielevent"
            assert server.execute(frage).fetchone() == history


def dies_after(updates):
    done = []

    def wrapper(execute, sql, params, many, context):
        if many and len(done) >= updates:
            raise Abbruch
        done.extend([1] if many else [])
        return execute(sql, params, many, context)

    return wrapper
