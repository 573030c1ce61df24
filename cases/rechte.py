"""Two roles of the database: the owner migrates, the program only works.

The role of the program has no DDL, switches no trigger off and cannot empty a table; what only
grows (read log, Chronik, change history, sent letters) it can neither change nor delete. The
rights follow from the triggers of the models, so a new table needs nothing here. They are given
after every `migrate`, which the owner runs.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connections, models
from psycopg import sql

# Only migrations write these.
_NUR_LESEN = {"django_migrations", "django_content_type", "auth_permission", "pghistory_context"}

# pgtrigger asks this before every trigger. As delivered, whoever sets a variable is let through;
# here only the owner of the function is, for nobody else may run in the owner's name.
_SCHALTER = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)
RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE genannt TEXT;
BEGIN
    genannt := current_setting('pgtrigger.ignore', TRUE);
    IF genannt IS NULL OR genannt = '' THEN RETURN FALSE; END IF;
    RETURN trigger_name = ANY(genannt::TEXT[]) AND pg_has_role(
        current_user, (SELECT proowner FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'
                       AND pronamespace = 'public'::regnamespace), 'MEMBER');
END $$
"""

# § 84 Abs. 2 SGB X: wrong data of an import go, also from the logs. Only for a case that an open
# line of an import names; every row that goes leaves its mark for the check of the chain.
_RUECKNAHME = """
CREATE OR REPLACE FUNCTION public.fallwerk_protokoll_zuruecknehmen(fall BIGINT)
RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE frueher TEXT := coalesce(current_setting('pgtrigger.ignore', TRUE), '');
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cases_importzeile WHERE case_id = fall) THEN
        RAISE EXCEPTION 'Fallwerk: nur ein übernommener Fall wird zurückgenommen';
    END IF;
    PERFORM set_config('pgtrigger.ignore', (
        SELECT array_agg(tgname::TEXT)::TEXT FROM pg_trigger
        WHERE tgname LIKE 'pgtrigger_nur_anfuegen_%'
          AND tgrelid IN ('cases_ereignis'::regclass, 'cases_lesezugriff'::regclass)
    ), TRUE);
    INSERT INTO cases_protokollluecke (tabelle, zeile, zeit, grund)
        SELECT 'cases_ereignis', id, now(), 'Übernahme zurückgenommen'
        FROM cases_ereignis WHERE case_id = fall
        UNION ALL
        SELECT 'cases_lesezugriff', id, now(), 'Übernahme zurückgenommen'
        FROM cases_lesezugriff WHERE case_id = fall;
    DELETE FROM cases_ereignis WHERE case_id = fall;
    DELETE FROM cases_lesezugriff WHERE case_id = fall;
    PERFORM set_config('pgtrigger.ignore', frueher, TRUE);
END $$
"""


# The months of the logs that come next. The program has no DDL: this it may ask for and no more.
# Rows that fell beside the months move into theirs. Whoever reads is never kept waiting: without
# the lock at once the function ends, and the next night tries again.
_MONATE = """
CREATE OR REPLACE FUNCTION public.fallwerk_monate_anlegen()
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' SET timezone = 'UTC' AS $$
DECLARE
    tabelle TEXT; monat TIMESTAMPTZ; ziel TEXT; neu INTEGER := 0;
    frueher TEXT := coalesce(current_setting('pgtrigger.ignore', TRUE), '');
BEGIN
    FOREACH tabelle IN ARRAY ARRAY['cases_lesezugriff', 'cases_anmeldeereignis'] LOOP
        FOR schritt IN 0..2 LOOP
            monat := date_trunc('month', now()) + make_interval(months => schritt);
            ziel := tabelle || to_char(monat, '_YYYY_MM');
            CONTINUE WHEN to_regclass('public.' || ziel) IS NOT NULL;
            BEGIN
                EXECUTE format(
                    'CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS'
                    ' INCLUDING CONSTRAINTS)', ziel, tabelle);
                PERFORM set_config('pgtrigger.ignore', (
                    SELECT array_agg(DISTINCT tgname::TEXT)::TEXT FROM pg_trigger
                    WHERE tgname LIKE 'pgtrigger_nur_anfuegen_%'), TRUE);
                EXECUTE format(
                    'WITH daneben AS (DELETE FROM public.%I WHERE zeit >= $1 AND zeit < $2'
                    ' RETURNING *) INSERT INTO public.%I SELECT * FROM daneben',
                    tabelle || '_sonst', ziel) USING monat, monat + interval '1 month';
                PERFORM set_config('pgtrigger.ignore', frueher, TRUE);
                EXECUTE format(
                    'ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                    tabelle, ziel, monat, monat + interval '1 month');
                neu := neu + 1;
            EXCEPTION WHEN invalid_object_definition THEN
                -- The months up to the change of the table lie in its first partition.
                NULL;
            END;
        END LOOP;
    END LOOP;
    RETURN neu;
EXCEPTION WHEN lock_not_available THEN
    RETURN neu;
END $$
"""


