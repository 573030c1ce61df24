"""What a decision that ends a Persönliches Budget says about the claim behind it."""

from __future__ import annotations

from django.db.models import TextChoices


class Anspruch(TextChoices):
    """What becomes of the claim to the services themselves when the Persönliches Budget ends."""

    OFFEN = "", "nicht gesagt"
    BLEIBT = "bleibt", "Er bleibt: Die Person erhält die Leistungen als Sachleistung"
    ANDERER = "anderer", "Er bleibt, aber gegen einen anderen Träger"
    ENTFAELLT = "entfaellt", "Er entfällt auch: Bedarf oder Anspruch bestehen nicht mehr"
