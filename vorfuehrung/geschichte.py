"""Tells a case from the Antrag to the review through the services, as far as is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from budget.bemessung.services.teilbudget import finish_bemessung, set_teilbudget
from budget.bescheid.services.bescheid import draft_bescheid, release_bescheid, submit_bescheid
from budget.bescheid.services.wirksamkeit import begin_wirkungen
from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from budget.verfahren.services import start_budget
from budget.zielvereinbarung.services import (
    draft_zielvereinbarung,
    issue_zielvereinbarung,
    record_unterschriften,
)
from cases.antrag.services.antrag import open_case
from cases.fall.services.case import determine_zustaendigkeit
from cases.models import (
    Antrag,
    Bankverbindung,
    Case,
    Hilfebedarfseinstufung,
    LeistungsberechtigtePerson,
    Leistungstraeger,
    User,
    Versand,
)
from cases.person.services.person import create_person, update_person
from cases.person.services.personenangabe import add_angabe
from cases.schreiben.services.druckstapel import create_druckstapel, post_druckstapel
from cases.schreiben.services.versand import record_aufgabe, send
from gesamtplan.bedarf.services import (
    complete_bedarfsermittlung,
    start_bedarfsermittlung,
    update_bedarf,
)
from gesamtplan.models import Bedarfsermittlung, Gesamtplan, Ueberpruefung
from gesamtplan.models.angaben import Befund, Leistungsangaben
from gesamtplan.plan.services.freigabe import release_gesamtplan, submit_gesamtplan
from gesamtplan.plan.services.gesamtplan import (
    create_gesamtplan,
    update_planinhalte,
)
from gesamtplan.plan.services.leistung import add_leistung
from gesamtplan.plan.services.teilhabeziel import add_teilhabeziel
from vorfuehrung.antworten import answers_of
from vorfuehrung.behoerde import gemeinde_of
from vorfuehrung.pruefung import continue_after, review_goals
from vorfuehrung.vorlage import Fallvorlage, Personenvorlage, Stand


@dataclass
class Geschichte:
    """What has come of the story so far."""

    case: Case
    antrag: Antrag
    ermittlung: Bedarfsermittlung | None = None
    gesamtplan: Gesamtplan | None = None
    ueberpruefung: Ueberpruefung | None = None
    budget: PersoenlichesBudget | None = None
    zielvereinbarung: Zielvereinbarung | None = None
    bescheid: Bescheid | None = None
    versand: Versand | None = None


def tell(
    vorlage: Fallvorlage,
    *,
    fallmanager: User,
    leitung: User,
    bis: Stand,
    person: LeistungsberechtigtePerson | None = None,
) -> Geschichte:
    """Tell the case up to `bis`; every step runs through its service with its own day."""
    g = begin(vorlage, fallmanager=fallmanager, person=person)
    return go_on(g, vorlage, fallmanager=fallmanager, leitung=leitung, bis=bis)


def go_on(
    g: Geschichte, vorlage: Fallvorlage, *, fallmanager: User, leitung: User, bis: Stand
) -> Geschichte:
    """Tell a case whose Antrag has come in up to `bis`."""
    for stand, step in _Teller(vorlage, fallmanager, leitung, g).steps():
        if stand > bis:
            break
        step()
    g.case.refresh_from_db()
    return g


def create_told_person(vorlage: Personenvorlage, eingang: date) -> LeistungsberechtigtePerson:
    """Create the person with address; an e-mail address opens the way of § 36a SGB I."""
    return create_person(
        anrede=vorlage.anrede,
        vorname=vorlage.vorname,
        nachname=vorlage.nachname,
        geburtsdatum=vorlage.geburtsdatum,
        zusatz=vorlage.zusatz,
        strasse=vorlage.strasse,
        plz=vorlage.plz,
        ort=vorlage.ort,
        telefon=vorlage.telefon,
        email=vorlage.email,
        email_zugang_seit=eingang if vorlage.email else None,
        gemeindeschluessel=gemeinde_of(vorlage.ort),
        tag=eingang,
    )


def begin(
    vorlage: Fallvorlage,
    *,
    fallmanager: User,
    person: LeistungsberechtigtePerson | None = None,
) -> Geschichte:
    """Let the Antrag come in; a person who is known already is not created again."""
    p, zeit = vorlage.person, vorlage.zeit
    assert fallmanager.team is not None
    case, antrag = open_case(
        leistungsberechtigte_person=person or create_told_person(p, zeit.eingang),
        team=fallmanager.team,
        caseworker=fallmanager,
        eingang=zeit.eingang,
        weg="schriftlich",
        begehren=vorlage.begehren,
        persoenliches_budget=vorlage.persoenliches_budget,
        by=fallmanager,
        tag=zeit.eingang,
    )
    update_person(
        case=case,
        werte={
            "behinderungsart": p.behinderungsart,
            "barrierefreies_format": p.barrierefreies_format,
        },
        by=fallmanager,
        tag=zeit.eingang,
    )
    _enter_angaben(case, p, fallmanager, zeit.eingang)
    return Geschichte(case, antrag)


def _enter_angaben(case: Case, p: Personenvorlage, by: User, tag: date) -> None:
    """Enter account and Hilfebedarfsgruppe, unless an earlier case of the person has done so."""
    person = case.leistungsberechtigte_person
    if p.iban and not person.iban_am(tag):
        werte = {"iban": p.iban, "kontoinhaber": person.voller_name}
        add_angabe(case=case, modell=Bankverbindung, werte=werte, gueltig_ab=tag, by=by, tag=tag)
    if p.hilfebedarfsgruppe and person.hilfebedarfsgruppe_am(tag) is None:
        gruppe = {"hilfebedarfsgruppe": p.hilfebedarfsgruppe}
        add_angabe(
            case=case, modell=Hilfebedarfseinstufung, werte=gruppe, gueltig_ab=tag, by=by, tag=tag
        )


class _Teller:
    """The steps in their order; each uses what the one before has made."""

    def __init__(self, v: Fallvorlage, fm: User, leitung: User, g: Geschichte) -> None:
        self.v, self.fm, self.leitung, self.g = v, fm, leitung, g

    def steps(self):
        return (
            (Stand.ZUSTAENDIG, self.zustaendig),
            (Stand.BEDARF_OFFEN, self.bedarf_offen),
            (Stand.BEDARF, self.bedarf),
            (Stand.PLAN_ENTWURF, self.plan),
            (Stand.PLAN_VORGELEGT, self.plan_vorlegen),
            (Stand.PLAN_FREI, self.plan_freigeben),
            (Stand.BUDGET, self.budget),
            (Stand.BEMESSEN, self.bemessen),
            (Stand.ZIEL_ZUR_UNTERSCHRIFT, self.ausfertigen),
            (Stand.VEREINBART, self.unterschreiben),
            (Stand.BESCHEID_ENTWURF, self.bescheid),
            (Stand.BESCHEID_VORGELEGT, self.bescheid_vorlegen),
            (Stand.BESCHEID_FREI, self.bescheid_freigeben),
            (Stand.VERSAND_VORGESEHEN, self.versenden),
            (Stand.LAEUFT, self.aufgeben),
            (Stand.UEBERPRUEFUNG, self.ueberpruefen),
            (Stand.FORTSCHREIBUNG, self.fortschreiben),
        )

    def zustaendig(self) -> None:
        determine_zustaendigkeit(
            antrag=self.g.antrag,
            begruendung=f"gewöhnlicher Aufenthalt in {self.v.person.ort}",
            by=self.fm,
            tag=self.v.zeit.zustaendig,
        )

    def bedarf_offen(self) -> None:
        self.g.ermittlung = start_bedarfsermittlung(
            case=self.g.case,
            datum=self.v.zeit.bedarf,
            instrument=self.v.instrument,
            beteiligte=self.v.beteiligte_mit(self.fm.get_full_name()),
            by=self.fm,
            tag=self.v.zeit.bedarf,
        )
        update_bedarf(
            bedarfsermittlung=self.g.ermittlung,
            befunde={code: Befund(*texte) for code, texte in self.v.befunde.items()},
            by=self.fm,
            tag=self.v.zeit.bedarf,
        )

    def bedarf(self) -> None:
        assert self.g.ermittlung is not None
        complete_bedarfsermittlung(
            bedarfsermittlung=self.g.ermittlung, by=self.fm, tag=self.v.zeit.bedarf
        )

    def plan(self) -> None:
        v = self.v
        plan = create_gesamtplan(
            case=self.g.case, anlass="erste Planung", datum=v.zeit.plan, by=self.fm, tag=v.zeit.plan
        )
        update_planinhalte(
            gesamtplan=plan,
            texte=v.planinhalte,
            ueberpruefung_am=_review_day(v.zeit.plan, plan.ueberpruefung_am),
            by=self.fm,
            tag=v.zeit.plan,
        )
        ziele = [
            add_teilhabeziel(
                gesamtplan=plan,
                angaben=z.angaben(_years(v.zeit.beginn, 1)),
                by=self.fm,
                tag=v.zeit.plan,
            )
            for z in v.ziele
        ]
        for vorlage in v.leistungen:
            add_leistung(
                gesamtplan=plan,
                angaben=Leistungsangaben(
                    teilhabeziel=ziele[vorlage.ziel],
                    weitere_ziele=[ziele[nummer].kennung for nummer in vorlage.weitere_ziele],
                    leistungstraeger=Leistungstraeger.objects.get(name=vorlage.traeger),
                    bezeichnung=vorlage.bezeichnung,
                    norm=vorlage.norm,
                    katalogschluessel=vorlage.schluessel,
                    leistungsform="persoenliches_budget"
                    if not vorlage.ergaenzend
                    else "geldleistung",
                    umfang=vorlage.umfang,
                    beginn=v.zeit.beginn,
                    ende=v.zeit.ende,
                    ergaenzend=vorlage.ergaenzend,
                ),
                by=self.fm,
                tag=v.zeit.plan,
            )
        self.g.gesamtplan = plan

    def plan_vorlegen(self) -> None:
        assert self.g.gesamtplan is not None
        submit_gesamtplan(gesamtplan=self.g.gesamtplan, by=self.fm, tag=self.v.zeit.plan)

    def plan_freigeben(self) -> None:
        assert self.g.gesamtplan is not None
        self.g.gesamtplan = release_gesamtplan(
            gesamtplan=self.g.gesamtplan, by=self.leitung, tag=self.v.zeit.plan
        )

    def budget(self) -> None:
        v, plan = self.v, self.g.gesamtplan
        assert plan is not None
        self.g.budget = start_budget(
            case=self.g.case,
            gesamtplan=plan,
            antrag=self.g.antrag,
            beginn=v.zeit.beginn,
            ende=v.zeit.ende,
            befristungsgrund=v.befristungsgrund,
            vergleichssumme=v.vergleichssumme,
            absprachen=v.absprachen,
            by=self.fm,
            tag=v.zeit.bemessen,
        )
        leistungen = {row.bezeichnung: row for row in plan.leistungen.all()}
        for vorlage in v.leistungen:
            set_teilbudget(
                budget=self.g.budget,
                leistung=leistungen[vorlage.bezeichnung],
                bemessungsart=vorlage.bemessungsart,
                betrag=vorlage.betrag,
                positionen=vorlage.positionen,
                auszahlungsform=vorlage.form,
                abweichung_grund=vorlage.grund,
                parameter_schluessel=vorlage.parameter,
                stellungnahme_vom=v.zeit.stellungnahme if vorlage.fremd else None,
                nachweisart=vorlage.nachweisart,
                by=self.fm,
                tag=v.zeit.bemessen,
            )

    def bemessen(self) -> None:
        assert self.g.budget is not None
        finish_bemessung(budget=self.g.budget, by=self.fm, tag=self.v.zeit.bemessen)

    def ausfertigen(self) -> None:
        assert self.g.budget is not None
        self.g.zielvereinbarung = issue_zielvereinbarung(
            zielvereinbarung=draft_zielvereinbarung(
                budget=self.g.budget, by=self.fm, tag=self.v.zeit.ausgefertigt
            ),
            by=self.fm,
            tag=self.v.zeit.ausgefertigt,
        )

    def unterschreiben(self) -> None:
        assert self.g.zielvereinbarung is not None
        zeit = self.v.zeit
        self.g.zielvereinbarung = record_unterschriften(
            zielvereinbarung=self.g.zielvereinbarung,
            person_am=zeit.unterschrift,
            person_durch=f"{self.v.person.vorname} {self.v.person.nachname}",
            traeger_am=zeit.unterschrift,
            traeger_von=self.fm,
            by=self.fm,
            tag=zeit.unterschrift,
        )

    def bescheid(self) -> None:
        assert self.g.budget is not None
        beginn, tag, budget = self.v.zeit.beginn, self.v.zeit.bescheid, self.g.budget
        self.g.bescheid = draft_bescheid(
            budget=budget,
            erste_auszahlung=beginn,
            begruendung=self.v.begruendung,
            wuensche=answers_of(budget),
            by=self.fm,
            tag=tag,
            **self.v.mittel,
        )

    def bescheid_vorlegen(self) -> None:
        assert self.g.bescheid is not None
        submit_bescheid(bescheid=self.g.bescheid, by=self.fm, tag=self.v.zeit.bescheid)

    def bescheid_freigeben(self) -> None:
        assert self.g.bescheid is not None
        self.g.bescheid = release_bescheid(
            bescheid=self.g.bescheid, by=self.leitung, tag=self.v.zeit.bescheid
        )

    def versenden(self) -> None:
        assert self.g.bescheid is not None
        assert self.g.bescheid.schreiben is not None
        self.g.versand = send(
            schreiben=self.g.bescheid.schreiben,
            weg=self.v.versandweg,
            by=self.fm,
            tag=self.v.zeit.aufgabe,
        )

    def aufgeben(self) -> None:
        versand, zeit = self.g.versand, self.v.zeit
        assert versand is not None
        if versand.weg == "post":
            stapel = create_druckstapel(versand_ids=[versand.pk], by=self.fm, tag=zeit.aufgabe)
            post_druckstapel(
                druckstapel=stapel, aufgabe_am=zeit.aufgabe, by=self.fm, tag=zeit.aufgabe
            )
        else:
            record_aufgabe(versand=versand, aufgabe_am=zeit.aufgabe, by=self.fm, tag=zeit.aufgabe)
        versand.refresh_from_db()
        # What the daily run did on the day of the Bekanntgabe, where that day has come.
        if versand.bekanntgabe is not None and versand.bekanntgabe <= timezone.localdate():
            begin_wirkungen(tag=versand.bekanntgabe)

    def ueberpruefen(self) -> None:
        tag = self.v.zeit.beginn + timedelta(days=185)
        self.g.ueberpruefung = review_goals(self.g.case, self.fm, tag)

    def fortschreiben(self) -> None:
        assert self.g.gesamtplan is not None
        assert self.g.ueberpruefung is not None
        tag = self.v.zeit.beginn + timedelta(days=190)
        continue_after(self.g.ueberpruefung, self.fm, tag)


def _years(tag: date, jahre: int) -> date:
    try:
        return tag.replace(year=tag.year + jahre)
    except ValueError:
        return tag.replace(year=tag.year + jahre, day=28)


def _review_day(plan: date, vorschlag: date | None) -> date:
    return vorschlag or _years(plan, 2)
