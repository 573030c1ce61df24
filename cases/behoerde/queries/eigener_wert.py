"""Which own value of the authority holds on a day; one query each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.models import EigenerWert, Fristwahrung, User
from cases.models.wertschluessel import AUFENTHALT_TAGE, TEXTE, Hilfsmittelform
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns, rows_of
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.wert import EIGENER_WERT, Wertzustand
from recht.bemessung import BEHINDERUNGSARTEN


def eigener_wert(schluessel: str, stichtag: date) -> EigenerWert | None:
    """Return the released value of a key that holds on the day, None when there is none."""
    return (
        EigenerWert.objects.filter(
            schluessel=schluessel, gueltig_ab__lte=stichtag, state=Wertzustand.FREIGEGEBEN
        )
        .order_by("-gueltig_ab")
        .first()
    )


class Wertetafel:
    """All released values of some keys, read once: for runs over very many rows."""

    def __init__(self, *anfaenge: str) -> None:
        gesucht = Q()
        for anfang in anfaenge:
            gesucht |= Q(schluessel__startswith=anfang)
        self._werte: dict[str, list[EigenerWert]] = {}
        rows = EigenerWert.objects.filter(gesucht, state=Wertzustand.FREIGEGEBEN)
        for wert in rows.order_by("-gueltig_ab"):
            self._werte.setdefault(wert.schluessel, []).append(wert)

    def get(self, schluessel: str, stichtag: date) -> EigenerWert | None:
        """Return the value that holds on the day, as `eigener_wert` does."""
        werte = self._werte.get(schluessel, ())
        return next((wert for wert in werte if wert.gueltig_ab <= stichtag), None)

    def zeilen(self) -> list[str]:
        """Return every value as text, in a fixed order: what a fingerprint is made of."""
        return [
            f"{schluessel} {wert.gueltig_ab} {wert.zahl}"
            for schluessel, werte in sorted(self._werte.items())
            for wert in werte
        ]


def wochenfaktor(stichtag: date) -> Decimal | None:
    """Return the Wochenfaktor of the authority; None means 52/12."""
    return _zahl("wochenfaktor", stichtag)


def teilmonat_modus(stichtag: date) -> str | None:
    """Return how the authority divides a month; None means that the agreement must say it."""
    wert = eigener_wert("teilmonat_modus", stichtag)
    return wert.auswahl if wert else None


def aufenthalt_mitteilen(stichtag: date) -> int:
    """Return from how many days on a stay in hospital or abroad is to be told."""
    wert = eigener_wert("aufenthalt_mitteilen", stichtag)
    return int(wert.zahl) if wert and wert.zahl else AUFENTHALT_TAGE


def hilfsmittelform(stichtag: date) -> str:
    """Return the form in which Pflegehilfsmittel for use up are given: a word of the Teilbudget."""
    wert = eigener_wert("pflegehilfsmittel_form", stichtag)
    return str(wert.auswahl) if wert else Hilfsmittelform.GUTSCHEIN.value


def zeichnungsgrenze(stichtag: date) -> Decimal | None:
    """Return the monthly sum up to which one person releases alone; None means no limit."""
    return _zahl("zeichnungsgrenze", stichtag)


def stichprobe_jeder(stichtag: date) -> int | None:
    """Return of how many released plans one is drawn for a second look; None means none."""
    zahl = _zahl("stichprobe_plan", stichtag)
    return int(zahl) if zahl else None


def aufbewahrung_jahre(stichtag: date) -> int | None:
    """Return how many years the file stays after the end of its case; None means no fixed time."""
    zahl = _zahl("aufbewahrung_jahre", stichtag)
    return int(zahl) if zahl else None


def fristwahrung(stichtag: date) -> Fristwahrung:
    """Return with what the Frist for a decision is met; without an own value with the decision."""
    wert = eigener_wert("entscheidungsfrist_gewahrt", stichtag)
    return Fristwahrung(str(wert.auswahl)) if wert else Fristwahrung.ENTSCHEIDUNG


def gemeinsames_schreiben(stichtag: date) -> str:
    """Return the wording of one letter over parts that several carriers decide about."""
    wert = eigener_wert("gemeinsames_schreiben", stichtag)
    return wert.text if wert else TEXTE["gemeinsames_schreiben"]


def stundensatz(art: str, stichtag: date) -> Decimal | None:
    """Return the rate per hour for `assistenz` or `qualifizierte_assistenz` in euro."""
    return _zahl(f"stundensatz.{art}", stichtag)


def richtwert(hilfebedarfsgruppe: int, behinderungsart: str, stichtag: date) -> Decimal | None:
    """Return the authority's own Richtwert in euro a month.

    There is none before the published table has ended: the guard lets none begin earlier.
    """
    spalte = BEHINDERUNGSARTEN[behinderungsart]
    return _zahl(f"richtwert.hbg{hilfebedarfsgruppe}.{spalte}", stichtag)


def _zahl(schluessel: str, stichtag: date) -> Decimal | None:
    wert = eigener_wert(schluessel, stichtag)
    return wert.zahl if wert else None


def list_eigene_werte() -> QuerySet[EigenerWert]:
    """Return all own values with the people who set them, grouped by key, the latest first."""
    return EigenerWert.objects.select_related(
        "vorgeschlagen_von", "freigegeben_von", "verworfen_von"
    ).order_by("schluessel", "-gueltig_ab", "-id")


def values_in_force(werte: Sequence[EigenerWert], stichtag: date) -> set[int]:
    """Return the ids of those that hold on the day, from `list_eigene_werte` without a query."""
    gilt: dict[str, EigenerWert] = {}
    for wert in werte:
        if wert.state != Wertzustand.FREIGEGEBEN or wert.gueltig_ab > stichtag:
            continue
        bisher = gilt.get(wert.schluessel)
        if bisher is None or bisher.gueltig_ab < wert.gueltig_ab:
            gilt[wert.schluessel] = wert
    return {wert.pk for wert in gilt.values()}


def _proposed(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & EIGENER_WERT.uebergang("freigeben").rollen:
        return None
    offen = EigenerWert.objects.filter(state=Wertzustand.ENTWURF)
    fremde = offen.exclude(vorgeschlagen_von__in_reihe=own_accounts(user))
    return columns(
        fremde.order_by("schluessel", "-gueltig_ab", "-id"),
        person="vorgeschlagen_von",
        seit="vorgeschlagen_am",
        text="schluessel",
    )


def _proposed_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Eigene Werte zur Freigabe",
        titel=f"Wert „{EigenerWert(schluessel=row.text).titel}“ freigeben",
        fall="ohne Fall",
        name=f"vorgeschlagen von {row.name}",
        url=reverse("eigener_wert_freigeben", args=[row.nummer]),
        seit=row.seit,
        zustand=Wertzustand.ENTWURF.label,
        farbe=EIGENER_WERT.farben[Wertzustand.ENTWURF],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_proposed, _proposed_row)


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return proposals of others that this user may release; one query, none for other roles."""
    return rows_of([KURZQUELLE], user, stichtag)
