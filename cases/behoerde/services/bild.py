"""Logo and seal: one person uploads, a second one releases, one of each kind is printed."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from cases.behoerde.schritte import BILDSCHRITTE, Bildlage
from cases.dateien.grenzen import Logobild
from cases.models import Behoerdenbild, User
from cases.states.behoerdenbild import Bildzustand
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig

_ERSETZT = "durch ein neues Bild ersetzt"


@transaction.atomic
def create_bild(
    *, art: str, bild: Logobild, alternativtext: str, by: User, tag: date
) -> Behoerdenbild:
    """Keep a picture that was drawn anew; no letter prints it before it is released.

    Raises SchrittUnzulaessig without the right, or without words for who does not see it.
    """
    if not by.has_rolle(Rolle.FACHADMINISTRATION):
        raise SchrittUnzulaessig("Logo und Siegel lädt nur die Rolle Fachadministration hoch.")
    if not alternativtext.strip():
        raise SchrittUnzulaessig("Bitte sagen Sie in Worten, was auf dem Bild ist.")
    return Behoerdenbild.objects.create(
        art=art,
        inhalt=bild.inhalt,
        sha256=hashlib.sha256(bild.inhalt).hexdigest(),
        breite=bild.breite,
        hoehe=bild.hoehe,
        alternativtext=alternativtext.strip(),
        hochgeladen_von=by,
        hochgeladen_am=tag,
    )


@transaction.atomic
def release_bild(*, bild: Behoerdenbild, by: User, tag: date) -> Behoerdenbild:
    """Print the picture from now on; the one of before stays for the letters that name it.

    Raises SchrittUnzulaessig for who uploaded it, or when it does not wait any more.
    """
    # All of the kind: two releases at once must not leave two valid ones.
    rows = Behoerdenbild.objects.select_for_update().filter(art=bild.art).defer("inhalt")
    je_nummer = {row.pk: row for row in rows.order_by("pk")}
    row = je_nummer[bild.pk]
    state = BILDSCHRITTE.require(Bildlage(by, tag, row), "freigeben")
    for bisher in je_nummer.values():
        if bisher.state == Bildzustand.GUELTIG:
            _end(bisher, Bildzustand.ABGELEGT, _ERSETZT, by, tag)
    row.state = state
    row.freigegeben_von, row.freigegeben_am = by, tag
    row.save(update_fields=["state", "freigegeben_von", "freigegeben_am"])
    return row


@transaction.atomic
def reject_bild(*, bild: Behoerdenbild, grund: str, by: User, tag: date) -> Behoerdenbild:
    """Drop a picture that waits; it stays on record with the reason.

    Raises SchrittUnzulaessig when it does not wait any more.
    """
    row = _lock(bild)
    return _end(row, BILDSCHRITTE.require(Bildlage(by, tag, row), "verwerfen"), grund, by, tag)


@transaction.atomic
def end_bild(*, bild: Behoerdenbild, grund: str, by: User, tag: date) -> Behoerdenbild:
    """Print the picture no more; letters that name it keep it.

    Raises SchrittUnzulaessig when it is not the valid one.
    """
    row = _lock(bild)
    return _end(row, BILDSCHRITTE.require(Bildlage(by, tag, row), "ablegen"), grund, by, tag)


def _end(row: Behoerdenbild, state: str, grund: str, by: User, tag: date) -> Behoerdenbild:
    row.state = state
    row.beendet_von, row.beendet_am, row.beendet_grund = by, tag, grund
    row.save(update_fields=["state", "beendet_von", "beendet_am", "beendet_grund"])
    return row


def _lock(bild: Behoerdenbild) -> Behoerdenbild:
    return Behoerdenbild.objects.select_for_update().defer("inhalt").get(pk=bild.pk)
