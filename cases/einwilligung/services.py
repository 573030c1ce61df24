"""Consents are recorded, withdrawn and used; a withdrawal stops what has not left the house."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from cases import access
from cases.einwilligung import schreiben as briefe
from cases.einwilligung.queries import (
    eintrag_of,
    empfaenger_schluessel,
    wartende,
)
from cases.fall.services.case import lock_case
from cases.guards import refuse
from cases.models import (
    Case,
    Einwilligung,
    Einwilligungswiderruf,
    Empfaengerart,
    Schreiben,
    Unterlage,
    User,
)
from cases.models.verzeichniseintrag import Verzeichniseintrag
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.guards import einwilligung as regeln
from cases.schreiben.services.versand import halt_versand
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from recht.einwilligungstext import einwilligungstext


@dataclass(frozen=True)
class Empfaengerangabe:
    """Whom data may reach: an entry of the directory by its key, or a name with an address."""

    schluessel: str = ""
    name: str = ""
    anschrift: tuple[str, ...] = ()

    def resolve(self) -> tuple[str, str, str, list[str]]:
        """Return kind, key, name and address lines as they are kept."""
        eintrag = eintrag_of(self.schluessel) if self.schluessel else None
        if isinstance(eintrag, Verzeichniseintrag):
            art = Empfaengerart(str(eintrag._meta.model_name))
            zeilen = eintrag.anschriftzeilen()
            return art, empfaenger_schluessel(eintrag), eintrag.name, zeilen
        if not self.name.strip():
            raise SchrittUnzulaessig("Bitte geben Sie an, an wen die Angaben gehen sollen.")
        name = self.name.strip()
        return Empfaengerart.SONSTIGE, empfaenger_schluessel(name), name, list(self.anschrift)


def _writable(case: Case, by: User) -> Case:
    if not access.may_write(by):
        raise SchrittUnzulaessig("Das ist Fallmanagement und Sachgebietsleitung vorbehalten.")
    return lock_case(case.pk)


@transaction.atomic
def record_einwilligung(
    *,
    case: Case,
    empfaenger: Empfaengerangabe,
    teile: list[str],
    zweck: str,
    form: str,
    erteilt_am: date,
    gueltig_ab: date,
    gueltig_bis: date | None,
    erklaert_durch: str,
    vertreten_durch: str,
    unterlage: Unterlage | None,
    by: User,
    tag: date,
) -> Einwilligung:
    """Add a declared consent to the register, with the wording that held on its day.

    Raises SchrittUnzulaessig when days or form are not lawful (§ 67b Abs. 2 SGB X) or the scan
    belongs to another case.
    """
    case = _writable(case, by)
    refuse(regeln.einwilligung_mit_stimmigen_tagen(erteilt_am, gueltig_ab, gueltig_bis, tag))
    refuse(regeln.einwilligung_in_zulaessiger_form(form, erteilt_am))
    if unterlage is not None and unterlage.case_id != case.pk:
        raise SchrittUnzulaessig("Die Unterlage gehört zu einem anderen Fall.")
    art, schluessel, name, anschrift = empfaenger.resolve()
    text = einwilligungstext(erteilt_am)
    row = Einwilligung.objects.create(
        case=case,
        erklaert_durch=erklaert_durch,
        vertreten_durch=vertreten_durch,
        empfaengerart=art,
        empfaenger_schluessel=schluessel,
        empfaenger_name=name,
        empfaenger_anschrift=anschrift,
        teile=teile,
        zweck=zweck,
        fassung=text.fassung,
        wortlaut=[asdict(hinweis) for hinweis in text.hinweise],
        form=form,
        unterlage=unterlage,
        erteilt_am=erteilt_am,
        gueltig_ab=gueltig_ab,
        gueltig_bis=gueltig_bis,
        eingetragen_von=by,
    )
    _note(row, by, tag, f"Einwilligung erteilt für {name}: {', '.join(row.teile_text)}")
    return row


@transaction.atomic
def withdraw_einwilligung(
    *,
    einwilligung: Einwilligung,
    erklaert_am: date,
    erklaert_durch: str,
    vertreten_durch: str,
    weg: str,
    by: User,
    tag: date,
) -> Einwilligungswiderruf:
    """Add the withdrawal; letters that stood on the consent and wait are stopped at once.

    Raises SchrittUnzulaessig when it is withdrawn already or the day lies before the consent.
    """
    case = _writable(einwilligung.case, by)
    if Einwilligungswiderruf.objects.filter(einwilligung=einwilligung).exists():
        raise SchrittUnzulaessig("Diese Einwilligung ist bereits widerrufen.")
    refuse(regeln.widerruf_nach_der_erteilung(einwilligung, erklaert_am, tag))
    widerruf = Einwilligungswiderruf.objects.create(
        einwilligung=einwilligung,
        erklaert_am=erklaert_am,
        erklaert_durch=erklaert_durch,
        vertreten_durch=vertreten_durch,
        weg=weg,
        vermerkt_von=by,
    )
    _note(einwilligung, by, tag, f"Einwilligung für {einwilligung.empfaenger_name} widerrufen")
    for versand in wartende(case):
        hindernis = regeln.schreiben_darf_hinaus(versand.schreiben, tag)
        if hindernis is not None:
            halt_versand(versand=versand, grund=hindernis.text, by=by, tag=tag)
    return widerruf


def prepare_vordruck(
    *,
    case: Case,
    empfaenger: Empfaengerangabe,
    teile: list[str],
    zweck: str,
    gueltig_bis: date | None,
    by: User,
    tag: date,
) -> Schreibanlass:
    """Return what a form to sign is written for; it is no consent yet.

    Raises SchrittUnzulaessig when it is not said whom the data may reach.
    """
    _, schluessel, name, anschrift = empfaenger.resolve()
    return Schreibanlass(
        case=case,
        tag=tag,
        by=by,
        angaben={
            "an_name": name,
            "an_anschrift": anschrift,
            "teile": teile,
            "zweck": zweck,
            "gueltig_bis": gueltig_bis,
        },
        bezug=f"einwilligung:{schluessel}"[:60],
    )


def abdruck_art_of(abdruck: Schreiben) -> str:
    """Return the kind of letter that hands a copy of this one on.

    Raises SchrittUnzulaessig for a letter that shows no part of the file.
    """
    teil = registry.schreibenarten[abdruck.art].zeigt_teil
    refuse(regeln.abdruck_von_der_einwilligung_erfasst(bool(teil)))
    return briefe.abdruck_art(teil)


def prepare_abdruck(
    *, einwilligung: Einwilligung, abdruck: Schreiben, by: User, tag: date
) -> Schreibanlass:
    """Return what the letter with a copy is written for: the consent, and what it hands on."""
    return Schreibanlass(
        case=einwilligung.case,
        tag=tag,
        by=by,
        gegenstand=einwilligung,
        angaben={"abdruck": abdruck},
    )


def _note(einwilligung: Einwilligung, by: User, tag: date, text: str) -> None:
    record_ereignis(
        case=einwilligung.case,
        by=by,
        tag=tag,
        art="einwilligung",
        text=text,
        gegenstand=einwilligung,
    )
