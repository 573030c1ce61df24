"""Fields for numbers and days answer with a sentence, whatever is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budget.bemessung.forms import StundenField
from budget.models import PersoenlichesBudget
from budget.teilnahme.forms import AnforderungForm
from budget.traegerwechsel.forms import WechselForm
from cases.forms.basis import BasisForm
from cases.forms.felder import EuroField
from cases.models import Leistungstraeger
from gesamtplan.bedarf.forms import MengeField
from recht.rechtsstand import rechtsstand_am

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


HEUTE = date(2026, 6, 1)


@pytest.mark.parametrize("tag", ["01.01.1900", "31.12.2199"])
def test_day_that_no_law_covers_is_told_at_its_field(tag):
    nichts = Leistungstraeger.objects.none()
    eingang = {"angefordert_am": tag, "eingegangen_am": "01.06.2026", "frage": "Was?"}
    form = AnforderungForm(eingang, traeger=nichts, heute=HEUTE)
    assert "darf nicht" in form.errors["angefordert_am"][0]
    wechsel = {"grund": "vorrang", "ab": tag, "bekannt_seit": "01.06.2026", "begruendung": "x"}
    budget = PersoenlichesBudget(beginn=HEUTE)
    form = WechselForm(wechsel, traeger=nichts, budget=budget, pausen=[], land="BW", heute=HEUTE)
    assert "darf nicht" in form.errors["ab"][0]


def test_what_the_law_refuses_while_a_form_is_judged_is_an_error_of_the_form():
    class Probe(BasisForm):
        def clean(self):
            rechtsstand_am(date(1900, 1, 1))

    assert "1900" in Probe({}).non_field_errors()[0]
