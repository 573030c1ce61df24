import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cases.migrations import gebuendelt


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("cases", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="Bedarfsermittlung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="Datum des Gesprächs")),
                    ("instrument", models.CharField(max_length=100, verbose_name="Instrument")),
                    ("beteiligte", models.TextField(verbose_name="Beteiligte")),
                    ("ergebnis", models.TextField(blank=True, verbose_name="Zusammenfassung")),
                    (
                        "state",
                        models.CharField(
                            choices=[("entwurf", "in Arbeit"), ("abgeschlossen", "abgeschlossen")],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "abgeschlossen_am",
                        models.DateField(blank=True, null=True, verbose_name="abgeschlossen am"),
                    ),
                    (
                        "bearbeitet_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bearbeitete_bedarfsermittlungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="zuletzt bearbeitet von",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="bedarfsermittlungen",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bedarfsermittlungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="erstellt von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Bedarfsermittlung",
                    "verbose_name_plural": "Bedarfsermittlungen",
                    "ordering": ["-datum", "-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("state__in", ["entwurf", "abgeschlossen"])),
                            name="bedarfsermittlung_state_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "entwurf"),
                                ("abgeschlossen_am__isnull", False),
                                _connector="OR",
                            ),
                            name="bedarfsermittlung_abgeschlossen_mit_tag",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "entwurf")),
                            fields=("case",),
                            name="bedarfsermittlung_ein_entwurf_je_fall",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Bedarf",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "lebensbereich",
                        models.CharField(
                            choices=[
                                ("d1", "Lernen und Wissensanwendung"),
                                ("d2", "Allgemeine Aufgaben und Anforderungen"),
                                ("d3", "Kommunikation"),
                                ("d4", "Mobilität"),
                                ("d5", "Selbstversorgung"),
                                ("d6", "Häusliches Leben"),
                                ("d7", "Interpersonelle Interaktionen und Beziehungen"),
                                ("d8", "Bedeutende Lebensbereiche"),
                                ("d9", "Gemeinschafts-, soziales und staatsbürgerliches Leben"),
                            ],
                            max_length=2,
                            verbose_name="Lebensbereich",
                        ),
                    ),
                    (
                        "beeintraechtigung",
                        models.TextField(
                            blank=True, verbose_name="Beeinträchtigung von Aktivität und Teilhabe"
                        ),
                    ),
                    (
                        "ressourcen",
                        models.TextField(blank=True, verbose_name="Ressourcen und Förderfaktoren"),
                    ),
                    ("wunsch", models.TextField(blank=True, verbose_name="Wunsch der Person")),
                    ("bedarf", models.TextField(blank=True, verbose_name="Bedarf")),
                    (
                        "bedarfsermittlung",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="bedarfe",
                            to="gesamtplan.bedarfsermittlung",
                            verbose_name="Bedarfsermittlung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Bedarf",
                    "verbose_name_plural": "Bedarfe",
                    "ordering": ["lebensbereich"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "lebensbereich__in",
                                    ["d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9"],
                                )
                            ),
                            name="bedarf_lebensbereich_gueltig",
                        ),
                        models.UniqueConstraint(
                            fields=("bedarfsermittlung", "lebensbereich"),
                            name="bedarf_je_lebensbereich",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BedarfEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "lebensbereich",
                        models.CharField(
                            choices=[
                                ("d1", "Lernen und Wissensanwendung"),
                                ("d2", "Allgemeine Aufgaben und Anforderungen"),
                                ("d3", "Kommunikation"),
                                ("d4", "Mobilität"),
                                ("d5", "Selbstversorgung"),
                                ("d6", "Häusliches Leben"),
                                ("d7", "Interpersonelle Interaktionen und Beziehungen"),
                                ("d8", "Bedeutende Lebensbereiche"),
                                ("d9", "Gemeinschafts-, soziales und staatsbürgerliches Leben"),
                            ],
                            max_length=2,
                            verbose_name="Lebensbereich",
                        ),
                    ),
                    (
                        "beeintraechtigung",
                        models.TextField(
                            blank=True, verbose_name="Beeinträchtigung von Aktivität und Teilhabe"
                        ),
                    ),
                    (
                        "ressourcen",
                        models.TextField(blank=True, verbose_name="Ressourcen und Förderfaktoren"),
                    ),
                    ("wunsch", models.TextField(blank=True, verbose_name="Wunsch der Person")),
                    ("bedarf", models.TextField(blank=True, verbose_name="Bedarf")),
                    (
                        "pgh_context",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="pghistory.context",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="gesamtplan.bedarf",
                        ),
                    ),
                    (
                        "bedarfsermittlung",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.bedarfsermittlung",
                            verbose_name="Bedarfsermittlung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="BedarfsermittlungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("datum", models.DateField(verbose_name="Datum des Gesprächs")),
                    ("instrument", models.CharField(max_length=100, verbose_name="Instrument")),
                    ("beteiligte", models.TextField(verbose_name="Beteiligte")),
                    ("ergebnis", models.TextField(blank=True, verbose_name="Zusammenfassung")),
                    (
                        "state",
                        models.CharField(
                            choices=[("entwurf", "in Arbeit"), ("abgeschlossen", "abgeschlossen")],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "abgeschlossen_am",
                        models.DateField(blank=True, null=True, verbose_name="abgeschlossen am"),
                    ),
                    (
                        "bearbeitet_von",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="zuletzt bearbeitet von",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="erstellt von",
                        ),
                    ),
                    (
                        "pgh_context",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="pghistory.context",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="gesamtplan.bedarfsermittlung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Gesamtplan",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                    ("anlass", models.CharField(max_length=200, verbose_name="Anlass")),
                    ("datum", models.DateField(verbose_name="Datum des Plans")),
                    (
                        "ueberpruefung_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Überprüfung spätestens am"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "Entwurf"),
                                ("vorgelegt", "zur Freigabe vorgelegt"),
                                ("freigegeben", "freigegeben"),
                            ],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "vorgelegt_am",
                        models.DateField(blank=True, null=True, verbose_name="vorgelegt am"),
                    ),
                    (
                        "rueckgabe_grund",
                        models.TextField(blank=True, verbose_name="Grund der Rückgabe"),
                    ),
                    (
                        "freigegeben_am",
                        models.DateField(blank=True, null=True, verbose_name="freigegeben am"),
                    ),
                    (
                        "bearbeitet_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bearbeitete_gesamtplaene",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="zuletzt bearbeitet von",
                        ),
                    ),
                    (
                        "bedarfsermittlung",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="gesamtplaene",
                            to="gesamtplan.bedarfsermittlung",
                            verbose_name="Bedarfsermittlung",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="gesamtplaene",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="gesamtplaene",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="erstellt von",
                        ),
                    ),
                    (
                        "freigegeben_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="freigegebene_gesamtplaene",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="freigegeben von",
                        ),
                    ),
                    (
                        "schreiben",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="gesamtplan",
                            to="cases.schreiben",
                            verbose_name="Schreiben",
                        ),
                    ),
                    (
                        "vorgaenger",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="nachfolger",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Vorgängerfassung",
                        ),
                    ),
                    (
                        "vorgelegt_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="vorgelegte_gesamtplaene",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vorgelegt von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Gesamtplan",
                    "verbose_name_plural": "Gesamtpläne",
                    "ordering": ["-version"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["entwurf", "vorgelegt", "freigegeben"])
                            ),
                            name="gesamtplan_state_gueltig",
                        ),
                        models.UniqueConstraint(
                            fields=("case", "version"), name="gesamtplan_version_je_fall"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("entwurf", "vorgelegt"))),
                            fields=("case",),
                            name="gesamtplan_ein_entwurf_je_fall",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("freigegeben_von__isnull", True),
                                models.Q(
                                    models.Q(
                                        ("freigegeben_von", models.F("erstellt_von")), _negated=True
                                    ),
                                    models.Q(
                                        ("freigegeben_von", models.F("bearbeitet_von")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("freigegeben_von", models.F("vorgelegt_von")),
                                        _negated=True,
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="gesamtplan_vier_augen",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "entwurf"),
                                models.Q(
                                    ("vorgelegt_am__isnull", False),
                                    ("vorgelegt_von__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="gesamtplan_vorgelegt_vollstaendig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ueberpruefung_am__isnull", True),
                                ("ueberpruefung_am__gte", models.F("datum")),
                                _connector="OR",
                            ),
                            name="gesamtplan_ueberpruefung_nach_datum",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "freigegeben"), _negated=True),
                                models.Q(
                                    ("freigegeben_am__isnull", False),
                                    ("freigegeben_von__isnull", False),
                                    ("schreiben__isnull", False),
                                    ("ueberpruefung_am__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="gesamtplan_freigabe_vollstaendig",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="GesamtplanEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                    ("anlass", models.CharField(max_length=200, verbose_name="Anlass")),
                    ("datum", models.DateField(verbose_name="Datum des Plans")),
                    (
                        "ueberpruefung_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Überprüfung spätestens am"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "Entwurf"),
                                ("vorgelegt", "zur Freigabe vorgelegt"),
                                ("freigegeben", "freigegeben"),
                            ],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "vorgelegt_am",
                        models.DateField(blank=True, null=True, verbose_name="vorgelegt am"),
                    ),
                    (
                        "rueckgabe_grund",
                        models.TextField(blank=True, verbose_name="Grund der Rückgabe"),
                    ),
                    (
                        "freigegeben_am",
                        models.DateField(blank=True, null=True, verbose_name="freigegeben am"),
                    ),
                    (
                        "bearbeitet_von",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="zuletzt bearbeitet von",
                        ),
                    ),
                    (
                        "bedarfsermittlung",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.bedarfsermittlung",
                            verbose_name="Bedarfsermittlung",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="erstellt von",
                        ),
                    ),
                    (
                        "freigegeben_von",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="freigegeben von",
                        ),
                    ),
                    (
                        "pgh_context",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="pghistory.context",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="gesamtplan.gesamtplan",
                        ),
                    ),
                    (
                        "schreiben",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.schreiben",
                            verbose_name="Schreiben",
                        ),
                    ),
                    (
                        "vorgaenger",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Vorgängerfassung",
                        ),
                    ),
                    (
                        "vorgelegt_von",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vorgelegt von",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Planinhalt",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("schluessel", models.CharField(max_length=60, verbose_name="Inhalt")),
                    ("text", models.TextField(blank=True, verbose_name="Text")),
                    (
                        "gesamtplan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="planinhalte",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Gesamtplan",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Planinhalt",
                    "verbose_name_plural": "Planinhalte",
                    "ordering": ["id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("gesamtplan", "schluessel"), name="planinhalt_einmal"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlaninhaltEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("schluessel", models.CharField(max_length=60, verbose_name="Inhalt")),
                    ("text", models.TextField(blank=True, verbose_name="Text")),
                    (
                        "gesamtplan",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Gesamtplan",
                        ),
                    ),
                    (
                        "pgh_context",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="pghistory.context",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="gesamtplan.planinhalt",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Teilhabeziel",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("kennung", models.UUIDField(default=uuid.uuid4, verbose_name="Kennung")),
                    ("nummer", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                    (
                        "lebensbereich",
                        models.CharField(
                            choices=[
                                ("d1", "Lernen und Wissensanwendung"),
                                ("d2", "Allgemeine Aufgaben und Anforderungen"),
                                ("d3", "Kommunikation"),
                                ("d4", "Mobilität"),
                                ("d5", "Selbstversorgung"),
                                ("d6", "Häusliches Leben"),
                                ("d7", "Interpersonelle Interaktionen und Beziehungen"),
                                ("d8", "Bedeutende Lebensbereiche"),
                                ("d9", "Gemeinschafts-, soziales und staatsbürgerliches Leben"),
                            ],
                            max_length=2,
                            verbose_name="Lebensbereich",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="Ziel")),
                    (
                        "kriterium",
                        models.TextField(
                            verbose_name="Woran ist zu erkennen, dass das Ziel erreicht ist?"
                        ),
                    ),
                    ("bis", models.DateField(verbose_name="bis")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("offen", "offen"),
                                ("teilweise", "teilweise erreicht"),
                                ("erreicht", "erreicht"),
                                ("nicht_erreicht", "nicht erreicht"),
                                ("entfallen", "nicht mehr relevant"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Stand",
                        ),
                    ),
                    (
                        "gesamtplan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="teilhabeziele",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Gesamtplan",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Teilhabeziel",
                    "verbose_name_plural": "Teilhabeziele",
                    "ordering": ["nummer"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "lebensbereich__in",
                                    ["d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9"],
                                )
                            ),
                            name="teilhabeziel_lebensbereich_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "status__in",
                                    [
                                        "offen",
                                        "teilweise",
                                        "erreicht",
                                        "nicht_erreicht",
                                        "entfallen",
                                    ],
                                )
                            ),
                            name="teilhabeziel_status_gueltig",
                        ),
                        models.UniqueConstraint(
                            fields=("gesamtplan", "nummer"), name="teilhabeziel_nummer"
                        ),
                        models.UniqueConstraint(
                            fields=("gesamtplan", "kennung"), name="teilhabeziel_kennung"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Leistung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("kennung", models.UUIDField(default=uuid.uuid4, verbose_name="Kennung")),
                    ("bezeichnung", models.CharField(max_length=200, verbose_name="Leistung")),
                    ("norm", models.CharField(max_length=200, verbose_name="Rechtsgrundlage")),
                    (
                        "leistungsform",
                        models.CharField(
                            choices=[
                                ("sachleistung", "Sachleistung"),
                                ("dienstleistung", "Dienstleistung"),
                                ("geldleistung", "Geldleistung"),
                                ("pauschale_geldleistung", "pauschale Geldleistung"),
                                ("persoenliches_budget", "Persönliches Budget"),
                            ],
                            max_length=30,
                            verbose_name="Form",
                        ),
                    ),
                    ("umfang", models.CharField(max_length=500, verbose_name="Art und Umfang")),
                    ("beginn", models.DateField(verbose_name="Beginn")),
                    ("ende", models.DateField(blank=True, null=True, verbose_name="Ende")),
                    (
                        "ergaenzend",
                        models.BooleanField(
                            default=False,
                            help_text="Sie tritt zum Persönlichen Budget hinzu, ist aber selbst nicht budgetfähig.",
                            verbose_name="ergänzende Leistung",
                        ),
                    ),
                    (
                        "gesamtplan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="leistungen",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Gesamtplan",
                        ),
                    ),
                    (
                        "leistungstraeger",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="leistungen",
                            to="cases.leistungstraeger",
                            verbose_name="Leistungsträger",
                        ),
                    ),
                    (
                        "teilhabeziel",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="leistungen",
                            to="gesamtplan.teilhabeziel",
                            verbose_name="dient dem Ziel",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Leistung",
                    "verbose_name_plural": "Leistungen",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "leistungsform__in",
                                    [
                                        "sachleistung",
                                        "dienstleistung",
                                        "geldleistung",
                                        "pauschale_geldleistung",
                                        "persoenliches_budget",
                                    ],
                                )
                            ),
                            name="leistung_leistungsform_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ende__isnull", True),
                                ("ende__gte", models.F("beginn")),
                                _connector="OR",
                            ),
                            name="leistung_ende_nach_beginn",
                        ),
                        models.UniqueConstraint(
                            fields=("gesamtplan", "kennung"), name="leistung_kennung"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LeistungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("kennung", models.UUIDField(default=uuid.uuid4, verbose_name="Kennung")),
                    ("bezeichnung", models.CharField(max_length=200, verbose_name="Leistung")),
                    ("norm", models.CharField(max_length=200, verbose_name="Rechtsgrundlage")),
                    (
                        "leistungsform",
                        models.CharField(
                            choices=[
                                ("sachleistung", "Sachleistung"),
                                ("dienstleistung", "Dienstleistung"),
                                ("geldleistung", "Geldleistung"),
                                ("pauschale_geldleistung", "pauschale Geldleistung"),
                                ("persoenliches_budget", "Persönliches Budget"),
                            ],
                            max_length=30,
                            verbose_name="Form",
                        ),
                    ),
                    ("umfang", models.CharField(max_length=500, verbose_name="Art und Umfang")),
                    ("beginn", models.DateField(verbose_name="Beginn")),
                    ("ende", models.DateField(blank=True, null=True, verbose_name="Ende")),
                    (
                        "ergaenzend",
                        models.BooleanField(
                            default=False,
                            help_text="Sie tritt zum Persönlichen Budget hinzu, ist aber selbst nicht budgetfähig.",
                            verbose_name="ergänzende Leistung",
                        ),
                    ),
                    (
                        "gesamtplan",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Gesamtplan",
                        ),
                    ),
                    (
                        "leistungstraeger",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.leistungstraeger",
                            verbose_name="Leistungsträger",
                        ),
                    ),
                    (
                        "pgh_context",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="pghistory.context",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="gesamtplan.leistung",
                        ),
                    ),
                    (
                        "teilhabeziel",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.teilhabeziel",
                            verbose_name="dient dem Ziel",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="TeilhabezielEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("kennung", models.UUIDField(default=uuid.uuid4, verbose_name="Kennung")),
                    ("nummer", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                    (
                        "lebensbereich",
                        models.CharField(
                            choices=[
                                ("d1", "Lernen und Wissensanwendung"),
                                ("d2", "Allgemeine Aufgaben und Anforderungen"),
                                ("d3", "Kommunikation"),
                                ("d4", "Mobilität"),
                                ("d5", "Selbstversorgung"),
                                ("d6", "Häusliches Leben"),
                                ("d7", "Interpersonelle Interaktionen und Beziehungen"),
                                ("d8", "Bedeutende Lebensbereiche"),
                                ("d9", "Gemeinschafts-, soziales und staatsbürgerliches Leben"),
                            ],
                            max_length=2,
                            verbose_name="Lebensbereich",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="Ziel")),
                    (
                        "kriterium",
                        models.TextField(
                            verbose_name="Woran ist zu erkennen, dass das Ziel erreicht ist?"
                        ),
                    ),
                    ("bis", models.DateField(verbose_name="bis")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("offen", "offen"),
                                ("teilweise", "teilweise erreicht"),
                                ("erreicht", "erreicht"),
                                ("nicht_erreicht", "nicht erreicht"),
                                ("entfallen", "nicht mehr relevant"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Stand",
                        ),
                    ),
                    (
                        "gesamtplan",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Gesamtplan",
                        ),
                    ),
                    (
                        "pgh_context",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="pghistory.context",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="gesamtplan.teilhabeziel",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarfsermittlung",
                trigger=pgtrigger.compiler.Trigger(
                    name="abgeschlossen_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.\"state\" = 'abgeschlossen')",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="afb38bd6b8bb5ab87d6f82c8c472232c0157a625",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_abgeschlossen_fest_f8c2d",
                        table="gesamtplan_bedarfsermittlung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarfsermittlung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="07760abb6cf18193f306cab8daf29a7b9c22710e",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_3d87d",
                        table="gesamtplan_bedarfsermittlung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarfsermittlung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "gesamtplan_bedarfsermittlungevent" ("abgeschlossen_am", "bearbeitet_von_id", "beteiligte", "case_id", "datum", "ergebnis", "erstellt_von_id", "id", "instrument", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."abgeschlossen_am", NEW."bearbeitet_von_id", NEW."beteiligte", NEW."case_id", NEW."datum", NEW."ergebnis", NEW."erstellt_von_id", NEW."id", NEW."instrument", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                        hash="33db5424b78b0b09628580d6403a6c64663b102b",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_f9304",
                        table="gesamtplan_bedarfsermittlung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarfsermittlung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "gesamtplan_bedarfsermittlungevent" ("abgeschlossen_am", "bearbeitet_von_id", "beteiligte", "case_id", "datum", "ergebnis", "erstellt_von_id", "id", "instrument", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."abgeschlossen_am", NEW."bearbeitet_von_id", NEW."beteiligte", NEW."case_id", NEW."datum", NEW."ergebnis", NEW."erstellt_von_id", NEW."id", NEW."instrument", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                        hash="c4a85939c4d26dc739300f24f35ac54c217a0f75",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_8b425",
                        table="gesamtplan_bedarfsermittlung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarfevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="0d4cea9f812c9c7bf1fe01d711637d895dc2e95f",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_0092f",
                        table="gesamtplan_bedarfevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarf",
                trigger=pgtrigger.compiler.Trigger(
                    name="mit_eltern_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE eltern_zustand TEXT;",
                        func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO eltern_zustand FROM gesamtplan_bedarfsermittlung WHERE id = OLD.bedarfsermittlung_id;\n                IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                    RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            SELECT state INTO eltern_zustand FROM gesamtplan_bedarfsermittlung WHERE id = NEW.bedarfsermittlung_id;\n            IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="d1a2ede9f270a6187b03b0639ef086cb3f2956a1",
                        operation="INSERT OR UPDATE OR DELETE",
                        pgid="pgtrigger_mit_eltern_fest_b9901",
                        table="gesamtplan_bedarf",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarf",
                trigger=pgtrigger.compiler.Trigger(
                    name="bleibt_bei_eltern",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."bedarfsermittlung_id" IS DISTINCT FROM (NEW."bedarfsermittlung_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="ed41fe92fa6605156b6534511c723e093956b755",
                        operation="UPDATE",
                        pgid="pgtrigger_bleibt_bei_eltern_820dc",
                        table="gesamtplan_bedarf",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarf",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="60cc913daef372fbf5818e48067dc1dd472006d8",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_c0ae8",
                        table="gesamtplan_bedarf",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarf",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "gesamtplan_bedarfevent" ("bedarf", "bedarfsermittlung_id", "beeintraechtigung", "id", "lebensbereich", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ressourcen", "wunsch") VALUES (NEW."bedarf", NEW."bedarfsermittlung_id", NEW."beeintraechtigung", NEW."id", NEW."lebensbereich", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."ressourcen", NEW."wunsch"); RETURN NULL;',
                        hash="815f6c44a0014bdb58497b4d286706763956e7d4",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_30772",
                        table="gesamtplan_bedarf",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarf",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "gesamtplan_bedarfevent" ("bedarf", "bedarfsermittlung_id", "beeintraechtigung", "id", "lebensbereich", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ressourcen", "wunsch") VALUES (NEW."bedarf", NEW."bedarfsermittlung_id", NEW."beeintraechtigung", NEW."id", NEW."lebensbereich", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ressourcen", NEW."wunsch"); RETURN NULL;',
                        hash="6910c7f090c63433bba86f62185286868347f70e",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_dcda2",
                        table="gesamtplan_bedarf",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bedarfsermittlungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="8428587ccbfb7c1750ca669648bc881dd7086eca",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_5c95b",
                        table="gesamtplan_bedarfsermittlungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="gesamtplan",
                trigger=pgtrigger.compiler.Trigger(
                    name="freigegeben_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.\"state\" = 'freigegeben')",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="d76fdefa12daedcb83e4778563827eefed8f6d8c",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_freigegeben_fest_e6ecd",
                        table="gesamtplan_gesamtplan",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="gesamtplan",
                trigger=pgtrigger.compiler.Trigger(
                    name="zweite_person",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."freigegeben_von_id" IS DISTINCT FROM (NEW."freigegeben_von_id"))',
                        func="\n            IF EXISTS (\n                SELECT 1 FROM gesamtplan_gesamtplanevent\n                WHERE pgh_obj_id = NEW.id AND bearbeitet_von_id = NEW.freigegeben_von_id\n            ) THEN\n                RAISE EXCEPTION 'Fallwerk: wer mitgeschrieben hat, gibt nicht frei';\n            END IF;\n            RETURN NEW;\n        ",
                        hash="505076876ad61b93936aec53e3b5241016922b21",
                        operation="UPDATE",
                        pgid="pgtrigger_zweite_person_7fb98",
                        table="gesamtplan_gesamtplan",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="gesamtplan",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="5e3a6708a8d17761e88e239affb019e3e89c65ac",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_4be7a",
                        table="gesamtplan_gesamtplan",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="gesamtplan",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "gesamtplan_gesamtplanevent" ("anlass", "bearbeitet_von_id", "bedarfsermittlung_id", "case_id", "datum", "erstellt_von_id", "freigegeben_am", "freigegeben_von_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rueckgabe_grund", "schreiben_id", "state", "ueberpruefung_am", "version", "vorgaenger_id", "vorgelegt_am", "vorgelegt_von_id") VALUES (NEW."anlass", NEW."bearbeitet_von_id", NEW."bedarfsermittlung_id", NEW."case_id", NEW."datum", NEW."erstellt_von_id", NEW."freigegeben_am", NEW."freigegeben_von_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rueckgabe_grund", NEW."schreiben_id", NEW."state", NEW."ueberpruefung_am", NEW."version", NEW."vorgaenger_id", NEW."vorgelegt_am", NEW."vorgelegt_von_id"); RETURN NULL;',
                        hash="73c795553af5bb3eaa9aeae6bca8b2ae9eb1c2a3",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_67fd5",
                        table="gesamtplan_gesamtplan",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="gesamtplan",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "gesamtplan_gesamtplanevent" ("anlass", "bearbeitet_von_id", "bedarfsermittlung_id", "case_id", "datum", "erstellt_von_id", "freigegeben_am", "freigegeben_von_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rueckgabe_grund", "schreiben_id", "state", "ueberpruefung_am", "version", "vorgaenger_id", "vorgelegt_am", "vorgelegt_von_id") VALUES (NEW."anlass", NEW."bearbeitet_von_id", NEW."bedarfsermittlung_id", NEW."case_id", NEW."datum", NEW."erstellt_von_id", NEW."freigegeben_am", NEW."freigegeben_von_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rueckgabe_grund", NEW."schreiben_id", NEW."state", NEW."ueberpruefung_am", NEW."version", NEW."vorgaenger_id", NEW."vorgelegt_am", NEW."vorgelegt_von_id"); RETURN NULL;',
                        hash="8914620969ebc18ea8902e6fc95f47e1dcf3feb3",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_840df",
                        table="gesamtplan_gesamtplan",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="gesamtplanevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="47e7122190b56b1d0bb11215ea939ce6ed909d78",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_4a5d6",
                        table="gesamtplan_gesamtplanevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="planinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="mit_eltern_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE eltern_zustand TEXT;",
                        func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO eltern_zustand FROM gesamtplan_gesamtplan WHERE id = OLD.gesamtplan_id;\n                IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                    RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            SELECT state INTO eltern_zustand FROM gesamtplan_gesamtplan WHERE id = NEW.gesamtplan_id;\n            IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="707c5aa0f0ac1b7dd6d18e477fa29dc222ea728d",
                        operation="INSERT OR UPDATE OR DELETE",
                        pgid="pgtrigger_mit_eltern_fest_96d63",
                        table="gesamtplan_planinhalt",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="planinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="bleibt_bei_eltern",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."gesamtplan_id" IS DISTINCT FROM (NEW."gesamtplan_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="5bcbdd64d3c9f940697658fc7fdf9f018d15a890",
                        operation="UPDATE",
                        pgid="pgtrigger_bleibt_bei_eltern_5bf82",
                        table="gesamtplan_planinhalt",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="planinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="6044e1942f45b5edc43120d9ef1ab606eddb34f6",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_3744a",
                        table="gesamtplan_planinhalt",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="planinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "gesamtplan_planinhaltevent" ("gesamtplan_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel", "text") VALUES (NEW."gesamtplan_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schluessel", NEW."text"); RETURN NULL;',
                        hash="372b6e1f730a141c901699d3d944f7181d022d61",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_50400",
                        table="gesamtplan_planinhalt",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="planinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "gesamtplan_planinhaltevent" ("gesamtplan_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel", "text") VALUES (NEW."gesamtplan_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schluessel", NEW."text"); RETURN NULL;',
                        hash="3174ef14773870990015243c957211844defd3ec",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_007d5",
                        table="gesamtplan_planinhalt",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="planinhaltevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="f6da342486be41ba4abdd4fee47031bacf3d4aa2",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_81fef",
                        table="gesamtplan_planinhaltevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilhabeziel",
                trigger=pgtrigger.compiler.Trigger(
                    name="mit_eltern_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE eltern_zustand TEXT;",
                        func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO eltern_zustand FROM gesamtplan_gesamtplan WHERE id = OLD.gesamtplan_id;\n                IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                    RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            SELECT state INTO eltern_zustand FROM gesamtplan_gesamtplan WHERE id = NEW.gesamtplan_id;\n            IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="c13b079481d7962bd9b1b72428b16b126964d92d",
                        operation="INSERT OR UPDATE OR DELETE",
                        pgid="pgtrigger_mit_eltern_fest_e6b79",
                        table="gesamtplan_teilhabeziel",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilhabeziel",
                trigger=pgtrigger.compiler.Trigger(
                    name="bleibt_bei_eltern",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."gesamtplan_id" IS DISTINCT FROM (NEW."gesamtplan_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="55cbd70b0e8d1414b0cd98d5f1598ee4f0d56c73",
                        operation="UPDATE",
                        pgid="pgtrigger_bleibt_bei_eltern_f652d",
                        table="gesamtplan_teilhabeziel",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilhabeziel",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="eb79b935100e35017a3c0d6b0f0ffb37540f427f",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_81e0e",
                        table="gesamtplan_teilhabeziel",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilhabeziel",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "gesamtplan_teilhabezielevent" ("bis", "gesamtplan_id", "id", "kennung", "kriterium", "lebensbereich", "nummer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "text") VALUES (NEW."bis", NEW."gesamtplan_id", NEW."id", NEW."kennung", NEW."kriterium", NEW."lebensbereich", NEW."nummer", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status", NEW."text"); RETURN NULL;',
                        hash="306dd2b983d4dfff083a7654936b2ca330325f60",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_1561a",
                        table="gesamtplan_teilhabeziel",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilhabeziel",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "gesamtplan_teilhabezielevent" ("bis", "gesamtplan_id", "id", "kennung", "kriterium", "lebensbereich", "nummer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "text") VALUES (NEW."bis", NEW."gesamtplan_id", NEW."id", NEW."kennung", NEW."kriterium", NEW."lebensbereich", NEW."nummer", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status", NEW."text"); RETURN NULL;',
                        hash="a0e1ff747a051e76ab59f7b0768e5351b1557cf8",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_535d2",
                        table="gesamtplan_teilhabeziel",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="cf8f61511dee71d21d7cdeb5c7f77dd7b54c6c37",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_60482",
                        table="gesamtplan_leistungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistung",
                trigger=pgtrigger.compiler.Trigger(
                    name="mit_eltern_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE eltern_zustand TEXT;",
                        func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO eltern_zustand FROM gesamtplan_gesamtplan WHERE id = OLD.gesamtplan_id;\n                IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                    RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            SELECT state INTO eltern_zustand FROM gesamtplan_gesamtplan WHERE id = NEW.gesamtplan_id;\n            IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="bb036eeafeeafbd4640b51420b7e4a1e8a5ed15f",
                        operation="INSERT OR UPDATE OR DELETE",
                        pgid="pgtrigger_mit_eltern_fest_fe011",
                        table="gesamtplan_leistung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistung",
                trigger=pgtrigger.compiler.Trigger(
                    name="bleibt_bei_eltern",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."gesamtplan_id" IS DISTINCT FROM (NEW."gesamtplan_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="140af96ee6a0111adcde0a9ffe83401ccf9238b3",
                        operation="UPDATE",
                        pgid="pgtrigger_bleibt_bei_eltern_5db13",
                        table="gesamtplan_leistung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="5e2cd0f117a5785ec92a7cc28ddf44869bb23b06",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_429dc",
                        table="gesamtplan_leistung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "gesamtplan_leistungevent" ("beginn", "bezeichnung", "ende", "ergaenzend", "gesamtplan_id", "id", "kennung", "leistungsform", "leistungstraeger_id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teilhabeziel_id", "umfang") VALUES (NEW."beginn", NEW."bezeichnung", NEW."ende", NEW."ergaenzend", NEW."gesamtplan_id", NEW."id", NEW."kennung", NEW."leistungsform", NEW."leistungstraeger_id", NEW."norm", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."teilhabeziel_id", NEW."umfang"); RETURN NULL;',
                        hash="f0b904432003f49e628cc51cc920d5c55c24594d",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5eb3c",
                        table="gesamtplan_leistung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "gesamtplan_leistungevent" ("beginn", "bezeichnung", "ende", "ergaenzend", "gesamtplan_id", "id", "kennung", "leistungsform", "leistungstraeger_id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teilhabeziel_id", "umfang") VALUES (NEW."beginn", NEW."bezeichnung", NEW."ende", NEW."ergaenzend", NEW."gesamtplan_id", NEW."id", NEW."kennung", NEW."leistungsform", NEW."leistungstraeger_id", NEW."norm", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."teilhabeziel_id", NEW."umfang"); RETURN NULL;',
                        hash="22e8699aee451714b47e8dd1900d467f8316c4df",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_4e2dc",
                        table="gesamtplan_leistung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilhabezielevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="c59868233f2f064727021df8ebb1fba6eb087ea5",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_e6f81",
                        table="gesamtplan_teilhabezielevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
