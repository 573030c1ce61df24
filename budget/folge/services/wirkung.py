"""What a further decision does once it is made known, and what a Widerspruch holds up.

A Verwaltungsakt takes effect with its Bekanntgabe (§ 39 Abs. 1 SGB X); a Widerspruch against one
that takes something away suspends that (§ 86a Abs. 1 S. 1 SGG). So whether a budget has ended is
settled anew whenever one of these facts changes, and once a day.
"""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction

from budget.bescheid.services import wirksamkeit
from budget.folge.queries import (
    erfolgreich_angefochten,
    list_bekannt_werdende,
    list_wirkende,
    ohne_wirkung,
    schwebt,
)
from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.folge.services.bescheid import lock_folgebescheid, note_folge
from budget.folge.services.geltung import settle_budget
from budget.folge.services.jahresfrist import keep_jahresfrist, reopen_jahresfrist
from budget.models import Folgebescheid, Widerspruch
from budget.states import Bescheidzustand
from budget.states.folge import FOLGEARTEN, FOLGEBESCHEID, Folgeart, Folgezustand
from budget.states.widerspruch import WIDERSPRUCH, Widerspruchszustand
from cases.behoerde.queries.eigener_wert import fristwahrung
from cases.frist.queries import fristen_of
from cases.frist.services.frist import (
    correct_frist,
    keep_frist,
    lift_frist,
    start_frist,
    undo_frist,
)
from cases.models import Belehrungsstand, Frist, Fristwahrung, Schreiben, User, Versand
from cases.services.sperre import lock_row
from cases.states.versand import Versandzustand
from recht.fristkatalog import Anlass, regeln_bis
from recht.fristkennung import Regel

_ENTSCHIEDEN = "über den Antrag entschieden"
# § 87 Abs. 1 S. 2 SGG and § 66 Abs. 2 SGG, as the catalogue has them.
_IM_AUSLAND, _OHNE_BELEHRUNG = "3 Monate", "1 Jahr"
_BESCHIEDEN = (
    Widerspruchszustand.ENTSCHIEDEN,
    Widerspruchszustand.KLAGE,
    Widerspruchszustand.ERLEDIGT,
)
logger = logging.getLogger("fallwerk.folge")

_DURCH = "Bescheid bekannt gegeben"


def _row_of(schreiben: Schreiben) -> Folgebescheid | None:
    row = Folgebescheid.objects.filter(schreiben=schreiben).first()
    return lock_folgebescheid(row) if row else None


@transaction.atomic
def record_aufgabe(schreiben: Schreiben, versand: Versand, user: User | None, tag: date) -> None:
    """Follow the posting of a further decision: it is versandt. The hook of the dispatch.

    Raises SchrittUnzulaessig when `user` only reads.
    """
    row = _row_of(schreiben)
    if row is None or row.state != Bescheidzustand.FREIGEGEBEN:
        return
    row.state = FOLGESCHRITTE.require_stand(Folgelage(user, tag, row), "aufgeben")
    row.save(update_fields=["state"])
    note_folge(row, user, tag, f"versandt: {versand.get_weg_display()}")
    _decide_antrag(row, row.freigegeben_am or tag, Fristwahrung.ENTSCHEIDUNG)


@transaction.atomic
def record_bekanntgabe(schreiben: Schreiben, am: date | None, user: User | None, tag: date) -> None:
    """Bring a further decision in line with the day of its Bekanntgabe; None: it is not known.

    A day ahead is left to the daily run. Raises nothing: another letter changes nothing.
    """
    row = _row_of(schreiben)
    if row is None:
        return
    if am is None or am > tag:
        _lose_effect(row, user, tag, unsent=am is None)
        return
    _settle_klage(row, am, user, tag)
    if row.wirksam_am == am:
        return
    row.wirksam_am = am
    row.save(update_fields=["wirksam_am"])
    note_folge(row, user, tag, f"bekannt gegeben am {am:%d.%m.%Y} (§ 39 Abs. 1 SGB X)")
    if row.verspaetet_bekannt:
        note_folge(
            row,
            user,
            tag,
            f"wirkt erst ab dem {row.erster_tag:%d.%m.%Y} statt ab dem {row.wirkt_ab:%d.%m.%Y}; "
            "für die Zeit davor war er noch nicht bekannt gegeben",
        )
    keep_jahresfrist(row, am)
    _end_waiting(row, am)
    if row.widerspruch is not None:
        _decide_widerspruch(row, am, user, tag)
        _settle_klage(row, am, user, tag)
    if row.budget is not None:
        settle_budget(row.budget, user, tag)


