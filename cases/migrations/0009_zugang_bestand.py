"""Carry over: protected cases protect their persons, and the second pair of eyes is checked.

Renewals of credentials that one person did alone before stay in the history as they were: the
constraint then holds for new rows only.
"""

from django.db import migrations

_VIER_AUGEN = """
DO $$
BEGIN
    ALTER TABLE cases_kontoaenderung VALIDATE CONSTRAINT kontoaenderung_vier_augen;
EXCEPTION WHEN check_violation THEN
    RAISE NOTICE 'Frühere Erneuerungen durch eine Person bleiben im Verlauf stehen.';
END $$;
"""


def protect_persons(apps, schema_editor):
    """Make the protection of cases a fact of their persons."""
    personenschutz = apps.get_model("cases", "Personenschutz")
    rows = apps.get_model("cases", "Case").objects.filter(geschuetzt=True)
    felder = ("leistungsberechtigte_person_id", "eroeffnet_am")
    # The earliest case of a person comes last and stays.
    seit = dict(rows.order_by("-eroeffnet_am").values_list(*felder))
    for person, tag in seit.items():
        personenschutz.objects.create(
            leistungsberechtigte_person_id=person,
            grund="sonstiger",
            begruendung="Der Fall war schon geschützt.",
            gueltig_ab=tag,
            state="bestaetigt",
        )


class Migration(migrations.Migration):

    dependencies = [("cases", "0008_zugang")]

    operations = [
        migrations.RunSQL(_VIER_AUGEN, migrations.RunSQL.noop),
        migrations.RunPython(protect_persons, migrations.RunPython.noop, elidable=True),
    ]
