"""What is asked about income and household for the Beitrag (§§ 135-138 SGB IX)."""

from __future__ import annotations

from django.db.models import TextChoices


class Einkommensart(TextChoices):
    """Where the income mostly comes from; words of `recht.beitrag` (§ 136 Abs. 2 SGB IX)."""

    OFFEN = "", "nicht erfasst"
    SV = "sv", "versicherungspflichtige Beschäftigung oder Selbständigkeit"
    NICHT_SV = "nicht_sv", "andere Beschäftigung oder andere Einkünfte"
    RENTE = "rente", "Rente"


class Partnerangabe(TextChoices):
    """Whether there is a partner (§ 136 Abs. 3, 4 SGB IX); of her own income only since 2020."""

    OFFEN = "", "nicht erfasst"
    KEINER = "keiner", "ohne Ehegatten oder Partner"
    UNTER = "unter_grenze", "mit Partner, dessen Einkommen die Grenze nicht übersteigt"
    UEBER = "ueber_grenze", "mit Partner, dessen Einkommen über der Grenze liegt"
    MIT = "mit", "mit Ehegatten oder Partner"


class Beitragsfreiheit(TextChoices):
    """Why no Beitrag is deducted, as far as no Leistung tells it; keys of `recht.beitragsfrei`."""

    KEINE = "", "keiner dieser Gründe"
    AUSBILDUNG = "frei_ausbildungsstaette", "Ausbildung in einer besonderen Ausbildungsstätte"
    VORBEREITUNG = "frei_vorbereitung_arbeitsleben", "Vorbereitung auf das Arbeitsleben"
    KIND = "frei_nicht_eingeschult", "das Kind ist noch nicht eingeschult"
    LEBENSUNTERHALT = "frei_lebensunterhalt", "Lebensunterhalt nach SGB II oder SGB XII"
    ANDERWEITIG = "anderweitig", "Beitrag wird schon bei einer anderen Leistung abgezogen"
