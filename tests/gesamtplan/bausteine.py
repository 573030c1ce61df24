"""Plans for tests, built the way the program builds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cases.einwilligung.services import Empfaengerangabe, record_einwilligung
from cases.fall.services.case import determine_zustaendigkeit
from cases.models import Case, Einwilligung, User
from cases.states.fall import Fallzustand
from gesamtplan.bedarf import services as bedarf
from gesamtplan.models import Bedarfsermittlung, Gesamtplan, Leistung, Teilhabeziel, Ueberpruefung
from gesamtplan.models.angaben import (
    Befund,
    Bewertung,
    Bewertungsstelle,
    Leistungsangaben,
    Zielangaben,
)
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan, leistung, teilhabeziel
from gesamtplan.ueberpruefung.services import ueberpruefung
from recht.rechtsstand import BEGINN_B
from tests.fabriken import HEUTE, antrag_of, make_fall, make_traeger

KOCHEN = Befund(
    beeintraechtigung="Herr Muster kann Mahlzeiten nicht allein zubereiten.",
    ressourcen="Er kauft gern ein.",
    wunsch="„Ich möchte selbst kochen.“",
    bedarf="Anleitung beim Kochen, dreimal in der Woche.",
)
TEXT = "Besprochen und festgehalten."


def make_zustaendigen_fall(by: User, tag: date = HEUTE) -> Case:
    """Return a case whose Zuständigkeit is settled."""
    case = make_fall(by, eingang=tag)
    return determine_zustaendigkeit(
        antrag=antrag_of(case), begruendung="wohnt im Kreis", by=by, tag=tag
    )


def make_ermittlung(case: Case, by: User, tag: date = HEUTE) -> Bedarfsermittlung:
    """Return a Bedarfsermittlung in work with one finding."""
    row = bedarf.start_bedarfsermittlung(
        case=case,
        datum=tag,
        instrument="BEI_BW",
        beteiligte="Emil Muster",
        grund="Neue Umstände",
        by=by,
        tag=tag,
    )
    return bedarf.update_bedarf(bedarfsermittlung=row, befunde={"d6": KOCHEN}, by=by, tag=tag)


def make_abgeschlossene_ermittlung(case: Case, by: User, tag: date = HEUTE) -> Bedarfsermittlung:
    """Return a closed Bedarfsermittlung."""
    row = make_ermittlung(case, by, tag)
    return bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=by, tag=tag)


def make_leeren_plan(by: User, tag: date = HEUTE) -> Gesamtplan:
    """Return the first version without contents, goals and Leistungen."""
    case = make_zustaendigen_fall(by, tag)
    make_abgeschlossene_ermittlung(case, by, tag)
    return gesamtplan.create_gesamtplan(case=case, anlass="Erstantrag", datum=tag, by=by, tag=tag)


def add_ziel(plan: Gesamtplan, by: User, text: str = "Ich koche selbst.") -> Teilhabeziel:
    """Add a goal to a draft."""
    angaben = Zielangaben(
        "d6", text, "Dreimal in der Woche ohne Hilfe", date(plan.datum.year + 1, 6, 30)
    )
    return teilhabeziel.add_teilhabeziel(gesamtplan=plan, angaben=angaben, by=by, tag=plan.datum)


def add_leistung_zu(ziel: Teilhabeziel, by: User, bezeichnung: str = "Assistenz") -> Leistung:
    """Add a Leistung of the own authority for a goal."""
    plan = ziel.gesamtplan
    angaben = Leistungsangaben(
        teilhabeziel=ziel,
        leistungstraeger=make_traeger("eingliederungshilfe", "Landkreis Musterau", eigener=True),
        bezeichnung=bezeichnung,
        norm="§ 113 Abs. 2 Nr. 2 SGB IX",
        katalogschluessel="b_assistenz" if plan.datum >= BEGINN_B else "a_gemeinschaft_insgesamt",
        leistungsform="dienstleistung",
        umfang="6 Stunden in der Woche",
        beginn=plan.datum,
    )
    return leistung.add_leistung(gesamtplan=plan, angaben=angaben, by=by, tag=plan.datum)


def texte_of(plan: Gesamtplan) -> Mapping[str, str]:
    """Return a text for every required content that the plan does not hold already."""
    return {z.inhalt.schluessel: TEXT for z in inhaltszeilen(plan) if z.verlangt and not z.erfuellt}


def make_plan(by: User, tag: date = HEUTE, ziele: int = 1) -> Gesamtplan:
    """Return a complete draft with goals, each with a Leistung."""
    plan = make_leeren_plan(by, tag)
    for nummer in range(1, ziele + 1):
        add_leistung_zu(add_ziel(plan, by, f"Ziel Nummer {nummer}"), by, f"Leistung {nummer}")
    plan = get_plan(plan.pk)
    ueberpruefung = plan.ueberpruefung_am or date(tag.year + 1, tag.month, 15)
    return gesamtplan.update_planinhalte(
        gesamtplan=plan, texte=texte_of(plan), ueberpruefung_am=ueberpruefung, by=by, tag=tag
    )


def make_vorgelegten_plan(by: User, tag: date = HEUTE, ziele: int = 1) -> Gesamtplan:
    """Return a submitted version."""
    plan = make_plan(by, tag, ziele)
    return freigabe.submit_gesamtplan(gesamtplan=plan, by=by, tag=tag)


def make_freigegebenen_plan(
    by: User, leitung: User, tag: date = HEUTE, ziele: int = 1
) -> Gesamtplan:
    """Return a released version with its frozen PDF."""
    plan = make_vorgelegten_plan(by, tag, ziele)
    return freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=tag)


def make_fortschreibung(by: User, leitung: User, tag: date = HEUTE, ziele: int = 1) -> Gesamtplan:
    """Return version 2 as a draft."""
    alt = make_freigegebenen_plan(by, leitung, tag, ziele)
    return gesamtplan.continue_gesamtplan(gesamtplan=alt, anlass="Umzug", datum=tag, by=by, tag=tag)


def make_laufenden_plan(by: User, leitung: User, tag: date = HEUTE, ziele: int = 1) -> Gesamtplan:
    """Return a released version in a case whose help runs."""
    plan = make_freigegebenen_plan(by, leitung, tag, ziele)
    Case.objects.filter(pk=plan.case_id).update(state=Fallzustand.LEISTUNG_LAEUFT)
    return get_plan(plan.pk)


def rate(row: Ueberpruefung, **status: str) -> dict[Bewertungsstelle, Bewertung]:
    """Return for every goal of a review what the voices of `status` say, with a reason each."""
    return {
        Bewertungsstelle(ziel.kennung, stimme): Bewertung(wert, f"{stimme} sagt es.")
        for ziel in row.gesamtplan.teilhabeziele.all()
        for stimme, wert in status.items()
    }


def make_bewertete_ueberpruefung(
    plan: Gesamtplan, by: User, tag: date = HEUTE, **status: str
) -> Ueberpruefung:
    """Return a review with its talk on `tag`, rated by person and Fallmanagement."""
    row = ueberpruefung.start_ueberpruefung(case=plan.case, anlass="planmaessig", by=by, tag=tag)
    status = status or {"person": "erreicht", "fallmanagement": "teilweise"}
    return ueberpruefung.update_ueberpruefung(
        ueberpruefung=row,
        bewertungen=rate(row, **status),
        gespraech_am=tag,
        ort="Hausbesuch",
        beteiligte="Emil Muster",
        by=by,
        tag=tag,
    )


def make_planeinwilligung(
    case: Case, by: User, empfaenger: str = "Lebensnah gGmbH", tag: date = HEUTE
) -> Einwilligung:
    """Return a consent to hand the Gesamtplan on to somebody by name."""
    return record_einwilligung(
        case=case,
        empfaenger=Empfaengerangabe(name=empfaenger, anschrift=("Weg 1", "70999 Musterau")),
        teile=["gesamtplan"],
        zweck="Assistenz planen",
        form="schriftlich",
        erteilt_am=tag,
        gueltig_ab=tag,
        gueltig_bis=None,
        erklaert_durch="person",
        vertreten_durch="",
        unterlage=None,
        by=by,
        tag=tag,
    )
