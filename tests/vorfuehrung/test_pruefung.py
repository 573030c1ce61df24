"""The told review: two voices, one outcome, and the version that follows from it."""

from __future__ import annotations

import pytest

from gesamtplan.models import Gesamtplan, Ueberpruefung
from vorfuehrung.behoerde import create_behoerde, create_users
from vorfuehrung.geschichte import tell
from vorfuehrung.musterfall import STAND_B
from vorfuehrung.vorlage import Stand


@pytest.mark.django_db
def test_told_review_leads_to_the_next_version():
    create_behoerde()
    users = create_users("Teilhabe-Probe-2026")
    case = tell(
        STAND_B,
        fallmanager=users["fallmanager"],
        leitung=users["leitung"],
        bis=Stand.FORTSCHREIBUNG,
    ).case
    row = Ueberpruefung.objects.get(case=case)
    assert (row.state, row.ergebnis) == ("abgeschlossen", "fortschreiben")
    assert row.zielbewertungen.count() == 2 * row.gesamtplan.teilhabeziele.count()
    neu = Gesamtplan.objects.get(case=case, version=2)
    assert {ziel.status for ziel in neu.teilhabeziele.all()} == {"teilweise"}
    assert any(ziel.wortlaut for ziel in neu.teilhabeziele.all())
