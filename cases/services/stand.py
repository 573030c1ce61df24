"""Two editors at once: the second is told, nothing is overwritten silently."""

from __future__ import annotations

from django.db.models import Model

from cases.queries.stand import last_editor
from cases.states.tafel import SchrittUnzulaessig


def refuse_stale(*zeilen: Model | None, gesehen: str | None, jetzt: str, zuletzt: str = "") -> None:
    """Raise when what is stored is not what the editor has seen (§ 67c Abs. 1 SGB X).

    `gesehen` is the mark of `cases.models.stand.stand_of` as the form showed it, `jetzt` that of
    the locked rows. Who changed them last is `zuletzt`, else the change history of `zeilen` tells.
    Without a mark the caller shows no form and knows what it overwrites.
    """
    if gesehen and gesehen != jetzt:
        raise SchrittUnzulaessig(
            f"{zuletzt or last_editor(*zeilen) or 'Jemand'} hat diese Angaben inzwischen geändert. "
            "Ihre Eingaben sind noch da: Bitte vergleichen Sie und speichern Sie dann erneut."
        )
