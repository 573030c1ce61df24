"""Accounts, their rights and credentials: what opens something waits for a second person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction

from cases.guards import konten_der_person, refuse
from cases.models import Anmeldevorgang, Kontoaenderung, Meldungsanlass, Team, User
from cases.models.stand import stand_of
from cases.services.anmeldung import log_anmeldung
from cases.services.stand import refuse_stale
from cases.services.zugangsmeldung import tell
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import ERNEUERT, VIER_AUGEN, Kontovorgang, Kontozustand
from cases.zugang.guards.zugang import (
    berechtigung_bleibt,
    konto_einer_anderen_person,
    rollen_vertraeglich,
)
from cases.zugang.queries.konto import last_angaben_editor
from cases.zugang.schritte import KONTOSCHRITTE, Kontolage
from cases.zugang.services.kontowirkung import WIRKUNG
from cases.zugang.services.sitzung import end_sessions

STARTPASSWORT_GILT = timedelta(days=7)
# Who was given an account by others releases and confirms nothing meanwhile.
SCHONFRIST = timedelta(hours=24)
_BEANTRAGT = {
    Kontovorgang.PASSWORT: "ein neues Startpasswort zu setzen",
    Kontovorgang.ZWEITER_FAKTOR: "Ihren zweiten Faktor zurückzusetzen",
    Kontovorgang.EMAIL: "Ihre E-Mail-Adresse zu ändern",
    Kontovorgang.ENTSPERREN: "das gesperrte Konto wieder zu öffnen",
}
_MELDET = {
    Kontovorgang.PASSWORT: "Für Ihr Konto wurde ein neues Startpasswort gesetzt.",
    Kontovorgang.ZWEITER_FAKTOR: "Ihr zweiter Faktor wurde zurückgesetzt.",
    Kontovorgang.EMAIL: "Ihre E-Mail-Adresse wurde geändert.",
    Kontovorgang.ENTSPERREN: "Ihr Konto wurde wieder geöffnet.",
    Kontovorgang.ROLLE_ERTEILEN: "Ihr Konto hat eine neue Rolle erhalten.",
    Kontovorgang.ROLLE_ENTZIEHEN: "Ihrem Konto wurde eine Rolle entzogen.",
    Kontovorgang.TEAM: "Ihr Konto gehört jetzt zu einem anderen Team.",
    Kontovorgang.LEITUNG_ERTEILEN: "Ihrem Konto wurde die Leitung eines Teams übertragen.",
}
_NAMENSGLEICH = "Es gibt schon ein Konto dieses Namens; bitte prüfen, ob es dieselbe Person ist."
_BEENDET_SITZUNGEN = {Kontovorgang.SPERREN, Kontovorgang.PASSWORT, Kontovorgang.ZWEITER_FAKTOR}


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


def require_berechtigung(by: User) -> None:
    """Let only the Berechtigungsverwaltung go on.

    Raises SchrittUnzulaessig for everybody else.
    """
    if not by.has_rolle(Rolle.BERECHTIGUNG):
        raise SchrittUnzulaessig("Konten verwaltet die Berechtigungsverwaltung.")


@transaction.atomic
def create_konto(*, username: str, angaben: Kontoangaben, by: User, zeitpunkt: datetime) -> User:
    """Create an account without any right and without a password.

    Who creates it never knows its password: the second person sets that when confirming. An
    account of a name that there is already waits closed, until a second person has opened it.

    Raises SchrittUnzulaessig when name or address is taken or `by` is no
    Berechtigungsverwaltung.
    """
    require_berechtigung(by)
    if User.objects.filter(username__iexact=username).exists():
        raise SchrittUnzulaessig(f"Den Anmeldenamen „{username}“ gibt es schon.")
    _unique_email(angaben.email, None)
    konto = User(username=username, **_stripped(angaben))
    konto.set_unusable_password()
    konto.save()
    _note(konto, Kontovorgang.ANGELEGT, by=by, zeitpunkt=zeitpunkt)
    if konten_der_person(konto) != {konto.pk}:
        konto.is_active = False
        konto.save(update_fields=["is_active"])
        _note(konto, Kontovorgang.ENTSPERREN, by=by, zeitpunkt=zeitpunkt, begruendung=_NAMENSGLEICH)
    _note(konto, Kontovorgang.PASSWORT, by=by, zeitpunkt=zeitpunkt, begruendung="neues Konto")
    return konto


def _stripped(angaben: Kontoangaben) -> dict[str, str]:
    return {name: wert.strip() for name, wert in asdict(angaben).items()}


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
    """Change name and what letters print at once; a new e-mail address waits for a second person.

    `gesehen` is the mark of these facts as the form showed them.

    Raises SchrittUnzulaessig for the own account, a taken address, or without the right to it.
    """
    require_berechtigung(by)
    row = _lock(konto)
    jetzt = stand_of(row, asdict(angaben))
    refuse_stale(gesehen=gesehen, jetzt=jetzt, zuletzt=last_angaben_editor(row))
    refuse(konto_einer_anderen_person(row, by))
    _unique_email(angaben.email, row)
    werte = _stripped(angaben)
    if werte.pop("email") != row.email:
        _request(row, Kontovorgang.EMAIL, by=by, zeitpunkt=zeitpunkt, wert=angaben.email.strip())
    geaendert = sorted(name for name, wert in werte.items() if getattr(row, name) != wert)
    if not geaendert:
        return row
    frueher = f"{row.first_name} {row.last_name}"
    for name in geaendert:
        setattr(row, name, werte[name])
    row.save(update_fields=geaendert)
    namen = {feld.name: str(feld.verbose_name) for feld in User._meta.concrete_fields}
    felder = ", ".join(namen[name] for name in geaendert)
    _note(
        row,
        Kontovorgang.ANGABEN,
        by=by,
        zeitpunkt=zeitpunkt,
        begruendung=f"geändert: {felder}",
        wert=frueher if {"first_name", "last_name"} & set(geaendert) else "",
    )
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
    require_berechtigung(by)
    _lock_berechtigung()
    row = _lock(konto)
    refuse(konto_einer_anderen_person(row, by))
    _check(row, art, rolle, team)
    return _request(
        row, art, by=by, zeitpunkt=zeitpunkt, begruendung=begruendung, rolle=rolle, team=team
    )


@transaction.atomic
def decide_aenderung(
    *,
    aenderung: Kontoaenderung,
    schritt: str,
    by: User,
    zeitpunkt: datetime,
    grund: str = "",
    startpasswort: str = "",
) -> Kontoaenderung:
    """Confirm, refuse or withdraw what waits; a confirmed right holds from the next request.

    Who confirms a start password sets it (`startpasswort`) and hands it to the person; who asked
    for it never learns it.

    Raises SchrittUnzulaessig when it does not wait any more, `by` has caused it (only
    withdrawing is left then), it concerns `by`, or the start password is missing.
    """
    _lock_berechtigung()
    row = Kontoaenderung.objects.select_for_update().get(pk=aenderung.pk)
    row.konto = _lock(row.konto)
    require_berechtigung(by)
    state = KONTOSCHRITTE.require(Kontolage(by, row), schritt)
    if schritt == "bestaetigen":
        _check(row.konto, Kontovorgang(row.art), row.rolle, row.team)
        _take_value(row, startpasswort, zeitpunkt)
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
        art=Kontovorgang.ROLLE_ERTEILEN,
        rolle=Rolle.BERECHTIGUNG,
        state=Kontozustand.WIRKSAM,
        veranlasst_von=None,
        veranlasst_am=zeitpunkt,
        begruendung="am Server eingerichtet",
    )
    _apply(row, aenderung, zeitpunkt)
    return aenderung


def _lock(konto: User) -> User:
    return User.objects.select_for_update().get(pk=konto.pk)


def _lock_berechtigung() -> None:
    """Two people must not take the last two rights from each other at the same moment."""
    Group.objects.get_or_create(name=Rolle.BERECHTIGUNG)
    Group.objects.select_for_update().get(name=Rolle.BERECHTIGUNG)


def _take_value(aenderung: Kontoaenderung, startpasswort: str, zeitpunkt: datetime) -> None:
    """Hold what the second person sets or has to look at: start password, free address."""
    konto = aenderung.konto
    if aenderung.art == Kontovorgang.PASSWORT:
        if not startpasswort:
            raise SchrittUnzulaessig("Bitte setzen Sie das Startpasswort.")
        konto.set_password(startpasswort)
        konto.startpasswort_bis = zeitpunkt + STARTPASSWORT_GILT
        konto.save(update_fields=["password", "startpasswort_bis"])
    elif aenderung.art == Kontovorgang.EMAIL:
        _unique_email(aenderung.wert, konto)


def _request(
    konto: User,
    art: Kontovorgang,
    *,
    by: User,
    zeitpunkt: datetime,
    begruendung: str = "",
    rolle: str = "",
    team: Team | None = None,
    wert: str = "",
) -> Kontoaenderung:
    """Let a change take effect or wait for a second person; the person is told of a renewal."""
    offen = Kontoaenderung.objects.filter(
        konto=konto, art=art, rolle=rolle, team=team, state=Kontozustand.OFFEN
    )
    if offen.exists():
        raise SchrittUnzulaessig("Diese Änderung wartet bereits auf eine zweite Person.")
    aenderung = _note(
        konto,
        art,
        by=by,
        zeitpunkt=zeitpunkt,
        begruendung=begruendung,
        rolle=rolle,
        team=team,
        wert=wert,
    )
    if aenderung.state == Kontozustand.WIRKSAM:
        _apply(konto, aenderung, zeitpunkt)
    elif art in _BEANTRAGT:
        text = (
            f"Für Ihr Konto ist beantragt, {_BEANTRAGT[art]}. Waren Sie es nicht, wenden Sie sich "
            "bitte sofort an die Berechtigungsverwaltung oder den Datenschutz."
        )
        _tell(konto, text, zeitpunkt)
    return aenderung


def _tell(konto: User, text: str, zeitpunkt: datetime) -> None:
    """Tell the person, at the address that the account has at this moment."""
    tell(
        users=[konto],
        anlass=Meldungsanlass.KONTO,
        text=text,
        zeitpunkt=zeitpunkt,
        adresse=konto.email,
    )


def _note(
    konto: User,
    art: Kontovorgang,
    *,
    by: User,
    zeitpunkt: datetime,
    begruendung: str = "",
    rolle: str = "",
    team: Team | None = None,
    wert: str = "",
) -> Kontoaenderung:
    return Kontoaenderung.objects.create(
        konto=konto,
        art=art,
        rolle=rolle,
        team=team,
        wert=wert,
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
        Kontovorgang.ROLLE_ERTEILEN: (hat, f"Das Konto hat die Rolle {rolle} bereits."),
        Kontovorgang.ROLLE_ENTZIEHEN: (not hat, f"Das Konto hat die Rolle {rolle} nicht."),
        Kontovorgang.TEAM: (
            team is not None and konto.team_id == team.pk,
            "Das Konto gehört schon dazu.",
        ),
        Kontovorgang.TEAM_VERLASSEN: (konto.team_id is None, "Das Konto gehört zu keinem Team."),
        Kontovorgang.LEITUNG_ERTEILEN: (leitet, "Das Konto leitet dieses Team bereits."),
        Kontovorgang.LEITUNG_ENTZIEHEN: (not leitet, "Das Konto leitet dieses Team nicht."),
        Kontovorgang.SPERREN: (not konto.is_active, "Das Konto ist bereits gesperrt."),
        Kontovorgang.ENTSPERREN: (konto.is_active, "Das Konto ist nicht gesperrt."),
    }
    trifft_zu, satz = schon.get(art, (False, ""))
    if trifft_zu:
        raise SchrittUnzulaessig(satz)
    if art == Kontovorgang.ROLLE_ERTEILEN:
        if rolle not in Rolle.values:
            raise SchrittUnzulaessig("Diese Rolle gibt es nicht.")
        refuse(rollen_vertraeglich(konto, rolle))
    elif art == Kontovorgang.SPERREN or (
        art == Kontovorgang.ROLLE_ENTZIEHEN and rolle == Rolle.BERECHTIGUNG
    ):
        refuse(berechtigung_bleibt(konto))


def _apply(konto: User, aenderung: Kontoaenderung, zeitpunkt: datetime) -> None:
    """Put a change into force; it acts on the next request of the account."""
    art = Kontovorgang(aenderung.art)
    if art in ERNEUERT:
        # The clock of the rest starts here; what the person renews alone does not start it.
        konto.freigaben_ab = zeitpunkt + SCHONFRIST
        konto.save(update_fields=["freigaben_ab"])
    if art in ERNEUERT or art == Kontovorgang.SPERREN:
        vorgang = Anmeldevorgang.ERNEUERT if art in ERNEUERT else Anmeldevorgang.GESPERRT
        log_anmeldung(konto=konto, art=vorgang, zeitpunkt=zeitpunkt)
    if art in _MELDET:
        _tell(konto, _MELDET[art], zeitpunkt)
    if art in WIRKUNG:
        WIRKUNG[art](konto, aenderung)
    if art == Kontovorgang.EMAIL:
        # The old address was told above; from now on the new one is it.
        _tell(konto, _MELDET[art], zeitpunkt)
    if art in _BEENDET_SITZUNGEN:
        end_sessions(konto)
