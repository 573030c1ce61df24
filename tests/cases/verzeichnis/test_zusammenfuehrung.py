"""Merging moves every reference, undo puts exactly these back."""

from __future__ import annotations

import pytest
from django.db import connection

from budget.models import Teilbudget
from cases.fall.services.case import forward_antrag
from cases.models import Gattung, Leistungstraeger, Verweis, Weiterleitung, Zusammenfuehrung
from cases.states.tafel import SchrittUnzulaessig
from cases.verzeichnis.queries.verweise import merged_into, path_to_case, verweisfelder
from cases.verzeichnis.queries.verzeichnis import MODELLE
from cases.verzeichnis.services.verzeichnis import save_ansprechperson
from cases.verzeichnis.services.zusammenfuehrung import (
    merge_eintrag,
    outcome_of,
    preview_undo,
    undo_zusammenfuehrung,
)
from gesamtplan.models import Leistung
from tests.budget.fabriken import bemiss, make_akte
from tests.cases.verzeichnis.bausteine import (
    make_admin,
    make_erbringer,
    make_kasse,
    make_stelle,
    snapshot,
)
from tests.fabriken import HEUTE, antrag_of, make_fall

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(behoerde):
    return make_admin()


def make_teilbudget() -> Teilbudget:
    """A Teilbudget in work that belongs to a released plan."""
    akte = bemiss(make_akte())
    return Teilbudget.objects.get(leistung=akte.leistungen["pflegekasse"])


def merge(bleibt, geht, by, **werte):
    return merge_eintrag(bleibt=bleibt, geht=geht, werte=werte, by=by, tag=HEUTE)


def undo(row: Zusammenfuehrung, by):
    return undo_zusammenfuehrung(zusammenfuehrung=row, by=by, tag=HEUTE)


