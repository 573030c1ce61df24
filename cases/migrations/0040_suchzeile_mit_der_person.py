"""A person that goes takes its row of the search along, in whatever order its facts went before."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

# Taking an address or account away writes the row anew, while its person is still there.
_ANLEGEN = """
CREATE FUNCTION suchzeile_fort() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM cases_suchzeile WHERE leistungsberechtigte_person_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER zz_suchzeile_fort BEFORE DELETE ON cases_leistungsberechtigteperson
    FOR EACH ROW EXECUTE FUNCTION suchzeile_fort();
"""
_ENTFERNEN = """
DROP TRIGGER zz_suchzeile_fort ON cases_leistungsberechtigteperson;
DROP FUNCTION suchzeile_fort();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0039_serienbriefansicht")]
    operations: ClassVar = [migrations.RunSQL(_ANLEGEN, _ENTFERNEN)]
