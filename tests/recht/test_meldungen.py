"""Every refusal, word for word: an office reads these sentences and acts on them."""

from datetime import date
from decimal import Decimal

import pytest

from recht import bemessung, eingabe, fristen, kataloge, nachzahlung, norm, pflege, teilmonat
from recht.beitrag import (
    Leistungsteil,
    abziehbarer_beitrag,
    berechne_beitrag,
    bestandsschutz,
    einmaliger_beitrag,
)
from recht.bekanntgabe import bekanntgabe
from recht.bemessung import Betrag, Teil
from recht.fehler import RechtFehler
from recht.feiertag import feiertage, ist_werktag
from recht.frist import Frist, Termin
from recht.fristkatalog import fristregel
from recht.geld import euro, pruefe_betrag
from recht.grenzen import einkommensgrenze, vermoegensgrenze
from recht.inhalte import pflichtinhalte
from recht.laenge import Laenge, plus_monate
from recht.parameter import parameter
from recht.rechtsstand import Rechtsstand, lies_rechtsstand, rechtsstand_am
from recht.zeitraum import Zeitraum

TAG, ALT = date(2026, 4, 6), date(2010, 6, 1)
EINS, MINUS = Decimal(1), Decimal(-1)
LEISTUNG = Betrag(EINS, ())
GRENZE = "ist nicht zulässig; erlaubt sind 0,00 € bis 999.999.999.999,99 €."


def frist(kennung, **angaben):
    return lambda: fristen.berechne_frist(kennung, TAG, "BW", **angaben)


def pruefe(aufruf, satz):
    with pytest.raises(RechtFehler) as fehler:
        aufruf()
    assert str(fehler.value) == satz


@pytest.mark.parametrize(
    ("aufruf", "satz"),
    [
        (
            lambda: eingabe.lies_datum("x"),
            "Datum: „x“ ist kein Tag; erwartet wird JJJJ-MM-TT, zum Beispiel 2026-04-06.",
        ),
        (
            lambda: eingabe.lies_datum("2026-02-30", "Beginn"),
            "Beginn: Den Tag „2026-02-30“ gibt es im Kalender nicht; erwartet wird ein"
            " vorhandener Tag in der Form JJJJ-MM-TT.",
        ),
        (
            lambda: eingabe.pruefe_tag("x", "Tag"),
            "Tag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: rechtsstand_am("x"),
            "Stichtag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: rechtsstand_am(date(2003, 12, 31)),
            "Für den 31.12.2003 ist kein Rechtsstand hinterlegt; zulässig sind Tage vom"
            " 01.01.2004 bis 31.12.2030.",
        ),
        (
            lambda: lies_rechtsstand("C"),
            "Den Rechtsstand „C“ gibt es nicht; zulässig sind A, UE und B.",
        ),
        (
            lambda: ist_werktag(date(1999, 1, 1), "BW"),
            "Für das Jahr 1999 sind keine Feiertage hinterlegt; zulässig sind die Jahre 2000 bis"
            " 2099.",
        ),
        (
            lambda: feiertage(2026, "XX"),
            "Das Land „XX“ ist nicht bekannt; zulässig sind BB, BE, BW, BY, HB, HE, HH, MV, NI,"
            " NW, RP, SH, SL, SN, ST, TH.",
        ),
        (
            lambda: Zeitraum(TAG, date(2026, 4, 5)),
            "Der Zeitraum endet am 05.04.2026 vor seinem Beginn am 06.04.2026; das Ende darf"
            " nicht vor dem Beginn liegen.",
        ),
        (
            lambda: Zeitraum(TAG).tage,
            "Ein Zeitraum ohne Ende hat keine Länge; erforderlich ist ein letzter Tag.",
        ),
        (
            lambda: Zeitraum("x"),
            "Beginn des Zeitraums: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: Zeitraum(TAG, "x"),
            "Ende des Zeitraums: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: Frist("x", Laenge(1, "tage"), "BW"),
            "Auslöser: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: Termin("x"),
            "Termin: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: Laenge(1, "Monde"),
            "Die Einheit „Monde“ gibt es nicht; zulässig sind arbeitstage, jahre,"
            " kalendermonate, monate, stunden, tage, wochen.",
        ),
        (
            lambda: Laenge(0, "tage"),
            "Eine Frist von 0 Tage gibt es nicht; die Länge muss mindestens 1 betragen.",
        ),
        (
            lambda: Laenge.parse("x"),
            "„x“ ist keine Länge einer Frist; erwartet wird eine Zahl mit Einheit, zum Beispiel"
            " „14 Tage“, „2 Wochen“, „6 Monate“, „1 Jahr“.",
        ),
        (
            lambda: Laenge(2, "arbeitstage").tage_nicht_zusammenhaengend,
            "Die Länge 2 Arbeitstage lässt sich nicht nach § 191 BGB in Tage umrechnen; zulässig"
            " sind Tage, Wochen, Monate und Jahre.",
        ),
        (
            lambda: plus_monate(date(9999, 12, 1), 1),
            "Vom 01.12.9999 aus liegt das Ergebnis außerhalb des Kalenders; zulässig sind"
            " Ergebnisse bis zum Jahr 9999.",
        ),
        (
            lambda: norm.Norm.parse("x"),
            "„x“ ist keine Fundstelle in der Kurzform; erwartet wird zum Beispiel"
            " „§ 29 Abs. 4 S. 2 Nr. 4 SGB IX“.",
        ),
        (
            lambda: norm.Norm.parse("BSG 2010"),
            "„BSG 2010“ nennt ein Gericht ohne Tag und Aktenzeichen; erwartet wird zum Beispiel"
            " „BSG 06.05.2010 - B 14 AS 12/09 R“.",
        ),
    ],
)
def test_refusal_of_days_and_citations(aufruf, satz):
    pruefe(aufruf, satz)


