"""Pages of a series: the list, the words, the progress, the sample, the release, the batch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases import crypto
from cases.models import Betriebsstand, Druckstapel, Schreiben, Serie, Versand
from cases.queries.kurzzeile import rows_of
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben import tasks
from cases.schreiben.queries.serie import KURZQUELLE, list_unbeantwortet, sample_of
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import hand_over
from tests import uhr
from tests.cases.schreiben.serie.proben import make_serie, open_sample, release, work
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_team
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = pytest.mark.django_db
FREI = "freies_schreiben"


@pytest.fixture(autouse=True)
def _in_one_go(monkeypatch):
    """Let a page do all letters, however slow the machine is."""
    monkeypatch.setattr(tasks, "SOFORT_SEKUNDEN", 120.0)


@pytest.fixture
def ich(client, fallmanager):
    client.force_login(fallmanager)
    return fallmanager


def neu(art: str, **wahl: str) -> str:
    frage = "&".join(f"{name}={wert}" for name, wert in wahl.items())
    return f"{reverse('serie_neu', args=[art])}?{frage}"


def begin(client, *faelle, text: str = "der Betrag ist neu, [[Aktenzeichen]].") -> Serie:
    """Make a series of free letters through its page."""
    seite = neu(FREI, kreis="alle", zustand="")
    felder = felder_of(client.get(seite)) | {"betreff": "Neu", "text": text}
    felder["posten"] = [f"{case.pk}-0" for case in faelle]
    antwort = client.post(seite, felder)
    assert antwort.status_code == 302, antwort.context["form"].errors
    return Serie.objects.get()


def test_list_shows_who_would_get_a_letter_and_all_are_ticked(client, ich):
    faelle = [make_fall(ich) for _ in range(3)]
    make_fall(make_fallmanager("fremd", make_team("Team Süd")))
    seite = client.get(neu(FREI, kreis="alle", zustand=""))
    form = seite.context["form"]
    assert [wert for wert, _ in form.fields["posten"].choices] == [f"{c.pk}-0" for c in faelle]
    assert form.initial["posten"] == [f"{c.pk}-0" for c in faelle]
    leer = client.get(neu(FREI, kreis="alle", zustand="bewilligt"))
    assert "Auf dieser Liste steht niemand" in leer.content.decode()
    assert "form" not in leer.context


def test_whole_way_from_the_list_to_the_batch(client, ich):
    faelle = [make_fall(ich) for _ in range(3)]
    serie = begin(client, *faelle[:2])
    assert (serie.state, serie.briefe.count()) == ("gesetzt", 2)
    seite = reverse("serie", args=[serie.pk])
    assert "selbst angelegt" in client.get(seite).content.decode()
    zweite = make_leitung("zweite")
    client.force_login(zweite)
    [zeile] = rows_of([KURZQUELLE], zweite, uhr.HEUTE)
    assert (zeile.gruppe, zeile.url) == ("Serienbriefe zur Freigabe", seite)
    assert "noch nicht angesehen" in client.get(seite).content.decode()
    for brief in sample_of(serie):
        blatt = reverse("serie_brief", args=[serie.pk, brief.pk])
        # A link that somebody follows says nothing; the button does.
        assert client.get(blatt)["Content-Type"] == "application/pdf"
        assert not brief.ansichten.exists()
        assert blatt in client.get(seite).content.decode()
        assert client.post(blatt)["Content-Type"] == "application/pdf"
    client.post(reverse("serie_freigeben", args=[serie.pk]))
    serie.refresh_from_db()
    assert (serie.state, serie.freigegeben_von) == ("versandt", zweite)
    assert Schreiben.objects.count() == 2
    antwort = client.post(reverse("serie_drucken", args=[serie.pk]))
    stapel = Druckstapel.objects.get()
    assert antwort.url == reverse("druckstapel", args=[stapel.pk])
    assert stapel.versand_liste.count() == 2
    assert "Druckstapel erstellen" not in client.get(seite).content.decode()


def test_the_same_submission_makes_one_series(client, ich):
    case = make_fall(ich)
    seite = neu(FREI, kreis="alle", zustand="")
    felder = felder_of(client.get(seite)) | {"betreff": "Neu", "text": "ein Satz."}
    felder["posten"] = [f"{case.pk}-0"]
    assert client.post(seite, felder).url == client.post(seite, felder).url
    assert Serie.objects.count() == 1


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("text", "Wir heben wir auf", "liest sich wie eine Entscheidung"),
        ("text", "Ihre [[Lieblingsfarbe]]", "[[Lieblingsfarbe]]"),
        ("betreff", "An [[Name]]", "Im Betreff steht kein Platzhalter."),
        ("posten", [], "Bitte wählen Sie mindestens eine Person aus."),
        ("posten", ["1-999"], "steht nicht mehr auf der Liste"),
    ],
)
def test_what_is_wrong_stands_at_the_field(client, ich, feld, wert, satz):
    case = make_fall(ich)
    seite = neu(FREI, kreis="alle", zustand="")
    felder = felder_of(client.get(seite)) | {"betreff": "Neu", "text": "ein Satz."}
    felder["posten"] = [f"{case.pk}-0"]
    antwort = client.post(seite, felder | {feld: wert})
    assert antwort.status_code == 422
    assert satz in " ".join(antwort.context["form"].errors[feld])


def test_a_foreign_person_cannot_be_put_into_a_series(client, ich):
    make_fall(ich)
    fremd = make_fall(make_fallmanager("fremd", make_team("Team Süd")))
    seite = neu(FREI, kreis="alle", zustand="")
    felder = {"betreff": "Neu", "text": "ein Satz.", "weg": "brief", "posten": [f"{fremd.pk}-0"]}
    assert client.post(seite, felder).status_code == 422
    assert not Serie.objects.exists()


def test_a_series_of_foreign_cases_is_not_there(client, fallmanager):
    serie = work(make_serie(fallmanager))
    client.force_login(make_fallmanager("fremd", make_team("Team Süd")))
    brief = serie.briefe.first()
    assert client.get(reverse("serie", args=[serie.pk])).status_code == 404
    assert client.get(reverse("serie_brief", args=[serie.pk, brief.pk])).status_code == 404
    assert client.post(reverse("serie_freigeben", args=[serie.pk])).status_code == 404
    assert "Es gibt noch keine Serie" in client.get(reverse("serien")).content.decode()


def test_progress_stands_on_the_page_until_a_worker_is_through(client, ich, monkeypatch):
    monkeypatch.setattr(tasks, "SOFORT_SEKUNDEN", 0.0)
    faelle = [make_fall(ich) for _ in range(2)]
    serie = begin(client, *faelle)
    seite = reverse("serie", args=[serie.pk])
    assert "0 von 2 Schreiben sind bearbeitet" in client.get(seite).content.decode()
    tasks.continue_serien.apply()
    assert Betriebsstand.objects.get(schluessel="serienbriefe").befunde == {"Serien": 1}
    tasks.continue_serie.apply([serie.pk])
    assert "2 Schreiben: 2 gesetzt" in client.get(seite).content.decode()


def test_without_a_worker_the_command_goes_on(fallmanager, capsys):
    serie = make_serie(fallmanager)
    call_command("abgleich")
    serie.refresh_from_db()
    assert serie.state == "gesetzt"
    assert "Serien: 1" in capsys.readouterr().out


def test_ticked_letters_are_taken_out_others_stay(client, ich):
    serie = work(make_serie(ich, 3))
    weg, *_ = serie.briefe.all()
    gewaehlt = {"brief": [weg.pk, "9" * 5000, "²"]}
    client.post(reverse("serie_herausnehmen", args=[serie.pk]), gewaehlt)
    assert list(serie.briefe.filter(state="herausgenommen")) == [weg]
    seite = client.get(reverse("serie", args=[serie.pk])).content.decode()
    assert "1 herausgenommen" in seite


def test_what_could_not_be_set_is_listed_with_its_reason(client, ich):
    faelle = [make_fall(ich), make_fall(ich)]
    faelle[0].leistungsberechtigte_person.anschriften.update(
        gueltig_ab=uhr.HEUTE - timedelta(days=9), gueltig_bis=uhr.HEUTE - timedelta(days=1)
    )
    serie = work(make_serie(ich, faelle))
    seite = client.get(reverse("serie", args=[serie.pk]) + "?zeilen=fehler")
    assert [brief.case for brief, _ in seite.context["zeilen"]] == [faelle[0]]
    assert "Anschrift" in seite.content.decode()


def test_dropping_and_setting_anew_are_one_click(client, ich):
    serie = work(make_serie(ich))
    client.post(reverse("serie_neu_setzen", args=[serie.pk]))
    serie.refresh_from_db()
    assert serie.state == "gesetzt"
    client.post(reverse("serie_verwerfen", args=[serie.pk]))
    serie.refresh_from_db()
    assert serie.state == "verworfen"


def test_more_than_fit_are_not_offered(client, ich, monkeypatch):
    monkeypatch.setattr("cases.schreiben.views.serie.HOECHSTENS", 1)
    make_fall(ich), make_fall(ich)
    seite = client.get(neu(FREI, kreis="alle", zustand=""))
    assert "form" not in seite.context
    assert "grenzen Sie sie ein" in seite.content.decode()


def test_reminded_is_of_letters_that_left_and_were_not_reminded_of(client, ich):
    client.force_login(ich)
    faelle = [make_fall(ich) for _ in range(3)]
    angaben = {"betreff": "Bitte um Unterlagen", "text": "bitte schicken Sie uns den Vertrag."}
    briefe = [
        write_schreiben(art=FREI, anlass=Schreibanlass(c, uhr.HEUTE, ich, angaben=angaben))
        for c in faelle
    ]
    for brief in briefe[:2]:
        hand_over(schreiben=brief, am=uhr.HEUTE, by=ich, tag=uhr.HEUTE)
    tag = f"{uhr.HEUTE:%d.%m.%Y}"
    seite = neu("erinnerung", schreibenart=FREI, kreis="eigene", von=tag, bis=tag)
    felder = felder_of(client.get(seite))
    assert felder["posten"] == [f"{b.case_id}-{b.pk}" for b in briefe[:2]]
    spaeter = f"{uhr.HEUTE + timedelta(days=20):%d.%m.%Y}"
    felder |= {"fehlt": "Vertrag", "bis": spaeter, "posten": felder["posten"][:1]}
    heute = client.post(seite, felder | {"bis": tag})
    assert "Bitte nennen Sie einen Tag nach heute." in heute.context["form"].errors["bis"]
    assert client.post(seite, felder).status_code == 302
    serie = work(release(Serie.objects.get(), make_leitung("zweite")))
    erinnerung = serie.briefe.get().schreiben
    assert erinnerung.daten["bezug"]["nummer"] == briefe[0].nummer
    assert erinnerung.daten["fehlt"] == ["Vertrag"]
    rest = client.get(seite).context["form"].initial["posten"]
    assert rest == [f"{briefe[1].case_id}-{briefe[1].pk}"]


def test_a_page_of_many_letters_costs_as_many_queries_as_one_of_few(
    client, ich, django_assert_max_num_queries
):
    serie = work(make_serie(ich, 2))
    open_sample(serie, make_leitung("zweite"))
    seite = reverse("serie", args=[serie.pk])
    client.get(seite)
    with django_assert_max_num_queries(60) as wenige:
        client.get(seite)
    groesser = work(make_serie(ich, 6))
    with django_assert_max_num_queries(len(wenige)):
        client.get(reverse("serie", args=[groesser.pk]))


def test_only_what_leaves_on_paper_is_printed(client, ich):
    serie = work(release(work(make_serie(ich, weg="email")), make_leitung("zweite")))
    assert set(Versand.objects.values_list("weg", flat=True)) == {"elektronisch"}
    assert (
        "Druckstapel erstellen"
        not in client.get(reverse("serie", args=[serie.pk])).content.decode()
    )


def test_list_of_letters_reads_nothing_of_what_they_say(ich, monkeypatch):
    """A time may hold all letters of years; one request must not decrypt them."""
    angaben = {"betreff": "Unterlagen", "text": "bitte schicken Sie uns den Vertrag."}
    anlass = Schreibanlass(make_fall(ich), uhr.HEUTE, ich, angaben=angaben)
    brief = write_schreiben(art=FREI, anlass=anlass)
    hand_over(schreiben=brief, am=uhr.HEUTE, by=ich, tag=uhr.HEUTE)
    gelesen, echt = [], crypto.decrypt
    monkeypatch.setattr(crypto, "decrypt", lambda w, zweck: gelesen.append(zweck) or echt(w, zweck))
    wahl = {"schreibenart": FREI, "kreis": "alle", "von": uhr.HEUTE, "bis": uhr.HEUTE}
    (posten,) = list_unbeantwortet(ich, uhr.HEUTE, wahl, 5)
    assert posten.gegenstand == brief.pk
    assert "schreiben.daten" not in gelesen
