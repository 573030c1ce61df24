"""The timeline: complete, filtered, paged without gaps and repetitions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cases.fall.services.vermerk import Vermerkangaben, amend_vermerk, record_vermerk
from cases.models import Ereignis
from cases.states.inhalt import Einsicht
from cases.unterlage.queries.chronik import Auswahl, Stelle, chronik_page, read_stelle
from tests.cases.unterlage.bausteine import make_unterlage
from tests.fabriken import HEUTE, make_fall, make_fallmanager

pytestmark = pytest.mark.django_db
ALLES = Einsicht(frozenset({"Fallmanagement"}), "zustaendig", gesperrt=False)
MITTAG = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def case(fallmanager):
    case = make_fall(fallmanager)
    make_unterlage(case, fallmanager, "Text", titel="Gutachten Lindner")
    vermerk = record_vermerk(
        case=case,
        angaben=Vermerkangaben("telefonat", HEUTE, "Die Rampe fehlt.", None, "Frau Berg"),
        by=fallmanager,
        zeitpunkt=MITTAG,
    )
    amend_vermerk(vermerk=vermerk, text="Ist bestellt.", by=fallmanager, zeitpunkt=MITTAG)
    return case


def titles(case, **auswahl) -> list[str]:
    return [e.titel for e in chronik_page(case, Auswahl(**auswahl), ALLES)[0]]


def test_everything_stands_in_one_line(case):
    assert titles(case) == [
        "Nachtrag zu: Telefonat am 20.11.2026",
        "Telefonat am 20.11.2026",
        "Unterlage abgelegt: Gutachten",
        "Antrag eingegangen am 20.11.2026",
        *[
            f"Frist beginnt: {f.bezeichnung}, Ende {f.anzeige}"
            for f in case.fristen.order_by("-pk")
        ],
    ]


@pytest.mark.parametrize(
    ("auswahl", "anzahl"),
    [
        ({"gruppe": "vermerk"}, 2),
        ({"gruppe": "unterlage"}, 1),
        ({"gruppe": "sonstiges"}, 0),
        ({"text": "rampe"}, 2),
        ({"text": "frau berg"}, 2),
        ({"text": "bestellt"}, 2),
        ({"text": "lindner"}, 1),
        ({"text": "gibtesnicht"}, 0),
        ({"von": date(2026, 11, 21)}, 0),
        ({"bis": date(2026, 11, 19)}, 0),
    ],
)
def test_filter(case, auswahl, anzahl):
    assert len(titles(case, **auswahl)) == anzahl


def test_filter_by_fristen(case):
    assert len(titles(case, gruppe="fristen")) == case.fristen.count()


def test_filter_by_person(case, fallmanager):
    zweite = make_fallmanager("zweite")
    assert len(titles(case, person=fallmanager.pk)) == 4
    assert titles(case, person=zweite.pk) == []


def test_note_carries_words_and_additions(case):
    eintrag = chronik_page(case, Auswahl(gruppe="vermerk"), ALLES)[0][1]
    assert eintrag.vermerk.text == "Die Rampe fehlt."
    assert [n.text for n in eintrag.nachtraege] == ["Ist bestellt."]


def test_pages_join_without_gap_and_repetition(case, fallmanager):
    Ereignis.objects.bulk_create(
        Ereignis(case=case, am=HEUTE - timedelta(days=n // 3), art="x", text=str(n), user=None)
        for n in range(50)
    )
    gesehen, hinter = [], None
    while True:
        seite, hinter = chronik_page(case, Auswahl(), ALLES, hinter=hinter, anzahl=7)
        gesehen += [e.stelle for e in seite]
        if hinter is None:
            break
    assert len(gesehen) == len(set(gesehen)) == 54 + case.fristen.count()
    assert gesehen == sorted(gesehen, key=lambda s: (s.am, s.rang, s.pk), reverse=True)


@pytest.mark.parametrize("text", ["", "x", "2026-01-01", "2026-13-01.1.1", "a.b.c", "1.2.3.4"])
def test_nonsense_place_is_ignored(text):
    assert read_stelle(text) is None


def test_place_can_be_read_back():
    stelle = Stelle(date(2026, 1, 2), 2, 17)
    assert read_stelle(str(stelle)) == stelle


def test_page_costs_the_same_with_one_and_with_many_rows(
    case, client, fallmanager, django_assert_max_num_queries
):
    client.force_login(fallmanager)
    url = reverse("fall_chronik", args=[case.pk])
    client.get(url)
    for n in range(30):
        record_vermerk(
            case=case,
            angaben=Vermerkangaben("gespraech", HEUTE, f"Wort {n}"),
            by=fallmanager,
            zeitpunkt=MITTAG,
        )
    with django_assert_max_num_queries(25):
        assert client.get(url).status_code == 200


def test_filter_travels_by_post_and_keeps_what_was_typed(case, client, fallmanager):
    client.force_login(fallmanager)
    url = reverse("chronik_suche", args=[case.pk])
    antwort = client.post(url, {"von": "31.12.2026", "bis": "01.01.2026", "text": "Rampe"})
    assert antwort.status_code == 422
    assert "Das Ende liegt vor dem Beginn" in antwort.content.decode()
    assert 'value="Rampe"' in antwort.content.decode()
    gefunden = client.post(url, {"text": "Rampe"})
    assert [e.titel for e in gefunden.context["eintraege"]] == [
        "Nachtrag zu: Telefonat am 20.11.2026",
        "Telefonat am 20.11.2026",
    ]
