"""The moment at which the tests run: one for the whole run, so that no test reads the clock.

`FALLWERK_TESTZEIT=2027-12-31T23:50 make test` (local time of the authority) runs all of them as of
another one. Without it the run has the moment below, a Monday morning without a holiday near by.
The clock goes on from there, as on a real day; a test that wants a certain moment sets its own.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
UEBLICH = "2026-11-23T10:00"
JETZT = datetime.fromisoformat(os.environ.get("FALLWERK_TESTZEIT", UEBLICH)).replace(tzinfo=ZONE)
HEUTE = JETZT.date()
# What PostgreSQL calls by these names stands before its own: its clock shows the same moment.
DATENBANK = """
CREATE SCHEMA IF NOT EXISTS testuhr;
CREATE OR REPLACE FUNCTION testuhr.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS 'SELECT pg_catalog.clock_timestamp() + interval ''{sekunden} seconds''';
CREATE OR REPLACE FUNCTION testuhr.now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT pg_catalog.now() + interval ''{sekunden} seconds''';
GRANT USAGE ON SCHEMA testuhr TO PUBLIC;
ALTER DATABASE "{datenbank}" SET search_path = testuhr, pg_catalog, public;
"""

# The months of the logs begin with that of the run, in whatever month the database was made.
MONATE = """
ALTER FUNCTION public.fallwerk_monate_anlegen()
    SET search_path = testuhr, pg_catalog, public, pg_temp;
DO $$
DECLARE
    tabelle TEXT; teil TEXT;
BEGIN
    FOREACH tabelle IN ARRAY ARRAY['cases_lesezugriff', 'cases_anmeldeereignis'] LOOP
        FOR teil IN
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = ('public.' || tabelle)::regclass AND c.relname ~ '_[0-9]+_[0-9]+$'
        LOOP
            EXECUTE format('DROP TABLE public.%I', teil);
        END LOOP;
        teil := tabelle || '_bestand';
        EXECUTE format('ALTER TABLE public.%I DETACH PARTITION public.%I', tabelle, teil);
        EXECUTE format(
            'ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (MINVALUE) TO (%L)',
            tabelle, teil, '{bis} 00:00:00+00');
    END LOOP;
END $$;
SELECT public.fallwerk_monate_anlegen();
"""


def set_datenbank(name: str, wirklich: datetime) -> str:
    """Return the SQL that puts the clock of a test database to the moment of the run."""
    sekunden = (JETZT - wirklich).total_seconds()
    return DATENBANK.format(sekunden=sekunden, datenbank=name)


def set_monate() -> str:
    """Return the SQL that lays the months of the logs as on the moment of the run, in UTC."""
    monat = JETZT.astimezone(UTC)
    jahr, nummer = divmod(monat.year * 12 + monat.month, 12)
    return MONATE.format(bis=f"{jahr:04}-{nummer + 1:02}-01")
