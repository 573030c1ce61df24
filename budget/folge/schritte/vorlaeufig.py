"""The gates of money that is paid before the Antrag is decided, and of what is asked back of it."""

from __future__ import annotations

from django.urls import reverse

from budget.bescheid.queries.vorlaeufig import (
    ablehnung_wirksam,
    bewilligung_of,
    erste_bekanntgabe,
    vorlaeufige_of,
    vorlaeufiges_am,
    wirksame_vorlaeufige,
)
from budget.folge.guards import vorlaeufig as guards
from budget.folge.queries import bewilligte_budgets, gezahlt_fuer, norm_of, verlangt_fuer
from budget.folge.schritte.tore import Folgelage, seite
from budget.states.faelle import STREIT
from cases.antrag.queries.zustaendigkeit import vorlaeufigkeit_of
from cases.models import Antrag, Case
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung
from recht.leistungsbeginn import fruehester_beginn
from recht.rechtsstand import Normfolge


def _zustaendigkeit(lage: Folgelage) -> str:
    return reverse("zustaendigkeit", args=[lage.row.case_id])


def _streit(lage: Folgelage) -> Hindernis | None:
    antrag = lage.row.antrag
    if antrag is None:
        return None
    return guards.streit_nicht_seit_2018(lage.row, lage.zeile, antrag.eingang)


def _norm_streit(lage: Folgelage) -> str:
    eingang = lage.row.antrag.eingang if lage.row.antrag else None
    return Normfolge("§ 43 Abs. 1 SGB I", "§ 24 S. 3 SGB IX").am(eingang)


def _norm_beginn(lage: Folgelage) -> str:
    antrag = lage.row.antrag
    return fruehester_beginn(antrag.antragstag, antrag.kenntnis_am).norm if antrag else ""


def _festgehalten(lage: Folgelage) -> Hindernis | None:
    antrag = lage.row.antrag
    if antrag is None:
        return None
    gefunden = vorlaeufigkeit_of(antrag)
    return guards.vorlaeufigkeit_festgehalten(lage.row, lage.zeile, gefunden, norm_of(lage.row))


def _beginn(lage: Folgelage) -> Hindernis | None:
    antrag = lage.row.antrag
    if antrag is None:
        return None
    beginn = fruehester_beginn(antrag.antragstag, antrag.kenntnis_am)
    return guards.vorlaeufig_nicht_vor_antrag(lage.row, lage.zeile, beginn)


def _frei(lage: Folgelage) -> Hindernis | None:
    if not lage.zeile.vorlaeufig or lage.row.antrag is None:
        return None
    andere = _strecken(lage.row.antrag, lage.row.pk)
    bewilligt = bewilligte_budgets(lage.row.case)
    return guards.monat_noch_frei(lage.row, lage.zeile, andere, bewilligt)


def _strecken(antrag: Antrag, ohne: int | None) -> list[guards.Strecke]:
    """Return what is granted provisionally about an Antrag, with what is released only."""
    laufend = wirksame_vorlaeufige(Case.objects.filter(pk=antrag.case_id), ohne=ohne)
    found = [
        guards.Strecke(row.von, row.bis, row.betrag)
        for row in laufend
        if row.antrag == antrag.pk and row.bis >= row.von
    ]
    for row in vorlaeufige_of(antrag):
        von, bis, betrag = row.zeitraum_von, row.zeitraum_bis, row.betrag
        unbekannt = row.wirksam_am is None and row.pk != ohne
        if unbekannt and von is not None and bis is not None and betrag is not None:
            found.append(guards.Strecke(von, bis, betrag))
    return found


def _gilt(lage: Folgelage) -> guards.Strecke | None:
    """Return what is rendered provisionally on the first day of what lowers or ends it."""
    antrag, ab = lage.row.antrag, lage.row.wirkt_ab
    if not lage.zeile.mindert or antrag is None or ab is None:
        return None
    row = vorlaeufiges_am(antrag, ab, ohne=lage.row.pk)
    return guards.Strecke(row.von, row.bis, row.betrag) if row is not None else None


