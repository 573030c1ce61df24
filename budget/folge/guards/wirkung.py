"""Legal limits in time of lifting and taking back a grant, and of asking money back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from budget.models import Folgebescheid
from budget.states.folge import Folgeart, Folgezeile
from cases.registry.schritt import Hindernis
from recht.geld import format_euro

# Cases of the law in which ten years run instead of two (§ 45 Abs. 3 S. 3 Nr. 1 SGB X).
ZEHN_JAHRE = frozenset({"2", "3", "4"})


def wirkt_nach_bekanntgabe(
    row: Folgebescheid, zeile: Folgezeile, bekannt: date
) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X, § 45 Abs. 4 S. 1 SGB X: what reaches ahead only begins after it.

    `bekannt` is the day on which the released letter would be made known (§ 39 Abs. 1 SGB X).
    """
    ab = row.wirkt_ab
    zurueck = zeile.wirkt_zurueck(row.fall_des_gesetzes) or not row.nachteilig
    if ab is None or not zeile.bewirkt or zurueck or ab > bekannt:
        return None
    return Hindernis(
        f"Der Bescheid soll ab dem {ab:%d.%m.%Y} wirken, wäre aber erst am {bekannt:%d.%m.%Y} "
        f"bekannt gegeben und wirkt nur für die Zeit danach, also nach dem {bekannt:%d.%m.%Y}. "
        "Geben Sie ihn zur neuen Freigabe zurück.",
        "§ 39 Abs. 1 SGB X",
    )


def ruecknahmefrist_gewahrt(
    row: Folgebescheid, bis: date | None, *, fruehestens: date, wird_gezahlt: bool
) -> Hindernis | None:
    """§ 45 Abs. 3 SGB X, § 48 Abs. 4 S. 1 SGB X: two years after the Bekanntgabe, ten in bad faith.

    `bis` is the last day of that time, None where none runs. After ten years it is still possible
    while the money is paid until the procedure begins (S. 4); `wird_gezahlt` tells that.
    """
    if bis is None or fruehestens <= bis:
        return None
    if row.fall_des_gesetzes in ZEHN_JAHRE:
        if wird_gezahlt:
            return None
        return Hindernis(
            f"Zehn Jahre nach der Bekanntgabe des Bescheids, seit dem {bis:%d.%m.%Y}, ist das "
            "nicht mehr möglich; die Leistung wird auch nicht mehr gezahlt.",
            "§ 45 Abs. 3 SGB X",
        )
    return Hindernis(
        f"Zwei Jahre nach der Bekanntgabe des Bescheids, seit dem {bis:%d.%m.%Y}, wird er nicht "
        "mehr zurückgenommen. Länger geht es nur in den Fällen des § 45 Abs. 2 S. 3 SGB X.",
        "§ 45 Abs. 3 S. 1 SGB X",
    )


def erstattung_hoechstens(
    row: Folgebescheid, gezahlt: Decimal, verlangt: Decimal
) -> Hindernis | None:
    """§ 50 Abs. 1 S. 1 SGB X: only what was given is given back, and only once.

    `gezahlt` is what was ordered for the time, `verlangt` what other decisions ask back for it.
    """
    if row.art != Folgeart.ERSTATTUNG or row.betrag is None or row.betrag <= gezahlt - verlangt:
        return None
    text = f"Für diese Zeit sind {format_euro(gezahlt)} angewiesen"
    if verlangt:
        text += f", davon sind {format_euro(verlangt)} schon zurückgefordert"
    rest = max(gezahlt - verlangt, Decimal(0))
    return Hindernis(
        f"{text}. Mehr als {format_euro(rest)} ist nicht zu erstatten.",
        "§ 50 Abs. 1 S. 1 SGB X",
    )


def nicht_vor_der_aufhebung(row: Folgebescheid, hinaus: bool) -> Hindernis | None:
    """§ 50 Abs. 3 S. 2 SGB X: with the decision that lifts the grant, or after it, never before."""
    if row.art != Folgeart.ERSTATTUNG or hinaus:
        return None
    return Hindernis(
        "Die Aufhebung, auf der die Erstattung beruht, ist noch nicht auf dem Weg. Versenden Sie "
        "zuerst sie, oder beide zusammen.",
        "§ 50 Abs. 3 S. 2 SGB X",
    )


def sofortige_vollziehung_begruendet(row: Folgebescheid) -> Hindernis | None:
    """§ 86a Abs. 2 Nr. 5 SGG: the special interest in it is put down in writing."""
    if not row.sofort_vollziehbar or row.sofort_grund.strip():
        return None
    return Hindernis(
        "Die sofortige Vollziehung ist angeordnet, aber nicht begründet. Bitte schreiben Sie, "
        "warum der Ausgang eines Widerspruchs nicht abgewartet werden kann.",
        "§ 86a Abs. 2 Nr. 5 SGG",
    )


def zahlungsziel_erreichbar(row: Folgebescheid, bekannt: date) -> Hindernis | None:
    """§ 39 Abs. 1 SGB X: nothing has to be paid before the decision about it is made known.

    `bekannt` is the day on which it would be made known if it left now.
    """
    if row.zahlung_bis is None or row.zahlung_bis > bekannt:
        return None
    return Hindernis(
        f"Zu zahlen wäre bis zum {row.zahlung_bis:%d.%m.%Y}; bekannt gegeben wäre der Bescheid "
        f"erst am {bekannt:%d.%m.%Y}. Bitte geben Sie einen späteren Tag an.",
        "§ 39 Abs. 1 SGB X",
    )
