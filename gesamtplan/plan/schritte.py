"""Steps of the Gesamtplan, and what the case page offers of need and plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from cases import access
from cases.access import FALLROLLEN
from cases.fall.guards.case import fall_nimmt_neues_auf, verfahren_erst_mit_antrag
from cases.models import Case, User
from cases.registry.schritt import Hindernis, Schritt
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from cases.states.fall import FALL, Fallzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from gesamtplan.bedarf import schritte as bedarf
from gesamtplan.bedarf.queries import states_of
from gesamtplan.models import Bedarfsermittlung, Gesamtplan
from gesamtplan.plan import guards
from gesamtplan.plan.queries.gesamtplan import newest_version
from gesamtplan.states import GESAMTPLAN, PLANBEGINN, Ermittlungszustand, Planzustand

_VOR_DER_ZUSTAENDIGKEIT = (
    Fallzustand.ANFRAGE,
    Fallzustand.ANTRAG_EINGEGANGEN,
    Fallzustand.WEITERGELEITET,
)


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A case in which a plan would begin on a closed Bedarfsermittlung; `plan` stands already."""

    case: Case
    ermittlung: Bedarfsermittlung | None
    plan: Gesamtplan | None


@dataclass(frozen=True)
class Planlage(Tageslage):
    """A version of the plan, the Land whose holidays count, and a newer version."""

    plan: Gesamtplan
    land: str
    neuere: Gesamtplan | None = None


def _fremd(lage: Beginnlage) -> Hindernis:
    return Hindernis("Einen Gesamtplan legt das Fallmanagement an.")


BEGINN = Schritttafel[Beginnlage](
    PLANBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile(
            "anlegen",
            "gesamtplan_neu",
            (
                Pruefung(lambda lage: guards.noch_kein_plan(lage.plan), verbirgt=True),
                Pruefung(
                    lambda lage: guards.grundlage_abgeschlossen(lage.case.pk, lage.ermittlung)
                ),
            ),
            haupt=True,
            noch_nicht=lambda lage: verfahren_erst_mit_antrag(lage.case),
            bald=(Fallzustand.ANFRAGE,),
            vorbehalt=_fremd,
            sichtbar=frozenset(str(rolle) for rolle in FALLROLLEN),
        ),
    ),
)

# What must be true of the plan itself, in the order of the work.
INHALTE: tuple[Pruefung[Planlage], ...] = (
    Pruefung(
        lambda lage: guards.bedarf_abgeschlossen(lage.plan),
        "Bedarf ist ermittelt",
        lambda lage: guards.bedarfsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.pflichtinhalte_vollstaendig(lage.plan),
        "Pflichtinhalte sind vollständig",
        lambda lage: guards.norm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.mindestens_ein_ziel(lage.plan),
        "Mindestens ein Teilhabeziel",
        lambda lage: guards.zielnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.ziele_ueberpruefbar(lage.plan),
        "Ziele sind überprüfbar",
        lambda lage: guards.zielnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.leistungen_den_zielen_zugeordnet(lage.plan),
        "Leistungen sind Zielen zugeordnet",
        lambda lage: guards.leistungsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.ueberpruefung_binnen_zwei_jahren(lage.plan, lage.land),
        "Überprüfung ist festgelegt",
        lambda lage: guards.norm_of(lage.plan),
    ),
)
# What else must be true when somebody releases it on a day.
FREIGABE: tuple[Pruefung[Planlage], ...] = (
    *INHALTE,
    Pruefung(
        lambda lage: guards.planstand_nicht_in_der_zukunft(lage.plan, lage.tag),
        "Datum des Plans ist erreicht",
        lambda lage: guards.norm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.fall_bereit_fuer_freigabe(lage.plan),
        "Stand des Falls passt",
        "§ 120 Abs. 2 SGB IX",
    ),
    Pruefung(
        lambda lage: guards.freigabe_durch_zweite_person(lage.plan, lage.by) if lage.by else None,
        "Zweite Person gibt frei",
        "Vier-Augen-Grundsatz",
    ),
)


def _wartet(lage: Planlage) -> Hindernis:
    am = lage.plan.vorgelegt_am
    seit = f" seit dem {am:%d.%m.%Y}" if am else ""
    return Hindernis(
        f"{lage.plan} liegt{seit} bei der Leitung. Freigeben muss ihn eine zweite Person."
    )


