"""Leistungen of a version: who gives what, in which form, for which goal (§§ 102, 105 SGB IX)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from cases.guards import refuse
from cases.models import User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.models.angaben import Leistungsangaben
from gesamtplan.models.stand import werte_of_leistung
from gesamtplan.plan.guards import entscheidung_moeglich, menge_mit_einheit, schluessel_passt
from gesamtplan.plan.guards.angaben import leistung_in_der_zeit
from gesamtplan.plan.queries.kosten import preis_am
from gesamtplan.plan.services.gesamtplan import lock_for_edit, note_edit
from recht.entscheidung import Zuordnung, decide_rolle
from recht.leistung import leistung_of


@transaction.atomic
def add_leistung(
    *, gesamtplan: Gesamtplan, angaben: Leistungsangaben, by: User, tag: date
) -> Leistung:
    """Add a Leistung to a draft.

    Raises SchrittUnzulaessig when the version is no draft, `by` only reads, a goal belongs to
    another version, the Leistung would end before it begins or lie outside the plan, its key is
    none of the law of its first day or of its carrier, the law does not let it be decided about in
    this way, or extent and price do not belong together.
    """
    plan = lock_for_edit(gesamtplan.pk, by, tag)
    leistung = Leistung(gesamtplan=plan)
    _fill(leistung, angaben)
    leistung.save()
    note_edit(plan, by)
    return leistung


@transaction.atomic
def update_leistung(
    *,
    leistung: Leistung,
    angaben: Leistungsangaben,
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Leistung:
    """Change a Leistung; its `kennung` stays.

    `gesehen` is the mark of the values as the form showed it. Raises SchrittUnzulaessig as
    `add_leistung` does, and when somebody has changed or removed the Leistung since.
    """
    plan = lock_for_edit(leistung.gesamtplan_id, by, tag)
    row = _get(leistung)
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_leistung(row)),
        zuletzt=plan.bearbeitet_von.get_full_name(),
    )
    _fill(row, angaben)
    row.save()
    note_edit(plan, by)
    return row


@transaction.atomic
def remove_leistung(*, leistung: Leistung, by: User, tag: date) -> None:
    """Remove a Leistung from a draft.

    Raises SchrittUnzulaessig when the version is no draft, `by` only reads, or somebody has
    removed it.
    """
    plan = lock_for_edit(leistung.gesamtplan_id, by, tag)
    _get(leistung).delete()
    note_edit(plan, by)


def _get(leistung: Leistung) -> Leistung:
    row = Leistung.objects.filter(pk=leistung.pk).first()
    if row is None:
        raise SchrittUnzulaessig("Diese Leistung wurde inzwischen aus dem Entwurf entfernt.")
    return row


def _fill(leistung: Leistung, angaben: Leistungsangaben) -> None:
    if angaben.teilhabeziel.gesamtplan_id != leistung.gesamtplan_id:
        raise SchrittUnzulaessig("Das Ziel gehört zu einer anderen Fassung des Plans.")
    refuse(leistung_in_der_zeit(leistung.gesamtplan, angaben))
    traeger = angaben.leistungstraeger
    refuse(schluessel_passt(angaben.katalogschluessel, traeger, angaben.beginn))
    if angaben.entscheidung:
        zuordnung = Zuordnung(angaben.katalogschluessel, traeger.art, traeger.eigener)
        grund = angaben.entscheidung_grund
        refuse(entscheidung_moeglich(zuordnung, angaben.entscheidung, grund, angaben.beginn))
    eintrag = leistung_of(angaben.katalogschluessel)
    norm = angaben.norm.strip() or (eintrag.norm if eintrag else "")
    if not norm:
        raise SchrittUnzulaessig("Bitte wählen Sie die Leistung des Katalogs.")
    leistung.katalogschluessel = angaben.katalogschluessel
    leistung.norm = norm
    leistung.teilhabeziel = angaben.teilhabeziel
    leistung.weitere_ziele = _weitere_ziele(leistung, angaben)
    leistung.leistungstraeger = angaben.leistungstraeger
    leistung.bezeichnung = angaben.bezeichnung.strip()
    leistung.leistungsform = angaben.leistungsform
    leistung.umfang = angaben.umfang.strip()
    leistung.beginn = angaben.beginn
    leistung.ende = angaben.ende
    leistung.ergaenzend = angaben.ergaenzend
    _fill_preis(leistung, angaben)
    _fill_entscheidung(leistung, angaben)


def _weitere_ziele(leistung: Leistung, angaben: Leistungsangaben) -> list[UUID]:
    """Return the other goals in the order of the plan; the one named first is none of them."""
    gewaehlt = set(angaben.weitere_ziele) - {angaben.teilhabeziel.kennung}
    if not gewaehlt:
        return []
    ziele = leistung.gesamtplan.teilhabeziele.all()
    found = [ziel.kennung for ziel in ziele if ziel.kennung in gewaehlt]
    if len(found) != len(gewaehlt):
        raise SchrittUnzulaessig("Ein weiteres Ziel gehört zu einer anderen Fassung des Plans.")
    return found


def _fill_preis(leistung: Leistung, angaben: Leistungsangaben) -> None:
    """Keep extent and price; a price that is not typed is that of the Angebot on the first day."""
    refuse(menge_mit_einheit(angaben.menge, angaben.einheit, angaben.satz, angaben.beginn))
    leistung.angebot = angaben.angebot
    leistung.menge = angaben.menge
    leistung.einheit = angaben.einheit
    leistung.satz = angaben.satz
    if angaben.satz is None and angaben.menge is not None and angaben.angebot is not None:
        leistung.satz = preis_am(angaben.angebot, angaben.einheit, angaben.beginn)


def _fill_entscheidung(leistung: Leistung, angaben: Leistungsangaben) -> None:
    """Keep only what differs from the rule of the law, with its reason."""
    zuordnung = Zuordnung(
        leistung.katalogschluessel,
        leistung.leistungstraeger.art,
        leistung.leistungstraeger.eigener,
    )
    anders = angaben.entscheidung not in {"", decide_rolle(zuordnung, leistung.beginn)}
    leistung.entscheidung = angaben.entscheidung if anders else ""
    leistung.entscheidung_grund = angaben.entscheidung_grund.strip() if anders else ""
