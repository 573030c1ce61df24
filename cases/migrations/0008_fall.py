import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cases.migrations import gebuendelt

# The history of the authority begins with what is stored today.
FIRST_STATE = """
INSERT INTO cases_behoerdeevent (
    pgh_created_at, pgh_label, pgh_obj_id, id, name, traeger_bezeichnung, bezeichnung_bis_2019,
    amt, strasse, plz, ort, telefon, email, elektronischer_zugang, land, aktenzeichen_praefix,
    aktenzeichen_schema
)
SELECT NOW(), 'insert', id, id, name, traeger_bezeichnung, bezeichnung_bis_2019, amt, strasse,
    plz, ort, telefon, email, elektronischer_zugang, land, aktenzeichen_praefix,
    aktenzeichen_schema
FROM cases_behoerde
"""


def name_series(apps, schema_editor):
    """Turn the counter of a year into the counter of its series; numbers go on without a gap."""
    Behoerde = apps.get_model("cases", "Behoerde")
    Zaehler = apps.get_model("cases", "Aktenzeichenzaehler")
    praefix = Behoerde.objects.values_list("aktenzeichen_praefix", flat=True).filter(pk=1).first()
    for row in Zaehler.objects.all():
        row.reihe = f"{praefix or 'EH'}-{row.jahr}-#"
        row.save(update_fields=["reihe"])


