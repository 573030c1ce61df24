from decimal import Decimal

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
        ("gesamtplan", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="PersoenlichesBudget",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("beginn", models.DateField(verbose_name="Beginn")),
                    ("ende", models.DateField(blank=True, null=True, verbose_name="Ende")),
                    (
                        "befristungsgrund",
                        models.TextField(blank=True, verbose_name="Grund der Befristung"),
                    ),
                    ("bindung_ab", models.DateField(verbose_name="Bindung ab")),
                    (
                        "vergleichssumme",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            help_text="monatlich, § 29 Abs. 2 S. 7 SGB IX",
                            max_digits=10,
                            null=True,
                            verbose_name="Kosten der Leistungen ohne Persönliches Budget",
                        ),
                    ),
                    (
                        "deckel_ausnahme",
                        models.TextField(blank=True, verbose_name="Grund für eine höhere Summe"),
                    ),
                    (
                        "verfahrensart",
                        models.CharField(
                            choices=[
                                ("vereinfacht", "vereinfachtes Verfahren"),
                                ("ausfuehrlich", "ausführliches Verfahren mit Budgetkonferenz"),
                            ],
                            default="vereinfacht",
                            max_length=20,
                            verbose_name="Verfahren",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("beantragt", "beantragt"),
                                ("bemessen", "bemessen"),
                                ("zielvereinbarung", "Zielvereinbarung zur Unterschrift"),
                                ("vereinbart", "vereinbart"),
                                ("bewilligt", "bewilligt"),
                                ("laeuft", "Auszahlung läuft"),
                                ("beendet", "beendet"),
                            ],
                            default="beantragt",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="persoenliche_budgets",
                            to="cases.case",
                            verbose_name="Fall",
                        ),
                    ),
                    (
                        "gesamtplan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="persoenliche_budgets",
                            to="gesamtplan.gesamtplan",
                            verbose_name="Gesamtplan",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Persönliches Budget",
                    "verbose_name_plural": "Persönliche Budgets",
                    "ordering": ["-beginn", "-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "beantragt",
                                        "bemessen",
                                        "zielvereinbarung",
                                        "vereinbart",
                                        "bewilligt",
                                        "laeuft",
                                        "beendet",
                                    ],
                                )
                            ),
                            name="persoenliches_budget_state_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("verfahrensart__in", ["vereinfacht", "ausfuehrlich"])
                            ),
                            name="persoenliches_budget_verfahrensart_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ende__isnull", True),
                                ("ende__gte", models.F("beginn")),
                                _connector="OR",
                            ),
                            name="persoenliches_budget_ende_nach_beginn",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ende__isnull", True),
                                models.Q(("befristungsgrund", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="persoenliches_budget_befristung_begruendet",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "beendet"), _negated=True),
                            fields=("case",),
                            name="persoenliches_budget_eines_offen",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PersoenlichesBudgetEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("beginn", models.DateField(verbose_name="Beginn")),
                    ("ende", models.DateField(blank=True, null=True, verbose_name="Ende")),
                    (
                        "befristungsgrund",
                        models.TextField(blank=True, verbose_name="Grund der Befristung"),
                    ),
                    ("bindung_ab", models.DateField(verbose_name="Bindung ab")),
                    (
                        "vergleichssumme",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            help_text="monatlich, § 29 Abs. 2 S. 7 SGB IX",
                            max_digits=10,
                            null=True,
                            verbose_name="Kosten der Leistungen ohne Persönliches Budget",
                        ),
                    ),
                    (
                        "deckel_ausnahme",
                        models.TextField(blank=True, verbose_name="Grund für eine höhere Summe"),
                    ),
                    (
                        "verfahrensart",
                        models.CharField(
                            choices=[
                                ("vereinfacht", "vereinfachtes Verfahren"),
                                ("ausfuehrlich", "ausführliches Verfahren mit Budgetkonferenz"),
                            ],
                            default="vereinfacht",
                            max_length=20,
                            verbose_name="Verfahren",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("beantragt", "beantragt"),
                                ("bemessen", "bemessen"),
                                ("zielvereinbarung", "Zielvereinbarung zur Unterschrift"),
                                ("vereinbart", "vereinbart"),
                                ("bewilligt", "bewilligt"),
                                ("laeuft", "Auszahlung läuft"),
                                ("beendet", "beendet"),
                            ],
                            default="beantragt",
                            max_length=20,
                            verbose_name="Zustand",
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
                            to="budget.persoenlichesbudget",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Teilbudget",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "bemessungsart",
                        models.CharField(
                            choices=[
                                ("pauschale", "Pauschale nach Richtwert"),
                                ("individuell", "im Einzelfall festgesetzt"),
                                ("gutschein", "Gutschein"),
                                ("satz", "gesetzlicher Betrag"),
                            ],
                            max_length=20,
                            verbose_name="Bemessung",
                        ),
                    ),
                    (
                        "auszahlungsform",
                        models.CharField(
                            choices=[("geld", "Geld"), ("gutschein", "Gutschein")],
                            max_length=20,
                            verbose_name="Form",
                        ),
                    ),
                    (
                        "betrag",
                        models.DecimalField(
                            decimal_places=2, max_digits=10, verbose_name="Betrag im Monat"
                        ),
                    ),
                    (
                        "richtwert",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            verbose_name="Richtwert zum Vergleich",
                        ),
                    ),
                    (
                        "richtwert_ab",
                        models.DateField(blank=True, null=True, verbose_name="Richtwert gilt ab"),
                    ),
                    (
                        "abweichung_grund",
                        models.TextField(
                            blank=True, verbose_name="Grund der Abweichung vom Richtwert"
                        ),
                    ),
                    ("rechenweg", models.JSONField(default=list, verbose_name="Rechenweg")),
                    (
                        "ergaenzend",
                        models.BooleanField(default=False, verbose_name="ergänzende Leistung"),
                    ),
                    (
                        "stellungnahme_vom",
                        models.DateField(blank=True, null=True, verbose_name="Stellungnahme vom"),
                    ),
                    (
                        "nachweisart",
                        models.CharField(
                            choices=[
                                ("kein_nachweis", "kein Nachweis"),
                                ("belege", "Belege oder Rechnungen"),
                                ("arbeitsvertrag", "Arbeitsvertrag"),
                                ("pflegeeinsatz", "Nachweis der Pflegeeinsätze"),
                                ("beispieldokumentation", "beispielhafte Dokumentation"),
                            ],
                            default="belege",
                            max_length=30,
                            verbose_name="Nachweis",
                        ),
                    ),
                    (
                        "nachweis",
                        models.TextField(blank=True, verbose_name="Nachweis, näher bestimmt"),
                    ),
                    (
                        "leistung",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="teilbudgets",
                            to="gesamtplan.leistung",
                            verbose_name="Leistung",
                        ),
                    ),
                    (
                        "leistungstraeger",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="teilbudgets",
                            to="cases.leistungstraeger",
                            verbose_name="Leistungsträger",
                        ),
                    ),
                    (
                        "persoenliches_budget",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="teilbudgets",
                            to="budget.persoenlichesbudget",
                            verbose_name="Persönliches Budget",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Teilbudget",
                    "verbose_name_plural": "Teilbudgets",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "bemessungsart__in",
                                    ["pauschale", "individuell", "gutschein", "satz"],
                                )
                            ),
                            name="teilbudget_bemessungsart_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("auszahlungsform__in", ["geld", "gutschein"])),
                            name="teilbudget_auszahlungsform_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "nachweisart__in",
                                    [
                                        "kein_nachweis",
                                        "belege",
                                        "arbeitsvertrag",
                                        "pflegeeinsatz",
                                        "beispieldokumentation",
                                    ],
                                )
                            ),
                            name="teilbudget_nachweisart_gueltig",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("betrag__gt", Decimal("0"))),
                            name="teilbudget_betrag_positiv",
                        ),
                        models.UniqueConstraint(
                            fields=("persoenliches_budget", "leistung"),
                            name="teilbudget_je_leistung",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("bemessungsart", "gutschein"), _negated=True),
                                ("auszahlungsform", "gutschein"),
                                _connector="OR",
                            ),
                            name="teilbudget_gutschein_ist_gutschein",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("richtwert__isnull", True), ("richtwert_ab__isnull", True)
                                ),
                                models.Q(
                                    ("richtwert__isnull", False), ("richtwert_ab__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="teilbudget_richtwert_mit_tag",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("richtwert__isnull", True),
                                ("richtwert", models.F("betrag")),
                                models.Q(("abweichung_grund", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="teilbudget_abweichung_begruendet",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeilbudgetEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "bemessungsart",
                        models.CharField(
                            choices=[
                                ("pauschale", "Pauschale nach Richtwert"),
                                ("individuell", "im Einzelfall festgesetzt"),
                                ("gutschein", "Gutschein"),
                                ("satz", "gesetzlicher Betrag"),
                            ],
                            max_length=20,
                            verbose_name="Bemessung",
                        ),
                    ),
                    (
                        "auszahlungsform",
                        models.CharField(
                            choices=[("geld", "Geld"), ("gutschein", "Gutschein")],
                            max_length=20,
                            verbose_name="Form",
                        ),
                    ),
                    (
                        "betrag",
                        models.DecimalField(
                            decimal_places=2, max_digits=10, verbose_name="Betrag im Monat"
                        ),
                    ),
                    (
                        "richtwert",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            verbose_name="Richtwert zum Vergleich",
                        ),
                    ),
                    (
                        "richtwert_ab",
                        models.DateField(blank=True, null=True, verbose_name="Richtwert gilt ab"),
                    ),
                    (
                        "abweichung_grund",
                        models.TextField(
                            blank=True, verbose_name="Grund der Abweichung vom Richtwert"
                        ),
                    ),
                    ("rechenweg", models.JSONField(default=list, verbose_name="Rechenweg")),
                    (
                        "ergaenzend",
                        models.BooleanField(default=False, verbose_name="ergänzende Leistung"),
                    ),
                    (
                        "stellungnahme_vom",
                        models.DateField(blank=True, null=True, verbose_name="Stellungnahme vom"),
                    ),
                    (
                        "nachweisart",
                        models.CharField(
                            choices=[
                                ("kein_nachweis", "kein Nachweis"),
                                ("belege", "Belege oder Rechnungen"),
                                ("arbeitsvertrag", "Arbeitsvertrag"),
                                ("pflegeeinsatz", "Nachweis der Pflegeeinsätze"),
                                ("beispieldokumentation", "beispielhafte Dokumentation"),
                            ],
                            default="belege",
                            max_length=30,
                            verbose_name="Nachweis",
                        ),
                    ),
                    (
                        "nachweis",
                        models.TextField(blank=True, verbose_name="Nachweis, näher bestimmt"),
                    ),
                    (
                        "leistung",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="gesamtplan.leistung",
                            verbose_name="Leistung",
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
                        "persoenliches_budget",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="budget.persoenlichesbudget",
                            verbose_name="Persönliches Budget",
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
                            to="budget.teilbudget",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Zielvereinbarung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "gespraech_monate",
                        models.PositiveSmallIntegerField(
                            default=6, verbose_name="Gespräch alle … Monate"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "Entwurf"),
                                ("ausgefertigt", "zur Unterschrift"),
                                ("unterzeichnet", "unterzeichnet"),
                                ("verworfen", "neu zu verhandeln"),
                            ],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "ausgefertigt_am",
                        models.DateField(blank=True, null=True, verbose_name="ausgefertigt am"),
                    ),
                    (
                        "unterzeichnet_person_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="von der Person unterzeichnet am"
                        ),
                    ),
                    (
                        "unterzeichnet_person_durch",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="unterzeichnet durch"
                        ),
                    ),
                    (
                        "unterzeichnet_traeger_am",
                        models.DateField(
                            blank=True,
                            null=True,
                            verbose_name="vom Leistungsträger unterzeichnet am",
                        ),
                    ),
                    (
                        "vorbehalt",
                        models.TextField(blank=True, verbose_name="Vorbehalt der Person"),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="zielvereinbarungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="erstellt von",
                        ),
                    ),
                    (
                        "persoenliches_budget",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="zielvereinbarungen",
                            to="budget.persoenlichesbudget",
                            verbose_name="Persönliches Budget",
                        ),
                    ),
                    (
                        "schreiben",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="zielvereinbarung",
                            to="cases.schreiben",
                            verbose_name="Schreiben",
                        ),
                    ),
                    (
                        "unterzeichnet_traeger_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="unterzeichnete_zielvereinbarungen",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="für den Leistungsträger",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Zielvereinbarung",
                    "verbose_name_plural": "Zielvereinbarungen",
                    "ordering": ["-version"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    ["entwurf", "ausgefertigt", "unterzeichnet", "verworfen"],
                                )
                            ),
                            name="zielvereinbarung_state_gueltig",
                        ),
                        models.UniqueConstraint(
                            fields=("persoenliches_budget", "version"),
                            name="zielvereinbarung_version",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "verworfen"), _negated=True),
                            fields=("persoenliches_budget",),
                            name="zielvereinbarung_eine_offen",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("gespraech_monate__in", [6, 12])),
                            name="zielvereinbarung_gespraech_6_oder_12",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("gueltig_bis__isnull", True),
                                ("gueltig_bis__gte", models.F("gueltig_ab")),
                                _connector="OR",
                            ),
                            name="zielvereinbarung_ende_nach_beginn",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "entwurf"),
                                models.Q(
                                    ("ausgefertigt_am__isnull", False), ("schreiben__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="zielvereinbarung_ausgefertigt_mit_schreiben",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "unterzeichnet"), _negated=True),
                                models.Q(
                                    ("schreiben__isnull", False),
                                    ("unterzeichnet_person_am__isnull", False),
                                    ("unterzeichnet_traeger_am__isnull", False),
                                    ("unterzeichnet_traeger_von__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="zielvereinbarung_beide_unterschriften",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Bescheid",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="Datum")),
                    ("erste_auszahlung", models.DateField(verbose_name="erste Auszahlung am")),
                    ("begruendung", models.TextField(verbose_name="Begründung")),
                    (
                        "abgelehnte_leistungen",
                        models.TextField(blank=True, verbose_name="abgelehnte Leistungen"),
                    ),
                    (
                        "nebenbestimmungen",
                        models.TextField(blank=True, verbose_name="Nebenbestimmungen"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "Entwurf"),
                                ("vorgelegt", "zur Freigabe vorgelegt"),
                                ("freigegeben", "freigegeben"),
                                ("versandt", "versandt"),
                                ("bestandskraeftig", "bestandskräftig"),
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
                            related_name="bearbeitete_bescheide",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="zuletzt bearbeitet von",
                        ),
                    ),
                    (
                        "erstellt_von",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bescheide",
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
                            related_name="freigegebene_bescheide",
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
                            related_name="bescheid",
                            to="cases.schreiben",
                            verbose_name="Schreiben",
                        ),
                    ),
                    (
                        "vorgelegt_von",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="vorgelegte_bescheide",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vorgelegt von",
                        ),
                    ),
                    (
                        "persoenliches_budget",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bescheide",
                            to="budget.persoenlichesbudget",
                            verbose_name="Persönliches Budget",
                        ),
                    ),
                    (
                        "zielvereinbarung",
                        models.ForeignKey(
                            blank=True,
                            help_text="fehlt nur, wenn allein Pflegekassen leisten (§ 29 Abs. 4 S. 3 SGB IX)",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bescheide",
                            to="budget.zielvereinbarung",
                            verbose_name="Zielvereinbarung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Bescheid",
                    "verbose_name_plural": "Bescheide",
                    "ordering": ["-datum", "-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "entwurf",
                                        "vorgelegt",
                                        "freigegeben",
                                        "versandt",
                                        "bestandskraeftig",
                                    ],
                                )
                            ),
                            name="bescheid_state_gueltig",
                        ),
                        models.UniqueConstraint(
                            fields=("persoenliches_budget",), name="bescheid_einer_je_budget"
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
                                        ("vorgelegt_von__isnull", True),
                                        models.Q(
                                            ("freigegeben_von", models.F("vorgelegt_von")),
                                            _negated=True,
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="bescheid_vier_augen",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["entwurf", "vorgelegt"]),
                                models.Q(
                                    ("freigegeben_am__isnull", False),
                                    ("freigegeben_von__isnull", False),
                                    ("schreiben__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="bescheid_freigabe_vollstaendig",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BescheidEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("datum", models.DateField(verbose_name="Datum")),
                    ("erste_auszahlung", models.DateField(verbose_name="erste Auszahlung am")),
                    ("begruendung", models.TextField(verbose_name="Begründung")),
                    (
                        "abgelehnte_leistungen",
                        models.TextField(blank=True, verbose_name="abgelehnte Leistungen"),
                    ),
                    (
                        "nebenbestimmungen",
                        models.TextField(blank=True, verbose_name="Nebenbestimmungen"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "Entwurf"),
                                ("vorgelegt", "zur Freigabe vorgelegt"),
                                ("freigegeben", "freigegeben"),
                                ("versandt", "versandt"),
                                ("bestandskraeftig", "bestandskräftig"),
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
                            to="budget.bescheid",
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
                    (
                        "persoenliches_budget",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="budget.persoenlichesbudget",
                            verbose_name="Persönliches Budget",
                        ),
                    ),
                    (
                        "zielvereinbarung",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            help_text="fehlt nur, wenn allein Pflegekassen leisten (§ 29 Abs. 4 S. 3 SGB IX)",
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="budget.zielvereinbarung",
                            verbose_name="Zielvereinbarung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Vereinbarungsinhalt",
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
                        "zielvereinbarung",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="vereinbarungsinhalte",
                            to="budget.zielvereinbarung",
                            verbose_name="Zielvereinbarung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Vereinbarungsinhalt",
                    "verbose_name_plural": "Vereinbarungsinhalte",
                    "ordering": ["id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("zielvereinbarung", "schluessel"),
                            name="vereinbarungsinhalt_einmal",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="VereinbarungsinhaltEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("schluessel", models.CharField(max_length=60, verbose_name="Inhalt")),
                    ("text", models.TextField(blank=True, verbose_name="Text")),
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
                            to="budget.vereinbarungsinhalt",
                        ),
                    ),
                    (
                        "zielvereinbarung",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="budget.zielvereinbarung",
                            verbose_name="Zielvereinbarung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="ZielvereinbarungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "gespraech_monate",
                        models.PositiveSmallIntegerField(
                            default=6, verbose_name="Gespräch alle … Monate"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entwurf", "Entwurf"),
                                ("ausgefertigt", "zur Unterschrift"),
                                ("unterzeichnet", "unterzeichnet"),
                                ("verworfen", "neu zu verhandeln"),
                            ],
                            default="entwurf",
                            max_length=20,
                            verbose_name="Zustand",
                        ),
                    ),
                    (
                        "ausgefertigt_am",
                        models.DateField(blank=True, null=True, verbose_name="ausgefertigt am"),
                    ),
                    (
                        "unterzeichnet_person_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="von der Person unterzeichnet am"
                        ),
                    ),
                    (
                        "unterzeichnet_person_durch",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="unterzeichnet durch"
                        ),
                    ),
                    (
                        "unterzeichnet_traeger_am",
                        models.DateField(
                            blank=True,
                            null=True,
                            verbose_name="vom Leistungsträger unterzeichnet am",
                        ),
                    ),
                    (
                        "vorbehalt",
                        models.TextField(blank=True, verbose_name="Vorbehalt der Person"),
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
                        "persoenliches_budget",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="budget.persoenlichesbudget",
                            verbose_name="Persönliches Budget",
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
                            to="budget.zielvereinbarung",
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
                        "unterzeichnet_traeger_von",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="für den Leistungsträger",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="persoenlichesbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="vereinbart_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."state" IN (\'zielvereinbarung\', \'vereinbart\', \'bewilligt\', \'laeuft\', \'beendet\') AND (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."case_id" IS DISTINCT FROM NEW."case_id" OR OLD."gesamtplan_id" IS DISTINCT FROM NEW."gesamtplan_id" OR OLD."beginn" IS DISTINCT FROM NEW."beginn" OR OLD."ende" IS DISTINCT FROM NEW."ende" OR OLD."befristungsgrund" IS DISTINCT FROM NEW."befristungsgrund" OR OLD."bindung_ab" IS DISTINCT FROM NEW."bindung_ab" OR OLD."vergleichssumme" IS DISTINCT FROM NEW."vergleichssumme" OR OLD."deckel_ausnahme" IS DISTINCT FROM NEW."deckel_ausnahme" OR OLD."verfahrensart" IS DISTINCT FROM NEW."verfahrensart"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="78e693db6cdba6eb549b46b3be698d0924f6b1eb",
                        operation="UPDATE",
                        pgid="pgtrigger_vereinbart_fest_8d1aa",
                        table="budget_persoenlichesbudget",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="persoenlichesbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="kein_weg_zurueck",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.\"state\" IN ('vereinbart', 'bewilligt', 'laeuft', 'beendet') AND NEW.\"state\" IN ('beantragt', 'bemessen', 'zielvereinbarung'))",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="ef42770b768465ffa405b345c3c11a4eb1cddef0",
                        operation="UPDATE",
                        pgid="pgtrigger_kein_weg_zurueck_63309",
                        table="budget_persoenlichesbudget",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="persoenlichesbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NOT (OLD.\"state\" IN ('beantragt', 'bemessen')))",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="43c99a24ba19a5ee81e33776b726be08cbd68945",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_914aa",
                        table="budget_persoenlichesbudget",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="persoenlichesbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="66be7e1fc2d2831b7e65b13afc0089994d861fd9",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_9d42a",
                        table="budget_persoenlichesbudget",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="persoenlichesbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "budget_persoenlichesbudgetevent" ("befristungsgrund", "beginn", "bindung_ab", "case_id", "deckel_ausnahme", "ende", "gesamtplan_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "verfahrensart", "vergleichssumme") VALUES (NEW."befristungsgrund", NEW."beginn", NEW."bindung_ab", NEW."case_id", NEW."deckel_ausnahme", NEW."ende", NEW."gesamtplan_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."verfahrensart", NEW."vergleichssumme"); RETURN NULL;',
                        hash="0bcc00e01fde96501c8bd140ad45891ef2e05f2f",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8790b",
                        table="budget_persoenlichesbudget",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="persoenlichesbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "budget_persoenlichesbudgetevent" ("befristungsgrund", "beginn", "bindung_ab", "case_id", "deckel_ausnahme", "ende", "gesamtplan_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "verfahrensart", "vergleichssumme") VALUES (NEW."befristungsgrund", NEW."beginn", NEW."bindung_ab", NEW."case_id", NEW."deckel_ausnahme", NEW."ende", NEW."gesamtplan_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."verfahrensart", NEW."vergleichssumme"); RETURN NULL;',
                        hash="d001c6cc03ec067e933c4f08ae6de8f4c663c605",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_9065a",
                        table="budget_persoenlichesbudget",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="persoenlichesbudgetevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="9a44476ce692cdb7c3a612a7e32069e9643a21db",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_877a5",
                        table="budget_persoenlichesbudgetevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="mit_eltern_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE eltern_zustand TEXT;",
                        func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO eltern_zustand FROM budget_persoenlichesbudget WHERE id = OLD.persoenliches_budget_id;\n                IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('beantragt', 'bemessen') THEN\n                    RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            SELECT state INTO eltern_zustand FROM budget_persoenlichesbudget WHERE id = NEW.persoenliches_budget_id;\n            IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('beantragt', 'bemessen') THEN\n                RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="00bb678f7965b82738add427da4bbbbfc5f31896",
                        operation="INSERT OR UPDATE OR DELETE",
                        pgid="pgtrigger_mit_eltern_fest_20cfb",
                        table="budget_teilbudget",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="df5dcb2db0ee952caedf3233cd66c77a1bcf0c3a",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_818c4",
                        table="budget_teilbudget",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "budget_teilbudgetevent" ("abweichung_grund", "auszahlungsform", "bemessungsart", "betrag", "ergaenzend", "id", "leistung_id", "leistungstraeger_id", "nachweis", "nachweisart", "persoenliches_budget_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rechenweg", "richtwert", "richtwert_ab", "stellungnahme_vom") VALUES (NEW."abweichung_grund", NEW."auszahlungsform", NEW."bemessungsart", NEW."betrag", NEW."ergaenzend", NEW."id", NEW."leistung_id", NEW."leistungstraeger_id", NEW."nachweis", NEW."nachweisart", NEW."persoenliches_budget_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rechenweg", NEW."richtwert", NEW."richtwert_ab", NEW."stellungnahme_vom"); RETURN NULL;',
                        hash="19c971ca2e583ea1af393cd011149e1d05c448a9",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_279b2",
                        table="budget_teilbudget",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilbudget",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "budget_teilbudgetevent" ("abweichung_grund", "auszahlungsform", "bemessungsart", "betrag", "ergaenzend", "id", "leistung_id", "leistungstraeger_id", "nachweis", "nachweisart", "persoenliches_budget_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rechenweg", "richtwert", "richtwert_ab", "stellungnahme_vom") VALUES (NEW."abweichung_grund", NEW."auszahlungsform", NEW."bemessungsart", NEW."betrag", NEW."ergaenzend", NEW."id", NEW."leistung_id", NEW."leistungstraeger_id", NEW."nachweis", NEW."nachweisart", NEW."persoenliches_budget_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rechenweg", NEW."richtwert", NEW."richtwert_ab", NEW."stellungnahme_vom"); RETURN NULL;',
                        hash="26e61c9bfcb8425736121e600661c1492a2e3f3c",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_7fddc",
                        table="budget_teilbudget",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="teilbudgetevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="a334a7714039424b235a5f29574a4741f51f1bed",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_f1a0b",
                        table="budget_teilbudgetevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zielvereinbarung",
                trigger=pgtrigger.compiler.Trigger(
                    name="unterzeichnet_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.\"state\" IN ('unterzeichnet', 'verworfen'))",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="27e6ccac93fdd9d130c7a5c7af36be444314d686",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_unterzeichnet_fest_d6402",
                        table="budget_zielvereinbarung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zielvereinbarung",
                trigger=pgtrigger.compiler.Trigger(
                    name="ausgefertigt_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."state" IN (\'ausgefertigt\') AND (OLD."persoenliches_budget_id" IS DISTINCT FROM NEW."persoenliches_budget_id" OR OLD."version" IS DISTINCT FROM NEW."version" OR OLD."gueltig_ab" IS DISTINCT FROM NEW."gueltig_ab" OR OLD."gueltig_bis" IS DISTINCT FROM NEW."gueltig_bis" OR OLD."gespraech_monate" IS DISTINCT FROM NEW."gespraech_monate" OR OLD."ausgefertigt_am" IS DISTINCT FROM NEW."ausgefertigt_am" OR OLD."schreiben_id" IS DISTINCT FROM NEW."schreiben_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="a2b1a423731e47621f21e9112e3bca4e718bbb7a",
                        operation="UPDATE",
                        pgid="pgtrigger_ausgefertigt_fest_db3a7",
                        table="budget_zielvereinbarung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zielvereinbarung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.\"state\" = 'ausgefertigt')",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="0ff4c09fadaca3c59c2ef637186d1c9f605694d2",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_997bf",
                        table="budget_zielvereinbarung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zielvereinbarung",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="4f758260de5923482e4c93ee95c387ff1b9b2296",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_28e16",
                        table="budget_zielvereinbarung",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zielvereinbarung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "budget_zielvereinbarungevent" ("ausgefertigt_am", "erstellt_von_id", "gespraech_monate", "gueltig_ab", "gueltig_bis", "id", "persoenliches_budget_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schreiben_id", "state", "unterzeichnet_person_am", "unterzeichnet_person_durch", "unterzeichnet_traeger_am", "unterzeichnet_traeger_von_id", "version", "vorbehalt") VALUES (NEW."ausgefertigt_am", NEW."erstellt_von_id", NEW."gespraech_monate", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."persoenliches_budget_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schreiben_id", NEW."state", NEW."unterzeichnet_person_am", NEW."unterzeichnet_person_durch", NEW."unterzeichnet_traeger_am", NEW."unterzeichnet_traeger_von_id", NEW."version", NEW."vorbehalt"); RETURN NULL;',
                        hash="26e08bbc818852e23f8c8251b6254277eb03768c",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_cf27d",
                        table="budget_zielvereinbarung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zielvereinbarung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "budget_zielvereinbarungevent" ("ausgefertigt_am", "erstellt_von_id", "gespraech_monate", "gueltig_ab", "gueltig_bis", "id", "persoenliches_budget_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schreiben_id", "state", "unterzeichnet_person_am", "unterzeichnet_person_durch", "unterzeichnet_traeger_am", "unterzeichnet_traeger_von_id", "version", "vorbehalt") VALUES (NEW."ausgefertigt_am", NEW."erstellt_von_id", NEW."gespraech_monate", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."persoenliches_budget_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schreiben_id", NEW."state", NEW."unterzeichnet_person_am", NEW."unterzeichnet_person_durch", NEW."unterzeichnet_traeger_am", NEW."unterzeichnet_traeger_von_id", NEW."version", NEW."vorbehalt"); RETURN NULL;',
                        hash="314e41680a06524cd171a84df7ee152b92abb734",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_23178",
                        table="budget_zielvereinbarung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vereinbarungsinhaltevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="798560b66b9135a205eed48e2928c2cd06a363de",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_3e377",
                        table="budget_vereinbarungsinhaltevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vereinbarungsinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="mit_eltern_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE eltern_zustand TEXT;",
                        func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO eltern_zustand FROM budget_zielvereinbarung WHERE id = OLD.zielvereinbarung_id;\n                IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                    RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            SELECT state INTO eltern_zustand FROM budget_zielvereinbarung WHERE id = NEW.zielvereinbarung_id;\n            IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ('entwurf') THEN\n                RAISE EXCEPTION 'Fallwerk: Zeile in % gehoert zu einer festgeschriebenen Fassung', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="b8171c3d61a6e1f6d27a4b822e8db892784c4f38",
                        operation="INSERT OR UPDATE OR DELETE",
                        pgid="pgtrigger_mit_eltern_fest_d0f59",
                        table="budget_vereinbarungsinhalt",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vereinbarungsinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="f902214436c86eaced9de1bf775245fc5c9446a1",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_36819",
                        table="budget_vereinbarungsinhalt",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vereinbarungsinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "budget_vereinbarungsinhaltevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel", "text", "zielvereinbarung_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schluessel", NEW."text", NEW."zielvereinbarung_id"); RETURN NULL;',
                        hash="65973ef9ceca6808308666303d42c3d806fa6730",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_37b12",
                        table="budget_vereinbarungsinhalt",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vereinbarungsinhalt",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "budget_vereinbarungsinhaltevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schluessel", "text", "zielvereinbarung_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schluessel", NEW."text", NEW."zielvereinbarung_id"); RETURN NULL;',
                        hash="d4cb0fecde3c5ffc6ff8a2c6f2167ce4ce3b1ccc",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_18b5b",
                        table="budget_vereinbarungsinhalt",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheidevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="877b48d908e39a24b029aecc24414991889c93d2",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_f975a",
                        table="budget_bescheidevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="inhalt_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."state" IN (\'freigegeben\', \'versandt\', \'bestandskraeftig\') AND (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."persoenliches_budget_id" IS DISTINCT FROM NEW."persoenliches_budget_id" OR OLD."zielvereinbarung_id" IS DISTINCT FROM NEW."zielvereinbarung_id" OR OLD."datum" IS DISTINCT FROM NEW."datum" OR OLD."erste_auszahlung" IS DISTINCT FROM NEW."erste_auszahlung" OR OLD."begruendung" IS DISTINCT FROM NEW."begruendung" OR OLD."abgelehnte_leistungen" IS DISTINCT FROM NEW."abgelehnte_leistungen" OR OLD."nebenbestimmungen" IS DISTINCT FROM NEW."nebenbestimmungen" OR OLD."erstellt_von_id" IS DISTINCT FROM NEW."erstellt_von_id" OR OLD."bearbeitet_von_id" IS DISTINCT FROM NEW."bearbeitet_von_id" OR OLD."vorgelegt_am" IS DISTINCT FROM NEW."vorgelegt_am" OR OLD."vorgelegt_von_id" IS DISTINCT FROM NEW."vorgelegt_von_id" OR OLD."rueckgabe_grund" IS DISTINCT FROM NEW."rueckgabe_grund" OR OLD."freigegeben_von_id" IS DISTINCT FROM NEW."freigegeben_von_id" OR OLD."freigegeben_am" IS DISTINCT FROM NEW."freigegeben_am" OR OLD."schreiben_id" IS DISTINCT FROM NEW."schreiben_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="aaefc82a188fda0cf9e022d8b06e5d4959b5df44",
                        operation="UPDATE",
                        pgid="pgtrigger_inhalt_fest_8d5ec",
                        table="budget_bescheid",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="vorgelegt_fest",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."state" IN (\'vorgelegt\') AND (OLD."persoenliches_budget_id" IS DISTINCT FROM NEW."persoenliches_budget_id" OR OLD."zielvereinbarung_id" IS DISTINCT FROM NEW."zielvereinbarung_id" OR OLD."erste_auszahlung" IS DISTINCT FROM NEW."erste_auszahlung" OR OLD."begruendung" IS DISTINCT FROM NEW."begruendung" OR OLD."abgelehnte_leistungen" IS DISTINCT FROM NEW."abgelehnte_leistungen" OR OLD."nebenbestimmungen" IS DISTINCT FROM NEW."nebenbestimmungen" OR OLD."erstellt_von_id" IS DISTINCT FROM NEW."erstellt_von_id" OR OLD."bearbeitet_von_id" IS DISTINCT FROM NEW."bearbeitet_von_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="94c50e72838b3c9a306996903fdc0076cf555cdf",
                        operation="UPDATE",
                        pgid="pgtrigger_vorgelegt_fest_a17d0",
                        table="budget_bescheid",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="kein_weg_zurueck",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.\"state\" IN ('freigegeben', 'versandt', 'bestandskraeftig') AND NEW.\"state\" IN ('entwurf', 'vorgelegt'))",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="39c4832943f834a638e41b6f5bb462a02447bcf7",
                        operation="UPDATE",
                        pgid="pgtrigger_kein_weg_zurueck_e5266",
                        table="budget_bescheid",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="nur_mit_unterschrift",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE stand TEXT;",
                        func="\n            IF NEW.state NOT IN ('freigegeben', 'versandt', 'bestandskraeftig') OR NEW.zielvereinbarung_id IS NULL THEN\n                RETURN NEW;\n            END IF;\n            SELECT state INTO stand FROM budget_zielvereinbarung\n                WHERE id = NEW.zielvereinbarung_id;\n            IF stand <> 'unterzeichnet' THEN\n                RAISE EXCEPTION 'Fallwerk: kein Bescheid ohne unterzeichnete Zielvereinbarung';\n            END IF;\n            RETURN NEW;\n        ",
                        hash="958d45d91f05379db666cb0fb20f5d5a8a724ab3",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_nur_mit_unterschrift_5a80f",
                        table="budget_bescheid",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="zweite_person",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."freigegeben_von_id" IS DISTINCT FROM (NEW."freigegeben_von_id"))',
                        func="\n            IF EXISTS (\n                SELECT 1 FROM budget_bescheidevent\n                WHERE pgh_obj_id = NEW.id AND bearbeitet_von_id = NEW.freigegeben_von_id\n            ) THEN\n                RAISE EXCEPTION 'Fallwerk: wer mitgeschrieben hat, gibt nicht frei';\n            END IF;\n            RETURN NEW;\n        ",
                        hash="3c21983b6ceac645430e3332e5cbefee222d94fe",
                        operation="UPDATE",
                        pgid="pgtrigger_zweite_person_8e9e5",
                        table="budget_bescheid",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_leeren",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
                        hash="31d42657c9edb3a869970d9d1052146146d7021e",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_nicht_leeren_c7c67",
                        table="budget_bescheid",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="nicht_loeschen",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NOT (OLD.\"state\" = 'entwurf'))",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="3f3e04dfbd7b96b47336a4ad882d6dd66cbf810a",
                        operation="DELETE",
                        pgid="pgtrigger_nicht_loeschen_531d7",
                        table="budget_bescheid",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "budget_bescheidevent" ("abgelehnte_leistungen", "bearbeitet_von_id", "begruendung", "datum", "erste_auszahlung", "erstellt_von_id", "freigegeben_am", "freigegeben_von_id", "id", "nebenbestimmungen", "persoenliches_budget_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rueckgabe_grund", "schreiben_id", "state", "vorgelegt_am", "vorgelegt_von_id", "zielvereinbarung_id") VALUES (NEW."abgelehnte_leistungen", NEW."bearbeitet_von_id", NEW."begruendung", NEW."datum", NEW."erste_auszahlung", NEW."erstellt_von_id", NEW."freigegeben_am", NEW."freigegeben_von_id", NEW."id", NEW."nebenbestimmungen", NEW."persoenliches_budget_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rueckgabe_grund", NEW."schreiben_id", NEW."state", NEW."vorgelegt_am", NEW."vorgelegt_von_id", NEW."zielvereinbarung_id"); RETURN NULL;',
                        hash="023a2248f517bfaaf28fd76b8141e96c6ebe0398",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_6937e",
                        table="budget_bescheid",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bescheid",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "budget_bescheidevent" ("abgelehnte_leistungen", "bearbeitet_von_id", "begruendung", "datum", "erste_auszahlung", "erstellt_von_id", "freigegeben_am", "freigegeben_von_id", "id", "nebenbestimmungen", "persoenliches_budget_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rueckgabe_grund", "schreiben_id", "state", "vorgelegt_am", "vorgelegt_von_id", "zielvereinbarung_id") VALUES (NEW."abgelehnte_leistungen", NEW."bearbeitet_von_id", NEW."begruendung", NEW."datum", NEW."erste_auszahlung", NEW."erstellt_von_id", NEW."freigegeben_am", NEW."freigegeben_von_id", NEW."id", NEW."nebenbestimmungen", NEW."persoenliches_budget_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rueckgabe_grund", NEW."schreiben_id", NEW."state", NEW."vorgelegt_am", NEW."vorgelegt_von_id", NEW."zielvereinbarung_id"); RETURN NULL;',
                        hash="9babb9091f5f3120f30266b19a73bf291ccb18ba",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_0ad3a",
                        table="budget_bescheid",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="zielvereinbarungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="31feeb53dc38a43d0d4b5ced11b546adce596743",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_1e46c",
                        table="budget_zielvereinbarungevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
