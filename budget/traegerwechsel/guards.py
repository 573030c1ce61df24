"""What must hold before another carrier takes a grant over: citation first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from budget.models import PersoenlichesBudget, Traegerwechsel
from budget.states import Bescheidzustand, Budgetzustand
from budget.states.umzug import Gebiet
from cases.guards import konten_der_person
from cases.models import Leistungstraeger, User
from cases.registry.schritt import Hindernis
from recht.geld import format_euro
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am
from recht.traegerwechsel import Wechselgrund, check_wechsel
from recht.umzug import Pause, endete_den_bezug

_WEITERLEISTEN = "§ 2 Abs. 3 S. 1 SGB X"
_ERSTATTUNG = "§ 2 Abs. 3 S. 2 SGB X"
_NACH_AUFENTHALT = (Wechselgrund.UMZUG, Wechselgrund.UNTERBRECHUNG)


def anderer_traeger(an: Leistungstraeger) -> Hindernis | None:
    """§ 2 Abs. 3 S. 1 SGB X: another carrier takes over, not we ourselves."""
    if not an.eigener:
        return None
    return Hindernis(
        "Das ist die eigene Behörde. Bitte wählen Sie den anderen Träger.", _WEITERLEISTEN
    )


def wechsel_nach_dem_gesetz(grund: str, ab: date) -> Hindernis | None:
    """§ 98 Abs. 1 S. 3 SGB IX, § 98 SGB XII: only the law of the day changes the carrier."""
    found = check_wechsel(grund, ab)
    return None if found.gilt else Hindernis(found.schritt.text, found.schritt.norm)


def wohnt_ausserhalb(grund: str, ab: date, gebiet: str) -> Hindernis | None:
    """§ 98 Abs. 1 S. 1 SGB IX, § 98 Abs. 1 S. 1 SGB XII: who lives in our area stays with us.

    `gebiet` tells where she lives on the day, empty where the record does not say it. A carrier
    that goes first or was competent from the beginning does not hang on that.
    """
    if grund not in _NACH_AUFENTHALT or gebiet != Gebiet.INNERHALB:
        return None
    return Hindernis(
        f"Am {ab:%d.%m.%Y} wohnt die Person nach ihrer Anschrift im eigenen Gebiet; zuständig sind "
        "wir. Ist sie umgezogen, tragen Sie bitte zuerst die neue Anschrift ein.",
        norm_am(
            ab,
            "§ 98 Abs. 1 S. 1 SGB XII",
            "§ 98 Abs. 1 S. 1 SGB IX",
            ue="§ 98 Abs. 1 S. 1 SGB XII",
        ),
    )


def unterbrechung_festgehalten(
    grund: str, ab: date, pausen: Sequence[Pause], tag: date, land: str
) -> Hindernis | None:
    """§ 98 Abs. 1 S. 4 SGB IX, § 98 Abs. 1 S. 5 SGB IX: six months without Leistung are on record.

    `pausen` are the times for which decisions in effect let everything rest; what lies ahead of
    `tag` has not been without Leistung yet.
    """
    if grund != Wechselgrund.UNTERBRECHUNG or rechtsstand_am(ab) is not Rechtsstand.B:
        return None
    bis = min(ab, tag + timedelta(days=1))
    if any(endete_den_bezug(pause, bis, land) for pause in pausen):
        return None
    andere = [pause for pause in pausen if pause.von < ab]
    if andere and all(pause.medizinisch for pause in andere):
        return Hindernis(
            "Die Leistung ruhte nur wegen Krankenhaus oder Rehabilitation; das beendet den "
            "Leistungsbezug nicht, auch nicht nach sechs Monaten.",
            "§ 98 Abs. 1 S. 5 SGB IX",
        )
    if andere:
        return Hindernis(
            f"Bis zum {bis - timedelta(days=1):%d.%m.%Y} sind keine sechs Monate ohne Leistung "
            f"voll; ganz ruht sie seit dem {andere[-1].von:%d.%m.%Y}.",
            "§ 98 Abs. 1 S. 4 SGB IX",
        )
    return Hindernis(
        f"Vor dem {ab:%d.%m.%Y} ist keine Unterbrechung festgehalten, in der nach einem bekannt "
        "gegebenen Bescheid alles ruhte. Vermerken und entscheiden Sie sie zuerst am Budget unter "
        "„Unterbrechungen“.",
        "§ 98 Abs. 1 S. 4 SGB IX",
    )


def tage_des_wechsels(
    budget: PersoenlichesBudget, ab: date, bekannt_seit: date, tag: date
) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X: circumstances change while the grant holds, and it is known."""
    letzter = budget.letzter_tag
    if ab < budget.beginn or (letzter is not None and ab > letzter):
        return Hindernis(
            f"Der {ab:%d.%m.%Y} liegt nicht in der Zeit der Bewilligung.", "§ 48 Abs. 1 S. 1 SGB X"
        )
    if bekannt_seit > tag:
        return Hindernis("Bekannt wurde es nicht erst in der Zukunft.", "§ 48 Abs. 1 S. 1 SGB X")
    return None


