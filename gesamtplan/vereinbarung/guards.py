"""Preconditions of an agreement with the person beside the plan."""

from __future__ import annotations

from datetime import date

from cases.registry.schritt import Hindernis
from gesamtplan.models import Gesamtplan, Planvereinbarung
from gesamtplan.states.vereinbarung import Vereinbarungsart, Vereinbarungsstand
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am


def vereinbarungsnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of the agreement under the law of the plan's date."""
    return norm_am(plan.datum, "§ 12 SGB XII", "§ 122 SGB IX", ue="§ 145 SGB XII")


def art_of(plan: Gesamtplan) -> Vereinbarungsart:
    """Return which agreement the law of the plan's date knows."""
    in_a = rechtsstand_am(plan.datum) == Rechtsstand.A
    return Vereinbarungsart.ABSPRACHE if in_a else Vereinbarungsart.TEILHABEZIEL


def noch_keine_vereinbarung(plan: Gesamtplan) -> Hindernis | None:
    """§ 122 S. 1 SGB IX: about one plan one agreement is made; a new version may have its own."""
    offen = Planvereinbarung.objects.filter(gesamtplan=plan)
    if not offen.exclude(state=Vereinbarungsstand.AUFGEGEBEN).exists():
        return None
    return Hindernis("Zu dieser Fassung gibt es schon eine.", vereinbarungsnorm_of(plan))


def keine_anpassung_offen(plan: Gesamtplan) -> Hindernis | None:
    """§ 122 S. 3 SGB IX: the agreement is adapted by one other; the open one is written on."""
    offen = Planvereinbarung.objects.filter(gesamtplan=plan, state=Vereinbarungsstand.VORBEREITET)
    if not offen.exists():
        return None
    return Hindernis("Eine angepasste ist schon vorbereitet.", vereinbarungsnorm_of(plan))


def laufzeit_der_leistungen(plan: Gesamtplan, gilt_bis: date) -> Hindernis | None:
    """§ 122 S. 2 SGB IX: it is made for the time for which the Leistungen are granted."""
    norm = vereinbarungsnorm_of(plan)
    if gilt_bis < plan.datum:
        return Hindernis("Das Ende liegt vor dem Datum des Plans.", norm)
    enden = [leistung.ende for leistung in plan.leistungen.all()]
    spaetestens = max((ende for ende in enden if ende), default=None)
    if spaetestens is None or None in enden or gilt_bis <= spaetestens:
        return None
    return Hindernis(
        f"Die Leistungen des Plans enden am {spaetestens:%d.%m.%Y}; so lange gilt auch die "
        "Vereinbarung höchstens.",
        norm,
    )


def noch_zu_unterschreiben(row: Planvereinbarung) -> Hindernis | None:
    """§ 122 S. 1 SGB IX: sent with its blank lines is what both are still to sign."""
    if row.state == Vereinbarungsstand.VORBEREITET:
        return None
    text = f"Diese Vereinbarung ist {row.get_state_display()}; zu unterschreiben ist nichts mehr."
    return Hindernis(text, vereinbarungsnorm_of(row.gesamtplan))


def papier_noch_offen(row: Planvereinbarung, festgeschrieben: bool) -> Hindernis | None:
    """§ 122 S. 1 SGB IX: both agree on what the paper says that they sign."""
    if not festgeschrieben:
        return None
    return Hindernis(
        "Das Papier ist schon festgeschrieben; geändert stünde anderes darin, als beide "
        "unterschreiben. Vermerken Sie „Kommt nicht zustande“ und bereiten Sie eine neue vor.",
        vereinbarungsnorm_of(row.gesamtplan),
    )


def unterschriften_vor_dem_ende(
    row: Planvereinbarung, person_am: date, traeger_am: date
) -> Hindernis | None:
    """§ 122 S. 2 SGB IX: what holds for a time is agreed on before that time is over."""
    if max(person_am, traeger_am) <= row.gilt_bis:
        return None
    return Hindernis(
        f"Die Vereinbarung gilt bis zum {row.gilt_bis:%d.%m.%Y}; unterschrieben wird sie vorher.",
        vereinbarungsnorm_of(row.gesamtplan),
    )


def unterschriften_liegen_zurueck(
    plan: Gesamtplan, person_am: date, traeger_am: date, tag: date
) -> Hindernis | None:
    """§ 122 S. 1 SGB IX: an agreement stands once both have signed, after the plan was made."""
    norm = vereinbarungsnorm_of(plan)
    if max(person_am, traeger_am) > tag:
        return Hindernis("Eine Unterschrift liegt in der Zukunft.", norm)
    if min(person_am, traeger_am) < plan.datum:
        return Hindernis("Eine Unterschrift liegt vor dem Datum des Plans.", norm)
    return None