# For whom the connection of a web request works; empty in tasks and commands.
KONTO = "fallwerk.konto"
# A second net behind the conditions of the queries: what somebody has typed and not saved is seen
# by that person, and counted by whoever leads the team, whatever a query forgot to ask.
_NUR_EIGENE = """
    nullif(current_setting('fallwerk.konto', TRUE), '') IS NULL
    OR user_id = nullif(current_setting('fallwerk.konto', TRUE), '')::BIGINT
    OR EXISTS (
        SELECT 1 FROM cases_user_geleitete_teams l JOIN cases_user u ON u.team_id = l.team_id
        WHERE l.user_id = nullif(current_setting('fallwerk.konto', TRUE), '')::BIGINT
        AND u.id = {tabelle}.user_id)
"""
ZEILENRECHTE = ("cases_entwurf", "cases_formularvorgang")
# The same net under the files of protected persons: whoever has never had a ground to see the case
# reads none of them. Coarser than the queries, without a day: a ground that is over counts as well.
_MIT_GRUND = """
    nullif(current_setting('fallwerk.konto', TRUE), '') IS NULL OR EXISTS (
        SELECT 1 FROM cases_unterlage u JOIN cases_case c ON c.id = u.case_id,
            (SELECT nullif(current_setting('fallwerk.konto', TRUE), '')::BIGINT AS id) k
        WHERE u.id = {tabelle}.unterlage_id AND (
            NOT c.geschuetzt OR c.caseworker_id = k.id
            OR EXISTS (
                SELECT 1 FROM cases_notfallzugriff n WHERE n.case_id = c.id AND n.user_id = k.id)
            OR EXISTS (
                SELECT 1 FROM (
                    SELECT k.id AS id
                    UNION SELECT a.user_id FROM cases_abwesenheit a WHERE a.vertretung_id = k.id
                ) wer WHERE wer.id = c.caseworker_id
                OR EXISTS (
                    SELECT 1 FROM cases_zuweisung z WHERE z.case_id = c.id AND z.user_id = wer.id)
                OR EXISTS (
                    SELECT 1 FROM cases_user_geleitete_teams l
                    WHERE l.team_id = c.team_id AND l.user_id = wer.id))))
"""
GESCHUETZTE_DATEIEN = "cases_unterlagendatei"


@cache
def _refused_by_triggers() -> dict[str, set[str]]:
    """Return by table what a trigger refuses whatever the row says."""
    found: dict[str, set[str]] = {}
    for model, trigger in pgtrigger.registered():
        if isinstance(trigger, pgtrigger.Protect) and trigger.condition is None:
            verboten = found.setdefault(model._meta.db_table, set())
            verboten |= set(str(trigger.operation).split(" OR "))
    return found


def allowed_on(model: type[models.Model]) -> list[str]:
    """Return what the program may do with the rows of a table: all that no trigger refuses.

    Django deletes what hangs on a row before the row, also where nothing hangs on it: below a
    parent that may go, the right stays and only the trigger refuses.
    """
    if model._meta.db_table in _NUR_LESEN:
        return ["SELECT"]
    verboten = set(_refused_by_triggers().get(model._meta.db_table, ()))
    eltern = [
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    ]
    if any(each._meta.label != "cases.Case" and "DELETE" in allowed_on(each) for each in eltern):
        verboten.discard("DELETE")
    return ["SELECT", "INSERT", *(each for each in ("UPDATE", "DELETE") if each not in verboten)]


