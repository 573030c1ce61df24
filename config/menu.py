"""Context of every page: navigation by role, authority, version, demo."""

from __future__ import annotations

from itertools import groupby
from typing import Any, TypedDict

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cases import access
from cases.models import Behoerde, Textbaustein
from cases.registry.menue import EINE_ZEILE, menu_for, menu_heading
from cases.registry.routen import ROUTES
from cases.textbaustein.queries import hinweise_on
from vorfuehrung.stand import ladestand


class Eintrag(TypedDict):
    titel: str
    url: str
    aktiv: bool
    anzahl: int | None
    gruppe: str


class Gruppe(TypedDict):
    titel: str
    aktiv: bool
    eintraege: list[Eintrag]


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor; the navigation is only worked out where a template asks for it."""
    return {
        "menue": SimpleLazyObject(lambda: menu_groups(menu_entries(request))),
        "arbeitshinweise": SimpleLazyObject(lambda: own_hints(request)),
        "darf_suchen": SimpleLazyObject(lambda: may_search(request)),
        "behoerde": SimpleLazyObject(authority_name),
        "version": settings.VERSION,
        "demo": settings.DEMO,
        "ladestand": SimpleLazyObject(ladestand),
        "sitzung_sekunden": settings.SESSION_IDLE_SECONDS,
    }


def authority_name() -> str:
    """Return the name of the authority; read at most once a minute per process."""
    name = caches["prozess"].get("behoerde")
    if name is None:
        name = Behoerde.objects.values_list("name", flat=True).filter(pk=1).first() or ""
        caches["prozess"].set("behoerde", name, 60)
    return str(name)


def menu_entries(request: HttpRequest) -> list[Eintrag]:
    """Return the pages of the navigation that the user may open, in its order.

    A row whose URL needs arguments has no place in a menu and is left out.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries = []
    for route in menu_for(user):
        if route.name == "start" and not user.has_rolle(*access.TISCHROLLEN):
            continue
        try:
            url = reverse(route.name)
        except NoReverseMatch:
            continue
        entries.append(
            Eintrag(
                titel=route.menue,
                url=url,
                aktiv=is_here(request.path, url),
                anzahl=None,
                gruppe=menu_heading(route.name),
            )
        )
    return entries


def menu_groups(entries: list[Eintrag]) -> list[Gruppe]:
    """Gather entries under their headings; a short navigation and a single entry need none."""
    groups: list[Gruppe] = []
    for titel, rows in groupby(entries, key=lambda entry: entry["gruppe"]):
        eintraege = list(rows)
        in_zeile = len(entries) <= EINE_ZEILE or len(eintraege) == 1
        aktiv = any(entry["aktiv"] for entry in eintraege)
        groups.append(Gruppe(titel="" if in_zeile else titel, aktiv=aktiv, eintraege=eintraege))
    return groups


def own_hints(request: HttpRequest) -> list[Textbaustein]:
    """Return the authority's own hints for the steps of this page that hold today."""
    user, treffer = getattr(request, "user", None), request.resolver_match
    if treffer is None or user is None or not user.is_authenticated:
        return []
    seite = ROUTES.get(treffer.url_name or "")
    # A page that refuses somebody shows no hint either.
    if seite is None or not user.rollen & seite.rollen:
        return []
    return hinweise_on(seite.name, timezone.localdate())


def may_search(request: HttpRequest) -> bool:
    """Whether the search box leads anywhere for this user."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.has_rolle(*access.FALLROLLEN))


def is_here(path: str, url: str) -> bool:
    """Whether a page belongs to a menu entry; the start page only to itself."""
    return path == url or (url != "/" and path.startswith(url))
