"""The announcement of a review: alone, and for all that are due in a time."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Frist, Serie
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import preview_schreiben, write_schreiben
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.ueberpruefung.guards import frist_laeuft
from gesamtplan.ueberpruefung.queries.faellig import next_frist
from gesamtplan.ueberpruefung.schreiben import ANKUENDIGUNG
from tests import uhr
from tests.cases.schreiben.pruefer import text_of
from tests.cases.schreiben.serie.proben import release, work
from tests.fabriken import make_fall, make_leitung
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(fallmanager, leitung):
    return bausteine.make_laufenden_plan(fallmanager, leitung, ziele=1)


def test_it_says_until_when_and_what_to_think_about(plan, fallmanager):
    kind = registry.schreibenarten[ANKUENDIGUNG]
    frist = kind.finde(plan.case, {})
    anlass = Schreibanlass(plan.case, uhr.HEUTE, fallmanager, frist, {"text": "Bis bald."})
    gerendert, _ = preview_schreiben(kind, anlass)
    text = " ".join(text_of(gerendert.pdf).split())
    assert f"{frist.ende.year}" in text
    assert "§ 121 Abs. 2 SGB IX" in text
    assert "Bis bald." in text
    assert "ändert nichts an Ihren Leistungen" in text


def test_without_a_running_frist_it_is_not_offered(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    assert next_frist(case) is None
    assert (
        "Ankündigung der Überprüfung"
        not in client.get(reverse("schreiben_neu", args=[case.pk])).content.decode()
    )


def test_frist_laeuft(plan, fallmanager):
    frist = next_frist(plan.case)
    assert frist_laeuft(frist, uhr.HEUTE) is None
    vorbei = Frist(state="offen", ende=uhr.HEUTE.replace(year=uhr.HEUTE.year - 1))
    assert "laden Sie die Person" in frist_laeuft(vorbei, uhr.HEUTE).text
    erledigt = Frist(state="erledigt", ende=uhr.HEUTE)
    anlass = Schreibanlass(plan.case, uhr.HEUTE, fallmanager, erledigt)
    with pytest.raises(SchrittUnzulaessig, match="laden Sie die Person"):
        write_schreiben(art=ANKUENDIGUNG, anlass=anlass)


def test_all_that_are_due_in_a_time_get_it(client, plan, fallmanager):
    make_fall(fallmanager)
    client.force_login(fallmanager)
    ende = next_frist(plan.case).ende
    neu = f"{reverse('serie_neu', args=[ANKUENDIGUNG])}?kreis=alle&von={ende:%d.%m.%Y}"
    seite = f"{neu}&bis={ende:%d.%m.%Y}"
    antwort = client.post(seite, felder_of(client.get(seite)) | {"text": "Bis bald."})
    assert antwort.status_code == 302, antwort.context["form"].errors
    serie = Serie.objects.get()
    assert serie.titel == f"Ankündigung der Überprüfung ({ende:%d.%m.%Y} bis {ende:%d.%m.%Y})"
    brief = work(release(work(serie), make_leitung("zweite"))).briefe.get()
    assert (brief.case, brief.schreiben.art) == (plan.case, ANKUENDIGUNG)
    assert brief.schreiben.daten["bis"] == ende.isoformat()
    assert client.get(f"{neu}&bis=01.01.2026").context["wahl"].errors["bis"]
