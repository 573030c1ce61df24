"""Legal preconditions of the Bescheid: citation first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists

from budget.models import (
    Bescheid,
    PersoenlichesBudget,
    Teilbudget,
    Vereinbarungsinhalt,
    Zielvereinbarung,
)
from budget.states import Auszahlungsform
from cases.guards import konten_der_person
from cases.models import (
    Bankverbindung,
    Behoerde,
    Case,
    Ereignis,
    LeistungsberechtigtePerson,
    User,
)
from cases.models.basis import label_of
from cases.registry.schritt import Hindernis
from cases.states.fall import FALL
from cases.states.versand import UNTERWEGS
from gesamtplan.models import Gesamtplan, Leistung
from recht.geld import format_euro
from recht.rechtsstand import Rechtsstand, norm_am

# From this day the Datenschutz-Grundverordnung applies (Art. 99 Abs. 2).
DSGVO_AB = date(2018, 5, 25)


def konto_vorhanden(
    budget: PersoenlichesBudget, person: LeistungsberechtigtePerson, erste_auszahlung: date
) -> Hindernis | None:
    """§ 47 SGB I: money is transferred to an account, so there must be one on that day."""
    if person.iban_am(erste_auszahlung) or not budget.summe(form=Auszahlungsform.GELD):
        return None
    return Hindernis("Für die Auszahlung fehlt die IBAN der Person.", "§ 47 SGB I")


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

    Writing counts from the first draft on, also when somebody else has written since. So does any
    fact that the decision rests on: plan and Leistungen, amounts, Zielvereinbarung, account.
    """
    konten = konten_der_person(user)
    selbst = {bescheid.erstellt_von_id, bescheid.bearbeitet_von_id} & konten
    if selbst or bescheid.events.filter(bearbeitet_von__in=konten).exists():
        was = "selbst verfasst oder bearbeitet"
    elif bescheid.vorgelegt_von_id in konten:
        was = "selbst vorgelegt"
    elif geschrieben := _grundlagen_von(bescheid, konten):
        return Hindernis(
            f"Sie haben {' und '.join(geschrieben)} selbst geschrieben. Wer eine Grundlage der "
            "Entscheidung schreibt, gibt sie nicht frei; die Freigabe braucht eine andere Person.",
            "§ 33 Abs. 3 SGB X",
        )
    else:
        return None
    return Hindernis(
        f"Sie haben diesen Bescheid {was}. Die Freigabe braucht eine zweite Person.",
        "§ 33 Abs. 3 SGB X",
    )


def _grundlagen_von(bescheid: Bescheid, konten: Collection[int]) -> list[str]:
    """Return which facts that the decision rests on these accounts have written; one query.

    Read off the change history (who sent the change) and the Chronik (who took the step).
    """
    budget = bescheid.persoenliches_budget
    konto = budget.case.leistungsberechtigte_person.bankverbindung_am(bescheid.erste_auszahlung)
    plan, teile = budget.gesamtplan_id, Teilbudget.objects.filter(persoenliches_budget=budget)
    vereinbarungen = Zielvereinbarung.objects.filter(persoenliches_budget=budget)
    inhalte = Vereinbarungsinhalt.objects.filter(zielvereinbarung__in=vereinbarungen)
    leistungen = Leistung.objects.filter(gesamtplan=plan)
    fragen: dict[str, Any] = {
        "den Gesamtplan": _wrote(Gesamtplan, [plan], konten, "bearbeitet_von")
        | _sent(Leistung, leistungen.values("pk"), konten),
        "die Beträge": _took(budget, ("budget", "teilbudget", "bemessung"), konten)
        | _sent(Teilbudget, teile.values("pk"), konten),
        "die Zielvereinbarung": _took(budget, ("zielvereinbarung",), konten)
        | _sent(Vereinbarungsinhalt, inhalte.values("pk"), konten),
        "das Konto": _wrote(Bankverbindung, [konto.pk if konto else 0], konten, "bearbeitet_von"),
    }
    ja = Case.objects.filter(pk=budget.case_id).values_list(*fragen.values())
    return [was for was, schrieb in zip(fragen, ja[0], strict=True) if schrieb]


def _wrote(modell: Any, rows: Any, konten: Collection[int], feld: str) -> Any:
    events = modell.events.rel.related_model.objects
    return Exists(events.filter(pgh_obj_id__in=rows, **{f"{feld}__in": konten}))


def _sent(modell: Any, rows: Any, konten: Collection[int]) -> Any:
    events = modell.events.rel.related_model.objects
    return Exists(events.filter(pgh_obj_id__in=rows, pgh_context__metadata__user__in=list(konten)))


