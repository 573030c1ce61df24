"""When a decision is final: its Widerspruchsfrist or Klagefrist has run out unused (§ 77 SGG)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.bescheid.services import wirksamkeit
from budget.folge.queries import erfolgreich_angefochten
from budget.folge.services.wirkung import advance_folge, settle_angegriffenes
from budget.models import Folgebescheid, Widerspruch
from budget.states.folge import Folgeart
from budget.states.widerspruch import SCHWEBEND, WIDERSPRUCH, Verfahrensausgang
from cases.models import Frist, User
from cases.services.sperre import lock_row


@transaction.atomic
def record_bestandskraft(frist: Frist, tag: date) -> None:
    """Mark a decision bestandskräftig when its Widerspruchsfrist has run out unused (§ 77 SGG).

    While an admissible Widerspruch or a Klage is undecided nothing is final. Raises nothing: a
    Frist of another letter changes nothing.
    """
    schreiben = _letter_of(frist)
    if schreiben is None or _attacked(schreiben):
        return
    _make_final(schreiben, tag)


@transaction.atomic
def correct_bestandskraft(frist: Frist, tag: date) -> None:
    """Take the Bestandskraft back that a run noted before the Widerspruchsfrist has run out.

    Raises nothing: a decision that is not final stays as it is.
    """
    schreiben = _letter_of(frist)
    if schreiben is None:
        return
    wirksamkeit.correct_bestandskraft(frist, tag)
    folge = Folgebescheid.objects.filter(schreiben=schreiben).first()
    advance_folge(folge, "wieder_anfechtbar", tag, "die Widerspruchsfrist läuft noch (§ 77 SGG)")


@transaction.atomic
def record_klagefrist(frist: Frist, tag: date) -> None:
    """Mark what was attacked bestandskräftig when the Klage was not brought in time (§ 87 SGG).

    Raises nothing: another Frist, or a Widerspruch that goes on, changes nothing.
    """
    art, _, kennung = frist.gegenstand.partition(":")
    if art != "widerspruch":
        return
    found = Widerspruch.objects.filter(pk=int(kennung)).first()
    if found is None:
        return
    widerspruch = lock_row(Widerspruch.objects.select_related("case"), found.pk)
    if widerspruch.state not in WIDERSPRUCH.uebergang("unangefochten_bleiben").von:
        return
    widerspruch.state = WIDERSPRUCH.ziel(widerspruch.state, "unangefochten_bleiben")
    teilweise = Folgebescheid.objects.filter(
        widerspruch=widerspruch, art=Folgeart.ABHILFE, teilweise=True, wirksam_am__isnull=False
    )
    widerspruch.ausgang = widerspruch.ausgang or (
        Verfahrensausgang.TEILERFOLG if teilweise.exists() else Verfahrensausgang.OHNE_ERFOLG
    )
    widerspruch.save(update_fields=["state", "ausgang"])
    settle_angegriffenes(widerspruch, None, tag)
    if not _attacked(widerspruch.schreiben_id):
        _make_final(widerspruch.schreiben_id, tag)


def finish_widerspruch(widerspruch: Widerspruch, by: User | None, tag: date) -> None:
    """Note what follows when a Widerspruch or Klage is over without a new decision.

    Raises nothing: where another one is undecided the decision stays open.
    """
    settle_angegriffenes(widerspruch, by, tag)
    vorbei = widerspruch.frist_bis is not None and widerspruch.frist_bis < tag
    if vorbei and not _attacked(widerspruch.schreiben_id):
        _make_final(widerspruch.schreiben_id, tag)


def _letter_of(frist: Frist) -> int | None:
    art, _, kennung = frist.gegenstand.partition(":")
    return int(kennung) if art == "schreiben" else None


def _attacked(schreiben: int) -> bool:
    rows = Widerspruch.objects.filter(schreiben=schreiben, state__in=SCHWEBEND)
    return any(row.zulaessig for row in rows)


def _make_final(schreiben: int, tag: date) -> None:
    """Binding is what was not attacked, or not with success (§ 77 SGG)."""
    if erfolgreich_angefochten(schreiben):
        return
    wirksamkeit.advance_bescheid_of(schreiben, "bestandskraft", tag, "Bescheid bestandskräftig")
    folge = Folgebescheid.objects.filter(schreiben=schreiben).first()
    advance_folge(folge, "bestandskraft", tag, "bestandskräftig (§ 77 SGG)")
