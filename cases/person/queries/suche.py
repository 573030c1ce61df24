"""The one search box: Aktenzeichen, birth date, names with variants, address, end of the IBAN."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Manager, Q, QuerySet, Value

from cases import access
from cases.crypto import fingerprints
from cases.models import (
    Bankverbindung,
    Case,
    Gattung,
    Krankenversicherung,
    Leistungserbringer,
    Leistungstraeger,
    Stelle,
    Suchzeile,
    User,
    Vertretungsverhaeltnis,
)
from cases.models.vertretung import wer
from cases.person.namensform import suchform, umschrift
from cases.person.phonetik import koelner_phonetik
from cases.queries.einsicht import addresses_seen, einsichten, persons_seen
from cases.states.inhalt import Einsicht, Inhalt, Stufe

MAX_HITS = 50
MAX_WORDS = 8
# So many bodies of the directory are shown.
ORGANISATIONEN = 10
_DATUM = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\b")
_DATUM_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b", re.IGNORECASE)
# Numbers by which other authorities know a person: Rentenversicherung, Krankenversicherung.
_NUMMER = re.compile(
    r"\b(?:\d{8} ?[A-Z] ?\d{3}|\d{2} \d{6} [A-Z] \d{3}|[A-Z]\d{9})\b", re.IGNORECASE
)
_VERZEICHNIS: dict[str, Manager[Any]] = {
    Gattung.LEISTUNGSTRAEGER.value: Leistungstraeger.objects,
    Gattung.LEISTUNGSERBRINGER.value: Leistungserbringer.objects,
    Gattung.STELLE.value: Stelle.objects,
}
# A shorter sound fits too many names.
_MIN_LAUT = 2
# No country has shorter ones (Norway).
_KURZE_IBAN = 15


@dataclass(frozen=True)
class Suchbegriff:
    """What was typed, taken apart: words to find, birth dates, and what cannot be a date."""

    worte: tuple[str, ...]
    geburtstage: tuple[date, ...]
    iban_ende: str
    unmoeglich: bool = False
    iban: str = ""
    nummer: str = ""


@dataclass(frozen=True)
class Treffer:
    """A case that was found, and by what: a word for the reader."""

    case: Case
    ueber: str


@dataclass(frozen=True)
class Organisation:
    """An entry of the directory that was found by its name."""

    gattung: str
    pk: int
    name: str
    ort: str


def read_suchtext(text: str, stichtag: date) -> Suchbegriff:
    """Take the text apart; a year of two digits is one that lies not in the future."""
    text = text.replace("\x00", " ")
    geburtstage: list[date] = []
    unmoeglich = False
    iban = _IBAN.search(text)
    if iban is not None:
        text = text.replace(iban.group(), " ")
    nummer = _NUMMER.search(text)
    if nummer is not None:
        text = text.replace(nummer.group(), " ")
    angaben = [(d, m, y) for d, m, y in _DATUM.findall(text)]
    angaben += [(d, m, y) for y, m, d in _DATUM_ISO.findall(text)]
    for day, month, year in angaben:
        try:
            geburtstage.append(_day(int(day), int(month), year, stichtag))
        except ValueError:
            unmoeglich = True
    rest = _DATUM_ISO.sub(" ", _DATUM.sub(" ", text))
    worte = tuple(dict.fromkeys(suchform(rest).split()))[:MAX_WORDS]
    konto = re.sub(r"\s", "", iban.group()).upper() if iban else ""
    return Suchbegriff(
        worte,
        tuple(geburtstage),
        konto[-4:],
        unmoeglich,
        iban=konto,
        nummer=nummer.group() if nummer else "",
    )


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
    address, the last four characters of an IBAN or a part of the Aktenzeichen; address and IBAN
    only of persons whose address or account the user sees. An impossible
    birth date finds nothing instead of everything. At most MAX_HITS.
    """
    begriff = read_suchtext(text, stichtag)
    gesucht = begriff.worte or begriff.geburtstage or begriff.iban_ende or begriff.nummer
    if begriff.unmoeglich or not gesucht:
        return []
    cases = access.visible_to(user, stichtag).select_related(
        "leistungsberechtigte_person__suchzeile", "caseworker", "team"
    )
    found = list(_by_aktenzeichen(cases, text))
    known = {case.pk for case in found}
    blick = _Blick(
        addresses_seen(user, stichtag),
        persons_seen(user, stichtag, Inhalt.KONTO, Stufe.MASKIERT),
        persons_seen(user, stichtag, Inhalt.NUMMERN, Stufe.MASKIERT),
    )
    found += [case for case in _by_person(cases, begriff, blick) if case.pk not in known]
    known = {case.pk for case in found}
    for case in _by_representative(cases, begriff, user, stichtag):
        if case.pk not in known:
            # Says the reader later by whom, see `explain`.
            case.ueber_vertretung = True  # type: ignore[attr-defined]  # only here
            found.append(case)
    return found[:MAX_HITS]


