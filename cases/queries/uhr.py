"""How far the clocks differ: the database's, the program's, and that of the last daily run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

# Up to here two machines may differ; beyond, somebody has to look at their clocks.
ABWEICHUNG_WARNT = timedelta(seconds=2)
# Beyond that no step with a legal effect is taken.
ABWEICHUNG_HAELT = timedelta(days=1)

_FRAGE = "SELECT clock_timestamp(), (SELECT max(greatest(begonnen, beendet)) FROM cases_tageslauf)"


@dataclass(frozen=True)
class Uhrenstand:
    """The clocks at one moment; `letzter_lauf` is None before the first run."""

    datenbank: datetime
    anwendung: datetime
    letzter_lauf: datetime | None = None

    @property
    def heute(self) -> date:
        """The database's own day, at the place of the authority: the only day that is today."""
        return self.datenbank.astimezone(timezone.get_default_timezone()).date()

    @property
    def abweichung(self) -> timedelta:
        """How far the clock of the program is from the database's, without sign."""
        return abs(self.anwendung - self.datenbank)

    @property
    def stillstand(self) -> timedelta:
        """How long after the last run the database's clock stands; negative when before it."""
        return self.datenbank - (self.letzter_lauf or self.datenbank)


def read_uhren(now: datetime) -> Uhrenstand:
    """Compare the clock of the program (`now`) with the database's and with the last run."""
    with connection.cursor() as cursor:
        cursor.execute(_FRAGE)
        datenbank, letzter_lauf = cursor.fetchone()
    return Uhrenstand(datenbank=datenbank, anwendung=now, letzter_lauf=letzter_lauf)
