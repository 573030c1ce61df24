"""Facts about the person: created at intake, changed later, addresses with validity."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.models import (
    Anschrift,
    Anschriftart,
    Case,
    Geburtsgenauigkeit,
    LeistungsberechtigtePerson,
    User,
)
from cases.models.basis import label_of
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from recht.laender import DEUTSCHLAND


@transaction.atomic
def create_person(
    *,
    anrede: str,
    vorname: str,
    nachname: str,
    geburtsdatum: date,
    zusatz: str,
    strasse: str,
    plz: str,
    ort: str,
    telefon: str,
    email: str,
    email_zugang_seit: date | None,
    tag: date,
    land: str = DEUTSCHLAND,
    anschriftart: str = Anschriftart.STRASSE,
    titel: str = "",
    geburtsname: str = "",
    geburt_genau: str = Geburtsgenauigkeit.TAG,
    gemeindeschluessel: str = "",
) -> LeistungsberechtigtePerson:
    """Create a person with an address valid from the day of intake."""
    person = LeistungsberechtigtePerson.objects.create(
        anrede=anrede,
        vorname=vorname,
        nachname=nachname,
        geburtsdatum=geburtsdatum,
        telefon=telefon,
        email=email,
        email_zugang_seit=email_zugang_seit,
        titel=titel,
        geburtsname=geburtsname,
        geburt_genau=geburt_genau,
    )
    Anschrift.objects.create(
        leistungsberechtigte_person=person,
        zusatz=zusatz,
        strasse=strasse,
        plz=plz,
        ort=ort,
        land=land,
        anschriftart=anschriftart,
        gemeindeschluessel=gemeindeschluessel,
        gueltig_ab=tag,
    )
    return person


@transaction.atomic
def update_person(
    *, case: Case, werte: dict[str, object], by: User, tag: date, gesehen: str = ""
) -> None:
    """Change facts of the person of a case; the Chronik names the fields, never the values.

    `gesehen` is the mark of these facts as the form showed them. Raises SchrittUnzulaessig
    when somebody has changed the person since: an old form never brings an old account back.
    """
    person = LeistungsberechtigtePerson.objects.select_for_update().get(
        pk=case.leistungsberechtigte_person_id
    )
    refuse_stale(person, gesehen=gesehen, jetzt=stand_of(person, werte))
    changed = [name for name, value in werte.items() if getattr(person, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(person, name, werte[name])
    person.save(update_fields=changed)
    labels = ", ".join(label_of(person, name) for name in changed)
    record_ereignis(
        case=case, by=by, tag=tag, art="person", text=f"Angaben zur Person geändert: {labels}"
    )
