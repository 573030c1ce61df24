"""The pages: who sees what, closed steps with their reason, wrong input at its field."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from lxml import html

from cases.behoerde.queries.eigener_wert import arbeitszeilen
from cases.behoerde.queries.werte import values_by_theme, wert_text
from cases.models import EigenerWert
from cases.states.rolle import Rolle
from recht.normen import normzeilen
from recht.parameter import alle_parameter, parameter
from tests.cases.behoerde.proben import HEUTE, propose, set_value
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db

FRUEH = "2026-11-20 09:00:00+01:00"


@pytest.fixture(autouse=True)
def _heute():
    with time_machine.travel(FRUEH, tick=False):
        yield


def text_of(response) -> str:
    main = html.fromstring(response.content.decode()).get_element_by_id("inhalt")
    return " ".join(main.text_content().split())


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(rows) for name, rows in response.context["form"].errors.items()}


def test_day_of_the_old_law_shows_its_values_and_no_others(client, erste):
    client.force_login(erste)
    response = client.get(reverse("werte"), {"stichtag": "01.06.2010"})
    text = text_of(response)
    assert response.status_code == 200
    assert "Am 1. Juni 2010 gilt Rechtsstand A" in text
    assert [g.titel for g in response.context["gruppen"]] == [
        "Regelbedarf",
        "Vermögen",
        "Pflegestufen (bis 2016)",
        "Pflegegrade (seit 2017)",
        "KVJS-Richtwerte",
        "Sonstige Werte",
    ]
    assert "An diesem Tag ohne Wert: Bezugsgröße und Beitrag; Grenzen des Beitrags." in text


def test_every_covered_value_of_the_day_has_one_row(client, erste):
    gedeckt = {r.schluessel for r in alle_parameter() if r.deckung_von <= HEUTE <= r.deckung_bis}
    gruppen = values_by_theme(HEUTE, HEUTE)
    zeilen = [zeile for gruppe in gruppen for zeile in gruppe.zeilen]
    assert sorted(z.schluessel for z in zeilen) == sorted(gedeckt)
    assert len(zeilen) == len(gedeckt) > 40
    assert all(z.norm and z.quelle and z.grad for z in zeilen)
    assert len({gruppe.kennung for gruppe in gruppen}) == len(gruppen)


def test_row_reads_with_unit_validity_and_grade():
    gruppe = values_by_theme(HEUTE, HEUTE)[0]
    zeile = gruppe.zeilen[0]
    assert (zeile.wert, zeile.gueltig, zeile.norm, zeile.grad) == (
        "563,00 € im Monat",
        "ab 01.01.2026, bekannt bis 31.12.2026",
        "Anlage zu § 28 SGB XII",
        "am Gesetzestext geprüft, Stand 19.08.2026",
    )
    assert zeile.marken == ("für das kommende Jahr fehlt der Wert",)
    assert (gruppe.titel, gruppe.zu_pruefen) == ("Regelbedarf", 3)


def test_stale_and_missing_values_are_both_marked():
    gruppen = values_by_theme(HEUTE, date(2027, 8, 20))
    marken = {z.schluessel: z.marken for g in gruppen for z in g.zeilen}
    assert marken["regelbedarfsstufe_1"] == (
        "seit über einem Jahr nicht geprüft",
        "für das kommende Jahr fehlt der Wert",
    )
    assert values_by_theme(HEUTE, date(2026, 8, 20))[1].zu_pruefen == 0


@pytest.mark.parametrize(
    ("schluessel", "text"),
    [
        ("schonvermoegen.grundbetrag", "10.000,00 €"),
        ("bezugsgroesse", "47.460,00 € im Jahr"),
        ("einkommensgrenze_prozent.sv", "85 %"),
        ("bekanntgabe_tage", "4 Tage"),
        ("wochen_je_jahr", "52"),
    ],
)
def test_units_are_written_out(schluessel, text):
    assert wert_text(parameter(schluessel, HEUTE)) == text


@pytest.mark.parametrize("tag", ["31.12.2003", "01.01.2100", "31.02.2026", "gestern", ""])
def test_wrong_day_is_named_at_the_field(client, erste, tag):
    client.force_login(erste)
    response = client.get(reverse("werte"), {"stichtag": tag})
    assert response.status_code == 422
    assert list(errors_of(response)) == ["stichtag"]
    assert response.context["stichtag"] == HEUTE


def test_proposer_sees_the_reason_and_the_second_person_the_button(client, erste, zweite):
    wert = propose(erste, "wochenfaktor", Decimal("4.345"))
    url = reverse("eigener_wert_freigeben", args=[wert.pk])
    client.force_login(erste)
    page = client.get(reverse("werte"))
    assert "Freigeben noch nicht möglich" in text_of(page)
    assert "Sie haben diesen Wert selbst vorgeschlagen." in text_of(page)
    assert url not in page.content.decode()
    assert client.post(url).status_code == 422
    client.force_login(zweite)
    assert f'href="{url}"' in client.get(reverse("werte")).content.decode()
    assert client.post(url).status_code == 302
    wert.refresh_from_db()
    assert (wert.state, wert.freigegeben_am) == ("freigegeben", HEUTE)


def test_revision_reads_and_has_no_steps(client, erste, zweite):
    wert = propose(erste, "wochenfaktor", Decimal("4.345"))
    set_value(erste, zweite, "vorlauf.F01", 5, ab=date(2027, 1, 1))
    client.force_login(make_user("revision", Rolle.REVISION))
    page = client.get(reverse("werte"))
    assert page.status_code == 200
    assert "Wochenfaktor" in text_of(page)
    assert re.findall(r"/werte/\d+/", page.content.decode()) == []
    assert reverse("eigener_wert_neu") not in page.content.decode()
    assert client.post(reverse("eigener_wert_verwerfen", args=[wert.pk])).status_code == 403


def test_choice_leads_to_the_form_and_a_foreign_key_is_refused(client, erste):
    client.force_login(erste)
    neu = reverse("eigener_wert_neu")
    assert client.get(neu).status_code == 200
    ziel = client.get(neu, {"schluessel": "vorlauf.F04"})
    assert ziel["Location"] == reverse("eigener_wert_eingeben", args=["vorlauf.F04"])
    falsch = client.get(neu, {"schluessel": "bezugsgroesse"})
    assert (falsch.status_code, list(errors_of(falsch))) == (422, ["schluessel"])


def test_value_of_the_law_is_refused_with_its_norm(client, erste):
    client.force_login(erste)
    url = reverse("eigener_wert_eingeben", args=["bekanntgabe_tage"])
    for response in (client.get(url), client.post(url, {"wert": "3", "gueltig_ab": "01.01.2027"})):
        assert response.status_code == 422
        assert "ist vorgegeben" in text_of(response)
        assert "§ 37 Abs. 2 SGB X" in text_of(response)
    assert EigenerWert.objects.count() == 0


@pytest.mark.parametrize(
    ("schluessel", "wert", "zahl", "auswahl"),
    [
        ("wochenfaktor", "4,348", Decimal("4.348"), None),
        ("vorlauf.F37", "120", Decimal(120), None),
        ("stundensatz.assistenz", "28,50", Decimal("28.50"), None),
        ("richtwert.hbg3.geistig", "1.240,00 €", Decimal(1240), None),
        ("teilmonat_modus", "dreissigstel", None, "dreissigstel"),
    ],
)
def test_form_takes_each_kind_of_value(client, erste, schluessel, wert, zahl, auswahl):
    client.force_login(erste)
    url = reverse("eigener_wert_eingeben", args=[schluessel])
    assert client.get(url).status_code == 200
    data = {"wert": wert, "gueltig_ab": "01.01.2027", "begruendung": "Beschluss"}
    response = client.post(url, data)
    assert response["Location"] == reverse("werte") + "#eigene-werte"
    row = EigenerWert.objects.get()
    assert (row.zahl, row.auswahl, row.gueltig_ab) == (zahl, auswahl, date(2027, 1, 1))
    assert (row.vorgeschlagen_von, row.vorgeschlagen_am) == (erste, HEUTE)


@pytest.mark.parametrize(
    ("schluessel", "feld", "wert", "fehlerfeld"),
    [
        ("wochenfaktor", "wert", "vier", "wert"),
        ("wochenfaktor", "wert", "", "wert"),
        ("wochenfaktor", "wert", "nan", "wert"),
        ("wochenfaktor", "wert", "6", "__all__"),
        ("vorlauf.F01", "wert", "-1", "wert"),
        ("vorlauf.F01", "wert", "2,5", "wert"),
        ("stundensatz.assistenz", "wert", "0", "__all__"),
        ("teilmonat_modus", "wert", "halb", "wert"),
        ("wochenfaktor", "gueltig_ab", "31.12.2003", "gueltig_ab"),
        ("wochenfaktor", "begruendung", " ", "begruendung"),
        ("richtwert.hbg1.geistig", "gueltig_ab", "31.12.2017", "__all__"),
    ],
)
def test_bad_input_stays_and_is_named(client, erste, schluessel, feld, wert, fehlerfeld):
    client.force_login(erste)
    data = {"wert": "4,33", "gueltig_ab": "01.01.2027", "begruendung": "Beschluss", feld: wert}
    if schluessel.startswith("teilmonat") and feld != "wert":
        data["wert"] = "kalendertage"
    response = client.post(reverse("eigener_wert_eingeben", args=[schluessel]), data)
    assert response.status_code == 422
    assert list(errors_of(response)) == [fehlerfeld]
    assert EigenerWert.objects.count() == 0


def test_dropping_asks_for_the_reason(client, erste, zweite):
    wert = propose(erste, "wochenfaktor", Decimal("4.345"))
    client.force_login(zweite)
    url = reverse("eigener_wert_verwerfen", args=[wert.pk])
    assert "Wochenfaktor" in text_of(client.get(url))
    assert errors_of(client.post(url, {"text": ""})) == {"text": ["Bitte füllen Sie aus: Grund"]}
    assert client.post(url, {"text": "Tippfehler"}).status_code == 302
    wert.refresh_from_db()
    assert (wert.state, wert.verworfen_grund) == ("verworfen", "Tippfehler")


def test_value_in_force_cannot_be_taken_back_on_any_page(client, erste, zweite):
    gilt = set_value(erste, zweite, "wochenfaktor", Decimal("4.345"))
    kommt = set_value(erste, zweite, "wochenfaktor", Decimal("4.4"), ab=date(2027, 1, 1))
    client.force_login(zweite)
    page = client.get(reverse("werte")).content.decode()
    urls = [reverse("eigener_wert_zuruecknehmen", args=[w.pk]) for w in (gilt, kommt)]
    assert [url in page for url in urls] == [False, True]
    response = client.post(urls[0], {"text": "doch nicht"})
    assert (response.status_code, list(errors_of(response))) == (422, ["__all__"])
    assert client.post(urls[1], {"text": "doch nicht"}).status_code == 302


def test_who_comes_too_late_is_told_so(client, erste, zweite):
    wert = set_value(erste, zweite, "wochenfaktor", Decimal("4.345"))
    client.force_login(zweite)
    response = client.get(reverse("eigener_wert_freigeben", args=[wert.pk]), follow=True)
    assert "Über diesen Wert ist schon entschieden: freigegeben." in response.content.decode()
    assert client.get(reverse("eigener_wert_freigeben", args=[999999])).status_code == 404


def test_page_needs_the_same_few_queries_for_one_and_many(
    client, erste, zweite, django_assert_max_num_queries
):
    client.force_login(erste)
    client.get(reverse("werte"))
    counts = []
    for tag in (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)):
        set_value(erste, zweite, "vorlauf.F01", 5, ab=tag)
        propose(erste, "vorlauf.F04", 6, ab=tag)
        with django_assert_max_num_queries(9) as captured:
            assert client.get(reverse("werte")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[2]


def test_proposal_waits_on_the_desk_of_the_second_person_only(
    client, erste, leitung, fallmanager, django_assert_num_queries
):
    wert = propose(erste, "wochenfaktor", Decimal("4.345"))
    url = reverse("eigener_wert_freigeben", args=[wert.pk])
    shown = []
    for user in (leitung, erste, fallmanager):
        client.force_login(user)
        shown.append(url in client.get(reverse("start")).content.decode())
    assert shown == [True, False, False]
    for user, queries in ((leitung, 2), (fallmanager, 1)):
        assert user.rollen
        with django_assert_num_queries(queries):
            arbeitszeilen(user, HEUTE)


def test_norms_are_shown_by_law_with_what_is_from_memory(client, erste):
    client.force_login(erste)
    alle = client.get(reverse("werte_normen"))
    assert len(alle.context["zeilen"]) == 50
    assert alle.context["seite"].paginator.count == len(normzeilen())
    dsgvo = text_of(client.get(reverse("werte_normen"), {"gesetz": "DSGVO"}))
    assert "Art. 33 Abs. 1 DSGVO" in dsgvo
    assert "ab 25.05.2018" in dsgvo
    assert "aus dem Gedächtnis" in dsgvo
    assert "SGB XII" not in dsgvo.partition("Geprüft")[2]
    sgg = client.get(reverse("werte_normen"), {"gesetz": "SGG", "gedaechtnis": "on"})
    im_sgg = [zeile for zeile in normzeilen() if zeile.norm.gesetz == "SGG"]
    gezeigt = [zeile for zeile, _stand in sgg.context["zeilen"]]
    assert gezeigt == [zeile for zeile in im_sgg if zeile.grad == "M"] != im_sgg
    aus_dem_gedaechtnis = {zeile.norm.gesetz for zeile in normzeilen() if zeile.grad == "M"}
    gelesen = sorted({zeile.norm.gesetz for zeile in normzeilen()} - aus_dem_gedaechtnis)[0]
    leer = client.get(reverse("werte_normen"), {"gesetz": gelesen, "gedaechtnis": "on"})
    assert leer.context["zeilen"] == []
    assert "keine Fundstelle" in text_of(leer)
    xii = {"gesetz": "SGB XII"}
    erste_seite = client.get(reverse("werte_normen"), xii)
    assert "gesetz=SGB+XII&amp;seite=2" in erste_seite.text
    seiten = erste_seite.context["seite"].paginator.page_range
    plan = " ".join(
        text_of(client.get(reverse("werte_normen"), xii | {"seite": n})) for n in seiten
    )
    assert "§ 58 SGB XII Gesamtplan ab 01.01.2005 bis 31.12.2017" in plan
    assert "gefunden im Text vom 02.07.2012" in plan
    assert client.get(reverse("werte_normen"), {"gesetz": "BSHG"}).status_code == 422
    assert reverse("werte_normen") in client.get(reverse("werte")).content.decode()
