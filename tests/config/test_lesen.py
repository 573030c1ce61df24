"""What reading a page leaves behind, and what it shows on the screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from cases.models import Lesezugriff
from cases.registry.routen import ROUTES
from tests.architektur.inhaltsakte import IBAN, make_inhaltsakte, urls_of
from tests.architektur.test_adressen import own_patterns
from tests.config.test_antworten import pages
from tests.fabriken import make_leitung

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _adressen():
    assert get_resolver().url_patterns


# What is noted about a page that was only read: the logs, the session, counters of tries.
_VERMERKE = {
    "cases_lesezugriff",
    "cases_listenabruf",
    "cases_zugriffsverweigerung",
    "cases_zaehler",
    "django_session",
}


def _written() -> dict[str, int]:
    """Return how many rows this transaction has written so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


@pytest.mark.parametrize("haelfte", [0, 1], ids=["eine Hälfte", "andere Hälfte"])
@pytest.mark.parametrize("leitend", [False, True], ids=["Fallmanagement", "Leitung"])
def test_reading_a_page_changes_nothing_but_the_logs(client, leitend, haelfte):
    """A picture or a link in a mail that a colleague opens takes no step in her name."""
    rest = make_inhaltsakte()
    wer = make_leitung("leitend", rest.case.team) if leitend else rest.fallmanager
    client.force_login(wer)
    gesehen, falsch = 0, []
    for pattern in own_patterns()[haelfte::2]:
        row = ROUTES[pattern.name or ""]
        if not wer.rollen & row.rollen:
            continue
        for url in urls_of(rest, pattern):
            vorher = _written()
            status = client.get(url).status_code
            gesehen += status == 200
            neu = {t for t, n in _written().items() if n != vorher.get(t, 0)}
            stamm = {re.sub(r"_(\d{4}_\d{2}|sonst|bestand)$", "", table) for table in neu}
            falsch += [f"{url} {status}: {table}" for table in stamm - _VERMERKE]
    assert falsch == []
    assert gesehen >= 60


def test_every_printed_page_says_who_printed_it_and_when(client):
    """On paper only: the note stands in no one's way on the screen."""
    rest = make_inhaltsakte()
    client.force_login(rest.fallmanager)
    vermerk = re.compile(
        rf"Ausdruck .*\({rest.fallmanager.username}\), \d\d\.\d\d\.\d{{4}}, \d\d:\d\d"
    )
    gesehen = 0
    for url in (
        reverse("start"),
        reverse("faelle"),
        reverse("kalender"),
        reverse("fall", args=[rest.case.pk]),
        reverse("fall_person", args=[rest.case.pk]),
        reverse("vermerk_neu", args=[rest.case.pk]),
        reverse("konten"),
        "/gibt/es/nicht/",
    ):
        assert vermerk.search(client.get(url).text), url
        gesehen += 1
    assert gesehen == 8
    css = Path("static/fallwerk/fallwerk.css").read_text(encoding="utf-8")
    schirm, _, druck = css.partition("@media print")
    assert re.search(r"\.fw-druckvermerk \{ display: none; \}", schirm)
    assert re.search(r"\.fw-druckvermerk \{\s+display: block; position: fixed", druck)
    assert "druckvermerk" not in Client().get(reverse("account_login")).text


def test_no_page_shows_a_whole_account_but_the_form_that_changes_it(client):
    """Whoever needs it opens the form, and the log says so; everything else shows its end."""
    rest = make_inhaltsakte()
    client.force_login(rest.fallmanager)
    seiten, gezeigt = 0, set()
    for url, antwort in pages(rest, client):
        if antwort.headers.get("Content-Type", "").startswith("text/html"):
            seiten += 1
            if IBAN in antwort.text.replace(" ", "").replace("\xa0", ""):
                gezeigt.add(url)
    assert seiten >= 90
    [konto] = rest.case.leistungsberechtigte_person.bankverbindungen.all()
    formular = reverse("angabe", args=[rest.case.pk, "bankverbindungen", konto.pk])
    assert gezeigt <= {formular}
    assert IBAN in client.get(formular).text.replace(" ", "").replace("\xa0", "")
    gelesen = Lesezugriff.objects.filter(user=rest.fallmanager, case=rest.case, route="angabe")
    assert gelesen.exists()
