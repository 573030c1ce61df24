"""Steps of a further decision: draft, hear, submit, return, release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from budget.folge.guards import anhoerung as anhoerungsguards
from budget.folge.guards import bescheid as guards
from budget.folge.queries.gegenstand import gegenstaende_of
from budget.folge.schreiben.daten import ANHOERUNG
from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.folge.services.jahresfrist import lift_jahresfrist, update_jahresfrist
from budget.models import Folgebescheid, PersoenlichesBudget, Widerspruch
from budget.states import Bescheidzustand
from budget.states.folge import FOLGEARTEN, Bezug
from cases.fall.services.case import lock_case
from cases.frist.services.frist import keep_frist
from cases.guards import refuse
from cases.models import Antrag, Case, Schreiben, User
from cases.models.stand import stand_of, werte_of
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel

# What a person writes or chooses in the form; its mark covers these.
ANGABEN = (
    "wirkt_ab",
    "fall_des_gesetzes",
    "kenntnis_am",
    "betrag",
    "zeitraum_von",
    "zeitraum_bis",
    "zahlung_bis",
    "hinweis_vom",
    "hinweis_bis",
    "gekuendigt_am",
    "verzicht_vom",
    "verzicht_eingang",
    "anspruch",
    "teilweise",
    "sachverhalt",
    "gruende",
    "ermessen",
    "anhoerung_bis",
    "anhoerung_verzicht",
    "verzicht_grund",
    "sofort_vollziehbar",
    "sofort_grund",
    "gericht",
    "ausland",
    "zustellung",
)
GERICHT_ART = "widerspruchsbescheid"
Gegenstand = Antrag | PersoenlichesBudget | Widerspruch


def lock_folgebescheid(row: Folgebescheid) -> Folgebescheid:
    """Lock case and decision, in this order; a second releaser waits here."""
    return lock_row(
        Folgebescheid.objects.select_related(
            "case__leistungsberechtigte_person", "budget", "antrag", "widerspruch"
        ),
        row.pk,
    )


def note_folge(row: Folgebescheid, by: User | None, tag: date, text: str) -> None:
    """Put a line about the decision into the Chronik of its case."""
    record_ereignis(
        case=row.case,
        by=by,
        tag=tag,
        art="folgebescheid",
        text=f"{row.get_art_display()}: {text}",
        gegenstand=row,
    )


def art_of(row: Folgebescheid) -> str:
    """Return the kind of its letter: what can be attacked starts another Frist than what cannot."""
    zeile = FOLGEARTEN[row.art]
    if row.art == GERICHT_ART:
        return "widerspruchsbescheid"
    return "folgebescheid" if zeile.verwaltungsakt else "folgemitteilung"


@transaction.atomic
def draft_folgebescheid(
    *, case: Case, art: str, gegenstand: Gegenstand, by: User, tag: date, angaben: Mapping[str, Any]
) -> Folgebescheid:
    """Draft a decision of a kind about one Antrag, budget or Widerspruch of the case.

    Raises SchrittUnzulaessig when `by` only reads, there is nothing to decide about, or a draft of
    this kind is there already.
    """
    if not by.rollen & SCHREIBENDE:
        raise SchrittUnzulaessig("Bescheide entwerfen Fallmanagement und Sachgebietsleitung.")
    case, zeile = lock_case(case.pk), FOLGEARTEN[art]
    gefunden = gegenstaende_of(case, zeile)
    refuse(guards.gegenstand_vorhanden(zeile, gefunden))
    if gegenstand not in gefunden:
        raise SchrittUnzulaessig("Darüber wird in diesem Fall nicht entschieden.")
    bezug = {zeile.bezug.value: gegenstand}
    offene = Folgebescheid.objects.filter(art=art, **bezug)
    refuse(guards.kein_zweiter_entwurf(offene.filter(state__in=_ARBEIT).first()))
    row = Folgebescheid(
        case=case,
        art=art,
        datum=tag,
        erstellt_von=by,
        bearbeitet_von=by,
        **bezug,
        **{name: angaben[name] for name in ANGABEN if name in angaben},
    )
    row.nachteilig = _takes(row)
    row.save()
    update_jahresfrist(row, by, tag)
    note_folge(row, by, tag, f"entworfen{_verzicht(row)}")
    return row


def _verzicht(row: Folgebescheid) -> str:
    """Return the days of the waiver for the Chronik, nothing where there is none."""
    if row.verzicht_vom is None or row.verzicht_eingang is None:
        return ""
    return (
        f" (Verzicht vom {row.verzicht_vom:%d.%m.%Y}, "
        f"eingegangen am {row.verzicht_eingang:%d.%m.%Y})"
    )


def _takes(row: Folgebescheid) -> bool:
    """Tell whether it takes something: what gives, or she asked for, no Widerspruch holds up."""
    zeile = FOLGEARTEN[row.art]
    return not zeile.vorlaeufig and not (zeile.mindert and row.selbst_gewollt)


_ARBEIT = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT, Bescheidzustand.FREIGEGEBEN)


@transaction.atomic
def update_folgebescheid(
    *, row: Folgebescheid, by: User, tag: date, angaben: Mapping[str, Any], gesehen: str = ""
) -> Folgebescheid:
    """Change a draft; who changes it counts as author from then on.

    What the person was heard about stays: after the Anhörung an earlier first day of effect or a
    new case of the law asks for a new one; a later day takes less from her. Raises
    SchrittUnzulaessig when the decision is no draft, `by` only reads, the time to answer would be
    another than that of the letter, or somebody has changed it since.
    """
    row = lock_folgebescheid(row)
    FOLGESCHRITTE.require(Folgelage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of(row, ANGABEN)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    vorher, ab, bis = _angehoertes(row), row.wirkt_ab, row.anhoerung_bis
    for name in ANGABEN:
        if name in angaben:
            setattr(row, name, angaben[name])
    frueher = ab is not None and (row.wirkt_ab is None or row.wirkt_ab < ab)
    if row.anhoerung_schreiben_id is not None and (frueher or _angehoertes(row) != vorher):
        row.anhoerung_schreiben = row.aeusserung_am = None
        row.aeusserung = ""
        note_folge(row, by, tag, "Absicht geändert; die Person ist neu anzuhören (§ 24 SGB X)")
    refuse(anhoerungsguards.anhoerungsfrist_zugesagt(row, bis))
    row.datum, row.bearbeitet_von = tag, by
    if FOLGEARTEN[row.art].mindert:
        row.nachteilig = _takes(row)
    row.save()
    update_jahresfrist(row, by, tag)
    note_folge(row, by, tag, f"bearbeitet{_verzicht(row)}")
    return row


def _angehoertes(row: Folgebescheid) -> tuple[object, ...]:
    """Return what the person was told that is intended, beside its first day (§ 24 SGB X)."""
    return (
        row.fall_des_gesetzes,
        row.betrag,
        row.zeitraum_von,
        row.zeitraum_bis,
        row.sachverhalt.strip(),
        row.anspruch,
    )


@transaction.atomic
def issue_anhoerung(*, row: Folgebescheid, by: User, tag: date) -> Schreiben:
    """Freeze the letter in which the person is heard about the intended decision.

    Raises SchrittUnzulaessig when the kind asks for none, she was heard already, the text or the
    time to answer is missing or too short, or `by` only reads (§ 24 Abs. 1 SGB X).
    """
    row = lock_folgebescheid(row)
    FOLGESCHRITTE.require(Folgelage(by, tag, row), "anhoeren")
    anlass = Schreibanlass(case=row.case, tag=tag, by=by, gegenstand=row, zeichnet=by)
    return write_schreiben(art=ANHOERUNG, anlass=anlass)


def follow_anhoerung(anlass: Schreibanlass, schreiben: Schreiben) -> None:
    """Keep the letter of the Anhörung with its decision: the hook of its freezing."""
    row = lock_folgebescheid(anlass.gegenstand)
    row.anhoerung_schreiben, row.bearbeitet_von = schreiben, anlass.by
    row.save(update_fields=["anhoerung_schreiben", "bearbeitet_von"])
    note_folge(row, anlass.by, anlass.tag, f"Anhörung geschrieben ({schreiben.nummer})")


@transaction.atomic
def record_aeusserung(
    *, row: Folgebescheid, am: date, text: str, by: User, tag: date
) -> Folgebescheid:
    """Note what the person has said about the intended decision (§ 24 Abs. 1 SGB X).

    Raises SchrittUnzulaessig when the day lies ahead or the decision is no draft.
    """
    row = lock_folgebescheid(row)
    FOLGESCHRITTE.require(Folgelage(by, tag, row), "aeusserung_vermerken")
    if am > tag:
        raise SchrittUnzulaessig("Die Äußerung liegt in der Zukunft.")
    row.aeusserung_am, row.aeusserung, row.bearbeitet_von = am, text, by
    row.save(update_fields=["aeusserung_am", "aeusserung", "bearbeitet_von"])
    keep_frist(
        case=row.case, gegenstand=row, regel=Regel.ANHOERUNG, tag=am, durch="Äußerung eingegangen"
    )
    note_folge(row, by, tag, f"Äußerung vom {am:%d.%m.%Y} vermerkt")
    return row


@transaction.atomic
def submit_folgebescheid(*, row: Folgebescheid, by: User, tag: date) -> Folgebescheid:
    """Hand a draft to the Sachgebietsleitung; an earlier return is settled with that.

    Raises SchrittUnzulaessig with the first gate of its content that is closed.
    """
    row = lock_folgebescheid(row)
    row.state = FOLGESCHRITTE.require(Folgelage(by, tag, row), "vorlegen")
    row.vorgelegt_am, row.vorgelegt_von, row.rueckgabe_grund = tag, by, ""
    row.save()
    note_folge(row, by, tag, "zur Freigabe vorgelegt")
    return row


@transaction.atomic
def withdraw_folgebescheid(*, row: Folgebescheid, by: User, tag: date) -> Folgebescheid:
    """Take a submission back before anybody has decided about it.

    Raises SchrittUnzulaessig when the decision is not submitted or `by` only reads.
    """
    return _back_to_draft(row, "zurueckziehen", "", by, tag)


@transaction.atomic
def return_folgebescheid(*, row: Folgebescheid, grund: str, by: User, tag: date) -> Folgebescheid:
    """Give a submitted decision back to its author with the reason.

    Raises SchrittUnzulaessig when it is not submitted, `by` does not lead, or no reason is given.
    """
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, was zu ändern ist.")
    return _back_to_draft(row, "zurueckgeben", grund, by, tag)


def _back_to_draft(
    row: Folgebescheid, schritt: str, grund: str, by: User, tag: date
) -> Folgebescheid:
    row = lock_folgebescheid(row)
    row.state = FOLGESCHRITTE.require(Folgelage(by, tag, row), schritt)
    row.save(update_fields=["state"])
    # A submitted row is fixed; as a draft it may lose the marks of its submission.
    row.rueckgabe_grund, row.vorgelegt_am, row.vorgelegt_von = grund, None, None
    row.save(update_fields=["rueckgabe_grund", "vorgelegt_am", "vorgelegt_von"])
    was = f"zurückgegeben: {grund}" if grund else "Vorlage zurückgezogen"
    note_folge(row, by, tag, was)
    return row


@transaction.atomic
def discard_folgebescheid(*, row: Folgebescheid, by: User, tag: date) -> None:
    """Throw a draft away that nobody outside has heard of.

    Raises SchrittUnzulaessig when it is no draft, the person was heard about it, or `by` only
    reads.
    """
    row = lock_folgebescheid(row)
    FOLGESCHRITTE.require(Folgelage(by, tag, row), "verwerfen")
    lift_jahresfrist(row, tag, "Entwurf verworfen")
    note_folge(row, by, tag, "Entwurf verworfen")
    row.delete()


@transaction.atomic
def release_folgebescheid(
    *, row: Folgebescheid, by: User, tag: date, gesehen: str | None = None
) -> Folgebescheid:
    """Release a decision: every gate, the frozen PDF of this day, and it is decided.

    For the person it takes effect with its Bekanntgabe (§ 39 Abs. 1 SGB X). `gesehen` is the mark
    of the preview that `by` has opened. Raises SchrittUnzulaessig with the first closed gate; of
    two releases at once the second is refused by the state.
    """
    row = lock_folgebescheid(row)
    neu = FOLGESCHRITTE.require(Folgelage(by, tag, row), "freigeben")
    row.schreiben = write_schreiben(
        art=art_of(row),
        anlass=Schreibanlass(case=row.case, tag=tag, by=by, gegenstand=row, zeichnet=by),
        gesehen=gesehen,
    )
    row.datum = row.freigegeben_am = tag
    row.freigegeben_von = by
    row.state = neu
    row.save()
    note_folge(row, by, tag, "freigegeben")
    return row


@transaction.atomic
def reopen_folgebescheid(*, row: Folgebescheid, grund: str, by: User, tag: date) -> Folgebescheid:
    """Take a release back before anything is made known, for a new one with a letter that fits.

    The released letter stays in the file and can no longer leave. Raises SchrittUnzulaessig when
    the decision is not released, is on its way or made known, no reason is given, or `by` only
    reads.
    """
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, warum neu freizugeben ist.")
    row = lock_folgebescheid(row)
    row.state = FOLGESCHRITTE.require(Folgelage(by, tag, row), "neu_freigeben")
    row.save(update_fields=["state"])
    # As a draft again it may change; first the state, because a released row is fixed.
    row.schreiben = row.freigegeben_von = row.freigegeben_am = None
    row.vorgelegt_von = row.vorgelegt_am = None
    row.rueckgabe_grund = grund
    row.save()
    note_folge(row, by, tag, f"Freigabe zurückgenommen: {grund}")
    return row


def bezug_of(row: Folgebescheid) -> Gegenstand:
    """Return what the decision is about."""
    gegenstand = {
        Bezug.ANTRAG: row.antrag,
        Bezug.BUDGET: row.budget,
        Bezug.WIDERSPRUCH: row.widerspruch,
    }[FOLGEARTEN[row.art].bezug]
    assert gegenstand is not None  # noqa: S101 - the database holds exactly one
    return gegenstand
