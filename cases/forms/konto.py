"""What can be told of an account number by looking at it."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from schwifty import IBAN
from schwifty.exceptions import (
    InvalidBBANChecksum,
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    SchwiftyException,
)


def check_iban(iban: str) -> None:
    """Raise ValidationError that says what is wrong with an IBAN without blanks."""
    if not re.fullmatch(r"[A-Z0-9]+", iban):
        raise ValidationError("Eine IBAN besteht nur aus Buchstaben und Ziffern.", code="zeichen")
    if not re.fullmatch(r"[A-Z]{2}\d{2}.*", iban):
        raise ValidationError(
            "Eine IBAN beginnt mit zwei Buchstaben für das Land und zwei Prüfziffern, "
            "zum Beispiel DE89.",
            code="anfang",
        )
    try:
        IBAN(iban)
    except InvalidCountryCode:
        raise ValidationError(
            f"„{iban[:2]}“ ist kein Land, das die IBAN verwendet. Deutsche IBAN beginnen mit DE.",
            code="land",
        ) from None
    except InvalidLength:
        raise ValidationError(_laenge_falsch(iban), code="laenge") from None
    except InvalidChecksumDigits:
        raise ValidationError(
            "Die Prüfziffer der IBAN stimmt nicht. Bitte vergleichen Sie die Ziffern; "
            "oft sind zwei vertauscht.",
            code="pruefziffer",
        ) from None
    except SchwiftyException:
        raise ValidationError(
            "Die IBAN ist nicht richtig aufgebaut. Bitte vergleichen Sie sie mit der Vorlage.",
            code="aufbau",
        ) from None


def konto_passt(iban: str) -> bool:
    """Tell whether the account number fits the check procedure of its bank.

    Of banks that are not in the list, or whose procedure is not known, nothing is said.
    """
    try:
        IBAN(iban).validate(validate_bban=True)
    except InvalidBBANChecksum:
        return False
    except SchwiftyException:
        return True
    return True


def bank_of(iban: str) -> str:
    """Return the name of the bank, empty when the list does not hold it."""
    try:
        return IBAN(iban).bank_name or ""
    except SchwiftyException:
        return ""


def _laenge_falsch(iban: str) -> str:
    soll = IBAN(iban, allow_invalid=True).spec.iban_length
    land = "deutsche IBAN" if iban.startswith("DE") else f"IBAN mit {iban[:2]}"
    return f"Die IBAN hat {len(iban)} Zeichen, eine {land} hat {soll}."
