"""The stories of a person abroad and of a death while two cases run."""

from __future__ import annotations

import pytest

from cases.models import LeistungsberechtigtePerson
from cases.schreiben.services.schreiben import empfaenger_of
from tests.fabriken import HEUTE
from vorfuehrung.lebenslage import tell_lebenslagen

pytestmark = pytest.mark.django_db


def test_both_stories_are_told(behoerde, fallmanager):
    tell_lebenslagen({"fallmanager": fallmanager}, HEUTE)
    draussen = LeistungsberechtigtePerson.objects.get(nachname="Grenzacher")
    assert draussen.anschrift_am(HEUTE).zeilen()[-1] == "SCHWEIZ"
    tot = LeistungsberechtigtePerson.objects.get(nachname="Abendroth")
    assert tot.verstorben_am is not None
    faelle = list(tot.faelle.order_by("pk"))
    assert len(faelle) == 2
    for case in faelle:
        assert case.wiedervorlagen.filter(anlass__startswith="Person verstorben").count() == 1
        assert "Gerda Abendroth" in str(empfaenger_of(case, HEUTE))
