"""An amount is what its Rechenweg gives: hours, rates and Pflegegrad are computed, never typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.bemessung.forms import TeilbudgetForm, saetze_am
from budget.bemessung.queries import own_satz, recompute, recompute_all, werte_of_teilbudget
from budget.models import Teilbudget
from budget.verfahren.services import update_budget
from cases.behoerde.services.eigener_wert import create_eigener_wert, release_eigener_wert
from cases.models import Pflegeeinstufung
from cases.states.tafel import SchrittUnzulaessig
from recht.bemessung import stunden, summe
from recht.entscheidung import Entscheidungsrolle
from recht.leistung import leistung_of
from tests.budget import fabriken
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
GRAD2, GRAD3 = "pflegesachleistung.grad2", "pflegesachleistung.grad3"
B3 = {"art": "stunden", "bezeichnung": "Assistenz", "anzahl": "6", "je": "woche", "satz": "42.50"}


@pytest.fixture
def akte_b():
    akte = fabriken.make_akte(fabriken.B)
    fabriken.start(akte)
    return akte


def _row(akte, kurz: str) -> Teilbudget:
    return akte.budget.teilbudgets.get(leistung=akte.leistungen[kurz])


def _grade(akte, stand: str, ab: date = date(2025, 1, 1)) -> None:
    Pflegeeinstufung.objects.create(
        leistungsberechtigte_person=akte.case.leistungsberechtigte_person,
        stand=stand,
        gueltig_ab=ab,
    )


def test_hours_times_rate_times_factor_is_computed_and_frozen(akte_b):
    fabriken.teil(akte_b, "teilhabe", "stunden", positionen=[B3])
    row = _row(akte_b, "teilhabe")
    assert (row.betrag, row.betrag_eingegeben) == (Decimal("1105.00"), None)
    assert row.positionen == [{**B3, "wochenfaktor": ""}]
    assert row.rechenweg[0]["text"] == (
        "Assistenz: 6 Stunden je Woche × 42,50 € × 52/12 = 1.105,00 €"
    )


def test_factor_of_the_authority_is_kept_with_the_teilbudget(akte_b):
    admin, zweite = make_user("adm", "Fachadministration"), make_user("adm2", "Fachadministration")
    wert = create_eigener_wert(
        schluessel="wochenfaktor",
        gueltig_ab=date(2026, 1, 1),
        zahl=Decimal("4.33"),
        begruendung="Verfügung",
        by=admin,
        tag=date(2026, 1, 2),
    )
    release_eigener_wert(wert=wert, by=zweite, tag=date(2026, 1, 2))
    fabriken.teil(akte_b, "teilhabe", "stunden", positionen=[B3])
    row = _row(akte_b, "teilhabe")
    assert (row.betrag, row.positionen[0]["wochenfaktor"]) == (Decimal("1104.15"), "4.33")
    # Whatever the authority sets later: this amount can be computed again.
    assert recompute(row, akte_b.budget.beginn) == Decimal("1104.15")


def test_mix_is_rounded_once_at_the_end(akte_b):
    teile = [
        {"art": "stunden", "anzahl": "3", "je": "woche", "satz": "48.00"},
        {"art": "stunden", "anzahl": "4", "je": "woche", "satz": "12.00"},
        {"art": "sachkosten", "bezeichnung": "Fahrten", "betrag": "46.00"},
    ]
    fabriken.teil(akte_b, "teilhabe", "stunden", positionen=teile)
    row = _row(akte_b, "teilhabe")
    assert row.betrag == Decimal("878.00")
    assert [s["text"].split(":")[0] for s in row.rechenweg][-2:] == ["Fahrten", "Summe"]


def test_three_parts_with_a_third_of_a_cent_are_one_cent_together():
    # One hour at 10,00 € a week are 43,3333… €, three of them exactly 130,00 €.
    tag = date(2026, 5, 1)
    eine = stunden(Decimal(1), Decimal(10), "woche", tag)
    ergebnis = summe([eine, eine, eine])
    assert ergebnis.betrag == Decimal("130.00")
    assert ergebnis.rechenweg[-1].text.endswith(
        "= 130,00 €; gerundet ist nur die Summe, nicht jede Position für sich"
    )
    assert summe([eine]).betrag == Decimal("43.33")


@pytest.mark.parametrize(
    ("positionen", "satz"),
    [
        ([], "Stunden mit ihrem Satz oder Sachkosten"),
        ([{**B3, "anzahl": "0"}], "größer als 0,00 €"),
        ([{**B3, "je": "tag"}], "zulässig sind woche und monat"),
    ],
)
def test_hours_that_cannot_be_are_refused(akte_b, positionen, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        fabriken.teil(akte_b, "teilhabe", "stunden", positionen=positionen)


def test_calculation_in_the_reason_is_refused(akte_b):
    with pytest.raises(SchrittUnzulaessig, match="nach Stunden und Sachkosten berechnet"):
        fabriken.teil(
            akte_b,
            "teilhabe",
            "individuell",
            betrag=Decimal("1430.00"),
            abweichung_grund="8 × 41,25 × 4,33",
        )


@pytest.mark.parametrize("zurueck", [None, Decimal("796.00")])
def test_amount_follows_the_rate_when_it_changes(akte_b, zurueck):
    fabriken.teil(akte_b, "pflegekasse", "gutschein", parameter_schluessel=GRAD2)
    assert (_row(akte_b, "pflegekasse").betrag, _row(akte_b, "pflegekasse").betrag_eingegeben) == (
        Decimal("796.00"),
        None,
    )
    # The form sends back what it showed: nothing, or the amount that the old rate gave.
    fabriken.teil(akte_b, "pflegekasse", "gutschein", parameter_schluessel=GRAD3, betrag=zurueck)
    row = _row(akte_b, "pflegekasse")
    assert row.betrag == Decimal("1497.00")
    assert "1.497,00 €" in row.rechenweg[0]["text"]
    assert row.rechenweg[-1]["text"] == "Vom Leistungsträger mitgeteilt: 1.497,00 € im Monat"


def test_lower_amount_that_was_typed_stays(akte_b):
    fabriken.teil(
        akte_b, "pflegekasse", "gutschein", parameter_schluessel=GRAD2, betrag=Decimal("700")
    )
    row = _row(akte_b, "pflegekasse")
    assert (row.betrag, row.betrag_eingegeben) == (Decimal("700.00"), Decimal("700.00"))
    assert werte_of_teilbudget(row)["betrag"] == Decimal("700.00")


def test_form_never_shows_a_computed_amount_as_typed(akte_b):
    fabriken.teil(akte_b, "pflegekasse", "gutschein", parameter_schluessel=GRAD2)
    fabriken.teil(akte_b, "teilhabe", "stunden", positionen=[B3])
    assert werte_of_teilbudget(_row(akte_b, "pflegekasse"))["betrag"] is None
    werte = werte_of_teilbudget(_row(akte_b, "teilhabe"))
    assert (werte["betrag"], werte["stunden_1"], werte["satz_1"]) == (None, "6", Decimal("42.50"))


def test_amount_of_another_pflegegrad_needs_a_reason(akte_b):
    _grade(akte_b, "grad_2")
    person = akte_b.case.leistungsberechtigte_person
    assert own_satz(person, "pk_pflegesachleistung", akte_b.budget.beginn) == GRAD2
    with pytest.raises(SchrittUnzulaessig, match="eine andere Einstufung erfasst"):
        fabriken.teil(akte_b, "pflegekasse", "gutschein", parameter_schluessel=GRAD3)
    fabriken.teil(
        akte_b,
        "pflegekasse",
        "gutschein",
        parameter_schluessel=GRAD3,
        satz_grund="Höherstufung ist zugesagt.",
    )
    assert _row(akte_b, "pflegekasse").rechenweg[1]["text"] == (
        "Andere Einstufung als erfasst: Höherstufung ist zugesagt."
    )


@pytest.mark.parametrize("stand", ["grad_1", "keiner"])
def test_einstufung_without_such_a_benefit_preselects_nothing(akte_b, stand):
    _grade(akte_b, stand)
    person = akte_b.case.leistungsberechtigte_person
    assert own_satz(person, "pk_pflegesachleistung", akte_b.budget.beginn) == ""


def test_rate_of_another_leistung_is_refused(akte_b):
    with pytest.raises(SchrittUnzulaessig, match="gehört nicht zu „Pflegesachleistung"):
        fabriken.teil(akte_b, "pflegekasse", "gutschein", parameter_schluessel="pflegegeld.grad2")


def test_only_fitting_rates_are_offered():
    namen = [schluessel for schluessel, _ in saetze_am(fabriken.B.beginn, ["pk_pflegegeld"])]
    assert namen == [f"pflegegeld.grad{n}" for n in (2, 3, 4, 5)]
    assert saetze_am(fabriken.B.beginn, ["sh_hilfe_zur_pflege"]) == []


def test_amount_that_does_not_follow_from_its_rate_any_more_closes_the_step(akte_b):
    fabriken.bemiss(akte_b)
    budget = akte_b.budget
    angaben = {
        name: getattr(budget, name)
        for name in ("ende", "befristungsgrund", "vergleichssumme", "deckel_ausnahme")
    }
    budget.antrag.eingang = date(2024, 5, 2)
    budget.antrag.save()
    akte_b.budget = update_budget(
        budget=budget,
        antrag=budget.antrag,
        beginn=date(2024, 5, 1),
        bindung_ab=budget.bindung_ab,
        by=akte_b.fallmanager,
        tag=akte_b.tage.plan,
        **angaben,
    )
    # PG 2: 796 € since 2025, 761 € in 2024.
    assert recompute_all(akte_b.budget)[_row(akte_b, "pflegekasse").pk] == Decimal("761.00")
    with pytest.raises(SchrittUnzulaessig, match="Setzen Sie das Teilbudget neu fest"):
        fabriken._measure(akte_b)
    # What followed from the beginning follows it again.
    assert akte_b.budget.bindung_ab == date(2024, 5, 1)


@pytest.mark.parametrize("kurz", ["teilhabe", "grundsicherung", "pflegekasse", "pflege"])
def test_revision_can_compute_every_amount_again(akte, kurz):
    fabriken.bemiss(akte)
    row = _row(akte, kurz)
    assert recompute(row, akte.budget.beginn) == row.betrag


def _form(daten: dict, schluessel: str = "b_assistenz", **kwargs: object) -> TeilbudgetForm:
    grund = {"bemessungsart": "stunden", "auszahlungsform": "geld", "nachweisart": "belege"}
    return TeilbudgetForm(
        {**grund, **daten},
        stichtag=fabriken.B.beginn,
        moeglich=(leistung_of(schluessel),),
        **kwargs,
    )


def test_form_reads_hours_and_sachkosten():
    form = _form(
        {
            "stunden_1": "2,5",
            "je_1": "woche",
            "satz_1": "48,00",
            "wofuer_1": "Fachkraft",
            "sachkosten": "46",
            "betrag": "1",
        }
    )
    assert form.is_valid(), form.errors
    assert form.angaben["betrag"] is None
    assert form.angaben["positionen"] == [
        {
            "art": "stunden",
            "bezeichnung": "Fachkraft",
            "anzahl": "2.5",
            "je": "woche",
            "satz": "48.00",
        },
        {"art": "sachkosten", "bezeichnung": "", "betrag": "46.00"},
    ]


@pytest.mark.parametrize(
    ("daten", "feld"),
    [
        ({}, "stunden_1"),
        ({"stunden_1": "3"}, "satz_1"),
        ({"satz_2": "40"}, "stunden_2"),
        ({"stunden_1": "drei", "satz_1": "40"}, "stunden_1"),
        ({"stunden_1": "0", "satz_1": "40"}, "stunden_1"),
        ({"bemessungsart": "individuell"}, "betrag"),
    ],
)
def test_form_tells_what_is_missing_at_its_field(daten, feld):
    form = _form(daten)
    assert not form.is_valid()
    assert list(form.errors) == [feld]


def test_form_asks_for_the_reason_of_another_pflegegrad():
    daten = {"bemessungsart": "gutschein", "parameter_schluessel": GRAD3}
    form = _form(daten, "pk_pflegesachleistung", eigene_stufe="grad2")
    assert "satz_grund" in form.errors
    assert _form(daten, "pk_pflegesachleistung", eigene_stufe="grad3").is_valid()
    assert _form(daten, "pk_pflegesachleistung").is_valid()


def test_form_asks_which_leistung_it_is_only_where_the_plan_does_not_say():
    assert "katalogschluessel" not in _form({}).fields
    form = TeilbudgetForm(
        {},
        stichtag=fabriken.B.beginn,
        moeglich=(leistung_of("pk_pflegegeld"), leistung_of("pk_tagespflege")),
        rollen=tuple(Entscheidungsrolle),
    )
    assert "Bitte wählen Sie, welche Leistung" in form.errors["katalogschluessel"][0]
    assert "entscheidung" in form.fields
