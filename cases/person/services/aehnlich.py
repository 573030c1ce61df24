"""The check for similar persons, counted and logged: nobody finds out by trying who has a file."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from cases.models import User, Zugriffsverweigerung
from cases.person.queries.aehnlich import Aehnlich, aehnliche_personen, fremde_akte
from cases.services.auffaelligkeit import note_listenabruf
from cases.states.zugang import Abrufart

ROUTE = "antrag_aehnlich"
# So many different people nobody takes in on one day.
PRUEFUNGEN_JE_TAG = 30
_EIN_TAG = 24 * 3600


def check_person(
    *,
    user: User,
    vorname: str,
    nachname: str,
    geburtsdatum: date | None,
    stichtag: date,
    genau: str = "tag",
    frueher: tuple[str, ...] = (),
) -> list[Aehnlich]:
    """Return similar persons, see `aehnliche_personen`; a full question is counted and logged.

    Asking the same again counts once. When the checks of the day are used up, every question is
    answered as if there were a foreign file: the answer says nothing any more.
    """
    treffer = aehnliche_personen(
        user=user,
        vorname=vorname,
        nachname=nachname,
        geburtsdatum=geburtsdatum,
        stichtag=stichtag,
        genau=genau,
        frueher=frueher,
    )
    if not (nachname.strip() and geburtsdatum):
        return treffer
    gefragt = f"{vorname.strip()}|{nachname.strip()}|{geburtsdatum}".casefold()
    neu, erschoepft = _count(user, stichtag, gefragt)
    sichtbar = [hit for hit in treffer if not hit.fremd]
    fremd = len(sichtbar) < len(treffer)
    if neu:
        # That it was asked; whose names the page then shows is in the row of the answer.
        note_listenabruf(by=user, route=ROUTE, art=Abrufart.SUCHE, faelle=(), anzahl=len(sichtbar))
        if fremd or erschoepft:
            Zugriffsverweigerung.objects.create(user=user, route=ROUTE)
    return [*sichtbar, fremde_akte()] if fremd or erschoepft else sichtbar


def _count(user: User, stichtag: date, gefragt: str) -> tuple[bool, bool]:
    """Tell whether this was not asked today yet, and whether the day's number is used up."""
    name = f"aehnlich:{user.pk}:{stichtag}"
    kennung = salted_hmac("fallwerk.aehnlich.frage", gefragt).hexdigest()[:16]
    bisher: list[str] = cache.get(name, [])
    if kennung in bisher:
        return False, bisher.index(kennung) >= PRUEFUNGEN_JE_TAG
    cache.set(name, [*bisher, kennung], _EIN_TAG)
    return True, len(bisher) >= PRUEFUNGEN_JE_TAG
