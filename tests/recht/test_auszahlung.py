"""When the months of a budget fall due: § 3 Abs. 5 BudgetV, § 41 SGB I, § 39 Abs. 1 SGB X."""

from datetime import date
from decimal import Decimal

import pytest

from recht.auszahlung import (
    Neufestsetzung,
    Ruhezeit,
    Vermoegensteil,
    Zahlungsplan,
    raten,
    verbrauch,
)
from recht.fehler import EingabeUngueltig
from recht.laenge import monatsende

TAUSEND = Decimal("1000.00")


def plan(**felder):
    werte = {
        "betrag": TAUSEND,
        "beginn": date(2026, 5, 1),
        "ende": None,
        "erste": date(2026, 5, 1),
        "wirksam": date(2026, 4, 24),
        "modus": "dreissigstel",
    }
    return Zahlungsplan(**{**werte, **felder})


def im_monat(zahlungsplan, jahr, monat):
    erster = date(jahr, monat, 1)
    return [
        (rate.monat, rate.faellig, rate.betrag)
        for rate in raten(zahlungsplan, erster, monatsende(erster))
    ]


def test_each_month_is_due_on_its_first_day():
    erster = date(2026, 6, 1)
    assert im_monat(plan(), 2026, 6) == [(erster, erster, TAUSEND)]
    assert raten(plan(), erster, erster)[0].faellig == erster
    assert raten(plan(), date(2026, 6, 2), date(2026, 6, 30)) == ()


def test_nothing_is_due_before_the_first_month():
    assert im_monat(plan(), 2026, 4) == []


def test_month_decided_late_is_due_with_the_bekanntgabe():
    spaet = plan(wirksam=date(2026, 5, 24))
    assert im_monat(spaet, 2026, 5) == [(date(2026, 5, 1), date(2026, 5, 24), TAUSEND)]
    assert im_monat(spaet, 2026, 6) == [(date(2026, 6, 1), date(2026, 6, 1), TAUSEND)]
    assert [rate.nachtraeglich for rate in raten(spaet, date(2026, 5, 1), date(2026, 6, 1))] == [
        True,
        False,
    ]


def test_months_before_the_bekanntgabe_are_due_together_and_once():
    spaet = plan(wirksam=date(2026, 7, 3))
    assert im_monat(spaet, 2026, 5) == im_monat(spaet, 2026, 6) == []
    assert im_monat(spaet, 2026, 7) == [
        (date(2026, monat, 1), date(2026, 7, 3), TAUSEND) for monat in (5, 6, 7)
    ]
    assert im_monat(spaet, 2026, 8) == [(date(2026, 8, 1), date(2026, 8, 1), TAUSEND)]


def test_later_first_payment_of_the_bescheid_takes_the_months_before_along():
    spaet = plan(erste=date(2026, 7, 1))
    assert [monat for monat, _, _ in im_monat(spaet, 2026, 7)] == [
        date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
    ]  # fmt: skip


def test_after_the_end_nothing_is_due():
    endet = plan(ende=date(2026, 6, 30))
    assert len(im_monat(endet, 2026, 6)) == 1
    assert im_monat(endet, 2026, 7) == []


def test_budget_decided_after_its_end_is_due_at_once():
    endet = plan(ende=date(2026, 6, 30), wirksam=date(2026, 9, 4))
    assert [monat for monat, _, _ in im_monat(endet, 2026, 9)] == [
        date(2026, 5, 1), date(2026, 6, 1)
    ]  # fmt: skip
    assert im_monat(endet, 2026, 10) == []


