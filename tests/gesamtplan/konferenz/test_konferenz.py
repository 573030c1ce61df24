"""A conference from its proposal to its minutes (§§ 119, 20 SGB IX)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.models import Frist, Schreiben
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.konferenz import guards, services
from gesamtplan.konferenz.queries import konferenz_of
from gesamtplan.konferenz.schritte import KONFERENZSCHRITTE, Konferenzlage
from gesamtplan.models import Konferenz
from gesamtplan.plan.services import gesamtplan
from gesamtplan.states.konferenz import KONFERENZ, Konferenzstand
from recht.rechtsstand import Rechtsstand
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import HEUTE, make_user, norm_of
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
def case(fallmanager):
    return bausteine.make_zustaendigen_fall(fallmanager)


def propose(case, by, art="gesamtplan", tag=HEUTE, **anders):
    werte = {"vorgeschlagen_von": "Emil Muster", "vorgeschlagen_am": tag, "elternfall": False}
    return services.create_konferenz(case=case, art=art, by=by, tag=tag, **(werte | anders))


def update(row, by, tag=HEUTE, **anders):
    werte = {
        "zustimmung_am": HEUTE,
        "termin": HEUTE,
        "uhrzeit": time(14, 30),
        "ort": "Rathaus, Zimmer 3",
        "tagesordnung": "Wünsche",
        "ergebnis": "Ziel 1 wird mit Assistenz erreicht.",
        "abweichend": "",
    }
    return services.update_konferenz(konferenz=row, by=by, tag=tag, **(werte | anders))


def join(row, by, rolle="pflegekasse", zustimmung_am=None, name="AOK Musterau"):
    return services.add_teilnahme(
        konferenz=row,
        name=name,
        rolle=rolle,
        anschrift="Weg 1\n70999 Musterau",
        zustimmung_am=zustimmung_am,
        by=by,
        tag=HEUTE,
    )


def hold(row, by):
    row = services.begin_konferenz(konferenz=update(row, by), by=by, tag=HEUTE)
    for teilnahme in row.teilnahmen.all():
        services.mark_anwesend(teilnahme=teilnahme, anwesend=True, by=by, tag=HEUTE)
    return services.complete_konferenz(konferenz=row, by=by, tag=HEUTE)


@pytest.mark.parametrize(
    ("tag", "art", "norm"),
    [
        (date(2016, 5, 2), "gespraech", ""),
        (date(2016, 5, 2), "gesamtplan", "§ 58 SGB XII"),
        (date(2018, 5, 2), "gesamtplan", ""),
        (date(2026, 5, 4), "gespraech", "§ 119 SGB IX"),
        (date(2026, 5, 4), "teilhabeplan", ""),
    ],
)
def test_art_gibt_es(tag, art, norm):
    assert norm_of(guards.art_gibt_es(art, tag)) == norm


def test_agenda_begins_with_the_law_and_the_open_points(case, fallmanager):
    row = propose(case, fallmanager)
    assert row.tagesordnung.splitlines()[1].startswith("Wünsche der Person")
    assert [t.rolle for t in row.teilnahmen.all()] == ["person", "behoerde"]


def test_person_stimmt_zu(case, fallmanager):
    row = update(propose(case, fallmanager), fallmanager, zustimmung_am=None)
    with pytest.raises(SchrittUnzulaessig, match="Zustimmung der Person zur Konferenz") as caught:
        services.begin_konferenz(konferenz=row, by=fallmanager, tag=HEUTE)
    assert caught.value.norm == "§ 119 SGB IX"


@pytest.mark.parametrize("rolle", list(guards.MIT_ZUSTIMMUNG[Rechtsstand.B]))
def test_zustimmung_zu_beteiligten(case, fallmanager, rolle):
    row = update(propose(case, fallmanager), fallmanager)
    join(row, fallmanager, rolle)
    with pytest.raises(SchrittUnzulaessig, match="fehlt die Zustimmung") as caught:
        services.begin_konferenz(konferenz=row, by=fallmanager, tag=HEUTE)
    assert caught.value.norm == guards.zustimmungsnorm(rolle, HEUTE)
    row.teilnahmen.filter(rolle=rolle).update(zustimmung_am=HEUTE)
    assert services.begin_konferenz(konferenz=row, by=fallmanager, tag=HEUTE).state == "anberaumt"


def test_nobody_joins_a_called_conference_without_consent(case, fallmanager):
    row = services.begin_konferenz(
        konferenz=update(propose(case, fallmanager), fallmanager), by=fallmanager, tag=HEUTE
    )
    with pytest.raises(SchrittUnzulaessig, match="fehlt die Zustimmung"), transaction.atomic():
        join(row, fallmanager)
    assert row.teilnahmen.count() == 2
    join(row, fallmanager, zustimmung_am=HEUTE)


MORGEN, GESTERN = HEUTE + timedelta(days=1), HEUTE - timedelta(days=1)


@pytest.mark.parametrize(
    ("anders", "satz", "feld"),
    [
        ({"termin": GESTERN, "zustimmung_am": None}, "liegt vor ihrem Vorschlag", "termin"),
        ({"zustimmung_am": MORGEN, "termin": None}, "liegt in der Zukunft", "zustimmung_am"),
        ({"zustimmung_am": MORGEN, "termin": MORGEN}, "liegt in der Zukunft", "zustimmung_am"),
    ],
)
def test_tage_der_konferenz(client, case, fallmanager, anders, satz, feld):
    row = propose(case, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match=satz) as gefunden:
        update(row, fallmanager, **anders)
    assert (gefunden.value.norm, gefunden.value.feld) == ("§ 119 SGB IX", feld)
    client.force_login(fallmanager)
    ort = reverse("konferenz_bearbeiten", args=[case.pk, row.pk])
    tage = {n: f"{t:%d.%m.%Y}" if t else "" for n, t in anders.items()}
    antwort = client.post(ort, felder_of(client.get(ort)) | tage | {"ort": "Rathaus, Zimmer 9"})
    assert f"{satz}" in str(antwort.context["form"].errors[feld])
    assert "Rathaus, Zimmer 9" in antwort.content.decode()


def test_zustimmung_zur_zeit(case, fallmanager):
    row = update(propose(case, fallmanager), fallmanager, termin=HEUTE)
    assert guards.zustimmung_zur_zeit(row, HEUTE, HEUTE, HEUTE) is None
    danach = guards.zustimmung_zur_zeit(row, MORGEN, HEUTE, MORGEN)
    assert "nach der Konferenz am 20.11.2026" in danach.text
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        join(row, fallmanager, zustimmung_am=MORGEN)
    assert row.teilnahmen.count() == 2


def test_einladung_vor_der_konferenz(case, fallmanager):
    row = update(propose(case, fallmanager), fallmanager)
    assert guards.einladung_vor_der_konferenz(row, HEUTE) is None
    assert guards.einladung_vor_der_konferenz(row, MORGEN).norm == "§ 119 SGB IX"


def test_termin_steht(case, fallmanager):
    row = update(propose(case, fallmanager), fallmanager, termin=None)
    with pytest.raises(SchrittUnzulaessig, match="Es fehlen Tag oder Ort"):
        services.begin_konferenz(konferenz=row, by=fallmanager, tag=HEUTE)


@pytest.mark.parametrize(
    ("elternfall", "grund", "satz"),
    [
        (False, "schriftlich", ""),
        (False, "aufwand", ""),
        (True, "schriftlich", "nur ohne Zustimmung"),
        (True, "aufwand", "nur ohne Zustimmung"),
        (True, "ohne_zustimmung", ""),
        (False, "keine Lust", "einen der gesetzlichen Gründe"),
    ],
)
def test_ablehnung_zulaessig(case, fallmanager, elternfall, grund, satz):
    row = propose(case, fallmanager, elternfall=elternfall)
    werte = {"konferenz": row, "grund": grund, "text": "Alles liegt vor.", "by": fallmanager}
    if not satz:
        assert services.reject_konferenz(**werte, tag=HEUTE).state == "abgelehnt"
        return
    with pytest.raises(SchrittUnzulaessig, match=satz):
        services.reject_konferenz(**werte, tag=HEUTE)
    assert Konferenz.objects.get().state == "vorgeschlagen"


def test_konferenz_war_und_niederschrift_vollstaendig(case, fallmanager):
    morgen = HEUTE + timedelta(days=1)
    row = update(propose(case, fallmanager), fallmanager, termin=morgen)
    row = services.begin_konferenz(konferenz=row, by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match=r"Die Konferenz ist am 21\.11\.2026"):
        services.complete_konferenz(konferenz=row, by=fallmanager, tag=HEUTE)
    row = update(row, fallmanager, ergebnis="")
    with pytest.raises(SchrittUnzulaessig, match="Die Ergebnisse der Konferenz fehlen"):
        services.complete_konferenz(konferenz=row, by=fallmanager, tag=HEUTE)
    row = update(row, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="wer anwesend war"):
        services.complete_konferenz(konferenz=row, by=fallmanager, tag=HEUTE)


@pytest.mark.parametrize(("art", "zwei_monate"), [("teilhabeplan", True), ("gesamtplan", False)])
def test_held_teilhabeplankonferenz_gives_two_months(case, fallmanager, art, zwei_monate):
    hold(propose(case, fallmanager, art=art), fallmanager)
    regeln = dict(Frist.objects.filter(case=case).values_list("regel", "state"))
    assert ("F09" in regeln) == zwei_monate
    assert (regeln["F04"] == "aufgehoben") == zwei_monate


def test_results_are_taken_over_into_the_plan(case, fallmanager):
    hold(propose(case, fallmanager, art="teilhabeplan"), fallmanager)
    bausteine.make_abgeschlossene_ermittlung(case, fallmanager)
    plan = gesamtplan.create_gesamtplan(
        case=case, anlass="x", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    text = plan.planinhalte.get(schluessel="konferenzergebnisse").text
    assert "Ziel 1 wird mit Assistenz erreicht." in text


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gesamtplan_konferenz SET ergebnis = 'x'",
        "DELETE FROM gesamtplan_konferenz",
        "UPDATE gesamtplan_konferenzteilnahme SET anwesend = false",
    ],
)
def test_closed_minutes_refuse_raw_sql(case, fallmanager, sql):
    hold(propose(case, fallmanager), fallmanager)
    with (
        pytest.raises(
            DatabaseError,
            match=r"Cannot (update or )?(update|delete) rows|permission denied|festgeschriebenen",
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_steps_of_a_conference_agree(case, fallmanager, leitung):
    row, gesagt = update(propose(case, fallmanager), fallmanager), {}
    row.teilnahmen.update(anwesend=True)
    nehmen = {
        "bearbeiten": update,
        "einladen": lambda r, by: join(r, by, rolle="fachdienst"),
        "anberaumen": lambda r, by: services.begin_konferenz(konferenz=r, by=by, tag=HEUTE),
        "ablehnen": lambda r, by: services.reject_konferenz(
            konferenz=r, grund="aufwand", text="x", by=by, tag=HEUTE
        ),
        "abschliessen": lambda r, by: services.complete_konferenz(konferenz=r, by=by, tag=HEUTE),
    }
    alle = [fallmanager, leitung, make_user("revision", "Revision")]
    for state in Konferenzstand.values:
        ab = {"ablehnungsgrund": "aufwand", "ablehnung_text": "x"} if state == "abgelehnt" else {}
        force(row, state, **ab)
        for schritt, take in nehmen.items():
            for user in alle:
                jetzt = konferenz_of(case, row.pk)
                gesagt[state, schritt, user.username] = agree(
                    KONFERENZSCHRITTE,
                    Konferenzlage(user, HEUTE, jetzt),
                    schritt,
                    lambda r=jetzt, u=user, t=take: t(r, u),
                )
    assert len(gesagt) == 4 * len(KONFERENZ.uebergaenge) * 3
    assert gesagt["vorgeschlagen", "anberaumen", "fallmanager"] == ""
    assert gesagt["durchgefuehrt", "bearbeiten", "leitung"] is None


def test_whole_way_through_the_pages(client, case, fallmanager):
    client.force_login(fallmanager)
    neu = reverse("konferenz_neu", args=[case.pk])
    felder = felder_of(client.get(neu))
    assert "art" in client.post(neu, felder | {"art": "gespraech"}).context["form"].errors
    assert client.post(neu, felder).status_code == 302
    row = Konferenz.objects.get()
    seite = reverse("konferenz_bearbeiten", args=[case.pk, row.pk])
    felder = felder_of(client.get(seite))
    felder |= {"zustimmung_am": "20.11.2026", "termin": "20.11.2026", "uhrzeit": "14:30"}
    assert client.post(seite, felder | {"ort": "Rathaus"}).status_code == 302
    dazu = reverse("konferenzteilnahme_neu", args=[case.pk, row.pk])
    felder = felder_of(client.get(dazu)) | {"name": "AOK", "rolle": "pflegekasse"}
    felder |= {"anschrift": "Weg 1\n70999 Musterau", "zustimmung_am": "20.11.2026"}
    assert client.post(dazu, felder).status_code == 302
    client.post(reverse("konferenz_anberaumen", args=[case.pk, row.pk]), {"vorgang": ""})
    row.refresh_from_db()
    assert row.state == "anberaumt"
    kasse = row.teilnahmen.get(rolle="pflegekasse")
    pdf = client.get(reverse("konferenzeinladung_pdf", args=[case.pk, kasse.pk]))
    text = text_of(pdf.content)
    assert "20. November 2026, 14:30 Uhr, Rathaus" in text
    client.post(reverse("konferenzeinladung", args=[case.pk, kasse.pk]), {"vorgang": ""})
    assert Schreiben.objects.get(art="konferenzeinladung").empfaenger[0] == "AOK"
    ics = client.get(reverse("konferenz_kalender", args=[case.pk, row.pk])).content.decode()
    assert "DTSTART" in ics
    assert case.leistungsberechtigte_person.nachname not in ics
    liste = client.get(reverse("konferenzen", args=[case.pk])).content.decode()
    assert "Gesamtplankonferenz vom 20.11.2026" in liste
    fremd = bausteine.make_zustaendigen_fall(fallmanager)
    assert client.get(reverse("konferenz_anzeigen", args=[fremd.pk, row.pk])).status_code == 404
