"""URLs of the floor `gesamtplan`, each with its roles and its object rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.registry.routen import FALL, route
from cases.schreiben.views.vorschau import festschreiben, vorschau
from cases.states.rolle import Rolle
from gesamtplan.bedarf import views as bedarf
from gesamtplan.gutachten import schreiben as gutachtenbrief
from gesamtplan.gutachten import views as gutachten
from gesamtplan.instrument import views as instrument
from gesamtplan.konferenz import schreiben as konferenzbrief
from gesamtplan.konferenz import views as konferenz
from gesamtplan.lebensuebergang import views as lebensuebergang
from gesamtplan.plan.schreiben import aenderungsblatt as blatt
from gesamtplan.plan.schreiben import kurzfassung as kurz
from gesamtplan.plan.schreiben import mehrausfertigung as auszugsbrief
from gesamtplan.plan.schreiben.gesamtplan import ART
from gesamtplan.plan.views import (
    anmerkung,
    freigabe,
    gesamtplan,
    leistung,
    teilhabeziel,
    uebergabe,
    zeitbild,
)
from gesamtplan.plan.views import mehrausfertigung as auszug
from gesamtplan.stellen import views as stellen
from gesamtplan.stichprobe import views as stichprobe
from gesamtplan.teilhabeplan import schreiben as teilhabebrief
from gesamtplan.teilhabeplan import views as teilhabeplan
from gesamtplan.ueberpruefung import schreiben as papiere
from gesamtplan.ueberpruefung.views import bericht as pruefbericht
from gesamtplan.ueberpruefung.views import ueberpruefung as pruefung
from gesamtplan.vereinbarung import schreiben as vereinbarungsbrief
from gesamtplan.vereinbarung import views as vereinbarung

# Who writes down what somebody needs; only the Fallmanagement settles it.
BEDARFSROLLEN = (*SCHREIBROLLEN, Rolle.FACHDIENST)
_BEDARF = "faelle/<int:fall>/bedarf/"
_PLAN = "faelle/<int:fall>/gesamtplan/"
_VERSION = f"{_PLAN}<int:version>/"
_VEREINBARUNGEN = "faelle/<int:fall>/vereinbarungen/"
_VEREINBARUNG = f"{_VEREINBARUNGEN}<int:planvereinbarung>/"
_UEBERGAENGE = "faelle/<int:fall>/uebergaenge/"
_UEBERGANG = f"{_UEBERGAENGE}<int:lebensuebergang>/"
_GUTACHTEN = "faelle/<int:fall>/gutachten/"
_EIN_GUTACHTEN = f"{_GUTACHTEN}<int:gutachten>/"
_ABSTIMMUNG = "faelle/<int:fall>/abstimmungen/<int:planabstimmung>/"
_KONFERENZEN = "faelle/<int:fall>/konferenzen/"
_KONFERENZ = f"{_KONFERENZEN}<int:konferenz>/"
_EINLADUNG = f"{_KONFERENZEN}einladung/<int:teilnahme>/"
_NIEDERSCHRIFT = f"{_KONFERENZEN}niederschrift/<int:teilnahme>/"
_PRUEFUNGEN = "faelle/<int:fall>/zielpruefungen/"
_PRUEFUNG = f"{_PRUEFUNGEN}<int:ueberpruefung>/"
_BERICHT = f"{_PRUEFUNGEN}berichte/<int:bericht>/"


def _reads(muster: str, view: Callable[..., Any]) -> URLPattern:
    return route(muster, view, name=view.__name__, rollen=FALLROLLEN, objekt=FALL)


def _writes(
    muster: str, view: Callable[..., Any], rollen: tuple[Rolle, ...] = SCHREIBROLLEN
) -> URLPattern:
    return route(muster, view, name=view.__name__, rollen=rollen, objekt=FALL, schreibt=True)


def _instrument(
    schritt: str,
    view: Callable[..., Any],
    rollen: tuple[Rolle, ...],
    bestaetigt: bool = False,
) -> URLPattern:
    muster = f"instrumente/{schritt}"
    return route(
        muster, view, name=view.__name__, rollen=rollen, schreibt=True, bestaetigt=bestaetigt
    )


def _brief(muster: str, art: str, name: str) -> tuple[URLPattern, URLPattern]:
    """Return preview and freezing of a letter that only those who write may see."""
    return (
        route(
            f"{muster}pdf/", vorschau(art), name=f"{name}_pdf", rollen=SCHREIBROLLEN, objekt=FALL
        ),
        route(
            muster,
            festschreiben(art),
            name=name,
            rollen=SCHREIBROLLEN,
            objekt=FALL,
            schreibt=True,
        ),
    )


_PFLEGT = (Rolle.FACHADMINISTRATION,)
_ENTSCHEIDET = (Rolle.FACHADMINISTRATION, Rolle.LEITUNG)

urlpatterns = [
    route(
        "instrumente/",
        instrument.instrumente,
        name="instrumente",
        rollen=(*_ENTSCHEIDET, Rolle.REVISION),
        menue="Instrumente",
    ),
    _instrument("neu/", instrument.instrument_neu, _PFLEGT),
    _instrument("<int:fassung>/bearbeiten/", instrument.instrument_bearbeiten, _PFLEGT),
    _instrument("<int:fassung>/fortschreiben/", instrument.instrument_fortschreiben, _PFLEGT),
    _instrument(
        "<int:fassung>/freigeben/", instrument.instrument_freigeben, _ENTSCHEIDET, bestaetigt=True
    ),
    _instrument("<int:fassung>/verwerfen/", instrument.instrument_verwerfen, _ENTSCHEIDET),
    _instrument("<int:fassung>/beenden/", instrument.instrument_beenden, _PFLEGT),
    _instrument(
        "<int:fassung>/ende/", instrument.instrument_ende_bestaetigen, _ENTSCHEIDET, bestaetigt=True
    ),
    _instrument(
        "<int:fassung>/ende/verwerfen/", instrument.instrument_ende_zuruecknehmen, _ENTSCHEIDET
    ),
    _reads(_BEDARF, bedarf.bedarf),
    _writes(f"{_BEDARF}neu/", bedarf.bedarf_neu, BEDARFSROLLEN),
    _reads(f"{_BEDARF}<int:ermittlung>/", bedarf.bedarf_anzeigen),
    _writes(f"{_BEDARF}<int:ermittlung>/bearbeiten/", bedarf.bedarf_bearbeiten, BEDARFSROLLEN),
    _writes(f"{_BEDARF}<int:ermittlung>/abschliessen/", bedarf.bedarf_abschliessen),
    _writes(f"{_BEDARF}<int:ermittlung>/aussagen/neu/", bedarf.aussage_neu, BEDARFSROLLEN),
    _writes(
        f"{_BEDARF}<int:ermittlung>/mengen/<int:bereich>/", bedarf.bedarfsmengen, BEDARFSROLLEN
    ),
    _writes(f"{_BEDARF}<int:ermittlung>/boegen/<int:bogen>/", bedarf.bedarf_bogen, BEDARFSROLLEN),
    _reads(_GUTACHTEN, gutachten.gutachten),
    _writes(f"{_GUTACHTEN}neu/", gutachten.gutachten_neu),
    _writes(f"{_EIN_GUTACHTEN}bearbeiten/", gutachten.gutachten_bearbeiten),
    _writes(f"{_EIN_GUTACHTEN}benennen/", gutachten.gutachten_benennen),
    _writes(f"{_EIN_GUTACHTEN}wahl/", gutachten.gutachten_waehlen),
    _writes(f"{_EIN_GUTACHTEN}eingang/", gutachten.gutachten_annehmen),
    _writes(f"{_EIN_GUTACHTEN}verwerten/", gutachten.gutachten_verwerten),
    _writes(f"{_EIN_GUTACHTEN}entfallen/", gutachten.gutachten_entfallen),
    *_brief(f"{_EIN_GUTACHTEN}wahlbrief/", gutachtenbrief.WAHL, "gutachterwahl"),
    *_brief(f"{_EIN_GUTACHTEN}auftrag/", gutachtenbrief.GUTACHTEN, "gutachtenauftrag"),
    _reads(f"{_VERSION}teilhabeplan/", teilhabeplan.teilhabeplan),
    _writes(f"{_VERSION}teilhabeplan/<int:traeger>/", teilhabeplan.planabstimmung_neu),
    _writes(f"{_ABSTIMMUNG}erneut/", teilhabeplan.planabstimmung_erneut),
    _writes(f"{_ABSTIMMUNG}einverstanden/", teilhabeplan.planabstimmung_zustimmen),
    _writes(f"{_ABSTIMMUNG}anders/", teilhabeplan.planabstimmung_abweichen),
    _writes(f"{_ABSTIMMUNG}ohne-antwort/", teilhabeplan.planabstimmung_schweigen),
    *_brief(f"{_ABSTIMMUNG}brief/", teilhabebrief.ANFRAGE, "teilhabeplan_abstimmung"),
    route(
        f"{_VERSION}teilhabeplan/pdf/",
        vorschau(teilhabebrief.PLAN),
        name="teilhabeplan_pdf",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_VERSION}teilhabeplan/schreiben/",
        festschreiben(teilhabebrief.PLAN),
        name="teilhabeplan_schreiben",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    _reads("faelle/<int:fall>/andere-stellen/", stellen.andere_stellen),
    _writes("faelle/<int:fall>/andere-stellen/neu/", stellen.uebermittlung_neu),
    _reads(_VEREINBARUNGEN, vereinbarung.planvereinbarungen),
    _writes(f"{_VERSION}vereinbarung/", vereinbarung.planvereinbarung_neu),
    _writes(f"{_VEREINBARUNG}bearbeiten/", vereinbarung.planvereinbarung_bearbeiten),
    _writes(f"{_VEREINBARUNG}unterschriften/", vereinbarung.planvereinbarung_schliessen),
    _writes(f"{_VEREINBARUNG}aufgeben/", vereinbarung.planvereinbarung_aufgeben),
    _writes(f"{_VEREINBARUNG}anpassen/", vereinbarung.planvereinbarung_anpassen),
    route(
        f"{_VEREINBARUNG}pdf/",
        vorschau(vereinbarungsbrief.ART),
        name="planvereinbarung_pdf",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_VEREINBARUNG}schreiben/",
        festschreiben(vereinbarungsbrief.ART),
        name="planvereinbarung_schreiben",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    _reads(_UEBERGAENGE, lebensuebergang.lebensuebergaenge),
    _writes(f"{_UEBERGAENGE}neu/", lebensuebergang.lebensuebergang_neu),
    _writes(f"{_UEBERGANG}bearbeiten/", lebensuebergang.lebensuebergang_bearbeiten),
    _writes(f"{_UEBERGANG}beruecksichtigt/", lebensuebergang.lebensuebergang_beruecksichtigen),
    _writes(f"{_UEBERGANG}entfaellt/", lebensuebergang.lebensuebergang_entfallen),
    _reads(_PLAN, gesamtplan.gesamtplan),
    _writes(f"{_PLAN}neu/", gesamtplan.gesamtplan_neu),
    _reads(_VERSION, gesamtplan.gesamtplan_version),
    _reads(f"{_VERSION}vergleich/", gesamtplan.gesamtplan_vergleich),
    route(f"{_VERSION}pdf/", vorschau(ART), name="gesamtplan_pdf", rollen=FALLROLLEN, objekt=FALL),
    route(
        f"{_VERSION}aenderungsblatt/<int:mit>/pdf/",
        vorschau(blatt.ART),
        name="aenderungsblatt_pdf",
        # It names amounts, which are no business of the Fachdienst.
        rollen=(*SCHREIBROLLEN, Rolle.REVISION),
        objekt=FALL,
        inhalte=blatt.SCHREIBENART.inhalte,
    ),
    route(
        f"{_VERSION}aenderungsblatt/<int:mit>/",
        festschreiben(blatt.ART),
        name="aenderungsblatt",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    _reads(f"{_VERSION}zeitbild/", zeitbild.gesamtplan_zeitbild),
    _writes(f"{_VERSION}inhalte/", gesamtplan.gesamtplan_inhalte),
    _writes(f"{_VERSION}fortschreiben/", gesamtplan.gesamtplan_fortschreiben),
    _writes(f"{_VERSION}ziele/neu/", teilhabeziel.teilhabeziel_neu),
    _writes(f"{_VERSION}ziele/<int:nummer>/", teilhabeziel.teilhabeziel_bearbeiten),
    _writes(f"{_VERSION}ziele/<int:nummer>/entfernen/", teilhabeziel.teilhabeziel_entfernen),
    _writes(f"{_VERSION}leistungen/neu/", leistung.leistung_neu),
    _writes(f"{_VERSION}leistungen/<int:leistung>/", leistung.leistung_bearbeiten),
    _writes(f"{_VERSION}leistungen/<int:leistung>/entfernen/", leistung.leistung_entfernen),
    _writes(f"{_VERSION}vorlegen/", freigabe.gesamtplan_vorlegen),
    route(
        f"{_VERSION}freigeben/",
        freigabe.gesamtplan_freigeben,
        name="gesamtplan_freigeben",
        rollen=(Rolle.LEITUNG,),
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    ),
    _writes(f"{_VERSION}zurueckziehen/", freigabe.gesamtplan_zurueckziehen),
    _writes(f"{_VERSION}zurueckgeben/", freigabe.gesamtplan_zurueckgeben, (Rolle.LEITUNG,)),
    route(
        f"{_VERSION}kurzfassung/pdf/",
        vorschau(kurz.KURZ),
        name="gesamtplan_kurz_pdf",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_VERSION}leichte-sprache/pdf/",
        vorschau(kurz.LEICHT),
        name="gesamtplan_leicht_pdf",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_VERSION}kurzfassung/",
        festschreiben(kurz.KURZ),
        name="gesamtplan_kurz",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_VERSION}leichte-sprache/",
        festschreiben(kurz.LEICHT),
        name="gesamtplan_leicht",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    _writes(f"{_VERSION}uebergabe/", uebergabe.gesamtplan_uebergeben),
    _writes(f"{_VERSION}auszug/", auszug.mehrausfertigung_neu),
    route(
        f"{_PLAN}auszug/<int:mehrausfertigung>/pdf/",
        vorschau(auszugsbrief.ART),
        name="mehrausfertigung_pdf",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_PLAN}auszug/<int:mehrausfertigung>/",
        festschreiben(auszugsbrief.ART),
        name="mehrausfertigung",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "gesamtplaene/freigabe/",
        freigabe.gesamtplaene_wartend,
        name="gesamtplaene_wartend",
        rollen=(Rolle.LEITUNG,),
        menue="Pläne zur Freigabe",
    ),
    route(
        "gesamtplaene/stichproben/",
        stichprobe.planstichproben,
        name="planstichproben",
        rollen=(Rolle.LEITUNG,),
        menue="Stichproben",
    ),
    _writes(f"{_VERSION}stichprobe/", stichprobe.planstichprobe_pruefen, (Rolle.LEITUNG,)),
    _writes(f"{_VERSION}anmerkungen/neu/", anmerkung.anmerkung_neu, (Rolle.LEITUNG,)),
    _writes(f"{_PLAN}anmerkungen/<int:anmerkung>/antworten/", anmerkung.anmerkung_antworten),
    _writes(
        f"{_PLAN}anmerkungen/<int:anmerkung>/erledigen/",
        anmerkung.anmerkung_erledigen,
        (Rolle.LEITUNG,),
    ),
    _reads(_KONFERENZEN, konferenz.konferenzen),
    _writes(f"{_KONFERENZEN}neu/", konferenz.konferenz_neu),
    _reads(_KONFERENZ, konferenz.konferenz_anzeigen),
    _writes(f"{_KONFERENZ}bearbeiten/", konferenz.konferenz_bearbeiten),
    _writes(f"{_KONFERENZ}teilnehmende/neu/", konferenz.konferenzteilnahme_neu),
    _writes(f"{_KONFERENZ}teilnehmende/<int:teilnahme>/", konferenz.konferenzteilnahme_anwesend),
    _writes(f"{_KONFERENZ}anberaumen/", konferenz.konferenz_anberaumen),
    _writes(f"{_KONFERENZ}ablehnen/", konferenz.konferenz_ablehnen),
    _writes(f"{_KONFERENZ}abschliessen/", konferenz.konferenz_abschliessen),
    _reads(f"{_KONFERENZ}termin.ics", konferenz.konferenz_kalender),
    route(
        f"{_EINLADUNG}pdf/",
        vorschau(konferenzbrief.EINLADUNG),
        name="konferenzeinladung_pdf",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
    ),
    route(
        _EINLADUNG,
        festschreiben(konferenzbrief.EINLADUNG),
        name="konferenzeinladung",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        f"{_NIEDERSCHRIFT}pdf/",
        vorschau(konferenzbrief.NIEDERSCHRIFT),
        name="konferenzniederschrift_pdf",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
    ),
    route(
        _NIEDERSCHRIFT,
        festschreiben(konferenzbrief.NIEDERSCHRIFT),
        name="konferenzniederschrift",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    _reads(_PRUEFUNGEN, pruefung.ueberpruefungen),
    _writes(f"{_PRUEFUNGEN}neu/", pruefung.ueberpruefung_neu),
    _reads(_PRUEFUNG, pruefung.ueberpruefung_anzeigen),
    _writes(f"{_PRUEFUNG}eintragen/", pruefung.ueberpruefung_eintragen),
    _writes(f"{_PRUEFUNG}abschliessen/", pruefung.ueberpruefung_abschliessen),
    _writes(f"{_PRUEFUNG}berichte/neu/", pruefbericht.verlaufsbericht_neu),
    _writes(f"{_BERICHT}eintragen/", pruefbericht.verlaufsbericht_eintragen),
    _writes(f"{_BERICHT}bogen/", pruefbericht.verlaufsbericht_bogen),
    _writes(f"{_BERICHT}uebernehmen/", pruefbericht.verlaufsbericht_uebernehmen),
    _writes(f"{_BERICHT}erinnern/", pruefbericht.verlaufsbericht_erinnern),
    route(
        f"{_PRUEFUNG}leitfaden/pdf/",
        vorschau(papiere.LEITFADEN),
        name="ueberpruefung_leitfaden_pdf",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_BERICHT}pdf/",
        vorschau(papiere.ANFORDERUNG),
        name="verlaufsbericht_pdf",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
    ),
    route(
        f"{_BERICHT}schreiben/",
        festschreiben(papiere.ANFORDERUNG),
        name="verlaufsbericht_schreiben",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
]
