"""One real letter of every template, and what can become of its data: short, long, many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from django.db import transaction

from cases.antrag.schreiben.antragsformular import leeres_formular_daten
from cases.antrag.schreiben.zustaendigkeit import (
    BETEILIGUNG,
    ERINNERUNG,
    SCHREIBENARTEN,
    vorbereitet_of,
)
from cases.einwilligung.services import Empfaengerangabe, prepare_abdruck, prepare_vordruck
from cases.models import Case, Lesezugriff, Schreiben, User
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.leseauskunft import prepare_leseauskunft
from cases.schreiben.services.schreiben import daten_of
from tests.cases.antrag.zustaendigkeit import test_schreiben as zustaendigkeit
from tests.cases.antrag.zustaendigkeit.bausteine import make_offen
from tests.cases.einwilligung.test_einwilligung import make_einwilligung
from tests.cases.schreiben.folgebriefe import of_decisions
from tests.cases.schreiben.formbriefe import of_forms, of_nachweis, of_teilnahme, of_wechsel
from tests.cases.schreiben.planbriefe import of_plan
from tests.cases.schreiben.proben import make_anlass
from tests.fabriken import HEUTE, restart_names
from vorfuehrung.behoerde import create_behoerde, create_users
from vorfuehrung.geschichte import tell
from vorfuehrung.musterfall import STAND_A, STAND_B
from vorfuehrung.vorlage import Stand

Daten = dict[str, Any]


_gesammelt: dict[str, tuple[str, Daten]] = {}


def letters(blocker: Any) -> dict[str, tuple[str, Daten]]:
    """Return what `collect` finds, collected once; the rows they came from are taken back."""
    if not _gesammelt:
        with blocker.unblock(), transaction.atomic():
            restart_names(within_test=True)
            _gesammelt.update(collect())
            transaction.set_rollback(True)
    return _gesammelt


def collect() -> dict[str, tuple[str, Daten]]:
    """Return kind and data of one letter of every template, the decisions once per Rechtsstand."""
    create_behoerde()
    users = create_users("Teilhabe-Probe-2026")
    fm, leitung = users["fallmanager"], users["leitung"]
    briefe: dict[str, tuple[str, Daten]] = {}
    for stand, vorlage in (("A", STAND_A), ("B", STAND_B)):
        case = tell(vorlage, fallmanager=fm, leitung=leitung, bis=Stand.BESCHEID_FREI).case
        for brief in Schreiben.objects.filter(case=case):
            briefe[f"{brief.art} {stand}"] = (brief.art, brief.daten)
    briefe |= _zustaendigkeit(fm)
    briefe |= _of_case(case, fm, leitung)
    briefe |= dict(of_forms(case, fm))
    briefe |= dict(of_nachweis(case, fm))
    briefe |= dict(of_teilnahme(case, fm))
    briefe |= dict(of_wechsel(case, fm))
    briefe |= of_plan(case, fm)
    briefe |= of_decisions(case, fm)
    # Who asked for it gets the explanation in plain words in the same file.
    briefe |= {
        f"{name} einfach": (art, daten | {"einfach": True})
        for name, (art, daten) in briefe.items()
        if "einfach" in daten
    }
    return briefe


def _zustaendigkeit(by: User) -> Iterator[tuple[str, tuple[str, Daten]]]:
    arten = {art.schluessel: art for art in SCHREIBENARTEN}
    for schritt in ("ganz", "ort", "turbo", "teil", "beteiligt"):
        case = make_offen(by, zustaendigkeit.EINGANG)
        getattr(zustaendigkeit, schritt)(case, by, zustaendigkeit.EINGANG)
        for brief in vorbereitet_of(case.antraege.get()):
            anlass = make_anlass(case, by, brief.art, zustaendigkeit.EINGANG, anlass=brief.kennung)
            yield f"{brief.art} {schritt}", (brief.art, daten_of(arten[brief.art], anlass))
            if brief.art == BETEILIGUNG:
                anlass = make_anlass(
                    case, by, ERINNERUNG, zustaendigkeit.EINGANG, anlass=brief.kennung
                )
                yield ERINNERUNG, (ERINNERUNG, daten_of(arten[ERINNERUNG], anlass))


def _of_case(case: Case, by: User, leitung: User) -> dict[str, tuple[str, Daten]]:
    """Return the letters that any case may have, here about one that is decided."""
    Lesezugriff.objects.create(
        case=case, user=by, route="fall", als="Fallmanagement", grund="zustaendig"
    )
    einwilligung = make_einwilligung(case, by)
    anlaesse = {
        "antragsformular": Schreibanlass(case, HEUTE, by, case.antraege.get()),
        "datenschutzhinweis": Schreibanlass(case, HEUTE, by),
        "einwilligung_vordruck": prepare_vordruck(
            case=case,
            empfaenger=Empfaengerangabe(name="Praxis Dr. Hübner", anschrift=("Rathausgasse 4",)),
            teile=["gesamtplan", "gutachten"],
            zweck="Abstimmung der Behandlung",
            gueltig_bis=None,
            by=by,
            tag=HEUTE,
        ),
        "abdruck_gesamtplan": prepare_abdruck(
            einwilligung=einwilligung,
            abdruck=Schreiben.objects.get(case=case, art="gesamtplan"),
            by=by,
            tag=HEUTE,
        ),
        "leseauskunft": prepare_leseauskunft(
            case=case,
            von=HEUTE - timedelta(days=30),
            bis=HEUTE,
            mit_namen=False,
            begruendung="",
            by=leitung,
            tag=HEUTE,
        ),
    }
    briefe = {
        art: (art, daten_of(registry.schreibenarten[art], anlass))
        for art, anlass in anlaesse.items()
    }
    leer = leeres_formular_daten(datum=date(2026, 11, 20))
    return briefe | {"antragsformular leer": ("antragsformular", leer)}


def shorten(wert: Any) -> Any:
    """Return the data with one row in each list and short texts."""
    if isinstance(wert, dict):
        return {k: v if k == "kopf" else shorten(v) for k, v in wert.items()}
    if isinstance(wert, list):
        return [shorten(v) for v in wert[:1]]
    return wert


# A title is no sentence, and into the enclosures of a Bescheid nobody writes.
_OHNE_SAETZE = frozenset({"kopf", "titel", "beilagen"})


def lengthen(wert: Any) -> Any:
    """Return the data with every sentence five times as long."""
    if isinstance(wert, dict):
        return {k: v if k in _OHNE_SAETZE else lengthen(v) for k, v in wert.items()}
    if isinstance(wert, list):
        return [lengthen(v) for v in wert]
    if isinstance(wert, str) and len(wert.split()) >= 8:
        return " ".join([wert] * 5)
    return wert


# Nobody signs so many times or names forty experts (§ 17 Abs. 1 SGB IX: three), and a form has its
# sections and a scale its levels once; their rows are multiplied.
_EINMAL = frozenset(
    {"kopf", "parteien", "unterschriften", "optionen", "sachverstaendige", "stufen"}
)
_GERUEST = frozenset({"abschnitte", "bloecke"})


def multiply(wert: Any, anzahl: int = 24) -> Any:
    """Return the data with so many rows in every table and list."""
    if isinstance(wert, dict):
        return {
            k: v
            if k in _EINMAL
            else [multiply(teil, anzahl) for teil in v]
            if k in _GERUEST
            else multiply(v, anzahl)
            for k, v in wert.items()
        }
    if isinstance(wert, list) and wert and isinstance(wert[0], dict | list):
        return list(islice(cycle(wert), anzahl))
    return wert


FASSUNGEN: dict[str, Callable[[Any], Any]] = {
    "wie erzählt": lambda daten: daten,
    "kurz": shorten,
    "lang": lengthen,
    "24 Zeilen": multiply,
}


def in_large_print(daten: Daten) -> Daten:
    """Return the data of the same letter in large print."""
    return {**daten, "kopf": {**daten["kopf"], "grossdruck": True}}
