"""The search form of DIN 91379, in the program and in the database."""

from __future__ import annotations

import pytest
from django.db import connection

from cases.person.namensform import suchform, umschrift
from cases.person.phonetik import koelner_phonetik
from tests.cases.person.din91379 import WEITERE, buchstaben

TEXTE = [
    "Müller-Lüdenscheidt",
    "Łukasz Öçal",
    "O’Brien",
    "STRAẞE 3 a",
    "Đorđević",
    "Шевченко Юлія",
    "Βασίλης Παπαδόπουλος",
    "Mu\u0308ller",
    "\u0130brahim",
    "  Van  der  Meer ",
]


def test_table_holds_all_letters_of_the_norm():
    assert len(buchstaben()) == len({letter for letter, _ in buchstaben()}) == 649


def test_every_letter_is_searched_by_its_basic_letters():
    wrong = [
        (letter, suchform(letter), grund)
        for letter, grund in buchstaben()
        if suchform(letter) != grund.lower() or suchform(f"x{letter}y") != f"x{grund.lower()}y"
    ]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("funktion", "python"),
    [("suchform", suchform), ("umschrift", umschrift), ("koelner_phonetik", koelner_phonetik)],
)
def test_program_and_database_have_the_same_form(funktion, python):
    texte = [*TEXTE, *(f"Ma{b}er {b}" for b, _ in buchstaben()), *(f"a{z}b" for z in WEITERE)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {funktion}(t) FROM unnest(%s::text[]) AS t", [texte])
        found = [row[0] for row in cursor.fetchall()]
    wrong = [
        (text, von_python, von_datenbank)
        for text, von_python, von_datenbank in zip(texte, map(python, texte), found, strict=True)
        if von_python != von_datenbank
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("eins", "zwei"),
    [
        ("Schewtschenko", "Ševčenko"),
        ("Schewtschenko", "Shevchenko"),
        ("Schewtschenko", "Шевченко"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Djordjević", "Đorđević"),
        ("Yusuf", "Jusuf"),
        ("Evgeny", "Jewgeni"),
        ("Philipp", "Filip"),
        ("Hans-Jürgen", "Hans Jürgen"),
    ],
)
def test_umschrift_takes_ways_of_writing_together(eins, zwei):
    assert umschrift(eins) == umschrift(zwei)


@pytest.mark.parametrize(("eins", "zwei"), [("Maier", "Müller"), ("Iwan", "Ion"), ("Tom", "Tim")])
def test_umschrift_keeps_names_apart(eins, zwei):
    assert umschrift(eins) != umschrift(zwei)
