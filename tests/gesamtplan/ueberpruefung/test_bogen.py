"""The form of a provider: sent, filled in, read apart, and taken over answer by answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from cases.dateien.aufruf import read_form_apart
from cases.dateien.grenzen import Ablehnung
from cases.models import Unterlage
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.services.unterlage import mark_irrtuemlich
from gesamtplan.models import Verlaufsbericht
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle
from gesamtplan.models.berichtsbogen import feldname
from gesamtplan.ueberpruefung.queries import bericht_of, bogen_of, said_by_provider
from gesamtplan.ueberpruefung.services import bericht as berichte
from gesamtplan.ueberpruefung.services import ueberpruefung as services
from tests.cases.schreiben.pruefer import text_of
from tests.cases.schreiben.test_pdf import failures
from tests.cases.unterlage import proben
from tests.cases.unterlage.bausteine import JETZT, make_annahme
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine
from tests.gesamtplan.ueberpruefung.boegen import antworten, fetch, fill, make_bericht, upload
from tests.gesamtplan.ueberpruefung.test_ueberpruefung import complete
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]
GUT = Bewertung("erreicht", "Er kocht jeden Tag.", "Wir haben zweimal in der Woche geübt.")
SCHLECHT = Bewertung("nicht_erreicht", "Er kommt selten – schade.", "")


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def plan(fallmanager, leitung):
    return bausteine.make_laufenden_plan(fallmanager, leitung, ziele=2)


@pytest.fixture
def row(plan, fallmanager):
    return bausteine.make_bewertete_ueberpruefung(plan, fallmanager)


@pytest.fixture
def bericht(row):
    return make_bericht(row)


@pytest.fixture
def angemeldet(client, fallmanager):
    client.force_login(fallmanager)
    return client


def said_of(bericht):
    """What the provider says of each goal, in the order of the goals."""
    gesagt = said_of_report(bericht)
    return [gesagt[ziel.kennung] for ziel in ziele_of(bericht) if ziel.kennung in gesagt]


def said_of_report(bericht):
    return said_by_provider(bericht_of(bericht.ueberpruefung.case, bericht.pk))


def ziele_of(bericht):
    return list(bericht.ueberpruefung.gesamtplan.teilhabeziele.all())


def stelle_of(bericht, ziel):
    wer = bericht.leistungserbringer_id
    return Bewertungsstelle(ziel.kennung, "leistungserbringer", wer)


def wahl(ziel, teil):
    return f"z_{ziel.kennung.hex}_{teil}"


def file(bericht, by, werte=None, name="bogen.pdf"):
    return berichte.file_bogen(
        bericht=bericht,
        datei=make_annahme(str(werte), name=name),
        eingegangen_am=HEUTE,
        by=by,
        zeitpunkt=JETZT,
    )


def test_letter_is_a_form_that_is_archivable_and_accessible(angemeldet, bericht):
    pdf = fetch(angemeldet, bericht)
    assert failures(pdf) == []
    assert "Speichern Sie die Datei" in text_of(pdf)
    with pikepdf.open(BytesIO(pdf)) as datei:
        formular = datei.Root.AcroForm
        assert "/NeedAppearances" not in formular
        namen = [str(feld.T) for feld in formular.Fields]
        assert sorted(namen) == sorted(antworten(bericht))
        for feld in formular.Fields:
            assert str(feld.TU).startswith(("Einschätzung zu Ziel", "Warum, zu", "Was "))
            assert ":" not in str(feld.TU)
        gruppe = next(feld for feld in formular.Fields if "/Kids" in feld)
        assert len(gruppe.Kids) == len(gruppe.Opt) == 5
        assert all("/T" not in kind and "/Off" in kind.AP.N for kind in gruppe.Kids)


def test_filled_form_is_read_apart_as_it_was_written(angemeldet, bericht):
    werte = antworten(bericht, GUT, SCHLECHT, allgemein="Zieht bald um.\nNeue Anschrift folgt.")
    pdf = fill(fetch(angemeldet, bericht), werte)
    text, je_ziel = bogen_of(bericht, read_form_apart(pdf))
    assert text == "Zieht bald um.\nNeue Anschrift folgt."
    assert list(je_ziel.values()) == [GUT, SCHLECHT]


def test_whole_way_without_typing(angemeldet, bericht):
    pdf = fill(fetch(angemeldet, bericht), antworten(bericht, GUT, SCHLECHT, allgemein="Umzug."))
    antwort = upload(angemeldet, bericht, pdf)
    seite = reverse("verlaufsbericht_uebernehmen", args=[bericht.ueberpruefung.case_id, bericht.pk])
    assert antwort["Location"] == seite
    unterlage = Unterlage.objects.get(case=bericht.ueberpruefung.case)
    assert (unterlage.art, unterlage.verfasser) == ("bericht", "Lebensnah gGmbH")
    bericht = Verlaufsbericht.objects.get(pk=bericht.pk)
    assert (bericht.unterlage, bericht.eingegangen_am) == (unterlage, HEUTE)
    assert bericht.bogen_wartet
    html = angemeldet.get(seite)
    assert "Er kommt selten – schade." in html.content.decode()
    antwort = angemeldet.post(seite, felder_of(html), follow=True)
    assert "übernommen am 20.11.2026" in antwort.content.decode()
    assert "Wir haben zweimal in der Woche geübt." in antwort.content.decode()
    bericht.refresh_from_db()
    assert bericht.text == "Umzug."
    assert said_of(bericht) == [GUT, SCHLECHT]
    # It counts once.
    assert "schon eingetragen" in angemeldet.get(seite, follow=True).content.decode()


def test_what_stands_there_is_kept_unless_somebody_chooses_otherwise(
    angemeldet, bericht, fallmanager
):
    eins, zwei = ziele_of(bericht)
    bisher = Bewertung("teilweise", "Am Telefon gesagt.", "Geübt.")
    services.update_ueberpruefung(
        ueberpruefung=bericht.ueberpruefung,
        bewertungen={stelle_of(bericht, ziel): bisher for ziel in (eins, zwei)},
        gespraech_am=HEUTE,
        by=fallmanager,
        tag=HEUTE,
    )
    pdf = fill(fetch(angemeldet, bericht), antworten(bericht, GUT, GUT))
    seite = upload(angemeldet, bericht, pdf)["Location"]
    html = angemeldet.get(seite)
    assert html.content.decode().count("Am Telefon gesagt.") == 2
    felder = felder_of(html)
    assert felder[wahl(eins, "status")] == ["alt"]
    felder |= {wahl(zwei, "status"): ["neu"], wahl(zwei, "grund"): ["neu"]}
    assert angemeldet.post(seite, felder).status_code == 302
    bericht.refresh_from_db()
    assert said_of(bericht) == [
        bisher,
        Bewertung("erreicht", "Er kocht jeden Tag.", "Geübt."),
    ]


def test_half_an_answer_is_not_taken_and_said_at_its_goal(angemeldet, bericht):
    eins, _ = ziele_of(bericht)
    pdf = fill(fetch(angemeldet, bericht), antworten(bericht, Bewertung("erreicht", ""), GUT))
    seite = upload(angemeldet, bericht, pdf)["Location"]
    html = angemeldet.get(seite)
    assert "nur halb ausgefüllt" in html.content.decode()
    felder = felder_of(html)
    assert felder[wahl(eins, "status")] == ["alt"]
    falsch = angemeldet.post(seite, felder | {wahl(eins, "status"): ["neu"]})
    assert falsch.status_code == 422
    assert "Es fehlt die Begründung" in str(falsch.context["form"].errors[wahl(eins, "status")])
    assert angemeldet.post(seite, felder).status_code == 302
    bericht.refresh_from_db()
    assert list(said_of_report(bericht)) == [ziele_of(bericht)[1].kennung]


def test_somebody_elses_change_meanwhile_is_said_before_anything_is_taken(
    angemeldet, bericht, fallmanager
):
    eins, _ = ziele_of(bericht)
    pdf = fill(fetch(angemeldet, bericht), antworten(bericht, GUT, GUT))
    seite = upload(angemeldet, bericht, pdf)["Location"]
    felder = felder_of(angemeldet.get(seite))
    services.update_ueberpruefung(
        ueberpruefung=bericht.ueberpruefung,
        bewertungen={stelle_of(bericht, eins): Bewertung("offen", "Anruf.")},
        gespraech_am=HEUTE,
        by=fallmanager,
        tag=HEUTE,
    )
    antwort = angemeldet.post(seite, felder)
    assert antwort.status_code == 422
    assert "inzwischen geändert" in antwort.content.decode()
    felder = felder_of(antwort) | {wahl(eins, "status"): ["alt"], wahl(eins, "grund"): ["alt"]}
    assert angemeldet.post(seite, felder).status_code == 302
    bericht.refresh_from_db()
    erster = said_of_report(bericht)[eins.kennung]
    assert (erster.status, erster.grund) == ("offen", "Anruf.")


@pytest.mark.parametrize(
    ("umbenannt", "satz"),
    [
        ({"fwbericht1": "fwbericht7"}, "aus einer anderen Fassung des Programms"),
        ({"fwbericht1": "anderes"}, "kein Bogen, den Fallwerk gesetzt hat"),
        ({"-getan": "-extra"}, "Der Bogen ist verändert"),
    ],
)
def test_changed_form_is_refused_at_the_field(angemeldet, bericht, umbenannt, satz):
    pdf = fill(fetch(angemeldet, bericht), antworten(bericht, GUT, GUT), umbenannt)
    antwort = upload(angemeldet, bericht, pdf)
    assert antwort.status_code == 422
    assert satz in str(antwort.context["form"].errors["dateien"])
    assert "„bogen.pdf“" in str(antwort.context["form"].errors["dateien"])
    assert not Unterlage.objects.exists()


@pytest.mark.parametrize(
    ("data", "satz"),
    [
        (proben.make_pdf(), "keine ausfüllbaren Felder"),
        (proben.make_image("JPEG"), "„.pdf“, ist nach ihrem Inhalt aber ein"),
        (b"%PDF-1.7\nkaputt", "beschädigt"),
    ],
)
def test_other_files_are_refused_at_the_field(angemeldet, bericht, data, satz):
    antwort = upload(angemeldet, bericht, data)
    assert antwort.status_code == 422
    assert satz in str(antwort.context["form"].errors["dateien"])


def test_form_of_another_plan_version_or_request_is_refused(
    bericht, row, plan, fallmanager, leitung
):
    fremd = make_bericht(row, "Andere gGmbH")
    anderer_fall = bausteine.make_laufenden_plan(fallmanager, leitung)
    anderer = make_bericht(
        bausteine.make_bewertete_ueberpruefung(anderer_fall, fallmanager), "Dritte gGmbH"
    )
    diese = f"-{bericht.pk}-{bericht.ueberpruefung.gesamtplan.version}-"
    neunte = f"-{bericht.pk}-9-"
    alte = {name.replace(diese, neunte): wert for name, wert in antworten(bericht, GUT).items()}
    for werte, satz in (
        (antworten(anderer, GUT), "gehört zu einem anderen Gesamtplan"),
        (antworten(fremd, GUT), "gehört zu einer anderen Anforderung"),
        (alte, "gehört zur Fassung 9 des Gesamtplans. Überprüft wird die Fassung 1"),
        (antworten(bericht), "nicht ausgefüllt"),
        ({}, "kein Bogen"),
    ):
        with pytest.raises(Ablehnung, match=satz):
            bogen_of(bericht, werte)


@pytest.mark.parametrize(
    ("eine", "satz"),
    [
        (Bewertung("grossartig", "x"), "Ziel 1: Der Bogen nennt eine Einschätzung, die es nicht"),
        (Bewertung("offen", "x" * 10_001), "mehr als 10000 Zeichen"),
        (Bewertung("offen", "一"), "nicht drucken"),
    ],
)
def test_answer_that_cannot_be_taken_is_refused(bericht, eine, satz):
    with pytest.raises(Ablehnung, match=satz):
        bogen_of(bericht, antworten(bericht, eine))


def test_boegen_sind_durchgesehen(bericht, fallmanager):
    file(bericht, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="noch nicht übernommen: Lebensnah"):
        complete(bericht.ueberpruefung, fallmanager)
    berichte.accept_bogen(bericht=bericht, text="", bewertungen={}, by=fallmanager, tag=HEUTE)
    complete(bericht.ueberpruefung, fallmanager)


def test_bericht_steht_aus(bericht, fallmanager):
    file(bericht, fallmanager)
    erste = bericht_of(bericht.ueberpruefung.case, bericht.pk).unterlage_id
    # A better one may follow until something was taken over.
    file(bericht, fallmanager, {"neu": 1}, "zweiter.pdf")
    bericht = bericht_of(bericht.ueberpruefung.case, bericht.pk)
    assert bericht.unterlage_id != erste
    assert Unterlage.objects.count() == 2
    berichte.accept_bogen(bericht=bericht, text="", bewertungen={}, by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="schon eingetragen"):
        file(bericht, fallmanager, {"neu": 2}, "dritter.pdf")


def test_bogen_ist_zu_uebernehmen(bericht, fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="noch kein ausgefüllter Bogen"):
        berichte.accept_bogen(bericht=bericht, text="", bewertungen={}, by=fallmanager, tag=HEUTE)


def test_locked_file_leads_back_and_the_report_can_be_typed_in(angemeldet, bericht, fallmanager):
    pdf = fill(fetch(angemeldet, bericht), antworten(bericht, GUT, GUT))
    seite = upload(angemeldet, bericht, pdf)["Location"]
    unterlage = Unterlage.objects.get()
    mark_irrtuemlich(unterlage=unterlage, grund="falsch", by=fallmanager, zeitpunkt=JETZT)
    html = angemeldet.get(seite, follow=True).content.decode()
    assert "irrtümlich abgelegt" in html
    berichte.accept_verlaufsbericht(
        bericht=bericht, text="x", eingegangen_am=HEUTE, bewertungen={}, by=fallmanager, tag=HEUTE
    )
    assert not Verlaufsbericht.objects.get(pk=bericht.pk).bogen_wartet


@pytest.mark.parametrize(
    ("tage", "satz"), [(-1, "eingehen kann er erst danach"), (1, "liegt in der Zukunft")]
)
def test_day_of_receipt_lies_between_request_and_today(
    angemeldet, bericht, fallmanager, tage, satz
):
    tag = HEUTE + timedelta(days=tage)
    antwort = upload(angemeldet, bericht, b"x", f"{tag:%d.%m.%Y}")
    assert "eingegangen_am" in antwort.context["form"].errors
    with pytest.raises(SchrittUnzulaessig, match=satz):
        berichte.file_bogen(
            bericht=bericht,
            datei=make_annahme("x"),
            eingegangen_am=tag,
            by=fallmanager,
            zeitpunkt=JETZT,
        )


def test_names_are_stable_and_tell_request_version_and_goal(bericht):
    ziel = ziele_of(bericht)[0]
    assert feldname(bericht, "grund", ziel) == f"fwbericht1-{bericht.pk}-1-{ziel.kennung.hex}-grund"
