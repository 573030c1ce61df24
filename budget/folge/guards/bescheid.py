"""Legal preconditions of further decisions: citation first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from budget.models import Folgebescheid, PersoenlichesBudget, Widerspruch
from budget.states import Budgetzustand
from budget.states.folge import (
    NUR_ZUKUNFT,
    Bezug,
    Folgeart,
    Folgezeile,
)
from budget.states.widerspruch import (
    OHNE_FORM,
    Widerspruchsform,
    Widerspruchszustand,
    Wiedereinsetzung,
)
from cases.registry.schritt import Hindernis
from cases.states.versand import UNTERWEGS
from recht.laenge import plus_monate

_NOCH_OHNE = {
    Bezug.ANTRAG: ("Es gibt keinen Antrag, über den noch zu entscheiden ist.", "§ 18 SGB X"),
    Bezug.BUDGET: (
        "Es gibt kein bewilligtes Persönliches Budget, auf das sich die Entscheidung bezieht.",
        "§ 39 Abs. 2 SGB X",
    ),
    Bezug.WIDERSPRUCH: (
        "Es gibt keinen Widerspruch, über den noch zu entscheiden ist.",
        "§ 85 SGG",
    ),
}
_EIGENES = {
    Folgeart.VORLAEUFIG_AENDERUNG: (
        "Zu keinem offenen Antrag wird vorläufig geleistet.",
        "§ 39 Abs. 2 SGB X",
    ),
    Folgeart.VORLAEUFIG_ZURUECK: (
        "Zu keinem entschiedenen Antrag ist vorläufig geleistet.",
        "§ 42 Abs. 2 SGB I",
    ),
}
_JAHR = 12


def gegenstand_vorhanden(zeile: Folgezeile, gefunden: Sequence[object]) -> Hindernis | None:
    """§ 31 S. 1 SGB X: a Verwaltungsakt settles a single case, so there must be one to settle."""
    if gefunden:
        return None
    text, norm = _EIGENES.get(zeile.art) or _NOCH_OHNE[zeile.bezug]
    return Hindernis(text, norm)


def kein_zweiter_entwurf(offen: Folgebescheid | None) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: one question gets one answer; a second draft would make it two."""
    if offen is None:
        return None
    return Hindernis(
        f"Dazu gibt es schon einen Bescheid im Zustand „{offen.get_state_display()}“.",
        "§ 33 Abs. 1 SGB X",
    )


def gruende_vorhanden(row: Folgebescheid) -> Hindernis | None:
    """§ 35 Abs. 1 S. 2 SGB X: the essential facts and reasons of law are told."""
    fehlt = [
        name
        for name, text in (("was geschehen ist", row.sachverhalt), ("die Gründe", row.gruende))
        if not text.strip()
    ]
    if not fehlt:
        return None
    return Hindernis(f"Es fehlt: {' und '.join(fehlt)}.", "§ 35 Abs. 1 S. 2 SGB X")


