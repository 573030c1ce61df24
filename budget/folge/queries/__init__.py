"""Reads of further decisions and of Widersprüche, with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum

from budget.bescheid.queries import bewilligt_fuer, nach_dem_tod
from budget.bescheid.queries.vorlaeufig import (
    vorab_angewiesen,
    vorlaeufiges_am,
    zu_viel_geleistet,
)
from budget.folge.guards.wirkung import ZEHN_JAHRE
from budget.models import (
    Anweisung,
    Beitragspruefung,
    Bescheid,
    Folgebescheid,
    PersoenlichesBudget,
    Traegerwechsel,
    Widerspruch,
)
from budget.models.folge import ERSTER_TAG
from budget.states import BEWILLIGTE, Bescheidzustand, Budgetzustand
from budget.states.faelle import NORM_VORLAEUFIG, NORM_VORLAEUFIG_AENDERUNG, RECHTSWIDRIG
from budget.states.folge import FOLGEARTEN, Folgeart, Folgezeile
from budget.states.widerspruch import SCHWEBEND, Verfahrensausgang
from cases.antrag.schreiben.mitwirkung import ART as MITWIRKUNG
from cases.behoerde.queries.sitz import sitz
from cases.frist.queries import RECHTSBEHELF, fristen_of
from cases.models import Antrag, Case, Schreiben, Versand
from cases.registry.beitrag import registry
from cases.states.frist import Fristzustand
from cases.states.versand import Versandzustand
from recht.bekanntgabe import bekanntgabe
from recht.fristkatalog import katalog
from recht.fristkennung import Regel
from recht.rechtsstand import rechtsstand_am

_TAGE_JE_WOCHE = 7
_LAEUFT = (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT)
_HINAUS = (Bescheidzustand.VERSANDT, Bescheidzustand.BESTANDSKRAEFTIG)
_MIT = (
    "budget",
    "antrag",
    "widerspruch__schreiben",
    "erstellt_von",
    "bearbeitet_von",
    "freigegeben_von",
    "schreiben",
    "anhoerung_schreiben",
)


def newest_hinweis(case: Case) -> tuple[date, date] | None:
    """Return day and end of the newest written hint that was made known (§ 66 Abs. 3 SGB I)."""
    bekannt = Versand.objects.filter(schreiben=OuterRef("pk"), bekanntgabe__isnull=False)
    rows = Schreiben.objects.filter(Exists(bekannt), case=case, art=MITWIRKUNG)
    row = rows.order_by("-datum", "-pk").first()
    return (row.datum, date.fromisoformat(row.daten["bis"])) if row else None


def expected_bekanntgabe(tag: date) -> date:
    """Return when a letter that is posted on the day would be made known (§ 37 Abs. 2 SGB X)."""
    return bekanntgabe(tag, "post", sitz()).bekanntgabe


def uebliche_anhoerungsfrist(stichtag: date) -> int:
    """Return how many days the practice gives for an answer; the law names no number."""
    laenge = katalog()[Regel.ANHOERUNG].fassung(rechtsstand_am(stichtag)).laenge
    return laenge.anzahl * _TAGE_JE_WOCHE if laenge is not None else 0


def bekannt_am(schreiben_id: int | None) -> date | None:
    """Return when a letter is made known, by the first of its sendings that counts."""
    rows = Versand.objects.filter(
        schreiben=schreiben_id, state=Versandzustand.AUFGEGEBEN, weitere_ausfertigung=False
    )
    return rows.aggregate(am=Min("bekanntgabe"))["am"] if schreiben_id else None


def anhoerung_ende(row: Folgebescheid, am: date) -> date:
    """Return until when the person can answer to an Anhörung that was made known on `am`.

    Never sooner than the frozen letter says, than the practice gives after the Bekanntgabe, and
    than the authority has extended the time to (§ 24 Abs. 1, § 26 Abs. 7 SGB X).
    """
    schreiben = row.anhoerung_schreiben
    zugesagt = schreiben.daten.get("bis") if schreiben else ""
    tage = [am + timedelta(days=uebliche_anhoerungsfrist(am))]
    if zugesagt:
        tage.append(date.fromisoformat(zugesagt))
    fristen = fristen_of(row.case, row, Regel.ANHOERUNG).exclude(state=Fristzustand.AUFGEHOBEN)
    return max(tage + [frist.ende for frist in fristen])


def zeile_of(row: Folgebescheid) -> Folgezeile:
    """Return what its kind asks for."""
    return FOLGEARTEN[row.art]


def folgebescheide_of(case: Case) -> list[Folgebescheid]:
    """Return the further decisions of a case, the newest first; one query."""
    rows = Folgebescheid.objects.filter(case=case).select_related(*_MIT)
    return list(rows.defer("schreiben__daten", "anhoerung_schreiben__daten"))


def folgebescheid_of(case: Case, kennung: int) -> Folgebescheid | None:
    """Return one decision of this case, None where it belongs to another one."""
    return Folgebescheid.objects.filter(case=case, pk=kennung).select_related(*_MIT).first()


def pruefung_of(row: Folgebescheid) -> Beitragspruefung | None:
    """Return the review of income and assets on which a decision rests."""
    rows = Beitragspruefung.objects.filter(folgebescheid=row)
    return rows.select_related("persoenliches_budget__case").first()


def widersprueche_of(case: Case) -> list[Widerspruch]:
    """Return the Widersprüche of a case with the decisions they attack, the newest first."""
    rows = Widerspruch.objects.filter(case=case).select_related("schreiben", "erfasst_von")
    return list(rows.defer("schreiben__daten"))


def widerspruch_of(case: Case, kennung: int) -> Widerspruch | None:
    """Return one Widerspruch of this case, None where it belongs to another one."""
    rows = Widerspruch.objects.filter(case=case, pk=kennung)
    return rows.select_related("schreiben", "erfasst_von").first()


def anfechtbare_of(case: Case) -> list[Schreiben]:
    """Return the letters of a case that carry a Verwaltungsakt and have left the house."""
    arten = [art.schluessel for art in registry.schreibenarten.values() if art.rechtsbehelf]
    rows = Schreiben.objects.filter(
        case=case, art__in=arten, versand_liste__state=Versandzustand.AUFGEGEBEN
    )
    return list(rows.defer("daten").distinct().order_by("-datum", "-id"))


def frist_of(schreiben: Schreiben) -> date | None:
    """Return the last day of the Widerspruchsfrist, None where it has not begun."""
    rows = fristen_of(schreiben.case, schreiben, *RECHTSBEHELF)
    return rows.exclude(state=Fristzustand.AUFGEHOBEN).aggregate(bis=Min("ende"))["bis"]


def erfolgreich_angefochten(schreiben_id: int | None) -> bool:
    """Tell whether a Widerspruch or Klage has done away with what this letter says."""
    rows = Widerspruch.objects.filter(schreiben=schreiben_id)
    return rows.filter(ausgang=Verfahrensausgang.ERFOLG).exists()


def one_year(schreiben: Schreiben) -> bool:
    """Tell whether a year runs against this letter instead of a month (§ 66 Abs. 2 SGG)."""
    rows = fristen_of(schreiben.case, schreiben, Regel.WIDERSPRUCH_OHNE_BELEHRUNG)
    return rows.exclude(state=Fristzustand.AUFGEHOBEN).exists()


ZWEI, _ZEHN = "2 Jahre", "10 Jahre"


def bewilligung_bekannt(row: Folgebescheid) -> date | None:
    """Return when that was made known which this decision lifts, by the sending that counts.

    It is the grant of its budget, or what is rendered provisionally on its first day.
    """
    if row.antrag is not None and row.wirkt_ab is not None and zeile_of(row).mindert:
        gilt = vorlaeufiges_am(row.antrag, row.wirkt_ab, ohne=row.pk)
        alt = Folgebescheid.objects.filter(pk=gilt.bescheid).first() if gilt else None
        return bekannt_am(alt.schreiben_id) if alt else None
    rows = Bescheid.objects.filter(persoenliches_budget=row.budget, schreiben__isnull=False)
    bescheid = rows.first() if row.budget_id else None
    return bekannt_am(bescheid.schreiben_id) if bescheid else None


def ruecknahme_laenge(row: Folgebescheid, zeile: Folgezeile, fruehestens: date) -> str | None:
    """Return how long after its Bekanntgabe a grant can be lifted so, None where nothing limits it.

    Fraud, threat and bribery are grounds for a retrial, which know no such time (§ 45 Abs. 3 S. 2
    SGB X); a change of circumstances is limited where it reaches back to her disadvantage (§ 48
    Abs. 4 S. 1 SGB X).
    """
    if zeile.mindert:
        return ZWEI if row.fall_des_gesetzes in RECHTSWIDRIG else None
    if not zeile.vergangen or not row.nachteilig or not row.fall_des_gesetzes:
        return None
    if row.art == Folgeart.RUECKNAHME:
        return {"0": ZWEI, "1": None}.get(row.fall_des_gesetzes, _ZEHN)
    zurueck = row.wirkt_ab is not None and row.wirkt_ab <= fruehestens
    return _ZEHN if zurueck and row.fall_des_gesetzes in ZEHN_JAHRE else None


def aufhebungen_fuer(row: Folgebescheid) -> list[Folgebescheid]:
    """Return the released ends and rests of the grant that reach into the time of an Erstattung."""
    if row.budget is None or row.zeitraum_bis is None:
        return []
    ab = row.zeitraum_von or row.zeitraum_bis
    rows = Folgebescheid.objects.alias(erster=ERSTER_TAG).filter(budget=row.budget, erster__lte=ab)
    rows = rows.filter(state__in=[*_HINAUS, Bescheidzustand.FREIGEGEBEN])
    return [r for r in rows if zeile_of(r).ab_einem_tag]


def gezahlt_fuer(row: Folgebescheid) -> Decimal:
    """Return what the orders of the months of an Erstattung amount to.

    A budget without any order was paid elsewhere: then it is what the grant gave in money in these
    months, after what is kept back. What was ordered provisionally counts with the budget that it
    is credited to; of an Antrag it is what was ordered beyond what was due.
    """
    if row.zeitraum_von is None or row.zeitraum_bis is None:
        return Decimal(0)
    von, bis = row.zeitraum_von.replace(day=1), row.zeitraum_bis
    if row.antrag is not None:
        return zu_viel_geleistet(row.antrag, von, bis)
    if row.budget is None:
        return Decimal(0)
    rows = Anweisung.objects.filter(persoenliches_budget=row.budget, zurueckgenommen_am=None)
    vorab = vorab_angewiesen(row.budget.antrag, von, bis)
    if rows.exists() or vorab:
        summe = rows.filter(monat__gte=von, monat__lte=bis).aggregate(s=Sum("betrag"))["s"]
        return (summe or Decimal(0)) + vorab
    return bewilligt_fuer(row.budget, von, bis)


def verlangt_fuer(row: Folgebescheid) -> Decimal:
    """Return what other decisions ask back for the time of an Erstattung."""
    if row.zeitraum_von is None or row.zeitraum_bis is None:
        return Decimal(0)
    andere = Folgebescheid.objects.filter(
        budget=row.budget,
        antrag=row.antrag,
        art=row.art,
        zeitraum_von__lte=row.zeitraum_bis,
        zeitraum_bis__gte=row.zeitraum_von,
        state__in=[*_HINAUS, Bescheidzustand.FREIGEGEBEN],
    ).exclude(pk=row.pk)
    return andere.aggregate(s=Sum("betrag"))["s"] or Decimal(0)


def norm_of(row: Folgebescheid) -> str:
    """Return the ground of a decision by the law of its time.

    After a notice of termination the grant is lifted for that (§ 29 Abs. 4 S. 7 SGB IX, before
    2018 § 4 Abs. 2 BudgetV), by the way of § 48 SGB X.
    """
    zeile = zeile_of(row)
    if nach_dem_tod(row):
        return "§ 50 Abs. 2 S. 1 SGB X"
    if zeile.vorlaeufig and row.antrag is not None and row.fall_des_gesetzes in NORM_VORLAEUFIG:
        return NORM_VORLAEUFIG[row.fall_des_gesetzes].am(row.antrag.eingang)
    if zeile.mindert and row.fall_des_gesetzes in NORM_VORLAEUFIG_AENDERUNG:
        return NORM_VORLAEUFIG_AENDERUNG[row.fall_des_gesetzes]
    if not zeile.kuendigung or row.gekuendigt_am is None:
        return zeile.norm_am(row.wirkt_ab)
    return f"{zeile.norm_am(row.gekuendigt_am)}, § 48 Abs. 1 S. 1 SGB X"


def schwebt(schreiben_id: int | None) -> bool:
    """Tell whether a Widerspruch or Klage against this letter is undecided."""
    return Widerspruch.objects.filter(schreiben=schreiben_id, state__in=SCHWEBEND).exists()


def ohne_wirkung(row: Folgebescheid) -> bool:
    """Tell whether its effect waits (§ 86a Abs. 1 S. 1 SGG) or has fallen away with success.

    A Widerspruch that is plainly out of time has no such effect; an order of immediate effect
    (§ 86a Abs. 2 Nr. 5 SGG) takes it away, but not the success. Who asks for more than a change in
    her favour gives keeps what it gives.
    """
    if row.schreiben_id is None or not row.nachteilig:
        return False
    rows = list(Widerspruch.objects.filter(schreiben=row.schreiben_id))
    if any(widerspruch.ausgang == Verfahrensausgang.ERFOLG for widerspruch in rows):
        return True
    schwebend = [w for w in rows if w.state in SCHWEBEND and w.zulaessig]
    return bool(schwebend) and not row.sofort_vollziehbar


def beendende_of(budget: PersoenlichesBudget) -> QuerySet[Folgebescheid]:
    """Return the decisions in effect that end this budget, the earliest day first."""
    arten = [art for art, zeile in FOLGEARTEN.items() if zeile.beendet]
    rows = Folgebescheid.objects.filter(budget=budget, art__in=arten, wirksam_am__isnull=False)
    return rows.order_by(ERSTER_TAG, "pk")


def ende_durch_bescheid(budget: PersoenlichesBudget) -> Folgebescheid | None:
    """Return the decision with which this budget ends first, None where none is in effect."""
    return next((row for row in beendende_of(budget) if not ohne_wirkung(row)), None)


def laufende_budgets(case: Case) -> list[PersoenlichesBudget]:
    """Return what is granted or paid, the one that runs first: another may wait for its day."""
    rows = PersoenlichesBudget.objects.filter(case=case, state__in=_LAEUFT)
    return list(rows.select_related("case", "gesamtplan").order_by("beginn", "id"))


def bewilligte_budgets(case: Case) -> list[PersoenlichesBudget]:
    """Return what was ever granted, the last one first: money can be asked back of each."""
    rows = PersoenlichesBudget.objects.filter(case=case, state__in=BEWILLIGTE)
    return list(rows.select_related("case", "gesamtplan").order_by("-beginn", "-id"))


def nachfolger_of(budget: PersoenlichesBudget) -> PersoenlichesBudget | None:
    """Return the granted budget that takes the place of this one, None where there is none."""
    rows = PersoenlichesBudget.objects.filter(vorgaenger=budget, state__in=BEWILLIGTE)
    return rows.select_related("case").order_by("-beginn", "-id").first()


def haelt_auf(budget: PersoenlichesBudget) -> bool:
    """Tell whether a Widerspruch keeps this budget from taking the place of the former one."""
    if budget.vorgaenger_id is None:
        return False
    rows = Folgebescheid.objects.filter(
        budget=budget.vorgaenger_id,
        art=Folgeart.AENDERUNG,
        schreiben__bescheid__persoenliches_budget=budget,
    )
    return any(ohne_wirkung(row) for row in rows)


def list_beginnende(stichtag: date) -> Iterable[PersoenlichesBudget]:
    """Return granted budgets whose first day has come and that do not run yet."""
    rows = PersoenlichesBudget.objects.filter(
        state=Budgetzustand.BEWILLIGT, vorgaenger__isnull=False, beginn__lte=stichtag
    )
    return rows.select_related("case").order_by("pk")


def offene_antraege(case: Case) -> list[Antrag]:
    """Return the Anträge of a case about which nothing has been decided, the oldest first."""
    rows = Antrag.objects.filter(case=case, weiterleitung__isnull=True)
    frei = [*_HINAUS, Bescheidzustand.FREIGEGEBEN]
    # What is only provisional decides nothing, nor does what asks it back.
    arten = [art for art, zeile in FOLGEARTEN.items() if zeile.entscheidet_antrag]
    entschieden = Folgebescheid.objects.filter(antrag=OuterRef("pk"), art__in=arten, state__in=frei)
    rows = rows.exclude(persoenliche_budgets__bescheide__state__in=frei)
    rows = rows.exclude(Exists(entschieden))
    return list(rows.distinct().order_by("eingang", "id"))


def offener_widerspruch(case: Case) -> Widerspruch | None:
    """Return the oldest Widerspruch that waits for its decision."""
    rows = Widerspruch.objects.filter(case=case, state=SCHWEBEND[0])
    return rows.select_related("schreiben").order_by("eingang_am", "id").first()


def list_wirkende(stichtag: date) -> Iterable[Folgebescheid]:
    """Return decisions whose effect on their budget has come and is not noted yet."""
    arten = [art for art, zeile in FOLGEARTEN.items() if zeile.beendet]
    rows = Folgebescheid.objects.alias(erster=ERSTER_TAG).filter(
        art__in=arten,
        wirksam_am__lte=stichtag,
        erster__lte=stichtag,
        budget__state__in=_LAEUFT,
    )
    return rows.order_by("pk")


def list_bekannt_werdende(stichtag: date) -> list[tuple[Schreiben, date]]:
    """Return letters whose Bekanntgabe has come without effect yet, with its day."""
    rows = (
        Schreiben.objects.filter(
            folgebescheid__state__in=_HINAUS, folgebescheid__wirksam_am__isnull=True
        )
        .annotate(bekannt_am=Min("versand_liste__bekanntgabe"))
        .filter(bekannt_am__lte=stichtag)
        .order_by("pk")
    )
    return [(row, row.bekannt_am) for row in rows]


def wechsel_of(row: Folgebescheid) -> Traegerwechsel | None:
    """Return the change of the carrier that a decision rests on, None without one."""
    return Traegerwechsel.objects.filter(aufhebung=row).select_related("an").first()
