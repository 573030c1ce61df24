"""Adapters of the login library: accounts are made by the administration, secrets are encrypted."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from cases.crypto import decrypt, encrypt


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; a refused login says so in one plain sentence."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Anmeldename oder Passwort ist falsch.",
        "too_many_login_attempts": "Zu viele Versuche. Bitte warten Sie einige Minuten.",
    }

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
