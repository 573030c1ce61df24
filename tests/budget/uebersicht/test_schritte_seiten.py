"""Every button of the budget page does what it says: open ones go on, closed ones are refused.

The pages are asked, not the tables: whatever stands between the row of a step and its button, or
between its button and its service, is seen here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import resolve, reverse

from budget.models import PersoenlichesBudget, Teilbudget
from cases.models import Anschrift, Case
from cases.registry.schritt import Schritt
from cases.states.rolle import Rolle
from tests.budget import fabriken
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


def _beantragt(akte: fabriken.Akte) -> None:
    fabriken.bemiss(akte)


def _bemessen(akte: fabriken.Akte) -> None:
    fabriken.tell("bemessen", akte.tage, akte=akte)


def _entwurf(akte: fabriken.Akte) -> None:
    fabriken.tell("entwurf", akte.tage, akte=akte)


def _ausgefertigt(akte: fabriken.Akte) -> None:
    fabriken.insert_ausgefertigt(akte)


def _vereinbart(akte: fabriken.Akte) -> None:
    fabriken.insert_vereinbart(akte)


def _bescheid(akte: fabriken.Akte) -> None:
    fabriken.insert_entworfen(fabriken.insert_vereinbart(akte))


def _vorgelegt(akte: fabriken.Akte) -> None:
    fabriken.insert_vorgelegt(akte)


def _laeuft(akte: fabriken.Akte) -> None:
    fabriken.insert_bescheid(fabriken.insert_vorgelegt(akte), "versandt")
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    Case.objects.filter(pk=akte.case.pk).update(state="leistung_laeuft")


STUFEN = {
    f.__name__.strip("_"): f
    for f in (
        _beantragt,
        _bemessen,
        _entwurf,
        _ausgefertigt,
        _vereinbart,
        _bescheid,
        _vorgelegt,
        _laeuft,
    )
}


def _ohne_teilbudget(akte: fabriken.Akte) -> None:
    Teilbudget.objects.filter(leistung=akte.leistungen["pflege"]).delete()


def _ohne_anschrift(akte: fabriken.Akte) -> None:
    person = akte.case.leistungsberechtigte_person
    Anschrift.objects.filter(leistungsberechtigte_person=person).delete()


def _fall_beendet(akte: fabriken.Akte) -> None:
    Case.objects.filter(pk=akte.case.pk).update(
        state="beendet", beendet_am=date(2026, 11, 1), beendet_art="sonstiges", beendet_grund="x"
    )


MAENGEL: dict[str, Callable[[fabriken.Akte], None]] = {
    "nichts": lambda akte: None,
    "teilbudget": _ohne_teilbudget,
    "anschrift": _ohne_anschrift,
    "fall": _fall_beendet,
}


def _felder(akte: fabriken.Akte) -> dict[str, dict[str, Any]]:
    """What a person types into the form behind a button, by URL name."""
    tage = akte.tage
    bescheid = {"erste_auszahlung": tage.beginn, "begruendung": "Der Bedarf ist festgestellt."}
    return {
        "bescheid_neu": bescheid,
        "bescheid_bearbeiten": bescheid,
        "bescheid_zurueckgeben": {"text": "Bitte den Beginn prüfen."},
        "budget_nachfolge": {"beginn": "01.02.2006", "sachverhalt": "Mehr Bedarf."},
        "budget_sachleistung": {"wunsch": "person", "grund": "Sie möchte lieber den Dienst."},
        "budget_beenden": {"text": "Der Zeitraum ist abgelaufen."},
        "zielvereinbarung_bearbeiten": {"gespraech_monate": "6"},
        "zielvereinbarung_neu_verhandeln": {"text": "Mehr Stunden gewünscht."},
        "zielvereinbarung_unterschriften": {
            "person_am": tage.unterschrift,
            "traeger_am": tage.unterschrift,
        },
    }


def _konto(akte: fabriken.Akte, rolle: str) -> Any:
    if rolle == Rolle.FALLMANAGEMENT:
        return akte.fallmanager
    return akte.leitung if rolle == Rolle.LEITUNG else make_user("revision", rolle)


def _answer(client, akte, schritt: Schritt) -> str:
    """Take the step as the page does; return what was refused, empty when it went on."""
    name = resolve(schritt.url.partition("?")[0]).url_name
    response = client.post(schritt.url, _felder(akte).get(name, {}))
    if response.status_code == 422:
        return str(response.context["form"].errors)
    if response.status_code == 403:
        # The page belongs to another role; the button says to whom.
        return schritt.hindernisse[0].text if schritt.hindernisse else "403"
    assert response.status_code == 302, (schritt, response.status_code)
    fehler = [str(m) for m in get_messages(response.wsgi_request) if m.level_tag == "error"]
    return " ".join(fehler)


def _check(client, akte, schritt: Schritt) -> None:
    seite = client.get(schritt.url) if schritt.methode == "get" else None
    if seite is not None and not schritt.hindernisse:
        assert seite.status_code == 200, (schritt.titel, seite.url)
        if seite.context.get("schritte") and resolve(schritt.url).url_name == "bescheid_freigabe":
            # The page of the release asks every gate; its own button is the step.
            schritt = seite.context["schritte"][0]
    with transaction.atomic():
        gesagt = _answer(client, akte, schritt)
        transaction.set_rollback(True)
    if not schritt.hindernisse:
        assert gesagt == "", schritt.titel
    else:
        assert schritt.hindernisse[0].text in gesagt, schritt.titel


FM, LEITUNG = Rolle.FALLMANAGEMENT, Rolle.LEITUNG
PROBEN = [
    *((stufe, FM, "nichts") for stufe in STUFEN),
    *((stufe, LEITUNG, "nichts") for stufe in ("bescheid", "vorgelegt", "laeuft")),
    *((stufe, FM, "teilbudget") for stufe in ("beantragt", "bemessen", "entwurf")),
    ("entwurf", FM, "anschrift"),
    ("vorgelegt", LEITUNG, "anschrift"),
    ("vorgelegt", LEITUNG, "fall"),
    ("laeuft", LEITUNG, "fall"),
    ("vorgelegt", Rolle.REVISION, "nichts"),
]


@pytest.mark.parametrize(("stufe", "rolle", "mangel"), PROBEN)
def test_each_button_does_what_it_says(client, db, stufe, rolle, mangel):
    akte = fabriken.make_akte()
    STUFEN[stufe](akte)
    MAENGEL[mangel](akte)
    user, gesehen = _konto(akte, rolle), 0
    for seite in ("budget", "zielvereinbarung", "bescheid", "fall"):
        client.force_login(user)
        response = client.get(reverse(seite, args=[akte.case.pk]))
        if response.status_code == 404:
            continue
        gezeigt = response.context["schritte"]
        if seite == "fall":
            gezeigt = [gezeigt.naechster, *gezeigt.weitere, *gezeigt.verschlossen, *gezeigt.endend]
            gezeigt = [s for s in gezeigt if s and "/budget/" in s.url]
        for schritt in gezeigt:
            client.force_login(user)
            _check(client, akte, schritt)
            gesehen += 1
    # The Revision has never anything to do.
    assert (gesehen == 0) == (rolle == Rolle.REVISION)
