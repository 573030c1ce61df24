"""Legal preconditions of the Gesamtplan: one function each, citation first.

The functions read the parts of a version through its relations, so that a page that has read
them along asks no further query.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from cases.models import User
from cases.registry.schritt import Hindernis
from cases.states.fall import FALL
from gesamtplan.models import Bedarfsermittlung, Gesamtplan
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.states import Ermittlungszustand, Planzustand
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, rechtsstand_am

_GRUNDNORM = {
    Rechtsstand.A: "§ 58 SGB XII",
    Rechtsstand.UE: "§§ 141-145 SGB XII",
    Rechtsstand.B: "§ 121 SGB IX",
}


def norm_of(plan: Gesamtplan) -> str:
    """Return the norm of the whole plan under the law of its date."""
    return _GRUNDNORM[rechtsstand_am(plan.datum)]


def bedarfsnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of its ground under the law of its date."""
    in_b = rechtsstand_am(plan.datum) == Rechtsstand.B
    return "§ 120 Abs. 1 SGB IX" if in_b else norm_of(plan)


def leistungsnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of its Leistungen under the law of its date."""
    in_b = rechtsstand_am(plan.datum) == Rechtsstand.B
    return "§ 121 Abs. 4 Nr. 3 SGB IX" if in_b else norm_of(plan)


def zielnorm_of(plan: Gesamtplan) -> str:
    """Return the norm of its goals under the law of its date."""
    in_a = rechtsstand_am(plan.datum) == Rechtsstand.A
    return norm_of(plan) if in_a else "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX"


def _url(plan: Gesamtplan, name: str, anker: str = "") -> str:
    return reverse(name, args=[plan.case_id, plan.version]) + (f"#{anker}" if anker else "")


def bedarf_abgeschlossen(plan: Gesamtplan) -> Hindernis | None:
    """§ 120 Abs. 1 SGB IX: what is needed is determined before the plan is drawn up."""
    if plan.bedarfsermittlung.state == Ermittlungszustand.ABGESCHLOSSEN:
        return None
    return Hindernis(
        f"Die {plan.bedarfsermittlung} ist noch nicht abgeschlossen.",
        bedarfsnorm_of(plan),
        reverse("bedarf", args=[plan.case_id]),
    )


def pflichtinhalte_vollstaendig(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 SGB IX: the plan holds at least the contents named there."""
    missing = [z.inhalt for z in inhaltszeilen(plan) if z.verlangt and not z.erfuellt]
    if not missing:
        return None
    names = "; ".join(inhalt.bezeichnung for inhalt in missing)
    anzahl = "Ein Pflichtinhalt fehlt" if len(missing) == 1 else f"{len(missing)} Inhalte fehlen"
    return Hindernis(
        f"{anzahl}: {names}.",
        missing[0].norm if len(missing) == 1 else norm_of(plan),
        _url(plan, "gesamtplan_inhalte", f"id_inhalt_{missing[0].schluessel}"),
    )


def mindestens_ein_ziel(plan: Gesamtplan) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: the plan names goals that can be reached."""
    if plan.teilhabeziele.all():
        return None
    return Hindernis(
        "Der Plan nennt noch kein Teilhabeziel.",
        zielnorm_of(plan),
        _url(plan, "teilhabeziel_neu"),
    )


def ziele_ueberpruefbar(plan: Gesamtplan) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: each goal says by what and when it can be checked."""
    vague = [z for z in plan.teilhabeziele.all() if not z.kriterium.strip() or z.bis < plan.datum]
    if not vague:
        return None
    numbers = ", ".join(str(ziel.nummer) for ziel in vague)
    return Hindernis(
        f"Ziel {numbers}: Es fehlt, woran die Erreichung zu erkennen ist, oder der Zeitpunkt liegt "
        "vor dem Datum des Plans.",
        zielnorm_of(plan),
        reverse("teilhabeziel_bearbeiten", args=[plan.case_id, plan.version, vague[0].nummer]),
    )


