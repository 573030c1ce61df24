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
from cases.states.fall import FALL, Fallzustand, planfreigabe_of
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from gesamtplan.bedarf import schritte as bedarf
from gesamtplan.bedarf.guards import feststellungen_liegen_vor
from gesamtplan.bedarf.queries import states_of
from gesamtplan.models import Anmerkung, Bedarfsermittlung, Gesamtplan, plannorm
from gesamtplan.plan import guards
from gesamtplan.plan.guards import angaben
from gesamtplan.plan.queries.gesamtplan import newest_version
from gesamtplan.states import (
    ANMERKEN,
    ANMERKUNG,
    GESAMTPLAN,
    PLANBEGINN,
    Ermittlungszustand,
    Planzustand,
)
from gesamtplan.teilhabeplan.guards import andere_traeger_gehoert
from gesamtplan.teilhabeplan.queries import traegerstand_of

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
                    lambda lage: guards.grundlage_abgeschlossen(
                        lage.case.pk, lage.ermittlung, lage.tag
                    )
                ),
            ),
            haupt=True,
            noch_nicht=lambda lage: verfahren_erst_mit_antrag(lage.case),
            bald=(Fallzustand.ANFRAGE,),
            vorbehalt=_fremd,
            sichtbar=frozenset(str(rolle) for rolle in FALLROLLEN),
        ),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("anlegen",),
)

# What must be true of the plan itself, in the order of the work.
INHALTE: tuple[Pruefung[Planlage], ...] = (
    Pruefung(
        lambda lage: guards.bedarf_abgeschlossen(lage.plan),
        "Bedarf ist ermittelt",
        lambda lage: plannorm.bedarfsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.pflichtinhalte_vollstaendig(lage.plan),
        "Pflichtinhalte sind vollständig",
        lambda lage: plannorm.norm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.platzhalter_ausgefuellt(lage.plan),
        "Platzhalter sind ausgefüllt",
        lambda lage: plannorm.norm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.mindestens_ein_ziel(lage.plan),
        "Mindestens ein Teilhabeziel",
        lambda lage: plannorm.zielnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.ziele_ueberpruefbar(lage.plan),
        "Ziele sind überprüfbar",
        lambda lage: plannorm.zielnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: angaben.ziele_verschieden(lage.plan),
        "Kein Ziel steht doppelt",
        lambda lage: plannorm.zielnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.leistungen_den_zielen_zugeordnet(lage.plan),
        "Leistungen sind Zielen zugeordnet",
        lambda lage: plannorm.leistungsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.planleistungen_zugeordnet(lage.plan),
        "Jede Leistung ist dem Katalog zugeordnet",
        lambda lage: plannorm.leistungsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.leistungen_ueberschneiden_sich_nicht(lage.plan),
        "Leistungen überschneiden sich nicht",
        lambda lage: plannorm.leistungsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.leistungen_im_zeitraum(lage.plan),
        "Leistungen liegen im Zeitraum des Plans",
        lambda lage: plannorm.leistungsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.ueberpruefung_binnen_zwei_jahren(lage.plan, lage.land),
        "Überprüfung ist festgelegt",
        lambda lage: plannorm.norm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: angaben.ueberpruefung_liegt_voraus(lage.plan, lage.tag),
        "Tag der Überprüfung liegt voraus",
        lambda lage: plannorm.fortschreibungsnorm_of(lage.plan),
    ),
)
# Whoever submits a returned version again has answered what was remarked on it.
VORLAGE: tuple[Pruefung[Planlage], ...] = (
    *INHALTE,
    Pruefung(
        lambda lage: guards.anmerkungen_beantwortet(lage.plan),
        "Anmerkungen sind beantwortet",
        "Vier-Augen-Grundsatz",
    ),
)
# What else must be true when somebody releases it on a day.
FREIGABE: tuple[Pruefung[Planlage], ...] = (
    *INHALTE,
    Pruefung(
        lambda lage: guards.planstand_nicht_in_der_zukunft(lage.plan, lage.tag),
        "Datum des Plans ist erreicht",
        lambda lage: plannorm.norm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: angaben.plan_nach_der_ermittlung(
            lage.plan.datum, lage.plan.bedarfsermittlung, guards.datum_url(lage.plan)
        ),
        "Bedarf ist vor dem Plan ermittelt",
        lambda lage: plannorm.bedarfsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.fall_bereit_fuer_freigabe(lage.plan),
        "Stand des Falls passt",
        lambda lage: plannorm.entscheidungsnorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: feststellungen_liegen_vor(lage.plan.case, lage.plan.datum, lage.tag),
        "Feststellungen anderer Träger liegen vor",
        lambda lage: plannorm.norm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: andere_traeger_gehoert(lage.plan, traegerstand_of(lage.plan)),
        "Teilhabeplan ist mit den anderen Trägern abgestimmt",
        lambda lage: plannorm.traegernorm_of(lage.plan),
    ),
    Pruefung(
        lambda lage: guards.anmerkungen_erledigt(lage.plan),
        "Anmerkungen sind erledigt",
        "Vier-Augen-Grundsatz",
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
        Zeile("vorlegen", "gesamtplan_vorlegen", VORLAGE, haupt=True),
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
            "zurueckziehen",
            "gesamtplan_zurueckziehen",
            (
                Pruefung(
                    lambda lage: (
                        guards.vorlage_der_eigenen_hand(lage.plan.vorgelegt_von_id, lage.by)
                        if lage.by
                        else None
                    ),
                    verbirgt=True,
                ),
            ),
            methode="post",
        ),
        Zeile(
            "fortschreiben",
            "gesamtplan_fortschreiben",
            (
                Pruefung(lambda lage: fall_nimmt_neues_auf(lage.plan.case), verbirgt=True),
                Pruefung(lambda lage: guards.fassung_ist_die_neueste(lage.neuere), verbirgt=True),
            ),
            noch_nicht=lambda lage: guards.fassung_freigegeben(lage.plan),
        ),
        Zeile("uebergeben", "gesamtplan_uebergeben"),
        Zeile("weitergeben", "mehrausfertigung_neu"),
    ),
    stichtag=lambda lage: lage.plan.datum,
    zu_lebzeiten=("bearbeiten", "vorlegen", "freigeben", "fortschreiben"),
)


