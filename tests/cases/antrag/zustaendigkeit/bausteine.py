"""Rows for the tests of the Zuständigkeit."""

from __future__ import annotations

from datetime import date

from cases.models import Case, Leistungstraeger, User
from recht.zustaendigkeitsfragen import Angaben
from tests.fabriken import make_fall, make_traeger

# Monday; F01 ends on Monday 30.11.2026, a forwarding is in time until Tuesday 01.12.2026.
EINGANG = date(2026, 11, 16)
HIER = Angaben(
    herkunft="erster",
    eilfall="nein",
    gruppen=("b_soziale_teilhabe",),
    vorrang="nein",
    bezug="nein",
    wohnform="ambulant",
    aufenthalt="hier",
)


def make_offen(by: User, eingang: date = EINGANG) -> Case:
    """Return a case whose Zuständigkeit is to be found."""
    return make_fall(by, eingang=eingang)


def rente() -> Leistungstraeger:
    """Return another Rehabilitationsträger."""
    return make_traeger("rentenversicherung", "DRV Probe")


def agentur() -> Leistungstraeger:
    """Return the carrier for Arbeitsleben."""
    return make_traeger("arbeitsagentur", "Agentur Probe")


def pflegekasse() -> Leistungstraeger:
    """Return a carrier that is no Rehabilitationsträger."""
    return make_traeger("pflegekasse", "AOK Probe")
