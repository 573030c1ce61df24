"""Entries of the directory: added, checked, changed, ended; services, prices, contacts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from cases.guards import refuse
from cases.models import (
    Angebot,
    Ansprechperson,
    Doppelausschluss,
    Leistungserbringer,
    Preis,
    User,
    Verzeichniseintrag,
)
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from cases.verzeichnis import guards as regeln
from cases.verzeichnis.queries.verweise import is_referenced
from cases.verzeichnis.queries.verzeichnis import MODELLE, all_rows, felder_of, gattung_of

E = TypeVar("E", bound=Verzeichniseintrag)


@transaction.atomic
def create_eintrag(*, gattung: str, werte: dict[str, Any], by: User) -> Verzeichniseintrag:
    """Add an entry; it may be used at once, and counts as checked when a Pflegerolle adds it.

    Raises SchrittUnzulaessig without the right, or when the name is taken.
    """
    refuse(regeln.darf_anlegen(by))
    row = MODELLE[gattung](**werte)
    row.angelegt_von = by
    row.geprueft = regeln.darf_pflegen(by) is None
    _store(row)
    return row


@transaction.atomic
def update_eintrag(*, eintrag: E, werte: dict[str, Any], by: User, gesehen: str = "") -> E:
    """Change facts of an entry. `gesehen` is the mark of its facts as the form showed them.

    Raises SchrittUnzulaessig without the right, for a merged entry, or when it was changed
    since.
    """
    row = lock_eintrag(eintrag)
    refuse(regeln.darf_aendern(row, by))
    refuse(regeln.eintrag_nicht_zusammengefuehrt(row))
    _refuse_stale(row, felder_of(type(row)), gesehen)
    for name, value in werte.items():
        setattr(row, name, value)
    _store(row)
    return row


@transaction.atomic
def end_eintrag(*, eintrag: E, letzter_tag: date, by: User, gesehen: str = "") -> E:
    """Let an entry end; it stays wherever it is used and is no longer offered afterwards.

    `gesehen` is the mark of its last day as the form showed it.

    Raises SchrittUnzulaessig without the right, for a merged entry, or a day before its first.
    """
    row = lock_eintrag(eintrag)
    refuse(regeln.darf_aendern(row, by))
    refuse(regeln.eintrag_nicht_zusammengefuehrt(row))
    _refuse_stale(row, ("gueltig_bis",), gesehen)
    if row.gueltig_ab is not None and letzter_tag < row.gueltig_ab:
        raise SchrittUnzulaessig(
            f"Der Eintrag gilt erst ab dem {row.gueltig_ab:%d.%m.%Y}; er kann nicht vorher enden."
        )
    row.gueltig_bis = letzter_tag
    _store(row)
    return row


@transaction.atomic
def confirm_eintrag(*, eintrag: E, by: User) -> E:
    """Mark an entry that the Fallmanagement has added as checked.

    Raises SchrittUnzulaessig without the right.
    """
    row = lock_eintrag(eintrag)
    refuse(regeln.darf_pflegen(by))
    row.geprueft = True
    _store(row)
    return row


@transaction.atomic
def delete_eintrag(*, eintrag: Verzeichniseintrag, by: User) -> None:
    """Remove an entry to which nothing points; all others end.

    Raises SchrittUnzulaessig without the right, or when anything points to it.
    """
    row = lock_eintrag(eintrag)
    refuse(regeln.darf_pflegen(by))
    if row.zusammengefuehrt_in_id is not None or is_referenced(row):
        raise SchrittUnzulaessig(
            "Der Eintrag wird verwendet oder hat eigene Angaben. Er kann nur beendet werden."
        )
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError as error:
        raise SchrittUnzulaessig("Der Eintrag wird inzwischen verwendet.") from error


@transaction.atomic
def save_ansprechperson(
    *,
    eintrag: Verzeichniseintrag,
    werte: dict[str, Any],
    by: User,
    ansprechperson: Ansprechperson | None = None,
    gesehen: str = "",
) -> Ansprechperson:
    """Add or change a contact; whoever works on cases may do this.

    `gesehen` is the mark of the contact as the form showed it.

    Raises SchrittUnzulaessig without the right, or for a merged entry.
    """
    lock_eintrag(eintrag)
    refuse(regeln.darf_anlegen(by))
    refuse(regeln.eintrag_nicht_zusammengefuehrt(eintrag))
    row = Ansprechperson(**{gattung_of(eintrag): eintrag})
    if ansprechperson is not None:
        row = Ansprechperson.objects.select_for_update().get(pk=ansprechperson.pk)
        _refuse_stale(row, werte, gesehen)
    for name, value in werte.items():
        setattr(row, name, value)
    _store(row)
    return row


@transaction.atomic
def save_angebot(
    *,
    leistungserbringer: Leistungserbringer,
    werte: dict[str, Any],
    by: User,
    angebot: Angebot | None = None,
    gesehen: str = "",
) -> Angebot:
    """Add or change a service of a provider. `gesehen` is its mark as the form showed it.

    Raises SchrittUnzulaessig without the right, or for a merged entry.
    """
    row = lock_eintrag(leistungserbringer)
    refuse(regeln.darf_aendern(row, by))
    refuse(regeln.eintrag_nicht_zusammengefuehrt(row))
    neu = Angebot(leistungserbringer=row)
    if angebot is not None:
        neu = Angebot.objects.select_for_update().get(pk=angebot.pk)
        _refuse_stale(neu, werte, gesehen)
    for name, value in werte.items():
        setattr(neu, name, value)
    _store(neu)
    return neu


@transaction.atomic
def create_preis(*, angebot: Angebot, werte: dict[str, Any], by: User) -> Preis:
    """Enter a price; an open one of the same unit that began earlier ends the day before.

    The old amount stays on record. Raises SchrittUnzulaessig when both would hold on one day.
    """
    locked = _lock_angebot(angebot, by)
    preis = Preis(angebot=locked, **werte)
    refuse(regeln.preis_nach_der_vereinbarung(preis, locked))
    offen = (
        Preis.objects.filter(
            angebot=locked,
            einheit=preis.einheit,
            gueltig_bis__isnull=True,
            gueltig_ab__lt=preis.gueltig_ab,
        )
        .order_by("-gueltig_ab")
        .first()
    )
    if offen is not None:
        offen.gueltig_bis = preis.gueltig_ab - timedelta(days=1)
        offen.save(update_fields=["gueltig_bis"])
    _refuse_overlap(preis)
    preis.save()
    return preis


@transaction.atomic
def update_preis(*, preis: Preis, werte: dict[str, Any], by: User, gesehen: str = "") -> Preis:
    """Put a wrongly entered price right; the change history keeps what stood there.

    `gesehen` is the mark of the price as the form showed it.

    Raises SchrittUnzulaessig without the right, outside the agreement, or over another price.
    """
    angebot = _lock_angebot(preis.angebot, by)
    row = Preis.objects.select_for_update().get(pk=preis.pk)
    _refuse_stale(row, werte, gesehen)
    for name, value in werte.items():
        setattr(row, name, value)
    refuse(regeln.preis_nach_der_vereinbarung(row, angebot))
    _refuse_overlap(row)
    row.save()
    return row


@transaction.atomic
def exclude_doppel(
    *, eins: Verzeichniseintrag, zwei: Verzeichniseintrag, by: User, tag: date
) -> None:
    """Note that two entries are not the same; asking twice changes nothing.

    Raises SchrittUnzulaessig without the right.
    """
    refuse(regeln.darf_pflegen(by))
    erster, zweiter = sorted((eins.pk, zwei.pk))
    Doppelausschluss.objects.get_or_create(
        gattung=gattung_of(eins),
        erster=erster,
        zweiter=zweiter,
        defaults={"von": by, "am": tag},
    )


def _refuse_stale(row: models.Model | None, felder: Iterable[str], gesehen: str) -> None:
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, felder))


def lock_eintrag(eintrag: E) -> E:
    """Return the row as it stands now, locked until the end of the transaction."""
    row: E | None = all_rows(type(eintrag)).select_for_update().filter(pk=eintrag.pk).first()
    if row is None:
        raise SchrittUnzulaessig(
            "Diesen Eintrag hat inzwischen jemand gelöscht. Ihre Eingaben stehen noch hier, damit "
            "Sie sie kopieren können."
        )
    return row


def _lock_angebot(angebot: Angebot, by: User) -> Angebot:
    eintrag = lock_eintrag(angebot.leistungserbringer)
    refuse(regeln.darf_aendern(eintrag, by))
    refuse(regeln.eintrag_nicht_zusammengefuehrt(eintrag))
    return Angebot.objects.select_for_update().get(pk=angebot.pk)


def _refuse_overlap(preis: Preis) -> None:
    andere = Preis.objects.filter(angebot=preis.angebot, einheit=preis.einheit).filter(
        Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=preis.gueltig_ab)
    )
    if preis.gueltig_bis is not None:
        andere = andere.filter(gueltig_ab__lte=preis.gueltig_bis)
    alt = andere.exclude(pk=preis.pk).first()
    if alt is not None:
        bis = f"bis {alt.gueltig_bis:%d.%m.%Y}" if alt.gueltig_bis else "ohne Ende"
        raise SchrittUnzulaessig(
            f"Für diese Einheit gilt schon ein Preis vom {alt.gueltig_ab:%d.%m.%Y} {bis}. Zwei "
            "Preise für denselben Tag sind nicht möglich."
        )


def _store(row: models.Model) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "leistungstraeger_name_einmal" in str(error):
            raise SchrittUnzulaessig(
                "Einen Leistungsträger mit diesem Namen gibt es schon."
            ) from error
        raise
