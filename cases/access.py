"""Who may see which case and take which step. Deny by default; a foreign case does not exist.

Layer of need-to-know: Fallmanagement sees the cases of the own team (protected ones only as the
responsible person), Sachgebietsleitung those of the teams it leads, Revision all of them read-only,
everybody else only what a dated Zuweisung opens. Kasse, Datenschutz and Fachadministration see no
case content.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, Lesezugriff, User, Zugriffsverweigerung, Zuweisung
from cases.states import Rolle, SchrittUnzulaessig, Zustandstafel

FALLROLLEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST, Rolle.REVISION)
SCHREIBROLLEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG)
# „Mein Tag“ is only worth a visit for those who have cases of their own or assigned ones.
TAGESROLLEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST)


def visible_to(user: User, stichtag: date) -> QuerySet[Case]:
    """Return the cases that this user may open on this day; every list starts from here."""
    if not user.is_active:
        return Case.objects.none()
    sees = Q(pk__in=[])
    if user.has_rolle(Rolle.REVISION):
        sees |= Q(geschuetzt=False)
    if user.has_rolle(Rolle.LEITUNG):
        sees |= Q(team__leitungen=user)
    if user.has_rolle(Rolle.FALLMANAGEMENT):
        sees |= Q(caseworker=user)
        if user.team_id is not None:
            sees |= Q(team_id=user.team_id, geschuetzt=False)
    if user.has_rolle(Rolle.FALLMANAGEMENT, Rolle.FACHDIENST):
        dated = Zuweisung.objects.filter(
            Q(bis__isnull=True) | Q(bis__gte=stichtag),
            case=OuterRef("pk"),
            user=user,
            von__lte=stichtag,
        )
        sees |= Q(Exists(dated))
    if user.has_rolle(Rolle.LEITUNG):
        # The join over led teams may repeat a row.
        return Case.objects.filter(pk__in=Case.objects.filter(sees).values("pk"))
    return Case.objects.filter(sees)


def open_case(user: User, case_id: int, route: str, stichtag: date) -> Case | None:
    """Return the case and log the read in one transaction; None when it is not visible.

    A refused attempt is logged as well. The caller answers 404, never 403.
    """
    with transaction.atomic():
        case = (
            visible_to(user, stichtag)
            .select_related("leistungsberechtigte_person", "team", "caseworker")
            .filter(pk=case_id)
            .first()
        )
        if case is None:
            Zugriffsverweigerung.objects.create(
                user=user, route=route, case_id_angefragt=min(case_id, 2**63 - 1)
            )
            return None
        als = next((r.value for r in FALLROLLEN if user.has_rolle(r)), "")
        Lesezugriff.objects.create(case=case, user=user, route=route, als=als)
        return case


def may_write(user: User) -> bool:
    """Tell whether the user works on cases (and does not only read them)."""
    return user.has_rolle(*SCHREIBROLLEN)


def may(user: User, tafel: Zustandstafel, schritt: str, zustand: str) -> bool:
    """Tell whether role and state allow the step; guards are asked by the service."""
    zeile = tafel.uebergang(schritt)
    return zustand in zeile.von and bool(user.rollen & zeile.rollen)


def require(user: User, tafel: Zustandstafel, schritt: str, zustand: str) -> str:
    """Return the state after the step or raise SchrittUnzulaessig with the German reason."""
    zeile = tafel.uebergang(schritt)
    if not user.rollen & zeile.rollen:
        wer = " oder ".join(sorted(zeile.rollen))
        raise SchrittUnzulaessig(f"„{zeile.titel}“ ist der Rolle {wer} vorbehalten.", zeile.norm)
    return tafel.ziel(zustand, schritt)
