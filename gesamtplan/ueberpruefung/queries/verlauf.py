"""Every goal through all reviews: who said what, and the chart that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gesamtplan.models import Teilhabeziel, Ueberpruefung, Zielbewertung
from gesamtplan.states import Zielstatus
from gesamtplan.states.ueberpruefung import Stimme, named_provider

# From worst to best, as the chart draws them; what has lost its meaning stands on no step.
STUFEN = (
    Zielstatus.NICHT_ERREICHT,
    Zielstatus.OFFEN,
    Zielstatus.TEILWEISE,
    Zielstatus.ERREICHT,
)
_STIMMEN = list(Stimme.values)


@dataclass(frozen=True)
class Punkt:
    """What one voice said in one review; `stufe` counts from 0, None stands beside the steps."""

    stimme: str
    status: str
    grund: str
    stufe: int | None
    getan: str = ""
    erbringer: str = ""
    erbringer_id: int | None = None

    @property
    def ist_erbringer(self) -> bool:
        """Tell whether a provider speaks."""
        return self.stimme == Stimme.LEISTUNGSERBRINGER

    @property
    def wer(self) -> str:
        """Return whose voice it is; a provider by name, where it is known."""
        if self.ist_erbringer:
            return named_provider(self.erbringer)
        return str(Stimme(self.stimme).label)

    @property
    def wort(self) -> str:
        """Return the rating in words."""
        return str(Zielstatus(self.status).label)


@dataclass(frozen=True)
class Pruefspalte:
    """One review of one goal."""

    ueberpruefung: Ueberpruefung
    punkte: tuple[Punkt, ...]

    @property
    def uneins(self) -> bool:
        """Tell whether the voices differ; that is shown, never averaged."""
        return len({punkt.status for punkt in self.punkte}) > 1


@dataclass(frozen=True)
class Zielverlauf:
    """One goal through all reviews, by its identity; the text is that of its newest version."""

    kennung: UUID
    ziel: Teilhabeziel
    spalten: tuple[Pruefspalte, ...]


def verlaeufe_of(rows: Sequence[Ueberpruefung]) -> list[Zielverlauf]:
    """Return every goal that was reviewed, with its ratings from the first review to the last."""
    chronologisch = sorted(rows, key=lambda row: (row.begonnen_am, row.pk))
    ziele: dict[UUID, Teilhabeziel] = {}
    for row in chronologisch:
        ziele |= {ziel.kennung: ziel for ziel in row.gesamtplan.teilhabeziele.all()}
    return [
        Zielverlauf(
            kennung,
            ziel,
            tuple(
                Pruefspalte(row, punkte)
                for row in chronologisch
                if (punkte := _punkte(row, kennung))
            ),
        )
        for kennung, ziel in sorted(ziele.items(), key=lambda paar: paar[1].nummer)
    ]


def _punkte(row: Ueberpruefung, kennung: UUID) -> tuple[Punkt, ...]:
    """Return the voices about one goal: the person, the providers by name, the Fallmanagement."""
    punkte = [
        Punkt(
            eine.stimme,
            eine.status,
            eine.grund,
            _stufe(eine),
            eine.getan,
            eine.leistungserbringer.name if eine.leistungserbringer is not None else "",
            eine.leistungserbringer_id,
        )
        for eine in row.zielbewertungen.all()
        if eine.kennung == kennung
    ]
    return tuple(sorted(punkte, key=_platz))


def _platz(punkt: Punkt) -> tuple[int, bool, str, int]:
    """Return by what the voices are put in order; a provider without a name comes last."""
    stimme = _STIMMEN.index(punkt.stimme)
    return stimme, not punkt.erbringer, punkt.erbringer, punkt.erbringer_id or 0


def _stufe(eine: Zielbewertung) -> int | None:
    stufen = [stufe.value for stufe in STUFEN]
    return stufen.index(eine.status) if eine.status in stufen else None


@dataclass(frozen=True)
class Zeichen:
    """One mark of the chart: its place, and the form by which the voice is told apart.

    `nummer` tells one provider from another, where several have spoken about the goal.
    """

    x: int
    y: int
    stimme: str
    titel: str
    nummer: int | None = None


@dataclass(frozen=True)
class Stufe:
    """One step of the chart: its height and its word."""

    y: int
    wort: str


@dataclass(frozen=True)
class Leiter:
    """The steps of one goal over its reviews; the table beside it says the same.

    `erbringer` are the providers in the order of their numbers; empty when there is but one.
    """

    breite: int
    hoehe: int
    stufen: tuple[Stufe, ...]
    tage: tuple[tuple[int, date], ...]
    zeichen: tuple[Zeichen, ...]
    erbringer: tuple[str, ...] = ()


_RAND, _SPALTE, _STUFE, _ABSTAND = 170, 110, 34, 24


def leiter_of(verlauf: Zielverlauf) -> Leiter:
    """Return the chart of one goal: voices side by side in each review, the best step on top.

    Every voice keeps its place and every provider its number through all reviews.
    """
    erbringer = _erbringer(verlauf)
    nummern = {pk: n for n, pk in enumerate(erbringer, 1)} if len(erbringer) > 1 else {}
    plaetze = [
        (Stimme.PERSON.value, None),
        *((Stimme.LEISTUNGSERBRINGER.value, pk) for pk in erbringer or [None]),
        (Stimme.FALLMANAGEMENT.value, None),
    ]
    breite = max(_SPALTE, len(plaetze) * _ABSTAND + 38)
    zeichen, tage = [], []
    for spalte, pruefung in enumerate(verlauf.spalten):
        mitte = _RAND + breite // 2 + spalte * breite
        links = mitte - (len(plaetze) - 1) * _ABSTAND // 2
        row = pruefung.ueberpruefung
        tage.append((mitte, row.gespraech_am or row.begonnen_am))
        for punkt in pruefung.punkte:
            if punkt.stufe is None:
                continue
            x = links + plaetze.index((punkt.stimme, punkt.erbringer_id)) * _ABSTAND
            nummer = nummern.get(punkt.erbringer_id) if punkt.ist_erbringer else None
            wort = f"{punkt.wer}: {punkt.wort}"
            zeichen.append(Zeichen(x, _hoehe(punkt.stufe), punkt.stimme, wort, nummer))
    return Leiter(
        _RAND + breite * max(1, len(verlauf.spalten)),
        _STUFE * len(STUFEN) + 28,
        tuple(Stufe(_hoehe(n), str(stufe.label)) for n, stufe in enumerate(STUFEN)),
        tuple(tage),
        tuple(zeichen),
        tuple(erbringer.values()) if nummern else (),
    )


def _hoehe(stufe: int) -> int:
    return (len(STUFEN) - 1 - stufe) * _STUFE + 20


def _erbringer(verlauf: Zielverlauf) -> dict[int | None, str]:
    """Return which providers have spoken about a goal in any review, in their order."""
    punkte = [p for spalte in verlauf.spalten for p in spalte.punkte if p.ist_erbringer]
    return {
        punkt.erbringer_id: punkt.erbringer or "ohne Namen" for punkt in sorted(punkte, key=_platz)
    }
