"""What a goal, a Leistung or a day of the plan may say: one function each, citation first."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from cases.registry.schritt import Hindernis
from gesamtplan.models import Bedarfsermittlung, Gesamtplan, Teilhabeziel
from gesamtplan.models.angaben import Leistungsangaben, Zielangaben
from gesamtplan.models.plannorm import (
    bedarfsnorm_of,
    fortschreibungsnorm_of,
    leistungsnorm_of,
    zielnorm_of,
)
from recht.laenge import plus_monate

# Two years: as long as the law lets the review of a plan be put off.
_SPANNE = 24


def _same(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!")


def ziel_im_zeitraum(plan: Gesamtplan, bis: date) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: a goal is reached while the plan is carried out, not before.

    Ten years ahead nobody can check it any more.
    """
    if plan.datum <= bis <= plus_monate(plan.datum, 120):
        return None
    wann = "vor dem" if bis < plan.datum else "mehr als zehn Jahre nach dem"
    return Hindernis(
        f"Der {bis:%d.%m.%Y} liegt {wann} Datum des Plans, dem {plan.datum:%d.%m.%Y}. Bitte nennen "
        "Sie einen Tag, an dem das Ziel mit diesem Plan erreicht sein kann.",
        zielnorm_of(plan),
        "#id_bis",
    )


def ziel_noch_nicht_genannt(
    plan: Gesamtplan, text: str, ziel: Teilhabeziel | None = None
) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: each goal is another one; the same goal is followed once."""
    for anderes in plan.teilhabeziele.all():
        eigenes = ziel is not None and anderes.pk == ziel.pk
        if not eigenes and _same(anderes.text) == _same(text):
            return Hindernis(
                f"Ziel {anderes.nummer} hat schon diesen Text. Bitte ergänzen Sie Ziel "
                f"{anderes.nummer} oder schreiben Sie, was an diesem anders ist.",
                zielnorm_of(plan),
                "#id_text",
            )
    return None


def ziel_hat_merkmal(plan: Gesamtplan, angaben: Zielangaben) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: a goal says by what its reaching is seen."""
    if angaben.text.strip() and angaben.kriterium.strip():
        return None
    feld = "kriterium" if angaben.text.strip() else "text"
    return Hindernis(
        "Ein Ziel braucht einen Text und ein Merkmal, an dem die Erreichung zu erkennen ist.",
        zielnorm_of(plan),
        f"#id_{feld}",
    )


def ziele_verschieden(plan: Gesamtplan) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: what is released names no goal twice."""
    gesehen: dict[str, int] = {}
    for ziel in plan.teilhabeziele.all():
        erstes = gesehen.setdefault(_same(ziel.text), ziel.nummer)
        if erstes != ziel.nummer:
            url = reverse("teilhabeziel_bearbeiten", args=[plan.case_id, plan.version, ziel.nummer])
            text = f"Ziel {ziel.nummer} sagt dasselbe wie Ziel {erstes}."
            return Hindernis(text, zielnorm_of(plan), f"{url}#id_text")
    return None


def leistung_in_der_zeit(plan: Gesamtplan, angaben: Leistungsangaben) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: a Leistung ends after it begins and is given under this plan."""
    norm, beginn, ende = leistungsnorm_of(plan), angaben.beginn, angaben.ende
    if ende is not None and ende < beginn:
        return Hindernis("Das Ende der Leistung liegt vor ihrem Beginn.", norm, "#id_ende")
    if ende is not None and ende < plan.datum:
        return Hindernis(
            f"Die Leistung endet am {ende:%d.%m.%Y}, vor dem Datum des Plans, dem "
            f"{plan.datum:%d.%m.%Y}. Was bisher geleistet wurde, gehört zu den bisherigen "
            "Maßnahmen.",
            norm,
            "#id_ende",
        )
    if plan.ueberpruefung_am is not None and beginn > plan.ueberpruefung_am:
        return Hindernis(
            f"Die Leistung beginnt am {beginn:%d.%m.%Y} und damit erst nach der Überprüfung des "
            f"Plans am {plan.ueberpruefung_am:%d.%m.%Y}.",
            norm,
            "#id_beginn",
        )
    return None


def plan_nach_der_ermittlung(
    datum: date, ermittlung: Bedarfsermittlung, url: str = "#id_datum"
) -> Hindernis | None:
    """§ 120 Abs. 1 SGB IX: the plan rests on a determination that was made before it."""
    if datum >= ermittlung.datum:
        return None
    return Hindernis(
        f"Der {datum:%d.%m.%Y} liegt vor der {ermittlung}, auf der der Plan beruht. Bitte nennen "
        "Sie für den Plan den Tag dieses Gesprächs oder einen späteren.",
        bedarfsnorm_of(Gesamtplan(datum=datum)),
        url,
    )


def ueberpruefung_nach_dem_plan(datum: date, ueberpruefung: date | None) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: what is reviewed is a plan that is there."""
    if ueberpruefung is None or ueberpruefung >= datum:
        return None
    return Hindernis(
        "Die Überprüfung kann nicht vor dem Datum des Plans liegen.",
        fortschreibungsnorm_of(Gesamtplan(datum=datum)),
        "#id_ueberpruefung_am",
    )


def ueberpruefung_liegt_voraus(plan: Gesamtplan, tag: date) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: a plan that is released today is reviewed later, not in the past.

    One that is older than two years is taken in afterwards; its review is past by law.
    """
    ueberpruefung = plan.ueberpruefung_am
    if ueberpruefung is None or ueberpruefung >= tag or plus_monate(plan.datum, _SPANNE) < tag:
        return None
    url = reverse("gesamtplan_inhalte", args=[plan.case_id, plan.version])
    return Hindernis(
        f"Die Überprüfung am {ueberpruefung:%d.%m.%Y} wäre mit der Freigabe schon vorbei. Bitte "
        "nennen Sie einen späteren Tag.",
        fortschreibungsnorm_of(plan),
        f"{url}#id_ueberpruefung_am",
    )
