"""The frame of every page: title, landmarks, navigation, messages, components, error pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

from cases.registry.schritt import Hindernis, Schritt
from cases.templatetags import fallwerk
from config.menu import is_here, menu_entries


def make_request(user=None, path: str = "/"):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request.session = SessionStore()
    request._messages = CookieStorage(request)
    return request


def page(template: str, *, user=None, **context) -> html.HtmlElement:
    return html.document_fromstring(render_to_string(template, context, make_request(user)))


def part(name: str, **context) -> html.HtmlElement:
    text = render_to_string(f"komponenten/{name}.html", context, make_request())
    return html.fragment_fromstring(text, create_parent="main")


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_page_has_language_title_and_landmarks():
    seite = page("base.html", titel="Fälle")
    assert (seite.get("lang"), text_of(seite.find(".//title"))) == ("de", "Fälle – Fallwerk")
    assert [len(seite.xpath(f"//{tag}")) for tag in ("header", "main", "footer", "h1")] == [1] * 4


def test_skip_link_comes_first_and_leads_to_main():
    seite = page("base.html", titel="Fälle")
    erster = seite.xpath("//body//a")[0]
    assert seite.get_element_by_id(erster.get("href").removeprefix("#")).tag == "main"


def test_title_tells_an_error_first():
    form = SimpleNamespace(errors={"a": ["b"]})
    assert text_of(page("base.html", titel="Antrag", form=form).find(".//title")) == (
        "Fehler: Antrag – Fallwerk"
    )


def test_title_of_a_case_page_names_the_file_and_nobody():
    seite = page(
        "base_fall.html",
        titel="Überblick",
        fallkopf={"aktenzeichen": "EH-2026-00042", "person": "Erika Kanarienvogel"},
    )
    assert text_of(seite.find(".//title")) == "Überblick – EH-2026-00042 – Fallwerk"


@pytest.mark.django_db
def test_navigation_follows_the_role(fallmanager):
    seite = page("base.html", user=fallmanager, titel="Mein Tag")
    eintraege = seite.xpath("//nav[@aria-label='Hauptmenü']//a")
    assert [text_of(a) for a in eintraege] == [
        e["titel"] for e in menu_entries(make_request(fallmanager))
    ]
    assert [text_of(a) for a in eintraege if a.get("aria-current")] == ["Mein Tag"]


def test_navigation_is_empty_for_nobody():
    assert menu_entries(make_request()) == []
    assert page("base.html", titel="x").xpath("//nav") == []


@pytest.mark.parametrize(
    ("path", "url", "hier"),
    [
        ("/", "/", True),
        ("/faelle/", "/", False),
        ("/faelle/7/", "/faelle/", True),
        ("/fristen/", "/faelle/", False),
    ],
)
def test_menu_entry_knows_where_it_is(path, url, hier):
    assert is_here(path, url) is hier


@pytest.mark.django_db
def test_search_posts_and_never_puts_a_name_into_the_address(fallmanager):
    suche = page("base.html", user=fallmanager, titel="x").xpath("//form[@role='search']")
    assert [(f.get("method"), len(f.xpath(".//input[@name='csrfmiddlewaretoken']"))) for f in suche]
    assert suche[0].get("method") == "post"


@pytest.mark.django_db
def test_logout_is_a_post(fallmanager):
    seite = page("base.html", user=fallmanager, titel="x")
    formulare = seite.xpath("//form[.//button[contains(., 'Abmelden')]]")
    assert [form.get("method") for form in formulare] == ["post"]


def test_messages_are_announced_with_a_word():
    request = make_request()
    messages.error(request, "Die <Frist> fehlt.")
    text = render_to_string("komponenten/meldungen.html", {}, request)
    meldung = html.fragment_fromstring(text)
    assert (meldung.get("role"), text_of(meldung)) == ("status", "Fehler: Die <Frist> fehlt.")


def test_open_step_is_a_post_form_with_token_and_key():
    knopf = part("schritt", schritt=Schritt("Freigeben", "/x/", "post"))
    namen = knopf.xpath(".//form[@method='post']//input/@name")
    assert (namen, text_of(knopf)) == (["csrfmiddlewaretoken", "vorgang"], "Freigeben")


def test_closed_step_cannot_be_sent_and_says_why():
    grund = Hindernis("Die Unterschrift fehlt.", "§ 29 Abs. 4 SGB IX", "/zv/")
    zu = part("schritt", schritt=Schritt("Freigeben", "/x/", "post", (grund,)))
    assert zu.xpath(".//form | .//button") == []
    assert text_of(zu.xpath(".//li")[0]) == (
        "Die Unterschrift fehlt. § 29 Abs. 4 SGB IX Beheben: Die Unterschrift fehlt."
    )
    assert zu.xpath(".//a/@href") == ["/zv/"]


def test_state_badge_has_icon_and_word():
    marke = part("zustand", farbe="warning", text="bald fällig")
    assert text_of(marke) == "bald fällig"
    assert marke.xpath(".//*[@aria-hidden='true']/@class") == ["kern-icon kern-icon--warning"]


def test_table_has_caption_scopes_and_its_own_region():
    spalten = [{"titel": "Frist"}, {"titel": "Betrag", "art": "zahl"}]
    zeilen = [
        ["F04", {"text": "5,00 €", "zahl": True}],
        ["F01", {"text": "überfällig", "farbe": "danger"}],
    ]
    tabelle = part("tabelle", beschriftung="Fristen", spalten=spalten, zeilen=zeilen)
    region = tabelle[0]
    assert (region.get("role"), region.get("tabindex"), region.get("aria-label")) == (
        "region",
        "0",
        "Fristen",
    )
    assert tabelle.xpath(".//th/@scope") == ["col", "col", "row", "row"]
    assert text_of(tabelle.xpath(".//td[@class='fw-zahl-spalte']")[0]) == "5,00 €"


def test_table_without_rows_says_so():
    leer = part(
        "tabelle", beschriftung="x", spalten=[{"titel": "x"}], zeilen=[], leer_text="Nichts."
    )
    assert (leer.xpath(".//table"), text_of(leer)) == ([], "Nichts.")


def test_explanation_lists_steps_with_their_norm():
    schritte = [SimpleNamespace(text="Eingang am 03.02.2026.", norm="§ 14 SGB IX")]
    warum = html.fragment_fromstring(fallwerk.begruendung(schritte), create_parent="main")
    assert text_of(warum.xpath(".//summary")[0]) == "Warum dieses Datum?"
    assert text_of(warum.xpath(".//li")[0]) == "Eingang am 03.02.2026. § 14 SGB IX"


def test_calculation_ends_with_its_sum():
    schritte = [{"text": "Teilbudget", "betrag": Decimal("1050")}]
    weg = part("rechenweg", schritte=schritte, summe=Decimal("1050"))
    assert text_of(weg.xpath(".//li")[0]) == "Teilbudget 1.050,00 €"
    assert text_of(weg.xpath(".//p")[0]) == "Summe 1.050,00 €"


def test_phases_tell_their_state_in_words():
    phasen = [{"titel": "Antrag", "stand": "fertig"}, {"titel": "Bedarf", "stand": "jetzt"}]
    leiste = part("phasen", phasen=phasen).xpath(".//li")
    assert [text_of(li) for li in leiste] == ["Antrag (erledigt)", "2 Bedarf (jetzt)"]
    assert [li.get("aria-current") for li in leiste] == [None, "step"]


def test_timeline_shows_days_for_people_and_machines():
    chronik = part("chronik", ereignisse=[{"tag": date(2026, 2, 3), "titel": "Antrag"}])
    zeit = chronik.xpath(".//time")[0]
    assert (zeit.get("datetime"), text_of(zeit)) == ("2026-02-03", "03.02.2026")


def test_paging_keeps_the_filter():
    blaettern = part(
        "seiten", seite=Paginator(range(50), 20).page(2), seiten_zusatz="zustand=offen"
    )
    assert blaettern.xpath(".//a/@href") == ["?zustand=offen&seite=1", "?zustand=offen&seite=3"]


@pytest.mark.parametrize(
    ("vorlage", "satz"),
    [
        ("400.html", "Diese Anfrage wurde nicht verstanden"),
        ("403.html", "Darauf haben Sie keinen Zugriff"),
        ("404.html", "Diese Seite gibt es hier nicht"),
        ("500.html", "Hier ist etwas schiefgegangen"),
        ("csrf.html", "Die Seite war nicht mehr gültig"),
    ],
)
def test_error_pages_need_no_database_and_no_context(vorlage, satz):
    seite = html.document_fromstring(render_to_string(vorlage))
    assert [text_of(h1) for h1 in seite.xpath("//h1")] == [satz]


def test_error_pages_show_reason_and_number():
    assert "Der Grund." in page("403.html", grund="Der Grund.").text_content()
    assert page("500.html", nummer="A1B2C3D4").xpath("//strong/text()") == ["A1B2C3D4"]


def test_expired_page_leads_back_to_the_form():
    seite = page("csrf.html", ziel="/faelle/7/antrag/")
    assert seite.xpath("//main//a/@href") == ["/faelle/7/antrag/"]
