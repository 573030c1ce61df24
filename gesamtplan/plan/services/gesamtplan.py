"""Versions of the Gesamtplan: create, write, continue (§ 121 SGB IX)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from cases.fall.services.case import lock_running_case
from cases.frist.services.frist import land
from cases.guards import refuse
from cases.models import Antrag, Case, Leistungstraeger, User
from cases.models.stand import stand_of
from cases.services.ereignis import gegenstand_of, record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from cases.verzeichnis.queries.verweise import merged_into
from gesamtplan.bedarf.queries import latest_abgeschlossene
from gesamtplan.gutachten.queries import satz_for_plan
from gesamtplan.konferenz.queries import results_for_plan
from gesamtplan.models import Bedarfsermittlung, Gesamtplan, Leistung, Planinhalt, Teilhabeziel
from gesamtplan.models.stand import werte_of_inhalte
from gesamtplan.plan.guards import grundlage_abgeschlossen
from gesamtplan.plan.guards.angaben import (
    plan_nach_der_ermittlung,
    ueberpruefung_nach_dem_plan,
)
from gesamtplan.plan.queries.gesamtplan import get_plan, reviewed_status
from gesamtplan.plan.schritte import BEGINN, PLANSCHRITTE, Beginnlage, Planlage
from gesamtplan.teilhabeplan.services import start_anpassung
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.inhalte import pflichtinhalte
from recht.rechtsstand import Rechtsstand, rechtsstand_am

TeilT = TypeVar("TeilT", Teilhabeziel, Leistung)


def lock_gesamtplan(gesamtplan_id: int) -> Gesamtplan:
    """Lock the row of a version and return it with its parts."""
    lock_row(Gesamtplan.objects.all(), gesamtplan_id)
    return get_plan(gesamtplan_id)


def lock_for_edit(gesamtplan_id: int, by: User, tag: date) -> Gesamtplan:
    """Lock a version that this user may write on; a part is only changed after this.

    Most edits touch one part: the others are read only where somebody asks for them. Raises
    SchrittUnzulaessig when the version is no draft or `by` only reads.
    """
    versionen = Gesamtplan.objects.select_related("case", "bedarfsermittlung")
    plan = lock_row(versionen, gesamtplan_id)
    # Writing asks for no holidays.
    PLANSCHRITTE.require(Planlage(by, tag, plan, land=""), "bearbeiten")
    return plan


def note_edit(plan: Gesamtplan, by: User) -> None:
    """Remember who wrote last: that person may not release the version."""
    Gesamtplan.objects.filter(pk=plan.pk).update(bearbeitet_von=by)
    plan.bearbeitet_von = by


def suggested_ueberpruefung(datum: date) -> date | None:
    """Return the latest day of review of a plan of this date; None where only the plan says it."""
    if rechtsstand_am(datum) == Rechtsstand.A:
        return None
    return compute_frist(Regel.UEBERPRUEFUNG_GESAMTPLAN, datum, land()).ende


@transaction.atomic
def create_gesamtplan(
    *,
    case: Case,
    anlass: str,
    datum: date,
    by: User,
    tag: date,
    bedarfsermittlung: Bedarfsermittlung | None = None,
    anlaesse: Sequence[str] = (),
) -> Gesamtplan:
    """Create the first version with one row for each content of the Rechtsstand of its date.

    Without `bedarfsermittlung` it rests on the newest closed one. Raises SchrittUnzulaessig when
    the case has a plan already (then it is continued) or no closed Bedarfsermittlung.
    """
    case = lock_running_case(case.pk)
    ermittlung = bedarfsermittlung or latest_abgeschlossene(case)
    lage = Beginnlage(by, tag, case, ermittlung, case.gesamtplaene.first())
    BEGINN.require(lage, "anlegen")
    plan = Gesamtplan.objects.create(
        case=case,
        version=1,
        bedarfsermittlung=_grundlage(case, ermittlung, tag, datum),
        anlass=anlass,
        anlaesse=list(anlaesse),
        datum=datum,
        ueberpruefung_am=suggested_ueberpruefung(datum),
        erstellt_von=by,
        bearbeitet_von=by,
    )
    _complete_keys(
        plan,
        {
            "antragseingang": _antragseingang(case),
            "konferenzergebnisse": results_for_plan(case),
            "gutachten": satz_for_plan(case),
            "leistungen_ressourcen": _ressourcen(plan.bedarfsermittlung),
        },
    )
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="gesamtplan",
        text=f"{plan} angelegt: {anlass}",
        gegenstand=plan,
    )
    return get_plan(plan.pk)


def _follow_datum(plan: Gesamtplan, datum: date) -> date | None:
    """Return the day of review for another date: a day that was only suggested is found anew."""
    if plan.ueberpruefung_am != suggested_ueberpruefung(plan.datum):
        return plan.ueberpruefung_am
    return suggested_ueberpruefung(datum)


def _grundlage(
    case: Case, wanted: Bedarfsermittlung | None, tag: date, datum: date
) -> Bedarfsermittlung:
    found = wanted or latest_abgeschlossene(case)
    refuse(grundlage_abgeschlossen(case.pk, found, tag))
    if found is None or found.case_id != case.pk:
        raise SchrittUnzulaessig("Diese Bedarfsermittlung gehört zu einem anderen Fall.")
    refuse(plan_nach_der_ermittlung(datum, found))
    return found


def _antragseingang(case: Case) -> str:
    """Return what the file already knows about § 19 Abs. 2 S. 2 Nr. 1 SGB IX, for every Antrag."""
    klaerung: dict[str, str] = {}
    for ereignis in case.ereignisse.filter(art="zustaendigkeit").order_by("zeit", "id"):
        text = f"{ereignis.text.rstrip('.')} ({ereignis.am:%d.%m.%Y})."
        klaerung.setdefault(ereignis.gegenstand, text)
    saetze = []
    for antrag in case.antraege.all():
        saetze.append(_eingangssatz(antrag))
        if eigene := klaerung.get(gegenstand_of(antrag)):
            saetze.append(eigene)
    return " ".join(saetze)


def _eingangssatz(antrag: Antrag) -> str:
    if antrag.erster_eingang is None:
        return f"Der Antrag ist am {antrag.eingang:%d.%m.%Y} eingegangen."
    return (
        f"Der Antrag ist am {antrag.erster_eingang:%d.%m.%Y} beim ersten Träger und nach "
        f"Weiterleitung am {antrag.eingang:%d.%m.%Y} hier eingegangen."
    )


def _ressourcen(ermittlung: Bedarfsermittlung) -> str:
    """Return what the talk has found that the person and those around her can do themselves.

    It stands in the plan without typing (§ 121 Abs. 4 Nr. 3 SGB IX); the Leistungen follow there.
    """
    zeilen = []
    for bedarf in ermittlung.bedarfe.all():
        gefunden = [text for text in (bedarf.ressourcen, bedarf.foerderfaktoren) if text]
        if gefunden:
            zeilen.append(f"{bedarf.get_lebensbereich_display()}: {' '.join(gefunden)}")
    return "\n".join(zeilen)


def _complete_keys(plan: Gesamtplan, texte: Mapping[str, str] | None = None) -> None:
    known = set(plan.planinhalte.values_list("schluessel", flat=True))
    texte = texte or {}
    Planinhalt.objects.bulk_create(
        Planinhalt(gesamtplan=plan, schluessel=key, text=texte.get(key, ""))
        for key in (inhalt.schluessel for inhalt in pflichtinhalte("gesamtplan", plan.datum))
        if key not in known
    )


@transaction.atomic
def update_planinhalte(
    *,
    gesamtplan: Gesamtplan,
    texte: Mapping[str, str],
    by: User,
    tag: date,
    anlass: str | None = None,
    datum: date | None = None,
    ueberpruefung_am: date | None = None,
    bedarfsermittlung: Bedarfsermittlung | None = None,
    anlaesse: Sequence[str] | None = None,
    gesehen: str | None = None,
) -> Gesamtplan:
    """Write contents by key, and the dates of the version; what is not named stays.

    A new date may bring another Rechtsstand: rows of its contents are added, texts under old keys
    stay and are shown as surplus. `gesehen` is the mark of the values as the form showed
    it. Raises SchrittUnzulaessig when somebody else has changed it since.
    """
    plan = lock_for_edit(gesamtplan.pk, by, tag)
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_inhalte(plan)),
        zuletzt=plan.bearbeitet_von.get_full_name(),
    )
    plan.anlass = anlass or plan.anlass
    plan.anlaesse = plan.anlaesse if anlaesse is None else list(anlaesse)
    if datum and datum != plan.datum and ueberpruefung_am in {None, plan.ueberpruefung_am}:
        ueberpruefung_am = _follow_datum(plan, datum)
    plan.datum = datum or plan.datum
    plan.ueberpruefung_am = ueberpruefung_am or plan.ueberpruefung_am
    refuse(ueberpruefung_nach_dem_plan(plan.datum, plan.ueberpruefung_am))
    grundlage = bedarfsermittlung or plan.bedarfsermittlung
    plan.bedarfsermittlung = _grundlage(plan.case, grundlage, tag, plan.datum)
    plan.bearbeitet_von = by
    plan.save()
    _complete_keys(plan)
    rows = {inhalt.schluessel: inhalt for inhalt in Planinhalt.objects.filter(gesamtplan=plan)}
    for schluessel, text in texte.items():
        if schluessel not in rows:
            raise SchrittUnzulaessig(
                f"Der Inhalt „{schluessel}“ gehört nicht zu einem Plan vom {plan.datum:%d.%m.%Y}."
            )
        rows[schluessel].text = text.strip()
    Planinhalt.objects.bulk_update(rows.values(), ["text"])
    return get_plan(plan.pk)


@transaction.atomic
def continue_gesamtplan(
    *,
    gesamtplan: Gesamtplan,
    anlass: str,
    datum: date,
    by: User,
    tag: date,
    bedarfsermittlung: Bedarfsermittlung | None = None,
    anlaesse: Sequence[str] = (),
) -> Gesamtplan:
    """Create the next version from the released one (§ 121 Abs. 2 SGB IX).

    Contents, goals with their `kennung` and Leistungen with their `kennung` are copied; a goal
    stands where the last review of the version has left it. A Teilhabeplan is to be adapted from
    then on (F36). Raises SchrittUnzulaessig when the version is not the one in force or a draft is
    open.
    """
    case = lock_running_case(gesamtplan.case_id)
    alt = lock_gesamtplan(gesamtplan.pk)
    neuere = case.gesamtplaene.filter(version__gt=alt.version).first()
    PLANSCHRITTE.require(Planlage(by, tag, alt, land(), neuere), "fortschreiben")
    neu = Gesamtplan.objects.create(
        case=case,
        version=alt.version + 1,
        vorgaenger=alt,
        bedarfsermittlung=_grundlage(case, bedarfsermittlung, tag, datum),
        anlass=anlass,
        anlaesse=list(anlaesse),
        datum=datum,
        ueberpruefung_am=suggested_ueberpruefung(datum),
        erstellt_von=by,
        bearbeitet_von=by,
    )
    Planinhalt.objects.bulk_create(
        Planinhalt(gesamtplan=neu, schluessel=inhalt.schluessel, text=inhalt.text)
        for inhalt in alt.planinhalte.all()
    )
    _complete_keys(neu)
    _copy_ziele(alt, neu)
    start_anpassung(plan=alt, by=by, tag=tag)
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="gesamtplan",
        text=f"Fortschreibung begonnen ({neu}): {anlass}",
        gegenstand=neu,
    )
    return get_plan(neu.pk)


def _copy_ziele(alt: Gesamtplan, neu: Gesamtplan) -> None:
    bewertet = reviewed_status(alt)
    ziele = Teilhabeziel.objects.bulk_create(
        _copied(ziel, gesamtplan=neu, status=bewertet.get(ziel.kennung, ziel.status))
        for ziel in alt.teilhabeziele.all()
    )
    by_kennung = {ziel.kennung: ziel for ziel in ziele}
    merged = merged_into(Leistungstraeger)
    Leistung.objects.bulk_create(
        _copied(
            row,
            gesamtplan=neu,
            teilhabeziel=by_kennung[row.teilhabeziel.kennung],
            # A released version keeps a merged entry; the new one names the entry that stayed.
            leistungstraeger_id=merged.get(row.leistungstraeger_id, row.leistungstraeger_id),
        )
        for row in alt.leistungen.all()
    )


def _copied(row: TeilT, **anders: Any) -> TeilT:
    """Return a new row with every value of a part of the version before, but for `anders`."""
    werte = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    for name in ("id", *(f"{name}_id" for name in anders)):
        werte.pop(name, None)
    return type(row)(**{**werte, **anders})
