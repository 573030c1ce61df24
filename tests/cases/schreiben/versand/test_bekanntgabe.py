"""When a letter is made known, over all ways and orders, abroad, returned, with a wrong Belehrung.

R3, R4, R29: § 37 Abs. 2 SGB X, § 39 Abs. 1 SGB X, § 66 Abs. 2 and § 84 Abs. 1 S. 2 SGG.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from cases.models import Ereignis, Frist, Versand, Wiedervorlage
from cases.registry.beitrag import registry
from cases.registry.schritt import Hindernis
from cases.schreiben.guards import versand as guards
from cases.schreiben.services.bekanntgabe import correct_bekanntgabe, record_nichtzugang
from cases.schreiben.services.versand import hand_over, record_aufgabe, send, send_email
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.versand.proben import (
    BRIEFTAG,
    MIT_RECHTSBEHELF,
    OHNE_RECHTSBEHELF,
    make_schreiben,
)
from tests.fabriken import make_fall, make_user, norm_of

pytestmark = pytest.mark.django_db

TAG = timedelta(days=1)
FREITAG = BRIEFTAG  # 20.11.2026
SPAETER = date(2026, 12, 14)


def dispatch(schreiben, weg, by, am, *, ausland=False):
    if weg == "uebergabe":
        return hand_over(schreiben=schreiben, am=am, by=by, tag=am, ausland=ausland)
    row = send(schreiben=schreiben, weg=weg, by=by, tag=am, ausland=ausland)
    programm = weg == "elektronisch"
    return record_aufgabe(versand=row, aufgabe_am=am, by=None if programm else by, tag=am)


def correct(versand, by, tag=SPAETER, **felder):
    werte = {
        "zugang_am": versand.zugang_am,
        "ausland": versand.ausland,
        "rbb": versand.rbb,
        "feststellung": "Rückschein, Blatt 41",
    }
    return correct_bekanntgabe(versand=versand, by=by, tag=tag, **(werte | felder))


def come_back(versand, by, am=SPAETER):
    return record_nichtzugang(
        versand=versand, am=am, feststellung="unbekannt verzogen", by=by, tag=am
    )


def running(schreiben):
    rows = Frist.objects.filter(case=schreiben.case, regel__in=("F51", "F52"), state="offen")
    return [(f.regel, f.ausloeser_datum, f.ende) for f in rows]


# ------------------------------------------------------------------ abroad


def test_post_abroad_is_not_made_known_before_the_proof_of_receipt(schreiben, fallmanager):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG, ausland=True)
    assert (versand.state, versand.bekanntgabe, versand.widerspruch_bis) == (
        "aufgegeben",
        None,
        None,
    )
    assert versand.schritte[0]["norm"] == "§ 37 Abs. 2 S. 1 SGB X"
    assert "erst mit dem nachgewiesenen Zugang" in versand.warnung
    assert running(schreiben) == []
    aufgabe = Wiedervorlage.objects.get()
    assert (aufgabe.am, aufgabe.user) == (FREITAG + timedelta(days=14), fallmanager)
    assert "Zugang im Ausland nachweisen" in aufgabe.anlass
    assert Ereignis.objects.filter(text__contains="erst mit nachgewiesenem Zugang").exists()


def test_proven_receipt_abroad_is_the_day_and_three_months_run(schreiben, fallmanager):
    # § 84 Abs. 1 S. 2 SGG: received 02.12.2026, three months end on 02.03.2027.
    versand = dispatch(schreiben, "post", fallmanager, FREITAG, ausland=True)
    versand = correct(versand, fallmanager, zugang_am=date(2026, 12, 2))
    assert (versand.bekanntgabe, versand.widerspruch_bis) == (date(2026, 12, 2), date(2027, 3, 2))
    assert running(schreiben) == [("F51", date(2026, 12, 2), date(2027, 3, 2))]
    assert versand.feststellung == "Rückschein, Blatt 41"
    letztes = Ereignis.objects.filter(art="versand").latest("id").text
    assert letztes == (
        "Angaben zu Zugang und Belehrung berichtigt; „Bescheid über das Persönliche Budget“ "
        "bekannt gegeben am 02.12.2026"
    )


def test_mail_abroad_keeps_the_fiction_with_three_months(schreiben, fallmanager):
    # § 37 Abs. 2 S. 2 SGB X: the fiction of electronic dispatch holds at home and abroad.
    versand = dispatch(schreiben, "elektronisch", fallmanager, FREITAG, ausland=True)
    assert (versand.bekanntgabe, versand.widerspruch_bis) == (date(2026, 11, 24), date(2027, 2, 24))


def test_that_it_went_abroad_may_turn_out_later(schreiben, fallmanager):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    assert running(schreiben) == [("F51", date(2026, 11, 24), date(2026, 12, 24))]
    versand = correct(versand, fallmanager, ausland=True)
    assert (versand.bekanntgabe, running(schreiben)) == (None, [])
    alt = Frist.objects.get(regel="F51")
    assert (alt.state, alt.erledigt_durch) == ("aufgehoben", "nicht bekannt gegeben")


def test_letter_without_rechtsbehelf_abroad_waits_for_the_receipt_too(fallmanager):
    schreiben = make_schreiben(make_fall(fallmanager), fallmanager, art=OHNE_RECHTSBEHELF)
    versand = dispatch(schreiben, "post", fallmanager, FREITAG, ausland=True)
    assert versand.bekanntgabe is None
    assert correct(versand, fallmanager, zugang_am=date(2026, 12, 1)).widerspruch_bis is None
    assert running(schreiben) == []


# ------------------------------------------------------------------ receipt and return


@pytest.mark.parametrize(
    ("zugang", "bekanntgabe", "ende"),
    [
        (date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 24)),  # earlier: changes nothing
        (date(2026, 11, 24), date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 12, 3), date(2026, 12, 3), date(2027, 1, 4)),  # later: 03.01.2027 is a Sunday
    ],
)
def test_receipt_at_home_counts_only_when_it_is_later(
    schreiben, fallmanager, zugang, bekanntgabe, ende
):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    versand = correct(versand, fallmanager, zugang_am=zugang)
    assert (versand.bekanntgabe, versand.widerspruch_bis) == (bekanntgabe, ende)
    assert running(schreiben) == [("F51", bekanntgabe, ende)]


def test_frist_that_had_run_out_runs_again_from_a_later_receipt(schreiben, fallmanager):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    Frist.objects.filter(regel="F51").update(state="abgelaufen")
    correct(versand, fallmanager, date(2027, 1, 11), zugang_am=date(2026, 12, 21))
    assert running(schreiben) == [("F51", date(2026, 12, 21), date(2027, 1, 21))]


def test_returned_letter_makes_nothing_known_and_asks_for_a_new_dispatch(schreiben, fallmanager):
    versand = come_back(dispatch(schreiben, "post", fallmanager, FREITAG), fallmanager)
    assert (versand.state, versand.bekanntgabe, versand.widerspruch_bis) == (
        "nicht_zugegangen",
        None,
        None,
    )
    assert versand.schritte[0]["norm"] == "§ 37 Abs. 2 S. 3 SGB X"
    assert running(schreiben) == []
    aufgabe = Wiedervorlage.objects.get()
    assert aufgabe.am == SPAETER
    assert "Anschrift klären, neu versenden" in aufgabe.anlass
    # By the same way again: the first sending stands for nothing.
    neu = dispatch(schreiben, "post", fallmanager, SPAETER)
    assert running(schreiben) == [("F51", neu.bekanntgabe, date(2027, 1, 18))]


@pytest.mark.parametrize(
    ("rbb", "regel"), [("fehlt", "F52"), ("falsch", "F52"), ("richtig", "F51")]
)
def test_wrong_or_missing_belehrung_opens_a_year(schreiben, fallmanager, rbb, regel):
    # § 66 Abs. 2 SGG
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    versand = correct(versand, fallmanager, rbb=rbb)
    ende = date(2026, 12, 24) if rbb == "richtig" else date(2027, 11, 24)
    assert running(schreiben) == [(regel, date(2026, 11, 24), ende)]
    assert versand.widerspruch_bis == ende


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"zugang_am": FREITAG - TAG}, "zwischen der Aufgabe"),
        ({"zugang_am": SPAETER + TAG}, "zwischen der Aufgabe"),
        ({"feststellung": " "}, "worauf sich das stützt"),
        ({"by": "lesend"}, "Bekanntgabe berichtigen"),
    ],
)
def test_correction_is_refused_without_ground(schreiben, fallmanager, felder, satz):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    by = make_user("x", "Revision") if felder.pop("by", "") else fallmanager
    with pytest.raises(SchrittUnzulaessig, match=satz):
        correct(versand, by, **felder)
    assert running(schreiben) == [("F51", date(2026, 11, 24), date(2026, 12, 24))]


def test_two_corrections_at_once_do_not_overwrite_each_other(schreiben, fallmanager):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    with pytest.raises(SchrittUnzulaessig, match="inzwischen"):
        correct(versand, fallmanager, gesehen="0" * 16)


def test_database_refuses_a_receipt_before_the_posting(schreiben, fallmanager):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    with (
        pytest.raises(IntegrityError, match="versand_zugang_nicht_vor_aufgabe"),
        transaction.atomic(),
    ):
        Versand.objects.filter(pk=versand.pk).update(zugang_am=FREITAG - TAG)


def test_zugang_moeglich(schreiben, fallmanager):
    versand = dispatch(schreiben, "post", fallmanager, FREITAG)
    assert guards.zugang_moeglich(versand, None, FREITAG) is None
    assert guards.zugang_moeglich(versand, FREITAG, FREITAG) is None
    assert norm_of(guards.zugang_moeglich(versand, FREITAG - TAG, FREITAG)) == (
        "§ 37 Abs. 2 S. 3 SGB X"
    )


def test_zugang_war_ungewiss(schreiben, fallmanager):
    uebergeben = dispatch(schreiben, "uebergabe", fallmanager, FREITAG)
    assert norm_of(guards.zugang_war_ungewiss(uebergeben)) == "§ 37 Abs. 1 SGB X"
    with pytest.raises(SchrittUnzulaessig, match="persönlich übergeben"):
        come_back(uebergeben, fallmanager)


# ------------------------------------------------------------------ several sendings

WEGE = ("post", "elektronisch", "uebergabe")
# Days of Bekanntgabe when sent on the 20th and two days later (§ 37 Abs. 1, Abs. 2 S. 1, 2).
ERSTER = {"post": 24, "elektronisch": 24, "uebergabe": 20}
ZWEITER = {"post": 26, "elektronisch": 26, "uebergabe": 22}


@pytest.mark.parametrize(("erst", "dann"), list(permutations(WEGE, 2)))
def test_first_bekanntgabe_counts_whatever_the_ways(schreiben, fallmanager, erst, dann):
    dispatch(schreiben, erst, fallmanager, FREITAG)
    dispatch(schreiben, dann, fallmanager, FREITAG + 2 * TAG)
    tage = {erst: ERSTER[erst], dann: ZWEITER[dann]}
    gilt = min(tage, key=tage.__getitem__)
    rows = {v.weg: v for v in schreiben.versand_liste.all()}
    assert {weg: row.weitere_ausfertigung for weg, row in rows.items()} == {
        weg: weg != gilt for weg in tage
    }
    bekannt = date(2026, 11, tage[gilt])
    assert [f[:2] for f in running(schreiben)] == [("F51", bekannt)]
    assert rows[gilt].widerspruch_bis == running(schreiben)[0][2]
    (weitere,) = (row for weg, row in rows.items() if weg != gilt)
    assert weitere.widerspruch_bis is None
    assert weitere.warnung.startswith(
        f"Weitere Ausfertigung: Bekannt gegeben ist das Schreiben schon am {bekannt:%d.%m.%Y}"
    )
    assert weitere.schritte[0]["norm"] == "§ 39 Abs. 1 SGB X"


@pytest.mark.parametrize(
    ("erst", "dann"), [p for p in permutations(WEGE, 2) if p[0] != "uebergabe"]
)
@pytest.mark.parametrize("zuerst_zurueck", [True, False])
def test_returned_sending_never_counts_in_either_order(
    schreiben, fallmanager, erst, dann, zuerst_zurueck
):
    eine = dispatch(schreiben, erst, fallmanager, FREITAG)
    if zuerst_zurueck:
        come_back(eine, fallmanager, FREITAG + TAG)
    andere = dispatch(schreiben, dann, fallmanager, FREITAG + 2 * TAG)
    if not zuerst_zurueck:
        come_back(eine, fallmanager)
    andere.refresh_from_db()
    assert not andere.weitere_ausfertigung
    assert andere.bekanntgabe == date(2026, 11, ZWEITER[dann])
    assert [f[:2] for f in running(schreiben)] == [("F51", andere.bekanntgabe)]


def test_three_sendings_have_one_bekanntgabe(schreiben, fallmanager):
    # R29: 29.12.2026 and 04.01.2027 stood beside each other.
    for n, weg in enumerate(WEGE):
        dispatch(schreiben, weg, fallmanager, FREITAG + n * TAG)
    enden = [v.widerspruch_bis for v in schreiben.versand_liste.all() if v.widerspruch_bis]
    assert enden == [date(2026, 12, 22)]  # handed over on 22.11.
    assert len(running(schreiben)) == 1


def test_sending_abroad_does_not_hide_that_at_home(schreiben, fallmanager):
    dispatch(schreiben, "post", fallmanager, FREITAG, ausland=True)
    daheim = dispatch(schreiben, "uebergabe", fallmanager, FREITAG + 2 * TAG)
    assert not daheim.weitere_ausfertigung
    assert [f[:2] for f in running(schreiben)] == [("F51", date(2026, 11, 22))]
    assert schreiben.versand_liste.get(weg="post").weitere_ausfertigung


# ------------------------------------------------------------------ Belehrung of the day

MANGEL = Hindernis("Die Belehrung ist die von gestern.", "§ 66 Abs. 2 SGG")


@pytest.fixture
def veraltet(monkeypatch):
    """A kind of letter whose Belehrung no longer fits from the next day on."""
    art = registry.schreibenarten[MIT_RECHTSBEHELF]
    belehrung = lambda schreiben, am, *wie: MANGEL if am > FREITAG else None  # noqa: E731
    monkeypatch.setitem(
        registry.schreibenarten, MIT_RECHTSBEHELF, replace(art, belehrung=belehrung)
    )


@pytest.mark.parametrize("weg", ["post", "elektronisch"])
def test_letter_with_an_old_belehrung_is_not_dispatched(schreiben, fallmanager, veraltet, weg):
    with pytest.raises(SchrittUnzulaessig, match="zur neuen Freigabe zurück") as error:
        send(schreiben=schreiben, weg=weg, by=fallmanager, tag=FREITAG + TAG)
    assert error.value.norm == "§ 66 Abs. 2 SGG"
    assert not Versand.objects.exists()


def test_mail_ordered_before_is_stopped_by_the_program(schreiben, fallmanager, veraltet):
    versand = send(schreiben=schreiben, weg="elektronisch", by=fallmanager, tag=FREITAG)
    from cases.registry.auftragsart import Endgueltig
    from cases.services.auftrag import beginn_of

    with pytest.raises(Endgueltig, match="von gestern"):
        send_email(versand.pk, beginn_of(FREITAG + TAG))


def test_what_went_out_with_an_old_belehrung_opens_a_year(schreiben, fallmanager, veraltet):
    # § 66 Abs. 2 SGG: it has happened, so it is recorded as it was.
    versand = send(schreiben=schreiben, weg="post", by=fallmanager, tag=FREITAG)
    am = date(2026, 11, 23)
    versand = record_aufgabe(versand=versand, aufgabe_am=am, by=fallmanager, tag=am)
    assert (versand.rbb, versand.widerspruch_bis) == ("falsch", date(2027, 11, 29))
    assert running(schreiben) == [("F52", date(2026, 11, 27), date(2027, 11, 29))]
    erster = versand.schritte[0]
    assert (erster["text"], erster["norm"]) == (
        "Die Belehrung ist die von gestern. Die Belehrung ist unrichtig.",
        "§ 66 Abs. 2 SGG",
    )
    assert MANGEL.text in versand.warnung


def test_schreiben_versandfaehig(schreiben, veraltet):
    assert guards.schreiben_versandfaehig(schreiben, FREITAG, False, "post") is None
    assert norm_of(guards.schreiben_versandfaehig(schreiben, FREITAG + TAG, False, "post")) == (
        "§ 66 Abs. 2 SGG"
    )


def test_schreiben_nicht_ersetzt(schreiben, fallmanager, monkeypatch):
    assert guards.schreiben_nicht_ersetzt(schreiben) is None
    ersetzt = Hindernis("Ersetzt.", "§ 39 Abs. 1 S. 2 SGB X")
    art = replace(registry.schreibenarten[MIT_RECHTSBEHELF], maengel=lambda s: ersetzt)
    monkeypatch.setitem(registry.schreibenarten, MIT_RECHTSBEHELF, art)
    assert guards.schreiben_nicht_ersetzt(schreiben) == ersetzt
    for weg in WEGE:
        with pytest.raises(SchrittUnzulaessig, match="Ersetzt"):
            send(schreiben=schreiben, weg=weg, by=fallmanager, tag=FREITAG)
