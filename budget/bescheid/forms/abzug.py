"""What is asked about income, household and assets, by the law of the first day of the budget.

The Bescheid asks it for the first time, the yearly review again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from budget.bescheid.queries import alter_am_beginn, haushalt_of
from budget.bescheid.schreiben.abzug import (
    compute_abzug,
    compute_einsatz,
    geld_fuer_beitrag,
    geld_fuer_einsatz,
    gets_lebensunterhalt,
    has_sozialhilfe,
    is_geschont,
)
from budget.models import Bescheid, PersoenlichesBudget
from budget.states.einkommen import Beitragsfreiheit, Einkommensart, Partnerangabe
from cases.forms.felder import EuroField
from cases.forms.stand import StandForm
from recht.geld import format_euro
from recht.parameter import parameter
from recht.rechtsstand import Rechtsstand

_HOECHSTENS = 30
_NUR_B = ("einkommen", "einkommensart", "kinder", "minderjaehrige", "beitragsfrei")
# What § 85 SGB XII asks; only where a Teilbudget of the Sozialhilfe is the own one.
_EINSATZ = ("monatseinkommen", "unterkunft", "einsatz_prozent", "einsatz_grund")
_NUR_SOZIALHILFE = (*_EINSATZ, "angehoerige", "vermoegen_erwerb")
_PARTNER_B = (
    Partnerangabe.OFFEN,
    Partnerangabe.KEINER,
    Partnerangabe.UNTER,
    Partnerangabe.UEBER,
)
# On what the deduction rests.
RECHNET = (
    *("einkommen", "einkommensart", "partner", "kinder", "minderjaehrige"),
    *("beitragsfrei", "einkommenseinsatz", "monatseinkommen", "unterkunft", "angehoerige"),
    *("einsatz_prozent", "einsatz_grund", "vermoegen", "vermoegen_erwerb", "unterhaltene"),
)
_PARTNER_FRUEHER = (Partnerangabe.OFFEN, Partnerangabe.KEINER, Partnerangabe.MIT)


class _ZahlField(forms.IntegerField):
    """A number of persons; nothing typed means none."""

    def __init__(self, **kwargs: Any) -> None:
        meldung = f"Bitte geben Sie eine ganze Zahl von 0 bis {_HOECHSTENS} an, zum Beispiel 2."
        super().__init__(
            required=False,
            min_value=0,
            max_value=_HOECHSTENS,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), meldung),
            **kwargs,
        )

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class Einkommensfragen(StandForm):
    """The questions of the law; the values of `werte_ab` count, else of the first budget day.

    A subclass sets `budget`, calls `_keep_fields_of_the_law` once its fields are there and
    `_check_einkommen` with what was typed.
    """

    budget: PersoenlichesBudget
    werte_ab: date | None = None

    einkommen = EuroField(
        label="Einkommen des Vorvorjahres",
        required=False,
        help_text="Im Jahr, § 135 SGB IX; bei Minderjährigen das der Eltern. Mit den nächsten "
        "Angaben entstehen Beitrag und Satz von selbst; der Beitrag wird von der Auszahlung "
        "abgezogen.",
    )
    einkommensart = forms.ChoiceField(
        label="Das Einkommen kommt überwiegend aus",
        required=False,
        choices=Einkommensart.choices,
    )
    partner = forms.ChoiceField(
        label="Ehegatte oder Partner",
        required=False,
        choices=Partnerangabe.choices,
        help_text="Nicht getrennt lebend, auch eheähnlich oder als Lebenspartner. Seit 2020 kommt "
        "es auf das eigene Einkommen des Partners an (§ 136 Abs. 3 und 4 SGB IX).",
    )
    kinder = _ZahlField(
        label="Unterhaltsberechtigte Kinder im Haushalt",
        help_text="Jedes Kind erhöht die Grenze (§ 136 Abs. 4 SGB IX).",
    )
    minderjaehrige = _ZahlField(
        label="Minderjährige mit Leistungen im Haushalt der Eltern",
        help_text="Nur wenn die Person minderjährig ist und bei ihren Eltern lebt: sie selbst und "
        "Geschwister mit Leistungen. Dann zählt das Einkommen der Eltern; Partner und Kinder "
        "erhöhen die Grenze nicht (§ 136 Abs. 1 und 5 SGB IX).",
    )
    beitragsfrei = forms.ChoiceField(
        label="Kein Beitrag, weil",
        required=False,
        choices=Beitragsfreiheit.choices,
        help_text="Was schon aus der Leistung folgt, etwa Teilhabe am Arbeitsleben, erkennt das "
        "Programm selbst; ebenso Lebensunterhalt, der im Gesamtplan steht (§ 138 Abs. 1 SGB IX).",
    )
    monatseinkommen = EuroField(
        label="Einkommen im Monat",
        required=False,
        help_text="Nach den Abzügen des § 82 SGB XII. Mit den nächsten drei Angaben entsteht der "
        "Einsatz von selbst (§ 85 SGB XII).",
    )
    unterkunft = EuroField(
        label="Kosten der Unterkunft im Monat",
        required=False,
        help_text="Soweit sie angemessen sind (§ 85 Abs. 1 Nr. 2 SGB XII).",
    )
    angehoerige = _ZahlField(
        label="Partner und überwiegend unterhaltene Personen",
        help_text="Für jede zählt ein Familienzuschlag (§ 85 Abs. 1 Nr. 3 SGB XII).",
    )
    einsatz_prozent = forms.IntegerField(
        label="Anteil des Einkommens über der Grenze in Prozent",
        required=False,
        min_value=0,
        max_value=100,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Bitte geben Sie eine ganze Zahl von 0 bis 100 an, zum Beispiel 40.",
        ),
        help_text="Was in angemessenem Umfang zuzumuten ist (§ 87 SGB XII); die Behörde wägt ab.",
    )
    einsatz_grund = forms.CharField(
        label="Warum dieser Anteil angemessen ist",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Art des Bedarfs, Dauer und Höhe der Aufwendungen, besondere Belastungen. Der "
        "Grund steht im Bescheid.",
    )
    einkommenseinsatz = EuroField(
        label="Einsatz des Einkommens im Monat",
        required=False,
        help_text="Was nach § 85 SGB XII und § 87 SGB XII einzusetzen ist, 0 wenn nichts. Nach "
        "dem Recht ab 2020 nur für Hilfe zur Pflege. Der Betrag wird von der Auszahlung abgezogen.",
    )
    vermoegen = EuroField(
        label="Vermögen",
        required=False,
        help_text="Was nach § 139 SGB IX zählt, bis 2019 nach § 90 SGB XII.",
    )
    vermoegen_erwerb = forms.BooleanField(
        label="Das Vermögen stammt überwiegend aus Erwerbstätigkeit während des Bezugs",
        required=False,
        help_text="Dann bleibt für die Hilfe zur Pflege mehr frei (§ 66a SGB XII).",
    )
    unterhaltene = _ZahlField(
        label="Überwiegend unterhaltene Personen",
        help_text="Sie erhöhen den freien Betrag des Vermögens (§ 90 SGB XII).",
    )

    def _keep_fields_of_the_law(self) -> None:
        neu = self.budget.rechtsstand is Rechtsstand.B
        sozialhilfe = has_sozialhilfe(self.budget)
        # What other maintained persons change: the assets until 2019, of the Sozialhilfe today too.
        fort: tuple[str, ...] = () if sozialhilfe else _NUR_SOZIALHILFE
        fort += (() if sozialhilfe else ("unterhaltene",)) if neu else _NUR_B
        for name in fort:
            del self.fields[name]
        partner = self.fields["partner"]
        partner.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (p.value, p.label) for p in (_PARTNER_B if neu else _PARTNER_FRUEHER)
        ]
        if haushalt_of(self.budget).partner:
            partner.help_text = (
                f"{partner.help_text} Zur Person ist ein Partner im Haushalt erfasst."
            )

    def _check_einkommen(self, cleaned: Mapping[str, Any]) -> None:
        """Refuse what leaves a question open on which the deduction depends."""
        if self.budget.rechtsstand is Rechtsstand.B:
            self._check_beitrag(cleaned)
        elif cleaned.get("vermoegen") is not None and not cleaned.get("partner"):
            self.add_error(
                "partner", "Bitte wählen Sie aus: Die Grenze des Vermögens hängt davon ab."
            )
        self._check_einsatz(cleaned)
        if not self.errors:
            self._check_abzug(cleaned)

    def _check_einsatz(self, cleaned: Mapping[str, Any]) -> None:
        """Ask for every fact of § 85 SGB XII, or for none."""
        if "monatseinkommen" not in self.fields or not any(
            cleaned.get(name) not in (None, "") for name in _EINSATZ
        ):
            return
        for name in _EINSATZ:
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, "Bitte ausfüllen: Der Einsatz des Einkommens hängt davon ab.")
        if cleaned.get("einkommenseinsatz") is not None:
            self.add_error(
                "einkommenseinsatz",
                "Bitte lassen Sie das Feld leer: Der Einsatz ergibt sich aus den Angaben davor.",
            )
        prozent = cleaned.get("einsatz_prozent")
        if prozent is not None and is_geschont(self.budget, self.werte_ab):
            frei = parameter("einsatz_schonung_prozent", self.werte_ab or self.budget.beginn).wert
            if prozent > 100 - frei:
                self.add_error(
                    "einsatz_prozent",
                    f"Höchstens {100 - frei} %: Bei Pflegegrad 4 oder 5 und bei Blindheit bleiben "
                    f"mindestens {frei} % frei (§ 87 Abs. 1 S. 3 SGB XII).",
                )

    def _check_beitrag(self, cleaned: Mapping[str, Any]) -> None:
        """Ask for each fact on which the limit of the income depends."""
        minderjaehrige = cleaned.get("minderjaehrige")
        if minderjaehrige and not haushalt_of(self.budget).minderjaehrig:
            self.add_error(
                "minderjaehrige",
                f"Am Beginn des Budgets ist die Person {alter_am_beginn(self.budget)} Jahre alt. "
                "Bitte geben Sie 0 an; das Einkommen der Eltern zählt nicht (§ 136 Abs. 1 SGB IX).",
            )
        if cleaned.get("einkommen") is None:
            return
        if not cleaned.get("einkommensart"):
            self.add_error("einkommensart", "Bitte wählen Sie aus, woher das Einkommen kommt.")
        if not cleaned.get("partner") and not minderjaehrige:
            self.add_error(
                "partner", "Bitte wählen Sie aus: Die Grenze des Einkommens hängt davon ab."
            )

    def _check_abzug(self, cleaned: Mapping[str, Any]) -> None:
        """Refuse what cannot be kept back from the payment."""
        felder = {n: cleaned[n] for n in RECHNET if n in cleaned}
        abzug = compute_abzug(Bescheid(persoenliches_budget=self.budget, **felder), self.werte_ab)
        feld, einsatz = self._einsatz(felder)
        geld = geld_fuer_einsatz(self.budget)
        if einsatz and gets_lebensunterhalt(self.budget):
            self.add_error(
                feld,
                "Der Gesamtplan enthält eine Leistung zum Lebensunterhalt; ein Einsatz des "
                "Einkommens wird dann nicht verlangt. Bitte lassen Sie das Feld leer.",
            )
        elif einsatz and einsatz > geld:
            self.add_error(
                feld,
                f"Abziehen lassen sich höchstens {format_euro(geld)}: So viel zahlen wir im Monat "
                "in Geld für Leistungen, für die Einkommen nach dem SGB XII einzusetzen ist.",
            )
        geld = geld_fuer_beitrag(self.budget)
        if abzug.beitrag > geld:
            self.add_error(
                "einkommen",
                f"Daraus folgt ein Beitrag von {format_euro(abzug.beitrag)} im Monat. Abziehen "
                f"lassen sich höchstens {format_euro(geld)}, die wir in Geld zahlen.",
            )

    def _einsatz(self, felder: Mapping[str, Any]) -> tuple[str, Decimal | None]:
        """Return the field to which an Einsatz belongs, and how much it is."""
        fakten = Bescheid(persoenliches_budget=self.budget, **felder)
        berechnet = compute_einsatz(fakten, self.werte_ab)
        if berechnet is not None:
            return "monatseinkommen", berechnet.betrag
        return "einkommenseinsatz", felder.get("einkommenseinsatz")
