"""Bodies that pay."""

from __future__ import annotations

from django.db import models

from cases.models.basis import choices_check


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


class Leistungstraeger(models.Model):
    """A Leistungsträger (§ 12 SGB I) with address."""

    art = models.CharField("Art", max_length=30, choices=Traegerart.choices)
    name = models.CharField("Name", max_length=200, unique=True)
    strasse = models.CharField("Straße und Hausnummer", max_length=200)
    plz = models.CharField("Postleitzahl", max_length=5)
    ort = models.CharField("Ort", max_length=100)
    email = models.EmailField("E-Mail", blank=True)
    eigener = models.BooleanField("ist die eigene Behörde", default=False)

    class Meta:
        verbose_name = "Leistungsträger"
        verbose_name_plural = "Leistungsträger"
        ordering = ["-eigener", "name"]
        constraints = [choices_check("leistungstraeger", "art", Traegerart)]

    def __str__(self) -> str:
        return self.name
