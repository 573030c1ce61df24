"""The application form on paper: filled with what is known, or empty to fill in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from cases.antrag.queries.antrag import (
    ABSCHNITTE,
    antraege_of,
    antrag_of,
    beratungen_of,
    bogen_of,
    gruppen_am,
    platz_of,
    traegerangaben_of,
    vorbefunde_of,
)
from cases.antrag.schreiben.ergaenzung import ergaenzung
from cases.antrag.schreiben.personendaten import personendaten
from cases.models import (
    Angabe,
    Antrag,
    Antragsbogen,
    Ausfuehrung,
    Behoerde,
    Case,
    Feststellungsverfahren,
    LeistungsberechtigtePerson,
    User,
)
from cases.person.queries.personenangabe import vertretungen_am, with_angaben
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from cases.states.inhalt import BRIEF, Inhalt
from recht.hinweise import hinweistext
from recht.kataloge import leistungstraeger
from recht.rechtsstand import Rechtsstand, rechtsstand_am

ART = "antragsformular"
TITEL = "Antrag auf Leistungen zur Teilhabe und ein Persönliches Budget"

_GRUNDLAGE = {
    Rechtsstand.A: "§§ 53 ff., 57 SGB XII, § 17 Abs. 2 bis 4 SGB IX, Budgetverordnung",
    Rechtsstand.UE: "§§ 53 ff., 57 SGB XII, § 29 SGB IX",
    Rechtsstand.B: "§§ 99, 105 Abs. 4, 108 SGB IX, § 29 SGB IX",
}
_TITEL = dict(ABSCHNITTE)
Block = dict[str, Any]


def feld(wort: str, wert: str = "", zeilen: int = 1) -> Block:
    """Return one line with its label; an empty one is printed as ruled lines."""
    absaetze = [zeile for zeile in str(wert).splitlines() if zeile.strip()]
    return {"art": "feld", "wort": wort, "wert": absaetze, "linien": [""] * zeilen}


def kreuze(wort: str, optionen: Iterable[tuple[str, bool]]) -> Block:
    """Return boxes to tick."""
    return {
        "art": "kreuze",
        "wort": wort,
        "optionen": [{"wort": text, "an": an} for text, an in optionen],
    }


def formular_daten(antrag: Antrag, *, datum: date, by: User) -> dict[str, Any]:
    """Return the data of the form of an application; what is not known stays to be filled in."""
    bogen, case = bogen_of(antrag), antrag.case
    person = with_angaben(case.leistungsberechtigte_person)
    anschrift = person.anschrift_am(datum)
    zeilen = [person.voller_name, *(anschrift.zeilen() if anschrift else [])]
    return {
        "kopf": kopf_daten(
            case=case, empfaenger=zeilen, datum=datum, ansprechpartner=by, betreff=TITEL
        ),
        "grundlage": _GRUNDLAGE[rechtsstand_am(antrag.eingang)],
        "eingang": antrag.eingang.isoformat(),
        "leer": False,
        "abschnitte": _ordered(
            _abschnitt(1, _aufnahme(antrag, bogen)),
            _abschnitt(2, _person(person, datum)),
            _abschnitt(3, _leistungen(antrag)),
            _abschnitt(4, _traeger(antrag)),
            _abschnitt(5, _befunde(antrag)),
            _abschnitt(6, _wuensche(bogen)),
            _abschnitt(7, _hinweis(bogen, antrag.eingang)),
            _abschnitt(8, [_unterschrift(bogen)]),
            _abschnitt(9, [_bestaetigung(bogen)]),
            _abschnitt(10, _ergebnis(bogen)),
            *_ergaenzung(bogen),
        ),
    }


def leeres_formular_daten(*, datum: date) -> dict[str, Any]:
    """Return the data of the empty form under the law of the day."""
    behoerde = Behoerde.objects.get(pk=1)
    rechtsstand = rechtsstand_am(datum)
    return {
        "kopf": _kopf_ohne_fall(behoerde, rechtsstand, datum),
        "grundlage": _GRUNDLAGE[rechtsstand],
        "eingang": "",
        "leer": True,
        "abschnitte": _ordered(
            _abschnitt(1, _aufnahme(None, Antragsbogen(aufnehmende_stelle=""))),
            _abschnitt(2, _person(None, datum)),
            _abschnitt(3, _leistungen_leer(datum)),
            _abschnitt(4, _traeger_leer(datum)),
            _abschnitt(5, [_tabelle(_BEFUNDTITEL, _BEFUNDE, [], 4)]),
            _abschnitt(6, _wuensche(Antragsbogen())),
            _abschnitt(7, _hinweis(Antragsbogen(), datum)),
            _abschnitt(8, [_unterschrift(Antragsbogen())]),
            _abschnitt(9, [_bestaetigung(Antragsbogen())]),
            *_ergaenzung(Antragsbogen()),
        ),
    }


def _ordered(*abschnitte: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sections in the order of the form, all that is asked before the signature."""
    return sorted(abschnitte, key=lambda abschnitt: int(abschnitt["nummer"]))


