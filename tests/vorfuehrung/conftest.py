"""A short order of cases: what holds for the way of loading needs no sixty stories."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from django.db import connection

from vorfuehrung import beilagen, erzaehlen, laden, reihe, stand
from vorfuehrung.vorlage import Stand


@pytest.fixture
def kurze_reihe(monkeypatch) -> int:
    """Six quick cases, of which one has a letter, and two steps behind them."""
    alle = reihe.reihe()
    kurz = (
        *alle[:4],
        replace(alle[20], bis=Stand.PLAN_FREI),
        replace(alle[21], bis=Stand.ZUSTAENDIG),
    )
    for modul in (erzaehlen, laden):
        monkeypatch.setattr(modul, "reihe", lambda: kurz)
    schritte = {name: beilagen.BEILAGEN[name] for name in ("anfragen", "fristenlauf")}
    monkeypatch.setattr(beilagen, "BEILAGEN", schritte)
    return len(kurz)


@contextmanager
def other_loader() -> Iterator[None]:
    """Hold the lock of a load as another process would."""
    parameter = connection.get_connection_params()
    names = {"dbname", "user", "password", "host", "port"} & parameter.keys()
    address = {name: parameter[name] for name in names}
    with psycopg.connect(**address, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [stand._SPERRE])
        yield
