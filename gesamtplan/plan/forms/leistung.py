"""The form of a Leistung in the Gesamtplan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from crispy_forms.layout import Fieldset, Row
from django import forms

from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from cases.models import Angebot, Leistungstraeger
from gesamtplan.bedarf.forms import MengeField
from gesamtplan.models import Leistung, Teilhabeziel
from gesamtplan.models.angaben import Leistungsangaben
from gesamtplan.plan.guards import entscheidung_moeglich, menge_mit_einheit, schluessel_passt
from gesamtplan.states import Entscheidung, Leistungsform, Umfangseinheit
from recht.entscheidung import Zuordnung
from recht.leistung import (
    BEZEICHNUNG,
    Bereich,
    Leistungsschluessel,
    alle_leistungen,
    leistung_of,
)
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am

_FELDER = (
    "teilhabeziel",
    "weitere_ziele",
    "leistungstraeger",
    "katalogschluessel",
    "bezeichnung",
    "norm",
    "leistungsform",
    "umfang",
    "angebot",
    "menge",
    "einheit",
    "satz",
    "beginn",
    "ende",
    "ergaenzend",
    "entscheidung",
    "entscheidung_grund",
)


def katalogwahl(stichtag: date) -> list[Any]:
    """Return the Leistungen of the catalogue in groups, as a plan of this day may name them.

    A plan may reach into the law that follows, so what comes later is offered too.
    """
    staende = list(Rechtsstand)
    moeglich = set(staende[staende.index(rechtsstand_am(stichtag)) :])
    gruppen: dict[str, list[tuple[str, str]]] = {}
    for eintrag in alle_leistungen().values():
        if not eintrag.rechtsstaende & moeglich:
            continue
        name = BEZEICHNUNG[eintrag.bereich]
        if Rechtsstand.B not in eintrag.rechtsstaende:
            name += " bis 2019" if Rechtsstand.UE in eintrag.rechtsstaende else " bis 2017"
        zeile = (eintrag.schluessel, f"{eintrag.bezeichnung} ({eintrag.norm})")
        gruppen.setdefault(name, []).append(zeile)
    return [("", "Bitte auswählen"), *gruppen.items()]


def _zieltitel(ziel: Any) -> str:
    text = ziel.text if len(ziel.text) <= 90 else f"{ziel.text[:89]}…"
    return f"{ziel.nummer}. {text}"


class ZielField(forms.ModelChoiceField):
    """A choice among the goals of one version, shown with number and text."""

    def label_from_instance(self, obj: Any) -> str:
        return _zieltitel(obj)


class AngebotField(forms.ModelChoiceField):
    """A choice among the Angebote of the directory, shown with their provider."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.leistungserbringer.name}: {obj.name}"


