"""The role of the program works and cannot do more; tried as that role."""

from __future__ import annotations

import os
from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

import pgtrigger
import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases import rechte
from cases.fall.services.notfallzugriff import open_notfallzugriff
from cases.models import (
    Abwesenheit,
    Case,
    Entwurf,
    Ereignis,
    Lesezugriff,
    Protokollsiegel,
    Unterlagendatei,
    Zuweisung,
)
from cases.services.entwurf import save_entwurf
from cases.services.protokoll import check_logs, seal_logs, sealed_models
from cases.states.rolle import Rolle
from tests import uhr
from tests.architektur.inhaltsakte import make_inhaltsakte
from tests.cases.unterlage.bausteine import make_unterlage
from tests.fabriken import make_fall, make_fallmanager, make_team, make_user

NUR_ANFUEGEN = [m for m in apps.get_models() if rechte.allowed_on(m) == ["SELECT", "INSERT"]]

# What whoever takes over the program could try with its connection.
VERSUCHE = [
    "UPDATE cases_lesezugriff SET route = 'x'",
    "DELETE FROM cases_lesezugriff",
    "TRUNCATE cases_lesezugriff CASCADE",
    "DELETE FROM cases_ereignis",
    "UPDATE cases_ereignis SET text = 'x'",
    "DELETE FROM cases_caseevent",
    "UPDATE pghistory_context SET metadata = '{}'",
    "INSERT INTO pghistory_context VALUES (gen_random_uuid(), now(), now(), '{}')",
    "DELETE FROM cases_schreibendatei",
    "DELETE FROM cases_protokollsiegel",
    "UPDATE cases_protokollsiegel SET siegel = ''",
    "ALTER TABLE cases_lesezugriff DISABLE TRIGGER USER",
    "ALTER TABLE cases_lesezugriff DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "DROP TABLE cases_lesezugriff",
    "ALTER TABLE cases_lesezugriff DROP COLUMN route",
    "CREATE TABLE public.neu (id int)",
    "CREATE TEMPORARY TABLE cases_fristaenderung (id int)",
    "CREATE SCHEMA neu",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)"
    " RETURNS BOOLEAN LANGUAGE sql AS 'SELECT true'",
    "ALTER TABLE cases_case OWNER TO CURRENT_USER",
    "GRANT fallwerk TO CURRENT_USER",
    "CREATE ROLE neu SUPERUSER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "COPY (SELECT 1) TO '/tmp/x'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT setval(pg_get_serial_sequence('cases_ereignis', 'id'), 1)",
    "DELETE FROM django_migrations",
    "SELECT fallwerk_protokoll_zuruecknehmen(0)",
]


@pytest.fixture
def programm(db, django_db_setup):
    """A connection of its own as the role of the program, as the web server opens it."""
    teile = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    url = f"postgresql://{settings.DATENBANKROLLE}@/{name}?{teile.query}"
    if teile.hostname:
        pytest.skip("Die Rolle des Programms hat auf einem fremden Server ein eigenes Kennwort.")
    with psycopg.connect(url, autocommit=True) as own:
        yield own


@pytest.mark.parametrize("versuch", VERSUCHE)
def test_program_is_refused(programm, versuch):
    with pytest.raises(psycopg.Error) as refusal:
        programm.execute(versuch)
    assert refusal.value.sqlstate in {"42501", "P0001"}, str(refusal.value)


def test_every_table_that_only_grows_is_closed(programm):
    assert len(NUR_ANFUEGEN) > 60
    offen = []
    for model in NUR_ANFUEGEN:
        row = programm.execute(
            "SELECT has_table_privilege(%s, 'INSERT') AND has_table_privilege(%s, 'SELECT'),"
            " has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES')",
            [model._meta.db_table] * 3,
        ).fetchone()
        if row != (True, False):
            offen.append(model._meta.db_table)
    assert offen == []


def test_no_table_can_be_emptied_or_owned(programm):
    rows = programm.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND (has_table_privilege(oid, 'TRUNCATE, TRIGGER')"
        " OR pg_has_role(relowner, 'MEMBER'))"
    ).fetchall()
    assert rows == []


@pytest.mark.django_db
def test_trigger_switch_of_the_library_does_nothing_for_the_program(fallmanager):
    case = make_fall(fallmanager)
    frist = case.fristen.first()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', array_agg(tgname::text)::text, true)"
            " FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%%'"
        )
    with pytest.raises(DatabaseError, match="wird nicht verschoben"), transaction.atomic():
        type(frist).objects.filter(pk=frist.pk).update(ende=frist.ende + timedelta(days=1))


