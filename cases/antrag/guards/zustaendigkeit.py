"""Legal preconditions of forwarding, splitting and rendering provisionally."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cases.models import Antrag, Antragsweg, Leistungstraeger, Traegerart, Traegerbeteiligung
from cases.registry.schritt import Hindernis
from cases.states.fall import Fallzustand
from recht.aufenthaltsfragen import norm_ungeklaert
from recht.fristkennung import Regel
from recht.kataloge import leistungstraeger
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am
from recht.zustaendigkeitsfragen import Angaben, eigener_traeger, fristende

# Who is no Rehabilitationsträger and takes part only with the consent of the person.
_MIT_ZUSTIMMUNG = (Traegerart.PFLEGEKASSE, Traegerart.SOZIALHILFE)


def turboklaerung_nur_als_zweiter_traeger(antrag: Antrag) -> Hindernis | None:
    """§ 14 Abs. 3 SGB IX: only the second carrier may hand on once more."""
    if antrag.weg == Antragsweg.WEITERGELEITET:
        return None
    return Hindernis(
        "Die Turboklärung steht nur dem Träger offen, an den der Antrag weitergeleitet wurde. "
        "Dieser Antrag wurde hier gestellt.",
        norm_am(antrag.eingang, "§ 14 Abs. 2 S. 5 SGB IX a.F.", "§ 14 Abs. 3 SGB IX"),
    )


def einvernehmen_des_dritten(
    antrag: Antrag, am: date, durch: str, stichtag: date
) -> Hindernis | None:
    """§ 14 Abs. 3 SGB IX: without the consent of the third carrier nothing is handed on."""
    norm = norm_am(antrag.eingang, "§ 14 Abs. 2 S. 5 SGB IX a.F.", "§ 14 Abs. 3 SGB IX")
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
        norm_am(eingang, "§ 14 Abs. 6 SGB IX a.F.", "§ 15 Abs. 1 S. 1 SGB IX"),
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
        norm_am(antrag.eingang, "§ 14 Abs. 6 SGB IX a.F.", "§ 15 Abs. 1 S. 1 SGB IX"),
    )


def vorlaeufig_erst_nach_vier_wochen(
    antrag: Antrag, angaben: Angaben, beginn: date, land: str, stichtag: date
) -> Hindernis | None:
    """§ 98 Abs. 2 SGB IX: first four weeks of finding out; without a residence it is for good.

    Until 2019 the law had it provisional then too (§ 98 Abs. 2 S. 3 SGB XII).
    """
    stand = rechtsstand_am(beginn)
    norm = norm_ungeklaert(angaben.aufenthalt, stand)
    if angaben.aufenthalt == "keiner":
        if stand is not Rechtsstand.B:
            return None
        return Hindernis(
            "Ohne gewöhnlichen Aufenthalt im Inland ist der Träger am tatsächlichen Aufenthalt "
            "endgültig zuständig, nicht nur vorläufig. Bitte stellen Sie die Zuständigkeit fest.",
            norm,
        )
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
    norm = norm_am(beteiligung.antrag.eingang, "§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 S. 2 SGB IX")
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


def zustimmungsnorm_am(eingang: date) -> str:
    """Return where the law of the Antrag asks for the consent of the person."""
    return norm_am(eingang, "§ 58 SGB XII", "§ 117 Abs. 3 SGB IX", ue="§ 141 SGB XII")


def zustimmung_zur_beteiligung(
    traeger: Leistungstraeger, zustimmung_am: date | None, eingang: date, stichtag: date
) -> Hindernis | None:
    """§ 117 Abs. 3 SGB IX: Pflegekasse and Träger der Hilfe zur Pflege take part by consent."""
    if rechtsstand_am(eingang) is Rechtsstand.A or traeger.art not in _MIT_ZUSTIMMUNG:
        return None
    if zustimmung_am is not None and zustimmung_am <= stichtag:
        return None
    return Hindernis(
        f"{traeger.name} wird nur mit Zustimmung der Person beteiligt. Bitte tragen Sie ein, wann "
        "sie zugestimmt hat.",
        zustimmungsnorm_am(eingang),
    )


def stellungnahme_zeitlich_moeglich(
    beteiligung: Traegerbeteiligung,
    angefordert_am: date | None,
    eingegangen_am: date,
    stichtag: date,
) -> Hindernis | None:
    """§ 15 Abs. 2 S. 2 SGB IX: an answer comes after the request, and not tomorrow.

    A carrier may speak before it is asked; then there is no request to compare with.
    """
    norm = norm_am(beteiligung.antrag.eingang, "§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 S. 2 SGB IX")
    if eingegangen_am > stichtag:
        return Hindernis("Die Stellungnahme kann nicht in der Zukunft eingegangen sein.", norm)
    if angefordert_am is not None and eingegangen_am < angefordert_am:
        return Hindernis(
            f"Die Stellungnahme kann nicht vor der Anforderung am {angefordert_am:%d.%m.%Y} "
            "eingegangen sein.",
            norm,
        )
    return None


def selbst_erst_nach_der_frist(
    beteiligung: Traegerbeteiligung, fristende: date | None, stichtag: date
) -> Hindernis | None:
    """§ 15 Abs. 2 S. 3 SGB IX: without findings in time the leistender Träger finds itself.

    Only in place of a Rehabilitationsträger; until 2017 the law knew no such thing.
    """
    eingang = beteiligung.antrag.eingang
    if rechtsstand_am(eingang) is Rechtsstand.A:
        return Hindernis(
            "Bis 2017 stellt jeder Träger sein Teilbudget selbst fest; bleibt er aus, erinnern Sie "
            "ihn.",
            "§ 3 Abs. 4 BudgetV",
        )
    if not beteiligung.gruppen:
        return Hindernis(
            f"{beteiligung.traeger.name} ist kein Rehabilitationsträger. Über diesen Teil "
            "entscheidet er selbst; erinnern Sie ihn.",
            "§ 29 Abs. 3 S. 3 SGB IX",
        )
    if fristende is None:
        text = "Die Feststellungen sind noch nicht angefordert."
    elif stichtag <= fristende:
        text = f"{beteiligung.traeger.name} hat noch bis zum {fristende:%d.%m.%Y} Zeit."
    else:
        return None
    return Hindernis(text, "§ 15 Abs. 2 S. 3 SGB IX")


def feststellung_am_nach_eingang(antrag: Antrag, am: date, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 1 S. 2 SGB IX: the finding lies between the receipt and the forwarding."""
    if antrag.eingang <= am <= stichtag:
        return None
    return Hindernis(
        f"Der Tag der Feststellung muss zwischen dem Eingang ({antrag.eingang:%d.%m.%Y}) und "
        "heute liegen.",
        "§ 14 Abs. 1 S. 2 SGB IX",
    )
