"""Who renews a credential of somebody has the account: two people, notices, 24 hours of rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases.guards import freigaben_ruhen
from cases.models import Kontoaenderung, User, Zugangsmeldung
from cases.services import zugangsmeldung
from cases.services.zugangsmeldung import send_zugangsmeldung
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import ERNEUERT, VIER_AUGEN, Kontovorgang
from cases.zugang.services.konto import (
    SCHONFRIST,
    Kontoangaben,
    change_konto,
    create_konto,
    decide_aenderung,
    update_konto,
)
from tests.cases.zugang.conftest import JETZT
from tests.fabriken import make_user
from tests.schrittprobe import release_tables

pytestmark = pytest.mark.django_db
K = Kontovorgang
START = "Nebel-Kran-Wiese-31"
ALT, NEU = "opfer@landkreis-musterau.example", "angreifer@example.org"


@pytest.fixture
def opfer(behoerde) -> User:
    konto = make_user("opfer", Rolle.BERECHTIGUNG)
    Authenticator.objects.create(user=konto, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=konto, type="webauthn", data={})
    return konto


class Postfach:
    """Sends what was told; keeps the addresses."""

    def __init__(self) -> None:
        self.an: list[str] = []

    def deliver_all(self) -> None:
        for meldung in Zugangsmeldung.objects.order_by("pk"):
            send_zugangsmeldung(meldung.pk, JETZT)


@pytest.fixture
def postfach(monkeypatch) -> Postfach:
    fach = Postfach()
    monkeypatch.setattr(zugangsmeldung, "deliver", lambda mail: fach.an.extend(mail.to))
    return fach


def frisch(konto: User) -> User:
    return User.objects.get(pk=konto.pk)


def angaben_of(konto: User, **neu: str) -> Kontoangaben:
    namen = Kontoangaben.__dataclass_fields__
    return Kontoangaben(**{name: getattr(konto, name) for name in namen} | neu)


def beantrage(art: Kontovorgang, konto: User, by: User) -> Kontoaenderung:
    """Ask for the renewal of one credential, each by the way the program has for it."""
    if art == K.EMAIL:
        angaben = angaben_of(frisch(konto), email=NEU)
        update_konto(konto=konto, angaben=angaben, by=by, zeitpunkt=JETZT)
        return Kontoaenderung.objects.get(konto=konto, art=art)
    return change_konto(konto=konto, art=art, by=by, zeitpunkt=JETZT, begruendung="verloren")


def entscheide(aenderung: Kontoaenderung, by: User, schritt: str = "bestaetigen") -> None:
    decide_aenderung(
        aenderung=aenderung, schritt=schritt, by=by, zeitpunkt=JETZT, startpasswort=START
    )


def zugang_of(konto: User) -> tuple[str, str, int]:
    row = frisch(konto)
    return row.email, row.password, Authenticator.objects.filter(user=konto).count()


def db_time(konto: User, sekunden: int) -> None:
    """Let the rest of an account end so many seconds from the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_user SET freigaben_ab = clock_timestamp() + make_interval(secs => %s) "
            "WHERE id = %s",
            [sekunden, konto.pk],
        )


def test_the_list_of_credentials_is_complete():
    assert {K.EMAIL, K.PASSWORT, K.ZWEITER_FAKTOR, K.ENTSPERREN} == ERNEUERT
    assert ERNEUERT <= VIER_AUGEN


@pytest.mark.parametrize("art", [K.EMAIL, K.PASSWORT, K.ZWEITER_FAKTOR])
def test_one_person_renews_nothing(opfer, erste, art):
    vorher = zugang_of(opfer)
    aenderung = beantrage(art, opfer, erste)
    assert aenderung.state == "offen"
    assert zugang_of(opfer) == vorher
    with pytest.raises(SchrittUnzulaessig, match="eine zweite Person"):
        entscheide(aenderung, erste)
    assert zugang_of(opfer) == vorher


@pytest.mark.parametrize("art", [K.EMAIL, K.PASSWORT, K.ZWEITER_FAKTOR])
def test_second_person_renews_and_the_account_rests(opfer, erste, zweite, art):
    vorher = zugang_of(opfer)
    entscheide(beantrage(art, opfer, erste), zweite)
    nachher = zugang_of(opfer)
    wo = {K.EMAIL: 0, K.PASSWORT: 1, K.ZWEITER_FAKTOR: 2}[art]
    assert [vorher[i] != nachher[i] for i in range(3)] == [i == wo for i in range(3)]
    assert frisch(opfer).freigaben_ab == JETZT + SCHONFRIST
    assert timedelta(hours=24) == SCHONFRIST


