"""Instruments as data: who completes and releases them, and surveys that keep their version."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import InternalError, ProgrammingError
from django.urls import reverse

from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf import guards as bedarfsguards
from gesamtplan.bedarf import services as bedarf
from gesamtplan.bedarf.queries import boegen_of
from gesamtplan.instrument import guards, services
from gesamtplan.instrument.queries import instrumente_on
from gesamtplan.instrument.schritte import INSTRUMENTSCHRITTE, Instrumentlage
from gesamtplan.models import Instrumentantwort, Instrumentfassung
from gesamtplan.states.instrument import Instrumentzustand
from recht.instrumente import vorlagen
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan.bausteine import KOCHEN, make_zustaendigen_fall
from tests.oberflaeche.gleichzeitig import Fenster
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
AUFBAU = """
Skala Stufe: 0 keine; 1 volle
Bogen A: Basis
Abschnitt: Wohnen [d5, d6]
- Wie möchte die Person wohnen? | text | person | Pflicht
- Was ist nötig? | text | fallmanagement
- Wie stark? | skala Stufe | fachdienst
- Seit wann? | tag | fallmanagement
""".strip()
MORGEN = HEUTE + timedelta(days=1)


@contextmanager
def refused(match: str):
    """Assert that the database itself refuses a change."""
    with pytest.raises((InternalError, ProgrammingError), match=match), transaction.atomic():
        yield


def angaben(**mehr) -> services.Instrumentangaben:
    grund = {
        "bezeichnung": "Eigenes",
        "fassung": "1",
        "land": "BW",
        "gueltig_ab": date(2026, 1, 1),
        "gueltig_bis": None,
        "vollstaendig": False,
        "quelle": "eigene Bögen",
        "aufbau": AUFBAU,
    }
    return services.Instrumentangaben(**(grund | mehr))


def offer(erste, zweite, **mehr) -> Instrumentfassung:
    row = services.create_instrument(angaben=angaben(**mehr), by=erste, tag=HEUTE)
    return services.release_instrument(fassung=row, by=zweite, tag=HEUTE)


def begin(case, by, fassung, tag: date = HEUTE, **mehr):
    return bedarf.start_bedarfsermittlung(
        case=case,
        datum=tag,
        instrument="",
        instrumentfassung=fassung,
        beteiligte="Emil Muster",
        by=by,
        tag=tag,
        **mehr,
    )


def answer(row, by, tag: date = HEUTE, **antworten):
    werte = {name.replace("f", "").replace("_", "."): wert for name, wert in antworten.items()}
    return bedarf.set_antworten(bedarfsermittlung=row, bogen=1, antworten=werte, by=by, tag=tag)


def test_next_version_takes_over_from_its_day_and_begun_surveys_keep_theirs(
    erste, zweite, fallmanager
):
    eins = offer(erste, zweite)
    row = begin(make_zustaendigen_fall(fallmanager), fallmanager, eins)
    zwei = services.continue_instrument(
        fassung=eins, angaben=angaben(fassung="2", gueltig_ab=MORGEN), by=zweite, tag=HEUTE
    )
    assert instrumente_on(MORGEN) == [eins]
    services.release_instrument(fassung=zwei, by=erste, tag=HEUTE)
    assert (instrumente_on(HEUTE), instrumente_on(MORGEN)) == ([eins], [zwei])
    row.refresh_from_db()
    assert (row.instrumentfassung, row.instrument) == (eins, "Eigenes 1")


def test_fassung_durch_zweite_person(erste, zweite, behoerde):
    row = services.create_instrument(angaben=angaben(), by=erste, tag=HEUTE)
    services.update_instrument(fassung=row, angaben=angaben(land=""), by=zweite, tag=HEUTE)
    row.refresh_from_db()
    dritte = make_user("dritte", Rolle.FACHADMINISTRATION)
    assert guards.fassung_durch_zweite_person(row, dritte) is None
    for wer in (erste, zweite):
        found = guards.fassung_durch_zweite_person(row, wer)
        assert found.norm == "Vier-Augen-Grundsatz"
        with pytest.raises(SchrittUnzulaessig, match="Sie haben diese Fassung selbst"):
            services.release_instrument(fassung=row, by=wer, tag=HEUTE)
    services.release_instrument(fassung=row, by=dritte, tag=HEUTE)


def test_database_refuses_to_change_a_released_version_and_one_pair_of_eyes(erste, zweite):
    row = services.create_instrument(angaben=angaben(), by=erste, tag=HEUTE)
    frei = {"state": "freigegeben", "freigegeben_am": HEUTE}
    with refused("mitgeschrieben"):
        Instrumentfassung.objects.filter(pk=row.pk).update(freigegeben_von=erste, **frei)
    services.release_instrument(fassung=row, by=zweite, tag=HEUTE)
    with refused("Cannot update"):
        Instrumentfassung.objects.filter(pk=row.pk).update(aufbau="anders")


def test_only_fachadministration_writes(fallmanager, behoerde):
    with pytest.raises(SchrittUnzulaessig, match="pflegt die Fachadministration"):
        services.create_instrument(angaben=angaben(), by=fallmanager, tag=HEUTE)


def test_aufbau_lesbar(erste):
    assert guards.aufbau_lesbar(AUFBAU) is None
    assert guards.aufbau_lesbar("Quatsch").text.startswith("Zeile 1")
    with pytest.raises(SchrittUnzulaessig, match="Zeile 1"):
        services.create_instrument(angaben=angaben(aufbau="Quatsch"), by=erste, tag=HEUTE)


def test_neun_lebensbereiche_abgedeckt(erste, zweite):
    row = Instrumentfassung(**vars(angaben(vollstaendig=True)))
    found = guards.neun_lebensbereiche_abgedeckt(row)
    assert found.text.startswith("Zu diesen Lebensbereichen gehört kein Abschnitt: Lernen und")
    assert found.norm == "§ 118 Abs. 1 SGB IX"
    row.gueltig_ab = date(2017, 1, 1)
    assert guards.neun_lebensbereiche_abgedeckt(row) is None
    ganz = angaben(vollstaendig=True, aufbau=vorlagen()[0].text)
    assert guards.neun_lebensbereiche_abgedeckt(Instrumentfassung(**vars(ganz))) is None
    with pytest.raises(SchrittUnzulaessig, match="gehört kein Abschnitt"):
        offer(erste, zweite, vollstaendig=True)


def test_fassung_einmal(erste):
    assert guards.fassung_einmal("eigenes", "1", HEUTE) is None
    services.create_instrument(angaben=angaben(), by=erste, tag=HEUTE)
    assert "gibt es schon" in guards.fassung_einmal("eigenes", "1", HEUTE).text


def test_bezeichnung_einmal(erste):
    assert guards.bezeichnung_einmal("Eigenes", "", HEUTE) is None
    row = services.create_instrument(angaben=angaben(), by=erste, tag=HEUTE)
    assert guards.bezeichnung_einmal("EIGENES ", "", HEUTE).norm == "§ 118 Abs. 1 SGB IX"
    assert guards.bezeichnung_einmal("Eigenes", row.schluessel, HEUTE) is None
    with pytest.raises(SchrittUnzulaessig, match="gibt es schon"):
        services.create_instrument(angaben=angaben(fassung="2"), by=erste, tag=HEUTE)
    anderes = services.create_instrument(angaben=angaben(bezeichnung="Neu"), by=erste, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="gibt es schon"):
        services.update_instrument(fassung=anderes, angaben=angaben(), by=erste, tag=HEUTE)


def test_names_that_look_alike_are_two_instruments_and_long_ones_fit(erste, zweite):
    eins = offer(erste, zweite, bezeichnung="B.E.Ni")
    zwei = offer(erste, zweite, bezeichnung="BENi")
    assert instrumente_on(HEUTE) == [eins, zwei]
    lang = [
        services.create_instrument(
            angaben=angaben(bezeichnung=f"{'Bogen ' * 12}{ende}"), by=erste, tag=HEUTE
        )
        for ende in ("Nord", "Süd")
    ]
    assert lang[0].schluessel != lang[1].schluessel
    assert services.create_instrument(angaben=angaben(bezeichnung="§§"), by=erste, tag=HEUTE)


def test_fassung_allein_ab_tag(erste, zweite):
    eins = offer(erste, zweite)
    zwei = services.continue_instrument(
        fassung=eins, angaben=angaben(fassung="2"), by=erste, tag=HEUTE
    )
    assert "schon eine andere Fassung" in guards.fassung_allein_ab_tag(zwei).text
    zwei.gueltig_ab = MORGEN
    assert guards.fassung_allein_ab_tag(zwei) is None


@pytest.mark.parametrize("endet", [False, True])
@pytest.mark.parametrize("zustand", Instrumentzustand)
@pytest.mark.parametrize("wer", ["erste", "zweite"])
def test_every_state_and_step_agrees_with_its_button(request, erste, zweite, zustand, wer, endet):
    by = request.getfixturevalue(wer)
    row = services.create_instrument(angaben=angaben(), by=erste, tag=HEUTE)
    mehr = {"freigegeben_von": zweite, "freigegeben_am": HEUTE, "verworfen_grund": "x"}
    if endet:
        mehr |= {"ende_am": MORGEN, "ende_grund": "x", "ende_von": erste}
    force(row, zustand, **(mehr if zustand != "entwurf" else {}))
    row.refresh_from_db()
    daten = {"fassung": row, "by": by, "tag": HEUTE}
    take = {
        "bearbeiten": lambda: services.update_instrument(angaben=angaben(), **daten),
        "freigeben": lambda: services.release_instrument(**daten),
        "verwerfen": lambda: services.reject_instrument(grund="x", **daten),
        "fortschreiben": lambda: services.continue_instrument(
            angaben=replace(angaben(), fassung="2"), **daten
        ),
        "beenden": lambda: services.end_instrument(letzter_tag=MORGEN, grund="x", **daten),
        "ende_bestaetigen": lambda: services.confirm_instrumentende(**daten),
        "ende_zuruecknehmen": lambda: services.withdraw_instrumentende(**daten),
    }
    assert set(take) == {zeile.schritt for zeile in INSTRUMENTSCHRITTE.zeilen}
    for schritt, act in take.items():
        agree(INSTRUMENTSCHRITTE, Instrumentlage(by, HEUTE, row), schritt, act)


def test_antworten_passen(erste, zweite, fallmanager):
    fassung = offer(erste, zweite)
    row = begin(make_zustaendigen_fall(fallmanager), fallmanager, fassung)
    assert bedarfsguards.antworten_passen(row, 1, {"1.1.1": "So", "1.1.3": "1"}) is None
    assert "gehört nicht zur Skala" in bedarfsguards.antworten_passen(row, 1, {"1.1.3": "7"}).text
    for bogen, feld in ((1, "9.9.9"), (2, "1.1.1")):
        found = bedarfsguards.antworten_passen(row, bogen, {feld: "x"})
        assert found.text == "Diese Frage gibt es in diesem Bogen nicht."
    with pytest.raises(SchrittUnzulaessig, match="gehört nicht zur Skala"):
        answer(row, fallmanager, f1_1_3="7")


def test_pflichtfragen_beantwortet(erste, zweite, fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    row = begin(case, fallmanager, offer(erste, zweite))
    bedarf.update_bedarf(bedarfsermittlung=row, befunde={"d6": KOCHEN}, by=fallmanager, tag=HEUTE)
    found = bedarfsguards.pflichtfragen_beantwortet(row)
    assert found.text == "Noch nicht beantwortet: „Wie möchte die Person wohnen?“."
    assert found.url.endswith("/boegen/1/")
    with pytest.raises(SchrittUnzulaessig, match="Noch nicht beantwortet"):
        bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    answer(row, fallmanager, f1_1_1="Allein")
    assert bedarfsguards.pflichtfragen_beantwortet(row) is None
    bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    with refused("festgeschriebenen"):
        Instrumentantwort.objects.create(bedarfsermittlung=row, feld="1.1.2", wert="x")


def test_repetition_begins_with_the_last_answers_but_asks_the_person_anew(
    erste, zweite, fallmanager
):
    case = make_zustaendigen_fall(fallmanager)
    fassung = offer(erste, zweite)
    row = begin(case, fallmanager, fassung)
    bedarf.update_bedarf(bedarfsermittlung=row, befunde={"d6": KOCHEN}, by=fallmanager, tag=HEUTE)
    answer(row, fallmanager, f1_1_1="Allein", f1_1_2="Zwei Stunden", f1_1_3="1")
    bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    neu = begin(case, fallmanager, fassung, MORGEN, grund="Umzug")
    assert {a.feld: a.wert for a in neu.antworten.all()} == {"1.1.2": "Zwei Stunden", "1.1.3": "1"}
    answer(neu, fallmanager, MORGEN, f1_1_2="Drei Stunden")
    stand = boegen_of(neu)[0]
    assert [(frage, text, anders) for frage, _, text, anders in stand.antworten] == [
        ("Was ist nötig?", "Drei Stunden", True),
        ("Wie stark?", "1 – volle", False),
    ]
    assert stand.offen == 2


def test_pages_from_template_to_answers(client, erste, zweite, fallmanager):
    client.force_login(erste)
    liste = reverse("instrumente")
    assert "HMB-W 5/2001 (unvollständig)" in client.get(liste).content.decode()
    fenster = Fenster.open(erste, f"{reverse('instrument_neu')}?vorlage=allgemein")
    assert fenster.send(fenster.read()).status_code == 302
    row = Instrumentfassung.objects.get()
    client.force_login(zweite)
    frei = reverse("instrument_freigeben", args=[row.pk])
    assert "Bogen C: Die neun Lebensbereiche" in client.get(frei).content.decode()
    assert client.post(frei, {}).status_code == 302
    case = make_zustaendigen_fall(fallmanager)
    neu = Fenster.open(fallmanager, reverse("bedarf_neu", args=[case.pk]))
    felder = neu.read()
    felder |= {"instrumentfassung": [str(row.pk)], "datum": ["20.11.2026"]}
    assert neu.send(felder).status_code == 302
    ermittlung = case.bedarfsermittlungen.get()
    assert (ermittlung.instrumentfassung, ermittlung.instrument) == (row, str(row))
    bogen = Fenster.open(fallmanager, reverse("bedarf_bogen", args=[case.pk, ermittlung.pk, 4]))
    felder = bogen.read()
    felder["antwort_4_1_5"] = ["31.12.2028"]
    felder["antwort_4_1_2"] = ["-3"]
    assert bogen.send(felder).status_code == 302
    client.force_login(fallmanager)
    seite = client.get(reverse("bedarf_anzeigen", args=[case.pk, ermittlung.pk])).content.decode()
    assert "-3 – erhebliche Barriere" in seite
    assert "3 von 5 Fragen offen" in seite
    # A day that was saved is shown again as a day.
    assert bogen.read()["antwort_4_1_5"] == ["31.12.2028"]


def test_unreadable_structure_is_an_error_at_its_field(client, erste):
    client.force_login(erste)
    url = f"{reverse('instrument_neu')}?vorlage=bei_bw"
    antwort = client.post(
        url,
        {
            "bezeichnung": "X",
            "fassung": "1",
            "quelle": "y",
            "gueltig_ab": "01.01.2026",
            "aufbau": "Bogen A: B\nQuatsch",
        },
    )
    assert antwort.status_code == 422
    assert antwort.context["form"].errors["aufbau"][0].startswith("Zeile 2: ")
    assert "Quatsch" in antwort.content.decode()
