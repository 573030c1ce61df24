"""One case of the old records becomes a case here, and is taken back as long as it lies still."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import pgtrigger
from django.db import models, transaction
from django.db.models import Max, ProtectedError

from cases.antrag.services.antrag import record_antrag
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Anrede,
    Antrag,
    Antragsweg,
    Bankverbindung,
    Behinderungsart,
    Case,
    Endeart,
    Ereignis,
    Frist,
    Importzeile,
    LeistungsberechtigtePerson,
    Lesezugriff,
    User,
    Wiedervorlage,
)
from cases.person.services.person import create_person
from cases.person.services.personenangabe import add_angabe
from cases.services.ereignis import record_ereignis
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Anlass, regeln_bis, regeln_mit
from recht.fristkennung import Regel

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
_GRUND = "vor der Übernahme beendet"
# What the import itself makes; anything else that hangs on a case was done afterwards.
_EIGENE = (Ereignis, Lesezugriff, Antrag, Frist, Wiedervorlage, Importzeile)
_FEST = ("cases.Ereignis:nur_anfuegen", "cases.Lesezugriff:nur_anfuegen")


@transaction.atomic
def take_over_case(
    *,
    werte: dict[str, Any],
    person: LeistungsberechtigtePerson | None,
    zeile: Importzeile,
    by: User,
    tag: date,
) -> Case:
    """Open the case of a checked row with its old Aktenzeichen; without a person make her, too.

    Raises SchrittUnzulaessig when the Aktenzeichen has been given away meanwhile.
    """
    if Case.objects.filter(aktenzeichen=werte["aktenzeichen"]).exists():
        raise SchrittUnzulaessig("Das Aktenzeichen ist inzwischen vergeben.")
    eroeffnet = date.fromisoformat(werte["eroeffnet_am"])
    neu = person is None
    if person is None:
        person = _make_person(werte, eroeffnet)
    ende = werte["beendet_am"] and date.fromisoformat(werte["beendet_am"])
    case = Case.objects.create(
        aktenzeichen=werte["aktenzeichen"],
        leistungsberechtigte_person=person,
        team=zeile.stapel.team,
        caseworker_id=werte["fallmanagement"],
        state=werte["zustand"],
        eroeffnet_am=eroeffnet,
        beendet_am=ende or None,
        beendet_art=Endeart.SONSTIGES if ende else "",
        beendet_grund=_GRUND if ende else "",
    )
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art=EREIGNISART,
        text=f"Aus dem Altbestand übernommen (Stapel {zeile.stapel_id}, Zeile {zeile.nummer})",
    )
    _record_rest(case, werte, neu, by, tag)
    zeile.case, zeile.person, zeile.person_neu = case, person, neu
    letztes = Ereignis.objects.filter(case=case).aggregate(Max("pk"))
    zeile.letztes_ereignis = letztes["pk__max"]
    return case


def _make_person(werte: dict[str, Any], seit: date) -> LeistungsberechtigtePerson:
    person = create_person(
        anrede=werte["anrede"] or Anrede.OHNE,
        vorname=werte["vorname"],
        nachname=werte["nachname"],
        geburtsdatum=date.fromisoformat(werte["geburtsdatum"]),
        zusatz=werte["zusatz"],
        strasse=werte["strasse"],
        plz=werte["plz"],
        ort=werte["ort"],
        telefon=werte["telefon"],
        email=werte["email"],
        email_zugang_seit=None,
        tag=seit,
    )
    art = werte["behinderungsart"]
    if art and art != Behinderungsart.UNBEKANNT:
        person.behinderungsart = art
        person.save(update_fields=["behinderungsart"])
    return person


def _record_rest(case: Case, werte: dict[str, Any], neu: bool, by: User, tag: date) -> None:
    """Enter application, account and reminder; facts of a known person stay as they are."""
    record_antrag(
        case=case,
        eingang=date.fromisoformat(werte["antrag_am"] or werte["eroeffnet_am"]),
        weg=Antragsweg.SCHRIFTLICH,
        begehren=werte["begehren"] or "aus dem Altbestand übernommen",
        persoenliches_budget=bool(werte["budget"]),
        by=by,
        tag=tag,
        fristen=FRISTEN[werte["zustand"]],
    )
    if neu and werte["iban"]:
        person = case.leistungsberechtigte_person
        add_angabe(
            case=case,
            modell=Bankverbindung,
            werte={
                "iban": werte["iban"],
                "kontoinhaber": werte["kontoinhaber"] or person.voller_name,
            },
            gueltig_ab=tag,
            by=by,
            tag=tag,
        )
    if werte["wiedervorlage_am"] and case.state != Fallzustand.BEENDET:
        create_wiedervorlage(
            case=case,
            user=case.caseworker,
            am=date.fromisoformat(werte["wiedervorlage_am"]),
            anlass=werte["wiedervorlage"] or "Übernommenen Fall prüfen",
            by=by,
            tag=tag,
        )


def reasons_to_stay(zeilen: list[Importzeile]) -> dict[int, str]:
    """Return for cases in which something was done since why they stay, by id of the case."""
    letztes = {z.case_id: z.letztes_ereignis for z in zeilen if z.case_id is not None}
    ids = list(letztes)
    stays: dict[int, str] = {}
    letzte = dict(
        Ereignis.objects.filter(case__in=ids).order_by().values_list("case").annotate(Max("pk"))
    )
    for pk in ids:
        if letzte.get(pk) != letztes[pk]:
            stays[pk] = "Seit der Übernahme wurde in dem Fall gearbeitet."
    for relation in Case._meta.related_objects:
        modell: Any = relation.related_model
        if modell in _EIGENE or relation.many_to_many or hasattr(modell, "pgh_obj"):
            continue
        name = relation.field.name
        rows = modell.objects.filter(**{f"{name}__in": ids})
        for case_id in rows.order_by().values_list(f"{name}_id", flat=True).distinct():
            text = f"Zu dem Fall gibt es Einträge: {modell._meta.verbose_name_plural}."
            stays.setdefault(case_id, text)
    return stays


def remove_case(zeile: Importzeile, case: Case) -> str:
    """Delete a case that lies still, and a person who came with the batch and has no other one.

    The law wants wrong data gone (§ 84 Abs. 2 SGB X), so this is the one place where lines of
    Chronik and read log go, too; who had read the case is kept with the row. Returns why the case
    stays after all, empty when it is gone.
    """
    person = case.leistungsberechtigte_person
    abrufe = list(case.lesezugriffe.values_list("user__username", "zeit", "route"))
    try:
        with transaction.atomic(), pgtrigger.ignore(*_FEST):
            case.delete()
    except ProtectedError as error:
        return f"Zu dem Fall gibt es Einträge: {_names(error.protected_objects)}."
    zeile.case = None
    zeile.abrufe = json.dumps([[u, z.isoformat(), r] for u, z, r in abrufe]) if abrufe else ""
    _remove_person(zeile, person)
    return ""


def _remove_person(zeile: Importzeile, person: LeistungsberechtigtePerson) -> None:
    mitgebracht = Importzeile.objects.filter(
        stapel=zeile.stapel_id, person=person, person_neu=True
    ).exists()
    if not mitgebracht or person.faelle.exists():
        return
    try:
        with transaction.atomic():
            person.delete()
        zeile.person = None
    except ProtectedError:
        return


def _names(rows: Iterable[models.Model]) -> str:
    return ", ".join(sorted({str(row._meta.verbose_name_plural) for row in rows}))
