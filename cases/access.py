"""Who may see which case and take which step. Deny by default; a foreign case does not exist.

Layer of need-to-know: Fallmanagement sees the cases of the own team (protected ones only as the
responsible person), Sachgebietsleitung those of the teams it leads, Revision all of them read-only,
everybody else only what a dated Zuweisung opens. Kasse, Datenschutz, Fachadministration and
Berechtigungsverwaltung see no case content. An emergency access opens one case for sixty minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Case as Wenn
from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from cases.models import (
    WIRKSAM,
    Abwesenheit,
    Auskunftssperre,
    Case,
    EigenerWert,
    Lesezugriff,
    Notfallzugriff,
    User,
    Zugriffsverweigerung,
    Zuweisung,
)
from cases.models.wertschluessel import ZUGANG_VORGABEN
from cases.rechte import KONTO
from cases.reihe import keys_of
from cases.states.inhalt import Einsicht, Inhalt
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig, Uebergang, Zustandstafel
from cases.states.wert import Wertzustand
from cases.states.zugang import Zugriffsgrund
from cases.vordruck import Wert, rows_by_key

FALLROLLEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST, Rolle.REVISION)
SCHREIBROLLEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG)
# Who may add a note: Fachdienst writes what it finds and changes nothing else.
VERMERKROLLEN = (*SCHREIBROLLEN, Rolle.FACHDIENST)
# „Mein Tag“ is only worth a visit for those who have cases of their own or assigned ones.
TAGESROLLEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST)
# For those who decide about what a second person has entered as well, with cases or without.
TISCHROLLEN = (*TAGESROLLEN, Rolle.FACHADMINISTRATION, Rolle.BERECHTIGUNG)
# Reading is watched over this time: how many different cases one person opens.
LESEFENSTER = timedelta(hours=1)
# No row has a greater id; what an address names beyond it does not exist.
MAX_ID = 2**63 - 1
_LESEGRENZE = "zugang.faelle_je_stunde"
# What stands out is reported; what is so many times as much nobody needs for their work.
STOPP_FACH = 5


def grounds_for(user: User, stichtag: date) -> list[tuple[Zugriffsgrund, Q]]:
    """Return why this user may open cases on this day, the strongest ground first.

    A further way to see cases is a further row here: lists, counts, pages and the read log
    follow from it. Each compares one column with keys that are worked out first: then each of
    them has its index, also where one OR joins them all.
    """
    if not user.is_active:
        return []
    # The conditions are questions to the database, never answers: a page may ask them again.
    kept: dict[Any, list[tuple[Zugriffsgrund, Q]]] = user.__dict__.setdefault("_gruende", {})
    key = (stichtag, user.team_id, user.rollen, stands_in(user, stichtag))
    if key not in kept:
        kept[key] = _grounds(user, stichtag)
    return kept[key]


def _grounds(user: User, stichtag: date) -> list[tuple[Zugriffsgrund, Q]]:
    rows: list[tuple[Zugriffsgrund, Q]] = []
    if user.has_rolle(Rolle.FALLMANAGEMENT):
        rows.append((Zugriffsgrund.ZUSTAENDIG, Q(caseworker=user)))
    if user.has_rolle(Rolle.FALLMANAGEMENT, Rolle.FACHDIENST):
        dated = Zuweisung.objects.filter(
            Q(bis__isnull=True) | Q(bis__gte=stichtag), user=user, von__lte=stichtag
        )
        rows.append((Zugriffsgrund.ZUWEISUNG, Q(pk__in_reihe=keys_of(dated, "case"))))
    if user.has_rolle(*TAGESROLLEN) and stands_in(user, stichtag):
        rows.append((Zugriffsgrund.VERTRETUNG, _vertretung(user, stichtag)))
    if user.has_rolle(Rolle.LEITUNG):
        rows.append((Zugriffsgrund.LEITUNG, Q(team__in_reihe=led_teams(user))))
    if user.has_rolle(Rolle.FALLMANAGEMENT) and user.team_id is not None:
        rows.append((Zugriffsgrund.TEAM, Q(team_id=user.team_id, geschuetzt=False)))
    if user.has_rolle(Rolle.REVISION):
        rows.append((Zugriffsgrund.REVISION, Q(geschuetzt=False)))
    return rows


def led_teams(user: User) -> ArraySubquery:
    """Return the ids of the teams that the user leads."""
    return keys_of(User.geleitete_teams.through.objects.filter(user=user), "team")


def _vertretung(user: User, stichtag: date) -> Q:
    """Return what a deputy sees: the cases of the absent person, as far as the own role goes.

    Protected ones only when the Leitung has said so for this absence. Cases on which the absent
    person works by Zuweisung belong to it, and led teams when the deputy leads teams, too.
    """
    laufend = Abwesenheit.objects.filter(
        WIRKSAM,
        vertretung=user,
        aufgehoben_am__isnull=True,
        von__lte=stichtag,
        bis__gte=stichtag,
    )

    def of(abwesend: QuerySet[Abwesenheit]) -> Q:
        personen = keys_of(abwesend, "user")
        found = Q()
        if user.has_rolle(*SCHREIBROLLEN):
            found |= Q(caseworker__in_reihe=personen)
        zugewiesen = Zuweisung.objects.filter(
            Q(bis__isnull=True) | Q(bis__gte=stichtag), user__in_reihe=personen, von__lte=stichtag
        )
        found |= Q(pk__in_reihe=keys_of(zugewiesen, "case"))
        if user.has_rolle(Rolle.LEITUNG):
            geleitet = User.geleitete_teams.through.objects.filter(user__in_reihe=personen)
            found |= Q(team__in_reihe=keys_of(geleitet, "team"))
        return found

    return (Q(geschuetzt=False) & of(laufend)) | of(laufend.filter(geschuetzte=True))


def load_user(user: User) -> None:
    """Read roles and running Vertretungen of the user of a request in one query.

    Most people stand in for nobody: their conditions then leave that ground out. A user who was
    not read this way (a service, a task) is asked about in the database each time. The same
    statement tells the database for whom this connection works from now on (cases/rechte.py).
    """
    leer = Value(None, DateField())
    wer = User.objects.filter(pk=user.pk).order_by()
    gemeldet = wer.values_list(
        Func(
            Value(KONTO),
            Cast("pk", CharField()),
            Value(False),
            function="set_config",
            output_field=CharField(),
        ),
        leer,
        leer,
    )
    rollen = user.groups.order_by().values_list(
        "name", Value(None, DateField()), Value(None, DateField())
    )
    vertretungen = Abwesenheit.objects.filter(WIRKSAM, vertretung=user, aufgehoben_am__isnull=True)
    zeiten = vertretungen.order_by().values_list(Value("", CharField()), "von", "bis")
    rows = list(rollen.union(zeiten, gemeldet, all=True))
    user.rollen = frozenset(name for name, _, _ in rows if name) & frozenset(Rolle.values)
    user.__dict__["_vertretungszeiten"] = [(von, bis) for name, von, bis in rows if not name]


def stands_in(user: User, stichtag: date) -> bool:
    """Tell whether the user may stand in for somebody on this day; True when it is not known."""
    zeiten = user.__dict__.get("_vertretungszeiten")
    return zeiten is None or any(von <= stichtag <= bis for von, bis in zeiten)


def ask(
    frage: Callable[..., QuerySet[Any, Any]], user: User, stichtag: date, **werte: Wert
) -> list[Any]:
    """Return the rows of `frage(user, stichtag, …)`, a function of a module.

    Its SQL is written once for all users with the same roles: the conditions of `grounds_for` are
    long. What `frage` may know of the user are id, team and roles; with `konten` also the accounts
    of the same human being.
    """
    vertritt, team = stands_in(user, stichtag), user.team_id
    gestalt = (frage, user.is_active, user.rollen, vertritt)
    eigene: dict[str, Wert] = {} if team is None else {"team_id": team}

    def of(user_id: int, tag: date, team_id: int | None = None, **rest: Wert) -> QuerySet[Any, Any]:
        jemand = User(pk=user_id, team_id=team_id, is_active=user.is_active)
        jemand.rollen = user.rollen
        if not vertritt:
            jemand.__dict__["_vertretungszeiten"] = []
        if "konten" in rest:
            jemand.__dict__["_konten_der_person"] = rest.pop("konten")
        return frage(jemand, tag, **rest)

    return rows_by_key(gestalt, of, user_id=user.pk, tag=stichtag, **eigene, **werte)


def visible_to(user: User, stichtag: date) -> QuerySet[Case]:
    """Return the cases that this user may open on this day; every list starts from here.

    An emergency access opens one case for reading and is not in here: such a case is in no list.
    """
    sees = Q(pk__in=[])
    for _, bedingung in grounds_for(user, stichtag):
        sees |= bedingung
    return Case.objects.filter(sees)


def with_ground(cases: QuerySet[Case], user: User, stichtag: date) -> QuerySet[Case]:
    """Add `zugriffsgrund` to visible cases: the strongest ground on which the user sees them."""
    when = [When(bedingung, then=Value(str(g))) for g, bedingung in grounds_for(user, stichtag)]
    return cases.annotate(
        zugriffsgrund=Wenn(
            *when, default=Value(str(Zugriffsgrund.UNBEKANNT)), output_field=CharField()
        )
    )


def rolle_of(user: User) -> str:
    """Return the role that stands in the read log."""
    return next((r.value for r in FALLROLLEN if user.has_rolle(r)), "")


def running_notfall(user: User, case_id: int, jetzt: datetime) -> Notfallzugriff | None:
    """Return the emergency access that opens this case at this moment; it ends to the second."""
    if not (user.is_active and user.has_rolle(*TAGESROLLEN)):
        return None
    return Notfallzugriff.objects.filter(
        user=user, case_id=case_id, beginn__lte=jetzt, ende__gt=jetzt
    ).first()


class NurLesen(Exception):
    """Somebody tried to change a case that is open by emergency access only."""


class NichtGezeigt(Exception):
    """Somebody asked for a page about content that role and ground do not show."""


class ZuViele(Exception):
    """Somebody opens far more different cases within an hour than any work needs."""


def open_case(
    user: User,
    case_id: int,
    route: str,
    stichtag: date,
    jetzt: datetime | None = None,
    *,
    lesend: bool = True,
    inhalte: Collection[Inhalt] = (),
) -> Case | None:
    """Return the case and log the read in one transaction; None when it is not visible.

    The case carries `zugriffsgrund`, `notfall` and what `_with_state` adds. A refused attempt is
    logged as well; the caller answers 404, never 403. Raises NurLesen when an emergency access is
    used for more than reading, NichtGezeigt when role and ground do not show all of `inhalte`,
    ZuViele for the next case beyond what anybody can need within an hour; danger is no such case.
    """
    with transaction.atomic():
        case, notfall = _find(user, case_id, stichtag, jetzt)
        nur_lesen = notfall is not None and not lesend
        zu_viele = case is not None and notfall is None and _is_stopped(case)
        verweigert = case is None or nur_lesen or zu_viele or not _sees(user, case, inhalte)
        if verweigert:
            Zugriffsverweigerung.objects.create(
                user=user, route=route, case_id_angefragt=min(case_id, MAX_ID)
            )
        else:
            _log(case, notfall, user, route)
    if verweigert and case is not None:
        if zu_viele:
            raise ZuViele
        raise NurLesen if nur_lesen else NichtGezeigt
    return case


def _is_stopped(case: Any) -> bool:
    return bool(case.gelesen > STOPP_FACH * case.lesegrenze)


def _sees(user: User, case: Any, inhalte: Collection[Inhalt]) -> bool:
    return Einsicht(user.rollen, case.zugriffsgrund, case.gesperrt).sees(*inhalte)


def _log(case: Any, notfall: Notfallzugriff | None, user: User, route: str) -> None:
    Lesezugriff.objects.create(
        case=case,
        user=user,
        route=route,
        als=rolle_of(user),
        grund=case.zugriffsgrund,
        notfall=notfall,
    )


def _find(
    user: User, case_id: int, stichtag: date, jetzt: datetime | None
) -> tuple[Case | None, Notfallzugriff | None]:
    werte: dict[str, Wert] = {"fall": case_id}
    if jetzt is not None:
        werte |= {"jetzt": jetzt, "vorgabe": ZUGANG_VORGABEN[_LESEGRENZE]}
    case: Any = None
    if case_id <= MAX_ID:
        case = next(iter(ask(_visible_case, user, stichtag, **werte)), None)
    notfall = running_notfall(user, case_id, jetzt) if case is None and jetzt else None
    if notfall is not None:
        vorgabe = ZUGANG_VORGABEN[_LESEGRENZE]
        case = _with_state(Case.objects.all(), user, stichtag, jetzt, vorgabe).get(pk=case_id)
        case.zugriffsgrund = Zugriffsgrund.NOTFALL.value
    if case is not None:
        case.notfall = notfall
    return case, notfall


def _visible_case(
    user: User, stichtag: date, fall: int, jetzt: datetime | None = None, vorgabe: int = 0
) -> QuerySet[Case]:
    visible = with_ground(visible_to(user, stichtag), user, stichtag)
    return _with_state(visible, user, stichtag, jetzt, vorgabe).filter(pk=fall)


def _with_state(
    cases: QuerySet[Case], user: User, stichtag: date, jetzt: datetime | None, vorgabe: int
) -> QuerySet[Case]:
    """Add what every page of a case needs, so that it costs no query of its own.

    `gesperrt` tells of an Auskunftssperre; `gelesen` and `lesegrenze` are the number of different
    cases in the last hour, this one included, and the limit (both 0 when no moment is given).
    """
    sperre = Auskunftssperre.objects.filter(
        Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag),
        leistungsberechtigte_person=OuterRef("leistungsberechtigte_person"),
        gueltig_ab__lte=stichtag,
    )
    gelesen: Any = Value(0)
    grenze: Any = Value(0)
    if jetzt is not None:
        andere = (
            Lesezugriff.objects.filter(user=user, zeit__gt=jetzt - LESEFENSTER, zeit__lte=jetzt)
            .exclude(case=OuterRef("pk"))
            .order_by()
            .values("user")
            .annotate(anzahl=Count("case", distinct=True))
            .values("anzahl")
        )
        gelesen = Coalesce(Subquery(andere), Value(0)) + Value(1)
        eigener = EigenerWert.objects.filter(
            schluessel=_LESEGRENZE, gueltig_ab__lte=stichtag, state=Wertzustand.FREIGEGEBEN
        ).order_by("-gueltig_ab")
        grenze = Coalesce(
            Subquery(eigener.values("zahl")[:1], output_field=IntegerField()),
            Value(vorgabe),
        )
    return cases.select_related("leistungsberechtigte_person", "team", "caseworker").annotate(
        gesperrt=Exists(sperre), gelesen=gelesen, lesegrenze=grenze
    )


def may_write(user: User) -> bool:
    """Tell whether the user works on cases (and does not only read them)."""
    return user.has_rolle(*SCHREIBROLLEN)


def may_note(user: User) -> bool:
    """Tell whether the user may add a note or a Stellungnahme to a case."""
    return user.has_rolle(*VERMERKROLLEN)


def may(user: User, tafel: Zustandstafel, schritt: str, zustand: str) -> bool:
    """Tell whether role and state allow the step; guards are asked by the service."""
    zeile = tafel.uebergang(schritt)
    return zustand in zeile.von and bool(user.rollen & zeile.rollen)


def require_rolle(user: User, zeile: Uebergang) -> None:
    """Raise SchrittUnzulaessig when the step is kept for another role."""
    if not user.rollen & zeile.rollen:
        wer = " oder ".join(sorted(zeile.rollen))
        raise SchrittUnzulaessig(
            f"„{zeile.titel}“ ist der Rolle {wer} vorbehalten.", zeile.norm_am()
        )


def require(user: User, tafel: Zustandstafel, schritt: str, zustand: str) -> str:
    """Return the state after the step or raise SchrittUnzulaessig with the German reason."""
    require_rolle(user, tafel.uebergang(schritt))
    return tafel.ziel(zustand, schritt)