@pytest.mark.parametrize(
    ("modus", "betrag"),
    [
        # B10a: 12.3. to 31.3., 20 days of 1.500 euro
        ("dreissigstel", "1000.00"),
        ("kalendertage", "967.74"),
        ("voller_monat", "1500.00"),
    ],
)
def test_month_that_is_not_full_is_divided(modus, betrag):
    teil = plan(
        betrag=Decimal("1500.00"),
        beginn=date(2026, 3, 12),
        erste=date(2026, 3, 12),
        wirksam=date(2026, 3, 2),
        modus=modus,
    )
    [rate] = raten(teil, date(2026, 3, 1), date(2026, 3, 31))
    assert (rate.betrag, rate.faellig) == (Decimal(betrag), date(2026, 3, 12))
    assert rate.anteil.startswith("Teilmonat 12.03.2026")


def test_last_month_ends_with_the_budget():
    [rate] = raten(plan(ende=date(2026, 6, 15)), date(2026, 6, 1), date(2026, 6, 30))
    assert rate.betrag == Decimal("500.00")


def test_every_month_is_paid_once_whatever_the_days():
    for tag in range(1, 29):
        for wirksam in (date(2026, 4, tag), date(2026, 6, tag), date(2026, 9, tag)):
            eins = plan(wirksam=wirksam, ende=date(2026, 12, 31))
            found = [rate.monat for m in range(1, 13) for rate in _month(eins, m)]
            assert found == [date(2026, m, 1) for m in range(5, 13)]


def _month(zahlungsplan, monat):
    erster = date(2026, monat, 1)
    return raten(zahlungsplan, erster, monatsende(erster))


@pytest.mark.parametrize(
    ("betrag", "abzug", "beginn", "gezahlt"),
    [
        # B9a of the worked examples: 2.400 € less a Beitrag of 270 €.
        ("2400.00", "270.00", date(2026, 5, 1), "2130.00"),
        ("2400.00", "0.00", date(2026, 5, 1), "2400.00"),
        ("270.00", "270.00", date(2026, 5, 1), "0.00"),
        # Twenty of thirty days: both are divided.
        ("2400.00", "270.00", date(2026, 5, 12), "1420.00"),
    ],
)
def test_what_the_person_contributes_is_not_paid(betrag, abzug, beginn, gezahlt):
    zahlung = plan(betrag=Decimal(betrag), abzug=Decimal(abzug), beginn=beginn, erste=beginn)
    assert [betrag for _, _, betrag in im_monat(zahlung, 2026, 5)] == [Decimal(gezahlt)]


@pytest.mark.parametrize("abzug", ["-0.01", "1000.01"])
def test_no_more_is_kept_back_than_there_is(abzug):
    with pytest.raises(EingabeUngueltig, match="muss zwischen 0 € und dem Betrag"):
        plan(abzug=Decimal(abzug))


MAI, JUNI, JULI = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("teile", "beginn", "ende", "monate"),
    [
        ([("1000", "0")], MAI, None, {}),
        ([("0", "500")], MAI, None, {}),
        ([("1000", "1500")], MAI, None, {MAI: "1000", JUNI: "500"}),
        ([("1000", "1000")], MAI, None, {MAI: "1000"}),
        # Half of May, the rest in June.
        ([("1000", "1000")], date(2026, 5, 17), None, {MAI: "500", JUNI: "500"}),
        ([("1000", "9000")], MAI, date(2026, 6, 15), {MAI: "1000", JUNI: "500"}),
        # One Euro is used once: what the first part takes, the second finds gone.
        ([("100", "150"), ("50", "250")], MAI, None, {MAI: "150", JUNI: "50", JULI: "50"}),
    ],
)
def test_assets_pay_first(teile, beginn, ende, monate):
    teile = [Vermoegensteil(Decimal(geld), Decimal(einzusetzen)) for geld, einzusetzen in teile]
    assert verbrauch(teile, beginn, ende, "dreissigstel") == {
        monat: Decimal(betrag) for monat, betrag in monate.items()
    }


def test_who_has_far_more_is_counted_for_ten_years():
    teil = Vermoegensteil(Decimal(1), Decimal(10**9))
    monate = verbrauch([teil], MAI, None, "dreissigstel")
    assert max(monate) == date(2036, 1, 1)


