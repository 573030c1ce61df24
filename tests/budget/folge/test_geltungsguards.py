"""The budget ends by notice or by the wish of the person, and her claim goes on as Sachleistung."""

from __future__ import annotations

from datetime import date

import pytest

from budget.folge.forms.bescheid import FolgebescheidForm
from budget.folge.guards import geltung as guards
from budget.folge.services import bescheid as folge
from budget.models import Folgebescheid
from budget.states.folge import FOLGEARTEN
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import nachfolge
from tests.budget.folge.geschichte import HEUTE, decide, draft, hear, running
from tests.fabriken import norm_of

AB = date(2026, 8, 1)
BINDUNG = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("art", "am", "teil"),
    [
        ("aufhebung", None, ""),
        ("kuendigung", None, "wann die schriftliche Kündigung zugegangen"),
        ("kuendigung", date(2026, 6, 2), "noch nicht zugegangen"),
        ("kuendigung", HEUTE, ""),
    ],
)
def test_kuendigung_zugegangen(art, am, teil):
    row = Folgebescheid(art=art, gekuendigt_am=am)
    found = guards.kuendigung_zugegangen(row, FOLGEARTEN[art], HEUTE)
    assert norm_of(found) == ("§ 29 Abs. 4 S. 4 SGB IX" if teil else "")
    assert teil in (found.text if found else "")


@pytest.mark.parametrize(
    ("am", "norm"),
    [
        (None, "§ 29 Abs. 4 S. 4 SGB IX"),
        (date(2017, 12, 29), "§ 4 Abs. 2 S. 1 BudgetV"),
    ],
)
def test_form_names_the_law_of_the_notice(am, norm):
    form = FolgebescheidForm(
        zeile=FOLGEARTEN["kuendigung"],
        heute=HEUTE,
        gespeichert={"gekuendigt_am": am},
        initial={"gekuendigt_am": am},
    )
    assert norm in form.fields["gekuendigt_am"].help_text


@pytest.mark.parametrize(
    ("art", "ab", "bis", "offen"),
    [
        ("rueckkehr", BINDUNG, BINDUNG, False),
        ("rueckkehr", date(2026, 11, 1), BINDUNG, True),
        ("rueckkehr", BINDUNG, None, True),
        ("rueckkehr", None, BINDUNG, True),
        # The authority is not bound, and notice for an important reason knows no Bindung.
        ("kuendigung", AB, BINDUNG, True),
        ("aufhebung", AB, BINDUNG, True),
    ],
)
def test_bindung_abgelaufen(art, ab, bis, offen):
    found = guards.bindung_abgelaufen(Folgebescheid(art=art, wirkt_ab=ab), FOLGEARTEN[art], bis)
    assert norm_of(found) == ("" if offen else "§ 29 Abs. 1 S. 6 SGB IX")


def test_kein_widerruf_wegen_verwendung():
    found = guards.kein_widerruf_wegen_verwendung(date(2025, 6, 2))
    assert "B 8 SO 3/21 R" in found.norm
    assert "für die Zukunft" in found.text


@pytest.mark.parametrize("art", sorted(FOLGEARTEN))
def test_geht_allein_hinaus(art):
    found = guards.geht_allein_hinaus(FOLGEARTEN[art])
    assert norm_of(found) == ("§ 33 Abs. 1 SGB X" if art == "aenderung" else "")


def _notice(akte, durch: str, **angaben):
    return draft(
        akte,
        "kuendigung",
        akte.budget,
        wirkt_ab=AB,
        fall_des_gesetzes=durch,
        gekuendigt_am=HEUTE,
        anhoerung_bis=date(2026, 6, 22),
        **angaben,
    )


@pytest.mark.django_db
def test_the_authority_hears_the_person_before_it_lifts_the_grant():
    akte = running()
    row = _notice(akte, "T")
    with pytest.raises(SchrittUnzulaessig, match="noch nicht angehört"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=HEUTE)
    hear(akte, row)
    tag = date(2026, 6, 23)
    folge.update_folgebescheid(
        row=row, by=akte.fallmanager, tag=tag, angaben={"gekuendigt_am": tag}
    )
    row = decide(akte, Folgebescheid.objects.get(pk=row.pk), tag)
    nachfolge.run(AB)
    akte.budget.refresh_from_db()
    assert (akte.budget.state, akte.budget.gilt_bis) == ("beendet", date(2026, 7, 31))
    akte.case.refresh_from_db()
    # The need is as it was: the case goes on with the Sachleistung.
    assert akte.case.state == "leistung_laeuft"
    texte = [e.text for e in akte.case.ereignisse.all()]
    assert any("Anspruch auf Sachleistung lebt wieder auf" in text for text in texte)


@pytest.mark.django_db
def test_who_gives_notice_herself_is_not_heard_about_it():
    akte = running()
    row = decide(akte, _notice(akte, "P"), HEUTE)
    assert row.wirksam_am is not None


@pytest.mark.django_db
def test_notice_lifts_nothing_for_the_past():
    akte = running()
    row = _notice(akte, "P")
    Folgebescheid.objects.filter(pk=row.pk).update(wirkt_ab=HEUTE)
    row.refresh_from_db()
    with pytest.raises(SchrittUnzulaessig, match="Wie das Geld verwendet wurde"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=HEUTE)


@pytest.mark.django_db
@pytest.mark.parametrize(("ab", "offen"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_the_person_returns_after_six_months(ab, offen):
    akte = running()
    row = draft(akte, "rueckkehr", akte.budget, wirkt_ab=ab)
    if offen:
        row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=HEUTE)
        assert row.state == "vorgelegt"
    else:
        with pytest.raises(SchrittUnzulaessig, match="an ihre Entscheidung gebunden"):
            folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=HEUTE)
