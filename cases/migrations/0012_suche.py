"""The row that the search box looks into, kept right by the database."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from cases.migrations import gebuendelt

# Umlauts are spelled out as people type them, then accents and signs go.
_FORM = """
CREATE OR REPLACE FUNCTION suchform(eingabe text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        public.unaccent('public.unaccent', replace(replace(replace(replace(
            lower(normalize(eingabe, NFC)), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss')),
        '[^[:alnum:]]+', ' ', 'g'))
$$
"""

_NEU = """
CREATE OR REPLACE FUNCTION suchzeile_neu(person bigint) RETURNS void
LANGUAGE sql AS $$
    WITH namen AS (
        SELECT vorname, nachname FROM cases_leistungsberechtigteperson WHERE id = person
        UNION
        SELECT vorname, nachname FROM cases_leistungsberechtigtepersonevent
        WHERE pgh_obj_id = person
    ), worte AS (
        SELECT koelner_phonetik(wort) AS laut FROM namen,
            regexp_split_to_table(vorname || ' ' || nachname, '[^[:alpha:]]+') AS wort
        UNION SELECT koelner_phonetik(nachname) FROM namen
        UNION SELECT koelner_phonetik(vorname) FROM namen
    )
    INSERT INTO cases_suchzeile (leistungsberechtigte_person_id, name, ort, laut, konten)
    SELECT
        person,
        (SELECT string_agg(suchform(vorname || ' ' || nachname), ' | ') FROM namen),
        CASE WHEN EXISTS (
            SELECT FROM cases_auskunftssperre
            WHERE leistungsberechtigte_person_id = person
              AND (gueltig_bis IS NULL OR gueltig_bis >= CURRENT_DATE)
        ) THEN '' ELSE coalesce((
            SELECT string_agg(suchform(concat_ws(' ', zusatz, strasse, plz, ort)), ' | ')
            FROM cases_anschrift WHERE leistungsberechtigte_person_id = person
        ), '') END,
        coalesce((SELECT array_agg(laut) FROM worte WHERE length(laut) > 1), '{}'),
        coalesce((
            SELECT array_agg(DISTINCT iban_ende) FROM cases_bankverbindung
            WHERE leistungsberechtigte_person_id = person AND iban_ende <> ''
        ), '{}')
    WHERE EXISTS (SELECT FROM cases_leistungsberechtigteperson WHERE id = person)
    ON CONFLICT (leistungsberechtigte_person_id) DO UPDATE SET
        name = EXCLUDED.name, ort = EXCLUDED.ort, laut = EXCLUDED.laut, konten = EXCLUDED.konten
$$
"""

_AUSLOESER = """
CREATE OR REPLACE FUNCTION suchzeile_von_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM suchzeile_neu(NEW.id);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION suchzeile_von_angabe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM suchzeile_neu(OLD.leistungsberechtigte_person_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM suchzeile_neu(NEW.leistungsberechtigte_person_id);
    END IF;
    RETURN NULL;
END $$;
-- After the trigger of the change history, whose rows hold the earlier names.
CREATE TRIGGER zz_suchzeile AFTER INSERT OR UPDATE OF vorname, nachname
    ON cases_leistungsberechtigteperson
    FOR EACH ROW EXECUTE FUNCTION suchzeile_von_person();
CREATE TRIGGER zz_suchzeile AFTER INSERT OR UPDATE OR DELETE ON cases_anschrift
    FOR EACH ROW EXECUTE FUNCTION suchzeile_von_angabe();
CREATE TRIGGER zz_suchzeile AFTER INSERT OR UPDATE OR DELETE ON cases_auskunftssperre
    FOR EACH ROW EXECUTE FUNCTION suchzeile_von_angabe();
CREATE TRIGGER zz_suchzeile AFTER INSERT OR UPDATE OR DELETE ON cases_bankverbindung
    FOR EACH ROW EXECUTE FUNCTION suchzeile_von_angabe();
"""

_ZURUECK = """
DROP TRIGGER zz_suchzeile ON cases_leistungsberechtigteperson;
DROP TRIGGER zz_suchzeile ON cases_anschrift;
DROP TRIGGER zz_suchzeile ON cases_auskunftssperre;
DROP TRIGGER zz_suchzeile ON cases_bankverbindung;
DROP FUNCTION suchzeile_von_person();
DROP FUNCTION suchzeile_von_angabe();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_formular")]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="Suchzeile",
                fields=[
                    (
                        "leistungsberechtigte_person",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="suchzeile",
                            serialize=False,
                            to="cases.leistungsberechtigteperson",
                            verbose_name="Person",
                        ),
                    ),
                    ("name", models.TextField(verbose_name="Namen")),
                    ("ort", models.TextField(blank=True, verbose_name="Anschriften")),
                    (
                        "laut",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=100),
                            default=list,
                            size=None,
                            verbose_name="Klang",
                        ),
                    ),
                    (
                        "konten",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=4),
                            default=list,
                            size=None,
                            verbose_name="IBAN-Enden",
                        ),
                    ),
                ],
                options={"verbose_name": "Suchzeile", "verbose_name_plural": "Suchzeilen"},
            ),
            migrations.AddIndex(
                model_name="suchzeile",
                index=django.contrib.postgres.indexes.GinIndex(
                    fields=["name"], name="suchzeile_name_trgm", opclasses=["gin_trgm_ops"]
                ),
            ),
            migrations.AddIndex(
                model_name="suchzeile",
                index=django.contrib.postgres.indexes.GinIndex(
                    fields=["ort"], name="suchzeile_ort_trgm", opclasses=["gin_trgm_ops"]
                ),
            ),
            migrations.AddIndex(
                model_name="suchzeile",
                index=django.contrib.postgres.indexes.GinIndex(
                    fields=["laut"], name="suchzeile_laut"
                ),
            ),
            migrations.AddIndex(
                model_name="suchzeile",
                index=django.contrib.postgres.indexes.GinIndex(
                    fields=["konten"], name="suchzeile_konten"
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=django.contrib.postgres.indexes.GinIndex(
                    django.contrib.postgres.indexes.OpClass(
                        django.db.models.functions.text.Upper("aktenzeichen"), name="gin_trgm_ops"
                    ),
                    name="case_aktenzeichen_trgm",
                ),
            ),
            migrations.RunSQL(_FORM, "DROP FUNCTION suchform(text)"),
            migrations.RunSQL(_NEU, "DROP FUNCTION suchzeile_neu(bigint)"),
            migrations.RunSQL(_AUSLOESER, _ZURUECK),
            migrations.RunSQL(
                "SELECT suchzeile_neu(id) FROM cases_leistungsberechtigteperson",
                migrations.RunSQL.noop,
            ),
        ]
    )
