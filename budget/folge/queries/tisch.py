"""Further decisions that wait for somebody: for a release, or to be finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from budget.models import Beitragspruefung, Folgebescheid
from budget.states import Bescheidzustand
from budget.states.folge import Folgeart
from cases import access
from cases.models import Case, User
from cases.queries.augenpaar import own_accounts, written_by_others
from cases.reihe import keys_of
from cases.states.versand import UNTERWEGS


def list_vorgelegte(user: User, stichtag: date) -> Sequence[Folgebescheid]:
    """Return submitted decisions that this Sachgebietsleitung may release."""
    return access.ask(_vorgelegte, user, stichtag, konten=own_accounts(user))


def _vorgelegte(user: User, stichtag: date) -> QuerySet[Folgebescheid]:
    eigene = own_accounts(user)
    rows = written_by_others(Folgebescheid.objects.filter(state=Bescheidzustand.VORGELEGT), user)
    rows = rows.exclude(vorgelegt_von__in_reihe=eigene)
    visible = access.visible_to(user, stichtag).filter(pk__in_reihe=keys_of(rows, "case"))
    return (
        rows.filter(case__in_reihe=keys_of(visible))
        # A change is released with the Bescheid over the new budget, which has a row of its own.
        .exclude(art=Folgeart.AENDERUNG)
        .exclude(widerspruch__erfasst_von__in_reihe=eigene)
        .exclude(
            pk__in=Beitragspruefung.objects.filter(geprueft_von__in_reihe=eigene).values(
                "folgebescheid"
            )
        )
        .select_related("case__leistungsberechtigte_person")
        .order_by("vorgelegt_am", "id")
    )


def list_eigene(user: User, stichtag: date) -> Sequence[Folgebescheid]:
    """Return decisions of the own cases that are not finished: written, submitted, not sent."""
    return access.ask(_eigene, user, stichtag)


def _eigene(user: User, stichtag: date) -> QuerySet[Folgebescheid]:
    offen = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT, Bescheidzustand.FREIGEGEBEN)
    eigene = keys_of(Case.objects.filter(caseworker=user))
    return (
        Folgebescheid.objects.filter(state__in=offen, case__in_reihe=eigene)
        .exclude(art=Folgeart.AENDERUNG, state=Bescheidzustand.FREIGEGEBEN)
        .exclude(schreiben__versand_liste__state__in=UNTERWEGS)
        .select_related("case__leistungsberechtigte_person")
        .order_by("datum", "id")
    )
