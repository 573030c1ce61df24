import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.crypto
from cases.migrations import gebuendelt


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = gebuendelt(
        [
            django.contrib.postgres.operations.BtreeGistExtension(),
            django.contrib.postgres.operations.TrigramExtension(),
            django.contrib.postgres.operations.UnaccentExtension(),
            migrations.CreateModel(
                name="Aktenzeichenzaehler",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("jahr", models.PositiveSmallIntegerField(unique=True, verbose_name="Jahr")),
                    ("stand", models.PositiveIntegerField(default=0, verbose_name="letzte Nummer")),
                ],
                options={
                    "verbose_name": "Aktenzeichenzähler",
                    "verbose_name_plural": "Aktenzeichenzähler",
                },
            ),
            migrations.CreateModel(
                name="Leistungstraeger",
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
                                ("eingliederungshilfe", "Träger der Eingliederungshilfe"),
                                ("sozialhilfe", "Träger der Sozialhilfe"),
                                ("krankenkasse", "Krankenkasse"),
                                ("pflegekasse", "Pflegekasse"),
                                ("arbeitsagentur", "Bundesagentur für Arbeit"),
                                ("unfallversicherung", "Unfallversicherung"),
                                ("rentenversicherung", "Rentenversicherung"),
                                ("landwirte", "Alterssicherung der Landwirte"),
                                ("entschaedigung", "Soziale Entschädigung"),
                                ("jugendhilfe", "Jugendhilfe"),
                                ("integrationsamt", "Integrationsamt"),
                            ],
                            max_length=30,
                            verbose_name="Art",
                        ),
                    ),
                    ("name", models.CharField(max_length=200, unique=True, verbose_name="Name")),
                    (
                        "strasse",
                        models.CharField(max_length=200, verbose_name="Straße und Hausnummer"),
                    ),
                    ("plz", models.CharField(max_length=5, verbose_name="Postleitzahl")),
                    ("ort", models.CharField(max_length=100, verbose_name="Ort")),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                    (
                        "eigener",
                        models.BooleanField(default=False, verbose_name="ist die eigene Behörde"),
                    ),
                ],
                options={
                    "verbose_name": "Leistungsträger",
                    "verbose_name_plural": "Leistungsträger",
                    "ordering": ["-eigener", "name"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "art__in",
                                    [
                                        "eingliederungshilfe",
                                        "sozialhilfe",
                                        "krankenkasse",
                                        "pflegekasse",
                                        "arbeitsagentur",
                                        "unfallversicherung",
                                        "rentenversicherung",
                                        "landwirte",
                                        "entschaedigung",
                                        "jugendhilfe",
                                        "integrationsamt",
                                    ],
                                )
                            ),
                            name="leistungstraeger_art_gueltig",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Team",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=100, unique=True, verbose_name="Name")),
                ],
                options={
                    "verbose_name": "Team",
                    "verbose_name_plural": "Teams",
                    "ordering": ["name"],
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    (
                        "last_login",
                        models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                    ),
                    (
                        "is_superuser",
                        models.BooleanField(
                            default=False,
                            help_text="Designates that this user has all permissions without explicitly assigning them.",
                            verbose_name="superuser status",
                        ),
                    ),
                    (
                        "username",
                        models.CharField(
                            error_messages={"unique": "A user with that username already exists."},
                            help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                            max_length=150,
                            unique=True,
                            validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                            verbose_name="username",
                        ),
                    ),
                    (
                        "first_name",
                        models.CharField(blank=True, max_length=150, verbose_name="first name"),
                    ),
                    (
                        "last_name",
                        models.CharField(blank=True, max_length=150, verbose_name="last name"),
                    ),
                    (
                        "email",
                        models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                    ),
                    (
                        "is_staff",
                        models.BooleanField(
                            default=False,
                            help_text="Designates whether the user can log into this admin site.",
                            verbose_name="staff status",
                        ),
                    ),
                    (
                        "is_active",
                        models.BooleanField(
                            default=True,
                            help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                            verbose_name="active",
                        ),
                    ),
                    (
                        "date_joined",
                        models.DateTimeField(
                            default=django.utils.timezone.now, verbose_name="date joined"
                        ),
                    ),
                    (
                        "funktion",
                        models.CharField(blank=True, max_length=100, verbose_name="Funktion"),
                    ),
                    (
                        "zeichen",
                        models.CharField(blank=True, max_length=10, verbose_name="Zeichen"),
                    ),
                    (
                        "telefon",
                        models.CharField(blank=True, max_length=40, verbose_name="Telefon"),
                    ),
                    ("zimmer", models.CharField(blank=True, max_length=20, verbose_name="Zimmer")),
                    (
                        "groups",
                        models.ManyToManyField(
                            blank=True,
                            help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.group",
                            verbose_name="groups",
                        ),
                    ),
                    (
                        "user_permissions",
                        models.ManyToManyField(
                            blank=True,
                            help_text="Specific permissions for this user.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.permission",
                            verbose_name="user permissions",
                        ),
                    ),
                    (
                        "geleitete_teams",
                        models.ManyToManyField(
                            blank=True,
                            related_name="leitungen",
                            to="cases.team",
                            verbose_name="geleitete Teams",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="users",
                            to="cases.team",
                            verbose_name="Team",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Benutzer",
                    "verbose_name_plural": "Benutzer",
                    "abstract": False,
                },
                managers=[
                    ("objects", django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name="Zugriffsverweigerung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("zeit", models.DateTimeField(auto_now_add=True, verbose_name="Zeit")),
                    ("route", models.CharField(max_length=80, verbose_name="Seite")),
                    (
                        "case_id_angefragt",
                        models.BigIntegerField(
                            blank=True, null=True, verbose_name="angefragter Fall"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="zugriffsverweigerungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="durch",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Zugriffsverweigerung",
                    "verbose_name_plural": "Zugriffsverweigerungen",
                    "ordering": ["-zeit", "-id"],
                },
            ),
            migrations.CreateModel(
                name="Auftrag",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("art", models.CharField(max_length=40, verbose_name="Art")),
                    (
                        "schluessel",
                        models.CharField(max_length=120, unique=True, verbose_name="Schlüssel"),
                    ),
                    (
                        "gegenstand_id",
                        models.BigIntegerField(verbose_name="Kennung des Gegenstands"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offen", "offen"),
                                ("in_arbeit", "in Arbeit"),
                                ("fertig", "fertig"),
                                ("fehlgeschlagen", "fehlgeschlagen"),
                                ("ungewiss", "ungewiss"),
                                ("abgebrochen", "abgebrochen"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("erstellt", models.DateTimeField(auto_now_add=True, verbose_name="erstellt")),
                    ("naechster_versuch", models.DateTimeField(verbose_name="nächster Versuch")),
                    (
                        "gesperrt_bis",
                        models.DateTimeField(blank=True, null=True, verbose_name="in Arbeit bis"),
                    ),
                    (
                        "versuche",
                        models.PositiveSmallIntegerField(default=0, verbose_name="Versuche"),
                    ),
                    (
                        "fehler",
                        models.CharField(blank=True, max_length=300, verbose_name="letzter Fehler"),
                    ),
                    ("fertig", models.DateTimeField(blank=True, null=True, verbose_name="fertig")),
                ],
                options={
                    "verbose_name": "Auftrag",
                    "verbose_name_plural": "Aufträge",
                    "ordering": ["id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ["offen", "in_arbeit"])),
                            fields=["naechster_versuch"],
                            name="auftrag_faellig",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "offen",
                                        "in_arbeit",
                                        "fertig",
                                        "fehlgeschlagen",
                                        "ungewiss",
                                        "abgebrochen",
                                    ],
                                )
                            ),
                            name="auftrag_state_gueltig",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Behoerde",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
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
                ],
                options={
                    "verbose_name": "Behörde",
                    "verbose_name_plural": "Behörden",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("id", 1)), name="behoerde_nur_eine"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="EigenerWert",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("schluessel", models.CharField(max_length=60, verbose_name="Wert")),
                    ("gueltig_ab", models.DateField(verbose_name="gilt ab")),
                    (
                        "zahl",
                        models.DecimalField(
                            blank=True,
                            decimal_places=4,
                            max_digits=12,
                            null=True,
                            verbose_name="Zahl",
                        ),
                    ),
                    (
                        "auswahl",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("dreissigstel", "Dreißigstel (jeder Monat hat 30 Tage)"),
                                ("kalendertage", "Kalendertage des Monats"),
                                ("voller_monat", "voller Monat ohne Teilung"),
                            ],
                            max_length=20,
                            null=True,
                            verbose_name="Auswahl",
                        ),
                    ),
                    ("begruendung", models.TextField(verbose_name="Begründung")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "wartet auf Freigabe"),
                                ("freigegeben", "freigegeben"),
                                ("verworfen", "verworfen"),
                            ],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("vorgeschlagen_am", models.DateField(verbose_name="vorgeschlagen am")),
                    (
                        "freigegeben_am",
                        models.DateField(blank=True, null=True, verbose_name="freigegeben am"),
                    ),
                    (
                        "verworfen_am",
                        models.DateField(blank=True, null=True, verbose_name="verworfen am"),
                    ),
                    (
                        "verworfen_grund",
                        models.CharField(blank=True, max_length=200, verbose_name="Grund"),
                    ),
                    (
                        "freigegeben_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="freigegebene_werte",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="freigegeben von",
                        ),
                    ),
                    (
                        "verworfen_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="verworfene_werte",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="verworfen von",
                        ),
                    ),
                    (
                        "vorgeschlagen_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="vorgeschlagene_werte",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vorgeschlagen von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Eigener Wert",
                    "verbose_name_plural": "Eigene Werte",
                    "ordering": ["schluessel", "gueltig_ab", "id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["entwurf", "freigegeben", "verworfen"])
                            ),
                            name="eigener_wert_state_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("auswahl__in", ["dreissigstel", "kalendertage", "voller_monat"])
                            ),
                            name="eigener_wert_auswahl_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "schluessel__regex",
                                    "^(wochenfaktor|teilmonat_modus|richtwert\\.hbg[1-5]\\.(seelisch|geistig|koerperlich)|stundensatz\\.(assistenz|qualifizierte_assistenz)|vorlauf\\.F[0-9]{2}b?)$",
                                )
                            ),
                            name="eigener_wert_nur_einstellbares",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("auswahl__isnull", False),
                                    ("schluessel", "teilmonat_modus"),
                                    ("zahl__isnull", True),
                                ),
                                models.Q(
                                    models.Q(("schluessel", "teilmonat_modus"), _negated=True),
                                    ("auswahl__isnull", True),
                                    ("zahl__gte", 0),
                                ),
                                _connector="OR",
                            ),
                            name="eigener_wert_zahl_oder_auswahl",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("freigegeben_von__isnull", True),
                                models.Q(
                                    ("freigegeben_von", models.F("vorgeschlagen_von")),
                                    _negated=True,
                                ),
                                _connector="OR",
                            ),
                            name="eigener_wert_vier_augen",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "freigegeben"), _negated=True),
                                models.Q(
                                    ("freigegeben_am__isnull", False),
                                    ("freigegeben_von__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="eigener_wert_freigabe_vollstaendig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state", "verworfen"),
                                    ("verworfen_am__isnull", False),
                                    ("verworfen_von__isnull", False),
                                    models.Q(("verworfen_grund", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "verworfen"), _negated=True),
                                    ("verworfen_am__isnull", True),
                                    ("verworfen_von__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            name="eigener_wert_verwerfen_begruendet",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "freigegeben")),
                            fields=("schluessel", "gueltig_ab"),
                            name="eigener_wert_einmal_je_tag",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EigenerWertEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("schluessel", models.CharField(max_length=60, verbose_name="Wert")),
                    ("gueltig_ab", models.DateField(verbose_name="gilt ab")),
                    (
                        "zahl",
                        models.DecimalField(
                            blank=True,
                            decimal_places=4,
                            max_digits=12,
                            null=True,
                            verbose_name="Zahl",
                        ),
                    ),
                    (
                        "auswahl",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("dreissigstel", "Dreißigstel (jeder Monat hat 30 Tage)"),
                                ("kalendertage", "Kalendertage des Monats"),
                                ("voller_monat", "voller Monat ohne Teilung"),
                            ],
                            max_length=20,
                            null=True,
                            verbose_name="Auswahl",
                        ),
                    ),
                    ("begruendung", models.TextField(verbose_name="Begründung")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "wartet auf Freigabe"),
                                ("freigegeben", "freigegeben"),
                                ("verworfen", "verworfen"),
                            ],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("vorgeschlagen_am", models.DateField(verbose_name="vorgeschlagen am")),
                    (
                        "freigegeben_am",
                        models.DateField(blank=True, null=True, verbose_name="freigegeben am"),
                    ),
                    (
                        "verworfen_am",
                        models.DateField(blank=True, null=True, verbose_name="verworfen am"),
                    ),
                    (
                        "verworfen_grund",
                        models.CharField(blank=True, max_length=200, verbose_name="Grund"),
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
                            to="cases.eigenerwert",
                        ),
                    ),
                    (
                        "verworfen_von",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="verworfen von",
                        ),
                    ),
                    (
                        "vorgeschlagen_von",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vorgeschlagen von",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Entwurf",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("pfad", models.CharField(max_length=300, verbose_name="Seite")),
                    (
                        "daten",
                        cases.crypto.EncryptedTextField(
                            purpose="entwurf.daten", verbose_name="Eingaben"
                        ),
                    ),
                    ("zeit", models.DateTimeField(auto_now=True, verbose_name="Zeit")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="entwuerfe",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Entwurf",
                    "verbose_name_plural": "Entwürfe",
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "pfad"), name="entwurf_einmal")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Erinnerungsmail",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="Tag")),
                    ("ueberfaellig", models.PositiveIntegerField(verbose_name="überfällig")),
                    ("faellig", models.PositiveIntegerField(verbose_name="fällig")),
                    ("bevorstehend", models.PositiveIntegerField(verbose_name="bevorstehend")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="erinnerungsmails",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="an",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Erinnerungsmail",
                    "verbose_name_plural": "Erinnerungsmails",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("user", "datum"), name="erinnerungsmail_je_tag"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Formularvorgang",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("schluessel", models.UUIDField(unique=True, verbose_name="Schlüssel")),
                    ("route", models.CharField(max_length=80, verbose_name="Seite")),
                    (
                        "ergebnis_url",
                        models.CharField(blank=True, max_length=300, verbose_name="Ergebnis"),
                    ),
                    ("zeit", models.DateTimeField(auto_now_add=True, verbose_name="Zeit")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="formularvorgaenge",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="durch",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Formularvorgang",
                    "verbose_name_plural": "Formularvorgänge",
                },
            ),
            migrations.CreateModel(
                name="LeistungsberechtigtePerson",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "anrede",
                        models.CharField(
                            choices=[("frau", "Frau"), ("herr", "Herr"), ("ohne", "ohne Anrede")],
                            max_length=10,
                            verbose_name="Anrede",
                        ),
                    ),
                    ("vorname", models.CharField(max_length=100, verbose_name="Vorname")),
                    ("nachname", models.CharField(max_length=100, verbose_name="Nachname")),
                    ("geburtsdatum", models.DateField(verbose_name="Geburtsdatum")),
                    (
                        "telefon",
                        models.CharField(blank=True, max_length=40, verbose_name="Telefon"),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                    (
                        "email_zugang_seit",
                        models.DateField(
                            blank=True,
                            help_text="Ohne eröffneten Zugang geht ein Bescheid nur per Post (§ 36a Abs. 1 SGB I).",
                            null=True,
                            verbose_name="E-Mail-Zugang eröffnet am",
                        ),
                    ),
                    (
                        "iban",
                        cases.crypto.EncryptedTextField(
                            blank=True, default="", purpose="person.iban", verbose_name="IBAN"
                        ),
                    ),
                    (
                        "behinderungsart",
                        models.CharField(
                            choices=[
                                ("koerperlich", "körperlich"),
                                ("geistig", "geistig"),
                                ("seelisch", "seelisch"),
                                ("sinnes", "Sinnesbehinderung"),
                                ("unbekannt", "noch nicht festgestellt"),
                            ],
                            default="unbekannt",
                            max_length=20,
                            verbose_name="vorrangige Behinderungsart",
                        ),
                    ),
                    (
                        "hilfebedarfsgruppe",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="Hilfebedarfsgruppe"
                        ),
                    ),
                    (
                        "barrierefreies_format",
                        models.CharField(
                            choices=[
                                ("kein", "kein besonderes Format"),
                                ("grossdruck", "Großdruck"),
                                ("braille", "Braille"),
                                ("pdf_ua", "barrierefreies PDF"),
                                ("audio", "Audio"),
                                ("leichte_sprache", "Erläuterung in Leichter Sprache"),
                                ("dgs", "Deutsche Gebärdensprache"),
                            ],
                            default="kein",
                            max_length=20,
                            verbose_name="barrierefreies Format",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "leistungsberechtigte Person",
                    "verbose_name_plural": "leistungsberechtigte Personen",
                    "ordering": ["nachname", "vorname"],
                    "indexes": [
                        models.Index(fields=["geburtsdatum"], name="person_geburtsdatum"),
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["nachname"],
                            name="person_nachname_trgm",
                            opclasses=["gin_trgm_ops"],
                        ),
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["vorname"],
                            name="person_vorname_trgm",
                            opclasses=["gin_trgm_ops"],
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("anrede__in", ["frau", "herr", "ohne"])),
                            name="person_anrede_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "behinderungsart__in",
                                    ["koerperlich", "geistig", "seelisch", "sinnes", "unbekannt"],
                                )
                            ),
                            name="person_behinderungsart_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "barrierefreies_format__in",
                                    [
                                        "kein",
                                        "grossdruck",
                                        "braille",
                                        "pdf_ua",
                                        "audio",
                                        "leichte_sprache",
                                        "dgs",
                                    ],
                                )
                            ),
                            name="person_barrierefreies_format_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("hilfebedarfsgruppe__isnull", True),
                                ("hilfebedarfsgruppe__range", (1, 5)),
                                _connector="OR",
                            ),
                            name="person_hbg_1_bis_5",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Anschrift",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "zusatz",
                        models.CharField(blank=True, max_length=100, verbose_name="Zusatz (c/o)"),
                    ),
                    (
                        "strasse",
                        models.CharField(max_length=200, verbose_name="Straße und Hausnummer"),
                    ),
                    ("plz", models.CharField(max_length=10, verbose_name="Postleitzahl")),
                    ("ort", models.CharField(max_length=100, verbose_name="Ort")),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "leistungsberechtigte_person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="anschriften",
                            to="cases.leistungsberechtigteperson",
                            verbose_name="Person",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Anschrift",
                    "verbose_name_plural": "Anschriften",
                    "ordering": ["-gueltig_ab"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("gueltig_bis__isnull", True),
                                ("gueltig_bis__gte", models.F("gueltig_ab")),
                                _connector="OR",
                            ),
                            name="anschrift_ende_nach_beginn",
                        ),
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=[
                                ("leistungsberechtigte_person", "="),
                                (
                                    models.Func(
                                        models.F("gueltig_ab"),
                                        models.F("gueltig_bis"),
                                        models.Value("[]"),
                                        function="daterange",
                                    ),
                                    "&&",
                                ),
                            ],
                            name="anschrift_ohne_ueberschneidung",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LeistungsberechtigtePersonEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "anrede",
                        models.CharField(
                            choices=[("frau", "Frau"), ("herr", "Herr"), ("ohne", "ohne Anrede")],
                            max_length=10,
                            verbose_name="Anrede",
                        ),
                    ),
                    ("vorname", models.CharField(max_length=100, verbose_name="Vorname")),
                    ("nachname", models.CharField(max_length=100, verbose_name="Nachname")),
                    ("geburtsdatum", models.DateField(verbose_name="Geburtsdatum")),
                    (
                        "telefon",
                        models.CharField(blank=True, max_length=40, verbose_name="Telefon"),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                    (
                        "email_zugang_seit",
                        models.DateField(
                            blank=True,
                            help_text="Ohne eröffneten Zugang geht ein Bescheid nur per Post (§ 36a Abs. 1 SGB I).",
                            null=True,
                            verbose_name="E-Mail-Zugang eröffnet am",
                        ),
                    ),
                    (
                        "iban",
                        cases.crypto.EncryptedTextField(
                            blank=True, default="", purpose="person.iban", verbose_name="IBAN"
                        ),
                    ),
                    (
                        "behinderungsart",
                        models.CharField(
                            choices=[
                                ("koerperlich", "körperlich"),
                                ("geistig", "geistig"),
                                ("seelisch", "seelisch"),
                                ("sinnes", "Sinnesbehinderung"),
                                ("unbekannt", "noch nicht festgestellt"),
                            ],
                            default="unbekannt",
                            max_length=20,
                            verbose_name="vorrangige Behinderungsart",
                        ),
                    ),
                    (
                        "hilfebedarfsgruppe",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="Hilfebedarfsgruppe"
                        ),
                    ),
                    (
                        "barrierefreies_format",
                        models.CharField(
                            choices=[
                                ("kein", "kein besonderes Format"),
                                ("grossdruck", "Großdruck"),
                                ("braille", "Braille"),
                                ("pdf_ua", "barrierefreies PDF"),
                                ("audio", "Audio"),
                                ("leichte_sprache", "Erläuterung in Leichter Sprache"),
                                ("dgs", "Deutsche Gebärdensprache"),
                            ],
                            default="kein",
                            max_length=20,
                            verbose_name="barrierefreies Format",
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
                            to="cases.leistungsberechtigteperson",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Case",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "aktenzeichen",
                        models.CharField(max_length=30, unique=True, verbose_name="Aktenzeichen"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("antrag_eingegangen", "Antrag eingegangen"),
                                ("weitergeleitet", "weitergeleitet"),
                                ("zustaendig", "zuständig"),
                                ("bedarf_ermittelt", "Bedarf ermittelt"),
                                ("geplant", "Gesamtplan erstellt"),
                                ("bewilligt", "bewilligt"),
                                ("leistung_laeuft", "Leistung läuft"),
                                ("ueberpruefung", "in Überprüfung"),
                                ("beendet", "beendet"),
                            ],
                            default="antrag_eingegangen",
                            max_length=30,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "geschuetzt",
                        models.BooleanField(
                            default=False,
                            help_text="Nur die zuständige Person und ihre Leitung sehen den Fall, auch in der Suche.",
                            verbose_name="geschützt",
                        ),
                    ),
                    ("eroeffnet_am", models.DateField(verbose_name="eröffnet am")),
                    (
                        "beendet_am",
                        models.DateField(blank=True, null=True, verbose_name="beendet am"),
                    ),
                    (
                        "beendet_grund",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Grund des Endes"
                        ),
                    ),
                    (
                        "caseworker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="faelle",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="Fallmanagement",
                        ),
                    ),
                    (
                        "leistungsberechtigte_person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="faelle",
                            to="cases.leistungsberechtigteperson",
                            verbose_name="leistungsberechtigte Person",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="faelle",
                            to="cases.team",
                            verbose_name="Team",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Fall",
                    "verbose_name_plural": "Fälle",
                    "ordering": ["-eroeffnet_am", "-id"],
                    "indexes": [
                        models.Index(fields=["team", "state"], name="case_team_state"),
                        models.Index(fields=["caseworker", "state"], name="case_caseworker_state"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "antrag_eingegangen",
                                        "weitergeleitet",
                                        "zustaendig",
                                        "bedarf_ermittelt",
                                        "geplant",
                                        "bewilligt",
                                        "leistung_laeuft",
                                        "ueberpruefung",
                                        "beendet",
                                    ],
                                )
                            ),
                            name="case_state_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "beendet"), ("beendet_am__isnull", False)),
                                models.Q(
                                    models.Q(("state", "beendet"), _negated=True),
                                    ("beendet_am__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            name="case_ende_mit_datum",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Lesezugriff",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("zeit", models.DateTimeField(auto_now_add=True, verbose_name="Zeit")),
                    ("route", models.CharField(max_length=80, verbose_name="Seite")),
                    ("als", models.CharField(max_length=30, verbose_name="als")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="lesezugriffe",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lesezugriffe",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="durch",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Lesezugriff",
                    "verbose_name_plural": "Lesezugriffe",
                    "ordering": ["-zeit", "-id"],
                    "indexes": [
                        models.Index(fields=["case", "-zeit"], name="lesezugriff_case_zeit")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Schreiben",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("art", models.CharField(max_length=40, verbose_name="Art")),
                    ("titel", models.CharField(max_length=200, verbose_name="Titel")),
                    ("gegenstand", models.CharField(max_length=60, verbose_name="Gegenstand")),
                    ("nummer", models.CharField(max_length=40, unique=True, verbose_name="Nummer")),
                    ("datum", models.DateField(verbose_name="Datum")),
                    (
                        "empfaenger",
                        models.JSONField(
                            help_text="Zeilen, wie gedruckt", verbose_name="Anschriftfeld"
                        ),
                    ),
                    ("daten", models.JSONField(verbose_name="Daten")),
                    (
                        "html_sha256",
                        models.CharField(max_length=64, verbose_name="SHA-256 des HTML"),
                    ),
                    ("pdf_sha256", models.CharField(max_length=64, verbose_name="SHA-256 des PDF")),
                    ("pdf_seiten", models.PositiveSmallIntegerField(verbose_name="Seiten")),
                    ("erstellt", models.DateTimeField(auto_now_add=True, verbose_name="erstellt")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="schreiben_liste",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="schreiben_liste",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="erstellt von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Schreiben",
                    "verbose_name_plural": "Schreiben",
                    "ordering": ["-erstellt", "-id"],
                },
            ),
            migrations.CreateModel(
                name="Versand",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "weg",
                        models.CharField(
                            choices=[
                                ("post", "Brief"),
                                ("elektronisch", "E-Mail"),
                                ("uebergabe", "persönliche Übergabe"),
                            ],
                            max_length=20,
                            verbose_name="Weg",
                        ),
                    ),
                    (
                        "an",
                        models.JSONField(
                            help_text="Anschriftzeilen oder E-Mail-Adresse, eingefroren",
                            verbose_name="an",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("vorgesehen", "vorgesehen"),
                                ("aufgegeben", "aufgegeben"),
                                ("fehlgeschlagen", "fehlgeschlagen"),
                                ("ungewiss", "ungewiss, bitte prüfen"),
                                ("zurueckgenommen", "zurückgenommen"),
                            ],
                            default="vorgesehen",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "aufgabe_am",
                        models.DateField(blank=True, null=True, verbose_name="aufgegeben am"),
                    ),
                    (
                        "bekanntgabe",
                        models.DateField(blank=True, null=True, verbose_name="Bekanntgabe"),
                    ),
                    (
                        "widerspruch_bis",
                        models.DateField(blank=True, null=True, verbose_name="Widerspruch bis"),
                    ),
                    ("schritte", models.JSONField(default=list, verbose_name="Rechenschritte")),
                    ("warnung", models.TextField(blank=True, verbose_name="Warnung")),
                    (
                        "nachricht_id",
                        models.UUIDField(
                            default=uuid.uuid4, unique=True, verbose_name="Kennung der Sendung"
                        ),
                    ),
                    (
                        "schreiben",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="versand_liste",
                            to="cases.schreiben",
                            verbose_name="Schreiben",
                        ),
                    ),
                    (
                        "vermerkt_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="versand_liste",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vermerkt von",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Versand",
                    "verbose_name_plural": "Versendungen",
                    "ordering": ["-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("weg__in", ["post", "elektronisch", "uebergabe"])),
                            name="versand_weg_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "vorgesehen",
                                        "aufgegeben",
                                        "fehlgeschlagen",
                                        "ungewiss",
                                        "zurueckgenommen",
                                    ],
                                )
                            ),
                            name="versand_state_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "aufgegeben"), _negated=True),
                                ("aufgabe_am__isnull", False),
                                _connector="OR",
                            ),
                            name="versand_aufgegeben_mit_tag",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("state__in", ["fehlgeschlagen", "zurueckgenommen"]), _negated=True
                            ),
                            fields=("schreiben", "weg"),
                            name="versand_einmal_je_schreiben_und_weg",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VersandEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "weg",
                        models.CharField(
                            choices=[
                                ("post", "Brief"),
                                ("elektronisch", "E-Mail"),
                                ("uebergabe", "persönliche Übergabe"),
                            ],
                            max_length=20,
                            verbose_name="Weg",
                        ),
                    ),
                    (
                        "an",
                        models.JSONField(
                            help_text="Anschriftzeilen oder E-Mail-Adresse, eingefroren",
                            verbose_name="an",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("vorgesehen", "vorgesehen"),
                                ("aufgegeben", "aufgegeben"),
                                ("fehlgeschlagen", "fehlgeschlagen"),
                                ("ungewiss", "ungewiss, bitte prüfen"),
                                ("zurueckgenommen", "zurückgenommen"),
                            ],
                            default="vorgesehen",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "aufgabe_am",
                        models.DateField(blank=True, null=True, verbose_name="aufgegeben am"),
                    ),
                    (
                        "bekanntgabe",
                        models.DateField(blank=True, null=True, verbose_name="Bekanntgabe"),
                    ),
                    (
                        "widerspruch_bis",
                        models.DateField(blank=True, null=True, verbose_name="Widerspruch bis"),
                    ),
                    ("schritte", models.JSONField(default=list, verbose_name="Rechenschritte")),
                    ("warnung", models.TextField(blank=True, verbose_name="Warnung")),
                    (
                        "nachricht_id",
                        models.UUIDField(default=uuid.uuid4, verbose_name="Kennung der Sendung"),
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
                            to="cases.versand",
                        ),
                    ),
                    (
                        "schreiben",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.schreiben",
                            verbose_name="Schreiben",
                        ),
                    ),
                    (
                        "vermerkt_von",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vermerkt von",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Wiedervorlage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("am", models.DateField(verbose_name="am")),
                    ("anlass", models.CharField(max_length=200, verbose_name="Anlass")),
                    (
                        "erledigt_am",
                        models.DateField(blank=True, null=True, verbose_name="erledigt am"),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="wiedervorlagen",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="wiedervorlagen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="für",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Wiedervorlage",
                    "verbose_name_plural": "Wiedervorlagen",
                    "ordering": ["am", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("erledigt_am__isnull", True)),
                            fields=["user", "am"],
                            name="wiedervorlage_offen",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="WiedervorlageEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("am", models.DateField(verbose_name="am")),
                    ("anlass", models.CharField(max_length=200, verbose_name="Anlass")),
                    (
                        "erledigt_am",
                        models.DateField(blank=True, null=True, verbose_name="erledigt am"),
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
                            to="cases.wiedervorlage",
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
                            verbose_name="für",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Zuweisung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "rolle",
                        models.CharField(
                            choices=[
                                ("Fallmanagement", "Fallmanagement"),
                                ("Sachgebietsleitung", "Sachgebietsleitung"),
                                ("Fachdienst", "Fachdienst"),
                                ("Kasse", "Kasse"),
                                ("Revision", "Revision"),
                                ("Datenschutz", "Datenschutz"),
                                ("Fachadministration", "Fachadministration"),
                            ],
                            max_length=30,
                            verbose_name="als",
                        ),
                    ),
                    ("von", models.DateField(verbose_name="von")),
                    ("bis", models.DateField(blank=True, null=True, verbose_name="bis")),
                    ("grund", models.CharField(max_length=200, verbose_name="Grund")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="zuweisungen",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="zuweisungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="Person",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Zuweisung",
                    "verbose_name_plural": "Zuweisungen",
                    "constraints": [
                        models.CheckConstraint(
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
                                    ],
                                )
                            ),
                            name="zuweisung_rolle_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("bis__isnull", True),
                                ("bis__gte", models.F("von")),
                                _connector="OR",
                            ),
                            name="zuweisung_ende_nach_beginn",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ZuweisungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "rolle",
                        models.CharField(
                            choices=[
                                ("Fallmanagement", "Fallmanagement"),
                                ("Sachgebietsleitung", "Sachgebietsleitung"),
                                ("Fachdienst", "Fachdienst"),
                                ("Kasse", "Kasse"),
                                ("Revision", "Revision"),
                                ("Datenschutz", "Datenschutz"),
                                ("Fachadministration", "Fachadministration"),
                            ],
                            max_length=30,
                            verbose_name="als",
                        ),
                    ),
                    ("von", models.DateField(verbose_name="von")),
                    ("bis", models.DateField(blank=True, null=True, verbose_name="bis")),
                    ("grund", models.CharField(max_length=200, verbose_name="Grund")),
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
                            to="cases.zuweisung",
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
                            verbose_name="Person",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Antrag",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("eingang", models.DateField(verbose_name="Eingang")),
                    (
                        "weg",
                        models.CharField(
                            choices=[
                                ("schriftlich", "schriftlich"),
                                ("niederschrift", "zur Niederschrift"),
                                ("elektronisch", "elektronisch"),
                                ("weitergeleitet", "von anderem Träger weitergeleitet"),
                            ],
                            max_length=20,
                            verbose_name="eingegangen",
                        ),
                    ),
                    ("begehren", models.TextField(verbose_name="Was wird beantragt?")),
                    (
                        "persoenliches_budget",
                        models.BooleanField(
                            default=False, verbose_name="als Persönliches Budget beantragt"
                        ),
                    ),
                    (
                        "aufgenommen_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="antraege",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="aufgenommen von",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="antraege",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Antrag",
                    "verbose_name_plural": "Anträge",
                    "ordering": ["eingang", "id"],
                    "indexes": [models.Index(fields=["eingang"], name="antrag_eingang")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "weg__in",
                                    [
                                        "schriftlich",
                                        "niederschrift",
                                        "elektronisch",
                                        "weitergeleitet",
                                    ],
                                )
                            ),
                            name="antrag_weg_gueltig",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Weiterleitung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("am", models.DateField(verbose_name="weitergeleitet am")),
                    ("grund", models.TextField(verbose_name="Grund")),
                    (
                        "an",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="weiterleitungen",
                            to="cases.leistungstraeger",
                            verbose_name="an",
                        ),
                    ),
                    (
                        "antrag",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="weiterleitung",
                            to="cases.antrag",
                            verbose_name="Antrag",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Weiterleitung",
                    "verbose_name_plural": "Weiterleitungen",
                },
            ),
            migrations.CreateModel(
                name="WeiterleitungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("am", models.DateField(verbose_name="weitergeleitet am")),
                    ("grund", models.TextField(verbose_name="Grund")),
                    (
                        "an",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.leistungstraeger",
                            verbose_name="an",
                        ),
                    ),
                    (
                        "antrag",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.antrag",
                            verbose_name="Antrag",
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
                            to="cases.weiterleitung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="AntragEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("eingang", models.DateField(verbose_name="Eingang")),
                    (
                        "weg",
                        models.CharField(
                            choices=[
                                ("schriftlich", "schriftlich"),
                                ("niederschrift", "zur Niederschrift"),
                                ("elektronisch", "elektronisch"),
                                ("weitergeleitet", "von anderem Träger weitergeleitet"),
                            ],
                            max_length=20,
                            verbose_name="eingegangen",
                        ),
                    ),
                    ("begehren", models.TextField(verbose_name="Was wird beantragt?")),
                    (
                        "persoenliches_budget",
                        models.BooleanField(
                            default=False, verbose_name="als Persönliches Budget beantragt"
                        ),
                    ),
                    (
                        "aufgenommen_von",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="aufgenommen von",
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
                            to="cases.antrag",
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
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Druckstapel",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="Datum")),
                    ("erstellt", models.DateTimeField(auto_now_add=True, verbose_name="erstellt")),
                    ("pdf", models.BinaryField(verbose_name="PDF")),
                    ("pdf_sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ("seiten", models.PositiveIntegerField(verbose_name="Seiten")),
                    (
                        "aufgabe_am",
                        models.DateField(blank=True, null=True, verbose_name="zur Post gegeben am"),
                    ),
                    (
                        "aufgegeben_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="aufgegebene_druckstapel",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="zur Post gegeben von",
                        ),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="druckstapel_liste",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="erstellt von",
                        ),
                    ),
                    (
                        "versand_liste",
                        models.ManyToManyField(
                            related_name="druckstapel_liste",
                            to="cases.versand",
                            verbose_name="Sendungen",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Druckstapel",
                    "verbose_name_plural": "Druckstapel",
                    "ordering": ["-id"],
                },
            ),
            migrations.CreateModel(
                name="Ereignis",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("am", models.DateField(verbose_name="am")),
                    ("zeit", models.DateTimeField(auto_now_add=True, verbose_name="aufgezeichnet")),
                    ("art", models.CharField(max_length=40, verbose_name="Art")),
                    ("text", models.CharField(max_length=500, verbose_name="Text")),
                    (
                        "gegenstand",
                        models.CharField(blank=True, max_length=60, verbose_name="Gegenstand"),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="ereignisse",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ereignisse",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="durch",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Ereignis",
                    "verbose_name_plural": "Ereignisse",
                    "ordering": ["-zeit", "-id"],
                    "indexes": [models.Index(fields=["case", "-zeit"], name="ereignis_case_zeit")],
                },
            ),
            migrations.CreateModel(
                name="Frist",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("regel", models.CharField(max_length=5, verbose_name="Regel")),
                    ("bezeichnung", models.CharField(max_length=200, verbose_name="Bezeichnung")),
                    (
                        "gegenstand",
                        models.CharField(
                            help_text="worauf sie sich bezieht, z. B. antrag:17",
                            max_length=60,
                            verbose_name="Gegenstand",
                        ),
                    ),
                    ("ausloeser_datum", models.DateField(verbose_name="Auslöser am")),
                    ("ende_rechnerisch", models.DateField(verbose_name="rechnerisches Ende")),
                    ("ende", models.DateField(verbose_name="Ende")),
                    (
                        "anzeige",
                        models.CharField(max_length=40, verbose_name="Ende, wie es zu lesen ist"),
                    ),
                    (
                        "verschoben_wegen",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="verschoben wegen"
                        ),
                    ),
                    ("wiedervorlage", models.DateField(verbose_name="Wiedervorlage")),
                    (
                        "eskalation",
                        models.DateField(blank=True, null=True, verbose_name="Eskalation"),
                    ),
                    ("norm", models.CharField(max_length=200, verbose_name="Norm")),
                    ("rechtsstand", models.CharField(max_length=2, verbose_name="Rechtsstand")),
                    ("schritte", models.JSONField(default=list, verbose_name="Rechenschritte")),
                    (
                        "wirkung",
                        models.CharField(
                            choices=[("handlung", "zu erledigen"), ("ablauf", "läuft ab")],
                            max_length=10,
                            verbose_name="Wirkung",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offen", "offen"),
                                ("gewahrt", "gewahrt"),
                                ("versaeumt", "versäumt"),
                                ("gehemmt", "gehemmt"),
                                ("abgelaufen", "abgelaufen"),
                                ("aufgehoben", "aufgehoben"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "stufe",
                        models.CharField(
                            choices=[
                                ("geplant", "geplant"),
                                ("bevorstehend", "bevorstehend"),
                                ("faellig", "fällig"),
                                ("ueberfaellig", "überfällig"),
                                ("eskaliert", "eskaliert"),
                            ],
                            default="geplant",
                            max_length=20,
                            verbose_name="Stufe",
                        ),
                    ),
                    (
                        "erledigt_am",
                        models.DateField(blank=True, null=True, verbose_name="erledigt am"),
                    ),
                    (
                        "erledigt_durch",
                        models.CharField(blank=True, max_length=200, verbose_name="erledigt durch"),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="fristen",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Frist",
                    "verbose_name_plural": "Fristen",
                    "ordering": ["ende", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "offen")),
                            fields=["wiedervorlage", "case"],
                            name="frist_offen_wiedervorlage",
                        ),
                        models.Index(
                            condition=models.Q(("state", "offen")),
                            fields=["ende", "stufe"],
                            name="frist_offen_ende",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("wirkung__in", ["handlung", "ablauf"])),
                            name="frist_wirkung_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "offen",
                                        "gewahrt",
                                        "versaeumt",
                                        "gehemmt",
                                        "abgelaufen",
                                        "aufgehoben",
                                    ],
                                )
                            ),
                            name="frist_state_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "stufe__in",
                                    [
                                        "geplant",
                                        "bevorstehend",
                                        "faellig",
                                        "ueberfaellig",
                                        "eskaliert",
                                    ],
                                )
                            ),
                            name="frist_stufe_gueltig",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "aufgehoben"), _negated=True),
                            fields=("case", "regel", "gegenstand"),
                            name="frist_einmal_je_gegenstand",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FristEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("regel", models.CharField(max_length=5, verbose_name="Regel")),
                    ("bezeichnung", models.CharField(max_length=200, verbose_name="Bezeichnung")),
                    (
                        "gegenstand",
                        models.CharField(
                            help_text="worauf sie sich bezieht, z. B. antrag:17",
                            max_length=60,
                            verbose_name="Gegenstand",
                        ),
                    ),
                    ("ausloeser_datum", models.DateField(verbose_name="Auslöser am")),
                    ("ende_rechnerisch", models.DateField(verbose_name="rechnerisches Ende")),
                    ("ende", models.DateField(verbose_name="Ende")),
                    (
                        "anzeige",
                        models.CharField(max_length=40, verbose_name="Ende, wie es zu lesen ist"),
                    ),
                    (
                        "verschoben_wegen",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="verschoben wegen"
                        ),
                    ),
                    ("wiedervorlage", models.DateField(verbose_name="Wiedervorlage")),
                    (
                        "eskalation",
                        models.DateField(blank=True, null=True, verbose_name="Eskalation"),
                    ),
                    ("norm", models.CharField(max_length=200, verbose_name="Norm")),
                    ("rechtsstand", models.CharField(max_length=2, verbose_name="Rechtsstand")),
                    ("schritte", models.JSONField(default=list, verbose_name="Rechenschritte")),
                    (
                        "wirkung",
                        models.CharField(
                            choices=[("handlung", "zu erledigen"), ("ablauf", "läuft ab")],
                            max_length=10,
                            verbose_name="Wirkung",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offen", "offen"),
                                ("gewahrt", "gewahrt"),
                                ("versaeumt", "versäumt"),
                                ("gehemmt", "gehemmt"),
                                ("abgelaufen", "abgelaufen"),
                                ("aufgehoben", "aufgehoben"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "stufe",
                        models.CharField(
                            choices=[
                                ("geplant", "geplant"),
                                ("bevorstehend", "bevorstehend"),
                                ("faellig", "fällig"),
                                ("ueberfaellig", "überfällig"),
                                ("eskaliert", "eskaliert"),
                            ],
                            default="geplant",
                            max_length=20,
                            verbose_name="Stufe",
                        ),
                    ),
                    (
                        "erledigt_am",
                        models.DateField(blank=True, null=True, verbose_name="erledigt am"),
                    ),
                    (
                        "erledigt_durch",
                        models.CharField(blank=True, max_length=200, verbose_name="erledigt durch"),
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
                            to="cases.frist",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="CaseEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("aktenzeichen", models.CharField(max_length=30, verbose_name="Aktenzeichen")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("antrag_eingegangen", "Antrag eingegangen"),
                                ("weitergeleitet", "weitergeleitet"),
                                ("zustaendig", "zuständig"),
                                ("bedarf_ermittelt", "Bedarf ermittelt"),
                                ("geplant", "Gesamtplan erstellt"),
                                ("bewilligt", "bewilligt"),
                                ("leistung_laeuft", "Leistung läuft"),
                                ("ueberpruefung", "in Überprüfung"),
                                ("beendet", "beendet"),
                            ],
                            default="antrag_eingegangen",
                            max_length=30,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "geschuetzt",
                        models.BooleanField(
                            default=False,
                            help_text="Nur die zuständige Person und ihre Leitung sehen den Fall, auch in der Suche.",
                            verbose_name="geschützt",
                        ),
                    ),
                    ("eroeffnet_am", models.DateField(verbose_name="eröffnet am")),
                    (
                        "beendet_am",
                        models.DateField(blank=True, null=True, verbose_name="beendet am"),
                    ),
                    (
                        "beendet_grund",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Grund des Endes"
                        ),
                    ),
                    (
                        "caseworker",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="Fallmanagement",
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
                            to="cases.case",
                        ),
                    ),
                    (
                        "leistungsberechtigte_person",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.leistungsberechtigteperson",
                            verbose_name="leistungsberechtigte Person",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.team",
                            verbose_name="Team",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="AnschriftEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "zusatz",
                        models.CharField(blank=True, max_length=100, verbose_name="Zusatz (c/o)"),
                    ),
                    (
                        "strasse",
                        models.CharField(max_length=200, verbose_name="Straße und Hausnummer"),
                    ),
                    ("plz", models.CharField(max_length=10, verbose_name="Postleitzahl")),
                    ("ort", models.CharField(max_length=100, verbose_name="Ort")),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
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
                            to="cases.anschrift",
                        ),
                    ),
                    (
                        "leistungsberechtigte_person",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="cases.leistungsberechtigteperson",
                            verbose_name="Person",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Schreibendatei",
                fields=[
                    (
                        "schreiben",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="datei",
                            serialize=False,
                            to="cases.schreiben",
                            verbose_name="Schreiben",
                        ),
                    ),
                    ("pdf", models.BinaryField(verbose_name="PDF")),
                ],
                options={
                    "verbose_name": "Schreibendatei",
                    "verbose_name_plural": "Schreibendateien",
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistungsberechtigteperson",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_leistungsberechtigtepersonevent" ("anrede", "barrierefreies_format", "behinderungsart", "email", "email_zugang_seit", "geburtsdatum", "hilfebedarfsgruppe", "iban", "id", "nachname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telefon", "vorname") VALUES (NEW."anrede", NEW."barrierefreies_format", NEW."behinderungsart", NEW."email", NEW."email_zugang_seit", NEW."geburtsdatum", NEW."hilfebedarfsgruppe", NEW."iban", NEW."id", NEW."nachname", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."telefon", NEW."vorname"); RETURN NULL;',
                        hash="46057e1d596dbe26cedbc7d6344f0ba2eb9b238b",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8f67a",
                        table="cases_leistungsberechtigteperson",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistungsberechtigteperson",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_leistungsberechtigtepersonevent" ("anrede", "barrierefreies_format", "behinderungsart", "email", "email_zugang_seit", "geburtsdatum", "hilfebedarfsgruppe", "iban", "id", "nachname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telefon", "vorname") VALUES (NEW."anrede", NEW."barrierefreies_format", NEW."behinderungsart", NEW."email", NEW."email_zugang_seit", NEW."geburtsdatum", NEW."hilfebedarfsgruppe", NEW."iban", NEW."id", NEW."nachname", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."telefon", NEW."vorname"); RETURN NULL;',
                        hash="64115b8a7015977ea1ba4d5283f43b6b062c87b9",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_68630",
                        table="cases_leistungsberechtigteperson",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="antragevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="01ece82c88f7d941e4ebd8470d516e1cfd8c8ca1",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_9a623",
                        table="cases_antragevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="antrag",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_antragevent" ("aufgenommen_von_id", "begehren", "case_id", "eingang", "id", "persoenliches_budget", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weg") VALUES (NEW."aufgenommen_von_id", NEW."begehren", NEW."case_id", NEW."eingang", NEW."id", NEW."persoenliches_budget", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."weg"); RETURN NULL;',
                        hash="739a834f9e7a8ae77329b9b1393bc5da6210204c",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_56eaf",
                        table="cases_antrag",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="antrag",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_antragevent" ("aufgenommen_von_id", "begehren", "case_id", "eingang", "id", "persoenliches_budget", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weg") VALUES (NEW."aufgenommen_von_id", NEW."begehren", NEW."case_id", NEW."eingang", NEW."id", NEW."persoenliches_budget", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."weg"); RETURN NULL;',
                        hash="6161d29815a1606cb43208b8d08510fbaafe24c4",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f79a2",
                        table="cases_antrag",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="eigenerwert",
                trigger=pgtrigger.compiler.Trigger(
                    name="inhalt_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."state" IN (\'freigegeben\') AND (OLD."schluessel" IS DISTINCT FROM NEW."schluessel" OR OLD."gueltig_ab" IS DISTINCT FROM NEW."gueltig_ab" OR OLD."zahl" IS DISTINCT FROM NEW."zahl" OR OLD."auswahl" IS DISTINCT FROM NEW."auswahl" OR OLD."begruendung" IS DISTINCT FROM NEW."begruendung" OR OLD."vorgeschlagen_von_id" IS DISTINCT FROM NEW."vorgeschlagen_von_id" OR OLD."vorgeschlagen_am" IS DISTINCT FROM NEW."vorgeschlagen_am" OR OLD."freigegeben_von_id" IS DISTINCT FROM NEW."freigegeben_von_id" OR OLD."freigegeben_am" IS DISTINCT FROM NEW."freigegeben_am"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="270d265b3c6cfc2dec2f96df0d0e4af14dfef290",
                        operation="UPDATE",
                        pgid="pgtrigger_inhalt_fest_e0ce3",
                        table="cases_eigenerwert",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="eigenerwert",
                trigger=pgtrigger.compiler.Trigger(
                    name="verworfen_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."state" IN (\'verworfen\') AND (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."schluessel" IS DISTINCT FROM NEW."schluessel" OR OLD."gueltig_ab" IS DISTINCT FROM NEW."gueltig_ab" OR OLD."zahl" IS DISTINCT FROM NEW."zahl" OR OLD."auswahl" IS DISTINCT FROM NEW."auswahl" OR OLD."begruendung" IS DISTINCT FROM NEW."begruendung" OR OLD."vorgeschlagen_von_id" IS DISTINCT FROM NEW."vorgeschlagen_von_id" OR OLD."vorgeschlagen_am" IS DISTINCT FROM NEW."vorgeschlagen_am" OR OLD."freigegeben_von_id" IS DISTINCT FROM NEW."freigegeben_von_id" OR OLD."freigegeben_am" IS DISTINCT FROM NEW."freigegeben_am" OR OLD."verworfen_von_id" IS DISTINCT FROM NEW."verworfen_von_id" OR OLD."verworfen_am" IS DISTINCT FROM NEW."verworfen_am" OR OLD."verworfen_grund" IS DISTINCT FROM NEW."verworfen_grund"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="2fa014a1b667501e722ac1f610adfc53bd4deae0",
                        operation="UPDATE",
                        pgid="pgtrigger_verworfen_fest_6a9e1",
                        table="cases_eigenerwert",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="eigenerwert",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_vorwaerts",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE _is_valid_transition BOOLEAN;",
                        func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{entwurf:freigegeben,entwurf:verworfen,freigegeben:verworfen}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                        hash="5c419d3d255854f5fbdc8862a6a4d338054f6175",
                        operation="UPDATE",
                        pgid="pgtrigger_nur_vorwaerts_34997",
                        table="cases_eigenerwert",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="eigenerwert",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="c05ae8a2853c26e92185f4cc99beaee3c2241ab1",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_4fac4",
                        table="cases_eigenerwert",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="eigenerwert",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_eigenerwertevent" ("auswahl", "begruendung", "freigegeben_am", "freigegeben_von_id", "gueltig_ab", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel", "state", "verworfen_am", "verworfen_grund", "verworfen_von_id", "vorgeschlagen_am", "vorgeschlagen_von_id", "zahl") VALUES (NEW."auswahl", NEW."begruendung", NEW."freigegeben_am", NEW."freigegeben_von_id", NEW."gueltig_ab", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schluessel", NEW."state", NEW."verworfen_am", NEW."verworfen_grund", NEW."verworfen_von_id", NEW."vorgeschlagen_am", NEW."vorgeschlagen_von_id", NEW."zahl"); RETURN NULL;',
                        hash="641b2caf6f0f7c41ff4740ef3568ff562394f4bf",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_f2066",
                        table="cases_eigenerwert",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="eigenerwert",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_eigenerwertevent" ("auswahl", "begruendung", "freigegeben_am", "freigegeben_von_id", "gueltig_ab", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel", "state", "verworfen_am", "verworfen_grund", "verworfen_von_id", "vorgeschlagen_am", "vorgeschlagen_von_id", "zahl") VALUES (NEW."auswahl", NEW."begruendung", NEW."freigegeben_am", NEW."freigegeben_von_id", NEW."gueltig_ab", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schluessel", NEW."state", NEW."verworfen_am", NEW."verworfen_grund", NEW."verworfen_von_id", NEW."vorgeschlagen_am", NEW."vorgeschlagen_von_id", NEW."zahl"); RETURN NULL;',
                        hash="11d94f1312e45a2e05cefbcde7c0a034f4f299b6",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_85491",
                        table="cases_eigenerwert",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="eigenerwertevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="0ea7c7fc34380e8efe6fa018d61488d9294faabb",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_9023b",
                        table="cases_eigenerwertevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="ereignis",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="22bd7c3491dd851b80aad7c9d0eee26c768bcab5",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_5cef9",
                        table="cases_ereignis",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="ereignis",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="0450ee72ceb48ec2902177891dc88383b55b3743",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_cba1e",
                        table="cases_ereignis",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="frist",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_fristevent" ("anzeige", "ausloeser_datum", "bezeichnung", "case_id", "ende", "ende_rechnerisch", "erledigt_am", "erledigt_durch", "eskalation", "gegenstand", "id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rechtsstand", "regel", "schritte", "state", "stufe", "verschoben_wegen", "wiedervorlage", "wirkung") VALUES (NEW."anzeige", NEW."ausloeser_datum", NEW."bezeichnung", NEW."case_id", NEW."ende", NEW."ende_rechnerisch", NEW."erledigt_am", NEW."erledigt_durch", NEW."eskalation", NEW."gegenstand", NEW."id", NEW."norm", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rechtsstand", NEW."regel", NEW."schritte", NEW."state", NEW."stufe", NEW."verschoben_wegen", NEW."wiedervorlage", NEW."wirkung"); RETURN NULL;',
                        hash="0eb069c45162d7428314c1dfa3f5eac671f4751c",
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
                        func='INSERT INTO "cases_fristevent" ("anzeige", "ausloeser_datum", "bezeichnung", "case_id", "ende", "ende_rechnerisch", "erledigt_am", "erledigt_durch", "eskalation", "gegenstand", "id", "norm", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rechtsstand", "regel", "schritte", "state", "stufe", "verschoben_wegen", "wiedervorlage", "wirkung") VALUES (NEW."anzeige", NEW."ausloeser_datum", NEW."bezeichnung", NEW."case_id", NEW."ende", NEW."ende_rechnerisch", NEW."erledigt_am", NEW."erledigt_durch", NEW."eskalation", NEW."gegenstand", NEW."id", NEW."norm", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rechtsstand", NEW."regel", NEW."schritte", NEW."state", NEW."stufe", NEW."verschoben_wegen", NEW."wiedervorlage", NEW."wirkung"); RETURN NULL;',
                        hash="80f32e561a9713f3d3d6c1a284e578a3854b787b",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_4aa89",
                        table="cases_frist",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="fristevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="9517ba681688d034d17aedbee6cea1f8fec5ce6b",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_683c1",
                        table="cases_fristevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="anschriftevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="0ce2d313d95490cf3e74da995ab2ad5f771add83",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_e4849",
                        table="cases_anschriftevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="anschrift",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_anschriftevent" ("gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "ort", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plz", "strasse", "zusatz") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", NEW."ort", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plz", NEW."strasse", NEW."zusatz"); RETURN NULL;',
                        hash="ea7cd22ddf014f0029ecdd294169e6d42839e531",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_ba3c5",
                        table="cases_anschrift",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="anschrift",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_anschriftevent" ("gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "ort", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plz", "strasse", "zusatz") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", NEW."ort", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plz", NEW."strasse", NEW."zusatz"); RETURN NULL;',
                        hash="41b94e7246f9bbdd6670d36b1c52002c51adb46b",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_0e363",
                        table="cases_anschrift",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistungsberechtigtepersonevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="13fbc8076e508bd1fad257f4d0ba1a1351ff1882",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_9d97d",
                        table="cases_leistungsberechtigtepersonevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="lesezugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="98fcf7e6654fa82052ab3f7cc2e9f4e10b0aab74",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_56b0e",
                        table="cases_lesezugriff",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="lesezugriff",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="90b3bfdb82a7e3efcd9b851fe58ee241378c6cac",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_0d776",
                        table="cases_lesezugriff",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="schreibendatei",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="703321ce3054aacc7299a0b9d92fbba3c5be77f5",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_0e251",
                        table="cases_schreibendatei",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="schreibendatei",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="f38074f9dff5c4fdf1c1332cd029b364c3f9104e",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_2d141",
                        table="cases_schreibendatei",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="schreiben",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="8dbc71739de9532ccacfb6d9556582ec1bba500a",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_eb21a",
                        table="cases_schreiben",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="schreiben",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="65b4d898186acdff0e8e8cb1d43259519056ad47",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_c3900",
                        table="cases_schreiben",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="caseevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="65b17c5dc231aae95e4a5d286bcd92a634f3ebd3",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_320b9",
                        table="cases_caseevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="case",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_caseevent" ("aktenzeichen", "beendet_am", "beendet_grund", "caseworker_id", "eroeffnet_am", "geschuetzt", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "team_id") VALUES (NEW."aktenzeichen", NEW."beendet_am", NEW."beendet_grund", NEW."caseworker_id", NEW."eroeffnet_am", NEW."geschuetzt", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."team_id"); RETURN NULL;',
                        hash="b861339c579b847aa92da5a9cd539cfed3c3bdab",
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
                        func='INSERT INTO "cases_caseevent" ("aktenzeichen", "beendet_am", "beendet_grund", "caseworker_id", "eroeffnet_am", "geschuetzt", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "team_id") VALUES (NEW."aktenzeichen", NEW."beendet_am", NEW."beendet_grund", NEW."caseworker_id", NEW."eroeffnet_am", NEW."geschuetzt", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."team_id"); RETURN NULL;',
                        hash="4d2851239030fce6cf82472dc9f8a7e958318539",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f5146",
                        table="cases_case",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="versand",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_versandevent" ("an", "aufgabe_am", "bekanntgabe", "id", "nachricht_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schreiben_id", "schritte", "state", "vermerkt_von_id", "warnung", "weg", "widerspruch_bis") VALUES (NEW."an", NEW."aufgabe_am", NEW."bekanntgabe", NEW."id", NEW."nachricht_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schreiben_id", NEW."schritte", NEW."state", NEW."vermerkt_von_id", NEW."warnung", NEW."weg", NEW."widerspruch_bis"); RETURN NULL;',
                        hash="aa9305fc36113b22a9179fdac54ed8e0da27f4c8",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5265b",
                        table="cases_versand",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="versand",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_versandevent" ("an", "aufgabe_am", "bekanntgabe", "id", "nachricht_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schreiben_id", "schritte", "state", "vermerkt_von_id", "warnung", "weg", "widerspruch_bis") VALUES (NEW."an", NEW."aufgabe_am", NEW."bekanntgabe", NEW."id", NEW."nachricht_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schreiben_id", NEW."schritte", NEW."state", NEW."vermerkt_von_id", NEW."warnung", NEW."weg", NEW."widerspruch_bis"); RETURN NULL;',
                        hash="15b9a8529b9b9dae0f4f01470e0a33e7669f6a05",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_15a8a",
                        table="cases_versand",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="versandevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="e230ca8986987baa8a0affc5b596d6dd20b8de82",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_0beee",
                        table="cases_versandevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="weiterleitung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_weiterleitungevent" ("am", "an_id", "antrag_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."am", NEW."an_id", NEW."antrag_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                        hash="c134b7974098dc306f9cc8ed7d8f767b0e7a3c12",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8f0c9",
                        table="cases_weiterleitung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="weiterleitung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_weiterleitungevent" ("am", "an_id", "antrag_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."am", NEW."an_id", NEW."antrag_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                        hash="70b4004450c7a497bcf73fe8b2fff67dc7375fee",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_2b312",
                        table="cases_weiterleitung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="weiterleitungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="a62807c618d6b656eda726d1feb699faa6bfde21",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_ce53e",
                        table="cases_weiterleitungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="wiedervorlage",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_wiedervorlageevent" ("am", "anlass", "case_id", "erledigt_am", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."am", NEW."anlass", NEW."case_id", NEW."erledigt_am", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                        hash="14a62d34e31eaef4515762edbca8e46eff2147b4",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_c5f21",
                        table="cases_wiedervorlage",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="wiedervorlage",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_wiedervorlageevent" ("am", "anlass", "case_id", "erledigt_am", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."am", NEW."anlass", NEW."case_id", NEW."erledigt_am", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                        hash="8d8766be8c8b656baf845f771ca263478e20ec58",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_7f106",
                        table="cases_wiedervorlage",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="wiedervorlageevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="81aa7ec9e0e9326789ef395f257509048748372f",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_18ed7",
                        table="cases_wiedervorlageevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zugriffsverweigerung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="a1b9f7dc57e19ebe37aaa21f6fa27f365096dbca",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_a16fd",
                        table="cases_zugriffsverweigerung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zugriffsverweigerung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="4264aede4576842d30a86f00c7307afda4fa3542",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_ae325",
                        table="cases_zugriffsverweigerung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zuweisung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_zuweisungevent" ("bis", "case_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle", "user_id", "von") VALUES (NEW."bis", NEW."case_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rolle", NEW."user_id", NEW."von"); RETURN NULL;',
                        hash="1d6da61999b58124299d398f5fd2daec449f9836",
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
                        func='INSERT INTO "cases_zuweisungevent" ("bis", "case_id", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle", "user_id", "von") VALUES (NEW."bis", NEW."case_id", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rolle", NEW."user_id", NEW."von"); RETURN NULL;',
                        hash="504beb02249692a8a22a74f3337a98388e3e7b19",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_8240c",
                        table="cases_zuweisung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zuweisungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="59d5cdafe6d94dad17652c8a9af5fe9cd574c156",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_dbd3f",
                        table="cases_zuweisungevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
