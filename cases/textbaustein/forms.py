"""Forms of the authority's own texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject, Row
from django import forms

from cases.forms.basis import BasisForm, form_helper
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.registry.schritt import Hindernis
from cases.registry.textstelle import Textstelle, is_hinweis
from cases.textbaustein import guards
from cases.textbaustein.queries import Angebot
from recht.rechtsstand import DECKUNG_BIS, DECKUNG_VON


class TextbausteinForm(StandForm):
    """One version: what it says, from which day on, on which ground."""

    titel = forms.CharField(
        label="Titel",
        max_length=120,
        help_text="Unter diesem Namen wird er angeboten, zum Beispiel „Gespräch zu Barmitteln“.",
    )
    text = forms.CharField(
        label="Text",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Platzhalter stehen in doppelten Klammern, zum Beispiel [[Name]].",
    )
    norm = forms.CharField(
        label="Rechtsgrundlage",
        required=False,
        max_length=200,
        help_text="Zum Beispiel „§ 121 Abs. 4 Nr. 2 SGB IX“.",
    )
    link = forms.CharField(
        label="Link",
        required=False,
        max_length=300,
        help_text="Zum Beispiel auf Ihre Arbeitshilfe im Intranet, mit „https://“ am Anfang.",
    )
    gueltig_ab = DatumField(label="Gilt ab", fruehestens=DECKUNG_VON, spaetestens=DECKUNG_BIS)
    gueltig_bis = DatumField(
        label="Gilt bis",
        required=False,
        fruehestens=DECKUNG_VON,
        spaetestens=DECKUNG_BIS,
        help_text="Leer, solange kein Ende feststeht. Eine neue Fassung löst diese ab.",
    )
    layout: tuple[Any, ...] = (
        "titel",
        "text",
        "norm",
        "link",
        Row("gueltig_ab", "gueltig_bis"),
    )

    def __init__(self, *args: Any, gewaehlt: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gewaehlt = gewaehlt
        if is_hinweis(gewaehlt):
            self.fields["text"].help_text = "Kurz, was an diesem Schritt im Haus zu beachten ist."
            self.fields["titel"].help_text = "Die Überschrift, unter der er aufklappt."
        else:
            del self.fields["link"]
            self.layout = tuple(teil for teil in self.layout if teil != "link")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._judge("norm", guards.norm_lesbar(cleaned.get("norm") or ""))
        stelle = cleaned.get("stelle") or self.gewaehlt
        if stelle and "link" in cleaned:
            self._judge("link", guards.link_sicher(stelle, cleaned["link"]))
        text, tag = cleaned.get("text"), cleaned.get("gueltig_ab")
        if stelle and text:
            self._judge("text", guards.platzhalter_bekannt(stelle, text))
        for hindernis in guards.wortlaut_in_ordnung(text, tag) if text and tag else ():
            self._judge("text", hindernis)
        ab, bis = cleaned.get("gueltig_ab"), cleaned.get("gueltig_bis")
        if ab and bis:
            self._judge("gueltig_bis", guards.fassung_nach_der_vorigen(None, ab, bis))
        return cleaned

    def _judge(self, feld: str, hindernis: Hindernis | None) -> None:
        if hindernis is not None:
            self.add_error(feld, hindernis.text)


class NeuerTextbausteinForm(TextbausteinForm):
    """A new text, with the place where it is offered."""

    stelle = forms.ChoiceField(
        label="Stelle", help_text="Dort steht der Text, sobald er freigegeben ist."
    )
    uebernommen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    layout: tuple[Any, ...] = ("stelle", *TextbausteinForm.layout)

    def __init__(
        self, *args: Any, gruppen: list[tuple[str, list[Textstelle]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["stelle"]).choices = [
            ("", "Bitte wählen"),
            *((gruppe, [(s.schluessel, s.titel) for s in stellen]) for gruppe, stellen in gruppen),
        ]


class BausteinfreigabeForm(BasisForm):
    """Nothing to fill in: the page shows the text, the button says yes."""

    absenden = "Textbaustein freigeben"


class BausteinendeForm(BasisForm):
    """The last day on which a text is offered."""

    bis = DatumField(label="Angeboten bis", spaetestens=DECKUNG_BIS)
    layout: tuple[Any, ...] = ("bis",)
    absenden = "Nicht mehr anbieten"


_BAUSTEIN = "baustein_"


def stellen_of(
    bereich: str,
    gruppe: str,
    norm: str,
    wortlaut: Mapping[str, str] | None = None,
    **felder: str,
) -> dict[str, Textstelle]:
    """Return one place for each field of a form, by its name; the values are their titles.

    `wortlaut` are the texts that the program brings along, by the name of the field.
    """
    mit = wortlaut or {}
    return {
        feld: Textstelle(f"{bereich}{feld}", titel, gruppe, norm, mit.get(feld, ""))
        for feld, titel in felder.items()
    }


class BausteineForm(BasisForm):
    """A form at whose fields texts of the authority may be taken over; they follow what was typed.

    `textstellen` names the place of each field. A text with an open placeholder stays in its field
    to be finished: `offen_erlaubt` lets a draft be saved with it, a letter is refused.
    """

    textstellen: ClassVar[Mapping[str, Textstelle]] = {}
    offen_erlaubt: ClassVar[bool] = False

    def offer(
        self,
        angebote: Mapping[str, Sequence[Angebot]],
        tag: date,
        stellen: Mapping[str, Textstelle] | None = None,
    ) -> None:
        """Add to each field that has texts on the day the choice of them."""
        self._tag = tag
        self._stellen = dict(self.textstellen if stellen is None else stellen)
        self._angebote = {
            feld: list(angebote.get(stelle.schluessel, ()))
            for feld, stelle in self._stellen.items()
            if feld in self.fields
        }
        for feld, eine in self._angebote.items():
            if eine:
                self._add(feld, eine)
                self.einfuegen = "Gewählte Textbausteine einfügen"

    def _add(self, feld: str, angebote: Sequence[Angebot]) -> None:
        self.fields[f"{_BAUSTEIN}{feld}"] = forms.MultipleChoiceField(
            label=f"Textbausteine: {self.fields[feld].label}",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(a.baustein.pk), f"{a.baustein.titel}: {a.text}") for a in angebote],
            help_text="Der gewählte Text kommt hinter Ihren eigenen. Nach „Einfügen“ können Sie "
            "ihn noch ändern.",
        )

    @property
    def helper(self) -> FormHelper:
        """Return the layout with each choice behind its field."""
        return form_helper(self.with_bausteine(self.layout))

    def with_bausteine(
        self, layout: Sequence[str | LayoutObject]
    ) -> tuple[str | LayoutObject, ...]:
        """Return the layout with each choice of texts behind the field that it belongs to."""
        teile: list[str | LayoutObject] = []
        for teil in layout:
            teile.append(teil)
            if isinstance(teil, str) and f"{_BAUSTEIN}{teil}" in self.fields:
                teile.append(f"{_BAUSTEIN}{teil}")
        return tuple(teile)

    def take_over(self) -> None:
        """Put the chosen texts behind what was typed and forget the choice."""
        if not any(self._angebote.values()):
            return
        browser: Any = self.data
        data = browser.copy()
        for feld, angebote in self._angebote.items():
            gewaehlt = data.getlist(self.add_prefix(f"{_BAUSTEIN}{feld}"))
            teile = [a.text for a in angebote if str(a.baustein.pk) in gewaehlt]
            if teile:
                key = self.add_prefix(feld)
                eigenes = data.get(key, "").strip()
                data[key] = "\n\n".join(teil for teil in (eigenes, *teile) if teil)
                data.setlist(self.add_prefix(f"{_BAUSTEIN}{feld}"), [])
        self.data = data

    def full_clean(self) -> None:
        """Judge what stands in the fields after the chosen texts have been put there."""
        if self.is_bound:
            self.take_over()
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Say at the field what is wrong with its words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for feld in self._angebote:
            cleaned.pop(f"{_BAUSTEIN}{feld}", None)
            self._check(feld, str(cleaned.get(feld) or ""))
        return cleaned

    def _check(self, feld: str, text: str) -> None:
        funde = list(guards.wortlaut_in_ordnung(text, self._tag))
        offen = None if self.offen_erlaubt else guards.platzhalter_ausgefuellt(text)
        for hindernis in (*funde, offen):
            if hindernis is not None:
                self.add_error(feld, hindernis.text)
