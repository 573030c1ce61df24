"""App configuration of the floor `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """People, cases, applications, access, Fristen, letters and their dispatch."""

    name = "cases"
    verbose_name = "Fallakte"
