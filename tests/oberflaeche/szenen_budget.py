"""Scenes of the forms of the Persönliches Budget and of the Gesamtplan."""

from __future__ import annotations

from cases.models import User
from tests.budget import fabriken as budget
from tests.fabriken import make_behoerde, make_fallmanager
from tests.gesamtplan import bausteine as plan
from tests.oberflaeche.gleichzeitig import Szene, adresse, szene


def _paar(eine: User) -> tuple[User, User]:
    return eine, make_fallmanager("zweite", eine.team)


@szene("budget_bearbeiten")
def _budget() -> Szene:
    akte = budget.make_akte()
    budget.start(akte)
    url = adresse("budget_bearbeiten", akte.case.pk)
    return Szene(url, *_paar(akte.fallmanager), "deckel_ausnahme", ("Umzug", "Beratung"))


@szene("teilbudget")
def _teilbudget() -> Szene:
    akte = budget.bemiss(budget.make_akte())
    url = adresse("teilbudget", akte.case.pk, akte.leistungen["teilhabe"].pk)
    return Szene(url, *_paar(akte.fallmanager), "nachweis", ("Rechnungen", "Quittungen"))


@szene("teilbudget[neu]")
def _teilbudget_neu() -> Szene:
    akte = budget.make_akte()
    budget.start(akte)
    url = adresse("teilbudget", akte.case.pk, akte.leistungen["teilhabe"].pk)
    dazu = (("betrag", "1.050,00"), ("abweichung_grund", "wie vereinbart"))
    return Szene(url, *_paar(akte.fallmanager), "nachweis", ("Rechnungen", "Quittungen"), dazu)


@szene("zielvereinbarung_bearbeiten")
def _zielvereinbarung() -> Szene:
    akte = budget.tell("entwurf")
    url = adresse("zielvereinbarung_bearbeiten", akte.case.pk)
    return Szene(url, *_paar(akte.fallmanager), "gespraech_monate", ("12", "6"))


@szene("bescheid_bearbeiten")
def _bescheid() -> Szene:
    akte = budget.insert_vereinbart(budget.make_akte())
    budget._decide(akte)
    url = adresse("bescheid_bearbeiten", akte.case.pk)
    return Szene(url, *_paar(akte.fallmanager), "begruendung", ("Erster Grund", "Anderer Grund"))


@szene("bedarf_bearbeiten")
def _bedarf() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    row = plan.make_ermittlung(plan.make_zustaendigen_fall(eine), eine)
    url = adresse("bedarf_bearbeiten", row.case_id, row.pk)
    return Szene(url, eine, andere, "d1_bedarf", ("liest nicht", "schreibt nicht"))


def _plan(route: str, feld: str, werte: tuple[str, str]) -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    row = plan.make_plan(eine)
    args = {
        "gesamtplan_inhalte": [],
        "teilhabeziel_bearbeiten": [1],
        "leistung_bearbeiten": [row.leistungen.get().pk],
    }[route]
    return Szene(adresse(route, row.case_id, row.version, *args), eine, andere, feld, werte)


@szene("gesamtplan_inhalte")
def _inhalte() -> Szene:
    return _plan("gesamtplan_inhalte", "anlass", ("Umzug", "Überprüfung"))


@szene("teilhabeziel_bearbeiten")
def _ziel() -> Szene:
    return _plan("teilhabeziel_bearbeiten", "text", ("Ich backe.", "Ich brate."))


@szene("leistung_bearbeiten")
def _leistung() -> Szene:
    return _plan("leistung_bearbeiten", "umfang", ("6 Stunden", "8 Stunden"))
