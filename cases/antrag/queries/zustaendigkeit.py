"""Reads about the Zuständigkeit: the check of the latest application and what followed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.behoerde.queries.sitz import sitz
from cases.frist.queries import fristen_of
from cases.models import (
    Antrag,
    Antragsteller,
    Antragsweg,
    Case,
    Frist,
    Leistungstraeger,
    Schreiben,
    Teilweiterleitung,
    Traegerart,
    Traegerbeteiligung,
    Vorlaeufigkeit,
    Weiterleitung,
    Zustaendigkeitsentscheidung,
    Zustaendigkeitspruefung,
)
from cases.services.ereignis import gegenstand_of
from cases.states.fall import Fallzustand
from cases.states.frist import Fristzustand
from recht.fristkatalog import katalog
from recht.fristkennung import Regel
from recht.kataloge import leistungsgruppen
from recht.ortsfeiertag import Sitz
from recht.zustaendigkeit import Ergebnis, check_zustaendigkeit, weiterleiten_bis
from recht.zustaendigkeitsfragen import Angaben, bereinigt

_MEHRFACH = ("gruppen", "vorrang_gruppen")
_TAGE = ("bezug_bis", "aufnahme_am")
# Which kind of carrier stands where in the catalogue; a missing kind is no Rehabilitationsträger.
KATALOGNAMEN: dict[str, tuple[str, ...]] = {
    Traegerart.KRANKENKASSE: ("a_krankenkasse", "b_krankenkasse"),
    Traegerart.ARBEITSAGENTUR: ("a_bundesagentur", "b_bundesagentur"),
    Traegerart.UNFALLVERSICHERUNG: ("a_unfallversicherung", "b_unfallversicherung"),
    Traegerart.RENTENVERSICHERUNG: ("a_rentenversicherung", "b_rentenversicherung"),
    Traegerart.LANDWIRTE: ("a_alterssicherung_landwirte", "b_alterssicherung_landwirte"),
    Traegerart.ENTSCHAEDIGUNG: ("a_kriegsopferversorgung", "b_soziale_entschaedigung"),
    Traegerart.JUGENDHILFE: ("a_jugendhilfe", "b_jugendhilfe"),
    Traegerart.SOZIALHILFE: ("a_sozialhilfe", "ue_sozialhilfe"),
    Traegerart.EINGLIEDERUNGSHILFE: ("b_eingliederungshilfe",),
}
# A forwarding to one of these is about the place, not about the matter.
EIGENE_ARTEN = (Traegerart.EINGLIEDERUNGSHILFE, Traegerart.SOZIALHILFE)


def land() -> Sitz:
    """Return where the authority sits: its Land, and the local holidays that hold there."""
    return sitz()


def antrag_of_case(case: Case, kennung: int | None = None) -> Antrag | None:
    """Return the application that the user has chosen, or the one that the case is waiting for.

    Without a choice that is the only one whose Zuständigkeit is open, else the newest; the page
    names it and offers the others. None for an Anfrage, or when the choice is of another case.
    """
    rows = antraege_of_case(case)
    if kennung is not None:
        return next((row for row in rows if row.pk == kennung), None)
    offen = [row for row in rows if is_open(row)] if len(rows) > 1 else rows
    return offen[0] if len(offen) == 1 else next(iter(rows), None)


def antraege_of_case(case: Case) -> list[Antrag]:
    """Return the applications of a case, the newest first."""
    rows = list(
        case.antraege.select_related("zustaendigkeitspruefung", "weiterleitung").order_by(
            "-eingang", "-id"
        )
    )
    for row in rows:
        row.case = case
    return rows


def is_open(antrag: Antrag) -> bool:
    """Tell whether the Zuständigkeit for this application is still to be found.

    A further application in a running case is open as long as its own check runs.
    """
    if antrag.case.state in (Fallzustand.WEITERGELEITET, Fallzustand.BEENDET, Fallzustand.ANFRAGE):
        return False
    if weiterleitung_of(antrag) is not None:
        return False
    if antrag.case.state == Fallzustand.ANTRAG_EINGEGANGEN:
        return True
    return bool(open_fristen(antrag, Regel.ZUSTAENDIGKEITSPRUEFUNG))


def fristbeginn(antrag: Antrag) -> date:
    """Return the day from which the Fristen of the authority count (§ 19 Abs. 3 SGB X)."""
    return antrag.uebersetzung_am or antrag.eingang


def pruefung_of(antrag: Antrag) -> Zustaendigkeitspruefung | None:
    """Return the guided check of this application, None when nobody has begun one."""
    return (
        Zustaendigkeitspruefung.objects.filter(antrag=antrag)
        .select_related("bearbeitet_von")
        .first()
    )


def angaben_of(antrag: Antrag, pruefung: Zustaendigkeitspruefung | None) -> Angaben:
    """Return the saved answers; before the first save what the application itself says."""
    if pruefung is not None:
        return read_antworten(pruefung.antworten)
    bekannt = {g.schluessel for g in leistungsgruppen(antrag.eingang)}
    return Angaben(
        herkunft="zweiter" if antrag.weg == Antragsweg.WEITERGELEITET else _hier_gestellt(antrag),
        gruppen=tuple(
            row.gruppe for row in antrag.beantragte_leistungen.all() if row.gruppe in bekannt
        ),
    )


def _hier_gestellt(antrag: Antrag) -> str:
    """Return „erster“ for what came to the authority itself; the Kenntnis alone is no Antrag."""
    return "" if antrag.antragsteller == Antragsteller.VON_AMTS_WEGEN else "erster"


def read_antworten(daten: dict[str, Any]) -> Angaben:
    """Return stored answers as the law wants them."""
    werte: dict[str, Any] = {}
    for feld in fields(Angaben):
        wert = daten.get(feld.name)
        if feld.name in _MEHRFACH:
            werte[feld.name] = tuple(wert or ())
        elif feld.name in _TAGE:
            werte[feld.name] = date.fromisoformat(wert) if wert else None
        else:
            werte[feld.name] = wert or ""
    return Angaben(**werte)


def write_antworten(angaben: Angaben) -> dict[str, Any]:
    """Return answers as plain JSON, without the empty ones."""
    werte: dict[str, Any] = {}
    for feld in fields(Angaben):
        wert = getattr(angaben, feld.name)
        if wert:
            werte[feld.name] = wert.isoformat() if isinstance(wert, date) else wert
    return {name: list(w) if isinstance(w, tuple) else w for name, w in werte.items()}


def assess(antrag: Antrag, angaben: Angaben, stichtag: date) -> tuple[Angaben, Ergebnis]:
    """Return the answers that matter and what the law proposes on the day."""
    beginn, wo = fristbeginn(antrag), land()
    return (
        bereinigt(angaben, beginn, wo),
        check_zustaendigkeit(angaben, eingang=beginn, stichtag=stichtag, land=wo),
    )


def werte_of_pruefung(
    antrag: Antrag, pruefung: Zustaendigkeitspruefung | None, stichtag: date
) -> dict[str, Any]:
    """Return the guided check as its form shows it: every answer that matters, and the note."""
    angaben, _ = assess(antrag, angaben_of(antrag, pruefung), stichtag)
    werte = {name: getattr(angaben, name) for name in angaben.__slots__}
    return {**werte, "notiz": pruefung.notiz if pruefung else ""}


def other_rehatraeger(stichtag: date) -> QuerySet[Leistungstraeger]:
    """Return the carriers to whom an application can go: none of one's own, none merged away."""
    return Leistungstraeger.objects.filter(
        eigener=False, art__in=list(KATALOGNAMEN), zusammengefuehrt_in__isnull=True
    ).exclude(gueltig_bis__lt=stichtag)


