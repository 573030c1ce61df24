import django.contrib.postgres.constraints
import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.crypto
from cases.migrations import gebuendelt

# What the authority had added to a rule so far stands in the account of the computation only.
_ANGABEN = """
UPDATE cases_frist SET angaben = jsonb_build_object('geltend_bis', ende_rechnerisch)
WHERE schritte @? '$[*] ? (@.text starts with "Festgelegter letzter Tag: ")';
UPDATE cases_frist SET angaben = jsonb_build_object('laenge', (
    SELECT substring(schritt ->> 'text' FROM '^Die festgelegte Länge beträgt (.+)\\.$')
    FROM jsonb_array_elements(schritte) AS schritt
    WHERE schritt ->> 'text' LIKE 'Die festgelegte Länge beträgt %' LIMIT 1))
WHERE schritte @? '$[*] ? (@.text starts with "Die festgelegte Länge beträgt ")';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_zugang"),
    ]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="Fristaenderung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "erfasst",
                        models.DateTimeField(
                            db_default=django.contrib.postgres.functions.TransactionNow(),
                            verbose_name="erfasst",
                        ),
                    ),
                    ("am", models.DateField(verbose_name="am")),
                    ("ende_alt", models.DateField(verbose_name="Ende bisher")),
                    ("ende_neu", models.DateField(verbose_name="Ende neu")),
                    ("wiedervorlage_alt", models.DateField(verbose_name="Wiedervorlage bisher")),
                    ("wiedervorlage_neu", models.DateField(verbose_name="Wiedervorlage neu")),
                    (
                        "eskalation_alt",
                        models.DateField(blank=True, null=True, verbose_name="Eskalation bisher"),
                    ),
                    (
                        "eskalation_neu",
                        models.DateField(blank=True, null=True, verbose_name="Eskalation neu"),
                    ),
                    (
                        "fehler",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="nicht berechenbar, weil"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Friständerung",
                    "verbose_name_plural": "Friständerungen",
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="Fristneuberechnung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="Tag")),
                    ("zeit", models.DateTimeField(auto_now_add=True, verbose_name="Zeit")),
                    ("anlass", models.CharField(max_length=200, verbose_name="Anlass")),
                    (
                        "kennung",
                        models.CharField(max_length=64, verbose_name="Kennung der Grundlagen"),
                    ),
                    (
                        "geprueft",
                        models.PositiveIntegerField(default=0, verbose_name="geprüfte Fristen"),
                    ),
                    (
                        "geaendert",
                        models.PositiveIntegerField(default=0, verbose_name="geänderte Fristen"),
                    ),
                    (
                        "gescheitert",
                        models.PositiveIntegerField(default=0, verbose_name="nicht berechenbar"),
                    ),
                    ("fertig", models.BooleanField(default=False, verbose_name="abgeschlossen")),
                ],
                options={
                    "verbose_name": "Neuberechnung der Fristen",
                    "verbose_name_plural": "Neuberechnungen der Fristen",
                    "ordering": ["-id"],
                },
            ),
            migrations.CreateModel(
                name="FristneuberechnungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("datum", models.DateField(verbose_name="Tag")),
                    ("zeit", models.DateTimeField(auto_now_add=True, verbose_name="Zeit")),
                    ("anlass", models.CharField(max_length=200, verbose_name="Anlass")),
                    (
                        "kennung",
                        models.CharField(max_length=64, verbose_name="Kennung der Grundlagen"),
                    ),
                    (
                        "geprueft",
                        models.PositiveIntegerField(default=0, verbose_name="geprüfte Fristen"),
                    ),
                    (
                        "geaendert",
                        models.PositiveIntegerField(default=0, verbose_name="geänderte Fristen"),
                    ),
                    (
                        "gescheitert",
                        models.PositiveIntegerField(default=0, verbose_name="nicht berechenbar"),
                    ),
                    ("fertig", models.BooleanField(default=False, verbose_name="abgeschlossen")),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Fristpause",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("von", models.DateField(verbose_name="erster Tag")),
                    ("bis", models.DateField(blank=True, null=True, verbose_name="letzter Tag")),
                    ("grund", models.CharField(max_length=200, verbose_name="Grund")),
                    ("norm", models.CharField(max_length=200, verbose_name="Norm")),
                    (
                        "begruendung",
                        cases.crypto.EncryptedTextField(
                            purpose="fristpause.begruendung", verbose_name="Begründung"
                        ),
                    ),
                    ("begonnen_am", models.DateField(verbose_name="angehalten am")),
                    (
                        "beendet_am",
                        models.DateField(blank=True, null=True, verbose_name="fortgesetzt am"),
                    ),
                ],
                options={
                    "verbose_name": "Fristpause",
                    "verbose_name_plural": "Fristpausen",
                    "ordering": ["von", "id"],
                },
            ),
            migrations.CreateModel(
                name="FristpauseEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("von", models.DateField(verbose_name="erster Tag")),
                    ("bis", models.DateField(blank=True, null=True, verbose_name="letzter Tag")),
                    ("grund", models.CharField(max_length=200, verbose_name="Grund")),
                    ("norm", models.CharField(max_length=200, verbose_name="Norm")),
                    (
                        "begruendung",
                        cases.crypto.EncryptedTextField(
                            purpose="fristpause.begruendung", verbose_name="Begründung"
                        ),
                    ),
                    ("begonnen_am", models.DateField(verbose_name="angehalten am")),
                    (
                        "beendet_am",
                        models.DateField(blank=True, null=True, verbose_name="fortgesetzt am"),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Kalenderzugang",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "schluessel_sha256",
                        models.CharField(
                            max_length=64, unique=True, verbose_name="SHA-256 des Schlüssels"
                        ),
                    ),
                    ("erstellt_am", models.DateField(verbose_name="eingerichtet am")),
                    (
                        "zuletzt_gelesen",
                        models.DateTimeField(blank=True, null=True, verbose_name="zuletzt gelesen"),
                    ),
                    ("abrufe", models.PositiveIntegerField(default=0, verbose_name="Abrufe")),
                ],
                options={
                    "verbose_name": "Kalenderzugang",
                    "verbose_name_plural": "Kalenderzugänge",
                },
            ),
            migrations.CreateModel(
                name="KalenderzugangEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "schluessel_sha256",
                        models.CharField(max_length=64, verbose_name="SHA-256 des Schlüssels"),
                    ),
                    ("erstellt_am", models.DateField(verbose_name="eingerichtet am")),
                    (
                        "zuletzt_gelesen",
                        models.DateTimeField(blank=True, null=True, verbose_name="zuletzt gelesen"),
                    ),
                    ("abrufe", models.PositiveIntegerField(default=0, verbose_name="Abrufe")),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Tageslauf",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="Tag")),
                    ("begonnen", models.DateTimeField(verbose_name="begonnen")),
                    (
                        "beendet",
                        models.DateTimeField(blank=True, null=True, verbose_name="beendet"),
                    ),
                    (
                        "bevorstehend",
                        models.PositiveIntegerField(default=0, verbose_name="bevorstehend"),
                    ),
                    ("faellig", models.PositiveIntegerField(default=0, verbose_name="fällig")),
                    (
                        "ueberfaellig",
                        models.PositiveIntegerField(default=0, verbose_name="überfällig"),
                    ),
                    ("eskaliert", models.PositiveIntegerField(default=0, verbose_name="eskaliert")),
                    (
                        "abgelaufen",
                        models.PositiveIntegerField(default=0, verbose_name="abgelaufen"),
                    ),
                    (
                        "fortgesetzt",
                        models.PositiveIntegerField(
                            default=0, verbose_name="nach Pause fortgesetzt"
                        ),
                    ),
                    (
                        "gescheitert",
                        models.PositiveIntegerField(default=0, verbose_name="gescheitert"),
                    ),
                    (
                        "erinnerungen",
                        models.PositiveIntegerField(default=0, verbose_name="Erinnerungen"),
                    ),
                    ("fehler", models.CharField(blank=True, max_length=100, verbose_name="Fehler")),
                ],
                options={
                    "verbose_name": "Tageslauf",
                    "verbose_name_plural": "Tagesläufe",
                    "ordering": ["-begonnen", "-id"],
                },
            ),
            migrations.CreateModel(
                name="TageslaufEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("datum", models.DateField(verbose_name="Tag")),
                    ("begonnen", models.DateTimeField(verbose_name="begonnen")),
                    (
                        "beendet",
                        models.DateTimeField(blank=True, null=True, verbose_name="beendet"),
                    ),
                    (
                        "bevorstehend",
                        models.PositiveIntegerField(default=0, verbose_name="bevorstehend"),
                    ),
                    ("faellig", models.PositiveIntegerField(default=0, verbose_name="fällig")),
                    (
                        "ueberfaellig",
                        models.PositiveIntegerField(default=0, verbose_name="überfällig"),
                    ),
                    ("eskaliert", models.PositiveIntegerField(default=0, verbose_name="eskaliert")),
                    (
                        "abgelaufen",
                        models.PositiveIntegerField(default=0, verbose_name="abgelaufen"),
                    ),
                    (
                        "fortgesetzt",
                        models.PositiveIntegerField(
                            default=0, verbose_name="nach Pause fortgesetzt"
                        ),
                    ),
                    (
                        "gescheitert",
                        models.PositiveIntegerField(default=0, verbose_name="gescheitert"),
                    ),
                    (
                        "erinnerungen",
                        models.PositiveIntegerField(default=0, verbose_name="Erinnerungen"),
                    ),
                    ("fehler", models.CharField(blank=True, max_length=100, verbose_name="Fehler")),
                ],
                options={
                    "abstract": False,
                },
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="frist",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="frist",
                name="update_update",
            ),
            migrations.RemoveConstraint(
                model_name="eigenerwert",
                name="eigener_wert_nur_einstellbares",
            ),
            migrations.RemoveIndex(
                model_name="frist",
                name="frist_offen_wiedervorlage",
            ),
            migrations.RemoveIndex(
                model_name="frist",
                name="frist_offen_ende",
            ),
            migrations.AddField(
                model_name="erinnerungsmail",
                name="eskaliert",
                field=models.PositiveIntegerField(
                    default=0, verbose_name="an die Leitung eskaliert"
                ),
            ),
            migrations.AddField(
                model_name="erinnerungsmail",
                name="wiedervorlagen",
                field=models.PositiveIntegerField(default=0, verbose_name="Wiedervorlagen"),
            ),
            migrations.AddField(
                model_name="frist",
                name="angaben",
                field=models.JSONField(default=dict, verbose_name="eigene Angaben"),
            ),
            migrations.RunSQL(_ANGABEN, migrations.RunSQL.noop),
            migrations.AddField(
                model_name="fristevent",
                name="angaben",
                field=models.JSONField(default=dict, verbose_name="eigene Angaben"),
            ),
            migrations.AddIndex(
                model_name="frist",
                index=models.Index(
                    condition=models.Q(("state", "offen")),
                    fields=["case", "ende"],
                    name="frist_offen_case",
                ),
            ),
            migrations.AddIndex(
                model_name="frist",
                index=models.Index(
                    condition=models.Q(
                        ("state", "offen"),
                        ("wirkung", "handlung"),
                        ("stufe__in", ("geplant", "bevorstehend", "faellig", "ueberfaellig")),
                    ),
                    fields=["eskalation"],
                    name="frist_lauf_eskalation",
                ),
            ),
            migrations.AddIndex(
                model_name="frist",
                index=models.Index(
                    condition=models.Q(
                        ("state", "offen"), ("stufe__in", ("geplant", "bevorstehend", "faellig"))
                    ),
                    fields=["ende"],
                    name="frist_lauf_ende",
                ),
            ),
            migrations.AddIndex(
                model_name="frist",
                index=models.Index(
                    condition=models.Q(("state", "offen"), ("stufe", "geplant")),
                    fields=["wiedervorlage"],
                    name="frist_lauf_wiedervorlage",
                ),
            ),
            migrations.AddIndex(
                model_name="frist",
                index=models.Index(
                    condition=models.Q(("state", "offen"), ("wirkung", "ablauf")),
                    fields=["ende"],
                    name="frist_lauf_ablauf",
                ),
            ),
            migrations.AddIndex(
                model_name="frist",
                index=models.Index(
                    condition=models.Q(("state", "gehemmt")), fields=["id"], name="frist_gehemmt"
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="frist",
                trigger=pgtrigger.compiler.Trigger(
                    name="unverrueckbar",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."anzeige" IS DISTINCT FROM (NEW."anzeige") OR OLD."ende" IS DISTINCT FROM (NEW."ende") OR OLD."ende_rechnerisch" IS DISTINCT FROM (NEW."ende_rechnerisch"))',
                        func="\n    IF NOT EXISTS (\n        SELECT 1 FROM cases_fristaenderung\n        WHERE frist_id = NEW.id AND ende_alt = OLD.ende AND ende_neu = NEW.ende\n          AND erfasst = CURRENT_TIMESTAMP\n    ) THEN\n        RAISE EXCEPTION 'Fallwerk: das Ende einer Frist wird nicht verschoben';\n    END IF;\n    RETURN NEW;\n",
                        hash="f2dd2653cd9336d7c38d17768e8ce5d40c330fae",
                        operation="UPDATE",
                        pgid="pgtrigger_unverrueckbar_c0d8d",
                        table="cases_frist",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="frist",
                trigger=pgtrigger.compiler.Trigger(
                    name="ausloeser_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."ausloeser_datum" IS DISTINCT FROM (NEW."ausloeser_datum") OR OLD."rechtsstand" IS DISTINCT FROM (NEW."rechtsstand") OR OLD."regel" IS DISTINCT FROM (NEW."regel"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="97b1d790e4b17661b327b34b42c3d5e79833eff1",
                        operation="UPDATE",
                        pgid="pgtrigger_ausloeser_fest_d9bf8",
                        table="cases_frist",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="frist",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_fristevent" ("angaben", "anzeige", "ausloeser_datum", "bezeichnung", "case_id", "ende", "ende_rechnerisch", "erledigt_am", "erledigt_durch", "eskalation", "gegenstand", "id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rechtsstand", "regel", "schritte", "state", "stufe", "verschoben_wegen", "wiedervorlage", "wirkung") VALUES (NEW."angaben", NEW."anzeige", NEW."ausloeser_datum", NEW."bezeichnung", NEW."case_id", NEW."ende", NEW."ende_rechnerisch", NEW."erledigt_am", NEW."erledigt_durch", NEW."eskalation", NEW."gegenstand", NEW."id", NEW."norm", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rechtsstand", NEW."regel", NEW."schritte", NEW."state", NEW."stufe", NEW."verschoben_wegen", NEW."wiedervorlage", NEW."wirkung"); RETURN NULL;',
                        hash="90989a9efd4919577cc5653b0eca41a9256c2ede",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_4630b",
                        table="cases_frist",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="frist",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_fristevent" ("angaben", "anzeige", "ausloeser_datum", "bezeichnung", "case_id", "ende", "ende_rechnerisch", "erledigt_am", "erledigt_durch", "eskalation", "gegenstand", "id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rechtsstand", "regel", "schritte", "state", "stufe", "verschoben_wegen", "wiedervorlage", "wirkung") VALUES (NEW."angaben", NEW."anzeige", NEW."ausloeser_datum", NEW."bezeichnung", NEW."case_id", NEW."ende", NEW."ende_rechnerisch", NEW."erledigt_am", NEW."erledigt_durch", NEW."eskalation", NEW."gegenstand", NEW."id", NEW."norm", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rechtsstand", NEW."regel", NEW."schritte", NEW."state", NEW."stufe", NEW."verschoben_wegen", NEW."wiedervorlage", NEW."wirkung"); RETURN NULL;',
                        hash="07fa08504257e8c94ef7e07b8b2a0fda04f3811b",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_4aa89",
                        table="cases_frist",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="eigenerwert",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "schluessel__regex",
                            "^(wochenfaktor|teilmonat_modus|richtwert\\.hbg[1-5]\\.(seelisch|geistig|koerperlich)|stundensatz\\.(assistenz|qualifizierte_assistenz)|(vorlauf|eskalation)\\.F[0-9]{2}b?|zugang\\.(faelle_je_stunde|notfaelle_je_tag))$",
                        )
                    ),
                    name="eigener_wert_nur_einstellbares",
                ),
            ),
            migrations.AddField(
                model_name="fristaenderung",
                name="frist",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="fristaenderungen",
                    to="cases.frist",
                    verbose_name="Frist",
                ),
            ),
            migrations.AddField(
                model_name="fristaenderung",
                name="fristneuberechnung",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="fristaenderungen",
                    to="cases.fristneuberechnung",
                    verbose_name="Neuberechnung",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristneuberechnung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_fristneuberechnungevent" ("anlass", "datum", "fertig", "geaendert", "geprueft", "gescheitert", "id", "kennung", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "zeit") VALUES (NEW."anlass", NEW."datum", NEW."fertig", NEW."geaendert", NEW."geprueft", NEW."gescheitert", NEW."id", NEW."kennung", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."zeit"); RETURN NULL;',
                        hash="d15a03fc58217532edd44b5729fed9182d509be8",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_822d9",
                        table="cases_fristneuberechnung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristneuberechnung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_fristneuberechnungevent" ("anlass", "datum", "fertig", "geaendert", "geprueft", "gescheitert", "id", "kennung", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "zeit") VALUES (NEW."anlass", NEW."datum", NEW."fertig", NEW."geaendert", NEW."geprueft", NEW."gescheitert", NEW."id", NEW."kennung", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."zeit"); RETURN NULL;',
                        hash="683677cdfc631f7313cce9f6b431db0e46de5089",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_daddb",
                        table="cases_fristneuberechnung",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddField(
                model_name="fristneuberechnungevent",
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
                model_name="fristneuberechnungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.fristneuberechnung",
                ),
            ),
            migrations.AddField(
                model_name="fristpause",
                name="beendet_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="beendete_fristpausen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="fortgesetzt von",
                ),
            ),
            migrations.AddField(
                model_name="fristpause",
                name="begonnen_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="begonnene_fristpausen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="angehalten von",
                ),
            ),
            migrations.AddField(
                model_name="fristpause",
                name="frist",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="fristpausen",
                    to="cases.frist",
                    verbose_name="Frist",
                ),
            ),
            migrations.AddField(
                model_name="fristaenderung",
                name="fristpause",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="fristaenderungen",
                    to="cases.fristpause",
                    verbose_name="Pause",
                ),
            ),
            migrations.AddField(
                model_name="fristpauseevent",
                name="beendet_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="fortgesetzt von",
                ),
            ),
            migrations.AddField(
                model_name="fristpauseevent",
                name="begonnen_von",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="angehalten von",
                ),
            ),
            migrations.AddField(
                model_name="fristpauseevent",
                name="frist",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.frist",
                    verbose_name="Frist",
                ),
            ),
            migrations.AddField(
                model_name="fristpauseevent",
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
                model_name="fristpauseevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.fristpause",
                ),
            ),
            migrations.AddField(
                model_name="kalenderzugang",
                name="user",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="kalenderzugang",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="für",
                ),
            ),
            migrations.AddField(
                model_name="kalenderzugangevent",
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
                model_name="kalenderzugangevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.kalenderzugang",
                ),
            ),
            migrations.AddField(
                model_name="kalenderzugangevent",
                name="user",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="für",
                ),
            ),
            migrations.AddIndex(
                model_name="tageslauf",
                index=models.Index(fields=["datum"], name="tageslauf_datum"),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="tageslauf",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_tageslaufevent" ("abgelaufen", "beendet", "begonnen", "bevorstehend", "datum", "erinnerungen", "eskaliert", "faellig", "fehler", "fortgesetzt", "gescheitert", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ueberfaellig") VALUES (NEW."abgelaufen", NEW."beendet", NEW."begonnen", NEW."bevorstehend", NEW."datum", NEW."erinnerungen", NEW."eskaliert", NEW."faellig", NEW."fehler", NEW."fortgesetzt", NEW."gescheitert", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."ueberfaellig"); RETURN NULL;',
                        hash="13bc547a2d14a0247543cd719de98f9e9043147d",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_29c54",
                        table="cases_tageslauf",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="tageslauf",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_tageslaufevent" ("abgelaufen", "beendet", "begonnen", "bevorstehend", "datum", "erinnerungen", "eskaliert", "faellig", "fehler", "fortgesetzt", "gescheitert", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ueberfaellig") VALUES (NEW."abgelaufen", NEW."beendet", NEW."begonnen", NEW."bevorstehend", NEW."datum", NEW."erinnerungen", NEW."eskaliert", NEW."faellig", NEW."fehler", NEW."fortgesetzt", NEW."gescheitert", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ueberfaellig"); RETURN NULL;',
                        hash="67ec4c188dddc39c34537d688ca6d4dcfb590078",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_419b4",
                        table="cases_tageslauf",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddField(
                model_name="tageslaufevent",
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
                model_name="tageslaufevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.tageslauf",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristneuberechnungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="73c7a90902106a9044c41fe04907679cf2714248",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_a644d",
                        table="cases_fristneuberechnungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="fristpause",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("bis__isnull", True), ("bis__gte", models.F("von")), _connector="OR"
                    ),
                    name="fristpause_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="fristpause",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("frist", "="),
                        (
                            models.Func(
                                models.F("von"),
                                models.F("bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="fristpause_ohne_ueberschneidung",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristpause",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_fristpauseevent" ("beendet_am", "beendet_von_id", "begonnen_am", "begonnen_von_id", "begruendung", "bis", "frist_id", "grund", "id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "von") VALUES (NEW."beendet_am", NEW."beendet_von_id", NEW."begonnen_am", NEW."begonnen_von_id", NEW."begruendung", NEW."bis", NEW."frist_id", NEW."grund", NEW."id", NEW."norm", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."von"); RETURN NULL;',
                        hash="249489fffddf27e1176daa3846c29c37bcd3863b",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_60993",
                        table="cases_fristpause",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristpause",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_fristpauseevent" ("beendet_am", "beendet_von_id", "begonnen_am", "begonnen_von_id", "begruendung", "bis", "frist_id", "grund", "id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "von") VALUES (NEW."beendet_am", NEW."beendet_von_id", NEW."begonnen_am", NEW."begonnen_von_id", NEW."begruendung", NEW."bis", NEW."frist_id", NEW."grund", NEW."id", NEW."norm", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."von"); RETURN NULL;',
                        hash="8c756ca219900cd1b8a1a8de6876816b6a7d0a0d",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b361c",
                        table="cases_fristpause",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddIndex(
                model_name="fristaenderung",
                index=models.Index(fields=["am", "frist"], name="fristaenderung_am"),
            ),
            migrations.AddConstraint(
                model_name="fristaenderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("fristneuberechnung__isnull", True), ("fristpause__isnull", False)
                        ),
                        models.Q(
                            ("fristneuberechnung__isnull", False), ("fristpause__isnull", True)
                        ),
                        _connector="OR",
                    ),
                    name="fristaenderung_mit_grund",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="4ea420be4a40cd2b32df597a0f8eaefe00deda10",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_68dd4",
                        table="cases_fristaenderung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="937bc56e28f801f5ca1e6aba687233b479df61ce",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_636c2",
                        table="cases_fristaenderung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristpauseevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="d806606420f29055f6d608b3ca7af4937ec52317",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c193a",
                        table="cases_fristpauseevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kalenderzugang",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_kalenderzugangevent" ("abrufe", "erstellt_am", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel_sha256", "user_id", "zuletzt_gelesen") VALUES (NEW."abrufe", NEW."erstellt_am", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schluessel_sha256", NEW."user_id", NEW."zuletzt_gelesen"); RETURN NULL;',
                        hash="90faf6cb888eaf345f91d1b4b53f6559a30270b3",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_7d726",
                        table="cases_kalenderzugang",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kalenderzugang",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."schluessel_sha256" IS DISTINCT FROM (NEW."schluessel_sha256"))',
                        func='INSERT INTO "cases_kalenderzugangevent" ("abrufe", "erstellt_am", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel_sha256", "user_id", "zuletzt_gelesen") VALUES (NEW."abrufe", NEW."erstellt_am", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schluessel_sha256", NEW."user_id", NEW."zuletzt_gelesen"); RETURN NULL;',
                        hash="77d847ddddb6fb4373b6e7c28610bdab68391249",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_5bd92",
                        table="cases_kalenderzugang",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kalenderzugang",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_kalenderzugangevent" ("abrufe", "erstellt_am", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel_sha256", "user_id", "zuletzt_gelesen") VALUES (OLD."abrufe", OLD."erstellt_am", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."schluessel_sha256", OLD."user_id", OLD."zuletzt_gelesen"); RETURN NULL;',
                        hash="9219e0b353638627bacd44e0fc5c227b86270ccc",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_f6c80",
                        table="cases_kalenderzugang",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kalenderzugangevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="1cb801bfb306e46db02b8f6afcdffff0839ebbf9",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_7b07a",
                        table="cases_kalenderzugangevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="tageslaufevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="100fa480e494daf8ba0cf45e49142913dafb8b27",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_18f55",
                        table="cases_tageslaufevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
