"""Every sentence on Zuständigkeit, addressee and address, as a person reads it.

None changes without being read. The answers are drawn by a fixed sequence; `wortlaut.yaml` holds
each sentence once, with its norm. After a wanted change: `python -m tests.recht.test_wortlaut`,
then read the difference.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from recht.adressat import PERSON, Vertretung, Vertretungsart, adressat_am, alter_am
from recht.anschrift import DEUTSCHLAND, Anschriftart, Anschriftwert, check_anschrift
from recht.aufenthalt import massgeblicher_aufenthalt, oertliche_schritte
from recht.einwilligungstext import einwilligungstext
from recht.fehler import EingabeUngueltig, RechtFehler
from recht.kennnummer import check_rentenversicherungsnummer
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand
from recht.sitze import read_sitz
from recht.zustaendigkeit import check_zustaendigkeit
from recht.zustaendigkeitsfragen import Angaben, bereinigt, fragen

DATEI = Path(__file__).parent / "wortlaut.yaml"
TAGE = (date(2009, 3, 30), date(2018, 6, 4), date(2026, 11, 16))
ORTE = ("hier", "anderswo", "ungeklaert", "keiner", "")
WERTE = {
    "herkunft": ("erster", "zweiter", "dritter", ""),
    "eilfall": ("ja", "nein", ""),
    "gruppen": ((), ("b_soziale_teilhabe",), ("a_leben_in_der_gemeinschaft",)),
    "vorrang": ("ja", "nein", ""),
    "wohnform": ("ambulant", "abw", "tag_und_nacht", ""),
    "bezug": ("laeuft", "beendet", "nein", ""),
    "bestand_2019": ("ja", "nein", ""),
    "bezug_traeger": ("hier", "anderer", "ungeklaert", ""),
    "bezug_bis": (None, date(2018, 1, 2), date(2026, 10, 1), date(2025, 1, 1)),
    "bezug_unterbrochen": ("ja", "nein", ""),
    "besonderheit": ("geburt", "vollzug", "einrichtung", "nein", ""),
    "aufnahme_am": (None, date(2018, 6, 1), date(2026, 11, 1)),
    "aufenthalt": ORTE,
    "tatsaechlich": ORTE,
    "einvernehmen": ("ja", "nein", ""),
}


def saetze() -> list[str]:
    """Return each sentence once: questions with their answers, reasons, and who gets a letter."""
    found = set()
    for nummer in range(4000):
        angaben = Angaben(**{name: _draw(nummer, name, werte) for name, werte in WERTE.items()})
        tag = _draw(nummer, "tag", TAGE)
        try:
            angaben = bereinigt(angaben, tag, "BW")
            for frage in fragen(angaben, tag, "BW"):
                antworten = "; ".join(f"{key} = {text}" for key, text in frage.antworten)
                teile = (frage.abschnitt, frage.text, frage.erklaerung, antworten, frage.norm)
                found.add(f"{frage.schluessel} | {' | '.join(teile)}")
            for schritt in (*oertliche_schritte(angaben, tag, "BW"), *_ergebnis(angaben, tag)):
                found.add(f"{schritt.text} | {schritt.norm}")
        except RechtFehler as error:
            found.add(f"Ablehnung: {error}")
    return sorted(found | set(_adressaten()) | set(_anschriften()))


def _ergebnis(angaben: Angaben, tag: date) -> list[Schritt]:
    """Return the reasons of the proposal, in time and with the Frist missed."""
    # Each law has its own groups (§ 5 SGB IX).
    passend = tuple(g for g in angaben.gruppen if g.startswith("a_") == (tag.year < 2018))
    angaben = replace(angaben, gruppen=passend)
    return [
        schritt
        for spaeter in (1, 30)
        for schritt in check_zustaendigkeit(
            angaben, eingang=tag, stichtag=tag + timedelta(days=spaeter), land="BW"
        ).schritte
    ]


def _draw(nummer: int, name: str, werte: tuple) -> object:
    """Return one of the values, always the same for the same number and name."""
    return werte[hashlib.sha256(f"{nummer} {name}".encode()).digest()[0] % len(werte)]


def _anschriften() -> list[str]:
    """Return what is said of an address that lacks something, with its field."""
    found = []
    for art in Anschriftart:
        for land in (DEUTSCHLAND, "FR"):
            fehlt = check_anschrift(Anschriftwert(ort="", land=land, art=art))
            found += [f"Anschrift, {feld}: {satz}" for feld, satz in fehlt.items()]
    return found


def _adressaten() -> list[str]:
    arten = list(Vertretungsart)
    found = []
    for geboren in (date(1985, 4, 17), date(2015, 1, 1), date(2010, 6, 1)):
        for art in (None, *arten):
            for kreise in ((), ("behoerden",), ("gesundheit",)):
                for unfaehig in (None, date(2025, 1, 1)):
                    ab = date(2024, 1, 1)
                    vertretungen = [
                        Vertretung("v", art, gueltig_ab=ab, aufgabenkreise=frozenset(kreise))
                    ]
                    ergebnis = adressat_am(
                        geboren,
                        vertretungen if art else [],
                        date(2026, 11, 20),
                        **({"geschaeftsunfaehig_seit": unfaehig} if unfaehig else {}),
                    )
                    found += [f"{s.text} | {s.norm}" for s in ergebnis.schritte]
    return found


def test_every_sentence_is_as_it_was_read():
    assert WERTE.keys() | {"vorrang_gruppen"} == {f.name for f in fields(Angaben)}
    gelesen = yaml.safe_load(DATEI.read_text(encoding="utf-8"))
    jetzt = saetze()
    assert [s for s in jetzt if s not in gelesen] == []
    assert [s for s in gelesen if s not in jetzt] == []
    assert len(jetzt) > 80


@pytest.mark.parametrize(
    ("stand", "wohnform", "aufenthalt", "worte", "norm"),
    [
        ("B", "ambulant", "hier", "dem gewöhnlichen Aufenthalt", "§ 98 Abs. 1 S. 1 SGB IX"),
        ("B", "tag_und_nacht", "hier", "dem gewöhnlichen Aufenthalt", "§ 98 Abs. 1 S. 1 SGB IX"),
        ("B", "ambulant", "keiner", "dem tatsächlichen Aufenthalt", "§ 98 Abs. 2 S. 3 SGB IX"),
        ("A", "ambulant", "hier", "dem tatsächlichen Aufenthalt", "§ 98 Abs. 1 S. 1 SGB XII"),
        (
            *("A", "abw", "hier", "der Zuständigkeit vor dem Einzug in das betreute Wohnen"),
            "§ 98 Abs. 5 S. 1 SGB XII",
        ),
        (
            *("UE", "tag_und_nacht", "hier", "dem gewöhnlichen Aufenthalt vor der Aufnahme"),
            "§ 98 Abs. 2 S. 1 SGB XII",
        ),
        ("UE", "", "hier", "dem Aufenthalt", "§ 98 SGB XII"),
    ],
)
def test_which_residence_decides(stand, wohnform, aufenthalt, worte, norm):
    angaben = Angaben(wohnform=wohnform, aufenthalt=aufenthalt)
    assert massgeblicher_aufenthalt(angaben, Rechtsstand(stand)) == (worte, norm)


@pytest.mark.parametrize(
    ("ruf", "satz"),
    [
        (
            lambda: alter_am(date(2026, 1, 2), date(2026, 1, 1)),
            "Der Tag liegt vor der Geburt; ein Alter gibt es dann noch nicht.",
        ),
        (
            lambda: einwilligungstext("2026-01-01"),
            "Stichtag: erwartet wird ein Kalendertag ohne Uhrzeit, nicht „2026-01-01“.",
        ),
        (
            lambda: check_rentenversicherungsnummer("65170839J000"),
            "Die Prüfziffer der Rentenversicherungsnummer stimmt nicht. Bitte vergleichen Sie die "
            "Zeichen; oft sind zwei vertauscht.",
        ),
    ],
)
def test_refusals_say_what_is_wrong(ruf, satz):
    with pytest.raises(EingabeUngueltig) as gemeldet:
        ruf()
    assert str(gemeldet.value) == satz


def test_catholic_is_not_augsburg():
    sitz = read_sitz("katholisch", "BY")
    tag = date(2026, 8, 8)
    assert sitz.gilt("mariae_himmelfahrt", tag) is True
    assert sitz.gilt("augsburger_friedensfest", tag) is not True


def test_person_is_the_addressee_without_anybody_else():
    assert adressat_am(date(1985, 4, 17), [], date(2026, 11, 20)).adressat == PERSON


if __name__ == "__main__":
    DATEI.write_text(yaml.safe_dump(saetze(), allow_unicode=True, width=10_000), encoding="utf-8")