def _verzicht(lage: Folgelage) -> Hindernis | None:
    antrag = lage.row.antrag
    bekannt = erste_bekanntgabe(antrag) if antrag else None
    return guards.verzicht_erklaert(lage.row, lage.zeile, bekannt=bekannt, stichtag=lage.tag)


def _entschieden(lage: Folgelage) -> Hindernis | None:
    antrag = lage.row.antrag
    if antrag is None or not lage.zeile.abrechnung:
        return None
    return guards.erst_nach_der_entscheidung(
        lage.row,
        lage.zeile,
        bewilligt=bewilligung_of(antrag) is not None,
        abgelehnt=ablehnung_wirksam(antrag),
    )


def _verpflichtet(lage: Folgelage) -> Hindernis | None:
    antrag = lage.row.antrag
    if antrag is None or not lage.zeile.abrechnung:
        return None
    streit = any(row.fall_des_gesetzes == STREIT for row in vorlaeufige_of(antrag))
    bewilligt = bewilligung_of(antrag) is not None
    return guards.erstattung_nur_als_verpflichteter(
        lage.row, lage.zeile, streit=streit, bewilligt=bewilligt
    )


def _hoechstens(lage: Folgelage) -> Hindernis | None:
    if not lage.zeile.abrechnung:
        return None
    zu_viel, verlangt = gezahlt_fuer(lage.row), verlangt_fuer(lage.row)
    return guards.abrechnung_hoechstens(lage.row, lage.zeile, zu_viel, verlangt)


VORLAEUFIG: tuple[Pruefung[Folgelage], ...] = (
    Pruefung(
        lambda lage: guards.vorlaeufig_bestimmt(lage.row, lage.zeile),
        "Grund, Betrag und Tage der vorläufigen Leistung stehen fest",
        "§ 33 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(_streit, "Das Gesetz lässt die vorläufige Leistung zu", _norm_streit, seite),
    Pruefung(
        _festgehalten,
        "Warum vorläufig geleistet wird, ist festgehalten",
        lambda lage: norm_of(lage.row),
        _zustaendigkeit,
    ),
    Pruefung(
        _beginn,
        "Vorläufig geleistet wird nicht für die Zeit vor dem Antrag",
        _norm_beginn,
        seite,
    ),
    Pruefung(_frei, "Für diese Monate ist noch nichts bewilligt", "§ 33 Abs. 1 SGB X", seite),
    Pruefung(
        lambda lage: guards.minderung_bestimmt(lage.row, lage.zeile),
        "Der neue Betrag oder das Ende der vorläufigen Leistung steht fest",
        "§ 33 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: guards.minderung_an_laufender(lage.row, lage.zeile, _gilt(lage)),
        "An diesem Tag wird vorläufig geleistet",
        "§ 39 Abs. 2 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: guards.minderung_gibt_weniger(lage.row, lage.zeile, _gilt(lage)),
        "Es wird weniger als bisher",
        lambda lage: norm_of(lage.row),
        seite,
    ),
    Pruefung(
        lambda lage: guards.minderung_zum_monatsersten(lage.row, lage.zeile),
        "Ein Monat hat einen vorläufigen Betrag",
        "§ 33 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        _verzicht,
        "Ein Verzicht ist nach der Bekanntgabe erklärt und eingegangen",
        "§ 46 Abs. 1 SGB I",
        seite,
    ),
    Pruefung(
        _entschieden,
        "Über den Antrag ist endgültig entschieden",
        "§ 42 Abs. 2 S. 2 SGB I",
        seite,
    ),
    Pruefung(
        _verpflichtet,
        "Die Erstattung steht uns zu",
        "§ 43 Abs. 2 S. 2 SGB I",
        seite,
    ),
    Pruefung(
        _hoechstens,
        "Was zusteht, ist angerechnet",
        "§ 42 Abs. 2 S. 1 SGB I",
        seite,
    ),
)
