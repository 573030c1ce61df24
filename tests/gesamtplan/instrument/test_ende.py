"""The end of an instrument without a successor: two people, and a day that lies ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.instrument import guards, services
from gesamtplan.instrument.queries import instrumente_on
from gesamtplan.models import Instrumentfassung
from tests.fabriken import HEUTE
from tests.gesamtplan.instrument.test_instrument import MORGEN, angaben, offer, refused
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = pytest.mark.django_db


def end(row, by, letzter_tag=HEUTE, tag=HEUTE):
    return services.end_instrument(
        fassung=row, letzter_tag=letzter_tag, grund="Wird nicht mehr benutzt.", by=by, tag=tag
    )


def test_ended_instrument_has_no_successor_and_the_one_before_does_not_come_back(erste, zweite):
    eins = offer(erste, zweite)
    zwei = services.continue_instrument(
        fassung=eins, angaben=angaben(fassung="2", gueltig_ab=HEUTE), by=erste, tag=HEUTE
    )
    services.release_instrument(fassung=zwei, by=zweite, tag=HEUTE)
    end(zwei, erste)
    # Until a second person agrees it holds.
    assert instrumente_on(MORGEN) == [zwei]
    services.confirm_instrumentende(fassung=zwei, by=zweite, tag=HEUTE)
    assert (instrumente_on(HEUTE), instrumente_on(MORGEN)) == ([zwei], [])
    with refused("Cannot update"):
        Instrumentfassung.objects.filter(pk=zwei.pk).update(ende_am=MORGEN)


def test_last_day_of_a_version_does_not_bring_the_one_before_back(erste, zweite):
    eins = offer(erste, zweite)
    zwei = services.continue_instrument(
        fassung=eins,
        angaben=angaben(fassung="2", gueltig_ab=HEUTE, gueltig_bis=HEUTE),
        by=erste,
        tag=HEUTE,
    )
    services.release_instrument(fassung=zwei, by=zweite, tag=HEUTE)
    assert instrumente_on(MORGEN) == []


def test_ende_durch_zweite_person(erste, zweite):
    row = end(offer(erste, zweite), erste)
    assert guards.ende_durch_zweite_person(row, zweite) is None
    with pytest.raises(SchrittUnzulaessig, match="Sie haben das Ende selbst eingetragen"):
        services.confirm_instrumentende(fassung=row, by=erste, tag=HEUTE)


def test_ende_noch_nicht_eingetragen(erste, zweite):
    row = end(offer(erste, zweite), erste)
    with pytest.raises(SchrittUnzulaessig, match="schon eingetragen"):
        end(row, erste, MORGEN)
    row = services.withdraw_instrumentende(fassung=row, by=zweite, tag=HEUTE)
    assert end(row, erste, MORGEN).ende_am == MORGEN


def test_ende_wartet(erste, zweite):
    row = offer(erste, zweite)
    for act in (services.confirm_instrumentende, services.withdraw_instrumentende):
        with pytest.raises(SchrittUnzulaessig, match="Es wartet kein Ende"):
            act(fassung=row, by=zweite, tag=HEUTE)


def test_ende_nicht_vorbei(erste, zweite):
    row = offer(erste, zweite)
    with pytest.raises(SchrittUnzulaessig, match="frühestens am"):
        end(row, erste, HEUTE - timedelta(days=1))
    row = end(row, erste)
    with pytest.raises(SchrittUnzulaessig, match="frühestens am"):
        services.confirm_instrumentende(fassung=row, by=zweite, tag=MORGEN)


def test_pages_of_the_end(client, erste, zweite, leitung):
    row = offer(erste, zweite)
    client.force_login(erste)
    seite = reverse("instrument_beenden", args=[row.pk])
    felder = felder_of(client.get(seite)) | {"letzter_tag": "01.01.2025", "grund": "Alt"}
    antwort = client.post(seite, felder)
    assert list(antwort.context["form"].errors) == ["letzter_tag"]
    assert "Alt" in antwort.content.decode()
    assert client.post(seite, felder | {"letzter_tag": "31.12.2028"}).status_code == 302
    bestaetigen = reverse("instrument_ende_bestaetigen", args=[row.pk])
    assert "Sie haben das Ende selbst" in client.get(bestaetigen).content.decode()
    client.force_login(leitung)
    assert "Ende von Eigenes bestätigen" in client.get("/").content.decode()
    client.force_login(zweite)
    felder = felder_of(client.get(bestaetigen))
    assert client.post(bestaetigen, felder)["Location"] == reverse("instrumente")
    liste = client.get(reverse("instrumente")).content.decode()
    assert "31.12.2028: Alt." in liste
    assert "bestätigt von" in liste
