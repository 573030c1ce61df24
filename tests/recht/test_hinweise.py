from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig
from recht.hinweise import hinweistext


@pytest.mark.parametrize(
    ("tag", "fassung"),
    [
        (date(2004, 1, 1), "uebermittlung-2004"),
        (date(2017, 12, 31), "uebermittlung-2004"),
        (date(2018, 1, 1), "uebermittlung-2018-1"),
        (date(2018, 5, 24), "uebermittlung-2018-1"),
        (date(2018, 5, 25), "uebermittlung-2018"),
        (date(2026, 11, 29), "uebermittlung-2018"),
        (date(2026, 11, 30), "uebermittlung-2026"),
    ],
)
def test_wording_of_the_day(tag, fassung):
    assert hinweistext("uebermittlung", tag).fassung == fassung


def test_wording_names_consent_objection_and_consequence():
    text = " ".join(hinweistext("uebermittlung", date(2026, 11, 20)).absaetze)
    words = ("freiwillig", "widerrufen", "widersprechen", "versagt", "schriftlich")
    assert [word for word in words if word not in text] == []


def test_unknown_notice_and_uncovered_day_are_errors():
    with pytest.raises(EingabeUngueltig, match="Den Hinweis „x“ gibt es nicht"):
        hinweistext("x", date(2026, 11, 20))
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand hinterlegt"):
        hinweistext("uebermittlung", date(2003, 12, 31))


def test_day_without_wording_is_an_error(monkeypatch):
    monkeypatch.setattr("recht.hinweise._alle", tuple)
    with pytest.raises(AusserhalbDerDeckung, match="kein Wortlaut"):
        hinweistext("uebermittlung", date(2026, 11, 20))
