"""Every refusal, word for word: an office reads these sentences and acts on them."""

from datetime import date
from decimal import Decimal

import pytest

from recht import eingabe, fristen, norm
from recht.bekanntgabe import bekanntgabe
from recht.bemessung import Betrag
from recht.fehler import RechtFehler
from recht.feiertag import feiertag_name, feiertage, is_werktag
from recht.frist import Frist, Termin
from recht.fristkatalog import fristregel
from recht.laenge import Laenge, plus_monate
from recht.rechtsstand import Rechtsstand, read_rechtsstand, rechtsstand_am
from recht.zeitraum import Zeitraum

TAG, ALT = date(2026, 4, 6), date(2010, 6, 1)
EINS, MINUS = Decimal(1), Decimal(-1)
LEISTUNG = Betrag(EINS, ())
GRENZE = "ist nicht zulässig; erlaubt sind 0,00 € bis 999.999.999.999,99 €."


def frist(kennung, **angaben):
    return lambda: fristen.compute_frist(kennung, TAG, "BW", **angaben)


def pruefe(aufruf, satz):
    with pytest.raises(RechtFehler) as fehler:
        aufruf()
    assert str(fehler.value) == satz


@pytest.mark.parametrize(
    ("aufruf", "satz"),
    [
        (
            lambda: eingabe.read_datum("x"),
            "Datum: „x“ ist kein Tag; erwartet wird JJJJ-MM-TT, zum Beispiel 2026-04-06.",
        ),
        (
            lambda: eingabe.read_datum("2026-02-30", "Beginn"),
            "Beginn: Den Tag „2026-02-30“ gibt es im Kalender nicht; erwartet wird ein"
            " vorhandener Tag in der Form JJJJ-MM-TT.",
        ),
        (
            lambda: eingabe.check_tag("x", "Tag"),
            "Tag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: rechtsstand_am("x"),
            "Stichtag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            lambda: rechtsstand_am(date(2003, 12, 31)),
            "Für den 31.12.2003 ist kein Rechtsstand hinterlegt; zulässig sind Tage vom"
            " 01.01.2004 bis 31.12.2099.",
        ),
        (
            lambda: read_rechtsstand("C"),
            "Den Rechtsstand „C“ gibt es nicht; zulässig sind A, UE und B.",
        ),
        (
            lambda: is_werktag(date(1999, 1, 1), "BW"),
            "Für das Jahr 1999 sind keine Feiertage hinterlegt; zulässig sind die Jahre 2000 bis"
            " 2099.",
        ),
        (
            lambda: feiertag_name("x", "BW"),
            "Tag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
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
            "Für die Frist F50 (Bekanntgabe durch Post oder elektronisch) kann keine Länge"
            " angegeben werden; sie folgt aus § 37 Abs. 2 SGB X.",
        ),
        (
            frist("F50", geltend_bis=TAG),
            "Für die Frist F50 (Bekanntgabe durch Post oder elektronisch) ist ein eigener letzter"
            " Tag nicht zulässig; ihr Ende folgt aus § 37 Abs. 2 SGB X.",
        ),
        (
            frist("F56", geltend_bis="x"),
            "Letzter Tag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            frist("F50", pausen=[(TAG, TAG)]),
            "Die Frist F50 (Bekanntgabe durch Post oder elektronisch) läuft durch: Pausen sind"
            " nicht zulässig, weil keine Vorschrift vorsieht, dass sie ruht (§ 37 Abs. 2 SGB X).",
        ),
        (
            frist("F57", pausen=[(TAG, TAG)], geltend_bis=TAG),
            "Die Frist F57 (Mitwirkung) endet an einem festen Tag; Pausen sind nur bei Fristen mit"
            " einer Länge zulässig.",
        ),
        (
            frist("F51", laenge="14 Tage"),
            "Für die Frist F51 (Widerspruch) ist die Länge 14 Tage nicht zulässig; nach § 84 Abs. 1"
            " SGG gilt 1 Monat, in besonderen Fällen 3 Monate.",
        ),
        (
            frist("F32", pausen=[(TAG, date(2026, 4, 5))]),
            "Die Pause vom 06.04.2026 bis 05.04.2026 ist nicht möglich; das Ende darf nicht vor"
            " dem Beginn und nicht nach 2099 liegen.",
        ),
        (
            frist("F32", pausen=[("x", TAG)]),
            "Beginn der Pause: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            frist("F32", pausen=[(TAG, "x")]),
            "Ende der Pause: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „x“.",
        ),
        (
            frist("F57"),
            "Die Länge der Frist F57 (Mitwirkung) legt die Behörde fest; erforderlich ist eine"
            " Angabe wie „14 Tage“ oder „2 Wochen“.",
        ),
        (
            frist("F31", laenge="2 Wochen"),
            "Die Frist F31 rechnet in Monaten oder Jahren, nicht mit 2 Wochen; zulässig sind"
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
            " zustellung, uebergabe, oeffentlich.",
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