def test_rate_is_what_the_assets_leave():
    zahlungsplan = plan(verbrauch={MAI: TAUSEND, JUNI: Decimal("400.00")})
    assert im_monat(zahlungsplan, 2026, 5) == [(MAI, MAI, Decimal("0.00"))]
    assert im_monat(zahlungsplan, 2026, 6) == [(JUNI, JUNI, Decimal("600.00"))]
    assert im_monat(zahlungsplan, 2026, 7) == [(JULI, JULI, TAUSEND)]
    assert raten(zahlungsplan, JUNI, JUNI)[0].vermoegen == Decimal("400.00")
    # An end that comes later leaves less of the month than the assets were to pay.
    kurz = plan(verbrauch={JUNI: TAUSEND}, ende=date(2026, 6, 15))
    assert im_monat(kurz, 2026, 6) == [(JUNI, JUNI, Decimal("0.00"))]


AUG, SEP = date(2026, 8, 1), date(2026, 9, 1)


def neu(ab, wirksam, abzug, **felder):
    return Neufestsetzung(ab, wirksam, Decimal(abzug), **felder)


# What is kept back from another month on; a month is (due, amount, arrears in it), by 100 € before.
NEU = [
    # Known on the day on which the month falls due: it counts for that month.
    ([neu(JUNI, JUNI, 40)], {}, [(JUNI, 960, 0), (JULI, 960, 0)]),
    ([neu(JUNI, date(2026, 6, 2), 40)], {}, [(JUNI, 900, 0), (JULI, 1020, 60), (AUG, 960, 0)]),
    # Two months too little, paid with the third; the month of the Bekanntgabe among them.
    ([neu(MAI, date(2026, 6, 2), 40)], {}, [(JUNI, 900, 0), (JULI, 1080, 120), (AUG, 960, 0)]),
    # Against the person nothing is taken back here.
    ([neu(MAI, date(2026, 6, 2), 300)], {}, [(JUNI, 900, 0), (JULI, 700, 0)]),
    # Of two decisions the later one counts for its months, and each is paid up once.
    (
        [neu(MAI, date(2026, 6, 2), 40), neu(JUNI, date(2026, 7, 10), 0)],
        {},
        [(JULI, 1080, 120), (AUG, 1080, 80), (SEP, 1000, 0)],
    ),
    # A month that is not full is divided as before.
    (
        [neu(JUNI, date(2026, 6, 20), 40)],
        {"ende": date(2026, 7, 15)},
        [(JUNI, 900, 0), (JULI, 540, 60)],
    ),
    # Made known after the last month was due: it comes alone.
    (
        [neu(JULI, date(2026, 7, 20), 40)],
        {"ende": date(2026, 7, 31)},
        [(JULI, 900, 0), (AUG, 60, 60)],
    ),
    (
        [neu(JULI, date(2026, 9, 20), 40)],
        {"ende": date(2026, 7, 31)},
        [(JULI, 900, 0), (date(2026, 9, 20), 60, 60)],
    ),
    ([neu(JULI, date(2026, 7, 20), 300)], {"ende": date(2026, 7, 31)}, [(JULI, 900, 0)]),
    # Assets pay from its months on, whatever was reckoned before.
    (
        [neu(JULI, JUNI, 100, verbrauch={JULI: Decimal(900), AUG: Decimal(250)})],
        {"verbrauch": {JUNI: Decimal(50), JULI: Decimal(50)}},
        [(JUNI, 850, 0), (JULI, 0, 0), (AUG, 650, 0), (SEP, 900, 0)],
    ),
]


@pytest.mark.parametrize(("entscheidungen", "felder", "monate"), NEU)
def test_a_new_sum_counts_from_its_month_and_what_was_too_little_comes_later(
    entscheidungen, felder, monate
):
    zahlungsplan = plan(abzug=Decimal(100), neu=tuple(entscheidungen), **felder)
    erste = monate[0][0]
    letzte = monate[-1][0]
    alle = [
        (r.faellig, r.betrag, r.nachzahlung) for r in raten(zahlungsplan, erste, max(letzte, AUG))
    ]
    assert [x for x in alle if x[0] <= letzte] == monate
    if zahlungsplan.ende is not None:
        assert alle == monate


