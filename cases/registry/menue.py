"""The navigation: which pages stand in it, in which order and under which heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.registry.routen import ROUTES, Route

if TYPE_CHECKING:
    from cases.models import User


# The navigation: what is needed every day stands in the row itself, the rest under a heading.
# A page that stands nowhere here follows at the end of the row.
MENUE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "",
        (
            "start",
            "faelle",
            "antrag_neu",
            "kalender",
            "teamlast",
            "gesamtplaene_wartend",
            "planstichproben",
            "unterlagen_suche",
            "postausgang",
        ),
    ),
    ("", ("konten", "teams", "datenschutz")),
    ("Vertretung", ("uebergaben", "abwesenheiten", "notfallzugriff", "notfallzugriffe")),
    (
        "Verwaltung",
        (
            "auszahlungen",
            "bericht",
            "behoerde",
            "werte",
            "textbausteine",
            "arbeitshinweise",
            "instrumente",
            "betrieb",
            "tageslauf",
            "auftraege",
            "importstapel_liste",
            "importprofile",
        ),
    ),
    ("Nachschlagen", ("verzeichnis", "fristenrechner", "statistik")),
)


# With so few entries the whole navigation is one row; a heading would only hide them.
EINE_ZEILE = 10


def menu_for(user: User) -> list[Route]:
    """Return the navigation entries of the roles of this user, in the order of `MENUE`."""
    folge = [name for _titel, namen in MENUE for name in namen]
    rang = {name: stelle for stelle, name in enumerate(folge)}
    rows = [r for r in ROUTES.values() if r.menue and (user.rollen & r.rollen)]
    return sorted(rows, key=lambda r: rang.get(r.name, len(folge)))


def menu_heading(name: str) -> str:
    """Return the heading that an entry stands under; empty: in the row itself."""
    return next((titel for titel, namen in MENUE if name in namen), "")
