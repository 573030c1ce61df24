"""What a version of the Zielvereinbarung says otherwise than the one before it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budget.models import Zielvereinbarung
from budget.zielvereinbarung.queries import compare_vereinbarungen, earlier_versions
from budget.zielvereinbarung.schreiben import inhalte_am, wortlaut_of
from budget.zielvereinbarung.services import (
    draft_zielvereinbarung,
    renegotiate,
    update_zielvereinbarung,
)
from tests.budget import fabriken

pytestmark = pytest.mark.django_db


@pytest.fixture
def akte():
    """A second draft after a first agreement that nobody has signed."""
    akte = fabriken.tell("ausgefertigt", fabriken.B)
    tag = akte.tage.unterschrift
    renegotiate(
        zielvereinbarung=akte.zielvereinbarung, grund="mehr Stunden", by=akte.fallmanager, tag=tag
    )
    akte.budget.refresh_from_db()
    neu = draft_zielvereinbarung(budget=akte.budget, by=akte.fallmanager, tag=tag)
    texte = {"nachweis": "Belege einmal im Jahr."}
    akte.zielvereinbarung = update_zielvereinbarung(
        zielvereinbarung=neu, texte=texte, gespraech_monate=12, by=akte.fallmanager, tag=tag
    )
    return akte


def test_compare_vereinbarungen_shows_texts_and_frame(akte):
    neu = Zielvereinbarung.objects.get(pk=akte.zielvereinbarung.pk)
    [alt] = earlier_versions(neu)
    vergleich = compare_vereinbarungen(
        wortlaut_of(alt), wortlaut_of(neu), inhalte_am(akte.budget.beginn)
    )
    anders = [teil.titel for teil in vergleich.inhalte if not teil.unveraendert]
    assert len(anders) == 2
    assert any("Nachweis" in titel for titel in anders)
    geaendert = [feld.bezeichnung for feld in vergleich.eckdaten.felder if feld.geaendert]
    assert geaendert == ["Gespräche"]
    assert [teil.aenderung for teil in vergleich.teilbudgets] == ["unveraendert"] * 4
    assert vergleich.anzahl == 3


def test_page_of_the_comparison_reads_word_by_word(client, akte):
    client.force_login(akte.fallmanager)
    adresse = reverse("zielvereinbarung_vergleich", args=[akte.case.pk])
    seite = client.get(reverse("zielvereinbarung", args=[akte.case.pk])).content.decode()
    assert adresse in seite
    text = client.get(adresse).content.decode()
    assert '<ins><span class="kern-sr-only">neu: </span>Belege einmal im Jahr.</ins>' in text
    assert "3 Teile haben sich geändert." in text


@pytest.mark.parametrize("mit", ["0", "x", "99999999"])
def test_version_that_is_not_there_is_not_compared(client, akte, mit):
    client.force_login(akte.fallmanager)
    adresse = reverse("zielvereinbarung_vergleich", args=[akte.case.pk])
    assert client.get(adresse, {"mit": mit}).status_code == 404
