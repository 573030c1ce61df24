"""Who read a case: every read a row with its ground, the pages, the answer letter."""

from __future__ import annotations

from datetime import date, timedelta

import page
import pypdfium2
import pytest
from django.urls import reverse

from cases import access
from cases.models import Behoerde, Lesezugriff, Schreiben, Zuweisung
from cases.registry.routen import FALL, ROUTES
from cases.schreiben.satz.brief import render_html
from cases.schreiben.services.leseauskunft import ART, prepare_leseauskunft
from cases.schreiben.services.schreiben import pdf_of, write_schreiben
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.queries.lesezugriff import (
    auskunft,
    lesezugriffe,
    seite_in_worten,
    zeilen_of,
)
from tests.cases.schreiben.pruefer import check_pdf
from tests.cases.zugang.conftest import JETZT
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_user

pytestmark = pytest.mark.django_db


def lies(user, case, route="fall", tag=HEUTE):
    return access.open_case(user, case.pk, route, tag)


def test_every_read_says_why_the_case_was_open(case, fallmanager, leitung, fremd):
    colleague = make_fallmanager("kollege")
    revision = make_user("revision", Rolle.REVISION)
    Zuweisung.objects.create(
        case=case, user=fremd, rolle=Rolle.FALLMANAGEMENT, von=HEUTE, grund="Urlaub"
    )
    for user in (fallmanager, fremd, leitung, colleague, revision):
        lies(user, case)
    assert list(Lesezugriff.objects.order_by("id").values_list("user__username", "grund")) == [
        ("fallmanager", "zustaendig"),
        ("fremd", "zuweisung"),
        ("leitung", "leitung"),
        ("kollege", "team"),
        ("revision", "revision"),
    ]


def test_reads_are_rows_also_when_the_page_fails(client, case, fallmanager, leitung, monkeypatch):
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise RuntimeError("Seite bricht ab")

    monkeypatch.setattr("cases.fall.views.fall.latest_events", broken)
    for user in (fallmanager, leitung):
        client.force_login(user)
        for _ in range(3):
            assert client.get(reverse("fall", args=[case.pk])).status_code == 500
    assert Lesezugriff.objects.count() == 6


def test_every_page_of_a_case_writes_exactly_one_row(client, case, leitung):
    client.force_login(leitung)
    names = [
        row.name
        for row in ROUTES.values()
        if row.objekt == FALL and Rolle.LEITUNG in row.rollen and row.muster.count("<") == 1
    ]
    for name in names:
        client.get(reverse(name, args=[case.pk]))
    assert len(names) >= 20
    assert list(Lesezugriff.objects.order_by("id").values_list("route", flat=True)) == names


def test_most_pages_have_words(case):
    names = [row.name for row in ROUTES.values() if row.objekt == FALL]
    mit = [name for name in names if seite_in_worten(name) != "Seite der Akte"]
    assert len(mit) >= 45
    assert seite_in_worten("fall_chronik") == "Chronik"
    assert seite_in_worten("schreiben_pdf") == "Schreiben"
    assert seite_in_worten("etwas_neues") == "Seite der Akte"


def test_supervisor_filters_by_period_and_person(client, case, fallmanager, leitung, uhr):
    lies(fallmanager, case)
    uhr.move_to(JETZT + timedelta(days=2))
    lies(fallmanager, case, "gesamtplan")
    client.force_login(leitung)
    url = reverse("fall_lesezugriffe", args=[case.pk])
    seite = client.get(url, {"von": "20.11.2026", "bis": "20.11.2026"})
    assert [row.route for row, _, _ in seite.context["zeilen"]] == ["fall"]
    seite = client.get(url, {"person": leitung.pk})
    assert {row.user for row, _, _ in seite.context["zeilen"]} == {leitung}
    assert "Das Datum" in client.get(url, {"von": "20.11.1800"}).text


@pytest.mark.parametrize("anzahl", [1, 120])
def test_page_needs_the_same_few_queries(
    client, case, leitung, fallmanager, django_assert_max_num_queries, anzahl
):
    for _ in range(anzahl):
        lies(fallmanager, case)
    client.force_login(leitung)
    client.get(reverse("hilfe"))
    with django_assert_max_num_queries(12):
        client.get(reverse("fall_lesezugriffe", args=[case.pk]))


def test_only_supervisor_and_datenschutz_see_the_log(client, case, fallmanager, datenschutz):
    url = reverse("fall_lesezugriffe", args=[case.pk])
    for user in (fallmanager, datenschutz):
        client.force_login(user)
        assert client.get(url).status_code == 403


def test_datenschutz_sees_the_log_without_content_and_stands_in_it(
    client, case, fallmanager, datenschutz, django_assert_max_num_queries
):
    lies(fallmanager, case)
    client.force_login(datenschutz)
    response = client.post(reverse("datenschutz"), {"aktenzeichen": case.aktenzeichen})
    with django_assert_max_num_queries(12):
        page = client.get(response["Location"]).text
    assert case.aktenzeichen in page
    assert case.leistungsberechtigte_person.nachname not in page
    assert Lesezugriff.objects.filter(grund="datenschutz", user=datenschutz).count() == 1


