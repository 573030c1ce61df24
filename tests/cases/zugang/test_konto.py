"""Accounts: four eyes for rights, roles that exclude each other, nobody locks all out."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Entwurf, Kontoaenderung, Team, User, Zugangsmeldung
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import UNVEREINBAR, Kontovorgang, konflikt
from cases.zugang.guards.zugang import zurueckziehen_wer_veranlasst_hat
from cases.zugang.schritte import KONTOSCHRITTE, Kontolage
from cases.zugang.services.konto import (
    Kontoangaben,
    change_konto,
    create_konto,
    decide_aenderung,
)
from tests.cases.zugang.conftest import JETZT
from tests.fabriken import make_fall, make_fallmanager, make_team, make_user
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
K = Kontovorgang
START = "Nebel-Kran-Wiese-31"


def angaben(email="neu@landkreis-musterau.example"):
    return Kontoangaben("Tarek", "Haddad", email, "Fallmanager", "", "", "THA")


def aendere(konto, art, by, **mehr):
    return change_konto(
        konto=konto, art=art, by=by, zeitpunkt=JETZT, begruendung="Verfügung", **mehr
    )


def entscheide(aenderung, by, schritt="bestaetigen"):
    return decide_aenderung(
        aenderung=aenderung, schritt=schritt, by=by, zeitpunkt=JETZT, startpasswort=START
    )


@pytest.fixture
def konto(erste, zweite) -> User:
    """A new account whose start password the second person has set."""
    neu = create_konto(username="neu", angaben=angaben(), by=erste, zeitpunkt=JETZT)
    entscheide(Kontoaenderung.objects.get(konto=neu, art=K.PASSWORT), zweite)
    return neu


def frisch(konto) -> User:
    return User.objects.get(pk=konto.pk)


def test_role_takes_effect_after_a_second_person(konto, erste, zweite):
    wartend = aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.FALLMANAGEMENT)
    assert frisch(konto).rollen == frozenset()
    entscheide(wartend, zweite)
    assert frisch(konto).rollen == {"Fallmanagement"}


def test_team_and_lead_take_effect_after_a_second_person(konto, erste, zweite):
    team = make_team()
    for art in (K.TEAM, K.LEITUNG_ERTEILEN):
        wartend = aendere(konto, art, erste, team=team)
        assert (frisch(konto).team, frisch(konto).geleitete_teams.count()).count(team) == (
            0 if art == K.TEAM else 1
        )
        entscheide(wartend, zweite)
    assert frisch(konto).team == team
    assert list(frisch(konto).geleitete_teams.all()) == [team]


def test_konto_durch_zweite_person(konto, erste, zweite):
    wartend = aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.KASSE)
    with pytest.raises(SchrittUnzulaessig, match="eine zweite Person der Berechtigungsverw"):
        entscheide(wartend, erste)
    assert frisch(konto).rollen == frozenset()


def test_page_says_why_it_waits_when_there_is_no_second_person(client, erste):
    konto = create_konto(username="neu", angaben=angaben(), by=erste, zeitpunkt=JETZT)
    wartend = aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.KASSE)
    client.force_login(erste)
    assert "Es fehlt eine zweite Person" in client.get(reverse("konten")).text
    page = client.get(reverse("kontoaenderung", args=[wartend.pk])).text
    assert "Außer Ihnen hat niemand die Berechtigungsverwaltung" in page


def test_konto_einer_anderen_person(erste, zweite):
    for art, mehr in (
        (K.ROLLE_ERTEILEN, {"rolle": Rolle.FACHADMINISTRATION}),
        (K.ZWEITER_FAKTOR, {}),
        (K.SPERREN, {}),
    ):
        with pytest.raises(SchrittUnzulaessig, match="eigenes Konto"):
            aendere(erste, art, erste, **mehr)


def test_nobody_confirms_a_right_for_the_own_account(erste, zweite):
    wartend = aendere(zweite, K.TEAM, erste, team=make_team())
    with pytest.raises(SchrittUnzulaessig, match="eigenes Konto"):
        entscheide(wartend, zweite)


@pytest.mark.parametrize(
    ("eine", "andere"),
    [
        (Rolle.FACHADMINISTRATION, Rolle.FALLMANAGEMENT),
        (Rolle.REVISION, Rolle.KASSE),
        (Rolle.KASSE, Rolle.LEITUNG),
        (Rolle.BERECHTIGUNG, Rolle.LEITUNG),
        (Rolle.DATENSCHUTZ, Rolle.FACHADMINISTRATION),
    ],
)
def test_rollen_vertraeglich(konto, erste, zweite, eine, andere):
    entscheide(aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=eine), zweite)
    with pytest.raises(SchrittUnzulaessig, match="schließen sich aus") as error:
        aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=andere)
    assert error.value.norm == "Trennung der Aufgaben"


def test_waiting_role_counts_as_held(konto, erste):
    aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.KASSE)
    with pytest.raises(SchrittUnzulaessig, match="schließen sich aus"):
        aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.FALLMANAGEMENT)


def test_exclusions_hold_both_ways_and_leave_the_usual_pairs():
    paare = list(combinations(Rolle.values, 2))
    erlaubt = {frozenset(p) for p in paare} - set(UNVEREINBAR)
    assert len(paare) == 28
    assert all(konflikt(frozenset({a}), b) and konflikt(frozenset({b}), a) for a, b in UNVEREINBAR)
    assert erlaubt == {
        frozenset({"Fallmanagement", "Sachgebietsleitung"}),
        frozenset({"Fallmanagement", "Fachdienst"}),
        frozenset({"Sachgebietsleitung", "Fachdienst"}),
        frozenset({"Fachdienst", "Kasse"}),
        frozenset({"Fachadministration", "Berechtigungsverwaltung"}),
    }


def test_berechtigung_bleibt(erste, zweite):
    aendere(zweite, K.ROLLE_ENTZIEHEN, erste, rolle=Rolle.BERECHTIGUNG)
    assert not frisch(zweite).has_rolle(Rolle.BERECHTIGUNG)
    dritte = make_user("dritte", Rolle.BERECHTIGUNG)
    User.objects.filter(pk=dritte.pk).update(is_active=False)
    vierte = make_user("vierte", Rolle.BERECHTIGUNG)
    aendere(erste, K.SPERREN, vierte)
    User.objects.filter(pk=dritte.pk).update(is_active=True)
    aendere(vierte, K.SPERREN, frisch(dritte))
    with pytest.raises(SchrittUnzulaessig, match="Ihr eigenes Konto"):
        aendere(frisch(dritte), K.SPERREN, frisch(dritte))
    assert User.objects.filter(is_active=True, groups__name=Rolle.BERECHTIGUNG).count() == 1


def test_blocking_ends_every_session_at_once(konto, erste):
    clients = [Client(), Client()]
    User.objects.filter(pk=konto.pk).update(startpasswort_bis=None)
    for browser in clients:
        browser.force_login(frisch(konto))
        assert browser.get(reverse("hilfe")).status_code == 403
    aendere(konto, K.SPERREN, erste)
    for browser in clients:
        assert browser.get(reverse("hilfe")).status_code == 302
        assert browser.session.get("_auth_user_id") is None


def test_taken_role_ends_with_the_next_request(client, erste):
    fallmanager = make_fallmanager()
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    assert client.get(reverse("fall", args=[case.pk])).status_code == 200
    aendere(fallmanager, K.ROLLE_ENTZIEHEN, erste, rolle=Rolle.FALLMANAGEMENT)
    assert client.get(reverse("fall", args=[case.pk])).status_code == 403


def test_second_factor_is_reset_and_the_person_told(konto, erste, zweite):
    Authenticator.objects.create(user=konto, type="totp", data={"secret": "x"})
    entscheide(aendere(konto, K.ZWEITER_FAKTOR, erste), zweite)
    assert Authenticator.objects.filter(user=konto).count() == 0
    assert "zweiter Faktor" in Zugangsmeldung.objects.filter(user=konto).latest("pk").text


def test_start_password_must_be_changed_before_anything_else(client, konto, erste, zweite, uhr):
    entscheide(aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.FALLMANAGEMENT), zweite)
    url = reverse("account_change_password")
    client.force_login(frisch(konto))
    assert client.get("/")["Location"] == url
    neu = {"oldpassword": START, "password1": START, "password2": START}
    assert "anderes Passwort als das Startpasswort" in client.post(url, neu).text
    neu["password1"] = neu["password2"] = "Wolke-Tisch-Brunnen-8"
    assert client.post(url, neu)["Location"] == "/"
    assert frisch(konto).startpasswort_bis is None
    assert client.get("/").status_code == 200


def test_start_password_ends_after_seven_days(client, konto, uhr):
    uhr.move_to(JETZT + timedelta(days=7, seconds=1))
    client.force_login(frisch(konto))
    response = client.get(reverse("account_change_password"))
    assert (response.status_code, "abgelaufen" in response.text) == (403, True)
    assert client.session.get("_auth_user_id") is None


def test_start_password_is_kept_in_no_draft_and_no_history(client, konto, erste, zweite):
    offen = aendere(konto, K.PASSWORT, erste)
    client.force_login(zweite)
    url = reverse("kontoaenderung", args=[offen.pk])
    client.post(url, {"password": "kurz"})
    assert Entwurf.objects.filter(user=zweite).count() == 0
    client.post(url, {"password": "Hafen-Birke-Lampe-77"})
    assert frisch(konto).check_password("Hafen-Birke-Lampe-77")
    rows = [str(vars(row)) for row in Kontoaenderung.objects.filter(konto=konto)]
    assert [row for row in rows if "Hafen" in row] == []


def test_start_password_ends_seven_days_after_the_confirmation(konto):
    assert frisch(konto).startpasswort_bis == JETZT + timedelta(days=7)


def test_one_person_has_one_account(konto, erste):
    with pytest.raises(SchrittUnzulaessig, match="genau eines"):
        create_konto(
            username="zwei",
            angaben=angaben("NEU@landkreis-musterau.example"),
            by=erste,
            zeitpunkt=JETZT,
        )


def test_every_change_stands_in_the_history(client, konto, erste, zweite):
    entscheide(aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.KASSE), zweite)
    aendere(konto, K.SPERREN, erste)
    rows = Kontoaenderung.objects.filter(konto=konto).order_by("id")
    arten = ["angelegt", "passwort", "rolle_erteilen", "sperren"]
    assert list(rows.values_list("art", flat=True)) == arten
    client.force_login(zweite)
    page = client.get(reverse("konto", args=[konto.pk])).text
    assert [w for w in ("Konto angelegt", "Rolle erteilen", "sperren") if w not in page] == []


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM cases_kontoaenderung",
        "UPDATE cases_kontoaenderung SET begruendung = 'anders'",
        "UPDATE cases_kontoaenderung SET state = 'offen'",
    ],
)
def test_history_of_accounts_cannot_be_changed(konto, sql):
    with (
        pytest.raises(DatabaseError, match=r"Cannot (delete|update) rows|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_database_refuses_a_right_with_one_pair_of_eyes(konto, erste):
    wartend = aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.KASSE)
    with pytest.raises(IntegrityError, match="vier_augen"), transaction.atomic():
        Kontoaenderung.objects.filter(pk=wartend.pk).update(
            state="wirksam", entschieden_von=erste, entschieden_am=JETZT
        )


def test_role_of_rights_sees_no_case(client, erste):
    case = make_fall(make_fallmanager())
    client.force_login(erste)
    for name, args in (("fall", [case.pk]), ("faelle", []), ("bericht", []), ("auftraege", [])):
        assert client.get(reverse(name, args=args)).status_code == 403
    tag = client.get("/")
    assert tag.status_code == 200
    assert case.aktenzeichen not in tag.text


def test_first_berechtigung_comes_from_the_server(behoerde, capsys):
    with pytest.raises(CommandError, match="--vorname"):
        call_command("berechtigung", "chefin")
    call_command(
        "berechtigung", "chefin", vorname="Ada", nachname="Muster", email="a@musterau.example"
    )
    chefin = User.objects.get(username="chefin")
    assert chefin.rollen == {"Berechtigungsverwaltung"}
    assert chefin.startpasswort_bis is not None
    assert Kontoaenderung.objects.get().veranlasst_von is None
    with pytest.raises(CommandError, match="schon"):
        call_command("berechtigung", "chefin")


def test_new_account_asks_for_rights_in_one_form(client, erste, zweite):
    team = Team.objects.create(name="Team West")
    client.force_login(erste)
    form = {
        "username": "t.haddad",
        "first_name": "Tarek",
        "last_name": "Haddad",
        "email": "haddad@landkreis-musterau.example",
        "funktion": "Fallmanager",
        "rollen": [Rolle.FALLMANAGEMENT.value],
        "team": team.pk,
        "begruendung": "Dienstantritt",
    }
    assert client.post(reverse("konto_neu"), form).status_code == 302
    assert Kontoaenderung.objects.filter(state="offen").count() == 3
    assert User.objects.get(username="t.haddad").rollen == frozenset()


def test_buttons_of_a_change_agree_with_the_service(konto, erste, zweite):
    wartend = aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.FALLMANAGEMENT)
    gesagt = {}
    for state in ("offen", "abgelehnt"):
        force(wartend, state)
        for zeile in KONTOSCHRITTE.zeilen:
            for user in (erste, zweite, make_user(f"fm{len(gesagt)}", Rolle.FALLMANAGEMENT)):
                jetzt = Kontoaenderung.objects.get(pk=wartend.pk)
                gesagt[state, zeile.schritt, user.pk] = agree(
                    KONTOSCHRITTE,
                    Kontolage(user, jetzt),
                    zeile.schritt,
                    lambda a=jetzt, u=user, s=zeile.schritt: entscheide(a, u, s),
                )
    assert len(gesagt) == 2 * 3 * 3
    assert gesagt["offen", "bestaetigen", zweite.pk] == ""
    assert "selbst veranlasst" in gesagt["offen", "bestaetigen", erste.pk]
    assert gesagt["offen", "zurueckziehen", erste.pk] == ""
    assert gesagt["offen", "zurueckziehen", zweite.pk] is None


def test_zurueckziehen_wer_veranlasst_hat(konto, erste, zweite):
    wartend = aendere(konto, K.ROLLE_ERTEILEN, erste, rolle=Rolle.FALLMANAGEMENT)
    assert zurueckziehen_wer_veranlasst_hat(wartend, erste) is None
    assert "nur, wer sie veranlasst hat" in zurueckziehen_wer_veranlasst_hat(wartend, zweite).text
