"""Reads of Bescheide and counts of what is still being written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from budget.models import (
    Beitragspruefung,
    Bescheid,
    Folgebescheid,
    PersoenlichesBudget,
    Unterbrechung,
    Widerspruch,
    Zielvereinbarung,
)
from budget.models.folge import ERSTER_TAG
from budget.models.widerspruch import UNZULAESSIG
from budget.states import Auszahlungsform, Bescheidzustand, Budgetzustand, Vereinbarungszustand
from budget.states.folge import FOLGEARTEN, Folgeart
from budget.states.widerspruch import SCHWEBEND, Verfahrensausgang
from budget.zielvereinbarung.queries import zielvereinbarung_of
from cases import access
from cases.behoerde.queries.eigener_wert import teilmonat_modus
from cases.models import Case, Schreiben, User, Versand
from cases.models.vertretung import Beziehung
from cases.person.guards.adressat import zustellung_am
from cases.queries.augenpaar import own_accounts, written_by_others
from cases.reihe import keys_of
from cases.states.versand import UNTERWEGS
from recht.anschrift import land_of_zeilen
from recht.auszahlung import Neufestsetzung, Ruhezeit, Zahlungsplan, raten
from recht.laender import DEUTSCHLAND
from recht.laenge import monatsende

# As the first wording of the Zielvereinbarung has it.
_MODUS = "dreissigstel"
# § 2 BGB
VOLLJAEHRIG = 18


@dataclass(frozen=True)
class Haushalt:
    """Who lives with the person as far as it is recorded; children of any age."""

    partner: bool
    kinder: int
    minderjaehrig: bool


def bescheid_of(budget: PersoenlichesBudget) -> Bescheid | None:
    """Return the Bescheid of the budget, None before it is drafted."""
    for bescheid in budget.bescheide.all():
        bescheid.persoenliches_budget = budget
        bescheid.zielvereinbarung = zielvereinbarung_of(budget)
        return bescheid
    return None


def bekanntgabe_of(bescheid: Bescheid) -> date | None:
    """Return the day with which the Bescheid took effect: the first Bekanntgabe; no query."""
    if bescheid.schreiben is None:
        return None
    tage = [v.bekanntgabe for v in bescheid.schreiben.versand_liste.all() if v.bekanntgabe]
    return min(tage, default=None)


def alter_am_beginn(budget: PersoenlichesBudget) -> int:
    """Return the age of the person on the first day of the budget."""
    geboren, tag = budget.case.leistungsberechtigte_person.geburtsdatum, budget.beginn
    return tag.year - geboren.year - ((tag.month, tag.day) < (geboren.month, geboren.day))


def alter_mindestens(budget: PersoenlichesBudget) -> int:
    """Return the age on the first day if the birthday is the last one that is possible."""
    geboren = budget.case.leistungsberechtigte_person.geburt_spaetestens
    tag = budget.beginn
    return tag.year - geboren.year - ((tag.month, tag.day) < (geboren.month, geboren.day))


def haushalt_of(budget: PersoenlichesBudget) -> Haushalt:
    """Return what the record of the person says about her household on the first day."""
    person = budget.case.leistungsberechtigte_person
    beziehungen = [
        b.beziehung
        for b in person.bezugspersonen.all()
        if b.im_haushalt and b.gilt_am(budget.beginn)
    ]
    return Haushalt(
        partner=Beziehung.PARTNER in beziehungen,
        kinder=beziehungen.count(Beziehung.KIND),
        minderjaehrig=alter_am_beginn(budget) < VOLLJAEHRIG,
    )


def list_wirksam_werdende(stichtag: date) -> list[tuple[Schreiben, date]]:
    """Return letters of Bescheide whose Bekanntgabe has come without effect yet, with its day."""
    rows = (
        Schreiben.objects.filter(
            bescheid__state__in=(Bescheidzustand.VERSANDT, Bescheidzustand.BESTANDSKRAEFTIG),
            bescheid__persoenliches_budget__state=Budgetzustand.VEREINBART,
        )
        .annotate(bekannt_am=Min("versand_liste__bekanntgabe"))
        .filter(bekannt_am__lte=stichtag)
        .order_by("pk")
    )
    return [(row, row.bekannt_am) for row in rows]


def list_zur_freigabe(user: User, stichtag: date) -> Sequence[Bescheid]:
    """Return Bescheide that wait for the release by this Sachgebietsleitung."""
    return access.ask(_zur_freigabe, user, stichtag, konten=own_accounts(user))


def _zur_freigabe(user: User, stichtag: date) -> QuerySet[Bescheid]:
    rows = written_by_others(Bescheid.objects.filter(state=Bescheidzustand.VORGELEGT), user)
    rows = rows.exclude(vorgelegt_von__in_reihe=own_accounts(user))
    vorgelegt = keys_of(rows, "persoenliches_budget__case")
    visible = access.visible_to(user, stichtag).filter(pk__in_reihe=vorgelegt)
    return (
        rows.filter(persoenliches_budget__case__in_reihe=keys_of(visible))
        .select_related("persoenliches_budget__case__leistungsberechtigte_person")
        .order_by("vorgelegt_am", "id")
    )


def list_eigene_bescheide(user: User, stichtag: date) -> Sequence[Bescheid]:
    """Return Bescheide of the own cases that are not finished: written, submitted, not sent."""
    return access.ask(_eigene_bescheide, user, stichtag)


def _eigene_bescheide(user: User, stichtag: date) -> QuerySet[Bescheid]:
    eigene = keys_of(Case.objects.filter(caseworker=user))
    offen = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT, Bescheidzustand.FREIGEGEBEN)
    return (
        Bescheid.objects.filter(state__in=offen, persoenliches_budget__case__in_reihe=eigene)
        .exclude(schreiben__versand_liste__state__in=UNTERWEGS)
        .select_related("persoenliches_budget__case__leistungsberechtigte_person")
        .order_by("datum", "id")
    )


def count_entwuerfe(case_ids: list[int]) -> dict[int, int]:
    """Count per case the Bescheide and Zielvereinbarungen that are still being worked on."""
    zahlen: Counter[int] = Counter()
    for rows in (
        Bescheid.objects.filter(state__in=[Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT]),
        Zielvereinbarung.objects.filter(
            state__in=[Vereinbarungszustand.ENTWURF, Vereinbarungszustand.AUSGEFERTIGT]
        ),
    ):
        zahlen.update(
            rows.filter(persoenliches_budget__case__in=case_ids)
            .order_by()
            .values_list("persoenliches_budget__case", flat=True)
        )
    return dict(zahlen)


def count_per_person(user_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return per responsible person how many Bescheide are drafts, and how many are submitted."""
    person = "persoenliches_budget__case__caseworker"
    rows = (
        Bescheid.objects.filter(**{f"{person}__in": user_ids})
        .order_by()
        .values_list(person)
        .annotate(
            entwuerfe=Count("pk", filter=Q(state=Bescheidzustand.ENTWURF)),
            vorgelegt=Count("pk", filter=Q(state=Bescheidzustand.VORGELEGT)),
        )
    )
    return {pk: (entwuerfe, vorgelegt) for pk, entwuerfe, vorgelegt in rows}


