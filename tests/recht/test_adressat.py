"""Who gets a letter: one table over age, Vertretungen and days."""

from __future__ import annotations

from datetime import date

import pytest

from recht.adressat import PERSON, Vertretung, Vertretungsart, adressat_am, alter_am
from recht.fehler import EingabeUngueltig

TAG = date(2026, 11, 20)
ERWACHSEN, KIND, JUGENDLICH = date(1985, 4, 17), date(2015, 1, 1), date(2010, 6, 1)
AB = date(2024, 1, 1)


def v(schluessel: str, art: str, *kreise: str, **felder: object) -> Vertretung:
    werte = {"gueltig_ab": AB, **felder}
    return Vertretung(schluessel, Vertretungsart(art), aufgabenkreise=frozenset(kreise), **werte)


MUTTER, VATER = v("m", "eltern"), v("p", "eltern")
BETREUUNG = v("b", "betreuung", "behoerden")
GESUNDHEIT = v("g", "betreuung", "gesundheit")
ANWALT = v("a", "vollmacht")


@pytest.mark.parametrize(
    ("geboren", "vertretungen", "adressat", "abdrucke"),
    [
        (ERWACHSEN, [], PERSON, ()),
        (ERWACHSEN, [BETREUUNG], "b", (PERSON,)),
        (ERWACHSEN, [BETREUUNG, v("c", "betreuung", "alle")], "b", (PERSON, "c")),
        (ERWACHSEN, [GESUNDHEIT], PERSON, ()),
        (ERWACHSEN, [v("x", "betreuung")], PERSON, ()),
        (ERWACHSEN, [ANWALT], "a", (PERSON,)),
        (ERWACHSEN, [ANWALT, BETREUUNG], "a", (PERSON, "b")),
        (ERWACHSEN, [v("a", "vollmacht", "gesundheit")], PERSON, ()),
        (ERWACHSEN, [MUTTER, VATER], PERSON, ()),
        (ERWACHSEN, [v("t", "vertrauensperson")], PERSON, ()),
        (ERWACHSEN, [v("t", "beistand"), v("f", "verfahrensbeistand")], PERSON, ()),
        (ERWACHSEN, [v("b", "betreuung", "behoerden", gueltig_bis=AB)], PERSON, ()),
        (ERWACHSEN, [v("b", "betreuung", "alle", gueltig_ab=date(2026, 11, 21))], PERSON, ()),
        (KIND, [MUTTER, VATER], "m", ("p",)),
        (KIND, [MUTTER, v("u", "vormund")], "u", ()),
        (KIND, [MUTTER, ANWALT], "a", ("m",)),
        (KIND, [], "", ()),
        (KIND, [BETREUUNG], "", ()),
        (JUGENDLICH, [MUTTER], PERSON, ("m",)),
        (JUGENDLICH, [], PERSON, ()),
        (JUGENDLICH, [v("m", "eltern", handlungsfaehigkeit_eingeschraenkt=True)], "m", (PERSON,)),
    ],
)
def test_addressee_and_copies(geboren, vertretungen, adressat, abdrucke):
    ergebnis = adressat_am(geboren, vertretungen, TAG)
    assert (ergebnis.adressat, ergebnis.abdrucke) == (adressat, abdrucke)
    assert all(schritt.norm for schritt in ergebnis.schritte)


@pytest.mark.parametrize(
    ("tag", "alter"),
    [(date(2027, 2, 28), 14), (date(2027, 3, 1), 15), (date(2028, 2, 29), 16)],
)
def test_age_of_somebody_born_on_a_leap_day(tag, alter):
    assert alter_am(date(2012, 2, 29), tag) == alter


def test_fifteenth_birthday_makes_able_to_act():
    geboren = date(2011, 11, 20)
    assert adressat_am(geboren, [MUTTER], date(2026, 11, 19)).adressat == "m"
    assert adressat_am(geboren, [MUTTER], date(2026, 11, 20)).adressat == PERSON


@pytest.mark.parametrize(
    ("tag", "vorbehalt", "norm"),
    [
        (TAG, False, "§ 1823 BGB"),
        (date(2022, 12, 31), False, "§ 1902 BGB a.F."),
        (TAG, True, "§ 11 Abs. 2 SGB X, § 1825 BGB"),
        (date(2022, 12, 31), True, "§ 11 Abs. 2 SGB X, § 1903 BGB a.F."),
    ],
)
def test_betreuung_cites_the_law_of_the_day(tag, vorbehalt, norm):
    betreuung = v(
        "b", "betreuung", "alle", gueltig_ab=date(2020, 1, 1), einwilligungsvorbehalt=vorbehalt
    )
    assert norm in [s.norm for s in adressat_am(ERWACHSEN, [betreuung], tag).schritte]


