"""Import of existing cases: profiles, batches, rows."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.crypto
from cases.migrations import gebuendelt
from cases.states.austausch import FELDER


def _anlegen(apps, schema_editor):
    """Offer one profile from the start: the headings of the template of Fallwerk."""
    apps.get_model("cases", "Importprofil").objects.create(
        name="Vorlage von Fallwerk",
        herkunft="Tabelle nach der Vorlage, die Fallwerk zum Herunterladen anbietet",
        zuordnung={feld.schluessel: feld.titel for feld in FELDER.values()},
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_suche")]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="ImportprofilEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("name", models.CharField(max_length=100, verbose_name="Name")),
                    (
                        "herkunft",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Herkunft der Daten"
                        ),
                    ),
                    (
                        "datumsform",
                        models.CharField(
                            choices=[
                                ("deutsch", "TT.MM.JJJJ (auch JJJJ-MM-TT)"),
                                ("schraeg", "TT/MM/JJJJ"),
                                ("amerikanisch", "MM/TT/JJJJ"),
                                ("kompakt", "JJJJMMTT"),
                            ],
                            default="deutsch",
                            max_length=20,
                            verbose_name="Schreibweise von Tagen",
                        ),
                    ),
                    ("zuordnung", models.JSONField(default=dict, verbose_name="Spalten")),
                    (
                        "vorgaben",
                        models.JSONField(blank=True, default=dict, verbose_name="Vorgaben"),
                    ),
                    ("aktiv", models.BooleanField(default=True, verbose_name="wird angeboten")),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Importstapel",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("pruefung", "wird geprüft"),
                                ("geprueft", "geprüft, noch nichts übernommen"),
                                ("uebernahme", "wird übernommen"),
                                ("uebernommen", "übernommen"),
                                ("ruecknahme", "wird zurückgenommen"),
                                ("zurueckgenommen", "zurückgenommen"),
                                ("verworfen", "verworfen"),
                            ],
                            default="pruefung",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "dateiname",
                        cases.crypto.EncryptedTextField(
                            purpose="importstapel.dateiname", verbose_name="Dateiname"
                        ),
                    ),
                    ("sha256", models.CharField(max_length=64, verbose_name="Prüfsumme der Datei")),
                    ("gelesen_als", models.CharField(max_length=80, verbose_name="gelesen als")),
                    (
                        "kopf",
                        cases.crypto.EncryptedTextField(
                            purpose="importstapel.kopf", verbose_name="Überschriften"
                        ),
                    ),
                    (
                        "soll",
                        models.JSONField(blank=True, default=dict, verbose_name="Kontrollsummen"),
                    ),
                    ("summen", models.JSONField(blank=True, default=dict, verbose_name="Summen")),
                    ("angelegt_am", models.DateTimeField(verbose_name="hochgeladen")),
                    (
                        "uebernommen_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="übernommen"),
                    ),
                    (
                        "zurueck_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="zurückgenommen"),
                    ),
                ],
                options={
                    "verbose_name": "Importstapel",
                    "verbose_name_plural": "Importstapel",
                    "ordering": ["-angelegt_am", "-id"],
                },
            ),
            migrations.CreateModel(
                name="ImportstapelEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("pruefung", "wird geprüft"),
                                ("geprueft", "geprüft, noch nichts übernommen"),
                                ("uebernahme", "wird übernommen"),
                                ("uebernommen", "übernommen"),
                                ("ruecknahme", "wird zurückgenommen"),
                                ("zurueckgenommen", "zurückgenommen"),
                                ("verworfen", "verworfen"),
                            ],
                            default="pruefung",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("sha256", models.CharField(max_length=64, verbose_name="Prüfsumme der Datei")),
                    ("gelesen_als", models.CharField(max_length=80, verbose_name="gelesen als")),
                    (
                        "soll",
                        models.JSONField(blank=True, default=dict, verbose_name="Kontrollsummen"),
                    ),
                    ("summen", models.JSONField(blank=True, default=dict, verbose_name="Summen")),
                    ("angelegt_am", models.DateTimeField(verbose_name="hochgeladen")),
                    (
                        "uebernommen_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="übernommen"),
                    ),
                    (
                        "zurueck_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="zurückgenommen"),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Importzeile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("nummer", models.PositiveIntegerField(verbose_name="Zeile der Datei")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offen", "noch nicht geprüft"),
                                ("fehler", "fehlerhaft"),
                                ("gueltig", "in Ordnung"),
                                ("ausgelassen", "ausgelassen"),
                                ("uebernommen", "übernommen"),
                                ("zurueckgenommen", "zurückgenommen"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Stand",
                        ),
                    ),
                    (
                        "entscheidung",
                        models.CharField(
                            choices=[
                                ("offen", "noch zu entscheiden"),
                                ("neu", "neue Person anlegen"),
                                ("vorhanden", "Fall zur vorhandenen Person"),
                                ("auslassen", "Zeile auslassen"),
                            ],
                            default="neu",
                            max_length=20,
                            verbose_name="Entscheidung",
                        ),
                    ),
                    (
                        "vorschlag",
                        models.CharField(
                            choices=[
                                ("offen", "noch zu entscheiden"),
                                ("neu", "neue Person anlegen"),
                                ("vorhanden", "Fall zur vorhandenen Person"),
                                ("auslassen", "Zeile auslassen"),
                            ],
                            default="neu",
                            max_length=20,
                            verbose_name="Vorschlag",
                        ),
                    ),
                    (
                        "roh",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="importzeile.roh", verbose_name="Zellen"
                        ),
                    ),
                    (
                        "werte",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="importzeile.werte", verbose_name="gelesene Werte"
                        ),
                    ),
                    (
                        "fehler",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="importzeile.fehler", verbose_name="Fehler"
                        ),
                    ),
                    (
                        "aehnlich",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            purpose="importzeile.aehnlich",
                            verbose_name="ähnliche Personen",
                        ),
                    ),
                    (
                        "wie_zeile",
                        models.PositiveIntegerField(
                            blank=True, null=True, verbose_name="gleiche Person wie Zeile"
                        ),
                    ),
                    (
                        "person_neu",
                        models.BooleanField(default=False, verbose_name="Person mit angelegt"),
                    ),
                    (
                        "letztes_ereignis",
                        models.BigIntegerField(
                            blank=True, null=True, verbose_name="letztes Ereignis"
                        ),
                    ),
                    (
                        "bleibt_weil",
                        models.CharField(blank=True, max_length=200, verbose_name="bleibt, weil"),
                    ),
                    (
                        "abrufe",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="importzeile.abrufe", verbose_name="Abrufe"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Importzeile",
                    "verbose_name_plural": "Importzeilen",
                    "ordering": ["stapel", "nummer"],
                },
            ),
            migrations.CreateModel(
                name="ImportzeileEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("nummer", models.PositiveIntegerField(verbose_name="Zeile der Datei")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offen", "noch nicht geprüft"),
                                ("fehler", "fehlerhaft"),
                                ("gueltig", "in Ordnung"),
                                ("ausgelassen", "ausgelassen"),
                                ("uebernommen", "übernommen"),
                                ("zurueckgenommen", "zurückgenommen"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Stand",
                        ),
                    ),
                    (
                        "entscheidung",
                        models.CharField(
                            choices=[
                                ("offen", "noch zu entscheiden"),
                                ("neu", "neue Person anlegen"),
                                ("vorhanden", "Fall zur vorhandenen Person"),
                                ("auslassen", "Zeile auslassen"),
                            ],
                            default="neu",
                            max_length=20,
                            verbose_name="Entscheidung",
                        ),
                    ),
                    (
                        "vorschlag",
                        models.CharField(
                            choices=[
                                ("offen", "noch zu entscheiden"),
                                ("neu", "neue Person anlegen"),
                                ("vorhanden", "Fall zur vorhandenen Person"),
                                ("auslassen", "Zeile auslassen"),
                            ],
                            default="neu",
                            max_length=20,
                            verbose_name="Vorschlag",
                        ),
                    ),
                    (
                        "wie_zeile",
                        models.PositiveIntegerField(
                            blank=True, null=True, verbose_name="gleiche Person wie Zeile"
                        ),
                    ),
                    (
                        "person_neu",
                        models.BooleanField(default=False, verbose_name="Person mit angelegt"),
                    ),
                    (
                        "letztes_ereignis",
                        models.BigIntegerField(
                            blank=True, null=True, verbose_name="letztes Ereignis"
                        ),
                    ),
                    (
                        "bleibt_weil",
                        models.CharField(blank=True, max_length=200, verbose_name="bleibt, weil"),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Importprofil",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=100, unique=True, verbose_name="Name")),
                    (
                        "herkunft",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Herkunft der Daten"
                        ),
                    ),
                    (
                        "datumsform",
                        models.CharField(
                            choices=[
                                ("deutsch", "TT.MM.JJJJ (auch JJJJ-MM-TT)"),
                                ("schraeg", "TT/MM/JJJJ"),
                                ("amerikanisch", "MM/TT/JJJJ"),
                                ("kompakt", "JJJJMMTT"),
                            ],
                            default="deutsch",
                            max_length=20,
                            verbose_name="Schreibweise von Tagen",
                        ),
                    ),
                    ("zuordnung", models.JSONField(default=dict, verbose_name="Spalten")),
                    (
                        "vorgaben",
                        models.JSONField(blank=True, default=dict, verbose_name="Vorgaben"),
                    ),
                    ("aktiv", models.BooleanField(default=True, verbose_name="wird angeboten")),
                ],
                options={
                    "verbose_name": "Importprofil",
                    "verbose_name_plural": "Importprofile",
                    "ordering": ["name"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "datumsform__in",
                                    ["deutsch", "schraeg", "amerikanisch", "kompakt"],
                                )
                            ),
                            name="importprofil_datumsform_gueltig",
                        )
                    ],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importprofil",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_importprofilevent" ("aktiv", "datumsform", "herkunft", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vorgaben", "zuordnung") VALUES (NEW."aktiv", NEW."datumsform", NEW."herkunft", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."vorgaben", NEW."zuordnung"); RETURN NULL;',
                        hash="1af0e094ccacd97492d7f95a1e93666bffd7d1c1",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_9cb21",
                        table="cases_importprofil",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importprofil",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_importprofilevent" ("aktiv", "datumsform", "herkunft", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vorgaben", "zuordnung") VALUES (NEW."aktiv", NEW."datumsform", NEW."herkunft", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."vorgaben", NEW."zuordnung"); RETURN NULL;',
                        hash="cde4781f543bceb5fe79737167d8a99e0c26a5e0",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_2531a",
                        table="cases_importprofil",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddField(
                model_name="importprofilevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="importprofilevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.importprofil",
                ),
            ),
            migrations.AddField(
                model_name="importstapel",
                name="angelegt_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="importstapel",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="hochgeladen von",
                ),
            ),
            migrations.AddField(
                model_name="importstapel",
                name="profil",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="stapel",
                    to="cases.importprofil",
                    verbose_name="Importprofil",
                ),
            ),
            migrations.AddField(
                model_name="importstapel",
                name="team",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="importstapel",
                    to="cases.team",
                    verbose_name="Team",
                ),
            ),
            migrations.AddField(
                model_name="importstapel",
                name="uebernommen_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="übernommen von",
                ),
            ),
            migrations.AddField(
                model_name="importstapel",
                name="zurueck_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="zurückgenommen von",
                ),
            ),
            migrations.AddField(
                model_name="importstapelevent",
                name="angelegt_von",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="hochgeladen von",
                ),
            ),
            migrations.AddField(
                model_name="importstapelevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="importstapelevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.importstapel",
                ),
            ),
            migrations.AddField(
                model_name="importstapelevent",
                name="profil",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.importprofil",
                    verbose_name="Importprofil",
                ),
            ),
            migrations.AddField(
                model_name="importstapelevent",
                name="team",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.team",
                    verbose_name="Team",
                ),
            ),
            migrations.AddField(
                model_name="importstapelevent",
                name="uebernommen_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="übernommen von",
                ),
            ),
            migrations.AddField(
                model_name="importstapelevent",
                name="zurueck_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="zurückgenommen von",
                ),
            ),
            migrations.AddField(
                model_name="importzeile",
                name="case",
                field=models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="importzeile",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="importzeile",
                name="person",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="importzeilen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="importzeile",
                name="stapel",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="zeilen",
                    to="cases.importstapel",
                    verbose_name="Importstapel",
                ),
            ),
            migrations.AddField(
                model_name="importzeileevent",
                name="case",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="importzeileevent",
                name="person",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="importzeileevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="importzeileevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.importzeile",
                ),
            ),
            migrations.AddField(
                model_name="importzeileevent",
                name="stapel",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.importstapel",
                    verbose_name="Importstapel",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importprofilevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="2eb9b28e5dd5dedccae3a88268910b8f7dba4bf6",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_d1730",
                        table="cases_importprofilevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="importstapel",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "pruefung",
                                "geprueft",
                                "uebernahme",
                                "uebernommen",
                                "ruecknahme",
                                "zurueckgenommen",
                                "verworfen",
                            ],
                        )
                    ),
                    name="importstapel_state_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importstapel",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_importstapelevent" ("angelegt_am", "angelegt_von_id", "gelesen_als", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profil_id", "sha256", "soll", "state", "summen", "team_id", "uebernommen_am", "uebernommen_von_id", "zurueck_am", "zurueck_von_id") VALUES (NEW."angelegt_am", NEW."angelegt_von_id", NEW."gelesen_als", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profil_id", NEW."sha256", NEW."soll", NEW."state", NEW."summen", NEW."team_id", NEW."uebernommen_am", NEW."uebernommen_von_id", NEW."zurueck_am", NEW."zurueck_von_id"); RETURN NULL;',
                        hash="2b98fb9f2aa01ee7dac8417a9fa1230cf7e281d0",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_f8656",
                        table="cases_importstapel",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importstapel",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."angelegt_am" IS DISTINCT FROM (NEW."angelegt_am") OR OLD."angelegt_von_id" IS DISTINCT FROM (NEW."angelegt_von_id") OR OLD."gelesen_als" IS DISTINCT FROM (NEW."gelesen_als") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."profil_id" IS DISTINCT FROM (NEW."profil_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."soll" IS DISTINCT FROM (NEW."soll") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summen" IS DISTINCT FROM (NEW."summen") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."uebernommen_am" IS DISTINCT FROM (NEW."uebernommen_am") OR OLD."uebernommen_von_id" IS DISTINCT FROM (NEW."uebernommen_von_id") OR OLD."zurueck_am" IS DISTINCT FROM (NEW."zurueck_am") OR OLD."zurueck_von_id" IS DISTINCT FROM (NEW."zurueck_von_id"))',
                        func='INSERT INTO "cases_importstapelevent" ("angelegt_am", "angelegt_von_id", "gelesen_als", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profil_id", "sha256", "soll", "state", "summen", "team_id", "uebernommen_am", "uebernommen_von_id", "zurueck_am", "zurueck_von_id") VALUES (NEW."angelegt_am", NEW."angelegt_von_id", NEW."gelesen_als", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profil_id", NEW."sha256", NEW."soll", NEW."state", NEW."summen", NEW."team_id", NEW."uebernommen_am", NEW."uebernommen_von_id", NEW."zurueck_am", NEW."zurueck_von_id"); RETURN NULL;',
                        hash="36affad776e2545aa010990dace206acb540ed15",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_85156",
                        table="cases_importstapel",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importstapelevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="c9ba31b5509564222c08582ee360163c74123cb6",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_67eca",
                        table="cases_importstapelevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddIndex(
                model_name="importzeile",
                index=models.Index(fields=["stapel", "state", "nummer"], name="importzeile_stand"),
            ),
            migrations.AddConstraint(
                model_name="importzeile",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "offen",
                                "fehler",
                                "gueltig",
                                "ausgelassen",
                                "uebernommen",
                                "zurueckgenommen",
                            ],
                        )
                    ),
                    name="importzeile_state_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="importzeile",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("entscheidung__in", ["offen", "neu", "vorhanden", "auslassen"])
                    ),
                    name="importzeile_entscheidung_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="importzeile",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("vorschlag__in", ["offen", "neu", "vorhanden", "auslassen"])
                    ),
                    name="importzeile_vorschlag_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="importzeile",
                constraint=models.UniqueConstraint(
                    fields=("stapel", "nummer"), name="importzeile_einmal_je_stapel"
                ),
            ),
            migrations.AddConstraint(
                model_name="importzeile",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("case__isnull", True), ("state", "uebernommen"), _connector="OR"
                    ),
                    name="importzeile_fall_nur_uebernommen",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importzeile",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_importzeileevent" ("bleibt_weil", "case_id", "entscheidung", "id", "letztes_ereignis", "nummer", "person_id", "person_neu", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stapel_id", "state", "vorschlag", "wie_zeile") VALUES (NEW."bleibt_weil", NEW."case_id", NEW."entscheidung", NEW."id", NEW."letztes_ereignis", NEW."nummer", NEW."person_id", NEW."person_neu", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stapel_id", NEW."state", NEW."vorschlag", NEW."wie_zeile"); RETURN NULL;',
                        hash="601059b98e75990cd008d2e890fdb50aa3a8b29b",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_482b9",
                        table="cases_importzeile",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importzeile",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."bleibt_weil" IS DISTINCT FROM (NEW."bleibt_weil") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."entscheidung" IS DISTINCT FROM (NEW."entscheidung") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."letztes_ereignis" IS DISTINCT FROM (NEW."letztes_ereignis") OR OLD."nummer" IS DISTINCT FROM (NEW."nummer") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."person_neu" IS DISTINCT FROM (NEW."person_neu") OR OLD."stapel_id" IS DISTINCT FROM (NEW."stapel_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."vorschlag" IS DISTINCT FROM (NEW."vorschlag") OR OLD."wie_zeile" IS DISTINCT FROM (NEW."wie_zeile"))',
                        func='INSERT INTO "cases_importzeileevent" ("bleibt_weil", "case_id", "entscheidung", "id", "letztes_ereignis", "nummer", "person_id", "person_neu", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stapel_id", "state", "vorschlag", "wie_zeile") VALUES (NEW."bleibt_weil", NEW."case_id", NEW."entscheidung", NEW."id", NEW."letztes_ereignis", NEW."nummer", NEW."person_id", NEW."person_neu", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stapel_id", NEW."state", NEW."vorschlag", NEW."wie_zeile"); RETURN NULL;',
                        hash="a2c724f13bc352f32a3a216cb407247961adf6a8",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_9c29a",
                        table="cases_importzeile",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="importzeileevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="4a536d223da7eadb39f7fc5a3a49050a3d660516",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_0218e",
                        table="cases_importzeileevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    ) + [migrations.RunPython(_anlegen, migrations.RunPython.noop)]