def _decide_antrag(row: Folgebescheid, tag: date, wahrt: Fristwahrung) -> None:
    """Meet the Fristen for the decision about the Antrag, by the day that the authority counts.

    What is only provisional, or asks it back, leaves them running.
    """
    if row.antrag is None or not _decides(row) or fristwahrung(row.datum) != wahrt:
        return
    for regel in regeln_bis(Anlass.ENTSCHEIDUNG):
        keep_frist(case=row.case, gegenstand=row.antrag, regel=regel, tag=tag, durch=_DURCH)


def _decides(row: Folgebescheid) -> bool:
    """Tell whether the Antrag is decided for good with it."""
    return FOLGEARTEN[row.art].entscheidet_antrag


def _end_waiting(row: Folgebescheid, am: date) -> None:
    """End what waits for a decision about the Antrag: on `am` it was made known."""
    _decide_antrag(row, am, Fristwahrung.BEKANNTGABE)
    for regel in regeln_bis(Anlass.BEKANNTGABE):
        if row.antrag is not None and _decides(row):
            lift_frist(
                case=row.case, gegenstand=row.antrag, regel=regel, tag=am, grund=_ENTSCHIEDEN
            )


def _decide_widerspruch(row: Folgebescheid, am: date, by: User | None, tag: date) -> None:
    """Close the Widerspruch with the decision about it; the rest of a partial one stays open."""
    if row.widerspruch is None or row.teilweise:
        return
    widerspruch = lock_row(Widerspruch.objects.select_related("case"), row.widerspruch.pk)
    schritt = "abhelfen" if row.art == Folgeart.ABHILFE else "entscheiden"
    if widerspruch.state not in WIDERSPRUCH.uebergang(schritt).von:
        return
    widerspruch.state = WIDERSPRUCH.ziel(widerspruch.state, schritt)
    widerspruch.erledigt_am = am
    widerspruch.ausgang = "erfolg" if schritt == "abhelfen" else widerspruch.ausgang
    widerspruch.save(update_fields=["state", "erledigt_am", "ausgang"])
    keep_frist(
        case=row.case,
        gegenstand=widerspruch,
        regel=Regel.UNTAETIGKEIT_WIDERSPRUCH,
        tag=am,
        durch=_DURCH,
    )
    settle_angegriffenes(widerspruch, by, tag)


def _settle_klage(row: Folgebescheid, am: date, by: User | None, tag: date) -> None:
    """Let the Klagefrist follow the Bekanntgabe that counts, and how it was made known.

    Abroad it has three months (§ 87 Abs. 1 S. 2 SGG), without a right Belehrung a year (§ 66 Abs.
    2 SGG). One that had run out too early runs again, and nothing is final.
    """
    if row.art != Folgeart.WIDERSPRUCHSBESCHEID or row.widerspruch is None:
        return
    widerspruch = lock_row(Widerspruch.objects.select_related("case"), row.widerspruch.pk)
    if widerspruch.state not in _BESCHIEDEN:
        return
    if widerspruch.klage_am is None and widerspruch.erledigt_am != am:
        widerspruch.erledigt_am = am
        widerspruch.save(update_fields=["erledigt_am"])
    frist = correct_frist(
        case=row.case,
        regel=Regel.KLAGE,
        gegenstand=widerspruch,
        ausloeser=am,
        by=by,
        tag=tag,
        grund=f"bekannt gegeben am {am:%d.%m.%Y}",
        laenge=_klagelaenge(row),
    )
    if widerspruch.klage_am is not None:
        keep_frist(
            case=row.case,
            gegenstand=widerspruch,
            regel=Regel.KLAGE,
            tag=widerspruch.klage_am,
            durch="Klage erhoben",
        )
    elif frist.ende >= tag and widerspruch.state == Widerspruchszustand.ERLEDIGT:
        schritt = "klagefrist_laeuft_wieder"
        widerspruch.state = WIDERSPRUCH.ziel(widerspruch.state, schritt)
        widerspruch.ausgang = ""
        widerspruch.save(update_fields=["state", "ausgang"])
        settle_angegriffenes(widerspruch, by, tag)


