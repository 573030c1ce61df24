"""The outbox of effects on the outside."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.models.basis import choices_check
from cases.states.auftrag import Auftragzustand


class Auftrag(models.Model):
    """Outbox row: one effect on the outside, decided in the transaction that wrote it.

    `schluessel` is the business key: the same effect can only be ordered once. A worker leases
    the row (`gesperrt_bis`); what ended without a known result becomes `ungewiss` and waits for
    a person. `abbrueche` counts the starts that took their worker down.
    """

    art = models.CharField("Art", max_length=40)
    schluessel = models.CharField("Schlüssel", max_length=120, unique=True)
    gegenstand_id = models.BigIntegerField("Kennung des Gegenstands")
    state = models.CharField(
        "Zustand", max_length=20, choices=Auftragzustand.choices, default=Auftragzustand.OFFEN
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)
    naechster_versuch = models.DateTimeField("nächster Versuch")
    gesperrt_bis = models.DateTimeField("in Arbeit bis", null=True, blank=True)
    versuche = models.PositiveSmallIntegerField("Versuche", default=0)
    abbrueche = models.PositiveSmallIntegerField("Abbrüche", default=0)
    fehler = models.CharField("letzter Fehler", max_length=300, blank=True)
    fertig = models.DateTimeField("fertig", null=True, blank=True)
    entschieden_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="entschieden von",
        related_name="+",
        null=True,
        blank=True,
    )
    entschieden_am = models.DateTimeField("entschieden am", null=True, blank=True)

    class Meta:
        verbose_name = "Auftrag"
        verbose_name_plural = "Aufträge"
        ordering = ["id"]
        constraints = [choices_check("auftrag", "state", Auftragzustand)]
        indexes = [
            models.Index(
                fields=["naechster_versuch"],
                name="auftrag_faellig",
                condition=Q(state__in=[Auftragzustand.OFFEN, Auftragzustand.IN_ARBEIT]),
            )
        ]

    def __str__(self) -> str:
        return self.schluessel


class Auftragsbeginn(models.Model):
    """The moment from which one start of an order may have had its effect.

    Written by a connection of its own just before the first byte leaves, while the row of the
    order is locked: what is missing here when a worker has died was certainly not sent. No
    foreign key, for its check would wait for that lock.
    """

    nummer = models.BigIntegerField("Nummer des Auftrags")
    versuch = models.PositiveSmallIntegerField("Versuch")
    zeitpunkt = models.DateTimeField("Beginn")

    class Meta:
        verbose_name = "Beginn eines Auftrags"
        verbose_name_plural = "Beginne von Aufträgen"
        # Not unique: writing it must never wait for another transaction.
        indexes = [models.Index(fields=["nummer", "versuch"], name="auftragsbeginn_nummer")]

    def __str__(self) -> str:
        return f"{self.nummer}, Versuch {self.versuch}"
