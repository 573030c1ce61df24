"""Forms of providers for tests: filled in the way a viewer fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.models import Leistungserbringer
from gesamtplan.models import Ueberpruefung, Verlaufsbericht
from gesamtplan.models.angaben import Bewertung
from gesamtplan.models.berichtsbogen import feldname
from gesamtplan.ueberpruefung.queries import bericht_of


def make_bericht(row: Ueberpruefung, name: str = "Lebensnah gGmbH") -> Verlaufsbericht:
    """Return a request to a provider, without its step."""
    erbringer = Leistungserbringer.objects.create(
        name=name, strasse="Weg 1", plz="70999", ort="Musterau"
    )
    bericht = Verlaufsbericht.objects.create(
        ueberpruefung=row,
        leistungserbringer=erbringer,
        angefordert_am=row.begonnen_am,
        bis=row.begonnen_am,
    )
    found = bericht_of(row.case, bericht.pk)
    assert found is not None
    return found


def antworten(bericht: Verlaufsbericht, *je_ziel: Bewertung, allgemein: str = "") -> dict[str, str]:
    """Return what a filled-in form of this request holds, by name of the field."""
    werte = {feldname(bericht, "allgemein"): allgemein}
    ziele = list(bericht.ueberpruefung.gesamtplan.teilhabeziele.all())
    for nummer, ziel in enumerate(ziele):
        eine = je_ziel[nummer] if nummer < len(je_ziel) else Bewertung()
        for teil in ("status", "grund", "getan"):
            werte[feldname(bericht, teil, ziel)] = getattr(eine, teil) or ""
    return werte


def fill(pdf: bytes, werte: Mapping[str, str], umbenannt: Mapping[str, str] | None = None) -> bytes:
    """Return the file with the fields filled in; `umbenannt` gives parts of names another word."""
    with pikepdf.open(BytesIO(pdf)) as datei:
        for feld in datei.Root.AcroForm.Fields:
            name = str(feld.T)
            wert = werte.get(name, "")
            if "/Kids" in feld:
                _choose(feld, wert)
            else:
                feld.V = pikepdf.String(wert)
            for alt, neu in (umbenannt or {}).items():
                name = name.replace(alt, neu)
            feld.T = pikepdf.String(name)
        datei.save(ziel := BytesIO())
    return ziel.getvalue()


def _choose(gruppe: pikepdf.Object, wert: str) -> None:
    worte = [str(wort) for wort in gruppe.Opt]
    if wert in worte:
        gruppe.V = pikepdf.Name(f"/{worte.index(wert)}")
    elif wert:
        gruppe.V = pikepdf.Name(f"/{wert}")


def fetch(client: Client, bericht: Verlaufsbericht) -> bytes:
    """Return the letter with the form, as the page shows it."""
    fall = bericht.ueberpruefung.case_id
    return client.get(reverse("verlaufsbericht_pdf", args=[fall, bericht.pk])).content


def upload(client: Client, bericht: Verlaufsbericht, data: bytes, am: str = "20.11.2026"):
    """Send a file to the page that takes the form in."""
    seite = reverse("verlaufsbericht_bogen", args=[bericht.ueberpruefung.case_id, bericht.pk])
    datei = SimpleUploadedFile("bogen.pdf", data)
    return client.post(seite, {"dateien": [datei], "eingegangen_am": am, "vorgang": ""})