def _ergaenzung(bogen: Antragsbogen) -> list[dict[str, Any]]:
    bloecke = ergaenzung(bogen, feld, kreuze)
    return [_abschnitt(nummer, teil) for nummer, teil in bloecke.items()]


def _kopf_ohne_fall(behoerde: Behoerde, rechtsstand: Rechtsstand, datum: date) -> dict[str, Any]:
    return {
        "behoerde": {
            "name": behoerde.name,
            "traeger_bezeichnung": behoerde.bezeichnung_am(rechtsstand),
            "amt": behoerde.amt,
            "strasse": behoerde.strasse,
            "plz": behoerde.plz,
            "ort": behoerde.ort,
            "telefon": behoerde.telefon,
            "email": behoerde.email,
            "elektronischer_zugang": behoerde.elektronischer_zugang,
        },
        "aktenzeichen": "",
        "ihr_zeichen": "",
        "anschrift": [],
        "datum": datum.isoformat(),
        "betreff": TITEL,
        "ansprechpartner": {"name": "", "funktion": "", "zimmer": "", "telefon": "", "email": ""},
        "grossdruck": False,
    }


def _abschnitt(nummer: int, bloecke: list[Block]) -> dict[str, Any]:
    return {"nummer": platz_of(nummer), "titel": _TITEL[nummer], "bloecke": bloecke}


def _tag(tag: date | None) -> str:
    return f"{tag:%d.%m.%Y}" if tag else ""


def _eingang(antrag: Antrag) -> str:
    hier = _tag(antrag.eingang)
    if antrag.erster_eingang is None:
        return hier
    return f"{hier} (beim ersten Träger: {_tag(antrag.erster_eingang)})"


def _aufnahme(antrag: Antrag | None, bogen: Antragsbogen) -> list[Block]:
    beratungen = list(beratungen_of(antrag.case)) if antrag else []
    erste = _tag(beratungen[0].am) if beratungen else ""
    folge = ", ".join(_tag(b.am) for b in beratungen[1:])
    name = antrag.aufgenommen_von.get_full_name() if antrag else ""
    personen = bogen.weitere_personen
    if antrag and not personen:
        person = antrag.case.leistungsberechtigte_person
        personen = "\n".join(str(v) for v in vertretungen_am(person, antrag.eingang))
    return [
        feld("Antrag aufnehmende Stelle", bogen.aufnehmende_stelle),
        feld("Antrag aufnehmende Person", name),
        feld("Eingang des Antrags", _eingang(antrag) if antrag else ""),
        feld("Antrag gestellt durch", _gestellt_durch(antrag) if antrag else ""),
        feld("Erste Beratung am", erste),
        feld("Folgeberatung am", folge),
        kreuze(
            "Falls notwendig: Ist Unterstützung vorhanden?",
            [(str(a.label), bogen.unterstuetzung == a) for a in (Angabe.JA, Angabe.NEIN)],
        ),
        feld("Unterstützung durch", bogen.unterstuetzung_durch),
        feld("Weitere Personen, die einbezogen werden sollen", personen, 2),
    ]


