"""The Teilhabeplan of several carriers (§ 19 SGB IX): asked, agreed, of another view, released."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.antrag.services.traegerbeteiligung import involve_traeger
from cases.models import Frist, Schreiben, Traegerbeteiligung
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planabstimmung
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe
from gesamtplan.states.teilhabeplan import Abstimmungsstand
from gesamtplan.teilhabeplan import guards, services
from gesamtplan.teilhabeplan.queries import (
    find_plan,
    inhalte_of,
    mark_of_content,
    traegerstand_of,
)
from gesamtplan.teilhabeplan.schritte import ABSTIMMUNGSSCHRITTE, Abstimmungslage
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import HEUTE, antrag_of, make_traeger, norm_of
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
MORGEN, GESTERN = HEUTE + timedelta(days=1), HEUTE - timedelta(days=1)


def involve(case, by, art="rentenversicherung", name="DRV Probe"):
    return involve_traeger(
        antrag=antrag_of(case),
        traeger=make_traeger(art, name),
        gruppen=["b_medizinische_rehabilitation"],
        frage="Bedarf?",
        by=by,
        tag=HEUTE,
    )


@pytest.fixture
def plan(fallmanager):
    plan = bausteine.make_plan(fallmanager)
    involve(plan.case, fallmanager)
    return get_plan(plan.pk)


def ask(plan, by, bis=MORGEN, angefragt_am=HEUTE, tag=HEUTE) -> Planabstimmung:
    traeger = traegerstand_of(plan)[0].traeger
    return services.start_abstimmung(
        gesamtplan=plan, traeger=traeger, angefragt_am=angefragt_am, bis=bis, by=by, tag=tag
    )


def missing(plan):
    return guards.andere_traeger_gehoert(plan, traegerstand_of(plan))


def test_who_takes_part_is_what_the_zustaendigkeit_has_on_record(plan, fallmanager):
    involve(plan.case, fallmanager, "krankenkasse", "AOK Probe")
    assert [z.traeger.name for z in traegerstand_of(plan)] == ["AOK Probe", "DRV Probe"]
    assert traegerstand_of(Gesamtplan(case=plan.case, datum=date(2017, 12, 31))) == []
    wahl = {"version": plan.version}
    assert find_plan(plan.case, wahl) == plan
    Gesamtplan.objects.filter(pk=plan.pk).update(datum=date(2017, 12, 31))
    assert find_plan(plan.case, wahl) is None
    nummern = [inhalt.nummer for inhalt in inhalte_of(plan)]
    assert nummern == [f"T{n}" for n in range(1, 13)]


def test_andere_traeger_gehoert(plan, fallmanager):
    assert [(h.norm, "noch nicht gefragt" in h.text) for h in missing(plan)] == [
        ("§ 19 Abs. 1 SGB IX", True)
    ]
    row = ask(plan, fallmanager)
    assert "nicht festgehalten" in missing(plan)[0].text
    services.record_abweichung(
        abstimmung=row, am=HEUTE, grund="Reha zuerst.", by=fallmanager, tag=HEUTE
    )
    assert missing(plan) == []


def change(plan, text="Ich koche für zwei."):
    plan.teilhabeziele.update(text=text)
    return get_plan(plan.pk)


def test_agreement_is_bound_to_the_contents_the_carrier_was_asked_about(plan, fallmanager):
    row = ask(plan, fallmanager)
    services.record_zustimmung(abstimmung=row, am=HEUTE, by=fallmanager, tag=HEUTE)
    assert missing(plan) == []
    plan = change(plan)
    (offen,) = missing(plan)
    assert "DRV Probe: Der Plan hat sich geändert" in offen.text
    row = services.reopen_abstimmung(
        abstimmung=row, angefragt_am=HEUTE, bis=MORGEN, by=fallmanager, tag=HEUTE
    )
    assert (row.state, row.erklaert_am) == ("angefragt", None)
    services.record_zustimmung(abstimmung=row, am=HEUTE, by=fallmanager, tag=HEUTE)
    assert missing(plan) == []
    # What was asked before there was a mark stays as it was said.
    Planabstimmung.objects.update(inhalt_sha256="")
    assert missing(change(plan, "Ich koche für drei.")) == []


def test_inhalt_wie_gefragt(plan, fallmanager):
    row = ask(plan, fallmanager)
    change(plan)
    for act in (
        lambda: services.record_zustimmung(abstimmung=row, am=HEUTE, by=fallmanager, tag=HEUTE),
        lambda: services.record_abweichung(
            abstimmung=row, am=HEUTE, grund="x", by=fallmanager, tag=HEUTE
        ),
    ):
        with pytest.raises(SchrittUnzulaessig, match="seit der Träger gefragt wurde"):
            act()


def test_inhalt_geaendert(client, plan, fallmanager):
    row = ask(plan, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="noch so, wie der Träger"):
        services.reopen_abstimmung(
            abstimmung=row, angefragt_am=HEUTE, bis=MORGEN, by=fallmanager, tag=HEUTE
        )
    client.force_login(fallmanager)
    seite = reverse("teilhabeplan", args=[plan.case_id, plan.version])
    erneut = reverse("planabstimmung_erneut", args=[plan.case_id, row.pk])
    assert erneut not in client.get(seite).content.decode()
    assert client.get(erneut)["Location"] == seite
    change(plan)
    html = client.get(seite).content.decode()
    assert erneut in html
    assert "seit der Anfrage geändert" in html
    felder = felder_of(client.get(erneut))
    assert client.post(erneut, felder)["Location"] == seite
    assert erneut not in client.get(seite).content.decode()


def test_release_waits_for_the_other_carriers(plan, fallmanager, leitung):
    freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    Traegerbeteiligung.objects.update(eingegangen_am=HEUTE, feststellung="Reha")
    with pytest.raises(SchrittUnzulaessig, match="DRV Probe ist zum Teilhabeplan"):
        freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    row = ask(plan, fallmanager)
    assert Frist.objects.get(case=plan.case, regel="F10").angaben == {"laenge": "6 Wochen"}
    assert Frist.objects.get(case=plan.case, regel="F08").state == "offen"
    services.record_zustimmung(abstimmung=row, am=HEUTE, by=fallmanager, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    assert Frist.objects.get(case=plan.case, regel="F10").state == "gewahrt"
    with pytest.raises(SchrittUnzulaessig, match="ist freigegeben"):
        services.record_abweichung(abstimmung=row, am=HEUTE, grund="x", by=fallmanager, tag=HEUTE)
    with pytest.raises(DatabaseError, match="festgeschriebenen"), transaction.atomic():
        Planabstimmung.objects.update(bis=MORGEN)


def test_traeger_nimmt_teil(plan, fallmanager):
    zeilen = traegerstand_of(plan)
    assert guards.traeger_nimmt_teil(plan, zeilen[0].traeger, zeilen) is None
    fremd = make_traeger("unfallversicherung", "BG Probe")
    assert norm_of(guards.traeger_nimmt_teil(plan, fremd, zeilen)) == "§ 15 Abs. 2 SGB IX"
    ask(plan, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="schon gefragt"):
        ask(plan, fallmanager)


def test_antworttag_passt():
    assert guards.antworttag_passt(HEUTE, MORGEN, HEUTE) is None
    assert "Zukunft" in guards.antworttag_passt(MORGEN, MORGEN, HEUTE).text
    assert "mindestens einen Tag" in guards.antworttag_passt(HEUTE, HEUTE, HEUTE).text


def test_erklaerung_passt():
    row = Planabstimmung(angefragt_am=HEUTE, bis=MORGEN)
    assert guards.erklaerung_passt(row, HEUTE, HEUTE) is None
    assert "Zukunft" in guards.erklaerung_passt(row, MORGEN, HEUTE).text
    assert "erst am" in guards.erklaerung_passt(row, GESTERN, HEUTE).text


def test_antworttag_vorbei():
    row = Planabstimmung(angefragt_am=GESTERN, bis=HEUTE)
    assert norm_of(guards.antworttag_vorbei(row, HEUTE)) == "§ 19 Abs. 1 SGB IX"
    assert guards.antworttag_vorbei(row, MORGEN) is None


@pytest.mark.parametrize("geaendert", [False, True])
@pytest.mark.parametrize("zustand", Abstimmungsstand)
def test_every_state_and_step_agrees_with_its_button(
    plan, fallmanager, leitung, zustand, geaendert
):
    row = ask(plan, fallmanager)
    force(row, zustand, erklaert_am=HEUTE, abweichung="x")
    if geaendert:
        change(plan)
    take = {
        "zustimmen": lambda r, by, tag: services.record_zustimmung(
            abstimmung=r, am=HEUTE, by=by, tag=tag
        ),
        "abweichen": lambda r, by, tag: services.record_abweichung(
            abstimmung=r, am=HEUTE, grund="y", by=by, tag=tag
        ),
        "schweigen": lambda r, by, tag: services.record_schweigen(abstimmung=r, by=by, tag=tag),
        "erneut_fragen": lambda r, by, tag: services.reopen_abstimmung(
            abstimmung=r, angefragt_am=HEUTE, bis=MORGEN, by=by, tag=tag
        ),
    }
    assert set(take) == {zeile.schritt for zeile in ABSTIMMUNGSSCHRITTE.zeilen}
    for schritt, act in take.items():
        for user in (fallmanager, leitung):
            for tag in (HEUTE, MORGEN + timedelta(days=1)):
                jetzt = Planabstimmung.objects.select_related("gesamtplan__case").get(pk=row.pk)
                lage = Abstimmungslage(user, tag, jetzt, mark_of_content(jetzt.gesamtplan))
                agree(
                    ABSTIMMUNGSSCHRITTE,
                    lage,
                    schritt,
                    lambda r=jetzt, u=user, t=tag, a=act: a(r, u, t),
                )


def test_whole_way_through_the_pages(client, plan, fallmanager, leitung):
    client.force_login(fallmanager)
    args = [plan.case_id, plan.version]
    seite = reverse("teilhabeplan", args=args)
    assert seite in client.get(reverse("gesamtplan_version", args=args)).content.decode()
    html = client.get(seite).content.decode()
    assert "noch nicht gefragt" in html
    assert "Entscheidung bei Beteiligung anderer Träger" in html
    traeger = traegerstand_of(plan)[0].traeger
    neu = reverse("planabstimmung_neu", args=[*args, traeger.pk])
    felder = felder_of(client.get(neu))
    antwort = client.post(neu, felder | {"bis": felder["angefragt_am"]})
    assert "mindestens einen Tag" in antwort.content.decode()
    assert client.post(neu, felder).status_code == 302
    row = Planabstimmung.objects.get()
    pdf = client.get(reverse("teilhabeplan_abstimmung_pdf", args=[plan.case_id, row.pk]))
    text = text_of(pdf.content)
    assert "Ziel 1: Ziel Nummer 1" in text
    assert "einverstanden sind" in text
    client.post(reverse("teilhabeplan_abstimmung", args=[plan.case_id, row.pk]), {"vorgang": ""})
    assert Schreiben.objects.get(art="teilhabeplan_abstimmung").empfaenger[0] == "DRV Probe"
    anders = reverse("planabstimmung_abweichen", args=[plan.case_id, row.pk])
    felder = felder_of(client.get(anders))
    assert list(client.post(anders, felder).context["form"].errors) == ["grund"]
    assert client.post(anders, felder | {"grund": "Reha geht vor."}).status_code == 302
    text = text_of(client.get(reverse("teilhabeplan_pdf", args=args)).content)
    assert "DRV Probe: anderer Ansicht" in text
    assert "Reha geht vor." in text
    schreiben = reverse("teilhabeplan_schreiben", args=args)
    client.post(schreiben, {"vorgang": ""})
    assert not Schreiben.objects.filter(art="teilhabeplan").exists()
    Traegerbeteiligung.objects.update(eingegangen_am=HEUTE, feststellung="Reha")
    freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    client.post(schreiben, {"vorgang": ""})
    assert Schreiben.objects.filter(art="teilhabeplan").exists()
    fremd = bausteine.make_plan(fallmanager)
    falsch = reverse("planabstimmung_zustimmen", args=[fremd.case_id, row.pk])
    assert client.get(falsch).status_code == 404
