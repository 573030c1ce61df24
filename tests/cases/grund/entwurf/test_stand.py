"""Two editors of one form: a choice per field, proposed where only one has changed it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm

FRUEH = {"text": "alt", "am": date(2026, 11, 2), "art": "a", "haken": False, "viele": ["x"]}


class Probe(StandForm):
    """One field of every kind that differs in what a browser sends."""

    text = forms.CharField(label="Text", widget=forms.Textarea)
    am = DatumField(label="Tag", required=False)
    art = forms.ChoiceField(label="Art", choices=[("a", "Anna"), ("b", "Berta")])
    haken = forms.BooleanField(label="Haken", required=False)
    viele = forms.MultipleChoiceField(
        label="Viele", choices=[("x", "X"), ("y", "Y")], required=False
    )


def form_of(stored, jetzt, **felder):
    """The form after a POST; `stored` is what lies in the database at that moment."""
    data = QueryDict(mutable=True)
    for name, value in felder.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return Probe(data, gespeichert=stored, stand_jetzt=jetzt, zuletzt="Berta Beispiel")


def shown(stored=FRUEH, stand="s1"):
    form = Probe(gespeichert=stored, stand_jetzt=stand, initial=stored)
    return {"stand": stand, "basis": form.fields["basis"].initial}


WIE_GESEHEN = {"text": "alt", "am": "02.11.2026", "art": "a", "viele": ["x"]}


def test_unchanged_row_is_saved_without_a_question():
    form = form_of(FRUEH, "s1", **shown(), **WIE_GESEHEN | {"text": "neu"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "neu"


@pytest.mark.parametrize(
    ("name", "mein", "ihr", "anzeige"),
    [
        ("text", "mein", "ihr", ("mein", "ihr")),
        ("am", "03.11.2026", date(2026, 11, 4), ("03.11.2026", "04.11.2026")),
        ("art", "b", "", ("Berta", "")),
        ("haken", "on", True, None),
        ("viele", ["x", "y"], [], ("X, Y", "")),
    ],
)
def test_conflict_of_every_kind_of_field(name, mein, ihr, anzeige):
    form = form_of(FRUEH | {name: ihr}, "s2", **shown(), **WIE_GESEHEN | {name: mein})
    assert not form.is_valid()
    found = [(k.name, k.meine, k.gespeichert, k.vorschlag) for k in form.konflikte]
    assert found == ([] if anzeige is None else [(name, *anzeige, "")])


def test_whoever_left_a_field_alone_yields():
    ihr = FRUEH | {"text": "ihr"}
    form = form_of(ihr, "s2", **shown(), **WIE_GESEHEN | {"am": "05.11.2026"})
    assert not form.is_valid()
    assert {k.name: k.vorschlag for k in form.konflikte} == {"text": "gespeichert", "am": "meine"}
    assert form["stand"].value() == "s2"


def test_choice_takes_the_stored_value_and_the_own_one():
    ihr = FRUEH | {"text": "ihr", "am": None, "haken": True}
    form = form_of(
        ihr,
        "s2",
        basis=shown()["basis"],
        stand="s2",
        **WIE_GESEHEN | {"text": "mein"},
        wahl_noetig=["text", "am", "haken"],
        wahl_text="meine",
        wahl_am="gespeichert",
        wahl_haken="gespeichert",
    )
    assert form.is_valid(), form.errors
    werte = form.cleaned_data
    assert (werte["text"], werte["am"], werte["haken"]) == ("mein", None, True)


def test_open_choice_is_asked_again():
    ihr = FRUEH | {"text": "ihr"}
    form = form_of(
        ihr,
        "s2",
        basis=shown()["basis"],
        stand="s2",
        **WIE_GESEHEN | {"text": "mein"},
        wahl_noetig=["text"],
    )
    assert not form.is_valid()
    assert form.non_field_errors() == ["Bitte wählen Sie je Feld, was gelten soll."]
    assert [k.name for k in form.konflikte] == ["text"]


def test_third_save_in_between_asks_anew():
    dritte = FRUEH | {"text": "dritte"}
    form = form_of(
        dritte, "s3", basis=shown()["basis"], stand="s2", **WIE_GESEHEN | {"text": "mein"}
    )
    assert not form.is_valid()
    assert [(k.meine, k.gespeichert) for k in form.konflikte] == [("mein", "dritte")]


def test_broken_basis_is_no_error():
    form = form_of(FRUEH | {"text": "ihr"}, "s2", stand="s1", basis="[1", **WIE_GESEHEN)
    assert not form.is_valid()
    assert [k.vorschlag for k in form.konflikte] == [""]
    assert json.loads(form.fields["basis"].initial) != {}
