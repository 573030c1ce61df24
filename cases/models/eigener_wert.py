"""Values that the authority sets: what no norm fixes, its seat, and the law of coming years."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import FixedIn, choices_check
from cases.models.wertschluessel import (
    AUSWAHL,
    GESETZ,
    SCHLUESSELFORM,
    TEXTE,
    wertschluessel,
    zahl_text,
)
from cases.states.wert import Wertzustand
from recht.parameter import Wert
from recht.vorgriff import PAKET, Vorgriff


def _auswahl() -> list[tuple[str, str]]:
    return [(str(wert), str(text)) for liste in AUSWAHL.values() for wert, text in liste.choices]


def _auswahl_passt() -> Q:
    """A word stands only where one is asked for, and there only one of the list of its key."""
    worte = [*AUSWAHL, *TEXTE]
    passt = ~Q(schluessel__in=worte) & Q(auswahl__isnull=True, zahl__gte=0, text="")
    passt |= Q(schluessel__in=list(TEXTE), auswahl__isnull=True, zahl__isnull=True) & ~Q(text="")
    for schluessel, liste in AUSWAHL.items():
        passt |= Q(schluessel=schluessel, auswahl__in=liste.values, zahl__isnull=True, text="")
    return passt


def _quelle_passt() -> Q:
    """A value of the law says where it was published; no other value does."""
    gesetz = Q(schluessel__startswith=GESETZ)
    mit_quelle = Q(geprueft_am__isnull=False) & ~Q(quelle="")
    return (gesetz & mit_quelle) | (~gesetz & Q(quelle="", geprueft_am__isnull=True))


@pghistory.track()
class EigenerWert(models.Model):
    """One value of one key from one day on; in force once a second person has released it.

    `zahl` carries euro, days or a factor, `auswahl` a word, `text` a wording; one is set. A later
    released value of the same key ends it, so there is neither gap nor overlap. A value of the law
    that was entered ahead says where it was published and when that was checked; when the package
    later has another one, the decision for the own value is kept in the `bestaetigt_` fields.
    """

    schluessel = models.CharField("Wert", max_length=60)
    gueltig_ab = models.DateField("gilt ab")
    zahl = models.DecimalField("Zahl", max_digits=12, decimal_places=4, null=True, blank=True)
    auswahl = models.CharField("Auswahl", max_length=20, choices=_auswahl(), null=True, blank=True)
    text = models.TextField("Wortlaut", blank=True, default="")
    begruendung = models.TextField("Begründung")
    state = models.CharField(
        "Zustand", max_length=20, choices=Wertzustand.choices, default=Wertzustand.ENTWURF
    )
    vorgeschlagen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgeschlagen von",
        related_name="vorgeschlagene_werte",
    )
    vorgeschlagen_am = models.DateField("vorgeschlagen am")
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_werte",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    verworfen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="verworfen von",
        null=True,
        blank=True,
        related_name="verworfene_werte",
    )
    verworfen_am = models.DateField("verworfen am", null=True, blank=True)
    verworfen_grund = models.CharField("Grund", max_length=200, blank=True)
    quelle = models.CharField("Quelle", max_length=200, blank=True, default="")
    geprueft_am = models.DateField("geprüft am", null=True, blank=True)
    bestaetigt_gegen = models.DecimalField(
        "beibehalten gegen", max_digits=12, decimal_places=4, null=True, blank=True
    )
    bestaetigt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="beibehalten von",
        null=True,
        blank=True,
        related_name="bestaetigte_werte",
    )
    bestaetigt_am = models.DateField("beibehalten am", null=True, blank=True)
    bestaetigt_grund = models.CharField(
        "Grund des Beibehaltens", max_length=200, blank=True, default=""
    )

    class Meta:
        verbose_name = "Eigener Wert"
        verbose_name_plural = "Eigene Werte"
        ordering = ["schluessel", "gueltig_ab", "id"]
        constraints = [
            choices_check("eigener_wert", "state", Wertzustand),
            models.CheckConstraint(
                name="eigener_wert_nur_einstellbares",
                condition=Q(schluessel__regex=SCHLUESSELFORM),
            ),
            models.CheckConstraint(
                name="eigener_wert_zahl_oder_auswahl",
                condition=_auswahl_passt(),
            ),
            models.CheckConstraint(
                name="eigener_wert_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | ~Q(freigegeben_von=F("vorgeschlagen_von")),
            ),
            models.CheckConstraint(
                name="eigener_wert_freigabe_vollstaendig",
                condition=~Q(state=Wertzustand.FREIGEGEBEN)
                | Q(freigegeben_von__isnull=False, freigegeben_am__isnull=False),
            ),
            models.CheckConstraint(
                name="eigener_wert_verwerfen_begruendet",
                condition=(
                    Q(
                        state=Wertzustand.VERWORFEN,
                        verworfen_von__isnull=False,
                        verworfen_am__isnull=False,
                    )
                    & ~Q(verworfen_grund="")
                )
                | (
                    ~Q(state=Wertzustand.VERWORFEN)
                    & Q(verworfen_von__isnull=True, verworfen_am__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="eigener_wert_gesetz_mit_quelle",
                condition=_quelle_passt(),
            ),
            models.CheckConstraint(
                name="eigener_wert_beibehalten_vollstaendig",
                condition=Q(bestaetigt_gegen__isnull=True, bestaetigt_von__isnull=True)
                | (
                    Q(
                        bestaetigt_gegen__isnull=False,
                        bestaetigt_von__isnull=False,
                        bestaetigt_am__isnull=False,
                    )
                    & ~Q(bestaetigt_grund="")
                ),
            ),
            models.UniqueConstraint(
                name="eigener_wert_einmal_je_tag",
                fields=["schluessel", "gueltig_ab"],
                condition=Q(state=Wertzustand.FREIGEGEBEN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Wertzustand.FREIGEGEBEN.value,),
                    (
                        "schluessel",
                        "gueltig_ab",
                        "zahl",
                        "auswahl",
                        "text",
                        "begruendung",
                        "quelle",
                        "geprueft_am",
                        "vorgeschlagen_von",
                        "vorgeschlagen_am",
                        "freigegeben_von",
                        "freigegeben_am",
                    ),
                ),
            ),
            pgtrigger.Protect(
                name="verworfen_fest",
                operation=pgtrigger.Update,
                condition=FixedIn((Wertzustand.VERWORFEN.value,)),
            ),
            pgtrigger.FSM(
                name="nur_vorwaerts",
                field="state",
                transitions=[
                    (Wertzustand.ENTWURF.value, Wertzustand.FREIGEGEBEN.value),
                    (Wertzustand.ENTWURF.value, Wertzustand.VERWORFEN.value),
                    (Wertzustand.FREIGEGEBEN.value, Wertzustand.VERWORFEN.value),
                ],
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.titel}: {self.wert_text} ab {self.gueltig_ab:%d.%m.%Y}"

    @property
    def vorgriff(self) -> Vorgriff | None:
        """Return an entered value of the law as `recht` takes it, None for all other values."""
        if not self.schluessel.startswith(GESETZ) or self.zahl is None or self.geprueft_am is None:
            return None
        schluessel = self.schluessel.removeprefix(GESETZ)
        return Vorgriff(schluessel, self.zahl, self.gueltig_ab, self.quelle, self.geprueft_am)

    @property
    def paketwert(self) -> Wert | None:
        """Return what the package has for the first day while that is another, undecided value."""
        if self.state != Wertzustand.FREIGEGEBEN or (vorgriff := self.vorgriff) is None:
            return None
        anderer = PAKET.abweichung(vorgriff)
        offen = anderer is not None and anderer.wert != self.bestaetigt_gegen
        return anderer if offen else None

    @property
    def titel(self) -> str:
        """Return what is set, as a user reads it."""
        return wertschluessel()[self.schluessel].titel

    @property
    def wert_text(self) -> str:
        """Return the value with its unit, as a user reads it."""
        if self.auswahl is not None:
            return str(AUSWAHL[self.schluessel](self.auswahl).label)
        if self.text:
            return self.text
        return zahl_text(self.zahl or Decimal(0), wertschluessel()[self.schluessel].einheit)
