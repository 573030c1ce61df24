"""The row that the search box looks into is kept right by the database."""

from django.db import migrations

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
    dependencies = [("cases", "0003_initial")]

    operations = [
        migrations.RunSQL(_FORM, "DROP FUNCTION suchform(text)"),
        migrations.RunSQL(_NEU, "DROP FUNCTION suchzeile_neu(bigint)"),
        migrations.RunSQL(_AUSLOESER, _ZURUECK),
    ]
