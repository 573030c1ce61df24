"""An id of another case, or of none, has no effect and no success is claimed for it."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages import constants, get_messages
from django.urls import reverse

from cases.registry.routen import FALL, ROUTES, Route
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db
FREMD = 987_654
#: Text parts of an address: one word of each that exists.
WORTE = {"art": "bankverbindungen", "teil": "gesamtplan", "schluessel": "x", "schritt": "x"}


def nested() -> list[Route]:
    return [
        row
        for row in ROUTES.values()
        if row.objekt == FALL and row.schreibt and row.muster.count("<int:") > 1
    ]


def address(row: Route, fall: int) -> str:
    teile = re.findall(r"<(\w+):(\w+)>", row.muster)
    werte = {
        name: WORTE.get(name, "x") if art != "int" else fall if name == "fall" else FREMD
        for art, name in teile
    }
    return reverse(row.name, kwargs=werte)


def test_no_success_is_claimed_for_a_foreign_id(client, fallmanager, leitung):
    case = make_fall(fallmanager)
    gesehen, falsch = 0, []
    for user in (fallmanager, leitung):
        client.force_login(user)
        for row in nested():
            if not user.rollen & row.rollen:
                continue
            antwort = client.post(address(row, case.pk), {"text": "x", "grund": "x"})
            gesehen += 1
            meldungen = [m.level for m in get_messages(antwort.wsgi_request)]
            if antwort.status_code >= 500 or constants.SUCCESS in meldungen:
                falsch.append((row.name, antwort.status_code))
    assert gesehen >= 70
    assert falsch == []
