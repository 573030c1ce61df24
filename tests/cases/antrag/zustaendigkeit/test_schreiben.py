"""The letters about the Zuständigkeit: words by law and variant, and PDFs that hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.antrag.schreiben.zustaendigkeit import SCHREIBENARTEN, vorbereitet_of
from cases.antrag.services import zustaendigkeit as service
from cases.antrag.services.traegerbeteiligung import forward_part, involve_traeger
from cases.frist.services.frist import start_frist
from cases.models import Antrag, Traegerart
from cases.schreiben.satz.brief import render_brief, render_html
from cases.schreiben.services.schreiben import daten_of, write_schreiben
from recht.aufenthalt import massgeblicher_aufenthalt
from recht.rechtsstand import rechtsstand_am
from recht.zustaendigkeitsfragen import Angaben
from tests.budget.test_schreiben import words
from tests.cases.antrag.zustaendigkeit.bausteine import EINGANG, agentur, make_offen, rente
from tests.cases.schreiben.proben import make_anlass
from tests.cases.schreiben.pruefer import check_pdf
from tests.cases.schreiben.test_pdf import failures
from tests.fabriken import antrag_of, make_traeger

pytestmark = pytest.mark.django_db
ALT = date(2009, 3, 30)
ARTEN = {art.schluessel: art for art in SCHREIBENARTEN}


def prepared(case, by, brief, tag):
    return make_anlass(case, by, brief.art, tag, anlass=brief.kennung)


def ganz(case, by, tag):
    service.forward(
        antrag=antrag_of(case), an=rente(), grund="Rente", festgestellt_am=tag, by=by, tag=tag
    )


def ort(case, by, tag):
    art = Traegerart.SOZIALHILFE if tag.year < 2020 else Traegerart.EINGLIEDERUNGSHILFE
    an = make_traeger(art, "Landkreis Nebenan")
    service.forward(
        antrag=antrag_of(case), an=an, grund="wohnt dort", festgestellt_am=tag, by=by, tag=tag
    )


def turbo(case, by, tag):
    service.take_over(antrag=antrag_of(case), von=agentur(), erster_eingang=tag, by=by, tag=tag)
    service.forward_again(
        antrag=antrag_of(case),
        an=rente(),
        grund="Rente",
        einvernehmen_am=tag,
        einvernehmen_durch="Frau Bauer",
        by=by,
        tag=tag,
    )


def teil(case, by, tag):
    gruppe = f"{'a' if tag.year < 2018 else 'b'}_unterhaltssichernde"
    forward_part(
        antrag=antrag_of(case),
        an=agentur(),
        gruppen=[gruppe],
        inhalt="Übergangsgeld",
        festgestellt_am=tag,
        by=by,
        tag=tag,
    )


def beteiligt(case, by, tag):
    gruppe = f"{'a' if tag.year < 2018 else 'b'}_medizinische_rehabilitation"
    involve_traeger(
        antrag=antrag_of(case), traeger=rente(), gruppen=[gruppe], frage="Bedarf?", by=by, tag=tag
    )


FAELLE = [
    (ganz, EINGANG, ["(§ 14 Abs. 1 S. 2 SGB IX)", "16. November 2026", "drei Wochen"]),
    (ganz, ALT, ["in der bis zum 31. Dezember 2017 geltenden Fassung", "30. März 2009"]),
    (ort, EINGANG, ["örtlich nicht zuständig", "nach dem gewöhnlichen Aufenthalt"]),
    (ort, ALT, ["örtlich nicht zuständig", "nach dem Aufenthalt", "§ 98 SGB XII"]),
    (turbo, EINGANG, ["§ 14 Abs. 3 SGB IX", "7. Dezember 2026", "Die Fristen laufen weiter"]),
    (turbo, ALT, ["§ 14 Abs. 2 S. 5 SGB IX"]),
    (teil, EINGANG, ["§ 15 Abs. 1 S. 1 SGB IX", "Über alles Übrige entscheiden wir"]),
    (teil, ALT, ["§ 14 Abs. 6 SGB IX"]),
    (beteiligt, EINGANG, ["Nur ausnahmsweise", "§ 15 Abs. 3 S. 1 SGB IX", "Wer entscheidet"]),
    (beteiligt, EINGANG, ["§ 15 Abs. 2 S. 1 SGB IX", "28. Dezember 2026", "zwei Wochen"]),
    (beteiligt, ALT, ["§ 3 Abs. 1 BudgetV"]),
]


@pytest.mark.parametrize(("schritt", "tag", "saetze"), FAELLE)
def test_letters_say_what_the_law_of_the_application_asks(fallmanager, schritt, tag, saetze):
    case = make_offen(fallmanager, tag)
    schritt(case, fallmanager, tag)
    briefe = vorbereitet_of(case.antraege.get())
    text = ""
    for brief in briefe:
        daten = daten_of(ARTEN[brief.art], prepared(case, fallmanager, brief, tag))
        text += words(render_html(art=brief.art, titel=brief.titel, daten=daten))
    assert len(briefe) == 2
    assert [satz for satz in saetze if satz not in text] == []


@pytest.mark.parametrize("schritt", [ganz, turbo, teil, beteiligt])
def test_letters_are_archivable_and_accessible(fallmanager, schritt):
    case = make_offen(fallmanager)
    schritt(case, fallmanager, EINGANG)
    for brief in vorbereitet_of(case.antraege.get()):
        daten = daten_of(ARTEN[brief.art], prepared(case, fallmanager, brief, EINGANG))
        pdf = render_brief(art=brief.art, titel=brief.titel, daten=daten).pdf
        assert (failures(pdf), check_pdf(pdf)) == ([], [])


def test_first_receipt_counts_where_there_was_one(fallmanager):
    case = make_offen(fallmanager)
    antrag = case.antraege.get()
    ganz(case, fallmanager, EINGANG)
    Antrag.objects.filter(pk=antrag.pk).update(erster_eingang=date(2026, 11, 10))
    brief = vorbereitet_of(case.antraege.get())[1]
    daten = daten_of(ARTEN[brief.art], prepared(case, fallmanager, brief, EINGANG))
    text = words(render_html(art=brief.art, titel=brief.titel, daten=daten))
    assert "Es zählt weiter der 10. November 2026" in text
    assert "bei dem ersten Träger eingegangen" in text


def test_two_months_of_a_conference_go_before_six_weeks(fallmanager):
    case = make_offen(fallmanager)
    antrag = case.antraege.get()
    start_frist(case=case, regel="F09", gegenstand=antrag, ausloeser=antrag.eingang, by=fallmanager)
    beteiligt(case, fallmanager, EINGANG)
    assert not case.fristen.filter(regel="F08").exists()
    brief = vorbereitet_of(case.antraege.get())[1]
    daten = daten_of(ARTEN[brief.art], prepared(case, fallmanager, brief, EINGANG))
    text = words(render_html(art=brief.art, titel=brief.titel, daten=daten))
    assert "das sind zwei Monate ab dem Eingang" in text
    assert "sechs Wochen" not in text


def test_frozen_once_and_addressed_to_the_carrier(fallmanager):
    case = make_offen(fallmanager)
    ganz(case, fallmanager, EINGANG)
    brief = vorbereitet_of(case.antraege.get())[0]
    tage = (EINGANG, EINGANG + timedelta(days=1))
    erster, zweiter = (
        write_schreiben(art=brief.art, anlass=prepared(case, fallmanager, brief, tag))
        for tag in tage
    )
    assert erster == zweiter
    assert erster.empfaenger == ["DRV Probe", "Hauptstraße 5", "70999 Musterau"]
    assert vorbereitet_of(case.antraege.get())[0].schreiben == erster


def test_letter_of_another_case_does_not_exist(fallmanager):
    case, fremd = make_offen(fallmanager), make_offen(fallmanager)
    ganz(case, fallmanager, EINGANG)
    brief = vorbereitet_of(case.antraege.get())[0]
    assert prepared(fremd, fallmanager, brief, EINGANG).gegenstand is None
    assert prepared(case, fallmanager, brief, EINGANG).gegenstand.antrag.case == case


# § 98 SGB XII until 2019 (text of 02.07.2012): ambulant the actual place, Abs. 1 S. 1; in an
# institution the usual residence before, Abs. 2 S. 1; betreutes Wohnen Abs. 5 S. 1.
@pytest.mark.parametrize(
    ("tag", "angaben", "satz"),
    [
        (ALT, {"wohnform": "ambulant"}, "dem tatsächlichen Aufenthalt (§ 98 Abs. 1 S. 1 SGB XII)"),
        (
            date(2018, 6, 4),
            {"wohnform": "ambulant"},
            "dem tatsächlichen Aufenthalt (§ 98 Abs. 1 S. 1 SGB XII)",
        ),
        (ALT, {"wohnform": "tag_und_nacht"}, "vor der Aufnahme (§ 98 Abs. 2 S. 1 SGB XII)"),
        (ALT, {"wohnform": "abw"}, "in das betreute Wohnen (§ 98 Abs. 5 S. 1 SGB XII)"),
        (EINGANG, {"wohnform": "ambulant"}, "gewöhnlichen Aufenthalt (§ 98 Abs. 1 S. 1 SGB IX)"),
        (
            EINGANG,
            {"wohnform": "ambulant", "aufenthalt": "keiner", "tatsaechlich": "anderswo"},
            "dem tatsächlichen Aufenthalt (§ 98 Abs. 2 S. 3 SGB IX)",
        ),
    ],
)
def test_letter_names_the_residence_that_decides(tag, angaben, satz):
    gruppe = "a_leben_in_der_gemeinschaft" if tag.year < 2018 else "b_soziale_teilhabe"
    werte = Angaben(
        herkunft="erster", eilfall="nein", gruppen=(gruppe,), vorrang="nein", bezug="nein"
    )
    wo, norm = massgeblicher_aufenthalt(replace(werte, **angaben), rechtsstand_am(tag))
    assert satz in f"nach {wo} ({norm})"
