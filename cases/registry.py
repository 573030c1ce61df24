"""What the floors above make known to this one, and the one list of all URLs with their rights.

Upper apps register typed functions when the program starts (`AppConfig.ready`); nothing here
imports an upper app. A URL that is not in `ROUTES` is refused by the middleware.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, path

if TYPE_CHECKING:
    from cases.models import Case, Frist, Schreiben, User, Versand

FALL = "fall"


@dataclass(frozen=True)
class Route:
    """One URL: who may call it, on which object the right depends, whether reading is logged."""

    name: str
    muster: str
    rollen: frozenset[str]
    objekt: str = ""
    menue: str = ""
    oeffentlich: bool = False
    schreibt: bool = False
    bestaetigt: bool = False


ROUTES: dict[str, Route] = {}


def route(
    muster: str,
    view: Callable[..., Any],
    *,
    name: str,
    rollen: Iterable[str],
    objekt: str = "",
    menue: str = "",
    schreibt: bool = False,
    bestaetigt: bool = False,
) -> URLPattern:
    """Return a URL pattern and note its rights.

    `objekt=FALL` means that the URL carries `fall` (the id of the case): the middleware reads the
    case through `access.visible_to`, logs the read and sets `request.case`. `menue` is the text of
    the entry in the navigation. `schreibt` marks pages that accept POST. `bestaetigt` asks for an
    identity confirmed within the last ten minutes: for the POST of a page that writes, for every
    request of a page that only reads (a file to take away).
    """
    rechte = frozenset(str(r) for r in rollen)
    _note(Route(name, muster, rechte, objekt, menue, False, schreibt, bestaetigt))
    return path(muster, view, name=name)


def note_foreign_route(name: str, *, oeffentlich: bool, schreibt: bool = True) -> None:
    """Enter a URL of a library (login, second factor) that has no `route()` call of its own."""
    _note(Route(name, "", frozenset(), oeffentlich=oeffentlich, schreibt=schreibt))


def _note(row: Route) -> None:
    known = ROUTES.get(row.name)
    if known is not None and known != row:
        raise ValueError(f"Die Adresse {row.name} ist zweimal mit verschiedenen Rechten vermerkt.")
    ROUTES[row.name] = row


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
            "tageslauf",
            "auftraege",
            "importstapel_liste",
            "importprofile",
        ),
    ),
    ("Nachschlagen", ("verzeichnis", "fristenrechner")),
)
# With so few entries the whole navigation is one row; a heading would only hide them.
EINE_ZEILE = 8


def menu_for(user: User) -> list[Route]:
    """Return the navigation entries of the roles of this user, in the order of `MENUE`."""
    folge = [name for _titel, namen in MENUE for name in namen]
    rang = {name: stelle for stelle, name in enumerate(folge)}
    rows = [r for r in ROUTES.values() if r.menue and (user.rollen & r.rollen)]
    return sorted(rows, key=lambda r: rang.get(r.name, len(folge)))


def menu_heading(name: str) -> str:
    """Return the heading that an entry stands under; empty: in the row itself."""
    return next((titel for titel, namen in MENUE if name in namen), "")


@dataclass(frozen=True)
class Hindernis:
    """Why a step is closed: the sentence that the user reads, its norm, where to remedy it."""

    text: str
    norm: str = ""
    url: str = ""


@dataclass(frozen=True)
class Schritt:
    """A step button: open (no obstacles) or closed with its reasons.

    `haupt` marks what usually comes next; `gefahr` marks what ends a thing and is never next.
    """

    titel: str
    url: str
    methode: str = "get"
    hindernisse: tuple[Hindernis, ...] = ()
    haupt: bool = False
    gefahr: bool = False


@dataclass(frozen=True)
class Reiter:
    """A tab of the case page; tabs stand in the order of `rang`, then of registration."""

    titel: str
    url_name: str
    rollen: frozenset[str]
    rang: int = 50


@dataclass(frozen=True)
class Arbeitszeile:
    """A row of „Mein Tag“: something that waits for this user.

    `art` says where it stands: `aufgabe` waits for this user, `entwurf` was begun and is not
    finished, `warten` lies with somebody else.
    """

    gruppe: str
    titel: str
    fall: str
    name: str
    url: str
    seit: date | None = None
    zustand: str = ""
    farbe: str = "info"
    art: str = "aufgabe"


@dataclass(frozen=True)
class Kurzzeile:
    """What one row of a `Kurzquelle` has: number of the object, case, name, day, a text, a mark."""

    nummer: int
    fall: int | None
    aktenzeichen: str
    vorname: str
    nachname: str
    seit: date
    text: str
    marke: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.vorname} {self.nachname}".strip()


@dataclass(frozen=True)
class Schreibenart:
    """A kind of letter: key, title and the template that prints it.

    `rechtsbehelf` marks letters that carry a Verwaltungsakt: their posting starts the
    Widerspruchsfrist. `an_dritte` marks letters to somebody else than the person: they never go to
    her e-mail address. `einwilligung_teil` marks those that hand a part of the file on by consent
    (§ 67b SGB X): without it they neither queue nor leave. `zeigt_teil` names the part of the file
    that a copy of this letter would show.
    """

    schluessel: str
    titel: str
    template: str
    rechtsbehelf: bool = False
    an_dritte: bool = False
    einwilligung_teil: str = ""
    zeigt_teil: str = ""


class Auftragsausgang(Exception):
    """A job that did not end well; the message is a German sentence without Sozialdaten."""


class Voruebergehend(Auftragsausgang):
    """Nothing happened outside; trying again later may help."""


class Endgueltig(Auftragsausgang):
    """Nothing happened outside, and trying again would not help."""


class Ungewiss(Auftragsausgang):
    """It may have happened outside; only a person may decide what is next."""


class Hinfaellig(Auftragsausgang):
    """Nothing happened outside, and nobody needs it any more."""


@dataclass(frozen=True)
class Auftragsart:
    """A kind of outbox job.

    `ausfuehren` does the effect for the id of the object or raises an `Auftragsausgang`; whatever
    else it raises must come before the effect. `nach_ausgang` is told when the job ended otherwise
    than well (id, new state of the job, German reason, moment) and keeps the object in step.
    `faelle` maps ids of objects to ids of cases in one query, so that a page can ask who may see
    them; `seite` is the URL name (case, object) of the page where a person decides. Only a
    `wiederholbar` job is started again after a crash; all others wait for a person.
    """

    schluessel: str
    titel: str
    ausfuehren: Callable[[int, datetime], None]
    nach_ausgang: Callable[[int, str, str, datetime], None] | None = None
    faelle: Callable[[Iterable[int]], dict[int, int]] | None = None
    seite: str = ""
    wiederholbar: bool = False


@dataclass
class Registry:
    """All that upper floors have made known."""

    reiter: list[Reiter] = field(default_factory=list)
    fallschritte: list[Callable[[Case, User, date], list[Schritt]]] = field(default_factory=list)
    arbeitszeilen: list[Callable[[User, date], list[Arbeitszeile]]] = field(default_factory=list)
    kurzquellen: list[Any] = field(default_factory=list)
    abschlusshindernisse: list[Callable[[Case, date], list[Hindernis]]] = field(
        default_factory=list
    )
    entwurfszaehler: list[Callable[[list[int]], dict[int, int]]] = field(default_factory=list)
    budgetphasen: list[Callable[[Case, date], str]] = field(default_factory=list)
    teamlast: list[Callable[[list[int]], dict[int, tuple[int, int]]]] = field(default_factory=list)
    schreibenarten: dict[str, Schreibenart] = field(default_factory=dict)
    auftragsarten: dict[str, Auftragsart] = field(default_factory=dict)
    nach_aufgabe: dict[str, Callable[[Schreiben, Versand, User | None, date], None]] = field(
        default_factory=dict
    )
    ereignisgruppen: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    nach_fristablauf: dict[str, Callable[[Frist, date], None]] = field(default_factory=dict)


registry = Registry()


def register_reiter(*reiter: Reiter) -> None:
    """Add tabs to the case page."""
    registry.reiter.extend(r for r in reiter if r not in registry.reiter)
    registry.reiter.sort(key=lambda r: r.rang)


def register_fallschritte(function: Callable[[Case, User, date], list[Schritt]]) -> None:
    """Add a source of step buttons for the case page."""
    if function not in registry.fallschritte:
        registry.fallschritte.append(function)


def register_arbeitszeilen(function: Callable[[User, date], list[Arbeitszeile]]) -> None:
    """Add a source of rows for „Mein Tag“; it must use a fixed number of queries."""
    if function not in registry.arbeitszeilen:
        registry.arbeitszeilen.append(function)


def register_kurzquellen(*quellen: Any) -> None:
    """Add kinds of short rows (`cases.queries.kurzzeile.Kurzquelle`); all share one query."""
    registry.kurzquellen.extend(q for q in quellen if q not in registry.kurzquellen)


def register_abschlusshindernis(function: Callable[[Case, date], list[Hindernis]]) -> None:
    """Add a reason why a case cannot be closed."""
    if function not in registry.abschlusshindernisse:
        registry.abschlusshindernisse.append(function)


def register_ereignisgruppe(schluessel: str, titel: str, *arten: str) -> None:
    """Name kinds of Ereignis that the Chronik shows and filters as one group."""
    bisher = registry.ereignisgruppen.get(schluessel, (titel, frozenset()))[1]
    registry.ereignisgruppen[schluessel] = (titel, bisher | frozenset(arten))


def register_entwurfszaehler(function: Callable[[list[int]], dict[int, int]]) -> None:
    """Count drafts that wait for somebody, per case, for many cases in one query."""
    if function not in registry.entwurfszaehler:
        registry.entwurfszaehler.append(function)


def register_budgetphase(function: Callable[[Case, date], str]) -> None:
    """Tell in which of the phases a to d the Persönliches Budget of a case stands ("" = none)."""
    if function not in registry.budgetphasen:
        registry.budgetphasen.append(function)


def register_teamlast(function: Callable[[list[int]], dict[int, tuple[int, int]]]) -> None:
    """Add a count per person: drafts begun, and things submitted for release; one query."""
    if function not in registry.teamlast:
        registry.teamlast.append(function)


def register_schreibenart(art: Schreibenart) -> None:
    """Make a kind of letter known."""
    registry.schreibenarten[art.schluessel] = art


def register_auftragsart(art: Auftragsart) -> None:
    """Make a kind of outbox job known."""
    registry.auftragsarten[art.schluessel] = art


def register_nach_aufgabe(
    schreibenart: str, function: Callable[[Schreiben, Versand, User | None, date], None]
) -> None:
    """Call the function in the transaction that records the posting of such a letter."""
    registry.nach_aufgabe[schreibenart] = function


def register_nach_fristablauf(regel: str, function: Callable[[Frist, date], None]) -> None:
    """Call the function when a Frist of this rule has run out."""
    registry.nach_fristablauf[regel] = function
