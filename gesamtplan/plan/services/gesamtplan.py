"""Versions of the Gesamtplan: create, write, continue (§ 121 SGB IX)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from cases.fall.services.case import lock_running_case
from cases.frist.services.frist import land
from cases.guards import refuse
from cases.models import Case, Leistungstraeger, User
from cases.models.stand import stand_of
from cases.services.ereignis import gegenstand_of, record_ereignis
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from cases.verzeichnis.queries.verweise import merged_into
from gesamtplan.bedarf.queries import latest_abgeschlossene
from gesamtplan.models import Bedarfsermittlung, Gesamtplan, Leistung, Planinhalt, Teilhabeziel
from gesamtplan.models.stand import werte_of_inhalte
from gesamtplan.plan.guards import grundlage_abgeschlossen
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.schritte import BEGINN, PLANSCHRITTE, Beginnlage, Planlage
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.inhalte import pflichtinhalte
from recht.rechtsstand import Rechtsstand, rechtsstand_am


def lock_gesamtplan(gesamtplan_id: int) -> Gesamtplan:
    """Lock the row of a version and return it with its parts."""
    Gesamtplan.objects.select_for_update().get(pk=gesamtplan_id)
    return get_plan(gesamtplan_id)


def lock_for_edit(gesamtplan_id: int, by: User, tag: date) -> Gesamtplan:
    """Lock a version that this user may write on; a part is only changed after this.

    Most edits touch one part: the others are read only where somebody asks for them.
    """
    versionen = Gesamtplan.objects.select_for_update(of=("self",))
    plan = versionen.select_related("case", "bedarfsermittlung").get(pk=gesamtplan_id)
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
        bedarfsermittlung=_grundlage(case, ermittlung),
        anlass=anlass,
        datum=datum,
        ueberpruefung_am=suggested_ueberpruefung(datum),
        erstellt_von=by,
        bearbeitet_von=by,
    )
    _complete_keys(plan, {"antragseingang": _antragseingang(case)})
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="gesamtplan",
        text=f"{plan} angelegt: {anlass}",
        gegenstand=plan,
    )
    return get_plan(plan.pk)


def _grundlage(case: Case, wanted: Bedarfsermittlung | None) -> Bedarfsermittlung:
    found = wanted or latest_abgeschlossene(case)
    refuse(grundlage_abgeschlossen(case.pk, found))
    if found is None or found.case_id != case.pk:
        raise SchrittUnzulaessig("Diese Bedarfsermittlung gehört zu einem anderen Fall.")
    return found


def _antragseingang(case: Case) -> str:
    """Return what the file already knows about § 19 Abs. 2 S. 2 Nr. 1 SGB IX, for every Antrag."""
    klaerung: dict[str, str] = {}
    for ereignis in case.ereignisse.filter(art="zustaendigkeit").order_by("zeit", "id"):
        text = f"{ereignis.text.rstrip('.')} ({ereignis.am:%d.%m.%Y})."
        klaerung.setdefault(ereignis.gegenstand, text)
    saetze = []
    for antrag in case.antraege.all():
        saetze.append(f"Der Antrag ist am {antrag.eingang:%d.%m.%Y} eingegangen.")
        if eigene := klaerung.get(gegenstand_of(antrag)):
            saetze.append(eigene)
    return " ".join(saetze)


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
    plan.datum = datum or plan.datum
    plan.ueberpruefung_am = ueberpruefung_am or plan.ueberpruefung_am
    if plan.ueberpruefung_am is not None and plan.ueberpruefung_am < plan.datum:
        raise SchrittUnzulaessig("Die Überprüfung kann nicht vor dem Datum des Plans liegen.")
    if bedarfsermittlung is not None:
        plan.bedarfsermittlung = _grundlage(plan.case, bedarfsermittlung)
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
def fortschreiben(
    *,
    gesamtplan: Gesamtplan,
    anlass: str,
    datum: date,
    by: User,
    tag: date,
    bedarfsermittlung: Bedarfsermittlung | None = None,
) -> Gesamtplan:
    """Create the next version from the released one (§ 121 Abs. 2 SGB IX).

    Contents, goals with their `kennung` and status, and Leistungen with their `kennung` are
    copied. Raises SchrittUnzulaessig when the version is not the one in force or a draft is open.
    """
    case = lock_running_case(gesamtplan.case_id)
    alt = lock_gesamtplan(gesamtplan.pk)
    neuere = case.gesamtplaene.filter(version__gt=alt.version).first()
    PLANSCHRITTE.require(Planlage(by, tag, alt, land(), neuere), "fortschreiben")
    neu = Gesamtplan.objects.create(
        case=case,
        version=alt.version + 1,
        vorgaenger=alt,
        bedarfsermittlung=_grundlage(case, bedarfsermittlung),
        anlass=anlass,
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
    ziele = Teilhabeziel.objects.bulk_create(
        Teilhabeziel(
            gesamtplan=neu,
            kennung=ziel.kennung,
            nummer=ziel.nummer,
            lebensbereich=ziel.lebensbereich,
            text=ziel.text,
            kriterium=ziel.kriterium,
            bis=ziel.bis,
            status=ziel.status,
        )
        for ziel in alt.teilhabeziele.all()
    )
    by_kennung = {ziel.kennung: ziel for ziel in ziele}
    merged = merged_into(Leistungstraeger)
    Leistung.objects.bulk_create(
        Leistung(
            gesamtplan=neu,
            kennung=row.kennung,
            teilhabeziel=by_kennung[row.teilhabeziel.kennung],
            # A released version keeps a merged entry; the new one names the entry that stayed.
            leistungstraeger_id=merged.get(row.leistungstraeger_id, row.leistungstraeger_id),
            bezeichnung=row.bezeichnung,
            norm=row.norm,
            leistungsform=row.leistungsform,
            umfang=row.umfang,
            beginn=row.beginn,
            ende=row.ende,
            ergaenzend=row.ergaenzend,
        )
        for row in alt.leistungen.all()
    )
