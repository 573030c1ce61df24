"""Several providers serve a goal: each is rated under its own name, and nobody is mixed up."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Leistung, Zielbewertung
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle
from gesamtplan.models.stand import bewertungsfeld, werte_of_ueberpruefung
from gesamtplan.ueberpruefung.queries import bericht_of, said_by_provider, sprecher_of
from gesamtplan.ueberpruefung.queries import ueberpruefung_of as read
from gesamtplan.ueberpruefung.queries.verlauf import leiter_of, verlaeufe_of
from gesamtplan.ueberpruefung.schreiben import leitfaden_daten
from gesamtplan.ueberpruefung.services import bericht as berichte
from gesamtplan.ueberpruefung.services import ueberpruefung as services
from tests.cases.verzeichnis.bausteine import make_angebot
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine
from tests.gesamtplan.ueberpruefung.boegen import antworten, fetch, fill, make_bericht, upload
from tests.gesamtplan.ueberpruefung.test_ueberpruefung import complete, make_erbringer
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]
STIMME = "leistungserbringer"


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def plan(fallmanager, leitung):
    return bausteine.make_laufenden_plan(fallmanager, leitung, ziele=2)


@pytest.fixture
def row(plan, fallmanager):
    return bausteine.make_bewertete_ueberpruefung(plan, fallmanager)


@pytest.fixture
def zwei(row):
    """Two providers: the first serves both goals, the second only the other one."""
    return [_serve(row, "Lebensnah gGmbH", 1, 2), _serve(row, "Rückenwind e.V.", 2)]


def _serve(row, name, *nummern):
    """Let a provider give a Leistung for these goals of the released plan."""
    erbringer = make_erbringer(name)
    ziele = [z for z in row.gesamtplan.teilhabeziele.all() if z.nummer in nummern]
    vorlage = row.gesamtplan.leistungen.first()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Leistung.objects.create(
            gesamtplan=row.gesamtplan,
            teilhabeziel=ziele[0],
            weitere_ziele=[z.kennung for z in ziele[1:]],
            leistungstraeger=vorlage.leistungstraeger,
            bezeichnung="Assistenz",
            norm="§ 78 SGB IX",
            leistungsform=vorlage.leistungsform,
            umfang="wöchentlich",
            angebot=make_angebot(erbringer),
            beginn=vorlage.beginn,
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    return erbringer


def _stelle(row, nummer, erbringer=None):
    ziel = next(z for z in row.gesamtplan.teilhabeziele.all() if z.nummer == nummer)
    return Bewertungsstelle(ziel.kennung, STIMME, erbringer.pk if erbringer else None)


def _write(row, by, bewertungen):
    return services.update_ueberpruefung(
        ueberpruefung=row, bewertungen=bewertungen, gespraech_am=HEUTE, by=by, tag=HEUTE
    )


def _wer(row):
    gehoert = sprecher_of(read(row.case, row.pk))
    return [[einer.wer for einer in reihe] for reihe in gehoert.values()]


def test_each_provider_is_heard_about_the_goals_that_it_serves(row, zwei):
    eins, zweiter = "Lebensnah gGmbH (Leistungserbringer)", "Rückenwind e.V. (Leistungserbringer)"
    assert _wer(row) == [
        ["die Person", eins, "Fallmanagement"],
        ["die Person", eins, zweiter, "Fallmanagement"],
    ]
    daten = leitfaden_daten(read(row.case, row.pk))
    assert [ziel["stimmen"] for ziel in daten["ziele"]] == _wer(row)


def test_plan_without_names_hears_one_provider_and_whoever_is_asked(row):
    assert _wer(row) == [["die Person", "Leistungserbringer", "Fallmanagement"]] * 2
    make_bericht(row)
    assert (
        _wer(row) == [["die Person", "Lebensnah gGmbH (Leistungserbringer)", "Fallmanagement"]] * 2
    )


def test_two_providers_rate_one_goal_differently_side_by_side(row, zwei, fallmanager):
    row = _write(
        row,
        fallmanager,
        {
            _stelle(row, 2, zwei[0]): Bewertung("erreicht", "Er kocht."),
            _stelle(row, 2, zwei[1]): Bewertung("offen", "Noch nichts gesehen."),
        },
    )
    spalte = verlaeufe_of([row])[1].spalten[0]
    assert [(punkt.wer, punkt.status) for punkt in spalte.punkte] == [
        ("die Person", "erreicht"),
        ("Lebensnah gGmbH (Leistungserbringer)", "erreicht"),
        ("Rückenwind e.V. (Leistungserbringer)", "offen"),
        ("Fallmanagement", "teilweise"),
    ]
    leiter = leiter_of(verlaeufe_of([row])[1])
    assert [(z.stimme, z.nummer) for z in leiter.zeichen] == [
        ("person", None),
        (STIMME, 1),
        (STIMME, 2),
        ("fallmanagement", None),
    ]
    assert len({z.x for z in leiter.zeichen}) == 4
    assert leiter.erbringer == ("Lebensnah gGmbH", "Rückenwind e.V.")
    assert leiter_of(verlaeufe_of([row])[0]).erbringer == ()


def test_stimme_wird_gehoert(row, zwei, fallmanager):
    gut = Bewertung("erreicht", "Er kocht.")
    with pytest.raises(SchrittUnzulaessig, match="Ziel 1: Dieser Leistungserbringer dient dem"):
        _write(row, fallmanager, {_stelle(row, 1, zwei[1]): gut})
    with pytest.raises(SchrittUnzulaessig, match="Ziel 1: Bitte nennen Sie, welcher"):
        _write(row, fallmanager, {_stelle(row, 1): gut})
    person = Bewertungsstelle(_stelle(row, 1).kennung, "person", zwei[0].pk)
    with pytest.raises(SchrittUnzulaessig, match="dient dem Ziel nicht"):
        _write(row, fallmanager, {person: gut})


def test_rating_of_old_without_a_name_stays_and_can_be_changed(client, row, zwei, fallmanager):
    alt = _stelle(row, 1)
    Zielbewertung.objects.create(
        ueberpruefung=row, kennung=alt.kennung, stimme=STIMME, status="offen", grund="Von früher."
    )
    assert _wer(row)[0] == [
        "die Person",
        "Lebensnah gGmbH (Leistungserbringer)",
        "Leistungserbringer",
        "Fallmanagement",
    ]
    jetzt = _write(row, fallmanager, {alt: Bewertung("teilweise", "Von früher, ergänzt.")})
    assert werte_of_ueberpruefung(jetzt)[f"{bewertungsfeld(alt)}_status"] == "teilweise"
    complete(jetzt, fallmanager)
    client.force_login(fallmanager)
    html = client.get(reverse("ueberpruefungen", args=[row.case_id])).content.decode()
    assert "Von früher, ergänzt." in html


def test_database_holds_one_rating_per_provider_and_a_name_only_for_providers(row, zwei):
    stelle = _stelle(row, 1, zwei[0])
    eine = {"ueberpruefung": row, "kennung": stelle.kennung, "status": "offen", "grund": "x"}
    Zielbewertung.objects.create(**eine, stimme=STIMME)
    Zielbewertung.objects.create(**eine, stimme=STIMME, leistungserbringer=zwei[0])
    for doppelt in (None, zwei[0]):
        with pytest.raises(IntegrityError, match="zielbewertung_einmal"), transaction.atomic():
            Zielbewertung.objects.create(**eine, stimme=STIMME, leistungserbringer=doppelt)
    Zielbewertung.objects.filter(kennung=stelle.kennung, stimme="person").delete()
    with pytest.raises(IntegrityError, match="name_des_erbringers"), transaction.atomic():
        Zielbewertung.objects.create(**eine, stimme="person", leistungserbringer=zwei[0])


def test_form_has_a_place_for_each_provider(client, row, zwei, fallmanager):
    client.force_login(fallmanager)
    seite = reverse("ueberpruefung_eintragen", args=[row.case_id, row.pk])
    antwort = client.get(seite)
    assert "2 von 4 Stimmen" in antwort.content.decode()
    felder = felder_of(antwort)
    for erbringer, status in zip(zwei, ("erreicht", "offen"), strict=True):
        name = bewertungsfeld(_stelle(row, 2, erbringer))
        felder |= {f"{name}_status": status, f"{name}_grund": f"{erbringer} meint es."}
    assert client.post(seite, felder).status_code == 302
    html = client.get(reverse("ueberpruefungen", args=[row.case_id])).content.decode()
    assert "Quadrat: Leistungserbringer, und zwar 1 Lebensnah gGmbH, 2 Rückenwind e.V." in html
    assert '<text class="fw-leiter__nummer" y="4">2</text>' in html
    assert "Rückenwind e.V. meint es." in html


def test_what_was_typed_without_a_name_is_kept_when_one_becomes_known(client, row, fallmanager):
    client.force_login(fallmanager)
    seite = reverse("ueberpruefung_eintragen", args=[row.case_id, row.pk])
    name = bewertungsfeld(_stelle(row, 1))
    felder = felder_of(client.get(seite))
    felder |= {f"{name}_status": "erreicht", f"{name}_grund": "Das war viel Arbeit."}
    make_bericht(row)
    antwort = client.post(seite, felder)
    assert "Bitte nennen Sie, welcher Leistungserbringer" in antwort.content.decode()
    assert "Das war viel Arbeit." in antwort.content.decode()


def test_report_counts_for_its_provider_alone(client, row, zwei, fallmanager):
    client.force_login(fallmanager)
    andere = Bewertung("nicht_erreicht", "Er kommt selten.")
    _write(row, fallmanager, {_stelle(row, 2, zwei[1]): andere})
    bericht = make_bericht(row, "Dritte gGmbH")
    gut = Bewertung("erreicht", "Er kocht.", "Geübt.")
    seite = upload(client, bericht, fill(fetch(client, bericht), antworten(bericht, gut, gut)))
    html = client.get(seite["Location"])
    # What another one has said is no reason to keep back what this one says.
    assert "Er kommt selten." not in html.content.decode()
    assert client.post(seite["Location"], felder_of(html)).status_code == 302
    assert list(said_by_provider(bericht_of(row.case, bericht.pk)).values()) == [gut, gut]
    rows = Zielbewertung.objects.filter(ueberpruefung=row, stimme=STIMME)
    assert rows.get(leistungserbringer=zwei[1]).status == "nicht_erreicht"
    assert rows.filter(leistungserbringer=bericht.leistungserbringer).count() == 2


def test_typed_report_speaks_of_goals_beyond_the_plan(row, zwei, fallmanager):
    bericht = berichte.add_verlaufsbericht(
        ueberpruefung=row, leistungserbringer=zwei[1], bis=HEUTE, by=fallmanager, tag=HEUTE
    )
    berichte.accept_verlaufsbericht(
        bericht=bericht,
        text="",
        eingegangen_am=HEUTE,
        bewertungen={_stelle(row, 1).kennung: Bewertung("offen", "Gesehen.")},
        by=fallmanager,
        tag=HEUTE,
    )
    assert "Rückenwind e.V. (Leistungserbringer)" in _wer(row)[0]
