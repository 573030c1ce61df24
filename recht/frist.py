"""Frist, Termin and Zeitraum are three types, because § 26 SGB X has three rules.

A ``Frist`` ends on a working day, a ``Termin`` stays where it was set, a ``Zeitraum``
(``recht.zeitraum``) ends on its last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recht.eingabe import check_tag
from recht.feiertag import check_land, naechster_werktag
from recht.laenge import Laenge, letzter_tag
from recht.zeitraum import Zeitraum

__all__ = ["Frist", "Termin", "Zeitraum"]


@dataclass(frozen=True, slots=True)
class Frist:
    """A period within which something must be done (§ 26 Abs. 1-3 SGB X)."""

    ausloeser: date
    laenge: Laenge
    land: str
    tagesbeginn: bool = False

    def __post_init__(self) -> None:
        check_tag(self.ausloeser, "Auslöser")
        check_land(self.land)

    @property
    def ende_rechnerisch(self) -> date:
        """Computed last day (§§ 187, 188 BGB)."""
        return letzter_tag(
            self.ausloeser, self.laenge, tagesbeginn=self.tagesbeginn, land=self.land
        )

    @property
    def ende(self) -> date:
        """Legal end: a Saturday, Sunday or holiday moves it to the next working day."""
        return naechster_werktag(self.ende_rechnerisch, self.land)


@dataclass(frozen=True, slots=True)
class Termin:
    """A day that the authority has set; it is kept on any day of the week (§ 26 Abs. 5 SGB X)."""

    tag: date

    def __post_init__(self) -> None:
        check_tag(self.tag, "Termin")

    @property
    def ende(self) -> date:
        """The day itself."""
        return self.tag
