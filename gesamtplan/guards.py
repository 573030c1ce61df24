"""Legal preconditions of Bedarfsermittlung and Gesamtplan: one function each, citation first.

The functions read the parts of a version through its relations, so that a page that has read
them along asks no further query.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.models import Case, User
from cases.registry.schritt import Hindernis
from cases.states.fall import FALL, Fallzustand
from gesamtplan.models import Bedarfsermittlung, Gesamtplan
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.states import Ermittlungszustand
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, rechtsstand_am

_GRUNDNORM = {
    Rechtsstand.A: "§ 58 SGB XII",
    Rechtsstand.UE: "§§ 141-145 SGB XII",
    Rechtsstand.B: "§ 121 SGB IX",
}


def _norm(plan: Gesamtplan) -> str:
    return _GRUNDNORM[rechtsstand_am(plan.datum)]


def _bedarfsnorm(plan: Gesamtplan) -> str:
    in_b = rechtsstand_am(plan.datum) == Rechtsstand.B
    return "§ 120 Abs. 1 SGB IX" if in_b else _norm(plan)


def _leistungsnorm(plan: Gesamtplan) -> str:
    in_b = rechtsstand_am(plan.datum) == Rechtsstand.B
    return "§ 121 Abs. 4 Nr. 3 SGB IX" if in_b else _norm(plan)


def _zielnorm(plan: Gesamtplan) -> str:
    in_a = rechtsstand_am(plan.datum) == Rechtsstand.A
    return _norm(plan) if in_a else "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX"


def _url(plan: Gesamtplan, name: str, anker: str = "") -> str:
    return reverse(name, args=[plan.case_id, plan.version]) + (f"#{anker}" if anker else "")


def bedarf_festgestellt(ermittlung: Bedarfsermittlung) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: the need is described along the Lebensbereiche, or there is none."""
    found = any(bedarf.bedarf.strip() for bedarf in ermittlung.bedarfe.all())
    if found or ermittlung.ergebnis.strip():
        return None
    return Hindernis(
        "Tragen Sie in mindestens einem Lebensbereich den Bedarf ein. Besteht kein Bedarf, "
        "halten Sie das in der Zusammenfassung fest.",
        "§ 118 Abs. 1 SGB IX",
        reverse("bedarf_bearbeiten", args=[ermittlung.case_id, ermittlung.pk]),
    )


def zustaendigkeit_festgestellt(case: Case) -> Hindernis | None:
    """§ 14 Abs. 2 S. 1 SGB IX: the leistender Träger determines the need, so it must be known."""
    vorher = (Fallzustand.ANFRAGE, Fallzustand.ANTRAG_EINGEGANGEN, Fallzustand.WEITERGELEITET)
    if case.state not in vorher:
        return None
    return Hindernis(
        f"Der Fall ist im Zustand „{case.get_state_display()}“. Stellen Sie zuerst die "
        "Zuständigkeit fest.",
        "§ 14 Abs. 2 S. 1 SGB IX",
        reverse("fall", args=[case.pk]),
    )


def gespraech_nicht_in_der_zukunft(datum: date, stichtag: date) -> Hindernis | None:
    """§ 117 Abs. 1 Nr. 1 SGB IX: the person takes part, so the talk must have taken place."""
    if datum <= stichtag:
        return None
    return Hindernis(
        f"Das Gespräch am {datum:%d.%m.%Y} liegt in der Zukunft. Die Bedarfsermittlung kann erst "
        "danach abgeschlossen werden.",
        "§ 117 Abs. 1 Nr. 1 SGB IX",
    )


def check_completion(ermittlung: Bedarfsermittlung, case: Case, stichtag: date) -> list[Hindernis]:
    """Return everything that keeps a Bedarfsermittlung from being closed on this day."""
    found = (
        zustaendigkeit_festgestellt(case),
        gespraech_nicht_in_der_zukunft(ermittlung.datum, stichtag),
        bedarf_festgestellt(ermittlung),
    )
    return [hindernis for hindernis in found if hindernis is not None]


