"""Logo and seal in letters: named by hash, fetched from nowhere, valid for archive and reader."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from io import BytesIO

import page
import pgtrigger
import pikepdf
import pytest
from django.urls import reverse

from cases.behoerde.services.behoerde import update_zeichnung
from cases.behoerde.services.bild import end_bild
from cases.models import Behoerdenbild, Schreiben
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.satz import brief as satz_brief
from cases.schreiben.satz.bilder import FEHLT
from cases.schreiben.satz.brief import kopf_daten, render_brief
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.pdf import render_pdf
from cases.schreiben.satz.setzerei import Setzerei
from cases.schreiben.services.schreiben import daten_of, freeze_schreiben, pdf_of
from cases.states.rolle import Rolle
from tests.cases.behoerde.bildproben import set_bild
from tests.cases.schreiben.bilder import BILDER, GENANNT, LOGO, SIEGEL, with_bilder
from tests.cases.schreiben.proben import make_daten, make_kopf
from tests.cases.schreiben.pruefer import _elemente, check_pdf, text_of
from tests.cases.schreiben.test_pdf import ECKEN, failures
from tests.fabriken import HEUTE, make_user

pytestmark = pytest.mark.django_db
SEITE = "<!doctype html><html lang=de><head><title>x</title></head><body><h1>x</h1>{}</body></html>"
WIE = {"anlage": b"{}", "anlage_name": "x.json", "datum": date(2026, 11, 21)}
BILD = f'<p><img alt="Wappen" src="schreiben:bild/{GENANNT["logo"]["sha256"]}"></p>'
REGEL = {"amtsleitung": "", "zusatz_leitung": "im_auftrag", "zusatz_fallmanagement": "im_auftrag"}


@pytest.fixture
def paar(behoerde):
    return [make_user(name, Rolle.FACHADMINISTRATION) for name in ("erste", "zweite")]


@pytest.fixture
def stored(monkeypatch):
    """Let the pictures of the samples lie in the database."""
    monkeypatch.setattr(satz_brief, "bilder_of", lambda kopf: BILDER)


def figures(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as datei:
        elemente = _elemente(datei.Root.StructTreeRoot)
        return [str(e.Alt) for e in elemente if e.S == "/Figure"]


def pictures(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as datei:
        return len({name for seite in datei.pages for name in seite.get_images()})


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("entwurf", [False, True], ids=["fertig", "Entwurf"])
@pytest.mark.parametrize("ecke", ECKEN)
@pytest.mark.parametrize("art", ["probe", "dokument"])
def test_letter_with_logo_and_seal_is_archivable_and_accessible(art, ecke, entwurf):
    daten = with_bilder(make_daten(**ECKEN[ecke]))
    pdf = render_brief(art=art, titel="Bescheid", daten=daten, entwurf=entwurf).pdf
    assert failures(pdf) == []
    assert check_pdf(pdf) == []
    worte = [GENANNT["logo"]["alternativtext"]]
    if art == "probe":
        worte.append(GENANNT["siegel"]["alternativtext"])
    assert figures(pdf) == worte


@pytest.mark.usefixtures("stored")
def test_same_data_same_bytes_and_no_word_lost():
    daten = make_daten()
    mit = [render_brief(art="probe", titel="x", daten=with_bilder(daten)) for _ in range(2)]
    ohne = render_brief(art="probe", titel="x", daten=daten)
    assert mit[0] == mit[1]
    assert sorted(text_of(mit[0].pdf).split()) == sorted(text_of(ohne.pdf).split())
    assert page.validate_pdf_bytes(ohne.pdf, profile="ua1").failures == []
    assert (figures(ohne.pdf), pictures(ohne.pdf)) == ([], 0)


def test_own_process_gets_the_bytes_with_the_order():
    one = Setzerei()
    bilder = {GENANNT["logo"]["sha256"]: LOGO, GENANNT["siegel"]["sha256"]: SIEGEL}
    html = SEITE.format(BILD)
    try:
        assert one.render(html, **WIE, bilder=bilder) == render_pdf(html, **WIE, bilder=bilder)
        # The next letter names what it was not given: that of the letter before is not there.
        for fremd in ({}, {GENANNT["siegel"]["sha256"]: SIEGEL}):
            with pytest.raises(SchreibenFehler) as error:
                one.render(html, **WIE, bilder=fremd)
            assert "nicht erlaubt" in error.value.gruende[0]
    finally:
        one.close()


@pytest.mark.parametrize(
    "name",
    [
        "bild/",
        "bild/../wappen.svg",
        f"bild/{GENANNT['siegel']['sha256']}",
        f"bild/{GENANNT['logo']['sha256']}.png",
        f"BILD/{GENANNT['logo']['sha256']}",
        f"x/bild/{GENANNT['logo']['sha256']}",
    ],
)
def test_only_the_pictures_of_this_letter_are_handed_out(name):
    bilder = {GENANNT["logo"]["sha256"]: LOGO}
    assert render_pdf(SEITE.format(BILD), **WIE, bilder=bilder).seiten == 1
    html = SEITE.format(f"<img alt=x src='schreiben:{name}'>")
    for mitgegeben in (bilder, None):
        with pytest.raises(SchreibenFehler) as error:
            render_pdf(html, **WIE, bilder=mitgegeben)
        assert "nicht erlaubt" in error.value.gruende[0]


def test_a_letter_of_before_finds_no_picture_in_the_memory_of_the_renderer():
    render_pdf(SEITE.format(BILD), **WIE, bilder=BILDER)
    with pytest.raises(SchreibenFehler) as error:
        render_pdf(SEITE.format(BILD), **WIE)
    assert "nicht erlaubt" in error.value.gruende[0]


def head_of(case) -> dict:
    return kopf_daten(
        case=case,
        empfaenger=["Erika Łuczyńska", "Lindenweg 12", "70999 Musterau"],
        datum=HEUTE,
        ansprechpartner=case.caseworker,
        betreff="B",
    )


def test_without_an_own_logo_nothing_changes(case):
    assert "logo" not in head_of(case)["behoerde"]


def freeze(case) -> Schreiben:
    """Freeze a letter with the pictures that are valid now."""
    daten = make_daten(kopf=head_of(case))
    return freeze_schreiben(
        case=case,
        art="probe",
        titel="Bescheid",
        gegenstand="case:1",
        empfaenger=daten["kopf"]["anschrift"],
        daten=daten,
        datum=HEUTE,
        by=case.caseworker,
    )


def test_the_html_to_read_aloud_shows_the_logo_of_its_day_from_the_file_itself(case, paar, client):
    alt = set_bild(*paar, farbe="navy")
    schreiben = freeze(case)
    set_bild(*paar, farbe="maroon")
    client.force_login(case.caseworker)
    html = client.get(reverse("schreiben_text", args=[case.pk, schreiben.pk])).content.decode()
    bild = base64.b64encode(bytes(alt.inhalt)).decode()
    assert f'src="data:image/png;base64,{bild}"' in html
    assert "Wappen in navy" in html
    # Nothing of the file is fetched, and without the picture it is the letter that was frozen.
    assert {a.split(":")[0] for a in re.findall(r'(?:src|href)="([^"]*)', html)} == {"data"}
    davor = html.replace(f"data:image/png;base64,{bild}", f"schreiben:bild/{alt.sha256}")
    assert hashlib.sha256(davor.encode()).hexdigest() == schreiben.html_sha256


def test_a_letter_keeps_the_picture_of_its_day(case, paar):
    alt = set_bild(*paar, farbe="navy")
    genannt = head_of(case)["behoerde"]["logo"]
    assert genannt == {"sha256": alt.sha256, "alternativtext": "Wappen in navy"}
    schreiben = freeze(case)
    neu = set_bild(*paar, farbe="maroon")
    assert head_of(case)["behoerde"]["logo"]["sha256"] == neu.sha256 != alt.sha256
    end_bild(bild=neu, grund="kein Logo mehr", by=paar[0], tag=HEUTE)
    assert "logo" not in head_of(case)["behoerde"]
    schreiben.refresh_from_db()
    wieder = render_brief(art="probe", titel="Bescheid", daten=schreiben.daten)
    assert wieder.pdf == pdf_of(schreiben)
    assert wieder.html_sha256 == schreiben.html_sha256


def test_a_picture_that_is_gone_or_another_stops_the_letter():
    daten = with_bilder(make_daten(kopf=make_kopf()))
    with pytest.raises(SchreibenFehler, match="fehlt oder wurde verändert") as error:
        render_brief(art="probe", titel="x", daten=daten)
    assert error.value.text == FEHLT


def test_a_picture_whose_bytes_were_changed_is_not_printed(paar):
    row = set_bild(*paar)
    daten = make_daten()
    daten["kopf"]["behoerde"]["logo"] = {"sha256": row.sha256, "alternativtext": "Wappen"}
    assert render_brief(art="probe", titel="x", daten=daten).seiten >= 1
    with pgtrigger.ignore("cases.Behoerdenbild:bild_fest"):
        Behoerdenbild.objects.update(inhalt=b"x")
    with pytest.raises(SchreibenFehler, match="verändert"):
        render_brief(art="probe", titel="x", daten=daten)


@pytest.mark.parametrize(
    ("ort", "erwartet"),
    [("nirgends", [False, False]), ("bescheide", [False, True]), ("alle", [True, True])],
)
def test_the_seal_stands_where_the_authority_wants_it(case, paar, ort, erwartet):
    siegel = set_bild(*paar, "siegel", breite=300, hoehe=300)
    update_zeichnung(angaben=REGEL | {"siegel_auf": ort}, by=paar[0])
    by = case.caseworker
    angaben = {"betreff": "Frage", "text": "Guten Tag"}
    anlass = Schreibanlass(case=case, tag=HEUTE, by=by, angaben=angaben)
    frei = registry.schreibenarten["freies_schreiben"]
    gefunden = []
    for rechtsbehelf in (False, True):
        art = type(frei)(**{**vars(frei), "rechtsbehelf": rechtsbehelf})
        genannt = daten_of(art, anlass)["kopf"]["behoerde"].get("siegel")
        assert genannt in (None, {"sha256": siegel.sha256, "alternativtext": "Wappen in navy"})
        gefunden.append(genannt is not None)
    assert gefunden == erwartet


def test_no_seal_without_a_released_one_and_none_on_what_is_signed_by_hand(case, paar):
    update_zeichnung(angaben=REGEL | {"siegel_auf": "alle"}, by=paar[0])
    daten = make_daten(kopf=head_of(case))
    del daten["parteien"]
    assert satz_brief.with_siegel(daten, bescheid=True) == daten
    set_bild(*paar, "siegel", breite=300, hoehe=300)
    assert "siegel" in satz_brief.with_siegel(daten, bescheid=True)["kopf"]["behoerde"]
    for zeilen in ("unterschriften", "parteien"):
        gezeichnet = daten | {zeilen: [satz_brief.unterschriftszeile(case.caseworker)]}
        assert satz_brief.with_siegel(gezeichnet, bescheid=True) == gezeichnet
    von_hand = {name: wert for name, wert in daten.items() if name != "unterzeichner"}
    assert satz_brief.with_siegel(von_hand, bescheid=True) == von_hand
