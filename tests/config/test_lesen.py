"""What reading a page leaves behind, and what it shows on the screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.architektur.inhaltsakte import make_inhaltsakte

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _adressen():
    assert get_resolver().url_patterns


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
