"""Emergency access, accounts with four eyes, reasons in the read log, a role that gives rights."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.crypto
from cases.migrations import gebuendelt


def create_rolle(apps, schema_editor):
    """Create the group of the new role."""
    apps.get_model("auth", "Group").objects.get_or_create(name="Berechtigungsverwaltung")


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_fall"), ("pghistory", "0007_auto_20250421_0444")]

    operations = gebuendelt(
        [
            migrations.RunPython(create_rolle, migrations.RunPython.noop),
            migrations.CreateModel(
                name="Auffaelligkeit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("zeit", models.DateTimeField(verbose_name="bemerkt")),
                    (
                        "anzahl",
                        models.PositiveIntegerField(
                            verbose_name="verschiedene Fälle in einer Stunde"
                        ),
                    ),
                    ("grenze", models.PositiveIntegerField(verbose_name="Grenze")),
                    (
                        "bemerkung",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="Ergebnis der Prüfung"
                        ),
                    ),
                    (
                        "geprueft_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="geprüft am"),
                    ),
                ],
                options={
                    "verbose_name": "Auffälligkeit",
                    "verbose_name_plural": "Auffälligkeiten",
                    "ordering": ["-zeit", "-id"],
                },
            ),
            migrations.CreateModel(
                name="AuffaelligkeitEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("zeit", models.DateTimeField(verbose_name="bemerkt")),
                    (
                        "anzahl",
                        models.PositiveIntegerField(
                            verbose_name="verschiedene Fälle in einer Stunde"
                        ),
                    ),
                    ("grenze", models.PositiveIntegerField(verbose_name="Grenze")),
                    (
                        "bemerkung",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="Ergebnis der Prüfung"
                        ),
                    ),
                    (
                        "geprueft_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="geprüft am"),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Kontoaenderung",
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
                                ("angelegt", "Konto angelegt"),
                                ("angaben", "Angaben geändert"),
                                ("rolle_erteilen", "Rolle erteilen"),
                                ("rolle_entziehen", "Rolle entziehen"),
                                ("team", "Team zuordnen"),
                                ("team_verlassen", "aus dem Team nehmen"),
                                ("leitung_erteilen", "Leitung eines Teams übertragen"),
                                ("leitung_entziehen", "Leitung eines Teams entziehen"),
                                ("sperren", "Konto sperren"),
                                ("entsperren", "Konto entsperren"),
                                ("passwort", "Startpasswort setzen"),
                                ("zweiter_faktor", "Zweiten Faktor zurücksetzen"),
                            ],
                            max_length=20,
                            verbose_name="Vorgang",
                        ),
                    ),
                    ("rolle", models.CharField(blank=True, max_length=30, verbose_name="Rolle")),
                    (
                        "begruendung",
                        models.CharField(blank=True, max_length=300, verbose_name="Begründung"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offen", "wartet auf eine zweite Person"),
                                ("wirksam", "wirksam"),
                                ("abgelehnt", "abgelehnt"),
                                ("zurueckgezogen", "zurückgezogen"),
                            ],
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("veranlasst_am", models.DateTimeField(verbose_name="veranlasst am")),
                    (
                        "entschieden_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="entschieden am"),
                    ),
                    (
                        "ablehnung",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="Grund der Ablehnung"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Kontoänderung",
                    "verbose_name_plural": "Kontoänderungen",
                    "ordering": ["-veranlasst_am", "-id"],
                },
            ),
            migrations.CreateModel(
                name="KontoaenderungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("angelegt", "Konto angelegt"),
                                ("angaben", "Angaben geändert"),
                                ("rolle_erteilen", "Rolle erteilen"),
                                ("rolle_entziehen", "Rolle entziehen"),
                                ("team", "Team zuordnen"),
                                ("team_verlassen", "aus dem Team nehmen"),
                                ("leitung_erteilen", "Leitung eines Teams übertragen"),
                                ("leitung_entziehen", "Leitung eines Teams entziehen"),
                                ("sperren", "Konto sperren"),
                                ("entsperren", "Konto entsperren"),
                                ("passwort", "Startpasswort setzen"),
                                ("zweiter_faktor", "Zweiten Faktor zurücksetzen"),
                            ],
                            max_length=20,
                            verbose_name="Vorgang",
                        ),
                    ),
                    ("rolle", models.CharField(blank=True, max_length=30, verbose_name="Rolle")),
                    (
                        "begruendung",
                        models.CharField(blank=True, max_length=300, verbose_name="Begründung"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offen", "wartet auf eine zweite Person"),
                                ("wirksam", "wirksam"),
                                ("abgelehnt", "abgelehnt"),
                                ("zurueckgezogen", "zurückgezogen"),
                            ],
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("veranlasst_am", models.DateTimeField(verbose_name="veranlasst am")),
                    (
                        "entschieden_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="entschieden am"),
                    ),
                    (
                        "ablehnung",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="Grund der Ablehnung"
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Listenabruf",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("zeit", models.DateTimeField(auto_now_add=True, verbose_name="Zeit")),
                    ("route", models.CharField(max_length=80, verbose_name="Seite")),
                    ("anzahl", models.PositiveIntegerField(verbose_name="gezeigte Fälle")),
                ],
                options={
                    "verbose_name": "Listenabruf",
                    "verbose_name_plural": "Listenabrufe",
                    "ordering": ["-zeit", "-id"],
                },
            ),
            migrations.CreateModel(
                name="Notfallzugriff",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "grund",
                        cases.crypto.EncryptedTextField(
                            purpose="notfallzugriff.grund", verbose_name="Grund"
                        ),
                    ),
                    ("beginn", models.DateTimeField(verbose_name="Beginn")),
                    ("ende", models.DateTimeField(verbose_name="Ende")),
                    (
                        "geschuetzt",
                        models.BooleanField(default=False, verbose_name="Fall war geschützt"),
                    ),
                    ("pruefen_bis", models.DateField(verbose_name="zu prüfen bis")),
                    (
                        "ergebnis",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("berechtigt", "Der Zugriff war berechtigt."),
                                ("nicht_berechtigt", "Der Zugriff war nicht berechtigt."),
                            ],
                            max_length=20,
                            null=True,
                            verbose_name="Ergebnis",
                        ),
                    ),
                    (
                        "bemerkung",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="notfallzugriff.bemerkung", verbose_name="Bemerkung"
                        ),
                    ),
                    (
                        "geprueft_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="geprüft am"),
                    ),
                ],
                options={
                    "verbose_name": "Notfallzugriff",
                    "verbose_name_plural": "Notfallzugriffe",
                    "ordering": ["-beginn", "-id"],
                },
            ),
            migrations.CreateModel(
                name="NotfallzugriffEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "grund",
                        cases.crypto.EncryptedTextField(
                            purpose="notfallzugriff.grund", verbose_name="Grund"
                        ),
                    ),
                    ("beginn", models.DateTimeField(verbose_name="Beginn")),
                    ("ende", models.DateTimeField(verbose_name="Ende")),
                    (
                        "geschuetzt",
                        models.BooleanField(default=False, verbose_name="Fall war geschützt"),
                    ),
                    ("pruefen_bis", models.DateField(verbose_name="zu prüfen bis")),
                    (
                        "ergebnis",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("berechtigt", "Der Zugriff war berechtigt."),
                                ("nicht_berechtigt", "Der Zugriff war nicht berechtigt."),
                            ],
                            max_length=20,
                            null=True,
                            verbose_name="Ergebnis",
                        ),
                    ),
                    (
                        "bemerkung",
                        cases.crypto.EncryptedTextField(
                            blank=True, purpose="notfallzugriff.bemerkung", verbose_name="Bemerkung"
                        ),
                    ),
                    (
                        "geprueft_am",
                        models.DateTimeField(blank=True, null=True, verbose_name="geprüft am"),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Zugangsmeldung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "anlass",
                        models.CharField(
                            choices=[
                                ("notfall", "Notfallzugriff eröffnet"),
                                ("auffaellig", "auffälliges Lesen"),
                                ("konto", "Änderung am eigenen Konto"),
                            ],
                            max_length=20,
                            verbose_name="Anlass",
                        ),
                    ),
                    ("zeit", models.DateTimeField(verbose_name="Zeit")),
                    ("text", models.CharField(max_length=200, verbose_name="Text")),
                ],
                options={
                    "verbose_name": "Zugangsmeldung",
                    "verbose_name_plural": "Zugangsmeldungen",
                    "ordering": ["-zeit", "-id"],
                },
            ),
            migrations.RemoveConstraint(
                model_name="eigenerwert",
                name="eigener_wert_nur_einstellbares",
            ),
            migrations.RemoveConstraint(
                model_name="zuweisung",
                name="zuweisung_rolle_gueltig",
            ),
            migrations.AddField(
                model_name="lesezugriff",
                name="grund",
                field=models.CharField(
                    choices=[
                        ("zustaendig", "zuständige Person"),
                        ("zuweisung", "befristete Zuweisung"),
                        ("vertretung", "Vertretung bei Abwesenheit"),
                        ("leitung", "Leitung des Teams"),
                        ("team", "Mitglied des Teams"),
                        ("revision", "Prüfung durch die Revision"),
                        ("notfall", "Notfallzugriff"),
                        ("datenschutz", "Kontrolle durch den Datenschutz"),
                        ("unbekannt", "nicht aufgezeichnet"),
                    ],
                    db_default="unbekannt",
                    default="unbekannt",
                    max_length=20,
                    verbose_name="Anlass",
                ),
            ),
            migrations.AddField(
                model_name="user",
                name="startpasswort_bis",
                field=models.DateTimeField(
                    blank=True,
                    help_text="gesetzt, bis die Person ein eigenes Passwort gewählt hat",
                    null=True,
                    verbose_name="Startpasswort gilt bis",
                ),
            ),
            migrations.AlterField(
                model_name="zuweisung",
                name="rolle",
                field=models.CharField(
                    choices=[
                        ("Fallmanagement", "Fallmanagement"),
                        ("Sachgebietsleitung", "Sachgebietsleitung"),
                        ("Fachdienst", "Fachdienst"),
                        ("Kasse", "Kasse"),
                        ("Revision", "Revision"),
                        ("Datenschutz", "Datenschutz"),
                        ("Fachadministration", "Fachadministration"),
                        ("Berechtigungsverwaltung", "Berechtigungsverwaltung"),
                    ],
                    max_length=30,
                    verbose_name="als",
                ),
            ),
            migrations.AlterField(
                model_name="zuweisungevent",
                name="rolle",
                field=models.CharField(
                    choices=[
                        ("Fallmanagement", "Fallmanagement"),
                        ("Sachgebietsleitung", "Sachgebietsleitung"),
                        ("Fachdienst", "Fachdienst"),
                        ("Kasse", "Kasse"),
                        ("Revision", "Revision"),
                        ("Datenschutz", "Datenschutz"),
                        ("Fachadministration", "Fachadministration"),
                        ("Berechtigungsverwaltung", "Berechtigungsverwaltung"),
                    ],
                    max_length=30,
                    verbose_name="als",
                ),
            ),
            migrations.AddConstraint(
                model_name="eigenerwert",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "schluessel__regex",
                            "^(wochenfaktor|teilmonat_modus|richtwert\\.hbg[1-5]\\.(seelisch|geistig|koerperlich)|stundensatz\\.(assistenz|qualifizierte_assistenz)|vorlauf\\.F[0-9]{2}b?|zugang\\.(faelle_je_stunde|notfaelle_je_tag))$",
                        )
                    ),
                    name="eigener_wert_nur_einstellbares",
                ),
            ),
            migrations.AddConstraint(
                model_name="zuweisung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "rolle__in",
                            [
                                "Fallmanagement",
                                "Sachgebietsleitung",
                                "Fachdienst",
                                "Kasse",
                                "Revision",
                                "Datenschutz",
                                "Fachadministration",
                                "Berechtigungsverwaltung",
                            ],
                        )
                    ),
                    name="zuweisung_rolle_gueltig",
                ),
            ),
            migrations.AddField(
                model_name="auffaelligkeit",
                name="geprueft_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="gepruefte_auffaelligkeiten",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="geprüft von",
                ),
            ),
            migrations.AddField(
                model_name="auffaelligkeit",
                name="user",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="auffaelligkeiten",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="durch",
                ),
            ),
            migrations.AddField(
                model_name="auffaelligkeitevent",
                name="geprueft_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="geprüft von",
                ),
            ),
            migrations.AddField(
                model_name="auffaelligkeitevent",
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
                model_name="auffaelligkeitevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.auffaelligkeit",
                ),
            ),
            migrations.AddField(
                model_name="auffaelligkeitevent",
                name="user",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="durch",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderung",
                name="entschieden_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="entschiedene_kontoaenderungen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="entschieden von",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderung",
                name="konto",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="kontoaenderungen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="Konto",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderung",
                name="team",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="kontoaenderungen",
                    to="cases.team",
                    verbose_name="Team",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderung",
                name="veranlasst_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="veranlasste_kontoaenderungen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="veranlasst von",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderungevent",
                name="entschieden_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="entschieden von",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderungevent",
                name="konto",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="Konto",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderungevent",
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
                model_name="kontoaenderungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.kontoaenderung",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderungevent",
                name="team",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.team",
                    verbose_name="Team",
                ),
            ),
            migrations.AddField(
                model_name="kontoaenderungevent",
                name="veranlasst_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="veranlasst von",
                ),
            ),
            migrations.AddField(
                model_name="listenabruf",
                name="user",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="listenabrufe",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="durch",
                ),
            ),
            migrations.AddField(
                model_name="notfallzugriff",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notfallzugriffe",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="notfallzugriff",
                name="geprueft_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="gepruefte_notfallzugriffe",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="geprüft von",
                ),
            ),
            migrations.AddField(
                model_name="notfallzugriff",
                name="user",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notfallzugriffe",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="durch",
                ),
            ),
            migrations.AddField(
                model_name="lesezugriff",
                name="notfall",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="lesezugriffe",
                    to="cases.notfallzugriff",
                    verbose_name="Notfallzugriff",
                ),
            ),
            migrations.AddIndex(
                model_name="lesezugriff",
                index=models.Index(fields=["user", "-zeit"], name="lesezugriff_user_zeit"),
            ),
            migrations.AddConstraint(
                model_name="lesezugriff",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "grund__in",
                            [
                                "zustaendig",
                                "zuweisung",
                                "vertretung",
                                "leitung",
                                "team",
                                "revision",
                                "notfall",
                                "datenschutz",
                                "unbekannt",
                            ],
                        )
                    ),
                    name="lesezugriff_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="lesezugriff",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("grund", "notfall"), ("notfall__isnull", False)),
                        models.Q(
                            models.Q(("grund", "notfall"), _negated=True), ("notfall__isnull", True)
                        ),
                        _connector="OR",
                    ),
                    name="lesezugriff_notfall_benannt",
                ),
            ),
            migrations.AddField(
                model_name="notfallzugriffevent",
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
                model_name="notfallzugriffevent",
                name="geprueft_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="geprüft von",
                ),
            ),
            migrations.AddField(
                model_name="notfallzugriffevent",
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
                model_name="notfallzugriffevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.notfallzugriff",
                ),
            ),
            migrations.AddField(
                model_name="notfallzugriffevent",
                name="user",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="durch",
                ),
            ),
            migrations.AddField(
                model_name="zugangsmeldung",
                name="notfall",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="meldungen",
                    to="cases.notfallzugriff",
                    verbose_name="Notfallzugriff",
                ),
            ),
            migrations.AddField(
                model_name="zugangsmeldung",
                name="user",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="zugangsmeldungen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="an",
                ),
            ),
            migrations.AddConstraint(
                model_name="auffaelligkeit",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("geprueft_von__isnull", True),
                        models.Q(("geprueft_von", models.F("user")), _negated=True),
                        _connector="OR",
                    ),
                    name="auffaelligkeit_zweite_person",
                ),
            ),
            migrations.AddConstraint(
                model_name="auffaelligkeit",
                constraint=models.CheckConstraint(
                    condition=models.Q(("anzahl__gt", models.F("grenze"))),
                    name="auffaelligkeit_ueber_der_grenze",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auffaelligkeit",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="06b07d8d3bfdc7f23a879656fc568af0b935d787",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_eb93d",
                        table="cases_auffaelligkeit",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auffaelligkeit",
                trigger=pgtrigger.compiler.Trigger(
                    name="pruefung_einmal",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."geprueft_am" IS NOT NULL)',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="877e5cf689b880f1ddb8b462aff20542df2fe988",
                        operation="UPDATE",
                        pgid="pgtrigger_pruefung_einmal_23c98",
                        table="cases_auffaelligkeit",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auffaelligkeit",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="e58ede768b12088097b97b59e0778af48e139e99",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_01269",
                        table="cases_auffaelligkeit",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auffaelligkeit",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_auffaelligkeitevent" ("anzahl", "bemerkung", "geprueft_am", "geprueft_von_id", "grenze", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "zeit") VALUES (NEW."anzahl", NEW."bemerkung", NEW."geprueft_am", NEW."geprueft_von_id", NEW."grenze", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id", NEW."zeit"); RETURN NULL;',
                        hash="39d0d29cc3e6a6f319b91974b7af84970c4f0594",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_67af5",
                        table="cases_auffaelligkeit",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auffaelligkeit",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_auffaelligkeitevent" ("anzahl", "bemerkung", "geprueft_am", "geprueft_von_id", "grenze", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "zeit") VALUES (NEW."anzahl", NEW."bemerkung", NEW."geprueft_am", NEW."geprueft_von_id", NEW."grenze", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id", NEW."zeit"); RETURN NULL;',
                        hash="8bcb5ecb778238cf08bad6a4a0e71e0a2b8a4902",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_44b34",
                        table="cases_auffaelligkeit",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auffaelligkeitevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="bdee09f91fd402d283062634fd6c40337a50c34e",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_75784",
                        table="cases_auffaelligkeitevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="kontoaenderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "art__in",
                            [
                                "angelegt",
                                "angaben",
                                "rolle_erteilen",
                                "rolle_entziehen",
                                "team",
                                "team_verlassen",
                                "leitung_erteilen",
                                "leitung_entziehen",
                                "sperren",
                                "entsperren",
                                "passwort",
                                "zweiter_faktor",
                            ],
                        )
                    ),
                    name="kontoaenderung_art_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="kontoaenderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["offen", "wirksam", "abgelehnt", "zurueckgezogen"])
                    ),
                    name="kontoaenderung_state_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="kontoaenderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("veranlasst_von__isnull", True),
                        models.Q(("veranlasst_von", models.F("konto")), _negated=True),
                        _connector="OR",
                    ),
                    name="kontoaenderung_nicht_fuer_sich",
                ),
            ),
            migrations.AddConstraint(
                model_name="kontoaenderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("entschieden_von__isnull", True),
                        ("state", "abgelehnt"),
                        models.Q(("entschieden_von", models.F("konto")), _negated=True),
                        _connector="OR",
                    ),
                    name="kontoaenderung_nicht_an_sich",
                ),
            ),
            migrations.AddConstraint(
                model_name="kontoaenderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "wirksam"), _negated=True),
                        models.Q(
                            (
                                "art__in",
                                ["entsperren", "leitung_erteilen", "rolle_erteilen", "team"],
                            ),
                            _negated=True,
                        ),
                        ("veranlasst_von__isnull", True),
                        models.Q(
                            ("entschieden_am__isnull", False),
                            ("entschieden_von__isnull", False),
                            models.Q(
                                ("entschieden_von", models.F("veranlasst_von")), _negated=True
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="kontoaenderung_vier_augen",
                ),
            ),
            migrations.AddConstraint(
                model_name="kontoaenderung",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "offen")),
                    fields=("konto", "art", "rolle", "team"),
                    name="kontoaenderung_einmal_offen",
                    nulls_distinct=False,
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kontoaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="3758d8593cf178bd2c7d5604eacd7bb048884b45",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_019a8",
                        table="cases_kontoaenderung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kontoaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="vorgang_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."art" IS DISTINCT FROM (NEW."art") OR OLD."begruendung" IS DISTINCT FROM (NEW."begruendung") OR OLD."konto_id" IS DISTINCT FROM (NEW."konto_id") OR OLD."rolle" IS DISTINCT FROM (NEW."rolle") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."veranlasst_am" IS DISTINCT FROM (NEW."veranlasst_am") OR OLD."veranlasst_von_id" IS DISTINCT FROM (NEW."veranlasst_von_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="614c6e262c48bd7619c892a7444a8a48c7503700",
                        operation="UPDATE",
                        pgid="pgtrigger_vorgang_fest_46085",
                        table="cases_kontoaenderung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kontoaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="entschieden_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.\"state\" IS DISTINCT FROM 'offen')",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="1bd18108de20b8d715deaf0827270cd93e75b836",
                        operation="UPDATE",
                        pgid="pgtrigger_entschieden_fest_843d1",
                        table="cases_kontoaenderung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kontoaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="5676ccc199ed8941437484aba6e9767e773c3192",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_b8473",
                        table="cases_kontoaenderung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kontoaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_kontoaenderungevent" ("ablehnung", "art", "begruendung", "entschieden_am", "entschieden_von_id", "id", "konto_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle", "state", "team_id", "veranlasst_am", "veranlasst_von_id") VALUES (NEW."ablehnung", NEW."art", NEW."begruendung", NEW."entschieden_am", NEW."entschieden_von_id", NEW."id", NEW."konto_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rolle", NEW."state", NEW."team_id", NEW."veranlasst_am", NEW."veranlasst_von_id"); RETURN NULL;',
                        hash="6a6ad9877a3047c692a85c576849738f9a16931a",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_d718e",
                        table="cases_kontoaenderung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kontoaenderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_kontoaenderungevent" ("ablehnung", "art", "begruendung", "entschieden_am", "entschieden_von_id", "id", "konto_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle", "state", "team_id", "veranlasst_am", "veranlasst_von_id") VALUES (NEW."ablehnung", NEW."art", NEW."begruendung", NEW."entschieden_am", NEW."entschieden_von_id", NEW."id", NEW."konto_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rolle", NEW."state", NEW."team_id", NEW."veranlasst_am", NEW."veranlasst_von_id"); RETURN NULL;',
                        hash="01d5b32246d5f1e8cae5fbbcbc5d126017827241",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_e1734",
                        table="cases_kontoaenderung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kontoaenderungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="d8283efde2b6c792813cd24eec3e7018e2761a42",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_7125f",
                        table="cases_kontoaenderungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddIndex(
                model_name="listenabruf",
                index=models.Index(fields=["-zeit"], name="listenabruf_zeit"),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="listenabruf",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="7aaa94546d9a685d564f8e792874544cfc875677",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_f3995",
                        table="cases_listenabruf",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="listenabruf",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="a4d48fd0ddcf3e30a900bfca8f2f37cc95737582",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_3d6f5",
                        table="cases_listenabruf",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddIndex(
                model_name="notfallzugriff",
                index=models.Index(fields=["user", "-beginn"], name="notfallzugriff_user_beginn"),
            ),
            migrations.AddIndex(
                model_name="notfallzugriff",
                index=models.Index(
                    condition=models.Q(("ergebnis", None)),
                    fields=["case"],
                    name="notfallzugriff_ungeprueft",
                ),
            ),
            migrations.AddConstraint(
                model_name="notfallzugriff",
                constraint=models.CheckConstraint(
                    condition=models.Q(("ergebnis__in", ["berechtigt", "nicht_berechtigt"])),
                    name="notfallzugriff_ergebnis_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="notfallzugriff",
                constraint=models.CheckConstraint(
                    condition=models.Q(("ende__gt", models.F("beginn"))), name="notfallzugriff_ende"
                ),
            ),
            migrations.AddConstraint(
                model_name="notfallzugriff",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("geprueft_von__isnull", True),
                        models.Q(("geprueft_von", models.F("user")), _negated=True),
                        _connector="OR",
                    ),
                    name="notfallzugriff_zweite_person",
                ),
            ),
            migrations.AddConstraint(
                model_name="notfallzugriff",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("ergebnis__isnull", False),
                            ("geprueft_am__isnull", False),
                            ("geprueft_von__isnull", False),
                        ),
                        models.Q(
                            ("ergebnis__isnull", True),
                            ("geprueft_am__isnull", True),
                            ("geprueft_von__isnull", True),
                        ),
                        _connector="OR",
                    ),
                    name="notfallzugriff_pruefung_vollstaendig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="notfallzugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="f16e1a630e6189aca291714d024527cf714e159b",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_7da78",
                        table="cases_notfallzugriff",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="notfallzugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="eroeffnung_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."beginn" IS DISTINCT FROM (NEW."beginn") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."ende" IS DISTINCT FROM (NEW."ende") OR OLD."geschuetzt" IS DISTINCT FROM (NEW."geschuetzt") OR OLD."grund" IS DISTINCT FROM (NEW."grund") OR OLD."pruefen_bis" IS DISTINCT FROM (NEW."pruefen_bis") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="c13a17af9e244d843e97395a76a4afea05f3aa1d",
                        operation="UPDATE",
                        pgid="pgtrigger_eroeffnung_fest_cdb4c",
                        table="cases_notfallzugriff",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="notfallzugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="pruefung_einmal",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."ergebnis" IS NOT NULL)',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="1f57837a7e1b84f9f27ed4c64757e3ac24f95e53",
                        operation="UPDATE",
                        pgid="pgtrigger_pruefung_einmal_92a6b",
                        table="cases_notfallzugriff",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="notfallzugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="9748e0ccee2045318e676da7123faeada3696ae1",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_cdd96",
                        table="cases_notfallzugriff",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="notfallzugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_notfallzugriffevent" ("beginn", "bemerkung", "case_id", "ende", "ergebnis", "geprueft_am", "geprueft_von_id", "geschuetzt", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pruefen_bis", "user_id") VALUES (NEW."beginn", NEW."bemerkung", NEW."case_id", NEW."ende", NEW."ergebnis", NEW."geprueft_am", NEW."geprueft_von_id", NEW."geschuetzt", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pruefen_bis", NEW."user_id"); RETURN NULL;',
                        hash="d0202fd5b9a32ac8be4dd075df4cdaf77c711765",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_19ae8",
                        table="cases_notfallzugriff",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="notfallzugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_notfallzugriffevent" ("beginn", "bemerkung", "case_id", "ende", "ergebnis", "geprueft_am", "geprueft_von_id", "geschuetzt", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pruefen_bis", "user_id") VALUES (NEW."beginn", NEW."bemerkung", NEW."case_id", NEW."ende", NEW."ergebnis", NEW."geprueft_am", NEW."geprueft_von_id", NEW."geschuetzt", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pruefen_bis", NEW."user_id"); RETURN NULL;',
                        hash="94ec23a84e4f186a0075e11c5cb9455a1a75ab86",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_93c02",
                        table="cases_notfallzugriff",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="notfallzugriffevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="2a700eee3d70f8912093359bff6f72597ed21c09",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_84f10",
                        table="cases_notfallzugriffevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="zugangsmeldung",
                constraint=models.CheckConstraint(
                    condition=models.Q(("anlass__in", ["notfall", "auffaellig", "konto"])),
                    name="zugangsmeldung_anlass_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zugangsmeldung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="4739af1248668c18153365d0534a24c88bccc3f2",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_5788b",
                        table="cases_zugangsmeldung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zugangsmeldung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="4d1377d225919a9688134a7c15ae5c3ca9f06e46",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_72fa5",
                        table="cases_zugangsmeldung",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
