"""Two texts compared: paragraphs first, word by word inside those that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Textart = Literal["gleich", "neu", "entfallen"]

_WORT = re.compile(r"\S+\s*|\s+")
# Two changed blocks are compared word by word up to this product of their lengths; beyond it
# they are shown as a whole, so that no page takes seconds.
_HOECHSTENS = 1_000_000


@dataclass(frozen=True)
class Textteil:
    """A stretch of text that stayed, came or went."""

    art: Textart
    text: str


def compare_texts(alt: str, neu: str) -> tuple[Textteil, ...]:
    """Return the stretches of both texts; paragraphs first, words inside changed ones."""
    alt, neu = alt.replace("\r\n", "\n"), neu.replace("\r\n", "\n")
    return tuple(_merged(_by_paragraph(alt.splitlines(keepends=True), neu.splitlines(True))))


def _by_paragraph(alt: list[str], neu: list[str]) -> Iterator[Textteil]:
    for opcode, a, b, c, d in SequenceMatcher(None, alt, neu, autojunk=False).get_opcodes():
        if opcode == "equal":
            yield Textteil("gleich", "".join(alt[a:b]))
        else:
            yield from _by_word("".join(alt[a:b]), "".join(neu[c:d]))


def _by_word(alt: str, neu: str) -> Iterator[Textteil]:
    old, new = _WORT.findall(alt), _WORT.findall(neu)
    if len(old) * len(new) > _HOECHSTENS:
        yield Textteil("entfallen", alt)
        yield Textteil("neu", neu)
        return
    # A word counts as the same whatever space or line end follows it.
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], False)
    for opcode, a, b, c, d in matcher.get_opcodes():
        if opcode == "equal":
            yield Textteil("gleich", "".join(new[c:d]))
        else:
            yield Textteil("entfallen", "".join(old[a:b]))
            yield Textteil("neu", "".join(new[c:d]))


def _merged(teile: Iterator[Textteil]) -> Iterator[Textteil]:
    last: Textteil | None = None
    for teil in teile:
        if not teil.text:
            continue
        if last is not None and last.art == teil.art:
            last = Textteil(last.art, last.text + teil.text)
            continue
        if last is not None:
            yield last
        last = teil
    if last is not None:
        yield last
