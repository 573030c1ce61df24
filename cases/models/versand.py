"""How letters leave the house: one by one, and printed as a batch."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedBinaryField, EncryptedJSONField, EncryptedTextField
from cases.models.basis import choices_check
from cases.states.versand import OHNE_WIRKUNG, Versandzustand


class Versandweg(models.TextChoices):
    """By which way a letter leaves; words of `recht.fristen.bekanntgabe`."""

    POST = "post", "Brief"
    ELEKTRONISCH = "elektronisch", "E-Mail"
    UEBERGABE = "uebergabe", "persönliche Übergabe"
    EINSCHREIBEN = "einschreiben", "Einschreiben mit Übergabe"
    ZUSTELLUNG = "zustellung", "Zustellung mit Urkunde"
    OEFFENTLICH = "oeffentlich", "öffentliche Zustellung"


# Paper that waits in the Postausgang; the first is no Zustellung (§ 37 Abs. 2 SGB X).
PAPIER = (Versandweg.POST, Versandweg.EINSCHREIBEN, Versandweg.ZUSTELLUNG)
# These are a Zustellung (§ 65 SGB X, VwZG): the Belehrung has to speak of it.
FOERMLICH = (Versandweg.EINSCHREIBEN, Versandweg.ZUSTELLUNG, Versandweg.OEFFENTLICH)


class Belehrungsstand(models.TextChoices):
    """How the Rechtsbehelfsbelehrung went out; words of `recht.bekanntgabe`."""

    RICHTIG = "richtig", "vorhanden und richtig"
    FEHLT = "fehlt", "fehlt"
    FALSCH = "falsch", "falsch oder unvollständig"


@pghistory.track()
class Versand(models.Model):
    """One sending of one Schreiben by one way.

    `aufgabe_am` is the day of posting or sending (§ 37 Abs. 2 SGB X); Bekanntgabe and
    Widerspruchsfrist follow from it and explain themselves in `schritte`. What changes them is
    on record too: whether it went abroad, the proven day of receipt, how the Belehrung was, and
    in `feststellung` why. Of several sendings of one letter the first Bekanntgabe counts; the
    others are a `weitere_ausfertigung` and start nothing. An Abdruck, handed to somebody who is
    not the addressee, makes nothing known to anybody.
    """

    schreiben = models.ForeignKey(
        "cases.Schreiben", models.PROTECT, verbose_name="Schreiben", related_name="versand_liste"
    )
    weg = models.CharField("Weg", max_length=20, choices=Versandweg.choices)
    an = EncryptedJSONField(
        "an",
        purpose="versand.an",
        liste=True,
        help_text="Anschriftzeilen oder E-Mail-Adresse, eingefroren",
    )
    state = models.CharField(
        "Zustand", max_length=20, choices=Versandzustand.choices, default=Versandzustand.VORGESEHEN
    )
    aufgabe_am = models.DateField("aufgegeben am", null=True, blank=True)
    vermerkt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vermerkt von",
        null=True,
        blank=True,
        related_name="versand_liste",
    )
    bekanntgabe = models.DateField("Bekanntgabe", null=True, blank=True)
    widerspruch_bis = models.DateField("Widerspruch bis", null=True, blank=True)
    ausland = models.BooleanField("Sendung ins Ausland", default=False)
    zugang_am = models.DateField("nachgewiesener Zugang", null=True, blank=True)
    rbb = models.CharField(
        "Rechtsbehelfsbelehrung",
        max_length=10,
        choices=Belehrungsstand.choices,
        default=Belehrungsstand.RICHTIG,
    )
    feststellung = EncryptedTextField(
        "Feststellung zu Zugang und Belehrung",
        purpose="versand.feststellung",
        blank=True,
        default="",
    )
    weitere_ausfertigung = models.BooleanField("weitere Ausfertigung", default=False)
    schritte = models.JSONField("Rechenschritte", default=list)
    warnung = models.TextField("Warnung", blank=True)
    nachricht_id = models.UUIDField("Kennung der Sendung", default=uuid.uuid4, unique=True)

    class Meta:
        verbose_name = "Versand"
        verbose_name_plural = "Versendungen"
        ordering = ["-id"]
        constraints = [
            choices_check("versand", "weg", Versandweg),
            choices_check("versand", "state", Versandzustand),
            choices_check("versand", "rbb", Belehrungsstand),
            models.CheckConstraint(
                name="versand_zugang_nicht_vor_aufgabe",
                condition=Q(zugang_am__isnull=True)
                | Q(aufgabe_am__isnull=False, zugang_am__gte=F("aufgabe_am")),
            ),
            models.CheckConstraint(
                name="versand_aufgegeben_mit_tag",
                condition=~Q(state=Versandzustand.AUFGEGEBEN) | Q(aufgabe_am__isnull=False),
            ),
            models.CheckConstraint(
                name="versand_abdruck_ohne_folge",
                condition=~Q(state=Versandzustand.ABDRUCK)
                | Q(
                    bekanntgabe__isnull=True,
                    widerspruch_bis__isnull=True,
                    aufgabe_am__isnull=False,
                    weg=Versandweg.UEBERGABE,
                ),
            ),
            models.UniqueConstraint(
                name="versand_einmal_je_schreiben_und_weg",
                fields=["schreiben", "weg"],
                condition=~Q(state__in=OHNE_WIRKUNG),
            ),
        ]
        indexes = [
            # Few among all that was ever sent, and looked for on every „Mein Tag“ of a Leitung.
            models.Index(
                fields=["schreiben"],
                name="versand_ungewiss",
                condition=Q(state=Versandzustand.UNGEWISS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schreiben_id} per {self.get_weg_display()}"


@pghistory.track()
class Aushang(models.Model):
    """How a letter was served by public notice: which notice, where it hung, until when.

    From when on it hangs is the `aufgabe_am` of the sending.
    """

    versand = models.OneToOneField(
        Versand, models.PROTECT, verbose_name="Versand", related_name="aushang"
    )
    benachrichtigung = models.ForeignKey(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Benachrichtigung",
        related_name="aushaenge",
    )
    stelle = models.CharField("ausgehängt", max_length=200)
    bis = models.DateField("abgenommen am", null=True, blank=True)

    class Meta:
        verbose_name = "Aushang"
        verbose_name_plural = "Aushänge"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="aushang_mit_stelle", condition=~Q(stelle="")),
        ]

    def __str__(self) -> str:
        return f"Aushang zu {self.versand_id}"


class Druckstapel(models.Model):
    """Letters of one print run as one PDF for the printer, with the list of what is in it."""

    datum = models.DateField("Datum")
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="druckstapel_liste"
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)
    versand_liste = models.ManyToManyField(
        Versand, verbose_name="Sendungen", related_name="druckstapel_liste"
    )
    pdf = EncryptedBinaryField("PDF", purpose="druckstapel.pdf")
    pdf_sha256 = models.CharField("SHA-256", max_length=64)
    seiten = models.PositiveIntegerField("Seiten")
    vorblatt_seiten = models.PositiveIntegerField("davon Trennblätter", default=0)
    aufgabe_am = models.DateField("zur Post gegeben am", null=True, blank=True)
    aufgegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zur Post gegeben von",
        null=True,
        blank=True,
        related_name="aufgegebene_druckstapel",
    )

    class Meta:
        verbose_name = "Druckstapel"
        verbose_name_plural = "Druckstapel"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Druckstapel {self.pk} vom {self.datum:%d.%m.%Y}"
