"""Two people at one form: the second is told, keeps what was typed, chooses per field."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.urls import resolve, reverse
from lxml import html

from cases.forms.stand import StandForm
from cases.models import Ansprechperson, Bezugsperson, Preis, Stelle
from cases.rechte import KONTO
from gesamtplan.models import Leistung, Teilhabeziel
from tests.oberflaeche.gleichzeitig import Fenster, felder_of
from tests.oberflaeche.szenen import SZENEN


@pytest.mark.django_db
@time_machine.travel("2026-11-20 09:00:00+01:00", tick=False)
@pytest.mark.parametrize("name", sorted(SZENEN))
def test_second_editor_is_told_and_chooses(name, monkeypatch):
    s = SZENEN[name]()
    eine, andere = Fenster.open(s.eine, s.url), Fenster.open(s.andere, s.url)
    dazu = {name: [wert] for name, wert in s.dazu}
    erste, zweite = eine.read() | dazu, andere.read() | dazu
    assert eine.send(erste | {s.feld: [s.werte[0]]}).status_code == 302

    antwort = andere.send(zweite | {s.feld: [s.werte[1]]})
    assert antwort.status_code == 422, "überschrieben"
    seite = html.fromstring(antwort.content).text_content()
    wer = "Jemand" if s.namenlos else s.eine.get_full_name()
    assert f"{wer} hat diese Angaben inzwischen geändert." in seite
    danach = felder_of(antwort)
    assert danach[s.feld] == [s.werte[1]]
    assert sorted(danach["wahl_noetig"]) == sorted((s.feld, *s.folgt))
    assert eine.read()[s.feld] == [s.werte[0]]

    wahl = {f"wahl_{s.feld}": ["meine"]} | {f"wahl_{name}": ["gespeichert"] for name in s.folgt}
    assert andere.send(danach | wahl).status_code == 302
    assert eine.read()[s.feld] == [s.werte[1]]

    _meet_in_between(s, eine, andere, monkeypatch)


def _meet_in_between(s, eine, andere, monkeypatch):
    """Let one save after the form of the other was found good: the service refuses that one."""
    dazu = {name: [wert] for name, wert in s.dazu}
    erste = eine.read() | dazu | {s.feld: [s.werte[0]]}
    zweite = andere.read() | dazu | {s.feld: [s.werte[1]]}
    plain = StandForm.is_valid

    def late(form):
        good = plain(form)
        monkeypatch.setattr(StandForm, "is_valid", plain)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s, TRUE)", [KONTO])
            (wer,) = cursor.fetchone()
            assert eine.send(erste).status_code == 302
            # Two requests never share a connection; here the first one goes on with its own.
            cursor.execute("SELECT set_config(%s, %s, FALSE)", [KONTO, wer])
        return good

    monkeypatch.setattr(StandForm, "is_valid", late)
    antwort = andere.send(zweite)
    assert antwort.status_code == 422
    assert "hat diese Angaben inzwischen geändert." in antwort.content.decode()
    assert eine.read()[s.feld] == [s.werte[0]]


@pytest.mark.django_db
@time_machine.travel("2026-11-20 09:00:00+01:00", tick=False)
@pytest.mark.parametrize(
    ("name", "modell", "schluessel", "satz", "feld"),
    [
        ("angabe[bezugspersonen]", Bezugsperson, "angabe", "Angehörige und Haushalt", "Nachname"),
        ("teilhabeziel_bearbeiten", Teilhabeziel, "nummer", "Dieses Ziel", "Ziel"),
        ("leistung_bearbeiten", Leistung, "leistung", "Diese Leistung", "Art und Umfang"),
        ("verzeichnis_bearbeiten[stelle]", Stelle, "eintrag", "Diesen Eintrag", "Telefon"),
        ("ansprechperson", Ansprechperson, "ansprechperson", "Diese Ansprechperson", "Name"),
        ("preis", Preis, "preis", "Diesen Preis", "Betrag in Euro"),
    ],
)
def test_deleted_meanwhile_keeps_what_was_typed_to_copy(name, modell, schluessel, satz, feld):
    s = SZENEN[name]()
    fenster = Fenster.open(s.andere, s.url)
    felder = fenster.read()
    key = resolve(s.url).kwargs[schluessel]
    rows = modell.objects.filter(**{"nummer" if schluessel == "nummer" else "pk": key})
    if modell is Teilhabeziel:
        Leistung.objects.filter(teilhabeziel__in=rows).delete()
    rows.delete()

    antwort = fenster.send(felder | {s.feld: [f"{s.werte[1]} & mehr"]})

    assert antwort.status_code == 404
    seite = html.fromstring(antwort.content)
    text = " ".join(seite.text_content().split())
    assert satz in text
    assert "gibt es nicht mehr: inzwischen gelöscht, ersetzt" in text
    assert "Ihre Eingaben sind nicht gespeichert." in text
    gezeigt = dict(
        zip(
            [dt.text_content() for dt in seite.iter("dt")],
            [dd.text_content().strip() for dd in seite.iter("dd")],
            strict=True,
        )
    )
    assert gezeigt[feld] == f"{s.werte[1]} & mehr"
    assert not {"Basis", "Gesehen", "Vorgang", "Csrfmiddlewaretoken"} & set(gezeigt)


@pytest.mark.django_db
def test_page_that_never_was_shows_what_was_typed_only_to_whoever_is_logged_in(client, fallmanager):
    url = reverse("wiedervorlage_neu", args=[999999])
    client.force_login(fallmanager)
    antwort = client.post(url, {"anlass": "Anruf <b>Berg</b>"})
    assert antwort.status_code == 404
    assert "Anruf &lt;b&gt;Berg&lt;/b&gt;" in antwort.text
    assert "Diese Seite gibt es hier nicht" in client.get(url).text
    assert "Diese Seite gibt es hier nicht" in client.post("/gibtesnicht/", {"a": "b"}).text
