"""The authority's own dated values: one person proposes, a second one releases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from cases.behoerde.guards.eigener_wert import (
    feiertag_des_landes,
    gesetzeswert_der_kommenden_zeit,
    gesetzeswert_mit_quelle,
    richtwert_nach_der_tabelle,
    wert_einmal_je_tag,
    wert_einstellbar,
    wert_im_rahmen,
)
from cases.behoerde.schritte import WERTSCHRITTE, Wertlage
from cases.guards import refuse
from cases.models import EigenerWert, User
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def create_eigener_wert(
    *,
    schluessel: str,
    gueltig_ab: date,
    begruendung: str,
    by: User,
    tag: date,
    zahl: Decimal | None = None,
    auswahl: str | None = None,
    text: str = "",
    quelle: str = "",
    geprueft_am: date | None = None,
) -> EigenerWert:
    """Propose a value; it has no effect before a second person has released it.

    `zahl` is in the unit of the key (euro, days, factor), `auswahl` a word of its list, `text` a
    wording. A value of the law says where it was published (`quelle`) and when that was checked.
    Raises SchrittUnzulaessig for what a norm fixes and for what cannot be.
    """
    if not by.has_rolle(Rolle.FACHADMINISTRATION):
        raise SchrittUnzulaessig("Eigene Werte schlägt die Fachadministration vor.")
    refuse(wert_einstellbar(schluessel))
    refuse(feiertag_des_landes(schluessel))
    refuse(richtwert_nach_der_tabelle(schluessel, gueltig_ab))
    refuse(gesetzeswert_der_kommenden_zeit(schluessel, gueltig_ab))
    refuse(gesetzeswert_mit_quelle(schluessel, quelle, geprueft_am, tag))
    refuse(wert_im_rahmen(schluessel, zahl, auswahl, gueltig_ab, text))
    refuse(wert_einmal_je_tag(schluessel, gueltig_ab))
    return EigenerWert.objects.create(
        schluessel=schluessel,
        gueltig_ab=gueltig_ab,
        zahl=zahl,
        auswahl=auswahl,
        text=text.strip(),
        begruendung=begruendung,
        quelle=quelle.strip(),
        geprueft_am=geprueft_am,
        vorgeschlagen_von=by,
        vorgeschlagen_am=tag,
    )


@transaction.atomic
def release_eigener_wert(*, wert: EigenerWert, by: User, tag: date) -> EigenerWert:
    """Put a proposed value in force from its day on; the proposer may not do this.

    Raises SchrittUnzulaessig for the proposer, for a second value of the same day, or when it
    does not wait any more.
    """
    # All rows of the key: two drafts of one day must not both pass the last question.
    rows = EigenerWert.objects.select_for_update().filter(schluessel=wert.schluessel)
    row = next(row for row in rows.order_by("pk") if row.pk == wert.pk)
    state = WERTSCHRITTE.require(Wertlage(by, tag, row), "freigeben")
    row.state = state
    row.freigegeben_von, row.freigegeben_am = by, tag
    row.save(update_fields=["state", "freigegeben_von", "freigegeben_am"])
    return row


@transaction.atomic
def reject_eigener_wert(*, wert: EigenerWert, grund: str, by: User, tag: date) -> EigenerWert:
    """Drop a proposal; it stays on record with the reason.

    Raises SchrittUnzulaessig when it does not wait any more.
    """
    row = _lock(wert)
    state = WERTSCHRITTE.require(Wertlage(by, tag, row), "verwerfen")
    return _drop(row, state, grund, by, tag)


@transaction.atomic
def cancel_eigener_wert(*, wert: EigenerWert, grund: str, by: User, tag: date) -> EigenerWert:
    """Take back a released value before its first day; afterwards only a new value changes it.

    Raises SchrittUnzulaessig once it has been in force.
    """
    row = _lock(wert)
    state = WERTSCHRITTE.require(Wertlage(by, tag, row), "zuruecknehmen")
    return _drop(row, state, grund, by, tag)


@transaction.atomic
def accept_paketwert(*, wert: EigenerWert, grund: str, by: User, tag: date) -> EigenerWert:
    """Let the value of the package take the place of one that was entered ahead.

    Raises SchrittUnzulaessig where the package has no other value, and for who had entered it.
    """
    row = _lock(wert)
    state = WERTSCHRITTE.require(Wertlage(by, tag, row), "abloesen")
    return _drop(row, state, grund, by, tag)


@transaction.atomic
def confirm_eigener_wert(*, wert: EigenerWert, grund: str, by: User, tag: date) -> EigenerWert:
    """Keep the entered value although the package has another one; a third one asks again.

    Raises SchrittUnzulaessig where the package has no other value, and for who had entered it.
    """
    row = _lock(wert)
    anderer = row.paketwert
    WERTSCHRITTE.require(Wertlage(by, tag, row), "beibehalten")
    row.bestaetigt_gegen = anderer.wert if anderer else None
    row.bestaetigt_von, row.bestaetigt_am, row.bestaetigt_grund = by, tag, grund
    row.save(
        update_fields=[
            "bestaetigt_gegen",
            "bestaetigt_von",
            "bestaetigt_am",
            "bestaetigt_grund",
        ]
    )
    return row


def _drop(row: EigenerWert, state: str, grund: str, by: User, tag: date) -> EigenerWert:
    row.state = state
    row.verworfen_von, row.verworfen_am, row.verworfen_grund = by, tag, grund
    row.save(update_fields=["state", "verworfen_von", "verworfen_am", "verworfen_grund"])
    return row


def _lock(wert: EigenerWert) -> EigenerWert:
    return EigenerWert.objects.select_for_update().get(pk=wert.pk)
