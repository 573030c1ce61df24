"""Forms of the authority's own texts."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import LayoutObject, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.registry.schritt import Hindernis
from cases.registry.textstelle import Textstelle, is_hinweis
from cases.textbaustein import guards
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
    layout: ClassVar[tuple[str | LayoutObject, ...]] = (
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._judge("norm", guards.norm_lesbar(cleaned.get("norm") or ""))
        stelle = cleaned.get("stelle") or self.gewaehlt
        if stelle and "link" in cleaned:
            self._judge("link", guards.link_sicher(stelle, cleaned["link"]))
        if stelle and cleaned.get("text"):
            self._judge("text", guards.platzhalter_bekannt(stelle, cleaned["text"]))
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
    layout: ClassVar[tuple[str | LayoutObject, ...]] = ("stelle", *TextbausteinForm.layout)

    def __init__(
        self, *args: Any, gruppen: list[tuple[str, list[Textstelle]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stelle"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "Bitte wählen"),
            *((gruppe, [(s.schluessel, s.titel) for s in stellen]) for gruppe, stellen in gruppen),
        ]


class BausteinfreigabeForm(BasisForm):
    """Nothing to fill in: the page shows the text, the button says yes."""

    absenden = "Textbaustein freigeben"


class BausteinendeForm(BasisForm):
    """The last day on which a text is offered."""

    bis = DatumField(label="Angeboten bis", spaetestens=DECKUNG_BIS)
    layout = ("bis",)
    absenden = "Nicht mehr anbieten"
