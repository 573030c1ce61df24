"""Legal preconditions of Persönliches Budget, Zielvereinbarung and Bescheid: citation first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from budget.models import (
    Bescheid,
    PersoenlichesBudget,
    Zielvereinbarung,
    genannte_paragrafen,
)
from budget.states import Auszahlungsform, Vereinbarungszustand
from cases.models import (
    Antrag,
    Case,
    LeistungsberechtigtePerson,
    Traegerart,
    User,
    Weiterleitung,
)
from cases.registry.schritt import Hindernis
from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.states import Leistungsform, Planzustand
from recht.geld import format_euro
from recht.inhalte import pflichtinhalte
from recht.laenge import plus_monate
from recht.rechtsstand import Rechtsstand, rechtsstand_am

_NUR_GUTSCHEIN = frozenset({"36", "38", "41"})
_PFLEGEGELD = "37"
_ZWEI_JAHRE = 24


def _stand(stichtag: date, a: str, b: str, ue: str = "") -> str:
    """Return the citation of the day; `ue` where 2018 and 2019 differ from today."""
    stand = rechtsstand_am(stichtag)
    if stand is Rechtsstand.A:
        return a
    return ue if ue and stand is Rechtsstand.UE else b


def gesamtplan_freigegeben(gesamtplan: Gesamtplan, beginn: date) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: the decision rests on the Gesamtplan, so there must be one in force."""
    if gesamtplan.state == Planzustand.FREIGEGEBEN:
        return None
    return Hindernis(
        "Der Gesamtplan ist noch nicht freigegeben. Ohne ihn hat das Persönliche Budget keine "
        "Grundlage.",
        _stand(
            beginn, "§ 58 SGB XII", "§ 120 Abs. 2 SGB IX, § 121 SGB IX", ue="§§ 141-145 SGB XII"
        ),
    )


def beginn_nicht_vor_antragsmonat(antrag: Antrag | None, beginn: date) -> Hindernis | None:
    """§ 108 Abs. 1 S. 2 SGB IX: benefits begin no earlier than the first of the Antrag's month."""
    if antrag is None:
        return Hindernis("Für diesen Fall ist kein Antrag erfasst.", "§ 108 Abs. 1 S. 1 SGB IX")
    fruehestens = antrag.eingang.replace(day=1)
    if beginn >= fruehestens:
        return None
    return Hindernis(
        f"Der Beginn am {beginn:%d.%m.%Y} liegt vor dem Monat des Antrags. Frühester Beginn ist "
        f"der {fruehestens:%d.%m.%Y}.",
        _stand(beginn, "§ 18 SGB XII", "§ 108 Abs. 1 S. 2 SGB IX", ue="§ 18 SGB XII"),
    )


def antrag_im_fall(antrag: Antrag, case: Case) -> Hindernis | None:
    """§ 108 Abs. 1 S. 1 SGB IX: what is decided was applied for, here and not elsewhere."""
    if antrag.case_id != case.pk:
        return Hindernis("Der Antrag gehört zu einem anderen Fall.", "§ 108 Abs. 1 S. 1 SGB IX")
    if Weiterleitung.objects.filter(antrag=antrag).exists():
        return Hindernis(
            f"Der {antrag} ist weitergeleitet; über ihn entscheidet ein anderer Träger.",
            "§ 14 Abs. 2 S. 4 SGB IX",
        )
    return None


def befristung_begruendet(ende: date | None, befristungsgrund: str) -> Hindernis | None:
    """BSG 28.01.2021 - B 8 SO 9/19 R: a limit in time needs a ground of its own."""
    if ende is None or befristungsgrund.strip():
        return None
    return Hindernis(
        "Das Persönliche Budget ist befristet, aber der Grund fehlt. Begründen Sie die Befristung "
        "oder bewilligen Sie bis auf Weiteres mit einem Überprüfungstermin.",
        "§ 32 SGB X, BSG 28.01.2021 - B 8 SO 9/19 R",
    )


