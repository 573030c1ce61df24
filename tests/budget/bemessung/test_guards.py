"""Each legal precondition of the Bemessung, at its edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection

from budget.bemessung import guards
from budget.bemessung.queries import list_daneben, recompute_all
from budget.models import Teilbudget
from cases.models import Leistungstraeger, Traegerbeteiligung
from cases.registry.schritt import Hindernis
from gesamtplan.models import Leistung
from recht.leistung import alle_leistungen
from recht.vorgriff import PAKET
from tests.budget import fabriken
from tests.fabriken import norm_of

pytestmark = pytest.mark.django_db


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
    if offen:
        assert hindernis is None
    else:
        assert "um 0,01 €" in hindernis.text


def test_deckel_eingehalten_asks_for_the_cost_to_compare_with(akte):
    budget = fabriken.start(akte, vergleichssumme=None)
    assert guards.deckel_eingehalten(budget).norm == "§ 17 Abs. 3 S. 4 SGB IX a.F."


@pytest.mark.parametrize(
    ("art", "schluessel", "form", "offen"),
    [
        ("pflegekasse", "pk_pflegesachleistung", "geld", False),
        ("pflegekasse", "pk_pflegesachleistung", "gutschein", True),
        ("pflegekasse", "pk_kombination_sachleistung", "geld", False),
        ("pflegekasse", "pk_kombination_sachleistung", "gutschein", True),
        ("pflegekasse", "pk_tagespflege", "geld", False),
        ("pflegekasse", "pk_pflegehilfsmittel", "geld", False),
        ("pflegekasse", "pk_kombination_geld", "geld", True),
        ("pflegekasse", "pk_kombination_geld", "gutschein", False),
        ("pflegekasse", "pk_pflegegeld", "geld", True),
        ("pflegekasse", "pk_pflegegeld", "gutschein", False),
        # What is not assigned is no money: its text may name § 37 and whatever else.
        ("pflegekasse", "", "geld", False),
        ("pflegekasse", "", "gutschein", True),
        # The benefit of a Pflegekasse stays one, whoever it is entered for.
        ("sozialhilfe", "pk_pflegesachleistung", "geld", False),
        ("sozialhilfe", "sh_hilfe_zur_pflege", "geld", True),
        ("sozialhilfe", "", "geld", True),
    ],
)
def test_pflegesachleistung_nur_als_gutschein(art, schluessel, form, offen):
    hindernis = guards.pflegesachleistung_nur_als_gutschein(art, schluessel, form)
    assert norm_of(hindernis) == ("" if offen else "§ 35a SGB XI")


def test_money_of_a_pflegekasse_is_told_apart_by_its_key_alone():
    geld = {
        schluessel
        for schluessel in (*alle_leistungen(), "")
        if guards.pflegesachleistung_nur_als_gutschein("pflegekasse", schluessel, "geld") is None
        and (schluessel == "" or "pflegekasse" in alle_leistungen()[schluessel].traeger)
    }
    assert geld == {"pk_pflegegeld", "pk_kombination_geld"}


def test_leistungen_zugeordnet(akte):
    fabriken.bemiss(akte)
    assert guards.leistungen_zugeordnet(akte.budget) is None
    rows = Teilbudget.objects.filter(leistung=akte.leistungen["pflege"])
    rows.update(katalogschluessel="")
    hindernis = guards.leistungen_zugeordnet(akte.budget)
    assert hindernis.text.endswith("Hilfe zur Pflege. Wählen Sie sie am Teilbudget aus.")
    assert hindernis.norm == "§ 35 Abs. 1 SGB X"
    rows.update(katalogschluessel="jh_eingliederungshilfe")
    assert "ist keine Leistung von Landkreis" in guards.leistungen_zugeordnet(akte.budget).text
    akte.budget.state = "vereinbart"
    assert guards.leistungen_zugeordnet(akte.budget) is None


def test_satz_passt_zur_leistung():
    assert guards.satz_passt_zur_leistung("pk_pflegegeld", "pflegegeld.grad2") is None
    assert guards.satz_passt_zur_leistung("pk_pflegesachleistung", "pflegesachleistung.x") is None
    fremd = guards.satz_passt_zur_leistung("pk_pflegesachleistung", "pflegegeld.grad2")
    assert fremd.text == (
        "Dieser gesetzliche Betrag gehört nicht zu „Pflegesachleistung, häusliche Pflegehilfe“."
    )
    assert "ohne Zuordnung" in guards.satz_passt_zur_leistung("", "pflegegeld.grad2").text


@pytest.mark.parametrize(
    ("text", "offen"),
    [
        ("8 × 41,25 × 4,33", False),
        ("8 Stunden", True),
        ("8 x 41,25", False),
        ("8*41", False),
        ("6 mal 42,50 Euro", False),
        ("zweimal in der Woche", True),
        ("§ 78 SGB IX, Stufe 2", True),
        ("", True),
    ],
)
def test_begruendung_ohne_rechnung(text, offen):
    for beginn, fundstelle in (
        (date(2017, 12, 31), "§ 17 Abs. 3 S. 3 SGB IX a.F."),
        (date(2018, 1, 1), "§ 29 Abs. 2 S. 6 SGB IX"),
    ):
        norm = norm_of(guards.begruendung_ohne_rechnung(text, beginn))
        assert norm == ("" if offen else fundstelle)


def test_getrennte_bewilligung_dokumentiert(akte):
    fabriken.bemiss(akte)
    assert guards.getrennte_bewilligung_dokumentiert(akte.budget) is None
    Teilbudget.objects.filter(leistung=akte.leistungen["pflegekasse"]).update(
        entscheidung="eigener_name"
    )
    hindernis = guards.getrennte_bewilligung_dokumentiert(akte.budget)
    assert (hindernis.norm, "Häusliche Pflegehilfe" in hindernis.text) == (
        "§ 15 Abs. 3 S. 1 SGB IX",
        True,
    )


def test_betraege_nachgerechnet(akte):
    fabriken.bemiss(akte)
    assert guards.betraege_nachgerechnet(akte.budget, recompute_all(akte.budget)) is None
    rows = Teilbudget.objects.filter(leistung=akte.leistungen["pflegekasse"])
    rows.update(betrag=Decimal("920.00"))
    hindernis = guards.betraege_nachgerechnet(akte.budget, recompute_all(akte.budget))
    assert (hindernis.norm, "Häusliche Pflegehilfe" in hindernis.text) == (
        "§ 17 Abs. 3 S. 3 SGB IX a.F.",
        True,
    )
    rows.update(parameter_schluessel="pflegesachleistung.grad2")
    assert recompute_all(akte.budget)[rows.get().pk] is None
    akte.budget.state = "vereinbart"
    assert guards.betraege_nachgerechnet(akte.budget, recompute_all(akte.budget)) is None


def test_stellungnahmen_der_traeger(akte):
    fabriken.bemiss(akte)
    assert guards.stellungnahmen_der_traeger(akte.budget) is None
    Traegerbeteiligung.objects.update(eingegangen_am=None)
    fabriken.teil(akte, "pflegekasse", "gutschein", betrag=Decimal("921"))
    hindernis = guards.stellungnahmen_der_traeger(akte.budget)
    assert hindernis.text == "Das Datum der Stellungnahme fehlt: AOK Probe."
    assert hindernis.norm == "§ 3 Abs. 1 BudgetV"


def test_traeger_of_the_factory_are_own_and_foreign(akte):
    assert list(Leistungstraeger.objects.values_list("art", "eigener")) == [
        ("sozialhilfe", True),
        ("pflegekasse", False),
    ]


def test_pflegesachleistungen_als_gutschein(akte):
    fabriken.bemiss(akte)
    assert guards.pflegesachleistungen_als_gutschein(akte.budget) is None
    teil = akte.budget.teilbudgets.get(leistung=akte.leistungen["pflegekasse"])
    teil.auszahlungsform, teil.bemessungsart = "geld", "individuell"
    teil.save()
    assert guards.pflegesachleistungen_als_gutschein(akte.budget).norm == "§ 35a SGB XI"


def test_bemessung_abgeschlossen(akte):
    budget = fabriken.start(akte)
    hindernis = guards.bemessung_abgeschlossen(budget)
    assert (hindernis.text, hindernis.norm) == (
        "Die Bemessung der Teilbudgets ist noch nicht abgeschlossen.",
        "§ 17 Abs. 3 S. 3 SGB IX a.F.",
    )
    budget.state = "bemessen"
    assert guards.bemessung_abgeschlossen(budget) is None


@pytest.mark.parametrize(
    ("daneben", "ueber"),
    [
        (None, ""),  # 1.463 € against 1.500 €
        (Decimal("37.00"), ""),
        (Decimal("37.01"), "0,01"),
        (Decimal("500.00"), "463,00"),
        (Decimal("1600.00"), "1.563,00"),
    ],
)
def test_ceiling_counts_what_stays_sachleistung(akte, daneben, ueber):
    # R5, § 29 Abs. 2 S. 7 SGB IX: like is compared with like.
    fabriken.start(akte, vergleichssumme=Decimal("1500.00"), sachleistung_daneben=daneben)
    fabriken.teil(akte, "teilhabe", "individuell", betrag=Decimal("1050"), abweichung_grund="x")
    fabriken.teil(akte, "pflege", "individuell", betrag=Decimal("413"))
    hindernis = guards.deckel_eingehalten(akte.budget)
    assert norm_of(hindernis) == ("§ 17 Abs. 3 S. 4 SGB IX a.F." if ueber else "")
    if hindernis:
        assert f"um {ueber}" in hindernis.text
        assert "die Sachleistungen daneben von" in hindernis.text


def test_sachleistungen_beziffert(akte):
    fabriken.start(akte, deckel_ausnahme="")
    budget, plan = akte.budget, [Leistung(bezeichnung="Werkstatt")]
    assert guards.sachleistungen_beziffert(budget, []) is None
    hindernis = guards.sachleistungen_beziffert(budget, plan)
    assert hindernis.norm == "§ 17 Abs. 3 S. 4 SGB IX a.F."
    assert "Werkstatt" in hindernis.text
    budget.sachleistung_daneben = Decimal(0)
    assert guards.sachleistungen_beziffert(budget, plan) is None


def test_plan_names_what_stays_beside_the_budget(akte):
    fabriken.start(akte)
    assert list(list_daneben(akte.plan)) == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Leistung.objects.filter(pk=akte.leistungen["pflege"].pk).update(
            leistungsform="sachleistung"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert list(list_daneben(akte.plan)) == [akte.leistungen["pflege"]]


def test_individuell_hergeleitet(akte):
    fabriken.start(akte)
    fabriken.teil(akte, "teilhabe", "individuell", betrag=Decimal("1050"), abweichung_grund="x")
    fabriken.teil(akte, "pflege", "individuell", betrag=Decimal("413"))
    akte.budget.refresh_from_db()
    fehlt = guards.individuell_hergeleitet(akte.budget)
    assert "Hilfe zur Pflege" in fehlt.text
    assert "Teilhabe am Leben" not in fehlt.text
    akte.budget.teilbudgets.filter(leistung=akte.leistungen["pflege"]).update(abweichung_grund="y")
    assert guards.individuell_hergeleitet(akte.budget) is None
    # What is agreed already stays as it is.
    akte.budget.teilbudgets.update(abweichung_grund="y")
    akte.budget.state = "laeuft"
    assert guards.individuell_hergeleitet(akte.budget) is None


@pytest.mark.parametrize(
    ("wert", "form", "offen"),
    [
        ("gutschein", "gutschein", True),
        ("gutschein", "geld", False),
        ("geld", "geld", True),
        ("geld", "gutschein", False),
    ],
)
def test_form_of_hilfsmittel_is_what_the_authority_has_set(wert, form, offen):
    hindernis = guards.pflegesachleistung_nur_als_gutschein(
        "pflegekasse", "pk_pflegehilfsmittel", form, wert
    )
    assert norm_of(hindernis) == ("" if offen else "§ 35a SGB XI")
    # Nothing else follows this value.
    sonst = guards.pflegesachleistung_nur_als_gutschein(
        "pflegekasse", "pk_pflegesachleistung", "geld", wert
    )
    assert sonst.norm == "§ 35a SGB XI"


@pytest.mark.parametrize(
    ("leistung", "budget", "offen"),
    [
        # The Bescheid would grant half a year and the Kasse pay on.
        (("2007-12-01", "2008-05-31"), ("2007-12-01", None), False),
        (("2007-12-01", "2008-05-31"), ("2007-12-01", "2008-06-01"), False),
        (("2007-12-01", "2008-05-31"), ("2007-12-01", "2008-05-31"), True),
        # It begins later than what is paid for it.
        (("2008-01-01", None), ("2007-12-01", None), False),
        (("2007-11-01", None), ("2007-12-01", "2008-05-31"), True),
        (("2007-12-01", None), ("2007-12-01", None), True),
    ],
)
def test_leistungen_decken_zeitraum(leistung, budget, offen):
    von, bis, beginn, ende = (date.fromisoformat(t) if t else None for t in (*leistung, *budget))
    rows = [
        SimpleNamespace(leistung=SimpleNamespace(bezeichnung="Assistenz", beginn=von, ende=bis))
    ]
    akte = SimpleNamespace(
        state="beantragt", beginn=beginn, ende=ende, teilbudgets=SimpleNamespace(all=lambda: rows)
    )
    hindernis = guards.leistungen_decken_zeitraum(akte)
    assert norm_of(hindernis) == ("" if offen else "§ 33 Abs. 1 SGB X")
    akte.state = "laeuft"
    assert guards.leistungen_decken_zeitraum(akte) is None


def pflegeteile(*teile: tuple[str, str, str]):
    """A budget of 2026 that is being measured, with Teilbudgets that are not saved."""
    rows = [
        Teilbudget(katalogschluessel=key, betrag=Decimal(betrag), parameter_schluessel=satz)
        for key, betrag, satz in teile
    ]
    return SimpleNamespace(
        state="beantragt", beginn=date(2026, 1, 1), teilbudgets=SimpleNamespace(all=lambda: rows)
    )


SACH, ANTEIL = "pk_kombination_sachleistung", "pk_kombination_geld"
GRAD3 = "pflegegeld.grad3"


@pytest.mark.parametrize(
    ("teile", "text"),
    [
        # Half of 1.497 € as voucher leaves half of 599 €.
        ([(SACH, "748.50", ""), (ANTEIL, "299.50", GRAD3)], ""),
        ([(SACH, "748.50", ""), (ANTEIL, "599", GRAD3)], "beträgt 299,50 €"),
        ([(SACH, "748.50", ""), (ANTEIL, "299.51", GRAD3)], "beträgt 299,50 €"),
        ([(SACH, "1600", ""), (ANTEIL, "0", GRAD3)], "bis zu 1.497,00 €"),
        ([(ANTEIL, "599", GRAD3)], "kein Anteil"),
        ([(ANTEIL, "200", GRAD3)], ""),
        ([("pk_pflegesachleistung", "1497", ""), ("pk_pflegegeld", "599", GRAD3)], "nicht neben"),
        ([(SACH, "748.50", ""), ("pk_pflegegeld", "599", GRAD3)], "nicht neben"),
        ([("pk_pflegegeld", "599", GRAD3)], ""),
        ([("pk_pflegesachleistung", "1497", "")], ""),
    ],
)
def test_kombination_stimmt(teile, text):
    hindernis = guards.kombination_stimmt(pflegeteile(*teile), PAKET)
    if not text:
        assert hindernis is None
        return
    assert text in hindernis.text
    assert hindernis.norm.startswith("§ 38")


def test_werkstatt_verglichen():
    assert guards.werkstatt_verglichen("b_assistenz", None) is None
    assert guards.werkstatt_verglichen("b_werkstatt", Decimal("1236.40")) is None
    for kosten in (None, Decimal(0)):
        norm = guards.werkstatt_verglichen("a_werkstatt", kosten).norm
        assert norm == "KVJS-Leitfaden 2010 Nr. 2.4"


def test_beratung_im_betrag():
    beginn = date(2026, 5, 1)
    assert guards.beratung_im_betrag(None, Decimal(100), beginn) is None
    assert guards.beratung_im_betrag(Decimal(100), Decimal(100), beginn) is None
    for beratung in (Decimal("100.01"), Decimal("-1")):
        found = guards.beratung_im_betrag(beratung, Decimal(100), beginn)
        assert found.norm == "§ 29 Abs. 2 S. 6 SGB IX"
