"""Which step comes next in a Persönliches Budget, open or closed with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from budget import guards
from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from budget.queries import (
    UNTERWEGS,
    bescheid_of,
    get_budget,
    has_laufende_auszahlung,
    list_eigene_bescheide,
    list_leistungen,
    list_zur_freigabe,
    offene_vereinbarungen,
    released_gesamtplan,
    zielvereinbarung_of,
)
from budget.states import (
    BESCHEID,
    BUDGET,
    ZIELVEREINBARUNG,
    Bescheidzustand,
    Budgetzustand,
    Vereinbarungszustand,
)
from cases import access
from cases.models import Case, User
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.schritt import Hindernis, Schritt
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from gesamtplan.models import Leistung
from recht.bemessung import NORM_BEMESSUNG

GRUPPE = "Persönliches Budget"
_OHNE_BUDGET = (Fallzustand.ANFRAGE, Fallzustand.BEENDET, Fallzustand.WEITERGELEITET)
_PHASEN = (
    ("Bemessung", {Budgetzustand.BEANTRAGT}),
    ("Zielvereinbarung", {Budgetzustand.BEMESSEN}),
    ("Unterschriften", {Budgetzustand.ZIELVEREINBARUNG}),
    ("Bescheid", {Budgetzustand.VEREINBART}),
    ("Versand", {Budgetzustand.BEWILLIGT}),
    ("Auszahlung", {Budgetzustand.LAEUFT}),
)
KEIN_PLAN = Hindernis(
    "Es gibt noch keinen freigegebenen Gesamtplan. Er ist die Grundlage des Persönlichen Budgets.",
    "§ 120 Abs. 2 SGB IX",
)


def phasen_of_budget(state: str, bescheid: Bescheid | None = None) -> list[dict[str, str]]:
    """Return the stepper of a budget; an ended one has every phase behind it.

    A released Bescheid waits for its dispatch: the budget is not bewilligt before that.
    """
    if bescheid is not None and bescheid.state == Bescheidzustand.FREIGEGEBEN:
        state = Budgetzustand.BEWILLIGT
    jetzt = next((i for i, (_, states) in enumerate(_PHASEN) if state in states), len(_PHASEN))
    return [
        {"titel": titel, "stand": "fertig" if i < jetzt else "jetzt" if i == jetzt else "offen"}
        for i, (titel, _) in enumerate(_PHASEN)
    ]


def _found(*hindernisse: Hindernis | None) -> tuple[Hindernis, ...]:
    return tuple(h for h in hindernisse if h is not None)


def hindernisse_der_bemessung(
    budget: PersoenlichesBudget, leistungen: list[Leistung]
) -> tuple[Hindernis, ...]:
    """Return all that stands in the way of closing the measuring."""
    sachleistung = next(
        (
            hindernis
            for t in budget.teilbudgets.all()
            if (
                hindernis := guards.pflegesachleistung_nur_als_gutschein(
                    t.leistungstraeger.art, t.leistung.norm, t.auszahlungsform
                )
            )
        ),
        None,
    )
    return _found(
        guards.teilbudgets_vorhanden(budget, leistungen),
        guards.deckel_eingehalten(budget),
        sachleistung,
        guards.stellungnahmen_der_traeger(budget),
    )


def schritte_of_budget(
    budget: PersoenlichesBudget, user: User, leistungen: list[Leistung], stichtag: date
) -> list[Schritt]:
    """Return the steps of the whole procedure that this role may take now or will take next."""
    if not access.may_write(user):
        return []
    zielvereinbarung, bescheid = zielvereinbarung_of(budget), bescheid_of(budget)
    if budget.state in {Budgetzustand.BEANTRAGT, Budgetzustand.BEMESSEN}:
        return _measuring(budget, zielvereinbarung, leistungen)
    if budget.state == Budgetzustand.ZIELVEREINBARUNG and zielvereinbarung is not None:
        return [
            *schritte_of_zielvereinbarung(zielvereinbarung, user),
            _bescheid_neu(budget, zielvereinbarung),
        ]
    if bescheid is not None and bescheid.state != Bescheidzustand.BESTANDSKRAEFTIG:
        schritte = schritte_of_bescheid(bescheid, user)
    elif budget.state == Budgetzustand.VEREINBART:
        schritte = [_bescheid_neu(budget, zielvereinbarung)]
    else:
        schritte = []
    if access.may(user, BUDGET, "beenden", budget.state):
        schritte.append(
            Schritt(
                "Persönliches Budget beenden",
                reverse("budget_beenden", args=[budget.case_id]),
                hindernisse=_found(guards.bewilligungszeitraum_abgelaufen(budget, stichtag)),
                gefahr=True,
            )
        )
    return schritte


def _measuring(
    budget: PersoenlichesBudget,
    zielvereinbarung: Zielvereinbarung | None,
    leistungen: list[Leistung],
) -> list[Schritt]:
    fall = [budget.case_id]
    schritte = []
    offen = hindernisse_der_bemessung(budget, leistungen)
    if budget.state == Budgetzustand.BEANTRAGT:
        schritte.append(
            Schritt(
                "Bemessung abschließen",
                reverse("budget_bemessen", args=fall),
                "post",
                offen,
                haupt=True,
            )
        )
        offen = (
            Hindernis(
                "Die Bemessung der Teilbudgets ist noch nicht abgeschlossen.",
                NORM_BEMESSUNG[budget.rechtsstand],
            ),
        )
    if zielvereinbarung is None:
        schritte.append(
            Schritt(
                "Zielvereinbarung entwerfen",
                reverse("zielvereinbarung_neu", args=fall),
                "post",
                offen if budget.state == Budgetzustand.BEANTRAGT else (),
                haupt=budget.state == Budgetzustand.BEMESSEN,
            )
        )
        if guards.nur_pflegekassen(budget) is None:
            schritte.append(
                Schritt(
                    "Ohne Zielvereinbarung weiter",
                    reverse("budget_ohne_vereinbarung", args=fall),
                    "post",
                    offen,
                )
            )
    else:
        schritte.extend(_draft_steps(budget, zielvereinbarung, offen))
    return schritte


def _draft_steps(
    budget: PersoenlichesBudget, zielvereinbarung: Zielvereinbarung, offen: tuple[Hindernis, ...]
) -> list[Schritt]:
    fall = [budget.case_id]
    inhalte = guards.pflichtinhalte_der_zielvereinbarung(zielvereinbarung, budget.beginn)
    return [
        Schritt(
            "Zur Unterschrift ausfertigen",
            reverse("zielvereinbarung_ausfertigen", args=fall),
            "post",
            (
                *offen,
                *_found(inhalte, guards.laufzeit_gleich_zielvereinbarung(budget, zielvereinbarung)),
            ),
            haupt=True,
        ),
        Schritt("Zielvereinbarung bearbeiten", reverse("zielvereinbarung_bearbeiten", args=fall)),
    ]


def schritte_of_zielvereinbarung(
    zielvereinbarung: Zielvereinbarung, user: User, leistungen: list[Leistung] | None = None
) -> list[Schritt]:
    """Return the steps of one Zielvereinbarung; `leistungen` are needed while it is a draft."""
    budget = zielvereinbarung.persoenliches_budget
    fall = [budget.case_id]
    state = zielvereinbarung.state
    if access.may(user, ZIELVEREINBARUNG, "ausfertigen", state):
        offen = hindernisse_der_bemessung(budget, leistungen or [])
        return _draft_steps(budget, zielvereinbarung, offen)
    if access.may(user, ZIELVEREINBARUNG, "unterzeichnen", state):
        return [
            Schritt(
                "Unterschriften vermerken",
                reverse("zielvereinbarung_unterschriften", args=fall),
                haupt=True,
            ),
            Schritt("Neu verhandeln", reverse("zielvereinbarung_neu_verhandeln", args=fall)),
        ]
    return []


def _bescheid_neu(
    budget: PersoenlichesBudget, zielvereinbarung: Zielvereinbarung | None
) -> Schritt:
    return Schritt(
        "Bescheid entwerfen",
        reverse("bescheid_neu", args=[budget.case_id]),
        hindernisse=_found(guards.zielvereinbarung_unterzeichnet(budget, zielvereinbarung)),
        haupt=budget.state == Budgetzustand.VEREINBART,
    )


def schritte_of_bescheid(bescheid: Bescheid, user: User) -> list[Schritt]:
    """Return the steps of the Bescheid for this role; a closed one says why."""
    if not access.may_write(user):
        return []
    fall = [bescheid.persoenliches_budget.case_id]
    schritte = []
    if access.may(user, BESCHEID, "vorlegen", bescheid.state):
        schritte = [
            Schritt(
                "Prüfen und zur Freigabe vorlegen",
                reverse("bescheid_vorlegen", args=fall),
                hindernisse=_found(guards.begruendung_vorhanden(bescheid)),
                haupt=True,
            ),
            Schritt("Bescheid bearbeiten", reverse("bescheid_bearbeiten", args=fall)),
        ]
    elif bescheid.state == Bescheidzustand.VORGELEGT:
        schritte = [_freigabe(bescheid, user, fall)]
        if access.may(user, BESCHEID, "zurueckgeben", bescheid.state):
            schritte.append(Schritt("Zurückgeben", reverse("bescheid_zurueckgeben", args=fall)))
    elif access.may(user, BESCHEID, "aufgeben", bescheid.state) and not unterwegs(bescheid):
        schritte = [
            Schritt(
                "Bescheid versenden",
                reverse("versand_neu", args=[*fall, bescheid.schreiben_id]),
                haupt=True,
            )
        ]
    return schritte


def unterwegs(bescheid: Bescheid) -> bool:
    """Tell whether a dispatch has been ordered and is not done yet."""
    return bescheid.schreiben is not None and any(
        versand.state in UNTERWEGS for versand in bescheid.schreiben.versand_liste.all()
    )


def _freigabe(bescheid: Bescheid, user: User, fall: list[int]) -> Schritt:
    rolle = None
    if not user.has_rolle(Rolle.LEITUNG):
        seit = f" seit dem {bescheid.vorgelegt_am:%d.%m.%Y}" if bescheid.vorgelegt_am else ""
        rolle = Hindernis(
            f"Der Bescheid liegt{seit} bei der Sachgebietsleitung. Nur sie kann ihn freigeben."
        )
    return Schritt(
        "Bescheid prüfen und freigeben",
        reverse("bescheid_freigabe", args=fall),
        hindernisse=_found(rolle or guards.freigabe_durch_zweite_person(bescheid, user)),
        haupt=True,
    )


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return what the case page offers: begin a budget, or its next step."""
    if not access.may_write(user) or case.state in _OHNE_BUDGET:
        return []
    budget = get_budget(case)
    if budget is None or budget.state == Budgetzustand.BEENDET:
        plan = released_gesamtplan(case)
        beantragt = case.antraege.filter(persoenliches_budget=True).exists()
        if plan is None and not beantragt:
            return []
        schritt = schritt_budget_neu(case, plan is not None)
        return [replace(schritt, haupt=schritt.haupt and beantragt and budget is None)]
    return schritte_of_budget(budget, user, list(list_leistungen(budget.gesamtplan)), stichtag)[:1]


