"""The draft of a further decision: what its kind asks for and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from budget.bescheid.queries.vorlaeufig import erste_bekanntgabe
from budget.folge.guards.geltung import KUENDIGUNG
from budget.states.anhoerung import Anhoerungsverzicht
from budget.states.anspruch import Anspruch
from budget.states.faelle import GIBT_WENIGER, VERZICHT
from budget.states.folge import Bezug, Folgeart, Folgezeile
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from cases.registry.textstelle import Textstelle
from cases.textbaustein.forms import BausteineForm, stellen_of
from cases.textbaustein.queries import Angebot


def _text(label: str, hilfe: str, *, pflicht: bool = False, zeilen: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=pflicht,
        widget=forms.Textarea(attrs={"rows": zeilen}),
        help_text=hilfe,
    )


_BEREICH = "folge."
_FELDER = {"sachverhalt": "Was geschehen ist", "gruende": "Gründe", "ermessen": "Abwägung"}


def bereich_of(zeile: Folgezeile) -> str:
    """Return with what the places of texts of the authority begin for this kind of decision."""
    return f"{_BEREICH}{zeile.art.value}."


def stellen_der_art(zeile: Folgezeile) -> dict[str, Textstelle]:
    """Return the fields of a kind at which texts of the authority are offered."""
    felder = {n: t for n, t in _FELDER.items() if n not in _ueberzaehlig(zeile)}
    return stellen_of(bereich_of(zeile), zeile.titel, zeile.norm_am(), None, **felder)


class FolgebescheidForm(BausteineForm, StandForm):
    """Facts, first day of effect, grounds, weighing, Anhörung; fields follow from the kind.

    `angebote` are the texts of the authority for this kind on the day `heute`.
    """

    offen_erlaubt = True

    wirkt_ab = DatumField(
        label="Wirkt ab",
        required=False,
        help_text="Der erste Tag, an dem nichts mehr gezahlt wird.",
    )
    fall_des_gesetzes = forms.ChoiceField(
        label="Welcher Fall des Gesetzes liegt vor?", required=False, widget=forms.RadioSelect
    )
    anspruch = forms.ChoiceField(
        label="Was wird aus dem Anspruch auf die Leistungen?",
        required=False,
        choices=[c for c in Anspruch.choices if c[0]],
        widget=forms.RadioSelect,
        help_text="Endet nur die Form des Persönlichen Budgets, bleibt der Anspruch. Ist der "
        "Bedarf oder eine Voraussetzung weggefallen, entfällt auch er. Steht so im Bescheid.",
    )
    gekuendigt_am = DatumField(label="Kündigung der Zielvereinbarung zugegangen am", required=False)
    kenntnis_am = DatumField(
        label="Seit wann kennt die Behörde die Tatsachen?",
        required=False,
        help_text="Für die Vergangenheit ist die Entscheidung ein Jahr lang möglich "
        "(§ 45 Abs. 4 S. 2 SGB X). Meist zählt der Abschluss der Anhörung.",
    )
    verzicht_vom = DatumField(
        label="Verzicht erklärt am",
        required=False,
        help_text="Der Tag auf der Erklärung. Nur bei einem Verzicht.",
    )
    verzicht_eingang = DatumField(label="Verzicht eingegangen am", required=False)
    betrag = EuroField(label="Zu erstatten", required=False, help_text="Die ganze Summe.")
    zeitraum_von = DatumField(label="Für die Zeit vom", required=False)
    zeitraum_bis = DatumField(label="bis zum", required=False)
    zahlung_bis = DatumField(
        label="Zu zahlen bis",
        required=False,
        help_text="Nach der Bekanntgabe, mit Zeit zum Überweisen.",
    )
    hinweis_vom = DatumField(
        label="Schriftlicher Hinweis auf die Mitwirkung vom",
        required=False,
        help_text="Der Tag des Schreibens, das auf die Versagung hinweist (§ 66 Abs. 3 SGB I).",
    )
    hinweis_bis = DatumField(label="Frist zur Mitwirkung bis", required=False)
    teilweise = forms.BooleanField(
        label="Dem Widerspruch wird nur zum Teil abgeholfen",
        required=False,
        help_text="Über den Rest ergeht danach ein Widerspruchsbescheid.",
    )
    sachverhalt = _text(
        "Was geschehen ist",
        "Tatsachen mit Tagen: Antrag, Gespräche, Änderungen, Zahlungen. Steht so im Schreiben.",
        pflicht=True,
    )
    gruende = _text(
        "Gründe",
        "Warum daraus diese Entscheidung folgt, mit der Vorschrift (§ 35 Abs. 1 S. 2 SGB X).",
        pflicht=True,
    )
    ermessen = _text(
        "Abwägung",
        "Was für und was gegen die Entscheidung spricht, auch Alter, Krankheit, Vertrauen und "
        "Einkommen der Person (§ 35 Abs. 1 S. 3 SGB X).",
    )
    anhoerung_bis = DatumField(
        label="Die Person kann sich äußern bis",
        required=False,
        help_text="Das Gesetz nennt keine Länge, sie muss angemessen sein. Üblich sind zwei Wochen "
        "nach der Bekanntgabe.",
    )
    anhoerung_verzicht = forms.ChoiceField(
        label="Ist die Anhörung entbehrlich?",
        required=False,
        choices=Anhoerungsverzicht.choices,
        widget=forms.RadioSelect,
        help_text="Nur in den Fällen des § 24 Abs. 2 SGB X.",
    )
    verzicht_grund = _text("Warum sie entbehrlich ist", "Steht so im Bescheid.", zeilen=3)
    sofort_vollziehbar = forms.BooleanField(
        label="Sofortige Vollziehung anordnen",
        required=False,
        help_text="Dann wird trotz Widerspruch nicht weitergezahlt. Nur bei einem besonderen "
        "öffentlichen oder privaten Interesse (§ 86a Abs. 2 Nr. 5 SGG).",
    )
    sofort_grund = _text(
        "Warum sie sofort zu vollziehen ist",
        "Warum in diesem Fall nicht auf den Ausgang eines Widerspruchs gewartet werden kann. Mehr, "
        "als dass der Bescheid richtig ist. Steht so im Bescheid.",
        zeilen=3,
    )
    gericht = forms.CharField(
        label="Sozialgericht",
        required=False,
        max_length=200,
        help_text="Name und Anschrift, wie sie in der Belehrung stehen.",
    )
    ausland = forms.BooleanField(
        label="Der Bescheid wird im Ausland bekannt gegeben",
        required=False,
        help_text="Die Belehrung nennt dann drei Monate statt eines Monats.",
    )
    zustellung = forms.BooleanField(
        label="Der Bescheid wird förmlich zugestellt",
        required=False,
        help_text="Mit Zustellungsurkunde, als Einschreiben oder öffentlich. Die Belehrung spricht "
        "dann von der Zustellung.",
    )
    absenden = "Entwurf speichern"

    def __init__(
        self,
        *args: Any,
        zeile: Folgezeile,
        heute: date,
        gegenstaende: Sequence[Any] = (),
        angehoert: bool = False,
        bekannt: date | None = None,
        angebote: Mapping[str, Sequence[Angebot]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._bekannt = bekannt
        self.zeile, self._gegenstaende = zeile, gegenstaende
        for name in _ueberzaehlig(zeile):
            del self.fields[name]
        if "gekuendigt_am" in self.fields:
            norm = KUENDIGUNG.am(self.initial.get("gekuendigt_am") or heute)
            self.fields["gekuendigt_am"].help_text = f"Schriftlich, bei der anderen Seite ({norm})."
        if angehoert:
            # The letter has promised it; it is extended as a Frist.
            self.fields.pop("anhoerung_bis", None)
        if zeile.ruht:
            self.fields[
                "wirkt_ab"
            ].help_text = "Der erste Tag, der ruht. Nur für die Zukunft: nach der Bekanntgabe."
        if zeile.vorlaeufig:
            self._ask_provisional()
        if zeile.mindert:
            self._ask_less()
            cast(DatumField, self.fields["verzicht_eingang"]).spaetestens = heute
        if zeile.soll:
            # The law leaves no room but for a case that is not typical.
            self.fields["ermessen"].label = "Liegt ein untypischer Fall vor?"
            self.fields["ermessen"].help_text = (
                "Was dafür und was dagegen spricht, etwa eine besondere Härte oder ein Fehler der "
                "Behörde (§ 48 Abs. 1 S. 2 SGB X)."
            )
        if "fall_des_gesetzes" in self.fields:
            cast("forms.ChoiceField", self.fields["fall_des_gesetzes"]).choices = zeile.faelle
        if len(gegenstaende) > 1:
            self.fields["gegenstand"] = forms.ChoiceField(
                label=f"Über welchen {zeile.bezug.label} wird entschieden?",
                choices=[(str(g.pk), str(g)) for g in gegenstaende],
                widget=forms.RadioSelect,
            )
        felder = [n for n in self.fields if n not in StandForm.base_fields]
        vorn = ["gegenstand"] if "gegenstand" in felder else []
        rest = tuple(n for n in felder if n != "gegenstand")
        self.layout = (*vorn, *rest)  # one form, many kinds
        self.offer(angebote or {}, heute, stellen_der_art(zeile))

    def _ask_provisional(self) -> None:
        """Ask for an amount a month and for days, instead of for a sum that is given back."""
        felder = self.fields
        felder["fall_des_gesetzes"].label = "Warum wird vor der Entscheidung geleistet?"
        felder["betrag"].label = "Vorläufig im Monat"
        felder[
            "betrag"
        ].help_text = "In Geld, für einen vollen Monat. Was zusteht, wird später angerechnet."
        felder["zeitraum_von"].label = "Vom"
        felder["zeitraum_bis"].label = "Längstens bis zum"
        felder[
            "zeitraum_bis"
        ].help_text = "Die vorläufige Leistung endet mit der endgültigen Entscheidung, sonst hier."
        felder["ermessen"].help_text = (
            "Wie viel vorläufig nötig ist: was drängt, was die Person selbst hat, was "
            "voraussichtlich zusteht und was zu erstatten wäre (§ 35 Abs. 1 S. 3 SGB X)."
        )

    def _ask_less(self) -> None:
        """Ask from when on which smaller amount is paid, or none."""
        felder = self.fields
        felder["wirkt_ab"].help_text = (
            "Nach der Bekanntgabe. Weniger gibt es ab dem Ersten eines Monats, ein Ende kann an "
            "jedem Tag liegen; er ist der erste, für den nichts mehr gezahlt wird."
        )
        felder["fall_des_gesetzes"].label = "Was wird aus der vorläufigen Leistung?"
        felder["betrag"].label = "Ab dann vorläufig im Monat"
        felder[
            "betrag"
        ].help_text = "Nur wenn weniger gezahlt wird; beim Ende bleibt das Feld leer."
        felder["ermessen"].help_text = (
            "Wie viel vorläufig noch nötig ist: was sich geändert hat, was die Person selbst hat, "
            "was voraussichtlich zusteht (§ 35 Abs. 1 S. 3 SGB X). War es von Anfang an zu viel, "
            "auch: worauf die Person vertrauen durfte, und warum das zurücksteht (§ 45 Abs. 2 SGB "
            "X). Bei einem Verzicht nicht nötig."
        )

    @property
    def gegenstand(self) -> Any:
        """Return what is decided about, the only one where there is no choice."""
        wahl = self.cleaned_data.get("gegenstand", str(self._gegenstaende[0].pk))
        return next(g for g in self._gegenstaende if str(g.pk) == wahl)

    @property
    def angaben(self) -> dict[str, Any]:
        """Return the values of the decision."""
        return {n: v for n, v in self.eingaben.items() if n != "gegenstand"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._in_order(data, "zeitraum_von", "zeitraum_bis", "Das Ende liegt vor dem Anfang.")
        self._in_order(data, "hinweis_vom", "hinweis_bis", "Die Frist endet vor dem Hinweis.")
        zahlung_bis, bekannt = data.get("zahlung_bis"), self._bekannt
        if zahlung_bis and bekannt and zahlung_bis <= bekannt:
            self.add_error(
                "zahlung_bis",
                f"Der Bescheid wird frühestens am {bekannt:%d.%m.%Y} bekannt gegeben. Bitte geben "
                "Sie einen späteren Tag an.",
            )
        betrag = data.get("betrag")
        if betrag is not None and betrag <= 0:
            self.add_error("betrag", "Bitte geben Sie einen Betrag über 0,00 € an.")
        self._less_or_none(data)
        self._waived(data)
        if data.get("anhoerung_verzicht") and not data.get("verzicht_grund", "").strip():
            self.add_error("verzicht_grund", "Bitte schreiben Sie, warum sie entbehrlich ist.")
        if data.get("sofort_vollziehbar") and not data.get("sofort_grund", "").strip():
            self.add_error("sofort_grund", "Bitte schreiben Sie, warum nicht gewartet werden kann.")
        if data.get("verzicht_grund", "").strip() and not data.get("anhoerung_verzicht"):
            self.add_error("anhoerung_verzicht", "Bitte wählen Sie den Fall des Gesetzes.")
        return data

    def _less_or_none(self, data: dict[str, Any]) -> None:
        """Less needs its amount, an end has none."""
        fall, betrag = data.get("fall_des_gesetzes"), data.get("betrag")
        if not self.zeile.mindert or not fall or "betrag" in self.errors:
            return
        if fall in GIBT_WENIGER and betrag is None:
            self.add_error("betrag", "Bitte geben Sie an, wie viel ab dann im Monat gezahlt wird.")
        if fall not in GIBT_WENIGER and betrag is not None:
            self.add_error(
                "betrag",
                "Beim Ende wird nichts mehr gezahlt. Bitte lassen Sie das Feld leer, oder wählen "
                "Sie „Weniger im Monat“.",
            )
        ab = data.get("wirkt_ab")
        if fall in GIBT_WENIGER and ab is not None and ab.day != 1:
            self.add_error("wirkt_ab", "Bitte nennen Sie den Ersten eines Monats.")

    def _waived(self, data: dict[str, Any]) -> None:
        """A waiver has its two days, written after the Bekanntgabe; nothing else has them."""
        if not self.zeile.mindert or not data.get("fall_des_gesetzes"):
            return
        vom, eingang = data.get("verzicht_vom"), data.get("verzicht_eingang")
        if data["fall_des_gesetzes"] != VERZICHT:
            for feld in ("verzicht_vom", "verzicht_eingang"):
                if data.get(feld) is not None:
                    self.add_error(
                        feld,
                        "Nur bei einem Verzicht. Bitte lassen Sie das Feld leer, oder wählen Sie "
                        "„Ende: Die Person verzichtet“.",
                    )
            return
        if vom is None and "verzicht_vom" not in self.errors:
            self.add_error("verzicht_vom", "Bitte nennen Sie den Tag auf der Erklärung.")
        if eingang is None and "verzicht_eingang" not in self.errors:
            self.add_error("verzicht_eingang", "Bitte nennen Sie den Tag des Eingangs.")
        self._in_order(
            data,
            "verzicht_vom",
            "verzicht_eingang",
            "Eingegangen ist der Verzicht nicht, bevor er erklärt wurde.",
        )
        bekannt = erste_bekanntgabe(self.gegenstand) if "gegenstand" not in self.errors else None
        if vom and bekannt and vom < bekannt:
            self.add_error(
                "verzicht_vom",
                f"Die vorläufige Leistung ist erst am {bekannt:%d.%m.%Y} bekannt gegeben. Vorher "
                "war nichts bewilligt, worauf die Person verzichten konnte (§ 46 Abs. 1 SGB I).",
            )

    def _in_order(self, data: dict[str, Any], von: str, bis: str, text: str) -> None:
        erster, letzter = data.get(von), data.get(bis)
        if erster and letzter and letzter < erster:
            self.add_error(bis, text)


# Which fields only some kinds know, and which ones.
_NUR: tuple[tuple[Callable[[Folgezeile], bool], frozenset[str]], ...] = (
    # The first day of a computed sum follows its review.
    (lambda z: z.ab_einem_tag, frozenset({"wirkt_ab"})),
    (lambda z: z.bewirkt, frozenset({"sofort_vollziehbar", "sofort_grund"})),
    (lambda z: bool(z.faelle), frozenset({"fall_des_gesetzes"})),
    (lambda z: z.anspruch, frozenset({"anspruch"})),
    (lambda z: z.vergangen, frozenset({"kenntnis_am"})),
    (lambda z: z.kuendigung, frozenset({"gekuendigt_am"})),
    (lambda z: z.mindert, frozenset({"verzicht_vom", "verzicht_eingang"})),
    (lambda z: z.geld or z.vorlaeufig or z.mindert, frozenset({"betrag"})),
    (lambda z: z.geld or z.vorlaeufig, frozenset({"zeitraum_von", "zeitraum_bis"})),
    (lambda z: z.geld, frozenset({"zahlung_bis"})),
    (lambda z: z.ermessen, frozenset({"ermessen"})),
    (lambda z: z.anhoerung, frozenset({"anhoerung_bis", "anhoerung_verzicht", "verzicht_grund"})),
    (lambda z: z.art == Folgeart.VERSAGUNG, frozenset({"hinweis_vom", "hinweis_bis"})),
    (lambda z: z.art == Folgeart.ABHILFE, frozenset({"teilweise"})),
    (lambda z: z.art == Folgeart.WIDERSPRUCHSBESCHEID, frozenset({"gericht"})),
    # A change is made known with the Bescheid over the new budget, which asks for it.
    (
        lambda z: not z.mit_nachfolger and (z.verwaltungsakt or z.bezug == Bezug.WIDERSPRUCH),
        frozenset({"ausland", "zustellung"}),
    ),
)


def _ueberzaehlig(zeile: Folgezeile) -> set[str]:
    """Return the fields that a decision of this kind does not know."""
    return {feld for trifft_zu, felder in _NUR if not trifft_zu(zeile) for feld in felder}


class AeusserungForm(BasisForm):
    """What the person said in the Anhörung."""

    am = DatumField(label="Tag der Äußerung")
    text = _text(
        "Was die Person sagt",
        "Steht so im Bescheid, am besten in ihren Worten.",
        pflicht=True,
    )
    layout = ("am", "text")
    absenden = "Äußerung vermerken"

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heute = heute

    def clean_am(self) -> date:
        am: date = self.cleaned_data["am"]
        if am > self.heute:
            raise forms.ValidationError("Das Datum darf nicht in der Zukunft liegen.")
        return am
