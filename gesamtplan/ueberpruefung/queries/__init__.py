"""Reads of reviews: one with its parts, all of a case side by side, reports that are late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from cases.dateien.grenzen import Ablehnung
from cases.export.zeichen import clean_text, name_zeichen, unprintable
from cases.models import Case, Leistungserbringer, User
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.routen import adresse
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.rolle import Rolle
from gesamtplan.models import (
    Gesamtplan,
    Planvereinbarung,
    Teilhabeziel,
    Ueberpruefung,
    Verlaufsbericht,
    Zielbewertung,
)
from gesamtplan.models.angaben import Bewertung
from gesamtplan.models.berichtsbogen import (
    ALLGEMEIN,
    AUFBAU,
    TEILE,
    Bogenfeld,
    read_feldname,
)
from gesamtplan.states import Planzustand, Zielstatus
from gesamtplan.states.ueberpruefung import Pruefstand, Stimme
from gesamtplan.states.vereinbarung import Vereinbarungsstand

# From worst to best, as the chart draws them; what has lost its meaning stands on no step.
STUFEN = (
    Zielstatus.NICHT_ERREICHT,
    Zielstatus.OFFEN,
    Zielstatus.TEILWEISE,
    Zielstatus.ERREICHT,
)

_VERFEHLT = (Zielstatus.NICHT_ERREICHT, Zielstatus.ENTFALLEN)
#: Characters of one answer of a form; more is a report of its own.
BOGENTEXT = 10_000


def with_parts(rows: QuerySet[Ueberpruefung]) -> QuerySet[Ueberpruefung]:
    """Read goals, ratings and reports along: four more queries, however many rows."""
    return rows.select_related("gesamtplan", "case", "bearbeitet_von").prefetch_related(
        "gesamtplan__teilhabeziele",
        "zielbewertungen",
        Prefetch("verlaufsberichte", Verlaufsbericht.objects.select_related("leistungserbringer")),
    )


def ueberpruefungen_of(case: Case) -> QuerySet[Ueberpruefung]:
    """Return the reviews of a case with their parts, the newest first."""
    return with_parts(Ueberpruefung.objects.filter(case=case))


def ueberpruefung_of(case: Case, ueberpruefung_id: int) -> Ueberpruefung | None:
    """Return one review of the case, None when it belongs to another case."""
    return ueberpruefungen_of(case).filter(pk=ueberpruefung_id).first()


def open_ueberpruefung(case: Case) -> Ueberpruefung | None:
    """Return the review in work, None when there is none."""
    return Ueberpruefung.objects.filter(case=case, state=Pruefstand.OFFEN).first()


def plan_in_force(case: Case) -> Gesamtplan | None:
    """Return the newest released version."""
    rows = Gesamtplan.objects.filter(case=case, state=Planzustand.FREIGEGEBEN)
    return rows.order_by("-version").first()


def bericht_of(case: Case, bericht_id: int) -> Verlaufsbericht | None:
    """Return a report of a review of this case, None when it belongs to another case."""
    rows = Verlaufsbericht.objects.filter(ueberpruefung__case=case, pk=bericht_id)
    return rows.select_related(
        "leistungserbringer",
        "unterlage",
        "ueberpruefung__gesamtplan",
        "ueberpruefung__case__leistungsberechtigte_person",
        "ueberpruefung__case__caseworker",
    ).first()


def missed_goals(row: Ueberpruefung) -> list[int]:
    """Return the numbers of the goals that some voice sees as not, or not any more, to be reached.

    One sign is enough (§ 122 S. 3 SGB IX); nobody has to share it.
    """
    verfehlt = {eine.kennung for eine in row.zielbewertungen.all() if eine.status in _VERFEHLT}
    return [z.nummer for z in row.gesamtplan.teilhabeziele.all() if z.kennung in verfehlt]


def binding_vereinbarung(plan: Gesamtplan) -> Planvereinbarung | None:
    """Return the agreement with the person about the goals that both have signed, if any."""
    return Planvereinbarung.objects.filter(
        gesamtplan=plan, state=Vereinbarungsstand.GESCHLOSSEN
    ).first()


def is_teilhabeplan(plan: Gesamtplan) -> bool:
    """Tell whether other carriers were asked about this version (§ 19 SGB IX)."""
    return plan.planabstimmungen.exists()


def said_by_providers(row: Ueberpruefung) -> dict[UUID, Bewertung]:
    """Return by goal what stands there in the voice of the providers."""
    return {
        eine.kennung: Bewertung(eine.status, eine.grund, eine.getan)
        for eine in row.zielbewertungen.all()
        if eine.stimme == Stimme.LEISTUNGSERBRINGER
    }


def bogen_of(
    bericht: Verlaufsbericht, felder: Mapping[str, str]
) -> tuple[str, dict[UUID, Bewertung]]:
    """Return what a filled-in form says: beside the goals, and by goal.

    `felder` is what `cases.dateien.aufruf.read_form_apart` has read. Raises Ablehnung with the
    reason when the file is not the form that was sent with this request, nothing stands in it, or
    what stands in it cannot be taken.
    """
    gelesen = {feld: wert for name, wert in felder.items() if (feld := read_feldname(name))}
    ziele = {ziel.kennung: ziel for ziel in bericht.ueberpruefung.gesamtplan.teilhabeziele.all()}
    _refuse_foreign(bericht, list(gelesen), ziele)
    if not any(gelesen.values()):
        raise Ablehnung("Der Bogen ist nicht ausgefüllt.")
    werte = {(feld.ziel, feld.teil): wert for feld, wert in gelesen.items()}
    je_ziel = {
        kennung: Bewertung(
            _status(ziel, werte[kennung, "status"]),
            _text(f"Ziel {ziel.nummer}", werte[kennung, "grund"]),
            _text(f"Ziel {ziel.nummer}", werte[kennung, "getan"]),
        )
        for kennung, ziel in ziele.items()
    }
    return _text("Was zu keinem Ziel gehört", werte[None, ALLGEMEIN]), je_ziel


def _refuse_foreign(
    bericht: Verlaufsbericht, felder: Sequence[Bogenfeld], ziele: Mapping[UUID, Teilhabeziel]
) -> None:
    """Raise Ablehnung unless the fields are those of this request, each once and none besides."""
    if not felder:
        raise Ablehnung("Diese Datei ist kein Bogen, den Fallwerk gesetzt hat.")
    if any(feld.aufbau != AUFBAU for feld in felder):
        raise Ablehnung(
            "Dieser Bogen stammt aus einer anderen Fassung des Programms. Bitte schicken Sie dem "
            "Leistungserbringer das Schreiben neu, oder tragen Sie den Bericht von Hand ein."
        )
    fassung = bericht.ueberpruefung.gesamtplan.version
    if not {feld.ziel for feld in felder} & set(ziele):
        raise Ablehnung("Dieser Bogen gehört zu einem anderen Gesamtplan.")
    if alte := {feld.fassung for feld in felder} - {fassung}:
        raise Ablehnung(
            f"Dieser Bogen gehört zur Fassung {min(alte)} des Gesamtplans. Überprüft wird die "
            f"Fassung {fassung}; ihre Ziele können anders lauten."
        )
    if any(feld.bericht != bericht.pk for feld in felder):
        raise Ablehnung(
            "Dieser Bogen gehört zu einer anderen Anforderung: einem anderen Leistungserbringer "
            "oder einer früheren Überprüfung."
        )
    erwartet = {(kennung, teil) for kennung in ziele for teil in TEILE} | {(None, ALLGEMEIN)}
    if {(feld.ziel, feld.teil) for feld in felder} != erwartet:
        raise Ablehnung("Der Bogen ist verändert: Ihm fehlen Felder, oder er hat fremde.")


def _status(ziel: Teilhabeziel, wert: str) -> str:
    if wert and wert not in Zielstatus.values:
        raise Ablehnung(
            f"Ziel {ziel.nummer}: Der Bogen nennt eine Einschätzung, die es nicht gibt."
        )
    return wert


def _text(wo: str, wert: str) -> str:
    """Return a text as it can be printed; raises Ablehnung for letters that cannot."""
    text = clean_text(wert).text.strip()
    if len(text) > BOGENTEXT:
        raise Ablehnung(f"{wo}: Der Text hat mehr als {BOGENTEXT} Zeichen.")
    if fehlend := unprintable(text):
        raise Ablehnung(
            f"{wo}: Diese Zeichen lassen sich in Schreiben nicht drucken: {name_zeichen(fehlend)}. "
            "Bitte tragen Sie den Bericht von Hand ein."
        )
    return text


def providers_of(plan: Gesamtplan) -> QuerySet[Leistungserbringer]:
    """Return who may be asked: those who give a Leistung of the plan, else all, by name."""
    alle = Leistungserbringer.objects.filter(zusammengefuehrt_in__isnull=True).order_by("name")
    eigene = alle.filter(angebote__planleistungen__gesamtplan=plan).distinct()
    return eigene if eigene.exists() else alle


@dataclass(frozen=True)
class Punkt:
    """What one voice said in one review; `stufe` counts from 0, None stands beside the steps."""

    stimme: str
    status: str
    grund: str
    stufe: int | None
    getan: str = ""

    @property
    def wer(self) -> str:
        """Return whose voice it is."""
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
    je_stimme = {b.stimme: b for b in row.zielbewertungen.all() if b.kennung == kennung}
    return tuple(
        Punkt(stimme.value, b.status, b.grund, _stufe(b), b.getan)
        for stimme in Stimme
        if (b := je_stimme.get(stimme.value)) is not None
    )


def _stufe(eine: Zielbewertung) -> int | None:
    stufen = [stufe.value for stufe in STUFEN]
    return stufen.index(eine.status) if eine.status in stufen else None


@dataclass(frozen=True)
class Zeichen:
    """One mark of the chart: its place, and the form by which the voice is told apart."""

    x: int
    y: int
    stimme: str
    titel: str


@dataclass(frozen=True)
class Stufe:
    """One step of the chart: its height and its word."""

    y: int
    wort: str


@dataclass(frozen=True)
class Leiter:
    """The steps of one goal over its reviews; the table beside it says the same."""

    breite: int
    hoehe: int
    stufen: tuple[Stufe, ...]
    tage: tuple[tuple[int, date], ...]
    zeichen: tuple[Zeichen, ...]


_RAND, _SPALTE, _STUFE = 170, 110, 34


def leiter_of(verlauf: Zielverlauf) -> Leiter:
    """Return the chart of one goal: voices side by side in each review, the best step on top."""
    oben = len(STUFEN) - 1
    zeichen, tage = [], []
    for spalte, pruefung in enumerate(verlauf.spalten):
        mitte = _RAND + _SPALTE // 2 + spalte * _SPALTE
        row = pruefung.ueberpruefung
        tage.append((mitte, row.gespraech_am or row.begonnen_am))
        for punkt in pruefung.punkte:
            if punkt.stufe is None:
                continue
            versatz = (list(Stimme.values).index(punkt.stimme) - 1) * 24
            wort = f"{punkt.wer}: {punkt.wort}"
            y = (oben - punkt.stufe) * _STUFE + 20
            zeichen.append(Zeichen(mitte + versatz, y, punkt.stimme, wort))
    return Leiter(
        _RAND + _SPALTE * max(1, len(verlauf.spalten)),
        _STUFE * len(STUFEN) + 28,
        tuple(Stufe((oben - n) * _STUFE + 20, str(stufe.label)) for n, stufe in enumerate(STUFEN)),
        tuple(tage),
        tuple(zeichen),
    )


def _late_reports(user: User, stichtag: date) -> QuerySet[Verlaufsbericht] | None:
    if not user.has_rolle(Rolle.FALLMANAGEMENT):
        return None
    return columns(
        Verlaufsbericht.objects.filter(
            ueberpruefung__case__caseworker=user,
            ueberpruefung__state=Pruefstand.OFFEN,
            eingegangen_am__isnull=True,
            bis__lt=stichtag,
        ).order_by("bis", "pk"),
        nummer="ueberpruefung",
        seit="bis",
        fall="ueberpruefung__case",
        person="ueberpruefung__case__leistungsberechtigte_person",
        aktenzeichen="ueberpruefung__case__aktenzeichen",
        text="leistungserbringer__name",
        marke="erinnert_am",
    )


def _late_row(zeile: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    erinnert = bool(zeile.marke)
    return Arbeitszeile(
        gruppe="Berichte der Leistungserbringer",
        titel=f"Bericht von {zeile.text} {'steht weiter aus' if erinnert else 'anmahnen'}",
        fall=zeile.aktenzeichen,
        name=zeile.name,
        url=adresse("ueberpruefung_anzeigen", zeile.fall or 0, zeile.nummer),
        seit=zeile.seit,
        zustand="erinnert" if erinnert else "überfällig",
        farbe="warning" if erinnert else "danger",
    )


BERICHTSQUELLE = Kurzquelle(_late_reports, _late_row)
