"""Rows of „Mein Tag“ about budgets, and what keeps a case open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from budget.bescheid.queries import list_eigene_bescheide, list_zur_freigabe
from budget.folge.queries.tisch import list_eigene, list_vorgelegte
from budget.models import Bescheid, Folgebescheid
from budget.states import Bescheidzustand, Vereinbarungszustand
from budget.states.teilnahme import FORDERUNG, Forderungszustand
from budget.states.traegerwechsel import TRAEGERWECHSEL, Wechselzustand
from budget.states.umzug import Umzugsstand
from budget.teilnahme.queries import forderungen_zur_entscheidung
from budget.traegerwechsel.queries import abzugebende_wechsel
from budget.umzug.queries import offene_umzuege
from budget.verfahren.queries import has_laufende_auszahlung
from budget.zielvereinbarung.queries import offene_vereinbarungen
from cases.models import Case, User
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.schritt import Hindernis
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.rolle import Rolle

GRUPPE = "Persönliches Budget"


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return what waits for this user; one query per role."""
    rows = []
    if user.has_rolle(Rolle.LEITUNG):
        rows += [
            replace(
                _zeile("Bescheid freigeben", b, "bescheid_freigabe", b.vorgelegt_am, "warning"),
                art="freigabe",
            )
            for b in list_zur_freigabe(user, stichtag)
        ]
        rows += [
            _kuendigungszeile(f, user)
            if f.state == Bescheidzustand.ENTWURF
            else _folgezeile(f, user)
            for f in list_vorgelegte(user, stichtag)
        ]
    if user.has_rolle(Rolle.FALLMANAGEMENT):
        rows += [_bescheidzeile(b) for b in list_eigene_bescheide(user, stichtag)]
        rows += [_folgezeile(f, user) for f in list_eigene(user, stichtag)]
    return rows


# Title, day since when, colour and kind of the row, by the state of the decision.
_FOLGEZEILEN = {
    Bescheidzustand.ENTWURF: ("{} weiterschreiben", "datum", "neutral", "entwurf"),
    Bescheidzustand.VORGELEGT: ("{} ansehen", "vorgelegt_am", "info", "warten"),
    Bescheidzustand.FREIGEGEBEN: ("{} versenden", "freigegeben_am", "success", ""),
}


def _folgezeile(row: Folgebescheid, user: User) -> Arbeitszeile:
    """Return the row of a further decision, for who writes it and for who releases it."""
    titel, seit, farbe, art = _FOLGEZEILEN[Bescheidzustand(row.state)]
    frei = row.state == Bescheidzustand.VORGELEGT and user.has_rolle(Rolle.LEITUNG)
    if row.state == Bescheidzustand.ENTWURF and row.rueckgabe_grund:
        titel, farbe, art = "{} zurückgegeben", "warning", ""
    if frei:
        titel, farbe, art = "{} freigeben", "warning", "freigabe"
    seite = "folge_freigabe" if frei else "folgebescheid"
    zeile = Arbeitszeile(
        gruppe=GRUPPE,
        titel=titel.format(row.get_art_display()),
        fall=row.case.aktenzeichen,
        name=row.case.leistungsberechtigte_person.voller_name,
        url=reverse(seite, args=[row.case_id, row.pk]),
        seit=getattr(row, seit),
        zustand=row.get_state_display(),
        farbe=farbe,
    )
    return replace(zeile, art=art) if art else zeile


def _kuendigungszeile(row: Folgebescheid, user: User) -> Arbeitszeile:
    """Return the row of a draft for which the authority, a second person, gives notice."""
    zeile = _folgezeile(row, user)
    return replace(zeile, titel="Kündigung prüfen und schreiben", farbe="warning", art="freigabe")


def _bescheidzeile(bescheid: Bescheid) -> Arbeitszeile:
    if bescheid.state == Bescheidzustand.FREIGEGEBEN:
        row = _zeile("Bescheid versenden", bescheid, "bescheid", bescheid.freigegeben_am, "success")
        fall = bescheid.persoenliches_budget.case_id
        return replace(row, url=reverse("versand_neu", args=[fall, bescheid.schreiben_id]))
    if bescheid.state == Bescheidzustand.VORGELEGT:
        row = _zeile("Bescheid ansehen", bescheid, "bescheid", bescheid.vorgelegt_am, "info")
        return replace(row, art="warten")
    if bescheid.rueckgabe_grund:
        return _zeile("Bescheid zurückgegeben", bescheid, "bescheid", bescheid.datum, "warning")
    row = _zeile("Bescheid weiterschreiben", bescheid, "bescheid", bescheid.datum, "neutral")
    return replace(row, art="entwurf")


