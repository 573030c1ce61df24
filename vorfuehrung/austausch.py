"""A batch of the old records in the demonstration: checked, with an error and a known person."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from cases.austausch.forms.bestandsfall import pruefer_of
from cases.austausch.services.austausch import advance_stapel, create_stapel
from cases.dateien.aufruf import read_table_apart
from cases.export.tabelle import Blatt, write_csv
from cases.models import Case, Importprofil, User
from cases.states.austausch import FELDER

PROFIL = "Vorlage von Fallwerk"


def load_austausch(*, faelle: QuerySet[Case], users: dict[str, User], heute: date) -> None:
    """Upload a table of five cases of which four can be taken over."""
    leitung = users["leitung"]
    profil, _ = Importprofil.objects.get_or_create(
        name=PROFIL,
        defaults={"zuordnung": {feld.schluessel: feld.titel for feld in FELDER.values()}},
    )
    # The database gives the columns back in an order of its own.
    felder = [feld for feld in FELDER if feld in profil.zuordnung]
    kopf = [profil.zuordnung[feld] for feld in felder]
    zeilen = [[row.get(feld, "") for feld in felder] for row in _rows(faelle, users, heute)]
    roh = write_csv(Blatt("Fälle", kopf, zeilen))
    stapel = create_stapel(
        tabelle=read_table_apart(roh),
        dateiname="altbestand-nord.csv",
        sha256=hashlib.sha256(roh).hexdigest(),
        profil=profil,
        team=leitung.geleitete_teams.order_by("name")[0],
        soll={"zeilen": 5, "laufend": 4, "betrag": "3204.10"},
        by=leitung,
        now=timezone.make_aware(datetime.combine(heute, time(8, 5))),
    )
    pruefer = pruefer_of(stapel, heute)
    while advance_stapel(stapel_id=stapel.pk, pruefer=pruefer, tag=heute):
        pass


def _rows(faelle: QuerySet[Case], users: dict[str, User], heute: date) -> list[dict[str, str]]:
    bekannt = (
        faelle.filter(team=users["fallmanager"].team, geschuetzt=False)
        .select_related("leistungsberechtigte_person")
        .order_by("pk")[0]
        .leistungsberechtigte_person
    )
    grund = {
        "strasse": "Am Markt 3",
        "plz": "70999",
        "ort": "Musterau",
        "fallmanagement": users["fallmanager"].username,
        "zustand": "Leistung läuft",
        "betrag": "801,00",
    }
    namen = [
        ("ALT-2018-0117", "Hedwig", "Sommerfeld", "03.09.1961", "12.02.2018"),
        ("ALT-2019-0042", "Cem", "Özdoğan", "21.12.1990", "01.07.2019"),
        ("ALT-2020-0350", "Martha", "Winterstein", "30.02.1972", "15.10.2020"),
        ("ALT-2017-0008", "Otto", "Lindner", "08.05.1949", "09.01.2017"),
    ]
    felder = ("aktenzeichen", "vorname", "nachname", "geburtsdatum", "eroeffnet_am")
    rows = [grund | dict(zip(felder, werte, strict=True)) for werte in namen]
    rows[3] |= {"zustand": "beendet", "beendet_am": "31.12.2021", "betrag": ""}
    rows.append(
        grund
        | {
            "aktenzeichen": "ALT-2021-0201",
            "vorname": bekannt.vorname,
            "nachname": bekannt.nachname,
            "geburtsdatum": f"{bekannt.geburtsdatum:%d.%m.%Y}",
            "eroeffnet_am": "03.05.2021",
            "wiedervorlage_am": f"{heute:%d.%m.%Y}",
        }
    )
    return rows
