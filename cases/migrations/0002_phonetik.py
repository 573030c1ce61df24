"""What the tables need from the database: extensions, and the sound of a name for an index."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# The rules are those of `koelner_phonetik` in Python; a test holds both against each other.
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
    dependencies = [("cases", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(_PHONETIK, "DROP FUNCTION koelner_phonetik(text)"),
    ]