def ermessen_ausgeuebt(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 35 Abs. 1 S. 3 SGB X: where the law leaves room, the weighing stands in the Bescheid."""
    if not zeile.ermessen or row.selbst_gewollt or row.ermessen.strip():
        return None
    if zeile.soll:
        return Hindernis(
            "Das Gesetz sagt „soll“: Für die Vergangenheit wird aufgehoben, wenn kein untypischer "
            "Fall vorliegt. Bitte schreiben Sie, ob einer vorliegt, etwa eine besondere Härte oder "
            "ein Fehler der Behörde.",
            "§ 48 Abs. 1 S. 2 SGB X",
        )
    return Hindernis(
        "Diese Entscheidung steht im Ermessen. Bitte schreiben Sie, was für und was gegen sie "
        "spricht und wie Sie abgewogen haben.",
        "§ 35 Abs. 1 S. 3 SGB X",
    )


def angehoert(
    row: Folgebescheid,
    zeile: Folgezeile,
    *,
    bekannt_am: date | None,
    bis: date | None,
    stichtag: date,
) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: who loses a right can say something about it before.

    `bekannt_am` is the day on which the letter of the Anhörung is made known, which may lie ahead;
    `bis` the last day to answer, counted from it.
    """
    if not zeile.anhoerung or row.anhoerung_verzicht or row.aeusserung_am is not None:
        return None
    if row.selbst_gewollt:
        # Who asks for the end herself, by notice or waiver, need not be heard about it.
        return None
    if row.anhoerung_schreiben is None:
        text = (
            "Die Person ist noch nicht angehört. Schreiben Sie ihr die Anhörung, oder nennen Sie "
            "den Grund, aus dem das Gesetz sie entbehrlich macht."
        )
    elif bekannt_am is None:
        text = "Die Anhörung ist geschrieben, aber noch nicht versandt und bekannt gegeben."
    elif bekannt_am > stichtag:
        text = f"Die Anhörung ist erst am {bekannt_am:%d.%m.%Y} bekannt gegeben."
    elif bis is not None and stichtag <= bis:
        text = (
            f"Die Person kann sich bis zum {bis:%d.%m.%Y} äußern. Vorher geht es "
            "weiter, sobald ihre Äußerung vermerkt ist."
        )
    else:
        return None
    return Hindernis(text, "§ 24 Abs. 1 SGB X")


def mitwirkung_verlangt(row: Folgebescheid, stichtag: date) -> Hindernis | None:
    """§ 66 Abs. 3 SGB I: nothing is denied without a written warning and time to act."""
    if row.art != Folgeart.VERSAGUNG:
        return None
    norm = "§ 66 Abs. 3 SGB I"
    if row.hinweis_vom is None or row.hinweis_bis is None:
        return Hindernis(
            "Es fehlt, wann die Person schriftlich auf die Folge hingewiesen wurde und bis wann "
            "sie mitwirken konnte.",
            norm,
        )
    if stichtag <= row.hinweis_bis:
        return Hindernis(
            f"Die Frist zur Mitwirkung läuft bis zum {row.hinweis_bis:%d.%m.%Y}.", norm
        )
    return None


def wirkung_zulaessig(
    row: Folgebescheid, zeile: Folgezeile, *, fruehestens: date
) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X, § 45 Abs. 4 S. 1 SGB X: the past is reached only in named cases.

    `fruehestens` is the day on which the decision would be made known if it left today. What the
    person did with the money is no such case: for misuse the agreement can be terminated and the
    grant lifted for the time to come (§ 29 Abs. 4 S. 4-7 SGB IX, BSG 11.08.2022 - B 8 SO 3/21 R).
    """
    if not zeile.ab_einem_tag:
        return None
    if row.wirkt_ab is None:
        return Hindernis("Es fehlt der erste Tag der Wirkung.", zeile.norm_am())
    vergangen = row.wirkt_ab <= fruehestens
    if zeile.faelle and not row.fall_des_gesetzes:
        return Hindernis(
            "Es fehlt, welcher Fall des Gesetzes vorliegt.", zeile.norm_am(row.wirkt_ab)
        )
    if not zeile.vergangen:
        if not vergangen:
            return None
        return Hindernis(
            f"Diese Aufhebung wirkt nur für die Zukunft: frühestens ab dem Tag nach der "
            f"Bekanntgabe, bei Versand heute nach dem {fruehestens:%d.%m.%Y}. Wie das Geld "
            "verwendet wurde, erlaubt keine Aufhebung für die Vergangenheit.",
            "§ 48 Abs. 1 S. 1 SGB X",
        )
    aendert = zeile.mit_nachfolger or zeile.ruht
    if vergangen and aendert and row.fall_des_gesetzes in NUR_ZUKUNFT:
        return Hindernis(
            "Ohne einen Fall des § 48 Abs. 1 S. 2 SGB X wirkt die Änderung nur für die Zukunft, "
            f"bei Versand heute nach dem {fruehestens:%d.%m.%Y}.",
            "§ 48 Abs. 1 S. 1 SGB X",
        )
    if vergangen and row.art == Folgeart.RUECKNAHME and row.fall_des_gesetzes in NUR_ZUKUNFT:
        return Hindernis(
            "Ohne einen Fall des § 45 Abs. 2 S. 3 SGB X wirkt die Rücknahme nur für die Zukunft.",
            "§ 45 Abs. 4 S. 1 SGB X",
        )
    return None


def jahresfrist_gewahrt(
    row: Folgebescheid, zeile: Folgezeile, *, fruehestens: date
) -> Hindernis | None:
    """§ 45 Abs. 4 S. 2 SGB X, § 48 Abs. 4 S. 1 SGB X: within one year of knowing the facts.

    Only where the decision reaches back; a change in favour of the person has no such limit.
    """
    if not zeile.vergangen or row.wirkt_ab is None or row.wirkt_ab > fruehestens:
        return None
    if row.art != Folgeart.RUECKNAHME and row.fall_des_gesetzes == "1":
        return None
    norm = "§ 45 Abs. 4 S. 2 SGB X"
    if row.kenntnis_am is None:
        return Hindernis("Es fehlt, seit wann die Behörde die Tatsachen kennt.", norm)
    bis = plus_monate(row.kenntnis_am, _JAHR)
    if fruehestens <= bis:
        return None
    return Hindernis(
        f"Die Tatsachen sind seit dem {row.kenntnis_am:%d.%m.%Y} bekannt. Für die Vergangenheit "
        f"war die Entscheidung bis zum {bis:%d.%m.%Y} möglich; möglich bleibt sie für die Zukunft.",
        norm,
    )


def erstattung_bestimmt(row: Folgebescheid, aufgehoben: bool) -> Hindernis | None:
    """§ 50 Abs. 1 SGB X, § 50 Abs. 2 SGB X, § 50 Abs. 3 SGB X: what is asked back is named.

    No grant holds for that time: `aufgehoben` tells that it is lifted, or over with the death of
    the person.
    """
    if row.art != Folgeart.ERSTATTUNG:
        return None
    if row.betrag is None or row.zeitraum_von is None or row.zeitraum_bis is None:
        return Hindernis("Es fehlen Betrag und Zeitraum der Erstattung.", "§ 50 Abs. 3 S. 1 SGB X")
    if aufgehoben:
        return None
    return Hindernis(
        "Erstattet wird nur, soweit der Bewilligungsbescheid aufgehoben ist. Für diesen Zeitraum "
        "gibt es keine freigegebene Aufhebung oder Rücknahme. Ist die Person verstorben, ist die "
        "Zeit nach dem Monat des Todes ohne Aufhebung zu erstatten (§ 50 Abs. 2 SGB X).",
        "§ 50 Abs. 1 S. 1 SGB X",
    )


def keine_erstattung_waehrend_widerspruch(row: Folgebescheid, gehemmt: bool) -> Hindernis | None:
    """§ 86a Abs. 1 S. 1 SGG: while the Aufhebung is attacked nothing is asked back."""
    if row.art != Folgeart.ERSTATTUNG or not gehemmt:
        return None
    return Hindernis(
        "Gegen die Aufhebung ist Widerspruch oder Klage anhängig. Das hat aufschiebende Wirkung; "
        "bis zur Entscheidung wird nichts zurückgefordert.",
        "§ 86a Abs. 1 S. 1 SGG",
    )


def budget_laeuft(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: what has ended by itself is not lifted for the time to come."""
    budget = row.budget
    if budget is None or not zeile.bewirkt or zeile.vergangen:
        return None
    if budget.state in {Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT}:
        return None
    return Hindernis(
        f"Das Persönliche Budget ist im Zustand „{budget.get_state_display()}“.",
        "§ 39 Abs. 2 SGB X",
    )


def antrag_unentschieden(row: Folgebescheid, offen: bool) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: what has been decided is not decided again."""
    if row.antrag is None or offen:
        return None
    return Hindernis("Über diesen Antrag ist schon entschieden.", "§ 39 Abs. 2 SGB X")


def widerspruch_entscheidbar(widerspruch: Widerspruch | None) -> Hindernis | None:
    """§ 85 SGG, § 67 SGG: Frist, Form and Wiedereinsetzung are settled before the decision."""
    if widerspruch is None:
        return None
    if widerspruch.state != Widerspruchszustand.EINGELEGT:
        return Hindernis("Über den Widerspruch ist schon entschieden.", "§ 85 SGG")
    if widerspruch.verspaetet and widerspruch.wiedereinsetzung == Wiedereinsetzung.BEANTRAGT:
        return Hindernis(
            "Über die Wiedereinsetzung ist noch nicht entschieden. Vermerken Sie sie am "
            "Widerspruch.",
            "§ 67 SGG",
        )
    return None


def abhilfe_zulaessig(row: Folgebescheid) -> Hindernis | None:
    """§ 84 Abs. 1 SGG: an inadmissible Widerspruch is not granted; the old decision may still be
    examined (§ 44 SGB X).
    """
    widerspruch = row.widerspruch
    if row.art != Folgeart.ABHILFE or widerspruch is None or widerspruch.zulaessig:
        return None
    form = Widerspruchsform(widerspruch.form)
    mangel = "der Form nicht genügt" if form in OHNE_FORM else "nach Ablauf der Frist kam"
    return Hindernis(
        f"Einem Widerspruch, der {mangel}, wird nicht abgeholfen. Er wird als unzulässig "
        "zurückgewiesen; der Bescheid kann nach § 44 SGB X überprüft werden.",
        "§ 84 Abs. 1 SGG",
    )


def gericht_genannt(row: Folgebescheid) -> Hindernis | None:
    """§ 85 Abs. 3 S. 4 SGG: the person is told before which court she can go, and where it is."""
    if row.art != Folgeart.WIDERSPRUCHSBESCHEID or row.gericht.strip():
        return None
    return Hindernis("Es fehlen Name und Sitz des Sozialgerichts.", "§ 85 Abs. 3 S. 4 SGG")


def nicht_unterwegs(row: Folgebescheid) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: what has been given to the post is not given to it again."""
    if row.schreiben is None or not any(
        versand.state in UNTERWEGS for versand in row.schreiben.versand_liste.all()
    ):
        return None
    return Hindernis("Der Bescheid ist bereits auf dem Weg.", "§ 37 Abs. 2 SGB X")


def fall_mit_budget_in_arbeit(budget: PersoenlichesBudget | None) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: a refusal and a grant in the making would contradict each other."""
    if budget is None:
        return None
    return Hindernis(
        "Zu diesem Antrag ist ein Bescheid über ein Persönliches Budget freigegeben oder versandt.",
        "§ 33 Abs. 1 SGB X",
    )


def noch_nicht_angehoert(row: Folgebescheid) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: one intended decision, one Anhörung."""
    if row.anhoerung_schreiben is None:
        return None
    return Hindernis("Die Anhörung ist schon geschrieben.", "§ 24 Abs. 1 SGB X")


def frist_zur_aeusserung(row: Folgebescheid, fruehestens: date, tage: int) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: the time to answer is reasonable, counted from the Bekanntgabe.

    `tage` is the practice of the authority; the law names no number.
    """
    if row.anhoerung_bis is None:
        return Hindernis("Es fehlt, bis wann die Person sich äußern kann.", "§ 24 Abs. 1 SGB X")
    if (row.anhoerung_bis - fruehestens).days >= tage:
        return None
    return Hindernis(
        f"Bis zum {row.anhoerung_bis:%d.%m.%Y} ist zu wenig Zeit. Bekannt gegeben wäre die "
        f"Anhörung am {fruehestens:%d.%m.%Y}; üblich sind danach mindestens {tage} Tage.",
        "§ 24 Abs. 1 SGB X",
    )
