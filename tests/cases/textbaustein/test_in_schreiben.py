"""Texts of the authority in letters: offered at the field, taken over, filled, checked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import Schreiben, Textbaustein
from cases.registry.beitrag import registry
from cases.registry.textstelle import PROBEFAELLE
from cases.schreiben.forms.brief import FreibriefForm
from cases.states.tafel import SchrittUnzulaessig
from cases.textbaustein import guards, services
from cases.textbaustein.queries import delivered_texts, probes_of, versions_in_force
from tests.budget.fabriken import insert_entworfen, insert_vereinbart, make_akte
from tests.cases.textbaustein.proben import AB, offer, write
from tests.fabriken import HEUTE, make_fall
from tests.oberflaeche.gleichzeitig import Fenster

pytestmark = pytest.mark.django_db
FREI = "schreiben.frei.text"


@pytest.fixture
def fenster(fallmanager):
    case = make_fall(fallmanager)
    url = reverse("schreiben_verfassen", args=[case.pk, "freies_schreiben"])
    return Fenster.open(fallmanager, url)


def form_of(case, **daten):
    return FreibriefForm(_query(daten), case=case, stichtag=HEUTE)


def _query(daten):
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    for name, wert in daten.items():
        query.setlist(name, wert if isinstance(wert, list) else [wert])
    return query


def test_every_free_field_of_a_letter_has_its_place():
    keys = {stelle.schluessel for stelle in registry.textstellen}
    assert {
        FREI,
        "schreiben.stelle.text",
        "schreiben.mitwirkung.warum",
        "schreiben.gespraech.mitbringen",
        "bescheid.begruendung",
        "folge.versagung.gruende",
        "folge.aufhebung.ermessen",
    } <= keys
    assert len(keys) == len(registry.textstellen)
    for stelle in registry.textstellen:
        assert guards.norm_lesbar(stelle.norm) is None, stelle
        assert guards.platzhalter_bekannt(stelle.schluessel, stelle.wortlaut) is None, stelle
        assert list(guards.wortlaut_in_ordnung(stelle.wortlaut, HEUTE)) == [], stelle


def test_a_chosen_text_is_put_into_the_field_and_can_be_changed(erste, zweite, fenster):
    row = offer(erste, zweite, "[[Name]] kann jederzeit anrufen.", FREI)
    felder = fenster.read()
    felder["betreff"], felder["text"] = ["Ihr Anruf"], ["Vielen Dank."]
    felder["baustein_text"] = [str(row.pk)]
    answer = fenster.send({**felder, "einfuegen": ["1"]})
    form = answer.context["form"]
    name = form.case.leistungsberechtigte_person.voller_name
    assert answer.status_code == 200
    assert form["text"].value() == f"Vielen Dank.\n\n{name} kann jederzeit anrufen."
    assert form["baustein_text"].value() == []
    assert form["betreff"].value() == "Ihr Anruf"
    assert "kern-error" not in answer.content.decode()
    assert not Schreiben.objects.exists()


def test_a_chosen_text_alone_is_enough_and_is_taken_over_once(erste, zweite, fallmanager):
    row = offer(erste, zweite, "[[Name]] kann jederzeit anrufen.", FREI)
    case = make_fall(fallmanager)
    form = form_of(case, betreff="Anruf", text="", baustein_text=[str(row.pk)])
    assert form.is_valid(), form.errors
    name = case.leistungsberechtigte_person.voller_name
    assert form.angaben() == {"betreff": "Anruf", "text": f"{name} kann jederzeit anrufen."}


@pytest.mark.parametrize(
    ("text", "sagt"),
    [
        (
            "Ihr Antrag vom [[Antragsdatum]] liegt vor.",
            "Noch nicht ausgefüllt ist [[Antragsdatum]]",
        ),
        ("Sehr geehrte Frau Nowak,\n\nwir schreiben Ihnen.", "stünde dann zweimal da"),
        ("Bitte legen Sie vor:\n\nUnterlagen:\nKontoauszug", "„Bitte legen Sie vor:“ folgt nichts"),
        ("Das sind 1.234,00\nEuro im Monat.", "über zwei Zeilen gebrochen"),
        ("Das folgt aus § 57 SGB XII.", "§ 57 SGB XII galt am"),
    ],
)
def test_what_is_wrong_with_the_words_is_said_at_the_field(fallmanager, text, sagt):
    form = form_of(make_fall(fallmanager), betreff="Anruf", text=text)
    assert not form.is_valid()
    assert sagt in " ".join(form.errors["text"])


def test_platzhalter_ausgefuellt(fallmanager):
    assert guards.platzhalter_ausgefuellt("Alles steht da.") is None
    assert "[[Tag]]" in guards.platzhalter_ausgefuellt("Am [[Tag]] um").text


def test_anrede_nur_einmal():
    assert guards.anrede_nur_einmal("Frau Nowak sagt guten Tag. Liebe Worte.") is None
    for anrede in ("Guten Tag Frau Nowak,", "Hallo Herr Nowak", "Liebe Frau Nowak"):
        assert guards.anrede_nur_einmal(f"{anrede}\nText").norm == "§ 9 SGB X"


def test_abschnitt_mit_inhalt():
    for gut in ("Es fehlt:\nAusweis", "Es fehlt:\n\nAusweis", "Uhrzeit: 10:30 Uhr", ""):
        assert guards.abschnitt_mit_inhalt(gut) is None, gut
    assert "„Es fehlt:“" in guards.abschnitt_mit_inhalt("Guten Morgen\nEs fehlt: ").text


def test_betrag_in_einer_zeile():
    assert guards.betrag_in_einer_zeile("Es sind 1.234,00 €\nim Monat, ab 2026\nEuropa.") is None
    for text in ("1.234,00\n€", "1.\n234,00 €", "12,\n50 Euro"):
        assert guards.betrag_in_einer_zeile(text) is not None, text


def test_norm_gilt_am():
    alt = date(2017, 6, 1)
    assert guards.norm_gilt_am("Nach § 57 SGB XII.", alt) is None
    assert "a.F." in guards.norm_gilt_am("Nach § 57 SGB XII.", HEUTE).text
    assert guards.norm_gilt_am("Nach § 57 SGB XII a.F. und § 999 SGB XII.", HEUTE) is None
    assert guards.norm_gilt_am("Nach § 29 Abs. 1 SGB IX, Zimmer § 3.", HEUTE) is None


def test_wortlaut_in_ordnung(erste):
    """What would be wrong in every letter is neither written nor released."""
    funde = list(guards.wortlaut_in_ordnung("Guten Tag,\nes fehlt:", HEUTE))
    assert [fund.norm for fund in funde] == ["§ 9 SGB X", "§ 33 Abs. 1 SGB X"]
    with pytest.raises(SchrittUnzulaessig, match="zweimal"):
        write(erste, "Guten Tag,\nwir schreiben.", FREI)


def test_a_letter_with_an_open_placeholder_is_never_frozen(fallmanager):
    from cases.schreiben.services.schreiben import freeze_schreiben

    case = make_fall(fallmanager)
    daten = {
        "kopf": {"anschrift": ["A"], "datum": HEUTE.isoformat()},
        "absaetze": [{"text": "Am [[Tag]]"}],
    }
    with pytest.raises(SchrittUnzulaessig, match="Noch nicht ausgefüllt"):
        freeze_schreiben(
            case=case,
            art="freies_schreiben",
            titel="T",
            gegenstand="",
            empfaenger=["A"],
            daten=daten,
            datum=HEUTE,
            by=fallmanager,
        )


def test_the_release_shows_three_hard_cases_and_the_difference(erste, zweite):
    alt = offer(erste, zweite, "[[Name]] ruft an.", FREI)
    neu = services.continue_textbaustein(
        textbaustein=alt,
        angaben=services.Bausteinangaben("T", "[[Name]], Antrag vom [[Antragsdatum]].", HEUTE),
        by=erste,
        tag=HEUTE,
    )
    proben = probes_of(neu.text, neu.stelle, HEUTE)
    assert [probe.titel for probe in proben] == list(PROBEFAELLE)
    assert "Łuczyńska" in proben[0].text
    assert proben[2].text == "N. N., Antrag vom [[Antragsdatum]]."
    assert [len(probe.hindernisse) for probe in proben] == [0, 0, 1]
    fenster = Fenster.open(zweite, reverse("textbaustein_freigeben", args=[neu.pk]))
    seite = fenster.client.get(fenster.url).content.decode()
    assert all(titel in seite for titel in PROBEFAELLE)
    assert "<del>" in seite
    assert "ruft an" in seite


def test_a_new_delivered_wording_is_shown_beside_the_own_one(erste, zweite, monkeypatch):
    stelle = "schreiben.mitwirkung.warum"
    fenster = Fenster.open(erste, reverse("textbaustein_neu") + f"?stelle={stelle}")
    felder = fenster.read()
    assert felder["stelle"] == [stelle]
    felder["text"] = [felder["text"][0] + " Bitte helfen Sie mit."]
    assert fenster.send(felder).status_code == 302
    row = Textbaustein.objects.get()
    assert row.mitgeliefert.startswith("Ohne diese Angaben")
    services.release_textbaustein(textbaustein=row, by=zweite, tag=HEUTE)

    def shown():
        rows = Textbaustein.objects.all()
        texte = delivered_texts(rows, versions_in_force(rows, HEUTE))
        return next(t for t in texte if t.stelle.schluessel == stelle)

    assert (shown().zeile, shown().neu) == (row, False)
    assert [teil.art for teil in shown().unterschied] == ["gleich", "neu"]
    from dataclasses import replace

    andere = [
        replace(s, wortlaut="Ein anderer Satz.") if s.schluessel == stelle else s
        for s in registry.textstellen
    ]
    monkeypatch.setattr(registry, "textstellen", andere)
    assert shown().neu
    seite = fenster.client.get(reverse("textbausteine")).content.decode()
    assert "neuer Wortlaut" in seite


def test_a_bescheid_with_an_open_placeholder_is_not_submitted(erste, zweite):
    akte = insert_entworfen(insert_vereinbart(make_akte()))
    row = offer(erste, zweite, "Bewilligt ab [[Ende des Budgets]].", "bescheid.nebenbestimmungen")
    url = reverse("bescheid_bearbeiten", args=[akte.case.pk])
    fenster = Fenster.open(akte.case.caseworker, url)
    felder = fenster.read()
    felder["baustein_nebenbestimmungen"] = [str(row.pk)]
    felder["nebenbestimmungen"] = ["Offen bleibt [[Name]]."]
    assert fenster.send(felder).status_code == 302
    seite = fenster.client.get(reverse("bescheid", args=[akte.case.pk])).content.decode()
    assert "Noch nicht ausgefüllt ist [[Name]]" in seite


def test_texts_end_with_their_day(erste, zweite, fallmanager):
    row = offer(erste, zweite, "Text", FREI)
    services.end_textbaustein(textbaustein=row, bis=HEUTE, by=erste, tag=HEUTE)
    case = make_fall(fallmanager)
    assert "baustein_text" in form_of(case).fields
    morgen = FreibriefForm(case=case, stichtag=HEUTE + timedelta(days=1))
    assert "baustein_text" not in morgen.fields
    assert AB <= HEUTE
