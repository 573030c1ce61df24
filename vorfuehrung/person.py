"""People with Vertretung, Auskunftssperre and histories, so that the page „Person“ is filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from cases.models import (
    Anschrift,
    Auskunftssperre,
    Bankverbindung,
    Bezugsperson,
    Case,
    Krankenversicherung,
    LeistungsberechtigtePerson,
    Personenangabe,
    Pflegeeinstufung,
    Schwerbehinderung,
    Vertretungsverhaeltnis,
    Wohnsituation,
)
from cases.person.services.person import update_person
from cases.person.services.personenangabe import add_angabe, change_angabe

_KONTO_ALT, _KONTO_NEU = "DE02120300000000202051", "DE02500105170137075030"
_BETREUERIN: dict[str, Any] = {
    "art": "betreuung",
    "anrede": "frau",
    "vorname": "Beate",
    "nachname": "Sommerfeld-Krautheim",
    "organisation": "Betreuungsverein Musterau e. V.",
    "strasse": "Rathausplatz 7",
    "plz": "70999",
    "ort": "Musterau",
    "telefon": "07999 5550",
    "email": "sommerfeld@betreuungsverein.example",
    "aufgabenkreise": ["behoerden", "vermoegen", "gesundheit"],
    "gericht": "Amtsgericht Musterau",
    "gerichtsaktenzeichen": "XVII 123/24",
}


def fill_person(case: Case, nachname: str, heute: date) -> None:
    """Enter further facts when this person shows a situation of her own."""
    fill = LAGEN.get(nachname)
    if fill is not None:
        fill(case, heute)


def _add(
    case: Case,
    modell: type[Personenangabe],
    ab: date,
    heute: date,
    bis: date | None = None,
    **werte: Any,
) -> Personenangabe:
    return add_angabe(
        case=case,
        modell=modell,
        werte=werte,
        gueltig_ab=ab,
        gueltig_bis=bis,
        by=case.caseworker,
        tag=heute,
    )


def _update(case: Case, heute: date, werte: Mapping[str, Any]) -> None:
    update_person(case=case, werte=dict(werte), by=case.caseworker, tag=heute)


def _betreuung(case: Case, heute: date) -> None:
    _add(case, Vertretungsverhaeltnis, date(2024, 3, 1), heute, **_BETREUERIN)
    _add(
        case,
        Bezugsperson,
        date(2020, 1, 1),
        heute,
        beziehung="geschwister",
        vorname="Jonas",
        nachname="Hartmann",
        telefon="07999 4711",
        bemerkung="Hilft beim Einkauf und bei Terminen.",
    )
    _add(case, Schwerbehinderung, date(2019, 5, 6), heute, gdb=70, merkzeichen=["G", "B"])
    _add(case, Wohnsituation, date(2021, 4, 1), heute, wohnform="assistenz")
    _add(
        case,
        Krankenversicherung,
        date(2010, 1, 1),
        heute,
        krankenkasse="Musterkasse Süd",
        versichertennummer="A123456780",
    )


def _vollmacht(case: Case, heute: date) -> None:
    _add(
        case,
        Vertretungsverhaeltnis,
        heute - timedelta(days=30),
        heute,
        art="vollmacht",
        anrede="herr",
        vorname="Henrik",
        nachname="Asmussen",
        organisation="Kanzlei Asmussen & Partner",
        strasse="Königstraße 3",
        plz="70999",
        ort="Musterau",
    )
    _add(
        case,
        Vertretungsverhaeltnis,
        date(2023, 1, 1),
        heute,
        art="vertrauensperson",
        vorname="Selma",
        nachname="Demirci",
        telefon="07999 8812",
    )
    _update(case, heute, {"sprache": "Türkisch", "verstaendigung": "sprache"})


def _sperre(case: Case, heute: date) -> None:
    _add(
        case,
        Auskunftssperre,
        heute - timedelta(days=200),
        heute,
        heute + timedelta(days=530),
        art="auskunftssperre",
        grund="Gefährdung durch eine frühere Beziehung.",
    )


def _eltern(case: Case, heute: date) -> None:
    """A pupil of fourteen: her letters go to a parent, the other one gets a copy."""
    person = case.leistungsberechtigte_person
    geboren = date(heute.year - 14, 2, 3)
    LeistungsberechtigtePerson.objects.filter(pk=person.pk).update(geburtsdatum=geboren)
    for anrede, vorname in (("frau", "Katharina"), ("herr", "Dirk")):
        _add(
            case,
            Vertretungsverhaeltnis,
            geboren,
            heute,
            art="eltern",
            anrede=anrede,
            vorname=vorname,
            nachname="Krämer",
        )
        _add(
            case,
            Bezugsperson,
            geboren,
            heute,
            beziehung="elternteil",
            vorname=vorname,
            nachname="Krämer",
            im_haushalt=True,
        )
    _add(case, Wohnsituation, geboren, heute, wohnform="angehoerige")


def _historie(case: Case, heute: date) -> None:
    person = case.leistungsberechtigte_person
    jetzt = person.anschriften.get()
    change_angabe(
        case=case,
        angabe=jetzt,
        werte={},
        gueltig_ab=date(2019, 9, 1),
        gueltig_bis=None,
        by=case.caseworker,
        tag=heute,
    )
    _add(
        case,
        Anschrift,
        date(1998, 5, 1),
        heute,
        date(2019, 8, 31),
        strasse="Schlossberg 1",
        plz="74638",
        ort="Waldenburg",
    )
    _add(
        case,
        Bankverbindung,
        date(2012, 1, 1),
        heute,
        person.bankverbindungen.get().gueltig_ab - timedelta(days=1),
        iban=_KONTO_ALT,
        kontoinhaber=person.voller_name,
    )
    _add(case, Bankverbindung, heute, heute, iban=_KONTO_NEU, kontoinhaber=person.voller_name)
    for ab, bis, stand in (
        (date(2011, 7, 1), date(2016, 12, 31), "stufe_1"),
        (date(2017, 1, 1), date(2022, 6, 30), "grad_2"),
        (date(2022, 7, 1), None, "grad_3"),
    ):
        _add(case, Pflegeeinstufung, ab, heute, bis, stand=stand)
    _add(case, Schwerbehinderung, date(2011, 7, 1), heute, gdb=50, merkzeichen=["G"])
    _add(
        case,
        Schwerbehinderung,
        date(2020, 2, 1),
        heute,
        gdb=100,
        merkzeichen=["aG", "B", "H"],
        ausweis_bis=date(heute.year + 2, 1, 31),
    )
    _add(case, Wohnsituation, date(1998, 5, 1), heute, wohnform="besondere")
    _add(case, Wohnsituation, date(2019, 9, 1), heute, wohnform="assistenz")
    _update(case, heute, {"rentenversicherungsnummer": "15070649C103"})


def _unbekannt(case: Case, heute: date) -> None:
    _add(case, Pflegeeinstufung, heute, heute, unbekannt_grund="beantragt")
    _add(case, Krankenversicherung, heute, heute, unbekannt_grund="nicht_erfragt")
    _add(case, Wohnsituation, heute, heute, unbekannt_grund="keine_angabe")
    _update(
        case,
        heute,
        {
            "rentenversicherungsnummer_unbekannt": "angefordert",
            "sprache": "Polnisch",
            "weitere_behinderungsarten": ["seelisch"],
        },
    )


#: By surname; every one shows another situation.
LAGEN: Mapping[str, Callable[[Case, date], None]] = {
    "Hartmann": _betreuung,
    "Demirci": _vollmacht,
    "Şahin": _sperre,
    "Krämer": _eltern,
    "von Hohenlohe-Waldenburg-Schillingsfürst": _historie,
    "Wiśniewska": _unbekannt,
}
