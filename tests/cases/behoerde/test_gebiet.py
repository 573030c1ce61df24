"""The area of the authority: a dated list that two people set, with its errors at the field."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cases.behoerde.queries.gebiet import Gebiete
from cases.models import EigenerWert

pytestmark = pytest.mark.django_db
LISTE = "08115 Landkreis Böblingen\r\n08111000 Stuttgart"
EINGABE = {"gueltig_ab": "01.01.2026", "begruendung": "Gebiet des Landkreises"}


@pytest.fixture(autouse=True)
def _heute():
    with time_machine.travel("2026-11-20 09:00:00+01:00", tick=False):
        yield


def test_one_person_enters_it_and_a_second_one_releases_it(client, erste, zweite):
    client.force_login(erste)
    url = reverse("eigener_wert_eingeben", args=["gebiet"])
    text = client.get(url).content.decode()
    assert "Gemeindeschlüssel, einer je Zeile" in text
    assert client.post(url, EINGABE | {"wert": LISTE}).status_code == 302
    assert Gebiete().am(date(2026, 6, 1)) == ()
    row = EigenerWert.objects.get()
    freigabe = reverse("eigener_wert_freigeben", args=[row.pk])
    client.post(freigabe)
    assert Gebiete().am(date(2026, 6, 1)) == ()
    client.force_login(zweite)
    assert "08111000 Stuttgart" in client.get(freigabe).content.decode()
    assert client.post(freigabe).status_code == 302
    assert Gebiete().am(date(2026, 6, 1)) == ("08115", "08111000")
    assert Gebiete().am(date(2025, 12, 31)) == ()
    assert "08115 Landkreis Böblingen" in client.get(reverse("werte")).content.decode()


@pytest.mark.parametrize("zeile", ["8115", "Böblingen", "08115 08116"])
def test_a_line_that_is_no_key_stands_at_the_field_and_stays(client, erste, zeile):
    client.force_login(erste)
    url = reverse("eigener_wert_eingeben", args=["gebiet"])
    antwort = client.post(url, EINGABE | {"wert": f"08111000 Stuttgart\r\n{zeile}"})
    assert antwort.status_code == 422
    assert f"„{zeile}“ ist kein Gemeindeschlüssel" in str(antwort.context["form"].errors["wert"])
    assert zeile in antwort.content.decode()
    assert not EigenerWert.objects.exists()
