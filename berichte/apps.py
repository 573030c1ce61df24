"""App configuration of the floor `berichte`."""

from django.apps import AppConfig


class BerichteConfig(AppConfig):
    """Reports over everything below."""

    name = "berichte"
    verbose_name = "Berichte"