def bedarf_abgeschlossen(plan: Gesamtplan) -> Hindernis | None:
    """§ 120 Abs. 1 SGB IX: what is needed is determined before the plan is drawn up."""
    if plan.bedarfsermittlung.state == Ermittlungszustand.ABGESCHLOSSEN:
        return None
    return Hindernis(
        f"Die {plan.bedarfsermittlung} ist noch nicht abgeschlossen.",
        _bedarfsnorm(plan),
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
        missing[0].norm if len(missing) == 1 else _norm(plan),
        _url(plan, "gesamtplan_inhalte", f"id_inhalt_{missing[0].schluessel}"),
    )


def mindestens_ein_ziel(plan: Gesamtplan) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: the plan names goals that can be reached."""
    if plan.teilhabeziele.all():
        return None
    return Hindernis(
        "Der Plan nennt noch kein Teilhabeziel.",
        _zielnorm(plan),
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
        _zielnorm(plan),
        reverse("teilhabeziel_bearbeiten", args=[plan.case_id, plan.version, vague[0].nummer]),
    )


def leistungen_den_zielen_zugeordnet(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: kind, content and extent of the Leistungen serve the goals."""
    if plan.leistungen.all():
        return None
    return Hindernis(
        "Der Plan nennt noch keine Leistung, die einem Ziel dient.",
        _leistungsnorm(plan),
        _url(plan, "leistung_neu"),
    )


def ueberpruefung_binnen_zwei_jahren(plan: Gesamtplan, land: str) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: reviewed after two years at the latest; until 2017 as planned."""
    if plan.ueberpruefung_am is None:
        text = "Legen Sie fest, wann der Plan spätestens überprüft wird."
        return Hindernis(text, _norm(plan), _url(plan, "gesamtplan_inhalte", "id_ueberpruefung_am"))
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
        _norm(plan),
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


@dataclass(frozen=True)
class Pruefung:
    """One line of the check list: what must be true, on what it rests, what is missing."""

    titel: str
    norm: str
    hindernis: Hindernis | None


def check_contents(plan: Gesamtplan, land: str) -> list[Pruefung]:
    """Return what must be true of the plan itself."""
    norm, zielnorm = _norm(plan), _zielnorm(plan)
    return [
        Pruefung("Bedarf ist ermittelt", _bedarfsnorm(plan), bedarf_abgeschlossen(plan)),
        Pruefung("Pflichtinhalte sind vollständig", norm, pflichtinhalte_vollstaendig(plan)),
        Pruefung("Mindestens ein Teilhabeziel", zielnorm, mindestens_ein_ziel(plan)),
        Pruefung("Ziele sind überprüfbar", zielnorm, ziele_ueberpruefbar(plan)),
        Pruefung(
            "Leistungen sind Zielen zugeordnet",
            _leistungsnorm(plan),
            leistungen_den_zielen_zugeordnet(plan),
        ),
        Pruefung("Überprüfung ist festgelegt", norm, ueberpruefung_binnen_zwei_jahren(plan, land)),
    ]


def check_release(plan: Gesamtplan, land: str, by: User, stichtag: date) -> list[Pruefung]:
    """Return everything that must be true when this user releases the plan on this day."""
    return [
        *check_contents(plan, land),
        Pruefung(
            "Datum des Plans ist erreicht",
            _norm(plan),
            planstand_nicht_in_der_zukunft(plan, stichtag),
        ),
        Pruefung("Stand des Falls passt", "§ 120 Abs. 2 SGB IX", fall_bereit_fuer_freigabe(plan)),
        Pruefung(
            "Zweite Person gibt frei",
            "Vier-Augen-Grundsatz",
            freigabe_durch_zweite_person(plan, by),
        ),
    ]
