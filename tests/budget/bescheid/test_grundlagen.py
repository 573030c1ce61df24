"""Whoever wrote a fact that the decision rests on does not release it, by whatever way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pghistory
import pytest

from budget.bemessung.services.teilbudget import finish_bemessung, remove_teilbudget, set_teilbudget
from budget.bescheid.guards import _grundlagen_von, freigabe_durch_zweite_person
from budget.bescheid.services.bescheid import release_bescheid
from budget.models import Bescheid, PersoenlichesBudget, Teilbudget
from budget.zielvereinbarung.services import (
    draft_zielvereinbarung,
    record_unterschriften,
    update_zielvereinbarung,
)
from cases.models import Abwesenheit, Bankverbindung, Case, User
from cases.person.services.personenangabe import add_angabe, change_angabe
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from tests.budget import fabriken
from tests.budget.fabriken import Akte
from tests.fabriken import IBAN, make_leitung, make_team
from tests.schrittprobe import force

pytestmark = pytest.mark.django_db
#: Who writes what, and how the guard names it.
GRUNDLAGEN = {
    "Betrag": "die Beträge",
    "Betrag im Browser": "die Beträge",
    "Betrag entfernt": "die Beträge",
    "Bemessung": "die Beträge",
    "Entwurf": "die Zielvereinbarung",
    "Vertragstext": "die Zielvereinbarung",
    "Unterschrift": "die Zielvereinbarung",
    "Konto": "das Konto",
    "Konto, danach von anderen berichtigt": "das Konto",
    "Plan": "den Gesamtplan",
}


def _betraege(akte: Akte, by: User, grundlage: str) -> None:
    grundsicherung = akte.leistungen["grundsicherung"]
    if grundlage == "Betrag entfernt":
        teil = Teilbudget.objects.get(leistung=grundsicherung)
        remove_teilbudget(teilbudget=teil, by=by, tag=akte.tage.ausgefertigt)
    werte = {
        "budget": akte.budget,
        "leistung": grundsicherung,
        "bemessungsart": "individuell",
        "abweichung_grund": fabriken.BERECHNET,
        "tag": akte.tage.ausgefertigt,
    }
    if grundlage == "Betrag":
        set_teilbudget(betrag=Decimal("331.00"), by=by, **werte)
    if grundlage == "Betrag im Browser":
        with pghistory.context(user=by.pk, url="/probe/"):
            Teilbudget.objects.filter(leistung=grundsicherung).update(betrag=Decimal("331.00"))
    # In the end the amount is that of somebody else; the first writer has had a part in it.
    set_teilbudget(betrag=Decimal("330.00"), by=akte.fallmanager, **werte)


def _konto(akte: Akte, by: User, grundlage: str) -> None:
    person, tag = akte.case.leistungsberechtigte_person, akte.tage.ausgefertigt
    neu = "DE02120300000000202051"
    if grundlage == "Konto":
        add_angabe(
            case=akte.case,
            modell=Bankverbindung,
            werte={"iban": neu, "kontoinhaber": person.voller_name},
            gueltig_ab=akte.tage.beginn - timedelta(days=1),
            by=by,
            tag=tag,
        )
    elif grundlage.startswith("Konto"):
        konto = person.bankverbindungen.get()
        for wer, iban in ((by, neu), (akte.fallmanager, IBAN)):
            change_angabe(
                case=akte.case,
                angabe=konto,
                werte={"iban": iban, "kontoinhaber": konto.kontoinhaber},
                gueltig_ab=konto.gueltig_ab,
                gueltig_bis=None,
                by=wer,
                tag=tag,
            )
            konto.refresh_from_db()


def _vereinbarung(akte: Akte, by: User, grundlage: str) -> None:
    fm, tag = akte.fallmanager, akte.tage.ausgefertigt
    row = draft_zielvereinbarung(
        budget=akte.budget, by=by if grundlage == "Entwurf" else fm, tag=tag
    )
    if grundlage == "Vertragstext":
        update_zielvereinbarung(zielvereinbarung=row, texte={}, by=by, tag=tag)
    summen = {"summen": {"gesamt": f"{akte.budget.summe():.2f}"}}
    row.schreiben = fabriken.make_schreiben(akte.case, fm, "zielvereinbarung", summen)
    row.ausgefertigt_am, row.state = tag, "ausgefertigt"
    row.save()
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="zielvereinbarung")
    akte.zielvereinbarung = record_unterschriften(
        zielvereinbarung=row,
        person_am=akte.tage.unterschrift,
        person_durch="Emil Muster",
        traeger_am=akte.tage.unterschrift,
        traeger_von=fm,
        by=by if grundlage == "Unterschrift" else fm,
        tag=akte.tage.unterschrift,
    )


def erzaehle(grundlage: str = "", by: User | None = None) -> tuple[Akte, Bescheid]:
    """Tell a case up to its submitted Bescheid; `by` (else the Leitung) writes one fact."""
    akte = fabriken.make_akte()
    wer = by or akte.leitung
    if grundlage == "Plan":
        frei = {"freigegeben_von": akte.plan.freigegeben_von, "freigegeben_am": akte.tage.plan}
        force(akte.plan, "entwurf", freigegeben_von=None, freigegeben_am=None)
        Gesamtplan.objects.filter(pk=akte.plan.pk).update(bearbeitet_von=wer)
        force(akte.plan, "freigegeben", bearbeitet_von=akte.fallmanager, **frei)
        akte.plan.refresh_from_db()
    fabriken.bemiss(akte)
    _betraege(akte, wer, grundlage)
    _konto(akte, wer, grundlage)
    akte.budget = finish_bemessung(
        budget=akte.budget,
        by=wer if grundlage == "Bemessung" else akte.fallmanager,
        tag=akte.tage.ausgefertigt,
    )
    _vereinbarung(akte, wer, grundlage)
    akte.budget.refresh_from_db()
    fabriken.insert_vorgelegt_bescheid(akte)
    return akte, Bescheid.objects.get()


def sagt(bescheid: Bescheid, user: User) -> str:
    found = freigabe_durch_zweite_person(bescheid, User.objects.get(pk=user.pk))
    return found.text if found else ""


@pytest.mark.parametrize("grundlage", GRUNDLAGEN)
def test_writer_of_a_fact_does_not_release(behoerde, grundlage):
    akte, bescheid = erzaehle(grundlage)
    was = GRUNDLAGEN[grundlage]
    gesagt = sagt(bescheid, akte.leitung)
    assert (was in gesagt, "selbst geschrieben" in gesagt) == (True, True)
    assert sagt(bescheid, make_leitung("andere", akte.case.team)) == ""


@pytest.mark.parametrize("grundlage", GRUNDLAGEN)
def test_second_account_of_the_writer_does_not_release(behoerde, grundlage):
    akte, bescheid = erzaehle(grundlage)
    doppelt = make_leitung("doppelt", akte.case.team)
    namen = {"first_name": akte.leitung.first_name, "last_name": akte.leitung.last_name}
    User.objects.filter(pk=doppelt.pk).update(**namen)
    assert GRUNDLAGEN[grundlage] in sagt(bescheid, doppelt)


@pytest.mark.parametrize("umweg", ["Vertretung", "Abwesenheit", "Übergabe", "Rolle", "Team"])
def test_no_detour_makes_the_writer_somebody_else(behoerde, umweg):
    akte, bescheid = erzaehle("Betrag")
    leitung, andere = akte.leitung, make_leitung("andere", akte.case.team)
    paar = {"Vertretung": (andere, leitung), "Abwesenheit": (leitung, andere)}.get(umweg)
    if paar is not None:
        Abwesenheit.objects.create(
            user=paar[0],
            vertretung=paar[1],
            eingetragen_von=paar[0],
            von=akte.tage.bescheid,
            bis=akte.tage.bescheid,
        )
    elif umweg == "Übergabe":
        Case.objects.filter(pk=akte.case.pk).update(caseworker=andere, team=make_team("Team Süd"))
    elif umweg == "Rolle":
        leitung.groups.clear()
        leitung.groups.set(andere.groups.all())
    else:
        leitung.team = make_team("Team Süd")
        leitung.save()
    assert "die Beträge" in sagt(bescheid, leitung)
    if umweg == "Abwesenheit":
        assert sagt(bescheid, andere) == ""


def test_release_asks_it(behoerde):
    akte, bescheid = erzaehle("Konto")
    with pytest.raises(SchrittUnzulaessig, match="das Konto selbst geschrieben"):
        release_bescheid(bescheid=bescheid, by=akte.leitung, tag=akte.tage.bescheid)


def test_whoever_wrote_nothing_releases(behoerde, django_assert_max_num_queries):
    akte, bescheid = erzaehle()
    assert sagt(bescheid, akte.leitung) == ""
    with django_assert_max_num_queries(6):
        geschrieben = _grundlagen_von(bescheid, [akte.fallmanager.pk])
    assert geschrieben == ["den Gesamtplan", "die Beträge", "die Zielvereinbarung"]


def test_imported_account_has_its_writer(behoerde, fallmanager):
    """The import enters accounts by the same service: who imports does not release on them."""
    akte, bescheid = erzaehle()
    konto = akte.case.leistungsberechtigte_person.bankverbindungen.get()
    Bankverbindung.objects.filter(pk=konto.pk).update(bearbeitet_von=akte.leitung)
    assert "das Konto" in sagt(bescheid, akte.leitung)
