"""Extent, price and cost of Leistungen, and their picture over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Angebot, Leistungserbringer, Zuweisung
from cases.models.verzeichnis import Preis
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Leistung
from gesamtplan.models.angaben import Leistungsangaben
from gesamtplan.plan import guards
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.kosten import kosten_of, summe_of
from gesamtplan.plan.queries.zeitbild import zeitbild_of
from gesamtplan.plan.services import leistung as services
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db


def make_angebot(betrag="50.00", einheit="fachleistungsstunde"):
    erbringer = Leistungserbringer.objects.create(name="Lebensnah gGmbH")
    angebot = Angebot.objects.create(
        leistungserbringer=erbringer, name="Assistenz", leistungsgruppe="soziale_teilhabe"
    )
    Preis.objects.create(
        angebot=angebot,
        betrag=Decimal(betrag),
        einheit=einheit,
        vereinbarung="Vereinbarung 2026",
        gueltig_ab=date(2026, 1, 1),
    )
    return angebot


def angaben_of(row, **anders):
    grund = Leistungsangaben(
        teilhabeziel=row.teilhabeziel,
        leistungstraeger=row.leistungstraeger,
        bezeichnung=row.bezeichnung,
        norm=row.norm,
        leistungsform=row.leistungsform,
        umfang=row.umfang,
        beginn=row.beginn,
        ende=row.ende,
        katalogschluessel=row.katalogschluessel,
    )
    return replace(grund, **anders)


@pytest.fixture
def row(fallmanager):
    plan = bausteine.make_leeren_plan(fallmanager)
    return bausteine.add_leistung_zu(bausteine.add_ziel(plan, fallmanager), fallmanager)


@pytest.mark.parametrize(
    ("einheit", "menge", "satz", "betrag"),
    [
        ("stunden_woche", "6", "50", "1300.00"),
        ("stunden_monat", "6", "50", "300.00"),
        ("tage_monat", "20", "81.35", "1627.00"),
        ("monate", "1", "399.99", "399.99"),
        ("einmalig", "1", "200", "200.00"),
    ],
)
def test_cost_of_a_month_follows_the_unit(row, einheit, menge, satz, betrag):
    row.menge, row.einheit, row.satz = Decimal(menge), einheit, Decimal(satz)
    kosten = kosten_of(row)
    assert kosten.betrag == Decimal(betrag)
    assert kosten.einmalig == (einheit == "einmalig")
    assert kosten.rechenweg.endswith(
        f"{betrag[:-3].replace('1300', '1.300').replace('1627', '1.627')},{betrag[-2:]} €"
    )


def test_price_of_the_first_day_comes_from_the_directory_and_a_typed_one_stays(row, fallmanager):
    angebot = make_angebot()
    angaben = angaben_of(row, angebot=angebot, menge=Decimal(6), einheit="stunden_woche")
    neu = services.update_leistung(leistung=row, angaben=angaben, by=fallmanager, tag=HEUTE)
    assert neu.satz == Decimal("50.00")
    eigen = replace(angaben, satz=Decimal("44"))
    assert services.update_leistung(
        leistung=row, angaben=eigen, by=fallmanager, tag=HEUTE
    ).satz == Decimal(44)
    tage = replace(angaben, einheit="tage_monat")
    assert (
        services.update_leistung(leistung=row, angaben=tage, by=fallmanager, tag=HEUTE).satz is None
    )


def test_sum_counts_what_runs_on_the_day(row):
    row.menge, row.einheit, row.satz = Decimal(6), "stunden_monat", Decimal(50)
    assert summe_of([row], row.beginn) == Decimal(300)
    assert summe_of([row], row.beginn - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        ({"menge": Decimal(6)}, "es fehlt die Einheit"),
        ({"einheit": "monate"}, "es fehlt die Menge"),
        ({"satz": Decimal(6)}, "braucht eine Menge"),
        ({"menge": Decimal(-1), "einheit": "monate"}, "größer als null"),
    ],
)
def test_menge_mit_einheit(row, fallmanager, anders, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        services.update_leistung(
            leistung=row, angaben=angaben_of(row, **anders), by=fallmanager, tag=HEUTE
        )


def test_leistungen_ueberschneiden_sich_nicht(row, fallmanager):
    plan = get_plan(row.gesamtplan_id)
    assert guards.leistungen_ueberschneiden_sich_nicht(plan) is None
    zweite = services.add_leistung(
        gesamtplan=plan, angaben=angaben_of(row), by=fallmanager, tag=HEUTE
    )
    hindernis = guards.leistungen_ueberschneiden_sich_nicht(get_plan(plan.pk))
    assert "überschneiden sich ab dem 20.11.2026" in hindernis.text
    assert hindernis.url.endswith(f"/leistungen/{zweite.pk}/")
    bild = zeitbild_of(get_plan(plan.pk))
    assert [luecke.tage for luecke in bild.doppelt] == ["ab dem 20.11.2026"]
    services.update_leistung(
        leistung=row,
        angaben=angaben_of(row, ende=HEUTE + timedelta(days=30)),
        by=fallmanager,
        tag=HEUTE,
    )
    services.update_leistung(
        leistung=zweite,
        angaben=angaben_of(row, beginn=HEUTE + timedelta(days=31)),
        by=fallmanager,
        tag=HEUTE,
    )
    assert guards.leistungen_ueberschneiden_sich_nicht(get_plan(plan.pk)) is None


@pytest.mark.parametrize(
    ("von", "bis", "satz"),
    [(-60, -1, "endet am"), (800, None, "erst nach der Überprüfung"), (-60, 0, "")],
)
def test_leistungen_im_zeitraum(row, von, bis, satz):
    ende = None if bis is None else HEUTE + timedelta(days=bis)
    # No step writes such days any more: the days of the plan may be moved after them.
    rows = Leistung.objects.filter(pk=row.pk)
    rows.update(beginn=HEUTE + timedelta(days=von), ende=ende)
    hindernis = guards.leistungen_im_zeitraum(get_plan(row.gesamtplan_id))
    text = hindernis.text if hindernis else ""
    assert satz in text
    assert bool(text) == bool(satz)


def test_picture_shows_gaps_of_a_goal(row, fallmanager):
    plan = get_plan(row.gesamtplan_id)
    for leistung, von, bis in ((row, 0, 30), (None, 60, 90)):
        angaben = angaben_of(
            row, beginn=HEUTE + timedelta(days=von), ende=HEUTE + timedelta(days=bis)
        )
        if leistung:
            services.update_leistung(leistung=leistung, angaben=angaben, by=fallmanager, tag=HEUTE)
        else:
            services.add_leistung(gesamtplan=plan, angaben=angaben, by=fallmanager, tag=HEUTE)
    bild = zeitbild_of(get_plan(plan.pk))
    assert [(luecke.von - HEUTE).days for luecke in bild.luecken] == [31, 91]
    assert bild.luecken[1].bis == plan.ueberpruefung_am
    assert all(b.x >= 0 and b.x + b.breite <= 1004 for b in bild.balken)


@pytest.mark.parametrize(
    ("rolle", "sieht"), [(Rolle.FALLMANAGEMENT, True), (Rolle.FACHDIENST, False)]
)
def test_amounts_of_picture_and_comparison_are_for_those_who_see_amounts(
    client, row, fallmanager, leitung, rolle, sieht
):
    plan = get_plan(row.gesamtplan_id)
    angaben = angaben_of(row, menge=Decimal(6), einheit="stunden_monat", satz=Decimal("51.11"))
    services.update_leistung(leistung=row, angaben=angaben, by=fallmanager, tag=HEUTE)
    user = fallmanager
    if not sieht:
        user = make_user("fachdienst", Rolle.FACHDIENST)
        Zuweisung.objects.create(
            case=plan.case,
            user=user,
            rolle=Rolle.FACHDIENST,
            art="fachdienst",
            von=HEUTE,
            grund="Stellungnahme",
            zugewiesen_von=leitung,
        )
    client.force_login(user)
    seite = client.get(reverse("gesamtplan_zeitbild", args=[plan.case_id, 1]))
    assert seite.status_code == 200
    assert ("306,66" in seite.content.decode()) == sieht
