"""Several carriers for one application: split off, ask for findings, take them in (§ 15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from cases.antrag.guards import zustaendigkeit as regeln
from cases.antrag.queries.zustaendigkeit import frist_end, fristbeginn, is_open, katalognamen
from cases.antrag.services.zustaendigkeit import (
    find_zustaendigkeit,
    lock_antrag,
    record_entscheidung,
)
from cases.frist.services.frist import keep_frist, lift_frist, start_frist
from cases.guards import refuse
from cases.models import (
    Antrag,
    Entscheidungsart,
    Leistungstraeger,
    Schreiben,
    Teilweiterleitung,
    Traegerbeteiligung,
    User,
    Versand,
)
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from recht.entscheidung import is_rehabilitationstraeger
from recht.fristkennung import Regel
from recht.kataloge import leistungsgruppen
from recht.rechtsstand import Rechtsstand, rechtsstand_am


@transaction.atomic
def forward_part(
    *,
    antrag: Antrag,
    an: Leistungstraeger,
    gruppen: Sequence[str],
    inhalt: str,
    festgestellt_am: date,
    by: User,
    tag: date,
) -> Teilweiterleitung:
    """Hand on what the authority cannot render (§ 15 Abs. 1 SGB IX); it decides about the rest.

    No end of the check closes this: it is a step of the leistender Träger.

    Raises SchrittUnzulaessig when the case is decided elsewhere, the part is one of our own
    benefits, the carrier cannot render it, or has a part already.
    """
    antrag = lock_antrag(antrag, by)
    beginn = fristbeginn(antrag)
    refuse(regeln.verfahren_laeuft_hier(antrag))
    refuse(regeln.feststellung_am_nach_eingang(antrag, festgestellt_am, tag))
    refuse(regeln.teil_ist_keine_eigene_leistung(antrag, gruppen, beginn))
    refuse(regeln.traeger_kann_fuer_gruppen_leisten(an, katalognamen(an), gruppen, beginn))
    if antrag.teilweiterleitungen.filter(an=an).exists():
        raise SchrittUnzulaessig(f"Ein Teil dieses Antrags ist bereits an {an.name} gegangen.")
    worte = gruppen_text(gruppen, beginn)
    _settle_rest(antrag, "leistender Träger für den verbleibenden Teil des Antrags", by, tag)
    teil = Teilweiterleitung.objects.create(
        antrag=antrag,
        an=an,
        gruppen=list(gruppen),
        festgestellt_am=festgestellt_am,
        am=tag,
        inhalt=inhalt,
    )
    _six_weeks(antrag, "Antrag teilweise weitergeleitet", by, tag)
    record_entscheidung(
        antrag,
        Entscheidungsart.TEILWEISE,
        by=by,
        tag=tag,
        traeger_name=an.name,
        gruppen=list(gruppen),
        festgestellt_am=festgestellt_am,
        begruendung=inhalt,
    )
    _note(antrag, by, tag, f"Teil des Antrags weitergeleitet an {an.name}: {worte}")
    return teil


@transaction.atomic
def involve_traeger(
    *,
    antrag: Antrag,
    traeger: Leistungstraeger,
    gruppen: Sequence[str],
    frage: str,
    by: User,
    tag: date,
    zustimmung_am: date | None = None,
) -> Traegerbeteiligung:
    """Let another carrier take part (§ 15 Abs. 2 SGB IX); its Frist waits for the letter.

    One that is no Rehabilitationsträger takes part in a Persönliches Budget without Leistungsgruppe
    (§ 29 Abs. 1 S. 3 SGB IX); the Frist to decide is extended by Rehabilitationsträger only.

    Raises SchrittUnzulaessig when the case is decided elsewhere, the carrier cannot render
    these benefits, the person has not consented where she must, or it takes part already.
    """
    antrag = lock_antrag(antrag, by)
    beginn = fristbeginn(antrag)
    refuse(regeln.verfahren_laeuft_hier(antrag))
    if is_rehabilitationstraeger(traeger.art, beginn) or gruppen:
        namen = katalognamen(traeger)
        refuse(regeln.traeger_kann_fuer_gruppen_leisten(traeger, namen, gruppen, beginn))
    refuse(regeln.zustimmung_zur_beteiligung(traeger, zustimmung_am, beginn, tag))
    if antrag.traegerbeteiligungen.filter(traeger=traeger).exists():
        raise SchrittUnzulaessig(f"{traeger.name} ist bereits beteiligt.")
    _settle_rest(antrag, "leistender Träger; ein weiterer Träger wird beteiligt", by, tag)
    beteiligung = Traegerbeteiligung.objects.create(
        antrag=antrag,
        traeger=traeger,
        gruppen=list(gruppen),
        am=tag,
        frage=frage,
        zustimmung_am=zustimmung_am,
    )
    if gruppen:
        _six_weeks(antrag, "weitere Träger sind beteiligt", by, tag)
    record_entscheidung(
        antrag,
        Entscheidungsart.BETEILIGT,
        by=by,
        tag=tag,
        traeger_name=traeger.name,
        gruppen=list(gruppen),
        begruendung=frage,
    )
    worte = gruppen_text(gruppen, beginn) or "am Persönlichen Budget"
    _note(antrag, by, tag, f"{traeger.name} beteiligt: {worte}")
    return beteiligung


@transaction.atomic
def record_feststellung(
    *,
    beteiligung: Traegerbeteiligung,
    eingegangen_am: date,
    feststellung: str,
    by: User,
    tag: date,
) -> Traegerbeteiligung:
    """Take in the findings; after two weeks they do not bind any more (§ 15 Abs. 2 S. 2).

    Raises SchrittUnzulaessig when they are there already or the day does not fit the request.
    """
    rows = Traegerbeteiligung.objects.select_related("antrag__case", "traeger")
    row = lock_row(rows, beteiligung.pk)
    lock_antrag(row.antrag, by)
    if row.eingegangen_am is not None:
        raise SchrittUnzulaessig("Die Feststellungen dieses Trägers sind bereits erfasst.")
    refuse(regeln.feststellung_nach_der_anforderung(row, eingegangen_am, tag))
    row.eingegangen_am, row.feststellung = eingegangen_am, feststellung
    row.save(update_fields=["eingegangen_am", "feststellung"])
    # Each carrier has a Frist of its own; only this one's ends.
    keep_frist(
        case=row.antrag.case,
        gegenstand=row,
        regel=Regel.FESTSTELLUNGEN_TRAEGER,
        tag=eingegangen_am,
        durch=f"Feststellungen von {row.traeger.name}",
    )
    _note(row.antrag, by, tag, f"Feststellungen von {row.traeger.name} eingegangen")
    return row


def note_erinnerung(schreiben: Schreiben, versand: Versand, by: User | None, tag: date) -> None:
    """The reminder has left the house; the Frist is what it was."""
    kennung = schreiben.gegenstand.partition(":")[2]
    row = lock_row(Traegerbeteiligung.objects.all(), int(kennung))
    if versand.aufgabe_am is None:
        return
    row.gemahnt_am = versand.aufgabe_am
    row.save(update_fields=["gemahnt_am"])


def note_anforderung(schreiben: Schreiben, versand: Versand, by: User | None, tag: date) -> None:
    """The request has left the house: the Frist starts (§ 15 Abs. 2 S. 2 SGB IX)."""
    kennung = schreiben.gegenstand.partition(":")[2]
    row = lock_row(Traegerbeteiligung.objects.select_related("antrag"), int(kennung))
    if row.angefordert_am is not None or versand.aufgabe_am is None:
        return
    row.angefordert_am = versand.aufgabe_am
    row.save(update_fields=["angefordert_am"])
    start_frist(
        case=schreiben.case,
        regel=Regel.FESTSTELLUNGEN_TRAEGER,
        gegenstand=row,
        ausloeser=versand.aufgabe_am,
        by=by,
    )


def gruppen_text(gruppen: Sequence[str], eingang: date) -> str:
    """Return Leistungsgruppen as words."""
    namen = {g.schluessel: g.bezeichnung for g in leistungsgruppen(eingang)}
    return ", ".join(namen.get(gruppe, gruppe) for gruppe in gruppen)


def _settle_rest(antrag: Antrag, begruendung: str, by: User, tag: date) -> None:
    if is_open(antrag):
        find_zustaendigkeit(antrag, begruendung, by, tag)


def _six_weeks(antrag: Antrag, grund: str, by: User, tag: date) -> None:
    """§ 15 Abs. 4 S. 1 SGB IX: six weeks instead of three; the old law knows no such Frist.

    The two months of a Teilhabeplankonferenz (S. 2) go before them.
    """
    beginn = fristbeginn(antrag)
    if rechtsstand_am(beginn) is Rechtsstand.A:
        return
    if frist_end(antrag, Regel.ENTSCHEIDUNG_MIT_KONFERENZ):
        return
    start_frist(
        case=antrag.case,
        regel=Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG,
        gegenstand=antrag,
        ausloeser=beginn,
        by=by,
    )
    for regel in (Regel.ENTSCHEIDUNG, Regel.ENTSCHEIDUNG_MIT_GUTACHTEN):
        lift_frist(case=antrag.case, gegenstand=antrag, regel=regel, tag=tag, grund=grund)


def _note(antrag: Antrag, by: User, tag: date, text: str) -> None:
    record_ereignis(
        case=antrag.case, by=by, tag=tag, art="zustaendigkeit", text=text, gegenstand=antrag
    )
