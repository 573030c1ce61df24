"""Every page of a whole case: what its answer carries, shows and leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from cases.crypto import EncryptedTextField
from cases.models import Lesezugriff, User
from cases.registry.routen import ROUTES
from tests.architektur.inhaltsakte import IBAN, Inhaltsakte, make_inhaltsakte, urls_of
from tests.architektur.test_adressen import own_patterns
from tests.fabriken import make_leitung
from tests.gemeinsam import kept_rows

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
#: The pages are walked in so many parts, so that no test takes long.
TEILE = 3
FREMD = {"origin": "https://angreifer.example"}

# What is noted about a page that was only read: the logs, the session, counters of tries.
_VERMERKE = {
    "cases_lesezugriff",
    "cases_listenabruf",
    "cases_zugriffsverweigerung",
    "cases_zaehler",
    "django_session",
}


@dataclass
class Besuch:
    """A page that was looked at: its answer, and the tables that were written meanwhile."""

    url: str
    status_code: int
    headers: Any
    cookies: Any
    seite: str | None
    geschrieben: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def rest(django_db_setup, django_db_blocker):
    with kept_rows(django_db_blocker, make_inhaltsakte) as made:
        yield made


@pytest.fixture(scope="module")
def rundgang(rest) -> Callable[[int], list[Besuch]]:
    """Walk a part of the pages of the Fallmanagement once, for all tests that look at them."""
    gegangen: dict[int, list[Besuch]] = {}

    def gang(teil: int) -> list[Besuch]:
        if teil not in gegangen:
            gegangen[teil] = list(visits(rest, rest.fallmanager, teil))
        return gegangen[teil]

    return gang


@pytest.fixture(autouse=True)
def _adressen():
    assert get_resolver().url_patterns


def visits(rest: Inhaltsakte, wer: User, teil: int) -> Iterator[Besuch]:
    """Look at every page of somebody for the case, once for each row that it shows."""
    client = Client()
    client.force_login(wer)
    for pattern in own_patterns()[teil::TEILE]:
        row = ROUTES[pattern.name or ""]
        if not wer.rollen & row.rollen or row.name == "entwurf_verwerfen":
            continue
        for url in urls_of(rest, pattern):
            vorher = _written()
            antwort = client.get(url, headers=FREMD)
            nachher = _written()
            html = antwort.headers.get("Content-Type", "").startswith("text/html")
            yield Besuch(
                url,
                antwort.status_code,
                dict(antwort.headers),
                antwort.cookies,
                antwort.text if html else None,
                {table for table, n in nachher.items() if n != vorher.get(table, 0)},
            )


def _written() -> dict[str, int]:
    """Return how many rows this transaction has written so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


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


@pytest.mark.parametrize("teil", range(TEILE))
def test_every_answer_carries_what_protects_it(rundgang, teil):
    gang = rundgang(teil)
    assert [fault for besuch in gang for fault in faults_of(besuch.url, besuch)] == []
    assert len(gang) >= 50


def test_answers_before_the_login_carry_it_too(behoerde_da):
    fremd = Client()
    falsch = []
    for url in (reverse("account_login"), reverse("gesund"), "/gibt/es/nicht/", "/faelle/"):
        falsch += faults_of(url, fremd.get(url, headers=FREMD))
    assert falsch == []


@pytest.fixture
def behoerde_da(rest):
    """The authority of the case is there."""


@pytest.mark.parametrize("teil", range(TEILE))
def test_every_page_offers_to_log_out(rundgang, teil):
    abmelden, gesehen = reverse("account_logout"), 0
    for besuch in rundgang(teil):
        # A letter to be read aloud is saved as a file and no page.
        datei = besuch.headers.get("Content-Disposition", "").startswith("attachment")
        if besuch.seite and "<html" in besuch.seite and besuch.status_code != 404 and not datei:
            gesehen += 1
            assert abmelden in besuch.seite, besuch.url
    assert gesehen >= 30


