"""Search first, the warning while typing, Anfrage, application, guided rest, paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.antrag.queries.antrag import ABSCHNITTE
from cases.models import Case
from tests import uhr
from tests.browser.test_geschichte import fill
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team
from vorfuehrung.behoerde import create_behoerde

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seite(neue_seite):
    create_behoerde()
    fm = make_fallmanager("jonas", make_team())
    lena = make_person("Oehler", vorname="Lena", geburtsdatum=date(1990, 2, 3))
    make_fall(fm, person=lena, eingang=uhr.HEUTE)
    seite = neue_seite()
    seite.anmelden("jonas")
    return seite


def heute(tage: int = 0) -> str:
    return f"{uhr.HEUTE + timedelta(days=tage):%d.%m.%Y}"


def submit(seite, ziel: str) -> None:
    """Send a form that shows errors, and wait until it has led on."""
    seite.page.locator("main form.fw-formular button[type=submit]").click()
    seite.page.wait_for_url(ziel)


def search_and_warn(seite) -> None:
    seite.offen("/antrag/neu/")
    seite.ohne_barrieren()
    fill(seite, {"nachname": "Öhler", "vorname": "Lena"})
    seite.klick("Person suchen")
    assert "gleicher Name" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.klick("Anfrage einer neuen Person")
    seite.page.locator("main [name=geburtsdatum]").press_sequentially("02.03.1990")
    seite.page.get_by_text("Tag und Monat vertauscht").wait_for()
    seite.ohne_barrieren()
    seite.passt_in(320)


def take_in_anfrage(seite) -> str:
    werte = {
        "anrede": "Frau",
        "strasse": "Gartenweg 3",
        "plz": "70999",
        "ort": "Musterau",
        "inhalt": "Fragt nach Assistenz.",
    }
    fill(seite, werte)
    seite.page.locator("main form.fw-formular button[type=submit]").click()
    seite.page.get_by_text("bestätigen Sie, dass es eine andere Person ist").first.wait_for()
    seite.ohne_barrieren()
    assert seite.page.input_value("main [name=strasse]") == "Gartenweg 3"
    seite.page.check("#id_dublette_bestaetigt")
    submit(seite, "**/faelle/*/")
    return f"/faelle/{Case.objects.latest('pk').pk}"


def test_from_search_to_the_antrag(seite):
    search_and_warn(seite)
    fall = take_in_anfrage(seite)
    case = Case.objects.latest("pk")
    assert (case.state, case.fristen.count()) == ("anfrage", 0)
    seite.offen(f"{fall}/antrag/")
    seite.ohne_barrieren()
    seite.klick("Antrag aufnehmen")
    fill(seite, {"eingang": heute(), "begehren": "Assistenz", "persoenliches_budget": True})
    submit(seite, f"**{fall}/antrag/")
    assert f"Antragsbogen: 0 von {len(ABSCHNITTE)} Abschnitten bearbeitet" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_from_the_first_section_to_paper(seite):
    case = Case.objects.get()
    fall = f"/faelle/{case.pk}"
    seite.offen(f"{fall}/antrag/")
    guided_rest(seite)
    alle = len(ABSCHNITTE)
    assert f"Antragsbogen: {alle} von {alle} Abschnitten bearbeitet" in seite.text()
    antrag = case.antraege.get()
    pdf = seite.page.request.get(f"{seite.adresse}{fall}/antrag/{antrag.pk}/formular.pdf")
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")
    seite.klick("Formular zu den Schreiben legen")
    seite.page.wait_for_url("**/schreiben/")
    assert "Antragsformular zum Antrag" in seite.text()


def test_the_pruefkatalog_keeps_what_was_typed(seite):
    antrag = Case.objects.get().antraege.get()
    check_budget(seite, f"/faelle/{antrag.case_id}/antrag/{antrag.pk}/pruefkatalog/")


#: Sections that are lists of their own; Lena Öhler has nothing to enter there.
LISTEN = (4, 5)
#: What is typed into a section; the others are saved empty.
EINGABEN: dict[str, dict[str, Any]] = {
    "Aufnahme und Unterstützung": {"unterstuetzung": "=nein"},
    "Persönliche Daten": {},
    "Beantragte Leistungen": {"pflege": True, "pflege_art": "Pflegesachleistung"},
    "Wünsche und Hinweise": {
        "wuensche": "Selbst entscheiden, wer kommt.",
        "ausfuehrung": "=geld",
    },
    "Einwilligung und Widerspruchsrecht": {"hinweis_am": heute()},
    "Unterschrift": {"unterschrift_am": heute(), "unterschrift_durch": "Lena Öhler"},
    "Bestätigung der Aufnahme": {"bestaetigt_am": heute(), "bestaetigt_ort": "Musterau"},
    "Ergebnis und Wiedervorlage": {
        "wiedervorlage_am": heute(7),
        "wiedervorlage_anlass": "Befund anfordern",
    },
}


def guided_rest(seite) -> None:
    seite.klick("Aufnahme und Unterstützung")
    ziele = [*(f"**/abschnitt/{nummer}/" for nummer, _ in ABSCHNITTE), "**/antrag/"]
    for (nummer, titel), hier, ziel in zip(ABSCHNITTE, ziele, ziele[1:], strict=False):
        seite.page.wait_for_url(hier)
        seite.passt_in(320)
        seite.ohne_barrieren()
        if nummer in LISTEN:
            seite.klick("Nichts einzutragen, weiter")
            seite.page.wait_for_url(ziel)
            continue
        fill(seite, EINGABEN.get(titel, {}))
        submit(seite, ziel)


def check_budget(seite, path: str) -> None:
    seite.offen(path)
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.klick("Prüfung beginnen")
    fill(seite, {"hilfebedarf_ergebnis": "=nicht_erfuellt"})
    seite.page.locator("main form.fw-formular button[type=submit]").click()
    seite.page.get_by_text("Bitte begründen Sie dieses Ergebnis").first.wait_for()
    seite.ohne_barrieren()
    fill(seite, {"hilfebedarf_begruendung": "Noch kein Gespräch."})
    seite.page.check("main [value=dafuer_netzwerk]")
    submit(seite, "**/pruefkatalog/")
    assert "nicht erfüllt" in seite.text()
    seite.ohne_barrieren()
