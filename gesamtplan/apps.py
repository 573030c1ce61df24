"""App configuration of the floor `gesamtplan`."""

from django.apps import AppConfig


class GesamtplanConfig(AppConfig):
    """Needs, plan versions, goals."""

    name = "gesamtplan"
    verbose_name = "Gesamtplanung"

    def ready(self) -> None:
        """Make tabs, steps, rows of the desk and the printed plan known."""
        from cases.access import FALLROLLEN  # noqa: PLC0415 - app ready
        from cases.registry import (  # noqa: PLC0415 - app ready
            Reiter,
            register_abschlusshindernis,
            register_arbeitszeilen,
            register_entwurfszaehler,
            register_ereignisgruppe,
            register_fallschritte,
            register_reiter,
            register_schreibenart,
            register_teamlast,
        )
        from gesamtplan.queries.gesamtplan import (  # noqa: PLC0415 - app ready
            count_entwuerfe,
            count_per_person,
        )
        from gesamtplan.schreiben.gesamtplan import SCHREIBENART  # noqa: PLC0415 - app ready
        from gesamtplan.views import schritte  # noqa: PLC0415 - app ready

        rollen = frozenset(r.value for r in FALLROLLEN)
        register_reiter(
            Reiter("Bedarf", "bedarf", rollen),
            Reiter("Gesamtplan", "gesamtplan", rollen),
        )
        register_fallschritte(schritte.fallschritte)
        register_arbeitszeilen(schritte.arbeitszeilen)
        register_abschlusshindernis(schritte.abschlusshindernisse)
        register_entwurfszaehler(count_entwuerfe)
        register_teamlast(count_per_person)
        register_schreibenart(SCHREIBENART)
        register_ereignisgruppe(
            "planung", "Bedarf und Gesamtplan", "bedarf", "gesamtplan", "ueberpruefung"
        )
