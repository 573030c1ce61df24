"""Two people on one form: what a browser shows and sends, and the scene of every such form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from cases.models import User

Felder = dict[str, list[str]]


@dataclass(frozen=True)
class Szene:
    """One form that two people have open, and what each types into one of its fields.

    `eine` and `andere` may be one person with two windows.
    """

    url: str
    eine: User
    andere: User
    feld: str
    werte: tuple[str, str]
    # What both type alike, for a form that is not filled in yet.
    dazu: tuple[tuple[str, str], ...] = ()
    # Of a team no history is kept; the sentence names nobody then.
    namenlos: bool = False
    # Proposed texts that the program writes anew when the field changes.
    folgt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fenster:
    """The window of one person: the form as it came, the fields as a browser would send them."""

    client: Client
    url: str

    @classmethod
    def open(cls, user: User, url: str) -> Fenster:
        client = Client()
        client.force_login(user)
        return cls(client, url)

    def read(self) -> Felder:
        response = self.client.get(self.url)
        assert response.status_code == 200, (self.url, response.status_code)
        return felder_of(response)

    def send(self, felder: Felder) -> HttpResponse:
        return self.client.post(self.url, felder)


def felder_of(response: HttpResponse) -> Felder:
    """Return every field of the form of a page with its value, as a browser would send it."""
    [form] = html.fromstring(response.content).xpath("//form[contains(@class, 'fw-formular')]")
    found: Felder = {}
    for element in form.iter("input", "select", "textarea"):
        name, kind = element.get("name"), element.get("type", "")
        if not name or kind in {"submit", "file", "button"}:
            continue
        if kind in {"radio", "checkbox"} and element.get("checked") is None:
            continue
        found.setdefault(name, []).extend(_values(element))
    return found


def _values(element: Any) -> list[str]:
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return [o.get("value", "") for o in chosen]
    if element.tag == "textarea":
        # HTML drops the first line break of a text area.
        return [(element.text or "").removeprefix("\n")]
    return [element.get("value") or ("on" if element.get("type") == "checkbox" else "")]


SZENEN: dict[str, Callable[[], Szene]] = {}
Bauer = Callable[[], Szene]


def szene(name: str) -> Callable[[Bauer], Bauer]:
    """Enter a builder under the name of its route; a variant stands in brackets behind it."""

    def enter(build: Bauer) -> Bauer:
        assert name not in SZENEN
        SZENEN[name] = build
        return build

    return enter


def adresse(route: str, *args: object) -> str:
    """Return the address of a route."""
    return reverse(route, args=list(args))
