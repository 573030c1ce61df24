"""A kind of letter: what it says, to whom, and what must hold before it is frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from cases.registry.schritt import Hindernis
from cases.states.inhalt import BRIEF, Inhalt
from cases.states.rolle import Rolle
from recht.fristkennung import Regel

if TYPE_CHECKING:
    from cases.models import Case, Schreiben, User, Versand


@dataclass(frozen=True)
class Schreibanlass:
    """What one letter is written for: in which case, about what, by whom, on which day.

    `gegenstand` is the row that it is about, None for the case itself; `bezug` replaces the short
    reference of that row in the list of letters. `angaben` is what the person at the screen has
    added. `zeichnet` is who answers for the frozen letter; a preview has nobody yet.
    """

    case: Case
    tag: date
    by: User
    gegenstand: Any = None
    angaben: Mapping[str, Any] = field(default_factory=dict)
    bezug: str = ""
    zeichnet: User | None = None


@dataclass(frozen=True)
class Schreibenart:
    """A kind of letter: key, title, the template that prints it, and where its data come from.

    - `daten` returns what is printed, as plain JSON. Where it leaves out `kopf`, the letter gets
      the usual head: the addressee that the law names, the day, whoever is responsible.
    - `titel_of` gives one letter another title than its kind; `empfaenger` names the lines of the
      address where that is not the person or her representative.
    - `finde` returns the row that a letter is about from the case and the numbers in the URL; a
      row that does not exist has no letter. `seite` is the page that a refusal leads back to.
    - `pruefungen` are the conditions of freezing, `rollen` who may freeze, `vorbehalt` the
      sentence for everybody else. `einmal`: about one row there is one letter, a second freezing
      returns the first. `als_entwurf` marks every page of a preview. `fluechtig` names data that
      change by being looked at; they do not make a preview out of date.
    - `nach_festschreiben` and `nach_aufgabe` follow in the transaction that freezes the letter and
      in the one that records its posting.
    - `maengel` says why a frozen letter must not leave (any more): it was replaced. `belehrung`
      says why its Rechtsbehelfsbelehrung would be wrong on a day, abroad or not, served or not,
      `verspaetung` why what it orders could not be as it says if it left that day.
      `nach_bekanntgabe` follows whenever the day of its Bekanntgabe is known, or known to be none.
    - `frei` offers the kind under „Neues Schreiben“ with `hilfe` as its sentence; `eigene_seite` is
      the URL name (case) of a page that asks for more than a click. `formular` is the form class
      that the usual page asks with (see `cases.schreiben.forms.brief`); a Beitrag sets it.
    - `ausloeser`, `an`, `norm` and `frist` describe the kind in docs/schreibenarten.md: what it
      follows from, whom it goes to, on what it rests, and which rules of the Fristkatalog its
      dispatch or Bekanntgabe starts.
    - `rechtsbehelf` marks letters that carry a Verwaltungsakt: their posting starts the
      Widerspruchsfrist. `an_dritte` marks letters to somebody else than the person: they never go
      to her e-mail address. `einwilligung_teil` marks those that hand a part of the file on by
      consent (§ 67b SGB X): without it they neither queue nor leave; `einwilligung_des_bezugs`
      those that follow such a letter and stand on its consent. `zeigt_teil` names the part of the
      file that a copy of this letter would show. `inhalte` are the kinds of content that the
      letter prints: only who sees all of them opens it.
    """

    schluessel: str
    titel: str
    template: str
    daten: Callable[[Schreibanlass], dict[str, Any]] | None = None
    titel_of: Callable[[Schreibanlass], str] | None = None
    empfaenger: Callable[[Schreibanlass], list[str]] | None = None
    finde: Callable[[Case, Mapping[str, int]], Any] | None = None
    seite: Callable[[Schreibanlass], str] | None = None
    pruefungen: Callable[[Schreibanlass], Iterable[Hindernis | None]] | None = None
    rollen: frozenset[str] = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value})
    vorbehalt: str = "Schreiben erstellen nur Fallmanagement und Sachgebietsleitung."
    einmal: bool = False
    als_entwurf: bool = True
    fluechtig: frozenset[str] = frozenset()
    nach_festschreiben: Callable[[Schreibanlass, Schreiben], None] | None = None
    nach_aufgabe: Callable[[Schreiben, Versand, User | None, date], None] | None = None
    maengel: Callable[[Schreiben], Hindernis | None] | None = None
    belehrung: Callable[[Schreiben, date, bool, bool], Hindernis | None] | None = None
    verspaetung: Callable[[Schreiben, date], Hindernis | None] | None = None
    nach_bekanntgabe: Callable[[Schreiben, date | None, User | None, date], None] | None = None
    frei: bool = False
    hilfe: str = ""
    eigene_seite: str = ""
    formular: type[Any] | None = None
    ausloeser: str = ""
    an: str = "die Person oder ihre Vertretung"
    norm: str = ""
    frist: tuple[Regel, ...] = ()
    rechtsbehelf: bool = False
    an_dritte: bool = False
    einwilligung_teil: str = ""
    einwilligung_des_bezugs: bool = False
    zeigt_teil: str = ""
    inhalte: frozenset[Inhalt] = BRIEF

    def title_of(self, anlass: Schreibanlass) -> str:
        """Return the title of one letter of this kind."""
        return self.titel_of(anlass) if self.titel_of else self.titel
