"""Access in a real browser: foreign case, emergency access, accounts, second factor, passkey."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse

from cases.models import (
    Lesezugriff,
    Notfallzugriff,
    User,
    Zugriffsverweigerung,
)
from cases.services.auftrag import run_due
from cases.states.rolle import Rolle
from tests import uhr
from tests.browser.conftest import KENNWORT
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db(transaction=True)
GRUND = "Klinik ruft an, Entlassung steht heute an"
LANG = "Maximiliane-Friederike"


@pytest.fixture
def leute(behoerde):
    cache.clear()
    return {
        "fallmanager": make_fallmanager(),
        "leitung": make_leitung(),
        "fremd": make_fallmanager("fremd", make_team("Team Süd")),
        "datenschutz": make_user("datenschutz", Rolle.DATENSCHUTZ),
        "erste": make_user("erste", Rolle.BERECHTIGUNG),
        "zweite": make_user("zweite", Rolle.BERECHTIGUNG),
    }


def zeigt(seite, text):
    """Wait until the page says this: under load a click returns before the answer is there."""
    seite.page.get_by_text(text).locator("visible=true").first.wait_for(timeout=60_000)


def test_foreign_case_is_not_there_and_the_attempt_is_on_record(neue_seite, leute):
    case = make_fall(leute["fallmanager"])
    seite = neue_seite()
    seite.anmelden("fremd")
    assert seite.offen(reverse("fall", args=[case.pk])) == 404
    assert case.leistungsberechtigte_person.nachname not in seite.page.content()
    seite.ohne_barrieren()
    assert Zugriffsverweigerung.objects.get().case_id_angefragt == case.pk
    wache = neue_seite()
    wache.anmelden("datenschutz")
    zeigt(wache, "Fremd Beispiel")
    wache.ohne_barrieren()
    wache.passt_in(320)


def test_emergency_access_from_reason_to_review(neue_seite, leute, postfach, settings):
    case = make_fall(leute["fallmanager"])
    seite = neue_seite()
    seite.anmelden("fremd")
    seite.offen("/notfallzugriff/")
    seite.ohne_barrieren()
    seite.page.fill("[name=aktenzeichen]", case.aktenzeichen)
    seite.page.fill("[name=grund]", "zu kurz")
    seite.klick("Notfallzugriff eröffnen")
    zeigt(seite, "Bitte begründen Sie den Zugriff")
    assert seite.page.input_value("[name=aktenzeichen]") == case.aktenzeichen
    seite.ohne_barrieren()
    seite.page.fill("[name=grund]", GRUND)
    seite.klick("Notfallzugriff eröffnen")
    seite.page.wait_for_url("**" + reverse("fall", args=[case.pk]))
    zeigt(seite, "Notfallzugriff: nur lesen")
    zeigt(seite, "Leitung und Datenschutz sind unterrichtet.")
    seite.ohne_barrieren()
    seite.offen("/notfallzugriff/")
    zeigt(seite, f"Laufender Notfallzugriff auf {case.aktenzeichen}")
    seite.ohne_barrieren()
    seite.passt_in(320)
    assert Lesezugriff.objects.get().grund == "notfall"

    run_due(limit=10, now=uhr.JETZT + timedelta(hours=1))
    an = sorted(r[0].split("@")[0] for r in postfach.empfaenger)
    assert an == ["datenschutz", "fallmanager", "leitung"]
    assert case.aktenzeichen not in str(postfach.mails[0])

    chefin = neue_seite()
    chefin.anmelden("leitung")
    zeigt(chefin, "Notfallzugriff prüfen")
    chefin.offen("/notfallzugriffe/")
    chefin.ohne_barrieren()
    chefin.klick(case.aktenzeichen)
    zeigt(chefin, GRUND)
    chefin.klick("Prüfung abschließen")
    zeigt(chefin, "Bitte auswählen.")
    chefin.ohne_barrieren()
    chefin.page.get_by_label("Der Zugriff war berechtigt.").check()
    chefin.page.fill("[name=bemerkung]", "Rücksprache mit der Klinik")
    chefin.klick("Prüfung abschließen")
    zeigt(chefin, "Die Prüfung ist festgehalten.")
    assert Notfallzugriff.objects.get().geprueft_von == leute["leitung"]
    chefin.offen(reverse("fall_lesezugriffe", args=[case.pk]))
    zeigt(chefin, "geprüft: berechtigt")
    chefin.ohne_barrieren()
    chefin.passt_in(320)


def test_account_gets_its_role_by_two_people(neue_seite, leute):
    eine, andere = neue_seite(), neue_seite()
    eine.anmelden("erste")
    eine.offen("/konten/neu/")
    eine.klick("Konto anlegen")
    zeigt(eine, "Bitte ausfüllen.")
    eine.ohne_barrieren()
    werte = {
        "username": "neu",
        "first_name": LANG,
        "last_name": "von Hohenlohe-Waldenburg-Schillingsfürst",
        "email": "neu@landkreis-musterau.example",
        "funktion": "Fallmanagerin",
        "begruendung": "Dienstantritt",
    }
    for name, wert in werte.items():
        eine.page.fill(f"[name={name}]", wert)
    eine.page.get_by_label("Fallmanagement", exact=True).check()
    eine.klick("Konto anlegen")
    zeigt(eine, "warten auf eine zweite Person")
    eine.ohne_barrieren()
    eine.passt_in(320)
    konto = User.objects.get(username="neu")
    andere.anmelden("zweite")
    andere.ohne_barrieren()
    andere.passt_in(320)
    zeigt(andere, "Konto von")
    andere.offen("/konten/")
    andere.ohne_barrieren()
    andere.passt_in(320)
    andere.klick("Rolle erteilen: Fallmanagement")
    zeigt(andere, "Änderung bestätigen")
    andere.ohne_barrieren()
    andere.klick("Bestätigen")
    zeigt(andere, "bestätigt und wirksam")
    assert User.objects.get(pk=konto.pk).rollen == {"Fallmanagement"}
    andere.offen("/konten/")
    andere.klick("Startpasswort setzen")
    andere.page.fill("[name=password]", "Nebel-Kran-Wiese-31")
    andere.klick("Bestätigen")
    zeigt(andere, "bestätigt und wirksam")
    andere.ohne_barrieren()
    assert User.objects.get(pk=konto.pk).check_password("Nebel-Kran-Wiese-31")
    for pfad in ("/konten/verlauf/", "/teams/", f"/konten/{konto.pk}/aendern/rolle-erteilen/"):
        andere.offen(pfad)
        andere.ohne_barrieren()
        andere.passt_in(320)


def test_old_login_is_asked_again_and_keeps_what_was_typed(neue_seite, leute, settings):
    settings.BESTAETIGUNG_SECONDS = 2
    seite = neue_seite()
    seite.anmelden("erste")
    konto = leute["fallmanager"]
    seite.offen(f"/konten/{konto.pk}/aendern/sperren/")
    time.sleep(2.5)
    seite.page.fill("[name=begruendung]", "ausgeschieden zum Monatsende")
    seite.klick("Konto sperren")
    seite.page.wait_for_url("**/konto/bestaetigen/**")
    zeigt(seite, "Noch ist nichts geschehen")
    seite.ohne_barrieren()
    settings.BESTAETIGUNG_SECONDS = 600
    seite.page.fill("input[name=password]", KENNWORT)
    seite.klick("Bestätigen")
    seite.page.wait_for_url("**/sperren/")
    assert seite.page.input_value("[name=begruendung]") == "ausgeschieden zum Monatsende"
    assert User.objects.get(pk=konto.pk).is_active
    seite.klick("Konto sperren")
    zeigt(seite, "Konto sperren: erledigt.")
    assert not User.objects.get(pk=konto.pk).is_active


def test_app_is_set_up_and_asked_for(neue_seite, leute, settings):
    settings.MFA_REQUIRED = True
    seite = neue_seite()
    seite.anmelden("fallmanager")
    if "/konto/bestaetigen/" in seite.page.url:
        seite.page.fill("input[name=password]", KENNWORT)
        seite.klick("Bestätigen")
    zeigt(seite, "Authenticator-App einrichten")
    seite.ohne_barrieren()
    secret = seite.page.locator("strong.fw-umbruch").inner_text()
    seite.page.fill("input[name=code]", code_of(secret))
    seite.klick("App einrichten")
    seite.page.wait_for_url("**/recovery-codes/**")
    assert Authenticator.objects.filter(type="totp").count() == 1
    seite.offen("/konto/zweiter-faktor/recovery-codes/")
    codes = seite.page.locator(".fw-schluessel li").all_inner_texts()
    assert len(codes) == 10
    seite.ohne_barrieren()
    seite.passt_in(320)
    neu = neue_seite()
    neu.anmelden("fallmanager")
    zeigt(neu, "Anmeldung bestätigen")
    neu.ohne_barrieren()
    neu.page.fill("input[name=code]", codes[0])
    neu.klick("Anmelden")
    zeigt(neu, "Mein Tag")


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_passkey_is_added_and_logs_in(neue_seite, leute, live_server):
    adresse = live_server.url.replace("127.0.0.1", "localhost")
    seite = neue_seite()
    seite.adresse = adresse
    cdp = seite.page.context.new_cdp_session(seite.page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    seite.anmelden("fallmanager")
    seite.offen("/konto/zweiter-faktor/webauthn/add/")
    if "/konto/bestaetigen/" in seite.page.url:
        seite.page.fill("input[name=password]", KENNWORT)
        seite.klick("Bestätigen")
    seite.ohne_barrieren()
    seite.page.fill("input[name=name]", "Dienstrechner")
    seite.klick("Schlüssel hinzufügen")
    seite.page.wait_for_url("**/recovery-codes/**", timeout=15_000)
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    seite.offen("/konto/zweiter-faktor/webauthn/")
    zeigt(seite, "Dienstrechner")
    seite.ohne_barrieren()
    seite.page.context.clear_cookies()
    seite.anmelden("fallmanager")
    zeigt(seite, "Anmeldung bestätigen")
    seite.klick("Sicherheitsschlüssel verwenden")
    seite.page.wait_for_url(f"{adresse}/", timeout=15_000)
    zeigt(seite, "Mein Tag")
    assert seite.meldungen == []
