"""Form fields for what an office types every day: dates, amounts, IBAN, postal codes.

Each message says what is wrong with the input and how it should look. Nothing is guessed:
what can be read in two ways is refused.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS

from cases.forms.konto import check_iban
from recht.anschrift import check_plz
from recht.fehler import EingabeUngueltig, RechtFehler
from recht.geld import BETRAG_HOECHSTENS, format_euro
from recht.kennnummer import check_rentenversicherungsnummer, check_versichertennummer

# What people write into an IBAN or before it.
_OHNE_BELANG = re.compile(r"[\s.\-–/]+")
# What stands behind it in a letterhead: the bank's code is in the IBAN.
_BIC = re.compile(r"[\s,;]*BIC\b.*$", re.IGNORECASE | re.DOTALL)
_IBAN_WORT = re.compile(r"^IBAN:?(?=[A-Z]{2}\d)")
DATUM_FORM = "Form: TT.MM.JJJJ"
_PUNKTE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d+)")
_ZIFFERN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# 1960, 05.1960, 00.00.1960, 00.05.1960, 1960-00-00, 1960-05-00
_GEBURTSTEIL = re.compile(
    r"(?:(?:00?\.)?(?:(?P<monat>\d{1,2})\.)?)?(?P<jahr>\d{4})"
    r"|(?P<isojahr>\d{4})-(?P<iso>\d{2})-00"
)
_LEERZEICHEN = re.compile(r"\s+")
_WORT = re.compile(r"(\d{1,2})\.?([A-Za-zÄÖÜäöü]+)\.?(\d+)")
_MONATSNAMEN = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)

_GRUPPEN = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(\d{1,2}|-{1,2}))?")
_PUNKT_CENT = re.compile(r"(\d+)\.(\d{2})")
_ZU_GENAU = re.compile(r"[\d. ]+,\d{3,}")


class DatumInput(forms.DateInput):
    """A text field: typing a date beats clicking through a calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        grund = {"inputmode": "numeric", "autocomplete": "off", "class": "fw-eingabe--datum"}
        super().__init__(attrs=grund | (attrs or {}), format="%d.%m.%Y")


