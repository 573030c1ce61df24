"""Each legal precondition of the budget, at its edges."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal

import pytest

from budget import guards
from budget.bescheid.schreiben.rechtsbehelf import DECKUNG
from budget.models import genannte_paragrafen
from cases.models import Leistungstraeger, Weiterleitung
from cases.registry.schritt import Hindernis
from gesamtplan.models import Gesamtplan
from tests.budget import fabriken
from tests.fabriken import make_fall, make_traeger, make_user

pytestmark = pytest.mark.django_db


def test_every_guard_opens_with_its_citation():
    found = [
        function
        for _, function in inspect.getmembers(guards, inspect.isfunction)
        if function.__module__ == guards.__name__ and not function.__name__.startswith("_")
    ]
    assert len(found) == 22
    start = ("§ ", "BSG ", "KVJS")
    assert [f.__name__ for f in found if not (f.__doc__ or "").startswith(start)] == []
    assert [f.__name__ for f in found if f"test_{f.__name__}" not in globals()] == []


@pytest.mark.parametrize(
    ("norm", "buch", "genannt"),
    [
        ("§ 36 SGB XI", "SGB XI", {"36"}),
        ("§§ 61, 63 SGB XII", "SGB XI", set()),
        ("§ 113 Abs. 2 Nr. 2, § 78 SGB IX", "SGB IX", {"113", "78"}),
        ("§§ 53, 54 SGB XII i. V. m. § 55 SGB IX", "SGB XII", {"53", "54"}),
        ("§ 64b SGB XII", "SGB XII", {"64b"}),
    ],
)
def test_paragrafen_of_a_book(norm, buch, genannt):
    assert genannte_paragrafen(norm, buch) == genannt


def test_gesamtplan_freigegeben(akte):
    entwurf = Gesamtplan(state="entwurf")
    assert guards.gesamtplan_freigegeben(akte.plan, akte.tage.beginn) is None
    assert guards.gesamtplan_freigegeben(entwurf, date(2005, 12, 1)).norm == "§ 58 SGB XII"
    hindernis = guards.gesamtplan_freigegeben(entwurf, date(2026, 1, 1))
    assert hindernis.norm == "§ 120 Abs. 2 SGB IX, § 121 SGB IX"
    # Part 2 of SGB IX came into force in 2020.
    hindernis = guards.gesamtplan_freigegeben(entwurf, date(2019, 12, 31))
    assert hindernis.norm == "§§ 141-145 SGB XII"


@pytest.mark.parametrize(
    ("beginn", "offen"), [(date(2005, 8, 31), False), (date(2005, 9, 1), True)]
)
def test_beginn_nicht_vor_antragsmonat(akte, beginn, offen):
    antrag = akte.case.antraege.get()
    assert (guards.beginn_nicht_vor_antragsmonat(antrag, beginn) is None) == offen
    assert guards.beginn_nicht_vor_antragsmonat(None, beginn).text.startswith("Für diesen Fall")


def test_antrag_im_fall(akte):
    antrag = akte.case.antraege.get()
    assert guards.antrag_im_fall(antrag, akte.case) is None
    fremd = make_fall(akte.fallmanager, eingang=akte.tage.eingang)
    assert "zu einem anderen Fall" in guards.antrag_im_fall(antrag, fremd).text
    rente = make_traeger("rentenversicherung", "Rentenversicherung")
    Weiterleitung.objects.create(antrag=antrag, an=rente, am=akte.tage.eingang, grund="Reha")
    assert guards.antrag_im_fall(antrag, akte.case).norm == "§ 14 Abs. 2 S. 4 SGB IX"


def test_befristung_begruendet():
    ende = date(2027, 1, 31)
    assert guards.befristung_begruendet(None, "") is None
    assert guards.befristung_begruendet(ende, "Umzug im Januar") is None
    assert guards.befristung_begruendet(ende, "  ").norm.endswith("B 8 SO 9/19 R")


@pytest.mark.parametrize(
    ("beginn", "ende", "warnt"),
    [
        (date(2005, 12, 1), date(2007, 11, 30), False),
        (date(2005, 12, 1), date(2007, 12, 1), True),
        (date(2005, 12, 1), None, False),
        (date(2026, 5, 1), date(2029, 4, 30), False),
    ],
)
def test_zeitraum_hoechstens_zwei_jahre(beginn, ende, warnt):
    assert (guards.zeitraum_hoechstens_zwei_jahre(beginn, ende) is not None) == warnt


def test_teilbudgets_vorhanden(akte):
    budget = fabriken.start(akte)
    leistungen = list(akte.leistungen.values())
    fehlt = guards.teilbudgets_vorhanden(budget, leistungen)
    assert fehlt == Hindernis(
        "Es ist noch kein Teilbudget festgesetzt.", "§ 17 Abs. 3 S. 3 SGB IX a.F."
    )
    fabriken.teil(akte, "pflege", "individuell", betrag=Decimal("413"))
    offen = guards.teilbudgets_vorhanden(budget, leistungen)
    assert offen.text == (
        "Noch nicht bemessen: Teilhabe am Leben in der Gemeinschaft, Häusliche Pflegehilfe."
    )
    fabriken.bemiss(akte)
    assert guards.teilbudgets_vorhanden(budget, leistungen) is None


@pytest.mark.parametrize(
    ("vergleich", "ausnahme", "offen"),
    [("2384.00", "", True), ("2383.99", "", False), ("2383.99", "Mehrbedarf", True)],
)
def test_deckel_eingehalten(akte, vergleich, ausnahme, offen):
    fabriken.start(akte, vergleichssumme=Decimal(vergleich), deckel_ausnahme=ausnahme)
    fabriken.bemiss(akte)
    hindernis = guards.deckel_eingehalten(akte.budget)
    assert (hindernis is None) == offen
    if hindernis:
        assert "um 0,01 €" in hindernis.text


def test_deckel_eingehalten_asks_for_the_cost_to_compare_with(akte):
    budget = fabriken.start(akte, vergleichssumme=None)
    assert guards.deckel_eingehalten(budget).norm == "§ 17 Abs. 3 S. 4 SGB IX a.F."


@pytest.mark.parametrize(
    ("art", "norm", "form", "offen"),
    [
        ("pflegekasse", "§ 36 SGB XI", "geld", False),
        ("pflegekasse", "§ 36 SGB XI", "gutschein", True),
        ("pflegekasse", "§§ 38, 41 SGB XI", "geld", False),
        ("pflegekasse", "§§ 37, 38 SGB XI", "geld", True),
        ("pflegekasse", "§ 37 SGB XI", "geld", True),
        ("sozialhilfe", "§ 36 SGB XI", "geld", True),
    ],
)
def test_pflegesachleistung_nur_als_gutschein(art, norm, form, offen):
    assert (guards.pflegesachleistung_nur_als_gutschein(art, norm, form) is None) == offen


def test_stellungnahmen_der_traeger(akte):
    fabriken.bemiss(akte)
    assert guards.stellungnahmen_der_traeger(akte.budget) is None
    fabriken.teil(akte, "pflegekasse", "gutschein", betrag=Decimal("921"))
    hindernis = guards.stellungnahmen_der_traeger(akte.budget)
    assert hindernis.text == "Das Datum der Stellungnahme fehlt: AOK Probe."
    assert hindernis.norm == "§ 3 Abs. 1 BudgetV"


@pytest.mark.parametrize(
    ("tage", "schluessel", "norm"),
    [
        (fabriken.A, "nachweis", "§ 4 Abs. 1 Nr. 2 BudgetV"),
        (fabriken.B, "hoehe", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"),
    ],
)
def test_pflichtinhalte_der_zielvereinbarung(tage, schluessel, norm):
    akte = fabriken.tell("entwurf", tage)
    check = guards.pflichtinhalte_der_zielvereinbarung
    assert check(akte.zielvereinbarung, tage.beginn) is None
    akte.zielvereinbarung.vereinbarungsinhalte.filter(schluessel=schluessel).update(text=" ")
    assert check(akte.zielvereinbarung, tage.beginn).norm == norm


def test_pflichtinhalte_der_zielvereinbarung_leave_the_amount_free_in_the_old_law():
    akte = fabriken.tell("entwurf")
    akte.zielvereinbarung.vereinbarungsinhalte.filter(schluessel="hoehe").update(text="")
    check = guards.pflichtinhalte_der_zielvereinbarung
    assert check(akte.zielvereinbarung, akte.tage.beginn) is None


def test_summe_stimmt(vorgelegt):
    row = vorgelegt.zielvereinbarung
    assert guards.summe_stimmt(vorgelegt.budget, row) is None
    assert guards.summe_stimmt(vorgelegt.budget, None) is None
    row.schreiben.daten["summen"]["gesamt"] = "2714.01"
    hindernis = guards.summe_stimmt(vorgelegt.budget, row)
    assert hindernis.text == "Die Teilbudgets ergeben 2.714,00 €, vereinbart sind 2.714,01 €."


_NUR_PFLEGE = (("pflegekasse", "pflegekasse", "Pflegehilfe", "§ 36 SGB XI"),)


def _only_pflegekasse(tage):
    akte = fabriken.make_akte(tage, leistungen=_NUR_PFLEGE)
    fabriken.start(akte)
    fabriken.teil(akte, "pflegekasse", "gutschein", betrag=Decimal("700"))
    return akte


def test_nur_pflegekassen(akte):
    fabriken.bemiss(akte)
    assert guards.nur_pflegekassen(akte.budget).norm == "§ 29 Abs. 4 S. 3 SGB IX"


@pytest.mark.parametrize(("tage", "offen"), [(fabriken.A, False), (fabriken.B, True)])
def test_nur_pflegekassen_is_an_exception_of_the_new_law(tage, offen):
    assert (guards.nur_pflegekassen(_only_pflegekasse(tage).budget) is None) == offen


def test_zielvereinbarung_unterzeichnet(vorgelegt):
    budget, row = vorgelegt.budget, vorgelegt.zielvereinbarung
    assert guards.zielvereinbarung_unterzeichnet(budget, row) is None
    row.state = "ausgefertigt"
    hindernis = guards.zielvereinbarung_unterzeichnet(budget, row)
    assert hindernis.norm == "§ 3 Abs. 5 BudgetV, § 4 BudgetV"
    assert guards.zielvereinbarung_unterzeichnet(budget, None) == hindernis


def test_zielvereinbarung_unterzeichnet_is_not_asked_of_pflegekassen_alone():
    akte = _only_pflegekasse(fabriken.B)
    assert guards.zielvereinbarung_unterzeichnet(akte.budget, None) is None


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (date(2026, 4, 7), "liegt vor der Ausfertigung am 08.04.2026"),
        (date(2026, 4, 8), ""),
        (date(2026, 4, 15), ""),
        (date(2026, 4, 16), "liegt in der Zukunft"),
    ],
)
def test_unterschriften_zeitlich_moeglich(tag, text):
    hindernis = guards.unterschriften_zeitlich_moeglich(
        date(2026, 4, 8), [date(2026, 4, 8), tag], date(2026, 4, 15)
    )
    assert text in (hindernis.text if hindernis else "")
    assert (hindernis is None) == (text == "")


def test_laufzeit_gleich_zielvereinbarung(vorgelegt):
    budget, row = vorgelegt.budget, vorgelegt.zielvereinbarung
    assert guards.laufzeit_gleich_zielvereinbarung(budget, row) is None
    assert guards.laufzeit_gleich_zielvereinbarung(budget, None) is None
    row.gueltig_bis = date(2007, 11, 29)
    hindernis = guards.laufzeit_gleich_zielvereinbarung(budget, row)
    assert hindernis.norm == "§ 4 Abs. 3 BudgetV"


def test_konto_vorhanden(vorgelegt):
    person = vorgelegt.case.leistungsberechtigte_person
    tag = date(2006, 1, 1)
    assert guards.konto_vorhanden(vorgelegt.budget, person, tag) is None
    assert guards.konto_vorhanden(vorgelegt.budget, person, date(1999, 12, 31)) is not None
    person.bankverbindungen.update(gueltig_bis=date(2005, 12, 31))
    assert guards.konto_vorhanden(vorgelegt.budget, person, tag).norm == "§ 47 SGB I"


def test_konto_vorhanden_is_not_asked_for_vouchers():
    akte = _only_pflegekasse(fabriken.B)
    person = akte.case.leistungsberechtigte_person
    person.bankverbindungen.all().delete()
    assert guards.konto_vorhanden(akte.budget, person, date(2026, 1, 1)) is None


def test_anschrift_vollstaendig(akte):
    person = akte.case.leistungsberechtigte_person
    assert guards.anschrift_vollstaendig(person, date(2005, 11, 1)) is None
    assert guards.anschrift_vollstaendig(person, date(1999, 12, 31)).norm == "§ 37 Abs. 1 SGB X"
    person.anschriften.update(ort=" ")
    assert guards.anschrift_vollstaendig(person, date(2005, 11, 1)) is not None


@pytest.mark.parametrize(
    ("tag", "offen"),
    [
        (date(2005, 11, 30), False),
        (date(2005, 12, 1), True),
        (date(2007, 11, 30), True),
        (date(2007, 12, 1), False),
    ],
)
def test_erste_auszahlung_im_zeitraum(akte, tag, offen):
    budget = fabriken.start(akte)
    assert (guards.erste_auszahlung_im_zeitraum(budget, tag) is None) == offen


@pytest.mark.parametrize(
    ("tag", "offen"),
    [
        (date(2003, 12, 31), False),
        (date(2004, 1, 1), True),
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
    ],
)
def test_rechtsbehelfsbelehrung_fuer_den_tag(tag, offen):
    assert (guards.rechtsbehelfsbelehrung_fuer_den_tag(tag, DECKUNG) is None) == offen


def test_freigabe_durch_zweite_person(vorgelegt):
    bescheid = vorgelegt.bescheid
    assert guards.freigabe_durch_zweite_person(bescheid, vorgelegt.leitung) is None
    assert guards.freigabe_durch_zweite_person(bescheid, vorgelegt.fallmanager) is not None
    zweite = make_user("zweite", "Sachgebietsleitung")
    bescheid.bearbeitet_von = zweite
    assert guards.freigabe_durch_zweite_person(bescheid, zweite).text.startswith("Sie haben")


def test_begruendung_vorhanden(vorgelegt):
    assert guards.begruendung_vorhanden(vorgelegt.bescheid) is None
    vorgelegt.bescheid.begruendung = "\n "
    assert guards.begruendung_vorhanden(vorgelegt.bescheid).norm == "§ 35 Abs. 1 SGB X"


@pytest.mark.parametrize(("tag", "offen"), [(date(2007, 11, 30), False), (date(2007, 12, 1), True)])
def test_bewilligungszeitraum_abgelaufen(akte, tag, offen):
    budget = fabriken.start(akte)
    assert (guards.bewilligungszeitraum_abgelaufen(budget, tag) is None) == offen
    budget.ende = None
    assert "bis auf Weiteres" in guards.bewilligungszeitraum_abgelaufen(budget, tag).text


def test_traeger_of_the_factory_are_own_and_foreign(akte):
    assert list(Leistungstraeger.objects.values_list("art", "eigener")) == [
        ("sozialhilfe", True),
        ("pflegekasse", False),
    ]
