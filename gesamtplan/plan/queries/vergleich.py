"""What has changed between two versions of the Gesamtplan, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cases.models.textvergleich import Textteil, compare_texts
from gesamtplan.models import Bedarf, Gesamtplan, Lebensbereich, Leistung, Teilhabeziel
from gesamtplan.models.bedarf import BEFUNDFELDER
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.plan.queries.gesamtplan import surplus_inhalte
from gesamtplan.plan.queries.kosten import kosten_of
from recht.geld import format_euro

Aenderung = Literal["neu", "geaendert", "entfallen", "unveraendert"]


@dataclass(frozen=True)
class Feldvergleich:
    """One field of a part: its label and the stretches of old and new text."""

    bezeichnung: str
    teile: tuple[Textteil, ...]

    @property
    def geaendert(self) -> bool:
        """Tell whether anything came or went."""
        return any(teil.art != "gleich" for teil in self.teile)


@dataclass(frozen=True)
class Teilvergleich:
    """One content, goal or Leistung in both versions."""

    titel: str
    aenderung: Aenderung
    felder: tuple[Feldvergleich, ...]

    @property
    def unveraendert(self) -> bool:
        """Tell whether both versions say the same."""
        return self.aenderung == "unveraendert"


@dataclass(frozen=True)
class Vergleich:
    """Everything that can differ between two versions."""

    alt: Gesamtplan
    neu: Gesamtplan
    eckdaten: Teilvergleich
    bedarfe: tuple[Teilvergleich, ...]
    inhalte: tuple[Teilvergleich, ...]
    teilhabeziele: tuple[Teilvergleich, ...]
    leistungen: tuple[Teilvergleich, ...]

    @property
    def anzahl(self) -> int:
        """Return how many parts are not the same."""
        return len(self.geaendert)

    @property
    def geaendert(self) -> list[Teilvergleich]:
        """Return the parts that are not the same, in the order of the plan."""
        parts = (
            self.eckdaten,
            *self.bedarfe,
            *self.teilhabeziele,
            *self.leistungen,
            *self.inhalte,
        )
        return [part for part in parts if not part.unveraendert]


def compare_versions(*, alt: Gesamtplan, neu: Gesamtplan, betraege: bool = False) -> Vergleich:
    """Compare two versions read with their parts; goals and Leistungen meet by `kennung`.

    What is needed meets by Lebensbereich where the versions rest on different Bedarfsermittlungen.
    `betraege` shows prices and costs too, which not everybody sees who reads the plan.
    """
    return Vergleich(
        alt=alt,
        neu=neu,
        eckdaten=compare_part("Eckdaten", _eckdaten(alt), _eckdaten(neu)),
        bedarfe=tuple(_bedarfe(alt, neu)),
        inhalte=tuple(_inhalte(alt, neu)),
        teilhabeziele=tuple(
            match_parts(
                {str(ziel.kennung): _ziel(ziel) for ziel in alt.teilhabeziele.all()},
                {str(ziel.kennung): _ziel(ziel) for ziel in neu.teilhabeziele.all()},
            )
        ),
        leistungen=tuple(
            match_parts(
                {str(row.kennung): _leistung(row, betraege) for row in alt.leistungen.all()},
                {str(row.kennung): _leistung(row, betraege) for row in neu.leistungen.all()},
            )
        ),
    )


Felder = Sequence[tuple[str, str]]


def _eckdaten(plan: Gesamtplan) -> Felder:
    ueberpruefung = f"{plan.ueberpruefung_am:%d.%m.%Y}" if plan.ueberpruefung_am else ""
    return (
        ("Anlass", plan.anlass),
        ("Datum des Plans", f"{plan.datum:%d.%m.%Y}"),
        ("Überprüfung spätestens am", ueberpruefung),
        ("Grundlage", str(plan.bedarfsermittlung)),
    )


def _ziel(ziel: Teilhabeziel) -> tuple[str, Felder]:
    return (
        f"Ziel {ziel.nummer}",
        (
            ("Ziel", ziel.text),
            ("In den Worten der Person", ziel.wortlaut),
            ("In Leichter Sprache", ziel.leichte_sprache),
            ("Lebensbereich", str(ziel.get_lebensbereich_display())),
            ("Woran zu erkennen", ziel.kriterium),
            ("Stand heute", ziel.ausgangswert),
            ("Stand am Ziel", ziel.zielwert),
            ("Bis", f"{ziel.bis:%d.%m.%Y}"),
            ("Schritte", ziel.schritte),
            ("Was andere beitragen", ziel.massnahmen),
            ("Mit dem Ziel endet der Bedarf", "ja" if ziel.bedarf_endet else ""),
            ("Stand", str(ziel.get_status_display())),
        ),
    )


def _leistung(row: Leistung, betraege: bool) -> tuple[str, Felder]:
    bis = f"bis {row.ende:%d.%m.%Y}" if row.ende else "ohne Enddatum"
    return (
        row.bezeichnung,
        (
            ("Leistung", row.bezeichnung),
            ("Leistungsträger", row.leistungstraeger.name),
            ("Form", str(row.get_leistungsform_display())),
            ("Art und Umfang", row.umfang),
            ("Menge", _menge(row)),
            ("Angebot", f"{row.angebot.leistungserbringer}: {row.angebot}" if row.angebot else ""),
            ("Rechtsgrundlage", row.norm),
            ("Zeitraum", f"ab {row.beginn:%d.%m.%Y}, {bis}"),
            ("Dient dem Ziel", row.zielnummern),
            ("Wer entscheidet", str(row.get_entscheidung_display())),
            ("Ergänzende Leistung", "ja" if row.ergaenzend else ""),
            *(_kosten(row) if betraege else ()),
        ),
    )


def _menge(row: Leistung) -> str:
    if row.menge is None:
        return ""
    return f"{row.menge.normalize():f} {row.get_einheit_display()}".replace(".", ",")


def _kosten(row: Leistung) -> Felder:
    kosten = kosten_of(row)
    return (
        ("Preis je Einheit", format_euro(row.satz) if row.satz is not None else ""),
        ("Kosten im Monat", format_euro(kosten.betrag) if kosten and not kosten.einmalig else ""),
        ("Einmalige Kosten", format_euro(kosten.betrag) if kosten and kosten.einmalig else ""),
    )


def _bedarfe(alt: Gesamtplan, neu: Gesamtplan) -> Iterator[Teilvergleich]:
    if alt.bedarfsermittlung_id == neu.bedarfsermittlung_id:
        return
    vorher, jetzt = (
        {row.lebensbereich: row for row in plan.bedarfsermittlung.bedarfe.all()}
        for plan in (alt, neu)
    )
    leer = Bedarf()
    for code, titel in Lebensbereich.choices:
        eins, zwei = vorher.get(code, leer), jetzt.get(code, leer)
        if not eins.is_filled and not zwei.is_filled:
            continue
        part = compare_part(str(titel), _bedarf(eins), _bedarf(zwei))
        if not eins.is_filled:
            part = Teilvergleich(part.titel, "neu", part.felder)
        elif not zwei.is_filled:
            part = Teilvergleich(part.titel, "entfallen", part.felder)
        yield part


def _bedarf(row: Bedarf) -> Felder:
    return [(label, getattr(row, name)) for name, label in BEFUNDFELDER]


def _inhalte(alt: Gesamtplan, neu: Gesamtplan) -> Iterator[Teilvergleich]:
    old = {inhalt.schluessel: inhalt.text for inhalt in alt.planinhalte.all()}
    for zeile in inhaltszeilen(neu):
        before = old.pop(zeile.inhalt.schluessel, "")
        part = compare_part(zeile.inhalt.bezeichnung, (("", before),), (("", zeile.text),))
        if not before and zeile.text:
            part = Teilvergleich(part.titel, "neu", part.felder)
        elif before and not zeile.text:
            part = Teilvergleich(part.titel, "entfallen", part.felder)
        yield part
    # A text of the older Rechtsstand for which the newer one has no heading.
    titles = {zeile.inhalt.schluessel: zeile.inhalt.bezeichnung for zeile in inhaltszeilen(alt)}
    kept = {inhalt.schluessel: inhalt.text for inhalt, _ in surplus_inhalte(neu)}
    for schluessel, text in old.items():
        if not text or schluessel not in titles:
            continue
        part = compare_part(titles[schluessel], (("", text),), (("", kept.get(schluessel, "")),))
        yield part if schluessel in kept else Teilvergleich(part.titel, "entfallen", part.felder)


def match_parts(
    alt: dict[str, tuple[str, Felder]], neu: dict[str, tuple[str, Felder]]
) -> Iterator[Teilvergleich]:
    """Compare title and fields of parts that meet by their key; who is alone is new or gone."""
    for kennung, (titel, felder) in neu.items():
        if kennung in alt:
            yield compare_part(titel, alt[kennung][1], felder)
        else:
            empty = tuple((label, "") for label, _ in felder)
            yield Teilvergleich(titel, "neu", compare_part(titel, empty, felder).felder)
    for kennung, (titel, felder) in alt.items():
        if kennung not in neu:
            empty = tuple((label, "") for label, _ in felder)
            yield Teilvergleich(titel, "entfallen", compare_part(titel, felder, empty).felder)


def compare_part(titel: str, alt: Felder, neu: Felder) -> Teilvergleich:
    """Compare the fields of one part word by word; both name the same fields in one order."""
    felder = tuple(
        Feldvergleich(label, compare_texts(old, new))
        for (label, old), (_, new) in zip(alt, neu, strict=True)
    )
    changed = any(feld.geaendert for feld in felder)
    return Teilvergleich(titel, "geaendert" if changed else "unveraendert", felder)
