"""Reads of versions of the Gesamtplan; each has a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)

from cases import access
from cases.models import Case, Einwilligung, Ereignis, Leistungstraeger, User, Versand
from cases.queries.augenpaar import own_accounts, written_by_others
from cases.registry.beitrag import registry
from cases.reihe import keys_of
from cases.states.rolle import Rolle
from cases.states.versand import Versandzustand
from cases.vordruck import attach, rows_of
from gesamtplan.models import (
    Anmerkung,
    Gesamtplan,
    Leistung,
    Mehrausfertigung,
    Planinhalt,
    Planuebergabe,
    Teilhabeziel,
    Zielbewertung,
)
from gesamtplan.states import Planzustand
from gesamtplan.states.lebensuebergang import Planungsanlass
from gesamtplan.states.ueberpruefung import Pruefstand, Stimme
from recht.inhalte import pflichtinhalte
from recht.rechtsstand import (
    BEGINN_B,
    BEGINN_UEBERGANG,
    DECKUNG_BIS,
    Rechtsstand,
    rechtsstand_am,
)

# What a list of „Mein Tag“ shows of one kind.
DESK_ROWS = 40
_MIT_LEISTUNG = ("leistungstraeger", "teilhabeziel", "angebot__leistungserbringer")


def with_parts(plaene: QuerySet[Gesamtplan]) -> QuerySet[Gesamtplan]:
    """Read the parts of each version along: five more queries, however many rows."""
    return plaene.select_related(
        "case__leistungsberechtigte_person",
        "case__caseworker",
        "bedarfsermittlung",
        "erstellt_von",
        "bearbeitet_von",
        "vorgelegt_von",
        "freigegeben_von",
        "schreiben",
        "vorgaenger",
    ).prefetch_related(
        "planinhalte",
        "teilhabeziele",
        "anmerkungen",
        Prefetch(
            "leistungen",
            Leistung.objects.select_related(*_MIT_LEISTUNG),
        ),
    )


def get_plan(gesamtplan_id: int) -> Gesamtplan:
    """Return a version with its parts."""
    return with_parts(Gesamtplan.objects.all()).get(pk=gesamtplan_id)


def version_of(case: Case, version: int) -> Gesamtplan | None:
    """Return one version of the plan of this case with its parts; five queries."""
    return _first_with_parts(rows_of(_version, fall=case.pk, version=version), case)


def newest_of(case: Case) -> Gesamtplan | None:
    """Return the newest version of the plan of this case with its parts; five queries."""
    return _first_with_parts(rows_of(_newest_head, fall=case.pk), case)


def _first_with_parts(rows: list[Gesamtplan], case: Case) -> Gesamtplan | None:
    for plan in rows:
        plan.case = case
        attach(plan, "planinhalte", rows_of(_inhalte, plan=plan.pk))
        attach(plan, "teilhabeziele", rows_of(_ziele, plan=plan.pk))
        attach(plan, "leistungen", rows_of(_leistungen, plan=plan.pk))
        attach(plan, "anmerkungen", rows_of(_anmerkungen, plan=plan.pk))
        return plan
    return None


def _heads(fall: int) -> QuerySet[Gesamtplan]:
    # The case is known, and few ask who began the version or for its letter.
    return Gesamtplan.objects.filter(case_id=fall).select_related(
        "bedarfsermittlung",
        "bearbeitet_von",
        "vorgelegt_von",
        "freigegeben_von",
        "vorgaenger",
    )


def _version(fall: int, version: int) -> QuerySet[Gesamtplan]:
    return _heads(fall).filter(version=version)


def _newest_head(fall: int) -> QuerySet[Gesamtplan]:
    return _heads(fall).order_by("-version")[:1]


def _inhalte(plan: int) -> QuerySet[Planinhalt]:
    return Planinhalt.objects.filter(gesamtplan_id=plan)


def _ziele(plan: int) -> QuerySet[Teilhabeziel]:
    return Teilhabeziel.objects.filter(gesamtplan_id=plan)


def _anmerkungen(plan: int) -> QuerySet[Anmerkung]:
    rows = Anmerkung.objects.filter(gesamtplan_id=plan)
    return rows.select_related("von", "beantwortet_von")


def _leistungen(plan: int) -> QuerySet[Leistung]:
    rows = Leistung.objects.filter(gesamtplan_id=plan)
    return rows.select_related(*_MIT_LEISTUNG)


def versions_of(case: Case) -> QuerySet[Gesamtplan]:
    """Return all versions without their parts, the newest first."""
    return Gesamtplan.objects.filter(case=case).order_by("-version")


def version_list(case: Case) -> list[Gesamtplan]:
    """Return what a list of all versions names, the newest first; one query."""
    return rows_of(_version_list, fall=case.pk)


def _version_list(fall: int) -> QuerySet[Gesamtplan]:
    rows = Gesamtplan.objects.filter(case_id=fall).order_by("-version")
    return rows.only("version", "datum", "state", "anlass")


def newest_version(case: Case) -> Gesamtplan | None:
    """Return the newest version of the plan of this case without its parts.

    `uebergeben` tells whether the person has got it: noted by hand, or sent as a letter of its
    own or with a Bescheid.
    """
    plan: Any = next(iter(rows_of(_newest, fall=case.pk)), None)
    if plan is not None:
        plan.uebergeben = plan.liegt_vor
    return plan


def _newest(fall: int) -> QuerySet[Gesamtplan]:
    vermerkt = Planuebergabe.objects.filter(gesamtplan=OuterRef("pk"))
    # A Bescheid encloses the plan in force (§ 121 Abs. 5 SGB IX); its data are encrypted.
    bescheide = [art.schluessel for art in registry.schreibenarten.values() if art.rechtsbehelf]
    mit_bescheid = Q(schreiben__art__in=bescheide, schreiben__datum__gte=OuterRef("freigegeben_am"))
    versandt = Versand.objects.filter(
        Q(schreiben=OuterRef("schreiben")) | mit_bescheid,
        schreiben__case_id=fall,
        state=Versandzustand.AUFGEGEBEN,
    )
    rows = Gesamtplan.objects.filter(case_id=fall).order_by("-version")
    return rows.annotate(liegt_vor=Exists(vermerkt) | Exists(versandt))[:1]


def reviewed_status(plan: Gesamtplan) -> dict[UUID, str]:
    """Return by `kennung` how the Fallmanagement has rated the goals in the last closed review."""
    rows = Zielbewertung.objects.filter(
        ueberpruefung__gesamtplan=plan,
        ueberpruefung__state=Pruefstand.ABGESCHLOSSEN,
        stimme=Stimme.FALLMANAGEMENT,
    )
    geordnet = rows.order_by("ueberpruefung__abgeschlossen_am", "ueberpruefung")
    return dict(geordnet.values_list("kennung", "status"))


def usual_anlaesse(tag: date) -> list[str]:
    """Return why a plan is made anyway: since 2018 the law asks for one in every case."""
    return [] if rechtsstand_am(tag) == Rechtsstand.A else [Planungsanlass.PFLICHT.value]


def surplus_inhalte(plan: Gesamtplan) -> list[tuple[Planinhalt, str]]:
    """Return texts under headings that the Rechtsstand of the plan's date does not ask for.

    They come from an older version; each is returned with its heading.
    """
    known = {inhalt.schluessel for inhalt in pflichtinhalte("gesamtplan", plan.datum)}
    headings = _all_headings()
    return [
        (inhalt, headings[inhalt.schluessel])
        for inhalt in plan.planinhalte.all()
        if inhalt.schluessel not in known and inhalt.text.strip()
    ]


@cache
def _all_headings() -> dict[str, str]:
    last_days = (BEGINN_UEBERGANG - timedelta(days=1), BEGINN_B - timedelta(days=1), DECKUNG_BIS)
    return {
        inhalt.schluessel: inhalt.bezeichnung
        for day in last_days
        for inhalt in pflichtinhalte("gesamtplan", day)
    }


def by_leistungstraeger(
    leistungen: Iterable[Leistung],
) -> list[tuple[Leistungstraeger, list[Leistung]]]:
    """Group Leistungen by who pays: the own authority first, then by name."""
    groups: dict[int, tuple[Leistungstraeger, list[Leistung]]] = {}
    for leistung in sorted(leistungen, key=lambda row: (row.teilhabeziel.nummer, row.pk)):
        traeger = leistung.leistungstraeger
        groups.setdefault(traeger.pk, (traeger, []))[1].append(leistung)
    return sorted(groups.values(), key=lambda group: (not group[0].eigener, group[0].name))


def all_leistungstraeger() -> QuerySet[Leistungstraeger]:
    """Return the Leistungsträger that a Leistung may name.

    Ended ones are offered as well: a Leistung may lie in the past. Merged ones are not.
    """
    return Leistungstraeger.objects.filter(zusammengefuehrt_in__isnull=True)


def mehrausfertigung_of(case: Case, mehrausfertigung_id: int) -> Mehrausfertigung | None:
    """Return a copy of a plan of this case, None when it belongs to another case."""
    rows = Mehrausfertigung.objects.filter(gesamtplan__case=case, pk=mehrausfertigung_id)
    return rows.select_related(
        "einwilligung",
        "gesamtplan__schreiben",
        "gesamtplan__case__leistungsberechtigte_person",
        "gesamtplan__case__caseworker",
    ).first()


def einwilligungen_am(case: Case, teil: str, stichtag: date) -> QuerySet[Einwilligung]:
    """Return the consents of a case that hold on a day and cover a part of the file."""
    rows = Einwilligung.objects.wirksam_am(stichtag).filter(case=case, teile__contains=[teil])
    return rows.order_by("empfaenger_name", "-erteilt_am")


def verlauf_of(plan: Gesamtplan) -> list[Ereignis]:
    """Return what happened to one version, the newest first."""
    return rows_of(_verlauf, fall=plan.case_id, gegenstand=f"gesamtplan:{plan.pk}")


def _verlauf(fall: int, gegenstand: str) -> QuerySet[Ereignis]:
    rows = Ereignis.objects.filter(case_id=fall, gegenstand=gegenstand).select_related("user")
    return rows.only("am", "text", "user__first_name", "user__last_name")


def waiting_for_release(user: User, stichtag: date) -> QuerySet[Gesamtplan]:
    """Return submitted versions of others in the teams that the user leads, the oldest first."""
    geleitet = Case.objects.filter(team__in_reihe=access.led_teams(user))
    rows = Gesamtplan.objects.filter(state=Planzustand.VORGELEGT, case__in_reihe=keys_of(geleitet))
    rows = written_by_others(rows, user)
    rows = rows.exclude(vorgelegt_von__in_reihe=own_accounts(user))
    return _of_visible(rows, user, stichtag).order_by("vorgelegt_am", "pk")[:DESK_ROWS]


def on_desk_of(user: User, stichtag: date) -> tuple[list[Gesamtplan], list[Gesamtplan]]:
    """Return what waits for release by this user, and what else is in the user's hands.

    One query. What the user has submitted and may release all the same is among the first.
    """
    rows = access.ask(_on_desk, user, stichtag, konten=own_accounts(user))
    zur_freigabe = [plan for plan in rows if plan.freizugeben]
    bekannt = {plan.pk for plan in zur_freigabe}
    in_arbeit = [plan for plan in rows if plan.pk not in bekannt]
    return zur_freigabe, sorted(in_arbeit, key=lambda plan: plan.vorgelegt_am or date.max)


def _on_desk(user: User, stichtag: date) -> QuerySet[Gesamtplan]:
    in_arbeit = drafts_of(user, stichtag).annotate(freizugeben=Value(False))
    if not user.has_rolle(Rolle.LEITUNG):
        return in_arbeit
    zur_freigabe = waiting_for_release(user, stichtag).annotate(freizugeben=Value(True))
    return zur_freigabe.union(in_arbeit, all=True)


def _of_visible(rows: QuerySet[Gesamtplan], user: User, stichtag: date) -> QuerySet[Gesamtplan]:
    """Narrow to visible cases: looked up for these rows only, never all that the user may see."""
    visible = access.visible_to(user, stichtag).filter(pk__in_reihe=keys_of(rows, "case"))
    return (
        rows.filter(case__in_reihe=keys_of(visible))
        .select_related("case__leistungsberechtigte_person")
        .only(
            "version",
            "datum",
            "state",
            "vorgelegt_am",
            "rueckgabe_grund",
            "case__aktenzeichen",
            "case__leistungsberechtigte_person__vorname",
            "case__leistungsberechtigte_person__nachname",
        )
    )


def drafts_of(user: User, stichtag: date) -> QuerySet[Gesamtplan]:
    """Return drafts in the user's hands, and what the user has submitted and waits for."""
    if not user.has_rolle(Rolle.FALLMANAGEMENT, Rolle.LEITUNG):
        return Gesamtplan.objects.none()
    eigene = Q(case__in_reihe=keys_of(Case.objects.filter(caseworker=user)))
    rows = Gesamtplan.objects.filter(
        eigene | Q(bearbeitet_von=user) | Q(vorgelegt_von=user),
        Q(state=Planzustand.ENTWURF) | Q(state=Planzustand.VORGELEGT, vorgelegt_von=user),
    )
    return _of_visible(rows, user, stichtag).order_by("datum", "pk")[:DESK_ROWS]


