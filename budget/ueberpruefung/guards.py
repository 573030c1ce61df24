"""Legal preconditions of the review of a budget and of the proof of use: citation first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse

from budget.models import Budgetueberpruefung, PersoenlichesBudget, Verwendungsnachweis
from budget.states.ueberpruefung import PROTOKOLL, nachweisnorm_of, pruefnorm_of
from cases.registry.schritt import Hindernis
from recht.geld import format_euro


def leistung_hat_begonnen(budget: PersoenlichesBudget, stichtag: date) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 3 SGB IX: what is looked at is a budget that has been used."""
    if budget.beginn <= stichtag:
        return None
    return Hindernis(
        f"Das Budget beginnt erst am {budget.beginn:%d.%m.%Y}.", pruefnorm_of(budget.beginn)
    )


def keine_offene_budgetpruefung(
    budget: PersoenlichesBudget, offen: Budgetueberpruefung | None
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 3 SGB IX: one review at a time; the open one is written on."""
    if offen is None:
        return None
    return Hindernis(
        "Es gibt schon eine offene Überprüfung dieses Budgets.",
        pruefnorm_of(budget.beginn),
        reverse("budget_ueberpruefung", args=[budget.case_id]),
    )


def budgetgespraech_gefuehrt(row: Budgetueberpruefung, stichtag: date) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 3 SGB IX: the person is talked to, while the budget is running."""
    budget = row.persoenliches_budget
    tag = row.gespraech_am
    if tag is None:
        text = "Das Gespräch mit der Person ist nicht festgehalten."
    elif tag > stichtag:
        text = f"Das Gespräch am {tag:%d.%m.%Y} liegt in der Zukunft."
    elif tag < budget.beginn:
        text = (
            f"Das Gespräch am {tag:%d.%m.%Y} liegt vor dem Beginn des Budgets am "
            f"{budget.beginn:%d.%m.%Y}."
        )
    else:
        return None
    return Hindernis(text, pruefnorm_of(budget.beginn), _protokoll(row, "gespraech_am"))


def protokoll_vollstaendig(row: Budgetueberpruefung) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 3 SGB IX: the protocol says something about each of its topics."""
    fehlt = [titel for name, titel in PROTOKOLL if not getattr(row, name).strip()]
    if not fehlt:
        return None
    return Hindernis(
        f"Im Protokoll fehlt: {', '.join(fehlt)}. War ein Thema nicht Gegenstand, schreiben Sie, "
        "warum.",
        pruefnorm_of(row.persoenliches_budget.beginn),
        _protokoll(row, "verwendung"),
    )


def _protokoll(row: Budgetueberpruefung, feld: str) -> str:
    url = reverse("budget_protokoll", args=[row.persoenliches_budget.case_id, row.pk])
    return f"{url}#id_{feld}"


def zeitraum_im_budget(
    budget: PersoenlichesBudget, von: date, bis: date, stichtag: date, letzter: date | None
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: proof is for time in which there was a budget to use.

    `letzter` is the last day that is paid, whatever the Bescheid said at first.
    """
    norm = nachweisnorm_of(budget.beginn)
    if bis < von:
        return Hindernis("Das Ende des Zeitraums liegt vor seinem Anfang.", norm)
    if von < budget.beginn:
        return Hindernis(f"Das Budget beginnt erst am {budget.beginn:%d.%m.%Y}.", norm)
    if letzter is not None and bis > letzter:
        return Hindernis(f"Das Budget wird nur bis zum {letzter:%d.%m.%Y} gezahlt.", norm)
    if von > stichtag:
        return Hindernis("Der Zeitraum hat noch nicht begonnen.", norm)
    return None


def vorlage_nach_zeitraum(
    budget: PersoenlichesBudget, bis: date, faellig_am: date, stichtag: date
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: what has not happened yet cannot be proved."""
    if faellig_am < bis:
        text = "Der Nachweis kann nicht vor dem Ende seines Zeitraums verlangt werden."
    elif faellig_am < stichtag:
        text = "Der Tag, bis zu dem Sie den Nachweis verlangen, ist vorbei."
    else:
        return None
    return Hindernis(text, nachweisnorm_of(budget.beginn))


def etwas_nachzuweisen(budget: PersoenlichesBudget, betrag: Decimal) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: proof is owed where the agreement asks for it."""
    if betrag > 0:
        return None
    return Hindernis(
        "Nach der Zielvereinbarung ist für keinen Geldbetrag in diesem Zeitraum ein Nachweis "
        "nötig.",
        nachweisnorm_of(budget.beginn),
    )


def eingang_moeglich(
    row: Verwendungsnachweis, eingegangen_am: date, stichtag: date
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: a proof comes in after its stretch began, and not tomorrow.

    It may have come before anybody asked for it: then its true day is on record.
    """
    if row.von <= eingegangen_am <= stichtag:
        return None
    return Hindernis(
        f"Der Eingang muss zwischen dem {row.von:%d.%m.%Y} und heute liegen.",
        nachweisnorm_of(row.persoenliches_budget.beginn),
    )


def nachweis_geht_auf(
    row: Verwendungsnachweis, verwendet: Decimal, angespart: Decimal, zurueck: Decimal
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: the whole amount is accounted for, to the cent."""
    norm = nachweisnorm_of(row.persoenliches_budget.beginn)
    if min(verwendet, angespart, zurueck) < 0:
        return Hindernis("Ein Betrag kann nicht kleiner als null sein.", norm)
    summe = verwendet + angespart + zurueck
    if summe == row.zu_belegen:
        return None
    return Hindernis(
        f"Verwendet, angespart und zurückzugeben ergeben {format_euro(summe)}; nachzuweisen sind "
        f"{format_euro(row.zu_belegen)}.",
        norm,
    )


def nachweis_ueberfaellig(row: Verwendungsnachweis, stichtag: date) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: reminded is of what was due and has not come."""
    norm = nachweisnorm_of(row.persoenliches_budget.beginn)
    if row.eingegangen_am is not None:
        return Hindernis("Der Nachweis ist schon eingegangen.", norm)
    if stichtag <= row.faellig_am:
        return Hindernis(
            f"Der Nachweis ist bis zum {row.faellig_am:%d.%m.%Y} vorzulegen; erinnern können Sie "
            "danach.",
            norm,
        )
    return None
