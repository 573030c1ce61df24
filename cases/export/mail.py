"""E-mail to one recipient, and what is known about its fate when something goes wrong.

SMTP promises nothing once the text has begun to flow: the receiver may have taken the mail
although its answer never came. The connection therefore notes how far it got.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string

from cases.registry.auftragsart import Endgueltig, Ungewiss, Voruebergehend, begin

_TEXT_ERBETEN = 354
_ANGENOMMEN = 250
# A server that answers byte by byte never lets a single wait run out; so long lasts a whole
# conversation at most, in waits: well below the time that a task has.
_GESPRAECH_WARTEN = 10


class _Verlauf:
    """How far a conversation with the mail server got."""

    def __init__(self) -> None:
        self.text_erbeten = False
        self.beantwortet = False
        self.angenommen = False
        # Known before the first answer; the connection is so only after it.
        self.sock: socket.socket | None = None

    def note(self, code: int) -> None:
        """Note an answer: 354 asks for the text, the next answer decides."""
        if code == _TEXT_ERBETEN:
            self.text_erbeten = True
        elif self.text_erbeten and not self.beantwortet:
            self.beantwortet = True
            self.angenommen = code == _ANGENOMMEN

    @property
    def ungewiss(self) -> bool:
        """Whether the text was under way and no answer came."""
        return self.text_erbeten and not self.beantwortet


class _Ausgang(EmailBackend):
    """The SMTP backend with a connection that keeps a `_Verlauf`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.verlauf = _Verlauf()

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the connection class of the settings, watched."""
        verlauf = self.verlauf
        base: type[smtplib.SMTP] = super().connection_class

        class Beobachtet(base):  # type: ignore[valid-type,misc]  # plain or TLS, by setting
            """A connection that notes every answer."""

            def getreply(self) -> tuple[int, bytes]:
                verlauf.sock = self.sock
                code, text = super().getreply()
                verlauf.note(code)
                return code, text

            def data(self, msg: Any) -> tuple[int, bytes]:
                # The last moment of which it is certain that nothing has been sent.
                begin()
                answer: tuple[int, bytes] = super().data(msg)
                return answer

        return Beobachtet


def build_mail(
    *, an: str, betreff: str, vorlage: str, kontext: dict[str, object], kennung: str
) -> EmailMultiAlternatives:
    """Return a mail with text and HTML part to exactly one recipient.

    `vorlage` names a pair of templates in templates/mail; `kennung` becomes the Message-ID, the
    same one each time the same mail is sent.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    mail = EmailMultiAlternatives(
        subject=betreff,
        body=render_to_string(f"mail/{vorlage}.txt", kontext),
        to=[an],
        headers={"Message-ID": f"<{kennung}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string(f"mail/{vorlage}.html", kontext), "text/html")
    return mail


def deliver(mail: EmailMultiAlternatives) -> None:
    """Hand one mail to the mail server or raise what is known about its fate.

    Voruebergehend: not taken, later perhaps. Endgueltig: refused. Ungewiss: perhaps taken.
    Messages name codes only, for the answer of a server quotes addresses.
    """
    if len(mail.recipients()) != 1:
        raise Endgueltig("Eine Nachricht geht an genau eine Adresse.")
    ausgang = _Ausgang()
    try:
        with _bounded(ausgang):
            ausgang.send_messages([mail])
    except Exception as error:
        if ausgang.verlauf.angenommen:
            # Only saying goodbye went wrong.
            return
        if ausgang.verlauf.ungewiss:
            raise Ungewiss(
                "Die Verbindung riss während der Übergabe ab; "
                "ob die Nachricht angenommen wurde, ist nicht bekannt."
            ) from error
        raise _refusal(error) from error
    finally:
        _hang_up(ausgang)


@contextmanager
def _bounded(ausgang: _Ausgang) -> Iterator[None]:
    """Cut the line when the conversation goes on for too long; it then ends like any cut."""

    def cut() -> None:
        if ausgang.verlauf.sock is not None:
            with suppress(OSError):
                ausgang.verlauf.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(_GESPRAECH_WARTEN * settings.EMAIL_TIMEOUT, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(ausgang: _Ausgang) -> None:
    try:
        ausgang.close()
    except OSError:
        # The fate of the mail is known by now.
        pass


def _refusal(error: Exception) -> Exception:
    codes = _codes(error)
    if codes:
        text = f"Der Mailserver hat mit {', '.join(map(str, codes))} geantwortet."
        # A wrong password is the operator's matter and may be put right while the mail waits.
        anmeldung = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPHeloError)
        if anmeldung or all(code < 500 for code in codes):
            return Voruebergehend(text)
        return Endgueltig(text)
    if isinstance(error, UnicodeError):
        return Endgueltig("Die Adresse enthält Zeichen, die der Mailserver nicht annimmt.")
    if isinstance(error, OSError):
        # Also smtplib's own errors: no connection, no TLS, cut before the text.
        return Voruebergehend("Der Mailserver war nicht zu erreichen oder brach die Verbindung ab.")
    return error


def _codes(error: Exception) -> Sequence[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return sorted({code for code, _ in error.recipients.values()})
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
        return [error.smtp_code]
    return []
