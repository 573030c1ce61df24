"""Cases of the old records become cases here: many at once, each with its old Aktenzeichen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.antrag.services.bestand import record_antraege
from cases.austausch.queries.austausch import taken_aktenzeichen, werte_of
from cases.austausch.services.zugabe import Bekannte, add_facts
from cases.frist.services.bestand import create_wiedervorlagen
from cases.models import (
    Anrede,
    Anschrift,
    Anschriftart,
    Antrag,
    Antragsteller,
    Antragsweg,
    Bankverbindung,
    Behinderungsart,
    Case,
    Endeart,
    Ereignis,
    Geburtsgenauigkeit,
    Importstapel,
    Importzeile,
    LeistungsberechtigtePerson,
    User,
    Wiedervorlage,
)
from cases.person.services.bestand import add_erste_konten, create_personen
from cases.services.ereignis import draft_ereignis, record_ereignisse
from cases.states.austausch import Importentscheidung
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Anlass, regeln_bis, regeln_mit
from recht.fristkennung import Regel
from recht.laender import DEUTSCHLAND

EREIGNISART = "bestandsuebernahme"
# A Zuständigkeit that is settled needs no F01; what is granted or over needs none of them.
_BEI_EINGANG = regeln_mit("bei_eingang")
FRISTEN: dict[str, tuple[Regel, ...]] = {
    Fallzustand.ANTRAG_EINGEGANGEN: _BEI_EINGANG,
    Fallzustand.ZUSTAENDIG: tuple(
        regel for regel in _BEI_EINGANG if regel not in regeln_bis(Anlass.ZUSTAENDIGKEIT)
    ),
    Fallzustand.LEISTUNG_LAEUFT: (),
    Fallzustand.BEENDET: (),
}
ANLASS = "Übernommenen Fall prüfen"
_GRUND = "vor der Übernahme beendet"
_Zeile = tuple[Importzeile, dict[str, Any]]


@transaction.atomic
def take_over_cases(
    *, stapel: Importstapel, zeilen: Sequence[Importzeile], by: User, tag: date
) -> None:
    """Open the cases of checked rows, with the persons whom nobody knew before.

    Raises SchrittUnzulaessig when an Aktenzeichen has been given away meanwhile; then none of the
    rows is taken over.
    """
    rows = [(zeile, werte_of(zeile)) for zeile in zeilen]
    if taken_aktenzeichen({werte["aktenzeichen"] for _, werte in rows}):
        raise SchrittUnzulaessig("Das Aktenzeichen ist inzwischen vergeben.")
    _set_personen(stapel, rows)
    cases = _create_cases(stapel, rows, by, tag)
    antraege = [(_antrag(case, werte), FRISTEN[werte["zustand"]]) for case, werte in cases]
    record_antraege(antraege, by=by, tag=tag)
    konten = [
        (case, _konto(werte, case.leistungsberechtigte_person, tag))
        for (case, werte), zeile in zip(cases, zeilen, strict=True)
        if zeile.person_neu and werte["iban"]
    ]
    add_erste_konten(konten, by=by, tag=tag)
    vorlagen = [
        vorlage
        for (case, werte), zeile in zip(cases, zeilen, strict=True)
        if (vorlage := _reminder(case, werte, _offered_day(stapel, zeile, tag)))
    ]
    create_wiedervorlagen(vorlagen, by=by, tag=tag)
    bekannte = Bekannte({zeile.person_id for zeile in zeilen if not zeile.person_neu}, tag)
    for (case, werte), zeile in zip(cases, zeilen, strict=True):
        if not zeile.person_neu:
            add_facts(case=case, werte=werte, zeile=zeile, bekannte=bekannte, by=by, tag=tag)
    _note_last_lines(zeilen)


def _set_personen(stapel: Importstapel, rows: Sequence[_Zeile]) -> None:
    """Find or make whom each row is about; a row may mean the person of one before it."""
    neue: list[tuple[LeistungsberechtigtePerson, Anschrift]] = []
    wie: dict[int, LeistungsberechtigtePerson | None] = {}
    hier = {zeile.nummer for zeile, _ in rows}
    nummern = {z.wie_zeile for z, _ in rows if z.wie_zeile is not None} - hier
    frueher = stapel.zeilen.filter(nummer__in=nummern).select_related("person")
    wie = {zeile.nummer: zeile.person for zeile in frueher.defer("roh", "werte", "aehnlich")}
    for zeile, werte in rows:
        person = zeile.person if zeile.entscheidung == Importentscheidung.VORHANDEN else None
        if person is None and zeile.wie_zeile not in (None, zeile.nummer):
            person = wie.get(zeile.wie_zeile or 0)
        zeile.person_neu = person is None
        if person is None:
            person = _person(werte)
            neue.append((person, _anschrift(werte)))
        zeile.person = wie[zeile.nummer] = person
    create_personen(neue)
    for zeile, _ in rows:
        # The key is there only now.
        zeile.person = zeile.person


def _person(werte: dict[str, Any]) -> LeistungsberechtigtePerson:
    return LeistungsberechtigtePerson(
        anrede=werte["anrede"] or Anrede.OHNE,
        vorname=werte["vorname"],
        nachname=werte["nachname"],
        geburtsdatum=date.fromisoformat(werte["geburtsdatum"]),
        geburt_genau=werte.get("geburt_genau") or Geburtsgenauigkeit.TAG,
        telefon=werte["telefon"],
        email=werte["email"],
        behinderungsart=werte["behinderungsart"] or Behinderungsart.UNBEKANNT,
    )


def _anschrift(werte: dict[str, Any]) -> Anschrift:
    return Anschrift(
        zusatz=werte["zusatz"],
        strasse=werte["strasse"],
        plz=werte["plz"],
        ort=werte["ort"],
        land=werte.get("land") or DEUTSCHLAND,
        anschriftart=werte.get("anschriftart") or Anschriftart.STRASSE,
        gueltig_ab=date.fromisoformat(werte["eroeffnet_am"]),
    )


def _create_cases(
    stapel: Importstapel, rows: Sequence[_Zeile], by: User, tag: date
) -> list[tuple[Case, dict[str, Any]]]:
    cases = [(_case(stapel, zeile, werte), werte) for zeile, werte in rows]
    Case.objects.bulk_create([case for case, _ in cases])
    for (case, _), (zeile, _) in zip(cases, rows, strict=True):
        zeile.case = case
    record_ereignisse(
        [
            draft_ereignis(
                case=case,
                by=by,
                tag=tag,
                art=EREIGNISART,
                text=f"Aus dem Altbestand übernommen (Stapel {stapel.pk}, Zeile {zeile.nummer})",
            )
            for (case, _), (zeile, _) in zip(cases, rows, strict=True)
        ]
    )
    return cases


def _case(stapel: Importstapel, zeile: Importzeile, werte: dict[str, Any]) -> Case:
    ende = werte["beendet_am"] and date.fromisoformat(werte["beendet_am"])
    return Case(
        aktenzeichen=werte["aktenzeichen"],
        leistungsberechtigte_person=zeile.person,
        team=stapel.team,
        caseworker_id=werte["fallmanagement"],
        state=werte["zustand"],
        eroeffnet_am=date.fromisoformat(werte["eroeffnet_am"]),
        beendet_am=ende or None,
        beendet_art=Endeart.SONSTIGES if ende else "",
        beendet_grund=_GRUND if ende else "",
    )


def _antrag(case: Case, werte: dict[str, Any]) -> Antrag:
    return Antrag(
        case=case,
        eingang=date.fromisoformat(werte["antrag_am"] or werte["eroeffnet_am"]),
        weg=Antragsweg.SCHRIFTLICH,
        begehren=werte["begehren"] or "aus dem Altbestand übernommen",
        persoenliches_budget=bool(werte["budget"]),
        antragsteller=Antragsteller.PERSON,
    )


def _konto(werte: dict[str, Any], person: LeistungsberechtigtePerson, tag: date) -> Bankverbindung:
    inhaber = werte["kontoinhaber"] or person.voller_name
    return Bankverbindung(iban=werte["iban"], kontoinhaber=inhaber, gueltig_ab=tag)


def _reminder(case: Case, werte: dict[str, Any], angeboten: date | None) -> Wiedervorlage | None:
    """Return the reminder that a row asks for; a running case without one gets the offered day."""
    if case.state == Fallzustand.BEENDET:
        return None
    text = werte["wiedervorlage_am"]
    am = date.fromisoformat(text) if text else None
    if am is None and case.state == Fallzustand.LEISTUNG_LAEUFT:
        am = angeboten
    if am is None:
        return None
    anlass = werte["wiedervorlage"] or ANLASS
    return Wiedervorlage(case=case, user_id=case.caseworker_id, am=am, anlass=anlass)


def _offered_day(stapel: Importstapel, zeile: Importzeile, tag: date) -> date | None:
    """Return the working day on which a row without any comes before somebody.

    By the number of the row, so that the cases spread over the days that were offered.
    """
    ab, bis = stapel.vorlage_ab, stapel.vorlage_bis
    if ab is None or bis is None:
        return None
    am = max(ab + timedelta(days=zeile.nummer % ((bis - ab).days + 1)), tag)
    return am + timedelta(days=7 - am.weekday() if am.weekday() > 4 else 0)


def _note_last_lines(zeilen: Sequence[Importzeile]) -> None:
    """Remember with each row the last line of the Chronik that the import wrote; one query."""
    letzte = dict(
        Ereignis.objects.filter(case__in=[zeile.case_id for zeile in zeilen])
        .order_by()
        .values_list("case")
        .annotate(Max("pk"))
    )
    for zeile in zeilen:
        zeile.letztes_ereignis = letzte[zeile.case_id]
