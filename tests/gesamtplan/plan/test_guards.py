"""Each guard of the Gesamtplan: open, then closed with its sentence and citation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.frist.services.frist import start_frist
from cases.models import Leistungstraeger, Traegerbeteiligung
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf.guards import feststellungen_liegen_vor
from gesamtplan.models import Gesamtplan, Planinhalt, Teilhabeziel
from gesamtplan.plan import guards
from gesamtplan.plan.forms.leistung import LeistungForm, katalogwahl
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services import freigabe, gesamtplan, leistung
from recht.entscheidung import Zuordnung
from recht.fristkennung import Regel
from tests.fabriken import HEUTE, antrag_of, make_traeger
from tests.gesamtplan.bausteine import (
    add_ziel,
    make_ermittlung,
    make_leeren_plan,
    make_plan,
    make_vorgelegten_plan,
)

pytestmark = pytest.mark.django_db
TAG_A = date(2005, 11, 21)


@pytest.fixture
def plan(fallmanager):
    return make_plan(fallmanager)


def test_bedarf_abgeschlossen(plan, fallmanager):
    assert guards.bedarf_abgeschlossen(plan) is None
    plan.bedarfsermittlung = make_ermittlung(plan.case, fallmanager)
    found = guards.bedarf_abgeschlossen(plan)
    assert found.text == "Die Bedarfsermittlung vom 20.11.2026 ist noch nicht abgeschlossen."
    assert found.norm == "§ 120 Abs. 1 SGB IX"


def test_pflichtinhalte_vollstaendig(plan):
    assert guards.pflichtinhalte_vollstaendig(plan) is None
    Planinhalt.objects.filter(gesamtplan=plan, schluessel="barmittel").update(text=" ")
    found = guards.pflichtinhalte_vollstaendig(get_plan(plan.pk))
    assert found.text == "Ein Pflichtinhalt fehlt: Barmittel aus dem Regelsatz."
    assert found.norm == "§ 121 Abs. 4 Nr. 6 SGB IX"
    assert found.url.endswith("/gesamtplan/1/inhalte/#id_inhalt_barmittel")


def test_pflichtinhalte_vollstaendig_names_all_that_are_missing(fallmanager):
    found = guards.pflichtinhalte_vollstaendig(make_leeren_plan(fallmanager))
    assert found.text.startswith("9 Inhalte fehlen: Verfahren, Instrumente und Wirkungskontrolle")


def test_pflichtinhalte_vollstaendig_asks_for_nothing_before_2018(fallmanager):
    assert guards.pflichtinhalte_vollstaendig(make_leeren_plan(fallmanager, TAG_A)) is None


def test_mindestens_ein_ziel(fallmanager):
    leer = make_leeren_plan(fallmanager)
    assert guards.mindestens_ein_ziel(leer).text == "Der Plan nennt noch kein Teilhabeziel."
    add_ziel(leer, fallmanager)
    assert guards.mindestens_ein_ziel(get_plan(leer.pk)) is None


def test_ziele_ueberpruefbar(plan):
    assert guards.ziele_ueberpruefbar(plan) is None
    Teilhabeziel.objects.filter(gesamtplan=plan).update(bis=HEUTE - timedelta(days=1))
    found = guards.ziele_ueberpruefbar(get_plan(plan.pk))
    assert found.text.startswith("Ziel 1: ")
    assert found.norm == "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX"


def test_leistungen_den_zielen_zugeordnet(plan, fallmanager):
    assert guards.leistungen_den_zielen_zugeordnet(plan) is None
    leistung.remove_leistung(leistung=plan.leistungen.get(), by=fallmanager, tag=HEUTE)
    found = guards.leistungen_den_zielen_zugeordnet(get_plan(plan.pk))
    assert found.norm == "§ 121 Abs. 4 Nr. 3 SGB IX"
    assert found.url == f"/faelle/{plan.case_id}/gesamtplan/1/leistungen/neu/"


def test_ueberpruefung_binnen_zwei_jahren(plan):
    assert plan.ueberpruefung_am == date(2028, 11, 20)
    assert guards.ueberpruefung_binnen_zwei_jahren(plan, "BW") is None
    plan.ueberpruefung_am = date(2028, 11, 21)
    found = guards.ueberpruefung_binnen_zwei_jahren(plan, "BW")
    assert found.text == (
        "Die Überprüfung am 21.11.2028 liegt nach dem spätesten Tag, dem 20.11.2028."
    )
    assert found.norm == "§ 121 Abs. 2 SGB IX"


def test_ueberpruefung_binnen_zwei_jahren_needs_only_a_day_before_2018(fallmanager):
    alt = make_leeren_plan(fallmanager, TAG_A)
    assert guards.ueberpruefung_binnen_zwei_jahren(alt, "BW").norm == "§ 58 SGB XII"
    alt.ueberpruefung_am = date(2015, 1, 1)
    assert guards.ueberpruefung_binnen_zwei_jahren(alt, "BW") is None


def test_planstand_nicht_in_der_zukunft(plan):
    assert guards.planstand_nicht_in_der_zukunft(plan, HEUTE) is None
    found = guards.planstand_nicht_in_der_zukunft(plan, HEUTE - timedelta(days=1))
    assert found.text == "Das Datum des Plans, der 20.11.2026, liegt in der Zukunft."


def test_freigabe_durch_zweite_person(fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    assert guards.freigabe_durch_zweite_person(plan, leitung) is None
    found = guards.freigabe_durch_zweite_person(plan, fallmanager)
    assert found.text.startswith(
        "Sie haben diesen Plan angelegt, zuletzt bearbeitet und vorgelegt."
    )


def test_freigabe_durch_zweite_person_remembers_the_last_editor(fallmanager, leitung):
    plan = make_plan(fallmanager)
    gesamtplan.update_planinhalte(gesamtplan=plan, texte={"gutachten": "x"}, by=leitung, tag=HEUTE)
    found = guards.freigabe_durch_zweite_person(get_plan(plan.pk), leitung)
    assert found.text.startswith("Sie haben diesen Plan zuletzt bearbeitet.")


def test_fall_bereit_fuer_freigabe(plan):
    assert guards.fall_bereit_fuer_freigabe(plan) is None
    # A running case stays running while a new plan is made.
    plan.case.state = "bewilligt"
    assert guards.fall_bereit_fuer_freigabe(plan) is None
    plan.case.state = "zustaendig"
    assert guards.fall_bereit_fuer_freigabe(plan).text.startswith(
        "Der Fall ist im Zustand „zuständig“."
    )


def test_every_guard_is_asked_before_release(plan, fallmanager, leitung):
    lage = Planlage(leitung, HEUTE, get_plan(plan.pk), "BW")
    assert len(PLANSCHRITTE.tore(lage, "freigeben")) == 19
    assert [t.titel for t in PLANSCHRITTE.tore(lage, "freigeben") if not t.offen] == []


def test_a_plan_older_than_its_bedarf_is_not_released(plan, leitung):
    alt = get_plan(plan.pk)
    alt.datum = alt.bedarfsermittlung.datum - timedelta(days=1)
    tore = PLANSCHRITTE.tore(Planlage(leitung, HEUTE, alt, "BW"), "freigeben")
    zu = next(t for t in tore if t.titel == "Bedarf ist vor dem Plan ermittelt")
    assert not zu.offen


def test_planleistungen_zugeordnet(plan):
    assert guards.planleistungen_zugeordnet(plan) is None
    [row] = plan.leistungen.all()
    row.katalogschluessel = ""
    plan._prefetched_objects_cache["leistungen"] = [row]
    found = guards.planleistungen_zugeordnet(plan)
    assert "ist keiner Leistung des Katalogs zugeordnet" in found.text
    assert found.norm == "§ 121 Abs. 4 Nr. 3 SGB IX"
    assert found.url.endswith(f"/leistungen/{row.pk}/")
    row.katalogschluessel = "jh_eingliederungshilfe"
    assert "ist keine Leistung von Landkreis" in guards.planleistungen_zugeordnet(plan).text


@pytest.mark.parametrize(
    ("schluessel", "art", "eigener", "tag", "satz"),
    [
        ("", "jugendhilfe", False, HEUTE, ""),
        ("b_assistenz", "eingliederungshilfe", True, HEUTE, ""),
        ("b_assistenz", "eingliederungshilfe", True, TAG_A, "am 21.11.2005 nicht"),
        ("b_assistenz", "unfallversicherung", False, HEUTE, "ist keine Leistung von Probe"),
        ("ba_unterstuetzte_beschaeftigung", "arbeitsagentur", False, HEUTE, ""),
    ],
)
def test_schluessel_passt(schluessel, art, eigener, tag, satz):
    traeger = Leistungstraeger(art=art, name="Probe", eigener=eigener)
    found = guards.schluessel_passt(schluessel, traeger, tag)
    assert satz in found.text if satz else found is None
    if found:
        assert found.norm == ("§ 35 Abs. 1 SGB X" if tag == TAG_A else "§ 120 Abs. 2 S. 2 SGB IX")


@pytest.mark.parametrize(
    ("art", "rolle", "grund", "satz"),
    [
        ("jugendhilfe", "leistend", "", ""),
        ("jugendhilfe", "eigener_name", "", "Bitte begründen Sie"),
        ("jugendhilfe", "eigener_name", "Der Plan dokumentiert es.", ""),
        ("pflegekasse", "leistend", "so gewünscht", "Nach dem Gesetz entscheidet hier"),
        ("jugendhilfe", "auftrag", "so gewünscht", "Nach dem Gesetz entscheidet hier"),
    ],
)
def test_entscheidung_moeglich(art, rolle, grund, satz):
    found = guards.entscheidung_moeglich(Zuordnung("", art, eigener=False), rolle, grund, HEUTE)
    assert satz in found.text if satz else found is None
    if found:
        assert found.norm == "§ 15 SGB IX"


def _leistung(plan, **felder):
    traeger = plan.leistungen.get().leistungstraeger
    return LeistungForm(
        {
            "teilhabeziel": plan.teilhabeziele.get().pk,
            "leistungstraeger": traeger.pk,
            "katalogschluessel": "b_assistenz",
            "bezeichnung": "Assistenz",
            "leistungsform": "dienstleistung",
            "umfang": "6 Stunden",
            "beginn": f"{HEUTE:%d.%m.%Y}",
            **felder,
        },
        ziele=plan.teilhabeziele.all(),
        traeger=Leistungstraeger.objects.all(),
        stichtag=plan.datum,
    )


def test_leistung_takes_the_norm_of_the_catalogue(plan, fallmanager):
    form = _leistung(plan)
    assert form.is_valid(), form.errors
    row = leistung.add_leistung(gesamtplan=plan, angaben=form.angaben(), by=fallmanager, tag=HEUTE)
    assert row.norm == "§ 113 Abs. 2 Nr. 2 SGB IX, § 78 SGB IX"
    assert (row.katalogschluessel, row.entscheidung) == ("b_assistenz", "")


@pytest.mark.parametrize(
    ("felder", "feld"),
    [
        ({"katalogschluessel": ""}, "katalogschluessel"),
        ({"katalogschluessel": "jh_eingliederungshilfe"}, "katalogschluessel"),
        ({"entscheidung": "leistend"}, "entscheidung"),
    ],
)
def test_leistung_form_tells_at_its_field_what_does_not_fit(plan, felder, feld):
    form = _leistung(plan, **felder)
    assert list(form.errors) == [feld]
    assert form.data["bezeichnung"] == "Assistenz"


def test_plan_of_today_offers_no_leistung_of_the_old_law():
    gruppen = dict(katalogwahl(HEUTE)[1:])
    schluessel = {key for rows in gruppen.values() for key, _ in rows}
    assert {"b_assistenz", "pk_pflegegeld"} <= schluessel
    assert not any(key.startswith("a_") for key in schluessel)
    alte = dict(katalogwahl(TAG_A)[1:])
    assert {"Eingliederungshilfe bis 2019", "Integrationsamt bis 2017"} <= set(alte)


def test_suggested_review_follows_the_date_of_the_plan(plan, fallmanager):
    spaeter = plan.datum + timedelta(days=10)
    neu = gesamtplan.update_planinhalte(
        gesamtplan=plan,
        texte={},
        datum=spaeter,
        ueberpruefung_am=plan.ueberpruefung_am,
        by=fallmanager,
        tag=HEUTE,
    )
    assert neu.ueberpruefung_am == gesamtplan.suggested_ueberpruefung(spaeter)
    eigener = date(spaeter.year + 1, 3, 2)
    gesamtplan.update_planinhalte(
        gesamtplan=neu, texte={}, ueberpruefung_am=eigener, by=fallmanager, tag=HEUTE
    )
    neu = gesamtplan.update_planinhalte(
        gesamtplan=get_plan(neu.pk),
        texte={},
        datum=spaeter + timedelta(days=1),
        ueberpruefung_am=eigener,
        by=fallmanager,
        tag=HEUTE,
    )
    assert neu.ueberpruefung_am == eigener


def test_grundlage_abgeschlossen(plan):
    tag = date(2026, 1, 1)
    assert guards.grundlage_abgeschlossen(plan.case_id, plan.bedarfsermittlung, tag) is None
    found = guards.grundlage_abgeschlossen(plan.case_id, None, tag)
    assert (found.norm, found.url) == ("§ 120 Abs. 1 SGB IX", f"/faelle/{plan.case_id}/bedarf/")


@pytest.mark.parametrize(
    ("datum", "normen"),
    [
        (date(2012, 1, 1), ["§ 58 SGB XII"] * 6),
        (
            date(2018, 6, 1),
            [
                "§ 144 SGB XII",
                "§ 143a Abs. 1 SGB XII",
                "§ 144 Abs. 4 Nr. 3 SGB XII",
                "§ 144 Abs. 2 SGB XII",
                "§ 143a Abs. 2 SGB XII",
                "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX",
            ],
        ),
        (
            date(2026, 1, 1),
            [
                "§ 121 SGB IX",
                "§ 120 Abs. 1 SGB IX",
                "§ 121 Abs. 4 Nr. 3 SGB IX",
                "§ 121 Abs. 2 SGB IX",
                "§ 120 Abs. 2 SGB IX",
                "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX",
            ],
        ),
    ],
)
def test_plan_is_cited_by_the_law_of_its_date(datum, normen):
    plan = Gesamtplan(datum=datum)
    namen = ("norm_of", "bedarfsnorm_of", "leistungsnorm_of", "fortschreibungsnorm_of")
    fragen = [getattr(guards, name) for name in (*namen, "entscheidungsnorm_of", "zielnorm_of")]
    assert [frage(plan) for frage in fragen] == normen


def test_noch_kein_plan(plan):
    assert guards.noch_kein_plan(None) is None
    assert guards.noch_kein_plan(plan).norm == "§ 121 Abs. 2 SGB IX"


def test_fassung_freigegeben(plan):
    assert "im Zustand „Entwurf“" in guards.fassung_freigegeben(plan).text
    plan.state = "freigegeben"
    assert guards.fassung_freigegeben(plan) is None


def test_fassung_ist_die_neueste(plan):
    assert guards.fassung_ist_die_neueste(None) is None
    assert "in Arbeit" in guards.fassung_ist_die_neueste(plan).text
    plan.state = "freigegeben"
    assert guards.fassung_ist_die_neueste(plan).text.endswith(", freigegeben.")


def test_feststellungen_liegen_vor(fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    kasse = make_traeger("krankenkasse", "AOK Musterau")
    row = Traegerbeteiligung.objects.create(
        antrag=antrag_of(plan.case), traeger=kasse, gruppen=["medizinische_reha"], am=HEUTE
    )

    def asked(tag):
        return feststellungen_liegen_vor(plan.case, plan.datum, tag)

    assert "sind noch nicht angefordert" in asked(HEUTE).text
    frist = start_frist(
        case=plan.case,
        regel=Regel.FESTSTELLUNGEN_TRAEGER,
        gegenstand=row,
        ausloeser=HEUTE,
        by=fallmanager,
    )
    assert f"stehen aus bis zum {frist.ende:%d.%m.%Y}" in asked(frist.ende).text
    with pytest.raises(SchrittUnzulaessig, match="AOK Musterau"):
        freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    assert asked(frist.ende + timedelta(days=1)) is None
    Traegerbeteiligung.objects.filter(pk=row.pk).update(angefordert_am=HEUTE, eingegangen_am=HEUTE)
    assert asked(HEUTE) is None