def _begonnene_vereinbarungen(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.has_rolle(Rolle.FALLMANAGEMENT):
        return None
    fall = "persoenliches_budget__case"
    return columns(
        offene_vereinbarungen(user),
        fall=f"{fall}_id",
        aktenzeichen=f"{fall}__aktenzeichen",
        person=f"{fall}__leistungsberechtigte_person",
        seit=Coalesce("ausgefertigt_am", f"{fall}__eroeffnet_am"),
        marke="state",
    )


def _vereinbarungszeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    ausgefertigt = row.marke == Vereinbarungszustand.AUSGEFERTIGT
    titel = "Unterschriften ausstehend" if ausgefertigt else "Zielvereinbarung weiterschreiben"
    return Arbeitszeile(
        gruppe=GRUPPE,
        titel=titel,
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("zielvereinbarung", args=[row.fall]),
        seit=row.seit,
        zustand=Vereinbarungszustand(row.marke).label,
        farbe="info" if ausgefertigt else "neutral",
        art="warten" if ausgefertigt else "entwurf",
    )


VEREINBARUNGEN = Kurzquelle(_begonnene_vereinbarungen, _vereinbarungszeile)


def _offene_umzuege(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    """A move is one row while nothing is decided about it, and none after that."""
    if not user.has_rolle(Rolle.FALLMANAGEMENT):
        return None
    return columns(
        offene_umzuege(user),
        nummer="neu_pk",
        fall="case_id",
        aktenzeichen="case__aktenzeichen",
        person="case__leistungsberechtigte_person",
        seit="neu_ab",
    )


def _umzugszeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe=GRUPPE,
        titel="Folgen des Umzugs entscheiden",
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("umzug_entscheiden", args=[row.fall, row.nummer]),
        seit=row.seit,
        zustand=Umzugsstand.OFFEN.label,
        farbe="warning",
    )


UMZUEGE = Kurzquelle(_offene_umzuege, _umzugszeile)


def _offene_forderungen(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    """A claim is decided by who has neither taken it in nor ever named its account."""
    if not user.rollen & FORDERUNG.uebergang("anerkennen").rollen:
        return None
    return columns(
        forderungen_zur_entscheidung(own_accounts(user)).order_by("eingegangen_am", "id"),
        fall="teilnahme__case_id",
        aktenzeichen="teilnahme__case__aktenzeichen",
        person="teilnahme__case__leistungsberechtigte_person",
        seit="eingegangen_am",
    )


def _forderungszeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return _entscheidung(
        row,
        "Über die Erstattung an einen anderen Träger entscheiden",
        "teilnahmen",
        Forderungszustand.OFFEN.label,
    )


def _abzugebende(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    """A case is handed over when its grant has ended, by who has not noted the change."""
    if not user.rollen & TRAEGERWECHSEL.uebergang("abgeben").rollen:
        return None
    rows = abzugebende_wechsel(own_accounts(user))
    fall = "persoenliches_budget__case"
    return columns(
        rows.order_by("ab", "id"),
        fall=f"{fall}_id",
        aktenzeichen=f"{fall}__aktenzeichen",
        person=f"{fall}__leistungsberechtigte_person",
        seit="ab",
    )


def _abgabezeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return _entscheidung(
        row, "Fall an den neuen Träger abgeben", "traegerwechsel", Wechselzustand.ZUGESAGT.label
    )


def _entscheidung(row: Kurzzeile, titel: str, seite: str, zustand: str) -> Arbeitszeile:
    """Return a row that waits for a decision of a second person."""
    return Arbeitszeile(
        gruppe=GRUPPE,
        titel=titel,
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse(seite, args=[row.fall]),
        seit=row.seit,
        zustand=zustand,
        farbe="warning",
        art="freigabe",
    )


FORDERUNGEN = Kurzquelle(_offene_forderungen, _forderungszeile)
ABGABEN = Kurzquelle(_abzugebende, _abgabezeile)


def _zeile(titel: str, obj: Bescheid, seite: str, seit: date | None, farbe: str) -> Arbeitszeile:
    case = obj.persoenliches_budget.case
    return Arbeitszeile(
        gruppe=GRUPPE,
        titel=titel,
        fall=case.aktenzeichen,
        name=case.leistungsberechtigte_person.voller_name,
        url=reverse(seite, args=[case.pk]),
        seit=seit,
        zustand=obj.get_state_display(),
        farbe=farbe,
    )


def abschlusshindernisse(case: Case, stichtag: date) -> list[Hindernis]:
    """Return why a case cannot be closed: its budget is still being paid."""
    if not has_laufende_auszahlung(case):
        return []
    if case.leistungsberechtigte_person.verstorben(stichtag):
        return [
            Hindernis(
                "Das Persönliche Budget ist noch nicht beendet. Es endet mit dem Tod der Person; "
                "beenden Sie es im Reiter „Budget“.",
                "§ 39 Abs. 2 SGB X, § 59 S. 1 SGB I",
                reverse("budget", args=[case.pk]),
            )
        ]
    return [
        Hindernis(
            "Das Persönliche Budget ist bewilligt oder wird ausgezahlt. Ist sein Zeitraum vorbei, "
            "beenden Sie es; sonst heben Sie den Bescheid auf („Weitere Bescheide“).",
            "§ 39 Abs. 2 SGB X",
            reverse("folgebescheide", args=[case.pk]),
        )
    ]