@pytest.mark.parametrize("art", [K.EMAIL, K.PASSWORT, K.ZWEITER_FAKTOR])
def test_person_is_told_at_the_old_address_of_request_and_effect(opfer, erste, zweite, art):
    aenderung = beantrage(art, opfer, erste)
    meldungen = Zugangsmeldung.objects.filter(user=opfer).order_by("pk")
    assert [(m.adresse, "beantragt" in m.text) for m in meldungen] == [(ALT, True)]
    entscheide(aenderung, zweite)
    adressen = [m.adresse for m in meldungen.all()]
    assert adressen[:2] == [ALT, ALT]
    assert adressen[2:] == ([NEU] if art == K.EMAIL else [])


def test_notice_goes_to_the_old_address_after_the_change(opfer, erste, zweite, postfach):
    entscheide(beantrage(K.EMAIL, opfer, erste), zweite)
    postfach.deliver_all()
    assert sorted(set(postfach.an)) == [NEU, ALT]
    assert postfach.an.count(ALT) == 2


def test_person_reads_the_notices_in_the_program(client, opfer, erste, zweite):
    entscheide(beantrage(K.ZWEITER_FAKTOR, opfer, erste), zweite)
    client.force_login(frisch(opfer))
    page = client.get(reverse("anmeldungen")).text
    assert "Ihr zweiter Faktor wurde zurückgesetzt" in page
    assert "ist beantragt, Ihren zweiten Faktor zurückzusetzen" in page


def test_taking_over_the_other_account_does_not_confirm_the_own_rights(opfer, erste, zweite):
    """The takeover of one Berechtigungsverwaltung by another, step by step."""
    eigene = make_user("strohmann", Rolle.FALLMANAGEMENT)
    wartend = change_konto(
        konto=eigene,
        art=K.ROLLE_ERTEILEN,
        rolle=Rolle.LEITUNG,
        by=erste,
        zeitpunkt=JETZT,
        begruendung="x",
    )
    for art in (K.EMAIL, K.PASSWORT, K.ZWEITER_FAKTOR):
        entscheide(beantrage(art, opfer, erste), zweite)
    db_time(opfer, 60)
    with pytest.raises(SchrittUnzulaessig, match="Ihr Zugang wurde erneuert"):
        entscheide(wartend, frisch(opfer))
    assert frisch(eigene).rollen == {"Fallmanagement"}


@pytest.mark.parametrize(("sekunden", "ruht"), [(2, True), (0, False), (-1, False)])
def test_rest_ends_to_the_second(opfer, sekunden, ruht):
    db_time(opfer, sekunden)
    found = freigaben_ruhen(frisch(opfer))
    assert ("wieder ab dem" in (found.text if found else "")) is ruht


def test_a_user_read_before_the_renewal_rests_as_well(opfer, erste, zweite):
    vorher = frisch(opfer)
    wartend = change_konto(
        konto=make_user("neu", Rolle.FACHDIENST),
        art=K.ROLLE_ERTEILEN,
        rolle=Rolle.FALLMANAGEMENT,
        by=erste,
        zeitpunkt=JETZT,
        begruendung="x",
    )
    db_time(opfer, 60)
    with pytest.raises(SchrittUnzulaessig, match="Ihr Zugang wurde erneuert"):
        entscheide(wartend, vorher)


def test_every_table_names_its_steps_of_a_second_person():
    gefunden = release_tables()
    assert len(gefunden) >= 4
    assert [f"{tafel}: {schritt}" for tafel, schritt, zweite in gefunden if not zweite] == []


def test_blocking_and_opening_again_is_no_way_round(opfer, erste, zweite):
    change_konto(konto=opfer, art=K.SPERREN, by=erste, zeitpunkt=JETZT, begruendung="x")
    offen = change_konto(konto=opfer, art=K.ENTSPERREN, by=erste, zeitpunkt=JETZT, begruendung="x")
    assert not frisch(opfer).is_active
    entscheide(offen, zweite)
    assert (frisch(opfer).is_active, frisch(opfer).freigaben_ab) == (True, JETZT + SCHONFRIST)