def im_ausland(case: Case, stichtag: date) -> bool:
    """Tell whether the address to which a Bescheid goes on the day lies abroad."""
    zeilen = zustellung_am(case.leistungsberechtigte_person, stichtag).zeilen
    return land_of_zeilen(zeilen) != DEUTSCHLAND


def aufgehoben_ab() -> QuerySet[Any]:
    """Return the first day without payment by a decision in effect, of the budget asked about.

    A Widerspruch or Klage suspends it (§ 86a Abs. 1 S. 1 SGG); with success it has no effect.
    """
    arten = [art for art, zeile in FOLGEARTEN.items() if zeile.beendet]
    angegriffen = Widerspruch.objects.filter(schreiben=OuterRef("schreiben"))
    schwebend = angegriffen.filter(state__in=SCHWEBEND).exclude(UNZULAESSIG)
    rows = Folgebescheid.objects.filter(
        budget=OuterRef("pk"), art__in=arten, wirksam_am__isnull=False
    ).exclude(Exists(angegriffen.filter(ausgang=Verfahrensausgang.ERFOLG)), nachteilig=True)
    rows = rows.exclude(Exists(schwebend), sofort_vollziehbar=False, nachteilig=True)
    return rows.order_by().values("budget").annotate(tag=Min(ERSTER_TAG))


def wirksame_pruefungen(budgets: QuerySet[Any]) -> dict[int, tuple[Beitragspruefung, ...]]:
    """Return the reviews of Beitrag and assets whose decision is in effect, by budget; one query.

    The earliest Bekanntgabe comes first.

    One that takes something away waits while it is attacked (§ 86a Abs. 1 S. 1 SGG) and has no
    effect where the Widerspruch had success; one in favour of the person holds.
    """
    angegriffen = Widerspruch.objects.filter(schreiben=OuterRef("folgebescheid__schreiben"))
    schwebend = angegriffen.filter(state__in=SCHWEBEND).exclude(UNZULAESSIG)
    rows = Beitragspruefung.objects.filter(
        persoenliches_budget__in=budgets.order_by().values("pk"),
        folgebescheid__wirksam_am__isnull=False,
    )
    rows = rows.exclude(Exists(angegriffen.filter(ausgang=Verfahrensausgang.ERFOLG)), belastet=True)
    rows = rows.exclude(Exists(schwebend), belastet=True, folgebescheid__sofort_vollziehbar=False)
    rows = rows.select_related("folgebescheid__schreiben").defer("folgebescheid__schreiben__daten")
    found: dict[int, tuple[Beitragspruefung, ...]] = {}
    for row in rows.order_by("folgebescheid__wirksam_am", "pk"):
        found[row.persoenliches_budget_id] = (*found.get(row.persoenliches_budget_id, ()), row)
    return found


def neufestsetzungen(budgets: QuerySet[Any]) -> dict[int, tuple[Neufestsetzung, ...]]:
    """Return what `wirksame_pruefungen` keep back from which month on, by budget; one query."""
    return {
        budget: tuple(_neufestsetzung(row) for row in rows)
        for budget, rows in wirksame_pruefungen(budgets).items()
    }