def count_entwuerfe(case_ids: list[int]) -> dict[int, int]:
    """Count per case the versions of the plan that are not released; one query."""
    offen = [Planzustand.ENTWURF, Planzustand.VORGELEGT]
    rows = Gesamtplan.objects.filter(case__in=case_ids, state__in=offen)
    return dict(Counter(rows.order_by().values_list("case", flat=True)))


def count_per_person(user_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return per responsible person how many versions are drafts, and how many are submitted."""
    rows = (
        Gesamtplan.objects.filter(case__caseworker__in=user_ids)
        .order_by()
        .values_list("case__caseworker")
        .annotate(
            entwuerfe=Count("pk", filter=Q(state=Planzustand.ENTWURF)),
            vorgelegt=Count("pk", filter=Q(state=Planzustand.VORGELEGT)),
        )
    )
    return {pk: (entwuerfe, vorgelegt) for pk, entwuerfe, vorgelegt in rows}


def known_of_leistung(plan: Gesamtplan) -> dict[str, date]:
    """Return what a further Leistung begins with: the first day of those in the plan, if one."""
    tage = {leistung.beginn for leistung in plan.leistungen.all()}
    return {"beginn": tage.pop()} if len(tage) == 1 else {}


def wants_budget(plan: Gesamtplan) -> bool:
    """Tell whether an Antrag of the case asks for a Persönliches Budget; one query."""
    return plan.case.antraege.filter(persoenliches_budget=True).exists()


def cases_of_traeger(traeger: int) -> ArraySubquery:
    """Return the keys of the cases in whose plans this Leistungsträger gives something."""
    return keys_of(Leistung.objects.filter(leistungstraeger_id=traeger), "gesamtplan__case")