@pytest.mark.django_db
def test_check_of_the_start_names_what_is_too_much(settings):
    assert rechte.excess_of_role() == []
    from config.produktion import refuse_powerful_role

    settings.PRODUCTION = True
    refuse_powerful_role()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    with pytest.raises(Exception, match=r"Superuser.*Protokolle"):
        refuse_powerful_role()


@pytest.fixture
def protokoll(eigentuemer, fallmanager):
    """A case with Chronik and readings of three days, sealed."""
    case = make_fall(fallmanager)
    with pgtrigger.ignore("cases.Ereignis:nur_anfuegen", "cases.Lesezugriff:nur_anfuegen"):
        for tage in (3, 2, 1):
            zeit = uhr.JETZT - timedelta(days=tage)
            for n in range(4):
                a = Ereignis.objects.create(case=case, am=zeit.date(), art="x", text=f"{tage}.{n}")
                b = Lesezugriff.objects.create(case=case, user=fallmanager, route=f"r{n}", als="x")
                type(a).objects.filter(pk=a.pk).update(zeit=zeit)
                type(b).objects.filter(pk=b.pk).update(zeit=zeit)
    assert seal_logs(vor=uhr.HEUTE) == 6
    assert seal_logs(vor=uhr.HEUTE) == 0
    assert check_logs() == []
    return case