def work_for(user_id: int) -> None:
    """Tell the database for whom this connection works; for a request that nobody is logged in."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, FALSE)", [KONTO, str(user_id)])


def grant_rights(*, using: str, plan: object = None, **_: object) -> None:
    """Receive `post_migrate`: make the role of the program if need be and give it its rights.

    Whoever migrates without the right to make roles works with one role, as on a machine of a
    developer; the production refuses to start with that.
    """
    if plan is None:
        # `flush` sends the signal as well; it changes no table.
        return
    connection, role = connections[using], settings.DATENBANKROLLE
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if "cases_protokollluecke" not in tables:
            # Migrated to an earlier state only.
            return
        cursor.execute(_SCHALTER)
        cursor.execute(_RUECKNAHME)
        cursor.execute(_MONATE)
        cursor.execute("SELECT fallwerk_monate_anlegen()")
        if _make_role(cursor, role):
            statements = _statements(role, connection.settings_dict["NAME"], tables)
            cursor.execute(sql.SQL(";\n").join(statements))


def _make_role(cursor: Any, role: str) -> bool:
    """Say whether the role is there now; its password comes from the environment of `migrate`."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    known = cursor.fetchone() is not None
    cursor.execute(
        "SELECT current_user = %s, rolsuper OR rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user",
        [role],
    )
    is_own, may = cursor.fetchone()
    if is_own or not (known or may):
        return False
    name, password = sql.Identifier(role), os.environ.get("FALLWERK_DB_APP_PASSWORT", "")
    if not known:
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    if may and password:
        order = sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password))
        cursor.execute(order)
    return True


def _statements(role: str, database: str, tables: set[str]) -> list[sql.Composable]:
    name = sql.Identifier(role)
    found: list[sql.Composable] = [
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {}").format(name),
        sql.SQL("REVOKE CREATE, TEMPORARY ON DATABASE {} FROM PUBLIC, {}").format(
            sql.Identifier(database), name
        ),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), name),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {}").format(name),
        sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {}").format(name),
        sql.SQL("GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(name),
        # What the history notes about who acted is written by its own function only.
        sql.SQL("ALTER FUNCTION _pgh_attach_context() SECURITY DEFINER SET search_path = public"),
        sql.SQL("REVOKE ALL ON FUNCTION fallwerk_protokoll_zuruecknehmen(BIGINT) FROM PUBLIC"),
        sql.SQL("REVOKE ALL ON FUNCTION fallwerk_monate_anlegen() FROM PUBLIC"),
        sql.SQL("GRANT EXECUTE ON FUNCTION fallwerk_monate_anlegen() TO {}").format(name),
        sql.SQL("GRANT EXECUTE ON FUNCTION fallwerk_protokoll_zuruecknehmen(BIGINT) TO {}").format(
            name
        ),
    ]
    for tabelle in ZEILENRECHTE:
        names = {"tabelle": sql.Identifier(tabelle)}
        found += [
            sql.SQL("ALTER TABLE {tabelle} ENABLE ROW LEVEL SECURITY").format(**names),
            sql.SQL("DROP POLICY IF EXISTS nur_eigene ON {tabelle}").format(**names),
            sql.SQL(f"CREATE POLICY nur_eigene ON {{tabelle}} USING ({_NUR_EIGENE})").format(
                **names
            ),
        ]
    names = {"tabelle": sql.Identifier(GESCHUETZTE_DATEIEN)}
    found += [
        sql.SQL(statement).format(**names)
        for statement in (
            "ALTER TABLE {tabelle} ENABLE ROW LEVEL SECURITY",
            "DROP POLICY IF EXISTS mit_grund ON {tabelle}",
            "DROP POLICY IF EXISTS anlegen ON {tabelle}",
            f"CREATE POLICY mit_grund ON {{tabelle}} FOR SELECT USING ({_MIT_GRUND})",
            "CREATE POLICY anlegen ON {tabelle} FOR INSERT WITH CHECK (TRUE)",
        )
    ]
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in tables:
            rights = sql.SQL(", ").join(map(sql.SQL, allowed_on(model)))
            table = sql.Identifier(model._meta.db_table)
            found.append(sql.SQL("GRANT {} ON {} TO {}").format(rights, table, name))
    return found


def excess_of_role(using: str = "default") -> list[str]:
    """Return what the role of this connection may do and the program must not be able to."""
    frage = """
        SELECT rolsuper, rolcreaterole OR rolcreatedb OR rolbypassrls,
               has_schema_privilege('public', 'CREATE'),
               has_table_privilege('cases_lesezugriff', 'UPDATE, DELETE, TRUNCATE')
               OR has_table_privilege('cases_ereignis', 'UPDATE, DELETE, TRUNCATE')
        FROM pg_roles WHERE rolname = current_user
    """
    namen = (
        "ist Superuser",
        "darf Rollen oder Datenbanken anlegen",
        "darf Tabellen anlegen und ändern",
        "darf Protokolle ändern oder löschen",
    )
    with connections[using].cursor() as cursor:
        cursor.execute(frage)
        found = cursor.fetchone()
    return [name for name, is_so in zip(namen, found, strict=True) if is_so]