class DatumField(forms.DateField):
    """A date as an office writes it; also TTMMJJJJ and JJJJ-MM-TT.

    :param fruehestens: first allowed day
    :param spaetestens: last allowed day
    """

    widget = DatumInput

    def __init__(
        self,
        *,
        fruehestens: date = date(1900, 1, 1),
        spaetestens: date = date(2199, 12, 31),
        help_text: str = "",
        **kwargs: Any,
    ) -> None:
        self.fruehestens, self.spaetestens = fruehestens, spaetestens
        super().__init__(help_text=f"{help_text} {DATUM_FORM}".strip(), **kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if not text:
            return None
        return _datum_aus_text(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.fruehestens:
            raise ValidationError(
                f"Das Datum darf nicht vor dem {self.fruehestens:%d.%m.%Y} liegen.",
                code="zu_frueh",
            )
        if value > self.spaetestens:
            raise ValidationError(
                f"Das Datum darf nicht nach dem {self.spaetestens:%d.%m.%Y} liegen.",
                code="zu_spaet",
            )


def _datum_aus_text(text: str) -> date:
    kompakt = _LEERZEICHEN.sub("", text)
    if treffer := _PUNKTE.fullmatch(kompakt) or _ZIFFERN.fullmatch(kompakt):
        tag, monat, jahr = treffer.groups()
    elif treffer := _ISO.fullmatch(kompakt):
        jahr, monat, tag = treffer.groups()
    elif (treffer := _WORT.fullmatch(kompakt)) and (wort := _monat_aus_wort(treffer[2])):
        tag, monat, jahr = treffer[1], str(wort), treffer[3]
    else:
        raise ValidationError(
            f"„{text}“ ist kein vollständiges Datum. "
            "Bitte schreiben Sie Tag, Monat und Jahr, zum Beispiel 05.03.2026.",
            code="form",
        )
    if len(jahr) != 4:
        raise ValidationError(
            f"„{text}“: Bitte schreiben Sie das Jahr mit vier Ziffern, zum Beispiel 05.03.2026.",
            code="jahr",
        )
    return _datum_aus_zahlen(text, int(tag), int(monat), int(jahr))


def _monat_aus_wort(wort: str) -> int:
    """Return the number of a month that is written out or shortened, 0 when it is none."""
    anfang = wort.casefold().replace("mrz", "mär").replace("maerz", "märz")
    passend = [n for n, name in enumerate(_MONATSNAMEN, 1) if name.startswith(anfang)]
    return passend[0] if len(anfang) >= 3 and len(passend) == 1 else 0


def _datum_aus_zahlen(text: str, tag: int, monat: int, jahr: int) -> date:
    if not 1 <= monat <= 12:
        raise ValidationError(
            f"„{text}“ gibt es nicht: Ein Monat hat eine Zahl von 1 bis 12, nicht {monat}.",
            code="monat",
        )
    if jahr < 1:
        raise ValidationError(f"„{text}“ gibt es nicht: Das Jahr 0 gibt es nicht.", code="jahr")
    letzter = calendar.monthrange(jahr, monat)[1]
    if not 1 <= tag <= letzter:
        raise ValidationError(
            f"„{text}“ gibt es nicht: Der {MONTHS[monat]} {jahr} hat {letzter} Tage.",
            code="tag",
        )
    return date(jahr, monat, tag)


class GeburtsdatumField(DatumField):
    """A day of birth, of which sometimes only the month or the year is known.

    „1960“, „05.1960“, „00.00.1960“ give the first day that is possible; how much is known tells
    `genauigkeit_of`.
    """

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            jahr, monat = _teil_der_geburt(value)
            if jahr:
                return _datum_aus_zahlen(value, 1, monat or 1, jahr)
        return super().to_python(value)


def genauigkeit_of(text: Any) -> str:
    """Return how much of a typed day of birth is known: `tag`, `monat` or `jahr`."""
    jahr, monat = _teil_der_geburt(str(text or ""))
    if not jahr:
        return "tag"
    return "monat" if monat else "jahr"


def _teil_der_geburt(text: str) -> tuple[int, int]:
    """Return year and month of a day of birth that is known in part; zeros when it is whole."""
    treffer = _GEBURTSTEIL.fullmatch(_LEERZEICHEN.sub("", text))
    if treffer is None:
        return 0, 0
    monat = treffer["monat"] or treffer["iso"] or "0"
    return int(treffer["jahr"] or treffer["isojahr"]), int(monat)


class EuroInput(forms.TextInput):
    """Shows a number as 2.714,00; what was typed wrongly stays as it was typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        grund = {"inputmode": "decimal", "autocomplete": "off", "class": "fw-eingabe--zahl"}
        super().__init__(attrs=grund | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return f"{Decimal(value):,.2f}".translate(str.maketrans(",.", ".,"))
        return super().format_value(value)


class EuroField(forms.DecimalField):
    """An amount in euro, as Decimal with two places, no larger than the columns for it.

    :param negativ: whether an amount below zero is allowed
    :param hoechstens: the largest amount
    """

    widget = EuroInput
    einheit = "€"

    def __init__(
        self, *, negativ: bool = False, hoechstens: Decimal = BETRAG_HOECHSTENS, **kwargs: Any
    ) -> None:
        self.negativ, self.hoechstens = negativ, hoechstens
        super().__init__(max_digits=12, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value).quantize(Decimal("0.01"))
        text = str(value).strip()
        if not text:
            return None
        return _betrag_aus_text(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value < 0 and not self.negativ:
            raise ValidationError("Der Betrag darf nicht negativ sein.", code="negativ")
        if value is not None and abs(value) > self.hoechstens:
            raise ValidationError(
                f"Der Betrag ist zu hoch, möglich sind höchstens {format_euro(self.hoechstens)}. "
                "Bitte prüfen Sie die Stellen.",
                code="zu_hoch",
            )


def _betrag_aus_text(text: str) -> Decimal:
    kompakt = _LEERZEICHEN.sub(" ", text.replace("€", "").replace("EUR", "")).strip()
    kompakt = kompakt.replace("−", "-")
    vorzeichen = -1 if kompakt.startswith("-") else 1
    zahl = kompakt.removeprefix("-").strip()
    if treffer := _GRUPPEN.fullmatch(zahl):
        ganze = treffer[1].replace(".", "").replace(" ", "")
        cent = (treffer[2] or "").replace("-", "").ljust(2, "0")
    elif treffer := _PUNKT_CENT.fullmatch(zahl):
        ganze, cent = treffer.groups()
    elif _ZU_GENAU.fullmatch(zahl):
        raise ValidationError(
            f"„{text}“: Ein Betrag hat höchstens zwei Stellen nach dem Komma.", code="stellen"
        )
    elif re.search(r"[^\d.,\s-]", zahl) or not re.search(r"\d", zahl):
        raise ValidationError(
            f"„{text}“ ist kein Betrag. Bitte schreiben Sie eine Zahl, zum Beispiel 2.714,00.",
            code="form",
        )
    else:
        raise ValidationError(
            f"„{text}“ ist nicht eindeutig. Bitte schreiben Sie den Betrag mit Komma "
            "vor den Cent, zum Beispiel 2.714,00.",
            code="mehrdeutig",
        )
    return vorzeichen * Decimal(f"{ganze}.{cent}")


class IbanInput(forms.TextInput):
    """Shows an IBAN in groups of four."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        grund = {"autocomplete": "off", "spellcheck": "false", "class": "fw-eingabe--iban"}
        super().__init__(attrs=grund | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if not value:
            return None
        kompakt = _LEERZEICHEN.sub("", str(value))
        return " ".join(kompakt[start : start + 4] for start in range(0, len(kompakt), 4))


class IbanField(forms.CharField):
    """An IBAN without spaces; country, length and check digits are checked.

    Whether bank and account exist is not asked: no list of them is complete, and a right
    IBAN must never be refused.
    """

    widget = IbanInput

    def to_python(self, value: Any) -> str:
        text = _BIC.sub("", super().to_python(value) or "")
        return _IBAN_WORT.sub("", _OHNE_BELANG.sub("", text).upper())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            check_iban(value)


class PlzField(forms.CharField):
    """A German postal code: five digits, 01001 to 99998."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "fw-eingabe--plz"}
        super().__init__(widget=kwargs.pop("widget", forms.TextInput(attrs=attrs)), **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return check_plz(text, waehlbar=False)
        except EingabeUngueltig as error:
            raise ValidationError(str(error), code="form") from None


class _NummerField(forms.CharField):
    """A number with a check digit; `pruefe` returns it without spaces or raises."""

    pruefe: Callable[[str], str]

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return type(self).pruefe(text)
        except RechtFehler as error:
            raise ValidationError(str(error), code="nummer") from None


class RentenversicherungsnummerField(_NummerField):
    """The Versicherungsnummer of the pension insurance, check digit included."""

    pruefe = staticmethod(check_rentenversicherungsnummer)


class VersichertennummerField(_NummerField):
    """The number of somebody insured by a Krankenkasse, check digit included."""

    pruefe = staticmethod(check_versichertennummer)


class PersonField(forms.ModelChoiceField):
    """One person, with the team behind the name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()} ({obj.team})" if obj.team_id else str(obj.get_full_name())
