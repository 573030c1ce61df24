"""Which Leistung of the catalogue the rows of old are, read once from their Rechtsgrundlage.

Only what is beyond doubt gets a key; what names several sections stays without one, and the program
asks for it. The rows of released plans are fixed: their lock is lifted for this one step.
"""

import re
from datetime import date

from django.db import migrations

_B, _UE = date(2020, 1, 1), date(2018, 1, 1)
_BUCH = re.compile(r"(.*?)\b(SGB [IVX]+)\b")
# Parts of a section, also in a row: „Abs. 2 Nr. 3, 6 und 7“.
_UNTERTEIL = re.compile(
    r"(Abs\.|Absatz|S\.|Satz|Nr\.|Nummer|Ziffer|Ziff\.)\s*"
    r"\d+[a-z]?(-\d+)?((, \d+)* und \d+)?"
)
_EIGENE = {"eingliederungshilfe", "sozialhilfe"}

# Kinds of carriers, book, sections that may be named, of which at least one must be, key.
_SEIT_2020 = (
    (_EIGENE, "SGB IX", {"78", "113"}, {"78"}, "b_assistenz"),
    (_EIGENE, "SGB IX", {"113"}, {"113"}, "b_soziale_teilhabe_insgesamt"),
    (_EIGENE, "SGB IX", {"111", "58"}, {"58"}, "b_werkstatt"),
    (_EIGENE, "SGB IX", {"111", "60"}, {"60"}, "b_anderer_anbieter"),
    (_EIGENE, "SGB IX", {"111", "61"}, {"61"}, "b_budget_fuer_arbeit"),
    (_EIGENE, "SGB IX", {"111", "61a"}, {"61a"}, "b_budget_fuer_ausbildung"),
    (_EIGENE, "SGB IX", {"113", "77"}, {"77"}, "b_wohnraum"),
    (_EIGENE, "SGB IX", {"113", "79"}, {"79"}, "b_heilpaedagogik"),
    (_EIGENE, "SGB IX", {"113", "80"}, {"80"}, "b_pflegefamilie"),
    (_EIGENE, "SGB IX", {"113", "81"}, {"81"}, "b_praktische_faehigkeiten"),
    (_EIGENE, "SGB IX", {"113", "82"}, {"82"}, "b_verstaendigung"),
    (_EIGENE, "SGB IX", {"113", "84"}, {"84"}, "b_hilfsmittel"),
    (_EIGENE, "SGB IX", {"113", "115"}, {"115"}, "b_besuchsbeihilfen"),
)
_BIS_2019 = (
    (_EIGENE, "SGB XII", {"53", "54"}, {"53", "54"}, "a_gemeinschaft_insgesamt"),
    (_EIGENE, "SGB IX", {"55"}, {"55"}, "a_gemeinschaft_insgesamt"),
)
_SEIT_2018 = (
    ({"arbeitsagentur"}, "SGB IX", {"55"}, {"55"}, "ba_unterstuetzte_beschaeftigung"),
    ({"arbeitsagentur"}, "SGB IX", {"49"}, {"49"}, "ba_arbeitsleben"),
    ({"jugendhilfe"}, "SGB IX", {"76", "78", "79", "113"}, {"78", "79"}, "jh_eingliederungshilfe"),
    ({"unfallversicherung"}, "SGB IX", {"76", "78", "113"}, {"76", "78"}, "uv_soziale_teilhabe"),
)
_BIS_2017 = (({"arbeitsagentur"}, "SGB IX", {"33"}, {"33"}, "a_ba_arbeitsleben"),)
_IMMER = (
    (
        _EIGENE,
        "SGB XII",
        {"61", "61a", "62", "63", "64", "64a", "64b", "64d", "64e", "65", "66"},
        {"61", "61a", "63", "64", "64a", "64b"},
        "sh_hilfe_zur_pflege",
    ),
    (_EIGENE, "SGB XII", {"41", "42"}, {"41", "42"}, "sh_grundsicherung"),
    (_EIGENE, "SGB XII", {"19", "27", "27a"}, {"27", "27a"}, "sh_lebensunterhalt"),
    ({"pflegekasse"}, "SGB XI", {"36"}, {"36"}, "pk_pflegesachleistung"),
    ({"pflegekasse"}, "SGB XI", {"37"}, {"37"}, "pk_pflegegeld"),
    ({"pflegekasse"}, "SGB XI", {"41"}, {"41"}, "pk_tagespflege"),
    ({"krankenkasse"}, "SGB V", {"33"}, {"33"}, "kk_hilfsmittel"),
    ({"krankenkasse"}, "SGB V", {"37"}, {"37"}, "kk_haeusliche_krankenpflege"),
    ({"krankenkasse"}, "SGB V", {"38"}, {"38"}, "kk_haushaltshilfe"),
    ({"krankenkasse"}, "SGB V", {"40"}, {"40"}, "kk_medizinische_rehabilitation"),
    ({"unfallversicherung"}, "SGB VII", {"39"}, {"39"}, "uv_soziale_teilhabe"),
    ({"unfallversicherung"}, "SGB VII", {"35"}, {"35"}, "uv_arbeitsleben"),
    ({"unfallversicherung"}, "SGB VII", {"44"}, {"44"}, "uv_pflege"),
    ({"rentenversicherung"}, "SGB VI", {"15"}, {"15"}, "rv_medizinische_rehabilitation"),
    ({"rentenversicherung"}, "SGB VI", {"16"}, {"16"}, "rv_arbeitsleben"),
    ({"jugendhilfe"}, "SGB VIII", {"35a"}, {"35a"}, "jh_eingliederungshilfe"),
)
# Sections that say how something is carried out, not what it is.
_BEGLEITEND = {
    "SGB IX": {"29", "17"},
    "SGB XI": {"35a"},
    "SGB XII": {"57", "63b", "58"},
}


