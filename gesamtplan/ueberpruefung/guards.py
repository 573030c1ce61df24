"""Legal preconditions of a review: one function each, citation first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from cases.models import Frist
from cases.registry.schritt import Hindernis
from cases.states.frist import LAUFENDE
from gesamtplan.models import Gesamtplan, Teilhabeziel, Ueberpruefung, Verlaufsbericht
from gesamtplan.models.angaben import Bewertungsstelle, Sprecher
from gesamtplan.states import Planzustand
from gesamtplan.states.ueberpruefung import Stimme
from recht.rechtsstand import norm_am

# Without these two voices a review is none; a provider is heard by a report (BAGüS 4.7).
UNVERZICHTBAR = (Stimme.PERSON, Stimme.FALLMANAGEMENT)


def pruefnorm_am(tag: date) -> str:
    """Return the norm of a review under the law of a day."""
    return norm_am(tag, "§ 58 SGB XII", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII")


def _beteiligungsnorm_am(tag: date) -> str:
    return norm_am(
        tag, "§ 58 Abs. 2 SGB XII", "§ 117 Abs. 1 Nr. 1 SGB IX", ue="§ 141 Abs. 1 Nr. 1 SGB XII"
    )


def zielanpassung_norm_am(tag: date) -> str:
    """Return why an agreement about goals is adapted at once under the law of a day."""
    return norm_am(tag, "§ 12 SGB XII", "§ 122 S. 3 SGB IX", ue="§ 145 SGB XII")


def plan_ist_freigegeben(plan: Gesamtplan | None, case_id: int, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: what is reviewed is the plan in force."""
    if plan is not None and plan.state == Planzustand.FREIGEGEBEN:
        return None
    return Hindernis(
        "Überprüft wird ein freigegebener Gesamtplan; diesen gibt es noch nicht.",
        pruefnorm_am(tag),
        reverse("gesamtplan", args=[case_id]),
    )


