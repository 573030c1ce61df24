"""Bodies that pay."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from cases.models.anschriftwert import anschrift_checks
from cases.models.basis import choices_check
from cases.models.verzeichniseintrag import (
    Verzeichniseintrag,
    kennzeichen_check,
    nicht_in_sich_check,
    zeitraum_check,
)


class Traegerart(models.TextChoices):
    """Kinds of Leistungsträger; numbers of § 6 SGB IX change meaning with the law, words do not."""

    EINGLIEDERUNGSHILFE = "eingliederungshilfe", "Träger der Eingliederungshilfe"
    SOZIALHILFE = "sozialhilfe", "Träger der Sozialhilfe"
    KRANKENKASSE = "krankenkasse", "Krankenkasse"
    PFLEGEKASSE = "pflegekasse", "Pflegekasse"
    ARBEITSAGENTUR = "arbeitsagentur", "Bundesagentur für Arbeit"
    UNFALLVERSICHERUNG = "unfallversicherung", "Unfallversicherung"
    RENTENVERSICHERUNG = "rentenversicherung", "Rentenversicherung"
    LANDWIRTE = "landwirte", "Alterssicherung der Landwirte"
    ENTSCHAEDIGUNG = "entschaedigung", "Soziale Entschädigung"
    JUGENDHILFE = "jugendhilfe", "Jugendhilfe"
    INTEGRATIONSAMT = "integrationsamt", "Integrationsamt"


@pghistory.track()
class Leistungstraeger(Verzeichniseintrag):
    """A Leistungsträger (§ 12 SGB I) with address."""

    art = models.CharField("Art", max_length=30, choices=Traegerart.choices)
    eigener = models.BooleanField("ist die eigene Behörde", default=False)

    class Meta:
        verbose_name = "Leistungsträger"
        verbose_name_plural = "Leistungsträger"
        ordering = ["-eigener", "name"]
        constraints = [
            choices_check("leistungstraeger", "art", Traegerart),
            *anschrift_checks("leistungstraeger"),
            zeitraum_check("leistungstraeger"),
            kennzeichen_check("leistungstraeger"),
            nicht_in_sich_check("leistungstraeger"),
            # A merged entry keeps its name; the one that stays may take it.
            models.UniqueConstraint(
                name="leistungstraeger_name_einmal",
                fields=["name"],
                condition=Q(zusammengefuehrt_in__isnull=True),
            ),
        ]
