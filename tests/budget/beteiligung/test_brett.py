"""The board of the carriers: asked, due, late, what follows by law; one fact for all pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.bemessung import guards as bemessung
from budget.beteiligung import services
from budget.beteiligung.forms import BeteiligenForm
from budget.beteiligung.queries import board_of
from budget.models import Teilbudget
from budget.states.beteiligung import Beteiligungsstand
from budget.verfahren.queries import get_budget
from cases.antrag.services.stellungnahme import Stellungnahme
from cases.models import Frist, Traegerbeteiligung
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf.guards import feststellungen_liegen_vor
from tests.budget import fabriken
from tests.budget.beteiligung.proben import consent_to
from tests.cases.schreiben.proben import make_anlass

pytestmark = pytest.mark.django_db
UEBERGREIFEND = (
    ("teilhabe", "eingliederungshilfe", "Assistenz", "§§ 113, 78 SGB IX"),
    ("kasse", "krankenkasse", "Reha-Sport", "§ 64 SGB IX", "kk_rehabilitationssport"),
    ("pflegekasse", "pflegekasse", "Häusliche Pflegehilfe", "§ 36 SGB XI"),
    ("arbeit", "integrationsamt", "Arbeitsassistenz", "§ 185 SGB IX", "ia_arbeitsassistenz"),
)
# Wednesday; two weeks later is Wednesday 22.04.2026.
GEFRAGT, FAELLIG = date(2026, 4, 8), date(2026, 4, 22)
SPAET = date(2026, 4, 23)
ANTWORT = Stellungnahme(
    eingegangen_am=SPAET,
    feststellung="Haushaltshilfe ist nötig.",
    hoehe="80 Euro im Monat",
    ziele="Rechnungen genügen.",
    beratung="kein Bedarf",
    ansprechperson="Frau Lind, 07071 1234",
)


@pytest.fixture
def akte(db) -> fabriken.Akte:
    akte = fabriken.make_akte(fabriken.B, leistungen=UEBERGREIFEND)
    fabriken.start(akte, absprachen="")
    return akte


def zeile(akte: fabriken.Akte, kurz: str, tag: date = SPAET):
    traeger = akte.leistungen[kurz].leistungstraeger_id
    return next(z for z in board_of(get_budget(akte.case), tag) if z.traeger.pk == traeger)


def ask(akte: fabriken.Akte, kurz: str, **felder) -> Traegerbeteiligung:
    werte = {"gruppen": [], "frage": "Bedarf und Höhe?", "zustimmung_am": None, "tag": GEFRAGT}
    return services.involve_budgettraeger(
        budget=akte.budget,
        traeger=akte.leistungen[kurz].leistungstraeger,
        by=akte.fallmanager,
        **werte | felder,
    )


def post(akte: fabriken.Akte, row: Traegerbeteiligung, art: str, tag: date) -> str:
    anlass = make_anlass(akte.case, akte.fallmanager, art, tag, anlass=row.pk)
    brief = write_schreiben(art=art, anlass=anlass)
    versand = send(schreiben=brief, weg="post", by=akte.fallmanager, tag=tag)
    record_aufgabe(versand=versand, aufgabe_am=tag, by=akte.fallmanager, tag=tag)
    return brief.daten


def test_board_has_a_row_for_every_other_carrier(akte):
    zeilen = board_of(akte.budget, GEFRAGT)
    assert [z.traeger.art for z in zeilen] == ["pflegekasse", "integrationsamt", "krankenkasse"]
    assert {z.stand for z in zeilen} == {Beteiligungsstand.OFFEN}
    assert [z.rehatraeger for z in zeilen] == [False, False, True]


def test_pflegekasse_takes_part_only_with_consent(akte):
    with pytest.raises(SchrittUnzulaessig, match="nur mit Zustimmung") as fehler:
        ask(akte, "pflegekasse")
    assert fehler.value.norm == "§ 117 Abs. 3 SGB IX"
    row = ask(akte, "pflegekasse", zustimmung_am=GEFRAGT)
    assert (row.gruppen, row.zustimmung_am) == ([], GEFRAGT)
    # Six weeks are for further Rehabilitationsträger only (§ 15 Abs. 4 S. 1 SGB IX).
    assert not Frist.objects.filter(case=akte.case, regel="F08").exists()
    assert ask(akte, "arbeit").zustimmung_am is None
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        ask(akte, "arbeit")


@pytest.mark.parametrize(
    ("stichtag", "norm"),
    [
        (date(2017, 5, 2), None),
        (date(2018, 5, 2), "§ 141 SGB XII"),
        (GEFRAGT, "§ 117 Abs. 3 SGB IX"),
    ],
)
def test_form_asks_for_the_consent_that_the_law_of_the_antrag_knows(stichtag, norm):
    form = BeteiligenForm(gruppen=[], rehatraeger=False, stichtag=stichtag)
    feld = form.fields.get("zustimmung_am")
    assert (norm is None) == (feld is None)
    assert feld is None or norm in feld.help_text


def test_late_rehatraeger_is_reminded_and_replaced(akte):
    row = ask(akte, "kasse", gruppen=["b_medizinische_rehabilitation"])
    assert zeile(akte, "kasse").stand is Beteiligungsstand.VORBEREITET
    post(akte, row, "beteiligung_traeger", GEFRAGT)
    assert zeile(akte, "kasse", FAELLIG).stand is Beteiligungsstand.ANGEFORDERT
    spaet = zeile(akte, "kasse", SPAET)
    assert (spaet.frist.ende, spaet.stand) == (FAELLIG, Beteiligungsstand.VERSPAETET)
    assert "§ 15 Abs. 2 S. 3 SGB IX" in spaet.folge
    daten = post(akte, row, "beteiligung_erinnerung", SPAET)
    assert daten["faellig_am"] == "2026-04-22"
    row.refresh_from_db()
    assert row.gemahnt_am == SPAET
    steht_aus = feststellungen_liegen_vor(akte.case, GEFRAGT, FAELLIG)
    assert "stehen aus bis zum 22.04.2026" in steht_aus.text
    fabriken.teil(
        akte, "kasse", "individuell", betrag=Decimal(80), abweichung_grund="Kosten der Stunde."
    )
    assert "krankenkasse" in bemessung.stellungnahmen_der_traeger(get_budget(akte.case)).text
    services.determine_bedarf(
        budget=akte.budget,
        beteiligung=row,
        text="Haushaltshilfe nach § 74 SGB IX ist nötig.",
        by=akte.fallmanager,
        tag=SPAET,
    )
    assert zeile(akte, "kasse").stand is Beteiligungsstand.SELBST
    assert bemessung.stellungnahmen_der_traeger(get_budget(akte.case)) is None
    assert feststellungen_liegen_vor(akte.case, GEFRAGT, FAELLIG) is None
    # What comes later is on record, but the own finding stands.
    services.save_stellungnahme(
        budget=akte.budget, beteiligung=row, angaben=ANTWORT, by=akte.fallmanager, tag=SPAET
    )
    assert not zeile(akte, "kasse").bindet
    assert Frist.objects.get(case=akte.case, regel="F07").state == "versaeumt"


def test_nobody_finds_in_place_of_a_carrier_that_has_time_or_decides_itself(akte):
    row = ask(akte, "kasse", gruppen=["b_medizinische_rehabilitation"])
    pflege = ask(akte, "pflegekasse", zustimmung_am=GEFRAGT)
    for eine, tag, text in (
        (row, GEFRAGT, "nicht möglich"),
        (pflege, SPAET, "nicht möglich"),
    ):
        with pytest.raises(SchrittUnzulaessig, match=text):
            services.determine_bedarf(
                budget=akte.budget, beteiligung=eine, text="x", by=akte.fallmanager, tag=tag
            )
    post(akte, pflege, "beteiligung_traeger", GEFRAGT)
    assert "§ 29 Abs. 3 S. 3 SGB IX" in zeile(akte, "pflegekasse").folge
    with pytest.raises(SchrittUnzulaessig, match="kein Rehabilitationsträger"):
        services.determine_bedarf(
            budget=akte.budget, beteiligung=pflege, text="x", by=akte.fallmanager, tag=SPAET
        )


def test_answer_of_the_board_and_of_the_teilbudget_is_one_fact(akte):
    fabriken.teil(
        akte,
        "kasse",
        "individuell",
        betrag=Decimal(80),
        abweichung_grund="Kosten der Stunde.",
        stellungnahme_vom=GEFRAGT,
    )
    row = Traegerbeteiligung.objects.get(antrag=akte.budget.antrag)
    assert (row.eingegangen_am, row.angefordert_am) == (GEFRAGT, None)
    assert zeile(akte, "kasse").stand is Beteiligungsstand.EINGEGANGEN
    services.save_stellungnahme(
        budget=akte.budget, beteiligung=row, angaben=ANTWORT, by=akte.fallmanager, tag=SPAET
    )
    assert Teilbudget.objects.get().stellungnahme_vom == SPAET
    assert get_budget(akte.case).teilbudgets.all()[0].stellungnahme_vom == SPAET
    assert dict(zeile(akte, "kasse").themen)["Höhe"] == "80 Euro im Monat"


@pytest.mark.parametrize(
    ("felder", "text"),
    [
        ({"eingegangen_am": date(2026, 4, 24)}, "Zukunft"),
        ({"angefordert_am": date(2026, 4, 23), "eingegangen_am": GEFRAGT}, "vor der Anforderung"),
        ({"teilbudget_am": GEFRAGT}, "frühestens mit der Stellungnahme"),
    ],
)
def test_days_of_an_answer_fit_each_other(akte, felder, text):
    row = ask(akte, "arbeit")
    angaben = Stellungnahme(**{"eingegangen_am": SPAET, **felder})
    with pytest.raises(SchrittUnzulaessig, match=text):
        services.save_stellungnahme(
            budget=akte.budget, beteiligung=row, angaben=angaben, by=akte.fallmanager, tag=SPAET
        )


def test_old_law_gives_a_week_to_fix_the_teilbudget():
    akte = fabriken.make_akte(fabriken.A)
    fabriken.bemiss(akte)
    row = Traegerbeteiligung.objects.get()
    services.save_stellungnahme(
        budget=akte.budget,
        beteiligung=row,
        angaben=Stellungnahme(eingegangen_am=date(2005, 11, 4), hoehe="921 Euro"),
        by=akte.fallmanager,
        tag=date(2005, 11, 4),
    )
    frist = Frist.objects.get(case=akte.case, regel="F12")
    assert (frist.ausloeser_datum, frist.ende) == (date(2005, 11, 4), date(2005, 11, 11))
    services.save_stellungnahme(
        budget=akte.budget,
        beteiligung=row,
        angaben=Stellungnahme(eingegangen_am=date(2005, 11, 4), teilbudget_am=date(2005, 11, 10)),
        by=akte.fallmanager,
        tag=date(2005, 11, 10),
    )
    frist.refresh_from_db()
    assert frist.state == "gewahrt"


def test_unterlagen_need_a_consent_for_the_part(akte):
    row = ask(akte, "arbeit")
    call = {
        "budget": akte.budget,
        "beteiligung": row,
        "am": SPAET,
        "umfang": "Seite 1 und 2, Einkommen geschwärzt",
        "by": akte.fallmanager,
        "tag": SPAET,
    }
    with pytest.raises(SchrittUnzulaessig, match="keine wirksame Einwilligung"):
        services.record_unterlagen(**call)
    consent_to(akte, row.traeger, "antrag", am=GEFRAGT)
    services.record_unterlagen(**call)
    row.refresh_from_db()
    assert (row.unterlagen_am, "geschwärzt" in row.unterlagen) == (SPAET, True)


def test_board_page_stays_within_its_queries(client, akte, django_assert_max_num_queries):
    row = ask(akte, "kasse", gruppen=["b_medizinische_rehabilitation"])
    post(akte, row, "beteiligung_traeger", GEFRAGT)
    ask(akte, "pflegekasse", zustimmung_am=GEFRAGT)
    client.force_login(akte.fallmanager)
    seite = reverse("budget_traeger", args=[akte.case.pk])
    with time_machine.travel(datetime(2026, 4, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))):
        client.get(seite)
        with django_assert_max_num_queries(20):
            text = client.get(seite).content.decode()
        for name, kennung in (
            ("traeger_beteiligen", akte.leistungen["arbeit"].leistungstraeger_id),
            ("traeger_stellungnahme", row.pk),
            ("traeger_selbst", row.pk),
            ("traeger_unterlagen", row.pk),
        ):
            url = reverse(name, args=[akte.case.pk, kennung])
            assert url in text
            assert client.get(url).status_code == 200
        assert "3 von 3 Stellungnahmen stehen aus" in text
        assert "Stellungnahme überfällig" in text
        assert (
            reverse(
                "zustaendigkeit_schreiben", args=[akte.case.pk, "beteiligung_erinnerung", row.pk]
            )
            in text
        )
