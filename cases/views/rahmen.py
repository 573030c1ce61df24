"""The frame of the case page: header, phases, tabs; every page of a case starts from here."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cases import access
from cases.models import Auskunftssperre
from cases.queries.auskunftssperre import auskunftssperre_am
from cases.queries.einsicht import einsicht_of
from cases.registry.beitrag import REITERGRUPPEN, registry
from cases.registry.routen import ROUTES, adresse
from cases.states.fall import FALL, Fallzustand
from cases.states.inhalt import Inhalt
from recht.fehler import RechtFehler
from recht.rechtsstand import Rechtsstand, rechtsstand_am

if TYPE_CHECKING:
    from cases.models import Case, Notfallzugriff
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Schritt
    from cases.states.inhalt import Einsicht

# The one stepper of a case: where the work is, and the page of each phase.
_PHASEN: tuple[tuple[str, str], ...] = (
    ("Antrag", "fall_antrag"),
    ("Zuständigkeit", "zustaendigkeit"),
    ("Bedarf", "bedarf"),
    ("Gesamtplan", "gesamtplan"),
    ("Bemessung", "budget"),
    ("Zielvereinbarung", "budget"),
    ("Bescheid", "budget"),
    ("Leistung", "fall"),
)
# A finding means that its phase is done: the next one is where the work is.
_JETZT: dict[str, str] = {
    Fallzustand.ANTRAG_EINGEGANGEN: "Antrag",
    Fallzustand.ZUSTAENDIG: "Bedarf",
    Fallzustand.BEDARF_ERMITTELT: "Gesamtplan",
    Fallzustand.GEPLANT: "Bemessung",
    Fallzustand.BEWILLIGT: "Leistung",
    Fallzustand.LEISTUNG_LAEUFT: "Leistung",
    Fallzustand.UEBERPRUEFUNG: "Leistung",
}

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
    einsicht = einsicht_of(request.user, case)
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
        # Where somebody lives also shows in which court or carrier is competent for her.
        "ort_offen": einsicht.sees(Inhalt.ANSCHRIFT),
        "darf_schreiben": access.may_write(request.user) and not case.notfall,
        "darf_vermerken": access.may_note(request.user) and not case.notfall,
        "fallkopf": {
            "aktenzeichen": case.aktenzeichen,
            "url": fall_url,
            "person": person.voller_name,
            "geburtsdatum": person.geburt,
            "verstorben": person.verstorben_am,
            "zustand": case.get_state_display(),
            "farbe": FALL.farben[case.state],
            "rechtsstand": rechtsstand,
            "zustaendig": case.caseworker.get_full_name(),
            "sperre": _sperrhinweis(sperre) if sperre else "",
            "warnung": "Geschützter Fall" if case.geschuetzt else "",
            "notfall": _notfall(case.notfall),
        },
        "phasen": phasen_of(case, einsicht, timezone.localdate()),
        "reiter": _reiter(request, einsicht, aktiv),
        "brotkrumen": krumen,
        # Called by the template only below a message that something is done.
        "danach": cache(
            partial(_next_step, request, aktiv != "fall" and not extra.get("schritte"))
        ),
        **extra,
    }


def _reiter(request: CaseRequest, einsicht: Einsicht, aktiv: str) -> list[dict[str, Any]]:
    """Return the tabs that this role sees, each with its group."""
    case: Any = request.case
    return [
        {
            "titel": r.titel,
            "gruppe": r.gruppe,
            "url": adresse(r.url_name, case.pk),
            "aktiv": r.url_name == aktiv,
        }
        for gruppe in REITERGRUPPEN
        for r in registry.reiter
        if r.gruppe == gruppe
        and r.rollen & request.user.rollen
        and einsicht.sees(*ROUTES[r.url_name].inhalte)
    ]


def _next_step(request: CaseRequest, gefragt: bool) -> Schritt | None:
    """Return the next step of the case, where the page shows no steps of its own."""
    case: Any = request.case
    if not gefragt or case.notfall:
        return None
    heute = timezone.localdate()
    for quelle in registry.fallschritte:
        for schritt in quelle(case, request.user, heute):
            if schritt.haupt and not schritt.gefahr and not schritt.hindernisse:
                return None if schritt.url == request.path else schritt
    return None


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


def phasen_of(case: Case, einsicht: Einsicht, stichtag: date) -> list[dict[str, str]]:
    """Return the stepper of a case; an Anfrage, ended and forwarded cases have none.

    Only between plan and Bekanntgabe the floors above are asked how far the budget is: one query.
    """
    jetzt = _JETZT.get(case.state, "")
    if case.state == Fallzustand.GEPLANT:
        jetzt = next(
            (p for quelle in registry.budgetphasen if (p := quelle(case, stichtag))), jetzt
        )
    titel = [name for name, _ in _PHASEN]
    if jetzt not in titel:
        return []
    stelle = titel.index(jetzt)
    return [
        {
            "titel": name,
            "stand": "fertig" if i < stelle else "jetzt" if i == stelle else "offen",
            "url": adresse(seite, case.pk)
            if i <= stelle and einsicht.sees(*ROUTES[seite].inhalte)
            else "",
        }
        for i, (name, seite) in enumerate(_PHASEN)
    ]
