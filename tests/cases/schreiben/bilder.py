"""A logo and a seal for letters in tests: how data name them, and their bytes."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.cases.behoerde.bildproben import encoded, make_image

Daten = dict[str, Any]
LOGO = encoded(make_image(600, 250, "darkgreen"))
SIEGEL = encoded(make_image(400, 400, "navy"))


def _named(inhalt: bytes, worte: str) -> dict[str, str]:
    return {"sha256": hashlib.sha256(inhalt).hexdigest(), "alternativtext": worte}


GENANNT = {
    "logo": _named(LOGO, "Wappen des Landkreises Musterau"),
    "siegel": _named(SIEGEL, "Dienstsiegel des Landkreises Musterau"),
}
BILDER = {GENANNT["logo"]["sha256"]: LOGO, GENANNT["siegel"]["sha256"]: SIEGEL}


def with_bilder(daten: Daten) -> Daten:
    """Return the data as a letter with logo and seal has them."""
    kopf = daten["kopf"]
    return {**daten, "kopf": {**kopf, "behoerde": {**kopf["behoerde"], **GENANNT}}}
