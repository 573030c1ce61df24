"""What a person writes in a Bescheid; everything else comes from the budget.

What is asked about income and assets depends on the law of the first day: a field of another law is
not shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from budget.bescheid.forms.abzug import Einkommensfragen
from budget.bescheid.forms.wunsch import WunschForm, felder_of
from budget.bescheid.queries import haushalt_of
from budget.bescheid.schreiben.vorschlag import ANGABEN
from budget.models import PersoenlichesBudget
from budget.states.einkommen import Partnerangabe
from cases.forms.basis import form_helper
from cases.forms.felder import DatumField
from cases.forms.vorschlag import mark_ueberholt
from cases.models.vorschlag import Vorschlagstext
from cases.textbaustein.forms import BausteineForm, stellen_of
from cases.textbaustein.queries import Angebot
from recht.rechtsstand import Rechtsstand


def haushaltsangaben(budget: PersoenlichesBudget) -> dict[str, Any]:
    """Return what a new draft begins with, as far as the record of the person knows it.

    Whether the income of a partner stays below the limit is in no record; since 2020 it is asked.
    """
    haushalt = haushalt_of(budget)
    frueher = budget.rechtsstand is not Rechtsstand.B
    return {
        "partner": Partnerangabe.MIT if haushalt.partner and frueher else Partnerangabe.OFFEN,
        "kinder": haushalt.kinder,
        "minderjaehrige": int(haushalt.minderjaehrig),
        "unterhaltene": haushalt.kinder,
    }


BEREICH = "bescheid."


class BescheidForm(BausteineForm, WunschForm, Einkommensfragen):
    """First payment, grounds, what is refused, income and assets, Nebenbestimmungen.

    `angebote` are the texts of the authority on the day `heute`.
    """

    offen_erlaubt = True
    textstellen = stellen_of(
        BEREICH,
        "Bescheid über das Persönliche Budget",
        "§ 35 Abs. 1 SGB X",
        begruendung="Begründung",
        abgelehnte_leistungen="Abgelehnte Leistungen",
        nebenbestimmungen="Nebenbestimmungen",
        nicht_gefolgte_wuensche="Wünsche, denen nicht gefolgt wird",
        einkommen_vermoegen="Einkommen und Vermögen",
    )

    erste_auszahlung = DatumField(
        label="Erste Auszahlung am",
        help_text="In der Regel der Beginn des Budgets. Sechs Monate danach folgt die erste "
        "gemeinsame Überprüfung.",
    )
    begruendung = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Die wesentlichen tatsächlichen und rechtlichen Gründe, bei Ermessen auch die "
        "Gesichtspunkte der Abwägung (§ 35 Abs. 1 SGB X). Leerzeilen werden zu Absätzen.",
    )
    abgelehnte_leistungen = forms.CharField(
        label="Abgelehnte Leistungen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Was wird nicht bewilligt, und warum? Leer, wenn allem entsprochen wird.",
    )
    nebenbestimmungen = forms.CharField(
        label="Nebenbestimmungen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Jede mit ihrem Grund (§ 32 SGB X). Die Befristung steht bereits im Bescheid.",
    )
    nicht_gefolgte_wuensche = forms.CharField(
        label="Weitere Wünsche, denen nicht gefolgt wird",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wünsche, die nicht in Bedarf oder Gesamtplan stehen: Welcher, und warum nicht? "
        "Die Gründe stehen im Bescheid (§ 8 Abs. 2 S. 3 SGB IX).",
    )
    einkommen_vermoegen = forms.CharField(
        label="Einkommen und Vermögen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Was geprüft wurde und was daraus folgt: Beitrag, Einsatz oder Befreiung mit "
        "Vorschrift. Erhält die Person Leistungen zum Lebensunterhalt, steht der Satz schon da.",
    )
    ausland = forms.BooleanField(
        label="Der Bescheid wird im Ausland bekannt gegeben",
        required=False,
        help_text="Die Rechtsbehelfsbelehrung nennt dann drei Monate statt eines Monats "
        "(§ 84 Abs. 1 S. 2 SGG).",
    )
    zustellung = forms.BooleanField(
        label="Der Bescheid wird förmlich zugestellt",
        required=False,
        help_text="Mit Zustellungsurkunde, als Einschreiben oder öffentlich. Die Belehrung spricht "
        "dann von der Zustellung; ein einfacher Brief darf es danach nicht mehr sein.",
    )
    layout = ANGABEN
    absenden = "Entwurf speichern"

    def __init__(
        self,
        *args: Any,
        budget: PersoenlichesBudget,
        heute: date,
        texte: Mapping[str, Vorschlagstext] | None = None,
        angebote: Mapping[str, Sequence[Angebot]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.budget = budget
        self._keep_fields_of_the_law()
        self._add_wuensche(budget)
        mark_ueberholt(self, (texte or {}).values())
        self.offer(angebote or {}, heute)

    @property
    def helper(self) -> FormHelper:
        vorn = ("erste_auszahlung", "begruendung", "abgelehnte_leistungen")
        fragen = [name for w in self.wuensche for name in felder_of(w)]
        weitere = [n for n in ANGABEN if n in self.fields and n not in vorn]
        return form_helper(self.with_bausteine((*vorn, *fragen, *weitere)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_wuensche(cleaned)
        self._check_einkommen(cleaned)
        return cleaned
