"""A case with a released plan, and a budget told through its services up to a wanted step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budget.bemessung.services.teilbudget import finish_bemessung, set_teilbudget
from budget.bescheid.services.bescheid import draft_bescheid, release_bescheid, submit_bescheid
from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from budget.verfahren.services import start_budget
from budget.zielvereinbarung.services import (
    draft_zielvereinbarung,
    issue_zielvereinbarung,
    record_unterschriften,
)
from cases.fall.services.case import determine_zustaendigkeit
from cases.models import Case, User
from gesamtplan.models import (
    Bedarf,
    Bedarfsermittlung,
    Gesamtplan,
    Leistung,
    Planinhalt,
    Teilhabeziel,
)
from recht.rechtsstand import BEGINN_B
from tests import fabriken
from tests.budget.briefe import make_schreiben
from tests.budget.musterleistungen import LEISTUNGEN_A, LEISTUNGEN_B, schluessel_of


@dataclass(frozen=True)
class Tage:
    """The days of a story."""

    eingang: date
    plan: date
    ausgefertigt: date
    unterschrift: date
    bescheid: date
    beginn: date
    ende: date | None


A = Tage(
    date(2005, 9, 12),
    date(2005, 11, 2),
    date(2005, 11, 7),
    date(2005, 11, 14),
    date(2005, 11, 18),
    date(2005, 12, 1),
    date(2007, 11, 30),
)
B = Tage(
    date(2026, 3, 2),
    date(2026, 4, 1),
    date(2026, 4, 8),
    date(2026, 4, 15),
    date(2026, 4, 20),
    date(2026, 5, 1),
    None,
)


@dataclass
class Akte:
    """A case with the people who work on it and what has come of it so far."""

    tage: Tage
    fallmanager: User
    leitung: User
    case: Case
    plan: Gesamtplan
    leistungen: dict[str, Leistung] = field(default_factory=dict)
    budget: PersoenlichesBudget | None = None
    zielvereinbarung: Zielvereinbarung | None = None
    bescheid: Bescheid | None = None


def make_akte(
    tage: Tage = A,
    *,
    leistungen: tuple = (),
    kennung: str = "",
    befunde: Mapping[str, Mapping[str, str]] | None = None,
    planinhalte: Mapping[str, str] | None = None,
    weitere_ziele: tuple[tuple[str, str, str], ...] = (),
) -> Akte:
    """Return a case with a released plan of four Leistungen of two or three carriers.

    `befunde` are the fields of the Bedarf by Lebensbereich, `planinhalte` texts of the plan;
    `weitere_ziele` (Lebensbereich, text, criterion) are goals that its first Leistung serves too.
    """
    fabriken.make_behoerde()
    team = fabriken.make_team(f"Team {kennung or 'Nord'}")
    fm = fabriken.make_fallmanager(f"fm{kennung}", team)
    leitung = fabriken.make_leitung(f"ltg{kennung}", team)
    case = fabriken.make_fall(fm, eingang=tage.eingang)
    determine_zustaendigkeit(
        antrag=fabriken.antrag_of(case), begruendung="wohnt hier", by=fm, tag=tage.eingang
    )
    ermittlung = Bedarfsermittlung.objects.create(
        case=case,
        datum=tage.plan,
        instrument="BEI_BW",
        beteiligte="Emil Muster",
        erstellt_von=fm,
        bearbeitet_von=fm,
    )
    for bereich, felder in (befunde or {}).items():
        Bedarf.objects.create(bedarfsermittlung=ermittlung, lebensbereich=bereich, **felder)
    ermittlung.state, ermittlung.abgeschlossen_am = "abgeschlossen", tage.plan
    ermittlung.save()
    plan = Gesamtplan.objects.create(
        case=case,
        version=1,
        bedarfsermittlung=ermittlung,
        anlass="erste Planung",
        datum=tage.plan,
        ueberpruefung_am=tage.plan.replace(year=tage.plan.year + 2),
        erstellt_von=fm,
        bearbeitet_von=fm,
    )
    for schluessel, text in (planinhalte or {}).items():
        Planinhalt.objects.create(gesamtplan=plan, schluessel=schluessel, text=text)
    akte = Akte(tage, fm, leitung, case, plan)
    _add_leistungen(akte, leistungen or (LEISTUNGEN_B if tage.beginn >= BEGINN_B else LEISTUNGEN_A))
    _add_weitere_ziele(akte, weitere_ziele)
    _release(akte)
    return akte


def _add_weitere_ziele(akte: Akte, ziele: tuple[tuple[str, str, str], ...]) -> None:
    if not ziele:
        return
    erste = next(iter(akte.leistungen.values()))
    erste.weitere_ziele = [
        Teilhabeziel.objects.create(
            gesamtplan=akte.plan,
            nummer=nummer,
            lebensbereich=bereich,
            text=text,
            kriterium=kriterium,
            bis=erste.teilhabeziel.bis,
        ).kennung
        for nummer, (bereich, text, kriterium) in enumerate(ziele, start=2)
    ]
    erste.save()


def _add_leistungen(akte: Akte, leistungen: tuple) -> None:
    ziel = Teilhabeziel.objects.create(
        gesamtplan=akte.plan,
        nummer=1,
        lebensbereich="d6",
        text="Den Haushalt selbst führen",
        kriterium="Drei warme Mahlzeiten in der Woche",
        bis=akte.tage.plan.replace(year=akte.tage.plan.year + 1),
    )
    for kurz, art, bezeichnung, norm, *schluessel in leistungen:
        eigener = art in {"eingliederungshilfe", "sozialhilfe"}
        fremd = "AOK Probe" if art == "pflegekasse" else f"Probe ({art})"
        akte.leistungen[kurz] = Leistung.objects.create(
            gesamtplan=akte.plan,
            teilhabeziel=ziel,
            leistungstraeger=fabriken.make_traeger(
                art, f"Landkreis Musterau ({art})" if eigener else fremd, eigener=eigener
            ),
            bezeichnung=bezeichnung,
            norm=norm,
            katalogschluessel=schluessel[0]
            if schluessel
            else schluessel_of(kurz, akte.tage.beginn),
            leistungsform="geldleistung" if kurz == "grundsicherung" else "persoenliches_budget",
            umfang="nach Bedarf",
            beginn=akte.tage.beginn,
            ende=akte.tage.ende,
            ergaenzend=kurz == "grundsicherung",
        )


def _release(akte: Akte) -> None:
    plan = akte.plan
    plan.schreiben = make_schreiben(akte.case, akte.fallmanager, "gesamtplan")
    plan.state = "freigegeben"
    plan.vorgelegt_von, plan.vorgelegt_am = akte.fallmanager, akte.tage.plan
    plan.freigegeben_von, plan.freigegeben_am = akte.leitung, akte.tage.plan
    plan.save()
    Case.objects.filter(pk=akte.case.pk).update(state="geplant")
    akte.case.refresh_from_db()


_NUR_PFLEGE = (("pflegekasse", "pflegekasse", "Pflegehilfe", "§ 36 SGB XI"),)


def nur_pflegekasse(tage: Tage) -> Akte:
    """Return a case in which a Pflegekasse alone pays, by vouchers."""
    akte = make_akte(tage, leistungen=_NUR_PFLEGE)
    start(akte)
    teil(akte, "pflegekasse", "gutschein", betrag=Decimal("700"))
    return akte


def start(akte: Akte, **felder: object) -> PersoenlichesBudget:
    """Begin the budget with the values of the Musterfall."""
    werte: dict[str, object] = {
        "antrag": akte.case.antraege.earliest("eingang"),
        "beginn": akte.tage.beginn,
        "ende": akte.tage.ende,
        "befristungsgrund": "Der Hilfebedarf wird dann neu eingestuft." if akte.tage.ende else "",
        "vergleichssumme": Decimal("2500.00"),
        "absprachen": "Alle Träger und die Person sind sich am Telefon einig.",
    }
    werte.update(felder)
    akte.budget = start_budget(
        case=akte.case,
        gesamtplan=akte.plan,
        by=akte.fallmanager,
        tag=akte.tage.ausgefertigt,
        **werte,
    )
    return akte.budget


def teil(akte: Akte, kurz: str, bemessungsart: str, **felder: object) -> None:
    """Set one Teilbudget."""
    set_teilbudget(
        budget=akte.budget,
        leistung=akte.leistungen[kurz],
        bemessungsart=bemessungsart,
        by=akte.fallmanager,
        tag=akte.tage.ausgefertigt,
        **felder,
    )


# From what an amount follows that is set for the single case.
BERECHNET = "Berechnung des Sozialamts vom Vortag."


def bemiss(akte: Akte) -> Akte:
    """Set the four Teilbudgets of the Musterfall: 1.050, 330, 921 as Gutschein, 413."""
    if akte.budget is None:
        start(akte)
    satz = "stufe2" if akte.tage is A else "grad2"
    grund = "Die Freizeitbegleitung übernimmt der Verein."
    teil(akte, "teilhabe", "individuell", betrag=Decimal("1050.00"), abweichung_grund=grund)
    teil(
        akte, "grundsicherung", "individuell", betrag=Decimal("330.00"), abweichung_grund=BERECHNET
    )
    teil(
        akte,
        "pflegekasse",
        "gutschein",
        parameter_schluessel=f"pflegesachleistung.{satz}",
        stellungnahme_vom=akte.tage.plan,
    )
    teil(akte, "pflege", "individuell", betrag=Decimal("413.00"), abweichung_grund=BERECHNET)
    return akte


STUFEN = ("bemessen", "entwurf", "ausgefertigt", "vereinbart", "bescheid", "vorgelegt", "frei")


def tell(bis: str, tage: Tage = A, *, akte: Akte | None = None) -> Akte:
    """Tell the Musterfall through its services up to one of STUFEN."""
    akte = bemiss(akte or make_akte(tage))
    for stufe, step in zip(STUFEN, _STEPS, strict=True):
        step(akte)
        if stufe == bis:
            return akte
    raise ValueError(bis)


def _measure(akte: Akte) -> None:
    akte.budget = finish_bemessung(
        budget=akte.budget, by=akte.fallmanager, tag=akte.tage.ausgefertigt
    )


def _draft(akte: Akte) -> None:
    akte.zielvereinbarung = draft_zielvereinbarung(
        budget=akte.budget, by=akte.fallmanager, tag=akte.tage.ausgefertigt
    )


def _issue(akte: Akte) -> None:
    akte.zielvereinbarung = issue_zielvereinbarung(
        zielvereinbarung=akte.zielvereinbarung, by=akte.fallmanager, tag=akte.tage.ausgefertigt
    )


def _sign(akte: Akte) -> None:
    akte.zielvereinbarung = record_unterschriften(
        zielvereinbarung=akte.zielvereinbarung,
        person_am=akte.tage.unterschrift,
        person_durch="Emil Muster",
        traeger_am=akte.tage.unterschrift,
        traeger_von=akte.fallmanager,
        by=akte.fallmanager,
        tag=akte.tage.unterschrift,
    )
    akte.budget.refresh_from_db()


def _decide(akte: Akte) -> None:
    akte.bescheid = draft_bescheid(
        budget=akte.budget,
        erste_auszahlung=akte.tage.beginn,
        begruendung="Der Bedarf ist festgestellt.\n\nDem Antrag wird entsprochen.",
        by=akte.fallmanager,
        tag=akte.tage.unterschrift,
    )


def _submit(akte: Akte) -> None:
    akte.bescheid = submit_bescheid(
        bescheid=akte.bescheid, by=akte.fallmanager, tag=akte.tage.unterschrift
    )


def _release_bescheid(akte: Akte) -> None:
    akte.bescheid = release_bescheid(
        bescheid=akte.bescheid, by=akte.leitung, tag=akte.tage.bescheid
    )
    akte.case.refresh_from_db()
    akte.budget.refresh_from_db()


_STEPS = (_measure, _draft, _issue, _sign, _decide, _submit, _release_bescheid)


def insert_ausgefertigt(akte: Akte) -> Akte:
    """Bring a budget to its printed Zielvereinbarung without setting the letter."""
    return insert_ausfertigung(tell("entwurf", akte.tage, akte=akte))


def insert_ausfertigung(akte: Akte) -> Akte:
    """Let the draft of an agreement be printed without setting the letter."""
    summen = {"gesamt": f"{akte.budget.summe():.2f}"}
    row = akte.zielvereinbarung
    row.schreiben = make_schreiben(
        akte.case, akte.fallmanager, "zielvereinbarung", {"summen": summen}
    )
    row.ausgefertigt_am = akte.tage.ausgefertigt
    row.state = "ausgefertigt"
    row.save()
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="zielvereinbarung")
    akte.budget.refresh_from_db()
    return akte


def insert_vereinbart(akte: Akte) -> Akte:
    """Bring a budget to its signed Zielvereinbarung without setting the letter."""
    _sign(insert_ausgefertigt(akte))
    return akte


def insert_entworfen(akte: Akte) -> Akte:
    """Draft the Bescheid of an agreed budget."""
    _decide(akte)
    return akte


def insert_vorgelegt(akte: Akte | None = None, tage: Tage = A) -> Akte:
    """Bring a case to its submitted Bescheid without setting a letter."""
    return insert_vorgelegt_bescheid(insert_vereinbart(akte or make_akte(tage)))


def insert_vorgelegt_bescheid(akte: Akte) -> Akte:
    """Draft and submit the Bescheid of an agreed budget."""
    _decide(akte)
    _submit(akte)
    return akte


def insert_bescheid(akte: Akte, state: str) -> Akte:
    """Put the Bescheid of a case into a state as if it had been released."""
    row = akte.bescheid
    if state not in {"entwurf", "vorgelegt"}:
        row.schreiben = make_schreiben(
            akte.case, akte.leitung, "bescheid", datum=akte.tage.bescheid
        )
        row.freigegeben_von = akte.leitung
        row.freigegeben_am = akte.tage.bescheid
    row.state = state
    row.save()
    return akte
