"""Where an effect on the outside stands."""

from __future__ import annotations

from django.db.models import TextChoices


class Auftragzustand(TextChoices):
    """Where an effect on the outside stands."""

    OFFEN = "offen", "offen"
    IN_ARBEIT = "in_arbeit", "in Arbeit"
    FERTIG = "fertig", "fertig"
    FEHLGESCHLAGEN = "fehlgeschlagen", "fehlgeschlagen"
    UNGEWISS = "ungewiss", "ungewiss"
    ABGEBROCHEN = "abgebrochen", "abgebrochen"


AUFTRAGFARBEN = {
    Auftragzustand.OFFEN: "info",
    Auftragzustand.IN_ARBEIT: "info",
    Auftragzustand.FERTIG: "success",
    Auftragzustand.FEHLGESCHLAGEN: "danger",
    Auftragzustand.UNGEWISS: "warning",
    Auftragzustand.ABGEBROCHEN: "neutral",
}
