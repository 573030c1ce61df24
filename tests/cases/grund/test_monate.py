"""The logs lie in months: made ahead, and a row without a month is kept and noticed."""

from __future__ import annotations

from datetime import UTC, datetime

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import Anmeldeereignis, Lesezugriff
from cases.queries.invarianten import broken_invariants
from cases.services.protokoll import check_logs, prepare_months, seal_logs
from tests import uhr
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db
TABELLEN = ("cases_lesezugriff", "cases_anmeldeereignis")
NEBEN = "Zeilen der Protokolle neben ihren Monaten"
FEHLT = "kommende Monate der Protokolle, die noch nicht angelegt sind"


def ask(frage, *werte):
    with connection.cursor() as cursor:
        cursor.execute(frage, werte)
        return cursor.fetchall()


def months(tabelle):
    return sorted(
        name
        for (name,) in ask(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = %s::regclass",
            tabelle,
        )
    )


def month_after(anzahl):
    (zeile,) = ask(
        "SELECT to_char(date_trunc('month', now() AT TIME ZONE 'UTC')"
        " + make_interval(months => %s), '_YYYY_MM')",
        anzahl,
    )
    return zeile[0]


@pytest.mark.parametrize("tabelle", TABELLEN)
def test_next_months_are_there(tabelle):
    assert {f"{tabelle}{month_after(1)}", f"{tabelle}{month_after(2)}", f"{tabelle}_sonst"} <= set(
        months(tabelle)
    )
    assert broken_invariants() == {}


@pytest.mark.parametrize("tabelle", TABELLEN)
def test_no_partition_is_open_to_the_program(tabelle):
    for teil in months(tabelle):
        (rechte,) = ask("SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE, TRUNCATE')", teil)
        assert rechte == (False,), teil
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ask(f"DELETE FROM {teil} RETURNING 1")


def test_row_of_today_lies_in_a_month_and_not_beside(fallmanager):
    row = Lesezugriff.objects.create(
        case=make_fall(fallmanager), user=fallmanager, route="x", als=""
    )
    ((teil,),) = ask("SELECT tableoid::regclass::text FROM cases_lesezugriff WHERE id = %s", row.pk)
    assert teil in set(months("cases_lesezugriff")) - {"cases_lesezugriff_sonst"}


def test_row_without_a_month_is_kept_noticed_and_moves_into_it(eigentuemer, fallmanager):
    """Somebody lets the months run out; nothing is lost, and the next run puts it right."""
    ziel = f"cases_anmeldeereignis{month_after(2)}"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TABLE {ziel}")
        cursor.execute(f"DROP TABLE cases_anmeldeereignis{month_after(1)}")
    assert broken_invariants()[FEHLT] == 1
    (zeile,) = ask("SELECT date_trunc('month', now()) + interval '2 months 3 days'")
    row = Anmeldeereignis.objects.create(user=fallmanager, art="angemeldet")
    with pgtrigger.ignore("cases.Anmeldeereignis:nur_anfuegen"):
        Anmeldeereignis.objects.filter(pk=row.pk).update(zeit=zeile[0])
    assert broken_invariants()[NEBEN] == 1
    connection.check_constraints()
    assert prepare_months() == 2
    assert broken_invariants() == {}
    ((teil,),) = ask(
        "SELECT tableoid::regclass::text FROM cases_anmeldeereignis WHERE id = %s", row.pk
    )
    assert teil == ziel
    assert prepare_months() == 0


def test_seals_cover_rows_of_every_part(eigentuemer, fallmanager):
    case = make_fall(fallmanager)
    alt = datetime(uhr.HEUTE.year - 2, 3, 4, 12, tzinfo=UTC)
    with pgtrigger.ignore("cases.Lesezugriff:nur_anfuegen"):
        row = Lesezugriff.objects.create(case=case, user=fallmanager, route="x", als="")
        Lesezugriff.objects.filter(pk=row.pk).update(zeit=alt)
        assert seal_logs(vor=uhr.HEUTE) == 1
        assert check_logs() == []
        Lesezugriff.objects.filter(pk=row.pk).update(route="y")
    assert [(b.zeile, b.art) for b in check_logs()] == [(row.pk, "verändert")]


def test_list_log_is_under_the_chain_too():
    from cases.services.protokoll import sealed_models

    namen = {model.__name__ for model in sealed_models()}
    assert {"Lesezugriff", "Listenabruf", "Anmeldeereignis", "Zugriffsverweigerung"} <= namen
