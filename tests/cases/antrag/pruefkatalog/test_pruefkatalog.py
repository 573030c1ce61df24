"""The Prüfkatalog: nine or seven Voraussetzungen, versions by day, no counting."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cases.antrag.services.pruefkatalog import save_pruefkatalog
from cases.models import Antrag, Pruefkatalog
from cases.states.tafel import SchrittUnzulaessig
from recht.pruefkatalog import pruefkriterien
from tests.cases.antrag.bausteine import make_anfrage
from tests.cases.unterlage.bausteine import make_unterlage
from tests.fabriken import make_fall, make_fallmanager

pytestmark = pytest.mark.django_db
FRUEH = "2026-11-20 09:00:00+01:00"


@pytest.fixture
def case(fallmanager, client):
    client.force_login(fallmanager)
    return make_fall(fallmanager, eingang=date(2026, 11, 16))


def entry(antrag, **extra):
    data = {
        f"{k.schluessel}_ergebnis": "erfuellt"
        for k in pruefkriterien("voraussetzung", antrag.eingang)
    }
    return {**data, **extra}


def save(client, antrag, tag=FRUEH, **extra):
    url = reverse("pruefkatalog_bearbeiten", args=[antrag.case_id, antrag.pk])
    with time_machine.travel(tag, tick=False):
        client.force_login(antrag.aufgenommen_von)
        return client.post(url, entry(antrag, **extra))


def test_check_of_today_is_stored_with_reasons_and_marks(client, case):
    antrag = case.antraege.get()
    extra = {"hilfebedarf_begruendung": "BEI_BW vom 2.11.", "dafuer": ["dafuer_netzwerk"]}
    assert save(client, antrag, **extra).status_code == 302
    katalog = Pruefkatalog.objects.get()
    assert (katalog.datum, katalog.merkmale) == (date(2026, 11, 20), ["dafuer_netzwerk"])
    punkt = katalog.pruefpunkte.get(voraussetzung="hilfebedarf")
    assert (punkt.ergebnis, punkt.begruendung) == ("erfuellt", "BEI_BW vom 2.11.")


def test_another_day_is_a_new_version_and_the_older_one_stays(client, case):
    antrag = case.antraege.get()
    save(client, antrag, abwaegung="erste Sicht")
    save(client, antrag, abwaegung="erste Sicht, ergänzt")
    save(client, antrag, "2026-11-27 09:00:00+01:00", abwaegung="zweite Sicht")
    rows = Pruefkatalog.objects.order_by("datum").values_list("datum", flat=True)
    assert list(rows) == [date(2026, 11, 20), date(2026, 11, 27)]
    erste = Pruefkatalog.objects.earliest("datum")
    url = reverse("pruefkatalog", args=[case.pk, antrag.pk])
    with time_machine.travel("2026-11-27 09:05:00+01:00", tick=False):
        assert client.get(url).context["katalog"].abwaegung == "zweite Sicht"
        alt = client.get(f"{url}?fassung={erste.pk}").context["katalog"]
    assert alt.abwaegung == "erste Sicht, ergänzt"


@pytest.mark.parametrize("ergebnis", ["nicht_erfuellt", "entfaellt"])
def test_refusing_result_needs_a_reason(client, case, ergebnis):
    response = save(client, case.antraege.get(), hilfebedarf_ergebnis=ergebnis)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["hilfebedarf_begruendung"]


@pytest.mark.parametrize(
    ("eingang", "nummern"),
    [
        (date(2010, 6, 1), "123456789"),
        (date(2019, 6, 3), "123456789"),
        (date(2026, 1, 5), "12346789"),
    ],
)
def test_limits_of_income_and_assets_are_asked_only_until_2019(
    client, fallmanager, eingang, nummern
):
    client.force_login(fallmanager)
    case = make_fall(fallmanager, eingang=eingang)
    url = reverse("pruefkatalog", args=[case.pk, case.antraege.get().pk])
    response = client.get(url)
    assert "".join(k.nummer for k, _, _ in response.context["punkte"]) == nummern
    assert ("An seine Stelle ist der Beitrag" in response.text) is (eingang.year == 2026)
    assert ("von § 29 Abs. 1 S. 1 SGB IX nicht gedeckt" in response.text) is (eingang.year > 2017)


def test_page_shows_no_score(client, case):
    save(client, case.antraege.get(), dafuer=["dafuer_netzwerk"], dagegen=["dagegen_wegfall"])
    text = client.get(reverse("pruefkatalog", args=[case.pk, case.antraege.get().pk])).text
    assert [word for word in ("Punkte", "Prozent", "Score", "Summe") if word in text] == []


def test_unknown_criterion_is_refused(case, fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="gehört nicht zum Prüfkatalog"):
        save_pruefkatalog(
            antrag=case.antraege.get(),
            punkte={"einkommensgrenze": {"ergebnis": "offen"}},
            merkmale=[],
            abwaegung="",
            by=fallmanager,
            tag=date(2026, 11, 20),
        )


def test_anfrage_has_nothing_to_check(fallmanager):
    case = make_anfrage(fallmanager)
    antrag = Antrag.objects.create(
        case=case,
        eingang=date(2026, 11, 16),
        weg="schriftlich",
        begehren="",
        aufgenommen_von=fallmanager,
    )
    with pytest.raises(SchrittUnzulaessig, match="nur beraten"):
        save_pruefkatalog(
            antrag=antrag,
            punkte={},
            merkmale=[],
            abwaegung="",
            by=fallmanager,
            tag=date(2026, 11, 20),
        )


def test_papers_are_read_once_for_all_lines(
    client, case, fallmanager, django_assert_max_num_queries
):
    antrag = case.antraege.get()
    papiere = [make_unterlage(case, fallmanager, titel=f"Befund Nr. {n}") for n in range(12)]
    fremd_fall = make_fall(make_fallmanager("fremd"))
    fremd = make_unterlage(fremd_fall, fremd_fall.caseworker, titel="Fremd")
    adresse = reverse("pruefkatalog_bearbeiten", args=[case.pk, antrag.pk])
    with time_machine.travel(FRUEH, tick=False):
        client.force_login(fallmanager)
        with django_assert_max_num_queries(30):
            page = client.get(adresse)
        zeilen = pruefkriterien("voraussetzung", antrag.eingang)
        assert page.content.decode().count("Befund Nr. 11") == len(zeilen)
        feld = f"{zeilen[0].schluessel}_unterlage"
        antwort = entry(antrag, **{feld: fremd.pk})
        assert client.post(adresse, antwort).status_code == 422
        assert client.post(adresse, antwort | {feld: papiere[3].pk}).status_code == 302
    punkt = Pruefkatalog.objects.get().pruefpunkte.get(voraussetzung=zeilen[0].schluessel)
    assert punkt.unterlage == papiere[3]