def test_who_creates_an_account_never_knows_its_password(erste, zweite):
    angaben = Kontoangaben("Ada", "Neu", "ada.neu@example.org", "Leitung", "", "", "")
    konto = create_konto(username="ada", angaben=angaben, by=erste, zeitpunkt=JETZT)
    assert not frisch(konto).has_usable_password()
    offen = Kontoaenderung.objects.get(konto=konto, art=K.PASSWORT)
    with pytest.raises(SchrittUnzulaessig, match="eine zweite Person"):
        entscheide(offen, erste)
    entscheide(offen, zweite)
    assert frisch(konto).check_password(START)
    assert frisch(konto).freigaben_ab == JETZT + SCHONFRIST


@pytest.mark.parametrize(
    ("vorname", "nachname"),
    [("Erste", "Beispiel"), ("erste", "BEISPIEL"), (" Erste ", "Beispiel "), ("Beispiel", "Erste")],
)
def test_second_account_of_the_same_name_waits_closed(erste, vorname, nachname):
    angaben = Kontoangaben(vorname, nachname, "zwei@example.org", "BV", "", "", "")
    konto = create_konto(username="zwei", angaben=angaben, by=erste, zeitpunkt=JETZT)
    assert not frisch(konto).is_active
    arten = set(Kontoaenderung.objects.filter(konto=konto, state="offen").values_list("art"))
    assert ("entsperren",) in arten


def test_two_accounts_of_one_person_are_one_pair_of_eyes(opfer, erste):
    doppelt = make_user("zweitkonto", Rolle.BERECHTIGUNG)
    User.objects.filter(pk=doppelt.pk).update(first_name="ERSTE", last_name="Beispiel")
    with pytest.raises(SchrittUnzulaessig, match="gleichen Namens"):
        entscheide(beantrage(K.PASSWORT, opfer, erste), frisch(doppelt))


def test_nobody_becomes_a_namesake_by_renaming(opfer, erste, zweite):
    """Renaming the second account away from the own name leaves its history of names."""
    doppelt = make_user("zweitkonto", Rolle.BERECHTIGUNG)
    User.objects.filter(pk=doppelt.pk).update(first_name="Erste", last_name="Beispiel")
    update_konto(
        konto=doppelt,
        angaben=angaben_of(frisch(doppelt), first_name="Andere"),
        by=erste,
        zeitpunkt=JETZT,
    )
    with pytest.raises(SchrittUnzulaessig, match="gleichen Namens"):
        entscheide(beantrage(K.PASSWORT, opfer, erste), frisch(doppelt))


def test_database_refuses_a_renewal_with_one_pair_of_eyes(opfer, erste):
    for art in (K.EMAIL, K.PASSWORT, K.ZWEITER_FAKTOR):
        with pytest.raises(IntegrityError, match="vier_augen"), transaction.atomic():
            Kontoaenderung.objects.create(
                konto=opfer, art=art, state="wirksam", veranlasst_von=erste, veranlasst_am=JETZT
            )


def test_own_password_and_own_factor_are_renewed_without_others(client, behoerde):
    selbst = make_user("selbst", Rolle.BERECHTIGUNG)
    client.force_login(selbst)
    neu = "Wolke-Tisch-Brunnen-8"
    felder = {"oldpassword": "Teilhabe-Probe-2026", "password1": neu, "password2": neu}
    assert client.post(reverse("account_change_password"), felder).status_code == 302
    assert frisch(selbst).check_password(neu)
    assert frisch(selbst).freigaben_ab is None


def test_pages_ask_for_it_and_confirm_it(client, opfer, erste, zweite):
    client.force_login(erste)
    url = reverse("konto_aendern", args=[opfer.pk, "startpasswort"])
    antwort = client.post(url, {"begruendung": "Passwort vergessen"}, follow=True)
    assert "wartet auf die Bestätigung" in antwort.text
    offen = Kontoaenderung.objects.get(konto=opfer, art=K.PASSWORT)
    client.force_login(zweite)
    seite = reverse("kontoaenderung", args=[offen.pk])
    assert "Startpasswort" in client.get(seite).text
    assert "zwölf Zeichen" in client.post(seite, {"password": "kurz"}).text
    assert frisch(opfer).startpasswort_bis is None
    assert client.post(seite, {"password": START}).status_code == 302
    assert frisch(opfer).check_password(START)