def _as_superuser(*statements: tuple[str, list[object]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement, values in statements:
            cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_missing_changed_swapped_and_added_rows_are_named(protokoll):
    a, b, c, d, e = Ereignis.objects.filter(art="x").order_by("pk").values_list("pk", flat=True)[:5]
    _as_superuser(
        ("DELETE FROM cases_ereignis WHERE id = %s", [a]),
        ("UPDATE cases_ereignis SET text = 'gefälscht' WHERE id = %s", [b]),
        ("UPDATE cases_ereignis SET id = -1 WHERE id = %s", [c]),
        ("UPDATE cases_ereignis SET id = %s WHERE id = %s", [c, d]),
        ("UPDATE cases_ereignis SET id = %s WHERE id = -1", [d]),
        (
            "INSERT INTO cases_ereignis (case_id, am, zeit, art, text, gegenstand)"
            " SELECT case_id, am, zeit, art, 'erfunden', '' FROM cases_ereignis WHERE id = %s",
            [e],
        ),
    )
    neu = Ereignis.objects.get(text="erfunden").pk
    befunde = {(f.zeile, f.art) for f in check_logs()}
    assert befunde == {
        (a, "fehlt"),
        (b, "verändert"),
        (c, "verändert"),
        (d, "verändert"),
        (neu, "später eingefügt"),
    }
    out = StringIO()
    with pytest.raises(CommandError, match="5 Stellen"):
        call_command("protokoll", "pruefen", stdout=out)
    assert f"Zeile {a}: fehlt" in out.getvalue()


def test_removed_or_rewritten_seal_breaks_the_chain(protokoll):
    erstes = Protokollsiegel.objects.filter(tabelle="cases_lesezugriff").order_by("tag").first()
    _as_superuser(("DELETE FROM cases_protokollsiegel WHERE id = %s", [erstes.pk]))
    assert [str(f.art) for f in check_logs()] == ["passt nicht zur Kette"]
    zweites = Protokollsiegel.objects.filter(tabelle="cases_ereignis").order_by("tag").first()
    _as_superuser(
        ("UPDATE cases_protokollsiegel SET zeilen = '' WHERE id = %s", [zweites.pk]),
    )
    arten = {f.art for f in check_logs() if f.tabelle == "cases_ereignis"}
    assert arten == {"passt nicht zur Kette", "später eingefügt"}


def test_new_column_of_a_later_version_breaks_nothing(protokoll):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_lesezugriff ADD COLUMN neu text NOT NULL DEFAULT 'x'")
    assert check_logs() == []


def test_all_logs_are_sealed():
    assert {m.__name__ for m in sealed_models()} >= {
        "Ereignis",
        "Lesezugriff",
        "Schreiben",
        "Zugriffsverweigerung",
    }


@pytest.mark.django_db
def test_a_changed_letter_is_named_by_its_seal_and_a_new_key_breaks_none(eigentuemer):
    """The seal covers what is in clear: nobody exchanges the hash of a letter with its file."""
    [brief, *_] = make_inhaltsakte().case.schreiben_liste.order_by("pk")
    seal_logs(vor=uhr.HEUTE + timedelta(days=400))
    assert check_logs() == []
    _as_superuser(
        ("UPDATE cases_schreiben SET daten = daten || ' ' WHERE id = %s", [brief.pk]),
    )
    assert check_logs() == []
    _as_superuser(
        ("UPDATE cases_schreiben SET pdf_sha256 = repeat('0', 64) WHERE id = %s", [brief.pk]),
    )
    assert [(f.tabelle, f.zeile, f.art) for f in check_logs()] == [
        ("cases_schreiben", brief.pk, "verändert")
    ]


@pytest.mark.django_db
def test_rows_of_others_are_not_seen_whatever_a_query_asks(client, fallmanager, fremd_mit_entwurf):
    """The second net: no condition in the query, and still only the own draft."""
    client.force_login(fallmanager)
    client.get("/")
    save_entwurf(user_id=fallmanager.pk, pfad="/eigen/", felder={"a": ["b"]})
    assert [row.pfad for row in Entwurf.objects.all()] == ["/eigen/"]
    assert Entwurf.objects.filter(user=fremd_mit_entwurf).count() == 0
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Entwurf.objects.create(user=fremd_mit_entwurf, pfad="/fremd/2/", daten="x")
    client.force_login(fremd_mit_entwurf)
    client.get("/")
    assert [row.pfad for row in Entwurf.objects.all()] == ["/fremd/"]


@pytest.mark.django_db
def test_tasks_see_all_rows_and_leaders_those_of_their_team(
    client, fallmanager, leitung, fremd_mit_entwurf
):
    save_entwurf(user_id=fallmanager.pk, pfad="/eigen/", felder={"a": ["b"]})
    assert Entwurf.objects.count() == 2
    client.force_login(leitung)
    client.get("/")
    assert [row.pfad for row in Entwurf.objects.all()] == ["/eigen/"]


@pytest.mark.django_db
def test_files_of_protected_persons_are_read_with_a_ground_only(client, fallmanager, leitung):
    """No condition in the query: the database itself gives the bytes to nobody else."""
    offen, case = make_fall(fallmanager), make_fall(fallmanager)
    for each in (offen, case):
        make_unterlage(each, fallmanager)
    Case.objects.filter(pk=case.pk).update(geschuetzt=True)
    kollegin, vertretung = make_fallmanager("kollegin"), make_fallmanager("vertretung")
    zugewiesen, notfall = make_user("fach", Rolle.FACHDIENST), make_fallmanager("notfall")
    Zuweisung.objects.create(
        case=case,
        user=zugewiesen,
        rolle=Rolle.FACHDIENST,
        art="fachdienst",
        von=uhr.HEUTE,
        grund="Stellungnahme",
        zugewiesen_von=leitung,
    )
    Abwesenheit.objects.create(
        user=fallmanager,
        vertretung=vertretung,
        von=uhr.HEUTE,
        bis=uhr.HEUTE,
        eingetragen_von=fallmanager,
        geschuetzte=True,
    )
    open_notfallzugriff(
        aktenzeichen=case.aktenzeichen,
        grund="Polizei fragt nach der Betreuerin, Gefahr",
        by=notfall,
        zeitpunkt=uhr.JETZT,
    )
    sehen = {}
    for wer in (fallmanager, leitung, zugewiesen, vertretung, notfall, kollegin):
        client.force_login(wer)
        client.get(reverse("anmeldungen"))
        sehen[wer.username] = {
            row.unterlage.case_id for row in Unterlagendatei.objects.select_related("unterlage")
        }
    assert sehen.pop("kollegin") == {offen.pk}
    assert all(faelle == {offen.pk, case.pk} for faelle in sehen.values())
    with connection.cursor() as cursor:
        cursor.execute("RESET fallwerk.konto")
    assert Unterlagendatei.objects.count() == 2


@pytest.fixture
def fremd_mit_entwurf(behoerde):
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    save_entwurf(user_id=fremd.pk, pfad="/fremd/", felder={"text": ["vertraulich"]})
    return fremd


def test_row_security_holds_for_the_program_and_not_for_the_owner(programm):
    rows = programm.execute(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relname = ANY(%s) ORDER BY 1",
        [[*rechte.ZEILENRECHTE, rechte.GESCHUETZTE_DATEIEN]],
    ).fetchall()
    tabellen = sorted([*rechte.ZEILENRECHTE, rechte.GESCHUETZTE_DATEIEN])
    assert rows == [(name, True, False) for name in tabellen]