def test_answer_sums_up_a_day_and_keeps_names_back(case, fallmanager, leitung, uhr):
    for route in ("fall", "fall", "gesamtplan"):
        lies(fallmanager, case, route)
    lies(leitung, case)
    rows = auskunft(zeilen_of(lesezugriffe(case)), mit_namen=False)
    assert [(r["tag"], r["funktion"], r["anlass"], r["bereiche"], r["anzahl"]) for r in rows] == [
        (
            "2026-11-20",
            "Fallmanagement",
            "zuständige Person",
            ["Gesamtplan", "Übersicht der Akte"],
            3,
        ),
        ("2026-11-20", "Sachgebietsleitung", "Leitung des Teams", ["Übersicht der Akte"], 1),
    ]
    assert {r["name"] for r in rows} == {""}
    assert "Fallmanager Beispiel" in {
        r["name"] for r in auskunft(zeilen_of(lesezugriffe(case)), mit_namen=True)
    }


def erstelle(case, by, **mehr):
    werte = {"mit_namen": False, "begruendung": "", "tag": HEUTE}
    werte |= {"von": date(2026, 1, 1), "bis": HEUTE}
    anlass = prepare_leseauskunft(case=case, by=by, **{**werte, **mehr})
    return write_schreiben(art=ART, anlass=anlass)


def test_answer_letter_is_frozen_and_passes_pdf_ua(case, fallmanager, leitung, uhr):
    lies(fallmanager, case)
    schreiben = erstelle(case, leitung)
    pdf = pdf_of(schreiben)
    seiten = pypdfium2.PdfDocument(pdf)
    text = "".join(seite.get_textpage().get_text_bounded() for seite in seiten)
    assert "zuständige Person" in text
    assert "C-579/21" in text
    assert "Fallmanager Beispiel" not in text.split("Was die Angaben")[0].split("Zugriffe auf")[-1]
    assert Schreiben.objects.get().art == "leseauskunft"
    assert check_pdf(pdf) == []
    found = [f for p in ("ua1", "3a") for f in page.validate_pdf_bytes(pdf, profile=p).failures]
    assert found == []


def test_names_need_a_reason_that_stays_out_of_the_letter(case, fallmanager, leitung, uhr):
    lies(fallmanager, case)
    with pytest.raises(SchrittUnzulaessig, match="warum die Namen nötig sind"):
        erstelle(case, leitung, mit_namen=True)
    schreiben = erstelle(case, leitung, mit_namen=True, begruendung="Verdacht gegen Nachbarn")
    assert "Verdacht" not in str(schreiben.daten)
    assert "Fallmanager Beispiel" in str(schreiben.daten["zeilen"])
    assert case.ereignisse.filter(text__contains="Verdacht gegen Nachbarn").count() == 1


def test_answer_names_whom_to_turn_to_and_is_refused_without(case, leitung):
    behoerde = Behoerde.objects.get(pk=1)
    daten = erstelle(case, leitung).daten
    html = render_html(art=ART, titel=ART, daten=daten)
    for name in (behoerde.datenschutzbeauftragte, behoerde.aufsichtsbehoerde):
        assert name in html
    for feld in ("datenschutzbeauftragte", "aufsichtsbehoerde"):
        Behoerde.objects.filter(pk=1).update(**{feld: " "})
        with pytest.raises(SchrittUnzulaessig, match="In den Angaben der Behörde fehlt"):
            erstelle(case, leitung)
        Behoerde.objects.filter(pk=1).update(**{feld: "Anke Sommer"})


def test_leseauskunft_zeitraum(case, leitung):
    with pytest.raises(SchrittUnzulaessig, match="Zukunft"):
        erstelle(case, leitung, von=HEUTE, bis=HEUTE + timedelta(days=1))


def test_letter_goes_out_by_the_usual_dispatch(client, case, leitung, uhr):
    client.force_login(leitung)
    form = {"von": "01.01.2026", "bis": "20.11.2026", "umfang": "funktionen"}
    response = client.post(reverse("leseauskunft_neu", args=[case.pk]), form)
    assert response["Location"] == reverse(
        "versand_neu", args=[case.pk, Schreiben.objects.get().pk]
    )
    assert client.get(response["Location"]).status_code == 200


def test_protected_case_is_in_no_count(client, fallmanager, leitung):
    from berichte.queries import bestand

    case = make_fall(fallmanager)
    type(case).objects.filter(pk=case.pk).update(geschuetzt=True)
    zahlen = {
        user.username: sum(z.anzahl for z in bestand(user, HEUTE))
        for user in (leitung, make_user("revision", Rolle.REVISION))
    }
    assert zahlen == {"leitung": 1, "revision": 0}