def _took(budget: PersoenlichesBudget, arten: Collection[str], konten: Collection[int]) -> Any:
    """Tell of steps that were taken with this budget, its Teilbudgets or its agreements."""
    teile = budget.teilbudgets.values_list("pk", flat=True)
    vereinbarungen = budget.zielvereinbarungen.values_list("pk", flat=True)
    gegenstaende = [
        f"persoenlichesbudget:{budget.pk}",
        *(f"teilbudget:{pk}" for pk in teile),
        *(f"zielvereinbarung:{pk}" for pk in vereinbarungen),
    ]
    rows = Ereignis.objects.filter(case=budget.case_id, art__in=arten, user__in=konten)
    return Exists(rows.filter(gegenstand__in=gegenstaende))


def noch_kein_bescheid(bescheid: Bescheid | None) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: a decision stands until it is lifted; there is no second beside it."""
    if bescheid is None:
        return None
    return Hindernis("Zu diesem Persönlichen Budget gibt es schon einen Bescheid.")


def fall_bereit_fuer_bescheid(case: Case, beginn: date) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: the decision follows the plan; a running help may be decided anew."""
    schritte = (FALL.uebergang("bewilligen"), FALL.uebergang("weiter_bewilligen"))
    if any(case.state in schritt.von for schritt in schritte):
        return None
    return Hindernis(
        f"Der Fall ist im Zustand „{case.get_state_display()}“. Der Bescheid ergeht, nachdem der "
        "Gesamtplan erstellt ist, und solange die Leistung läuft.",
        norm_am(beginn, "§ 3 Abs. 5 BudgetV", "§ 120 Abs. 2 SGB IX", ue="§ 143a Abs. 2 SGB XII"),
    )


def grenze_der_zeichnung(
    bescheid: Bescheid, summe: Decimal, grenze: Decimal | None
) -> Hindernis | None:
    """§ 33 Abs. 3 SGB X: who may sign up to which sum is for the authority to say.

    `grenze` is the monthly sum up to which one person releases alone, None without a limit.
    """
    if grenze is None or summe <= grenze or bescheid.mitgezeichnet_von_id is not None:
        return None
    return Hindernis(
        f"Das Persönliche Budget von {format_euro(summe)} im Monat liegt über der Grenze von "
        f"{format_euro(grenze)}. Vor der Freigabe zeichnet eine weitere Person mit.",
        "§ 33 Abs. 3 SGB X",
    )


def mitzeichnung_durch_dritte(bescheid: Bescheid, user: User) -> Hindernis | None:
    """§ 33 Abs. 3 SGB X: the second signature is that of another person than the first."""
    if bescheid.mitgezeichnet_von_id not in konten_der_person(user):
        return None
    return Hindernis(
        "Sie haben diesen Bescheid schon mitgezeichnet. Frei gibt ihn eine andere Person.",
        "§ 33 Abs. 3 SGB X",
    )


def mitzeichnung_noetig(
    bescheid: Bescheid, summe: Decimal, grenze: Decimal | None
) -> Hindernis | None:
    """§ 33 Abs. 3 SGB X: below the limit, and a second time, nobody has to sign with others."""
    if grenze_der_zeichnung(bescheid, summe, grenze) is not None:
        return None
    return Hindernis("Eine Mitzeichnung ist hier nicht nötig.", "§ 33 Abs. 3 SGB X")


