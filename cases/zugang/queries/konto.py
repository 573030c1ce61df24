"""Lists of accounts, teams and changes; nothing here touches a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from cases.guards import accounts_named
from cases.models import Kontoaenderung, Team, User
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.rolle import Rolle
from cases.states.zugang import KONTOAENDERUNG, Kontovorgang, Kontozustand


def konten(*, text: str = "", rolle: str = "", zustand: str = "") -> QuerySet[User]:
    """Return accounts with team and roles by name; `zustand` is "aktiv", "gesperrt" or empty."""
    rows = User.objects.all()
    for word in text.replace("\x00", " ").split():
        rows = rows.filter(
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    if rolle:
        rows = rows.filter(groups__name=rolle)
    if zustand:
        rows = rows.filter(is_active=zustand == "aktiv")
    return (
        rows.select_related("team")
        .prefetch_related("groups")
        .order_by("last_name", "first_name", "username")
    )


def konto_of(konto_id: int) -> User | None:
    """Return one account with team."""
    return User.objects.select_related("team").filter(pk=konto_id).first()


def aenderungen_of(konto: User) -> QuerySet[Kontoaenderung]:
    """Return the history of an account, the latest first."""
    return _mit_personen().filter(konto=konto)


def last_angaben_editor(konto: User) -> str:
    """Return who last changed name, address or function; empty when nobody has yet."""
    row = aenderungen_of(konto).filter(art=Kontovorgang.ANGABEN).first()
    return row.veranlasst_von.get_full_name() if row and row.veranlasst_von else ""


def offene_aenderungen() -> QuerySet[Kontoaenderung]:
    """Return changes that wait for a second person, the oldest first."""
    return _mit_personen().filter(state=Kontozustand.OFFEN).order_by("veranlasst_am", "id")


def letzte_aenderungen() -> QuerySet[Kontoaenderung]:
    """Return all changes, the latest first."""
    return _mit_personen()


def _mit_personen() -> QuerySet[Kontoaenderung]:
    return Kontoaenderung.objects.select_related(
        "konto", "team", "veranlasst_von", "entschieden_von"
    )


@dataclass(frozen=True)
class Anmeldestand:
    """How an account logs in: number of sessions, kinds of second factor."""

    sitzungen: int
    faktoren: tuple[str, ...]


_FAKTOREN = {"totp": "Authenticator-App", "webauthn": "Passkey", "recovery_codes": "Ersatzcodes"}


def anmeldestand(konto: User) -> Anmeldestand:
    """Return sessions and second factors of an account (two queries)."""
    arten = Authenticator.objects.filter(user=konto).values_list("type", flat=True).distinct()
    return Anmeldestand(
        UserSession.objects.filter(user=konto).count(),
        tuple(sorted(_FAKTOREN.get(art, art) for art in arten)),
    )


def teams() -> QuerySet[Team]:
    """Return the teams with members and supervisors."""
    return Team.objects.annotate(
        mitglieder=Count("users", filter=Q(users__is_active=True), distinct=True)
    ).prefetch_related("leitungen")


def all_teams() -> QuerySet[Team]:
    """Return the teams for a choice."""
    return Team.objects.all()


def same_name(vorname: str, nachname: str) -> QuerySet[User]:
    """Return active accounts of this name: perhaps the same person."""
    return accounts_named(vorname, nachname).filter(is_active=True)


def _waiting(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.has_rolle(Rolle.BERECHTIGUNG):
        return None
    eigene = own_accounts(user)
    offen = Kontoaenderung.objects.filter(state=Kontozustand.OFFEN).exclude(konto=user)
    return columns(
        offen.exclude(veranlasst_von__in_reihe=eigene).order_by("veranlasst_am", "id"),
        person="konto",
        seit=TruncDate("veranlasst_am"),
        text="art",
    )


def _waiting_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Konten zur Bestätigung",
        titel=str(Kontovorgang(row.text).label),
        fall="ohne Fall",
        name=f"Konto von {row.name}",
        url=reverse("kontoaenderung", args=[row.nummer]),
        seit=row.seit,
        zustand=str(Kontozustand.OFFEN.label),
        farbe=KONTOAENDERUNG.farben[Kontozustand.OFFEN],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_waiting, _waiting_row)
