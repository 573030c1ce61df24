"""A step as one row: its page, its title and its guards.

Buttons, lists of gates and services read the same row, so that a button never promises what the
service refuses. The rows of a room stand in its `schritte`; states and roles come from the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.urls import reverse

from cases import access
from cases.guards import freigaben_ruhen, person_lebt, refuse
from cases.models import LeistungsberechtigtePerson, User
from cases.registry.schritt import Hindernis, Schritt
from cases.states.tafel import SchrittUnzulaessig, Uebergang, Zustandstafel


@dataclass(frozen=True)
class Lage:
    """Who would take a step; a room adds what its guards look at.

    `by` is None when the program takes the step: then only state and guards decide. A Lage is a
    snapshot: each guard is asked once in it, so a service builds it after locking.
    """

    by: User | None


@dataclass(frozen=True)
class Tageslage(Lage):
    """A step whose guards look at the day on which it is taken."""

    tag: date


# What a row asks of a Lage it may ask of every richer one.
LageT = TypeVar("LageT", bound=Lage, contravariant=True)
Frage = Callable[[LageT], Hindernis | None]
# A source of the floors above may find several obstacles at once.
Fragen = Callable[[LageT], Hindernis | Sequence[Hindernis] | None]


@dataclass(frozen=True)
class Pruefung(Generic[LageT]):
    """One guard of a step; with a title it is a gate of the list that a page shows.

    `norm` and `seite` (URL of the page that remedies it) may depend on the situation. `vorab`
    closes the way to a page that shows all gates. `verbirgt` leaves the button out instead of
    closing it, where a closed one would only puzzle. `hinweis` is what whoever decides reads at the
    gate, open or closed.
    """

    frage: Fragen[LageT]
    titel: str = ""
    norm: str | Callable[[LageT], str] = ""
    seite: Callable[[LageT], str] | None = None
    vorab: bool = False
    verbirgt: bool = False
    hinweis: Callable[[LageT], str] | None = None

    def antwort(self, lage: LageT) -> tuple[Hindernis, ...]:
        """Return what the guard finds; asked a second time it answers from memory."""
        known: dict[int, tuple[Hindernis, ...]] = lage.__dict__.setdefault("_antworten", {})
        if id(self) not in known:
            found = self.frage(lage)
            known[id(self)] = (found,) if isinstance(found, Hindernis) else tuple(found or ())
        return known[id(self)]


@dataclass(frozen=True)
class Tor:
    """One gate: open when nothing stands in the way; `url` is where it can be remedied."""

    titel: str
    norm: str
    hindernis: Hindernis | None
    url: str = ""
    hinweis: str = ""

    @property
    def offen(self) -> bool:
        """Tell whether the step may pass."""
        return self.hindernis is None


@dataclass(frozen=True)
class Zeile(Generic[LageT]):
    """The row of one step.

    - `seite`: URL name of the page that takes it; `knopf`: its button, else the title of the table.
    - `eingang`: the button that leads to a page with all gates, where the step itself is taken.
    - `noch_nicht`: why the step is refused in a state that it cannot start from yet; in those of
      `bald` its button is shown, closed.
    - `vorbehalt`: what those with a role of `sichtbar` read who may not take it themselves.
    """

    schritt: str
    seite: str
    pruefungen: tuple[Pruefung[LageT], ...] = ()
    knopf: str = ""
    eingang: str = ""
    methode: str = "get"
    haupt: bool | Callable[[LageT], bool] = False
    gefahr: bool = False
    noch_nicht: Frage[LageT] | None = None
    bald: tuple[str, ...] = ()
    vorbehalt: Callable[[LageT], Hindernis] | None = None
    sichtbar: frozenset[str] = frozenset()
    argumente: Callable[[LageT], Sequence[object]] | None = None


@dataclass(frozen=True)
class Folge:
    """A step that has no button of its own: another step or the program takes it (`aus`)."""

    schritt: str
    aus: str


@dataclass(frozen=True)
class Schritttafel(Generic[LageT]):
    """Rows for steps of one table; several rooms may each hold their part of it.

    `zustand` reads the state of the object, `argumente` those of the URLs; `stichtag` is the day
    of the object by whose law a refusal is cited.
    """

    tafel: Zustandstafel
    zustand: Callable[[LageT], str]
    argumente: Callable[[LageT], Sequence[object]]
    zeilen: tuple[Zeile[LageT], ...]
    folgen: tuple[Folge, ...] = field(default=())
    stichtag: Callable[[LageT], date] | None = None
    #: Steps that end with the death of the person, for every case of hers.
    zu_lebzeiten: tuple[str, ...] = ()

    def zeile(self, schritt: str) -> Zeile[LageT]:
        """Return the row of a step; a name without a row is a programming error."""
        for zeile in self.zeilen:
            if zeile.schritt == schritt:
                return zeile
        raise KeyError(f"{self.tafel.name}: Der Schritt {schritt} hat keine Zeile")

    def url(self, lage: LageT, schritt: str) -> str:
        """Return the URL of the page of a step."""
        zeile = self.zeile(schritt)
        return reverse(zeile.seite, args=(zeile.argumente or self.argumente)(lage))

    def hindernisse(self, lage: LageT, schritt: str) -> tuple[Hindernis, ...]:
        """Return all that the guards find, in the order of the row."""
        return (*self._death(lage, schritt), *_found(self.zeile(schritt).pruefungen, lage))

    def _death(self, lage: LageT, schritt: str) -> tuple[Hindernis, ...]:
        """Return that the person has died, for a step that makes sense for the living only."""
        if schritt not in self.zu_lebzeiten:
            return ()
        found = person_lebt(_person_of(lage))
        return (found,) if found else ()

    def tore(self, lage: LageT, schritt: str) -> list[Tor]:
        """Return the gates of a step, open and closed, in the order of the row."""
        return [
            Tor(
                pruefung.titel,
                pruefung.norm if isinstance(pruefung.norm, str) else pruefung.norm(lage),
                next(iter(pruefung.antwort(lage)), None),
                pruefung.seite(lage) if pruefung.seite else "",
                pruefung.hinweis(lage) if pruefung.hinweis else "",
            )
            for pruefung in self.zeile(schritt).pruefungen
            if pruefung.titel
        ]

    def require(self, lage: LageT, schritt: str) -> str:
        """Return the state after the step, or raise SchrittUnzulaessig with the first reason.

        Role, state and every guard of the row; what a form adds the service asks itself.
        """
        ziel = self.require_stand(lage, schritt)
        refuse(next(iter(self._death(lage, schritt)), None))
        for pruefung in self.zeile(schritt).pruefungen:
            if found := pruefung.antwort(lage):
                raise SchrittUnzulaessig(" ".join(h.text for h in found), found[0].norm)
        return ziel

    def require_stand(self, lage: LageT, schritt: str) -> str:
        """Return the state after the step as far as role and state decide; see `require`."""
        zeile, uebergang = self.zeile(schritt), self.tafel.uebergang(schritt)
        if lage.by is not None:
            if not lage.by.rollen & uebergang.rollen:
                refuse(_vorbehalt(zeile, lage))
            access.require_rolle(lage.by, uebergang)
            if uebergang.zweite_person:
                refuse(freigaben_ruhen(lage.by))
        if self.zustand(lage) not in uebergang.von:
            refuse(zeile.noch_nicht(lage) if zeile.noch_nicht else None)
        tag = self.stichtag(lage) if self.stichtag else None
        return self.tafel.ziel(self.zustand(lage), schritt, tag)

    def weigerung(self, lage: LageT, schritt: str) -> tuple[Hindernis, ...]:
        """Return why a service would refuse the step now, nothing when it may be taken."""
        try:
            self.require_stand(lage, schritt)
        except SchrittUnzulaessig as grund:
            return (Hindernis(grund.text, grund.norm),)
        return self.hindernisse(lage, schritt)

    def schritt(self, lage: LageT, schritt: str) -> Schritt | None:
        """Return the button of a step, open or closed; None where it is not offered."""
        return self._button(lage, schritt, self.zeile(schritt).pruefungen)

    def eingang(self, lage: LageT, schritt: str) -> Schritt | None:
        """Return the button to the page that shows the gates; it asks what is `vorab` only."""
        zeile = self.zeile(schritt)
        vorab = tuple(p for p in zeile.pruefungen if p.vorab)
        return self._button(lage, schritt, vorab, zeile.eingang)

    def schritte(self, lage: LageT, *namen: str) -> list[Schritt]:
        """Return the buttons of these steps, of all rows when none is named."""
        gefragt = namen or tuple(zeile.schritt for zeile in self.zeilen)
        return [s for name in gefragt if (s := self.schritt(lage, name)) is not None]

    def _button(
        self, lage: LageT, schritt: str, pruefungen: tuple[Pruefung[LageT], ...], titel: str = ""
    ) -> Schritt | None:
        zeile, uebergang = self.zeile(schritt), self.tafel.uebergang(schritt)
        gruende = self._closed(lage, zeile, uebergang, pruefungen)
        if gruende is None:
            return None
        return Schritt(
            titel or zeile.knopf or uebergang.titel,
            self.url(lage, schritt),
            "get" if titel else zeile.methode,
            gruende,
            haupt=zeile.haupt if isinstance(zeile.haupt, bool) else zeile.haupt(lage),
            gefahr=zeile.gefahr,
        )

    def _closed(
        self,
        lage: LageT,
        zeile: Zeile[LageT],
        uebergang: Uebergang,
        pruefungen: tuple[Pruefung[LageT], ...],
    ) -> tuple[Hindernis, ...] | None:
        """Return why the step is closed, nothing when it is open; None: it is not offered."""
        rollen = lage.by.rollen if lage.by is not None else frozenset()
        darf = bool(rollen & uebergang.rollen)
        if any(p.verbirgt and p.antwort(lage) for p in zeile.pruefungen):
            return None
        zustand = self.zustand(lage)
        if zustand not in uebergang.von:
            bald = darf and zustand in zeile.bald and zeile.noch_nicht
            return (spaeter,) if bald and (spaeter := bald(lage)) else None
        if not darf:
            fremd = _vorbehalt(zeile, lage)
            return (fremd,) if fremd else None
        # A page reads its user afresh: most accounts need no question to the database.
        tod = self._death(lage, zeile.schritt)
        if uebergang.zweite_person and lage.by and lage.by.freigaben_ab:
            ruht = freigaben_ruhen(lage.by)
            return (ruht,) if ruht else (*tod, *_found(pruefungen, lage))
        return (*tod, *_found(pruefungen, lage))


def _found(pruefungen: tuple[Pruefung[LageT], ...], lage: LageT) -> tuple[Hindernis, ...]:
    return tuple(h for p in pruefungen for h in p.antwort(lage))


def _person_of(lage: Any) -> LeistungsberechtigtePerson:
    """Return the person of a Lage: of its case, or of the case of its budget or plan."""
    traeger = getattr(lage, "budget", None) or getattr(lage, "plan", None)
    case = traeger.case if traeger is not None else lage.case
    person: LeistungsberechtigtePerson = case.leistungsberechtigte_person
    return person


def _vorbehalt(zeile: Zeile[LageT], lage: LageT) -> Hindernis | None:
    """Return the sentence for those who see a step that others take; None for everybody else."""
    if zeile.vorbehalt is None or lage.by is None or not lage.by.rollen & zeile.sichtbar:
        return None
    return zeile.vorbehalt(lage)


def passt(tafel: Zustandstafel, schritt: str, zustand: str) -> Hindernis | None:
    """Return why another object is not in a state from which it could follow this step."""
    try:
        tafel.ziel(zustand, schritt)
    except SchrittUnzulaessig as grund:
        return Hindernis(grund.text, grund.norm)
    return None
