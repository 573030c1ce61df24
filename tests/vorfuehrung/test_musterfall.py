"""The model case: its figures come from the published example, not from the program."""

from __future__ import annotations

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Schreiben
from tests.cases.schreiben.pruefer import check_pdf, text_of
from vorfuehrung.musterfall import STAENDE

pytestmark = pytest.mark.django_db

# Dispatch on 21.11.2005: +3 days, and the Saturday, Sunday and holidays after 24.12.2005.
ERWARTET_A = {
    "rechtsstand": "A",
    "gesamtbudget": "2714.00",
    "geld": "1793.00",
    "gutscheine": "921.00",
    "bindung_bis": "2006-05-31",
    "erste_ueberpruefung": "2006-06",
    "bedarf_wiederholen": "2007-11-08",
    "bekanntgabe": "2005-11-24",
    "widerspruch_bis": "2005-12-27",
}


def tell(stand: str, ziel) -> dict:
    out = StringIO()
    call_command("musterfall", out=str(ziel), stand=stand, stdout=out)
    return json.loads(out.getvalue().strip().splitlines()[-1])


def test_model_case_of_2005_gives_the_published_figures(tmp_path):
    ergebnis = tell("A", tmp_path)
    hashes = ergebnis.pop("sha256")
    assert ergebnis == ERWARTET_A
    assert hashes == {
        art: hashlib.sha256((tmp_path / f"{art}.pdf").read_bytes()).hexdigest()
        for art in ("zielvereinbarung", "bescheid", "gesamtplan")
    }


@pytest.mark.parametrize("stand", STAENDE)
def test_days_of_the_model_case_follow_the_procedure(stand):
    # § 3 Abs. 1 BudgetV, § 15 Abs. 2 SGB IX: who takes part has its say before the plan is made.
    zeit = STAENDE[stand].zeit
    tage = [zeit.eingang, zeit.zustaendig, zeit.bedarf, zeit.stellungnahme, zeit.plan]
    tage += [zeit.bemessen, zeit.ausgefertigt, zeit.unterschrift, zeit.bescheid, zeit.aufgabe]
    assert tage == sorted(tage)
    assert zeit.stellungnahme < zeit.plan


def test_letters_of_the_model_case_say_what_was_decided(tmp_path):
    tell("A", tmp_path)
    text = text_of((tmp_path / "bescheid.pdf").read_bytes())
    for satz in (
        "1.050,00 €",
        "330,00 €",
        "921,00 €",
        "413,00 €",
        "2.714,00 €",
        "1.793,00 €",
        "1.120,00 €",
        "Juni 2006",
        "31. Mai 2006",
        "Rechtsbehelfsbelehrung",
        "Bankleitzahl",
        "Örtlicher Träger der Sozialhilfe",
        "zur Niederschrift",
    ):
        assert satz in text, satz
    assert "elektronisch" not in text.split("Rechtsbehelfsbelehrung")[1]


def test_same_person_under_the_law_of_2026(tmp_path):
    ergebnis = tell("B", tmp_path)
    assert {k: v for k, v in ergebnis.items() if k != "sha256"} == {
        "rechtsstand": "B",
        "gesamtbudget": "2644.00",
        "geld": "1848.00",
        "gutscheine": "796.00",
        "bindung_bis": "2027-03-31",
        "erste_ueberpruefung": "2027-04",
        "bedarf_wiederholen": "2028-09-10",
        "bekanntgabe": "2026-09-25",
        "widerspruch_bis": "2026-10-26",
    }
    text = text_of((tmp_path / "bescheid.pdf").read_bytes())
    assert "§ 29" in text
    assert "§ 36a" in text.split("Rechtsbehelfsbelehrung")[1]


@pytest.mark.parametrize("stand", ["A", "B"])
def test_letters_are_pdf_a_and_pdf_ua_in_one_file(tmp_path, stand):
    tell(stand, tmp_path)
    for schreiben in Schreiben.objects.all():
        assert check_pdf((tmp_path / f"{schreiben.art}.pdf").read_bytes()) == [], schreiben.art


def test_model_case_refuses_an_unknown_stand_and_a_filled_database(tmp_path, fallmanager):
    from tests.fabriken import make_fall

    with pytest.raises(CommandError, match="möglich sind A und B"):
        tell("C", tmp_path)
    make_fall(fallmanager)
    with pytest.raises(CommandError, match="leere Datenbank"):
        tell("A", tmp_path)
