"""What must hold when we take part in the budget of another carrier: citation first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from budget.models import Teilnahme, Traegerforderung
from budget.states.teilnahme import ERSTATTUNG, STELLUNGNAHME
from cases.guards import konten_der_person
from cases.models import User
from cases.registry.schritt import Hindernis
from recht.geld import format_euro
from recht.laenge import plus_monate
from recht.rechtsstand import Normfolge

_AUSSCHLUSS_MONATE = 12
_BEMESSUNG = Normfolge("§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX")


def tage_der_anforderung(angefordert: date, eingegangen: date, tag: date) -> Hindernis | None:
    """§ 15 Abs. 2 S. 2 SGB IX, § 3 Abs. 1 BudgetV: the two weeks run from the day it was asked."""
    norm = STELLUNGNAHME.am(angefordert)
    if eingegangen > tag:
        return Hindernis("Der Eingang liegt in der Zukunft. Bitte prüfen Sie den Tag.", norm)
    if angefordert > eingegangen:
        return Hindernis(
            "Angefordert wurde vor dem Eingang bei uns. Bitte nehmen Sie das Datum des Schreibens.",
            norm,
        )
    return None


def vier_themen_beantwortet(row: Teilnahme) -> Hindernis | None:
    """§ 15 Abs. 2 SGB IX, § 3 Abs. 1 BudgetV: need, amount, agreement, advice are answered."""
    fehlt = [
        name
        for name, text in (
            ("Bedarf", row.bedarf),
            ("Höhe", row.hoehe),
            ("Inhalt der Zielvereinbarung", row.ziele),
            ("Beratung und Unterstützung", row.beratung),
        )
        if not text.strip()
    ]
    if not fehlt:
        return None
    return Hindernis(f"Es fehlt: {', '.join(fehlt)}.", STELLUNGNAHME.am(row.angefordert_am))


def teilbudget_bemessen(row: Teilnahme) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX, § 17 Abs. 3 S. 3 SGB IX a.F.: our part meets the need, from a day.

    Where nothing is due from us the grounds say it and no amount stands there.
    """
    norm = _BEMESSUNG.am(row.angefordert_am)
    if row.betrag is None:
        if row.abweichung_grund.strip():
            return None
        text = "Es fehlt unser Teilbudget, oder warum von uns nichts zu leisten ist."
        return Hindernis(text, norm)
    if row.leistung_von is not None:
        return None
    return Hindernis("Es fehlt, ab wann geleistet wird.", norm)


def betrag_hat_grund(
    stunden: Decimal | None, satz: Decimal | None, betrag: Decimal | None, grund: str
) -> Hindernis | None:
    """§ 35 Abs. 1 SGB X: an amount follows from hours and rate, or says what it follows from."""
    norm = "§ 35 Abs. 1 SGB X"
    if (stunden is None) != (satz is None):
        return Hindernis("Stunden und Satz gehören zusammen. Bitte geben Sie beides an.", norm)
    if stunden is None and betrag is not None and not grund.strip():
        return Hindernis("Bitte schreiben Sie, woraus der Betrag folgt.", norm)
    return None


def forderung_nach_beginn(
    row: Teilnahme, von: date, eingegangen: date, tag: date
) -> Hindernis | None:
    """§ 16 Abs. 2 SGB IX, § 3 Abs. 5 BudgetV: refunded is what was rendered since it was asked."""
    if eingegangen <= tag and von >= row.angefordert_am.replace(day=1):
        return None
    return Hindernis(
        f"Erstattet werden Leistungen seit der Anforderung vom {row.angefordert_am:%d.%m.%Y}, und "
        "die Forderung ist schon eingegangen. Bitte prüfen Sie die Tage.",
        ERSTATTUNG.am(row.angefordert_am),
    )


def forderung_nicht_ausgeschlossen(row: Traegerforderung) -> Hindernis | None:
    """§ 111 SGB X: what is claimed later than twelve months after its last day is lost."""
    bis = plus_monate(row.bis, _AUSSCHLUSS_MONATE)
    if row.eingegangen_am <= bis:
        return None
    return Hindernis(
        f"Für die Zeit bis zum {row.bis:%d.%m.%Y} war die Erstattung bis zum {bis:%d.%m.%Y} "
        "geltend zu machen. Anzuerkennen ist nichts mehr; bitte lehnen Sie ab.",
        "§ 111 SGB X",
    )


def erstattung_nach_feststellungen(
    anerkannt: Decimal, hoechstens: Decimal | None, angefordert: date
) -> Hindernis | None:
    """§ 16 Abs. 2 S. 1 SGB IX: refunded is what our findings, given in time, carry.

    `hoechstens` is our part for the time; None where our findings came late or never: then the law
    of the grant counts (§ 16 Abs. 2 S. 2 SGB IX), and nothing of ours limits it.
    """
    if hoechstens is None or anerkannt <= hoechstens:
        return None
    return Hindernis(
        f"Nach unseren Feststellungen sind es für diese Zeit höchstens {format_euro(hoechstens)}. "
        "Mehr ist nicht zu erstatten.",
        ERSTATTUNG.am(angefordert),
    )


def entscheidung_durch_andere(row: Traegerforderung, user: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who has taken a claim in or ever named its account does not decide.

    Also where somebody else has entered the account once more since: the form shows the last one.
    """
    konten = konten_der_person(user)
    selbst = {row.erfasst_von_id, row.konto_von_id} & konten
    if not selbst and not (row.pk and row.events.filter(konto_von__in=konten).exists()):
        return None
    return Hindernis(
        "Sie haben die Forderung oder ihr Konto selbst eingetragen. Über die Erstattung "
        "entscheidet eine zweite Person.",
        "Vier-Augen-Grundsatz",
    )


def konto_genannt(row: Traegerforderung) -> Hindernis | None:
    """§ 16 Abs. 2 SGB IX, § 3 Abs. 5 BudgetV: paid is to the account that the carrier has named."""
    if row.iban:
        return None
    return Hindernis(
        "Es fehlt das Konto des Trägers. Das Fallmanagement trägt es bei der Forderung ein; dann "
        "entscheidet die Sachgebietsleitung noch einmal.",
        ERSTATTUNG.am(row.teilnahme.angefordert_am),
    )


def nichts_offen(offen: int, angefordert: date) -> Hindernis | None:
    """§ 16 Abs. 2 SGB IX, § 3 Abs. 5 BudgetV: all claims are settled before it is closed."""
    if not offen:
        return None
    return Hindernis(
        f"{offen} Forderung{'en sind' if offen > 1 else ' ist'} noch nicht erledigt.",
        ERSTATTUNG.am(angefordert),
    )
