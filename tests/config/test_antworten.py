"""What every answer carries and what a hostile request gets: tried against all addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import get_resolver, reverse

from cases.crypto import EncryptedTextField
from cases.registry.routen import ROUTES
from tests.architektur.inhaltsakte import Inhaltsakte, make_inhaltsakte, urls_of
from tests.architektur.test_adressen import own_patterns
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db

KOEPFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CSP = ("default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'")
VERRATEN = ("Server", "X-Powered-By", "Via", "X-AspNet-Version", "Access-Control-Allow-Origin")


@pytest.fixture(autouse=True)
def _adressen():
    assert get_resolver().url_patterns


def pages(rest: Inhaltsakte, client: Client) -> Iterator[tuple[str, Any]]:
    """Return every page of the Fallmanagement for the case, one answer each row that it shows."""
    for pattern in own_patterns():
        row = ROUTES[pattern.name or ""]
        if "Fallmanagement" in row.rollen and row.name not in {"entwurf_verwerfen"}:
            for url in urls_of(rest, pattern):
                yield url, client.get(url, headers={"origin": "https://angreifer.example"})


def faults_of(url: str, antwort: Any) -> list[str]:
    """Return what an answer lacks or gives away."""
    falsch = [f"{url}: {k}" for k, v in KOEPFE.items() if antwort.headers.get(k) != v]
    csp = antwort.headers.get("Content-Security-Policy", "")
    # A file that was brought in carries a narrower rule: nothing loads, nothing runs.
    eng = "sandbox" in csp and "default-src 'none'" in csp
    falsch += [f"{url}: {teil}" for teil in CSP if teil not in csp and not eng]
    if "unsafe" in csp:
        falsch.append(f"{url}: unsafe")
    falsch += [f"{url}: {name}" for name in VERRATEN if name in antwort.headers]
    cache = antwort.headers.get("Cache-Control", "")
    if antwort.status_code == 200 and not ("no-store" in cache and "private" in cache):
        falsch.append(f"{url}: Cache-Control {cache}")
    art = antwort.headers.get("Content-Type", "")
    if art.startswith("text/") and "charset=utf-8" not in art.lower():
        falsch.append(f"{url}: {art}")
    return falsch + [
        f"{url}: Cookie {name}"
        for name, keks in antwort.cookies.items()
        if not (keks["httponly"] and keks["samesite"] in {"Lax", "Strict"} and not keks["domain"])
        or keks["path"] != "/"
        or len(keks.OutputString()) >= 4096
    ]


def test_every_answer_carries_what_protects_it(client):
    rest = make_inhaltsakte()
    client.force_login(rest.fallmanager)
    gesehen, falsch = 0, []
    for url, antwort in pages(rest, client):
        gesehen += 1
        falsch += faults_of(url, antwort)
    fremd = Client()
    for url in (reverse("account_login"), reverse("gesund"), "/gibt/es/nicht/", "/faelle/"):
        falsch += faults_of(url, fremd.get(url, headers={"origin": "https://angreifer.example"}))
    assert falsch == []
    assert gesehen >= 150


def test_every_page_offers_to_log_out(client):
    rest = make_inhaltsakte()
    client.force_login(rest.fallmanager)
    abmelden, gesehen = reverse("account_logout").encode(), 0
    for url, antwort in pages(rest, client):
        if antwort.headers.get("Content-Type", "").startswith("text/html"):
            # A letter to be read aloud is saved as a file and no page.
            datei = antwort.headers.get("Content-Disposition", "").startswith("attachment")
            voll = b"<html" in antwort.content and antwort.status_code != 404 and not datei
            gesehen += voll
            assert not voll or abmelden in antwort.content, url
    assert gesehen >= 90


@pytest.mark.parametrize(
    "host", ["angreifer.example", "testserver.angreifer.example", "testserver@angreifer.example"]
)
def test_forged_host_is_refused(client, behoerde, host):
    assert client.get(reverse("account_login"), headers={"host": host}).status_code == 400


def test_forwarded_host_changes_nothing(client, fallmanager):
    client.force_login(fallmanager)
    gefaelscht = {
        "x-forwarded-host": "angreifer.example",
        "x-forwarded-proto": "https",
        "x-original-url": "/konten/",
        "x-rewrite-url": "/konten/",
        "x-http-method-override": "DELETE",
    }
    antwort = client.get(reverse("kalender"), headers=gefaelscht)
    assert antwort.status_code == 200
    assert "angreifer.example" not in antwort.text
    assert not antwort.wsgi_request.is_secure()


ZIELE = [
    "https://angreifer.example",
    "//angreifer.example",
    "/\\angreifer.example",
    "\\\\angreifer.example",
    "https:angreifer.example",
    "///angreifer.example",
    "/%0d%0aLocation:https://angreifer.example",
    "javascript:alert(1)",
    "\x01//angreifer.example",
    "https://testserver@angreifer.example/",
    "\thttps://angreifer.example",
]


@pytest.mark.parametrize("ziel", ZIELE)
def test_login_leads_nowhere_else(client, fallmanager, ziel):
    antwort = client.post(
        reverse("account_login"),
        {"login": fallmanager.username, "password": "Teilhabe-Probe-2026", "next": ziel},
    )
    assert antwort.status_code == 302
    assert re.match(r"/(?![/\\])", antwort["Location"])
    assert "\n" not in antwort["Location"]


@pytest.mark.parametrize("ziel", ZIELE)
def test_confirmation_leads_nowhere_else(client, fallmanager, ziel):
    client.force_login(fallmanager)
    antwort = client.post(
        reverse("account_reauthenticate"), {"password": "Teilhabe-Probe-2026", "next": ziel}
    )
    assert antwort.status_code == 302
    assert re.match(r"/(?![/\\])", antwort["Location"])


@pytest.mark.parametrize("anhang", ["x.css", "/x.css", ";x.css", "%2fx.css", "%00.png", "..;/x.js"])
def test_no_address_answers_under_a_second_name(client, fallmanager, anhang):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    for name in ("fall", "fall_person"):
        assert client.get(reverse(name, args=[case.pk]) + anhang).status_code == 404


@pytest.mark.parametrize(
    "pfad",
    [
        "/.git/config",
        "/.env",
        "/admin/",
        "/static/../config/settings.py",
        "/static/%2e%2e/manage.py",
        "/static/",
        "/media/",
        "/debug/",
        "/__debug__/",
        "/metrics",
        "/server-status",
        "/requirements/base.txt",
    ],
)
def test_nothing_beside_the_addresses_is_served(client, fallmanager, pfad):
    client.force_login(fallmanager)
    assert client.get(pfad).status_code == 404


GRENZWERTE = [
    "-1",
    str(2**63),
    str(2**31),
    "NaN",
    "1e309",
    "0",
    "9999-12-31",
    "0001-01-01",
    "",
    "'",
]


def test_no_parameter_breaks_a_page(client):
    rest = make_inhaltsakte()
    client.force_login(rest.fallmanager)
    namen = ("seite", "tag", "monat", "jahr", "stichtag", "von", "bis", "sortierung", "filter", "q")
    gesehen = 0
    for nummer, pattern in enumerate(own_patterns()):
        row = ROUTES[pattern.name or ""]
        if "Fallmanagement" not in row.rollen:
            continue
        url = next(iter(urls_of(rest, pattern)))
        for runde in range(2):
            # Twice each: which of two counts is a matter of the framework, that one does is ours.
            werte = [GRENZWERTE[(k + nummer + 5 * runde) % 10] for k in range(len(namen))]
            paare = [(n, w) for n, erster in zip(namen, werte, strict=True) for w in ("1", erster)]
            antwort = client.get(f"{url}?{urlencode(paare)}")
            gesehen += 1
            assert antwort.status_code < 500, (url, werte)
    assert gesehen >= 200


@pytest.mark.parametrize("zahl", [2**31, 2**63])
def test_no_number_in_an_address_breaks_a_page(client, fallmanager, zahl):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    for pattern in own_patterns():
        arten = {n: type(c).__name__ for n, c in pattern.pattern.converters.items()}
        werte = {
            n: "x" if a != "IntConverter" else case.pk if n == "fall" else zahl
            for n, a in arten.items()
        }
        assert client.get(reverse(pattern.name, kwargs=werte)).status_code < 500, pattern.name
        if "fall" in werte:
            werte["fall"] = zahl
            antwort = client.get(reverse(pattern.name, kwargs=werte))
            assert antwort.status_code in {403, 404}, pattern.name


BOESE = """"'><img src=x onerror=1>{{7*7}}{%x%}${7*7}</script>"""


