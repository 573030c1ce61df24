"""A copy for somebody else holds the chosen sections, and of the others nothing at all."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.einwilligung.services import withdraw_einwilligung
from cases.models import Leistungserbringer, Schreiben
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Mehrausfertigung
from gesamtplan.plan.queries.ausschnitt import abschnitte_of_daten, cut_out, suggested_abschnitte
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import mehrausfertigung as services
from gesamtplan.plan.services import uebergabe
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def plan(fallmanager, leitung):
    return get_plan(bausteine.make_freigegebenen_plan(fallmanager, leitung, ziele=3).pk)


@pytest.fixture
def einwilligung(plan, fallmanager):
    return bausteine.make_planeinwilligung(plan.case, fallmanager)


def create(plan, einwilligung, by, *abschnitte, zweck="Assistenz planen"):
    return services.create_mehrausfertigung(
        gesamtplan=plan,
        einwilligung=einwilligung,
        abschnitte=abschnitte,
        zweck=zweck,
        by=by,
        tag=HEUTE,
    )


def everything_in(pdf: bytes) -> str:
    """All that can be read from a PDF: text, every object and stream, metadata, attachments."""
    found = [text_of(pdf)]
    with pikepdf.open(BytesIO(pdf)) as datei:
        for objekt in datei.objects:
            if isinstance(objekt, pikepdf.Stream):
                found.append(objekt.read_bytes().decode("utf-8", "ignore"))
                found.append(objekt.read_bytes().decode("utf-16-be", "ignore"))
            elif isinstance(objekt, pikepdf.String):
                found.append(str(objekt))
            elif isinstance(objekt, pikepdf.Dictionary | pikepdf.Array):
                found.append(repr(objekt))
        found += [
            datei.attachments[name].get_file().read_bytes().decode() for name in datei.attachments
        ]
    return "\n".join(found)


def test_withheld_parts_are_nowhere_in_the_copy(client, plan, einwilligung, fallmanager):
    row = create(plan, einwilligung, fallmanager, "ziel-2", "leistung-0-1")
    client.force_login(fallmanager)
    pdf = client.get(reverse("mehrausfertigung_pdf", args=[plan.case_id, row.pk])).content
    alles = everything_in(pdf)
    assert "Ziel Nummer 2" in alles
    assert "Leistung 2" in alles
    verborgen = [
        "Ziel Nummer 1",
        "Ziel Nummer 3",
        "Leistung 1",
        "Leistung 3",
        "Mahlzeiten nicht allein",
        "Ich möchte selbst kochen",
        "Anleitung beim Kochen",
        "BEI_BW",
        "Besprochen und festgehalten",
    ]
    assert [wort for wort in verborgen if wort in alles] == []
    # The whole plan holds each of them: the look would have found it.
    ganz = everything_in(bytes(plan.schreiben.datei.pdf))
    assert [wort for wort in verborgen if wort not in ganz] == []


def test_frozen_letter_and_its_data_hold_no_more(client, plan, einwilligung, fallmanager):
    row = create(plan, einwilligung, fallmanager, "ziel-2")
    client.force_login(fallmanager)
    antwort = client.post(reverse("mehrausfertigung", args=[plan.case_id, row.pk]), {"vorgang": ""})
    assert "/versand" in antwort["Location"]
    brief = Schreiben.objects.get(art="mehrausfertigung")
    assert brief.empfaenger[0] == "Lebensnah gGmbH"
    text = json.dumps(brief.daten, ensure_ascii=False)
    assert "Ziel Nummer 2" in text
    assert "Ziel Nummer 1" not in text
    assert "§ 78 Abs. 1 SGB X" in text_of(bytes(brief.datei.pdf))


def test_every_section_can_be_chosen_and_left_out(plan):
    daten = plan.schreiben.daten
    alle = [key for key, _ in abschnitte_of_daten(daten)]
    assert len(alle) == len(set(alle)) > 10
    voll, leer = cut_out(daten, alle), cut_out(daten, [])
    assert not any(leer.values())
    assert len(voll["ziele"]) == 3
    assert set(voll) == set(leer)
    assert "kopf" not in voll
    assert "unterschriften" not in voll


def test_proposal_follows_the_kind_of_recipient(plan, einwilligung):
    daten = plan.schreiben.daten
    assert suggested_abschnitte(daten, einwilligung) == []
    einwilligung.empfaengerart = "leistungserbringer"
    assert {key.split("-")[0] for key in suggested_abschnitte(daten, einwilligung)} == {
        "ziel",
        "leistung",
    }
    einwilligung.empfaengerart = "leistungstraeger"
    assert "ziel-1" not in suggested_abschnitte(daten, einwilligung)


def test_no_copy_without_consent_section_or_purpose(plan, einwilligung, fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="wählen Sie Abschnitte"):
        create(plan, einwilligung, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="wählen Sie Abschnitte"):
        create(plan, einwilligung, fallmanager, "ziel-9")
    with pytest.raises(SchrittUnzulaessig, match="nennen Sie den Zweck"):
        create(plan, einwilligung, fallmanager, "ziel-1", zweck=" ")
    fremd = bausteine.make_planeinwilligung(
        bausteine.make_zustaendigen_fall(fallmanager), fallmanager
    )
    with pytest.raises(SchrittUnzulaessig, match="gehört zu einem anderen Fall"):
        create(plan, fremd, fallmanager, "ziel-1")
    row = create(plan, einwilligung, fallmanager, "ziel-1")
    withdraw_einwilligung(
        einwilligung=einwilligung,
        erklaert_am=HEUTE,
        erklaert_durch="person",
        vertreten_durch="",
        weg="schriftlich",
        by=fallmanager,
        tag=HEUTE,
    )
    with pytest.raises(SchrittUnzulaessig, match="keine wirksame Einwilligung"):
        create(plan, einwilligung, fallmanager, "ziel-1")
    assert Mehrausfertigung.objects.get() == row


def test_withdrawn_consent_stops_the_letter(client, plan, einwilligung, fallmanager):
    row = create(plan, einwilligung, fallmanager, "ziel-1")
    withdraw_einwilligung(
        einwilligung=einwilligung,
        erklaert_am=HEUTE,
        erklaert_durch="person",
        vertreten_durch="",
        weg="schriftlich",
        by=fallmanager,
        tag=HEUTE,
    )
    client.force_login(fallmanager)
    client.post(reverse("mehrausfertigung", args=[plan.case_id, row.pk]), {"vorgang": ""})
    assert not Schreiben.objects.filter(art="mehrausfertigung").exists()


def test_way_through_the_pages_proposes_sections(client, plan, fallmanager):
    Leistungserbringer.objects.create(name="x", strasse="Weg 1", plz="70999", ort="Musterau")
    einwilligung = bausteine.make_planeinwilligung(plan.case, fallmanager)
    client.force_login(fallmanager)
    seite = reverse("mehrausfertigung_neu", args=[plan.case_id, 1])
    assert f"?einwilligung={einwilligung.pk}" in client.get(seite).content.decode()
    seite += f"?einwilligung={einwilligung.pk}"
    felder = felder_of(client.get(seite))
    assert client.post(seite, felder).status_code == 422
    felder |= {"abschnitte": ["ziel-1", "leistung-0-0"]}
    assert client.post(seite, felder)["Location"].endswith("#mehrausfertigungen")
    text = client.get(reverse("gesamtplan_version", args=[plan.case_id, 1])).content.decode()
    assert "Auszüge für andere" in text


def test_handing_over_is_recorded_and_asked_for_until_done(client, plan, fallmanager):
    client.force_login(fallmanager)
    fall = reverse("fall", args=[plan.case_id])
    assert "Übergabe des Gesamtplans vermerken" in client.get(fall).content.decode()
    seite = reverse("gesamtplan_uebergeben", args=[plan.case_id, 1])
    felder = felder_of(client.get(seite))
    for am in ("19.11.2026", "21.11.2026"):
        assert "am" in client.post(seite, felder | {"am": am}).context["form"].errors
    assert client.post(seite, felder).status_code == 302
    assert "Übergabe des Gesamtplans vermerken" not in client.get(fall).content.decode()
    assert (
        "persönlich ausgehändigt"
        in client.get(reverse("gesamtplan_version", args=[plan.case_id, 1])).content.decode()
    )


@pytest.mark.parametrize(
    ("an", "am", "satz"),
    [
        (" ", HEUTE, "wer den Plan bekommen hat"),
        ("Emil", HEUTE + timedelta(days=1), "liegt in der Zukunft"),
        ("Emil", HEUTE - timedelta(days=1), "Freigegeben ist der Plan seit"),
    ],
)
def test_handing_over_needs_a_name_and_a_possible_day(plan, fallmanager, an, am, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        uebergabe.hand_gesamtplan(
            gesamtplan=plan,
            an=an,
            am=am,
            weg="post",
            unterschrieben=True,
            by=fallmanager,
            tag=HEUTE,
        )


@pytest.mark.parametrize("tabelle", ["planuebergabe", "mehrausfertigung"])
def test_what_went_out_is_fixed(plan, einwilligung, fallmanager, tabelle):
    create(plan, einwilligung, fallmanager, "ziel-1")
    uebergabe.hand_gesamtplan(
        gesamtplan=plan,
        an="E",
        am=HEUTE,
        weg="post",
        unterschrieben=True,
        by=fallmanager,
        tag=HEUTE,
    )
    for sql in (f"DELETE FROM gesamtplan_{tabelle}", f"UPDATE gesamtplan_{tabelle} SET am = now()"):
        with (
            pytest.raises(
                DatabaseError, match=r"Cannot (update or )?(update|delete) rows|permission denied"
            ),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
