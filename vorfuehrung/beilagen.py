"""What is told once the cases stand: papers, Anfragen, absence, consents, access, an import.

Each step is one transaction and noted in it, so that a load that was cut off goes on behind the
last one. The steps choose among the told cases, never among those that people have opened, and
leave alone the first ones, in which somebody may be at work already.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db.models import QuerySet

from cases.frist.services.fristenlauf import sweep
from cases.models import Case, User
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from vorfuehrung.antrag import load_anfragen
from vorfuehrung.austausch import load_austausch
from vorfuehrung.beitrag import tell_beitrag
from vorfuehrung.erzaehlen import in_transaction
from vorfuehrung.fall import tell_cases
from vorfuehrung.lebenslage import tell_lebenslagen
from vorfuehrung.models import ErzaehlterFall, Ladestand
from vorfuehrung.reihe import ZUERST, plaetze_der_musterfaelle
from vorfuehrung.tisch import tell_tisch
from vorfuehrung.unterlage import load_unterlagen
from vorfuehrung.vorgaben import tell_vorgaben
from vorfuehrung.zugang import load_zugang
from vorfuehrung.zustaendigkeit import show_einwilligungen, show_zustaendigkeit

logger = logging.getLogger("fallwerk.vorfuehrung")


@dataclass(frozen=True)
class Erzaehlung:
    """What every step needs: who acts, the day, the password of a new account."""

    users: Mapping[str, User]
    heute: date
    password: str


def told_cases(ab: int = 0) -> QuerySet[Case]:
    """Return the cases told from place `ab` on."""
    return Case.objects.filter(
        pk__in=ErzaehlterFall.objects.filter(platz__gte=ab, erzaehlt=True).values("case")
    )


def _unterlagen(e: Erzaehlung) -> None:
    """The model case first: most papers lie there."""
    muster = told_cases(ab=plaetze_der_musterfaelle()[-1])
    laufend = muster.exclude(state__in=[Fallzustand.BEENDET, Fallzustand.WEITERGELEITET])
    faelle = list(laufend.select_related("caseworker").order_by("pk"))
    load_unterlagen(faelle[::9], heute=e.heute)


def _anfragen(e: Erzaehlung) -> None:
    load_anfragen(users=dict(e.users), heute=e.heute)


def _faelle(e: Erzaehlung) -> None:
    tell_cases(told_cases(ZUERST), dict(e.users), e.heute)


def _zustaendigkeit(e: Erzaehlung) -> None:
    show_zustaendigkeit(told_cases(ZUERST), e.users["fallmanager"], e.heute)


def _einwilligungen(e: Erzaehlung) -> None:
    show_einwilligungen(told_cases(ZUERST), e.users["fallmanager"], e.heute)


def _tisch(e: Erzaehlung) -> None:
    tell_tisch(told_cases(ZUERST), dict(e.users), e.heute)


def _fristenlauf(e: Erzaehlung) -> None:
    sweep(tag=e.heute)


def _zugang(e: Erzaehlung) -> None:
    load_zugang(faelle=told_cases(), password=e.password, heute=e.heute, users=dict(e.users))


def _austausch(e: Erzaehlung) -> None:
    load_austausch(faelle=told_cases(), users=dict(e.users), heute=e.heute)


def _beitrag(e: Erzaehlung) -> None:
    tell_beitrag(told_cases(ZUERST), dict(e.users), e.heute)


def _lebenslagen(e: Erzaehlung) -> None:
    tell_lebenslagen(e.users, e.heute)


def _vorgaben(e: Erzaehlung) -> None:
    tell_vorgaben(users=e.users, heute=e.heute)


#: By the name under which a finished step is noted; told in this order.
BEILAGEN: Mapping[str, Callable[[Erzaehlung], None]] = {
    "unterlagen": _unterlagen,
    "anfragen": _anfragen,
    "faelle": _faelle,
    "zustaendigkeit": _zustaendigkeit,
    "einwilligungen": _einwilligungen,
    "tisch": _tisch,
    "fristenlauf": _fristenlauf,
    "zugang": _zugang,
    "austausch": _austausch,
    "beitrag": _beitrag,
    "lebenslagen": _lebenslagen,
    "vorgaben": _vorgaben,
}


def once(name: str, step: Callable[[], None]) -> None:
    """Run the step and note it in the same transaction, unless it is noted."""

    def noted() -> None:
        stand = Ladestand.objects.select_for_update().get(pk=1)
        if name in stand.schritte:
            return
        step()
        stand.schritte = [*stand.schritte, name]
        stand.save(update_fields=["schritte"])

    in_transaction(noted)


def tell_beilagen(erzaehlung: Erzaehlung) -> None:
    """Tell all steps that are not told yet; one that a person has made impossible is left out."""
    for name, tell in BEILAGEN.items():
        try:
            once(name, partial(tell, erzaehlung))
        except (SchrittUnzulaessig, ObjectDoesNotExist, MultipleObjectsReturned) as error:
            logger.warning("Schritt %s der Vorführung entfällt: %s", name, type(error).__name__)
            once(name, lambda: None)