def _gestellt_durch(antrag: Antrag) -> str:
    wort = str(antrag.get_antragsteller_display())
    return f"{wort}: {antrag.vertreten_durch}" if antrag.vertreten_durch else wort


def _person(person: LeistungsberechtigtePerson | None, tag: date) -> list[Block]:
    return [feld(wort, wert) for wort, wert in personendaten(person, tag).items()]


def _leistungen(antrag: Antrag) -> list[Block]:
    rows = {row.gruppe: row for row in antrag.beantragte_leistungen.all()}
    bloecke = [feld("In den Worten der Person", antrag.begehren)]
    for gruppe in gruppen_am(antrag.eingang):
        row = rows.get(gruppe.schluessel)
        bloecke.append(kreuze("", [(gruppe.bezeichnung, row is not None)]))
        if row is not None:
            bloecke += [
                feld("Art", row.art),
                feld("Umfang", row.umfang),
                feld("Form der Ausführung", row.get_form_display()),
            ]
    budget = "Die Leistungen sollen als Persönliches Budget erbracht werden."
    return [*bloecke, kreuze("", [(budget, antrag.persoenliches_budget)])]


def _leistungen_leer(tag: date) -> list[Block]:
    bloecke: list[Block] = []
    for gruppe in gruppen_am(tag):
        bloecke += [
            kreuze("", [(gruppe.bezeichnung, False)]),
            feld("Art, Umfang und Form der Ausführung", zeilen=2),
        ]
    budget = "Die Leistungen sollen als Persönliches Budget erbracht werden."
    return [*bloecke, kreuze("", [(budget, False)])]


_TRAEGERTITEL = "Leistungsträger und ihre Ansprechpersonen"
_BEFUNDTITEL = "Vorliegende Leistungen und Befunde"
_TRAEGER = ("Leistungsträger", "Anschrift", "Ansprechperson")
_BEFUNDE = ("Leistungsträger oder Stelle", "Leistung oder Gegenstand", "Datum", "Ergebnis")


def _tabelle(titel: str, spalten: tuple[str, ...], zeilen: list[list[str]], leer: int = 0) -> Block:
    blank = [[""] * len(spalten) for _ in range(leer)] if not zeilen else []
    return {
        "art": "tabelle",
        "titel": titel,
        "spalten": spalten,
        "zeilen": zeilen or blank,
        "leer": bool(blank),
    }


def _traeger(antrag: Antrag) -> list[Block]:
    zeilen = [
        [
            row.leistungstraeger.name,
            ", ".join(row.leistungstraeger.anschriftzeilen()),
            row.ansprechpartner or "–",
        ]
        for row in traegerangaben_of(antrag)
    ]
    return [_tabelle(_TRAEGERTITEL, _TRAEGER, zeilen, 2)]


def _traeger_leer(tag: date) -> list[Block]:
    return [
        block
        for eintrag in leistungstraeger(tag)
        for block in (
            kreuze("", [(eintrag.bezeichnung, False)]),
            feld("Anschrift, Ansprechperson"),
        )
    ]


def _befunde(antrag: Antrag) -> list[Block]:
    zeilen = [
        [row.stelle, row.leistung, _tag(row.datum), row.get_ergebnis_display()]
        for row in vorbefunde_of(antrag)
    ]
    return [_tabelle(_BEFUNDTITEL, _BEFUNDE, zeilen, 2)]


def _wuensche(bogen: Antragsbogen) -> list[Block]:
    wahl = (Ausfuehrung.GELD, Ausfuehrung.GUTSCHEIN, Ausfuehrung.SACHLEISTUNG)
    return [
        feld("Wünsche zur Leistung, zum Anbieter und zum Ort", bogen.wuensche, 5),
        kreuze("Gewünschte Ausführung", [(a.label, bogen.ausfuehrung == a) for a in wahl]),
    ]


