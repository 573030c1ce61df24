"""Reports of browsers are kept without addresses, and nobody fills the log with them."""

from __future__ import annotations

import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from config import csp
from config.logs import JsonFormatter

pytestmark = pytest.mark.django_db
URL = "/csp-meldung/"


def send(client: Client, **felder: object):
    body = felder.pop("body", None) or json.dumps({"csp-report": felder})
    return client.post(URL, body, content_type="application/csp-report")


def lines(caplog) -> list[dict[str, object]]:
    return [
        json.loads(JsonFormatter().format(r)) for r in caplog.records if r.name == "fallwerk.csp"
    ]


@pytest.fixture
def fremd():
    """A browser that holds no token, as browsers send reports."""
    return Client(enforce_csrf_checks=True)


def test_pages_name_the_address_and_the_report_is_kept_without_one(fremd, caplog):
    assert f"report-uri {URL}" in fremd.get(reverse("account_login"))["Content-Security-Policy"]
    caplog.set_level(logging.WARNING, "fallwerk.csp")
    meldung = {
        "document-uri": "https://fallwerk.example/faelle/4711/?s=Kanarienvogel",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://boese.example/x.js?name=Kanarienvogel",
        "script-sample": "Kanarienvogel",
        "referrer": "https://fallwerk.example/faelle/4711/",
    }
    assert send(fremd, **meldung).status_code == 204
    assert send(fremd, **meldung).status_code == 204
    [line] = lines(caplog)
    assert (line["route"], line["regel"], line["quelle"]) == (
        "fall",
        "script-src-elem",
        "boese.example",
    )
    assert "4711" not in json.dumps(line)
    assert "Kanarienvogel" not in json.dumps(line)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "kein json",
        "[]",
        "null",
        '{"csp-report": 1}',
        '{"csp-report": null}',
        '{"anders": {}}',
        "{" * 5_000,
        "[" * 16_000,
        '{"a":' * 3_000,
        "x" * 20_000,
        "\x00",
    ],
)
def test_what_is_no_report_changes_nothing(fremd, caplog, body):
    assert send(fremd, body=body or " ").status_code == 204
    assert lines(caplog) == []


def test_words_of_a_report_write_nothing_into_the_log(fremd, caplog):
    send(
        fremd,
        **{
            "document-uri": "https://x/gibt/es/nicht/",
            "violated-directive": "Zeile\n{} script-src",
            "blocked-uri": "https://boese.example\nZeile/",
        },
    )
    [line] = lines(caplog)
    assert (line["route"], line["regel"]) == ("", "")
    assert "\n" not in str(line["quelle"])


def test_made_up_reports_fill_no_log(fremd, caplog, monkeypatch):
    monkeypatch.setattr(csp, "HOECHSTENS_JE_STUNDE", 5)
    for n in range(9):
        send(fremd, **{"effective-directive": "img-src", "blocked-uri": f"https://h{n}.example/"})
    assert len(lines(caplog)) == 5


def test_nobody_reads_at_this_address(client):
    assert client.get(URL).status_code == 405
