"""Steps of a batch of existing cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cases.austausch import guards
from cases.austausch.queries.austausch import count_uebernehmbar, counts_of
from cases.austausch.queries.woerter import open_words
from cases.models import Importstapel
from cases.schritte import Lage, Pruefung, Schritttafel, Zeile
from cases.states.austausch import STAPEL, Importzeilenstand


@dataclass(frozen=True)
class Stapellage(Lage):
    """A batch with the numbers of its rows."""

    stapel: Importstapel

    @cached_property
    def zahlen(self) -> dict[str, int]:
        """Return how many rows are in which state."""
        return counts_of(self.stapel)

    @property
    def ohne_tag(self) -> int:
        """Return how many running cases of the file name no day of their own."""
        return int((self.stapel.summen.get("geprueft") or {}).get("ohne_tag", 0))


STAPELSCHRITTE = Schritttafel[Stapellage](
    STAPEL,
    lambda lage: lage.stapel.state,
    lambda lage: [lage.stapel.pk],
    (
        Zeile("entscheiden", "importstapel_entscheiden", methode="post"),
        Zeile(
            "uebernehmen",
            "importstapel_uebernehmen",
            (
                Pruefung(lambda lage: guards.alle_zeilen_entschieden(lage.zahlen["entscheiden"])),
                Pruefung(lambda lage: guards.stapel_hat_zeilen(count_uebernehmbar(lage.stapel))),
            ),
            methode="post",
            haupt=True,
        ),
        Zeile(
            "zuruecknehmen",
            "importstapel_zuruecknehmen",
            (
                Pruefung(
                    lambda lage: guards.stapel_hat_faelle(
                        lage.zahlen[Importzeilenstand.UEBERNOMMEN]
                    ),
                    verbirgt=True,
                ),
            ),
            methode="post",
        ),
        Zeile(
            "zuordnen",
            "importstapel_woerter",
            (
                Pruefung(
                    lambda lage: guards.stapel_hat_woerter(len(open_words(lage.stapel))),
                    verbirgt=True,
                ),
            ),
        ),
        Zeile(
            "vorlegen",
            "importstapel_vorlage",
            (Pruefung(lambda lage: guards.faelle_ohne_tag(lage.ohne_tag), verbirgt=True),),
        ),
        Zeile("verwerfen", "importstapel_verwerfen", methode="post"),
    ),
)
