"""Anfragen, a filled application form with its check, an application that waits for translation."""

from __future__ import annotations

from datetime import date, timedelta

from cases.antrag.queries.antrag import ABSCHNITTE, gruppen_am
from cases.antrag.services.anfrage import end_beratung, open_anfrage, record_beratung, submit_antrag
from cases.antrag.services.antragsbogen import (
    add_traegerangabe,
    add_vorbefund,
    finish_abschnitt,
    record_hinweis,
    save_abschnitt,
    save_beantragte_leistungen,
    save_ergebnis,
)
from cases.antrag.services.pruefkatalog import save_pruefkatalog
from cases.models import Antrag, Case, Leistungstraeger, User
from cases.person.services.person import create_person
from recht.pruefkatalog import pruefkriterien
from vorfuehrung.behoerde import gemeinde_of
from vorfuehrung.musterfall import PFLEGEKASSE

_TITEL = dict(ABSCHNITTE)
# Anrede, Vorname, Nachname, geboren, was gefragt wurde
_ANFRAGEN = (
    (
        "frau",
        "Petra",
        "Mayer",
        date(1966, 5, 17),
        "Fragt nach einem Persönlichen Budget für Freizeitassistenz. Erklärt: Form der Leistung, "
        "Antrag nötig (§ 108 SGB IX), Unabhängige Teilhabeberatung in der Bahnhofstraße genannt.",
    ),
    (
        "herr",
        "Samuel",
        "Okafor",
        date(1992, 9, 3),
        "Möchte wissen, ob neben der Werkstatt Begleitung im Alltag möglich ist. Unterlagen "
        "mitgegeben, zweites Gespräch vereinbart.",
    ),
    (
        "herr",
        "Anton",
        "Reuter",
        date(1958, 2, 21),
        "Fragt nach einem Zuschuss zum Umbau des Bades. Auf Pflegekasse und Wohnberatung verwiesen.",
    ),
    (
        "frau",
        "Iryna",
        "Bondarenko",
        date(1994, 12, 8),
        "Gespräch mit Dolmetscherin. Antrag angekündigt, er kommt auf Ukrainisch.",
    ),
)


def load_anfragen(*, users: dict[str, User], heute: date) -> None:
    """Add four Anfragen in their stages."""
    fallmanager = users["fallmanager"]
    faelle = [_anfrage(row, fallmanager, heute - timedelta(days=9)) for row in _ANFRAGEN]
    record_beratung(
        case=faelle[1],
        am=heute - timedelta(days=2),
        inhalt="Zweites Gespräch: möchte zuerst mit der Familie sprechen.",
        by=fallmanager,
        tag=heute - timedelta(days=2),
    )
    end_beratung(
        case=faelle[2],
        ergebnis="zuständig ist die Pflegekasse",
        by=fallmanager,
        tag=heute - timedelta(days=1),
    )
    submit_antrag(
        case=faelle[3],
        eingang=heute - timedelta(days=4),
        weg="schriftlich",
        begehren="Assistenz beim Einkaufen und bei Behördengängen",
        persoenliches_budget=True,
        fremdsprache="Ukrainisch",
        by=fallmanager,
        tag=heute - timedelta(days=4),
    )


def _anfrage(row: tuple[str, str, str, date, str], by: User, tag: date) -> Case:
    anrede, vorname, nachname, geboren, inhalt = row
    assert by.team is not None
    person = create_person(
        anrede=anrede,
        vorname=vorname,
        nachname=nachname,
        geburtsdatum=geboren,
        zusatz="",
        strasse="Bahnhofstraße 12",
        plz="70999",
        ort="Musterau",
        telefon="07999 4711",
        email="",
        email_zugang_seit=None,
        gemeindeschluessel=gemeinde_of("Musterau"),
        tag=tag,
    )
    return open_anfrage(
        leistungsberechtigte_person=person,
        team=by.team,
        caseworker=by,
        am=tag,
        inhalt=inhalt,
        by=by,
        tag=tag,
    )


def fill_model_form(case: Case, by: User) -> None:
    """Fill the application form of the model case with its check."""
    antrag = case.antraege.select_related("case__caseworker", "bogen").earliest("pk")
    tag = antrag.eingang
    _first_sections(antrag, by, tag)
    _wanted(antrag, by, tag)
    add_traegerangabe(
        antrag=antrag,
        leistungstraeger=Leistungstraeger.objects.get(name=PFLEGEKASSE),
        ansprechpartner="Frau Lang, Telefon 07999 2040",
        by=by,
        tag=tag,
    )
    befund = add_vorbefund(
        antrag=antrag,
        stelle="Klinikum Musterau",
        leistung="Befundbericht Neurologie",
        datum=tag - timedelta(days=60),
        ergebnis="befund",
        unterlage=None,
        by=by,
        tag=tag,
    )
    record_hinweis(antrag=antrag, am=tag, widerspruch_am=None, by=by, tag=tag)
    save_ergebnis(
        antrag=antrag,
        werte={
            "verlauf": "Unterlagen vollständig, Gespräch vereinbart.",
            "verfahren": "vereinfacht",
        },
        wiedervorlage_am=None,
        anlass="",
        by=by,
        tag=tag,
    )
    _check(antrag, befund.pk, by, tag)


def _wanted(antrag: Antrag, by: User, tag: date) -> None:
    gruppe = gruppen_am(tag)[-3].schluessel
    save_beantragte_leistungen(
        antrag=antrag,
        zeilen={
            gruppe: {
                "art": "Assistenz in der eigenen Wohnung und in der Freizeit",
                "umfang": "etwa sechs Stunden in der Woche",
                "form": "geld",
            },
            "pflege": {"art": "Pflegesachleistung", "umfang": "täglich", "form": "gutschein"},
        },
        by=by,
        tag=tag,
    )


def _first_sections(antrag: Antrag, by: User, tag: date) -> None:
    felder: dict[int, dict[str, object]] = {
        1: {
            "unterstuetzung": "ja",
            "unterstuetzung_durch": "Schwester",
            "weitere_personen": "Schwester, Bezugsperson\nHausarztpraxis am Markt",
        },
        6: {
            "wuensche": "Möchte selbst aussuchen, wer kommt und wann. Samstags ins Kino.",
            "ausfuehrung": "geld",
        },
        8: {"unterschrift_am": tag, "unterschrift_durch": "Max Mustermann"},
        9: {"bestaetigt_am": tag, "bestaetigt_ort": "Musterau", "bestaetigt_von": by},
    }
    for nummer, werte in felder.items():
        save_abschnitt(
            antrag=antrag, nummer=nummer, titel=_TITEL[nummer], werte=werte, by=by, tag=tag
        )
    finish_abschnitt(antrag=antrag, nummer=2, by=by)


def _check(antrag: Antrag, befund_id: int, by: User, tag: date) -> None:
    punkte: dict[str, dict[str, object]] = {
        k.schluessel: {"ergebnis": "erfuellt", "begruendung": "Ergebnis der Prüfung am Antragstag."}
        for k in pruefkriterien("voraussetzung", tag)
    }
    punkte["wesentliche_behinderung"]["vorbefund_id"] = befund_id
    punkte["zielvereinbarung"] = {"ergebnis": "offen", "begruendung": ""}
    save_pruefkatalog(
        antrag=antrag,
        punkte=punkte,
        merkmale=[
            "ziel_wahlrecht",
            "ziel_spielraum",
            "dafuer_vorstellung",
            "budgetfaehig_freizeit",
        ],
        abwaegung="Klare Vorstellungen vom eigenen Alltag; die Schwester wird entlastet.",
        by=by,
        tag=tag,
    )
