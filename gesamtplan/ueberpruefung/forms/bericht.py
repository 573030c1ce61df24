"""Forms around the sheet of a provider: taking it in, and choosing what of it is taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from cases.dateien.annahme import Annahme
from cases.dateien.aufruf import read_form_apart
from cases.dateien.grenzen import Ablehnung
from cases.forms.basis import BasisForm
from cases.forms.dateien import DateienField
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.models import Teilhabeziel, Verlaufsbericht
from gesamtplan.models.angaben import Bewertung
from gesamtplan.models.berichtsbogen import ALLGEMEIN, TEILE
from gesamtplan.states import Zielstatus
from gesamtplan.ueberpruefung.queries import bogen_of

NEU, ALT = "neu", "alt"
_ANDERS = (
    "Abgelegt ist nichts. Einen Bericht in anderer Form legen Sie unter „Unterlagen“ ab und tragen "
    "ihn mit „Bericht eintragen“ ein."
)


class BogenForm(BasisForm):
    """The form that a provider has sent back, and the day it came in."""

    dateien = DateienField(
        label="Ausgefüllter Bogen",
        help_text="Die PDF-Datei, die der Leistungserbringer am Bildschirm ausgefüllt hat. Sie "
        "wird als Unterlage abgelegt.",
    )
    eingegangen_am = DatumField(label="Eingegangen am")
    absenden = "Bogen ablegen und ansehen"

    def __init__(self, *args: Any, bericht: Verlaufsbericht, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bericht, self.heute = bericht, heute

    def clean_dateien(self) -> Annahme:
        """Take one PDF that is the form of this request; what it says is read apart."""
        dateien: list[Annahme] = self.cleaned_data["dateien"]
        if len(dateien) != 1 or dateien[0].pruefung.art != "pdf":
            raise forms.ValidationError(
                "Bitte wählen Sie eine einzige PDF-Datei: den ausgefüllten Bogen."
            )
        try:
            bogen_of(self.bericht, read_form_apart(dateien[0].pruefung.inhalt))
        except Ablehnung as error:
            raise forms.ValidationError(f"„{dateien[0].name}“: {error} {_ANDERS}") from None
        return dateien[0]

    def clean_eingegangen_am(self) -> date:
        """Hold the day between the request and today."""
        tag: date = self.cleaned_data["eingegangen_am"]
        if tag > self.heute:
            raise forms.ValidationError("Der Tag des Eingangs liegt in der Zukunft.")
        if tag < self.bericht.angefordert_am:
            raise forms.ValidationError(
                f"Angefordert ist der Bericht erst seit {self.bericht.angefordert_am:%d.%m.%Y}."
            )
        return tag


@dataclass(frozen=True)
class Teilvorschlag:
    """One answer of the form beside what stands there; without a choice nothing is to decide."""

    wort: str
    neu: str
    alt: str
    wahl: BoundField | None


@dataclass(frozen=True)
class Zielvorschlag:
    """What the form says about one goal."""

    ziel: Teilhabeziel
    teile: tuple[Teilvorschlag, ...]
    halb: bool


class UebernahmeForm(StandForm):
    """What of a form that has come back is taken over, answer by answer.

    Nothing is typed: the words of the provider are taken as they are, or not. What stands there
    already is kept unless somebody chooses otherwise.
    """

    absenden = "Auswahl übernehmen"

    def __init__(
        self,
        *args: Any,
        bericht: Verlaufsbericht,
        bogen: tuple[str, Mapping[UUID, Bewertung]],
        bisher: Mapping[UUID, Bewertung],
        ziele: Sequence[Teilhabeziel],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ziele, self.bisher = ziele, bisher
        self.text, self.neue = bogen
        self.alter_text = bericht.text
        for ziel in ziele:
            # What stands there is not mixed with the form by itself, nor is half an answer taken.
            bleibt = ziel.kennung in bisher or self._half(self.neue[ziel.kennung])
            for teil in TEILE:
                wort = f"Ziel {ziel.nummer}, {TEILE[teil]}"
                self._offer(wort, _wahl(ziel, teil), *self._pair(ziel, teil), bleibt=bleibt)
        self._offer(
            "dem, was zu keinem Ziel gehört",
            ALLGEMEIN,
            self.text,
            self.alter_text,
            bleibt=bool(self.alter_text),
        )

    def _offer(self, wort: str, name: str, neu: str, alt: str, *, bleibt: bool) -> None:
        """Add the choice between the two, where there is one."""
        if not neu or neu == alt:
            return
        self.fields[name] = forms.ChoiceField(
            label=f"Auswahl zu {wort}",
            choices=[
                (NEU, "aus dem Bogen übernehmen"),
                (ALT, "behalten, was dasteht" if alt else "nicht übernehmen"),
            ],
            initial=ALT if bleibt else NEU,
            widget=forms.RadioSelect,
        )

    @staticmethod
    def _half(eine: Bewertung) -> bool:
        """Tell whether a rating lacks its reason, or a reason its rating."""
        return bool(eine.status) != bool(eine.grund) or bool(eine.getan and not eine.status)

    def _pair(self, ziel: Teilhabeziel, teil: str) -> tuple[str, str]:
        alt = self.bisher.get(ziel.kennung, Bewertung())
        return getattr(self.neue[ziel.kennung], teil) or "", getattr(alt, teil) or ""

    def _value(self, name: str, neu: str, alt: str) -> str:
        """Return what holds after the choice; where there was none to make, what stands there."""
        return neu if self.cleaned_data.get(name) == NEU else alt

    def bewertungen(self) -> dict[UUID, Bewertung]:
        """Return what the goals say after the choice; goals without anything are left out."""
        gewaehlt = {
            ziel.kennung: Bewertung(
                *(self._value(_wahl(ziel, teil), *self._pair(ziel, teil)) for teil in TEILE)
            )
            for ziel in self.ziele
        }
        return {k: eine for k, eine in gewaehlt.items() if eine.status or eine.grund or eine.getan}

    def allgemein(self) -> str:
        """Return what belongs to no goal after the choice."""
        return self._value(ALLGEMEIN, self.text, self.alter_text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("gesehen") and cleaned["gesehen"] != self.stand_jetzt:
            self._settle()
            self.add_error(
                None,
                f"{self.zuletzt} hat die Angaben des Leistungserbringers inzwischen geändert. "
                "Bitte sehen Sie die Auswahl noch einmal durch.",
            )
        gewaehlt = self.bewertungen()
        for ziel in self.ziele:
            if ziel.kennung in gewaehlt and self._half(gewaehlt[ziel.kennung]):
                self._refuse_half(ziel, gewaehlt[ziel.kennung])
        return cleaned

    def _refuse_half(self, ziel: Teilhabeziel, eine: Bewertung) -> None:
        fehlt = "die Begründung" if eine.status else "die Einschätzung"
        namen = [name for teil in TEILE if (name := _wahl(ziel, teil)) in self.fields]
        gewaehlt = [name for name in namen if self.cleaned_data.get(name) == NEU]
        self.add_error(
            next(iter(gewaehlt or namen), None),
            f"Ziel {ziel.nummer}: Es fehlt {fehlt}. Übernehmen Sie beides oder nichts davon; fehlt "
            "es im Bogen, fragen Sie bitte beim Leistungserbringer nach.",
        )

    def vorschlaege(self) -> Iterator[Zielvorschlag]:
        """Return the goals with what the form says beside what stands there."""
        for ziel in self.ziele:
            teile = tuple(
                self._show(wort, _wahl(ziel, teil), *self._pair(ziel, teil))
                for teil, wort in TEILE.items()
            )
            yield Zielvorschlag(ziel, teile, self._half(self.neue[ziel.kennung]))

    def beiwort(self) -> Teilvorschlag:
        """Return what the form says beside the goals."""
        return self._show("Bericht", ALLGEMEIN, self.text, self.alter_text)

    def _show(self, wort: str, name: str, neu: str, alt: str) -> Teilvorschlag:
        if wort == TEILE["status"]:
            neu, alt = (str(Zielstatus(w).label) if w else "" for w in (neu, alt))
        return Teilvorschlag(wort, neu, alt, self[name] if name in self.fields else None)


def _wahl(ziel: Teilhabeziel, teil: str) -> str:
    return f"z_{ziel.kennung.hex}_{teil}"
