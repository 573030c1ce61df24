"""Ways out of the house, posting, Bekanntgabe and what it starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import Auftrag, Ereignis, Frist, LeistungsberechtigtePerson, Versand
from cases.person.guards import adressat
from cases.registry.beitrag import registry
from cases.schreiben.guards.versand import (
    aufgabe_nicht_in_der_zukunft,
    aufgabe_nicht_vor_dem_schreiben,
    email_zugang_eroeffnet,
)
from cases.schreiben.services.versand import cancel_versand, hand_over, record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.versand.proben import (
    BRIEFTAG,
    MIT_RECHTSBEHELF,
    OHNE_RECHTSBEHELF,
    auftrag_of,
    make_schreiben,
)
from tests.fabriken import make_behoerde, make_fall, make_person, make_user, norm_of

pytestmark = pytest.mark.django_db


def posted(schreiben, by, tag: date) -> Versand:
    versand = send(schreiben=schreiben, weg="post", by=by, tag=tag)
    return record_aufgabe(versand=versand, aufgabe_am=tag, by=by, tag=tag)


@pytest.mark.parametrize(
    ("tag", "bekanntgabe", "widerspruch"),
    [
        (date(2005, 11, 21), date(2005, 11, 24), date(2005, 12, 27)),
        (date(2024, 12, 31), date(2025, 1, 3), date(2025, 2, 3)),
        (date(2025, 1, 2), date(2025, 1, 6), date(2025, 2, 6)),
        (date(2026, 1, 27), date(2026, 1, 31), date(2026, 3, 2)),
        (date(2024, 1, 26), date(2024, 1, 29), date(2024, 2, 29)),
    ],
)
def test_posting_gives_bekanntgabe_and_widerspruchsfrist(
    fallmanager, tag, bekanntgabe, widerspruch
):
    case = make_fall(fallmanager, eingang=tag - timedelta(days=90))
    versand = posted(make_schreiben(case, fallmanager, datum=tag), fallmanager, tag)
    frist = Frist.objects.get(case=case, regel="F51")
    assert (versand.state, versand.aufgabe_am, versand.vermerkt_von) == (
        "aufgegeben",
        tag,
        fallmanager,
    )
    assert (versand.bekanntgabe, versand.widerspruch_bis) == (bekanntgabe, widerspruch)
    assert (frist.ausloeser_datum, frist.ende, frist.wirkung) == (
        bekanntgabe,
        widerspruch,
        "ablauf",
    )


def test_steps_of_the_bekanntgabe_are_kept_with_their_norms(schreiben, fallmanager):
    versand = posted(schreiben, fallmanager, BRIEFTAG)
    assert len(versand.schritte) >= 4
    assert versand.schritte[0]["norm"] == "§ 37 Abs. 2 SGB X"
    assert {tuple(sorted(s)) for s in versand.schritte} == {("grad", "norm", "text")}


def test_bekanntgabe_on_a_sunday_warns_of_the_other_view(fallmanager):
    case, tag = make_fall(fallmanager), date(2026, 11, 25)
    versand = posted(make_schreiben(case, fallmanager, datum=tag), fallmanager, tag)
    assert versand.bekanntgabe == date(2026, 11, 29)
    assert "Gegenansicht" in versand.warnung


def test_letter_without_rechtsbehelf_starts_no_frist(fallmanager):
    case = make_fall(fallmanager)
    schreiben = make_schreiben(case, fallmanager, art=OHNE_RECHTSBEHELF)
    versand = posted(schreiben, fallmanager, BRIEFTAG)
    assert (versand.bekanntgabe, versand.widerspruch_bis) == (date(2026, 11, 24), None)
    assert (len(versand.schritte), versand.warnung) == (2, "")
    assert not Frist.objects.filter(case=case, regel="F51").exists()


def test_handing_over_counts_on_the_same_day(schreiben, fallmanager):
    versand = hand_over(schreiben=schreiben, am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    assert (versand.weg, versand.bekanntgabe) == ("uebergabe", BRIEFTAG)
    assert versand.widerspruch_bis == date(2026, 12, 21)


def test_posting_calls_what_is_registered_in_the_same_transaction(schreiben, fallmanager):
    called = []

    def note(s, v, by, tag):
        called.append((s.pk, v.bekanntgabe, by, tag, transaction.get_connection().in_atomic_block))

    art = registry.schreibenarten[MIT_RECHTSBEHELF]
    registry.schreibenarten[MIT_RECHTSBEHELF] = replace(art, nach_aufgabe=note)
    versand = posted(schreiben, fallmanager, BRIEFTAG)
    assert called == [(schreiben.pk, versand.bekanntgabe, fallmanager, BRIEFTAG, True)]


def test_posting_twice_is_refused(schreiben, fallmanager):
    versand = posted(schreiben, fallmanager, BRIEFTAG)
    with pytest.raises(SchrittUnzulaessig, match="im Zustand „aufgegeben“ nicht möglich"):
        record_aufgabe(versand=versand, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    assert Frist.objects.filter(regel="F51").count() == 1


def test_database_refuses_a_second_versand_by_the_same_way(schreiben, fallmanager):
    send(schreiben=schreiben, weg="post", by=fallmanager, tag=BRIEFTAG)
    with (
        pytest.raises(IntegrityError, match="versand_einmal_je_schreiben_und_weg"),
        transaction.atomic(),
    ):
        Versand.objects.create(schreiben=schreiben, weg="post", an=["x"])


def test_letter_on_its_way_cannot_be_sent_another_way(schreiben, fallmanager):
    send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=BRIEFTAG)
    with pytest.raises(SchrittUnzulaessig, match="bereits auf dem Weg"):
        send(schreiben=schreiben, weg="post", by=fallmanager, tag=BRIEFTAG)
    assert Auftrag.objects.count() == 1


def test_unreadable_mail_may_follow_on_paper(schreiben, fallmanager):
    versand = send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=BRIEFTAG)
    erste = record_aufgabe(versand=versand, aufgabe_am=BRIEFTAG, by=None, tag=BRIEFTAG)
    zweite = posted(schreiben, fallmanager, BRIEFTAG + timedelta(days=7))
    assert zweite.state == "aufgegeben"
    assert Frist.objects.get(regel="F51").ausloeser_datum == erste.bekanntgabe


@pytest.mark.parametrize("rolle", ["Fachdienst", "Revision", "Kasse", "Fachadministration"])
def test_other_roles_send_nothing(schreiben, rolle):
    with pytest.raises(SchrittUnzulaessig, match="nur Fallmanagement und Sachgebietsleitung"):
        send(schreiben=schreiben, weg="post", by=make_user("x", rolle), tag=BRIEFTAG)


def test_user_cannot_record_an_email_that_the_program_sends(schreiben, fallmanager):
    versand = send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=BRIEFTAG)
    with pytest.raises(SchrittUnzulaessig, match="vom Programm gesendet"):
        record_aufgabe(versand=versand, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)


def test_email_needs_an_opened_way(fallmanager):
    person = make_person(email_zugang_seit=None)
    schreiben = make_schreiben(make_fall(fallmanager, person=person), fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="keinen Zugang für E-Mail") as error:
        send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=BRIEFTAG)
    assert error.value.norm == "§ 36a Abs. 1 SGB I"
    assert not Versand.objects.exists()


def test_recipient_is_frozen_when_the_versand_is_ordered(schreiben, fallmanager):
    versand = send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=BRIEFTAG)
    LeistungsberechtigtePerson.objects.update(email="andere@example.org")
    versand.refresh_from_db()
    assert versand.an == ["emil@example.org"]


@pytest.mark.parametrize(("weg", "auftrag"), [("post", []), ("elektronisch", ["abgebrochen"])])
def test_letter_can_be_taken_back_and_sent_anew(schreiben, fallmanager, weg, auftrag):
    versand = send(schreiben=schreiben, weg=weg, by=fallmanager, tag=BRIEFTAG)
    cancel_versand(versand=versand, by=fallmanager, tag=BRIEFTAG)
    assert list(Auftrag.objects.values_list("state", flat=True)) == auftrag
    neu = send(schreiben=schreiben, weg=weg, by=fallmanager, tag=BRIEFTAG)
    assert (Versand.objects.get(pk=versand.pk).state, neu.state) == (
        "zurueckgenommen",
        "vorgesehen",
    )


def test_mail_in_work_cannot_be_taken_back(schreiben, fallmanager):
    versand = send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=BRIEFTAG)
    Auftrag.objects.update(state="in_arbeit")
    with pytest.raises(SchrittUnzulaessig, match="wird gerade versandt"):
        cancel_versand(versand=versand, by=fallmanager, tag=BRIEFTAG)


def test_chronik_tells_order_and_posting(schreiben, fallmanager):
    posted(schreiben, fallmanager, BRIEFTAG)
    texte = Ereignis.objects.filter(art="versand").order_by("id").values_list("text", flat=True)
    assert list(texte) == [
        "„Bescheid über das Persönliche Budget“ zum Versand vorgesehen: Brief",
        "„Bescheid über das Persönliche Budget“ aufgegeben am 20.11.2026: Brief; "
        "bekannt gegeben am 24.11.2026",
    ]


@pytest.mark.parametrize(
    ("seit", "adresse", "erlaubt"),
    [
        (date(2026, 11, 20), "", True),
        (date(2026, 11, 21), "", False),
        (None, "", False),
        (date(2020, 1, 1), "emil@example.org", True),
        (date(2020, 1, 1), "alt@example.org", False),
    ],
)
def test_email_zugang_eroeffnet(behoerde, seit, adresse, erlaubt):
    person = make_person(email_zugang_seit=seit)
    norm = "" if erlaubt else "§ 36a Abs. 1 SGB I"
    assert norm_of(email_zugang_eroeffnet(person, BRIEFTAG, adresse)) == norm


def test_anschrift_unveraendert(schreiben):
    person = schreiben.case.leistungsberechtigte_person
    assert adressat.anschrift_unveraendert(schreiben, BRIEFTAG) is None
    umzug = BRIEFTAG + timedelta(days=3)
    person.anschriften.update(gueltig_bis=umzug - timedelta(days=1))
    person.anschriften.create(strasse="Weg 1", plz="70999", ort="Musterau", gueltig_ab=umzug)
    schreiben.refresh_from_db()
    assert adressat.anschrift_unveraendert(schreiben, umzug - timedelta(days=1)) is None
    hindernis = adressat.anschrift_unveraendert(schreiben, umzug)
    assert hindernis.norm == "§ 37 Abs. 1 S. 1 SGB X"


def test_aufgabe_nicht_in_der_zukunft():
    morgen = BRIEFTAG + timedelta(days=1)
    assert aufgabe_nicht_in_der_zukunft(BRIEFTAG, BRIEFTAG) is None
    assert aufgabe_nicht_in_der_zukunft(morgen, BRIEFTAG).norm == "§ 37 Abs. 2 SGB X"


def test_aufgabe_nicht_vor_dem_schreiben(schreiben):
    davor = BRIEFTAG - timedelta(days=1)
    assert aufgabe_nicht_vor_dem_schreiben(schreiben, BRIEFTAG) is None
    assert aufgabe_nicht_vor_dem_schreiben(schreiben, davor).norm == "§ 37 Abs. 2 SGB X"


def test_day_outside_the_law_is_refused_before_anything_is_written(fallmanager):
    make_behoerde()
    tag = date(2100, 1, 4)
    schreiben = make_schreiben(make_fall(fallmanager), fallmanager, datum=BRIEFTAG)
    versand = send(schreiben=schreiben, weg="post", by=fallmanager, tag=BRIEFTAG)
    with pytest.raises(ValueError, match="2100"):
        record_aufgabe(versand=versand, aufgabe_am=tag, by=fallmanager, tag=tag)
    assert Versand.objects.get().state == "vorgesehen"
    assert auftrag_of(versand) is None
