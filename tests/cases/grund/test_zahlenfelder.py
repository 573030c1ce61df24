"""Fields for numbers answer with a sentence, whatever number is typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budget.bemessung.forms import StundenField
from cases.forms.felder import EuroField
from gesamtplan.bedarf.forms import MengeField

FELDER = (StundenField, MengeField, EuroField)


@pytest.mark.parametrize("feld", FELDER, ids=lambda feld: feld.__name__)
@pytest.mark.parametrize("text", ["1e30", "1e999999", "-1e30", "9" * 40, "9" * 4000, "NaN", "sNaN"])
def test_no_number_is_too_long_for_a_sentence(feld, text):
    with pytest.raises(ValidationError, match=r"\w+ \w+"):
        feld().clean(text)


@pytest.mark.parametrize("feld", [StundenField, MengeField])
def test_what_people_write_is_read_as_before(feld):
    assert feld().clean("2,5") == Decimal("2.5")
    for text, satz in (("2,555", "keine"), ("0", "0|null"), ("eins", "keine")):
        with pytest.raises(ValidationError, match=satz):
            feld().clean(text)
