"""What a scheme of Aktenzeichen must be able to do before the authority sets it."""

from __future__ import annotations

from cases.models import Team
from cases.models.aktenzeichen import Aktenzeichenschema, SchemaFehler
from cases.registry.schritt import Hindernis

_NORM = "§ 37 Abs. 3 SGB X"
# The longest number that a scheme must still hold in one year.
_GROESSTE_NUMMER = 99999


def schema_verwendbar(schema: str, praefix: str) -> Hindernis | None:
    """§ 37 Abs. 3 SGB X: a letter names its authority; its file must be found by one number."""
    try:
        gelesen = Aktenzeichenschema.lesen(schema)
        laengstes = max(Team.objects.values_list("kuerzel", flat=True), key=len, default="")
        gelesen.bilden(praefix=praefix, jahr=2026, team=laengstes, nummer=_GROESSTE_NUMMER)
    except SchemaFehler as error:
        return Hindernis(str(error), _NORM)
    return None


def kuerzel_vorhanden(schema: str) -> Hindernis | None:
    """§ 37 Abs. 3 SGB X: a scheme with the team needs an abbreviation of every team."""
    if "{team}" not in schema.replace(" ", ""):
        return None
    ohne = list(Team.objects.filter(kuerzel="").order_by("name").values_list("name", flat=True))
    if not ohne:
        return None
    return Hindernis(
        f"Das Schema enthält {{team}}, aber {_aufzaehlung(ohne)} noch kein Kürzel. "
        f"Bitte tragen Sie es zuerst ein.",
        _NORM,
    )


def _aufzaehlung(namen: list[str]) -> str:
    if len(namen) == 1:
        return f"{namen[0]} hat"
    return f"{', '.join(namen[:-1])} und {namen[-1]} haben"
