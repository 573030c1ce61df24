"""Adapters of the login library: accounts are made by the administration, secrets are encrypted."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError

from cases.crypto import decrypt, encrypt


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; a refused login says so in one plain sentence."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Anmeldename oder Passwort ist falsch.",
        "too_many_login_attempts": "Zu viele Versuche. Bitte warten Sie einige Minuten.",
    }

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
