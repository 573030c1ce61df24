"""No field takes more than is meant: every text has a length, every number its bounds."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.forms.models import BaseModelForm

import budget
import cases
import gesamtplan
from cases.forms.basis import TEXT_HOECHSTENS, BasisForm
from cases.forms.felder import EuroField


def all_forms() -> list[type[forms.BaseForm]]:
    for app in (cases, gesamtplan, budget):
        for info in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if ".forms" in info.name:
                importlib.import_module(info.name)

    def below(kind: type) -> Iterator[type]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    eigene = {"cases", "gesamtplan", "budget"}
    return [form for form in set(below(forms.BaseForm)) if form.__module__.split(".")[0] in eigene]


def test_every_text_has_its_length():
    """A form of the house gives it; the few others name it themselves."""
    gefunden = all_forms()
    assert len(gefunden) >= 60
    offen = [
        f"{form.__name__}.{name}"
        for form in gefunden
        if not issubclass(form, BasisForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field) is forms.CharField and field.max_length is None
    ]
    assert offen == []


def test_no_form_writes_a_field_it_does_not_show():
    """A form that is made from a model would take what the model has; here a service is named."""
    assert [form.__name__ for form in all_forms() if issubclass(form, BaseModelForm)] == []


def test_every_number_has_its_bounds():
    offen = [
        f"{form.__name__}.{name}"
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.IntegerField | forms.DecimalField)
        # An amount brings its bounds along.
        and not isinstance(field, EuroField)
        and None in (field.min_value, field.max_value)
    ]
    assert offen == []


class Probe(BasisForm):
    text = forms.CharField(required=False, widget=forms.Textarea)
    kurz = forms.CharField(required=False, max_length=5)


def test_browser_keeps_nothing_that_was_typed_about_somebody():
    form = Probe()
    assert 'autocomplete="off"' in str(form["text"])
    assert 'autocomplete="off"' in str(form["kurz"])
    gesehen = 0
    for kind in all_forms():
        if not issubclass(kind, BasisForm):
            continue
        for name, field in getattr(kind, "base_fields", {}).items():
            if isinstance(field.widget, forms.TextInput):
                gesehen += 1
                wert = field.widget.attrs.get("autocomplete", "off")
                assert wert in {"off", "new-password", "current-password"}, (kind, name)
    assert gesehen >= 100


@pytest.mark.parametrize(
    ("laenge", "gilt"), [(TEXT_HOECHSTENS, True), (TEXT_HOECHSTENS + 1, False)]
)
def test_text_without_a_limit_gets_that_of_the_house(laenge, gilt):
    form = Probe({"text": "ä" * laenge, "kurz": "x"})
    form.fields["spaeter"] = forms.CharField(required=False)
    assert form.is_valid() is gilt
    assert ("höchstens" in str(form.errors.get("text", ""))) is not gilt
    assert form.fields["spaeter"].max_length == TEXT_HOECHSTENS
    assert f'maxlength="{TEXT_HOECHSTENS}"' in str(form["text"])
    assert form.fields["kurz"].max_length == 5
