"""All scenes of two editors; importing a collection enters its scenes."""

from __future__ import annotations

from tests.oberflaeche import szenen_budget, szenen_fall, szenen_haus
from tests.oberflaeche.gleichzeitig import SZENEN

SAMMLUNGEN = (szenen_budget, szenen_fall, szenen_haus)

__all__ = ["SAMMLUNGEN", "SZENEN"]
