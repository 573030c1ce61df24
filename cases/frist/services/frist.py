"""Fristen start, end and are lifted here; their dates come from `recht.fristen` only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from cases.behoerde.queries.eigener_wert import eigener_wert
from cases.behoerde.queries.sitz import sitz
from cases.frist.queries import fristen_of
from cases.models import (
    Case,
    EigenerWert,
    Frist,
    Fristaenderung,
    Fristneuberechnung,
    Fristpause,
    Fristverlaengerung,
    User,
)
from cases.models.wertschluessel import tage_text
from cases.services.ereignis import gegenstand_of
from cases.states.frist import LAUFENDE, Friststufe, Fristwirkung, Fristzustand
from recht.fristen import Fristergebnis, compute_frist, katalog
from recht.fristkatalog import Anlass, regeln_bis
from recht.ortsfeiertag import Sitz
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand

# Who acts according to the catalogue: only then does an open end mean work for the authority.
_TRAEGER = ("T", "RT")

# What a computation anew may change on a stored row.
WERTFELDER = (
    "ende_rechnerisch",
    "ende",
    "anzeige",
    "verschoben_wegen",
    "wiedervorlage",
    "eskalation",
    "norm",
    "schritte",
)

# Finds the own value of the authority for a key on a day: by query, or in a table read once.
Wertsuche = Callable[[str, date], EigenerWert | None]


def land() -> Sitz:
    """Return where the authority sits; its holidays decide where a Frist ends."""
    return sitz()


def start_frist(
    *,
    case: Case,
    regel: str,
    gegenstand: models.Model | str,
    ausloeser: date,
    by: User | None,
    rechtsstand: Rechtsstand | None = None,
    laenge: str | None = None,
    geltend_bis: date | None = None,
) -> Frist:
    """Compute and store one Frist; calling it again for the same object returns the stored row.

    Raises `recht.fehler.RechtFehler` when the law knows no such Frist on that day, so that no
    plausible but wrong date is ever stored.
    """
    key = gegenstand if isinstance(gegenstand, str) else gegenstand_of(gegenstand)
    known = (
        Frist.objects.filter(case=case, regel=regel, gegenstand=key)
        .exclude(state=Fristzustand.AUFGEHOBEN)
        .first()
    )
    if known is not None:
        return known
    ergebnis = calculate_frist(
        regel,
        ausloeser,
        land(),
        rechtsstand=rechtsstand,
        laenge=laenge,
        geltend_bis=geltend_bis,
    )
    angaben: dict[str, str] = {}
    if laenge is not None:
        angaben["laenge"] = laenge
    if geltend_bis is not None:
        angaben["geltend_bis"] = geltend_bis.isoformat()
    return Frist.objects.create(
        case=case,
        regel=regel,
        gegenstand=key,
        angaben=angaben,
        stufe=Friststufe.GEPLANT,
        **frist_values(ergebnis, wirkung_of(regel), eigener_wert),
    )


def correct_frist(
    *,
    case: Case,
    regel: str,
    gegenstand: models.Model | str,
    ausloeser: date,
    by: User | None,
    tag: date,
    grund: str,
    laenge: str | None = None,
) -> Frist:
    """Let a Frist run from another day: its trigger was another one than was on record.

    The old row stays readable as lifted, with `grund`; the new one has its own account. Nothing
    changes where trigger and length are the same.
    """
    for row in fristen_of(case, gegenstand, regel).exclude(state=Fristzustand.AUFGEHOBEN):
        if (row.ausloeser_datum, row.angaben.get("laenge")) == (ausloeser, laenge):
            return row
    undo_frist(case=case, gegenstand=gegenstand, regel=regel, tag=tag, grund=grund)
    return start_frist(
        case=case, regel=regel, gegenstand=gegenstand, ausloeser=ausloeser, by=by, laenge=laenge
    )


def recalculate_frist(
    frist: Frist, land: str, pausen: Sequence[tuple[date, date]], suche: Wertsuche = eigener_wert
) -> dict[str, object]:
    """Compute a stored Frist again from what it was started with; writes nothing."""
    bis, spaeter = frist.angaben.get("geltend_bis"), frist.angaben.get("verlaengert_bis")
    ergebnis = calculate_frist(
        frist.regel,
        frist.ausloeser_datum,
        land,
        suche=suche,
        rechtsstand=Rechtsstand(frist.rechtsstand),
        laenge=frist.angaben.get("laenge"),
        geltend_bis=date.fromisoformat(bis) if bis else None,
        verlaengert_bis=date.fromisoformat(spaeter) if spaeter else None,
        pausen=pausen,
    )
    return frist_values(ergebnis, Fristwirkung(frist.wirkung), suche)


def calculate_frist(
    regel: str, ausloeser: date, land: str, *, suche: Wertsuche = eigener_wert, **angaben: Any
) -> Fristergebnis:
    """Compute one Frist with the lead time that the authority has set for itself, if it has.

    The own lead time counts when it holds on the trigger day; it moves the reminder only, never
    the end, and the account names it. `angaben` are those of `recht.fristen.compute_frist`.
    """
    wert = suche(f"vorlauf.{regel}", ausloeser)
    if wert is None or wert.zahl is None:
        return _warn_early(compute_frist(regel, ausloeser, land, **angaben))
    tage = int(wert.zahl)
    ergebnis = compute_frist(regel, ausloeser, land, vorlauf_tage=tage, **angaben)
    *davor, wiedervorlage = ergebnis.schritte
    return replace(ergebnis, schritte=(*davor, _vorlauf_schritt(wert, regel, tage), wiedervorlage))


def _warn_early(ergebnis: Fristergebnis) -> Fristergebnis:
    """Let the reminder come on the day of the early warning, where the catalogue names one."""
    frueh = ergebnis.vorwarnung
    if frueh is None or not ergebnis.ausloeser < frueh < ergebnis.wiedervorlage:
        return ergebnis
    tage = tage_text(katalog()[ergebnis.frist].vorwarnung_tage)
    satz = f"Wiedervorlage schon am {frueh:%d.%m.%Y}: Vorwarnung {tage} vor dem Ende."
    schritte = (*ergebnis.schritte[:-1], Schritt(satz))
    return replace(ergebnis, wiedervorlage=frueh, schritte=schritte)


def _vorlauf_schritt(wert: EigenerWert, regel: str, tage: int) -> Schritt:
    ueblich = tage_text(katalog()[regel].vorlauf_tage)
    return Schritt(
        f"Vorlauf der Wiedervorlage: {tage_text(tage)}, eigener Wert der Behörde ab "
        f"{wert.gueltig_ab:%d.%m.%Y} (ohne ihn: {ueblich})."
    )


def frist_values(
    ergebnis: Fristergebnis, wirkung: Fristwirkung, suche: Wertsuche
) -> dict[str, object]:
    """Return the columns of a Frist row that follow from a computed result."""
    if ergebnis.ende is None or ergebnis.ende_rechnerisch is None:
        raise ValueError(f"{ergebnis.frist} hat kein Ende und wird nicht als Frist geführt.")
    schritte = list(ergebnis.schritte)
    eskalation = None
    if wirkung == Fristwirkung.HANDLUNG:
        tage, woher = _eskalation(ergebnis.frist, ergebnis.ausloeser, suche)
        eskalation = ergebnis.ende + timedelta(days=tage)
        schritte.append(
            Schritt(
                f"Bleibt sie offen, geht sie am {eskalation:%d.%m.%Y} an die Sachgebietsleitung:"
                f" {tage_text(tage)} nach dem Ende{woher}."
            )
        )
    return {
        "bezeichnung": ergebnis.bezeichnung,
        "ausloeser_datum": ergebnis.ausloeser,
        "ende_rechnerisch": ergebnis.ende_rechnerisch,
        "ende": ergebnis.ende,
        "anzeige": ergebnis.anzeige,
        "verschoben_wegen": ergebnis.verschoben_wegen,
        "wiedervorlage": ergebnis.wiedervorlage,
        "eskalation": eskalation,
        "norm": str(ergebnis.norm),
        "rechtsstand": ergebnis.rechtsstand.value,
        "schritte": [asdict(s) for s in schritte],
        "wirkung": wirkung,
    }


def _eskalation(regel: str, ausloeser: date, suche: Wertsuche) -> tuple[int, str]:
    """Return how many days after the end a Frist is escalated, and whose value that is."""
    wert = suche(f"eskalation.{regel}", ausloeser)
    if wert is None or wert.zahl is None:
        return katalog()[regel].eskalation_tage or 1, ""
    return int(wert.zahl), f" (eigener Wert der Behörde ab {wert.gueltig_ab:%d.%m.%Y})"


def move_frist(
    frist: Frist,
    werte: dict[str, object],
    tag: date,
    *,
    pause: Fristpause | None = None,
    neuberechnung: Fristneuberechnung | None = None,
    verlaengerung: Fristverlaengerung | None = None,
) -> Fristaenderung:
    """Write new days of a locked Frist beside the row that says why; the only way to move one."""
    aenderung = Fristaenderung.objects.create(
        **aenderung_of(frist, werte, tag),
        fristpause=pause,
        fristneuberechnung=neuberechnung,
        fristverlaengerung=verlaengerung,
    )
    set_values(frist, werte, tag)
    frist.save(update_fields=[*WERTFELDER, "stufe", "state"])
    return aenderung


def aenderung_of(frist: Frist, werte: dict[str, object], tag: date) -> dict[str, Any]:
    """Return the columns of a Fristaenderung from the stored row and its new values."""
    return {
        "frist": frist,
        "am": tag,
        "ende_alt": frist.ende,
        "ende_neu": werte["ende"],
        "wiedervorlage_alt": frist.wiedervorlage,
        "wiedervorlage_neu": werte["wiedervorlage"],
        "eskalation_alt": frist.eskalation,
        "eskalation_neu": werte["eskalation"],
    }


def set_values(frist: Frist, werte: dict[str, object], tag: date) -> None:
    """Put computed values on a row; its stage starts anew, because a later day takes it back."""
    for feld in WERTFELDER:
        setattr(frist, feld, werte[feld])
    frist.stufe = stufe_am(frist, tag)


def stufe_am(frist: Frist, tag: date) -> Friststufe:
    """Return the stage that the daily sweep would give this Frist on the day."""
    handlung = frist.wirkung == Fristwirkung.HANDLUNG
    if handlung and frist.eskalation is not None and frist.eskalation <= tag:
        return Friststufe.ESKALIERT
    if handlung and frist.ende < tag:
        return Friststufe.UEBERFAELLIG
    if frist.ende == tag:
        return Friststufe.FAELLIG
    if frist.wiedervorlage <= tag < frist.ende:
        return Friststufe.BEVORSTEHEND
    return Friststufe.GEPLANT


def wirkung_of(regel: str) -> Fristwirkung:
    """Tell whether the authority has to act in this Frist or only watches it run out."""
    wer = katalog()[regel].wer.replace("+", " ").replace("/", " ").split()
    handelt = any(wort in _TRAEGER for wort in wer)
    return Fristwirkung.HANDLUNG if handelt else Fristwirkung.ABLAUF


def keep_frist(
    *, case: Case, gegenstand: models.Model | str, regel: str, tag: date, durch: str
) -> int:
    """Mark the open Frist of one object as met (or as missed, when the end has passed).

    One that is paused is met: its time has not run out. Returns the number of rows changed; none
    is not an error, the step may have come first.
    """
    return end_fristen(fristen_of(case, gegenstand, regel), tag=tag, durch=durch)


def end_fristen(rows: QuerySet[Frist], *, tag: date, durch: str) -> int:
    """Mark those of the rows that still run as met or missed."""
    _end_pauses(rows, tag)
    werte = {"erledigt_am": tag, "erledigt_durch": durch}
    gehemmt = rows.filter(state=Fristzustand.GEHEMMT)
    offen = rows.filter(state=Fristzustand.OFFEN)
    return (
        gehemmt.update(state=Fristzustand.GEWAHRT, **werte)
        + offen.filter(ende__gte=tag).update(state=Fristzustand.GEWAHRT, **werte)
        + offen.filter(ende__lt=tag).update(state=Fristzustand.VERSAEUMT, **werte)
    )


def lift_frist(
    *, case: Case, gegenstand: models.Model | str, tag: date, grund: str, regel: str = ""
) -> int:
    """Lift the running Fristen of one object that have lost their ground; they stay readable.

    Without `regel` all of them: the object itself is gone or goes elsewhere.
    """
    regeln = (regel,) if regel else ()
    return _lift(fristen_of(case, gegenstand, *regeln), tag, grund)


def undo_frist(
    *, case: Case, gegenstand: models.Model | str, regel: str, tag: date, grund: str
) -> int:
    """Take a Frist back whose trigger has not happened, also one that has ended already."""
    rows = fristen_of(case, gegenstand, regel).exclude(state=Fristzustand.AUFGEHOBEN)
    _end_pauses(rows, tag)
    return rows.update(state=Fristzustand.AUFGEHOBEN, erledigt_am=tag, erledigt_durch=grund)


def lift_fristen_of_case(*, case: Case, tag: date, grund: str) -> int:
    """Lift what the end of the whole case takes the ground from, whatever object it runs for.

    That is all in which the authority had to act, and the waiting for its decision; the time of a
    Rechtsbehelf runs on by law.
    """
    beschieden = regeln_bis(Anlass.BEKANNTGABE)
    rows = Frist.objects.filter(
        Q(wirkung=Fristwirkung.HANDLUNG) | Q(regel__in=beschieden), case=case
    )
    return _lift(rows, tag, grund)


def lift_gruppen(*, case: Case, gruppen: frozenset[str], tag: date, grund: str) -> int:
    """Lift the running Fristen of whole groups of the catalogue, such as those of the duration."""
    regeln = [regel for regel, eintrag in katalog().items() if eintrag.gruppe in gruppen]
    return _lift(Frist.objects.filter(case=case, regel__in=regeln), tag, grund)


def run_again(*, case: Case, grund: str, gegenstand: models.Model | None = None) -> int:
    """Let run again what was lifted for a ground that did not exist, of one object or of all."""
    rows = Frist.objects.filter(case=case, state=Fristzustand.AUFGEHOBEN, erledigt_durch=grund)
    if gegenstand is not None:
        rows = rows.filter(gegenstand=gegenstand_of(gegenstand))
    return rows.update(
        state=Fristzustand.OFFEN, stufe=Friststufe.GEPLANT, erledigt_am=None, erledigt_durch=""
    )


def _lift(rows: QuerySet[Frist], tag: date, grund: str) -> int:
    # What merely runs out and had done so by that day cannot be lifted any more; the sweep says so.
    abgelaufen = Q(wirkung=Fristwirkung.ABLAUF, ende__lt=tag)
    rows = rows.filter(~abgelaufen, state__in=LAUFENDE)
    _end_pauses(rows, tag)
    return rows.update(state=Fristzustand.AUFGEHOBEN, erledigt_am=tag, erledigt_durch=grund)


def _end_pauses(rows: QuerySet[Frist], tag: date) -> None:
    """A pause does not outlive its Frist."""
    Fristpause.objects.filter(
        frist__in=rows.filter(state=Fristzustand.GEHEMMT).values("pk"),
        bis__isnull=True,
        von__lte=tag,
    ).update(bis=tag, beendet_am=tag)
