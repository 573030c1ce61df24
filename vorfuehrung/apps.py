"""App configuration of the floor `vorfuehrung`."""

from django.apps import AppConfig


class VorfuehrungConfig(AppConfig):
    """The invented authority: told through the services, never in production."""

    name = "vorfuehrung"
    verbose_name = "Vorführung"
