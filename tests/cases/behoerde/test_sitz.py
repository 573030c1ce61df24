"""The seat of the authority: local holidays with a day, four eyes, and all that asks for them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.behoerde.queries.sitz import offered_keys, ortszeilen, sitz
from cases.fall.services.notfallzugriff import review_due
from cases.frist.services.frist import start_frist
from cases.frist.services.fristneuberechnung import fingerprint, recompute_if_changed
from cases.models import Behoerde, Frist
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.tisch.queries.kalender import calendar_days
from recht.fristkennung import Regel
from tests.cases.behoerde.proben import propose, set_value
from tests.fabriken import make_fall, make_fallmanager, make_user

pytestmark = pytest.mark.django_db

HIMMELFAHRT, FRIEDENSFEST = "sitz.mariae_himmelfahrt", "sitz.augsburger_friedensfest"
AB_2004 = date(2004, 1, 1)
# § 84 Abs. 1 SGG: Bekanntgabe on Sunday 15.07.2029, the month ends on
# Wednesday 15.08.2029, Mariä Himmelfahrt (Art. 1 Abs. 1 Nr. 2 FTG BY).
AUSLOESER, AM_TAG, DANACH = date(2029, 7, 15), date(2029, 8, 15), date(2029, 8, 16)


@pytest.fixture
def bayern(behoerde) -> Behoerde:
    Behoerde.objects.update(land="BY")
    return behoerde


def start(case) -> Frist:
    return start_frist(
        case=case, regel=Regel.WIDERSPRUCH, gegenstand="probe", ausloeser=AUSLOESER, by=None
    )


def test_seat_is_the_land_alone_where_no_local_holiday_exists(behoerde):
    assert (sitz(), sitz().angaben) == ("BW", ())
    assert not any(a.schluessel.startswith("sitz.") for a in offered_keys())
    assert ortszeilen(AM_TAG, sitz()) == []


def test_only_local_holidays_of_the_land_can_be_set(bayern, erste):
    assert [a.schluessel for a in offered_keys() if a.schluessel.startswith("sitz.")] == [
        HIMMELFAHRT,
        FRIEDENSFEST,
    ]
    with pytest.raises(SchrittUnzulaessig, match="Fronleichnam ist in Bayern kein örtlicher"):
        propose(erste, "sitz.fronleichnam", "ja")


def test_frist_says_what_hangs_on_the_seat_until_it_is_set(bayern, erste, zweite):
    user = make_fallmanager()
    unbekannt = start(make_fall(user))
    assert unbekannt.ende == AM_TAG
    satz = unbekannt.schritte[-2]
    assert "gilt es dort, endet die Frist am Donnerstag, 16.08.2029" in satz["text"]
    assert satz["norm"] == "§ 26 Abs. 3 S. 1 SGB X, Art. 1 Abs. 1 Nr. 2 FTG BY"

    set_value(erste, zweite, HIMMELFAHRT, "ja", ab=AB_2004)
    gesetzt = start(make_fall(user))
    assert (gesetzt.ende, gesetzt.verschoben_wegen) == (DANACH, "Mariä Himmelfahrt")
    assert not any("Sitz der Behörde" in s["text"] for s in gesetzt.schritte)


def test_no_to_a_local_holiday_is_an_answer_too(bayern, erste, zweite):
    set_value(erste, zweite, HIMMELFAHRT, "nein", ab=AB_2004)

    frist = start(make_fall(make_fallmanager()))

    assert frist.ende == AM_TAG
    assert not any("Sitz der Behörde" in s["text"] for s in frist.schritte)


def test_proposal_alone_moves_nothing(bayern, erste):
    propose(erste, HIMMELFAHRT, "ja", ab=AB_2004)

    assert sitz().gilt("mariae_himmelfahrt", AM_TAG) is None


def test_seat_changes_from_a_day_on(bayern, erste, zweite):
    set_value(erste, zweite, HIMMELFAHRT, "ja", ab=AB_2004)
    set_value(erste, zweite, HIMMELFAHRT, "nein", ab=date(2029, 1, 1))

    antworten = [
        sitz().gilt("mariae_himmelfahrt", date(jahr, 8, 15)) for jahr in (2003, 2028, 2029)
    ]

    assert antworten == [None, True, False]


def test_night_moves_running_fristen_when_the_seat_is_set(bayern, erste, zweite):
    frist = start(make_fall(make_fallmanager()))
    recompute_if_changed(tag=date(2026, 11, 23))
    vorher = fingerprint()
    assert recompute_if_changed(tag=date(2026, 11, 23)) is None

    set_value(erste, zweite, HIMMELFAHRT, "ja", ab=AB_2004)

    assert fingerprint() != vorher
    lauf = recompute_if_changed(tag=date(2026, 11, 24))
    frist.refresh_from_db()
    assert (lauf.geaendert, frist.ende) == (1, DANACH)
    aenderung = frist.fristaenderungen.get()
    assert (aenderung.ende_alt, aenderung.ende_neu) == (AM_TAG, DANACH)


def test_other_computations_know_the_seat(bayern, erste, zweite):
    user = make_user("anna", Rolle.FALLMANAGEMENT)
    davor = review_due(date(2029, 8, 8))
    set_value(erste, zweite, HIMMELFAHRT, "ja", ab=AB_2004)

    # Fifth working day after Wednesday 08.08.2029: the 15th, with the holiday the 16th.
    assert (davor, review_due(date(2029, 8, 8))) == (AM_TAG, DANACH)
    tage = calendar_days(user, [AM_TAG], AM_TAG)
    assert tage[AM_TAG].feiertag == "Mariä Himmelfahrt"


def test_calculator_uses_the_seat_for_the_own_land_only(client, bayern, erste, zweite):
    set_value(erste, zweite, HIMMELFAHRT, "ja", ab=AB_2004)
    client.force_login(erste)
    frage = {"frist": "F51", "ausloeser": "15.07.2029", "land": "BY"}

    eigen = client.get(reverse("fristenrechner"), frage).context["ergebnis"]
    sachsen = client.get(
        reverse("fristenrechner"), {**frage, "ausloeser": "31.04.2029", "land": "SN"}
    )

    assert (eigen.ende, eigen.warnung) == (DANACH, "")
    assert sachsen.status_code == 422
    # Fronleichnam 31.05.2029 in a part of Saxony: another Land says so.
    fremd = client.get(
        reverse("fristenrechner"), {**frage, "ausloeser": "30.04.2029", "land": "SN"}
    )
    assert "Fronleichnam" not in fremd.context["ergebnis"].warnung
    fremd = client.get(
        reverse("fristenrechner"),
        {"frist": "F01", "ausloeser": "17.05.2029", "land": "SN"},
    )
    assert "gilt es dort, endet die Frist am Freitag, 01.06.2029" in fremd.content.decode()


def test_page_of_the_authority_shows_what_is_open(client, bayern, erste, zweite):
    client.force_login(erste)
    url = reverse("eigener_wert_eingeben", args=[HIMMELFAHRT])
    seite = client.get(reverse("behoerde")).content.decode()
    assert "nicht hinterlegt" in seite
    assert f'href="{url}"' in " ".join(seite.split())
    gesetz = client.post(
        url, {"wert": "ja", "gueltig_ab": "01.01.2004", "begruendung": "Gemeinde Musterau"}
    )
    assert gesetz.status_code == 302

    fremd = reverse("eigener_wert_eingeben", args=["sitz.fronleichnam"])
    assert client.get(fremd).status_code == 422