ANMERKUNGEN = Schritttafel[Planlage](
    ANMERKEN,
    lambda lage: lage.plan.state,
    lambda lage: [lage.plan.case_id, lage.plan.version],
    (Zeile("anmerken", "anmerkung_neu"),),
    stichtag=lambda lage: lage.plan.datum,
)


@dataclass(frozen=True)
class Anmerkungslage(Tageslage):
    """A remark with its version."""

    row: Anmerkung


_NOCH_OFFEN: tuple[Pruefung[Anmerkungslage], ...] = (
    Pruefung(lambda lage: guards.fassung_nicht_freigegeben(lage.row.gesamtplan), verbirgt=True),
)
ANMERKUNGSSCHRITTE = Schritttafel[Anmerkungslage](
    ANMERKUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.gesamtplan.case_id, lage.row.pk],
    (
        Zeile("antworten", "anmerkung_antworten", _NOCH_OFFEN),
        Zeile("erledigen", "anmerkung_erledigen", _NOCH_OFFEN, methode="post"),
    ),
    stichtag=lambda lage: lage.row.gesamtplan.datum,
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
        *PLANSCHRITTE.schritte(lage, "zurueckgeben", "zurueckziehen", "fortschreiben"),
        *PLANSCHRITTE.schritte(lage, "uebergeben", "weitergeben"),
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
    elif case.state in (Fallzustand.ZUSTAENDIG, Fallzustand.UEBERPRUEFUNG):
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
    steps = []
    if not newest.uebergeben:
        steps = [
            replace(s, titel=f"Übergabe des Gesamtplans vermerken (Version {newest.version})")
            for s in PLANSCHRITTE.schritte(lage, "uebergeben")
        ]
    zustand = newest.case.state
    if zustand not in FALL.uebergang(planfreigabe_of(zustand)).von:
        return steps
    faellig = zustand == Fallzustand.UEBERPRUEFUNG
    weiter = [replace(s, haupt=faellig) for s in PLANSCHRITTE.schritte(lage, "fortschreiben")]
    return weiter + steps
