"""No detour makes one person two: a second account, or standing in for the second person."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from budget.teilnahme.services import record_anforderung, record_forderung, reject_forderung
from cases.behoerde.services.bild import create_bild, release_bild
from cases.behoerde.services.eigener_wert import release_eigener_wert
from cases.dateien.annahme import accept
from cases.dateien.grenzen import Grenzen
from cases.models import Abwesenheit, User
from cases.person.services.schutz import decide_schutz, set_schutz
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.textbaustein.services import release_textbaustein
from cases.unterlage.services.schwaerzung import create_schwaerzung, release_schwaerzung
from cases.unterlage.services.unterlage import file_unterlagen
from gesamtplan.instrument.services import (
    confirm_instrumentende,
    create_instrument,
    release_instrument,
)
from gesamtplan.plan.services import freigabe
from tests import uhr
from tests.cases.behoerde.bildproben import make_logobild
from tests.cases.behoerde.proben import propose
from tests.cases.schreiben.serie import proben as serien
from tests.cases.textbaustein.proben import write
from tests.cases.unterlage import proben
from tests.cases.unterlage.bausteine import make_angaben
from tests.fabriken import HEUTE, make_fall, make_leitung, make_team, make_traeger, make_user
from tests.gesamtplan.bausteine import make_vorgelegten_plan
from tests.gesamtplan.instrument.test_ende import end
from tests.gesamtplan.instrument.test_instrument import angaben, offer

pytestmark = pytest.mark.django_db


def schutz(erste: User) -> Callable[[User], object]:
    case = make_fall(erste)
    row = set_schutz(
        case=case,
        begruendung="Bedrohung",
        by=erste,
        tag=HEUTE,
        gueltig_ab=HEUTE,
        gueltig_bis=None,
        grund="gefahr",
    )
    return lambda by: decide_schutz(
        schutz=row, case=case, schritt="bestaetigen", by=by, tag=HEUTE, grund=""
    )


def gesamtplan(erste: User) -> Callable[[User], object]:
    plan = make_vorgelegten_plan(erste)
    return lambda by: freigabe.release_gesamtplan(gesamtplan=plan, by=by, tag=HEUTE)


def wert(erste: User) -> Callable[[User], object]:
    row = propose(erste, "wochenfaktor", Decimal("4.345"))
    return lambda by: release_eigener_wert(wert=row, by=by, tag=HEUTE)


def textbaustein(erste: User) -> Callable[[User], object]:
    row = write(erste)
    return lambda by: release_textbaustein(textbaustein=row, by=by, tag=HEUTE)


def instrument(erste: User) -> Callable[[User], object]:
    row = create_instrument(angaben=angaben(), by=erste, tag=HEUTE)
    return lambda by: release_instrument(fassung=row, by=by, tag=HEUTE)


def instrumentende(erste: User) -> Callable[[User], object]:
    row = offer(erste, make_user("freigebend", Rolle.FACHADMINISTRATION))
    end(row, erste)
    return lambda by: confirm_instrumentende(fassung=row, by=by, tag=HEUTE)


def serie(erste: User) -> Callable[[User], object]:
    row = serien.work(serien.make_serie(erste))
    return lambda by: serien.release(row, by)


def schwaerzung(erste: User) -> Callable[[User], object]:
    [unterlage] = file_unterlagen(
        case=make_fall(erste),
        dateien=[accept(proben.make_pdf("Seite"), "g.pdf", grenzen=Grenzen())],
        angaben=make_angaben(),
        by=erste,
        zeitpunkt=uhr.JETZT,
    )
    row = create_schwaerzung(
        unterlage=unterlage,
        bereiche=[(1, 0, 0, 1000, 1000)],
        grund="Angaben Dritter",
        by=erste,
        zeitpunkt=uhr.JETZT,
    )
    return lambda by: release_schwaerzung(schwaerzung=row, by=by, zeitpunkt=uhr.JETZT)


def forderung(erste: User) -> Callable[[User], object]:
    teilnahme = record_anforderung(
        case=make_fall(erste),
        traeger=make_traeger("rentenversicherung", "Rentenversicherung Probe"),
        aktenzeichen="",
        angefordert_am=HEUTE,
        eingegangen_am=HEUTE,
        frage="Bitte um Feststellungen.",
        by=erste,
        tag=HEUTE,
    )
    row = record_forderung(
        row=teilnahme,
        eingegangen_am=HEUTE,
        von=HEUTE.replace(day=1),
        bis=HEUTE,
        aufwand=Decimal("200.00"),
        by=erste,
        tag=HEUTE,
    )
    return lambda by: reject_forderung(
        forderung=row, grund="Nichts festgestellt.", by=by, tag=HEUTE
    )


def logo(erste: User) -> Callable[[User], object]:
    row = create_bild(
        art="logo", bild=make_logobild(), alternativtext="Wappen", by=erste, tag=HEUTE
    )
    return lambda by: release_bild(bild=row, by=by, tag=HEUTE)


DINGE = {
    "Logo": logo,
    "Ende eines Instruments": instrumentende,
    "Forderung eines Trägers": forderung,
    "geschwärzte Kopie": schwaerzung,
    "Serienbriefe": serie,
    "Instrument": instrument,
    "Schutz": schutz,
    "Gesamtplan": gesamtplan,
    "eigener Wert": wert,
    "Textbaustein": textbaustein,
}


def erste_person(ding: str) -> User:
    if ding in {"Logo", "eigener Wert", "Textbaustein", "Instrument", "Ende eines Instruments"}:
        return make_user("erste", Rolle.FACHADMINISTRATION)
    return make_leitung("erste", make_team())


@pytest.mark.parametrize("ding", DINGE)
def test_second_account_is_no_second_person(behoerde, ding):
    erste = erste_person(ding)
    entscheide = DINGE[ding](erste)
    zweitkonto = make_leitung("zweitkonto", make_team())
    User.objects.filter(pk=zweitkonto.pk).update(
        first_name=erste.first_name.upper(), last_name=erste.last_name
    )
    with pytest.raises(SchrittUnzulaessig, match=r"^Sie haben d.* selbst|Sie haben diese"):
        entscheide(User.objects.get(pk=zweitkonto.pk))
    # It was the account and nothing else: somebody with another name decides.
    entscheide(make_leitung("andere", make_team()))


@pytest.mark.parametrize("ding", DINGE)
def test_deputy_of_the_second_person_is_still_the_first(behoerde, ding):
    erste = erste_person(ding)
    entscheide = DINGE[ding](erste)
    zweite = make_leitung("zweite", make_team())
    Abwesenheit.objects.create(
        user=zweite, vertretung=erste, eingetragen_von=zweite, von=HEUTE, bis=HEUTE
    )
    with pytest.raises(SchrittUnzulaessig, match=r"^Sie haben d.* selbst|Sie haben diese"):
        entscheide(User.objects.get(pk=erste.pk))
