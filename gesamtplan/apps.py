"""App configuration of the floor `gesamtplan`."""

from django.apps import AppConfig


class GesamtplanConfig(AppConfig):
    """Needs, plan versions, goals."""

    name = "gesamtplan"
    verbose_name = "Gesamtplanung"