def test_what_is_kept_back_of_a_month_is_what_was_known_when_it_fell_due():
    zahlungsplan = plan(abzug=Decimal(100), neu=(neu(MAI, date(2026, 6, 2), 40),))
    assert [zahlungsplan.abzug_am(m) for m in (MAI, JUNI, JULI)] == [100, 100, 40]


def test_no_more_is_kept_back_than_is_granted():
    with pytest.raises(EingabeUngueltig, match="zwischen 0 € und dem Betrag"):
        plan(neu=(neu(MAI, MAI, 1001),))


@pytest.mark.parametrize(
    ("bekannt", "erwartet"),
    [
        # Each decision has its own row; the second brings only what the first has left.
        ([date(2026, 7, 10), date(2026, 9, 5)], [(date(2026, 7, 10), 120), (date(2026, 9, 5), 60)]),
        # Two in one month: the first may be ordered already, so the second comes with the next.
        ([date(2026, 7, 10), date(2026, 7, 20)], [(date(2026, 7, 10), 120), (AUG, 60)]),
        # Both are known before anything of it is due: they are paid together.
        ([date(2026, 6, 5), date(2026, 6, 20)], [(JULI, 180)]),
    ],
)
def test_after_the_end_no_decision_is_paid_twice(bekannt, erwartet):
    # § 41 SGB I: what one decision has made due stays as it is when the next one comes.
    erste, zweite = (neu(MAI, bekannt[0], 40), neu(MAI, bekannt[1], 10))
    ende = date(2026, 6, 30)
    bald = plan(abzug=Decimal(100), ende=ende, neu=(erste,))
    beide = plan(abzug=Decimal(100), ende=ende, neu=(erste, zweite))
    spaet = [
        [(r.faellig, r.nachzahlung) for r in raten(p, JULI, date(2027, 1, 1))]
        for p in (bald, beide)
    ]
    assert spaet[1] == erwartet
    if len(erwartet) > 1:
        assert spaet[0] == erwartet[:1]
        monate = [r.monat for r in raten(beide, JULI, date(2027, 1, 1))]
        assert len(set(monate)) == len(monate)


PAUSE = Ruhezeit(date(2026, 7, 11), date(2026, 8, 20), Decimal("600.00"))


@pytest.mark.parametrize(
    ("modus", "juli", "august"),
    [
        # July rests for 21 days, August for 20.
        ("dreissigstel", ("580.00", "420.00"), ("600.00", "400.00")),
        ("kalendertage", ("593.55", "406.45"), ("612.90", "387.10")),
        ("voller_monat", ("1000.00", "0.00"), ("1000.00", "0.00")),
    ],
)
def test_a_part_rests_day_by_day(modus, juli, august):
    ruhend = plan(ruhend=(PAUSE,), modus=modus)
    for monat, (betrag, ruht) in ((6, ("1000.00", "0.00")), (7, juli), (8, august)):
        rate = raten(ruhend, date(2026, monat, 1), date(2026, monat, 1))[0]
        assert (str(rate.betrag), str(rate.ruht)) == (betrag, ruht)


def test_while_the_end_is_open_every_month_rests_and_nothing_falls_below_zero():
    offen = Ruhezeit(date(2026, 7, 1), None, TAUSEND)
    ruhend = plan(ruhend=(offen,), abzug=Decimal("200.00"))
    assert im_monat(ruhend, 2026, 9) == [(date(2026, 9, 1), date(2026, 9, 1), Decimal("0.00"))]
    letzter = plan(ruhend=(offen,), ende=date(2026, 7, 15))
    rate = raten(letzter, date(2026, 7, 1), date(2026, 7, 31))[0]
    assert (rate.betrag, rate.ruht) == (Decimal("0.00"), Decimal("500.00"))
