"""Every pair of state and step of the further decisions and of the Widerspruch, for every role."""

from __future__ import annotations

from datetime import date

import pytest

from budget.folge.schritte import (
    FOLGESCHRITTE,
    WIDERSPRUCHSCHRITTE,
    Folgelage,
    Widerspruchslage,
)
from budget.folge.services import bescheid as folge
from budget.folge.services import widerspruch as widersprueche
from budget.folge.services.absehen import waive_folgebescheid
from budget.folge.services.irrtum import cancel_widerspruch, undo_ruecknahme
from budget.folge.services.kuendigung import issue_kuendigung
from budget.models import Folgebescheid, Widerspruch
from budget.states import Bescheidzustand
from budget.states.folge import FOLGEARTEN, FOLGEBESCHEID
from budget.states.widerspruch import WIDERSPRUCH, Widerspruchszustand
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.fabriken import make_user
from tests.schrittprobe import agree, force, said_by

pytestmark = pytest.mark.django_db
TAG = date(2026, 6, 12)
BIS = date(2026, 7, 15)

FOLGE = {
    "bearbeiten": lambda r, by: folge.update_folgebescheid(row=r, by=by, tag=TAG, angaben={}),
    "anhoeren": lambda r, by: folge.issue_anhoerung(row=r, by=by, tag=TAG),
    "aeusserung_vermerken": lambda r, by: folge.record_aeusserung(
        row=r, am=TAG, text="Ja.", by=by, tag=TAG
    ),
    "vorlegen": lambda r, by: folge.submit_folgebescheid(row=r, by=by, tag=TAG),
    "zurueckziehen": lambda r, by: folge.withdraw_folgebescheid(row=r, by=by, tag=TAG),
    "zurueckgeben": lambda r, by: folge.return_folgebescheid(row=r, grund="x", by=by, tag=TAG),
    "freigeben": lambda r, by: folge.release_folgebescheid(row=r, by=by, tag=TAG),
    "neu_freigeben": lambda r, by: folge.reopen_folgebescheid(row=r, grund="x", by=by, tag=TAG),
    "kuendigen": lambda r, by: issue_kuendigung(row=r, by=by, tag=TAG),
    "absehen": lambda r, by: waive_folgebescheid(row=r, grund="x", by=by, tag=TAG),
    "verwerfen": lambda r, by: folge.discard_folgebescheid(row=r, by=by, tag=TAG),
}
# Taken by the program alone: dispatch, daily run, and the Bescheid over the next budget.
FOLGE_PROGRAMM = {
    *("mitgehen", "zurueckfallen", "aufgeben", "zurueckkommen"),
    *("bestandskraft", "wieder_anfechtbar", "anfechten", "wieder_gelten"),
}
WIDER = {
    "bearbeiten": lambda r, by: widersprueche.update_widerspruch(
        row=r, by=by, tag=TAG, angaben={"eingang_am": r.eingang_am, "form": r.form}
    ),
    "zuruecknehmen": lambda r, by: widersprueche.withdraw_widerspruch(
        row=r, am=TAG, by=by, tag=TAG
    ),
    "ruecknahme_berichtigen": lambda r, by: undo_ruecknahme(row=r, grund="x", by=by, tag=TAG),
    "streichen": lambda r, by: cancel_widerspruch(row=r, grund="x", by=by, tag=TAG),
    "klage_vermerken": lambda r, by: widersprueche.record_klage(
        row=r, am=TAG, gericht="SG Musterau", by=by, tag=TAG
    ),
    "abschliessen": lambda r, by: widersprueche.finish_klage(
        row=r, am=TAG, ausgang="erfolg", by=by, tag=TAG
    ),
}
WIDER_PROGRAMM = {
    *("abhelfen", "entscheiden", "unangefochten_bleiben", "wieder_offen"),
    "klagefrist_laeuft_wieder",
}


def _users(akte):
    return [akte.fallmanager, akte.leitung, make_user("revision", Rolle.REVISION)]


def test_every_step_of_both_tables_has_a_service():
    assert {u.schritt for u in FOLGEBESCHEID.uebergaenge} == set(FOLGE) | FOLGE_PROGRAMM
    assert {u.schritt for u in WIDERSPRUCH.uebergaenge} == set(WIDER) | WIDER_PROGRAMM


def _draft(akte, art):
    return geschichte.draft(
        akte,
        art,
        akte.budget,
        wirkt_ab=date(2026, 8, 1),
        fall_des_gesetzes=FOLGEARTEN[art].faelle[0][0] if FOLGEARTEN[art].faelle else "",
        kenntnis_am=TAG,
        gekuendigt_am=date(2026, 6, 1) if FOLGEARTEN[art].kuendigung else None,
        anhoerung_bis=BIS if FOLGEARTEN[art].anhoerung else None,
    )


