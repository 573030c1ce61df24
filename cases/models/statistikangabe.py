"""What the law has every Träger report about each person, and what serves nothing else."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models.basis import choices_check
from cases.models.personenangabe import Personenangabe, no_overlap, of_person


class Geschlecht(models.TextChoices):
    """The entry in the register of births (§ 22 Abs. 3 PStG); it may be missing there."""

    OFFEN = "offen", "noch nicht erfragt"
    WEIBLICH = "weiblich", "weiblich"
    MAENNLICH = "maennlich", "männlich"
    DIVERS = "divers", "divers"
    OHNE = "ohne", "ohne Angabe im Geburtenregister"


class Zusammenleben(models.TextChoices):
    """Whether somebody else in the household gets Eingliederungshilfe as well."""

    OFFEN = "offen", "noch nicht erfragt"
    JA = "ja", "ja, mit anderen Leistungsberechtigten"
    NEIN = "nein", "nein"


class GleichzeitigeLeistung(models.TextChoices):
    """Benefits of other books of the Sozialgesetzbuch that the report asks for."""

    SGB_II = "sgb_2", "Grundsicherung für Arbeitsuchende (SGB II)"
    SGB_XI = "sgb_11", "Pflegeversicherung (SGB XI)"
    SGB_XII = "sgb_12", "Sozialhilfe (SGB XII)"
    KEINE = "keine", "keine davon"


@pghistory.track()
class Statistikangabe(Personenangabe):
    """The facts of the yearly report that no decision about the person needs."""

    zweck = (
        "Nur für die Bundesstatistik: Der Träger muss diese Merkmale melden. Auf keine "
        "Entscheidung haben sie Einfluss."
    )
    norm = "§ 143 Nr. 1, § 144 Abs. 1 SGB IX, § 67a Abs. 1 SGB X"

    leistungsberechtigte_person = of_person("statistikangaben")
    geschlecht = models.CharField(
        "Geschlecht", max_length=10, choices=Geschlecht.choices, default=Geschlecht.OFFEN
    )
    zusammenleben = models.CharField(
        "lebt mit anderen Leistungsberechtigten",
        max_length=10,
        choices=Zusammenleben.choices,
        default=Zusammenleben.OFFEN,
    )
    gleichzeitige_leistungen = ArrayField(
        models.CharField(max_length=10),
        verbose_name="gleichzeitige Leistungen",
        default=list,
        blank=True,
    )

    class Meta(Personenangabe.Meta):
        verbose_name = "Angabe für die Statistik"
        verbose_name_plural = "Angaben für die Statistik"
        constraints = [
            *no_overlap("statistikangabe"),
            choices_check("statistikangabe", "geschlecht", Geschlecht),
            choices_check("statistikangabe", "zusammenleben", Zusammenleben),
            models.CheckConstraint(
                name="statistikangabe_leistungen_gueltig",
                condition=Q(
                    gleichzeitige_leistungen__contained_by=list(GleichzeitigeLeistung.values)
                ),
            ),
        ]

    def __str__(self) -> str:
        return "Angaben für die Bundesstatistik"
