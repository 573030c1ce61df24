"""The directory of the demonstration: invented bodies, two of them entered twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from cases.models import (
    Gattung,
    Leistungserbringer,
    Leistungstraeger,
    User,
    Verzeichniseintrag,
)
from cases.verzeichnis.services.verzeichnis import (
    create_eintrag,
    create_preis,
    save_angebot,
    save_ansprechperson,
)

# art, name, fachrichtung, strasse, plz, ort, telefon, email
STELLEN: tuple[tuple[str, str, str, str, str, str, str, str], ...] = (
    (
        "arzt",
        "Praxis Dr. med. Henrike Allgöwer",
        "Neurologie",
        "Marktgasse 4",
        "70999",
        "Musterau",
        "07999 2210",
        "praxis@allgoewer.example",
    ),
    (
        "arzt",
        "Dr. Henrike Allgöwer, Praxis für Neurologie",
        "Neurologie und Psychiatrie",
        "Marktgasse 4",
        "70999",
        "Musterau",
        "07999 22 10",
        "",
    ),
    (
        "arzt",
        "Hausarztzentrum am Stadtbach",
        "Allgemeinmedizin",
        "Stadtbachstraße 17",
        "70999",
        "Musterau",
        "07999 3050",
        "info@hausarztzentrum-stadtbach.example",
    ),
    (
        "arzt",
        "Zentrum für Psychiatrie Weidental",
        "Psychiatrie und Psychotherapie",
        "Klinikweg 1",
        "70991",
        "Weidental",
        "07998 600-0",
        "aufnahme@zfp-weidental.example",
    ),
    (
        "arzt",
        "Sozialpädiatrisches Zentrum Musterau",
        "Kinder- und Jugendmedizin",
        "Lindenallee 30",
        "70999",
        "Musterau",
        "07999 7100",
        "spz@klinikum-musterau.example",
    ),
    (
        "betreuungsgericht",
        "Amtsgericht Musterau – Betreuungsgericht",
        "",
        "Gerichtsstraße 2",
        "70999",
        "Musterau",
        "07999 440-0",
        "betreuungsgericht@ag-musterau.example",
    ),
    (
        "betreuungsgericht",
        "Amtsgericht Weidental – Betreuungsgericht",
        "",
        "Rathausplatz 5",
        "70991",
        "Weidental",
        "07998 210-0",
        "",
    ),
    (
        "sozialgericht",
        "Sozialgericht Musterau",
        "",
        "Kanzleistraße 11",
        "70999",
        "Musterau",
        "07999 450-0",
        "poststelle@sg-musterau.example",
    ),
    (
        "gutachter",
        "Dr. phil. Tomasz Wieczorek",
        "Psychologie",
        "Gartenstraße 9",
        "70991",
        "Weidental",
        "07998 3344",
        "gutachten@wieczorek.example",
    ),
    (
        "betreuungsbehoerde",
        "Landkreis Musterau – Betreuungsbehörde",
        "",
        "Schlossplatz 1",
        "70999",
        "Musterau",
        "07999 100-340",
        "betreuung@landkreis-musterau.example",
    ),
    (
        "gesundheitsamt",
        "Landkreis Musterau – Gesundheitsamt",
        "",
        "Schlossplatz 3",
        "70999",
        "Musterau",
        "07999 100-500",
        "gesundheit@landkreis-musterau.example",
    ),
    (
        "sonstige",
        "Ergänzende unabhängige Teilhabeberatung Musterau",
        "",
        "Bahnhofstraße 6",
        "70999",
        "Musterau",
        "07999 8811",
        "eutb@musterau.example",
    ),
)

# name, strasse, plz, ort, telefon, email, institutionskennzeichen
ERBRINGER: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    (
        "Lebenshilfe Musterau e. V.",
        "Am Alten Sägewerk 3",
        "70999",
        "Musterau",
        "07999 5100",
        "info@lebenshilfe-musterau.example",
        "460900017",
    ),
    ("Lebenshilfe Musterau", "Sägewerkstraße 3", "70999", "Musterau", "07999 5100", "", ""),
    (
        "Werkstätten Weidental gGmbH",
        "Industriestraße 21",
        "70991",
        "Weidental",
        "07998 7700",
        "kontakt@werkstaetten-weidental.example",
        "460900028",
    ),
    (
        "Diakonie im Musterland – Ambulante Dienste",
        "Kirchgasse 8",
        "70999",
        "Musterau",
        "07999 6200",
        "ambulant@diakonie-musterland.example",
        "460900039",
    ),
    (
        "Assistenz & Begleitung Süd GmbH",
        "Talstraße 44",
        "70995",
        "Südheim",
        "07997 1212",
        "buero@assistenz-sued.example",
        "",
    ),
    (
        "Interdisziplinäre Frühförderstelle Musterau",
        "Lindenallee 32",
        "70999",
        "Musterau",
        "07999 7150",
        "fruehfoerderung@musterau.example",
        "",
    ),
    ("Fahrdienst Sonnenblick", "Siedlerweg 5", "70995", "Südheim", "07997 4040", "", ""),
)

# Leistungserbringer, Angebot, Leistungsgruppe, Leistung, Lebensbereiche, ((Betrag, Einheit, ab), …)
ANGEBOTE: tuple[tuple[str, str, str, str, list[str], tuple[tuple[str, str, date], ...]], ...] = (
    (
        "Lebenshilfe Musterau e. V.",
        "Assistenz im eigenen Wohnraum",
        "b_soziale_teilhabe",
        "b_assistenz_befaehigung",
        ["d5", "d6", "d7"],
        (
            ("56.80", "fachleistungsstunde", date(2023, 1, 1)),
            ("59.10", "fachleistungsstunde", date(2025, 1, 1)),
            ("61.45", "fachleistungsstunde", date(2026, 4, 1)),
        ),
    ),
    (
        "Lebenshilfe Musterau e. V.",
        "Besondere Wohnform Haus am Bach",
        "b_soziale_teilhabe",
        "b_besondere_wohnform",
        ["d5", "d6"],
        (("128.30", "belegungstag", date(2025, 7, 1)),),
    ),
    (
        "Werkstätten Weidental gGmbH",
        "Arbeitsbereich der Werkstatt",
        "b_teilhabe_am_arbeitsleben",
        "b_werkstatt",
        ["d8"],
        (
            ("44.90", "tag", date(2024, 1, 1)),
            ("47.25", "tag", date(2026, 1, 1)),
        ),
    ),
    (
        "Diakonie im Musterland – Ambulante Dienste",
        "Sozialpsychiatrische Begleitung",
        "b_soziale_teilhabe",
        "b_assistenz_befaehigung",
        ["d2", "d7"],
        (("58.00", "fachleistungsstunde", date(2025, 1, 1)),),
    ),
    (
        "Diakonie im Musterland – Ambulante Dienste",
        "Ambulant Betreutes Wohnen (bis 2017)",
        "a_leben_in_der_gemeinschaft",
        "",
        ["d6"],
        (("540.00", "monat", date(2012, 1, 1)),),
    ),
    (
        "Assistenz & Begleitung Süd GmbH",
        "Persönliche Assistenz rund um die Uhr",
        "b_soziale_teilhabe",
        "b_assistenz_uebernahme",
        ["d4", "d5", "d9"],
        (("34.20", "stunde", date(2026, 1, 1)),),
    ),
    (
        "Interdisziplinäre Frühförderstelle Musterau",
        "Komplexleistung Frühförderung",
        "b_medizinische_rehabilitation",
        "b_fruehfoerderung",
        ["d1", "d3"],
        (("92.70", "stunde", date(2025, 9, 1)),),
    ),
    (
        "Fahrdienst Sonnenblick",
        "Beförderung zur Teilhabe",
        "b_soziale_teilhabe",
        "b_befoerderung",
        ["d4"],
        (("1.45", "kilometer", date(2026, 1, 1)), ("9.80", "fahrt", date(2026, 1, 1))),
    ),
)

# Eintrag, name, funktion, telefon, email, gueltig_ab, gueltig_bis
ANSPRECHPERSONEN: tuple[tuple[str, str, str, str, str, date | None, date | None], ...] = (
    (
        "Lebenshilfe Musterau e. V.",
        "Birgit Hägele",
        "Leitung Wohnen",
        "07999 5100-12",
        "b.haegele@lebenshilfe-musterau.example",
        date(2021, 5, 1),
        None,
    ),
    (
        "Lebenshilfe Musterau e. V.",
        "Uwe Strobel",
        "Leitung Wohnen",
        "07999 5100-10",
        "",
        None,
        date(2021, 4, 30),
    ),
    (
        "Werkstätten Weidental gGmbH",
        "Nuria Castellanos",
        "Sozialer Dienst",
        "07998 7700-33",
        "n.castellanos@werkstaetten-weidental.example",
        None,
        None,
    ),
    (
        "AOK Musterland – Pflegekasse",
        "Team Pflegegeld",
        "Persönliches Budget",
        "07999 9000-41",
        "pflege@aok-musterland.example",
        None,
        None,
    ),
    (
        "Agentur für Arbeit Musterau",
        "Daniel Kehrer",
        "Reha-Beratung",
        "07999 480-27",
        "musterau.reha@arbeitsagentur.example",
        date(2024, 2, 1),
        None,
    ),
    (
        "Amtsgericht Musterau – Betreuungsgericht",
        "Geschäftsstelle XVII",
        "Buchstaben A bis K",
        "07999 440-17",
        "",
        None,
        None,
    ),
)


def create_verzeichnis(*, users: dict[str, User]) -> int:
    """Fill the directory through the services; return the number of entries added."""
    admin, fallmanager = users["admin"], users["fallmanager"]
    entries: dict[str, Verzeichniseintrag] = {t.name: t for t in Leistungstraeger.objects.all()}
    bekannt = len(entries)
    for zeile in STELLEN:
        felder = ("art", "name", "fachrichtung", "strasse", "plz", "ort", "telefon", "email")
        # The second of a pair was added by the Fallmanagement and waits to be checked.
        by = fallmanager if zeile[1].startswith("Dr. Henrike") else admin
        entries[zeile[1]] = _entry(Gattung.STELLE, dict(zip(felder, zeile, strict=True)), by)
    for erbringer in ERBRINGER:
        spalten = ("name", "strasse", "plz", "ort", "telefon", "email", "institutionskennzeichen")
        by = fallmanager if erbringer[0] == "Lebenshilfe Musterau" else admin
        werte = dict(zip(spalten, erbringer, strict=True))
        entries[erbringer[0]] = _entry(Gattung.LEISTUNGSERBRINGER, werte, by)
    for name, person, funktion, telefon, email, ab, bis in ANSPRECHPERSONEN:
        save_ansprechperson(
            eintrag=entries[name],
            werte={
                "name": person,
                "funktion": funktion,
                "telefon": telefon,
                "email": email,
                "gueltig_ab": ab,
                "gueltig_bis": bis,
            },
            by=admin,
        )
    _angebote(entries, admin)
    return len(entries) - bekannt


def _entry(gattung: str, werte: dict[str, Any], by: User) -> Verzeichniseintrag:
    return create_eintrag(gattung=gattung, werte=werte, by=by)


def _angebote(entries: dict[str, Verzeichniseintrag], by: User) -> None:
    for name, titel, gruppe, typ, bereiche, preise in ANGEBOTE:
        erbringer = entries[name]
        assert isinstance(erbringer, Leistungserbringer)
        angebot = save_angebot(
            leistungserbringer=erbringer,
            werte={
                "name": titel,
                "leistungsgruppe": gruppe,
                "leistungstyp": typ,
                "lebensbereiche": bereiche,
                "gueltig_bis": date(2017, 12, 31) if gruppe.startswith("a_") else None,
            },
            by=by,
        )
        for betrag, einheit, ab in preise:
            create_preis(
                angebot=angebot,
                werte={
                    "betrag": Decimal(betrag),
                    "einheit": einheit,
                    "vereinbarung": f"Vergütungsvereinbarung vom 15.12.{ab.year - 1}",
                    "gueltig_ab": ab,
                    "gueltig_bis": date(2017, 12, 31) if gruppe.startswith("a_") else None,
                },
                by=by,
            )
