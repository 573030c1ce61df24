"""A Frist gets a later end where the law says so, also after it has run out."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from cases.frist import guards
from cases.frist.services.fristenlauf import sweep
from cases.frist.services.fristneuberechnung import recompute_fristen
from cases.frist.services.fristverlaengerung import extend_frist
from cases.frist.services.handfrist import start_handfrist
from cases.models import Frist, Fristaenderung, Fristverlaengerung
from cases.states.frist import Fristzustand
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from recht.fehler import EingabeUngueltig
from recht.fristen import compute_frist
from recht.fristkatalog import katalog
from tests.fabriken import make_fall, make_user

pytestmark = pytest.mark.django_db

START, HEUTE = date(2026, 11, 2), date(2026, 11, 5)
SPAETER = date(2026, 11, 30)


def start(by, regel="F57", laenge="14 Tage", ausloeser=START):
    case = make_fall(by, eingang=START)
    return start_handfrist(
        case=case, regel=regel, ausloeser=ausloeser, laenge=laenge, by=by, tag=HEUTE
    )


@pytest.fixture
def frist(fallmanager):
    """Mitwirkung, 14 days from Monday, 2 November: ends on Monday, 16 November 2026."""
    return start(fallmanager)


def extend(frist, by, **felder):
    werte = {
        "bis": SPAETER,
        "grund": "behoerde",
        "mitgeteilt_am": None,
        "begruendung": "Krankenhaus",
        "tag": HEUTE,
    }
    return extend_frist(frist=frist, by=by, **(werte | felder))


def test_later_end_moves_on_from_the_old_one_and_says_so(frist, fallmanager):
    # Saturday, 28 November 2026: the end moves to Monday like every other (§ 26 Abs. 3 SGB X).
    zeile = extend(frist, fallmanager, bis=date(2026, 11, 28))
    frist.refresh_from_db()
    assert (frist.ende, frist.state) == (date(2026, 11, 30), "offen")
    schritt = next(s for s in frist.schritte if "Verlängert bis" in s["text"])
    assert schritt["norm"] == "§ 26 Abs. 7 SGB X, § 190 BGB"
    assert "16.11.2026" in schritt["text"]
    aenderung = Fristaenderung.objects.get()
    assert (aenderung.fristverlaengerung, aenderung.ende_alt) == (zeile, date(2026, 11, 16))
    assert (zeile.norm, zeile.begruendung) == ("§ 26 Abs. 7 SGB X", "Krankenhaus")
    assert "verlängert bis 30.11.2026" in frist.case.ereignisse.latest("pk").text


def test_second_extension_counts_from_the_first(frist, fallmanager):
    extend(frist, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match=r"bisherigen Ende am 30\.11\.2026"):
        extend(frist, fallmanager, bis=date(2026, 11, 30))
    extend(frist, fallmanager, bis=date(2026, 12, 11))
    frist.refresh_from_db()
    assert frist.ende == date(2026, 12, 11)


def test_frist_of_the_authority_is_extended_after_it_has_run_out(frist, fallmanager):
    """§ 26 Abs. 7 S. 2 SGB X: also retroactively."""
    spaet = date(2026, 11, 20)
    sweep(tag=spaet)
    frist.refresh_from_db()
    assert frist.state == Fristzustand.ABGELAUFEN
    extend(frist, fallmanager, bis=date(2026, 12, 1), tag=spaet)
    frist.refresh_from_db()
    assert (frist.state, frist.ende, frist.erledigt_am) == ("offen", date(2026, 12, 1), None)
    sweep(tag=date(2026, 12, 2))
    frist.refresh_from_db()
    assert frist.state == Fristzustand.ABGELAUFEN


def test_extension_survives_a_computation_anew(frist, fallmanager):
    extend(frist, fallmanager)
    recompute_fristen(tag=HEUTE, anlass="Probe", anwenden=True)
    frist.refresh_from_db()
    assert frist.ende == SPAETER


# § 18 Abs. 1, 2 SGB IX: two months from 02.11.2026 end on 02.01.2027, a Saturday, so Mo 04.01.
F13_ENDE = date(2027, 1, 4)


@pytest.mark.parametrize(
    ("felder", "text", "norm"),
    [
        ({"mitgeteilt_am": None}, "wann die Gründe", "§ 18 Abs. 1 SGB IX, § 18 Abs. 3 S. 1 SGB IX"),
        ({"mitgeteilt_am": date(2026, 11, 6)}, "in der Zukunft", "§ 18 Abs. 1 SGB IX"),
        (
            {"mitgeteilt_am": date(2027, 1, 5), "tag": date(2027, 1, 5)},
            "nach dem Ende",
            "§ 18 Abs. 1 SGB IX",
        ),
        ({"bis": date(2027, 1, 19)}, "höchstens 14 Tage", "§ 18 Abs. 2 S. 2 Nr. 1 SGB IX"),
        ({"bis": F13_ENDE}, "nach dem bisherigen Ende", "§ 190 BGB"),
        ({"grund": "behoerde"}, "nicht vorgesehen", "§ 190 BGB"),
    ],
)
def test_reasoned_notice_comes_before_the_end(fallmanager, felder, text, norm):
    frist = start(fallmanager, "F13", "")
    assert frist.ende == F13_ENDE
    werte = {"grund": "sachverstaendige", "bis": date(2027, 1, 18), "mitgeteilt_am": HEUTE}
    with pytest.raises(SchrittUnzulaessig, match=text) as fehler:
        extend(frist, fallmanager, **(werte | felder))
    assert fehler.value.norm == norm
    assert not Fristverlaengerung.objects.exists()
    extend(frist, fallmanager, **werte)
    frist.refresh_from_db()
    assert frist.ende == date(2027, 1, 18)


def test_each_limited_ground_extends_once(fallmanager):
    frist = start(fallmanager, "F13", "")
    extend(frist, fallmanager, grund="sachverstaendige", bis=date(2027, 1, 18), mitgeteilt_am=HEUTE)
    assert [g.schluessel for g in guards.verlaengerungsgruende(frist)] == [
        "begutachtung",
        "mitwirkung",
    ]
    extend(frist, fallmanager, grund="begutachtung", bis=date(2027, 2, 15), mitgeteilt_am=HEUTE)
    frist.refresh_from_db()
    assert frist.ende == date(2027, 2, 15)


def test_frist_kann_verlaengert_werden(fallmanager):
    frist = start(fallmanager, "F13", "")
    assert guards.frist_kann_verlaengert_werden(frist, 3) is None
    assert "ausgeschöpft" in guards.frist_kann_verlaengert_werden(frist, 0).text
    frist.state = Fristzustand.ABGELAUFEN
    assert "lässt sie sich nicht mehr" in guards.frist_kann_verlaengert_werden(frist, 3).text
    gesetz = Frist.objects.get(case=frist.case, regel="F01")
    assert guards.frist_kann_verlaengert_werden(gesetz, 0).norm == "§ 26 Abs. 7 SGB X"


def test_neues_ende_zulaessig(frist):
    grund = katalog()["F57"].verlaengerungen[0]
    assert guards.neues_ende_zulaessig(frist, date(2026, 11, 17), grund) is None
    assert guards.neues_ende_zulaessig(frist, date(2026, 11, 16), grund).norm == "§ 190 BGB"
    assert "nach dem Jahr" in guards.neues_ende_zulaessig(frist, date(2190, 1, 1), grund).text


def test_mitteilung_vor_dem_ende(frist):
    frei, streng = katalog()["F57"].verlaengerungen[0], katalog()["F13"].verlaengerungen[0]
    assert guards.mitteilung_vor_dem_ende(frist, None, frei, HEUTE) is None
    assert guards.mitteilung_vor_dem_ende(frist, frist.ende, streng, frist.ende) is None
    found = guards.mitteilung_vor_dem_ende(frist, None, streng, HEUTE)
    assert found.norm == "§ 18 Abs. 1 SGB IX, § 18 Abs. 3 S. 1 SGB IX"


def test_only_who_writes_extends(frist):
    with pytest.raises(SchrittUnzulaessig, match="der Rolle Fallmanagement"):
        extend(frist, make_user("revision", Rolle.REVISION))


def test_extension_is_never_changed(frist, fallmanager):
    zeile = extend(frist, fallmanager)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Fristverlaengerung.objects.filter(pk=zeile.pk).update(bis=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("regel", "bis", "text"),
    [
        ("F04", date(2026, 12, 31), "lässt sich nicht verlängern"),
        ("F14", date(2026, 12, 31), "lässt sich nicht verlängern"),
        ("F56", date(2026, 11, 16), "nicht nach dem bisherigen"),
    ],
)
def test_engine_extends_only_what_the_catalogue_allows(regel, bis, text):
    with pytest.raises(EingabeUngueltig, match=text):
        compute_frist(regel, START, "BW", verlaengert_bis=bis)


def test_hemmung_is_offered_for_no_extension():
    """§ 209 BGB is about Hemmung; an extension is § 26 Abs. 7 SGB X or § 18 Abs. 2 SGB IX."""
    offen = {r.id for r in katalog().values() if any(not p.nur_bestand for p in r.pausen)}
    laenger = {r.id for r in katalog().values() if r.verlaengerungen}
    assert (offen, laenger) == ({"F32", "F33"}, {"F13", "F56", "F57"})


def test_page_extends_and_names_what_is_wrong(client, frist, fallmanager):
    client.force_login(fallmanager)
    url = f"/faelle/{frist.case_id}/fristen/{frist.pk}/verlaengern/"
    seite = client.get(url).content.decode()
    assert "§ 26 Abs. 7 SGB X" in seite
    angaben = {"grund": "behoerde", "bis": "16.11.2026", "begruendung": "Krankenhaus"}
    antwort = client.post(url, angaben)
    assert (antwort.status_code, "Krankenhaus" in antwort.content.decode()) == (422, True)
    assert "nach dem bisherigen Ende" in antwort.content.decode()
    assert client.post(url, angaben | {"bis": "30.11.2026"}).status_code == 302
    liste = client.get(f"/faelle/{frist.case_id}/fristen/").content.decode()
    assert "bis 30.11.2026: Die Behörde verlängert" in liste
    gesetz = Frist.objects.get(case=frist.case, regel="F01")
    antwort = client.get(f"/faelle/{frist.case_id}/fristen/{gesetz.pk}/verlaengern/", follow=True)
    assert "keine Vorschrift vor, dass sie verlängert wird" in antwort.content.decode()
