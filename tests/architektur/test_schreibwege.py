"""Every route that writes is of a kind that overwrites nothing silently, and each kind is proven.

A row that is edited carries the mark of what was seen; a step is refused by the state table, or by
the row on which it leaves its mark, when somebody else has taken it; a new row overwrites nothing.
"""

from __future__ import annotations

import inspect
from collections import Counter

import pytest
from django.apps import apps

from cases.registry.routen import ROUTES
from cases.views.formular import run_form
from config import csp
from tests.architektur.schreibwege import (
    asks_for,
    names_called,
    prefills_from_row,
    services_of,
    writing_views,
)
from tests.oberflaeche.szenen import SZENEN

#: Edited rows: each has at least one scene of two editors in test_gleichzeitig.py.
ZEILEN = {name.split("[")[0] for name in SZENEN}
#: Edited row by row in one table, see test_uebernahme.py.
ZEILENWEISE = {"importstapel_entscheiden"}
#: The state of the row decides whether the step is still possible.
SCHRITTE = {
    *("eigener_wert_freigeben", "eigener_wert_verwerfen", "eigener_wert_zuruecknehmen"),
    *("eigener_wert_abloesen", "eigener_wert_beibehalten"),
    *("bild_freigeben", "bild_verwerfen", "bild_ablegen"),
    *("behoerdenaenderung_freigeben", "behoerdenaenderung_verwerfen"),
    *("textbaustein_freigeben", "textbaustein_verwerfen", "textbaustein_fortschreiben"),
    *("schwaerzung_freigeben", "schwaerzung_verwerfen"),
    *("textbaustein_beenden", "instrument_freigeben", "instrument_verwerfen"),
    *("instrument_fortschreiben", "instrument_beenden"),
    *("instrument_ende_bestaetigen", "instrument_ende_zuruecknehmen"),
    *("kontoaenderung", "kontoaenderung_ablehnen", "kontoaenderung_zurueckziehen"),
    *("schutz_bestaetigen", "schutz_aufhebung", "schutz_beibehalten", "schutz_aufheben"),
    *("frist_anhalten", "frist_fortsetzen", "frist_erledigt", "frist_verlaengern"),
    *("beenden", "wiederaufnehmen", "ueberpruefung", "fortfuehren"),
    *("versand_neu", "versand_vermerken", "versand_erneut", "versand_zuruecknehmen"),
    *("versand_nicht_versandt", "versand_nicht_zugegangen", "bescheid_neu_freigeben"),
    *("druckstapel", "antrag_weiterer", "beratung_abschliessen"),
    *("zustaendigkeit", "weiterleiten", "zustaendigkeit_turbo", "zustaendigkeit_teil"),
    *("zustaendigkeit_beteiligung", "zustaendigkeit_vorlaeufig", "einwilligung_widerruf"),
    *("importstapel_uebernehmen", "importstapel_zuruecknehmen", "importstapel_verwerfen"),
    "importstapel_woerter",
    *("serie_freigeben", "serie_herausnehmen", "serie_neu_setzen", "serie_verwerfen"),
    *("serie_drucken", "versand_abnehmen"),
    *("bedarf_neu", "bedarf_abschliessen"),
    *("planvereinbarung_neu", "planvereinbarung_schliessen", "planvereinbarung_aufgeben"),
    "planvereinbarung_anpassen",
    *("lebensuebergang_neu", "lebensuebergang_beruecksichtigen", "lebensuebergang_entfallen"),
    *("gesamtplan_neu", "gesamtplan_fortschreiben", "gesamtplan_vorlegen"),
    "anmerkung_antworten",
    *("anmerkung_erledigen", "ueberpruefung_neu", "ueberpruefung_abschliessen"),
    *("verlaufsbericht_neu", "verlaufsbericht_erinnern", "konferenzteilnahme_neu"),
    "konferenzteilnahme_anwesend",
    *("gutachten_neu", "gutachten_benennen", "gutachten_waehlen", "gutachten_annehmen"),
    *("gutachten_verwerten", "gutachten_entfallen"),
    *("planabstimmung_neu", "planabstimmung_zustimmen", "planabstimmung_abweichen"),
    *("planabstimmung_schweigen", "planabstimmung_erneut", "planstichprobe_pruefen"),
    *("konferenz_anberaumen", "konferenz_ablehnen", "konferenz_abschliessen", "konferenz_neu"),
    *("gesamtplan_freigeben", "gesamtplan_zurueckgeben", "gesamtplan_zurueckziehen"),
    *("bescheid_zurueckziehen", "bescheid_mitzeichnen", "folge_neu_freigeben"),
    *("folge_anhoerung", "folge_aeusserung", "folge_vorlegen", "folge_zurueckziehen"),
    *("folge_zurueckgeben", "folge_freigabe", "folge_verwerfen", "folge_absehen"),
    "folge_kuendigung",
    *("beitrag_bleibt", "beitrag_bescheid", "beitrag_verwerfen"),
    *("traegerwechsel_zusage", "traegerwechsel_aufheben", "traegerwechsel_erstattung"),
    *("traegerwechsel_abgeben", "traegerwechsel_verwerfen"),
    *("umzug_entscheiden", "umzug_zuruecknehmen"),
    *("unterbrechung_ende", "unterbrechung_bescheid", "unterbrechung_verwerfen"),
    *("widerspruch_zuruecknehmen", "widerspruch_klage", "widerspruch_abschliessen"),
    *("widerspruch_ruecknahme_berichtigen", "widerspruch_streichen"),
    *("teilhabeziel_neu", "teilhabeziel_entfernen", "leistung_neu", "leistung_entfernen"),
    *("budget_neu", "budget_bemessen", "budget_ohne_vereinbarung", "budget_beenden"),
    "budget_sachleistung",
    *("budget_nachfolge", "budget_verwerfen"),
    *("teilbudget_entfernen", "zielvereinbarung_neu", "zielvereinbarung_ausfertigen"),
    *("zielvereinbarung_unterschriften", "zielvereinbarung_neu_verhandeln"),
    *("bescheid_neu", "bescheid_vorlegen", "bescheid_freigabe", "bescheid_zurueckgeben"),
    *("traeger_beteiligen", "traeger_selbst", "budget_ueberpruefung_neu"),
    *("budget_ueberpruefung_abschliessen", "nachweis_eingang", "nachweis_pruefen"),
    *("budget_ueberpruefung_entfallen", "nachweis_zuruecknehmen", "nachweis_eingang_streichen"),
    *("arbeitgeber_verlangen", "arbeitgeber_eingang", "arbeitgeber_erinnern"),
    *("budgetvorschlag_annehmen", "budgetvorschlag_ablehnen", "budgetvorschlag_verwerfen"),
    *("teilnahme_abschliessen", "teilnahme_verwerfen"),
    *("forderung_anerkennen", "forderung_ablehnen", "forderung_zahlen"),
    *("forderung_konto", "forderung_zahlung_zuruecknehmen"),
}
#: Once: the field by which the service knows that somebody has been there before.
EINMAL = {
    "auffaelligkeit": "geprueft_am",
    "abwesenheit_beenden": "aufgehoben_am",
    "abwesenheit_bestaetigen": "wirksam",
    "konto_bestaetigen": "wartet",
    "sperrende_bestaetigen": "ende_wartet",
    "sperre_beibehalten": "ende_wartet",
    "wiedervorlage_erledigt": "erledigt_am",
    "notfall_pruefen": "ergebnis",
    "uebergabe_gelesen": "gelesen_am",
    "uebergabe_rueckgaengig": "zurueck",
    "zusammenfuehrung": "zurueck_am",
    "zuweisung_beenden": "bis",
    "unterlage_irrtuemlich": "irrtuemlich_am",
    "irrtum_zuruecknehmen": "irrtuemlich_am",
    "antrag_uebersetzung": "uebersetzung_am",
    "antrag_zustaendigkeit": "state",
    "anweisung_zuruecknehmen": "zurueckgenommen_am",
    "vorlaeufige_anweisung_zuruecknehmen": "zurueckgenommen_am",
    "antrag_abschnitt_erledigt": "erledigt",
    "beteiligung_feststellung": "eingegangen_am",
    "vorlaeufigkeit_klaeren": "geklaert_am",
    "verlaufsbericht_eintragen": "eingegangen_am",
    "verlaufsbericht_bogen": "eingegangen_am",
    "verlaufsbericht_uebernehmen": "bogen_wartet",
    "auftrag_klaeren": "state",
    "serie_brief": "stichprobe",
}
#: A row goes; the second finds none (test_gleichzeitig.py tells what becomes of what was typed).
ENTFERNT = {
    *("angabe_loeschen", "traegerangabe_streichen", "vorbefund_streichen"),
    *("verzeichnis_loeschen", "druckstapel_verwerfen"),
}
#: A new row beside the others: of a person, a note, a letter, a change of rights on record.
NEU = {
    # A search that finds nobody goes on as the form of a new person.
    "antrag_neu",
    *("antrag_aufnehmen", "anfrage_aufnehmen", "fall_neuer_antrag", "fall_neue_anfrage"),
    *("beratung_neu", "anschrift_neu", "angabe_neu", "vermerk_neu", "nachtrag_neu"),
    *("schwaerzung_neu", "bild_neu"),
    *("unterlage_neu", "wiedervorlage_neu", "frist_neu", "zuweisung_neu", "abwesenheit_neu"),
    *("verzeichnis_neu", "ansprechperson_neu", "angebot_neu", "preis_neu"),
    *("verzeichnis_zusammenfuehren", "verzeichnis_verschieden"),
    *("einwilligung_neu", "einwilligung_vordruck", "einwilligung_abdruck"),
    *("antrag_formular_ablegen", "zustaendigkeit_schreiben", "leseauskunft_neu", "postausgang"),
    *("schreiben_verfassen", "schutz_neu", "folge_neu", "widerspruch_neu", "unterbrechung_neu"),
    *("zustaendigkeit_uebernahme", "notfallzugriff", "eigener_wert_eingeben"),
    *("textbaustein_neu", "arbeitshinweis_neu", "instrument_neu", "serie_neu"),
    *("uebergabe_neu", "fall_uebergeben"),
    *("konto_neu", "konto_aendern", "team_neu", "auszahlungen_anweisen"),
    *("importstapel_neu", "importprofil_neu", "importprofil_lernen", "hilfebedarfsgruppe_neu"),
    *(
        "gesamtplan_uebergeben",
        "gesamtplan_kurz",
        "gesamtplan_leicht",
        "mehrausfertigung_neu",
        "mehrausfertigung",
        "konferenzeinladung",
        "konferenzniederschrift",
        "planvereinbarung_schreiben",
        "aussage_neu",
        *("gutachterwahl", "gutachtenauftrag"),
        *("teilhabeplan_abstimmung", "teilhabeplan_schreiben"),
        *("anmerkung_neu", "uebermittlung_neu"),
        "aenderungsblatt",
        "verlaufsbericht_schreiben",
        *("nachweis_neu", "nachweis_schreiben"),
        *("traegerwechsel_neu", "traegerwechsel_schreiben"),
        *("budget_vorschlagen", "teilnahme_neu", "teilnahme_schreiben", "forderung_neu"),
    ),
}
#: The same for everybody, whoever does it and however often.
GLEICH = {"verzeichnis_bestaetigen": "geprueft"}
#: Only what belongs to the person who is logged in: drafts, the own calendar, the own session.
EIGENES = {
    *("entwurf_sichern", "entwurf_verwerfen", "kalender_abo", "kalender_abo_beenden"),
    "sitzung_verlaengern",
}
#: POST so that no word of the search stands in an address; nothing but the look is noted.
SUCHE = {
    *("suche", "konten", "datenschutz", "verzeichnis", "chronik_suche", "unterlagen_suche"),
    *("unterlagen_suche_fall", "antrag_aehnlich"),
}
_ARTEN = {
    "Zeile": ZEILEN,
    "zeilenweise": ZEILENWEISE,
    "Schritt": SCHRITTE,
    "einmal": set(EINMAL),
    "entfernt": ENTFERNT,
    "neu": NEU,
    "gleich": set(GLEICH),
    "Eigenes": EIGENES,
    "Suche": SUCHE,
}
_ANLEGEN = {"create", "bulk_create", "get_or_create", "update_or_create", "MODELLE", "modell"}
_MODELLE = {model.__name__ for model in apps.get_models()}


