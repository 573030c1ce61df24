"""Two editors at once: the second is told, nothing is overwritten silently."""

from __future__ import annotations

from cases.models import User
from cases.states.tafel import SchrittUnzulaessig


def refuse_stale(*, gesehen: str | None, jetzt: str, zuletzt: User) -> None:
    """Raise when the stored text is not the one that the editor has seen.

    None means that the caller shows no form and knows what it overwrites.
    """
    if gesehen is not None and gesehen != jetzt:
        raise SchrittUnzulaessig(
            f"{zuletzt.get_full_name()} hat diese Angaben inzwischen geändert. Ihre Eingaben sind "
            "noch da: Bitte vergleichen Sie und speichern Sie dann erneut."
        )
