"""Who has signed the Zielvereinbarung, how it came back, and what follows for the decision."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from budget.bescheid.schreiben.bescheid import _vereinbarung
from budget.bescheid.schritte import BESCHEIDSCHRITTE
from budget.bescheid.schritte.tore import lage_of_bescheid
from budget.models import Vereinbarungsunterschrift, Zielvereinbarung
from budget.zielvereinbarung import guards
from budget.zielvereinbarung.services import record_unterschriften
from cases.models import Vertretungsverhaeltnis
from cases.person.services.personenangabe import remove_angabe
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.briefe import blank_pdf

pytestmark = pytest.mark.django_db

_SEITE = "zielvereinbarung_unterschriften"


def make_betreuung(akte, *kreise, **felder):
    werte = {
        "leistungsberechtigte_person": akte.case.leistungsberechtigte_person,
        "art": "betreuung",
        "nachname": "Berg",
        "vorname": "Bea",
        "aufgabenkreise": list(kreise),
        "gueltig_ab": date(2000, 1, 1),
    }
    return Vertretungsverhaeltnis.objects.create(**(werte | felder))


@pytest.fixture
def heute():
    with time_machine.travel(
        datetime(2026, 4, 15, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")), tick=False
    ):
        yield


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def b():
    return fabriken.insert_ausgefertigt(fabriken.make_akte(fabriken.B))


def sign(akte, **felder):
    tag = akte.tage.unterschrift
    werte = {
        "person_am": tag,
        "person_durch": "Bea Berg",
        "traeger_am": tag,
        "traeger_von": akte.fallmanager,
        "by": akte.fallmanager,
        "tag": tag,
    }
    akte.zielvereinbarung = record_unterschriften(
        zielvereinbarung=akte.zielvereinbarung, **(werte | felder)
    )
    return akte.zielvereinbarung


def test_betreuung_signs_within_its_aufgabenkreis(b):
    row = sign(b, selbst=False, vertretungen=[make_betreuung(b, "behoerden")])
    assert row.state == "unterzeichnet"
    assert [str(u) for u in row.vereinbarungsunterschriften.all()] == [
        "rechtliche Betreuung: Bea Berg"
    ]


def test_betreuung_without_the_aufgabenkreis_is_refused(b):
    with pytest.raises(SchrittUnzulaessig, match="Bea Berg: Der Aufgabenkreis der Betreuung"):
        sign(b, selbst=False, vertretungen=[make_betreuung(b, "gesundheit")])
    b.zielvereinbarung.refresh_from_db()
    assert b.zielvereinbarung.state == "ausgefertigt"
    assert not Vereinbarungsunterschrift.objects.exists()


def test_nobody_who_signs_is_refused(b):
    with pytest.raises(SchrittUnzulaessig, match="nicht angegeben, wer"):
        sign(b, selbst=False)


@pytest.mark.parametrize(
    ("tag", "norm"),
    [
        (date(2026, 4, 15), "§ 1815 Abs. 1 BGB, § 1823 BGB"),
        (date(2022, 12, 31), "§ 1896 Abs. 2 BGB a.F."),
    ],
)
def test_unterzeichnung_durch_berechtigte(b, tag, norm):
    person, passt = b.case.leistungsberechtigte_person, make_betreuung(b, "behoerden")
    check = guards.unterzeichnung_durch_berechtigte
    assert check(person, tag, selbst=True, vertretungen=()) is None
    assert check(person, tag, selbst=False, vertretungen=[passt]) is None
    fremd = make_betreuung(b, "gesundheit")
    hindernis = check(person, tag, selbst=False, vertretungen=[fremd])
    assert hindernis.norm == norm
    assert hindernis.text.startswith("Bea Berg: Der Aufgabenkreis")


def test_unterzeichnete_sind_berechtigt(b):
    betreuung = make_betreuung(b, "behoerden")
    check = guards.unterzeichnete_sind_berechtigt
    person = b.case.leistungsberechtigte_person
    assert check(person, None) is None
    assert check(person, b.zielvereinbarung) is None
    row = sign(b, selbst=False, vertretungen=[betreuung])
    assert check(person, row) is None
    Vertretungsverhaeltnis.objects.update(aufgabenkreise=["gesundheit"])
    row = Zielvereinbarung.objects.get()
    assert check(person, row).norm == "§ 1815 Abs. 1 BGB, § 1823 BGB"
    # Agreements of earlier versions do not say who has signed.
    row.unterzeichnet_person_selbst = None
    assert check(person, row) is None


def test_gate_of_the_bescheid_closes_with_a_link_to_the_person():
    akte = fabriken.insert_ausgefertigt(fabriken.make_akte(fabriken.B))
    betreuung = make_betreuung(akte, "behoerden")
    sign(akte, selbst=False, vertretungen=[betreuung], vorbehalt="Die Höhe reicht nicht.")
    akte.budget.refresh_from_db()
    fabriken._decide(akte)
    Vertretungsverhaeltnis.objects.update(aufgabenkreise=["gesundheit"])
    tore = {
        tor.titel: tor
        for tor in BESCHEIDSCHRITTE.tore(
            lage_of_bescheid(akte.bescheid, akte.leitung, akte.tage.bescheid), "freigeben"
        )
    }
    tor = tore["Wer für die Person unterzeichnet hat, durfte es"]
    assert (tor.offen, tor.url) == (False, reverse("fall_person", args=[akte.case.pk]))
    assert "Aufgabenkreis" in tor.hindernis.text
    unterzeichnet = tore["Die Zielvereinbarung ist von beiden Seiten unterzeichnet"]
    assert unterzeichnet.offen
    assert unterzeichnet.hinweis == "unter Vorbehalt: Die Höhe reicht nicht."


@pytest.mark.parametrize(
    ("ruecklauf", "norm"),
    [
        ("papier", ""),
        ("signatur", "§ 36a Abs. 2 SGB I"),
        ("konto", "§ 36a Abs. 2 SGB I"),
        ("abbild", "§ 36a Abs. 2 SGB I"),
    ],
)
def test_elektronischer_ruecklauf_belegt(ruecklauf, norm):
    hindernis = guards.elektronischer_ruecklauf_belegt(ruecklauf, None)
    assert (hindernis.norm if hindernis else "") == norm


def test_electronic_return_needs_the_file_in_the_database_too(b):
    row = sign(b)
    assert row.ruecklauf == "papier"
    neu = fabriken.insert_ausgefertigt(fabriken.make_akte(fabriken.B, kennung="2"))
    rows = Zielvereinbarung.objects.filter(pk=neu.zielvereinbarung.pk)
    with pytest.raises(IntegrityError, match="elektronisch_belegt"), transaction.atomic():
        rows.update(ruecklauf="signatur")


def test_vertretung_that_has_signed_is_not_deleted(b):
    betreuung = make_betreuung(b, "behoerden")
    sign(b, selbst=False, vertretungen=[betreuung])
    with pytest.raises(SchrittUnzulaessig, match="stützt sich eine Unterschrift"):
        remove_angabe(
            case=b.case,
            angabe=betreuung,
            grund="Versehen",
            by=b.fallmanager,
            tag=b.tage.unterschrift,
        )
    assert Vertretungsverhaeltnis.objects.filter(pk=betreuung.pk).exists()


def _post(client, akte, **felder):
    client.force_login(akte.fallmanager)
    tag = f"{akte.tage.unterschrift:%d.%m.%Y}"
    daten = {"person_am": tag, "traeger_am": tag, **felder}
    return client.post(reverse(_SEITE, args=[akte.case.pk]), daten)


@pytest.mark.usefixtures("heute")
def test_form_names_the_wrong_signer_at_its_field_and_keeps_the_text(client, b):
    betreuung = make_betreuung(b, "gesundheit")
    response = _post(client, b, unterzeichnet=[betreuung.pk], vorbehalt="Zu wenig.")
    text = text_of(response)
    assert response.status_code == 422
    assert "unterzeichnet" in response.context["form"].errors
    assert "§ 1815 Abs. 1 BGB" in text
    assert "Zu wenig." in text


@pytest.mark.usefixtures("heute")
def test_form_takes_an_electronic_return_with_its_file(client, b):
    make_betreuung(b, "behoerden")
    response = _post(client, b, unterzeichnet=["person"], ruecklauf="signatur")
    assert response.status_code == 422
    assert "laden Sie bitte die Datei hoch" in text_of(response)
    datei = SimpleUploadedFile("zv.pdf", blank_pdf(), "application/pdf")
    response = _post(client, b, unterzeichnet=["person"], ruecklauf="signatur", datei=datei)
    assert response.status_code == 302
    row = Zielvereinbarung.objects.get()
    assert (row.ruecklauf, row.unterzeichnet_person_selbst) == ("signatur", True)
    assert row.unterlage is not None
    seite = text_of(client.get(reverse("zielvereinbarung", args=[b.case.pk])))
    assert "elektronisch, mit qualifizierter Signatur" in seite


@pytest.mark.usefixtures("heute")
def test_bescheid_names_who_has_signed(client, b):
    betreuung = make_betreuung(b, "behoerden")
    _post(client, b, unterzeichnet=[betreuung.pk])
    row = Zielvereinbarung.objects.get()
    assert row.unterzeichnet_person_durch == "Bea Berg (rechtliche Betreuung)"
    assert row.unterzeichnet_person_selbst is False


@pytest.mark.parametrize(("ruecklauf", "wert"), [("papier", ""), ("signatur", "ja")])
def test_bescheid_says_that_it_came_back_electronically(b, ruecklauf, wert):
    row = sign(b)
    row.ruecklauf = ruecklauf
    assert _vereinbarung(row)["elektronisch"] == wert
