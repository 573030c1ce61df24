"""Faults of the mail server: what it refuses, cuts, swallows; and what changes before dispatch."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.test.utils import override_settings
from django.utils import timezone

from cases.models import Auftrag, LeistungsberechtigtePerson, User, Versand, Versandweg
from cases.schreiben.services import versand as versandservice
from cases.services.auftrag import decide, run_due
from cases.states.auftrag import Auftragzustand
from cases.states.rolle import Rolle
from tools.stoerungen import bestand
from tools.stoerungen.aufgaben import kill_children
from tools.stoerungen.haus import Haus
from tools.stoerungen.postamt import SCHWEIGEN, TRENNEN, TROPFEN, closed_port
from tools.stoerungen.tafel import Ergebnis

OFFEN, SCHLECHT, UNGEWISS, FERTIG = "offen", "fehlgeschlagen", "ungewiss", "fertig"


@dataclass(frozen=True)
class Fall:
    """What the mail server does at one phase, and where an order must stand afterwards."""

    phase: str
    tun: str
    soll: str


FAELLE = (
    Fall("", "niemand antwortet", OFFEN),
    Fall("", "kein TLS", OFFEN),
    *(
        Fall(phase, tun, OFFEN)
        for phase in ("gruss", "mail", "rcpt", "data")
        for tun in ("421 später", "451 später", SCHWEIGEN, TRENNEN)
    ),
    Fall("gruss", TROPFEN, OFFEN),
    Fall("ehlo", SCHWEIGEN, OFFEN),
    Fall("ehlo", TRENNEN, OFFEN),
    Fall("mail", "550 nein", SCHLECHT),
    Fall("rcpt", "550 nein", SCHLECHT),
    Fall("data", "554 nein", SCHLECHT),
    Fall("text", "421 später", OFFEN),
    Fall("text", "451 später", OFFEN),
    Fall("text", "554 nein", SCHLECHT),
    Fall("text", SCHWEIGEN, UNGEWISS),
    Fall("text", TRENNEN, UNGEWISS),
    Fall("quit", TRENNEN, FERTIG),
    Fall("quit", SCHWEIGEN, FERTIG),
)


def _patiently(haus: Haus, **anders: object) -> Callable[[], None]:
    """Return a function that carries out what is due in this process, once."""

    def run() -> None:
        wie = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": haus.post.port, "EMAIL_TIMEOUT": 0.3}
        with override_settings(**{**wie, **anders}):
            run_due(limit=10_000, now=timezone.now())

    return run


def f13(haus: Haus, n: int) -> Ergebnis:
    """Play every answer at every phase; then answer well, and everything open goes out once."""
    haus.rest()
    je_fall = max(1, n // len(FAELLE))
    falsch, keys, began = 0, {}, time.monotonic()
    for fall in FAELLE:
        neu = bestand.order_notices(je_fall if fall.tun not in {TROPFEN} else 1)
        keys |= {k: v for k, v in neu.items() if fall.soll != SCHLECHT}
        haus.post.play(**({fall.phase: fall.tun} if fall.phase else {}))
        anders: dict[str, object] = {}
        if fall.tun == "kein TLS":
            anders = {"EMAIL_USE_TLS": True}
        elif not fall.phase:
            anders = {"EMAIL_PORT": closed_port()}
        _patiently(haus, **anders)()
        falsch += _misplaced(haus, neu, fall)
    haus.post.play()
    for _ in range(3):
        bestand.hurry(keys.values())
        _patiently(haus)()
    ergebnis = bestand.balance(
        haus, keys, time.monotonic() - began, f"{len(FAELLE)} Antworten, {je_fall} Mails je Antwort"
    )
    return Ergebnis(
        len(FAELLE) * je_fall,
        ergebnis.verloren,
        ergebnis.doppelt,
        ergebnis.unerklaert + falsch,
        ergebnis.ruhe_s,
        ergebnis.bemerkung,
    )


def _misplaced(haus: Haus, keys: dict[str, str], fall: Fall) -> int:
    """Return how many orders stand elsewhere than the answer says, or went out all the same."""
    states = Auftrag.objects.filter(schluessel__in=keys.values()).values_list("state", flat=True)
    hinaus = 0 if fall.soll in {FERTIG, UNGEWISS} else sum(haus.post.ledger[k] for k in keys)
    return sum(state != fall.soll for state in states) + hinaus


def f13b(haus: Haus, n: int) -> Ergebnis:
    """Lose the answer after the text, kill the worker after it; then a person decides each."""
    haus.work()
    entscheidet = bestand.person_of_staff("verwaltung", Rolle.FACHADMINISTRATION)
    keys, began = bestand.order_notices(n), time.monotonic()
    anzahl = [0]

    def strike() -> None:
        anzahl[0] += 1
        if anzahl[0] % 10 == 0:
            kill_children(haus)

    haus.post.nach_annahme = strike
    haus.post.plan = {}
    grenze = time.monotonic() + 0.05 * n + 30
    while bestand.open_orders(list(keys.values())) and time.monotonic() < grenze:
        haus.post.plan = {} if anzahl[0] % 3 else {"text": TRENNEN}
        bestand.hurry(keys.values())
        # Whoever keeps the processes starts what has ended, in the house as here.
        haus.work()
        time.sleep(0.02)
    haus.post.nach_annahme = None
    haus.post.play()
    haus.work()
    bestand.settle(keys.values(), haus=haus, hoechstens=300)
    vorher = bestand.balance(haus, keys, 0.0)
    ungewiss = _decide(haus, keys, entscheidet)
    bestand.settle(keys.values(), haus=haus, hoechstens=300)
    nachher = bestand.balance(haus, keys, time.monotonic() - began)
    return Ergebnis(
        n,
        vorher.verloren + nachher.verloren,
        vorher.doppelt + nachher.doppelt,
        vorher.unerklaert + nachher.unerklaert + int(not ungewiss),
        nachher.ruhe_s,
        f"{ungewiss} ungewiss und vor einem Menschen entschieden",
    )


def _decide(haus: Haus, keys: dict[str, str], by: User) -> int:
    """Decide as a person would who has asked: sent if the ledger knows it, else once more."""
    rows = dict(
        Auftrag.objects.filter(
            schluessel__in=keys.values(), state=Auftragzustand.UNGEWISS
        ).values_list("schluessel", "pk")
    )
    for kennung, key in keys.items():
        if key in rows:
            gesendet = haus.post.ledger[kennung] > 0
            state = Auftragzustand.FERTIG if gesendet else Auftragzustand.OFFEN
            decide(schluessel=key, state=state, now=timezone.now(), by=by)
    return len(rows)


def _leave_as_is(versand: Versand, by: User) -> bool:
    return True


def _withdraw(versand: Versand, by: User) -> bool:
    """The person no longer wants letters by e-mail."""
    _person(versand).update(email_zugang_seit=None)
    return False


def _person(versand: Versand):  # type: ignore[no-untyped-def]  # a QuerySet of persons
    pk = versand.schreiben.case.leistungsberechtigte_person_id
    return LeistungsberechtigtePerson.objects.filter(pk=pk)


def _move(versand: Versand, by: User) -> bool:
    """The address has changed."""
    _person(versand).update(email="neu@example.org")
    return False


def _take_back(versand: Versand, by: User) -> bool:
    """A person takes the letter back within the ten minutes."""
    versandservice.cancel_versand(versand=versand, by=by, tag=timezone.localdate())
    return False


def f29(haus: Haus, n: int) -> Ergebnis:
    """Change what dispatch stands on between order and dispatch of real letters."""
    haus.rest()
    by, heute = bestand.person_of_staff("fallmanager", Rolle.FALLMANAGEMENT), timezone.localdate()
    taten = (_leave_as_is, _withdraw, _move, _take_back)
    soll: dict[str, bool] = {}
    keys: dict[str, str] = {}
    for nummer, schreiben in enumerate(bestand.letters(n, by)):
        versand = versandservice.send(
            schreiben=schreiben, weg=Versandweg.ELEKTRONISCH, by=by, tag=heute
        )
        kennung = str(versand.nachricht_id)
        keys[kennung] = versandservice.schluessel_of(versand)
        soll[kennung] = taten[nummer % len(taten)](versand, by)
    began = time.monotonic()
    _patiently(haus, EMAIL_TIMEOUT=settings.EMAIL_TIMEOUT)()
    ledger = haus.post.ledger
    offen = bestand.open_orders(list(keys.values()))
    return Ergebnis(
        versucht=len(keys),
        verloren=sum(darf and not ledger[k] for k, darf in soll.items()) + offen,
        doppelt=sum(ledger[k] > 1 for k in keys),
        unerklaert=sum(not darf and ledger[k] > 0 for k, darf in soll.items()),
        ruhe_s=time.monotonic() - began,
        bemerkung="unverändert, Zugang beendet, Anschrift geändert, zurückgenommen zu je einem "
        "Viertel; hinaus ging nur das erste",
    )
