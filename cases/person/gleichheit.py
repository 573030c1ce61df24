"""The one judgement whether two records are about the same human being.

Form, search, import file and stock ask it alike. It never decides: it says what speaks for and
what against it, and how strongly; a person decides. Only `sicher` lets a proposal be preselected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.person.namensform import eng, suchform, umschrift
from cases.person.phonetik import koelner_phonetik

GLEICH, UMSCHRIFT, KLANG, VERTAUSCHT, AEHNLICH, TEIL = 50, 45, 40, 40, 30, 20
TAG_GLEICH, TAG_VERTAUSCHT, TAG_STELLE, TAG_UNGENAU = 50, 35, 25, 20
# From here on a record of a file asks who is meant.
FRAGLICH = 65
_SCHWELLE = 0.45


@dataclass(frozen=True, slots=True)
class Merkmale:
    """What is known of somebody: `frueher` holds birth name and earlier surnames."""

    vorname: str
    nachname: str
    geburtsdatum: date | None = None
    genau: str = "tag"
    rufname: str = ""
    frueher: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Urteil:
    """What speaks for one human being; `name` and `tag` are points that only order the hits."""

    gruende: tuple[str, ...]
    name: int
    tag: int
    sicher: bool = False

    @property
    def staerke(self) -> int:
        """The strength of all reasons together."""
        return self.name + self.tag

    @property
    def fraglich(self) -> bool:
        """Whether nobody may be made or joined before a person has decided."""
        return self.staerke >= FRAGLICH


def judge(mine: Merkmale, theirs: Merkmale) -> Urteil | None:
    """Return what speaks for one human being, None when too little does."""
    if not _names_of(mine) or not _names_of(theirs):
        return None
    name, grund = _compare_names(mine, theirs)
    tag, tagesgrund = _compare_days(mine, theirs)
    if not _worth_showing(name, tag, mine):
        return None
    gruende = (grund, tagesgrund) if tagesgrund else (grund,)
    wort_fuer_wort = _geschrieben(mine) == _geschrieben(theirs)
    return Urteil(gruende, name, tag, sicher=wort_fuer_wort and tag == TAG_GLEICH)


def is_platzhalter(tag: date | None, genau: str = "tag") -> bool:
    """Tell whether a day of birth often stands for one that nobody knows: 1 January."""
    return genau != "tag" or (tag is not None and (tag.day, tag.month) == (1, 1))


def is_exact(mine: Merkmale, theirs: Merkmale) -> bool:
    """Tell whether names and day are the same in the form in which names are compared."""
    gleich = (eng(mine.vorname), eng(mine.nachname)) == (eng(theirs.vorname), eng(theirs.nachname))
    return gleich and mine.geburtsdatum == theirs.geburtsdatum and mine.genau == theirs.genau


def _names_of(merkmale: Merkmale) -> list[str]:
    """Return all words of the name in their order of comparison, whichever field holds them."""
    return sorted(suchform(f"{merkmale.vorname} {merkmale.nachname}").split())


def _geschrieben(merkmale: Merkmale) -> tuple[str, str]:
    vorname, nachname = merkmale.vorname.casefold(), merkmale.nachname.casefold()
    return " ".join(vorname.split()), " ".join(nachname.split())


def _compare_names(mine: Merkmale, theirs: Merkmale) -> tuple[int, str]:
    """Return points and reason of the names; without a first name the surname alone counts."""
    a, b = (eng(mine.vorname), eng(mine.nachname)), (eng(theirs.vorname), eng(theirs.nachname))
    if not mine.vorname and a[1] == b[1]:
        return (GLEICH, "gleicher Name") if not theirs.vorname else (GLEICH, "gleicher Nachname")
    if a == b:
        anders = _geschrieben(mine) != _geschrieben(theirs)
        return GLEICH, "gleicher Name, anders geschrieben" if anders else "gleicher Name"
    if a == b[::-1] and any(a):
        return VERTAUSCHT, "Vorname und Nachname vertauscht"
    if _names_of(mine) == _names_of(theirs):
        return VERTAUSCHT, "gleicher Name, anders auf Vorname und Nachname verteilt"
    return _compare_parts(mine, theirs, a, b) or _compare_sound(mine, theirs)


def _compare_parts(
    mine: Merkmale, theirs: Merkmale, a: tuple[str, str], b: tuple[str, str]
) -> tuple[int, str] | None:
    """Compare what is more or less than the whole name: some forenames, a changed surname."""
    if not mine.vorname:
        return None
    if _umschrift(mine) == _umschrift(theirs):
        return UMSCHRIFT, "gleicher Name in anderer Umschrift"
    vornamen = a[0] == b[0] or _share_words(mine, theirs)
    if a[1] == b[1] and vornamen:
        return UMSCHRIFT, "gleicher Nachname, ein Teil der Vornamen"
    frueher = {eng(n) for n in theirs.frueher} | {eng(n) for n in mine.frueher}
    if vornamen and (a[1] in frueher or b[1] in frueher) and a[1] and b[1]:
        return UMSCHRIFT, "gleicher Vorname, früherer Nachname"
    if vornamen and set(suchform(mine.nachname).split()) & set(suchform(theirs.nachname).split()):
        return KLANG, "gleicher Vorname, ein Teil des Nachnamens"
    return None


def _umschrift(merkmale: Merkmale) -> tuple[str, str]:
    return (
        umschrift(merkmale.vorname).replace(" ", ""),
        umschrift(merkmale.nachname).replace(" ", ""),
    )


def _share_words(mine: Merkmale, theirs: Merkmale) -> bool:
    """Tell whether all forenames of the one are among those of the other, or the Rufname is."""
    a = set(suchform(mine.vorname).split())
    b = set(suchform(theirs.vorname).split())
    rufnamen = {suchform(mine.rufname), suchform(theirs.rufname)} - {""}
    return bool(a and b) and (a <= b or b <= a or (bool(rufnamen & (a | b)) and bool(a & b)))


def _compare_sound(mine: Merkmale, theirs: Merkmale) -> tuple[int, str]:
    klang, klang_vorname = koelner_phonetik(mine.nachname), koelner_phonetik(mine.vorname)
    dort, dort_vorname = koelner_phonetik(theirs.nachname), koelner_phonetik(theirs.vorname)
    same, same_first = klang == dort, not mine.vorname or klang_vorname == dort_vorname
    if same and same_first and klang:
        return KLANG, "gleicher Klang"
    if mine.vorname and klang and (klang_vorname, klang) == (dort, dort_vorname):
        return VERTAUSCHT, "Vorname und Nachname vertauscht, gleicher Klang"
    gleicher_nachname = eng(mine.nachname) == eng(theirs.nachname)
    near = (same and bool(klang)) or similarity(mine.nachname, theirs.nachname) >= _SCHWELLE
    near_first = same_first or similarity(mine.vorname, theirs.vorname) >= _SCHWELLE
    if near and near_first:
        return AEHNLICH, "ähnliche Schreibweise"
    if gleicher_nachname:
        return TEIL, "gleicher Nachname, anderer Vorname (Zwilling?)"
    if near:
        return TEIL, "ähnlicher Nachname"
    if mine.vorname and near_first:
        return TEIL, "ähnlicher Vorname"
    return 0, ""


def similarity(a: str, b: str) -> float:
    """Return the share of common trigrams, as pg_trgm of the database counts them."""
    eins, zwei = _trigrams(a), _trigrams(b)
    return len(eins & zwei) / len(eins | zwei) if eins and zwei else 0.0


def _trigrams(text: str) -> set[str]:
    return {
        wort[stelle : stelle + 3]
        for wort in (f"  {teil} " for teil in suchform(text).split())
        for stelle in range(len(wort) - 2)
    }


def _compare_days(mine: Merkmale, theirs: Merkmale) -> tuple[int, str]:
    a, b = mine.geburtsdatum, theirs.geburtsdatum
    if a is None or b is None:
        return 0, ""
    ungenau = is_platzhalter(a, mine.genau) or is_platzhalter(b, theirs.genau)
    if ungenau and a.year == b.year:
        # The same placeholder says little, but two records of it under a like name are asked about.
        return (TAG_STELLE if a == b else TAG_UNGENAU), _ungenau(mine, theirs, a, b)
    if a == b:
        return TAG_GLEICH, "gleiches Geburtsdatum"
    if a.day <= 12 and b == swapped(a):
        return TAG_VERTAUSCHT, "Tag und Monat vertauscht"
    stellen = zip(f"{a:%d%m%Y}", f"{b:%d%m%Y}", strict=True)
    if sum(x != y for x, y in stellen) == 1:
        return TAG_STELLE, "Geburtsdatum weicht in einer Ziffer ab"
    return 0, "anderes Geburtsdatum"


def _ungenau(mine: Merkmale, theirs: Merkmale, a: date, b: date) -> str:
    if mine.genau != "tag" or theirs.genau != "tag":
        return "gleiches Geburtsjahr, der Tag ist nicht bekannt"
    if a == b:
        return "gleiches Geburtsdatum, aber der 1. Januar steht oft für einen unbekannten Tag"
    return "gleiches Geburtsjahr; der 1. Januar steht oft für einen unbekannten Tag"


def _worth_showing(name: int, tag: int, mine: Merkmale) -> bool:
    if mine.geburtsdatum is None or not mine.vorname:
        # Still typing, or searching with little: what is like the name is worth a look.
        return name >= AEHNLICH
    if name == TEIL:
        return tag >= TAG_GLEICH
    return (
        name >= GLEICH
        or (name >= KLANG and tag >= TAG_UNGENAU)
        or (name >= AEHNLICH and tag >= TAG_STELLE)
    )


def swapped(tag: date) -> date:
    """Return the day with day and month exchanged; only for days up to the 12th."""
    return tag.replace(month=tag.day, day=tag.month)
