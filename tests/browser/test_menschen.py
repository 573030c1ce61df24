"""Persons as they are: two of one name from one file; abroad, without a home, with a body, dead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Case, LeistungsberechtigtePerson
from tests import uhr
from tests.cases.austausch.bausteine import as_csv, make_profil, zeile
from tests.fabriken import make_behoerde, make_fall, make_fallmanager, make_leitung, make_person

pytestmark = pytest.mark.django_db(transaction=True)
WER = {"vorname": "Mohammad", "nachname": "T.", "geburtsdatum": "01.01.1995"}


@pytest.fixture
def datei():
    """Return a file with two men of one name and day, who live and are paid elsewhere."""
    make_behoerde()
    make_profil()
    make_fallmanager()
    make_leitung()
    zweiter = {"strasse": "Hauptstraße 5", "iban": "DE02120300000000202051", "telefon": "0711 222"}
    return as_csv(
        zeile(aktenzeichen="A-1", telefon="0711 111", **WER),
        zeile(aktenzeichen="A-2", **WER, **zweiter),
    )


def test_two_of_one_name_and_placeholder_birthday_stay_two(neue_seite, datei):
    seite = neue_seite()
    seite.anmelden("leitung")
    seite.offen("/bestandsuebernahme/neu/")
    seite.page.set_input_files(
        "[name=datei]", {"name": "alt.csv", "mimeType": "text/csv", "buffer": datei}
    )
    seite.page.select_option("[name=profil]", index=1)
    seite.page.select_option("[name=team]", index=1)
    seite.klick("Datei prüfen")
    seite.page.get_by_role("link", name="Ähnliche Personen").click()
    seite.page.get_by_text("der 1. Januar steht oft für einen unbekannten Tag").first.wait_for()
    text = seite.text()
    assert "Dieselbe Person wie Zeile 2" in text
    assert "Telefon der Zeile soll gelten: 0711 222 statt bisher 0711 111" in text
    assert "Konto der Zeile soll gelten" in text
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.page.get_by_label("Eine andere Person: neu anlegen").check()
    seite.klick("Auswahl dieser Seite speichern")
    seite.klick("Übernehmen")
    seite.page.get_by_text("übernommen").first.wait_for()
    assert Case.objects.count() == LeistungsberechtigtePerson.objects.count() == 2
    eins, zwei = (c.leistungsberechtigte_person for c in Case.objects.order_by("aktenzeichen"))
    assert (eins.telefon, zwei.telefon) == ("0711 111", "0711 222")
    assert eins.iban_am(uhr.HEUTE)[-4:] != zwei.iban_am(uhr.HEUTE)[-4:]


def fill(seite, **felder: str) -> None:
    for name, wert in felder.items():
        feld = seite.page.locator(f"[name={name}]").first
        if feld.evaluate("e => e.tagName") == "SELECT":
            feld.select_option(wert)
        else:
            feld.fill(wert)


def test_abroad_without_home_with_a_body_and_dead(neue_seite, fallmanager):
    case = make_fall(fallmanager, person=make_person("Sommer", vorname="Ida"))
    zweiter = make_fall(fallmanager, person=case.leistungsberechtigte_person)
    heute = f"{uhr.HEUTE:%d.%m.%Y}"
    person = f"/faelle/{case.pk}/person/"
    seite = neue_seite()
    seite.anmelden("fallmanager")
    # Abroad: a code of another country is named with the way out, and nothing typed is lost.
    seite.offen(f"/faelle/{case.pk}/anschrift/neu/")
    frueher = f"{uhr.HEUTE - timedelta(days=9):%d.%m.%Y}"
    fill(seite, strasse="Gasse 3", plz="8001", ort="Zürich", gueltig_ab=frueher)
    seite.klick("Speichern")
    seite.page.get_by_text("wählen Sie das Land aus").first.wait_for()
    assert seite.page.input_value("[name=ort]") == "Zürich"
    fill(seite, land="CH")
    seite.klick("Speichern")
    seite.page.wait_for_url("**/person/#anschriften")
    assert "8001 ZÜRICH" in seite.text()
    # Without a home: reached through somebody else.
    seite.offen(f"/faelle/{case.pk}/anschrift/neu/")
    fill(seite, anschriftart="ohne_wohnsitz", zusatz="c/o Fachberatungsstelle", plz="70173")
    fill(seite, strasse="Weg 3", ort="Stuttgart", gueltig_ab=heute)
    seite.ohne_barrieren()
    seite.klick("Speichern")
    seite.page.wait_for_url("**/person/#anschriften")
    assert "c/o Fachberatungsstelle" in seite.text()
    # A Betreuungsverein needs no invented surname.
    seite.offen(person)
    seite.klick("Neue Vertretung")
    fill(seite, art="betreuung", organisation="Betreuungsverein Musterau", strasse="Platz 7")
    fill(seite, plz="70999", ort="Musterau", gueltig_ab=frueher)
    seite.page.get_by_label("Vertretung gegenüber Behörden").check()
    seite.klick("Speichern")
    seite.page.wait_for_url("**/person/#vertretungen")
    assert "Betreuungsverein Musterau" in seite.page.inner_text("#post")
    # She dies while two cases run: both know it, and nobody writes to her.
    seite.klick("Tod der Person eintragen")
    fill(seite, verstorben_am=heute)
    seite.klick("Speichern")
    seite.page.get_by_text("wodurch der Tod bekannt ist").first.wait_for()
    seite.ohne_barrieren()
    fill(seite, verstorben_quelle="sterbeurkunde")
    seite.klick("Speichern")
    seite.page.get_by_text("Es sind keine Erben erfasst").first.wait_for()
    seite.offen(f"/faelle/{zweiter.pk}/")
    seite.page.get_by_text("Die Person ist verstorben").first.wait_for()
    seite.ohne_barrieren()
    seite.passt_in(320)
