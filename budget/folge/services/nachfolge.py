"""A budget beside the running one: prepared, granted, and in its place from its first day on.

It begins as a copy: what does not change need not be typed again, and what is written there does
not touch the running grant (§ 48 Abs. 1 SGB X).
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from django.db import transaction

from budget.bemessung.services.teilbudget import set_teilbudget
from budget.bescheid.schreiben.wandel import reaches
from budget.bescheid.services import wirksamkeit
from budget.folge.services import wirkung
from budget.folge.services.absehen import settle_absicht
from budget.folge.services.bescheid import lock_folgebescheid, note_folge
from budget.folge.services.geltung import settle_budget
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget, Teilbudget
from budget.models.angaben import Zusatz
from budget.states import Bemessungsart, Bescheidzustand
from budget.states.folge import Folgeart
from budget.verfahren.queries import (
    antraege_for_budget,
    fitting_antrag,
    list_leistungen,
    released_gesamtplan,
)
from budget.verfahren.schritte import BUDGETSCHRITTE, Budgetlage
from budget.verfahren.services import lock_budget, start_budget
from cases.models import Antrag, Schreiben, User, Versand
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Leistung

_OFFEN = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT)
# What a Teilbudget takes over as it was typed; amounts of the law are computed for the new day.
_UEBERNOMMEN = (
    "bemessungsart",
    "positionen",
    "auszahlungsform",
    "abweichung_grund",
    "parameter_schluessel",
    "satz_grund",
    "katalogschluessel",
    "stellungnahme_vom",
    "nachweisart",
    "nachweis",
)
_GRUENDE = (
    "Die Verhältnisse, auf denen der Bescheid vom {vom} beruht, haben sich wesentlich geändert "
    "(§ 48 Abs. 1 SGB X). Das Persönliche Budget ist ab dem {ab} neu zu bemessen."
)


@transaction.atomic
def start_nachfolge(
    *,
    vorgaenger: PersoenlichesBudget,
    beginn: date,
    by: User,
    tag: date,
    sachverhalt: str,
    ende: date | None = None,
    befristungsgrund: str = "",
) -> PersoenlichesBudget:
    """Begin the budget that takes the place of a running or ended one from `beginn` on.

    It rests on the newest released plan and takes over the frame and the Teilbudgets of the
    Leistungen that are still in it. `sachverhalt` says what has changed. Raises SchrittUnzulaessig
    when another one is in preparation, there is no plan, or the day lies before the former grant.
    """
    vorgaenger = lock_budget(vorgaenger)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, vorgaenger), "nachfolgen")
    if not sachverhalt.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, was sich geändert hat.")
    plan = released_gesamtplan(vorgaenger.case)
    if plan is None:
        raise SchrittUnzulaessig("Es gibt keinen freigegebenen Gesamtplan.")
    budget = start_budget(
        case=vorgaenger.case,
        gesamtplan=plan,
        antrag=_antrag_of(vorgaenger),
        beginn=beginn,
        by=by,
        tag=tag,
        ende=ende,
        befristungsgrund=befristungsgrund,
        bindung_ab=vorgaenger.bindung_ab,
        vergleichssumme=vorgaenger.vergleichssumme,
        sachleistung_daneben=vorgaenger.sachleistung_daneben,
        deckel_ausnahme=vorgaenger.deckel_ausnahme,
        deckel_ausnahme_art=vorgaenger.deckel_ausnahme_art,
        verfahrensart=vorgaenger.verfahrensart,
        absprachen=vorgaenger.absprachen,
        vorgaenger=vorgaenger,
    )
    offen = _copy_teilbudgets(vorgaenger, budget, plan, by, tag)
    if reaches(vorgaenger, beginn):
        _intend(vorgaenger, budget, sachverhalt, by, tag)
    if offen:
        namen = ", ".join(offen)
        _note(budget, by, tag, f"nicht übernommen, bitte neu festsetzen: {namen}")
    return budget


def _antrag_of(vorgaenger: PersoenlichesBudget) -> Antrag:
    """Return the Antrag that nothing has decided about yet, else that of the former grant."""
    offene = [a for a in antraege_for_budget(vorgaenger.case) if a.pk != vorgaenger.antrag_id]
    return fitting_antrag(offene) or vorgaenger.antrag


def _copy_teilbudgets(
    alt: PersoenlichesBudget, neu: PersoenlichesBudget, plan: Gesamtplan, by: User, tag: date
) -> list[str]:
    """Set the Teilbudgets anew as they were typed; return the Leistungen that could not be set.

    A Leistung of two versions of the plan is the same by its `kennung`.
    """
    bisher = {t.leistung.kennung: t for t in alt.teilbudgets.select_related("leistung")}
    offen = []
    for leistung in list_leistungen(plan):
        teil = bisher.get(leistung.kennung)
        if teil is None:
            continue
        try:
            with transaction.atomic():
                _copy(teil, neu, leistung, by, tag)
        except SchrittUnzulaessig:
            # The rates of the new day may ask for a reason that nobody has given yet.
            offen.append(leistung.bezeichnung)
    return offen


def _copy(
    teil: Teilbudget, neu: PersoenlichesBudget, leistung: Leistung, by: User, tag: date
) -> None:
    frei = teil.bemessungsart == Bemessungsart.INDIVIDUELL
    betrag = teil.betrag if frei and teil.betrag_eingegeben is None else teil.betrag_eingegeben
    set_teilbudget(
        budget=neu,
        leistung=leistung,
        betrag=betrag,
        by=by,
        tag=tag,
        zusatz=Zusatz(**{f.name: getattr(teil, f.name) for f in fields(Zusatz)}),
        **{name: getattr(teil, name) for name in _UEBERNOMMEN},
    )


def _intend(
    vorgaenger: PersoenlichesBudget,
    budget: PersoenlichesBudget,
    sachverhalt: str,
    by: User,
    tag: date,
) -> None:
    """Write down why the former grant ends, or take up again what was written and dropped."""
    bisher = Bescheid.objects.filter(persoenliches_budget=vorgaenger).first()
    gruende = _GRUENDE.format(
        vom=f"{bisher.datum:%d.%m.%Y}" if bisher else "…", ab=f"{budget.beginn:%d.%m.%Y}"
    )
    row = Folgebescheid.objects.filter(
        budget=vorgaenger, art=Folgeart.AENDERUNG, state__in=_OFFEN
    ).first()
    if row is None:
        row = Folgebescheid(case=vorgaenger.case, art=Folgeart.AENDERUNG, budget=vorgaenger)
        row.erstellt_von, row.fall_des_gesetzes = by, "0"
    # What the person was heard about before was another intention.
    row.anhoerung_schreiben = row.aeusserung_am = None
    row.aeusserung = ""
    row.wirkt_ab, row.datum, row.bearbeitet_von = budget.beginn, tag, by
    row.sachverhalt, row.gruende = sachverhalt, gruende
    row.save()
    note_folge(row, by, tag, f"vorbereitet ab {budget.beginn:%d.%m.%Y}")


@transaction.atomic
def discard_nachfolge(*, budget: PersoenlichesBudget, by: User, tag: date) -> None:
    """Throw a budget away that is only prepared; the running grant stays as it is.

    What the person was heard about stays in the file. Raises SchrittUnzulaessig when it takes the
    place of none, something is agreed already, or `by` only reads.
    """
    budget = lock_budget(budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "verwerfen")
    rows = Folgebescheid.objects.filter(
        budget=budget.vorgaenger_id, art=Folgeart.AENDERUNG, state=Bescheidzustand.ENTWURF
    )
    text = f"Vorbereitung ab {budget.beginn:%d.%m.%Y} verworfen"
    for row in rows:
        if row.anhoerung_schreiben_id is None:
            lock_folgebescheid(row).delete()
        else:
            settle_absicht(lock_folgebescheid(row), text, by, tag)
    if budget.vorgaenger is not None:
        _note(budget.vorgaenger, by, tag, text)
    budget.delete()


@transaction.atomic
def record_aufgabe(schreiben: Schreiben, versand: Versand, user: User | None, tag: date) -> None:
    """Follow the posting of a Bescheid, and of the end of the grant that it replaces.

    Raises SchrittUnzulaessig when `user` only reads.
    """
    wirksamkeit.record_aufgabe(schreiben, versand, user, tag)
    wirkung.record_aufgabe(schreiben, versand, user, tag)


@transaction.atomic
def record_bekanntgabe(schreiben: Schreiben, am: date | None, user: User | None, tag: date) -> None:
    """Bring a Bescheid and the end of the grant that it replaces in line with its Bekanntgabe.

    What loses days comes first. Raises nothing: another letter changes nothing.
    """
    if am is None or am > tag:
        wirksamkeit.record_bekanntgabe(schreiben, am, user, tag)
        wirkung.record_bekanntgabe(schreiben, am, user, tag)
        return
    wirkung.record_bekanntgabe(schreiben, am, user, tag)
    wirksamkeit.record_bekanntgabe(schreiben, am, user, tag)
    budget = PersoenlichesBudget.objects.filter(
        bescheide__schreiben=schreiben, vorgaenger__isnull=False
    ).first()
    if budget is not None and budget.vorgaenger is not None:
        settle_budget(budget.vorgaenger, user, tag)


def _note(budget: PersoenlichesBudget, by: User, tag: date, text: str) -> None:
    record_ereignis(case=budget.case, by=by, tag=tag, art="budget", text=text, gegenstand=budget)
