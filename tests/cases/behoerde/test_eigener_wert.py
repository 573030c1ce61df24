"""Own values: who sets them, what the database refuses, which one holds on a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.utils import IntegrityError, ProgrammingError

from cases.behoerde.queries.eigener_wert import (
    eigener_wert,
    fristwahrung,
    list_eigene_werte,
    richtwert,
    stundensatz,
    teilmonat_modus,
    values_in_force,
    wochenfaktor,
)
from cases.behoerde.schritte import WERTSCHRITTE, Wertlage
from cases.behoerde.services.eigener_wert import (
    cancel_eigener_wert,
    reject_eigener_wert,
    release_eigener_wert,
)
from cases.models import EigenerWert
from cases.models.wertschluessel import AUSWAHL, Teilmonatmodus, wertschluessel
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.states.wert import EIGENER_WERT, Wertzustand
from recht.parameter import alle_parameter
from recht.teilmonat import MODI
from tests.cases.behoerde.proben import AB, HEUTE, propose, set_value
from tests.fabriken import make_user
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db

FAKTOR = Decimal("4.345")


def refused(change, error: type[DatabaseError], match: str) -> None:
    """Assert that the database itself refuses a change."""
    with pytest.raises(error, match=match), transaction.atomic():
        change()


def test_proposal_has_no_effect_before_its_release(erste, zweite):
    wert = propose(erste, "wochenfaktor", FAKTOR)
    assert wochenfaktor(HEUTE) is None
    release_eigener_wert(wert=wert, by=zweite, tag=HEUTE)
    wert.refresh_from_db()
    assert wochenfaktor(HEUTE) == FAKTOR
    assert (wert.state, wert.freigegeben_von, wert.freigegeben_am) == (
        "freigegeben",
        zweite,
        HEUTE,
    )


def test_value_holds_from_its_day_until_the_next_one(erste, zweite):
    set_value(erste, zweite, "stundensatz.assistenz", Decimal("28.50"))
    set_value(erste, zweite, "stundensatz.assistenz", 31, ab=date(2027, 1, 1))
    days = (AB - timedelta(days=1), AB, date(2026, 12, 31), date(2027, 1, 1))
    assert [stundensatz("assistenz", day) for day in days] == [
        None,
        Decimal("28.5000"),
        Decimal("28.5000"),
        Decimal("31.0000"),
    ]
    assert stundensatz("qualifizierte_assistenz", HEUTE) is None


def test_word_and_richtwert_are_found_by_their_functions(erste, zweite):
    set_value(erste, zweite, "teilmonat_modus", "kalendertage")
    set_value(erste, zweite, "richtwert.hbg3.koerperlich", 1240)
    assert teilmonat_modus(HEUTE) == "kalendertage"
    assert teilmonat_modus(AB - timedelta(days=1)) is None
    assert richtwert(3, "sinnes", HEUTE) == richtwert(3, "koerperlich", HEUTE) == Decimal(1240)
    assert richtwert(3, "seelisch", HEUTE) is None


def test_decision_counts_until_the_authority_lets_bekanntgabe_count(erste, zweite):
    set_value(erste, zweite, "entscheidungsfrist_gewahrt", "bekanntgabe")
    assert [fristwahrung(day) for day in (AB - timedelta(days=1), AB)] == [
        "entscheidung",
        "bekanntgabe",
    ]
    with pytest.raises(SchrittUnzulaessig, match="Womit die Frist zur Entscheidung gewahrt ist"):
        propose(erste, "entscheidungsfrist_gewahrt", "kalendertage")


def test_one_value_per_key_is_in_force(erste, zweite):
    alt = set_value(erste, zweite, "vorlauf.F01", 5)
    neu = set_value(erste, zweite, "vorlauf.F01", 6, ab=date(2026, 6, 1))
    kommt = set_value(erste, zweite, "vorlauf.F01", 7, ab=date(2027, 1, 1))
    propose(erste, "vorlauf.F01", 8, ab=date(2026, 9, 1))
    werte = list(list_eigene_werte())
    assert values_in_force(werte, HEUTE) == {neu.pk}
    assert values_in_force(werte, date(2026, 3, 1)) == {alt.pk}
    assert values_in_force(werte, date(2027, 3, 1)) == {kommt.pk}
    assert eigener_wert("vorlauf.F01", HEUTE) == neu


@pytest.mark.parametrize("schluessel", [r.schluessel for r in alle_parameter()])
def test_no_value_of_the_law_can_be_set(erste, schluessel):
    with pytest.raises(SchrittUnzulaessig) as error:
        propose(erste, schluessel, 1)
    assert error.value.norm != ""
    row = EigenerWert(
        schluessel=schluessel,
        gueltig_ab=AB,
        zahl=1,
        begruendung="x",
        vorgeschlagen_von=erste,
        vorgeschlagen_am=HEUTE,
    )
    refused(row.save, IntegrityError, "eigener_wert_nur_einstellbares")


def test_every_key_of_the_list_is_accepted_by_the_database(erste):
    for art in wertschluessel().values():
        EigenerWert.objects.create(
            schluessel=art.schluessel,
            gueltig_ab=AB,
            zahl=None if art.ist_auswahl or art.ist_text else 4,
            text="Wortlaut" if art.ist_text else "",
            auswahl=AUSWAHL[art.schluessel].values[0] if art.ist_auswahl else None,
            begruendung="x",
            vorgeschlagen_von=erste,
            vorgeschlagen_am=HEUTE,
            **({"quelle": "BGBl.", "geprueft_am": HEUTE} if art.gruppe.startswith("Ges") else {}),
        )
    assert EigenerWert.objects.count() == len(wertschluessel()) > 50


def test_words_for_a_divided_month_are_those_of_the_law_floor():
    assert Teilmonatmodus.values == list(MODI)


@pytest.mark.parametrize("rolle", ["fallmanager", "leitung"])
def test_only_fachadministration_proposes(request, rolle):
    with pytest.raises(SchrittUnzulaessig, match="schlägt die Fachadministration vor"):
        propose(request.getfixturevalue(rolle), "wochenfaktor", FAKTOR)


def test_leitung_may_release_and_fallmanagement_may_not(erste, leitung, fallmanager):
    wert = propose(erste, "wochenfaktor", FAKTOR)
    with pytest.raises(SchrittUnzulaessig, match="vorbehalten"):
        release_eigener_wert(wert=wert, by=fallmanager, tag=HEUTE)
    assert release_eigener_wert(wert=wert, by=leitung, tag=HEUTE).freigegeben_von == leitung


def test_proposer_does_not_release_not_even_past_the_program(erste):
    wert = propose(erste, "wochenfaktor", FAKTOR)
    with pytest.raises(SchrittUnzulaessig, match="selbst vorgeschlagen"):
        release_eigener_wert(wert=wert, by=erste, tag=HEUTE)
    rows = EigenerWert.objects.filter(pk=wert.pk)
    full = {"state": "freigegeben", "freigegeben_von": erste, "freigegeben_am": HEUTE}
    refused(lambda: rows.update(**full), IntegrityError, "eigener_wert_vier_augen")
    refused(
        lambda: rows.update(state="freigegeben"),
        IntegrityError,
        "eigener_wert_freigabe_vollstaendig",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"zahl": Decimal("4.2")},
        {"gueltig_ab": date(2026, 2, 1)},
        {"schluessel": "vorlauf.F01"},
        {"begruendung": "anders"},
        {"freigegeben_am": date(2026, 11, 21)},
    ],
)
def test_released_value_is_frozen_in_the_database(erste, zweite, change):
    wert = set_value(erste, zweite, "wochenfaktor", FAKTOR)
    rows = EigenerWert.objects.filter(pk=wert.pk)
    refused(lambda: rows.update(**change), ProgrammingError, "Cannot update rows|permission denied")
    refused(lambda: rows.update(state="entwurf"), ProgrammingError, "Invalid transition")
    refused(
        lambda: rows._raw_delete(rows.db), ProgrammingError, "Cannot delete rows|permission denied"
    )


def test_dropped_value_stays_as_it_is(erste, zweite):
    wert = propose(erste, "wochenfaktor", FAKTOR)
    reject_eigener_wert(wert=wert, grund="Zahlendreher", by=zweite, tag=HEUTE)
    rows = EigenerWert.objects.filter(pk=wert.pk)
    assert rows.get().verworfen_grund == "Zahlendreher"
    refused(
        lambda: rows.update(verworfen_grund="anders"),
        ProgrammingError,
        "Cannot update rows|permission denied",
    )
    refused(lambda: rows.update(state="freigegeben"), ProgrammingError, "Invalid transition")


def test_dropping_needs_who_when_and_why(erste):
    rows = EigenerWert.objects.filter(pk=propose(erste, "wochenfaktor", FAKTOR).pk)
    for change in (
        {"state": "verworfen"},
        {"state": "verworfen", "verworfen_von": erste, "verworfen_am": HEUTE},
        {"verworfen_von": erste},
    ):
        refused(
            lambda change=change: rows.update(**change),
            IntegrityError,
            "eigener_wert_verwerfen_begruendet",
        )


def test_proposer_may_drop_the_own_proposal_and_a_new_one_follows(erste, zweite):
    reject_eigener_wert(
        wert=propose(erste, "wochenfaktor", FAKTOR), grund="Tippfehler", by=erste, tag=HEUTE
    )
    assert wochenfaktor(HEUTE) is None
    set_value(erste, zweite, "wochenfaktor", Decimal("4.33"))
    assert wochenfaktor(HEUTE) == Decimal("4.33")


def test_future_value_can_be_taken_back_and_the_old_one_goes_on(erste, zweite):
    set_value(erste, zweite, "wochenfaktor", FAKTOR)
    morgen = set_value(erste, zweite, "wochenfaktor", Decimal("4.4"), ab=date(2026, 11, 21))
    cancel_eigener_wert(wert=morgen, grund="falsch gerechnet", by=zweite, tag=HEUTE)
    assert wochenfaktor(date(2026, 12, 1)) == FAKTOR
    assert set_value(erste, zweite, "wochenfaktor", Decimal("4.35"), ab=date(2026, 11, 21)).pk


def test_second_release_for_the_same_day_is_refused_twice(erste, zweite):
    doppelt = propose(erste, "wochenfaktor", Decimal("4.4"))
    set_value(erste, zweite, "wochenfaktor", FAKTOR)
    with pytest.raises(SchrittUnzulaessig, match="bereits freigegeben"):
        release_eigener_wert(wert=doppelt, by=zweite, tag=HEUTE)
    rows = EigenerWert.objects.filter(pk=doppelt.pk)
    full = {"state": "freigegeben", "freigegeben_von": zweite, "freigegeben_am": HEUTE}
    refused(lambda: rows.update(**full), IntegrityError, "eigener_wert_einmal_je_tag")


STEPS = {
    "freigeben": lambda w, by: release_eigener_wert(wert=w, by=by, tag=HEUTE),
    "verwerfen": lambda w, by: reject_eigener_wert(wert=w, grund="x", by=by, tag=HEUTE),
    "zuruecknehmen": lambda w, by: cancel_eigener_wert(wert=w, grund="x", by=by, tag=HEUTE),
}


@pytest.mark.parametrize("schritt", sorted(STEPS))
@pytest.mark.parametrize("state", Wertzustand.values)
def test_every_step_in_every_state(erste, zweite, state, schritt):
    wert = propose(erste, "wochenfaktor", FAKTOR, ab=date(2027, 1, 1))
    if state != "entwurf":
        STEPS["freigeben" if state == "freigegeben" else "verwerfen"](wert, zweite)
    zeile = EIGENER_WERT.uebergang(schritt)
    if state in zeile.von:
        assert STEPS[schritt](wert, zweite).state == zeile.nach
    else:
        with pytest.raises(SchrittUnzulaessig, match="ist im Zustand"):
            STEPS[schritt](wert, zweite)
    assert EigenerWert.objects.get(pk=wert.pk).events.count() >= 1


def test_buttons_agree_with_the_services_in_every_state(erste, zweite):
    wert = propose(erste, "wochenfaktor", FAKTOR, ab=date(2027, 1, 1))
    doppelt = propose(erste, "wochenfaktor", Decimal("4.4"), ab=date(2027, 1, 1))
    STEPS["freigeben"](doppelt, zweite)
    andere = make_user("revision", Rolle.REVISION)
    gesagt = {}
    for row, ab in ((wert, "einmal"), (doppelt, "gilt")):
        for state in Wertzustand.values if ab == "gilt" else ["entwurf"]:
            frei, weg = state == "freigegeben", state == "verworfen"
            force(
                row,
                state,
                freigegeben_von=zweite if frei else None,
                freigegeben_am=HEUTE if frei else None,
                verworfen_von=zweite if weg else None,
                verworfen_am=HEUTE if weg else None,
                verworfen_grund="x" if weg else "",
            )
            for schritt, take in STEPS.items():
                for user in (erste, zweite, andere):
                    jetzt = EigenerWert.objects.get(pk=row.pk)
                    gesagt[ab, state, schritt, user.username] = agree(
                        WERTSCHRITTE,
                        Wertlage(user, HEUTE, jetzt),
                        schritt,
                        lambda w=jetzt, u=user, t=take: t(w, u),
                    )
    assert len(gesagt) == (1 + 3) * 3 * 3
    assert "bereits freigegeben" in gesagt["einmal", "entwurf", "freigeben", zweite.username]
    assert "selbst vorgeschlagen" in gesagt["einmal", "entwurf", "freigeben", erste.username]
    assert gesagt["gilt", "freigegeben", "zuruecknehmen", zweite.username] == ""
