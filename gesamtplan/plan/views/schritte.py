"""What this floor adds to the case page, to „Mein Tag“ and to the end of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cases import access
from cases.models import Case, User
from cases.registry.routen import adresse
from cases.registry.schritt import Hindernis, Schritt
from cases.registry.tisch import Arbeitszeile
from cases.states.fall import FALL, Fallzustand
from gesamtplan import guards
from gesamtplan.bedarf.queries import states_of
from gesamtplan.models import Bedarfsermittlung, Gesamtplan
from gesamtplan.plan.queries.gesamtplan import newest_version, on_desk_of, versions_of
from gesamtplan.states import GESAMTPLAN, Ermittlungszustand, Planzustand

_VOR_DER_ZUSTAENDIGKEIT = (
    Fallzustand.ANFRAGE,
    Fallzustand.ANTRAG_EINGEGANGEN,
    Fallzustand.WEITERGELEITET,
)


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return the next step of need and plan that this role may take; two queries."""
    if not access.may_write(user) or case.state == Fallzustand.BEENDET:
        return []
    ermittlungen = states_of(case.pk)
    offen = next((e for e in ermittlungen if e.state == Ermittlungszustand.ENTWURF), None)
    fertig = next((e for e in ermittlungen if e.state == Ermittlungszustand.ABGESCHLOSSEN), None)
    steps = []
    if offen is not None:
        url = adresse("bedarf_anzeigen", case.pk, offen.pk)
        steps.append(Schritt("Bedarfsermittlung weiterführen", url, haupt=True))
    elif case.state in FALL.uebergang("bedarf_feststellen").von:
        url = adresse("bedarf_neu", case.pk)
        zuerst = case.state == Fallzustand.ZUSTAENDIG
        steps.append(Schritt("Bedarf ermitteln", url, haupt=zuerst))
    newest = newest_version(case)
    if newest is None:
        if case.state not in _VOR_DER_ZUSTAENDIGKEIT:
            steps.append(first_step(case, user, fertig))
        return steps
    return steps + _open_version(case, user, newest)


def first_step(case: Case, user: User, fertig: Bedarfsermittlung | None) -> Schritt:
    """Return the step that creates the first version, closed while no need is determined."""
    closed: tuple[Hindernis, ...] = ()
    if fertig is None:
        closed = (
            Hindernis(
                "Schließen Sie zuerst die Bedarfsermittlung ab. Auf ihr beruht der Gesamtplan.",
                "§ 120 Abs. 1 SGB IX",
                adresse("bedarf", case.pk),
            ),
        )
    if not access.may_write(user):
        closed = (Hindernis("Einen Gesamtplan legt das Fallmanagement an."),)
    url = adresse("gesamtplan_neu", case.pk)
    return Schritt("Gesamtplan anlegen", url, hindernisse=closed, haupt=not closed)


def _open_version(case: Case, user: User, newest: Gesamtplan) -> list[Schritt]:
    args = [case.pk, newest.version]
    if newest.state == Planzustand.ENTWURF:
        titel = "Gesamtplan weiterschreiben"
        if newest.rueckgabe_grund:
            titel = "Zurückgegebenen Gesamtplan überarbeiten"
        return [Schritt(titel, adresse("gesamtplan_version", *args), haupt=True)]
    if newest.state == Planzustand.VORGELEGT:
        return [_release_step(newest, user)]
    if case.state in FALL.uebergang("gesamtplan_freigeben").von:
        url = adresse("gesamtplan_fortschreiben", *args)
        faellig = case.state == Fallzustand.UEBERPRUEFUNG
        return [Schritt("Gesamtplan fortschreiben", url, haupt=faellig)]
    return []


def _release_step(plan: Gesamtplan, user: User) -> Schritt:
    url = adresse("gesamtplan_freigeben", plan.case_id, plan.version)
    if access.may(user, GESAMTPLAN, "freigeben", plan.state):
        return Schritt("Gesamtplan prüfen und freigeben", url, haupt=True)
    seit = f" seit dem {plan.vorgelegt_am:%d.%m.%Y}" if plan.vorgelegt_am else ""
    reason = f"{plan} liegt{seit} bei der Leitung. Freigeben muss ihn eine zweite Person."
    return Schritt("Gesamtplan freigeben", url, hindernisse=(Hindernis(reason),))


def plan_schritte(
    plan: Gesamtplan, user: User, land: str, stichtag: date, neueste: bool
) -> list[Schritt]:
    """Return the steps on the page of one version, closed ones with every reason."""
    args = [plan.case_id, plan.version]
    if not access.may_write(user):
        return []
    if plan.state == Planzustand.ENTWURF:
        closed = tuple(
            p.hindernis for p in guards.check_contents(plan, land) if p.hindernis is not None
        )
        url = adresse("gesamtplan_vorlegen", *args)
        return [Schritt("Zur Freigabe vorlegen", url, hindernisse=closed, haupt=not closed)]
    if plan.state == Planzustand.VORGELEGT:
        steps = [_release_step(plan, user)]
        if access.may(user, GESAMTPLAN, "zurueckgeben", plan.state):
            url = adresse("gesamtplan_zurueckgeben", *args)
            steps.append(Schritt("Zur Überarbeitung zurückgeben", url))
        return steps
    if neueste and plan.case.state != Fallzustand.BEENDET:
        url = adresse("gesamtplan_fortschreiben", *args)
        return [Schritt("Gesamtplan fortschreiben", url)]
    return []


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return plans that wait for this user; one query."""
    zur_freigabe, drafts = on_desk_of(user, stichtag)
    rows = [
        _row(
            "Gesamtpläne zur Freigabe",
            "prüfen und freigeben",
            plan,
            "gesamtplan_freigeben",
            "zur Freigabe",
            "warning",
        )
        for plan in zur_freigabe
    ]
    for plan in sorted(drafts, key=lambda plan: not plan.rueckgabe_grund):
        if plan.state == Planzustand.VORGELEGT:
            row = _row(
                "Vorgelegt", "ansehen", plan, "gesamtplan_version", "bei der Leitung", "info"
            )
            rows.append(replace(row, art="warten"))
            continue
        word, colour = (
            ("zurückgegeben", "danger") if plan.rueckgabe_grund else ("Entwurf", "neutral")
        )
        verb = "überarbeiten" if plan.rueckgabe_grund else "weiterschreiben"
        row = _row("Gesamtpläne in Arbeit", verb, plan, "gesamtplan_version", word, colour)
        rows.append(replace(row, art="aufgabe" if plan.rueckgabe_grund else "entwurf"))
    return rows


def _row(
    gruppe: str, verb: str, plan: Gesamtplan, url_name: str, zustand: str, farbe: str
) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe=gruppe,
        titel=f"{plan} {verb}",
        fall=plan.case.aktenzeichen,
        name=plan.case.leistungsberechtigte_person.voller_name,
        url=adresse(url_name, plan.case_id, plan.version),
        seit=plan.vorgelegt_am or plan.datum,
        zustand=zustand,
        farbe=farbe,
    )


def abschlusshindernisse(case: Case, stichtag: date) -> list[Hindernis]:
    """A case does not end while a plan waits for release; one query."""
    waiting = versions_of(case).filter(state=Planzustand.VORGELEGT).first()
    if waiting is None:
        return []
    return [
        Hindernis(
            f"{waiting} wartet auf Freigabe. Geben Sie die Fassung frei oder zurück.",
            "§ 121 SGB IX",
            adresse("gesamtplan_version", case.pk, waiting.version),
        )
    ]
