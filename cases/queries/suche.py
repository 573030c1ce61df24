"""The one search box: Aktenzeichen, birth date, or parts of a name."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q, QuerySet

from cases import access
from cases.models import Case, User

MAX_HITS = 50
_DATUM = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_AKTENZEICHEN = re.compile(r"^[A-ZÄÖÜ]{1,10}-\d{4}-\d{1,7}$", re.IGNORECASE)


def search_cases(user: User, text: str, stichtag: date) -> QuerySet[Case]:
    """Return visible cases that match every part of the text; at most MAX_HITS.

    An unknown or impossible birth date finds nothing instead of everything.
    """
    cases = access.visible_to(user, stichtag).select_related(
        "leistungsberechtigte_person", "caseworker"
    )
    # PostgreSQL knows no NUL; nobody types one.
    text = " ".join(text.replace("\x00", " ").split())
    if not text:
        return cases.none()
    if _AKTENZEICHEN.match(text):
        return cases.filter(aktenzeichen__iexact=text)[:MAX_HITS]
    wanted = Q()
    for day, month, year in _DATUM.findall(text):
        try:
            wanted &= Q(
                leistungsberechtigte_person__geburtsdatum=date(int(year), int(month), int(day))
            )
        except ValueError:
            return cases.none()
    for word in _DATUM.sub(" ", text).replace(",", " ").split():
        wanted &= _name_part(word)
    return cases.filter(wanted).order_by(
        "leistungsberechtigte_person__nachname", "leistungsberechtigte_person__vorname", "-id"
    )[:MAX_HITS]


def _name_part(word: str) -> Q:
    """Match a word with first or last name: as a part, without accents, with small typos."""
    found = Q(aktenzeichen__icontains=word)
    for form in {word, _spelled_out(word), _with_umlaut(word)}:
        for name in ("nachname", "vorname"):
            path = f"leistungsberechtigte_person__{name}"
            found |= Q(**{f"{path}__unaccent__icontains": form})
            found |= Q(**{f"{path}__trigram_similar": form})
    return found


def _spelled_out(word: str) -> str:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    return word.lower().translate(table)


def _with_umlaut(word: str) -> str:
    lower = word.lower()
    for plain, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
        lower = lower.replace(plain, umlaut)
    return lower
