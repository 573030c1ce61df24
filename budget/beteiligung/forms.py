"""Forms of the board: ask a carrier, take in its answer, find oneself, note what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.layout import Fieldset, Row
from django import forms

from cases.antrag.guards.zustaendigkeit import zustimmungsnorm_am
from cases.antrag.services.stellungnahme import Stellungnahme
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from recht.rechtsstand import Rechtsstand, rechtsstand_am

# What a carrier is asked (§ 3 Abs. 1 BudgetV); editable before it is sent.
FRAGE = (
    "Bitte nehmen Sie Stellung:\n"
    "1. zum Bedarf, der durch Ihre Leistung gedeckt werden kann,\n"
    "2. zur Höhe des Teilbudgets, als Geldleistung oder Gutschein,\n"
    "3. zum Inhalt der Zielvereinbarung,\n"
    "4. zum Bedarf an Beratung und Unterstützung.\n"
    "Bitte nennen Sie uns auch, wer bei Ihnen zuständig ist."
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BeteiligenForm(BasisForm):
    """What a carrier is asked; Leistungsgruppen for a Rehabilitationsträger, consent for others.

    `stichtag` is the day whose law holds for the Antrag; before 2018 none asks for a consent.
    """

    gruppen = forms.MultipleChoiceField(
        label="Leistungsgruppen des Trägers", widget=forms.CheckboxSelectMultiple
    )
    zustimmung_am = DatumField(label="Zustimmung der Person am", required=False)
    frage = forms.CharField(
        label="Was der Träger gefragt wird", widget=_area(8), max_length=2000, initial=FRAGE
    )
    absenden = "Träger beteiligen"

    def __init__(
        self,
        *args: Any,
        gruppen: Sequence[tuple[str, str]],
        rehatraeger: bool,
        stichtag: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if rehatraeger:
            cast("forms.MultipleChoiceField", self.fields["gruppen"]).choices = gruppen
            del self.fields["zustimmung_am"]
        else:
            del self.fields["gruppen"]
            self._shape_consent(stichtag)

    def _shape_consent(self, stichtag: date) -> None:
        if rechtsstand_am(stichtag) is Rechtsstand.A:
            del self.fields["zustimmung_am"]
            return
        self.fields["zustimmung_am"].help_text = (
            "Pflegekasse und Träger der Hilfe zur Pflege werden nur mit Zustimmung beteiligt "
            f"({zustimmungsnorm_am(stichtag)})."
        )

    @property
    def angaben(self) -> dict[str, Any]:
        """Return what the service takes."""
        daten = self.cleaned_data
        return {
            "gruppen": daten.get("gruppen", []),
            "zustimmung_am": daten.get("zustimmung_am"),
            "frage": daten["frage"],
        }


class StellungnahmeForm(StandForm):
    """The answer of a carrier with its four topics."""

    angefordert_am = DatumField(
        label="Angefordert am",
        required=False,
        help_text="Nur, wenn ohne unser Schreiben gefragt wurde, zum Beispiel in der Konferenz.",
    )
    eingegangen_am = DatumField(label="Eingegangen am")
    ansprechperson = forms.CharField(
        label="Wer beim Träger zuständig ist",
        required=False,
        max_length=200,
        help_text="Name, Telefon oder E-Mail.",
    )
    feststellung = forms.CharField(
        label="Zum Bedarf", required=False, widget=_area(4), max_length=4000
    )
    hoehe = forms.CharField(label="Zur Höhe", required=False, widget=_area(3), max_length=4000)
    ziele = forms.CharField(
        label="Zum Inhalt der Zielvereinbarung", required=False, widget=_area(3), max_length=4000
    )
    beratung = forms.CharField(
        label="Zu Beratung und Unterstützung", required=False, widget=_area(3), max_length=4000
    )
    teilbudget_am = DatumField(
        label="Teilbudget festgestellt am",
        required=False,
        help_text="Binnen einer Woche nach dem Ende der Bedarfsfeststellung.",
    )
    absenden = "Stellungnahme speichern"

    def __init__(
        self, *args: Any, versandt: bool, mit_teilbudget: bool, stichtag: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        tage = ["eingegangen_am"]
        if versandt:
            del self.fields["angefordert_am"]
        else:
            tage.insert(0, "angefordert_am")
        if not mit_teilbudget:
            del self.fields["teilbudget_am"]
        for name in ("angefordert_am", "eingegangen_am", "teilbudget_am"):
            if name in self.fields:
                cast(DatumField, self.fields[name]).spaetestens = stichtag
        self.layout = (  # shaped by law and dispatch
            Fieldset("Eingang", Row(*tage), "ansprechperson"),
            Fieldset("Die vier Themen", "feststellung", "hoehe", "ziele", "beratung"),
            *(("teilbudget_am",) if mit_teilbudget else ()),
        )

    @property
    def angaben(self) -> Stellungnahme:
        """Return what the service takes."""
        daten = self.cleaned_data
        return Stellungnahme(
            eingegangen_am=daten["eingegangen_am"],
            feststellung=daten["feststellung"],
            hoehe=daten["hoehe"],
            ziele=daten["ziele"],
            beratung=daten["beratung"],
            ansprechperson=daten["ansprechperson"],
            angefordert_am=daten.get("angefordert_am"),
            teilbudget_am=daten.get("teilbudget_am"),
        )


class SelbstForm(BasisForm):
    """What the authority finds in place of a carrier that is late."""

    text = forms.CharField(
        label="Was Sie anstelle des Trägers feststellen",
        widget=_area(6),
        max_length=4000,
        help_text="Bedarf und Leistung nach dem Gesetz dieses Trägers, mit den Unterlagen, auf die "
        "Sie sich stützen.",
    )
    absenden = "Selbst feststellen"


class UnterlagenForm(StandForm):
    """Which part of the Antragsunterlagen a carrier was sent."""

    unterlagen_am = DatumField(label="Übersandt am")
    unterlagen = forms.CharField(
        label="Welche Teile",
        widget=_area(4),
        max_length=1000,
        help_text="Nur, was dieser Träger für seinen Teil braucht. Beispiel: Antrag Seite 1 und 2, "
        "Pflegegutachten; Angaben zu Einkommen und Vermögen geschwärzt.",
    )
    absenden = "Übersendung festhalten"
