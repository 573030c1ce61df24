"""What must hold of money that is paid before the Antrag is decided: citation first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from budget.models import Folgebescheid, PersoenlichesBudget
from budget.states import faelle
from budget.states.folge import Folgezeile
from cases.models import Vorlaeufigkeit, Vorlaeufigkeitsgrund
from cases.registry.schritt import Hindernis
from recht.geld import format_euro
from recht.leistungsbeginn import Leistungsbeginn
from recht.rechtsstand import Rechtsstand, rechtsstand_am

_FESTGEHALTEN = {
    faelle.EILFALL: Vorlaeufigkeitsgrund.EILFALL,
    faelle.AUFENTHALT: Vorlaeufigkeitsgrund.AUFENTHALT,
}


def vorlaeufig_bestimmt(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: a provisional decision names its ground, its amount and its days."""
    if not zeile.vorlaeufig:
        return None
    fehlt = [
        name
        for name, wert in (
            ("warum vorläufig geleistet wird", row.fall_des_gesetzes),
            ("der Betrag im Monat", row.betrag),
            ("der erste Tag", row.zeitraum_von),
            ("der letzte Tag", row.zeitraum_bis),
        )
        if not wert
    ]
    if not fehlt:
        return None
    return Hindernis(f"Es fehlt: {', '.join(fehlt)}.", "§ 33 Abs. 1 SGB X")


def streit_nicht_seit_2018(
    row: Folgebescheid, zeile: Folgezeile, eingang: date
) -> Hindernis | None:
    """§ 24 S. 3 SGB IX: since 2018 no dispute of carriers carries a provisional Leistung.

    Then one carrier decides within the Fristen of §§ 14, 15 SGB IX; an Eilfall, an unclear
    residence and a Vorschuss stay possible.
    """
    if not zeile.vorlaeufig or row.fall_des_gesetzes != faelle.STREIT:
        return None
    if rechtsstand_am(eingang) is Rechtsstand.A:
        return None
    return Hindernis(
        "Bei Leistungen zur Teilhabe ist § 43 SGB I seit 2018 nicht anzuwenden: Der leistende "
        "Rehabilitationsträger entscheidet binnen seiner Fristen. Möglich bleiben Vorschuss, "
        "Eilfall und ungeklärter Aufenthalt; bitte wählen Sie einen davon.",
        "§ 24 S. 3 SGB IX",
    )


def vorlaeufigkeit_festgehalten(
    row: Folgebescheid, zeile: Folgezeile, vorlaeufigkeit: Vorlaeufigkeit | None, norm: str
) -> Hindernis | None:
    """§ 120 Abs. 4 SGB IX, § 98 Abs. 2 S. 1 SGB IX: the ground is found before money follows it.

    `vorlaeufigkeit` is what is recorded under Zuständigkeit, `norm` the ground by the law of the
    Antrag.
    """
    grund = _FESTGEHALTEN.get(row.fall_des_gesetzes)
    if not zeile.vorlaeufig or grund is None:
        return None
    if vorlaeufigkeit is not None and vorlaeufigkeit.grund == grund:
        return None
    return Hindernis(
        f"Unter „Zuständigkeit“ ist nicht festgehalten, dass vorläufig geleistet wird "
        f"({grund.label}). Bitte halten Sie das dort zuerst fest.",
        norm,
    )


def vorlaeufig_nicht_vor_antrag(
    row: Folgebescheid, zeile: Folgezeile, beginn: Leistungsbeginn
) -> Hindernis | None:
    """§ 108 Abs. 1 SGB IX, § 18 Abs. 1 SGB XII: nothing is due before it, so nothing in advance."""
    if not zeile.vorlaeufig or row.zeitraum_von is None or row.zeitraum_von >= beginn.tag:
        return None
    return Hindernis(
        f"Geleistet wird frühestens ab dem {beginn.tag:%d.%m.%Y}. Bitte beginnen Sie an diesem Tag "
        "oder später.",
        beginn.norm,
    )


