"""Reading that stands out, found in the log as a whole."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Func
from django.db.models.functions import Lower

from cases.models import Auffaelligkeit, Auffaelligkeitsart, Lesezugriff, Listenabruf, User
from cases.states.zugang import Abrufart, Zugriffsgrund


def persons_shown(seit: datetime, *, mehr_als: int) -> list[tuple[User, int]]:
    """Return who was shown more different cases since a moment, and how many; two queries."""
    je_fall = (
        Listenabruf.objects.filter(zeit__gt=seit)
        .order_by()
        .annotate(fall=Func(F("faelle"), function="unnest"))
        .values("user", "fall")
        .distinct()
    )
    zahlen: dict[int, int] = {}
    for row in je_fall.iterator():
        zahlen[row["user"]] = zahlen.get(row["user"], 0) + 1
    viele = {user: anzahl for user, anzahl in zahlen.items() if anzahl > mehr_als}
    return [(user, viele[user.pk]) for user in User.objects.filter(pk__in=viele).order_by("pk")]


def persons_listed_to(user: User, seit: datetime) -> int:
    """Return how many different cases lists have shown to one person since a moment."""
    je_fall = (
        Listenabruf.objects.filter(user=user, zeit__gt=seit, art=Abrufart.LISTE)
        .order_by()
        .annotate(fall=Func(F("faelle"), function="unnest"))
        .values("fall")
        .distinct()
    )
    return je_fall.count()


def near_readings(seit: datetime, *, ruhe_seit: datetime) -> list[tuple[str, int, int]]:
    """Return kind, reader and case of opened cases that bear the name of a colleague or the own.

    A case that was an alert for this reader since `ruhe_seit` is left out; one query for each kind.
    """
    person = "case__leistungsberechtigte_person"
    gelesen = (
        Lesezugriff.objects.filter(zeit__gt=seit)
        .exclude(grund=Zugriffsgrund.DATENSCHUTZ)
        .order_by()
        .annotate(vorname=Lower(f"{person}__vorname"), nachname=Lower(f"{person}__nachname"))
    )
    kollegium = (
        User.objects.filter(is_active=True)
        .annotate(vor=Lower("first_name"), nach=Lower("last_name"))
        .filter(vor=OuterRef("vorname"), nach=OuterRef("nachname"))
    )
    bedingungen = {
        Auffaelligkeitsart.KOLLEGIUM: Q(Exists(kollegium)),
        Auffaelligkeitsart.NAMENSGLEICH: Q(nachname=Lower("user__last_name")),
    }
    found: list[tuple[str, int, int]] = []
    for art, bedingung in bedingungen.items():
        schon = Auffaelligkeit.objects.filter(
            art=art, user=OuterRef("user"), fall=OuterRef("case_id"), zeit__gt=ruhe_seit
        )
        rows = gelesen.filter(bedingung, ~Exists(schon)).values_list("user", "case").distinct()
        found += [(str(art.value), user, case) for user, case in rows]
    return found