def zusage_passt(
    row: Traegerwechsel, vom: date, uebernimmt_ab: date, tag: date
) -> Hindernis | None:
    """§ 2 Abs. 3 S. 1 SGB X: the other carrier has said from which day it goes on."""
    if vom > tag:
        return Hindernis(
            "Die Zusage liegt in der Zukunft. Bitte prüfen Sie den Tag.", _WEITERLEISTEN
        )
    if uebernimmt_ab < row.ab:
        return Hindernis(
            f"Zuständig ist der andere Träger erst ab dem {row.ab:%d.%m.%Y}.", _WEITERLEISTEN
        )
    return None


def aufhebung_noch_frei(row: Traegerwechsel) -> Hindernis | None:
    """§ 39 Abs. 1 SGB X: what a submitted or released decision rests on stays."""
    bescheid = row.aufhebung
    if bescheid is None or bescheid.state == Bescheidzustand.ENTWURF:
        return None
    return Hindernis(
        f"Die Aufhebung ist im Zustand „{bescheid.get_state_display()}“.", "§ 39 Abs. 1 SGB X"
    )


def ohne_aufhebung(row: Traegerwechsel) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: one grant is lifted by one decision."""
    if row.aufhebung is None:
        return None
    return Hindernis(f"Es gibt einen Bescheid darüber: {row.aufhebung}.", "§ 33 Abs. 1 SGB X")


def etwas_zu_erstatten(row: Traegerwechsel) -> Hindernis | None:
    """§ 2 Abs. 3 S. 2 SGB X: refunded is what we render after the change."""
    if row.uebernimmt_ab is not None and row.uebernimmt_ab > row.ab:
        return None
    return Hindernis(
        "Der andere Träger leistet seit dem Tag des Wechsels; zu erstatten ist nichts.", _ERSTATTUNG
    )


def verlangt_hoechstens(betrag: Decimal, geleistet: Decimal) -> Hindernis | None:
    """§ 2 Abs. 3 S. 2 SGB X: no more is refunded than was rendered."""
    if Decimal(0) < betrag <= geleistet:
        return None
    return Hindernis(
        f"Angewiesen sind für diese Zeit {format_euro(geleistet)}. Mehr ist nicht zu verlangen, "
        "und nicht nichts.",
        _ERSTATTUNG,
    )


def bewilligung_beendet(row: Traegerwechsel) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: the grant holds until the decision that lifts it is in effect."""
    if row.persoenliches_budget.state == Budgetzustand.BEENDET:
        return None
    return Hindernis(
        "Die Bewilligung gilt noch. Sie endet mit dem Bescheid über die Aufhebung.",
        "§ 39 Abs. 2 SGB X",
    )


def neuer_traeger_unterrichtet(row: Traegerwechsel) -> Hindernis | None:
    """§ 69 Abs. 1 Nr. 1 SGB X: the new carrier gets what it needs to go on."""
    if row.mitteilung is not None:
        return None
    return Hindernis(f"Es fehlt die Mitteilung an {row.an.name}.", "§ 69 Abs. 1 Nr. 1 SGB X")


def abgabe_durch_andere(row: Traegerwechsel, user: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who noted the change or its promise does not hand the case over."""
    if not row.is_noted_by(konten_der_person(user)):
        return None
    return Hindernis(
        "Sie haben den Wechsel oder die Zusage selbst vermerkt. Abgegeben wird der Fall durch eine "
        "zweite Person.",
        "Vier-Augen-Grundsatz",
    )
