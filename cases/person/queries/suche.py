"""The one search box: Aktenzeichen, birth date, names with variants, address, end of the IBAN."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Q, QuerySet

from cases import access
from cases.models import Case, Suchzeile, User
from cases.person.phonetik import koelner_phonetik

MAX_HITS = 50
MAX_WORDS = 8
_DATUM = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\b")
_DATUM_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b", re.IGNORECASE)
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# A shorter sound fits too many names.
_MIN_LAUT = 2


@dataclass(frozen=True)
class Suchbegriff:
    """What was typed, taken apart: words to find, birth dates, and what cannot be a date."""

    worte: tuple[str, ...]
    geburtstage: tuple[date, ...]
    iban_ende: str
    unmoeglich: bool = False


@dataclass(frozen=True)
class Treffer:
    """A case that was found, and by what: a word for the reader."""

    case: Case
    ueber: str


def suchform(text: str) -> str:
    """Return the text as the database stores it for comparison (function `suchform`)."""
    text = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTE)
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    plain = plain.replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ı", "i")
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def read_suchtext(text: str, stichtag: date) -> Suchbegriff:
    """Take the text apart; a year of two digits is one that lies not in the future."""
    text = text.replace("\x00", " ")
    geburtstage: list[date] = []
    unmoeglich = False
    iban = _IBAN.search(text)
    if iban is not None:
        text = text.replace(iban.group(), " ")
    angaben = [(d, m, y) for d, m, y in _DATUM.findall(text)]
    angaben += [(d, m, y) for y, m, d in _DATUM_ISO.findall(text)]
    for day, month, year in angaben:
        try:
            geburtstage.append(_day(int(day), int(month), year, stichtag))
        except ValueError:
            unmoeglich = True
    rest = _DATUM_ISO.sub(" ", _DATUM.sub(" ", text))
    worte = tuple(dict.fromkeys(suchform(rest).split()))[:MAX_WORDS]
    ende = re.sub(r"\s", "", iban.group())[-4:].upper() if iban else ""
    return Suchbegriff(worte, tuple(geburtstage), ende, unmoeglich)


def _day(day: int, month: int, year: str, stichtag: date) -> date:
    if len(year) == 4:
        return date(int(year), month, day)
    found = date(stichtag.year // 100 * 100 + int(year), month, day)
    return found if found <= stichtag else date(found.year - 100, month, day)


def find_aktenzeichen(user: User, text: str, stichtag: date) -> Case | None:
    """Return the visible case with exactly this Aktenzeichen, None when there is none."""
    text = " ".join(text.replace("\x00", " ").split())
    if not text or len(text) > 60:
        return None
    return access.visible_to(user, stichtag).filter(aktenzeichen__iexact=text).first()


def search_cases(user: User, text: str, stichtag: date) -> list[Case]:
    """Return visible cases that match every part of the text, the closest first.

    A word fits a name when it is part of it, written similarly or sounds alike; it also fits an
    address, the last four characters of an IBAN or a part of the Aktenzeichen. An impossible
    birth date finds nothing instead of everything. At most MAX_HITS.
    """
    begriff = read_suchtext(text, stichtag)
    if begriff.unmoeglich or not (begriff.worte or begriff.geburtstage or begriff.iban_ende):
        return []
    cases = access.visible_to(user, stichtag).select_related(
        "leistungsberechtigte_person__suchzeile", "caseworker", "team"
    )
    found = list(_by_aktenzeichen(cases, text))
    known = {case.pk for case in found}
    found += [case for case in _by_person(cases, begriff) if case.pk not in known]
    return found[:MAX_HITS]


def _by_aktenzeichen(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    part = text.replace("\x00", " ").strip()
    if len(part) < 3 or not any(c.isdigit() for c in part) or _DATUM.search(part):
        return cases.none()
    return cases.filter(aktenzeichen__icontains=part).order_by("-id")[:MAX_HITS]


def _by_person(cases: QuerySet[Case], begriff: Suchbegriff) -> QuerySet[Case]:
    zeilen = Suchzeile.objects.all()
    for wort in begriff.worte:
        zeilen = zeilen.filter(_word(wort))
    if begriff.iban_ende:
        zeilen = zeilen.filter(konten__contains=[begriff.iban_ende])
    for tag in begriff.geburtstage:
        zeilen = zeilen.filter(leistungsberechtigte_person__geburtsdatum=tag)
    person = F("leistungsberechtigte_person__suchzeile__name")
    return (
        cases.filter(leistungsberechtigte_person__in=zeilen.values("pk"))
        .annotate(naehe=TrigramSimilarity(person, " ".join(begriff.worte)))
        .order_by(
            "-naehe",
            "leistungsberechtigte_person__nachname",
            "leistungsberechtigte_person__vorname",
            "-id",
        )[:MAX_HITS]
    )


def _word(wort: str) -> Q:
    # LIKE with a pattern goes through the trigram index; `contains` escapes % and _.
    found = Q(name__contains=wort) | Q(ort__contains=wort)
    if len(wort) == 4:
        found |= Q(konten__contains=[wort.upper()])
    if wort.isalpha() and len(wort) > 2:
        found |= Q(name__trigram_word_similar=wort)
        laut = koelner_phonetik(wort)
        if len(laut) >= _MIN_LAUT:
            found |= Q(laut__contains=[laut])
    return found


def explain(cases: list[Case], text: str, stichtag: date) -> list[Treffer]:
    """Say for each hit by what it was found, so that a similar name is not taken for the same."""
    begriff = read_suchtext(text, stichtag)
    return [Treffer(case, _reason(case, begriff, text)) for case in cases]


def _reason(case: Case, begriff: Suchbegriff, text: str) -> str:
    person = case.leistungsberechtigte_person
    heute = suchform(f"{person.vorname} {person.nachname}")
    zeile = person.suchzeile
    gruende = []
    for wort in begriff.worte:
        if wort in heute:
            gruende.append("Name")
        elif wort in zeile.name:
            gruende.append("früherer Name")
        elif wort in zeile.ort:
            gruende.append("Anschrift")
        elif wort.upper() in zeile.konten:
            gruende.append("Ende der IBAN")
        elif wort in suchform(case.aktenzeichen).split() or text.strip() in case.aktenzeichen:
            gruende.append("Aktenzeichen")
        else:
            gruende.append("ähnlicher Name")
    if begriff.geburtstage:
        gruende.append("Geburtsdatum")
    if begriff.iban_ende:
        gruende.append("Ende der IBAN")
    return ", ".join(dict.fromkeys(gruende))
