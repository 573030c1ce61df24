"""Cases of an import are taken back as long as they lie still, with what came along with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max, ProtectedError
from django.db.models.deletion import Collector

from cases.austausch.services.zugabe import take_facts_back
from cases.models import (
    Antrag,
    Case,
    Ereignis,
    Frist,
    Importzeile,
    LeistungsberechtigtePerson,
    Lesezugriff,
    User,
    Wiedervorlage,
)
from cases.states.austausch import Importzeilenstand

# What the import itself makes; anything else that hangs on a case was done afterwards.
_EIGENE = (Ereignis, Lesezugriff, Antrag, Frist, Wiedervorlage, Importzeile)
_FEST = (Ereignis, Lesezugriff)
_LAENGE = 200


def take_cases_back(zeilen: Sequence[Importzeile], *, by: User, tag: date) -> None:
    """Delete the cases of these rows that lie still; the others stay and their row says why.

    The law wants wrong data gone (§ 84 Abs. 2 SGB X), so this is the one place where lines of
    Chronik and read log go, too; who had read a case is kept with its row.

    Raises nothing for what cannot go: its row says why.
    """
    gruende = reasons_to_stay([zeile for zeile in zeilen if zeile.case_id])
    frei = []
    for zeile in zeilen:
        if zeile.case is None:
            zeile.bleibt_weil = "Der Fall besteht nicht mehr."
        elif grund := gruende.get(zeile.case.pk):
            zeile.bleibt_weil = grund[:_LAENGE]
        else:
            frei.append(zeile)
    weg = _delete_cases(frei)
    personen = {zeile.pk: zeile.person_id for zeile in weg}
    _delete_persons(weg)
    for zeile in weg:
        zeile.state = Importzeilenstand.ZURUECKGENOMMEN
        if zeile.zugaben and (person := personen[zeile.pk]):
            bleibt = take_facts_back(zeile=zeile, person=person, by=by, tag=tag)
            if bleibt:
                namen = ", ".join(bleibt)
                zeile.bleibt_weil = f"Seither geänderte Angaben der Person: {namen}."[:_LAENGE]


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


def _delete_cases(zeilen: Sequence[Importzeile]) -> list[Importzeile]:
    """Delete the cases of rows; halve the rows until only those stay to which something hangs."""
    if not zeilen:
        return []
    abrufe = _reads(zeilen)
    try:
        with transaction.atomic():
            _delete([zeile.case for zeile in zeilen if zeile.case is not None])
    except ProtectedError as error:
        if len(zeilen) == 1:
            text = f"Zu dem Fall gibt es Einträge: {_names(error.protected_objects)}."
            zeilen[0].bleibt_weil = text[:_LAENGE]
            return []
        mitte = len(zeilen) // 2
        return [*_delete_cases(zeilen[:mitte]), *_delete_cases(zeilen[mitte:])]
    for zeile in zeilen:
        gelesen = abrufe.get(zeile.case_id or 0)
        zeile.abrufe = json.dumps(gelesen) if gelesen else ""
        zeile.case = None
    return list(zeilen)


def _reads(zeilen: Sequence[Importzeile]) -> dict[int, list[list[str]]]:
    """Return who had read each case; one query."""
    found: dict[int, list[list[str]]] = defaultdict(list)
    rows = Lesezugriff.objects.filter(case__in=[zeile.case_id for zeile in zeilen]).order_by("pk")
    for case, user, zeit, route in rows.values_list("case", "user__username", "zeit", "route"):
        found[case].append([user, zeit.isoformat(), route])
    return found


def _delete(cases: list[Case]) -> None:
    """Delete cases with what hangs on them; the logs only the owner's function may touch."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fallwerk_protokoll_zuruecknehmen(fall) FROM unnest(%s::bigint[]) AS fall",
            [[case.pk for case in cases]],
        )
    collector = Collector(using=connection.alias, origin=cases[0])
    collector.collect(cases)
    collector.fast_deletes = [r for r in collector.fast_deletes if r.model not in _FEST]
    for modell in _FEST:
        collector.data.pop(modell, None)
    collector.delete()


def _delete_persons(zeilen: Sequence[Importzeile]) -> None:
    """Delete the persons who came with the batch and have no other case."""
    ids = {zeile.person_id for zeile in zeilen if zeile.person_id is not None}
    if not ids:
        return
    mitgebracht = Importzeile.objects.filter(
        stapel=zeilen[0].stapel_id, person__in=ids, person_neu=True
    )
    allein = set(mitgebracht.values_list("person", flat=True))
    faelle = Case.objects.filter(leistungsberechtigte_person__in=allein)
    allein -= set(faelle.values_list("leistungsberechtigte_person", flat=True))
    weg = _without_protected(sorted(allein))
    for zeile in zeilen:
        if zeile.person_id in weg:
            zeile.person = None
            zeile.zugaben = ""


def _without_protected(ids: list[int]) -> set[int]:
    """Delete persons, all at once where nothing holds one of them; return who is gone."""
    if not ids:
        return set()
    try:
        with transaction.atomic():
            LeistungsberechtigtePerson.objects.filter(pk__in=ids).delete()
    except ProtectedError:
        if len(ids) == 1:
            return set()
        mitte = len(ids) // 2
        return _without_protected(ids[:mitte]) | _without_protected(ids[mitte:])
    return set(ids)


def _names(rows: Iterable[models.Model]) -> str:
    return ", ".join(sorted({str(row._meta.verbose_name_plural) for row in rows}))
