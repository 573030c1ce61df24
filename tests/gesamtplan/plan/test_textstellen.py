"""The authority's own texts in the plan: offered at their content, taken over, filled, checked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.states.rolle import Rolle
from gesamtplan.plan import guards
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.textstellen import TEXTSTELLEN
from gesamtplan.plan.services import gesamtplan as services
from recht.inhalte import pflichtinhalte
from tests.cases.textbaustein.proben import offer
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan.bausteine import make_plan
from tests.oberflaeche.gleichzeitig import Fenster

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(fallmanager):
    return make_plan(fallmanager)


def offered(text: str):
    zweite = make_user("zweite", Rolle.FACHADMINISTRATION)
    return offer(make_user("erste", Rolle.FACHADMINISTRATION), zweite, text)


def text_of(plan) -> str:
    return get_plan(plan.pk).planinhalte.get(schluessel="aktivitaeten").text


def test_every_content_of_every_law_has_its_place():
    keys = {stelle.schluessel for stelle in TEXTSTELLEN}
    assert {f"gesamtplan.{i.schluessel}" for i in pflichtinhalte("gesamtplan", HEUTE)} <= keys
    assert "gesamtplan.bisherige_entwicklung" in keys
    assert all(stelle.norm and stelle.titel for stelle in TEXTSTELLEN)


def test_chosen_text_follows_what_was_typed_with_its_facts(plan, fallmanager):
    row = offered("[[Name]] bereitet den Einkauf vor ([[Datum des Plans]]).")
    fenster = Fenster.open(
        fallmanager, reverse("gesamtplan_inhalte", args=[plan.case_id, plan.version])
    )
    felder = fenster.read()
    felder["inhalt_aktivitaeten"] = ["Eigenes."]
    felder["baustein_aktivitaeten"] = [str(row.pk)]
    assert fenster.send(felder).status_code == 302
    name = plan.case.leistungsberechtigte_person.voller_name
    erwartet = f"Eigenes.\n\n{name} bereitet den Einkauf vor ({plan.datum:%d.%m.%Y})."
    assert text_of(plan) == erwartet
    # Taken over once: the next save adds nothing.
    assert fenster.send(fenster.read()).status_code == 302
    assert text_of(plan) == erwartet


def test_platzhalter_ausgefuellt(plan, fallmanager):
    assert guards.platzhalter_ausgefuellt(plan) is None
    services.update_planinhalte(
        gesamtplan=plan,
        texte={"aktivitaeten": "Er trifft [[wen]]."},
        by=fallmanager,
        tag=HEUTE,
    )
    found = guards.platzhalter_ausgefuellt(get_plan(plan.pk))
    assert found.text.endswith("Noch nicht ausgefüllt ist [[wen]].")
    assert found.norm == "§ 121 SGB IX"
    assert found.url.endswith("#id_inhalt_aktivitaeten")
