"""Scenes of the forms of a case: person, application, Zuständigkeit, notes, documents."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cases.antrag.services.antrag import record_kenntnis
from cases.fall.services.vermerk import Vermerkangaben, record_vermerk
from cases.models import Case, User, Vermerkart
from cases.person.services.personenangabe import add_angabe
from cases.person.views.personenangabe import ANGABEARTEN
from cases.schreiben.services.versand import record_aufgabe, send
from tests.cases.schreiben.versand.proben import make_schreiben
from tests.cases.unterlage.bausteine import make_unterlage
from tests.fabriken import HEUTE, IBAN, antrag_of, make_behoerde, make_fall, make_fallmanager
from tests.oberflaeche.gleichzeitig import Szene, adresse, szene

AB = date(2001, 1, 1)


def _fall() -> tuple[Case, User, User]:
    make_behoerde()
    eine = make_fallmanager()
    return make_fall(eine), eine, make_fallmanager("zweite", eine.team)


@szene("person")
def _person() -> Szene:
    case, *paar = _fall()
    return Szene(adresse("person", case.pk), *paar, "telefon", ("07999 1", "07999 2"))


@szene("tod")
def _tod() -> Szene:
    case, *paar = _fall()
    dazu = (("verstorben_quelle", "gericht"),)
    return Szene(
        adresse("tod", case.pk), *paar, "verstorben_am", ("01.11.2026", "02.11.2026"), dazu
    )


@szene("antrag_kenntnis")
def _kenntnis() -> Szene:
    make_behoerde()
    eine = make_fallmanager()
    case = make_fall(eine, eingang=date(2012, 11, 20))
    antrag = antrag_of(case)
    record_kenntnis(antrag=antrag, am=date(2012, 11, 5), durch="Anruf", by=eine, tag=HEUTE)
    url = adresse("antrag_kenntnis", case.pk, antrag.pk)
    zweite = make_fallmanager("zweite", eine.team)
    return Szene(url, eine, zweite, "kenntnis_durch", ("Brief", "Besuch"))


@szene("antrag_begehren")
def _begehren() -> Szene:
    case, *paar = _fall()
    url = adresse("antrag_begehren", case.pk, antrag_of(case).pk)
    dazu = (("grund", "Schreibfehler"),)
    return Szene(url, *paar, "begehren", ("Hilfe beim Kochen", "Hilfe beim Waschen"), dazu)


# A row of every kind, a field of it and two values for that.
_ANGABEN: dict[str, tuple[dict[str, object], str, tuple[str, str]]] = {
    "anschriften": (
        {"strasse": "Ring 1", "plz": "70999", "ort": "Musterau"},
        "strasse",
        ("Ring 2", "Ring 3"),
    ),
    "auskunftssperren": ({"art": "eigene", "grund": "Schutz"}, "grund", ("Gewalt", "Drohung")),
    "bankverbindungen": (
        {"iban": IBAN, "kontoinhaber": "Emil Muster"},
        "gueltig_bis",
        ("30.11.2026", "31.12.2026"),
    ),
    "krankenversicherungen": ({"krankenkasse": "AOK"}, "krankenkasse", ("BKK", "IKK")),
    "pflegeeinstufungen": ({"stand": "grad_2"}, "stand", ("grad_3", "grad_4")),
    "schwerbehinderungen": ({"gdb": 50, "merkzeichen": ["G"]}, "gdb", ("60", "70")),
    "hilfebedarfseinstufungen": ({"hilfebedarfsgruppe": 2}, "hilfebedarfsgruppe", ("3", "4")),
    "wohnsituationen": ({"wohnform": "eigene"}, "wohnform", ("assistenz", "angehoerige")),
    "statistikangaben": (
        {"geschlecht": "divers", "zusammenleben": "nein"},
        "zusammenleben",
        ("ja", "offen"),
    ),
    "vertretungen": ({"art": "beistand", "nachname": "Berg"}, "nachname", ("Burg", "Borg")),
    "bezugspersonen": (
        {"beziehung": "kind", "nachname": "Muster"},
        "nachname",
        ("Meister", "Master"),
    ),
}


def _angabe(art: str) -> Szene:
    case, *paar = _fall()
    modell, (werte, feld, neu) = ANGABEARTEN[art].modell, _ANGABEN[art]
    modell.objects.filter(leistungsberechtigte_person=case.leistungsberechtigte_person).delete()
    ab = date(2020, 1, 1)
    row = add_angabe(
        case=case, modell=modell, werte=werte, gueltig_ab=ab, by=case.caseworker, tag=HEUTE
    )
    return Szene(adresse("angabe", case.pk, art, row.pk), *paar, feld, neu)


for _art in ANGABEARTEN:
    szene(f"angabe[{_art}]")(lambda art=_art: _angabe(art))


# Per section: a field, two values, and what both have to fill in.
_ABSCHNITTE: dict[int, tuple[str, tuple[str, str], tuple[tuple[str, str], ...]]] = {
    1: ("aufnehmende_stelle", ("Bürgeramt", "Sozialamt"), ()),
    3: ("b_soziale_teilhabe_art", ("Assistenz", "Fahrdienst"), (("b_soziale_teilhabe", "on"),)),
    6: ("wuensche", ("allein wohnen", "am See wohnen"), ()),
    7: ("hinweis_am", ("16.11.2026", "17.11.2026"), ()),
    11: ("wunschbeginn", ("01.01.2027", "01.02.2027"), (("antragsart", "erst"),)),
    12: ("ansprueche_gegen", ("Unfallgegner", "Versicherung"), ()),
    13: ("anlagen", ("Ausweis", "Befund"), ()),
    8: ("unterschrift_durch", ("Emil", "Eva"), ()),
    9: ("bestaetigt_ort", ("Musterau", "Seeheim"), (("bestaetigt_am", "16.11.2026"),)),
    10: ("stellungnahmen", ("Gesundheitsamt", "Schule"), ()),
}


def _abschnitt(nummer: int) -> Szene:
    case, *paar = _fall()
    feld, werte, dazu = _ABSCHNITTE[nummer]
    url = adresse("antrag_abschnitt", case.pk, case.antraege.get().pk, nummer)
    return Szene(url, *paar, feld, werte, dazu)


for _nummer in _ABSCHNITTE:
    szene(f"antrag_abschnitt[{_nummer}]")(lambda nummer=_nummer: _abschnitt(nummer))


@szene("pruefkatalog_bearbeiten")
def _pruefkatalog() -> Szene:
    case, *paar = _fall()
    url = adresse("pruefkatalog_bearbeiten", case.pk, case.antraege.get().pk)
    return Szene(url, *paar, "abwaegung", ("eher ja", "eher nein"))


@szene("zustaendigkeit_pruefung")
def _pruefung() -> Szene:
    case, *paar = _fall()
    return Szene(
        adresse("zustaendigkeit_pruefung", case.pk), *paar, "notiz", ("angerufen", "geschrieben")
    )


@szene("vermerk_berichtigen")
def _vermerk() -> Szene:
    case, eine, _ = _fall()
    # The trigger of the table reads the clock of the database; this note is never too old for it.
    jetzt = datetime(2126, 1, 1, tzinfo=UTC)
    angaben = Vermerkangaben(Vermerkart.TELEFONAT, HEUTE, "erreicht")
    row = record_vermerk(case=case, angaben=angaben, by=eine, zeitpunkt=jetzt)
    # Only its author corrects a note: two windows of one person.
    url = adresse("vermerk_berichtigen", case.pk, row.pk)
    return Szene(url, eine, eine, "text", ("nicht erreicht", "besetzt"))


@szene("unterlage_berichtigen")
def _unterlage() -> Szene:
    case, *paar = _fall()
    row = make_unterlage(case, case.caseworker)
    url = adresse("unterlage_berichtigen", case.pk, row.pk)
    return Szene(url, *paar, "titel", ("Gutachten 1", "Gutachten 2"))


@szene("versand_berichtigen")
def _versand() -> Szene:
    case, *paar = _fall()
    by = case.caseworker
    schreiben = make_schreiben(case, by, art="zustaendigkeit", datum=HEUTE)
    row = send(schreiben=schreiben, weg="post", by=by, tag=HEUTE)
    record_aufgabe(versand=row, aufgabe_am=HEUTE, by=by, tag=HEUTE)
    url = adresse("versand_berichtigen", case.pk, row.pk)
    return Szene(url, *paar, "feststellung", ("Rückschein", "Anruf"), namenlos=True)
