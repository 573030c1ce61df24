"""The Teilhabeplan with the other carriers: ask them, note what they say (§ 19 SGB IX)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.antrag.queries.zustaendigkeit import fristbeginn
from cases.fall.services.case import lock_running_case
from cases.frist.queries import fristen_of
from cases.frist.services.frist import lift_frist, start_frist
from cases.guards import refuse
from cases.models import Antrag, Case, Leistungstraeger, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.frist import LAUFENDE
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planabstimmung
from gesamtplan.states import Planzustand
from gesamtplan.teilhabeplan import guards
from gesamtplan.teilhabeplan.queries import (
    antraege_with_traeger,
    mark_of_content,
    traegerstand_of,
)
from gesamtplan.teilhabeplan.schritte import (
    ABSTIMMUNGSSCHRITTE,
    ANFRAGE,
    Abstimmungslage,
    Anfragelage,
)
from recht.fristkennung import Regel

# The Teilhabeplan is made within the time of the decision; the length is that of what runs.
_LAENGEN = {
    Regel.ENTSCHEIDUNG_MIT_KONFERENZ: "2 Monate",
    Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG: "6 Wochen",
}


@transaction.atomic
def start_abstimmung(
    *,
    gesamtplan: Gesamtplan,
    traeger: Leistungstraeger,
    angefragt_am: date,
    bis: date,
    by: User,
    tag: date,
) -> Planabstimmung:
    """Ask a carrier that takes part about one version; F10 runs with the time of the decision.

    Raises SchrittUnzulaessig for a released version, a carrier that takes no part or was asked
    already, and days that do not fit.
    """
    case = lock_running_case(gesamtplan.case_id)
    plan = lock_row(Gesamtplan.objects.select_related("case"), gesamtplan.pk)
    zeilen = traegerstand_of(plan)
    refuse(guards.traeger_nimmt_teil(plan, traeger, zeilen))
    zeile = next(zeile for zeile in zeilen if zeile.traeger.pk == traeger.pk)
    ANFRAGE.require(Anfragelage(by, tag, plan, zeile), "abstimmen")
    refuse(guards.antworttag_passt(angefragt_am, bis, tag))
    row = Planabstimmung.objects.create(
        gesamtplan=plan,
        traeger=traeger,
        angefragt_am=angefragt_am,
        bis=bis,
        inhalt_sha256=mark_of_content(plan),
        bearbeitet_von=by,
    )
    for antrag in antraege_with_traeger(zeilen):
        _start_f10(case, antrag, by)
    _record(row, by, tag, f"{traeger.name} zum Teilhabeplan gefragt, Antwort bis {bis:%d.%m.%Y}")
    return row


@transaction.atomic
def reopen_abstimmung(
    *, abstimmung: Planabstimmung, angefragt_am: date, bis: date, by: User, tag: date
) -> Planabstimmung:
    """Ask a carrier anew because the contents have changed; what it has said before is history.

    Raises SchrittUnzulaessig for a released version, while the contents are as it was asked about
    them, and for days that do not fit.
    """
    row = _lock(abstimmung)
    lage = _lage(row, by, tag)
    row.state = ABSTIMMUNGSSCHRITTE.require(lage, "erneut_fragen")
    refuse(guards.antworttag_passt(angefragt_am, bis, tag))
    row.angefragt_am, row.bis, row.erklaert_am, row.abweichung = angefragt_am, bis, None, ""
    row.inhalt_sha256, row.bearbeitet_von = lage.jetzt, by
    row.save()
    text = f"{row.traeger.name} zum geänderten Teilhabeplan gefragt, Antwort bis {bis:%d.%m.%Y}"
    _record(row, by, tag, text)
    return row


@transaction.atomic
def record_zustimmung(
    *, abstimmung: Planabstimmung, am: date, by: User, tag: date
) -> Planabstimmung:
    """Note that a carrier agrees to what it was asked about.

    Raises SchrittUnzulaessig for a released version, once it has spoken, when the contents have
    changed since it was asked, and for a day before the question or ahead.
    """
    row = _lock(abstimmung)
    row.state = ABSTIMMUNGSSCHRITTE.require(_lage(row, by, tag), "zustimmen")
    refuse(guards.erklaerung_passt(row, am, tag))
    row.erklaert_am, row.bearbeitet_von = am, by
    row.save()
    _record(row, by, tag, f"{row.traeger.name} ist mit dem Teilhabeplan einverstanden")
    return row


@transaction.atomic
def record_abweichung(
    *, abstimmung: Planabstimmung, am: date, grund: str, by: User, tag: date
) -> Planabstimmung:
    """Note that a carrier sees it differently, and why; that becomes part of the plan.

    Raises SchrittUnzulaessig as `record_zustimmung` does, and without the reason.
    """
    row = _lock(abstimmung)
    row.state = ABSTIMMUNGSSCHRITTE.require(_lage(row, by, tag), "abweichen")
    refuse(guards.erklaerung_passt(row, am, tag))
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte halten Sie fest, was der Träger anders sieht.", guards.NORM)
    row.erklaert_am, row.abweichung, row.bearbeitet_von = am, grund.strip(), by
    row.save()
    _record(row, by, tag, f"{row.traeger.name} sieht den Teilhabeplan anders")
    return row


@transaction.atomic
def record_schweigen(*, abstimmung: Planabstimmung, by: User, tag: date) -> Planabstimmung:
    """Note that a carrier has let its day pass; what it says later is still taken in.

    Raises SchrittUnzulaessig for a released version, before that day has passed, and once it has
    spoken.
    """
    row = _lock(abstimmung)
    row.state = ABSTIMMUNGSSCHRITTE.require(_lage(row, by, tag), "schweigen")
    row.bearbeitet_von = by
    row.save()
    _record(row, by, tag, f"{row.traeger.name} hat zum Teilhabeplan nicht geantwortet")
    return row


def start_anpassung(*, plan: Gesamtplan, by: User, tag: date) -> None:
    """Let F36 run for a version that other carriers were asked about: it is to be adapted.

    It is met by the release of the next version. Raises nothing: without other carriers, and where
    it runs already, nothing happens.
    """
    if plan.planabstimmungen.exists():
        regel = Regel.TEILHABEPLAN_ANPASSEN
        start_frist(case=plan.case, regel=regel, gegenstand=plan, ausloeser=tag, by=by)


def lift_anpassung(*, plan: Gesamtplan, tag: date, grund: str) -> None:
    """Lift F36 of a version that stays as it is. Raises nothing."""
    regel = Regel.TEILHABEPLAN_ANPASSEN
    lift_frist(case=plan.case, gegenstand=plan, regel=regel, tag=tag, grund=grund)


def _start_f10(case: Case, antrag: Antrag, by: User) -> None:
    """§ 19 Abs. 2 S. 1 SGB IX: within the time of the decision that runs for the Antrag."""
    laufend = set(
        fristen_of(case, antrag, *_LAENGEN)
        .filter(state__in=LAUFENDE)
        .values_list("regel", flat=True)
    )
    laenge = next((wort for regel, wort in _LAENGEN.items() if regel in laufend), None)
    if laenge is not None:
        start_frist(
            case=case,
            regel=Regel.TEILHABEPLAN,
            gegenstand=antrag,
            ausloeser=fristbeginn(antrag),
            by=by,
            laenge=laenge,
        )


def _lage(row: Planabstimmung, by: User, tag: date) -> Abstimmungslage:
    return Abstimmungslage(by, tag, row, mark_of_content(row.gesamtplan))


def _record(row: Planabstimmung, by: User, tag: date, text: str) -> None:
    plan = row.gesamtplan
    record_ereignis(case=plan.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=plan)


def _lock(abstimmung: Planabstimmung) -> Planabstimmung:
    """Lock version and row; a released version keeps what the carriers have said to it."""
    plan = lock_row(Gesamtplan.objects.all(), abstimmung.gesamtplan_id)
    if plan.state == Planzustand.FREIGEGEBEN:
        raise SchrittUnzulaessig(
            "Die Fassung ist freigegeben; was die Träger dazu gesagt haben, bleibt.", guards.NORM
        )
    rows = Planabstimmung.objects.select_related(
        "traeger", "bearbeitet_von", "gesamtplan__case__leistungsberechtigte_person"
    )
    return lock_row(rows, abstimmung.pk)
