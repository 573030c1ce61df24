"""Values of the law of a coming year: entered with source and four eyes, used, later decided on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from lxml import html

from budget.bemessung.forms import saetze_am
from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.behoerde.queries.werte import deviation_text, missing_values, values_by_theme
from cases.behoerde.services.eigener_wert import (
    accept_paketwert,
    confirm_eigener_wert,
    create_eigener_wert,
    reject_eigener_wert,
    release_eigener_wert,
)
from cases.models import EigenerWert
from cases.states.tafel import SchrittUnzulaessig
from recht import parameter as paket
from recht.fehler import ParameterUnbekannt
from recht.vorgriff import PAKET, eingebbar
from tests.cases.behoerde.proben import HEUTE

pytestmark = pytest.mark.django_db

NEUJAHR = date(2027, 1, 1)
REGELBEDARF = "gesetz.regelbedarfsstufe_1"
QUELLE = "BGBl. 2026 I Nr. 301"


@pytest.fixture(autouse=True)
def _heute():
    with time_machine.travel("2026-11-20 09:00:00+01:00", tick=False):
        yield


def vorschlagen(by, wert="575", schluessel=REGELBEDARF, **angaben) -> EigenerWert:
    alle = {
        "schluessel": schluessel,
        "zahl": Decimal(wert),
        "gueltig_ab": NEUJAHR,
        "begruendung": "Regelbedarfsstufen-Fortschreibungsverordnung 2027",
        "quelle": QUELLE,
        "geprueft_am": HEUTE,
        "by": by,
        "tag": HEUTE,
        **angaben,
    }
    return create_eigener_wert(**alle)


def eingeben(erste, zweite, wert="575", schluessel=REGELBEDARF, **angaben) -> EigenerWert:
    row = vorschlagen(erste, wert, schluessel, **angaben)
    return release_eigener_wert(wert=row, by=zweite, tag=HEUTE)


@pytest.mark.parametrize("eine", eingebbar(), ids=lambda r: r.schluessel)
def test_every_value_with_a_known_end_can_be_entered_and_is_used(erste, zweite, eine):
    ab = eine.deckung_bis.replace(year=eine.deckung_bis.year + 1, month=1, day=1)
    row = vorschlagen(erste, "999", f"gesetz.{eine.schluessel}", gueltig_ab=ab)
    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        werte_des_rechts().am(eine.schluessel, ab)

    release_eigener_wert(wert=row, by=zweite, tag=HEUTE)

    wert = werte_des_rechts().am(eine.schluessel, ab)
    assert (wert.wert, wert.quelle, wert.geprueft_am) == (999, QUELLE, HEUTE)


@pytest.mark.parametrize(
    ("angaben", "satz"),
    [
        ({"quelle": " "}, "wo der Wert veröffentlicht ist"),
        ({"geprueft_am": None}, "wo der Wert veröffentlicht ist"),
        ({"geprueft_am": date(2026, 11, 21)}, "ist noch nicht da"),
        ({"gueltig_ab": date(2026, 12, 31)}, "Bis zum 31.12.2026 enthält die Software den Wert"),
        ({"schluessel": "gesetz.grundbetrag_85"}, "gehört nicht zu den Werten"),
        ({"schluessel": "gesetz.bekanntgabe_tage"}, "gehört nicht zu den Werten"),
        ({"zahl": Decimal(0)}, "Ein Betrag liegt über 0 €"),
    ],
)
def test_what_is_no_published_coming_value_is_refused(erste, angaben, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        vorschlagen(erste, **angaben)


def test_four_eyes_hold_for_values_of_the_law(erste):
    row = vorschlagen(erste)
    with pytest.raises(SchrittUnzulaessig, match="selbst vorgeschlagen"):
        release_eigener_wert(wert=row, by=erste, tag=HEUTE)


def test_database_wants_the_source(erste):
    row = vorschlagen(erste)
    with (
        pytest.raises(IntegrityError, match="eigener_wert_gesetz_mit_quelle"),
        transaction.atomic(),
    ):
        EigenerWert.objects.filter(pk=row.pk).update(quelle="")
    row.refresh_from_db()
    assert row.quelle == QUELLE


def test_bemessung_offers_the_entered_value(erste, zweite):
    assert "regelbedarfsstufe_1" not in dict(saetze_am(NEUJAHR, ["sh_grundsicherung"]))

    eingeben(erste, zweite)

    assert dict(saetze_am(NEUJAHR, ["sh_grundsicherung"]))["regelbedarfsstufe_1"].endswith(
        ": 575,00 €"
    )


def test_page_shows_entered_and_package_value_beside_each_other(client, erste, zweite):
    eingeben(erste, zweite)
    client.force_login(erste)

    zeilen = {
        z.schluessel: z
        for g in values_by_theme(NEUJAHR, HEUTE, werte_des_rechts())
        for z in g.zeilen
    }
    seite = client.get(reverse("werte"), {"stichtag": "04.01.2027"})

    zeile = zeilen["regelbedarfsstufe_1"]
    assert (zeile.wert, zeile.paket) == ("575,00 € im Monat", "in der Software: noch kein Wert")
    assert (zeile.quelle, zeile.stufe) == (QUELLE, "Gesichert")
    assert zeilen["grundbetrag_85"].wert == "1.150,00 € im Monat"
    assert zeilen["minijob_grenze"].paket == ""
    text = " ".join(html.fromstring(seite.content).text_content().split())
    assert "Bezugsgröße (bis 2024 West): Der Wert für den 04.01.2027 fehlt" in text
    assert "Regelbedarfsstufe 1 (bis 2010 Eckregelsatz): Der Wert für" not in text


def test_missing_values_say_what_is_to_be_done(behoerde):
    saetze = {luecke.schluessel: luecke.text for luecke in missing_values(date(2027, 1, 4), PAKET)}

    assert saetze["bezugsgroesse"] == (
        "Bezugsgröße (bis 2024 West): Der Wert für den 04.01.2027 fehlt; bekannt ist er bis "
        "31.12.2026. Sobald er veröffentlicht ist, gibt ihn die Fachadministration ein."
    )
    assert saetze["grundbetrag_85"].endswith(
        "Er folgt aus: Regelbedarfsstufe 1 (bis 2010 Eckregelsatz)."
    )
    assert missing_values(HEUTE, PAKET) == []


@pytest.fixture
def neue_software(erste, zweite, monkeypatch):
    """A release of the package that has another value for the entered year."""
    row = eingeben(erste, zweite)
    alt = paket.reihe("regelbedarfsstufe_1")
    letzter = alt.werte[-1]

    def auflegen(wert: int) -> None:
        neu = {
            "schluessel": "regelbedarfsstufe_1",
            "bezeichnung": alt.bezeichnung,
            "gruppe": alt.gruppe,
            "einheit": letzter.einheit,
            "norm": letzter.norm,
            "quelle": letzter.quelle,
            "grad": letzter.grad,
            "geprueft_am": letzter.geprueft_am,
            "jaehrlich": True,
            "deckung_bis": date(2027, 12, 31),
            "werte": [
                *({"ab": w.gueltig_ab, "wert": str(w.wert)} for w in alt.werte),
                {"ab": NEUJAHR, "wert": str(wert)},
            ],
        }
        alle = {**paket._reihen(), "regelbedarfsstufe_1": paket._read_reihe(neu)}
        monkeypatch.setattr(paket, "_reihen", lambda: alle)

    auflegen(577)
    return row, auflegen


def am_neujahr() -> Decimal:
    return werte_des_rechts().am("regelbedarfsstufe_1", NEUJAHR).wert


def test_other_value_of_a_later_package_is_shown_and_changes_nothing(client, zweite, neue_software):
    row, auflegen = neue_software
    client.force_login(zweite)

    text = " ".join(client.get(reverse("werte")).content.decode().split())

    assert am_neujahr() == 575
    assert "Eingegeben ist 575,00 € im Monat, in der Software steht 577,00 € im Monat." in text
    assert reverse("eigener_wert_abloesen", args=[row.pk]) in text
    auflegen(575)
    assert deviation_text(row) == ""
    with pytest.raises(SchrittUnzulaessig, match="keinen anderen Wert"):
        accept_paketwert(wert=row, grund="x", by=zweite, tag=HEUTE)


def test_second_person_takes_the_value_of_the_package(client, erste, zweite, neue_software):
    row, _ = neue_software
    with pytest.raises(SchrittUnzulaessig, match="zweite Person"):
        accept_paketwert(wert=row, grund="Tippfehler", by=erste, tag=HEUTE)
    client.force_login(zweite)

    antwort = client.post(
        reverse("eigener_wert_abloesen", args=[row.pk]), {"text": "Tippfehler in der Eingabe"}
    )

    row.refresh_from_db()
    assert (antwort.status_code, row.state, am_neujahr()) == (302, "verworfen", 577)


def test_kept_value_asks_again_only_for_a_third_one(zweite, neue_software):
    row, auflegen = neue_software

    row = confirm_eigener_wert(wert=row, grund="BGBl. nachgelesen", by=zweite, tag=HEUTE)

    assert (row.paketwert, row.bestaetigt_gegen, am_neujahr()) == (None, 577, 575)
    auflegen(578)
    assert row.paketwert.wert == 578


def test_rejected_proposal_is_never_used(erste, zweite):
    reject_eigener_wert(wert=vorschlagen(erste), grund="falsche Stufe", by=zweite, tag=HEUTE)

    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        am_neujahr()


def test_form_asks_for_source_and_day_at_their_fields(client, erste):
    client.force_login(erste)
    url = reverse("eigener_wert_eingeben", args=[REGELBEDARF])
    daten = {"wert": "575,00", "gueltig_ab": "01.01.2027", "begruendung": "RBSFV 2027"}

    leer = client.post(url, daten)
    gut = client.post(url, {**daten, "quelle": QUELLE, "geprueft_am": "20.11.2026"})

    assert leer.status_code == 422
    assert set(leer.context["form"].errors) == {"quelle", "geprueft_am"}
    assert b"575,00" in leer.content
    assert gut.status_code == 302
    assert str(EigenerWert.objects.get()) == (
        "Gesetzlicher Wert: Regelbedarfsstufe 1 (bis 2010 Eckregelsatz): 575,00 € im Monat ab "
        "01.01.2027"
    )
