"""Who decides about which part: one sentence in all four letters, for every kind of carrier."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.bescheid.schreiben.bescheid import bescheid_daten
from budget.models import Bescheid, Teilbudget
from budget.zielvereinbarung.schreiben import zielvereinbarung_daten
from budget.zielvereinbarung.services import draft_zielvereinbarung
from cases.antrag.schreiben.zustaendigkeit import BETEILIGUNG_PERSON, beteiligung_daten
from cases.behoerde.services.eigener_wert import create_eigener_wert, release_eigener_wert
from cases.models import Leistungstraeger, Traegerart, Traegerbeteiligung
from cases.schreiben.satz.brief import render_html
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.schreiben.gesamtplan import gesamtplan_daten
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle
from recht.kataloge import leistungsgruppen
from recht.leistung import alle_leistungen
from tests.budget import fabriken
from tests.budget.fabriken import Akte, Tage
from tests.budget.test_schreiben import words
from tests.fabriken import antrag_of, make_user

pytestmark = pytest.mark.django_db
ANSCHRIFT = ["Emil Muster", "Weg 1", "70999 Musterau"]
UE = Tage(
    date(2018, 3, 1),
    date(2018, 4, 3),
    date(2018, 4, 9),
    date(2018, 4, 16),
    date(2018, 4, 20),
    date(2018, 5, 1),
    None,
)
STAENDE = {"A": fabriken.A, "UE": UE, "B": fabriken.B}
FREMDE = tuple(a for a in Traegerart.values if a not in {"eingliederungshilfe", "sozialhilfe"})
WER = {
    "auftrag": "entscheidet Landkreis Musterau als Beauftragter im Auftrag und im Namen von Probe",
    "leistend": "entscheidet Landkreis Musterau als leistender Rehabilitationsträger im eigenen",
    "eigene_entscheidung": "entscheidet Probe (",
}


def _key(art: str, tag: date) -> str:
    """A Leistung of this kind of carrier under the law of the day, one that may be money."""
    return next(
        e.schluessel
        for e in alle_leistungen().values()
        if e.gilt_am(tag) and art in e.traeger and e.form != "gutschein"
    )


def _measured(tage: Tage, art: str, kennung: str = "") -> Akte:
    """Return a measured budget of the own authority and another carrier of this kind."""
    eigene = "sozialhilfe" if tage.beginn < date(2020, 1, 1) else "eingliederungshilfe"
    leistungen = (
        ("teilhabe", eigene, "Assistenz", "§ 1"),
        ("fremd", art, "Die andere Leistung", "§ 99, § 108, § 53", _key(art, tage.beginn)),
    )
    akte = fabriken.make_akte(tage, leistungen=leistungen, kennung=kennung)
    Leistungstraeger.objects.filter(art=art).update(name=f"Probe ({art})")
    fabriken.start(akte)
    grund = "im Einzelfall"
    fabriken.teil(akte, "teilhabe", "individuell", betrag=Decimal(100), abweichung_grund=grund)
    fabriken.teil(
        akte, "fremd", "individuell", betrag=Decimal(50), stellungnahme_vom=akte.tage.plan
    )
    fabriken._measure(akte)
    return akte


def _bescheid(akte: Akte) -> str:
    bescheid = Bescheid(
        persoenliches_budget=akte.budget, erste_auszahlung=akte.tage.beginn, begruendung="Grund"
    )
    daten = bescheid_daten(bescheid=bescheid, datum=akte.tage.bescheid, empfaenger=ANSCHRIFT)
    return words(render_html(art="bescheid", titel="Bescheid", daten=daten))


def _vereinbarung(akte: Akte) -> str:
    row = draft_zielvereinbarung(
        budget=akte.budget, by=akte.fallmanager, tag=akte.tage.ausgefertigt
    )
    daten = zielvereinbarung_daten(
        zielvereinbarung=row,
        datum=akte.tage.ausgefertigt,
        empfaenger=ANSCHRIFT,
        zeichnet=akte.fallmanager,
    )
    return words(render_html(art="zielvereinbarung", titel="Zielvereinbarung", daten=daten))


def _plan(akte: Akte) -> str:
    daten = gesamtplan_daten(get_plan(akte.plan.pk))
    return words(render_html(art="gesamtplan", titel="Gesamtplan", daten=daten))


def _information(akte: Akte) -> str:
    leistung = akte.leistungen["fremd"]
    gruppen = {g.schluessel for g in leistungsgruppen(akte.tage.beginn)}
    eigene = alle_leistungen()[leistung.katalogschluessel].gruppen
    row = Traegerbeteiligung(
        antrag=antrag_of(akte.case),
        traeger=Leistungstraeger.objects.get(pk=leistung.leistungstraeger_id),
        gruppen=[g for g in eigene if g in gruppen][:1] or ["Die andere Leistung"],
        frage="Was ist nötig?",
    )
    daten = beteiligung_daten(
        row,
        BETEILIGUNG_PERSON,
        empfaenger=ANSCHRIFT,
        wohnanschrift=ANSCHRIFT[1:],
        entscheidung_bis=None,
        datum=akte.tage.plan,
        ansprechpartner=akte.fallmanager,
    )
    return words(render_html(art=BETEILIGUNG_PERSON, titel="Information", daten=daten))


@pytest.mark.parametrize("stand", STAENDE)
@pytest.mark.parametrize("art", FREMDE)
def test_all_four_letters_say_the_same(stand, art):
    akte = _measured(STAENDE[stand], art)
    rolle = Teilbudget.objects.get(leistung=akte.leistungen["fremd"]).entscheidung
    erwartet = (
        "auftrag"
        if stand == "A"
        else "eigene_entscheidung"
        if art in {"pflegekasse", "integrationsamt"}
        else "leistend"
    )
    assert rolle == erwartet
    texte = [_bescheid(akte), _vereinbarung(akte), _plan(akte), _information(akte)]
    assert [WER[rolle] in text for text in texte] == [True] * 4
    andere = [satz for name, satz in WER.items() if name != rolle]
    assert [satz for text in texte for satz in andere if satz in text] == []
    # No letter claims that everybody decides by a Bescheid of his own.
    assert not any("jeder Leistungsträger" in text or "Jeder Träger" in text for text in texte)
    durch_uns = Entscheidungsrolle(rolle) in DURCH_UNS
    assert ("Davon bewilligen wir mit diesem Bescheid 100,00 €" in texte[0]) != durch_uns
    # The text names §§ 99, 108, 53; the precondition follows the key and the kind of carrier.
    voraussetzung = texte[0].split("Die andere Leistung (Probe")[1].split("Voraussetzung: ")[1]
    assert "leistungsberechtigten Personenkreis" not in voraussetzung.split("Die Leistung dient")[0]


def test_in_a_one_verwaltungsakt_is_in_the_name_of_all():
    text = _bescheid(_measured(fabriken.A, "krankenkasse"))
    assert (
        "Der Bescheid ist ein Verwaltungsakt und ergeht im eigenen Namen und zugleich im Auftrag "
        "und im Namen von: Probe (krankenkasse)." in text
    )


@pytest.mark.parametrize("stand", ["UE", "B"])
def test_own_name_is_the_exception_of_the_information(stand):
    text = _information(_measured(STAENDE[stand], "jugendhilfe"))
    assert "Nur ausnahmsweise bewilligt und erbringt Probe (jugendhilfe) diese Leistungen" in text
    assert "(§ 15 Abs. 3 S. 1 SGB IX)" in text
    assert "Nur ausnahmsweise" not in _information(_measured(STAENDE[stand], "pflegekasse", "zwei"))


def test_second_role_is_named_in_b_and_the_only_one_before(behoerde):
    behoerde.bezeichnung_sozialhilfe = "Träger der Sozialhilfe im Landkreis"
    behoerde.save()
    akte = fabriken.bemiss(fabriken.make_akte(fabriken.B))
    text = _bescheid(akte)
    assert "als Träger der Sozialhilfe im Landkreis im eigenen Namen (§ 3 SGB XII)" in text
    rollen = dict(akte.budget.teilbudgets.values_list("leistung__bezeichnung", "entscheidung"))
    assert rollen == {
        "Assistenz": "eingliederungshilfe",
        "Grundsicherung": "sozialhilfe",
        "Häusliche Pflegehilfe": "eigene_entscheidung",
        "Hilfe zur Pflege": "sozialhilfe",
    }


def test_other_role_than_the_law_has_it_needs_a_reason_and_the_plan():
    akte = _measured(fabriken.B, "jugendhilfe")
    felder = {"betrag": Decimal(50), "stellungnahme_vom": akte.tage.plan}
    with pytest.raises(SchrittUnzulaessig, match="Bitte begründen Sie"):
        fabriken.teil(akte, "fremd", "individuell", entscheidung="eigener_name", **felder)
    with pytest.raises(SchrittUnzulaessig, match="Nach dem Gesetz entscheidet hier"):
        fabriken.teil(akte, "fremd", "individuell", entscheidung="auftrag", **felder)
    fabriken.teil(
        akte,
        "fremd",
        "individuell",
        entscheidung="eigener_name",
        entscheidung_grund="Das Jugendamt leistet seit Jahren selbst.",
        **felder,
    )
    text = _bescheid(akte)
    assert "entscheidet Probe (jugendhilfe) im eigenen Namen mit eigenem Bescheid" in text
    assert "Zu „Die andere Leistung“: Das Jugendamt leistet seit Jahren selbst." in text
    with pytest.raises(SchrittUnzulaessig, match="Schreiben Sie den Gesamtplan fort"):
        _vereinbarung(akte)


def test_plan_says_who_decides_and_the_budget_takes_it_over():
    akte = fabriken.make_akte(
        fabriken.B,
        leistungen=(
            ("fremd", "jugendhilfe", "Die andere Leistung", "§ 1", "jh_eingliederungshilfe"),
        ),
    )
    assert "als leistender Rehabilitationsträger" in _plan(akte)
    leistung = akte.leistungen["fremd"]
    leistung.entscheidung = "eigener_name"
    leistung.entscheidung_grund = "Alles ist dokumentiert."
    fabriken.start(akte)
    fabriken.teil(akte, "fremd", "individuell", betrag=Decimal(50))
    teil = akte.budget.teilbudgets.get()
    assert (teil.entscheidung, teil.entscheidung_grund) == (
        "eigener_name",
        "Alles ist dokumentiert.",
    )


def test_wording_of_the_joint_letter_is_the_authoritys_with_four_eyes():
    akte = fabriken.bemiss(fabriken.make_akte(fabriken.B))
    assert "Dieses Schreiben stellt zur Übersicht alle Teile" in _bescheid(akte)
    admin, zweite = (
        make_user("admin", "Fachadministration"),
        make_user("adm2", "Fachadministration"),
    )
    with pytest.raises(SchrittUnzulaessig, match="Bitte geben Sie den Wortlaut an"):
        create_eigener_wert(
            schluessel="gemeinsames_schreiben",
            gueltig_ab=date(2026, 1, 1),
            text=" ",
            begruendung="Verfügung",
            by=admin,
            tag=date(2026, 1, 2),
        )
    wert = create_eigener_wert(
        schluessel="gemeinsames_schreiben",
        gueltig_ab=date(2026, 1, 1),
        text="So schreiben wir es.",
        begruendung="Verfügung",
        by=admin,
        tag=date(2026, 1, 2),
    )
    assert "So schreiben wir es." not in _bescheid(akte)
    with pytest.raises(SchrittUnzulaessig, match="selbst vorgeschlagen"):
        release_eigener_wert(wert=wert, by=admin, tag=date(2026, 1, 2))
    release_eigener_wert(wert=wert, by=zweite, tag=date(2026, 1, 2))
    text = _bescheid(akte)
    assert "So schreiben wir es." in text
    assert "Dieses Schreiben stellt" not in text
    assert wert.wert_text == "So schreiben wir es."
