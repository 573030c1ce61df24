import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.crypto
from cases.migrations import gebuendelt


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_rollen"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="Nachtrag",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "text",
                        cases.crypto.EncryptedTextField(
                            purpose="nachtrag.text", verbose_name="Text"
                        ),
                    ),
                    ("erstellt", models.DateTimeField(verbose_name="verfasst")),
                ],
                options={
                    "verbose_name": "Nachtrag",
                    "verbose_name_plural": "Nachträge",
                    "ordering": ["erstellt", "id"],
                },
            ),
            migrations.CreateModel(
                name="Unterlage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("antrag", "Antrag"),
                                ("gutachten", "Gutachten"),
                                ("bericht", "Entwicklungs- oder Verlaufsbericht"),
                                ("befund", "ärztlicher Befund"),
                                ("stellungnahme", "Stellungnahme"),
                                ("bescheid", "Bescheid einer anderen Stelle"),
                                ("ausweis", "Ausweis (z. B. Schwerbehindertenausweis)"),
                                ("betreuerausweis", "Betreuerausweis oder Vollmacht"),
                                ("einwilligung", "Einwilligung"),
                                ("zielvereinbarung", "unterschriebene Zielvereinbarung"),
                                ("nachweis", "Nachweis"),
                                ("schriftverkehr", "Schriftverkehr"),
                                ("sonstiges", "Sonstiges"),
                            ],
                            max_length=30,
                            verbose_name="Art",
                        ),
                    ),
                    ("titel", models.CharField(max_length=200, verbose_name="Titel")),
                    ("datum", models.DateField(verbose_name="Datum der Unterlage")),
                    (
                        "verfasser",
                        models.CharField(blank=True, max_length=200, verbose_name="Verfasser"),
                    ),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    ("eingegangen_am", models.DateField(verbose_name="eingegangen am")),
                    (
                        "pruefstand",
                        models.CharField(
                            choices=[
                                ("ungeprueft", "ungeprüft"),
                                ("sauber", "geprüft, ohne Befund"),
                                ("befallen", "gesperrt (Schadsoftware)"),
                            ],
                            default="ungeprueft",
                            max_length=20,
                            verbose_name="Prüfstand",
                        ),
                    ),
                    (
                        "geprueft_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="geprüft am"),
                    ),
                    ("befund", models.CharField(blank=True, max_length=200, verbose_name="Befund")),
                    (
                        "originalname",
                        models.CharField(blank=True, max_length=200, verbose_name="Dateiname"),
                    ),
                    (
                        "dateiart",
                        models.CharField(
                            choices=[
                                ("keine", "ohne Datei"),
                                ("pdf", "PDF"),
                                ("jpeg", "JPEG-Bild"),
                                ("png", "PNG-Bild"),
                                ("tiff", "TIFF-Bild"),
                                ("docx", "Word-Dokument (DOCX)"),
                                ("odt", "OpenDocument-Text (ODT)"),
                                ("txt", "Textdatei"),
                            ],
                            default="keine",
                            max_length=10,
                            verbose_name="Dateiart",
                        ),
                    ),
                    (
                        "groesse",
                        models.PositiveIntegerField(default=0, verbose_name="Größe in Byte"),
                    ),
                    ("seiten", models.PositiveIntegerField(default=0, verbose_name="Seiten")),
                    (
                        "mit_text",
                        models.BooleanField(default=False, verbose_name="mit Textschicht"),
                    ),
                    (
                        "sha256",
                        models.CharField(
                            blank=True, max_length=64, verbose_name="SHA-256 der Ablage"
                        ),
                    ),
                    (
                        "original_sha256",
                        models.CharField(
                            blank=True, max_length=64, verbose_name="SHA-256 des Originals"
                        ),
                    ),
                    (
                        "bereinigt",
                        models.JSONField(blank=True, default=list, verbose_name="bereinigt"),
                    ),
                    (
                        "hochgeladen",
                        models.DateTimeField(auto_now_add=True, verbose_name="abgelegt"),
                    ),
                    (
                        "irrtuemlich_am",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="irrtümlich abgelegt, vermerkt"
                        ),
                    ),
                    (
                        "irrtuemlich_grund",
                        models.CharField(blank=True, max_length=300, verbose_name="Grund"),
                    ),
                ],
                options={
                    "verbose_name": "Unterlage",
                    "verbose_name_plural": "Unterlagen",
                    "ordering": ["-datum", "-id"],
                },
            ),
            migrations.CreateModel(
                name="UnterlageEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("antrag", "Antrag"),
                                ("gutachten", "Gutachten"),
                                ("bericht", "Entwicklungs- oder Verlaufsbericht"),
                                ("befund", "ärztlicher Befund"),
                                ("stellungnahme", "Stellungnahme"),
                                ("bescheid", "Bescheid einer anderen Stelle"),
                                ("ausweis", "Ausweis (z. B. Schwerbehindertenausweis)"),
                                ("betreuerausweis", "Betreuerausweis oder Vollmacht"),
                                ("einwilligung", "Einwilligung"),
                                ("zielvereinbarung", "unterschriebene Zielvereinbarung"),
                                ("nachweis", "Nachweis"),
                                ("schriftverkehr", "Schriftverkehr"),
                                ("sonstiges", "Sonstiges"),
                            ],
                            max_length=30,
                            verbose_name="Art",
                        ),
                    ),
                    ("titel", models.CharField(max_length=200, verbose_name="Titel")),
                    ("datum", models.DateField(verbose_name="Datum der Unterlage")),
                    (
                        "verfasser",
                        models.CharField(blank=True, max_length=200, verbose_name="Verfasser"),
                    ),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    ("eingegangen_am", models.DateField(verbose_name="eingegangen am")),
                    (
                        "pruefstand",
                        models.CharField(
                            choices=[
                                ("ungeprueft", "ungeprüft"),
                                ("sauber", "geprüft, ohne Befund"),
                                ("befallen", "gesperrt (Schadsoftware)"),
                            ],
                            default="ungeprueft",
                            max_length=20,
                            verbose_name="Prüfstand",
                        ),
                    ),
                    (
                        "geprueft_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="geprüft am"),
                    ),
                    ("befund", models.CharField(blank=True, max_length=200, verbose_name="Befund")),
                    (
                        "originalname",
                        models.CharField(blank=True, max_length=200, verbose_name="Dateiname"),
                    ),
                    (
                        "dateiart",
                        models.CharField(
                            choices=[
                                ("keine", "ohne Datei"),
                                ("pdf", "PDF"),
                                ("jpeg", "JPEG-Bild"),
                                ("png", "PNG-Bild"),
                                ("tiff", "TIFF-Bild"),
                                ("docx", "Word-Dokument (DOCX)"),
                                ("odt", "OpenDocument-Text (ODT)"),
                                ("txt", "Textdatei"),
                            ],
                            default="keine",
                            max_length=10,
                            verbose_name="Dateiart",
                        ),
                    ),
                    (
                        "groesse",
                        models.PositiveIntegerField(default=0, verbose_name="Größe in Byte"),
                    ),
                    ("seiten", models.PositiveIntegerField(default=0, verbose_name="Seiten")),
                    (
                        "mit_text",
                        models.BooleanField(default=False, verbose_name="mit Textschicht"),
                    ),
                    (
                        "sha256",
                        models.CharField(
                            blank=True, max_length=64, verbose_name="SHA-256 der Ablage"
                        ),
                    ),
                    (
                        "original_sha256",
                        models.CharField(
                            blank=True, max_length=64, verbose_name="SHA-256 des Originals"
                        ),
                    ),
                    (
                        "bereinigt",
                        models.JSONField(blank=True, default=list, verbose_name="bereinigt"),
                    ),
                    (
                        "hochgeladen",
                        models.DateTimeField(auto_now_add=True, verbose_name="abgelegt"),
                    ),
                    (
                        "irrtuemlich_am",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="irrtümlich abgelegt, vermerkt"
                        ),
                    ),
                    (
                        "irrtuemlich_grund",
                        models.CharField(blank=True, max_length=300, verbose_name="Grund"),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Vermerk",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("telefonat", "Telefonat"),
                                ("hausbesuch", "Hausbesuch"),
                                ("gespraech", "Gespräch"),
                                ("email", "E-Mail"),
                                ("beratung", "Beratung"),
                                ("aktenvermerk", "Aktenvermerk"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    ("am", models.DateField(verbose_name="am")),
                    ("uhrzeit", models.TimeField(blank=True, null=True, verbose_name="Uhrzeit")),
                    (
                        "beteiligte",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="vermerk.beteiligte", verbose_name="Beteiligte"
                        ),
                    ),
                    (
                        "text",
                        cases.crypto.EncryptedTextField(
                            purpose="vermerk.text", verbose_name="Text"
                        ),
                    ),
                    ("erstellt", models.DateTimeField(verbose_name="verfasst")),
                ],
                options={
                    "verbose_name": "Vermerk",
                    "verbose_name_plural": "Vermerke",
                    "ordering": ["-am", "-id"],
                },
            ),
            migrations.CreateModel(
                name="VermerkEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("telefonat", "Telefonat"),
                                ("hausbesuch", "Hausbesuch"),
                                ("gespraech", "Gespräch"),
                                ("email", "E-Mail"),
                                ("beratung", "Beratung"),
                                ("aktenvermerk", "Aktenvermerk"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    ("am", models.DateField(verbose_name="am")),
                    ("uhrzeit", models.TimeField(blank=True, null=True, verbose_name="Uhrzeit")),
                    (
                        "beteiligte",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="vermerk.beteiligte", verbose_name="Beteiligte"
                        ),
                    ),
                    (
                        "text",
                        cases.crypto.EncryptedTextField(
                            purpose="vermerk.text", verbose_name="Text"
                        ),
                    ),
                    ("erstellt", models.DateTimeField(verbose_name="verfasst")),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.AddIndex(
                model_name="ereignis",
                index=models.Index(fields=["case", "-am", "-id"], name="ereignis_case_am"),
            ),
            migrations.AddField(
                model_name="nachtrag",
                name="verfasst_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="nachtraege",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="verfasst von",
                ),
            ),
            migrations.CreateModel(
                name="Unterlagendatei",
                fields=[
                    (
                        "unterlage",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="datei",
                            serialize=False,
                            to="cases.unterlage",
                            verbose_name="Unterlage",
                        ),
                    ),
                    ("inhalt", models.BinaryField(verbose_name="Inhalt")),
                ],
                options={
                    "verbose_name": "Unterlagendatei",
                    "verbose_name_plural": "Unterlagendateien",
                },
            ),
            migrations.CreateModel(
                name="Unterlagentext",
                fields=[
                    (
                        "unterlage",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="text",
                            serialize=False,
                            to="cases.unterlage",
                            verbose_name="Unterlage",
                        ),
                    ),
                    (
                        "text",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="unterlage.text", verbose_name="Text"
                        ),
                    ),
                    (
                        "woerter",
                        django.contrib.postgres.search.SearchVectorField(verbose_name="Wortstämme"),
                    ),
                ],
                options={
                    "verbose_name": "Unterlagentext",
                    "verbose_name_plural": "Unterlagentexte",
                },
            ),
            migrations.AddField(
                model_name="unterlage",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="unterlagen",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="unterlage",
                name="hochgeladen_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="unterlagen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="hochgeladen von",
                ),
            ),
            migrations.AddField(
                model_name="unterlage",
                name="irrtuemlich_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="irrtuemliche_unterlagen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="Irrtum vermerkt von",
                ),
            ),
            migrations.AddField(
                model_name="unterlageevent",
                name="case",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="unterlageevent",
                name="hochgeladen_von",
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
                model_name="unterlageevent",
                name="irrtuemlich_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="Irrtum vermerkt von",
                ),
            ),
            migrations.AddField(
                model_name="unterlageevent",
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
                model_name="unterlageevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.unterlage",
                ),
            ),
            migrations.AddField(
                model_name="vermerk",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="vermerke",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="vermerk",
                name="verfasst_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="vermerke",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="verfasst von",
                ),
            ),
            migrations.AddField(
                model_name="nachtrag",
                name="vermerk",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="nachtraege",
                    to="cases.vermerk",
                    verbose_name="Vermerk",
                ),
            ),
            migrations.AddField(
                model_name="vermerkevent",
                name="case",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="vermerkevent",
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
                model_name="vermerkevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.vermerk",
                ),
            ),
            migrations.AddField(
                model_name="vermerkevent",
                name="verfasst_von",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="verfasst von",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlagendatei",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="22fbfe20493c4da76f32bca41d0dc316afa0656d",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_df70d",
                        table="cases_unterlagendatei",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlagendatei",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="9817845030cb84fb8e06db578e4dfec19f4e543a",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_0b920",
                        table="cases_unterlagendatei",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddIndex(
                model_name="unterlagentext",
                index=django.contrib.postgres.indexes.GinIndex(
                    fields=["woerter"], name="unterlagentext_woerter"
                ),
            ),
            migrations.AddIndex(
                model_name="unterlage",
                index=models.Index(
                    condition=models.Q(("pruefstand", "ungeprueft")),
                    fields=["pruefstand"],
                    name="unterlage_ungeprueft",
                ),
            ),
            migrations.AddConstraint(
                model_name="unterlage",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "art__in",
                            [
                                "antrag",
                                "gutachten",
                                "bericht",
                                "befund",
                                "stellungnahme",
                                "bescheid",
                                "ausweis",
                                "betreuerausweis",
                                "einwilligung",
                                "zielvereinbarung",
                                "nachweis",
                                "schriftverkehr",
                                "sonstiges",
                            ],
                        )
                    ),
                    name="unterlage_art_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="unterlage",
                constraint=models.CheckConstraint(
                    condition=models.Q(("pruefstand__in", ["ungeprueft", "sauber", "befallen"])),
                    name="unterlage_pruefstand_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="unterlage",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("datum")),
                        _connector="OR",
                    ),
                    name="unterlage_gueltig_nach_datum",
                ),
            ),
            migrations.AddConstraint(
                model_name="unterlage",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "dateiart__in",
                            ["keine", "pdf", "jpeg", "png", "tiff", "docx", "odt", "txt"],
                        )
                    ),
                    name="unterlage_dateiart_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="unterlage",
                constraint=models.UniqueConstraint(
                    condition=models.Q(
                        ("irrtuemlich_am__isnull", True),
                        models.Q(("original_sha256", ""), _negated=True),
                    ),
                    fields=("case", "original_sha256"),
                    name="unterlage_datei_einmal_je_fall",
                ),
            ),
            migrations.AddConstraint(
                model_name="unterlage",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("irrtuemlich_am__isnull", True),
                        models.Q(
                            ("irrtuemlich_von__isnull", False),
                            models.Q(("irrtuemlich_grund", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="unterlage_irrtum_mit_grund",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlage",
                trigger=pgtrigger.compiler.Trigger(
                    name="datei_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."dateiart" IS DISTINCT FROM (NEW."dateiart") OR OLD."groesse" IS DISTINCT FROM (NEW."groesse") OR OLD."hochgeladen" IS DISTINCT FROM (NEW."hochgeladen") OR OLD."hochgeladen_von_id" IS DISTINCT FROM (NEW."hochgeladen_von_id") OR OLD."original_sha256" IS DISTINCT FROM (NEW."original_sha256") OR OLD."originalname" IS DISTINCT FROM (NEW."originalname") OR OLD."seiten" IS DISTINCT FROM (NEW."seiten") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="43e08f51ad26ad414c96aee9e5d735ce89ef0205",
                        operation="UPDATE",
                        pgid="pgtrigger_datei_fest_c163a",
                        table="cases_unterlage",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlage",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="def44f4fcbe2223dadc763f2ae5c89f71357731a",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_e4654",
                        table="cases_unterlage",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlage",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="cf1ac2658f82edffcead98d717b01cb4aac55261",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_02def",
                        table="cases_unterlage",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlage",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_unterlageevent" ("art", "befund", "bereinigt", "case_id", "dateiart", "datum", "eingegangen_am", "geprueft_am", "groesse", "gueltig_bis", "hochgeladen", "hochgeladen_von_id", "id", "irrtuemlich_am", "irrtuemlich_grund", "irrtuemlich_von_id", "mit_text", "original_sha256", "originalname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pruefstand", "seiten", "sha256", "titel", "verfasser") VALUES (NEW."art", NEW."befund", NEW."bereinigt", NEW."case_id", NEW."dateiart", NEW."datum", NEW."eingegangen_am", NEW."geprueft_am", NEW."groesse", NEW."gueltig_bis", NEW."hochgeladen", NEW."hochgeladen_von_id", NEW."id", NEW."irrtuemlich_am", NEW."irrtuemlich_grund", NEW."irrtuemlich_von_id", NEW."mit_text", NEW."original_sha256", NEW."originalname", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pruefstand", NEW."seiten", NEW."sha256", NEW."titel", NEW."verfasser"); RETURN NULL;',
                        hash="8675f4f7ee68cec9e56ebec96dea1abc2f2780c3",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_6236e",
                        table="cases_unterlage",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlage",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_unterlageevent" ("art", "befund", "bereinigt", "case_id", "dateiart", "datum", "eingegangen_am", "geprueft_am", "groesse", "gueltig_bis", "hochgeladen", "hochgeladen_von_id", "id", "irrtuemlich_am", "irrtuemlich_grund", "irrtuemlich_von_id", "mit_text", "original_sha256", "originalname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pruefstand", "seiten", "sha256", "titel", "verfasser") VALUES (NEW."art", NEW."befund", NEW."bereinigt", NEW."case_id", NEW."dateiart", NEW."datum", NEW."eingegangen_am", NEW."geprueft_am", NEW."groesse", NEW."gueltig_bis", NEW."hochgeladen", NEW."hochgeladen_von_id", NEW."id", NEW."irrtuemlich_am", NEW."irrtuemlich_grund", NEW."irrtuemlich_von_id", NEW."mit_text", NEW."original_sha256", NEW."originalname", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pruefstand", NEW."seiten", NEW."sha256", NEW."titel", NEW."verfasser"); RETURN NULL;',
                        hash="6a8bfe23d758719693fe62d07dd14c4783c3f7b0",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_31a2b",
                        table="cases_unterlage",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="unterlageevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="0decce6261f79f685e5b75a7bc7ec1408cea082e",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_1cb07",
                        table="cases_unterlageevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="vermerk",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "art__in",
                            [
                                "telefonat",
                                "hausbesuch",
                                "gespraech",
                                "email",
                                "beratung",
                                "aktenvermerk",
                            ],
                        )
                    ),
                    name="vermerk_art_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vermerk",
                trigger=pgtrigger.compiler.Trigger(
                    name="ein_tag",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                    IF OLD.erstellt + INTERVAL '24 hours' < clock_timestamp()\n                        OR ROW(OLD.case_id, OLD.verfasst_von_id, OLD.erstellt)\n                        IS DISTINCT FROM ROW(NEW.case_id, NEW.verfasst_von_id, NEW.erstellt)\n                    THEN\n                        RAISE EXCEPTION 'Fallwerk: ein Vermerk wird nach einem Tag nur ergänzt';\n                    END IF;\n                    RETURN NEW;\n                ",
                        hash="17422b454c38b9a9bafe398ad097da3dabbae6a9",
                        operation="UPDATE",
                        pgid="pgtrigger_ein_tag_b3a50",
                        table="cases_vermerk",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vermerk",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="bbed109b9015c62e12d674c94ab7e02852fe1032",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_86eeb",
                        table="cases_vermerk",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vermerk",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="76161d7238079bf3485d8310f73c144b83e9bde2",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_b24e6",
                        table="cases_vermerk",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vermerk",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_vermerkevent" ("am", "art", "beteiligte", "case_id", "erstellt", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uhrzeit", "verfasst_von_id") VALUES (NEW."am", NEW."art", NEW."beteiligte", NEW."case_id", NEW."erstellt", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."uhrzeit", NEW."verfasst_von_id"); RETURN NULL;',
                        hash="4e5227650b0dac469ae2220bd2822441b0bd98f6",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_03409",
                        table="cases_vermerk",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vermerk",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_vermerkevent" ("am", "art", "beteiligte", "case_id", "erstellt", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uhrzeit", "verfasst_von_id") VALUES (NEW."am", NEW."art", NEW."beteiligte", NEW."case_id", NEW."erstellt", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."uhrzeit", NEW."verfasst_von_id"); RETURN NULL;',
                        hash="6327bb329bca92b1cc3e70af34702927e5ca7322",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_a8dc9",
                        table="cases_vermerk",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="nachtrag",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="d8788ec2a9cf75ab709ae8a5fe21211300ed5630",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_1ec76",
                        table="cases_nachtrag",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="nachtrag",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="afb9edae3cd556a164e0534b9fa0b59e1fdb11e0",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_48c5b",
                        table="cases_nachtrag",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vermerkevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="b234da05d99c64287fb38a1456771e93892b4c4d",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_94d34",
                        table="cases_vermerkevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
