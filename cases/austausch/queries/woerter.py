"""Words of an old file that the program does not know: which there are, what each shall mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cases.austausch.queries.austausch import fallmanager_names
from cases.austausch.queries.lesart import key_of
from cases.crypto import read_json
from cases.models import Anrede, Behinderungsart, Importprofil, Importstapel, Team, User
from cases.states.austausch import FELDER, IMPORTZUSTAENDE, WORTFELDER
from cases.states.rolle import Rolle
from recht.laender import LAENDER

# A file with more words than these has another column there than the profile says.
HOECHSTENS = 60

Woerter = dict[str, dict[str, str]]


def choices_of(feld: str, team: Team | None) -> list[tuple[str, str]]:
    """Return what a word of the field can mean, as key and label."""
    if feld == "zustand":
        return [(zustand.value, zustand.label) for zustand in IMPORTZUSTAENDE]
    if feld == "anrede":
        return list(Anrede.choices)
    if feld == "behinderungsart":
        return list(Behinderungsart.choices)
    if feld == "budget":
        return [("ja", "ja"), ("nein", "nein")]
    if feld == "land":
        return list(LAENDER.items())
    if team is None:
        return []
    if feld == "team":
        return [(team.name, team.name)]
    return _staff(team)


def _staff(team: Team) -> list[tuple[str, str]]:
    """Return the accounts of a team that may have cases, as far as their name is theirs alone."""
    namen = fallmanager_names(team)
    users = User.objects.filter(
        team=team, is_active=True, groups__name=Rolle.FALLMANAGEMENT
    ).distinct()
    return [
        (user.username, user.get_full_name())
        for user in users.order_by("last_name", "first_name")
        if key_of(user.username) in namen
    ]


def words_of_stapel(stapel: Importstapel) -> Woerter:
    """Return what the words of a batch mean: those of its profile, then its own."""
    found: Woerter = {}
    for quelle in (stapel.profil.woerter, kept_words(stapel)):
        for feld, woerter in quelle.items():
            found.setdefault(feld, {}).update(woerter)
    return found


def kept_words(stapel: Importstapel) -> Woerter:
    """Return what was said about the words of a batch."""
    return dict(read_json(stapel.woerter, {}).get("gilt", {}))


def open_words(stapel: Importstapel) -> list[tuple[str, str, int]]:
    """Return the words nobody knows, as field, word, and in how many rows it stands."""
    return [
        (feld, wort, zahl) for feld, wort, zahl in read_json(stapel.woerter, {}).get("offen", [])
    ]


def words_of_before(profil: Importprofil, team: Team) -> Woerter:
    """Return what was said about the words of the last file of this origin and team."""
    frueher = Importstapel.objects.filter(profil=profil, team=team).exclude(woerter="")
    row = frueher.order_by("-pk").first()
    return kept_words(row) if row else {}


class Wortzahl:
    """The unknown words of faulty rows, counted as the rows come."""

    def __init__(self) -> None:
        self._zahl: Counter[tuple[str, str]] = Counter()
        self._gesehen: dict[tuple[str, str], str] = {}

    def add(self, texte: Mapping[str, Any], zellen: Mapping[str, str]) -> None:
        """Count the words of one row, by its messages and its cells."""
        for feld in WORTFELDER:
            wort = zellen.get(feld, "")
            if feld in texte and wort:
                self._gesehen.setdefault((feld, key_of(wort)), wort)
                self._zahl[feld, key_of(wort)] += 1

    def as_list(self) -> list[list[Any]]:
        """Return the most frequent first: field, word, in how many rows it stands."""
        haeufig = self._zahl.most_common(HOECHSTENS)
        return [[feld, self._gesehen[feld, wort], rows] for (feld, wort), rows in haeufig]


def text_of_words(woerter: Mapping[str, Mapping[str, str]]) -> str:
    """Return words as the form of a profile shows them: one in a line, `Feld: Wort = Bedeutung`."""
    zeilen = []
    for feld, worte in woerter.items():
        namen = dict(choices_of(feld, None))
        zeilen += [f"{FELDER[feld].titel}: {wort} = {namen.get(w, w)}" for wort, w in worte.items()]
    return "\n".join(zeilen)


def words_of_text(text: str) -> tuple[Woerter, list[str]]:
    """Read words back from the form of a profile; the second part says what is wrong with lines."""
    felder = {key_of(FELDER[feld].titel): feld for feld in WORTFELDER}
    found: Woerter = {}
    fehler = []
    for nummer, zeile in enumerate(text.splitlines(), start=1):
        if not zeile.strip():
            continue
        titel, wort, gemeint = _parts(zeile)
        if "=" in titel or not (titel and wort and gemeint):
            fehler.append(f"Zeile {nummer}: Bitte schreiben Sie „Zustand: lfd. = Leistung läuft“.")
            continue
        feld = felder.get(key_of(titel))
        if feld is None:
            namen = ", ".join(f"„{FELDER[f].titel}“" for f in WORTFELDER)
            fehler.append(f"Zeile {nummer}: Vor dem Doppelpunkt steht eines von: {namen}.")
            continue
        wert = _meant(feld, gemeint)
        if wert is None:
            namen = ", ".join(f"„{label}“" for _, label in choices_of(feld, None)[:8])
            fehler.append(f"Zeile {nummer}: „{gemeint}“ gibt es nicht. Möglich: {namen}.")
            continue
        found.setdefault(feld, {})[key_of(wort)] = wert
    return found, fehler


def _parts(zeile: str) -> tuple[str, str, str]:
    """Return field, word and meaning of a line: the first colon and the last sign part them."""
    vorn, _, gemeint = zeile.rpartition("=")
    titel, _, wort = vorn.partition(":")
    return titel.strip(), wort.strip(), gemeint.strip()


def _meant(feld: str, wort: str) -> str | None:
    """Return the key of what a line says; names of staff and teams are checked with the file."""
    if feld in ("fallmanagement", "team"):
        return wort
    namen = {key_of(label): wert for wert, label in choices_of(feld, None)}
    namen |= {key_of(wert): wert for wert, _ in choices_of(feld, None)}
    return namen.get(key_of(wort))
