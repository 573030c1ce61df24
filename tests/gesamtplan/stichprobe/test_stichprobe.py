"""The random sample of released plans: drawn from the content, looked at by another person."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from cases.models import EigenerWert, Wiedervorlage
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planstichprobe
from gesamtplan.states.stichprobe import Stichprobenstand
from gesamtplan.stichprobe import guards, services
from gesamtplan.stichprobe.queries import is_drawn
from gesamtplan.stichprobe.schritte import STICHPROBENSCHRITTE, Stichprobenlage
from tests.fabriken import HEUTE, make_leitung, make_user
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of
from tests.schrittprobe import agree, force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


def set_share(jeder: int, leitung) -> None:
    """Let the authority draw one in so many plans."""
    zweite = make_user("fachadmin", "Fachadministration")
    EigenerWert.objects.create(
        schluessel="stichprobe_plan",
        zahl=Decimal(jeder),
        gueltig_ab=date(2026, 1, 1),
        begruendung="Dienstanweisung",
        state="freigegeben",
        vorgeschlagen_von=zweite,
        vorgeschlagen_am=date(2026, 1, 1),
        freigegeben_von=leitung,
        freigegeben_am=date(2026, 1, 1),
    )


@pytest.fixture
def andere(fallmanager):
    return make_leitung("andere", fallmanager.team)


@pytest.fixture
def row(fallmanager, leitung):
    set_share(1, leitung)
    bausteine.make_freigegebenen_plan(fallmanager, leitung)
    return Planstichprobe.objects.get()


def test_without_a_share_nothing_is_drawn(fallmanager, leitung):
    bausteine.make_freigegebenen_plan(fallmanager, leitung)
    assert not Planstichprobe.objects.exists()


def test_draw_is_the_same_every_time_and_about_the_share():
    plaene = [Gesamtplan(pk=nummer, inhalt_sha256="ab" * 32) for nummer in range(2000)]
    gezogen = [plan.pk for plan in plaene if is_drawn(plan, 10)]
    assert gezogen == [plan.pk for plan in plaene if is_drawn(plan, 10)]
    assert 150 < len(gezogen) < 250
    assert all(is_drawn(plan, 1) for plan in plaene)


def test_stichprobe_durch_zweite_person(row, fallmanager, leitung, andere):
    for user in (fallmanager, leitung):
        found = guards.stichprobe_durch_zweite_person(row, user)
        assert found.norm == "Vier-Augen-Grundsatz"
    assert guards.stichprobe_durch_zweite_person(row, andere) is None
    werte = {"ergebnis": "in_ordnung", "geprueft_am": HEUTE, "state": "geprueft"}
    with pytest.raises(IntegrityError, match="vier_augen"), transaction.atomic():
        Planstichprobe.objects.update(geprueft_von=leitung, **werte)
    with (
        pytest.raises(DatabaseError, match=r"Cannot delete|permission denied"),
        transaction.atomic(),
    ):
        row.delete()


def test_fault_is_explained_and_goes_to_the_desk(row, fallmanager, andere):
    with pytest.raises(SchrittUnzulaessig, match="zu berichtigen"):
        services.record_stichprobe(
            stichprobe=row, ergebnis="mangel", bemerkung=" ", by=andere, tag=HEUTE
        )
    row = services.record_stichprobe(
        stichprobe=row, ergebnis="mangel", bemerkung="Ziel 1 fehlt.", by=andere, tag=HEUTE
    )
    assert (row.state, row.geprueft_von) == ("geprueft", andere)
    wiedervorlage = Wiedervorlage.objects.get(case=row.gesamtplan.case)
    assert wiedervorlage.user == fallmanager
    assert "Stichprobe zu Gesamtplan" in wiedervorlage.anlass
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Planstichprobe.objects.update(bemerkung="anders")


@pytest.mark.parametrize("zustand", Stichprobenstand)
def test_every_state_and_step_agrees_with_its_button(row, fallmanager, leitung, andere, zustand):
    force(row, zustand, ergebnis="in_ordnung", geprueft_von=andere, geprueft_am=HEUTE)
    assert [zeile.schritt for zeile in STICHPROBENSCHRITTE.zeilen] == ["pruefen"]
    for user in (fallmanager, leitung, andere):
        jetzt = Planstichprobe.objects.select_related("gesamtplan__case").get(pk=row.pk)
        agree(
            STICHPROBENSCHRITTE,
            Stichprobenlage(user, HEUTE, jetzt),
            "pruefen",
            lambda r=jetzt, u=user: services.record_stichprobe(
                stichprobe=r, ergebnis="in_ordnung", bemerkung="", by=u, tag=HEUTE
            ),
        )


def test_pages_from_the_list_to_the_result(client, row, fallmanager, leitung, andere):
    liste = reverse("planstichproben")
    args = [row.gesamtplan.case_id, row.gesamtplan.version]
    pruefen = reverse("planstichprobe_pruefen", args=args)
    client.force_login(leitung)
    assert "eine andere Person" in " ".join(client.get(liste).content.decode().split())
    assert client.get(pruefen).status_code == 302
    client.force_login(andere)
    html = client.get(liste).content.decode()
    assert pruefen in html
    assert "fallwerk/liste.js" in html
    felder = felder_of(client.get(pruefen)) | {"ergebnis": "mangel"}
    assert list(client.post(pruefen, felder).context["form"].errors) == ["bemerkung"]
    felder |= {"bemerkung": "Bitte Ziel 1 ergänzen."}
    assert client.post(pruefen, felder).url == liste
    assert "mit Mangel" in client.get(liste).content.decode()
    client.force_login(fallmanager)
    assert client.get(liste).status_code == 403
