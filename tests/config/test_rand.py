"""The edge of the program: broker, mail server, proxy protocol, keys, health in clear."""

from __future__ import annotations

import base64
import inspect
import json
import logging
import pickle
import ssl

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.core.mail.backends.smtp import EmailBackend
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import ParseException
from kombu.exceptions import ContentDisallowed
from kombu.serialization import loads

from cases.crypto import encrypt
from config.celery import app
from config.logs import JsonFormatter


class Beute:
    """What a pickle would run."""

    def __reduce__(self):
        return (print, ("gestohlen",))


@pytest.mark.parametrize("art", ["application/x-python-serialize", "pickle"])
def test_worker_refuses_a_pickle(art, capsys):
    with pytest.raises(ContentDisallowed, match="untrusted content"):
        loads(pickle.dumps(Beute()), art, "binary", accept=app.conf.accept_content)
    assert "gestohlen" not in capsys.readouterr().out
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_broker_carries_numbers_and_no_rights():
    """A forged message names a job that the database knows, or does nothing."""
    app.loader.import_default_modules()
    eigene = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    genommen = {
        (task.name, name, wert.annotation)
        for task in eigene
        for name, wert in inspect.signature(task.run).parameters.items()
        if name != "self"
    }
    assert len(eigene) >= 10
    assert {("run_auftrag", "auftrag_id")} <= {(n.rpartition(".")[2], a) for n, a, _ in genommen}
    assert {z for z in genommen if not z[1].endswith("_id") or z[2] not in (int, "int")} == set()


def test_mail_server_must_prove_who_it_is(settings):
    settings.EMAIL_USE_TLS = True
    context = EmailBackend().ssl_context
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize(
    "kopf",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length : 5\r\n",
        b"X: a\r\n b\r\n",
    ],
)
def test_server_refuses_a_message_of_two_lengths(kopf):
    roh = b"POST / HTTP/1.1\r\nHost: x\r\n" + kopf + b"\r\n0\r\n\r\nGET /konten/ HTTP/1.1\r\n\r\n"
    with pytest.raises(ParseException, match=r"Invalid|Unsupported|Obsolete"):
        next(RequestParser(Config(), iter([roh]), ("127.0.0.1", 1)))


@pytest.mark.django_db
def test_state_of_operation_is_not_told_in_clear(client, behoerde, settings):
    settings.BETRIEB_SCHLUESSEL = "s" * 40
    kopf = {"authorization": "Bearer " + "s" * 40}
    adresse = reverse("gesund_betrieb")
    assert client.get(adresse).status_code == 404
    assert client.get(adresse, headers={"authorization": "Bearer x"}).status_code == 404
    assert client.get(adresse, headers=kopf).status_code in {200, 503}
    settings.PRODUCTION, settings.SECURE_SSL_REDIRECT = True, True
    assert client.get(adresse, headers=kopf).status_code == 403


def test_old_key_of_signatures_still_reads_while_it_is_kept(settings):
    settings.SECRET_KEY = "a" * 50
    alt = signing.dumps({"x": 1}, salt="probe")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 50, ["a" * 50]
    assert signing.loads(alt, salt="probe") == {"x": 1}
    with pytest.raises(signing.BadSignature, match="does not match"):
        signing.loads(alt, salt="anderer Zweck")
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(signing.BadSignature, match="does not match"):
        signing.loads(alt, salt="probe")


def test_no_nonce_comes_twice():
    nonces = {base64.b64decode(encrypt("x", "probe").partition(":")[2])[:12] for _ in range(20_000)}
    assert len(nonces) == 20_000


def test_sessions_are_json(settings):
    assert SessionBase().serializer.__name__ == "JSONSerializer"


def test_a_line_of_the_log_stays_one_line_of_json():
    satz = logging.makeLogRecord(
        {"name": "django.request", "msg": "Not Found: %s", "args": ('/x\r\n{"falsch":1}\x1b[2J',)}
    )
    zeile = JsonFormatter().format(satz)
    assert "\n" not in zeile
    assert "\x1b" not in zeile
    eintrag = json.loads(zeile)
    assert set(eintrag) == {"zeit", "stufe", "logger", "text"}
    assert eintrag["zeit"].endswith("+00:00")