@pytest.mark.parametrize("teil", range(TEILE))
def test_no_page_shows_a_whole_account_but_the_form_that_changes_it(rest, rundgang, teil):
    """Whoever needs it opens the form; everything else shows its end."""
    gezeigt = {b.url for b in rundgang(teil) if b.seite is not None and _shows_account(b.seite)}
    assert gezeigt <= {_form_of_account(rest)}


def test_form_that_changes_an_account_shows_it_and_the_log_says_so(rest):
    client = Client()
    client.force_login(rest.fallmanager)
    assert _shows_account(client.get(_form_of_account(rest)).text)
    gelesen = Lesezugriff.objects.filter(user=rest.fallmanager, case=rest.case, route="angabe")
    assert gelesen.exists()


def _shows_account(seite: str) -> bool:
    return IBAN in seite.replace(" ", "").replace("\xa0", "")


def _form_of_account(rest: Inhaltsakte) -> str:
    [konto] = rest.case.leistungsberechtigte_person.bankverbindungen.all()
    return reverse("angabe", args=[rest.case.pk, "bankverbindungen", konto.pk])


@pytest.mark.parametrize("teil", range(TEILE))
@pytest.mark.parametrize("leitend", [False, True], ids=["Fallmanagement", "Leitung"])
def test_reading_a_page_changes_nothing_but_the_logs(rest, rundgang, leitend, teil):
    """A picture or a link in a mail that a colleague opens takes no step in her name."""
    if leitend:
        gang = list(visits(rest, make_leitung("leitend", rest.case.team), teil))
    else:
        gang = rundgang(teil)
    falsch = []
    for besuch in gang:
        stamm = {re.sub(r"_(\d{4}_\d{2}|sonst|bestand)$", "", t) for t in besuch.geschrieben}
        falsch += [f"{besuch.url} {besuch.status_code}: {t}" for t in stamm - _VERMERKE]
    assert falsch == []
    assert sum(besuch.status_code == 200 for besuch in gang) >= 30


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
_NAMEN = ("seite", "tag", "monat", "jahr", "stichtag", "von", "bis", "sortierung", "filter", "q")


@pytest.mark.parametrize("teil", range(TEILE))
def test_no_parameter_breaks_a_page(rest, client, teil):
    client.force_login(rest.fallmanager)
    gesehen = 0
    for nummer, pattern in enumerate(own_patterns()):
        row = ROUTES[pattern.name or ""]
        if nummer % TEILE != teil or "Fallmanagement" not in row.rollen:
            continue
        url = next(iter(urls_of(rest, pattern)))
        for runde in range(2):
            # Twice each: which of two counts is a matter of the framework, that one does is ours.
            werte = [GRENZWERTE[(k + nummer + 5 * runde) % 10] for k in range(len(_NAMEN))]
            paare = [(n, w) for n, erster in zip(_NAMEN, werte, strict=True) for w in ("1", erster)]
            antwort = client.get(f"{url}?{urlencode(paare)}")
            gesehen += 1
            assert antwort.status_code < 500, (url, werte)
    assert gesehen >= 65


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
    try:
        with transaction.atomic():
            return model._default_manager.update(**{name: wert}) and 1
    except (DatabaseError, ValueError):
        return 0


@pytest.mark.parametrize("teil", range(TEILE))
def test_what_somebody_typed_is_never_markup(rest, teil):
    assert poison() >= 60
    seiten = gezeigt = 0
    for besuch in visits(rest, rest.fallmanager, teil):
        if besuch.seite is None:
            continue
        seiten += 1
        leser = _Bilder()
        leser.feed(besuch.seite)
        assert leser.fremd == [], besuch.url
        gezeigt += "&lt;img src=x" in besuch.seite
        assert "49" not in re.findall(r"\{?\{?49\}?\}?(?=&lt;/script)", besuch.seite), besuch.url
    assert seiten >= 30
    assert gezeigt >= 6
