"""The review by the supervisor: remarks, the list of waiting plans, and what is released."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.queries.augenpaar import own_accounts
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Anmerkung, Teilhabeziel
from gesamtplan.plan import guards
from gesamtplan.plan.queries.anmerkung import abschnitte_of
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.wartend import wartende_of
from gesamtplan.plan.schritte import ANMERKUNGEN, ANMERKUNGSSCHRITTE, Anmerkungslage, Planlage
from gesamtplan.plan.services import anmerkung as services
from gesamtplan.plan.services import freigabe, gesamtplan
from gesamtplan.states import ANMERKUNG, Anmerkungsstand, Planzustand
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of
from tests.schrittprobe import agree, force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def plan(fallmanager, leitung):
    assert leitung.rollen
    return bausteine.make_vorgelegten_plan(fallmanager)


def remark(plan, leitung, abschnitt="ziel-1"):
    return services.add_anmerkung(
        gesamtplan=plan, abschnitt=abschnitt, text="Woran sieht man das?", by=leitung, tag=HEUTE
    )


def test_every_section_takes_a_remark_and_no_other(plan, leitung):
    for kennung, titel in abschnitte_of(plan):
        assert remark(plan, leitung, kennung).ort == titel
    assert len(abschnitte_of(plan)) > 15
    with pytest.raises(SchrittUnzulaessig, match="Diesen Abschnitt gibt es"):
        remark(plan, leitung, "ziel-9")


def test_remarks_are_answered_before_the_plan_comes_back_and_settled_before_release(
    plan, fallmanager, leitung
):
    eine = remark(plan, leitung)
    with pytest.raises(SchrittUnzulaessig, match="Eine Anmerkung ist noch nicht erledigt"):
        freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    freigabe.return_gesamtplan(gesamtplan=plan, grund="siehe Ziel 1", by=leitung, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Eine Anmerkung ist noch nicht beantwortet"):
        freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    services.record_antwort(anmerkung=eine, antwort="Ergänzt.", by=fallmanager, tag=HEUTE)
    freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    assert guards.anmerkungen_beantwortet(get_plan(plan.pk)) is None
    offen = guards.anmerkungen_erledigt(get_plan(plan.pk))
    assert offen.text == "Eine Anmerkung ist noch nicht erledigt."
    services.settle_anmerkung(anmerkung=eine, by=leitung, tag=HEUTE)
    assert (
        freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE).state == "freigegeben"
    )


@pytest.mark.parametrize(
    "sql",
    ["UPDATE gesamtplan_anmerkung SET text = 'x'", "DELETE FROM gesamtplan_anmerkung"],
)
def test_remarks_of_a_released_plan_are_fixed(plan, leitung, sql):
    eine = remark(plan, leitung)
    services.settle_anmerkung(anmerkung=eine, by=leitung, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    fest = guards.fassung_nicht_freigegeben(get_plan(plan.pk))
    assert fest.text.endswith("ist freigegeben und bleibt, wie er ist.")
    with (
        pytest.raises(DatabaseError, match="festgeschriebenen Fassung"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_steps_of_a_remark_agree(plan, fallmanager, leitung):
    alle = [fallmanager, leitung, make_user("revision", "Revision")]
    eine, gesagt = remark(plan, leitung), {}
    nehmen = {
        "antworten": lambda a, u: services.record_antwort(
            anmerkung=a, antwort="ja", by=u, tag=HEUTE
        ),
        "erledigen": lambda a, u: services.settle_anmerkung(anmerkung=a, by=u, tag=HEUTE),
    }
    for state, schritt, user in product(Anmerkungsstand.values, nehmen, alle):
        fertig = state == Anmerkungsstand.ERLEDIGT
        force(eine, state, erledigt_am=HEUTE if fertig else None)
        jetzt = Anmerkung.objects.select_related("gesamtplan").get(pk=eine.pk)
        gesagt[state, schritt, user.username] = agree(
            ANMERKUNGSSCHRITTE,
            Anmerkungslage(user, HEUTE, jetzt),
            schritt,
            lambda s=schritt, a=jetzt, u=user: nehmen[s](a, u),
        )
    assert len(gesagt) == 3 * len(ANMERKUNG.uebergaenge) * 3
    assert gesagt["offen", "antworten", "fallmanager"] == ""
    assert gesagt["erledigt", "erledigen", "leitung"] is None


def test_only_a_waiting_plan_takes_a_remark(fallmanager, leitung):
    frei = bausteine.make_freigegebenen_plan(fallmanager, leitung)
    werte = {n: getattr(frei, n) for n in ("freigegeben_von", "freigegeben_am", "schreiben")}
    gesagt = {}
    for state, user in product(Planzustand.values, [fallmanager, leitung]):
        force(frei, state, **(werte if state == "freigegeben" else dict.fromkeys(werte)))
        jetzt = get_plan(frei.pk)
        gesagt[state, user.username] = agree(
            ANMERKUNGEN,
            Planlage(user, HEUTE, jetzt, ""),
            "anmerken",
            lambda p=jetzt, u=user: remark(p, u),
        )
    assert [paar for paar, text in gesagt.items() if text == ""] == [("vorgelegt", "leitung")]


def test_page_shows_content_first_and_gates_folded(client, plan, leitung):
    client.force_login(leitung)
    text = client.get(reverse("gesamtplan_freigeben", args=[plan.case_id, 1])).content.decode()
    assert "19 von 19 erfüllt" in text
    assert '<details class="fw-warum">\n    <summary>19' in text.replace("  <details", "<details")
    assert text.index('id="ziel-1"') < text.index("19 von 19 erfüllt")
    assert "anmerkungen/neu/?abschnitt=ziel-1" in text


def test_plan_that_changed_after_it_was_read_is_not_released(client, plan, leitung):
    client.force_login(leitung)
    url = reverse("gesamtplan_freigeben", args=[plan.case_id, 1])
    felder = felder_of(client.get(url))
    force(plan, "entwurf")
    Teilhabeziel.objects.filter(gesamtplan=plan).update(text="Ein anderes Ziel.")
    force(plan, "vorgelegt")
    antwort = client.post(url, felder)
    assert antwort.status_code == 422
    assert "haben sich Angaben des Schreibens geändert" in antwort.content.decode()
    assert get_plan(plan.pk).state == "vorgelegt"
    # The refused page shows the new content and carries its mark.
    assert "Ein anderes Ziel." in antwort.content.decode()
    neu = felder | {"gelesen": felder_of(antwort)["gelesen"]}
    assert client.post(url, neu).status_code == 302
    frei = get_plan(plan.pk)
    assert frei.inhalt_sha256 == neu["gelesen"][0]


@pytest.mark.parametrize("marke", ["", "0" * 64])
def test_release_without_the_mark_of_the_page_is_refused(client, plan, leitung, marke):
    client.force_login(leitung)
    url = reverse("gesamtplan_freigeben", args=[plan.case_id, 1])
    felder = felder_of(client.get(url)) | {"gelesen": marke}
    assert client.post(url, felder).status_code == 422
    assert get_plan(plan.pk).state == "vorgelegt"


def test_list_of_waiting_plans_tells_age_cost_and_change(client, plan, fallmanager, leitung):
    remark(plan, leitung)
    alt = bausteine.make_freigegebenen_plan(fallmanager, leitung)
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=alt, anlass="Umzug", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    freigabe.submit_gesamtplan(gesamtplan=neu, by=fallmanager, tag=HEUTE)
    rows = wartende_of(leitung, HEUTE)
    assert [(r.plan.pk, r.alter, r.geaendert, r.anmerkungen) for r in rows] == [
        (plan.pk, "seit heute", (), 1),
        (neu.pk, "seit heute", ("Eckdaten",), 0),
    ]
    client.force_login(leitung)
    text = client.get(reverse("gesamtplaene_wartend")).content.decode()
    assert text.count("/freigeben/") == 2
    client.force_login(fallmanager)
    assert client.get(reverse("gesamtplaene_wartend")).status_code == 403


@pytest.mark.parametrize("anzahl", [1, 4])
def test_list_asks_a_fixed_number_of_queries(
    anzahl, fallmanager, leitung, django_assert_num_queries
):
    for _ in range(anzahl):
        bausteine.make_vorgelegten_plan(fallmanager)
    assert leitung.rollen
    assert own_accounts(leitung)
    with django_assert_num_queries(8):
        assert len(wartende_of(leitung, HEUTE)) == anzahl


def test_way_of_a_remark_through_the_pages(client, plan, fallmanager, leitung):
    client.force_login(leitung)
    neu = reverse("anmerkung_neu", args=[plan.case_id, 1]) + "?abschnitt=ziel-1"
    felder = felder_of(client.get(neu))
    assert felder["abschnitt"] == ["ziel-1"]
    antwort = client.post(neu, felder | {"text": "Zu ungenau."})
    assert antwort["Location"].endswith("/freigeben/#anmerkungen")
    eine = Anmerkung.objects.get()
    client.force_login(fallmanager)
    assert client.get(neu).status_code == 403
    seite = reverse("anmerkung_antworten", args=[plan.case_id, eine.pk])
    felder = felder_of(client.get(seite)) | {"antwort": "Genauer gefasst."}
    assert client.post(seite, felder).status_code == 302
    client.force_login(leitung)
    freigeben = reverse("gesamtplan_freigeben", args=[plan.case_id, 1])
    assert "Genauer gefasst." in client.get(freigeben).content.decode()
    client.post(reverse("anmerkung_erledigen", args=[plan.case_id, eine.pk]), {"vorgang": ""})
    eine.refresh_from_db()
    assert eine.state == Anmerkungsstand.ERLEDIGT
    fremd = bausteine.make_zustaendigen_fall(fallmanager)
    assert client.get(reverse("anmerkung_antworten", args=[fremd.pk, eine.pk])).status_code == 404