def leistungen_den_zielen_zugeordnet(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: kind, content and extent of the Leistungen serve the goals."""
    if plan.leistungen.all():
        return None
    return Hindernis(
        "Der Plan nennt noch keine Leistung, die einem Ziel dient.",
        leistungsnorm_of(plan),
        _url(plan, "leistung_neu"),
    )


def ueberpruefung_binnen_zwei_jahren(plan: Gesamtplan, land: str) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: reviewed after two years at the latest; until 2017 as planned."""
    if plan.ueberpruefung_am is None:
        text = "Legen Sie fest, wann der Plan spätestens überprüft wird."
        return Hindernis(
            text, norm_of(plan), _url(plan, "gesamtplan_inhalte", "id_ueberpruefung_am")
        )
    if rechtsstand_am(plan.datum) == Rechtsstand.A:
        return None
    latest = compute_frist(Regel.UEBERPRUEFUNG_GESAMTPLAN, plan.datum, land)
    if latest.ende is None or plan.ueberpruefung_am <= latest.ende:
        return None
    return Hindernis(
        f"Die Überprüfung am {plan.ueberpruefung_am:%d.%m.%Y} liegt nach dem spätesten Tag, "
        f"dem {latest.ende:%d.%m.%Y}.",
        str(latest.norm),
        _url(plan, "gesamtplan_inhalte", "id_ueberpruefung_am"),
    )


def planstand_nicht_in_der_zukunft(plan: Gesamtplan, stichtag: date) -> Hindernis | None:
    """§ 121 Abs. 1 SGB IX: the plan is drawn up after the determination, not ahead of its date."""
    if plan.datum <= stichtag:
        return None
    return Hindernis(
        f"Das Datum des Plans, der {plan.datum:%d.%m.%Y}, liegt in der Zukunft.",
        norm_of(plan),
        _url(plan, "gesamtplan_inhalte", "id_datum"),
    )


def freigabe_durch_zweite_person(plan: Gesamtplan, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 121 SGB IX: who wrote the plan does not release it."""
    parts = []
    if plan.erstellt_von_id == by.pk:
        parts.append("angelegt")
    if plan.bearbeitet_von_id == by.pk:
        parts.append("zuletzt bearbeitet")
    elif not parts and plan.events.filter(bearbeitet_von=by).exists():
        parts.append("mitgeschrieben")
    if plan.vorgelegt_von_id == by.pk:
        parts.append("vorgelegt")
    if not parts:
        return None
    first = ", ".join(parts[:-1])
    words = f"{first} und {parts[-1]}" if first else parts[-1]
    return Hindernis(
        f"Sie haben diesen Plan {words}. Freigeben muss ihn eine andere Person mit "
        "Leitungsaufgaben.",
        "Vier-Augen-Grundsatz",
    )


def fall_bereit_fuer_freigabe(plan: Gesamtplan) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: the plan comes before the decision that rests on it."""
    step = FALL.uebergang("gesamtplan_freigeben")
    if plan.case.state in step.von:
        return None
    return Hindernis(
        f"Der Fall ist im Zustand „{plan.case.get_state_display()}“. Freigegeben wird ein Plan "
        "nach der Bedarfsermittlung und vor dem Bescheid, oder in der Überprüfung.",
        "§ 120 Abs. 2 SGB IX",
        reverse("fall", args=[plan.case_id]),
    )


def grundlage_abgeschlossen(case_id: int, ermittlung: Bedarfsermittlung | None) -> Hindernis | None:
    """§ 120 Abs. 1 SGB IX: the plan rests on a need that has been determined."""
    if ermittlung is not None:
        return None
    return Hindernis(
        "Schließen Sie zuerst die Bedarfsermittlung ab. Auf ihr beruht der Gesamtplan.",
        "§ 120 Abs. 1 SGB IX",
        reverse("bedarf", args=[case_id]),
    )


def noch_kein_plan(plan: Gesamtplan | None) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: an existing plan is continued, not made anew."""
    if plan is None:
        return None
    return Hindernis(
        "Für diesen Fall gibt es schon einen Gesamtplan. Bitte schreiben Sie ihn fort.",
        "§ 121 Abs. 2 SGB IX",
    )


def fassung_freigegeben(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: what is continued is the plan in force."""
    if plan.state == Planzustand.FREIGEGEBEN:
        return None
    return Hindernis(
        "Fortgeschrieben wird eine freigegebene Fassung. Diese ist im Zustand "
        f"„{plan.get_state_display()}“.",
        "§ 121 Abs. 2 SGB IX",
    )


def fassung_ist_die_neueste(neuere: Gesamtplan | None) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: only the newest version is continued; others have been already."""
    if neuere is None:
        return None
    word = "freigegeben" if neuere.state == Planzustand.FREIGEGEBEN else "in Arbeit"
    return Hindernis(
        f"Es gibt schon eine neuere Fassung ({neuere}), {word}.", "§ 121 Abs. 2 SGB IX"
    )