@pytest.mark.parametrize(
    ("aufruf", "satz"),
    [
        (
            lambda: fristregel("F12").fassung(Rechtsstand.B),
            "Die Frist F12 (Feststellung des Teilbudgets) gibt es im Rechtsstand B nicht;"
            " zulässig ist der Rechtsstand A.",
        ),
        (
            lambda: fristregel("F08").fassung(Rechtsstand.A),
            "Die Frist F08 (Entscheidung bei Beteiligung anderer Träger) gibt es im Rechtsstand A"
            " nicht; zulässig ist der Rechtsstand UE, B.",
        ),
        (
            frist("F01", vorlauf_tage=-1),
            "Ein Vorlauf von -1 Tagen ist nicht möglich; zulässig sind 0 und mehr.",
        ),
        (
            frist("F50", laenge="2 Tage"),
            "Für die Frist F50 (Bekanntgabe durch Post oder elektronisch) kann hier keine Länge"
            " angegeben werden; zulässig ist entweder eine Länge oder ein letzter Tag, soweit die"
            " Frist das vorsieht.",
        ),
        (
            frist("F50", geltend_bis=TAG),
            "Für die Frist F50 (Bekanntgabe durch Post oder elektronisch) steht der Tag im"
            " Gesetz; ein eigener letzter Tag ist nicht zulässig.",
        ),
        (
            frist("F56", geltend_bis="x"),
            "Letzter Tag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            frist("F50", pausen=[(TAG, TAG)]),
            "Die Frist F50 (Bekanntgabe durch Post oder elektronisch) endet an einem festen Tag;"
            " Pausen sind nur bei Fristen mit einer Länge zulässig.",
        ),
        (
            frist("F51", pausen=[(TAG, date(2026, 4, 5))]),
            "Die Pause vom 06.04.2026 bis 05.04.2026 ist nicht möglich; das Ende darf nicht vor"
            " dem Beginn und nicht nach 2099 liegen.",
        ),
        (
            frist("F51", pausen=[("x", TAG)]),
            "Beginn der Pause: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            frist("F51", pausen=[(TAG, "x")]),
            "Ende der Pause: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            frist("F57"),
            "Die Länge der Frist F57 (Mitwirkung) legt die Behörde fest; erforderlich ist eine"
            " Angabe wie „14 Tage“ oder „2 Wochen“.",
        ),
        (
            frist("F73", laenge="2 Wochen"),
            "Die Frist F73 rechnet in Monaten oder Jahren, nicht mit 2 Wochen; zulässig sind"
            " Angaben wie „6 Monate“ oder „1 Jahr“.",
        ),
        (
            frist("F11"),
            "Die Frist F11 (Feststellung der Leistungen nach der Gesamtplankonferenz) hat keine"
            " eigene Länge; erforderlich ist der Tag, bis zu dem sie gilt.",
        ),
        (
            frist("F11", geltend_bis=date(2026, 4, 5)),
            "Der letzte Tag 05.04.2026 liegt vor dem Auslöser 06.04.2026; zulässig ist ein Tag ab"
            " dem Auslöser.",
        ),
        (
            lambda: bekanntgabe(TAG, "fax", "BW"),
            "Den Weg „fax“ gibt es nicht; zulässig sind post, elektronisch, portal, einschreiben,"
            " zustellung, uebergabe.",
        ),
        (
            lambda: bekanntgabe(TAG, "post", "BW", rbb="x"),
            "Die Angabe „x“ zur Rechtsbehelfsbelehrung gibt es nicht; zulässig sind richtig,"
            " fehlt, falsch.",
        ),
        (
            lambda: bekanntgabe(TAG, "post", "BW", zugang=date(2026, 4, 5)),
            "Der Zugang am 05.04.2026 liegt vor der Aufgabe am 06.04.2026; zulässig ist ein Tag"
            " ab der Aufgabe.",
        ),
        (
            lambda: bekanntgabe("x", "post", "BW"),
            "Tag der Aufgabe: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: bekanntgabe(TAG, "post", "BW", zugang="x"),
            "Zugang: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
    ],
)
def test_refusal_of_fristen(aufruf, satz):
    pruefe(aufruf, satz)


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
            " leistungsbestandteile, nachweisarten.",
        ),
        (
            lambda: euro("x"),
            "„x“ ist kein Betrag in Euro; erwartet wird zum Beispiel „2.714,00“ oder „2714.00“.",
        ),
        (
            lambda: pruefe_betrag(5, "Feld"),
            "Feld: „5“ ist kein Betrag; erwartet wird eine Dezimalzahl.",
        ),
        (lambda: pruefe_betrag(MINUS, "Feld"), f"Feld: -1 {GRENZE}"),
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
            lambda: teilmonat.teile_monat(LEISTUNG, [], "kalendertage"),
            "Die Teile eines Monats müssen am Ersten beginnen und im selben Monat liegen.",
        ),
        (
            lambda: teilmonat.teile_monat(LEISTUNG, [date(2026, 4, 1), TAG], "voller_monat"),
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
            lambda: berechne_beitrag(2026, EINS, "x"),
            "Die Art des Einkommens „x“ gibt es nicht; zulässig sind sv, nicht_sv, rente.",
        ),
        (
            lambda: berechne_beitrag(2026, EINS, "sv", partner="x"),
            "Die Angabe „x“ zum Partner gibt es nicht; zulässig sind keine Angabe, unter_grenze"
            " und ueber_grenze.",
        ),
        (
            lambda: berechne_beitrag(0, EINS, "sv"),
            "Jahr: „0“ ist nicht möglich; zulässig sind ganze Zahlen von 1 bis 9999.",
        ),
        (
            lambda: berechne_beitrag(2026, EINS, "sv", kinder=31),
            "Kinder: „31“ ist nicht möglich; zulässig sind ganze Zahlen von 0 bis 30.",
        ),
        (
            lambda: berechne_beitrag(2026, EINS, "sv", minderjaehrige=31),
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
        ("Einkommen", lambda: berechne_beitrag(2026, MINUS, "sv")),
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
