"""A kind of letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Schreibenart:
    """A kind of letter: key, title and the template that prints it.

    `rechtsbehelf` marks letters that carry a Verwaltungsakt: their posting starts the
    Widerspruchsfrist. `an_dritte` marks letters to somebody else than the person: they never go to
    her e-mail address. `einwilligung_teil` marks those that hand a part of the file on by consent
    (§ 67b SGB X): without it they neither queue nor leave. `zeigt_teil` names the part of the file
    that a copy of this letter would show.
    """

    schluessel: str
    titel: str
    template: str
    rechtsbehelf: bool = False
    an_dritte: bool = False
    einwilligung_teil: str = ""
    zeigt_teil: str = ""
