"""A profile of files as its form shows it."""

from __future__ import annotations

from typing import Any

from cases.austausch.queries.austausch import EINFACH, SPALTE, VORGABE, VORGEBBAR
from cases.austausch.queries.woerter import text_of_words
from cases.models import Importprofil
from cases.states.austausch import FELDER


def werte_of_profil(profil: Importprofil) -> dict[str, Any]:
    """Return a profile as its form shows it: a heading for every field, a default for some."""
    return {
        **{name: getattr(profil, name) for name in EINFACH},
        **{SPALTE + feld: profil.zuordnung.get(feld, "") for feld in FELDER},
        **{VORGABE + feld: profil.vorgaben.get(feld, "") for feld in VORGEBBAR},
        "woerter": text_of_words(profil.woerter),
    }
