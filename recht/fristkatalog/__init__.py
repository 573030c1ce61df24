"""The catalogue of Fristen as data: trigger, length, shift code, citations, reminder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from recht.daten import read_yaml
from recht.eingabe import write_datum
from recht.fehler import FristUnbekannt
from recht.fristkennung import Regel
from recht.grad import EINSTELLBAR
from recht.laenge import Laenge
from recht.norm import parse_normen
from recht.rechtsstand import Rechtsstand

# S: moves to the next working day. N: never moves. Q: disputed, so the unshifted day counts and
# the reminder comes on a working day before. "-": no length.
CODES = ("S", "N", "Q", "-")
RECHNUNGEN = (
    "keine",
    "laufend",
    "monat",
    "tag",
    "bis_tag",
    "rueckwaerts",
    "monatsanfang",
    "jahresende",
    "jahresanfang_rueckwaerts",
    "stichtag",
    "parameter",
)
# What a Frist is about; what an end of the case takes the ground from is told by these.
GRUPPEN: Mapping[str, str] = MappingProxyType(
    {
        "entscheidung": "Zuständigkeit, Bedarf, Entscheidung",
        "laufzeit": "Laufzeit und Überprüfung",
        "rechtsbehelf": "Bescheid und Rechtsbehelf",
        "erstattung": "Aufhebung, Erstattung, Verjährung",
        "statistik": "Statistik und Datenschutz",
    }
)


# Among `eigene_laengen`: the authority, the plan or the agreement sets the length.
FREI = "frei"


class Anlass(StrEnum):
    """Which step about an Antrag ends a Frist that runs for it."""

    ZUSTAENDIGKEIT = "zustaendigkeit"
    ENTSCHEIDUNG = "entscheidung"
    BEKANNTGABE = "bekanntgabe"


WER: Mapping[str, str] = MappingProxyType(
    {
        "T": "Träger der Eingliederungshilfe",
        "LB": "leistungsberechtigte Person",
        "RT": "Rehabilitationsträger",
        "bet. RT": "beteiligte Rehabilitationsträger",
        "bet. Träger": "beteiligte Leistungsträger",
        "leist. RT": "leistender Rehabilitationsträger",
        "zweiter RT": "zweiter Rehabilitationsträger",
        "anderer RT": "anderer Rehabilitationsträger",
        "PK": "Pflegekasse",
        "Sachverständige": "Sachverständige",
        "T und LB": "Träger und leistungsberechtigte Person",
        "T und Beteiligte": "Träger und Beteiligte",
        "LB oder T": "leistungsberechtigte Person oder Träger",
        "T am tatsächlichen Aufenthalt": "Träger am tatsächlichen Aufenthalt",
        "-": "",
    }
)
_SCHLUESSEL = {Rechtsstand.A: "a", Rechtsstand.UE: "ue", Rechtsstand.B: "b"}


@dataclass(frozen=True, slots=True)
class Pausengrund:
    """Why a running Frist may stand still. Without a ``norm`` of its own that of the rule counts.

    ``hoechstens_tage`` is the longest pause of this ground, 0 where the law sets no limit. A
    ``nur_bestand`` ground is offered no more; Fristen that were paused on it keep their days.
    """

    schluessel: str
    text: str
    norm: str = ""
    hoechstens_tage: int = 0
    nur_bestand: bool = False


@dataclass(frozen=True, slots=True)
class Verlaengerungsgrund:
    """Why a Frist may get a later end; the new one runs on from the old (§ 190 BGB).

    ``hoechstens_tage`` counts from the end before, 0 without limit. ``rueckwirkend``: also after
    the Frist has run out. ``mitteilung``: only when told before the end, by day.
    """

    schluessel: str
    text: str
    norm: str
    hoechstens_tage: int = 0
    rueckwirkend: bool = False
    mitteilung: bool = False


@dataclass(frozen=True, slots=True)
class Wechsel:
    """What a rule says between two days that are not those of a Rechtsstand.

    ``ab`` and ``bis`` are both inclusive; what is not named stays as the Rechtsstand has it.
    """

    ab: date
    bis: date
    norm: str
    laenge: Laenge | None
    grad: str

    def ersetze(self, fassung: Fassung) -> Fassung:
        """Put what changes into the version of the Rechtsstand."""
        return replace(
            fassung,
            norm=self.norm,
            laenge=self.laenge or fassung.laenge,
            grad=self.grad or fassung.grad,
        )


class Stichtag(NamedTuple):
    """A fixed day of the year; after ``letztes_jahr`` the law has dropped it."""

    monat: int
    tag: int
    letztes_jahr: int = 9999


@dataclass(frozen=True, slots=True)
class Fassung:
    """What a rule says under one Rechtsstand."""

    norm: str
    rechnung: str
    laenge: Laenge | None
    stichtage: tuple[Stichtag, ...]
    grad: str

    @property
    def einstellbar(self) -> bool:
        """Whether the authority decides, because the rule is interpretation or unverified."""
        return self.grad in EINSTELLBAR


@dataclass(frozen=True, slots=True)
class Fristregel:
    """One row of the catalogue.

    What the program knows about a Frist stands here and nowhere else: `bei_eingang` starts with
    the receipt of an Antrag (`ab_antrag`: from the day on which it counts as made, wherever it was
    and even before its translation), `endet_mit` names the step about the Antrag that ends it,
    `von_hand` is taken in by the case worker (`gesetzt`: with a
    length that the authority sets), in a `fremd` one others have to act, `seite` is where its step
    is taken, `im_bericht` counts in the report. `wechsel` dates what changes on other days than
    the Rechtsstand, and before `gilt_ab` there is no such Frist. `eigene_laengen` are the lengths
    that may stand in place of its own (`FREI`: any, because no provision fixes it), `letzter_tag`
    tells whether a given last day may.
    """

    id: str
    kennung: str
    gruppe: str
    bezeichnung: str
    ausloeser: str
    wer: str
    folge: str
    code: str
    fassungen: Mapping[Rechtsstand, Fassung] = field(hash=False)
    tagesbeginn: bool = False
    laenge_noetig: bool = False
    vorlauf_tage: int = 0
    vorwarnung_tage: int = 0
    eskalation_tage: int = 0
    beginn_norm: str = "§ 26 Abs. 1 SGB X, § 187 Abs. 1 BGB"
    verschiebung_norm: str = "§ 26 Abs. 3 S. 1 SGB X"
    unverschoben_norm: str = ""
    parameter: str = ""
    anzeige: str = ""
    pausen: tuple[Pausengrund, ...] = ()
    wechsel: tuple[Wechsel, ...] = ()
    gilt_ab: date = date.min
    verlaengerung_norm: str = "§ 26 Abs. 7 SGB X, § 190 BGB"
    verlaengerungen: tuple[Verlaengerungsgrund, ...] = ()
    eigene_laengen: tuple[str, ...] = ()
    letzter_tag: bool = False
    bei_eingang: bool = False
    ab_antrag: bool = False
    endet_mit: str = ""
    von_hand: bool = False
    gesetzt: bool = False
    fremd: bool = False
    seite: str = ""
    im_bericht: bool = False

    def fassung(self, rechtsstand: Rechtsstand, tag: date | None = None) -> Fassung:
        """The version of a Rechtsstand, on a day; a Frist that did not exist there raises."""
        gefunden = self.fassungen.get(rechtsstand)
        if gefunden is None:
            vorhanden = ", ".join(self.fassungen)
            raise FristUnbekannt(
                f"Die Frist {self.id} ({self.bezeichnung}) gibt es im Rechtsstand {rechtsstand}"
                f" nicht; zulässig ist der Rechtsstand {vorhanden}."
            )
        if tag is None:
            return gefunden
        if tag < self.gilt_ab:
            raise FristUnbekannt(
                f"Die Frist {self.id} ({self.bezeichnung}) gibt es erst seit dem"
                f" {write_datum(self.gilt_ab)}; zulässig sind Tage von da an."
            )
        for wechsel in self.wechsel:
            if wechsel.ab <= tag <= wechsel.bis:
                return wechsel.ersetze(gefunden)
        return gefunden

    def _norm(self, rechtsstand: Rechtsstand) -> str:
        return self.fassungen[rechtsstand].norm if rechtsstand in self.fassungen else ""

    @property
    def norm_a(self) -> str:
        """Citation until 2017, empty if the Frist did not exist."""
        return self._norm(Rechtsstand.A)

    @property
    def norm_ue(self) -> str:
        """Citation of 2018 and 2019, empty if the Frist did not exist."""
        return self._norm(Rechtsstand.UE)

    @property
    def norm_b(self) -> str:
        """Citation since 2020, empty if the Frist does not exist any more."""
        return self._norm(Rechtsstand.B)

    @property
    def laenge(self) -> Laenge | None:
        """Length under the latest Rechtsstand that has the Frist."""
        return tuple(self.fassungen.values())[-1].laenge

    @property
    def wer_text(self) -> str:
        """Who has to act, written out."""
        return WER[self.wer]

    @property
    def laenge_text(self) -> str:
        """The length as it reads in a table."""
        return str(self.laenge) if self.laenge else self.anzeige


def _read_stichtag(text: str) -> Stichtag:
    """Read ``07-01``, or ``07-01 bis 2011``."""
    tag, _, bis = text.partition(" bis ")
    return Stichtag(int(tag[:2]), int(tag[3:]), *([int(bis)] if bis else []))


def _read_fassungen(zeile: dict[str, Any]) -> dict[Rechtsstand, Fassung]:
    fassungen: dict[Rechtsstand, Fassung] = {}
    for rechtsstand, kurz in _SCHLUESSEL.items():
        norm = zeile.get(f"norm_{kurz}")
        if norm is None:
            continue
        if norm.startswith("="):
            norm = zeile[f"norm_{norm[1:].lower()}"]
        parse_normen(norm)
        laenge = zeile.get(f"laenge_{kurz}", zeile.get("laenge"))
        tage = zeile.get(f"stichtage_{kurz}", zeile.get("stichtage", []))
        vorgabe = "keine" if zeile["code"] == "-" else "laufend"
        fassungen[rechtsstand] = Fassung(
            norm=norm,
            rechnung=zeile.get(f"rechnung_{kurz}", zeile.get("rechnung", vorgabe)),
            laenge=Laenge.parse(laenge) if laenge else None,
            stichtage=tuple(_read_stichtag(tag) for tag in tage),
            grad=zeile.get(f"grad_{kurz}", zeile["grad"]),
        )
    return fassungen


# Fields of a row that belong to the rule as a whole and are taken over as they are.
_REGELFELDER = frozenset(Fristregel.__dataclass_fields__) - {
    "fassungen",
    "pausen",
    "verlaengerungen",
    "wechsel",
    "eigene_laengen",
}
_FASSUNGSFELDER = frozenset(
    f"{feld}{endung}"
    for feld in ("norm", "laenge", "rechnung", "stichtage", "grad")
    for endung in ("", "_a", "_ue", "_b")
)


def _read_regel(zeile: dict[str, Any]) -> Fristregel:
    eigene = {"pausen", "verlaengerungen", "wechsel", "eigene_laengen"}
    if fremd := set(zeile) - _REGELFELDER - _FASSUNGSFELDER - eigene:
        raise FristUnbekannt(f"{zeile['id']}: unbekannte Angaben im Katalog: {sorted(fremd)}.")
    if zeile["gruppe"] not in GRUPPEN:
        raise FristUnbekannt(f"{zeile['id']}: unbekannte Gruppe „{zeile['gruppe']}“.")
    if "endet_mit" in zeile:
        Anlass(zeile["endet_mit"])
    felder = {feld: wert for feld, wert in zeile.items() if feld in _REGELFELDER}
    return Fristregel(
        fassungen=MappingProxyType(_read_fassungen(zeile)),
        wechsel=tuple(_read_wechsel(eintrag) for eintrag in zeile.get("wechsel", [])),
        pausen=tuple(_read_pause(grund) for grund in zeile.get("pausen", [])),
        verlaengerungen=tuple(_read_verlaengerung(g) for g in zeile.get("verlaengerungen", [])),
        eigene_laengen=tuple(_read_eigene(wert) for wert in zeile.get("eigene_laengen", [])),
        **felder,
    )


def _read_eigene(wert: str) -> str:
    return wert if wert == FREI else str(Laenge.parse(wert))


def _read_pause(zeile: dict[str, Any]) -> Pausengrund:
    grund = Pausengrund(**zeile)
    if grund.norm:
        parse_normen(grund.norm)
    return grund


def _read_wechsel(zeile: dict[str, Any]) -> Wechsel:
    parse_normen(zeile["norm"])
    laenge = zeile.get("laenge")
    return Wechsel(
        ab=zeile.get("ab", date.min),
        bis=zeile.get("bis", date.max),
        norm=zeile["norm"],
        laenge=Laenge.parse(laenge) if laenge else None,
        grad=zeile.get("grad", ""),
    )


def _read_verlaengerung(zeile: dict[str, Any]) -> Verlaengerungsgrund:
    grund = Verlaengerungsgrund(**zeile)
    parse_normen(grund.norm)
    return grund


@cache
def katalog() -> Mapping[str, Fristregel]:
    """All rules by id, in the order of the catalogue."""
    return MappingProxyType(
        {zeile["id"]: _read_regel(zeile) for zeile in read_yaml("fristkatalog")}
    )


def regeln_mit(merkmal: str) -> tuple[Regel, ...]:
    """The rules that carry a mark such as `bei_eingang`, in the order of the catalogue."""
    return tuple(Regel(regel.id) for regel in katalog().values() if getattr(regel, merkmal))


def regeln_bis(anlass: Anlass) -> tuple[Regel, ...]:
    """The rules that this step about an Antrag ends."""
    return tuple(Regel(regel.id) for regel in katalog().values() if regel.endet_mit == anlass)


def fristregel(frist: object) -> Fristregel:
    """The rule of an id such as ``F51``; an unknown id raises ``FristUnbekannt``."""
    regel = katalog().get(frist) if isinstance(frist, str) else None
    if regel is None:
        raise FristUnbekannt(
            f"Die Frist „{frist}“ steht nicht im Katalog; zulässig sind {', '.join(katalog())}."
        )
    return regel
