"""Who decides about which part of a Persönliches Budget, and in whose name.

Until 2017 the Beauftragte decided for all carriers in one Verwaltungsakt, in the name of each
(§ 17 Abs. 4 SGB IX a.F.). Since 2018 the leistende Rehabilitationsträger decides, also about what
another Rehabilitationsträger would owe (§ 15 Abs. 2, Abs. 3 S. 2 SGB IX); that one decides itself
only when the plan documents it and the person does not object (§ 15 Abs. 3 S. 1 SGB IX). What the
leistende Träger cannot be Rehabilitationsträger for goes to its own carrier, who decides by itself
(§ 29 Abs. 3 S. 3, § 15 Abs. 1 SGB IX).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from recht.kataloge import eintraege
from recht.leistung import Bereich, Leistungsschluessel, leistung_of
from recht.rechtsstand import Normfolge, Rechtsstand, rechtsstand_am


class Entscheidungsrolle(StrEnum):
    """In which role a part is decided about."""

    EINGLIEDERUNGSHILFE = "eingliederungshilfe"
    SOZIALHILFE = "sozialhilfe"
    LEISTEND = "leistend"
    EIGENER_NAME = "eigener_name"
    EIGENE_ENTSCHEIDUNG = "eigene_entscheidung"
    AUFTRAG = "auftrag"


BEZEICHNUNG: Mapping[Entscheidungsrolle, str] = MappingProxyType(
    {
        Entscheidungsrolle.EINGLIEDERUNGSHILFE: "wir als Träger der Eingliederungshilfe",
        Entscheidungsrolle.SOZIALHILFE: "wir als Träger der Sozialhilfe",
        Entscheidungsrolle.LEISTEND: "wir als leistender Träger für einen anderen",
        Entscheidungsrolle.EIGENER_NAME: "der andere Rehabilitationsträger im eigenen Namen",
        Entscheidungsrolle.EIGENE_ENTSCHEIDUNG: "der andere Leistungsträger selbst",
        Entscheidungsrolle.AUFTRAG: "wir im Auftrag und im Namen des anderen (bis 2017)",
    }
)
# By whom the Bescheid of the authority decides; the other two only tell what others decide.
DURCH_UNS = frozenset(
    {
        Entscheidungsrolle.EINGLIEDERUNGSHILFE,
        Entscheidungsrolle.SOZIALHILFE,
        Entscheidungsrolle.LEISTEND,
        Entscheidungsrolle.AUFTRAG,
    }
)
_SOZIALHILFE = frozenset({Bereich.HILFE_ZUR_PFLEGE, Bereich.LEBENSUNTERHALT})
# § 6 Abs. 1 SGB IX; Pflegekasse and Integrationsamt are none, since 2020 the Sozialhilfe neither.
_REHABILITATIONSTRAEGER = frozenset(
    {
        "eingliederungshilfe",
        "krankenkasse",
        "arbeitsagentur",
        "unfallversicherung",
        "rentenversicherung",
        "landwirte",
        "entschaedigung",
        "jugendhilfe",
    }
)
# As what the authority stands in the catalogue of carriers: its groups are those it can decide on.
_EIGENER_EINTRAG = {
    Rechtsstand.UE: "ue_sozialhilfe",
    Rechtsstand.B: "b_eingliederungshilfe",
}
# Only the AUFTRAG existed until 2017, and only then; the others have no citation for that time.
NORM: Mapping[Entscheidungsrolle, Normfolge] = MappingProxyType(
    {
        Entscheidungsrolle.EINGLIEDERUNGSHILFE: Normfolge(
            "", "§ 120 Abs. 2 SGB IX", ue="§ 143a Abs. 2 SGB XII"
        ),
        Entscheidungsrolle.SOZIALHILFE: Normfolge("§ 3 SGB XII", "§ 3 SGB XII"),
        Entscheidungsrolle.LEISTEND: Normfolge("", "§ 15 Abs. 2 SGB IX, § 15 Abs. 3 S. 2 SGB IX"),
        Entscheidungsrolle.EIGENER_NAME: Normfolge("", "§ 15 Abs. 3 S. 1 SGB IX"),
        Entscheidungsrolle.EIGENE_ENTSCHEIDUNG: Normfolge(
            "", "§ 29 Abs. 3 S. 3 SGB IX, § 15 Abs. 1 SGB IX"
        ),
        Entscheidungsrolle.AUFTRAG: Normfolge("§ 17 Abs. 4 SGB IX", ""),
    }
)


@dataclass(frozen=True, slots=True)
class Zuordnung:
    """What a part is: the key of its Leistung, the kind of its carrier, whether it is our own."""

    schluessel: str
    traegerart: str
    eigener: bool


def is_rehabilitationstraeger(traegerart: str, stichtag: date) -> bool:
    """Whether a kind of Leistungsträger is Rehabilitationsträger under the law of the day."""
    if traegerart == "sozialhilfe":
        return rechtsstand_am(stichtag) is not Rechtsstand.B
    return traegerart in _REHABILITATIONSTRAEGER


def _own_role(bereich: Bereich | None, traegerart: str, stichtag: date) -> Entscheidungsrolle:
    if rechtsstand_am(stichtag) is not Rechtsstand.B or bereich in _SOZIALHILFE:
        return Entscheidungsrolle.SOZIALHILFE
    if bereich is None and traegerart == "sozialhilfe":
        return Entscheidungsrolle.SOZIALHILFE
    return Entscheidungsrolle.EINGLIEDERUNGSHILFE


def _can_decide(eintrag: Leistungsschluessel | None, traegerart: str, stichtag: date) -> bool:
    """Whether the authority can be Rehabilitationsträger for it (§ 6 Abs. 1 SGB IX)."""
    if not is_rehabilitationstraeger(traegerart, stichtag):
        return False
    if eintrag is None or eintrag.bereich is Bereich.EINGLIEDERUNGSHILFE:
        return True
    return bool(set(eintrag.gruppen) & _own_gruppen(stichtag))


def _own_gruppen(stichtag: date) -> set[str]:
    """The Leistungsgruppen of the authority since 2018 (§ 6 Abs. 1 Nr. 7 SGB IX)."""
    gesucht = _EIGENER_EINTRAG[rechtsstand_am(stichtag)]
    traeger = eintraege("leistungstraeger", stichtag)
    return set(next(e for e in traeger if e.schluessel == gesucht).verweise)


def decide_gruppe(traegerart: str, gruppe: str, stichtag: date) -> Entscheidungsrolle:
    """Who decides about a Leistungsgruppe of another carrier that takes part in an Antrag."""
    if rechtsstand_am(stichtag) is Rechtsstand.A:
        return Entscheidungsrolle.AUFTRAG
    if is_rehabilitationstraeger(traegerart, stichtag) and gruppe in _own_gruppen(stichtag):
        return Entscheidungsrolle.LEISTEND
    return Entscheidungsrolle.EIGENE_ENTSCHEIDUNG


def decide_rolle(teil: Zuordnung, stichtag: date) -> Entscheidungsrolle:
    """Who decides about a part by the law of the day, when nobody has chosen otherwise."""
    eintrag = leistung_of(teil.schluessel)
    if teil.eigener and teil.traegerart in {"eingliederungshilfe", "sozialhilfe"}:
        return _own_role(eintrag.bereich if eintrag else None, teil.traegerart, stichtag)
    if rechtsstand_am(stichtag) is Rechtsstand.A:
        return Entscheidungsrolle.AUFTRAG
    if _can_decide(eintrag, teil.traegerart, stichtag):
        return Entscheidungsrolle.LEISTEND
    return Entscheidungsrolle.EIGENE_ENTSCHEIDUNG


def allowed_rollen(teil: Zuordnung, stichtag: date) -> tuple[Entscheidungsrolle, ...]:
    """The roles that the law of the day leaves open for a part, the usual one first."""
    regel = decide_rolle(teil, stichtag)
    if regel is Entscheidungsrolle.LEISTEND:
        return (regel, Entscheidungsrolle.EIGENER_NAME, Entscheidungsrolle.EIGENE_ENTSCHEIDUNG)
    return (regel,)