class _Bilder(HTMLParser):
    """Collects elements that only the canary could have brought."""

    def __init__(self) -> None:
        super().__init__()
        self.fremd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with a handler, or a link to a script."""
        for name, wert in attrs:
            if name.startswith("on") or (wert or "").lower().startswith(
                ("javascript:", "data:text")
            ):
                self.fremd.append(f"<{tag} {name}>")


def poison() -> int:
    """Write the canary into every text column that no list of words closes; count them."""
    zahl = 0
    for model in apps.get_models():
        app = model._meta.app_label
        if app not in {"cases", "gesamtplan", "budget"} or model.__name__.endswith("Event"):
            continue
        for feld in model._meta.concrete_fields:
            if _frei(feld):
                wert = BOESE[: feld.max_length] if feld.max_length else BOESE
                # A table that only grows is not written again by anybody.
                zahl += _write(model, feld.name, wert)
    return zahl


def _frei(feld: models.Field) -> bool:
    text = isinstance(feld, models.CharField | models.TextField | EncryptedTextField)
    kurz = (feld.max_length or 99) < 20
    return text and not (feld.choices or feld.unique or kurz) and feld.name not in _BEDEUTET


# Words that the program reads, not that somebody types.
_BEDEUTET = {
    "state",
    "art",
    "schluessel",
    "kennung",
    "norm",
    "rechtsstand",
    "teil",
    "gegenstand",
    "password",
}


def _write(model: type[models.Model], name: str, wert: str) -> int:
    from django.db import DatabaseError, transaction

    try:
        with transaction.atomic():
            return model._default_manager.update(**{name: wert}) and 1
    except (DatabaseError, ValueError):
        return 0


def test_what_somebody_typed_is_never_markup(client):
    rest = make_inhaltsakte()
    assert poison() >= 60
    client.force_login(rest.fallmanager)
    seiten = gezeigt = 0
    for url, antwort in pages(rest, client):
        if not antwort.headers.get("Content-Type", "").startswith("text/html"):
            continue
        seiten += 1
        leser = _Bilder()
        leser.feed(antwort.text)
        assert leser.fremd == [], url
        gezeigt += "&lt;img src=x" in antwort.text
        assert "49" not in re.findall(r"\{?\{?49\}?\}?(?=&lt;/script)", antwort.text), url
    assert seiten >= 90
    assert gezeigt >= 20


def test_refusal_that_no_view_shows_is_told_with_its_sentence(client, fallmanager, behoerde):
    type(behoerde).objects.update(name="Landkreis-" + "W" * 90)
    client.force_login(fallmanager)
    antwort = client.get(reverse("antrag_formular_leer"))
    assert antwort.status_code == 409
    assert "breiter als die Seite" in antwort.text
