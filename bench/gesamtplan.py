"""A plan as large as they come: its page, the comparison of two such versions, its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from bench.tabelle import Messung, median_ms
from cases.models import User
from cases.schreiben.satz.brief import render_brief
from gesamtplan.models import Gesamtplan, Leistung, Teilhabeziel
from gesamtplan.models.angaben import Zielangaben
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.vergleich import compare_versions
from gesamtplan.plan.schreiben.gesamtplan import ART, gesamtplan_daten, titel_of
from gesamtplan.plan.services.gesamtplan import continue_gesamtplan
from gesamtplan.plan.services.teilhabeziel import add_teilhabeziel
from gesamtplan.states import Planzustand

ZIELE, LEISTUNGEN = 30, 20
ABFRAGEN, VERGLEICH_MS, PDF_MS = 25, 150, 2000
_SATZ = "Ich gehe {} Mal in der Woche ohne Begleitung in den Verein und bleibe bis zum Ende. "


def measure() -> Iterator[Messung]:
    """Continue a released plan of the demonstration, fill it and measure; then take it back."""
    get_resolver().url_patterns  # noqa: B018 - routes enter the list with the tree of URLs
    with transaction.atomic():
        neu, by = _large_plan()
        yield from _measure(neu, by)
        transaction.set_rollback(True)


def _large_plan() -> tuple[Gesamtplan, User]:
    """Return two such versions as (draft, who wrote it); goals and Leistungen differ in all."""
    offen = (Planzustand.ENTWURF, Planzustand.VORGELEGT)
    rows = Gesamtplan.objects.filter(state=Planzustand.FREIGEGEBEN, nachfolger__isnull=True)
    alt = (
        rows.exclude(case__gesamtplaene__state__in=offen)
        .exclude(case__state="beendet")
        .select_related("case__caseworker")
        .latest("pk")
    )
    by, tag = alt.case.caseworker, alt.datum + timedelta(days=30)
    erste = continue_gesamtplan(gesamtplan=alt, anlass="Messung", datum=tag, by=by, tag=tag)
    _fill(erste, by, tag)
    return get_plan(erste.pk), by


def _fill(plan: Gesamtplan, by: User, tag: date) -> None:
    vorhanden = plan.teilhabeziele.count()
    for n in range(vorhanden, ZIELE):
        angaben = Zielangaben(
            f"d{n % 9 + 1}", _SATZ.format(n) * 4, _SATZ.format(n), tag + timedelta(days=365)
        )
        add_teilhabeziel(gesamtplan=plan, angaben=angaben, by=by, tag=tag)
    ziele = list(Teilhabeziel.objects.filter(gesamtplan=plan))
    muster = plan.leistungen.all()[0]
    Leistung.objects.bulk_create(
        Leistung(
            gesamtplan=plan,
            teilhabeziel=ziele[n],
            leistungstraeger=muster.leistungstraeger,
            bezeichnung=f"Assistenz {n}",
            katalogschluessel=muster.katalogschluessel,
            norm=muster.norm,
            leistungsform=muster.leistungsform,
            umfang=_SATZ.format(n),
            menge=Decimal(6),
            einheit="stunden_woche",
            satz=Decimal("52.30"),
            beginn=tag,
        )
        for n in range(plan.leistungen.count(), LEISTUNGEN)
    )


def _measure(neu: Gesamtplan, by: User) -> Iterator[Messung]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(by)
    seite = reverse("gesamtplan_version", args=[neu.case_id, neu.version])
    client.get(seite)
    with CaptureQueriesContext(connection) as abfragen:
        client.get(seite)
    groesse = f"{ZIELE} Zielen, {LEISTUNGEN} Leistungen"
    yield Messung(f"Seite mit {groesse}: Abfragen", len(abfragen), "", ABFRAGEN)
    yield Messung(f"Seite mit {groesse}", median_ms(lambda: client.get(seite)), "ms")
    anders = get_plan(neu.pk)
    for ziel in anders.teilhabeziele.all():
        ziel.text = ziel.text.replace("Verein", "Chor").replace("Ende", "Schluss")
    for row in anders.leistungen.all():
        row.umfang = row.umfang.replace("Woche", "Hälfte des Monats")
    yield Messung(
        f"Vergleich zweier Fassungen mit {groesse}",
        median_ms(lambda: compare_versions(alt=neu, neu=anders, betraege=True)),
        "ms",
        VERGLEICH_MS,
    )

    def render() -> None:
        render_brief(art=ART, titel=titel_of(neu), daten=gesamtplan_daten(neu))

    yield Messung(f"PDF mit {groesse}", median_ms(render, 3), "ms", PDF_MS)
