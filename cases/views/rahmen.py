"""The frame of the case page: header, phases, tabs; every page of a case starts from here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cases import access
from cases.models import Auskunftssperre
from cases.queries.auskunftssperre import auskunftssperre_am
from cases.registry.beitrag import registry
from cases.registry.routen import adresse
from cases.states.fall import FALL, Fallzustand
from recht.fehler import RechtFehler
from recht.rechtsstand import Rechtsstand, rechtsstand_am

if TYPE_CHECKING:
    from cases.models import Notfallzugriff
    from cases.registry.aufruf import CaseRequest

_PHASEN: tuple[tuple[str, frozenset[str]], ...] = (
    ("Antrag", frozenset({Fallzustand.ANTRAG_EINGEGANGEN})),
    ("Zuständigkeit", frozenset({Fallzustand.ZUSTAENDIG})),
    ("Bedarf", frozenset({Fallzustand.BEDARF_ERMITTELT})),
    ("Gesamtplan", frozenset({Fallzustand.GEPLANT})),
    ("Bescheid", frozenset({Fallzustand.BEWILLIGT})),
    ("Leistung", frozenset({Fallzustand.LEISTUNG_LAEUFT, Fallzustand.UEBERPRUEFUNG})),
)

_RECHTSSTAND = {
    Rechtsstand.A: "bis 2017",
    Rechtsstand.UE: "2018 und 2019 (Übergang)",
    Rechtsstand.B: "seit 2020",
}


def case_context(request: CaseRequest, titel: str, aktiv: str = "", **extra: Any) -> dict[str, Any]:
    """Return the context of `base_fall.html` and `base_formular.html` for `request.case`.

    `aktiv` is the URL name of the tab that is open. Only an Auskunftssperre costs a query.
    """
    case: Any = request.case
    fall_url = adresse("fall", case.pk)
    person = case.leistungsberechtigte_person
    sperre = auskunftssperre_am(person.pk, timezone.localdate()) if case.gesperrt else None
    try:
        rechtsstand = _RECHTSSTAND[rechtsstand_am(case.eroeffnet_am)]
    except RechtFehler:
        rechtsstand = "unbekannt"
    krumen: list[tuple[str, str | None]] = [
        ("Fälle", adresse("faelle")),
        (case.aktenzeichen, fall_url),
    ]
    if aktiv != "fall":
        krumen.append((titel, None))
    return {
        "titel": titel,
        "case": case,
        "darf_schreiben": access.may_write(request.user) and not case.notfall,
        "fallkopf": {
            "aktenzeichen": case.aktenzeichen,
            "url": fall_url,
            "person": person.voller_name,
            "geburtsdatum": person.geburtsdatum,
            "zustand": case.get_state_display(),
            "farbe": FALL.farben[case.state],
            "rechtsstand": rechtsstand,
            "zustaendig": case.caseworker.get_full_name(),
            "sperre": _sperrhinweis(sperre) if sperre else "",
            "warnung": "Geschützter Fall" if case.geschuetzt else "",
            "notfall": _notfall(case.notfall),
        },
        "phasen": phasen_of(case.state),
        "reiter": [
            {
                "titel": r.titel,
                "url": adresse(r.url_name, case.pk),
                "aktiv": r.url_name == aktiv,
            }
            for r in registry.reiter
            if r.rollen & request.user.rollen
        ],
        "brotkrumen": krumen,
        **extra,
    }


def _notfall(row: Notfallzugriff | None) -> str:
    """Return until when the emergency access lasts, empty without one."""
    if row is None:
        return ""
    jetzt = timezone.now()
    return (
        f"Der Zugriff endet um {timezone.localtime(row.ende):%H:%M} Uhr, "
        f"{rest_text(row.ende, jetzt)}. Leitung und Datenschutz sind unterrichtet."
    )


def rest_text(ende: datetime, jetzt: datetime) -> str:
    """Return how long something still lasts: noch 42 Minuten."""
    minuten = int((ende - jetzt).total_seconds()) // 60
    if minuten < 1:
        return "noch weniger als eine Minute"
    return "noch 1 Minute" if minuten == 1 else f"noch {minuten} Minuten"


def _sperrhinweis(sperre: Auskunftssperre) -> str:
    bis = f" bis zum {sperre.gueltig_bis:%d.%m.%Y}" if sperre.gueltig_bis else ""
    return (
        f"{sperre.get_art_display()}{bis}: Geben Sie weder Anschrift noch Aufenthaltsort weiter, "
        "auch nicht an Angehörige."
    )


def phasen_of(state: str) -> list[dict[str, str]]:
    """Return the stepper of a case; an Anfrage, ended and forwarded cases have none."""
    if state in {Fallzustand.ANFRAGE, Fallzustand.BEENDET, Fallzustand.WEITERGELEITET}:
        return []
    jetzt = next(i for i, (_, states) in enumerate(_PHASEN) if state in states)
    # A finding means that its phase is done: the next one is where the work is.
    if state != Fallzustand.ANTRAG_EINGEGANGEN and jetzt < len(_PHASEN) - 1:
        jetzt += 1
    return [
        {"titel": titel, "stand": "fertig" if i < jetzt else "jetzt" if i == jetzt else "offen"}
        for i, (titel, _) in enumerate(_PHASEN)
    ]
