"""The authority's own texts: one person writes, a second one releases, the next version follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cases.guards import refuse
from cases.models import Textbaustein, User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.textbaustein import guards
from cases.textbaustein.queries import (
    next_version,
    previous_version,
    stelle_of,
    werte_of_textbaustein,
)
from cases.textbaustein.schritte import BAUSTEINSCHRITTE, Bausteinlage


@dataclass(frozen=True)
class Bausteinangaben:
    """What one version says; `gueltig_bis` is its last day, None while there is none."""

    titel: str
    text: str
    gueltig_ab: date
    norm: str = ""
    gueltig_bis: date | None = None
    link: str = ""


@transaction.atomic
def create_textbaustein(
    *, stelle: str, angaben: Bausteinangaben, by: User, tag: date, uebernommen: bool = False
) -> Textbaustein:
    """Write a new text for a place; nobody is offered it before a second person has released it.

    `uebernommen` tells that it began with the text that the program brings along there. Raises
    SchrittUnzulaessig for a place, a placeholder or a norm that do not exist, and for words that
    would be wrong in every letter.
    """
    _refuse_role(by)
    refuse(guards.stelle_bekannt(stelle))
    _refuse_contents(stelle, angaben, None)
    return Textbaustein.objects.create(
        stelle=stelle,
        mitgeliefert=stelle_of(stelle).wortlaut if uebernommen else "",
        erstellt_von=by,
        erstellt_am=tag,
        bearbeitet_von=by,
        **_columns(angaben),
    )


@transaction.atomic
def continue_textbaustein(
    *, textbaustein: Textbaustein, angaben: Bausteinangaben, by: User, tag: date
) -> Textbaustein:
    """Write the next version of a released text; until its release the old one is offered.

    Raises SchrittUnzulaessig while another draft is open, for an old version, or for a first day
    that does not lie behind that of the version before.
    """
    row = _lock(textbaustein)
    BAUSTEINSCHRITTE.require(_lage(row, by, tag), "fortschreiben")
    _refuse_contents(row.stelle, angaben, row)
    return Textbaustein.objects.create(
        kennung=row.kennung,
        version=next_version(row),
        stelle=row.stelle,
        mitgeliefert=stelle_of(row.stelle).wortlaut if row.mitgeliefert else "",
        erstellt_von=by,
        erstellt_am=tag,
        bearbeitet_von=by,
        **_columns(angaben),
    )


@transaction.atomic
def update_textbaustein(
    *,
    textbaustein: Textbaustein,
    angaben: Bausteinangaben,
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Textbaustein:
    """Change a draft; whoever does so does not release it.

    `gesehen` is the mark of the values as the form showed it. Raises SchrittUnzulaessig when
    somebody else has changed it since, or when it is no draft any more.
    """
    row = _lock(textbaustein)
    BAUSTEINSCHRITTE.require(_lage(row, by, tag), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_textbaustein(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    _refuse_contents(row.stelle, angaben, previous_version(row))
    for name, wert in _columns(angaben).items():
        setattr(row, name, wert)
    row.bearbeitet_von = by
    row.save()
    return row


@transaction.atomic
def release_textbaustein(*, textbaustein: Textbaustein, by: User, tag: date) -> Textbaustein:
    """Offer a version from its day on; nobody who has written on it may do this.

    Raises SchrittUnzulaessig for who has written on it, and for what cannot be filled.
    """
    row = _lock(textbaustein)
    row.state = BAUSTEINSCHRITTE.require(_lage(row, by, tag), "freigeben")
    row.freigegeben_von, row.freigegeben_am = by, tag
    row.save(update_fields=["state", "freigegeben_von", "freigegeben_am"])
    return row


@transaction.atomic
def reject_textbaustein(
    *, textbaustein: Textbaustein, grund: str, by: User, tag: date
) -> Textbaustein:
    """Drop a draft; it stays on record with the reason.

    Raises SchrittUnzulaessig when it is no draft any more.
    """
    row = _lock(textbaustein)
    row.state = BAUSTEINSCHRITTE.require(_lage(row, by, tag), "verwerfen")
    row.verworfen_grund = grund
    row.save(update_fields=["state", "verworfen_grund"])
    return row


@transaction.atomic
def end_textbaustein(*, textbaustein: Textbaustein, bis: date, by: User, tag: date) -> Textbaustein:
    """Offer a text until a day only, without a successor.

    Raises SchrittUnzulaessig for a day that has passed, or when a newer version has ended it.
    """
    row = _lock(textbaustein)
    BAUSTEINSCHRITTE.require(_lage(row, by, tag), "beenden")
    if bis < max(tag, row.gueltig_ab):
        raise SchrittUnzulaessig(f"Möglich ist ein Tag ab dem {max(tag, row.gueltig_ab):%d.%m.%Y}.")
    row.gueltig_bis = bis
    row.save(update_fields=["gueltig_bis"])
    return row


def _refuse_role(by: User) -> None:
    if not by.has_rolle(Rolle.FACHADMINISTRATION):
        raise SchrittUnzulaessig("Textbausteine schreibt die Fachadministration.")


def _refuse_contents(stelle: str, angaben: Bausteinangaben, vorige: Textbaustein | None) -> None:
    refuse(guards.platzhalter_bekannt(stelle, angaben.text))
    refuse(guards.norm_lesbar(angaben.norm))
    refuse(guards.link_sicher(stelle, angaben.link.strip()))
    for hindernis in guards.wortlaut_in_ordnung(angaben.text, angaben.gueltig_ab):
        refuse(hindernis)
    refuse(guards.fassung_nach_der_vorigen(vorige, angaben.gueltig_ab, angaben.gueltig_bis))


def _columns(angaben: Bausteinangaben) -> dict[str, object]:
    return {
        "titel": angaben.titel.strip(),
        "text": angaben.text.strip(),
        "norm": angaben.norm.strip(),
        "link": angaben.link.strip(),
        "gueltig_ab": angaben.gueltig_ab,
        "gueltig_bis": angaben.gueltig_bis,
    }


def _lage(row: Textbaustein, by: User, tag: date) -> Bausteinlage:
    return Bausteinlage(by, tag, row, previous_version(row))


def _lock(textbaustein: Textbaustein) -> Textbaustein:
    """Lock all versions of a text: two drafts of it must not both pass the last question."""
    rows = Textbaustein.objects.select_for_update().filter(kennung=textbaustein.kennung)
    return next(row for row in rows.order_by("pk") if row.pk == textbaustein.pk)
