"""App configuration of the floor `cases`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _note_keys(*, plan: object = None, **_: object) -> None:
    """Receive `post_migrate`: note which keys the data of an earlier version bear."""
    from django.db import connection  # noqa: PLC0415 - app ready

    from cases.services.feldschluessel import record_keys  # noqa: PLC0415 - app ready

    if plan is not None and "cases_feldschluessel" in connection.introspection.table_names():
        record_keys(aus_daten=True)


class CasesConfig(AppConfig):
    """People, cases, applications, access, Fristen, letters and their dispatch."""

    name = "cases"
    verbose_name = "Fallakte"

    def ready(self) -> None:
        """Make known what this floor adds."""
        from cases import erstanlage, rechte, tasks  # noqa: PLC0415 - app ready
        from cases.accounts import connect_log  # noqa: PLC0415 - app ready
        from cases.beitrag import BEITRAG  # noqa: PLC0415 - app ready
        from cases.registry.beitrag import registry  # noqa: PLC0415 - app ready

        registry.add(BEITRAG)
        registry.wecker = tasks.wake
        connect_log()
        pre_migrate.connect(erstanlage.shorten_plan, sender=self)
        post_migrate.connect(rechte.grant_rights, sender=self)
        post_migrate.connect(_note_keys, sender=self)
