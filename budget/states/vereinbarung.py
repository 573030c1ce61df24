"""How a signed Zielvereinbarung came back, and what is agreed beside its contents."""

from __future__ import annotations

from django.db.models import TextChoices


class Ruecklaufweg(TextChoices):
    """On which way the agreement that the person has signed came back."""

    PAPIER = "papier", "auf Papier, mit Unterschrift von Hand"
    SIGNATUR = "signatur", "elektronisch, mit qualifizierter Signatur"
    KONTO = "konto", "elektronisch, über ein Konto mit Ausweis"
    ABBILD = "abbild", "als Scan oder Foto einer Unterschrift von Hand"


# What is not a paper: then the file itself is the proof and has to be in the Akte.
ELEKTRONISCH = (Ruecklaufweg.SIGNATUR, Ruecklaufweg.KONTO, Ruecklaufweg.ABBILD)
