"""Accounts and their rights: what opens something waits for a second person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction

from cases.guards import refuse
from cases.models import Kontoaenderung, Meldungsanlass, Team, User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.services.zugangsmeldung import tell
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import VIER_AUGEN, Kontovorgang, Kontozustand
from cases.zugang.guards.zugang import (
    berechtigung_bleibt,
    konto_einer_anderen_person,
    rollen_vertraeglich,
)
from cases.zugang.queries.konto import last_angaben_editor
from cases.zugang.schritte import KONTOSCHRITTE, Kontolage

STARTPASSWORT_GILT = timedelta(days=7)
K = Kontovorgang
_MELDET = {
    K.PASSWORT: "Die Berechtigungsverwaltung hat für Ihr Konto ein neues Startpasswort gesetzt.",
    K.ZWEITER_FAKTOR: "Die Berechtigungsverwaltung hat Ihren zweiten Faktor zurückgesetzt.",
    K.ROLLE_ERTEILEN: "Ihr Konto hat eine neue Rolle erhalten.",
    K.ROLLE_ENTZIEHEN: "Ihrem Konto wurde eine Rolle entzogen.",
}
_BEENDET_SITZUNGEN = {K.SPERREN, K.PASSWORT, K.ZWEITER_FAKTOR}


@dataclass(frozen=True)
class Kontoangaben:
    """Who an account belongs to; what is printed on letters comes from here."""

    first_name: str
    last_name: str
    email: str
    funktion: str
    telefon: str
    zimmer: str
    zeichen: str


def _require(by: User) -> None:
    if not by.has_rolle(Rolle.BERECHTIGUNG):
        raise SchrittUnzulaessig("Konten verwaltet die Berechtigungsverwaltung.")


@transaction.atomic
def create_konto(
    *, username: str, angaben: Kontoangaben, startpasswort: str, by: User, zeitpunkt: datetime
) -> User:
    """Create an account without any right; its password must be changed within seven days.

    Raises SchrittUnzulaessig when name or address is taken or `by` is no
    Berechtigungsverwaltung.
    """
    _require(by)
    if User.objects.filter(username__iexact=username).exists():
        raise SchrittUnzulaessig(f"Den Anmeldenamen „{username}“ gibt es schon.")
    _unique_email(angaben.email, None)
    konto = User(username=username, **asdict(angaben))
    konto.set_password(startpasswort)
    konto.startpasswort_bis = zeitpunkt + STARTPASSWORT_GILT
    konto.save()
    _note(konto, K.ANGELEGT, by=by, zeitpunkt=zeitpunkt)
    return konto


def _unique_email(email: str, konto: User | None) -> None:
    """One person, one account: a second one would get round the four eyes."""
    doppelt = User.objects.filter(email__iexact=email) if email else User.objects.none()
    if konto is not None:
        doppelt = doppelt.exclude(pk=konto.pk)
    if doppelt.exists():
        raise SchrittUnzulaessig(
            "Mit dieser E-Mail-Adresse gibt es schon ein Konto. Jede Person hat genau eines.",
            "Vier-Augen-Grundsatz",
        )


@transaction.atomic
def update_konto(
    *, konto: User, angaben: Kontoangaben, by: User, zeitpunkt: datetime, gesehen: str = ""
) -> User:
    """Change name, address and what letters print; rights are not touched.

    `gesehen` is the mark of these facts as the form showed them.

    Raises SchrittUnzulaessig for the own account, a taken address, or without the right to it.
    """
    _require(by)
    row = _lock(konto)
    jetzt = stand_of(row, asdict(angaben))
    refuse_stale(gesehen=gesehen, jetzt=jetzt, zuletzt=last_angaben_editor(row))
    refuse(konto_einer_anderen_person(row, by))
    _unique_email(angaben.email, row)
    werte = asdict(angaben)
    geaendert = sorted(name for name, wert in werte.items() if getattr(row, name) != wert)
    if not geaendert:
        return row
    for name in geaendert:
        setattr(row, name, werte[name])
    row.save(update_fields=geaendert)
    namen = {feld.name: str(feld.verbose_name) for feld in User._meta.concrete_fields}
    felder = ", ".join(namen[name] for name in geaendert)
    _note(row, K.ANGABEN, by=by, zeitpunkt=zeitpunkt, begruendung=f"geändert: {felder}")
    return row


@transaction.atomic
def change_konto(
    *,
    konto: User,
    art: Kontovorgang,
    by: User,
    zeitpunkt: datetime,
    begruendung: str,
    rolle: str = "",
    team: Team | None = None,
) -> Kontoaenderung:
    """Take a right away at once, or ask for one that a second person has to confirm.

    Raises SchrittUnzulaessig for the own account, for roles that exclude each other, for the last
    Berechtigungsverwaltung, and for what is so already.
    """
    _require(by)
    _lock_berechtigung()
    row = _lock(konto)
    refuse(konto_einer_anderen_person(row, by))
    _check(row, art, rolle, team)
    offen = Kontoaenderung.objects.filter(
        konto=row, art=art, rolle=rolle, team=team, state=Kontozustand.OFFEN
    )
    if offen.exists():
        raise SchrittUnzulaessig("Diese Änderung wartet bereits auf eine zweite Person.")
    aenderung = _note(
        row, art, by=by, zeitpunkt=zeitpunkt, begruendung=begruendung, rolle=rolle, team=team
    )
    if aenderung.state == Kontozustand.WIRKSAM:
        _apply(row, aenderung, zeitpunkt)
    return aenderung


@transaction.atomic
def set_startpasswort(
    *, konto: User, startpasswort: str, begruendung: str, by: User, zeitpunkt: datetime
) -> Kontoaenderung:
    """Set a password that the person must change; all sessions end, the person is told.

    Raises SchrittUnzulaessig for the own account or without the right to it.
    """
    _require(by)
    row = _lock(konto)
    refuse(konto_einer_anderen_person(row, by))
    row.set_password(startpasswort)
    row.startpasswort_bis = zeitpunkt + STARTPASSWORT_GILT
    row.save(update_fields=["password", "startpasswort_bis"])
    aenderung = _note(row, K.PASSWORT, by=by, zeitpunkt=zeitpunkt, begruendung=begruendung)
    _apply(row, aenderung, zeitpunkt)
    return aenderung


@transaction.atomic
def decide_aenderung(
    *, aenderung: Kontoaenderung, schritt: str, by: User, zeitpunkt: datetime, grund: str = ""
) -> Kontoaenderung:
    """Confirm, refuse or withdraw what waits; a confirmed right holds from the next request.

    Raises SchrittUnzulaessig when it does not wait any more, `by` has caused it (only
    withdrawing is left then) or it concerns `by`.
    """
    _lock_berechtigung()
    row = Kontoaenderung.objects.select_for_update().get(pk=aenderung.pk)
    row.konto = _lock(row.konto)
    _require(by)
    state = KONTOSCHRITTE.require(Kontolage(by, row), schritt)
    if schritt == "bestaetigen":
        _check(row.konto, K(row.art), row.rolle, row.team)
    row.state = state
    row.entschieden_von, row.entschieden_am, row.ablehnung = by, zeitpunkt, grund
    row.save(update_fields=["state", "entschieden_von", "entschieden_am", "ablehnung"])
    if state == Kontozustand.WIRKSAM:
        _apply(row.konto, row, zeitpunkt)
    return row


@transaction.atomic
def install_berechtigung(*, konto: User, zeitpunkt: datetime) -> Kontoaenderung:
    """Give the Berechtigungsverwaltung from the server; the history says that nobody signed.

    Raises SchrittUnzulaessig when the account has a role that does not go with it.
    """
    row = _lock(konto)
    refuse(rollen_vertraeglich(row, Rolle.BERECHTIGUNG))
    aenderung = Kontoaenderung.objects.create(
        konto=row,
        art=K.ROLLE_ERTEILEN,
        rolle=Rolle.BERECHTIGUNG,
        state=Kontozustand.WIRKSAM,
        veranlasst_von=None,
        veranlasst_am=zeitpunkt,
        begruendung="am Server eingerichtet",
    )
    _apply(row, aenderung, zeitpunkt)
    return aenderung


def end_sessions(konto: User) -> int:
    """End all sessions of an account at once; return how many.

    The list of devices knows those that came through the login page; the sessions themselves are
    looked through as well, so that none is left over.
    """
    keys = set(UserSession.objects.filter(user=konto).values_list("session_key", flat=True))
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(konto.pk):
            keys.add(session.session_key)
    UserSession.objects.filter(user=konto).delete()
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


@transaction.atomic
def create_team(*, name: str, by: User) -> Team:
    """Create a team.

    Raises SchrittUnzulaessig when the name is taken or `by` is no Berechtigungsverwaltung.
    """
    _require(by)
    if Team.objects.filter(name__iexact=name).exists():
        raise SchrittUnzulaessig(f"Ein Team „{name}“ gibt es schon.")
    return Team.objects.create(name=name)


@transaction.atomic
def rename_team(*, team: Team, name: str, by: User, gesehen: str = "") -> Team:
    """Rename a team; members, supervisors and cases stay.

    `gesehen` is the mark of the name as the form showed it.

    Raises SchrittUnzulaessig when the name is taken or `by` is no Berechtigungsverwaltung.
    """
    _require(by)
    row = Team.objects.select_for_update().get(pk=team.pk)
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, ("name",)))
    if Team.objects.filter(name__iexact=name).exclude(pk=row.pk).exists():
        raise SchrittUnzulaessig(f"Ein Team „{name}“ gibt es schon.")
    row.name = name
    row.save(update_fields=["name"])
    return row


def _lock(konto: User) -> User:
    return User.objects.select_for_update().get(pk=konto.pk)


def _lock_berechtigung() -> None:
    """Two people must not take the last two rights from each other at the same moment."""
    Group.objects.get_or_create(name=Rolle.BERECHTIGUNG)
    Group.objects.select_for_update().get(name=Rolle.BERECHTIGUNG)


def _note(
    konto: User,
    art: Kontovorgang,
    *,
    by: User,
    zeitpunkt: datetime,
    begruendung: str = "",
    rolle: str = "",
    team: Team | None = None,
) -> Kontoaenderung:
    return Kontoaenderung.objects.create(
        konto=konto,
        art=art,
        rolle=rolle,
        team=team,
        begruendung=begruendung[:300],
        state=Kontozustand.OFFEN if art in VIER_AUGEN else Kontozustand.WIRKSAM,
        veranlasst_von=by,
        veranlasst_am=zeitpunkt,
    )


def _check(konto: User, art: Kontovorgang, rolle: str, team: Team | None) -> None:
    """Refuse what is so already, what does not go together, and what would lock all out."""
    hat = konto.groups.filter(name=rolle).exists() if rolle else False
    leitet = team is not None and konto.geleitete_teams.filter(pk=team.pk).exists()
    schon = {
        K.ROLLE_ERTEILEN: (hat, f"Das Konto hat die Rolle {rolle} bereits."),
        K.ROLLE_ENTZIEHEN: (not hat, f"Das Konto hat die Rolle {rolle} nicht."),
        K.TEAM: (team is not None and konto.team_id == team.pk, "Das Konto gehört schon dazu."),
        K.TEAM_VERLASSEN: (konto.team_id is None, "Das Konto gehört zu keinem Team."),
        K.LEITUNG_ERTEILEN: (leitet, "Das Konto leitet dieses Team bereits."),
        K.LEITUNG_ENTZIEHEN: (not leitet, "Das Konto leitet dieses Team nicht."),
        K.SPERREN: (not konto.is_active, "Das Konto ist bereits gesperrt."),
        K.ENTSPERREN: (konto.is_active, "Das Konto ist nicht gesperrt."),
    }
    trifft_zu, satz = schon.get(art, (False, ""))
    if trifft_zu:
        raise SchrittUnzulaessig(satz)
    if art == K.ROLLE_ERTEILEN:
        if rolle not in Rolle.values:
            raise SchrittUnzulaessig("Diese Rolle gibt es nicht.")
        refuse(rollen_vertraeglich(konto, rolle))
    elif art == K.SPERREN or (art == K.ROLLE_ENTZIEHEN and rolle == Rolle.BERECHTIGUNG):
        refuse(berechtigung_bleibt(konto))


def _apply(konto: User, aenderung: Kontoaenderung, zeitpunkt: datetime) -> None:
    """Put a change into force; it acts on the next request of the account."""
    art, team = K(aenderung.art), aenderung.team
    if art == K.ROLLE_ERTEILEN:
        konto.groups.add(Group.objects.get_or_create(name=aenderung.rolle)[0])
    elif art == K.ROLLE_ENTZIEHEN:
        konto.groups.remove(*Group.objects.filter(name=aenderung.rolle))
    elif art in {K.TEAM, K.TEAM_VERLASSEN}:
        konto.team = team if art == K.TEAM else None
        konto.save(update_fields=["team"])
    elif art == K.LEITUNG_ERTEILEN and team is not None:
        konto.geleitete_teams.add(team)
    elif art == K.LEITUNG_ENTZIEHEN and team is not None:
        konto.geleitete_teams.remove(team)
    elif art in {K.SPERREN, K.ENTSPERREN}:
        konto.is_active = art == K.ENTSPERREN
        konto.save(update_fields=["is_active"])
    elif art == K.ZWEITER_FAKTOR:
        Authenticator.objects.filter(user=konto).delete()
    if art in _BEENDET_SITZUNGEN:
        end_sessions(konto)
    if art in _MELDET:
        tell(users=[konto], anlass=Meldungsanlass.KONTO, text=_MELDET[art], zeitpunkt=zeitpunkt)
