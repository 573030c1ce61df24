"""Steps about the Zuständigkeit: check, find, take over, hand on, render provisionally."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from cases import access
from cases.antrag.guards import zustaendigkeit as regeln
from cases.antrag.queries.zustaendigkeit import (
    EIGENE_ARTEN,
    angaben_of,
    assess,
    fristbeginn,
    katalognamen,
    land,
    latest_antrag,
    pruefung_of,
    write_antworten,
)
from cases.antrag.services.antrag import confirm_zustaendigkeit
from cases.fall.guards.case import weiterleitung_innerhalb_der_frist
from cases.fall.services.case import (
    advance_case,
    determine_zustaendigkeit,
    forward_antrag,
    lock_case,
)
from cases.frist.services.frist import keep_frist, lift_frist, start_frist
from cases.guards import refuse
from cases.models import (
    Antrag,
    Antragsweg,
    Case,
    Entscheidungsart,
    Frist,
    Leistungstraeger,
    User,
    Vorlaeufigkeit,
    Vorlaeufigkeitsgrund,
    Weiterleitung,
    Zustaendigkeitsentscheidung,
    Zustaendigkeitspruefung,
)
from cases.services.ereignis import gegenstand_of, record_ereignis
from cases.states.fall import Fallzustand
from cases.states.frist import Fristzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zustaendigkeit import Pruefungszustand
from recht.zustaendigkeitsfragen import Angaben, ort

_EINGANG = ("F01", "F04", "F54")


def antrag_in_work(case: Case, by: User) -> tuple[Case, Antrag]:
    """Lock the case and return it with the application that is to be decided."""
    if not access.may_write(by):
        raise SchrittUnzulaessig("Das ist Fallmanagement und Sachgebietsleitung vorbehalten.")
    case = lock_case(case.pk)
    antrag = latest_antrag(case)
    if antrag is None:
        raise SchrittUnzulaessig(
            "Zu diesem Fall gibt es noch keinen Antrag.", "§ 108 Abs. 1 S. 1 SGB IX"
        )
    antrag.case = case
    return case, antrag


def is_open(antrag: Antrag) -> bool:
    """Tell whether the Zuständigkeit for this application is still to be found.

    A further application in a running case is open as long as its own F01 runs.
    """
    if antrag.case.state == Fallzustand.ANTRAG_EINGEGANGEN:
        return True
    if antrag.case.state in (Fallzustand.WEITERGELEITET, Fallzustand.BEENDET, Fallzustand.ANFRAGE):
        return False
    return Frist.objects.filter(
        case=antrag.case_id,
        regel="F01",
        gegenstand=gegenstand_of(antrag),
        state=Fristzustand.OFFEN,
    ).exists()


def _require_open(antrag: Antrag) -> None:
    if not is_open(antrag):
        raise SchrittUnzulaessig("Über die Zuständigkeit ist bereits entschieden.")


@transaction.atomic
def save_antworten(
    *, case: Case, angaben: Angaben, notiz: str, by: User, tag: date
) -> Zustaendigkeitspruefung:
    """Keep the answers of the guided check; an unclear residence starts the four weeks (F15)."""
    case, antrag = antrag_in_work(case, by)
    _require_open(antrag)
    angaben, _ = assess(antrag, angaben, tag)
    pruefung, _ = Zustaendigkeitspruefung.objects.update_or_create(
        antrag=antrag,
        defaults={
            "antworten": write_antworten(angaben),
            "notiz": notiz,
            "bearbeitet_von": by,
            "bearbeitet_am": tag,
        },
    )
    if ort(angaben, fristbeginn(antrag), land()) == "ungeklaert":
        start_frist(case=case, regel="F15", gegenstand=antrag, ausloeser=fristbeginn(antrag), by=by)
    else:
        lift_frist(case=case, regel="F15", tag=tag, grund="gewöhnlicher Aufenthalt geklärt")
    return pruefung


def record_entscheidung(
    antrag: Antrag, art: Entscheidungsart, *, by: User, tag: date, **werte: Any
) -> Zustaendigkeitsentscheidung:
    """Keep a decision with the reasons that the guided check gave on the day, and close it."""
    pruefung = pruefung_of(antrag)
    if pruefung is not None:
        _, ergebnis = assess(antrag, angaben_of(antrag, pruefung), tag)
        werte |= {
            "vorschlag": ergebnis.vorschlag.value,
            "schritte": [asdict(schritt) for schritt in ergebnis.schritte],
        }
        pruefung.state = Pruefungszustand.ABGESCHLOSSEN
        pruefung.save(update_fields=["state"])
    werte.setdefault("festgestellt_am", tag)
    return Zustaendigkeitsentscheidung.objects.create(
        antrag=antrag, art=art, am=tag, entschieden_von=by, **werte
    )


@transaction.atomic
def settle_zustaendigkeit(
    *, case: Case, begruendung: str, by: User, tag: date
) -> Zustaendigkeitsentscheidung:
    """Find that the authority is leistender Träger, by finding or because F01 was missed."""
    case, antrag = antrag_in_work(case, by)
    zu = weiterleitung_innerhalb_der_frist(case, tag)
    gebunden = zu is not None or antrag.weg == Antragsweg.WEITERGELEITET
    if is_open(antrag) and case.state != Fallzustand.ANTRAG_EINGEGANGEN:
        confirm_zustaendigkeit(antrag=antrag, begruendung=begruendung, by=by, tag=tag)
    else:
        determine_zustaendigkeit(case=case, begruendung=begruendung, by=by, tag=tag)
    lift_frist(case=case, regel="F15", tag=tag, grund="Zuständigkeit festgestellt")
    return record_entscheidung(
        antrag,
        Entscheidungsart.KRAFT_GESETZES if gebunden else Entscheidungsart.FESTGESTELLT,
        by=by,
        tag=tag,
        begruendung=begruendung,
    )


@transaction.atomic
def take_over(
    *, case: Case, von: Leistungstraeger, erster_eingang: date, by: User, tag: date
) -> Zustaendigkeitsentscheidung:
    """Note that the application was forwarded to here (§ 14 Abs. 2 S. 4 SGB IX).

    There is no second check of two weeks; F04 counts from the receipt here.
    """
    case, antrag = antrag_in_work(case, by)
    _require_open(antrag)
    if erster_eingang > antrag.eingang:
        raise SchrittUnzulaessig(
            f"Beim ersten Träger kann der Antrag nicht nach dem Eingang hier "
            f"({antrag.eingang:%d.%m.%Y}) eingegangen sein.",
            "§ 14 Abs. 2 S. 4 SGB IX",
        )
    antrag.weg = Antragsweg.WEITERGELEITET
    antrag.save(update_fields=["weg"])
    lift_frist(case=case, regel="F01", tag=tag, grund="von einem anderen Träger weitergeleitet")
    text = f"Antrag weitergeleitet von {von.name}, dort eingegangen am {erster_eingang:%d.%m.%Y}"
    _note(antrag, by, tag, text)
    return Zustaendigkeitsentscheidung.objects.create(
        antrag=antrag,
        art=Entscheidungsart.UEBERNOMMEN,
        traeger_name=von.name,
        erster_eingang=erster_eingang,
        festgestellt_am=tag,
        am=tag,
        entschieden_von=by,
    )


@transaction.atomic
def forward(
    *, case: Case, an: Leistungstraeger, grund: str, festgestellt_am: date, by: User, tag: date
) -> Weiterleitung:
    """Hand the whole application on (§ 14 Abs. 1 S. 2 SGB IX), with both days on record."""
    case, antrag = antrag_in_work(case, by)
    refuse(regeln.feststellung_am_nach_eingang(antrag, festgestellt_am, tag))
    refuse(regeln.empfaenger_ist_rehatraeger(an, katalognamen(an), fristbeginn(antrag)))
    weiterleitung = forward_antrag(case=case, an=an, grund=grund, by=by, tag=tag)
    lift_frist(case=case, regel="F15", tag=tag, grund="Antrag weitergeleitet")
    art = Entscheidungsart.ABGEGEBEN if an.art in EIGENE_ARTEN else Entscheidungsart.WEITERGELEITET
    record_entscheidung(
        antrag,
        art,
        by=by,
        tag=tag,
        traeger_name=an.name,
        festgestellt_am=festgestellt_am,
        begruendung=grund,
    )
    return weiterleitung


@transaction.atomic
def forward_again(
    *,
    case: Case,
    an: Leistungstraeger,
    grund: str,
    einvernehmen_am: date,
    einvernehmen_durch: str,
    by: User,
    tag: date,
) -> Weiterleitung:
    """Hand on as second carrier with the consent of the third (§ 14 Abs. 3 SGB IX)."""
    case, antrag = antrag_in_work(case, by)
    refuse(regeln.turboklaerung_nur_als_zweiter_traeger(antrag))
    refuse(regeln.einvernehmen_des_dritten(antrag, einvernehmen_am, einvernehmen_durch, tag))
    refuse(regeln.empfaenger_ist_rehatraeger(an, katalognamen(an), fristbeginn(antrag)))
    advance_case(case=case, schritt="weiterleiten", by=by)
    for regel in (*_EINGANG, "F15"):
        lift_frist(case=case, regel=regel, tag=tag, grund="im Einvernehmen weitergeleitet")
    weiterleitung = Weiterleitung.objects.create(antrag=antrag, an=an, am=tag, grund=grund)
    record_entscheidung(
        antrag,
        Entscheidungsart.TURBOKLAERUNG,
        by=by,
        tag=tag,
        traeger_name=an.name,
        einvernehmen_am=einvernehmen_am,
        einvernehmen_durch=einvernehmen_durch,
        begruendung=grund,
    )
    _note(antrag, by, tag, f"Turboklärung: Antrag im Einvernehmen weitergeleitet an {an.name}")
    return weiterleitung


@transaction.atomic
def provide_provisionally(
    *, case: Case, grund: str, begruendung: str, by: User, tag: date
) -> Vorlaeufigkeit:
    """Render before all is clear (§ 98 Abs. 2, § 120 Abs. 4 SGB IX); what is open stays visible."""
    case, antrag = antrag_in_work(case, by)
    if Vorlaeufigkeit.objects.filter(antrag=antrag).exists():
        raise SchrittUnzulaessig("Die vorläufige Leistung ist bereits festgehalten.")
    grund = Vorlaeufigkeitsgrund(grund)
    if grund == Vorlaeufigkeitsgrund.AUFENTHALT:
        angaben, _ = assess(antrag, angaben_of(antrag, pruefung_of(antrag)), tag)
        refuse(
            regeln.vorlaeufig_erst_nach_vier_wochen(
                antrag, angaben, fristbeginn(antrag), land(), tag
            )
        )
    text = f"vorläufig, {grund.label}: {begruendung}"
    if case.state == Fallzustand.ANTRAG_EINGEGANGEN:
        determine_zustaendigkeit(case=case, begruendung=text, by=by, tag=tag)
    else:
        refuse(regeln.verfahren_laeuft_hier(antrag))
        _note(antrag, by, tag, f"Leistung {text}")
    keep_frist(case=case, regel="F15", tag=tag, durch="vorläufige Leistung")
    record_entscheidung(
        antrag, Entscheidungsart.VORLAEUFIG, by=by, tag=tag, begruendung=begruendung
    )
    return Vorlaeufigkeit.objects.create(antrag=antrag, grund=grund, seit=tag)


@transaction.atomic
def clear_vorlaeufigkeit(
    *,
    vorlaeufigkeit: Vorlaeufigkeit,
    ergebnis: str,
    erstattung_durch: Leistungstraeger | None,
    by: User,
    tag: date,
) -> Vorlaeufigkeit:
    """Note what the open point came to, and who refunds (§ 98 Abs. 2 S. 2 SGB IX)."""
    row = (
        Vorlaeufigkeit.objects.select_for_update()
        .select_related("antrag__case")
        .get(pk=vorlaeufigkeit.pk)
    )
    antrag_in_work(row.antrag.case, by)
    if row.geklaert_am is not None:
        raise SchrittUnzulaessig(f"Seit dem {row.geklaert_am:%d.%m.%Y} ist das geklärt.")
    row.geklaert_am, row.ergebnis, row.erstattung_durch = tag, ergebnis, erstattung_durch
    row.save(update_fields=["geklaert_am", "ergebnis", "erstattung_durch"])
    text = "Vorläufige Leistung geklärt"
    if erstattung_durch is not None:
        text += f", Kosten erstattet {erstattung_durch.name}"
    _note(row.antrag, by, tag, text)
    return row


def _note(antrag: Antrag, by: User, tag: date, text: str) -> None:
    record_ereignis(
        case=antrag.case, by=by, tag=tag, art="zustaendigkeit", text=text, gegenstand=antrag
    )
