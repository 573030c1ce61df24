"""A budget of several carriers: one late and replaced, one by consent, one not asked yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Frist, Traegerbeteiligung
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import record_aufgabe, send
from tests import uhr
from tests.browser.test_geschichte import step
from tests.budget import fabriken
from tests.budget.beteiligung.test_brett import UEBERGREIFEND, ask
from tests.cases.schreiben.proben import make_anlass

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def akte(transactional_db) -> fabriken.Akte:
    """Krankenkasse asked three weeks ago; Pflegekasse and Integrationsamt not yet."""
    heute = uhr.HEUTE
    vor = [heute - timedelta(days=tage) for tage in (40, 30, 25, 24)]
    beginn = (heute.replace(day=1) + timedelta(days=32)).replace(day=1)
    tage = fabriken.Tage(*vor, bescheid=heute, beginn=beginn, ende=None)
    akte = fabriken.make_akte(tage, leistungen=UEBERGREIFEND)
    fabriken.start(akte, absprachen="")
    gefragt = heute - timedelta(days=21)
    row = ask(akte, "kasse", gruppen=["b_medizinische_rehabilitation"], tag=gefragt)
    anlass = make_anlass(akte.case, akte.fallmanager, "beteiligung_traeger", gefragt, anlass=row.pk)
    versand = send(
        schreiben=write_schreiben(art="beteiligung_traeger", anlass=anlass),
        weg="post",
        by=akte.fallmanager,
        tag=gefragt,
    )
    record_aufgabe(versand=versand, aufgabe_am=gefragt, by=akte.fallmanager, tag=gefragt)
    return akte


def test_late_carrier_is_replaced_and_the_others_answer(neue_seite, akte):
    fall = akte.case.pk
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    brett = reverse("budget_traeger", args=[fall])
    assert seite.offen(brett) == 200
    text = seite.page.locator("main").inner_text()
    assert "Stellungnahme überfällig" in text
    assert "§ 15 Abs. 2 S. 3 SGB IX" in text
    seite.ohne_barrieren()
    kasse = Traegerbeteiligung.objects.get()
    step(
        seite,
        reverse("traeger_selbst", args=[fall, kasse.pk]),
        {"text": "Funktionstraining ist nötig, nach § 64 SGB IX."},
    )
    pflege = akte.leistungen["pflegekasse"].leistungstraeger_id
    step(
        seite,
        reverse("traeger_beteiligen", args=[fall, pflege]),
        {"zustimmung_am": f"{uhr.HEUTE:%d.%m.%Y}"},
    )
    row = Traegerbeteiligung.objects.get(traeger=pflege)
    step(
        seite,
        reverse("traeger_stellungnahme", args=[fall, row.pk]),
        {"hoehe": "796 Euro als Gutschein", "ansprechperson": "Frau Lind"},
    )
    assert seite.offen(brett) == 200
    text = seite.page.locator("main").inner_text()
    assert "1 von 3 Stellungnahmen stehen aus" in text
    assert "796 Euro als Gutschein" in text
    seite.passt_in(320)
    assert Frist.objects.get(case=akte.case, regel="F07").state == "versaeumt"
