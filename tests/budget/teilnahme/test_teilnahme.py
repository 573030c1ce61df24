"""Another carrier leads: what we say within two weeks, and what of its claim we refund.

§ 15 Abs. 2, § 16 Abs. 2 and 3 SGB IX; until 2017 § 3 BudgetV.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.urls import reverse

from budget.models import Teilnahme, Traegerforderung
from budget.teilnahme import guards, services
from budget.teilnahme.queries import hoechstens_for, rechtzeitig
from budget.teilnahme.schreiben import ART
from budget.teilnahme.schritte import TEILNAHMESCHRITTE, Teilnahmelage
from cases.frist.queries import fristen_of
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import daten_of, write_schreiben
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_traeger, make_user, norm_of

IBAN = "DE89370400440532013000"

pytestmark = pytest.mark.django_db
GEFRAGT, TAG = date(2026, 5, 4), date(2026, 5, 6)
ABGABE = date(2026, 5, 12)
TEXTE = {
    "bedarf": "Assistenz beim Wohnen, sechs Stunden in der Woche.",
    "hoehe": "Nach dem Satz der Vergütungsvereinbarung.",
    "ziele": "Den Haushalt selbst führen.",
    "beratung": "Beratung durch die EUTB.",
    "stunden": Decimal("6.00"),
    "satz": Decimal("40.00"),
    "betrag": None,
    "abweichung_grund": "",
    "leistung_von": date(2026, 6, 1),
    "leistung_bis": None,
}
# 6 × 40 × 52/12 (§ 29 Abs. 2 S. 6 SGB IX).
TEIL = Decimal("1040.00")


@pytest.fixture
def akte():
    return fabriken.make_akte(fabriken.B)


def ask(akte, **mehr) -> Teilnahme:
    werte = {
        "traeger": make_traeger("rentenversicherung", "Rentenversicherung Probe"),
        "aktenzeichen": "RV 12",
        "angefordert_am": GEFRAGT,
        "eingegangen_am": TAG,
        "frage": "Bitte um Feststellungen zum Wohnen.",
        "tag": TAG,
    }
    return services.record_anforderung(case=akte.case, by=akte.fallmanager, **werte | mehr)


def answer(akte, row, **mehr) -> Teilnahme:
    return services.update_teilnahme(row=row, angaben=TEXTE | mehr, by=akte.fallmanager, tag=ABGABE)


def give(akte, row, am: date = ABGABE) -> Teilnahme:
    anlass = Schreibanlass(
        case=akte.case, tag=am, by=akte.fallmanager, gegenstand=row, zeichnet=akte.fallmanager
    )
    schreiben = write_schreiben(art=ART, anlass=anlass)
    versand = send(schreiben=schreiben, weg="post", by=akte.fallmanager, tag=am)
    record_aufgabe(versand=versand, aufgabe_am=am, by=akte.fallmanager, tag=am)
    row.refresh_from_db()
    return row


def claim(akte, row, betrag: str = "2000.00", **mehr) -> Traegerforderung:
    werte = {
        "eingegangen_am": date(2026, 9, 1),
        "von": date(2026, 6, 1),
        "bis": date(2026, 7, 15),
        "aufwand": Decimal(betrag),
        "tag": date(2026, 9, 1),
    }
    return services.record_forderung(row=row, by=akte.fallmanager, **werte | mehr)


@pytest.mark.parametrize(
    ("angefordert", "eingegangen", "text"),
    [
        (GEFRAGT, TAG, ""),
        (TAG, GEFRAGT, "vor dem Eingang"),
        (GEFRAGT, date(2026, 5, 7), "in der Zukunft"),
    ],
)
def test_tage_der_anforderung(angefordert, eingegangen, text):
    found = guards.tage_der_anforderung(angefordert, eingegangen, TAG)
    assert norm_of(found) == ("§ 15 Abs. 2 SGB IX" if text else "")
    assert not text or text in found.text


def test_vier_themen_beantwortet():
    row = Teilnahme(angefordert_am=GEFRAGT, bedarf="a", hoehe="b", ziele=" ", beratung="")
    found = guards.vier_themen_beantwortet(row)
    assert "Inhalt der Zielvereinbarung, Beratung und Unterstützung" in found.text
    row.ziele = row.beratung = "c"
    assert guards.vier_themen_beantwortet(row) is None
    alt = Teilnahme(angefordert_am=date(2010, 5, 4))
    assert norm_of(guards.vier_themen_beantwortet(alt)) == "§ 3 Abs. 1 BudgetV"


@pytest.mark.parametrize(
    ("betrag", "grund", "von", "gut"),
    [
        (TEIL, "", date(2026, 6, 1), True),
        (TEIL, "", None, False),
        (None, "", None, False),
        (None, "Der Bedarf ist gedeckt.", None, True),
    ],
)
def test_teilbudget_bemessen(betrag, grund, von, gut):
    row = Teilnahme(angefordert_am=GEFRAGT, betrag=betrag, abweichung_grund=grund, leistung_von=von)
    assert norm_of(guards.teilbudget_bemessen(row)) == ("" if gut else "§ 29 Abs. 2 S. 6 SGB IX")


@pytest.mark.parametrize(
    ("stunden", "satz", "betrag", "grund", "gut"),
    [
        (Decimal(6), Decimal(40), None, "", True),
        (Decimal(6), None, None, "", False),
        (None, None, TEIL, "", False),
        (None, None, TEIL, "Pauschale", True),
        (None, None, None, "", True),
    ],
)
def test_betrag_hat_grund(stunden, satz, betrag, grund, gut):
    found = guards.betrag_hat_grund(stunden, satz, betrag, grund)
    assert norm_of(found) == ("" if gut else "§ 35 Abs. 1 SGB X")


@pytest.mark.parametrize(
    ("von", "eingegangen", "gut"),
    [
        (date(2026, 5, 1), TAG, True),
        (date(2026, 4, 30), TAG, False),
        (date(2026, 6, 1), date(2026, 5, 7), False),
    ],
)
def test_forderung_nach_beginn(von, eingegangen, gut):
    found = guards.forderung_nach_beginn(Teilnahme(angefordert_am=GEFRAGT), von, eingegangen, TAG)
    assert norm_of(found) == ("" if gut else "§ 16 Abs. 2 SGB IX")


@pytest.mark.parametrize(
    ("eingegangen", "gut"), [(date(2027, 7, 15), True), (date(2027, 7, 16), False)]
)
def test_forderung_nicht_ausgeschlossen(eingegangen, gut):
    row = Traegerforderung(bis=date(2026, 7, 15), eingegangen_am=eingegangen)
    found = guards.forderung_nicht_ausgeschlossen(row)
    assert norm_of(found) == ("" if gut else "§ 111 SGB X")


@pytest.mark.parametrize(
    ("anerkannt", "hoechstens", "gut"),
    [("1560.00", "1560.00", True), ("1560.01", "1560.00", False), ("9999.00", None, True)],
)
def test_erstattung_nach_feststellungen(anerkannt, hoechstens, gut):
    grenze = Decimal(hoechstens) if hoechstens else None
    found = guards.erstattung_nach_feststellungen(Decimal(anerkannt), grenze, GEFRAGT)
    assert norm_of(found) == ("" if gut else "§ 16 Abs. 2 SGB IX")


def test_entscheidung_durch_andere(akte):
    row = Traegerforderung(erfasst_von=akte.fallmanager)
    found = guards.entscheidung_durch_andere(row, akte.fallmanager)
    assert norm_of(found) == "Vier-Augen-Grundsatz"
    assert guards.entscheidung_durch_andere(row, akte.leitung) is None
    row.konto_von = akte.leitung
    assert norm_of(guards.entscheidung_durch_andere(row, akte.leitung)) == "Vier-Augen-Grundsatz"


def test_nichts_offen():
    assert "2 Forderungen sind" in guards.nichts_offen(2, GEFRAGT).text
    assert norm_of(guards.nichts_offen(1, GEFRAGT)) == "§ 16 Abs. 2 SGB IX"
    assert guards.nichts_offen(0, GEFRAGT) is None


def test_the_two_weeks_run_from_the_request_and_end_with_the_posting(akte):
    row = ask(akte)
    frist = fristen_of(akte.case, row, "F07b").get()
    assert (frist.ausloeser_datum, frist.ende) == (GEFRAGT, date(2026, 5, 18))
    row = give(akte, answer(akte, row))
    assert (row.state, row.abgegeben_am) == ("abgegeben", ABGABE)
    frist.refresh_from_db()
    assert (frist.state, frist.erledigt_am) == ("gewahrt", ABGABE)
    assert rechtzeitig(row)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Teilnahme.objects.filter(pk=row.pk).update(betrag=Decimal("1.00"))
    with pytest.raises(SchrittUnzulaessig, match="im Zustand „Stellungnahme abgegeben“"):
        answer(akte, row)


def test_the_letter_says_four_topics_and_how_the_amount_came_about(akte):
    row = answer(akte, ask(akte))
    assert row.betrag == TEIL
    anlass = Schreibanlass(case=akte.case, tag=ABGABE, by=akte.fallmanager, gegenstand=row)
    daten = daten_of(registry.schreibenarten[ART], anlass)
    assert daten["betrag"] == "1040.00"
    assert daten["kopf"]["ihr_zeichen"] == "RV 12"
    assert "6 Stunden je Woche" in daten["rechenweg"][0]["text"]
    assert daten["kopf"]["anschrift"][0] == "Rentenversicherung Probe"
    assert (daten["bedarf"], daten["beratung"]) == ([TEXTE["bedarf"]], [TEXTE["beratung"]])


def test_nothing_half_leaves_the_house(akte):
    row = answer(akte, ask(akte), ziele="")
    with pytest.raises(SchrittUnzulaessig, match="Es fehlt: Inhalt der Zielvereinbarung"):
        give(akte, row)
    row = answer(akte, row, stunden=None, satz=None)
    with pytest.raises(SchrittUnzulaessig, match="Es fehlt unser Teilbudget"):
        give(akte, answer(akte, row, stunden=None, satz=None))


def test_in_time_our_part_limits_the_refund_and_the_lump_sum_comes_on_top(akte):
    row = give(akte, answer(akte, ask(akte)))
    forderung = claim(akte, row)
    # June whole, July 15/30: 1.040 + 520.
    assert hoechstens_for(forderung) == Decimal("1560.00")
    werte = {"forderung": forderung, "by": akte.leitung, "tag": date(2026, 9, 3)}
    with pytest.raises(SchrittUnzulaessig, match="höchstens"):
        services.accept_forderung(anerkannt=Decimal("1560.01"), grund="x", **werte)
    with pytest.raises(SchrittUnzulaessig, match="warum Sie weniger"):
        services.accept_forderung(anerkannt=Decimal("1560.00"), grund="", **werte)
    forderung = services.accept_forderung(
        anerkannt=Decimal("1560.00"), grund="Mehr war nicht festgestellt.", **werte
    )
    # 5 percent of 1.560 (§ 16 Abs. 3 SGB IX).
    assert (forderung.pauschale, forderung.summe) == (Decimal("78.00"), Decimal("1638.00"))
    # The same days are not refunded twice.
    assert hoechstens_for(claim(akte, row, "100.00")) == Decimal("0.00")


def test_too_late_the_law_of_the_grant_counts(akte):
    row = give(akte, answer(akte, ask(akte)), am=date(2026, 5, 19))
    assert not rechtzeitig(row)
    forderung = claim(akte, row)
    assert hoechstens_for(forderung) is None
    forderung = services.accept_forderung(
        forderung=forderung,
        anerkannt=Decimal("2000.00"),
        grund="",
        by=akte.leitung,
        tag=date(2026, 9, 3),
    )
    assert forderung.summe == Decimal("2100.00")


def test_four_eyes_decide_and_it_closes_when_all_is_paid(akte):
    row = give(akte, answer(akte, ask(akte)))
    forderung = claim(akte, row, "500.00")
    tag = date(2026, 9, 3)
    with pytest.raises(SchrittUnzulaessig, match="Sachgebietsleitung"):
        services.reject_forderung(forderung=forderung, grund="x", by=akte.fallmanager, tag=tag)
    lage = Teilnahmelage(akte.fallmanager, tag, row)
    assert [h.norm for h in TEILNAHMESCHRITTE.hindernisse(lage, "abschliessen")] == [
        "§ 16 Abs. 2 SGB IX"
    ]
    forderung = services.record_konto(
        forderung=forderung, iban=IBAN, kassenzeichen="", by=akte.fallmanager, tag=tag
    )
    services.accept_forderung(
        forderung=forderung, anerkannt=Decimal("500.00"), grund="", by=akte.leitung, tag=tag
    )
    services.record_erstattungszahlung(forderung=forderung, by=make_user("kasse", "Kasse"), tag=tag)
    row = services.finish_teilnahme(row=row, by=akte.fallmanager, tag=tag)
    assert row.state == "abgeschlossen"


def test_what_was_taken_in_by_mistake_is_thrown_away_with_its_frist(akte):
    row = ask(akte)
    services.discard_teilnahme(row=row, by=akte.fallmanager, tag=TAG)
    assert not Teilnahme.objects.exists()
    assert akte.case.fristen.get(regel="F07b").state == "aufgehoben"


def test_the_pages_lead_from_the_request_to_the_refund(client, akte):
    make_traeger("rentenversicherung", "Rentenversicherung Probe")
    client.force_login(akte.fallmanager)
    fall = [akte.case.pk]
    jetzt = datetime(2026, 5, 12, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(jetzt, tick=False):
        seite = reverse("teilnahmen", args=fall)
        assert seite in client.get(reverse("budget", args=fall)).content.decode()
        row = ask(akte)
        text = client.get(seite).content.decode()
        assert "18.05.2026" in text
        assert "Die Stellungnahme kann noch nicht hinaus" in text
        bearbeiten = reverse("teilnahme_bearbeiten", args=[*fall, row.pk])
        assert client.get(bearbeiten).status_code == 200
        falsch = client.post(bearbeiten, {"bedarf": "Assistenz", "stunden": "6"})
        assert falsch.status_code == 422
        assert "Stunden und Satz gehören zusammen" in falsch.content.decode()
        row = answer(akte, row)
        text = client.get(seite).content.decode()
        assert reverse("teilnahme_schreiben", args=[*fall, row.pk]) in text
        assert client.get(reverse("teilnahme_neu", args=fall)).status_code == 200
        give(akte, row)
        forderung = claim(akte, row, eingegangen_am=ABGABE, tag=ABGABE)
        client.force_login(akte.leitung)
        url = reverse("forderung_anerkennen", args=[*fall, forderung.pk])
        assert "höchstens 1.560,00" in client.get(url).content.decode().replace("\u00a0", " ")
        zuviel = client.post(url, {"anerkannt": "1700", "grund": "x"})
        assert zuviel.status_code == 422
        client.post(url, {"anerkannt": "1560", "grund": "Mehr war nicht festgestellt."})
        text = client.get(seite).content.decode().replace("\u00a0", " ")
    assert "78,00 €" in text