@pytest.mark.parametrize("art", ["aufhebung", "ruecknahme", "kuendigung", "unveraendert"])
def test_steps_of_a_further_decision_agree_in_every_state_and_role(art):
    akte = geschichte.running()
    pk, gesagt = _draft(akte, art).pk, {}
    leer = dict.fromkeys(("freigegeben_von", "freigegeben_am", "schreiben"))
    frei = {
        "freigegeben_von": akte.leitung,
        "freigegeben_am": TAG,
        "schreiben": akte.bescheid.schreiben,
    }
    users = _users(akte)
    for state in FOLGEBESCHEID.zustaende:
        offen = state in (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT)
        werte = (leer if offen else frei) | {"absehen_grund": "x"}
        force(Folgebescheid.objects.get(pk=pk), state, **werte)
        for schritt, take in FOLGE.items():
            for user in users:
                row = Folgebescheid.objects.select_related("case", "budget").get(pk=pk)
                gesagt[state, schritt, user.username] = agree(
                    FOLGESCHRITTE,
                    Folgelage(user, TAG, row),
                    schritt,
                    lambda take=take, row=row, user=user: take(row, user),
                )
    assert len(gesagt) == 7 * 11 * 3
    assert {"", None} <= set(gesagt.values())


def test_steps_of_a_widerspruch_agree_in_every_state_and_role():
    akte = geschichte.running()
    pk = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 20)).pk
    gesagt, users = {}, _users(akte)
    for state in Widerspruchszustand:
        force(Widerspruch.objects.get(pk=pk), state, erledigt_am=date(2026, 6, 1), irrtum_grund="x")
        for schritt, take in WIDER.items():
            for user in users:
                row = Widerspruch.objects.select_related("case", "schreiben").get(pk=pk)
                gesagt[state, schritt, user.username] = agree(
                    WIDERSPRUCHSCHRITTE,
                    Widerspruchslage(user, TAG, row),
                    schritt,
                    lambda take=take, row=row, user=user: take(row, user),
                )
    assert len(gesagt) == 7 * 6 * 3
    assert {"", None} <= set(gesagt.values())


def test_every_pair_outside_the_tables_is_refused():
    akte, gesehen = geschichte.running(), 0
    row = _draft(akte, "aufhebung")
    wider = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 20))
    for tafel, steps, ziel in ((FOLGEBESCHEID, FOLGE, row), (WIDERSPRUCH, WIDER, wider)):
        for state in tafel.zustaende.values:
            frei = {
                "freigegeben_von": akte.leitung,
                "freigegeben_am": TAG,
                "schreiben": akte.bescheid.schreiben,
                "absehen_grund": "x",
            }
            force(ziel, state, **(frei if tafel is FOLGEBESCHEID else {"irrtum_grund": "x"}))
            for schritt, take in steps.items():
                if state in tafel.uebergang(schritt).von:
                    continue
                jetzt = type(ziel).objects.select_related("case").get(pk=ziel.pk)
                darf = tafel.uebergang(schritt).rollen & akte.fallmanager.rollen
                by = akte.fallmanager if darf else akte.leitung
                assert "ist im Zustand" in said_by(
                    lambda take=take, jetzt=jetzt, by=by: take(jetzt, by)
                ), (state, schritt)
                gesehen += 1
    assert gesehen == 11 * 7 - 11 + 6 * 7 - 8


def test_a_change_does_not_leave_alone():
    akte = geschichte.running()
    row = Folgebescheid.objects.create(
        case=akte.case,
        art="aenderung",
        budget=akte.budget,
        datum=TAG,
        wirkt_ab=date(2026, 8, 1),
        fall_des_gesetzes="0",
        erstellt_von=akte.fallmanager,
        bearbeitet_von=akte.fallmanager,
        **{n: geschichte.TEXTE[n] for n in ("sachverhalt", "gruende")},
    )
    force(row, "vorgelegt")
    with pytest.raises(SchrittUnzulaessig, match="mit dem Bescheid über das neue"):
        folge.release_folgebescheid(row=row, by=akte.leitung, tag=TAG)


def test_a_case_of_the_law_stands_in_a_sentence_without_a_second_colon():
    for zeile in FOLGEARTEN.values():
        for fall, _ in zeile.faelle:
            assert zeile.fall_im_satz(fall), (zeile.art, fall)
            assert ": " not in zeile.fall_im_satz(fall), (zeile.art, fall)
        assert zeile.fall_im_satz("") == ""