PLANSCHRITTE = Schritttafel[Planlage](
    GESAMTPLAN,
    lambda lage: lage.plan.state,
    lambda lage: [lage.plan.case_id, lage.plan.version],
    (
        Zeile("bearbeiten", "gesamtplan_inhalte"),
        Zeile("vorlegen", "gesamtplan_vorlegen", INHALTE, haupt=True),
        Zeile(
            "freigeben",
            "gesamtplan_freigeben",
            FREIGABE,
            knopf="Gesamtplan freigeben",
            eingang="Gesamtplan prüfen und freigeben",
            haupt=True,
            vorbehalt=_wartet,
            sichtbar=SCHREIBENDE,
        ),
        Zeile("zurueckgeben", "gesamtplan_zurueckgeben"),
        Zeile(
            "fortschreiben",
            "gesamtplan_fortschreiben",
            (
                Pruefung(lambda lage: fall_nimmt_neues_auf(lage.plan.case), verbirgt=True),
                Pruefung(lambda lage: guards.fassung_ist_die_neueste(lage.neuere), verbirgt=True),
            ),
            noch_nicht=lambda lage: guards.fassung_freigegeben(lage.plan),
        ),
    ),
)


def release_step(lage: Planlage) -> list[Schritt]:
    """Return the way to the page of the release, or why the plan waits for somebody else."""
    darf = lage.by is not None and lage.by.rollen & NUR_LEITUNG
    step = (PLANSCHRITTE.eingang if darf else PLANSCHRITTE.schritt)(lage, "freigeben")
    return [step] if step else []


def plan_schritte(lage: Planlage) -> list[Schritt]:
    """Return the steps on the page of one version, closed ones with every reason."""
    return [
        *PLANSCHRITTE.schritte(lage, "vorlegen"),
        *release_step(lage),
        *PLANSCHRITTE.schritte(lage, "zurueckgeben", "fortschreiben"),
    ]


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return the next step of need and plan that this role may take; two queries."""
    if not access.may_write(user) or case.state == Fallzustand.BEENDET:
        return []
    ermittlungen = states_of(case.pk)
    offen = next((e for e in ermittlungen if e.state == Ermittlungszustand.ENTWURF), None)
    fertig = next((e for e in ermittlungen if e.state == Ermittlungszustand.ABGESCHLOSSEN), None)
    steps = []
    if offen is not None:
        url = reverse("bedarf_anzeigen", args=[case.pk, offen.pk])
        steps.append(Schritt("Bedarfsermittlung weiterführen", url, haupt=True))
    elif case.state in FALL.uebergang("bedarf_feststellen").von:
        zuerst = case.state == Fallzustand.ZUSTAENDIG
        beginn = bedarf.BEGINN.schritte(bedarf.Beginnlage(user, stichtag, case, offen))
        steps += [replace(step, haupt=zuerst) for step in beginn]
    newest = newest_version(case)
    if newest is not None:
        newest.case = case
        return steps + _open_version(newest, user, stichtag)
    if case.state not in _VOR_DER_ZUSTAENDIGKEIT:
        steps += BEGINN.schritte(Beginnlage(user, stichtag, case, fertig, None))
    return steps


def _open_version(newest: Gesamtplan, user: User, stichtag: date) -> list[Schritt]:
    # Neither the way to the release nor continuing asks for holidays.
    lage = Planlage(user, stichtag, newest, land="")
    if newest.state == Planzustand.ENTWURF:
        titel = "Gesamtplan weiterschreiben"
        if newest.rueckgabe_grund:
            titel = "Zurückgegebenen Gesamtplan überarbeiten"
        url = reverse("gesamtplan_version", args=[newest.case_id, newest.version])
        return [Schritt(titel, url, haupt=True)]
    if newest.state == Planzustand.VORGELEGT:
        return release_step(lage)
    if newest.case.state not in FALL.uebergang("gesamtplan_freigeben").von:
        return []
    faellig = newest.case.state == Fallzustand.UEBERPRUEFUNG
    return [replace(s, haupt=faellig) for s in PLANSCHRITTE.schritte(lage, "fortschreiben")]