def zeitraum_hoechstens_zwei_jahre(beginn: date, ende: date | None) -> Hindernis | None:
    """KVJS-Leitfaden 2010 Nr. 3.5: up to two years; a recommendation, so only a warning in A."""
    if ende is None or rechtsstand_am(beginn) is not Rechtsstand.A:
        return None
    if ende < plus_monate(beginn, _ZWEI_JAHRE):
        return None
    return Hindernis(
        "Der Bewilligungszeitraum ist länger als zwei Jahre. Der Leitfaden empfiehlt höchstens "
        "zwei Jahre, weil der Bedarf in der Regel dann neu festgestellt wird.",
        "KVJS-Leitfaden 2010 Nr. 3.5",
    )


def teilbudgets_vorhanden(
    budget: PersoenlichesBudget, leistungen: Sequence[Leistung]
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: every budgetfähige Leistung of the plan has its Teilbudget."""
    norm = _stand(budget.beginn, "§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX")
    teilbudgets = list(budget.teilbudgets.all())
    if not any(not t.ergaenzend for t in teilbudgets):
        return Hindernis("Es ist noch kein Teilbudget festgesetzt.", norm)
    gesetzt = {t.leistung_id for t in teilbudgets}
    offen = [
        leistung.bezeichnung
        for leistung in leistungen
        if leistung.leistungsform == Leistungsform.PERSOENLICHES_BUDGET
        and leistung.pk not in gesetzt
    ]
    if not offen:
        return None
    return Hindernis(f"Noch nicht bemessen: {', '.join(offen)}.", norm)


def deckel_eingehalten(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 29 Abs. 2 S. 7 SGB IX: the budget should not cost more than the Leistungen without it."""
    norm = _stand(budget.beginn, "§ 17 Abs. 3 S. 4 SGB IX a.F.", "§ 29 Abs. 2 S. 7 SGB IX")
    if budget.deckel_ausnahme.strip():
        return None
    if budget.vergleichssumme is None:
        return Hindernis(
            "Es fehlt der Betrag, den die Leistungen ohne Persönliches Budget im Monat kosten "
            "würden. Ohne ihn lässt sich die Obergrenze nicht prüfen.",
            norm,
        )
    teil = budget.summe(ergaenzende=False)
    if teil <= budget.vergleichssumme:
        return None
    return Hindernis(
        f"Das Persönliche Budget von {format_euro(teil)} übersteigt die Kosten der Leistungen ohne "
        f"Persönliches Budget ({format_euro(budget.vergleichssumme)}) um "
        f"{format_euro(teil - budget.vergleichssumme)}. Eine höhere Summe braucht einen Grund.",
        norm,
    )


def pflegesachleistung_nur_als_gutschein(
    traegerart: str, norm: str, auszahlungsform: str
) -> Hindernis | None:
    """§ 35a SGB XI: benefits under §§ 36, 38, 41 SGB XI are handed out as vouchers only."""
    genannt = genannte_paragrafen(norm, "SGB XI")
    if (
        traegerart != Traegerart.PFLEGEKASSE
        or auszahlungsform != Auszahlungsform.GELD
        or not genannt & _NUR_GUTSCHEIN
        or _PFLEGEGELD in genannt
    ):
        return None
    return Hindernis(
        "Pflegesachleistungen der Pflegekasse dürfen im Persönlichen Budget nur als Gutschein "
        "erbracht werden, nicht als Geld.",
        "§ 35a SGB XI",
    )


def stellungnahmen_der_traeger(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 15 Abs. 2 SGB IX: each other Leistungsträger has stated need and amount of its part."""
    fehlend = sorted(
        {
            t.leistungstraeger.name
            for t in budget.teilbudgets.all()
            if not t.leistungstraeger.eigener and t.stellungnahme_vom is None
        }
    )
    if not fehlend:
        return None
    return Hindernis(
        f"Das Datum der Stellungnahme fehlt: {', '.join(fehlend)}.",
        _stand(budget.beginn, "§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 SGB IX"),
    )


def pflichtinhalte_der_zielvereinbarung(
    zielvereinbarung: Zielvereinbarung, beginn: date
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 SGB IX: none of the minimum contents may be missing."""
    texte = {i.schluessel: i.text for i in zielvereinbarung.vereinbarungsinhalte.all()}
    fehlend = [
        inhalt
        for inhalt in pflichtinhalte("zielvereinbarung", beginn)
        if inhalt.grad == "P" and not texte.get(inhalt.schluessel, "").strip()
    ]
    if not fehlend:
        return None
    namen = ", ".join(f"„{inhalt.bezeichnung}“" for inhalt in fehlend)
    return Hindernis(f"In der Zielvereinbarung fehlt: {namen}.", fehlend[0].norm)


def summe_stimmt(
    budget: PersoenlichesBudget, zielvereinbarung: Zielvereinbarung | None
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 4 SGB IX: the agreed sum is the sum of the Teilbudgets."""
    if zielvereinbarung is None or zielvereinbarung.schreiben is None:
        return None
    vereinbart = Decimal(zielvereinbarung.schreiben.daten["summen"]["gesamt"])
    jetzt = budget.summe()
    if vereinbart == jetzt:
        return None
    return Hindernis(
        f"Die Teilbudgets ergeben {format_euro(jetzt)}, vereinbart sind {format_euro(vereinbart)}.",
        _stand(budget.beginn, "KVJS-Leitfaden 2010 Nr. 3.1", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"),
    )


def nur_pflegekassen(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 29 Abs. 4 S. 3 SGB IX: only where Pflegekassen alone pay is no Zielvereinbarung needed."""
    teilbudgets = list(budget.teilbudgets.all())
    if (
        teilbudgets
        and budget.rechtsstand is not Rechtsstand.A
        and all(t.leistungstraeger.art == Traegerart.PFLEGEKASSE for t in teilbudgets)
    ):
        return None
    return Hindernis(
        "Auf die Zielvereinbarung kann nur verzichtet werden, wenn allein Pflegekassen leisten.",
        "§ 29 Abs. 4 S. 3 SGB IX",
    )


def zielvereinbarung_unterzeichnet(
    budget: PersoenlichesBudget, zielvereinbarung: Zielvereinbarung | None
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 1 SGB IX: no Bescheid without a signed Zielvereinbarung (S. 3 excepted)."""
    if (
        zielvereinbarung is not None
        and zielvereinbarung.state == Vereinbarungszustand.UNTERZEICHNET
    ):
        return None
    if zielvereinbarung is None and nur_pflegekassen(budget) is None:
        return None
    return Hindernis(
        "Die Zielvereinbarung ist nicht von beiden Seiten unterzeichnet. Vorher darf kein "
        "Bescheid ergehen.",
        _stand(budget.beginn, "§ 3 Abs. 5 BudgetV, § 4 BudgetV", "§ 29 Abs. 4 S. 1 SGB IX"),
    )


def unterschriften_zeitlich_moeglich(
    ausgefertigt_am: date, unterschriften: Iterable[date], stichtag: date
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 1 SGB IX: nobody signs before the agreement was printed or after today."""
    for tag in unterschriften:
        if tag > stichtag:
            text = f"Die Unterschrift am {tag:%d.%m.%Y} liegt in der Zukunft."
        elif tag < ausgefertigt_am:
            text = (
                f"Die Unterschrift am {tag:%d.%m.%Y} liegt vor der Ausfertigung am "
                f"{ausgefertigt_am:%d.%m.%Y}."
            )
        else:
            continue
        return Hindernis(text, _stand(stichtag, "§ 4 BudgetV", "§ 29 Abs. 4 S. 1 SGB IX"))
    return None


def laufzeit_gleich_zielvereinbarung(
    budget: PersoenlichesBudget, zielvereinbarung: Zielvereinbarung | None
) -> Hindernis | None:
    """§ 29 Abs. 4 SGB IX: the Zielvereinbarung is made for the Bewilligungszeitraum."""
    if zielvereinbarung is None or (
        zielvereinbarung.gueltig_ab == budget.beginn and zielvereinbarung.gueltig_bis == budget.ende
    ):
        return None
    return Hindernis(
        "Die Zielvereinbarung gilt nicht für denselben Zeitraum wie das Persönliche Budget.",
        _stand(budget.beginn, "§ 4 Abs. 3 BudgetV", "§ 29 Abs. 4 SGB IX"),
    )


def konto_vorhanden(
    budget: PersoenlichesBudget, person: LeistungsberechtigtePerson, erste_auszahlung: date
) -> Hindernis | None:
    """§ 47 SGB I: money is transferred to an account, so there must be one on that day."""
    if person.iban_am(erste_auszahlung) or not budget.summe(form=Auszahlungsform.GELD):
        return None
    return Hindernis("Für die Auszahlung fehlt die IBAN der Person.", "§ 47 SGB I")


def anschrift_vollstaendig(person: LeistungsberechtigtePerson, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 SGB X: a Bescheid is made known to the person, so it needs an address."""
    for anschrift in person.anschriften.all():
        bis = anschrift.gueltig_bis
        gilt = anschrift.gueltig_ab <= stichtag and (bis is None or stichtag <= bis)
        if gilt and all(t.strip() for t in (anschrift.strasse, anschrift.plz, anschrift.ort)):
            return None
    return Hindernis(
        f"Für den {stichtag:%d.%m.%Y} ist keine vollständige Anschrift der Person erfasst.",
        "§ 37 Abs. 1 SGB X",
    )


def erste_auszahlung_im_zeitraum(
    budget: PersoenlichesBudget, erste_auszahlung: date
) -> Hindernis | None:
    """§ 41 SGB I: the first instalment falls due within the Bewilligungszeitraum."""
    if budget.beginn <= erste_auszahlung and (
        budget.ende is None or erste_auszahlung <= budget.ende
    ):
        return None
    return Hindernis(
        f"Die erste Auszahlung am {erste_auszahlung:%d.%m.%Y} liegt außerhalb des "
        "Bewilligungszeitraums.",
        "§ 41 SGB I",
    )


def rechtsbehelfsbelehrung_fuer_den_tag(
    stichtag: date, deckung: Sequence[tuple[date, date]]
) -> Hindernis | None:
    """§ 36 SGB X: the Bescheid instructs in the form that holds on its day."""
    if any(von <= stichtag <= bis for von, bis in deckung):
        return None
    return Hindernis(
        f"Für den {stichtag:%d.%m.%Y} ist keine Rechtsbehelfsbelehrung hinterlegt.",
        "§ 36 SGB X, § 66 SGG",
    )


def freigabe_durch_zweite_person(bescheid: Bescheid, user: User) -> Hindernis | None:
    """§ 33 Abs. 3 SGB X: who wrote or submitted the Bescheid does not release it (four eyes).

    Writing counts from the first draft on, also when somebody else has written since.
    """
    selbst = user.pk in {bescheid.erstellt_von_id, bescheid.bearbeitet_von_id}
    if selbst or bescheid.events.filter(bearbeitet_von=user).exists():
        was = "selbst verfasst oder bearbeitet"
    elif bescheid.vorgelegt_von_id == user.pk:
        was = "selbst vorgelegt"
    else:
        return None
    return Hindernis(
        f"Sie haben diesen Bescheid {was}. Die Freigabe braucht eine zweite Person.",
        "§ 33 Abs. 3 SGB X",
    )


def begruendung_vorhanden(bescheid: Bescheid) -> Hindernis | None:
    """§ 35 Abs. 1 SGB X: a written Verwaltungsakt states its grounds."""
    if bescheid.begruendung.strip():
        return None
    return Hindernis("Die Begründung des Bescheids fehlt.", "§ 35 Abs. 1 SGB X")


def bewilligungszeitraum_abgelaufen(
    budget: PersoenlichesBudget, stichtag: date
) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: a Bewilligung stays effective until its time is over or it is lifted."""
    if budget.ende is not None and stichtag > budget.ende:
        return None
    bis = f"bis {budget.ende:%d.%m.%Y}" if budget.ende else "bis auf Weiteres"
    return Hindernis(
        f"Der Bescheid gilt {bis}. Vorher endet das Persönliche Budget nur durch eine Aufhebung.",
        "§ 39 Abs. 2 SGB X",
    )
