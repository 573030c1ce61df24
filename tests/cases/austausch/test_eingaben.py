"""What a browser sends instead of the page of similar persons is left alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from cases.austausch.views.entscheidung import angaben_of, gesehen_of, wahl_of


@pytest.mark.parametrize("nummer", ["²", "9" * 40, "", "-1"])
def test_only_numbers_of_rows_are_read(nummer):
    post = QueryDict(mutable=True)
    for name in ("zeile_", "angaben_", "gesehen_"):
        post[f"{name}{nummer}"] = "neu"
        post[f"{name}7"] = f"vorhanden:{nummer}"
    request = SimpleNamespace(POST=post)
    assert wahl_of(request) == {}
    assert set(angaben_of(request)) == set(gesehen_of(request)) == {7}


def test_decisions_are_read():
    post = QueryDict("zeile_7=vorhanden:12&zeile_8=neu&zeile_9=neu:%C2%B2")
    found = wahl_of(SimpleNamespace(POST=post))
    assert found == {7: ("vorhanden", 12), 8: ("neu", None), 9: ("neu", None)}
