"""Steps of a Textbaustein of the authority."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Textbaustein
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from cases.states.textbaustein import TEXTBAUSTEIN
from cases.textbaustein import guards


@dataclass(frozen=True)
class Bausteinlage(Tageslage):
    """One version; `vorige` is the released one that it would follow.

    `offen` tells whether a draft of the same text is there, where a page has read it along.
    """

    baustein: Textbaustein
    vorige: Textbaustein | None = None
    offen: bool | None = None


BAUSTEINSCHRITTE = Schritttafel[Bausteinlage](
    TEXTBAUSTEIN,
    lambda lage: lage.baustein.state,
    lambda lage: [lage.baustein.pk],
    (
        Zeile("bearbeiten", "textbaustein_bearbeiten"),
        Zeile(
            "freigeben",
            "textbaustein_freigeben",
            (
                Pruefung(
                    lambda lage: (
                        guards.baustein_durch_zweite_person(lage.baustein, lage.by)
                        if lage.by
                        else None
                    )
                ),
                Pruefung(lambda lage: guards.stelle_bekannt(lage.baustein.stelle)),
                Pruefung(
                    lambda lage: guards.platzhalter_bekannt(
                        lage.baustein.stelle, lage.baustein.text
                    )
                ),
                Pruefung(
                    lambda lage: next(
                        guards.wortlaut_in_ordnung(lage.baustein.text, lage.baustein.gueltig_ab),
                        None,
                    )
                ),
                Pruefung(
                    lambda lage: guards.fassung_nach_der_vorigen(
                        lage.vorige, lage.baustein.gueltig_ab, lage.baustein.gueltig_bis
                    )
                ),
            ),
            haupt=True,
        ),
        Zeile("verwerfen", "textbaustein_verwerfen"),
        Zeile(
            "fortschreiben",
            "textbaustein_fortschreiben",
            (
                Pruefung(
                    lambda lage: guards.kein_offener_entwurf(lage.baustein, lage.offen),
                    verbirgt=True,
                ),
                Pruefung(
                    # The newest released version is the one that is continued.
                    lambda lage: guards.baustein_ist_der_neueste(lage.baustein, lage.vorige),
                    verbirgt=True,
                ),
            ),
        ),
        Zeile(
            "beenden",
            "textbaustein_beenden",
            (
                Pruefung(
                    lambda lage: guards.baustein_gilt_noch(lage.baustein, lage.tag), verbirgt=True
                ),
                Pruefung(
                    lambda lage: guards.baustein_ist_der_neueste(lage.baustein, lage.vorige),
                    verbirgt=True,
                ),
            ),
        ),
    ),
)
