"""What a second person has to decide about a person, as rows of „Mein Tag“."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast
from django.urls import reverse

from cases import access
from cases.models import Auskunftssperre, Bankverbindung, Personenschutz, User
from cases.models import Case as Fall
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.reihe import keys_of
from cases.states.rolle import NUR_LEITUNG, Rolle
from cases.states.schutz import PERSONENSCHUTZ, Schutzzustand

_WARTET = "wartet auf eine zweite Person"


def _columns(rows: QuerySet[Any], *, seit: str, text: str = "pk") -> QuerySet[Any, Any]:
    """Return the cases of the persons about whom something waits, with the first such thing.

    From the persons to their cases by the index, however many cases there are; those that the user
    does not see are left out later.
    """
    faelle = Fall.objects.filter(
        leistungsberechtigte_person__in_reihe=keys_of(rows, "leistungsberechtigte_person")
    )
    eines = rows.filter(
        leistungsberechtigte_person=OuterRef("leistungsberechtigte_person")
    ).order_by("pk")
    return columns(
        faelle.order_by("-pk").annotate(
            ding=Subquery(eines.values("pk")[:1]),
            ding_seit=Subquery(eines.values(seit)[:1]),
            ding_text=Cast(Subquery(eines.values(text)[:1]), CharField()),
        ),
        nummer="ding",
        fall="pk",
        aktenzeichen="aktenzeichen",
        person="leistungsberechtigte_person",
        seit="ding_seit",
        text="ding_text",
    )


def _by_two_of_whom_one_leads(rows: QuerySet[Any], wer: str, user: User) -> QuerySet[Any]:
    """Keep what this user may decide: another one has asked, and one of the two is a Leitung."""
    fremde = rows.exclude(**{f"{wer}__in_reihe": own_accounts(user)})
    if user.has_rolle(Rolle.LEITUNG):
        return fremde
    leitungen = User.objects.filter(groups__name=Rolle.LEITUNG)
    return fremde.filter(**{f"{wer}__in_reihe": keys_of(leitungen)})


def _schutz(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & PERSONENSCHUTZ.uebergang("bestaetigen").rollen:
        return None
    offen = Personenschutz.objects.filter(
        state__in=[Schutzzustand.GESETZT, Schutzzustand.AUFHEBUNG]
    ).annotate(
        wer=Case(
            When(state=Schutzzustand.AUFHEBUNG, then=F("aufhebung_von")), default=F("gesetzt_von")
        )
    )
    rows = _by_two_of_whom_one_leads(offen, "wer", user)
    return _columns(rows, seit="gueltig_ab", text="state")


def _schutzzeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    aufhebung = row.text == Schutzzustand.AUFHEBUNG
    return Arbeitszeile(
        gruppe="Schutz von Personen",
        titel="Aufhebung des Schutzes entscheiden" if aufhebung else "Schutz bestätigen",
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("schutz", args=[row.fall]),
        seit=row.seit,
        zustand=Schutzzustand(row.text).label,
        farbe=PERSONENSCHUTZ.farben[Schutzzustand(row.text)],
        art="freigabe",
    )


def _sperrenden(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not access.may_write(user):
        return None
    offen = Auskunftssperre.objects.filter(ende_von__isnull=False, ende_durch__isnull=True)
    rows = _by_two_of_whom_one_leads(offen, "ende_von", user)
    return _columns(rows, seit="gueltig_ab", text="ende_am")


def _sperrzeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    ende = date.fromisoformat(row.text)
    return _angabe(
        row, f"Ende der Auskunftssperre zum {ende:%d.%m.%Y} entscheiden", "auskunftssperren"
    )


def _konten(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & NUR_LEITUNG:
        return None
    eigene = own_accounts(user)
    verlauf: Any = Bankverbindung.pgh_event_model  # type: ignore[attr-defined]  # set by pghistory
    geschrieben = verlauf.objects.filter(bearbeitet_von__in_reihe=eigene).values("pgh_obj")
    rows = (
        Bankverbindung.objects.filter(wartet=True)
        .exclude(bearbeitet_von__in_reihe=eigene)
        .exclude(pk__in=geschrieben)
    )
    return _columns(rows, seit="gueltig_ab")


def _kontozeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return _angabe(row, "Konto bestätigen, das nicht der Person gehört", "bankverbindungen")


def _angabe(row: Kurzzeile, titel: str, art: str) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Angaben zu Personen",
        titel=titel,
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("angabe", args=[row.fall, art, row.nummer]),
        seit=row.seit,
        zustand=_WARTET,
        farbe="warning",
        art="freigabe",
    )


KURZQUELLEN = (
    Kurzquelle(_schutz, _schutzzeile),
    Kurzquelle(_sperrenden, _sperrzeile),
    Kurzquelle(_konten, _kontozeile),
)
