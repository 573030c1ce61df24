"""Entries are found, added, checked, changed and ended; prices stay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.fall.services.case import forward_antrag
from cases.models import Gattung, Leistungserbringer, Leistungstraeger, Preis, Traegerart
from cases.states.tafel import SchrittUnzulaessig
from cases.verzeichnis import guards as regeln
from cases.verzeichnis.queries.doppel import aehnliche_eintraege, candidates_for, moegliche_doppel
from cases.verzeichnis.queries.verweise import count_verwendung
from cases.verzeichnis.queries.verzeichnis import (
    BEREICHE,
    Suche,
    count_eintraege,
    gruppen_of,
    katalogeintrag,
    list_eintraege,
)
from cases.verzeichnis.services import verzeichnis as service
from tests.cases.verzeichnis.bausteine import (
    make_admin,
    make_angebot,
    make_erbringer,
    make_kasse,
    make_preis,
    make_stelle,
)
from tests.fabriken import HEUTE, antrag_of, make_fall, make_fallmanager, make_team

pytestmark = pytest.mark.django_db
A, UE, B = date(2012, 6, 1), date(2018, 6, 1), date(2026, 6, 1)


@pytest.fixture
def admin(behoerde):
    return make_admin()


def found(bereich: str, text: str, **felder) -> list[str]:
    rows = list_eintraege(BEREICHE[bereich], Suche(text, **felder), HEUTE)
    return [row.name for row in rows]


@pytest.mark.parametrize(
    "text",
    ["Müller", "mueller", "muller", "Müler", "mueler neustadt", "70998", "709", "Neuro", "Neustdt"],
)
def test_search_forgives_umlauts_and_typos(text):
    make_stelle("Praxis Dr. Müller", ort="Neustadt", plz="70998", fachrichtung="Neurologie")
    make_stelle("Klinik am See", ort="Seeheim", plz="88001")
    assert found("aerzte", text) == ["Praxis Dr. Müller"]


@pytest.mark.parametrize("text", ["Schmitz", "12345", "%", "Müller Seeheim"])
def test_search_finds_nothing_else(text):
    make_stelle("Praxis Dr. Müller", ort="Neustadt", plz="70998")
    assert found("aerzte", text) == []


def test_search_finds_a_provider_by_its_service():
    make_angebot(make_erbringer("Diakonie"), "Frühförderung")
    make_erbringer("Werkstatt")
    assert found("erbringer", "fruehfoerderung") == ["Diakonie"]


def test_tabs_count_their_kinds_and_leave_out_what_has_ended():
    make_stelle("Arzt")
    make_stelle("Gericht", "sozialgericht")
    make_stelle("Amt", "gesundheitsamt")
    make_erbringer("Alt", gueltig_bis=date(2020, 1, 1))
    assert count_eintraege(Suche(), HEUTE) == {
        "traeger": 0,
        "erbringer": 0,
        "aerzte": 1,
        "gerichte": 1,
        "stellen": 1,
    }
    assert count_eintraege(Suche(beendet=True), HEUTE)["erbringer"] == 1
    assert found("erbringer", "", beendet=True) == ["Alt"]


@pytest.mark.parametrize(
    ("art", "tag", "norm"),
    [
        ("sozialhilfe", A, "§ 6 Abs. 1 Nr. 7 SGB IX a.F."),
        ("sozialhilfe", UE, "§ 6 Abs. 1 Nr. 7 SGB IX, § 241 Abs. 8 SGB IX"),
        ("sozialhilfe", B, "§ 63 Abs. 3 SGB XII"),
        ("eingliederungshilfe", A, None),
        ("eingliederungshilfe", UE, None),
        ("eingliederungshilfe", B, "§ 6 Abs. 1 Nr. 7 SGB IX"),
        ("entschaedigung", A, "§ 6 Abs. 1 Nr. 5 SGB IX a.F."),
        ("krankenkasse", UE, "§ 6 Abs. 1 Nr. 1 SGB IX"),
        ("pflegekasse", B, "§ 35a SGB XI"),
    ],
)
def test_number_of_paragraph_six_follows_the_law_of_the_day(art, tag, norm):
    eintrag = katalogeintrag(art, tag)
    assert (eintrag.norm if eintrag else None) == norm


@pytest.mark.parametrize("art", Traegerart.values)
def test_every_kind_is_known_to_the_present_law(art):
    assert katalogeintrag(art, B) is not None


def test_leistungsgruppen_of_a_carrier_carry_the_number_of_the_day():
    assert gruppen_of(katalogeintrag("jugendhilfe", A), A)[-1].endswith("(Nr. 4)")
    assert gruppen_of(katalogeintrag("jugendhilfe", B), B)[-1].endswith("(Nr. 5)")


def test_fallmanagement_adds_unchecked_and_may_change_it_until_checked(admin, fallmanager):
    werte = {"name": "Neu", "strasse": "Weg 1", "plz": "70999", "ort": "Musterau"}
    row = service.create_eintrag(gattung=Gattung.LEISTUNGSERBRINGER, werte=werte, by=fallmanager)
    assert (row.geprueft, row.angelegt_von) == (False, fallmanager)
    service.update_eintrag(eintrag=row, werte={"ort": "Neustadt"}, by=fallmanager)
    service.confirm_eintrag(eintrag=row, by=admin)
    with pytest.raises(SchrittUnzulaessig, match="Geprüfte Einträge"):
        service.update_eintrag(eintrag=row, werte={"ort": "Musterau"}, by=fallmanager)
    row.refresh_from_db()
    assert (row.ort, row.geprueft) == ("Neustadt", True)


def test_a_stale_form_is_refused(admin):
    row = make_erbringer()
    stand = service.stand_of(row)
    service.update_eintrag(eintrag=row, werte={"ort": "Neustadt"}, by=admin)
    with pytest.raises(SchrittUnzulaessig, match="inzwischen geändert"):
        service.update_eintrag(eintrag=row, werte={"ort": "Seeheim"}, by=admin, gesehen=stand)


def test_entry_in_use_ends_and_is_not_deleted(admin, fallmanager):
    traeger = make_kasse("Kasse")
    case = make_fall(fallmanager)
    forward_antrag(antrag=antrag_of(case), an=traeger, grund="x", by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="nur beendet"):
        service.delete_eintrag(eintrag=traeger, by=admin)
    service.end_eintrag(eintrag=traeger, letzter_tag=date(2026, 11, 19), by=admin)
    traeger.refresh_from_db()
    assert [traeger.gilt_am(tag) for tag in (date(2026, 11, 19), HEUTE)] == [True, False]


def test_unused_entry_is_deleted(admin):
    service.delete_eintrag(eintrag=make_erbringer(), by=admin)
    assert not Leistungserbringer.objects.exists()


def test_use_is_counted_in_visible_cases_only(behoerde, fallmanager):
    traeger = make_kasse("Kasse")
    fremder = make_fallmanager("fremder", make_team("Team Süd"))
    for by in (fallmanager, fallmanager, fremder):
        forward_antrag(antrag=antrag_of(make_fall(by)), an=traeger, grund="x", by=by, tag=HEUTE)
    assert count_verwendung(traeger, fallmanager, HEUTE) == [("Weiterleitungen", 2)]
    assert count_verwendung(traeger, fremder, HEUTE) == [("Weiterleitungen", 1)]
    assert count_verwendung(traeger, make_admin(), HEUTE) == []


def price(angebot, by, betrag, ab, bis=None):
    werte = {
        "betrag": Decimal(betrag),
        "einheit": "stunde",
        "vereinbarung": "V",
        "gueltig_ab": ab,
        "gueltig_bis": bis,
    }
    return service.create_preis(angebot=angebot, werte=werte, by=by)


def test_new_price_ends_the_old_one_the_day_before(admin):
    angebot = make_angebot(make_erbringer())
    price(angebot, admin, "50", date(2025, 1, 1))
    price(angebot, admin, "52", date(2026, 1, 1))
    assert list(angebot.preise.values_list("betrag", "gueltig_ab", "gueltig_bis")) == [
        (Decimal("52.00"), date(2026, 1, 1), None),
        (Decimal("50.00"), date(2025, 1, 1), date(2025, 12, 31)),
    ]


def test_overlapping_price_is_refused_with_its_days(admin):
    angebot = make_angebot(make_erbringer())
    price(angebot, admin, "50", date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(SchrittUnzulaessig, match=r"01\.01\.2025 bis 31\.12\.2025"):
        price(angebot, admin, "52", date(2025, 12, 31))
    assert Preis.objects.count() == 1


def test_database_refuses_overlapping_prices():
    angebot = make_angebot(make_erbringer())
    make_preis(angebot, date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(IntegrityError, match="preis_ohne_ueberschneidung"), transaction.atomic():
        make_preis(angebot, date(2025, 12, 31))
    make_preis(angebot, date(2026, 1, 1))
    assert Preis.objects.count() == 2


def test_preis_nach_der_vereinbarung():
    angebot = make_angebot(make_erbringer())
    angebot.gueltig_bis = date(2025, 6, 30)
    spaet = Preis(angebot=angebot, gueltig_ab=date(2025, 7, 1))
    assert regeln.preis_nach_der_vereinbarung(spaet, angebot).norm == "§ 123 Abs. 1 S. 1 SGB IX"
    spaet.gueltig_ab = date(2025, 6, 30)
    assert regeln.preis_nach_der_vereinbarung(spaet, angebot) is None


@pytest.mark.parametrize(
    ("tag", "norm"),
    [
        (date(2017, 12, 31), "§ 75 Abs. 3 SGB XII"),
        (date(2019, 12, 31), "§ 75 Abs. 3 SGB XII"),
        (date(2020, 1, 1), "§ 125 SGB IX"),
    ],
)
def test_norm_of_a_price_follows_its_first_day(tag, norm):
    assert regeln.norm_der_verguetung(tag) == norm


def test_darf_anlegen(admin, fallmanager, leitung):
    assert [regeln.darf_anlegen(u) for u in (admin, fallmanager, leitung)] == [None] * 3
    assert "der Fachadministration" in regeln.darf_pflegen(fallmanager).text


def test_doubles_are_proposed_with_their_reasons_and_can_be_excluded(admin):
    eins = make_erbringer("Lebenshilfe Musterau e. V.", telefon="07999 51-00")
    zwei = make_erbringer("Lebenshilfe Musterau", plz="70998", telefon="07999 5100")
    make_erbringer("Werkstatt Musterau", telefon="0711 1")
    make_erbringer("Lebenshilfe Seeheim", ort="Seeheim", plz="88001")
    paar = moegliche_doppel(Gattung.LEISTUNGSERBRINGER)
    assert [(p.erster, p.zweiter, p.gruende) for p in paar] == [
        (eins, zwei, ("ähnlicher Name am selben Ort", "gleiche Telefonnummer"))
    ]
    service.exclude_doppel(eins=zwei, zwei=eins, by=admin, tag=HEUTE)
    service.exclude_doppel(eins=eins, zwei=zwei, by=admin, tag=HEUTE)
    assert moegliche_doppel(Gattung.LEISTUNGSERBRINGER) == []


@pytest.mark.parametrize(
    "felder",
    [
        {"institutionskennzeichen": "460900017"},
        {"email": "Info@x.example"},
        {"telefon": "(07999) 51 00"},
    ],
)
def test_same_number_or_mail_makes_a_double_whatever_the_name(felder):
    gleich = {k: v.lower() if k == "email" else v for k, v in felder.items()}
    eins = make_stelle("Praxis A", ort="A", plz="10115", **gleich)
    zwei = make_stelle("Klinik B", ort="B", plz="20095", **felder)
    make_stelle("Gericht", "sozialgericht", ort="B", plz="20095", **felder)
    assert [(p.erster, p.zweiter) for p in moegliche_doppel(Gattung.STELLE)] == [(eins, zwei)]
    werte = {"name": "Neu", "plz": "80331", "ort": "C", "art": "arzt", **felder}
    assert aehnliche_eintraege(Gattung.STELLE, werte) == [eins, zwei]


def test_candidates_are_of_the_same_kind_and_authority():
    eins = make_kasse("Kasse Musterau")
    zwei = make_kasse("Kasse Musterau GmbH", ort="Seeheim")
    make_kasse("Kasse Musterau eigen", eigener=True)
    make_kasse("Kasse Musterau Kranken", art="krankenkasse")
    assert candidates_for(eins) == [zwei]


def test_two_leistungstraeger_do_not_bear_one_name(admin):
    make_kasse("Kasse")
    with pytest.raises(SchrittUnzulaessig, match="gibt es schon"):
        service.update_eintrag(eintrag=make_kasse("Zwei"), werte={"name": "Kasse"}, by=admin)
    assert Leistungstraeger.objects.filter(name="Kasse").count() == 1
