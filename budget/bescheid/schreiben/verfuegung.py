"""What the Bescheid decides, in sentences: each Leistung by kind, extent, duration and form."""

from __future__ import annotations

from datetime import date
from typing import Any

from budget.models import PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform
from budget.verfahren.queries import versagung_of
from cases.antrag.queries.antrag import bogen_of
from cases.models import Antrag
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle
from recht.geld import format_schlicht
from recht.leistungsbeginn import tag_der_kenntnis


def leistungssaetze(budget: PersoenlichesBudget) -> list[dict[str, Any]]:
    """Return one row per Leistung (§ 33 Abs. 1 SGB X): kind, extent, time, form and amount."""
    teilbudgets = sorted(budget.teilbudgets.all(), key=lambda t: t.ergaenzend)
    return [_leistung(teilbudget, budget) for teilbudget in teilbudgets]


def _leistung(teilbudget: Teilbudget, budget: PersoenlichesBudget) -> dict[str, Any]:
    leistung = teilbudget.leistung
    enden = [tag for tag in (leistung.ende, budget.ende) if tag is not None]
    return {
        "bezeichnung": leistung.bezeichnung,
        "norm": leistung.norm,
        "umfang": leistung.umfang.strip().rstrip("."),
        "traeger": teilbudget.leistungstraeger.name,
        "durch_uns": Entscheidungsrolle(teilbudget.entscheidung) in DURCH_UNS,
        "beginn": max(leistung.beginn, budget.beginn).isoformat(),
        "ende": _iso(min(enden, default=None)),
        "gutschein": teilbudget.auszahlungsform == Auszahlungsform.GUTSCHEIN,
        "ergaenzend": teilbudget.ergaenzend,
        "betrag": format_schlicht(teilbudget.betrag),
    }


def antrag_angaben(antrag: Antrag) -> dict[str, str]:
    """Return the days of the Antrag: signed, first received by whom, received here.

    The day of receipt is not the day of the application; a day that nobody knows is left out.
    """
    uebernahme = antrag.zustaendigkeitsentscheidungen.exclude(erster_eingang=None).first()
    zuerst = uebernahme.erster_eingang if uebernahme else None
    unterschrift = bogen_of(antrag).unterschrift_am
    if unterschrift is not None and unterschrift > (zuerst or antrag.eingang):
        # A form that was signed after its receipt only records an earlier application.
        unterschrift = None
    versagung = versagung_of(antrag)
    return {
        "versagt_am": _iso(versagung.datum if versagung else None),
        "vom": _iso(unterschrift),
        "eingang": antrag.eingang.isoformat(),
        "erster_eingang": _iso(zuerst),
        "kenntnis": _kenntnis(antrag),
        "kenntnis_durch": antrag.kenntnis_durch,
        "erster_traeger": uebernahme.traeger_name if uebernahme else "",
    }


def _kenntnis(antrag: Antrag) -> str:
    """Return the day of the Kenntnis where the help may begin with it, before the Antrag."""
    tag = tag_der_kenntnis(antrag.antragstag, antrag.kenntnis_am)
    return _iso(tag if tag < antrag.antragstag else None)


def _iso(tag: date | None) -> str:
    return tag.isoformat() if tag else ""
