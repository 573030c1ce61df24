"""Pages of dispatch in the browser's view: lists, forms, decisions, access, number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cases.models import Auftrag, Case, Druckstapel, Versand
from cases.schreiben.queries.postausgang import arbeitszeilen, unsettled, waiting_letters
from cases.schreiben.services.druckstapel import create_druckstapel
from cases.schreiben.services.versand import record_aufgabe, send
from cases.services import auftrag as auftraege
from tests.cases.schreiben.versand.postamt import postamt
from tests.cases.schreiben.versand.proben import BRIEFTAG, auftrag_of, make_schreiben
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team, make_user

JETZT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _heute():
    with time_machine.travel(JETZT, tick=False):
        yield


@pytest.fixture
def ich(client, fallmanager):
    client.force_login(fallmanager)
    return fallmanager


def ordered(by, weg: str = "post") -> Versand:
    schreiben = make_schreiben(make_fall(by), by)
    return send(schreiben=schreiben, weg=weg, by=by, tag=BRIEFTAG)


def uncertain(settings, by) -> Versand:
    versand = ordered(by, "elektronisch")
    with postamt(settings, text="trennen"):
        auftraege.run(auftrag_id=auftrag_of(versand), now=JETZT)
    versand.refresh_from_db()
    return versand


def page(name: str, versand: Versand) -> str:
    return reverse(name, args=[versand.schreiben.case_id, versand.pk])


def test_ticked_letters_become_a_batch_and_are_posted(client, ich):
    rows = [ordered(ich) for _ in range(3)]
    answer = client.post(reverse("postausgang"), {"versand": [rows[0].pk, rows[2].pk]})
    stapel = Druckstapel.objects.get()
    assert answer["Location"] == reverse("druckstapel", args=[stapel.pk])
    assert list(waiting_letters(ich, BRIEFTAG)) == [rows[1]]
    pdf = client.get(reverse("druckstapel_pdf", args=[stapel.pk]))
    assert (pdf["Content-Type"], pdf.content) == ("application/pdf", bytes(stapel.pdf))
    assert pdf["Content-Disposition"] == f'attachment; filename="Druckstapel-{stapel.pk}.pdf"'
    client.post(reverse("druckstapel", args=[stapel.pk]), {"aufgabe_am": "20.11.2026"})
    states = Versand.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["aufgegeben", "vorgesehen", "aufgegeben"]


@pytest.mark.parametrize(
    ("tag", "satz"),
    [
        ("21.11.2026", "Das Datum darf nicht nach dem 20.11.2026 liegen."),
        ("", "Bitte füllen Sie aus: Zur Post gegeben am."),
        ("19.11.2026", "es kann nicht am 19.11.2026 aufgegeben worden sein"),
    ],
)
def test_wrong_day_of_posting_is_explained(client, ich, tag, satz):
    stapel = create_druckstapel(versand_ids=[ordered(ich).pk], by=ich, tag=BRIEFTAG)
    answer = client.post(reverse("druckstapel", args=[stapel.pk]), {"aufgabe_am": tag})
    assert answer.status_code == 422
    assert satz in answer.content.decode()
    assert Versand.objects.get().state == "vorgesehen"


def test_nothing_ticked_is_explained(client, ich):
    ordered(ich)
    answer = client.post(reverse("postausgang"), {})
    assert answer.status_code == 422
    assert "Bitte wählen Sie mindestens ein Schreiben aus." in answer.content.decode()


def test_batch_can_be_dropped(client, ich):
    stapel = create_druckstapel(versand_ids=[ordered(ich).pk], by=ich, tag=BRIEFTAG)
    url = reverse("druckstapel_verwerfen", args=[stapel.pk])
    assert client.get(url).status_code == 405
    assert client.post(url)["Location"] == reverse("postausgang")
    assert waiting_letters(ich, BRIEFTAG).count() == 1


@pytest.mark.parametrize("name", ["druckstapel", "druckstapel_pdf", "druckstapel_verwerfen"])
def test_foreign_batch_does_not_exist(client, fallmanager, name):
    stapel = create_druckstapel(versand_ids=[ordered(fallmanager).pk], by=fallmanager, tag=BRIEFTAG)
    client.force_login(make_fallmanager("fremd", make_team("Team Süd")))
    assert client.get(reverse(name, args=[stapel.pk])).status_code == 404
    assert client.post(reverse(name, args=[stapel.pk])).status_code == 404


def test_protected_case_of_a_colleague_stays_out_of_the_list(client, ich):
    ordered(ich)
    Case.objects.update(geschuetzt=True)
    client.force_login(make_fallmanager("zweite"))
    answer = client.get(reverse("postausgang"))
    assert "Kein Schreiben wartet auf den Druck." in answer.content.decode()


@pytest.mark.parametrize(
    ("daten", "weg", "state"),
    [
        ({"weg": "post"}, "post", "vorgesehen"),
        ({"weg": "elektronisch"}, "elektronisch", "vorgesehen"),
        ({"weg": "uebergabe", "uebergeben_am": "20.11.2026"}, "uebergabe", "aufgegeben"),
    ],
)
def test_way_is_chosen_on_a_page(client, ich, daten, weg, state):
    schreiben = make_schreiben(make_fall(ich), ich)
    url = reverse("versand_neu", args=[schreiben.case_id, schreiben.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, daten)
    versand = Versand.objects.get()
    assert answer["Location"] == page("versand", versand)
    assert (versand.weg, versand.state) == (weg, state)


def test_closed_way_is_explained_and_not_preset(client, ich):
    person = make_person(email="")
    schreiben = make_schreiben(make_fall(ich, person=person), ich)
    url = reverse("versand_neu", args=[schreiben.case_id, schreiben.pk])
    seite = client.get(url)
    assert seite.context["form"].initial == {"weg": "post", "ausland": False}
    assert "E-Mail ist nicht möglich" in seite.content.decode()
    assert client.post(url, {"weg": "elektronisch"}).status_code == 422
    assert client.post(url, {"weg": "uebergabe"}).status_code == 422
    assert not Versand.objects.exists()


def test_uncertain_mail_offers_three_decisions(client, ich, settings):
    versand = uncertain(settings, ich)
    steps = client.get(page("versand", versand)).context["schritte"]
    assert [s.titel for s in steps] == [
        "Als versandt vermerken",
        "Erneut senden",
        "Als nicht versandt vermerken",
    ]
    assert [r.url for r in arbeitszeilen(ich, BRIEFTAG)] == [page("versand", versand)]
    client.post(page("versand_vermerken", versand), {"aufgabe_am": "20.11.2026"})
    versand.refresh_from_db()
    assert (versand.state, Auftrag.objects.get().state) == ("aufgegeben", "fertig")
    assert arbeitszeilen(ich, BRIEFTAG) == []


def test_sending_again_opens_the_order_once(client, ich, settings):
    versand = uncertain(settings, ich)
    for _ in range(2):
        client.post(page("versand_erneut", versand))
    assert Auftrag.objects.values_list("state", "versuche").get() == ("offen", 0)


def test_uncertain_mail_that_was_not_sent_may_go_any_way(client, ich, settings):
    versand = uncertain(settings, ich)
    for _ in range(2):
        client.post(page("versand_nicht_versandt", versand))
    versand.refresh_from_db()
    assert (versand.state, Auftrag.objects.get().state) == ("fehlgeschlagen", "fehlgeschlagen")
    steps = client.get(page("versand", versand)).context["schritte"]
    assert "Neu versenden" in [s.titel for s in steps]


def test_page_says_until_when_a_mail_can_be_taken_back(client, ich):
    versand = ordered(ich, "elektronisch")
    ab = JETZT + timedelta(minutes=10)
    Auftrag.objects.update(naechster_versuch=ab)
    text = client.get(page("versand", versand)).content.decode()
    assert "geht frühestens am" in text
    assert f"{timezone.localtime(ab):%H:%M}" in text


def test_failed_mail_is_settled_once_the_letter_goes_by_post(client, ich, settings):
    versand = ordered(ich, "elektronisch")
    with postamt(settings, rcpt="550 nein"):
        auftraege.run(auftrag_id=auftrag_of(versand), now=JETZT)
    assert list(unsettled(ich, BRIEFTAG)) == [versand]
    [step] = client.get(page("versand", versand)).context["schritte"]
    client.post(step.url, {"weg": "post"})
    assert list(unsettled(ich, BRIEFTAG)) == []
    assert waiting_letters(ich, BRIEFTAG).count() == 1


def test_letter_is_taken_back_on_its_page(client, ich):
    versand = ordered(ich)
    client.post(page("versand_zuruecknehmen", versand))
    versand.refresh_from_db()
    assert versand.state == "zurueckgenommen"


@pytest.mark.parametrize(
    "name", ["versand", "versand_vermerken", "versand_erneut", "versand_zuruecknehmen"]
)
def test_versand_of_another_case_does_not_exist_here(client, ich, name):
    versand, anderer = ordered(ich), make_fall(ich)
    assert client.get(reverse(name, args=[anderer.pk, versand.pk])).status_code == 404


def test_jobs_show_states_to_admin_and_decisions_to_who_may_see_the_case(
    client, fallmanager, leitung, settings
):
    versand = uncertain(settings, fallmanager)
    for user, link in ((leitung, True), (make_user("adm", "Fachadministration"), False)):
        client.force_login(user)
        text = client.get(reverse("auftraege")).content.decode()
        assert (page("versand", versand) in text) is link
        assert "Schreiben per E-Mail" in text
        verraeter = ("Emil", versand.schreiben.case.aktenzeichen, "example.org", "Bescheid")
        assert [w for w in verraeter if w in text] == []


@pytest.mark.parametrize(("name", "hoechstens"), [("postausgang", 12), ("auftraege", 12)])
def test_lists_need_the_same_queries_for_one_and_for_five_rows(
    client, leitung, settings, django_assert_max_num_queries, name, hoechstens
):
    client.force_login(leitung)
    client.get(reverse(name))  # the first page of a session writes its marks
    zahlen = []
    for anzahl in (1, 4):
        for _ in range(anzahl):
            ordered(leitung)
            uncertain(settings, leitung)
            create_druckstapel(versand_ids=[ordered(leitung).pk], by=leitung, tag=BRIEFTAG)
        with django_assert_max_num_queries(hoechstens) as queries:
            assert client.get(reverse(name)).status_code == 200
        zahlen.append(len(queries))
    assert zahlen[0] == zahlen[1]


def test_pages_have_one_heading_and_no_name_in_the_title(client, ich):
    versand = ordered(ich)
    stapel = create_druckstapel(versand_ids=[versand.pk], by=ich, tag=BRIEFTAG)
    ordered(ich)
    urls = [
        reverse("postausgang"),
        reverse("druckstapel", args=[stapel.pk]),
        page("versand", versand),
        reverse("versand_neu", args=[versand.schreiben.case_id, versand.schreiben_id]),
        page("versand_vermerken", versand),
    ]
    for url in urls:
        answer = client.get(url)
        html = answer.content.decode()
        assert (answer.status_code, html.count("<h1")) == (200, 1)
        assert "Muster" not in html.partition("<title>")[2].partition("</title>")[0]


def test_later_day_does_not_hide_what_waits(ich):
    versand = ordered(ich)
    assert list(waiting_letters(ich, BRIEFTAG + timedelta(days=400))) == [versand]


def posted(by, *, ausland: bool = False) -> Versand:
    schreiben = make_schreiben(make_fall(by), by)
    row = send(schreiben=schreiben, weg="post", by=by, tag=BRIEFTAG, ausland=ausland)
    return record_aufgabe(versand=row, aufgabe_am=BRIEFTAG, by=by, tag=BRIEFTAG)


def test_page_says_what_is_missing_abroad_and_takes_the_proof(client, ich):
    row = posted(ich, ausland=True)
    text = client.get(page("versand", row)).content.decode()
    assert "ins Ausland" in text
    assert "noch nicht: der Zugang ist nachzuweisen" in text
    angaben = {"zugang_am": "20.11.2026", "ausland": "on", "rbb": "richtig"}
    url = page("versand_berichtigen", row)
    leer = client.post(url, angaben)
    assert (leer.status_code, list(leer.context["form"].errors)) == (422, ["feststellung"])
    # What was typed stays.
    assert leer.context["form"]["zugang_am"].value() == "20.11.2026"
    answer = client.post(url, {**angaben, "feststellung": "Rückschein"})
    assert answer["Location"] == page("versand", row)
    row.refresh_from_db()
    assert (row.bekanntgabe, row.widerspruch_bis) == (BRIEFTAG, date(2027, 2, 22))
    assert "Zugang nachgewiesen am" in client.get(page("versand", row)).content.decode()


@pytest.mark.parametrize("tag", ["21.11.2026", "30.02.2026"])
def test_receipt_ahead_or_impossible_is_refused_at_its_field(client, ich, tag):
    answer = client.post(
        page("versand_berichtigen", posted(ich)),
        {"zugang_am": tag, "rbb": "richtig", "feststellung": "x"},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["zugang_am"])


def test_returned_letter_is_recorded_and_sent_anew(client, ich):
    row = posted(ich)
    answer = client.post(
        page("versand_nicht_zugegangen", row), {"am": "20.11.2026", "feststellung": "verzogen"}
    )
    assert answer["Location"] == page("versand", row)
    seite = client.get(page("versand", row)).content.decode()
    assert "Neu versenden" in seite
    assert "durch diese Sendung ist nichts bekannt gegeben" in seite
    neu = reverse("versand_neu", args=[row.schreiben.case_id, row.schreiben_id])
    assert client.post(neu, {"weg": "post"}).status_code == 302


def test_second_dispatch_says_that_it_starts_nothing(client, ich):
    row = posted(ich)
    neu = reverse("versand_neu", args=[row.schreiben.case_id, row.schreiben_id])
    assert "weitere Ausfertigung" in client.get(neu).content.decode()
    # Handed over two days before the fiction: that one is the first, the Brief the further copy.
    client.post(neu, {"weg": "uebergabe", "uebergeben_am": "20.11.2026"})
    text = " ".join(client.get(page("versand", row)).content.decode().split())
    assert "weitere Ausfertigung, ohne Folge für Fristen" in text
    assert "schon am 20.11.2026" in text


def test_reading_roles_neither_correct_nor_return(client, ich):
    row = posted(ich)
    client.force_login(make_user("x", "Revision"))
    for name in ("versand_berichtigen", "versand_nicht_zugegangen"):
        assert client.get(page(name, row)).status_code in {403, 404}
