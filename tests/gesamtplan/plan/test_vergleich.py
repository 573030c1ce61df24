"""The comparison of two versions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from cases.models.textvergleich import Textteil, compare_texts
from gesamtplan.bedarf import services as bedarf
from gesamtplan.models import Leistung, Teilhabeziel
from gesamtplan.models.angaben import Zielangaben
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.vergleich import compare_versions
from gesamtplan.plan.services import freigabe, gesamtplan, leistung, teilhabeziel
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import HEUTE
from tests.gesamtplan.bausteine import KOCHEN, add_leistung_zu, add_ziel, make_fortschreibung


def shown(teile):
    zeichen = {"gleich": "", "neu": "+", "entfallen": "-"}
    return [f"{zeichen[teil.art]}{teil.text}" for teil in teile]


@pytest.mark.parametrize(
    ("alt", "neu", "erwartet"),
    [
        ("", "", []),
        ("gleich", "gleich", ["gleich"]),
        ("", "neu hier", ["+neu hier"]),
        ("weg damit", "", ["-weg damit"]),
        ("Ich koche zweimal.", "Ich koche dreimal.", ["Ich koche ", "-zweimal.", "+dreimal."]),
        ("a b c", "a c", ["a ", "-b ", "c"]),
        ("eins\nzwei", "eins\r\nzwei", ["eins\nzwei"]),
        ("eins\nzwei", "eins zwei", ["eins zwei"]),
        ("Absatz A\nAbsatz B", "Absatz A\nAbsatz C", ["Absatz A\nAbsatz ", "-B", "+C"]),
    ],
)
def test_compare_texts_word_by_word(alt, neu, erwartet):
    assert shown(compare_texts(alt, neu)) == erwartet


def test_compare_texts_keeps_every_word_of_both():
    alt, neu = "Die Assistenz hilft beim Kochen.", "Assistenz und Schwester helfen beim Kochen."
    teile = compare_texts(alt, neu)
    assert "".join(t.text for t in teile if t.art != "entfallen").split() == neu.split()
    assert "".join(t.text for t in teile if t.art != "neu").split() == alt.split()


def test_compare_texts_shows_huge_changes_as_a_whole():
    alt, neu = " ".join(f"a{n}" for n in range(1500)), " ".join(f"b{n}" for n in range(1500))
    assert compare_texts(alt, neu) == (Textteil("entfallen", alt), Textteil("neu", neu))


@pytest.mark.django_db
def test_compare_versions_of_a_fresh_fortschreibung_finds_only_the_occasion(fallmanager, leitung):
    neu = make_fortschreibung(fallmanager, leitung)
    vergleich = compare_versions(alt=get_plan(neu.vorgaenger_id), neu=neu)
    changed = [feld.bezeichnung for feld in vergleich.eckdaten.felder if feld.geaendert]
    assert (vergleich.anzahl, changed) == (1, ["Anlass"])


@pytest.mark.django_db
def test_compare_versions_matches_goals_and_leistungen_by_kennung(fallmanager, leitung):
    neu = make_fortschreibung(fallmanager, leitung, ziele=3)
    eins, zwei, _ = neu.teilhabeziele.all()
    angaben = Zielangaben("d6", "Ziel Nummer eins", eins.kriterium, eins.bis, "teilweise")
    teilhabeziel.update_teilhabeziel(ziel=eins, angaben=angaben, by=fallmanager, tag=HEUTE)
    teilhabeziel.remove_teilhabeziel(ziel=zwei, by=fallmanager, tag=HEUTE)
    add_leistung_zu(add_ziel(neu, fallmanager, "Ein neues Ziel"), fallmanager, "Neues")
    vergleich = compare_versions(alt=get_plan(neu.vorgaenger_id), neu=get_plan(neu.pk))
    assert [(t.titel, t.aenderung) for t in vergleich.teilhabeziele] == [
        ("Ziel 1", "geaendert"),
        ("Ziel 3", "unveraendert"),
        ("Ziel 4", "neu"),
        ("Ziel 2", "entfallen"),
    ]
    assert [(t.titel, t.aenderung) for t in vergleich.leistungen] == [
        ("Leistung 1", "unveraendert"),
        ("Leistung 3", "unveraendert"),
        ("Neues", "neu"),
        ("Leistung 2", "entfallen"),
    ]


@pytest.mark.django_db
def test_compare_versions_tells_new_changed_and_dropped_contents(fallmanager, leitung):
    neu = make_fortschreibung(fallmanager, leitung)
    texte = {"gutachten": "Besprochen und geprüft.", "barmittel": "", "jobcenter": "Keine."}
    gesamtplan.update_planinhalte(gesamtplan=neu, texte=texte, by=fallmanager, tag=HEUTE)
    leistung.remove_leistung(leistung=neu.leistungen.get(), by=fallmanager, tag=HEUTE)
    vergleich = compare_versions(alt=get_plan(neu.vorgaenger_id), neu=get_plan(neu.pk))
    changed = {t.titel: t.aenderung for t in vergleich.inhalte if not t.unveraendert}
    assert changed == {
        "Sozialmedizinische Gutachten": "geaendert",
        "Barmittel aus dem Regelsatz": "entfallen",
        "Leistungen zur Eingliederung in Arbeit": "neu",
    }
    assert vergleich.anzahl == 5


def _dritte_fassung(fallmanager, leitung):
    zwei = make_fortschreibung(fallmanager, leitung)
    ziel = zwei.teilhabeziele.get()
    angaben = Zielangaben(
        "d6", ziel.text, ziel.kriterium, ziel.bis, wortlaut="Ich will kochen.", zielwert="dreimal"
    )
    teilhabeziel.update_teilhabeziel(ziel=ziel, angaben=angaben, by=fallmanager, tag=HEUTE)
    freigabe.submit_gesamtplan(gesamtplan=zwei, by=fallmanager, tag=HEUTE)
    zwei = freigabe.release_gesamtplan(gesamtplan=zwei, by=leitung, tag=HEUTE)
    return gesamtplan.continue_gesamtplan(
        gesamtplan=zwei, anlass="Auszug", datum=HEUTE, by=fallmanager, tag=HEUTE
    )


@pytest.mark.django_db
def test_continuing_copies_every_value_of_goals_and_leistungen(fallmanager, leitung):
    drei = _dritte_fassung(fallmanager, leitung)
    for name, modell in (("teilhabeziele", Teilhabeziel), ("leistungen", Leistung)):
        alt = getattr(get_plan(drei.vorgaenger_id), name).get()
        neu = getattr(get_plan(drei.pk), name).get()
        eigene = {"id", "gesamtplan_id", "teilhabeziel_id"}
        werte = {f.attname for f in modell._meta.concrete_fields} - eigene
        assert {n: getattr(neu, n) for n in werte} == {n: getattr(alt, n) for n in werte}
        assert len(werte) > 10


@pytest.mark.django_db
def test_any_two_versions_are_compared_and_printed(client, fallmanager, leitung):
    drei = _dritte_fassung(fallmanager, leitung)
    client.force_login(fallmanager)
    url = reverse("gesamtplan_vergleich", args=[drei.case_id, 3])
    eins = client.get(url, {"mit": "1"}).context["vergleich"]
    zwei = client.get(url).context["vergleich"]
    assert (eins.alt.version, zwei.alt.version) == (1, 2)
    geaendert = {f.bezeichnung for t in eins.teilhabeziele for f in t.felder if f.geaendert}
    assert geaendert == {"In den Worten der Person", "Stand am Ziel"}
    assert [t.aenderung for t in zwei.teilhabeziele] == ["unveraendert"]
    for falsch in ("0", "3", "4", "x", "²", "99999999999"):
        assert client.get(url, {"mit": falsch}).status_code == 404
    pdf = client.get(reverse("aenderungsblatt_pdf", args=[drei.case_id, 3, 1]))
    assert pdf.status_code == 200
    assert pdf["Content-Type"] == "application/pdf"
    text = text_of(pdf.content)
    assert "[neu: Ich will kochen.]" in text
    assert "entscheidet über nichts" in text
    assert client.get(reverse("aenderungsblatt_pdf", args=[drei.case_id, 1, 3])).status_code == 404


@pytest.mark.django_db
def test_needs_are_compared_where_versions_rest_on_two_talks(fallmanager, leitung):
    neu = make_fortschreibung(fallmanager, leitung)
    alt = get_plan(neu.vorgaenger_id)
    assert compare_versions(alt=alt, neu=neu).bedarfe == ()
    row = bedarf.start_bedarfsermittlung(
        case=neu.case,
        datum=HEUTE,
        instrument="BEI_BW",
        beteiligte="x",
        grund="Umzug",
        by=fallmanager,
        tag=HEUTE,
    )
    befunde = {"d6": replace(KOCHEN, bedarf="Anleitung beim Kochen, täglich."), "d4": KOCHEN}
    bedarf.update_bedarf(bedarfsermittlung=row, befunde=befunde, by=fallmanager, tag=HEUTE)
    row = bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    neu = gesamtplan.update_planinhalte(
        gesamtplan=neu, texte={}, bedarfsermittlung=row, by=fallmanager, tag=HEUTE
    )
    vergleich = compare_versions(alt=alt, neu=neu)
    assert [(t.titel, t.aenderung) for t in vergleich.bedarfe] == [
        ("Mobilität", "neu"),
        ("Häusliches Leben", "geaendert"),
    ]
    [feld] = [f for f in vergleich.bedarfe[1].felder if f.geaendert]
    assert shown(feld.teile)[1:] == ["-dreimal in der Woche.", "+täglich."]
