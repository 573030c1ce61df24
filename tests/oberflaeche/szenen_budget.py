"""Scenes of the forms of the Persönliches Budget and of the Gesamtplan."""

from __future__ import annotations

from datetime import date

from budget.pruefung.services import record_pruefung
from budget.teilnahme.services import record_anforderung
from budget.ueberpruefung.services.ueberpruefung import start_budgetueberpruefung
from cases.models import Traegerbeteiligung, User
from cases.states.rolle import Rolle
from gesamtplan.gutachten.services import create_gutachten
from gesamtplan.konferenz.services import create_konferenz
from gesamtplan.lebensuebergang.services import note_lebensuebergang
from gesamtplan.models.angaben import Gutachtenangaben
from gesamtplan.vereinbarung.services import create_planvereinbarung
from tests.budget import fabriken as budget
from tests.budget.beteiligung.proben import consent_to
from tests.budget.folge import geschichte as folge
from tests.budget.unterbrechung import geschichte as unterbrechung
from tests.fabriken import (
    HEUTE,
    make_behoerde,
    make_fallmanager,
    make_leitung,
    make_traeger,
    make_user,
)
from tests.gesamtplan import bausteine as plan
from tests.gesamtplan.instrument.test_instrument import begin, offer
from tests.oberflaeche.gleichzeitig import Szene, adresse, szene


def _paar(eine: User) -> tuple[User, User]:
    return eine, make_fallmanager("zweite", eine.team)


@szene("budget_bearbeiten")
def _budget() -> Szene:
    akte = budget.make_akte()
    budget.start(akte)
    url = adresse("budget_bearbeiten", akte.case.pk)
    return Szene(url, *_paar(akte.fallmanager), "absprachen", ("Umzug", "Beratung"))


def _beteiligung(route: str, feld: str, werte: tuple[str, str]) -> Szene:
    akte = budget.bemiss(budget.make_akte())
    row = Traegerbeteiligung.objects.get(antrag=akte.budget.antrag)
    if route == "traeger_unterlagen":
        consent_to(akte, row.traeger, "antrag")
    url = adresse(route, akte.case.pk, row.pk)
    return Szene(url, *_paar(akte.fallmanager), feld, werte)


@szene("traeger_stellungnahme")
def _stellungnahme() -> Szene:
    return _beteiligung("traeger_stellungnahme", "hoehe", ("900 Euro", "921 Euro"))


@szene("traeger_unterlagen")
def _unterlagen() -> Szene:
    return _beteiligung("traeger_unterlagen", "unterlagen", ("Seite 1", "Seite 2"))


@szene("budget_protokoll")
def _protokoll() -> Szene:
    akte = folge.running()
    row = start_budgetueberpruefung(
        budget=akte.budget, anlass="erste", by=akte.fallmanager, tag=date(2026, 11, 5)
    )
    url = adresse("budget_protokoll", akte.case.pk, row.pk)
    return Szene(url, *_paar(akte.fallmanager), "wirkung", ("geht allein", "geht mit Hilfe"))


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
    dazu = (
        ("bemessungsart", "individuell"),
        ("betrag", "1.050,00"),
        ("abweichung_grund", "wie vereinbart"),
    )
    return Szene(url, *_paar(akte.fallmanager), "nachweis", ("Rechnungen", "Quittungen"), dazu)


@szene("zielvereinbarung_bearbeiten")
def _zielvereinbarung() -> Szene:
    akte = budget.tell("entwurf")
    url = adresse("zielvereinbarung_bearbeiten", akte.case.pk)
    # The proposed texts name the rhythm and follow it.
    return Szene(
        url,
        *_paar(akte.fallmanager),
        "gespraech_monate",
        ("12", "6"),
        folgt=("nachweis", "qualitaetssicherung"),
    )


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


@szene("ueberpruefung_eintragen")
def _ueberpruefung() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    row = plan.make_bewertete_ueberpruefung(
        plan.make_laufenden_plan(eine, make_leitung("leiterin", eine.team)), eine
    )
    url = adresse("ueberpruefung_eintragen", row.case_id, row.pk)
    return Szene(url, eine, andere, "notiz", ("zieht um", "arbeitet halbtags"))


@szene("bedarfsmengen")
def _mengen() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    row = plan.make_ermittlung(plan.make_zustaendigen_fall(eine), eine)
    url = adresse("bedarfsmengen", row.case_id, row.pk, 6)
    dazu = (("von_1", "20.11.2026"), ("menge_1", "6"), ("einheit_1", "stunden_woche"))
    return Szene(url, eine, andere, "begruendung_1", ("kocht", "wäscht"), dazu=dazu)


