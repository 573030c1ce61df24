"""When a case may end, and when an ended one may go on."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from cases.behoerde.queries.sitz import sitz
from cases.frist.queries import fristen_of
from cases.models import (
    Antrag,
    Antragsweg,
    Case,
    Endeart,
    Frist,
    Weiterleitung,
)
from cases.registry.schritt import Hindernis
from cases.states.fall import Fallzustand
from cases.states.frist import LAUFENDE, Fristwirkung, Fristzustand
from recht.feiertag import naechster_werktag, sitzvorbehalt
from recht.fristkatalog import GRUPPEN, katalog
from recht.fristkennung import Regel
from recht.rechtsstand import norm_am

# Groups of the Fristenkatalog that lose their ground with an end.
_OHNE_ENTSCHEIDUNG = frozenset({"entscheidung", "laufzeit", "statistik"})
_NACH_ENTSCHEIDUNG = frozenset({"laufzeit", "statistik"})

_GEGENSTANDSLOS: dict[str, frozenset[str]] = {
    Endeart.ANFRAGE_BEANTWORTET: _OHNE_ENTSCHEIDUNG,
    Endeart.ANTRAG_ZURUECKGENOMMEN: _OHNE_ENTSCHEIDUNG,
    Endeart.WEITERGELEITET: _OHNE_ENTSCHEIDUNG,
    Endeart.VERSTORBEN: _OHNE_ENTSCHEIDUNG,
    Endeart.DOPPELT: frozenset(GRUPPEN),
    Endeart.ABGELEHNT: _NACH_ENTSCHEIDUNG,
    Endeart.LEISTUNG_BEENDET: _NACH_ENTSCHEIDUNG,
    Endeart.TRAEGERWECHSEL: _NACH_ENTSCHEIDUNG,
    Endeart.SONSTIGES: frozenset(),
}


def open_fristen(case: Case) -> QuerySet[Frist]:
    """Return the open Fristen in which the authority has to act, by their end."""
    return Frist.objects.filter(
        case=case, state__in=LAUFENDE, wirkung=Fristwirkung.HANDLUNG
    ).order_by("ende", "id")


def loses_ground(frist: Frist, art: str) -> bool:
    """Tell whether an open Frist has no ground left once the case ends in this way."""
    return katalog()[frist.regel].gruppe in _GEGENSTANDSLOS[art]


def fristen_beim_ende_erledigt(case: Case, art: str) -> Hindernis | None:
    """§ 17 Abs. 1 Nr. 1 SGB I: what the authority still owes is not put away with the file."""
    offen = [frist for frist in open_fristen(case) if not loses_ground(frist, art)]
    if not offen:
        return None
    liste = "; ".join(f"{frist.bezeichnung} (bis {frist.ende:%d.%m.%Y})" for frist in offen)
    return Hindernis(
        f"Beim Ende „{Endeart(art).label}“ bleiben Fristen der Behörde offen: {liste}. "
        "Erledigen Sie diese zuerst oder wählen Sie die Art des Endes, die zutrifft.",
        "§ 17 Abs. 1 Nr. 1 SGB I",
    )


def wiederaufnahme_nicht_nach_weiterleitung(case: Case, ziel: str) -> Hindernis | None:
    """§ 14 Abs. 2 S. 4 SGB IX: after forwarding, another Träger decides in its own procedure.

    `ziel` is the state in which the case would go on, empty when it ended after being forwarded.
    """
    if (
        case.state != Fallzustand.WEITERGELEITET
        and bool(ziel)
        and not (
            Weiterleitung.objects.filter(antrag__case=case).exists()
            and case.beendet_art in ("", Endeart.WEITERGELEITET)
        )
    ):
        return None
    return Hindernis(
        "Der Antrag wurde an einen anderen Träger weitergeleitet; dieser entscheidet nun. "
        "Der Fall kann nicht wieder aufgenommen werden. Ein neuer Antrag ist ein neuer Fall.",
        norm_am(case.eroeffnet_am, "§ 14 Abs. 2 S. 3 SGB IX a.F.", "§ 14 Abs. 2 S. 4 SGB IX"),
    )


def weiterleitung_nicht_gebunden(antrag: Antrag) -> Hindernis | None:
    """§ 14 Abs. 2 S. 4 SGB IX: who got the application forwarded decides about it."""
    if antrag.weg != Antragsweg.WEITERGELEITET:
        return None
    return Hindernis(
        "Der Antrag wurde an uns weitergeleitet und bindet uns. Eine zweite Weiterleitung gibt es "
        "nur im Einvernehmen mit dem nächsten Träger (Turboklärung).",
        norm_am(antrag.eingang, "§ 14 Abs. 2 S. 3 SGB IX a.F.", "§ 14 Abs. 2 S. 4 SGB IX"),
    )


def weiterleitung_innerhalb_der_frist(antrag: Antrag, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 2 S. 1 SGB IX: after two weeks the authority is leistender Träger itself."""
    pruefung = fristen_of(antrag.case, antrag, Regel.ZUSTAENDIGKEITSPRUEFUNG)
    frist = pruefung.filter(state=Fristzustand.OFFEN).first()
    if frist is None:
        return None
    # "Unverzüglich" after the check means the next working day (BSG 3.11.2011 - B 3 KR 8/11 R).
    danach, hier = frist.ende + timedelta(days=1), sitz()
    if stichtag > naechster_werktag(danach, hier):
        vorbehalt = sitzvorbehalt(danach, hier)
        return Hindernis(
            f"Die Frist zur Prüfung der Zuständigkeit ist am {frist.ende:%d.%m.%Y} abgelaufen. "
            "Die Behörde bleibt leistender Träger und entscheidet selbst."
            + (f" {vorbehalt}" if vorbehalt else ""),
            "§ 14 Abs. 2 S. 1 SGB IX",
        )
    return None


def fall_nimmt_neues_auf(case: Case) -> Hindernis | None:
    """§ 18 SGB X: what has ended or was handed on stays as it is; a new Antrag begins anew."""
    if case.state not in (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET):
        return None
    return Hindernis(
        f"Der Fall ist „{case.get_state_display()}“. Neues beginnt mit einem neuen Antrag."
    )


def verfahren_erst_mit_antrag(case: Case) -> Hindernis | None:
    """§ 108 Abs. 1 S. 1 SGB IX: an Anfrage is advice; plan and decision need an application."""
    if case.state != Fallzustand.ANFRAGE:
        return None
    return Hindernis(
        "Bisher ist es eine Anfrage: Es wird nur beraten. Planung und Entscheidung beginnen mit "
        "einem Antrag.",
        norm_am(case.eroeffnet_am, "§ 18 SGB X", "§ 108 Abs. 1 S. 1 SGB IX", ue="§ 18 SGB X"),
    )
