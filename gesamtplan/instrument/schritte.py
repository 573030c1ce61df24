"""Steps of one version of an instrument."""

from __future__ import annotations

from dataclasses import dataclass

from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.instrument import guards
from gesamtplan.models import Instrumentfassung
from gesamtplan.states.instrument import INSTRUMENT


@dataclass(frozen=True)
class Instrumentlage(Tageslage):
    """One version of an instrument."""

    fassung: Instrumentfassung


INSTRUMENTSCHRITTE = Schritttafel[Instrumentlage](
    INSTRUMENT,
    lambda lage: lage.fassung.state,
    lambda lage: [lage.fassung.pk],
    (
        Zeile("bearbeiten", "instrument_bearbeiten"),
        Zeile(
            "freigeben",
            "instrument_freigeben",
            (
                Pruefung(
                    lambda lage: (
                        guards.fassung_durch_zweite_person(lage.fassung, lage.by)
                        if lage.by
                        else None
                    )
                ),
                Pruefung(lambda lage: guards.neun_lebensbereiche_abgedeckt(lage.fassung)),
                Pruefung(lambda lage: guards.fassung_allein_ab_tag(lage.fassung)),
            ),
            haupt=True,
        ),
        Zeile("verwerfen", "instrument_verwerfen"),
        Zeile("fortschreiben", "instrument_fortschreiben"),
        Zeile(
            "beenden",
            "instrument_beenden",
            (
                Pruefung(
                    lambda lage: guards.ende_noch_nicht_eingetragen(lage.fassung), verbirgt=True
                ),
            ),
        ),
        Zeile(
            "ende_bestaetigen",
            "instrument_ende_bestaetigen",
            (
                Pruefung(lambda lage: guards.ende_wartet(lage.fassung), verbirgt=True),
                Pruefung(
                    lambda lage: (
                        guards.ende_durch_zweite_person(lage.fassung, lage.by) if lage.by else None
                    )
                ),
                Pruefung(
                    lambda lage: guards.ende_nicht_vorbei(
                        lage.fassung.ende_am, lage.fassung, lage.tag
                    )
                ),
            ),
            haupt=True,
        ),
        Zeile(
            "ende_zuruecknehmen",
            "instrument_ende_zuruecknehmen",
            (Pruefung(lambda lage: guards.ende_wartet(lage.fassung), verbirgt=True),),
            methode="post",
        ),
    ),
    stichtag=lambda lage: lage.tag,
)
