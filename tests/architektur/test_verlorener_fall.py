"""No source of rows tells of a case that was lost, however it was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from budget.models import PersoenlichesBudget
from cases.access import visible_to
from cases.fall.services.notfallzugriff import open_notfallzugriff
from cases.fall.services.uebergabe import hand_over
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Abwesenheit,
    Antrag,
    Case,
    LeistungsberechtigtePerson,
    Unterlage,
    User,
    Versand,
    Zuweisung,
)
from cases.queries.kurzzeile import Kurzquelle, columns, rows_of
from cases.registry.beitrag import registry
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.services.entwurf import save_entwurf
from cases.tisch.queries.arbeitstag import abschnitte_of, case_rows
from cases.tisch.services.kalenderzugang import renew_kalenderzugang
from gesamtplan.models import Gesamtplan
from tests import uhr
from tests.budget import fabriken
from tests.budget.fabriken import Akte
from tests.budget.umzug.geschichte import move
from tests.fabriken import make_fallmanager, make_team, make_user
from tests.schrittprobe import force

pytestmark = pytest.mark.django_db
KANARIE = "Kanarienvogel"
HEUTE = uhr.HEUTE
MITTAG = datetime.combine(HEUTE, datetime.min.time(), tzinfo=UTC) + timedelta(hours=11)
TAGE = replace(
    fabriken.B,
    eingang=HEUTE - timedelta(days=20),
    plan=HEUTE - timedelta(days=9),
    ausgefertigt=HEUTE - timedelta(days=5),
    unterschrift=HEUTE - timedelta(days=3),
    bescheid=HEUTE,
    beginn=(HEUTE + timedelta(days=40)).replace(day=1),
)
#: Sources that name no case: handovers say a number; values, absences, wording and instruments are
#: of no case.
OHNE_FALL = {"_unread", "_proposed", "_deputising", "_unconfirmed", "_ending", "_waiting"}
#: A letter with a part that needs consent is not easily told here; the rows ask `visible_to`.
#: So do late reports; the orders of a Fachdienst follow from the assignment itself.
#: What a second person decides waits with others than the owner (test_vier_augen.py).
ANDERSWO = {
    *("cases.einwilligung.queries.arbeitszeilen", "_late_reports", "_orders"),
    *("_schutz", "_sperrenden", "_konten", "_offene_forderungen", "_abzugebende"),
}
Quelle = Callable[[User], str]


def text(rows: Iterable[object]) -> str:
    """All that the rows hold, with what hangs on them."""
    found = []
    for row in rows:
        case = getattr(row, "case", None)
        person = case.leistungsberechtigte_person if case is not None else ""
        found.append(f"{vars(row)} {case} {person}")
    return " ".join(found)


def _short(quelle: Kurzquelle) -> Quelle:
    return lambda user: text(rows_of([quelle], user, HEUTE))


def _long(source: Callable[[User, date], Iterable[object]]) -> Quelle:
    return lambda user: text(source(user, HEUTE))


def sources() -> Iterator[tuple[str, Quelle]]:
    """All sources of rows that the apps have registered, and those of the desk itself."""
    for quelle in registry.kurzquellen:
        yield quelle.abfrage.__name__, _short(quelle)
    for source in registry.arbeitszeilen:
        yield f"{source.__module__}.{source.__name__}", _long(source)
    yield "Abschnitte", lambda user: text(z for a in abschnitte_of(user, HEUTE) for z in a.zeilen)
    yield "ohne Schritt", _long(case_rows)


def telling(user: User, case: Case) -> set[str]:
    """The sources that name person or Aktenzeichen of the case to this user."""
    user = User.objects.get(pk=user.pk)
    return {
        name
        for name, quelle in sources()
        if any(wort in quelle(user) for wort in (KANARIE, case.aktenzeichen))
    }


def pages(user: User, case: Case) -> set[str]:
    """The pages without a case in their address that name it; the calendar's feed is one."""
    client = Client()
    client.force_login(user)
    schluessel = renew_kalenderzugang(user=user, tag=HEUTE)
    adressen = [
        reverse(name)
        for name in ("start", "faelle", "kalender", "kalender_woche", "uebergaben", "abwesenheiten")
    ]
    adressen += [reverse("postausgang"), reverse("kalender_feed", args=[schluessel])]
    gelesen = {adresse: client.get(adresse) for adresse in adressen}
    assert {antwort.status_code for antwort in gelesen.values()} == {200}
    return {
        adresse
        for adresse, antwort in gelesen.items()
        if KANARIE in antwort.text or case.aktenzeichen in antwort.text
    }


def _entwurf(case: Case, user: User) -> None:
    save_entwurf(
        user_id=user.pk,
        pfad=f"/faelle/{case.pk}/vermerke/neu/",
        felder={"text": ["begonnen"]},
        titel="Vermerk",
        case=case,
    )