def katalognamen(traeger: Leistungstraeger) -> tuple[str, ...]:
    """Return the keys of this kind of carrier in the catalogues of all laws."""
    return KATALOGNAMEN.get(traeger.art, ())


def entscheidungen_of(antrag: Antrag) -> list[Zustaendigkeitsentscheidung]:
    """Return what was decided about this application, the newest first."""
    return list(antrag.zustaendigkeitsentscheidungen.select_related("entschieden_von"))


def beteiligungen_of(antrag: Antrag) -> list[Traegerbeteiligung]:
    """Return the carriers that were asked for their findings."""
    return list(antrag.traegerbeteiligungen.select_related("traeger"))


def beteiligung_of_case(case: Case, kennung: int) -> Traegerbeteiligung | None:
    """Return one request to a carrier, for whichever application of the case."""
    return (
        Traegerbeteiligung.objects.filter(antrag__case=case, pk=kennung)
        .select_related("traeger", "antrag")
        .first()
    )


def teile_of(antrag: Antrag) -> list[Teilweiterleitung]:
    """Return the parts that went to other carriers."""
    return list(antrag.teilweiterleitungen.select_related("an"))


def vorlaeufigkeit_of(antrag: Antrag) -> Vorlaeufigkeit | None:
    """Return the provisional benefit of this application."""
    return Vorlaeufigkeit.objects.filter(antrag=antrag).select_related("erstattung_durch").first()


