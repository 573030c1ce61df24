"""Emergency access, changes of accounts, reports of access, retrieved lists."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only, choices_check, never_emptied
from cases.models.namensform import namensform
from cases.states.zugang import VIER_AUGEN, Abrufart, Kontovorgang, Kontozustand, Pruefergebnis


@pghistory.track()
class Notfallzugriff(models.Model):
    """One reader, one foreign case, sixty minutes; a supervisor reviews it afterwards.

    Reason and remark are encrypted: they speak about a person. Nothing is deleted, the opening
    never changes, and a review is given once.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="notfallzugriffe"
    )
    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="notfallzugriffe"
    )
    grund = EncryptedTextField("Grund", purpose="notfallzugriff.grund")
    beginn = models.DateTimeField("Beginn")
    ende = models.DateTimeField("Ende")
    geschuetzt = models.BooleanField("Fall war geschützt", default=False)
    pruefen_bis = models.DateField("zu prüfen bis")
    ergebnis = models.CharField(
        "Ergebnis", max_length=20, choices=Pruefergebnis.choices, null=True, blank=True
    )
    bemerkung = EncryptedTextField("Bemerkung", purpose="notfallzugriff.bemerkung", blank=True)
    geprueft_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="geprüft von",
        null=True,
        blank=True,
        related_name="gepruefte_notfallzugriffe",
    )
    geprueft_am = models.DateTimeField("geprüft am", null=True, blank=True)

    class Meta:
        verbose_name = "Notfallzugriff"
        verbose_name_plural = "Notfallzugriffe"
        ordering = ["-beginn", "-id"]
        constraints = [
            choices_check("notfallzugriff", "ergebnis", Pruefergebnis),
            models.CheckConstraint(name="notfallzugriff_ende", condition=Q(ende__gt=F("beginn"))),
            models.CheckConstraint(
                name="notfallzugriff_zweite_person",
                condition=Q(geprueft_von__isnull=True) | ~Q(geprueft_von=F("user")),
            ),
            models.CheckConstraint(
                name="notfallzugriff_pruefung_vollstaendig",
                condition=Q(
                    ergebnis__isnull=False, geprueft_von__isnull=False, geprueft_am__isnull=False
                )
                | Q(ergebnis__isnull=True, geprueft_von__isnull=True, geprueft_am__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-beginn"], name="notfallzugriff_user_beginn"),
            models.Index(
                fields=["case"], name="notfallzugriff_ungeprueft", condition=Q(ergebnis=None)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="eroeffnung_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "case", "user", "grund", "beginn", "ende", "geschuetzt", "pruefen_bis"
                ),
            ),
            pgtrigger.Protect(
                name="pruefung_einmal",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ergebnis__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Notfallzugriff {self.pk}"


@pghistory.track()
class Kontoaenderung(models.Model):
    """One thing that happened to an account, or that waits for a second person.

    The rows are the history of the account: who, what, when, why, who confirmed it.
    """

    konto = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="Konto", related_name="kontoaenderungen"
    )
    art = models.CharField("Vorgang", max_length=20, choices=Kontovorgang.choices)
    rolle = models.CharField("Rolle", max_length=30, blank=True)
    team = models.ForeignKey(
        "cases.Team",
        models.PROTECT,
        verbose_name="Team",
        null=True,
        blank=True,
        related_name="kontoaenderungen",
    )
    wert = models.CharField(
        "Wert",
        max_length=320,
        blank=True,
        default="",
        help_text="neue E-Mail-Adresse; bei geänderten Angaben der frühere Name",
    )
    begruendung = models.CharField("Begründung", max_length=300, blank=True)
    state = models.CharField("Zustand", max_length=20, choices=Kontozustand.choices)
    veranlasst_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="veranlasst von",
        null=True,
        blank=True,
        related_name="veranlasste_kontoaenderungen",
    )
    veranlasst_am = models.DateTimeField("veranlasst am")
    entschieden_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="entschieden von",
        null=True,
        blank=True,
        related_name="entschiedene_kontoaenderungen",
    )
    entschieden_am = models.DateTimeField("entschieden am", null=True, blank=True)
    ablehnung = models.CharField("Grund der Ablehnung", max_length=300, blank=True)

    class Meta:
        verbose_name = "Kontoänderung"
        verbose_name_plural = "Kontoänderungen"
        ordering = ["-veranlasst_am", "-id"]
        indexes = [
            models.Index(
                namensform(F("wert")),
                name="kontoaenderung_frueherer_name",
                condition=Q(art=Kontovorgang.ANGABEN),
            )
        ]
        constraints = [
            choices_check("kontoaenderung", "art", Kontovorgang),
            choices_check("kontoaenderung", "state", Kontozustand),
            models.CheckConstraint(
                name="kontoaenderung_nicht_fuer_sich",
                condition=Q(veranlasst_von__isnull=True) | ~Q(veranlasst_von=F("konto")),
            ),
            models.CheckConstraint(
                name="kontoaenderung_nicht_an_sich",
                condition=Q(entschieden_von__isnull=True)
                | Q(state=Kontozustand.ABGELEHNT)
                | ~Q(entschieden_von=F("konto")),
            ),
            # Only the operator at the server (veranlasst_von empty) needs no second person.
            models.CheckConstraint(
                name="kontoaenderung_vier_augen",
                condition=~Q(state=Kontozustand.WIRKSAM)
                | ~Q(art__in=sorted(VIER_AUGEN))
                | Q(veranlasst_von__isnull=True)
                | (
                    Q(entschieden_von__isnull=False, entschieden_am__isnull=False)
                    & ~Q(entschieden_von=F("veranlasst_von"))
                ),
            ),
            models.UniqueConstraint(
                name="kontoaenderung_einmal_offen",
                fields=["konto", "art", "rolle", "team"],
                nulls_distinct=False,
                condition=Q(state=Kontozustand.OFFEN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="vorgang_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "konto",
                    "art",
                    "rolle",
                    "team",
                    "wert",
                    "begruendung",
                    "veranlasst_von",
                    "veranlasst_am",
                ),
            ),
            pgtrigger.Protect(
                name="entschieden_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=Kontozustand.OFFEN.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()}: {self.gegenstand or self.konto_id}"

    @property
    def gegenstand(self) -> str:
        """Return what is given or taken: the role, the team or the new address."""
        if self.art == Kontovorgang.EMAIL:
            return self.wert
        return self.rolle or (self.team.name if self.team else "")


class Auffaelligkeitsart(models.TextChoices):
    """What was unusual."""

    LESEN = "lesen", "verschiedene Fälle geöffnet"
    ABGEWIESEN = "abgewiesen", "abgewiesene Aufrufe"
    ANMELDUNG = "anmeldung", "misslungene Anmeldungen"
    PERSONEN = "personen", "verschiedene Personen in Listen und Suchen gesehen"
    KOLLEGIUM = "kollegium", "Akte mit dem Namen einer Kollegin oder eines Kollegen gelesen"
    NAMENSGLEICH = "namensgleich", "Akte mit dem eigenen Nachnamen gelesen"


@pghistory.track()
class Auffaelligkeit(models.Model):
    """Somebody read, was refused or failed to log in more often than expected, or read a case
    that may be too near: that of a colleague, or of somebody with the same surname.

    `fall` is the id of the case where the alert is about one; it stays when the case is deleted.
    """

    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="auffaelligkeiten"
    )
    art = models.CharField(
        "Art",
        max_length=20,
        choices=Auffaelligkeitsart.choices,
        default=Auffaelligkeitsart.LESEN,
    )
    zeit = models.DateTimeField("bemerkt")
    anzahl = models.PositiveIntegerField("Anzahl in einer Stunde")
    grenze = models.PositiveIntegerField("Grenze")
    fall = models.BigIntegerField("Nummer des Falls", null=True, blank=True)
    bemerkung = models.CharField("Ergebnis der Prüfung", max_length=300, blank=True)
    geprueft_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="geprüft von",
        null=True,
        blank=True,
        related_name="gepruefte_auffaelligkeiten",
    )
    geprueft_am = models.DateTimeField("geprüft am", null=True, blank=True)

    class Meta:
        verbose_name = "Auffälligkeit"
        verbose_name_plural = "Auffälligkeiten"
        ordering = ["-zeit", "-id"]
        constraints = [
            choices_check("auffaelligkeit", "art", Auffaelligkeitsart),
            models.CheckConstraint(
                name="auffaelligkeit_zweite_person",
                condition=Q(geprueft_von__isnull=True) | ~Q(geprueft_von=F("user")),
            ),
            models.CheckConstraint(
                name="auffaelligkeit_ueber_der_grenze", condition=Q(anzahl__gt=F("grenze"))
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="pruefung_einmal",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__geprueft_am__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.zeit:%d.%m.%Y %H:%M}: {self.anzahl} {self.get_art_display()}"


class Listenabruf(models.Model):
    """A page or file showed cases that it did not open: one row for the answer, no words.

    `faelle` are the ids of the cases whose persons it showed; `anzahl` counts the rows of the
    answer, also those that belong to no case.
    """

    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="listenabrufe"
    )
    zeit = models.DateTimeField("Zeit", auto_now_add=True)
    route = models.CharField("Seite", max_length=80)
    art = models.CharField("Art", max_length=20, choices=Abrufart.choices, default=Abrufart.LISTE)
    als = models.CharField("als", max_length=30, blank=True, default="")
    anzahl = models.PositiveIntegerField("gezeigte Fälle")
    faelle = ArrayField(
        models.BigIntegerField(), verbose_name="wessen Fälle", default=list, blank=True
    )

    class Meta:
        verbose_name = "Listenabruf"
        verbose_name_plural = "Listenabrufe"
        ordering = ["-zeit", "-id"]
        constraints = [choices_check("listenabruf", "art", Abrufart)]
        indexes = [
            models.Index(fields=["-zeit"], name="listenabruf_zeit"),
            models.Index(fields=["user", "-zeit"], name="listenabruf_user_zeit"),
            GinIndex(fields=["faelle"], name="listenabruf_faelle"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.zeit:%d.%m.%Y %H:%M}: {self.route} ({self.anzahl})"


class Meldungsanlass(models.TextChoices):
    """What a mail about access tells; none carries Sozialdaten."""

    NOTFALL = "notfall", "Notfallzugriff eröffnet"
    AUFFAELLIG = "auffaellig", "auffälliges Lesen"
    KONTO = "konto", "Änderung am eigenen Konto"
    ZUGRIFF = "zugriff", "Zugriff auf Fälle gegeben"


class Zugangsmeldung(models.Model):
    """One person was told of one thing about access; the row is what the mail is sent from."""

    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="an", related_name="zugangsmeldungen"
    )
    anlass = models.CharField("Anlass", max_length=20, choices=Meldungsanlass.choices)
    zeit = models.DateTimeField("Zeit")
    notfall = models.ForeignKey(
        Notfallzugriff,
        models.PROTECT,
        verbose_name="Notfallzugriff",
        null=True,
        blank=True,
        related_name="meldungen",
    )
    text = models.CharField("Text", max_length=300)
    adresse = models.EmailField(
        "E-Mail",
        blank=True,
        default="",
        help_text="wohin die Nachricht geht; leer: an die Adresse des Kontos",
    )

    class Meta:
        verbose_name = "Zugangsmeldung"
        verbose_name_plural = "Zugangsmeldungen"
        ordering = ["-zeit", "-id"]
        constraints = [choices_check("zugangsmeldung", "anlass", Meldungsanlass)]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_anlass_display()} an {self.user_id}"