def name_tasks(apps, schema_editor):
    """Say what an assigned Fachdienst does in a case."""
    Zuweisung = apps.get_model("cases", "Zuweisung")
    Zuweisung.objects.filter(rolle="Fachdienst").update(art="fachdienst")


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_zustaendigkeit")]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="Abwesenheit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("von", models.DateField(verbose_name="erster Tag")),
                    ("bis", models.DateField(verbose_name="letzter Tag")),
                    (
                        "grund",
                        models.CharField(
                            choices=[
                                ("abwesend", "abwesend (ohne Angabe)"),
                                ("urlaub", "Urlaub"),
                                ("fortbildung", "Fortbildung"),
                                ("dienstreise", "Dienstreise"),
                            ],
                            default="abwesend",
                            max_length=20,
                            verbose_name="Grund",
                        ),
                    ),
                    (
                        "geschuetzte",
                        models.BooleanField(
                            default=False,
                            help_text="Die Vertretung sieht auch geschützte Fälle; das bestimmt nur die Leitung.",
                            verbose_name="auch geschützte Fälle",
                        ),
                    ),
                    (
                        "aufgehoben_am",
                        models.DateField(blank=True, null=True, verbose_name="aufgehoben am"),
                    ),
                    (
                        "eingetragen_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="eingetragene_abwesenheiten",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="eingetragen von",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="abwesenheiten",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="abwesend",
                        ),
                    ),
                    (
                        "vertretung",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="vertretungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="Vertretung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Abwesenheit",
                    "verbose_name_plural": "Abwesenheiten",
                    "ordering": ["von", "id"],
                },
            ),
            migrations.CreateModel(
                name="AbwesenheitEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("von", models.DateField(verbose_name="erster Tag")),
                    ("bis", models.DateField(verbose_name="letzter Tag")),
                    (
                        "grund",
                        models.CharField(
                            choices=[
                                ("abwesend", "abwesend (ohne Angabe)"),
                                ("urlaub", "Urlaub"),
                                ("fortbildung", "Fortbildung"),
                                ("dienstreise", "Dienstreise"),
                            ],
                            default="abwesend",
                            max_length=20,
                            verbose_name="Grund",
                        ),
                    ),
                    (
                        "geschuetzte",
                        models.BooleanField(
                            default=False,
                            help_text="Die Vertretung sieht auch geschützte Fälle; das bestimmt nur die Leitung.",
                            verbose_name="auch geschützte Fälle",
                        ),
                    ),
                    (
                        "aufgehoben_am",
                        models.DateField(blank=True, null=True, verbose_name="aufgehoben am"),
                    ),
                    (
                        "eingetragen_von",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="eingetragen von",
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
                            to="cases.abwesenheit",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="abwesend",
                        ),
                    ),
                    (
                        "vertretung",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="Vertretung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="BehoerdeEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("name", models.CharField(max_length=200, verbose_name="Name")),
                    (
                        "traeger_bezeichnung",
                        models.CharField(
                            help_text="z. B. Träger der Eingliederungshilfe",
                            max_length=200,
                            verbose_name="Bezeichnung als Leistungsträger",
                        ),
                    ),
                    (
                        "bezeichnung_bis_2019",
                        models.CharField(
                            default="Örtlicher Träger der Sozialhilfe",
                            help_text="steht in Schreiben, die nach dem bis 31.12.2019 geltenden Recht ergehen",
                            max_length=200,
                            verbose_name="Bezeichnung als Leistungsträger bis 2019",
                        ),
                    ),
                    ("amt", models.CharField(max_length=200, verbose_name="Amt")),
                    (
                        "strasse",
                        models.CharField(max_length=200, verbose_name="Straße und Hausnummer"),
                    ),
                    ("plz", models.CharField(max_length=5, verbose_name="Postleitzahl")),
                    ("ort", models.CharField(max_length=100, verbose_name="Ort")),
                    ("telefon", models.CharField(max_length=40, verbose_name="Telefon")),
                    ("email", models.EmailField(max_length=254, verbose_name="E-Mail")),
                    (
                        "elektronischer_zugang",
                        models.CharField(
                            help_text="z. B. Adresse des besonderen Behördenpostfachs",
                            max_length=200,
                            verbose_name="Elektronischer Zugang",
                        ),
                    ),
                    (
                        "land",
                        models.CharField(
                            help_text="Kürzel des Landes, z. B. BW",
                            max_length=2,
                            verbose_name="Land",
                        ),
                    ),
                    (
                        "aktenzeichen_praefix",
                        models.CharField(
                            default="EH", max_length=10, verbose_name="Anfang der Aktenzeichen"
                        ),
                    ),
                    (
                        "aktenzeichen_schema",
                        models.CharField(
                            default="{praefix}-{jahr}-{nummer:05}",
                            max_length=60,
                            verbose_name="Schema der Aktenzeichen",
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
                            to="cases.behoerde",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Uebergabe",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("grund", models.CharField(max_length=200, verbose_name="Grund")),
                    ("zeit", models.DateTimeField(verbose_name="übergeben")),
                    ("anzahl", models.PositiveIntegerField(verbose_name="Fälle")),
                    (
                        "zurueck_zeit",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="rückgängig gemacht"
                        ),
                    ),
                    (
                        "durch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="uebergaben",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="durch",
                        ),
                    ),
                    (
                        "zurueck_durch",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rueckgaengige_uebergaben",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="rückgängig gemacht von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Übergabe",
                    "verbose_name_plural": "Übergaben",
                    "ordering": ["-zeit", "-id"],
                },
            ),
            migrations.CreateModel(
                name="UebergabeEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("grund", models.CharField(max_length=200, verbose_name="Grund")),
                    ("zeit", models.DateTimeField(verbose_name="übergeben")),
                    ("anzahl", models.PositiveIntegerField(verbose_name="Fälle")),
                    (
                        "zurueck_zeit",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="rückgängig gemacht"
                        ),
                    ),
                    (
                        "durch",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="durch",
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
                            to="cases.uebergabe",
                        ),
                    ),
                    (
                        "zurueck_durch",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="rückgängig gemacht von",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Uebergabemeldung",
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
                                ("abgegeben", "abgegeben"),
                                ("uebernommen", "übernommen"),
                                ("leitung", "im Team"),
                                ("zurueck", "rückgängig gemacht"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    ("anzahl", models.PositiveIntegerField(verbose_name="Fälle")),
                    (
                        "gelesen_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="zur Kenntnis genommen am"
                        ),
                    ),
                    (
                        "uebergabe",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="meldungen",
                            to="cases.uebergabe",
                            verbose_name="Übergabe",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="uebergabemeldungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="an",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Übergabemeldung",
                    "verbose_name_plural": "Übergabemeldungen",
                    "ordering": ["-id"],
                },
            ),
            migrations.CreateModel(
                name="Uebergabezeile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "wiedervorlagen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.BigIntegerField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("zurueck", models.BooleanField(default=False, verbose_name="zurückgegeben")),
                    (
                        "bleibt_weil",
                        models.CharField(blank=True, max_length=200, verbose_name="bleibt, weil"),
                    ),
                    (
                        "an_team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.team",
                        ),
                    ),
                    (
                        "an_user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="uebernommene_zeilen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="an",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="uebergabezeilen",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "uebergabe",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="zeilen",
                            to="cases.uebergabe",
                            verbose_name="Übergabe",
                        ),
                    ),
                    (
                        "von_team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.team",
                        ),
                    ),
                    (
                        "von_user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="abgegebene_zeilen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Übergabezeile",
                    "verbose_name_plural": "Übergabezeilen",
                    "ordering": ["id"],
                },
            ),
            migrations.AlterModelOptions(
                name="zuweisung",
                options={
                    "ordering": ["-von", "-id"],
                    "verbose_name": "Zuweisung",
                    "verbose_name_plural": "Zuweisungen",
                },
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="case",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="case",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="zuweisung",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="zuweisung",
                name="update_update",
            ),
            migrations.AddField(
                model_name="behoerde",
                name="aktenzeichen_schema",
                field=models.CharField(
                    default="{praefix}-{jahr}-{nummer:05}",
                    max_length=60,
                    verbose_name="Schema der Aktenzeichen",
                ),
            ),
            migrations.AddField(
                model_name="case",
                name="beendet_art",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("anfrage_beantwortet", "Anfrage beantwortet, kein Antrag gestellt"),
                        ("antrag_zurueckgenommen", "Antrag zurückgenommen"),
                        ("weitergeleitet", "Antrag weitergeleitet, Vorgang abgeschlossen"),
                        ("abgelehnt", "Antrag abgelehnt"),
                        ("leistung_beendet", "Leistung beendet oder Zeitraum abgelaufen"),
                        ("traegerwechsel", "an einen anderen Träger abgegeben"),
                        ("verstorben", "Person verstorben"),
                        ("doppelt", "doppelt angelegt"),
                        ("sonstiges", "anderer Grund"),
                    ],
                    default="",
                    max_length=30,
                    verbose_name="Art des Endes",
                ),
            ),
            migrations.AddField(
                model_name="caseevent",
                name="beendet_art",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("anfrage_beantwortet", "Anfrage beantwortet, kein Antrag gestellt"),
                        ("antrag_zurueckgenommen", "Antrag zurückgenommen"),
                        ("weitergeleitet", "Antrag weitergeleitet, Vorgang abgeschlossen"),
                        ("abgelehnt", "Antrag abgelehnt"),
                        ("leistung_beendet", "Leistung beendet oder Zeitraum abgelaufen"),
                        ("traegerwechsel", "an einen anderen Träger abgegeben"),
                        ("verstorben", "Person verstorben"),
                        ("doppelt", "doppelt angelegt"),
                        ("sonstiges", "anderer Grund"),
                    ],
                    default="",
                    max_length=30,
                    verbose_name="Art des Endes",
                ),
            ),
            migrations.AddField(
                model_name="erinnerungsmail",
                name="uebergaben",
                field=models.PositiveIntegerField(default=0, verbose_name="Übergaben von Fällen"),
            ),
            migrations.AddField(
                model_name="team",
                name="kuerzel",
                field=models.CharField(
                    blank=True,
                    help_text="steht im Aktenzeichen, wenn das Schema es will",
                    max_length=6,
                    verbose_name="Kürzel",
                ),
            ),
            migrations.AddField(
                model_name="zuweisung",
                name="art",
                field=models.CharField(
                    choices=[
                        ("fachdienst", "Fachdienst"),
                        ("weitere", "weiteres Fallmanagement"),
                        ("vertretung", "Vertretung in diesem Fall"),
                    ],
                    default="weitere",
                    max_length=20,
                    verbose_name="Aufgabe",
                ),
            ),
            migrations.AddField(
                model_name="zuweisung",
                name="zugewiesen_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="erteilte_zuweisungen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="zugewiesen von",
                ),
            ),
            migrations.AddField(
                model_name="zuweisungevent",
                name="art",
                field=models.CharField(
                    choices=[
                        ("fachdienst", "Fachdienst"),
                        ("weitere", "weiteres Fallmanagement"),
                        ("vertretung", "Vertretung in diesem Fall"),
                    ],
                    default="weitere",
                    max_length=20,
                    verbose_name="Aufgabe",
                ),
            ),
            migrations.AddField(
                model_name="zuweisungevent",
                name="zugewiesen_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="zugewiesen von",
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(fields=["-eroeffnet_am", "-id"], name="case_liste"),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(fields=["team", "-eroeffnet_am", "-id"], name="case_liste_team"),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="behoerde",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_behoerdeevent" ("aktenzeichen_praefix", "aktenzeichen_schema", "amt", "bezeichnung_bis_2019", "elektronischer_zugang", "email", "id", "land", "name", "ort", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plz", "strasse", "telefon", "traeger_bezeichnung") VALUES (NEW."aktenzeichen_praefix", NEW."aktenzeichen_schema", NEW."amt", NEW."bezeichnung_bis_2019", NEW."elektronischer_zugang", NEW."email", NEW."id", NEW."land", NEW."name", NEW."ort", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plz", NEW."strasse", NEW."telefon", NEW."traeger_bezeichnung"); RETURN NULL;',
                        hash="1fe1a715e9395241e206a80932054978ba763846",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_80561",
                        table="cases_behoerde",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="behoerde",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_behoerdeevent" ("aktenzeichen_praefix", "aktenzeichen_schema", "amt", "bezeichnung_bis_2019", "elektronischer_zugang", "email", "id", "land", "name", "ort", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plz", "strasse", "telefon", "traeger_bezeichnung") VALUES (NEW."aktenzeichen_praefix", NEW."aktenzeichen_schema", NEW."amt", NEW."bezeichnung_bis_2019", NEW."elektronischer_zugang", NEW."email", NEW."id", NEW."land", NEW."name", NEW."ort", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plz", NEW."strasse", NEW."telefon", NEW."traeger_bezeichnung"); RETURN NULL;',
                        hash="5c4854fee5a05d6dc30b14d0a8984fdd0d96ddd0",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_1c6e9",
                        table="cases_behoerde",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="case",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_caseevent" ("aktenzeichen", "beendet_am", "beendet_art", "beendet_grund", "caseworker_id", "eroeffnet_am", "geschuetzt", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "team_id") VALUES (NEW."aktenzeichen", NEW."beendet_am", NEW."beendet_art", NEW."beendet_grund", NEW."caseworker_id", NEW."eroeffnet_am", NEW."geschuetzt", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."team_id"); RETURN NULL;',
                        hash="07d4d2947b85ed73ab26dd473a5ae4cc429a52c7",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_0b483",
                        table="cases_case",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="case",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_caseevent" ("aktenzeichen", "beendet_am", "beendet_art", "beendet_grund", "caseworker_id", "eroeffnet_am", "geschuetzt", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "team_id") VALUES (NEW."aktenzeichen", NEW."beendet_am", NEW."beendet_art", NEW."beendet_grund", NEW."caseworker_id", NEW."eroeffnet_am", NEW."geschuetzt", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."team_id"); RETURN NULL;',
                        hash="aa691c49f14755be5a1c373ac3a3c5feb84ea130",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f5146",
                        table="cases_case",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zuweisung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_zuweisungevent" ("art", "bis", "case_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle", "user_id", "von", "zugewiesen_von_id") VALUES (NEW."art", NEW."bis", NEW."case_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rolle", NEW."user_id", NEW."von", NEW."zugewiesen_von_id"); RETURN NULL;',
                        hash="e7b66811b3d634c51713c141efbd0c64f126caa7",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_495ce",
                        table="cases_zuweisung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zuweisung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_zuweisungevent" ("art", "bis", "case_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle", "user_id", "von", "zugewiesen_von_id") VALUES (NEW."art", NEW."bis", NEW."case_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rolle", NEW."user_id", NEW."von", NEW."zugewiesen_von_id"); RETURN NULL;',
                        hash="3578f19f11f37875d0316136580b959b2c07bd71",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_8240c",
                        table="cases_zuweisung",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "beendet_art__in",
                            [
                                "",
                                "anfrage_beantwortet",
                                "antrag_zurueckgenommen",
                                "weitergeleitet",
                                "abgelehnt",
                                "leistung_beendet",
                                "traegerwechsel",
                                "verstorben",
                                "doppelt",
                                "sonstiges",
                            ],
                        )
                    ),
                    name="case_beendet_art_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="zuweisung",
                constraint=models.CheckConstraint(
                    condition=models.Q(("art__in", ["fachdienst", "weitere", "vertretung"])),
                    name="zuweisung_art_gueltig",
                ),
            ),
            migrations.AddIndex(
                model_name="abwesenheit",
                index=models.Index(fields=["vertretung", "bis"], name="abwesenheit_vertretung"),
            ),
            migrations.AddConstraint(
                model_name="abwesenheit",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("grund__in", ["abwesend", "urlaub", "fortbildung", "dienstreise"])
                    ),
                    name="abwesenheit_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="abwesenheit",
                constraint=models.CheckConstraint(
                    condition=models.Q(("bis__gte", models.F("von"))),
                    name="abwesenheit_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="abwesenheit",
                constraint=models.CheckConstraint(
                    condition=models.Q(("vertretung", models.F("user")), _negated=True),
                    name="abwesenheit_durch_andere_person",
                ),
            ),
            migrations.AddConstraint(
                model_name="abwesenheit",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    condition=models.Q(("aufgehoben_am__isnull", True)),
                    expressions=[
                        ("user", "="),
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
                    name="abwesenheit_ohne_ueberschneidung",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="abwesenheit",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_abwesenheitevent" ("aufgehoben_am", "bis", "eingetragen_von_id", "geschuetzte", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "vertretung_id", "von") VALUES (NEW."aufgehoben_am", NEW."bis", NEW."eingetragen_von_id", NEW."geschuetzte", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id", NEW."vertretung_id", NEW."von"); RETURN NULL;',
                        hash="522c08f20b57a14508febf9e3aba72e2092c4197",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_bbd2b",
                        table="cases_abwesenheit",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="abwesenheit",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_abwesenheitevent" ("aufgehoben_am", "bis", "eingetragen_von_id", "geschuetzte", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "vertretung_id", "von") VALUES (NEW."aufgehoben_am", NEW."bis", NEW."eingetragen_von_id", NEW."geschuetzte", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id", NEW."vertretung_id", NEW."von"); RETURN NULL;',
                        hash="eb4ba8cc713355554e68871bffc4e48e5e0f4763",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_34fe6",
                        table="cases_abwesenheit",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="abwesenheitevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="4dfca296b677e34ef127ba001854f53cbbf08f04",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_216b8",
                        table="cases_abwesenheitevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="behoerdeevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="4737403866dd153534856b5452b56633f5f07732",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_18dc5",
                        table="cases_behoerdeevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="uebergabe",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("zurueck_durch__isnull", True), ("zurueck_zeit__isnull", True)),
                        models.Q(("zurueck_durch__isnull", False), ("zurueck_zeit__isnull", False)),
                        _connector="OR",
                    ),
                    name="uebergabe_rueckgaengig_vollstaendig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="uebergabe",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_uebergabeevent" ("anzahl", "durch_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "zeit", "zurueck_durch_id", "zurueck_zeit") VALUES (NEW."anzahl", NEW."durch_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."zeit", NEW."zurueck_durch_id", NEW."zurueck_zeit"); RETURN NULL;',
                        hash="0717dcfd7dda862061cd93dd5a199dedf916b8b3",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_7b94b",
                        table="cases_uebergabe",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="uebergabe",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_uebergabeevent" ("anzahl", "durch_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "zeit", "zurueck_durch_id", "zurueck_zeit") VALUES (NEW."anzahl", NEW."durch_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."zeit", NEW."zurueck_durch_id", NEW."zurueck_zeit"); RETURN NULL;',
                        hash="92208c38329febfd6b915c7ad0a1d5db7a025530",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c3dfe",
                        table="cases_uebergabe",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="uebergabeevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="dd3aae8d103c8be46841233845f56c86cf87da04",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_8d8e4",
                        table="cases_uebergabeevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddIndex(
                model_name="uebergabemeldung",
                index=models.Index(
                    condition=models.Q(("gelesen_am__isnull", True)),
                    fields=["user"],
                    name="uebergabemeldung_offen",
                ),
            ),
            migrations.AddConstraint(
                model_name="uebergabemeldung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("art__in", ["abgegeben", "uebernommen", "leitung", "zurueck"])
                    ),
                    name="uebergabemeldung_art_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="uebergabemeldung",
                constraint=models.UniqueConstraint(
                    fields=("uebergabe", "user", "art"), name="uebergabemeldung_einmal"
                ),
            ),
            migrations.AddConstraint(
                model_name="uebergabezeile",
                constraint=models.UniqueConstraint(
                    fields=("uebergabe", "case"), name="uebergabezeile_einmal"
                ),
            ),
            migrations.AddField(
                model_name="aktenzeichenzaehler",
                name="reihe",
                field=models.CharField(default="", max_length=60, verbose_name="Reihe"),
                preserve_default=False,
            ),
            migrations.RunPython(name_series, migrations.RunPython.noop),
            migrations.RemoveField(model_name="aktenzeichenzaehler", name="jahr"),
            migrations.AlterField(
                model_name="aktenzeichenzaehler",
                name="reihe",
                field=models.CharField(max_length=60, unique=True, verbose_name="Reihe"),
            ),
            migrations.RunPython(name_tasks, migrations.RunPython.noop),
            migrations.RunSQL(FIRST_STATE, migrations.RunSQL.noop),
        ]
    )
