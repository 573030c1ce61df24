"""Zielvereinbarung and Bescheid: proposed words follow the facts, own words are marked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from budget.bescheid.schreiben.vorschlag import texte_of as texte_des_bescheids
from budget.bescheid.schritte import BESCHEIDSCHRITTE, lage_of_bescheid
from budget.bescheid.services import bescheid as bescheide
from budget.zielvereinbarung.schreiben import texte_of, zielvereinbarung_daten
from budget.zielvereinbarung.schritte import VEREINBARUNGSSCHRITTE, lage_of
from budget.zielvereinbarung.services import issue_zielvereinbarung, update_zielvereinbarung
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken

pytestmark = pytest.mark.django_db
EIGEN = "Wir sprechen halbjährlich bei Kaffee in der Wohnung."


@pytest.fixture
def akte():
    return fabriken.tell("entwurf", fabriken.B)


def change(akte, monate, **texte):
    akte.zielvereinbarung = update_zielvereinbarung(
        zielvereinbarung=akte.zielvereinbarung,
        texte=texte,
        gespraech_monate=monate,
        by=akte.fallmanager,
        tag=akte.tage.ausgefertigt,
    )
    return texte_of(akte.zielvereinbarung)["qualitaetssicherung"]


def printed(akte) -> str:
    daten = zielvereinbarung_daten(
        zielvereinbarung=akte.zielvereinbarung,
        datum=akte.tage.ausgefertigt,
        empfaenger=["Emil Muster"],
        zeichnet=akte.fallmanager,
    )
    return " ".join(daten["texte"]["qualitaetssicherung"])


def test_yearly_talks_are_called_yearly(akte):
    vorher = texte_of(akte.zielvereinbarung)["qualitaetssicherung"].gilt
    assert "halbjährlich" in vorher
    # The form sends the text back as it was shown.
    text = change(akte, 12, qualitaetssicherung=vorher)
    assert "halbjährlich" not in text.gilt
    assert "einmal im Jahr" in printed(akte)
    assert not text.ueberholt
    # Talks and proofs have one rhythm.
    alle = " ".join(t.gilt for t in texte_of(akte.zielvereinbarung).values())
    assert "halbjährlich" not in alle


def test_facts_that_change_without_the_text_are_followed_too(akte):
    assert "einmal im Jahr" in change(akte, 12).gilt
    akte.zielvereinbarung = issue_zielvereinbarung(
        zielvereinbarung=akte.zielvereinbarung, by=akte.fallmanager, tag=akte.tage.ausgefertigt
    )
    rows = dict(akte.zielvereinbarung.vereinbarungsinhalte.values_list("schluessel", "text"))
    assert "einmal im Jahr" in rows["qualitaetssicherung"]


def test_own_words_stay_are_marked_and_close_the_step_until_they_are_saved_again(akte, client):
    assert not change(akte, 6, qualitaetssicherung=EIGEN).ueberholt
    text = change(akte, 12, qualitaetssicherung=EIGEN)
    assert (text.gilt, text.ueberholt) == (EIGEN, True)
    lage = lage_of(akte.budget, akte.fallmanager, akte.tage.ausgefertigt)
    tore = VEREINBARUNGSSCHRITTE.schritte(lage, "ausfertigen")
    assert "„Qualitätssicherung“" in str(tore)
    with pytest.raises(SchrittUnzulaessig, match="Von Hand geschrieben"):
        issue_zielvereinbarung(
            zielvereinbarung=akte.zielvereinbarung, by=akte.fallmanager, tag=akte.tage.ausgefertigt
        )
    client.force_login(akte.fallmanager)
    seite = client.get(reverse("zielvereinbarung_bearbeiten", args=[akte.case.pk]))
    assert "Vorgeschlagen würde jetzt" in seite.content.decode()
    assert not change(akte, 12, qualitaetssicherung=EIGEN).ueberholt


@pytest.fixture
def bescheid():
    return fabriken.insert_entworfen(fabriken.insert_vereinbart(_ohne_grundsicherung()))


def _ohne_grundsicherung():
    leistungen = [row for row in fabriken.LEISTUNGEN_B if row[0] == "teilhabe"]
    akte = fabriken.make_akte(fabriken.B, leistungen=tuple(leistungen))
    fabriken.start(akte)
    fabriken.teil(
        akte,
        "teilhabe",
        "individuell",
        betrag=Decimal(1050),
        abweichung_grund=fabriken.BERECHNET,
    )
    return akte


@pytest.fixture(autouse=True)
def _nur_ein_teilbudget(monkeypatch, request):
    if "bescheid" in request.fixturenames:
        monkeypatch.setattr(fabriken, "bemiss", lambda akte: akte)


def save(akte, **werte):
    akte.bescheid = bescheide.update_bescheid(
        bescheid=akte.bescheid,
        erste_auszahlung=akte.tage.beginn,
        begruendung="Dem Antrag wird entsprochen.",
        by=akte.fallmanager,
        tag=akte.tage.unterschrift,
        **werte,
    )
    return texte_des_bescheids(akte.bescheid)["einkommen_vermoegen"]


RENTE = {"einkommensart": "rente", "partner": "keiner", "vermoegen": Decimal(4200)}


def test_sentence_on_income_follows_the_figures(bescheid):
    assert save(bescheid).gilt == ""
    text = save(bescheid, einkommen=Decimal(18400), **RENTE)
    assert "18.400,00 € (§ 135 SGB IX)" in text.gilt
    assert "Es ist kein Beitrag aufzubringen. Ihr Vermögen beträgt 4.200,00 €" in text.gilt
    text = save(bescheid, einkommen=Decimal(60000), einkommen_vermoegen=text.gilt, **RENTE)
    assert "60.000,00 €" in text.gilt
    assert "Ihr Beitrag beträgt" in text.gilt


def test_own_sentence_on_income_is_marked_and_closes_the_submission(bescheid):
    save(bescheid, einkommen=Decimal(18400), **RENTE)
    save(bescheid, einkommen=Decimal(18400), einkommen_vermoegen="Frei.", **RENTE)
    text = save(bescheid, einkommen=Decimal(60000), einkommen_vermoegen="Frei.", **RENTE)
    assert text.ueberholt
    with pytest.raises(SchrittUnzulaessig, match="„Einkommen und Vermögen“"):
        bescheide.submit_bescheid(
            bescheid=bescheid.bescheid, by=bescheid.fallmanager, tag=bescheid.tage.unterschrift
        )


def test_without_a_sentence_on_income_nothing_is_released(bescheid):
    save(bescheid)
    lage = lage_of_bescheid(bescheid.bescheid, bescheid.leitung, bescheid.tage.bescheid)
    zu = [tor.titel for tor in BESCHEIDSCHRITTE.tore(lage, "freigeben") if not tor.offen]
    assert "Der Bescheid sagt, was aus Einkommen und Vermögen einzusetzen ist" in zu
