"""Two editors of one form: a choice per field, proposed where only one has changed it."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig

FRUEH = {
    "text": "alt",
    "am": date(2026, 11, 2),
    "art": "a",
    "haken": False,
    "knopf": "",
    "viele": ["x"],
}


class Probe(StandForm):
    """One field of every kind that differs in what a browser sends."""

    text = forms.CharField(label="Text", widget=forms.Textarea)
    am = DatumField(label="Tag", required=False)
    art = forms.ChoiceField(label="Art", choices=[("a", "Anna"), ("b", "Berta")])
    knopf = forms.ChoiceField(
        label="Knopf",
        choices=[("a", "Anna"), ("b", "Berta")],
        required=False,
        widget=forms.RadioSelect,
    )
    haken = forms.BooleanField(label="Haken", required=False)
    viele = forms.MultipleChoiceField(
        label="Viele", choices=[("x", "X"), ("y", "Y")], required=False
    )


class Spaeter(StandForm):
    """Adds its field after the base has been set up, as forms of a catalogue do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spaet"] = forms.CharField(label="Spät", required=False)


def _query(werte):
    data = QueryDict(mutable=True)
    for name, value in werte.items():
        data.setlist(name, value)
    return data


def form_of(stored, **felder):
    """The form after a POST; `stored` is what lies in the database at that moment."""
    data = _query({n: v if isinstance(v, list) else [v] for n, v in felder.items()})
    return Probe(data, gespeichert=stored, zuletzt=lambda: "Berta Beispiel")


def shown(stored=FRUEH):
    """The hidden marks of the form as it was shown."""
    form = Probe(gespeichert=stored, initial=stored)
    return {"gesehen": form["gesehen"].initial, "basis": form["basis"].initial}


WIE_GESEHEN = {"text": "alt", "am": "02.11.2026", "art": "a", "viele": ["x"]}


