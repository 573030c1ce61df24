"""Protection of a person: it closes at once and in all cases, it opens by two people."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import access
from cases.guards import refuse
from cases.models import Case, LeistungsberechtigtePerson, Personenschutz, User
from cases.person.guards.schutz import noch_kein_schutz, schutz_beginnt_heute
from cases.person.schritte import SCHUTZSCHRITTE, Schutzlage
from cases.services.ereignis import record_ereignis
from cases.states.schutz import Schutzzustand
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def set_schutz(
    *,
    case: Case,
    grund: str,
    begruendung: str,
    gueltig_ab: date,
    gueltig_bis: date | None,
    by: User,
    tag: date,
) -> Personenschutz:
    """Protect a person: at once, in every case of hers, also in those that are opened later.

    A second person looks at it afterwards. Raises SchrittUnzulaessig for those who only read, when
    the person is protected already, for a first day that lies ahead or an end before it.
    """
    if not access.may_write(by):
        raise SchrittUnzulaessig("Schutz setzt, wer Fälle bearbeitet.", "§ 35 Abs. 1 SGB I")
    person = LeistungsberechtigtePerson.objects.select_for_update().get(
        pk=case.leistungsberechtigte_person_id
    )
    refuse(noch_kein_schutz(person))
    refuse(schutz_beginnt_heute(gueltig_ab, tag))
    if gueltig_bis is not None and gueltig_bis < tag:
        raise SchrittUnzulaessig("Der letzte Tag ist schon vergangen.")
    row = Personenschutz.objects.create(
        leistungsberechtigte_person=person,
        grund=grund,
        begruendung=begruendung,
        gueltig_ab=gueltig_ab,
        gueltig_bis=gueltig_bis,
        gesetzt_von=by,
    )
    _record(row, by, tag, "Schutz der Person gesetzt, wartet auf eine zweite Person")
    return row


@transaction.atomic
def decide_schutz(
    *, schutz: Personenschutz, case: Case, schritt: str, by: User, tag: date, grund: str = ""
) -> Personenschutz:
    """Confirm a protection, ask to lift it (`grund`), keep or lift it; see PERSONENSCHUTZ.

    Raises SchrittUnzulaessig when the state or a guard does not allow it: who has set it or asked
    for the lifting does not decide on it.
    """
    row = Personenschutz.objects.select_for_update().get(pk=schutz.pk)
    neu = SCHUTZSCHRITTE.require(Schutzlage(by, row, case), schritt)
    war_bestaetigt = row.bestaetigt_von_id is not None or row.gesetzt_von_id is None
    if schritt == "bestaetigen":
        row.bestaetigt_von = by
    elif schritt == "aufhebung_beantragen":
        if not grund.strip():
            raise SchrittUnzulaessig("Bitte begründen Sie, warum der Schutz enden soll.")
        row.aufhebung_von, row.aufhebung_grund = by, grund
    elif schritt == "beibehalten":
        row.aufhebung_von, row.aufhebung_grund = None, ""
        if not war_bestaetigt:
            neu = Schutzzustand.GESETZT
    else:
        row.aufgehoben_von, row.aufgehoben_am = by, tag
    row.state = neu
    row.save()
    _record(row, by, tag, f"Schutz der Person: {row.get_state_display()}")
    return row


@transaction.atomic
def end_expired_schutz(*, tag: date) -> int:
    """End what two people have limited and whose last day is over; return how many."""
    rows = Personenschutz.objects.select_for_update().filter(
        state=Schutzzustand.BESTAETIGT, gueltig_bis__lt=tag
    )
    abgelaufen = list(rows)
    for row in abgelaufen:
        row.state, row.aufgehoben_am = Schutzzustand.AUFGEHOBEN, tag
        row.save(update_fields=["state", "aufgehoben_am"])
        _record(row, None, tag, "Schutz der Person: Zeitraum abgelaufen")
    return len(abgelaufen)


def _record(row: Personenschutz, by: User | None, tag: date, text: str) -> None:
    """Write one line into the Chronik of each case of the person."""
    for case in Case.objects.filter(leistungsberechtigte_person=row.leistungsberechtigte_person_id):
        record_ereignis(case=case, by=by, tag=tag, art="person", text=text, gegenstand=row)
