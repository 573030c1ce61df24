"""Dated facts of the person: entered, corrected, ended, removed; periods never overlap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from cases.guards import refuse
from cases.models import (
    Anschrift,
    Auskunftssperre,
    Bankverbindung,
    Bezugsperson,
    Case,
    LeistungsberechtigtePerson,
    Personenangabe,
    User,
    Vertretungsverhaeltnis,
)
from cases.models.stand import stand_of
from cases.person.guards.auskunftssperre import laufende_sperre_bleibt, sperre_bleibt_ohne_luecke
from cases.person.guards.personenangabe import keine_ueberschneidung
from cases.person.queries.personenangabe import werte_of_angabe
from cases.person.services.auskunftssperre import change_sperre
from cases.person.services.bankverbindung import change_konto, prepare_konto
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig

# Of these several may hold on one day.
MEHRERE = (Vertretungsverhaeltnis, Bezugsperson)


@transaction.atomic
def add_angabe(
    *,
    case: Case,
    modell: type[Personenangabe],
    werte: Mapping[str, Any],
    gueltig_ab: date,
    gueltig_bis: date | None = None,
    by: User,
    tag: date,
) -> Personenangabe:
    """Enter a fact from a day on; an open older one ends the day before.

    Moving alone does not end Zuständigkeit (§ 98 Abs. 1 S. 3 SGB IX). An account of somebody else
    waits for a second person, see `confirm_bankverbindung`; the account before it stays until then.
    Raises SchrittUnzulaessig when the period overlaps another one that cannot simply end.
    """
    person = _lock_person(case)
    felder: dict[str, Any] = {
        "leistungsberechtigte_person": person,
        "gueltig_ab": gueltig_ab,
        "gueltig_bis": gueltig_bis,
        **_complete(modell, werte),
    }
    angabe = modell(**felder)
    wartet = isinstance(angabe, Bankverbindung) and prepare_konto(angabe, case, by, tag)
    if modell not in MEHRERE and not wartet:
        make_room(angabe, person)
    angabe.save()
    wie = ", wartet auf eine zweite Person" if wartet else ""
    _note(case, angabe, f"eingetragen ab {gueltig_ab:%d.%m.%Y}{wie}", by, tag)
    return angabe


def make_room(angabe: Personenangabe, person: LeistungsberechtigtePerson) -> None:
    """Let the open row before this one end the day before.

    Raises SchrittUnzulaessig when the period overlaps another one that cannot simply end.
    """
    _end_open(angabe, person)
    _refuse_overlap(angabe, person)


@transaction.atomic
def change_angabe(
    *,
    case: Case,
    angabe: Personenangabe,
    werte: Mapping[str, Any],
    gueltig_ab: date,
    gueltig_bis: date | None,
    gesehen: str = "",
    by: User,
    tag: date,
) -> Personenangabe:
    """Correct or end a fact; the change history keeps what stood there before.

    `gesehen` is the mark of the values as the form showed it. An earlier end of an Auskunftssperre
    waits for a second person, see `decide_sperrende`. Raises SchrittUnzulaessig when the row was
    changed since, the new period overlaps another one, or an account of somebody else would be
    changed past the second person.
    """
    person = _lock_person(case)
    angabe = _lock_angabe(angabe, person)
    refuse_stale(angabe, gesehen=gesehen, jetzt=stand_of(werte_of_angabe(angabe)))
    neu = {**_complete(type(angabe), werte), "gueltig_ab": gueltig_ab, "gueltig_bis": gueltig_bis}
    changed = [name for name, value in neu.items() if getattr(angabe, name) != value]
    if not changed:
        return angabe
    extra: list[str] = []
    if isinstance(angabe, Bankverbindung):
        extra = change_konto(angabe, neu, case, by, tag)
    elif isinstance(angabe, Auskunftssperre):
        neu = change_sperre(angabe, neu, by)
        changed = [name for name, value in neu.items() if getattr(angabe, name) != value]
    for name in changed:
        setattr(angabe, name, neu[name])
    if type(angabe) not in MEHRERE:
        _refuse_overlap(angabe, person)
    angabe.save(update_fields=[*changed, *extra])
    _note(case, angabe, _what(angabe, changed), by, tag)
    return angabe


def _what(angabe: Personenangabe, changed: list[str]) -> str:
    """Return in words what has happened to a fact."""
    if isinstance(angabe, Auskunftssperre) and angabe.ende_wartet and "ende_am" in changed:
        return f"Ende zum {angabe.ende_am:%d.%m.%Y} beantragt, wartet auf eine zweite Person"
    if changed == ["gueltig_bis"] and angabe.gueltig_bis is not None:
        return f"beendet zum {angabe.gueltig_bis:%d.%m.%Y}"
    return "berichtigt"


@transaction.atomic
def remove_angabe(*, case: Case, angabe: Personenangabe, grund: str, by: User, tag: date) -> None:
    """Take out a row that was entered by mistake; the change history and the Chronik keep it.

    Raises SchrittUnzulaessig when somebody has deleted it since, and for an Auskunftssperre that
    still holds, and for a Vertretung that has signed something.
    """
    person = _lock_person(case)
    angabe = _lock_angabe(angabe, person)
    if isinstance(angabe, Auskunftssperre):
        refuse(laufende_sperre_bleibt(angabe, tag))
    _note(case, angabe, f"gelöscht (versehentlich eingetragen): {grund}", by, tag)
    try:
        with transaction.atomic():
            angabe.delete()
    except ProtectedError as error:
        raise SchrittUnzulaessig(
            "Auf diese Angabe stützt sich eine Unterschrift. Beenden Sie sie, statt sie zu löschen."
        ) from error


def _complete(modell: type[Personenangabe], werte: Mapping[str, Any]) -> dict[str, Any]:
    """Add what follows from the values: the searchable end of an IBAN."""
    if modell is Bankverbindung and "iban" in werte:
        return {**werte, "iban_ende": str(werte["iban"])[-4:]}
    return dict(werte)


def _lock_person(case: Case) -> LeistungsberechtigtePerson:
    return LeistungsberechtigtePerson.objects.select_for_update().get(
        pk=case.leistungsberechtigte_person_id
    )


def _rows(
    modell: type[Personenangabe], person: LeistungsberechtigtePerson
) -> QuerySet[Personenangabe]:
    rows: QuerySet[Personenangabe] = modell.objects.filter(leistungsberechtigte_person=person)  # type: ignore[attr-defined]  # abstract
    return rows


def _holding(
    angabe: Personenangabe, person: LeistungsberechtigtePerson
) -> QuerySet[Personenangabe]:
    """Return the rows beside which this one would hold.

    An account that waits for a second person holds nothing yet; where somebody lives and where
    the post goes are two things.
    """
    rows: QuerySet[Any] = _rows(type(angabe), person)
    if isinstance(angabe, Anschrift):
        return rows.filter(verwendung=angabe.verwendung)
    if isinstance(angabe, Bankverbindung):
        wartend = Bankverbindung.objects.filter(leistungsberechtigte_person=person, wartet=True)
        return rows.exclude(pk__in=wartend.values("pk"))
    return rows


def _lock_angabe(angabe: Personenangabe, person: LeistungsberechtigtePerson) -> Personenangabe:
    row = _rows(type(angabe), person).select_for_update().filter(pk=angabe.pk).first()
    if row is None:
        raise SchrittUnzulaessig(
            "Diesen Eintrag hat inzwischen jemand gelöscht. Ihre Eingaben stehen noch hier, damit "
            "Sie sie kopieren können."
        )
    return row


def _end_open(angabe: Personenangabe, person: LeistungsberechtigtePerson) -> None:
    rows, gueltig_ab = _holding(angabe, person), angabe.gueltig_ab
    offen = rows.filter(gueltig_bis__isnull=True, gueltig_ab__lt=gueltig_ab).first()
    if offen is not None:
        if isinstance(offen, Auskunftssperre):
            refuse(sperre_bleibt_ohne_luecke(offen, angabe.gueltig_bis))
        offen.gueltig_bis = gueltig_ab - timedelta(days=1)
        offen.save(update_fields=["gueltig_bis"])


def _refuse_overlap(angabe: Personenangabe, person: LeistungsberechtigtePerson) -> None:
    if isinstance(angabe, Bankverbindung) and angabe.wartet:
        return
    for other in _holding(angabe, person).exclude(pk=angabe.pk):
        refuse(keine_ueberschneidung(angabe, other))


def _note(case: Case, angabe: Personenangabe, was: str, by: User, tag: date) -> None:
    name = "Anschrift" if isinstance(angabe, Anschrift) else angabe._meta.verbose_name
    record_ereignis(case=case, by=by, tag=tag, art="person", text=f"{name} {was}")
