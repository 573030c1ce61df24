"""The calculators give what `recht` gives, with every step, and name what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from lxml import html

from cases.behoerde.services.eigener_wert import create_eigener_wert, release_eigener_wert
from cases.frist.forms.fristenrechner import FristForm
from cases.states.rolle import Rolle
from recht.fristen import compute_frist
from recht.fristkatalog import katalog
from tests.fabriken import make_behoerde, make_user

pytestmark = pytest.mark.django_db

FRAGE = {"frist": "F51", "ausloeser": "24.11.2025", "land": "BW"}
BESCHEID = {"aufgabe": "01.04.2026", "weg": "post", "rbb": "richtig", "land": "BW"}


@pytest.fixture
def drin(client, fallmanager):
    client.force_login(fallmanager)
    return client


def ask(client, **angaben):
    return client.get(reverse("fristenrechner"), {**FRAGE, **angaben})


def notify(client, **angaben):
    return client.get(reverse("bekanntgaberechner"), {**BESCHEID, **angaben})


def text_of(response) -> str:
    main = html.fromstring(response.content.decode()).get_element_by_id("inhalt")
    return " ".join(main.text_content().split())


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(rows) for name, rows in response.context["form"].errors.items()}


def test_empty_page_takes_the_land_of_the_authority(drin):
    make_behoerde("SN")
    for name in ("fristenrechner", "bekanntgaberechner"):
        response = drin.get(reverse(name))
        assert (response.status_code, response.context["ergebnis"]) == (200, None)
        assert response.context["form"]["land"].value() == "SN"


def test_answer_shows_end_and_open_account(drin):
    response = ask(drin)
    text = text_of(response)
    assert response.context["ergebnis"] == compute_frist("F51", date(2025, 11, 24), "BW")
    assert "Mittwoch, 24.12.2025" in text
    assert "§ 84 Abs. 1 SGG" in text
    assert "Rechtsstand B" in text
    steps = html.fromstring(response.content.decode()).xpath("//details[@open]//ol/li")
    assert len(steps) == len(response.context["ergebnis"].schritte) == 4


@pytest.mark.parametrize("frist", list(katalog()))
def test_every_frist_of_the_catalogue_answers_or_says_what_is_missing(drin, frist):
    response = ask(drin, frist=frist, ausloeser="06.04.2026")
    if response.status_code == 200:
        assert katalog()[frist].bezeichnung in text_of(response)
    else:
        assert response.status_code == 422
        assert response.context["ergebnis"] is None
        assert sum(map(len, errors_of(response).values())) == 1


def test_choice_offers_the_whole_catalogue_by_theme():
    groups = dict(FristForm().fields["frist"].choices[1:])
    assert list(groups) == [
        "Zuständigkeit, Bedarf, Entscheidung",
        "Laufzeit und Überprüfung",
        "Bescheid und Rechtsbehelf",
        "Aufhebung, Erstattung, Verjährung",
        "Statistik und Datenschutz",
    ]
    assert [key for rows in groups.values() for key, _ in rows] == list(katalog())


def test_shifted_end_names_the_reason_and_land_matters(drin):
    bw = ask(drin, ausloeser="06.12.2025").context["ergebnis"]
    assert (bw.ende_rechnerisch, bw.ende) == (date(2026, 1, 6), date(2026, 1, 7))
    assert bw.verschoben_wegen == "Heilige Drei Könige"
    assert "verschoben wegen: Heilige Drei Könige" in text_of(ask(drin, ausloeser="06.12.2025"))
    assert ask(drin, ausloeser="06.12.2025", land="HH").context["ergebnis"].ende == date(2026, 1, 6)


def test_pauses_length_day_begin_and_last_day_are_taken_over(drin):
    pause = {"pause1_von": "01.12.2025", "pause1_bis": "10.12.2025"}
    assert ask(drin, frist="F33", **pause).context["ergebnis"] == compute_frist(
        "F33", date(2025, 11, 24), "BW", pausen=[(date(2025, 12, 1), date(2025, 12, 10))]
    )
    assert ask(drin, tagesbeginn="ja").context["ergebnis"].ende == date(2025, 12, 23)
    assert ask(drin, frist="F56", laenge="2 Wochen").context["ergebnis"].ende == date(2025, 12, 8)
    assert ask(drin, frist="F35", geltend_bis="01.03.2027").context["ergebnis"].ende == date(
        2027, 3, 1
    )
    alt = ask(drin, frist="F30", ausloeser="01.01.2018", rechtsstand="A").context["ergebnis"]
    assert alt.norm == "§ 17 Abs. 2 S. 5 SGB IX a.F."


@pytest.mark.parametrize(
    ("angaben", "feld", "teil"),
    [
        ({"frist": ""}, "frist", "Bitte auswählen."),
        ({"frist": "F99"}, "frist", "F99"),
        ({"frist": "F12"}, "frist", "gibt es im Rechtsstand B nicht"),
        ({"land": "XX"}, "land", "XX"),
        ({"ausloeser": "30.02.2026"}, "ausloeser", "30.02.2026"),
        ({"ausloeser": "31.12.2003"}, "ausloeser", "kein Rechtsstand hinterlegt"),
        ({"pause1_von": "01.12.2025"}, "pause1_bis", "letzter Tag der Pause"),
        ({"pause2_bis": "01.12.2025"}, "pause2_von", "erster Tag der Pause"),
        (
            {"pause1_von": "10.12.2025", "pause1_bis": "01.12.2025", "frist": "F33"},
            "pause1_von",
            "nicht vor",
        ),
        ({"laenge": "bald"}, "laenge", "keine Länge einer Frist"),
        ({"frist": "F57"}, "laenge", "Länge"),
        ({"frist": "F11"}, "geltend_bis", "keine eigene Länge"),
        ({"frist": "F37", "geltend_bis": "01.11.2025"}, "geltend_bis", "vor dem Auslöser"),
        ({"laenge": "14 Tage"}, "laenge", "nach § 84 Abs. 1 SGG gilt 1 Monat"),
        ({"geltend_bis": "01.12.2025"}, "geltend_bis", "folgt aus § 84 Abs. 1 SGG"),
        (
            {"frist": "F04", "pause1_von": "01.12.2025", "pause1_bis": "10.12.2025"},
            "pause1_von",
            "keine Vorschrift vorsieht",
        ),
    ],
)
def test_wrong_question_is_answered_at_its_field(drin, angaben, feld, teil):
    response = ask(drin, **angaben)
    assert response.status_code == 422
    assert list(errors_of(response)) == [feld]
    assert teil in errors_of(response)[feld][0]
    assert "Warum dieses Datum?" not in text_of(response)


def test_own_lead_time_is_in_the_answer(drin):
    erste, zweite = (make_user(n, Rolle.FACHADMINISTRATION) for n in ("erste", "zweite"))
    wert = create_eigener_wert(
        schluessel="vorlauf.F51",
        gueltig_ab=date(2025, 1, 1),
        zahl=Decimal(3),
        begruendung="Dienstanweisung",
        by=erste,
        tag=date(2025, 1, 1),
    )
    release_eigener_wert(wert=wert, by=zweite, tag=date(2025, 1, 1))
    response = ask(drin)
    assert response.context["ergebnis"].wiedervorlage == date(2025, 12, 19)
    assert "Vorlauf der Wiedervorlage: 3 Tage, eigener Wert der Behörde" in text_of(response)


def test_frist_without_length_says_so_instead_of_a_day(drin):
    text = text_of(ask(drin, frist="F14"))
    assert "Keine feste Länge sofort" in text
    assert "Rechnerisches Ende" not in text


def test_interpretation_is_marked(drin):
    text = text_of(ask(drin, frist="F30"))
    assert "Grundlage dieser Regel Auslegung: Das Gesetz sagt es nicht ausdrücklich" in text
    sicher = text_of(ask(drin))
    assert "Grundlage dieser Regel" not in sicher
    assert "Gesichert: am Gesetzestext geprüft, Stand 19.08.2026." in sicher


def test_bekanntgabe_on_a_sunday_warns_of_the_other_view(drin):
    response = notify(drin)
    ergebnis = response.context["ergebnis"]
    assert (ergebnis.bekanntgabe, ergebnis.widerspruch_bis) == (date(2026, 4, 5), date(2026, 5, 5))
    assert "Nach der Gegenansicht" in text_of(response)
    assert "Nach der Gegenansicht" not in text_of(notify(drin, aufgabe="09.04.2026"))


@pytest.mark.parametrize(
    ("angaben", "bis"),
    [
        ({"rbb": "fehlt"}, date(2027, 4, 5)),
        ({"rbb": "falsch"}, date(2027, 4, 5)),
        ({"ausland": "on", "weg": "elektronisch"}, date(2026, 7, 6)),
        ({"zugang": "09.04.2026"}, date(2026, 5, 11)),
        ({"weg": "uebergabe"}, date(2026, 5, 4)),
    ],
)
def test_each_circumstance_moves_the_widerspruch(drin, angaben, bis):
    assert notify(drin, **angaben).context["ergebnis"].widerspruch_bis == bis


@pytest.mark.parametrize(
    ("angaben", "feld"),
    [
        ({"aufgabe": ""}, "aufgabe"),
        ({"aufgabe": "01.01.2003"}, "aufgabe"),
        ({"weg": "portal", "aufgabe": "01.01.2010"}, "aufgabe"),
        ({"weg": "taube"}, "weg"),
        ({"rbb": "vielleicht"}, "rbb"),
        ({"zugang": "31.03.2026"}, "zugang"),
    ],
)
def test_wrong_bekanntgabe_is_named(drin, angaben, feld):
    response = notify(drin, **angaben)
    assert response.status_code == 422
    assert list(errors_of(response)) == [feld]


@pytest.mark.parametrize("rolle", list(Rolle))
def test_calculators_are_open_to_all_who_work_with_cases(client, behoerde, rolle):
    client.force_login(make_user("jemand", rolle))
    offen = rolle not in {Rolle.KASSE, Rolle.DATENSCHUTZ, Rolle.BERECHTIGUNG}
    assert ask(client).status_code == (200 if offen else 403)
    assert notify(client).status_code == (200 if offen else 403)


def test_calculators_stay_within_their_queries(drin, django_assert_max_num_queries):
    ask(drin)
    with django_assert_max_num_queries(6):
        ask(drin)
    with django_assert_max_num_queries(5):
        notify(drin)
