"""The letters that follow from a step about the Zuständigkeit: prepared, previewed, frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from cases import access
from cases.antrag.queries.zustaendigkeit import (
    Vorbereitet,
    beteiligungen_of,
    frozen_by_gegenstand,
    teile_of,
    weiterleitung_of,
)
from cases.antrag.schreiben import zustaendigkeit as briefe
from cases.frist.queries import fristen_of
from cases.models import (
    Antrag,
    Case,
    Schreiben,
    Teilweiterleitung,
    Traegerbeteiligung,
    User,
    Weiterleitung,
)
from cases.schreiben.services.schreiben import empfaenger_of, freeze_schreiben, wohnanschrift_of
from cases.services.ereignis import gegenstand_of
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel

Anlass = Weiterleitung | Teilweiterleitung | Traegerbeteiligung

_ARTEN: dict[type, tuple[str, str]] = {
    Weiterleitung: (briefe.WEITERLEITUNG, briefe.WEITERLEITUNG_PERSON),
    Teilweiterleitung: (briefe.TEIL, briefe.TEIL_PERSON),
    Traegerbeteiligung: (briefe.BETEILIGUNG, briefe.BETEILIGUNG_PERSON),
}


def vorbereitet_of(antrag: Antrag) -> list[Vorbereitet]:
    """Return the letters that the steps of this application ask for, frozen or not."""
    weiterleitung = weiterleitung_of(antrag)
    anlaesse: list[Anlass] = [weiterleitung] if weiterleitung else []
    anlaesse += [*teile_of(antrag), *beteiligungen_of(antrag)]
    if not anlaesse:
        return []
    fest = frozen_by_gegenstand(antrag.case)
    person = antrag.case.leistungsberechtigte_person.voller_name
    rows = []
    for anlass in anlaesse:
        traeger = _traeger(anlass).name
        for art in _ARTEN[type(anlass)]:
            schreiben = fest.get((art, gegenstand_of(anlass)))
            an = traeger if art in _AN_TRAEGER else person
            rows.append(Vorbereitet(art, anlass.pk, briefe.TITEL[art], an, schreiben))
    return rows


_AN_TRAEGER = (briefe.WEITERLEITUNG, briefe.TEIL, briefe.BETEILIGUNG)


def _traeger(anlass: Anlass) -> Any:
    return anlass.traeger if isinstance(anlass, Traegerbeteiligung) else anlass.an


def anlass_of(case: Case, art: str, kennung: int) -> Anlass | None:
    """Return the step of this case that a letter of this kind belongs to."""
    for model, arten in _ARTEN.items():
        if art in arten:
            row: Anlass | None = (
                model.objects.filter(antrag__case=case, pk=kennung)  # type: ignore[attr-defined]
                .select_related(
                    "antrag__case__leistungsberechtigte_person", "antrag__case__caseworker"
                )
                .first()
            )
            return row
    return None


def daten_of(anlass: Anlass, art: str, tag: date) -> dict[str, Any]:
    """Return the data of a letter as of the day; nothing is written.

    Raises SchrittUnzulaessig when the person has no address on that day.
    """
    case = anlass.antrag.case
    an_traeger = art in _AN_TRAEGER
    gemeinsam: dict[str, Any] = {
        "empfaenger": briefe.traeger_anschrift(_traeger(anlass))
        if an_traeger
        else empfaenger_of(case, tag),
        "wohnanschrift": wohnanschrift_of(case, tag),
        "datum": tag,
        "ansprechpartner": case.caseworker,
    }
    if isinstance(anlass, Teilweiterleitung):
        return briefe.teil_daten(anlass, art, **gemeinsam)
    if isinstance(anlass, Traegerbeteiligung):
        bis = _frist_end(anlass.antrag, Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG)
        return briefe.beteiligung_daten(anlass, art, entscheidung_bis=bis, **gemeinsam)
    entscheidung = (
        anlass.antrag.zustaendigkeitsentscheidungen.filter(
            traeger_name=anlass.an.name, am=anlass.am
        )
        .exclude(art="teilweise")
        .first()
    )
    einvernehmen = entscheidung.einvernehmen_am if entscheidung else None
    return briefe.weiterleitung_daten(
        anlass,
        art,
        festgestellt_am=entscheidung.festgestellt_am if entscheidung else anlass.am,
        einvernehmen_am=einvernehmen,
        laufende_frist=_frist_end(anlass.antrag, Regel.ENTSCHEIDUNG) if einvernehmen else None,
        **gemeinsam,
    )


def _frist_end(antrag: Antrag, regel: str) -> date | None:
    """Return the end of a Frist of the application, running or lifted with the forwarding."""
    rows = fristen_of(antrag.case, antrag, regel)
    return rows.order_by("-id").values_list("ende", flat=True).first()


@transaction.atomic
def freeze_brief(*, case: Case, art: str, anlass: Anlass, by: User, tag: date) -> Schreiben:
    """Freeze one prepared letter; a second freezing returns the first one."""
    if not access.may_write(by):
        raise SchrittUnzulaessig("Schreiben erstellen nur Fallmanagement und Sachgebietsleitung.")
    gegenstand = gegenstand_of(anlass)
    known = Schreiben.objects.filter(case=case, art=art, gegenstand=gegenstand).first()
    if known is not None:
        return known
    daten = daten_of(anlass, art, tag)
    return freeze_schreiben(
        case=case,
        art=art,
        titel=briefe.TITEL[art],
        gegenstand=gegenstand,
        empfaenger=daten["kopf"]["anschrift"],
        daten=daten,
        datum=tag,
        by=by,
    )
