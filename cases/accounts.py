"""Adapters of the login library: accounts are made by the administration, secrets are encrypted.

What happens at the door is logged here, because here it happens.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account import signals as kontosignale
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa import signals as faktorsignale
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cases.crypto import decrypt, encrypt
from cases.models import Anmeldevorgang, User
from cases.services.anmeldung import log_anmeldung, tell_unusual
from cases.services.kalenderzugang import end_kalenderzugang
from cases.templatetags.fallwerk import browser

# Half a year; the device of somebody who comes every day never grows old.
_GERAET_SEKUNDEN = 180 * 24 * 3600
_GERAET_SALT = "fallwerk.geraet"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; a refused login says so in one plain sentence."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Anmeldename oder Passwort ist falsch.",
        "too_many_login_attempts": "Zu viele Versuche. Bitte warten Sie einige Minuten.",
    }
    _bestaetigt = False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try: by account and address, or by the device that the person has used before.

        Whoever hammers an account from one address shuts out that address and no other. All
        strangers together have a limit by the hour, which never counts for a known device.
        Raises ValidationError when there were too many.
        """
        konto = _account_of(credentials)
        geraet = known_device(request, konto) if konto else ""
        name = self._get_login_attempts_cache_key(request, **credentials)
        wo = geraet or self.get_client_ip(request)
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_bekannt" if geraet else "login_failed",
            key=f"{name}:{wo}",
        )
        frei = bool(self._login_failed_rl_usage)
        if frei and not geraet:
            frei = bool(
                ratelimit.consume(request, app="allauth.account", action="login_fremd", key=name)
            )
        if not frei:
            note(request, konto, Anmeldevorgang.GEBREMST)
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Name the account that is tried, however it was typed and on whichever host and port.

        The database finds „ſtadtist“ and „stadtıst“ where „stadtist“ is meant.
        """
        konto = _account_of(credentials)
        if konto is not None:
            return f"konto:{konto.pk}"
        return f"name:{str(credentials.get('username', '')).lower()}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a wrong password; of an unknown name nothing is kept but the try."""
        falsch = Anmeldevorgang.FEHLVERSUCH
        if self._bestaetigt:
            falsch = Anmeldevorgang.BESTAETIGUNG_FALSCH
        note(request, _account_of(credentials), falsch)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Log who has proved anew who they are, or failed to."""
        self._bestaetigt = True
        gelungen: bool = super().reauthenticate(user, password)
        if gelungen:
            note(context.request, user, Anmeldevorgang.BESTAETIGT)
        return gelungen

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Tell of what is unusual, and remember the device.

        Strangers who try this account do not lock it out there.
        """
        tell_unusual(konto=user, bekannt=bool(known_device(request, user)), now=timezone.now())
        response = super().post_login(request, user, **kwargs)
        remember_device(request, response, user)
        return response

    def clean_password(self, password: str, user: Any = None) -> str:
        """Refuse to keep the password that the administration has set."""
        if getattr(user, "startpasswort_bis", None) and user.check_password(password):
            raise ValidationError("Bitte wählen Sie ein anderes Passwort als das Startpasswort.")
        text: str = super().clean_password(password, user)
        return text

    def set_password(self, user: Any, password: str) -> None:
        """A password chosen by the person ends the one set by the administration."""
        user.startpasswort_bis = None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: Any) -> str:
        """Go to the start page, not back to the form."""
        return "/"

    def is_open_for_signup(self, request: Any) -> bool:
        """Refuse self-registration."""
        return False


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are stored encrypted; the library's default is clear text."""

    def encrypt(self, text: str) -> str:
        """Encrypt a TOTP secret or a recovery seed."""
        return encrypt(text, "mfa.geheimnis")

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a TOTP secret or a recovery seed."""
        return decrypt(encrypted_text, "mfa.geheimnis")


def _account_of(credentials: dict[str, Any]) -> User | None:
    name = str(credentials.get("username", "")).replace("\x00", "")
    return User.objects.filter(username__iexact=name).first() if name else None


def known_device(request: HttpRequest, konto: User) -> str:
    """Return the mark of this device if the person of the account has logged in on it before.

    The mark is bound to the password: a new one ends the trust in all devices.
    """
    for nummer, passwort, marke in _devices(request):
        if nummer == str(konto.pk) and passwort == _password_mark(konto):
            return marke
    return ""


def remember_device(request: HttpRequest, response: HttpResponse, konto: User) -> None:
    """Set the signed mark of this device; five people may share one."""
    andere = [teile for teile in _devices(request) if teile[0] != str(konto.pk)]
    neu = (str(konto.pk), _password_mark(konto), secrets.token_urlsafe(12))
    response.set_signed_cookie(
        settings.GERAET_COOKIE_NAME,
        ".".join(":".join(teile) for teile in [neu, *andere][:5]),
        salt=_GERAET_SALT,
        max_age=_GERAET_SEKUNDEN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _devices(request: HttpRequest) -> list[tuple[str, str, str]]:
    try:
        text = request.get_signed_cookie(
            settings.GERAET_COOKIE_NAME, "", salt=_GERAET_SALT, max_age=_GERAET_SEKUNDEN
        )
    except BadSignature:
        return []
    teile = [tuple(eintrag.split(":")) for eintrag in (text or "").split(".")]
    return [(t[0], t[1], t[2]) for t in teile if len(t) == 3]


def _password_mark(konto: User) -> str:
    return konto.get_session_auth_hash()[:16]


def note(request: HttpRequest | None, konto: User | None, art: Anmeldevorgang) -> None:
    """Log one thing at the door, with real address and browser as far as a request has them."""
    adresse = None
    if request is not None and request.META.get("REMOTE_ADDR"):
        adresse = AccountAdapter(request).get_client_ip(request)
    kennung = request.META.get("HTTP_USER_AGENT", "") if request is not None else ""
    log_anmeldung(
        konto=konto,
        art=art,
        zeitpunkt=timezone.now(),
        adresse=adresse,
        browser=browser(kennung) if kennung else "",
    )


def _logged_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, Anmeldevorgang.ANGEMELDET)


def _logged_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    abgelaufen = getattr(request, "sitzung_abgelaufen", False)
    # The middleware tells the browser to forget what it holds.
    request.abgemeldet = True  # type: ignore[attr-defined]  # read in `SessionLimitMiddleware`
    if user is not None:
        note(
            request,
            user,
            Anmeldevorgang.ABGELAUFEN if abgelaufen else Anmeldevorgang.ABGEMELDET,
        )


def _factor_used(
    sender: Any, request: HttpRequest, user: User, reauthenticated: bool, **kwargs: Any
) -> None:
    art = Anmeldevorgang.BESTAETIGT if reauthenticated else Anmeldevorgang.FAKTOR
    note(request, user, art)


def _factor_failed(
    sender: Any, request: HttpRequest, user: User, reauthentication: bool = False, **kwargs: Any
) -> None:
    falsch = Anmeldevorgang.FAKTOR_FALSCH
    note(request, user, Anmeldevorgang.BESTAETIGUNG_FALSCH if reauthentication else falsch)


def _factor_changed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, Anmeldevorgang.FAKTOR_GEAENDERT)


def _password_changed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, Anmeldevorgang.PASSWORT)
    end_kalenderzugang(user=user)


def connect_log() -> None:
    """Let the log hear what the login library tells; called once when the app is ready."""
    user_logged_in.connect(_logged_in, dispatch_uid="anmeldung.angemeldet")
    user_logged_out.connect(_logged_out, dispatch_uid="anmeldung.abgemeldet")
    kontosignale.password_changed.connect(_password_changed, dispatch_uid="anmeldung.passwort")
    faktorsignale.authenticator_used.connect(_factor_used, dispatch_uid="anmeldung.faktor")
    faktorsignale.authentication_failed.connect(_factor_failed, dispatch_uid="anmeldung.falsch")
    for signal in (
        faktorsignale.authenticator_added,
        faktorsignale.authenticator_removed,
        faktorsignale.authenticator_reset,
    ):
        signal.connect(_factor_changed, dispatch_uid="anmeldung.geaendert")
