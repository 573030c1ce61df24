"""Protection is a fact of the person: in every case, at once, and lifted by two people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from cases import access
from cases.models import Case, Personenschutz, User
from cases.person.schritte import SCHUTZSCHRITTE, Schutzlage
from cases.person.services.schutz import decide_schutz, end_expired_schutz, set_schutz
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_leitung, make_person, make_team
from tests.schrittprobe import agree

pytestmark = pytest.mark.django_db
MORGEN = HEUTE + timedelta(days=1)


@pytest.fixture
def case(fallmanager) -> Case:
    return make_fall(fallmanager, person=make_person("Kanarienvogel"))


@pytest.fixture
def kollegin(fallmanager) -> User:
    return make_fallmanager("kollegin")


def setze(case: Case, by: User | None = None, **mehr: object) -> Personenschutz:
    werte = {"gueltig_ab": HEUTE, "gueltig_bis": None, "grund": "gefahr"} | mehr
    return set_schutz(
        case=case, begruendung="Bedrohung", by=by or case.caseworker, tag=HEUTE, **werte
    )


def entscheide(schutz: Personenschutz, schritt: str, by: User, grund: str = "vorbei") -> None:
    case = schutz.leistungsberechtigte_person.faelle.first()
    decide_schutz(schutz=schutz, case=case, schritt=schritt, by=by, tag=HEUTE, grund=grund)


def sieht(user: User) -> int:
    return access.visible_to(User.objects.get(pk=user.pk), HEUTE).count()


def test_it_closes_every_case_of_the_person_at_once(case, kollegin):
    make_fall(case.caseworker, person=case.leistungsberechtigte_person)
    assert sieht(kollegin) == 2
    setze(case)
    assert sieht(kollegin) == 0
    assert sieht(case.caseworker) == 2


def test_a_case_opened_later_inherits_it(case, kollegin):
    setze(case)
    neu = make_fall(case.caseworker, person=case.leistungsberechtigte_person)
    neu.refresh_from_db()
    assert neu.geschuetzt
    assert sieht(kollegin) == 0


def test_a_case_that_gets_another_person_inherits_it(case, fallmanager):
    setze(case)
    anderer = make_fall(fallmanager)
    anderer.leistungsberechtigte_person = case.leistungsberechtigte_person
    anderer.save()
    anderer.refresh_from_db()
    assert anderer.geschuetzt


def test_no_way_of_writing_makes_an_unprotected_case(case, fallmanager):
    setze(case)
    vorlage = Case.objects.get(pk=case.pk)
    row = Case(
        aktenzeichen="X-1",
        leistungsberechtigte_person=vorlage.leistungsberechtigte_person,
        team=vorlage.team,
        caseworker=fallmanager,
        eroeffnet_am=HEUTE,
        geschuetzt=False,
    )
    Case.objects.bulk_create([row])
    assert Case.objects.get(aktenzeichen="X-1").geschuetzt


def test_lifting_takes_two_people(case, leitung, kollegin):
    schutz = setze(case)
    entscheide(schutz, "bestaetigen", leitung)
    entscheide(schutz, "aufhebung_beantragen", leitung)
    assert sieht(kollegin) == 0
    with pytest.raises(SchrittUnzulaessig, match="selbst beantragt"):
        entscheide(schutz, "aufheben", leitung)
    doppelt = make_leitung("doppelt")
    User.objects.filter(pk=doppelt.pk).update(
        first_name=leitung.first_name, last_name=leitung.last_name
    )
    with pytest.raises(SchrittUnzulaessig, match="selbst beantragt"):
        entscheide(schutz, "aufheben", User.objects.get(pk=doppelt.pk))
    entscheide(schutz, "aufheben", case.caseworker)
    assert sieht(kollegin) == 1


def test_two_without_a_leitung_do_not_lift_it(case, kollegin, leitung):
    schutz = setze(case)
    entscheide(schutz, "bestaetigen", leitung)
    entscheide(schutz, "aufhebung_beantragen", case.caseworker)
    with pytest.raises(SchrittUnzulaessig, match="muss eine Leitung sein"):
        entscheide(schutz, "aufheben", kollegin)


def test_who_set_it_does_not_confirm_it(case, leitung):
    schutz = setze(case, by=leitung)
    with pytest.raises(SchrittUnzulaessig, match="selbst gesetzt"):
        entscheide(schutz, "bestaetigen", leitung)
    entscheide(schutz, "bestaetigen", case.caseworker)
    schutz.refresh_from_db()
    assert (schutz.state, schutz.bestaetigt_von) == ("bestaetigt", case.caseworker)


@pytest.mark.parametrize(("bestaetigt", "danach"), [(True, "bestaetigt"), (False, "gesetzt")])
def test_keeping_leads_back_to_where_it_was(case, leitung, bestaetigt, danach):
    schutz = setze(case)
    if bestaetigt:
        entscheide(schutz, "bestaetigen", leitung)
    entscheide(schutz, "aufhebung_beantragen", case.caseworker)
    entscheide(schutz, "beibehalten", leitung)
    schutz.refresh_from_db()
    assert schutz.state == danach


def test_it_ends_after_its_last_day_when_two_have_looked(case, leitung, kollegin):
    schutz = setze(case, gueltig_bis=HEUTE)
    assert (end_expired_schutz(tag=MORGEN), sieht(kollegin)) == (0, 0)
    entscheide(schutz, "bestaetigen", leitung)
    assert (end_expired_schutz(tag=HEUTE), sieht(kollegin)) == (0, 0)
    assert (end_expired_schutz(tag=MORGEN), sieht(kollegin)) == (1, 1)


@pytest.mark.parametrize(
    ("mehr", "satz"),
    [
        ({"gueltig_ab": MORGEN}, "gilt sofort"),
        ({"gueltig_bis": HEUTE - timedelta(days=1)}, "schon vergangen"),
    ],
)
def test_days_that_leave_a_gap_are_refused(case, mehr, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        setze(case, **mehr)


def test_one_at_a_time(case):
    setze(case)
    with pytest.raises(SchrittUnzulaessig, match="schon geschützt"):
        setze(case)


@pytest.mark.parametrize("wie", ["delete", "reopen"])
def test_database_keeps_it(case, leitung, wie):
    schutz = setze(case)
    entscheide(schutz, "aufhebung_beantragen", case.caseworker)
    entscheide(schutz, "aufheben", leitung)
    rows = Personenschutz.objects.all()
    was = {
        "delete": rows.delete,
        "reopen": lambda: rows.update(state="gesetzt", aufgehoben_am=None),
    }
    with pytest.raises(DatabaseError, match=r"Cannot|permission denied"), transaction.atomic():
        was[wie]()


def test_database_holds_the_four_eyes(case, leitung):
    schutz = setze(case)
    with pytest.raises(IntegrityError, match="vier_augen"), transaction.atomic():
        Personenschutz.objects.filter(pk=schutz.pk).update(bestaetigt_von=case.caseworker)


def test_buttons_agree_with_the_service(case, leitung, kollegin):
    schutz = setze(case)
    gesagt = {}
    for vorbereitet in ("", "aufhebung_beantragen"):
        if vorbereitet:
            entscheide(schutz, vorbereitet, case.caseworker)
        for zeile in SCHUTZSCHRITTE.zeilen:
            for user in (case.caseworker, leitung, kollegin):
                jetzt = Personenschutz.objects.get(pk=schutz.pk)
                gesagt[jetzt.state, zeile.schritt, user.username] = agree(
                    SCHUTZSCHRITTE,
                    Schutzlage(user, jetzt, case),
                    zeile.schritt,
                    lambda s=jetzt, z=zeile, u=user: entscheide(s, z.schritt, u),
                )
    assert len(gesagt) == 2 * 4 * 3
    assert gesagt["gesetzt", "bestaetigen", "leitung"] == ""
    assert "selbst gesetzt" in gesagt["gesetzt", "bestaetigen", "fallmanager"]
    assert gesagt["aufhebung", "aufheben", "leitung"] == ""


def test_pages_set_confirm_and_lift(client, case, leitung):
    seite, neu = (reverse(name, args=[case.pk]) for name in ("schutz", "schutz_neu"))
    client.force_login(case.caseworker)
    assert "nicht geschützt" in client.get(seite).text
    form = {
        "grund": "gefahr",
        "begruendung": "Bedrohung",
        "gueltig_ab": f"{HEUTE:%d.%m.%Y}",
        "gueltig_bis": "",
    }
    assert "gilt sofort" in client.post(neu, form | {"gueltig_ab": "01.01.2030"}).text
    assert "Die Person ist geschützt." in client.post(neu, form, follow=True).text
    schutz = Personenschutz.objects.get()
    schritt = {
        name: reverse(f"schutz_{name}", args=[case.pk, schutz.pk])
        for name in ("bestaetigen", "aufhebung", "aufheben", "beibehalten")
    }
    client.force_login(leitung)
    assert "Der Schutz ist bestätigt." in client.post(schritt["bestaetigen"], follow=True).text
    client.post(schritt["aufhebung"], {"text": "Täter ist verzogen"})
    assert "Der Schutz bleibt." in client.post(schritt["beibehalten"], follow=True).text
    client.post(schritt["aufhebung"], {"text": "Täter ist verzogen"})
    client.force_login(case.caseworker)
    assert "Der Schutz ist aufgehoben." in client.post(schritt["aufheben"], follow=True).text
    assert not Case.objects.get(pk=case.pk).geschuetzt


def test_foreign_protection_is_not_decided_in_an_own_case(client, case, leitung):
    fremd = make_fall(make_fallmanager("fremd", make_team("Team Süd")))
    schutz = setze(fremd)
    client.force_login(leitung)
    url = reverse("schutz_bestaetigen", args=[case.pk, schutz.pk])
    assert client.post(url).status_code == 404
    schutz.refresh_from_db()
    assert schutz.state == "gesetzt"
