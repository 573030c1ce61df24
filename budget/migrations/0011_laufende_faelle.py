"""Running cases that the release of a new plan has pushed back run again."""

from django.db import migrations

# Money is paid, so the help is running, whatever plan is being made beside it.
_LAEUFT = """
UPDATE cases_case SET state = 'leistung_laeuft'
WHERE state IN ('geplant', 'bedarf_ermittelt') AND EXISTS (
    SELECT 1 FROM budget_persoenlichesbudget AS budget
    WHERE budget.case_id = cases_case.id AND budget.state IN ('bewilligt', 'laeuft')
)
"""


class Migration(migrations.Migration):
    """Data only; nothing to take back."""

    dependencies = [("budget", "0010_folgebescheid_und_widerspruch"), ("cases", "0001_initial")]

    operations = [migrations.RunSQL(_LAEUFT, migrations.RunSQL.noop, elidable=True)]
