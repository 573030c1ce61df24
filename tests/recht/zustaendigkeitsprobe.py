"""Answers about the Zuständigkeit from which a test departs, and the check of them."""

from dataclasses import replace
from datetime import date

from recht.zustaendigkeit import Vorschlag, check_zustaendigkeit
from recht.zustaendigkeitsfragen import Angaben

V = Vorschlag
# Monday; F01 ends on Monday 30.11.2026, "unverzüglich" is Tuesday 01.12.2026.
EINGANG = date(2026, 11, 16)
ALT = date(2009, 3, 30)
UEBERGANG = date(2018, 6, 4)
HIER = Angaben(
    herkunft="erster",
    eilfall="nein",
    gruppen=("b_soziale_teilhabe",),
    vorrang="nein",
    bezug="nein",
    wohnform="ambulant",
    aufenthalt="hier",
)
HIER_ALT = Angaben(
    herkunft="erster",
    eilfall="nein",
    gruppen=("a_leben_in_der_gemeinschaft",),
    vorrang="nein",
    wohnform="abw",
    aufenthalt="hier",
)
HIER_ALT_UE = replace(HIER_ALT, gruppen=("b_soziale_teilhabe",))


def pruefe(angaben, eingang=EINGANG, stichtag=None, land="BW"):
    return check_zustaendigkeit(angaben, eingang=eingang, stichtag=stichtag or eingang, land=land)


def normen(ergebnis):
    return [schritt.norm for schritt in ergebnis.schritte]