def test_day_before_birth_is_refused():
    with pytest.raises(EingabeUngueltig, match="vor der Geburt"):
        alter_am(TAG, AB)


SEIT = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("geburt", "vertretungen", "adressat", "abdrucke"),
    [
        # § 104 Nr. 2, § 131 Abs. 1 BGB: 16 years old, and still not addressed directly.
        (JUGENDLICH, [v("m", "eltern"), v("p", "eltern")], "m", (PERSON, "p")),
        (JUGENDLICH, [v("x", "vormund")], "x", (PERSON,)),
        (JUGENDLICH, [], "", ()),
        (ERWACHSEN, [v("b", "betreuung", "behoerden")], "b", (PERSON,)),
        (ERWACHSEN, [v("b", "betreuung", "vermoegen")], "", ()),
        (ERWACHSEN, [], "", ()),
        # A Vollmacht outlasts the Handlungsfähigkeit (§ 13 Abs. 2 SGB X).
        (ERWACHSEN, [v("w", "vollmacht")], "w", (PERSON,)),
    ],
)
def test_somebody_without_geschaeftsfaehigkeit_is_not_addressed(
    geburt, vertretungen, adressat, abdrucke
):
    tag = date(2026, 11, 23)

    vorher = adressat_am(geburt, vertretungen, tag, geschaeftsunfaehig_seit=date(2026, 11, 24))
    nachher = adressat_am(geburt, vertretungen, tag, geschaeftsunfaehig_seit=SEIT)

    assert vorher == adressat_am(geburt, vertretungen, tag)
    assert (nachher.adressat, nachher.abdrucke) == (adressat, abdrucke)
    assert "§ 131 Abs. 1 BGB" in nachher.schritte[1].norm
    assert "Seit dem 01.03.2026 ist Geschäftsunfähigkeit festgestellt" in nachher.schritte[1].text


def test_without_representation_the_last_step_says_what_to_do():
    tag = date(2026, 11, 23)

    kind = adressat_am(JUGENDLICH, [], tag, geschaeftsunfaehig_seit=SEIT).schritte[-1]
    erwachsen = adressat_am(ERWACHSEN, [], tag, geschaeftsunfaehig_seit=SEIT).schritte[-1]

    assert "Eltern oder Vormundschaft" in kind.text
    assert erwachsen.norm == "§ 15 Abs. 1 Nr. 4 SGB X"


# Texts of the BGB and FamFG of 19.8.2026; the days of change and the wording before are from
# memory: Vormundschaft and Betreuung 1.1.2023, Verfahrensbeistand 1.9.2009 and 1.7.2021.
@pytest.mark.parametrize(
    ("art", "geboren", "tag", "norm"),
    [
        ("vormund", KIND, date(2022, 12, 31), "§ 1793 Abs. 1 BGB a.F., § 1915 Abs. 1 BGB a.F."),
        ("vormund", KIND, date(2023, 1, 1), "§ 1789 Abs. 2 BGB, § 1813 Abs. 1 BGB"),
        ("verfahrensbeistand", KIND, date(2021, 7, 1), "§ 158b Abs. 3 S. 3 FamFG"),
        ("verfahrensbeistand", KIND, date(2021, 6, 30), "§ 158 Abs. 4 S. 6 FamFG a.F."),
        ("verfahrensbeistand", date(2000, 1, 1), date(2009, 9, 1), "§ 158 Abs. 4 S. 6 FamFG a.F."),
        ("verfahrensbeistand", date(2000, 1, 1), date(2009, 8, 31), "§ 50 FGG"),
        ("vertrauensperson", ERWACHSEN, date(2017, 12, 31), "§ 3 Abs. 3 S. 2 BudgetV"),
        ("vertrauensperson", ERWACHSEN, date(2018, 1, 1), "§ 141 Abs. 2 SGB XII"),
        ("vertrauensperson", ERWACHSEN, date(2020, 1, 1), "§ 117 Abs. 2 SGB IX"),
        ("beistand", ERWACHSEN, date(2012, 1, 1), "§ 13 Abs. 4 SGB X"),
    ],
)
def test_capacity_cites_the_law_of_the_day(art, geboren, tag, norm):
    vertretung = v("w", art, gueltig_ab=date(2000, 1, 1))
    assert norm in [s.norm for s in adressat_am(geboren, [vertretung], tag).schritte]