def frist_laeuft(frist: Frist, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: announced is a review that still lies ahead."""
    if frist.state in LAUFENDE and frist.ende >= tag:
        return None
    return Hindernis(
        f"Die Überprüfung war bis zum {frist.ende:%d.%m.%Y} zu machen oder ist gemacht. Bitte "
        "laden Sie die Person zu einem Gespräch ein.",
        pruefnorm_am(tag),
    )


def keine_offene_ueberpruefung(offen: Ueberpruefung | None, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: a plan is reviewed in one go, not in two at a time."""
    if offen is None:
        return None
    return Hindernis(
        "Für diesen Fall ist schon eine Überprüfung in Arbeit. Bitte führen Sie diese weiter.",
        pruefnorm_am(tag),
    )


def gespraech_gefuehrt(row: Ueberpruefung, tag: date) -> Hindernis | None:
    """§ 117 Abs. 1 Nr. 1 SGB IX: the person takes part in every step, so the talk comes first."""
    if row.gespraech_am is not None and row.gespraech_am <= tag:
        return None
    text = (
        "Der Tag des Gesprächs fehlt."
        if row.gespraech_am is None
        else f"Das Gespräch ist erst am {row.gespraech_am:%d.%m.%Y}."
    )
    return Hindernis(
        f"{text} Bewertet wird, was Sie mit der Person besprochen haben.",
        _beteiligungsnorm_am(tag),
        _url(row, "ueberpruefung_eintragen", "id_gespraech_am"),
    )


def gespraech_zum_plan(row: Ueberpruefung, gespraech_am: date | None) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: what the plan has brought is rated; a talk before it is not."""
    datum = row.gesamtplan.datum
    if gespraech_am is None or gespraech_am >= datum:
        return None
    return Hindernis(
        f"Das Gespräch am {gespraech_am:%d.%m.%Y} war vor dem Datum des Plans, dem "
        f"{datum:%d.%m.%Y}. Überprüft wird, was der Plan seitdem bewirkt hat.",
        pruefnorm_am(row.begonnen_am),
        "#id_gespraech_am",
    )


def bericht_nach_der_anforderung(
    bericht: Verlaufsbericht, eingegangen_am: date, tag: date
) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: a report answers the request; it comes in after it and not ahead."""
    if bericht.angefordert_am <= eingegangen_am <= tag:
        return None
    text = (
        "Der Tag des Eingangs liegt in der Zukunft."
        if eingegangen_am > tag
        else f"Angefordert ist der Bericht seit dem {bericht.angefordert_am:%d.%m.%Y}; eingehen "
        "kann er erst danach."
    )
    return Hindernis(text, pruefnorm_am(tag), "#id_eingegangen_am")


def stimme_wird_gehoert(
    stelle: Bewertungsstelle, ziel: Teilhabeziel, sprecher: Sequence[Sprecher], tag: date
) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: the effect is seen by those who serve the goal, each under its name."""
    if any(einer.stelle == stelle for einer in sprecher):
        return None
    text = (
        "Bitte nennen Sie, welcher Leistungserbringer das Ziel so einschätzt."
        if stelle.leistungserbringer is None
        else "Dieser Leistungserbringer dient dem Ziel nicht und ist nicht um Bericht gebeten."
    )
    return Hindernis(f"Ziel {ziel.nummer}: {text}", pruefnorm_am(tag))


def ziele_sind_bewertet(row: Ueberpruefung, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: the effect is checked goal by goal, by the person and the authority."""
    gesagt = {(eine.kennung, eine.stimme) for eine in row.zielbewertungen.all()}
    fehlt: dict[str, list[int]] = {}
    for ziel in row.gesamtplan.teilhabeziele.all():
        for stimme in UNVERZICHTBAR:
            if (ziel.kennung, stimme.value) not in gesagt:
                fehlt.setdefault(str(stimme.label), []).append(ziel.nummer)
    if not fehlt:
        return None
    worte = "; ".join(f"{wer}: Ziel {_numbers(ziele)}" for wer, ziele in fehlt.items())
    return Hindernis(
        f"Es fehlen noch Einschätzungen. {worte}.",
        pruefnorm_am(tag),
        _url(row, "ueberpruefung_eintragen"),
    )


def berichte_liegen_vor(row: Ueberpruefung, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: a report that was asked for is awaited until its day has passed."""
    offen = [b for b in row.verlaufsberichte.all() if b.eingegangen_am is None and b.bis >= tag]
    if not offen:
        return None
    namen = ", ".join(f"{b.leistungserbringer} (bis {b.bis:%d.%m.%Y})" for b in offen)
    return Hindernis(
        f"Angeforderte Berichte stehen noch aus: {namen}.",
        pruefnorm_am(tag),
        _url(row, "ueberpruefung_anzeigen", "berichte"),
    )


def boegen_sind_durchgesehen(row: Ueberpruefung, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: what a provider has sent back is looked at before the outcome."""
    warten = [b for b in row.verlaufsberichte.all() if b.bogen_wartet]
    if not warten:
        return None
    namen = ", ".join(str(b.leistungserbringer) for b in warten)
    return Hindernis(
        f"Der Bogen ist abgelegt, aber noch nicht übernommen: {namen}.",
        pruefnorm_am(tag),
        _url(row, "ueberpruefung_anzeigen", "berichte"),
    )


def bericht_steht_aus(bericht: Verlaufsbericht, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: a report is taken in once; a form may be replaced until it counts."""
    if bericht.eingegangen_am is None or bericht.bogen_wartet:
        return None
    return Hindernis("Dieser Bericht ist schon eingetragen.", pruefnorm_am(tag))


def bogen_ist_zu_uebernehmen(bericht: Verlaufsbericht, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: only a form that has come back says something, and only once."""
    if bericht.bogen_wartet:
        return None
    text = (
        "Dieser Bericht ist schon eingetragen."
        if bericht.eingegangen_am is not None
        else "Es ist noch kein ausgefüllter Bogen abgelegt."
    )
    return Hindernis(text, pruefnorm_am(tag))


def _numbers(ziele: list[int]) -> str:
    return ", ".join(map(str, ziele))


def _url(row: Ueberpruefung, name: str, anker: str = "") -> str:
    return reverse(name, args=[row.case_id, row.pk]) + (f"#{anker}" if anker else "")
