"""Every answer that shows a person leaves a row that says whose data it showed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import PersoenlichesBudget
from cases.fall.services.notfallzugriff import open_notfallzugriff
from cases.fall.services.uebergabe import hand_over
from cases.models import Case, Druckstapel, Lesezugriff, Listenabruf, User
from cases.registry.routen import FALL, ROUTES
from cases.schreiben.services.druckstapel import post_druckstapel
from cases.states.rolle import Rolle
from cases.states.zugang import Zugriffsgrund
from tests import uhr
from tests.architektur.inhaltsakte import (
    NAME,
    Inhaltsakte,
    make_inhaltsakte,
    make_leserin,
    text_of,
    urls_of,
)
from tests.architektur.test_adressen import own_patterns
from tests.fabriken import make_fall, make_fallmanager, make_person

_ANDERE = "Zephyrinski"
_PAARE = (
    (Rolle.FALLMANAGEMENT, Zugriffsgrund.ZUSTAENDIG),
    (Rolle.LEITUNG, Zugriffsgrund.LEITUNG),
    (Rolle.FACHDIENST, Zugriffsgrund.ZUWEISUNG),
    (Rolle.REVISION, Zugriffsgrund.REVISION),
    (Rolle.KASSE, Zugriffsgrund.ZAHLUNG),
    (Rolle.DATENSCHUTZ, ""),
    (Rolle.FACHADMINISTRATION, ""),
)


def hand_one_over(rest: Inhaltsakte) -> Case:
    """Return a second case that was handed over, and read in an emergency."""
    kollege = make_fallmanager("kollege", rest.case.team)
    case = make_fall(kollege, person=make_person(_ANDERE))
    uebergabe = hand_over(
        case_ids=[case.pk],
        an=[rest.fallmanager],
        grund="Wechsel",
        geschuetzte=False,
        by=rest.leitung,
        zeitpunkt=uhr.JETZT,
    )
    notfall = open_notfallzugriff(
        aktenzeichen=case.aktenzeichen,
        grund="Klinik ruft an, Entlassung steht heute an",
        by=make_leserin(rest, 90, Rolle.FALLMANAGEMENT, "").user,
        zeitpunkt=uhr.JETZT,
    )
    rest.werte |= {"uebergabe": [uebergabe.pk], "notfall": [notfall.pk]}
    return case


def pay_out(rest: Inhaltsakte) -> None:
    """Post the Bescheid, and let its budget run."""
    [stapel] = Druckstapel.objects.filter(pk__in=rest.werte["stapel"])
    heute = uhr.HEUTE
    post_druckstapel(druckstapel=stapel, aufgabe_am=heute, by=rest.fallmanager, tag=heute)
    PersoenlichesBudget.objects.filter(case=rest.case).update(state="laeuft")


def answers(rest: Inhaltsakte, client: Client, rolle: Rolle, grund: str) -> Iterator[Any]:
    """Return (page, answer) for all pages of the role; those of a case once."""
    for pattern in own_patterns():
        row = ROUTES[pattern.name or ""]
        if rolle not in row.rollen or (row.objekt == FALL and (not grund or row.schreibt)):
            continue
        yield row.name, client.get(next(urls_of(rest, pattern)))
    if rolle in ROUTES["suche"].rollen:
        # A page of hits repeats the word: it is no name where no hit is sought by name.
        for name, wort in (
            ("suche", NAME),
            ("suche", "Musterau"),
            ("unterlagen_suche", "kanarienfachlich"),
        ):
            yield name, client.post(reverse(name), {"suchtext": wort}, follow=True)
    if rolle in ROUTES["antrag_neu"].rollen:
        daten = {"nachname": NAME, "vorname": "Emil", "geburtsdatum": "17.04.1985"}
        for name in ("antrag_neu", "antrag_aehnlich"):
            yield name, client.post(reverse(name), daten)


def logged(user: User, case: Case, nach: tuple[int, int]) -> bool:
    """Tell whether a row written since names this reader and this case."""
    gelesen = Lesezugriff.objects.filter(pk__gt=nach[0], user=user, case=case)
    gezeigt = Listenabruf.objects.filter(pk__gt=nach[1], user=user, faelle__contains=[case.pk])
    return gelesen.exists() or gezeigt.exists()


def last_rows() -> tuple[int, int]:
    letzte = [
        m.objects.order_by("-pk").values_list("pk", flat=True) for m in (Lesezugriff, Listenabruf)
    ]
    return letzte[0].first() or 0, letzte[1].first() or 0


@pytest.mark.django_db
def test_every_answer_that_shows_a_person_is_logged(capsys):
    rest = make_inhaltsakte()
    pay_out(rest)
    namen = {NAME: rest.case, _ANDERE: hand_one_over(rest)}
    missing, shown, pages = set(), 0, set()
    for nummer, (rolle, grund) in enumerate(_PAARE):
        leserin = make_leserin(rest, nummer, rolle, grund)
        client = Client()
        client.force_login(leserin.user)
        vorher = last_rows()
        for seite, response in answers(rest, client, rolle, grund):
            text = text_of(response)
            for name, case in namen.items():
                if name not in text and case.aktenzeichen not in text:
                    continue
                shown += 1
                pages.add(seite)
                if not logged(leserin.user, case, vorher):
                    missing.add(f"{rolle}: {seite} zeigt {name}")
            vorher = last_rows()
    listen = sorted(seite for seite in pages if ROUTES[seite].objekt != FALL)
    with capsys.disabled():
        sys.stdout.write(f"\n{shown} Antworten mit einer Person, {len(listen)} Seiten ohne Fall\n")
    assert "\n".join(sorted(missing)) == ""
    assert {
        "start",
        "faelle",
        "suche",
        "faelle_tabelle",
        "fristen_tabelle",
        "kalender",
        "team_mitglied",
        "postausgang",
        "druckstapel",
        "druckstapel_pdf",
        "serie",
        "auszahlungen",
        "uebergabe",
        "notfallzugriffe",
        "notfall_pruefen",
        "antrag_neu",
        "datenschutz",
    } <= set(listen)


@pytest.mark.django_db
def test_an_answer_leaves_one_row_whatever_it_shows(client, fallmanager):
    faelle = [make_fall(fallmanager) for _ in range(20)]
    client.force_login(fallmanager)
    client.get(reverse("faelle"))
    row = Listenabruf.objects.get()
    assert (row.art, row.als, row.anzahl) == ("liste", "Fallmanagement", 20)
    assert row.faelle == sorted(case.pk for case in faelle)


@pytest.mark.django_db
def test_without_its_row_there_is_no_answer(client, fallmanager, monkeypatch):
    make_fall(fallmanager)
    client.force_login(fallmanager)

    def broken(**_: Any) -> None:
        raise OSError("voll")

    monkeypatch.setattr("cases.middleware.note_listenabruf", broken)
    with pytest.raises(OSError, match="voll"):
        client.get(reverse("faelle"))
