"""Legal preconditions of the Zielvereinbarung: citation first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from budget.models import (
    PersoenlichesBudget,
    Zielvereinbarung,
)
from budget.states import Vereinbarungszustand
from budget.states.vereinbarung import ELEKTRONISCH
from cases.models import (
    LeistungsberechtigtePerson,
    Traegerart,
    Unterlage,
    Vertretungsverhaeltnis,
)
from cases.registry.schritt import Hindernis
from recht.entscheidungstext import write_liste
from recht.geld import format_euro
from recht.inhalte import pflichtinhalte
from recht.rechtsstand import Rechtsstand, norm_am
from recht.zeichnung import check_zeichnung


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


def texte_folgen_den_angaben(ueberholt: Sequence[str]) -> Hindernis | None:
    """§ 20 SGB X: what is agreed or decided rests on the facts of the day, by hand or not.

    `ueberholt` names the texts whose facts have changed since.
    """
    if not ueberholt:
        return None
    namen = ", ".join(f"„{name}“" for name in ueberholt)
    return Hindernis(
        f"Von Hand geschrieben, und seitdem haben sich die Angaben geändert: {namen}. Bitte prüfen "
        "und speichern Sie den Text.",
        "§ 20 SGB X",
    )


def noch_nichts_bewilligt(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 29 Abs. 1 S. 1 SGB IX: instead of a first budget; a grant that runs is lifted, not left."""
    if budget.vorgaenger_id is None:
        return None
    return Hindernis(
        "Das bisherige Persönliche Budget läuft weiter. Verwerfen Sie die Vorbereitung, oder heben "
        "Sie die Bewilligung auf.",
        "§ 48 Abs. 1 SGB X",
    )


def keine_offene_zielvereinbarung(zielvereinbarung: Zielvereinbarung | None) -> Hindernis | None:
    """§ 29 Abs. 4 S. 1 SGB IX: one agreement is made; a new one only when it has failed."""
    if zielvereinbarung is None:
        return None
    return Hindernis("Es gibt bereits eine Zielvereinbarung.")


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
        norm_am(budget.beginn, "KVJS-Leitfaden 2010 Nr. 3.1", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"),
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
        norm_am(budget.beginn, "§ 4 BudgetV", "§ 29 Abs. 4 S. 3 SGB IX"),
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
        norm_am(budget.beginn, "§ 3 Abs. 5 BudgetV, § 4 BudgetV", "§ 29 Abs. 4 S. 1 SGB IX"),
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
        return Hindernis(text, norm_am(stichtag, "§ 4 BudgetV", "§ 29 Abs. 4 S. 1 SGB IX"))
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
        norm_am(budget.beginn, "§ 4 Abs. 3 BudgetV", "§ 29 Abs. 4 SGB IX"),
    )


def unterzeichnung_durch_berechtigte(
    person: LeistungsberechtigtePerson,
    stichtag: date,
    *,
    selbst: bool,
    vertretungen: Iterable[Vertretungsverhaeltnis],
) -> Hindernis | None:
    """§ 1815 Abs. 1 BGB, § 1823 BGB: whoever signs for the person may do so on the day.

    `vertretungen` are those who have signed; `selbst` says that she has signed herself.
    """
    grund = check_zeichnung(
        person.geburtsdatum,
        [row.als_vertretung() for row in person.vertretungen.all()],
        stichtag,
        selbst=selbst,
        zeichnende={str(row.pk) for row in vertretungen},
        geschaeftsunfaehig_seit=person.geschaeftsunfaehig_seit,
        geburt_spaetestens=person.geburt_spaetestens,
    )
    if grund is None:
        return None
    namen = ", ".join(row.voller_name for row in vertretungen)
    wer = f"{namen}: " if namen else ""
    return Hindernis(f"{wer}{grund.text}", grund.norm)


def unterzeichnete_sind_berechtigt(
    person: LeistungsberechtigtePerson, zielvereinbarung: Zielvereinbarung | None
) -> Hindernis | None:
    """§ 1815 Abs. 1 BGB, § 1823 BGB: a signature that did not bind the person makes no agreement.

    Agreements of earlier versions of the program do not say who has signed for her.
    """
    if (
        zielvereinbarung is None
        or zielvereinbarung.unterzeichnet_person_am is None
        or zielvereinbarung.unterzeichnet_person_selbst is None
    ):
        return None
    tag, selbst = (
        zielvereinbarung.unterzeichnet_person_am,
        zielvereinbarung.unterzeichnet_person_selbst,
    )
    # Her own signature mostly suffices, and then nobody asks who has signed beside her.
    if (
        selbst
        and unterzeichnung_durch_berechtigte(person, tag, selbst=True, vertretungen=()) is None
    ):
        return None
    return unterzeichnung_durch_berechtigte(
        person,
        tag,
        selbst=selbst,
        vertretungen=[row.vertretung for row in zielvereinbarung.vereinbarungsunterschriften.all()],
    )


def elektronischer_ruecklauf_belegt(
    ruecklauf: str, unterlage: Unterlage | None
) -> Hindernis | None:
    """§ 36a Abs. 2 SGB I: what came back electronically is only there as the file itself."""
    if ruecklauf not in ELEKTRONISCH or unterlage is not None:
        return None
    return Hindernis(
        "Kam die Zielvereinbarung elektronisch zurück, gehört die Datei in die Akte. Bitte wählen "
        "Sie die Unterlage oder laden Sie die Datei hoch.",
        "§ 36a Abs. 2 SGB I",
    )


def arbeitsvertrag_im_arbeitgebermodell(
    arbeitgebermodell: bool, leistungen: Sequence[str], beginn: date
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: who is to show a contract of employment employs somebody.

    `leistungen` names those whose proof is such a contract.
    """
    if arbeitgebermodell or not leistungen:
        return None
    namen = write_liste([f"„{name}“" for name in leistungen])
    return Hindernis(
        f"Für {namen} ist ein Arbeitsvertrag nachzuweisen. Dann beschäftigt die Person ihre "
        "Assistenz selbst: Bitte kreuzen Sie das Arbeitgebermodell an, oder ändern Sie den "
        "Nachweis am Teilbudget.",
        norm_am(beginn, "§ 4 Abs. 1 Nr. 2 BudgetV", "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX"),
    )


def erprobung_im_zeitraum(zielvereinbarung: Zielvereinbarung) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 3 SGB IX: a trial has a talk of its own, within the agreed time."""
    bis, am = zielvereinbarung.probe_bis, zielvereinbarung.probe_gespraech_am
    ab, ende = zielvereinbarung.gueltig_ab, zielvereinbarung.gueltig_bis
    if bis is None and am is None:
        return None
    if bis is None or am is None:
        text = "Eine Erprobung braucht einen letzten Tag und einen Tag der Auswertung."
    elif am <= ab or bis <= ab or (ende is not None and bis > ende):
        text = "Erprobung und Auswertung liegen nicht in der Zeit, für die vereinbart wird."
    elif am > bis:
        text = "Die Auswertung liegt nach dem Ende der Erprobung."
    else:
        return None
    return Hindernis(
        text, norm_am(ab, "KVJS-Leitfaden 2010 Nr. 3.6", "§ 29 Abs. 4 S. 2 Nr. 3 SGB IX")
    )
