"""A new address of the authority: whoever turns the mail gets what people answer."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from cases.behoerde.guards import aenderung as guards
from cases.behoerde.queries.aenderung import waiting_changes
from cases.behoerde.services.aenderung import reject_aenderung, release_aenderung
from cases.behoerde.services.behoerde import update_behoerde
from cases.models import Behoerde, Behoerdenaenderung, User
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, make_user, norm_of
from tests.oberflaeche.gleichzeitig import Fenster

pytestmark = pytest.mark.django_db
NEU = {"strasse": "Postfach 7", "elektronischer_zugang": "fremd@example.org"}


def propose(by: User, **angaben: str) -> Behoerdenaenderung:
    """Return what waits after `by` has saved a new address, or `angaben`."""
    update_behoerde(angaben=angaben or NEU, by=by, tag=HEUTE)
    return waiting_changes().get()


def test_aenderung_durch_zweite_person(erste, zweite):
    row = propose(erste)
    vorher = Behoerde.objects.get()
    assert (vorher.strasse, row.bisher["strasse"]) == ("Schlossplatz 1", "Schlossplatz 1")
    assert norm_of(guards.aenderung_durch_zweite_person(row, erste)) == "Vier-Augen-Grundsatz"
    konto = make_user("konto", Rolle.LEITUNG)
    User.objects.filter(pk=konto.pk).update(first_name=erste.first_name, last_name=erste.last_name)
    konto.refresh_from_db()
    for by in (erste, konto):
        with pytest.raises(SchrittUnzulaessig, match="selbst vorgeschlagen"):
            release_aenderung(row=row, by=by, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="vorbehalten"):
        release_aenderung(row=row, by=make_user("fm", Rolle.FALLMANAGEMENT), tag=HEUTE)
    assert release_aenderung(row=row, by=zweite, tag=HEUTE).state == "gilt"
    nachher = Behoerde.objects.get()
    assert (nachher.strasse, nachher.elektronischer_zugang) == tuple(NEU.values())
    assert nachher.telefon == vorher.telefon
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        release_aenderung(row=row, by=zweite, tag=HEUTE)


def test_what_is_no_address_holds_at_once(erste):
    assert update_behoerde(angaben={"amt": "Sozialamt"}, by=erste, tag=HEUTE) is None
    assert Behoerde.objects.get().amt == "Sozialamt"
    assert not Behoerdenaenderung.objects.exists()


def test_next_proposal_of_the_same_person_takes_the_place_of_the_first(erste):
    alt = propose(erste)
    neu = propose(erste, telefon="07999 7")
    alt.refresh_from_db()
    assert (alt.state, alt.grund) == ("verworfen", "durch eine andere Änderung ersetzt")
    assert neu.neu == {**NEU, "telefon": "07999 7"}
    behoerde = Behoerde.objects.get()
    zurueck = {name: getattr(behoerde, name) for name in neu.neu}
    assert update_behoerde(angaben=zurueck, by=erste, tag=HEUTE) is None
    assert not waiting_changes().exists()


def test_aenderung_von_anderen_wartet(erste):
    """Else the first would release her own address under the name of who saved after her."""
    row = propose(erste)
    dritte = make_user("dritte", Rolle.FACHADMINISTRATION)
    hindernis = guards.aenderung_von_anderen_wartet(row, dritte)
    assert norm_of(hindernis) == "Vier-Augen-Grundsatz"
    assert guards.aenderung_von_anderen_wartet(row, erste) is None
    with pytest.raises(SchrittUnzulaessig, match="wartet auf Freigabe"):
        propose(dritte, telefon="07999 7")
    # What is no address she may save all the same; what waits stays as it is.
    assert update_behoerde(angaben={"amt": "Sozialamt"}, by=dritte, tag=HEUTE) == row
    assert waiting_changes().get() == row
    reject_aenderung(row=row, grund="anders", by=dritte, tag=HEUTE)
    neu = propose(dritte, telefon="07999 7")
    assert (neu.neu, neu.vorgeschlagen_von) == ({"telefon": "07999 7"}, dritte)
    assert release_aenderung(row=neu, by=erste, tag=HEUTE).state == "gilt"


def test_aenderung_noch_aktuell(erste, zweite):
    row, behoerde = propose(erste), Behoerde.objects.get()
    assert guards.aenderung_noch_aktuell(row, behoerde) is None
    Behoerde.objects.update(strasse="Markt 1")
    with pytest.raises(SchrittUnzulaessig, match="haben sich geändert") as grund:
        release_aenderung(row=row, by=zweite, tag=HEUTE)
    assert grund.value.norm == "§ 67c Abs. 1 SGB X"
    behoerde.refresh_from_db()
    assert norm_of(guards.aenderung_noch_aktuell(row, behoerde)) == "§ 67c Abs. 1 SGB X"
    assert reject_aenderung(row=row, grund="alt", by=erste, tag=HEUTE).state == "verworfen"


def test_database_refuses_one_pair_of_eyes(erste, zweite):
    row = propose(erste)
    rows = Behoerdenaenderung.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="vier_augen"), transaction.atomic():
        rows.update(state="gilt", entschieden_von=erste, entschieden_am=HEUTE)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(vorgeschlagen_von=zweite)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(neu={"strasse": "Anderswo 1"})
    release_aenderung(row=row, by=zweite, tag=HEUTE)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(grund="x")
    with pytest.raises(DatabaseError, match=r"Cannot delete|permission"), transaction.atomic():
        rows.delete()


def test_form_shows_what_waits_and_the_second_person_decides(client, erste, zweite):
    fenster = Fenster.open(erste, reverse("behoerde_aendern"))
    felder = fenster.read()
    felder["strasse"] = ["Postfach 7"]
    assert fenster.send(felder).status_code == 302
    row = waiting_changes().get()
    assert Fenster.open(erste, reverse("behoerde_aendern")).read()["strasse"] == ["Postfach 7"]
    weg, fort = (
        reverse(f"behoerdenaenderung_{schritt}", args=[row.pk])
        for schritt in ("freigeben", "verwerfen")
    )
    client.force_login(erste)
    seite = client.get(reverse("behoerde")).text
    assert "Postfach 7" in seite
    assert "Sie haben diese Änderung selbst vorgeschlagen" in seite
    assert client.post(weg).status_code == 422
    assert weg not in client.get(reverse("start")).text
    client.force_login(zweite)
    assert weg in client.get(reverse("start")).text
    assert "Schlossplatz 1" in client.get(weg).text
    assert client.post(fort, {"text": ""}).status_code == 422
    assert client.post(weg).status_code == 302
    assert Behoerde.objects.get().strasse == "Postfach 7"
    assert "nicht möglich" in client.post(fort, {"text": "x"}).text
    assert "nicht möglich" in client.get(fort, follow=True).text
    assert client.get(reverse("behoerdenaenderung_freigeben", args=[999])).status_code == 404