def _by_representative(
    cases: QuerySet[Case], begriff: Suchbegriff, user: User, stichtag: date
) -> QuerySet[Case]:
    """Return cases of persons for whom somebody or a body of this name acts or has acted.

    Only of persons whose Vertretung the user sees; all words stand in the one name.
    """
    lang = [wort for wort in begriff.worte if len(wort) > 2]
    if not lang or begriff.geburtstage or begriff.iban_ende or begriff.nummer:
        return cases.none()
    rows = Vertretungsverhaeltnis.objects.annotate(wer=wer())
    for wort in begriff.worte:
        rows = rows.filter(wer__contains=wort)
    zeilen = Suchzeile.objects.filter(pk__in=rows.values("leistungsberechtigte_person"))
    sieht = persons_seen(user, stichtag, Inhalt.VERTRETUNG, Stufe.VOLL)
    if sieht is not None:
        zeilen = zeilen.filter(sieht)
    return cases.filter(leistungsberechtigte_person__in=zeilen.values("pk")).order_by(
        "leistungsberechtigte_person__nachname", "leistungsberechtigte_person__vorname", "-id"
    )[:MAX_HITS]


def search_organisationen(text: str, stichtag: date) -> list[Organisation]:
    """Return entries of the directory in whose name every word stands, by name; one query.

    None that went into another one.
    """
    begriff = read_suchtext(text, stichtag)
    worte = [wort for wort in text.replace("\x00", " ").split() if len(wort) > 2]
    if not worte or begriff.geburtstage or begriff.iban_ende or begriff.nummer:
        return []
    arten: list[QuerySet[Any, Any]] = []
    for gattung, manager in _VERZEICHNIS.items():
        rows: QuerySet[Any, Any] = manager.filter(zusammengefuehrt_in__isnull=True)
        for wort in worte:
            rows = rows.filter(name__unaccent__icontains=wort)
        arten.append(rows.order_by().values_list(Value(gattung), "pk", "name", "ort"))
    erste, *weitere = arten
    zeilen = erste.union(*weitere, all=True).order_by("name", "pk")[:ORGANISATIONEN]
    return [Organisation(*zeile) for zeile in zeilen]


