"""The consent form and the letter with a copy, as PDFs that hold."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from cases.einwilligung.schreiben import VORDRUCK
from cases.einwilligung.services import Empfaengerangabe, prepare_vordruck
from cases.schreiben.satz.brief import render_html
from cases.schreiben.services.schreiben import pdf_of, write_schreiben
from recht.einwilligungstext import FASSUNGEN, einwilligungstext
from recht.fehler import AusserhalbDerDeckung
from recht.norm import parse_normen
from tests.budget.test_schreiben import words
from tests.cases.schreiben.pruefer import check_pdf
from tests.cases.schreiben.test_pdf import failures
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tag", "norm"),
    [
        (date(2026, 11, 20), "§ 67b Abs. 2 S. 3 SGB X, Art. 7 Abs. 3 DSGVO"),
        (date(2018, 5, 24), "§ 67b Abs. 2 S. 2 SGB X a.F."),
    ],
)
def test_form_carries_the_three_hints_of_its_day(fallmanager, tag, norm):
    case = make_fall(fallmanager, eingang=tag)
    anlass = prepare_vordruck(
        case=case,
        empfaenger=Empfaengerangabe(name="Praxis Dr. Hübner", anschrift=("Rathausgasse 4",)),
        teile=["gesamtplan", "gutachten"],
        zweck="Abstimmung der Behandlung",
        gueltig_bis=None,
        by=fallmanager,
        tag=tag,
    )
    brief = write_schreiben(art=VORDRUCK, anlass=anlass)
    text = words(render_html(art=brief.art, titel=brief.titel, daten=brief.daten))
    for satz in ("Zweck:", "Folgen der Verweigerung:", "Widerruf:", norm, "bis zum Widerruf"):
        assert satz in text
    pdf = pdf_of(brief)
    assert (failures(pdf), check_pdf(pdf)) == ([], [])


def test_wording_covers_every_day_without_gap():
    for vorher, nachher in pairwise(FASSUNGEN):
        assert (nachher.gueltig_ab - vorher.gueltig_bis).days == 1
    for fassung in FASSUNGEN:
        assert len(fassung.hinweise) == 3
        assert parse_normen(fassung.norm)
        assert all(parse_normen(hinweis.norm) for hinweis in fassung.hinweise)
        assert einwilligungstext(fassung.gueltig_ab) == fassung
    with pytest.raises(AusserhalbDerDeckung, match="kein Wortlaut einer Einwilligung"):
        einwilligungstext(date(2003, 12, 31))
