"""The door: every event is logged, tries are counted for all, nobody is locked out by strangers."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Anmeldeereignis, Auffaelligkeit, User, Zaehler, Zugangsmeldung
from cases.models.wertschluessel import ZUGANG_VORGABEN
from cases.tisch.services.kalenderzugang import renew_kalenderzugang
from tests import uhr
from tests.cases.zugang.test_zweiter_faktor import SECRET, code
from tests.fabriken import HEUTE, make_fall, make_user

ABWEISUNGEN = ZUGANG_VORGABEN["zugang.abweisungen_je_stunde"]
FEHLVERSUCHE = ZUGANG_VORGABEN["zugang.fehlversuche_je_stunde"]
pytestmark = pytest.mark.django_db
PASSWORT = "Teilhabe-Probe-2026"
VERSUCHE = 5


def anmelden(client: Client, password: str = PASSWORT, name: str = "fallmanager", **kopf: str):
    return client.post(reverse("account_login"), {"login": name, "password": password}, **kopf)


def drin(client: Client) -> bool:
    return "_auth_user_id" in client.session


def arten(**filter_: object) -> list[str]:
    rows = Anmeldeereignis.objects.filter(**filter_).order_by("pk")
    return list(rows.values_list("art", flat=True))


@pytest.mark.parametrize(
    "wie",
    [
        lambda n: {"name": "FALLMANAGER" if n % 2 else "Fallmanager"},
        # Small letters beyond ASCII that have the same capitals: the database finds the account.
        lambda n: {"name": "fallmanager"[:n] + "fallmanager"[n:].upper()},
        lambda n: {"name": "ſtadtiſt"} if n < 5 else {"name": "ſtadtist"},
        lambda n: {"name": "ſtadtıst"[: n + 1] + "stadtist"[n + 1 :]},
        # The port of an address belongs to no allow-list.
        lambda n: {"HTTP_HOST": f"testserver:{8000 + n}"},
        lambda n: {"name": " " * n + "fallmanager"},
        lambda n: {"HTTP_X_FORWARDED_FOR": f"10.0.0.{n}"},
        lambda n: {"HTTP_USER_AGENT": f"Browser {n}"},
    ],
    ids=[
        "Groß",
        "Gemischt",
        "langes s",
        "i ohne Punkt",
        "Port",
        "Leer",
        "Weiterleitung",
        "Browser",
    ],
)
def test_no_other_spelling_of_the_same_gives_more_tries(behoerde, wie):
    for name in ("fallmanager", "stadtist"):
        make_user(name, "Fallmanagement")
    for n in range(VERSUCHE + 1):
        anmelden(Client(), "geraten", **wie(n))
    name = "stadtist" if "stadt" in wie(7).get("name", "").replace("ſ", "s") else "fallmanager"
    konto = User.objects.get(username=name)
    assert arten(user=konto)[-1] == "gebremst"


def test_login_failure_and_logout_are_logged(client, fallmanager):
    anmelden(client, "falsch", HTTP_USER_AGENT="Mozilla Firefox/130 Windows")
    anmelden(client)
    client.post(reverse("account_logout"))
    assert arten(user=fallmanager) == ["fehlversuch", "angemeldet", "abgemeldet"]
    row = Anmeldeereignis.objects.earliest("pk")
    assert (row.adresse, "Firefox" in row.browser) == ("127.0.0.1", True)


def test_of_an_unknown_name_only_the_try_is_kept(client, fallmanager):
    anmelden(client, "falsch", name="Mein-Geheimes-Passwort-1")
    row = Anmeldeereignis.objects.get()
    assert (row.user, row.art) == (None, "fehlversuch")
    assert [name for name, wert in vars(row).items() if "Geheimes" in str(wert)] == []


def test_second_factor_is_logged_right_and_wrong(client, fallmanager):
    TOTP.activate(fallmanager, SECRET)
    anmelden(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert arten(user=fallmanager) == ["faktor_falsch", "faktor", "angemeldet"]


def test_step_up_is_logged_right_and_wrong(client, fallmanager):
    client.force_login(fallmanager)
    for wert in ("falsch", PASSWORT):
        client.post(reverse("account_reauthenticate"), {"password": wert})
    assert arten(user=fallmanager)[1:] == ["bestaetigung_falsch", "bestaetigt"]


def test_own_password_and_expired_session_are_logged(client, fallmanager, settings):
    client.force_login(fallmanager)
    neu = "Wolke-Tisch-Brunnen-8"
    felder = {"oldpassword": PASSWORT, "password1": neu, "password2": neu}
    client.post(reverse("account_change_password"), felder)
    settings.SESSION_IDLE_SECONDS = -1
    client.get("/")
    assert arten(user=fallmanager)[-2:] == ["passwort", "abgelaufen"]


def test_person_sees_the_own_rows_and_datenschutz_all(client, fallmanager, datenschutz, fremd):
    anmelden(Client(), "falsch")
    anmelden(Client(), "falsch", name="fremd")
    client.force_login(fallmanager)
    text = client.get(reverse("anmeldungen")).text
    assert text.count("Anmeldung mit falschem Passwort") == 1
    assert client.get(reverse("datenschutz_anmeldungen")).status_code == 403
    client.force_login(datenschutz)
    text = client.get(reverse("datenschutz_anmeldungen")).text
    assert text.count("Anmeldung mit falschem Passwort") == 2


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM cases_anmeldeereignis",
        "UPDATE cases_anmeldeereignis SET art = 'angemeldet'",
        "TRUNCATE cases_anmeldeereignis",
    ],
)
def test_log_is_only_added_to(client, fallmanager, sql):
    anmelden(client, "falsch")
    connection.check_constraints()
    with (
        pytest.raises(
            DatabaseError, match=r"Cannot .*(delete|update)|wird nicht geleert|permission denied"
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Anmeldeereignis.objects.count() == 1


def test_strangers_do_not_lock_out_a_known_device(client, fallmanager):
    anmelden(client)
    client.post(reverse("account_logout"))
    fremder = Client()
    for _ in range(VERSUCHE + 1):
        anmelden(fremder, "geraten")
    anmelden(fremder)
    assert not drin(fremder)
    assert arten(user=fallmanager)[-1] == "gebremst"
    anmelden(client)
    assert drin(client)


def test_hammering_from_one_address_shuts_out_no_other(client, fallmanager):
    """The rightful person on a new device is elsewhere than whoever guesses."""
    angreifer = Client(REMOTE_ADDR="10.6.6.6")
    for _ in range(120):
        anmelden(angreifer, "geraten")
    anmelden(angreifer)
    assert not drin(angreifer)
    neu = Client(REMOTE_ADDR="10.1.1.7")
    anmelden(neu)
    assert drin(neu)


def test_guessing_from_many_addresses_is_slowed_and_ends(client, fallmanager, uhr):
    anmelden(client)
    client.post(reverse("account_logout"))
    for netz in range(30):
        fremder = Client(REMOTE_ADDR=f"10.9.9.{netz}")
        for _ in range(VERSUCHE):
            anmelden(fremder, "geraten")
    abgewiesen = Anmeldeereignis.objects.filter(user=fallmanager, art="gebremst").count()
    assert abgewiesen >= 30 * VERSUCHE - 100
    # The known device comes in while it goes on, a new one when the hour is over.
    anmelden(client)
    assert drin(client)
    neu = Client(REMOTE_ADDR="10.1.1.7")
    anmelden(neu)
    assert not drin(neu)
    uhr.shift(timedelta(hours=1, seconds=1))
    anmelden(neu)
    assert drin(neu)


def test_known_device_has_a_limit_of_its_own(client, fallmanager):
    anmelden(client)
    client.post(reverse("account_logout"))
    for _ in range(10):
        anmelden(client, "geraten")
    anmelden(client)
    assert not drin(client)


def test_new_password_ends_the_trust_in_devices(client, fallmanager):
    anmelden(client)
    client.post(reverse("account_logout"))
    fallmanager.set_password("Nebel-Kran-Wiese-31")
    fallmanager.save()
    for _ in range(VERSUCHE):
        anmelden(client, "geraten")
    anmelden(client, "Nebel-Kran-Wiese-31")
    assert not drin(client)


@pytest.mark.parametrize("kopie", ["", "1:x:y", "gefaelscht:signatur"])
def test_made_up_device_is_a_stranger(client, fallmanager, settings, kopie):
    client.cookies[settings.GERAET_COOKIE_NAME] = kopie
    for _ in range(VERSUCHE):
        anmelden(client, "geraten")
    anmelden(client)
    assert not drin(client)


def test_mark_of_a_device_ends_after_half_a_year(client, fallmanager):
    anmelden(client)
    client.post(reverse("account_logout"))
    with time_machine.travel(uhr.JETZT + timedelta(days=181), tick=True):
        for _ in range(VERSUCHE):
            anmelden(type(client)(), "geraten")
        anmelden(client)
    assert not drin(client)


def test_device_of_another_account_does_not_help(client, fallmanager, fremd):
    anmelden(client, name="fremd")
    client.post(reverse("account_logout"))
    for _ in range(VERSUCHE):
        anmelden(client, "geraten")
    anmelden(client)
    assert not drin(client)


def test_behind_a_proxy_the_real_address_counts(client, fallmanager, monkeypatch):
    monkeypatch.setattr("allauth.app_settings.TRUSTED_PROXY_COUNT", 1, raising=False)
    for kopf, erwartet in (("10.1.1.1", "10.1.1.1"), ("6.6.6.6, 10.1.1.2", "10.1.1.2")):
        anmelden(client, "falsch", HTTP_X_FORWARDED_FOR=kopf)
        assert Anmeldeereignis.objects.latest("pk").adresse == erwartet


@pytest.mark.django_db(transaction=True)
def test_tries_are_counted_for_all_processes_and_survive_them(behoerde):
    cache.add("probe", 0, 60)

    def count() -> None:
        for _ in range(20):
            cache.incr("probe")
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get("probe") == 80
    assert Zaehler.objects.get().wert == 80
    gesetzt: list[bool] = []

    def put() -> None:
        gesetzt.append(cache.add("einmal", True, 60))
        connection.close()

    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gesetzt.count(True) == 1


def test_counter_ends_with_its_time(db, uhr):
    cache.set("probe", [1.5], 60)
    assert cache.get("probe") == [1.5]
    uhr.shift(timedelta(seconds=61))
    assert cache.get("probe") is None
    assert cache.add("probe", 7, None)
    with pytest.raises(ValueError, match="Kein Zähler"):
        cache.incr("fehlt")
    assert (cache.delete("probe"), cache.delete("probe")) == (True, False)


def test_wrong_calendar_keys_do_not_shut_out_a_right_one(client, fallmanager):
    gut = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    status = [
        client.get(reverse("kalender_feed", args=[f"geraten{n}"])).status_code for n in range(70)
    ]
    assert set(status) == {404}
    assert client.get(reverse("kalender_feed", args=[gut])).status_code == 200


def test_a_right_calendar_key_has_its_own_limit(client, fallmanager):
    gut = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    status = [client.get(reverse("kalender_feed", args=[gut])).status_code for _ in range(61)]
    assert (status.count(200), status.count(429)) == (60, 1)
    assert Zaehler.objects.count() == 1


def test_many_refusals_of_one_account_raise_one_alarm(client, fremd, fallmanager, datenschutz):
    case = make_fall(fallmanager)
    client.force_login(fremd)
    for n in range(ABWEISUNGEN + 3):
        url = reverse("konten") if n % 2 else reverse("fall", args=[case.pk])
        assert client.get(url).status_code == (403 if n % 2 else 404)
        assert Auffaelligkeit.objects.count() == (1 if n >= ABWEISUNGEN else 0)
    row = Auffaelligkeit.objects.get()
    assert (row.user, row.art, row.anzahl) == (fremd, "abgewiesen", ABWEISUNGEN + 1)
    assert Zugangsmeldung.objects.get(user=datenschutz).anlass == "auffaellig"
    client.force_login(datenschutz)
    assert "abgewiesene Aufrufe" in client.get(reverse("datenschutz")).text


def test_many_failed_logins_raise_one_alarm(client, fallmanager, datenschutz):
    for _ in range(FEHLVERSUCHE + 3):
        anmelden(client, "geraten")
    row = Auffaelligkeit.objects.get()
    assert (row.user, row.art) == (fallmanager, "anmeldung")


def test_log_and_reading_are_apart(client, fallmanager):
    """An alarm of one kind does not silence one of the other."""
    now = uhr.JETZT
    Auffaelligkeit.objects.create(user=fallmanager, art="lesen", zeit=now, anzahl=41, grenze=40)
    for _ in range(FEHLVERSUCHE + 1):
        anmelden(client, "geraten")
    assert Auffaelligkeit.objects.count() == 2


def meldungen(konto) -> list[str]:
    return list(
        Zugangsmeldung.objects.filter(user=konto).order_by("pk").values_list("text", flat=True)
    )


def test_person_is_told_of_a_login_on_an_unknown_device(client, fallmanager):
    anmelden(client)
    client.post(reverse("account_logout"))
    anmelden(client)
    # The first login of all, and one on the same device, are nothing unusual.
    assert meldungen(fallmanager) == []
    anmelden(Client())
    [text] = meldungen(fallmanager)
    assert "unbekannten Gerät" in text
    assert "misslungen" not in text


@pytest.mark.parametrize(("versuche", "gemeldet"), [(2, 0), (3, 1), (4, 1)])
def test_person_is_told_of_a_login_after_many_wrong_tries(client, fallmanager, versuche, gemeldet):
    anmelden(client)
    client.post(reverse("account_logout"))
    for _ in range(versuche):
        anmelden(client, "falsch")
    anmelden(client)
    texte = meldungen(fallmanager)
    assert len(texte) == gemeldet
    assert all(f"{versuche}-mal misslungen" in text for text in texte)
    client.post(reverse("account_logout"))
    anmelden(client)
    assert len(meldungen(fallmanager)) == gemeldet