def test_every_writing_route_is_of_one_kind():
    views = writing_views()
    arten = Counter(name for routen in _ARTEN.values() for name in routen)
    assert sorted(set(views) ^ set(arten)) == []
    assert [name for name, anzahl in arten.items() if anzahl > 1] == []
    assert len(views) >= 153
    assert len(ZEILEN) >= 25


#: What a browser reports becomes a line of the log and writes no row (tests/betrieb).
PROTOKOLL = {"csp_meldung"}


def test_foreign_routes_only_touch_the_own_login():
    fremd = {name for name, row in ROUTES.items() if row.schreibt and not row.muster}
    assert len(fremd) >= 20
    assert fremd >= PROTOKOLL
    assert services_of(csp.report) == set()
    fremd -= PROTOKOLL
    eigene = ("account_", "mfa_", "usersessions_")
    assert [name for name in fremd if not name.startswith(eigene)] == []


@pytest.mark.parametrize("name", sorted(ZEILEN | ZEILENWEISE))
def test_service_of_an_edited_row_takes_the_mark(name):
    services = services_of(writing_views()[name])
    marked = [s for s in services if "gesehen" in inspect.signature(s).parameters]
    assert marked, sorted(s.__name__ for s in services)
    if name not in ZEILENWEISE:
        # Under the lock of the service the mark is looked at once more.
        # A service that freezes a letter takes the mark of its preview.
        offen = [s for s in marked if "write_schreiben" not in names_called(s)]
        assert offen
        assert [s.__name__ for s in offen if "refuse_stale" not in names_called(s)] == []