def _akte(stufe: str) -> Akte:
    """A case told up to one step, with everything on it that any desk could show."""
    akte = fabriken.make_akte(TAGE)
    case, fm = akte.case, akte.fallmanager
    LeistungsberechtigtePerson.objects.filter(pk=case.leistungsberechtigte_person_id).update(
        nachname=KANARIE
    )
    if stufe == "Plan":
        force(akte.plan, "entwurf", freigegeben_von=None, freigegeben_am=None, schreiben=None)
        Gesamtplan.objects.filter(pk=akte.plan.pk).update(vorgelegt_am=None, vorgelegt_von=None)
    elif stufe == "Vereinbarung":
        fabriken.tell("entwurf", TAGE, akte=akte)
    elif stufe == "Bescheid":
        fabriken.insert_vorgelegt(akte, TAGE)
    elif stufe == "Umzug":
        fabriken.insert_vorgelegt(akte, TAGE)
        force(PersoenlichesBudget.objects.get(case=case), "laeuft")
        move(akte, TAGE.beginn + timedelta(days=10))
    else:
        force(case, "antrag_eingegangen")
    _entwurf(case, fm)
    create_wiedervorlage(case=case, user=fm, am=HEUTE, anlass=f"Anruf {KANARIE}", by=fm, tag=HEUTE)
    Antrag.objects.filter(case=case).update(fremdsprache="Türkisch")
    brief = fabriken.make_schreiben(case, fm, "eingangsbestaetigung")
    Versand.objects.create(schreiben=brief, weg="post", an=["Emil"], state="fehlgeschlagen")
    Unterlage.objects.create(
        case=case,
        art="sonstiges",
        titel="Befund",
        datum=HEUTE,
        eingegangen_am=HEUTE,
        hochgeladen_von=fm,
        pruefstand="befallen",
    )
    open_notfallzugriff(
        aktenzeichen=case.aktenzeichen,
        grund="Klinik ruft an, Entlassung heute",
        by=make_fallmanager("notarzt", make_team("Team Notfall")),
        zeitpunkt=MITTAG,
    )
    return akte


def _all_cases(user: User, stichtag: date) -> QuerySet[Any, Any]:
    return columns(
        Case.objects.order_by("pk"), fall="pk", aktenzeichen="aktenzeichen", seit="eroeffnet_am"
    )


def _case_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="alle",
        titel="Fall",
        fall=row.aktenzeichen,
        name="",
        url="",
        seit=row.seit,
        zustand="",
        farbe="",
    )


def test_source_that_asks_for_every_case_tells_of_visible_ones_alone(behoerde):
    akte = _akte("Antrag")
    fremde = make_fallmanager("fremde", make_team("Team Süd"))
    quelle = Kurzquelle(_all_cases, _case_row)
    assert [row.fall for row in rows_of([quelle], akte.fallmanager, HEUTE)] == [
        akte.case.aktenzeichen
    ]
    assert rows_of([quelle], fremde, HEUTE) == []


STUFEN = ("Antrag", "Plan", "Vereinbarung", "Bescheid", "Umzug")


def test_every_source_is_probed(behoerde):
    """What a source tells the owner of the case; else the probe below would prove nothing."""
    genannt: set[str] = set()
    for stufe in STUFEN:
        with transaction.atomic():
            akte = _akte(stufe)
            genannt |= telling(akte.fallmanager, akte.case)
            transaction.set_rollback(True)
    alle = {name for name, _ in sources()}
    assert len(alle) >= 13
    assert sorted(alle - genannt) == sorted(OHNE_FALL | ANDERSWO)


@pytest.mark.parametrize("stufe", STUFEN)
def test_moved_and_protected_case_is_gone_from_every_source(behoerde, stufe):
    akte = _akte(stufe)
    neu = make_fallmanager("neue", make_team("Team Süd"))
    assert pages(akte.fallmanager, akte.case)
    hand_over(
        case_ids=[akte.case.pk],
        an=[neu],
        grund="Befangenheit",
        by=akte.leitung,
        zeitpunkt=MITTAG,
    )
    Case.objects.filter(pk=akte.case.pk).update(geschuetzt=True)
    for user in (akte.fallmanager, akte.leitung):
        assert not visible_to(User.objects.get(pk=user.pk), HEUTE).exists()
        assert telling(user, akte.case) == set()
        assert pages(user, akte.case) == set()


@pytest.mark.parametrize("grund", ["Zuweisung", "Vertretung", "Rolle", "Team"])
def test_case_that_was_open_for_a_time_is_gone_afterwards(behoerde, grund):
    akte = _akte("Antrag")
    andere = make_user("andere", "Fallmanagement", make_team("Team Süd"))
    gestern = HEUTE - timedelta(days=1)
    if grund == "Zuweisung":
        Zuweisung.objects.create(
            case=akte.case, user=andere, rolle="Fallmanagement", von=gestern, bis=gestern, grund="x"
        )
    elif grund == "Vertretung":
        Abwesenheit.objects.create(
            user=akte.fallmanager,
            vertretung=andere,
            eingetragen_von=akte.fallmanager,
            von=gestern,
            bis=gestern,
        )
    elif grund == "Rolle":
        andere = akte.fallmanager
    _entwurf(akte.case, andere)
    create_wiedervorlage(
        case=akte.case, user=andere, am=HEUTE, anlass=f"Anruf {KANARIE}", by=andere, tag=HEUTE
    )
    if grund == "Rolle":
        andere.groups.set(make_user("rolle", "Fachdienst").groups.all())
        assert telling(andere, akte.case) == set()
        return
    assert telling(andere, akte.case) == set()
    assert pages(andere, akte.case) == set()
