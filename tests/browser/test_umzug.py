"""A person with a running grant moves: by the law of today and by that until 2019."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from budget.bescheid.services.wirksamkeit import begin_wirkungen
from budget.models import Traegerwechsel, Umzug
from cases.models import Wohnsituation
from cases.person.services.personenangabe import add_angabe
from cases.schreiben.services.versand import record_aufgabe, send
from tests import uhr
from tests.browser.test_ende import sieht_gut_aus, weg, zeigt
from tests.browser.test_geschichte import step
from tests.budget import fabriken
from tests.budget.folge import geschichte
from tests.fabriken import make_traeger

pytestmark = pytest.mark.django_db(transaction=True)
NEU = uhr.HEUTE - timedelta(days=14)
ALT = date(2019, 6, 15)
UE = fabriken.Tage(
    date(2018, 3, 5),
    date(2018, 4, 3),
    date(2018, 4, 9),
    date(2018, 4, 16),
    date(2018, 4, 20),
    date(2018, 5, 1),
    None,
)


def running_since_2018() -> fabriken.Akte:
    """Return a case whose grant of 20.04.2018 is still paid."""
    akte = fabriken.insert_bescheid(
        fabriken.insert_vorgelegt(fabriken.make_akte(UE), UE), "freigegeben"
    )
    versand = send(
        schreiben=akte.bescheid.schreiben, weg="post", by=akte.fallmanager, tag=UE.bescheid
    )
    record_aufgabe(versand=versand, aufgabe_am=UE.bescheid, by=akte.fallmanager, tag=UE.bescheid)
    begin_wirkungen(tag=date(2018, 4, 23))
    return geschichte.refresh(akte)


def move(fm, akte, am: date) -> str:
    """Enter the new home as the person tells it; return the page of the decision."""
    step(
        fm,
        f"/faelle/{akte.case.pk}/person/anschriften/neu/",
        {
            "strasse": "Neue Straße 1",
            "plz": "80331",
            "ort": "München",
            "gueltig_ab": f"{am:%d.%m.%Y}",
        },
    )
    fm.offen(weg("fall", akte))
    zeigt(fm, f"Umzug am {am:%d.%m.%Y}")
    anschrift = akte.case.leistungsberechtigte_person.anschriften.order_by("-gueltig_ab")[0]
    return weg("umzug_entscheiden", akte, anschrift.pk)


def test_since_2020_we_stay_and_go_on_paying(neue_seite, behoerde):
    akte = geschichte.running()
    fm = neue_seite()
    fm.anmelden(akte.fallmanager.username)
    entscheiden = move(fm, akte, NEU)
    fm.offen(entscheiden)
    zeigt(fm, "Wir bleiben zuständig.", "§ 98 Abs. 1 S. 3 SGB IX", f"{NEU:%d.%m.%Y}", "München")
    step(
        fm,
        entscheiden,
        {"gebiet": "ausserhalb", "entscheidung": "unveraendert", "grund": "Gespräch mit ihr."},
    )
    zeigt(fm, "Gespräch mit ihr.", f"{uhr.HEUTE:%d.%m.%Y}")
    sieht_gut_aus(fm)
    fm.offen(f"{weg('budget_geltung', akte)}?am={uhr.HEUTE:%d.%m.%Y}")
    zeigt(fm, "2.589,00 €", "bescheid vom 15.04.2026")
    # Nobody else becomes competent by it, and the form says so at its field.
    fm.offen(weg("traegerwechsel_neu", akte))
    bg = make_traeger("eingliederungshilfe", "Stadt München")
    fm.offen(weg("traegerwechsel_neu", akte))
    fm.page.select_option("[name=an]", str(bg.pk))
    fm.page.check("[name=grund][value=umzug]")
    fm.page.fill("[name=ab]", f"{NEU:%d.%m.%Y}")
    fm.page.fill("[name=begruendung]", "Sie wohnt jetzt dort.")
    fm.klick("Trägerwechsel vermerken")
    zeigt(fm, "Der Umzug allein ändert die Zuständigkeit nicht")
    assert fm.page.input_value("[name=begruendung]") == "Sie wohnt jetzt dort."
    assert not Traegerwechsel.objects.exists()


def test_until_2019_another_carrier_becomes_competent(neue_seite, behoerde):
    akte = running_since_2018()
    assert akte.budget.state == "laeuft"
    add_angabe(
        case=akte.case,
        modell=Wohnsituation,
        werte={"wohnform": "eigene"},
        gueltig_ab=ALT,
        by=akte.fallmanager,
        tag=uhr.HEUTE,
    )
    muenchen = make_traeger("eingliederungshilfe", "Bezirk Oberbayern")
    wechsel = {
        "an": f"={muenchen.pk}",
        "grund": "umzug",
        "ab": f"{ALT:%d.%m.%Y}",
        "begruendung": "Anmeldung in München vom 17.06.2019.",
    }
    fm = neue_seite()
    fm.anmelden(akte.fallmanager.username)
    # Before the new home is on record, she lives with us.
    fm.offen(weg("traegerwechsel_neu", akte))
    fm.page.select_option("[name=an]", str(muenchen.pk))
    fm.page.check("[name=grund][value=umzug]")
    fm.page.fill("[name=ab]", wechsel["ab"])
    fm.page.fill("[name=begruendung]", wechsel["begruendung"])
    fm.klick("Trägerwechsel vermerken")
    zeigt(fm, "wohnt die Person nach ihrer Anschrift im eigenen Gebiet", "§ 98 Abs. 1 S. 1 SGB XII")
    entscheiden = move(fm, akte, ALT)
    fm.offen(entscheiden)
    zeigt(fm, "sind wir nicht mehr zuständig", "§ 98 Abs. 1 S. 1 SGB XII", "15.06.2019")
    step(
        fm,
        entscheiden,
        {"gebiet": "ausserhalb", "entscheidung": "traegerwechsel", "grund": "Umzug nach München."},
    )
    assert Umzug.objects.get().bleibt is False
    step(fm, weg("traegerwechsel_neu", akte), wechsel)
    zeigt(fm, "Bezirk Oberbayern", "Übernahme noch nicht zugesagt", "§ 2 Abs. 3 S. 2 SGB X")
    sieht_gut_aus(fm)
    row = Traegerwechsel.objects.get()
    assert (row.grund, row.ab, row.state) == ("umzug", ALT, "vermerkt")
