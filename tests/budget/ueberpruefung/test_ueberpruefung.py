"""Review of a running budget and proof of use: protocol, outcome, amounts to the cent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.urls import reverse

from budget.models import Budgetueberpruefung, Verwendungsnachweis
from budget.states.ueberpruefung import PROTOKOLL
from budget.ueberpruefung import services
from budget.ueberpruefung.queries import amount_to_prove, next_stretch
from budget.ueberpruefung.schritte import following_of_ueberpruefung
from budget.verfahren.services import lift_laufzeit
from cases.models import Frist
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import record_aufgabe, send
from cases.services.entwurf import new_vorgang
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge.geschichte import lift, running
from tests.budget.folge.nachfolge import change, prepare, run
from tests.cases.schreiben.proben import make_anlass

pytestmark = pytest.mark.django_db
# The budget began on 01.05.2026; talks are half-yearly.
GESPRAECH, HEUTE = date(2026, 11, 2), date(2026, 11, 5)
# 1.050 and 413 in money with receipts.
MONAT = Decimal("1463.00")
VOLL = {name: f"{titel}: gut." for name, titel in PROTOKOLL}


@pytest.fixture
def akte(db) -> fabriken.Akte:
    return running()


def start(akte: fabriken.Akte, tag: date = HEUTE) -> Budgetueberpruefung:
    return services.start_budgetueberpruefung(
        budget=akte.budget, anlass="erste", by=akte.fallmanager, tag=tag
    )


def write(akte: fabriken.Akte, row: Budgetueberpruefung, **angaben) -> Budgetueberpruefung:
    werte = {"gespraech_am": GESPRAECH, **VOLL, **angaben}
    return services.update_budgetueberpruefung(
        ueberpruefung=row, angaben=werte, by=akte.fallmanager, tag=HEUTE
    )


def close(akte: fabriken.Akte, row: Budgetueberpruefung, ergebnis: str = "fortsetzen"):
    return services.complete_budgetueberpruefung(
        ueberpruefung=row, ergebnis=ergebnis, grund="Es trägt.", by=akte.fallmanager, tag=HEUTE
    )


def demand(akte: fabriken.Akte, **felder) -> Verwendungsnachweis:
    werte = {"von": date(2026, 5, 1), "bis": date(2026, 10, 31), "faellig_am": date(2026, 11, 30)}
    return services.add_nachweis(
        budget=akte.budget, by=akte.fallmanager, tag=HEUTE, **werte | felder
    )


def test_review_meets_the_first_and_starts_the_next_talk(akte):
    erste = Frist.objects.get(case=akte.case, regel="F31")
    row = write(akte, start(akte))
    row = close(akte, row)
    erste.refresh_from_db()
    assert (erste.state, row.state) == ("gewahrt", "abgeschlossen")
    naechste = Frist.objects.get(case=akte.case, regel="F32")
    assert (naechste.ausloeser_datum, naechste.angaben["laenge"]) == (GESPRAECH, "6 Monate")
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        write(akte, row, wirkung="anders")
    # Not past the services either.
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Budgetueberpruefung.objects.filter(pk=row.pk).update(wirkung="anders")


def test_end_of_a_budget_starts_no_further_talk(akte):
    close(akte, write(akte, start(akte)), "beenden")
    assert not Frist.objects.filter(case=akte.case, regel="F32").exists()


def test_review_before_the_start_is_refused(akte):
    with pytest.raises(SchrittUnzulaessig, match=r"erst am 01\.05\.2026"):
        start(akte, date(2026, 4, 30))
    offen = fabriken.make_akte(fabriken.B, kennung="x")
    fabriken.start(offen)
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        start(offen)


def test_one_review_at_a_time(akte):
    start(akte)
    with pytest.raises(SchrittUnzulaessig, match="schon eine offene"):
        start(akte)


@pytest.mark.parametrize(
    ("angaben", "text"),
    [
        ({"gespraech_am": None}, "nicht festgehalten"),
        ({"gespraech_am": date(2026, 11, 6)}, "Zukunft"),
        ({"gespraech_am": date(2026, 4, 30)}, "vor dem Beginn"),
        ({"stabilitaet": ""}, "Stabilität"),
    ],
)
def test_review_closes_with_talk_and_whole_protocol(akte, angaben, text):
    row = write(akte, start(akte), **angaben)
    with pytest.raises(SchrittUnzulaessig, match=text) as fehler:
        close(akte, row)
    assert fehler.value.norm == "§ 29 Abs. 4 S. 2 Nr. 3 SGB IX"


def test_amount_to_prove_counts_money_that_needs_a_proof(akte):
    # 1.050 and 413 in money with receipts; the Gutschein and the Grundsicherung need none.
    ganz = amount_to_prove(akte.budget, date(2026, 5, 1), date(2026, 10, 31))
    assert ganz == 6 * Decimal("1463.00")
    # From the 12th of March on: 20 of 30 days of a month (Dreißigstel).
    teil = amount_to_prove(akte.budget, date(2027, 3, 12), date(2027, 3, 31))
    assert teil == Decimal("975.33")


def test_proof_is_asked_for_reminded_taken_in_and_checked(akte):
    row = demand(akte)
    frist = Frist.objects.get(case=akte.case, regel="F33")
    assert (row.zu_belegen, row.faellig_am, frist.ende) == (
        Decimal("8778.00"),
        date(2026, 11, 30),
        date(2026, 11, 30),
    )
    daten = _post(akte, row, "nachweis_anforderung", HEUTE)
    assert [t["bezeichnung"] for t in daten["teile"]] == ["Assistenz", "Hilfe zur Pflege"]
    with pytest.raises(SchrittUnzulaessig, match=r"bis zum 30\.11\.2026"):
        _post(akte, row, "nachweis_erinnerung", HEUTE)
    spaet = date(2026, 12, 1)
    _post(akte, row, "nachweis_erinnerung", spaet)
    row.refresh_from_db()
    assert (row.angefordert_am, row.erinnert_am) == (HEUTE, spaet)
    row = services.accept_nachweis(
        nachweis=row, eingegangen_am=spaet, unterlage=None, by=akte.fallmanager, tag=spaet
    )
    frist.refresh_from_db()
    assert (row.state, frist.state) == ("eingegangen", "versaeumt")
    call = {"nachweis": row, "by": akte.fallmanager, "tag": spaet, "ergebnis": "Belege vollständig"}
    with pytest.raises(SchrittUnzulaessig, match="ergeben"):
        services.review_nachweis(
            verwendet=Decimal(8000), angespart=Decimal(700), zurueck=Decimal(0), **call
        )
    with pytest.raises(SchrittUnzulaessig, match="kleiner als null"):
        services.review_nachweis(
            verwendet=Decimal(8878), angespart=Decimal(-100), zurueck=Decimal(0), **call
        )
    row = services.review_nachweis(
        verwendet=Decimal(8000), angespart=Decimal(700), zurueck=Decimal(78), **call
    )
    assert row.state == "geprueft"
    daten = _post(akte, row, "nachweis_ergebnis", spaet)
    assert daten["ergebnis"]["zurueck"] == "78.00"


def _post(akte: fabriken.Akte, row: Verwendungsnachweis, art: str, tag: date) -> dict:
    anlass = make_anlass(akte.case, akte.fallmanager, art, tag, nachweis=row.pk)
    brief = write_schreiben(art=art, anlass=anlass)
    versand = send(schreiben=brief, weg="post", by=akte.fallmanager, tag=tag)
    record_aufgabe(versand=versand, aufgabe_am=tag, by=akte.fallmanager, tag=tag)
    return brief.daten


@pytest.mark.parametrize(
    ("felder", "text"),
    [
        ({"von": date(2026, 4, 1)}, "beginnt erst"),
        ({"bis": date(2026, 4, 30)}, "vor seinem Anfang"),
        ({"von": date(2027, 1, 1), "bis": date(2027, 1, 31)}, "noch nicht begonnen"),
        ({"faellig_am": date(2026, 10, 1)}, "vor dem Ende"),
        ({"faellig_am": date(2026, 11, 2)}, "ist vorbei"),
    ],
)
def test_bad_stretches_are_refused(akte, felder, text):
    with pytest.raises(SchrittUnzulaessig, match=text):
        demand(akte, **felder)


def test_stretches_do_not_overlap(akte):
    demand(akte)
    with pytest.raises(SchrittUnzulaessig, match="schon ein Nachweis"):
        demand(akte, von=date(2026, 10, 1), bis=date(2026, 11, 30), faellig_am=date(2026, 12, 31))


def test_proof_ends_with_what_a_decision_has_left(akte):
    lift(akte, ab=date(2026, 8, 1))
    run(date(2026, 8, 1))
    akte.budget.refresh_from_db()
    assert amount_to_prove(akte.budget, date(2026, 5, 1), date(2026, 10, 31)) == 3 * MONAT
    assert next_stretch(akte.budget, 6) == (date(2026, 5, 1), date(2026, 7, 31))
    with pytest.raises(SchrittUnzulaessig, match=r"bis zum 31\.07\.2026"):
        demand(akte)
    assert demand(akte, bis=date(2026, 7, 31)).zu_belegen == 3 * MONAT


def test_proof_ends_with_the_month_of_death(akte):
    person = akte.case.leistungsberechtigte_person
    person.verstorben_am = date(2026, 7, 10)
    assert next_stretch(akte.budget, 6) == (date(2026, 5, 1), date(2026, 7, 31))
    assert amount_to_prove(akte.budget, date(2026, 5, 1), date(2026, 10, 31)) == 3 * MONAT


def test_end_of_the_budget_lifts_the_next_talk_of_a_review(akte):
    close(akte, write(akte, start(akte)))
    lift_laufzeit(akte.budget, HEUTE, "Aufhebung")
    assert Frist.objects.get(case=akte.case, regel="F32").state == "aufgehoben"


def test_running_budget_is_reviewed_while_the_next_one_is_prepared(client, akte):
    row = write(akte, start(akte))
    neu = prepare(akte, ab=date(2027, 1, 1), tag=HEUTE)
    client.force_login(akte.fallmanager)
    seite = reverse("budget_ueberpruefung", args=[akte.case.pk])
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))):
        text = client.get(seite).content.decode()
        assert reverse("budget_protokoll", args=[akte.case.pk, row.pk]) in text
        assert reverse("nachweis_neu", args=[akte.case.pk]) in text
        assert client.get(f"{seite}?budget={neu.pk}").status_code == 404
        assert client.get(f"{seite}?budget=²").status_code == 404


def test_former_budget_still_owes_its_last_proof(client, akte):
    neu, _ = change(akte, "1100.00")
    run(date(2026, 8, 1))
    neu.refresh_from_db()
    assert neu.state == "laeuft"
    client.force_login(akte.fallmanager)
    seite = reverse("budget_ueberpruefung", args=[akte.case.pk])
    with time_machine.travel(datetime(2026, 8, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))):
        text = client.get(seite).content.decode()
        assert f"{seite}?budget={akte.budget.pk}" in text
        text = client.get(f"{seite}?budget={akte.budget.pk}").content.decode()
        url = f"{reverse('nachweis_neu', args=[akte.case.pk])}?budget={akte.budget.pk}"
        assert url in text
        antwort = client.post(
            url,
            {
                "von": "01.05.2026",
                "bis": "31.07.2026",
                "faellig_am": "31.08.2026",
                "vorgang": new_vorgang(akte.fallmanager.pk),
            },
        )
    assert antwort.status_code == 302
    assert antwort.url == f"{seite}?budget={akte.budget.pk}"
    assert akte.budget.verwendungsnachweise.get().zu_belegen == 3 * MONAT


def test_only_the_newest_review_of_a_running_budget_leads_on(akte):
    alt = close(akte, write(akte, start(akte)), "aendern")
    neu = close(akte, write(akte, start(akte)), "beenden")
    who = akte.fallmanager

    def titel(row: Budgetueberpruefung, *, neueste: bool) -> list[str]:
        steps = following_of_ueberpruefung(row, who, HEUTE, neueste=neueste)
        return [step.url for step in steps]

    fall = akte.case.pk
    nachfolge = [reverse("gesamtplan", args=[fall]), reverse("budget_nachfolge", args=[fall])]
    assert titel(alt, neueste=True) == nachfolge
    assert titel(alt, neueste=False) == []
    assert titel(neu, neueste=True) == [reverse("folge_neu", args=[fall, "aufhebung"])]
    neu.persoenliches_budget.state = "beendet"
    assert titel(neu, neueste=True) == []


def test_proof_that_came_unasked_is_taken_in_on_its_day(akte):
    row = demand(akte)
    row = services.accept_nachweis(
        nachweis=row,
        eingegangen_am=date(2026, 10, 20),
        unterlage=None,
        by=akte.fallmanager,
        tag=HEUTE,
    )
    assert row.eingegangen_am == date(2026, 10, 20)
    assert Frist.objects.get(case=akte.case, regel="F33").state == "gewahrt"


def test_pages_show_protocol_proof_and_what_follows(client, akte):
    row = write(akte, start(akte), beispiel="Montag: Einkauf mit Begleitung.")
    nachweis = demand(akte)
    client.force_login(akte.fallmanager)
    seite = reverse("budget_ueberpruefung", args=[akte.case.pk])
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))):
        text = client.get(seite).content.decode()
        for name, kennung in (
            ("budget_protokoll", row.pk),
            ("budget_ueberpruefung_abschliessen", row.pk),
            ("nachweis_eingang", nachweis.pk),
        ):
            url = reverse(name, args=[akte.case.pk, kennung])
            assert url in text
            assert client.get(url).status_code == 200
        assert client.get(reverse("nachweis_neu", args=[akte.case.pk])).status_code == 200
        close(akte, row, "aendern")
        text = client.get(seite).content.decode()
    assert "Gesamtplan fortschreiben" in text
    assert "Montag: Einkauf" in text
    assert client.get(reverse("budget_protokoll", args=[akte.case.pk, row.pk])).status_code == 302
