"""The second pair of eyes on an account that does not belong to the person."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.guards import freigaben_ruhen, refuse
from cases.models import Bankverbindung, Case, LeistungsberechtigtePerson, User
from cases.person.guards.bankverbindung import konto_durch_andere_bestaetigt
from cases.person.services.personenangabe import make_room
from cases.services.ereignis import record_ereignis
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def confirm_bankverbindung(*, case: Case, konto: Bankverbindung, by: User, tag: date) -> None:
    """Let an account of somebody else take effect; the one before it ends the day before.

    Raises SchrittUnzulaessig when it does not wait, for everybody but the Sachgebietsleitung, and
    for whoever has entered the account or is paid on it.
    """
    person = LeistungsberechtigtePerson.objects.select_for_update().get(
        pk=case.leistungsberechtigte_person_id
    )
    rows = Bankverbindung.objects.select_for_update().filter(leistungsberechtigte_person=person)
    row = rows.filter(pk=konto.pk, wartet=True).first()
    if row is None:
        raise SchrittUnzulaessig("Dieses Konto wartet nicht auf eine zweite Person.")
    if not by.has_rolle(Rolle.LEITUNG):
        raise SchrittUnzulaessig("Ein fremdes Konto bestätigt die Sachgebietsleitung.")
    refuse(freigaben_ruhen(by))
    refuse(konto_durch_andere_bestaetigt(row, by))
    row.wartet = False
    make_room(row, person)
    row.bestaetigt_von, row.bestaetigt_am = by, tag
    row.save(update_fields=["wartet", "bestaetigt_von", "bestaetigt_am"])
    text = f"Konto von {row.kontoinhaber} bestätigt, gültig ab {row.gueltig_ab:%d.%m.%Y}"
    record_ereignis(case=case, by=by, tag=tag, art="person", text=text)