def monat_noch_frei(
    row: Folgebescheid,
    zeile: Folgezeile,
    andere: Sequence[Folgebescheid],
    bewilligt: Sequence[PersoenlichesBudget],
) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: one month has one provisional amount, and none beside a running grant.

    From the first of a later month on there may be more in the place of an earlier decision; less
    is left to the decision about the Antrag. `andere` are the released provisional decisions about
    it, `bewilligt` the grants of the case.
    """
    von, bis = row.zeitraum_von, row.zeitraum_bis
    if not zeile.vorlaeufig or von is None or bis is None:
        return None
    for eine in andere:
        if eine.zeitraum_von is None or eine.zeitraum_bis is None or _gives_more(row, eine):
            continue
        if eine.zeitraum_von.replace(day=1) <= bis and von.replace(day=1) <= eine.zeitraum_bis:
            return Hindernis(
                f"Vorläufig ist schon vom {eine.zeitraum_von:%d.%m.%Y} bis zum "
                f"{eine.zeitraum_bis:%d.%m.%Y} geleistet. Bitte beginnen Sie im Monat danach, oder "
                "geben Sie ab dem Ersten eines späteren Monats mehr.",
                "§ 33 Abs. 1 SGB X",
            )
    for budget in bewilligt:
        ende = budget.letzter_tag
        if not budget.ohne_geltung and budget.beginn <= bis and (ende is None or von <= ende):
            return Hindernis(
                f"Für diese Tage ist schon das Persönliche Budget ab dem {budget.beginn:%d.%m.%Y} "
                "bewilligt. Einen höheren Bedarf deckt ein Änderungsbescheid.",
                "§ 48 Abs. 1 SGB X",
            )
    return None


def _gives_more(row: Folgebescheid, eine: Folgebescheid) -> bool:
    """Tell whether a decision gives more than an earlier one, from a later month on."""
    von, zuvor = row.zeitraum_von, eine.zeitraum_von
    if von is None or zuvor is None or row.betrag is None or eine.betrag is None:
        return False
    return von.day == 1 and von > zuvor and row.betrag > eine.betrag


def erst_nach_der_entscheidung(
    row: Folgebescheid, zeile: Folgezeile, *, bewilligt: bool, abgelehnt: bool
) -> Hindernis | None:
    """§ 42 Abs. 2 S. 2 SGB I: asked back is what is more than the Leistung that was granted."""
    if not zeile.abrechnung or bewilligt or abgelehnt:
        return None
    return Hindernis(
        "Über den Antrag ist noch nicht entschieden. Erst dann steht fest, was zusteht und was zu "
        "viel war.",
        "§ 42 Abs. 2 S. 2 SGB I",
    )


def erstattung_nur_als_verpflichteter(
    row: Folgebescheid, zeile: Folgezeile, *, streit: bool, bewilligt: bool
) -> Hindernis | None:
    """§ 43 Abs. 2 S. 2 SGB I: after a dispute only the carrier that had to pay asks the person.

    `streit` tells that the money was paid because of it, `bewilligt` that it was ours to pay.
    """
    if not zeile.abrechnung or not streit or bewilligt:
        return None
    return Hindernis(
        "Geleistet wurde, weil die Zuständigkeit streitig war. Gegen die Person hat nur der Träger "
        "einen Anspruch, der zu leisten hatte; unsere Kosten erstattet er uns (§ 102 SGB X).",
        "§ 43 Abs. 2 S. 2 SGB I",
    )


def abrechnung_hoechstens(
    row: Folgebescheid, zeile: Folgezeile, zu_viel: Decimal, verlangt: Decimal
) -> Hindernis | None:
    """§ 42 Abs. 2 S. 1 SGB I: what was paid in advance is credited; only the rest is given back.

    `zu_viel` is what was ordered beyond what is due, `verlangt` what other decisions ask back.
    """
    if not zeile.abrechnung:
        return None
    if row.betrag is None or row.zeitraum_von is None or row.zeitraum_bis is None:
        return Hindernis("Es fehlen Betrag und Zeitraum der Erstattung.", "§ 50 Abs. 3 S. 1 SGB X")
    rest = max(zu_viel - verlangt, Decimal("0.00"))
    if row.betrag <= rest:
        return None
    return Hindernis(
        f"Was zusteht, wird angerechnet. Zu viel geleistet sind für diese Monate noch "
        f"{format_euro(rest)}; mehr ist nicht zu erstatten.",
        "§ 42 Abs. 2 S. 1 SGB I",
    )
