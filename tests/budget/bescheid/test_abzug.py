"""Beitrag and Einsatz: sentence, sum kept back, letter, gate of the release and Kasse agree.

The sums are the worked examples of the law (B9) and what follows from its percentages.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.bescheid.forms.bescheid import BescheidForm, haushaltsangaben
from budget.bescheid.schreiben.abzug import compute_abzug
from budget.bescheid.schreiben.vorschlag import texte_of
from budget.bescheid.schritte import BESCHEIDSCHRITTE, lage_of_bescheid
from budget.bescheid.services.bescheid import submit_bescheid, update_bescheid
from budget.models import Bescheid, PersoenlichesBudget
from budget.models.angaben import Zusatz
from budget.zahlung.queries import list_zahlungen, month_of
from cases.models import Bezugsperson, LeistungsberechtigtePerson
from tests.budget import fabriken
from tests.budget.bescheid.test_inhalte import text_of_bescheid
from tests.fabriken import make_user
from tests.uhr import HEUTE

pytestmark = pytest.mark.django_db
B_2025 = fabriken.Tage(
    date(2025, 3, 3),
    date(2025, 4, 1),
    date(2025, 4, 8),
    date(2025, 4, 15),
    date(2025, 4, 22),
    date(2025, 5, 1),
    None,
)
UE = fabriken.Tage(
    date(2018, 3, 1),
    date(2018, 4, 3),
    date(2018, 4, 9),
    date(2018, 4, 16),
    date(2018, 4, 20),
    date(2018, 5, 1),
    None,
)
TOR = "Die Auszahlung ist um Beitrag oder Einsatz gemindert"
EINZEL = {"einkommensart": "sv", "partner": "keiner"}


def make_bescheid(
    monkeypatch, tage=fabriken.B, *, betrag="2400", schluessel="b_assistenz", form="geld", pflege=""
):
    """Return the draft of a Bescheid over one or two own Leistungen, with a signed agreement."""
    art = "eingliederungshilfe" if tage.beginn >= date(2020, 1, 1) else "sozialhilfe"
    key = schluessel if art == "eingliederungshilfe" else "a_gemeinschaft_insgesamt"
    zeilen = [
        ("teilhabe", art, "Assistenz", "§ 113 SGB IX", key),
        ("pflege", "sozialhilfe", "Hilfe zur Pflege", "§ 61 SGB XII"),
    ]
    akte = fabriken.make_akte(tage, leistungen=tuple(zeilen[: 2 if pflege else 1]))
    fabriken.start(akte, vergleichssumme=Decimal(5000))
    fabriken.teil(
        akte,
        "teilhabe",
        "individuell",
        betrag=Decimal(betrag),
        auszahlungsform=form,
        abweichung_grund="Der Bedarf ist höher.",
        # What the nearest Werkstatt costs is the most that is recognised.
        zusatz=Zusatz(werkstatt_kosten=Decimal(betrag) if schluessel == "b_werkstatt" else None),
    )
    if pflege:
        fabriken.teil(
            akte,
            "pflege",
            "individuell",
            betrag=Decimal(pflege),
            abweichung_grund=fabriken.BERECHNET,
        )
    monkeypatch.setattr(fabriken, "bemiss", lambda akte: akte)
    return fabriken.insert_entworfen(fabriken.insert_vereinbart(akte))


def save(akte, **werte):
    """Save the draft with these facts."""
    akte.bescheid = update_bescheid(
        bescheid=akte.bescheid,
        erste_auszahlung=akte.tage.beginn,
        begruendung="Dem Antrag wird entsprochen.",
        by=akte.fallmanager,
        tag=akte.tage.unterschrift,
        **{n: Decimal(w) if n in GELD else w for n, w in werte.items()},
    )
    return texte_of(akte.bescheid)["einkommen_vermoegen"].gilt


GELD = {"einkommen", "vermoegen", "einkommenseinsatz"}

# What is stated, what the person contributes a month, and what the letter says of it.
BEITRAEGE = [
    # B9a is 2025: see below. 2026: 85 % of 47.460 € are 40.341 €.
    ({**EINZEL, "einkommen": "40341"}, "0", "die Grenze 40.341,00 € (§ 136 SGB IX). Es ist kein"),
    ({**EINZEL, "einkommen": "40840"}, "0", "auf volle 10 Euro abgerundet (§ 137 Abs. 2 SGB IX)"),
    ({**EINZEL, "einkommen": "40841"}, "10", "Ihr Beitrag beträgt 10,00 € im Monat"),
    ({**EINZEL, "einkommen": "60000"}, "390", "Wir ziehen ihn von der Auszahlung ab"),
    # B9b: 85 + 15 + 2 × 10 percent are 56.952 €.
    (
        {
            "einkommensart": "sv",
            "partner": "unter_grenze",
            "kinder": 2,
            "einkommen": "60000",
        },
        "60",
        "die Grenze 56.952,00 € (§ 136 SGB IX, erhöht für Ihren Partner und 2 Kinder)",
    ),
    # A partner above the limit: nothing for her, 5 percent for each child: 95 % are 45.087 €.
    (
        {"einkommensart": "sv", "partner": "ueber_grenze", "kinder": 2, "einkommen": "60000"},
        "290",
        "die Grenze 45.087,00 € (§ 136 SGB IX, erhöht für 2 Kinder)",
    ),
    (
        {"einkommensart": "rente", "partner": "keiner", "kinder": 1, "einkommen": "30000"},
        "0",
        "die Grenze 33.222,00 €",
    ),
    # A minor: 85 + 75 percent are 75.936 €; what is said of partner and children does not count.
    (
        {"einkommensart": "sv", "minderjaehrige": 1, "kinder": 3, "einkommen": "80000"},
        "80",
        "Der Beitrag Ihrer Eltern beträgt 80,00 € im Monat",
    ),
    (
        {"einkommensart": "sv", "minderjaehrige": 2, "einkommen": "120000"},
        "160",
        "erhöht für 2 minderjährige Personen mit Leistungen",
    ),
    (
        {**EINZEL, "einkommen": "60000", "beitragsfrei": "anderweitig"},
        "0",
        "schon bei einer anderen Leistung abgezogen",
    ),
    (
        {**EINZEL, "einkommen": "60000", "beitragsfrei": "frei_nicht_eingeschult"},
        "0",
        "nicht aufzubringen (§ 138 Abs. 1 SGB IX); es wird nichts abgezogen.",
    ),
    (
        {**EINZEL, "einkommen": "60000", "beitragsfrei": "frei_lebensunterhalt"},
        "0",
        "(beitragsfrei nach § 138 Abs. 1 Nr. 8 SGB IX)",
    ),
    # Without the partner nobody knows the limit: nothing is said, and the release stays closed.
    ({"einkommensart": "sv", "einkommen": "60000"}, "0", ""),
]


def test_beitrag_of_each_household(monkeypatch):
    akte = make_bescheid(monkeypatch)
    for werte, abzug, satz in BEITRAEGE:
        text = save(akte, **werte)
        assert Bescheid.objects.get().abzug == Decimal(abzug), werte
        assert satz in text
        assert bool(text) == bool(satz)
        assert "bereits abgezogen" not in text
        assert ("Wir ziehen ihn" in text) == (abzug != "0")


def test_worked_example_of_2025(monkeypatch):
    akte = make_bescheid(monkeypatch, B_2025)
    assert "0,00 €. Es ist kein Beitrag" in save(akte, **EINZEL, einkommen="38650")
    save(akte, **EINZEL, einkommen="52000")
    assert akte.bescheid.abzug == Decimal(270)


@pytest.mark.parametrize(
    ("schluessel", "betrag", "abzug", "satz"),
    [
        ("b_werkstatt", "2400", "0", "es wird nichts abgezogen"),
        ("b_heilpaedagogik", "2400", "0", "es wird nichts abgezogen"),
        ("b_assistenz", "250", "250", "Abgezogen werden 250,00 €, denn nur in dieser Höhe"),
    ],
)
def test_no_more_is_deducted_than_is_not_free(monkeypatch, schluessel, betrag, abzug, satz):
    akte = make_bescheid(monkeypatch, schluessel=schluessel, betrag=betrag)
    assert satz in save(akte, **EINZEL, einkommen="60000")
    assert akte.bescheid.abzug == Decimal(abzug)


def test_letter_tells_grant_deduction_and_payment_with_each_step(monkeypatch):
    akte = make_bescheid(monkeypatch)
    save(akte, einkommensart="sv", partner="unter_grenze", kinder=2, einkommen="60000")
    text = text_of_bescheid(akte)
    for satz in (
        "Ihr Persönliches Budget beträgt 2.400,00 € im Monat (Gesamtbudget).",
        "Davon ziehen wir Ihren Beitrag ab: 60,00 € im Monat (§ 137 Abs. 3 SGB IX). Wir "
        "überweisen im Monat 2.340,00 € auf Ihr Konto.",
        "Von 2.400,00 € in Geld ziehen wir Ihren Beitrag von 60,00 € ab",
        "Wir überweisen 2.340,00 € jeden Monat",
        "Erhöhung um 1 × 15 % (Partner)",
        "Erhöhung um 2 × 10 % (Kind)",
        "davon 2 % = 60,96 €",
        "Abgerundet auf volle 10 Euro: 60,00 €",
        "Ausgezahlt werden 2.400,00 € − 60,00 € = 2.340,00 € im Monat.",
    ):
        assert satz in text
    assert "überweisen 2.400,00" not in text


def test_letter_without_deduction_says_nothing_of_one(monkeypatch):
    akte = make_bescheid(monkeypatch)
    save(akte, **EINZEL, einkommen="18400", vermoegen="4200")
    text = text_of_bescheid(akte)
    assert "Wir überweisen 2.400,00 € jeden Monat" in text
    assert "ziehen wir" not in text
    assert "davon 150 % = 71.190,00 €" in text


def gate(akte):
    lage = lage_of_bescheid(akte.bescheid, akte.leitung, akte.tage.bescheid)
    return next(tor for tor in BESCHEIDSCHRITTE.tore(lage, "freigeben") if tor.titel == TOR)


def test_abzug_von_der_auszahlung_holds_grant_less_beitrag(monkeypatch):
    akte = make_bescheid(monkeypatch)
    save(akte, **EINZEL, einkommen="60000")
    assert gate(akte).offen
    akte.bescheid.abzug = Decimal(0)
    assert "nach den Angaben sind es 390,00 €" in str(gate(akte))


def test_what_is_paid_in_vouchers_cannot_be_kept_back(monkeypatch):
    akte = make_bescheid(monkeypatch, form="gutschein")
    save(akte, **EINZEL, einkommen="60000")
    assert "Der Beitrag von 390,00 € im Monat lässt sich nicht abziehen" in str(gate(akte))
    form = BescheidForm({**GRUND, **EINZEL, "einkommen": "60.000"}, budget=akte.budget, heute=HEUTE)
    assert "höchstens 0,00 €" in str(form.errors["einkommen"])


def test_kasse_pays_the_grant_less_the_beitrag(monkeypatch):
    akte = make_bescheid(monkeypatch)
    save(akte, **EINZEL, einkommen="60000")
    submit_bescheid(bescheid=akte.bescheid, by=akte.fallmanager, tag=akte.tage.unterschrift)
    PersoenlichesBudget.objects.update(state="laeuft")
    heute = date(2026, 6, 15)
    zahlungen = list_zahlungen(make_user("kasse", "Kasse"), heute)
    liste = month_of(zahlungen, date(2026, 6, 1), heute)
    assert liste.summe == Decimal("2010.00")
    assert liste.posten[0].abzug == compute_abzug(akte.bescheid).betrag == Decimal(390)


def test_kasse_pays_nothing_where_all_is_kept_back(monkeypatch):
    akte = make_bescheid(monkeypatch, betrag="390")
    save(akte, **EINZEL, einkommen="60000")
    PersoenlichesBudget.objects.update(state="laeuft")
    assert list_zahlungen(make_user("kasse", "Kasse"), date(2026, 6, 15)) == []


@pytest.mark.parametrize(
    ("tage", "werte", "abzug", "satz"),
    [
        (fabriken.A, {"einkommenseinsatz": "0"}, "0", "es ist nicht einzusetzen (§ 85 SGB XII)."),
        (
            fabriken.A,
            {"einkommenseinsatz": "120"},
            "120",
            "sind 120,00 € im Monat einzusetzen (§ 85 SGB XII, § 87 SGB XII)",
        ),
        # 2.600 € for the person; 614 € for a partner; 256 € for each maintained person.
        (fabriken.A, {"vermoegen": "2600", "partner": "keiner"}, "0", "frei bleiben 2.600,00 €"),
        (
            fabriken.A,
            {"vermoegen": "4000", "partner": "mit", "unterhaltene": 2},
            "0",
            "Einzusetzen sind 274,00 € (§ 90 SGB XII)",
        ),
        # 5.000 € since April 2017 and 25.000 € more in the Eingliederungshilfe.
        (UE, {"vermoegen": "30000", "partner": "keiner"}, "0", "frei bleiben 30.000,00 €"),
        (UE, {"einkommenseinsatz": "80.50"}, "80.50", "Diesen Betrag ziehen wir von der Ausz"),
        (UE, {"vermoegen": "30000"}, "0", ""),
    ],
)
def test_income_and_assets_until_2019(monkeypatch, tage, werte, abzug, satz):
    akte = make_bescheid(monkeypatch, tage)
    text = save(akte, **werte)
    assert satz in text
    assert bool(text) == bool(satz)
    assert Bescheid.objects.get().abzug == Decimal(abzug)
    if abzug != "0":
        assert "Davon ziehen wir den Einsatz Ihres Einkommens ab" in text_of_bescheid(akte)


def test_hilfe_zur_pflege_asks_for_income_beside_the_beitrag(monkeypatch):
    akte = make_bescheid(monkeypatch, pflege="400")
    save(akte, **EINZEL, einkommen="60000", einkommenseinsatz="100")
    assert akte.bescheid.abzug == Decimal(490)
    assert "Ihren Beitrag und den Einsatz Ihres Einkommens ab: 490,00 €" in text_of_bescheid(akte)


GRUND = {"erste_auszahlung": "01.05.2026", "begruendung": "Dem Antrag wird entsprochen."}


@pytest.mark.parametrize(
    ("eingabe", "feld", "meldung"),
    [
        ({"einkommen": "60.000", "partner": "keiner"}, "einkommensart", "woher das Einkommen"),
        ({"einkommen": "60.000", "einkommensart": "sv"}, "partner", "Grenze des Einkommens"),
        ({"kinder": "viele"}, "kinder", "ganze Zahl von 0 bis 30"),
        ({"kinder": "31"}, "kinder", "ganze Zahl von 0 bis 30"),
        ({"minderjaehrige": "1"}, "minderjaehrige", "Jahre alt"),
        ({"partner": "mit"}, "partner", "mit"),
        ({"einkommenseinsatz": "50"}, "einkommenseinsatz", "höchstens 0,00 €"),
    ],
)
def test_form_refuses_at_the_field(monkeypatch, eingabe, feld, meldung):
    akte = make_bescheid(monkeypatch)
    form = BescheidForm({**GRUND, **eingabe}, budget=akte.budget, heute=HEUTE)
    assert not form.is_valid()
    assert list(form.errors) == [feld]
    assert meldung in str(form.errors[feld])


def test_form_takes_what_is_complete_and_counts_nothing_as_none(monkeypatch):
    akte = make_bescheid(monkeypatch)
    form = BescheidForm({**GRUND, **EINZEL, "einkommen": "60.000"}, budget=akte.budget, heute=HEUTE)
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["kinder"], form.cleaned_data["minderjaehrige"]) == (0, 0)


def test_form_asks_by_the_law_of_the_first_day(monkeypatch):
    akte = make_bescheid(monkeypatch, fabriken.A)
    form = BescheidForm({**GRUND, "vermoegen": "3.000"}, budget=akte.budget, heute=HEUTE)
    assert "einkommen" not in form.fields
    assert "unterhaltene" in form.fields
    assert list(form.errors) == ["partner"]


def test_draft_begins_with_what_the_record_knows(monkeypatch):
    akte = make_bescheid(monkeypatch)
    person = akte.case.leistungsberechtigte_person
    for beziehung, da in (("partner", True), ("kind", True), ("kind", True), ("kind", False)):
        Bezugsperson.objects.create(
            leistungsberechtigte_person=person,
            beziehung=beziehung,
            nachname="Muster",
            im_haushalt=da,
            gueltig_ab=date(2020, 1, 1),
        )
    budget = PersoenlichesBudget.objects.get()
    angaben = haushaltsangaben(budget)
    assert (angaben["kinder"], angaben["minderjaehrige"], angaben["partner"]) == (2, 0, "")
    form = BescheidForm(budget=budget, heute=HEUTE)
    assert "ein Partner im Haushalt erfasst" in form.fields["partner"].help_text
    LeistungsberechtigtePerson.objects.update(geburtsdatum=date(2012, 1, 1))
    assert haushaltsangaben(PersoenlichesBudget.objects.get())["minderjaehrige"] == 1
