"""Refusals of values and amounts, word for word."""

from datetime import date
from decimal import Decimal

import pytest

from recht import bemessung, kataloge, nachzahlung, pflege, teilmonat
from recht.beitrag import (
    Leistungsteil,
    abziehbarer_beitrag,
    bestandsschutz,
    compute_beitrag,
    einmaliger_beitrag,
)
from recht.bemessung import Betrag, Teil
from recht.fehler import RechtFehler
from recht.geld import check_betrag, euro
from recht.grenzen import einkommensgrenze, vermoegensgrenze
from recht.inhalte import pflichtinhalte
from recht.parameter import parameter
from recht.zeitraum import Zeitraum

TAG, ALT = date(2026, 4, 6), date(2010, 6, 1)
EINS, MINUS = Decimal(1), Decimal(-1)
LEISTUNG = Betrag(EINS, ())
GRENZE = "ist nicht zulässig; erlaubt sind 0,00 € bis 999.999.999.999,99 €."


def pruefe(aufruf, satz):
    with pytest.raises(RechtFehler) as fehler:
        aufruf()
    assert str(fehler.value) == satz


@pytest.mark.parametrize(
    ("aufruf", "satz"),
    [
        (
            lambda: parameter("bezugsgroesse", date(2027, 1, 1)),
            "Für „Bezugsgröße (bis 2024 West)“ (bezugsgroesse) ist am 01.01.2027 kein Wert"
            " hinterlegt; zulässig sind Tage vom 01.01.2013 bis 31.12.2026.",
        ),
        (
            lambda: pflichtinhalte("x", TAG),
            "Für „x“ sind keine Inhalte hinterlegt; zulässig sind gesamtplan, zielvereinbarung,"
            " bescheid.",
        ),
        (
            lambda: kataloge.alle_eintraege("x"),
            "Den Katalog „x“ gibt es nicht; zulässig sind leistungsgruppen, leistungstraeger,"
            " leistungskatalog, leistungsarten, beitragsfrei, instrumente,"
            " leistungsbestandteile, nachweisarten, weitere_leistungen.",
        ),
        (
            lambda: euro("x"),
            "„x“ ist kein Betrag in Euro; erwartet wird zum Beispiel „2.714,00“ oder „2714.00“.",
        ),
        (
            lambda: euro(5),
            "„5“ ist kein Betrag in Euro; erwartet wird zum Beispiel „2.714,00“ oder „2714.00“.",
        ),
        (
            lambda: parameter("bezugsgroesse", "x"),
            "Stichtag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: check_betrag(5, "Feld"),
            "Feld: „5“ ist kein Betrag; erwartet wird eine Dezimalzahl.",
        ),
        (lambda: check_betrag(MINUS, "Feld"), f"Feld: -1 {GRENZE}"),
        (
            lambda: bemessung.pauschale(6, "geistig", ALT),
            "Die Hilfebedarfsgruppe „6“ gibt es nicht; zulässig sind 1, 2, 3, 4 und 5.",
        ),
        (
            lambda: bemessung.pauschale(3, "x", ALT),
            "Die Behinderungsart „x“ gibt es nicht; zulässig sind koerperlich, geistig,"
            " seelisch, sinnes.",
        ),
        (
            lambda: bemessung.stunden(EINS, EINS, "tag", TAG),
            "Stunden je „tag“ sind nicht vorgesehen; zulässig sind woche und monat.",
        ),
        (
            lambda: bemessung.stunden(EINS, EINS, "woche", TAG, wochenfaktor=Decimal("3.5")),
            "Der Wochenfaktor 3,5 ist nicht plausibel; zulässig sind Werte von 4 bis 5,"
            " gebräuchlich sind 4,33 bis 4,348.",
        ),
        (
            lambda: bemessung.stunden(EINS, EINS, "woche", TAG, wochenfaktor=MINUS),
            f"Wochenfaktor: -1 {GRENZE}",
        ),
        (
            lambda: bemessung.summe([]),
            "Ohne Position gibt es keinen Betrag; erforderlich ist mindestens eine.",
        ),
        (
            lambda: bemessung.gesamtbudget([]),
            "Ein Gesamtbudget braucht mindestens ein Teilbudget; angegeben ist keines.",
        ),
        (
            lambda: bemessung.gesamtbudget([Teil("x", "y", EINS, "bar")]),
            "Die Form „bar“ gibt es nicht; zulässig sind geld und gutschein.",
        ),
        (
            lambda: teilmonat.teilmonat(LEISTUNG, TAG, "x"),
            "Den Modus „x“ für Teilmonate gibt es nicht; zulässig sind dreissigstel,"
            " kalendertage, voller_monat.",
        ),
        (
            lambda: teilmonat.teilmonat(LEISTUNG, TAG, "kalendertage", bis=date(2026, 5, 1)),
            "Der Teilmonat 06.04.2026 bis 01.05.2026 reicht über den Monat hinaus; zulässig ist"
            " ein Ende bis 30.04.2026.",
        ),
        (
            lambda: teilmonat.split_monat(LEISTUNG, [], "kalendertage"),
            "Die Teile eines Monats müssen am Ersten beginnen und im selben Monat liegen.",
        ),
        (
            lambda: teilmonat.split_monat(LEISTUNG, [date(2026, 4, 1), TAG], "voller_monat"),
            "Im Modus voller_monat wird kein Monat geteilt; zulässig sind dreissigstel und"
            " kalendertage.",
        ),
        (
            lambda: teilmonat.unterbrechung(LEISTUNG, TAG, Zeitraum(TAG), -1, "kalendertage"),
            "-1 Tage Weiterzahlung sind nicht möglich; zulässig sind 0 und mehr.",
        ),
        (
            lambda: pflege.kombileistung("x", EINS, TAG),
            "Die Stufe „x“ gibt es nicht; zulässig sind stufe1, stufe2, stufe3, grad2, grad3,"
            " grad4, grad5.",
        ),
        (
            lambda: pflege.kombileistung("grad3", Decimal(1500), TAG),
            "Die Pflegesachleistung von 1.500,00 € übersteigt den Höchstbetrag; zulässig sind bis"
            " zu 1.497,00 €.",
        ),
    ],
)
def test_refusal_of_values_and_amounts(aufruf, satz):
    pruefe(aufruf, satz)


