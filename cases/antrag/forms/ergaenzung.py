"""The sections that usual blank forms have beside those of the KVJS, one form each."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms

from cases.antrag.forms.antrag import StichtagForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Angabe, Antragsart, Einsatzwahl


def _text(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class AnlassForm(StandForm):
    """Section 11: what kind of application, from when, where the person lived, what else runs."""

    antragsart = forms.ChoiceField(label="Art des Antrags", choices=Antragsart.choices)
    wunschbeginn = DatumField(
        label="Gewünschter Beginn",
        required=False,
        help_text="Leistungen beginnen frühestens mit dem Monat des Antrags (§ 108 Abs. 1 S. 2 "
        "SGB IX).",
    )
    frueherer_aufenthalt = _text(
        "Wo hat die Person vor dem Antrag gelebt?",
        "Orte und Zeiten, auch in Einrichtungen: Danach richtet sich der zuständige Träger "
        "(§ 98 SGB IX).",
    )
    anderer_antrag = forms.ChoiceField(
        label="Läuft anderswo ein Antrag auf Leistungen zur Teilhabe?", choices=Angabe.choices
    )
    anderer_antrag_bei = _text("Wo, wofür und seit wann?", "Für die Zuständigkeit (§ 14 SGB IX).")
    layout = (
        Row(Column("antragsart"), Column("wunschbeginn")),
        "frueherer_aufenthalt",
        "anderer_antrag",
        "anderer_antrag_bei",
    )

    def clean(self) -> dict[str, Any]:
        """Ask where the other application runs."""
        data = super().clean()
        if data.get("anderer_antrag") == Angabe.JA and not data.get("anderer_antrag_bei"):
            self.add_error("anderer_antrag_bei", "Bitte nennen Sie die Stelle.")
        return data


class EinsatzForm(StandForm):
    """Section 12: income and assets, or that none are asked, and claims against others."""

    einsatz = forms.ChoiceField(label="Einkommen und Vermögen", choices=Einsatzwahl.choices)
    einsatz_angaben = _text(
        "Angaben zu Einkommen und Vermögen",
        "Nur, wenn ein Beitrag in Betracht kommt (§ 136 SGB IX). Wird verschlüsselt gespeichert.",
    )
    ansprueche = forms.ChoiceField(
        label="Gibt es Ansprüche gegen Dritte?",
        choices=Angabe.choices,
        help_text="Zum Beispiel Schadensersatz nach einem Unfall oder eine private Versicherung.",
    )
    ansprueche_gegen = _text("Gegen wen und woraus?", "Wird verschlüsselt gespeichert.")

    def clean(self) -> dict[str, Any]:
        """Refuse facts that nobody asks for; ask against whom there are claims."""
        data = super().clean()
        if data.get("einsatz") == Einsatzwahl.BEITRAGSFREI and data.get("einsatz_angaben"):
            self.add_error(
                "einsatz_angaben",
                "Ohne Beitrag werden Einkommen und Vermögen nicht erhoben. Bitte löschen Sie den "
                "Text oder wählen Sie oben „Angaben folgen“.",
            )
        if data.get("ansprueche") == Angabe.JA and not data.get("ansprueche_gegen"):
            self.add_error("ansprueche_gegen", "Bitte nennen Sie, gegen wen.")
        return data


class ErklaerungenForm(StandForm, StichtagForm):
    """Section 13: doctors with release from secrecy, declarations and enclosures."""

    aerzte = _text(
        "Behandelnde Ärztinnen, Ärzte, Therapie und Kliniken",
        "Je Zeile Name, Ort und wofür. Wird verschlüsselt gespeichert.",
    )
    schweigepflicht_am = DatumField(
        label="Von der Schweigepflicht entbunden am",
        required=False,
        help_text="Nur für die genannten Stellen; widerruflich (§ 100 Abs. 1 S. 1 Nr. 2 SGB X).",
    )
    mitwirkung_am = DatumField(
        label="Richtigkeit erklärt und auf Mitwirkung hingewiesen am",
        required=False,
        help_text="Mitwirkung: § 60 SGB I, Folgen: § 66 SGB I.",
    )
    datenschutz_am = DatumField(
        label="Datenschutzhinweise gegeben am", required=False, help_text="Art. 13 DSGVO."
    )
    anlagen = _text("Anlagen", "Eine je Zeile, zum Beispiel Schwerbehindertenausweis (Kopie).")
    layout = (
        "aerzte",
        "schweigepflicht_am",
        Row(Column("mitwirkung_am"), Column("datenschutz_am")),
        "anlagen",
    )

    def clean_schweigepflicht_am(self) -> date | None:
        """Refuse a future day."""
        return self.not_later_than_today("schweigepflicht_am", "Die Entbindung")

    def clean_mitwirkung_am(self) -> date | None:
        """Refuse a future day."""
        return self.not_later_than_today("mitwirkung_am", "Der Hinweis")

    def clean_datenschutz_am(self) -> date | None:
        """Refuse a future day."""
        return self.not_later_than_today("datenschutz_am", "Der Hinweis")

    def clean(self) -> dict[str, Any]:
        """A release from secrecy names whom it releases."""
        data = super().clean()
        if data.get("schweigepflicht_am") and not data.get("aerzte"):
            self.add_error("aerzte", "Wer ist von der Schweigepflicht entbunden?")
        return data
