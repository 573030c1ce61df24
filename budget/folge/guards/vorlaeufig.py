"""What must hold of money that is paid before the Antrag is decided: citation first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

_VERZICHT = "§ 46 Abs. 1 SGB I"


@dataclass(frozen=True)
class Strecke:
    """Days with one provisional amount a month."""

    von: date
    bis: date
    betrag: Decimal


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
    andere: Sequence[Strecke],
    bewilligt: Sequence[PersoenlichesBudget],
) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: one month has one provisional amount, and none beside a running grant.

    From the first of a later month on there may be more in the place of an earlier decision; less
    takes a decision that changes it. `andere` is what is granted provisionally so far, `bewilligt`
    are the grants of the case.
    """
    von, bis = row.zeitraum_von, row.zeitraum_bis
    if not zeile.vorlaeufig or von is None or bis is None:
        return None
    for eine in andere:
        if _gives_more(row, eine):
            continue
        if eine.von.replace(day=1) <= bis and von.replace(day=1) <= eine.bis:
            return Hindernis(
                f"Vorläufig ist schon vom {eine.von:%d.%m.%Y} bis zum {eine.bis:%d.%m.%Y} "
                "geleistet. Bitte beginnen Sie im Monat danach, oder geben Sie ab dem Ersten eines "
                "späteren Monats mehr. Weniger gibt „Änderung oder Ende der vorläufigen Leistung“.",
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


def _gives_more(row: Folgebescheid, eine: Strecke) -> bool:
    """Tell whether a decision gives more than an earlier one, from a later month on."""
    von = row.zeitraum_von
    if von is None or row.betrag is None:
        return False
    return von.day == 1 and von > eine.von and row.betrag > eine.betrag


def minderung_bestimmt(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: what is lowered names the new amount, what ends names none."""
    if not zeile.mindert or not row.fall_des_gesetzes:
        return None
    weniger = row.fall_des_gesetzes in faelle.GIBT_WENIGER
    if weniger == (row.betrag is not None):
        return None
    text = (
        "Es fehlt, wie viel ab dann im Monat vorläufig gezahlt wird."
        if weniger
        else "Die vorläufige Leistung endet; ein Betrag ab dann widerspricht dem."
    )
    return Hindernis(text, "§ 33 Abs. 1 SGB X")


def minderung_an_laufender(
    row: Folgebescheid, zeile: Folgezeile, gilt: Strecke | None
) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: only what is still rendered on the day is lowered or ended.

    `gilt` is the provisional Leistung on the first day of the effect.
    """
    if not zeile.mindert or row.wirkt_ab is None or gilt is not None:
        return None
    return Hindernis(
        f"Am {row.wirkt_ab:%d.%m.%Y} wird nicht vorläufig geleistet; an diesem Tag gibt es nichts "
        "zu mindern oder zu beenden.",
        "§ 39 Abs. 2 SGB X",
    )


def minderung_gibt_weniger(
    row: Folgebescheid, zeile: Folgezeile, gilt: Strecke | None
) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X, § 45 Abs. 1 SGB X: lowered is what becomes less, more is new.

    `gilt` is the provisional Leistung on the first day of the effect.
    """
    if not zeile.mindert or gilt is None or row.betrag is None or row.betrag < gilt.betrag:
        return None
    return Hindernis(
        f"Vorläufig gezahlt werden bisher {format_euro(gilt.betrag)} im Monat; "
        f"{format_euro(row.betrag)} sind nicht weniger. Mehr gibt ab dem Ersten eines Monats ein "
        "weiterer Bescheid „Vorläufige Leistung“.",
        faelle.NORM_VORLAEUFIG_AENDERUNG[row.fall_des_gesetzes or faelle.WENIGER],
    )


def minderung_zum_monatsersten(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: one month has one provisional amount, so less begins with a month."""
    ab = row.wirkt_ab
    if not zeile.mindert or row.betrag is None or ab is None or ab.day == 1:
        return None
    return Hindernis(
        "Ein Monat hat einen Betrag. Bitte beginnen Sie am Ersten eines Monats; nur ein Ende kann "
        "an jedem Tag liegen.",
        "§ 33 Abs. 1 SGB X",
    )


def verzicht_erklaert(
    row: Folgebescheid, zeile: Folgezeile, *, bekannt: date | None, stichtag: date
) -> Hindernis | None:
    """§ 46 Abs. 1 SGB I: a waiver is a written declaration that has reached us, about what is due.

    `bekannt` is the day on which the provisional Leistung was made known; before that nothing was
    granted that could be waived.
    """
    if not zeile.mindert or row.fall_des_gesetzes != faelle.VERZICHT:
        return None
    vom, eingang = row.verzicht_vom, row.verzicht_eingang
    if vom is None or eingang is None:
        return Hindernis(
            "Es fehlt, von welchem Tag die Erklärung des Verzichts ist und wann sie eingegangen "
            "ist.",
            _VERZICHT,
        )
    if eingang < vom:
        return Hindernis(
            f"Eingegangen ist der Verzicht nicht, bevor er am {vom:%d.%m.%Y} erklärt wurde.",
            _VERZICHT,
        )
    if eingang > stichtag:
        return Hindernis("Der Eingang des Verzichts liegt in der Zukunft.", _VERZICHT)
    if bekannt is None or vom >= bekannt:
        return None
    return Hindernis(
        f"Der Verzicht ist vom {vom:%d.%m.%Y}; die vorläufige Leistung ist erst am "
        f"{bekannt:%d.%m.%Y} bekannt gegeben. Vorher war nichts bewilligt, worauf die "
        "Person verzichten konnte. Bitte lassen Sie sich eine neue Erklärung geben.",
        _VERZICHT,
    )


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
