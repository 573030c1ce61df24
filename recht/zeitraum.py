"""Inclusive range of days. A Zeitraum ends on its last day, even on a Sunday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from recht.eingabe import check_tag, write_datum
from recht.fehler import EingabeUngueltig


@dataclass(frozen=True, slots=True)
class Zeitraum:
    """From ``von`` to ``bis``, both days included; ``bis`` is None for "bis auf Weiteres".

    § 26 Abs. 4 SGB X: the last day never moves to a working day.
    """

    von: date
    bis: date | None = None

    def __post_init__(self) -> None:
        check_tag(self.von, "Beginn des Zeitraums")
        if self.bis is not None and check_tag(self.bis, "Ende des Zeitraums") < self.von:
            raise EingabeUngueltig(
                f"Der Zeitraum endet am {write_datum(self.bis)} vor seinem Beginn am"
                f" {write_datum(self.von)}; das Ende darf nicht vor dem Beginn liegen."
            )

    def __contains__(self, tag: date) -> bool:
        return self.von <= tag and (self.bis is None or tag <= self.bis)

    def __str__(self) -> str:
        if self.bis is None:
            return f"ab {write_datum(self.von)} bis auf Weiteres"
        return f"{write_datum(self.von)} bis {write_datum(self.bis)}"

    def _ende(self) -> date:
        if self.bis is None:
            raise EingabeUngueltig(
                "Ein Zeitraum ohne Ende hat keine Länge; erforderlich ist ein letzter Tag."
            )
        return self.bis

    @property
    def tage(self) -> int:
        """Number of days, both ends counted."""
        return (self._ende() - self.von).days + 1

    @property
    def monate(self) -> int:
        """Number of complete months from the first day on (§ 188 Abs. 2 Alt. 2 BGB)."""
        danach = self._ende() + timedelta(days=1)
        monate = (danach.year - self.von.year) * 12 + danach.month - self.von.month
        return monate if danach.day >= self.von.day else monate - 1

    def ueberschneidet(self, other: Zeitraum) -> bool:
        """Whether both ranges share at least one day."""
        return (self.bis is None or other.von <= self.bis) and (
            other.bis is None or self.von <= other.bis
        )
