"""One flipped bit in anything that is frozen is found in the night."""

from __future__ import annotations

import pytest
from django.db import connection

from cases.models import Schreiben
from cases.services.betrieb import scrub
from tests.architektur.inhaltsakte import make_inhaltsakte
from tests.gemeinsam import kept_rows

pytestmark = pytest.mark.django_db

# Kind of what is frozen, what is turned over in it past the program, and under what it is found.
_KIPPEN = {
    "Schreiben, PDF": (
        "UPDATE cases_schreibendatei SET pdf = set_byte(pdf, 9, 255 - get_byte(pdf, 9))",
        "Schreiben, deren Datei verändert ist",
    ),
    "Schreiben, Prüfwert": (
        "UPDATE cases_schreiben SET pdf_sha256 = reverse(pdf_sha256)",
        "Schreiben, deren Datei verändert ist",
    ),
    "Schreiben, Tag": (
        "UPDATE cases_schreiben SET datum = datum - 1",
        "Schreiben, deren Daten nicht die ihren sind",
    ),
    "Druckstapel": (
        "UPDATE cases_druckstapel SET pdf = set_byte(pdf, 9, 255 - get_byte(pdf, 9))",
        "Druckstapel, deren Datei verändert ist",
    ),
    "Unterlage, Datei": (
        "UPDATE cases_unterlagendatei"
        " SET inhalt = set_byte(inhalt, 40, 255 - get_byte(inhalt, 40))",
        "Unterlagen, deren Datei verändert ist",
    ),
    "Unterlage, Prüfwert": (
        "UPDATE cases_unterlage SET sha256 = reverse(sha256)",
        "Unterlagen, deren Datei verändert ist",
    ),
    "Planfassung": (
        "UPDATE gesamtplan_gesamtplan SET freigegeben_am = freigegeben_am - 1",
        "Gesamtpläne, die von ihrer Geschichte abweichen",
    ),
    "Leistung eines Plans": (
        "UPDATE gesamtplan_leistung SET beginn = beginn - 1",
        "Leistungen, die von ihrer Geschichte abweichen",
    ),
    "Betrag": (
        "UPDATE budget_teilbudget SET betrag = betrag + 1",
        "Teilbudgets, die von ihrer Geschichte abweichen",
    ),
    "Bescheid": (
        "UPDATE budget_bescheid SET erste_auszahlung = erste_auszahlung - 1",
        "Bescheide, die von ihrer Geschichte abweichen",
    ),
    "Versand": (
        "UPDATE cases_versand SET weg = CASE weg WHEN 'post' THEN 'elektronisch' ELSE 'post' END",
        "Versendungen, die von ihrer Geschichte abweichen",
    ),
}


@pytest.fixture(scope="module")
def frozen_akte(django_db_setup, django_db_blocker):
    """A case with letters of several kinds, a print batch, papers, a released plan and budget."""
    with kept_rows(django_db_blocker, make_inhaltsakte) as made:
        yield made


@pytest.mark.parametrize("art", _KIPPEN)
def test_a_flip_in_every_kind_of_frozen_thing_is_found(frozen_akte, eigentuemer, art):
    assert scrub() == {}
    statement, befund = _KIPPEN[art]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        anzahl = cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")
    if art == "Schreiben, Tag":
        # One letter of the scene was made by hand and has no head.
        anzahl = sum("kopf" in row.daten for row in Schreiben.objects.all())
    assert anzahl > 0
    assert scrub()[befund] == anzahl
