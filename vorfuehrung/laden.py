"""Loads the demonstration behind the running program: in stages, each in its own transactions.

First the authority with its people, then ten cases to begin with, then the rest. What is there
is noted beside it (`Ladestand`, `ErzaehlterFall`), so a load that was cut off goes on where it
stopped. A helper process may tell cases at the same time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection

from django.db import connections
from django.utils import timezone

from cases.frist.services.fristenlauf import sweep
from cases.models import User
from vorfuehrung.behoerde import (
    create_behoerde,
    create_gebiet,
    create_users,
    known_users,
    renew_password,
)
from vorfuehrung.beilagen import Erzaehlung, once, tell_beilagen
from vorfuehrung.erzaehlen import take_place, tell_place
from vorfuehrung.models import ErzaehlterFall, Ladestand
from vorfuehrung.reihe import ZUERST, reihe
from vorfuehrung.schrittfolge import BEHOERDE, ERSTER_TAG
from vorfuehrung.stand import loading
from vorfuehrung.verzeichnis import create_verzeichnis

# Whoever opens a page goes before; the load takes what is left of the processors.
_NACHRANG = 5


class LaeuftSchon(Exception):
    """Another process loads the demonstration into this database."""


def is_complete() -> bool:
    """Whether everything is told."""
    return Ladestand.objects.filter(fertig_am__isnull=False).exists()


def load_demo(
    *,
    password: str,
    heute: date,
    prozesse: int = 1,
    melden: Callable[[str], object] = str,
) -> int:
    """Load what is missing; return the number of told cases.

    Days count back from `heute`, so that there is always something due; a load that goes on
    keeps the day on which it began. Raises LaeuftSchon.
    """
    helfer = Helfer() if prozesse > 1 else None
    try:
        with loading() as held:
            if not held:
                raise LaeuftSchon
            _load(password, heute, helfer, melden)
    finally:
        if helfer is not None:
            helfer.end()
    return ErzaehlterFall.objects.count()


def _load(
    password: str, heute: date, helfer: Helfer | None, melden: Callable[[str], object]
) -> None:
    stand, _ = Ladestand.objects.get_or_create(
        pk=1, defaults={"tag": heute, "faelle": len(reihe())}
    )
    users = _authority(password)
    _finish_begun(users, stand.tag)
    if helfer is not None:
        helfer.begin()
    _tell_cases(users, stand.tag, ZUERST)
    once(ERSTER_TAG, lambda: _first_day(stand.tag))
    melden("Die ersten Fälle sind da, die Anmeldung ist möglich.")
    _tell_cases(users, stand.tag, stand.faelle)
    if helfer is not None:
        helfer.wait()
    # What a helper left half told, because somebody ended it.
    _finish_begun(users, stand.tag)
    tell_beilagen(Erzaehlung(users, stand.tag, password))
    Ladestand.objects.filter(pk=1).update(fertig_am=timezone.now())


def _authority(password: str) -> dict[str, User]:
    def create() -> None:
        create_behoerde()
        users = create_users(password)
        create_verzeichnis(users=users)
        create_gebiet(users, timezone.localdate())

    once(BEHOERDE, create)
    renew_password(password)
    return known_users()


def _first_day(heute: date) -> None:
    """Let the first cases show on Mein Tag what is due."""
    sweep(tag=heute)


def _finish_begun(users: dict[str, User], heute: date) -> None:
    """Tell the cases whose Antrag came in and whose story was cut off."""
    for fall in ErzaehlterFall.objects.filter(erzaehlt=False):
        tell_place(fall, users, heute)


def _tell_cases(
    users: dict[str, User],
    heute: date,
    ende: int,
    weiter: Callable[[], bool] = lambda: True,
) -> None:
    while weiter() and (fall := take_place(users, ende)) is not None:
        tell_place(fall, users, heute)


class Helfer:
    """A second process that tells cases; made before this one has opened the database.

    It waits for `begin` and ends with the one who made it, however that one ends.
    """

    def __init__(self) -> None:
        # A connection must not be used by two processes.
        connections.close_all()
        kontext = multiprocessing.get_context("fork")
        self._hier, dort = kontext.Pipe()
        self._prozess = kontext.Process(
            target=_help, args=(self._hier, dort, os.getpid()), daemon=True
        )
        self._prozess.start()
        dort.close()

    def begin(self) -> None:
        """Let it tell."""
        with suppress(BrokenPipeError):
            self._hier.send(True)

    def wait(self) -> None:
        """Wait until it finds no place left."""
        self._prozess.join()

    def end(self) -> None:
        """End it wherever it is; what it has not finished was never written."""
        self._hier.close()
        self._prozess.terminate()
        self._prozess.join()


def _help(fremd: Connection, hier: Connection, eltern: int) -> None:
    """Run in the helper: get the letters ready, wait for the word, tell cases."""
    fremd.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NACHRANG)
    from cases.schreiben.satz import pdf  # noqa: PLC0415 - slow import

    pdf.warm_up()
    try:
        hier.recv()
    except EOFError:
        return
    stand = Ladestand.objects.get(pk=1)
    _tell_cases(known_users(), stand.tag, stand.faelle, lambda: os.getppid() == eltern)
    connections.close_all()
