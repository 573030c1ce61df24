"""Who may not release a further decision: citation first."""

from __future__ import annotations

from typing import Any

from budget.models import Folgebescheid, Traegerwechsel
from budget.states.folge import FOLGEARTEN, Folgeart
from cases.guards import konten_der_person
from cases.models import Ereignis, User
from cases.registry.schritt import Hindernis

# What a further decision rests on: the fact, who has written it, how a refusal names it.
_GRUNDLAGEN = (
    ("widerspruch", "erfasst_von", "den Widerspruch"),
    ("beitragspruefung", "geprueft_von", "die Prüfung von Beitrag und Vermögen"),
    ("unterbrechung", "bearbeitet_von", "die Unterbrechung"),
    ("traegerwechsel", "erfasst_von", "den Trägerwechsel"),
)


def freigabe_durch_andere(row: Folgebescheid, user: User) -> Hindernis | None:
    """§ 33 Abs. 3 SGB X: who wrote, submitted or heard does not release it (four eyes).

    Nor does who has recorded what it rests on: the Widerspruch that it answers (whether it came in
    time follows from what was written there), the review that a new Beitrag follows from, the
    interruption, the change of the carrier and its promise, and who is competent for what is only
    rendered provisionally.
    """
    konten = konten_der_person(user)
    was = next((was for name, feld, was in _GRUNDLAGEN if _wrote(row, name, feld, konten)), "")
    if not was and _noted_zustaendigkeit(row, konten):
        was = "die Zuständigkeit oder die Vorläufigkeit"
    if was:
        return Hindernis(
            f"Sie haben {was} selbst erfasst oder geändert. Darauf beruht der Bescheid; die "
            "Freigabe braucht eine andere Person.",
            "§ 33 Abs. 3 SGB X",
        )
    if row.vorgelegt_von_id not in konten and not _wrote_on(row, konten):
        return None
    return Hindernis(
        "Sie haben diesen Bescheid selbst verfasst, bearbeitet oder vorgelegt. Die Freigabe "
        "braucht eine zweite Person.",
        "§ 33 Abs. 3 SGB X",
    )


def kuendigung_durch_andere(row: Folgebescheid, user: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who has written the grave reason does not give notice for it.

    The notice ends the Zielvereinbarung once it is received; the decision that follows only draws
    the consequence (§ 29 Abs. 4 S. 7 SGB IX).
    """
    if not _wrote_on(row, konten_der_person(user)):
        return None
    return Hindernis(
        "Sie haben diesen Entwurf selbst verfasst oder bearbeitet. Die Kündigung beendet die "
        "Zielvereinbarung; sie braucht eine zweite Person.",
        "Vier-Augen-Grundsatz",
    )


def _wrote_on(row: Folgebescheid, konten: frozenset[int]) -> bool:
    """Tell whether these accounts have ever written on the decision, by its change history."""
    if {row.erstellt_von_id, row.bearbeitet_von_id} & konten:
        return True
    return bool(row.events.filter(bearbeitet_von__in=konten).exists())


def _wrote(row: Folgebescheid, name: str, feld: str, konten: frozenset[int]) -> bool:
    """Tell whether these accounts have written a fact; of its promise the Chronik says it."""
    fakt: Any = getattr(row, name, None)
    if fakt is None:
        return False
    if getattr(fakt, f"{feld}_id") in konten:
        return True
    if fakt.events.filter(**{f"{feld}__in": konten}).exists():
        return True
    if not isinstance(fakt, Traegerwechsel):
        return False
    return fakt.is_noted_by(konten)


def _noted_zustaendigkeit(row: Folgebescheid, konten: frozenset[int]) -> bool:
    """Tell whether these accounts have said why the Leistung is provisional only."""
    if not FOLGEARTEN[row.art].vorlaeufig or row.antrag_id is None:
        return False
    gesagt = Ereignis.objects.filter(case=row.case_id, gegenstand=f"antrag:{row.antrag_id}")
    return gesagt.filter(art="zustaendigkeit", user__in=konten).exists()


def widerspruchsbescheid_durch_andere(
    row: Folgebescheid, user: User, konten: frozenset[int]
) -> Hindernis | None:
    """§ 85 Abs. 2 S. 1 SGG: who released the attacked decision does not judge the Widerspruch."""
    if row.art != Folgeart.WIDERSPRUCHSBESCHEID or not konten & konten_der_person(user):
        return None
    return Hindernis(
        "Sie haben den angegriffenen Bescheid freigegeben. Über den Widerspruch entscheidet eine "
        "andere Person.",
        "§ 85 Abs. 2 S. 1 SGG",
    )
