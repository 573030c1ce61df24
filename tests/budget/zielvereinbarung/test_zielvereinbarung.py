"""Drafting, printing, signing and renegotiating a Zielvereinbarung."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from budget.models import Vereinbarungsinhalt, Zielvereinbarung
from budget.verfahren.services import update_budget
from budget.zielvereinbarung.services import (
    draft_zielvereinbarung,
    issue_zielvereinbarung,
    record_unterschriften,
    renegotiate,
    update_zielvereinbarung,
    waive_zielvereinbarung,
)
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken

pytestmark = pytest.mark.django_db


@pytest.fixture
def entwurf(akte):
    return fabriken.tell("entwurf", akte=akte)


@pytest.fixture
def ausgefertigt(akte):
    return fabriken.tell("ausgefertigt", akte=akte)


def _sign(akte, **felder):
    werte = {
        "person_am": akte.tage.unterschrift,
        "person_durch": "Emil Muster",
        "traeger_am": akte.tage.unterschrift,
        "traeger_von": akte.fallmanager,
        "by": akte.fallmanager,
        "tag": akte.tage.unterschrift,
    }
    return record_unterschriften(zielvereinbarung=akte.zielvereinbarung, **(werte | felder))


def test_draft_is_prefilled_with_goals_and_every_content(entwurf):
    row = entwurf.zielvereinbarung
    texte = dict(row.vereinbarungsinhalte.values_list("schluessel", "text"))
    assert list(texte) == ["ziele", "nachweis", "qualitaetssicherung", "hoehe", "unterbrechung"]
    ziele = texte["ziele"].replace("\u00a0", " ")
    assert "– Den Haushalt selbst führen Daran ist es zu erkennen: Drei warme Mahlzeiten" in ziele
    assert "Dafür bestimmt: „Teilhabe am Leben in der Gemeinschaft“, nach Bedarf, 1.050" in ziele
    assert ziele.endswith("„Hilfe zur Pflege“, nach Bedarf, 413,00 € im Monat.")
    assert all(texte.values())
    assert (row.version, row.gueltig_ab, row.gueltig_bis) == (
        1,
        date(2005, 12, 1),
        date(2007, 11, 30),
    )


def test_draft_waits_for_the_bemessung(akte):
    fabriken.bemiss(akte)
    with pytest.raises(
        SchrittUnzulaessig, match="Bemessung der Teilbudgets ist noch nicht abgeschlossen"
    ):
        draft_zielvereinbarung(budget=akte.budget, by=akte.fallmanager, tag=akte.tage.plan)


def test_second_draft_is_refused(entwurf):
    with pytest.raises(SchrittUnzulaessig, match="Es gibt bereits"):
        draft_zielvereinbarung(budget=entwurf.budget, by=entwurf.fallmanager, tag=entwurf.tage.plan)


def test_update_changes_texts_and_rhythm(entwurf):
    row = update_zielvereinbarung(
        zielvereinbarung=entwurf.zielvereinbarung,
        texte={"ziele": "Neu"},
        gespraech_monate=12,
        by=entwurf.fallmanager,
        tag=entwurf.tage.plan,
    )
    assert row.gespraech_monate == 12
    assert row.vereinbarungsinhalte.get(schluessel="ziele").text == "Neu"


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"texte": {"wuensche": "x"}}, "Diese Inhalte gibt es nicht: wuensche"),
        ({"texte": {}, "gespraech_monate": 7}, "alle sechs oder alle zwölf Monate"),
    ],
)
def test_update_refuses(entwurf, felder, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        update_zielvereinbarung(
            zielvereinbarung=entwurf.zielvereinbarung,
            by=entwurf.fallmanager,
            tag=entwurf.tage.plan,
            **felder,
        )


def test_draft_follows_a_changed_period(entwurf):
    update_budget(
        budget=entwurf.budget,
        antrag=entwurf.budget.antrag,
        beginn=entwurf.tage.beginn,
        vergleichssumme=entwurf.budget.vergleichssumme,
        by=entwurf.fallmanager,
        tag=entwurf.tage.plan,
    )
    entwurf.zielvereinbarung.refresh_from_db()
    assert entwurf.zielvereinbarung.gueltig_bis is None


def test_issue_freezes_the_letter_and_moves_the_budget(ausgefertigt):
    row = ausgefertigt.zielvereinbarung
    assert (row.state, row.ausgefertigt_am) == ("ausgefertigt", date(2005, 11, 7))
    assert row.schreiben.daten["summen"]["gesamt"] == "2714.00"
    ausgefertigt.budget.refresh_from_db()
    assert ausgefertigt.budget.state == "zielvereinbarung"


def test_issue_refuses_a_missing_content(entwurf):
    entwurf.zielvereinbarung.vereinbarungsinhalte.filter(schluessel="ziele").update(text="")
    with pytest.raises(SchrittUnzulaessig, match="Förder- und Leistungsziele"):
        issue_zielvereinbarung(
            zielvereinbarung=entwurf.zielvereinbarung,
            by=entwurf.fallmanager,
            tag=entwurf.tage.ausgefertigt,
        )
    assert entwurf.case.schreiben_liste.filter(art="zielvereinbarung").count() == 0


def test_signatures_close_the_agreement(ausgefertigt):
    row = _sign(ausgefertigt, vorbehalt="Die Höhe wird geprüft.")
    assert (row.state, row.vorbehalt) == ("unterzeichnet", "Die Höhe wird geprüft.")
    ausgefertigt.budget.refresh_from_db()
    assert ausgefertigt.budget.state == "vereinbart"


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"person_am": date(2005, 11, 6)}, "liegt vor der Ausfertigung"),
        ({"traeger_am": date(2005, 11, 15)}, "liegt in der Zukunft"),
        ({"person_durch": " "}, "wer für die Person unterzeichnet hat"),
    ],
)
def test_signatures_are_refused(ausgefertigt, felder, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        _sign(ausgefertigt, **felder)


def test_renegotiate_opens_the_budget_and_keeps_the_texts(ausgefertigt):
    renegotiate(
        zielvereinbarung=ausgefertigt.zielvereinbarung,
        grund="mehr Stunden",
        by=ausgefertigt.fallmanager,
        tag=ausgefertigt.tage.unterschrift,
    )
    ausgefertigt.budget.refresh_from_db()
    assert ausgefertigt.budget.state == "bemessen"
    neu = draft_zielvereinbarung(
        budget=ausgefertigt.budget,
        by=ausgefertigt.fallmanager,
        tag=ausgefertigt.tage.unterschrift,
    )
    alt = ausgefertigt.zielvereinbarung.vereinbarungsinhalte
    assert neu.version == 2
    assert list(neu.vereinbarungsinhalte.values_list("text", flat=True)) == list(
        alt.values_list("text", flat=True)
    )


def test_renegotiate_needs_a_reason(ausgefertigt):
    with pytest.raises(SchrittUnzulaessig, match="warum neu verhandelt wird"):
        renegotiate(
            zielvereinbarung=ausgefertigt.zielvereinbarung,
            grund=" ",
            by=ausgefertigt.fallmanager,
            tag=ausgefertigt.tage.unterschrift,
        )


def test_signed_agreement_is_fixed_in_the_database(vorgelegt):
    rows = Zielvereinbarung.objects.filter(pk=vorgelegt.zielvereinbarung.pk)
    with (
        pytest.raises(ProgrammingError, match="pgtrigger_unterzeichnet_fest"),
        transaction.atomic(),
    ):
        rows.update(vorbehalt="nachgetragen")
    with pytest.raises(ProgrammingError, match="festgeschriebenen Fassung"), transaction.atomic():
        Vereinbarungsinhalt.objects.filter(zielvereinbarung__in=rows).update(text="anders")


def test_issued_agreement_keeps_its_period_in_the_database(ausgefertigt):
    rows = Zielvereinbarung.objects.filter(pk=ausgefertigt.zielvereinbarung.pk)
    with pytest.raises(ProgrammingError, match="pgtrigger_ausgefertigt_fest"), transaction.atomic():
        rows.update(gueltig_bis=None)


@pytest.mark.parametrize(
    ("werte", "name"),
    [
        ({"gespraech_monate": 7}, "zielvereinbarung_gespraech_6_oder_12"),
        ({"state": "ausgefertigt"}, "zielvereinbarung_ausgefertigt_mit_schreiben"),
        ({"gueltig_bis": date(2005, 11, 30)}, "zielvereinbarung_ende_nach_beginn"),
    ],
)
def test_database_refuses_a_wrong_agreement(entwurf, werte, name):
    rows = Zielvereinbarung.objects.filter(pk=entwurf.zielvereinbarung.pk)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**werte)


def test_waive_zielvereinbarung_for_pflegekassen_alone():
    leistungen = (("pflegekasse", "pflegekasse", "Pflegehilfe", "§ 36 SGB XI"),)
    akte = fabriken.make_akte(fabriken.B, leistungen=leistungen)
    fabriken.start(akte)
    fabriken.teil(
        akte,
        "pflegekasse",
        "gutschein",
        betrag=Decimal("700"),
        stellungnahme_vom=akte.tage.plan,
    )
    fabriken._measure(akte)
    budget = waive_zielvereinbarung(budget=akte.budget, by=akte.fallmanager, tag=akte.tage.plan)
    assert (budget.state, budget.zielvereinbarungen.count()) == ("vereinbart", 0)


def test_waive_zielvereinbarung_is_refused_for_several_carriers(akte):
    fabriken.tell("bemessen", akte=akte)
    with pytest.raises(SchrittUnzulaessig, match="allein Pflegekassen"):
        waive_zielvereinbarung(budget=akte.budget, by=akte.fallmanager, tag=akte.tage.plan)
