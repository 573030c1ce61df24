"""Files as an office would upload them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook, load_workbook

from cases.austausch.tasks import advance_import
from cases.models import Importprofil, Importstapel, User
from cases.states.austausch import FELDER

ZEILE = {
    "aktenzeichen": "ALT-2019-1",
    "anrede": "Frau",
    "vorname": "Erika",
    "nachname": "Altbestand",
    "geburtsdatum": "17.04.1985",
    "strasse": "Lindenweg 12",
    "plz": "01067",
    "ort": "Musterau",
    "iban": "DE89 3704 0044 0532 0130 00",
    "behinderungsart": "körperlich",
    "fallmanagement": "fallmanager",
    "zustand": "Leistung läuft",
    "eroeffnet_am": "02.05.2019",
    "betrag": "842,10",
}


def make_profil(**felder: object) -> Importprofil:
    """Return the profile with the headings of the template."""
    zuordnung = {feld.schluessel: feld.titel for feld in FELDER.values()}
    werte = {"zuordnung": zuordnung, **felder}
    return Importprofil.objects.get_or_create(name="Vorlage von Fallwerk", defaults=werte)[0]


def zeile(**felder: str) -> dict[str, str]:
    """Return a good row, with these cells instead."""
    return {**ZEILE, **felder}


def as_csv(*zeilen: dict[str, str], kodierung: str = "utf-8-sig", trenner: str = ";") -> bytes:
    """Return rows as a CSV file with the headings of the template."""
    puffer = StringIO(newline="")
    schreiber = csv.writer(puffer, delimiter=trenner)
    schreiber.writerow([feld.titel for feld in FELDER.values()])
    for row in zeilen:
        schreiber.writerow([row.get(name, "") for name in FELDER])
    return puffer.getvalue().encode(kodierung)


def as_xlsx(*zeilen: list[object]) -> bytes:
    """Return rows of cells as a workbook."""
    mappe, puffer = Workbook(), BytesIO()
    for row in zeilen:
        mappe.active.append(row)
    mappe.save(puffer)
    return puffer.getvalue()


def read_xlsx(data: bytes) -> list[list[object]]:
    """Return the cells of the first sheet, formulas as such."""
    blatt = load_workbook(BytesIO(data)).worksheets[0]
    return [[zelle.value for zelle in row] for row in blatt.iter_rows()]


def upload(client, leitung: User, data: bytes, name: str = "alt.csv", **felder: object):
    """Post a file as the page does and return the answer."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(leitung)
    return client.post(
        "/bestandsuebernahme/neu/",
        {
            "datei": SimpleUploadedFile(name, data),
            "profil": make_profil().pk,
            "team": leitung.geleitete_teams.get().pk,
            **felder,
        },
    )


def make_stapel(client, leitung: User, *zeilen: dict[str, str], **felder: object) -> Importstapel:
    """Return the batch of a file with these rows, checked."""
    antwort = upload(client, leitung, as_csv(*zeilen), **felder)
    assert antwort.status_code == 302, antwort.context["form"].errors
    return Importstapel.objects.latest("pk")


def finish(stapel: Importstapel) -> Importstapel:
    """Work until nothing is left and return the fresh row."""
    while advance_import(stapel.pk, 60):
        pass
    return Importstapel.objects.get(pk=stapel.pk)
