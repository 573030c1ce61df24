"""Kölner Phonetik: the published table of rules, and that the database knows the same ones."""

from __future__ import annotations

import pytest
from django.db import connection

from cases.person.phonetik import koelner_phonetik

# Letter, surroundings and code of the rules as published by Postel 1969.
REGELN = [
    ("A", "0"), ("E", "0"), ("I", "0"), ("J", "0"), ("O", "0"), ("U", "0"), ("Y", "0"),
    ("H", ""), ("B", "1"), ("P", "1"), ("PH", "3"), ("D", "2"), ("T", "2"),
    ("DC", "8"), ("DS", "8"), ("DZ", "8"), ("TC", "8"), ("TS", "8"), ("TZ", "8"),
    ("F", "3"), ("V", "3"), ("W", "3"), ("G", "4"), ("K", "4"), ("Q", "4"),
    ("CA", "4"), ("CH", "4"), ("CK", "4"), ("CL", "45"), ("CO", "4"), ("CQ", "4"),
    ("CR", "47"), ("CU", "4"), ("CX", "48"), ("CE", "8"), ("CI", "8"),
    ("ACA", "04"), ("ACL", "085"), ("SCA", "8"), ("ZCH", "8"), ("X", "48"), ("KX", "48"),
    ("QX", "48"), ("L", "5"), ("M", "6"), ("N", "6"), ("R", "7"), ("S", "8"), ("Z", "8"),
]  # fmt: skip
NAMEN = [
    ("Müller-Lüdenscheidt", "65752682"),
    ("Breschnew", "17863"),
    ("Wikipedia", "3412"),
    ("Müller", "657"),
    ("Mueller", "657"),
    ("Meyer", "67"),
    ("Maier", "67"),
    ("Hans-Jürgen", "068746"),
    ("Hansjürgen", "068746"),
    ("Łuczyńska", "58684"),
    ("Weiß", "38"),
    ("Şahin", "86"),
    ("Yıldız", "0528"),
    ("Wiśniewska", "386384"),
    ("Ольга", "054"),
    ("Đorđević", "27238"),
    ("Djordjevic", "27238"),
    ("Þórr", "27"),
    ("李", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "code"), REGELN + NAMEN)
def test_code_follows_the_published_rules(name, code):
    assert koelner_phonetik(name) == code


@pytest.mark.django_db
def test_database_computes_the_same_codes():
    names = [name for name, _ in REGELN + NAMEN]
    with connection.cursor() as cursor:
        cursor.execute("SELECT koelner_phonetik(name) FROM unnest(%s::text[]) AS name", [names])
        found = [row[0] for row in cursor.fetchall()]
    assert found == [koelner_phonetik(name) for name in names]
