"""What the Teilbudgets of old are, who decides about them, and what a person has typed.

The key comes from the Leistung of the plan. Who decides follows from kind of carrier and law, as
the program would say it for a new one. Amounts stay: what was no Pauschale counts as typed.
The rows of agreed budgets are fixed: their lock is lifted for this one step.
"""

from django.db import migrations

_LOCK = """
    DO $$
    DECLARE name text;
    BEGIN
        FOR name IN SELECT tgname FROM pg_trigger
            WHERE tgrelid = 'budget_teilbudget'::regclass
            AND tgname LIKE 'pgtrigger_mit_eltern_fest%'
        LOOP
            EXECUTE format('ALTER TABLE budget_teilbudget {word} TRIGGER %I', name);
        END LOOP;
    END $$;
"""
_KEY = """
    UPDATE budget_teilbudget AS t
    SET katalogschluessel = CASE
        -- A key of the law until 2019 names nothing that a budget since then can rest on.
        WHEN l.katalogschluessel LIKE 'a\\_%' AND b.beginn >= DATE '2020-01-01' THEN ''
        WHEN l.katalogschluessel LIKE 'b\\_%' AND b.beginn < DATE '2020-01-01' THEN ''
        ELSE l.katalogschluessel END
    FROM gesamtplan_leistung AS l, budget_persoenlichesbudget AS b
    WHERE l.id = t.leistung_id AND b.id = t.persoenliches_budget_id;
"""
_DECISION = """
    UPDATE budget_teilbudget AS t
    SET entscheidung = CASE
        WHEN r.eigener AND r.art IN ('eingliederungshilfe', 'sozialhilfe') THEN
            CASE
                WHEN b.beginn < DATE '2020-01-01' THEN 'sozialhilfe'
                WHEN t.katalogschluessel LIKE 'sh\\_%' THEN 'sozialhilfe'
                WHEN t.katalogschluessel = '' AND r.art = 'sozialhilfe' THEN 'sozialhilfe'
                ELSE 'eingliederungshilfe'
            END
        WHEN b.beginn < DATE '2018-01-01' THEN 'auftrag'
        WHEN r.art IN ('pflegekasse', 'integrationsamt') THEN 'eigene_entscheidung'
        WHEN r.art = 'sozialhilfe'
            AND (b.beginn >= DATE '2020-01-01' OR t.katalogschluessel LIKE 'sh\\_%')
            THEN 'eigene_entscheidung'
        WHEN t.katalogschluessel IN (
            'kk_haeusliche_krankenpflege', 'kk_haushaltshilfe', 'kk_hilfsmittel', 'uv_pflege'
        ) THEN 'eigene_entscheidung'
        ELSE 'leistend' END
    FROM cases_leistungstraeger AS r, budget_persoenlichesbudget AS b
    WHERE r.id = t.leistungstraeger_id AND b.id = t.persoenliches_budget_id;
"""
_TYPED = """
    UPDATE budget_teilbudget SET betrag_eingegeben = betrag WHERE bemessungsart <> 'pauschale';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0002_schluessel_und_entscheidung"),
        ("gesamtplan", "0003_leistungen_zuordnen"),
    ]

    operations = [
        migrations.RunSQL(_LOCK.replace("{word}", "DISABLE"), "", elidable=True),
        migrations.RunSQL(_KEY, "", elidable=True),
        migrations.RunSQL(_DECISION, "", elidable=True),
        migrations.RunSQL(_TYPED, "", elidable=True),
        # A row that changes twice waits with its foreign keys; they are checked before the lock.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;", "", elidable=True),
        migrations.RunSQL(_LOCK.replace("{word}", "ENABLE"), "", elidable=True),
    ]
