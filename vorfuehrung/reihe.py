"""The cases of the demonstration in the order in which they are told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from vorfuehrung.musterfall import EINGLIEDERUNGSHILFE, PFLEGEKASSE, STAND_A, STAND_B
from vorfuehrung.personen import personen
from vorfuehrung.vorlage import (
    Fallvorlage,
    Leistungsvorlage,
    Personenvorlage,
    Stand,
    Zeitplan,
    stunden,
)

# How many cases are told how far, and how many days ago their Antrag came in.
VERTEILUNG: tuple[tuple[Stand, int, int], ...] = (
    (Stand.ANTRAG, 12, 0),
    (Stand.ZUSTAENDIG, 9, 4),
    (Stand.BEDARF_OFFEN, 7, 8),
    (Stand.BEDARF, 7, 8),
    (Stand.PLAN_ENTWURF, 5, 11),
    (Stand.PLAN_VORGELEGT, 4, 11),
    (Stand.PLAN_FREI, 2, 12),
    (Stand.BUDGET, 2, 13),
    (Stand.BEMESSEN, 1, 13),
    (Stand.ZIEL_ZUR_UNTERSCHRIFT, 1, 14),
    (Stand.VEREINBART, 1, 16),
    (Stand.BESCHEID_ENTWURF, 1, 17),
    (Stand.BESCHEID_VORGELEGT, 1, 17),
    (Stand.BESCHEID_FREI, 1, 18),
    (Stand.VERSAND_VORGESEHEN, 2, 18),
    (Stand.LAEUFT, 1, 110),
    (Stand.UEBERPRUEFUNG, 1, 260),
    (Stand.FORTSCHREIBUNG, 1, 320),
)
# The model case under both laws; its places have no number.
MUSTERFAELLE: tuple[tuple[Fallvorlage, Stand], ...] = (
    (STAND_A, Stand.LAEUFT),
    (STAND_B, Stand.LAEUFT),
)
# The cases that somebody may want to open first, with the model case among them: those that are
# told quickly, then those with letters. No later story needs them.
RASCH, MIT_SCHREIBEN = (5, 13, 23, 28, 36, 41), (46, 52)
ZUERST = len(RASCH) + len(MUSTERFAELLE) + len(MIT_SCHREIBEN)

_SATZ = {"koerperlich": "42.50", "geistig": "39.80", "seelisch": "41.20", "sinnes": "44.00"}


@dataclass(frozen=True)
class Fallaufgabe:
    """What is to be told at one place; `nummer` is None for the model case."""

    nummer: int | None
    bis: Stand
    eingegangen_vor: int = 0
    muster: Fallvorlage | None = None

    @property
    def fallmanager(self) -> str:
        """Every fourth case belongs to the colleague's team."""
        return "kollegin" if self.nummer is not None and self.nummer % 4 == 3 else "fallmanager"

    def vorlage(self, heute: date) -> Fallvorlage:
        """Return the facts of the case, its days counted back from `heute`."""
        if self.muster is not None:
            return self.muster
        assert self.nummer is not None
        eingang = heute - timedelta(days=self.eingegangen_vor)
        return _vorlage(personen()[self.nummer], eingang, self.nummer, self.bis)


@cache
def reihe() -> tuple[Fallaufgabe, ...]:
    """Return all places: those that come first, then the others by how far they are told."""
    aufgaben: list[Fallaufgabe] = []
    for bis, anzahl, tage in VERTEILUNG:
        for stelle in range(anzahl):
            nummer = len(aufgaben)
            vor = tage + stelle + (11 if nummer % 9 == 5 else 0)
            aufgaben.append(Fallaufgabe(nummer, bis, vor))
    return (
        *(aufgaben[nummer] for nummer in RASCH),
        *(Fallaufgabe(None, bis, muster=vorlage) for vorlage, bis in MUSTERFAELLE),
        *(aufgaben[nummer] for nummer in MIT_SCHREIBEN),
        *(a for a in aufgaben if a.nummer not in {*RASCH, *MIT_SCHREIBEN}),
    )


@cache
def plaetze_der_musterfaelle() -> tuple[int, ...]:
    """Return the places of the model case: under the old law, under the law of today."""
    return tuple(platz for platz, aufgabe in enumerate(reihe()) if aufgabe.muster is not None)


def _vorlage(person: Personenvorlage, eingang: date, nummer: int, bis: Stand) -> Fallvorlage:
    """Return the facts of one case under the law of today; hours vary with the number."""
    beginn = _first_of_next_month(eingang + timedelta(days=18))
    anzahl = 4 + nummer % 5
    satz = Decimal(_SATZ[person.behinderungsart])
    betrag = (satz * anzahl * 52 / 12).quantize(Decimal("0.01"))
    leistungen = [
        Leistungsvorlage(
            0,
            EINGLIEDERUNGSHILFE,
            "Assistenzleistungen zur Sozialen Teilhabe",
            "§ 113 Abs. 2 Nr. 2, § 78 SGB IX",
            f"{anzahl} Stunden in der Woche zu {str(satz).replace('.', ',')} Euro",
            "b_assistenz",
            bemessungsart="stunden",
            positionen=stunden(str(anzahl), str(satz)),
        )
    ]
    if nummer % 3 == 0:
        leistungen.append(
            Leistungsvorlage(
                1,
                PFLEGEKASSE,
                "Pflegegeld im Pflegegrad 2",
                "§ 37 SGB XI",
                "Sicherstellung der Pflege durch vertraute Personen",
                "pk_pflegegeld",
                bemessungsart="satz",
                parameter="pflegegeld.grad2",
                fremd=True,
                nachweisart="kein_nachweis",
            )
        )
    return replace(
        STAND_B,
        person=person,
        zeit=_zeitplan(eingang, beginn),
        # Two goals are enough to show the pages; the model case has three.
        ziele=STAND_B.ziele[:2],
        leistungen=tuple(leistungen),
        vergleichssumme=betrag + Decimal("420.00"),
        planinhalte=_anonymous(STAND_B.planinhalte, person),
        # What has left the house went by post; a waiting e-mail leaves when the worker starts.
        versandweg="elektronisch" if person.email and bis == Stand.VERSAND_VORGESEHEN else "post",
    )


def _anonymous(texte: object, person: Personenvorlage) -> dict[str, str]:
    name = f"{person.vorname} {person.nachname}"
    assert isinstance(texte, dict)
    return {key: text.replace("Herr Mustermann", name) for key, text in texte.items()}


def _zeitplan(eingang: date, beginn: date) -> Zeitplan:
    def tag(n: int) -> date:
        return eingang + timedelta(days=n)

    return Zeitplan(
        eingang=eingang,
        zustaendig=tag(3),
        bedarf=tag(7),
        # The Pflegekasse has its say before the plan that takes it in.
        stellungnahme=tag(10),
        plan=tag(11),
        bemessen=tag(12),
        ausgefertigt=tag(13),
        unterschrift=tag(15),
        bescheid=tag(16),
        aufgabe=tag(17),
        beginn=beginn,
    )


def _first_of_next_month(tag: date) -> date:
    return (tag.replace(day=1) + timedelta(days=32)).replace(day=1)
