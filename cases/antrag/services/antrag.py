"""An application: taken in, translated, its Fristen started or waiting for the translation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from cases.antrag.guards.antrag import (
    antragserfordernis,
    eingang_nicht_in_der_zukunft,
    kenntnis_vor_dem_antrag,
    uebersetzung_nach_dem_eingang,
)
from cases.behoerde.services.aktenzeichen import next_aktenzeichen
from cases.frist.queries import fristen_of
from cases.frist.services.frist import end_fristen, start_frist
from cases.guards import refuse
from cases.models import (
    Antrag,
    Antragsbogen,
    Antragsteller,
    Behoerde,
    Case,
    LeistungsberechtigtePerson,
    Team,
    User,
)
from cases.models.stand import stand_of
from cases.registry.beitrag import registry
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.fall import Fallzustand
from cases.states.frist import Fristzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Anlass, katalog, regeln_bis, regeln_mit
from recht.fristkennung import Regel
from recht.rechtsstand import rechtsstand_am

# What the form of the Kenntnis shows and stores.
KENNTNIS = ("kenntnis_am", "kenntnis_durch")


def record_antrag(
    *,
    case: Case,
    eingang: date,
    weg: str,
    begehren: str,
    persoenliches_budget: bool,
    by: User,
    tag: date,
    antragsteller: str = Antragsteller.PERSON,
    vertreten_durch: str = "",
    fremdsprache: str = "",
    uebersetzung_am: date | None = None,
    fristen: Sequence[Regel] | None = None,
) -> Antrag:
    """Enter an application in a case that the caller has locked, and start its Fristen.

    Those are the ones that the catalogue marks `bei_eingang`; `fristen` names fewer of them where
    some steps were taken before the case came to Fallwerk.

    Raises SchrittUnzulaessig when the receipt lies in the future, the law of the day needs an
    application of the person, or the translation is dated before the receipt.
    """
    refuse(eingang_nicht_in_der_zukunft(eingang, tag))
    ermittelt = any(frage(case, eingang) for frage in registry.bedarf_ermittelt)
    refuse(antragserfordernis(antragsteller, eingang, bedarf_ermittelt=ermittelt))
    antrag = Antrag(
        case=case,
        eingang=eingang,
        weg=weg,
        begehren=begehren,
        persoenliches_budget=persoenliches_budget,
        aufgenommen_von=by,
        antragsteller=antragsteller,
        vertreten_durch=vertreten_durch,
        fremdsprache=fremdsprache,
        uebersetzung_am=uebersetzung_am,
    )
    if uebersetzung_am is not None:
        refuse(uebersetzung_nach_dem_eingang(antrag, uebersetzung_am, tag))
    antrag.save()
    Antragsbogen.objects.create(antrag=antrag, aufnehmende_stelle=own_office())
    text = f"Antrag eingegangen am {eingang:%d.%m.%Y}"
    if antrag.wartet_auf_uebersetzung:
        text += f" in der Sprache {fremdsprache}; die Fristen beginnen mit der Übersetzung"
    record_ereignis(case=case, by=by, tag=tag, art="antrag", text=text, gegenstand=antrag)
    start_eingangsfristen(antrag=antrag, by=by, fristen=fristen)
    return antrag


def start_eingangsfristen(
    *, antrag: Antrag, by: User, fristen: Sequence[Regel] | None = None
) -> None:
    """Start the Fristen of the receipt; a foreign-language application waits for its translation.

    The claim itself counts from the day of the Antrag all the same, wherever it was made first, and
    so does what the person may do when the authority stays silent (§ 19 Abs. 4 SGB X, § 16 Abs. 2
    S. 2 SGB I); calling this again then adds the others.
    """
    beginn = antrag.uebersetzung_am or antrag.eingang
    for regel in regeln_mit("bei_eingang") if fristen is None else fristen:
        ab_antrag = katalog()[regel].ab_antrag
        if antrag.wartet_auf_uebersetzung and not ab_antrag:
            continue
        ausloeser = antrag.antragstag if ab_antrag else beginn
        # The law of that day need not know every Frist of today.
        if rechtsstand_am(ausloeser) in katalog()[regel].fassungen:
            start_frist(
                case=antrag.case, regel=regel, gegenstand=antrag, ausloeser=ausloeser, by=by
            )


@transaction.atomic
def record_uebersetzung(*, antrag: Antrag, am: date, by: User, tag: date) -> Antrag:
    """Note the day since which the translation is there; the Fristen run from that day.

    Raises SchrittUnzulaessig when one is on record, the application is in German, or the day lies
    before the receipt or ahead.
    """
    row = lock_row(Antrag.objects.select_related("case"), antrag.pk)
    if row.uebersetzung_am is not None:
        raise SchrittUnzulaessig(
            f"Die Übersetzung liegt seit dem {row.uebersetzung_am:%d.%m.%Y} vor.",
            "§ 19 Abs. 3 SGB X",
        )
    refuse(uebersetzung_nach_dem_eingang(row, am, tag))
    row.uebersetzung_am = am
    row.save(update_fields=["uebersetzung_am"])
    record_ereignis(
        case=row.case,
        by=by,
        tag=tag,
        art="antrag",
        text=f"Übersetzung des Antrags liegt seit dem {am:%d.%m.%Y} vor; die Fristen laufen",
        gegenstand=row,
    )
    if row.case.state not in (Fallzustand.WEITERGELEITET, Fallzustand.BEENDET):
        start_eingangsfristen(antrag=row, by=by)
    return row


@transaction.atomic
def record_kenntnis(
    *, antrag: Antrag, am: date, durch: str, by: User, tag: date, gesehen: str = ""
) -> Antrag:
    """Note since when the need was known; the earliest beginning follows it where the law says so.

    A day that was noted before is replaced; `gesehen` is the mark of it as the form showed it.
    Raises SchrittUnzulaessig when the day lies after the receipt, under a law that asks for an
    Antrag, when nothing says how it became known, or somebody has changed it since.
    """
    row = lock_row(Antrag.objects.select_related("case"), antrag.pk)
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, KENNTNIS))
    refuse(kenntnis_vor_dem_antrag(row, am, durch))
    row.kenntnis_am, row.kenntnis_durch = am, " ".join(durch.split())
    row.save(update_fields=["kenntnis_am", "kenntnis_durch"])
    record_ereignis(
        case=row.case,
        by=by,
        tag=tag,
        art="antrag",
        text=f"Bedarf bekannt seit dem {am:%d.%m.%Y}: {row.kenntnis_durch}",
        gegenstand=row,
    )
    return row


@transaction.atomic
def record_budgetwunsch(*, antrag: Antrag, am: date, by: User, tag: date) -> Antrag:
    """Note that an Antrag asks for a Persönliches Budget too, since the person has said so.

    Its Fristen run on as they are. Raises SchrittUnzulaessig when the day lies before its receipt
    or ahead, or the case has ended.
    """
    row = lock_row(Antrag.objects.select_related("case"), antrag.pk)
    if row.case.state in (Fallzustand.WEITERGELEITET, Fallzustand.BEENDET):
        raise SchrittUnzulaessig(f"Der Fall ist „{row.case.get_state_display()}“.")
    if not row.eingang <= am <= tag:
        raise SchrittUnzulaessig(
            f"Der Wunsch kommt nach dem Eingang des Antrags am {row.eingang:%d.%m.%Y} und "
            "spätestens heute."
        )
    row.persoenliches_budget = True
    row.save(update_fields=["persoenliches_budget"])
    record_ereignis(
        case=row.case,
        by=by,
        tag=tag,
        art="antrag",
        text=f"Als Persönliches Budget beantragt am {am:%d.%m.%Y}",
        gegenstand=row,
    )
    return row


@transaction.atomic
def confirm_zustaendigkeit(*, antrag: Antrag, begruendung: str, by: User, tag: date) -> Antrag:
    """Record for a further application that the authority is leistender Träger.

    The first application moves the case itself (`determine_zustaendigkeit`). Raises
    SchrittUnzulaessig while the case itself waits for this, when it was forwarded or has ended, or
    when this application has been decided about.
    """
    row = lock_row(Antrag.objects.select_related("case"), antrag.pk)
    case = row.case
    if case.state in (
        Fallzustand.ANTRAG_EINGEGANGEN,
        Fallzustand.WEITERGELEITET,
        Fallzustand.BEENDET,
    ):
        raise SchrittUnzulaessig(
            f"Im Zustand „{case.get_state_display()}“ ist das nur für den ganzen Fall möglich.",
            "§ 14 Abs. 2 S. 1 SGB IX",
        )
    pruefung = fristen_of(case, row, *regeln_bis(Anlass.ZUSTAENDIGKEIT))
    if not pruefung.filter(state=Fristzustand.OFFEN).exists():
        raise SchrittUnzulaessig(
            "Für diesen Antrag ist über die Zuständigkeit schon entschieden.",
            "§ 14 Abs. 2 S. 1 SGB IX",
        )
    end_fristen(pruefung, tag=tag, durch="Zuständigkeit festgestellt")
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="zustaendigkeit",
        text=f"Zuständigkeit für den {row} festgestellt: {begruendung}",
        gegenstand=row,
    )
    return row


def own_office() -> str:
    """Return what the Antragsbogen names as the office that took the application."""
    name, amt = Behoerde.objects.values_list("name", "amt").get(pk=1)
    return ", ".join(part for part in (name, amt) if part)


@transaction.atomic
def open_case(
    *,
    leistungsberechtigte_person: LeistungsberechtigtePerson,
    team: Team,
    caseworker: User,
    eingang: date,
    weg: str,
    begehren: str,
    persoenliches_budget: bool,
    by: User,
    tag: date,
    **angaben: Any,
) -> tuple[Case, Antrag]:
    """Open a case with its application; its Fristen start from the day of receipt.

    `angaben` are the further ones of `record_antrag`: who applies, language, translation.

    Raises SchrittUnzulaessig when the day of receipt lies after `tag` (§ 14 Abs. 1 S. 1 SGB IX
    counts from a real receipt).
    """
    refuse(eingang_nicht_in_der_zukunft(eingang, tag))
    case = Case.objects.create(
        aktenzeichen=next_aktenzeichen(eingang.year, team),
        leistungsberechtigte_person=leistungsberechtigte_person,
        team=team,
        caseworker=caseworker,
        eroeffnet_am=eingang,
    )
    antrag = record_antrag(
        case=case,
        eingang=eingang,
        weg=weg,
        begehren=begehren,
        persoenliches_budget=persoenliches_budget,
        by=by,
        tag=tag,
        **angaben,
    )
    return case, antrag