def _klagelaenge(row: Folgebescheid) -> str | None:
    """Return the length that the sending asks for, None for the usual month."""
    rows = Versand.objects.filter(
        schreiben=row.schreiben, state=Versandzustand.AUFGEGEBEN, weitere_ausfertigung=False
    )
    versand = rows.order_by("bekanntgabe", "pk").first()
    if versand is not None and versand.rbb != Belehrungsstand.RICHTIG:
        return _OHNE_BELEHRUNG
    return _IM_AUSLAND if versand is not None and versand.ausland else None


def _lose_effect(row: Folgebescheid, by: User | None, tag: date, *, unsent: bool) -> None:
    """Take back what a decision did that was not made known after all."""
    if unsent and row.state in FOLGEBESCHEID.uebergang("zurueckkommen").von:
        gesendet = Versand.objects.filter(schreiben=row.schreiben, state="aufgegeben")
        if not gesendet.exists():
            row.state = FOLGEBESCHEID.ziel(row.state, "zurueckkommen")
            row.save(update_fields=["state"])
    if row.wirksam_am is None:
        return
    row.wirksam_am = None
    row.save(update_fields=["wirksam_am"])
    grund = "nicht bekannt gegeben"
    note_folge(row, by, tag, f"{grund}; was er bewirkt hat, ist zurückgenommen")
    reopen_jahresfrist(row, by, tag, grund)
    if row.widerspruch is not None:
        _reopen_widerspruch(row.widerspruch, by, tag, grund)
    if row.antrag is not None:
        _wait_again(row, by, tag, grund)
    if row.budget is not None:
        settle_budget(row.budget, by, tag)


def _reopen_widerspruch(row: Widerspruch, by: User | None, tag: date, grund: str) -> None:
    widerspruch = lock_row(Widerspruch.objects.select_related("case"), row.pk)
    if widerspruch.state not in WIDERSPRUCH.uebergang("wieder_offen").von:
        return
    widerspruch.state = WIDERSPRUCH.ziel(widerspruch.state, "wieder_offen")
    widerspruch.erledigt_am, widerspruch.ausgang = None, ""
    widerspruch.save(update_fields=["state", "erledigt_am", "ausgang"])
    case = widerspruch.case
    for regel in (Regel.KLAGE, Regel.UNTAETIGKEIT_WIDERSPRUCH):
        undo_frist(case=case, gegenstand=widerspruch, regel=regel, tag=tag, grund=grund)
    start_untaetigkeit(widerspruch, by)
    settle_angegriffenes(widerspruch, by, tag)


def _wait_again(row: Folgebescheid, by: User | None, tag: date, grund: str) -> None:
    """Let the Fristen about the Antrag run again that only this decision had ended."""
    antrag = row.antrag
    regeln = (*regeln_bis(Anlass.BEKANNTGABE), *regeln_bis(Anlass.ENTSCHEIDUNG))
    for regel in regeln:
        if antrag is None or not _decides(row):
            return
        beendet = (
            fristen_of(row.case, antrag, regel)
            .filter(erledigt_durch__in=(_DURCH, _ENTSCHIEDEN))
            .first()
        )
        if beendet is None:
            continue
        undo_frist(case=row.case, gegenstand=antrag, regel=regel, tag=tag, grund=grund)
        start_frist(
            case=row.case,
            regel=regel,
            gegenstand=antrag,
            ausloeser=beendet.ausloeser_datum,
            by=by,
        )


def start_untaetigkeit(widerspruch: Widerspruch, by: User | None) -> Frist:
    """Start the three months after which the person may sue for a decision (§ 88 Abs. 2 SGG)."""
    return start_frist(
        case=widerspruch.case,
        regel=Regel.UNTAETIGKEIT_WIDERSPRUCH,
        gegenstand=widerspruch,
        ausloeser=widerspruch.eingang_am,
        by=by,
    )


