"""Legal preconditions of the Bescheid: citation first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from budget.models import (
    Bescheid,
    PersoenlichesBudget,
)
from budget.states import Auszahlungsform
from cases.models import Case, LeistungsberechtigtePerson, User
from cases.registry.schritt import Hindernis
from cases.states.fall import FALL
from cases.states.versand import UNTERWEGS


def konto_vorhanden(
    budget: PersoenlichesBudget, person: LeistungsberechtigtePerson, erste_auszahlung: date
) -> Hindernis | None:
    """§ 47 SGB I: money is transferred to an account, so there must be one on that day."""
    if person.iban_am(erste_auszahlung) or not budget.summe(form=Auszahlungsform.GELD):
        return None
    return Hindernis("Für die Auszahlung fehlt die IBAN der Person.", "§ 47 SGB I")


def erste_auszahlung_im_zeitraum(
    budget: PersoenlichesBudget, erste_auszahlung: date
) -> Hindernis | None:
    """§ 41 SGB I: the first instalment falls due within the Bewilligungszeitraum."""
    if budget.beginn <= erste_auszahlung and (
        budget.ende is None or erste_auszahlung <= budget.ende
    ):
        return None
    return Hindernis(
        f"Die erste Auszahlung am {erste_auszahlung:%d.%m.%Y} liegt außerhalb des "
        "Bewilligungszeitraums.",
        "§ 41 SGB I",
    )


def rechtsbehelfsbelehrung_fuer_den_tag(
    stichtag: date, deckung: Sequence[tuple[date, date]]
) -> Hindernis | None:
    """§ 36 SGB X: the Bescheid instructs in the form that holds on its day."""
    if any(von <= stichtag <= bis for von, bis in deckung):
        return None
    return Hindernis(
        f"Für den {stichtag:%d.%m.%Y} ist keine Rechtsbehelfsbelehrung hinterlegt.",
        "§ 36 SGB X, § 66 SGG",
    )


def freigabe_durch_zweite_person(bescheid: Bescheid, user: User) -> Hindernis | None:
    """§ 33 Abs. 3 SGB X: who wrote or submitted the Bescheid does not release it (four eyes).

    Writing counts from the first draft on, also when somebody else has written since.
    """
    selbst = user.pk in {bescheid.erstellt_von_id, bescheid.bearbeitet_von_id}
    if selbst or bescheid.events.filter(bearbeitet_von=user).exists():
        was = "selbst verfasst oder bearbeitet"
    elif bescheid.vorgelegt_von_id == user.pk:
        was = "selbst vorgelegt"
    else:
        return None
    return Hindernis(
        f"Sie haben diesen Bescheid {was}. Die Freigabe braucht eine zweite Person.",
        "§ 33 Abs. 3 SGB X",
    )


def noch_kein_bescheid(bescheid: Bescheid | None) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: a decision stands until it is lifted; there is no second beside it."""
    if bescheid is None:
        return None
    return Hindernis("Zu diesem Persönlichen Budget gibt es schon einen Bescheid.")


def fall_bereit_fuer_bescheid(case: Case) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: the decision follows the plan, in a case that is still to be decided."""
    if case.state in FALL.uebergang("bewilligen").von:
        return None
    return Hindernis(
        f"Der Fall ist im Zustand „{case.get_state_display()}“. Der Bescheid ergeht, nachdem der "
        "Gesamtplan erstellt ist und bevor die Leistung läuft.",
        "§ 120 Abs. 2 SGB IX",
    )


def bescheid_nicht_unterwegs(bescheid: Bescheid) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: what has been given to the post is not given to it again."""
    if bescheid.schreiben is None or not any(
        versand.state in UNTERWEGS for versand in bescheid.schreiben.versand_liste.all()
    ):
        return None
    return Hindernis("Der Bescheid ist bereits auf dem Weg.", "§ 37 Abs. 2 SGB X")


def begruendung_vorhanden(bescheid: Bescheid) -> Hindernis | None:
    """§ 35 Abs. 1 SGB X: a written Verwaltungsakt states its grounds."""
    if bescheid.begruendung.strip():
        return None
    return Hindernis("Die Begründung des Bescheids fehlt.", "§ 35 Abs. 1 SGB X")
