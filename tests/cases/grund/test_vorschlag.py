"""A proposed text follows its facts until a person writes; then it is marked."""

from __future__ import annotations

import pytest

from cases.models.vorschlag import Vorschlagstext, settle


@pytest.mark.parametrize(
    ("text", "grundlage", "jetzt", "fest", "gilt", "ueberholt"),
    [
        # left as proposed: follows
        ("alt", "alt", "neu", False, "neu", False),
        ("alt\r\n", "alt", "neu", False, "neu", False),
        # written by hand, facts as they were
        ("eigen", "alt", "alt", False, "eigen", False),
        # written by hand, facts have changed
        ("eigen", "alt", "neu", False, "eigen", True),
        # by hand, but just what the facts propose now
        ("neu", "alt", "neu", False, "neu", False),
        # older than the record of proposals: nobody knows
        ("eigen", None, "neu", False, "eigen", False),
        # emptied by hand
        ("", "alt", "alt", False, "", False),
        # waits for its release: stays, and is marked
        ("alt", "alt", "neu", True, "alt", True),
        ("alt", "alt", "alt", True, "alt", False),
        ("eigen", "alt", "neu", True, "eigen", True),
    ],
)
def test_text_and_its_facts(text, grundlage, jetzt, fest, gilt, ueberholt):
    row = Vorschlagstext("name", text, grundlage, jetzt, fest=fest)
    assert (row.gilt, row.ueberholt) == (gilt, ueberholt)


@pytest.mark.parametrize(
    ("text", "gesetzt"),
    [
        ("halbjährlich", ("jährlich", "jährlich")),
        ("jährlich", ("jährlich", "jährlich")),
        ("eigen", ("eigen", "halbjährlich")),
    ],
)
def test_saving_texts_and_facts_at_once(text, gesetzt):
    saved = settle({"a": text}, {"a": "halbjährlich"}, {"a": "jährlich"})
    assert saved == {"a": gesetzt}
