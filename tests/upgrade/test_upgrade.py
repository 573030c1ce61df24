"""A database with the data of an earlier version comes to the present one without loss."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from budget.bemessung.queries import recompute
from budget.models import Teilbudget
from cases.access import visible_to
from cases.models import Case, Schreibendatei, User
from cases.queries.geschichte import rows_beside_their_history
from recht.entscheidung import Zuordnung, decide_rolle
from tests import vorlage
from tests.upgrade import pruefung
from tools import einfrieren
from tools.bestand import GANZE_DATEIEN, WURZEL, address, scratch

_NAME = f"upgrade_{os.getpid()}"


@pytest.fixture(scope="module", params=pruefung.VERSIONEN)
def bestand(request):
    with scratch(os.environ["DATABASE_URL"], _NAME) as url:
        yield pruefung.restore(request.param, url)


@pytest.fixture(scope="module", params=pruefung.VERSIONEN)
def stand(request):
    """The stock after `migrate`, at rest: it is looked at and spoiled in copies."""
    made = pruefung.upgraded(request.param)
    with pruefung.copy_of(made, f"{_NAME}_stand") as name:
        yield replace(made, url=address(made.url, name))


@pytest.fixture(scope="module")
def upgraded(stand, django_db_blocker):
    """The upgraded stock with the program working on it."""
    with (
        pruefung.copy_of(stand, f"{_NAME}_neu") as name,
        django_db_blocker.unblock(),
        pruefung.program_on(name),
    ):
        yield stand


@pytest.fixture
def planted(stand, django_db_blocker, tmp_path, monkeypatch, settings):
    """Migrate a copy of the upgraded stock by one more migration, then look at it."""
    with pruefung.copy_of(stand, f"{_NAME}_plan") as name:

        def migrate(operation: str) -> pruefung.Bestand:
            settings.MIGRATION_MODULES = {"cases": _with_one_more(tmp_path, operation)}
            monkeypatch.syspath_prepend(tmp_path)
            call_command("migrate", verbosity=0)
            return stand

        with django_db_blocker.unblock(), pruefung.program_on(name):
            yield migrate


def _with_one_more(folder: Path, operation: str) -> str:
    """Copy the migrations of `cases` and put one behind them; return the name of the package."""
    package = folder / f"spaetere_{abs(hash(operation))}"
    package.mkdir()
    present = sorted((WURZEL / "cases" / "migrations").glob("*.py"))
    for path in present:
        (package / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (package / "9000_spaeter.py").write_text(
        "from django.db import migrations, models\n"
        "class Migration(migrations.Migration):\n"
        f"    dependencies = [('cases', {present[-2].stem!r})]\n"
        f"    operations = [{operation}]\n",
        encoding="utf-8",
    )
    return package.name


def _sql(statement: str) -> str:
    """A step that goes past the triggers which protect the rows."""
    free = "SET LOCAL session_replication_role"
    return f"migrations.RunSQL({f'{free} = replica; {statement}; {free} = origin'!r})"


def test_every_frozen_version_has_its_stock():
    assert sorted({each.version for each in einfrieren.entries()}) == pruefung.VERSIONEN


def test_a_stock_is_small_and_holds_most_tables(bestand):
    size = (pruefung.ORDNER / f"{bestand.version}.sql.gz").stat().st_size
    filled = [table for table, number in bestand.zeilen.items() if number]
    assert size < 1_000_000
    assert len(filled) > 120
    assert len(bestand.proben) > 5


def test_no_row_is_lost(upgraded):
    assert pruefung.losses(upgraded) == {}


def test_statements_of_carriers_are_found_again(upgraded):
    """They stood beside each Teilbudget; now the Zuständigkeit holds them, once per carrier."""
    fremde = Teilbudget.objects.filter(leistungstraeger__eigener=False).exclude(
        persoenliches_budget__state="beantragt"
    )
    assert fremde.count() > 2
    assert [t.pk for t in fremde if t.stellungnahme_vom is None] == []


def test_the_tables_are_those_of_a_new_database(stand):
    """An upgrade goes through all migrations, a new database through a shortened plan."""
    url = os.environ["DATABASE_URL"]
    new = pruefung.tables_of(address(url, vorlage.template(url)))
    assert sum(line.startswith("CREATE TABLE ") for line in new) > 150
    assert pruefung.tables_of(stand.url) == new


def test_every_trigger_is_there_in_its_last_form(upgraded):
    assert pruefung.missing_triggers() == []


def test_encrypted_text_is_read_as_it_was_written(upgraded):
    assert pruefung.changed_samples(upgraded) == []


def test_letters_still_match_their_hash(upgraded):
    whole = Schreibendatei.objects.select_related("schreiben").order_by("pk")[:GANZE_DATEIEN]
    assert len(whole) == GANZE_DATEIEN
    for datei in whole:
        digest = hashlib.sha256(bytes(datei.pdf)).hexdigest()
        assert digest == datei.schreiben.pdf_sha256


def test_no_migration_went_past_the_history(upgraded):
    """Else the check of the night would name every row that a migration has rewritten."""
    assert rows_beside_their_history() == {}


def test_teilbudgets_say_what_they_are_and_who_decides(upgraded):
    rows = list(
        Teilbudget.objects.select_related("leistung", "leistungstraeger", "persoenliches_budget")
    )
    assert rows
    for row in rows:
        assert row.katalogschluessel == row.leistung.katalogschluessel != ""
        traeger = row.leistungstraeger
        teil = Zuordnung(row.katalogschluessel, traeger.art, traeger.eigener)
        assert row.entscheidung == decide_rolle(teil, row.persoenliches_budget.beginn)
        assert recompute(row, row.persoenliches_budget.beginn) == row.betrag


def test_the_pages_of_a_case_open(upgraded):
    user = User.objects.get(username="leitung")
    cases = visible_to(user, upgraded.tag).order_by("pk")[:3]
    assert len(cases) == 3
    client = Client()
    client.force_login(user)
    for case in cases:
        page = client.get(reverse("fall", args=[case.pk]))
        assert page.status_code == 200
        assert case.aktenzeichen in page.content.decode()


def test_a_later_migration_that_adds_something_passes(planted):
    bestand = planted(
        "migrations.AddField('team', 'kostenstelle', models.CharField(default='', max_length=9))"
    )
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "cases_team")
    assert "kostenstelle" in {column.name for column in columns}
    assert pruefung.losses(bestand) == {}
    assert pruefung.missing_triggers() == []
    assert pruefung.changed_samples(bestand) == []


def test_a_later_migration_that_loses_rows_is_noticed(planted):
    bestand = planted(_sql("DELETE FROM cases_frist WHERE id = (SELECT min(id) FROM cases_frist)"))
    before = bestand.zeilen["cases_frist"]
    assert pruefung.losses(bestand) == {"cases_frist": (before, before - 1)}


def test_a_later_migration_that_drops_a_table_is_noticed(planted):
    bestand = planted("migrations.RunSQL('DROP TABLE cases_suchzeile CASCADE')")
    before = bestand.zeilen["cases_suchzeile"]
    assert pruefung.losses(bestand) == {"cases_suchzeile": (before, None)}


def test_a_later_migration_that_forgets_a_trigger_is_noticed(planted):
    model = Case._meta
    trigger = next(each for each in model.triggers if each.name == "update_update")
    planted(f"migrations.RunSQL('DROP TRIGGER {trigger.get_pgid(Case)} ON {model.db_table}')")
    assert pruefung.missing_triggers() == ["cases.Case.update_update"]


def test_a_later_migration_that_spoils_encrypted_text_is_noticed(planted):
    bestand = planted(_sql("UPDATE cases_bankverbindung SET iban = 'dev:' || repeat('A', 80)"))
    samples = bestand.proben["cases.Bankverbindung.iban"]
    assert pruefung.changed_samples(bestand) == [
        f"cases.Bankverbindung.iban {key}" for key in samples
    ]
