"""When a Persönliches Budget may begin, change and end: citation first."""

from __future__ import annotations

from datetime import date

from budget.models import PersoenlichesBudget
from budget.states import Budgetzustand
from cases.models import Antrag, LeistungsberechtigtePerson
from cases.models.antrag import Weiterleitung
from cases.models.case import Case
from cases.registry.schritt import Hindernis
from gesamtplan.models import Gesamtplan
from gesamtplan.states import Planzustand
from recht.laenge import plus_monate
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am

_ZWEI_JAHRE = 24


def gesamtplan_vorhanden(gesamtplan: Gesamtplan | None) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: without a released Gesamtplan there is nothing to begin a budget on."""
    if gesamtplan is not None:
        return None
    return Hindernis(
        "Es gibt noch keinen freigegebenen Gesamtplan. Er ist die Grundlage des Persönlichen "
        "Budgets.",
        "§ 120 Abs. 2 SGB IX",
    )


def kein_offenes_budget(budget: PersoenlichesBudget | None) -> Hindernis | None:
    """§ 29 Abs. 1 S. 3 SGB IX: all carriers render one budget, so a case has one at a time."""
    if budget is None or budget.state == Budgetzustand.BEENDET:
        return None
    return Hindernis("In diesem Fall gibt es schon ein Persönliches Budget.")


def gesamtplan_freigegeben(gesamtplan: Gesamtplan, beginn: date) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: the decision rests on the Gesamtplan, so there must be one in force."""
    if gesamtplan.state == Planzustand.FREIGEGEBEN:
        return None
    return Hindernis(
        "Der Gesamtplan ist noch nicht freigegeben. Ohne ihn hat das Persönliche Budget keine "
        "Grundlage.",
        norm_am(
            beginn, "§ 58 SGB XII", "§ 120 Abs. 2 SGB IX, § 121 SGB IX", ue="§§ 141-145 SGB XII"
        ),
    )


def beginn_nicht_vor_antragsmonat(antrag: Antrag | None, beginn: date) -> Hindernis | None:
    """§ 108 Abs. 1 S. 2 SGB IX: benefits begin no earlier than the first of the Antrag's month."""
    if antrag is None:
        return Hindernis("Für diesen Fall ist kein Antrag erfasst.", "§ 108 Abs. 1 S. 1 SGB IX")
    fruehestens = antrag.eingang.replace(day=1)
    if beginn >= fruehestens:
        return None
    return Hindernis(
        f"Der Beginn am {beginn:%d.%m.%Y} liegt vor dem Monat des Antrags. Frühester Beginn ist "
        f"der {fruehestens:%d.%m.%Y}.",
        norm_am(beginn, "§ 18 SGB XII", "§ 108 Abs. 1 S. 2 SGB IX", ue="§ 18 SGB XII"),
    )


def antrag_im_fall(antrag: Antrag, case: Case) -> Hindernis | None:
    """§ 108 Abs. 1 S. 1 SGB IX: what is decided was applied for, here and not elsewhere."""
    if antrag.case_id != case.pk:
        return Hindernis("Der Antrag gehört zu einem anderen Fall.", "§ 108 Abs. 1 S. 1 SGB IX")
    if Weiterleitung.objects.filter(antrag=antrag).exists():
        return Hindernis(
            f"Der {antrag} ist weitergeleitet; über ihn entscheidet ein anderer Träger.",
            "§ 14 Abs. 2 S. 4 SGB IX",
        )
    return None


def befristung_begruendet(ende: date | None, befristungsgrund: str) -> Hindernis | None:
    """BSG 28.01.2021 - B 8 SO 9/19 R: a limit in time needs a ground of its own."""
    if ende is None or befristungsgrund.strip():
        return None
    return Hindernis(
        "Das Persönliche Budget ist befristet, aber der Grund fehlt. Begründen Sie die Befristung "
        "oder bewilligen Sie bis auf Weiteres mit einem Überprüfungstermin.",
        "§ 32 SGB X, BSG 28.01.2021 - B 8 SO 9/19 R",
    )


def zeitraum_hoechstens_zwei_jahre(beginn: date, ende: date | None) -> Hindernis | None:
    """KVJS-Leitfaden 2010 Nr. 3.5: up to two years; a recommendation, so only a warning in A."""
    if ende is None or rechtsstand_am(beginn) is not Rechtsstand.A:
        return None
    if ende < plus_monate(beginn, _ZWEI_JAHRE):
        return None
    return Hindernis(
        "Der Bewilligungszeitraum ist länger als zwei Jahre. Der Leitfaden empfiehlt höchstens "
        "zwei Jahre, weil der Bedarf in der Regel dann neu festgestellt wird.",
        "KVJS-Leitfaden 2010 Nr. 3.5",
    )


def anschrift_vollstaendig(person: LeistungsberechtigtePerson, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 SGB X: a Bescheid is made known to the person, so it needs an address."""
    for anschrift in person.anschriften.all():
        bis = anschrift.gueltig_bis
        gilt = anschrift.gueltig_ab <= stichtag and (bis is None or stichtag <= bis)
        if gilt and all(t.strip() for t in (anschrift.strasse, anschrift.plz, anschrift.ort)):
            return None
    return Hindernis(
        f"Für den {stichtag:%d.%m.%Y} ist keine vollständige Anschrift der Person erfasst.",
        "§ 37 Abs. 1 SGB X",
    )


def bewilligungszeitraum_abgelaufen(
    budget: PersoenlichesBudget, stichtag: date
) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: a Bewilligung stays effective until its time is over or it is lifted."""
    if budget.ende is not None and stichtag > budget.ende:
        return None
    bis = f"bis {budget.ende:%d.%m.%Y}" if budget.ende else "bis auf Weiteres"
    return Hindernis(
        f"Der Bescheid gilt {bis}. Vorher endet das Persönliche Budget nur durch eine Aufhebung.",
        "§ 39 Abs. 2 SGB X",
    )
