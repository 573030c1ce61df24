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
    is_open,
    katalognamen,
    land,
    pruefung_of,
    werte_of_pruefung,
    write_antworten,
)
from cases.antrag.services.antrag import confirm_zustaendigkeit
from cases.fall.guards.case import weiterleitung_innerhalb_der_frist
from cases.fall.services.case import (
    determine_zustaendigkeit,
    forward_antrag,
    leave_with_antrag,
    lock_case,
)
from cases.frist.services.frist import correct_frist, keep_frist, lift_frist, start_frist
from cases.guards import refuse
from cases.models import (
    Antrag,
    Antragsweg,
    Entscheidungsart,
    Leistungstraeger,
    User,
    Vorlaeufigkeit,
    Vorlaeufigkeitsgrund,
    Weiterleitung,
    Zustaendigkeitsentscheidung,
    Zustaendigkeitspruefung,
)
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zustaendigkeit import Pruefungszustand
from recht.fristkatalog import katalog, regeln_mit
from recht.fristkennung import Regel
from recht.rechtsstand import norm_am
from recht.zustaendigkeitsfragen import Angaben, ort


def lock_antrag(antrag: Antrag, by: User) -> Antrag:
    """Lock the case of an application that is to be decided, and return the application fresh.

    Raises SchrittUnzulaessig when `by` only reads.
    """
    if not access.may_write(by):
        raise SchrittUnzulaessig("Das ist Fallmanagement und Sachgebietsleitung vorbehalten.")
    case = lock_case(antrag.case_id)
    fresh = Antrag.objects.get(pk=antrag.pk)
    fresh.case = case
    return fresh


def find_zustaendigkeit(antrag: Antrag, begruendung: str, by: User, tag: date) -> None:
    """Find that the authority is leistender Träger: the first application moves the case along.

    Raises SchrittUnzulaessig when this application has been decided about or forwarded.
    """
    if antrag.case.state == Fallzustand.ANTRAG_EINGEGANGEN:
        _require_open(antrag)
    elif is_open(antrag):
        confirm_zustaendigkeit(antrag=antrag, begruendung=begruendung, by=by, tag=tag)
        return
    antrag.case = determine_zustaendigkeit(antrag=antrag, begruendung=begruendung, by=by, tag=tag)


def _require_open(antrag: Antrag) -> None:
    if not is_open(antrag):
        raise SchrittUnzulaessig("Über die Zuständigkeit ist bereits entschieden.")


@transaction.atomic
def save_antworten(
    *, antrag: Antrag, angaben: Angaben, notiz: str, by: User, tag: date, gesehen: str = ""
) -> Zustaendigkeitspruefung:
    """Keep the answers of the guided check; an unclear residence starts four weeks.

    `gesehen` is the mark of the answers as the form showed them. Raises SchrittUnzulaessig once
    the Zuständigkeit of the application is decided, or when somebody has saved others since.
    """
    antrag = lock_antrag(antrag, by)
    _require_open(antrag)
    bisher = pruefung_of(antrag)
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_pruefung(antrag, bisher, tag)),
        zuletzt=bisher.bearbeitet_von.get_full_name() if bisher else "",
    )
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
        start_frist(
            case=antrag.case,
            regel=Regel.AUFENTHALT_UNGEKLAERT,
            gegenstand=antrag,
            ausloeser=fristbeginn(antrag),
            by=by,
        )
    else:
        _settle_aufenthalt(antrag, tag, "gewöhnlicher Aufenthalt geklärt")
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
    *, antrag: Antrag, begruendung: str, by: User, tag: date
) -> Zustaendigkeitsentscheidung:
    """Find that the authority is leistender Träger, by finding or because the check was missed.

    Raises SchrittUnzulaessig when it is decided already.
    """
    antrag = lock_antrag(antrag, by)
    zu = weiterleitung_innerhalb_der_frist(antrag, tag)
    gebunden = zu is not None or antrag.weg == Antragsweg.WEITERGELEITET
    find_zustaendigkeit(antrag, begruendung, by, tag)
    _settle_aufenthalt(antrag, tag, "Zuständigkeit festgestellt")
    return record_entscheidung(
        antrag,
        Entscheidungsart.KRAFT_GESETZES if gebunden else Entscheidungsart.FESTGESTELLT,
        by=by,
        tag=tag,
        begruendung=begruendung,
    )


