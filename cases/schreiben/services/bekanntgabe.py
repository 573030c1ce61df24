"""When a letter counts as made known, and what changes that later: receipt, return, Belehrung.

Of several sendings of one letter the first valid Bekanntgabe counts (§ 39 Abs. 1 SGB X); a further
one starts nothing. Every change says why and computes the Fristen anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.db import transaction

from cases.frist.services.frist import correct_frist, land, undo_frist
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.guards import refuse
from cases.models import FOERMLICH, Belehrungsstand, Frist, Schreiben, User, Versand, Versandweg
from cases.models.stand import stand_of
from cases.registry.beitrag import registry
from cases.schreiben.guards.versand import zugang_moeglich
from cases.schreiben.schritte import VERSANDSCHRITTE, Versandlage
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_cases_of, lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from cases.states.versand import Versandzustand
from recht.bekanntgabe import Bekanntgabeergebnis, KeineBekanntgabe, bekanntgabe
from recht.fristkatalog import katalog
from recht.fristkennung import Regel
from recht.rechenweg import Schritt

# What the form of a correction shows; its mark covers these.
GEZEIGT = ("zugang_am", "ausland", "rbb", "feststellung")
_WIDERSPRUCH = (Regel.WIDERSPRUCH, Regel.WIDERSPRUCH_OHNE_BELEHRUNG)
_BELEHRUNG_NORM = "§ 66 Abs. 2 SGG"


def has_rechtsbehelf(schreiben: Schreiben) -> bool:
    """Tell whether a Widerspruch against this letter is possible."""
    art = registry.schreibenarten.get(schreiben.art)
    return art is not None and art.rechtsbehelf


def lock_versand(versand_id: int) -> Versand:
    """Lock and return the row with its letter, case and person."""
    rows = Versand.objects.select_related("schreiben__case__leistungsberechtigte_person")
    return lock_row(rows, versand_id)


def bekanntgabe_of(versand: Versand, aufgabe_am: date) -> Bekanntgabeergebnis | KeineBekanntgabe:
    """Return what the law says about this sending, or why nothing is made known by it."""
    if versand.weg == Versandweg.ZUSTELLUNG and versand.zugang_am is None:
        return KeineBekanntgabe(
            "Zugestellt ist das Schreiben an dem Tag, den die Zustellungsurkunde nennt. Sie steht "
            "noch aus; bitte tragen Sie den Tag ein, wenn sie zurück ist.",
            "§ 65 SGB X, § 3 VwZG",
        )
    try:
        return bekanntgabe(
            aufgabe_am,
            versand.weg,
            land(),
            rbb=versand.rbb,
            ausland=versand.ausland,
            zugang=versand.zugang_am,
        )
    except KeineBekanntgabe as grund:
        return grund


def belehrung_am(versand: Versand, aufgabe_am: date) -> Schritt | None:
    """Mark the Belehrung as wrong where it is not the one of the day of dispatch; say why."""
    art = registry.schreibenarten.get(versand.schreiben.art)
    if art is None or art.belehrung is None:
        return None
    mangel = art.belehrung(versand.schreiben, aufgabe_am, versand.ausland, versand.weg in FOERMLICH)
    if mangel is None:
        return None
    if versand.rbb == Belehrungsstand.RICHTIG:
        versand.rbb = Belehrungsstand.FALSCH
    return Schritt(f"{mangel.text} Die Belehrung ist unrichtig.", _BELEHRUNG_NORM)


def settle_bekanntgabe(schreiben: Schreiben, by: User | None, tag: date) -> date | None:
    """Let the first valid Bekanntgabe of a letter count; return its day, None where there is none.

    The order in which the sendings were told does not matter. Widerspruchsfrist and whatever else
    follows from the day are brought in line.
    """
    aufgegeben = Versand.objects.filter(schreiben=schreiben, state=Versandzustand.AUFGEGEBEN)
    lock_cases_of(aufgegeben)
    rows = list(aufgegeben.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    ergebnisse: dict[int, Bekanntgabeergebnis] = {}
    for row in rows:
        row.schreiben = schreiben
        ergebnis = _compute(row)
        if ergebnis is not None:
            ergebnisse[row.pk] = ergebnis
    bekannt = [row for row in rows if row.bekanntgabe is not None]
    erste = min(bekannt, key=lambda row: (row.bekanntgabe, row.pk), default=None)
    for row in rows:
        _mark(row, erste)
    if has_rechtsbehelf(schreiben):
        _settle_frist(erste, schreiben, ergebnisse, by, tag)
        for follow in registry.nach_widerspruchsfrist:
            follow(schreiben, by, tag)
    return erste.bekanntgabe if erste else None


def follow_neuberechnung(frist: Frist, tag: date) -> None:
    """Settle the letter anew whose Widerspruchsfrist a computation has moved: hook of that run.

    Its sendings name the end too, and what is judged by it follows. Raises nothing: another Frist
    changes nothing.
    """
    art, _, kennung = frist.gegenstand.partition(":")
    if frist.regel in _WIDERSPRUCH and art == "schreiben":
        settle_bekanntgabe(Schreiben.objects.select_related("case").get(pk=kennung), None, tag)


def _compute(row: Versand) -> Bekanntgabeergebnis | None:
    """Put on the row what follows from its own facts, as if it were the only sending."""
    assert row.aufgabe_am is not None  # noqa: S101 - a CHECK: aufgegeben mit Tag
    mangel = belehrung_am(row, row.aufgabe_am)
    ergebnis = bekanntgabe_of(row, row.aufgabe_am)
    rechtsbehelf = has_rechtsbehelf(row.schreiben)
    davor = [asdict(mangel)] if mangel else []
    if isinstance(ergebnis, KeineBekanntgabe):
        row.bekanntgabe = row.widerspruch_bis = None
        row.schritte = [asdict(Schritt(str(ergebnis), ergebnis.norm))]
        row.warnung = str(ergebnis)
        return None
    row.bekanntgabe = ergebnis.bekanntgabe
    row.widerspruch_bis = ergebnis.widerspruch_bis if rechtsbehelf else None
    # Without Rechtsbehelf the account ends with the day of Bekanntgabe.
    ende = None if rechtsbehelf else len(ergebnis.schritte) - len(ergebnis.frist.schritte)
    row.schritte = [*davor, *(asdict(s) for s in ergebnis.schritte[:ende])]
    warnungen = [mangel.text if mangel else "", ergebnis.warnung]
    row.warnung = " ".join(w for w in warnungen[: None if rechtsbehelf else 1] if w)
    return ergebnis


def _mark(row: Versand, erste: Versand | None) -> None:
    """Store the row; one that is not the first says so and starts nothing."""
    row.weitere_ausfertigung = erste is not None and row.pk != erste.pk
    if row.weitere_ausfertigung and erste is not None and erste.bekanntgabe is not None:
        text = (
            f"Weitere Ausfertigung: Bekannt gegeben ist das Schreiben schon am "
            f"{erste.bekanntgabe:%d.%m.%Y} ({erste.get_weg_display()}). Diese Sendung setzt keine "
            "Frist in Lauf."
        )
        row.widerspruch_bis = None
        row.warnung = text
        row.schritte = [asdict(Schritt(text, "§ 39 Abs. 1 SGB X"))]
    row.save()


def _settle_frist(
    erste: Versand | None,
    schreiben: Schreiben,
    ergebnisse: Mapping[int, Bekanntgabeergebnis],
    by: User | None,
    tag: date,
) -> None:
    """Let the Widerspruchsfrist of the first Bekanntgabe run, and no other."""
    ergebnis = ergebnisse[erste.pk] if erste else None
    gilt = ergebnis.frist.frist if ergebnis else ""
    for regel in _WIDERSPRUCH:
        if regel != gilt:
            undo_frist(
                case=schreiben.case,
                gegenstand=schreiben,
                regel=regel,
                tag=tag,
                grund="Bekanntgabe oder Belehrung berichtigt" if gilt else "nicht bekannt gegeben",
            )
    if erste is None or ergebnis is None:
        return
    drei_monate = erste.ausland and gilt == Regel.WIDERSPRUCH
    correct_frist(
        case=schreiben.case,
        regel=gilt,
        gegenstand=schreiben,
        ausloeser=ergebnis.bekanntgabe,
        by=by,
        tag=tag,
        grund=f"bekannt gegeben am {ergebnis.bekanntgabe:%d.%m.%Y}",
        # § 84 Abs. 1 S. 2 SGG, as the catalogue has it.
        laenge=katalog()[Regel.WIDERSPRUCH].eigene_laengen[0] if drei_monate else None,
    )


def note_bekanntgabe(schreiben: Schreiben, am: date | None, by: User | None, tag: date) -> None:
    """Tell the room of the letter on which day it is made known, or that it is not."""
    art = registry.schreibenarten.get(schreiben.art)
    if art is not None and art.nach_bekanntgabe is not None:
        art.nach_bekanntgabe(schreiben, am, by, tag)


@transaction.atomic
def correct_bekanntgabe(
    *,
    versand: Versand,
    zugang_am: date | None,
    ausland: bool,
    rbb: str,
    feststellung: str,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Versand:
    """Record what is known of receipt, country and Belehrung, and let all that follows follow.

    `feststellung` says on what it rests. Raises SchrittUnzulaessig when `by` only reads, nothing
    was posted, no reason is given, the receipt lies before the posting or ahead, or somebody has
    changed the row since `gesehen`.
    """
    versand = lock_versand(versand.pk)
    VERSANDSCHRITTE.require(Versandlage(by, tag, versand), "berichtigen")
    refuse_stale(gesehen=gesehen, jetzt=stand_of(versand, GEZEIGT), zuletzt="")
    refuse(zugang_moeglich(versand, zugang_am, tag))
    _require_reason(feststellung)
    versand.zugang_am, versand.ausland, versand.rbb = zugang_am, ausland, Belehrungsstand(rbb)
    versand.feststellung = feststellung
    versand.save(update_fields=["zugang_am", "ausland", "rbb", "feststellung"])
    return _settle(versand, by, tag, "Angaben zu Zugang und Belehrung berichtigt")


@transaction.atomic
def record_nichtzugang(
    *, versand: Versand, am: date, feststellung: str, by: User, tag: date
) -> Versand:
    """Record that a letter came back or was never received: nothing is made known by it.

    A Wiedervorlage asks the responsible person for a new dispatch. Raises SchrittUnzulaessig when
    `by` only reads, nothing was posted or it was handed over, no reason is given, or the day lies
    before the posting or ahead.
    """
    versand = lock_versand(versand.pk)
    versand.state = VERSANDSCHRITTE.require(Versandlage(by, tag, versand), "nicht_zugegangen")
    refuse(zugang_moeglich(versand, am, tag))
    _require_reason(feststellung)
    text = (
        f"Nicht zugegangen, festgestellt am {am:%d.%m.%Y}: Die Fiktion gilt nicht, durch diese "
        "Sendung ist nichts bekannt gegeben."
    )
    versand.bekanntgabe = versand.widerspruch_bis = versand.zugang_am = None
    versand.weitere_ausfertigung = False
    versand.schritte = [asdict(Schritt(text, "§ 37 Abs. 2 S. 3 SGB X"))]
    versand.warnung = text
    versand.feststellung = feststellung
    versand.save()
    case = versand.schreiben.case
    create_wiedervorlage(
        case=case,
        user=case.caseworker,
        am=tag,
        anlass=f"{versand.schreiben.titel} ist nicht zugegangen: Anschrift klären, neu versenden",
        by=by,
        tag=tag,
    )
    return _settle(versand, by, tag, f"Am {am:%d.%m.%Y} festgestellt: nicht zugegangen")


def _require_reason(feststellung: str) -> None:
    if not feststellung.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, worauf sich das stützt.")


def _settle(versand: Versand, by: User, tag: date, was: str) -> Versand:
    schreiben = versand.schreiben
    am = settle_bekanntgabe(schreiben, by, tag)
    note_bekanntgabe(schreiben, am, by, tag)
    gilt = f"bekannt gegeben am {am:%d.%m.%Y}" if am else "nicht bekannt gegeben"
    note_versand(versand, by, tag, f"{was}; „{schreiben.titel}“ {gilt}")
    versand.refresh_from_db()
    return versand


def note_versand(versand: Versand, by: User | None, tag: date, text: str) -> None:
    """Put a line about this sending into the Chronik of its case."""
    record_ereignis(
        case=versand.schreiben.case, by=by, tag=tag, art="versand", text=text, gegenstand=versand
    )