def foreign_keys_to(table: str) -> set[tuple[str, str]]:
    """Ask the database itself which columns point to the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
            "WHERE c.contype = 'f' AND c.confrelid = %s::regclass",
            [table],
        )
        return set(cursor.fetchall())


@pytest.mark.parametrize("gattung", Gattung.values)
def test_verweisfelder_are_all_foreign_keys_of_the_database(gattung):
    model = MODELLE[gattung]
    found = {
        (other._meta.db_table, other._meta.get_field(field).column)
        for other, field in verweisfelder(model)
    }
    assert len(found) >= 2
    assert found == foreign_keys_to(model._meta.db_table)


def test_verweisfelder_reach_the_floors_above():
    assert {(Teilbudget, "leistungstraeger"), (Leistung, "leistungstraeger")} <= set(
        verweisfelder(Leistungstraeger)
    )
    assert path_to_case(Teilbudget)[0] == "persoenliches_budget__case"
    assert path_to_case(Weiterleitung)[0] == "antrag__case"


def test_merge_moves_contacts_and_keeps_the_other_as_a_row(admin):
    bleibt, geht = make_erbringer("A"), make_erbringer("B", telefon="07999 1")
    person = save_ansprechperson(eintrag=geht, werte={"name": "Frau Muster"}, by=admin)
    row = merge(bleibt, geht, admin, telefon="07999 1")
    for obj in (bleibt, geht, person):
        obj.refresh_from_db()
    assert person.leistungserbringer == bleibt
    assert geht.zusammengefuehrt_in == bleibt
    assert bleibt.telefon == "07999 1"
    assert row.felder == {"telefon": {"vorher": "", "nachher": "07999 1"}}


def test_merge_and_undo_leave_everything_as_it_was(admin, fallmanager):
    bleibt, geht = make_kasse("Kasse Musterau"), make_kasse("Kasse Musterau GmbH")
    save_ansprechperson(eintrag=geht, werte={"name": "Frau Muster"}, by=admin)
    case = make_fall(fallmanager)
    forward_antrag(antrag=antrag_of(case), an=geht, grund="x", by=fallmanager, tag=HEUTE)
    before = snapshot()
    row = merge(bleibt, geht, admin, name="Kasse Musterau GmbH", ort="Neustadt")
    assert Weiterleitung.objects.get().an == bleibt
    assert snapshot() != before
    assert undo(row, admin) == []
    assert snapshot() == before
    assert set(row.verweise.values_list("stand", flat=True)) == {"zurueck"}


def test_merge_moves_teilbudget_of_a_draft_and_undo_returns_it(admin):
    teilbudget = make_teilbudget()
    geht = teilbudget.leistungstraeger
    bleibt = make_kasse("Zweiter", art=geht.art, eigener=geht.eigener)
    before = snapshot()
    row = merge(bleibt, geht, admin)
    teilbudget.refresh_from_db()
    assert teilbudget.leistungstraeger == bleibt
    assert row.verweise.filter(modell="budget.teilbudget", stand="verschoben").count() == 1
    undo(row, admin)
    assert snapshot() == before


def test_released_leistung_keeps_the_old_entry(admin):
    teilbudget = make_teilbudget()
    geht = teilbudget.leistungstraeger
    bleibt = make_kasse("Zweiter", art=geht.art, eigener=geht.eigener)
    row = merge(bleibt, geht, admin)
    frei = Verweis.objects.filter(modell="gesamtplan.leistung", zusammenfuehrung=row)
    assert set(frei.values_list("stand", flat=True)) == {"geblieben"}
    assert not Leistung.objects.filter(leistungstraeger=bleibt).exists()
    assert Leistung.objects.filter(leistungstraeger=geht).exists()


def test_undo_tells_of_a_row_that_was_changed_and_keeps_the_change(admin):
    bleibt, geht = make_erbringer("A"), make_erbringer("B")
    person = save_ansprechperson(eintrag=geht, werte={"name": "Alt"}, by=admin)
    row = merge(bleibt, geht, admin)
    person.refresh_from_db()
    save_ansprechperson(eintrag=bleibt, werte={"name": "Neu"}, by=admin, ansprechperson=person)
    assert [a.titel for a in preview_undo(row)] == ["Ansprechpersonen"]
    undo(row, admin)
    person.refresh_from_db()
    assert (person.name, person.leistungserbringer) == ("Neu", geht)


def test_undo_leaves_a_row_that_points_elsewhere_by_now(admin):
    bleibt, geht, dritter = make_erbringer("A"), make_erbringer("B"), make_erbringer("C")
    person = save_ansprechperson(eintrag=geht, werte={"name": "Alt"}, by=admin)
    row = merge(bleibt, geht, admin)
    person.refresh_from_db()
    person.leistungserbringer = dritter
    person.save()
    ausnahmen = undo(row, admin)
    person.refresh_from_db()
    row.refresh_from_db()
    assert "anderen Eintrag" in ausnahmen[0].geschieht
    assert person.leistungserbringer == dritter
    assert [a.geschieht for a in outcome_of(row)] == [
        "Mindestens eine Zeile wurde inzwischen anders zugeordnet und bleibt so."
    ]


def test_undo_keeps_a_field_that_was_changed_since(admin):
    bleibt, geht = make_erbringer("A", telefon="1234"), make_erbringer("B", telefon="5678")
    row = merge(bleibt, geht, admin, telefon="5678")
    bleibt.refresh_from_db()
    bleibt.telefon = "9999"
    bleibt.save()
    assert [a.titel for a in undo(row, admin)] == ["Telefon"]
    bleibt.refresh_from_db()
    assert bleibt.telefon == "9999"


def test_chain_of_merges_is_undone_from_the_end(admin):
    a, b, c = make_erbringer("A"), make_erbringer("B"), make_erbringer("C")
    person = save_ansprechperson(eintrag=a, werte={"name": "x"}, by=admin)
    before = snapshot()
    erste = merge(b, a, admin)
    zweite = merge(c, b, admin)
    person.refresh_from_db()
    assert person.leistungserbringer == c
    with pytest.raises(SchrittUnzulaessig, match="zuerst jene Zusammenführung"):
        undo(erste, admin)
    undo(zweite, admin)
    undo(erste, admin)
    assert snapshot() == before


def test_undo_happens_once(admin):
    row = merge(make_erbringer("A"), make_erbringer("B"), admin)
    undo(row, admin)
    with pytest.raises(SchrittUnzulaessig, match="schon rückgängig"):
        undo(row, admin)


def test_undo_is_refused_when_the_name_is_taken(admin):
    bleibt, geht = make_kasse("Eins"), make_kasse("Zwei")
    row = merge(bleibt, geht, admin)
    make_kasse("Zwei")
    with pytest.raises(SchrittUnzulaessig, match="trägt inzwischen ein anderer"):
        undo(row, admin)
    row.refresh_from_db()
    assert row.zurueck_am is None


@pytest.mark.parametrize(
    ("eins", "zwei"),
    [
        (lambda: make_kasse("A"), lambda: make_kasse("B", art="krankenkasse")),
        (lambda: make_kasse("A"), lambda: make_kasse("B", eigener=True)),
        (lambda: make_stelle("A"), lambda: make_stelle("B", "sozialgericht")),
        (lambda: make_stelle("A"), lambda: make_erbringer("A")),
    ],
)
def test_different_kinds_are_not_merged(admin, eins, zwei):
    with pytest.raises(SchrittUnzulaessig, match=r"sie bleiben getrennt|desselben Verzeichnisses"):
        merge(eins(), zwei(), admin)
    assert not Zusammenfuehrung.objects.exists()


def test_an_entry_is_not_merged_with_itself_or_twice(admin):
    a, b, c = make_erbringer("A"), make_erbringer("B"), make_erbringer("C")
    with pytest.raises(SchrittUnzulaessig, match="zwei verschiedene Einträge"):
        merge(a, a, admin)
    merge(a, b, admin)
    with pytest.raises(SchrittUnzulaessig, match="mit einem anderen zusammengeführt"):
        merge(c, b, admin)


def test_fallmanagement_may_not_merge_or_undo(admin, fallmanager):
    a, b = make_erbringer("A"), make_erbringer("B")
    with pytest.raises(SchrittUnzulaessig, match="der Fachadministration"):
        merge(a, b, fallmanager)
    row = merge(a, b, admin)
    with pytest.raises(SchrittUnzulaessig, match="der Fachadministration"):
        undo(row, fallmanager)


def test_merged_into_follows_a_chain_to_its_end(admin):
    a, b, c = make_erbringer("A"), make_erbringer("B"), make_erbringer("C")
    merge(b, a, admin)
    merge(c, b, admin)
    assert merged_into(type(a)) == {a.pk: c.pk, b.pk: c.pk}
