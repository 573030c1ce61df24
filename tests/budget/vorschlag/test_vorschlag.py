"""The authority proposes a Persönliches Budget: her yes is the Antrag, her no changes nothing.

§ 29 Abs. 1 S. 1 SGB IX.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.urls import reverse

from budget.models import Budgetvorschlag, PersoenlichesBudget
from budget.states.vorschlag import BUDGETVORSCHLAG
from budget.vorschlag import guards, services
from budget.vorschlag.schritte import (
    BEGINN,
    VORSCHLAGSSCHRITTE,
    Vorschlagsbeginn,
    Vorschlagslage,
)
from cases.antrag.services.antrag import record_budgetwunsch
from cases.models import Antrag, Wiedervorlage
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge import geschichte
from tests.fabriken import make_user, norm_of
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
NORM = "§ 29 Abs. 1 S. 1 SGB IX"
TAG = date(2026, 3, 20)
SATZ = "Sie sucht ihre Assistenz gern selbst aus."


@pytest.fixture
def akte():
    return fabriken.make_akte(fabriken.B)


def propose(akte, **mehr) -> Budgetvorschlag:
    werte = {"am": TAG, "begruendung": SATZ, "nachfragen_am": None, "tag": TAG} | mehr
    return services.record_vorschlag(case=akte.case, by=akte.fallmanager, **werte)


def test_noch_kein_budget():
    offen = Antrag(eingang=TAG, persoenliches_budget=True)
    laeuft, vorbei = PersoenlichesBudget(state="laeuft"), PersoenlichesBudget(state="beendet")
    assert norm_of(guards.noch_kein_budget(laeuft, None, TAG)) == NORM
    assert norm_of(guards.noch_kein_budget(vorbei, offen, TAG)) == NORM
    assert guards.noch_kein_budget(vorbei, None, TAG) is None
    alt = guards.noch_kein_budget(laeuft, None, date(2010, 6, 1))
    assert norm_of(alt) == "§ 17 Abs. 2 S. 1 SGB IX a.F."


def test_kein_offener_vorschlag():
    found = guards.kein_offener_vorschlag(Budgetvorschlag(vorgeschlagen_am=TAG), TAG)
    assert norm_of(found) == NORM
    assert "20.03.2026" in found.text
    assert guards.kein_offener_vorschlag(None, TAG) is None


def test_vorschlag_nicht_in_der_zukunft():
    assert guards.vorschlag_nicht_in_der_zukunft(TAG, TAG) is None
    assert norm_of(guards.vorschlag_nicht_in_der_zukunft(TAG + timedelta(1), TAG)) == NORM


@pytest.mark.parametrize(
    ("am", "gut"),
    [
        (TAG, True),
        (TAG - timedelta(days=1), False),
        (TAG + timedelta(days=5), True),
        (TAG + timedelta(days=6), False),
    ],
)
def test_antwort_nach_dem_vorschlag(am, gut):
    row = Budgetvorschlag(vorgeschlagen_am=TAG)
    found = guards.antwort_nach_dem_vorschlag(row, am, TAG + timedelta(days=5))
    assert norm_of(found) == ("" if gut else NORM)


def _budgetwunsch(akte, wert: bool) -> None:
    akte.case.antraege.update(persoenliches_budget=wert)


def test_a_yes_goes_with_the_open_antrag_and_nothing_is_typed_again(akte):
    _budgetwunsch(akte, wert=False)
    row = propose(akte, nachfragen_am=date(2026, 4, 3))
    assert Wiedervorlage.objects.get(case=akte.case, erledigt_am=None).am == date(2026, 4, 3)
    with pytest.raises(SchrittUnzulaessig, match="fehlt noch die Antwort"):
        propose(akte)
    fristen = akte.case.fristen.count()
    am = date(2026, 3, 27)
    antrag = services.accept_vorschlag(
        row=row, am=am, weg="niederschrift", antwort="Ja, gern.", by=akte.fallmanager, tag=am
    )
    assert antrag == akte.case.antraege.get()
    assert antrag.persoenliches_budget
    assert akte.case.fristen.count() == fristen
    row.refresh_from_db()
    assert (row.state, row.antrag, row.antwort_am) == ("angenommen", antrag, am)
    assert not Wiedervorlage.objects.filter(case=akte.case, erledigt_am=None).exists()
    texte = list(akte.case.ereignisse.values_list("text", flat=True))
    assert "Als Persönliches Budget beantragt am 27.03.2026" in texte
    # It is applied for now, so nothing is proposed any more.
    assert _closed(akte) == [NORM]


def _closed(akte) -> list[str]:
    lage = Vorschlagsbeginn(akte.fallmanager, TAG, akte.case)
    return [h.norm for h in BEGINN.hindernisse(lage, "vorschlagen")]


def test_without_an_open_antrag_the_yes_is_a_new_one_with_its_fristen(akte):
    ablehnung = geschichte.draft(akte, "ablehnung", akte.case.antraege.get())
    geschichte.decide(akte, ablehnung, TAG)
    row = propose(akte)
    am = date(2026, 3, 27)
    antrag = services.accept_vorschlag(
        row=row, am=am, weg="schriftlich", antwort="Ja.", by=akte.fallmanager, tag=am
    )
    assert akte.case.antraege.count() == 2
    assert (antrag.eingang, antrag.weg, antrag.persoenliches_budget) == (am, "schriftlich", True)
    assert "Vorschlag vom 20.03.2026" in antrag.begehren
    assert akte.case.fristen.filter(ausloeser_datum=am).exists()


def test_a_no_ends_it_with_her_words_and_is_fixed(akte):
    _budgetwunsch(akte, wert=False)
    row = propose(akte)
    werte = {"row": row, "by": akte.fallmanager, "tag": TAG}
    with pytest.raises(SchrittUnzulaessig, match="was die Person gesagt hat"):
        services.reject_vorschlag(am=TAG, antwort=" ", **werte)
    services.reject_vorschlag(am=TAG, antwort="Das ist mir zu viel Arbeit.", **werte)
    assert not akte.case.antraege.get().persoenliches_budget
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Budgetvorschlag.objects.filter(pk=row.pk).update(antwort="Doch.")
    # Later it may be proposed again.
    assert propose(akte).state == "offen"


@pytest.mark.parametrize(
    ("mehr", "text"),
    [
        ({"am": TAG + timedelta(days=1)}, "liegt in der Zukunft"),
        ({"begruendung": " "}, "warum das Budget passen könnte"),
    ],
)
def test_bad_input_is_refused(akte, mehr, text):
    _budgetwunsch(akte, wert=False)
    with pytest.raises(SchrittUnzulaessig, match=text):
        propose(akte, **mehr)
    assert not Budgetvorschlag.objects.exists()


def test_the_wish_does_not_come_before_its_antrag(akte):
    antrag = akte.case.antraege.get()
    for am in (antrag.eingang - timedelta(days=1), TAG + timedelta(days=1)):
        with pytest.raises(SchrittUnzulaessig, match="spätestens heute"):
            record_budgetwunsch(antrag=antrag, am=am, by=akte.fallmanager, tag=TAG)


def test_steps_agree_in_every_state_and_role(akte):
    _budgetwunsch(akte, wert=False)
    users = [akte.fallmanager, akte.leitung, make_user("revision", "Revision")]
    gesagt = {}
    offen = propose(akte)
    for state in BUDGETVORSCHLAG.zustaende:
        force(offen, state, **_FELDER[state], antrag=_antrag(akte, state))
        for schritt, take in _SCHRITTE.items():
            for user in users:
                row = Budgetvorschlag.objects.get(pk=offen.pk)
                gesagt[state, schritt, user.username] = agree(
                    VORSCHLAGSSCHRITTE,
                    Vorschlagslage(user, TAG, row),
                    schritt,
                    lambda take=take, row=row, user=user: take(row, user),
                )
    # What is answered is over; while it is open who writes may take every step.
    assert {key for key, satz in gesagt.items() if satz == ""} == {
        ("offen", schritt, user) for schritt in _SCHRITTE for user in ("fm", "ltg")
    }


_FELDER = {
    "offen": {"antwort_am": None, "antwort": ""},
    "angenommen": {"antwort_am": TAG, "antwort": "Ja."},
    "abgelehnt": {"antwort_am": TAG, "antwort": "Nein."},
}


def _antrag(akte, state: str) -> Antrag | None:
    return akte.case.antraege.get() if state == "angenommen" else None


_SCHRITTE = {
    "annehmen": lambda r, by: services.accept_vorschlag(
        row=r, am=TAG, weg="niederschrift", antwort="Ja.", by=by, tag=TAG
    ),
    "ablehnen": lambda r, by: services.reject_vorschlag(
        row=r, am=TAG, antwort="Nein.", by=by, tag=TAG
    ),
    "verwerfen": lambda r, by: services.discard_vorschlag(row=r, by=by, tag=TAG),
}


def test_the_pages_lead_from_the_tab_to_the_antrag(client, akte):
    _budgetwunsch(akte, wert=False)
    client.force_login(akte.fallmanager)
    jetzt = datetime(2026, 3, 20, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(jetzt, tick=False):
        seite = reverse("budgetvorschlaege", args=[akte.case.pk])
        assert seite in client.get(reverse("budget", args=[akte.case.pk])).content.decode()
        neu = reverse("budget_vorschlagen", args=[akte.case.pk])
        assert neu in client.get(seite).content.decode()
        falsch = client.post(neu, {"am": "21.03.2026", "begruendung": SATZ})
        assert falsch.status_code == 422
        assert SATZ in falsch.content.decode()
        client.post(neu, {"am": "20.03.2026", "begruendung": SATZ})
        row = Budgetvorschlag.objects.get()
        ja = reverse("budgetvorschlag_annehmen", args=[akte.case.pk, row.pk])
        assert ja in client.get(reverse("budget", args=[akte.case.pk])).content.decode()
        assert "seine Fristen laufen weiter" in client.get(ja).content.decode()
        nein = reverse("budgetvorschlag_ablehnen", args=[akte.case.pk, row.pk])
        assert "Wie kam die Antwort" not in client.get(nein).content.decode()
        client.post(ja, {"am": "20.03.2026", "weg": "niederschrift", "antwort": "Ja, gern."})
        text = client.get(seite).content.decode()
    assert "Ja, gern." in text
    assert "beantragt" in text
    assert akte.case.antraege.get().persoenliches_budget
