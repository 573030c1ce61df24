"""When the law lets a decision come without an Anhörung."""

from __future__ import annotations

from django.db.models import TextChoices


class Anhoerungsverzicht(TextChoices):
    """Why nobody was heard (§ 24 Abs. 2 SGB X)."""

    KEINER = "", "Die Person wird angehört"
    NR1 = "1", "Nr. 1: Gefahr im Verzug oder öffentliches Interesse"
    NR2 = "2", "Nr. 2: Die Anhörung stellt eine maßgebliche Frist in Frage"
    NR3 = "3", "Nr. 3: Von Angaben der Person wird nicht zu ihren Ungunsten abgewichen"
    NR5 = "5", "Nr. 5: Einkommensabhängige Leistung wird geänderten Verhältnissen angepasst"
