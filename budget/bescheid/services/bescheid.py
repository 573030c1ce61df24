"""Steps of a Bescheid: draft, submit, return, release, and take a release back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from budget.bescheid import guards
from budget.bescheid.schreiben.abzug import compute_abzug
from budget.bescheid.schreiben.bescheid import ART
from budget.bescheid.schreiben.vorschlag import (
    ANGABEN,
    TITEL,
    texte_of,
    vorschlaege_of,
    werte_of_entwurf,
)
from budget.bescheid.schritte import (
    BESCHEIDSCHRITTE,
    ENTWURFSSCHRITTE,
    lage_of,
    lage_of_bescheid,
)
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget
from budget.states import BUDGET
from budget.states.folge import FOLGEBESCHEID
from budget.verfahren.services import lock_budget
from cases.behoerde.queries.eigener_wert import fristwahrung
from cases.frist.queries import fristen_of
from cases.frist.services.frist import keep_frist, start_frist, undo_frist
from cases.guards import refuse
from cases.models import Fristwahrung, User
from cases.models.stand import stand_of
from cases.models.vorschlag import settle
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.frist import Fristzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Anlass, regeln_bis
from recht.fristkennung import Regel

_FREIGABE = "Bescheid freigegeben"
_WEITERE = tuple(feld for feld in ANGABEN if feld not in {"erste_auszahlung", *TITEL})


def lock_bescheid(bescheid: Bescheid) -> Bescheid:
    """Lock case, budget and Bescheid, in this order; a second releaser waits here."""
    budget = lock_budget(bescheid.persoenliches_budget)
    locked = lock_row(Bescheid.objects.all(), bescheid.pk)
    locked.persoenliches_budget = budget
    return locked


def note_bescheid(bescheid: Bescheid, by: User | None, tag: date, text: str) -> None:
    """Put a line about the Bescheid into the Chronik of its case."""
    record_ereignis(
        case=bescheid.persoenliches_budget.case,
        by=by,
        tag=tag,
        art="bescheid",
        text=text,
        gegenstand=bescheid,
    )


def _set_texte(bescheid: Bescheid, gesetzt: Mapping[str, tuple[str, str]]) -> None:
    """Set each proposed text with the proposal that it rests on."""
    for name, (text, _) in gesetzt.items():
        setattr(bescheid, name, text)
    bescheid.vorschlaege = {name: vorschlag for name, (_, vorschlag) in gesetzt.items()}


def _set_abzug(bescheid: Bescheid) -> None:
    """Set what the Kasse keeps back: the sum of a month, and what the assets pay first."""
    abzug = compute_abzug(bescheid)
    bescheid.abzug, bescheid.vermoegensverbrauch = abzug.betrag, abzug.zeilen


@transaction.atomic
def draft_bescheid(
    *,
    budget: PersoenlichesBudget,
    erste_auszahlung: date,
    begruendung: str,
    by: User,
    tag: date,
    einkommen_vermoegen: str | None = None,
    **weitere: Any,
) -> Bescheid:
    """Draft the Bescheid over an agreed budget; without signatures there is none.

    `weitere` are the other values of `ANGABEN`. Without `einkommen_vermoegen` its sentence is the
    one that the facts propose. Raises SchrittUnzulaessig when the budget is not agreed or not
    signed, has a Bescheid already, the first payment lies outside the Bewilligungszeitraum, or
    `by` only reads.
    """
    budget = lock_budget(budget)
    lage = lage_of(budget, by, tag)
    ENTWURFSSCHRITTE.require(lage, "bescheid_entwerfen")
    refuse(guards.erste_auszahlung_im_zeitraum(budget, erste_auszahlung))
    bescheid = Bescheid(
        persoenliches_budget=budget,
        zielvereinbarung=lage.zielvereinbarung,
        datum=tag,
        erste_auszahlung=erste_auszahlung,
        erstellt_von=by,
        bearbeitet_von=by,
        **weitere,
    )
    jetzt = vorschlaege_of(bescheid)
    vermoegen = jetzt["einkommen_vermoegen"] if einkommen_vermoegen is None else einkommen_vermoegen
    # The page of a new draft shows the proposals of a budget without figures.
    gesehen = vorschlaege_of(Bescheid(persoenliches_budget=budget))
    texte = {"begruendung": begruendung, "einkommen_vermoegen": vermoegen}
    _set_texte(bescheid, settle(texte, gesehen, jetzt))
    _set_abzug(bescheid)
    bescheid.save()
    note_bescheid(bescheid, by, tag, "Bescheid entworfen")
    return bescheid


@transaction.atomic
def update_bescheid(
    *,
    bescheid: Bescheid,
    erste_auszahlung: date,
    begruendung: str,
    by: User,
    tag: date,
    einkommen_vermoegen: str | None = None,
    gesehen: str = "",
    **weitere: Any,
) -> Bescheid:
    """Change a draft; who changes it counts as author from then on.

    `weitere` are the other values of `ANGABEN`; what is not named is emptied. `gesehen` is the
    mark of the draft as the form showed it. Raises SchrittUnzulaessig when somebody has changed it
    since.
    """
    bescheid = lock_bescheid(bescheid)
    BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_entwurf(bescheid)),
        zuletzt=bescheid.bearbeitet_von.get_full_name(),
    )
    refuse(guards.erste_auszahlung_im_zeitraum(bescheid.persoenliches_budget, erste_auszahlung))
    vorher = vorschlaege_of(bescheid)
    stehend = texte_of(bescheid)["einkommen_vermoegen"].gilt
    leer = {feld.name: feld.get_default() for feld in Bescheid._meta.concrete_fields}
    for feld in _WEITERE:
        setattr(bescheid, feld, weitere.get(feld, leer[feld]))
    texte = {
        "begruendung": begruendung,
        "einkommen_vermoegen": stehend if einkommen_vermoegen is None else einkommen_vermoegen,
    }
    _set_texte(bescheid, settle(texte, vorher, vorschlaege_of(bescheid)))
    bescheid.datum = tag
    bescheid.erste_auszahlung = erste_auszahlung
    bescheid.bearbeitet_von = by
    _set_abzug(bescheid)
    bescheid.save()
    note_bescheid(bescheid, by, tag, "Bescheid bearbeitet")
    return bescheid


@transaction.atomic
def submit_bescheid(*, bescheid: Bescheid, by: User, tag: date) -> Bescheid:
    """Hand a draft to the Sachgebietsleitung; an earlier return is settled with that.

    Raises SchrittUnzulaessig when it is no draft, has no grounds, or `by` only reads.
    """
    bescheid = lock_bescheid(bescheid)
    texte = texte_of(bescheid)
    bescheid.state = BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "vorlegen")
    bescheid.vorgelegt_am, bescheid.vorgelegt_von = tag, by
    bescheid.rueckgabe_grund = ""
    # From here the words stay as they are: they are what the second person reads.
    _set_texte(bescheid, {n: (t.gilt, t.jetzt) for n, t in texte.items()})
    _set_abzug(bescheid)
    bescheid.save()
    note_bescheid(bescheid, by, tag, "Bescheid zur Freigabe vorgelegt")
    return bescheid


def _unsubmit(bescheid: Bescheid, *felder: str) -> None:
    """Take away what the submission has added, a second signature too."""
    bescheid.vorgelegt_am = bescheid.vorgelegt_von = None
    bescheid.mitgezeichnet_am = bescheid.mitgezeichnet_von = None
    marken = ("vorgelegt_am", "vorgelegt_von", "mitgezeichnet_am", "mitgezeichnet_von")
    bescheid.save(update_fields=[*felder, *marken])


@transaction.atomic
def withdraw_vorlage(*, bescheid: Bescheid, by: User, tag: date) -> Bescheid:
    """Take a submitted Bescheid back before anybody has released it; it is a draft again.

    Raises SchrittUnzulaessig when it is not submitted, or somebody else has submitted it.
    """
    bescheid = lock_bescheid(bescheid)
    bescheid.state = BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "zurueckziehen")
    _unsubmit(bescheid, "state")
    note_bescheid(bescheid, by, tag, "Vorlage zurückgezogen: Der Bescheid ist wieder Entwurf")
    return bescheid


@transaction.atomic
def confirm_bescheid(*, bescheid: Bescheid, by: User, tag: date) -> Bescheid:
    """Sign a submitted Bescheid whose sum is above the limit of one signature.

    Another person releases it after that. Raises SchrittUnzulaessig when it is not submitted, no
    second signature is needed, or `by` has written it or does not lead.
    """
    bescheid = lock_bescheid(bescheid)
    BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "mitzeichnen")
    bescheid.mitgezeichnet_von, bescheid.mitgezeichnet_am = by, tag
    bescheid.save(update_fields=["mitgezeichnet_von", "mitgezeichnet_am"])
    note_bescheid(bescheid, by, tag, "Bescheid mitgezeichnet")
    return bescheid


@transaction.atomic
def return_bescheid(*, bescheid: Bescheid, grund: str, by: User, tag: date) -> Bescheid:
    """Give a submitted Bescheid back to its author with the reason.

    Raises SchrittUnzulaessig when it is not submitted, `by` is no Sachgebietsleitung, or no reason
    is given.
    """
    bescheid = lock_bescheid(bescheid)
    bescheid.state = BESCHEIDSCHRITTE.require(lage_of_bescheid(bescheid, by, tag), "zurueckgeben")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, was zu ändern ist.")
    bescheid.rueckgabe_grund = grund
    _unsubmit(bescheid, "state", "rueckgabe_grund")
    note_bescheid(bescheid, by, tag, f"Bescheid zurückgegeben: {grund}")
    return bescheid


@transaction.atomic
def release_bescheid(
    *, bescheid: Bescheid, by: User, tag: date, gesehen: str | None = None
) -> Bescheid:
    """Release a Bescheid: every gate, the frozen PDF of this day, and the decision is made.

    For the person nothing has happened yet: a Verwaltungsakt takes effect with its Bekanntgabe
    (§ 39 Abs. 1 SGB X), see `wirksamkeit`. `gesehen` is the mark of the preview that `by` has
    opened. Raises SchrittUnzulaessig with the first closed gate. Of two releases at once the second
    waits for the first and is then refused by the state.
    """
    bescheid = lock_bescheid(bescheid)
    budget = bescheid.persoenliches_budget
    lage = lage_of_bescheid(bescheid, by, tag)
    neu = BESCHEIDSCHRITTE.require(lage, "freigeben")
    # What the Bescheid will do must be possible now; in the post it could not be refused any more.
    # For the case one of the gates has asked it.
    BUDGET.ziel(budget.state, "bewilligen")
    schreiben = write_schreiben(
        art=ART,
        anlass=Schreibanlass(case=budget.case, tag=tag, by=by, gegenstand=bescheid, zeichnet=by),
        gesehen=gesehen,
    )
    bescheid.schreiben = schreiben
    bescheid.datum = tag
    bescheid.freigegeben_von = by
    bescheid.freigegeben_am = tag
    bescheid.state = neu
    aenderung, wandel = lage.aenderung, lage.wandel
    bescheid.save()
    if aenderung is not None and wandel is not None:
        _release_aenderung(aenderung, bescheid, nachteilig=wandel.nachteilig)
    if fristwahrung(tag) == Fristwahrung.ENTSCHEIDUNG:
        keep_entscheidung(budget, tag, _FREIGABE)
    note_bescheid(bescheid, by, tag, "Bescheid freigegeben")
    return bescheid


@transaction.atomic
def reopen_bescheid(*, bescheid: Bescheid, grund: str, by: User, tag: date) -> Bescheid:
    """Take a release back before anything is made known, for a new one with a letter that fits.

    The released letter stays in the file and can no longer leave. Raises SchrittUnzulaessig when
    the Bescheid is not released, on its way or made known, no reason is given, or `by` only reads.
    """
    bescheid = lock_bescheid(bescheid)
    lage = lage_of_bescheid(bescheid, by, tag)
    neu = BESCHEIDSCHRITTE.require(lage, "neu_freigeben")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, warum neu freizugeben ist.")
    aenderung = lage.aenderung
    if aenderung is not None:
        _return_aenderung(aenderung)
    bescheid.state = neu
    bescheid.save(update_fields=["state"])
    # As a draft again it may change; first the state, because a released row is fixed.
    bescheid.mitgezeichnet_von = bescheid.mitgezeichnet_am = None
    bescheid.schreiben = bescheid.freigegeben_von = bescheid.freigegeben_am = None
    bescheid.vorgelegt_von = bescheid.vorgelegt_am = None
    bescheid.rueckgabe_grund = grund
    bescheid.save()
    for regel in regeln_bis(Anlass.ENTSCHEIDUNG):
        continue_waiting(bescheid.persoenliches_budget, regel, (_FREIGABE,), by, tag, grund)
    note_bescheid(bescheid, by, tag, f"Freigabe des Bescheids zurückgenommen: {grund}")
    return bescheid


def continue_waiting(
    budget: PersoenlichesBudget,
    regel: Regel,
    durch: Iterable[str],
    by: User | None,
    tag: date,
    grund: str,
) -> None:
    """Let a Frist of the Antrag run again that only this decision had met or ended."""
    rows = fristen_of(budget.case, budget.antrag, regel)
    beendet = rows.filter(erledigt_durch__in=tuple(durch)).order_by("-id").first()
    laufend = rows.filter(state__in=(Fristzustand.OFFEN, Fristzustand.GEHEMMT))
    if beendet is None or laufend.exists():
        return
    undo_frist(case=budget.case, gegenstand=budget.antrag, regel=regel, tag=tag, grund=grund)
    start_frist(
        case=budget.case,
        regel=regel,
        gegenstand=budget.antrag,
        ausloeser=beendet.ausloeser_datum,
        by=by,
    )


def _release_aenderung(row: Folgebescheid, bescheid: Bescheid, *, nachteilig: bool) -> None:
    """Let the end of the former grant leave with the letter of the new one: one Bescheid."""
    row = lock_row(Folgebescheid.objects.all(), row.pk)
    row.state = FOLGEBESCHEID.ziel(row.state, "mitgehen")
    row.schreiben, row.datum = bescheid.schreiben, bescheid.datum
    row.freigegeben_von, row.freigegeben_am = bescheid.freigegeben_von, bescheid.freigegeben_am
    row.nachteilig = nachteilig
    row.save()


def _return_aenderung(row: Folgebescheid) -> None:
    """Let the end of the former grant follow a release that was taken back."""
    row = lock_row(Folgebescheid.objects.all(), row.pk)
    row.state = FOLGEBESCHEID.ziel(row.state, "zurueckfallen")
    row.save(update_fields=["state"])
    row.schreiben = row.freigegeben_von = row.freigegeben_am = None
    row.vorgelegt_von = row.vorgelegt_am = None
    row.save()


def keep_entscheidung(budget: PersoenlichesBudget, tag: date, durch: str) -> None:
    """Meet the Fristen for the decision about this Antrag (§ 14 Abs. 2 S. 2 SGB IX and others)."""
    for regel in regeln_bis(Anlass.ENTSCHEIDUNG):
        keep_frist(case=budget.case, gegenstand=budget.antrag, regel=regel, tag=tag, durch=durch)
