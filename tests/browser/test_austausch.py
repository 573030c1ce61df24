"""Import of existing cases in a browser: errors, corrected table, taken over, taken back."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from openpyxl import load_workbook

from cases.models import Case
from tests.cases.austausch.bausteine import as_csv, make_profil, read_xlsx, zeile
from tests.cases.verzeichnis.bausteine import make_admin
from tests.fabriken import make_behoerde, make_fall, make_fallmanager, make_leitung, make_person

pytestmark = pytest.mark.django_db(transaction=True)

LANG = "Donaudampfschifffahrtsgesellschaftskapitän-von-und-zu-Sankt-Märgen"


@pytest.fixture
def leute():
    make_behoerde()
    make_profil()
    make_fall(make_fallmanager(), person=make_person("Bekannt", vorname="Berta"))
    leitung = make_leitung()
    return leitung, make_admin(), Group.objects.count()


def check(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def submit(seite, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with seite.page.expect_navigation():
        seite.page.locator("main").get_by_role("button", name=name).first.click()


def upload(seite, name: str, data: bytes) -> None:
    seite.offen("/bestandsuebernahme/neu/")
    seite.page.set_input_files(
        "[name=datei]", {"name": name, "mimeType": "text/csv", "buffer": data}
    )
    seite.page.select_option("[name=profil]", index=1)
    seite.page.select_option("[name=team]", index=1)
    seite.page.fill("[name=soll_zeilen]", "3")
    submit(seite, "Datei prüfen")


def download(seite, name: str) -> bytes:
    with seite.page.expect_download() as info:
        seite.page.get_by_role("link", name=name).first.click()
    return info.value.path().read_bytes()


def corrected(data: bytes) -> bytes:
    mappe, puffer = load_workbook(BytesIO(data)), BytesIO()
    blatt = mappe.worksheets[0]
    spalten = {zelle.value: zelle.column for zelle in blatt[1]}
    blatt.cell(2, spalten["Postleitzahl"]).value = "70999"
    mappe.save(puffer)
    return puffer.getvalue()


ZEILEN = (
    zeile(nachname=LANG),
    zeile(aktenzeichen="ALT-2", vorname="Udo", nachname="Fehler", plz="1"),
    zeile(aktenzeichen="ALT-3", vorname="Berta", nachname="Bekannt"),
)


def test_file_is_checked_corrected_taken_over_and_back(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("leitung")
    seite.offen("/bestandsuebernahme/")
    check(seite)
    upload(seite, "alt.csv", b"Aktenzeichen;Vorname\n1;2\n")
    assert "In der Datei fehlen Spalten" in seite.text()
    check(seite)
    upload(seite, "alt.csv", as_csv(*ZEILEN))
    assert "1 fehlerhaft" in seite.text()
    check(seite)
    mappe = download(seite, "Fehlerhafte Zeilen herunterladen")
    assert "Postleitzahl" in str(read_xlsx(mappe)[1][-1])
    decide_and_take_over(seite)
    upload(seite, "fehler.xlsx", corrected(mappe))
    submit(seite, "Jetzt übernehmen")
    assert "1 übernommen" in seite.text()
    assert set(Case.objects.values_list("aktenzeichen", flat=True)) > {"ALT-2019-1", "ALT-2"}
    take_back(seite)
    assert [m for m in seite.meldungen if "422" not in m] == []


def decide_and_take_over(seite) -> None:
    # The step is shown closed, with its reason, as long as somebody is undecided.
    assert seite.page.get_by_role("button", name="Jetzt übernehmen").count() == 0
    assert "noch zu entscheiden, um welche Person es geht" in seite.text()
    seite.klick("Ähnliche Personen")
    assert "Dieselbe Person: Berta Bekannt" in seite.text() or "Bekannt, Berta" in seite.text()
    check(seite)
    seite.page.get_by_label("Dieselbe Person").first.check()
    submit(seite, "Auswahl dieser Seite speichern")
    submit(seite, "Jetzt übernehmen")
    assert "2 übernommen" in seite.text() or "1 übernommen, 1 ausgelassen" in seite.text()
    check(seite)


def take_back(seite) -> None:
    submit(seite, "Übernahme zurücknehmen")
    assert "1 zurückgenommen" in seite.text()
    check(seite)
    assert not Case.objects.filter(aktenzeichen="ALT-2").exists()


def test_list_is_taken_away(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("fallmanager")
    for pfad, link in (
        ("/faelle/", "Als Excel-Tabelle"),
        ("/kalender/", "Fristen als Excel-Tabelle"),
        ("/verzeichnis/", "Als Excel-Tabelle"),
    ):
        seite.offen(pfad)
        check(seite)
        assert len(read_xlsx(download(seite, link))) >= 1
    assert seite.meldungen == []


def test_profile_is_made_by_the_administration(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("admin")
    seite.offen("/importprofile/")
    check(seite)
    seite.klick("Neues Importprofil")
    check(seite)
    seite.page.fill("[name=spalte_nachname]", "")
    submit(seite, "Speichern")
    assert "Ohne diese Spalte lässt sich kein Fall übernehmen." in seite.text()
    check(seite)
    seite.page.fill("[name=spalte_nachname]", "Familienname")
    seite.page.fill("[name=name]", "Altverfahren 2019")
    submit(seite, "Speichern")
    assert "Altverfahren 2019" in seite.text()
    assert len(read_xlsx(download(seite, "Leere Vorlage für Altverfahren 2019"))) == 1


ALTSYSTEM = """sep=;
Fallliste Team Nord, Stand 01.03.26;;;;;;;;;;;;;
Az;Anr.;Name;Vorname;Geb.-Datum;Str.;PLZ;Wohnort;SB;Status;Beginn;PB;Ende;Betrag
A-1;Fr.;Müller;Eva;17.04.85;Weg 1;1067;Dresden;Alt, Klara;lfd.;02.05.19;N;;842,10 €
A-2;Fr.;Müller;Eva;17.04.85;Weg 1;1067;Dresden;Alt, Klara;lfd.;02.05.20;J;;1.000,00 €
A-3;Hr.;Mueller;Jürgen;01.01.90;Ring 2;70999;Musterau;fallmanager;lfd.;03.06.19;N;;
A-4;Hr.;Müller;Jürgen;01.01.90;Ring 8;70999;Musterau;fallmanager;lfd.;03.06.19;N;;
A-5;Fr.;MÃ¼nch;Lea;05.05.1970;Ring 3;70999;Musterau;fallmanager;beendet;03.06.2015;N;31.12.2019;
A-6;Hr.;Y?lmaz;Can;06.06.1971;Ring 4;70999;Musterau;fallmanager;lfd.;03.06.2019;N;;
A-1;Hr.;Doppelt;Otto;07.07.1972;Ring 5;70999;Musterau;fallmanager;lfd.;03.06.2019;N;;
A-7;Hr.;Zukunft;Max;08.08.1973;Ring 6;70999;Musterau;fallmanager;lfd.;31.02.2019;N;;
Summe;;;;;;;;;;;;;1.842,10 €
"""


def test_file_of_an_old_system_from_upload_to_take_back(neue_seite, leute):
    """Learned, words said, persons decided, days offered, taken over, re-work, taken back."""
    roh = ALTSYSTEM.encode("cp1252")
    seite = neue_seite()
    seite.anmelden("admin")
    seite.offen("/importprofile/lernen/")
    check(seite)
    seite.page.fill("[name=name]", "Altsystem")
    datei = {"name": "alt.csv", "mimeType": "text/csv", "buffer": roh}
    seite.page.set_input_files("[name=datei]", datei)
    submit(seite, "Profil vorschlagen")
    assert "Zustand: lfd. = Leistung läuft" in seite.page.input_value("[name=woerter]")
    assert seite.page.is_checked("[name=plz_nullen]")
    seite.page.fill("[name=spalte_anrede]", "Anr.")
    seite.page.check("[name=aktiv]")
    check(seite)
    submit(seite, "Speichern")
    seite.page.context.clear_cookies()
    seite.anmelden("leitung")
    seite.offen("/bestandsuebernahme/neu/")
    seite.page.set_input_files("[name=datei]", datei)
    seite.page.select_option("[name=profil]", label="Altsystem")
    seite.page.select_option("[name=team]", index=1)
    seite.page.fill("[name=soll_betrag]", "1.842,10")
    submit(seite, "Datei prüfen")
    check(seite)
    assert "Wörter der Datei kennt Fallwerk nicht" in seite.text()
    seite.klick("Wörter zuordnen")
    check(seite)
    for feld in seite.page.locator("main select").all():
        name = feld.get_attribute("id") or ""
        text = seite.page.locator(f"label[for={name}]").inner_text()
        wert = {"Alt, Klara": "fallmanager", "Fr.": "frau", "Hr.": "herr"}
        feld.select_option(next(w for wort, w in wert.items() if wort in text))
    submit(seite, "Zuordnen und neu prüfen")
    text = seite.text()
    assert "ist ein Buchstabe verloren gegangen" in text
    assert "steht schon in Zeile 4" in text
    assert "Der Februar 2019 hat 28 Tage" in text
    assert "Summenzeile der Datei, kein Fall." in text
    assert "weder Frist noch Wiedervorlage" in text
    assert "stimmt" in text
    seite.klick("Ähnliche Personen")
    check(seite)
    seite.page.get_by_label("Eine andere Person: neu anlegen").first.check()
    submit(seite, "Auswahl dieser Seite speichern")
    submit(seite, "Jetzt übernehmen")
    assert "5 übernommen" in seite.text()
    case = Case.objects.get(aktenzeichen="A-2")
    assert case.leistungsberechtigte_person.faelle.count() == 2
    assert case.leistungsberechtigte_person.anschriften.get().plz == "01067"
    seite.klick("Nacharbeit: was in den übernommenen Fällen offen ist")
    check(seite)
    assert "0 von 4 laufenden Fällen sind nachgearbeitet." in seite.text()
    seite.page.go_back()
    seite.page.reload()
    submit(seite, "Übernahme zurücknehmen")
    assert "5 zurückgenommen" in seite.text()
    assert Case.objects.filter(aktenzeichen__startswith="A-").count() == 0
    assert seite.meldungen == []
