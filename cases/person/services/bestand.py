"""Many new persons at once, as an import of existing cases brings them; nobody knew them before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cases.models import Anschrift, Bankverbindung, Case, LeistungsberechtigtePerson, User
from cases.person.guards.bankverbindung import names_of
from cases.person.services.bankverbindung import prepare_erstes_konto
from cases.services.ereignis import draft_ereignis, record_ereignisse


def create_personen(neue: Sequence[tuple[LeistungsberechtigtePerson, Anschrift]]) -> None:
    """Create persons, each with the address that holds from its first day."""
    LeistungsberechtigtePerson.objects.bulk_create([person for person, _ in neue])
    for person, anschrift in neue:
        anschrift.leistungsberechtigte_person = person
    Anschrift.objects.bulk_create([anschrift for _, anschrift in neue])


def add_erste_konten(konten: Sequence[tuple[Case, Bankverbindung]], *, by: User, tag: date) -> None:
    """Enter the first account of each person, in the case that brought it along.

    What holds for one account holds here: one of somebody else waits for a second person.
    """
    zeilen = []
    namen = names_of(case.leistungsberechtigte_person for case, _ in konten)
    for case, konto in konten:
        konto.leistungsberechtigte_person = case.leistungsberechtigte_person
        konto.iban_ende = konto.iban[-4:]
        wartet = prepare_erstes_konto(konto, case, by, namen)
        wie = ", wartet auf eine zweite Person" if wartet else ""
        text = f"Bankverbindung eingetragen ab {konto.gueltig_ab:%d.%m.%Y}{wie}"
        zeilen.append(draft_ereignis(case=case, by=by, tag=tag, art="person", text=text))
    Bankverbindung.objects.bulk_create([konto for _, konto in konten])
    record_ereignisse(zeilen)