def correct_untaetigkeit(widerspruch: Widerspruch, by: User, tag: date) -> None:
    """Let the three months run from the corrected day of receipt."""
    correct_frist(
        case=widerspruch.case,
        regel=Regel.UNTAETIGKEIT_WIDERSPRUCH,
        gegenstand=widerspruch,
        ausloeser=widerspruch.eingang_am,
        by=by,
        tag=tag,
        grund="Tag des Eingangs berichtigt",
    )


def settle_angegriffenes(widerspruch: Widerspruch, by: User | None, tag: date) -> None:
    """Bring the attacked decision in line with its Widerspruch: final or not, in effect or not.

    Raises nothing: a decision that stands as it should stays as it is.
    """
    folge = Folgebescheid.objects.filter(schreiben=widerspruch.schreiben).first()
    if folge is not None:
        _settle_erfolg(folge, by, tag)
    if schwebt(widerspruch.schreiben_id) and widerspruch.zulaessig:
        text = "nicht bestandskräftig; ein Widerspruch ist anhängig (§ 77 SGG)"
        wirksamkeit.advance_bescheid_of(
            widerspruch.schreiben_id, "wieder_anfechtbar", tag, f"Bescheid {text}"
        )
        advance_folge(folge, "wieder_anfechtbar", tag, text)
    if folge is not None and folge.budget is not None:
        settle_budget(folge.budget, by, tag)


def _settle_erfolg(folge: Folgebescheid, by: User | None, tag: date) -> None:
    """Take a decision out of the way that was attacked with success, or bring it back.

    What it had refused waits for an answer again (§ 85 Abs. 1 SGG).
    """
    erfolg = erfolgreich_angefochten(folge.schreiben_id)
    if erfolg == (folge.state == Folgezustand.ANGEFOCHTEN):
        return
    if erfolg:
        text = "erfolgreich angefochten; er gilt nicht mehr und wird nicht bestandskräftig"
        advance_folge(folge, "anfechten", tag, text)
        _wait_again(folge, by, tag, "Ablehnung erfolgreich angefochten")
        return
    advance_folge(folge, "wieder_gelten", tag, "gilt wieder; die Abhilfe ist nicht bekannt gegeben")
    _decide_antrag(folge, folge.freigegeben_am or tag, Fristwahrung.ENTSCHEIDUNG)
    if folge.wirksam_am is not None:
        _end_waiting(folge, folge.wirksam_am)


def open_again(schreiben: Schreiben, tag: date) -> None:
    """Nothing is bestandskräftig while its Widerspruchsfrist runs (§ 77 SGG).

    Raises nothing: a decision in another state changes nothing.
    """
    folge = Folgebescheid.objects.filter(schreiben=schreiben).first()
    advance_folge(folge, "wieder_anfechtbar", tag, "die Widerspruchsfrist läuft wieder (§ 77 SGG)")


def advance_folge(row: Folgebescheid | None, schritt: str, tag: date, text: str) -> None:
    """Take a step of the program on a decision, where it stands before it.

    Raises nothing: a decision in another state changes nothing.
    """
    if row is None:
        return
    row = lock_folgebescheid(row)
    if row.state not in FOLGEBESCHEID.uebergang(schritt).von:
        return
    row.state = FOLGEBESCHEID.ziel(row.state, schritt)
    row.save(update_fields=["state"])
    note_folge(row, None, tag, text)


def begin_wirkungen(*, tag: date) -> None:
    """Let every further decision take effect whose day has come; one by one.

    Part of the daily run: doing it again changes nothing. Raises nothing: a failure leaves only
    its own row.
    """
    for schreiben, bekannt_am in list_bekannt_werdende(tag):
        try:
            record_bekanntgabe(schreiben, bekannt_am, None, tag)
        except Exception:  # the next run tries this one again
            logger.exception("Bescheid wurde nicht wirksam", extra={"case_id": schreiben.case_id})
    for row in list_wirkende(tag):
        if ohne_wirkung(row) or row.budget is None:
            continue
        try:
            with transaction.atomic():
                settle_budget(row.budget, None, tag)
        except Exception:  # the next run tries this one again
            logger.exception("Budget wurde nicht beendet", extra={"case_id": row.case_id})