def _neufestsetzung(row: Beitragspruefung) -> Neufestsetzung:
    wirksam = row.folgebescheid.wirksam_am if row.folgebescheid else None
    return Neufestsetzung(row.ab, wirksam or row.ab, row.abzug, row.verbrauch)


def neufestsetzungen_of(budget: PersoenlichesBudget) -> tuple[Neufestsetzung, ...]:
    """Return what decisions in effect keep back of this budget from another month on."""
    rows = PersoenlichesBudget.objects.filter(pk=budget.pk)
    return neufestsetzungen(rows).get(budget.pk, ())


def geltender_abzug(bescheid: Bescheid, tag: date) -> tuple[Decimal, dict[date, Decimal]]:
    """Return what is kept back of the month of a day, and what the assets pay first, by month.

    That of the last decision in effect that counts for the day, else that of the grant itself.
    """
    neue = [n for n in neufestsetzungen_of(bescheid.persoenliches_budget) if n.ab <= tag]
    if neue:
        return neue[-1].abzug, dict(neue[-1].verbrauch)
    return bescheid.abzug, verbrauch_of(bescheid)


def verbrauch_of(bescheid: Bescheid) -> dict[date, Decimal]:
    """Return what the assets pay first, by month, as the Bescheid has it."""
    return {date.fromisoformat(m): Decimal(b) for m, b in bescheid.vermoegensverbrauch}


def bewilligt_fuer(budget: PersoenlichesBudget, von: date, bis: date) -> Decimal:
    """Return what was granted in money for the months of a stretch, as if nothing had ended it.

    Decisions over another Beitrag count; what lifts the grant does not.
    """
    bescheid = budget.bescheide.first()
    if bescheid is None:
        return Decimal("0.00")
    plan = _bewilligter_plan(bescheid)
    fest = raten(plan, plan.erster_tag, max(monatsende(bis), plan.erster_tag))
    return sum((max(r.betrag, Decimal(0)) for r in fest if von <= r.monat <= bis), Decimal(0))


def _bewilligter_plan(bescheid: Bescheid) -> Zahlungsplan:
    budget = bescheid.persoenliches_budget
    bekannt = Versand.objects.filter(schreiben=bescheid.schreiben_id)
    return Zahlungsplan(
        budget.summe(form=Auszahlungsform.GELD),
        budget.beginn,
        budget.ende,
        bescheid.erste_auszahlung,
        bekannt.aggregate(tag=Min("bekanntgabe"))["tag"] if bescheid.schreiben_id else None,
        teilmonat_modus(budget.beginn) or _MODUS,
        bescheid.abzug,
        verbrauch_of(bescheid),
        neufestsetzungen_of(budget),
        ruhezeiten(PersoenlichesBudget.objects.filter(pk=budget.pk)).get(budget.pk, ()),
    )


def nach_dem_tod(row: Folgebescheid) -> bool:
    """Tell whether an Erstattung is about nothing but months after that of the death.

    For these no Bescheid holds any more that would have to be lifted (§ 39 Abs. 2 SGB X, § 59 S. 1
    SGB I).
    """
    tod = row.case.leistungsberechtigte_person.verstorben_am
    if row.art != Folgeart.ERSTATTUNG or tod is None or row.zeitraum_von is None:
        return False
    return row.zeitraum_von > monatsende(tod)


def unterbrechung_of(row: Folgebescheid) -> Unterbrechung | None:
    """Return the interruption on which a further decision rests."""
    rows = Unterbrechung.objects.filter(folgebescheid=row)
    return rows.select_related("persoenliches_budget__case").first()


def ruhezeiten(budgets: QuerySet[Any]) -> dict[int, tuple[Ruhezeit, ...]]:
    """Return what rests by decisions in effect, by budget; one query.

    A Widerspruch or Klage suspends such a decision (§ 86a Abs. 1 S. 1 SGG); with success it has
    no effect.
    """
    angegriffen = Widerspruch.objects.filter(schreiben=OuterRef("folgebescheid__schreiben"))
    schwebend = angegriffen.filter(state__in=SCHWEBEND).exclude(UNZULAESSIG)
    rows = Unterbrechung.objects.filter(
        persoenliches_budget__in=budgets.order_by().values("pk"),
        folgebescheid__wirksam_am__isnull=False,
    )
    rows = rows.exclude(Exists(angegriffen.filter(ausgang=Verfahrensausgang.ERFOLG)))
    rows = rows.exclude(Exists(schwebend), folgebescheid__sofort_vollziehbar=False)
    found: dict[int, tuple[Ruhezeit, ...]] = {}
    for row in rows.select_related("folgebescheid").order_by("von", "pk"):
        erster = row.folgebescheid.erster_tag if row.folgebescheid else None
        if erster is None or (row.bis is not None and row.bis < erster):
            continue
        zeit = Ruhezeit(erster, row.bis, row.ruht_betrag)
        key = row.persoenliches_budget_id
        found[key] = (*found.get(key, ()), zeit)
    return found
