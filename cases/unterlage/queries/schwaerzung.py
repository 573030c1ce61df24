"""Blackened copies of a document, and the areas as a person writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases import access
from cases.dateien.aufruf import Bereich
from cases.models import Case, Schwaerzung, Unterlage, User
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.schwaerzung import SCHWAERZUNG, Schwaerzungszustand

# Wider and higher than any page: the whole of it.
_GANZ = 5000.0
_TRENNUNG = re.compile(r"[;\s]+")


def schwaerzungen_of(unterlage: Unterlage) -> list[Schwaerzung]:
    """Return the copies that were made of a document, the newest first."""
    rows = Schwaerzung.objects.filter(unterlage=unterlage)
    return list(rows.select_related("erstellt_von", "freigegeben_von", "kopie"))


def schwaerzung_of_kopie(unterlage: Unterlage) -> Schwaerzung | None:
    """Return what a document is the blackened copy of, None for an original."""
    rows = Schwaerzung.objects.filter(kopie=unterlage)
    return rows.select_related("unterlage", "erstellt_von", "freigegeben_von").first()


def get_schwaerzung(case: Case, pk: int) -> Schwaerzung | None:
    """Return a copy of this case."""
    rows = Schwaerzung.objects.filter(pk=pk, unterlage__case=case)
    return rows.select_related("unterlage", "kopie", "erstellt_von", "freigegeben_von").first()


def read_bereiche(text: str) -> list[Bereich]:
    """Return the areas of a text, one a line: page, left, top, width, height in mm; or „3 ganz“.

    Raises ValueError with the sentence that the reader corrects the line by.
    """
    return [
        _read_line(nummer, zeile)
        for nummer, zeile in enumerate(text.splitlines(), start=1)
        if zeile.strip()
    ]


def _read_line(nummer: int, zeile: str) -> Bereich:
    teile = [t for t in _TRENNUNG.split(zeile.strip()) if t]
    try:
        seite = int(teile[0])
        if len(teile) == 2 and teile[1].casefold() == "ganz":
            return seite, 0.0, 0.0, _GANZ, _GANZ
        links, oben, breite, hoehe = (float(t.replace(",", ".")) for t in teile[1:])
        if not all(map(math.isfinite, (links, oben, breite, hoehe))):
            raise ValueError
    except (ValueError, IndexError):
        raise ValueError(
            f"Zeile {nummer} („{zeile.strip()[:40]}“) ist nicht lesbar. Bitte schreiben Sie Seite, "
            "links, oben, Breite und Höhe in Millimetern, zum Beispiel „1; 20; 45; 80; 12“, oder "
            "„1 ganz“."
        ) from None
    if min(links, oben) < 0 or min(breite, hoehe) <= 0 or max(links, oben, breite, hoehe) > _GANZ:
        raise ValueError(
            f"Zeile {nummer}: Breite und Höhe sind größer als null, links und oben nicht kleiner."
        )
    return seite, links, oben, breite, hoehe


def write_bereiche(bereiche: Sequence[Sequence[Any]]) -> str:
    """Return areas as a person writes them, one a line."""
    return "\n".join(
        f"{seite} ganz"
        if breite >= _GANZ
        else "; ".join([str(seite), *(f"{w:g}".replace(".", ",") for w in (x, y, breite, hoehe))])
        for seite, x, y, breite, hoehe in bereiche
    )


def _waiting(user: User, stichtag: Any) -> QuerySet[Any, Any] | None:
    if not access.may_write(user):
        return None
    rows = Schwaerzung.objects.filter(
        state=Schwaerzungszustand.VORGELEGT,
        unterlage__case__in=access.visible_to(user, stichtag).values("pk"),
    ).exclude(erstellt_von__in_reihe=own_accounts(user))
    return columns(
        rows.order_by("pk"),
        fall="unterlage__case_id",
        aktenzeichen="unterlage__case__aktenzeichen",
        person="unterlage__case__leistungsberechtigte_person",
        seit="erstellt_am",
        text="unterlage__titel",
    )


def _waiting_row(row: Kurzzeile, user: User, stichtag: Any) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Geschwärzte Kopien zur Freigabe",
        titel=f"Geschwärzte Kopie von „{row.text}“ ansehen und freigeben",
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("schwaerzung_freigeben", args=[row.fall, row.nummer]),
        seit=row.seit,
        zustand=Schwaerzungszustand.VORGELEGT.label,
        farbe=SCHWAERZUNG.farben[Schwaerzungszustand.VORGELEGT],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_waiting, _waiting_row)
