"""Every date and every value says how sure it is, in a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from recht.bekanntgabe import WEGE, bekanntgabe
from recht.bemessung import Betrag, pauschale, stunden, summe
from recht.fehler import RechtFehler
from recht.fristen import compute_frist
from recht.fristkatalog import katalog
from recht.grad import EINSTELLBAR, GRADE, STUFEN, grad_satz, schwaechster
from recht.parameter import alle_parameter
from recht.rechtsstand import Rechtsstand
from recht.teilmonat import MODI, teilmonat

TAGE = {
    Rechtsstand.A: date(2012, 3, 5),
    # After 25.05.2018, so that the rules of the DSGVO are there too.
    Rechtsstand.UE: date(2018, 6, 4),
    Rechtsstand.B: date(2026, 3, 2),
}
RUECKFALL = {"geltend_bis": date(2028, 12, 29)}, {"laenge": "14 Tage"}, {"laenge": "6 Monate"}, {}


def rechne(regel, stand):
    """The Frist as far as it can be computed: with a last day or a length where one is needed."""
    for angaben in RUECKFALL[::-1]:
        try:
            return compute_frist(regel, TAGE[stand], "BW", rechtsstand=stand, **angaben)
        except RechtFehler:
            continue
    pytest.fail(f"{regel} lässt sich unter {stand} nicht rechnen")


@pytest.mark.parametrize(
    ("regel", "stand"),
    [(r.id, stand) for r in katalog().values() for stand in r.fassungen],
    ids=str,
)
def test_every_frist_of_the_catalogue_carries_the_grade_of_its_rule(regel, stand):
    fassung = katalog()[regel].fassungen[stand]

    ergebnis = rechne(regel, stand)

    grad = schwaechster(schritt.grad for schritt in ergebnis.schritte)
    assert grad == schwaechster((fassung.grad, grad))
    assert any(schritt.grad for schritt in ergebnis.schritte)
    assert grad_satz(grad).startswith(STUFEN[grad])


@pytest.mark.parametrize("eine", alle_parameter(), ids=lambda r: r.schluessel)
def test_every_value_has_a_sentence(eine):
    for wert in eine.werte:
        satz = grad_satz(wert.grad)
        assert satz.startswith(f"{STUFEN[wert.grad]}: ")
        assert (GRADE[wert.grad] in satz) == (wert.grad not in EINSTELLBAR)


def test_sentences_of_the_three_kinds():
    assert set(STUFEN) == set(GRADE)
    assert grad_satz("V-G26") == "Gesichert: am Gesetzestext geprüft, Stand 19.08.2026."
    assert grad_satz("M") == (
        "Aus dem Gedächtnis: nicht am Gesetzestext geprüft. Bitte vergleichen Sie mit dem Gesetz,"
        " bevor Sie sich darauf verlassen."
    )
    assert grad_satz("I") == (
        "Auslegung: Das Gesetz sagt es nicht ausdrücklich; eine andere Ansicht ist möglich. Die"
        " Behörde kann es anders festlegen."
    )
    assert grad_satz("") == ""


@pytest.mark.parametrize(
    ("grade", "schwach"),
    [(("V-G26", "", "V-P"), "V-P"), (("M", "I", "V-G26"), "M"), (("SEED-K", "I"), "I"), ((), "")],
)
def test_what_rests_on_several_is_as_sure_as_the_least(grade, schwach):
    assert schwaechster(grade) == schwach


@pytest.mark.parametrize(
    ("weg", "aufgabe"),
    [
        *((weg, date(2026, 3, 2)) for weg in WEGE),
        # § 37 Abs. 2a SGB X: there is no portal before 2020.
        *((weg, date(2010, 3, 1)) for weg in WEGE if weg != "portal"),
    ],
)
def test_bekanntgabe_carries_the_grade_of_its_days(weg, aufgabe):
    erster = bekanntgabe(aufgabe, weg, "BW").schritte[0]

    einschreiben_alt = weg == "einschreiben" and aufgabe.year == 2010
    # The two weeks of a public notice are from memory (§ 10 Abs. 2 S. 6 VwZG).
    aus_dem_gedaechtnis = einschreiben_alt or weg == "oeffentlich"
    assert (erster.grad == "M") == aus_dem_gedaechtnis
    assert erster.grad


@pytest.mark.parametrize("modus", MODI)
def test_amounts_carry_the_grade_of_what_they_use(modus):
    tag = date(2010, 3, 8)

    assert pauschale(3, "koerperlich", tag).rechenweg[0].grad == "SEED-K"
    woche = stunden(Decimal(6), Decimal("42.50"), "woche", tag)
    assert (woche.betrag, woche.rechenweg[0].grad) == (Decimal("1105.00"), "I")
    assert stunden(Decimal(6), Decimal(10), "monat", tag).rechenweg[0].grad == ""
    assert teilmonat(Betrag(Decimal(300), ()), tag, modus).rechenweg[-1].grad == "I"


def test_teilbudget_is_rounded_once_not_per_position():
    # 3 × (1 h × 10,01 € × 52/12 = 43,37666...) = 130,13 €, not 3 × 43,38 = 130,14 €.
    teil = stunden(Decimal(1), Decimal("10.01"), "woche", date(2026, 3, 2))

    ergebnis = summe([teil, teil, teil])

    assert (teil.betrag, ergebnis.betrag) == (Decimal("43.38"), Decimal("130.13"))
    assert ergebnis.rechenweg[-1].text == (
        "Summe: 43,38 € + 43,38 € + 43,38 € = 130,13 €; gerundet ist nur die Summe, nicht jede"
        " Position für sich"
    )
    assert "gerundet" not in summe([teil, Betrag(Decimal(1), ())]).rechenweg[-1].text