@pytest.mark.parametrize(
    ("aufruf", "satz"),
    [
        (
            lambda: compute_beitrag(2026, EINS, "x"),
            "Die Art des Einkommens „x“ gibt es nicht; zulässig sind sv, nicht_sv, rente.",
        ),
        (
            lambda: compute_beitrag(2026, EINS, "sv", partner="x"),
            "Die Angabe „x“ zum Partner gibt es nicht; zulässig sind keine Angabe, unter_grenze"
            " und ueber_grenze.",
        ),
        (
            lambda: compute_beitrag(0, EINS, "sv"),
            "Jahr: „0“ ist nicht möglich; zulässig sind ganze Zahlen von 1 bis 9999.",
        ),
        (
            lambda: compute_beitrag(2026, EINS, "sv", kinder=31),
            "Kinder: „31“ ist nicht möglich; zulässig sind ganze Zahlen von 0 bis 30.",
        ),
        (
            lambda: compute_beitrag(2026, EINS, "sv", minderjaehrige=31),
            "Minderjährige: „31“ ist nicht möglich; zulässig sind ganze Zahlen von 0 bis 30.",
        ),
        (
            lambda: abziehbarer_beitrag(EINS, [Leistungsteil("x", EINS, "y")]),
            "Die Befreiung „y“ gibt es nicht; zulässig sind frei_heilpaedagogik,"
            " frei_medizinische_rehabilitation, frei_arbeitsleben, frei_schulbildung,"
            " frei_ausbildungsstaette, frei_vorbereitung_arbeitsleben, frei_nicht_eingeschult,"
            " frei_lebensunterhalt.",
        ),
        (
            lambda: einkommensgrenze(ALT, EINS, 31),
            "Angehörige: „31“ ist nicht möglich; zulässig sind ganze Zahlen von 0 bis 30.",
        ),
        (
            lambda: vermoegensgrenze(ALT, unterhaltene=31),
            "Unterhaltene Personen: „31“ ist nicht möglich; zulässig sind ganze Zahlen von 0 bis"
            " 30.",
        ),
        (
            lambda: nachzahlung.nachzahlung(EINS, 0),
            "Zahl der Monate: „0“ ist nicht möglich; zulässig sind ganze Zahlen von 1 bis 480.",
        ),
    ],
)
def test_refusal_of_beitrag_and_limits(aufruf, satz):
    pruefe(aufruf, satz)


@pytest.mark.parametrize(
    ("feld", "aufruf"),
    [
        ("Einkommen", lambda: compute_beitrag(2026, MINUS, "sv")),
        ("Beitrag", lambda: abziehbarer_beitrag(MINUS, [])),
        ("Beitrag", lambda: einmaliger_beitrag(MINUS, EINS, TAG)),
        ("Bedarfsgegenstand", lambda: einmaliger_beitrag(EINS, MINUS, TAG)),
        ("Beitrag nach neuem Recht", lambda: bestandsschutz(MINUS, EINS)),
        ("Einsatz nach früherem Recht", lambda: bestandsschutz(EINS, MINUS)),
        ("Kosten der Unterkunft", lambda: einkommensgrenze(ALT, MINUS)),
        ("Stunden", lambda: bemessung.stunden(MINUS, EINS, "woche", TAG)),
        ("Stundensatz", lambda: bemessung.stunden(EINS, MINUS, "woche", TAG)),
        ("Sachkosten", lambda: bemessung.sachkosten(MINUS, TAG)),
        ("Vergleichskosten der Sachleistung", lambda: bemessung.deckel(LEISTUNG, MINUS, TAG)),
        (
            "Verbleibende Sachleistungen",
            lambda: bemessung.deckel(LEISTUNG, EINS, TAG, daneben=MINUS),
        ),
        ("Kosten der gewählten Werkstatt", lambda: bemessung.werkstatt(MINUS, EINS)),
        ("Kosten der nächstgelegenen Werkstatt", lambda: bemessung.werkstatt(EINS, MINUS)),
        ("Beitrag", lambda: bemessung.abzug_beitrag(LEISTUNG, MINUS)),
        (
            "Beitragspflichtige Leistungen",
            lambda: bemessung.abzug_beitrag(LEISTUNG, EINS, pflichtig=MINUS),
        ),
        ("Nachzahlung", lambda: nachzahlung.nachzahlung(MINUS, 1)),
        ("Überzahlung", lambda: nachzahlung.ueberzahlung(MINUS, 1)),
        ("Betrag", lambda: nachzahlung.zinsen(MINUS, TAG, TAG)),
        ("Aufwendungen", lambda: nachzahlung.verwaltungskosten(MINUS, TAG)),
        ("Pflegesachleistung", lambda: pflege.kombileistung("grad3", MINUS, TAG)),
        ("Pflegegeld", lambda: pflege.halbes_pflegegeld(MINUS)),
    ],
)
def test_negative_amount_is_refused_by_the_name_of_its_field(feld, aufruf):
    pruefe(aufruf, f"{feld}: -1 {GRENZE}")
