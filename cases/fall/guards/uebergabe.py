"""When a case can change hands, and when a handover can be undone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from cases.guards import dieselbe_person, konten_der_person
from cases.models import Case, Uebergabe, Uebergabezeile, User
from cases.registry.schritt import Hindernis
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle

FRIST_RUECKGAENGIG = timedelta(hours=24)


def darf_uebergeben(by: User) -> Hindernis | None:
    """§ 35 Abs. 1 S. 2 SGB I: who works on which case is decided by the Sachgebietsleitung."""
    if by.has_rolle(Rolle.LEITUNG):
        return None
    return Hindernis(
        "Fälle übergibt die Sachgebietsleitung. Bitte wenden Sie sich an Ihre Leitung.",
        "§ 35 Abs. 1 S. 2 SGB I",
    )


def kann_uebernehmen(user: User) -> Hindernis | None:
    """§ 35 Abs. 1 S. 2 SGB I: a case goes to somebody who works on cases, in a team."""
    if user.is_active and user.team_id is not None and user.has_rolle(Rolle.FALLMANAGEMENT):
        return None
    return Hindernis(
        f"{user.get_full_name()} kann keine Fälle übernehmen: Nötig sind die Rolle "
        "Fallmanagement, ein Team und ein offenes Konto.",
        "§ 35 Abs. 1 S. 2 SGB I",
    )


def uebergabe_gibt_sich_niemand_selbst(
    cases: Collection[Case], an: Collection[User], by: User
) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: who sees cases for some days only does not make them the own ones."""
    if not konten_der_person(by) & {user.pk for user in an}:
        return None
    geleitet = set(by.geleitete_teams.values_list("pk", flat=True))
    if all(case.team_id in geleitet for case in cases):
        return None
    return Hindernis(
        "Fälle eines Teams, das Sie nicht leiten, übergeben Sie nicht an sich selbst. Das tut die "
        "Leitung des Teams.",
        "§ 35 Abs. 1 SGB I",
    )


def zuweisung_gibt_sich_niemand_selbst(user: User, by: User) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: who gains access to a case does not grant it."""
    if not dieselbe_person(user, by):
        return None
    return Hindernis(
        "Sich selbst weist niemand einen Fall zu. Das tut die zuständige Person oder eine andere "
        "Leitung.",
        "§ 35 Abs. 1 SGB I",
    )


def fall_kann_wechseln(case: Case, an: Collection[int], geschuetzte: bool) -> Hindernis | None:
    """§ 35 Abs. 1 S. 2 SGB I: protected cases go only when somebody has said so."""
    if case.state == Fallzustand.BEENDET:
        return Hindernis("Der Fall ist beendet und bleibt, wo er ist.")
    if case.caseworker_id in an:
        return Hindernis(f"Der Fall liegt schon bei {case.caseworker.get_full_name()}.")
    if case.geschuetzt and not geschuetzte:
        return Hindernis(
            "Geschützter Fall: geht nur mit, wenn Sie es ausdrücklich angeben.",
            "§ 35 Abs. 1 S. 2 SGB I",
        )
    return None


def uebergabe_binnen_eines_tages(uebergabe: Uebergabe, zeitpunkt: datetime) -> Hindernis | None:
    """§ 35 Abs. 1 S. 2 SGB I: after a day the new owner has worked; then only a new handover."""
    if uebergabe.zurueck_zeit is not None:
        return Hindernis("Diese Übergabe ist schon rückgängig gemacht.")
    if zeitpunkt <= uebergabe.zeit + FRIST_RUECKGAENGIG:
        return None
    return Hindernis(
        "Eine Übergabe lässt sich nur binnen 24 Stunden rückgängig machen. Danach übergeben Sie "
        "die Fälle neu."
    )


def fall_kann_zurueck(zeile: Uebergabezeile, weitergegeben: Collection[int]) -> Hindernis | None:
    """§ 35 Abs. 1 S. 2 SGB I: what has changed hands again stays with whom it went to."""
    case = zeile.case
    if case.pk in weitergegeben or (case.caseworker_id, case.team_id) != (
        zeile.an_user_id,
        zeile.an_team_id,
    ):
        return Hindernis("Der Fall wurde inzwischen weitergegeben.")
    if case.state == Fallzustand.BEENDET:
        return Hindernis("Der Fall wurde inzwischen beendet.")
    if not zeile.von_user.is_active:
        return Hindernis(f"Das Konto von {zeile.von_user.get_full_name()} ist gesperrt.")
    return None
