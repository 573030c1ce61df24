"""What went to other bodies on which ground, and what came from them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.antrag.services.traegerbeteiligung import involve_traeger
from cases.models import Schreiben, Traegerbeteiligung
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Planabstimmung, Uebermittlung
from gesamtplan.plan.services.mehrausfertigung import create_mehrausfertigung
from gesamtplan.stellen.queries import mitteilungen_of
from gesamtplan.stellen.services import Uebermittlungsangaben, record_uebermittlung
from tests.fabriken import HEUTE, antrag_of, make_traeger, make_user
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


def post(art, by) -> None:
    """Let the only letter of a kind leave the house."""
    brief = Schreiben.objects.get(art=art)
    versand = send(schreiben=brief, weg="post", by=by, tag=HEUTE)
    record_aufgabe(versand=versand, aufgabe_am=HEUTE, by=by, tag=HEUTE)


def test_a_request_its_answer_and_findings_stand_in_order(client, fallmanager):
    plan = bausteine.make_plan(fallmanager)
    client.force_login(fallmanager)
    seite = reverse("andere_stellen", args=[plan.case_id])
    assert "nichts an andere Stellen" in client.get(seite).content.decode()
    drv = make_traeger("rentenversicherung", "DRV Probe")
    involve_traeger(
        antrag=antrag_of(plan.case),
        traeger=drv,
        gruppen=["b_medizinische_rehabilitation"],
        frage="Bedarf?",
        by=fallmanager,
        tag=HEUTE,
    )
    Traegerbeteiligung.objects.update(
        eingegangen_am=HEUTE - timedelta(days=1), unterlagen_am=HEUTE, unterlagen="Antrag"
    )
    row = Planabstimmung.objects.create(
        gesamtplan=plan,
        traeger=drv,
        angefragt_am=HEUTE,
        bis=HEUTE,
        state="einverstanden",
        erklaert_am=HEUTE,
        bearbeitet_von=fallmanager,
    )
    client.post(reverse("teilhabeplan_abstimmung", args=[plan.case_id, row.pk]), {"vorgang": ""})
    assert not any(m.was == "Abstimmung des Teilhabeplans" for m in mitteilungen_of(plan.case))
    post("teilhabeplan_abstimmung", fallmanager)
    found = mitteilungen_of(plan.case)
    assert {(m.richtung, m.was, m.grundlage) for m in found} == {
        (
            "an",
            "Abstimmung des Teilhabeplans",
            "§ 19 Abs. 1 SGB IX, § 69 Abs. 1 Nr. 1 SGB X",
        ),
        ("an", "Antragsunterlagen: Antrag", "Einwilligung der Person (§ 67b Abs. 1 SGB X)"),
        ("von", "Teilhabeplan: einverstanden", "§ 19 Abs. 1 SGB IX"),
        ("von", "Feststellungen", "§ 15 Abs. 2 SGB IX"),
    }
    assert {m.stelle for m in found} == {"DRV Probe"}
    assert found[-1].was == "Feststellungen"
    assert "an DRV Probe" in client.get(seite).content.decode()


def test_what_goes_by_consent_names_it(client, fallmanager, leitung, django_assert_num_queries):
    plan = bausteine.make_freigegebenen_plan(fallmanager, leitung)
    auszug = create_mehrausfertigung(
        gesamtplan=plan,
        einwilligung=bausteine.make_planeinwilligung(plan.case, fallmanager),
        abschnitte=["ziel-1"],
        zweck="Assistenz planen",
        by=fallmanager,
        tag=HEUTE,
    )
    client.force_login(fallmanager)
    client.post(reverse("mehrausfertigung", args=[plan.case_id, auszug.pk]), {"vorgang": ""})
    post("mehrausfertigung", fallmanager)
    with django_assert_num_queries(7):
        (eine,) = mitteilungen_of(plan.case)
    assert (eine.stelle, eine.was) == ("Lebensnah gGmbH", "Auszug aus dem Gesamtplan")
    assert eine.grundlage == "Einwilligung vom 20.11.2026 (§ 67b Abs. 1 SGB X)"


def said(**anders) -> Uebermittlungsangaben:
    werte = {
        "am": HEUTE,
        "richtung": "an",
        "weg": "telefon",
        "stelle": "Jobcenter, Frau Kern",
        "inhalt": "Der Umzug ist am 1. Dezember.",
        "grund": "aufgabe",
        "einwilligung": None,
    }
    return Uebermittlungsangaben(**(werte | anders))


def record(case, by, **anders):
    return record_uebermittlung(case=case, angaben=said(**anders), by=by, tag=HEUTE)


def test_what_was_said_stands_beside_the_letters_with_its_ground(fallmanager):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    record(case, fallmanager)
    record(case, fallmanager, richtung="von", grund="erhebung")
    consent = bausteine.make_planeinwilligung(case, fallmanager)
    record(case, fallmanager, grund="einwilligung", einwilligung=consent)
    assert {(m.richtung, m.grundlage) for m in mitteilungen_of(case)} == {
        ("an", "für eine gesetzliche Aufgabe nötig (§ 69 Abs. 1 Nr. 1 SGB X)"),
        ("von", "bei anderen Stellen erhoben (§ 67a Abs. 2 SGB X)"),
        ("an", "Einwilligung vom 20.11.2026 (§ 67b Abs. 1 SGB X)"),
    }
    assert mitteilungen_of(case)[0].was == "am Telefon: Der Umzug ist am 1. Dezember."
    nein = "Cannot update or delete|permission denied"
    with pytest.raises(DatabaseError, match=nein), transaction.atomic():
        Uebermittlung.objects.update(stelle="anders")


def test_gespraech_liegt_zurueck(fallmanager):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        record(case, fallmanager, am=HEUTE + timedelta(days=1))


@pytest.mark.parametrize(("richtung", "grund"), [("an", "erhebung"), ("von", "aufgabe")])
def test_grundlage_passt(fallmanager, richtung, grund):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="Diese Grundlage gilt, wenn"):
        record(case, fallmanager, richtung=richtung, grund=grund)
    with pytest.raises(DatabaseError, match="uebermittlung_grund_passt"), transaction.atomic():
        Uebermittlung.objects.create(
            case=case,
            am=HEUTE,
            richtung=richtung,
            weg="telefon",
            stelle="x",
            inhalt="x",
            grund=grund,
            vermerkt_von=fallmanager,
        )


def test_einwilligung_traegt(fallmanager):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    consent = bausteine.make_planeinwilligung(case, fallmanager)
    fremd = bausteine.make_planeinwilligung(
        bausteine.make_zustaendigen_fall(fallmanager), fallmanager
    )
    gestern = HEUTE - timedelta(days=1)
    for anders, satz in (
        ({"einwilligung": None}, "Bitte wählen Sie die Einwilligung"),
        ({"einwilligung": fremd}, "gehört zu einem anderen Fall"),
        ({"einwilligung": consent, "am": gestern}, "galt am 19.11.2026 nicht"),
        ({"einwilligung": consent, "grund": "aufgabe"}, "gehört nur zur Grundlage"),
    ):
        with pytest.raises(SchrittUnzulaessig, match=satz):
            record(case, fallmanager, **({"grund": "einwilligung"} | anders))


def test_only_who_writes_puts_it_on_record(client, fallmanager):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="wer Fälle bearbeitet"):
        record(case, make_user("revision", "Revision"))
    for leer in ("stelle", "inhalt"):
        with pytest.raises(SchrittUnzulaessig, match="Bitte nennen Sie die Stelle"):
            record(case, fallmanager, **{leer: " "})


def test_page_keeps_what_was_typed_and_says_at_the_field_what_is_wrong(client, fallmanager):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    client.force_login(fallmanager)
    liste = reverse("andere_stellen", args=[case.pk])
    seite = reverse("uebermittlung_neu", args=[case.pk])
    assert seite in client.get(liste).content.decode()
    felder = felder_of(client.get(seite)) | {
        "richtung": "an",
        "stelle": "Jobcenter",
        "inhalt": "Der Umzug.",
        "grund": "einwilligung",
    }
    antwort = client.post(seite, felder)
    assert list(antwort.context["form"].errors) == ["einwilligung"]
    assert "Der Umzug." in antwort.content.decode()
    assert client.post(seite, felder | {"grund": "erhebung"}).context["form"].errors["grund"]
    assert client.post(seite, felder | {"grund": "aufgabe"})["Location"] == liste
    assert "an Jobcenter" in client.get(liste).content.decode()
