"""Further decisions that wait for somebody: for a release, or to be finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from budget.models import Beitragspruefung, Folgebescheid
from budget.states import Bescheidzustand
from budget.states.faelle import KUENDIGUNG_DER_BEHOERDE, KUENDIGUNGSBRIEF
from budget.states.folge import Folgeart
from cases import access
from cases.models import Case, Schreiben, User
from cases.queries.augenpaar import own_accounts, written_by_others
from cases.reihe import keys_of
from cases.states.versand import UNTERWEGS


def list_vorgelegte(user: User, stichtag: date) -> Sequence[Folgebescheid]:
    """Return submitted decisions that this Sachgebietsleitung may release, and notices to give."""
    return access.ask(_vorgelegte, user, stichtag, konten=own_accounts(user))


def _vorgelegte(user: User, stichtag: date) -> QuerySet[Folgebescheid]:
    eigene = own_accounts(user)
    wartet = Q(state=Bescheidzustand.VORGELEGT) | _zu_kuendigen(stichtag)
    rows = written_by_others(Folgebescheid.objects.filter(wartet), user)
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


def _zu_kuendigen(stichtag: date) -> Q:
    """Return which drafts wait for the notice of the authority: heard, and nothing written yet."""
    gehoert = (
        Q(aeusserung_am__isnull=False)
        | ~Q(anhoerung_verzicht="")
        | Q(anhoerung_schreiben__isnull=False, anhoerung_bis__lt=stichtag)
    )
    nummer = Concat(Value("folgebescheid:"), Cast(OuterRef("pk"), CharField()))
    geschrieben = Schreiben.objects.filter(
        case=OuterRef("case"), art=KUENDIGUNGSBRIEF, gegenstand=nummer
    )
    return gehoert & Q(
        ~Exists(geschrieben),
        state=Bescheidzustand.ENTWURF,
        art=Folgeart.KUENDIGUNG,
        fall_des_gesetzes=KUENDIGUNG_DER_BEHOERDE,
        gekuendigt_am__isnull=True,
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