@szene("konferenz_bearbeiten")
def _konferenz() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    row = create_konferenz(
        case=plan.make_zustaendigen_fall(eine),
        art="gesamtplan",
        vorgeschlagen_von="Emil Muster",
        vorgeschlagen_am=HEUTE,
        elternfall=False,
        by=eine,
        tag=HEUTE,
    )
    url = adresse("konferenz_bearbeiten", row.case_id, row.pk)
    return Szene(url, eine, andere, "ort", ("Rathaus", "Werkstatt"))


@szene("lebensuebergang_bearbeiten")
def _lebensuebergang() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    case = plan.make_zustaendigen_fall(eine)
    row = note_lebensuebergang(case=case, art="schulende", wann=None, quelle="", by=eine, tag=HEUTE)
    url = adresse("lebensuebergang_bearbeiten", case.pk, row.pk)
    return Szene(url, eine, andere, "quelle", ("Auskunft der Schule", "Auskunft der Eltern"))


@szene("bedarf_bogen")
def _bogen() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    fassung = offer(
        make_user("verwaltung1", Rolle.FACHADMINISTRATION),
        make_user("verwaltung2", Rolle.FACHADMINISTRATION),
    )
    row = begin(plan.make_zustaendigen_fall(eine), eine, fassung)
    url = adresse("bedarf_bogen", row.case_id, row.pk, 1)
    return Szene(url, eine, andere, "antwort_1_1_2", ("Zwei Stunden", "Drei Stunden"))


@szene("gutachten_bearbeiten")
def _gutachten() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    row = create_gutachten(
        case=plan.make_zustaendigen_fall(eine),
        angaben=Gutachtenangaben("Assistenz", "Wie viel?", ()),
        by=eine,
        tag=HEUTE,
    )
    url = adresse("gutachten_bearbeiten", row.case_id, row.pk)
    return Szene(url, eine, andere, "fragen", ("Wie viele Stunden?", "Wie lange?"))


@szene("planvereinbarung_bearbeiten")
def _vereinbarung() -> Szene:
    eine, andere = _paar(make_fallmanager())
    make_behoerde()
    fassung = plan.make_freigegebenen_plan(eine, make_leitung())
    row = create_planvereinbarung(
        gesamtplan=fassung,
        beitrag_person="Ich übe.",
        beitrag_traeger="Wir fragen nach.",
        gilt_bis=fassung.datum,
        by=eine,
        tag=HEUTE,
    )
    url = adresse("planvereinbarung_bearbeiten", row.gesamtplan.case_id, row.pk)
    return Szene(url, eine, andere, "beitrag_person", ("Ich übe jeden Tag.", "Ich koche."))


@szene("folge_bearbeiten")
def _folgebescheid() -> Szene:
    akte = folge.running()
    row = folge.draft(akte, "unveraendert", akte.budget)
    url = adresse("folge_bearbeiten", akte.case.pk, row.pk)
    return Szene(url, *_paar(akte.fallmanager), "gruende", ("Erster Grund", "Anderer Grund"))


@szene("widerspruch_bearbeiten")
def _widerspruch() -> Szene:
    akte = folge.running()
    row = folge.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    url = adresse("widerspruch_bearbeiten", akte.case.pk, row.pk)
    return Szene(url, *_paar(akte.fallmanager), "vorbringen", ("zu wenig", "zu spät"))


@szene("unterbrechung_bearbeiten")
def _unterbrechung() -> Szene:
    akte = folge.running()
    row = unterbrechung.record(akte)
    url = adresse("unterbrechung_bearbeiten", akte.case.pk, row.pk)
    return Szene(url, *_paar(akte.fallmanager), "quelle", ("Anruf der Klinik", "Brief"))


@szene("teilnahme_bearbeiten")
def _teilnahme() -> Szene:
    akte = budget.make_akte(budget.B)
    row = record_anforderung(
        case=akte.case,
        traeger=make_traeger("rentenversicherung", "Rentenversicherung Probe"),
        aktenzeichen="",
        angefordert_am=HEUTE,
        eingegangen_am=HEUTE,
        frage="Welchen Bedarf stellen Sie fest?",
        by=akte.fallmanager,
        tag=HEUTE,
    )
    url = adresse("teilnahme_bearbeiten", akte.case.pk, row.pk)
    return Szene(url, *_paar(akte.fallmanager), "bedarf", ("Assistenz", "keiner"))


@szene("beitrag_pruefen")
def _beitragspruefung() -> Szene:
    akte = folge.running()
    record_pruefung(
        budget=akte.budget,
        by=akte.fallmanager,
        tag=HEUTE,
        angaben={"ab": date(2026, 6, 1), "nachweis": "Rentenbescheid", "nachweis_vom": HEUTE},
    )
    url = adresse("beitrag_pruefen", akte.case.pk)
    texte = ("Einkommensteuerbescheid", "Lohnabrechnung")
    return Szene(url, *_paar(akte.fallmanager), "nachweis", texte)
