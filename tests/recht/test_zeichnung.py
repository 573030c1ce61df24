"""Who may sign for a person: one table over age, Vertretungen and days."""

from __future__ import annotations

from datetime import date

import pytest

from recht.adressat import Vertretung, Vertretungsart
from recht.zeichnung import check_zeichnung

TAG = date(2026, 11, 20)
ERWACHSEN, KIND, JUGENDLICH = date(1985, 4, 17), date(2015, 1, 1), date(2010, 6, 1)
AB = date(2010, 1, 1)


def v(schluessel: str, art: str, *kreise: str, **felder: object) -> Vertretung:
    werte = {"gueltig_ab": AB, **felder}
    return Vertretung(schluessel, Vertretungsart(art), aufgabenkreise=frozenset(kreise), **werte)


BETREUUNG = v("b", "betreuung", "behoerden")
GESUNDHEIT = v("g", "betreuung", "gesundheit")
MUTTER = v("m", "eltern", gemeinschaftlich=True)
VATER = v("p", "eltern", gemeinschaftlich=True)
BEIDE = [
    v("x", "betreuung", "alle", gemeinschaftlich=True),
    v("y", "betreuung", "alle", gemeinschaftlich=True),
]


@pytest.mark.parametrize(
    ("geboren", "vertretungen", "wer", "norm"),
    [
        (ERWACHSEN, [], "selbst", ""),
        (ERWACHSEN, [BETREUUNG], "selbst", ""),
        (ERWACHSEN, [BETREUUNG], "b", ""),
        (ERWACHSEN, [v("b", "betreuung", "alle")], "b", ""),
        (ERWACHSEN, [GESUNDHEIT], "g", "§ 1815 Abs. 1 BGB, § 1823 BGB"),
        (ERWACHSEN, [v("b", "betreuung")], "b", "§ 1815 Abs. 1 BGB, § 1823 BGB"),
        (ERWACHSEN, [v("b", "betreuung", "vermoegen")], "b", "§ 1815 Abs. 1 BGB, § 1823 BGB"),
        # Her own signature binds, whoever has signed beside her.
        (ERWACHSEN, [GESUNDHEIT], "selbst g", ""),
        (
            ERWACHSEN,
            [v("b", "betreuung", "alle", gueltig_bis=date(2026, 11, 19))],
            "b",
            "§ 1823 BGB",
        ),
        (ERWACHSEN, [v("b", "betreuung", "alle", gueltig_bis=TAG)], "b", ""),
        (
            ERWACHSEN,
            [v("b", "betreuung", "alle", gueltig_ab=date(2026, 11, 21))],
            "b",
            "§ 1823 BGB",
        ),
        (
            ERWACHSEN,
            [v("b", "betreuung", "alle", einwilligungsvorbehalt=True)],
            "selbst",
            "§ 1825 BGB",
        ),
        (ERWACHSEN, [v("b", "betreuung", "alle", einwilligungsvorbehalt=True)], "selbst b", ""),
        (ERWACHSEN, [v("a", "vollmacht")], "a", ""),
        (ERWACHSEN, [v("a", "vollmacht", "gesundheit")], "a", "§ 13 Abs. 1 S. 2 SGB X"),
        (ERWACHSEN, [MUTTER], "m", "§ 2 BGB"),
        (ERWACHSEN, [v("t", "vertrauensperson")], "t", "§ 13 SGB X"),
        (ERWACHSEN, [v("t", "beistand")], "t", "§ 13 SGB X"),
        (ERWACHSEN, [], "", "§ 11 SGB X"),
        (ERWACHSEN, BEIDE, "x", "§ 1817 Abs. 2 BGB"),
        (ERWACHSEN, BEIDE, "x y", ""),
        (ERWACHSEN, BEIDE, "selbst x", ""),
        (KIND, [MUTTER, VATER], "selbst", "§ 36 Abs. 1 S. 1 SGB I"),
        (KIND, [MUTTER, VATER], "m", "§ 1629 Abs. 1 BGB"),
        (KIND, [MUTTER, VATER], "m p", ""),
        (KIND, [v("m", "eltern")], "m", ""),
        (KIND, [v("w", "vormund", "alle")], "w", ""),
        (JUGENDLICH, [MUTTER], "selbst", ""),
        (
            JUGENDLICH,
            [v("m", "eltern", handlungsfaehigkeit_eingeschraenkt=True)],
            "selbst",
            "§ 36 Abs. 2 S. 1 SGB I",
        ),
    ],
)
def test_check_zeichnung(geboren, vertretungen, wer, norm):
    grund = check_zeichnung(
        geboren,
        vertretungen,
        TAG,
        selbst="selbst" in wer.split(),
        zeichnende=set(wer.split()) - {"selbst"},
    )
    assert (grund.norm if grund else "") == norm


@pytest.mark.parametrize(
    ("seit", "norm"),
    [(date(2026, 11, 20), "§ 104 Nr. 2 BGB"), (date(2026, 11, 21), "")],
)
def test_geschaeftsunfaehig_from_the_day_on(seit, norm):
    grund = check_zeichnung(
        ERWACHSEN, [], TAG, selbst=True, zeichnende=(), geschaeftsunfaehig_seit=seit
    )
    assert (grund.norm if grund else "") == norm


def test_the_youngest_possible_age_counts():
    grund = check_zeichnung(
        date(2011, 1, 1),
        [],
        TAG,
        selbst=True,
        zeichnende=(),
        geburt_spaetestens=date(2011, 12, 31),
    )
    assert grund is not None
    assert grund.norm == "§ 36 Abs. 1 S. 1 SGB I"


@pytest.mark.parametrize(
    ("vertretung", "norm"),
    [
        (GESUNDHEIT, "§ 1896 Abs. 2 BGB a.F."),
        (v("g", "betreuung", "alle", gueltig_bis=date(2020, 1, 1)), "§ 1902 BGB a.F."),
    ],
)
def test_before_2023_the_old_law_is_named(vertretung, norm):
    grund = check_zeichnung(
        ERWACHSEN, [vertretung], date(2022, 12, 31), selbst=False, zeichnende={"g"}
    )
    assert grund is not None
    assert grund.norm == norm
