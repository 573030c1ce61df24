"""URLs of the floor `budget`, each with its roles and its object rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import URLPattern

from budget.arbeitgeber import views as arbeitgeber
from budget.bemessung import views as teilbudget
from budget.bescheid import views as bescheid
from budget.beteiligung import views as beteiligung
from budget.folge.schreiben.daten import ANHOERUNG, BESCHEID, MITTEILUNG, WIDERSPRUCHSBESCHEID
from budget.folge.schreiben.kuendigung import ART as KUENDIGUNG
from budget.folge.views import bescheid as folge
from budget.folge.views import nachfolge, widerspruch
from budget.folge.views.absehen import folge_absehen
from budget.folge.views.irrtum import widerspruch_ruecknahme_berichtigen, widerspruch_streichen
from budget.folge.views.kuendigung import folge_kuendigung
from budget.folge.views.neue_freigabe import folge_neu_freigeben
from budget.pruefung import views as pruefung
from budget.teilnahme import views as teilnahme
from budget.teilnahme.schreiben import ART as STELLUNGNAHME
from budget.traegerwechsel import views as traegerwechsel
from budget.traegerwechsel.schreiben import ART as WECHSELMITTEILUNG
from budget.ueberpruefung import schreiben as nachweisbriefe
from budget.ueberpruefung.views import berichtigung as _ui
from budget.ueberpruefung.views import ueberpruefung
from budget.uebersicht.views import budget as uebersicht
from budget.uebersicht.views import geltung
from budget.umzug import views as umzug
from budget.unterbrechung import views as unterbrechung
from budget.verfahren import views as persoenliches_budget
from budget.vorschlag import views as vorschlag
from budget.zahlung import views as auszahlung
from budget.zielvereinbarung import views as zielvereinbarung
from cases.access import SCHREIBROLLEN
from cases.registry.routen import FALL, route
from cases.schreiben.views.vorschau import festschreiben, vorschau
from cases.states.inhalt import Inhalt
from cases.states.rolle import Rolle

LESEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.REVISION)
NUR_LEITUNG = (Rolle.LEITUNG,)


def _seite(muster: str, view: Callable[..., Any], name: str, *weitere: Inhalt) -> URLPattern:
    return route(
        f"faelle/<int:fall>/{muster}",
        view,
        name=name,
        rollen=LESEN,
        objekt=FALL,
        inhalte=(Inhalt.BETRAEGE, *weitere),
    )


def _schritt(
    muster: str,
    view: Callable[..., Any],
    name: str,
    rollen: Iterable[str] = SCHREIBROLLEN,
    *,
    bestaetigt: bool = False,
) -> URLPattern:
    return route(
        f"faelle/<int:fall>/{muster}",
        view,
        name=name,
        rollen=rollen,
        objekt=FALL,
        schreibt=True,
        bestaetigt=bestaetigt,
    )


_b, _t, _z, _e = persoenliches_budget, teilbudget, zielvereinbarung, bescheid
_f, _w, _n, _g = folge, widerspruch, nachfolge, geltung
_bt, _ue, _p, _a, _u = beteiligung, ueberpruefung, pruefung, arbeitgeber, unterbrechung
_v, _tn, _tw = vorschlag, teilnahme, traegerwechsel
_NACHWEISBRIEFE = tuple(art.schluessel for art in nachweisbriefe.SCHREIBENARTEN)
_PROTOKOLL = "budget/ueberpruefung/<int:ueberpruefung>/"
_ARBEITGEBER = "budget/arbeitgeber/<int:nachweis>/"
_NACHWEIS = "budget/nachweise/<int:nachweis>/"
_BETEILIGUNG = "budget/beteiligung/<int:beteiligung>/"
_PAUSE = "budget/unterbrechungen/<int:unterbrechung>/"
_WECHSEL = "budget/traegerwechsel/<int:wechsel>/"
_UMZUG = "budget/umzug/<int:anschrift>/"
_TEILNAHME = "budget/teilnahme/<int:teilnahme>/"
_FORDERUNG = "budget/forderungen/<int:forderung>/"
_VORSCHLAG = "budget/vorschlag/<int:vorschlag>/"
_FOLGE = "bescheide/<int:bescheid>/"
_WIDER = "widersprueche/<int:widerspruch>/"

urlpatterns = [
    _seite("budget/", uebersicht.budget, "budget"),
    _seite("budget/geltung/", _g.geltung, "budget_geltung"),
    _seite("budget/vorschlag/", _v.budgetvorschlaege, "budgetvorschlaege"),
    _schritt("budget/vorschlag/neu/", _v.budget_vorschlagen, "budget_vorschlagen"),
    _schritt(f"{_VORSCHLAG}ja/", _v.budgetvorschlag_annehmen, "budgetvorschlag_annehmen"),
    _schritt(f"{_VORSCHLAG}nein/", _v.budgetvorschlag_ablehnen, "budgetvorschlag_ablehnen"),
    _schritt(f"{_VORSCHLAG}verwerfen/", _v.budgetvorschlag_verwerfen, "budgetvorschlag_verwerfen"),
    _seite("budget/teilnahme/", _tn.teilnahmen, "teilnahmen"),
    _schritt("budget/teilnahme/neu/", _tn.teilnahme_neu, "teilnahme_neu"),
    _schritt(f"{_TEILNAHME}bearbeiten/", _tn.teilnahme_bearbeiten, "teilnahme_bearbeiten"),
    _seite(f"{_TEILNAHME}pdf/", vorschau(STELLUNGNAHME), "teilnahme_pdf"),
    _schritt(f"{_TEILNAHME}schreiben/", festschreiben(STELLUNGNAHME), "teilnahme_schreiben"),
    _schritt(f"{_TEILNAHME}abschliessen/", _tn.teilnahme_abschliessen, "teilnahme_abschliessen"),
    _schritt(f"{_TEILNAHME}verwerfen/", _tn.teilnahme_verwerfen, "teilnahme_verwerfen"),
    _schritt(f"{_TEILNAHME}forderung/", _tn.forderung_neu, "forderung_neu", bestaetigt=True),
    _schritt(
        f"{_FORDERUNG}anerkennen/",
        _tn.forderung_anerkennen,
        "forderung_anerkennen",
        NUR_LEITUNG,
        bestaetigt=True,
    ),
    _schritt(
        f"{_FORDERUNG}ablehnen/",
        _tn.forderung_ablehnen,
        "forderung_ablehnen",
        NUR_LEITUNG,
        bestaetigt=True,
    ),
    _schritt(f"{_FORDERUNG}konto/", _tn.forderung_konto, "forderung_konto", bestaetigt=True),
    _schritt("budget/neu/", _b.budget_neu, "budget_neu"),
    _schritt("budget/bearbeiten/", _b.budget_bearbeiten, "budget_bearbeiten"),
    _seite("budget/traeger/", _bt.budget_traeger, "budget_traeger"),
    _schritt(
        "budget/traeger/<int:traeger>/beteiligen/", _bt.traeger_beteiligen, "traeger_beteiligen"
    ),
    _schritt(f"{_BETEILIGUNG}stellungnahme/", _bt.traeger_stellungnahme, "traeger_stellungnahme"),
    _schritt(f"{_BETEILIGUNG}selbst/", _bt.traeger_selbst, "traeger_selbst"),
    _schritt(f"{_BETEILIGUNG}unterlagen/", _bt.traeger_unterlagen, "traeger_unterlagen"),
    _schritt("budget/nachfolge/", _n.budget_nachfolge, "budget_nachfolge"),
    _schritt("budget/verwerfen/", _n.budget_verwerfen, "budget_verwerfen"),
    _schritt("budget/bemessen/", _t.budget_bemessen, "budget_bemessen"),
    _schritt("budget/ohne-vereinbarung/", _z.budget_ohne_vereinbarung, "budget_ohne_vereinbarung"),
    _schritt("budget/sachleistung/", _z.budget_sachleistung, "budget_sachleistung"),
    _schritt("budget/beenden/", _b.budget_beenden, "budget_beenden", NUR_LEITUNG),
    _schritt("budget/teilbudget/<int:leistung>/", _t.teilbudget, "teilbudget"),
    _schritt(
        "budget/teilbudget/<int:leistung>/entfernen/",
        _t.teilbudget_entfernen,
        "teilbudget_entfernen",
    ),
    _seite("budget/ueberpruefung/", _ue.budget_ueberpruefung, "budget_ueberpruefung"),
    _schritt("budget/ueberpruefung/neu/", _ue.budget_ueberpruefung_neu, "budget_ueberpruefung_neu"),
    _schritt(f"{_PROTOKOLL}protokoll/", _ue.budget_protokoll, "budget_protokoll"),
    _schritt(
        f"{_PROTOKOLL}abschliessen/",
        _ue.budget_ueberpruefung_abschliessen,
        "budget_ueberpruefung_abschliessen",
    ),
    _schritt(
        f"{_PROTOKOLL}entfallen/",
        _ui.budget_ueberpruefung_entfallen,
        "budget_ueberpruefung_entfallen",
    ),
    _schritt(f"{_NACHWEIS}zuruecknehmen/", _ui.nachweis_zuruecknehmen, "nachweis_zuruecknehmen"),
    _schritt(
        f"{_NACHWEIS}eingang/streichen/",
        _ui.nachweis_eingang_streichen,
        "nachweis_eingang_streichen",
    ),
    _schritt("budget/nachweise/neu/", _ue.nachweis_neu, "nachweis_neu"),
    _schritt(f"{_NACHWEIS}eingang/", _ue.nachweis_eingang, "nachweis_eingang"),
    _schritt(f"{_NACHWEIS}pruefen/", _ue.nachweis_pruefen, "nachweis_pruefen"),
    _seite(f"{_NACHWEIS}<slug:art>/pdf/", vorschau(*_NACHWEISBRIEFE), "nachweis_pdf"),
    _schritt(
        f"{_NACHWEIS}<slug:art>/schreiben/", festschreiben(*_NACHWEISBRIEFE), "nachweis_schreiben"
    ),
    _seite("budget/arbeitgeber/", _a.arbeitgeber, "arbeitgeber"),
    _schritt("budget/arbeitgeber/verlangen/", _a.arbeitgeber_verlangen, "arbeitgeber_verlangen"),
    _schritt(f"{_ARBEITGEBER}eingang/", _a.arbeitgeber_eingang, "arbeitgeber_eingang"),
    _schritt(f"{_ARBEITGEBER}erinnern/", _a.arbeitgeber_erinnern, "arbeitgeber_erinnern"),
    _seite("zielvereinbarung/", _z.zielvereinbarung, "zielvereinbarung"),
    _seite("zielvereinbarung/pdf/", vorschau("zielvereinbarung"), "zielvereinbarung_pdf"),
    _seite(
        "zielvereinbarung/vergleich/", _z.zielvereinbarung_vergleich, "zielvereinbarung_vergleich"
    ),
    _schritt("zielvereinbarung/neu/", _z.zielvereinbarung_neu, "zielvereinbarung_neu"),
    _schritt(
        "zielvereinbarung/bearbeiten/",
        _z.zielvereinbarung_bearbeiten,
        "zielvereinbarung_bearbeiten",
    ),
    _schritt(
        "zielvereinbarung/ausfertigen/",
        _z.zielvereinbarung_ausfertigen,
        "zielvereinbarung_ausfertigen",
    ),
    _schritt(
        "zielvereinbarung/unterschriften/",
        _z.zielvereinbarung_unterschriften,
        "zielvereinbarung_unterschriften",
    ),
    _schritt(
        "zielvereinbarung/neu-verhandeln/",
        _z.zielvereinbarung_neu_verhandeln,
        "zielvereinbarung_neu_verhandeln",
    ),
    _seite("bescheid/", _e.bescheid, "bescheid"),
    _seite("bescheid/pdf/", vorschau("bescheid"), "bescheid_pdf"),
    _schritt("bescheid/neu/", _e.bescheid_neu, "bescheid_neu"),
    _schritt("bescheid/bearbeiten/", _e.bescheid_bearbeiten, "bescheid_bearbeiten"),
    _schritt("bescheid/neu-freigeben/", _e.bescheid_neu_freigeben, "bescheid_neu_freigeben"),
    _schritt("bescheid/vorlegen/", _e.bescheid_vorlegen, "bescheid_vorlegen"),
    route(
        "faelle/<int:fall>/bescheid/freigabe/",
        _e.bescheid_freigabe,
        name="bescheid_freigabe",
        rollen=NUR_LEITUNG,
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    ),
    _schritt(
        "bescheid/mitzeichnen/",
        _e.bescheid_mitzeichnen,
        "bescheid_mitzeichnen",
        NUR_LEITUNG,
        bestaetigt=True,
    ),
    _schritt("bescheid/zurueckziehen/", _e.bescheid_zurueckziehen, "bescheid_zurueckziehen"),
    _schritt(
        "bescheid/zurueckgeben/", _e.bescheid_zurueckgeben, "bescheid_zurueckgeben", NUR_LEITUNG
    ),
    _seite("budget/beitrag/", _p.beitrag, "beitrag"),
    _schritt("budget/beitrag/pruefen/", _p.beitrag_pruefen, "beitrag_pruefen"),
    _schritt("budget/beitrag/bleibt/", _p.beitrag_bleibt, "beitrag_bleibt"),
    _schritt("budget/beitrag/bescheid/", _p.beitrag_bescheid, "beitrag_bescheid"),
    _schritt("budget/beitrag/verwerfen/", _p.beitrag_verwerfen, "beitrag_verwerfen"),
    _seite("budget/unterbrechungen/", _u.unterbrechungen, "unterbrechungen"),
    _schritt("budget/unterbrechungen/neu/", _u.unterbrechung_neu, "unterbrechung_neu"),
    _schritt(f"{_PAUSE}bearbeiten/", _u.unterbrechung_bearbeiten, "unterbrechung_bearbeiten"),
    _schritt(f"{_PAUSE}ende/", _u.unterbrechung_ende, "unterbrechung_ende"),
    _schritt(f"{_PAUSE}bescheid/", _u.unterbrechung_bescheid, "unterbrechung_bescheid"),
    _schritt(f"{_PAUSE}verwerfen/", _u.unterbrechung_verwerfen, "unterbrechung_verwerfen"),
    _seite("budget/traegerwechsel/", _tw.traegerwechsel, "traegerwechsel", Inhalt.ANSCHRIFT),
    _schritt("budget/traegerwechsel/neu/", _tw.traegerwechsel_neu, "traegerwechsel_neu"),
    _schritt(f"{_WECHSEL}zusage/", _tw.traegerwechsel_zusage, "traegerwechsel_zusage"),
    _schritt(f"{_WECHSEL}aufheben/", _tw.traegerwechsel_aufheben, "traegerwechsel_aufheben"),
    _schritt(f"{_WECHSEL}erstattung/", _tw.traegerwechsel_erstattung, "traegerwechsel_erstattung"),
    _schritt(
        f"{_WECHSEL}abgeben/",
        _tw.traegerwechsel_abgeben,
        "traegerwechsel_abgeben",
        NUR_LEITUNG,
        bestaetigt=True,
    ),
    _schritt(f"{_WECHSEL}verwerfen/", _tw.traegerwechsel_verwerfen, "traegerwechsel_verwerfen"),
    _seite(f"{_WECHSEL}pdf/", vorschau(WECHSELMITTEILUNG), "traegerwechsel_pdf"),
    _schritt(f"{_WECHSEL}schreiben/", festschreiben(WECHSELMITTEILUNG), "traegerwechsel_schreiben"),
    _seite("budget/umzug/", umzug.umzuege, "umzuege", Inhalt.ANSCHRIFT),
    _schritt(f"{_UMZUG}entscheiden/", umzug.umzug_entscheiden, "umzug_entscheiden"),
    _schritt(f"{_UMZUG}zuruecknehmen/", umzug.umzug_zuruecknehmen, "umzug_zuruecknehmen"),
    _seite("bescheide/", _f.folgebescheide, "folgebescheide"),
    _schritt("bescheide/neu/<slug:art>/", _f.folge_neu, "folge_neu"),
    _seite(_FOLGE, _f.folgebescheid, "folgebescheid"),
    _seite(
        f"{_FOLGE}<slug:art>/pdf/",
        vorschau(BESCHEID, MITTEILUNG, WIDERSPRUCHSBESCHEID, ANHOERUNG, KUENDIGUNG),
        "folge_pdf",
    ),
    _schritt(f"{_FOLGE}bearbeiten/", _f.folge_bearbeiten, "folge_bearbeiten"),
    _schritt(f"{_FOLGE}anhoerung/", _f.folge_anhoerung, "folge_anhoerung"),
    _schritt(
        f"{_FOLGE}kuendigung/", folge_kuendigung, "folge_kuendigung", NUR_LEITUNG, bestaetigt=True
    ),
    _schritt(f"{_FOLGE}aeusserung/", _f.folge_aeusserung, "folge_aeusserung"),
    _schritt(f"{_FOLGE}vorlegen/", _f.folge_vorlegen, "folge_vorlegen"),
    _schritt(f"{_FOLGE}zurueckziehen/", _f.folge_zurueckziehen, "folge_zurueckziehen"),
    _schritt(f"{_FOLGE}verwerfen/", _f.folge_verwerfen, "folge_verwerfen"),
    _schritt(f"{_FOLGE}absehen/", folge_absehen, "folge_absehen"),
    _schritt(f"{_FOLGE}neu-freigeben/", folge_neu_freigeben, "folge_neu_freigeben"),
    _schritt(f"{_FOLGE}zurueckgeben/", _f.folge_zurueckgeben, "folge_zurueckgeben", NUR_LEITUNG),
    route(
        f"faelle/<int:fall>/{_FOLGE}freigabe/",
        _f.folge_freigabe,
        name="folge_freigabe",
        rollen=NUR_LEITUNG,
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    ),
    _schritt("widersprueche/neu/", _w.widerspruch_neu, "widerspruch_neu"),
    _seite(_WIDER, _w.widerspruch, "widerspruch"),
    route(
        f"faelle/<int:fall>/{_WIDER}akte/",
        _w.widerspruch_akte,
        name="widerspruch_akte",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        inhalte=(Inhalt.BETRAEGE,),
    ),
    route(
        f"faelle/<int:fall>/{_WIDER}akte/datensatz/",
        _w.widerspruch_datensatz,
        name="widerspruch_datensatz",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        inhalte=(Inhalt.BETRAEGE,),
    ),
    _schritt(f"{_WIDER}bearbeiten/", _w.widerspruch_bearbeiten, "widerspruch_bearbeiten"),
    _schritt(f"{_WIDER}zuruecknehmen/", _w.widerspruch_zuruecknehmen, "widerspruch_zuruecknehmen"),
    _schritt(
        f"{_WIDER}ruecknahme-berichtigen/",
        widerspruch_ruecknahme_berichtigen,
        "widerspruch_ruecknahme_berichtigen",
    ),
    _schritt(f"{_WIDER}streichen/", widerspruch_streichen, "widerspruch_streichen"),
    _schritt(f"{_WIDER}klage/", _w.widerspruch_klage, "widerspruch_klage"),
    _schritt(f"{_WIDER}abschliessen/", _w.widerspruch_abschliessen, "widerspruch_abschliessen"),
    route(
        "auszahlungen/",
        auszahlung.auszahlungen,
        name="auszahlungen",
        rollen=(Rolle.KASSE, Rolle.LEITUNG, Rolle.REVISION),
        menue="Auszahlungen",
    ),
    route(
        "auszahlungen/anweisen/",
        auszahlung.auszahlungen_anweisen,
        name="auszahlungen_anweisen",
        rollen=(Rolle.KASSE,),
        schreibt=True,
    ),
    route(
        "auszahlungen/erstattungen/<int:forderung>/anweisen/",
        _tn.forderung_zahlen,
        name="forderung_zahlen",
        rollen=(Rolle.KASSE,),
        schreibt=True,
    ),
    route(
        "auszahlungen/erstattungen/<int:forderung>/zuruecknehmen/",
        _tn.forderung_zahlung_zuruecknehmen,
        name="forderung_zahlung_zuruecknehmen",
        rollen=(Rolle.KASSE,),
        schreibt=True,
    ),
    route(
        "auszahlungen/anweisungen/<int:anweisung>/zuruecknehmen/",
        auszahlung.anweisung_zuruecknehmen,
        name="anweisung_zuruecknehmen",
        rollen=(Rolle.KASSE,),
        schreibt=True,
    ),
    route(
        "auszahlungen/vorlaeufig/<int:anweisung>/zuruecknehmen/",
        auszahlung.vorlaeufige_anweisung_zuruecknehmen,
        name="vorlaeufige_anweisung_zuruecknehmen",
        rollen=(Rolle.KASSE,),
        schreibt=True,
    ),
]
