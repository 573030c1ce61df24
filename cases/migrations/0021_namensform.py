"""One form for names in search box, form, file and stock; rows and indexes are written anew."""

from functools import reduce

from django.db import migrations

_MEHRERE = {
    "æ": "ae", "ø": "oe", "œ": "oe", "þ": "th", "ß": "ss", "ĳ": "ij", "щ": "sc", "ю": "ju",
    "я": "ja", "є": "je", "љ": "lj", "њ": "nj", "џ": "dz", "ѕ": "dz", "θ": "th", "χ": "ch",
    "ψ": "ps",
}  # fmt: skip
# One for one; the letters behind the last one of the second row are left out.
_VON = (
    "đðħĸŀłŉŋŧƈəɨʒǥı" "абвгґдеёзийклмнопрстуфхцчшыэіђјћѓќўѝжї" "αβγδεζηικλμνξοπρσςτυφω"
    "ъь" "''’ʼ‘`´ʹʺʾʿˈˌ·"
)  # fmt: skip
_NACH = (
    "ddhkllnntceizgi" "abvggdeezijklmnoprstufhccsyeidjcgkuizi" "avgdeziiklmnxoprsstyfo"
)  # fmt: skip
_LAUTE = (
    ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("tch", "c"), ("cz", "c"), ("sz", "s"),
    ("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "h"), ("dj", "d"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("ts", "c"), ("tz", "c"), ("w", "v"), ("ou", "u"), ("oe", "o"), ("ae", "a"),
    ("ue", "u"), ("y", "i"), ("j", "i"), ("q", "k"),
)  # fmt: skip


def _ersetzt(ausdruck: str, paare) -> str:
    return reduce(lambda sql, paar: f"replace({sql}, '{paar[0]}', '{paar[1]}')", paare, ausdruck)


def _buchstaben(ausdruck: str) -> str:
    return f"translate({_ersetzt(ausdruck, _MEHRERE.items())}, '{_VON}', '{_NACH}')"


_ZERLEGT = f"normalize({_buchstaben('lower(normalize(eingabe, NFC))')}, NFD)"
_ZEICHEN = rf"""
    regexp_replace(regexp_replace(regexp_replace({_ZERLEGT},
        '([aou])[\u0300-\u0307\u0309-\u036f]*\u0308', '\1e', 'g'),
        'a[\u0300-\u0309\u030b-\u036f]*\u030a', 'aa', 'g'),
        '[\u0300-\u036f]', '', 'g')
"""

_FORM = f"""
CREATE OR REPLACE FUNCTION suchform(eingabe text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace({_buchstaben(_ZEICHEN)}, '[^[:alnum:]]+', ' ', 'g'))
$$
"""

_UMSCHRIFT = rf"""
CREATE OR REPLACE FUNCTION umschrift(eingabe text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(
        {_ersetzt("public.suchform(eingabe)", _LAUTE)},
        '([a-z])\1+', '\1', 'g'), '\mie', 'e', 'g')
$$
"""

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
    letters := upper(regexp_replace(public.suchform(name), '[^a-z]', '', 'g'));
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

_NEU = """
CREATE OR REPLACE FUNCTION suchzeile_neu(person bigint) RETURNS void
LANGUAGE sql AS $$
    WITH namen AS (
        SELECT vorname, nachname, rufname, geburtsname
        FROM cases_leistungsberechtigteperson WHERE id = person
        UNION
        SELECT vorname, nachname, rufname, geburtsname
        FROM cases_leistungsberechtigtepersonevent WHERE pgh_obj_id = person
    ), ganze AS (
        SELECT concat_ws(' ', vorname, nachname, rufname, geburtsname) AS text FROM namen
    ), worte AS (
        SELECT koelner_phonetik(wort) AS laut FROM ganze,
            regexp_split_to_table(text, '[^[:alpha:]]+') AS wort
        UNION SELECT koelner_phonetik(nachname) FROM namen
        UNION SELECT koelner_phonetik(vorname) FROM namen
    )
    INSERT INTO cases_suchzeile
        (leistungsberechtigte_person_id, name, ort, umschrift, laut, konten)
    SELECT
        person,
        (SELECT string_agg(suchform(text), ' | ') FROM ganze),
        CASE WHEN EXISTS (
            SELECT FROM cases_auskunftssperre
            WHERE leistungsberechtigte_person_id = person
              AND (gueltig_bis IS NULL OR gueltig_bis >= CURRENT_DATE)
        ) THEN '' ELSE coalesce((
            SELECT string_agg(suchform(concat_ws(' ', zusatz, strasse, plz, ort)), ' | ')
            FROM cases_anschrift WHERE leistungsberechtigte_person_id = person
        ), '') END,
        coalesce((
            SELECT array_agg(DISTINCT wort) FROM ganze,
                regexp_split_to_table(umschrift(text), ' ') AS wort WHERE wort <> ''
        ), '{}'),
        coalesce((SELECT array_agg(laut) FROM worte WHERE length(laut) > 1), '{}'),
        coalesce((
            SELECT array_agg(DISTINCT iban_ende) FROM cases_bankverbindung
            WHERE leistungsberechtigte_person_id = person AND iban_ende <> ''
        ), '{}')
    WHERE EXISTS (SELECT FROM cases_leistungsberechtigteperson WHERE id = person)
    ON CONFLICT (leistungsberechtigte_person_id) DO UPDATE SET
        name = EXCLUDED.name, ort = EXCLUDED.ort, umschrift = EXCLUDED.umschrift,
        laut = EXCLUDED.laut, konten = EXCLUDED.konten
$$
"""

_AUSLOESER = """
DROP TRIGGER zz_suchzeile ON cases_leistungsberechtigteperson;
CREATE TRIGGER zz_suchzeile AFTER INSERT OR UPDATE OF vorname, nachname, rufname, geburtsname
    ON cases_leistungsberechtigteperson
    FOR EACH ROW EXECUTE FUNCTION suchzeile_von_person();
"""

_BESTAND = """
REINDEX INDEX person_nachname_laut;
REINDEX INDEX person_vorname_laut;
SELECT count(suchzeile_neu(id)) FROM cases_leistungsberechtigteperson;
"""


# The profile that comes with the program knows the new column of its own template.
_VORLAGE = """
UPDATE cases_importprofil SET zuordnung = zuordnung || '{"land": "Land"}'
WHERE name = 'Vorlage von Fallwerk' AND NOT jsonb_exists(zuordnung, 'land')
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_mensch")]

    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (_FORM, _UMSCHRIFT, _PHONETIK, _NEU, _AUSLOESER, _BESTAND, _VORLAGE)
    ]
