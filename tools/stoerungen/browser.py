"""A browser of the faults: a session, a page, a form with its one-time key; no more than that."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, User
from cases.services.entwurf import new_vorgang

_MARKE = "a" * 32


@dataclass(frozen=True)
class Antwort:
    """What came back; status 0 when nothing did."""

    status: int
    ort: str
    sekunden: float
    text: str = ""

    @property
    def zugesagt(self) -> bool:
        """Whether the page has said that the step was done."""
        return self.status == 302 and "/accounts/" not in self.ort and "anmelden" not in self.ort


def session_of(user: User) -> str:
    """Return the cookie of a session of this account, confirmed just now."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    jetzt = int(timezone.now().timestamp())
    store["account_authentication_methods"] = [{"method": "password", "at": jetzt}]
    store["account_authentication_methods_user"] = str(user.pk)
    store.create()
    return str(store.session_key)


@dataclass
class Browser:
    """One person in front of the pages at `address`; waits `geduld` seconds for an answer."""

    address: tuple[str, int]
    user: User
    sitzung: str
    geduld: float = 30.0

    def call(self, method: str, path: str, felder: dict[str, str] | None = None) -> Antwort:
        """Ask once; a line that breaks is an answer too, with status 0."""
        began = time.monotonic()
        line = http.client.HTTPConnection(*self.address, timeout=self.geduld)
        cookie = (
            f"{settings.SESSION_COOKIE_NAME}={self.sitzung}; {settings.CSRF_COOKIE_NAME}={_MARKE}"
        )
        header = {"Cookie": cookie, "Host": "localhost"}
        body = None
        if felder is not None:
            header["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": _MARKE, **felder})
        try:
            line.request(method, path, body=body, headers=header)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
            return Antwort(
                answer.status, answer.headers.get("Location", ""), time.monotonic() - began, text
            )
        except (OSError, http.client.HTTPException):
            return Antwort(0, "", time.monotonic() - began)
        finally:
            line.close()

    def get(self, path: str) -> Antwort:
        """Open a page."""
        return self.call("GET", path)

    def note(self, case: Case, text: str, vorgang: str = "") -> Antwort:
        """Write a note into a case, as its form would."""
        felder = {
            "vorgang": vorgang or new_vorgang(self.user.pk),
            "art": "telefonat",
            "am": f"{timezone.localdate():%d.%m.%Y}",
            "text": text,
        }
        return self.call("POST", reverse("vermerk_neu", args=[case.pk]), felder)

    def note_until_said(self, case: Case, text: str, *, hoechstens: float = 300.0) -> int:
        """Send the same note with the same key until the page says it is stored; count the tries.

        This is what a person does who gets no answer. 0: it was never said.
        """
        vorgang, began, versuche = new_vorgang(self.user.pk), time.monotonic(), 0
        while time.monotonic() - began < hoechstens:
            versuche += 1
            if self.note(case, text, vorgang).zugesagt:
                return versuche
            time.sleep(0.2)
        return 0
