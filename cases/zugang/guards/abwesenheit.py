"""Who may stand in for whom: preconditions of a dated absence."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cases.guards import dieselbe_person
from cases.models import Abwesenheit, User
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle

_NORM = "§ 67 Abs. 3 SGB X"
_SOZIALGEHEIMNIS = "§ 35 Abs. 1 SGB I"
_ROLLEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST)


def _between(von: date, bis: date) -> QuerySet[Abwesenheit]:
    return Abwesenheit.objects.filter(aufgehoben_am__isnull=True, von__lte=bis, bis__gte=von)


def abwesenheit_ohne_ueberschneidung(user: User, von: date, bis: date) -> Hindernis | None:
    """§ 67 Abs. 3 SGB X: on one day exactly one person stands in, so absences do not overlap."""
    andere = _between(von, bis).filter(user=user).first()
    if andere is None:
        return None
    return Hindernis(
        f"Für {user.get_full_name()} ist schon eine Abwesenheit vom {andere.von:%d.%m.%Y} bis "
        f"{andere.bis:%d.%m.%Y} eingetragen. Beenden Sie diese zuerst oder wählen Sie andere Tage.",
        _NORM,
    )


def vertretung_ist_eine_andere_person(user: User, vertretung: User) -> Hindernis | None:
    """§ 67 Abs. 3 SGB X: nobody stands in for themselves."""
    if user.pk != vertretung.pk:
        return None
    return Hindernis("Niemand vertritt sich selbst. Bitte wählen Sie eine andere Person.", _NORM)


def vertretung_darf_vertreten(user: User, vertretung: User) -> Hindernis | None:
    """§ 35 Abs. 1 S. 2 SGB I: only who works on cases may see those of a colleague."""
    rollen = {str(r) for r in _ROLLEN} & user.rollen
    if vertretung.is_active and rollen & vertretung.rollen:
        return None
    if vertretung.is_active and vertretung.has_rolle(Rolle.LEITUNG):
        return None
    return Hindernis(
        f"{vertretung.get_full_name()} kann nicht vertreten: Die Vertretung braucht dieselbe Rolle "
        "(oder die der Sachgebietsleitung) und ein offenes Konto.",
        "§ 35 Abs. 1 S. 2 SGB I",
    )


def vertretung_anwesend(user: User, vertretung: User, von: date, bis: date) -> Hindernis | None:
    """§ 67 Abs. 3 SGB X: who is away cannot stand in; a deputy's deputy gets no access."""
    fort = _between(von, bis).filter(user=vertretung).select_related("vertretung").first()
    if fort is None:
        return None
    satz = (
        f"{vertretung.get_full_name()} ist selbst vom {fort.von:%d.%m.%Y} bis "
        f"{fort.bis:%d.%m.%Y} abwesend"
    )
    if fort.vertretung_id == user.pk:
        satz += f" und wird dann von {user.get_full_name()} vertreten. Das wäre ein Kreis"
    else:
        satz += (
            f" und wird von {fort.vertretung.get_full_name()} vertreten. Eine Vertretung geht "
            "nicht weiter an die nächste"
        )
    return Hindernis(f"{satz}. Bitte wählen Sie jemanden, der in dieser Zeit da ist.", _NORM)


def vertretung_gibt_sich_niemand_selbst(user: User, vertretung: User, by: User) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: who gains access to cases does not grant it."""
    if by.pk == user.pk or not dieselbe_person(vertretung, by):
        return None
    return Hindernis(
        "Sich selbst trägt niemand als Vertretung für andere ein. Das tut die abwesende Person "
        "oder eine andere Leitung.",
        _SOZIALGEHEIMNIS,
    )


def abwesenheit_durch_zweite_person(row: Abwesenheit, by: User) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: access for days is confirmed by the absent person or another Leitung."""
    if dieselbe_person(row.eingetragen_von, by):
        return Hindernis(
            "Sie haben diese Abwesenheit selbst eingetragen. Bestätigen muss sie die Person oder "
            "eine andere Leitung.",
            _SOZIALGEHEIMNIS,
        )
    if dieselbe_person(row.vertretung, by):
        return Hindernis(
            "Wer vertreten soll, gibt sich den Zugriff nicht selbst. Bestätigen muss die Person "
            "oder eine andere Leitung.",
            _SOZIALGEHEIMNIS,
        )
    if by.pk == row.user_id or by.has_rolle(Rolle.LEITUNG):
        return None
    return Hindernis("Bestätigen muss die Person oder eine andere Leitung.", _SOZIALGEHEIMNIS)


def abwesenheit_beginnt_nicht_in_der_vergangenheit(von: date, stichtag: date) -> Hindernis | None:
    """§ 67 Abs. 3 SGB X: access is given for days to come, never afterwards."""
    if von >= stichtag:
        return None
    return Hindernis(
        f"Der {von:%d.%m.%Y} ist vergangen. Eine Vertretung beginnt frühestens heute.", _NORM
    )
