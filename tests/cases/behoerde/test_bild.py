"""Logo and seal: what may come in, four eyes, one of each kind is printed, who may what."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from PIL import Image

from cases.behoerde.guards.bild import bild_durch_zweite_person
from cases.behoerde.services.bild import create_bild, end_bild, reject_bild, release_bild
from cases.dateien.aufruf import redraw_apart
from cases.dateien.grenzen import Ablehnung
from cases.models import Behoerdenbild
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.behoerde.bildproben import (
    claims_to_be,
    encoded,
    make_image,
    make_logobild,
    set_bild,
    upload,
)
from tests.fabriken import HEUTE, make_user

pytestmark = pytest.mark.django_db
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
)
BESCHAEDIGT = "Das Bild ist beschädigt"


def noise(breite: int, hoehe: int) -> bytes:
    zufall = hashlib.shake_128(b"Rauschen").digest(3 * breite * hoehe)
    return encoded(Image.frombytes("RGB", (breite, hoehe), zufall))


def hostile() -> dict[str, tuple[bytes, str]]:
    gut = encoded(make_image())
    return {
        "SVG": (SVG, "kein PNG- und kein JPEG-Bild"),
        "SVG hinter einem XML-Kopf": (b"<?xml version='1.0'?>" + SVG, "kein PNG- und kein JPEG"),
        "GIF": (encoded(make_image(), "GIF"), "kein PNG- und kein JPEG-Bild"),
        "TIFF": (encoded(make_image(), "TIFF"), "kein PNG- und kein JPEG-Bild"),
        "PDF": (b"%PDF-1.7\n%%EOF", "kein PNG- und kein JPEG-Bild"),
        "riesig": (claims_to_be(30_000, 30_000), "30000 × 30000 Bildpunkte. Erlaubt sind 16"),
        "abgeschnitten": (gut[: len(gut) // 2], BESCHAEDIGT),
        "nur der Kopf": (gut[:40], BESCHAEDIGT),
        "JPEG abgeschnitten": (encoded(make_image(), "JPEG")[:900], BESCHAEDIGT),
        "leere Bilddaten": (claims_to_be(400, 200), BESCHAEDIGT),
        "zu klein": (encoded(make_image(90, 200)), "nur 90 × 200 Bildpunkte"),
        "zu schmal": (encoded(make_image(1000, 120)), "zu lang und schmal"),
        "Rauschen": (noise(600, 600), "zu viele Farben"),
        "zu viele Bytes": (gut + bytes(2 * 1024 * 1024), "Erlaubt sind 2 MB"),
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_file_is_refused_at_its_field_and_the_words_stay(client, erste, name):
    inhalt, satz = hostile()[name]
    client.force_login(erste)
    antwort = client.post(reverse("bild_neu", args=["logo"]), upload(inhalt))
    assert antwort.status_code == 422
    [fehler] = antwort.context["form"].errors.pop("datei")
    assert satz in fehler
    assert not antwort.context["form"].errors
    assert 'value="Wappen des Landkreises"' in antwort.content.decode()
    assert not Behoerdenbild.objects.exists()


@pytest.mark.parametrize("dahinter", [b"PK\x03\x04" + bytes(99), b"<script>alert(1)</script>"])
@pytest.mark.parametrize("art", ["PNG", "JPEG"])
def test_of_a_polyglot_only_the_pixels_stay(art, dahinter):
    bild = redraw_apart(encoded(make_image(), art) + dahinter)
    assert dahinter not in bild.inhalt
    assert bild.inhalt.startswith(b"\x89PNG")
    assert bild.inhalt.endswith(b"IEND\xaeB`\x82")
    assert (bild.breite, bild.hoehe) == (400, 200)


@pytest.mark.parametrize("modus", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_every_kind_of_png_becomes_the_same_plain_one(modus):
    vorlage = make_image(farbe="black")
    quelle = vorlage.convert("L").convert("I").point(lambda v: v * 257) if modus == "I;16" else None
    bild = redraw_apart(encoded((quelle or vorlage).convert(modus)))
    fertig = Image.open(BytesIO(bild.inhalt))
    assert (fertig.mode, fertig.info) == ("RGB", {})
    assert fertig.getpixel((40, 100)) == (255, 255, 255)
    assert max(fertig.getpixel((200, 100))) < 8


def test_transparency_lies_on_white_and_words_in_the_file_go():
    durchsichtig = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    exif = Image.Exif()
    exif[0x010E] = "Geheimnis"
    png = redraw_apart(encoded(durchsichtig, exif=exif))
    assert Image.open(BytesIO(png.inhalt)).getpixel((9, 9)) == (255, 255, 255)
    jpeg = redraw_apart(encoded(make_image(), "JPEG", exif=exif, comment=b"Geheimnis"))
    assert b"Geheimnis" not in png.inhalt + jpeg.inhalt


def test_a_large_picture_becomes_small_and_the_same_file_the_same_bytes():
    gross = encoded(make_image(3000, 1500))
    eins, zwei = redraw_apart(gross), redraw_apart(gross)
    assert (eins.breite, eins.hoehe) == (600, 300)
    assert eins == zwei


def test_other_modes_of_a_jpeg_and_its_direction():
    exif = Image.Exif()
    exif[0x0112] = 6
    gedreht = redraw_apart(encoded(make_image(), "JPEG", exif=exif))
    assert (gedreht.breite, gedreht.hoehe) == (200, 400)
    assert redraw_apart(encoded(make_image(modus="CMYK"), "JPEG")).breite == 400
    with pytest.raises(Ablehnung, match="leer"):
        redraw_apart(b"")


def test_malware_is_refused_where_a_scanner_stands(client, erste, settings, monkeypatch):
    from cases.behoerde.forms import bild as forms
    from cases.dateien.clamav import Urteil

    settings.CLAMD = "127.0.0.1:1"
    monkeypatch.setattr(forms, "scan", lambda data, ort: Urteil("Eicar-Test"))
    client.force_login(erste)
    antwort = client.post(reverse("bild_neu", args=["logo"]), upload(encoded(make_image())))
    assert "Schadsoftware (Eicar-Test)" in antwort.content.decode()


def test_upload_waits_and_a_second_person_releases_it(client, erste, zweite):
    client.force_login(erste)
    antwort = client.post(reverse("bild_neu", args=["siegel"]), upload(encoded(make_image())))
    assert antwort["Location"] == reverse("behoerde_bilder")
    row = Behoerdenbild.objects.get()
    assert (row.art, row.state, row.hochgeladen_von) == ("siegel", "entwurf", erste)
    assert (row.breite, row.hoehe, row.alternativtext) == (400, 200, "Wappen des Landkreises")
    seite = client.get(reverse("behoerde_bilder")).content.decode()
    frei = reverse("bild_freigeben", args=[row.pk])
    assert "Sie haben dieses Bild selbst hochgeladen." in seite
    assert f'href="{frei}"' not in seite
    assert client.post(frei).status_code == 422
    assert client.get(frei).status_code == 200
    client.force_login(zweite)
    assert f'href="{frei}"' in client.get(reverse("behoerde_bilder")).content.decode()
    assert client.post(frei).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.freigegeben_von) == ("gueltig", zweite)
    bild = client.get(reverse("bild_ansicht", args=[row.pk]))
    assert (bild["Content-Type"], bild.content) == ("image/png", bytes(row.inhalt))


def test_bild_durch_zweite_person(erste, zweite):
    row = create_bild(
        art="logo", bild=make_logobild(), alternativtext="Wappen", by=erste, tag=HEUTE
    )
    assert "zweite Person" in bild_durch_zweite_person(row, erste).text
    assert bild_durch_zweite_person(row, zweite) is None
    with pytest.raises(SchrittUnzulaessig, match="selbst hochgeladen"):
        release_bild(bild=row, by=erste, tag=HEUTE)
    with pytest.raises(IntegrityError, match="vier_augen"), transaction.atomic():
        Behoerdenbild.objects.update(state="gueltig", freigegeben_von=erste, freigegeben_am=HEUTE)


def test_a_picture_waits_on_the_desk_of_the_leitung(client, erste):
    row = create_bild(
        art="siegel", bild=make_logobild(), alternativtext="Siegel", by=erste, tag=HEUTE
    )
    url = reverse("bild_freigeben", args=[row.pk])
    gezeigt = []
    for user in (make_user("leitung", Rolle.LEITUNG), erste, make_user("rev", Rolle.REVISION)):
        client.force_login(user)
        gezeigt.append(url in client.get(reverse("start"), follow=True).content.decode())
    assert gezeigt == [True, False, False]


def test_one_of_a_kind_is_valid_and_the_others_stay(erste, zweite):
    alt = set_bild(erste, zweite, farbe="navy")
    siegel = set_bild(erste, zweite, "siegel", farbe="green")
    neu = set_bild(erste, zweite, farbe="maroon")
    alt.refresh_from_db()
    assert (alt.state, alt.beendet_grund) == ("abgelegt", "durch ein neues Bild ersetzt")
    assert {row.pk for row in Behoerdenbild.objects.filter(state="gueltig")} == {
        siegel.pk,
        neu.pk,
    }
    end_bild(bild=neu, grund="Wappen geändert", by=erste, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="nicht"):
        end_bild(bild=neu, grund="noch einmal", by=erste, tag=HEUTE)
    assert not Behoerdenbild.objects.filter(art="logo", state="gueltig").exists()
    verlauf = alt.events.order_by("pgh_id").values_list("state", flat=True)
    assert list(verlauf) == ["entwurf", "gueltig", "abgelegt"]


def test_a_picture_that_waits_can_be_dropped_with_a_reason(client, erste, zweite):
    row = create_bild(
        art="logo", bild=make_logobild(), alternativtext="Wappen", by=erste, tag=HEUTE
    )
    client.force_login(erste)
    url = reverse("bild_verwerfen", args=[row.pk])
    assert client.post(url, {"text": ""}).status_code == 422
    assert client.post(url, {"text": "falsche Farbe"}).status_code == 302
    assert "falsche Farbe" in client.get(reverse("behoerde_bilder")).content.decode()
    with pytest.raises(SchrittUnzulaessig, match="verworfen"):
        release_bild(bild=row, by=zweite, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="verworfen"):
        reject_bild(bild=row, grund="x", by=zweite, tag=HEUTE)
    assert client.get(reverse("bild_freigeben", args=[row.pk])).status_code == 302


def test_database_refuses_to_change_a_picture_or_to_lose_it(erste, zweite):
    row = set_bild(erste, zweite)
    for feld, wert in (("inhalt", b"x"), ("sha256", "0" * 64), ("alternativtext", "anderes")):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Behoerdenbild.objects.filter(pk=row.pk).update(**{feld: wert})
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Behoerdenbild.objects.all().delete()
    with (
        pytest.raises(ProgrammingError, match="transition"),
        transaction.atomic(),
    ):
        Behoerdenbild.objects.filter(pk=row.pk).update(
            state="entwurf", beendet_von=None, beendet_am=None
        )


def test_words_for_the_picture_are_asked_for(client, erste):
    client.force_login(erste)
    daten = upload(encoded(make_image())) | {"alternativtext": " "}
    antwort = client.post(reverse("bild_neu", args=["logo"]), daten)
    assert list(antwort.context["form"].errors) == ["alternativtext"]
    with pytest.raises(SchrittUnzulaessig, match="in Worten"):
        create_bild(art="logo", bild=make_logobild(), alternativtext=" ", by=erste, tag=HEUTE)


@pytest.mark.parametrize("rolle", [Rolle.FALLMANAGEMENT, Rolle.REVISION, Rolle.LEITUNG])
def test_who_may_what(client, erste, zweite, rolle):
    row = set_bild(erste, zweite)
    jemand = make_user("jemand", rolle)
    client.force_login(jemand)
    liest = rolle != Rolle.FALLMANAGEMENT
    for name, args in (("behoerde_bilder", []), ("bild_ansicht", [row.pk])):
        assert client.get(reverse(name, args=args)).status_code == (200 if liest else 403)
    assert client.get(reverse("bild_neu", args=["logo"])).status_code == 403
    entscheidet = 302 if rolle == Rolle.LEITUNG else 403
    ablegen = client.post(reverse("bild_ablegen", args=[row.pk]), {"text": "Grund"})
    assert ablegen.status_code == entscheidet
    with pytest.raises(SchrittUnzulaessig, match="Fachadministration"):
        create_bild(art="logo", bild=make_logobild(), alternativtext="x", by=jemand, tag=HEUTE)


def test_what_is_not_there_is_404(client, erste):
    client.force_login(erste)
    assert client.get(reverse("bild_neu", args=["wasserzeichen"])).status_code == 404
    for name in ("bild_ansicht", "bild_freigeben", "bild_ablegen"):
        assert client.get(reverse(name, args=[4711])).status_code == 404
