"""The authority's own texts: who writes, who releases, which version is offered, what is filled."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Textbaustein
from cases.registry.textstelle import has_platzhalter
from cases.states.tafel import SchrittUnzulaessig
from cases.states.textbaustein import Bausteinzustand
from cases.textbaustein import guards, services
from cases.textbaustein.queries import (
    angebote_for,
    bausteine_on,
    previous_version,
    versions_in_force,
)
from cases.textbaustein.schritte import BAUSTEINSCHRITTE, Bausteinlage
from tests.cases.textbaustein.proben import AB, STELLE, angaben, offer, write
from tests.fabriken import HEUTE, make_fall, make_leitung, make_team
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
MORGEN = HEUTE + timedelta(days=1)


@contextmanager
def refused(match: str):
    """Assert that the database itself refuses a change."""
    with pytest.raises((InternalError, ProgrammingError), match=match), transaction.atomic():
        yield


def offered(tag: date) -> list[str]:
    return [row.text for row in bausteine_on("gesamtplan.", tag).get(STELLE, [])]


def test_text_is_offered_once_a_second_person_has_released_it(erste, zweite):
    row = write(erste, "Text eins")
    assert offered(HEUTE) == []
    services.release_textbaustein(textbaustein=row, by=zweite, tag=HEUTE)
    assert offered(HEUTE) == ["Text eins"]
    assert offered(AB - timedelta(days=1)) == []


def test_next_version_ends_the_one_before_from_its_own_day(erste, zweite):
    row = offer(erste, zweite, "Text eins")
    neu = services.continue_textbaustein(
        textbaustein=row, angaben=angaben("Text zwei", ab=MORGEN), by=zweite, tag=HEUTE
    )
    assert (neu.version, neu.kennung, offered(MORGEN)) == (2, row.kennung, ["Text eins"])
    services.release_textbaustein(textbaustein=neu, by=erste, tag=HEUTE)
    assert [offered(HEUTE), offered(MORGEN)] == [["Text eins"], ["Text zwei"]]
    assert versions_in_force(Textbaustein.objects.all(), MORGEN) == {neu.pk}


def test_ended_text_is_offered_until_its_last_day_and_not_after(erste, zweite):
    row = offer(erste, zweite, "Text eins")
    services.end_textbaustein(textbaustein=row, bis=MORGEN, by=erste, tag=HEUTE)
    assert [offered(MORGEN), offered(MORGEN + timedelta(days=1))] == [["Text eins"], []]
    with pytest.raises(SchrittUnzulaessig, match="Möglich ist ein Tag ab dem"):
        services.end_textbaustein(
            textbaustein=row, bis=HEUTE - timedelta(days=1), by=erste, tag=HEUTE
        )


def test_ended_version_does_not_bring_back_the_one_before(erste, zweite):
    row = offer(erste, zweite, "Text eins")
    neu = services.continue_textbaustein(
        textbaustein=row, angaben=angaben("Text zwei", ab=HEUTE), by=erste, tag=HEUTE
    )
    services.release_textbaustein(textbaustein=neu, by=zweite, tag=HEUTE)
    services.end_textbaustein(textbaustein=neu, bis=HEUTE, by=zweite, tag=HEUTE)
    assert offered(MORGEN) == []


def test_facts_are_filled_in_and_unknown_ones_stay_to_be_seen(erste, zweite, fallmanager):
    case = make_fall(fallmanager)
    offer(erste, zweite, "[[Name]] ([[ Aktenzeichen ]]), Plan vom [[Datum des Plans]].")
    angebot = angebote_for(case, "gesamtplan.", HEUTE)[STELLE][0]
    name = case.leistungsberechtigte_person.voller_name
    assert angebot.text == f"{name} ({case.aktenzeichen}), Plan vom [[Datum des Plans]]."
    assert has_platzhalter(angebot.text)


@pytest.mark.parametrize(
    ("text", "sagt"),
    [
        ("Guten Tag [[Nahme]]", "Diesen Platzhalter gibt es an dieser Stelle nicht: [[Nahme]]."),
        ("[[Nahme]] und [[Foo]]", "Diese Platzhalter gibt es an dieser Stelle nicht"),
        ("Guten Tag [[ ]]", "Ein Platzhalter ist leer"),
        ("Guten Tag [[Name", "nicht geschlossen"),
        ("Guten Tag Name]]", "nicht geschlossen"),
        ("[[Name]] und [[", "nicht geschlossen"),
    ],
)
def test_platzhalter_bekannt(erste, text, sagt):
    assert guards.platzhalter_bekannt(STELLE, "[[Name]] und [[Datum des Plans]]") is None
    assert sagt in guards.platzhalter_bekannt(STELLE, text).text
    with pytest.raises(SchrittUnzulaessig, match="Platzhalter"):
        write(erste, text)


def test_placeholder_of_a_plan_is_unknown_elsewhere(db):
    assert (
        "[[Datum des Plans]]" in guards.platzhalter_bekannt("brief.x", "[[Datum des Plans]]").text
    )


def test_stelle_bekannt(erste):
    assert guards.stelle_bekannt(STELLE) is None
    assert guards.stelle_bekannt("gesamtplan.nichts").text.startswith("Diese Stelle gibt es nicht")
    with pytest.raises(SchrittUnzulaessig, match="Diese Stelle"):
        write(erste, stelle="gesamtplan.nichts")


def test_norm_lesbar():
    assert guards.norm_lesbar("") is None
    assert guards.norm_lesbar("§ 121 Abs. 4 Nr. 2 SGB IX, § 58 SGB XII") is None
    assert "zum Beispiel" in guards.norm_lesbar("irgendwas").text


def test_fassung_nach_der_vorigen(erste, zweite):
    row = offer(erste, zweite)
    assert guards.fassung_nach_der_vorigen(row, MORGEN, None) is None
    assert guards.fassung_nach_der_vorigen(None, AB, AB) is None
    assert "späteren Tag" in guards.fassung_nach_der_vorigen(row, AB, None).text
    assert "vor dem ersten" in guards.fassung_nach_der_vorigen(None, MORGEN, HEUTE).text


def test_baustein_durch_zweite_person(erste, zweite):
    """Whoever has ever written on it is out, also after somebody else has written last."""
    row = write(erste)
    services.update_textbaustein(textbaustein=row, angaben=angaben("Neu"), by=zweite, tag=HEUTE)
    row.refresh_from_db()
    dritte = make_leitung("dritte", make_team())
    for wer in (erste, zweite):
        found = guards.baustein_durch_zweite_person(row, wer)
        assert found.norm == "Vier-Augen-Grundsatz"
    assert guards.baustein_durch_zweite_person(row, dritte) is None
    for wer in (erste, zweite):
        with pytest.raises(SchrittUnzulaessig, match="Sie haben diesen Textbaustein selbst"):
            services.release_textbaustein(textbaustein=row, by=wer, tag=HEUTE)
    services.release_textbaustein(textbaustein=row, by=dritte, tag=HEUTE)


def test_database_refuses_one_pair_of_eyes_and_any_change_after_the_release(erste, zweite):
    row = write(erste)
    frei = {"state": "freigegeben", "freigegeben_am": HEUTE}
    with refused("mitgeschrieben"):
        Textbaustein.objects.filter(pk=row.pk).update(freigegeben_von=erste, **frei)
    services.update_textbaustein(textbaustein=row, angaben=angaben("Neu"), by=zweite, tag=HEUTE)
    services.update_textbaustein(textbaustein=row, angaben=angaben("Neuer"), by=erste, tag=HEUTE)
    with refused("mitgeschrieben"):
        Textbaustein.objects.filter(pk=row.pk).update(freigegeben_von=zweite, **frei)
    dritte = make_leitung("dritte", make_team())
    services.release_textbaustein(textbaustein=row, by=dritte, tag=HEUTE)
    for change in ({"text": "anders"}, {"gueltig_ab": MORGEN}, {"state": "entwurf"}):
        with refused("Cannot update|Invalid transition"):
            Textbaustein.objects.filter(pk=row.pk).update(**change)


def test_only_fachadministration_writes(erste, zweite):
    leitung = make_leitung("leitung", make_team())
    with pytest.raises(SchrittUnzulaessig, match="schreibt die Fachadministration"):
        write(leitung)
    row = offer(erste, zweite)
    with pytest.raises(SchrittUnzulaessig, match="Rolle"):
        services.continue_textbaustein(
            textbaustein=row, angaben=angaben("x", ab=MORGEN), by=leitung, tag=HEUTE
        )


def test_kein_offener_entwurf(erste, zweite):
    row = offer(erste, zweite)
    assert guards.kein_offener_entwurf(row) is None
    services.continue_textbaustein(
        textbaustein=row, angaben=angaben("x", ab=MORGEN), by=erste, tag=HEUTE
    )
    assert "schon eine neue Fassung" in guards.kein_offener_entwurf(row).text


def test_baustein_gilt_noch(erste, zweite):
    row = offer(erste, zweite)
    assert guards.baustein_gilt_noch(row, HEUTE) is None
    row.gueltig_bis = HEUTE
    assert guards.baustein_gilt_noch(row, HEUTE) is None
    assert guards.baustein_gilt_noch(row, MORGEN).text.startswith("Diese Fassung galt bis")


def test_baustein_ist_der_neueste(erste, zweite):
    row = offer(erste, zweite)
    assert guards.baustein_ist_der_neueste(row, None) is None
    neu = services.continue_textbaustein(
        textbaustein=row, angaben=angaben("x", ab=MORGEN), by=erste, tag=HEUTE
    )
    services.release_textbaustein(textbaustein=neu, by=zweite, tag=HEUTE)
    assert guards.baustein_ist_der_neueste(neu, previous_version(neu)) is None
    assert "abgelöst" in guards.baustein_ist_der_neueste(row, previous_version(row)).text


@pytest.mark.parametrize("zustand", Bausteinzustand)
@pytest.mark.parametrize("wer", ["erste", "zweite"])
def test_every_state_and_step_agrees_with_its_button(request, erste, zweite, zustand, wer):
    by = request.getfixturevalue(wer)
    row = write(erste)
    force(
        row,
        zustand,
        **(
            {"freigegeben_von": zweite, "freigegeben_am": HEUTE} if zustand == "freigegeben" else {}
        ),
        **({"verworfen_grund": "überholt"} if zustand == "verworfen" else {}),
    )
    row.refresh_from_db()
    take = {
        "bearbeiten": lambda: services.update_textbaustein(
            textbaustein=row, angaben=angaben("y"), by=by, tag=HEUTE
        ),
        "freigeben": lambda: services.release_textbaustein(textbaustein=row, by=by, tag=HEUTE),
        "verwerfen": lambda: services.reject_textbaustein(
            textbaustein=row, grund="x", by=by, tag=HEUTE
        ),
        "fortschreiben": lambda: services.continue_textbaustein(
            textbaustein=row, angaben=angaben("y", ab=MORGEN), by=by, tag=HEUTE
        ),
        "beenden": lambda: services.end_textbaustein(
            textbaustein=row, bis=MORGEN, by=by, tag=HEUTE
        ),
    }
    assert set(take) == {zeile.schritt for zeile in BAUSTEINSCHRITTE.zeilen}
    for schritt, act in take.items():
        agree(BAUSTEINSCHRITTE, Bausteinlage(by, HEUTE, row), schritt, act)


def test_pages_write_release_and_show_an_error_at_its_field(client, erste, zweite):
    client.force_login(erste)
    url = reverse("textbaustein_neu")
    daten = {
        "stelle": STELLE,
        "titel": "Eigener Beitrag",
        "text": "[[Nahme]] übt.",
        "norm": "unlesbar",
        "gueltig_ab": "01.01.2026",
        "gueltig_bis": "",
    }
    antwort = client.post(url, daten)
    assert antwort.status_code == 422
    assert set(antwort.context["form"].errors) == {"text", "norm"}
    assert "[[Nahme]] übt." in antwort.content.decode()
    client.post(url, {**daten, "text": "[[Name]] übt.", "norm": ""})
    row = Textbaustein.objects.get()
    frei = reverse("textbaustein_freigeben", args=[row.pk])
    assert "Sie haben diesen Textbaustein selbst geschrieben" in client.get(frei).content.decode()
    client.force_login(zweite)
    assert client.post(frei, {}).status_code == 302
    row.refresh_from_db()
    assert row.state == "freigegeben"
    assert "Eigener Beitrag, Fassung 1" in client.get(reverse("textbausteine")).content.decode()


def test_list_asks_the_same_number_of_queries_with_many_texts(client, erste, zweite):
    client.force_login(zweite)
    anzahl = []
    for _ in range(3):
        offer(erste, zweite)
        write(erste)
        client.get(reverse("textbausteine"))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("textbausteine"))
        anzahl.append(len(found))
    assert anzahl[0] == anzahl[1] == anzahl[2]
