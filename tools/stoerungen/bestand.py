"""What the faults strike: people, cases, orders, letters, made by the program's services."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from cases.antrag.services.antrag import open_case
from cases.models import (
    Anschrift,
    Auftrag,
    Behoerde,
    Case,
    LeistungsberechtigtePerson,
    Schreiben,
    Team,
    User,
    Zugangsmeldung,
)
from cases.models.zugang import Meldungsanlass
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from cases.services.zugangsmeldung import tell
from cases.states.auftrag import Auftragzustand
from cases.states.rolle import Rolle
from tools.stoerungen.haus import Haus
from tools.stoerungen.tafel import Ergebnis

_nummer = count(1)
_OFFEN = (Auftragzustand.OFFEN, Auftragzustand.IN_ARBEIT)
_GEKLAERT = (Auftragzustand.FERTIG, Auftragzustand.UNGEWISS)


def found() -> User:
    """Found the authority and return its first Fallmanager."""
    Behoerde.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Landkreis Musterau",
            "amt": "Amt für Teilhabe",
            "strasse": "Schlossplatz 1",
            "plz": "70999",
            "ort": "Musterau",
            "email": "teilhabe@landkreis-musterau.example",
            "elektronischer_zugang": "post@landkreis-musterau.example",
            "land": "BW",
        },
    )
    return person_of_staff("fallmanager", Rolle.FALLMANAGEMENT)


def person_of_staff(name: str, rolle: Rolle) -> User:
    """Return a new account with one role in the one team."""
    team = Team.objects.get_or_create(name="Team Nord")[0]
    name = f"{name}{next(_nummer)}"
    user = User.objects.create(
        username=name,
        first_name=name.capitalize(),
        last_name="Probe",
        email=f"{name}@landkreis-musterau.example",
        team=team,
    )
    user.groups.add(Group.objects.get(name=str(rolle)))
    if rolle == Rolle.LEITUNG:
        user.geleitete_teams.add(team)
    return user


def staff(n: int) -> list[User]:
    """Return so many active accounts with an address, making those that are missing."""
    have = list(User.objects.filter(username__startswith="viele")[:n])
    neu = [
        User(
            username=f"viele{k}", first_name="Viele", last_name=str(k), email=f"viele{k}@x.example"
        )
        for k in range(len(have), n)
    ]
    return have + User.objects.bulk_create(neu)


def open_cases(n: int, by: User) -> list[Case]:
    """Return new cases, each of a person of its own who may be reached by e-mail."""
    heute = timezone.localdate()
    return [_open_case(by, heute) for _ in range(n)]


def _open_case(by: User, heute: date) -> Case:
    k = next(_nummer)
    person = LeistungsberechtigtePerson.objects.create(
        anrede="herr",
        vorname="Emil",
        nachname=f"Störfall{k}",
        geburtsdatum=date(1985, 4, 17),
        email=f"emil{k}@example.org",
        email_zugang_seit=date(2004, 1, 1),
    )
    Anschrift.objects.create(
        leistungsberechtigte_person=person,
        strasse=f"Lindenweg {k}",
        plz="70999",
        ort="Musterau",
        gueltig_ab=date(2000, 1, 1),
    )
    case, _ = open_case(
        leistungsberechtigte_person=person,
        team=by.team,
        caseworker=by,
        eingang=heute,
        weg="schriftlich",
        begehren="Assistenz in der eigenen Wohnung",
        persoenliches_budget=True,
        by=by,
        tag=heute,
    )
    return case


def anlass_of(case: Case, by: User) -> Schreibanlass:
    """Return what the letter of the faults is written for: the form of the application."""
    return Schreibanlass(
        case=case,
        tag=timezone.localdate(),
        by=by,
        gegenstand=case.antraege.get(),
        zeichnet=by,
    )


def write_letter(case: Case, by: User) -> Schreiben:
    """Freeze one letter of this case."""
    return write_schreiben(art="antragsformular", anlass=anlass_of(case, by))


def order_notices(n: int) -> dict[str, str]:
    """Order so many notices in one transaction; return Message-ID -> key of the order."""
    users = staff(n)
    with transaction.atomic():
        tell(
            users=users,
            anlass=Meldungsanlass.KONTO,
            text="Probe.",
            zeitpunkt=timezone.now(),
        )
    neu = Zugangsmeldung.objects.order_by("-pk").values_list("pk", flat=True)[:n]
    return {f"zugang-{pk}": f"zugangsmeldung:{pk}" for pk in neu}


def hurry(keys: Iterable[str]) -> None:
    """Let waiting orders be due now: the table shows the fault, not the hours of waiting."""
    rows = Auftrag.objects.filter(schluessel__in=list(keys), state=Auftragzustand.OFFEN)
    rows.update(naechster_versuch=timezone.now())


def open_orders(keys: Sequence[str]) -> int:
    """Return how many of the orders are neither done nor with a person."""
    return Auftrag.objects.filter(schluessel__in=keys, state__in=_OFFEN).count()


def settle(
    keys: Iterable[str], *, hoechstens: float, haus: Haus | None = None, eilen: bool = True
) -> float:
    """Wait until no order is open any more; return the seconds it took.

    With `haus` its processes are kept meanwhile: a worker ends when its children are killed as
    they start, and whoever keeps the processes starts it again.
    """
    keys, began = list(keys), time.monotonic()
    while open_orders(keys) and time.monotonic() - began < hoechstens:
        if haus is not None:
            haus.work()
        if eilen:
            hurry(keys)
        time.sleep(0.2)
    connection.close()
    return time.monotonic() - began


def balance(haus: Haus, keys: dict[str, str], ruhe: float, bemerkung: str = "") -> Ergebnis:
    """Compare the rows with the ledger of the mail server."""
    states = dict(
        Auftrag.objects.filter(schluessel__in=keys.values()).values_list("schluessel", "state")
    )
    ledger = {kennung: haus.post.ledger[kennung] for kennung in keys}
    state = {kennung: states.get(key) for kennung, key in keys.items()}
    ungewiss = sum(s == Auftragzustand.UNGEWISS for s in state.values())
    verloren = sum(
        s is None or s in _OFFEN or (s == Auftragzustand.FERTIG and not ledger[k])
        for k, s in state.items()
    )
    unerklaert = sum(
        (ledger[k] > 0 and s not in _GEKLAERT) or s == Auftragzustand.FEHLGESCHLAGEN
        for k, s in state.items()
    )
    worte = [
        bemerkung,
        f"{ungewiss} ungewiss, warten auf einen Menschen" if ungewiss else "",
        _left_behind([keys[k] for k, s in state.items() if s is None or s in _OFFEN]),
    ]
    return Ergebnis(
        versucht=len(keys),
        verloren=verloren,
        doppelt=sum(n - 1 for n in ledger.values() if n > 1),
        unerklaert=unerklaert,
        ruhe_s=ruhe,
        bemerkung="; ".join(wort for wort in worte if wort),
    )


def _left_behind(keys: Sequence[str]) -> str:
    """Say of the first orders that are still open how they stand: the cause shows in it."""
    rows = Auftrag.objects.filter(schluessel__in=keys).order_by("pk")[:3]
    teile = [
        f"{row.schluessel} {row.state}, {row.versuche}-mal begonnen, "
        f"{row.abbrueche}-mal abgebrochen"
        for row in rows
    ]
    return f"offen: {'; '.join(teile)}" if teile else ""


_BRIEFE: list[Schreiben] = []


def letters(n: int, by: User) -> list[Schreiben]:
    """Return so many frozen letters, each of a case of its own; made once for all faults.

    A fault that needs them untouched asks before one that spoils them.
    """
    fehlen = n - len(_BRIEFE)
    _BRIEFE.extend(write_letter(case, by) for case in open_cases(max(0, fehlen), by))
    return _BRIEFE[:n]
