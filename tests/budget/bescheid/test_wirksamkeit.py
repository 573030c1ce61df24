"""What a Bescheid does to the person begins with its Bekanntgabe, and for its own Antrag only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from budget.bescheid.services.wirksamkeit import begin_wirkungen
from cases.antrag.services.antrag import record_antrag
from cases.frist.services.frist import start_frist
from cases.models import Antrag, EigenerWert
from cases.schreiben.services.versand import cancel_versand, record_aufgabe, send
from cases.services.ereignis import gegenstand_of
from tests.budget import fabriken
from tests.fabriken import EINGANGSFRISTEN

pytestmark = pytest.mark.django_db


def _fristen(antrag: Antrag) -> dict[str, str]:
    regeln = (*EINGANGSFRISTEN, "F08")
    rows = antrag.case.fristen.filter(gegenstand=gegenstand_of(antrag), regel__in=regeln)
    return dict(rows.values_list("regel", "state"))


def _further(akte: fabriken.Akte, eingang: date) -> Antrag:
    return record_antrag(
        case=akte.case,
        eingang=eingang,
        weg="schriftlich",
        begehren="Ein Hilfsmittel für den Weg zur Arbeit",
        persoenliches_budget=False,
        by=akte.fallmanager,
        tag=eingang,
    )


def _stand(akte: fabriken.Akte) -> tuple[str, str, str]:
    for row in (akte.bescheid, akte.budget, akte.case):
        row.refresh_from_db()
    return akte.bescheid.state, akte.budget.state, akte.case.state


def test_a_second_antrag_keeps_its_fristen_when_the_first_is_decided():
    # R27: A of 02.03. is decided, B of 13.04. is not.
    akte = fabriken.make_akte(fabriken.B)
    a = akte.case.antraege.get()
    b = _further(akte, date(2026, 4, 13))
    fabriken.tell("frei", fabriken.B, akte=akte)
    _posted_and_known(akte)
    assert _fristen(a) == {"F01": "gewahrt", "F04": "versaeumt", "F54": "aufgehoben"}
    assert _fristen(b) == {"F01": "offen", "F04": "offen", "F54": "offen"}


def _order(akte, weg="post"):
    return send(
        schreiben=akte.bescheid.schreiben, weg=weg, by=akte.fallmanager, tag=akte.tage.bescheid
    )


def _post(akte):
    versand = _order(akte)
    return record_aufgabe(
        versand=versand,
        aufgabe_am=akte.tage.bescheid,
        by=akte.fallmanager,
        tag=akte.tage.bescheid,
    )


def _posted_and_known(akte):
    """Post it, and let the days pass until its Bekanntgabe."""
    versand = _post(akte)
    begin_wirkungen(tag=versand.bekanntgabe)
    return versand


def test_a_released_bescheid_that_has_not_left_changes_nothing_for_the_person():
    # § 39 Abs. 1 SGB X: R28. The decision itself meets F04, everything else waits.
    akte = fabriken.tell("frei", fabriken.B)
    antrag = akte.case.antraege.get()
    assert _stand(akte) == ("freigegeben", "vereinbart", "geplant")
    assert _fristen(antrag)["F04"] == "versaeumt"
    assert _fristen(antrag)["F54"] == "offen"
    assert not akte.case.fristen.filter(regel__in=["F30", "F31", "F37", "F51"]).exists()


def test_taking_the_dispatch_back_leaves_it_so():
    akte = fabriken.tell("frei", fabriken.B)
    versand = _order(akte)
    cancel_versand(versand=versand, by=akte.fallmanager, tag=akte.tage.bescheid)
    assert _stand(akte) == ("freigegeben", "vereinbart", "geplant")
    assert _fristen(akte.case.antraege.get())["F54"] == "offen"


def test_bekanntgabe_brings_all_effects_with_its_own_day():
    # Posted 20.04.2026: fourth day 24.04.2026 (§ 37 Abs. 2 S. 1 SGB X in force since 01.01.2025).
    akte = fabriken.tell("frei", fabriken.B)
    versand = _post(akte)
    assert versand.bekanntgabe == date(2026, 4, 24) == akte.tage.bescheid + timedelta(days=4)
    # R28: nothing begins before the day itself, whenever the daily run comes by.
    begin_wirkungen(tag=versand.bekanntgabe - timedelta(days=1))
    assert _stand(akte) == ("versandt", "vereinbart", "geplant")
    assert akte.case.fristen.get(regel="F54").state == "offen"
    begin_wirkungen(tag=versand.bekanntgabe)
    begin_wirkungen(tag=versand.bekanntgabe)
    assert _stand(akte) == ("versandt", "laeuft", "leistung_laeuft")
    f54 = akte.case.fristen.get(regel="F54")
    assert (f54.state, f54.erledigt_am) == ("aufgehoben", date(2026, 4, 24))
    assert f54.erledigt_durch == "über den Antrag entschieden"
    assert sorted(
        akte.case.fristen.filter(regel__in=["F30", "F31", "F51"]).values_list("regel", "state")
    ) == [("F30", "offen"), ("F31", "offen"), ("F51", "offen")]


@pytest.mark.parametrize(("weg", "bekanntgabe"), [("uebergabe", 20), ("post", 24)])
def test_an_own_value_lets_the_decision_count_from_bekanntgabe(weg, bekanntgabe):
    # § 14 Abs. 2 S. 2 SGB IX says „entscheidet“; which day that is, the authority may set.
    akte = fabriken.make_akte(fabriken.B)
    _set_fristwahrung(akte, "bekanntgabe")
    fabriken.tell("frei", fabriken.B, akte=akte)
    f04 = akte.case.fristen.filter(regel="F04")
    assert f04.get().state == "offen"
    versand = _order(akte, weg)
    if weg == "post":
        tag = {"by": akte.fallmanager, "tag": akte.tage.bescheid}
        record_aufgabe(versand=versand, aufgabe_am=akte.tage.bescheid, **tag)
        begin_wirkungen(tag=date(2026, 4, bekanntgabe))
    row = f04.get()
    assert (row.state, row.erledigt_am) == ("versaeumt", date(2026, 4, bekanntgabe))
    assert row.erledigt_durch == "Bescheid bekannt gegeben"


def _set_fristwahrung(akte: fabriken.Akte, auswahl: str) -> None:
    EigenerWert.objects.create(
        schluessel="entscheidungsfrist_gewahrt",
        auswahl=auswahl,
        gueltig_ab=date(2026, 1, 1),
        begruendung="Dienstanweisung",
        state="freigegeben",
        vorgeschlagen_von=akte.fallmanager,
        vorgeschlagen_am=date(2026, 1, 1),
        freigegeben_von=akte.leitung,
        freigegeben_am=date(2026, 1, 1),
    )


@pytest.mark.parametrize(
    ("schluessel", "auswahl"),
    [("entscheidungsfrist_gewahrt", "dreissigstel"), ("teilmonat_modus", "bekanntgabe")],
)
def test_a_word_of_another_key_is_refused_by_the_database(schluessel, auswahl, fallmanager):
    with pytest.raises(IntegrityError, match="zahl_oder_auswahl"):
        EigenerWert.objects.create(
            schluessel=schluessel,
            auswahl=auswahl,
            gueltig_ab=date(2026, 1, 1),
            begruendung="x",
            vorgeschlagen_von=fallmanager,
            vorgeschlagen_am=date(2026, 1, 1),
        )


def test_all_fristen_for_the_decision_are_met_with_it():
    # F08 (§ 15 Abs. 4 S. 1 SGB IX) used to stay open for ever once another carrier took part.
    akte = fabriken.make_akte(fabriken.B)
    antrag = akte.case.antraege.get()
    start_frist(
        case=akte.case, regel="F08", gegenstand=antrag, ausloeser=antrag.eingang, by=akte.leitung
    )
    fabriken.tell("frei", fabriken.B, akte=akte)
    assert {k: v for k, v in _fristen(antrag).items() if k in {"F04", "F08"}} == {
        "F04": "versaeumt",
        "F08": "versaeumt",
    }


def test_the_pages_say_when_the_bescheid_takes_effect(client):
    akte = fabriken.tell("frei", fabriken.B)
    client.force_login(akte.fallmanager)
    seiten = [reverse(name, args=[akte.case.pk]) for name in ("budget", "bescheid")]
    for seite in seiten:
        assert "Noch nicht wirksam" in client.get(seite).content.decode()
    _post(akte)
    for seite in seiten:
        text = " ".join(client.get(seite).content.decode().split())
        assert 'Wirksam mit Bekanntgabe am <span class="fw-zahlen">24.04.2026' in text
    letztes = akte.case.ereignisse.filter(art="bescheid").latest("id").text
    assert letztes == (
        "Bescheid versandt: Brief; wirksam mit Bekanntgabe am 24.04.2026 (§ 39 Abs. 1 SGB X)"
    )
    begin_wirkungen(tag=date(2026, 4, 24))
    letztes = akte.case.ereignisse.filter(art="bescheid").latest("id").text
    assert letztes == "Bescheid wirksam seit 24.04.2026 (§ 39 Abs. 1 SGB X)"
