"""App configuration of the floor `budget`."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """Persönliches Budget: Teilbudgets, Zielvereinbarung, Bescheid."""

    name = "budget"
    verbose_name = "Persönliches Budget"

    def ready(self) -> None:
        """Make tab, letters, steps, desk rows and followers of this floor known."""
        from budget import queries  # noqa: PLC0415 - app ready
        from budget.services import bescheid  # noqa: PLC0415 - app ready
        from budget.views import schritte  # noqa: PLC0415 - app ready
        from cases import registry  # noqa: PLC0415 - app ready
        from cases.states import Rolle  # noqa: PLC0415 - app ready

        lesen = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value, Rolle.REVISION.value})
        registry.register_reiter(registry.Reiter("Budget", "budget", lesen))
        registry.register_schreibenart(
            registry.Schreibenart(
                "zielvereinbarung",
                "Zielvereinbarung",
                "budget/zielvereinbarung/schreiben.html",
                zeigt_teil="zielvereinbarung",
            )
        )
        registry.register_schreibenart(
            registry.Schreibenart(
                "bescheid",
                "Bescheid",
                "budget/bescheid/schreiben.html",
                rechtsbehelf=True,
                zeigt_teil="bescheid",
            )
        )
        registry.register_fallschritte(schritte.fallschritte)
        registry.register_arbeitszeilen(schritte.arbeitszeilen)
        registry.register_kurzquellen(schritte.VEREINBARUNGEN)
        registry.register_abschlusshindernis(schritte.abschlusshindernisse)
        registry.register_entwurfszaehler(queries.count_entwuerfe)
        registry.register_teamlast(queries.count_per_person)
        registry.register_budgetphase(queries.budgetphase)
        registry.register_nach_aufgabe("bescheid", bescheid.record_aufgabe)
        registry.register_ereignisgruppe(
            "budget",
            "Persönliches Budget",
            *("budget", "bemessung", "teilbudget", "zielvereinbarung", "bescheid"),
        )
        for regel in ("F51", "F52"):
            registry.register_nach_fristablauf(regel, bescheid.record_bestandskraft)
