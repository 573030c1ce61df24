"""The letters of further decisions, one of every kind, about a case that is decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from budget.folge.schreiben.daten import ANHOERUNG
from budget.folge.schreiben.kuendigung import ART as KUENDIGUNG
from budget.folge.services.bescheid import art_of
from budget.models import Folgebescheid, Widerspruch
from budget.states.folge import FOLGEARTEN, Bezug, Folgeart
from cases.models import Case, Schreiben, User
from cases.registry.beitrag import registry
from cases.schreiben.services.schreiben import daten_of
from tests.cases.schreiben.proben import make_anlass
from tests.fabriken import HEUTE

_GERICHT = "Sozialgericht Musterau, Am Tor 1, 70999 Musterau"
_SATZ = "Der Bedarf hat sich geändert: Die Person lebt seit dem Umzug in einer Wohngemeinschaft. "


def of_decisions(case: Case, by: User) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Return kind and data of each of these letters, and of the Anhörung before two of them."""
    budget = case.persoenliche_budgets.get()
    brief = Schreiben.objects.filter(case=case, art="bescheid").first()
    assert brief is not None
    widerspruch = Widerspruch.objects.create(
        case=case,
        schreiben=brief,
        eingang_am=HEUTE,
        form="schriftlich",
        vorbringen=_SATZ * 3,
        frist_bis=HEUTE - timedelta(days=1),
        erfasst_von=by,
    )
    gegenstand = {
        Bezug.ANTRAG: case.antraege.get(),
        Bezug.BUDGET: budget,
        Bezug.WIDERSPRUCH: widerspruch,
    }
    for art, zeile in FOLGEARTEN.items():
        row = Folgebescheid.objects.create(
            case=case,
            art=art,
            datum=HEUTE,
            wirkt_ab=HEUTE + timedelta(days=60) if zeile.ab_einem_tag else None,
            sachverhalt=_SATZ * 4,
            gruende=_SATZ * 6,
            ermessen=_SATZ * 2 if zeile.ermessen else "",
            fall_des_gesetzes=zeile.faelle[-1][0] if zeile.faelle else "",
            kenntnis_am=HEUTE if zeile.vergangen else None,
            betrag=Decimal("1463.00") if zeile.geld or zeile.vorlaeufig else None,
            zeitraum_von=HEUTE if zeile.geld or zeile.vorlaeufig else None,
            zeitraum_bis=HEUTE + timedelta(days=30) if zeile.geld or zeile.vorlaeufig else None,
            anhoerung_bis=HEUTE + timedelta(days=21) if zeile.anhoerung else None,
            anspruch="bleibt" if zeile.anspruch else "",
            gericht=_GERICHT if art == Folgeart.WIDERSPRUCHSBESCHEID else "",
            erstellt_von=by,
            bearbeitet_von=by,
            **{zeile.bezug.value: gegenstand[zeile.bezug]},
        )
        briefe = [art_of(row), ANHOERUNG] if zeile.anhoerung else [art_of(row)]
        if zeile.kuendigung:
            briefe.append(KUENDIGUNG)
        for schluessel in briefe:
            anlass = make_anlass(case, by, schluessel, HEUTE, bescheid=row.pk)
            yield (
                f"{schluessel} {art}",
                (
                    schluessel,
                    daten_of(registry.schreibenarten[schluessel], anlass),
                ),
            )