def genannte_paragrafen(norm):
    """Return book -> sections that a Rechtsgrundlage names."""
    found = {}
    for text, buch in _BUCH.findall(norm):
        nummern = re.findall(r"\d+[a-z]?", _UNTERTEIL.sub("", text))
        found.setdefault(buch, set()).update(nummern)
    return found


def schluessel_of(art, norm, beginn):
    """Return the key of a Rechtsgrundlage, empty when it leaves a doubt."""
    genannt = genannte_paragrafen(norm)
    zeilen = list(_IMMER)
    zeilen += _SEIT_2020 if beginn >= _B else _BIS_2019
    zeilen += _SEIT_2018 if beginn >= _UE else _BIS_2017
    treffer = set()
    for arten, buch, erlaubt, noetig, schluessel in zeilen:
        hier = genannt.get(buch, set()) - (_BEGLEITEND.get(buch, set()) - erlaubt)
        # Until 2019 § 54 SGB XII took in § 55 SGB IX of that time.
        dabei = {"SGB IX": {"55"}} if schluessel == "a_gemeinschaft_insgesamt" else {}
        andere = {
            b
            for b, p in genannt.items()
            if b != buch and p - _BEGLEITEND.get(b, set()) - dabei.get(b, set())
        }
        if art in arten and hier & noetig and hier <= erlaubt and not andere:
            treffer.add(schluessel)
    return treffer.pop() if len(treffer) == 1 else ""


def _lock(schema_editor, table, on):
    """Lift the lock of the rows of fixed parents, or set it again; all other triggers work on."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND tgname LIKE 'pgtrigger_mit_eltern_fest%%'",
            [table],
        )
        for (name,) in cursor.fetchall():
            word = "ENABLE" if on else "DISABLE"
            cursor.execute(f'ALTER TABLE {table} {word} TRIGGER "{name}"')


def assign(apps, schema_editor):
    """Give each Leistung its key."""
    leistung = apps.get_model("gesamtplan", "Leistung")
    _lock(schema_editor, "gesamtplan_leistung", on=False)
    rows = leistung.objects.filter(katalogschluessel="").select_related("leistungstraeger")
    for row in rows.iterator():
        schluessel = schluessel_of(row.leistungstraeger.art, row.norm, row.beginn)
        if schluessel:
            leistung.objects.filter(pk=row.pk).update(katalogschluessel=schluessel)
    with schema_editor.connection.cursor() as cursor:
        # What waits with its foreign keys is checked before the lock is set again.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;")
    _lock(schema_editor, "gesamtplan_leistung", on=True)


class Migration(migrations.Migration):
    dependencies = [("gesamtplan", "0002_schluessel_und_entscheidung")]

    operations = [migrations.RunPython(assign, migrations.RunPython.noop, elidable=True)]
