"""What somebody has chosen in a list: it stands there again the next time."""

from __future__ import annotations

from cases.models import User


def save_listenfilter(*, user: User, liste: str, angaben: dict[str, str]) -> None:
    """Keep the choice of this person for a list; an empty one is forgotten.

    It holds keys of the choices and never a name of a person served. Raises nothing: whoever has
    chosen the same before changes nothing.
    """
    gemerkt = {**user.listenfilter, liste: angaben}
    if not angaben:
        del gemerkt[liste]
    if gemerkt == user.listenfilter:
        return
    user.listenfilter = gemerkt
    User.objects.filter(pk=user.pk).update(listenfilter=gemerkt)