def weiterleitung_of(antrag: Antrag) -> Weiterleitung | None:
    """Return the forwarding of the whole application."""
    return Weiterleitung.objects.filter(antrag=antrag).select_related("an").first()


def open_fristen(antrag: Antrag, *regeln: str) -> dict[str, Frist]:
    """Return the Fristen of this application that still run, by rule."""
    rows = fristen_of(antrag.case, antrag, *regeln).filter(state=Fristzustand.OFFEN)
    return {row.regel: row for row in rows}


def decision_fristen(antrag: Antrag, beteiligungen: list[Traegerbeteiligung]) -> list[Frist]:
    """Return what runs until the decision: for the application and the carriers that take part."""
    schluessel = [gegenstand_of(row) for row in (antrag, *beteiligungen)]
    rows = Frist.objects.filter(
        case=antrag.case, gegenstand__in=schluessel, state=Fristzustand.OFFEN
    ).order_by("ende", "id")
    return [row for row in rows if katalog()[row.regel].gruppe == "entscheidung"]


def forward_until(antrag: Antrag) -> date | None:
    """Return the last day on which a forwarding is in time; None when the check does not run."""
    frist = open_fristen(antrag).get(Regel.ZUSTAENDIGKEITSPRUEFUNG)
    return weiterleiten_bis(frist.ende, land()) if frist else None


def missed_pruefung(antrag: Antrag, stichtag: date) -> Frist | None:
    """Return the check that has run out without a forwarding; the authority is bound by it."""
    bis = forward_until(antrag)
    if bis is None or stichtag <= bis:
        return None
    return open_fristen(antrag)[Regel.ZUSTAENDIGKEITSPRUEFUNG]


@dataclass(frozen=True)
class Vorbereitet:
    """A letter that follows from a step: prepared, or frozen already."""

    art: str
    kennung: int
    titel: str
    an: str
    schreiben: Schreiben | None = None


def step_of(model: Any, case: Case, kennung: int) -> Any:
    """Return a step about the Zuständigkeit of this case with its application, None if foreign."""
    rows: QuerySet[Any] = model.objects.filter(antrag__case=case, pk=kennung)
    return rows.select_related(
        "antrag__case__leistungsberechtigte_person", "antrag__case__caseworker"
    ).first()


def entscheidung_of(weiterleitung: Weiterleitung) -> Zustaendigkeitsentscheidung | None:
    """Return the decision that a whole application was handed on by."""
    rows: QuerySet[Zustaendigkeitsentscheidung] = (
        weiterleitung.antrag.zustaendigkeitsentscheidungen.filter(
            traeger_name=weiterleitung.an.name, am=weiterleitung.am
        )
    )
    return rows.exclude(art="teilweise").first()


def frist_end(antrag: Antrag, regel: str) -> date | None:
    """Return the end of a Frist of the application, running or lifted with the forwarding."""
    rows = Frist.objects.filter(case=antrag.case_id, regel=regel, gegenstand=gegenstand_of(antrag))
    return rows.order_by("-id").values_list("ende", flat=True).first()


def frozen_by_gegenstand(case: Case) -> dict[tuple[str, str], Schreiben]:
    """Return the letters of a case by kind and object."""
    rows = Schreiben.objects.filter(case=case).defer("daten").order_by("id")
    return {(row.art, row.gegenstand): row for row in rows}