def bescheid_nicht_unterwegs(bescheid: Bescheid) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: what has been given to the post is not given to it again."""
    if bescheid.schreiben is None or not any(
        versand.state in UNTERWEGS for versand in bescheid.schreiben.versand_liste.all()
    ):
        return None
    return Hindernis("Der Bescheid ist bereits auf dem Weg.", "§ 37 Abs. 2 SGB X")


def einkommen_vermoegen_geprueft(bescheid: Bescheid, satz: str) -> Hindernis | None:
    """§ 92 SGB IX, §§ 135-140 SGB IX: the decision says what the person has to contribute herself.

    `satz` is what the letter would say. Where only others pay there is nothing to examine.
    """
    teilbudgets = bescheid.persoenliches_budget.teilbudgets.all()
    if satz.strip() or not any(t.leistungstraeger.eigener for t in teilbudgets):
        return None
    return Hindernis(
        "Zu Einkommen und Vermögen sagt der Bescheid noch nichts.",
        norm_am(
            bescheid.persoenliches_budget.beginn,
            "§ 19 Abs. 3 SGB XII",
            "§ 92 SGB IX",
            "§ 19 Abs. 3 SGB XII",
        ),
    )


def abzug_von_der_auszahlung(
    bescheid: Bescheid,
    *,
    beitrag: Decimal,
    einsatz: Decimal,
    geld_beitrag: Decimal,
    geld_einsatz: Decimal,
) -> Hindernis | None:
    """§ 19 Abs. 3 SGB XII, since 2020 § 137 Abs. 3 SGB IX: what is asked is kept back.

    `beitrag` and `einsatz` follow from the facts, `geld_beitrag` and `geld_einsatz` is the money
    that each can be kept back from. What the Kasse keeps back stands in the Bescheid.
    """
    norm = norm_am(
        bescheid.persoenliches_budget.beginn,
        "§ 19 Abs. 3 SGB XII",
        "§ 137 Abs. 3 SGB IX",
        "§ 19 Abs. 3 SGB XII",
    )
    for was, betrag, geld, grund in (
        ("Beitrag", beitrag, geld_beitrag, norm),
        ("Einsatz des Einkommens", einsatz, geld_einsatz, "§ 19 Abs. 3 SGB XII"),
    ):
        if betrag > geld:
            return Hindernis(
                f"Der {was} von {format_euro(betrag)} im Monat lässt sich nicht abziehen: Nur "
                f"{format_euro(geld)} werden dafür in Geld gezahlt.",
                grund,
            )
    if bescheid.abzug != beitrag + einsatz:
        return Hindernis(
            f"Von der Auszahlung sollen {format_euro(bescheid.abzug)} im Monat abgezogen werden, "
            f"nach den Angaben sind es {format_euro(beitrag + einsatz)}. Bitte geben Sie den "
            "Bescheid zurück und speichern Sie den Entwurf neu.",
            norm,
        )
    return None


def wuensche_beantwortet(offen: Sequence[str]) -> Hindernis | None:
    """§ 35 Abs. 1 SGB X: the grounds of a decision by discretion say what was weighed.

    `offen` are the wishes of Bedarf and Gesamtplan without an answer.
    """
    if not offen:
        return None
    weitere = "" if len(offen) == 1 else f" und {len(offen) - 1} weitere"
    return Hindernis(
        f"Der Bescheid sagt noch nicht, ob diesem Wunsch gefolgt wird: „{offen[0]}“{weitere}.",
        "§ 35 Abs. 1 SGB X",
    )


def behoerde_vollstaendig(
    behoerde: Behoerde, tag: date, rechtsstand: Rechtsstand
) -> Hindernis | None:
    """§ 14 SGB I: advice is advice by somebody who is named.

    Since the Datenschutz-Grundverordnung applies, whoever asks for data also names the officer and
    whom to complain to. The office of the Teilhabeberatung has existed since 2018.
    """
    fehlt = []
    if tag >= DSGVO_AB:
        fehlt += [
            feld
            for feld in ("datenschutzbeauftragte", "aufsichtsbehoerde")
            if not getattr(behoerde, feld).strip()
        ]
    if rechtsstand is not Rechtsstand.A and not behoerde.teilhabeberatung.strip():
        fehlt.append("teilhabeberatung")
    if not fehlt:
        return None
    namen = [label_of(Behoerde, feld) for feld in fehlt]
    return Hindernis(
        f"In den Angaben der Behörde fehlt: {', '.join(namen)}. Die Fachadministration trägt das "
        "unter „Behörde“ ein.",
        norm_am(tag, "§ 14 SGB I", "Art. 13 Abs. 1 DSGVO", "§ 14 SGB I"),
    )


def einsatz_berechnet(bescheid: Bescheid, *, sozialhilfe: bool) -> Hindernis | None:
    """§ 85 SGB XII: what is asked of the income follows from its facts.

    `sozialhilfe` says whether the budget holds a benefit for which the law asks it, and none for
    the Lebensunterhalt. Until 2019 whoever set it may have computed it elsewhere.
    """
    if not sozialhilfe or bescheid.persoenliches_budget.rechtsstand is not Rechtsstand.B:
        return None
    if bescheid.monatseinkommen is not None:
        return None
    return Hindernis(
        "Für die Hilfe zur Pflege fehlen Einkommen im Monat, Kosten der Unterkunft und der Anteil, "
        "der einzusetzen ist.",
        "§ 85 SGB XII",
    )


def vermoegen_zuerst(
    bescheid: Bescheid, verbrauch: Sequence[Sequence[str]], beginn: date
) -> Hindernis | None:
    """§ 90 SGB XII, since 2020 § 140 Abs. 1 SGB IX: what lies above the limit pays first.

    `verbrauch` is what follows from the facts, month and amount; the Kasse keeps back what stands
    in the Bescheid.
    """
    if [list(z) for z in bescheid.vermoegensverbrauch] == [list(z) for z in verbrauch]:
        return None
    return Hindernis(
        "Was das Vermögen zuerst trägt, stimmt nicht mehr mit den Angaben überein. Bitte geben Sie "
        "den Bescheid zurück und speichern Sie den Entwurf neu.",
        norm_am(beginn, "§ 90 SGB XII", "§ 140 Abs. 1 SGB IX", "§ 90 SGB XII"),
    )


def begruendung_vorhanden(bescheid: Bescheid) -> Hindernis | None:
    """§ 35 Abs. 1 SGB X: a written Verwaltungsakt states its grounds."""
    if bescheid.begruendung.strip():
        return None
    return Hindernis("Die Begründung des Bescheids fehlt.", "§ 35 Abs. 1 SGB X")
