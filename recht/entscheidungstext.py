"""The sentences on who decides: one wording for Bescheid, Gesamtplan and every other letter.

Every letter takes its sentences from here, so none can say something else than another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recht.entscheidung import DURCH_UNS, NORM, Entscheidungsrolle
from recht.rechtsstand import Normfolge

# How one letter over parts of several carriers may look since 2018 is not settled: an authority
# may set its own wording.
GEMEINSAMES_SCHREIBEN = (
    "Dieses Schreiben stellt zur Übersicht alle Teile des Persönlichen Budgets zusammen. Wir "
    "entscheiden damit nur über die Teile, für die das oben steht. Was die anderen Leistungsträger "
    "entscheiden, steht in deren Bescheiden; ihre Beträge nennt dieses Schreiben so, wie sie uns "
    "mitgeteilt sind. Sind Sie mit einer dieser Entscheidungen nicht einverstanden, wenden Sie "
    "sich bitte an den Leistungsträger, der sie getroffen hat. Ihr Geld zahlen wir nach Absprache "
    "der Leistungsträger in einem Betrag aus."
)


@dataclass(frozen=True, slots=True)
class Behoerdenrollen:
    """The authority: as what it gives Eingliederungshilfe on the day, and as what Sozialhilfe."""

    name: str
    eingliederungshilfe: str
    sozialhilfe: str


@dataclass(frozen=True, slots=True)
class Teil:
    """One part: its name, its Leistungsträger and in which role it is decided about."""

    bezeichnung: str
    traeger: str
    rolle: Entscheidungsrolle
    rehabilitationstraeger: bool = True


_TEIL = Normfolge("§ 14 Abs. 6 SGB IX", "§ 15 Abs. 1 SGB IX")


def write_liste(worte: Iterable[str]) -> str:
    """Return words as a sentence lists them: "a, b und c"; at least one, each once."""
    alle = list(dict.fromkeys(worte))
    return alle[0] if len(alle) == 1 else f"{', '.join(alle[:-1])} und {alle[-1]}"


def in_sentence(bezeichnung: str) -> str:
    """Return as what an authority acts, as it stands inside of a sentence: "örtlicher Träger"."""
    vorn = bezeichnung.startswith(("Örtlich", "Überörtlich"))
    return bezeichnung[:1].lower() + bezeichnung[1:] if vorn else bezeichnung


def _satz(teile: list[Teil], behoerde: Behoerdenrollen, stichtag: date) -> str:
    """The sentence on parts of one role and one Leistungsträger."""
    teil = teile[0]
    norm = NORM[teil.rolle].am(stichtag)
    was = write_liste(f"„{t.bezeichnung}“" for t in teile)
    traeger = teil.traeger
    match teil.rolle:
        case Entscheidungsrolle.EINGLIEDERUNGSHILFE:
            return (
                f"Über {was} entscheidet {behoerde.name} als "
                f"{in_sentence(behoerde.eingliederungshilfe)} im eigenen Namen ({norm})."
            )
        case Entscheidungsrolle.SOZIALHILFE:
            return (
                f"Über {was} entscheidet {behoerde.name} als "
                f"{in_sentence(behoerde.sozialhilfe)} im eigenen Namen ({norm})."
            )
        case Entscheidungsrolle.LEISTEND:
            return (
                f"Über {was} entscheidet {behoerde.name} als leistender Rehabilitationsträger im "
                f"eigenen Namen; die Feststellungen von {traeger} gehen in die Entscheidung ein "
                f"({norm})."
            )
        case Entscheidungsrolle.EIGENER_NAME:
            return (
                f"Über {was} entscheidet {traeger} im eigenen Namen mit eigenem Bescheid, weil der "
                "Plan die Feststellungen und die getrennte Leistung dokumentiert und Sie nicht aus "
                f"wichtigem Grund widersprochen haben ({norm})."
            )
        case Entscheidungsrolle.AUFTRAG:
            return (
                f"Über {was} entscheidet {behoerde.name} als Beauftragter im Auftrag und im Namen "
                f"von {traeger} ({norm})."
            )
        case Entscheidungsrolle.EIGENE_ENTSCHEIDUNG:
            if teil.rehabilitationstraeger:
                grund = (
                    f"für diese Leistung kann {behoerde.name} nicht Rehabilitationsträger sein "
                    f"({_TEIL.am(stichtag)})"
                )
            else:
                grund = (
                    f"{traeger} ist insoweit kein Rehabilitationsträger (§ 6 Abs. 1 SGB IX, {norm})"
                )
            return f"Über {was} entscheidet {traeger} selbst mit eigenem Bescheid; {grund}."


def write_entscheidungen(
    teile: Iterable[Teil], behoerde: Behoerdenrollen, stichtag: date
) -> list[str]:
    """One sentence per role and Leistungsträger, in the order of the roles."""
    gruppen: dict[tuple[int, str], list[Teil]] = {}
    for teil in teile:
        # What the authority decides as itself is one sentence, whatever its entries are called.
        eigene = teil.rolle in {
            Entscheidungsrolle.EINGLIEDERUNGSHILFE,
            Entscheidungsrolle.SOZIALHILFE,
        }
        schluessel = list(Entscheidungsrolle).index(teil.rolle), "" if eigene else teil.traeger
        gruppen.setdefault(schluessel, []).append(teil)
    return [_satz(gruppe, behoerde, stichtag) for _, gruppe in sorted(gruppen.items())]


def has_fremde_entscheidung(teile: Iterable[Teil]) -> bool:
    """Whether another carrier decides about one of the parts itself."""
    return any(teil.rolle not in DURCH_UNS for teil in teile)
