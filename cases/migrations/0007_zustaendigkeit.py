import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.crypto
from cases.migrations import gebuendelt


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_antrag"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="Einwilligung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "erklaert_durch",
                        models.CharField(
                            choices=[
                                ("person", "die Person selbst"),
                                ("vertretung", "Vertretung (Betreuung, Vollmacht, Eltern)"),
                            ],
                            default="person",
                            max_length=20,
                            verbose_name="erklärt durch",
                        ),
                    ),
                    (
                        "vertreten_durch",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Name der Vertretung"
                        ),
                    ),
                    (
                        "empfaengerart",
                        models.CharField(
                            choices=[
                                ("leistungstraeger", "Leistungsträger"),
                                ("leistungserbringer", "Leistungserbringer"),
                                ("stelle", "Arztpraxis, Klinik oder andere Stelle"),
                                ("sonstige", "andere Person oder Stelle"),
                            ],
                            max_length=20,
                            verbose_name="Empfänger",
                        ),
                    ),
                    (
                        "empfaenger_schluessel",
                        models.CharField(max_length=260, verbose_name="Kennung des Empfängers"),
                    ),
                    (
                        "empfaenger_name",
                        models.CharField(max_length=200, verbose_name="Name des Empfängers"),
                    ),
                    (
                        "empfaenger_anschrift",
                        models.JSONField(default=list, verbose_name="Anschrift des Empfängers"),
                    ),
                    (
                        "teile",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30),
                            size=None,
                            verbose_name="Teile der Akte",
                        ),
                    ),
                    (
                        "zweck",
                        cases.crypto.EncryptedTextField(
                            purpose="einwilligung.zweck", verbose_name="Zweck"
                        ),
                    ),
                    (
                        "fassung",
                        models.CharField(max_length=40, verbose_name="Fassung des Wortlauts"),
                    ),
                    ("wortlaut", models.JSONField(default=list, verbose_name="Wortlaut")),
                    (
                        "form",
                        models.CharField(
                            choices=[
                                ("schriftlich", "schriftlich"),
                                ("elektronisch", "elektronisch"),
                            ],
                            max_length=20,
                            verbose_name="Form",
                        ),
                    ),
                    ("erteilt_am", models.DateField(verbose_name="erteilt am")),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    ("erstellt", models.DateTimeField(auto_now_add=True, verbose_name="erstellt")),
                ],
                options={
                    "verbose_name": "Einwilligung",
                    "verbose_name_plural": "Einwilligungen",
                    "ordering": ["-erteilt_am", "-id"],
                },
            ),
            migrations.CreateModel(
                name="Einwilligungswiderruf",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("erklaert_am", models.DateField(verbose_name="widerrufen am")),
                    (
                        "erklaert_durch",
                        models.CharField(
                            choices=[
                                ("person", "die Person selbst"),
                                ("vertretung", "Vertretung (Betreuung, Vollmacht, Eltern)"),
                            ],
                            max_length=20,
                            verbose_name="widerrufen durch",
                        ),
                    ),
                    (
                        "vertreten_durch",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Name der Vertretung"
                        ),
                    ),
                    ("weg", models.CharField(max_length=200, verbose_name="wie erklärt")),
                    ("erstellt", models.DateTimeField(auto_now_add=True, verbose_name="erstellt")),
                ],
                options={
                    "verbose_name": "Widerruf einer Einwilligung",
                    "verbose_name_plural": "Widerrufe von Einwilligungen",
                    "ordering": ["-id"],
                },
            ),
            migrations.CreateModel(
                name="Teilweiterleitung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "gruppen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            size=None,
                            verbose_name="Leistungsgruppen",
                        ),
                    ),
                    ("festgestellt_am", models.DateField(verbose_name="festgestellt am")),
                    ("am", models.DateField(verbose_name="weitergeleitet am")),
                    (
                        "inhalt",
                        cases.crypto.EncryptedTextField(
                            purpose="teilweiterleitung.inhalt", verbose_name="weitergeleiteter Teil"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Teilweiterleitung",
                    "verbose_name_plural": "Teilweiterleitungen",
                    "ordering": ["am", "id"],
                },
            ),
            migrations.CreateModel(
                name="TeilweiterleitungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "gruppen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            size=None,
                            verbose_name="Leistungsgruppen",
                        ),
                    ),
                    ("festgestellt_am", models.DateField(verbose_name="festgestellt am")),
                    ("am", models.DateField(verbose_name="weitergeleitet am")),
                    (
                        "inhalt",
                        cases.crypto.EncryptedTextField(
                            purpose="teilweiterleitung.inhalt", verbose_name="weitergeleiteter Teil"
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Traegerbeteiligung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "gruppen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            size=None,
                            verbose_name="Leistungsgruppen",
                        ),
                    ),
                    ("am", models.DateField(verbose_name="beteiligt am")),
                    (
                        "frage",
                        cases.crypto.EncryptedTextField(
                            purpose="traegerbeteiligung.frage",
                            verbose_name="erbetene Feststellungen",
                        ),
                    ),
                    (
                        "angefordert_am",
                        models.DateField(blank=True, null=True, verbose_name="angefordert am"),
                    ),
                    (
                        "eingegangen_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Feststellungen eingegangen am"
                        ),
                    ),
                    (
                        "feststellung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="traegerbeteiligung.feststellung",
                            verbose_name="Feststellungen",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Trägerbeteiligung",
                    "verbose_name_plural": "Trägerbeteiligungen",
                    "ordering": ["am", "id"],
                },
            ),
            migrations.CreateModel(
                name="TraegerbeteiligungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "gruppen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            size=None,
                            verbose_name="Leistungsgruppen",
                        ),
                    ),
                    ("am", models.DateField(verbose_name="beteiligt am")),
                    (
                        "frage",
                        cases.crypto.EncryptedTextField(
                            purpose="traegerbeteiligung.frage",
                            verbose_name="erbetene Feststellungen",
                        ),
                    ),
                    (
                        "angefordert_am",
                        models.DateField(blank=True, null=True, verbose_name="angefordert am"),
                    ),
                    (
                        "eingegangen_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Feststellungen eingegangen am"
                        ),
                    ),
                    (
                        "feststellung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="traegerbeteiligung.feststellung",
                            verbose_name="Feststellungen",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Vorlaeufigkeit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "grund",
                        models.CharField(
                            choices=[
                                ("eilfall", "Eilfall"),
                                ("aufenthalt", "gewöhnlicher Aufenthalt ungeklärt"),
                            ],
                            max_length=20,
                            verbose_name="Grund",
                        ),
                    ),
                    ("seit", models.DateField(verbose_name="vorläufig seit")),
                    (
                        "geklaert_am",
                        models.DateField(blank=True, null=True, verbose_name="geklärt am"),
                    ),
                    (
                        "ergebnis",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="vorlaeufigkeit.ergebnis",
                            verbose_name="Ergebnis",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Vorläufigkeit",
                    "verbose_name_plural": "Vorläufigkeiten",
                },
            ),
            migrations.CreateModel(
                name="VorlaeufigkeitEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "grund",
                        models.CharField(
                            choices=[
                                ("eilfall", "Eilfall"),
                                ("aufenthalt", "gewöhnlicher Aufenthalt ungeklärt"),
                            ],
                            max_length=20,
                            verbose_name="Grund",
                        ),
                    ),
                    ("seit", models.DateField(verbose_name="vorläufig seit")),
                    (
                        "geklaert_am",
                        models.DateField(blank=True, null=True, verbose_name="geklärt am"),
                    ),
                    (
                        "ergebnis",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="vorlaeufigkeit.ergebnis",
                            verbose_name="Ergebnis",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Zustaendigkeitsentscheidung",
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
                                ("festgestellt", "Zuständigkeit festgestellt"),
                                ("kraft_gesetzes", "leistender Träger kraft Gesetzes"),
                                ("uebernommen", "als zweiter Träger übernommen"),
                                ("weitergeleitet", "weitergeleitet"),
                                ("abgegeben", "an den örtlich zuständigen Träger abgegeben"),
                                ("turboklaerung", "im Einvernehmen ein zweites Mal weitergeleitet"),
                                ("teilweise", "teilweise weitergeleitet"),
                                ("vorlaeufig", "vorläufige Leistung"),
                                ("beteiligt", "Träger beteiligt"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    (
                        "traeger_name",
                        models.CharField(blank=True, max_length=200, verbose_name="Träger"),
                    ),
                    (
                        "gruppen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="Leistungsgruppen",
                        ),
                    ),
                    ("festgestellt_am", models.DateField(verbose_name="festgestellt am")),
                    ("am", models.DateField(verbose_name="am")),
                    (
                        "erster_eingang",
                        models.DateField(
                            blank=True, null=True, verbose_name="Eingang beim ersten Träger"
                        ),
                    ),
                    (
                        "einvernehmen_am",
                        models.DateField(blank=True, null=True, verbose_name="Einvernehmen vom"),
                    ),
                    (
                        "einvernehmen_durch",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Einvernehmen erklärt durch"
                        ),
                    ),
                    (
                        "begruendung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="zustaendigkeitsentscheidung.begruendung",
                            verbose_name="Begründung",
                        ),
                    ),
                    (
                        "vorschlag",
                        models.CharField(
                            blank=True, max_length=30, verbose_name="Vorschlag der Prüfung"
                        ),
                    ),
                    ("schritte", models.JSONField(default=list, verbose_name="Gründe")),
                    ("erstellt", models.DateTimeField(auto_now_add=True, verbose_name="erstellt")),
                ],
                options={
                    "verbose_name": "Entscheidung über die Zuständigkeit",
                    "verbose_name_plural": "Entscheidungen über die Zuständigkeit",
                    "ordering": ["-id"],
                },
            ),
            migrations.CreateModel(
                name="Zustaendigkeitspruefung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("antworten", models.JSONField(default=dict, verbose_name="Antworten")),
                    (
                        "notiz",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="zustaendigkeitspruefung.notiz",
                            verbose_name="Notiz",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("in_arbeit", "in Arbeit"),
                                ("abgeschlossen", "abgeschlossen"),
                            ],
                            default="in_arbeit",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("bearbeitet_am", models.DateField(verbose_name="bearbeitet am")),
                ],
                options={
                    "verbose_name": "Zuständigkeitsprüfung",
                    "verbose_name_plural": "Zuständigkeitsprüfungen",
                },
            ),
            migrations.CreateModel(
                name="ZustaendigkeitspruefungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("antworten", models.JSONField(default=dict, verbose_name="Antworten")),
                    (
                        "notiz",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="zustaendigkeitspruefung.notiz",
                            verbose_name="Notiz",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("in_arbeit", "in Arbeit"),
                                ("abgeschlossen", "abgeschlossen"),
                            ],
                            default="in_arbeit",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    ("bearbeitet_am", models.DateField(verbose_name="bearbeitet am")),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.RemoveConstraint(
                model_name="versand",
                name="versand_state_gueltig",
            ),
            migrations.RemoveConstraint(
                model_name="versand",
                name="versand_einmal_je_schreiben_und_weg",
            ),
            migrations.AlterField(
                model_name="versand",
                name="state",
                field=models.CharField(
                    choices=[
                        ("vorgesehen", "vorgesehen"),
                        ("aufgegeben", "aufgegeben"),
                        ("fehlgeschlagen", "fehlgeschlagen"),
                        ("ungewiss", "ungewiss, bitte prüfen"),
                        ("zurueckgenommen", "zurückgenommen"),
                        ("angehalten", "angehalten"),
                    ],
                    default="vorgesehen",
                    max_length=20,
                    verbose_name="Zustand",
                ),
            ),
            migrations.AlterField(
                model_name="versandevent",
                name="state",
                field=models.CharField(
                    choices=[
                        ("vorgesehen", "vorgesehen"),
                        ("aufgegeben", "aufgegeben"),
                        ("fehlgeschlagen", "fehlgeschlagen"),
                        ("ungewiss", "ungewiss, bitte prüfen"),
                        ("zurueckgenommen", "zurückgenommen"),
                        ("angehalten", "angehalten"),
                    ],
                    default="vorgesehen",
                    max_length=20,
                    verbose_name="Zustand",
                ),
            ),
            migrations.AddConstraint(
                model_name="versand",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "vorgesehen",
                                "aufgegeben",
                                "fehlgeschlagen",
                                "ungewiss",
                                "zurueckgenommen",
                                "angehalten",
                            ],
                        )
                    ),
                    name="versand_state_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="versand",
                constraint=models.UniqueConstraint(
                    condition=models.Q(
                        ("state__in", ["fehlgeschlagen", "zurueckgenommen", "angehalten"]),
                        _negated=True,
                    ),
                    fields=("schreiben", "weg"),
                    name="versand_einmal_je_schreiben_und_weg",
                ),
            ),
            migrations.AddField(
                model_name="einwilligung",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="einwilligungen",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="einwilligung",
                name="eingetragen_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="eingetragen von",
                ),
            ),
            migrations.AddField(
                model_name="einwilligung",
                name="unterlage",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="einwilligungen",
                    to="cases.unterlage",
                    verbose_name="Scan",
                ),
            ),
            migrations.AddField(
                model_name="einwilligungswiderruf",
                name="einwilligung",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="widerruf",
                    to="cases.einwilligung",
                    verbose_name="Einwilligung",
                ),
            ),
            migrations.AddField(
                model_name="einwilligungswiderruf",
                name="vermerkt_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="vermerkt von",
                ),
            ),
            migrations.AddField(
                model_name="teilweiterleitung",
                name="an",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="teilweiterleitungen",
                    to="cases.leistungstraeger",
                    verbose_name="an",
                ),
            ),
            migrations.AddField(
                model_name="teilweiterleitung",
                name="antrag",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="teilweiterleitungen",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="teilweiterleitungevent",
                name="an",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungstraeger",
                    verbose_name="an",
                ),
            ),
            migrations.AddField(
                model_name="teilweiterleitungevent",
                name="antrag",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="teilweiterleitungevent",
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
                model_name="teilweiterleitungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.teilweiterleitung",
                ),
            ),
            migrations.AddField(
                model_name="traegerbeteiligung",
                name="antrag",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="traegerbeteiligungen",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="traegerbeteiligung",
                name="traeger",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="traegerbeteiligungen",
                    to="cases.leistungstraeger",
                    verbose_name="Träger",
                ),
            ),
            migrations.AddField(
                model_name="traegerbeteiligungevent",
                name="antrag",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="traegerbeteiligungevent",
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
                model_name="traegerbeteiligungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.traegerbeteiligung",
                ),
            ),
            migrations.AddField(
                model_name="traegerbeteiligungevent",
                name="traeger",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungstraeger",
                    verbose_name="Träger",
                ),
            ),
            migrations.AddField(
                model_name="vorlaeufigkeit",
                name="antrag",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="vorlaeufigkeit",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="vorlaeufigkeit",
                name="erstattung_durch",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="erstattungen_vorlaeufiger_leistung",
                    to="cases.leistungstraeger",
                    verbose_name="Kosten erstattet",
                ),
            ),
            migrations.AddField(
                model_name="vorlaeufigkeitevent",
                name="antrag",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="vorlaeufigkeitevent",
                name="erstattung_durch",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungstraeger",
                    verbose_name="Kosten erstattet",
                ),
            ),
            migrations.AddField(
                model_name="vorlaeufigkeitevent",
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
                model_name="vorlaeufigkeitevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.vorlaeufigkeit",
                ),
            ),
            migrations.AddField(
                model_name="zustaendigkeitsentscheidung",
                name="antrag",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="zustaendigkeitsentscheidungen",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="zustaendigkeitsentscheidung",
                name="entschieden_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="entschieden von",
                ),
            ),
            migrations.AddField(
                model_name="zustaendigkeitspruefung",
                name="antrag",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="zustaendigkeitspruefung",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="zustaendigkeitspruefung",
                name="bearbeitet_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="bearbeitet von",
                ),
            ),
            migrations.AddField(
                model_name="zustaendigkeitspruefungevent",
                name="antrag",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="zustaendigkeitspruefungevent",
                name="bearbeitet_von",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="bearbeitet von",
                ),
            ),
            migrations.AddField(
                model_name="zustaendigkeitspruefungevent",
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
                model_name="zustaendigkeitspruefungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.zustaendigkeitspruefung",
                ),
            ),
            migrations.AddIndex(
                model_name="einwilligung",
                index=django.contrib.postgres.indexes.GinIndex(
                    fields=["teile"], name="einwilligung_teile"
                ),
            ),
            migrations.AddConstraint(
                model_name="einwilligung",
                constraint=models.CheckConstraint(
                    condition=models.Q(("erklaert_durch__in", ["person", "vertretung"])),
                    name="einwilligung_erklaert_durch_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="einwilligung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "empfaengerart__in",
                            ["leistungstraeger", "leistungserbringer", "stelle", "sonstige"],
                        )
                    ),
                    name="einwilligung_empfaengerart_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="einwilligung",
                constraint=models.CheckConstraint(
                    condition=models.Q(("form__in", ["schriftlich", "elektronisch"])),
                    name="einwilligung_form_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="einwilligung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "teile__contained_by",
                            [
                                "antrag",
                                "bedarf",
                                "gesamtplan",
                                "zielvereinbarung",
                                "bescheid",
                                "gutachten",
                                "berichte",
                                "pflege",
                                "gespraech",
                            ],
                        ),
                        ("teile__len__gt", 0),
                    ),
                    name="einwilligung_teile_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="einwilligung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_ab__gte", models.F("erteilt_am")),
                        models.Q(
                            ("gueltig_bis__isnull", True),
                            ("gueltig_bis__gte", models.F("gueltig_ab")),
                            _connector="OR",
                        ),
                    ),
                    name="einwilligung_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="einwilligung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("erklaert_durch", "vertretung"), _negated=True),
                        models.Q(("vertreten_durch", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="einwilligung_vertretung_mit_namen",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="einwilligung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="ebea97eda7d7769a07443ddfcc3fc79097e7cd73",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_c0a76",
                        table="cases_einwilligung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="einwilligung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="dad657d55936e7303c20126c43893c36edf9ed32",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_39be4",
                        table="cases_einwilligung",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="einwilligungswiderruf",
                constraint=models.CheckConstraint(
                    condition=models.Q(("erklaert_durch__in", ["person", "vertretung"])),
                    name="einwilligungswiderruf_erklaert_durch_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="einwilligungswiderruf",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="3778e14375e549d921bce55b8951219c5bba50a4",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_e4016",
                        table="cases_einwilligungswiderruf",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="einwilligungswiderruf",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="5921baa33069ccf5f075979cc6181381faa0a905",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_f9b47",
                        table="cases_einwilligungswiderruf",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="teilweiterleitung",
                constraint=models.UniqueConstraint(
                    fields=("antrag", "an"), name="teilweiterleitung_einmal_je_traeger"
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilweiterleitung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_teilweiterleitungevent" ("am", "an_id", "antrag_id", "festgestellt_am", "gruppen", "id", "inhalt", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."am", NEW."an_id", NEW."antrag_id", NEW."festgestellt_am", NEW."gruppen", NEW."id", NEW."inhalt", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                        hash="fa7ca092b937dc283fa8658d13300bc7bcdcf313",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_c64d2",
                        table="cases_teilweiterleitung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilweiterleitung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_teilweiterleitungevent" ("am", "an_id", "antrag_id", "festgestellt_am", "gruppen", "id", "inhalt", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."am", NEW."an_id", NEW."antrag_id", NEW."festgestellt_am", NEW."gruppen", NEW."id", NEW."inhalt", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                        hash="94b4d9b5e0b3d8671774b2435307a623409b6908",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_d3c23",
                        table="cases_teilweiterleitung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilweiterleitungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="77005c78b5505232edcb5b88f7731bc1e45e9195",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_73d17",
                        table="cases_teilweiterleitungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="traegerbeteiligung",
                constraint=models.UniqueConstraint(
                    fields=("antrag", "traeger"), name="traegerbeteiligung_einmal_je_traeger"
                ),
            ),
            migrations.AddConstraint(
                model_name="traegerbeteiligung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("eingegangen_am__isnull", True),
                        models.Q(
                            ("angefordert_am__isnull", False),
                            ("eingegangen_am__gte", models.F("angefordert_am")),
                        ),
                        _connector="OR",
                    ),
                    name="traegerbeteiligung_eingang_nach_anforderung",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="traegerbeteiligung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_traegerbeteiligungevent" ("am", "angefordert_am", "antrag_id", "eingegangen_am", "feststellung", "frage", "gruppen", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "traeger_id") VALUES (NEW."am", NEW."angefordert_am", NEW."antrag_id", NEW."eingegangen_am", NEW."feststellung", NEW."frage", NEW."gruppen", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."traeger_id"); RETURN NULL;',
                        hash="c3ebc0710038865f5329f46f9716842b6e2a4825",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_559ae",
                        table="cases_traegerbeteiligung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="traegerbeteiligung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_traegerbeteiligungevent" ("am", "angefordert_am", "antrag_id", "eingegangen_am", "feststellung", "frage", "gruppen", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "traeger_id") VALUES (NEW."am", NEW."angefordert_am", NEW."antrag_id", NEW."eingegangen_am", NEW."feststellung", NEW."frage", NEW."gruppen", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."traeger_id"); RETURN NULL;',
                        hash="17f96d01acff4ab1d38cd4ecade1927a3dac35e5",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_e62de",
                        table="cases_traegerbeteiligung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="traegerbeteiligungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="59a64942ef5ed84d43ac94818b3daa0ea1b67e88",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_3e4df",
                        table="cases_traegerbeteiligungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="vorlaeufigkeit",
                constraint=models.CheckConstraint(
                    condition=models.Q(("grund__in", ["eilfall", "aufenthalt"])),
                    name="vorlaeufigkeit_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="vorlaeufigkeit",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("geklaert_am__isnull", True),
                        ("geklaert_am__gte", models.F("seit")),
                        _connector="OR",
                    ),
                    name="vorlaeufigkeit_geklaert_nach_beginn",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vorlaeufigkeit",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_vorlaeufigkeitevent" ("antrag_id", "ergebnis", "erstattung_durch_id", "geklaert_am", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seit") VALUES (NEW."antrag_id", NEW."ergebnis", NEW."erstattung_durch_id", NEW."geklaert_am", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seit"); RETURN NULL;',
                        hash="483f44bb97344d93b04f508675ff72995bd6d61b",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_70f7d",
                        table="cases_vorlaeufigkeit",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vorlaeufigkeit",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_vorlaeufigkeitevent" ("antrag_id", "ergebnis", "erstattung_durch_id", "geklaert_am", "grund", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seit") VALUES (NEW."antrag_id", NEW."ergebnis", NEW."erstattung_durch_id", NEW."geklaert_am", NEW."grund", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seit"); RETURN NULL;',
                        hash="f0074d5990acc8264a35d8e4530dea96f6e6d821",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_402b9",
                        table="cases_vorlaeufigkeit",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vorlaeufigkeitevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="cc18e9496dbbea821bc66cae158e326260e46968",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_fa4db",
                        table="cases_vorlaeufigkeitevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="zustaendigkeitsentscheidung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "art__in",
                            [
                                "festgestellt",
                                "kraft_gesetzes",
                                "uebernommen",
                                "weitergeleitet",
                                "abgegeben",
                                "turboklaerung",
                                "teilweise",
                                "vorlaeufig",
                                "beteiligt",
                            ],
                        )
                    ),
                    name="zustaendigkeitsentscheidung_art_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="zustaendigkeitsentscheidung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("art", "turboklaerung"), _negated=True),
                        models.Q(
                            ("einvernehmen_am__isnull", False),
                            models.Q(("einvernehmen_durch", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="zustaendigkeitsentscheidung_turbo_mit_einvernehmen",
                ),
            ),
            migrations.AddConstraint(
                model_name="zustaendigkeitsentscheidung",
                constraint=models.CheckConstraint(
                    condition=models.Q(("am__gte", models.F("festgestellt_am"))),
                    name="zustaendigkeitsentscheidung_am_nach_feststellung",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zustaendigkeitsentscheidung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_anfuegen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="82edcd66768bc711177849474f5544c674a09ab1",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_nur_anfuegen_21880",
                        table="cases_zustaendigkeitsentscheidung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zustaendigkeitsentscheidung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="5e2b3d7f1a70552cf42bc1e21d8be760b054468b",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_207c6",
                        table="cases_zustaendigkeitsentscheidung",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="zustaendigkeitspruefung",
                constraint=models.CheckConstraint(
                    condition=models.Q(("state__in", ["in_arbeit", "abgeschlossen"])),
                    name="zustaendigkeitspruefung_state_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zustaendigkeitspruefung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_zustaendigkeitspruefungevent" ("antrag_id", "antworten", "bearbeitet_am", "bearbeitet_von_id", "id", "notiz", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."antrag_id", NEW."antworten", NEW."bearbeitet_am", NEW."bearbeitet_von_id", NEW."id", NEW."notiz", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                        hash="44758df49411cac7c97eb2580d3c9e920f5c685e",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_fe1c1",
                        table="cases_zustaendigkeitspruefung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zustaendigkeitspruefung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_zustaendigkeitspruefungevent" ("antrag_id", "antworten", "bearbeitet_am", "bearbeitet_von_id", "id", "notiz", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."antrag_id", NEW."antworten", NEW."bearbeitet_am", NEW."bearbeitet_von_id", NEW."id", NEW."notiz", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                        hash="4a5ffa7cc1c1af6a07b3cf55302dddbd82c0be0e",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_439df",
                        table="cases_zustaendigkeitspruefung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zustaendigkeitspruefungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="196f3afe569988323b6b4c8bbd54b5baa4b7f5a1",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_bc715",
                        table="cases_zustaendigkeitspruefungevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
