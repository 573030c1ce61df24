"""One judgement of sameness: what speaks for one human being, and that it never decides alone."""

from __future__ import annotations

from datetime import date

import pytest

from cases.person.gleichheit import Merkmale, judge

TAG = date(1966, 5, 7)
NEUJAHR = date(1995, 1, 1)


def of(name: str, tag: date | None = TAG, **weiteres) -> Merkmale:
    nachname, _, vorname = name.partition(", ")
    return Merkmale(vorname, nachname, tag, **weiteres)


FRAGEN = [
    ("dasselbe", of("Maier, Petra"), of("Maier, Petra"), "gleicher Name", True),
    ("NFC und NFD", of("Müller, Jörg"), of("Mu\u0308ller, Jo\u0308rg"), "anders", False),
    ("Umlaut und ae", of("Müller, Jürgen"), of("Mueller, Juergen"), "anders geschrieben", False),
    ("Bindestrich", of("Maier, Hans-Jürgen"), of("Maier, Hans Jürgen"), "anders", False),
    ("vertauscht", of("Petra, Maier"), of("Maier, Petra"), "vertauscht", False),
    ("Platzhalter", of("T., Mohammad", NEUJAHR), of("T., Mohammad", NEUJAHR), "1. Januar", False),
    (
        "Jahr bekannt",
        of("Maier, Petra", date(1966, 1, 1), genau="jahr"),
        of("Maier, Petra"),
        "der Tag ist nicht bekannt",
        False,
    ),
    ("Teil der Vornamen", of("Maier, Petra"), of("Maier, Petra Anna"), "Teil der Vornamen", False),
    (
        "Rufname",
        of("Maier, Anna Petra", rufname="Petra"),
        of("Maier, Petra Luise"),
        "Teil der Vornamen",
        False,
    ),
    (
        "Name geändert",
        of("Maier, Petra"),
        of("Huber, Petra", frueher=("Maier",)),
        "früherer Nachname",
        False,
    ),
    (
        "Geburtsname genannt",
        of("Huber, Petra", frueher=("Maier",)),
        of("Maier, Petra"),
        "früherer Nachname",
        False,
    ),
    ("Doppelname", of("Maier-Huber, Petra"), of("Maier, Petra"), "Teil des Nachnamens", False),
    ("Umschrift", of("Schewtschenko, Iwan"), of("Ševčenko, Ivan"), "Umschrift", False),
    ("Kyrillisch", of("Шевченко, Иван"), of("Shevchenko, Iwan"), "Umschrift", False),
    ("Zwillinge", of("Maier, Petra"), of("Maier, Otto"), "Zwilling", False),
    ("Heirat, Name unbekannt", of("Maier, Petra"), of("Wurst, Petra"), "ähnlicher Vorname", False),
    ("Tag und Monat", of("Maier, Petra"), of("Maier, Petra", date(1966, 7, 5)), "Monat", False),
    ("eine Ziffer", of("Maier, Petra"), of("Maier, Petra", date(1966, 5, 8)), "Ziffer", False),
    ("Klang", of("Meyer, Petra"), of("Maier, Petra"), "Klang", False),
    ("ein Name", of("Sukarno"), of("Sukarno"), "gleicher Name", True),
    ("ein Name im anderen Feld", of("Sukarno"), of(", Sukarno"), "vertauscht", False),
    ("anders verteilt", of("Müller, Anna Maria"), of("Maria Müller, Anna"), "verteilt", False),
    (
        "Umschrift am Platzhalter",
        of("Al-Hassan, Mohammad", NEUJAHR),
        of("Alhasan, Muhammed", NEUJAHR),
        "1. Januar",
        False,
    ),
]


@pytest.mark.parametrize(
    ("mine", "theirs", "grund", "sicher"), [f[1:] for f in FRAGEN], ids=[f[0] for f in FRAGEN]
)
def test_each_kind_is_a_question_with_its_reason(mine, theirs, grund, sicher):
    for a, b in ((mine, theirs), (theirs, mine)):
        urteil = judge(a, b)
        assert urteil is not None
        assert grund in ", ".join(urteil.gruende)
        assert urteil.fraglich
        assert urteil.sicher is sicher


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (of("Maier, Petra"), of("Wurst, Otto")),
        (of("Maier, Petra"), of("Meyer, Petra", date(1990, 3, 3))),
        (of(""), of("")),
        (of("-, ?"), of("-, ?")),
        (of("Ali, Hassan", NEUJAHR), of("Omar, Hassan", NEUJAHR)),
        (of("Ali, Hassan", NEUJAHR), of("Ali, Yusuf", NEUJAHR)),
    ],
)
def test_little_in_common_is_no_question(mine, theirs):
    assert judge(mine, theirs) is None
