"""What must hold at any time, one question each; the number is how often it does not."""

from __future__ import annotations

from django.db import connection

from cases.registry.beitrag import registry

# Name on the page „Betrieb“, question that counts the exceptions.
INVARIANTEN: dict[str, str] = {
    "Schreiben ohne Datei": """
        SELECT count(*) FROM cases_schreiben s
        WHERE NOT EXISTS (SELECT 1 FROM cases_schreibendatei d WHERE d.schreiben_id = s.id)""",
    "Unterlagen ohne Datei": """
        SELECT count(*) FROM cases_unterlage u WHERE u.irrtuemlich_am IS NULL
        AND NOT EXISTS (SELECT 1 FROM cases_unterlagendatei d WHERE d.unterlage_id = u.id)""",
    "E-Mail versandt, Schreiben nicht aufgegeben": """
        SELECT count(*) FROM cases_auftrag a JOIN cases_versand v ON v.id = a.gegenstand_id
        WHERE a.art = 'versand_email' AND a.state = 'fertig' AND v.state <> 'aufgegeben'""",
    "E-Mail aufgegeben, ohne dass ihr Auftrag erledigt ist": """
        SELECT count(*) FROM cases_versand v
        JOIN cases_auftrag a ON a.gegenstand_id = v.id AND a.art = 'versand_email'
        WHERE v.state = 'aufgegeben' AND a.state <> 'fertig'""",
    "Schreiben, die auf demselben Weg zweimal aufgegeben sind": """
        SELECT count(*) FROM (
            SELECT 1 FROM cases_versand WHERE state = 'aufgegeben'
            GROUP BY schreiben_id, weg HAVING count(*) > 1) doppelt""",
    "Aufträge, die seit über 10 Minuten in Arbeit sind": """
        SELECT count(*) FROM cases_auftrag
        WHERE state = 'in_arbeit' AND gesperrt_bis < now() - interval '10 minutes'""",
    "ungewisse Aufträge, die seit über 2 Tagen warten": """
        SELECT count(*) FROM cases_auftrag
        WHERE state = 'ungewiss' AND naechster_versuch < now() - interval '2 days'""",
    "Aufträge, die seit über 15 Minuten warten": """
        SELECT count(*) FROM cases_auftrag
        WHERE state = 'offen' AND naechster_versuch < now() - interval '15 minutes'""",
    "abgelaufene Fristen ohne Vermerk": """
        SELECT count(*) FROM cases_frist
        WHERE state = 'offen' AND wirkung = 'ablauf' AND ende < current_date - 2""",
    "Fristen, die vor ihrem Ende abgelaufen sind": """
        SELECT count(*) FROM cases_frist
        WHERE state = 'abgelaufen' AND ende > current_date""",
    "Ereignisse, die in der Zukunft aufgezeichnet sind": """
        SELECT count(*) FROM cases_ereignis WHERE zeit > now() + interval '1 hour'""",
    "Zeilen der Protokolle neben ihren Monaten": """
        SELECT (SELECT count(*) FROM cases_lesezugriff_sonst)
             + (SELECT count(*) FROM cases_anmeldeereignis_sonst)""",
    "kommende Monate der Protokolle, die noch nicht angelegt sind": """
        SELECT count(*) FROM unnest(ARRAY['cases_lesezugriff', 'cases_anmeldeereignis']) tabelle
        WHERE to_regclass(tabelle || to_char(
            now() AT TIME ZONE 'UTC' + interval '1 month', '_YYYY_MM')) IS NULL""",
    "laufende Fälle eines gesperrten Kontos": """
        SELECT count(*) FROM cases_case c JOIN cases_user u ON u.id = c.caseworker_id
        WHERE c.state <> 'beendet' AND NOT u.is_active""",
    "Wiedervorlagen eines gesperrten Kontos": """
        SELECT count(*) FROM cases_wiedervorlage w JOIN cases_user u ON u.id = w.user_id
        WHERE w.erledigt_am IS NULL AND NOT u.is_active""",
    "Konten mit Fallbearbeitung und Kasse zugleich": """
        SELECT count(*) FROM (
            SELECT ug.user_id FROM cases_user_groups ug JOIN auth_group g ON g.id = ug.group_id
            WHERE g.name IN ('Fallmanagement', 'Kasse')
            GROUP BY ug.user_id HAVING count(DISTINCT g.name) > 1) beide""",
}


def invarianten() -> dict[str, str]:
    """Return the rules of this floor and those that the apps above have made known."""
    return INVARIANTEN | registry.invarianten


def broken_invariants() -> dict[str, int]:
    """Ask all of them; return those that do not hold, with how often."""
    found = {}
    with connection.cursor() as cursor:
        for name, frage in invarianten().items():
            cursor.execute(frage)
            if anzahl := cursor.fetchone()[0]:
                found[name] = int(anzahl)
    return found
