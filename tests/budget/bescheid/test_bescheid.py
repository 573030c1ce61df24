"""Draft, submission, release and what follows a Bescheid."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from budget.bescheid.schritte import BESCHEIDSCHRITTE, lage_of_bescheid
from budget.bescheid.services.bescheid import (
    draft_bescheid,
    release_bescheid,
    return_bescheid,
    submit_bescheid,
    update_bescheid,
)
from budget.bescheid.services.wirksamkeit import record_aufgabe, record_bestandskraft
from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from cases.models import Case, Frist, Schreiben
from cases.registry.beitrag import registry
from cases.schreiben.services.versand import send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_leitung, make_team

pytestmark = pytest.mark.django_db


def _release(akte, **felder):
    return release_bescheid(
        bescheid=akte.bescheid, **({"by": akte.leitung, "tag": akte.tage.bescheid} | felder)
    )


def test_release_decides_and_bekanntgabe_moves_the_rest():
    akte = fabriken.tell("frei")
    assert (akte.bescheid.state, akte.budget.state, akte.case.state) == (
        "freigegeben",
        "vereinbart",
        "geplant",
    )
    assert (akte.bescheid.datum, akte.bescheid.freigegeben_von) == (
        date(2005, 11, 18),
        akte.leitung,
    )
    assert akte.bescheid.schreiben.titel == "Gesamtbescheid über Ihr Persönliches Budget"
    fristen = akte.case.fristen.filter(regel__in=["F04", "F30", "F31", "F37"]).order_by("regel")
    entschieden = ("F04", "versaeumt", "04.10.2005")
    assert list(fristen.values_list("regel", "state", "anzeige")) == [entschieden]
    _post(akte)
    assert list(fristen.values_list("regel", "state", "anzeige")) == [
        entschieden,
        ("F30", "offen", "31.05.2006"),
        ("F31", "offen", "Juni 2006"),
        ("F37", "offen", "30.11.2007"),
    ]


def test_bescheid_without_end_starts_no_f37():
    akte = fabriken.tell("frei", fabriken.B)
    _post(akte)
    regeln = set(akte.case.fristen.values_list("regel", flat=True))
    assert regeln & {"F30", "F31", "F37", "F51"} == {"F30", "F31", "F51"}


def test_release_is_refused_when_the_case_could_not_follow_later(vorgelegt):
    # What the Bekanntgabe will move must be movable at the release; the post asks nobody.
    Case.objects.filter(pk=vorgelegt.case.pk).update(state="zustaendig")
    with pytest.raises(SchrittUnzulaessig, match="Der Bescheid ergeht, nachdem der Gesamtplan"):
        _release(vorgelegt)


def test_draft_waits_for_the_signatures(akte):
    fabriken.tell("entwurf", akte=akte)
    with pytest.raises(SchrittUnzulaessig, match="nicht von beiden Seiten unterzeichnet"):
        fabriken._decide(akte)
    assert Bescheid.objects.count() == 0


def test_release_without_signature_is_refused_by_the_database(akte):
    fabriken.tell("entwurf", akte=akte)
    schreiben = fabriken.make_schreiben(akte.case, akte.leitung, "bescheid")
    with pytest.raises(ProgrammingError, match="ohne unterzeichnete Zielvereinbarung"):
        Bescheid.objects.create(
            persoenliches_budget=akte.budget,
            zielvereinbarung=akte.zielvereinbarung,
            datum=akte.tage.bescheid,
            erste_auszahlung=akte.tage.beginn,
            begruendung="x",
            erstellt_von=akte.fallmanager,
            bearbeitet_von=akte.fallmanager,
            freigegeben_von=akte.leitung,
            freigegeben_am=akte.tage.bescheid,
            schreiben=schreiben,
            state="freigegeben",
        )


def test_draft_refuses_a_second_bescheid(vorgelegt):
    with pytest.raises(SchrittUnzulaessig, match="schon einen Bescheid"):
        fabriken._decide(vorgelegt)


def test_draft_refuses_a_payment_outside_the_period(akte):
    fabriken.insert_vereinbart(akte)
    with pytest.raises(SchrittUnzulaessig, match="außerhalb des Bewilligungszeitraums"):
        draft_bescheid(
            budget=akte.budget,
            erste_auszahlung=date(2005, 11, 30),
            begruendung="x",
            by=akte.fallmanager,
            tag=akte.tage.bescheid,
        )


def test_submit_needs_grounds(akte):
    fabriken.insert_vereinbart(akte)
    bescheid = draft_bescheid(
        budget=akte.budget,
        erste_auszahlung=akte.tage.beginn,
        begruendung=" ",
        by=akte.fallmanager,
        tag=akte.tage.bescheid,
    )
    with pytest.raises(SchrittUnzulaessig, match="Die Begründung des Bescheids fehlt"):
        submit_bescheid(bescheid=bescheid, by=akte.fallmanager, tag=akte.tage.bescheid)


def test_return_shows_the_reason_until_it_is_submitted_again(vorgelegt):
    bescheid = return_bescheid(
        bescheid=vorgelegt.bescheid,
        grund="Bitte das Ermessen ausführen.",
        by=vorgelegt.leitung,
        tag=vorgelegt.tage.bescheid,
    )
    assert (bescheid.state, bescheid.rueckgabe_grund) == (
        "entwurf",
        "Bitte das Ermessen ausführen.",
    )
    bescheid = update_bescheid(
        bescheid=bescheid,
        erste_auszahlung=vorgelegt.tage.beginn,
        begruendung="Ergänzt.",
        by=vorgelegt.fallmanager,
        tag=vorgelegt.tage.bescheid,
    )
    bescheid = submit_bescheid(
        bescheid=bescheid, by=vorgelegt.fallmanager, tag=vorgelegt.tage.bescheid
    )
    assert (bescheid.state, bescheid.rueckgabe_grund) == ("vorgelegt", "")


def test_return_needs_a_reason(vorgelegt):
    with pytest.raises(SchrittUnzulaessig, match="was zu ändern ist"):
        return_bescheid(
            bescheid=vorgelegt.bescheid, grund="", by=vorgelegt.leitung, tag=vorgelegt.tage.bescheid
        )


def test_fallmanagement_may_not_release(vorgelegt):
    with pytest.raises(
        SchrittUnzulaessig, match=r"liegt seit dem .* bei der Sachgebietsleitung\. Nur sie kann"
    ):
        _release(vorgelegt, by=vorgelegt.fallmanager)


@pytest.mark.parametrize(
    ("stelle", "satz"),
    [
        ("iban", "fehlt die IBAN"),
        ("anschrift", "keine vollständige Anschrift"),
        ("tag", "keine Rechtsbehelfsbelehrung hinterlegt"),
    ],
)
def test_closed_gate_refuses_the_release(vorgelegt, stelle, satz):
    person = vorgelegt.case.leistungsberechtigte_person
    tag = date(2003, 6, 1) if stelle == "tag" else vorgelegt.tage.bescheid
    if stelle == "iban":
        person.bankverbindungen.all().delete()
    elif stelle == "anschrift":
        person.anschriften.all().delete()
    with pytest.raises(SchrittUnzulaessig, match=satz):
        _release(vorgelegt, tag=tag)
    vorgelegt.case.refresh_from_db()
    assert (vorgelegt.case.state, Schreiben.objects.filter(art="bescheid").count()) == (
        "geplant",
        0,
    )


def test_all_gates_of_the_musterfall_are_open(vorgelegt):
    lage = lage_of_bescheid(vorgelegt.bescheid, vorgelegt.leitung, vorgelegt.tage.bescheid)
    tore = BESCHEIDSCHRITTE.tore(lage, "freigeben")
    assert len(tore) == 41
    assert [tor.titel for tor in tore if not tor.offen] == []


def test_failed_frist_rolls_the_release_back(vorgelegt, monkeypatch):
    # A day that no law covers stops the computing of F30, after the letter was set.
    rows = PersoenlichesBudget.objects.filter(pk=vorgelegt.budget.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        rows.update(bindung_ab=date(2100, 1, 1))
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(ValueError, match="kein Rechtsstand"):
        _release(vorgelegt)
    vorgelegt.bescheid.refresh_from_db()
    assert vorgelegt.bescheid.state == "vorgelegt"
    assert Schreiben.objects.filter(art="bescheid").count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_have_one_effect():
    akte = fabriken.insert_vorgelegt(fabriken.make_akte(kennung="rennen"))
    zweite = make_leitung("zweite", make_team("Team rennen"))
    ergebnisse: list[str] = []

    def run(by):
        try:
            release_bescheid(bescheid=akte.bescheid, by=by, tag=akte.tage.bescheid)
            ergebnisse.append("freigegeben")
        except SchrittUnzulaessig as error:
            ergebnisse.append(error.text)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(by,)) for by in (akte.leitung, zweite)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ergebnisse) == [
        "freigegeben",
        "„Freigeben“ ist im Zustand „freigegeben“ nicht möglich.",
    ]
    assert Schreiben.objects.filter(art="bescheid").count() == 1


def _post(akte, weg="uebergabe"):
    return send(
        schreiben=akte.bescheid.schreiben, weg=weg, by=akte.fallmanager, tag=akte.tage.bescheid
    )


def test_posting_lets_payment_and_leistung_begin():
    akte = fabriken.tell("frei")
    versand = _post(akte)
    akte.bescheid.refresh_from_db()
    akte.budget.refresh_from_db()
    akte.case.refresh_from_db()
    assert (akte.bescheid.state, akte.budget.state, akte.case.state) == (
        "versandt",
        "laeuft",
        "leistung_laeuft",
    )
    assert versand.widerspruch_bis == date(2005, 12, 19)


def test_posting_by_the_program_asks_no_role():
    akte = fabriken.tell("frei")
    versand = send(
        schreiben=akte.bescheid.schreiben,
        weg="elektronisch",
        by=akte.fallmanager,
        tag=akte.tage.bescheid,
    )
    record_aufgabe(akte.bescheid.schreiben, versand, None, akte.tage.bescheid)
    akte.bescheid.refresh_from_db()
    assert akte.bescheid.state == "versandt"
    # A second posting by another way finds the Bescheid sent and changes nothing.
    record_aufgabe(akte.bescheid.schreiben, versand, None, akte.tage.bescheid)
    assert (
        akte.case.ereignisse.filter(art="bescheid", text__startswith="Bescheid versandt").count()
        == 1
    )


def test_bescheid_becomes_final_when_f51_has_run_out():
    akte = fabriken.tell("frei")
    _post(akte)
    frist = Frist.objects.get(case=akte.case, regel="F51")
    registry.nach_fristablauf["F51"](frist, date(2005, 12, 20))
    akte.bescheid.refresh_from_db()
    assert akte.bescheid.state == "bestandskraeftig"
    record_bestandskraft(frist, date(2005, 12, 21))
    assert akte.case.ereignisse.filter(text="Bescheid bestandskräftig").count() == 1
    # A run with a wrong clock is taken back, once.
    for _ in range(2):
        registry.nach_fristberichtigung["F51"](frist, date(2005, 12, 1))
    akte.bescheid.refresh_from_db()
    assert akte.bescheid.state == "versandt"
    assert akte.case.ereignisse.filter(text__startswith="Bescheid nicht bestandskr").count() == 1


@pytest.mark.parametrize("gegenstand", ["antrag:1", "schreiben:999999"])
def test_frist_of_another_letter_changes_no_bescheid(akte, gegenstand):
    record_bestandskraft(Frist(case=akte.case, gegenstand=gegenstand), date(2005, 12, 20))
    assert akte.case.ereignisse.filter(art="bescheid").count() == 0


@pytest.mark.parametrize(
    "feld", ["begruendung", "abgelehnte_leistungen", "nebenbestimmungen", "datum"]
)
def test_released_bescheid_is_fixed_in_the_database(vorgelegt, feld):
    fabriken.insert_bescheid(vorgelegt, "freigegeben")
    wert = date(2005, 1, 1) if feld == "datum" else "anders"
    with pytest.raises(ProgrammingError, match="pgtrigger_inhalt_fest"), transaction.atomic():
        Bescheid.objects.filter(pk=vorgelegt.bescheid.pk).update(**{feld: wert})
    with pytest.raises(ProgrammingError, match="pgtrigger_nicht_loeschen"), transaction.atomic():
        Bescheid.objects.filter(pk=vorgelegt.bescheid.pk).delete()


def test_released_bescheid_is_fixed_for_raw_sql(vorgelegt):
    fabriken.insert_bescheid(vorgelegt, "freigegeben")
    with (
        pytest.raises(ProgrammingError, match="Cannot update rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE budget_bescheid SET begruendung = 'anders'")
    assert Zielvereinbarung.objects.get().state == "unterzeichnet"