@pytest.mark.parametrize("name", sorted(SCHRITTE))
def test_step_asks_the_state_table(name):
    called = [names_called(s) for s in services_of(writing_views()[name])]
    assert any({"ziel", "require"} & names for names in called)


@pytest.mark.parametrize("name", sorted(EINMAL))
def test_step_without_table_looks_whether_it_was_taken(name):
    services = services_of(writing_views()[name])
    assert any(asks_for(s, EINMAL[name]) for s in services)


@pytest.mark.parametrize("name", sorted(NEU))
def test_new_row_is_created(name):
    called = set().union(*(names_called(s) for s in services_of(writing_views()[name])))
    assert (_ANLEGEN | _MODELLE) & called


@pytest.mark.parametrize("name", sorted(ENTFERNT))
def test_removed_row_is_deleted(name):
    assert any("delete" in names_called(s) for s in services_of(writing_views()[name]))


@pytest.mark.parametrize("name", sorted(SUCHE))
def test_search_writes_nothing_but_that_it_was_made(name):
    called = {s.__name__ for s in services_of(writing_views()[name])}
    assert called <= {"note_listenabruf", "search_unterlagen", "check_person"}


def test_no_form_begins_with_a_stored_row_without_its_mark():
    views = writing_views()
    assert len(views) >= 153
    assert [name for name, view in views.items() if prefills_from_row(view)] == []


def _save_without_mark(row, werte):
    for name, wert in werte.items():
        setattr(row, name, wert)


def _edit(request, row):
    return run_form(request, initial={name: getattr(row, name) for name in ("a", "b")})


def _create(request, row):
    return run_form(request, initial={"am": row.tag}, act=_save_without_mark)


def test_planted_edit_without_a_mark_is_seen():
    assert prefills_from_row(_edit)
    assert not prefills_from_row(_create)
    assert not {"ziel", "require", "refuse_stale", *_ANLEGEN} & names_called(_save_without_mark)
    assert not asks_for(_save_without_mark, "geprueft_am")
