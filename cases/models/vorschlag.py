"""Text that the program proposes and a person may change: it follows the facts until she does.

The proposal on which a text rests is kept beside it. While the text says just that, it is replaced
by what the facts propose now; once a person has changed it, it stays, and is marked when the facts
have moved on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def _plain(text: str) -> str:
    """Return a text without the differences of form that a browser makes."""
    return "\n".join(zeile.rstrip() for zeile in text.replace("\r\n", "\n").strip().split("\n"))


@dataclass(frozen=True)
class Vorschlagstext:
    """A stored text, the proposal it was written over, and what the facts propose now.

    `grundlage` is None for a text that is older than the record of its proposal. `fest` is a text
    that waits for a release: it does not follow any more, and is marked all the same.
    """

    name: str
    text: str
    grundlage: str | None
    jetzt: str
    fest: bool = False

    @property
    def geaendert(self) -> bool:
        """Tell whether a person has written something else than was proposed."""
        gleich = {_plain(self.jetzt)}
        if self.grundlage is not None:
            gleich.add(_plain(self.grundlage))
        return _plain(self.text) not in gleich

    @property
    def gilt(self) -> str:
        """Return the text as it stands today."""
        return self.text if self.fest or self.geaendert else self.jetzt

    @property
    def ueberholt(self) -> bool:
        """Tell whether it rests on facts that are different by now."""
        if self.grundlage is None or _plain(self.grundlage) == _plain(self.jetzt):
            return False
        return self.geaendert or (self.fest and _plain(self.text) != _plain(self.jetzt))


def settle(
    texte: Mapping[str, str], gesehen: Mapping[str, str], jetzt: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return text and proposal to be stored for each name when a person saves her texts.

    `gesehen` are the proposals of the facts that she saw, `jetzt` those of the facts that she
    saves along with the texts. What she left as proposed follows at once; what she wrote herself
    rests on what she saw.
    """
    gesetzt = {}
    for name, text in texte.items():
        vorher, neu = gesehen.get(name, ""), jetzt.get(name, "")
        if _plain(text) in {_plain(vorher), _plain(neu)}:
            gesetzt[name] = (neu, neu)
        else:
            gesetzt[name] = (text, vorher)
    return gesetzt
