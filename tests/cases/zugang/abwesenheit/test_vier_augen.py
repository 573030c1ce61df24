"""Whoever gains access does not grant it: absence, handover, assignment, emergency access."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import access
from cases.fall.services.notfallzugriff import open_notfallzugriff, review_notfallzugriff
from cases.fall.services.uebergabe import hand_over
from cases.fall.services.zuweisung import create_zuweisung
from cases.models import Abwesenheit, Case, User, Zugangsmeldung
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.queries.abwesenheit import possible_absent, vertretene_users
from cases.zugang.services.abwesenheit import confirm_abwesenheit, create_abwesenheit
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db
MORGENS = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
VON, BIS = date(2026, 11, 23), date(2026, 11, 27)


@pytest.fixture
def kollege(fallmanager) -> User:
    return make_fallmanager("kollege", make_team("Team Süd"))


@pytest.fixture
def andere(behoerde) -> User:
    """A Leitung of another team."""
    return make_leitung("andere", make_team("Team West"))


def absent(user: User, vertretung: User, by: User) -> Abwesenheit:
    return create_abwesenheit(
        user=user, von=VON, bis=BIS, vertretung=vertretung, by=by, zeitpunkt=MORGENS
    )


def confirm(row: Abwesenheit, by: User) -> Abwesenheit:
    return confirm_abwesenheit(abwesenheit=row, by=by, zeitpunkt=MORGENS)


def sieht(user: User) -> int:
    return access.visible_to(User.objects.get(pk=user.pk), VON).count()


def namesake(user: User, of: User) -> User:
    User.objects.filter(pk=user.pk).update(first_name=of.first_name, last_name=of.last_name)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("team", [None, "Team Süd"])
@pytest.mark.parametrize("rolle", [Rolle.FACHDIENST, Rolle.FALLMANAGEMENT])
def test_no_leitung_enters_for_somebody_of_no_or_another_team(leitung, team, rolle):
    fremd = make_user("fremd", rolle, make_team(team) if team else None)
    deputy = make_fallmanager("deputy")
    with pytest.raises(SchrittUnzulaessig, match="ihre Leitung"):
        absent(fremd, deputy, leitung)
    assert fremd not in possible_absent(leitung)


def test_nobody_enters_themselves_as_deputy_of_others(fallmanager, leitung):
    with pytest.raises(SchrittUnzulaessig, match="Sich selbst trägt niemand"):
        absent(fallmanager, leitung, leitung)


def test_second_account_as_deputy_is_oneself(fallmanager, kollege, leitung):
    with pytest.raises(SchrittUnzulaessig, match="Sich selbst trägt niemand"):
        absent(fallmanager, namesake(kollege, leitung), leitung)


def test_entry_for_others_opens_nothing_before_it_is_confirmed(fallmanager, kollege, leitung):
    make_fall(fallmanager)
    row = absent(fallmanager, kollege, leitung)
    assert (sieht(kollege), vertretene_users(kollege, VON).count()) == (0, 0)
    confirm(row, fallmanager)
    assert (sieht(kollege), vertretene_users(kollege, VON).count()) == (1, 1)


def test_own_absence_needs_nobody(fallmanager, kollege):
    make_fall(fallmanager)
    absent(fallmanager, kollege, fallmanager)
    assert sieht(kollege) == 1


def test_another_leitung_confirms(fallmanager, kollege, leitung, andere):
    make_fall(fallmanager)
    confirm(absent(fallmanager, kollege, leitung), andere)
    assert sieht(kollege) == 1


def test_those_who_gain_or_have_entered_do_not_confirm(fallmanager, leitung, andere):
    make_fall(fallmanager)
    row = absent(fallmanager, andere, leitung)
    dritte = make_fallmanager("dritte")
    for by, satz in (
        (leitung, "selbst eingetragen"),
        (andere, "nicht selbst"),
        (dritte, "die Person oder eine andere Leitung"),
        (namesake(make_leitung("zweitkonto"), leitung), "selbst eingetragen"),
        (namesake(make_leitung("zweitkonto2"), andere), "nicht selbst"),
    ):
        with pytest.raises(SchrittUnzulaessig, match=satz):
            confirm(row, by)
    assert sieht(andere) == 0


def test_database_holds_it(fallmanager, kollege, leitung):
    row = absent(fallmanager, kollege, leitung)
    for by in (leitung, kollege):
        with pytest.raises(IntegrityError, match="durch_andere_bestaetigt"), transaction.atomic():
            Abwesenheit.objects.filter(pk=row.pk).update(bestaetigt_von=by, bestaetigt_am=MORGENS)


def test_both_are_told_of_entry_and_confirmation(fallmanager, kollege, leitung, andere):
    row = absent(fallmanager, kollege, leitung)
    an = [m.user for m in Zugangsmeldung.objects.order_by("pk")]
    assert an == [fallmanager, kollege]
    confirm(row, andere)
    assert Zugangsmeldung.objects.filter(user=fallmanager).count() == 2
    assert Zugangsmeldung.objects.filter(user=kollege).count() == 2


def test_pages_show_it_waiting_and_confirm_it(client, fallmanager, kollege, leitung):
    row = absent(fallmanager, kollege, leitung)
    liste, knopf = reverse("abwesenheiten"), reverse("abwesenheit_bestaetigen", args=[row.pk])
    client.force_login(leitung)
    text = client.get(liste).text
    assert ("wartet auf eine zweite Person" in text, knopf in text) == (True, False)
    client.force_login(kollege)
    assert "Kollege" in client.post(knopf, follow=True).text
    assert sieht(kollege) == 0
    client.force_login(fallmanager)
    assert knopf in client.get(liste).text
    assert "ist bestätigt" in client.post(knopf, follow=True).text
    assert Abwesenheit.objects.get().bestaetigt_von == fallmanager


def test_deputy_does_not_keep_cases_by_handover_or_assignment(fallmanager, leitung, andere):
    """Detour: a Leitung of another team stands in for some days and makes the cases her own."""
    case = make_fall(fallmanager)
    andere.groups.add(*make_fallmanager("rolle").groups.all())
    andere = User.objects.get(pk=andere.pk)
    absent(fallmanager, andere, fallmanager)
    assert sieht(andere) == 1
    for an in (andere, make_fallmanager("freund", make_team("Team West"))):
        with pytest.raises(SchrittUnzulaessig, match="gehört nicht mehr zu Ihren Teams"):
            hand_over(case_ids=[case.pk], an=[an], grund="x", by=andere, zeitpunkt=MORGENS)
        with pytest.raises(SchrittUnzulaessig, match="zuständige Person oder die Sachgebiets"):
            create_zuweisung(
                case=case,
                user=an,
                art="weitere",
                von=VON,
                bis=None,
                grund="x",
                by=andere,
                zeitpunkt=MORGENS,
            )
    assert Case.objects.get().caseworker == fallmanager


def test_deputy_of_the_leitung_does_not_hand_over_to_herself(fallmanager, leitung, andere):
    case = make_fall(fallmanager)
    andere.groups.add(*make_fallmanager("rolle").groups.all())
    andere = User.objects.get(pk=andere.pk)
    absent(leitung, andere, leitung)
    with pytest.raises(SchrittUnzulaessig, match="nicht an sich selbst"):
        hand_over(case_ids=[case.pk], an=[andere], grund="x", by=andere, zeitpunkt=MORGENS)
    with pytest.raises(SchrittUnzulaessig, match="Sich selbst weist niemand"):
        create_zuweisung(
            case=case,
            user=andere,
            art="weitere",
            von=VON,
            bis=None,
            grund="x",
            by=andere,
            zeitpunkt=MORGENS,
        )


def test_assignment_tells_both(fallmanager, kollege, leitung):
    case = make_fall(fallmanager)
    create_zuweisung(
        case=case,
        user=kollege,
        art="weitere",
        von=VON,
        bis=None,
        grund="x",
        by=leitung,
        zeitpunkt=MORGENS,
    )
    assert {m.user for m in Zugangsmeldung.objects.all()} == {fallmanager, kollege}
    assert all(case.aktenzeichen not in m.text for m in Zugangsmeldung.objects.all())


def test_emergency_access_tells_the_responsible_person_and_no_second_account_reviews(
    fallmanager, kollege, leitung
):
    case = make_fall(fallmanager)
    row = open_notfallzugriff(
        aktenzeichen=case.aktenzeichen,
        grund="Klinik ruft an, Entlassung heute",
        by=kollege,
        zeitpunkt=MORGENS,
    )
    assert fallmanager in {m.user for m in Zugangsmeldung.objects.all()}
    with pytest.raises(SchrittUnzulaessig, match="eine andere Person"):
        review_notfallzugriff(
            notfall=row,
            ergebnis="berechtigt",
            bemerkung="",
            by=namesake(leitung, kollege),
            zeitpunkt=MORGENS + timedelta(hours=1),
        )
