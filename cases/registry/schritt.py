"""A step as the user meets it: open, or closed with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Hindernis:
    """Why a step is closed: the sentence that the user reads, its norm, where to remedy it."""

    text: str
    norm: str = ""
    url: str = ""


@dataclass(frozen=True)
class Schritt:
    """A step button: open (no obstacles) or closed with its reasons.

    `haupt` marks what usually comes next; `gefahr` marks what ends a thing and is never next;
    `hinweis` is a sentence below the button.
    """

    titel: str
    url: str
    methode: str = "get"
    hindernisse: tuple[Hindernis, ...] = ()
    haupt: bool = False
    gefahr: bool = False
    hinweis: str = ""
