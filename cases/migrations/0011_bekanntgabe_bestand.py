"""What older rows already knew: the first receipt, and which of two sendings counts."""

from django.db import migrations

# Taken over from another carrier: its day of receipt stood with the decision only.
_ERSTER_EINGANG = """
UPDATE cases_antrag SET erster_eingang = gefunden.tag
FROM (
    SELECT antrag_id, min(erster_eingang) AS tag FROM cases_zustaendigkeitsentscheidung
    WHERE erster_eingang IS NOT NULL GROUP BY antrag_id
) AS gefunden
WHERE gefunden.antrag_id = cases_antrag.id AND gefunden.tag <= cases_antrag.eingang
"""

# Of several sendings of one letter the first Bekanntgabe counts; the others start nothing.
_WEITERE = """
UPDATE cases_versand SET weitere_ausfertigung = true, widerspruch_bis = NULL
WHERE bekanntgabe IS NOT NULL AND EXISTS (
    SELECT 1 FROM cases_versand AS erste
    WHERE erste.schreiben_id = cases_versand.schreiben_id AND erste.bekanntgabe IS NOT NULL
      AND (erste.bekanntgabe, erste.id) < (cases_versand.bekanntgabe, cases_versand.id)
)
"""


class Migration(migrations.Migration):
    """Data only; nothing to take back."""

    dependencies = [("cases", "0010_bekanntgabe")]

    operations = [
        migrations.RunSQL(_ERSTER_EINGANG, migrations.RunSQL.noop, elidable=True),
        migrations.RunSQL(_WEITERE, migrations.RunSQL.noop, elidable=True),
    ]
