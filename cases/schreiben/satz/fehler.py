"""What can go wrong while a letter is set."""

from __future__ import annotations

from cases.states.tafel import SchrittUnzulaessig


class SchreibenFehler(SchrittUnzulaessig):
    """A letter that cannot be set or must not be used; the message is what the user reads.

    `gruende` holds the technical reasons for whoever looks after the templates. They may quote
    text of the letter and therefore never go into a log.
    """

    def __init__(self, text: str, gruende: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.gruende = gruende