def schritt_budget_neu(case: Case, plan_freigegeben: bool) -> Schritt:
    """Return the step that begins a budget."""
    return Schritt(
        "Persönliches Budget anlegen",
        reverse("budget_neu", args=[case.pk]),
        hindernisse=() if plan_freigegeben else (KEIN_PLAN,),
        haupt=plan_freigegeben,
    )


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return what waits for this user; one query per role."""
    rows = []
    if user.has_rolle(Rolle.LEITUNG):
        rows += [
            _zeile("Bescheid freigeben", b, "bescheid_freigabe", b.vorgelegt_am, "warning")
            for b in list_zur_freigabe(user, stichtag)
        ]
    if user.has_rolle(Rolle.FALLMANAGEMENT):
        rows += [_bescheidzeile(b) for b in list_eigene_bescheide(user)]
    return rows


def _bescheidzeile(bescheid: Bescheid) -> Arbeitszeile:
    if bescheid.state == Bescheidzustand.FREIGEGEBEN:
        return _zeile(
            "Bescheid versenden", bescheid, "bescheid", bescheid.freigegeben_am, "success"
        )
    if bescheid.state == Bescheidzustand.VORGELEGT:
        row = _zeile("Bescheid ansehen", bescheid, "bescheid", bescheid.vorgelegt_am, "info")
        return replace(row, art="warten")
    if bescheid.rueckgabe_grund:
        return _zeile("Bescheid zurückgegeben", bescheid, "bescheid", bescheid.datum, "warning")
    row = _zeile("Bescheid weiterschreiben", bescheid, "bescheid", bescheid.datum, "neutral")
    return replace(row, art="entwurf")


def _begonnene_vereinbarungen(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.has_rolle(Rolle.FALLMANAGEMENT):
        return None
    fall = "persoenliches_budget__case"
    return columns(
        offene_vereinbarungen(user),
        fall=f"{fall}_id",
        aktenzeichen=f"{fall}__aktenzeichen",
        person=f"{fall}__leistungsberechtigte_person",
        seit=Coalesce("ausgefertigt_am", f"{fall}__eroeffnet_am"),
        marke="state",
    )


def _vereinbarungszeile(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    ausgefertigt = row.marke == Vereinbarungszustand.AUSGEFERTIGT
    titel = "Unterschriften ausstehend" if ausgefertigt else "Zielvereinbarung weiterschreiben"
    return Arbeitszeile(
        gruppe=GRUPPE,
        titel=titel,
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("zielvereinbarung", args=[row.fall]),
        seit=row.seit,
        zustand=Vereinbarungszustand(row.marke).label,
        farbe="info" if ausgefertigt else "neutral",
        art="warten" if ausgefertigt else "entwurf",
    )


VEREINBARUNGEN = Kurzquelle(_begonnene_vereinbarungen, _vereinbarungszeile)


def _zeile(titel: str, obj: Bescheid, seite: str, seit: date | None, farbe: str) -> Arbeitszeile:
    case = obj.persoenliches_budget.case
    return Arbeitszeile(
        gruppe=GRUPPE,
        titel=titel,
        fall=case.aktenzeichen,
        name=case.leistungsberechtigte_person.voller_name,
        url=reverse(seite, args=[case.pk]),
        seit=seit,
        zustand=obj.get_state_display(),
        farbe=farbe,
    )


def abschlusshindernisse(case: Case, stichtag: date) -> list[Hindernis]:
    """Return why a case cannot be closed: its budget is still being paid."""
    if not has_laufende_auszahlung(case):
        return []
    return [
        Hindernis(
            "Das Persönliche Budget ist bewilligt oder wird ausgezahlt. Beenden Sie es zuerst.",
            "§ 39 Abs. 2 SGB X",
            reverse("budget", args=[case.pk]),
        )
    ]
