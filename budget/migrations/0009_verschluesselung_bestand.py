"""What an earlier version stored in clear is encrypted, slice by slice.

Each slice is a transaction of its own. A run that was ended goes on where it stood: what is
encrypted already is passed over. Triggers stay silent, for nothing of what is said changes, and
the history gets no rows. The reverse writes all of it in clear again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import migrations, transaction
from psycopg import sql

from cases.chiffre import decrypt, decrypt_bytes, encrypt, encrypt_bytes, fingerprint

# Table -> column -> kind and purpose. A history bears the purposes of its model.
SPALTEN: dict[str, dict[str, tuple[str, str]]] = {
    "cases_antrag": {
        "begehren": ("text", "antrag.begehren"),
    },
    "cases_antragevent": {
        "begehren": ("text", "antrag.begehren"),
    },
    "cases_bankverbindung": {
        "kontoinhaber": ("text", "bankverbindung.kontoinhaber"),
    },
    "cases_bankverbindungevent": {
        "kontoinhaber": ("text", "bankverbindung.kontoinhaber"),
    },
    "cases_druckstapel": {
        "pdf": ("bytes", "druckstapel.pdf"),
    },
    "cases_einwilligung": {
        "wortlaut": ("text", "einwilligung.wortlaut"),
    },
    "cases_schreiben": {
        "daten": ("text", "schreiben.daten"),
        "empfaenger": ("text", "schreiben.empfaenger"),
    },
    "cases_schreibendatei": {
        "pdf": ("bytes", "schreibendatei.pdf"),
    },
    "cases_unterlage": {
        "originalname": ("text", "unterlage.originalname"),
    },
    "cases_unterlageevent": {
        "originalname": ("text", "unterlage.originalname"),
    },
    "cases_versand": {
        "an": ("text", "versand.an"),
    },
    "cases_versandevent": {
        "an": ("text", "versand.an"),
    },
    "cases_vertretungsverhaeltnis": {
        "gerichtsaktenzeichen": ("text", "vertretungsverhaeltnis.gerichtsaktenzeichen"),
    },
    "cases_vertretungsverhaeltnisevent": {
        "gerichtsaktenzeichen": ("text", "vertretungsverhaeltnis.gerichtsaktenzeichen"),
    },
    "cases_weiterleitung": {
        "grund": ("text", "weiterleitung.grund"),
    },
    "cases_weiterleitungevent": {
        "grund": ("text", "weiterleitung.grund"),
    },
    "cases_zustaendigkeitsentscheidung": {
        "schritte": ("text", "zustaendigkeitsentscheidung.schritte"),
    },
    "cases_zustaendigkeitspruefung": {
        "antworten": ("text", "zustaendigkeitspruefung.antworten"),
    },
    "cases_zustaendigkeitspruefungevent": {
        "antworten": ("text", "zustaendigkeitspruefung.antworten"),
    },
    "gesamtplan_bedarf": {
        "bedarf": ("text", "bedarf.bedarf"),
        "beeintraechtigung": ("text", "bedarf.beeintraechtigung"),
        "ressourcen": ("text", "bedarf.ressourcen"),
        "wunsch": ("text", "bedarf.wunsch"),
    },
    "gesamtplan_bedarfevent": {
        "bedarf": ("text", "bedarf.bedarf"),
        "beeintraechtigung": ("text", "bedarf.beeintraechtigung"),
        "ressourcen": ("text", "bedarf.ressourcen"),
        "wunsch": ("text", "bedarf.wunsch"),
    },
    "gesamtplan_bedarfsermittlung": {
        "beteiligte": ("text", "bedarfsermittlung.beteiligte"),
        "ergebnis": ("text", "bedarfsermittlung.ergebnis"),
    },
    "gesamtplan_bedarfsermittlungevent": {
        "beteiligte": ("text", "bedarfsermittlung.beteiligte"),
        "ergebnis": ("text", "bedarfsermittlung.ergebnis"),
    },
    "gesamtplan_gesamtplan": {
        "anlass": ("text", "gesamtplan.anlass"),
        "rueckgabe_grund": ("text", "gesamtplan.rueckgabe_grund"),
    },
    "gesamtplan_gesamtplanevent": {
        "anlass": ("text", "gesamtplan.anlass"),
        "rueckgabe_grund": ("text", "gesamtplan.rueckgabe_grund"),
    },
    "gesamtplan_leistung": {
        "entscheidung_grund": ("text", "leistung.entscheidung_grund"),
        "umfang": ("text", "leistung.umfang"),
    },
    "gesamtplan_leistungevent": {
        "entscheidung_grund": ("text", "leistung.entscheidung_grund"),
        "umfang": ("text", "leistung.umfang"),
    },
    "gesamtplan_planinhalt": {
        "text": ("text", "planinhalt.text"),
    },
    "gesamtplan_planinhaltevent": {
        "text": ("text", "planinhalt.text"),
    },
    "gesamtplan_teilhabeziel": {
        "kriterium": ("text", "teilhabeziel.kriterium"),
        "text": ("text", "teilhabeziel.text"),
    },
    "gesamtplan_teilhabezielevent": {
        "kriterium": ("text", "teilhabeziel.kriterium"),
        "text": ("text", "teilhabeziel.text"),
    },
    "budget_bescheid": {
        "abgelehnte_leistungen": ("text", "bescheid.abgelehnte_leistungen"),
        "begruendung": ("text", "bescheid.begruendung"),
        "einkommen_vermoegen": ("text", "bescheid.einkommen_vermoegen"),
        "nebenbestimmungen": ("text", "bescheid.nebenbestimmungen"),
        "nicht_gefolgte_wuensche": ("text", "bescheid.nicht_gefolgte_wuensche"),
        "rueckgabe_grund": ("text", "bescheid.rueckgabe_grund"),
        "vorschlaege": ("text", "bescheid.vorschlaege"),
    },
    "budget_bescheidevent": {
        "abgelehnte_leistungen": ("text", "bescheid.abgelehnte_leistungen"),
        "begruendung": ("text", "bescheid.begruendung"),
        "einkommen_vermoegen": ("text", "bescheid.einkommen_vermoegen"),
        "nebenbestimmungen": ("text", "bescheid.nebenbestimmungen"),
        "nicht_gefolgte_wuensche": ("text", "bescheid.nicht_gefolgte_wuensche"),
        "rueckgabe_grund": ("text", "bescheid.rueckgabe_grund"),
        "vorschlaege": ("text", "bescheid.vorschlaege"),
    },
    "budget_persoenlichesbudget": {
        "befristungsgrund": ("text", "persoenlichesbudget.befristungsgrund"),
        "deckel_ausnahme": ("text", "persoenlichesbudget.deckel_ausnahme"),
    },
    "budget_persoenlichesbudgetevent": {
        "befristungsgrund": ("text", "persoenlichesbudget.befristungsgrund"),
        "deckel_ausnahme": ("text", "persoenlichesbudget.deckel_ausnahme"),
    },
    "budget_teilbudget": {
        "abweichung_grund": ("text", "teilbudget.abweichung_grund"),
        "entscheidung_grund": ("text", "teilbudget.entscheidung_grund"),
        "nachweis": ("text", "teilbudget.nachweis"),
        "positionen": ("text", "teilbudget.positionen"),
        "rechenweg": ("text", "teilbudget.rechenweg"),
        "satz_grund": ("text", "teilbudget.satz_grund"),
    },
    "budget_teilbudgetevent": {
        "abweichung_grund": ("text", "teilbudget.abweichung_grund"),
        "entscheidung_grund": ("text", "teilbudget.entscheidung_grund"),
        "nachweis": ("text", "teilbudget.nachweis"),
        "positionen": ("text", "teilbudget.positionen"),
        "rechenweg": ("text", "teilbudget.rechenweg"),
        "satz_grund": ("text", "teilbudget.satz_grund"),
    },
    "budget_vereinbarungsinhalt": {
        "text": ("text", "vereinbarungsinhalt.text"),
        "vorschlag": ("text", "vereinbarungsinhalt.vorschlag"),
    },
    "budget_vereinbarungsinhaltevent": {
        "text": ("text", "vereinbarungsinhalt.text"),
        "vorschlag": ("text", "vereinbarungsinhalt.vorschlag"),
    },
    "budget_zielvereinbarung": {
        "vorbehalt": ("text", "zielvereinbarung.vorbehalt"),
    },
    "budget_zielvereinbarungevent": {
        "vorbehalt": ("text", "zielvereinbarung.vorbehalt"),
    },
}
# Table -> column of the blind index, column of the number, purpose of both.
ABDRUECKE = {
    "cases_bankverbindung": ("iban_abdruck", "iban", "bankverbindung.iban"),
    "cases_krankenversicherung": (
        "versichertennummer_abdruck",
        "versichertennummer",
        "krankenversicherung.versichertennummer",
    ),
    "cases_leistungsberechtigteperson": (
        "rentenversicherungsnummer_abdruck",
        "rentenversicherungsnummer",
        "person.rentenversicherungsnummer",
    ),
}
ZEILEN, DATEIEN = 500, 20


def _is_sealed(value: Any, art: str, purpose: str) -> bool:
    try:
        if art == "bytes":
            decrypt_bytes(value, purpose)
        else:
            decrypt(value, purpose)
    except ValueError:
        return False
    return True


def _sealed(value: Any, art: str, purpose: str) -> Any:
    if not value or _is_sealed(value, art, purpose):
        return value
    return encrypt_bytes(value, purpose) if art == "bytes" else encrypt(value, purpose)


def _opened(value: Any, art: str, purpose: str) -> Any:
    if not value or not _is_sealed(value, art, purpose):
        return value
    return decrypt_bytes(value, purpose) if art == "bytes" else decrypt(value, purpose)


def _slices(cursor: Any, table: str, columns: list[str], size: int) -> Iterator[list[Any]]:
    cursor.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
        " AND a.attnum = i.indkey[0] WHERE i.indrelid = %s::regclass AND i.indisprimary",
        [table],
    )
    key = sql.Identifier(cursor.fetchone()[0])
    names = sql.SQL(", ").join([key, *map(sql.Identifier, columns)])
    first = sql.SQL("SELECT {} FROM {} ORDER BY {} LIMIT %s").format(
        names, sql.Identifier(table), key
    )
    later = sql.SQL("SELECT {} FROM {} WHERE {} > %s ORDER BY {} LIMIT %s").format(
        names, sql.Identifier(table), key, key
    )
    cursor.execute(first, [size])
    while rows := [[bytes(v) if isinstance(v, memoryview) else v for v in r] for r in cursor]:
        yield [key, *rows]
        cursor.execute(later, [rows[-1][0], size])


def _quiet(cursor: Any, table: str) -> None:
    cursor.execute(
        "SELECT set_config('pgtrigger.ignore', coalesce(array_agg(tgname::text)::text, ''), true)"
        " FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_%%'",
        [table],
    )


def _write(
    schema_editor: Any, table: str, columns: list[str], size: int, change: Callable[..., Any]
) -> None:
    """Let `change` give the new values of each row; only what differs is written."""
    connection = schema_editor.connection
    order = sql.SQL("UPDATE {} SET {} WHERE {} = %s")
    sets = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(c)) for c in columns)
    with connection.cursor() as reading, connection.cursor() as cursor:
        for key, *rows in _slices(reading, table, columns, size):
            changed = [
                [*neu, pk]
                for pk, *alt in rows
                if (neu := change(dict(zip(columns, alt, strict=True)))) != alt
            ]
            if changed:
                with transaction.atomic(using=connection.alias):
                    _quiet(cursor, table)
                    cursor.executemany(order.format(sql.Identifier(table), sets, key), changed)
                    # Deferred foreign keys of the row are asked now; else the next slice waits.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _all(schema_editor: Any, how: Callable[[Any, str, str], Any]) -> None:
    for table, felder in SPALTEN.items():
        size = DATEIEN if any(art == "bytes" for art, _ in felder.values()) else ZEILEN
        _write(
            schema_editor,
            table,
            list(felder),
            size,
            lambda alt, felder=felder: [how(alt[c], *felder[c]) for c in felder],
        )


def encrypt_all(apps: Any, schema_editor: Any) -> None:
    """Encrypt what stands in clear, then note the blind indexes of the numbers."""
    _all(schema_editor, _sealed)
    for table, (abdruck, nummer, purpose) in ABDRUECKE.items():

        def marked(alt: dict[str, str], a: str = abdruck, n: str = nummer, p: str = purpose) -> Any:
            if alt[a] or not alt[n]:
                return [alt[a], alt[n]]
            try:
                return [fingerprint(decrypt(alt[n], p), p), alt[n]]
            except ValueError:
                # Damaged, or its key is missing: the start of the program says so.
                return [alt[a], alt[n]]

        _write(schema_editor, table, [abdruck, nummer], ZEILEN, marked)


def decrypt_all(apps: Any, schema_editor: Any) -> None:
    """Write in clear again what the earlier version reads in clear."""
    _all(schema_editor, _opened)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("budget", "0008_verschluesselung"),
        ("cases", "0017_verschluesselung"),
        ("gesamtplan", "0004_verschluesselung"),
    ]

    operations = [migrations.RunPython(encrypt_all, decrypt_all, elidable=True)]