def test_unchanged_row_is_saved_without_a_question():
    form = form_of(FRUEH, **shown(), **WIE_GESEHEN | {"text": "neu"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "neu"
    assert form.eingaben == {**FRUEH, "text": "neu", "haken": False}


@pytest.mark.parametrize(
    ("name", "mein", "ihr", "anzeige"),
    [
        ("text", "mein", "ihr", ("mein", "ihr")),
        ("am", "03.11.2026", date(2026, 11, 4), ("03.11.2026", "04.11.2026")),
        ("art", "b", "", ("Berta", "")),
        ("viele", ["y", "x"], [], ("X, Y", "")),
        ("knopf", "b", "a", ("Berta", "Anna")),
    ],
)
def test_conflict_of_every_kind_of_field(name, mein, ihr, anzeige):
    form = form_of(FRUEH | {name: ihr}, **shown(), **WIE_GESEHEN | {name: mein})
    assert not form.is_valid()
    found = [(k.name, k.meine, k.gespeichert, k.vorschlag) for k in form.konflikte]
    assert found == [(name, *anzeige, "")]
    assert form.non_field_errors() == [
        "Berta Beispiel hat diese Angaben inzwischen geändert. Ihre Eingaben sind noch da. "
        "Bitte wählen Sie je Feld, was gelten soll."
    ]


def test_who_has_typed_the_same_is_asked_nothing():
    form = form_of(FRUEH | {"haken": True}, **shown(), **WIE_GESEHEN, haken="on")
    assert form.is_valid()
    assert form.stand_jetzt == stand_of(FRUEH | {"haken": True})


def test_order_of_ticks_is_no_change():
    stored = FRUEH | {"viele": ["y", "x"]}
    form = form_of(stored | {"text": "ihr"}, **shown(stored), **WIE_GESEHEN | {"viele": ["x", "y"]})
    assert not form.is_valid()
    assert [k.name for k in form.konflikte] == ["text"]


def test_whoever_left_a_field_alone_yields():
    ihr = FRUEH | {"text": "ihr"}
    form = form_of(ihr, **shown(), **WIE_GESEHEN | {"am": "05.11.2026"})
    assert not form.is_valid()
    assert {k.name: k.vorschlag for k in form.konflikte} == {"text": "gespeichert", "am": "meine"}


def test_choice_takes_the_stored_value_and_the_own_one():
    ihr = FRUEH | {"text": "ihr", "am": None, "haken": True}
    form = form_of(
        ihr,
        **shown(),
        entschieden_zu=stand_of(ihr),
        **WIE_GESEHEN | {"text": "mein"},
        wahl_noetig=["text", "am", "haken"],
        wahl_text="meine",
        wahl_am="gespeichert",
        wahl_haken="gespeichert",
    )
    assert form.is_valid(), form.errors
    werte = form.cleaned_data
    assert (werte["text"], werte["am"], werte["haken"]) == ("mein", None, True)


def test_choice_reaches_a_field_that_the_subclass_adds_later():
    data = {"spaet": ["mein"], "entschieden_zu": [stand_of({"spaet": "ihr"})]}
    data |= {"wahl_noetig": ["spaet"], "wahl_spaet": ["gespeichert"]}
    form = Spaeter(_query(data | {"gesehen": ["alt"]}), gespeichert={"spaet": "ihr"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["spaet"] == "ihr"


def test_decision_is_kept_when_another_field_is_wrong():
    ihr = FRUEH | {"text": "ihr"}
    wahl = {"entschieden_zu": stand_of(ihr), "wahl_noetig": ["text"], "wahl_text": "meine"}
    form = form_of(ihr, **shown(), **WIE_GESEHEN | {"text": "mein", "am": "31.02.2026"}, **wahl)
    assert list(form.errors) == ["am"]
    again = {name: form[name].value() for name in ("gesehen", "basis")}
    assert form_of(ihr, **again, **WIE_GESEHEN | {"text": "mein"}).is_valid()


@pytest.mark.parametrize("wahl", ["", "anderes"])
def test_open_choice_is_asked_again(wahl):
    ihr = FRUEH | {"text": "ihr"}
    form = form_of(
        ihr,
        **shown(),
        entschieden_zu=stand_of(ihr),
        **WIE_GESEHEN | {"text": "mein"},
        wahl_noetig=["text"],
        wahl_text=wahl,
    )
    assert not form.is_valid()
    assert form.non_field_errors() == ["Bitte wählen Sie je Feld, was gelten soll."]
    assert [k.name for k in form.konflikte] == ["text"]


def test_third_save_in_between_asks_anew():
    dritte = FRUEH | {"text": "dritte"}
    wahl = {"entschieden_zu": stand_of(FRUEH | {"text": "ihr"}), "wahl_text": "meine"}
    form = form_of(dritte, **shown(), **WIE_GESEHEN | {"text": "mein"}, **wahl)
    assert not form.is_valid()
    assert [(k.meine, k.gespeichert) for k in form.konflikte] == [("mein", "dritte")]


def test_draft_of_an_open_choice_asks_again():
    ihr = FRUEH | {"text": "ihr"}
    draft = shown() | WIE_GESEHEN | {"text": "mein"}
    form = form_of(ihr, **draft, entschieden_zu=stand_of(ihr)).as_entwurf()
    again = {name: form[name].value() for name in ("gesehen", "basis", *WIE_GESEHEN)}
    assert not form_of(ihr, **again).is_valid()


@pytest.mark.parametrize("basis", ["[1", "[" * 100_000, "[]", '{"text": {}}'])
def test_broken_basis_is_no_error(basis):
    form = form_of(FRUEH | {"text": "ihr"}, gesehen="s1", basis=basis, **WIE_GESEHEN)
    assert not form.is_valid()
    assert [k.vorschlag for k in form.konflikte] == [""]


def test_form_of_a_new_row_carries_no_mark():
    form = Probe()
    assert (form["gesehen"].value(), form["basis"].value(), form.stand_jetzt) == ("", "", "")


def test_mark_knows_a_changed_letter_and_no_difference_of_empty_values():
    assert stand_of({"a": "x"}) != stand_of({"a": "X"})
    assert stand_of({"a": "", "b": []}) == stand_of({"a": None}) == stand_of(None)


def test_stale_mark_is_refused_and_no_mark_is_not():
    refuse_stale(gesehen="a", jetzt="a", zuletzt="Berta Beispiel")
    refuse_stale(gesehen="", jetzt="a", zuletzt="Berta Beispiel")
    with pytest.raises(SchrittUnzulaessig, match=r"^Jemand hat diese Angaben inzwischen geändert"):
        refuse_stale(gesehen="b", jetzt="a", zuletzt="")
