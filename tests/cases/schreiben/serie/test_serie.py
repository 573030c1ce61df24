"""Many letters at once: nothing leaves unseen, nothing leaves twice, one fault stops one letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from cases.models import (
    Case,
    Druckstapel,
    Lesezugriff,
    Schreiben,
    Serie,
    Serienbrief,
    Serienbriefansicht,
    Versand,
)
from cases.schreiben.queries.serie import count_seen, counts_of, sample_of, size_of_sample
from cases.schreiben.services import serienlauf
from cases.schreiben.services.serie import (
    create_serie,
    discard_serie,
    prepare_druckstapel,
    read_serienbrief,
    release_serie,
    remove_briefe,
    reopen_serie,
)
from cases.schreiben.services.serienlauf import advance_serie
from cases.states.tafel import SchrittUnzulaessig
from tests import uhr
from tests.cases.schreiben.serie.proben import (
    AB,
    look,
    make_serie,
    open_sample,
    release,
    work,
)
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def zweite(fallmanager):
    """Who leads the team of the Fallmanager."""
    return make_leitung("zweite")


def stand(serie: Serie) -> dict[str, int]:
    return {name: zahl for name, zahl in counts_of(serie).items() if zahl and name != "alle"}


def test_letters_are_set_and_none_is_in_a_file_before_the_release(fallmanager):
    serie = work(make_serie(fallmanager, 3))
    assert (serie.state, stand(serie)) == ("gesetzt", {"gesetzt": 3})
    assert not Schreiben.objects.exists()
    assert serie.briefe.filter(stichprobe=True).count() == 3
    assert set(serie.briefe.values_list("seiten", flat=True)) == {1}


def test_after_the_release_each_letter_is_frozen_with_its_own_facts_and_waits(fallmanager, zweite):
    serie = work(release(work(make_serie(fallmanager, 3)), zweite))
    assert (serie.state, serie.freigegeben_von) == ("versandt", zweite)
    for brief in serie.briefe.select_related("case__leistungsberechtigte_person", "schreiben"):
        person = brief.case.leistungsberechtigte_person
        assert brief.schreiben.daten["absaetze"] == [
            f"der Betrag für {person.voller_name} ist neu.",
            f"Ihr Zeichen ist {brief.case.aktenzeichen}.",
        ]
        assert brief.schreiben.erstellt_von == fallmanager
        assert brief.schreiben.daten["unterzeichner"]["name"] == fallmanager.get_full_name()
    assert set(Versand.objects.values_list("weg", "state")) == {("post", "vorgesehen")}
    assert Schreiben.objects.count() == Versand.objects.count() == 3


def test_by_email_goes_only_who_has_opened_that_way(fallmanager, zweite):
    per_post = make_person("Ohne", email="", email_zugang_seit=None)
    faelle = [make_fall(fallmanager), make_fall(fallmanager, person=per_post)]
    work(release(work(make_serie(fallmanager, faelle, weg="email")), zweite))
    wege = dict(Versand.objects.values_list("schreiben__case", "weg"))
    assert wege == {faelle[0].pk: "elektronisch", faelle[1].pk: "post"}


def test_one_bad_letter_is_named_and_the_others_go_on(fallmanager, zweite):
    faelle = [make_fall(fallmanager) for _ in range(3)]
    faelle[1].leistungsberechtigte_person.anschriften.update(gueltig_bis=uhr.HEUTE)
    faelle[1].leistungsberechtigte_person.anschriften.update(
        gueltig_ab=uhr.HEUTE - timedelta(days=9), gueltig_bis=uhr.HEUTE - timedelta(days=1)
    )
    serie = work(make_serie(fallmanager, faelle))
    assert stand(serie) == {"gesetzt": 2, "fehler": 1}
    assert "Anschrift" in serie.briefe.get(case=faelle[1]).fehler
    serie = work(release(serie, zweite))
    assert stand(serie) == {"versandt": 2, "fehler": 1}


def test_an_open_placeholder_is_a_fault_of_that_letter(fallmanager):
    person = make_person("Ohne", vorname="")
    faelle = [make_fall(fallmanager), make_fall(fallmanager, person=person)]
    angaben = {"betreff": "Neu", "text": "Liebe Grüße an [[Vorname]]"}
    serie = work(make_serie(fallmanager, faelle, angaben=angaben))
    assert "[[Vorname]]" in serie.briefe.get(case=faelle[1]).fehler
    assert serie.briefe.get(case=faelle[0]).state == "gesetzt"


def test_an_unforeseen_error_is_named_and_stops_nothing(fallmanager, monkeypatch):
    serie = make_serie(fallmanager, 2)
    erster = serie.briefe.first()
    satz = serienlauf.preview_schreiben

    def broken(kind, anlass):
        if anlass.case.pk == erster.case_id:
            raise ZeroDivisionError
        return satz(kind, anlass)

    monkeypatch.setattr(serienlauf, "preview_schreiben", broken)
    serie = work(serie)
    erster.refresh_from_db()
    assert (erster.state, erster.fehler) == ("fehler", "Unerwarteter Fehler (ZeroDivisionError).")
    assert stand(serie) == {"fehler": 1, "gesetzt": 1}


def test_a_killed_worker_leaves_no_letter_and_the_next_goes_on(fallmanager, zweite, monkeypatch):
    serie = release(work(make_serie(fallmanager, 3)), zweite)
    assert advance_serie(serie_id=serie.pk, now=uhr.JETZT, ab=AB)
    senden = serienlauf.send

    def die(**werte):
        senden(**werte)
        raise KeyboardInterrupt

    monkeypatch.setattr(serienlauf, "send", die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        advance_serie(serie_id=serie.pk, now=uhr.JETZT, ab=AB)
    assert Schreiben.objects.count() == Versand.objects.count() == 1
    monkeypatch.undo()
    work(serie)
    briefe = Schreiben.objects.values_list("case", flat=True)
    assert sorted(briefe) == sorted(serie.briefe.values_list("case", flat=True))


def test_what_changed_since_it_was_set_does_not_leave(fallmanager, zweite):
    faelle = [make_fall(fallmanager), make_fall(fallmanager)]
    serie = release(work(make_serie(fallmanager, faelle)), zweite)
    faelle[0].leistungsberechtigte_person.anschriften.update(strasse="Neue Gasse 3")
    serie = work(serie)
    assert "geändert" in serie.briefe.get(case=faelle[0]).fehler
    assert list(Schreiben.objects.values_list("case", flat=True)) == [faelle[1].pk]


def test_who_made_it_does_not_release_it_however_much_was_opened(fallmanager, zweite):
    serie = work(make_serie(fallmanager))
    open_sample(serie, zweite)
    with pytest.raises(SchrittUnzulaessig, match="selbst angelegt"):
        release_serie(serie=serie, by=fallmanager, now=uhr.JETZT)


def test_opening_by_who_made_it_counts_for_nobody(fallmanager, zweite):
    serie = work(make_serie(fallmanager))
    open_sample(serie, fallmanager)
    assert not Serienbriefansicht.objects.exists()
    with pytest.raises(SchrittUnzulaessig, match="Von 2 Schreiben der Stichprobe haben Sie 2"):
        release_serie(serie=serie, by=zweite, now=uhr.JETZT)


def test_two_who_look_in_turns_have_each_seen_what_they_opened(fallmanager, zweite):
    serie, dritte = work(make_serie(fallmanager)), make_leitung("dritte")
    erster, letzter = sample_of(serie)
    for brief, wer in ((erster, zweite), (erster, dritte), (letzter, dritte), (letzter, zweite)):
        look(brief, wer)
    assert (count_seen(serie, zweite), count_seen(serie, dritte)) == (2, 2)
    assert release_serie(serie=serie, by=zweite, now=uhr.JETZT).freigegeben_von == zweite


def test_what_another_second_person_has_opened_is_no_release_of_mine(fallmanager, zweite):
    serie, dritte = work(make_serie(fallmanager)), make_leitung("dritte")
    erster, letzter = sample_of(serie)
    look(erster, zweite)
    look(letzter, dritte)
    for wer in (zweite, dritte):
        with pytest.raises(SchrittUnzulaessig, match="Von 2 Schreiben der Stichprobe haben Sie 1"):
            release_serie(serie=serie, by=wer, now=uhr.JETZT)


def test_opening_again_keeps_the_first_time(fallmanager, zweite):
    serie = work(make_serie(fallmanager))
    brief = sample_of(serie).first()
    look(brief, zweite)
    look(brief, zweite, uhr.JETZT + timedelta(hours=1))
    assert list(brief.ansichten.values_list("von", "am")) == [(zweite.pk, uhr.JETZT)]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        brief.ansichten.update(von=fallmanager)


def test_a_second_release_finds_it_on_its_way(fallmanager, zweite):
    serie = release(work(make_serie(fallmanager)), zweite)
    with pytest.raises(SchrittUnzulaessig, match="wird versandt"):
        release_serie(serie=serie, by=zweite, now=uhr.JETZT)
    work(serie)
    assert advance_serie(serie_id=serie.pk, now=uhr.JETZT, ab=AB) is False
    assert Versand.objects.count() == 2


def test_the_database_refuses_a_release_by_who_made_it(fallmanager):
    serie = work(make_serie(fallmanager))
    with pytest.raises(IntegrityError, match="serie_vier_augen"), transaction.atomic():
        Serie.objects.filter(pk=serie.pk).update(freigegeben_von=fallmanager)


@pytest.mark.parametrize(("briefe", "gezogen"), [(1, 1), (3, 3), (150, 3), (151, 4), (500, 10)])
def test_one_in_fifty_is_looked_at_and_never_less_than_three(briefe, gezogen):
    assert size_of_sample(briefe) == gezogen


def test_the_place_of_a_letter_taken_out_goes_to_another(fallmanager):
    serie = work(make_serie(fallmanager, 4))
    gezogen = serie.briefe.filter(stichprobe=True)
    assert gezogen.count() == 3
    raus = gezogen.first()
    assert remove_briefe(serie=serie, briefe=[raus.pk], by=fallmanager, tag=uhr.HEUTE) == 1
    raus.refresh_from_db()
    assert (raus.state, raus.stichprobe) == ("herausgenommen", False)
    assert gezogen.count() == 3
    with pytest.raises(SchrittUnzulaessig, match="Bitte wählen Sie aus"):
        remove_briefe(serie=serie, briefe=[raus.pk], by=fallmanager, tag=uhr.HEUTE)


def test_setting_anew_takes_up_what_was_put_right_and_forgets_who_looked(fallmanager, zweite):
    faelle = [make_fall(fallmanager), make_fall(fallmanager)]
    anschrift = faelle[0].leistungsberechtigte_person.anschriften
    anschrift.update(
        gueltig_ab=uhr.HEUTE - timedelta(days=9), gueltig_bis=uhr.HEUTE - timedelta(days=1)
    )
    serie = work(make_serie(fallmanager, faelle))
    open_sample(serie, zweite)
    anschrift.update(gueltig_bis=None)
    serie = work(reopen_serie(serie=serie, by=fallmanager, tag=uhr.HEUTE))
    assert stand(serie) == {"gesetzt": 2}
    assert not Serienbriefansicht.objects.exists()


def test_a_dropped_series_leaves_nothing_in_the_files(fallmanager, zweite):
    serie = discard_serie(serie=work(make_serie(fallmanager)), by=fallmanager, tag=uhr.HEUTE)
    assert serie.state == "verworfen"
    assert advance_serie(serie_id=serie.pk, now=uhr.JETZT, ab=AB) is False
    assert not Schreiben.objects.exists()
    los = release(work(make_serie(fallmanager)), zweite)
    with pytest.raises(SchrittUnzulaessig, match="wird versandt"):
        discard_serie(serie=los, by=fallmanager, tag=uhr.HEUTE)


def test_a_case_that_was_protected_meanwhile_is_left_out(fallmanager):
    fremd = make_fallmanager("fremd")
    faelle = [make_fall(fremd), make_fall(fremd)]
    serie = make_serie(fallmanager, faelle)
    Case.objects.filter(pk=faelle[0].pk).update(geschuetzt=True)
    serie = work(serie)
    assert "nicht zugänglich" in serie.briefe.get(case=faelle[0]).fehler


def test_a_letter_of_a_case_that_the_second_person_does_not_see_closes_the_release(fallmanager):
    faelle = [make_fall(fallmanager), make_fall(fallmanager)]
    serie = work(make_serie(fallmanager, faelle))
    Case.objects.filter(pk=faelle[0].pk).update(geschuetzt=True)
    kollegin = make_fallmanager("kollegin")
    sicht = serie.briefe.get(case=faelle[1])
    read_serienbrief(brief=sicht, by=kollegin, route="x", now=uhr.JETZT, vermerken=True)
    with pytest.raises(SchrittUnzulaessig, match="1 Schreiben betrifft einen Fall"):
        release_serie(serie=serie, by=kollegin, now=uhr.JETZT)
    with pytest.raises(SchrittUnzulaessig, match="nicht zugänglich"):
        read_serienbrief(
            brief=serie.briefe.get(case=faelle[0]), by=kollegin, route="x", now=uhr.JETZT
        )


def test_foreign_cases_and_too_many_letters_are_refused(fallmanager):
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    with pytest.raises(SchrittUnzulaessig, match="nicht zugänglich"):
        make_serie(fallmanager, [make_fall(fremd)])
    with pytest.raises(SchrittUnzulaessig, match="höchstens 500"):
        create_serie(
            art="freies_schreiben",
            titel="Leer",
            posten=[],
            angaben={},
            weg="brief",
            by=fallmanager,
            now=uhr.JETZT,
        )


def test_one_person_gets_one_letter_though_she_was_named_twice(fallmanager):
    case = make_fall(fallmanager)
    assert make_serie(fallmanager, [case, case]).briefe.count() == 1


def test_opening_is_in_the_read_log(fallmanager, zweite):
    serie = work(make_serie(fallmanager))
    open_sample(serie, zweite)
    gelesen = Lesezugriff.objects.filter(user=zweite).values_list("case", flat=True)
    assert sorted(gelesen) == sorted(serie.briefe.values_list("case", flat=True))


def test_letters_on_paper_go_into_one_batch(fallmanager, zweite):
    serie = work(release(work(make_serie(fallmanager, 3)), zweite))
    stapel = prepare_druckstapel(serie=serie, by=fallmanager, tag=uhr.HEUTE)
    assert stapel.versand_liste.count() == 3
    with pytest.raises(SchrittUnzulaessig, match="Kein Brief dieser Serie"):
        prepare_druckstapel(serie=serie, by=fallmanager, tag=uhr.HEUTE)
    assert Druckstapel.objects.count() == 1


def test_what_has_left_is_fixed_in_the_database(fallmanager, zweite):
    serie = work(release(work(make_serie(fallmanager)), zweite))
    with pytest.raises(Exception, match="versandt_fest"), transaction.atomic():
        Serienbrief.objects.filter(serie=serie).update(schreiben=None)
