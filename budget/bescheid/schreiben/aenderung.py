"""What a change or a wrong fact means for this Bescheid, said by its facts (§ 48 SGB X)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format

from budget.bescheid.schreiben.abzug import compute_abzug, gets_lebensunterhalt
from budget.models import Bescheid, Teilbudget
from budget.states import Auszahlungsform
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle
from recht.geld import format_schlicht
from recht.leistung import Bereich, leistung_of
from recht.pflege import stufe_of_satz

# Pflegegrade took the place of Pflegestufen (§ 15 SGB XI).
_PFLEGEGRADE_AB = date(2017, 1, 1)


def aenderung_daten(bescheid: Bescheid) -> dict[str, Any]:
    """Return the facts that the decision rests on, and what a month of it amounts to.

    Whoever gave a wrong fact knows from it which one counts; what would be claimed back is an
    amount and not a word.
    """
    budget = bescheid.persoenliches_budget
    abzug = compute_abzug(bescheid)
    # What another decides in its own name it claims back itself (§ 50 SGB X).
    unsere = [
        t for t in budget.teilbudgets.all() if Entscheidungsrolle(t.entscheidung) in DURCH_UNS
    ]
    in_geld = sum(t.betrag for t in unsere if t.auszahlungsform == Auszahlungsform.GELD)
    geld = in_geld - abzug.betrag
    grundlagen = [
        "Ihrem Bedarf, wie er am "
        f"{date_format(budget.gesamtplan.bedarfsermittlung.datum, 'j. F Y')} ermittelt ist"
    ]
    if any(_needs_stufe(t) for t in unsere):
        grundlagen.append(
            "Ihrem Pflegegrad" if budget.beginn >= _PFLEGEGRADE_AB else "Ihrer Pflegestufe"
        )
    if gets_lebensunterhalt(budget):
        grundlagen.append("Ihren Leistungen zum Lebensunterhalt")
    if bescheid.einkommen is not None or bescheid.monatseinkommen is not None:
        grundlagen.append("Ihrem Einkommen")
    if bescheid.vermoegen is not None:
        grundlagen.append("Ihrem Vermögen")
    return {
        "grundlagen": grundlagen,
        "monat": format_schlicht(geld) if geld > 0 else "",
        "gutscheine": any(t.auszahlungsform == Auszahlungsform.GUTSCHEIN for t in unsere),
    }


def _needs_stufe(teilbudget: Teilbudget) -> bool:
    """Whether the amount follows from how much care somebody needs."""
    leistung = leistung_of(teilbudget.katalogschluessel)
    hilfe = leistung is not None and leistung.bereich is Bereich.HILFE_ZUR_PFLEGE
    return hilfe or bool(stufe_of_satz(teilbudget.parameter_schluessel))
