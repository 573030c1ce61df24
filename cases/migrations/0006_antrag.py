import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.crypto
import cases.models.laut
from cases.migrations import gebuendelt

# The rules are those of cases.phonetik; a test holds both against each other.
_PHONETIK = """
CREATE OR REPLACE FUNCTION koelner_phonetik(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    letters text;
    code text := '';
    last text := '';
    digits text;
    digit text;
    letter text;
    before text;
    after text;
BEGIN
    letters := translate(name, 'äöüÄÖÜßẞłŁøØı', 'aouAOUssLLOOI');
    letters := upper(regexp_replace(normalize(letters, NFD), '[^A-Za-z]', '', 'g'));
    FOR place IN 1..length(letters) LOOP
        letter := substr(letters, place, 1);
        before := CASE WHEN place > 1 THEN substr(letters, place - 1, 1) ELSE '' END;
        after := substr(letters, place + 1, 1);
        digits := CASE
            WHEN letter IN ('A', 'E', 'I', 'J', 'O', 'U', 'Y') THEN '0'
            WHEN letter = 'B' THEN '1'
            WHEN letter IN ('F', 'V', 'W') THEN '3'
            WHEN letter IN ('G', 'K', 'Q') THEN '4'
            WHEN letter = 'L' THEN '5'
            WHEN letter IN ('M', 'N') THEN '6'
            WHEN letter = 'R' THEN '7'
            WHEN letter IN ('S', 'Z') THEN '8'
            WHEN letter = 'P' THEN CASE WHEN after = 'H' THEN '3' ELSE '1' END
            WHEN letter IN ('D', 'T') THEN
                CASE WHEN after IN ('C', 'S', 'Z') THEN '8' ELSE '2' END
            WHEN letter = 'X' THEN
                CASE WHEN before IN ('C', 'K', 'Q') THEN '8' ELSE '48' END
            WHEN letter = 'C' AND before = '' THEN
                CASE WHEN after IN ('A', 'H', 'K', 'L', 'O', 'Q', 'R', 'U', 'X')
                THEN '4' ELSE '8' END
            WHEN letter = 'C' AND before IN ('S', 'Z') THEN '8'
            WHEN letter = 'C' THEN
                CASE WHEN after IN ('A', 'H', 'K', 'O', 'Q', 'U', 'X') THEN '4' ELSE '8' END
            ELSE ''
        END;
        FOREACH digit IN ARRAY regexp_split_to_array(digits, '') LOOP
            CONTINUE WHEN digit = '';
            IF digit <> last AND (digit <> '0' OR code = '') THEN
                code := code || digit;
            END IF;
            last := digit;
        END LOOP;
    END LOOP;
    RETURN code;
END;
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_verzeichnis"),
    ]

    operations = gebuendelt(
        [
            migrations.RunSQL(_PHONETIK, "DROP FUNCTION koelner_phonetik(text)"),
            migrations.CreateModel(
                name="Antragsbogen",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "erledigt",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.PositiveSmallIntegerField(),
                            default=list,
                            size=None,
                            verbose_name="bearbeitete Abschnitte",
                        ),
                    ),
                    (
                        "aufnehmende_stelle",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="aufnehmende Stelle"
                        ),
                    ),
                    (
                        "unterstuetzung",
                        models.CharField(
                            choices=[
                                ("ja", "ja"),
                                ("nein", "nein"),
                                ("unbekannt", "noch nicht besprochen"),
                            ],
                            default="unbekannt",
                            max_length=10,
                            verbose_name="Unterstützung vorhanden",
                        ),
                    ),
                    (
                        "unterstuetzung_durch",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.unterstuetzung",
                            verbose_name="Unterstützung durch",
                        ),
                    ),
                    (
                        "weitere_personen",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.personen",
                            verbose_name="weitere Personen",
                        ),
                    ),
                    (
                        "wuensche",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.wuensche",
                            verbose_name="Wünsche und Hinweise",
                        ),
                    ),
                    (
                        "ausfuehrung",
                        models.CharField(
                            choices=[
                                ("offen", "noch offen"),
                                ("geld", "Geldleistung"),
                                ("gutschein", "Gutschein"),
                                ("sachleistung", "Sach- oder Dienstleistung"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="gewünschte Ausführung",
                        ),
                    ),
                    (
                        "hinweis_am",
                        models.DateField(blank=True, null=True, verbose_name="Hinweis gegeben am"),
                    ),
                    (
                        "hinweis_fassung",
                        models.CharField(
                            blank=True, max_length=40, verbose_name="Fassung des Hinweises"
                        ),
                    ),
                    (
                        "widerspruch_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Übermittlung widersprochen am"
                        ),
                    ),
                    (
                        "unterschrift_am",
                        models.DateField(blank=True, null=True, verbose_name="unterschrieben am"),
                    ),
                    (
                        "unterschrift_durch",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="unterschrieben durch"
                        ),
                    ),
                    (
                        "bestaetigt_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Aufnahme bestätigt am"
                        ),
                    ),
                    (
                        "bestaetigt_ort",
                        models.CharField(blank=True, max_length=100, verbose_name="Ort"),
                    ),
                    (
                        "verlauf",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.verlauf",
                            verbose_name="Verlauf und Ergebnis",
                        ),
                    ),
                    (
                        "stellungnahmen",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="Stellungnahmen von"
                        ),
                    ),
                    (
                        "verfahren",
                        models.CharField(
                            choices=[
                                ("offen", "noch offen"),
                                ("vereinfacht", "vereinfachtes Verfahren"),
                                ("ausfuehrlich", "ausführliches Verfahren"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Feststellung des Bedarfs",
                        ),
                    ),
                    (
                        "verfahren_grund",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.verfahren",
                            verbose_name="ausführlich, weil",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Antragsbogen",
                    "verbose_name_plural": "Antragsbögen",
                },
            ),
            migrations.CreateModel(
                name="AntragsbogenEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "erledigt",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.PositiveSmallIntegerField(),
                            default=list,
                            size=None,
                            verbose_name="bearbeitete Abschnitte",
                        ),
                    ),
                    (
                        "aufnehmende_stelle",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="aufnehmende Stelle"
                        ),
                    ),
                    (
                        "unterstuetzung",
                        models.CharField(
                            choices=[
                                ("ja", "ja"),
                                ("nein", "nein"),
                                ("unbekannt", "noch nicht besprochen"),
                            ],
                            default="unbekannt",
                            max_length=10,
                            verbose_name="Unterstützung vorhanden",
                        ),
                    ),
                    (
                        "unterstuetzung_durch",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.unterstuetzung",
                            verbose_name="Unterstützung durch",
                        ),
                    ),
                    (
                        "weitere_personen",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.personen",
                            verbose_name="weitere Personen",
                        ),
                    ),
                    (
                        "wuensche",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.wuensche",
                            verbose_name="Wünsche und Hinweise",
                        ),
                    ),
                    (
                        "ausfuehrung",
                        models.CharField(
                            choices=[
                                ("offen", "noch offen"),
                                ("geld", "Geldleistung"),
                                ("gutschein", "Gutschein"),
                                ("sachleistung", "Sach- oder Dienstleistung"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="gewünschte Ausführung",
                        ),
                    ),
                    (
                        "hinweis_am",
                        models.DateField(blank=True, null=True, verbose_name="Hinweis gegeben am"),
                    ),
                    (
                        "hinweis_fassung",
                        models.CharField(
                            blank=True, max_length=40, verbose_name="Fassung des Hinweises"
                        ),
                    ),
                    (
                        "widerspruch_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Übermittlung widersprochen am"
                        ),
                    ),
                    (
                        "unterschrift_am",
                        models.DateField(blank=True, null=True, verbose_name="unterschrieben am"),
                    ),
                    (
                        "unterschrift_durch",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="unterschrieben durch"
                        ),
                    ),
                    (
                        "bestaetigt_am",
                        models.DateField(
                            blank=True, null=True, verbose_name="Aufnahme bestätigt am"
                        ),
                    ),
                    (
                        "bestaetigt_ort",
                        models.CharField(blank=True, max_length=100, verbose_name="Ort"),
                    ),
                    (
                        "verlauf",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.verlauf",
                            verbose_name="Verlauf und Ergebnis",
                        ),
                    ),
                    (
                        "stellungnahmen",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="Stellungnahmen von"
                        ),
                    ),
                    (
                        "verfahren",
                        models.CharField(
                            choices=[
                                ("offen", "noch offen"),
                                ("vereinfacht", "vereinfachtes Verfahren"),
                                ("ausfuehrlich", "ausführliches Verfahren"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Feststellung des Bedarfs",
                        ),
                    ),
                    (
                        "verfahren_grund",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="antragsbogen.verfahren",
                            verbose_name="ausführlich, weil",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="BeantragteLeistung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gruppe", models.CharField(max_length=60, verbose_name="Leistungsgruppe")),
                    (
                        "art",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="beantragteleistung.art",
                            verbose_name="Art",
                        ),
                    ),
                    (
                        "umfang",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="beantragteleistung.umfang",
                            verbose_name="Umfang",
                        ),
                    ),
                    (
                        "form",
                        models.CharField(
                            choices=[
                                ("offen", "noch offen"),
                                ("geld", "Geldleistung"),
                                ("gutschein", "Gutschein"),
                                ("sachleistung", "Sach- oder Dienstleistung"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Form",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "beantragte Leistung",
                    "verbose_name_plural": "beantragte Leistungen",
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="BeantragteLeistungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gruppe", models.CharField(max_length=60, verbose_name="Leistungsgruppe")),
                    (
                        "art",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="beantragteleistung.art",
                            verbose_name="Art",
                        ),
                    ),
                    (
                        "umfang",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="beantragteleistung.umfang",
                            verbose_name="Umfang",
                        ),
                    ),
                    (
                        "form",
                        models.CharField(
                            choices=[
                                ("offen", "noch offen"),
                                ("geld", "Geldleistung"),
                                ("gutschein", "Gutschein"),
                                ("sachleistung", "Sach- oder Dienstleistung"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Form",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Beratung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("am", models.DateField(verbose_name="Beratung am")),
                    (
                        "inhalt",
                        cases.crypto.EncryptedTextField(
                            purpose="beratung.inhalt", verbose_name="Inhalt der Beratung"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Beratung",
                    "verbose_name_plural": "Beratungen",
                    "ordering": ["am", "id"],
                },
            ),
            migrations.CreateModel(
                name="BeratungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("am", models.DateField(verbose_name="Beratung am")),
                    (
                        "inhalt",
                        cases.crypto.EncryptedTextField(
                            purpose="beratung.inhalt", verbose_name="Inhalt der Beratung"
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Pruefkatalog",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="Stand vom")),
                    (
                        "merkmale",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            default=list,
                            size=None,
                            verbose_name="Merkmale",
                        ),
                    ),
                    (
                        "abwaegung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="pruefkatalog.abwaegung",
                            verbose_name="Abwägung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Prüfkatalog",
                    "verbose_name_plural": "Prüfkataloge",
                    "ordering": ["-datum"],
                },
            ),
            migrations.CreateModel(
                name="PruefkatalogEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("datum", models.DateField(verbose_name="Stand vom")),
                    (
                        "merkmale",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            default=list,
                            size=None,
                            verbose_name="Merkmale",
                        ),
                    ),
                    (
                        "abwaegung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="pruefkatalog.abwaegung",
                            verbose_name="Abwägung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Pruefpunkt",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "voraussetzung",
                        models.CharField(max_length=60, verbose_name="Voraussetzung"),
                    ),
                    (
                        "ergebnis",
                        models.CharField(
                            choices=[
                                ("offen", "offen"),
                                ("erfuellt", "erfüllt"),
                                ("nicht_erfuellt", "nicht erfüllt"),
                                ("entfaellt", "entfällt"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Ergebnis",
                        ),
                    ),
                    (
                        "begruendung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="pruefpunkt.begruendung",
                            verbose_name="Begründung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Prüfpunkt",
                    "verbose_name_plural": "Prüfpunkte",
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="PruefpunktEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "voraussetzung",
                        models.CharField(max_length=60, verbose_name="Voraussetzung"),
                    ),
                    (
                        "ergebnis",
                        models.CharField(
                            choices=[
                                ("offen", "offen"),
                                ("erfuellt", "erfüllt"),
                                ("nicht_erfuellt", "nicht erfüllt"),
                                ("entfaellt", "entfällt"),
                            ],
                            default="offen",
                            max_length=20,
                            verbose_name="Ergebnis",
                        ),
                    ),
                    (
                        "begruendung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="pruefpunkt.begruendung",
                            verbose_name="Begründung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Traegerangabe",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "ansprechpartner",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Ansprechpartner"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Trägerangabe",
                    "verbose_name_plural": "Trägerangaben",
                    "ordering": ["leistungstraeger__name"],
                },
            ),
            migrations.CreateModel(
                name="TraegerangabeEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "ansprechpartner",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Ansprechpartner"
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Vorbefund",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "stelle",
                        models.CharField(
                            max_length=200, verbose_name="Leistungsträger oder Stelle"
                        ),
                    ),
                    (
                        "leistung",
                        cases.crypto.EncryptedTextField(
                            purpose="vorbefund.leistung", verbose_name="Leistung oder Gegenstand"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="vom")),
                    (
                        "ergebnis",
                        models.CharField(
                            choices=[
                                ("bewilligt", "bewilligt"),
                                ("teilweise", "teilweise bewilligt"),
                                ("abgelehnt", "abgelehnt"),
                                ("befund", "Befund oder Bericht"),
                            ],
                            max_length=20,
                            verbose_name="Ergebnis",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Vorbefund",
                    "verbose_name_plural": "Vorbefunde",
                    "ordering": ["-datum", "id"],
                },
            ),
            migrations.CreateModel(
                name="VorbefundEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "stelle",
                        models.CharField(
                            max_length=200, verbose_name="Leistungsträger oder Stelle"
                        ),
                    ),
                    (
                        "leistung",
                        cases.crypto.EncryptedTextField(
                            purpose="vorbefund.leistung", verbose_name="Leistung oder Gegenstand"
                        ),
                    ),
                    ("datum", models.DateField(verbose_name="vom")),
                    (
                        "ergebnis",
                        models.CharField(
                            choices=[
                                ("bewilligt", "bewilligt"),
                                ("teilweise", "teilweise bewilligt"),
                                ("abgelehnt", "abgelehnt"),
                                ("befund", "Befund oder Bericht"),
                            ],
                            max_length=20,
                            verbose_name="Ergebnis",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="antrag",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="antrag",
                name="update_update",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="case_state_gueltig",
            ),
            migrations.AddField(
                model_name="antrag",
                name="antragsteller",
                field=models.CharField(
                    choices=[
                        ("person", "leistungsberechtigte Person"),
                        ("vertretung", "Vertretung (Betreuung, Vollmacht, Eltern)"),
                        ("von_amts_wegen", "von Amts wegen (Kenntnis der Behörde)"),
                    ],
                    default="person",
                    max_length=20,
                    verbose_name="Antrag gestellt durch",
                ),
            ),
            migrations.AddField(
                model_name="antrag",
                name="fremdsprache",
                field=models.CharField(
                    blank=True, max_length=60, verbose_name="Sprache des Antrags"
                ),
            ),
            migrations.AddField(
                model_name="antrag",
                name="uebersetzung_am",
                field=models.DateField(
                    blank=True, null=True, verbose_name="Übersetzung liegt vor seit"
                ),
            ),
            migrations.AddField(
                model_name="antrag",
                name="vertreten_durch",
                field=models.CharField(blank=True, max_length=200, verbose_name="vertreten durch"),
            ),
            migrations.AddField(
                model_name="antragevent",
                name="antragsteller",
                field=models.CharField(
                    choices=[
                        ("person", "leistungsberechtigte Person"),
                        ("vertretung", "Vertretung (Betreuung, Vollmacht, Eltern)"),
                        ("von_amts_wegen", "von Amts wegen (Kenntnis der Behörde)"),
                    ],
                    default="person",
                    max_length=20,
                    verbose_name="Antrag gestellt durch",
                ),
            ),
            migrations.AddField(
                model_name="antragevent",
                name="fremdsprache",
                field=models.CharField(
                    blank=True, max_length=60, verbose_name="Sprache des Antrags"
                ),
            ),
            migrations.AddField(
                model_name="antragevent",
                name="uebersetzung_am",
                field=models.DateField(
                    blank=True, null=True, verbose_name="Übersetzung liegt vor seit"
                ),
            ),
            migrations.AddField(
                model_name="antragevent",
                name="vertreten_durch",
                field=models.CharField(blank=True, max_length=200, verbose_name="vertreten durch"),
            ),
            migrations.AlterField(
                model_name="case",
                name="state",
                field=models.CharField(
                    choices=[
                        ("anfrage", "Anfrage (nur Beratung)"),
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
            migrations.AlterField(
                model_name="caseevent",
                name="state",
                field=models.CharField(
                    choices=[
                        ("anfrage", "Anfrage (nur Beratung)"),
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
            migrations.AddIndex(
                model_name="leistungsberechtigteperson",
                index=models.Index(cases.models.laut.Laut("nachname"), name="person_nachname_laut"),
            ),
            migrations.AddIndex(
                model_name="leistungsberechtigteperson",
                index=models.Index(cases.models.laut.Laut("vorname"), name="person_vorname_laut"),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="antrag",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_antragevent" ("antragsteller", "aufgenommen_von_id", "begehren", "case_id", "eingang", "fremdsprache", "id", "persoenliches_budget", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uebersetzung_am", "vertreten_durch", "weg") VALUES (NEW."antragsteller", NEW."aufgenommen_von_id", NEW."begehren", NEW."case_id", NEW."eingang", NEW."fremdsprache", NEW."id", NEW."persoenliches_budget", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."uebersetzung_am", NEW."vertreten_durch", NEW."weg"); RETURN NULL;',
                        hash="abc679c17ced041cd7fbb17147112a1d1a7d8678",
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
                        func='INSERT INTO "cases_antragevent" ("antragsteller", "aufgenommen_von_id", "begehren", "case_id", "eingang", "fremdsprache", "id", "persoenliches_budget", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uebersetzung_am", "vertreten_durch", "weg") VALUES (NEW."antragsteller", NEW."aufgenommen_von_id", NEW."begehren", NEW."case_id", NEW."eingang", NEW."fremdsprache", NEW."id", NEW."persoenliches_budget", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."uebersetzung_am", NEW."vertreten_durch", NEW."weg"); RETURN NULL;',
                        hash="6b63893658f756c62accbb9abf1af9d6c5e60126",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f79a2",
                        table="cases_antrag",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="antrag",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("antragsteller__in", ["person", "vertretung", "von_amts_wegen"])
                    ),
                    name="antrag_antragsteller_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="antrag",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("uebersetzung_am__isnull", True),
                        ("uebersetzung_am__gte", models.F("eingang")),
                        _connector="OR",
                    ),
                    name="antrag_uebersetzung_nach_eingang",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "anfrage",
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
            ),
            migrations.AddField(
                model_name="antragsbogen",
                name="antrag",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="bogen",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="antragsbogen",
                name="bestaetigt_von",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="bestätigt von",
                ),
            ),
            migrations.AddField(
                model_name="antragsbogen",
                name="unterschrift_unterlage",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="cases.unterlage",
                    verbose_name="unterschriebener Antrag als Unterlage",
                ),
            ),
            migrations.AddField(
                model_name="antragsbogen",
                name="wiedervorlage",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="cases.wiedervorlage",
                    verbose_name="Wiedervorlage",
                ),
            ),
            migrations.AddField(
                model_name="antragsbogenevent",
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
                model_name="antragsbogenevent",
                name="bestaetigt_von",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="bestätigt von",
                ),
            ),
            migrations.AddField(
                model_name="antragsbogenevent",
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
                model_name="antragsbogenevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.antragsbogen",
                ),
            ),
            migrations.AddField(
                model_name="antragsbogenevent",
                name="unterschrift_unterlage",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.unterlage",
                    verbose_name="unterschriebener Antrag als Unterlage",
                ),
            ),
            migrations.AddField(
                model_name="antragsbogenevent",
                name="wiedervorlage",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.wiedervorlage",
                    verbose_name="Wiedervorlage",
                ),
            ),
            migrations.AddField(
                model_name="beantragteleistung",
                name="antrag",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="beantragte_leistungen",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="beantragteleistungevent",
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
                model_name="beantragteleistungevent",
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
                model_name="beantragteleistungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.beantragteleistung",
                ),
            ),
            migrations.AddField(
                model_name="beratung",
                name="beraten_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="beratungen",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="beraten von",
                ),
            ),
            migrations.AddField(
                model_name="beratung",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="beratungen",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddField(
                model_name="beratungevent",
                name="beraten_von",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="beraten von",
                ),
            ),
            migrations.AddField(
                model_name="beratungevent",
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
                model_name="beratungevent",
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
                model_name="beratungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.beratung",
                ),
            ),
            migrations.AddField(
                model_name="pruefkatalog",
                name="antrag",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="pruefkataloge",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="pruefkatalog",
                name="geprueft_von",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="pruefkataloge",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="geprüft von",
                ),
            ),
            migrations.AddField(
                model_name="pruefkatalogevent",
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
                model_name="pruefkatalogevent",
                name="geprueft_von",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="geprüft von",
                ),
            ),
            migrations.AddField(
                model_name="pruefkatalogevent",
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
                model_name="pruefkatalogevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.pruefkatalog",
                ),
            ),
            migrations.AddField(
                model_name="pruefpunkt",
                name="pruefkatalog",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="pruefpunkte",
                    to="cases.pruefkatalog",
                    verbose_name="Prüfkatalog",
                ),
            ),
            migrations.AddField(
                model_name="pruefpunkt",
                name="unterlage",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="cases.unterlage",
                    verbose_name="Nachweis (Unterlage)",
                ),
            ),
            migrations.AddField(
                model_name="pruefpunktevent",
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
                model_name="pruefpunktevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.pruefpunkt",
                ),
            ),
            migrations.AddField(
                model_name="pruefpunktevent",
                name="pruefkatalog",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.pruefkatalog",
                    verbose_name="Prüfkatalog",
                ),
            ),
            migrations.AddField(
                model_name="pruefpunktevent",
                name="unterlage",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.unterlage",
                    verbose_name="Nachweis (Unterlage)",
                ),
            ),
            migrations.AddField(
                model_name="traegerangabe",
                name="antrag",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="traegerangaben",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="traegerangabe",
                name="leistungstraeger",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="traegerangaben",
                    to="cases.leistungstraeger",
                    verbose_name="Leistungsträger",
                ),
            ),
            migrations.AddField(
                model_name="traegerangabeevent",
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
                model_name="traegerangabeevent",
                name="leistungstraeger",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungstraeger",
                    verbose_name="Leistungsträger",
                ),
            ),
            migrations.AddField(
                model_name="traegerangabeevent",
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
                model_name="traegerangabeevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.traegerangabe",
                ),
            ),
            migrations.AddField(
                model_name="vorbefund",
                name="antrag",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="vorbefunde",
                    to="cases.antrag",
                    verbose_name="Antrag",
                ),
            ),
            migrations.AddField(
                model_name="vorbefund",
                name="unterlage",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="cases.unterlage",
                    verbose_name="Unterlage",
                ),
            ),
            migrations.AddField(
                model_name="pruefpunktevent",
                name="vorbefund",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.vorbefund",
                    verbose_name="Nachweis (Bescheid oder Befund)",
                ),
            ),
            migrations.AddField(
                model_name="pruefpunkt",
                name="vorbefund",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="cases.vorbefund",
                    verbose_name="Nachweis (Bescheid oder Befund)",
                ),
            ),
            migrations.AddField(
                model_name="vorbefundevent",
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
                model_name="vorbefundevent",
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
                model_name="vorbefundevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.vorbefund",
                ),
            ),
            migrations.AddField(
                model_name="vorbefundevent",
                name="unterlage",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.unterlage",
                    verbose_name="Unterlage",
                ),
            ),
            migrations.AddConstraint(
                model_name="antragsbogen",
                constraint=models.CheckConstraint(
                    condition=models.Q(("unterstuetzung__in", ["ja", "nein", "unbekannt"])),
                    name="antragsbogen_unterstuetzung_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="antragsbogen",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("ausfuehrung__in", ["offen", "geld", "gutschein", "sachleistung"])
                    ),
                    name="antragsbogen_ausfuehrung_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="antragsbogen",
                constraint=models.CheckConstraint(
                    condition=models.Q(("verfahren__in", ["offen", "vereinfacht", "ausfuehrlich"])),
                    name="antragsbogen_verfahren_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="antragsbogen",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_antragsbogenevent" ("antrag_id", "aufnehmende_stelle", "ausfuehrung", "bestaetigt_am", "bestaetigt_ort", "bestaetigt_von_id", "erledigt", "hinweis_am", "hinweis_fassung", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stellungnahmen", "unterschrift_am", "unterschrift_durch", "unterschrift_unterlage_id", "unterstuetzung", "unterstuetzung_durch", "verfahren", "verfahren_grund", "verlauf", "weitere_personen", "widerspruch_am", "wiedervorlage_id", "wuensche") VALUES (NEW."antrag_id", NEW."aufnehmende_stelle", NEW."ausfuehrung", NEW."bestaetigt_am", NEW."bestaetigt_ort", NEW."bestaetigt_von_id", NEW."erledigt", NEW."hinweis_am", NEW."hinweis_fassung", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stellungnahmen", NEW."unterschrift_am", NEW."unterschrift_durch", NEW."unterschrift_unterlage_id", NEW."unterstuetzung", NEW."unterstuetzung_durch", NEW."verfahren", NEW."verfahren_grund", NEW."verlauf", NEW."weitere_personen", NEW."widerspruch_am", NEW."wiedervorlage_id", NEW."wuensche"); RETURN NULL;',
                        hash="3d27427d76805c6d69e7544e569461ae847683eb",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_b8557",
                        table="cases_antragsbogen",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="antragsbogen",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_antragsbogenevent" ("antrag_id", "aufnehmende_stelle", "ausfuehrung", "bestaetigt_am", "bestaetigt_ort", "bestaetigt_von_id", "erledigt", "hinweis_am", "hinweis_fassung", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stellungnahmen", "unterschrift_am", "unterschrift_durch", "unterschrift_unterlage_id", "unterstuetzung", "unterstuetzung_durch", "verfahren", "verfahren_grund", "verlauf", "weitere_personen", "widerspruch_am", "wiedervorlage_id", "wuensche") VALUES (NEW."antrag_id", NEW."aufnehmende_stelle", NEW."ausfuehrung", NEW."bestaetigt_am", NEW."bestaetigt_ort", NEW."bestaetigt_von_id", NEW."erledigt", NEW."hinweis_am", NEW."hinweis_fassung", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stellungnahmen", NEW."unterschrift_am", NEW."unterschrift_durch", NEW."unterschrift_unterlage_id", NEW."unterstuetzung", NEW."unterstuetzung_durch", NEW."verfahren", NEW."verfahren_grund", NEW."verlauf", NEW."weitere_personen", NEW."widerspruch_am", NEW."wiedervorlage_id", NEW."wuensche"); RETURN NULL;',
                        hash="72be9fdbcc337396a999177e2ffdc9abfc9df972",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_fec8f",
                        table="cases_antragsbogen",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="antragsbogenevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="f3c44101e659efe0749acd1e165ad493d5ab3dba",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_33203",
                        table="cases_antragsbogenevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="beantragteleistung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("form__in", ["offen", "geld", "gutschein", "sachleistung"])
                    ),
                    name="beantragteleistung_form_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="beantragteleistung",
                constraint=models.UniqueConstraint(
                    fields=("antrag", "gruppe"), name="beantragteleistung_einmal_je_gruppe"
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="beantragteleistung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_beantragteleistungevent" ("antrag_id", "art", "form", "gruppe", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "umfang") VALUES (NEW."antrag_id", NEW."art", NEW."form", NEW."gruppe", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."umfang"); RETURN NULL;',
                        hash="7cdfa1e09d38bdf12f5e30da59c95cc49c06a09c",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_958f3",
                        table="cases_beantragteleistung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="beantragteleistung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_beantragteleistungevent" ("antrag_id", "art", "form", "gruppe", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "umfang") VALUES (NEW."antrag_id", NEW."art", NEW."form", NEW."gruppe", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."umfang"); RETURN NULL;',
                        hash="16dfa81f45400571469b8d1f51998375b36b27a4",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_784a2",
                        table="cases_beantragteleistung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="beantragteleistungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="f0c6e13b5f9903774cc99d4be9e65807904c3ffd",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_584be",
                        table="cases_beantragteleistungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="beratung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_beratungevent" ("am", "beraten_von_id", "case_id", "id", "inhalt", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."am", NEW."beraten_von_id", NEW."case_id", NEW."id", NEW."inhalt", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                        hash="eee6d43255927fecf0507c71effe8fc4bd6f22bd",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_0c7dc",
                        table="cases_beratung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="beratung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_beratungevent" ("am", "beraten_von_id", "case_id", "id", "inhalt", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."am", NEW."beraten_von_id", NEW."case_id", NEW."id", NEW."inhalt", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                        hash="70961e7a7e758dcab8b40747d9bd0a1db449c076",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_53ed8",
                        table="cases_beratung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="beratungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="af67cc85fe2838f51a457e276fdcdd75050d3bd2",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_27d1f",
                        table="cases_beratungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="pruefkatalog",
                constraint=models.UniqueConstraint(
                    fields=("antrag", "datum"), name="pruefkatalog_einmal_je_tag"
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pruefkatalog",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_pruefkatalogevent" ("abwaegung", "antrag_id", "datum", "geprueft_von_id", "id", "merkmale", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."abwaegung", NEW."antrag_id", NEW."datum", NEW."geprueft_von_id", NEW."id", NEW."merkmale", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                        hash="458745e88c5fd2a876e293ba900677d05fadc033",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_28cea",
                        table="cases_pruefkatalog",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pruefkatalog",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_pruefkatalogevent" ("abwaegung", "antrag_id", "datum", "geprueft_von_id", "id", "merkmale", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."abwaegung", NEW."antrag_id", NEW."datum", NEW."geprueft_von_id", NEW."id", NEW."merkmale", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                        hash="9bef35157645739d1e3485bb4172acf6b8bf87dc",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_cc78e",
                        table="cases_pruefkatalog",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pruefkatalogevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="4061c986252c91f3eb15b4523772416328960bde",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_40ffb",
                        table="cases_pruefkatalogevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="traegerangabe",
                constraint=models.UniqueConstraint(
                    fields=("antrag", "leistungstraeger"), name="traegerangabe_einmal_je_traeger"
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="traegerangabe",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_traegerangabeevent" ("ansprechpartner", "antrag_id", "id", "leistungstraeger_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."ansprechpartner", NEW."antrag_id", NEW."id", NEW."leistungstraeger_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                        hash="704e8fb992e5ddfc8b3ee36d20745384fe41a981",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_dd873",
                        table="cases_traegerangabe",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="traegerangabe",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_traegerangabeevent" ("ansprechpartner", "antrag_id", "id", "leistungstraeger_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."ansprechpartner", NEW."antrag_id", NEW."id", NEW."leistungstraeger_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                        hash="b0b4c1977e5f8a99302f4d5e41d8ecd85ceb20eb",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_ca699",
                        table="cases_traegerangabe",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="traegerangabeevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="3e1c8219e36140cbe2ab2ed690a7bd06e0310d41",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_1025e",
                        table="cases_traegerangabeevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="vorbefund",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("ergebnis__in", ["bewilligt", "teilweise", "abgelehnt", "befund"])
                    ),
                    name="vorbefund_ergebnis_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vorbefund",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_vorbefundevent" ("antrag_id", "datum", "ergebnis", "id", "leistung", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stelle", "unterlage_id") VALUES (NEW."antrag_id", NEW."datum", NEW."ergebnis", NEW."id", NEW."leistung", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stelle", NEW."unterlage_id"); RETURN NULL;',
                        hash="ff952842e46d2ee5b886d283e9be2b7ac8197088",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_10f53",
                        table="cases_vorbefund",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vorbefund",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_vorbefundevent" ("antrag_id", "datum", "ergebnis", "id", "leistung", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stelle", "unterlage_id") VALUES (NEW."antrag_id", NEW."datum", NEW."ergebnis", NEW."id", NEW."leistung", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stelle", NEW."unterlage_id"); RETURN NULL;',
                        hash="9ca8a3b99df1c385bde6c49232bd9923626ea350",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_57970",
                        table="cases_vorbefund",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pruefpunktevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="805bdc0bde1eab6c3ce0f31dfbd9cc3644e653ab",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_3ac38",
                        table="cases_pruefpunktevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="pruefpunkt",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("ergebnis__in", ["offen", "erfuellt", "nicht_erfuellt", "entfaellt"])
                    ),
                    name="pruefpunkt_ergebnis_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="pruefpunkt",
                constraint=models.UniqueConstraint(
                    fields=("pruefkatalog", "voraussetzung"),
                    name="pruefpunkt_einmal_je_voraussetzung",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pruefpunkt",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_pruefpunktevent" ("begruendung", "ergebnis", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pruefkatalog_id", "unterlage_id", "voraussetzung", "vorbefund_id") VALUES (NEW."begruendung", NEW."ergebnis", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pruefkatalog_id", NEW."unterlage_id", NEW."voraussetzung", NEW."vorbefund_id"); RETURN NULL;',
                        hash="2e1c0dded947faabee5a235c7ecb2f7e625641bf",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_d3cdf",
                        table="cases_pruefpunkt",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pruefpunkt",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_pruefpunktevent" ("begruendung", "ergebnis", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pruefkatalog_id", "unterlage_id", "voraussetzung", "vorbefund_id") VALUES (NEW."begruendung", NEW."ergebnis", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pruefkatalog_id", NEW."unterlage_id", NEW."voraussetzung", NEW."vorbefund_id"); RETURN NULL;',
                        hash="acefe63bfca4fa0be6d81be0df82a65ce91b8725",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_5d3bd",
                        table="cases_pruefpunkt",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vorbefundevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="e0293735030caf9f9898e52d17b00c84d2bc564e",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_2bce2",
                        table="cases_vorbefundevent",
                        when="BEFORE",
                    ),
                ),
            ),
        ]
    )
