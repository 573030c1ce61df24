"""Legal preconditions of forwarding, splitting and rendering provisionally."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cases.models import Antrag, Antragsweg, Leistungstraeger, Traegerbeteiligung
from cases.registry.schritt import Hindernis
from cases.states.fall import Fallzustand
from recht.fristkennung import Regel
from recht.kataloge import leistungstraeger
from recht.rechtsstand import Rechtsstand, rechtsstand_am
from recht.zustaendigkeitsfragen import Angaben, eigener_traeger, fristende


def turboklaerung_nur_als_zweiter_traeger(antrag: Antrag) -> Hindernis | None:
    """§ 14 Abs. 3 SGB IX: only the second carrier may hand on once more."""
    if antrag.weg == Antragsweg.WEITERGELEITET:
        return None
    return Hindernis(
        "Die Turboklärung steht nur dem Träger offen, an den der Antrag weitergeleitet wurde. "
        "Dieser Antrag wurde hier gestellt.",
        "§ 14 Abs. 3 SGB IX",
    )


def einvernehmen_des_dritten(
    antrag: Antrag, am: date, durch: str, stichtag: date
) -> Hindernis | None:
    """§ 14 Abs. 3 SGB IX: without the consent of the third carrier nothing is handed on."""
    norm = "§ 14 Abs. 3 SGB IX"
    if not durch.strip():
        return Hindernis("Bitte halten Sie fest, wer das Einvernehmen erklärt hat.", norm)
    if am > stichtag or am < antrag.eingang:
        return Hindernis(
            f"Das Einvernehmen vom {am:%d.%m.%Y} muss zwischen dem Eingang hier "
            f"({antrag.eingang:%d.%m.%Y}) und heute liegen.",
            norm,
        )
    return None


def empfaenger_ist_rehatraeger(
    traeger: Leistungstraeger, katalognamen: Collection[str], eingang: date
) -> Hindernis | None:
    """§ 6 Abs. 1 SGB IX: an application for Teilhabe only goes to a Rehabilitationsträger."""
    bekannt = {e.schluessel: e.verweise for e in leistungstraeger(eingang)}
    if any(bekannt.get(name) for name in katalognamen):
        return None
    return Hindernis(
        f"{traeger.name} ({traeger.get_art_display()}) ist nach dem Recht dieses Antrags kein "
        "Rehabilitationsträger.",
        "§ 6 Abs. 1 SGB IX",
    )


def traeger_kann_fuer_gruppen_leisten(
    traeger: Leistungstraeger,
    katalognamen: Collection[str],
    gruppen: Collection[str],
    eingang: date,
) -> Hindernis | None:
    """§ 6 Abs. 1 SGB IX: for which Leistungsgruppen a carrier can render at all."""
    kann: set[str] = set()
    for eintrag in leistungstraeger(eingang):
        if eintrag.schluessel in katalognamen:
            kann |= set(eintrag.verweise)
    if gruppen and set(gruppen) <= kann:
        return None
    return Hindernis(
        f"{traeger.name} ({traeger.get_art_display()}) kann nicht für alle gewählten "
        "Leistungsgruppen Rehabilitationsträger sein.",
        "§ 6 Abs. 1 SGB IX",
    )


def teil_ist_keine_eigene_leistung(
    antrag: Antrag, gruppen: Collection[str], eingang: date
) -> Hindernis | None:
    """§ 15 Abs. 1 S. 1 SGB IX: only what the authority cannot render at all is split off."""
    eigene = set(eigener_traeger(eingang).verweise) & set(gruppen)
    if gruppen and not eigene:
        return None
    return Hindernis(
        "Abgetrennt wird nur, wofür wir nicht Rehabilitationsträger sein können. Für alles andere "
        "wird der Träger beteiligt, oder wir entscheiden selbst.",
        "§ 15 Abs. 1 S. 1 SGB IX",
    )


def verfahren_laeuft_hier(antrag: Antrag) -> Hindernis | None:
    """§ 15 Abs. 1 S. 1 SGB IX: splitting and taking part are steps of the leistender Träger."""
    if antrag.case.state not in (
        Fallzustand.ANFRAGE,
        Fallzustand.WEITERGELEITET,
        Fallzustand.BEENDET,
    ):
        return None
    return Hindernis(
        f"Der Fall ist „{antrag.case.get_state_display()}“. Teilen und beteiligen kann nur, wer "
        "über den Antrag entscheidet.",
        "§ 15 Abs. 1 S. 1 SGB IX",
    )


def vorlaeufig_erst_nach_vier_wochen(
    antrag: Antrag, angaben: Angaben, beginn: date, land: str, stichtag: date
) -> Hindernis | None:
    """§ 98 Abs. 2 S. 1 SGB IX: first four weeks of finding out, unless there is nothing to find."""
    norm = (
        "§ 98 Abs. 2 S. 1 SGB IX"
        if rechtsstand_am(beginn) is Rechtsstand.B
        else "§ 98 Abs. 2 S. 3 SGB XII"
    )
    if angaben.aufenthalt == "keiner":
        return None
    if angaben.aufenthalt != "ungeklaert":
        return Hindernis(
            "Vorläufig geleistet wird nur, solange der gewöhnliche Aufenthalt ungeklärt ist. "
            "Bitte beantworten Sie zuerst die Fragen zur örtlichen Zuständigkeit.",
            norm,
        )
    ende = fristende(Regel.AUFENTHALT_UNGEKLAERT, beginn, land)
    if stichtag <= ende:
        return Hindernis(
            f"Bis zum {ende:%d.%m.%Y} ist der gewöhnliche Aufenthalt zu klären. Erst danach wird "
            "vorläufig geleistet; im Eilfall sofort.",
            norm,
        )
    return None


def feststellung_nach_der_anforderung(
    beteiligung: Traegerbeteiligung, eingegangen_am: date, stichtag: date
) -> Hindernis | None:
    """§ 15 Abs. 2 S. 2 SGB IX: findings come after the request, and not tomorrow."""
    norm = "§ 15 Abs. 2 S. 2 SGB IX"
    if beteiligung.angefordert_am is None:
        return Hindernis(
            "Die Aufforderung ist noch nicht abgesandt. Bitte versenden Sie zuerst das Schreiben.",
            norm,
        )
    if not beteiligung.angefordert_am <= eingegangen_am <= stichtag:
        return Hindernis(
            f"Der Eingang muss zwischen der Anforderung ({beteiligung.angefordert_am:%d.%m.%Y}) "
            "und heute liegen.",
            norm,
        )
    return None


def feststellung_am_nach_eingang(antrag: Antrag, am: date, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 1 S. 2 SGB IX: the finding lies between the receipt and the forwarding."""
    if antrag.eingang <= am <= stichtag:
        return None
    return Hindernis(
        f"Der Tag der Feststellung muss zwischen dem Eingang ({antrag.eingang:%d.%m.%Y}) und "
        "heute liegen.",
        "§ 14 Abs. 1 S. 2 SGB IX",
    )