def _hinweis(bogen: Antragsbogen, tag: date) -> list[Block]:
    text = hinweistext("uebermittlung", bogen.hinweis_am or tag)
    bloecke: list[Block] = [
        {"art": "text", "absaetze": list(text.absaetze), "norm": text.norm},
        feld("Diesen Hinweis habe ich erhalten am", _tag(bogen.hinweis_am)),
    ]
    if bogen.widerspruch_am:
        bloecke.append(feld("Der Übermittlung widersprochen am", _tag(bogen.widerspruch_am)))
    else:
        bloecke.append(kreuze("", [("Ich widerspreche der Übermittlung.", False)]))
    return bloecke


def _unterschrift(bogen: Antragsbogen) -> Block:
    return {
        "art": "unterschrift",
        "parteien": [
            {
                "name": bogen.unterschrift_durch or "Antrag stellende Person",
                "rolle": "oder Vertretung",
                "ort": "",
                "am": bogen.unterschrift_am.isoformat() if bogen.unterschrift_am else "",
            }
        ],
    }


def _bestaetigung(bogen: Antragsbogen) -> Block:
    von = bogen.bestaetigt_von.get_full_name() if bogen.bestaetigt_von else ""
    return {
        "art": "unterschrift",
        "parteien": [
            {
                "name": von or "Antrag aufnehmende Person",
                "rolle": "Stempel",
                "ort": bogen.bestaetigt_ort,
                "am": bogen.bestaetigt_am.isoformat() if bogen.bestaetigt_am else "",
            }
        ],
    }


def _ergebnis(bogen: Antragsbogen) -> list[Block]:
    weiterleitung = getattr(bogen.antrag, "weiterleitung", None)
    wieder = bogen.wiedervorlage
    wahl = (Feststellungsverfahren.VEREINFACHT, Feststellungsverfahren.AUSFUEHRLICH)
    return [
        feld("Verlauf der Beratung, Ergebnis", bogen.verlauf, 2),
        feld(
            "Weitergeleitet",
            f"am {_tag(weiterleitung.am)} an {weiterleitung.an.name}" if weiterleitung else "nein",
        ),
        feld("Stellungnahmen einholen von", bogen.stellungnahmen),
        kreuze("Feststellung des Bedarfs", [(v.label, bogen.verfahren == v) for v in wahl]),
        feld("Ausführlich, weil", bogen.verfahren_grund),
        feld("Wiedervorlage", f"{_tag(wieder.am)}: {wieder.anlass}" if wieder else ""),
    ]


def _finde(case: Case, teile: Mapping[str, int]) -> Antrag | None:
    """Return the application that the URL names, without a number the newest one."""
    nummer = teile.get("antrag") or antraege_of(case).values_list("pk", flat=True).first()
    return antrag_of(case, nummer) if nummer else None


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    return formular_daten(anlass.gegenstand, datum=anlass.tag, by=anlass.by)


SCHREIBENART = Schreibenart(
    ART,
    "Antragsformular",
    "cases/antrag/schreiben.html",
    daten=_daten,
    titel_of=lambda anlass: f"Antragsformular zum {anlass.gegenstand}",
    finde=_finde,
    seite=lambda anlass: reverse("fall_antrag", args=[anlass.case.pk]),
    # It is filled in by hand and signed: a mark across the page would be in the way.
    als_entwurf=False,
    frei=True,
    ausloeser="ein Antrag soll unterschrieben werden",
    norm="§ 108 SGB IX, § 16 SGB I",
    inhalte=BRIEF | {Inhalt.NUMMERN, Inhalt.GESUNDHEIT},
    hilfe="Der Antragsbogen auf Papier, gefüllt mit allem, was bekannt ist, zum Unterschreiben.",
)
