"""The worked examples: expected values come from their source, never from the program."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from recht.bekanntgabe import bekanntgabe
from recht.bemessung import Teil, gesamtbudget, werkstatt
from recht.fristen import compute_frist
from recht.kommandozeile import run_command
from recht.nachzahlung import nachzahlung, ueberzahlung, zinsen
from recht.parameter import reihe
from recht.zeitraum import Zeitraum

ORDNER = Path(__file__).parent / "beispiele"


def lies(name):
    eintraege = yaml.safe_load((ORDNER / name).read_text(encoding="utf-8"))
    return [pytest.param(e, id=e.get("id") or e["schluessel"]) for e in eintraege]


def test_every_example_names_its_source():
    alle = [p.values[0] for datei in ORDNER.glob("*.yaml") for p in lies(datei.name)]

    assert len(alle) > 60
    assert [e for e in alle if not e.get("quelle")] == []


@pytest.mark.parametrize("beispiel", lies("bekanntgabe.yaml"))
def test_bekanntgabe_of_example(beispiel):
    ergebnis = bekanntgabe(beispiel["aufgabe"], "post", "BW")

    assert ergebnis.bekanntgabe == beispiel["bekanntgabe"]
    assert ergebnis.widerspruch_bis == beispiel["widerspruch_bis"]
    assert beispiel.get("gegenansicht", "") in ergebnis.warnung
    assert bool(ergebnis.warnung) == ("gegenansicht" in beispiel)


@pytest.mark.parametrize("beispiel", lies("fristen.yaml"))
def test_frist_of_example(beispiel):
    ergebnis = compute_frist(
        beispiel["frist"],
        beispiel["ausloeser"],
        "BW",
        tagesbeginn=beispiel.get("tagesbeginn"),
        laenge=beispiel.get("laenge"),
    )

    assert ergebnis.ende_rechnerisch == beispiel["rechnerisch"]
    assert ergebnis.ende == beispiel["ende"]
    assert ergebnis.verschoben_wegen == beispiel.get("grund", "")
    assert ergebnis.wiedervorlage == beispiel.get("wiedervorlage", ergebnis.wiedervorlage)
    assert ergebnis.anzeige == beispiel.get("anzeige", ergebnis.anzeige)


@pytest.mark.parametrize("beispiel", lies("bemessung.yaml"))
def test_amount_of_example(beispiel):
    eingabe = json.dumps([beispiel["ein"]]).encode()

    status, ausgabe = run_command([beispiel["befehl"]], lambda: eingabe)

    [antwort] = json.loads(ausgabe)
    assert status == 0
    assert {feld: antwort[feld] for feld in beispiel["aus"]} == beispiel["aus"]


@pytest.mark.parametrize("beispiel", lies("werte.yaml"))
def test_series_equals_the_table_of_its_source(beispiel):
    werte = {wert.gueltig_ab: wert.wert for wert in reihe(beispiel["schluessel"]).werte}

    assert werte == beispiel["werte"]


def test_b1_musterbescheid_splits_money_and_vouchers():
    # KVJS-Leitfaden 2010, Anlage 2: 2.714 € in total, of which 921 € only as vouchers.
    ergebnis = gesamtbudget(
        [
            Teil("Eingliederungshilfe", "Landkreis", Decimal(1050)),
            Teil("Grundsicherung", "Landkreis", Decimal(330), ergaenzend=True),
            Teil("Pflegesachleistung", "AOK", Decimal(921), "gutschein"),
            Teil("Hilfe zur Pflege", "Landkreis", Decimal(413)),
        ]
    )

    assert ergebnis.gesamt == Decimal("2714.00")
    assert ergebnis.geld == Decimal("1793.00")
    assert ergebnis.gutscheine == Decimal("921.00")
    assert ergebnis.ohne_ergaenzende == Decimal("2384.00")


def test_b8_werkstatt_pays_the_nearest_one():
    ergebnis = werkstatt(Decimal("1410.00"), Decimal("1236.40"))

    assert (ergebnis.betrag, ergebnis.rest) == (Decimal("1236.40"), Decimal("173.60"))
    assert ergebnis.gedeckelt is True


def test_b11_nachzahlung_and_its_interest():
    assert nachzahlung(Decimal(150), 5).betrag == Decimal("750.00")
    ein_monat = zinsen(Decimal(450), date(2026, 1, 1), date(2026, 4, 15))
    assert (ein_monat.monate, ein_monat.betrag) == (1, Decimal("1.50"))


def test_b12_ueberzahlung_of_three_months():
    assert ueberzahlung(Decimal(1500), 3).betrag == Decimal("4500.00")


def test_e14_leistungszeitraum_has_24_months():
    assert Zeitraum(date(2005, 12, 1), date(2007, 11, 30)).monate == 24