@transaction.atomic
def take_over(
    *, antrag: Antrag, von: Leistungstraeger, erster_eingang: date, by: User, tag: date
) -> Zustaendigkeitsentscheidung:
    """Note that the application was forwarded to here (§ 14 Abs. 2 S. 4 SGB IX).

    There is no second check of two weeks; the decision counts from the receipt here. For what
    the person may claim the first receipt counts (§ 16 Abs. 2 S. 2 SGB I).

    Raises SchrittUnzulaessig when it is decided already, or the first carrier would have had it
    later than we.
    """
    antrag = lock_antrag(antrag, by)
    _require_open(antrag)
    if erster_eingang > antrag.eingang:
        raise SchrittUnzulaessig(
            f"Beim ersten Träger kann der Antrag nicht nach dem Eingang hier "
            f"({antrag.eingang:%d.%m.%Y}) eingegangen sein.",
            norm_am(antrag.eingang, "§ 14 Abs. 2 S. 3 SGB IX a.F.", "§ 14 Abs. 2 S. 4 SGB IX"),
        )
    antrag.weg = Antragsweg.WEITERGELEITET
    antrag.erster_eingang = erster_eingang
    antrag.save(update_fields=["weg", "erster_eingang"])
    for regel in regeln_mit("bei_eingang"):
        if katalog()[regel].ab_antrag:
            correct_frist(
                case=antrag.case,
                regel=regel,
                gegenstand=antrag,
                ausloeser=antrag.antragstag,
                by=by,
                tag=tag,
                grund="Eingang beim ersten Träger bekannt (§ 16 Abs. 2 S. 2 SGB I)",
            )
    lift_frist(
        case=antrag.case,
        gegenstand=antrag,
        regel=Regel.ZUSTAENDIGKEITSPRUEFUNG,
        tag=tag,
        grund="von einem anderen Träger weitergeleitet",
    )
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
    *, antrag: Antrag, an: Leistungstraeger, grund: str, festgestellt_am: date, by: User, tag: date
) -> Weiterleitung:
    """Hand the whole application on (§ 14 Abs. 1 S. 2 SGB IX), with both days on record.

    Raises SchrittUnzulaessig when F01 has run out, the application was forwarded to here, a day
    does not fit, or the other one is no Rehabilitationsträger (§ 14 Abs. 1, 2 SGB IX).
    """
    antrag = lock_antrag(antrag, by)
    refuse(regeln.feststellung_am_nach_eingang(antrag, festgestellt_am, tag))
    refuse(regeln.empfaenger_ist_rehatraeger(an, katalognamen(an), fristbeginn(antrag)))
    weiterleitung = forward_antrag(antrag=antrag, an=an, grund=grund, by=by, tag=tag)
    _keep_weiterleitung(antrag, festgestellt_am, by, tag)
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


def _keep_weiterleitung(antrag: Antrag, festgestellt_am: date, by: User, tag: date) -> None:
    """F02: handed on by the next working day after the finding, or too late, as the file shows."""
    regel, case = Regel.WEITERLEITUNG, antrag.case
    start_frist(case=case, regel=regel, gegenstand=antrag, ausloeser=festgestellt_am, by=by)
    keep_frist(case=case, gegenstand=antrag, regel=regel, tag=tag, durch="weitergeleitet")


@transaction.atomic
def forward_again(
    *,
    antrag: Antrag,
    an: Leistungstraeger,
    grund: str,
    einvernehmen_am: date,
    einvernehmen_durch: str,
    by: User,
    tag: date,
) -> Weiterleitung:
    """Hand on as second carrier with the consent of the third (§ 14 Abs. 3 SGB IX).

    Raises SchrittUnzulaessig for anybody but the second carrier, without the consent of the
    third, or to one who is no Rehabilitationsträger.
    """
    antrag = lock_antrag(antrag, by)
    refuse(regeln.turboklaerung_nur_als_zweiter_traeger(antrag))
    refuse(regeln.einvernehmen_des_dritten(antrag, einvernehmen_am, einvernehmen_durch, tag))
    refuse(regeln.empfaenger_ist_rehatraeger(an, katalognamen(an), fristbeginn(antrag)))
    leave_with_antrag(case=antrag.case, antrag=antrag, by=by)
    lift_frist(case=antrag.case, gegenstand=antrag, tag=tag, grund="im Einvernehmen weitergeleitet")
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
    *, antrag: Antrag, grund: str, begruendung: str, by: User, tag: date
) -> Vorlaeufigkeit:
    """Render before all is clear (§ 98 Abs. 2, § 120 Abs. 4 SGB IX); what is open stays visible.

    Raises SchrittUnzulaessig when it is noted already, or the four weeks of § 98 Abs. 2 SGB IX
    are not over.
    """
    antrag = lock_antrag(antrag, by)
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
    if antrag.case.state == Fallzustand.ANTRAG_EINGEGANGEN:
        find_zustaendigkeit(antrag, text, by, tag)
    else:
        refuse(regeln.verfahren_laeuft_hier(antrag))
        _note(antrag, by, tag, f"Leistung {text}")
    keep_frist(
        case=antrag.case,
        gegenstand=antrag,
        regel=Regel.AUFENTHALT_UNGEKLAERT,
        tag=tag,
        durch="vorläufige Leistung",
    )
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
    """Note what the open point came to, and who refunds (§ 98 Abs. 2 S. 2 SGB IX).

    Raises SchrittUnzulaessig when it is cleared already or `by` only reads.
    """
    row = lock_row(Vorlaeufigkeit.objects.select_related("antrag__case"), vorlaeufigkeit.pk)
    lock_antrag(row.antrag, by)
    if row.geklaert_am is not None:
        raise SchrittUnzulaessig(f"Seit dem {row.geklaert_am:%d.%m.%Y} ist das geklärt.")
    row.geklaert_am, row.ergebnis, row.erstattung_durch = tag, ergebnis, erstattung_durch
    row.save(update_fields=["geklaert_am", "ergebnis", "erstattung_durch"])
    text = "Vorläufige Leistung geklärt"
    if erstattung_durch is not None:
        text += f", Kosten erstattet {erstattung_durch.name}"
    _note(row.antrag, by, tag, text)
    return row


def _settle_aufenthalt(antrag: Antrag, tag: date, grund: str) -> None:
    lift_frist(
        case=antrag.case,
        gegenstand=antrag,
        regel=Regel.AUFENTHALT_UNGEKLAERT,
        tag=tag,
        grund=grund,
    )


def _note(antrag: Antrag, by: User, tag: date, text: str) -> None:
    record_ereignis(
        case=antrag.case, by=by, tag=tag, art="zustaendigkeit", text=text, gegenstand=antrag
    )
