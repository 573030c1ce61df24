"""R6: of every Frist the engine accepts what the catalogue allows for it, and nothing else."""

from datetime import date, timedelta

import pytest

from recht.fehler import EingabeUngueltig
from recht.fristen import compute_frist
from recht.fristkatalog import FREI, katalog
from recht.rechtsstand import Rechtsstand

TAGE = {
    Rechtsstand.A: date(2010, 6, 1),
    Rechtsstand.UE: date(2018, 6, 1),
    Rechtsstand.B: date(2026, 6, 1),
}
# Where a provision lets the time stand still: § 18 Abs. 2 SGB IX, § 26 Abs. 7 SGB X, agreement.
MIT_PAUSEN = {"F13", "F32", "F33", "F56", "F57"}
# Where the law names another length for a case of its own, with where it says so.
MIT_ANDERER_LAENGE = {
    "F10": {"2 Wochen", "6 Wochen", "2 Monate"},  # § 19 Abs. 2 S. 1, § 14 Abs. 2, § 15 Abs. 4
    "F51": {"3 Monate"},  # § 84 Abs. 1 S. 2 SGG
    "F53": {"3 Monate"},  # § 87 Abs. 1 S. 2 SGG
    "F70": {"10 Jahre"},  # § 45 Abs. 3 S. 3 SGB X
    "F73": {"30 Jahre"},  # § 52 Abs. 2 SGB X
    "F83": {"3 Monate"},  # Art. 12 Abs. 3 S. 2 DSGVO
}
# Where authority, plan or agreement set the length, because no provision does.
MIT_FREIER_LAENGE = {
    *("F31", "F31b", "F32", "F33", "F33b", "F34", "F35", "F36", "F37", "F39"),
    *("F56", "F57", "F86"),
}
MIT_LETZTEM_TAG = {"F11", "F13", "F31b", "F35", "F37", "F56", "F57"}
LAENGEN = ("14 Tage", "2 Wochen", "6 Wochen", "2 Monate", "3 Monate", "10 Jahre", "30 Jahre")

ALLE = [(frist, stand) for frist, regel in katalog().items() for stand in regel.fassungen]


def _refusal(frist: str, stand: Rechtsstand, **angaben: object) -> str:
    """Return which field the engine refuses, empty when it computes."""
    regel, tag = katalog()[frist], TAGE[stand]
    if regel.laenge_noetig and not angaben.keys() & {"laenge", "geltend_bis"}:
        angaben["laenge"] = "1 Monat"
    try:
        compute_frist(frist, tag, "BW", rechtsstand=stand, **angaben)
    except EingabeUngueltig as error:
        norm = regel.fassungen[stand].norm
        return error.feld if error.feld != "pausen" or norm in str(error) else "ohne Norm"
    return ""


def test_table_knows_every_frist():
    assert len({frist for frist, _ in ALLE}) == len(katalog()) >= 65


@pytest.mark.parametrize(("frist", "stand"), ALLE)
def test_pauses_only_where_the_catalogue_names_a_ground(frist, stand):
    tag = TAGE[stand]
    pause = [(tag + timedelta(days=2), tag + timedelta(days=4))]

    assert _refusal(frist, stand, pausen=pause) == ("" if frist in MIT_PAUSEN else "pausen")
    assert bool(katalog()[frist].pausen) == (frist in MIT_PAUSEN)


@pytest.mark.parametrize(("frist", "stand"), ALLE)
@pytest.mark.parametrize("laenge", LAENGEN)
def test_length_only_where_the_law_or_nobody_fixes_it(frist, stand, laenge):
    frei = frist in MIT_FREIER_LAENGE
    erlaubt = frei or laenge in MIT_ANDERER_LAENGE.get(frist, set())
    # What is agreed by the month is not counted in weeks: refused for another reason.
    nur_monate = katalog()[frist].fassungen[stand].rechnung == "monat"
    if nur_monate and laenge.endswith(("Tage", "Wochen")):
        erlaubt = False

    assert _refusal(frist, stand, laenge=laenge) == ("" if erlaubt else "laenge")
    assert (FREI in katalog()[frist].eigene_laengen) == frei


@pytest.mark.parametrize(("frist", "stand"), ALLE)
def test_last_day_only_where_one_may_be_set(frist, stand):
    erwartet = "" if frist in MIT_LETZTEM_TAG else "geltend_bis"

    bis = TAGE[stand] + timedelta(days=30)
    assert _refusal(frist, stand, geltend_bis=bis) == erwartet
