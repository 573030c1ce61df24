"""What a row knows of a person who is there already: entered, remembered, taken back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import transaction

from cases.austausch.queries.austausch import (
    VERGLEICHBAR,
    differences,
    facts_of_persons,
    facts_of_werte,
)
from cases.crypto import read_json
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Anschrift,
    Bankverbindung,
    Case,
    Importzeile,
    LeistungsberechtigtePerson,
    Personenangabe,
    User,
)
from cases.models.stand import stand_of
from cases.person.queries.personenangabe import werte_of_angabe
from cases.person.services.person import update_person
from cases.person.services.personenangabe import add_angabe, change_angabe, remove_angabe
from cases.states.tafel import SchrittUnzulaessig

_MODELLE: dict[str, type[Personenangabe]] = {"anschrift": Anschrift, "konto": Bankverbindung}
_TEILE = ("zusatz", "strasse", "plz", "ort", "land", "anschriftart")
_GRUND = "Übernahme zurückgenommen"


class Bekannte:
    """The facts of persons who are there already, read once for many rows."""

    def __init__(self, ids: set[int | None], tag: date) -> None:
        self.tag = tag
        self._facts = facts_of_persons({pk for pk in ids if pk is not None}, tag)

    def facts_of(self, person: int) -> dict[str, str]:
        """Return the facts of one person as they are now."""
        if person not in self._facts:
            self._facts |= facts_of_persons({person}, self.tag)
        return self._facts[person]

    def forget(self, person: int) -> None:
        """Read the facts of a person anew the next time: something was entered."""
        self._facts.pop(person, None)


def add_facts(
    *,
    case: Case,
    werte: dict[str, Any],
    zeile: Importzeile,
    bekannte: Bekannte,
    by: User,
    tag: date,
) -> None:
    """Keep what a row knows of a person who is there already.

    What she lacks is entered; what the row tells differently is entered where it was chosen, and
    else named in a Wiedervorlage, for the row keeps it. The row remembers what was entered.

    Raises SchrittUnzulaessig when a fact contradicts what has been entered meanwhile.
    """
    person = case.leistungsberechtigte_person_id
    unterschiede = differences(facts_of_werte(werte), bekannte.facts_of(person))
    gilt = [u for u in unterschiede if u.ergaenzt or u.feld in zeile.angaben]
    zugaben = [_enter_fact(case, unterschied.feld, werte, by, tag) for unterschied in gilt]
    if zugaben:
        zeile.zugaben = json.dumps(zugaben)
        bekannte.forget(person)
    offen = [u.titel for u in unterschiede if u not in gilt]
    if offen:
        create_wiedervorlage(
            case=case,
            user=case.caseworker,
            am=tag,
            anlass=f"Abweichende Angaben der Übernahme prüfen ({', '.join(offen)}): Zeile "
            f"{zeile.nummer}, Stapel {zeile.stapel_id}",
            by=by,
            tag=tag,
        )


def _enter_fact(
    case: Case, feld: str, werte: dict[str, Any], by: User, tag: date
) -> dict[str, Any]:
    """Enter one fact and return what is needed to take it back."""
    if feld in _MODELLE:
        return _replace(case, feld, _values(case, feld, werte), by, tag)
    person = LeistungsberechtigtePerson.objects.get(pk=case.leistungsberechtigte_person_id)
    vorher = getattr(person, feld)
    update_person(case=case, werte={feld: werte[feld]}, by=by, tag=tag)
    return {"feld": feld, "vorher": vorher, "nachher": werte[feld]}


def _values(case: Case, feld: str, werte: dict[str, Any]) -> dict[str, Any]:
    if feld == "anschrift":
        return {name: werte[name] for name in _TEILE if name in werte}
    inhaber = werte["kontoinhaber"] or case.leistungsberechtigte_person.voller_name
    return {"iban": werte["iban"], "kontoinhaber": inhaber}


def _replace(case: Case, feld: str, werte: dict[str, Any], by: User, tag: date) -> dict[str, Any]:
    """Let a fact hold from the day on; one that began the same day is corrected."""
    rows = _rows(feld, case.leistungsberechtigte_person_id)
    heute = rows.filter(gueltig_ab=tag).first()
    zugabe: dict[str, Any] = {"feld": feld, "vorher": None, "beendet": None}
    if heute is None:
        offen = rows.filter(gueltig_bis__isnull=True, gueltig_ab__lt=tag).first()
        angabe = add_angabe(
            case=case, modell=_MODELLE[feld], werte=werte, gueltig_ab=tag, by=by, tag=tag
        )
        if offen is not None and rows.get(pk=offen.pk).gueltig_bis is not None:
            zugabe["beendet"] = offen.pk
    else:
        zugabe["vorher"] = {name: getattr(heute, name) for name in werte}
        angabe = change_angabe(
            case=case,
            angabe=heute,
            werte=werte,
            gueltig_ab=tag,
            gueltig_bis=heute.gueltig_bis,
            by=by,
            tag=tag,
        )
    return {**zugabe, "id": angabe.pk, "stand": _stand(feld, angabe.pk)}


def _rows(feld: str, person: int) -> Any:
    rows = _MODELLE[feld].objects.filter(leistungsberechtigte_person=person)  # type: ignore[attr-defined]  # abstract
    return rows.filter(verwendung="wohnung") if feld == "anschrift" else rows


def _stand(feld: str, pk: int) -> str:
    """Return the mark of a stored fact, by which a later change shows."""
    angabe = _MODELLE[feld].objects.filter(pk=pk).first()  # type: ignore[attr-defined]  # abstract
    return stand_of(werte_of_angabe(angabe)) if angabe else ""


def take_facts_back(*, zeile: Importzeile, person: int, by: User, tag: date) -> list[str]:
    """Take out what a row has added to a person who stays; return what is left, by its name.

    What people have changed since is theirs and stays. The lines stand in the Chronik of another
    case of the person; a person without one keeps everything.

    Raises nothing for what is refused: it is left.
    """
    bleibt = []
    zugaben = read_json(zeile.zugaben, [])
    case = Case.objects.filter(leistungsberechtigte_person=person).order_by("-pk").first()
    for zugabe in reversed(zugaben):
        try:
            with transaction.atomic():
                weg = case is not None and _take_back(case, zugabe, by, tag)
        except SchrittUnzulaessig:
            weg = False
        if not weg:
            bleibt.append(VERGLEICHBAR[zugabe["feld"]])
    zeile.zugaben = ""
    return bleibt[::-1]


def _take_back(case: Case, zugabe: dict[str, Any], by: User, tag: date) -> bool:
    """Undo one fact; tell whether it was as the import had left it."""
    feld = zugabe["feld"]
    if feld not in _MODELLE:
        person = LeistungsberechtigtePerson.objects.get(pk=case.leistungsberechtigte_person_id)
        if getattr(person, feld) != zugabe["nachher"]:
            return False
        update_person(case=case, werte={feld: zugabe["vorher"]}, by=by, tag=tag)
        return True
    if not zugabe["stand"] or _stand(feld, zugabe["id"]) != zugabe["stand"]:
        return False
    angabe = _MODELLE[feld].objects.get(pk=zugabe["id"])  # type: ignore[attr-defined]  # abstract
    if zugabe["vorher"] is not None:
        _change(case, angabe, zugabe["vorher"], angabe.gueltig_bis, by, tag)
        return True
    remove_angabe(case=case, angabe=angabe, grund=_GRUND, by=by, tag=tag)
    beendet = _rows(feld, case.leistungsberechtigte_person_id).filter(pk=zugabe["beendet"]).first()
    if beendet is not None:
        _change(case, beendet, {}, None, by, tag)
    return True


def _change(
    case: Case,
    angabe: Personenangabe,
    werte: dict[str, Any],
    gueltig_bis: date | None,
    by: User,
    tag: date,
) -> None:
    change_angabe(
        case=case,
        angabe=angabe,
        werte=werte,
        gueltig_ab=angabe.gueltig_ab,
        gueltig_bis=gueltig_bis,
        by=by,
        tag=tag,
    )
