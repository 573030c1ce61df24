"""Two entries of the directory become one, and can become two again.

Every foreign key of the program is moved. What the database refuses to move because it belongs
to a released version stays with the old entry; that entry remains and says into which it went.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, ProgrammingError, models, transaction

from cases.guards import refuse
from cases.models import User, Verweis, Verzeichniseintrag, Zeilenstand, Zusammenfuehrung
from cases.models.basis import label_of
from cases.models.stand import stand_of
from cases.states.tafel import SchrittUnzulaessig
from cases.verzeichnis import guards as regeln
from cases.verzeichnis.queries.verweise import verweisfelder
from cases.verzeichnis.queries.verzeichnis import (
    MODELLE,
    all_rows,
    felder_of,
    gattung_of,
    get_eintrag,
)

EintragT = TypeVar("EintragT", bound=Verzeichniseintrag)

# RAISE EXCEPTION in a trigger: the row belongs to a released version.
_VOM_TRIGGER_ABGELEHNT = "P0001"


@dataclass(frozen=True)
class Ausnahme:
    """Rows of one kind that undo does not simply put back, and what happens to them."""

    titel: str
    geschieht: str


@transaction.atomic
def merge_eintrag(
    *, bleibt: EintragT, geht: EintragT, werte: dict[str, Any], by: User, tag: date
) -> Zusammenfuehrung:
    """Merge `geht` into `bleibt`; `werte` are the chosen facts of the one that stays.

    Raises SchrittUnzulaessig for other roles, other kinds, and entries merged already.
    """
    bleibt, geht = _lock_both(bleibt, geht)
    refuse(regeln.darf_pflegen(by))
    refuse(regeln.gleiche_art(bleibt, geht))
    for row in (bleibt, geht):
        refuse(regeln.eintrag_nicht_zusammengefuehrt(row))
    merge = Zusammenfuehrung.objects.create(
        gattung=gattung_of(bleibt), bleibt=bleibt.pk, geht=geht.pk, am=tag, von=by
    )
    for model, field in verweisfelder(type(geht)):
        _move_all(merge, model, field)
    geht.zusammengefuehrt_in = bleibt
    geht.save(update_fields=["zusammengefuehrt_in"])
    merge.felder = _take_over(bleibt, werte)
    merge.save(update_fields=["felder"])
    return merge


def _lock_both(eins: EintragT, zwei: EintragT) -> tuple[EintragT, EintragT]:
    if type(eins) is not type(zwei) or eins.pk == zwei.pk:
        raise SchrittUnzulaessig(
            "Zusammenführen lassen sich zwei verschiedene Einträge desselben Verzeichnisses."
        )
    manager = all_rows(type(eins))
    rows = manager.select_for_update().order_by("pk").in_bulk([eins.pk, zwei.pk])
    if len(rows) != 2:
        raise SchrittUnzulaessig("Einen der beiden Einträge gibt es nicht mehr.")
    return rows[eins.pk], rows[zwei.pk]


def _move_all(merge: Zusammenfuehrung, model: type[models.Model], field: str) -> None:
    manager = all_rows(model)
    ids = list(manager.filter(**{field: merge.geht}).order_by("pk").values_list("pk", flat=True))
    moved = _move(model, field, ids, merge.bleibt)
    marks = {row.pk: stand_of(row) for row in manager.filter(pk__in=moved)}
    Verweis.objects.bulk_create(
        [
            Verweis(
                zusammenfuehrung=merge,
                modell=model._meta.label_lower,
                feld=field,
                zeile=pk,
                abdruck=marks.get(pk, ""),
                stand=Zeilenstand.VERSCHOBEN if pk in moved else Zeilenstand.GEBLIEBEN,
            )
            for pk in ids
        ],
        batch_size=1000,
    )


def _move(model: type[models.Model], field: str, ids: Sequence[Any], ziel: int) -> set[Any]:
    """Point the rows to another entry; return the ids that the database let go.

    A refusal halves the rows until the ones that may not change stand alone.
    """
    if not ids:
        return set()
    try:
        with transaction.atomic():
            all_rows(model).filter(pk__in=ids).update(**{field: ziel})
    except (IntegrityError, ProgrammingError) as error:
        refused = getattr(error.__cause__, "sqlstate", "") == _VOM_TRIGGER_ABGELEHNT
        if isinstance(error, ProgrammingError) and not refused:
            raise
        if len(ids) == 1:
            return set()
        middle = len(ids) // 2
        return _move(model, field, ids[:middle], ziel) | _move(model, field, ids[middle:], ziel)
    return set(ids)


def _take_over(bleibt: Verzeichniseintrag, werte: dict[str, Any]) -> dict[str, dict[str, str]]:
    changed = {}
    for name, value in werte.items():
        if name not in felder_of(type(bleibt)):
            raise SchrittUnzulaessig(f"Das Feld {name} wird nicht übernommen.")
        vorher = _text(bleibt, name)
        setattr(bleibt, name, value)
        if _text(bleibt, name) != vorher:
            changed[name] = {"vorher": vorher, "nachher": _text(bleibt, name)}
    if changed:
        bleibt.save(update_fields=list(changed))
    return changed


def _text(row: models.Model, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return "" if getattr(row, name) is None else str(field.value_to_string(row))


@transaction.atomic
def undo_zusammenfuehrung(
    *, zusammenfuehrung: Zusammenfuehrung, by: User, tag: date
) -> list[Ausnahme]:
    """Put back exactly the rows that this merge has moved; return what could not go back.

    A row that was changed since keeps its change and points to the old entry again; one that
    points elsewhere by now is left where it is.

    Raises SchrittUnzulaessig when it was undone already, a later merge builds on it, or the
    name is taken meanwhile.
    """
    merge = Zusammenfuehrung.objects.select_for_update().get(pk=zusammenfuehrung.pk)
    refuse(regeln.darf_pflegen(by))
    bleibt, geht = _entries(merge)
    if merge.zurueck_am is not None:
        raise SchrittUnzulaessig("Diese Zusammenführung ist schon rückgängig gemacht.")
    if bleibt.zusammengefuehrt_in_id is not None:
        raise SchrittUnzulaessig(
            "Der verbleibende Eintrag ist seither selbst in einen anderen aufgegangen. Machen Sie "
            "zuerst jene Zusammenführung rückgängig."
        )
    ausnahmen = preview_undo(merge)
    _restore_fields(merge, bleibt)
    geht.zusammengefuehrt_in = None
    try:
        with transaction.atomic():
            geht.save(update_fields=["zusammengefuehrt_in"])
    except IntegrityError as error:
        raise SchrittUnzulaessig(
            f"Den Namen „{geht.name}“ trägt inzwischen ein anderer Eintrag. Ändern Sie zuerst "
            "dessen Namen."
        ) from error
    _move_back(merge)
    merge.zurueck_am, merge.zurueck_von = tag, by
    merge.save(update_fields=["zurueck_am", "zurueck_von"])
    return ausnahmen


def _entries(merge: Zusammenfuehrung) -> tuple[Verzeichniseintrag, Verzeichniseintrag]:
    rows = all_rows(MODELLE[merge.gattung]).select_for_update().order_by("pk")
    found: dict[int, Verzeichniseintrag] = rows.in_bulk([merge.bleibt, merge.geht])
    return found[merge.bleibt], found[merge.geht]


def _restore_fields(merge: Zusammenfuehrung, bleibt: Verzeichniseintrag) -> None:
    restored = []
    for name, werte in merge.felder.items():
        if _text(bleibt, name) != werte["nachher"]:
            continue
        field: Any = bleibt._meta.get_field(name)
        leer = None if field.null else ""
        setattr(bleibt, name, field.to_python(werte["vorher"]) if werte["vorher"] else leer)
        restored.append(name)
    if restored:
        bleibt.save(update_fields=restored)


def _move_back(merge: Zusammenfuehrung) -> None:
    for (modell, feld), verweise in _by_column(merge).items():
        model = apps.get_model(modell)
        here = _still_there(model, feld, verweise, merge.bleibt)
        back = _move(model, feld, sorted(here), merge.geht)
        exists = set(
            all_rows(model).filter(pk__in=[v.zeile for v in verweise]).values_list("pk", flat=True)
        )
        for verweis in verweise:
            verweis.stand = _stand(verweis.zeile, back, here, exists)
        Verweis.objects.bulk_update(verweise, ["stand"], batch_size=1000)


def _stand(zeile: int, back: set[int], here: set[int], exists: set[int]) -> Zeilenstand:
    if zeile in back:
        return Zeilenstand.ZURUECK
    if zeile in here:
        return Zeilenstand.FESTGESCHRIEBEN
    return Zeilenstand.BELASSEN if zeile in exists else Zeilenstand.GELOESCHT


def _by_column(merge: Zusammenfuehrung) -> dict[tuple[str, str], list[Verweis]]:
    columns: dict[tuple[str, str], list[Verweis]] = defaultdict(list)
    for verweis in merge.verweise.filter(stand=Zeilenstand.VERSCHOBEN).order_by("pk"):
        columns[verweis.modell, verweis.feld].append(verweis)
    return columns


def _still_there(
    model: type[models.Model], feld: str, verweise: Sequence[Verweis], bleibt: int
) -> set[int]:
    ids = [v.zeile for v in verweise]
    rows = all_rows(model).filter(pk__in=ids, **{feld: bleibt})
    return set(rows.values_list("pk", flat=True))


def preview_undo(merge: Zusammenfuehrung) -> list[Ausnahme]:
    """Return what an undo would not simply put back, by kind of row and without numbers.

    Numbers could tell of cases that the reader may not see.
    """
    found: list[Ausnahme] = _changed_fields(merge)
    for (modell, feld), verweise in _by_column(merge).items():
        model = apps.get_model(modell)
        titel = str(model._meta.verbose_name_plural)
        rows: dict[Any, Any] = all_rows(model).in_bulk([v.zeile for v in verweise])
        if any(v.zeile not in rows for v in verweise):
            found.append(Ausnahme(titel, "Mindestens eine Zeile gibt es nicht mehr."))
        vorhanden = [(v, rows[v.zeile]) for v in verweise if v.zeile in rows]
        column = model._meta.get_field(feld).attname
        weg = [v for v, row in vorhanden if getattr(row, column) != merge.bleibt]
        if weg:
            found.append(
                Ausnahme(
                    titel,
                    "Mindestens eine Zeile nennt inzwischen einen anderen Eintrag; das bleibt so.",
                )
            )
        if any(v.abdruck != stand_of(row) for v, row in vorhanden if v not in weg):
            found.append(
                Ausnahme(
                    titel,
                    "Mindestens eine Zeile wurde inzwischen geändert. Die Änderung bleibt, nur der "
                    "Eintrag wechselt zurück; ist die Zeile festgeschrieben, bleibt auch er.",
                )
            )
    return found


def _changed_fields(merge: Zusammenfuehrung) -> list[Ausnahme]:
    bleibt = get_eintrag(merge.gattung, merge.bleibt)
    if bleibt is None:
        return []
    return [
        Ausnahme(
            label_of(bleibt, name),
            "Das Feld wurde seit der Zusammenführung geändert und behält den neuen Wert.",
        )
        for name, werte in merge.felder.items()
        if _text(bleibt, name) != werte["nachher"]
    ]


def outcome_of(merge: Zusammenfuehrung) -> list[Ausnahme]:
    """Return after an undo which kinds of rows did not go back, and why."""
    offen = merge.verweise.filter(
        stand__in=(Zeilenstand.BELASSEN, Zeilenstand.FESTGESCHRIEBEN, Zeilenstand.GELOESCHT)
    )
    return [
        Ausnahme(
            str(apps.get_model(modell)._meta.verbose_name_plural),
            f"Mindestens eine Zeile {Zeilenstand(stand).label}.",
        )
        for modell, stand in offen.order_by("modell", "stand")
        .values_list("modell", "stand")
        .distinct()
    ]
