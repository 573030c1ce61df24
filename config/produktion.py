"""What production refuses beyond its settings."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cases.models import User
from vorfuehrung.behoerde import DOMAENE


def refuse_demo_accounts() -> None:
    """Raise ImproperlyConfigured when production finds accounts of the demonstration.

    Their password was printed on a screen. Called by the web server and the worker at start.
    """
    if not settings.PRODUCTION:
        return
    names = list(
        User.objects.filter(email__endswith=f"@{DOMAENE}", is_active=True)
        .order_by("username")
        .values_list("username", flat=True)
    )
    if names:
        raise ImproperlyConfigured(
            f"In der Produktion sind Konten der Vorführung aktiv: {', '.join(names)}. "
            "Bitte sperren oder löschen Sie sie zuerst."
        )
