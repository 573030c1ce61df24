"""Transitions of a person: noted by hand and by the daily run, dated, taken up, dropped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import LeistungsberechtigtePerson, Wiedervorlage
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.lebensuebergang import guards, services
from gesamtplan.lebensuebergang.queries import due_transitions, outlook_of
from gesamtplan.lebensuebergang.schritte import UEBERGANGSSCHRITTE, Uebergangslage
from gesamtplan.models import Gesamtplan, Lebensuebergang
from gesamtplan.plan.services.gesamtplan import create_gesamtplan, update_planinhalte
from gesamtplan.states.lebensuebergang import Uebergangsstand
from tests.fabriken import HEUTE, make_fall
from tests.gesamtplan.bausteine import make_abgeschlossene_ermittlung, make_zustaendigen_fall
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
GEBURT = date(2009, 5, 20)
ACHTZEHN = date(2027, 5, 20)


def born(case, tag: date = GEBURT, genau: str = "tag"):
    LeistungsberechtigtePerson.objects.filter(pk=case.leistungsberechtigte_person_id).update(
        geburtsdatum=tag, geburt_genau=genau
    )
    return type(case).objects.get(pk=case.pk)


@pytest.fixture
def case(fallmanager):
    return born(make_zustaendigen_fall(fallmanager))


def note(case, by, art="volljaehrigkeit", wann=ACHTZEHN, quelle="") -> Lebensuebergang:
    return services.note_lebensuebergang(
        case=case, art=art, wann=wann, quelle=quelle, by=by, tag=HEUTE
    )


def test_daily_run_notes_what_is_due_once_with_its_reminder(case, fallmanager):
    assert services.note_due_transitions(tag=date(2026, 5, 19)) == 0
    assert services.note_due_transitions(tag=date(2026, 5, 20)) == 1
    assert services.note_due_transitions(tag=date(2026, 5, 21)) == 0
    row = Lebensuebergang.objects.get()
    assert (row.art, row.tag, row.bearbeitet_von) == ("volljaehrigkeit", ACHTZEHN, None)
    assert row.wiedervorlage.am == date(2026, 5, 20)
    assert row.wiedervorlage.user == case.caseworker
    assert row.wiedervorlage.anlass == "Übergang: Volljährigkeit, am 20.05.2027"


def test_daily_run_asks_for_the_day_of_a_partly_known_birth(case):
    born(case, date(2009, 1, 1), "jahr")
    assert services.note_due_transitions(tag=HEUTE) == 1
    row = Lebensuebergang.objects.get()
    assert (row.tag, row.wiedervorlage.am) == (None, HEUTE)
    assert "Tag zu erfragen" in row.wiedervorlage.anlass


def test_daily_run_leaves_the_dead_the_ended_and_the_settled_alone(case, fallmanager):
    services.discard_lebensuebergang(
        lebensuebergang=note(case, fallmanager), grund="zieht weg", by=fallmanager, tag=HEUTE
    )
    assert services.note_due_transitions(tag=HEUTE) == 0
    andere = born(make_fall(fallmanager))
    force(andere, "beendet")
    tot = born(make_fall(fallmanager))
    LeistungsberechtigtePerson.objects.filter(pk=tot.leistungsberechtigte_person_id).update(
        verstorben_am=HEUTE, verstorben_quelle="sterbeurkunde"
    )
    assert services.note_due_transitions(tag=HEUTE) == 0


def test_daily_run_asks_the_same_queries_for_many_cases(
    case, fallmanager, django_assert_num_queries
):
    for _ in range(3):
        born(make_fall(fallmanager))
    with django_assert_num_queries(3):
        assert len(list(due_transitions(HEUTE))) == 4


def test_new_day_moves_the_reminder(case, fallmanager):
    row = note(case, fallmanager, "schulende", None)
    assert row.wiedervorlage.am == HEUTE
    alt = row.wiedervorlage_id
    services.update_lebensuebergang(
        lebensuebergang=row,
        wann=date(2028, 7, 31),
        quelle="Auskunft der Schule",
        by=fallmanager,
        tag=HEUTE,
    )
    row.refresh_from_db()
    assert row.wiedervorlage.am == date(2027, 7, 31)
    assert Wiedervorlage.objects.get(pk=alt).erledigt_am == HEUTE


def test_corrected_birth_date_moves_day_and_reminder(case, fallmanager):
    row = note(case, fallmanager)
    alt = row.wiedervorlage_id
    case = born(case, date(2009, 11, 20))
    assert [a.tag for a in outlook_of(case, HEUTE)[0] if a.anders] == [ACHTZEHN]
    assert services.correct_lebensuebergaenge(tag=HEUTE) == 1
    assert services.correct_lebensuebergaenge(tag=HEUTE) == 0
    row.refresh_from_db()
    assert (row.tag, row.wiedervorlage.am) == (date(2027, 11, 20), date(2026, 11, 20))
    assert Wiedervorlage.objects.get(pk=alt).erledigt_am == HEUTE
    # Known by the year only, the day has to be asked for again.
    born(case, date(2009, 1, 1), "jahr")
    assert services.correct_lebensuebergaenge(tag=HEUTE) == 1
    row.refresh_from_db()
    assert (row.tag, row.wiedervorlage.am) == (None, HEUTE)


def test_day_with_its_own_ground_stays_and_is_marked(client, case, fallmanager):
    row = note(case, fallmanager, "volljaehrigkeit", ACHTZEHN, "Geburtsurkunde")
    born(case, date(2009, 11, 20))
    assert services.correct_lebensuebergaenge(tag=HEUTE) == 0
    row.refresh_from_db()
    assert row.tag == ACHTZEHN
    client.force_login(fallmanager)
    seite = client.get(reverse("lebensuebergaenge", args=[case.pk])).content.decode()
    assert "Bitte prüfen Sie, ob der festgelegte Tag noch stimmt" in seite


def test_taking_up_and_dropping_settle_the_reminder_and_fix_the_row(case, fallmanager):
    row = note(case, fallmanager)
    reminder = row.wiedervorlage_id
    services.take_up_lebensuebergang(lebensuebergang=row, by=fallmanager, tag=HEUTE)
    assert Wiedervorlage.objects.get(pk=reminder).erledigt_am == HEUTE
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        services.discard_lebensuebergang(lebensuebergang=row, grund="x", by=fallmanager, tag=HEUTE)
    offen, erledigt = outlook_of(case, HEUTE)
    assert [r.pk for r in erledigt] == [row.pk]
    assert "volljaehrigkeit" not in {a.errechnet.art.schluessel for a in offen}


def test_uebergang_noch_nicht_vorgemerkt(case, fallmanager):
    assert guards.uebergang_noch_nicht_vorgemerkt(case, "volljaehrigkeit", HEUTE) is None
    note(case, fallmanager)
    found = guards.uebergang_noch_nicht_vorgemerkt(case, "volljaehrigkeit", HEUTE)
    assert (found.text, found.norm) == (
        "Dieser Übergang ist schon vorgemerkt.",
        "§ 121 Abs. 2 SGB IX",
    )
    with pytest.raises(SchrittUnzulaessig, match="schon vorgemerkt"):
        note(case, fallmanager)


def test_uebergang_liegt_voraus(case, fallmanager):
    gestern = HEUTE - timedelta(days=1)
    assert guards.uebergang_liegt_voraus(None, HEUTE) is None
    assert guards.uebergang_liegt_voraus(HEUTE, HEUTE) is None
    assert "Vergangenheit" in guards.uebergang_liegt_voraus(gestern, HEUTE).text
    with pytest.raises(SchrittUnzulaessig, match="Vergangenheit"):
        note(case, fallmanager, "schulende", gestern, "Schule")


def test_tag_hat_quelle(case, fallmanager):
    assert guards.tag_hat_quelle(ACHTZEHN, ACHTZEHN, "") is None
    assert guards.tag_hat_quelle(None, ACHTZEHN, "") is None
    assert guards.tag_hat_quelle(HEUTE, ACHTZEHN, "Auskunft") is None
    assert guards.tag_hat_quelle(HEUTE, ACHTZEHN, " ").norm == "§ 20 SGB X"
    with pytest.raises(SchrittUnzulaessig, match="worauf der Tag beruht"):
        note(case, fallmanager, "volljaehrigkeit", date(2027, 5, 21))


@pytest.mark.parametrize("zustand", Uebergangsstand)
def test_every_state_and_step_agrees_with_its_button(case, fallmanager, zustand):
    row = note(case, fallmanager)
    force(row, zustand, grund="x")
    row.refresh_from_db()
    daten = {"by": fallmanager, "tag": HEUTE}
    take = {
        "festlegen": lambda: services.update_lebensuebergang(
            lebensuebergang=row, wann=ACHTZEHN, quelle="", **daten
        ),
        "beruecksichtigen": lambda: services.take_up_lebensuebergang(lebensuebergang=row, **daten),
        "entfallen": lambda: services.discard_lebensuebergang(
            lebensuebergang=row, grund="y", **daten
        ),
    }
    assert set(take) == {zeile.schritt for zeile in UEBERGANGSSCHRITTE.zeilen}
    for schritt, act in take.items():
        agree(UEBERGANGSSCHRITTE, Uebergangslage(fallmanager, HEUTE, row), schritt, act)


def test_page_shows_the_day_its_account_and_notes_it(client, case, fallmanager):
    client.force_login(fallmanager)
    liste = reverse("lebensuebergaenge", args=[case.pk])
    seite = client.get(liste).content.decode()
    assert "20. Mai 2027" in seite or "20.05.2027" in seite
    assert "§ 2 BGB" in seite
    neu = reverse("lebensuebergang_neu", args=[case.pk])
    form = client.get(f"{neu}?art=volljaehrigkeit").context["form"]
    assert form.initial["tag"] == ACHTZEHN
    antwort = client.post(neu, {"art": "schulende", "tag": "31.07.2028", "quelle": ""})
    assert antwort.status_code == 422
    assert "worauf der Tag beruht" in antwort.content.decode()
    client.post(neu, {"art": "volljaehrigkeit", "tag": "20.05.2027", "quelle": ""})
    row = Lebensuebergang.objects.get()
    assert "Im Plan berücksichtigt" in client.get(liste).content.decode()
    client.post(reverse("lebensuebergang_beruecksichtigen", args=[case.pk, row.pk]), {})
    row.refresh_from_db()
    assert row.state == "beruecksichtigt"


def test_plan_says_for_which_reasons_it_is_made(case, fallmanager):
    make_abgeschlossene_ermittlung(case, fallmanager)
    plan = create_gesamtplan(
        case=case,
        anlass="Erstantrag",
        anlaesse=["pflicht", "uebergang"],
        datum=HEUTE,
        by=fallmanager,
        tag=HEUTE,
    )
    assert plan.anlassgruende[1] == "Biographischer Übergang"
    update_planinhalte(gesamtplan=plan, texte={}, by=fallmanager, tag=HEUTE)
    assert Gesamtplan.objects.get(pk=plan.pk).anlaesse == ["pflicht", "uebergang"]
    update_planinhalte(gesamtplan=plan, texte={}, anlaesse=["wunsch"], by=fallmanager, tag=HEUTE)
    assert Gesamtplan.objects.get(pk=plan.pk).anlaesse == ["wunsch"]
