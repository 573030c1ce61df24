"""The page of a step that is not possible now shows why, and no form to fill in for nothing."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from cases.models import Case, LeistungsberechtigtePerson, Todesquelle, Versand
from cases.schritte import Schritttafel, Zeile
from cases.schritte.seiten import step_tables
from cases.services.entwurf import save_entwurf
from tests.architektur.inhaltsakte import Inhaltsakte, make_inhaltsakte, urls_of
from tests.architektur.schreibwege import writing_views
from tests.architektur.test_adressen import own_patterns
from tests.fabriken import HEUTE
from tests.gemeinsam import kept_rows
from tests.schrittprobe import force

pytestmark = pytest.mark.django_db

#: These show all preconditions, open and closed, beside what they are about; the button is gone.
TORSEITEN = {
    *("eigener_wert_freigeben", "textbaustein_freigeben", "schwaerzung_freigeben"),
    *("instrument_freigeben", "instrument_ende_bestaetigen", "kontoaenderung"),
    *("gesamtplan_vorlegen", "gesamtplan_freigeben", "ueberpruefung_abschliessen"),
    *("bedarf_abschliessen", "bescheid_vorlegen", "bescheid_freigabe", "folge_freigabe"),
    *("beenden", "wiederaufnehmen", "budget_nachfolge", "planstichprobe_pruefen"),
    # The page says how it stands; the finding is a part of it while it is open.
    "zustaendigkeit",
}
#: The letter and not its Bescheid says whether it may leave (tests/cases/schreiben).
BRIEF = {"versand_neu"}
GETIPPT = "Das hatte ich schon geschrieben."
#: These lead back with the sentence of the state table or of the guard; see `leads_back`.
ZURUECK = {"misplaced", "_misplaced", "_decided", "redirect"}


def step_pages() -> Iterator[tuple[Schritttafel[Any], Zeile[Any]]]:
    for tafel in step_tables():
        for zeile in tafel.zeilen:
            if zeile.methode == "get" or zeile.eingang:
                yield tafel, zeile


def source_of(view: Callable[..., Any], known: set[str] | None = None) -> str:
    """The source of a view with that of the helpers of its module that it calls."""
    known = known if known is not None else set()
    text, module = inspect.getsource(view), inspect.getmodule(view)
    for name in set(re.findall(r"\b(_\w+)\(", text)) - known:
        helper = getattr(module, name, None)
        if inspect.isfunction(helper) and helper.__module__ == view.__module__:
            known.add(name)
            text += source_of(helper, known)
    return text


def test_every_page_of_a_step_asks_whether_it_is_possible():
    """By the common way, `zu`; or all it could be refused for is its state, and it leads back."""
    views, seen, offen = writing_views(), 0, []
    for tafel, zeile in step_pages():
        if zeile.seite in TORSEITEN:
            continue
        text = source_of(inspect.unwrap(views[zeile.seite]))
        seen += 1
        nur_stand = not zeile.pruefungen and zeile.schritt not in tafel.zu_lebzeiten
        leads_back = any(f"{name}(" in text for name in ZURUECK)
        asks = any(word in text for word in (".weigerung(", "hindernisse", "darf_hinaus("))
        if not asks and not (leads_back and nur_stand):
            offen.append(zeile.seite)
    assert seen >= 110
    assert offen == []


@pytest.fixture(scope="module")
def rest(django_db_setup, django_db_blocker):
    with kept_rows(django_db_blocker, make_inhaltsakte) as made:
        # One row of each kind is put into a wrong state.
        made.werte["versand"] = made.werte["versand"][:1]
        yield made


@pytest.fixture(autouse=True)
def _adressen():
    assert get_resolver().url_patterns


def gegenstand_of(rest: Inhaltsakte, tafel: Schritttafel[Any]) -> models.Model | None:
    """The row of the case whose state the table reads."""
    case = Case.objects.get(pk=rest.case.pk)
    budget = case.persoenliche_budgets.get()
    zustaende = tafel.tafel.zustaende
    rows: dict[str, Callable[[], models.Model | None]] = {
        "Fallzustand": lambda: case,
        "Budgetzustand": lambda: budget,
        "Bescheidzustand": budget.bescheide.get,
        "Vereinbarungszustand": budget.zielvereinbarungen.get,
        "Planzustand": case.gesamtplaene.get,
        "Ermittlungszustand": case.bedarfsermittlungen.get,
        "Versandzustand": lambda: Versand.objects.get(pk=rest.werte["versand"][0]),
        "Fristzustand": lambda: case.fristen.get(pk=rest.werte["frist"][0]),
    }
    found = rows.get(zustaende.__name__)
    return found() if found else None


def is_open(antwort: Any) -> bool:
    """Whether the page offers a form that can be sent."""
    if antwort.status_code != 200:
        return False
    html = antwort.content.decode()
    forms = re.findall(r'<form class="fw-formular".*?</form>', html, re.DOTALL)
    return any("kern-btn--primary" in form for form in forms)


def who(rest: Inhaltsakte, tafel: Schritttafel[Any], zeile: Zeile[Any]) -> Any:
    rollen = tafel.tafel.uebergang(zeile.schritt).rollen
    return next((u for u in (rest.fallmanager, rest.leitung) if u.rollen & rollen), None)


def walk(rest: Inhaltsakte, client: Client, seite: str) -> list[str]:
    """The addresses of a page for the case that show an open form."""
    (pattern,) = [p for p in own_patterns() if p.name == seite]
    return [url for url in urls_of(rest, pattern) if is_open(client.get(url))]


def test_no_page_of_a_step_shows_a_form_in_a_wrong_state(rest):
    besucht, offen = set(), []
    for tafel, zeile in step_pages():
        user, row = who(rest, tafel, zeile), gegenstand_of(rest, tafel)
        if user is None or row is None or zeile.seite in BRIEF:
            continue
        client = Client()
        client.force_login(user)
        von = tafel.tafel.uebergang(zeile.schritt).von
        # A page that two steps share is open in the states of either.
        for t, z in step_pages():
            if z.seite == zeile.seite:
                von = (*von, *t.tafel.uebergang(z.schritt).von)
        for state in [s for s in tafel.tafel.zustaende.values if s not in von][:3]:
            try:
                with transaction.atomic():
                    force(row, state)
                    found = walk(rest, client, zeile.seite)
                    transaction.set_rollback(True)
            except IntegrityError:
                continue
            besucht.add(zeile.seite)
            offen += [f"{url} im Zustand {state}" for url in found]
    assert "\n".join(offen) == ""
    assert len(besucht) >= 35


def test_no_page_of_a_step_for_the_living_shows_a_form_after_the_death(rest):
    besucht, offen = 0, []
    person = rest.case.leistungsberechtigte_person
    LeistungsberechtigtePerson.objects.filter(pk=person.pk).update(
        verstorben_am=HEUTE, verstorben_quelle=Todesquelle.values[0]
    )
    for tafel, zeile in step_pages():
        user = who(rest, tafel, zeile)
        if user is None or zeile.schritt not in tafel.zu_lebzeiten:
            continue
        client = Client()
        client.force_login(user)
        besucht += 1
        offen += walk(rest, client, zeile.seite)
    assert besucht >= 15
    assert "\n".join(offen) == ""


def test_closed_page_names_reason_and_norm_and_keeps_the_draft(rest):
    """„Persönliches Budget vorschlagen“ while there is one, by its address."""
    client = Client()
    client.force_login(rest.fallmanager)
    url = reverse("budget_vorschlagen", args=[rest.case.pk])
    save_entwurf(
        user_id=rest.fallmanager.pk,
        pfad=url,
        felder={"grund": [GETIPPT]},
    )
    antwort = client.get(url)
    html = antwort.content.decode()
    assert antwort.status_code == 200
    assert "noch nicht möglich" in html
    assert re.search(r'class="fw-norm">§ ', html)
    assert GETIPPT in html
    assert not is_open(antwort)