def _by_aktenzeichen(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    part = text.replace("\x00", " ").strip()
    if len(part) < 3 or not any(c.isdigit() for c in part) or _DATUM.search(part):
        return cases.none()
    return cases.filter(aktenzeichen__icontains=part).order_by("-id")[:MAX_HITS]


@dataclass(frozen=True)
class _Blick:
    """Of which persons address, account and numbers may be looked into; None: of all."""

    anschrift: Q | None
    konto: Q | None
    nummern: Q | None


def _by_person(cases: QuerySet[Case], begriff: Suchbegriff, blick: _Blick) -> QuerySet[Case]:
    zeilen = Suchzeile.objects.all()
    for wort in begriff.worte:
        zeilen = zeilen.filter(_word(wort, blick))
    if begriff.iban_ende:
        zeilen = zeilen.filter(_within(_account(begriff), blick.konto))
    if begriff.nummer:
        zeilen = zeilen.filter(_within(_number(begriff.nummer), blick.nummern))
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


def _account(begriff: Suchbegriff) -> Q:
    """Return who has exactly this account; of what is shorter than any IBAN only the end counts."""
    if len(begriff.iban) < _KURZE_IBAN:
        return Q(konten__contains=[begriff.iban_ende])
    marken = fingerprints(begriff.iban, "bankverbindung.iban")
    rows = Bankverbindung.objects.filter(iban_abdruck__in=marken)
    return Q(pk__in=rows.values("leistungsberechtigte_person"))


def _number(nummer: str) -> Q:
    """Return who bears this number of the Rentenversicherung or the Krankenversicherung."""
    rente = fingerprints(nummer, "person.rentenversicherungsnummer")
    kasse = fingerprints(nummer, "krankenversicherung.versichertennummer")
    rows = Krankenversicherung.objects.filter(versichertennummer_abdruck__in=kasse)
    return Q(leistungsberechtigte_person__rentenversicherungsnummer_abdruck__in=rente) | Q(
        pk__in=rows.values("leistungsberechtigte_person")
    )


def _within(bedingung: Q, personen: Q | None) -> Q:
    return bedingung if personen is None else bedingung & personen


def _word(wort: str, blick: _Blick) -> Q:
    # LIKE with a pattern goes through the trigram index; `contains` escapes % and _.
    found = Q(name__contains=wort) | _within(Q(ort__contains=wort), blick.anschrift)
    if len(wort) == 4:
        found |= _within(Q(konten__contains=[wort.upper()]), blick.konto)
    if wort.isalpha() and len(wort) > 2:
        found |= Q(name__trigram_word_similar=wort) | Q(umschrift__contains=[umschrift(wort)])
        laut = koelner_phonetik(wort)
        if len(laut) >= _MIN_LAUT:
            found |= Q(laut__contains=[laut])
    return found


def explain(user: User, cases: list[Case], text: str, stichtag: date) -> list[Treffer]:
    """Say for each hit by what it was found, so that a similar name is not taken for the same."""
    begriff = read_suchtext(text, stichtag)
    sicht = einsichten(user, [case.pk for case in cases], stichtag)
    return [Treffer(case, _reason(case, begriff, text, sicht[case.pk])) for case in cases]


def _reason(case: Case, begriff: Suchbegriff, text: str, einsicht: Einsicht) -> str:
    if getattr(case, "ueber_vertretung", False):
        return "Vertretung"
    gruende = [_reason_of_word(case, wort, text, einsicht) for wort in begriff.worte]
    if begriff.geburtstage:
        gruende.append("Geburtsdatum")
    if begriff.iban_ende:
        gruende.append("IBAN" if len(begriff.iban) >= _KURZE_IBAN else "Ende der IBAN")
    if begriff.nummer:
        gruende.append("Versicherungsnummer")
    return ", ".join(dict.fromkeys(gruende))


def _reason_of_word(case: Case, wort: str, text: str, einsicht: Einsicht) -> str:
    person = case.leistungsberechtigte_person
    zeile = person.suchzeile
    wege = (
        (wort in suchform(f"{person.vorname} {person.nachname} {person.rufname}"), "Name"),
        (wort in suchform(person.geburtsname), "Geburtsname"),
        (wort in zeile.name, "früherer Name"),
        (wort in zeile.ort and einsicht.sees(Inhalt.ANSCHRIFT), "Anschrift"),
        (wort.upper() in zeile.konten and einsicht.stufe(Inhalt.KONTO), "Ende der IBAN"),
        (
            wort in suchform(case.aktenzeichen).split() or text.strip() in case.aktenzeichen,
            "Aktenzeichen",
        ),
        (umschrift(wort) in zeile.umschrift, "Name in anderer Umschrift"),
    )
    return next((grund for passt, grund in wege if passt), "ähnlicher Name")
