"""The roles are groups; they exist from the first migration on."""

from django.db import migrations

ROLLEN = [
    "Fallmanagement",
    "Sachgebietsleitung",
    "Fachdienst",
    "Kasse",
    "Revision",
    "Datenschutz",
    "Fachadministration",
]


def create_rollen(apps, schema_editor):
    """Create the groups that the access rules know."""
    group = apps.get_model("auth", "Group")
    for name in ROLLEN:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(create_rollen, migrations.RunPython.noop)]
