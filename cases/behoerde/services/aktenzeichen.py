"""The next Aktenzeichen by the scheme of the authority: no gaps, never twice, old ones stay."""

from __future__ import annotations

from django.db.models import F

from cases.models import Aktenzeichenzaehler, Behoerde, Case, Team
from cases.models.aktenzeichen import Aktenzeichenschema, SchemaFehler
from cases.states.tafel import SchrittUnzulaessig


def next_aktenzeichen(jahr: int, team: Team | None = None) -> str:
    """Return the next Aktenzeichen of the year of receipt, e.g. EH-2026-00042.

    The counter row of the series stays locked until the caller's transaction ends, so a rollback
    gives the number back and two intakes never share one. A number that a case already carries,
    say from an import or an older scheme, is passed over.

    Raises SchrittUnzulaessig when the scheme of the authority makes none, e.g. for want of the
    team's abbreviation.
    """
    behoerde = Behoerde.objects.get(pk=1)
    praefix = behoerde.aktenzeichen_praefix
    kuerzel = team.kuerzel if team else ""
    try:
        schema = Aktenzeichenschema.lesen(behoerde.aktenzeichen_schema)
        if "team" in schema.namen and not kuerzel:
            raise SchrittUnzulaessig(
                f"Das Schema der Aktenzeichen verlangt ein Kürzel des Teams; {team or 'das Team'} "
                "hat noch keines. Die Fachadministration trägt es auf der Seite „Behörde“ ein."
            )
        reihe = schema.reihe(praefix=praefix, jahr=jahr, team=kuerzel)
        while True:
            aktenzeichen = schema.bilden(
                praefix=praefix, jahr=jahr, team=kuerzel, nummer=_next_number(reihe)
            )
            if not Case.objects.filter(aktenzeichen=aktenzeichen).exists():
                return aktenzeichen
    except SchemaFehler as error:
        raise SchrittUnzulaessig(f"Das Aktenzeichen lässt sich nicht bilden. {error}") from error


def _next_number(reihe: str) -> int:
    Aktenzeichenzaehler.objects.get_or_create(reihe=reihe)
    Aktenzeichenzaehler.objects.select_for_update().get(reihe=reihe)
    Aktenzeichenzaehler.objects.filter(reihe=reihe).update(stand=F("stand") + 1)
    return Aktenzeichenzaehler.objects.values_list("stand", flat=True).get(reihe=reihe)
