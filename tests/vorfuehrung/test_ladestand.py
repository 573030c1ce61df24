"""The notice on every page while the demonstration is loaded, and its end."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import DatabaseError
from django.urls import reverse

from tests import uhr
from tests.fabriken import make_fall
from tests.vorfuehrung.conftest import other_loader
from vorfuehrung.beilagen import BEILAGEN
from vorfuehrung.models import ErzaehlterFall, Ladestand
from vorfuehrung.schrittfolge import NACHHER, SCHRITTE
from vorfuehrung.stand import _SCHLUESSEL, ladestand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(settings):
    settings.DEMO = True
    caches["prozess"].delete(_SCHLUESSEL)
    yield
    caches["prozess"].delete(_SCHLUESSEL)


@pytest.fixture
def halb(fallmanager) -> Ladestand:
    """One of three cases is told, another one is begun."""
    for platz, erzaehlt in ((0, True), (1, False)):
        ErzaehlterFall.objects.create(platz=platz, case=make_fall(fallmanager), erzaehlt=erzaehlt)
    return Ladestand.objects.create(
        pk=1, tag=date(2026, 11, 23), faelle=3, naechster=2, schritte=["behoerde"]
    )


def bar(html: str) -> tuple[str, int, int]:
    """Text of the label that belongs to the bar, value and maximum."""
    label = re.search(r'<label for="fw-ladestand">(.*?)</label>', html, re.S)
    progress = re.search(
        r'<progress[^>]*id="fw-ladestand"[^>]*value="(\d+)"[^>]*max="(\d+)"', html, re.S
    )
    assert label is not None
    assert progress is not None
    return label[1], int(progress[1]), int(progress[2])


def test_login_page_shows_how_far_the_load_is(client, halb):
    with other_loader():
        html = client.get(reverse("account_login")).content.decode()
    assert bar(html) == (
        "Die Vorführdaten werden noch geladen: 1 von 3 Fällen",
        2,
        3 + len(SCHRITTE),
    )
    assert "Was da ist, können Sie schon benutzen." in html
    assert "style=" not in html


def test_pages_behind_the_login_show_it_too(client, fallmanager, halb):
    client.force_login(fallmanager)
    with other_loader():
        html = client.get(reverse("start")).content.decode()
    assert bar(html)[0].endswith("1 von 3 Fällen")


def test_before_the_accounts_are_there_it_says_so(client, halb):
    Ladestand.objects.update(schritte=[])
    with other_loader():
        html = client.get(reverse("account_login")).content.decode()
    assert "Die Anmeldung ist in wenigen Sekunden möglich." in html


def test_after_the_cases_it_says_what_follows(halb):
    ErzaehlterFall.objects.update(erzaehlt=True)
    Ladestand.objects.update(faelle=2)
    with other_loader():
        anzeige = ladestand()
    assert anzeige is not None
    assert anzeige.text.endswith("2 von 2 Fällen, es folgen Unterlagen und Verlauf")


def test_a_load_that_died_is_told_as_interrupted(client, halb):
    html = client.get(reverse("account_login")).content.decode()
    assert bar(html)[0] == "Das Laden der Vorführdaten wurde unterbrochen: 1 von 3 Fällen"
    assert "Der nächste Start setzt es fort." in html
    assert "data-fw-ladestand" not in html


def test_notice_is_gone_when_everything_is_there(client, halb):
    Ladestand.objects.update(fertig_am=uhr.JETZT)
    with other_loader():
        html = client.get(reverse("account_login")).content.decode()
    assert "fw-ladestand" not in html


def test_complete_demonstration_costs_no_query_per_page(halb, django_assert_num_queries):
    Ladestand.objects.update(fertig_am=uhr.JETZT)
    assert ladestand() is None
    with django_assert_num_queries(0):
        assert ladestand() is None


def test_outside_the_demo_nothing_is_asked(client, settings, halb, django_assert_num_queries):
    settings.DEMO = False
    with django_assert_num_queries(0):
        assert ladestand() is None
    assert "fw-ladestand" not in client.get(reverse("account_login")).content.decode()


def test_health_tells_the_same_to_whoever_waits(client, halb):
    with other_loader():
        antwort = client.get(reverse("gesund")).json()
    assert antwort["vorfuehrung"] == {
        "text": "Die Vorführdaten werden noch geladen: 1 von 3 Fällen",
        "wert": 2,
        "ganz": 3 + len(SCHRITTE),
        "laeuft": True,
    }
    Ladestand.objects.update(fertig_am=uhr.JETZT)
    assert "vorfuehrung" not in client.get(reverse("gesund")).json()


def test_a_page_does_not_fail_for_the_notice(monkeypatch, halb):
    def fail(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("vorfuehrung.stand.connection.cursor", fail)
    assert ladestand() is None


def test_every_step_that_is_counted_is_told():
    assert tuple(BEILAGEN) == NACHHER
