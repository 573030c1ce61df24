"""A Gutachten from the question to its use in the Bedarf (§ 17 SGB IX)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.antrag.services.traegerbeteiligung import involve_traeger
from cases.models import Frist, Schreiben, Unterlage, Versand
from cases.schreiben.services.bekanntgabe import record_nichtzugang
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf.guards import gutachten_verwertet
from gesamtplan.bedarf.services import complete_bedarfsermittlung
from gesamtplan.gutachten import guards, services
from gesamtplan.gutachten.queries import satz_for_plan, vorhandenes_of
from gesamtplan.gutachten.schritte import GUTACHTENSCHRITTE, Gutachtenlage
from gesamtplan.konferenz.queries import waits_for_gutachten
from gesamtplan.models import Gutachten
from gesamtplan.models.angaben import Gutachtenangaben, Sachverstaendigenangabe
from gesamtplan.states.gutachten import Gutachtenstand
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import HEUTE, antrag_of, make_traeger, norm_of
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of
from tests.schrittprobe import agree, force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]
MORGEN, GESTERN = HEUTE + timedelta(days=1), HEUTE - timedelta(days=1)
DREI = tuple(
    Sachverstaendigenangabe(f"Dr. {name}", f"Weg {nummer}\n70999 Musterau", "Psychiatrie")
    for nummer, name in enumerate(("Ahn", "Bopp", "Czech"), 1)
)
ANGABEN = Gutachtenangaben("Antrag auf Assistenz", "Welche Assistenz ist nötig?", DREI)
WAHL = {"wahl": 2, "durch": "person", "grund": "", "am": HEUTE}


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def case(fallmanager):
    return bausteine.make_zustaendigen_fall(fallmanager)


def prepare(case, by, **anders) -> Gutachten:
    return services.create_gutachten(
        case=case, angaben=replace(ANGABEN, **anders), by=by, tag=HEUTE
    )


def named(case, by) -> Gutachten:
    return services.issue_benennung(gutachten=prepare(case, by), by=by, tag=HEUTE)


def chosen(case, by) -> Gutachten:
    return services.record_wahl(gutachten=named(case, by), **WAHL, by=by, tag=HEUTE)


def order(client, row, by) -> Gutachten:
    """Write the order and let it leave the house."""
    client.force_login(by)
    client.post(reverse("gutachtenauftrag", args=[row.case_id, row.pk]), {"vorgang": ""})
    brief = Schreiben.objects.get(art="gutachtenauftrag", case=row.case_id)
    versand = send(schreiben=brief, weg="post", by=by, tag=HEUTE)
    record_aufgabe(versand=versand, aufgabe_am=HEUTE, by=by, tag=HEUTE)
    row.refresh_from_db()
    return row


def accept(row, by, am=HEUTE, tag=HEUTE):
    return services.accept_gutachten(gutachten=row, am=am, unterlage=None, by=by, tag=tag)


def frist_of(case, regel) -> Frist:
    return Frist.objects.get(case=case, regel=regel)


def make_befund(case, by, **anders) -> Unterlage:
    werte = {"art": "befund", "titel": "Befund der Klinik", "datum": GESTERN, "verfasser": "Klinik"}
    return Unterlage.objects.create(
        case=case, eingegangen_am=HEUTE, hochgeladen_von=by, **(werte | anders)
    )


def test_three_experts_are_named_or_it_is_said_why_not(case, fallmanager):
    row = prepare(case, fallmanager, sachverstaendige=DREI[:1])
    hindernis = guards.drei_zur_wahl(row, HEUTE)
    assert norm_of(hindernis) == "§ 17 Abs. 1 SGB IX"
    with pytest.raises(SchrittUnzulaessig, match="drei Sachverständige"):
        services.issue_benennung(gutachten=row, by=fallmanager, tag=HEUTE)
    angaben = replace(ANGABEN, sachverstaendige=DREI[:1], weniger_grund="Nur das Gesundheitsamt.")
    row = services.update_gutachten(gutachten=row, angaben=angaben, by=fallmanager, tag=HEUTE)
    assert guards.drei_zur_wahl(row, HEUTE) is None
    assert services.issue_benennung(gutachten=row, by=fallmanager, tag=HEUTE).benannt_am == HEUTE


@pytest.mark.parametrize(
    ("tag", "norm"),
    [
        (date(2017, 12, 31), "§ 14 Abs. 5 SGB IX a.F."),
        (date(2018, 1, 1), "§ 17 Abs. 1 SGB IX"),
        (date(2020, 1, 1), "§ 17 Abs. 1 SGB IX"),
    ],
)
def test_law_of_the_day_is_cited(tag, norm):
    assert guards.gutachtennorm_am(tag) == norm


def test_drei_zur_wahl(case, fallmanager):
    assert guards.drei_zur_wahl(prepare(case, fallmanager), HEUTE) is None


def test_vorhandenes_geprueft(case, fallmanager):
    row = prepare(case, fallmanager)
    assert guards.vorhandenes_geprueft(row, vorhandenes_of(case)) is None
    make_befund(case, fallmanager)
    make_befund(
        case,
        fallmanager,
        titel="falscher Fall",
        irrtuemlich_am="2026-11-20T09:00:00Z",
        irrtuemlich_von=fallmanager,
        irrtuemlich_grund="falscher Fall",
    )
    vorhandenes = vorhandenes_of(case)
    assert vorhandenes == ["ärztlicher Befund „Befund der Klinik“ vom 19.11.2026, Klinik"]
    hindernis = guards.vorhandenes_geprueft(row, vorhandenes)
    assert norm_of(hindernis) == "§ 96 SGB X"
    with pytest.raises(SchrittUnzulaessig, match="In der Akte liegt schon"):
        services.issue_benennung(gutachten=row, by=fallmanager, tag=HEUTE)
    row.neu_grund = "Der Befund sagt nichts über die Wohnung."
    assert guards.vorhandenes_geprueft(row, vorhandenes) is None


def test_kein_gutachten_offen(case, fallmanager):
    assert guards.kein_gutachten_offen(case, HEUTE) is None
    row = prepare(case, fallmanager)
    assert norm_of(guards.kein_gutachten_offen(case, HEUTE)) == "§ 17 Abs. 1 SGB IX"
    with pytest.raises(SchrittUnzulaessig, match="schon in Vorbereitung"):
        prepare(case, fallmanager)
    services.discard_gutachten(gutachten=row, grund="Befund genügt", by=fallmanager, tag=HEUTE)
    prepare(case, fallmanager)


def test_wahl_passt(case, fallmanager):
    row = named(case, fallmanager)
    assert guards.wahl_passt(row, 2, "person", "", HEUTE, HEUTE) is None
    for wahl, durch, am, wort in [
        (4, "person", HEUTE, "benannten"),
        (1, "person", MORGEN, "Zukunft"),
        (1, "person", GESTERN, "Benannt wurden"),
        (1, "behoerde", HEUTE, "begründen"),
    ]:
        assert wort in guards.wahl_passt(row, wahl, durch, "", am, HEUTE).text
    assert guards.wahl_passt(row, 1, "behoerde", "keine Antwort", HEUTE, HEUTE) is None


def test_eingang_passt(case, fallmanager):
    row = prepare(case, fallmanager)
    row.beauftragt_am = HEUTE
    assert guards.eingang_passt(row, HEUTE, None, HEUTE) is None
    assert "Zukunft" in guards.eingang_passt(row, MORGEN, None, HEUTE).text
    assert "erst am" in guards.eingang_passt(row, GESTERN, None, HEUTE).text
    fremd = make_befund(bausteine.make_zustaendigen_fall(fallmanager), fallmanager)
    assert "anderen Fall" in guards.eingang_passt(row, HEUTE, fremd, HEUTE).text


def test_bedarf_in_arbeit(case, fallmanager):
    assert norm_of(guards.bedarf_in_arbeit(case, HEUTE)) == "§ 17 Abs. 2 SGB IX"
    bausteine.make_ermittlung(case, fallmanager)
    assert guards.bedarf_in_arbeit(case, HEUTE) is None


def test_etwas_festgestellt():
    assert guards.etwas_festgestellt({"d1": "x"}, HEUTE) is None
    assert norm_of(guards.etwas_festgestellt({"d1": " "}, HEUTE)) == "§ 17 Abs. 2 SGB IX"


def test_order_starts_f06_and_lets_the_three_weeks_rest(client, case, fallmanager):
    antrag = antrag_of(case)
    assert frist_of(case, "F04").state == "offen"
    assert not waits_for_gutachten(case, antrag)
    row = order(client, chosen(case, fallmanager), fallmanager)
    assert (row.state, row.beauftragt_am) == ("beauftragt", HEUTE)
    f06 = frist_of(case, "F06")
    assert (f06.gegenstand, f06.ausloeser_datum) == (f"gutachten:{row.pk}", HEUTE)
    assert frist_of(case, "F04").state == "aufgehoben"
    assert waits_for_gutachten(case, antrag)
    brief = Schreiben.objects.get(art="gutachtenauftrag")
    assert brief.empfaenger == ["Dr. Bopp", "Weg 2", "70999 Musterau"]


def test_receipt_meets_f06_and_starts_f05(client, case, fallmanager):
    row = accept(order(client, chosen(case, fallmanager), fallmanager), fallmanager)
    assert row.state == "eingegangen"
    assert frist_of(case, "F06").state == "gewahrt"
    f05 = frist_of(case, "F05")
    assert (f05.ausloeser_datum, f05.state) == (HEUTE, "offen")
    assert f05.ende == date(2026, 12, 4)


def test_gutachten_that_falls_away_lets_the_three_weeks_run_on(client, case, fallmanager):
    row = order(client, chosen(case, fallmanager), fallmanager)
    services.discard_gutachten(gutachten=row, grund="Antrag geklärt", by=fallmanager, tag=HEUTE)
    assert frist_of(case, "F04").state == "offen"
    assert frist_of(case, "F06").state == "aufgehoben"


def test_order_that_did_not_arrive_is_taken_back_and_may_be_sent_again(client, case, fallmanager):
    row = order(client, chosen(case, fallmanager), fallmanager)
    assert frist_of(case, "F04").state == "aufgehoben"
    versand = Versand.objects.get(schreiben__art="gutachtenauftrag")
    record_nichtzugang(
        versand=versand, am=MORGEN, feststellung="Rücklauf", by=fallmanager, tag=MORGEN
    )
    row.refresh_from_db()
    assert (row.state, row.beauftragt_am) == (Gutachtenstand.GEWAEHLT, None)
    assert frist_of(case, "F04").state == "offen"
    assert frist_of(case, "F06").state == "aufgehoben"
    neu = send(schreiben=versand.schreiben, weg="post", by=fallmanager, tag=MORGEN)
    record_aufgabe(versand=neu, aufgabe_am=MORGEN, by=fallmanager, tag=MORGEN)
    row.refresh_from_db()
    assert (row.state, row.beauftragt_am) == (Gutachtenstand.BEAUFTRAGT, MORGEN)
    assert frist_of(case, "F04").state == "aufgehoben"
    f06 = Frist.objects.filter(case=case, regel="F06").exclude(state="aufgehoben").get()
    assert f06.ausloeser_datum == MORGEN


def test_order_stays_while_another_of_its_sendings_is_on_its_way(client, case, fallmanager):
    row = order(client, chosen(case, fallmanager), fallmanager)
    erste = Versand.objects.get(schreiben__art="gutachtenauftrag")
    zweite = send(schreiben=erste.schreiben, weg="einschreiben", by=fallmanager, tag=HEUTE)
    record_aufgabe(versand=zweite, aufgabe_am=HEUTE, by=fallmanager, tag=HEUTE)
    record_nichtzugang(
        versand=erste, am=MORGEN, feststellung="Rücklauf", by=fallmanager, tag=MORGEN
    )
    row.refresh_from_db()
    assert row.state == Gutachtenstand.BEAUFTRAGT
    # What came in cannot be taken back by a letter that is said to be lost later.
    accept(row, fallmanager, am=MORGEN, tag=MORGEN)
    services.withdraw_gutachten(erste.schreiben, None, fallmanager, MORGEN)
    row.refresh_from_db()
    assert row.state == Gutachtenstand.EINGEGANGEN


def test_several_carriers_keep_their_own_time(client, case, fallmanager):
    row = order(client, chosen(case, fallmanager), fallmanager)
    involve_traeger(
        antrag=antrag_of(case),
        traeger=make_traeger("rentenversicherung", "DRV Probe"),
        gruppen=["b_medizinische_rehabilitation"],
        frage="Bedarf?",
        by=fallmanager,
        tag=HEUTE,
    )
    assert frist_of(case, "F08").state == "offen"
    accept(row, fallmanager)
    assert not Frist.objects.filter(case=case, regel="F05").exists()


def test_gutachten_verwertet(client, case, fallmanager):
    ermittlung = bausteine.make_ermittlung(case, fallmanager)
    assert gutachten_verwertet(case, HEUTE) is None
    row = order(client, chosen(case, fallmanager), fallmanager)
    assert "steht noch aus" in gutachten_verwertet(case, HEUTE).text
    row = accept(row, fallmanager)
    hindernis = gutachten_verwertet(case, HEUTE)
    assert norm_of(hindernis) == "§ 17 Abs. 2 SGB IX"
    with pytest.raises(SchrittUnzulaessig, match="noch nicht verwertet"):
        complete_bedarfsermittlung(bedarfsermittlung=ermittlung, by=fallmanager, tag=HEUTE)
    row = services.complete_gutachten(
        gutachten=row, texte={"d6": "Kocht mit Anleitung."}, by=fallmanager, tag=HEUTE
    )
    assert gutachten_verwertet(case, HEUTE) is None
    aussage = row.bedarfsermittlung.aussagen.get()
    assert (aussage.stimme, aussage.urheber, aussage.lebensbereich) == (
        "gutachten",
        "Dr. Bopp",
        "d6",
    )
    assert "Gutachten von Dr. Bopp, Psychiatrie, eingegangen am 20.11.2026" in satz_for_plan(case)
    complete_bedarfsermittlung(bedarfsermittlung=ermittlung, by=fallmanager, tag=HEUTE)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Gutachten.objects.filter(pk=row.pk).update(anlass="anders")


def test_named_experts_are_fixed(case, fallmanager):
    row = named(case, fallmanager)
    with pytest.raises(DatabaseError, match="festgeschriebenen"), transaction.atomic():
        row.sachverstaendige.update(name="Dr. Anders")
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        services.update_gutachten(gutachten=row, angaben=ANGABEN, by=fallmanager, tag=HEUTE)


@pytest.mark.parametrize("zustand", Gutachtenstand)
def test_every_state_and_step_agrees_with_its_button(case, fallmanager, leitung, zustand):
    ermittlung = bausteine.make_ermittlung(case, fallmanager)
    row = prepare(case, fallmanager)
    tage = dict.fromkeys(("benannt_am", "wahl_am", "beauftragt_am"), HEUTE)
    force(
        row,
        zustand,
        **tage,
        wahl=2,
        wahl_durch="person",
        eingegangen_am=HEUTE,
        entfallen_grund="x",
        bedarfsermittlung=ermittlung,
    )
    take = {
        "bearbeiten": lambda r, by: services.update_gutachten(
            gutachten=r, angaben=ANGABEN, by=by, tag=HEUTE
        ),
        "benennen": lambda r, by: services.issue_benennung(gutachten=r, by=by, tag=HEUTE),
        "waehlen": lambda r, by: services.record_wahl(gutachten=r, **WAHL, by=by, tag=HEUTE),
        "annehmen": accept,
        "verwerten": lambda r, by: services.complete_gutachten(
            gutachten=r, texte={"d1": "x"}, by=by, tag=HEUTE
        ),
        "entfallen": lambda r, by: services.discard_gutachten(
            gutachten=r, grund="y", by=by, tag=HEUTE
        ),
    }
    assert set(take) == {zeile.schritt for zeile in GUTACHTENSCHRITTE.zeilen}
    for schritt, act in take.items():
        for user in (fallmanager, leitung):
            jetzt = Gutachten.objects.select_related("case").get(pk=row.pk)
            lage = Gutachtenlage(user, HEUTE, jetzt)
            agree(GUTACHTENSCHRITTE, lage, schritt, lambda r=jetzt, u=user, a=act: a(r, u))


def test_whole_way_through_the_pages(client, case, fallmanager):
    client.force_login(fallmanager)
    make_befund(case, fallmanager)
    neu = reverse("gutachten_neu", args=[case.pk])
    seite = client.get(neu)
    assert "Befund der Klinik" in seite.content.decode()
    felder = felder_of(seite) | {"anlass": "Assistenz", "fragen": "Wie viel?", "name_1": "Dr. Ahn"}
    antwort = client.post(neu, felder)
    assert list(antwort.context["form"].errors) == ["anschrift_1"]
    assert "Wie viel?" in antwort.content.decode()
    for nummer, eine in enumerate(DREI, 1):
        felder |= {f"name_{nummer}": eine.name, f"anschrift_{nummer}": eine.anschrift}
    assert client.post(neu, felder).status_code == 302
    row = Gutachten.objects.get()
    liste = reverse("gutachten", args=[case.pk])
    assert "§ 96 SGB X" in client.get(liste).content.decode()
    bearbeiten = reverse("gutachten_bearbeiten", args=[case.pk, row.pk])
    felder = felder_of(client.get(bearbeiten)) | {"neu_grund": "Zu alt."}
    assert client.post(bearbeiten, felder).status_code == 302
    client.post(reverse("gutachten_benennen", args=[case.pk, row.pk]), {"vorgang": ""})
    pdf = client.get(reverse("gutachterwahl_pdf", args=[case.pk, row.pk]))
    text = text_of(pdf.content)
    assert "Dr. Czech" in text
    assert "§ 17 Abs. 1 SGB IX" in text
    client.post(reverse("gutachterwahl", args=[case.pk, row.pk]), {"vorgang": ""})
    assert Schreiben.objects.filter(art="gutachterwahl").exists()
    waehlen = reverse("gutachten_waehlen", args=[case.pk, row.pk])
    felder = felder_of(client.get(waehlen)) | {"wahl": "3", "am": f"{HEUTE:%d.%m.%Y}"}
    assert client.post(waehlen, felder).status_code == 302
    row = order(client, row, fallmanager)
    eingang = reverse("gutachten_annehmen", args=[case.pk, row.pk])
    assert client.post(eingang, {"am": f"{HEUTE:%d.%m.%Y}"}).status_code == 302
    assert "keine Bedarfsermittlung in Arbeit" in client.get(liste).content.decode()
    ermittlung = bausteine.make_ermittlung(case, fallmanager)
    verwerten = reverse("gutachten_verwerten", args=[case.pk, row.pk])
    assert client.post(verwerten, {}).status_code == 422
    antwort = client.post(verwerten, {"d2": "Braucht feste Abläufe."})
    assert antwort.url == reverse("bedarf_anzeigen", args=[case.pk, ermittlung.pk])
    assert "Braucht feste Abläufe." in client.get(antwort.url).content.decode()
    fremd = bausteine.make_zustaendigen_fall(fallmanager)
    assert client.get(reverse("gutachten_waehlen", args=[fremd.pk, row.pk])).status_code == 404