class LeistungForm(StandForm):
    """Who gives what, in which form (§ 105 SGB IX), how much, for which goal."""

    fields: dict[str, Any]

    teilhabeziel = ZielField(
        label="Dient dem Ziel",
        queryset=Teilhabeziel.objects.none(),
        empty_label="Bitte auswählen",
    )
    weitere_ziele = forms.TypedMultipleChoiceField(
        label="Dient auch diesen Zielen",
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text="Umfang und Preis stehen einmal für alle Ziele zusammen.",
    )
    leistungstraeger = forms.ModelChoiceField(
        label="Leistungsträger",
        queryset=Leistung.objects.none(),
        empty_label="wir selbst, wie es die Leistung vorsieht",
        required=False,
    )
    katalogschluessel = forms.ChoiceField(
        label="Leistung des Katalogs",
        help_text="Danach richten sich Voraussetzungen, Form im Persönlichen Budget und wer "
        "entscheidet.",
    )
    bezeichnung = forms.CharField(
        label="Leistung",
        required=False,
        max_length=200,
        help_text="Zum Beispiel „Assistenz im eigenen Wohnraum“. Leer: wie im Katalog.",
    )
    norm = forms.CharField(
        label="Rechtsgrundlage",
        required=False,
        max_length=200,
        help_text="Steht so in den Schreiben. Leer: die Fundstelle des Katalogs.",
    )
    leistungsform = forms.ChoiceField(
        label="Form",
        required=False,
        choices=[("", "Bitte auswählen"), *Leistungsform.choices],
        help_text="§ 105 SGB IX. Eine pauschale Geldleistung braucht die Zustimmung der Person. "
        "„Wie beantragt“ setzt Lebensunterhalt als ergänzende Geldleistung daneben.",
    )
    umfang = forms.CharField(
        label="Art und Umfang",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Zum Beispiel „6 Fachleistungsstunden in der Woche, überwiegend in der Wohnung“.",
    )
    angebot = AngebotField(
        label="Angebot",
        queryset=Angebot.objects.none(),
        required=False,
        empty_label="noch offen oder nicht im Verzeichnis",
        help_text="Nach Namen geordnet. Der Preis des ersten Tages kommt aus dem Verzeichnis.",
    )
    menge = MengeField(
        label="Menge",
        required=False,
        help_text="Eine fachliche Festlegung, zum Beispiel 6 oder 2,5.",
    )
    einheit = forms.ChoiceField(
        label="Einheit",
        required=False,
        choices=[("", "Bitte auswählen"), *Umfangseinheit.choices],
    )
    satz = EuroField(
        label="Preis je Einheit",
        required=False,
        help_text="Leer: der vereinbarte Preis des Angebots am Tag des Beginns.",
    )
    beginn = DatumField(label="Beginn")
    ende = DatumField(label="Ende", required=False, help_text="Leer, wenn ohne Enddatum.")
    ergaenzend = forms.BooleanField(
        label="Ergänzende Leistung",
        required=False,
        help_text="Sie tritt zu einem Persönlichen Budget hinzu, ist aber selbst nicht "
        "budgetfähig, zum Beispiel Grundsicherung.",
    )
    entscheidung = forms.ChoiceField(
        label="Wer entscheidet",
        choices=[("", "wie es das Gesetz vorsieht"), *Entscheidung.choices],
        required=False,
        help_text="Nur ändern, wenn ein anderer Träger nach § 15 Abs. 3 S. 1 SGB IX im eigenen "
        "Namen entscheidet; der Plan dokumentiert es.",
    )
    entscheidung_grund = forms.CharField(
        label="Warum so entschieden wird",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nur wenn es vom Gesetz abweicht. Steht im Gesamtplan und im Bescheid.",
    )
    layout = (
        Fieldset("Wofür und von wem", "teilhabeziel", "weitere_ziele", "leistungstraeger"),
        Fieldset(
            "Was",
            "katalogschluessel",
            "bezeichnung",
            "norm",
            "leistungsform",
            "umfang",
            "ergaenzend",
        ),
        Fieldset("Wie viel und durch wen", "angebot", Row("menge", "einheit"), "satz"),
        Fieldset("Von wann bis wann", Row("beginn", "ende")),
        Fieldset("Wer entscheidet", "entscheidung", "entscheidung_grund"),
    )
    absenden = "Leistung speichern"

    def __init__(
        self,
        *args: Any,
        ziele: Any,
        traeger: Any,
        angebote: Any = None,
        stichtag: date,
        als_budget: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["angebot"].queryset = Angebot.objects.none() if angebote is None else angebote
        self.als_budget = als_budget
        if als_budget:
            wie_beantragt = ("", "wie beantragt, als Persönliches Budget")
            self.fields["leistungsform"].choices = [wie_beantragt, *Leistungsform.choices]
        self.fields["katalogschluessel"].choices = katalogwahl(stichtag)
        self.fields["teilhabeziel"].queryset = ziele
        self.fields["weitere_ziele"].choices = [(str(z.kennung), _zieltitel(z)) for z in ziele]
        if len(self.fields["weitere_ziele"].choices) < 2:
            del self.fields["weitere_ziele"]
            wofuer = Fieldset("Wofür und von wem", "teilhabeziel", "leistungstraeger")
            self.layout = (wofuer, *self.layout[1:])  # of this form alone
        self.fields["leistungstraeger"].queryset = traeger

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        beginn, ende = cleaned.get("beginn"), cleaned.get("ende")
        if beginn and ende and ende < beginn:
            norm = norm_am(
                beginn, "§ 58 SGB XII", "§ 121 Abs. 4 Nr. 3 SGB IX", ue="§ 144 Abs. 4 Nr. 3 SGB XII"
            )
            self.add_error("ende", f"Das Ende liegt vor dem Beginn. ({norm})")
        if beginn and not {"menge", "satz", "einheit"} & set(self.errors):
            self._check_menge(cleaned, beginn)
        self._take_known(cleaned)
        traeger, schluessel = cleaned.get("leistungstraeger"), cleaned.get("katalogschluessel")
        if traeger and schluessel and beginn:
            self._check_recht(cleaned, traeger, schluessel, beginn)
        return cleaned

    def _check_menge(self, cleaned: dict[str, Any], beginn: date) -> None:
        menge, einheit = cleaned.get("menge"), cleaned.get("einheit", "")
        hindernis = menge_mit_einheit(menge, einheit, cleaned.get("satz"), beginn)
        if hindernis is not None:
            self.add_error("menge" if menge is None else "einheit", hindernis.text)

    def _take_known(self, cleaned: dict[str, Any]) -> None:
        """Fill what was left empty from catalogue and Antrag; ask where they do not say it."""
        eintrag = leistung_of(cleaned.get("katalogschluessel") or "")
        if eintrag is None:
            return
        cleaned["bezeichnung"] = cleaned.get("bezeichnung") or eintrag.bezeichnung[:200]
        if not cleaned.get("leistungstraeger") and "leistungstraeger" not in self.errors:
            cleaned["leistungstraeger"] = self._own_traeger(eintrag, cleaned.get("beginn"))
            if cleaned["leistungstraeger"] is None:
                self.add_error("leistungstraeger", "Bitte wählen Sie, wer diese Leistung gibt.")
        if cleaned.get("leistungsform") or "leistungsform" in self.errors:
            return
        if not self.als_budget:
            self.add_error("leistungsform", "Bitte auswählen.")
        elif eintrag.bereich is Bereich.LEBENSUNTERHALT:
            # It joins the budget from outside.
            cleaned["leistungsform"] = Leistungsform.GELDLEISTUNG.value
            cleaned["ergaenzend"] = True
        else:
            cleaned["leistungsform"] = Leistungsform.PERSOENLICHES_BUDGET.value

    def _own_traeger(
        self, eintrag: Leistungsschluessel, beginn: date | None
    ) -> Leistungstraeger | None:
        """Return the entry of the own authority that gives it, None where there is not just one."""
        arten = eintrag.traeger
        if eintrag.bereich is Bereich.EINGLIEDERUNGSHILFE and beginn:
            neu = rechtsstand_am(beginn) is Rechtsstand.B
            arten = frozenset({"eingliederungshilfe" if neu else "sozialhilfe"})
        found = [t for t in self.fields["leistungstraeger"].queryset if t.eigener]
        found = [t for t in found if t.art in arten]
        return found[0] if len(found) == 1 else None

    def _check_recht(
        self, cleaned: dict[str, Any], traeger: Leistungstraeger, schluessel: str, beginn: date
    ) -> None:
        """Show at its field what does not fit the law of the first day."""
        hindernis = schluessel_passt(schluessel, traeger, beginn)
        if hindernis is not None:
            self.add_error("katalogschluessel", f"{hindernis.text} ({hindernis.norm})")
            return
        rolle, grund = cleaned.get("entscheidung"), cleaned.get("entscheidung_grund", "")
        if not rolle:
            return
        zuordnung = Zuordnung(schluessel, traeger.art, traeger.eigener)
        hindernis = entscheidung_moeglich(zuordnung, rolle, grund, beginn)
        if hindernis is not None:
            feld = (
                "entscheidung_grund"
                if entscheidung_moeglich(zuordnung, rolle, "Grund", beginn) is None
                else "entscheidung"
            )
            self.add_error(feld, f"{hindernis.text} ({hindernis.norm})")

    def angaben(self) -> Leistungsangaben:
        """Return what was typed as the service takes it."""
        return Leistungsangaben(
            **{name: wert for name, wert in self.cleaned_data.items() if name in _FELDER}
        )
