"""The comparison of two versions."""

from __future__ import annotations

import pytest

from gesamtplan.models.angaben import Zielangaben
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.vergleich import Textteil, compare_texts, compare_versions
from gesamtplan.plan.services import gesamtplan, leistung, teilhabeziel
from tests.fabriken import HEUTE
from tests.gesamtplan.bausteine import add_leistung_zu, add_ziel, make_fortschreibung


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
