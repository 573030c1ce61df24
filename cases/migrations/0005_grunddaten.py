"""What every office starts with: the roles as groups, and one profile for the import of cases."""

from django.db import migrations

ROLLEN = [
    "Fallmanagement",
    "Sachgebietsleitung",
    "Fachdienst",
    "Kasse",
    "Revision",
    "Datenschutz",
    "Fachadministration",
    "Berechtigungsverwaltung",
]

# The headings of the table that Fallwerk offers for download, by the key of the field.
ZUORDNUNG = {
    "aktenzeichen": "Aktenzeichen",
    "anrede": "Anrede",
    "vorname": "Vorname",
    "nachname": "Nachname",
    "geburtsdatum": "Geburtsdatum",
    "zusatz": "Anschriftenzusatz",
    "strasse": "Straße und Hausnummer",
    "plz": "Postleitzahl",
    "ort": "Ort",
    "telefon": "Telefon",
    "email": "E-Mail",
    "iban": "IBAN",
    "kontoinhaber": "Kontoinhaber",
    "behinderungsart": "Behinderungsart",
    "fallmanagement": "Fallmanagement",
    "team": "Team",
    "zustand": "Zustand",
    "eroeffnet_am": "Eröffnet am",
    "antrag_am": "Antrag eingegangen am",
    "begehren": "Begehren",
    "budget": "Persönliches Budget",
    "beendet_am": "Beendet am",
    "wiedervorlage_am": "Wiedervorlage am",
    "wiedervorlage": "Wiedervorlage Anlass",
    "betrag": "Betrag monatlich",
}


def create_rollen(apps, schema_editor):
    """Create the groups that the access rules know."""
    group = apps.get_model("auth", "Group")
    for name in ROLLEN:
        group.objects.get_or_create(name=name)


def create_importprofil(apps, schema_editor):
    """Offer one profile from the start."""
    apps.get_model("cases", "Importprofil").objects.create(
        name="Vorlage von Fallwerk",
        herkunft="Tabelle nach der Vorlage, die Fallwerk zum Herunterladen anbietet",
        zuordnung=ZUORDNUNG,
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_suchzeile")]

    operations = [
        migrations.RunPython(create_rollen, migrations.RunPython.noop),
        migrations.RunPython(create_importprofil, migrations.RunPython.noop),
    ]
